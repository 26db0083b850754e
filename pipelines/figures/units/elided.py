"""The units of numbers that print none of their own: in lists, comparisons, and after a noun ("bridges (5)")."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import FROM, LIST_JOIN, NEARLY
from pipelines.figures.units.carried import from_before
from pipelines.figures.units.counts import NOTHING_COUNTED, is_count, take_unit
from pipelines.figures.units.money import unsettled
from pipelines.figures.units.per import go_on
from pipelines.figures.units.per_before import decide_per
from pipelines.figures.units.per_behind import read_per_behind
from pipelines.patterns import SIGN, regex

_PART_OF = regex(
    r"(?: \([a-z\d.]+ ?(?:%|per ?cent)\))? (?:out )?of (?:(?:the|its|their|all|these|those|our|[a-z]+['’]s) ){0,2}",
    re.IGNORECASE,
)
_TO_ABOUT = regex(r"\s+to\s+" + NEARLY)  # "from 427,000 to about 700,000 tons"
_ONE_WORD = regex(r" [a-z]+(?<!ed)(?<!s) (?:and|or) ")
_AND = regex(r"(,)?\s+and\s+(?:also\s+)?", re.IGNORECASE)
_DOES = regex(r"\s+(?:was|were|is|are|had|has|have|got|went)\b", re.IGNORECASE)
_COUNTED = regex(
    r"\b(?:was|were|is|are|numbered|totalled|totaled|amounted to|came to|reached|stood at"
    r"|(?:rose|fell|grew|went up|came down) to)\s+$"
)
_MILLION = Decimal(1_000_000)


def fill_elided_units(drafts: list[Draft], passage: Passage) -> None:
    """Gives numbers without a unit the one of the list they stand in, of their clause, or of their sentence.

    In a list such as "20, 30 and 50 million Yuan" the scale is shared too; "from 1500 to 2000 Yuan" shares the unit.
    """
    text = passage.text
    _ends_of_points(drafts, text)
    for draft in drafts:
        if draft.token.value * draft.scale > _MOST.get(draft.unit, _NO_LIMIT) and _stands_apart(draft, text):
            draft.unit = "unknown"  # 总投资300亿规模的光伏工程, 240万生存条件恶劣地区的人口
        unit = (
            _LETTERS.search(text, max(draft.before, draft.start - 8), draft.start) if draft.scale >= _MILLION else None
        )
        if unit and not draft.unit:
            take_unit(draft, "unknown", f"letters before it that name no known currency: {unit.group(1)}")
    for index in range(len(drafts) - 2, -1, -1):
        draft, following = drafts[index], drafts[index + 1]
        if (draft.unit and not is_money(draft.unit)) or draft.sentence != following.sentence:
            continue
        whole = following
        if following.unit == "%" and index + 2 < len(drafts):
            whole = drafts[index + 2]  # "410 (12 per cent) of the 3,417 wells"
        if not draft.unit and is_count(whole) and _PART_OF.fullmatch(text, draft.end, whole.start):
            take_unit(draft, whole.unit, f"of {whole.token.text}")  # "28 of the 40 villages"
            continue
        if (
            not draft.unit
            and is_count(following)
            and " " in following.noun
            and _ONE_WORD.fullmatch(text, draft.end, following.start)
        ):
            take_unit(draft, following.unit, f"as {following.token.text} after it")  # "9 ward and 4 district markets"
            continue
        joined = (
            LIST_JOIN.fullmatch(text, draft.end, following.start)
            or _TO_ABOUT.fullmatch(text, draft.end, following.start)
            or _joined_by_sign(text, draft, following)
        )
        if not joined:
            if _lacks_its_per(draft, following):
                bridge = text[draft.end : following.start]
                if len(bridge) < 20 and "respectively" in bridge and _alike(draft, following):
                    draft.unit = following.unit
            continue
        if _ends_a_statement(drafts, index, passage) or (following.sign >= draft.end and draft.sign < 0):
            continue  # of "500, PKR 3bn" the second has a currency of its own
        comma = text[draft.end : following.start].strip() in (",", "，")
        apposed = comma or _OR.fullmatch(text, draft.end, following.start) is not None
        # "34,599, 103.5%" is no list of percentages; "5, 6 and 7%" is, because its 6 has no sign of its own
        if following.unit == "fraction" and draft.token.value > 1:
            continue  # "from 122,700 to 92,025, a quarter less"
        if following.unit == "%" and (draft.token.value > _MOST_PERCENT or (comma and not following.elided)):
            continue
        if following.unit == "%" and _OR.fullmatch(text, draft.end, following.start) and _is_count_of(draft, following):
            continue
        if draft.scale != 1 and following.scale == 1 and not draft.unit:
            continue  # "fell by 4.9 million and 8145 villages were built": no list of one unit
        if not draft.unit and following.unit and following.unit != "structure":
            draft.unit, draft.decided["unit"] = following.unit, f"as {following.token.text} after it"
            draft.elided, draft.noun = True, following.noun
            if draft.scale == 1 and following.scale != 1 and draft.token.value < 10_000:
                draft.scale = following.scale
        elif not draft.unit and following.scale > draft.scale == 1 and _is_fallen_to(text, draft, following):
            draft.scale = following.scale  # "fell from 12.0 to 4.8 million"
        elif _is_range_of_money(text, draft, following):
            draft.scale = following.scale  # "$1-2 million"
        elif (
            _lacks_its_per(draft, following)
            and not (comma and draft.scale != following.scale)
            and _alike(draft, following, _MEANS if apposed else _FAR_APART)
        ):
            draft.unit = following.unit
    for index, draft in enumerate(drafts):
        if draft.no_noun and index and (like := _counted_alike(drafts[max(index - 12, 0) : index], draft, text)):
            draft.unit, draft.no_noun = like, False
        if (
            not draft.unit
            and not _names_its_own(draft, text)
            and not unsettled(text, draft.sentence[0], draft.start, draft.token.end)
        ):
            from_before(draft, drafts[max(index - 12, 0) : index], passage)
            if _cannot_count(draft):
                draft.unit = "unknown"
            if is_count(draft):
                read_per_behind(draft, passage, draft.end, draft.sentence[1])  # "15 or so for each of the households"
                _of_another(draft, drafts[max(index - 6, 0) : index])
        elif is_money(draft.unit) and "/" not in draft.unit and (per := _per_of_list(drafts, index)):
            draft.unit, draft.decided["unit"] = per, f"as {drafts[index - 1].token.text} before it"
        elif is_money(draft.unit) and "/" not in draft.unit:
            go_on(draft, drafts[max(index - 4, 0) : index], passage)
    _per_of_ends(drafts, passage)
    _means(drafts, passage)


def _means(drafts: list[Draft], passage: Passage) -> None:
    """A part of one that cannot be parted is a mean, and so is what is joined to a mean: "2.4 goats and 0.7 ha"."""
    for index, draft in enumerate(drafts):
        if draft.scale != 1 or "/" in draft.unit or draft.unit in _NO_THING or draft.unit == "other":
            continue
        last = drafts[index - 1] if index else None
        joined = last is not None and LIST_JOIN.fullmatch(passage.text, last.end, draft.first) is not None
        thing, _, whom = last.unit.partition("/") if last is not None and joined else ("", "", "")
        parted = is_count(draft) and draft.token.value != draft.token.value.to_integral_value()
        costs = is_money(draft.unit) and thing == draft.unit and whom == "other"  # "unit costs were $1.90 and $41"
        if parted or costs or (whom and not is_money(draft.unit) and not is_money(thing) and _is_mean_of_things(thing)):
            decide_per(draft, whom or "other", "a mean")


def _is_mean_of_things(thing: str) -> bool:
    return thing not in _NO_THING and thing not in physical_units()


def _ends_of_points(drafts: list[Draft], text: str) -> None:
    """What differs by percentage points is percentages: "went up by 12 percentage points, from 71 to 83"."""
    for three in zip(drafts, drafts[1:], drafts[2:], strict=False):
        points = next((draft for draft in three if draft.unit == "pp"), None)
        ends = [draft for draft in three if draft is not points]
        if (
            points in (three[0], three[2])
            and not any(end.unit or end.scale != 1 or end.token.value > _ALL for end in ends)
            and len({draft.sentence for draft in three}) == 1
            and FROM.search(text, ends[0].before, ends[0].first)
            and _END_OF_CHANGE.fullmatch(text, ends[0].end, ends[1].first)
            and not _OF_ANOTHER.search(text, three[0].end, three[2].start)
        ):
            for end in ends:
                end.unit, end.decided["unit"] = "%", f"{points.token.text} points lie between them"


def _is_fallen_to(text: str, draft: Draft, following: Draft) -> bool:
    """Whether a number of which another one came stands without the scale that both have."""
    near = draft.token.value < _BELOW_A_SCALE and draft.token.value < following.token.value * _FAR_APART
    return near and FROM.search(text, draft.before, draft.first) is not None


_BELOW_A_SCALE = 1000
_ALL = 100  # per cent
_OF_ANOTHER = regex("[;；]")


def _per_of_ends(drafts: list[Draft], passage: Passage) -> None:
    """Both ends of a change, and what is compared, are per the same: 亩产从168公斤提高到381公斤."""
    for draft, following in pairwise(drafts):
        if (
            draft.unit.partition("/")[0] != following.unit.partition("/")[0]
            or draft.unit.count("/") == following.unit.count("/")
            or not (
                (
                    FROM.search(passage.text, draft.before, draft.first)
                    and _END_OF_CHANGE.fullmatch(passage.text, draft.end, following.first)
                )
                or _COMPARED_WITH.fullmatch(passage.text, draft.end, following.first)
            )
        ):
            continue
        whole, told = (draft, following) if "/" in following.unit else (following, draft)
        if _alike(whole, told):
            whole.unit, whole.decided["unit"] = told.unit, f"as {told.token.text}, the other end of a change"


_COMPARED_WITH = regex(r",? (?:(?:as )?compared (?:to|with)|(?:as )?against) (?:only |about )?" + SIGN, re.IGNORECASE)
# between both ends of a change: 一路降低至, "in 2010 to", "a head to nearly"
_END_OF_CHANGE = regex(
    r"(?:\s*[(（]?\b(?:in|at the end of) (?:19|20)\d\d[)）]?)?(?:,?\s+[a-z]+){0,4}?\s+to\s+"
    + NEARLY
    + r"|[^，。；、\d]{0,10}?[到至为]了?(?:(?:19|20)\d\d年?[底末]?的?|每[^，。；、\d]{1,4})?[约近超过]{0,2}",
    re.IGNORECASE,
)


def _of_another(draft: Draft, earlier: list[Draft]) -> None:
    """No thing is for each of its own kind: of "3,450 goats for 690 households, 5 to each" the goats are."""
    thing, _, one = draft.unit.partition("/")
    if not one or thing != one:
        return
    same = [other for other in earlier if other.sentence == draft.sentence and not is_money(other.unit)]
    counted = [other.unit for other in same if "/" not in other.unit and other.unit not in _NO_THING]
    named = _EACH.search(draft.decided["unit"]) is None  # "47 per hostel", but "5 to each"
    whom = counted[-1] if counted and not named else one
    what = next((unit for unit in reversed(counted) if unit != whom), None)
    draft.unit = f"{what}/{whom}" if what is not None else "unknown"


_EACH = regex(r"\b(?:each|them|one)$")


def _stands_apart(draft: Draft, text: str) -> bool:
    """Whether the noun of a number stands somewhere behind it, and not beside it."""
    return not (text.startswith(draft.noun, draft.end) or text.endswith(draft.noun, 0, draft.end))


def _cannot_count(draft: Draft) -> bool:
    """Whether a unit that stands elsewhere cannot be meant: there is no tenth of a village, nor a billion of them."""
    if not is_count(draft) or "/" in draft.unit:
        return False
    value = draft.token.value * draft.scale
    return value != value.to_integral_value() or value > _MOST.get(draft.unit, _NO_LIMIT)


# so many there are of them in the world
_MOST = dict.fromkeys(("village", "project", "facility", "organisation"), Decimal(100_000_000))
_MOST |= {
    "township": Decimal(1_000_000),
    "county": Decimal(100_000),
    "city": Decimal(100_000),
    "province": Decimal(10_000),
}
_NO_LIMIT = Decimal("Infinity")
_NO_THING = NOTHING_COUNTED - {"other"}


def _per_of_list(drafts: list[Draft], index: int) -> str:
    """The unit of both neighbours of an amount in one list, where both say per what: 工资1812元，经营1436元."""
    beside = drafts[max(index - 1, 0) : index] + drafts[index + 1 : index + 2]
    draft, units = drafts[index], {other.unit for other in beside}
    alike = all(other.sentence == draft.sentence and other.scale == draft.scale == 1 for other in beside)
    return beside[0].unit if len(beside) == 2 and alike and units == {f"{draft.unit}/person"} else ""


def _names_its_own(draft: Draft, text: str) -> bool:
    """Whether what is counted is told by words that are not known: 3层的楼, "a team of 5"."""
    behind = text[draft.end : draft.end + 1]
    if "一" <= behind <= "鿿" and behind not in _NO_COUNTER and draft.token.kind == "digits":
        return True
    if _ABBREVIATED.match(text, draft.token.end) or _ABBREVIATED_NOUN.match(text, draft.token.end):
        return True
    return _GROUP_OF.search(text, max(draft.sentence[0], draft.start - 30), draft.start) is not None


# units that are not known: 5.2 GWh
_ABBREVIATED = regex(
    r"\s?(?=[a-z]?[A-Z][a-z]?[A-Z])[A-Za-z]{2,4}(?<!s)"
    r"(?=\s*(?:[.,;:)]|$|(?:and|of|in|per|at|by|to|from|for|was|were|is)\b))",
    re.MULTILINE,
)
# what begins with an abbreviation: 54 MT/BT transformation stations
_ABBREVIATED_NOUN = regex(
    r"\s[A-Z]{2,}(?:[/&-][A-Z]+)*\s(?!(?:and|of|in|per|at|by|to|from|for|was|were|is)\b)[a-z]{3,}"
)
_NO_COUNTER = frozenset("和及与或至到的等左以多余来比为是、有占在由从共元万亿千百十倍成年月日比中，。；：上下个已均")
_GROUP_OF = regex(r"\b(?:team|group|family|crew|class|party|panel)s? of (?:about |some |only )?$", re.IGNORECASE)


def _counted_alike(earlier: list[Draft], draft: Draft, text: str) -> str:
    """What a bare counter goes on to count: 无路村410个、365个, 安置点1461个，建成1189个; empty for unknown."""
    alike = [other for other in earlier if other.sentence == draft.sentence and other.noun == draft.noun]
    if not alike or alike[-1].no_noun:
        return ""
    bridge = _IN_BRACKETS.sub("", text[alike[-1].end : draft.start])
    counted = [other for other in earlier if other.unit not in ("year", "month", "day", "%", "pp")]
    if len(counted) > 1 and counted[-1].end == draft.start:  # 另外两县129个: they label it
        counted.pop()
        bridge = _LABEL_OF_SOME.sub("", bridge)
    goes_on = alike[-1] is counted[-1] and (
        LIST_JOIN.fullmatch(bridge)
        or _NEXT_OF_LIST.fullmatch(bridge)
        or _SAYS_NO_NOUN.fullmatch(_ASIDES.sub("", bridge))
    )
    return alike[-1].unit if goes_on else ""


_ASIDES = regex(r"(?:19|20)\d\d(?=年)|，占[\d.]+[%％]")
# what is said before a count that names nothing else: 通硬化路的在年底只有, 另外, 中有, 两年合起来是
_SAYS_NO_NOUN = regex(
    r"[^。\d]{0,24}?[，、；中里](?:[比较][^，。；\d]{1,6}?(?=[多少]))?(?:其中|另外|此外|而|但|则|因而)?(?:[^，。；、\d]{1,10}的)?"
    r"(?:[在到至]?(?:[上去今前本当]?年|目前)[末底初]?(?:和年)?|[一两三]年|合起来|加起来|一共|合计|[就只仅已才还也共又则再])*"
    r"(?:是|为|有|达到?|占到?了?|剩|退出|脱贫|多|少)?"
)
_LABEL_OF_SOME = regex(r"(?<=[，、；])[^，、；\d]{1,8}$")
# between two counts of the same: 点1461个，到年底建成1189个; 120个村，通客车的98个; 231个，减少到186个
_IN_BRACKETS = regex(r"[(（][^()（）]*[)）]")
_DONE = r"建成|完成|开工|竣工|完工|投产|验收|投用|启用|出列|退出|在建|落实|停工|达标|合格|未[一-鿿]{1,2}"
_MOVED = r"减少|增加|下降|上升|缩减|压减|扩大|净增|净减"
_NEXT_OF_LIST = regex(
    rf"(?:{_MOVED})[到至为了]?|[，,]?(?:分别|依次)[是为]?[：:]?[^，。；、\d]{{1,12}}|[^，、,。；\d]{{0,8}}[：:][^，。；、\d]{{1,10}}|、[^，。；、\d]{{1,6}}[县市区州旗盟乡镇村]"
    rf"|[^，、,。；\d]{{0,8}}[，、,；;](?:[一-鿿]{{2,6}}[县市区州旗乡镇村]"
    r"|[^，。；、\d]{0,8}(?:正在|已经?|尚|仍|还|未|均|全部|陆续|先后|暂)[一-鿿]{1,4}"
    rf"|[^，。；、\d]{{0,8}}(?:{_DONE})[一-鿿]{{0,2}}|[^，。；、\d]{{0,10}}?(?:{_MOVED})[到至为了]?"
    r"|(?:还|尚|仍)?(?:剩余?|余下|其余|有)|[^，。；、\d]{1,12}的)"
    r"|[^，、,。；\d]{0,6}[，,]?而?(?:[上去前]年|(?:19|20)\d\d年)(?:[末底]|同期)?[^，。；\d]{0,3}"
    r"|[^，、,。；\d]{0,6}[，,]?[比较](?:[上去前]年|(?:19|20)\d\d年)(?:[末底]|同期)?[^，。；\d]{0,8}"
)


def _lacks_its_per(draft: Draft, other: Draft) -> bool:
    """Whether two amounts are of one currency, and only the second says per whom: "between $2 and $3 a day"."""
    return is_money(draft.unit) and "/" not in draft.unit and other.unit.startswith(f"{draft.unit}/")


_FAR_APART, _MEANS = 1000, 5


def _alike(draft: Draft, other: Draft, apart: int = _FAR_APART) -> bool:
    """Whether two amounts of a list can be of one kind: billions are no income per head.

    Behind a mere comma or "or" the second may tell what the first is for each: "450,000 yuan, 900 yuan a head".
    """
    values = abs(draft.token.value * draft.scale), abs(other.token.value * other.scale)
    return max(values) < apart * min(values)


_MOST_PERCENT = 1000  # "31,000 or 11.4%" is no list of percentages
_OR = regex(r"\s*or\s*", re.IGNORECASE)


def _is_count_of(draft: Draft, share: Draft) -> bool:
    """Whether a number before "or" is what a percentage says once more: "shrunk by 218 or 15.5%"."""
    number, percent = draft.token.value, share.token.value
    return number > 100 >= percent or (number == number.to_integral_value() != percent and number > 2 * percent)


def _is_range_of_money(text: str, draft: Draft, following: Draft) -> bool:
    """Whether a currency stands before the first of two numbers and a scale behind the second: "$1-2 million"."""
    return (
        draft.unit == following.unit
        and draft.sign >= 0
        and draft.scale == 1
        and abs(draft.token.value) < _GROUP
        and _RANGE.fullmatch(text, draft.end, following.first) is not None
        and not (
            following.sign >= draft.end and draft.token.value > _FALLS * following.token.value
        )  # "$500 to $1 million"
    )


_FALLS = 10  # times that the first number of a range of millions may be the larger one
_GROUP = 1000  # printed in full a number is no part of a range of millions
_RANGE = regex(r"\s*(?:[-–—~～－]|to\b|至|到)" + SIGN)


def _ends_a_statement(drafts: list[Draft], index: int, passage: Passage) -> bool:
    """Whether a number says how many its subject were, and the next statement begins: "projects were 40, and".

    Without a comma the next number is the subject of a verb, or counts other things than the subject names: "projects
    were 40 and 12 million yuan was spent", "the wells sunk were 40 and 12 thousand households gained".
    """
    draft, following, text = drafts[index], drafts[index + 1], passage.text
    joined = _AND.fullmatch(text, draft.end, following.start)
    counted = _COUNTED.search(text, draft.before, draft.start)
    if following.elided or joined is None or counted is None:
        return False
    nouns = passage.nouns_within(draft.before, counted.start())
    others = joined.group(1) or _DOES.match(text, following.end) or any(noun.unit != following.unit for noun in nouns)
    return bool(nouns) and bool(others)


def _joined_by_sign(text: str, draft: Draft, following: Draft) -> bool:
    """Whether only a sign of currency and a joining word stand between two numbers ("$5 to $7 million")."""
    until = following.sign if following.sign >= draft.end else following.start
    bridge = text[draft.end : until] if following.start - draft.end < 24 else "x"
    return bool(LIST_JOIN.fullmatch(bridge))


# "Br 2.1 billion", behind a word and not at the beginning of a sentence
_LETTERS = regex(
    r"(?<=[a-z] )((?!(?:In|Of|The|By|To|An?|It|At|On|As|Or|And|Its|For|All|But|Our|Now|Up)\b)[A-Z][A-Za-z]{0,2})\.? ?$"
)
