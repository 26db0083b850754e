"""How the figures of a table relate: parts and totals along rows and columns, and which repeat what others say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import WordKind, says
from pipelines.columns import holding
from pipelines.figures.figure import LinkKind
from pipelines.figures.intervals.intervals import bounds
from pipelines.figures.tables.classifications import part_by_classification
from pipelines.figures.tables.headers import PLACE_KINDS, LabelKind
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import (
    Axis,
    LabelClass,
    Line,
    Path,
    axis_of,
    classes_of,
    cumulative_of,
    is_plain_total,
    is_statistic,
    is_whole_place,
    label_class,
    labels_of,
)
from pipelines.figures.tables.number import NumberCell, Numbers
from pipelines.figures.tables.of_which import settle_of_which
from pipelines.figures.tables.products import rates_by_product
from pipelines.figures.tables.ranked import ranked_totals
from pipelines.figures.tables.ratios import Amount, ratio_links
from pipelines.figures.tables.rests import differences, gaps, ratio_rows, remainders, running
from pipelines.figures.tables.runs import (
    LONGEST,
    beside_a_sum,
    claimed_sums,
    listed_sums,
    named_again,
    repeated_sums,
    share_words,
    sums_of_groups,
    sums_of_runs,
    words_of,
)
from pipelines.figures.tables.totals import (
    Row,
    RowTable,
    UnnamedTotals,
    confirmed,
    gap_of,
    holds_somewhere,
    is_mean,
    is_mean_of_row,
    parted_again,
    regrouped,
    sums_of_several,
    unnamed_columns,
    unnamed_totals,
)
from pipelines.figures.tables.versions import growing_columns, superseded

Places = Sequence[tuple[int, Path]]
"""Rows or columns with their paths, in order."""

_PAIR = 2  # columns of which none is the sum of others
_ASKED_ROWS = 200  # rows of a long table that are asked
_WIDEST = 12  # columns of amounts among which differences are looked for
_LARGE = 1000  # what is larger and has no unit is rather an amount
_ASKED_NAMES = 8  # rows at the end that may be totals although they stand among names
_CONTRADICTING = (2, 3)  # rows that do away with a total of columns, columns that do so with one of rows
_REVISED = re.compile(
    r"\s*[(（\[]?\s*(?:\b(?:revised|restated|corrected)\b|调整后|修订(?:后|数)?|修正后?|更正后?)\s*[)）\]]?\s*",
    re.IGNORECASE,
)


_NATIONWIDE = re.compile(r"national(?: level)?|nationwide|(?:whole )?country|nacional|全国", re.IGNORECASE)
_NAMED: tuple[LabelKind, ...] = ("agency", "person", "item")
_STAGES: tuple[WordKind, ...] = ("done", "state", "target", "remainder", "change", "price")
_MAY_BE_REVISED = ("revised", "restated", "corrected", "调整后", "修订", "修正", "更正")


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


@dataclass(frozen=True, slots=True)
class _Words:
    """What the labels of one axis say: classes of those that are no details, marks of cumulation, of revision."""

    classes: Mapping[str, LabelClass]
    cumulative: AbstractSet[str]
    revised: AbstractSet[str]

    @classmethod
    def of(cls, labels: AbstractSet[str]) -> _Words:
        """Of some labels."""
        revised = {label for label in holding(labels, _MAY_BE_REVISED) if _REVISED.search(label)}
        return cls(classes_of(labels), cumulative_of(labels), revised)


def _words_of(places: Places) -> _Words:
    return _Words.of(labels_of(places))


def arrange(layout: Layout, numbers: Numbers) -> Arrangement:
    """Relates the number cells of one table; most tables need to look at few of them one by one."""
    units = numbers.units
    rows: Places = layout.row_paths.of(numbers.lines)
    columns = [(column, layout.column_paths[column]) for column in layout.columns if column in units]
    words = _Words.of(layout.row_paths.labels())
    found = Arrangement()
    old_rows, old_columns = _revised(rows, words), _revised(columns, _words_of(columns)) | growing_columns(columns)
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
    names, settled = _names(layout, standing, numbers, words), set[int]()
    if words.classes:
        settled = _settled(standing, names, numbers.values, words)
    labels = layout.row_paths.labels() if len(rows) <= LONGEST else layout.row_paths.lasts()
    told = set(filter(is_statistic, labels))
    means = {row for row, path in standing if not told.isdisjoint(path) and row not in settled} if told else set()
    means |= differences(standing, numbers.values, words.classes) | ratio_rows(layout, numbers)
    without = means | layout.foreign_totals
    standing = [place for place in standing if place[0] not in without] if without else standing
    row_axes = _row_axes(layout, standing, numbers, found, names, settled, words)
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
    column_axes = _axes(
        [place for place in columns if place[0] not in old_columns], layout.total_columns, units.keys() - added
    )
    doubted = _bear_out_columns(layout, column_axes, numbers, gone, added - old_columns.keys())
    found.unclear |= {number.figure_id for number in numbers.cells if number.column in doubted} if doubted else set()
    parts = {line.whole: line.parts for line in column_axes[0].lines}
    column_axes[0].of_which |= remainders(layout, sorted(measured - rates), numbers, parts)
    column_axes[0].of_which |= running(sorted(measured - rates), numbers)
    claims = [claim for axis in row_axes for claim in axis.lines if claim.exhaustive]
    claims += [Line(row, tuple(at for at, _ in standing if at != row), True) for row in _nationwide(layout, standing)]
    unknown = [column for column, told in units.items() if told == {"unknown"}]
    rates |= {
        column for column in unknown if any(is_mean(numbers.by_column.get(column, {}), claim) for claim in claims)
    }
    for axis in row_axes:
        tested = (confirmed(claim, numbers.by_column.values(), _CONTRADICTING[1]) for claim in axis.lines)
        axis.lines = [claim for claim in tested if claim is not None]
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
    for axis in row_axes:
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
    doubted = set()
    if column_axes[0].lines:
        doubted = beside_a_sum(column_axes[0], _of_any_stage(layout, added - rates, _STAGES), list(numbers.by_row.values()))
    if _PAIR < len(added) <= _WIDEST:
        parts_told = {at for line in column_axes[0].lines for at in line.parts}
        free = _of_any_stage(layout, added - rates - parts_told, _STAGES[:3])
        doubted |= gaps(free, sorted(added - old_columns.keys()), numbers)
    found.unclear |= {number.figure_id for number in numbers.cells if number.column in doubted} if doubted else set()
    _mark(found, numbers, row_axes, column_axes, means | layout.foreign_totals, rates)
    _doubt(found, numbers, row_axes, column_axes)
    if "%" in set().union(*units.values()):
        found.about = ratio_links(_amounts(found, numbers, gone))
    return found


_BARE_TOTAL = re.compile(r"(?:(?:grand |overall )?totals?|[总合共小]计|总[数额和])\s*(?:[(（\[].*)?", re.IGNORECASE)


def _bear_out_columns(
    layout: Layout, axes: tuple[Axis, ...], numbers: Numbers, gone: AbstractSet[int], added: AbstractSet[int]
) -> set[int]:
    """Keeps the totals of columns that rows bear out, and adds those that no word names.

    Returns:
        Those that are called totals, and that the columns beside them never make up, with those behind them: whether
        they hold others cannot be told.
    """
    doubted: dict[int, set[int]] = {}
    claimed = any(claim.exhaustive for axis in axes for claim in axis.lines)
    lines: list[Mapping[int, NumberCell]] = []
    if claimed or len(added) > _PAIR:
        lines = [line for row, line in numbers.by_row.items() if row not in gone]
    for axis in axes:
        for claim in [claim for claim in axis.lines if claim.exhaustive]:
            if confirmed(claim, lines, _CONTRADICTING[0]) != claim:
                axis.lines.remove(claim)
                axis.wholes.discard(claim.whole)
                if _is_of_the_same(layout, claim):  # "Total cost" beside "EU share" is a cost by itself
                    doubted[claim.whole] = {claim.whole, *(part for part in claim.parts if part > claim.whole)}
    if layout.total_columns is None:
        summed = [column for column in layout.columns if column in added]
        settle_of_which(summed, axes[0], lines, _PAIR)
        told = unnamed_columns(summed, axes[0], lines)
        axes[0].lines += told
        for line in told:
            heads = {part: " ".join(layout.column_paths[part][-1:]) for part in line.parts}
            rest = [part for part, head in heads.items() if says("remainder", head)]
            if rest:  # what was to be done, what was, and what is left of it: each but the last counts by itself
                axes[0].of_which.update(rest)
            elif line.by and not any(says(kind, head) for kind in ("done", "state") for head in heads.values()):
                axes[0].of_which.update(line.parts)  # by sex, and again by age
            if not rest or any(label_class(label) == "total" for label in layout.column_paths[line.whole]):
                axes[0].wholes.add(line.whole)
        named = [column for column in summed if label_class((layout.column_paths[column] or ("",))[-1]) == "total"]
        mixed = sums_of_several(named, summed, axes[0], lines)
        axes[0].lines += mixed
        axes[0].wholes |= {line.whole for line in mixed}
    return set[int]().union(*(of for whole, of in doubted.items() if whole not in axes[0].wholes))


def _is_of_the_same(layout: Layout, claim: Line) -> bool:
    """Whether a total is called nothing but that, or by a word that its parts have, too: All deaths, Road deaths."""
    head, *heads = [(layout.column_paths[column] or ("",))[-1] for column in (claim.whole, *claim.parts)]
    shared = [words_of(part) & words_of(head) for part in heads]
    return _BARE_TOTAL.fullmatch(head.strip()) is not None or sum(map(bool, shared)) >= _PAIR


def _row_axes(
    layout: Layout,
    rows: Places,
    numbers: Numbers,
    found: Arrangement,
    names: Mapping[int, LabelClass],
    settled: AbstractSet[int],
    words: _Words,
) -> tuple[Axis, ...]:
    """The totals of rows by their words, and those that arithmetic tells, which are one row each to the former."""
    if layout.total_rows is not None:
        return _axes(rows, layout.total_rows, words=words)
    coded = ranked_totals(layout.codes, layout.levels, list(numbers.by_column.values()))
    of_codes = {place for line in coded for place in line.parts}
    table, told_labels = RowTable(layout.row_paths, layout.headings, numbers), words.classes.keys()
    asked = [
        Row.of(row, path, table, told_labels if row not in names else frozenset())
        for row, path in rows
        if row not in settled and row not in of_codes
    ]
    told = unnamed_totals(asked)
    told.lines += coded
    inner = {part for line in told.lines for part in line.parts}
    axes = _axes([place for place in rows if place[0] not in inner] if inner else rows, names, words=words)
    part_by_classification(layout, axes[0])
    for line in [line for line in axes[0].lines if line.exhaustive and not line.by]:
        if runs := parted_again(line, numbers.values):
            axes[0].lines.remove(line)
            axes[0].lines += runs
            axes[0].wholes.update(part for run in runs[1:] for part in run.parts)
    contradicted = [line for line in axes[0].lines if confirmed(line, numbers.by_column.values(), 1) != line]
    if contradicted and (lines := regrouped(asked, contradicted)):
        axes[0].lines = [line for line in axes[0].lines if not line.exhaustive]
        told = UnnamedTotals(lines)
    settle_of_which([row for row, _ in rows], axes[0], numbers.by_column.values(), 1)
    axes[0].lines += told.lines
    again, alone = set(told.repeated), axes[0].wholes - {line.whole for line in axes[0].lines} - told.repeated
    if _PAIR < len(rows) <= LONGEST:
        single = [place for place in rows if place[0] not in axes[1].of_which]
        told.unclear |= _by_runs(layout, single, numbers, axes[0], contradicted)
        again |= repeated_sums(axes[0].lines, numbers)
        alone = (axes[0].wholes | claimed_sums(rows, numbers, axes[0].lines)) - again
        alone -= {line.whole for line in axes[0].lines}
    axes[0].wholes = (axes[0].wholes | {line.whole for line in axes[0].lines if line.exhaustive} | again) - alone
    doubted = set[int]()
    for line in axes[0].lines if len(rows) <= LONGEST else ():
        free = share_words(rows, line) - axes[1].of_which
        doubted |= beside_a_sum(axes[0], free, list(numbers.by_column.values()))
    for row in told.unclear | alone | doubted:
        found.unclear |= {number.figure_id for number in numbers.by_row.get(row, {}).values()}
    return axes


def _of_any_stage(layout: Layout, columns: AbstractSet[int], stages: Sequence[WordKind]) -> set[int]:
    """The columns whose header says none of some words: at what stage money is, or what is left of it."""
    heads = {column: (layout.column_paths[column] or ("",))[-1] for column in columns}
    return {column for column, head in heads.items() if not any(says(kind, head) for kind in stages)}


def _by_runs(layout: Layout, rows: Places, numbers: Numbers, axis: Axis, contradicted: Sequence[Line]) -> set[int]:
    """Adds the sums of runs, of listed rows and of groups of records, also in the stead of claims that do not hold.

    Returns:
        Rows of which arithmetic alone does not tell whether they are sums.
    """
    wholes = {line.whole for line in axis.lines}
    axis.lines += [line for line in listed_sums(rows) if line.whole not in wholes]
    borne = [line for line in axis.lines if line.exhaustive and line not in contradicted]
    taken = {place for line in borne for place in (line.whole, *line.parts)}
    free = {row for row, _ in rows if row not in taken}
    runs, doubtful = sums_of_runs(rows, numbers.by_column.values(), taken)
    runs = runs or sums_of_groups(layout, free, numbers)
    better = {line.whole for line in runs}
    axis.lines = [line for line in axis.lines if line in borne or line.whole not in better] + runs
    if not any(layout.kinds[column].names in PLACE_KINDS for column in layout.naming):
        doubtful |= named_again(rows, numbers)
    return doubtful - {place for line in axis.lines if line.exhaustive for place in (line.whole, *line.parts)}


def _nationwide(layout: Layout, rows: Places) -> list[int]:
    """Rows of a whole country beside those of its parts, which may be a sum or a mean of them."""
    told = set(filter(_NATIONWIDE.fullmatch, layout.row_paths.lasts()))
    return [row for row, path in rows if path and path[-1] in told] if told else []


def _names(layout: Layout, rows: Places, numbers: Numbers, words: _Words) -> dict[int, LabelClass]:
    """Rows whose last label is a name that begins like a total, as "Total Land Care" below "Recipient" does.

    A row that is the sum of others in some column is a total whatever it is called: "Total of recipients".
    """
    found: dict[int, LabelClass] = {}
    for row, path in rows if words.classes else ():
        if not path or path[-1] not in words.classes:
            continue
        if len(path) > 1 and is_whole_place(path[-1]) and label_class(path[-2]) == "detail":
            found[row] = "detail"  # a project in the whole county
        elif is_plain_total(path[-1]):
            continue
        elif any((kind, path[-1]) in layout.named_labels(row) for kind in _NAMED):
            found[row] = "detail"
    for row in list(found)[-_ASKED_NAMES:]:
        others = {other: of for other, of in found.items() if other != row}
        lines = _axes(rows, others, words=words)[0].lines
        if any(line.whole == row and holds_somewhere(line, numbers.by_column.values()) for line in lines):
            return others
    return found


def _settled(
    rows: Places,
    names: Mapping[int, LabelClass],
    values: Mapping[int, Mapping[int, Decimal]],
    words: _Words,
) -> set[int]:
    """Rows that are details, since a total that words name is the sum of them and all others beside them."""
    lines = _axes(rows, names, words=words)[0].lines
    return {part for line in lines if line.exhaustive and _is_exact(line, values) for part in line.parts}


def _is_exact(line: Line, values: Mapping[int, Mapping[int, Decimal]]) -> bool:
    """Whether a total is the sum of all its parts to the digit in every column, so that none of them is one itself."""
    whole = values.get(line.whole, {})
    return any(whole.values()) and all(
        value == sum((values.get(part, {}).get(column, Decimal(0)) for part in line.parts), Decimal(0))
        for column, value in whole.items()
    )


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


def _axes(
    places: Places,
    known: Mapping[int, LabelClass] | None,
    others: AbstractSet[int] = frozenset(),
    words: _Words | None = None,
) -> tuple[Axis, Axis]:
    """Relations among places of single periods, and among cumulative ones; the two are never added up."""
    words = words or _words_of(places)
    cumulative = set[int]()
    if words.cumulative:
        cumulative = {place for place, path in places if not words.cumulative.isdisjoint(path)}
    if len(cumulative | others) >= len(places):  # beside plans and shares alone nothing is told twice
        cumulative = set()
    classes = dict(known or {})
    if not (classes or words.classes):
        return Axis(), Axis(of_which=cumulative)
    single = axis_of([place for place in places if place[0] not in cumulative], classes, words.classes)
    several = axis_of([place for place in places if place[0] in cumulative], classes, words.classes)
    several.of_which |= cumulative
    return single, several


def _revised(places: Places, words: _Words) -> dict[int, int]:
    """Places whose path returns with a mark of revision, and where."""
    marked: dict[Path, int] = {}
    for place, path in places if words.revised else ():
        if not words.revised.isdisjoint(path):
            marked[_key(path)] = place
    if not marked:
        return {}
    return {place: marked[key] for place, path in places if (key := _key(path)) in marked and marked[key] != place}


def _key(path: Path) -> Path:
    return tuple(stripped for label in path if (stripped := _REVISED.sub(" ", label).strip().lower()))


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
    row_axes: tuple[Axis, ...],
    column_axes: tuple[Axis, ...],
    means: AbstractSet[int],
    rates: AbstractSet[int],
) -> None:
    wholes = set().union(*(axis.wholes for axis in row_axes))
    partial = set().union(*(axis.of_which for axis in row_axes))
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
        if summed or row in partial or column in apart | rates or row in means or number.spec.adds_up is False:
            found.repeated.add(number.figure_id)


def _doubt(found: Arrangement, numbers: Numbers, row_axes: tuple[Axis, ...], column_axes: tuple[Axis, ...]) -> None:
    """Leaves open whether numbers that may be rates add up, but in columns that make up others or have a total."""
    told: dict[int, list[Decimal]] = {}
    for kind in numbers.kinds:
        if kind.spec.adds_up is None:
            told.setdefault(kind.column, []).append(kind.value)
    doubtful = {column for column, values in told.items() if _may_be_rates(values)}
    doubtful -= {place for axis in column_axes for line in axis.lines for place in (line.whole, *line.parts)}
    sums = [line for axis in row_axes for line in axis.lines if line.exhaustive]
    for column in doubtful:
        members = [number for number in numbers.cells if number.column == column]
        alike = len({number.value for number in members}) == 1 and len(members) <= _PAIR
        cells = numbers.by_column.get(column, {})
        if not alike and not any(gap_of(cells, line.whole, line.parts) == 0 for line in sums):
            asked = {number.figure_id for number in members if number.spec.adds_up is None}
            found.unclear |= asked - found.repeated


def _may_be_rates(values: Sequence[Decimal]) -> bool:
    """Whether distinct numbers are small and parted as those of indices and means are, ranks, or one and the same."""
    if len(set(values)) == 1 and values[0]:
        return True
    if len(values) > _PAIR and set(values) == set(map(Decimal, range(1, len(values) + 1))):
        return True  # ranks
    return any(value % 1 for value in values) and all(abs(value) < _LARGE for value in values)
