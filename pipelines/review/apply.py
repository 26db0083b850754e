"""Applies decisions about readings: to the figures that they name, and to no others, whenever the report is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.catalog.currencies import is_money
from pipelines.catalog.sentences import kept, say
from pipelines.checking.verdict import Check
from pipelines.columns import column, joined, parts_of
from pipelines.figures.figure import Figure, NonFigure, Reading
from pipelines.figures.intervals.intervals import bounds
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning
from pipelines.review.changed import Changed, State
from pipelines.review.files import (
    MEANT,
    NONE,
    READING,
    RULE,
    Attribute,
    Parent,
    Place,
    Review,
    ReviewFile,
    initials,
    number,
)
from pipelines.review.passing import pass_on
from pipelines.review.places import fitting
from pipelines.review.readings import is_same, readings
from pipelines.versions.version import Reviewed


@dataclass(frozen=True, slots=True)
class Unfit:
    """A decision that fits its report no longer, and applies to nothing; `number` counts the entries from 1."""

    number: int
    cause: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A reading and its meanings with what people decided.

    Attributes:
        reading: figures keep their ids; one that is no figure stands among the other numbers.
        meanings: one per figure that is left, same order.
        reviewed: the figures that somebody looked at, in reading order.
        unfit: decisions that apply to nothing.
    """

    reading: Reading
    meanings: Sequence[Meaning]
    reviewed: tuple[Reviewed, ...] = ()
    unfit: tuple[Unfit, ...] = ()


def apply(file: ReviewFile, text: str, reading: Reading, meanings: Sequence[Meaning]) -> Applied:
    """What is read of a report where people have decided about it.

    A decision applies where its number is read as it was when it was decided, or already as was decided; else it is
    unfit. What a figure has taken over from another follows where that one is decided, see `pass_on`.

    Args:
        file: the decisions about the report.
        text: of the report, in which the figures stand.
        reading: as read.
        meanings: as read.
    """
    state = State(Changed(reading.figures), Changed(meanings))
    unfit: list[Unfit] = []
    entries = list(enumerate(file.reviews, 1))
    # what is right is held against the reading with all that was decided, and with what follows from it
    accepted = [one for one in entries if one[1].is_acceptance]
    for chosen in ([one for one in entries if not one[1].is_acceptance], accepted):
        if chosen is accepted:
            pass_on(state, _accepted(accepted, text, reading))
        for entry, review in chosen:
            if cause := _apply(review, text, reading, state):
                unfit.append(Unfit(entry, cause))
    for figure_id in _orphans(reading.figures, state.removed):
        state.figures[figure_id] = state.figures[figure_id]._replace(
            parent=None, link=None, axis=None, exhaustive=False
        )
    others = sorted((*reading.non_figures, *state.removed.values()), key=_order) if state.removed else None
    return Applied(
        replace(
            reading,
            figures=joined(state.figures.rewritten(part, state.removed) for part in parts_of(reading.figures)),
            non_figures=reading.non_figures if others is None else tuple(others),
        ),
        joined(state.meanings.rewritten(part, state.removed) for part in parts_of(meanings)),
        tuple(one for figure_id, one in sorted(state.reviewed.items()) if figure_id not in state.removed),
        tuple(sorted(unfit, key=lambda one: one.number)),
    )


def unfit_checks(file: ReviewFile, unfit: tuple[Unfit, ...], first: int) -> tuple[Check, ...]:
    """A failing check for each decision that applies to nothing, numbered from `first`."""
    checks = []
    advice = say("review.advice")
    for number_of_check, one in enumerate(unfit, first):
        review = file.reviews[one.number - 1]
        message = say("review.unfit", file=file.place, number=one.number, attribute=review.attribute, cause=one.cause)
        checks.append(
            Check(
                check_id=number_of_check,
                rule=RULE,
                severity="error",
                verdict="fails",
                operands=(),
                formula="",
                unit="",
                computed_low=None,
                computed_high=None,
                stated_low=None,
                stated_high=None,
                message=message.told(),
                identity=f"{RULE} {review.attribute} {review.match.section} {review.match.printed} #{one.number}",
                suggestion=advice.told(),
                said=kept(message=message, suggestion=advice),
            )
        )
    return tuple(checks)


def named_figure(place: Place, reading: Reading, text: str) -> Figure | NonFigure | str:
    """The one number that a place names, a figure before any other; or why there is none."""
    printed = f'"{" ".join(place.printed.split())}" in section "{place.section}"'
    found = fitting(place, reading.figures, text) or fitting(place, reading.non_figures, text)
    if not found:
        return f"the report does not print {printed} there any more"
    if place.ordinal is None and len(found) > 1:
        return f"fits {len(found)} numbers that print {printed}: say which with `ordinal`"
    if place.ordinal is not None and place.ordinal > len(found):
        return f"only {len(found)} numbers print {printed}, ordinal {place.ordinal} is not among them"
    return found[(place.ordinal or 1) - 1]


def _accepted(entries: Sequence[tuple[int, Review]], text: str, reading: Reading) -> dict[int, Mapping[Attribute, str]]:
    """Figure_id → what was read of it when somebody found it right."""
    found: dict[int, Mapping[Attribute, str]] = {}
    for _, review in entries:
        number_read = named_figure(review.match, reading, text)
        if isinstance(number_read, Figure) and isinstance(review.expected, dict):
            found[number_read.figure_id] = review.expected
    return found


