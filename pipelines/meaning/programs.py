"""Which program a figure belongs to, by what stands in its scope.

From near to far: a name in the own clause; what the number is part of or speaks about; a name that opens the statement,
the sentence, the paragraph, the section or the report; a thing of which an act of support is told; words about the poor
and the funds as a whole. Where nothing of this is said the answer is `unknown`.
"""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.catalog.phrases import Hit
from pipelines.figures.figure import Figure
from pipelines.figures.text.nouns import physical_units
from pipelines.meaning.context import Context
from pipelines.meaning.grammar import Kind, Sign
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning, passed_on
from pipelines.meaning.program_signs import (
    AMOUNT,
    VERB,
    goes_on_list,
    is_of_list,
    name_in,
    named,
    opened_by,
    opens,
    own_signs,
    thing_in,
    topic_of,
)
from pipelines.meaning.vocabulary import CALLED_BY_NAME, GENERAL, heading_program, title_program
from pipelines.patterns import SIGN, regex

_SUBSIDY = regex(r"subsid|grant|allowance|aid|cost|fee|invest|补助|补贴|费|投入|投资|标准补|建房", re.IGNORECASE)
_INCOME = regex(
    r"\b(?:incomes?|earn\w*|lines?|standards?|wages?|consumption|threshold)\b|收入|增收|线|标准|工资", re.IGNORECASE
)
# of these things there is a stock that nobody has supported; of others only what the work itself does is told
_STOCKS = frozenset({"infrastructure", "industrial"})
# what follows from the number before it, or has no subject of its own
_FOLLOWS = regex(
    r"[^.。]*(?:\b(?:which|so that|thereby|of (?:whom|them|which))\b[^,;.]*"
    r"|[;；]\s*(?:(?:and|some|about|其中|另)\s*)*)",
    re.IGNORECASE,
)
# a subject goes on over "and gave", "and VERBed"
_VERB_GOES_ON = regex(r"[^.;]{0,30}\b(?:and|,)\s+(?:[a-z]+ed|gave|bore|had|made|grew)\b[^.;,]{0,20}", re.IGNORECASE)
_NOTHING = Decision(text="nothing in scope names one")


def is_income(figure: Figure, context: Context) -> bool:
    """Whether an amount per head is an income or a line and no subsidy of a program."""
    currency, _, per = figure.unit.partition("/")
    text = context.cues.text
    return (
        is_money(currency)
        and per.startswith(("person", "household"))
        and figure.role in ("per_unit", "per_unit_prev", "change")
        and _SUBSIDY.search(text, context.statement[0], context.clause[1]) is None
        and (_INCOME.search(text, *context.sentence) or _INCOME.search(context.section)) is not None
    )


def program_of_cell(figure: Figure, context: Context, parent: Meaning | None) -> Decision:
    """The program that the headers of a cell name, else its whole's, else that of caption and sheet."""
    labels = context.words(context.clause)
    code = heading_program(labels)
    if code is not None and code not in GENERAL:
        return Decision(code, "named", labels)
    if parent is not None and figure.link != "part_of" and figure.role != "change":
        return _inherited(parent)
    signs = [hit for hit in context.cues.programs.hits if not (is_money(figure.unit) and hit.payload.kind == "context")]
    for kinds in (("name", "thing", "other"), ("all",), ("economy", "context")):
        if hits := [hit for hit in signs if hit.payload.kind in kinds]:
            return named(hits[-1], context)
    if is_income(figure, context):
        return Decision("all", "named", "income per head")
    heading = heading_program(context.section)
    if heading is not None and heading not in GENERAL:
        return Decision(heading, "opened", f"heading: {context.section}")
    if parent is not None and parent.program.code != UNKNOWN:
        return _inherited(parent)
    if heading is not None:
        return Decision(heading, "opened", f"heading: {context.section}")
    return Decision("all", "assumed", "") if is_money(figure.unit) else Decision()


