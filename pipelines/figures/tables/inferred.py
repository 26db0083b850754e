"""The tables of a sheet that nothing states: where they begin, caption, unit line, headers, body, kinds of columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipelines.catalog.headers import says
from pipelines.figures.tables.areas import areas_of, halves_of
from pipelines.figures.tables.cells import Kind, begins_with_number, kind
from pipelines.figures.tables.columns import (
    NAMING,
    Column,
    are_names,
    are_ranks,
    ascend,
    kind_of_column,
    may_name_rows,
    names_unit,
)
from pipelines.figures.tables.finish import code_parts, finish
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.header_nouns import COUNTED, EXCEPTION
from pipelines.figures.tables.headers import tells_only_years
from pipelines.figures.tables.layout import Layout, cells_of, column_paths, texts_of
from pipelines.figures.tables.lines import label_class
from pipelines.figures.units.bands import are_bands
from pipelines.figures.units.headed import headed_unit
from pipelines.figures.units.unitwords import (
    BRACKETS,
    is_measure_word,
    is_measured,
    listed_units,
    loose_unit,
    strict_unit,
    tail_words,
    unit_words,
)
from pipelines.reading.cells import Cell
from pipelines.reading.document import Table

_UNIT_CELL = re.compile(r"[(（]?\s*(?:(?:计量)?单\s*位|units?\b|amounts? in\b|in\b)", re.IGNORECASE)
_BEFORE_UNIT = re.compile(
    r"\s*[(（\[]?\s*(?:(?:计量|金额)?单\s*位|(?:(?:figures|amounts?|values) )?\b(?:in|units?)\b)?\s*[:：]?\s*$",
    re.IGNORECASE,
)
_WORDED = re.compile(r"[^\W\d_]|%")
_LETTERS = re.compile(r"[^\W\d_]")
_NOTE_MARK = re.compile(r"\s*[(（\[]?([a-z])(?:[)）\].:：]|\s+[=–—-]|\s(?=[A-Z]))\s*", re.IGNORECASE)
# revised, provisional, estimated, forecast, unreliable: no unit has such a letter
_FLAG = re.compile(r"[\d.,  ]*\d\s?[(\[]?([rpefux])[)\]]?", re.IGNORECASE)
# b = break in series, but m = million is none
_DEFINED = re.compile(
    r"(?<!\w)([a-z])\s*[=＝]\s*(?!thousand|[mb]illion|lakh|crore|met(?:re|er)|kilo|hectare|tonne)[a-z]"
)
_ASKED_ROWS = 200
_TAG = re.compile(r"#[a-z]\w*(?:\s*\+|$)", re.IGNORECASE)  # of exchange formats: #adm1+name
_OF_SUM = re.compile(r"([a-z]|\d{1,2})(?:\s*[=＝]\s*[a-z\d+*/×÷%().\s-]+)?", re.IGNORECASE)
_COLUMN_LETTERS = frozenset({"甲", "乙", "丙", "丁", "栏次", "行次"})
_MOST_HEADERS = 4
_TOP_ROWS = 6  # among which a unit line stands
_CODE_DIGITS = 5
_FEWEST_ALIKE = 8  # numbers of one length that are hardly amounts
_PAIR = 2  # rows that say the same by chance


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
        alone = len(cells) == 1 or (len(cells) == 2 and any(_UNIT_CELL.match(cell.text) for cell in cells))
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
    body_start, header, column_units = _header(rows, order, start, notes, marks)
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
    unit_line = unit_line or next((words for text in captions if (words := tail_words(_IN_BEHIND.sub("", text)))), "")
    layout = Layout(" ".join(part for part in captions if part), unit_line, header, body, rows, notes, marks=marks)
    layout.column_units = column_units
    layout.column_paths = column_paths(rows, header, rows.columns)
    layout.kinds = _kinds(layout)
    layout.naming = _naming(layout)
    finish(layout, has_numbers=has_numbers)
    return layout


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
        for row in order[:_ASKED_ROWS]
        for cell in rows[row].values()
        if not cell.text.isdecimal() and (match := _FLAG.fullmatch(cell.text))
    }
    for row in reversed(order):
        cells = cells_of(rows[row])
        if len(cells) != 1 or kind(cells[0].text) != "label":
            break
        if match := _NOTE_MARK.match(cells[0].text):
            found.add(match.group(1).lower())
        found.update(match.group(1) for match in _DEFINED.finditer(cells[0].text))
    return frozenset(found)


def _header(
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
        if header and (all(_TAG.match(cell.text) for cell in cells) or _letters_columns(cells)):
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
        if header and _is_labelled(rows, header, cells, kinds):
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


def _title_before(text: str, unit: str) -> str:
    """The title that stands before a unit in one cell; none where that is the name of an office, 填报单位：."""
    title = _BEFORE_UNIT.sub("", text[: text.rfind(unit)])
    return "" if re.search("[:：]", title) else title


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


_OF_HUNDRED = re.compile(
    r"\s*(?:[%％]|per ?cent(?:age)?\b|(?:en |em )?(?:porcentajes?|pourcentages?|porcentage[mn]s?|persentase)\b)",
    re.IGNORECASE,
)
_PERCENT_BEHIND = re.compile(
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


_CLAUSE = re.compile(r"[;；，]|,(?!\d{3})")
_IN_BEHIND = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")  # US$ million (net disbursements)
_LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")
_IN = re.compile(r"\s*(?:in|en|em)\s+", re.IGNORECASE)


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


def _unit_row(cells: list[Cell]) -> dict[int, str]:
    """The units of a row that holds nothing else, by column; empty for any other row."""
    units = [cell for cell in cells if not _UNIT_CELL.fullmatch(cell.text.rstrip(":： )）"))]
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
    """Whether a row under the headers only counts the columns: 甲 | 1 | 2 | 3."""
    plain = [cell.text.strip("()（） ") for cell in cells]
    numbers = [text for text in plain if text.isdecimal()]
    words = [text for text in plain if not text.isdecimal()]
    return (
        len(numbers) > (1 if words else 2)
        and numbers in ([str(n) for n in range(1, len(numbers) + 1)], [str(n) for n in range(2, len(numbers) + 2)])
        and all(word in _COLUMN_LETTERS for word in words)
    )


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


def _kinds(layout: Layout) -> dict[int, Column]:
    """What each column holds; a table of which every column is a name, a code or a year has no values."""
    found: dict[int, Column] = {}
    leading = True
    parts = code_parts(layout)
    has_latitude = any(path[-1].strip().lower() == "lat" for path in layout.column_paths.values() if path)
    for column, path in layout.column_paths.items():
        texts = texts_of(layout, column)
        if column in parts:
            kind_of = Column("code", None, f"header {path[-2]}: its part {path[-1]}")
        elif has_latitude and path and path[-1].strip().lower() == "long":
            kind_of = Column("code", None, "header long beside lat")
        else:
            kind_of = kind_of_column(path, texts, layout.marks, leading=leading, first=not found)
        found[column] = kind_of
        leading = leading and kind_of.kind != "values"
    values = [column for column, of in found.items() if of.kind == "values"]
    if not any(of.kind in NAMING for of in found.values()):
        first = next(iter(found), 0)
        notes = (column for column, of in found.items() if of.kind == "note" and are_names(texts_of(layout, column)))
        named = next(notes, None)
        if named is not None:
            found[named] = Column("label", None, "nothing else names the rows")
        elif (
            len(values) == len(found) > 1
            and not layout.unit_line
            and may_name_rows(layout.column_paths[first], texts_of(layout, first))
        ):
            found[first] = Column("label", None, "nothing else names the rows, and its numbers all differ")
            values = values[1:]
    named = next((column for column, of in found.items() if of.kind in ("label", "person")), len(found))
    for column in values:
        texts = texts_of(layout, column)
        if _is_counted(layout, column):
            continue
        is_before = column < named < len(found) and not layout.unit_line and len(set(map(len, texts))) == 1
        if is_before and ascend(texts):
            found[column] = Column("code", None, "its numbers stand before all names, only rise, and are of one length")
        if layout.column_paths[column] and not layout.unit_line and are_ranks(texts):
            found[column] = Column("code", None, "its numbers are those of ranks: each from 1 on stands there once")
        if texts.total() < _FEWEST_ALIKE or len(set(map(len, texts))) > 1:
            continue
        if len(texts) == 1 and kind(next(iter(texts))) == "year":
            found[column] = Column("year", "year", "its cells are one year")
        elif len(texts) == 1 and not layout.unit_line and next(iter(texts)).strip("0").isdecimal():
            found[column] = Column("code", None, "one and the same number stands in all rows, and nothing says of what")
        elif column < named and all(text.isdecimal() and len(text) >= _CODE_DIGITS for text in texts):
            found[column] = Column("code", None, "its numbers stand before all names and are of one length")
    values = [column for column in values if found[column].kind == "values"]
    long = {column: _long_numbers(texts_of(layout, column), layout.marks) for column in values}
    grouped = {
        column
        for column, texts in long.items()
        if 2 * sum(count for text, count in texts.items() if _is_grouped(text)) > texts.total()
    }
    for column, texts in long.items():
        lengths = {len(text) for text in texts}
        alike = len(lengths) == 1 < texts.total() and lengths.pop() >= _CODE_DIGITS
        whole = texts.total() == sum(count for text, count in texts_of(layout, column).items() if text[:1].isdecimal())
        if grouped and alike and whole and all(text.isdecimal() for text in texts) and not _is_counted(layout, column):
            found[column] = Column("code", None, "its numbers have no signs of thousands, others of the table have")
    return found


def _is_counted(layout: Layout, column: int) -> bool:
    """Whether a column's header says what its numbers count or measure."""
    path = layout.column_paths[column]
    return names_unit(path) or bool(path and (headed_unit(path[-1]) or says("money", path[-1])))


