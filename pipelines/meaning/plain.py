"""A document in traditional characters as the rules of this room read it; what was printed stays with the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipelines.catalog.characters import simplified
from pipelines.figures.figure import Figure
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
    """The figures with sections and header paths in simplified characters."""
    found = tuple(figures)
    words = {one.locator.section for one in found} | {one.locator.row_path or "" for one in found}
    words |= {one.locator.column_path or "" for one in found}
    if not any(map(_differs, words)):
        return found
    return tuple(
        figure._replace(
            sentence=simplified(figure.sentence),
            subject=simplified(figure.subject),
            labels=tuple((kind, simplified(label)) for kind, label in figure.labels),
            locator=figure.locator._replace(
                section=simplified(figure.locator.section),
                row_path=simplified(figure.locator.row_path or "") or None,
                column_path=simplified(figure.locator.column_path or "") or None,
            ),
        )
        for figure in found
    )


def _differs(words: str) -> bool:
    return simplified(words) != words
