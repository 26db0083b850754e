"""Which two values a change lies between: the earlier and the later one, by the words around them."""

from __future__ import annotations

import re

from pipelines.checking.evidence import after, before
from pipelines.checking.rules.told import RATIOS, Told, alike, gap, is_amount, is_bare, same_sentence, same_statement
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import YEAR
from pipelines.figures.text.subjects import own_words
from pipelines.meaning.meaning import UNKNOWN
from pipelines.meaning.period_codes import years
from pipelines.patterns import SIGN, regex

_NEAR = 6  # numbers before a change among which its two ends are
_BEHIND = 3
DIFFERENCES = frozenset({"change", "diff_pp"})
RATES = frozenset({"change_pct"})
_YEAR = r"(?:(?:19|20)\d\d(?:[-/–]\d\d)?)"
# words right before a value that call it the earlier one
_EARLIER_LEAD = regex(
    r"(?:上年|去年|前年|同期|年初|此前|原来|当时|上季度|上一[年轮]|帮扶前|任职前|(?<![到至达于])\d{4}年[^，。；\d]{0,6})(?:末|底|初|同期)?[^，。；、\d]{0,8}?(?:只有|仅|为|是|的|有)?[（(]?$"
    r"|[由从](?![^，。；\d]*(?:调|划|筹|提取|收回|安排|拨|列)入?[^，。；\d]{0,3}$)"
    r"[^，。；\d]{0,14}(?:(?:\d{4}年|\d{1,2}月)[^，。；\d]{0,6})?[^，。；\d]{0,4}$"
    r"|(?:(?<![同环])[比较][^，。；\d]{0,12}(?:(?:\d{4}年|\d{1,2}月)[^，。；\d]{0,6})?的?)$"
    r"|\b(?:where|when|before|earlier|baseline)[^,;.\d]{0,24}$"
    r"|\b(?:year|season|month|quarter|time|survey|census) (?:before|earlier|ago)"
    r"(?: (?:it|there|they) (?:was|were))?,?\s*"
    + SIGN
    + r"$|\bhad (?:earned|numbered|stood at|come to|reached|sold|made|cost|had)\s+"
    + SIGN
    + r"$"
    r"|\b(?:last|previous|preceding) (?:financial |fiscal |school )?(?:year|season|quarter|month)"
    r"(?: [a-z]+){1,5} (?:was|were|had been|stood at|came to|reached) "
    + SIGN
    + r"$|(?:^|[.;] )(?:Last year|The year before|A year (?:before|earlier|ago)),?[^,;.\d]{0,40}$"
    rf"|[(（]\s*(?:in )?{_YEAR}\s?[:：]\s?" + SIGN + r"$"
    rf"|\b(?:from|against|than|over|on|above"
    rf"|below|compared (?:with|to)|as against|set against|had been|previous year'?s?|last year'?s?)"
    rf"(?: (?:about|the|some|only|a|an|in {_YEAR},?|its|their|level of|figure of|planned|previous"
    rf"|of|that|those|{_YEAR}))*\s?[(]?" + SIGN + r"$",
    re.IGNORECASE,
)
# words right behind a value that say the same: "(661.3 million yuan in 2005)", "of the previous year"
_EARLIER_BEHIND = regex(
    rf"[^,;.，。；()（）\d]{{0,24}}?\b(?:in|of|for|at the (?:end|start|beginning) of"
    rf"|by the end of) (?:the )?(?:{_YEAR}|previous|year before|preceding|last)"
    rf"|[^,;.，。；()（）\d]{{0,24}}?\b(?:last year|a year (?:earlier|ago|before)|the year before"
    rf"|earlier|twelve months|before the)\b"
    r"|[^，。；、比较()（）\d]{0,6}的?(?:上年|去年|同期|年初)",
    re.IGNORECASE,
)
_COMPARED = regex(
    r"(?:全[国省区市州县][^，。；\d]{0,4}平均|后者|平均(?:水平|数|值)|计划|目标|任务)[^，。；\d]{0,8}$"
    r"|全[国省区市州县](?:农村|农民|居民)?(?:人均)?(?:收入|水平)?(?:为|是)?$"
    r"|\b(?:average|target|plan|planned|forecast|estimate|ceiling)[^,;.\d]{0,16}$",
    re.IGNORECASE,
)
_TO = regex(r"\bto (?:about |some )?" + SIGN + r"$|[到至为]了?约?$", re.IGNORECASE)
# an amount that is called a difference, however it is read: "446 yuan more", "少付1368元"
_APART_LEAD = regex(
    r"(?:的(?:部分|差额|差距|缺口)[为是达]?|[多少高低增减超]|(?<!补)差|[多少][收建种付栽修出]|超(?:出|过|额)?[^，。；\d]{0,8}|脱贫|减贫|增加|减少|净增|增收|扩大|缩小|提高|下降|降低|相差|差额|差距)[出了付掉为达]{0,2}$"
    r"|\b(?:gap|difference|balance|gain|increase|rise|drop|fall|decrease|reduction|addition|extension|cut|backlog"
    r"|shortfall|improvement|decline|growth|saving)(?:,| of| is| was)? " + SIGN + r"$"
    r"|\b(?:an additional|(?:higher|lower|increased|decreased|rose|fell|grew|shrank|dropped|declined|or)"
    r"(?: again)?(?: by)?) " + SIGN + r"$",
    re.IGNORECASE,
)
_APART_BEHIND = regex(
    r"[^,;.，。；()（）\d]{0,24}?\b(?:(?:more|less|fewer|higher|lower|shorter|longer)"
    r"(?=\s*(?:$|[,.;:()]|(?:than|in|on|of|at|over|from|compared|the|last|a year|this|that|to|for|[a-z]+s)\b))"
    r"|(?<!are )(?<!is )(?<!were )(?<!was )(?<!live )(?<!lived )(?<!fall )(?<!fell )(?<!aged )(?:above|below|short))\b"
    r"(?! levels?| schools?)",
    re.IGNORECASE,
)
_BY = regex(r"\bby (?:about |nearly |some )?$", re.IGNORECASE)
_MEAN = regex(r"均[^，。；\d]{0,4}$|\b(?:average|mean|each)\b[^,;.]{0,12}$", re.IGNORECASE)


