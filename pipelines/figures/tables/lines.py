"""Rows and columns of a table by their labels: details, totals, subtotals, of-which lines, and what makes up what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, combinations
from typing import Literal

from pipelines.catalog.headers import is_only
from pipelines.columns import holding
from pipelines.patterns import regex

LabelClass = Literal["total", "subtotal", "of_which", "detail"]
Path = tuple[str, ...]

_WHOLE = (
    r"(?:总\s*计|合\s*计|总\s*额|总\s*数|全[省区市县州国](?:合计|总计)?|共\s*计|全年(?:合计)?"
    r"|(?:the )?(?:whole|full|entire) year|(?:grand )?totals?|sum|overall"
    r"|both(?= (?:sexes|genders)|$)|(?-i:(?:[A-Z]+)?_T(?:OTAL)?)"
    r"|all(?! (?:the )?(?:others?|remaining|rest|else))(?: (?-i:(?:[a-z]+ )?[a-z]+s)"
    r"| (?:two|three|four|five|six|seven|eight|nine|ten|\d+))?)"
)
# other languages' words for it, alone: "Jumlah penduduk" counts residents
_ABROAD = (
    r"(?:summe|(?:ins)?gesamt|zusammen|jumlah|jumla|ensemble|suma|totale|totaal|toplam|razem|итого|всего|σύνολο"
    r"|tổng(?: cộng| số)?)"
)
TOTAL = regex(rf"{_WHOLE}\b.{{0,20}}|{_ABROAD}\s*(?:[(:].*)?", re.IGNORECASE)
SUBTOTAL = regex(
    r".{0,12}小\s*计.{0,6}|zwischensumme|sub-?\s?total[es]*\b.{0,40}|[^其]{1,10}合\s*计"
    r"|.{1,40}(?<!of )(?<!of the )\b(?:sub-?)?total",
    re.IGNORECASE,
)
_TOTAL_OF_HEAD = regex(r"(.+), total", re.IGNORECASE)
# letters of which every word of a total or "of which" holds some: most labels are names, and cost no more than this
TELLING = (
    *("计", "总", "全", "共", "其", "合", "year", "total", "sum", "all", "both", "_t", "which", "including", "thereof"),
    *("gesamt", "zusammen", "jumla", "ensemble", "totaal", "toplam", "razem", "итого", "всего", "σύνολο", "tổng"),
    *("dont", "cuales", "quais", "davon", "darunter", "di cui", "antaranya", "trong đó", "в том числе"),
)
_MAY_TELL = regex("|".join(TELLING), re.IGNORECASE)
OF_WHICH = regex(
    r"其\s*中|\b(?:of which|including|thereof|dont|de (?:los|las) cuales|d[oa]s quais|davon|darunter|di cui"
    r"|di antaranya|trong đó)\b|в том числе",
    re.IGNORECASE,
)
CUMULATIVE = regex(
    r"累\s*计|\bcumulative|\bto date\b|\bsince inception\b"
    r"|(?<!\d)1\s*[-–—~至]\s*\d{1,2}月|\bjan\w*\s*(?:[-–—]|to)\s*[a-z]{3}",
    re.IGNORECASE,
)
_MAY_BE_CUMULATIVE = ("累", "cumulative", "to date", "since inception", "月", "jan")
_GRAND = regex(r"(?:总\s*计|grand total|overall total|全[省区市县州国](?:合计|总计)?)\b.{0,20}", re.IGNORECASE)
# labels of a place of which a total may span several; fewer are told apart by their level
_SPANNED = range(3, 8)
_AVERAGE = regex(
    r"(?:[^\W\d_]+ ){0,3}(?:average|mean)s?(?: (?:of|over) .*)?|[一-鿿]{0,6}平均(?:值|数|水平)?|均值",
    re.IGNORECASE,
)
_PLAIN_TOTAL = regex(
    rf"(?:{_WHOLE}|{_ABROAD})(?: (?:g[eé]n[eé]ra(?:l|le)|geral|na[ct]ional))?\s*(?:[(（].*)?", re.IGNORECASE
)


def is_whole_place(label: str) -> bool:
    """Whether a label is 全县 and the like: all of a place, or the total over its parts."""
    return re.fullmatch(r"全\s*[省区市县旗州盟国乡镇村](?:各[乡镇村]+)?", label.strip()) is not None


def is_statistic(label: str) -> bool:
    """Whether a label of a row names a mean, a median, a largest or smallest value: such rows are part of no sum."""
    return is_average(label) or is_only("extreme", label)


@lru_cache(maxsize=65536)
def label_class(label: str) -> LabelClass:
    """What a label says of its row or column."""
    if not _MAY_TELL.search(label):
        return "detail"
    label = label.strip()
    if TOTAL.fullmatch(label):
        return "total"
    if SUBTOTAL.fullmatch(label):
        return "subtotal"
    return "of_which" if OF_WHICH.search(label) else "detail"


def is_plain_total(label: str) -> bool:
    """Whether a label is nothing but the word for a total, with or without brackets behind it."""
    return _PLAIN_TOTAL.fullmatch(label.strip()) is not None


def classes_of(labels: Collection[str]) -> dict[str, LabelClass]:
    """The classes of those of many labels that are no details."""
    return {label: found for label in holding(labels, TELLING) if (found := label_class(label)) != "detail"}


def cumulative_of(labels: Collection[str]) -> set[str]:
    """Those of many labels that say that their values run from some start up to now."""
    found = {label for label in holding(labels, _MAY_BE_CUMULATIVE) if is_cumulative(label)}
    begins = {span[0] for label in labels if (span := _months_of(label))} if found else set()
    return {label for label in found if (span := _months_of(label)) is None or span[1] + 1 not in begins}


@lru_cache(maxsize=65536)
def _months_of(label: str) -> tuple[int, int] | None:
    """From which month to which a label runs, where it says no more of time: 1-6月, Jul-Sep."""
    found = _MONTHS.search(label)
    if found is None or CUMULATIVE.search(label[: found.start()] + label[found.end() :]):
        return None
    first, last = (name for name in found.groups() if name is not None)
    return (int(first), int(last)) if first.isdecimal() else (_NAMES.index(first.lower()), _NAMES.index(last.lower()))


_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS = regex(
    rf"(?<!\d)(\d{{1,2}})\s*[-–—~至]\s*(\d{{1,2}})月|\b({'|'.join(_NAMES)})[a-z]*\s*(?:[-–—]|to)\s*({'|'.join(_NAMES)})",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def is_cumulative(label: str) -> bool:
    """Whether a label says that its values run from some start up to now."""
    lowered = label.lower()
    return any(word in lowered for word in _MAY_BE_CUMULATIVE) and CUMULATIVE.search(label) is not None


def is_average(label: str) -> bool:
    """Whether a label names a mean: of incomes that is the whole's own, of amounts it is nobody's."""
    return _AVERAGE.fullmatch(label.strip()) is not None


def is_grand(label: str) -> bool:
    """Whether a label names the total of the whole table."""
    return _GRAND.fullmatch(label.strip()) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A whole and its parts along rows or columns, by place.

    Attributes:
        whole: the place of the whole.
        parts: those of its parts.
        exhaustive: whether the parts are all there are.
        by: what they are parted by, where the whole is made up in several ways.
    """

    whole: int
    parts: tuple[int, ...]
    exhaustive: bool
    by: str = ""


