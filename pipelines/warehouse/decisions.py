"""Lays the decisions about one report over its proposals: rows of `core.correction`, and what fits nowhere."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.catalog.corrections import Decision, DecisionFile, Match
from pipelines.warehouse.keys import key
from pipelines.warehouse.rows import Row


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as far as a decision can name it; `value` is in the base of `unit`."""

    figure_key: int
    figure_id: int
    section: str
    sheet: str | None
    cell: str | None
    sentence: str
    text: str
    value: Decimal
    unit: str

    @property
    def address(self) -> str | None:
        """Sheet and cell of a figure in a table."""
        return None if self.cell is None else f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it was loaded."""

    figure_key: int
    value: Decimal
    low: Decimal
    high: Decimal
    reason: str
    said: str
    supporting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A decision that applies to nothing.

    Attributes:
        correction_id: its id.
        file: about its report.
        number: of the entry in the file, from 1.
        cause: why it does not apply, in one sentence.
    """

    correction_id: str
    file: DecisionFile
    number: int
    cause: str

    @property
    def line(self) -> str:
        """What a run prints."""
        return f"{self.file.place}: entry {self.number} ({self.correction_id}): {self.cause}"


def short_id(report: str, section: str, printed: str, proposed: Decimal, ordinal: int = 1) -> str:
    """The id that people use for a correction; `ordinal` tells those apart that agree in everything else."""
    parts = [report, _words(section), _words(printed), format(proposed.normalize(), "f")]
    parts += [str(ordinal)] if ordinal > 1 else []
    return f"C-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:8]}"


def fitting(match: Match, figures: Sequence[Printed]) -> list[Printed]:
    """The figures that a match names, in reading order, before its ordinal is looked at."""
    section, printed = _words(match.section), _words(match.printed)
    sentence = None if match.sentence is None else _words(match.sentence)
    return [
        figure
        for figure in figures
        if _words(figure.text) == printed
        and _words(figure.section) == section
        and (match.cell is None or figure.address == match.cell)
        and (sentence is None or sentence in _words(figure.sentence))
    ]


def match_of(figure: Printed, figures: Sequence[Printed]) -> Match:
    """The match that names a figure and no other."""
    match = Match(section=figure.section, printed=figure.text, sentence=figure.sentence, cell=figure.address)
    found = fitting(match, figures)
    return match if len(found) == 1 else match.model_copy(update={"ordinal": found.index(figure) + 1})


def decided_figure(decision: Decision, figures: Sequence[Printed]) -> Printed | str:
    """The one figure that a decision is about, or why there is none."""
    match = decision.match
    found = fitting(match, figures)
    named = f'"{match.printed}" in section "{match.section}"'
    if not found:
        return f"the current version of the report does not print {named} there any more"
    if match.ordinal is None and len(found) > 1:
        return f"fits {len(found)} figures that print {named}: say which with `ordinal`"
    if match.ordinal is not None and match.ordinal > len(found):
        return f"only {len(found)} figures print {named}, ordinal {match.ordinal} is not among them"
    figure = found[(match.ordinal or 1) - 1]
    if figure.unit != decision.unit or figure.value != decision.expected:
        read = f"{figure.value.normalize():f} {figure.unit}"
        return f"{named} is {read}, expected is {decision.expected.normalize():f} {decision.unit}"
    return figure


def lay_over(
    report: str, owner: int, figures: Sequence[Printed], proposals: Sequence[Proposed], file: DecisionFile | None
) -> tuple[list[Row], list[Stale]]:
    """All corrections of one report version.

    Args:
        report: the report's id.
        owner: the version's key.
        figures: of the version, in reading order.
        proposals: of the version.
        file: the decisions about the report; None where there are none, or for an earlier version.

    Returns:
        Rows of `core.correction` in reading order, and the decisions that fit no figure or more than one. Of a
        rejected decision whose figure is gone nothing is left to say.
    """
    by_key = {figure.figure_key: figure for figure in figures}
    proposed = {(proposal.figure_key, proposal.value): proposal for proposal in proposals}
    decided: dict[tuple[int, Decimal], tuple[int, Decision]] = {}
    causes: dict[int, str] = {}
    for number, decision in enumerate(file.decisions if file else (), 1):
        found = decided_figure(decision, figures)
        if isinstance(found, str):
            if decision.status == "accepted" or len(fitting(decision.match, figures)) > 1:
                causes[number] = found
        elif (found.figure_key, decision.proposed) in decided:
            earlier = decided[found.figure_key, decision.proposed][0]
            causes[number] = f"decides the same as entry {earlier}"
        else:
            decided[found.figure_key, decision.proposed] = (number, decision)
    accepted = Counter(place[0] for place, (_, decision) in decided.items() if decision.status == "accepted")
    for place, (number, decision) in list(decided.items()):
        if decision.status == "accepted" and accepted[place[0]] > 1:
            causes[number] = f'"{decision.match.printed}" has another accepted value in this file'
            del decided[place]
    places = sorted({*proposed, *decided}, key=lambda place: (by_key[place[0]].figure_id, place[1]))
    ids: Counter[str] = Counter()
    rows = []
    for place in places:
        figure = by_key[place[0]]
        first = short_id(report, figure.section, figure.text, place[1])
        ids[first] += 1
        name = short_id(report, figure.section, figure.text, place[1], ids[first])
        entry = decided.get(place)
        rows.append(_row(owner, name, figure, place[1], proposed.get(place), entry[1] if entry else None))
    return rows, _stale(report, file, causes) if file else []


def _stale(report: str, file: DecisionFile, causes: dict[int, str]) -> list[Stale]:
    found = []
    for number, cause in sorted(causes.items()):
        decision = file.decisions[number - 1]
        name = short_id(report, decision.match.section, decision.match.printed, decision.proposed)
        found.append(Stale(name, file, number, cause))
    return found


def _row(
    owner: int, name: str, figure: Printed, value: Decimal, proposal: Proposed | None, decision: Decision | None
) -> Row:
    low, high = (proposal.low, proposal.high) if proposal else (value, value)
    if decision is not None and decision.low is not None and decision.high is not None:
        low, high = decision.low, decision.high
    return {
        "correction_key": key(owner, "correction", figure.figure_id, format(value.normalize(), "f")),
        "correction_id": name,
        "report_version_key": owner,
        "figure_key": figure.figure_key,
        "expected_value": figure.value,
        "proposed_value": value,
        "proposed_low": low,
        "proposed_high": high,
        "reason": decision.reason if decision else proposal.reason if proposal else "",
        "said": proposal.said if proposal and (decision is None or decision.reason == proposal.reason) else "",
        "supporting_check_keys": list(proposal.supporting) if proposal else [],
        "status": decision.status if decision else "proposed",
        "decided_by": decision.by if decision else None,
        "decided_at": decision.at.isoformat() if decision else None,
        "correction_source": "relations" if proposal else "people",
    }


def _words(text: str) -> str:
    """A text without regard to its spaces and line breaks."""
    return " ".join(text.split())