def program_of(figure: Figure, context: Context, parent: Meaning | None, earlier: Meaning | None) -> Decision:
    """The program of a figure of running text.

    Args:
        figure: the figure.
        context: where it stands.
        parent: what its whole, or the figure it speaks about, is about; None where it has none.
        earlier: what the figure before it is about, None for the first.
    """
    money = is_money(figure.unit)
    if context.rank is not None:
        signs = context.cues.programs.within(context.statement[0], context.start)
        if (met := context.in_order([hit for hit in signs if hit.payload.kind != "context"])) is not None:
            return named(met, context)
    heading = heading_program(context.section)
    of_heading = heading is not None and heading not in GENERAL
    called = context.cues.called.first(*context.sentence) is not None
    if of_heading and not called:
        return Decision(str(heading), "opened", f"heading: {context.section}")
    own = own_signs(figure, context, money=money)
    name = name_in(own, context, money=money)
    if called and name is not None and name.payload.code in CALLED_BY_NAME:
        return named(name, context)
    opened = opened_by(context)
    if called and name is None and opened is not None and opened.code in CALLED_BY_NAME:
        return opened
    if of_heading:
        return Decision(str(heading), "opened", f"heading: {context.section}")
    first: dict[Kind, Hit[Sign]] = {hit.payload.kind: hit for hit in reversed(own)}
    if "economy" not in first and is_income(figure, context):
        return Decision("all", "named", "income per head")
    signs = [hit for hit in own if hit.payload.kind in ("name", "thing", "other")] if money else []
    if (several := next((hit for hit in signs if is_of_list(context, hit)), None)) is not None:
        return Decision(text=f"several are named: {context.words((several.start, several.end))}")
    if name is not None:
        return named(name, context)
    statement = parent is not None and figure.link != "part_of" and figure.role != "change"
    if parent is not None and (statement or parent.program.code not in GENERAL):
        return _inherited(parent)
    thing = thing_in(own, context)
    told = thing is not None and (
        thing.payload.code not in _STOCKS
        or money
        or _acts(figure, context)
        or _WORKS.match(context.cues.text, thing.end) is not None
    )
    if thing is not None and told and "economy" not in first:
        return named(thing, context)
    laid = _LAID.search(context.cues.text, context.own_before[0], context.start) if figure.unit == "km" else None
    if laid is not None and opened is None and parent is None:
        return Decision("infrastructure", "named", laid.group())  # what is built by the kilometre
    if "all" in first and figure.unit == "county":
        return named(first["all"], context)
    if (same := _of_clause(context, earlier, money=money)) is not None:
        return same
    if money and set(first) <= {"all"} and (spent := _spent_on(context)) is not None:
        return spent
    if "all" in first and not money and _EVERYWHERE.match(context.cues.text, *context.own_before):
        return named(first["all"], context)  # 启动整村推进620个，全省减少贫困人口130万人
    if opened is not None:
        return opened
    if (stock := first.get("economy") or thing) is not None:
        return _economy(stock, context)
    if "other" in first:
        return named(first["other"], context)
    if parent is not None and parent.program.code != UNKNOWN:
        return _inherited(parent)
    if (listed := _as_before(context, earlier)) is not None and "all" not in first:
        return listed
    if (topic := topic_of(context)) is not None:
        return topic
    if "all" in first:
        return named(first["all"], context)
    return _general(context, first, heading, money=money, physical=figure.unit in physical_units())


_LAID = regex(
    r"(?:[修铺架埋]|硬化|拓宽|[新改扩]建|建成|疏通)[^，。；、\d]{0,10}$|\b(?:built|laid|paved|repaired|dug|opened)\s*$"
)


_EVERYWHERE = regex(r"\s*全[国省市县区州旗]")
_WORKS = regex(r"(?:安全|巩固|改造|提升)*(?:工程|项目)|\s(?:project|scheme|work)s?\b")  # 饮水工程涉及1640个村


def _acts(figure: Figure, context: Context) -> bool:
    """Whether its statement tells an act of support before the number or around it, or what share is served or done."""
    begin = context.statement[0] if context.bracket is None else context.sentence[0]
    return (
        figure.role in ("rate_pct", "plan_pct", "target")
        or bool(context.cues.acts.within(begin, _clause_of_list(context)))
        or context.cues.text[context.start - 1] == "了"  # 铺了1862公里: somebody did it
        or _OF_PLAN.search(context.cues.text, context.end, context.statement[1]) is not None
    )


def _clause_of_list(context: Context) -> int:
    """Where the own clause ends, or that of the next number where a list goes on: "5 ponds and 3 wells were dug"."""
    text = context.cues.text
    if context.after >= context.statement[1] or not _GOES_ON_TO.fullmatch(text, context.end, context.after):
        return context.own_behind[1]
    following = _CLAUSE_END.search(text, context.after, context.statement[1])
    return following.start() if following else context.statement[1]


_GOES_ON_TO = regex(r"[^,;.，；。\d]{0,40}(?:,|，|、|\band\b|和|及)\s*")
_CLAUSE_END = regex(r"[,;.，；。](?!\d)")
_OF_PLAN = regex(r"of the (?:annual |yearly )?(?:task|plan)|完成[^，。；]{0,8}(?:任务|计划)|占计划", re.IGNORECASE)


def _of_clause(context: Context, earlier: Meaning | None, *, money: bool) -> Decision | None:
    """The program that the number before it in its clause is named for, and the money of a clause without a subject.

    As in "the Rain Plan trained 52,000 people for 78 million yuan", 在210个村开展互助资金试点，投入资金4200万元.
    """
    if earlier is None or earlier.program.how != "named" or earlier.program.code in GENERAL:
        return None
    if context.before <= max(context.sentence[0], context.statement[0]):
        return None
    text, program = context.cues.text, earlier.program
    within = _WITHIN_CLAUSE.fullmatch(text, context.before, context.start)
    goes_on = money and _NO_SUBJECT.fullmatch(text, context.before, context.start)
    return passed_on(program) if within or goes_on else None


