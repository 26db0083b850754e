"""The totals of a table's rows: by their words where arithmetic bears them out, and by arithmetic alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from pipelines.catalog.countries import is_country
from pipelines.catalog.regions import alike, is_full_name
from pipelines.catalog.regions import names_of as names_of_region
from pipelines.figures.tables.classifications import part_by_classification
from pipelines.figures.tables.doubts import (
    beside_a_sum,
    breakdowns_of_one,
    gross_to_net,
    groups_of_countries,
    named_again,
    rows_of_measures,
    share_words,
    wider_bands,
)
from pipelines.figures.tables.headers import PLACE_KINDS, LabelKind
from pipelines.figures.tables.label_axes import Places, Words, axes_of
from pipelines.figures.tables.label_classes import LabelClass, is_plain_total, is_whole_place, label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Axis, Line
from pipelines.figures.tables.number import Numbers
from pipelines.figures.tables.of_which import settle_of_which
from pipelines.figures.tables.ranked import ranked_totals
from pipelines.figures.tables.runs import (
    LONGEST,
    are_complementary,
    claimed_sums,
    is_below,
    listed_sums,
    makes_up,
    repeated_sums,
    sums_of_blanks,
    sums_of_groups,
    sums_of_runs,
)
from pipelines.figures.tables.totals import (
    Row,
    RowTable,
    UnnamedTotals,
    confirmed,
    holds_somewhere,
    parted_again,
    regrouped,
    unnamed_totals,
)
from pipelines.patterns import regex

_PAIR = 2  # rows of which none is the sum of others
_ASKED_NAMES = 8  # rows at the end that may be totals although they stand among names
_FEWEST_PLACES = 3  # of a country
_NATIONWIDE = regex(
    r"national(?: level| average)?|nationwide|statewide|(?:the )?(?:whole |entire )?(?:country|nation)|whole state"
    r"|nacional|(?:todo |total (?:del? )?)?(?:el )?pa[ií]s|niveau national"
    r"|ensemble du (?:pays|territoire)|pays|nasional"
    r"|taifa|全国(?:平均)?|全省|全市|全县",
    re.IGNORECASE,
)
# France métropolitaine, Tanzania Mainland
_OF_COUNTRY = regex(
    r"\s+(?:mainland|m[eé]tropolitaine|enti[eè]re|entera|continental|peninsular|proper|as a whole|overall)$"
    r"|^(?:mainland|metropolitan|continental|peninsular|all(?: of)?|(?:the )?whole of)\s+",
    re.IGNORECASE,
)
_HOMES = regex(
    r"(?:total )?(?:rural|urban|urbano|urbana|urbain|perkotaan|perdesaan)(?: areas?| total)?|城镇|城市|农村|乡村|城乡",
    re.IGNORECASE,
)
# who gives or spends, and no place: National, Provincial, County
_LEVEL_OF_OFFICES = regex(
    r"(?:sub-?national|provincial|regional|local|municipal|county|district|state|federal|international|foreign"
    r"|departamental|régional|départemental|estadual|estatal|省级|市级|县级|国际)(?: (?:level|government))?",
    re.IGNORECASE,
)
_NAMED: tuple[LabelKind, ...] = ("agency", "person", "item")


def row_axes(
    layout: Layout,
    rows: Places,
    numbers: Numbers,
    names: Mapping[int, LabelClass],
    settled: AbstractSet[int],
    words: Words,
) -> tuple[tuple[Axis, ...], set[int]]:
    """The totals of rows by their words, and those that arithmetic tells, which are one row each to the former.

    Returns:
        Single and cumulative rows as they make up each other, and those of which it cannot be told.
    """
    if layout.total_rows is not None:
        return axes_of(rows, layout.total_rows, words=words), set()
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
    axes = axes_of([place for place in rows if place[0] not in inner] if inner else rows, names, words=words)
    axes[0].lines += _of_row_before(rows, inner, axes[0], numbers.values)
    part_by_classification(layout, axes[0])
    for line in [line for line in axes[0].lines if line.exhaustive and not line.by]:
        if runs := parted_again(line, numbers.values):
            axes[0].lines.remove(line)
            axes[0].lines += runs
            axes[0].wholes.update(part for run in runs[1:] for part in run.parts)
    _drop_names(axes[0], [row for row, _ in rows], numbers)
    contradicted = [line for line in axes[0].lines if confirmed(line, numbers.by_column.values(), 1) != line]
    if contradicted and (lines := regrouped(asked, contradicted)):
        axes[0].lines = [line for line in axes[0].lines if not line.exhaustive]
        told = UnnamedTotals(lines)
    settle_of_which([row for row, _ in rows], axes[0], numbers.by_column.values(), 1)
    of_blanks, doubted = sums_of_blanks(layout, numbers)
    axes[0].lines += told.lines + of_blanks
    told.unclear |= doubted
    again, alone = set[int](), axes[0].wholes - {line.whole for line in axes[0].lines}
    if _PAIR < len(rows) <= LONGEST:
        single = [place for place in rows if place[0] not in axes[1].of_which]
        told.unclear |= _by_runs(layout, single, numbers, axes[0], contradicted)
        again |= repeated_sums(axes[0].lines, numbers)
        alone = (axes[0].wholes | claimed_sums(rows, numbers, axes[0].lines)) - again
        alone -= {line.whole for line in axes[0].lines}
    axes[0].wholes = (axes[0].wholes | {line.whole for line in axes[0].lines if line.exhaustive} | again) - alone
    heads = {row: path[-1] for row, path in rows if path} if len(rows) <= LONGEST else {}
    for line in axes[0].lines if len(rows) <= LONGEST else ():
        pair = are_complementary(line.parts, layout.row_paths)
        pair = pair and not any(label_class(label) == "of_which" for at in line.parts for label in layout.row_paths[at])
        free = ({row for row, _ in rows} if pair else share_words(rows, line)) - axes[1].of_which
        doubted |= beside_a_sum(axes[0], free, list(numbers.by_column.values()), heads)
    if len(rows) <= LONGEST:
        single = [place for place in rows if place[0] not in axes[0].wholes]
        doubted |= gross_to_net(rows) | groups_of_countries(single) | wider_bands(single)
        doubted |= breakdowns_of_one(single, numbers)
    measures = rows_of_measures(rows, numbers) if len(rows) <= LONGEST else set()
    settled_places = {place for line in axes[0].lines if line.exhaustive for place in (line.whole, *line.parts)}
    doubted |= (wider_places(layout, rows, numbers) | places_within(rows) | measures) - settled_places
    return axes, told.unclear | alone | doubted


def _drop_names(axis: Axis, rows: Sequence[int], numbers: Numbers) -> None:
    """Takes a row in the midst of others for one of them, though its word is one for totals, if no column bears it out.

    Jumla is a district of Nepal, and a total in Swahili.
    """
    claimed = [line for line in axis.lines if line.exhaustive]
    if len(claimed) != 1 or axis.wholes != {claimed[0].whole} or claimed[0].whole in (rows[0], rows[-1]):
        return
    if _is_one_of_its_parts(claimed[0], numbers):
        axis.lines.remove(claimed[0])
        axis.wholes.clear()


def _is_one_of_its_parts(line: Line, numbers: Numbers) -> bool:
    """Whether a row can be neither sum nor mean of others: nowhere above the largest, somewhere the least of them."""
    below_all = False
    for cells in numbers.by_column.values():
        parts = [cells[row].worth for row in line.parts if row in cells]
        if line.whole not in cells or len(parts) < _PAIR:
            continue
        if cells[line.whole].worth > max(parts):
            return False
        below_all |= cells[line.whole].worth <= min(parts) < max(parts)
    return below_all


def _of_row_before(
    rows: Places, inner: set[int], axis: Axis, values: Mapping[int, Mapping[int, Decimal]]
) -> list[Line]:
    """Rows below "of which" that words relate to nothing, behind one that a sum has taken: they are parts of that one.

    What is more than it in some column is part of something else, and adds to nothing all the same.
    """
    parts = {part for line in axis.lines for part in line.parts}
    found: list[Line] = []
    before: int | None = None
    for row, path in rows:
        if not any(label_class(label) == "of_which" for label in path):
            before = row
        elif row not in parts and before in inner:
            axis.of_which.add(row)
            line = Line(before, (row,), exhaustive=False)
            found += [line] if _is_above(line, values) else []
    return found


def _by_runs(layout: Layout, rows: Places, numbers: Numbers, axis: Axis, contradicted: Sequence[Line]) -> set[int]:
    """Adds the sums of runs, of listed rows and of groups of records, also in the stead of claims that do not hold.

    Returns:
        Rows of which arithmetic alone does not tell whether they are sums.
    """
    listed = {line.whole: line for line in listed_sums(rows) if line.exhaustive or _is_above(line, numbers.values)}
    borne = [line for line in axis.lines if line.exhaustive and line not in contradicted]
    added = [line for whole, line in listed.items() if whole not in {line.whole for line in borne}]
    axis.lines = [line for line in axis.lines if line in borne or line.whole not in listed] + added
    axis.wholes |= listed.keys()
    borne += [line for line in added if line.exhaustive]
    taken = {place for line in borne for place in (line.whole, *line.parts)}
    free = {row for row, _ in rows if row not in taken}
    runs, doubtful = sums_of_runs(rows, numbers.by_column.values(), taken)
    if not runs:
        runs, nearly = sums_of_groups(layout, free, numbers)
        doubtful |= nearly
    better = {line.whole for line in runs}
    axis.lines = [line for line in axis.lines if line in borne or line.whole not in better] + runs
    axis.wholes.update(part for line in runs if line.by for part in line.parts)
    axis.of_which.update(part for line in runs if not line.exhaustive for part in line.parts)
    if not any(layout.kinds[column].names in PLACE_KINDS for column in layout.naming):
        doubtful |= named_again(rows, numbers)
    return doubtful - {place for line in axis.lines if line.exhaustive for place in (line.whole, *line.parts)}


def _is_above(line: Line, values: Mapping[int, Mapping[int, Decimal]]) -> bool:
    return all(is_below(values.get(part, {}), values.get(line.whole, {})) for part in line.parts)


def nationwide(layout: Layout, rows: Places) -> list[int]:
    """Rows of a whole country beside those of its parts, which may be a sum or a mean of them."""
    labels = layout.row_paths.lasts()
    told = set(filter(_NATIONWIDE.fullmatch, labels))
    if not told and _FEWEST_PLACES < len(labels) <= LONGEST:
        named = {label for label in labels if is_country(label)}
        of_one = {country for label in labels - named if is_country(country := _OF_COUNTRY.sub("", label))}
        told = {label for label in labels if _OF_COUNTRY.sub("", label) in of_one} or (
            named if len(named) == 1 else told
        )
    return [row for row, path in rows if path and path[-1] in told] if told else []


def wider_places(layout: Layout, rows: Places, numbers: Numbers) -> set[int]:
    """Rows of a country, its towns or its countryside among those of places within it, none of which is above it.

    Whether they say again what the others do, or what is for all of them, their words do not tell.
    """
    wide = set(nationwide(layout, rows)) if len(rows) <= LONGEST else set()
    homes = {row for row, path in rows if path and _HOMES.fullmatch(path[-1])} if wide else set()
    others = [row for row, _ in rows if row not in wide | homes]
    of_levels = any(path and _LEVEL_OF_OFFICES.fullmatch(path[-1]) for row, path in rows if row not in wide)
    if len(others) < _FEWEST_PLACES or of_levels:
        return set()
    largest: dict[int, Decimal] = {}
    for row in others:
        for column, value in numbers.values.get(row, {}).items():
            largest[column] = max(value, largest.get(column, value))
    told = (numbers.values.get(row, {}) for row in wide)
    above = all(value >= largest.get(column, value) for held in told for column, value in held.items())
    return wide | homes if above or any(_NATIONWIDE.fullmatch(layout.row_paths[row][-1]) for row in wide) else set()


def places_within(rows: Places) -> set[int]:
    """Rows of a place and of several within it by the registry, or of what begins with its name: 甲市 and 甲市辖区."""
    if len(rows) > LONGEST:
        return set()
    named: dict[str, set[int]] = {}  # every label of a row
    placed: dict[str, set[int]] = {}  # the last one that is a place's
    for row, path in rows:
        for label in path:
            named.setdefault(label, set()).add(row)
        if place := next(filter(is_full_name, reversed(path)), ""):
            placed.setdefault(place, set()).add(row)
    entries = {
        label: [
            entry
            for entry in alike(label.lower())
            if entry.level != "province" and label.lower() in names_of_region(entry)
        ]
        for label in placed
    }
    inside: dict[str, set[int]] = {}  # by the code of the place around them
    for label, places in placed.items():
        for parent in {entry.parent for entry in entries[label]}:
            inside.setdefault(parent, set()).update(places)
    found: set[int] = set()
    for label, places in placed.items():
        inner = set().union(*(inside.get(entry.code, ()) for entry in entries[label]))
        longer = set().union(*(at for text, at in named.items() if text.startswith(label) and text != label))
        if longer or len(inner) > 1:
            found |= places | inner | longer
    return found


def names_of(layout: Layout, rows: Places, numbers: Numbers, words: Words) -> dict[int, LabelClass]:
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
        lines = axes_of(rows, others, words=words)[0].lines
        if any(line.whole == row and holds_somewhere(line, numbers.by_column.values()) for line in lines):
            return others
    return found


def settled_rows(
    rows: Places,
    names: Mapping[int, LabelClass],
    values: Mapping[int, Mapping[int, Decimal]],
    words: Words,
) -> set[int]:
    """Rows that are details, since a total that words name is the sum of them and all others beside them."""
    lines = axes_of(rows, names, words=words)[0].lines
    return {part for line in lines if line.exhaustive and makes_up(line, values) for part in line.parts}
