"""What a figure is part of or speaks about: of-which nesting, changes, shares, completions, second units."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.figures.figure import LinkKind
from pipelines.figures.lexicon import lexicon, matches

_ABOUT: dict[str, LinkKind] = {
    "change": "change_of",
    "change_pct": "change_of",
    "diff_pp": "diff_of",
    "share_pct": "share_of",
    "rate_pct": "rate_of",
    "plan_pct": "plan_of",
    "over_plan_pct": "plan_of",
}


def link(drafts: list[Draft], text: str) -> None:
    """Points every figure that speaks about another one, or is part of one, to its parent."""
    for index, draft in enumerate(drafts):
        same_sentence = [other for other in drafts[:index] if other.sentence == draft.sentence]
        if draft.role in _ABOUT:
            _speaks_about(draft, same_sentence, drafts[index + 1 :])
        elif draft.role == "per_unit_prev":
            later = (d for d in drafts[index + 1 :] if d.sentence == draft.sentence)
            draft.parent = next((d for d in later if d.role == "per_unit" and d.unit == draft.unit), None)
            draft.link = "previous_of" if draft.parent else None
        elif draft.role == "target":
            draft.parent = next(
                (d for d in drafts[index + 1 :] if d.section == draft.section and _answers(d, draft, drafts)), None
            )
            draft.link = "plan_of" if draft.parent else None
        elif draft.role == "level":
            _part_of(draft, same_sentence, text)
    _exhaustive_axes(drafts)


def _answers(actual: Draft, target: Draft, drafts: list[Draft]) -> bool:
    if actual.role != "level" or actual.unit != target.unit:
        return False
    position = drafts.index(actual)
    completed = any(d.role in ("plan_pct", "over_plan_pct") for d in drafts[position + 1 : position + 3])
    return completed or bool(matches(lexicon().words.actual, actual.before))


def _speaks_about(draft: Draft, same_sentence: list[Draft], later: list[Draft]) -> None:
    levels = [other for other in same_sentence if other.is_level]
    shares = [other for other in same_sentence if other.role in ("share_pct", "rate_pct")]
    if draft.role == "change_pct" and shares and matches(lexicon().words.proportion, draft.before):
        draft.parent, draft.link = shares[-1], "change_of"
        return
    if draft.role == "change":
        levels = [other for other in levels if other.unit == draft.unit]
        if not levels:
            # "50 villages were added, so that those in the pilot were 350": the level follows its change
            levels = [d for d in later if d.sentence == draft.sentence and d.unit == draft.unit and d.is_level][:1]
    if levels:
        draft.parent, draft.link = levels[-1], _ABOUT[draft.role]


def _part_of(draft: Draft, same_sentence: list[Draft], text: str) -> None:
    """Parts follow a marker; all later amounts of the whole's unit belong to it until the sentence ends."""
    marker = None
    for found in re.finditer(lexicon().words.part_markers, text[draft.sentence[0] : draft.token.start], re.IGNORECASE):
        marker = draft.sentence[0] + found.start()
    bracket = text[draft.sentence[0] : draft.token.start]
    opened = bracket.rfind("(") if bracket.rfind("(") > bracket.rfind(")") else bracket.rfind("（")
    in_bracket = opened >= 0 and opened > max(bracket.rfind(")"), bracket.rfind("）"))
    wholes = [d for d in same_sentence if d.role == "level" and d.unit == draft.unit]
    if in_bracket and wholes:
        before_bracket = [d for d in wholes if d.token.start < draft.sentence[0] + opened]
        adjacent = before_bracket and draft.sentence[0] + opened - before_bracket[-1].end < 4
        if before_bracket and adjacent:
            _attach(draft, before_bracket[-1], "1", "in brackets after it")
            return
    if marker is None:
        _part_of_this(draft, wholes)
        return
    parents = [d for d in wholes if d.token.start < marker]
    if not parents or _another_statement(parents[-1], marker, same_sentence, text):
        return
    parent = parents[-1]
    if parent.parent is not None and parent.link == "part_of" and marker > parent.end and parent.axis is not None:
        nested = not matches(lexicon().words.part_markers, text[parent.end : marker])
        parent = parent if nested and marker - parent.end < 40 else parent.parent
    axis = 1 + len(re.findall(r"[;；]", _outside_parts(text[marker : draft.token.start], draft)))
    _attach(draft, parent, str(axis), text[marker : marker + 12])


def _part_of_this(draft: Draft, wholes: list[Draft]) -> None:
    """An amount "of this" is part of the whole before it; later amounts of the sentence go on with the parts."""
    of_this = lexicon().words.part_of_before
    begun = next((d for d in wholes if d.link == "part_of" and matches(of_this, d.after)), None)
    if matches(of_this, draft.after) and wholes:
        whole = wholes[-1].parent if wholes[-1].link == "part_of" and wholes[-1].parent is not None else wholes[-1]
        _attach(draft, whole, "1", "of this")
    elif begun is not None and begun.parent is not None:
        _attach(draft, begun.parent, begun.axis or "1", "after a part of")


def _another_statement(whole: Draft, marker: int, same_sentence: list[Draft], text: str) -> bool:
    """Whether a further statement about something else stands between a whole and the marker of its parts."""
    between = [d for d in same_sentence if whole.end <= d.token.start < marker and d.is_level and d.unit != whole.unit]
    stretch = text[whole.end : between[-1].token.start] if between else ""
    return bool(re.search(r"[,;，；]\s*(and|while)\b|[;；]", stretch))


def _outside_parts(stretch: str, draft: Draft) -> str:
    """A semicolon parts two breakdowns of countable things; funds go on naming sources behind it."""
    return "" if draft.unit == "CNY" else stretch


def _attach(draft: Draft, parent: Draft, axis: str, words: str) -> None:
    draft.parent, draft.link, draft.axis = parent, "part_of", axis
    draft.decided["parent"] = f"{words.strip()} {parent.token.text}"


def _exhaustive_axes(drafts: list[Draft]) -> None:
    """Parts that name two or more members of one axis of complementary words claim to make up the whole."""
    groups: dict[tuple[int, str], list[Draft]] = {}
    for draft in drafts:
        if draft.link == "part_of" and draft.parent is not None and draft.axis is not None:
            groups.setdefault((id(draft.parent), draft.axis), []).append(draft)
    for parts in groups.values():
        if len(parts) < 2:
            continue
        for name, members in lexicon().axes.items():
            named = [_member(part, members) for part in parts]
            if None not in named and len(set(named)) >= 2:
                for part in parts:
                    part.exhaustive = True
                    part.decided["axis"] = name
                break


def _member(part: Draft, members: tuple[re.Pattern[str], ...]) -> int | None:
    # its own words stand behind it ("14368 people in scattered ones") or right before it ("bought for 7835 people")
    after = re.split(r"[,;，；.。]| and ", part.after)[0]
    before = re.split(r"[,;，；]| and ", part.before.rstrip(" ,，"))[-1]
    for words in (after, before, part.before):
        for index, member in enumerate(members):
            if member.search(words):
                return index
    return None
