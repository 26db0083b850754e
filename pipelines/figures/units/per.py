"""What an amount is per: "per person", "for each county", 人均, 每户, or a sentence about incomes per head."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import LIST_JOIN, OR_SO
from pipelines.patterns import rarely

_PER_SIGN = rarely(r"\s?/\s?(?:每)?((?-i:[一-鿿])|[a-z]+(?![²³23]))(?:[/·・]([年月天]))?", re.IGNORECASE)
_PER_TIME = re.compile(r"\s(?:per|a|each|every)\s(month|day)\b", re.IGNORECASE)
_UNCOUNTED = frozenset({"structure", "CNY", "times", "person-time", "year", "month", "day"})
_LINE_BEHIND = rarely(
    r"的?(?-i:[一-鿿]){0,6}(?:标准|贫困线|扶贫线)"
    r"|[\s-](?:[\w-]+\s+){0,3}?(?:as (?:[\w-]+\s+){0,3}?)?(?:line|standard|threshold)\b",
    re.IGNORECASE,
)
_SAID_OF_IT = re.compile(
    r"(?:\s+(?:net|disposable|rural|cash))?(?:\s+incomes?)?\s+(?:was|were|is|of|reached|stood at|rose to|grew to)\s+"
    r"|(?:纯|可支配)?(?:收入)?(?:达到?|为|是|增加到|提高到)",
    re.IGNORECASE,
)
_EACH_OF_THEM = re.compile(r"\beach (?:of them|one)\b", re.IGNORECASE)
# 各补助10万元, 各500元; before a noun 各 says "all the several": 预拨各镇、各职能部门1120万元
_EACH_OF_BEFORE = rarely(
    r"各自?(?:[可能又再]?(?:补助|补贴|奖励|奖补|安排|拨付|下拨|发放?|给予?|投入|投|获得?|得到?|领[到取]?|分[得到]?|出资?|捐赠?|资助|支持"
    r"|[新修]?建成?|配备?|有|占|为|增加?|减少?|下降|提高|种植?|养)(?:了|资金)?)?(?:约|近|达|不低于|不少于)?$"
)
_EACH_CHINESE = re.compile(
    r"每(?:个|一)?(公斤|公里|公顷|吨|人(?!次)|户|县|村|乡|镇|亩|头|只|名|生|所|座|校|家|片)(?:每([月天日年]))?"
)
_EACH_OVER = re.compile(r"每[^，。；]{1,8}?\d[^，。；]{0,6}的(?:价格|单价|标准|额度|比例|速度|水平)")
# what is told of each one of a kind, whatever it is: 每期培训50人, 每份合同, 每个示范村; not how often: 每年, 每逢
_EVERY = rarely(r"每(?:个|一)?(?:([月天日])|(?![年季周逢当次]|一年|隔)([一-鿿]{1,12}))$")
# "per each" glued to its measure word, and prices: 笔均, 校均, 份均; 均 after other words says "all": 两校均已
_BY_MEASURE = re.compile(
    r"(?<![一-鿿])(人次|[次份笔校班场单台床师生件头只期点站社企店园座栋套车]|项目|村组)均(?![已有为完建实获得在被能可])[一-鿿]{0,6}$"
    r"|(?:均价|单价|价格)(?:约|为|达|是)?$"
)
_MEAN = re.compile(
    r"平均(?!每?年|水平|增)[一-鿿]{0,8}$|\b(?:average|mean)\s+(?:of\s+)?$"
    r"|\b(?:average|mean) (?!annual)(?:[a-z]+ ){1,2}(?:was|is|of|being|stood at|reached|came to)\s+$"
    r"|\baverag(?:ed|es|ing)\s+$|\bon average\b[^,;.\d]{0,40}$|\bon average, [^,;.\d]{0,40}$"
    r"|\bunit (?:cost|price)s?\b[^,;.\d]{0,12}$",
    re.IGNORECASE,
)
_MEAN_BEHIND = re.compile(r"[^,;.\d]{0,24}?\bon average\b(?! (?:a|each|every|per) (?:year|month|day))", re.IGNORECASE)
_LONGEST_MEAN = 40  # code points in which "on average" stands behind a number
_POWERS = {"2": "2", "3": "3", "²": "2", "³": "3"}
_HOW_OFTEN = frozenset({"year", "annum", "quarter", "week", "cent", "diem", "se", "mille"})


def unit_called(passage: Passage, index: int) -> str:
    """The unit of the word at an index, which an amount may be per; empty where it counts nothing."""
    found = passage.nouns.get(passage.words.starts[index])
    form, units = passage.words.forms[index], lexicon().units
    named = lexicon().words.per.words.get(form, "")
    told = found[1].unit if found is not None else next((units[many] for many in _plurals(form) if many in units), "")
    return named or (told if told not in _UNCOUNTED else "")


def _plurals(form: str) -> tuple[str, ...]:
    """What an English noun may be called where there are several: the units know many in the plural only."""
    if len(form) < _SHORTEST_NOUN or not form.isalpha():
        return ()
    return (f"{form}s", f"{form}es", f"{form[:-1]}ies", f"{form.removesuffix('man')}men", f"{form}ren")


_SHORTEST_NOUN = 3


def read_mean(draft: Draft, passage: Passage, start: int) -> bool:
    """Whether words call a number a mean or a price; a mean of something is no amount that was paid or counted."""
    text = passage.text
    chinese = passage.is_chinese(start, draft.start)
    by = _BY_MEASURE.search(text, start, draft.start) if chinese else None
    if by:
        decide_per(draft, lexicon().words.per.words.get(by.group(1) or "", "other"), by.group().strip("，。；、："))
        return True
    first = draft.start if chinese else draft.first  # with its sign of currency
    mean = _MEAN.search(text, start, first) if chinese or passage.means(start, first) else None
    if mean is None and passage.means(draft.end, draft.end + _LONGEST_MEAN):
        mean = _MEAN_BEHIND.match(text, draft.end, draft.sentence[1])
    if mean:
        decide_per(draft, "other", mean.group())
    return mean is not None


def read_per(draft: Draft, passage: Passage, end: int, limit: int) -> None:
    """What an amount is per: "per person", "/人", "for each county", 人均, or a sentence about incomes per head."""
    if read_per_behind(draft, passage, end, limit):
        return
    start = draft.sentence[0]
    comma = passage.clause(start, draft.start, ",;，；。：")
    if "每" in passage.text[comma : draft.start] and read_each_before(draft, passage, comma):
        return
    if (
        "各" in passage.text[comma : draft.start]
        and _EACH_OF_BEFORE.search(passage.text, comma, draft.start)
        and _each_of_before(draft, passage)
    ):
        return
    text = passage.text
    hits = passage.per.within(comma, draft.start)
    if hits and text[hits[-1].start : hits[-1].end].endswith(("收入", "工资")):
        # "亩均收入": what the income is per stands before it
        hits = [hit for hit in hits if hit.payload != "person"] or hits
    none = passage.per_none.last(comma, draft.start)
    hit = hits[-1] if hits else None
    if hit is not None and _ANOTHER.search(text, hit.end, draft.start):
        hit = None  # 按每公里85万元匡算约需5.19亿元
    if hit is not None and none is not None and none.start > hit.start and _AND.search(text, hit.end, none.start):
        hit = None
    value = abs(draft.token.value) * draft.scale
    millions = draft.scale > 10_000 or value >= _NOBODYS_INCOME
    large = millions and hit is not None and hit.payload in ("person", "household", "mu")
    # millions per head are a slip, which is read as printed where the words leave nothing else
    if hit is not None and (
        not large
        or (_SAID_OF_IT.fullmatch(text, hit.end, draft.start) and not _AND_BEFORE.search(text, comma, hit.start))
    ):
        decide_per(draft, hit.payload, text[hit.start : hit.end])
        return
    if read_each_before(draft, passage, comma) or read_mean(draft, passage, comma):
        return
    if draft.scale > 1 or none is not None:
        return
    line = _LINE_BEHIND.match(text, end, limit)
    if line:
        decide_per(draft, "person", line.group())
        return
    # incomes and standards go on over clauses: "net income per head in the counties was 3725, in villages 2600 Yuan"
    hit = passage.per.last(passage.clause(start, draft.start, ";；"), draft.start)
    if hit is not None and hit.payload in ("person", "household"):
        decide_per(draft, hit.payload, text[hit.start : hit.end])


_AND = re.compile(r"\band\b|[和及、]")  # "income per head and revenue", but "per capita budget revenue"
_AND_BEFORE = re.compile(r"\band (?:[a-z]+ ){0,3}$", re.IGNORECASE)  # "revenue and income per head"


_NOBODYS_INCOME = 500_000


def go_on(draft: Draft, earlier: list[Draft], passage: Passage) -> None:
    """An amount of a paragraph about incomes per head is one as well, unless its clause tells of giving or paying.

    As in "In 2011 it was 4,510 yuan", "None of them had less than 2,300 yuan".
    """
    said = next((other for other in reversed(earlier) if is_money(other.unit)), None)
    if said is None or "/" not in said.unit or draft.unit != said.unit.split("/")[0] or draft.scale != said.scale:
        return
    text = passage.text
    values = abs(draft.token.value), abs(said.token.value)
    whole = next((o for o in reversed(earlier) if o.unit == said.unit and "part of" not in o.decided["unit"]), said)
    if said.sentence == draft.sentence and values[0] < abs(whole.token.value):
        goes_on = said is not whole and LIST_JOIN.match(text, said.end, draft.start)
        if goes_on or _PART_OF_IT.match(text, said.end, draft.start):
            draft.unit, draft.decided["unit"] = said.unit, f"part of {said.token.text}"
            return  # 每公里造价48.5万元，其中车购税补助20万元
    if "\n" in text[said.end : draft.start] or max(values) > _FAR_APART * min(values):
        return
    start = passage.clause(draft.sentence[0], draft.start, ";；。")
    near = max(start, draft.start - 80)
    stands = _STANDS.search(text, near, draft.start) or _NO_SUBJECT.fullmatch(text, start, draft.start)
    if stands and not _GIVES.search(
        text, max(start, said.end), passage.clause_end(draft.end, draft.sentence[1], ",.;，。；")
    ):
        draft.unit, draft.decided["unit"] = said.unit, f"as {said.token.text} before it"


_PART_OF_IT = re.compile(r"[，,(（]?\s*(?:其中|of which\b|including\b)[^，。；,.;\d]{0,16}$", re.IGNORECASE)
_FAR_APART = 20
_STANDS = rarely(
    r"\b(?:was|were|is|had|has|have|having|with|earn\w*|make|made|reached|rose|fell|grew|climbed|than|below|under|above"
    r"|over|by|to|at|up|down|beyond|between|least|another|line of)\b[^,;.]{0,24}$"
    r"|\b(?:up|down)\b[^,;]{0,16}\bfrom\s*(?:[A-Za-z]{0,4}[^\w\s,;]?\s?)?$"
    r"|[比较][^，。；\d]{1,8}的?$|(?:增加|减少|提高|降低|[多少高低])了?$",
    re.IGNORECASE,
)
_GIVES = rarely(
    r"\b(?:subsid|grant|pa(?:y|id)|cost|price|fee|loan|lent|lend|borrow|spen[dt]|fund|donat|invest|award|bonus|budget"
    r"|gave|given|sav|each(?! of them| one))"
    r"|[补贷捐]|资金|发放|投|支付|费|价|奖",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"\s*(?:到|截至|而)?(?:\d{4}年|上一?年|去年|前年|今年)?(?:同期|底|末)?(?:已|又|只|仅)?(?:为|达到?|是|(?:增加|提高|增长|上升)[到至])了?",
    re.ASCII,
)


def read_each_before(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "each student from a poor home received 1,500 yuan", "每公斤210元", "学员每人每天20元"."""
    told = "每" in passage.text[start : draft.start]
    if told and (over := _EACH_OVER.search(passage.text, start, draft.start)):
        start = over.end()  # 以每公斤2元的价格收购460吨
    chinese = _EACH_CHINESE.search(passage.text, start, draft.start) if told else None
    every = _EVERY.search(passage.text, start, draft.start) if told and not chinese else None
    if every:
        decide_per(draft, _every_unit(every.group(1) or every.group(2)), every.group())
        return True
    if chinese and _ANOTHER.search(passage.text, chinese.end(), draft.start):
        return False
    if chinese:
        per = lexicon().words.per.words
        decide_per(draft, per[chinese.group(1)], chinese.group())
        draft.unit += f"/{per[chinese.group(2)]}" if chinese.group(2) in ("月", "天", "日") else ""
        return True
    each = passage.last("each", start, draft.start)
    if each is None:
        return _for_one(draft, passage, start)
    if ": " in passage.text[each.end : draft.start]:
        return False  # "1,546 yuan for each person served: the state bore 57.9 million"
    if _each_of_them(draft, passage, each.start):
        return True
    words = passage.words
    for index in range(words.index_from(each.end), min(words.index_from(each.end) + 4, len(words.forms))):
        if words.ends[index] > draft.start:
            return False
        if unit := unit_called(passage, index):
            last = index + 1 if index + 1 < len(words.forms) and words.ends[index + 1] <= draft.start else index
            unit = unit_called(passage, last) or unit  # each of the poor households: the noun ends the phrase
            decide_per(draft, unit, passage.text[each.start : words.ends[last]])
            return True
    if is_money(draft.unit) and (costs := _EACH_COSTS.search(passage.text, each.start, draft.start)):
        decide_per(draft, "other", costs.group())
        return True
    return False


