"""What of a plan is achieved: words that say so, and numbers that are held against a plan."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import HELD_AGAINST, NEARLY
from pipelines.patterns import regex


def fulfilled(drafts: list[Draft], passage: Passage) -> None:
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
            draft.role in ("share_pct", "rate_pct")
            and last is not None
            and last.role == "target"
            and _ASIDE.fullmatch(passage.text, last.end, draft.start)
            and _AGAINST.search(passage.text, last.before, last.first)
        ):
            draft.decide_role("plan_pct", f"against {last.token.text}, which was planned")
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


_OF_IT = regex(r"\s*of (?:it|this|that)\b", re.IGNORECASE)
_OR = regex(r",?\s*(?:or|that is|i\.e\.)\s*(?:about )?", re.IGNORECASE)
_OF_PLANNED = regex(r"\s*of (?:the |its |their |an? )?(?:total |planned |annual )?(?:of )?", re.IGNORECASE)


def is_achieved(
    draft: Draft, passage: Passage, cue: Hit[frozenset[str]], clause: int, earlier: list[Draft], *, lists: bool
) -> bool:
    """Whether words behind a plan say that this number is not planned, but was reached.

    Of a word that heads a list ("目标如下：建成卫生室12所") verbs say what is to be done.
    """
    text = passage.text
    word = text[cue.start : cue.end]
    if _PAST_TIME.search(text, clause, draft.start):
        return True  # 计划发展到16.8万亩，去年底为14.35万亩
    if passage.last("actual", cue.end, draft.start) or passage.first(
        "actual", draft.end, passage.clause_end(draft.end, min(draft.after, draft.end + 30), ",，;；。")
    ):
        return True
    if text[draft.start - 1] == "了" or _THERE_ARE.search(text, cue.end, draft.start):
        return True
    if clause > cue.end and text[draft.start - 1] == "的" and text[cue.end : cue.end + 1] == text[clause : clause + 1]:
        return True  # 计划搬3260户，搬进新房的2714户
    rate = _ITS_RATE.match(text, draft.end)
    if rate is not None and text[: draft.start].endswith(rate.group(1)):
        return True  # 计划设置1270个，到岗940个，到岗率74%
    done = passage.last("done", cue.end, draft.start)
    if done is not None:
        governs = clause <= cue.start and _GOVERNS.match(word) and text[draft.start - 1] != "的"
        lasting = (
            lists
            or governs
            or (_LASTING.match(word) and (clause > cue.end or _WHEN.fullmatch(text, cue.end, done.start)))
        )
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
    if PAST.search(text, piece, draft.start) or _PAST_AGAIN.match(text, piece):
        return True
    return _PAST_BEHIND.match(text, draft.end, draft.after) is not None and not _WITH.search(text, piece, draft.first)


_THERE_ARE = regex(r"(?:共|现|已)有$")
_ITS_RATE = regex(r"[一-鿿]{0,3}，([一-鿿]{2,4})率")
_PAST_TIME = regex(
    r"(?<![比较])[上去前]一?年(?!的?计划)|\b(?:last year|the year before|a year (?:earlier|before|ago))\b",
    re.IGNORECASE,
)
_LASTING = regex(r"will|shall|would|should|.*\bto$|[将拟要可能]|计划|规划|力争|争取|确保|预计|准备|打算|有望")
# these govern all that their clause does: 力争受益户达到3000户, but 计划任务完成3000户
_GOVERNS = regex(r"[将拟要可能]|力争|争取|确保|预计|准备|打算|有望")
_WHEN = regex(r"[ \w]*(?<=[a-z ])|[在于到今明后本全当年月底内前末季度个两三四五\d]*", re.ASCII)
_WAS = r"(?:was|were|had|has|have|did)"
PAST = regex(
    rf"(?<!to )\b(?:{_WAS}|spent|built|rose|fell|grew|came|reached|got|gave|went|took|held|made|saw|found|stood|drew"
    r"|sent|paid|bought|brought|became|began)\b"
    r"|\b[a-z]{3,}ed\s+(?:(?:the|some|about|over|nearly|almost|more than|a)\s+)*$",
    re.IGNORECASE,
)
_PAST_BEHIND = regex(
    rf"\s*(?:(?!who |which |that |to )[a-z]+\s+){{0,4}}?{_WAS}\b"
    r"|\s*(?:[a-z]+ ){0,3}(?!planned|needed|expected|scheduled|proposed)[a-z]+ed\s*"
    r"(?:[.,;]|$|(?:the|a|an|their|its|this|that)\b)",
    re.IGNORECASE,
)


# "and 1,000 sites with 3,500 nurses trained": of when the verb before it says
_WITH = regex(r"\bwith " + NEARLY + "$")


_PAST_AGAIN = regex(r" ?(?:and|but|while) [a-z]{3,}ed (?!by\b)(?![a-z]*s? ?\d)")


def tasks_of_actuals(drafts: list[Draft], passage: Passage) -> None:
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


_ASKED = regex(
    r"结转|结余|拨付|收回|整合|撬动|\bcarried over\b|申请|申报|争取|请求|\b(?:applied|asked|requested|bid)\b",
    re.IGNORECASE,
)


def _is_round(draft: Draft) -> bool:
    return draft.scale != 1 or draft.token.value % 100 == 0


_ASIDE = regex(r"\s*(?:[a-z]+ ){0,2}?(?:[(（]|, or )\s*(?:about |some )?")
_AGAINST = regex(r"\bagainst\b[^,;.]*$", re.IGNORECASE)
