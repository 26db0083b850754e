"""Totals that a column tells: of codes of which one begins others, of levels of which one holds others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.figures.tables.lines import Line
from pipelines.figures.tables.totals import Cells, confirmed, holds_somewhere

_FEWEST_ROWS = 2


def ranked_totals(codes: Mapping[int, str], levels: Mapping[int, str], lines: Sequence[Cells]) -> list[Line]:
    """Totals by codes, and where these tell none by levels.

    Args:
        codes: row → its code, digits alone.
        levels: row → its level, as a column says it.
        lines: the numbers of each column, by row.
    """
    return (coded_totals(codes, lines) if codes else []) or (leveled_totals(levels, lines) if levels else [])


def coded_totals(codes: Mapping[int, str], lines: Sequence[Cells]) -> list[Line]:
    """Rows whose code begins the codes of others that add up to them: 213 over 21305 and 21307, 6100 over 6111.

    Args:
        codes: row → its code, digits alone.
        lines: the numbers of each column, by row.
    """
    if len({len(code) for code in codes.values()}) > 1 and (found := _begun(codes, lines)):
        return found
    return _begun({row: code.rstrip("0") or code for row, code in codes.items()}, lines)


def _begun(stems: Mapping[int, str], lines: Sequence[Cells]) -> list[Line]:
    """Rows whose stem begins those of others: of codes that differ in length 210 is above 21004 and not above 213."""
    rows = {stem: row for row, stem in stems.items()}
    if len(rows) < len(stems) or len(stems) <= _FEWEST_ROWS:
        return []
    parts: dict[int, list[int]] = {}
    for row, stem in stems.items():
        above = next((rows[stem[:end]] for end in range(len(stem) - 1, 0, -1) if stem[:end] in rows), None)
        if above is not None:
            parts.setdefault(above, []).append(row)
    found = [Line(whole, tuple(members), exhaustive=True) for whole, members in parts.items()]
    alone = {line.whole for line in found if len(line.parts) == 1 and _is_same(line, lines)}
    return [line for line in found if line.whole in alone or _is_borne_out(line, lines)]


def _is_borne_out(line: Line, lines: Sequence[Cells]) -> bool:
    """Whether a row is the sum of others in some columns, and not in fewer than it is not."""
    return holds_somewhere(line, lines) and confirmed(line, lines, 1) == line


def _is_same(line: Line, lines: Sequence[Cells]) -> bool:
    """Whether a row repeats the one part that it has in every column."""
    pairs = [(numbers.get(line.whole), numbers.get(line.parts[0])) for numbers in lines]
    told = [(whole.worth, part.worth) for whole, part in pairs if whole is not None and part is not None]
    return bool(told) and all(whole == part for whole, part in told)


def leveled_totals(levels: Mapping[int, str], lines: Sequence[Cells]) -> list[Line]:
    """Rows that are the sum of those of the next level behind them, where every such row of some level is.

    Args:
        levels: row → its level, as a column says it; a level is below those that come before it.
        lines: the numbers of each column, by row.
    """
    depths = {level: depth for depth, level in enumerate(dict.fromkeys(levels.values()))}
    if len(depths) < _FEWEST_ROWS:
        return []
    parts: dict[int, list[int]] = {}
    above: list[tuple[int, int]] = []
    for row, level in levels.items():
        depth = depths[level]
        while above and above[-1][1] >= depth:
            above.pop()
        if above and above[-1][1] == depth - 1:
            parts.setdefault(above[-1][0], []).append(row)
        above.append((row, depth))
    found = [Line(whole, tuple(members), exhaustive=True) for whole, members in parts.items()]
    several = [line for line in found if len(line.parts) >= _FEWEST_ROWS]
    if not several or not all(holds_somewhere(line, lines) for line in several):
        return []
    return [line for line in found if line in several or _is_same(line, lines)]