_EACH_COSTS = re.compile(  # "each meal cost ₦70"
    r"\beach (?:[a-z]+ ){1,3}(?:costs?|gets?|got|receive[sd]?|(?:was|were|is|are) paid)\s+"
    r"(?:about )?\W{0,2}[A-Z]{0,4}\W{0,2}$",
    re.IGNORECASE,
)


_ANOTHER = re.compile(r"\d[\d.,]*[万亿]?元(?![、和及或至到—~-])[^，。；\d]{2,}(?<![到至为])$")


def _every_unit(words: str) -> str:
    """What 每 speaks of: the longest word of what begins behind it that can be counted."""
    per = lexicon().words.per.words
    return next((per[words[:length]] for length in range(len(words), 0, -1) if words[:length] in per), "other")


def _for_one(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "a household receives 2,000 yuan", "a village got 500,000": one stands for all."""
    clause = passage.clause(draft.sentence[0], draft.start, ";；。")
    one = _ONE_GETS.search(passage.text, clause, draft.start) if is_money(draft.unit) else None
    if one is None:
        return False
    group = next(group for group in (1, 2, 3, 4) if one.group(group))
    unit = unit_called(passage, passage.words.index_from(one.end(group)) - 1)
    decide_per(draft, unit or "other", one.group())
    return True


_ONE_GETS = re.compile(
    r"\b(?:an?|one) (?:[a-z-]+ ){0,2}?(household|family|village|person|farmer|student|trainee|pupil)"
    r" (?:[a-z]+ ){0,2}?(?:receive[sd]?|gets?|got|obtain(?:s|ed)|earn(?:s|ed)|pays|ha[sd]|(?:is |was )?given)\b"
    r"|\b(?:an?|one) (?:[a-z-]+ ){0,2}?([a-z-]+)(?: of [a-z]+)? costs?"
    r"\s+(?:about |nearly |some |over )?[A-Z]{0,4}\W{0,2}$"
    r"|(?<!\w)per (?!cent\b|annum\b|mille\b)([a-z-]+),[^,;.\d]*$"
    r"|(?<!\w)per (?!cent\b|annum\b|mille\b)([a-z-]+) (?:[a-z]+ )?(?:is|was|stood at|came to|reached|amounted to"
    r"|rose to|fell to|(?:went|gone|rose|fell|grew|climbed|raised|[a-z]+ed) [^,;.]{0,48}?\b(?:from|to))"
    r"\s+(?:about |nearly |some )?[A-Z]{0,4}\W{0,2}$",
    re.IGNORECASE,
)


def read_per_behind(draft: Draft, passage: Passage, end: int, limit: int) -> bool:
    """Reads "per head", "a head", "/人", "for each county"; of two the first one gives the unit, a month is kept."""
    text, words, per = passage.text, passage.words, lexicon().words.per.words
    behind = OR_SO.match(text, end, limit) if text[end : end + 4].lstrip()[:1] in "-opuaOPUA" else None
    end = behind.end() if behind else end
    slash = _PER_SIGN.match(text, end, limit + 1) if "/" in text[end : end + 2] else None
    of_goods = lexicon().units.get(slash.group(1).lower()) if slash and is_money(draft.unit) else None
    plural = slash is not None and draft.unit not in physical_units() and slash.group(1).lower().endswith("s")
    if plural and not is_money(draft.unit):
        return False  # of two nouns the stroke says "or": 20 towns/villages
    if slash and (slash.group(1).lower() in per or of_goods):
        decide_per(draft, per.get(slash.group(1).lower()) or of_goods or "other", slash.group())
        if slash.group(2) in ("月", "天"):
            draft.unit += f"/{per[slash.group(2)]}"
        draft.end = slash.end()
        return True
    index = words.index_from(end)
    if index >= len(words.forms) or text[end : words.starts[index]].strip(" (（"):
        return False
    form = words.forms[index]
    to = form == "to" and end == draft.token.end and words.forms[index + 1 : index + 2] in (("a",), ("an",))
    if to:  # "40 to a course"
        index, form = index + 1, words.forms[index + 1]
    if form == "of" and (draft.unit in physical_units() or is_money(draft.unit)):
        ahead = next((i for i in range(index + 2, index + 5) if words.forms[i : i + 1] == ("per",)), None)
        if ahead is not None and _OF_GOODS.fullmatch(text, words.starts[index], words.starts[ahead]):
            index, form = ahead, "per"  # "40 kg of maize per woman"
    if form == "apiece" or (form == "on" and words.forms[index + 1 : index + 3] == ("average", "apiece")):
        return _each_of_before(draft, passage)
    if form == "each" and is_money(draft.unit) and _ENDS.match(text, words.ends[index]):
        if not _each_of_before(draft, passage):
            decide_per(draft, "other", "each")
        return True
    if form not in ("per", "a", "an", "each", "every"):
        return _for_each(draft, passage, index, limit)
    if form == "each" and words.forms[index + 1 : index + 2] == ("for",):
        for ahead in range(index + 2, min(index + 5, len(words.forms))):  # "PHP750 each for 4.4 million households"
            if words.ends[ahead] <= draft.sentence[1] and (unit := unit_called(passage, ahead)):
                decide_per(draft, unit, text[words.starts[index] : words.ends[ahead]])
                return True
    money = is_money(draft.unit)
    for ahead in range(index + 1, min(index + 4, len(words.forms))):
        if words.ends[ahead] > limit or words.forms[ahead] in ("for", "in", "of", "and"):
            break
        unit = unit_called(passage, ahead)
        if text[words.ends[ahead] : words.ends[ahead] + 1] in _POWERS and words.forms[ahead] in ("m", "km"):
            power = _POWERS[text[words.ends[ahead]]]
            decide_per(draft, f"{words.forms[ahead]}{power}", text[words.starts[index] : words.ends[ahead] + 1])
            draft.end = words.ends[ahead] + 1  # 20 yuan per m2
            return True
        if not unit:
            continue
        # "a person" behind money or a measure is per person, behind a count it is not
        measured = money or draft.unit in physical_units()
        if not measured and form in ("a", "an") and words.forms[ahead] != "head" and not to:
            return False
        if not money and words.forms[ahead] == "capita":
            return False
        if unit in ("month", "day", "year") and money:
            start = passage.clause(draft.sentence[0], draft.start, ",;，；。：")
            if read_each_before(draft, passage, start):
                return True
        if words.forms[ahead] == "head" and _of_animals(draft, passage):
            unit = "animal"
        decide_per(draft, unit, text[words.starts[index] : words.ends[ahead]])
        draft.end = words.ends[ahead]
        following = _PER_TIME.match(text, draft.end, limit)
        if following:
            draft.unit += f"/{following.group(1).lower()}"
            draft.end = following.end()
        return True
    if form == "per" and index + 1 < len(words.forms) and words.forms[index + 1] not in _HOW_OFTEN:
        decide_per(draft, "other", text[words.starts[index] : words.ends[index + 1]])
        return True
    return form in ("each", "every") and _each_of_before(draft, passage)


def _each_of_them(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "830,000 people; each of them got 2,000 a month": per those that were counted last."""
    if not _EACH_OF_THEM.search(passage.text, start, draft.start):
        return False
    counted = [noun for noun in passage.nouns_within(draft.sentence[0], start) if noun.unit not in _UNCOUNTED]
    if not counted:
        return False
    decide_per(draft, counted[-1].unit, "each of them")
    return True


def _of_animals(draft: Draft, passage: Passage) -> bool:
    """Whether "a head" speaks of animals: the nearest noun before it is one."""
    nouns = passage.nouns_within(draft.sentence[0], draft.start)
    units = [noun.unit for noun in nouns if noun.unit in ("animal", "person", "household")]
    return "animal" in units and "person" not in units


def _for_each(draft: Draft, passage: Passage, index: int, limit: int) -> bool:
    """As in "15 million Yuan of special funds for each (of the two) counties", within the clause."""
    text, words, near = passage.text, passage.words, passage.for_each
    place = bisect_left(near, index)
    if place >= len(near) or near[place] >= index + 14:
        return False
    end = passage.clause_end(draft.end, draft.sentence[1], ".;,，；。")
    ahead = near[place]
    if words.starts[ahead] >= end or _OF_ANOTHER_ACT.search(text, draft.end, words.starts[ahead]):
        return False
    if words.forms[ahead + 1 : ahead + 2] in _OF_ALL:
        return False  # "in four counties to a total of 101,800 households"
    one = words.forms[ahead] == "a"  # "went to a household", but "for a project" names one
    for noun in range(ahead + 1, min(ahead + 7, len(words.forms))):
        if words.starts[noun] >= end:
            break
        unit = unit_called(passage, noun)
        if (
            unit
            and words.forms[noun] not in ("poor", "key")
            and not (one and unit not in ("person", "household", "village"))
        ):
            decide_per(draft, unit, passage.text[words.starts[ahead - 1] : words.ends[noun]])
            return True
    if words.forms[ahead] != "each":
        return False
    named = words.forms[ahead + 1 : ahead + 2] not in ((), ("of",), ("one",)) and words.starts[ahead + 1] < end
    if named or not _each_of_before(draft, passage):
        decide_per(draft, "other", text[words.starts[ahead - 1] : words.ends[ahead]])  # "for each of the 35 wards"
    return True


_OF_ALL = tuple((word,) for word in ("total", "number", "maximum", "minimum", "sum", "record", "level", "rate", "peak"))
# "gave out 16 hives and paid 20 yuan to each": what each gets is told of another act
_OF_ANOTHER_ACT = re.compile(
    r"\b(?:and|but|then)\s+(?:also\s+)?(?:[a-z]{2,}ed|paid|gave|spent|sent|lent|sold|built|bought|put|made|got)\b[^.;]*\d"
)


_OF_GOODS = re.compile(r"of (?:[a-z]+ ){1,3}")
_ENDS = re.compile(r"\s*(?:$|[.,;:)]|and\b|while\b)")  # "Rs. 1.8 crore each, …"


def _each_of_before(draft: Draft, passage: Passage) -> bool:
    """As in "two counties got 15 million Yuan each": per what was counted right before."""
    start = passage.clause(draft.sentence[0], draft.start, ".;；。")
    counted = [noun for noun in passage.nouns_within(start, draft.start) if noun.unit not in _UNCOUNTED]
    if not counted:
        return False
    decide_per(draft, counted[-1].unit, "each")
    return True


def decide_per(draft: Draft, unit: str, words: str) -> None:
    """Makes a unit one per another, and adds the words that say so."""
    draft.unit = f"{draft.unit}/{unit}"
    draft.decided["unit"] = f"{draft.decided.get('unit', '')}, {words.strip()[:60]}"
