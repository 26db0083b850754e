"""Who acts, and what is acted on: nouns before a number that it does not count."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex


def acts_on(text: str, start: int, end: int) -> bool:
    """Whether somebody does something to as many as a number behind the verb tells: "our teams found 37,860"."""
    acts = _WHO_ACTS.search(text, start, end)
    return acts is not None and _is_deed(acts.group(1)) and not _JUDGES.fullmatch(acts.group(1))


def _is_deed(verb: str) -> bool:
    return _DOES.fullmatch(verb) is not None and _GROWS.fullmatch(verb) is None


_WHO_ACTS = regex(
    r"\b(?:the|our|its|their|these|those|this|his|her) (?:[a-z-]+ ){1,3}?(?:(?:had|has|have) )?(?:[a-z]+ly )?([a-z]+) "
    r"(?:about |nearly |some |only |over |another )?$",
    re.IGNORECASE,
)
_DOES = regex(
    r"[a-z]{2,}ed|found|bought|built|brought|gave|got|held|kept|lent|lost|made|met|paid|put|sent|sold|spent|taught|took|won"
)
_GROWS = regex(
    r"(?:number|total+|reach|amount|increas|decreas|declin|dropp|remain|attain|exceed|averag|expand|topp|cross|surpass"
    r"|shrink|halv|doubl|tripl)ed|made|met"
)
_JUDGES = regex(r"(?:need|plann|target|propos|approv|report|estimat|expect|involv)ed")


def is_paid(draft: Draft, passage: Passage) -> bool:
    """Whether a verb of paying stands right before a number that prints no currency: "a clerk earns 95,000"."""
    return _PAID.search(passage.text, draft.sentence[0], draft.start) is not None


_PAID = regex(
    r"\b(?:(?:is|are|was|were|been|being|get|gets|got) (?:[a-z]+ )?paid|earn(?:s|ed)?|costs?) "
    r"(?:about |nearly |some |only |over )?$"
)


def names_one(text: str, start: int, end: int) -> bool:
    """Whether the words before a number name one thing, which is not so many of it: "a clerk 95,000"."""
    return _ONE.search(text, start, end) is not None


_ONE = regex(
    r"\b(?:an?|each|every) (?!(?:total|record|further|additional|average|mere|combined|few|dozen|month|year|day)\b)"
    r"(?:[a-z-]+ ){1,3}$"
)


def object_beside(draft: Draft, earlier: list[Draft], passage: Passage) -> str:
    """The unit of a number that is the object of a verb right before it, with no noun of its own; empty where none is.

    A verb joined to the one before it acts on the same things ("received 2,345 applications, approved 1,877 and
    rejected 468"); one whose subject was just counted acts on others ("the 22 wells serve 6,100"), which stay unknown.
    """
    same = [o for o in earlier if o.sentence == draft.sentence and not o.is_ratio]
    counted = [o for o in same if o.unit and "/" not in o.unit and not is_money(o.unit)]
    if counted and counted[-1].scale == draft.scale:
        joined = _AND_DID.fullmatch(passage.text, counted[-1].end, draft.start)
        if joined is not None and _is_deed(joined.group(1)):
            return counted[-1].unit
    if not same or not same[-1].noun:
        return ""
    verb = _DOES_SO.fullmatch(passage.text, same[-1].end, draft.start)
    return "unknown" if verb is not None and (verb.group(1) or _is_deed(verb.group(2))) else ""


_AND_DID = regex(r"[^;.:]{0,90}?(?:,| and| but|, and|, but|, then) ([a-z]+) (?:about |nearly |some |only |over )?")
_DOES_SO = regex(
    r" (?:now |currently |each |together )?(?:((?:serve|reach|cover|help|employ|house|host|feed|treat|train|teach"
    r"|support|assist|supply|benefit|enrol)(?:s|es)?)|([a-z]+)) (?:about |nearly |some |only |over )?"
)


def subject_beside(draft: Draft, earlier: list[Draft], comma: int, passage: Passage) -> Draft | None:
    """The number that is the subject of the clause before, where this one is that of its own, without a noun too.

    As in: 8,000 went to schools, and 4,000 remained. Neither are schools.
    """
    text = passage.text
    if not earlier or earlier[-1].sentence != draft.sentence or not _JOINED.fullmatch(text, comma, draft.start):
        return None
    last = earlier[-1]
    begins = passage.clause(last.sentence[0], last.start, ",;:")
    subject = _JOINED.fullmatch(text, begins, last.start) is not None and _ACTS_ON.match(text, last.end) is not None
    return last if subject and _ACTS_ON.match(text, draft.end) is not None and not last.is_ratio else None


_JOINED = regex(
    r"\s*(?:(?:and|but|while|whereas|another|about|some|in all|altogether|of (?:these|them),?)\s+)*", re.IGNORECASE
)
_ACTS_ON = regex(
    r"\s+(?:(?:were|was|have|had|has|are|is|remain|remained|went|stayed|left|got|came|died)\b|[a-z]{3,}ed\b)"
)
