"""Passes what was decided about a whole on to its parts, and from a figure to what speaks about it.

A part that had taken its program from its total has it from there still when somebody has decided what that is. One
whose own words say it, and one that somebody has decided about, stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush

from pipelines.columns import column
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning, passed_on
from pipelines.review.changed import State
from pipelines.review.files import MEANT, Attribute

# an attribute that is none of the kind of figure, such as the giver of households
_NOT_APPLICABLE = "does not apply"
# by these its own words say it
_OWN = ("stated", "named")


def pass_on(state: State, accepted: Mapping[int, Mapping[Attribute, str]]) -> None:
    """Has figures follow those that they took an attribute from, as far as that was decided.

    Args:
        state: with all decisions applied but those that a reading is right.
        accepted: figure_id → what was read of it when somebody found it right; it follows to nothing else.
    """
    if not state.meanings and not state.moved:
        return
    below = _children(state)
    waiting: list[tuple[int, int]] = []
    for figure_id in {*state.meanings, *state.moved}:
        heappush(waiting, (_depth(state, figure_id), figure_id))
    seen: set[int] = set()
    while waiting:  # wholes before their parts
        depth, figure_id = heappop(waiting)
        if figure_id in seen:
            continue
        seen.add(figure_id)
        for name, decision in _taken_over(state, below, figure_id):
            is_other = accepted.get(figure_id, {}).get(name, decision.code) != decision.code
            if name not in state.decided[figure_id] and not is_other:
                state.mean(figure_id, name, decision)
        if state.meanings[figure_id] != state.meanings.as_read(figure_id):
            for child in below[figure_id]:
                heappush(waiting, (depth + 1, child))


def _children(state: State) -> dict[int, list[int]]:
    """Figure_id → the figures that hang on it, as decided."""
    found: dict[int, list[int]] = defaultdict(list)
    figures = state.figures.records
    for figure_id, parent in zip(column(figures, "figure_id"), column(figures, "parent"), strict=True):
        parent = state.figures[figure_id].parent if figure_id in state.moved else parent
        if parent is not None and figure_id not in state.removed:
            found[parent].append(figure_id)
    return found


def _depth(state: State, figure_id: int) -> int:
    """How many figures one hangs on."""
    seen = {figure_id}
    parent = state.figures[figure_id].parent
    while parent is not None and parent in state.figures and parent not in seen:
        seen.add(parent)
        parent = state.figures[parent].parent
    return len(seen) - 1


def _taken_over(state: State, below: Mapping[int, list[int]], figure_id: int) -> list[tuple[Attribute, Decision]]:
    """What a figure has to take over, by attribute."""
    figure, meaning = state.figures[figure_id], state.meanings.as_read(figure_id)
    parent = _meaning(state, figure.parent)
    found: list[tuple[Attribute, Decision]] = []
    for name in MEANT:
        own: Decision = getattr(meaning, name)
        if own.how in _OWN or own.text == _NOT_APPLICABLE or (figure.link == "previous_of" and name == "period"):
            continue
        if own.code == UNKNOWN and figure.parent is not None and _is_told_apart(state, below[figure.parent], name):
            continue
        now: Decision | None = None if parent is None else getattr(parent, name)
        if now is not None and now.text == _NOT_APPLICABLE:
            now = None
        if figure_id in state.moved:
            if (decision := _after_move(state, figure_id, name, own, now)) is not None:
                found.append((name, decision))
        elif now is not None and figure.parent is not None:
            before: Decision = getattr(state.meanings.as_read(figure.parent), name)
            had = own.code == before.code and (own.code != UNKNOWN or own.text == before.text)
            if had and before.code != now.code and now.how in ("stated", "inherited", "unknown"):
                found.append((name, passed_on(now)))
    return found


def _after_move(state: State, figure_id: int, name: Attribute, own: Decision, now: Decision | None) -> Decision | None:
    """What a figure has that hangs on another one now, or on none: nothing of the former, and what it lacks."""
    former = _meaning_as_read(state, state.figures.as_read(figure_id).parent)
    was_taken = former is not None and own.how == "inherited" and own.code == getattr(former, name).code
    if now is not None and now.code != UNKNOWN:
        return passed_on(now) if was_taken or own.code == UNKNOWN else None
    return Decision(text=state.moved[figure_id]) if was_taken else None


def _is_told_apart(state: State, parts: Iterable[int], name: Attribute) -> bool:
    """Whether the words of some parts say this of them: what is not said of another is not that of the whole then."""
    return any(getattr(state.meanings.as_read(part), name).how in _OWN for part in parts)


def _meaning(state: State, figure_id: int | None) -> Meaning | None:
    return None if figure_id is None or figure_id not in state.meanings else state.meanings[figure_id]


def _meaning_as_read(state: State, figure_id: int | None) -> Meaning | None:
    return None if figure_id is None or figure_id not in state.meanings else state.meanings.as_read(figure_id)
