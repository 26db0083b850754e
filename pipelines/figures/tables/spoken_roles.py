"""The role of the numbers of a column, and what an amount is per, by the words of header, row and caption."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import says
from pipelines.figures.draft import RATIO_UNITS, Draft
from pipelines.figures.figure import Role
from pipelines.figures.tables.headers import tells_only_years
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.headed import headed_unit, tail_unit
from pipelines.figures.units.per_before import decide_per
from pipelines.figures.units.unitlines import BRACKETS
from pipelines.figures.units.unitwords import loose_unit
from pipelines.patterns import regex

# how the roles are told by words of headers; those of ratios by words of the row too
_RATIO_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (
        regex(
            r"完成率|完成.{0,6}(?:预算|计划|任务|目标)|completion"
            r"|% of (?:plan|task|target)|\bagainst (?:the )?(?:plan|target)",
            re.IGNORECASE,
        ),
        "plan_pct",
    ),
    (regex(r"占比|比重|比例|构成|share|proportion|% of", re.IGNORECASE), "share_pct"),
)
_FALL = regex(
    r"(?:^|> )(?:(?:\d{4}年?)?比(?:上年|去年|\d{4}年))?(?:减少|下降|降低)[数额量]?\s*(?:[(（]|$)"
)  # 减少（人）, not 减少贫困人口
_POVERTY_REDUCTION = regex(r"\breduction (?:fund|program(?:me)?|project|plan)s?\b", re.IGNORECASE)
_IN_RELATION = regex(r"占|/|\bof\b|为", re.IGNORECASE)  # "Outlay / budget" is no target
_IN_BUDGET = regex(
    r"预算[内外]|\bo(?:n|ff)[- ]?budget\b", re.IGNORECASE
)  # who pays, and not what is planned: 中央预算内投资
_TARGETED = regex(r"(?:^|> |\w )targeted\s*(?:$|[(（\[,>])", re.IGNORECASE)  # "Targeted assistance" is a program
_PER = regex(
    r"\bper\s+(?!cent\b|annum\b|year\b)|\b(?:rate|tariff|wage|fee)s?$|标准(?!化)|贫困线"
    r"|^(?!.*\b(?:below|above|under|over)\b).*\blines?(?: ?\(|$)"
    r"|\b(?:cost[eo]?s?|valor|monto|co[uû]ts?|montant|custo|biaya) (?:unit\w+|por|par|per|pro)\b|^(?:je|pro) \w"
    r"|[(（][^()（）]*[^\W\d]\s*[/／]\s*[^\W\d]",  # (Rp/kapita/bulan)
    re.IGNORECASE,
)
# of the phrases for amounts per head those that say "each" themselves
EACH = regex(r"\b(?:per(?!\s?cent)|each|every|average)\b|[人户亩村县]均|每", re.IGNORECASE)
_EACH_ABROAD = regex(
    r"\b(?:par (?:habitant|tête|ménage|personne|élève)|p[oe]r (?:habitante|persona|hogar|alumno|kapita)|pro kopf)\b",
    re.IGNORECASE,
)
# "per district" beside districts says that each row has its own
_OF_ROWS = ("county", "township", "village", "project", "other")
_PER_NOUN = regex(r"\bper (?!cent\b)[a-z]+", re.IGNORECASE)
_BILL = regex(r"wages|salaries|工资", re.IGNORECASE)
PERCENT_HEADER = regex(
    r"占比|比重|比例|构成|增长|增速|增幅|完成率|\bshare|growth|completion|rate\b"
    r"|(?<!\d)(?<!\d )(?:percent|[%％])"  # the "top 5 percent" are people
    r"|\b(?:porcentaje|pourcentage|percentuale|percentual|persentase|tỷ lệ|anteil)\b",
    re.IGNORECASE,
)
# "number of villages" counts whatever the unit line says
COUNT_HEADER = regex(
    r"(?:\b(?:number|no\.?)|#) ?of (.+)"
    r"|^(?:jumlah|idadi ya|anzahl|aantal|liczba|число|количество|численность|кількість|số(?! tiền)|numero di"
    r"|(?:n[uú]mero|nombre|cantidad|quantidade) d(?:e |['’])) ?(.+)"
    r"|^(.*)(?:[个件台套间批笔家处座辆盏眼]|(?<!人)口)数$"
    r"|^(.*(?:项目|企业|机构|合作社|学校|基地|车间|工程|场次|宗))数量?$",
    re.IGNORECASE,
)
_TELLING_ROW = regex(
    "|".join(
        (
            *(r"[(（\[]|单\s*位|\bunits?\b|\bin\s|\bincomes?\b|\bwages?\b|收入|工资", EACH.pattern),
            PERCENT_HEADER.pattern,
            *(words.pattern for words, _ in _RATIO_ROLES),
            "增长|增速|增幅|growth|change|increase",
        )
    ),
    re.IGNORECASE,
)


def hint_of(row_path: tuple[str, ...]) -> str:
    """A row's path where it can say something about units or roles, else nothing, so that such rows share a spec."""
    return " > ".join(row_path) if any(map(is_telling, row_path)) else ""