_WITHIN_CLAUSE = regex(
    r"\s*(?!and\b)(?:(?!\band\b)[^,;:.，；：。、])*?\b(?:for|with|at a cost of|costing|at)\s+"
    r"(?:about |nearly |some |over |more than )*" + SIGN,
    re.IGNORECASE,
)
_NO_SUBJECT = regex(
    r"[^，；。、\d]{0,16}，(?:共|累计|总|计|并|已|实际)?(?:投入|投资|安排|下达|拨付|发放|补助|使用|落实|筹集|支出)"
    r"(?:扶贫|财政|专项|项目|补助)*(?:资金|经费|金额)?[约近达共了]?"
    r"|[^，；。、\d]{0,16}，(?:现已|已经?|实际|累计|目前)[一-鿿]{1,4}"
)


def _spent_on(context: Context) -> Decision | None:
    """The program that the next clause says the money has carried out: 安排4亿元，对1774个村实施了整村推进."""
    spent = _CARRIED_OUT.match(context.cues.text, context.end, context.sentence[1])
    signs = context.cues.programs.within(spent.start("verb"), spent.end()) if spent else []
    names = [hit for hit in signs if hit.payload.kind == "name"]
    return named(names[0], context) if len({hit.payload.code for hit in names}) == 1 else None


_CARRIED_OUT = regex(
    r"[万亿]?元?，[对在为][^，。；]{2,24}?(?P<verb>(?:实施|开展|推进|启动|进行)了?[^，。；、\d]{2,14})(?=[，。；])"
)


def _as_before(context: Context, earlier: Meaning | None) -> Decision | None:
    """The program of the number before, where the list or the subject goes on; society's is its giver's alone."""
    if earlier is None or earlier.program.code == UNKNOWN or context.before <= context.sentence[0]:
        return None
    text, program = context.cues.text, earlier.program
    in_list = (goes_on_list(context) and not _has_own_verb(context)) or (
        context.colon is not None and context.before > context.statement[0]
    )
    follows = in_list or _FOLLOWS.fullmatch(text, context.before, context.start) is not None
    if follows and program.text != earlier.source.text:
        return passed_on(program)
    if program.code == "other" and _VERB_GOES_ON.fullmatch(text, context.before, context.start):
        return passed_on(program)
    return None


def _has_own_verb(context: Context) -> bool:
    """Whether a number is the subject of a verb of its own, where the one before it had one too.

    As in "works built 42,000 km of roads, and 6.6 million people received food", not in "5 ponds and 3 wells were dug".
    """
    text = context.cues.text
    ahead = AMOUNT.search(text, context.statement[0], context.before)
    return (
        ahead is not None
        and VERB.search(text, context.statement[0], ahead.start()) is not None
        and _OWN_VERB.match(text, context.end, context.own_behind[1]) is not None
    )


_OWN_VERB = regex(
    r"(?:\s+(?!(?:to|for|in|at|by|on|with|from|of)\b)[a-z-]+){1,4}?\s+"
    r"(?:was|were|is|are|has|have|had|[a-z]{3,}ed|got|took|went|came|gave|made|found|left|rose|fell)\b",
    re.IGNORECASE,
)


def _economy(hit: Hit[Sign], context: Context) -> Decision:
    """The economy and the stock of things are `other`, those of poor and key counties `all`."""
    poor = [h for h in context.cues.programs.within(context.paragraph[0], context.start) if h.payload.kind == "all"]
    words = context.words((hit.start, hit.end))
    if poor:
        return Decision("all", "opened", f"paragraph: {context.words((poor[-1].start, poor[-1].end))}")
    return Decision("other", "named", words)


def _general(
    context: Context, own: dict[Kind, Hit[Sign]], heading: str | None, *, money: bool, physical: bool
) -> Decision:
    """`all` where the scope speaks of the poor or the funds as a whole, `other` where it describes land and people."""
    if "context" in own:
        return named(own["context"], context)
    for node, start in (("sentence", context.sentence[0]), ("paragraph", context.paragraph[0])):
        signs = [
            hit for hit in context.cues.programs.within(start, context.start) if hit.payload.kind in ("name", "all")
        ]
        if signs and not physical:
            return opens(signs[-1], node, context) if signs[-1].payload.kind == "all" else _NOTHING
    if money:
        for node, words, code in (
            ("heading", context.section, heading),
            ("title", context.title, title_program(context.title)),
        ):
            if code is not None:
                return Decision(code, "opened", f"{node}: {words}")
    told = (
        context.cues.acts.within(context.statement[0], context.statement[1])
        or context.cues.text[context.start - 1] == "了"
    )
    if physical and not told:
        return Decision("other", "assumed", "land and output, and no act of support")
    return _NOTHING


def _inherited(parent: Meaning) -> Decision:
    if parent.program.code == UNKNOWN:
        return Decision(text="nor is that of what it speaks about")
    return passed_on(parent.program)
