"""Numbers that refer to something or name it: addresses, codes, names, ages, bases of rates, pages, roads."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.figures.nouns import physical_units
from pipelines.figures.passage import Passage

_CONTACT_WORDS = ("phone", "tel", "fax", "postcode", "post code", "zip code", "hotline", "©", "copyright")
_CONTACT_WORDS_ZH = ("邮编", "邮政编码", "电话", "传真", "热线", "icp备", "版权")
_CONTACT = re.compile(
    r"(?:phone|\btel|\bfax|post ?code|zip code|hotline|邮编|邮政编码|电话|传真|热线)\.?\s*(?:no\.?|number|号码)?"
    r"\s*[:：]?\s*[+\d(][+\d\-—–() ]{0,30}|ICP备|copyright|©|版权",
    re.IGNORECASE,
)
_OF_ADDRESSES = ("@", "://", "www.", "isbn", "issn")
_LONGEST_NAME, _LONGEST_ADDRESS = 66, 400  # characters before the sign of an address, and of all of it
_URL = re.compile(
    r"(?:https?://|www\.|(?<![\w.])[\w.]{1,64}@)[^\s，。；）)]{1,300}|\b(?:ISBN|ISSN)[\s:-]{0,3}[\dX-]{1,20}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"[+0](?:(?<=\+)\d{1,3}[ -](?:\(?\d{1,4}\)?[ -]?){2,5}\d{2,4}"
    r"|(?<=0)(?<![\d.,]0)\d{2,3}[- ]\d{3,4}[- ]?\d{3,4}(?![\d.,]))"
)
_NEAR = 36  # signs before a number in which a code or an age is told
_CODE_ENDS = frozenset(":：#.号码CceEtdDNO-/")
_CODES = (
    *("编号", "账号", "帐号", "证号", "代码", "学号", "车牌", "车牌号", "身份证号", "身份证码", "身份证号码", "身份证"),
    *("isbn", "issn", "ref", "a/c", "acct", "account", "plate", "license", "licence", "id", "code", "no", "number"),
)
_CODE_BEFORE = re.compile(
    r"(?:编号|账号|帐号|证号|代码|学号|车牌号?|身份证号?码?|ISBN|ISSN|\b(?:ref|a/c|acct|account|plate|licen[cs]e|id|code)\.?(?:\s*(?:no|number)\.?)?)"
    r"\s*[:：#]?\s*[A-Z\d/-]{0,24}$",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:children|child|girls?|boys?|infants?|babies|pupils|students|people|persons?|women|men|mothers|adults|youths?|youngsters"
    r"|adolescents|teenagers|those|anyone|everyone|citizens|residents|workers|members|pensioners|orphans|elderly)"
)
_BOUND = r"(?:of|over|under|from|between|above|below|up to|at least|older than|younger than|more than|less than)"
_AGE_BEFORE = re.compile(
    rf"(?:\b(?:aged?|ages|aging|age[ -](?:groups?|ranges?|brackets?|limits?|cohorts?)|turned|turning)\s*[(:]?\s*(?:{_BOUND}\s+)*"
    rf"|\b{_PEOPLE}\s+(?:who are\s+)?{_BOUND}\s+|\b{_PEOPLE}\s*[(（](?=\d+\s?[-–—]|$)|年龄(?:段|为|在|范围)?[^，。；\d]{{0,4}})"
    r"(?:\d{1,3}\s*(?:[-–—~～至到]|to|and|or)\s*)?$",
    re.IGNORECASE,
)
_SAYS_AGE = re.compile(r"\bag(?:e|ed|es|ing)\b|\bturn(?:ed|ing)\b|年龄", re.IGNORECASE)
# behind the age of people nothing is counted: "children under 5 were looked after", "youths (18–35)"
_NO_NOUN = re.compile(
    r"\s*(?:(?:[-–—]|to|and|or)\s*\d{1,3}\s*)?(?:years\b|yrs\b|[.,;:)）]|$|(?:and|or|were|was|are|is|who|had|have|has|received?|gets?|got|can|may"
    r"|must|in|with|without|to|at|will|each|from|lived?|stay|stayed|took|take|went|paid|by|of|on)\b)",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"\s*(?:(?:[-–—~～、至到和]|-? ?to|and|or)\s*\d{1,3}\s*)?(?:-?\s?years?[- ](?:olds?|of age)\b|周?岁)", re.IGNORECASE
)
_OPEN_AGE = re.compile(r"\+[)）]|\s?[-–—]\s?\d{1,3}\s?(?:years\s?)?[)）]")
_OLDEST = 130
_SHORT_YEAR_AFTER = re.compile(r"年\s*[至到—–-]\s*\d\d年")
_SHORT_YEAR_BEFORE = re.compile(r"(?<!\d)\d\d年\s*[至到—–-]\s*$")
_MINUTES_BEFORE = re.compile(r"\d\s*[时点]\s*$")
_NAME_BEFORE = re.compile(r"[A-Za-z]-$|\b(?:Vision|Agenda|Horizon|SDGs?|MDGs?|Goals?|COVID|Rio|Strategy)[ -]$")
_NAMES = frozenset(
    {"vision", "agenda", "horizon", "sdg", "sdgs", "mdg", "mdgs", "goal", "goals", "covid", "rio", "strategy"}
)
_SECTION_NO = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_HEADING_AFTER = re.compile(r"[.．、]?\s+[A-Z“\"][a-z]*|[.．、]?\s*[一-鿿]")
_BASE = re.compile(r"10+|1(?:0{0,2},000)+|100,000")
_BASE_BEFORE = re.compile(r"(?:\b(?:per|every|for each)\s+|每)$", re.IGNORECASE)
_FISCAL_BEFORE = re.compile(r"\bFY\s*$")
_PAGE = re.compile(
    r"(?:阅读(?:量|次数|数)?|点击(?:量|数|率|次数)?|浏览(?:量|次数|数)?|访问(?:量|次数)?|人气|字数|下载(?:量|次数)|第|共"
    r"|\b(?:views?|clicks|hits|reads|downloads|visits|page|pp?\.|pages?))\s*[:：]?\s*(?:\d+\s*(?:/|of|-|页\s*共)\s*)?$",
    re.IGNORECASE,
)
_PAGE_AFTER = re.compile(r"\s*(?:页(?!岩)|次(?:阅读|浏览|点击|访问|下载)|(?:views|clicks|hits|reads)\b)", re.IGNORECASE)
_PAGES = re.compile(r"[\s|·…<>«»‹›]*(?:\d{1,3}[\s|·…<>«»‹›]+)+\d{1,3}[\s|·…<>«»‹›]*")
_PAGE_LINE = re.compile(r"([-–—])\s?\d{1,3}\s?\1|\d{1,3}\s?/\s?\d{1,3}")
_ROAD = re.compile(
    r"(?:[国省县乡]道|高速(?:公路)?|公路|铁路|\b(?:national|provincial|county|state|trunk)\s+(?:road|highway|route)"
    r"|\b(?:highway|route|road|expressway|interstate))\s*[A-Z]?$",
    re.IGNORECASE,
)
_ROAD_NUMBER = re.compile(r"[国省县乡]道\s*[A-Z]?$")
_ROAD_AFTER = re.compile(r"\s?(?:国道|省道|县道|号线|线(?=[公路沿全段])|高速)")
_ONCE_IN = tuple(f"once{join}in{join}{article}" for join in " -" for article in ("", "a ", "a-", "an ", "an-"))


# what has numbers as its name; those in small letters need no capital, and one of several stands in a list
_NUMBERED = (
    r"Arts?|Sec(?:s|ts?)?|Paras?|Ch|Caps?|Sch|Regs?|Figs?|Tabs?|Vols?|Annex|Appendix|Act|Law|Bill|Decree|Directive|Order|Title"
    r"|Schedule|Regulation|Rule|Part|Item|Figure|Table|Box|Chart|Map|Step|Option|SDG|MDG|Goal|Component|Sub-?component|Outcome"
    r"|Output|Level|Tier|Phase|Stage|Zone|Grade|Class|Category|Lot|Note|Footnote|Recommendation|Principle|Question|Form|Volume"
    r"|Module|Pillar|Priority|Objective|Scenario|Model|Type|Indicator|Point"
)
_NUMBERED_SMALL = r"article|section|paragraph|para|clause|chapter|sub-?section|sub-?paragraph"
_NUMBERED_ALL = (
    rf"(?:{_NUMBERED}|Annexes|Appendices|Boxes|Class(?:es)|(?:Categor|Priorit)ies|(?:{_NUMBERED})s|(?i:{_NUMBERED_SMALL})s)"
)
_ITEM = r"[A-Z]?\d[\d.]{0,8}[A-Za-z]?(?:\s?\(\w{1,4}\))*"
_LISTED = rf"(?:{_ITEM}\s*(?:,\s*(?:and\s+)?|and|to|or|&|[-–—])\s*){{1,6}}"
_REFERENCE = re.compile(
    rf"(?:(?:\b(?:{_NUMBERED}|(?i:{_NUMBERED_SMALL})|ss?(?=\.))\.?|§+)\s?(?:No\.?\s)?(?:{_LISTED})?|\b{_NUMBERED_ALL}\.?\s{_LISTED})"
    rf"(?:{_ITEM}\s?)?(?:\(\w{{1,4}}\)\s?)*\(?$"
)
_REFERENCES = re.compile(rf"\b{_NUMBERED_ALL}\.?\s$")
_LISTED_BEHIND = re.compile(r"[A-Za-z]?(?:\(\w{1,4}\))*\s?(?:,|and|to|or|&|[-–—])\s?[A-Z]?\d")
_REFERENCE_ZH = re.compile(
    r"(?:附件|附表|附图|附录|专栏|序号|类别|型号|(?:^|[^一-鿿]|[见如和与及在由从以详下上])[表图注])\s?(?:\d{1,3}[-–—.、至和]){0,4}$"
)
_SHOWN = ("所示", "所列")


def is_reference(draft: Draft, before: str, after: str) -> bool:
    """Whether a number names a part of a law or a document: Section 14(3), Articles 3 to 7, §§ 3–5, 附件3, 图2所示."""
    near = before[-_LONGEST_REFERENCE:]
    if after.startswith(_SHOWN):
        return True
    if draft.unit not in ("", "other", "structure", "article", "document"):
        return False
    if near.isascii() or "§" in near or "–" in near:
        found = _REFERENCE.search(near) is not None
        return found or (_REFERENCES.search(near) is not None and _LISTED_BEHIND.match(after) is not None)
    return draft.unit == "" and _REFERENCE_ZH.search(near) is not None


_LONGEST_REFERENCE = 48


def contact_spans(passage: Passage) -> list[tuple[int, int]]:
    """Stretches of addresses and telephone numbers: each number with its word, and short lines that begin with one."""
    text, lower = passage.text, passage.lower
    spans = [match.span() for match in _PHONE.finditer(text)]
    for sign in _OF_ADDRESSES:
        place = lower.find(sign)
        while place >= 0:
            begin = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place), place - _LONGEST_NAME)
            match = _URL.search(text, begin + 1, place + _LONGEST_ADDRESS)
            if match is not None and match.start() <= place:
                spans.append(match.span())
            place = lower.find(sign, place + 1)
    for word in (*_CONTACT_WORDS, *(_CONTACT_WORDS_ZH if passage.words.chinese else ())):
        place = lower.find(word)
        while place >= 0:
            match = _CONTACT.match(text, place)
            if match:
                start = text.rfind("\n", 0, place) + 1
                end = text.find("\n", match.end())
                end = end if end >= 0 else len(text)
                whole_line = end - start < 80 and place - start < 40
                spans.append((start, end) if whole_line else match.span())
            place = lower.find(word, place + 1)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


# words of the lines above and below the text of a page: who put it there, when, how often it was seen
_FURNITURE = re.compile(
    r"\bmin(?:ute)?s?\.? read\b|\b(?:views?|clicks?|hits|comments?|shares?|likes?|downloads?|visit(?:or)?s|followers)\b"
    r"|\b(?:published|posted|updated|modified|printed|uploaded)\b(?=[ :]|$)|\bword count\b|\bby\s+(?:admin|editor)\b|©"
    r"|点击|浏览|阅读|访问|编辑[:：]|作者[:：]|来源[:：]|时间[:：]|日期[:：]|字[号体][:：]|字数|打印|关闭|分享|评论|人气|稿源|索引号|转发|点赞"
    r"|下载|查看|热度|编号[:：]",
    re.IGNORECASE,
)
_STOP = re.compile(r"[。；！？;!?]|(?<!\d)\.(?=\s|$)|[^\s|·•]{60}[，,]")


def is_furniture(text: str, position: int) -> bool:
    """Whether the line around a place is one of a page's furniture: no sentence, and two signs of it or more."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    if len(line) > _LONGEST_FURNITURE or _STOP.search(line):
        return False
    return len({sign.lower() for sign in _FURNITURE.findall(line)}) > 1


