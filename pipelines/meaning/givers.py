"""Who gives an amount of money, by the grammar of its clause: subjects give, receivers get, "by" marks a giver."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.phrases import Hit
from pipelines.catalog.regions import names_of, region
from pipelines.figures.figure import Figure
from pipelines.figures.text.passage import in_closed_brackets
from pipelines.figures.text.tree import tree_of
from pipelines.meaning.context import Context
from pipelines.meaning.giver_levels import LEVEL, LEVELS_IN_ROW, MUNICIPALITIES, of_level, of_levels_in_order
from pipelines.meaning.grammar import payers
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning, passed_on
from pipelines.meaning.vocabulary import cues_of
from pipelines.patterns import regex

# before a word: it receives, is a place, or only tells what others gave
_RECEIVES = regex(
    r"(?:\bnot\s+(?:from|by)\s+(?:the\s+)?|\b(?:to|for|in|into|among|within|throughout|across|at|on|towards?)\s+(?:(?:the|its|all|each|every|some|other)\s+)*"
    r"|[给向对为在用]|奖励|奖补|补助|支持|援助|支援|拨付|[下划核]拨|下达|分到|分配|投向)$",
    re.IGNORECASE,
)
# "of the province" is a place, unless money is of it
_OF_PLACE = regex(
    r"\b(?!funds?\b|money\b|match\b|departments?\b|governments?\b|bureaus?\b|treasur(?:y|ies)\b|grants?\b|budgets?\b|finance\b|input\b|inputs\b|investment\b|contributions?\b|yuan\b|million\b"
    r"|billion\b|share\b|aid\b)[a-z]+\s+(?:of|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SAYS = regex(
    r"(?-i:[一-鿿]){0,6}?(?:显示|表示|介绍|统计|通报|公布|要求|数据|审计|统计局|调查)"
    r"|[^,;]{0,24}\b(?:said|says|reports?|reported|shows?|announced|according|found|finds|noted|revealed|estimates?)\b"
    r"|\s+(?:audit|statistic\w*|survey|inspection|census)\b",
    re.IGNORECASE,
)
# between a number and the giver behind it
_GIVEN = regex(
    r"[^,;:，；：。\d]{0,48}?\b(?:from|by|of|as|in|was|were|is|are)\s+(?:(?!(?:to|for|in|on|into|at)\b)[a-z-]+\s+){0,3}"
    r"|[万亿千百]*(?:多|余)?(?:元|美元|人民币)?(?:以上|左右)?(?:的|为|是|系|属)?(?:来自|由|源于|出自|来源于)?(?:扶贫|各类|银行|专项)?(?:[(（])?"
    r"|\s*(?:(?:hundred|thousand|million|billion|trillion)\s*)*(?:yuan|rmb|us dollars?)?\s*(?:more\s*)?[(（]?\s*",
    re.IGNORECASE,
)
_RECEIVED = regex(r"(?:向|给|对|为)[^，。；、\d]{0,6}\d[\d.,]*[万]?[^，。；、\d]{0,12}$")  # 省财政向12个村补助…
_TO_COUNT = regex(r"\b(?:on|for)\b|用于|解决|支持|帮助|扶持", re.IGNORECASE)  # what is counted behind it gets the money
_JOINED = regex(
    r"[\s,、]*(?:and|with|together with|as well as|plus|the|和|与|及|以及)?[\s、]*(?:the\s+)?(?:government\s+and\s+)?",
    re.IGNORECASE,
)
_TOGETHER = regex(r"\btogether\b|\bin all\b|\baltogether\b|\btotal|合计|共计|总计", re.IGNORECASE)
_NUMBER = regex(r"\d[\d,]*(?:\.\d+)?(?!\d)")
_YEAR = regex(r"(?:19|20)\d\d")
_LIST = regex(
    r"(?:\s*(?:hundred|thousand|million|billion|ten thousand))*\s*(?:yuan|rmb|元|[万亿]+元)?"
    r"(?:\s(?:in|for|of) (?:19|20)\d\d)?\s*(?:,|，|、|and|和|及)\s*(?:and\s+)?",
    re.IGNORECASE,
)
# a subject goes on over the verb of a clause that has none of its own: "and added 45 million", 下达3亿元
_GOES_ON = regex(
    r"[^.;；。]*?(?:,|，|\band\b)\s*(?:(?:also|then|further|it|which|later|again|additionally|并|又|再|还|另|共|累计|同时)\s*)*"
    r"(?:(?:\w+ed|gave|spent|put|lent|paid|brought|sent|set)\b"
    r"(?:\s+(?:another|a further|over|about|some|more than|up|in|aside))*"
    r"|(?:安排|下达|投入|拨付|补助|新增|追加|拨出|落实|筹集|注入|增加))[^,;，；。]{0,16}$",
    re.IGNORECASE,
)
_OF_LEVEL = regex(r"\s+(?:average|mean|level|standard|line|rate|figure)\b|平均|水平|标准|线", re.IGNORECASE)
# what somebody makes or earns, and gives to nobody: 民营企业产值20亿元, "firms had a turnover of 3 million"
_MADE = regex(
    r"(?:产值|增加值|生产总值|收入|销售额|营业额|成交额|利润|利税|税收|出口额?|进口额?|零售额)(?![^，。；]{0,8}(?:安排|投入|捐|用于))"
    r"|\b(?:output|turnover|revenues?|sales|profits?|exports?|imports?|value added|earnings|incomes?)\b",
    re.IGNORECASE,
)
_OWN = r"\s*(?:['’]s)?\s*(?:own\b|itself\b|matching\b|本级|自有|财政|配套|省级|finance\b|budget\b)"
# a level of government as a place in which money was spent, and no giver
_SPENDS = regex(
    r"\s+(?:\w+ly\s+|has\s+|had\s+)?(?:spent|used|received|got|obtained|completed|drew|had|has|saw)\b", re.IGNORECASE
)
_OWN_NOUN = regex(
    r"\s*(?:(?:hundred|thousand|million|billion)\s*)*(?:yuan|rmb)?\s+(?:of|in)\s+[a-z]|[万亿]?元的", re.IGNORECASE
)
FISCAL = frozenset({"central", "provincial"})


def giver_of(
    figure: Figure,
    context: Context,
    home: str,
    program: Decision,
    parent: Meaning | None,
    earlier: Meaning | None,
) -> Decision:
    """The giver of an amount, `unknown` where the scope says none.

    Args:
        figure: the amount.
        context: where it stands.
        home: code of the report's region, or `unknown`.
        program: of the amount.
        parent: of its whole, or of what it speaks about; None where it has none.
        earlier: meaning of the figure before it.
    """
    if parent is not None and figure.link != "part_of":
        own = _own(context, home) if figure.link == "share_of" else None
        return own if own is not None and own.code != UNKNOWN else _inherited(parent)
    if (ordered := _respective(context, home)) is not None:
        return ordered
    own = _own(context, home)
    if own is not None:
        return own
    if parent is not None and parent.source.code != UNKNOWN:
        return _inherited(parent)
    text, sources = context.cues.text, context.cues.sources
    if earlier is not None and earlier.source.code != UNKNOWN and context.before > context.sentence[0]:
        between = text[context.before : context.start]
        listed = context.rank is None and _LIST.fullmatch(between) and not _OWN_NOUN.match(text, context.end)
        if listed or (earlier.source.how == "named" and _GOES_ON.fullmatch(between)):
            inserted = tree_of(text).aside(context.before - 1)
            if inserted is None or inserted[1] > context.start:
                return passed_on(earlier.source)
            # the subject stands before what was inserted behind it
            subject = _givers(text, sources.within(context.statement[0], inserted[0]), context)
            return _together(subject[::-1], context, home) if subject else _NOBODY
    return _opened(context, program)


def _own(context: Context, home: str) -> Decision | None:
    """The giver that the own clause names; a Decision without a code where it names one that is unclear."""
    text, sources = context.cues.text, context.cues.sources
    if not context.is_cell:
        chinese = not text[context.own_before[0] : context.start].isascii()
        levels = LEVELS_IN_ROW.search(text, *context.own_before) if chinese else None
        if levels is not None and len(row := re.split("[、和及与]", levels.group())) > 2:
            return Decision(text=f"several are named: {', '.join(row)}")
        lead = max(context.before, context.start - 30, context.sentence[0])
        level = None if text[lead : context.start].isascii() else LEVEL.search(text, lead, context.start)
        told = sources.within(max(0, context.start - 40), context.start) if level is not None else []
        if level is not None and all(hit.end <= level.start("level") for hit in told):
            return of_level(level.group("level"), home, text[level.start("level") : context.start].strip())
    givers = {hit.payload for hit in sources.within(context.statement[0], context.start)}
    if givers == FISCAL and _TOGETHER.search(text, context.before, context.start):
        return Decision("central+provincial", "named", "two givers together")
    behind = sources.within(*context.own_behind)
    given = _GIVEN.fullmatch(text, context.end, behind[0].start) if behind else None
    if given and (given.group().endswith(("为", "是")) or not _receives(text, context.end, behind[0])):
        return _together(behind, context, home)
    ahead = sources.first(context.end, context.sentence[1])
    beyond = sources.within(*context.beyond) if ahead is not None else []
    if beyond and not _TO_COUNT.search(text, context.end, context.beyond[0]):
        return _together(beyond, context, home)
    begin = context.clause[0] if _RECEIVED.search(text, context.clause[0], context.start) else context.own_before[0]
    before = _givers(text, sources.within(begin, context.start), context)
    if not before and context.before == context.sentence[0]:
        # nothing but the opening stands before it: "the centre, for instance, gave 5 million"
        before = _givers(text, sources.within(context.statement[0], context.start), context)
    if before:
        nearest = before[-1]
        subject = next((hit for hit in before[:-1] if hit.payload in _BUDGETS and _ARRANGES.match(text, hit.end)), None)
        if nearest.payload == "social" and subject is not None:
            return _named(subject, context)  # 中央财政安排帮扶资金: what the fund is called gives nothing
        if nearest.payload == "social" and (office := _OFFICE_GIVES.search(text, context.own_before[0], nearest.start)):
            code = next((code for code, sign in _OF_OFFICE.items() if sign.match(office.group())), UNKNOWN)
            return Decision(code, "named", f"{office.group()}{text[nearest.start : nearest.end]}")
        if (payer := _RAISED_BY.search(text, context.own_before[0], nearest.end)) is not None:
            return Decision("social", "named", payer.group())
        if nearest.payload == "loans" and (lenders := [hit for hit in before if hit.payload == "foreign"]):
            return _named(lenders[-1], context)  # "the Asian Development Bank lent"
        other = context.cues.provinces.last(max(context.sentence[0], nearest.start - 40), nearest.end)
        if nearest.payload == "provincial" and other is not None and _is_of(text, other, nearest) and home != UNKNOWN:
            code = "social" if other.payload[:2] != home[:2] else "provincial"
            return Decision(code, "named", context.words((other.start, nearest.end)))
        return _together(before[::-1], context, home)
    themselves = _themselves().search(text, max(context.before, context.statement[0]), context.start)
    if themselves is not None:
        return Decision("beneficiaries", "named", themselves.group().strip())
    return _of_region(context, home)


_BUDGETS = frozenset({"central", "provincial", "city_county"})
_ARRANGES = regex(
    r"(?:财政)?(?:共|累计|已|再|又)*(?:安排|下达|拨付|[下划核预]拨|投入|拨出|发放)"
    r"|\s+(?:government\s+|budget\s+|has\s+|had\s+)?(?:allocated|arranged|issued|provided|disbursed)\b",
    re.IGNORECASE,
)
# an office that gives is no donor of society: 县政府捐赠, 省教育厅捐款
_OFFICE_GIVES = regex(
    r"(?<![^，。；、：\s])(?:[^，。；、\d]{0,8}[国省市县区州旗镇乡]|中央|自治区|当地|地方)?(?:级|本级|人民)?"
    r"(?:[^，。；、\d]{0,6}(?:政府|[厅局委])|财政)(?:[共再还又]?(?:计|另)?)$"
)
_OF_OFFICE = {
    "central": regex(r"中央|国家|财政部"),
    "provincial": regex(r"[^，。；]{0,6}(?:省|自治区)"),
    "city_county": regex(r"[^，。；]{0,6}[市县区州旗镇乡]|当地|地方"),
}
_RAISED_BY = regex(r"(?:单位|企业|公司|机关|部门|商会|协会)自筹$")  # and not the people whom it is for


def _is_of(text: str, province: Hit[str], level: Hit[str]) -> bool:
    """Whether a level is that of a province named right before it: Fujian province, 福建省财政."""
    return province.start < level.start and not text[province.end : level.start].strip()


def _givers(text: str, hits: list[Hit[str]], context: Context) -> list[Hit[str]]:
    """Phrases before a number that stand for givers: no receiver, no place, nobody who only tells."""
    return [
        hit
        for hit in hits
        if not _receives(text, context.sentence[0], hit)
        and not in_closed_brackets(text, hit.end, context.start)
        and not _SAYS.match(text, hit.end, context.start)
        and not _OF_LEVEL.match(text, hit.end)
        and not _MADE.search(text, hit.end, context.start)
        and not (hit.payload in ("provincial", "city_county") and _SPENDS.match(text, hit.end))
    ]


def _receives(text: str, start: int, hit: Hit[str]) -> bool:
    lead = max(start, hit.start - 24)
    if _MONEY_OF.match(text, hit.end) and not _GIVER_BEFORE.search(text, lead, hit.start):
        return False  # 下达中央资金320万元
    return hit.payload in ("central", "provincial", "city_county", "beneficiaries") and bool(
        _RECEIVES.search(text, lead, hit.start) or _OF_PLACE.search(text, lead, hit.start)
    )


# a giver of its own stands before the verb: 中央财政下拨自治区扶贫资金
_GIVER_BEFORE = regex(
    r"(?:中央|国家|省|自治区|[市州县区旗])(?:级|本级)?(?:财政)?[局厅部]?(?:共|已|累计)?(?:[下划核]拨|下达|拨付|分配)给?$"
)
_MONEY_OF = regex(
    r"(?:本?级|财政)*(?:专项|扶贫|脱贫|攻坚|衔接|推进|预算内|补助|转移支付|投资|基建|福彩|彩票公益金)*(?:资金|经费|补助款)(?!管理|使用|项目)"
)


@lru_cache(maxsize=1)
def _themselves() -> re.Pattern[str]:
    """People who pay with their own money: "the masses themselves raised"."""
    return re.compile(
        rf"\b(?:{payers()})\b(?:\s+themselves)?\s+(?:\w+\s+){{0,2}}?"
        r"(?:raised|contributed|paid|chipped in|put up|themselves)\b",
        re.IGNORECASE,
    )


def _raise_their_own(text: str, raised: Hit[str], ends: set[int]) -> bool:
    """Whether a giver that is named raises its own money: 由市县自筹, 市县两级自筹的."""
    level = _LEVELS_BEFORE.search(text, max(0, raised.start - 4), raised.start)
    return (level.start() if level else raised.start) in ends


_LEVELS_BEFORE = regex(r"(?:[两三]级|本级|财政)$")


def _together(hits: list[Hit[str]], context: Context, home: str) -> Decision:
    """The nearest giver, or two that are joined: centre and province are one code, others are several.

    Of two that stand side by side without a joining word the last is the head ("a national foundation"), unless it
    tells no giver ("city matching funds").
    """
    text, codes = context.cues.text, set[str]()
    ends = {hit.end for hit in hits}
    hits = [hit for hit in hits if text[hit.start : hit.end] != "自筹" or not _raise_their_own(text, hit, ends)]
    nearest = hits[0]
    head = last = nearest
    for hit in hits[1:]:
        between = (last.end, hit.start) if hit.start >= last.end else (hit.end, last.start)
        if not _JOINED.fullmatch(text, *between):
            break
        beside = not text[slice(*between)].strip()
        if head.payload == UNKNOWN or (beside and hit.start > last.start and hit.payload != UNKNOWN):
            head = hit
        elif not beside:
            codes.add(hit.payload)
        last = hit
    codes.add(head.payload)
    words = context.words((head.start, head.end))
    if head.payload == UNKNOWN:
        return Decision(text=words)
    if codes == {"city_county"} and home[:2] in MUNICIPALITIES and words.startswith(("市", "municipal")):
        return Decision(text=f"{words}: of a municipality that is a province")
    if codes == FISCAL:
        return Decision("central+provincial", "named", "two givers together")
    if len(codes) == 1:
        return Decision(head.payload, "named", words)
    return Decision(text=f"several are named: {', '.join(sorted(codes))}")


def _of_region(context: Context, home: str) -> Decision | None:
    """The report's own region pays as province or as city and county; another province that gives helps as society."""
    if home == UNKNOWN:
        return None
    text, start = context.cues.text, max(context.before, context.statement[0])
    own = _own_money(home).search(text, start, context.start)
    if own is not None:
        return Decision("provincial" if home.endswith("0000") else "city_county", "named", own.group())
    for hit in context.cues.provinces.within(start, context.start):
        near = max(start, hit.start - 24)
        compared = _COMPARED.search(text, near, hit.start)
        if hit.payload[:2] != home[:2] and not compared and not _RECEIVES.search(text, near, hit.start):
            return Decision("social", "named", context.words((hit.start, hit.end)))
    for hit in context.cues.provinces.within(*context.own_behind):
        if hit.payload[:2] != home[:2] and _FROM.fullmatch(text, context.end, hit.start):
            return Decision("social", "named", context.words((hit.start, hit.end)))
    return None


