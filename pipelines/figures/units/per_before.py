"""What an amount is per by the words before it: "each student received", 每人每天, "a household gets"."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.patterns import SIGN, regex

UNCOUNTED = frozenset({"structure", "CNY", "times", "person-time", "year", "month", "day"})
_EACH_OF_THEM = regex(r"\beach (?:of (?:them|whom|these|those)|one)\b", re.IGNORECASE)
_EACH_CHINESE = regex(
    r"每(?:个|一)?(公斤|公里|公顷|吨|人(?!次)|户|县|村|乡|镇|亩|头|只|名|生|所|座|校|家|片)(?:每([月天日年]))?"
)
_EACH_OVER = regex(r"每[^，。；]{1,8}?\d[^，。；]{0,6}的(?:价格|单价|标准|额度|比例|速度|水平)")
# what is told of each one of a kind, whatever it is: 每期培训50人, 每份合同, 每个示范村; not how often: 每年, 每逢
_EVERY = regex(r"每(?:个|一)?(?:([月天日])|(?![年季周逢当次]|一年|隔)([一-鿿]{1,12}))$")
_TIMES = ("month", "day")
_SHORTEST_NOUN = 3
_EACH_COSTS = regex(  # "each meal cost ₦70"
    r"\beach (?:[a-z]+ ){1,3}(?:costs?|gets?|got|receive[sd]?|(?:was|were|is|are) paid)\s+"
    r"(?:about )?" + SIGN + "$",
    re.IGNORECASE,
)
_ONE_GETS = regex(
    r"\b(?:an?|one) (?:[a-z-]+ ){0,2}?(household|family|village|person|farmer|student|trainee|pupil)"
    r" (?:[a-z]+ ){0,2}?(?:receive[sd]?|gets?|got|obtain(?:s|ed)|earn(?:s|ed)|pays|ha[sd]|(?:is |was )?given)\b"
    r"|\b(?:an?|one) (?:[a-z-]+ ){0,2}?([a-z-]+)(?: of [a-z]+)? costs?"
    r"\s+(?:about |nearly |some |over )?" + SIGN + "$"
    r"|(?<!\w)per (?!cent\b|annum\b|mille\b)([a-z-]+),[^,;.\d]*$"
    r"|(?<!\w)per (?!cent\b|annum\b|year\b|mille\b)([a-z-]+) (?:[a-z]+ ){0,3}?(?:(?:of|in|for) (?:[a-z]+ ){1,4}?)?"
    r"(?:of|is|was|averaged|stood at|came to|reached|amounted to|rose to|fell to"
    r"|(?:went|gone|rose|fell|grew|climbed|raised|[a-z]+ed) [^,;.]{0,48}?\b(?:from|to))"
    r"\s+(?:about |nearly |some )?" + SIGN + "$",
    re.IGNORECASE,
)
ANOTHER_AMOUNT = regex(r"\d[\d.,]*[万亿]?元(?![、和及或至到—~-])[^，。；\d]{2,}(?<![到至为])$")


def unit_called(passage: Passage, index: int) -> str:
    """The unit of the word at an index, which an amount may be per; empty where it counts nothing."""
    found = passage.nouns.get(passage.words.starts[index])
    form, units = passage.words.forms[index], lexicon().units
    named = lexicon().words.per.words.get(form, "")
    told = found[1].unit if found is not None else next((units[many] for many in _plurals(form) if many in units), "")
    return named or (told if told not in UNCOUNTED else "")


def _plurals(form: str) -> tuple[str, ...]:
    """What an English noun may be called where there are several: the units know many in the plural only."""
    if len(form) < _SHORTEST_NOUN or not form.isalpha():
        return ()
    return (f"{form}s", f"{form}es", f"{form[:-1]}ies", f"{form.removesuffix('man')}men", f"{form}ren")


_GRANTED = regex(
    r"(?:的，|[对给](?![^，。；]{0,4}方)[^，。；\d]{2,24}，)(?:每年|每月|按月|一次性|再|另|分别)*(?:给予|奖励|奖补|补助|补贴|发放)(?:个人|企业)?$"
)  # 满1年的，给予3600元; 对新招录的本科生，每年给予1万元
_ONCE_EACH = regex(r"的?一次性[^，。；、\d]{0,10}(?:补贴|补助|奖励|津贴|奖金|资助)")
_PAY = regex(r"(?<!\d)([日月])(?:薪|工资|租金?|均)[^，。；、\d]{0,8}$")  # 月薪不低于1500元, 月均收入4780元


def read_each_before(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "each student from a poor home received 1,500 yuan", "每公斤210元", "学员每人每天20元"."""
    told = "每" in passage.text[start : draft.start]
    if told and (over := _EACH_OVER.search(passage.text, start, draft.start)):
        start = over.end()  # 以每公斤2元的价格收购460吨
    if (pay := _PAY.search(passage.text, start, draft.start)) is not None and is_money(draft.unit):
        decide_per(draft, "month" if pay.group(1) == "月" else "day", pay.group())
        return True
    if is_money(draft.unit) and (
        granted := _GRANTED.search(passage.text, draft.sentence[0], draft.start)
        or (_ONCE_EACH.match(passage.text, draft.end) if draft.scale == 1 else None)
    ):
        decide_per(draft, "other", granted.group())
        return True
    found = list(_EACH_CHINESE.finditer(passage.text, start, draft.start)) if told else []
    found = [match for match in found if not _is_aside(passage.text, match.end(), draft.start)]
    chinese = found[-1] if found else None  # 从每公斤0.6元提高到每公斤2元
    every = _EVERY.search(passage.text, start, draft.start) if told and not chinese else None
    if every:
        unit = _every_unit(every.group(1) or every.group(2))
        whom = passage.per.last(start, every.start()) if unit in _TIMES else None
        if whom is not None and whom.end == every.start():  # 人均每月577元
            decide_per(draft, whom.payload, passage.text[whom.start : every.end()])
            draft.unit += f"/{unit}"
        else:
            decide_per(draft, unit, every.group())
        return True
    if chinese and ANOTHER_AMOUNT.search(passage.text, chinese.end(), draft.start):
        return False
    if chinese:
        per = lexicon().words.per.words
        decide_per(draft, per[chinese.group(1)], chinese.group())
        draft.unit += f"/{per[chinese.group(2)]}" if chinese.group(2) in ("月", "天", "日") else ""
        return True
    each = passage.last("each", start, draft.start)
    if each is None:
        return _for_one(draft, passage, start)
    if _is_aside(passage.text, each.end, draft.start):
        return False  # "the grant (R350 for each adult) reached 4,200 adults"
    if not is_money(draft.unit) and _PLACED.search(passage.text, each.end, draft.start):
        return False  # "2,000 to each of 98,000 households in four counties": so many counties there are
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