def is_apart(told: Told, figure: Figure) -> bool:
    """Whether the words at an amount call it a difference."""
    if figure.role not in ("level", "per_unit", "target") or figure.unit in RATIOS or figure.qualifier != "exact":
        return False
    lead = told.lead(figure)[-24:]
    before_it = told.at(told.place[figure.figure_id] - 1)
    if _OR.search(lead) and (before_it is None or before_it.role not in (*RATES, *DIFFERENCES)):
        return False  # "68 per cent, or 6.41 billion, is recurrent"
    if _BY_MONEY.search(lead) and _BEYOND.search(before(figure)[-80:]):
        return True
    if _THE.search(lead) and _ADDITIONAL.match(after(figure)):
        return True
    return _APART_LEAD.search(lead) is not None or _APART_BEHIND.match(after(figure)) is not None


_OR = regex(r"\bor" + SIGN + "$", re.IGNORECASE)
# "fell short of the forecast of 6.0 billion by 0.6 billion"
_BY_MONEY = regex(r"\bby (?:about )?" + SIGN + r"$", re.IGNORECASE)
_BEYOND = regex(
    r"\b(?:short of|below|above|exceed(?:s|ed|ing)?|surpass\w+|miss(?:es|ed)|undershot|overshot)\b", re.IGNORECASE
)


def around(told: Told, place: int, *, points: bool = False) -> list[Figure]:
    """The values that a change may be between: of one kind, before it and right behind it."""
    found = [*told.before(place, _NEAR), *told.behind(place, _BEHIND)]
    if points:
        return [f for f in found if f.unit == "%" and f.role not in ("plan_pct", "over_plan_pct")]
    unit = told.figures[place].unit
    return [f for f in found if is_amount(f) or (f.unit == unit and unit not in RATIOS)]  # days, too


