"""A report version as people have decided: its figures, meanings, checks and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.checking.arithmetic import check_figures, mark_disputed
from pipelines.columns import Records, Same, joined, parts_of
from pipelines.figures.figure import Figure
from pipelines.meaning.derive import derive_facts
from pipelines.review.apply import apply, unfit_checks
from pipelines.review.files import ReviewFile
from pipelines.versions.version import ReportVersion


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
