"""Rows and columns of a table by their labels: details, totals, subtotals, of-which lines, and what makes up what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from pipelines.figures.tables.label_classes import LabelClass, classes_of, is_grand, is_plain_total, label_class
from pipelines.patterns import regex

Path = tuple[str, ...]

_TOTAL_OF_HEAD = regex(r"(.+), total", re.IGNORECASE)
# labels of a place of which a total may span several; fewer are told apart by their level
_SPANNED = range(3, 8)


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
    plain = [place for place in strong if is_plain_total(paths[place][level])]
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
