"""The tables of a sheet that nothing states: where they begin, caption, unit line, headers, body, kinds of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.figures.tables.areas import areas_of, halves_of
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.column_kinds import kinds_of_columns, naming_columns
from pipelines.figures.tables.finish import finish
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.header_nouns import COUNTED, EXCEPTION, noun_lines
from pipelines.figures.tables.header_rows import UNIT_CELL, header_rows
from pipelines.figures.tables.headers import kind_of_labels, tells_only_years
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout, cells_of, column_paths
from pipelines.figures.units.unitlines import BRACKETS, listed_units, unit_words
from pipelines.figures.units.unitwords import is_measured, loose_unit, strict_unit, tail_words
from pipelines.patterns import regex
from pipelines.reading.document import Table

_BEFORE_UNIT = regex(
    r"\s*[(（\[]?\s*(?:(?:计量|金额)?单\s*位|(?:(?:figures|amounts?|values) )?\b(?:in|units?)\b)?\s*[:：]?\s*$",
    re.IGNORECASE,
)
_NOTE_MARK = regex(r"\s*[(（\[]?([a-z])(?:[)）\].:：]|\s+[=–—-]|\s(?=[A-Z]))\s*", re.IGNORECASE)
# revised, provisional, estimated, forecast, unreliable: no unit has such a letter
_FLAG = regex(r"[\d.,  ]*\d\s?[(\[]?([rpefux])[)\]]?", re.IGNORECASE)
# b = break in series, but m = million is none
_DEFINED = regex(r"(?<!\w)([a-z])\s*[=＝]\s*(?!thousand|[mb]illion|lakh|crore|met(?:re|er)|kilo|hectare|tonne)[a-z]")
_ASKED_ROWS = 200
_KEY_ROWS = 20  # that describe a series above it
_TOP_ROWS = 6  # among which a unit line stands


def lay_out(table: Table, whole: Grid) -> list[Layout]:
    """The tables of a sheet, parted by blank rows where each has headers of its own, with their inferred parts.

    Args:
        table: the sheet.
        whole: its cells by row and column.
    """
    layouts: list[Layout] = []
    halves = halves_of(whole)
    for rows in [area for half in halves for area in areas_of(half)]:
        first = not layouts
        layout = _infer(rows, table.caption if first else "", has_numbers=table.has_numbers)
        if not first:
            layout.caption = layout.caption or table.caption or layouts[0].caption
            layout.unit_line = layout.unit_line or _of_sheet(layouts[0], layout)
        layouts.append(layout)
    if len(halves) > 1 and not any(_closes(layout) for layout in layouts[:-1]) and _closes(layouts[-1]):
        layouts[-1].foreign_totals.add(layouts[-1].body_rows[-1])  # of both halves
    return layouts


def _of_sheet(first: Layout, later: Layout) -> str:
    """The unit line of a sheet for a later table; the unit in a title is not that of a table titled otherwise."""
    titled = later.caption not in ("", first.caption) and first.unit_line in first.caption
    return "" if titled else first.unit_line


def _closes(layout: Layout) -> bool:
    """Whether a table ends with a total."""
    path = layout.row_paths.get(layout.body_rows[-1], ()) if layout.body_rows else ()
    return bool(path) and label_class(path[-1]) == "total"


def _infer(rows: Grid, caption: str, *, has_numbers: bool) -> Layout:
    order = rows.rows
    captions, unit_line, notes = [caption], unit_words(caption), []
    start, above = 0, _unit_line_at(rows, order)
    while start + 1 < len(order):
        cells = cells_of(rows[order[start]])
        units = [unit_words(cell.text) for cell in cells]
        alone = len(cells) == 1 or (len(cells) == 2 and any(UNIT_CELL.match(cell.text) for cell in cells))
        if start < above:
            alone = True  # a title whose commas have parted it
        if not alone or any(not unit and kind(cell.text) == "number" for cell, unit in zip(cells, units, strict=True)):
            break
        start += 1
        for cell, unit in zip(cells, units, strict=True):
            notes.append(cell)
            unit_line = unit or unit_line
            captions.append(_title_before(cell.text, unit) if unit else cell.text)
    marks = _marks(rows, order[start:], captions)
    body_start, header, column_units = header_rows(rows, order, start, notes, marks)
    body = _without_headers(rows, order[start:body_start], order[body_start:])
    while len(body) > 1 and len(last := cells_of(rows[body[-1]])) == 1 and kind(last[0].text) == "label":
        notes.append(last[0])
        body = body[:-1]
    of_columns = set(column_units.values())
    unit_line = unit_line or next(
        (words for cell in notes if cell.text not in of_columns and (words := unit_words(cell.text))), ""
    )
    brackets = (words for text in captions for words in (*_bracketed(text), *_PERCENT_BEHIND.findall(text)))
    unit_line = unit_line or "、".join(dict.fromkeys(found for words in brackets if (found := _of_all(words))))
    unit_line = unit_line or next(
        (words for text in captions if not noun_lines(text) and (words := tail_words(_IN_BEHIND.sub("", text)))), ""
    )
    layout = Layout(" ".join(part for part in captions if part), unit_line, header, body, rows, notes, marks=marks)
    layout.column_units = _of_keys(rows, body) | column_units
    layout.column_paths = column_paths(rows, header, rows.columns)
    layout.kinds = kinds_of_columns(layout)
    layout.naming = naming_columns(layout)
    finish(layout, has_numbers=has_numbers)
    return layout


def _of_keys(rows: Grid, body: Sequence[int]) -> dict[int, str]:
    """The units that one of the first rows tells of the columns, among others that describe a series: 单位 | %."""
    for row in body[:_KEY_ROWS]:
        key, *cells = cells_of(rows[row]) or (None,)
        if key is not None and cells and kind_of_labels(key.text) == "unit":
            told = {cell.column: cell.text for cell in cells}
            return told if all(is_measured(loose_unit(text)) for text in told.values()) else {}
    return {}


def _without_headers(rows: Grid, header: Sequence[int], body: Sequence[int]) -> Sequence[int]:
    """The rows of a body but for those that repeat a row of headers or units, as at the top of each printed page."""
    again: set[int] = set()
    for row in header:
        cells = [(cell.column, cell.text) for cell in cells_of(rows[row])]
        if len(cells) > 1:
            below = (other for other in rows.rows_with(*cells[0]) if other > row)
            again.update(row for row in below if [(cell.column, cell.text) for cell in cells_of(rows[row])] == cells)
    return [row for row in body if row not in again] if again else body


def _unit_line_at(rows: Grid, order: Sequence[int]) -> int:
    """Index of a row among the first that is nothing but a unit line: what stands above it announces the table."""
    for place, row in enumerate(order[:_TOP_ROWS]):
        cells = cells_of(rows[row])
        if any(kind(cell.text) == "number" and not unit_words(cell.text) for cell in cells):
            break
        if len(cells) == 1 and unit_words(cells[0].text):
            return place
    return 0


def _marks(rows: Grid, order: Sequence[int], captions: Sequence[str]) -> frozenset[str]:
    """Letters that mark a note: with which the notes of a table begin, and those of statistics behind numbers."""
    found = {match.group(1) for caption in captions for match in _DEFINED.finditer(caption)}
    found |= {
        match.group(1).lower()
        for column in rows.columns
        for text in rows.texts(column, order[:_ASKED_ROWS]).values
        if text and not text.isdecimal() and (match := _FLAG.fullmatch(text))
    }
    for row in reversed(order):
        cells = cells_of(rows[row])
        if len(cells) != 1 or kind(cells[0].text) != "label":
            break
        if match := _NOTE_MARK.match(cells[0].text):
            found.add(match.group(1).lower())
        found.update(match.group(1) for match in _DEFINED.finditer(cells[0].text))
    return frozenset(found)


def _title_before(text: str, unit: str) -> str:
    """The title that stands before a unit in one cell; none where that is the name of an office, 填报单位：."""
    title = _BEFORE_UNIT.sub("", text[: text.rfind(unit)])
    return "" if re.search("[:：]", title) else title


_OF_HUNDRED = regex(
    r"\s*(?:[%％]|per ?cent(?:age)?\b|(?:en |em )?(?:porcentajes?|pourcentages?|porcentage[mn]s?|persentase)\b)",
    re.IGNORECASE,
)
_PERCENT_BEHIND = regex(
    r"(?:[,，:：]\s*(?:in |as )?|\bas (?:a )?)((?:[%％]|per ?cent(?:age)?\b)[^,，()（）]*)(?=$|[,，(（])", re.IGNORECASE
)


def _bracketed(title: str) -> list[str]:
    """The words in the brackets of a title, a scale with what it scales if one of several: pupils (in lakh)."""
    found = list(BRACKETS.finditer(title))
    told: list[str] = []
    for match in found:
        unit = strict_unit(match.group(1)) if len(found) > 1 else None
        noun = _LAST_WORD.search(title, 0, match.start())
        if unit is not None and not unit.unit and noun is not None and loose_unit(noun.group(1)) is not None:
            told.append(f"{_IN.sub('', match.group(1))} {noun.group(1)}")
        else:
            told.append(match.group(1))
    return told


_CLAUSE = regex(r"[;；，]|,(?!\d{3})")
_IN_BEHIND = regex(r"\s*[(（][^()（）]*[)）]\s*$")  # US$ million (net disbursements)
_LAST_WORD = regex(r"([^\W\d_]+)\s*$")
_IN = regex(r"\s*(?:in|en|em)\s+", re.IGNORECASE)


def _of_all(words: str) -> str:
    """The words in brackets of a title that are the unit of the table, or list its units: 万人, £m, % of population."""
    clauses = [clause.strip() for clause in _CLAUSE.split(words)]
    told = [clause for clause in clauses if not tells_only_years(clause) and not EXCEPTION.fullmatch(clause)]
    if len(told) == 1 < len(clauses) and is_measured(strict_unit(told[0])):
        return told[0]  # 2016年，元/人; EUR thousand; per capita in EUR
    found = strict_unit(words) or (loose_unit(words) if _OF_HUNDRED.match(words) else None)
    if is_measured(found) or (found is not None and found.unit != "" and (found.scale != 1 or found.unit in COUNTED)):
        return words
    words = unit_words(words) or words  # (单位：万元) before the date of a table
    return words if listed_units(words) or is_measured(strict_unit(words)) else ""