def _long_numbers(texts: Mapping[str, int], marks: frozenset[str]) -> Counter[str]:
    """The cells of a column that are numbers of a thousand and more."""
    return Counter(
        {
            text: count
            for text, count in texts.items()
            if len(text) > 3
            and kind(text, marks) in ("number", "year")
            and len(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", text))) > 3
        }
    )


def _is_grouped(text: str) -> bool:
    return re.search(r"\d[,.'’  \s]\d{3}(?!\d)", text) is not None


def _naming(layout: Layout) -> list[int]:
    """The columns that name a row: labels and years, without them dates, else codes.

    What stands right of the values and whose header does not say what it names only tells about a row.
    """
    kinds = layout.kinds
    first = next(iter(layout.columns), len(kinds))
    named = [column for column, found in kinds.items() if found.kind in NAMING]
    left = [column for column in named if column < first]
    if any(kinds[column].kind != "year" for column in left):
        named = [column for column in named if column in left or kinds[column].names not in (None, "agency")]
    named.sort(key=lambda column: not _says_the_same(layout, column))  # what holds for all rows names none of them
    totals = {column for column in named if _says_the_same(layout, column) and _is_of_totals(layout, column)}
    named = [column for column in named if column not in totals] or named
    for other in ("date", "code"):
        named = named or [column for column, found in kinds.items() if found.kind == other]
    return named


def _is_of_totals(layout: Layout, column: int) -> bool:
    return any(text is not None and label_class(text) != "detail" for text in layout.texts(column).values)


def _says_the_same(layout: Layout, column: int) -> bool:
    """Whether a column of words has one and the same in every row, and no header that says what it names."""
    texts = layout.texts(column).values
    return len(texts) == 1 and len(layout.body_rows) > _PAIR and layout.kinds[column].names is None
