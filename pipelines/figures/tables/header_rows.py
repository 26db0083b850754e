"""The rows of headers of a table, and those below them that name units or number the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.figures.tables.cells import Kind, begins_with_number, kind
from pipelines.figures.tables.column_times import is_date
from pipelines.figures.tables.columns import names_unit
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.layout import cells_of
from pipelines.figures.units.bands import are_bands
from pipelines.figures.units.unitwords import is_measure_word, is_measured, strict_unit
from pipelines.patterns import regex
from pipelines.reading.cells import Cell

UNIT_CELL = regex(r"[(（]?\s*(?:(?:计量)?单\s*位|units?\b|amounts? in\b|in\b)", re.IGNORECASE)
_TAG = regex(r"#[a-z]\w*(?:\s*\+|$)", re.IGNORECASE)  # of exchange formats: #adm1+name
_OF_SUM = regex(r"([a-z]|\d{1,2})(?:\s*[=＝]\s*[a-z\d+*/×÷%().\s-]+)?", re.IGNORECASE)
_COLUMN_LETTERS = frozenset({"甲", "乙", "丙", "丁", "栏次", "行次"})
_OF_SERIES = regex(
    r"(?:(?:last |date |data )?(?:updated?|modified|released?|published)(?: (?:on|at|date|time|by))?|(?:data )?sources?"
    r"|frequency|periodicity|(?:series |indicator )?(?:id|code)s?|status|coverage"
    r"|(?:最[近后])?更新(?:时间|日期)?|(?:数据)?来源|频率|频度|(?:指标|序列|数据)(?:id|编码|代码)|状态|起止时间)",
    re.IGNORECASE,
)
_MOST_HEADERS = 4
_WORDED = regex(r"[^\W\d_]|%")
_LETTERS = regex(r"[^\W\d_]")


def header_rows(
    rows: Grid, order: Sequence[int], start: int, notes: list[Cell], marks: frozenset[str]
) -> tuple[int, list[int], dict[int, str]]:
    """Where the body begins, the rows of headers above it, and the units that a row below them names by column.

    A row that numbers the columns is none of these.
    """
    header: list[int] = []
    units: dict[int, str] = {}
    place, numbered = start, False
    while place < len(order):
        cells = cells_of(rows[order[place]])
        kinds: list[Kind] = [kind(cell.text, marks) for cell in cells]
        if "number" in kinds and (_heads_classes(cells) or _heads_counts(rows, order[place:], header, cells)):
            kinds = ["label"] * len(cells)
        if header and not numbered and _heads_dates(rows, header, cells, order[place + 1 : place + 2]):
            header.append(order[place])
            place += 1
            continue
        if header and (all(_TAG.match(cell.text) for cell in cells) or _letters_columns(cells)):
            notes += cells
            place += 1
            continue
        if header and "number" not in kinds and _describes(rows, header, cells):
            notes += cells
            place += 1
            continue
        if header and (found := _unit_row(cells)) and not _heads_parts(rows, header, cells):
            units |= found
            notes += cells
            place += 1
            continue
        if numbered:
            break
        if "number" in kinds:
            if header and _numbers_columns(cells):
                notes += cells
                place, numbered = place + 1, True
                continue
            break
        leads = bool(header) and cells[0].column <= min(
            min(rows[row]) for row in (*header, *order[place + 1 : place + 2])
        )
        names_row = leads and kinds[0] == "year"
        if header and (names_row or {"missing", "unread"} & set(kinds) or _heads_rows(rows, cells, header)):
            break
        if header and (_is_labelled(rows, header, cells, kinds) or (leads and _is_empty(rows, header, cells))):
            break
        parts = not leads and any(cell.column not in rows[header[-1]] for cell in cells) if header else False
        if not parts and any(
            found == "year" and cell.text.isdecimal() and names_unit(_headers_of(rows, header, cell))
            for found, cell in zip(kinds, cells, strict=True)
        ):
            break
        if len(header) == _MOST_HEADERS:
            break
        header.append(order[place])
        place += 1
    return place, header, units


def _heads_classes(cells: list[Cell]) -> bool:
    """Whether a row heads columns by the classes of a scale: Ward | 1 person | 2 persons | 3 and more | Total."""
    worded = [cell.text for cell in cells if kind(cell.text) != "label"]
    return len(worded) < len(cells) and are_bands(worded)


def _describes(rows: Grid, header: list[int], cells: list[Cell]) -> bool:
    """Whether a row tells when, how often or by whom the series below the headers were made: Updated | 2021-03-01."""
    above = rows[header[-1]].get(cells[0].column)
    names = above is not None and above.text != cells[0].text and cells[0].column == min(rows[header[0]])
    return names and len(cells) > 1 and _OF_SERIES.fullmatch(cells[0].text.strip(" :：")) is not None


def _heads_dates(rows: Grid, header: list[int], cells: list[Cell], below: Sequence[int]) -> bool:
    """Whether a row goes on with the headers by nothing but dates: 31.12.2015 | 31.12.2016."""
    first = min(min(rows[row]) for row in (*header, *below))
    own = [cell for cell in cells if cell is not rows[header[-1]].get(cell.column)]
    return len(own) > 1 and own[0].column > first and all(is_date(cell.text) for cell in own)


def _heads_counts(rows: Grid, order: Sequence[int], header: list[int], cells: list[Cell]) -> bool:
    """Whether a row heads columns by counts in words: Place | 5 wards | 12 wards, above rows of plain numbers.

    It is the first row or goes on with the one above, and no number of it lacks words; those of the next row do.
    """
    counts = [cell for cell in cells if kind(cell.text) == "number"]
    is_first = bool(header) and cells[0].column == min(min(rows[row]) for row in header)
    above = rows[header[-1]].get(cells[0].column) if is_first else None
    if len(counts) < 2 or (above is not None and above.text != cells[0].text) or len(order) < 2:
        return False
    below = [rows[order[1]].get(cell.column) for cell in counts]
    return all(_LETTERS.search(cell.text) for cell in counts) and all(
        found is not None and kind(found.text) == "number" and not _LETTERS.search(found.text) for found in below
    )


def _is_worded_unit(text: str) -> bool:
    return _WORDED.search(text) is not None and strict_unit(text) is not None


def _headers_of(rows: Grid, header: list[int], cell: Cell) -> list[str]:
    """The headers above a cell that are no wider than it."""
    above = (rows[row].get(cell.column) for row in header)
    return [found.text for found in above if found is not None and found.column_span == 1]


def _is_labelled(rows: Grid, header: list[int], cells: list[Cell], kinds: list[Kind]) -> bool:
    """Whether a row has a label of its own below that of the headers, and numbers: years, or such with words.

    Years that go on with the headers stand beside an empty or merged first cell: "County A, 1800, 1800" is a row.
    """
    above = rows[header[-1]].get(cells[0].column)
    return (
        kinds[0] == "label"
        and (
            (set(kinds[1:]) == {"year"} and all(cell.text.isdecimal() for cell in cells[1:]))
            or (
                bool(worded := [cell.text for cell in cells[1:] if begins_with_number(cell.text)])
                and not are_bands(worded)
            )
        )
        and above is not None
        and above.text != cells[0].text
        and len(cells_of(rows[header[-1]])) >= len(cells)
    )


def _is_empty(rows: Grid, header: list[int], cells: list[Cell]) -> bool:
    """Whether a row only has labels, each below a header of its own, and nothing below the years beside them."""
    above = rows[header[-1]]
    beside = [cell for column, cell in above.items() if column > cells[-1].column]
    own = all(cell.column in above and above[cell.column] is not cell for cell in cells)
    return own and len(beside) > 1 and all(kind(cell.text) == "year" for cell in beside)


def _unit_row(cells: list[Cell]) -> dict[int, str]:
    """The units of a row that holds nothing else, by column; empty for any other row."""
    units = [cell for cell in cells if not UNIT_CELL.fullmatch(cell.text.rstrip(":： )）"))]
    if not units or not all(is_measure_word(cell.text) or _is_worded_unit(cell.text) for cell in units):
        return {}
    return {
        cell.column + right: "" if is_measure_word(cell.text) else cell.text
        for cell in units
        for right in range(cell.column_span)
    }


def _heads_parts(rows: Grid, header: list[int], cells: list[Cell]) -> bool:
    """Whether a row of what is counted only parts the headers above it, "Boys" and "Girls" below "Grade": no unit row.

    Units stand below one header each.
    """
    if all(is_measure_word(cell.text) or is_measured(strict_unit(cell.text)) for cell in cells):
        return False
    above = rows[header[-1]]
    own = [cell for cell in cells if cell is not above.get(cell.column)]
    return any(cell.column not in above or above[cell.column].column_span > cell.column_span for cell in own)


def _numbers_columns(cells: list[Cell]) -> bool:
    """Whether a row under the headers only counts the columns, or those of each group anew: 甲 | 1 | 2 | 1 | 2."""
    plain = [cell.text.strip("()（） ") for cell in cells]
    numbers = [int(text) for text in plain if text.isdecimal()]
    words = [text for text in plain if not text.isdecimal()]
    if len(numbers) <= (1 if words else 2) or numbers[0] not in (1, 2):
        return False
    size = next((at for at, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1), len(numbers))
    first, rest = numbers[:size], numbers[size:]
    group = first[-(size - (numbers[0] == 1 and bool(rest) and rest[0] == numbers[0] + 1)) :]
    again = len(group) > 1 and len(rest) % len(group) == 0 and rest == group * (len(rest) // len(group))
    return (not rest or again) and all(word in _COLUMN_LETTERS for word in words)


def _letters_columns(cells: list[Cell]) -> bool:
    """Whether a row under the headers only names the columns for sums with them: a | b | c=a+b, 1 | 2 | 3=1+2."""
    told = [_OF_SUM.fullmatch(cell.text.strip("()（） ")) for cell in cells]
    names = [found.group(1).lower() for found in told if found is not None]
    firsts = names if names and names[0].isdecimal() else [str(ord(name[0]) - ord("a") + 1) for name in names]
    return (
        len(names) == len(cells) > 1
        and firsts == [str(int(firsts[0]) + step) for step in range(len(firsts))]
        and any("=" in cell.text or "＝" in cell.text for cell in cells)
    )


def _heads_rows(rows: Grid, cells: list[Cell], header: list[int]) -> bool:
    """Whether a row below the headers is a lone heading of the rows that follow it."""
    leading = min(min(rows[row]) for row in header)
    return len(cells) == 1 and cells[0].column <= leading and len(cells_of(rows[header[-1]])) > 1
