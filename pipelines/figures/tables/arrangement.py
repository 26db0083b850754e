"""How the figures of a table relate: parts and totals along rows and columns, and which repeat what others say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pipelines.catalog.currencies import is_money
from pipelines.figures.figure import LinkKind
from pipelines.figures.intervals.intervals import bounds
from pipelines.figures.tables.column_totals import bear_out_columns
from pipelines.figures.tables.doubts import doubtful_columns, may_be_rates
from pipelines.figures.tables.label_axes import Places, Words, axes_of, revised, words_of_places
from pipelines.figures.tables.label_classes import is_statistic
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Axis, Line
from pipelines.figures.tables.number import NumberCell, Numbers
from pipelines.figures.tables.products import rates_by_product
from pipelines.figures.tables.ratios import Amount, ratio_links
from pipelines.figures.tables.rests import differences, ratio_rows, remainders, running
from pipelines.figures.tables.row_totals import names_of, nationwide, row_axes, settled_rows
from pipelines.figures.tables.runs import LONGEST
from pipelines.figures.tables.totals import borne_out, holds_somewhere, is_mean, is_mean_of_row
from pipelines.figures.tables.versions import growing_columns, superseded

_PAIR = 2  # columns of which none is the sum of others
_ASKED_ROWS = 200  # rows of a long table that are asked
_CONTRADICTING = 3  # columns that do away with a total of rows


@dataclass(frozen=True, slots=True)
class Link:
    """The whole of a figure, and which of its breakdowns it is in: along `row` or `column`, or one of its own."""

    parent: int
    axis: str
    exhaustive: bool


@dataclass(slots=True)
class Arrangement:
    """Relations of a table's figures by figure_id.

    Attributes:
        links: part → its whole.
        repeated: figures that must not be summed, since others say the same money or people again: totals, of-which
            lines, cumulative values beside yearly ones, superseded values.
        unclear: figures of which it cannot be told whether they are totals of others.
        superseded: earlier value → address of the revised one.
        about: plan, share, growth or completion → the figure that it speaks about, and how.
    """

    links: dict[int, Link] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    unclear: set[int] = field(default_factory=set)
    superseded: dict[int, str] = field(default_factory=dict)
    about: dict[int, tuple[int, LinkKind]] = field(default_factory=dict)


def arrange(layout: Layout, numbers: Numbers) -> Arrangement:
    """Relates the number cells of one table; most tables need to look at few of them one by one."""
    units = numbers.units
    rows: Places = layout.row_paths.of(numbers.lines)
    columns = [(column, layout.column_paths[column]) for column in layout.columns if column in units]
    words = Words.of(layout.row_paths.labels())
    found = Arrangement()
    old_rows, old_columns = revised(rows, words), revised(columns, words_of_places(columns)) | growing_columns(columns)
    if old_rows or old_columns:
        _supersede(found, old_rows, old_columns, numbers.by_row)
    earlier = superseded(layout, numbers)
    by_row = numbers.by_row if earlier else {}
    for (row, column), newer in earlier.items():
        old = by_row.get(row, {}).get(column)
        if old is not None and column in by_row.get(newer, {}):
            found.superseded[old.figure_id] = by_row[newer][column].address
            found.repeated.add(old.figure_id)
    gone: set[int] = set(old_rows)
    if earlier:
        gone |= {row for row, line in numbers.values.items() if line and all((row, c) in earlier for c in line)}
    standing = [place for place in rows if place[0] not in gone] if gone else rows
    names, settled = names_of(layout, standing, numbers, words), set[int]()
    if words.classes:
        settled = settled_rows(standing, names, numbers.values, words)
    labels = layout.row_paths.labels() if len(rows) <= LONGEST else layout.row_paths.lasts()
    told = set(filter(is_statistic, labels))
    means = {row for row, path in standing if not told.isdisjoint(path) and row not in settled} if told else set()
    means |= differences(standing, numbers.values, words.classes) | ratio_rows(layout, numbers)
    without = means | layout.foreign_totals
    standing = [place for place in standing if place[0] not in without] if without else standing
    axes, doubted = row_axes(layout, standing, numbers, names, settled, words)
    found.unclear |= {number.figure_id for row in doubted for number in numbers.by_row.get(row, {}).values()}
    summed = [kind for kind in numbers.kinds if kind.is_summed]
    done = {kind.spec.unit for kind in summed if kind.spec.role != "target"}
    # beside what is done a plan is no part of it; plans alone add up as amounts do
    added = {kind.column for kind in summed if kind.spec.role != "target" or kind.spec.unit not in done}
    measured = {kind.column for kind in summed}
    rates: set[int] = set()
    if len(measured) > _PAIR:
        asked = [numbers.values.get(row, {}) for row in numbers.lines[:_ASKED_ROWS]]
        rates = rates_by_product({column: units[column] for column, _ in columns if column in measured}, asked)
    added -= rates
    column_axes = axes_of(
        [place for place in columns if place[0] not in old_columns], layout.total_columns, units.keys() - added
    )
    doubted = bear_out_columns(layout, column_axes, numbers, gone, added - old_columns.keys())
    found.unclear |= {number.figure_id for number in numbers.cells if number.column in doubted} if doubted else set()
    parts = {line.whole: line.parts for line in column_axes[0].lines}
    column_axes[0].of_which |= remainders(layout, sorted(measured - rates), numbers, parts)
    column_axes[0].of_which |= running(sorted(measured - rates), numbers)
    claims = [claim for axis in axes for claim in axis.lines if claim.exhaustive]
    claims += [Line(row, tuple(at for at, _ in standing if at != row), True) for row in nationwide(layout, standing)]
    unknown = [column for column, told in units.items() if told == {"unknown"}]
    rates |= {
        column for column in unknown if any(is_mean(numbers.by_column.get(column, {}), claim) for claim in claims)
    }
    overlapping = set[int]()
    for axis in axes:
        claimed = axis.lines
        axis.lines = borne_out(claimed, layout.row_paths, numbers.by_column.values(), _CONTRADICTING)
        kept = {line.whole for line in axis.lines}
        overlapping.update(part for line in claimed if line.whole not in kept for part in line.parts)
    for axis in column_axes:
        for row, line in numbers.by_row.items() if axis.lines else ():
            if any(is_mean_of_row(line, whole) for whole in axis.lines):
                means.add(row)  # what is a sum in other rows is a mean here: fatality by district
            if row in gone or row in means:
                continue
            levels = {
                column: number
                for column, number in line.items()
                if number.spec.role == "level" and number.spec.adds_up is not False
            }
            for whole in axis.lines:
                expected = [part for part in whole.parts if units.get(part, set()) & units.get(whole.whole, set())]
                _attach(found, levels, whole, expected, "row")
    for axis in axes:
        sums = [
            whole for whole in axis.lines if whole.exhaustive and holds_somewhere(whole, numbers.by_column.values())
        ]
        for column, places in numbers.by_column.items() if axis.lines else ():
            if column in rates or column in old_columns:
                continue
            if any(is_mean(places, whole) for whole in sums):
                rates.add(column)  # what is a sum elsewhere is a mean here: a cost per flat
                continue
            for whole in axis.lines:
                _attach(found, places, whole, whole.parts, "column")
    doubted = doubtful_columns(layout, column_axes[0], added - rates - old_columns.keys(), numbers)
    found.unclear |= {number.figure_id for number in numbers.cells if number.column in doubted} if doubted else set()
    found.unclear |= {number.figure_id for row in overlapping for number in numbers.by_row.get(row, {}).values()}
    _mark(found, numbers, axes, column_axes, means | layout.foreign_totals, rates)
    found.unclear |= may_be_rates(numbers, axes, column_axes)
    found.unclear -= found.repeated
    if "%" in set().union(*units.values()):
        found.about = ratio_links(_amounts(found, numbers, gone))
    return found


def _amounts(found: Arrangement, numbers: Numbers, gone: AbstractSet[int]) -> list[dict[int, Amount]]:
    """What percentages may be about, by row and column."""

    def amount(number: NumberCell) -> Amount:
        link = found.links.get(number.figure_id)
        spec = number.spec
        kind = number.kind
        interval = bounds(kind.value, spec.scale * kind.scale, spec.qualifier, spec.unit, kind.spread)
        return Amount(number.figure_id, spec.role, spec.unit, interval, None if link is None else link.parent)

    return [
        {column: amount(number) for column, number in line.items()}
        for row, line in numbers.by_row.items()
        if row not in gone
    ]


def _supersede(
    found: Arrangement,
    old_rows: Mapping[int, int],
    old_columns: Mapping[int, int],
    by_row: dict[int, dict[int, NumberCell]],
) -> None:
    """An earlier value counts no more where a revised one stands in its stead; without one it still does."""
    for row, line in by_row.items():
        for column, number in line.items():
            newer = by_row.get(old_rows.get(row, row), {}).get(old_columns.get(column, column))
            if newer is not None and newer is not number:
                found.superseded[number.figure_id] = newer.address
                found.repeated.add(number.figure_id)


def _attach(
    found: Arrangement, line: Mapping[int, NumberCell], whole: Line, expected: Iterable[int], axis: str
) -> None:
    total = line.get(whole.whole)
    if total is None:
        return
    present = [number for place in whole.parts if (number := line.get(place)) is not None and number is not total]
    alike = [number for number in present if number.spec.unit == total.spec.unit]
    # a part that is not published, or is in another currency, leaves the rest a subset
    foreign = is_money(total.spec.unit) and any(
        is_money(number.spec.unit) and number.spec.unit != total.spec.unit for number in present
    )
    complete = whole.exhaustive and len(alike) > 1 and not foreign and all(place in line for place in expected)
    # what is said to be "of which" may overlap with the next
    alone = (
        f"{axis} {whole.parts[0]}" if len(whole.parts) == 1 and not whole.exhaustive else f"{axis} {whole.by}".strip()
    )
    link = Link(total.figure_id, alone, complete)
    for number in alike:
        found.links.setdefault(number.figure_id, link)


def _mark(
    found: Arrangement,
    numbers: Numbers,
    axes: tuple[Axis, ...],
    column_axes: tuple[Axis, ...],
    means: AbstractSet[int],
    rates: AbstractSet[int],
) -> None:
    wholes = set().union(*(axis.wholes for axis in axes))
    partial = set().union(*(axis.of_which for axis in axes))
    has_details = any(row not in wholes and row not in partial for row in numbers.rows)
    apart = set().union(*(axis.of_which for axis in column_axes))
    parts_of = {line.whole: line.parts for axis in column_axes for line in axis.lines if line.whole in axis.wholes}
    if not (wholes or partial or apart or parts_of or means or rates) and all(
        kind.spec.adds_up for kind in numbers.kinds
    ):
        return
    for number in numbers.cells:
        row, column = number.row, number.column
        summed = row in wholes and has_details
        if column in parts_of:
            line = numbers.by_row[row]
            summed = (
                summed
                or not number.value
                or any(
                    (part := line.get(place)) is not None
                    and place not in rates
                    and part.is_summed
                    and number.spec.unit in (part.spec.unit, "unknown")
                    for place in parts_of[column]
                )
            )
        if row in wholes and not has_details and len(partial) > 1:
            found.unclear.add(number.figure_id)  # the parts that it has are no more than some of them
        if summed or row in partial or column in apart | rates or row in means or number.spec.adds_up is False:
            found.repeated.add(number.figure_id)
