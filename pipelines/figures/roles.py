"""What a number is in its statement: an amount, a plan, a change, a share of something."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.figures.draft import Draft
from pipelines.figures.lexicon import lexicon, matches

_PERCENT_ROLES = ("change_pct", "share_pct", "rate_pct", "plan_pct", "over_plan_pct")
_RATIO_UNITS = ("%", "pp", "times", "fraction", "ratio")
_LIST = re.compile(r"\s*(,|，|、|and|or|和|及)\s*(and\s+)?", re.IGNORECASE)


def read_roles(drafts: list[Draft], text: str) -> None:
    """Decides every figure's role; elided members of a list take the role of the member that has the words."""
    for draft in drafts:
        _by_cue(draft)
        if draft.role == "level" and "/" in draft.unit:
            draft.role = "per_unit"
    for draft, following in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        joined = draft.unit == following.unit and _LIST.fullmatch(text[draft.end : following.token.start])
        if joined and draft.role == "rate_pct" and following.role in _PERCENT_ROLES:
            draft.role, draft.decided["role"] = following.role, f"as {following.token.text} after it"
    for earlier, draft in pairwise(drafts):
        joined = draft.unit == earlier.unit and _LIST.fullmatch(text[earlier.end : draft.token.start])
        if joined and draft.role == "rate_pct" and earlier.role in _PERCENT_ROLES:
            draft.role, draft.decided["role"] = earlier.role, f"as {earlier.token.text} before it"
    _previous_standards(drafts, text)
    _tasks_of_actuals(drafts, text)


def _by_cue(draft: Draft) -> None:
    for cue in lexicon().words.roles:
        if (cue.units or draft.unit in _RATIO_UNITS or "/" in draft.unit) and draft.unit not in cue.units:
            continue
        found = matches(cue.before, draft.before) if cue.before is not None else None
        if found is None and cue.after is not None:
            found = matches(cue.after, draft.after)
        if found:
            draft.role = cue.role  # type: ignore[assignment]
            draft.decided["role"] = found.group().strip() or f"{draft.unit} without other words"
            if draft.role in ("change", "change_pct"):
                near = f"{draft.before[-40:]} {draft.after[:20]}"
                draft.decided["direction"] = "down" if matches(lexicon().words.direction_down, near) else "up"
            return
    noun = draft.noun.lower().split()
    if noun[:1] == ["more"] and draft.unit not in _RATIO_UNITS:
        draft.role, draft.decided["role"], draft.decided["direction"] = "change", draft.noun, "up"


def _previous_standards(drafts: list[Draft], text: str) -> None:
    words = lexicon().words
    for index, draft in enumerate(drafts):
        if draft.role != "per_unit":
            continue
        if matches(words.previous_after, draft.after):
            draft.role, draft.decided["role"] = "per_unit_prev", draft.after[:40].strip()
            continue
        if not matches(words.previous_before, text[draft.sentence[0] : draft.token.start]):
            continue
        later = [d for d in drafts[index + 1 :] if d.sentence == draft.sentence and d.unit == draft.unit]
        group = [draft]
        for other in later:
            bridge = text[group[-1].end : other.token.start]
            if matches(r"\bto\s*$|(提高|增加|上升)?[到至]\s*$", bridge):
                for member in group:
                    member.role, member.decided["role"] = "per_unit_prev", "from … to"
                break
            if not _LIST.fullmatch(bridge):
                break
            group.append(other)


def _tasks_of_actuals(drafts: list[Draft], text: str) -> None:
    """A number that the section later holds against what was "actually" done is what had been planned."""
    actual = lexicon().words.actual
    for index, draft in enumerate(drafts):
        if draft.role != "level" or draft.unit in _RATIO_UNITS or not matches(actual, draft.before):
            continue
        if any(d.role == "target" and d.section == draft.section and d.unit == draft.unit for d in drafts[:index]):
            continue
        completion = any(d.role in ("plan_pct", "over_plan_pct") for d in drafts[index + 1 : index + 3])
        for earlier in reversed(drafts[:index]):
            near = earlier.sentence == draft.sentence or completion
            if earlier.section != draft.section or not near:
                break
            if earlier.unit == draft.unit and earlier.role == "level" and _is_round(earlier):
                earlier.role, earlier.decided["role"] = "target", f"held against {draft.token.text} in reality"
                break


def _is_round(draft: Draft) -> bool:
    return draft.scale != 1 or draft.token.value % 100 == 0
