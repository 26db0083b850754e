"""One period that a text names, and the words that tell its kind."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipelines.patterns import regex

Kind = Literal["year", "as_of", "span", "since", "base", "plan", "plan_of", "vague"]
NEAR = 44  # code points before a year in which the words that tell its kind stand
LEADS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "as_of",
        ("end of ", "end of the year ", "end-", "as of ", "as at ", "close of ", "late in ", "late ", "up to ",
         "截至", "截止"),
    ),
    ("since", ("since ", "since early ", "since late ", "starting from ", "starting in ", "beginning in ", "自")),
    (
        "base",
        (" over ", " on ", "than ", "than in ", "against ", " above ", " below ", " from ", "比", "较", "与", "同",
         "由", "从", "按", "以"),
    ),
)  # fmt: skip
LEAD_ENDS = tuple(word for _, ends in LEADS for word in ends)
COMPARES = ("than ", "compared ", "against ", "relative to ", "比", "按照", "参照")
BASES = LEADS[-1][1]
COMPARED = ("than ", "than in ", "against ", "比", "较", "与", "同")
_STOP = regex(r"[\d,.;:，。；：、]")


class Mention(NamedTuple):
    """A period that a text names.

    Attributes:
        start: first code point of its words.
        end: one past the last.
        first: first year; 0 for a vague one.
        last: last year; of a fiscal year (2018/19) that in which it ends.
        kind: `base` ones only serve to compare with; `plan_of` ones name what belongs to a plan; `vague` ones tell no
            year.
        words: as printed.
        years: of a list of years, each.
        day: month and day of an `as_of` one, as `1031`; empty where only the year is told.
    """

    start: int
    end: int
    first: int
    last: int
    kind: Kind
    words: str
    years: tuple[int, ...] = ()
    day: str = ""

    @property
    def is_span(self) -> bool:
        """Whether it is of several years; a fiscal year, which lies in two, is one."""
        return self.first < self.last and self.kind != "year"

    @property
    def code(self) -> str:
        """Its period code."""
        if self.kind in ("plan", "plan_of"):
            return f"FYP{(self.first - 1951) // 5}"
        if self.kind == "vague":
            return "unknown"
        if self.kind == "as_of":
            return f"ASOF_{self.last}{self.day or '1231'}"
        return f"Y{self.first}_{self.last}" if self.first < self.last else f"Y{self.first}"


def follows(lead: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands before, with no number or mark between: "than the level of 2010"."""
    place = max(lead.rfind(word) for word in words)
    return place >= 0 and _STOP.search(lead, place) is None
