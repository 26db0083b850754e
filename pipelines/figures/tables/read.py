"""Reads the tables of a document: one figure per number cell, with its header paths, unit, role and total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipelines.catalog.layouts import TableLayout, layouts
from pipelines.columns import Records, coded, joined
from pipelines.errors import ReportError
from pipelines.figures.figure import (
    Figure,
    NonFigure,
    Reading,
)
from pipelines.figures.tables.arrangement import arrange
from pipelines.figures.tables.cell_forms import CellForms, digits_in
from pipelines.figures.tables.declared import declared_for, unused
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.inferred import lay_out
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.records import figure_records
from pipelines.figures.tables.stated import arrange_stated, stated_layout
from pipelines.figures.tables.words import label_words
from pipelines.figures.text.country import country_of
from pipelines.figures.units.unitlines import unit_words
from pipelines.patterns import regex
from pipelines.reading.cells import Cells, Filled
from pipelines.reading.document import Document, Table

_DIGIT = regex(r"\d")


def read_tables(
    document: Document, first_id: int, declared: Sequence[TableLayout] | None = None, *, shows_people: bool = False
) -> Reading:
    """All numbers of a document's tables.

    A cell that is a number, with or without its unit, becomes one figure. Numbers inside headers, labels and notes
    are classified: years, row numbers, and others as labels.

    Args:
        document: its tables are read, its text is not.
        first_id: `figure_id` of the first figure.
        declared: layouts by which tables are read; those of the catalogue where None.
        shows_people: whether names and numbers of people are shown as they are.

    Returns:
        Figures in row-major order and the classified non-figures.

    Raises:
        ReportError: a digit of a table is in no number, or a declared layout does not know a column.
    """
    figures: list[Records[Figure]] = []
    non_figures: list[Records[NonFigure]] = []
    people: list[dict[int, set[int]]] = []
    country = country_of(document)
    known = layouts() if declared is None else declared
    for table in document.tables:
        if table.caption and document.title not in table.caption and unit_words(table.caption):
            table = replace(table, caption=f"{document.title} {table.caption}")
        parts, shown = laid_out(document, table, known, shows_people=shows_people)
        people.append(columns_of_people(parts))
        read, covered, others = _read_parts(table, parts, shown, country, first_id, shows_people=shows_people)
        present = _digits_of(table.cells)
        if present != covered:
            cause = f"{present} digits in the table, {covered} of them in numbers"
            raise ReportError(document.report_id, cause, f"sheet {table.sheet}")
        figures += read
        first_id += sum(map(len, read))
        non_figures += others
    count = sum(map(len, figures)) + sum(map(len, non_figures))
    return Reading(joined(figures), joined(non_figures), count, unused(document, known), tuple(people))


def _read_parts(
    table: Table, parts: Sequence[Layout], shown: Mapping[str, str], country: str, first_id: int, *, shows_people: bool
) -> tuple[list[Records[Figure]], int, list[Records[NonFigure]]]:
    """Figures, how many digits they cover, and the other numbers."""
    stated = table.stated
    figures: list[Records[Figure]] = []
    others: list[Records[NonFigure]] = []
    covered = 0
    for layout in parts:
        numbers, rest = CellForms(layout, country, shown).read(first_id)
        covered += sum(digits_in(rest.kinds[code].text) * count for code, count in Counter(rest.codes).items())
        if rest.codes:
            others.append(rest.records(layout.caption, table.sheet, shows_people=shows_people))
        if not len(numbers):
            continue
        by_itself = stated is not None and stated.independent
        related = arrange_stated(stated, numbers) if stated is not None and by_itself else arrange(layout, numbers)
        covered += sum(numbers.kinds[code].digits * count for code, count in Counter(numbers.codes).items())
        figures.append(figure_records(table, layout, numbers, related, shown))
        first_id += len(numbers)
    return figures, covered, others


def laid_out(
    document: Document, table: Table, known: Sequence[TableLayout], *, shows_people: bool = False
) -> tuple[Sequence[Layout], Mapping[str, str]]:
    """The parts of a sheet: by its format, by a declared layout, or by words and content.

    Returns:
        Its tables, and for words that differ from what was printed the latter.

    Raises:
        ReportError: a declared layout does not know a column, or two layouts match.
    """
    plain, shown = _plain(table.cells)
    rows = Grid.of(_repeated(plain), shows_people=shows_people)
    if table.stated is not None:
        return [stated_layout(table, table.stated, rows)], shown
    declared = declared_for(document, table, rows, known)
    return [declared] if declared is not None else lay_out(table, rows), shown


def columns_of_people(parts: Iterable[Layout]) -> dict[int, set[int]]:
    """The columns of names and numbers of people, with the rows of the body of their parts."""
    found: dict[int, set[int]] = {}
    for layout in parts:
        for column, of in layout.kinds.items():
            if of.kind in ("person", "contact"):
                found.setdefault(column, set()).update(layout.body_rows)
    return found


def _plain(cells: Cells) -> tuple[Cells, dict[str, str]]:
    """Cells with the words as they are spoken, and what was printed for those that differ."""
    words = [text for texts in cells.distinct() for text in texts if not text.isascii()]
    shown = {plain: text for text in words if (plain := label_words(text)) != text}
    return (cells.respoken(label_words) if shown else cells), shown


def _repeated(cells: Cells) -> Cells:
    """Cells with the words of the cell above in the stead of a mark that says "the same"."""
    found: dict[int, Filled] = {}
    for column, (rows, texts) in cells.columns.items():
        if _DITTO.isdisjoint(texts.values):
            continue
        spoken, above = [], ""
        for text in texts:
            above = above if text.lower() in _DITTO and above and not _DIGIT.search(above) else text
            spoken.append(above)
        found[column] = Filled(rows, coded(spoken))
    return Cells(cells.columns | found, cells.spans) if found else cells


_DITTO = frozenset(
    {"〃", "″", "''", '"', "”", "“", "々", "同上", "同前", "ditto", "do.", "-do-", "idem", "id.", "ibid.", "ídem"}
)


def _digits_of(cells: Cells) -> int:
    """How many digits the cells of a table have, counted by themselves."""
    found = 0
    for _, texts in cells.columns.values():
        counts = Counter(texts.codes)
        found += sum(len(_DIGIT.findall(text)) * counts[code] for code, text in enumerate(texts.values))
    return found
