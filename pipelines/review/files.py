"""Reads what people decided about readings: one file per report in the folder of decisions, see docs/review.md."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from pipelines.catalog.countries import countries
from pipelines.catalog.entry_files import read_entries, texts_of
from pipelines.catalog.load import Strict, catalog
from pipelines.catalog.regions import regions
from pipelines.catalog.units import unit_of
from pipelines.errors import CatalogError
from pipelines.figures.figure import LinkKind, NonFigureClass, Role
from pipelines.meaning.meaning import UNKNOWN
from pipelines.meaning.period_codes import years

Attribute = Literal["value", "unit", "role", "program", "source", "stage", "measure", "region", "period", "parent"]
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
MEANT: tuple[Attribute, ...] = ("program", "source", "stage", "measure", "region", "period")
# the check that a decision still fits its report
RULE = "review_decision"
# the reading as a whole: looked at and right, or no figure but this
READING = "reading"
RIGHT = "right"
NO_FIGURE: tuple[str, ...] = get_args(NonFigureClass)
NONE = "none"
# as exact as the warehouse keeps values
_LARGEST, _PLACES = Decimal(10) ** 18, -6

Line = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[str, StringConstraints(max_length=4000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Place(Strict):
    """Which figure of a report: where it stands, what is printed, and what surrounds it.

    In running text `before` and `after` are words of its sentence around the number; of a cell, `cell` is `sheet!B4`
    and `row` and `column` are its headers. `ordinal` counts from 1 among the figures that fit, where several do.
    """

    section: Words
    printed: Annotated[Words, Field(min_length=1)]
    before: Words | None = None
    after: Words | None = None
    cell: Annotated[str, StringConstraints(max_length=300, pattern=r"^.+!.+$")] | None = None
    row: Words | None = None
    column: Words | None = None
    ordinal: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.cell is None and self.before is None and self.after is None:
            raise ValueError("needs the words around the number, or the cell")
        return self


class Parent(Strict):
    """What a figure is part of or speaks about, and how."""

    link: LinkKind
    figure: Place


class Review(Strict):
    """One decision about the reading of one printed number.

    `attribute` is one of a reading, or `reading` for all of it. `expected` is what was read when it was decided; for a
    reading that was found right, every attribute of it. `value` is what is to be read: a code of the catalogue, a
    number in the unit of the figure, a parent or `none`; for `reading`, `right`, or the class of what is no figure.
    """

    match: Place
    attribute: Attribute | Literal["reading"]
    expected: Code | dict[Attribute, Code]
    value: Parent | Code
    reason: Words = ""
    by: Line
    at: AwareDatetime

    @model_validator(mode="after")
    def _known(self) -> Self:
        if isinstance(self.expected, dict) != (self.attribute == READING and self.value == RIGHT):
            raise ValueError("expected: is one reading, but every attribute of it where the reading is right")
        if self.attribute == "parent":
            if not isinstance(self.value, Parent) and self.value != NONE:
                raise ValueError("value: is none, or a link and a figure")
        elif isinstance(self.value, Parent):
            raise ValueError("value: only a parent is a figure")
        elif not is_possible(self.attribute, self.value):
            raise ValueError(f"value: {self.value[:60]} is no {self.attribute}")
        return self

    @property
    def is_acceptance(self) -> bool:
        """Whether it says that the reading is right as it is."""
        return self.attribute == READING and self.value == RIGHT


def is_possible(attribute: str, value: str) -> bool:
    """Whether an attribute can have a value, by the catalogue."""
    known = catalog()
    if attribute == READING:
        return value in (RIGHT, *NO_FIGURE)
    if attribute == "value":
        return number(value) is not None
    if attribute == "unit":
        return value in ("other", UNKNOWN) or unit_of(value) is not None
    if attribute == "role":
        return value in get_args(Role)
    if value == UNKNOWN:
        return True
    if attribute == "period":
        return years(value) is not None
    if attribute == "region":
        return value in _regions()
    if attribute == "program":
        return value in known.programs
    if attribute == "source":
        return value in known.sources
    return value in (known.stages if attribute == "stage" else known.measures)


def initials(name: str) -> str:
    """The first letters of a name, at most four; of a Chinese name its signs."""
    words = name.replace(".", " ").split()
    found = "".join(word[0] for word in words) if len(words) > 1 or name.isascii() else name
    return found[:4].upper()


def number(text: str) -> Decimal | None:
    """A decimal that the warehouse can keep; None for anything else."""
    if not re.fullmatch(r"-?\d{1,24}(\.\d{1,6})?", text, re.ASCII):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if abs(found) < _LARGEST else None


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    return frozenset({entry.code for entry in regions()} | set(countries()))


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """The decisions about one report, in the order of their file; `text` is all that the file holds."""

    path: Path
    report: str
    reviews: tuple[Review, ...]
    text: str

    @property
    def place(self) -> str:
        """The file as messages name it."""
        return f"decisions/{self.path.name}"

    @property
    def fingerprint(self) -> str:
        """What tells this state of the file from every other."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def read_reviews(folder: Path) -> dict[str, ReviewFile]:
    """All decisions of a folder by report; none where there is no such folder yet.

    Raises:
        CatalogError: a malformed file; names the file and the entry.
    """
    files: dict[str, ReviewFile] = {}
    for path, text in texts_of(folder, "decisions"):
        file = parse_reviews(path, text)
        if file.report in files:
            raise CatalogError(f"{file.place}: {file.report} has its decisions in {files[file.report].path.name}")
        files[file.report] = file
    return files


def parse_reviews(path: Path, text: str) -> ReviewFile:
    """One file's text, validated.

    Raises:
        CatalogError: names the file, the entry and what is wrong with it.
    """
    place = f"decisions/{path.name}"
    report, reviews = read_entries(text, place, "decisions", Review)
    seen: dict[tuple[Place, str], int] = {}
    for entry, review in enumerate(reviews, 1):
        earlier = seen.setdefault((review.match, review.attribute), entry)
        if earlier != entry:
            raise CatalogError(f"{place}: entry {entry}: decides about the same as entry {earlier}")
    return ReviewFile(path, report, tuple(reviews), text)
