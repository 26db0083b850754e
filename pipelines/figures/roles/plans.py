"""What of the numbers of a text is planned: words of intent, aims, tasks and budgets, and how far they reach."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.roles.achieved import PAST, is_achieved
from pipelines.figures.roles.existing import (
    ALREADY,
    IS_THERE,
    is_existing,
    is_there,
    stands_already,
    starts_another,
)
from pipelines.figures.roles.intent import (
    AGAINST,
    BUDGET,
    DRAFT_BUDGET,
    GOAL,
    HELD_AGAINST_PLAN,
    INTENDED,
    MAY_THEN,
    OF_A_TASK,
    OF_GOAL,
    ONCE_BUILT,
    ORDER,
    PLANNED_BEHIND,
    REQUIRED,
    SANCTIONED,
    SHOULD,
    SO_MUCH,
    THAN_PLANNED,
    TO_DO,
    WAS_REACHED,
)
from pipelines.figures.roles.plan_headings import heads_plans
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import LIST_JOIN
from pipelines.patterns import regex


def is_target(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """A planned amount: a word of intent before it in its statement that nothing achieved follows, or one behind it."""
    text = passage.text
    if is_existing(draft, passage):
        return False
    headed = heads_plans(draft.section, passage.report_year)
    if headed == "later" or (headed == "goals" and not stands_already(draft, passage)):
        draft.decide_role("target", draft.section)
        return True
    if is_there(draft, passage, earlier, headed=bool(headed)):
        return False
    if is_money(draft.unit) and BUDGET.search(text, draft.before, draft.first):
        draft.decide_role("target", "budget")
        return True
    intended = INTENDED.search(text, draft.before, draft.first)
    if intended and not WAS_REACHED.match(text, draft.end, draft.sentence[1]):
        draft.decide_role("target", intended.group().strip())
        return True
    if passage.is_chinese(draft.before, draft.start):
        if required := REQUIRED.search(text, passage.clause(draft.before, draft.start, "，。；"), draft.first):
            draft.decide_role("target", required.group())
            return True
        if THAN_PLANNED.search(text, draft.before, draft.first):
            draft.decide_role("target", "held against")
            return True
        should = SHOULD.search(text, draft.before, draft.first)
        if should and re.search(rf"(?:已|实际?|[，,]){should.group(1)}", text[draft.end : draft.sentence[1]]):
            draft.decide_role("target", should.group())
            return True
        if OF_A_TASK.search(text, draft.before, draft.first) and SO_MUCH.match(text, draft.end, draft.sentence[1]):
            draft.decide_role("target", "so much of it was reached")
            return True
        once = ONCE_BUILT.search(text, draft.sentence[0], draft.first)
        if once and MAY_THEN.match(text, draft.end):
            draft.decide_role("target", once.group())
            return True
        if is_money(draft.unit) and DRAFT_BUDGET.search(text, draft.before, draft.first):
            draft.decide_role("target", "a draft budget")
            return True
    allowed = SANCTIONED.match(text, draft.end, draft.sentence[1]) if not is_money(draft.unit) else None
    if allowed and AGAINST.search(text, draft.before, draft.first):
        draft.decide_role("target", f"against … {allowed.group().strip()}")
        return True
    if (
        _GOAL_IN_BRACKETS.search(text, max(draft.before, draft.start - 8), draft.start)
        and text[draft.end : draft.end + 1] in ")）"
    ):
        draft.decide_role("target", "a goal in brackets")  # 完成目标值（6.5万亩）的90.2%
        return True
    if _PLANNED_NOUN.match(text, draft.token.end):
        draft.decide_role("target", draft.noun)
        return True
    if PLANNED_BEHIND.match(text, draft.end, draft.sentence[1]) or OF_GOAL.match(text, draft.end, draft.sentence[1]):
        draft.decide_role("target", text[draft.end : draft.end + 24])
        return True
    if aim := TO_DO.match(text, passage.clause(draft.sentence[0], draft.start, ":;：；"), draft.start):
        draft.decide_role("target", aim.group().strip())
        return True
    if order := ORDER.search(text, max(draft.before - 2, 0), draft.first):
        draft.decide_role("target", order.group().strip())
        return True
    if held := HELD_AGAINST_PLAN.search(text, max(draft.before, draft.start - _LONGEST_GOAL), draft.first):
        draft.decide_role("target", held.group().strip())
        return True
    if bought := _to_be_paid(draft, passage, earlier):
        draft.decide_role("target", bought)
        return True
    if until := _until_a_year_to_come(draft, passage):
        draft.decide_role("target", until)
        return True
    if passage.plans.first(*draft.sentence) is None or starts_another(draft, passage):
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
    clause = passage.clause(draft.sentence[0], draft.start, ",;，；。")
    goal = GOAL.search(text, max(draft.before, draft.start - _LONGEST_GOAL), draft.start)
    listed = _GOALS.search(text, passage.clause(draft.sentence[0], draft.start, "；。"), draft.start)
    goal = goal or (listed if listed and not _REACHED.search(listed.group(1)) else None)
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
    # "19 firms are open or will soon be"; but "114 million is still to be spent"
    there = (
        behind is not None and IS_THERE.search(text, end, behind.start) and not _STILL.search(text, end, behind.start)
    )
    judged = behind is not None and _JUDGED.search(text, clause, draft.start) and _TO_BE.match(text, behind.start)
    if behind is not None and not (there or judged or done or _NO_PLAN_BEFORE.search(text, end, behind.start)):
        draft.decide_role("target", text[behind.start : behind.end])
        return True
    return False


_GOAL_IN_BRACKETS = regex(
    r"(?:目标|任务|计划|指标)[值数]?[（(](?:约|为)?$|\b(?:target|goal|plan|quota)s?,? [(](?:of )?$", re.IGNORECASE
)
_STILL = regex(r"\b(?:is|are) (?:[a-z]+ )?$")
# 任务是投资21.5亿元、受益人口180万人: goals in a list, each with its name
_GOALS = regex(
    r"(?<![没未实完])(?:目标|任务|计划)[，,]?(?:就?是|为)"
    r"((?:[^，、。；\d]{1,8}[\d.,]+[^，、。；\d]{0,5}[，、和及与])+[^，、。；\d]{1,8})$"
)
_REACHED = regex(r"[已达]|实[际现]|完成|建成|到位|超")
# "judged only 47 to be working": what they are, and no plan; but "the report shows 12 wells to be drilled"
_JUDGED = regex(
    r"\b(?:judg|found|find|consider|estimat|deem|believ|thought|think|declar|certifi|presum|regard|reckon|rate[ds]?\b)"
    r"[a-z]*\b[^,;.]*$",
    re.IGNORECASE,
)
_TO_BE = regex(r"to be\b", re.IGNORECASE)


def _until_a_year_to_come(draft: Draft, passage: Passage) -> str:
    """The words by which a number is of a year that is still to come: 到2020年控制在2万人以内, "600 homes by 2014"."""
    by = _BY_YEAR.match(passage.text, draft.end, draft.sentence[1])
    if by and passage.report_year is not None and int(by.group(1)) > passage.report_year:
        return by.group().strip()
    ahead = passage.years_ahead.last(draft.sentence[0], draft.start)
    if ahead is None or draft.start - ahead.end > _FORESEEN:
        return ""
    until = _UNTIL.search(passage.text, max(ahead.start - 12, draft.sentence[0]), ahead.end + 2)
    reached = ALREADY.search(passage.text, ahead.end, draft.start)
    return until.group() if until is not None and reached is None else ""


def _to_be_paid(draft: Draft, passage: Passage, earlier: list[Draft]) -> str:
    """The words by which a number is what an amount before it is for: "Rs. 4.2 billion to construct 2,000 houses"."""
    money = earlier[-1] if earlier and not is_money(draft.unit) and earlier[-1].end >= draft.sentence[0] else None
    if money is None or not (is_money(money.unit) or money.sign >= 0):
        return ""
    meant = _TO_VERB.fullmatch(passage.text, money.end, draft.first)
    spent = PAST.search(passage.text, passage.clause(draft.sentence[0], money.start, ",;"), money.start)
    return "" if meant is None or spent else meant.group().strip()


_TO_VERB = regex(r" to [a-z]{3,} (?:about |at least |another |a further |some |up to |over )?")
_BY_YEAR = regex(r"[^,;.\d]{0,40}\bby (?:the end of )?((?:19|20)\d\d)\b")
_LONGEST_GOAL = 90  # code points from a word of goals to its number: "the target, as you remember, was 210"
_FORESEEN = 40  # code points behind a year to come in which it tells what is to be
_UNTIL = regex(r"(?<!截)到(?:19|20)\d\d年(?!\d)")


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


_AIM_BEFORE = regex(
    r"(围绕|聚焦|紧盯|瞄准|锁定|对照|按照?|确保|力争|努力|下达|分配|分解|实施|启动|制定|编制|提出|出台|审批)[^，；。了]*$"
)
_WRITES = frozenset({"制定", "编制", "出台", "审批"})  # 编制30个贫困村发展规划: plans, one for each place
_PLACES = regex(r"个?[^，；。]{0,6}?[村县镇乡市]")
_AIM_BEHIND = regex(r"[^，；。了]*?(目标|任务|计划|规划|指标)(?!资金|完成|[一-鿿]{0,4}率)")


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
    if _goes_on(passage, statement, earlier):
        statement = draft.sentence[0]  # 将减贫100万人；对40万人开展培训: no subject of its own
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
    cues = [hit for hit in cues if hit is not label or not _NAMED_PLAN.search(text, draft.sentence[0], hit.end)]
    cues = [hit for hit in cues if not _IN_RELATIVE.search(text, max(hit.start - 24, 0), hit.start)]
    cues = [hit for hit in cues if not _SO_MUCH_PLANNED.match(text, max(hit.start - 8, 0), hit.end)]
    cues = [hit for hit in cues if not _in_dashes(text, draft, hit)]
    cues = [hit for hit in cues if not _ADJECTIVE.search(text, max(hit.start - 2, 0), hit.end)]
    cues = [hit for hit in cues if not (_ENSURES.match(text, hit.start) and _DONE.search(text, statement, hit.start))]
    cues = [hit for hit in cues if text[hit.end] != "的" or not _HAS_TASK.search(text, statement, hit.start)]
    if not cues:
        return ""
    cue = max(cues, key=lambda hit: hit.end)
    done = passage.last("done", max(start, cue.start - 9), cue.start) if cue is not listed else None
    if done is not None and text[done.start : done.end] != "下达" and "后" not in text[done.end : cue.start]:
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
    achieved = is_achieved(draft, passage, cue, clause, earlier, lists=cue is listed)
    return "" if achieved else text[cue.start : cue.end]


def _in_dashes(text: str, draft: Draft, hit: Hit[frozenset[str]]) -> bool:
    """Whether a word of plans stands in an aside: "The project—which aimed to help traders—touched 1.3 million"."""
    ahead = _DASH.findall(text, draft.sentence[0], hit.start)
    return len(ahead) % 2 == 1 and _DASH.search(text, hit.end, draft.start) is not None


# 提前发放了助学金，确保3648人收到: what was done made sure of it
_ENSURES = regex("确保|保证|保障")
_DONE = regex("了|先后|累计|已")
_DASH = regex(r"—|\s–\s")


def _goes_on(passage: Passage, statement: int, earlier: list[Draft]) -> bool:
    """Whether a Chinese statement begins with a verb, behind one that was planned by what governs verbs."""
    last = earlier[-1] if earlier else None
    return (
        last is not None
        and last.role == "target"
        and last.end < statement
        and passage.text[statement - 1] in "；;"
        and _GOVERNED.match(last.decided.get("role", "")) is not None
        and (_TOWARDS.match(passage.text, statement) or lexicon().verbs.match(passage.text, statement)) is not None
    )


_GOVERNED = regex("[将拟]|计划$|力争|争取|确保|准备|打算")
_TOWARDS = regex("[对向为给让使]|有组织|再|新|[建修投]")


def _holds_on(draft: Draft, passage: Passage, cue: Hit[frozenset[str]], earlier: list[Draft]) -> bool:
    """Whether a plan goes on behind the comma of its clause: a verb does, "the plan for" does for its parts alone.

    Standards stay what they are (计划改造危房4.2万户，户均补助2万元), and "as planned, …" plans nothing.
    """
    if (
        "/" in draft.unit
        or _FAILS.match(passage.text, cue.start)
        or _SO_MUCH_OF_IT.match(passage.text, cue.end)
        or _AS.search(passage.text, max(cue.start - 40, draft.sentence[0]), cue.start)
    ):
        return False
    if passage.text[cue.start : cue.end].lower().endswith((" of", " for", "任务", "目标", "确保")):
        part = passage.last("part", draft.before, draft.start) is not None
        return part and bool(earlier) and earlier[-1].role == "target" and earlier[-1].unit == draft.unit
    return True


# 为计划6800公里的109.1%，其中镇雄县1610公里, 占计划的60%，补助692亿元: these are of what was done
_SO_MUCH_OF_IT = regex(r"(?:[^，。；\d]{0,6}\d[\d.,]*[万亿]?[^，。；\d]{0,6})?的(?:约|近)?[\d.]+\s?[%％]")
_FAILS = regex(r"did not|failed|fell short|short of|[未没]", re.IGNORECASE)  # what was not reached says no more
_AS = regex(r"\b(?:as|than)\b[^,;.]*$|按照?[^，；。]*$", re.IGNORECASE)


def _heads(text: str, hit: Hit[frozenset[str]]) -> bool:
    """Whether a list stands behind a word of plans: "Goals: …"."""
    return _LISTS.match(text, hit.end) is not None


_LISTS = regex(
    r"(?: (?:for )?(?:(?:19|20)\d\d|the year|next year))?"
    r"(?:是|为|如下| (?:is|are|were)(?: as follows)?| as follows)?\s?[:：]",
    re.IGNORECASE,
)
# "1,540 of 2,200 planned boreholes were drilled": it says it of those alone
_ADJECTIVE = regex(r"\d (?:planned|targeted|scheduled|envisaged)$")
_PLANNED_NOUN = regex(r" (?:planned|targeted|scheduled|envisaged) (?!for\b|to\b|in\b|by\b|at\b|as\b|but\b|and\b)[a-z]")
# "the number that had been planned", "the amount planned": they end with their clause
_IN_RELATIVE = regex(r"\b(?:that|which) (?:had|has|have|was|were) (?:been )?$", re.IGNORECASE)
_SO_MUCH_PLANNED = regex(r".*\b(?:number|amount|sum|total|level)s? [a-z]+ed$", re.IGNORECASE | re.DOTALL)
_HAS_TASK = regex(
    r"(?:有|承担|担负|肩负|列入|纳入)[^，。；、\d]{0,8}$"
)  # 有扶贫任务的28个县: who has it, not what is planned
# support to the State Plan was: a budget of that name, and no aim
_NAMED_PLAN = regex(r"\b(?:to|for|of|under|in) (?:the|its) (?:[A-Z][a-z]+ ){0,2}Plan(?: was| for| of)?$")
_PLAN_NOUNS = (
    "设计",
    "计划",
    "任务",
    "规划",
    "目标",
    "指标",
    "计划数",
    "任务数",
    "规划数",
    "目标数",
    "指标数",
    "设计数",
)  # 下达年度搬迁计划10万人
# behind these words "plan" is no verb: 完成年度计划，…, 计划资金, 任务完成
_PLAN_AS_NOUN = regex(r"(?<=[计规任目][划务标])(?:[，、。；)）】]|资金|报告|[汇通]报|[书表]|执行|编制|批复|文件|情况)")
# "ceased to be poor", "turned out to be right"; 207个村有扶贫任务
_SHARE_ASIDE = regex(
    r"\s*[(（][\d.,]{1,8}\s?(?:%|％|per ?cent)[)）]"
    r"|\s*(?:of (?:these|them|which))?, (?:or )?[\d.]{1,6} ?(?:%|per ?cent),",
    re.IGNORECASE,
)
_NO_PLAN_BEFORE = regex(
    r"(?:ed|had|has|have|out|yet|found|known|said|proved?|used)\s+$|(?:有|承担|担负)[^，。；\d]{0,8}$", re.IGNORECASE
)


_OF_TASK = regex(r"[^，。；\d]{0,4}的[^，。；\d]{0,6}?(?:目标|任务|计划)(?!资金)")
_COLON = regex(
    r"\s*[:：]\s*|\s*(?:数|为|是)\s*"
    r"|\s*(?:(?:19|20)\d\d |the year )?(?:was|were|is|had been) (?:about |nearly |some |over )?",
    re.IGNORECASE,
)
