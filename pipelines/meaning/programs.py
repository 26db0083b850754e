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
from pipelines.figures.text.passage import in_closed_brackets
from pipelines.meaning.context import Context
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning, passed_on
from pipelines.meaning.vocabulary import CALLED_BY_NAME, GENERAL, Cues, Kind, Sign, heading_program, title_program
from pipelines.patterns import SIGN, rarely

# what a receiver of an act stands behind: "water for 2 million people", 惠及1.2万人
_TO_WHOM = (
    r"(?:\b(?:to|for|of|among|by|benefit(?:s|ed|ing)?|serv(?:es|ed|ing))\s+"
    r"(?:(?:about|nearly|over|more than|some|the|all)\s+)*"
    r"|(?:惠及|受益|覆盖|解决|供|给|为|向|使|让|对)(?:了|约|近|全[省市县区州])?)"
)
_RECEIVER = re.compile(f"{_TO_WHOM}$", re.IGNORECASE)
_RECEIVERS = rarely(rf"{_TO_WHOM}\d[\d,.]*\s*(?:million|billion|[万亿])?(?:\s[a-z]+|[人户口])?$", re.IGNORECASE)
# what a purpose stands behind: "5 million for roads", 用于道路
_PURPOSE = rarely(
    r"[^,;.，；。]{0,26}?\b(?:for|in|on|to|into|towards?|by|as|went|under)\b|(?:[万亿千百]*(?:多|余)?(?:元|美元))?(?:用于|投向|支持|安排|投入)",
    re.IGNORECASE,
)
# one name in the phrase of another: "mutual funds for industries", 搬迁的产业
_IN_PHRASE = re.compile(r"\s*(?:for|of|in|by|under|the)?\s*(?:the\s+)?(?:[a-z]+\s+)?|的", re.IGNORECASE)
_SUBSIDY = re.compile(r"subsid|grant|allowance|aid|cost|fee|invest|补助|补贴|费|投入|投资|标准补|建房", re.IGNORECASE)
_INCOME = re.compile(
    r"\b(?:incomes?|earn\w*|lines?|standards?|wages?|consumption|threshold)\b|收入|增收|线|标准|工资", re.IGNORECASE
)
# what tells a verb: the opening of an English sentence ends before it
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|been|will|would|should|can|came|went|put|took|gave|spent|built|set|stood|rose"
    r"|fell|grew|got|made|held|sent|paid|brought|drew|lay|saw|ran|dug|laid|fed|sold|bought|taught|lent|kept|cut|began|drove|[a-z]{3,}(?<!tilt)(?<!ne)ed)\b",
    re.IGNORECASE,
)
# what stands behind "where" only tells which place is meant
_RELATIVE = re.compile(r"\b(?:where|whose)\b", re.IGNORECASE)
# a topic before a comma, or the head of a list, holds for all statements of its sentence
_HEADS = re.compile(r"[,，]|[:：]\s*[^\s\d]")
_COUNTED = rarely(r"\s*(?:(?!(?:for|to|in|by|from|with|on)\b)[a-z-]+\s+){0,4}|(?-i:[一-鿿]){0,6}", re.IGNORECASE)
# of these things there is a stock that nobody has supported; of others only what the work itself does is told
_STOCKS = frozenset({"infrastructure", "industrial"})
_IS_COUNTED = rarely(r"[\s百千万亿多余头只匹口]*(?:[a-z]+\s+)?", re.IGNORECASE)
# what follows from the number before it, or has no subject of its own
_FOLLOWS = re.compile(
    r"[^.。]*(?:\b(?:which|so that|thereby|of (?:whom|them|which))\b[^,;.]*"
    r"|[;；]\s*(?:(?:and|some|about|其中|另)\s*)*)",
    re.IGNORECASE,
)
# a subject goes on over "and gave", "and VERBed"
_VERB_GOES_ON = re.compile(
    r"[^.;]{0,30}\b(?:and|,)\s+(?:[a-z]+ed|gave|bore|had|made|grew)\b[^.;,]{0,20}", re.IGNORECASE
)
_NOTHING = Decision(text="nothing in scope names one")
_LIST_GOES_ON = re.compile(
    r"[^,;:.，；：。]{0,30}(?:,|，|、|\band\b|和|及|以及)\s*(?:and\s+|also\s+)?(?:some\s+|about\s+)?$"
)


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
            return _named(hits[-1], context)
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
            return _named(met, context)
    heading = heading_program(context.section)
    of_heading = heading is not None and heading not in GENERAL
    called = context.cues.called.first(*context.sentence) is not None
    if of_heading and not called:
        return Decision(str(heading), "opened", f"heading: {context.section}")
    own = _own(figure, context, money=money)
    name = _name(own, context, money=money)
    if called and name is not None and name.payload.code in CALLED_BY_NAME:
        return _named(name, context)
    opened = _opened(context)
    if called and name is None and opened is not None and opened.code in CALLED_BY_NAME:
        return opened
    if of_heading:
        return Decision(str(heading), "opened", f"heading: {context.section}")
    first: dict[Kind, Hit[Sign]] = {hit.payload.kind: hit for hit in reversed(own)}
    if "economy" not in first and is_income(figure, context):
        return Decision("all", "named", "income per head")
    signs = [hit for hit in own if hit.payload.kind in ("name", "thing", "other")] if money else []
    if (several := next((hit for hit in signs if _is_of_list(context, hit)), None)) is not None:
        return Decision(text=f"several are named: {context.words((several.start, several.end))}")
    if name is not None:
        return _named(name, context)
    statement = parent is not None and figure.link != "part_of" and figure.role != "change"
    if parent is not None and (statement or parent.program.code not in GENERAL):
        return _inherited(parent)
    thing = _thing(own, context)
    told = thing is not None and (
        thing.payload.code not in _STOCKS
        or money
        or _acts(figure, context)
        or _WORKS.match(context.cues.text, thing.end) is not None
    )
    if thing is not None and told and "economy" not in first:
        return _named(thing, context)
    laid = _LAID.search(context.cues.text, context.own_before[0], context.start) if figure.unit == "km" else None
    if laid is not None and opened is None and parent is None:
        return Decision("infrastructure", "named", laid.group())  # what is built by the kilometre
    if "all" in first and figure.unit == "county":
        return _named(first["all"], context)
    if (same := _of_clause(context, earlier, money=money)) is not None:
        return same
    if "all" in first and not money and _EVERYWHERE.match(context.cues.text, *context.own_before):
        return _named(first["all"], context)  # 启动整村推进620个，全省减少贫困人口130万人
    if opened is not None:
        return opened
    if (stock := first.get("economy") or thing) is not None:
        return _economy(stock, context)
    if "other" in first:
        return _named(first["other"], context)
    if parent is not None and parent.program.code != UNKNOWN:
        return _inherited(parent)
    if (listed := _as_before(context, earlier)) is not None and "all" not in first:
        return listed
    if (topic := _topic(context)) is not None:
        return topic
    if "all" in first:
        return _named(first["all"], context)
    return _general(context, first, heading, money=money, physical=figure.unit in physical_units())