_LONGEST_FURNITURE = 300


def note_numbers(text: str) -> frozenset[int]:
    """Where the numbers of notes stand that follow each other in a line: 1 Census. 2 Gross of charges. 3 Estimate."""
    found: list[int] = []
    run: list[int] = []
    for note in _NOTE.finditer(text):
        number = int(note.group(1))
        if number != len(run) + 1 or (run and "\n" in text[run[-1] : note.start(1)]):
            found += run if len(run) > 1 else []
            run = []
        if number == len(run) + 1:
            run.append(note.start(1))
    return frozenset([*found, *run] if len(run) > 1 else found)


_NOTE = re.compile(r"(?:^|(?<=[.;:】])\s+)([1-9])\s(?=[A-Z][a-z])", re.MULTILINE)


def time_or_name(draft: Draft, before: str, after: str, word: str) -> NonFigureClass | None:
    """Years of two digits, minutes, fiscal years, names with a number (COVID-19, Vision 2040), section numbers.

    Args:
        draft: the number.
        before: the words of its line before it.
        after: those behind it.
        word: the English word right before it, in small letters.
    """
    near = before[-_NEAR:]
    short_year = after.startswith("年") and _SHORT_YEAR_AFTER.match(after)
    if short_year or ("年" in near and _SHORT_YEAR_BEFORE.search(near)):
        return "year"
    minutes = after.lstrip().startswith("分") and _MINUTES_BEFORE.search(near)
    if minutes or (draft.token.kind == "fraction" and _FISCAL_BEFORE.search(near)):
        return "date"
    if draft.unit:
        return None
    named = near[-1:] == "-" or word in _NAMES
    if named and draft.scale == 1 and not is_once_in(near) and _NAME_BEFORE.search(near):
        return "label"
    return "list_no" if is_section_number(draft, before, after) else None


