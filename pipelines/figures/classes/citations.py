"""Numbers of the parts of laws and documents: Section 14(3), Articles 3 to 7, 附件3, 2.1 before a paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import physical_units
from pipelines.patterns import regex

_SECTION_NO = regex(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_HEADING_AFTER = regex(r"[.．、]?\s+(?:[A-Z“\"][a-z]*|(?:19|20)\d\d年)|[.．、]?\s*(?!个)[一-鿿]")
_ITEM = r"[A-Z]?\d[\d.]{0,8}[A-Za-z]?(?:\s?\(\w{1,4}\))*"
_LISTED = rf"(?:{_ITEM}\s*(?:,\s*(?:and\s+)?|and|to|or|&|[-–—])\s*){{1,6}}"
_LISTED_BEHIND = regex(r"[A-Za-z]?(?:\(\w{1,4}\))*\s?(?:,|and|to|or|&|[-–—])\s?[A-Z]?\d")
_REFERENCE_ZH = regex(
    r"(?:附件|附表|附图|附录|专栏|序号|类别|型号|(?:^|[^一-鿿]|[见如和与及在由从以详下上])[表图注])"
    r"\s?(?:\d{1,3}[-–—.、至和]){0,4}$"
)
_UNCOUNTED = frozenset({"", "other", "structure", "article", "document"})
_LETTERS = regex("[a-z]+")
_SHOWN = ("所示", "所列")


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """The words of all names, as they stand before numbers."""
    found = lexicon().words.numbered
    names = (*found.names, *found.small)
    words = (*names, *found.plurals, *(f"{name}s" for name in names))
    return frozenset(_LETTERS.findall(" ".join(words).lower())) | {"s", "ss"}


@lru_cache(maxsize=1)
def _references() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name with the numbers of a list before another, and the name of several right before the first."""
    found = lexicon().words.numbered
    names, small = "|".join(found.names), "|".join(found.small)
    several = rf"(?:{names}|{'|'.join(found.plurals)}|(?:{names})s|(?i:{small})s)"
    one = rf"(?:\b(?:{names}|(?:Art|Sec|Para|Cap|Reg|Vol)s|(?i:{small})|ss?(?=\.))\.?|§+)"
    return (
        re.compile(
            rf"(?:{one}\s?(?:No\.?\s)?(?:{_LISTED})?|\b{several}\.?\s{_LISTED})"
            rf"(?:{_ITEM}\s?)?(?:\(\w{{1,4}}\)\s?)*\(?$"
        ),
        re.compile(rf"\b{several}\.?\s$"),
    )


def is_reference(draft: Draft, before: str, after: str) -> bool:
    """Whether a number names a part of a law or a document: Section 14(3), Articles 3 to 7, 附件3, 图2所示."""
    near = before[-_LONGEST_REFERENCE:]
    if after.startswith(_SHOWN):
        return True
    elided = draft.decided.get("unit", "").startswith(("noun before", "as ")) or draft.unit in _UNCOUNTED
    named = _ARE_NAMED.search(near) if elided and draft.scale == 1 else None
    goes_on = _NAMED_BEHIND.match(after) if named is not None else None
    if named is not None and goes_on is not None and (named.group(1) or goes_on.group(1)):
        return True
    if not (draft.unit in _UNCOUNTED or (is_money(draft.unit) and near.endswith("SDG "))):
        return False
    if "§" in near or not _forms().isdisjoint(_LETTERS.findall(near.lower())):
        one, several = _references()
        if one.search(near) or (several.search(near) and _LISTED_BEHIND.match(after)):
            return True
    return draft.unit == "" and not near.isascii() and _REFERENCE_ZH.search(near) is not None


_LONGEST_REFERENCE = 48
# places that have numbers for names: "Wards 7 and 8 have", "Blocks 2, 3 and 7 of the town"
_ARE_NAMED = regex(rf"(?<![A-Za-z-])[A-Z][a-z]{{2,}}s\s({_LISTED})?$")
_NAMED_BEHIND = regex(
    r"((?:, ?\d{1,3})*,? (?:and|or|to) \d{1,3})?(?!\d|,\d|\.\d)"
    r"(?!\s?(?:%|per ?cent|(?:[a-z]+ )?[a-z]+(?<!i)(?<!wa)(?<!ha)s\b))"
)