def is_earlier(told: Told, figure: Figure, *, compared: bool = False) -> bool:
    """Whether the words at a value call it that of an earlier time, or what another one is held against."""
    lead = told.lead(figure)
    if _BY.search(lead) or ADDED.search(lead[-32:]):
        return False  # "down by 62,300 to 418,700": a difference, whatever it was read as; or an addend
    if figure.link == "previous_of":
        return True
    if figure.qualifier != "exact":
        return False  # "more than 2500" is no comparison
    if figure.role in RATES and _THAN_GREW.search(lead):
        return False  # 比2019年同期增长3%: held against that year, and not of it
    if compared and _COMPARED.search(lead[-24:]):
        return True
    said = _EARLIER_LEAD.search(lead[-40:])
    if said is not None and _A_YEAR.match(said.group()) and _is_of_this_time(told, figure):
        said = None  # 2020年支出9.2亿元，加上转移性支出1.8亿元: both of the report's year
    return said is not None or _EARLIER_BEHIND.match(after(figure)) is not None


_A_YEAR = regex(r"\d{4}年")


def _is_of_this_time(told: Told, figure: Figure) -> bool:
    """Whether the year before a value is the last one that its document tells, and all of its sentence is of it."""
    meanings = told.evidence.meanings
    own = meanings[figure.figure_id].period.code
    is_last = years(own) == (told.last_year, told.last_year)
    return is_last and all(meanings[f.figure_id].period.code == own for f in told.sentence(figure))


_THAN_GREW = regex(r"[比较][^，。；]{1,16}(?:增长|增加|上升|提高|下降|减少|降低|上涨|下跌|回落)了?$")
# "加上2017年提前下达的738亿元": an addend, of whatever year it is
ADDED = regex(r"(?:加上|连同|[另再]加)[^，。；]*$|\b(?:plus|together with|on top of|added to)\b[^,;.]*$", re.IGNORECASE)
# who came to the poor or left them meanwhile: none of the two ends of a change
_FLOW = regex(r"(?:返贫|新识别|新增|新纳入|补录|清退|剔除|注销|死亡|自然增[加减]|自然减少)[^，。；\d]{0,4}$")
_OVER_YEAR = regex(
    r"\s*(?:%|per cent|percent)?\s*(?:growth|increase|rise|more|higher|up|less|lower)?"
    r"\s?(?:over|than|from|on|above|below) (?:that of |those of |in )?((?:19|20)\d\d)\b"
)
_THAN_YEAR = regex(r"[比较]((?:19|20)\d\d)年")
_THAN_LAST = regex(r"[比较]?(?:上|去|前)一?[年月季周]|同比")
_LAST = regex(r"(?:上|去|前)一?[年月季周]|同期|年初|此前|原来")


def _is_of_before(told: Told, earlier: Figure, values: list[Figure]) -> bool:
    """Whether a value is told to be of the year before, or has a year before that of another one."""
    if _LAST.search(told.lead(earlier)[-40:] + after(earlier)[:24].split("，")[0]):
        return True
    year = max(YEAR.findall(told.lead(earlier)[-24:]), default="")
    others = (max(YEAR.findall(told.lead(value)[-24:]), default="") for value in values if value is not earlier)
    return bool(year) and any(other > year for other in others)


