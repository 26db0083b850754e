"""A document in traditional characters as the rules of this room read it; what was printed stays with the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipelines.catalog.characters import simplified
from pipelines.figures.figure import Figure, Locator
from pipelines.figures.lists import flowing
from pipelines.figures.tables.headers import is_level
from pipelines.figures.tables.words import label_words, path_words
from pipelines.meaning.vocabulary import cues_of
from pipelines.reading.document import Document


def plain_document(document: Document) -> Document:
    """The document with its lists as sentences, and with text, title and captions in simplified characters."""
    text, title = flowing(simplified(document.text), document), simplified(document.title)
    if (
        text == document.text
        and title == document.title
        and not any(_differs(table.caption) for table in document.tables)
    ):
        return document
    tables = tuple(replace(table, caption=simplified(table.caption)) for table in document.tables)
    return replace(document, text=text, title=title, tables=tables)


def plain_figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures with sections in simplified characters and header paths in spoken words.

    A header "County" beside "Central" and "Provincial" is short for the money of counties.
    """
    spoken = tuple(map(_plain, figures))
    givers = _givers({figure.locator.column_path for figure in spoken if figure.locator.column_path})
    if not givers:
        return spoken
    return tuple(
        figure._replace(locator=figure.locator._replace(column_path=givers[path]))
        if (path := figure.locator.column_path) in givers
        else figure
        for figure in spoken
    )


def _givers(paths: Iterable[str]) -> dict[str, str]:
    """Header paths that end with the level of a giver beside one that names a giver → the path that says so."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        above, _, leaf = path.rpartition(" > ")
        groups.setdefault(above, []).append(leaf)
    found: dict[str, str] = {}
    for above, leaves in groups.items():
        levels = [leaf for leaf in leaves if is_level(leaf)]
        if levels and any(_BESIDE & {hit.payload for hit in cues_of(leaf).sources.hits} for leaf in leaves):
            found |= {_joined(above, leaf): _joined(above, f"{_OF_LEVEL} {leaf}") for leaf in levels}
    return found


def _joined(above: str, leaf: str) -> str:
    return f"{above} > {leaf}" if above else leaf


_BESIDE = frozenset({"central", "provincial"})
_OF_LEVEL = "city and county"


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
