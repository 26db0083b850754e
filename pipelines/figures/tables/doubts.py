"""Numbers of which neither words nor arithmetic tell whether they count, or say again what others do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import combinations

from pipelines.catalog.countries import is_country, is_group
from pipelines.catalog.headers import WordKind, says
from pipelines.figures.tables.cells import is_span, kind
from pipelines.figures.tables.label_axes import Places
from pipelines.figures.tables.label_classes import is_plain_total
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Axis, Line, Path
from pipelines.figures.tables.number import Numbers
from pipelines.figures.tables.runs import is_below, words_of
from pipelines.figures.tables.table_words import OUTLAYS
from pipelines.figures.tables.totals import Cells, gap_of
from pipelines.figures.tables.unnamed_columns import is_plain_sum
from pipelines.figures.units.bands import overlapping
from pipelines.patterns import regex

_FEWEST = 2  # rows that agree, or rows and columns of which none says more than that
_SHORTEST = 3  # letters of a label that others may have, too
_ASKED_ROWS = 200  # rows of a long table that are asked
_STAGES: tuple[WordKind, ...] = ("done", "state", "target", "remainder", "change", "price")
_LARGE = 1000  # what is larger and has no unit is rather an amount
_FAR = 1000  # times that a whole is more than a part of it at most
_WIDEST = 12  # columns of amounts among which differences are looked for


def beside_a_sum(axis: Axis, free: Collection[int], across: Sequence[Cells], heads: Mapping[int, str]) -> set[int]:
    """Places that may part the only sum of an axis again, in its unit and never above it: Boys, Girls, Total, Orphans.

    Args:
        axis: rows or columns as they make up each other.
        free: those of amounts and counts that may count by themselves.
        across: the numbers of each line across, by place.
        heads: the last label of each place.
    """
    sums = [line for line in axis.lines if len(line.parts) > 1 and not line.by]
    if len(sums) != 1 or sums[0].whole not in axis.wholes:
        return set()
    whole, *parts = sums[0].whole, *sums[0].parts
    runs = (parts, [part for part in parts if part < whole], [part for part in parts if part > whole])
    added = next((run for run in runs if is_plain_sum(whole, run, across)), parts)
    known = {whole, *added} | axis.wholes | axis.of_which
    known.update(part for line in axis.lines if line != sums[0] for part in line.parts)
    beside = sorted(place for place in free if place not in known)
    units = {line[part].spec.unit for line in across for part in added if part in line}
    if units == {"unknown"} and is_plain_total(heads.get(whole, "")):
        units |= {line[place].spec.unit for line in across for place in beside if place in line}
    found = [place for place in beside if _may_be_part(place, whole, across, units)]
    return set() if is_plain_sum(whole, found, across) else set(found)  # they make it up by themselves, in another way


def share_words(places: Places, line: Line) -> set[int]:
    """Places behind a sum and its parts whose label has a word of theirs."""
    words = {place: words_of(path[-1]) for place, path in places if path}
    told = frozenset[str]().union(*(words.get(place, ()) for place in (line.whole, *line.parts)))
    end = max(line.whole, *line.parts)
    return {place for place, own in words.items() if place > end and not own.isdisjoint(told)}


def _may_be_part(place: int, whole: int, across: Sequence[Cells], units: Collection[str]) -> bool:
    """Whether numbers are in the unit of others or of their parts, and nowhere above them."""
    pairs = [(line[place], line[whole]) for line in across if place in line and whole in line]
    return any(part.worth * _FAR > of.worth for part, of in pairs) and all(
        part.is_summed
        and part.spec.role == of.spec.role
        and part.spec.unit in (of.spec.unit, *units)
        and part.worth <= of.worth
        for part, of in pairs
    )


def named_again(places: Places, numbers: Numbers) -> set[int]:
    """Rows whose label returns with more words in several rows of less: Pupils above Fed pupils and Orphaned pupils.

    They may be the whole of these, although not all of its parts are there; where these are more than it together,
    some are parts of others, and with them may be all that is less than it.

    Args:
        places: rows of a table with their labels, in order.
        numbers: those of the table.
    """
    labels = {row: path[-1].lower() for row, path in places if path and len(path[-1]) >= _SHORTEST}
    found: set[int] = set()
    for row, label in labels.items():
        held = numbers.values.get(row, {})
        longer = [
            other
            for other, words in labels.items()
            if words != label and words.endswith(label if not label[0].isascii() else f" {label}")
        ]
        parts = [other for other in longer if is_below(numbers.values.get(other, {}), held)]
        if len(parts) < _FEWEST or len(parts) < len(longer):
            continue
        found.add(row)
        added = [numbers.values.get(part, {}) for part in parts]
        if all(sum(part.get(column, 0) for part in added) > value for column, value in held.items()):
            found |= {other for other in labels if is_below(numbers.values.get(other, {}), held)}
    return found


def wider_bands(places: Places) -> set[int]:
    """Rows or columns of a class, of ages or of sizes, that holds others of the same list."""
    lists: dict[Path, list[tuple[int, str]]] = {}
    for place, path in places:
        if path and kind(path[-1]) != "year" and not is_span(path[-1]):
            lists.setdefault(path[:-1], []).append((place, path[-1]))
    return {own[at][0] for own in lists.values() if len(own) > _FEWEST for at in overlapping([text for _, text in own])}


def groups_of_countries(places: Places) -> set[int]:
    """Rows of several countries together among rows of countries, by name or by code: EU28 beside DE and FR."""
    lasts = {row: [part.strip() for part in _PARTED.split(path[-1])][-1] for row, path in places if path}
    groups = {row for row, label in lasts.items() if is_group(label)}
    others = [label for row, label in lasts.items() if row not in groups] if groups else []
    named = sum(is_country(label) or _COUNTRY_CODE.fullmatch(label) is not None for label in others)
    return groups if named >= _FEWEST and 2 * named > len(others) else set()


def breakdowns_of_one(places: Places, numbers: Numbers) -> set[int]:
    """All rows of a table whose blocks by their first label come to nearly the same: one whole by age and sex."""
    blocks: dict[str, list[int]] = {}
    for row, path in places:
        if len(path) > 1:
            blocks.setdefault(path[0], []).append(row)
    blocks = {name: rows for name, rows in blocks.items() if len(rows) > 1}
    if len(blocks) < _BLOCKS:
        return set()
    agree = 0
    for cells in numbers.by_column.values():
        own = ([cells[row].worth for row in rows if row in cells] for rows in blocks.values())
        sums = sorted(sum(values, Decimal(0)) for values in own)
        middle = sums[len(sums) // 2]
        near = [one for one in sums if abs(one - middle) * 100 <= middle]
        agree += middle > _LARGE and len(near) >= _BLOCKS
    return {row for row, _ in places} if agree >= _FEWEST else set()


_BLOCKS = 3  # that agree, which so many lists of different things hardly do


def rows_of_measures(places: Places, numbers: Numbers) -> set[int]:
    """Rows that share a unit where each row prints its own behind its label, so that they are measures, and no list.

    As in: 开发投资额(亿元), 住宅投资额(亿元), 竣工面积(万平方米). What is part of what their names tell, or nothing.
    """
    labels = {row: path[-1] for row, path in places if path}
    printed = [row for row, label in labels.items() if _OWN_UNIT.search(label)]
    if len(printed) < _FEWEST or len(printed) < len(labels):
        return set()
    units = {row: next(iter(own.values())).spec.unit for row, own in numbers.by_row.items() if own and row in labels}
    told = Counter(units.values())
    return {row for row, unit in units.items() if told[unit] > 1} if len(told) > 1 else set()


_OWN_UNIT = regex(r"[(（][^()（）]{1,16}[)）]\s*$")


def gross_to_net(places: Places) -> set[int]:
    """Rows from "Gross" to "Net" above a table's others, which they sum up."""
    labels = [(row, path[-1].strip().lower() if path else "") for row, path in places]
    starts = [at for at, (_, label) in enumerate(labels) if label in _GROSS]
    for at in starts:
        end = next((place for place in range(at + 1, len(labels)) if labels[place][1] in _NET), -1)
        if at < end < len(labels) - _FEWEST:
            return {row for row, _ in labels[at : end + 1]}
    return set()


