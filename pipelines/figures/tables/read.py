"""Reads the tables of a document: one figure per number cell, with its header paths, unit, role and total."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from operator import add
from typing import Any, NamedTuple, TypeVar

from pipelines.catalog.layouts import TableLayout, layouts
from pipelines.columns import Coded, Codes, Made, Records, Same, coded, joined, mapped
from pipelines.errors import ReportError
from pipelines.figures.country import country_of
from pipelines.figures.figure import (
    Figure,
    LinkKind,
    Locator,
    NonFigure,
    NonFigureClass,
    Qualifier,
    Reading,
    Role,
    cell_sentence,
    cell_subject,
)
from pipelines.figures.intervals import bounds
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
from pipelines.reading.document import Cell, Document, Table, address, column_letters

T = TypeVar("T")

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
    figures: list[Records[Figure]] = []
    non_figures: list[NonFigure] = []
    country = country_of(document)
    known = layouts() if declared is None else declared
    for table in document.tables:
        if table.caption and unit_words(table.caption):
            table = replace(table, caption=f"{document.title} {table.caption}")
        read, covered, others = _read_table(document, table, known, country, first_id)
        present = _digits_of(cell.text for cell in table.cells)
        covered += _digits_of(number.text for number in others)
        if present != covered:
            cause = f"{present} digits in the table, {covered} of them in numbers"
            raise ReportError(document.report_id, cause, f"sheet {table.sheet}")
        figures += read
        first_id += sum(map(len, read))
        non_figures += map(_masked, others)
    count = sum(map(len, figures)) + len(non_figures)
    return Reading(joined(figures), tuple(non_figures), count, unused(document, known))


def _read_table(
    document: Document, table: Table, known: Sequence[TableLayout], country: str, first_id: int
) -> tuple[list[Records[Figure]], int, list[NonFigure]]:
    """Figures, how many digits they cover, and the other numbers."""
    parts, shown = laid_out(document, table, known)
    stated = table.stated
    figures: list[Records[Figure]] = []
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
                    figure_id = first_id + len(cells)
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
        if cells:
            figures.append(_records(table, layout, cells, related, shown))
            first_id += len(cells)
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
            cell = cell._replace(text=text)  # noqa: PLW2901
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


def _records(
    table: Table, layout: Layout, cells: list[NumberCell], arrangement: Arrangement, shown: Mapping[str, str]
) -> Records[Figure]:
    """The figures of a part of a sheet by column: each is what its row, its column and its number share with others."""
    of_rows: dict[int, int] = {}
    of_columns: dict[int, int] = {}
    kinds: dict[tuple[int, str, int], int] = {}
    worths: list[_Worth] = []
    row_codes, column_codes, kind_codes = array("I"), array("I"), array("I")
    for number in cells:
        cell = number.cell
        key = (cell.column, cell.text, id(number.spec))
        kind_of = kinds.get(key)
        if kind_of is None:
            kind_of = kinds[key] = len(worths)
            worths.append(_worth(number, shown))
        kind_codes.append(kind_of)
        row_codes.append(of_rows.setdefault(cell.row, len(of_rows)))
        column_codes.append(of_columns.setdefault(cell.column, len(of_columns)))
    printed = column_paths(layout.rows, layout.header_rows, list(of_columns), printed=True)
    paths = [" > ".join([shown.get(part, part) for part in layout.row_paths[row]]) for row in of_rows]
    row_paths = Coded(paths, row_codes)
    heads = Coded([" > ".join([shown.get(part, part) for part in printed[at]]) for at in of_columns], column_codes)
    letters = Coded(list(map(column_letters, of_columns)), column_codes)
    count, ids = len(cells), [number.figure_id for number in cells]
    given = [layout.given[at].codes if at in layout.given else () for at in of_columns]
    fields: dict[str, Sequence[Any]] = {
        name: Coded(list(values), kind_codes)
        for name, values in zip(_Worth._fields, zip(*worths, strict=True), strict=True)
    }
    fields |= {
        "figure_id": range(ids[0], ids[-1] + 1),
        "locator": Records(
            Locator,
            {name: Same(None, count) for name in ("start", "end", "sentence_start", "sentence_end")}
            | {"section": Same(layout.caption, count), "sheet": Same(table.sheet, count)}
            | {"cell": Made(address, letters, Coded(list(of_rows), row_codes))}
            | {"row_path": row_paths, "column_path": heads},
        ),
        "sentence": Made(cell_sentence, row_paths, heads, fields["text"]),
        "subject": Made(cell_subject, row_paths, heads),
        "status": Same("ok", count),
        "labels": Coded(list(map(layout.named_labels, of_rows)), row_codes),
        "declared": _both(given, [layout.row_codes.get(row, ()) for row in of_rows], column_codes, row_codes),
        "stated": _both(
            [layout.stated_columns.get(at, ()) for at in of_columns],
            [layout.stated_rows.get(row, ()) for row in of_rows],
            *(column_codes, row_codes),
        ),
    }
    return Records(Figure, fields | _relations(fields, ids, arrangement))


def _both(
    of_columns: Sequence[tuple[T, ...]], of_rows: Sequence[tuple[T, ...]], columns: Codes, rows: Codes
) -> Sequence[tuple[T, ...]]:
    """What is said of a figure's column and of its row."""
    if not any(of_rows):
        return Coded(of_columns, columns) if any(of_columns) else Same((), len(columns))
    return mapped(add, Coded(of_columns, columns), Coded(of_rows, rows))


