"""Which numbers tell how far two values lie apart: by verbs of change, comparisons, and to the digit."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.roles.ratios import ABOVE_A_YEAR
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import BY, FROM, HELD_AGAINST, NEARLY, OF_THEM, SO_BY
from pipelines.patterns import SIGN, regex

_FILLER = regex(
    r"\s*(?:(?:by|of|about|nearly|around|almost|some|only|just|over|more than|less than|another|a|an|a total of"
    r"|approximately|up to|at least|the equivalent of|[了约近逾达将：]|大约|超过|接近)\s*)*" + SIGN,
    re.IGNORECASE,
)
_MORE = regex(
    r"\s*(?!or |and |from |at |for |in |within |on |which |that )(?:\w+ ){0,2}?"
    r"(more|fewer|less|higher|lower|better|worse|(?:larg|bigg|great|small)er)\b"
    r"(?! (?:are|were|is|was|will|would|have|has|had|remain)\b)(?! than (?!(?:19|20)\d\d\b)\d)",
    re.IGNORECASE,
)
# "137 crores larger than the provision", "40 km more than last year": so far apart, also where that is to be
_THAN_ANOTHER = regex(
    r"\s*(?:[a-z]+ ){0,2}?(?:or [\d.]{1,6} ?(?:%|per ?cent) )?"
    r"(?:more|higher|greater|larger|bigger|better|fewer|less|lower|smaller|worse) than\b"
    r"(?! (?:half|one|two|three|twice|double|" + SIGN + r"\d))"
)
_TO_SO_MUCH = regex(r"\s+to " + NEARLY + SIGN + r"(?=\d)")  # "by 40 to 210"
_ADDED = regex(
    r"[^.,;。，；]{0,40}\b(?:were|was) added to\b|\s*(?:have|has|had) been added\b"
    r"|\s*(?:were|was|has been|have been|is) reduced\b",
    re.IGNORECASE,
)
_CHANGE_SUBJECT = regex(
    r"\s*(?:and |but |while )?(?:(?:the|a|an|this|that|its|their) )?(?:[a-z-]+ ){0,3}?"
    r"(increase|rise|growth|gain|decrease|fall|decline|drop|reduction)"
    r"(?: (?:over|in|from|on|against|compared|since|during|for|of)\b[^;]{0,60}?)?"
    r" (?:was|were|is|being|came to|comes to|amounted to|reached|totall?ed|stood at) "
    r"(?:about |nearly |some |over |more than |almost |around |only )*" + SIGN,
    re.IGNORECASE,
)
# one of these words stands behind what is a change by the words behind it
_COMPARES = frozenset(
    {
        "above",
        "beyond",
        "more",
        "higher",
        "greater",
        "larger",
        "better",
        "worse",
        "bigger",
        "smaller",
        "up",
        "ahead",
        "below",
        "under",
        "less",
        "fewer",
        "lower",
        "down",
        "short",
    }
)
_RISES = frozenset({"increase", "rise", "growth", "gain"})
_SO_MUCH = r"(?:about |nearly |some )?[\d.]{1,8} ?(?:%|per ?cent)"
# of "536 million (30.1 per cent more)" the brackets say what more there is
_OTHER_FORM = regex(
    rf"(?:,? (?:or|and|that is|i\.e\.|namely),? {_SO_MUCH}|\s?[(（](?:or )?{_SO_MUCH}[)）]),?", re.IGNORECASE
)
_MOVED_OBJECTS = ("收", "支", "产", "亏", "盈")  # 户均增收3200元 is a mean
_NET = frozenset({"净增", "净减少", "净减"})


def is_difference(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """Whether an amount right behind two others is what they lie apart, to the digit: "7,215 in 2014, 9,340: 2,125"."""
    if len(earlier) < 2 or draft.is_ratio:
        return False
    first, second = earlier[-2:]
    levels = all(one.is_level and one.unit == draft.unit for one in (first, second))
    if not levels or not _AT_ONCE.fullmatch(passage.text, second.end, draft.first):
        return False
    values = [one.token.value * one.scale for one in (first, second, draft)]
    told = passage.text[draft.sentence[0] : draft.start]
    part = any(passage.last(kind, first.end, draft.start) for kind in ("part", "of_this"))
    if part or OF_THEM.match(passage.text, second.token.end) or not _TWO_TIMES.search(told):
        return False
    if abs(values[1] - values[0]) != values[2] or len(values[2].normalize().as_tuple().digits) < _SEEN:
        return False
    draft.decide_role("change", f"{second.token.text} and {first.token.text} lie so far apart")
    earlier_last = passage.ends_at("compared", second.first) or FROM.search(passage.text, first.end, second.first)
    rose = values[0] > values[1] if earlier_last else values[1] > values[0]
    draft.decided["direction"] = "up" if rose else "down"
    return True


_SEEN = 2  # digits of a difference that is no chance
_AT_ONCE = regex(
    r"[^\d,.;:，。；：]{0,24}(?:(?<= )(?:19|20)\d\d)?[,:：，(（]\s*"
    r"(?:an? )?(?:additional |further |(?:difference|gain|loss|saving) of |就是|即|相差)?"
)
_TWO_TIMES = regex(
    r"(?:19|20)\d\d|[上去]年|年初|同期|\b(?:last|previous) year\b|\byear (?:before|earlier)\b|\bfrom\b", re.IGNORECASE
)


def moved_by(draft: Draft, passage: Passage) -> bool:
    """Whether words right beside a number say that it is a difference, whatever is planned of it.

    As in "the target was raised by 1,670 houses", "will be 137 crores larger than", "to 49 million, an increase of 3".
    """
    text = passage.text
    if _THAN_ANOTHER.match(text, draft.end, draft.sentence[1]) or _an_excess(draft, passage):
        return True
    if passed_by(draft, passage):
        return True
    by = BY.search(text, max(draft.before, draft.first - 24), draft.first)
    if by is not None and (_ANOTHER.match(by.group()) or _TO_SO_MUCH.match(text, draft.end)):
        return True
    return by is not None and any(
        (hit := passage.last(kind, draft.before, by.start() + 1)) is not None and by.start() - hit.end < _BESIDE
        for kind in ("rise", "fall")
    )


def passed_by(draft: Draft, passage: Passage) -> re.Match[str] | None:
    """The verb that tells by how much a plan or another value was passed, the first group, or missed."""
    return _PASSED.search(passage.text, max(draft.sentence[0], draft.first - _LONGEST), draft.first)


_LONGEST = 100  # code points from such a verb to its number
_PASSED = regex(
    r"\b(?:(exceed|surpass|outstrip|outperform|overshoot|overshot|overfulfil|beat)[a-z]*|undershot|miss(?:ed|es)?"
    r"|(?:fall|falls|fell|is|was|were|are|came|come|comes) short)\b[^,;.\d]{0,40}(?:\d[\d,.]*[^,;.\d]{0,40})?\bby\s+"
    + NEARLY
    + SIGN
    + "$",
    re.IGNORECASE,
)
_BESIDE = 4
_ANOTHER = regex(r"by\s+(?:another|an? (?:further|additional|extra))\b", re.IGNORECASE)
# "146,200 posts against a plan of 142,900, an excess of 3,300"; the first group goes up
_AN_EXCESS = regex(
    r"[,(—–;]\s*(?:(?:with|leaving|making|being|that is|or|which is|representing|showing|reflecting|implying) )?"
    r"an? (?:[a-z-]+ ){0,2}?(?:(excess|overrun|additionality|addition|increase|rise|gain|improvement"
    r"|upward (?:movement|change|revision|trend|shift))|shortfall|deficit|decrease|reduction|fall|drop|decline|cut"
    r"|downward (?:movement|change|revision|trend|shift)) of\s+" + NEARLY + SIGN + "$",
    re.IGNORECASE,
)
_SIGNED = regex(r"[(（]\s*(plus|minus|up|down)\s+$", re.IGNORECASE)  # "(plus US$0.32 billion)"


def _an_excess(draft: Draft, passage: Passage) -> re.Match[str] | None:
    return _AN_EXCESS.search(passage.text, max(draft.sentence[0], draft.first - 60), draft.first)


def read_change(draft: Draft, passage: Passage) -> None:
    """A difference to an earlier state: a verb of change right before the number, or "more", "fewer" behind it."""
    text = passage.text
    moved = passage.changes.last(draft.before, draft.first) is not None
    for kind in ("rise", "fall") if moved else ():
        hit = passage.last(kind, max(draft.before, draft.first - 50), draft.first)
        if hit is None or text[hit.start - 1 : hit.start] == "-":  # a top-up
            continue
        bridge = text[hit.end : draft.first]
        of_it = _OF_THEM_ZH if draft.unit in ("person", "household") else _OF_IT_ZH
        if bridge in ("", "了") and of_it.match(text, draft.end):
            continue  # 增加了45万农户的收入: the income rose, and not their number
        word = text[hit.start : hit.end]
        # 新增就业12万人 is a flow, as what was built is; with its stock (试点村达350个) it is what came to it
        stock = word == "新增" and _STOCK_BEHIND.match(text, draft.end, draft.sentence[1])
        net = word in _NET or (word == "新增" and (stock or bridge in ("为", "达", "是")))
        net = net and len(bridge) < 12 and not re.search(r"[，,。；;、]", bridge)
        if (net and draft.unit not in physical_units()) or _FILLER.fullmatch(bridge):
            word = word.lower()
            if word in ("over", "higher", "lower", "extra", "more", "less", "gained", "gains") or (
                word[1:] in _MOVED_OBJECTS and "/" in draft.unit
            ):
                continue
            draft.decide_role("change", text[hit.start : hit.end])
            draft.decided["direction"] = "down" if kind == "fall" else "up"
            return
    if apart := _an_excess(draft, passage):
        draft.decide_role("change", apart.group())
        draft.decided["direction"] = "up" if apart.group(1) else "down"
        return
    if passed := passed_by(draft, passage):
        draft.decide_role("change", passed.group())
        draft.decided["direction"] = "up" if passed.group(1) else "down"
        return
    if signed := _SIGNED.search(text, max(draft.before, draft.first - 10), draft.first):
        draft.decide_role("change", signed.group(1))
        draft.decided["direction"] = "up" if signed.group(1).lower() in ("plus", "up") else "down"
        return
    near = max(draft.before, draft.start - 24)
    than = _THAN_ZH.search(text, near, draft.start) if passage.is_chinese(near, draft.start) else None
    if than is not None:
        draft.decide_role("change", than.group())
        draft.decided["direction"] = "up" if than.group(1) == "多" else "down"
        return
    start = passage.clause(draft.sentence[0], draft.start, "，。；")
    grew = THAN_GREW.search(text, start, draft.start) if passage.is_chinese(near, draft.start) else None
    if grew is not None and draft.before > grew.start():  # with an amount in it that it is held against
        draft.decide_role("change", grew.group())
        draft.decided["direction"] = "up" if grew.group(1) in _UP_ZH else "down"
        return
    number = _MOVED_NUMBER.search(text, near, draft.start)
    if number is not None:
        draft.decide_role("change", number.group())
        draft.decided["direction"] = "up" if number.group(1) in ("增加", "新增", "增长") else "down"
        return
    near = max(draft.before, draft.first - 24)
    alone = draft.before == draft.sentence[0] or "/" in draft.unit
    by = BY.search(text, near, draft.first) if "by" in passage.lower[near : draft.first] else None
    so = SO_BY.fullmatch(text, draft.before, draft.first) if by and not alone else None
    if by and not moved and (_ANOTHER.match(by.group()) or _TO_SO_MUCH.match(text, draft.end)):
        draft.decide_role("change", by.group().strip())  # "stepped up by another 55 million", "raised by 40 to 210"
        draft.decided["direction"] = "up"
        return
    by = by if moved or so else None
    if by:
        marks = ",.;，。；" if "/" in draft.unit else ".;。；"
        start = max(passage.clause(draft.before, draft.start, marks), draft.start - 70)
        if so:
            start = passage.clause(draft.sentence[0], draft.start, ";；")
        rise, fall = passage.last("rise", start, by.start() + 1), passage.last("fall", start, by.start() + 1)
        if rise is not None or fall is not None:
            draft.decide_role("change", text[by.start() : draft.start])
            down = fall is not None and (rise is None or fall.end > rise.end)
            draft.decided["direction"] = "down" if down else "up"
            return
    clause = passage.clause(draft.before, draft.first, ".;,") if moved else draft.first
    told = passage.changes.last(clause, draft.first)
    subject = _CHANGE_SUBJECT.fullmatch(text, clause, draft.first) if told else None
    if subject is not None:
        draft.decide_role("change", subject.group(1))
        draft.decided["direction"] = "up" if subject.group(1).lower() in _RISES else "down"
        return
    other = _OTHER_FORM.match(text, draft.end, draft.sentence[1])
    end, limit = (other.end(), draft.sentence[1]) if other else (draft.end, draft.after)
    index = passage.words.index_from(end)
    if _COMPARES.isdisjoint(passage.words.forms[index : index + 4]):
        _change_in_noun(draft, passage)
        return
    compared = ABOVE_A_YEAR.match(text, end, draft.sentence[1])
    if compared is not None:
        draft.decide_role("change", compared.group())
        draft.decided["direction"] = "up" if compared.group(1) else "down"
        return
    held = HELD_AGAINST.match(text, end, draft.sentence[1])
    if held is not None:
        draft.decide_role("change", held.group())
        draft.decided["direction"] = "up" if next(filter(None, held.groups())).lower() in _UP else "down"
        return
    more = _MORE.match(text, end, min(limit, end + 40))
    if more is None:
        _change_in_noun(draft, passage)
    elif is_money(draft.unit) or not draft.unit or not more.group().strip().count(" "):
        _changed_by(draft, passage, more.group(1).lower())
    else:
        _changed_by(draft, passage, "")


_OF_IT = r"(?:收入|意识|能力|水平|质量|素质|收益|积极性|信心|负担|压力|生活|条件)"
_OF_IT_ZH = regex(rf"[^，。；、\d的]{{0,10}}的(?:[一-鿿]{{0,6}}){_OF_IT}")
_OF_THEM_ZH = regex(rf"[^，。；、\d的]{{0,10}}的?(?:[一-鿿]{{0,8}}){_OF_IT}")  # 提升7449万人口供水保障水平
_STOCK_BEHIND = regex(r"[^，。；\d]{0,4}[，,][^，。；\d]{0,16}(?:达到?|[增升]至|增加到|扩大到|共有|总数[为达]?)\d")


def _change_in_noun(draft: Draft, passage: Passage) -> None:
    """As in "8 more villages", where the noun tells the change."""
    word = draft.noun.split()[0].lower() if _MORE_OF.match(draft.noun) else ""
    _changed_by(draft, passage, word)


def _changed_by(draft: Draft, passage: Passage, word: str) -> None:
    """A change by "more" or "fewer", else by what "were added to" something."""
    if word and draft.qualifier != "up_to":  # "could borrow up to 50,000 yuan more" is a limit
        draft.decide_role("change", word)
        draft.decided["direction"] = "down" if word in ("fewer", "less", "lower", "smaller", "worse") else "up"
    elif passage.adds(draft.end, draft.after) and _ADDED.match(passage.text, draft.end, draft.after):
        draft.decide_role("change", "added to")
        draft.decided["direction"] = "up"


_UP = frozenset({"above", "beyond", "more", "higher", "better", "over", "up on"})
_THAN_ZH = regex(
    r"(?:(?:同?比|较)[^，。；\d]{0,8}?(?=[多少])|(?<=[，,；\s年])(?=[多少](?:[出了]|(?![数年家个次种渠方元])[一-鿿]{1,2}(?:了|约)?$)))(多|少)[一-鿿]{0,3}(?:了|约|近)?$"
)  # 同比多下达1.15亿元
_UP_ZH = frozenset({"增加", "增长", "净增", "多", "高"})
# 减少的人数仅为1.38万人
_MOVED_NUMBER = regex(
    r"(增加|新增|增长|减少|下降)的?(?:人数|户数|人口数?|数量|面积|规模|金额|数额)[^，。；\d]{0,2}?(?:共|仅|只|达|约)?[为是有达]?$"
)
_MORE_OF = regex(r"(?:more|fewer|less)\s+(?!developed|favou?red|advanced|than)", re.IGNORECASE)
# 较2017年的10.6亿元增加, 比原先的5000元高出, 比去年的40公里多修
THAN_GREW = regex(
    r"[比较](?![例重较率])[^，。；]{2,24}?(增加|增长|净增|多(?![数年家个次种渠方元])|高|减少|下降|净减|少(?!数)|低)"
    r"[^，。；、\d至到为达的]{0,2}[了约近]?$"
)