def is_section_number(draft: Draft, before: str, after: str) -> bool:
    """Whether a number with points that begins a line counts sections or paragraphs: 2.1 Each driver is paid."""
    measured = is_money(draft.unit) or draft.is_ratio or draft.unit in physical_units()
    if before.strip() or measured or draft.scale != 1:
        return False
    return _SECTION_NO.fullmatch(draft.token.text) is not None and _HEADING_AFTER.match(after) is not None


def _pages(line: str) -> bool:
    """Whether a line holds nothing but numbers that count up by one: the links to the pages of a list."""
    if not _PAGES.fullmatch(line):
        return False
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    return all(number == first + place for first in numbers[:1] for place, number in enumerate(numbers))


def is_in_title(before: str, after: str) -> bool:
    """Whether a number stands in the title of another document: 《关于支持100个试点村的意见》, entitled “40 villages”."""
    if "《" in before and before.rfind("《") > before.rfind("》"):
        return "》" in after
    return _ENTITLED.search(before) is not None and _QUOTE_ENDS.match(after) is not None


_ENTITLED = re.compile(r"\b(?:entitled|titled|called)\s+[“\"][^“”\"]*$", re.IGNORECASE)
_QUOTE_ENDS = re.compile(r"[^“”\"]*[”\"]")


def is_exchange_rate(draft: Draft, text: str) -> bool:
    """Whether an amount tells what one unit of another currency is worth: 1 US dollar = 6.2 yuan, 汇率6.3元."""
    before = text[max(draft.sentence[0], draft.start - 2 * _NEAR) : draft.start]
    if _RATE_BEFORE.search(before):
        return True
    return draft.token.value == 1 and draft.scale == 1 and _RATE_BEHIND.match(text, draft.end) is not None


