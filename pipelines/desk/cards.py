"""One figure as the desk shows it: its sentence or row, its reading and what else it could be, checks and decisions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipelines.catalog.sentences import retold
from pipelines.desk.desk import Desk, Opened
from pipelines.desk.misprints import Meant, corrections, meant, seen_of
from pipelines.desk.words import DeskWords
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import Meaning
from pipelines.publishing.site import numbers
from pipelines.publishing.site.render import visible
from pipelines.review.doubts import Reason, alternatives
from pipelines.review.edit import state
from pipelines.review.files import ATTRIBUTES, MEANT, NO_FIGURE, Attribute, Parent, Review, initials
from pipelines.review.readings import plain, readings
from pipelines.review.weights import told_against

# of a long sentence so many characters on either side of the figure
_AROUND = 600
_NEAR = 12
_SHOWN_CHECKS = 6
# chance from which on an attribute is shown as doubtful
_DOUBTFUL = 0.08


def card(desk: Desk, opened: Opened, figure_id: int, words: DeskWords) -> dict[str, Any]:
    """Everything that the desk shows of one figure; all texts are plain, and nothing in them is hidden."""
    read = opened.as_read(figure_id)
    decided = opened.decided(figure_id)
    doubt = next((one for one in opened.doubts if one.figure_id == figure_id), None)
    shared = {
        "report": opened.report,
        "figure": figure_id,
        "printed": visible(read.text),
        "section": visible(read.locator.section),
        "place": visible(f"{read.locator.sheet}!{read.locator.cell}") if read.locator.cell else "",
        "sentence": [visible(part) for part in _sentence(opened, read)],
        "decisions": [_decision(one, read.unit, words) for one in decided],
        "seen": state(decided),
    }
    if figure_id not in opened.figures:
        return shared | {"attributes": [], "checks": [], "meant": [], "uses": 0, "unsure": 0, "removed": True}
    figure, meaning = opened.figures[figure_id]
    corrected = corrections(desk, opened, figure_id)
    return shared | {
        "attributes": _attributes(opened, figure, meaning, words, dict(doubt.reasons) if doubt else {}),
        "checks": [
            {
                "severity": one.severity,
                "shown": words.of("severity", one.severity),
                "message": visible(retold(one.said, "message", one.message, words.language)),
            }
            for one in (doubt.failing if doubt else ())[:_SHOWN_CHECKS]
        ],
        "meant": [_meant(one, figure.unit, words) for one in meant(opened, figure_id, corrected)],
        "corrected": seen_of(corrected),
        "uses": opened.uses.get(figure_id, 0),
        "followers": opened.followers(figure_id) if decided else 0,
        "unsure": round(doubt.unsure, 3) if doubt else 0,
        "removed": False,
    }


def parents(opened: Opened, figure_id: int, words: DeskWords) -> list[dict[str, str]]:
    """The figures near one that it could be part of or speak about: id, printed text and what it is."""
    ids = [one.figure_id for one in opened.version.reading.figures]
    if figure_id not in ids:
        return []
    at = ids.index(figure_id)
    found = []
    for other in (*ids[max(at - _NEAR, 0) : at], *ids[at + 1 : at + _NEAR]):
        figure, meaning = opened.figures[other]
        about = " · ".join(
            words.name(name, getattr(meaning, name).code)
            for name in ("program", "period")
            if getattr(meaning, name).code != "unknown"
        )
        found.append({"code": str(other), "name": visible(f"{figure.text} ({about})" if about else figure.text)})
    return found


def classes(words: DeskWords) -> list[dict[str, str]]:
    """What a number can be that is no figure."""
    return [{"code": code, "name": words(f"class.{code}")} for code in NO_FIGURE if code != "unread"]


def _attributes(
    opened: Opened, figure: Figure, meaning: Meaning, words: DeskWords, reasons: dict[Attribute, Reason]
) -> list[dict[str, Any]]:
    by_id = {key: one for key, (one, _) in opened.figures.items()}
    others = alternatives(figure, meaning)
    told = dict(figure.decided_by)
    found = []
    now = readings(figure, meaning, by_id)
    for name in ATTRIBUTES:
        how, text = "", told.get(name, "")
        if name in MEANT:
            decision = getattr(meaning, name)
            how, text = decision.how, decision.text
            # what is counted is told by its unit
            text = words.name("unit", text) if (name, how) == ("measure", "assumed") else text
        found.append(
            {
                "name": name,
                "label": words(f"attribute.{name}"),
                "code": now[name],
                "shown": visible(_shown(name, now[name], figure, words)),
                "how": how,
                "how_shown": words(f"how.{how}") if how else "",
                "words": visible(words.why(text)),
                "against": visible(_against(name, reasons.get(name), words)),
                "others": [
                    {"code": one.code, "name": words.name(name, one.code), "words": visible(one.words)}
                    for one in others.get(name, ())
                ],
            }
        )
    return found


def _against(name: Attribute, reason: Reason | None, words: DeskWords) -> str:
    """What speaks against an attribute that is doubtful; empty for the others."""
    if reason is None or reason.chance < _DOUBTFUL:
        return ""
    told = told_against(name, reason.evidence, words.language)
    return words("against", reasons=told) if told else words("against_nothing")


def _shown(name: Attribute, code: str, figure: Figure, words: DeskWords) -> str:
    if name == "value":
        return numbers.exact(figure.value)
    return words.short(name, code, figure.unit)


def _meant(one: Meant, unit: str, words: DeskWords) -> dict[str, str]:
    """What a printed number may mean; `told` says why, and what somebody decided."""
    reason = one.reason if isinstance(one.reason, str) else one.reason.told(words.language)
    by = words("meant_by", state=words(f"meant.{one.status}"), by=one.by) if one.by else ""
    return {
        "value": plain(one.value),
        "shown": visible(words.exact(one.value, unit)),
        "status": one.status,
        "told": visible(f"{by}{words.site('colon')}{reason}" if by else reason),
    }


def _decision(review: Review, unit: str, words: DeskWords) -> dict[str, str]:
    value = review.value
    if isinstance(value, Parent):
        shown = f"{words.of('link', value.link)} {value.figure.printed}"
    elif review.attribute == "value":
        shown = words.exact(Decimal(value), unit)
    else:
        shown = words.short(review.attribute, value, unit)
    return {
        "attribute": words(f"attribute.{review.attribute}"),
        "value": visible(shown),
        "by": visible(initials(review.by)),
        "at": review.at.strftime("%Y-%m-%d %H:%M UTC"),
        "reason": visible(review.reason),
    }


def _sentence(opened: Opened, figure: Figure) -> tuple[str, str, str]:
    """What stands before a figure in its sentence, the figure as printed, and what stands after it."""
    where = figure.locator
    if where.start is None or where.end is None:
        return (f"{where.row_path or ''} | {where.column_path or ''}: ", figure.text, "")
    text = opened.read.document.text
    first = where.start if where.sentence_start is None else min(where.sentence_start, where.start)
    last = where.end if where.sentence_end is None else max(where.sentence_end, where.end)
    begin, end, size = where.start, where.end, len(figure.text)
    at = text.find(figure.text, max(first, end - size), min(last, begin + size))
    if 0 <= at <= begin and at + size >= end:
        begin, end = at, at + size
    before, after = text[first:begin], text[end:last]
    before = before if len(before) <= _AROUND else f"… {before[-_AROUND:]}"
    after = after if len(after) <= _AROUND else f"{after[:_AROUND]} …"
    return before, text[begin:end], after
