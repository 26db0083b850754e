"""What a figure is part of or speaks about: of-which nesting, changes, shares, completions, second units."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.figures.draft import Draft
from pipelines.figures.figure import LinkKind
from pipelines.figures.intervals import Bounds, bounds
from pipelines.figures.passage import Passage, in_closed_brackets
from pipelines.figures.signs import MEMBERS

_ABOUT: dict[str, LinkKind] = {
    "change": "change_of",
    "change_pct": "change_of",
    "diff_pp": "diff_of",
    "share_pct": "share_of",
    "rate_pct": "rate_of",
    "plan_pct": "plan_of",
    "over_plan_pct": "plan_of",
}
_REACH = 40  # figures of one sentence among which relations are looked for


def link(drafts: list[Draft], passage: Passage) -> None:
    """Points every figure that speaks about another one, or is part of one, to its parent."""
    for index, draft in enumerate(drafts):
        near = drafts[max(index - _REACH, 0) : index]
        same_sentence = [other for other in near if other.sentence == draft.sentence]
        later = drafts[index + 1 : index + 1 + _REACH]
        if draft.role in _ABOUT:
            _speaks_about(draft, same_sentence, later, passage)
        elif draft.role == "per_unit_prev":
            group = (d for d in later if d.sentence == draft.sentence)
            draft.parent = next((d for d in group if d.role == "per_unit" and d.unit == draft.unit), None)
            draft.link = "previous_of" if draft.parent else None
        elif draft.role == "target":
            draft.parent = next(
                (
                    d
                    for place, d in enumerate(later)
                    if d.section == draft.section and _answers(d, draft, later, place, passage)
                ),
                None,
            )
            draft.link = "plan_of" if draft.parent else None
        elif draft.role == "level":
            _part_of(draft, same_sentence, passage)
            if draft.parent is None:
                _part_of_before(draft, near, same_sentence, passage)
    _exhaustive_axes(drafts, passage)


def _answers(actual: Draft, target: Draft, later: list[Draft], place: int, passage: Passage) -> bool:
    if actual.role != "level" or actual.unit != target.unit:
        return False
    spoken_of = (d for d in later[place + 1 : place + 3] if d.sentence == actual.sentence)
    completed = any(d.role in ("plan_pct", "over_plan_pct") for d in spoken_of)
    return completed or passage.last("actual", actual.before, actual.start) is not None


def _speaks_about(draft: Draft, same_sentence: list[Draft], later: list[Draft], passage: Passage) -> None:
    levels = [other for other in same_sentence if other.is_level]
    shares = [other for other in same_sentence if other.role in ("share_pct", "rate_pct")]
    if draft.role == "change_pct" and shares and passage.last("proportion", draft.before, draft.start):
        draft.parent, draft.link = shares[-1], "change_of"
        return
    if draft.role == "change":
        levels = [other for other in levels if other.unit == draft.unit]
    if draft.role in ("change", "change_pct") and (
        respective := _respective(draft, levels, same_sentence, later, passage)
    ):
        draft.parent, draft.link = respective, "change_of"
        return
    if draft.role == "change":
        levels = [other for other in levels if not in_closed_brackets(passage.text, other.end, draft.start)] or levels
        if not levels:
            # "50 villages were added, so that those in the pilot were 350": the level follows its change
            levels = [d for d in later if d.sentence == draft.sentence and d.unit == draft.unit and d.is_level][:1]
    if levels:
        draft.parent, draft.link = levels[-1], _ABOUT[draft.role]


def _respective(
    draft: Draft, levels: list[Draft], same_sentence: list[Draft], later: list[Draft], passage: Passage
) -> Draft | None:
    """Of a list of changes the n-th speaks of the n-th of as many levels before the list."""

    def joined(first: Draft, second: Draft) -> bool:
        same = first.role == second.role and first.unit == second.unit and first.sentence == second.sentence
        return same and MEMBERS.fullmatch(passage.text, first.end, second.start) is not None

    group = [draft]
    for other in reversed(same_sentence):
        if not joined(other, group[0]):
            break
        group.insert(0, other)
    place = len(group) - 1
    for other in later:
        if not joined(group[-1], other):
            break
        group.append(other)
    before = [level for level in levels if level.start < group[0].start]
    if len(group) < 2 or len(before) < len(group):
        return None
    return before[-len(group) :][place]


_OF_WHICH = re.compile(r"\s+of (?:which|whom)\b", re.IGNORECASE)


def _part_of(draft: Draft, same_sentence: list[Draft], passage: Passage) -> None:
    """Parts follow a marker; all later amounts of the whole's unit belong to it until the sentence ends."""
    start, text = draft.sentence[0], passage.text
    markers = passage.cues["part"].within(start, draft.start)
    bracket = text[start : draft.start]
    opened = max(bracket.rfind("("), bracket.rfind("（"))
    in_bracket = opened > max(bracket.rfind(")"), bracket.rfind("）"))
    wholes = [d for d in same_sentence if d.role == "level" and d.unit == draft.unit]
    if in_bracket and wholes:
        before_bracket = [d for d in wholes if d.start < start + opened]
        if before_bracket and len(text[before_bracket[-1].end : start + opened].strip()) < 12:
            _attach(draft, before_bracket[-1], "1", "in brackets after it")
            return
    if not markers:
        _part_of_this(draft, wholes, passage)
        return
    marker = markers[-1].start
    parents = [d for d in wholes if d.start < marker]
    if not parents or _another_statement(parents[-1], marker, same_sentence, text):
        return
    parent = parents[-1]
    if parent.parent is not None and parent.link == "part_of" and not text[parent.end : marker].strip():
        parent = parent.parent  # "236 million, 177 million of which was fiscal and 59 million private"
    elif parent.parent is not None and parent.link == "part_of" and marker > parent.end and parent.axis is not None:
        nested = not passage.cues["part"].within(parent.end, marker)
        parent = parent if nested and marker - parent.end < 40 else parent.parent
    # countable things are broken down anew behind a semicolon, money goes on until its whole is reached
    if draft.unit == "CNY" and re.search(r"[;；]", text[marker : draft.start]) and _is_complete(parent, same_sentence):
        return
    axis = 1 + len(re.findall(r"[;；]", _outside_parts(text[marker : draft.start], draft)))
    _attach(draft, parent, str(axis), text[marker : markers[-1].end])


