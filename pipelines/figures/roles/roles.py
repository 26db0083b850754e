"""What a number is in its statement: an amount, a plan, a change, a share of something."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.roles.achieved import fulfilled, tasks_of_actuals
from pipelines.figures.roles.differences import THAN_GREW, is_difference, moved_by, read_change
from pipelines.figures.roles.existing import is_past, starts_another
from pipelines.figures.roles.intent import HELD_AGAINST_PLAN, intends
from pipelines.figures.roles.plans import is_target
from pipelines.figures.roles.ratios import NO_WORDS, read_ratio
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import BY, FROM, HELD_AGAINST, MEMBERS, NEARLY
from pipelines.patterns import SIGN, regex

_PERCENT_ROLES = ("change_pct", "share_pct", "rate_pct", "plan_pct", "over_plan_pct")
_RANGE = regex(r"\s*(?:to|or|and|至|到|[-–—~～－]+)\s*", re.IGNORECASE)


def read_roles(drafts: list[Draft], passage: Passage) -> None:
    """Decides every figure's role; elided members of a list take the role of the member that has the words."""
    first = 0
    for index, draft in enumerate(drafts):
        if drafts[first].sentence != draft.sentence:
            first = index
        if draft.role == "level":
            _decide(draft, passage, drafts[max(first, index - 6) : index])
    _lists(drafts, passage)
    _previous_standards(drafts, passage)
    tasks_of_actuals(drafts, passage)
    fulfilled(drafts, passage)


def _lists(drafts: list[Draft], passage: Passage) -> None:
    """Members of a list take the role of the one that has the words, before them or behind them."""
    text = passage.text
    for draft, following in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        alike = draft.unit == following.unit
        if alike and draft.is_level and following.role == "target":
            joined = _RANGE.fullmatch(text, draft.end, following.first) is not None and not starts_another(
                draft, passage
            )
        else:
            joined = _shares_role(draft, following, passage) and not (alike and following.role == "change")
            joined = joined and MEMBERS.fullmatch(text, draft.end, following.start) is not None
        if joined:
            _take_role(draft, following, "after")
    for earlier, draft in pairwise(drafts):
        if (
            earlier.role == "target"
            and draft.role == "level"
            and (earlier.end == draft.first or _TOTALLING.fullmatch(text, earlier.end, draft.first))
        ):
            _take_role(draft, earlier, "before")  # 任务8.26万户24.31万人, "15 for each ward, totalling 600"
            continue
        if (
            earlier.role == "rate_pct"
            and draft.role == "change_pct"
            and _BOTH.fullmatch(text, earlier.end, draft.start)
        ):
            _take_role(earlier, draft, "after")  # "29.9 to 36.3 pct below last year"
            continue
        if draft.role == "share_pct" and earlier.covers and earlier.sentence == draft.sentence:
            # "tap water served 88% of rural areas and asphalt roads 98% of villages": the verb holds for both
            _take_role(draft, earlier, "before")
            continue
        begun = _shares_role(draft, earlier, passage) and MEMBERS.fullmatch(text, earlier.end, draft.start)
        if begun and not _begins_clause(draft, text):
            _take_role(draft, earlier, "before")


_BOTH = regex(r" to |[-–]")
_TOTALLING = regex(r"[^.;\n]{0,60}?,? (?:totall?ing|amounting to|making) (?:up to )?" + NEARLY + SIGN)


def _shares_role(draft: Draft, other: Draft, passage: Passage) -> bool:
    """Whether a member of a list without words of its own may have another's role; "respectively" joins mixed units."""
    if draft.role == "rate_pct":
        told = not _is_bare(other) and other.role in _PERCENT_ROLES
        if other.role == "change" and passage.last("respectively", *draft.sentence) is not None:
            return _is_bare(draft)  # 分别下降2.09万人和10.45%
        return _is_bare(draft) and told and draft.unit == other.unit
    if not (draft.is_level and other.role == "change"):
        return False
    return draft.unit == other.unit or passage.last("respectively", *draft.sentence) is not None


def _is_bare(draft: Draft) -> bool:
    """Whether no words say what a percentage is."""
    return draft.role == "rate_pct" and draft.decided.get("role", "").endswith(NO_WORDS)


def _take_role(draft: Draft, other: Draft, place: str) -> None:
    role = "change_pct" if other.role == "change" and draft.is_ratio else other.role
    draft.decide_role(role, f"as {other.token.text} {place} it")
    if "direction" in other.decided:
        draft.decided["direction"] = other.decided["direction"]


