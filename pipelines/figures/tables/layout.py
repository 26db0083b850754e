"""The parts of one table: caption, unit line, headers, kinds of columns, body, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import or_

from pipelines.columns import Coded, Same
from pipelines.figures.figure import Role
from pipelines.figures.numbers.digits import Decimals
from pipelines.figures.tables.cells import decimal_sign, doubtful, kind
from pipelines.figures.tables.columns import Column
from pipelines.figures.tables.grid import Grid, Line
from pipelines.figures.tables.headers import LabelKind
from pipelines.figures.tables.lines import LabelClass, Path, is_grand, label_class
from pipelines.figures.tables.words import header_words
from pipelines.figures.unitwords import unit_words
from pipelines.reading.cells import Cell
from pipelines.reading.document import StatedCode

Labels = tuple[tuple[LabelKind, str], ...]

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
    row_paths: dict[int, Path] = field(default_factory=dict)
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
    foreign_totals: set[int] = field(default_factory=set)
    doubtful: dict[int, frozenset[str]] = field(default_factory=dict)
    counts: dict[int, Counter[str]] = field(default_factory=dict)
    _texts: dict[int, Coded[str | None]] = field(default_factory=dict)
    _row_labels: dict[int, Labels] = field(default_factory=dict)

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
        if not self._row_labels:
            named = [(of.names, column) for column, of in self.kinds.items() if of.names is not None]
            columns = [self._named(kind, column) for kind, column in named]
            self._row_labels = dict.fromkeys(self.body_rows, ())
            for row_, *labels in zip(self.body_rows, *columns, strict=True) if columns else ():
                self._row_labels[row_] = tuple(labels) if None not in labels else tuple(filter(None, labels))
            for total in self.total_rows or ():
                self._row_labels[total] = ()
        return self._row_labels[row]

    def _named(self, kind: LabelKind, column: int) -> Coded[tuple[LabelKind, str] | None]:
        texts = self.texts(column)
        return Coded([None if text is None else (kind, self.shown(column, text)) for text in texts.values], texts.codes)

    def labels(self, column: int) -> Coded[str | None]:
        """The cells of a column of labels as others may see them."""
        texts = self.texts(column)
        return Coded([None if text is None else self.shown(column, text) for text in texts.values], texts.codes)

    def shown(self, column: int, label: str) -> str:
        """A label as others may see it: the name of a person is masked, a total is none."""
        is_name = self.kinds[column].kind == "person" and label_class(label) == "detail"
        return MASK if is_name else label

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
    speak = str if printed else header_words
    lines = [rows[row] for row in header]
    return {column: distinct(speak(line[column].text) for line in lines if column in line) for column in columns}


def texts_of(layout: Layout, column: int) -> Counter[str]:
    """The distinct cells of a column below the headers from the top down, and how often each stands there."""
    if column not in layout.counts:
        texts = layout.texts(column)
        counts = Counter(texts.codes)
        found = {text: counts[code] for code, text in enumerate(texts.values) if text is not None}
        layout.counts[column] = Counter(found)
    return layout.counts[column]


def finish(layout: Layout) -> None:
    """Derives what follows from rows, headers and kinds of columns: paths of rows, signs, the unit of the corner."""
    for column in layout.naming:
        path = layout.column_paths[column]
        if path and not layout.unit_line and layout.kinds[column].names is None and (words := unit_words(path[0])):
            layout.unit_line = words  # in the corner
    values = layout.columns
    if not layout.decimals:
        layout.decimals = _decimals(layout, values)
    for column in values:
        if unclear := doubtful(texts_of(layout, column)):
            layout.doubtful[column] = unclear
    layout.row_paths, layout.heading_rows = _row_paths(layout, values)
    layout.codes = _codes(layout)


def _codes(layout: Layout) -> dict[int, str]:
    """Row → its code, of the first column of codes that are digits of different length, or that end with zeros."""
    for column, of in layout.kinds.items():
        if of.kind != "code":
            continue
        texts = texts_of(layout, column)
        plain = [text for text in texts if text.isdecimal() and len(text) > 1]
        if 2 * len(plain) > len(texts) and (len({len(text) for text in plain}) > 1 or any(t[-1] == "0" for t in plain)):
            told = zip(layout.body_rows, layout.texts(column), strict=True)
            return {row: text for row, text in told if text is not None and text.isdecimal()}
    return {}


def cells_of(line: Line) -> list[Cell]:
    """The cells of a row, a merged one once."""
    found: list[Cell] = []
    for cell in line.values():
        if not found or found[-1] is not cell:
            found.append(cell)
    return found


def _decimals(layout: Layout, values: list[int]) -> dict[int, Decimals]:
    """The decimal sign of each column, where its numbers leave it open that of the table."""
    found: dict[int, Decimals | None] = {}
    for column in values:
        found[column] = decimal_sign(texts_of(layout, column), layout.marks)
    decided = [sign for sign in found.values() if sign is not None]
    usual: Decimals = "comma" if decided.count("comma") > decided.count("point") else "point"
    return {column: sign or usual for column, sign in found.items()}


def _row_paths(layout: Layout, values: list[int]) -> tuple[dict[int, Path], set[int]]:
    """The labels of each row below the heading that it stands under, and the rows that are headings."""
    paths: dict[int, Path] = {}
    headings: set[int] = set()
    sections: list[tuple[Path, list[int]]] = [((), [])]
    shown = set(values)
    heading: Path = ()
    columns = [layout.labels(column) for column in layout.naming]
    sure = _with_numbers(layout, values)
    for row, is_sure, *line in zip(layout.body_rows, sure, *columns, strict=True):
        labels = tuple(line)
        if None in labels or len(set(labels)) < len(labels):
            labels = distinct(label for label in labels if label is not None) or _total_among_codes(layout, row, shown)
        if not is_sure and not _has_values(layout, layout.rows[row], shown):
            wholes = [label for label in labels if label_class(label) in ("total", "subtotal")]
            if not wholes:
                headings.add(row)
                heading = distinct(cell.text for cell in layout.rows[row].values())
                sections.append((heading, []))
                paths[row] = heading
                continue
        if heading:
            layout.headings[row] = heading
            paths[row] = (*heading, *labels) if heading != labels[: len(heading)] else labels
        else:
            paths[row] = labels
        sections[-1][1].append(row)
    _free_last_total(layout, paths, sections)
    return paths, headings


def _total_among_codes(layout: Layout, row: int, shown: set[int]) -> Path:
    """The word for a total in a column of codes, dates or notes, of a row that nothing else names."""
    texts = (cell.text for column, cell in layout.rows[row].items() if column not in shown)
    return next(((text,) for text in texts if label_class(text) in ("total", "subtotal")), ())


def _with_numbers(layout: Layout, values: list[int]) -> Sequence[bool]:
    """Which rows of the body certainly have values: a cell of their own that is no words."""
    told: Sequence[bool] = Same(False, len(layout.body_rows))
    wide = {at for line in layout.rows.merged.values() for at, cell in line.items() if cell.column_span > 1}
    for column in values:
        if column in wide:
            continue
        texts = layout.texts(column)
        own = Coded([text is not None and kind(text, layout.marks) != "label" for text in texts.values], texts.codes)
        told = own if isinstance(told, Same) else list(map(or_, told, own))
        if all(told):
            break
    return told


def _has_values(layout: Layout, line: Line, shown: set[int]) -> bool:
    """Whether a row has cells of its own below the headers: numbers, or words that are no merged or repeated header."""
    for column in shown & line.keys():
        cell = line[column]
        if cell.column_span == 1 and kind(cell.text, layout.marks) != "label":
            return True
    labels = {id(cell) for column, cell in line.items() if column not in shown}
    return any(
        column in shown
        and id(cell) not in labels
        and (
            kind(cell.text, layout.marks) != "label"
            or (labels and cell.text not in layout.column_paths.get(column, ()))
        )
        for column, cell in line.items()
    )


def _free_last_total(layout: Layout, paths: dict[int, Path], sections: list[tuple[Path, list[int]]]) -> None:
    """The last total below several headings is the whole table's, unless the other headings have one each."""
    heading, rows = sections[-1]
    if not heading or not rows:
        return
    last = rows[-1]
    label = paths[last][-1] if paths[last] else ""
    if label_class(label) != "total":
        return

    def has_total(members: list[int]) -> bool:
        return any(label_class(paths[row][-1]) in ("total", "subtotal") for row in members if paths[row])

    each = all(has_total(members) for above, members in sections[:-1] if above and members)
    others = [above for above, members in sections[:-1] if above and members]
    if is_grand(label) or has_total(rows[:-1]) or (others and not each):
        paths[last] = paths[last][len(heading) :]


def distinct(texts: Iterator[str]) -> Path:
    """Texts as a path, those that return at once left out."""
    found: list[str] = []
    for text in texts:
        if not found or found[-1] != text:
            found.append(text)
    return tuple(found)