def _apply(review: Review, text: str, reading: Reading, state: State) -> str:
    """Applies one decision; says why it does not fit, or nothing."""
    number_read = named_figure(review.match, reading, text)
    if isinstance(number_read, str):
        return number_read
    if isinstance(number_read, NonFigure):
        if review.attribute == READING and number_read.reason == review.value:
            return ""  # the reader says so itself by now
        return f'"{review.match.printed}" is read as no figure ({number_read.reason})'
    figure = state.figures[number_read.figure_id]
    if figure.figure_id in state.removed:
        return "another entry says that this is no figure"
    read = readings(figure, state.meanings[figure.figure_id], state.figures)
    if review.is_acceptance:
        assert isinstance(review.expected, dict)
        changed = [name for name, was in review.expected.items() if not is_same(name, was, read[name])]
        if changed:
            one = changed[0]
            return f'{one} of "{figure.text}" is {read[one]}, and was {review.expected[one]} when it was found right'
        _state_all(review, figure, state)
    elif review.attribute == "reading":
        state.removed[figure.figure_id] = _no_figure(figure, review)
    else:
        assert isinstance(review.expected, str)
        now = read[review.attribute]
        if not is_same(review.attribute, review.expected, now) and not _is_decided(review, now):
            return f'{review.attribute} of "{figure.text}" is {now}, expected is {review.expected}'
        if cause := _state_one(review, figure, reading, text, state):
            return cause
    known = state.reviewed.get(figure.figure_id)
    at = review.at.date().isoformat()
    if known is None or known.at <= at:
        state.reviewed[figure.figure_id] = Reviewed(figure.figure_id, initials(review.by), at)
    return ""


def _is_decided(review: Review, now: str) -> bool:
    """Whether the reader reads by itself what was decided."""
    value = review.value
    if isinstance(value, Parent):
        return is_same("parent", f"{value.link} {value.figure.printed}", now)
    return is_same(review.attribute, value, now)


def _stated(review: Review, code: str) -> Decision:
    how = f"review {initials(review.by)} {review.at.date().isoformat()}"
    return Decision(code, "unknown" if code == UNKNOWN else "stated", how)


def _state_all(review: Review, figure: Figure, state: State) -> None:
    """What was found right is as sure as what is stated."""
    meaning = state.meanings[figure.figure_id]
    told = {name: _stated(review, getattr(meaning, name).code) for name in MEANT if name in review.expected}
    known: dict[str, Any] = {name: one for name, one in told.items() if one.code != UNKNOWN}
    state.meanings[figure.figure_id] = meaning._replace(**known)


def _state_one(review: Review, figure: Figure, reading: Reading, text: str, state: State) -> str:
    name, value = review.attribute, review.value
    if isinstance(value, Parent):
        parent = named_figure(value.figure, reading, text)
        if not isinstance(parent, Figure) or parent.figure_id in state.removed:
            return parent if isinstance(parent, str) else f'"{value.figure.printed}" is no figure'
        if _is_below(parent, figure.figure_id, state):
            return f'"{parent.text}" is itself below "{figure.text}"'
        axis = figure.axis if value.link == "part_of" else None
        exhaustive = figure.exhaustive and value.link == "part_of" and figure.parent == parent.figure_id
        changed = figure._replace(parent=parent.figure_id, link=value.link, axis=axis, exhaustive=exhaustive)
    elif name == "parent":
        changed = figure._replace(parent=None, link=None, axis=None, exhaustive=False)
    elif name == "value":
        changed = _with_value(figure, value)
    elif name in ("unit", "role"):
        given: dict[str, Any] = {name: value}
        changed = figure._replace(**given)
    else:
        state.mean(figure.figure_id, name, _stated(review, value))
        state.decided[figure.figure_id].add(name)
        return ""
    if name == "parent":
        state.moved[figure.figure_id] = _stated(review, NONE).text
    how = tuple(one for one in figure.decided_by if one[0] != name)
    state.figures[figure.figure_id] = changed._replace(decided_by=(*how, (name, _stated(review, NONE).text)))
    if name == "unit" and not is_money(changed.unit):
        meaning = state.meanings[figure.figure_id]
        state.meanings[figure.figure_id] = meaning._replace(stage=Decision(text="does not apply"), scope="")
    return ""


def _with_value(figure: Figure, text: str) -> Figure:
    """A figure that was misread: its value, and all that the number can stand for as it is printed."""
    value = number(text)
    assert value is not None
    stated = value / figure.scale
    if stated * figure.scale != value:
        figure, stated = figure._replace(scale=figure.scale.__class__(1)), value
    low, high, open_low, open_high = bounds(stated.normalize() + 0, figure.scale, figure.qualifier, figure.unit)
    return figure._replace(value_stated=stated, value=value, low=low, high=high, open_low=open_low, open_high=open_high)


def _is_below(figure: Figure, figure_id: int, state: State) -> bool:
    """Whether a figure is another one, or hangs on it."""
    seen: set[int] = set()
    while figure.figure_id not in seen:
        if figure.figure_id == figure_id:
            return True
        seen.add(figure.figure_id)
        if figure.parent is None or figure.parent not in state.figures:
            return False
        figure = state.figures[figure.parent]
    return False


def _no_figure(figure: Figure, review: Review) -> NonFigure:
    assert isinstance(review.value, str)
    why = _stated(review, NONE).text if review.value == "unread" else ""
    return NonFigure(figure.locator, figure.sentence, figure.text, review.value, why)  # type: ignore[arg-type]


def _orphans(figures: Sequence[Figure], removed: Mapping[int, NonFigure]) -> list[int]:
    """The figures that hang on one that was taken out."""
    if not removed:
        return []
    pairs = zip(column(figures, "figure_id"), column(figures, "parent"), strict=True)
    return [figure_id for figure_id, parent in pairs if parent in removed and figure_id not in removed]


def _order(number_read: NonFigure) -> tuple[bool, int]:
    """Numbers of the text by their place; those of cells behind them, in the order in which they are."""
    start = number_read.locator.start
    return start is None, start or 0