_GROSS, _NET = frozenset({"gross", "毛额", "bruto", "brut"}), frozenset({"net", "净额", "neto", "líquido"})
_PARTED = regex(r"[,;|]")
_COUNTRY_CODE = regex(r"[A-Z]{2,3}")


def _gaps(free: Collection[int], columns: Sequence[int], numbers: Numbers) -> set[int]:
    """Columns that no word tells of, and that are in every row what one before them has more than one before it."""
    lines = [numbers.values.get(row, {}) for row in numbers.lines[:_ASKED_ROWS]]
    found = set()
    for other, one, column in combinations(columns, 3):
        units = set[str]().union(*(numbers.units[place] for place in (column, one, other)))
        if column not in free or len(units - {"unknown"}) > 1:
            continue
        told = [line for line in lines if {column, one, other} <= line.keys() and line[column]]
        if len(told) >= _FEWEST and all(line[column] == line[one] - line[other] for line in told):
            found.add(column)
    return found


def _of_any_stage(layout: Layout, columns: AbstractSet[int], stages: Sequence[WordKind]) -> set[int]:
    """The columns whose headers say none of some words: at what stage money is, or what is left of it."""
    heads = {column: " > ".join(layout.column_paths[column]) for column in columns}
    free = {column for column, head in heads.items() if not any(says(kind, head) for kind in stages)}
    return {column for column in free if not OUTLAYS.search(heads[column])}


