"""Draws the pages of many reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.publishing.site.data import Names, Version
from pipelines.publishing.site.messages import LANGUAGES
from pipelines.publishing.site.pages.report import Subject, draw
from pipelines.publishing.site.site import Interface

Drawn = list[tuple[str, str]]


def draw_all(subjects: Iterable[Subject], names: Names, children: int) -> Iterator[tuple[Version, Drawn]]:
    interfaces = [Interface(names, language) for language in LANGUAGES]
    for subject in subjects:
        yield subject.version, list(draw(subject, interfaces))