_DOTTED = regex(r"\d{1,2}(?:\.(?:\d{1,2}|[a-z])){1,3}")
_OF_A_PLAN = regex(
    r"\b(?:targets?|indicators?|goals?|outputs?|outcomes?|activit(?:y|ies)|components?|objectives?|results?|tasks?) $",
    re.IGNORECASE,
)
_REFERENCE_ENDS = regex(r"\s*(?:[,;:.)]|$|(?:of|on|and|or|to|calls|asks|requires|says|aims|was|is)\b)")


def is_of_a_plan(draft: Draft, before: str, after: str) -> bool:
    """Whether a number with points is one of the targets or indicators of a plan: target 1.4, indicator 1.4.1."""
    dotted = "." in draft.token.text and draft.unit in _UNCOUNTED and draft.scale == 1
    told = dotted and _OF_A_PLAN.search(before[-16:]) is not None
    return told and _DOTTED.fullmatch(draft.token.text) is not None and _REFERENCE_ENDS.match(after) is not None


def is_section_number(draft: Draft, before: str, after: str) -> bool:
    """Whether a number with points that begins a line counts sections or paragraphs: 2.1 Each driver is paid."""
    measured = is_money(draft.unit) or draft.is_ratio or draft.unit in physical_units()
    if before.strip() or measured or draft.scale != 1:
        return False
    return _SECTION_NO.fullmatch(draft.token.text) is not None and _HEADING_AFTER.match(after) is not None


def note_numbers(text: str) -> frozenset[int]:
    """Where the numbers of notes stand that follow each other in a line: 1 Census. 2 Gross of charges. 3 Estimate.

    Letters go on with them: "a Revised. b Estimate. 1 Without the capital."
    """
    found: list[int] = []
    run: list[re.Match[str]] = []
    for note in _NOTE.finditer(text):
        mark = note.group(1)
        if not _begins_note(text, note.start()):
            continue
        goes_on = bool(run) and "\n" not in text[run[-1].start(1) : note.start(1)]
        marks = [other.group(1) for other in run if other.group(1).isdecimal() == mark.isdecimal()]
        if not goes_on or ord(mark) != ord("1" if mark.isdecimal() else "a") + len(marks):
            found += _numbers_of(run)
            run, marks = [], []
        if ord(mark) == ord("1" if mark.isdecimal() else "a") + len(marks):
            run.append(note)
    return frozenset([*found, *_numbers_of(run)])


def _numbers_of(run: list[re.Match[str]]) -> list[int]:
    return [note.start(1) for note in run if note.group(1).isdecimal()] if len(run) > 1 else []


_NOTE = regex(r"([1-9a-h])\s(?=[A-Z][a-z])")


def _begins_note(text: str, place: int) -> bool:
    """Whether a line begins at a place, or a blank stands before it that ends a sentence or a note."""
    before = place
    while before and text[before - 1].isspace():
        before -= 1
    return place == 0 or text[place - 1] == "\n" or (0 < before < place and text[before - 1] in ".;:】")


def is_in_title(before: str, after: str) -> bool:
    """Whether a number stands in the title of another document: 《关于支持100个试点村的意见》, titled “40 villages”."""
    if "《" in before and before.rfind("《") > before.rfind("》"):
        return "》" in after
    return _ENTITLED.search(before) is not None and _QUOTE_ENDS.match(after) is not None


_ENTITLED = regex(
    r"\b(?:entitled|titled|called|notice|circular|outline|opinions?|decision|document|paper|article|report|guidelines?"
    r"|plan|programme|law|act|regulations?|measures|book|film|song|play)\s+[“\"][^“”\"]*$",
    re.IGNORECASE,
)
_QUOTE_ENDS = regex(r"[^“”\"]*[”\"]")
