"""The parts of one table: caption, unit line, headers, kinds of columns, body, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from pipelines.columns import Coded, Made, Same
from pipelines.figures.figure import Role
from pipelines.figures.numbers.grouped import Decimals
from pipelines.figures.tables.columns import Column
from pipelines.figures.tables.grid import Grid, Line
from pipelines.figures.tables.label_classes import LabelClass, label_class
from pipelines.figures.tables.lines import Path
from pipelines.figures.tables.paths import Labels, Paths, distinct, labels_of
from pipelines.figures.tables.words import header_levels
from pipelines.reading.cells import Cell
from pipelines.reading.document import StatedCode

MASK = "***"


@dataclass(frozen=True, slots=True)
class Given:
    """What a declared layout says of a column; empty where it leaves that to the words.

    `codes` are attributes that the meaning of its figures has, such as ("source", "central").
    """

    unit: str = ""
    scale: Decimal | None = None
    role: Role | None = None
    codes: tuple[tuple[str, str], ...] = ()
    layout: str = ""


@dataclass(slots=True)
class Layout:
    """How a table is read.

    Attributes:
        caption: what announces the table, from outside and from its top rows.
        unit_line: the words after "Unit:" or "单位：", empty where the table has none.
        header_rows: rows of column headers.
        body_rows: rows that hold figures or group headings.
        rows: the cells.
        note_cells: cells of the caption, the unit line, column numbers and notes.
        kinds: column → what it holds.
        naming: columns whose words name a row, in order.
        column_units: column → the words of a unit in the row below the headers.
        marks: letters that mark notes.
        decimals: column → its decimal sign.
        row_paths: row of the body → group heading and labels, from the outside in.
        column_paths: column → header texts from the top down, repeated ones once.
        heading_rows: rows of the body that only head the rows below them.
        headings: row of the body → the heading that it stands under.
        given: column → what a declared layout says of it.
        row_codes: row → attributes that a declared layout derives from its labels.
        missing: further texts that a declared layout reads as "not there".
        total_rows: rows that a declared layout knows as totals; None leaves that to words and sums.
        total_columns: columns that it knows as totals.
        versions: the column by which it says that rows follow each other, and those that tell what they are about.
        row_units: row → words of the unit that the table's format states for it.
        stated_columns: column → attributes of meaning that the table's format states.
        stated_rows: row → such attributes.
        doubtful: column → texts of cells that may part thousands or decimals with their point.
        counts: column → its distinct cells, once somebody has asked for them.
        codes: row → its code, where one column holds codes of digits.
        levels: row → its level, where a column says which rows hold others.
        foreign_totals: rows that hold the sum of more than this table, as that below the right half of a list.
        is_stated: whether its format states each row's meaning, so that words of a row decide no unit and no role.
    """

    caption: str
    unit_line: str
    header_rows: list[int]
    body_rows: Sequence[int]
    rows: Grid
    note_cells: list[Cell] = field(default_factory=list)
    kinds: dict[int, Column] = field(default_factory=dict)
    naming: list[int] = field(default_factory=list)
    column_units: dict[int, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    decimals: dict[int, Decimals] = field(default_factory=dict)
    row_paths: Paths = field(default_factory=lambda: Paths((), (), ()))
    column_paths: dict[int, Path] = field(default_factory=dict)
    heading_rows: set[int] = field(default_factory=set)
    headings: dict[int, Path] = field(default_factory=dict)
    given: dict[int, Given] = field(default_factory=dict)
    row_codes: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    total_rows: dict[int, LabelClass] | None = None
    total_columns: dict[int, LabelClass] | None = None
    versions: tuple[int, tuple[int, ...]] | None = None
    row_units: dict[int, str] = field(default_factory=dict)
    stated_columns: dict[int, tuple[StatedCode, ...]] = field(default_factory=dict)
    stated_rows: dict[int, tuple[StatedCode, ...]] = field(default_factory=dict)
    is_stated: bool = False
    codes: dict[int, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    foreign_totals: set[int] = field(default_factory=set)
    doubtful: dict[int, frozenset[str]] = field(default_factory=dict)
    counts: dict[int, Counter[str]] = field(default_factory=dict)
    _texts: dict[int, Coded[str | None]] = field(default_factory=dict)
    _named: Made[Labels] | None = None

    @property
    def columns(self) -> list[int]:
        """Columns of values."""
        return [column for column, found in self.kinds.items() if found.kind == "values"]

    @property
    def unit_column(self) -> int | None:
        """The column that names each row's unit, None where there is none."""
        return next((column for column, found in self.kinds.items() if found.kind == "unit"), None)

    def texts(self, column: int) -> Coded[str | None]:
        """The cells of a column below the headers; None where there is none.

        A long table repeats most of its texts, so that what holds of a text is asked once.
        """
        if column not in self._texts:
            self._texts[column] = self.rows.texts(column, self.body_rows)
        return self._texts[column]

    def named_labels(self, row: int) -> Labels:
        """The labels of a row whose column's header says what they name; none of a row that is declared as a total."""
        if row in (self.total_rows or ()):
            return ()
        if self._named is None:
            self._named = self._of_kinds()
        return self._named.at(self.row_paths.place(row))

    def labelled(self, rows: Sequence[int]) -> Sequence[Labels]:
        """The same of some rows, in order."""
        if not (self.total_rows or {}).keys().isdisjoint(rows):
            return list(map(self.named_labels, rows))
        made = self._of_kinds()
        return Made(made.rule, *map(self.row_paths.picked(rows), made.sources))

    def _of_kinds(self) -> Made[Labels]:
        kinds = {column: of.names for column, of in self.kinds.items() if of.names is not None}
        return Made(labels_of, Same(tuple(kinds.values()), len(self.body_rows)), *map(self.labels, kinds))

    def labels(self, column: int) -> Coded[str | None]:
        """The cells of a column of labels as others may see them."""
        texts = self.texts(column)
        blank = {text for text in texts.values if text is None or not text.strip("-–—―‐−./· ")}  # dashes in its stead
        return Coded([None if text in blank else self.shown(column, text or "") for text in texts.values], texts.codes)

    def shown(self, column: int, label: str) -> str:
        """A label as others may see it: the name of a person is masked, a total is none."""
        is_name = not self.rows.shows_people and self.kinds[column].kind == "person" and label_class(label) == "detail"
        return MASK if is_name else label.removesuffix(".0") if self.kinds[column].kind == "year" else label

    def row_unit(self, row: int) -> str:
        """The unit that a row names in the column for it, or that is stated for it."""
        if row in self.row_units:
            return self.row_units[row]
        if self.unit_column is None:
            return ""
        cell = self.rows.cell(row, self.unit_column)
        return cell.text if cell is not None else ""