def _begins_clause(draft: Draft, text: str) -> bool:
    """Whether a Chinese clause begins with a share of what it names ("，五成农户"), and no list goes on."""
    following = text[draft.end : draft.end + 1]
    return draft.is_ratio and text[draft.start - 1] == "，" and "一" <= following <= "鿿" and following not in "和及"


def _decide(draft: Draft, passage: Passage, earlier: list[Draft]) -> None:
    if draft.is_ratio:
        read_ratio(draft, passage, earlier)
        if _INTEREST.match(passage.text, draft.end):
            return  # "at 7 per cent interest": it is a rate, whatever is planned with it
        to_be = draft.role == "rate_pct" and _TO_BE_REACHED.search(passage.text, draft.before, draft.start)
        held = HELD_AGAINST_PLAN.search(passage.text, draft.before, draft.first) is not None
        if to_be or (draft.role in ("rate_pct", "share_pct") and (held or intends(passage.text, draft))):
            is_target(draft, passage, earlier)
        return
    compared = any(
        words.match(passage.text, draft.end, draft.sentence[1]) for words in (HELD_AGAINST, _SO_MUCH_LESS)
    ) or (
        passage.is_chinese(draft.before, draft.start) and THAN_GREW.search(passage.text, draft.sentence[0], draft.start)
    )
    if BY.search(passage.text, draft.before, draft.first) and (
        told := next((one for one in reversed(earlier) if one.role == "change" and one.unit == draft.unit), None)
    ):
        _take_role(draft, told, "before")  # "will rise by 2 euros to 36 and by 3 euros to 40"
        return
    if not compared and not moved_by(draft, passage) and is_target(draft, passage, earlier):
        return
    if earlier and earlier[-1].role == "change_pct" and _WHICH_IS.fullmatch(passage.text, earlier[-1].end, draft.first):
        # as in: a drop of 25%, which is 300,000 people
        draft.decide_role("change", f"as {earlier[-1].token.text} before it")
        draft.decided["direction"] = earlier[-1].decided.get("direction", "up")
        return
    if is_difference(draft, passage, earlier):
        return
    read_change(draft, passage)
    if draft.role == "level" and "/" in draft.unit:
        draft.decide_role("per_unit", draft.decided.get("unit", ""))
    elif draft.role == "level" and (limit := _limit(draft, passage, earlier)):
        draft.decide_role("per_unit", limit)
    elif (
        draft.role == "level"
        and is_money(draft.unit)
        and draft.scale == 1
        and (
            often := _A_TIME.match(passage.text, draft.end)
            or _OF_A_TIME.search(passage.text, draft.before, draft.start)
        )
    ):
        draft.decide_role("per_unit", often.group().strip())
    elif draft.role == "level" and passage.is_plan and not is_past(draft, passage):
        draft.decide_role("target", "the title calls it a plan")


def _limit(draft: Draft, passage: Passage, earlier: list[Draft]) -> str:
    """The words by which an amount of money bounds what one may get or own: a ceiling, "loans up to Rs. 10,000"."""
    if not is_money(draft.unit) or draft.scale > _OF_ONE:
        return ""
    if earlier and earlier[-1].role == "per_unit" and earlier[-1].unit == draft.unit:
        again = _TO_BOUND.fullmatch(passage.text, earlier[-1].end, draft.first)
        return f"as {earlier[-1].token.text} before it" if again else ""
    told = _BOUND.search(passage.text, draft.before, draft.first)
    return told.group().strip() if told else ""