_COMPARED = regex(
    r"(?:\b(?:than|unlike|with|as|like)\s+(?:in\s+|those\s+(?:of|in)\s+)?(?:the\s+)?|[比较于跟像])$", re.IGNORECASE
)
_FROM = regex(
    r"\s*(?:(?:million|billion|thousand)\s+)?(?:(?:yuan|rmb|dollars)\s+)?(?:in aid\s+)?from\s+", re.IGNORECASE
)


@lru_cache(maxsize=64)
def _own_money(home: str) -> re.Pattern[str]:
    place = region(home, 0)
    names = sorted({*names_of(place), place.name_en}, key=len, reverse=True) if place is not None else ["\0"]
    return re.compile(f"(?:{'|'.join(map(re.escape, names))}){_OWN}", re.IGNORECASE)


def _respective(context: Context, home: str) -> Decision | None:
    """Of "the centre and the province gave 5 and 6 million respectively", the n-th giver gave the n-th amount."""
    if context.rank is None:
        return None
    hits = context.cues.sources.within(context.statement[0], context.head)
    if (met := context.in_order([hit for hit in hits if hit.payload != UNKNOWN])) is not None:
        return _named(met, context)
    return of_levels_in_order(context, home)


def _opened(context: Context, program: Decision) -> Decision:
    """What the head of a list behind a colon, the program or the heading tells."""
    if context.colon is not None and context.colon >= context.sentence[0]:
        head = _givers(context.cues.text, context.cues.sources.within(context.statement[0], context.colon), context)
        if head and not _NUMBER.search(_YEAR.sub("", context.words((context.statement[0], context.colon)))):
            foreign = [hit for hit in head if hit.payload == "foreign"]
            decision = _together(foreign or head, context, "")
            return decision._replace(how="opened") if decision.code != UNKNOWN else decision
    if program.code == "lottery_welfare":
        return passed_on(Decision("lottery", program.how, f"program: {program.text}"))
    if program.code == "social" and program.text.startswith(("heading:", "title:")):
        return Decision("social", "opened", program.text)
    heading = cues_of(context.section).sources.first(0, len(context.section))
    if heading is not None and heading.payload in ("foreign", "lottery", "loans"):
        return Decision(heading.payload, "opened", f"heading: {context.section[heading.start : heading.end]}")
    if context.is_cell and (code := _of_caption(context.section)):
        return Decision(code, "opened", f"caption: {context.section}")
    return _NOBODY


