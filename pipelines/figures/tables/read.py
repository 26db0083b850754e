"""Reads the tables of a document: one figure per number cell, with its header paths, unit, role and total."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalog.layouts import TableLayout, layouts
from pipelines.errors import ReportError
from pipelines.figures.country import country_of
from pipelines.figures.figure import Figure, Locator, NonFigure, NonFigureClass, Reading, cell_sentence, cell_subject
from pipelines.figures.intervals import Bounds, bounds
from pipelines.figures.numbers.scan import scan
from pipelines.figures.numbers.token import TOO_SMALL, Token, is_too_small
from pipelines.figures.tables.arrangement import Arrangement, arrange
from pipelines.figures.tables.cells import is_code, kind, written
from pipelines.figures.tables.declared import declared_for, unused
from pipelines.figures.tables.inferred import lay_out
from pipelines.figures.tables.layout import MASK, Layout, column_paths, expand
from pipelines.figures.tables.number import NumberCell
from pipelines.figures.tables.specs import Specs
from pipelines.figures.tables.stated import arrange_stated, stated_layout
from pipelines.figures.tables.words import label_words
from pipelines.figures.unitwords import unit_words
from pipelines.reading.document import Cell, Document, Table

_DIGIT = re.compile(r"\d")
_WORDS = 40  # characters of a cell that is rather a remark
_YEAR_HEADER = re.compile(r"年份|年度|\byears?\b", re.IGNORECASE)


def read_tables(document: Document, first_id: int, declared: Sequence[TableLayout] | None = None) -> Reading:
    """All numbers of a document's tables.

    A cell that is a number, with or without its unit, becomes one figure. Numbers inside headers, labels and notes
    are classified: years, row numbers, and others as labels.

    Args:
        document: its tables are read, its text is not.
        first_id: `figure_id` of the first figure.
        declared: layouts by which tables are read; those of the catalogue where None.

    Returns:
        Figures in row-major order and the classified non-figures.

    Raises:
        ReportError: a digit of a table is in no number, or a declared layout does not know a column.
    """
    figures: list[Figure] = []
    non_figures: list[NonFigure] = []
    country = country_of(document)
    known = layouts() if declared is None else declared
    for table in document.tables:
        if table.caption and unit_words(table.caption):
            table = replace(table, caption=f"{document.title} {table.caption}")
        read, covered, others = _read_table(document, table, known, country, first_id + len(figures))
        present = _digits_of(cell.text for cell in table.cells)
        covered += _digits_of(number.text for number in others)
        if present != covered:
            cause = f"{present} digits in the table, {covered} of them in numbers"
            raise ReportError(document.report_id, cause, f"sheet {table.sheet}")
        figures += read
        non_figures += map(_masked, others)
    return Reading(tuple(figures), tuple(non_figures), len(figures) + len(non_figures), unused(document, known))


def _read_table(
    document: Document, table: Table, known: Sequence[TableLayout], country: str, first_id: int
) -> tuple[list[Figure], int, list[NonFigure]]:
    """Figures, how many digits they cover, and the other numbers."""
    parts, shown = laid_out(document, table, known)
    stated = table.stated
    figures: list[Figure] = []
    others: list[NonFigure] = []
    covered = 0
    for layout in parts:
        cells: list[NumberCell] = []
        specs = Specs(layout, layout.given, country)
        numbers: dict[tuple[int, str], _Digits | None] = {}
        amounts = _amount_columns(layout)
        for cell, in_body in _cells(layout):
            number = None
            if in_body:
                if (key := (cell.column, cell.text)) not in numbers:
                    numbers[key] = _number(layout, cell, country)
                if (found := numbers[key]) is not None:
                    spec = specs.of(cell.row, cell.column, found.before, found.behind)
                    figure_id = first_id + len(figures) + len(cells)
                    if not is_too_small(found.value * found.scale * spec.scale):
                        number = NumberCell(
                            cell, figure_id, spec, found.value, found.digits, found.mark, found.scale, found.spread
                        )
            if number is None and in_body and (why := _why_unread(layout, cell, amounts)):
                locator = Locator(section=layout.caption, sheet=table.sheet, cell=cell.address)
                others.append(
                    NonFigure(locator, shown.get(cell.text, cell.text), shown.get(cell.text, cell.text), "unread", why)
                )
                continue
            if number is None:
                others += [_non_figure(table, layout, cell, token) for token in _scanned(cell.text)]
                continue
            cells.append(number)
            if number.mark < len(cell.text):  # the digit of a footnote mark is no number of the table
                marks = scan(cell.text[number.mark :])
                others += [_non_figure(table, layout, cell, token) for token in marks]
        related = arrange_stated(stated, cells) if stated is not None and stated.independent else arrange(layout, cells)
        covered += sum(number.digits for number in cells)
        figures += _figures(table, layout, cells, related, shown)
    return figures, covered, others


def laid_out(
    document: Document, table: Table, known: Sequence[TableLayout]
) -> tuple[Sequence[Layout], Mapping[str, str]]:
    """The parts of a sheet: by its format, by a declared layout, or by words and content.

    Returns:
        Its tables, and for words that differ from what was printed the latter.

    Raises:
        ReportError: a declared layout does not know a column, or two layouts match.
    """
    plain, shown = _plain(table.cells)
    rows = expand(_repeated(plain))
    if table.stated is not None:
        return [stated_layout(table, table.stated, rows)], shown
    declared = declared_for(document, table, rows, known)
    return [declared] if declared is not None else lay_out(table, rows), shown


def _plain(cells: Sequence[Cell]) -> tuple[Sequence[Cell], dict[str, str]]:
    """Cells with the words as they are spoken, and what was printed for those that differ."""
    words = [cell.text for cell in cells if not cell.text.isascii()]
    shown = {plain: text for text in words if (plain := label_words(text)) != text}
    return ([cell._replace(text=label_words(cell.text)) for cell in cells] if shown else cells), shown


def _repeated(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Cells with the words of the cell above in the stead of a mark that says "the same"."""
    if not any(cell.text in _DITTO for cell in cells):
        return cells
    above: dict[int, str] = {}
    found = []
    for cell in cells:
        text = above.get(cell.column, "")
        if cell.text.lower() in _DITTO and text and not _DIGIT.search(text):
            cell = cell._replace(text=text)
        above[cell.column] = cell.text
        found.append(cell)
    return found