_PLACED = regex(r"\b(?:in|across|within|throughout|every) (?:all |the |about |some )?$")


def _is_aside(text: str, place: int, end: int) -> bool:
    """Whether a place stands in brackets that are closed before another one."""
    closed = _CLOSES.search(text, place, end)
    return closed is not None and _OPENS.search(text, place, closed.start()) is None


_OPENS, _CLOSES = regex("[(（]"), regex("[)）]")


def _every_unit(words: str) -> str:
    """What 每 speaks of: the longest word of what begins behind it that can be counted."""
    per = lexicon().words.per.words
    return next((per[words[:length]] for length in range(len(words), 0, -1) if words[:length] in per), "other")


def _for_one(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "a household receives 2,000 yuan", "a village got 500,000": one stands for all."""
    clause = passage.clause(draft.sentence[0], draft.start, ";；。")
    measured = is_money(draft.unit) or draft.unit in physical_units()
    one = _ONE_GETS.search(passage.text, clause, draft.start) if measured else None
    if one is None:
        return False
    group = next(group for group in (1, 2, 3, 4) if one.group(group))
    unit = unit_called(passage, passage.words.index_from(one.end(group)) - 1)
    decide_per(draft, unit or "other", one.group())
    return True


def _each_of_them(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "830,000 people; each of them got 2,000 a month": per those that were counted last."""
    if not _EACH_OF_THEM.search(passage.text, start, draft.start):
        return False
    counted = [noun for noun in passage.nouns_within(draft.sentence[0], start) if noun.unit not in UNCOUNTED]
    if not counted:
        return False
    decide_per(draft, counted[-1].unit, "each of them")
    return True


def decide_per(draft: Draft, unit: str, words: str) -> None:
    """Makes a unit one per another, and adds the words that say so; "Outlay/USD" is in that money, and not per it."""
    if unit == draft.unit and is_money(unit):
        return
    draft.unit = f"{draft.unit}/{unit}"
    draft.decided["unit"] = f"{draft.decided.get('unit', '')}, {words.strip()[:60]}"
