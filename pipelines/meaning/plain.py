"""A document in traditional characters as the rules of this room read it; what was printed stays with the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import ne

from pipelines.catalog.characters import simplified
from pipelines.columns import Records, Same, column, joined, mapped, parts_of, texts_in
from pipelines.figures.figure import Figure, Locator
from pipelines.figures.tables.headers import is_level
from pipelines.figures.tables.words import label_words, path_words
from pipelines.figures.text.lists import flowing
from pipelines.meaning.labels import Labels
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


def plain_figures(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures with sections in simplified characters and header paths in spoken words.

    A header "County" beside "Central" and "Provincial" is short for the money of counties.
    """
    spoken = [
        _plain_table(part) if isinstance(part, Records) else tuple(map(_plain, part)) for part in parts_of(figures)
    ]
    tables = [part for part in spoken if isinstance(part, Records)]
    heads = [column(part.columns["locator"], "column_path") for part in tables]
    givers = _givers({path for paths in heads for path in paths if path})
    if givers:
        spoken = [_of_givers(part, givers) if isinstance(part, Records) else part for part in spoken]
    return joined(spoken)


def _of_givers(figures: Records[Figure], givers: Mapping[str, str]) -> Records[Figure]:
    places = figures.columns["locator"]
    assert isinstance(places, Records)
    heads = mapped(lambda path: givers.get(path, path), places.columns["column_path"])
    return figures.with_columns(locator=places.with_columns(column_path=heads))


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
    section = simplified(figure.locator.section)
    if section == figure.locator.section:
        return figure
    return figure._replace(
        sentence=simplified(figure.sentence),
        subject=simplified(figure.subject),
        locator=figure.locator._replace(section=section),
    )


def _plain_table(figures: Records[Figure]) -> Records[Figure]:
    """Those of a table, of which headers, labels and caption tell the meaning."""
    places = {name: column(figures.columns["locator"], name) for name in Locator._fields}
    is_plain = all(map(str.isascii, texts_in(places["row_path"])))
    spoken = {
        "section": mapped(simplified, places["section"]),
        "row_path": places["row_path"] if is_plain else mapped(_spoken_row, places["row_path"]),
        "column_path": mapped(_spoken_header, places["column_path"]),
    }
    differ = [
        Same(False, len(figures)) if words is places[name] else mapped(ne, places[name], words)
        for name, words in spoken.items()
    ]
    if not any(map(any, differ)):
        return figures
    labels = mapped(_spoken_labels, figures.columns["labels"], *differ)
    return figures.with_columns(labels=labels, locator=Records(Locator, places | spoken))


def _spoken_row(path: str | None) -> str | None:
    return path_words(path or "", header=False) or None


def _spoken_header(path: str | None) -> str | None:
    return path_words(path or "", header=True) or None


def _spoken_labels(labels: Labels, *differ: bool) -> Labels:
    return tuple((kind, label_words(label)) for kind, label in labels) if any(differ) else labels


def _differs(words: str) -> bool:
    return simplified(words) != words
