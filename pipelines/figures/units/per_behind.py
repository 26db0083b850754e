"""What an amount is per by the words behind it: "per head", "/人", "for each county", "apiece"."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import OR_SO
from pipelines.figures.units.per_before import UNCOUNTED, decide_per, read_each_before, unit_called
from pipelines.patterns import regex

_PER_SIGN = regex(r"\s?/\s?(?:每)?((?-i:[一-鿿])|[a-z]+(?![²³23]))(?:[/·・]([年月天]))?", re.IGNORECASE)
_PER_TIME = regex(r"\s(?:per|an?|each|every)\s(hour|day|week|month)\b", re.IGNORECASE)
_PER_ONE = regex(r"\s(?:per|for each|for every|a|each)\s(?=[a-z])", re.IGNORECASE)
_TIMES = frozenset({"hour", "day", "week", "month"})
_POWERS = {"2": "2", "3": "3", "²": "2", "³": "3"}
_HOW_OFTEN = frozenset({"year", "annum", "quarter", "cent", "diem", "se", "mille"})
_OF_ALL = tuple((word,) for word in ("total", "number", "maximum", "minimum", "sum", "record", "level", "rate", "peak"))
# "gave out 16 hives and paid 20 yuan to each": what each gets is told of another act
_OF_ANOTHER_ACT = regex(
    r"\b(?:and|but|then)\s+(?:also\s+)?(?:[a-z]{2,}ed|paid|gave|spent|sent|lent|sold|built|bought|put|made|got)\b[^.;]*\d"
)
_AS_A_MEAN = regex(r"(?:\bor|\babout|\bsome|\bnearly|\baverag\w+(?: of)?)\s$")
_OF_GOODS = regex(r"of (?:[a-z]+ ){1,3}")
_SHORT_FORM = regex(r" \([A-Za-z]{1,5}\d?\)")
_ASIDE_WITH_NUMBER = regex(r"[(（][^()（）]*\d[^()（）]*$")
_ENDS = regex(r"\s*(?:$|[.,;:)]|and\b|while\b)")  # "Rs. 1.8 crore each, …"


def _is_to_one(forms: tuple[str, ...]) -> bool:
    return forms[:1] in (("a",), ("an",), ("each",), ("every",)) and forms[1:] != ("of",)


def read_per_behind(draft: Draft, passage: Passage, end: int, limit: int) -> bool:
    """Reads "per head", "a head", "/人", "for each county"; of two the first one gives the unit, a month is kept."""
    text, words, per = passage.text, passage.words, lexicon().words.per.words
    if (short := _SHORT_FORM.match(text, end, limit)) is not None:
        end = short.end()  # 125 kilowatt-hours (kWh) per head
    behind = OR_SO.match(text, end, limit) if text[end : end + 4].lstrip()[:1] in "-opuaOPUA" else None
    if behind:  # "300 yuan or more per household"
        draft.more, end = behind.group().strip(" -").lower(), behind.end()
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
    # "40 to a course", "about 32 members to an organisation"
    to = form == "to" and _is_to_one(words.forms[index + 1 : index + 3])
    to = to and (end == draft.token.end or _AS_A_MEAN.search(text, draft.sentence[0], draft.start) is not None)
    if to:
        index, form = index + 1, words.forms[index + 1]
    if form == "of" and (draft.unit in physical_units() or is_money(draft.unit)):
        ahead = next((i for i in range(index + 2, index + 5) if words.forms[i : i + 1] == ("per",)), None)
        if ahead is not None and _OF_GOODS.fullmatch(text, words.starts[index], words.starts[ahead]):
            index, form = ahead, "per"  # "40 kg of maize per woman"
    if form == "apiece" or (form == "on" and words.forms[index + 1 : index + 3] == ("average", "apiece")):
        return each_of_before(draft, passage)
    if form == "each" and is_money(draft.unit) and _ENDS.match(text, words.ends[index]):
        if not each_of_before(draft, passage):
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
        if not measured and words.forms[ahead] == "capita":
            return False
        if unit in (*_TIMES, "year") and money:
            start = passage.clause(draft.sentence[0], draft.start, ",;，；。：")
            if read_each_before(draft, passage, start):
                return True
        if words.forms[ahead] == "head" and _of_animals(draft, passage):
            unit = "animal"
        one = _PER_ONE.match(text, words.ends[ahead], limit) if unit in _TIMES else None
        last = words.index_from(one.end()) if one else ahead
        whom = unit_called(passage, last) if one else ""
        if whom and whom not in _TIMES:  # "£40 per week per child"
            decide_per(draft, whom, text[words.starts[index] : words.ends[last]])
            draft.unit += f"/{unit}"
            draft.end = words.ends[last]
            return True
        decide_per(draft, unit, text[words.starts[index] : words.ends[ahead]])
        draft.end = words.ends[ahead]
        following = _PER_TIME.match(text, draft.end, limit)
        if following:
            draft.unit += f"/{following.group(1).lower()}"
            draft.end = following.end()
        return True
    if (form == "per" or to) and index + 1 < len(words.forms) and words.forms[index + 1] not in _HOW_OFTEN:
        decide_per(draft, "other", text[words.starts[index] : words.ends[index + 1]])
        return True
    often = words.forms[index + 1 : index + 2] and words.forms[index + 1] in _HOW_OFTEN
    return form in ("each", "every") and not often and each_of_before(draft, passage)


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
    if _ASIDE_WITH_NUMBER.search(text, draft.end, words.starts[ahead]):
        return False  # "19,640 persons in 263 centres (about 75 in each)"
    if words.forms[ahead + 1 : ahead + 2] in _OF_ALL:
        return False  # "in four counties to a total of 101,800 households"
    one = words.forms[ahead] == "a"  # "went to a household", but "for a project" names one
    if one and words.forms[ahead - 1] not in ("to", "for"):
        return False  # "2.5 million people embarked on a new life"
    for noun in range(ahead + 1, min(ahead + 7, len(words.forms))):
        if words.starts[noun] >= end or words.forms[noun] in ("and", "or", "that", "which", "who"):
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
    if named or not each_of_before(draft, passage):
        decide_per(draft, "other", text[words.starts[ahead - 1] : words.ends[ahead]])  # "for each of the 35 wards"
    return True


def each_of_before(draft: Draft, passage: Passage) -> bool:
    """As in "two counties got 15 million Yuan each": per what was counted right before."""
    start = passage.clause(draft.sentence[0], draft.start, ".;；。")
    counted = [noun for noun in passage.nouns_within(start, draft.start) if noun.unit not in UNCOUNTED]
    if not counted:
        return False
    decide_per(draft, counted[-1].unit, "each")
    return True