_DITTO = frozenset(
    {"〃", "″", "''", '"', "”", "“", "々", "同上", "同前", "ditto", "do.", "-do-", "idem", "id.", "ibid.", "ídem"}
)


def _cells(layout: Layout) -> Iterator[tuple[Cell, bool]]:
    """Every cell once, and whether it is where figures stand."""
    notes = {id(cell) for cell in layout.note_cells}
    body = set(layout.body_rows)
    values = set(layout.columns)
    for row, line in layout.rows.items():
        is_body = row in body and row not in layout.heading_rows
        for column, cell in line.items():
            if cell.row == row and cell.column == column:
                yield cell, is_body and column in values and id(cell) not in notes


class _Digits(NamedTuple):
    """A cell that is one number; the same for all cells of one text in a column."""

    value: Decimal
    digits: int
    mark: int
    scale: Decimal = Decimal(1)
    spread: tuple[Decimal, Decimal] | None = None
    before: str = ""
    behind: str = ""


def _number(layout: Layout, cell: Cell, country: str) -> _Digits | None:
    """A cell as one number; None for any other."""
    text = cell.text
    if text.isdecimal() and text.isascii() and text not in layout.missing and not is_code(text):
        year = len(text) == 4 and text[:2] in ("19", "20")
        if year and _YEAR_HEADER.search(" ".join(layout.column_paths[cell.column][-1:])):
            return None
        return _Digits(Decimal(text), len(text), len(text))
    if text in layout.missing or cell.column in layout.doubtful.get(cell.row, ()):
        return None
    if kind(text, layout.marks) not in ("number", "year"):
        return None
    found = written(text, layout.decimals.get(cell.column, "point"), layout.marks, country)
    if found is None:
        return None
    digits = _digits(text[: found.mark])
    return _Digits(found.value, digits, found.mark, found.scale, found.spread, found.before, found.behind)


def _amount_columns(layout: Layout) -> frozenset[int]:
    """Columns in which some cell is a number, so that any other cell of theirs is one that was not read."""
    body = [row for row in layout.body_rows if row not in layout.heading_rows]
    return frozenset(
        column
        for column in layout.columns
        if any(
            (cell := layout.rows[row].get(column)) is not None
            and kind(cell.text, layout.marks) in ("number", "year", "unread")
            for row in body
        )
    )


def _why_unread(layout: Layout, cell: Cell, amounts: frozenset[int]) -> str:
    """Why a cell below a header of amounts is no figure; empty for what is not expected to be one."""
    text = cell.text
    if cell.column not in amounts or text in layout.missing:
        return ""
    found = kind(text, layout.marks)
    if found == "missing" or (found == "year" and _YEAR_HEADER.search(" ".join(layout.column_paths[cell.column][-1:]))):
        return ""
    if cell.column in layout.doubtful.get(cell.row, ()):
        return "a point that may part thousands or decimals"
    if "\n" in text:
        return "several numbers in one cell"
    if found == "unread" and not _scanned(text):
        return "an error value of the workbook"
    if not _DIGIT.search(text) and len(text) > _WORDS:
        return ""
    if is_code(text):
        return "digits that begin with a zero"
    tokens = _scanned(text)
    if any(token.kind == "date" for token in tokens):
        return "a date among amounts"
    if any(is_too_small(token.value * token.scale) for token in tokens):
        return TOO_SMALL
    return next((token.why for token in tokens if token.kind == "unread"), "words that are no number")