def doubtful_columns(layout: Layout, axis: Axis, added: AbstractSet[int], numbers: Numbers) -> set[int]:
    """Columns that may part a total again, or be what one has more than another.

    Args:
        layout: the table.
        axis: its columns as they make up each other.
        added: those of amounts and counts that are no plans, rates or earlier states.
        numbers: those of the table.
    """
    found = wider_bands([(column, layout.column_paths[column]) for column in sorted(added - axis.wholes)])
    if axis.lines:
        heads = {column: (layout.column_paths[column] or ("",))[-1] for column in layout.columns}
        found |= beside_a_sum(axis, _of_any_stage(layout, added, _STAGES), list(numbers.by_row.values()), heads)
    if _FEWEST < len(added) <= _WIDEST:
        free = _of_any_stage(layout, added - {at for line in axis.lines for at in line.parts}, _STAGES[:3])
        found |= _gaps(free, sorted(added), numbers)
    return found


def may_be_rates(numbers: Numbers, axes: Sequence[Axis], column_axes: Sequence[Axis]) -> set[int]:
    """The figures of columns that may be rates, codes or ranks, and of which no total tells that they add up.

    Args:
        numbers: those of the table.
        axes: its rows as they make up each other.
        column_axes: its columns as they do.
    """
    told: dict[int, list[Decimal]] = {}
    for one in numbers.kinds:
        if one.spec.adds_up is None:
            told.setdefault(one.column, []).append(one.value)
    found: set[int] = set()
    for column in (column for column, values in told.items() if _may_be_rates(values)):
        if any(_is_felt(column, line, numbers) for axis in column_axes for line in axis.lines):
            continue
        members = [number for number in numbers.cells if number.column == column]
        alike = len({number.value for number in members}) == 1 and len(members) <= _FEWEST
        cells = numbers.by_column.get(column, {})
        sums = (line for axis in axes for line in axis.lines if line.exhaustive)
        if not alike and not any(gap_of(cells, line.whole, line.parts) == 0 for line in sums):
            found |= {number.figure_id for number in members if number.spec.adds_up is None}
    return found


def _is_felt(column: int, line: Line, numbers: Numbers) -> bool:
    """Whether a column is a sum of others, or a part that is not lost in the rounding of its whole."""
    if column not in line.parts:
        return column == line.whole
    both = (row for row in numbers.by_row.values() if {column, line.whole} <= row.keys())
    return any(row[column].worth * _FAR > row[line.whole].worth for row in both)


def _may_be_rates(values: Sequence[Decimal]) -> bool:
    """Whether distinct numbers are small and parted as those of indices and means are, ranks, or one and the same."""
    if len(set(values)) == 1 and values[0]:
        return True
    if len(values) > _FEWEST and set(values) == set(map(Decimal, range(1, len(values) + 1))):
        return True  # ranks
    return any(value % 1 for value in values) and all(abs(value) < _LARGE for value in values)
