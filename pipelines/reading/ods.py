"""OpenDocument workbooks (.ods): the visible sheets as tables, values with the decimals that are shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.cell_text import cell_text
from pipelines.reading.cells import MAX_CELLS, Cell, Cells
from pipelines.reading.damage import parsing
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Content, Table
from pipelines.reading.formats import ODS
from pipelines.reading.values import shown

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{{{_NAMES}:{name}:1.0}}" for name in ("table", "office", "text", "style"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_LEFT_OUT = (f"{_OFFICE}annotation", f"{_TEXT}note")
_MOST_PLACES = 12
# a document type stands before the first element
_HEAD = 10_000


def read_ods(data: bytes, report_id: str) -> Content:
    """The visible sheets of a workbook that hold a cell.

    A cell keeps its number beside the text that it shows. The number is taken, which does not depend on a country's
    way of writing, with as many decimals as the text has.

    Returns:
        One table per sheet, named like it.

    Raises:
        ReportError: a damaged or protected workbook, one without cells, a formula without value, or too many cells.
    """
    from lxml import etree

    with parsing(report_id, ODS):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise ReportError(report_id, "is protected by a password")
            xml = archive.read("content.xml")
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        if b"<!DOCTYPE" in xml[:_HEAD]:
            # entities are not resolved, and what they stand for would be missing
            raise ReportError(report_id, "its XML declares a document type")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(node.get(f"{_TABLE}display") == "false" for node in style)
    }
    tables: list[Table] = []
    left = MAX_CELLS
    for sheet in root.iter(f"{_TABLE}table"):
        if sheet.get(f"{_TABLE}style-name") in hidden:
            continue
        name = canonical(sheet.get(f"{_TABLE}name") or f"table {len(tables) + 1}")
        cells = list(_cells(sheet, report_id, f"sheet {name}", left))
        left -= len(cells)
        if cells:
            tables.append(Table(name, "", Cells.of(cells), has_numbers=True))
    if not tables:
        raise ReportError(report_id, "has no sheet with a cell")
    return Content(tables=tuple(tables))


def _cells(sheet: Any, report_id: str, place: str, limit: int) -> Iterator[Cell]:  # noqa: ANN401 - lxml's element
    row = count = 0
    for line in sheet.iter(f"{_TABLE}table-row"):
        repeated = _count(line, "number-rows-repeated")
        found: list[tuple[int, str, int, int]] = []
        column = 0
        for cell in line:
            if cell.tag not in _CELLS:
                continue
            times = _count(cell, "number-columns-repeated")
            text = cell_text(_shown(cell, report_id, f"{place}, cell {Cell(row, column, '').address}"))
            if text and cell.tag == _CELLS[0]:
                count += times * repeated
                if count > limit:
                    raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", place)
                spans = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                found += [(column + right, text, *spans) for right in range(times)]
            column += times
        for down in range(repeated if found else 0):
            for at, text, rows, columns in found:
                yield Cell(row + down, at, text, rows, columns)
        row += repeated


def _count(node: Any, name: str) -> int:  # noqa: ANN401
    printed = node.get(f"{_TABLE}{name}") or "1"
    return max(int(printed), 1) if printed.isdecimal() and len(printed) < 9 else 1


def _shown(cell: Any, report_id: str, place: str) -> str:  # noqa: ANN401
    kind = cell.get(f"{_OFFICE}value-type")
    text = "\n".join(_words(paragraph) for paragraph in cell if paragraph.tag == f"{_TEXT}p")
    if kind is None and cell.get(f"{_TABLE}formula") and not text:
        raise ReportError(report_id, "a formula without its value: open and save the workbook", place)
    value = cell.get(f"{_OFFICE}value")
    if kind in ("float", "percentage", "currency") and value is not None:
        return _number(value, text, percent=kind == "percentage")
    if kind == "date":
        return (cell.get(f"{_OFFICE}date-value") or text).removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return shown(cell.get(f"{_OFFICE}boolean-value") == "true")
    return text


def _words(node: Any) -> str:  # noqa: ANN401
    """The text of a paragraph; spaces and breaks are elements, comments are not shown."""
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            parts.append(" ")
        elif child.tag not in _LEFT_OUT:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(value: str, text: str, *, percent: bool) -> str:
    """The stored number with as many decimals as the shown text has; all of them where none fits."""
    try:
        exact = Decimal(value) * (100 if percent else 1)
    except InvalidOperation:
        return text or value
    if not exact.is_finite() or abs(exact.adjusted()) > 40:
        return text or value
    digits = "".join(re.findall(r"\d", canonical(text)))
    sign = "%" if percent or text.rstrip().endswith("%") else ""
    for places in range(_MOST_PLACES + 1):
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if digits and re.sub(r"\D", "", format(rounded, "f")) == digits:
            grouped = "," if re.search(r"\d[,.' \u00a0\u202f]\d{3}", text) and abs(rounded) >= 1000 else ""
            return f"{rounded:{grouped}f}{sign}"
    return shown(float(exact)) + sign
