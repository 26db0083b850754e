"""One report version on its way through the rooms: what each room added, in one value that can be pickled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.checking.verdict import Check, ExpectationResult, Proposal
from pipelines.columns import column
from pipelines.figures.figure import Reading
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.facts import Facts
from pipelines.meaning.meaning import Meaning, ReportIdentity
from pipelines.reading.document import Document

if TYPE_CHECKING:
    from pipelines.settings import Settings


class Reviewed(NamedTuple):
    """Who looked at a figure last, as initials, and when (ISO date)."""

    figure_id: int
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """Everything known about one report version before it is loaded.

    Attributes:
        document: as read, but for people in its tables; where it has very many cells, its tables are without them.
        identity: what the report is about.
        reading: its figures and classified non-figures; figures have their final `status`.
        meanings: one per figure, same order.
        facts: derived from figures and meanings.
        checks: arithmetic verdicts.
        proposals: values that the relations determine in place of printed ones.
        expectations: shape results; empty until the suites ran.
        reviewed: figures that somebody looked at.
        decisions: fingerprint of the file whose decisions were applied; empty for none.
        laid_out: its tables once somebody has asked for them.
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
    laid_out: dict[str, dict[str, Sequence[Any]]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def validated(self, expectations: tuple[ExpectationResult, ...]) -> ReportVersion:
        """The same with shape results."""
        found = replace(self, expectations=expectations)
        found.laid_out.update(self.laid_out)
        return found

    def __getstate__(self) -> tuple[Any, ...]:
        """Without the facts: to derive them anew takes less time than to hand them over."""
        return tuple(getattr(self, name) for name in _HANDED_OVER)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """From what was kept."""
        for name, value in zip(_HANDED_OVER, state, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "facts", derive_facts(self.reading, self.meanings))
        object.__setattr__(self, "laid_out", {})


_HANDED_OVER = tuple(of.name for of in fields(ReportVersion) if of.name not in ("facts", "laid_out"))


def documents_to_show(versions: Iterable[ReportVersion], settings: Settings) -> dict[str, Document]:
    """Content hash → document as others may see it, of those that have their cells still."""
    return {
        one.document.content_hash: one.document if settings.show_people else _without_contacts(one)
        for one in versions
        if all(table.cells.columns for table in one.document.tables)
    }


def _without_contacts(version: ReportVersion) -> Document:
    if "contact" not in column(version.reading.non_figures, "reason"):
        return version.document
    from pipelines.figures.people import without_contacts  # which reads, and so imports all that does

    return without_contacts(version.document, version.reading)


def reader(settings: Settings) -> str:
    """What reads a report in a child process, as a setting says: module and function, which that process imports."""
    return f"pipelines.versions.read:{'read_with_people' if settings.show_people else 'read_apart'}"
