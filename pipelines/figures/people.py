"""A document as others than the archive may see it: without the names of people and what they are reached by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pipelines.catalog.layouts import layouts
from pipelines.columns import coded
from pipelines.figures.figure import Reading
from pipelines.figures.read import masked, read_figures
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import MASK
from pipelines.figures.tables.read import columns_of_people, laid_out
from pipelines.reading.cells import Cells, Filled
from pipelines.reading.document import Document


def without_people(document: Document) -> Document:
    """The document with the digits of telephones and the like, and columns of names and numbers of people, masked."""
    people = [columns_of_people(laid_out(document, table, layouts())[0]) for table in document.tables]
    return without_contacts(_masked(document, people), read_figures(replace(document, tables=())))


def without_names(document: Document, reading: Reading) -> Document:
    """The document with columns of names and numbers of people masked in its tables, as its reading tells them."""
    return _masked(document, reading.people)


def without_contacts(document: Document, reading: Reading) -> Document:
    """The document with the digits in its text masked by which people are reached, as its reading tells them."""
    contacts = [
        (number.locator.start, number.locator.end or 0)
        for number in reading.non_figures
        if number.reason == "contact" and number.locator.start is not None
    ]
    return replace(document, text=masked(document.text, contacts))


def _masked(document: Document, people: Sequence[Mapping[int, Collection[int]]]) -> Document:
    tables = zip(document.tables, people, strict=True)
    return replace(document, tables=tuple(replace(table, cells=_cells(table.cells, of)) for table, of in tables))


def _cells(cells: Cells, people: Mapping[int, Collection[int]]) -> Cells:
    columns = dict(cells.columns)
    for column in people.keys() & columns.keys():
        filled, body = columns[column], people[column]
        texts = (
            MASK if row in body and label_class(text) == "detail" else text for row, text in zip(*filled, strict=True)
        )
        columns[column] = Filled(filled.rows, coded(texts))
    return Cells(columns, cells.spans)