_EQUALS = r"(?:[=≈]|equals?\b|(?:was|is|were) worth|(?:was|is) equal to|兑换?|折合?|合)"
_RATE_BEHIND = re.compile(rf"\s*{_EQUALS}\s*(?:RMB|CNY|US\$|[$€£¥])?\s?\d")
_RATE_BEFORE = re.compile(
    rf"(?:\b(?:exchange rate|rate of exchange)\b|汇率|牌价)[^;；。，,\n]{{0,40}}$"
    rf"|(?<![\d.,])(?:1|one)\s?(?:[A-Z]{{3}}|(?:[A-Za-z.]+ )?(?:dollar|euro|pound|yuan|rupee|peso)|[一-鿿]{{1,3}}[元镑])\s*{_EQUALS}"
    r"\s*(?:RMB|CNY|US\$|[$€£¥])?\s?$"
    rf"|[$€£]\s?1\s*{_EQUALS}\s*(?:RMB|CNY|US\$|[$€£¥])?\s?$"
)


def is_once_in(before: str) -> bool:
    """Whether a number says how rare something is: a once-in-100-year flood."""
    return before[-12:].lower().endswith(_ONCE_IN)


def is_age_or_base(draft: Draft, before: str, after: str, behind: str) -> bool:
    """Ages of people, and the base of a rate: per 100,000 births; `behind` are the words after in small letters."""
    near = before[-_NEAR:]
    if draft.scale == 1 and draft.unit in ("", "other", "person", "year") and draft.token.value < _OLDEST:
        if _AGE_AFTER.match(after):
            return True
        told = _AGE_BEFORE.search(near)
        if told is not None and near[-1:] in "(（" and not _OPEN_AGE.match(after):
            told = None  # "teachers (45)" are counted
        if told is not None and (_SAYS_AGE.search(told.group()) or (not draft.unit and _NO_NOUN.match(after))):
            return True
        if draft.unit == "year" and told is not None:
            return True  # "children under 5 years"
    return draft.token.text[0] == "1" and bool(_BASE.fullmatch(draft.token.text) and _BASE_BEFORE.search(near))


def is_code(before: str) -> bool:
    """Whether a number is one of a reference, an account, a licence, a book."""
    near = before[-_NEAR:]
    told = near.lower().rstrip(" \t\n:：#.").endswith(_CODES) or (near[-1:].isalnum() or near[-1:] in ("-", "/"))
    return told and near.rstrip()[-1:] in _CODE_ENDS and _CODE_BEFORE.search(near) is not None


def is_page_or_road(draft: Draft, before: str, after: str) -> bool:
    """Counters and numbers of pages, and numbers of roads."""
    if is_money(draft.unit):
        return False
    if draft.scale == 1 and "道" in before and _ROAD_NUMBER.search(before):
        return True
    if draft.unit not in ("", "other", "event"):
        return False
    counter = _PAGE.search(before) or _PAGE_AFTER.match(after)
    if counter and (draft.scale != 1 or draft.token.text.replace(",", "").isdecimal()):
        return True
    if draft.scale != 1:
        return False
    if _pages(f"{before}{draft.token.text}{after}"):
        return True
    if not before.strip(" -–—") and _PAGE_LINE.fullmatch(f"{before}{draft.token.text}{after}".strip()):
        return True
    return _ROAD.search(before) is not None or _ROAD_AFTER.match(after) is not None