def column_paths(rows: Grid, header: list[int], columns: list[int], *, printed: bool = False) -> dict[int, Path]:
    """The header texts of each column from the top down, repeated ones once; in spoken words, or as printed."""
    speak = (lambda text: (text,)) if printed else header_levels
    lines = [rows[row] for row in header]
    if rows.merged.keys().isdisjoint(header):
        lines = [_spread(upper, lower, columns) for upper, lower in pairwise(lines)] + lines[-1:]
    return {
        column: distinct(told for line in lines if column in line for told in speak(line[column].text))
        for column in columns
    }


def _spread(upper: Line, lower: Line, columns: list[int]) -> Line:
    """A row of headers as it was before its merged cells were parted: each goes on over the empty ones right of it.

    It does so while headers below it tell the columns apart.
    """
    found = dict(upper)
    for left, right in pairwise(columns):
        if left in found and left in lower and right in lower and right not in found:
            found[right] = found[left]
    return found


def texts_of(layout: Layout, column: int) -> Counter[str]:
    """The distinct cells of a column below the headers from the top down, and how often each stands there."""
    if column not in layout.counts:
        texts = layout.texts(column)
        counts = Counter(texts.codes)
        found = {text: counts[code] for code, text in enumerate(texts.values) if text is not None}
        layout.counts[column] = Counter(found)
    return layout.counts[column]


def cells_of(line: Line) -> list[Cell]:
    """The cells of a row, a merged one once."""
    found: list[Cell] = []
    for cell in line.values():
        if not found or found[-1] is not cell:
            found.append(cell)
    return found