@lru_cache(maxsize=1 << 16)
def is_telling(label: str) -> bool:
    """Whether a label of a row may say something about units or roles."""
    if any(told.search(label) for told in (_TELLING_ROW, COUNT_HEADER)) or headed_unit(label) is not None:
        return True
    return any(sign in label for sign in ",，/／–—-") and tail_unit(label) is not None


def read_per_head(draft: Draft, column_path: str, row_path: str, caption: str, *, is_account: bool) -> None:
    """What an amount is per: as its header, its row or, above headers of years alone, the caption says it.

    Income beside outlays, in an account, is nobody's by the head unless words say so.
    """
    if not is_money(draft.unit) or "/" in draft.unit:
        return
    for header in column_path.split(" > ")[::-1]:
        if (each := _per_stroke(draft.unit, BRACKETS.sub(" ", header))) is not None:
            draft.unit, draft.decided["per"] = each, header
            return
    from_elsewhere = re.match("unit line|.*and what makes it up", draft.decided.get("unit", "")) is not None
    of_all = tells_only_years(column_path) or (from_elsewhere and EACH.search(caption) is not None)
    for words in (column_path, row_path, caption if of_all else ""):
        passage = Passage(words)
        hits = passage.per.within(0, len(words))
        said = [hit for hit in hits if EACH.search(words[hit.start : hit.end])]
        # millions of income are all incomes together
        # a bill of wages is no wage
        vague = [hit for hit in hits if not _BILL.fullmatch(words, hit.start, hit.end)]
        vague = vague if draft.scale == 1 and not (is_account and EACH.search(caption) is None) else []
        hit = next(iter(said or vague), None)
        if hit is not None:
            decide_per(draft, hit.payload, words[hit.start : hit.end])
            return
    for of in _PER_NOUN.finditer(column_path):
        found = loose_unit(f"{draft.unit} {of.group()}")
        if found is not None and found.unit.removeprefix(f"{draft.unit}/") not in (found.unit, *_OF_ROWS):
            draft.unit, draft.decided["per"] = found.unit, of.group()
            return


def _per_stroke(unit: str, header: str) -> str | None:
    """The unit of money in a header such as Cost/ha, Income per household or Wage/day; None where it names none."""
    each = list(_EACH_NOUN.finditer(header))
    for of in (*_STROKE.finditer(header), *(each if all(of.group(1).lower() in _TIMES for of in each) else ())):
        noun = "household" if of.group(1).lower() in ("hh", "hhd", "hhs") else of.group(1)
        found = loose_unit(f"{unit} per {noun}")
        if found is not None and found.unit.removeprefix(f"{unit}/") not in (found.unit, *_OF_ROWS):
            return found.unit
    return None