_NOBODY = Decision(text="nothing in scope names one")


@lru_cache(maxsize=256)
def _of_caption(caption: str) -> str:
    """The one giver whose funds a caption says that its table holds; empty for none and for several."""
    told = {hit.payload: hit for hit in cues_of(caption).sources.hits if hit.payload in FISCAL}
    return next(iter(told)) if len(told) == 1 and _FUNDS.match(caption, next(iter(told.values())).end) else ""


_FUNDS = regex(
    r"(?:财政)?(?:专项|扶贫|衔接|补助|发展|推进|乡村振兴|彩票公益金)*资金(?!及|和|与|、)"
    r"|\s+(?:government\s+|poverty\s+|alleviation\s+|reduction\s+|special\s+|fiscal\s+)*(?:funds?|funding|grants?|transfers?)\b(?!\s+and)",
    re.IGNORECASE,
)


def _inherited(parent: Meaning) -> Decision:
    if parent.source.code == UNKNOWN:
        return Decision(text="nor is that of what it speaks about")
    return passed_on(parent.source)


def _named(hit: Hit[str], context: Context) -> Decision:
    if hit.payload == UNKNOWN:
        return Decision(text=context.words((hit.start, hit.end)))
    return Decision(hit.payload, "named", context.words((hit.start, hit.end)))