def ends_of(told: Told, place: int, near: list[Figure]) -> tuple[Figure, Figure] | None:
    """The earlier and the later value that a change lies between; None where the words do not print both."""
    claim = told.figures[place]
    rates = () if claim.unit == "pp" else RATES  # points lie between rates of growth too
    values = [f for f in near if f.role not in (*DIFFERENCES, *rates) and f is not claim]
    values = [f for f in values if not (_is_other_change(told, f, claim) or _FLOW.search(told.lead(f)[-16:]))]
    if _LIFTED.search(told.lead(claim)):
        values = [f for f in values if f.role != "target"]  # what was planned is no stock that fell
    values.sort(key=lambda f: abs(told.place[f.figure_id] - place))
    inside = [f for f in values if same_sentence(f, claim)]
    earlier = next((f for f in inside if is_earlier(told, f)), None)
    if earlier is None and claim.role not in RATES:
        earlier = next((f for f in inside if is_earlier(told, f, compared=True)), None)
    if earlier is not None and _THAN_LAST.search(told.lead(claim)[-24:]) and not _is_of_before(told, earlier, inside):
        return None  # 2009年25.36亿元，比上年增加5亿元: what it was the year before is not printed
    if (earlier is None or earlier.link != "previous_of") and _is_than_another_year(told, claim, values):
        return None
    differ = _DIFFER.search(told.lead(claim)[-40:]) or (
        _THE.search(told.lead(claim)) and _ADDITIONAL.match(after(claim))
    )
    if earlier is None and differ and (two := _two_before(told, place, inside, values)):
        return two
    opened = earlier is not None and _OPENED.fullmatch(before(earlier)) is not None
    if earlier is not None and inside == [earlier] and (opened or differ or _MOVED.search(told.lead(claim)[-40:])):
        return _of_sentence_before(told, earlier, values)
    if earlier is None and claim.role in DIFFERENCES and len(inside) == 1 and _TO.search(gap(claim, inside[0])):
        return _of_sentence_before(told, inside[0], values, back=True)
    goes_on = _MORE_NOW.search(after(claim)[:24]) or _THIS_IS.match(before(claim))
    if earlier is None and (claim.role not in RATES or goes_on):
        return _ends_before(told, place, values)
    which = _WHICH_IS.search(told.lead(claim)) and len(inside) == 2 and told.at(place - 1) in inside
    if earlier is None or not (same_statement(earlier, claim) or differ or which or _is_next(told, place, earlier)):
        return None
    later = [f for f in inside if f is not earlier and _is_of_unit(f, earlier) and _kind(f) == _kind(earlier)]
    ahead = told.at(told.place[earlier.figure_id] - 1)
    if not later:
        about = own_words(re.split("[,;:，；：]", told.lead(claim))[-1])
        called = [f for f in values if f not in inside and about & told.label(f) and not is_earlier(told, f)]
        later = [f for f in called[:1] if _is_of_unit(f, earlier) and _kind(f) == _kind(earlier)]
    if not later and ahead in values and not is_earlier(told, ahead) and _kind(ahead) == _kind(earlier):
        later = [ahead] * (
            ahead.unit == earlier.unit
        )  # "It paid 1.83 billion. A year before it was 1.62, so 0.21 more"
    if told.place[earlier.figure_id] > place and _OF_ITS_OWN.search(gap(claim, earlier)):
        return None  # 差距缩小8.2个百分点，信息化率从22.5%增至30%: another one
    if told.place[earlier.figure_id] > place:  # "rose by 231 from 1,907": what it rose to stands before
        later = [f for f in later if told.place[f.figure_id] < place or _TO.search(told.lead(f))]
    if not later or _is_part(later[0], earlier) or _is_part(earlier, later[0]):
        return None
    ends = (earlier, later[0])
    return ends if _at_once(told, place, ends) else None


def _is_of_unit(one: Figure, other: Figure) -> bool:
    """Whether two values are of one unit, or one prints none: "numbered 391,480 contributors, up from 369,320"."""
    planned = "target" in (one.role, other.role) and (is_bare(one) or is_bare(other))  # 合作社312个，目标值为300个
    bare = other.unit == UNKNOWN or one.unit == UNKNOWN or planned
    return one.unit == other.unit or (bare and alike(one, other))


# what changed from what stands behind a difference has a name of its own
_OF_ITS_OWN = regex(
    r"[，；][^，；]*[一-鿿]{3,}[^，；]*[由从]"
    r"|[,;]\s+(?:(?:while|whereas|but)\b|(?:and |with )?(?:the |its |their )?[a-z]+[^,;]*\bfrom\b)"
)


def _is_than_another_year(told: Told, claim: Figure, values: list[Figure]) -> bool:
    """Whether a difference is one to a year of which no value is printed: 比2017年多68个, "a 27% growth over 1985"."""
    than = _THAN_YEAR.search(told.lead(claim)[-24:])
    since = than or _OVER_YEAR.match(after(claim))
    return (
        since is not None
        and not any(
            (than is not None and _LAST_IS.search(told.lead(f)))  # 比2016年增长28.8%，上年为4.75亿元
            or (
                set(YEAR.findall(told.lead(f)[-24:] + after(f)[:24] * (than is None))) == {since.group(1)}
                and not ADDED.search(told.lead(f)[-32:])
            )
            for f in values
        )
    )


