"""What a number is in its statement: an amount, a plan, a change, a share of something."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pipelines.catalog.currencies import is_money
from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.nouns import physical_units
from pipelines.figures.passage import Passage
from pipelines.figures.ratios import ABOVE_A_YEAR, NO_WORDS, read_ratio
from pipelines.figures.signs import BY, HELD_AGAINST, LIST_JOIN, MEMBERS, NEXT_YEAR, OF_THEM, SO_BY, YEAR
from pipelines.patterns import rarely

_PERCENT_ROLES = ("change_pct", "share_pct", "rate_pct", "plan_pct", "over_plan_pct")
_FILLER = re.compile(
    r"\s*(?:(?:by|of|about|nearly|around|almost|some|over|more than|less than|another|a|an|a total of|approximately"
    r"|up to|at least|the equivalent of|[了约近逾达将为：]|大约|超过|接近|US\s?\$|\$|RMB|¥|￥)\s*)*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?!or |and |from |at |for |in |within |on )(?:\w+ ){0,2}?(more|fewer|less|higher|lower)\b"
    r"(?! than (?!(?:19|20)\d\d\b)\d)",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"[^.,;。，；]{0,40}\b(?:were|was) added to\b|\s*(?:were|was|has been|have been|is) reduced\b", re.IGNORECASE
)
_CHANGE_SUBJECT = rarely(
    r"\s*(?:and |but |while )?(?:(?:the|a|an|this|that|its|their) )?(?:[a-z-]+ ){0,3}?"
    r"(increase|rise|growth|gain|decrease|fall|decline|drop|reduction)"
    r"(?: (?:over|in|from|on|against|compared|since|during|for|of)\b[^;]{0,60}?)?"
    r" (?:was|were|is|being|came to|comes to|amounted to|reached|totall?ed|stood at) "
    r"(?:about |nearly |some |over |more than |almost |around |only |RMB|¥|US\$|\$)*",
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
_OTHER_FORM = re.compile(
    r"(?:,? (?:or|and) |\s?[(（](?:or )?)(?:about |nearly |some )?[\d.]{1,8} ?(?:%|per ?cent)[)）]?,?", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:to|or|and|至|到|[-–—~～－]+)\s*", re.IGNORECASE)
_PLANS = re.compile(r"plan|target|goal|task|objective|outlook|arrangement|计划|目标|任务|展望|打算|安排", re.IGNORECASE)
_NEW = frozenset({"新增", "净增", "净减少", "净减"})


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
    _tasks_of_actuals(drafts, passage)
    _fulfilled(drafts, passage)
    _differences(drafts, passage)


def _differences(drafts: list[Draft], passage: Passage) -> None:
    """An amount right behind two others that they lie apart to the digit: "7,215 in 2014, 9,340 now, 2,125 in all"."""
    for index in range(2, len(drafts)):
        first, second, draft = drafts[index - 2 : index + 1]
        levels = all(
            one.is_level and one.sentence == draft.sentence and one.unit == draft.unit for one in (first, second)
        )
        if (
            not levels
            or draft.role != "level"
            or draft.is_ratio
            or not _AT_ONCE.fullmatch(passage.text, second.end, draft.first)
        ):
            continue
        values = [one.token.value * one.scale for one in (first, second, draft)]
        told = passage.text[draft.sentence[0] : draft.start]
        part = any(passage.last(kind, first.end, draft.start) for kind in ("part", "of_this"))
        if part or OF_THEM.match(passage.text, second.token.end) or not _TWO_TIMES.search(told):
            continue
        if abs(values[1] - values[0]) == values[2] and len(values[2].normalize().as_tuple().digits) > 1:
            draft.decide_role("change", f"{second.token.text} and {first.token.text} lie so far apart")
            draft.decided["direction"] = "up" if values[1] > values[0] else "down"


_AT_ONCE = re.compile(
    r"[^\d,.;:，。；：]{0,24}[,:：，(（]\s*"
    r"(?:an? )?(?:additional |further |difference of |gain of |loss of |就是|即|相差)?"
)
_TWO_TIMES = re.compile(
    r"(?:19|20)\d\d|[上去]年|年初|同期|\b(?:last|previous) year\b|\byear (?:before|earlier)\b|\bfrom\b", re.IGNORECASE
)


def _fulfilled(drafts: list[Draft], passage: Passage) -> None:
    """A share of what was planned is what of the plan is done; what it divides is the plan.

    As in "78.8 percent of the 30,000 planned", and by arithmetic in 安排公路3800公里，建成3620公里，完成计划的95.3%.
    """
    for index, draft in enumerate(drafts):
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        if (
            draft.role in ("share_pct", "rate_pct")
            and following is not None
            and following.role == "target"
            and not following.is_ratio
            and _OF_PLANNED.fullmatch(passage.text, draft.end, following.start)
        ):
            draft.decide_role("plan_pct", f"of {following.token.text}, which was planned")
        last = drafts[index - 1] if index else None
        if (
            draft.role in ("share_pct", "rate_pct")
            and last is not None
            and last.role == "target"
            and _OF_IT.match(passage.text, draft.end)
            and _OR.fullmatch(passage.text, last.end, draft.start)
        ):
            draft.decide_role("plan_pct", f"of {last.token.text}, which was planned")
        if (
            draft.role == "change_pct"
            and following is not None
            and following.role == "target"
            and (held := HELD_AGAINST.match(passage.text, draft.end)) is not None
            and held.end() == following.start
        ):
            draft.decide_role("over_plan_pct", f"beyond {following.token.text}, which was planned")
        if draft.role != "plan_pct" or draft.unit != "%":
            continue
        near = [d for d in drafts[max(index - 3, 0) : index] if d.sentence == draft.sentence and not d.is_ratio]
        if len(near) > 1 and near[-1].unit == near[-2].unit and {near[-1].role, near[-2].role} == {"level"}:
            plan, done = (abs(d.token.value * d.scale) for d in near[-2:])
            places = max(-int(draft.token.value.as_tuple().exponent), 0)
            if plan and round(100 * done / plan, places) == draft.token.value:
                near[-2].decide_role("target", f"{draft.token.text} of it are {near[-1].token.text}")


_OF_IT = re.compile(r"\s*of (?:it|this|that)\b", re.IGNORECASE)
_OR = re.compile(r",?\s*(?:or|that is|i\.e\.)\s*(?:about )?", re.IGNORECASE)
_OF_PLANNED = re.compile(r"\s*of (?:the |its |their |an? )?(?:total |planned |annual )?(?:of )?", re.IGNORECASE)


def _lists(drafts: list[Draft], passage: Passage) -> None:
    """Members of a list take the role of the one that has the words, before them or behind them."""
    text = passage.text
    for draft, following in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        alike = draft.unit == following.unit
        if alike and draft.is_level and following.role == "target":
            joined = _RANGE.fullmatch(text, draft.end, following.first) is not None and not _starts(draft, passage)
        else:
            joined = _shares_role(draft, following, passage) and not (alike and following.role == "change")
            joined = joined and MEMBERS.fullmatch(text, draft.end, following.start) is not None
        if joined:
            _take_role(draft, following, "after")
    for earlier, draft in pairwise(drafts):
        if earlier.role == "target" and draft.role == "level" and earlier.end == draft.first:
            _take_role(draft, earlier, "before")  # 任务8.26万户24.31万人
            continue
        if draft.role == "share_pct" and earlier.covers and earlier.sentence == draft.sentence:
            # "tap water served 88% of rural areas and asphalt roads 98% of villages": the verb holds for both
            _take_role(draft, earlier, "before")
            continue
        begun = _shares_role(draft, earlier, passage) and MEMBERS.fullmatch(text, earlier.end, draft.start)
        if begun and not _begins_clause(draft, text):
            _take_role(draft, earlier, "before")


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
        return
    compared = HELD_AGAINST.match(passage.text, draft.end, draft.sentence[1]) or (
        passage.is_chinese(draft.before, draft.start)
        and _THAN_GREW.search(passage.text, draft.sentence[0], draft.start)
    )
    if not compared and not _moved_by(draft, passage) and _is_target(draft, passage, earlier):
        return
    if earlier and earlier[-1].role == "change_pct" and _WHICH_IS.fullmatch(passage.text, earlier[-1].end, draft.first):
        # as in: a drop of 25%, which is 300,000 people
        draft.decide_role("change", f"as {earlier[-1].token.text} before it")
        draft.decided["direction"] = earlier[-1].decided.get("direction", "up")
        return
    _change(draft, passage)
    if draft.role == "level" and "/" in draft.unit:
        draft.decide_role("per_unit", draft.decided.get("unit", ""))
    elif draft.role == "level" and passage.is_plan and not _is_past(draft, passage):
        draft.decide_role("target", "the title calls it a plan")


# "the 75,000 households that the plan had foreseen", "50,000 had been targeted", "the 1,200 kilometres planned"
_PLANNED_BEHIND = rarely(
    r"\s*(?:(?!and\b|but\b|or\b)[a-z-]+ ){0,3}?(?:that|which) (?:the |its |our |their )?(?:[a-z-]+ ){0,2}?"
    r"(?:plan|programme|program|target|budget|strategy|proposal|agreement|appraisal)\b"
    r"|\s*(?:(?!and\b|but\b|or\b)[a-z-]+ ){0,3}?(?:(?:that|which) )?"
    r"(?:had|has|have|was|were|is|are) (?:been )?(?:originally |initially |first )?"
    r"(?:planned|targeted|foreseen|scheduled|envisaged|budgeted|programmed|promised|agreed|aimed at)\b"
    r"(?! (?:at|to|by|towards)\b)"
    r"|\s*(?:[a-z-]+ ){0,2}?(?:planned|targeted|foreseen|scheduled|envisaged|budgeted)"
    r"(?=\s*(?:$|[.,;:)])|\s(?:for|under|at|in)\b)",
    re.IGNORECASE,
)


def _is_past(draft: Draft, passage: Passage) -> bool:
    """Whether the sentence of a number in a plan says before it what there is already, or was in an earlier year."""
    text = passage.text[draft.sentence[0] : draft.start]
    years = [int(year) for year in YEAR.findall(text)]
    return bool(_ALREADY.search(text)) or (
        passage.report_year is not None and any(y < passage.report_year for y in years)
    )


_ALREADY = rarely(r"截[至止]|目前|现有|实际|已[经有]?|[上去]一?年|累计|以来|尚有|仍有|完成了|共有")


def _moved_by(draft: Draft, passage: Passage) -> bool:
    """Whether a verb of change and "by" stand right before a number: "the target was raised by 1,670 houses"."""
    by = BY.search(passage.text, max(draft.before, draft.first - 24), draft.first)
    return by is not None and any(
        (hit := passage.last(kind, draft.before, by.start() + 1)) is not None and by.start() - hit.end < _BESIDE
        for kind in ("rise", "fall")
    )


_BESIDE = 4
_WHICH_IS = re.compile(r"[,，]?\s*(?:which is|that is|i\.e\.|namely|or)\s*(?:about |some |nearly )?", re.IGNORECASE)
_BUDGET = re.compile(r"\bbudgets? (?:of|for|at|was|is)\s+(?:about |nearly |some )?$", re.IGNORECASE)
_SIGNED = re.compile(r"[(（]\s*(plus|minus|up|down)\s+$", re.IGNORECASE)  # "(plus US$0.32 billion)"
_OF_GOAL = rarely(
    r"(?:年度|全年|原定|既定|总)?(?:目标|任务|计划)(?:任务)?的?(?=约?\d[\d.]*[%％]|百分之)"
)  # 完成400万人年度目标的79.5%
_BEYOND = re.compile(
    r"\b(?:exceed|surpass|outstrip|overshot|overfulfil)\w*\s+(?:\w+\s+){0,3}by\s+(?:about |nearly |over |some )?$",
    re.IGNORECASE,
)


# "the goal for 2015 is 60,000", 目标任务300所
_GOAL = re.compile(
    r"\b(?:goal|target|quota|aim)s?\b(?: (?:for|of|in)(?: the)?(?: year)?(?: (?:19|20)\d\d)?)?"
    r"\s?(?:is|was|are|were|had been|:)\s+"
    r"(?:to [a-z]+ (?:out |up )?)?(?:about |nearly |some |over |at least |another |a further )?$"
    r"|(?<!成)(?:目标|计划)任务数?[为是：:]?$|的(?:目标|任务|计划)数?[为是：:]$|(?<![没未实完])(?:目标|任务|计划)(?:就?是|为)[一-鿿]{2,6}$",
    re.IGNORECASE,
)


def _is_target(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """A planned amount: a word of intent before it in its statement that nothing achieved follows, or one behind it."""
    text = passage.text
    if _heads_plans(draft.section, passage.report_year):
        draft.decide_role("target", draft.section)
        return True
    if is_money(draft.unit) and _BUDGET.search(text, draft.before, draft.first):
        draft.decide_role("target", "budget")
        return True
    if passage.is_chinese(draft.before, draft.start) and _THAN_PLANNED.search(text, draft.before, draft.first):
        draft.decide_role("target", "held against")
        return True
    if _PLANNED_BEHIND.match(text, draft.end, draft.sentence[1]) or _OF_GOAL.match(text, draft.end, draft.sentence[1]):
        draft.decide_role("target", text[draft.end : draft.end + 24])
        return True
    if passage.plans.first(*draft.sentence) is None or _starts(draft, passage):
        return False  # what a plan starts from is there already
    if aimed := _aimed_at(draft, passage):
        draft.decide_role("target", aimed)
        return True
    end, after = draft.end, draft.after
    if (aside := _SHARE_ASIDE.match(text, end, draft.sentence[1])) is not None:
        end = aside.end()  # "41.7 million (35.2 per cent) will go to wells"
        after = passage.clause_end(end, draft.sentence[1], ",.;。；，")
    if passage.plans.first(draft.sentence[0], min(after, end + 60)) is None:
        return False
    if _BEYOND.search(text, max(draft.before, draft.start - 40), draft.start):
        return False  # "the plan was exceeded by 4,000": what goes beyond a plan is achieved
    clause = passage.clause(draft.sentence[0], draft.start, ",;，；。")
    goal = _GOAL.search(text, clause, draft.start)
    cue = goal.group() if goal else _plan_before(draft, passage, clause, earlier)
    if cue:
        draft.decide_role("target", cue)
        return True
    done = passage.last("done", clause, draft.start) or passage.last("completion", clause, draft.start)
    planned = _OF_TASK.match(text, draft.end, min(draft.after, draft.end + 16))
    if planned and done is None:
        draft.decide_role("target", planned.group())
        return True
    behind_end = passage.clause_end(end, min(after, end + 60), ",.;。；，")
    joined = passage.lower.find(" and ", end, behind_end)
    behind = passage.first("intent_after", end, joined if joined >= 0 else behind_end)
    if behind is not None and done is None and not _NO_PLAN_BEFORE.search(text, end, behind.start):
        draft.decide_role("target", text[behind.start : behind.end])
        return True
    return False


def _starts(draft: Draft, passage: Passage) -> bool:
    """Whether a number is what another one comes from or is held against: "from 14 to 18 yuan", 较2010年的7.1亿元."""
    found = _FROM.search(passage.text, draft.before, draft.first)
    found = found and _LEADS_TO.search(passage.text, draft.end, draft.after)
    than = passage.is_chinese(draft.before, draft.start) and _THAN_EARLIER.search(
        passage.text, draft.before, draft.first
    )
    return bool(found or than)


_LEADS_TO = re.compile(r"[到至为]|\bto\b")
_THAN_PLANNED = rarely(r"[比较](?:原?计划|目标|任务|设计)的?$")
_THAN_EARLIER = rarely(r"[比较](?:(?:19|20)\d\d年|[上去前]一?年)(?:[末底]|同期)?的?[^，。；\d]{0,4}$")


def _aimed_at(draft: Draft, passage: Passage) -> str:
    """The words between which a number is part of a Chinese aim: 围绕“8个村出列、1300人减贫”目标, 下达…计划."""
    if "/" in draft.unit or not passage.is_chinese(*draft.sentence):
        return ""
    text = passage.text
    start = passage.clause(draft.sentence[0], draft.start, ",;，；。")
    end = passage.clause_end(draft.end, draft.sentence[1], ",;，；。")
    aim = _AIM_BEFORE.search(text, start, draft.start)
    aim_end = _AIM_BEHIND.match(text, draft.end, end) if aim else None
    if not aim or not aim_end or (aim.group(1) in _WRITES and _PLACES.match(text, draft.end, aim_end.start(1))):
        return ""
    return f"{aim.group(1)}…{aim_end.group(1)}"


_AIM_BEFORE = rarely(
    r"(围绕|聚焦|紧盯|瞄准|锁定|对照|按照?|确保|力争|努力|下达|分配|分解|实施|启动|制定|编制|提出|出台|审批)[^，；。了]*$"
)
_WRITES = frozenset({"制定", "编制", "出台", "审批"})  # 编制30个贫困村发展规划: plans, one for each place
_PLACES = re.compile(r"个?[^，；。]{0,6}?[村县镇乡市]")
_AIM_BEHIND = rarely(r"[^，；。了]*?(目标|任务|计划|规划|指标)(?!资金|完成|[一-鿿]{0,4}率)")


def _plan_before(draft: Draft, passage: Passage, clause: int, earlier: list[Draft]) -> str:
    """The words before a number that plan it; they hold for the rest of their statement until something is achieved."""
    text = passage.text
    ahead = passage.years_ahead.last(draft.sentence[0], draft.start)
    listed = next(
        (hit for hit in passage.cues["plan"].within(draft.sentence[0], draft.start) if _heads(text, hit)), None
    )
    statement = passage.clause(draft.sentence[0], draft.start, ";；。")
    colon = passage.clause_end(draft.sentence[0], draft.start, ":：")
    heads = passage.clause(draft.sentence[0], colon, ";；。")
    if colon < draft.start and any(passage.last(kind, heads, colon) for kind in ("intent", "future")):
        statement = heads  # "plans to:" holds for all statements of its list
    start = draft.sentence[0] if ahead is not None else statement
    found = [passage.last(kind, start, draft.start) for kind in ("intent", "future")]
    label = passage.last("plan", statement, draft.start)
    if label is not None and (
        _COLON.fullmatch(text, label.end, draft.start)
        or (label.end == draft.start and text[label.start : label.end].endswith(_PLAN_NOUNS))
    ):
        found.append(label)
    cues = [hit for hit in (*found, listed) if hit is not None and not _PLAN_AS_NOUN.match(text, hit.end)]
    cues = [hit for hit in cues if not _IN_RELATIVE.search(text, max(hit.start - 24, 0), hit.start)]
    cues = [hit for hit in cues if text[hit.end] != "的" or not _HAS_TASK.search(text, statement, hit.start)]
    if not cues:
        return ""
    cue = max(cues, key=lambda hit: hit.end)
    done = passage.last("done", max(start, cue.start - 9), cue.start) if cue is not listed else None
    if done is not None and text[done.start : done.end] != "下达":
        return ""
    if ahead is not None and passage.names_past_year(cue.end, draft.start):
        return ""
    if clause > cue.end and any(o.start > cue.end and o.role == "level" and o.unit == draft.unit for o in earlier):
        return ""  # what was planned has been held against what was achieved
    last = earlier[-1] if earlier and earlier[-1].start > cue.end else None
    if (
        text[cue.start : cue.end].lower().endswith(" of")
        and last
        and not LIST_JOIN.fullmatch(text, last.end, draft.first)
    ):
        return ""  # "against a quota of 900 loans 1,044 were signed"
    if cue is not listed and clause > cue.end and not _holds_on(draft, passage, cue, earlier):
        return ""
    return "" if _is_achieved(draft, passage, cue, clause, earlier) else text[cue.start : cue.end]


def _holds_on(draft: Draft, passage: Passage, cue: Hit[frozenset[str]], earlier: list[Draft]) -> bool:
    """Whether a plan goes on behind the comma of its clause: a verb does, "the plan for" does for its parts alone.

    Standards stay what they are (计划改造危房4.2万户，户均补助2万元), and "as planned, …" plans nothing.
    """
    if (
        "/" in draft.unit
        or _FAILS.match(passage.text, cue.start)
        or _AS.search(passage.text, max(cue.start - 40, draft.sentence[0]), cue.start)
    ):
        return False
    if passage.text[cue.start : cue.end].lower().endswith((" of", " for", "任务", "目标", "确保")):
        part = passage.last("part", draft.before, draft.start) is not None
        return part and bool(earlier) and earlier[-1].role == "target" and earlier[-1].unit == draft.unit
    return True


_FAILS = re.compile(r"did not|failed|fell short|short of|[未没]", re.IGNORECASE)  # what was not reached says no more
_AS = re.compile(r"\b(?:as|than)\b[^,;.]*$|按照?[^，；。]*$", re.IGNORECASE)


def _heads(text: str, hit: Hit[frozenset[str]]) -> bool:
    """Whether a list stands behind a word of plans: "Goals: …"."""
    return _LISTS.match(text, hit.end) is not None


_LISTS = re.compile(r"(?: (?:for )?(?:(?:19|20)\d\d|the year|next year))?\s?[:：]", re.IGNORECASE)


def _is_achieved(draft: Draft, passage: Passage, cue: Hit[frozenset[str]], clause: int, earlier: list[Draft]) -> bool:
    """Whether words behind a plan say that this number is not planned, but was reached."""
    text = passage.text
    word = text[cue.start : cue.end]
    if _PAST_TIME.search(text, clause, draft.start):
        return True  # 计划发展到16.8万亩，去年底为14.35万亩
    if passage.last("actual", cue.end, draft.start) or passage.first(
        "actual", draft.end, passage.clause_end(draft.end, min(draft.after, draft.end + 30), ";；。")
    ):
        return True
    if text[draft.start - 1] == "了":
        return True
    done = passage.last("done", cue.end, draft.start)
    if done is not None:
        lasting = _LASTING.match(word) and (clause > cue.end or _WHEN.fullmatch(text, cue.end, done.start))
        said = text[done.start : done.end]
        again = any(other.role == "target" and other.unit == draft.unit for other in earlier)
        if (
            not lasting
            or said == "已"
            or text[done.start - 1] == "已"
            or (clause > cue.end and again and draft.start - done.end <= 4)
        ):
            return True  # "计划搬迁3万人，完成2.5万人", but "计划搬迁3万人，完成危房改造300户"
    piece = max(
        clause, cue.end, *(passage.lower.rfind(join, cue.end, draft.start) for join in (" and ", " but ", " while "))
    )
    if piece <= cue.end:
        return False
    if _PAST.search(text, piece, draft.start):
        return True
    return _PAST_BEHIND.match(text, draft.end, draft.after) is not None


_IN_RELATIVE = re.compile(
    r"\b(?:that|which) (?:had|has|have|was|were) (?:been )?$", re.IGNORECASE
)  # it ends with its clause
_HAS_TASK = rarely(
    r"(?:有|承担|担负|肩负|列入|纳入)[^，。；、\d]{0,8}$"
)  # 有扶贫任务的28个县: who has it, not what is planned
_PAST_TIME = re.compile(
    r"(?<![比较])[上去前]一?年(?!的?计划)|\b(?:last year|the year before|a year (?:earlier|before|ago))\b",
    re.IGNORECASE,
)
_PLAN_NOUNS = ("计划", "任务", "规划", "目标", "计划数", "任务数")  # 下达年度搬迁计划10万人
_LASTING = re.compile(r"will|shall|would|should|.*\bto$|[将拟要]|计划|规划|力争|争取|确保|预计|准备|打算|有望")
_WHEN = re.compile(r"[ \w]*(?<=[a-z ])|[在于到今明后本全当年月底内前末季度个两三四五\d]*", re.ASCII)
# behind these words "plan" is no verb: 完成年度计划，…, 计划资金, 任务完成
_PLAN_AS_NOUN = re.compile(
    r"(?<=[计规任目][划务标])(?:[，、。；)）】]|资金|报告|[汇通]报|[书表]|执行|编制|批复|文件|情况)"
)
_WAS = r"(?:was|were|had|has|have|did)"
_PAST = rarely(
    rf"(?<!to )\b(?:{_WAS}|spent|built|rose|fell|grew|came|reached|got|gave|went|took|held|made|saw|found|stood|drew"
    r"|sent|paid|bought|brought|became|began)\b"
    r"|\b[a-z]{3,}ed\s+(?:(?:the|some|about|over|nearly|almost|more than|a)\s+)*$",
    re.IGNORECASE,
)
_PAST_BEHIND = rarely(
    rf"\s*(?:(?!who |which |that |to )[a-z]+\s+){{0,4}}?{_WAS}\b"
    r"|\s*(?:[a-z]+ ){0,3}(?!planned|needed|expected|scheduled|proposed)[a-z]+ed\s*(?:[.,;]|$)",
    re.IGNORECASE,
)
# "ceased to be poor", "turned out to be right"; 207个村有扶贫任务
_SHARE_ASIDE = re.compile(
    r"\s*[(（][\d.,]{1,8}\s?(?:%|％|per ?cent)[)）]"
    r"|\s*(?:of (?:these|them|which))?, (?:or )?[\d.]{1,6} ?(?:%|per ?cent),",
    re.IGNORECASE,
)
_NO_PLAN_BEFORE = re.compile(
    r"(?:ed|out|yet|found|known|said|proved?|used)\s+$|(?:有|承担|担负)[^，。；\d]{0,8}$", re.IGNORECASE
)


@lru_cache(maxsize=256)
def _heads_plans(section: str, report_year: int | None) -> bool:
    """Whether a heading announces the plans of a year after the report's ("Goals for 2013", 明年任务)."""
    if report_year is None or not _PLANS.search(section):
        return False
    years_named = [int(year) for year in YEAR.findall(section)]
    return bool(years_named and min(years_named) > report_year) or bool(NEXT_YEAR.search(section))


