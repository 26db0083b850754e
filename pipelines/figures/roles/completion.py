"""How much of a plan was done, or by how much it was passed."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.figure import Role
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex

# of a whole, and not of a time: "the 97.3 per cent of the preceding year"
OF = regex(
    r"\s*of\b(?! (?:the |that |this )?(?:(?:19|20)\d\d|(?:(?:previous|preceding|last|same) )?year(?!['’-]))\b)",
    re.IGNORECASE,
)
PLANNED = r"(?:milestone|plan(?:ned)?|target(?:ed)?|task|quota|scheduled|goal)\b"
# 完成年计划60万平方米的104.2%
_OF_PLAN_ZH = regex(r"(?:计划|任务|目标|指标)[^，。；\d]{0,6}\d[\d.,]*[万亿]?[^，。；\d]{0,6}的$")


# "74.5 percent of what was promised"
_OF_WHAT_WAS_PLANNED = regex(
    r"\s*of (?:(?:what|all that)(?: [a-z]+){0,2}? (?:was|were|is|had|has)(?: been)?"
    r"|the (?:number|amount|total)(?: that)?(?:(?: [a-z]+){0,2}? (?:was|were|had|has)(?: been)?)?) "
    r"(?:originally |initially )?(?:promised|planned|foreseen|targeted|agreed|envisaged|expected|set|asked for)\b",
    re.IGNORECASE,
)
_OF_IT_WAS_DONE = regex(
    r"\s*(?:of (?:it|this|that|them|these) )?(?:has|have|had|was|were|is|are)(?: (?:already|been|thus|by now))*"
    r" (?:met|fulfilled|reached|achieved|attained|completed|accomplished|realised|realized)\b"
)
# "45.7 percent of the plans" are for goats, and "of the poor in target groups" speaks of no target
_COUNTED_PLANS = regex(
    r"(?:plan|target|goal|task|quota)s\b|target (?!(?:figure|number|value|amount|level|output|total|sum)\b)[a-z]{4,}"
)
_ABOVE_IT = regex(r"\s*(?:above|beyond|over|in excess of) (?:it|that|this|them)\b")


def completion(
    draft: Draft, passage: Passage, earlier: list[Draft], start: int, other: tuple[str, Hit[frozenset[str]]] | None
) -> tuple[Role | None, str]:
    """`plan_pct` or `over_plan_pct` (or `target`: a share that is planned) and its words; None where it is neither.

    Args:
        draft: the ratio.
        passage: the text around it.
        earlier: the numbers before it in its sentence.
        start: where the words before it begin that may speak of it.
        other: the nearest word of change, share or rate before it.
    """
    text = passage.text
    behind_end = min(passage.clause_end(draft.end, draft.after, ",.;。；，（("), draft.end + 60)
    plan = passage.first("plan", draft.end, behind_end)
    excess = passage.begins_at("excess", draft.end)
    of_target = bool(earlier) and earlier[-1].role == "target"
    if of_target and _ABOVE_IT.match(text, draft.end):
        return "over_plan_pct", "beyond what was planned before it"
    if excess is not None and plan is not None and excess.end <= plan.start:
        return "over_plan_pct", text[excess.start : plan.end]
    if of_target and _OF_IT_WAS_DONE.match(text, draft.end):
        return "plan_pct", "so much was reached of what was planned before it"
    if plan is not None and OF.match(text, draft.end) and not _COUNTED_PLANS.match(text, plan.start):
        return "plan_pct", text[draft.end : plan.end]
    if planned_so := _OF_WHAT_WAS_PLANNED.match(text, draft.end):
        return "plan_pct", planned_so.group()
    if of_plan := _OF_PLAN_ZH.search(text, max(draft.sentence[0], draft.start - 40), draft.start):
        return "plan_pct", of_plan.group()
    planned = next((one for one in earlier[-2:] if one.role == "target"), None)
    if planned is not None and passage.ends_at("excess", draft.start):
        return "over_plan_pct", f"beyond {planned.token.text}"
    if beyond := _BEYOND_ZH.search(text, max(draft.sentence[0], draft.start - 30), draft.start):
        return "over_plan_pct", beyond.group()
    if words := _exceeds(draft, passage, earlier):
        return "over_plan_pct", words
    return _plan_before(draft, passage, start, other)


_ALL = 100  # per cent
_OVER = regex(
    r"(?:\b(?:exceed|surpass|overshoot|overshot|outstrip|outdo|outdid|beat|top)\w*\s+([^.;]{0,80}?)\s*"
    r"|\b((?:target|goal|plan|quota|task|milestone)s?[^.;,\d]{0,40}?) (?:was|were|been|being) (?:thus )?"
    r"(?:exceeded|surpassed|overfulfilled|beaten|topped)\s"
    r"|\b(it|this|that|which) (?:was|were) (?:thus )?(?:exceeded|surpassed|overfulfilled|beaten|topped)\s)\bby\s+"
    r"(?:about |nearly |over |more than |some )?$",
    re.IGNORECASE,
)
_BEYOND_ZH = regex(
    r"超(?:过|出)?\d[\d.,]*[万亿]?[^，。；\d]{0,6}(?:目标|计划|任务)的?$"
    r"|[比较](?:原?计划|目标|任务|设计)的?\d[\d.,]*[万亿]?[^，。；\d]{0,6}(?:多|高)出?$"
)
_PRONOUN = regex(r"(?:it|this|that|them|these)", re.IGNORECASE)


def _exceeds(draft: Draft, passage: Passage, earlier: list[Draft]) -> str:
    """As in "against a target of 1,500, exceeding it by 24 percent", "surpassed the task of 4,100 households by 5%"."""
    text = passage.text
    over = _OVER.search(text, max(draft.sentence[0], draft.start - 110), draft.start)
    if over is None:
        return ""
    told = over.group(1) or ""
    if over.group(1) is None:
        planned = True
    elif _PRONOUN.fullmatch(told):
        planned = any(other.role == "target" for other in earlier)
    else:
        planned = re.search(PLANNED, told, re.IGNORECASE) is not None
    return over.group() if planned else ""


def _plan_before(
    draft: Draft, passage: Passage, start: int, other: tuple[str, Hit[frozenset[str]]] | None
) -> tuple[Role | None, str]:
    """As in "completing 103.5 %", "完成任务的103.5%", "exceeded the plan by 5 %", "超年度计划1.7%"."""
    text = passage.text
    plan = passage.last("plan", start, draft.start)
    completion = passage.last("completion", start, draft.start)
    excess = passage.last("excess", start, draft.start)
    last_plan = max((hit.end for hit in (plan, completion) if hit is not None), default=-1)
    if last_plan < 0 and excess is None:
        return None, ""
    if other is not None and other[1].start > last_plan and (excess is None or other[1].start > excess.end):
        return None, ""
    words = text[start : draft.start]
    if (
        plan is not None
        and re.fullmatch(r"的?\s*", text[plan.end : draft.start])
        and text[plan.end : draft.start].startswith("的")
    ):  # 完成任务的95%, 超额完成任务的12%
        more = excess is not None and excess.end <= plan.start and text.startswith("超额", excess.start)
        role: Role = "over_plan_pct" if more and draft.token.value < _ALL else "plan_pct"
        return role, text[plan.start : draft.start]
    if excess is not None and (plan is not None or completion is not None) and _short(words, excess.end - start):
        near = plan if plan is not None else completion
        if (
            near is not None
            and abs(near.start - excess.end) < 30
            and not re.search(r"[,，]", text[min(near.end, excess.end) : max(near.start, excess.start)])
        ):
            return "over_plan_pct", text[min(near.start, excess.start) : draft.start]
    if excess is not None and text[excess.start : excess.end].startswith(("超额", "overful", "over ful")):
        return "over_plan_pct", text[excess.start : excess.end]
    last = max((hit.end for hit in (plan, completion) if hit is not None), default=draft.start)
    if "," in text[last : draft.start] and OF.match(text, draft.end):
        return None, ""  # "to reach the target, up to a maximum of 1.5 per cent of their loans"
    # of "completed a degree or above (44 per cent" the brackets tell a share
    if (
        completion is not None
        and len(text[completion.end : draft.start]) < 40
        and not ("(" in text[last : draft.start] or _GREW.match(text, draft.end))
    ):
        return "plan_pct", text[completion.start : draft.start]
    between = text[plan.end : draft.start] if plan is not None else ""
    if plan is not None and between.strip() == "by" and _RAISES.search(text, start, plan.start):
        return None, ""  # "to increase this target by 25%"
    based = re.search(r"(?:19|20)\d\d年", between)  # 由规划基期2015年的29.8%下降至
    if plan is not None and not based and re.search(r"[的达为:：]\s*$|\b(?:by|at|to|of|was|were|is)\s*$", between):
        aim = _AIM_IS.fullmatch(text, plan.start, draft.start) and not _MET.match(text, draft.end)
        return "target" if aim else "plan_pct", text[plan.start : draft.start]
    return None, ""


_RAISES = regex(
    r"\b(?:increas|rais|reduc|lower|cut|trim|expand)[a-z]* (?:the |this |that |its |their )?$", re.IGNORECASE
)
# "the target for 2020 is 36 percent" is planned; "the target was 95 percent met" tells how much of it is done
_AIM_IS = regex(
    r"(?:(?:target|goal|objective)s?|plan(?= for))\b(?:[^,;]*\b(?:of|is|was|are|were)|\s?:)\s+", re.IGNORECASE
)
_MET = regex(
    r"\s*(?:met|fulfilled|reached|achieved|completed?|accomplished|realised|realized|of (?:it|that|which))\b",
    re.IGNORECASE,
)


# households that "achieved a 25% income increase" completed no plan
_GREW = regex(r"\s(?:[a-z]+ ){0,2}(?:increase|growth|rise|gain|reduction|decrease|decline|drop|fall|cut)s?\b")


def _short(words: str, offset: int) -> bool:
    """Whether an excess stands near enough to the number to speak of it."""
    return len(words) - offset < 45
