"""Short ways to decide about readings as a person does."""

from __future__ import annotations

import datetime
from pathlib import Path

from pipelines.review.files import Parent, Review
from pipelines.review.places import place_of
from pipelines.review.readings import readings
from pipelines.versions.version import ReportVersion

WHEN = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)


def figure_of(version: ReportVersion, text: str):
    """The first figure that prints a text."""
    return next(figure for figure in version.reading.figures if figure.text == text)


def meaning_of(version: ReportVersion, text: str):
    """The meaning of the first figure that prints a text."""
    figure = figure_of(version, text)
    return next(meaning for meaning in version.meanings if meaning.figure_id == figure.figure_id)


def place(version: ReportVersion, text: str):
    """The place of the first figure that prints a text."""
    numbers = (*version.reading.figures, *version.reading.non_figures)
    return place_of(figure_of(version, text), numbers, version.document.text)


def read(version: ReportVersion, text: str) -> dict[str, str]:
    """What is read of the first figure that prints a text."""
    by_id = {figure.figure_id: figure for figure in version.reading.figures}
    return readings(figure_of(version, text), meaning_of(version, text), by_id)


def review(version: ReportVersion, text: str, attribute: str, value: str | Parent, **given) -> Review:
    """A decision about the first figure that prints a text, which expects what is read now."""
    now = read(version, text)
    right = attribute == "reading" and value == "right"
    expected = now if right else "figure" if attribute == "reading" else now[attribute]
    entry = {"match": place(version, text), "attribute": attribute, "expected": expected, "value": value}
    return Review(**{**entry, "by": "Ada Li", "at": WHEN, **given})


def file_of(folder: Path, report: str, *reviews: Review):
    """A decision file with some entries."""
    from pipelines.review.edit import decide

    for one in reviews:
        file = decide(folder, report, [one])
    return file