def _change(draft: Draft, passage: Passage) -> None:
    """A difference to an earlier state: a verb of change right before the number, or "more", "fewer" behind it."""
    text = passage.text
    moved = passage.changes.last(draft.before, draft.first) is not None
    for kind in ("rise", "fall") if moved else ():
        hit = passage.last(kind, max(draft.before, draft.first - 50), draft.first)
        if hit is None or text[hit.start - 1 : hit.start] == "-":  # a top-up
            continue
        bridge = text[hit.end : draft.first]
        new = text[hit.start : hit.end] in _NEW and len(bridge) < 12 and not re.search(r"[，,。；;、]", bridge)
        if (new and draft.unit not in physical_units()) or _FILLER.fullmatch(bridge):
            word = text[hit.start : hit.end].lower()
            if word in ("over", "higher", "lower", "extra", "more", "less", "gained", "gains") or (
                word == "增收" and "/" in draft.unit
            ):
                continue
            draft.decide_role("change", text[hit.start : hit.end])
            draft.decided["direction"] = "down" if kind == "fall" else "up"
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
    near = max(draft.before, draft.first - 24)
    alone = draft.before == draft.sentence[0] or "/" in draft.unit
    so = None if alone else SO_BY.fullmatch(text, draft.before, draft.first)
    by = BY.search(text, near, draft.first) if (moved or so) and "by" in passage.lower[near : draft.first] else None
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
        draft.decided["direction"] = "up" if (held.group(1) or held.group(2)).lower() in _UP else "down"
        return
    more = _MORE.match(text, end, min(limit, end + 40))
    if more is None:
        _change_in_noun(draft, passage)
    elif is_money(draft.unit) or not draft.unit or not more.group().strip().count(" "):
        _changed_by(draft, passage, more.group(1).lower())
    else:
        _changed_by(draft, passage, "")


