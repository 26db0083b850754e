"""One report version on its way through the rooms: what each room added, in one value that can be pickled."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.checking.arithmetic import check_figures, mark_disputed
from pipelines.checking.storable import assert_checks, assert_numbers, assert_texts
from pipelines.checking.verdict import Check, ExpectationResult, Proposal
from pipelines.columns import Records, Same, joined, parts_of, uncollected
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.people import without_contacts, without_people
from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.facts import Facts
from pipelines.meaning.identify import identify
from pipelines.meaning.meaning import Meaning, ReportIdentity
from pipelines.meaning.resolve import resolve
from pipelines.reading.cells import Cells
from pipelines.reading.document import Document
from pipelines.reading.progress import tell
from pipelines.reading.read import read_document
from pipelines.review.apply import apply, unfit_checks
from pipelines.review.changed import Reviewed
from pipelines.review.files import ReviewFile

if TYPE_CHECKING:
    from pipelines.settings import Settings

_MANY_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """Everything known about one report version before it is loaded.

    Attributes:
        document: as read, its tables without their cells, which nobody asks for once they are figures.
        identity: what the report is about.
        reading: its figures and classified non-figures; figures have their final `status`.
        meanings: one per figure, same order.
        facts: derived from figures and meanings.
        checks: arithmetic verdicts.
        proposals: values that the relations determine in place of printed ones.
        expectations: shape results; empty until the suites ran.
        reviewed: figures that somebody looked at.
        decisions: fingerprint of the file whose decisions were applied; empty for none.
    """

    document: Document
    identity: ReportIdentity
    reading: Reading
    meanings: Sequence[Meaning]
    facts: Facts
    checks: tuple[Check, ...]
    proposals: tuple[Proposal, ...] = ()
    expectations: tuple[ExpectationResult, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    decisions: str = ""

    def __getstate__(self) -> tuple[Any, ...]:
        """Without the facts: to derive them anew takes less time than to hand them over."""
        return tuple(getattr(self, name) for name in _HANDED_OVER)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """From what was kept."""
        for name, value in zip(_HANDED_OVER, state, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "facts", derive_facts(self.reading, self.meanings))


_HANDED_OVER = tuple(field.name for field in fields(ReportVersion) if field.name != "facts")


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


def documents_to_show(versions: Iterable[ReportVersion], settings: Settings) -> dict[str, Document]:
    """Content hash → document as others may see it, without those whose tables have given their cells away."""
    return {
        one.document.content_hash: one.document if settings.show_people else without_contacts(one.document, one.reading)
        for one in versions
        if not one.document.tables
    }


def reader(settings: Settings) -> Callable[[Path, str, int], ReportVersion]:
    """What reads a report in a child process, as a setting says."""
    return read_with_people if settings.show_people else read_apart


def _no_facts(_reading: Reading, _meanings: Sequence[Meaning]) -> Facts:
    return Facts((), (), (), (), ())


def with_decisions(version: ReportVersion, file: ReviewFile | None) -> ReportVersion:
    """A version as it is read where people have decided about it: its figures, meanings, checks and facts.

    Args:
        version: as read, without decisions.
        file: the decisions about its report; None leaves the version as it is.
    """
    if file is None:
        return version
    applied = apply(file, version.document.text, version.reading, version.meanings)
    # what was disputed as it was read need not be so any more
    reading = replace(applied.reading, figures=joined(map(_undisputed, parts_of(applied.reading.figures))))
    checked = check_figures(reading, applied.meanings)
    checks = (*checked.checks, *unfit_checks(file, applied.unfit, len(checked.checks) + 1))
    reading = mark_disputed(reading, checks)
    return replace(
        version,
        reading=reading,
        meanings=applied.meanings,
        facts=derive_facts(reading, applied.meanings),
        checks=checks,
        proposals=checked.proposals,
        reviewed=applied.reviewed,
        decisions=file.fingerprint,
    )


def _undisputed(figures: Sequence[Figure]) -> Sequence[Figure]:
    if isinstance(figures, Records):
        return figures.with_columns(status=Same("ok", len(figures)))
    return tuple(one if one.status == "ok" else one._replace(status="ok") for one in figures)


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
    if sum(len(table.cells) for table in document.tables) > _MANY_CELLS:
        gc.collect()  # what the parser of a large workbook has left behind
    with uncollected():
        identity = identify(document)
        rows = sum(table.cells.height for table in document.tables)
        tell("figures", rows)
        reading = read_figures(document, shows_people=shows_people)
        document = replace(document, tables=tuple(replace(table, cells=Cells({}, {})) for table in document.tables))
        assert_numbers(report_id, reading)
        tell("meanings", rows)
        meanings = resolve(document, identity, reading)
        tell("checks", rows)
        checked = check_figures(reading, meanings)
        assert_checks(report_id, reading, checked.checks)
        reading = mark_disputed(reading, checked.checks)
        facts = derive(reading, meanings)
    return ReportVersion(document, identity, reading, meanings, facts, checked.checks, checked.proposals)