def _figures(
    table: Table, layout: Layout, cells: list[NumberCell], arrangement: Arrangement, shown: Mapping[str, str]
) -> Iterator[Figure]:
    rows = {row: " > ".join([shown.get(part, part) for part in path]) for row, path in layout.row_paths.items()}
    printed = column_paths(layout.rows, layout.header_rows, list(layout.column_paths), printed=True)
    columns = {column: " > ".join(shown.get(part, part) for part in path) for column, path in printed.items()}
    worth: dict[tuple[str, int, int], _Worth] = {}
    for number in cells:
        cell, spec = number.cell, number.spec
        row_path, column_path = rows[cell.row], columns[cell.column]
        link = arrangement.links.get(number.figure_id)
        subject, kind_of_link = arrangement.about.get(number.figure_id, (None, None))
        if link is not None and kind_of_link != "plan_of":
            subject, kind_of_link = link.parent, "part_of"
        superseded = arrangement.superseded.get(number.figure_id)
        if (key := (cell.text, cell.column, id(spec))) not in worth:
            worth[key] = _worth(number)
        stated, scale, value, interval = worth[key]
        given = layout.given.get(cell.column)
        codes = (*(given.codes if given is not None else ()), *layout.row_codes.get(cell.row, ()))
        place = Locator(layout.caption, None, None, None, None, table.sheet, cell.address, row_path, column_path)
        figure = Figure(
            figure_id=number.figure_id,
            locator=place,
            sentence=cell_sentence(place, cell.text),
            text=shown.get(cell.text, cell.text),
            value_stated=stated,
            scale=scale,
            value=value,
            unit=spec.unit,
            qualifier="about" if number.spread is not None and spec.qualifier == "exact" else spec.qualifier,
            low=interval.low,
            high=interval.high,
            open_low=interval.open_low,
            open_high=interval.open_high,
            role=spec.role,
            subject=cell_subject(place),
            parent=subject,
            link=kind_of_link,
            axis=link.axis if link is not None and kind_of_link == "part_of" else None,
            exhaustive=link is not None and link.exhaustive and kind_of_link == "part_of",
            decided_by=spec.decided if superseded is None else (*spec.decided, ("superseded", f"by {superseded}")),
            additive=None if number.figure_id in arrangement.unclear else number.figure_id not in arrangement.repeated,
            labels=layout.named_labels(cell.row),
            declared=codes,
            stated=(*layout.stated_columns.get(cell.column, ()), *layout.stated_rows.get(cell.row, ())),
        )
        yield figure


class _Worth(NamedTuple):
    """What a number comes to; the same for all cells of one text, column and spec."""

    stated: Decimal
    scale: Decimal
    value: Decimal
    interval: Bounds


def _worth(number: NumberCell) -> _Worth:
    spec = number.spec
    scale = spec.scale if number.scale == 1 else spec.scale * number.scale
    interval = bounds(number.value, scale, spec.qualifier, spec.unit, number.spread)
    return _Worth(number.value, scale, number.value if scale == 1 else number.value * scale, interval)


@lru_cache(maxsize=65536)
def _scanned(text: str) -> tuple[Token, ...]:
    return tuple(scan(text))


def _digits_of(texts: Iterable[str]) -> int:
    """How many digits some texts have, most of which return."""
    return sum(_digits(text) * count for text, count in Counter(texts).items())


def _digits(text: str) -> int:
    """How many digits a text has."""
    if text.isalpha():
        return 0
    return len(text) if text.isdecimal() else len(_DIGIT.findall(text))


@lru_cache(maxsize=65536)
def _reason(text: str, token: Token, is_label: bool) -> NonFigureClass:
    if re.fullmatch(r"(19|20)\d\d", token.text):
        return "year"
    if is_label and kind(text) == "number":
        return "list_no"
    return "plan_name" if re.match(r"(th|st|nd|rd)?[- ]?(Five-Year|五)", text[token.end :]) else "label"


def _non_figure(table: Table, layout: Layout, cell: Cell, token: Token) -> NonFigure:
    of = layout.kinds.get(cell.column)
    is_private = of is not None and of.kind in ("contact", "person") and cell.row in layout.row_paths
    reason = "contact" if is_private else _reason(cell.text, token, of is not None and of.kind != "values")
    locator = Locator(section=layout.caption, sheet=table.sheet, cell=cell.address)
    return NonFigure(locator, cell.text, token.text, reason)


def _masked(number: NonFigure) -> NonFigure:
    """A number by which a person is known or reached, without its digits; only the archive keeps them."""
    if number.reason != "contact":
        return number
    return number._replace(text=_DIGIT.sub("*", number.text), sentence=MASK)