def _change_in_noun(draft: Draft, passage: Passage) -> None:
    """As in "8 more villages", where the noun tells the change."""
    word = draft.noun.split()[0].lower() if _MORE_OF.match(draft.noun) else ""
    _changed_by(draft, passage, word)


def _changed_by(draft: Draft, passage: Passage, word: str) -> None:
    """A change by "more" or "fewer", else by what "were added to" something."""
    if word and draft.qualifier != "up_to":  # "could borrow up to 50,000 yuan more" is a limit
        draft.decide_role("change", word)
        draft.decided["direction"] = "down" if word in ("fewer", "less", "lower") else "up"
    elif passage.adds(draft.end, draft.after) and _ADDED.match(passage.text, draft.end, draft.after):
        draft.decide_role("change", "added to")
        draft.decided["direction"] = "up"


def _previous_standards(drafts: list[Draft], passage: Passage) -> None:
    """Of "from 1500 (and 800) to 2000 (and 1000) Yuan per person", what follows "from" is the earlier standard."""
    text = passage.text
    for index, draft in enumerate(drafts):
        if draft.role != "per_unit":
            continue
        behind = passage.first("previous", draft.end, min(draft.after, draft.end + 40))
        if behind is not None and not re.search(r"[.,;，；。]\s*\w", text[draft.end : behind.start]):
            draft.role, draft.decided["role"] = "per_unit_prev", text[behind.start : behind.end]
            continue
        if _THAN_YEAR.search(text, max(draft.sentence[0], draft.start - 12), draft.start):
            draft.role, draft.decided["role"] = "per_unit_prev", "than in an earlier year"
            continue
        if passage.ends_at("compared", _before_sign(text, draft.start)) and _standard_before(drafts, index):
            draft.role, draft.decided["role"] = "per_unit_prev", "compared with it"
            continue
        before = _FROM.search(text, max(draft.sentence[0], draft.start - 48), draft.start)
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


