"""Numbers that refer to something or name it: telephones, addresses, codes, names, bases and exchange rates, roads."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import YEAR
from pipelines.patterns import SIGN, regex

_CONTACT_WORDS = (
    *("phone", "tel", "fax", "postcode", "post code", "zip code", "hotline", "©", "copyright", "sms", "whatsapp"),
    *("toll-free", "toll free", "dial", "helpline", "mobile", "wechat", "qq"),
)
_CONTACT_WORDS_ZH = (
    "邮编",
    "邮政编码",
    "电话",
    "传真",
    "热线",
    "icp备",
    "版权",
    "拨打",
    "短信",
    "手机",
    "微信",
    "联系方式",
    "分机",
)
_CONTACT = regex(
    r"(?:phone|\bmobile(?=\s?[:：])|\b(?:wechat|qq)|\btel|\bfax|post ?code|zip code|hotline|helpline|\bsms|whatsapp"
    r"|toll[- ]free|\bdial"
    r"|邮编|邮政编码|电话|传真|热线|拨打|短信|手机|微信|联系方式|分机)\.?"
    r"\s*(?:no\.?|number|line|to|on|群|号码?|至|到|转)*"
    r"\s*[:：]?\s*[+\d(][+\d\-—–() 、/]{0,30}|ICP备|copyright|©|版权",
    re.IGNORECASE,
)
_OF_ADDRESSES = ("@", "://", "www.", "isbn", "issn")
_LONGEST_NAME, _LONGEST_ADDRESS = 66, 400  # characters before the sign of an address, and of all of it
_IBAN = regex(r"\b[A-Z]{2}\d\d(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,3})?\b")
_URL = regex(
    r"(?:https?://|www\.|(?<![\w.])[\w.]{1,64}@)[^\s，。；）)]{1,300}|\b(?:ISBN|ISSN)[\s:-]{0,3}[\dX-]{1,20}",
    re.IGNORECASE,
)
# one class in front, so that a text is searched for its signs alone
_PHONE = regex(
    r"[+0148（(转分e](?:(?<=\+)\d{1,3}[ -](?:\(?\d{1,4}\)?[ -]?){2,5}\d{2,4}"
    r"|(?<=0)(?<![\d.,]0)\d{2,3}[- ]\d{3,4}[- ]?\d{3,4}(?!\d|[.,]\d)"
    r"|(?<=1)(?<![\d.,]1)[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})(?![\d,]|\.\d|[元个户人亩吨万亿])"
    r"|(?<=[48])(?<![\d.,-][48])00[ -]\d{3}[ -]?\d{4}(?!\d)"
    r"|(?<=[（(])0\d{2,3}[)）]\s?\d{3,4}[ -]?\d{3,4}(?!\d|[.,]\d)"
    r"|(?:(?<=[\d）)]转)|(?<=[\d）)]分)机)\s?\d{2,5}(?!\d)|(?<=\be)xt\.?(?:ension)?\s?\d{2,5}(?!\d))"
)
_PHONE_OF_THREE = regex(r"(?<![\d.,-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-]|[.,]\d)")  # 202-555-0143
_NEAR = 36  # signs before a number in which a code or an age is told
_CODE_ENDS = frozenset(":：#.号码证卡CceEtdDNOyn-/")
_CODES = (
    *("编号", "尾号", "卡号", "账号", "帐号", "证号", "代码", "学号"),
    *("车牌", "车牌号", "身份证号", "身份证码", "身份证号码", "身份证", "银行卡"),
    *("isbn", "issn", "ref", "a/c", "acct", "account", "plate", "license", "licence", "id", "code", "no", "number"),
    *("registered charity", "registered company", "registration", "registered"),
)
_CODE_BEFORE = regex(
    r"(?:编号|尾号|卡号|账号|帐号|证号|代码|学号|车牌号?|身份证号?码?|银行卡|ISBN|ISSN"
    r"|\b(?:ref|a/c|acct|account|plate|licen[cs]e|id|code|registered (?:charity|company)|registration)\.?"
    r"(?:\s*(?:no|number)\.?)?)"
    r"\s*[:：#]?\s*[A-Z\d/-]{0,24}$",
    re.IGNORECASE,
)
_SHORT_YEAR_AFTER = regex(r"年\s*[至到—–-]\s*\d\d年")
_SHORT_YEAR_BEFORE = regex(r"(?<!\d)\d\d年\s*[至到—–-]\s*$")
_MINUTES_BEFORE = regex(r"\d\s*[时点]\s*$")
_NAME_BEFORE = regex(r"[A-Za-z]-$|\b(?:Vision|Agenda|Horizon|SDGs?|MDGs?|Goals?|COVID|Rio|Strategy)[ -]$")
_NAMES = frozenset(
    {"vision", "agenda", "horizon", "sdg", "sdgs", "mdg", "mdgs", "goal", "goals", "covid", "rio", "strategy"}
)
# what is called by a word and the year of its time
_TITLES = frozenset(
    {"act", "action", "budget", "census", "enterprise", "framework", "initiative", "mission", "plan", "policy"}
    | {"programme", "program", "roadmap", "strategy", "survey", "yojana"}
)
_TITLE_BEFORE = regex(r"(?<![.!?] )\b[A-Z][a-z]+ $")
_BASE = regex(r"10+|1(?:0{0,2},000)+|100,000")
_BASE_BEFORE = regex(r"(?:\b(?:per|every|for each)\s+|每)$", re.IGNORECASE)
_FISCAL_BEFORE = regex(r"\bFY\s*$")
_ROAD = regex(
    r"(?:[国省县乡]道|高速(?:公路)?|公路|铁路|\b(?:national|provincial|county|state|trunk)\s+(?:road|highway|route)"
    r"|\b(?:highway|route|road|expressway|interstate))\s*[A-Z]?$",
    re.IGNORECASE,
)
_ROAD_NUMBER = regex(r"[国省县乡]道\s*[A-Z]?$")
_ROAD_AFTER = regex(r"\s?(?:国道|省道|县道|号线|线(?=[公路沿全段])|高速)")
_ONCE_IN = tuple(f"once{join}in{join}{article}" for join in " -" for article in ("", "a ", "a-", "an ", "an-"))


def contact_spans(passage: Passage) -> list[tuple[int, int]]:
    """Stretches of addresses and telephone numbers: each number with its word, and short lines that begin with one."""
    text, lower = passage.text, passage.lower
    spans = [match.span() for sign in (_PHONE, _PHONE_OF_THREE) for match in sign.finditer(text)]
    spans += [match.span() for match in _IBAN.finditer(text)] if "IBAN" in text else []
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
    first = _FIRST_YEAR.search(near)
    if first is not None and draft.token.text == f"{(int(first.group(1)) + 1) % 100:02}":
        return "year"  # "in 1977- 78"
    if len(draft.token.text) == 2 and draft.token.text.isdecimal() and draft.scale == 1 and _FISCAL_BEFORE.search(near):
        return "year"  # "for FY 78"
    minutes = after.lstrip().startswith("分") and _MINUTES_BEFORE.search(near)
    if minutes or (draft.token.kind == "fraction" and _FISCAL_BEFORE.search(near)):
        return "date"
    if draft.unit:
        return None
    if word in _TITLES and YEAR.fullmatch(draft.token.text) and _TITLE_BEFORE.search(near):
        return "label"  # "Enterprise 2020", "the measures of Budget 2019"
    named = near[-1:] == "-" or word in _NAMES
    if named and draft.scale == 1 and not is_once_in(near) and _NAME_BEFORE.search(near):
        return "label"
    return None


_FIRST_YEAR = regex(r"(?<!\d)(?:19|20)(\d\d)\s?[-–—]\s?$")


def is_exchange_rate(draft: Draft, text: str) -> bool:
    """Whether an amount tells what one unit of another currency is worth: 1 US dollar = 6.2 yuan, 汇率6.3元."""
    before = text[max(draft.sentence[0], draft.start - 2 * _NEAR) : draft.start]
    told = any(word in before for word in _OF_RATES)
    if told and _RATE_BEFORE.search(before):
        return True
    return draft.token.value == 1 and draft.scale == 1 and _RATE_BEHIND.match(text, draft.end) is not None


_OF_RATES = ("change", "汇率", "牌价", "=", "≈", "equal", "worth", "兑", "折", "合")
_EQUALS = r"(?:[=≈]|equals?\b|(?:was|is|were) worth|(?:was|is) equal to|兑换?|折合?|合)"
_RATE_BEHIND = regex(rf"\s*{_EQUALS}\s*" + SIGN + r"\d")
_RATE_BEFORE = regex(
    rf"(?:\b(?:exchange rate|rate of exchange)\b|汇率|牌价)[^;；。，,\n]{{0,40}}$"
    rf"|(?<![\d.,])(?:1|one)\s?(?:[A-Z]{{3}}|(?:[A-Z][A-Za-z.]+ )?(?:dollar|euro|pound|yuan|peso)|[一-鿿]{{1,3}}[元镑])"
    rf"\s*{_EQUALS}"
    r"\s*" + SIGN + r"$"
    rf"|[$€£]\s?1\s*{_EQUALS}\s*" + SIGN + r"$"
)


def is_once_in(before: str) -> bool:
    """Whether a number says how rare something is: a once-in-100-year flood."""
    return before[-12:].lower().endswith(_ONCE_IN)


_ADDRESS = regex(
    r"[A-Za-z]?,? (?:[A-Z][\w'’]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Boulevard|Way|Close|Court)\b"
)


def is_address(draft: Draft, after: str) -> bool:
    """Whether a number is that of a house in a street: 27 Park Street."""
    return draft.token.kind == "digits" and after[:1] in " ,ABCDabcd" and _ADDRESS.match(after) is not None


def is_code(before: str) -> bool:
    """Whether a number is one of a reference, an account, a licence, a book."""
    near = before[-_NEAR:]
    told = near.lower().rstrip(" \t\n:：#.").endswith(_CODES) or (near[-1:].isalnum() or near[-1:] in ("-", "/"))
    return told and near.rstrip()[-1:] in _CODE_ENDS and _CODE_BEFORE.search(near) is not None


def is_base(draft: Draft, before: str) -> bool:
    """Whether a number is the base of a rate: per 100,000 births."""
    return draft.token.text[0] == "1" and bool(
        _BASE.fullmatch(draft.token.text) and _BASE_BEFORE.search(before[-_NEAR:])
    )


def is_road(draft: Draft, before: str, after: str) -> bool:
    """Whether a number is that of a road."""
    if draft.scale != 1 or is_money(draft.unit):
        return False
    if "道" in before and draft.unit != "km" and _ROAD_NUMBER.search(before):
        return True
    return draft.unit in ("", "other") and (_ROAD.search(before) is not None or _ROAD_AFTER.match(after) is not None)
