"""Tells numbers that are no figures: years, dates, plan names, document numbers, slogans, structure, contacts."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.figures.lexicon import lexicon, matches

_QUOTES = re.compile(r"[“\"]([^“”\"\n]{0,120})[”\"]|《[^》\n]{0,120}》")
_ENUMERATION = re.compile(r"^\s*[(（]?$")
_YEAR_VERB = re.compile(r"\s+(was|is|saw|brought|became|marked|had|has|will)\b")
_YEAR_AFTER = re.compile(r"^\s*(年|[-–—]\s*(19|20)\d\d\b)")


class Quotes:
    """Quoted stretches of a text, looked up by position."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _QUOTES.finditer(text)]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """Bounds of the quotation that holds a stretch, None outside of quotations."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self._ends[index]:
            return self._starts[index], self._ends[index]
        return None


def classify(draft: Draft, text: str, quotes: Quotes, said_before: set[str]) -> NonFigureClass | None:
    """Why a number is not a figure, or None where it is one.

    Args:
        draft: the number with the unit that its following words give.
        text: canonical text.
        quotes: quotations of the text.
        said_before: number words with their nouns already read in the section ("the two counties" repeats them).

    Returns:
        The class of a non-figure; None for a figure.
    """
    words = lexicon().words
    token = draft.token
    line_start = text.rfind("\n", 0, token.start) + 1
    line_end = text.find("\n", token.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    before, after = text[line_start : token.start], text[token.end : line_end if line_end >= 0 else len(text)]
    if matches(words.contact, line) and not re.search(r"[.。].{80,}[.。]", line):
        return "contact"
    if matches(words.plan_name_after, after):
        return "plan_name"
    if token.kind == "digits" and matches(words.ordinal_after, after):
        return "list_no"
    if matches(words.document_no_before, before) or (before.endswith(("[", "〔")) and after.startswith(("]", "〕"))):
        return "document_no"
    if _date(before, after):
        return "date"
    quoted = quotes.around(token.start, draft.token.end)
    if _is_year(draft, before, after, quoted=quoted is not None):
        return "year"
    if _ENUMERATION.match(before) and re.match(r"[.、)）](?!\d)", after):
        return "list_no"
    if quoted and (token.kind == "word" or text[quoted[0] + 1 : quoted[1] - 1].strip() == token.text):
        return "slogan"
    if re.search(r"\bonce[- ]in[- ]an?[- ]$|once-in-$", before) or re.match(r"-year\b", after):
        return "generic"
    if draft.unit == "structure" or (draft.unit == "article" and matches(r"\bparts and\s*$", before)):
        return "structure"
    if token.kind == "word":
        return _word_class(draft, before, said_before)
    return None


def _date(before: str, after: str) -> bool:
    months = lexicon().words.months
    if matches(rf"\b{months}\s*$", before) and re.match(r",?\s*((19|20)\d\d)?", after):
        return True
    if matches(rf"\b{months}\s+\d{{1,2}},\s*$", before) or matches(rf"^(st|nd|rd|th)?\s+(of )?{months}\b", after):
        return True
    return bool(re.match(r"\s*[月日](?!数)", after) or (re.search(r"年\s*$", before) and re.match(r"\s*月", after)))


def _is_year(draft: Draft, before: str, after: str, *, quoted: bool) -> bool:
    token = draft.token
    if not re.fullmatch(r"(19|20)\d\d", token.text):
        return False
    if _YEAR_AFTER.match(after) or re.search(r"(19|20)\d\d\s*[-–—]\s*$", before):
        return True
    if draft.unit in ("CNY", "%", "USD", "pp") or "/" in draft.unit or draft.scale != 1:
        return False
    if draft.unit in ("", "other") and (quoted or _YEAR_VERB.match(after)):
        return True
    if not re.fullmatch(r"(19[4-9]|20[0-4])\d", token.text):
        return False
    if re.search(r"\b(in|of|by|since|until|over|during|end of|to|on|for|and)\s*$", before, re.IGNORECASE):
        adjacent = re.match(r"\s*([A-Za-z]+)", after)
        follows = lexicon().nouns.get(adjacent.group(1).lower(), "") if adjacent else ""
        return follows == "" or follows in ("animal",)
    return bool(matches(lexicon().words.year_before, before)) and draft.unit in ("", "other")


def _word_class(draft: Draft, before: str, said_before: set[str]) -> NonFigureClass | None:
    if draft.unit in ("", "other", "year", "month", "day"):
        return "generic"
    if draft.unit in ("person", "household") and matches(r"\b(other|these|those)\s*$", before):
        return "generic"
    noun = draft.noun.rsplit(None, 1)[-1].lower() if draft.noun else ""
    key = f"{draft.section}|{draft.token.value}|{noun}"
    if key in said_before and matches(r"\b(the|these|those|两)\s*$", before):
        return "generic"
    said_before.add(key)
    return None
