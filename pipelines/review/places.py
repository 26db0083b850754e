"""Finds the figure that a decision is about, by its place, its text and what surrounds it."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.columns import column
from pipelines.figures.figure import Figure, Locator, NonFigure
from pipelines.review.files import Place

# characters of the sentence on either side that a decision keeps: enough to know the place, few enough to survive edits
_AROUND = 48

Number = Figure | NonFigure


def place_of(number: Number, numbers: Sequence[Number], text: str) -> Place:
    """The place that names a number of a report and no other."""
    where = number.locator
    shared = {"section": where.section, "printed": number.text}
    if where.cell is not None:
        found = Place(**shared, cell=address(where), row=where.row_path or "", column=where.column_path or "")
    else:
        before, after = _around(where, text)
        found = Place(**shared, before=_tail(before), after=_head(after))
    fit = fitting(found, numbers, text)
    return found if len(fit) == 1 else found.model_copy(update={"ordinal": fit.index(number) + 1})


def fitting(place: Place, numbers: Sequence[Number], text: str) -> list[Number]:
    """The numbers that a place names, in reading order, before its ordinal is looked at."""
    section, printed = _words(place.section), _words(place.printed)
    found = []
    # of a long table few numbers print the text, and only these are made
    for at, told in enumerate(column(numbers, "text")):
        if told != place.printed and _words(told) != printed:
            continue
        number = numbers[at]
        where = number.locator
        if _words(where.section) != section:
            continue
        if place.cell is not None:
            headers = (place.row, where.row_path), (place.column, where.column_path)
            fits = address(where) == place.cell and all(w is None or _words(w) == _words(h or "") for w, h in headers)
        else:
            fits = where.cell is None and _is_surrounded(place, where, text)
        if fits:
            found.append(number)
    return found


def address(where: Locator) -> str | None:
    """Sheet and cell of a number in a table."""
    return None if where.cell is None else f"{where.sheet}!{where.cell}"


def _is_surrounded(place: Place, where: Locator, text: str) -> bool:
    before, after = _around(where, text)
    return (place.before is None or _words(before).endswith(_words(place.before))) and (
        place.after is None or _words(after).startswith(_words(place.after))
    )


def _around(where: Locator, text: str) -> tuple[str, str]:
    """What stands before and after a number in its sentence."""
    if where.start is None or where.end is None:
        return "", ""
    first = where.start if where.sentence_start is None else where.sentence_start
    last = where.end if where.sentence_end is None else where.sentence_end
    return text[min(first, where.start) : where.start], text[where.end : max(last, where.end)]


def _tail(text: str) -> str:
    """The last words of a text; a word of letters is not cut."""
    text = _words(text)
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    return cut.partition(" ")[2] or cut if " " in cut else cut


def _head(text: str) -> str:
    """The first words of a text."""
    text = _words(text)
    if len(text) <= _AROUND:
        return text
    cut = text[:_AROUND]
    return cut.rpartition(" ")[0] or cut if " " in cut else cut


def _words(text: str) -> str:
    """A text without regard to its spaces and line breaks."""
    return " ".join(text.split())