@dataclass(slots=True)
class Axis:
    """How the places of one axis make up each other.

    Attributes:
        lines: wholes with their parts; a place is a part in at most one.
        wholes: places that are totals or subtotals of any level.
        of_which: places that are part of another place beside them.
    """

    lines: list[Line] = field(default_factory=list)
    wholes: set[int] = field(default_factory=set)
    of_which: set[int] = field(default_factory=set)


def labels_of(places: Sequence[tuple[int, Path]]) -> set[str]:
    """The distinct labels of some places: of a long table what holds of a label is asked once."""
    return set(chain.from_iterable(path for _, path in places))


def _by_heads(places: Sequence[tuple[int, Path]]) -> tuple[Sequence[tuple[int, Path]], set[int]]:
    """Places with "Population, total" and "Population, male" as two labels each, and those of such totals.

    A total of one noun is none of what is called otherwise.
    """
    heads = {found.group(1) for label in labels_of(places) if (found := _TOTAL_OF_HEAD.fullmatch(label))}
    if not heads:
        return places, set()

    def parted(label: str) -> Path:
        head, _, rest = label.rpartition(", ")
        return (head, rest) if head in heads else (label,)

    totals = {place for place, path in places if any(map(_TOTAL_OF_HEAD.fullmatch, path))}
    return [(place, tuple(chain.from_iterable(map(parted, path)))) for place, path in places], totals