_UP = frozenset({"above", "beyond", "more", "higher"})
_THAN_ZH = re.compile(
    r"(?:(?:同?比|较)[^，。；\d]{0,8}?(?=[多少])|(?<=[，,；\s年])(?=[多少](?:[出了]|(?![数年家个次种渠方元])[一-鿿]{1,2}(?:了|约)?$)))(多|少)[一-鿿]{0,3}(?:了|约|近)?$"
)  # 同比多下达1.15亿元
_MORE_OF = re.compile(r"(?:more|fewer|less)\s+(?!developed|favou?red|advanced|than)", re.IGNORECASE)
_THAN_GREW = rarely(r"[比较][^，。；]{2,24}(?:增加|减少|增长|下降|净增|净减|多|少)[了约近]?$")  # 较2017年的10.6亿元增加
_OF_TASK = re.compile(r"[^，。；\d]{0,4}的[^，。；\d]{0,6}?(?:目标|任务|计划)(?!资金)")
_COLON = re.compile(
    r"\s*[:：]\s*|\s*(?:数|为|是)\s*"
    r"|\s*(?:(?:19|20)\d\d |the year )?(?:was|were|is|had been) (?:about |nearly |some |over )?",
    re.IGNORECASE,
)


_THAN_YEAR = re.compile(r"[比较](?:\d{4}年|上年|去年)(?:底|末)?的\s*$")