def is_of_each(unit: str, header: str) -> bool:
    """Whether what is counted or measured is told of each of something: Output per ha, Milk (litres/cow)."""
    for of in (*_STROKE.finditer(header), *_EACH_NOUN.finditer(header)):
        found = loose_unit(of.group(1))
        if found is not None and found.unit not in (*_OF_ROWS, unit):
            return True
    return False


_TIMES = ("hour", "day", "week", "month")
# households/persons are two names of what is counted; money is of neither
_STROKE = regex(r"(?<=[a-z])\s?/\s?(?!annum|year|quarter)([a-z]+)\b", re.IGNORECASE)
_EACH_NOUN = regex(r"\bper (?!cent\b|annum\b|year\b|quarter\b)([a-z]+)", re.IGNORECASE)


def role_of(unit: str, column_path: str, row_path: str, caption: str) -> Role:
    """What the numbers of a unit are, below a header and beside a row, in a table with a title."""
    if unit in RATIO_UNITS:
        # a row's label names its subject ("Rain Plan"), so only a ratio's role is looked for in it
        words = f"{column_path} {row_path}"
        for pattern, role in _RATIO_ROLES:
            if pattern.search(words):
                return role
        if says("change_in_per_cent", words) or says("change", words):
            return "change_pct"
        return "target" if is_planned(unit, column_path) and not _IN_RELATION.search(column_path) else "rate_pct"
    if (says("change", column_path) and not _POVERTY_REDUCTION.search(column_path)) or _FALL.search(column_path):
        return "change"
    priced = is_price(column_path) and (is_money(unit) or not unit)
    if is_planned(unit, column_path) and not priced:
        return "target"
    is_each = unit != "" and not is_money(unit) and is_of_each(unit, column_path)
    if "/" in unit or priced or is_each:
        return "per_unit"
    return "target" if is_money(unit) and _is_plan(caption) and not _IS_DONE.search(column_path) else "level"


def is_ratio(header: str) -> bool:
    """Whether a header is headed by a rate, a share or a mean, which add up to nothing whatever their unit is."""
    return _RATIO.search(BRACKETS.sub("", header).strip()) is not None


def is_score(header: str) -> bool:
    """Whether a header is of points that are given, or of ages: 得分, Score, Weight; no weight in kg."""
    return _SCORE.fullmatch(BRACKETS.sub("", header).strip()) is not None


def tells_ratios(caption: str) -> bool:
    """Whether the noun that heads a title is a rate, a share or a mean: "Literacy rate by district", 各县发生率."""
    head = _head_of(caption)
    return _RATIO.search(head) is not None or _SHARES.search(head) is not None


@lru_cache(maxsize=256)
def tells_per_head(caption: str) -> bool:
    """Whether a title tells of what each person or household has: 人均支出, "Income per household"."""
    hits = Passage(caption).per.within(0, len(caption))
    return any(hit.payload in ("person", "household") and EACH.search(caption[hit.start : hit.end]) for hit in hits)


def lists_prices(caption: str) -> bool:
    """Whether a title is of prices, means or amounts a head: "Market prices", "Median wages", "Cost per person"."""
    head = _head_of(caption)
    is_of_means = _MEANS.search(head) is not None and _SEVERAL.search(head) is None
    return is_of_means or _PRICES.search(head) is not None or _EACH_ABROAD.search(caption) is not None


_MEANS = regex(r"\b(?:averages?|mean|median)\b|平均|中位数", re.IGNORECASE)
_SEVERAL = regex(r"\band\b|[和及与、]", re.IGNORECASE)


_PRICES = regex(r"\b(?:prices?|tariffs?|precios|preços|harga)$|价格$|单价$", re.IGNORECASE)


def _head_of(caption: str) -> str:
    """The noun that heads a title, with what stands before it."""
    words = BRACKETS.sub("", without_number(caption)).strip()
    return _BEHIND_HEAD.split(_TABLE_OF.sub("", words), maxsplit=1)[0].strip()


@lru_cache(maxsize=256)
def _is_plan(caption: str) -> bool:
    """Whether a title heads a plan or a budget: "Investment Plan 2018-2020", 项目计划表; no "Plan implementation"."""
    told = _PLAN.search(_head_of(caption)) is not None and _NAMES_SERIES.search(caption) is None
    return told or _PLAN_ZH.search(caption) is not None