def _relations(
    fields: Mapping[str, Sequence[Any]], ids: Sequence[int], arrangement: Arrangement
) -> dict[str, Sequence[Any]]:
    """What figures are to other figures, which most are nothing to."""
    count = len(ids)
    found: dict[str, Sequence[Any]] = {
        "parent": Same(None, count),
        "link": Same(None, count),
        "axis": Same(None, count),
        "exhaustive": Same(False, count),
        "additive": Same(True, count),
    }
    links, about = arrangement.links, arrangement.about
    if links or about:
        relations: list[tuple[int | None, LinkKind | None, str | None, bool]] = []
        for figure_id in ids:
            link = links.get(figure_id)
            subject, kind_of_link = about.get(figure_id, (None, None))
            if link is not None and kind_of_link != "plan_of":
                relations.append((link.parent, "part_of", link.axis, link.exhaustive))
            else:
                relations.append((subject, kind_of_link, None, False))
        several = coded(relations)
        for name, values in zip(("parent", "link", "axis", "exhaustive"), zip(*several.values, strict=True), strict=True):
            found[name] = Coded(list(values), several.codes)
    if arrangement.unclear or arrangement.repeated:
        found["additive"] = coded(
            None if figure_id in arrangement.unclear else figure_id not in arrangement.repeated for figure_id in ids
        )
    if arrangement.superseded:
        newer = [arrangement.superseded.get(figure_id) for figure_id in ids]
        found["decided_by"] = mapped(_superseded_by, fields["decided_by"], newer)
    return found


def _superseded_by(decided: tuple[tuple[str, str], ...], newer: str | None) -> tuple[tuple[str, str], ...]:
    return decided if newer is None else (*decided, ("superseded", f"by {newer}"))


class _Worth(NamedTuple):
    """What a number comes to; the same for all cells of one text, column and spec. Named as the fields of a figure."""

    text: str
    value_stated: Decimal
    scale: Decimal
    value: Decimal
    unit: str
    qualifier: Qualifier
    low: Decimal
    high: Decimal
    open_low: bool
    open_high: bool
    role: Role
    decided_by: tuple[tuple[str, str], ...]


def _worth(number: NumberCell, shown: Mapping[str, str]) -> _Worth:
    spec, text = number.spec, number.cell.text
    scale = spec.scale if number.scale == 1 else spec.scale * number.scale
    interval = bounds(number.value, scale, spec.qualifier, spec.unit, number.spread)
    return _Worth(
        shown.get(text, text),
        number.value,
        scale,
        number.value if scale == 1 else number.value * scale,
        spec.unit,
        "about" if number.spread is not None and spec.qualifier == "exact" else spec.qualifier,
        *(interval.low, interval.high, interval.open_low, interval.open_high),
        spec.role,
        spec.decided,
    )


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