def _before_sign(text: str, position: int) -> int:
    """Where a number begins with its sign of currency."""
    sign = re.search(r"(?:RMB|¥|￥|US\$|\$)\s*$", text[max(0, position - 6) : position])
    return position - len(sign.group()) if sign else position


def _standard_before(drafts: list[Draft], index: int) -> bool:
    """Whether the sentence has a standard of the same unit before a figure."""
    draft = drafts[index]
    near = drafts[max(index - 6, 0) : index]
    return any(d.sentence == draft.sentence and d.role == "per_unit" and d.unit == draft.unit for d in near)


_FROM = re.compile(
    r"\bfrom\s+(?:(?:about|nearly|the|an?|only|less than|over|original|previous|earlier|former)\s+)*"
    r"(?:RMB|¥|US\$|\$)?\s*$|(?<![自来理缘])由(?:原来|过去|上年|去年|\d{4}年|[^，。；\d]{0,8})?的?\s*$|从(?:原来|过去|\d{4}年|[^，。；\d]{0,8})?的?\s*$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\bto\s+(?:the\s+)?(?:about |nearly |over |more than )?(?:RMB|¥|US\$|\$)?\s*$|[到至](?:了|约|近|\d{4}年的?)?\s*$",
    re.IGNORECASE,
)


def _tasks_of_actuals(drafts: list[Draft], passage: Passage) -> None:
    """A number that the section later holds against what was "actually" done is what had been planned."""
    for index, draft in enumerate(drafts):
        if draft.role != "level" or draft.is_ratio or passage.last("actual", draft.before, draft.start) is None:
            continue
        near = drafts[max(index - 12, 0) : index]
        if any(d.role == "target" and d.section == draft.section and d.unit == draft.unit for d in near):
            continue
        spoken_of = (d for d in drafts[index + 1 : index + 3] if d.sentence == draft.sentence)
        completion = any(d.role in ("plan_pct", "over_plan_pct") for d in spoken_of)
        for earlier in reversed(near):
            if earlier.section != draft.section or not (earlier.sentence == draft.sentence or completion):
                break
            if _ASKED.search(passage.text, earlier.before, earlier.start):
                break  # what was asked for is held against nothing
            if earlier.unit == draft.unit and earlier.role == "level" and _is_round(earlier):
                earlier.role, earlier.decided["role"] = "target", f"held against {draft.token.text} in reality"
                break


_ASKED = re.compile(
    r"结转|结余|拨付|收回|整合|撬动|\bcarried over\b|申请|申报|争取|请求|\b(?:applied|asked|requested|bid)\b",
    re.IGNORECASE,
)


def _is_round(draft: Draft) -> bool:
    return draft.scale != 1 or draft.token.value % 100 == 0