_PLAN = regex(
    r"\b(?:plan|budget|(?:budget |expenditure )?estimates|projections)(?:\s+(?:FY\s?)?[\d/–-]+)?$", re.IGNORECASE
)
_NAMES_SERIES = regex(r"^[^:：]*(?:plan|budget)[^:：]*[:：]", re.IGNORECASE)  # Open Budget: transfers paid
_PLAN_ZH = regex(r"(?:计划|预算)(?:安排|明细|汇总|一览)*表?(?=$|[\s（(,，;；]|单位)")
_IS_DONE = regex(
    r"完成|已|实际|到位|到账|下达|拨付|支付|支出|决算|结余"
    r"|\b(?:actuals?|accounts|spent|paid|disbursed|received|released|outturn|execut\w+|ejecutad[oa]|realisasi|utili[sz]ed|done"
    r"|to date)\b",
    re.IGNORECASE,
)


def without_number(caption: str) -> str:
    """A title without the number of its table: "Table 3.1:"."""
    return _NUMBERED.sub("", caption)


_RATIO = regex(
    r"\b(?:rates?|ratios?|incidence|prevalence|coverage|intensity|severity|index|indices|density)$|\w\s?/\s?G[DN][PI]$"
    r"|^(?:incidence|prevalence|share|percentage|proportion|average|mean|median)\b"
    r"|^(?:taux|tasa|taxa|tingkat|part(?= d[eu])|incid[eê]ncia|preval[eê]ncia|profondeur|profundidad|sévérité|severidad"
    r"|brecha)\b|(?<!效)率$|比[重例]?$|进度$|指数$|^(?:s\.?e\.?|cv|σ)$",
    re.IGNORECASE,
)
_SHARES = regex(r"\b(?:shares|percentages|proportions)$", re.IGNORECASE)
_SCORE = regex(
    r"(?:(?:max(?:imum)?|total|weighted|self|final) )?(?:scores?|weights?|marks|points|rating)"
    r"|(?:标准|自评|评价|考核|总)?(?:分值?|得分|评分|权重)"
    r"|(?:.*\W)?age(?: in years)?|.*年龄|(?:edad|âge|idade|umur)(?: .*)?",
    re.IGNORECASE,
)
_NUMBERED = regex(r"^(?:(?:table|tab\.|annex|表|附表)\s*[\w.-]*\d[\w.-]*\s*[:.：]?\s*)", re.IGNORECASE)
_TABLE_OF = regex(r"(?:情况)?(?:统计|一览|汇总)?表?$")
_BEHIND_HEAD = regex(
    r"[,，:：;；]|(?<=.)\s(?:of|by|in|per|for|among|across|at|from|and|with|to|on|under)\s", re.IGNORECASE
)
# index numbers and ratios of which a hundred is the base: (2010=100), 性别比(女=100)
OF_BASE = regex(r"[=＝]\s*100(?:[.,]0+)?(?!\s*[\w%.,])|以[^()（）]{1,12}为\s*100|\bbase\s*100\b", re.IGNORECASE)
# of how many they are told differs, and no hundred
NO_HUNDRED = regex(
    r"\b(?:mortality|fertility|births?|deaths?|(?:birth|death)rates?|exchange|crude|wage|pay|hourly|daily|crime)\b"
    r"|自然增长率",
    re.IGNORECASE,
)


def is_planned(unit: str, header: str) -> bool:
    """Whether a header says that its numbers are those of a plan, and not how much of it is done: "Budget spent"."""
    words = _IN_BUDGET.sub("", header)
    told = says("target", words) or _TARGETED.search(words) or (is_money(unit) and says("forecast", words))
    return bool(told) and not says("done", words)


def is_price(header: str) -> bool:
    """Whether a header says what one thing costs: "Cost per house", 单价."""
    return says("price", header) or _PER.search(header) is not None