_LAID = re.compile(
    r"(?:[修铺架埋]|硬化|拓宽|[新改扩]建|建成|疏通)[^，。；、\d]{0,10}$|\b(?:built|laid|paved|repaired|dug|opened)\s*$"
)


def _own(figure: Figure, context: Context, *, money: bool) -> list[Hit[Sign]]:
    """The signs of the own clause: before the number, and behind it unless they are its receivers."""
    text, signs = context.cues.text, context.cues.programs
    begin = context.own_before[0]
    if (inserted := _ADVERBIAL.search(text, context.sentence[0], begin)) is not None:
        begin = inserted.start()  # "and, under the Rain Plan, trained 22,000"
    before = [hit for hit in signs.within(begin, context.start) if not in_closed_brackets(text, hit.end, context.start)]
    behind = [hit for hit in signs.within(*context.own_behind) if not _in_aside(text, context.end, hit.start)]
    if behind and not money and _has_receiver(context):
        behind = [
            hit
            for hit in behind
            if hit.payload.kind != "thing" or not _IS_COUNTED.fullmatch(text, context.end, hit.start)
        ]
    kinds = ("name", "thing") if money else ("name",)
    if signs.first(context.end, context.sentence[1]) is not None:
        behind += [hit for hit in signs.within(*context.beyond) if hit.payload.kind in kinds]
    return [hit for hit in (*before, *behind) if not (money and hit.payload.kind == "context")]


_ADVERBIAL = rarely(r",\s(?:under|through|within|by way of|as part of)\s[^,;.\d]{3,60},\s*$", re.IGNORECASE)


