"""A document in traditional characters as the rules of this room read it; what was printed stays with the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipelines.catalog.characters import simplified
from pipelines.figures.figure import Figure, Locator
from pipelines.figures.tables.words import label_words, path_words
from pipelines.reading.document import Document


def plain_document(document: Document) -> Document:
    """The document with text, title and captions in simplified characters; itself where they are that already."""
    text, title = simplified(document.text), simplified(document.title)
    if (
        text == document.text
        and title == document.title
        and not any(_differs(table.caption) for table in document.tables)
    ):
        return document
    tables = tuple(replace(table, caption=simplified(table.caption)) for table in document.tables)
    return replace(document, text=text, title=title, tables=tables)


def plain_figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures with sections in simplified characters and header paths in spoken words."""
    return tuple(map(_plain, figures))


def _plain(figure: Figure) -> Figure:
    place = figure.locator
    if place.cell is None:
        section = simplified(place.section)
        return figure if section == place.section else _simplified(figure, place._replace(section=section))
    spoken = (
        simplified(place.section),
        path_words(place.row_path or "", header=False) or None,
        path_words(place.column_path or "", header=True) or None,
    )
    if spoken == (place.section, place.row_path, place.column_path):
        return figure
    section, row_path, column_path = spoken
    return _simplified(figure, place._replace(section=section, row_path=row_path, column_path=column_path))


def _simplified(figure: Figure, place: Locator) -> Figure:
    return figure._replace(
        sentence=simplified(figure.sentence),
        subject=simplified(figure.subject),
        labels=tuple((kind, label_words(label)) for kind, label in figure.labels),
        locator=place,
    )


def _differs(words: str) -> bool:
    return simplified(words) != words
