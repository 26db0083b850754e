"""The parts of a sheet that are tables of their own: between blank rows, side by side, below headers that return."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from pipelines.catalog.headers import head_kind
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.layout import cells_of
from pipelines.patterns import regex
from pipelines.reading.cells import Cell

_TOP_ROWS = 6  # among which headers return beside each other
_FEWEST_COLUMNS = 2
_NOTE = regex(
    r"\s*(?:注|备注|说明|资料来源|数据来源|来源|notes?\b|sources?\b|[*†‡①-⑳\[（(]|\w[)）.:：]\s)", re.IGNORECASE
)


def halves_of(rows: Grid) -> list[Grid]:
    """A list that is printed in two or more parts side by side, each under the same headers, apart; else the rows."""
    for row, line in islice(rows.items(), _TOP_ROWS):
        columns = list(line)
        for parts in range(2, 5):
            size, left = divmod(len(columns), parts)
            groups = [columns[place * size : (place + 1) * size] for place in range(parts)]
            texts = [[line[column].text for column in group] for group in groups]
            if left or size < _FEWEST_COLUMNS or any(found[1:] != texts[0][1:] for found in texts):
                continue
            if len(set(texts[0])) < size:
                continue
            if any(kind(text) != "label" for text in texts[0]):
                continue
            below = [line for number, line in rows.items() if number > row]
            if any(min(line) < columns[0] or max(line) > columns[-1] for line in below):
                continue  # what names the rows stands beside them all: headers that return below two years
            starts = [0, *(group[0] for group in groups[1:]), rows.columns[-1] + 1]
            body = rows.part([number for number in rows if number >= row])
            are_accounts = all(_names_and_counts(body, first, last) for first, last in pairwise(starts))
            if any(found != texts[0] for found in texts) and not are_accounts:
                continue  # but receipts and payments may stand beside each other
            above = [number for number in rows if number < row]
            lower = [number for number in rows if number >= row]
            return [
                rows.beside(above if not first else [], lower, range(first, last)) for first, last in pairwise(starts)
            ]
    return _apart(rows)


def _apart(rows: Grid) -> list[Grid]:
    """Tables beside each other with an empty column between them, each with names and numbers of its own."""
    order = rows.rows
    start = next(
        (at for at, row in enumerate(order[:_TOP_ROWS]) if len(cells_of(rows[row])) >= 2 * _FEWEST_COLUMNS), -1
    )
    if start < 0 or start + 1 == len(order) or rows.columns[-1] - rows.columns[0] < len(rows.columns):
        return [rows]
    lower = rows.part(order[start:])
    starts = [right for left, right in pairwise(lower.columns) if right > left + 1]
    bounds = [0, *starts, rows.columns[-1] + 1]
    if not starts or not all(_names_and_counts(lower, first, last) for first, last in pairwise(bounds)):
        return [rows]
    above = order[:start]
    return [
        rows.beside(above if not first else [], order[start:], range(first, last)) for first, last in pairwise(bounds)
    ]


def _names_and_counts(rows: Grid, first: int, last: int) -> bool:
    """Whether some columns are a table of their own: a header above names, and numbers right of them."""
    columns = [column for column in rows.columns if first <= column < last]
    body = rows.rows[1:]
    kinds = [Counter(kind(text) for text in rows.texts(column, body) if text is not None) for column in columns]
    header = rows.cell(rows.rows[0], columns[0])
    if header is None or head_kind(header.text) not in (None, "agency") or len(columns) < _FEWEST_COLUMNS:
        return False
    return 2 * kinds[0]["label"] > kinds[0].total() and any(2 * of["number"] > of.total() for of in kinds[1:])


def areas_of(rows: Grid) -> list[Grid]:
    """Stretches between blank rows, joined again where one has no table of its own."""
    areas: list[list[int]] = []
    waiting: list[int] = []
    for stretch in _stretches(rows):
        first = cells_of(rows[stretch[0]])
        if all(len(cells_of(rows[row])) == 1 for row in stretch):
            if areas and _NOTE.match(first[0].text):
                areas[-1] += stretch
            else:
                waiting += stretch
        elif areas and not _is_table(cells_of(rows[row]) for row in stretch):
            areas[-1] += [*waiting, *stretch]
            waiting = []
        else:
            areas.append([*waiting, *stretch])
            waiting = []
    if waiting and areas:
        areas[-1] += waiting
        waiting = []
    return [rows.part(area) for area in ([*areas, waiting] if waiting else areas)]


def _stretches(rows: Grid) -> list[Sequence[int]]:
    """The rows between blank ones, parted too where headers begin anew."""
    order = rows.rows
    starts = (
        [place for place in range(1, len(order)) if order[place] > order[place - 1] + 1]
        if not isinstance(order, range)
        else []
    )
    starts = sorted({*starts, *_new_headers(rows)})
    return [order[first:last] for first, last in pairwise([0, *starts, len(order)])]


def _new_headers(rows: Grid) -> list[int]:
    """Where headers begin anew, by place among the rows."""
    header: list[Cell] = []
    found: list[int] = []
    headed, place, order = 0, 0, rows.rows

    def has_numbers(row: int) -> bool:
        return any(kind(cell.text) == "number" for cell in rows[row].values())

    returning: list[int] = []
    while place < len(order):
        cells = cells_of(rows[order[place]])
        between = order[headed + 1 : place][:_TOP_ROWS] if header else ()
        again = any(map(has_numbers, between)) and _heads_again(header, cells)
        again = again and any(map(has_numbers, order[place + 1 : place + 2]))
        if again:
            found.append(place)
        if again or not header:
            header = cells if len(cells) > 1 and all(kind(cell.text) in ("label", "year") for cell in cells) else []
            returning = rows.rows_with(header[0].column, header[0].text) if header else []
            headed = place
        if not header:
            place += 1
            continue
        later = bisect_right(returning, order[place])
        if later == len(returning):
            break
        place = bisect_left(order, returning[later])
    return found


def _heads_again(header: list[Cell], cells: list[Cell]) -> bool:
    """Whether a row below numbers begins the columns anew: Item, Q3, Q4 below a table of Item, Q1, Q2."""
    return (
        len(cells) > 1
        and cells[0].text == header[0].text
        and cells[0].column == header[0].column
        and [cell.text for cell in cells] != [cell.text for cell in header]
        and all(kind(cell.text) in ("label", "year") for cell in cells)
    )


def _is_table(texts: Iterable[list[Cell]]) -> bool:
    """Whether a stretch has a row of headers above a row of numbers."""
    headed = False
    for cells in texts:
        kinds = [kind(cell.text) for cell in cells]
        if "number" in kinds:
            return headed
        if len(cells) > 1 and "missing" not in kinds and kinds.count("label") + kinds[1:].count("year") == len(kinds):
            headed = True
    return False
