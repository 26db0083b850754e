"""What each column of a table holds, decided once from its header and from all of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipelines.catalog.headers import head_kind
from pipelines.figures.tables.cells import is_code, kind
from pipelines.figures.tables.headers import LabelKind, kind_of_labels
from pipelines.figures.unitwords import BRACKETS, loose_unit, unit_words

ColumnKind = Literal["values", "label", "year", "date", "code", "unit", "contact", "person", "note", "ignored"]

# columns whose words name a row; those of years too
NAMING: frozenset[ColumnKind] = frozenset({"label", "year", "person"})
_LONG = 60  # characters of a cell from which on it is rather a remark
_FEWEST = 2  # cells by which a run of numbers is told
_LONG_CODE = 11  # digits of telephones, accounts, identity numbers
_SERIAL_DIGITS = 5
_SERIAL = range(20_000, 60_000)  # days since 1899-12-30: dates from 1954 to 2064
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?:(?:19|20)\d\d(?:[-/年]{_MONTH}月?|[-/.年]{_MONTH}[-/.月]{_DAY}日?)|{_DAY}[-/.]{_DAY}[-/.](?:\d\d|(?:19|20)\d\d)"
    rf"|{_MONTH}月(?:{_DAY}日)?|(?:{_DAY}[\s-])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    rf"[\s,-]+(?:{_DAY}[\s,-]+)?\d{{2,4}})(?:[T\s]\d{{1,2}}:\d\d.*)?",
    re.IGNORECASE,
)
# what is a date only below a header that says so: 20110305, 2011.03
_MAY_BE_DATE = re.compile(r"(?:19|20)\d\d\.?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?")
_AMOUNT = re.compile(r".*\d[.,]\d.*")


@dataclass(frozen=True, slots=True)
class Column:
    """The kind of a column.

    Attributes:
        kind: `values` where figures stand, whatever they count; else what its cells are; `ignored` where a layout says
            that they say nothing.
        names: what the labels of a `label` column name, where header or content says it.
        why: header or content that decided it, for people.
    """

    kind: ColumnKind
    names: LabelKind | None = None
    why: str = ""


def kind_of_column(
    path: Sequence[str], texts: Sequence[str], marks: frozenset[str], *, leading: bool, first: bool
) -> Column:
    """Decides what a column holds.

    Args:
        path: its header texts from the top down.
        texts: its cells below the headers.
        marks: the letters with which notes of the table begin.
        leading: whether no column of values stands left of it.
        first: whether it is the first of the table.
    """
    header = path[-1] if path else ""
    kinds = [kind(text, marks) for text in texts]
    filled = [text for text, found in zip(texts, kinds, strict=True) if found != "missing"]
    numbers = sum(found in ("number", "unread") for found in kinds) + sum(map(is_code, filled))
    years = kinds.count("year")
    dates = sum(_is_date(text) for text in filled)
    named, head = kind_of_labels(header), head_kind(header)
    told = f"header {header}"
    if not filled:
        empty = named is not None or head in ("note", "person", "agency", "contact")
        return Column("note" if empty else "values", None, "no cell holds anything")
    if head in ("contact", "code") and not _are_amounts(filled):
        return Column(head, None, told)
    if dates > len(filled) / 2 or (head == "date" and dates + years + _days(filled) > len(filled) / 2):
        return Column("date", None, told if head == "date" else "its cells are dates")
    if (
        years > len(filled) / 2
        and not names_unit(path)
        and (head == "year" or (leading and not numbers and (first or _is_time(filled))))
    ):
        return Column("year", "year", told if head == "year" else "its cells are years")
    words = len(filled) - numbers - years - dates
    if 2 * words > len(filled) or (2 * words == len(filled) and (named or head)):
        return _of_words(header, filled, named, head)
    if all(map(is_code, filled)) or _all_long(filled):
        return Column("code", None, "its digits are those of codes")
    if leading and not names_unit(path) and (not header or named or head) and _runs_on(filled):
        return Column("code", None, "its numbers run on by one")
    return Column("values", None, f"{numbers + years} of {len(filled)} cells are numbers")


def _of_words(header: str, filled: Sequence[str], named: LabelKind | None, head: str | None) -> Column:
    told = f"header {header}"
    if named == "unit":
        return Column("unit", None, told)
    if named is not None:
        return Column("label", named, told)
    if head == "person":
        return Column("person", "person", told)
    if head == "note" or sum(map(len, filled)) > _LONG * len(filled):
        return Column("note", None, told if head == "note" else "its cells are sentences")
    return Column("label", "agency" if head == "agency" else None, told if head == "agency" else "its cells are words")


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


def _days(texts: Iterable[str]) -> int:
    """How many cells may be a date below a header of dates: 20110305, 40908."""
    return sum(
        _MAY_BE_DATE.fullmatch(text) is not None
        or (text.isdecimal() and len(text) == _SERIAL_DIGITS and int(text) in _SERIAL)
        for text in texts
    )


def _are_amounts(texts: Sequence[str]) -> bool:
    """Whether most cells have decimals or groups of thousands, which no code has."""
    return 2 * sum(_AMOUNT.fullmatch(text) is not None and kind(text) == "number" for text in texts) > len(texts)


def _all_long(texts: Sequence[str]) -> bool:
    return len(texts) >= _FEWEST and all(text.isdecimal() and len(text) >= _LONG_CODE for text in texts)


def _runs_on(texts: Sequence[str]) -> bool:
    """Whether numbers run on by one."""
    if len(texts) < _FEWEST or not all(text.isdecimal() for text in texts):
        return False
    return all(int(later) - int(earlier) == 1 for earlier, later in pairwise(texts))


def _is_time(texts: Sequence[str]) -> bool:
    """Whether years run on by one or return, as those of a series do and amounts like 1998 do not."""
    found = [int(text[:4]) for text in texts if text[:4].isdecimal()]
    steps = {later - earlier for earlier, later in pairwise(sorted(set(found)))}
    return bool(found) and (steps == {1} or len(set(found)) < len(found))


def names_unit(path: Sequence[str]) -> bool:
    """Whether headers name a unit, so that 1998 below them is an amount and no year."""
    return any(
        loose_unit(words) is not None
        for header in path
        for words in (*BRACKETS.findall(header), unit_words(header))
        if words
    )
