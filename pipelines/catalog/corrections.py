"""Reads what people decided about printed numbers, from one file per report; the warehouse applies it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from pipelines.catalog.entry_files import read_entries, texts_of
from pipelines.catalog.load import Strict
from pipelines.errors import CatalogError

Text = Annotated[str, Field(min_length=1)]
# as exact as the warehouse keeps values, and small enough that a hundredfold of it still fits
Value = Annotated[Decimal, Field(max_digits=24, decimal_places=6)]


class Match(Strict):
    """Which figure of a report: section and printed text, with a part of its sentence, its cell, or both.

    `cell` is `sheet!B4`; `ordinal` counts from 1 among the figures that fit.
    """

    section: str
    printed: Text
    sentence: Text | None = None
    cell: Annotated[str, Field(pattern=r"^.+!.+$")] | None = None
    ordinal: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.sentence is None and self.cell is None:
            raise ValueError("needs a part of the sentence, or the cell")
        return self


class Decision(Strict):
    """What people decided about one printed number; values are in `unit`."""

    match: Match
    expected: Value
    proposed: Value
    low: Value | None = None
    high: Value | None = None
    unit: Text
    reason: Text
    status: Literal["accepted", "rejected"]
    by: Text
    at: AwareDatetime

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high stand together or not at all")
        if self.low is not None and self.high is not None and not self.low <= self.proposed <= self.high:
            raise ValueError("the proposed value does not lie between low and high")
        return self


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The decisions about one report, in the order of their file."""

    path: Path
    report: str
    decisions: tuple[Decision, ...]

    @property
    def place(self) -> str:
        """The file as messages name it."""
        return f"catalog/corrections/{self.path.name}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decision files by name, and a fingerprint of their text."""

    files: tuple[DecisionFile, ...]
    fingerprint: str

    def of(self, report: str) -> DecisionFile | None:
        """The file about a report."""
        return next((file for file in self.files if file.report == report), None)


def read_decisions(folder: Path) -> Decisions:
    """All decisions of a folder.

    Args:
        folder: its files end in `.yml` or `.yaml`; others are left alone.

    Raises:
        CatalogError: no such folder, or a malformed file; names the file and the entry.
    """
    if not folder.is_dir():
        raise CatalogError(f"{folder}: no such folder; create it or set FUPIN_CORRECTIONS")
    files: dict[str, DecisionFile] = {}
    digest = hashlib.sha256()
    for path, text in texts_of(folder, "catalog/corrections"):
        file = parse_decisions(path, text)
        if file.report in files:
            raise CatalogError(f"{file.place}: {file.report} has its decisions in {files[file.report].path.name}")
        files[file.report] = file
        digest.update(f"{path.name}\x1f{text}\x1e".encode())
    return Decisions(tuple(files.values()), digest.hexdigest())


def parse_decisions(path: Path, text: str) -> DecisionFile:
    """One file's text, validated.

    Raises:
        CatalogError: names the file, the entry and what is wrong with it.
    """
    place = f"catalog/corrections/{path.name}"
    report, decisions = read_entries(text, place, "corrections", Decision)
    for number, decision in enumerate(decisions, 1):
        for earlier, other in enumerate(decisions[: number - 1], 1):
            if other.match == decision.match and other.proposed == decision.proposed:
                raise CatalogError(f"{place}: entry {number}: decides the same as entry {earlier}")
    return DecisionFile(path, report, tuple(decisions))
