"""Takes a file through reading, figures, meaning and the arithmetic checks."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.checking.arithmetic import check_figures, mark_disputed
from pipelines.checking.storable import assert_checks, assert_numbers, assert_texts
from pipelines.collector import collector_paused
from pipelines.figures.figure import Reading
from pipelines.figures.people import without_names, without_people
from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.facts import Facts
from pipelines.meaning.identify import identify
from pipelines.meaning.meaning import Meaning
from pipelines.meaning.resolve import resolve
from pipelines.reading.cells import Cells
from pipelines.reading.document import Document
from pipelines.reading.progress import tell
from pipelines.reading.read import read_document
from pipelines.versions.version import ReportVersion

_MANY_CELLS = 100_000
# so many are kept, so that its pages are made without reading a table again
_SHOWN_CELLS = 5_000


def read_version(path: Path, report_id: str, max_bytes: int) -> ReportVersion:
    """Takes one file through reading, figures, meaning and the arithmetic checks.

    Light on purpose: it runs in worker processes and in fast commands, so it imports neither Dagster nor
    Great Expectations nor pandas.

    Args:
        path: the file.
        report_id: its path below `raw/`.
        max_bytes: a larger file is refused.

    Returns:
        The version with final statuses and without shape results.

    Raises:
        ReportError: the file cannot be read, or no warehouse could hold what is in it; the message names it, the place
            and the cause.
    """
    return _read(path, report_id, max_bytes, derive_facts)


def read_apart(path: Path, report_id: str, max_bytes: int) -> ReportVersion:
    """The same in a child process, without the facts, which whoever receives the version derives."""
    return _read(path, report_id, max_bytes, _no_facts)


def read_with_people(path: Path, report_id: str, max_bytes: int) -> ReportVersion:
    """As `read_apart`, with the names and numbers of people as they are."""
    return _read(path, report_id, max_bytes, _no_facts, shows_people=True)


def read_to_show(path: Path, report_id: str, max_bytes: int) -> Document:
    """A document as others than the archive may see it.

    Raises:
        ReportError: the file cannot be read.
    """
    return without_people(read_document(path, report_id, max_bytes))


def _no_facts(_reading: Reading, _meanings: Sequence[Meaning]) -> Facts:
    return Facts((), (), (), (), ())


def _read(
    path: Path,
    report_id: str,
    max_bytes: int,
    derive: Callable[[Reading, Sequence[Meaning]], Facts],
    *,
    shows_people: bool = False,
) -> ReportVersion:
    document = read_document(path, report_id, max_bytes)
    assert_texts(document)
    cells = sum(len(table.cells) for table in document.tables)
    if cells > _MANY_CELLS:
        gc.collect()  # what the parser of a large workbook has left behind
    with collector_paused():
        identity = identify(document)
        rows = sum(table.cells.height for table in document.tables)
        tell("figures", rows)
        reading = read_figures(document, shows_people=shows_people)
        if cells > _SHOWN_CELLS:
            document = replace(document, tables=tuple(replace(table, cells=Cells({}, {})) for table in document.tables))
        elif not shows_people:
            document = without_names(document, reading)
        assert_numbers(report_id, reading)
        tell("meanings", rows)
        meanings = resolve(document, identity, reading)
        tell("checks", rows)
        checked = check_figures(reading, meanings)
        assert_checks(report_id, reading, checked.checks)
        reading = mark_disputed(reading, checked.checks)
        facts = derive(reading, meanings)
    return ReportVersion(document, identity, reading, meanings, facts, checked.checks, checked.proposals)
