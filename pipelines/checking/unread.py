"""Numbers that were not read, since not all of what belongs to them was understood: which, where and why.

Commands, the summary of a run and the metadata of its steps tell of them in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.columns import column
from pipelines.figures.figure import Locator, NonFigure, Reading

MOST_TOLD = 10  # numbers of a report that a run names; the others are counted
_OPENING = 40  # signs of a sentence that are enough to find it


def unread_numbers(reading: Reading) -> list[NonFigure]:
    """Those numbers of a document that were not read, in reading order."""
    numbers = reading.non_figures
    return [numbers[place] for place, reason in enumerate(column(numbers, "reason")) if reason == "unread"]


def classified_count(reading: Reading) -> int:
    """How many numbers of a document are known to be something else than figures, such as years."""
    return sum(reason != "unread" for reason in column(reading.non_figures, "reason"))


def cell_address(locator: Locator) -> str | None:
    """Where a number of a table stands, such as `Funds!B3`; None for one of the text."""
    if locator.cell is None:
        return None
    return f"{locator.sheet}!{locator.cell}" if locator.sheet else locator.cell


def unread_line(number: NonFigure) -> str:
    """One line about a number that was not read: its cell, or the first words of its sentence; what is printed; why."""
    place = cell_address(number.locator) or opening(number.sentence)
    return f"{place}: {' '.join(number.text.split())} ({number.why})"


def unread_lines(reading: Reading, most: int | None = None) -> Iterator[str]:
    """A line for each number that was not read; of more than `most` the last line counts the others."""
    numbers = unread_numbers(reading)
    yield from map(unread_line, numbers[:most])
    others = 0 if most is None else len(numbers) - most
    if others > 0:
        yield f"and {others} number{'' if others == 1 else 's'} more"


def opening(sentence: str) -> str:
    """The first words of a sentence, in one line."""
    words = " ".join(sentence.split())
    if len(words) <= _OPENING:
        return words
    return f"{words[:_OPENING].rsplit(' ', 1)[0]} …"