def _part_of_before(draft: Draft, near: list[Draft], same_sentence: list[Draft], passage: Passage) -> None:
    """A part whose whole stands before a colon ("26 million: the centre …") or in the sentence before ("。其中：")."""
    text, start = passage.text, draft.sentence[0]
    wholes = [other for other in same_sentence if other.role == "level" and other.unit == draft.unit]
    colon = max(text.rfind(": ", start, draft.start), text.rfind("：", start, draft.start))
    before_colon = [other for other in wholes if other.start < colon and other.link != "part_of"]
    if before_colon:
        if any(passage.axes.within(max(colon, draft.before), passage.clause_end(draft.end, draft.after, ",;，；.。"))):
            _attach(draft, before_colon[-1], "1", text[colon])
        return
    opening = start + len(text[start : draft.start]) - len(text[start : draft.start].lstrip())
    marker = passage.begins_at("part", opening) or passage.begins_at("of_this", opening)
    wholes_before = [
        other
        for other in near
        if other.sentence[1] <= start
        and other.role == "level"
        and other.unit == draft.unit
        and other.link != "part_of"
        and other.section == draft.section
        and not text[other.sentence[1] : start].strip()
        and "\n" not in text[other.end : draft.start]
    ]
    if marker is not None and wholes_before:
        _attach(draft, wholes_before[-1], "1", text[marker.start : marker.end])


