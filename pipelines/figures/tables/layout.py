"""The parts of one table: caption, unit line, header rows, label columns, body; inferred from what its cells hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.figures.figure import Role
from pipelines.figures.numbers.digits import Decimals
from pipelines.figures.tables.cells import Kind, decimal_sign, doubtful, kind
from pipelines.figures.tables.columns import NAMING, Column, kind_of_column, names_unit
from pipelines.figures.tables.headers import LabelKind
from pipelines.figures.tables.lines import LabelClass, Path, is_grand, label_class
from pipelines.figures.tables.words import header_words
from pipelines.figures.unitwords import BRACKETS, is_measured, strict_unit, tail_words, unit_words
from pipelines.reading.document import Cell, StatedCode, Table

Rows = dict[int, dict[int, Cell]]

_UNIT_CELL = re.compile(r"[(（]?\s*(?:(?:计量)?单\s*位|units?\b|amounts? in\b|in\b)", re.IGNORECASE)
_MEASURE_WORD = re.compile(r"[(（]?[个项处座条家所台套口眼间栋][)）]?")
_WORDED = re.compile(r"[^\W\d_]|%")
_NOTE = re.compile(
    r"\s*(?:注|备注|说明|资料来源|数据来源|来源|notes?\b|sources?\b|[*†‡①-⑳\[（(]|\w[)）.:：]\s)", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"\s*[(（\[]?([a-z])(?:[)）\].:：]|\s+[=–—-]|\s(?=[A-Z]))\s*", re.IGNORECASE)
_COLUMN_LETTERS = frozenset({"甲", "乙", "丙", "丁", "栏次", "行次"})
_MOST_HEADERS = 4
_TOP_ROWS = 6  # among which a unit line stands
MASK = "***"
_LARGEST_SPAN = 1000
_CODE_DIGITS = 6


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
        rows: row → column → the cell that covers it, spans expanded.
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
        doubtful: row → columns whose cell may part thousands or decimals with its point.
        row_labels: row → its labels, once somebody has asked for them.
        shared_labels: label with what it names → itself, so that rows of one label share it.
        is_stated: whether its format states each row's meaning, so that words of a row decide no unit and no role.
    """

    caption: str
    unit_line: str
    header_rows: list[int]
    body_rows: list[int]
    rows: Rows
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
    doubtful: dict[int, set[int]] = field(default_factory=dict)
    row_labels: dict[int, tuple[tuple[LabelKind, str], ...]] = field(default_factory=dict)
    shared_labels: dict[tuple[LabelKind, str], tuple[LabelKind, str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[int]:
        """Columns of values."""
        return [column for column, found in self.kinds.items() if found.kind == "values"]

    @property
    def unit_column(self) -> int | None:
        """The column that names each row's unit, None where there is none."""
        return next((column for column, found in self.kinds.items() if found.kind == "unit"), None)

    def named_labels(self, row: int) -> tuple[tuple[LabelKind, str], ...]:
        """The labels of a row whose column's header says what they name; none of a row that is declared as a total."""
        if self.total_rows is not None and row in self.total_rows:
            return ()
        if (found := self.row_labels.get(row)) is not None:
            return found
        line = self.rows[row]
        named = [(of.names, column) for column, of in self.kinds.items() if of.names is not None]
        shared = self.shared_labels
        pairs = [(kind, self.shown(column, line[column].text)) for kind, column in named if column in line]
        found = self.row_labels[row] = tuple([shared.setdefault(pair, pair) for pair in pairs])
        return found

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
        cell = self.rows[row].get(self.unit_column)
        return cell.text if cell is not None else ""


def lay_out(table: Table, whole: Rows) -> list[Layout]:
    """The tables of a sheet, parted by blank rows where each has headers of its own, with their inferred parts.

    Args:
        table: the sheet.
        whole: its cells by row and column, as `expand` gives them.
    """
    layouts: list[Layout] = []
    for rows in _areas(whole):
        first = not layouts
        layout = _infer(rows, table.caption if first else "")
        if not first:
            layout.caption = layout.caption or table.caption or layouts[0].caption
            layout.unit_line = layout.unit_line or layouts[0].unit_line
        layouts.append(layout)
    return layouts


def expand(cells: Iterable[Cell]) -> Rows:
    """Cells by row and column, in order, each merged one at every place that it covers."""
    rows: Rows = {}
    spanned = []
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
        if cell.row_span > 1 or cell.column_span > 1:
            spanned.append(cell)
    for cell in spanned:
        for down in range(min(cell.row_span, _LARGEST_SPAN)):
            for right in range(min(cell.column_span, _LARGEST_SPAN)):
                rows.setdefault(cell.row + down, {}).setdefault(cell.column + right, cell)
        for down in range(min(cell.row_span, _LARGEST_SPAN)):
            line = rows[cell.row + down]
            rows[cell.row + down] = {column: line[column] for column in sorted(line)}
    return {row: rows[row] for row in sorted(rows)}


def _areas(rows: Rows) -> list[Rows]:
    """Stretches between blank rows, joined again where one has no table of its own."""
    stretches: list[Rows] = []
    last = None
    for row, line in rows.items():
        if last is None or row > last + 1:
            stretches.append({})
        stretches[-1][row] = line
        last = row
    areas: list[Rows] = []
    waiting: Rows = {}
    for stretch in stretches:
        texts = [cells_of(line) for line in stretch.values()]
        if all(len(cells) == 1 for cells in texts):
            if areas and _NOTE.match(texts[0][0].text):
                areas[-1].update(stretch)
            else:
                waiting.update(stretch)
        elif areas and not _is_table(texts):
            areas[-1].update(waiting | stretch)
            waiting = {}
        else:
            areas.append(waiting | stretch)
            waiting = {}
    if waiting and areas:
        areas[-1].update(waiting)
        waiting = {}
    return [*areas, waiting] if waiting else areas


def _is_table(texts: list[list[Cell]]) -> bool:
    """Whether a stretch has a row of headers above a row of numbers."""
    headed = False
    for cells in texts:
        kinds = [kind(cell.text) for cell in cells]
        if "number" in kinds:
            return headed
        if len(cells) > 1 and "missing" not in kinds and kinds.count("label") + kinds[1:].count("year") == len(kinds):
            headed = True
    return False


def _infer(rows: Rows, caption: str) -> Layout:
    order = list(rows)
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
            if unit:
                unit_line = unit
            else:
                captions.append(cell.text)
    marks = _marks(rows, order[start:])
    body_start, header, column_units = _header(rows, order, start, notes, marks)
    body = order[body_start:]
    while len(body) > 1 and len(last := cells_of(rows[body[-1]])) == 1 and kind(last[0].text) == "label":
        notes.append(last[0])
        body.pop()
    unit_line = unit_line or next((words for cell in notes if (words := unit_words(cell.text))), "")
    unit_line = unit_line or next(
        (words for text in captions for words in BRACKETS.findall(text)[::-1] if is_measured(strict_unit(words))), ""
    )
    unit_line = unit_line or next((words for text in captions if (words := tail_words(text))), "")
    layout = Layout(" ".join(part for part in captions if part), unit_line, header, body, rows, notes, marks=marks)
    layout.column_units = column_units
    columns = sorted({column for line in rows.values() for column in line})
    layout.column_paths = column_paths(rows, header, columns)
    layout.kinds = _kinds(layout)
    layout.naming = _naming(layout)
    finish(layout)
    return layout


def column_paths(rows: Rows, header: list[int], columns: list[int], *, printed: bool = False) -> dict[int, Path]:
    """The header texts of each column from the top down, repeated ones once; in spoken words, or as printed."""
    speak = str if printed else header_words
    return {
        column: _distinct(speak(rows[row][column].text) for row in header if column in rows[row]) for column in columns
    }


def _kinds(layout: Layout) -> dict[int, Column]:
    """What each column holds; a table of which every column is a name, a code or a year has no values."""
    found: dict[int, Column] = {}
    leading = True
    for column, path in layout.column_paths.items():
        texts = _texts(layout, column)
        kind_of = kind_of_column(path, texts, layout.marks, leading=leading, first=not found)
        found[column] = kind_of
        leading = leading and kind_of.kind != "values"
    values = [column for column, of in found.items() if of.kind == "values"]
    long = {column: _long_numbers(_texts(layout, column), layout.marks) for column in values}
    grouped = {
        column
        for column, texts in long.items()
        if 2 * sum(count for text, count in texts.items() if _is_grouped(text)) > texts.total()
    }
    for column, texts in long.items():
        lengths = {len(text) for text in texts}
        alike = len(lengths) == 1 < texts.total() and lengths.pop() >= _CODE_DIGITS
        if grouped and alike and all(text.isdecimal() for text in texts):
            found[column] = Column("code", None, "its numbers have no signs of thousands, others of the table have")
    return found


def _texts(layout: Layout, column: int) -> Counter[str]:
    """The distinct cells of a column below the headers from the top down, and how often each stands there.

    A long table repeats most of its texts, so that what holds of a text is asked once.
    """
    rows = layout.rows
    return Counter(cell.text for row in layout.body_rows if (cell := rows[row].get(column)) is not None)


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


def _unit_line_at(rows: Rows, order: list[int]) -> int:
    """Index of a row among the first that is nothing but a unit line: what stands above it announces the table."""
    for place, row in enumerate(order[:_TOP_ROWS]):
        cells = cells_of(rows[row])
        if any(kind(cell.text) == "number" and not unit_words(cell.text) for cell in cells):
            break
        if len(cells) == 1 and unit_words(cells[0].text):
            return place
    return 0


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
    for other in ("date", "code"):
        named = named or [column for column, found in kinds.items() if found.kind == other]
    return named


def finish(layout: Layout) -> None:
    """Derives what follows from rows, headers and kinds of columns: paths of rows, signs, the unit of the corner."""
    rows = layout.rows
    for column in layout.naming:
        path = layout.column_paths[column]
        if path and not layout.unit_line and layout.kinds[column].names is None and (words := unit_words(path[0])):
            layout.unit_line = words  # in the corner
    values = layout.columns
    if not layout.decimals:
        layout.decimals = _decimals(layout, values)
    for column in values:
        if unclear := doubtful(_texts(layout, column)):
            for row in layout.body_rows:
                if (cell := rows[row].get(column)) is not None and cell.text in unclear:
                    layout.doubtful.setdefault(row, set()).add(column)
    layout.row_paths, layout.heading_rows = _row_paths(layout, values)


def cells_of(line: dict[int, Cell]) -> list[Cell]:
    """The cells of a row, a merged one once."""
    found: list[Cell] = []
    for cell in line.values():
        if not found or found[-1] is not cell:
            found.append(cell)
    return found


def _marks(rows: Rows, order: list[int]) -> frozenset[str]:
    """Letters with which the notes below a table begin."""
    found: set[str] = set()
    for row in reversed(order):
        cells = cells_of(rows[row])
        if len(cells) != 1 or kind(cells[0].text) != "label":
            break
        if match := _NOTE_MARK.match(cells[0].text):
            found.add(match.group(1).lower())
    return frozenset(found)


def _header(
    rows: Rows, order: list[int], start: int, notes: list[Cell], marks: frozenset[str]
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
        if header and (found := _unit_row(cells)):
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
        if header and (kinds[0] == "year" or {"missing", "unread"} & set(kinds) or _heads_rows(rows, cells, header)):
            break
        if header and _is_labelled(rows, header, cells, kinds):
            break
        if header and any(
            found == "year" and cell.text.isdecimal() and names_unit(_headers_of(rows, header, cell))
            for found, cell in zip(kinds, cells, strict=True)
        ):
            break
        if len(header) == _MOST_HEADERS:
            break
        header.append(order[place])
        place += 1
    return place, header, units


def _is_worded_unit(text: str) -> bool:
    return _WORDED.search(text) is not None and strict_unit(text) is not None


def _headers_of(rows: Rows, header: list[int], cell: Cell) -> list[str]:
    """The headers above a cell that are no wider than it."""
    above = (rows[row].get(cell.column) for row in header)
    return [found.text for found in above if found is not None and found.column_span == 1]


def _is_labelled(rows: Rows, header: list[int], cells: list[Cell], kinds: list[Kind]) -> bool:
    """Whether a row has a label of its own below that of the headers, and nothing else but what may be years.

    Years that go on with the headers stand beside an empty or merged first cell: "County A, 1800, 1800" is a row.
    """
    above = rows[header[-1]].get(cells[0].column)
    return (
        kinds[0] == "label"
        and set(kinds[1:]) == {"year"}
        and all(cell.text.isdecimal() for cell in cells[1:])
        and above is not None
        and above is not cells[0]
        and len(cells_of(rows[header[-1]])) >= len(cells)
    )


def _unit_row(cells: list[Cell]) -> dict[int, str]:
    """The units of a row that holds nothing else, by column; empty for any other row."""
    units = [cell for cell in cells if not _UNIT_CELL.fullmatch(cell.text.rstrip(":： )）"))]
    if not units or not all(_MEASURE_WORD.fullmatch(cell.text) or _is_worded_unit(cell.text) for cell in units):
        return {}
    return {
        cell.column + right: "" if _MEASURE_WORD.fullmatch(cell.text) else cell.text
        for cell in units
        for right in range(cell.column_span)
    }


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


def _heads_rows(rows: Rows, cells: list[Cell], header: list[int]) -> bool:
    """Whether a row below the headers is a lone heading of the rows that follow it."""
    leading = min(min(rows[row]) for row in header)
    return len(cells) == 1 and cells[0].column <= leading and len(cells_of(rows[header[-1]])) > 1


def _decimals(layout: Layout, values: list[int]) -> dict[int, Decimals]:
    """The decimal sign of each column, where its numbers leave it open that of the table."""
    found: dict[int, Decimals | None] = {}
    for column in values:
        found[column] = decimal_sign(_texts(layout, column), layout.marks)
    decided = [sign for sign in found.values() if sign is not None]
    usual: Decimals = "comma" if decided.count("comma") > decided.count("point") else "point"
    return {column: sign or usual for column, sign in found.items()}


def _row_paths(layout: Layout, values: list[int]) -> tuple[dict[int, Path], set[int]]:
    """The labels of each row below the heading that it stands under, and the rows that are headings."""
    paths: dict[int, Path] = {}
    headings: set[int] = set()
    sections: list[tuple[Path, list[int]]] = [((), [])]
    labelled = layout.naming
    shown = set(values)
    for row in layout.body_rows:
        line = layout.rows[row]
        labels = _distinct(layout.shown(column, line[column].text) for column in labelled if column in line)
        if not _has_values(layout, line, shown):
            wholes = [label for label in labels if label_class(label) in ("total", "subtotal")]
            if not wholes:
                headings.add(row)
                heading = _distinct(cell.text for cell in line.values())
                sections.append((heading, []))
                paths[row] = heading
                continue
        heading = layout.headings[row] = sections[-1][0]
        paths[row] = (*heading, *labels) if heading != labels[: len(heading)] else labels
        sections[-1][1].append(row)
    _free_last_total(layout, paths, sections)
    return paths, headings


def _has_values(layout: Layout, line: dict[int, Cell], shown: set[int]) -> bool:
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


def _distinct(texts: Iterator[str]) -> Path:
    found: list[str] = []
    for text in texts:
        if not found or found[-1] != text:
            found.append(text)
    return tuple(found)
