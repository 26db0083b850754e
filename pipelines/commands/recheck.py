"""Checks a report once more with another value in the place of one printed number."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pipelines.checking.arithmetic import check_figures
from pipelines.checking.verdict import Check
from pipelines.errors import FupinError
from pipelines.review.decided import with_decisions
from pipelines.review.files import read_reviews
from pipelines.settings import Settings
from pipelines.versions.read import read_version


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One check that a figure takes part in, as printed, and its verdict with the other value."""

    printed: Check
    verdict: str


def recheck(
    settings: Settings, report_id: str, content_hash: str, figure_id: int, printed: str, bounds: tuple[Decimal, ...]
) -> list[Rechecked]:
    """Reads a loaded version from the archive and checks it with another value for one figure.

    Args:
        settings: where the archive is.
        report_id: of the version.
        content_hash: of the version.
        figure_id: the figure.
        printed: its text, which makes sure that the reader still numbers figures as it did at the load.
        bounds: lower bound, value and upper bound to be tried, in the base of the figure's unit.

    Returns:
        Every check that the figure takes part in as printed; `not made` is the verdict where the other value leaves
        none.

    Raises:
        FupinError: the archive has not kept the version, or the reader reads it otherwise than it was loaded.
    """
    kept = settings.archive / content_hash[:2] / content_hash
    with tempfile.TemporaryDirectory() as folder:
        # the reader tells formats by the ending, which the archive does not keep
        path = Path(folder) / f"report{Path(report_id).suffix}"
        try:
            shutil.copyfile(kept, path)
        except OSError as error:
            raise FupinError(f"{kept}: {report_id} cannot be checked again: {error.strerror or error}") from error
        decisions = read_reviews(settings.decisions).get(report_id)
        version = with_decisions(read_version(path, report_id, settings.max_file_mb * 1024 * 1024), decisions)
    chosen = next((figure for figure in version.reading.figures if figure.figure_id == figure_id), None)
    if chosen is None or chosen.text != printed:
        raise FupinError(f"{report_id}: is read otherwise than it was loaded; move the warehouse away and run again")
    low, value, high = bounds
    other = chosen._replace(value=value, low=low, high=high, open_low=False, open_high=False)
    figures = tuple(other if figure is chosen else figure for figure in version.reading.figures)
    tried = check_figures(replace(version.reading, figures=figures), version.meanings).checks
    verdicts = {(check.rule, check.operands): check.verdict for check in tried if not check.assumption}
    return [
        Rechecked(check, verdicts.get((check.rule, check.operands), "not made"))
        for check in version.checks
        if figure_id in check.operands and not check.assumption
    ]
