"""Turns whatever a parser of someone else raises on a broken file into one line for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.errors import ReportError, said
from pipelines.reading.formats import Format


@contextmanager
def parsing(report_id: str, kind: Format, place: str | None = None) -> Iterator[None]:
    """Surrounds calls of a parser, and nothing else, so that no error of our own code is taken for a damaged file.

    Args:
        report_id: named in the error.
        kind: what the file was taken for.
        place: where in the file the parser works, if known.

    Raises:
        ReportError: the parser gave up; lack of memory and endless nesting are left to the caller.
    """
    try:
        yield
    except (ReportError, MemoryError, RecursionError):
        raise
    # parsers let slip what they stumble over: KeyError, struct.error, AssertionError, their own errors
    except Exception as error:
        raise ReportError(report_id, f"is damaged and cannot be read as {kind.name}: {said(error)}", place) from error
