"""Tables against their own margins, and the fewest cells that would have to change for all margins to hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import combinations

from pipelines.catalog.currencies import is_money
from pipelines.catalog.sentences import Printed, Said, Value, say
from pipelines.checking.evidence import Evidence, Finding, Some, number, printed, tested
from pipelines.checking.rules.sums import sum_of
from pipelines.checking.verdict import FAILING
from pipelines.columns import texts_in
from pipelines.figures.figure import Figure
from pipelines.figures.tables.label_classes import classes_of, is_cumulative, telling
from pipelines.patterns import regex

_CELL = regex(r"([A-Z]+)(\d+)")
_MOST_LINES = 6  # failing margins that are explained together; beyond, the table as a whole is in doubt
_ALTERNATIVES = 3
_SUMMED = ("level", "target")


@dataclass(slots=True)
class _Table:
    """The levels of one table by row and column."""

    cells: dict[tuple[str, str], Figure] = field(default_factory=dict)
    places: dict[int, tuple[str, str]] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=dict)


def check_margins(evidence: Evidence) -> Iterator[Finding]:
    """Every row and column of a table with a total, where no link of the reader has led to a check of it.

    A margin that holds nowhere is none: groups overlap, or not all of them are listed.
    """
    for table in _tables(evidence):
        rows, columns = (list(dict.fromkeys(places)) for places in zip(*table.cells, strict=True))
        for line in _lines(table, along_row=True):
            expected = [part for part in line.parts if table.units[part] & table.units[line.whole]]
            yield from _borne_out(
                [_unlinked(table, line, (row, line.whole), [(row, column) for column in expected]) for row in rows], 2
            )
        for line in _lines(table, along_row=False):
            yield from _borne_out(
                [
                    _unlinked(table, line, (line.whole, column), [(part, column) for part in line.parts])
                    for column in columns
                ],
                3,
            )


@dataclass(frozen=True, slots=True)
class _Line:
    """A whole and its parts, by letters of columns or numbers of rows."""

    whole: str
    parts: tuple[str, ...]


def _lines(table: _Table, *, along_row: bool) -> list[_Line]:
    """The totals of rows or columns, as the reader has linked most of their cells."""
    votes: dict[str, Counter[str]] = {}
    for (row, column), figure in table.cells.items():
        above = table.places.get(figure.parent or 0) if figure.link == "part_of" and figure.exhaustive else None
        if above is not None and (above[0] == row) == along_row:
            part, whole = (column, above[1]) if along_row else (row, above[0])
            votes.setdefault(part, Counter())[whole] += 1
    parts: dict[str, list[str]] = {}
    for part, wholes in votes.items():
        parts.setdefault(wholes.most_common(1)[0][0], []).append(part)
    return [_Line(whole, tuple(found)) for whole, found in parts.items()]


def _borne_out(margins: Iterable[Finding | None], several: int) -> list[Finding]:
    """The margins of one line, nothing where several are tested and none holds."""
    found = [margin for margin in margins if margin is not None]
    return [] if len(found) >= several and all(margin.verdict in FAILING for margin in found) else found


def _tables(evidence: Evidence) -> list[_Table]:
    """The tables that have a total; a list of facts without one has no margins."""
    levels = evidence.where(evidence.cells, role=_SUMMED)
    totalled = {
        (figure.locator.sheet, figure.locator.section)
        for axis in ("row_path", "column_path")
        for figure in evidence.where(levels, **{axis: _telling(evidence, levels, axis)})
    }
    if not totalled:
        return []
    tables: dict[tuple[str, str], _Table] = {}
    cumulative: dict[str | None, bool] = {}
    for figure in levels:
        place = figure.locator
        if (place.sheet, place.section) not in totalled or any(name == "superseded" for name, _ in figure.decided_by):
            continue
        for path in (place.row_path, place.column_path):
            if path not in cumulative:
                cumulative[path] = is_cumulative(path or "")
        address = _CELL.fullmatch(place.cell or "")
        if address is None or cumulative[place.row_path] or cumulative[place.column_path]:
            continue
        column, row = address.groups()
        table = tables.setdefault((place.sheet or "", place.section), _Table())
        table.cells[row, column] = figure
        table.places[figure.figure_id] = row, column
        table.units.setdefault(column, set()).add(figure.unit)
    return list(tables.values())


def _telling(evidence: Evidence, levels: Some, axis: str) -> set[str]:
    """The paths of some figures that name a total or a part of one."""
    texts = telling(set(texts_in(evidence.values(axis))))
    told = classes_of({label for path in texts for label in path.split(" > ")}).keys()
    paths = {path or "" for path in evidence.among(levels, axis)} if told else set()
    return {path for path in paths if not told.isdisjoint(path.split(" > "))}


def _unlinked(table: _Table, line: _Line, whole: tuple[str, str], places: Sequence[tuple[str, str]]) -> Finding | None:
    """The check of a total whose parts are all there, in its unit, and linked to other totals; else None.

    What is part of a total in the same row or column that is not this one stands for nothing of its own here.
    """
    total = table.cells.get(whole)
    if total is None:
        return None
    present = [figure for place in places if (figure := table.cells.get(place)) is not None]
    parts = [part for part in present if part.role == total.role and not _inside_another(table, part, total, whole)]
    if len(parts) < 2 or len(present) < len(places):
        return None
    if any(part.unit != total.unit for part in parts) or _other_currency(table, total, whole, line):
        return None
    if all(part.parent == total.figure_id and part.link == "part_of" for part in parts):
        return None
    if all(part.additive is False and part.parent is None for part in parts):
        return None  # means, rates: the reader has seen that they add up to nothing
    return tested(partial(sum_of, total, parts))


def _inside_another(table: _Table, part: Figure, total: Figure, whole: tuple[str, str]) -> bool:
    """Whether a part is one of another total that stands in the line of the parts."""
    if part.link != "part_of" or part.parent in (None, total.figure_id):
        return False
    place = table.places.get(part.parent or 0)
    own = table.places[part.figure_id]
    along_row = own[0] == whole[0]
    return place is not None and (place[0] == own[0] if along_row else place[1] == own[1])


def _other_currency(table: _Table, total: Figure, whole: tuple[str, str], line: _Line) -> bool:
    """Whether a part of a sum of money is in another currency, so that the rest need not make up the total."""
    if not is_money(total.unit) or line.whole != whole[1]:
        return False
    return any(is_money(unit) and unit != total.unit for part in line.parts for unit in table.units[part])


@dataclass(frozen=True, slots=True)
class _Margin:
    """A total that does not hold: by how much its parts exceed it, and how far rounding may stretch that."""

    finding: Finding
    gap: Decimal
    slack: Decimal


Repair = dict[int, Decimal]
"""figure_id → what would have to be added to its value."""


def name_cells(findings: Sequence[Finding]) -> None:
    """Names in failing margins of tables the fewest cells whose change would make all margins of the table hold.

    A wrong cell makes its row and its column fail by the same amount; a wrong total without a margin of its own fails
    alone. The cells become `blamed`, and the message says which value each would need.
    """
    margins = [f for f in findings if f.rule == "control_total" and not f.assumption and f.operands[-1].locator.cell]
    if not any(finding.verdict in FAILING for finding in margins):
        return
    signs: dict[int, list[tuple[int, int]]] = {}
    for index, finding in enumerate(margins):
        for figure in finding.operands[:-1]:
            signs.setdefault(figure.figure_id, []).append((index, 1))
        signs.setdefault(finding.operands[-1].figure_id, []).append((index, -1))
    failing = {index: _margin(finding) for index, finding in enumerate(margins) if finding.verdict in FAILING}
    for lines in _together(failing, signs):
        if len(lines) <= _MOST_LINES:
            _blame({index: failing[index] for index in lines}, signs)


def _margin(finding: Finding) -> _Margin:
    computed, stated = finding.computed, finding.stated
    assert computed is not None and stated is not None  # noqa: PT018 - what has not been compared has not failed
    slack = (computed.high - computed.low + stated.high - stated.low) / 2
    return _Margin(finding, computed.point - stated.point, slack)


def _together(failing: dict[int, _Margin], signs: dict[int, list[tuple[int, int]]]) -> list[list[int]]:
    """Failing margins grouped such that those which share a cell stand together."""
    groups: list[set[int]] = []
    seen: set[int] = set()
    for start in failing:
        if start in seen:
            continue
        group, waiting = set(), [start]
        while waiting:
            index = waiting.pop()
            if index in group:
                continue
            group.add(index)
            for figure in failing[index].finding.operands:
                waiting += [other for other, _ in signs[figure.figure_id] if other in failing and other not in group]
        seen |= group
        groups.append(group)
    return [sorted(group) for group in groups]


def _blame(failing: dict[int, _Margin], signs: dict[int, list[tuple[int, int]]]) -> None:
    figures = {f.figure_id: f for margin in failing.values() for f in margin.finding.operands}
    candidates = _candidates(failing, signs)
    for size in range(1, len(failing) + 1):
        repairs = [
            repair for cells in combinations(candidates, size) if (repair := _solve(cells, failing, signs)) is not None
        ]
        if repairs:
            if len(repairs) <= _ALTERNATIVES:
                _tell(repairs, failing, figures)
            return


def _candidates(failing: dict[int, _Margin], signs: dict[int, list[tuple[int, int]]]) -> list[int]:
    """Cells that no holding margin confirms: where failing ones cross, and a total that nothing else tests."""
    crossing, alone = [], []
    for index, margin in failing.items():
        single = []
        for figure in margin.finding.operands:
            lines = signs[figure.figure_id]
            if all(line in failing for line, _ in lines):
                if len(lines) > 1:
                    crossing.append(figure.figure_id)
                elif [line for line, _ in lines] == [index]:
                    single.append(figure.figure_id)
        whole = margin.finding.operands[-1].figure_id
        alone += [whole] if whole in single else single if len(single) == 1 else []
    return sorted({*crossing, *alone})


def _solve(
    cells: tuple[int, ...], failing: dict[int, _Margin], signs: dict[int, list[tuple[int, int]]]
) -> Repair | None:
    """What each of some cells would have to change by for all failing margins to hold; None where they cannot."""
    open_lines = {
        index: [(cell, sign) for cell in cells for line, sign in signs[cell] if line == index] for index in failing
    }
    if not all(open_lines.values()):
        return None
    repair: Repair = {}
    while len(repair) < len(cells):
        step = next(
            (
                (index, cell, sign)
                for index, members in open_lines.items()
                for cell, sign in members
                if cell not in repair and sum(other not in repair for other, _ in members) == 1
            ),
            None,
        )
        if step is None:
            return None
        index, cell, sign = step
        known = sum((s * repair[other] for other, s in open_lines[index] if other in repair), Decimal(0))
        repair[cell] = -(failing[index].gap + known) * sign
    for index, members in open_lines.items():
        if (
            abs(failing[index].gap + sum((sign * repair[cell] for cell, sign in members), Decimal(0)))
            > failing[index].slack
        ):
            return None
    return repair if all(repair.values()) else None


def _tell(repairs: list[Repair], failing: dict[int, _Margin], figures: dict[int, Figure]) -> None:
    cells = {cell for repair in repairs for cell in repair}
    ways = [
        say("margins.way", cells=[_needed(figures[cell], change) for cell, change in sorted(repair.items())])
        for repair in repairs
    ]
    for margin in failing.values():
        finding = margin.finding
        finding.blamed = tuple(figure for figure in finding.operands if figure.figure_id in cells)
        finding.message += say("margins.repair", ways=ways)


def _needed(figure: Figure, change: Decimal) -> Said:
    place = figure.locator
    names = ", ".join(path.rsplit(" > ", 1)[-1] for path in (place.row_path, place.column_path) if path)
    value, cell = number((figure.value + change) / figure.scale), place.cell or ""
    told: dict[str, Value] = {"value": value, "text": printed(figure), "cell": cell}
    return say("margins.cell", **told, names=Printed(names)) if names else say("margins.unnamed", **told)
