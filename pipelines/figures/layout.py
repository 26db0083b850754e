"""The parts of a table that nobody described: caption, unit line, header rows, label columns, body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.reading.document import Cell, Table

_NUMBER = re.compile(
    r"[(（]?[-−+]?\s*(?:[約约近超]\s*)?(?:US\$|\$|¥|￥)?\s*\d[\d,]*(?:\.\d+)?\s*"
    r"(?:%|[十百千万亿]*(?:元|人|户|个|亩|公里|吨|头|村)?|(?:hundred|thousand|million|billion)?(?:\s*(?:yuan|rmb))?)\s*[)）]?"
    r"(?:\s*[*†①-⑨]|\s*\[\d\])?",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"[-–—…．.·/\\]+|n\.?\s?[ad]\.?|na|none|not (published|available|reported)|无|缺|\[[^\]\d]*\]", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?|(?:FY\s?)?(?:19|20)\d\d(?:\s*[-–—/]\s*(?:19|20)?\d\d)?", re.IGNORECASE)
_UNIT_LINE = re.compile(
    r"(?:^|[(（\s])(?:计量)?(?:单\s*位|units?|amounts? in|figures in|in)\s*[:：]?\s+?([^()（）:：]+?)\s*[)）]?$", re.I
)
_UNIT_CELL = re.compile(r"[(（]?\s*((计量)?单\s*位|units?\b|amounts? in\b|in\b)", re.IGNORECASE)
_UNIT_LINE_ZH = re.compile(r"(?:计量)?单\s*位\s*[:：]\s*([^()（）]+?)\s*[)）]?\s*$")
_ROW_NUMBER = re.compile(r"序号|编号|no\.?|#|№", re.IGNORECASE)
TOTAL = re.compile(
    r"(总\s*计|合\s*计|总\s*额|总\s*数|全省|共\s*计|(grand )?totals?|sum|all( programs| sources)?)\b.{0,20}",
    re.IGNORECASE,
)
SUBTOTAL = re.compile(r"(小\s*计|sub-?\s?totals?)", re.IGNORECASE)
OF_WHICH = re.compile(r"(其\s*中|of which|including|thereof)", re.IGNORECASE)


def kind(text: str) -> str:
    """What a cell holds: `number`, `year`, `missing` or `label`."""
    if _YEAR.fullmatch(text):
        return "year"
    if _NUMBER.fullmatch(text):
        return "number"
    return "missing" if _MISSING.fullmatch(text) else "label"


@dataclass(slots=True)
class Layout:
    """How a table is read.

    Attributes:
        caption: what announces the table, from outside and from its top rows.
        unit_line: the words after "Unit:" or "单位：", empty where the table has none.
        header_rows: rows of column headers.
        label_columns: columns of row labels.
        body_rows: rows that hold figures or group headings.
        grid: (row, column) → the cell that covers it, spans expanded.
        note_cells: cells of the caption, the unit line and of notes below the body.
    """

    caption: str
    unit_line: str
    header_rows: list[int]
    label_columns: list[int]
    body_rows: list[int]
    grid: dict[tuple[int, int], Cell]
    note_cells: list[Cell] = field(default_factory=list)

    @property
    def columns(self) -> list[int]:
        """Columns that hold figures."""
        return sorted({column for _, column in self.grid} - set(self.label_columns))

    def column_path(self, column: int) -> tuple[str, ...]:
        """Header texts above a column, from the top down, repeated ones once."""
        return _distinct(self.grid[row, column].text for row in self.header_rows if (row, column) in self.grid)

    def row_path(self, row: int) -> tuple[str, ...]:
        """Group heading and labels of a row, from the outside in."""
        labels = _distinct(self.grid[row, column].text for column in self.label_columns if (row, column) in self.grid)
        for above in reversed([candidate for candidate in self.body_rows if candidate < row]):
            if not self.figures_in(above) and not self.is_whole(above):
                heading = _distinct(cell.text for cell in self._cells(above))
                return (*heading, *labels) if heading != labels[: len(heading)] else labels
        return labels

    def is_whole(self, row: int) -> bool:
        """Whether a row says that it is a total."""
        labels = [self.grid[row, column].text for column in self.label_columns if (row, column) in self.grid]
        return any(TOTAL.fullmatch(label) or SUBTOTAL.fullmatch(label) for label in labels)

    def figures_in(self, row: int) -> bool:
        """Whether a row has a number or a missing value beside its labels."""
        return any(
            kind(cell.text) in ("number", "missing", "year")
            for column in self.columns
            if (cell := self.grid.get((row, column))) is not None
        )

    def _cells(self, row: int) -> Iterator[Cell]:
        return (cell for (at, _), cell in sorted(self.grid.items()) if at == row)


def lay_out(table: Table) -> Layout:
    """Infers the parts of a table from what its cells hold."""
    grid = {
        (cell.row + down, cell.column + right): cell
        for cell in table.cells
        for down in range(min(cell.row_span, 1000))
        for right in range(min(cell.column_span, 1000))
    }
    rows = sorted({row for row, _ in grid})
    by_row = {row: _row_cells(grid, row) for row in rows}
    captions, unit_line, notes = [table.caption], "", []
    start = 0
    while start < len(rows) and len(by_row[rows[start]]) <= 2 and len(rows) > start + 1:
        cells = by_row[rows[start]]
        alone = len(cells) == 1 or any(_UNIT_CELL.match(cell.text) for cell in cells)
        if not alone or any(kind(cell.text) == "number" for cell in cells):
            break
        start += 1
        for cell in cells:
            notes.append(cell)
            if words := unit_words(cell.text):
                unit_line = words
            else:
                captions.append(cell.text)
    header: list[int] = []
    while start < len(rows) and not any(kind(cell.text) == "number" for cell in by_row[rows[start]]):
        # a row of labels and years is a header; one of a year and gaps is already the body
        kinds = [kind(cell.text) for cell in by_row[rows[start]]]
        if header and (kinds[0] == "year" or "missing" in kinds):
            break
        header.append(rows[start])
        start += 1
    body = rows[start:]
    while body and len(by_row[body[-1]]) == 1 and kind(by_row[body[-1]][0].text) == "label" and len(body) > 1:
        notes.append(by_row[body.pop()][0])
    if not unit_line:
        unit_line = next((words for cell in notes if (words := unit_words(cell.text))), "")
    labels = _label_columns(grid, header, body)
    return Layout(" ".join(part for part in captions if part), unit_line, header, labels, body, grid, notes)


def unit_words(text: str) -> str:
    """The unit that a unit line names ("单位：万元", "Unit: million Yuan"), empty for any other text."""
    found = _UNIT_LINE_ZH.search(text) or (_UNIT_LINE.search(text) if len(text) < 80 else None)
    return found.group(1).strip() if found else ""


def _row_cells(grid: dict[tuple[int, int], Cell], row: int) -> list[Cell]:
    cells: list[Cell] = []
    for (at, _), cell in sorted(grid.items()):
        if at == row and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells


def _label_columns(grid: dict[tuple[int, int], Cell], header: list[int], body: list[int]) -> list[int]:
    """Leading columns without a figure; a column of years or of row numbers is one of labels."""
    columns = sorted({column for _, column in grid})
    labels: list[int] = []
    for column in columns:
        kinds = {kind(grid[row, column].text) for row in body if (row, column) in grid}
        numbered = any(_ROW_NUMBER.fullmatch(grid[row, column].text) for row in header if (row, column) in grid)
        if "number" in kinds and not numbered:
            break
        if "missing" in kinds and not kinds & {"label", "year"}:
            break
        if (
            labels
            and kinds == {"year"}
            and not any(kind(grid[row, column].text) == "label" for row in header if (row, column) in grid)
        ):
            break
        labels.append(column)
    return labels


def _distinct(texts: Iterator[str]) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        if not found or found[-1] != text:
            found.append(text)
    return tuple(found)
