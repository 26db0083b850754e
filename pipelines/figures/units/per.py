"""What an amount is per: "per person", "for each county", 人均, 每户, or a sentence about incomes per head."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import noun_head
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import LIST_JOIN, NEARLY
from pipelines.figures.units.per_before import ANOTHER_AMOUNT, decide_per, read_each_before
from pipelines.figures.units.per_behind import each_of_before, read_per_behind
from pipelines.patterns import SIGN, regex

_LINE_BEHIND = regex(
    r"的?(?-i:[一-鿿]){0,6}(?:标准|贫困线|扶贫线)"
    r"|[\s-](?:[\w-]+\s+){0,3}?(?:as (?:[\w-]+\s+){0,3}?)?(?:line|standard|threshold)\b",
    re.IGNORECASE,
)
_SAID_OF_IT = regex(
    r"(?:\s+(?:net|disposable|rural|cash))?(?:\s+incomes?)?\s+(?:was|were|is|of|reached|stood at|rose to|grew to)\s+"
    r"|(?:纯|可支配)?(?:收入)?(?:达到?|为|是|增加到|提高到)",
    re.IGNORECASE,
)
# 各补助10万元, 各500元; before a noun 各 says "all the several": 预拨各镇、各职能部门1120万元
_EACH_OF_BEFORE = regex(
    r"各自?(?:[可能又再]?(?:补助|补贴|奖励|奖补|安排|拨付|下拨|发放?|给予?|投入|投|获得?|得到?|领[到取]?|分[得到]?|出资?|捐赠?|资助|支持"
    r"|[新修]?建成?|配备?|有|占|为|增加?|减少?|下降|提高|种植?|养)(?:了|资金)?)?(?:约|近|达|不低于|不少于)?$"
)
# "per each" glued to its measure word, and prices: 笔均, 校均, 份均; 均 after other words says "all": 两校均已
_BY_MEASURE = regex(
    r"(?<![一-鿿])(人次|[次份笔校班场单台床师生件头只期点站社企店园座栋套车]|项目|村组)均(?![已有为完建实获得在被能可])[一-鿿]{0,6}$"
    r"|(?<![\d万千百十])(亩|公顷|株|棚|头|箱)产(?![生品业出地权])[一-鿿]{0,6}(?:\d{4}年[底末]?的?)?$"
    r"|(?:均价|单价|价格)(?:约|为|达|是)?$"
)
_MEAN = regex(
    r"平均(?!每?年|水平|增|[^，。；\d]{0,3}(?:海拔|水位|气温|降[水雨]|风速|[高深厚长宽]度|温度|回升|下降))[一-鿿]{0,8}$|\b(?:average|mean|median)\s+(?:of\s+)?$"
    r"|\b(?:average|mean|median) "
    r"(?!annual|(?:[a-z]+ )?(?:rain|snow|temperature|elevation|altitude|height|depth|width|speed))"
    r"(?:[a-z]+ ){1,2}(?:was|is|of|at|being|stood at|reached|came to)\s+$"
    r"|\baverag(?:ed|es|ing)\s+$|\bon average\b[^,;.\d]{0,40}$|\bon average, [^,;.\d]{0,40}$"
    r"|\bunit (?:cost|price)s?\b[^,;.\d]{0,12}$",
    re.IGNORECASE,
)
_MEAN_BEHIND = regex(r"[^,;.\d]{0,24}?\bon average\b(?! (?:a|each|every|per) (?:year|month|day))", re.IGNORECASE)
_LONGEST_MEAN = 40  # code points in which "on average" stands behind a number


def read_mean(draft: Draft, passage: Passage, start: int) -> bool:
    """Whether words call a number a mean or a price; a mean of something is no amount that was paid or counted."""
    text = passage.text
    chinese = passage.is_chinese(start, draft.start)
    by = _BY_MEASURE.search(text, start, draft.start) if chinese else None
    if by:
        decide_per(
            draft,
            lexicon().words.per.words.get(by.group(1) or by.group(2) or "", "other"),
            by.group().strip("，。；、："),
        )
        return True
    first = draft.start if chinese else draft.first  # with its sign of currency
    mean = _MEAN.search(text, start, first) if chinese or passage.means(start, first) else None
    if mean is None and passage.means(draft.end, draft.end + _LONGEST_MEAN):
        mean = _MEAN_BEHIND.match(text, draft.end, draft.sentence[1])
    if mean and (is_money(draft.unit) or draft.token.value * draft.scale < _OVER_TIME):
        decide_per(draft, "other", mean.group())
        return True
    return False


_OVER_TIME = 10_000  # so many people or things are those of an average month or year, not what each of others has


# "a weekly $25", "a monthly allowance of $12", "₦20,000 monthly stipends"
_OF_TIME = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}
_OFTEN = regex(r"\b(hourly|daily|weekly|monthly) (?:(?:[a-z]+ ){1,2}of )?" + NEARLY + SIGN + "$", re.IGNORECASE)
_OFTEN_BEHIND = regex(r"\s(hourly|daily|weekly|monthly)\b", re.IGNORECASE)


def read_per(draft: Draft, passage: Passage, end: int, limit: int) -> None:
    """What an amount is per: "per person", "/人", "for each county", 人均, or a sentence about incomes per head."""
    if read_per_behind(draft, passage, end, limit):
        return
    if draft.scale == 1 and (
        how_often := _OFTEN_BEHIND.match(passage.text, end) or _OFTEN.search(passage.text, draft.before, draft.first)
    ):
        decide_per(draft, _OF_TIME[how_often.group(1).lower()], how_often.group())
        return
    start = draft.sentence[0]
    comma = passage.clause(start, draft.start, ",;，；。：")
    if "每" in passage.text[comma : draft.start] and read_each_before(draft, passage, comma):
        return
    if (
        "各" in passage.text[comma : draft.start]
        and _EACH_OF_BEFORE.search(passage.text, comma, draft.start)
        and each_of_before(draft, passage)
    ):
        return
    text = passage.text
    hits = passage.per.within(comma, draft.start)
    such = _PER_SUCH.search(text, comma, draft.first) if not hits and draft.scale == 1 else None
    if such is not None and (one := lexicon().units.get(such.group(1).lower())):
        decide_per(draft, one, such.group())
        return
    if hits and text[hits[-1].start : hits[-1].end].endswith(("收入", "工资")):
        # "亩均收入": what the income is per stands before it
        hits = [hit for hit in hits if hit.payload != "person"] or hits
    none = passage.per_none.last(comma, draft.start)
    hit = hits[-1] if hits else None
    if hit is not None and ANOTHER_AMOUNT.search(text, hit.end, draft.start):
        hit = None  # 按每公里85万元匡算约需5.19亿元
    if hit is not None and none is not None and none.start > hit.start and _AND.search(text, hit.end, none.start):
        hit = None
    if _is_for_persons(passage, hit, end, limit):
        return
    value = abs(draft.token.value) * draft.scale
    millions = draft.scale > 10_000 or value >= _NOBODYS_INCOME
    large = millions and hit is not None and hit.payload in ("person", "household", "mu")
    # millions per head are a slip, which is read as printed where the words leave nothing else
    if hit is not None and (
        not large
        or (
            _OF_A_HEAD.search(text, hit.start, hit.end)  # "wages were 281 million" is a bill of wages
            and _SAID_OF_IT.fullmatch(text, hit.end, draft.start)
            and not _AND_BEFORE.search(text, comma, hit.start)
        )
    ):
        if per := _whose(passage, start, comma, hit):
            decide_per(draft, per, text[hit.start : hit.end])
        return
    if read_each_before(draft, passage, comma) or read_mean(draft, passage, comma):
        return
    if draft.scale > 1 or none is not None:
        return
    line = (
        _LINE_BEHIND.match(text, end, limit)
        or _PAID.match(text, end, limit)
        or _PAY_OF.search(text, comma, draft.start)
    )
    if line:
        decide_per(draft, "person", line.group())
        return
    # incomes and standards go on over clauses: "net income per head in the counties was 3725, in villages 2600 Yuan"
    hit = passage.per.last(passage.clause(start, draft.start, ";；"), draft.start)
    own = hit is not None and hit.payload in ("person", "household") and value < _NOBODYS_INCOME
    own = own and not _is_for_persons(passage, hit, end, limit)
    if hit is not None and own and (per := _whose(passage, start, start, hit)):
        decide_per(draft, per, text[hit.start : hit.end])


def _whose(passage: Passage, sentence: int, start: int, hit: Hit[str]) -> str:
    """What earns an income: 一家年收入 and "families earning" are of a household; empty for a firm's or a charity's."""
    text = passage.text
    said = text[hit.start : hit.end]
    if hit.payload != "person" or _EACH.search(said) or not _EARNED.search(said):
        return hit.payload
    if _OF_HOME.search(text, start, hit.start):
        return "household"
    named = passage.phrases_within(start, hit.start)
    firm = bool(named) and named[-1][2].unit in _NOBODY
    firm = firm and _OF_IT.fullmatch(text, named[-1][1], hit.start) is not None
    if not named and said.startswith("earn"):  # "the shop took 72,000, having earned 21,000 in 2016"
        firm = any(noun.unit in _NOBODY for noun in passage.nouns_within(sentence, hit.start)[:1])
    return "" if firm or _OF_US.search(text, start, hit.start) else "person"


_EACH = regex(r"[均每]|per |average")
_OF_A_HEAD = regex(
    r"[均每]|per |average|disposable|net income|纯收入|可支配|标准|[^a-z]line|standard|threshold", re.IGNORECASE
)
_EARNED = regex(r"收入|\b(?:income|earn)", re.IGNORECASE)
_OF_HOME = regex(
    r"(?:家庭?|[农牧渔住民困低保该]户)(?:[一-鿿]{0,3}(?<![人均]))?$"
    r"|\b(?:household|famil(?:y|ies)|couple)s?(?:['’]s?)?\s(?:(?!per\b|for\b|by\b)[a-z]+ ){0,3}$",
    re.IGNORECASE,
)
_NOBODY = frozenset({"organisation", "enterprise", "facility", "project"})
_OF_IT = regex(r"['’]?s?\s(?:(?:has|had|have|with|an?|total|gross) ){0,3}|[的年每实现有一,]{0,4}", re.IGNORECASE)
_OF_US = regex(
    r"\b(?:our|its|(?:charity|trust|company|firm|fund|foundation|society|agency|[a-z]*council|union|association)(?:['’]s)?"
    r"(?: (?:ha[sd]|with) an?)?)\s(?:[a-z]+ ){0,2}$",
    re.IGNORECASE,
)


def _is_for_persons(passage: Passage, hit: Hit[str] | None, end: int, limit: int) -> bool:
    """Whether what a household gets is for some of it: "each gets 600 for rice and 500 for pupils of high schools"."""
    to = _FOR.match(passage.text, end) if hit is not None and hit.payload == "household" else None
    return to is not None and noun_head(passage, to.end(), limit)[1] == "person"


_FOR = regex(r"\s+for\s+(?:the |their )?(?!each\b|every\b|an?\b)")
# what one person gets: "a ₦75,000 minimum wage", "a pension of 3,000"; many get pensions of 3 million
_PAY = (
    r"(?:wage|pension|allowance|stipend|salary|per diem|(?:child|support|old[ -]age|disability|care|social|maternity"
    r"|subsistence) grant)"
)
_PAID = regex(
    rf"[\s-](?:(?!and\b|or\b|in\b|of\b|for\b|on\b|to\b)[a-z-]+\s+){{0,3}}?{_PAY}\b"
    r"(?! (?:bill|fund|subsid|arrear|cost|scheme|sector|rise|increase))",
    re.IGNORECASE,
)
_PAY_OF = regex(
    rf"\b{_PAY} (?:[a-z]+ )?(?:of|is|was|stood at|(?:(?:has|have|had|was|is|been|being) )*(?:rose|risen|fell|grew|grown"
    r"|increased|raised|lifted|cut|reduced|lowered|set) (?:from|to|at))\s+" + NEARLY + SIGN + "$",
    re.IGNORECASE,
)
_AND = regex(r"\band\b|[和及、]")  # "income per head and revenue", but "per capita budget revenue"
_AND_BEFORE = regex(r"\band (?:[a-z]+ ){0,3}$", re.IGNORECASE)  # "revenue and income per head"


# "per relocated person this comes to 60,000"
_PER_SUCH = regex(r"\bper (?:[a-z]+ed|poor|rural|urban|new) ([a-z]+)\b[^,;.\d]{0,40}$", re.IGNORECASE)
_NOBODYS_INCOME = 500_000


def go_on(draft: Draft, earlier: list[Draft], passage: Passage) -> None:
    """An amount of a paragraph about incomes per head is one as well, unless its clause tells of giving or paying.

    As in "In 2011 it was 4,510 yuan", "None of them had less than 2,300 yuan".
    """
    said = next((other for other in reversed(earlier) if is_money(other.unit)), None)
    if said is None or "/" not in said.unit or draft.unit != said.unit.split("/")[0] or draft.scale != said.scale:
        return
    text = passage.text
    values = abs(draft.token.value), abs(said.token.value)
    whole = next((o for o in reversed(earlier) if o.unit == said.unit and "part of" not in o.decided["unit"]), said)
    if said.sentence == draft.sentence and values[0] < abs(whole.token.value):
        goes_on = said is not whole and LIST_JOIN.match(text, said.end, draft.start)
        if goes_on or _PART_OF_IT.match(text, said.end, draft.start):
            draft.unit, draft.decided["unit"] = said.unit, f"part of {said.token.text}"
            return  # 每公里造价48.5万元，其中车购税补助20万元
    if "\n" in text[said.end : draft.start] or max(values) > _FAR_APART * min(values):
        return
    start = passage.clause(draft.sentence[0], draft.start, ";；。")
    near = max(start, draft.start - 80)
    stands = _STANDS.search(text, near, draft.start) or _NO_SUBJECT.fullmatch(text, start, draft.start)
    if stands and not _GIVES.search(
        text, max(start, said.end), passage.clause_end(draft.end, draft.sentence[1], ",.;，。；")
    ):
        draft.unit, draft.decided["unit"] = said.unit, f"as {said.token.text} before it"


_PART_OF_IT = regex(r"[，,(（]?\s*(?:其中|of which\b|including\b)[^，。；,.;\d]{0,16}$", re.IGNORECASE)
_FAR_APART = 20
_STANDS = regex(
    r"\b(?:was|were|is|had|has|have|having|with|earn\w*|make|made|reached|rose|fell|grew|climbed|than|below|under|above"
    r"|over|by|to|at|up|down|beyond|between|least|another|line of)\b[^,;.]{0,24}$"
    r"|\b(?:up|down)\b[^,;]{0,16}\bfrom\s*(?:[A-Za-z]{0,4}[^\w\s,;]?\s?)?$"
    r"|[比较][^，。；\d]{1,8}的?$|(?:增加|减少|提高|降低|[多少高低])了?$",
    re.IGNORECASE,
)
_GIVES = regex(
    r"\b(?:subsid|grant|pa(?:y|id)|cost|price|fee|loan|lent|lend|borrow|spen[dt]|fund|donat|invest|award|bonus|budget"
    r"|gave|given|sav|each(?! of them| one))"
    r"|[补贷捐]|资金|发放|投|支付|费|价|奖",
    re.IGNORECASE,
)
_NO_SUBJECT = regex(
    r"\s*(?:到|截至|而)?(?:\d{4}年|上一?年|去年|前年|今年)?(?:同期|底|末)?(?:已|又|只|仅)?(?:为|达到?|是|(?:增加|提高|增长|上升)[到至])了?",
    re.ASCII,
)
