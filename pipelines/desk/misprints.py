"""What the report prints and does not mean: a correction, as `fupin correct` writes it; the reading stays."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal

from pipelines.catalog.corrections import Decision, Match, read_decisions
from pipelines.catalog.corrections_edit import write_decision
from pipelines.desk.desk import Desk
from pipelines.errors import FupinError
from pipelines.review.files import number
from pipelines.review.places import address

Status = Literal["accepted", "rejected"]


def correct(
    desk: Desk,
    report: str,
    figure_id: int,
    value: str,
    *,
    by: str,
    reason: str,
    status: Status = "accepted",
) -> None:
    """Writes a correction of a printed number; one of the same value is replaced.

    Args:
        desk: the desk.
        report: the report's id.
        figure_id: the figure.
        value: what it means, in its unit.
        by: who decides.
        reason: in one sentence.
        status: whether it is to be read so, or is not to be proposed again.

    Raises:
        FupinError: the value is no number, another correction of the number is accepted, or the disk refuses it.
    """
    opened = desk.open(report)
    found = number(value.replace(",", ""))
    if found is None:
        raise FupinError(f"{value[:40]} is no number")
    if figure_id not in opened.figures:
        raise FupinError(f"{report}: has no figure {figure_id}")
    figure, _ = opened.figures[figure_id]
    match = Match(
        section=figure.locator.section, printed=figure.text, sentence=figure.sentence, cell=address(figure.locator)
    )
    alike = [
        one.figure_id
        for one, _ in opened.figures.values()
        if (one.text, one.sentence, one.locator.section, address(one.locator))
        == (figure.text, figure.sentence, figure.locator.section, address(figure.locator))
    ]
    if len(alike) > 1:
        match = match.model_copy(update={"ordinal": alike.index(figure_id) + 1})
    decision = Decision(
        match=match,
        expected=figure.value,
        proposed=Decimal(found),
        unit=figure.unit,
        reason=reason or "misprint",
        status=status,
        by=by,
        at=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
    )
    file = read_decisions(desk.settings.corrections).of(report)
    earlier = [one for one in (file.decisions if file else ()) if one.match == match]
    others = [] if status == "rejected" else earlier
    if any(one.status == "accepted" and one.proposed != decision.proposed for one in others):
        raise FupinError(f"“{figure.text}” has another accepted correction; reject that one first (fupin correct)")
    stands = [one for one in earlier if one.proposed == decision.proposed]
    entry = next((n for n, one in enumerate(file.decisions, 1) if one in stands), None) if file else None
    write_decision(desk.settings.corrections, file, report, decision, entry)