_OF_ONE = 100_000  # the largest scale of what one person or group may get: a lakh
_BOUND = regex(
    r"\b(?:limits?|ceilings?|thresholds?|caps?)\b(?! of the)[^,;.\d]{0,60}?\b(?:from|to|at|of|is|are|was|were|by)\s+"
    + NEARLY
    + SIGN
    + r"$|\b(?:loans?|grants?|credits?|awards?|advances?|deposits?|cover) (?:of )?"
    + r"(?:up ?to|not exceeding|below|under)\s+"
    + SIGN
    + r"$|(?:起付线|起付标准|封顶线|限额|门槛|上限|额度)(?:由[^，。；]{1,12})?"
    + "(?:提高|降低|调整)?(?:到|至|为|是|达到?)?约?$",
    re.IGNORECASE,
)
_TO_BOUND = regex(r"\s*to\s+" + NEARLY + SIGN)
# what somebody gets each day or month: "at Tk 200 a day", "an allowance of 500 a month"
_A_TIME = regex(
    r"(?: (?:to|and|or)" + SIGN + r"[\d,.]+)?\s*(?:a|an|per|each|every) (?:day|week|month|quarter|year|annum)\b"
)
_OF_A_TIME = regex(
    r"\b(?:daily|weekly|monthly|annual|yearly) (?!income|budget|revenue|turnover|sales|profit|output|cost|total)"
    r"(?:[a-z]+ ){1,2}of\s+" + NEARLY + SIGN + "$",
    re.IGNORECASE,
)
_SO_MUCH_LESS = regex(r"\s*(?:less|fewer|lower|higher)\s*(?:[.,;:)]|$)")
# a rate to which another one is to be brought: 到2020年降到3%, "is to fall to 3 per cent"
_TO_BE_REACHED = regex(
    r"(?:[降升提减增高][到至]|(?:降低|下降|提高|上升|扩大|提升)[到至]|达到?|控制在|保持在|稳定在|不低于|不超过)[^，。；\d]{0,4}$"
    r"|\b(?:to|at|below|above|reach(?:es)?|be)\s+(?:about |under |below |at least )?$",
    re.IGNORECASE,
)
_INTEREST = regex(r"\s*(?:rate of )?(?:interest|per annum|p\.a\.)")
_WHICH_IS = regex(
    r"[,，]?\s*(?:which is|that is|i\.e\.|namely|or|即|也就是|折合?)\s*(?:about |some |nearly |约)?", re.IGNORECASE
)


def _previous_standards(drafts: list[Draft], passage: Passage) -> None:
    """Of "from 1500 (and 800) to 2000 (and 1000) Yuan per person", what follows "from" is the earlier standard."""
    text = passage.text
    for index, draft in enumerate(drafts):
        if draft.role != "per_unit":
            continue
        behind = passage.first("previous", draft.end, min(draft.after, draft.end + 40))
        if behind is not None and not re.search(r"[.,;]\s*\w|[，；。]", text[draft.end : behind.start]):
            draft.role, draft.decided["role"] = "per_unit_prev", text[behind.start : behind.end]
            continue
        if _THAN_YEAR.search(text, max(draft.sentence[0], draft.start - 12), draft.start):
            draft.role, draft.decided["role"] = "per_unit_prev", "than in an earlier year"
            continue
        compared = passage.ends_at("compared", _before_sign(text, draft.start)) and not _OF_OTHERS.match(
            text, draft.end
        )
        if compared and _standard_before(drafts, index):
            draft.role, draft.decided["role"] = "per_unit_prev", "compared with it"
            continue
        before = FROM.search(text, max(draft.sentence[0], draft.start - 48), draft.start)
        if before is None:
            continue
        group = [draft]
        for other in drafts[index + 1 : index + 12]:
            if other.sentence != draft.sentence or other.unit.split("/")[0] != draft.unit.split("/")[0]:
                break
            bridge = text[group[-1].end : other.start]
            if _TO.search(bridge):
                for member in group:
                    member.role, member.decided["role"] = "per_unit_prev", "from … to"
                break
            if not MEMBERS.fullmatch(bridge):
                break
            group.append(other)


_OF_OTHERS = regex(r"\s(?:for|in|among) (?!(?:the )?(?:(?:19|20)\d\d|(?:previous|last|same|preceding)\b|year\b))[a-z]")
_THAN_YEAR = regex(r"[比较](?:\d{4}年|上年|去年)(?:底|末)?的\s*$")


_SIGN_BEFORE = regex(SIGN + "$")


def _before_sign(text: str, position: int) -> int:
    """Where a number begins with its sign of currency."""
    sign = _SIGN_BEFORE.search(text, max(0, position - 6), position)
    return sign.start() if sign else position


def _standard_before(drafts: list[Draft], index: int) -> bool:
    """Whether the sentence has a standard of the same unit before a figure."""
    draft = drafts[index]
    near = drafts[max(index - 6, 0) : index]
    return any(d.sentence == draft.sentence and d.role == "per_unit" and d.unit == draft.unit for d in near)


_TO = regex(
    r"\bto\s+(?:the\s+)?(?:about |nearly |over |more than )?"
    + SIGN
    + r"$|[到至](?:了|约|近|\d{4}年的?|每[^，。；\d]{1,4})?\s*$",
    re.IGNORECASE,
)