def _is_complete(whole: Draft, same_sentence: list[Draft]) -> bool:
    """Whether the parts named so far make up the whole, so that what follows a semicolon is no further part of it."""
    parts = [part for part in same_sentence if part.parent is whole and part.link == "part_of"]
    least = sum((_bounds(part).low for part in parts), Decimal(0))
    most = sum((_bounds(part).high for part in parts), Decimal(0))
    return bool(parts) and most >= _bounds(whole).low and least <= _bounds(whole).high


def _bounds(draft: Draft) -> Bounds:
    return bounds(draft.token.value, draft.scale, draft.qualifier, draft.unit)


def _part_of_this(draft: Draft, wholes: list[Draft], passage: Passage) -> None:
    """An amount "of this" is part of the whole before it; later amounts of the sentence go on with the parts."""
    begun = next((d for d in wholes if d.link == "part_of" and passage.begins_at("of_this", d.end)), None)
    if (passage.begins_at("of_this", draft.end) or _OF_WHICH.match(passage.text, draft.end)) and wholes:
        whole = wholes[-1].parent if wholes[-1].link == "part_of" and wholes[-1].parent is not None else wholes[-1]
        _attach(draft, whole, "1", "of this")
    elif begun is not None and begun.parent is not None and draft.unit == "CNY":
        _attach(draft, begun.parent, begun.axis or "1", "after a part of")


def _another_statement(whole: Draft, marker: int, same_sentence: list[Draft], text: str) -> bool:
    """Whether a further statement about something else stands between a whole and the marker of its parts."""
    between = [d for d in same_sentence if whole.end <= d.start < marker and d.is_level and d.unit != whole.unit]
    stretch = text[whole.end : between[-1].start] if between else ""
    return bool(re.search(r"[,;，；]\s*(and|while)\b|[;；]", stretch))


def _outside_parts(stretch: str, draft: Draft) -> str:
    """A semicolon parts two breakdowns of countable things; funds go on naming sources behind it."""
    return "" if draft.unit == "CNY" else stretch


def _attach(draft: Draft, parent: Draft, axis: str, words: str) -> None:
    draft.parent, draft.link, draft.axis = parent, "part_of", axis
    draft.decided["parent"] = f"{words.strip()} {parent.token.text}"


def _exhaustive_axes(drafts: list[Draft], passage: Passage) -> None:
    """Parts that name two or more members of one axis of complementary words claim to make up the whole."""
    groups: dict[tuple[int, str], list[Draft]] = {}
    for draft in drafts:
        if draft.link == "part_of" and draft.parent is not None and draft.axis is not None:
            groups.setdefault((id(draft.parent), draft.axis), []).append(draft)
    for parts in groups.values():
        if len(parts) < 2:
            continue
        places = [_members(part, passage) for part in parts]
        for name in dict.fromkeys(axis for places_of in places for found in places_of for axis in found):
            named = [_member(name, places_of) for places_of in places]
            if None not in named and len(set(named)) >= 2:
                for part in parts:
                    part.exhaustive = True
                    part.decided["axis"] = name
                break


def _members(part: Draft, passage: Passage) -> list[dict[str, int]]:
    """Axis → member named, for the words behind a part, right before it, and anywhere before it."""
    after = passage.clause_end(part.end, part.after, ",;，；.。")
    joined = passage.lower.rfind(" and ", part.end, after)
    # "from the province and 24 million": the next part begins; "from cities and counties" is one giver
    after = joined if joined >= 0 and after == part.after else after
    near = max(passage.clause(part.before, part.start, ",;，；"), passage.lower.rfind(" and ", part.before, part.start))
    stretches = ((part.end, after), (near, part.start), (part.before, part.start))
    found = []
    for start, end in stretches:
        named: dict[str, int] = {}
        for hit in passage.axes.within(start, end):
            named.setdefault(hit.payload[0], hit.payload[1])
        found.append(named)
    return found


def _member(name: str, places: list[dict[str, int]]) -> int | None:
    return next((found[name] for found in places if name in found), None)
