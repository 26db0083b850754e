"""What the report prints and does not mean: corrections, as `fupin correct` writes them; the reading stays."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pipelines.catalog.corrections import Decision, DecisionFile, read_decisions
from pipelines.catalog.corrections_edit import write_decision
from pipelines.catalog.entry_files import restore_text
from pipelines.catalog.sentences import Said
from pipelines.desk.desk import Desk, Opened, Taken
from pipelines.errors import FupinError
from pipelines.review.edit import OtherDecidedError, turn
from pipelines.review.files import initials, number
from pipelines.warehouse.decisions import Printed, decided_figure, match_of

Status = Literal["accepted", "rejected"]


class Meant(NamedTuple):
    """What a printed number may mean: proposed by the relations of the report, or decided by people.

    Attributes:
        value: in the unit of the figure.
        reason: as data where a rule gives it, as somebody wrote it elsewhere.
        status: `proposed`, `accepted` or `rejected`.
        by: who decided it, as initials; empty where nobody did.
    """

    value: Decimal
    reason: Said | str
    status: str
    by: str = ""


def corrections(desk: Desk, opened: Opened, figure_id: int) -> list[Decision]:
    """What people have decided that one figure means."""
    file = read_decisions(desk.settings.corrections).of(opened.report)
    return [one for _, one in _about(file, _printed(opened), figure_id)]


def seen_of(corrections_shown: Iterable[Decision]) -> str:
    """What tells these corrections from any others."""
    text = "\n".join(sorted(repr(one) for one in corrections_shown))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def meant(opened: Opened, figure_id: int, corrections_shown: Iterable[Decision]) -> list[Meant]:
    """What one figure may mean: what somebody decided first, then what its relations propose."""
    decided = {one.proposed: Meant(one.proposed, one.reason, one.status, initials(one.by)) for one in corrections_shown}
    proposed = (
        Meant(one.value, one.reason, "proposed")
        for one in opened.version.proposals
        if one.figure_id == figure_id and one.value not in decided
    )
    return [*decided.values(), *proposed]


def correct(
    desk: Desk,
    report: str,
    figure_id: int,
    value: str,
    *,
    by: str,
    reason: str,
    status: Status = "accepted",
    seen: str | None = None,
) -> Taken:
    """Writes a correction of a printed number; one of the same value is replaced.

    Args:
        desk: the desk, which can take it back.
        report: the report's id.
        figure_id: the figure.
        value: what it means, in its unit.
        by: who decides.
        reason: in one sentence; without one that of the relations that propose the value.
        status: whether it is to be read so, or is not to be proposed again.
        seen: `seen_of` the corrections of the figure that were shown; None overrules whatever stands.

    Raises:
        OtherDecidedError: somebody else has corrected the figure since.
        FupinError: the value is no number, another correction of the number is accepted, or the disk refuses it.
    """
    opened = desk.open(report)
    text = number(value.replace(",", ""))
    if text is None:
        raise FupinError(f"{value[:40]} is no number")
    figures = _printed(opened)
    figure = next((one for one in figures if one.figure_id == figure_id), None)
    if figure is None:
        raise FupinError(f"{report}: has no figure {figure_id}")
    proposed = Decimal(text)
    known = [one for one in opened.version.proposals if (one.figure_id, one.value) == (figure_id, proposed)]
    decision = Decision(
        match=match_of(figure, figures),
        expected=figure.value,
        proposed=proposed,
        low=known[0].low if known else None,
        high=known[0].high if known else None,
        unit=figure.unit,
        reason=reason or (known[0].reason.told() if known else "misprint"),
        status=status,
        by=by,
        at=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
    )
    with turn(desk.settings.decisions):
        file = read_decisions(desk.settings.corrections).of(report)
        earlier = _about(file, figures, figure_id)
        if seen not in (None, seen_of(one for _, one in earlier)):
            raise OtherDecidedError(f"somebody else has decided what “{figure.text}” means")
        if status == "accepted" and any(one.status == status and one.proposed != proposed for _, one in earlier):
            raise FupinError(f"“{figure.text}” has another accepted correction; reject that one first (fupin correct)")
        before = file.path.read_text(encoding="utf-8") if file is not None else None
        entry = next((entry for entry, one in earlier if one.proposed == proposed), None)
        path = write_decision(desk.settings.corrections, file, report, decision, entry)
        after = path.read_text(encoding="utf-8")
    taken = Taken(by, report, figure_id, partial(_take_back, desk, path, before, after), is_whole=False)
    desk.taken.append(taken)
    return taken


def _take_back(desk: Desk, path: Path, before: str | None, after: str) -> None:
    """Gives a file of corrections its earlier text.

    Raises:
        OtherDecidedError: somebody has written into it since.
    """
    with turn(desk.settings.decisions):
        if not path.exists() or path.read_text(encoding="utf-8") != after:
            raise OtherDecidedError(f"{path.name} has other corrections by now; take it back with `fupin correct`")
        restore_text(path, before)


def _printed(opened: Opened) -> list[Printed]:
    """The figures of a report as corrections name them."""
    return [
        Printed(
            one.figure_id,
            one.figure_id,
            one.locator.section,
            one.locator.sheet,
            one.locator.cell,
            one.sentence,
            one.text,
            one.value,
            one.unit,
        )
        for one, _ in opened.figures.values()
    ]


def _about(file: DecisionFile | None, figures: list[Printed], figure_id: int) -> list[tuple[int, Decision]]:
    """Number and content of the entries about one figure."""
    found: list[tuple[int, Decision]] = []
    for entry, decision in enumerate(file.decisions if file else (), 1):
        figure: Any = decided_figure(decision, figures)
        if isinstance(figure, Printed) and figure.figure_id == figure_id:
            found.append((entry, decision))
    return found