def axis_of(
    places: Sequence[tuple[int, Path]],
    known: dict[int, LabelClass] | None = None,
    told: Mapping[str, LabelClass] | None = None,
) -> Axis:
    """Relates the places of an axis by their header paths.

    The whole of a place is the place whose path has a total in the stead of one of its labels, the innermost first:
    of (2010, Central) that is (2010, Total) and, without it, (Total, Central) or (Total).

    Args:
        places: index and header path, in order.
        known: classes that the labels do not tell, for the last label of a place.
        told: the labels that are no details, where somebody has looked for them already.

    Returns:
        The relations.
    """
    known = known or {}
    if not known and not (classes_of(labels_of(places)) if told is None else told):
        return Axis()
    places, of_heads = _by_heads(places)
    classes: dict[int, tuple[LabelClass, ...]] = {}
    for place, path in places:
        levels = tuple(map(label_class, path))
        classes[place] = (*levels[:-1], known[place]) if place in known and levels else levels
    axis = Axis()
    wholes: dict[tuple[Path, Path], list[int]] = {}
    for place, path in places:
        if classes[place].count("detail") == len(path):
            continue
        for level, found in enumerate(classes[place]):
            if found in ("total", "subtotal"):
                axis.wholes.add(place)
                wholes.setdefault((path[:level], path[level + 1 :]), []).append(place)
            elif found == "of_which":
                axis.of_which.add(place)
    paths = dict(places)
    order = {place: number for number, (place, _) in enumerate(places)}
    at_levels = sorted({len(above) for above, _ in wholes}, reverse=True)
    named = _named_wholes(places, classes)
    parts: dict[int, list[int]] = {}
    open_ended: set[int] = set()
    previous: dict[Path, int] = {}
    latest: int | None = None
    for place, path in places:
        levels = classes[place]
        if place in axis.of_which:
            level = levels.index("of_which")
            before = previous.get(path[:level])
            if before is None and not level and len(path) > 2:
                before = latest  # below a heading, and above it names in several languages
            if before is not None:
                axis.lines.append(Line(before, (place,), exhaustive=False))
                continue
        else:
            latest = place
        if (
            axis.of_which
            and place not in axis.of_which
            and (path[:-1] in previous or ("total" not in levels and "subtotal" not in levels))
        ):
            previous[path[:-1]] = place  # behind a total that closes a list, "of which" speaks of it
        whole = _whole_of(place, path, levels, at_levels, wholes, paths, classes, order) if wholes else None
        if named:
            shared = -1 if whole is None else len(_details(paths[whole], classes[whole]))
            closer = _over_several(path, levels, named, shared)
            whole = whole if closer is None else closer
        if whole is not None:
            parts.setdefault(whole, []).append(place)
            if place in axis.of_which:
                open_ended.add(whole)
    for whole in open_ended:
        beside = [place for place in parts[whole] if place not in axis.of_which]
        grand = _grand_beside(whole, paths, classes, wholes)
        if beside and grand is not None and len(parts[whole]) - len(beside) > 1:
            # each part says that it is one; what follows without saying so is beside their whole, not in it
            parts[whole] = [place for place in parts[whole] if place in axis.of_which]
            parts[grand] = sorted({whole, *beside, *parts.get(grand, ())}, key=order.__getitem__)
            axis.wholes.discard(whole)
            continue
        if any(place not in axis.wholes for place in beside):
            # "of which" opens a list of parts: all of them are details of the total
            axis.of_which.difference_update(parts[whole])
    for whole, members in parts.items():
        if whole in open_ended and axis.of_which.issuperset(members):
            axis.lines += [Line(whole, (part,), exhaustive=False) for part in members]  # each may overlap with the next
        else:
            axis.lines.append(Line(whole, tuple(members), exhaustive=whole not in open_ended))
    ends = {places[0][0], places[-1][0]} if len(of_heads) == 1 else set()  # of all, whatever they are called
    axis.wholes -= of_heads - parts.keys() - ends
    return axis


