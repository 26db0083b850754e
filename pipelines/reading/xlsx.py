"""Workbooks (.xlsx): the visible sheets as tables, values as shown, merged cells with their spans."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from pipelines.errors import ReportError
from pipelines.reading.cells import MAX_CELLS, Cell, Cells, Filling
from pipelines.reading.damage import parsing
from pipelines.reading.document import Content, Table
from pipelines.reading.formats import XLSX
from pipelines.reading.values import BUILT_IN_FORMATS, shown

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_COLUMNS = 16_384
_END = _COLUMNS << 21  # beyond the key of any cell
_AT_ONCE = 50_000  # rows


@dataclass(slots=True)
class _Marks:
    """What the parser of values does not tell about a sheet's cells; keys are row x 16,384 + column."""

    styles: dict[int, str] = field(default_factory=dict)
    formulas: set[int] = field(default_factory=set)
    errors: dict[int, str] = field(default_factory=dict)
    numbers: int = 0
    rows: int = 0
    columns: int = 0


def read_xlsx(data: bytes, report_id: str) -> Content:
    """The visible sheets of a workbook that hold a cell.

    Values come from a fast parser that knows no number formats; a second, narrow pass over each sheet finds those, the
    extent before anything is unpacked into memory, and formulas that were saved without a value.

    Returns:
        One table per sheet, named like it; numbers with the decimals that their number format shows, percents with %.

    Raises:
        ReportError: a damaged workbook, one without cells, a formula without value, or too many cells.
    """
    import python_calamine

    with parsing(report_id, XLSX):
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts, formats = _sheets(archive), _formats(archive)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables: list[Table] = []
    cells_left = MAX_CELLS
    for meta in book.sheets_metadata:
        name = meta.name
        if meta.visible != python_calamine.SheetVisibleEnum.Visible or name not in parts:
            continue
        place = f"sheet {name}"
        with parsing(report_id, XLSX, place), archive.open(parts[name]) as part:
            marks = _marks(part, formats)
        cells_left -= marks.rows * marks.columns
        if cells_left < 0:
            raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", place)
        with parsing(report_id, XLSX, place):
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in merged}
        _check_formulas(rows, marks, report_id, place)
        _check_numbers(rows, marks, report_id, place)
        cells = _cells(rows, spans, marks)
        if cells:
            tables.append(Table(name, "", cells, has_numbers=True))
    if not tables:
        raise ReportError(report_id, "has no sheet with a cell")
    return Content(tables=tuple(tables))


def _check_formulas(rows: list[list[Any]], marks: _Marks, report_id: str, place: str) -> None:
    """A program that only writes workbooks leaves formulas without values, and what they show is unknown."""
    for key in sorted(marks.formulas - marks.errors.keys()):
        row, column = divmod(key, _COLUMNS)
        if row >= len(rows) or column >= len(rows[row]) or rows[row][column] == "":
            where = f"{place}, cell {Cell(row, column, '').address}"
            raise ReportError(report_id, "a formula without its value: open and save the workbook", where)


def _check_numbers(rows: list[list[Any]], marks: _Marks, report_id: str, place: str) -> None:
    """The second pass counts the numbers of a sheet, so that none that the parser of values drops is missing unseen."""
    arrived = sum(not isinstance(value, (str, bool)) for row in rows for value in row)
    if arrived < marks.numbers:
        raise ReportError(report_id, f"{marks.numbers - arrived:,} of {marks.numbers:,} numbers cannot be read", place)


def _cells(rows: list[list[Any]], spans: dict[tuple[int, int], tuple[int, int]], marks: _Marks) -> Cells:
    filling = Filling()
    for first in range(0, len(rows), _AT_ONCE):
        for column, values in enumerate(zip(*rows[first : first + _AT_ONCE], strict=True)):
            filling.column(column, first, _texts(values, range(first * _COLUMNS + column, _END, _COLUMNS), marks))
    return filling.cells(spans)


def _texts(values: Sequence[Any], keys: Sequence[int], marks: _Marks) -> Sequence[str]:
    """What is shown of the values of a column, in which most return."""
    kinds = set(map(type, values))
    if kinds == {str} and not marks.errors:
        return values
    if kinds != {float} or marks.styles:
        return [
            shown(value if value != "" else marks.errors.get(key, ""), marks.styles.get(key, "General"))
            for key, value in zip(keys, values, strict=False)
        ]
    known = {value: shown(value) for value in set(values)}
    return list(map(known.__getitem__, values))


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the part of the archive that holds it; charts and macros are no sheets."""
    relations = {
        node.get("Id"): node
        for node in _tree(archive.read("xl/_rels/workbook.xml.rels"))
        if (node.get("Type") or "").endswith("/worksheet")
    }
    parts = {}
    for node in _tree(archive.read("xl/workbook.xml")).iter():
        if node.tag.endswith("}sheet"):
            relation = relations.get(node.get(f"{{{_RELATION}}}id") or node.get(f"{{{_RELATION_STRICT}}}id"))
            if relation is not None:
                parts[node.get("name") or ""] = posixpath.normpath(
                    posixpath.join("xl", relation.get("Target") or "")
                ).removeprefix("/")
    return parts


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style, by the style's number."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _tree(archive.read("xl/styles.xml"))
    known = dict(BUILT_IN_FORMATS)
    styles: list[str] = []
    for node in root:
        if node.tag.endswith("}numFmts"):
            known |= {int(item.get("numFmtId") or 0): item.get("formatCode") or "General" for item in node}
        elif node.tag.endswith("}cellXfs"):
            styles = [known.get(int(item.get("numFmtId") or 0), "General") for item in node]
    return styles


def _tree(xml: bytes) -> Any:  # noqa: ANN401 - lxml's element
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _marks(part: Any, formats: list[str]) -> _Marks:  # noqa: ANN401 - an open part of a zip archive
    """Walks over a sheet's XML once, looking at attributes of cells only."""
    marks = _Marks()
    styles = {str(number): code for number, code in enumerate(formats) if code != "General"}
    letters: dict[str, int] = {}
    tags: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ")
    row, column, kind, key, numbers, tall, wide = -1, -1, "", 0, 0, 0, 0

    def text(data: str) -> None:
        marks.errors[key] = marks.errors.get(key, "") + data

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, key, numbers, tall, wide
        tag = tags.get(name) or tags.setdefault(name, name[name.rfind(" ") + 1 :])
        if tag == "c":
            named = attributes.get("r", "").rstrip("0123456789")
            if named:
                column = letters[named] if named in letters else letters.setdefault(named, _column(named))
            else:
                column += 1
            if kind == "e":
                parser.CharacterDataHandler = None
            kind, key = attributes.get("t", "n"), row * _COLUMNS + column
            if kind == "n" and styles and (style := styles.get(attributes.get("s", ""))) is not None:
                marks.styles[key] = style
        elif tag in ("v", "is"):
            if row >= tall:
                tall = row + 1
            if column >= wide:
                wide = column + 1
            if kind == "n":
                numbers += 1
            elif kind == "e":
                parser.CharacterDataHandler = text
        elif tag == "f" and kind != "str":
            # an empty text is a value; nothing else that is empty is one
            marks.formulas.add(key)
        elif tag == "row":
            row, column = int(attributes["r"]) - 1 if "r" in attributes else row + 1, -1

    def doctype(*_: object) -> None:
        raise ValueError("its XML declares a document type")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.ParseFile(part)
    marks.numbers, marks.rows, marks.columns = numbers, tall, wide
    return marks


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