def _has_receiver(context: Context) -> bool:
    """Whether a number counts who receives, or goes on with a list that does."""
    text, lead = context.cues.text, max(context.sentence[0], context.before - 60)
    among = _goes_on(context) and _RECEIVERS.search(text, lead, context.before)
    return bool(among or _RECEIVER.search(text, context.own_before[0], context.start))


def _in_aside(text: str, end: int, start: int) -> bool:
    """Whether a phrase behind a number stands in brackets that open behind it."""
    between = text[end:start]
    return between.count("(") + between.count("（") > between.count(")") + between.count("）")


def _name(own: list[Hit[Sign]], context: Context, *, money: bool) -> Hit[Sign] | None:
    """The name of a program in the own clause: the subject before those in its phrase; of money the purpose first."""
    text = context.cues.text
    relative = _RELATIVE.search(text, *context.own_before)
    names = [
        hit
        for hit in own
        if hit.payload.kind == "name" and not (relative and relative.end() <= hit.start < context.start)
    ]
    before = [hit for hit in names if hit.start < context.start]
    behind = [hit for hit in names if hit.start >= context.end]
    if behind and (not before or (money and _PURPOSE.match(context.cues.text, context.end, behind[0].start + 1))):
        return behind[0]
    if not before:
        return None
    chosen = before[-1]
    for hit in reversed(before[:-1]):
        if _IN_PHRASE.fullmatch(context.cues.text, hit.end, chosen.start):
            chosen = hit
    return chosen


# a name in a list that ends in one noun: 实施基础设施、产业、培训等项目
_SEVERAL = re.compile(
    r"[^，。；、\d]{0,4}、(?:[^，。；、\d]{1,10}、){0,6}[^，。；、\d]{1,10}等[^，。；\d]{0,6}(?:项目|工程|建设|扶贫|领域|方面)"
)
_EVERYWHERE = re.compile(r"\s*全[国省市县区州旗]")
_WORKS = re.compile(r"(?:安全|巩固|改造|提升)*(?:工程|项目)|\s(?:project|scheme|work)s?\b")  # 饮水工程涉及1640个村
_ENDS_LIST = re.compile(r"[^，。；、\d]{0,4}等[^，。；\d]{0,6}(?:项目|工程|建设|扶贫|领域|方面|资金)")
_OF_LIST = rarely(r"、[^，。；、\d]{0,6}$")


def _is_of_list(context: Context, name: Hit[Sign]) -> bool:
    """Whether a name is one of several that end in one noun: 危房改造、以工代赈、产业扶持等项目资金."""
    text = context.cues.text
    last = _ENDS_LIST.match(text, name.end) and _OF_LIST.search(text, context.statement[0], name.start)
    return bool(last or _SEVERAL.match(text, name.end))


def _thing(own: list[Hit[Sign]], context: Context) -> Hit[Sign] | None:
    """The thing that is counted, else the first that the clause names."""
    things = [hit for hit in own if hit.payload.kind == "thing"]
    counted = (hit for hit in things if _COUNTED.fullmatch(context.cues.text, context.end, max(hit.start, context.end)))
    return next((hit for hit in counted if hit.start >= context.end), things[0] if things else None)


def _opened(context: Context) -> Decision | None:
    """The name with which the statement or the sentence opens."""
    text, signs = context.cues.text, context.cues.programs
    for node, (start, end) in (
        ("statement", (context.statement[0], context.own_before[0])),
        ("sentence", context.opening),
    ):
        sign = signs.first(start, min(end, context.start))
        if sign is not None and sign.end <= _opening_end(context.cues, start, end):
            others = signs.within(max(sign.end, context.statement[0]), context.own_before[0])
            if any(other.payload.kind == "name" and other.payload.code != sign.payload.code for other in others):
                return None  # the list has gone on to another
            reaches = node == "statement" or _HEADS.search(text, sign.end, context.opening[1])
            return _opens(sign, node, context) if sign.payload.kind == "name" and reaches else None
    return None