def _grand_beside(
    whole: int,
    paths: Mapping[int, Path],
    classes: Mapping[int, tuple[LabelClass, ...]],
    wholes: Mapping[tuple[Path, Path], list[int]],
) -> int | None:
    """The total above another one of the same list."""
    path = paths[whole]
    level = next(at for at, found in enumerate(classes[whole]) if found in ("total", "subtotal"))
    found = _grand(wholes[path[:level], path[level + 1 :]], paths, classes, level)
    return None if found == whole else found


def _named_wholes(
    places: Sequence[tuple[int, Path]], classes: Mapping[int, tuple[LabelClass, ...]]
) -> dict[Path, list[int]]:
    """Labels that totals have beside "Total" → those totals, in tables where one may span several labels."""
    if max((len(path) for _, path in places), default=0) not in _SPANNED:
        return {}
    found: dict[Path, list[int]] = {}
    for place, path in places:
        if "total" in classes[place]:
            found.setdefault(_details(path, classes[place]), []).append(place)
    return found


def _over_several(
    path: Path, levels: tuple[LabelClass, ...], named: Mapping[Path, list[int]], shared: int
) -> int | None:
    """The total over several labels at once that a place belongs to: that with most of its labels, more than `shared`.

    (Total, Central) is over (Shangfan, Relocation, Central), whatever stands in the two columns.
    """
    own = _details(path, levels)
    for size in sorted({len(labels) for labels in named}, reverse=True):
        if not shared < size <= min(len(own), len(path) - 1):
            continue
        alike = {labels for labels in combinations(own, size) if labels in named and labels != own}
        if alike:
            wholes = named[alike.pop()]
            return wholes[0] if not alike and len(wholes) == 1 else None
    return None


def _details(path: Path, levels: tuple[LabelClass, ...]) -> Path:
    if levels.count("detail") == len(path):
        return path
    return tuple([label for label, level in zip(path, levels, strict=True) if level == "detail"])


def _whole_of(
    place: int,
    path: Path,
    levels: tuple[LabelClass, ...],
    at_levels: Sequence[int],
    wholes: dict[tuple[Path, Path], list[int]],
    paths: dict[int, Path],
    classes: dict[int, tuple[LabelClass, ...]],
    order: dict[int, int],
) -> int | None:
    for level in at_levels:
        if level >= len(path):
            continue
        above, below = path[:level], path[level + 1 :]
        candidates = wholes.get((above, below), [])
        if not candidates and below:
            candidates = wholes.get((above, ()), [])
        if levels[level] in ("total", "subtotal"):
            grand = _grand(candidates, paths, classes, level)
            above_it = levels[level] == "subtotal" or (grand is not None and is_grand(paths[grand][level]))
            if above_it and grand is not None and grand != place:
                return grand
            continue
        if not candidates:
            continue
        return _nearest(place, candidates, paths, classes, order, level)
    return None


def _grand(
    candidates: Sequence[int], paths: Mapping[int, Path], classes: Mapping[int, tuple[LabelClass, ...]], level: int
) -> int | None:
    """Of several totals of one set of places the one above the others: the plain one, or the one said to be."""
    named = [place for place in candidates if is_grand(paths[place][level])]
    strong = [place for place in candidates if classes[place][level] == "total"]
    plain = [place for place in strong if _PLAIN_TOTAL.fullmatch(paths[place][level].strip())]
    for found in (named, plain, strong):
        if len(found) == 1:
            return found[0]
    return None


def _nearest(
    place: int,
    candidates: list[int],
    paths: dict[int, Path],
    classes: dict[int, tuple[LabelClass, ...]],
    order: dict[int, int],
    level: int,
) -> int | None:
    """The total of a detail: the only one, else the subtotal that closes (or heads) its stretch, else the grand one."""
    if len(candidates) == 1:
        return candidates[0]
    grand = _grand(candidates, paths, classes, level)
    subtotals = [candidate for candidate in candidates if candidate != grand]
    if grand is None and len(subtotals) > 1 and all(classes[found][level] == "total" for found in subtotals):
        return None  # several totals of equal standing: nothing says which is whose
    first = min(order.values())
    heads = order[subtotals[0]] == first or (grand is not None and order[grand] == first == order[subtotals[0]] - 1)
    if heads:
        before = [found for found in subtotals if order[found] < order[place]]
        return before[-1] if before else grand
    behind = [found for found in subtotals if order[found] > order[place]]
    return behind[0] if behind else grand