_LAST_IS = regex(r"[，；(（]\s*(?:上年|去年)[^，。；\d]{0,4}(?:为|是|达)?$")


def _two_before(told: Told, place: int, inside: list[Figure], values: list[Figure]) -> tuple[Figure, Figure] | None:
    """The only two values of a sentence before their difference, or of the one before it: 每户2.2万元，相差0.8万元."""
    ahead = [f for f in inside if told.place[f.figure_id] < place]
    if not ahead:  # "We counted 37,860, they 41,376. The difference of 3,516 means that …"
        claim = told.figures[place]
        last = (f for f in values if (f.locator.sentence_end or 0) + 1 >= (claim.locator.sentence_start or 0))
        ahead = [f for f in last if told.place[f.figure_id] < place]
        if len(ahead) == 1:  # "The plan seeks 40.0 million. So far 24.2 million has come. The gap of 15.8 …"
            at = ahead[0].locator.sentence_start or 0
            more = [f for f in values if f not in ahead and (f.locator.sentence_end or 0) + 1 >= at]
            ahead = [*(f for f in more if told.place[f.figure_id] < place), *ahead]
    if len(ahead) != 2 or _kind(ahead[0]) != _kind(ahead[1]) or ahead[0].unit != ahead[1].unit:
        return None
    return ahead[0], ahead[1]


_LIFTED = regex(r"(?:脱贫|减贫)[^，。；\d]{0,4}$")
_DIFFER = regex(
    r"(?:相差|差距|差额)[为是达约]?$"
    r"|\b(?:differ by|(?:the|a) (?:difference|gap)(?:,| of| is| was| being| comes to)?"
    # what was just told is spoken of again: "the goal was 9,500, and 9,120 came. The gap of 380 …"
    r"|[Tt]h(?:e|is|at) (?:gap|shortfall|difference|surplus|excess|overrun) of (?:about )?)" + SIGN + r"$"
)
_MOVED = regex(
    r"(?:\b[Tt]h(?:e|is|at) (?:rise|increase|decrease|decline|fall|drop|reduction|saving|increment|growth) of "
    r"(?:about )?|\b(?:rise|increase|decrease|decline|fall|drop|reduction|growth) (?:is|was) (?:thus|therefore|hence) )"
    + SIGN
    + r"$"
)


# "Compared with the 16.0 billion of 2015 …"
_OPENED = regex(r"\s*(?:Compared (?:with|to)|Against|As against) (?:the )?" + SIGN)
_WHICH_IS = regex(r", (?:which is|which was|that is|i\.e\.|or) " + SIGN + r"$")


def _of_sentence_before(
    told: Told, alone: Figure, values: list[Figure], *, back: bool = False
) -> tuple[Figure, Figure] | None:
    """A value alone in its sentence, the earlier or the later one, and that of the sentence before it."""
    start = alone.locator.sentence_start or 0
    last = [f for f in values if not same_sentence(f, alone) and (f.locator.sentence_end or 0) + 2 >= start]
    last = [f for f in last if f.role == alone.role and _is_of_unit(f, alone) and f.link != "part_of"]
    if len(last) != 1 or (is_earlier(told, last[0]) and not back):
        return None
    return (last[0], alone) if back else (alone, last[0])


_THE = regex(r"\b[Tt]h(?:e|is|ese) $")
_ADDITIONAL = regex(r"\s*(?:additional|extra)\b")

# a sentence about the two values of the one before it: "This is an increase of 8.3 per cent."
_THIS_IS = regex(r"\s*(?:That|This|It|Which) (?:is|was|means|meant|makes|represents|corresponds to)\b|\s*(?:这|即)")
_MORE_NOW = regex(r"^[ a-z%]{0,12}\b(?:more|less|fewer|higher|lower)\s*(?:[.,;]|$)", re.IGNORECASE)


