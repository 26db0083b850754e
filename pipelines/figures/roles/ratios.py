"""What a ratio says: a share, a rate, growth, a completed plan or what goes beyond it."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.text.nouns import noun_head, nouns_told
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import BY, HELD_AGAINST, SO_BY
from pipelines.patterns import rarely

# of a whole, and not of a time: "the 97.3 per cent of the preceding year"
_OF = re.compile(
    r"\s*of\b(?! (?:the |that |this )?(?:(?:19|20)\d\d|(?:(?:previous|preceding|last|same) )?year(?!['’-]))\b)",
    re.IGNORECASE,
)
# 占全州减少量的42.3%; 占11870户和46120人的42.0%
_PART_OF_ZH = rarely(
    r"占(?:[^，。；\d]{1,16}|[^，。；]{1,40}?\d[^，。；\d]{1,4}(?:和|及|与)[^，。；]{1,24}?\d[^，。；\d]{1,4})的$"
)
_CHANGE_NOUN = re.compile(
    r"[)）]?\s*(?:more|fewer|less|higher|lower|(?:larg|small|great|bigg|long|short|cheap)er than|increase"
    r"|growth|rise|decrease|decline|drop|reduction|up|down|gain|fall)\b",
    re.IGNORECASE,
)
_CHANGE_NOUN_ZH = re.compile(
    r"的(?:增幅|增长|增速|增长率|涨幅|升幅|降幅|跌幅|减幅|下降|速度(?:增长|递增|上升|下降|递减))"
)
_EARLIER = (
    r"(?:(?:19|20)\d\d\b(?! [a-z]+s\b)|(?:a|one) year (?:before|earlier|ago)"
    r"|(?:the )?(?:previous|preceding|prior|last|past) year|(?:the )?year before|(?:the )?same period)"
)
_OF_YEAR = r"(?:(?:that|those|the (?:level|figure|number|amount)s?) (?:of|in|for) |(?:in|at|for) (?:the end of )?)?"
# as in "85 million above 2010"; the first group goes up
ABOVE_A_YEAR = re.compile(
    r"\s*(?:(above|(?:more|higher|greater) than|up on|ahead of)|below|under|(?:less|fewer|lower) than|down on) "
    + _OF_YEAR
    + _EARLIER,
    re.IGNORECASE,
)
_ON_YEAR = re.compile(
    r"[)）]?,?(?:" + ABOVE_A_YEAR.pattern + r"|\s*(?:over|on|than) " + _OF_YEAR + _EARLIER + ")", re.IGNORECASE
)
_PLANNED = r"(?:milestone|plan(?:ned)?|target(?:ed)?|task|quota|scheduled|goal)\b"
_PLAN_BEHIND = re.compile(
    rf"\s*(?:points? )?(?:above|beyond|over|more than|higher than|better than|ahead of) (?:\w+ ){{0,3}}?{_PLANNED}",
    re.IGNORECASE,
)
_BEYOND_PLAN = re.compile(
    rf"(?:exceed\w*|surpass\w*|beat) (?:\w+ ){{0,3}}?{_PLANNED}.*$"
    r"|超(?:额|过|出)?(?:完成)?(?:年度|全年|原)?(?:计划|目标|任务)?$|[比较](?:年度|全年|原)?(?:计划|目标|任务)[高多]出?$",
    re.IGNORECASE,
)
_RESULT = re.compile(r"(?:\bto|\bfrom|到|至|达到|由|从)\s*(?:了|about|nearly|over|more than|约|近)?\s*$", re.IGNORECASE)
# between both ends of a change
_FROM_TO = re.compile(
    r"(?: (?:in|at the end of) (?:19|20)\d\d,?)? (?:(?:down|up) )?to (?:about |nearly |only )?"
    r"|(?:[^，。；%]{0,4}|[^，。；%]{0,3}\d{4}年[^，。；%]{0,4})(?:到|至|为)了?(?:\d{4}年[底末]?的?)?[约近]?",
    re.IGNORECASE,
)
_RATE_NOUN = re.compile(r"[幅率速]$|growth|rate", re.IGNORECASE)
_THAT_IS = re.compile(r"(?:\bor|\bi\.e\.|\bthat is|[(（]|即)\s*$", re.IGNORECASE)
_SIGNED = re.compile(r"[(（]\s*(plus|minus|up|down|\+|[-−–])\s?$", re.IGNORECASE)
# as in: up from 121 million (20.7 percent)
_LED_FROM = re.compile(r"\b(up|down|rise|fall|higher|lower|more|less) (?:from|than)\b[^,;.]{0,12}$", re.IGNORECASE)
_OPENED = re.compile(r"[(（]\s*$")

NO_WORDS = "without other words"


# 完成年计划60万平方米的104.2%
_OF_PLAN_ZH = re.compile(r"(?:计划|任务|目标|指标)[^，。；\d]{0,6}\d[\d.,]*[万亿]?[^，。；\d]{0,6}的$")


# "74.5 percent of what was promised"
_OF_WHAT_WAS_PLANNED = re.compile(
    r"\s*of (?:(?:what|all that)(?: [a-z]+){0,2}? (?:was|were|is|had|has)(?: been)?"
    r"|the (?:number|amount|total)(?: that)?(?:(?: [a-z]+){0,2}? (?:was|were|had|has)(?: been)?)?) "
    r"(?:originally |initially )?(?:promised|planned|foreseen|targeted|agreed|envisaged|expected|set|asked for)\b",
    re.IGNORECASE,
)
# "100% of villages had electricity": a service and whom it reaches
_SERVED = re.compile(
    r"\s+of\s+(?:(?:the|all|its|rural|poor|administrative|natural|farm)\s+)*"
    r"(?:villages|townships|towns|counties|households|families|homes|people|residents|farmers|schools|children|pupils)"
    r"\s+(?:now )?(?:had|have|has|got|get|enjoy(?:ed)?|(?:were|are) (?:connected|linked|covered|served|reached))\b"
    r"[^,.;]{0,24}?\b(?:electricity|power|water|roads?|telephones?|phones?|internet|broadband|television|tv|clinics?|insurance|toilets?"
    r"|gas|bus(?:es)?|signals?|grid|network)\b",
    re.IGNORECASE,
)


def read_ratio(draft: Draft, passage: Passage, earlier: list[Draft]) -> None:
    """A share, rate, growth or completion: words behind the number first, then the nearest before it."""
    text = passage.text
    if draft.unit == "ratio":
        return  # 2.49:1 is an amount of its own
    if draft.unit == "pp":
        beyond = _BEYOND_PLAN.search(text, max(draft.before, draft.start - 30), draft.start) or _PLAN_BEHIND.match(
            text, draft.end, draft.sentence[1]
        )
        draft.decide_role("over_plan_pct" if beyond else "diff_pp", beyond.group() if beyond else draft.noun)
        _direction(draft, passage)
        return
    behind_end = min(passage.clause_end(draft.end, draft.after, ",.;。；，（("), draft.end + 60)
    plan_behind = passage.first("plan", draft.end, behind_end)
    excess_behind = passage.begins_at("excess", draft.end)
    if earlier and earlier[-1].role == "target" and _ABOVE_IT.match(text, draft.end):
        draft.decide_role("over_plan_pct", "beyond what was planned before it")
        return
    if excess_behind is not None and plan_behind is not None and excess_behind.end <= plan_behind.start:
        draft.decide_role("over_plan_pct", text[excess_behind.start : plan_behind.end])
        return
    if earlier and earlier[-1].role == "target" and _OF_IT_WAS_DONE.match(text, draft.end):
        draft.decide_role("plan_pct", "so much was reached of what was planned before it")
        return
    if plan_behind is not None and _OF.match(text, draft.end) and not _COUNTED_PLANS.match(text, plan_behind.start):
        draft.decide_role("plan_pct", text[draft.end : plan_behind.end])
        return
    if planned_so := _OF_WHAT_WAS_PLANNED.match(text, draft.end):
        draft.decide_role("plan_pct", planned_so.group())
        return
    of_plan = _OF_PLAN_ZH.search(text, max(draft.sentence[0], draft.start - 40), draft.start)
    if of_plan is not None:
        draft.decide_role("plan_pct", of_plan.group())
        return
    start = max(passage.clause(draft.before, draft.start, ".;。；"), draft.start - 90)
    planned = next((other for other in earlier[-2:] if other.role == "target"), None)
    if planned is not None and passage.ends_at("excess", draft.start):
        draft.decide_role("over_plan_pct", f"beyond {planned.token.text}")
        return
    beyond = _BEYOND_ZH.search(text, max(draft.sentence[0], draft.start - 30), draft.start)
    if beyond is not None:
        draft.decide_role("over_plan_pct", beyond.group())
        return
    if _exceeds(draft, passage, earlier) or _plan_before(draft, passage, start):
        return
    aside = text[draft.end : draft.end + 2].lstrip()[:1] in (")", "）")  # "1,184 (27%) fall below": they fall, not it
    if (
        not aside
        and draft.unit in ("%", "times", "fraction")
        and any(words.match(text, draft.end) for words in (_CHANGE_NOUN, _CHANGE_NOUN_ZH, _ON_YEAR, HELD_AGAINST))
    ):
        draft.decide_role("change_pct", text[draft.end : draft.end + 12])
        _direction(draft, passage)
        return
    if _SERVED.match(text, draft.end, draft.sentence[1]) or _supplies(draft, passage, start):
        draft.decide_role("rate_pct", "a supply of people or places")
        draft.covers = True
        return
    begun = earlier[-1] if earlier and earlier[-1].unit == draft.unit else None
    if begun and begun.role in ("share_pct", "rate_pct") and _FROM_TO.fullmatch(text, begun.end, draft.start):
        draft.decide_role(begun.role, f"as {begun.token.text} before it")
        return
    nearest = _nearest(passage, start, draft)
    if BY.search(text, draft.before, draft.start):
        if SO_BY.fullmatch(text, draft.before, draft.start):
            start = passage.clause(draft.sentence[0], draft.start, ";；")  # "from 12% to 9%, that is by 25 percent"
        nearest = _nearest(passage, start, draft, ("rise", "fall")) or nearest  # "reduce the poverty rate by 8%"
    if nearest is not None:
        kind, hit = nearest
        bridge = text[hit.end : draft.start]
        if kind in ("rise", "fall") and (share := _PART_OF_ZH.search(text, draft.before, draft.start)):
            draft.decide_role("share_pct", share.group())
            return
        result = _RESULT.search(bridge) and not _RATE_NOUN.search(text[hit.start : hit.end])
        if kind in ("rise", "fall") and not result:
            draft.decide_role("change_pct", text[hit.start : hit.end])
            draft.decided["direction"] = "down" if kind == "fall" else "up"
            return
        if kind in ("rise", "fall"):  # both ends of "the share rose from 14% to 18%" are shares
            kind, hit = _nearest(passage, start, draft, ("share", "rate")) or ("", hit)
        if kind == "share" and draft.unit != "times":
            draft.decide_role("share_pct", text[hit.start : hit.end])
            return
        if kind in ("rate", "coverage"):
            draft.decide_role("rate_pct", text[hit.start : hit.end])
            draft.covers = kind == "coverage"
            return
    compared = passage.ends_at("compared", draft.start) or _THAN_THE.search(text, draft.before, draft.start)
    ratios = [d for d in earlier if d.unit == draft.unit and d.role not in ("change_pct", "over_plan_pct")]
    if compared and ratios:
        draft.decide_role(ratios[-1].role, f"compared with {ratios[-1].token.text}")
        return
    if (
        _THAT_IS.search(text, max(draft.before, draft.start - 12), draft.start)
        and earlier
        and earlier[-1].role == "change"
    ):
        draft.decide_role("change_pct", "that is")
        draft.decided["direction"] = earlier[-1].decided.get("direction", "up")
        return
    if earlier and earlier[-1].role == "change_pct" and BY.search(text, draft.before, draft.start):
        # the second of "funds of the centre grew by 21% and those of the province by 9%"
        draft.decide_role("change_pct", f"by, as {earlier[-1].token.text} before it")
        draft.decided["direction"] = earlier[-1].decided.get("direction", "up")
        return
    yearly = passage.first("annually", draft.end, min(behind_end, draft.end + 24))
    if draft.unit in ("%", "times") and yearly and not _BACK.match(text, yearly.end):
        draft.decide_role("change_pct", text[draft.end : draft.end + 16])
        draft.decided["direction"] = "up"
    elif draft.unit == "%" and (signed := _SIGNED.search(text, max(draft.before, draft.start - 12), draft.start)):
        draft.decide_role("change_pct", signed.group(1))
        draft.decided["direction"] = "up" if signed.group(1).lower() in ("plus", "up", "+") else "down"
    elif (
        draft.unit == "%"
        and earlier
        and _OPENED.search(text, max(draft.before, draft.start - 3), draft.start)
        and (led := _LED_FROM.search(text, max(earlier[-1].before, earlier[-1].start - 30), earlier[-1].start))
    ):
        draft.decide_role("change_pct", led.group().strip())
        draft.decided["direction"] = "down" if led.group(1).lower() in ("down", "fall", "lower", "less") else "up"
    elif (
        draft.unit == "%"
        and _OPENED.search(text, max(draft.before, draft.start - 3), draft.start)
        and earlier
        and _is_amount(earlier[-1])
    ):
        before = earlier[-2] if len(earlier) > 1 else None
        if before and before.unit == earlier[-1].unit and _FROM_TO.fullmatch(text, before.end, earlier[-1].first):
            draft.decide_role("change_pct", f"from {before.token.text} to {earlier[-1].token.text}")
            _direction(draft, passage)
        else:
            draft.decide_role("share_pct", "in brackets after it")
    elif draft.unit == "%" and _is_share(draft, passage, earlier):
        draft.decide_role("share_pct", "beside what it is of")
    elif draft.unit == "fraction" or (
        draft.unit == "%" and (_OF.match(text, draft.end) or _IS_PART.match(text, draft.end))
    ):
        draft.decide_role("share_pct", "of")
    elif draft.unit == "%" and _PART_OF_ZH.search(
        text, passage.clause(draft.sentence[0], draft.start, "，。；"), draft.start
    ):
        draft.decide_role("share_pct", "of several amounts before it")
    elif draft.unit == "%" and (took := _TOOK.search(text, max(start, draft.start - 24), draft.start)):
        draft.decide_role("share_pct", took.group())
    elif draft.unit == "%" and (
        whole := _OF_BEFORE.search(text, max(draft.sentence[0], draft.start - 60), draft.start)
    ):
        draft.decide_role("share_pct", whole.group())
    else:
        draft.decide_role("rate_pct", f"{draft.unit} {NO_WORDS}")


_OVER = re.compile(
    r"(?:\b(?:exceed|surpass|overshoot|overshot|outstrip|outdo|outdid|beat|top)\w*\s+([^.;]{0,80}?)\s*"
    r"|\b((?:target|goal|plan|quota|task|milestone)s?[^.;,\d]{0,40}?) (?:was|were|been|being) (?:thus )?"
    r"(?:exceeded|surpassed|overfulfilled|beaten|topped)\s"
    r"|\b(it|this|that|which) (?:was|were) (?:thus )?(?:exceeded|surpassed|overfulfilled|beaten|topped)\s)\bby\s+"
    r"(?:about |nearly |over |more than |some )?$",
    re.IGNORECASE,
)
_BEYOND_ZH = rarely(
    r"超(?:过|出)?\d[\d.,]*[万亿]?[^，。；\d]{0,6}(?:目标|计划|任务)的?$"
    r"|[比较](?:原?计划|目标|任务|设计)的?\d[\d.,]*[万亿]?[^，。；\d]{0,6}(?:多|高)出?$"
)
_PRONOUN = re.compile(r"(?:it|this|that|them|these)", re.IGNORECASE)


def _exceeds(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """As in "against a target of 1,500, exceeding it by 24 percent", "surpassed the task of 4,100 households by 5%"."""
    text = passage.text
    over = _OVER.search(text, max(draft.sentence[0], draft.start - 110), draft.start)
    if over is None:
        return False
    told = over.group(1) or ""
    if over.group(1) is None:
        planned = True
    elif _PRONOUN.fullmatch(told):
        planned = any(other.role == "target" for other in earlier)
    else:
        planned = re.search(_PLANNED, told, re.IGNORECASE) is not None
    if not planned:
        return False
    draft.decide_role("over_plan_pct", over.group())
    return True


_OF_IT_WAS_DONE = re.compile(
    r"\s*(?:of (?:it|this|that|them|these) )?(?:has|have|had|was|were|is|are)(?: (?:already|been|thus|by now))*"
    r" (?:met|fulfilled|reached|achieved|attained|completed|accomplished|realised|realized)\b"
)
_COUNTED_PLANS = re.compile(r"(?:plan|target|goal|task|quota)s\b")  # "45.7 percent of the plans" are for goats
_ABOVE_IT = re.compile(r"\s*(?:above|beyond|over|in excess of) (?:it|that|this|them)\b")
_THAN_THE = re.compile(r"\b(?:than|above|below|beyond|against) the (?:level of )?$", re.IGNORECASE)
_PAIRED = re.compile(
    r"(?:\bor|\bmaking|\bi\.e\.|\bthat is|\bnamely|\bequal to|\bequivalent to)\s(?:about |nearly |some )?$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\s(?:ago|earlier|before)\b")  # "it was 54.1% a year ago"
# "6,825 households with a disabled member, exactly 10 percent."
_APPOSED = re.compile(r"[^,.;:()]{0,48},\s*(?:exactly |just |only |nearly |about |some |almost |over )?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[.,;)])")
_OR_AMOUNT = re.compile(r",?\s*or (?:about |nearly |some )?(?:[A-Za-z]{0,4}\.?\s?[^\w\s,.;]?)\d", re.IGNORECASE)
_SHARE_NOUN = re.compile(r"\s+(?:share|portion|stake|majority|minority)\b", re.IGNORECASE)
_ARE = re.compile(r"\b([a-z]+) (?:are|were|make up|made up|formed?) (?:about |nearly |some |over )?$", re.IGNORECASE)


def _is_share(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """Whether a percentage says how much of a whole an amount is: "43, or 20.1 per cent,", "a 57.8 percent share"."""
    text = passage.text
    if _SHARE_NOUN.match(text, draft.end):
        return True
    last = earlier[-1] if earlier else None
    if last is not None and _is_amount(last) and "/" not in last.unit:
        beside = draft.start - last.end < _BESIDE
        if beside and _PAIRED.search(text, last.end, draft.start):
            return True
        if _APPOSED.fullmatch(text, last.end, draft.start) and _ENDS.match(text, draft.end):
            return True
    if _OR_AMOUNT.match(text, draft.end):
        return True
    are = _ARE.search(text, max(draft.before, draft.start - 40), draft.start)
    return are is not None and nouns_told(passage, are.start(1), are.end(1)) in (["person"], ["household"])


def _is_amount(draft: Draft) -> bool:
    """Whether it is what there is, or was planned, and no change."""
    return (draft.is_level or draft.role == "target") and not draft.is_ratio


_BESIDE = 40
_PLACES = frozenset({"person", "household", "village", "township", "county", "city", "province", "area"})
# what a supply does with them: it "reached 71% of the villages", there are "clinics in 38% of them"
_REACHES = re.compile(
    r"\b(?:reach(?:es|ed)?|connect(?:s|ed)?|(?<!found )(?<!located )(?<!live )(?<!lived )(?<!lie )in"
    r"|(?:go|goes|went|came|comes|led|leads?|extend(?:s|ed)?|available|open|supplied|connected) to)\s+"
    r"(?:about |nearly |some |over |more than |almost |only |around )?$",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"\s*(?:(?:all|the|its|their|these|those|both)\s+)*", re.IGNORECASE)
_THEM = re.compile(r"\s*of (?:them|these|those)\b", re.IGNORECASE)
_SUPPLIED = re.compile(
    r"[^,.;]{0,40}?\b(?:are|is|were|was|be|been) (?:now |already )?"
    r"(?:connected|covered|reached|served|supplied|linked|insured|electrified)\b"
    r"|\s*的[^，。；\d]{1,10}?(?:通了|通上|通|用上|喝上|参加|享受)",
    re.IGNORECASE,
)
_OF_BEFORE = rarely(
    r"(?<![a-z] )(?<![a-z])(?:of|among|out of) (?:all |the |its |these |those )+(?:[\d,.]+ )?[^,.;\d]{2,50},? "
    r"(?:about |nearly |some |over |only )?$|\bthe (?:remaining|other) $",
    re.IGNORECASE,
)
# "relocation took 59.8 percent"
_TOOK = re.compile(
    r"\b(?:takes?|took|absorb(?:s|ed)?|receive[sd]?|claim(?:s|ed)?|consume[sd]?|swallow(?:s|ed)?) (?:up )?"
    r"(?:about |nearly |some |over |only )?$",
    re.IGNORECASE,
)
_IS_PART = re.compile(r"\s*的[^，。；\d]{1,12}?(?:是|属于?|为)")


def _supplies(draft: Draft, passage: Passage, start: int) -> bool:
    """Whether a share of people or places has, or is reached by, what is no person or place itself."""
    text = passage.text
    if draft.unit not in ("%", "fraction"):
        return False
    if _SUPPLIED.match(text, draft.end, draft.sentence[1]):
        return True
    of = _OF.match(text, draft.end)
    if of is None or not _REACHES.search(text, max(start, draft.start - 40), draft.start):
        return False
    article = _ARTICLES.match(text, of.end())
    whole = noun_head(passage, article.end() if article else of.end(), draft.sentence[1])[1]
    if whole not in _PLACES and not _THEM.match(text, draft.end):
        return False
    clause = passage.clause(start, draft.start, ",")
    return not any(unit in _PLACES for unit in nouns_told(passage, clause, draft.start))


def _nearest(
    passage: Passage, start: int, draft: Draft, kinds: tuple[str, ...] = ("rise", "fall", "share", "rate")
) -> tuple[str, Hit[frozenset[str]]] | None:
    """The cue that stands nearest before a ratio; a coverage verb only right before it."""
    found: list[tuple[int, int, str, Hit[frozenset[str]]]] = []
    for order, kind in enumerate(kinds):
        hit = passage.last(kind, start, draft.start)
        inside = hit is not None and passage.text[hit.start - 1 : hit.start] == "-"  # a take-up of 80%
        if hit is not None and not inside and not passage.text.startswith("最", hit.end):  # 降幅最大
            found.append((hit.end, order, kind, hit))
    covering = passage.ends_at("coverage", draft.start)
    if covering is not None:
        found.append((covering.end, 9, "coverage", covering))
    if not found:
        return None
    _, _, kind, hit = max(found, key=lambda entry: entry[:2])
    return kind, hit


def _plan_before(draft: Draft, passage: Passage, start: int) -> bool:
    """As in "completing 103.5 %", "完成任务的103.5%", "exceeded the plan by 5 %", "超年度计划1.7%"."""
    text = passage.text
    plan = passage.last("plan", start, draft.start)
    completion = passage.last("completion", start, draft.start)
    excess = passage.last("excess", start, draft.start)
    other = _nearest(passage, start, draft)
    last_plan = max((hit.end for hit in (plan, completion) if hit is not None), default=-1)
    if last_plan < 0 and excess is None:
        return False
    if other is not None and other[1].start > last_plan and (excess is None or other[1].start > excess.end):
        return False
    words = text[start : draft.start]
    if (
        plan is not None
        and re.fullmatch(r"的?\s*", text[plan.end : draft.start])
        and text[plan.end : draft.start].startswith("的")
    ):  # 完成任务的95%
        draft.decide_role("plan_pct", text[plan.start : draft.start])
        return True
    if excess is not None and (plan is not None or completion is not None) and _short(words, excess.end - start):
        near = plan if plan is not None else completion
        if (
            near is not None
            and abs(near.start - excess.end) < 30
            and not re.search(r"[,，]", text[min(near.end, excess.end) : max(near.start, excess.start)])
        ):
            draft.decide_role("over_plan_pct", text[min(near.start, excess.start) : draft.start])
            return True
    if excess is not None and text[excess.start : excess.end].startswith(("超额", "overful", "over ful")):
        draft.decide_role("over_plan_pct", text[excess.start : excess.end])
        return True
    if completion is not None and len(text[completion.end : draft.start]) < 40:
        draft.decide_role("plan_pct", text[completion.start : draft.start])
        return True
    between = text[plan.end : draft.start] if plan is not None else ""
    based = re.search(r"(?:19|20)\d\d年", between)  # 由规划基期2015年的29.8%下降至
    if plan is not None and not based and re.search(r"[的达为:：]\s*$|\b(?:by|at|to|of|was|were|is)\s*$", between):
        aim = _AIM_IS.fullmatch(text, plan.start, draft.start) and not _MET.match(text, draft.end)
        draft.decide_role("target" if aim else "plan_pct", text[plan.start : draft.start])
        return True
    return False


# "the target for 2020 is 36 percent" is planned; "the target was 95 percent met" tells how much of it is done
_AIM_IS = re.compile(
    r"(?:(?:target|goal|objective)s?|plan(?= for))\b(?:[^,;]*\b(?:of|is|was|are|were)|\s?:)\s+", re.IGNORECASE
)
_MET = re.compile(
    r"\s*(?:met|fulfilled|reached|achieved|completed?|accomplished|realised|realized|of (?:it|that|which))\b",
    re.IGNORECASE,
)


def _short(words: str, offset: int) -> bool:
    """Whether an excess stands near enough to the number to speak of it."""
    return len(words) - offset < 45


def _direction(draft: Draft, passage: Passage) -> None:
    """Up or down, if words say it: a comparison right behind a change, else the nearest word of direction around it."""
    if compared := _LESS_OR_MORE.match(passage.text, draft.end):
        draft.decided["direction"] = "up" if compared.group(1).lower() in ("more", "higher", "above") else "down"
        return
    start = max(draft.before, draft.start - 60)
    rise, fall = passage.last("rise", start, draft.start), passage.last("fall", start, draft.start)
    if rise is None and fall is None:
        behind = min(draft.after, draft.end + 24)
        rise, fall = passage.first("rise", draft.end, behind), passage.first("fall", draft.end, behind)
    if rise is not None or fall is not None:
        down = fall is not None and (rise is None or fall.end > rise.end)
        draft.decided["direction"] = "down" if down else "up"


_LESS_OR_MORE = re.compile(r"\s*(more|higher|above|less|fewer|lower|below)\b", re.IGNORECASE)
