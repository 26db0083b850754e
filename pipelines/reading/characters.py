"""Characters that no text has: parts of a surrogate pair, and the character zero. The warehouse could not hold them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.document import Content

_NONE = regex("[\\x00\ud800-\udfff]")


def check_characters(content: Content, report_id: str) -> None:
    """Looks through all that was read of a file, whatever its format.

    Raises:
        ReportError: a character that is none; names its line or its cell.
    """
    for place, text in _parts(content):
        if found := _NONE.search(text):
            place = place or f"line {text.count(chr(10), 0, found.start()) + 1}"
            raise ReportError(report_id, f"holds a character that is none (U+{ord(found.group()):04X})", place)


def _parts(content: Content) -> Iterator[tuple[str, str]]:
    """Everything that is kept, with its place; an empty place stands for the text itself."""
    yield "", content.text
    for number, table in enumerate(content.tables, 1):
        yield f"the name or caption of table {number}", table.sheet + table.caption
        # a table of clean cells, which nearly all are, is looked at as a whole
        if _NONE.search("".join(chain.from_iterable(table.cells.distinct()))):
            yield from ((f"{table.sheet}, cell {cell.address}", cell.text) for cell in table.cells)
    for key in ("publisher", "region", "period", "series", "published", "licence"):
        yield f"key {key}", getattr(content.statement, key)
    for note in content.unread:
        yield "what is not read", note


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Gives errors that quote such a character a message that can be printed."""
    try:
        yield
    except ReportError as error:
        if not _NONE.search(str(error)):
            raise
        place = _NONE.sub("�", error.place) if error.place else error.place
        raise type(error)(error.report, _NONE.sub("�", error.cause), place) from error