def _topic(context: Context) -> Decision | None:
    """The name that last opened a sentence of the paragraph, or that the title tells; a general opening ends it."""
    text, begin = context.cues.text, context.paragraph[0]
    opening = context.cues.programs.within(context.sentence[0], context.opening[1])
    general = [hit for hit in opening if hit.payload.kind == "all"]
    if general and general[0].end <= _opening_end(context.cues, *context.opening):
        return None
    for hit in reversed(context.cues.programs.within(begin, context.sentence[0])):
        if hit.payload.kind not in ("name", "all"):
            continue
        start = max(begin, *(text.rfind(mark, begin, hit.start) + 1 for mark in (". ", "。", "】", "]")))
        if hit.end <= _opening_end(context.cues, start, hit.end + 1):
            beside = context.cues.programs.within(start, hit.start)
            if any(other.payload.kind == "name" and other.payload.code != hit.payload.code for other in beside):
                return None  # "the Rain Plan, relocation and mutual funds": several opened it
            if _SEVERAL.match(text, hit.end):
                return None
            return _opens(hit, "paragraph", context) if hit.payload.kind == "name" else None
    code = title_program(context.title)
    return Decision(code, "opened", f"title: {context.title}") if code is not None and code not in GENERAL else None


def _opening_end(cues: Cues, start: int, end: int) -> int:
    """Where what opens a stretch ends: before the first verb or digit; figures of one sentence ask for the same."""
    if (start, end) not in cues.openings:
        verb = _VERB.search(cues.text, start, end)
        until = verb.start() if verb else end
        digit = _AMOUNT.search(cues.text, start, until)
        cues.openings[start, end] = digit.start() if digit else until
    return cues.openings[start, end]


_AMOUNT = re.compile(r"(?<![\d.第])(?!(?:19|20)\d\d(?:\D|$))(?!\d+(?:st|nd|rd|th)\b)\d")


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


_GOES_ON_TO = re.compile(r"[^,;.，；。\d]{0,40}(?:,|，|、|\band\b|和|及)\s*")
_CLAUSE_END = re.compile(r"[,;.，；。](?!\d)")
_OF_PLAN = re.compile(r"of the (?:annual |yearly )?(?:task|plan)|完成[^，。；]{0,8}(?:任务|计划)|占计划", re.IGNORECASE)


def _goes_on(context: Context) -> bool:
    """Whether a number goes on with a list: nothing but a joining word parts it from the one before it."""
    return context.before > context.sentence[0] and bool(
        _LIST_GOES_ON.fullmatch(context.cues.text, context.before, context.start)
    )


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


_WITHIN_CLAUSE = re.compile(
    r"\s*(?!and\b)(?:(?!\band\b)[^,;:.，；：。、])*?\b(?:for|with|at a cost of|costing|at)\s+"
    r"(?:about |nearly |some |over |more than )*" + SIGN,
    re.IGNORECASE,
)
_NO_SUBJECT = rarely(
    r"[^，；。、\d]{0,16}，(?:共|累计|总|计|并|已|实际)?(?:投入|投资|安排|下达|拨付|发放|补助|使用|落实|筹集|支出)"
    r"(?:扶贫|财政|专项|项目|补助)*(?:资金|经费|金额)?[约近达共了]?"
    r"|[^，；。、\d]{0,16}，(?:现已|已经?|实际|累计|目前)[一-鿿]{1,4}"
)


def _as_before(context: Context, earlier: Meaning | None) -> Decision | None:
    """The program of the number before, where the list or the subject goes on; society's is its giver's alone."""
    if earlier is None or earlier.program.code == UNKNOWN or context.before <= context.sentence[0]:
        return None
    text, program = context.cues.text, earlier.program
    in_list = (_goes_on(context) and not _has_own_verb(context)) or (
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
    ahead = _AMOUNT.search(text, context.statement[0], context.before)
    return (
        ahead is not None
        and _VERB.search(text, context.statement[0], ahead.start()) is not None
        and _OWN_VERB.match(text, context.end, context.own_behind[1]) is not None
    )


_OWN_VERB = re.compile(
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
        return _named(own["context"], context)
    for node, start in (("sentence", context.sentence[0]), ("paragraph", context.paragraph[0])):
        signs = [
            hit for hit in context.cues.programs.within(start, context.start) if hit.payload.kind in ("name", "all")
        ]
        if signs and not physical:
            return _opens(signs[-1], node, context) if signs[-1].payload.kind == "all" else _NOTHING
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


def _named(hit: Hit[Sign], context: Context) -> Decision:
    return Decision(hit.payload.code, "named", context.words((hit.start, hit.end)))


def _opens(hit: Hit[Sign], node: str, context: Context) -> Decision:
    return Decision(hit.payload.code, "opened", f"{node}: {context.words((hit.start, hit.end))}")