def _is_other_change(told: Told, figure: Figure, claim: Figure) -> bool:
    """Whether a value is itself a difference; those lifted out of poverty are what a change of another kind is of."""
    lifted = ("脱贫", "减贫")
    of_them = told.lead(figure).endswith(lifted) and not told.lead(claim).endswith(lifted)
    return is_apart(told, figure) and not of_them


def _is_next(told: Told, place: int, earlier: Figure) -> bool:
    """Whether what is called earlier stands alone right behind a difference: "11 more; 75 in the year before"."""
    claim = told.figures[place]
    follows = claim.role in DIFFERENCES and told.at(place + 1) is earlier and alike(earlier, claim)
    return follows and told.at(place + 2) not in told.behind(place)


def _is_part(figure: Figure, whole: Figure) -> bool:
    return figure.parent == whole.figure_id and figure.link == "part_of"


def _ends_before(told: Told, place: int, values: list[Figure]) -> tuple[Figure, Figure] | None:
    """The two values of the sentences before a difference: "5,870 yuan in 2010, 9,980 in 2013. 4,110 yuan more"."""
    claim = told.figures[place]
    if claim.unit == "pp":
        return None
    of_what = claim.unit.split("/")[0]
    ahead = [f for f in values if told.place[f.figure_id] < place]
    ahead = [f for f in ahead if (is_amount(f) if claim.role in RATES else f.unit.split("/")[0] == of_what)]
    at = claim.locator.sentence_start or 0
    ahead = [f for f in ahead if (f.locator.sentence_end or 0) + 1 >= at and f.link != "part_of"]
    ahead = [f for f in ahead if not _MEAN.search(told.lead(f))][:2]
    following = told.at(place + 1)
    if following is not None and _TO.search(gap(claim, following)):
        return None  # "fell by 27 yuan to 1,024": what it fell from is not printed
    words = own_words(re.split("[,;:，；：]", told.lead(claim))[-1])
    if len(words) > 1 and not any(words & told.label(f) for f in ahead):
        return None  # the difference of something else
    group = _OF_A_GROUP.match(before(claim))
    if group is not None and not any(group.group(1).lower() in f.sentence.lower() for f in ahead):
        return None  # "In control villages the rise was US$61": of others
    if _NAMED.search(before(claim)) and not any(_NAMED.search(f.sentence) for f in ahead):
        return None  # "the bills in Nairobi County, which decreased by": those of another place
    if len(ahead) < 2 or ahead[0].unit != ahead[1].unit or _kind(ahead[0]) != _kind(ahead[1]):
        return None
    first, second = ahead
    years = [YEAR.findall(told.lead(f)[-24:] + after(f)[:16]) for f in ahead]
    if is_earlier(told, first) == is_earlier(told, second) and not (all(years) and years[0] != years[1]):
        return None
    ends = (first, second) if is_earlier(told, first) else (second, first)
    return ends if _at_once(told, place, ends) else None


_OF_A_GROUP = regex(
    r"\s*(?:In|Among|For|Within|Outside) "
    r"(?!(?:the same|this|that|all|total|terms|fact|other words|real|rupees|absolute)\b)"
    r"((?:the |its )?[a-z][a-z-]+(?: [a-z-]+)?)(?=[ ,])"
)
_NAMED = regex(r"\b[A-Z][a-z]+(?: City)? (?:County|City|District|Province|Region|State|Block|Township|Municipality)\b")


def _kind(figure: Figure) -> str:
    if figure.unit == "%":
        return "growth" if figure.role in RATES else "%"
    return "level" if figure.role == "target" else figure.role.removesuffix("_prev")


def _at_once(told: Told, place: int, ends: tuple[Figure, Figure]) -> bool:
    """Whether nothing of the kind of a claim stands between it and its ends: that one says it, and this one another."""
    claim = told.figures[place]
    places = [told.place[end.figure_id] for end in ends]
    low, high = min(*places, place), max(*places, place)
    between = [f for f in told.figures[low + 1 : high] if f is not claim and f not in ends]
    if claim.unit == "pp":
        return not any(f.unit in ("%", "pp") for f in between)
    return not any(f.role == claim.role and f.unit == claim.unit for f in between)
