"""A document as others than the archive may see it: without the names of people and what they are reached by."""

from __future__ import annotations

from dataclasses import replace

from pipelines.catalog.layouts import layouts
from pipelines.columns import coded
from pipelines.figures.figure import Reading
from pipelines.figures.read import masked, read_figures
from pipelines.figures.tables.layout import MASK
from pipelines.figures.tables.lines import label_class
from pipelines.figures.tables.read import laid_out
from pipelines.reading.cells import Cells, Filled
from pipelines.reading.document import Document, Table


def without_people(document: Document) -> Document:
    """The document with the digits of telephones and the like, and columns of names and numbers of people, masked."""
    return without_contacts(without_names(document), read_figures(replace(document, tables=())))


def without_names(document: Document) -> Document:
    """The document with columns of names and numbers of people masked in its tables."""
    return replace(document, tables=tuple(replace(table, cells=_cells(document, table)) for table in document.tables))


def without_contacts(document: Document, reading: Reading) -> Document:
    """The document with the digits in its text masked by which people are reached, as its reading tells them."""
    contacts = [
        (number.locator.start, number.locator.end or 0)
        for number in reading.non_figures
        if number.reason == "contact" and number.locator.start is not None
    ]
    return replace(document, text=masked(document.text, contacts))


def _cells(document: Document, table: Table) -> Cells:
    columns = dict(table.cells.columns)
    for layout in laid_out(document, table, layouts())[0]:
        body = set(layout.body_rows)
        for column in [column for column, of in layout.kinds.items() if of.kind in ("person", "contact")]:
            if (filled := columns.get(column)) is None:
                continue
            texts = (
                MASK if row in body and label_class(text) == "detail" else text
                for row, text in zip(*filled, strict=True)
            )
            columns[column] = Filled(filled.rows, coded(texts))
    return Cells(columns, table.cells.spans)
