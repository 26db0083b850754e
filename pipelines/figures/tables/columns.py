"""What each column of a table holds, decided once from its header and from all of its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from pipelines.catalog.headers import head_kind
from pipelines.catalog.regions import is_full_name
from pipelines.figures.tables.cells import is_code, is_remarked, is_span, kind
from pipelines.figures.tables.column_times import (
    are_years_of_a_series,
    counts_otherwise,
    is_date,
    is_day,
    is_financial,
    is_month,
    tells_time,
)
from pipelines.figures.tables.headers import LabelKind, kind_of_labels
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.units.bands import are_bands
from pipelines.figures.units.headed import headed_unit, tail_unit
from pipelines.figures.units.unitlines import BRACKETS, unit_words
from pipelines.figures.units.unitwords import is_measure_word, is_measured, loose_unit, strict_unit
from pipelines.patterns import regex

ColumnKind = Literal["values", "label", "year", "date", "code", "level", "unit", "contact", "person", "note", "ignored"]

# columns whose words name a row; those of years too
NAMING: frozenset[ColumnKind] = frozenset({"label", "year", "person"})
_LONG = 60  # characters of a cell from which on it is rather a remark
_ASKED = 200  # distinct cells among which a number with a remark stands, if any does
_FEWEST = 2  # cells by which a run of numbers is told
_FEW = 4  # ranks that may be counts as well
_OFTEN = 3  # times that a class returns at least
_SINGULAR = regex(r"[a-z]+(?<!s)(?<!people)(?<!children)(?<!men)", re.IGNORECASE)
_LONG_CODE = 11  # digits of telephones, accounts, identity numbers
_NOTE_DIGITS = 2
_OF_MONTHS = regex(
    r"(?:date|time|period|(?:reporting |calendar )?(?:month|period)|(?:year|month)[\s/_-]*(?:month|year)"
    r"|月份?|年月|时间|期间|日期|mes|mois|mês|bulan|fecha|data|tanggal)",
    re.IGNORECASE,
)
# in the singular: what a row is of, by name or by code
_NAMES = regex(
    r"(?:aid |dac )?sector|(?:sub-?)?programme|program|purpose|channel|country|project|vote|head|chapter", re.IGNORECASE
)
_INDEX = regex(r"index|[ií]ndice|indeks|idx|unnamed: ?\d+|obs|指数|索引", re.IGNORECASE)
_NUMBER_OF = regex(r"[a-z]*[a-rt-z] (?:number|no\.?|num\.?|nr\.?)", re.IGNORECASE)  # School number, of one each
_OF_MEASURE = regex(r"measure|计量", re.IGNORECASE)
_OFFICE = regex(r".(?<!计量)(?<!金额)单位$")
_NAME_OF = regex(r"..名称$|\bnames?$|^(?:the )?names? of\b|^(?:nombre|nome|nom|nama|jina)\b", re.IGNORECASE)
_DIGIT = regex(r"\d")
_GROUPED = regex(r".*\d[.,'’ \s]\d{3}(?!\d).*")


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
    path: Sequence[str], texts: Mapping[str, int], marks: frozenset[str], *, leading: bool, first: bool
) -> Column:
    """Decides what a column holds.

    Args:
        path: its header texts from the top down.
        texts: its distinct cells below the headers from the top down, and how often each stands there.
        marks: the letters with which notes of the table begin.
        leading: whether no column of values stands left of it.
        first: whether it is the first of the table.
    """
    header = path[-1] if path else ""
    kinds = {text: kind(text, marks) for text in texts}
    filled = Counter({text: count for text, count in texts.items() if kinds[text] != "missing"})
    size = filled.total()
    digits = Counter({text: count for text, count in filled.items() if _DIGIT.search(text)})
    numbers = _count(filled, lambda text: kinds[text] in ("number", "unread")) + _count(digits, is_code)
    years = _count(digits, lambda text: kinds[text] == "year")
    dates = _count(digits, is_date)
    named, head = kind_of_labels(header), head_kind(header)
    classes = [text for text in filled if kinds[text] != "label"]
    if leading and numbers and (are_bands(classes) or _are_numbered(classes)):
        return Column("label", None, "its cells are classes of a scale")
    if head == "code" and _counts_parent(path, filled, leading=leading):
        head = None
    if head == "date" and headed_unit(header) is not None:
        head = None  # "Houses built" counts houses
    told = f"header {header}"
    if not filled:
        empty = named is not None or head in ("note", "person", "agency", "contact")
        return Column("note" if empty else "values", None, "no cell holds anything")
    if head == "code" and 2 * _count(filled, _is_name) > size:
        head = None  # "Country ID" above the names of countries
    if head in ("contact", "code") and not _are_amounts(filled):
        return Column(head, None, told)
    if not first and numbers == size and _are_classes(header, filled):
        return Column("code", None, f"{told}: so few numbers in so many rows are those of classes")
    if not names_unit(path) and ((head == "class" and numbers == size) or tells_time(header, filled)):
        return Column("code", None, told)
    if named == "unit" and numbers == size:
        return Column("code", None, f"{told} names units, and its numbers none")
    if _NUMBER_OF.fullmatch(header) and leading and ascend(filled):
        return Column("code", None, f"{told}: its numbers only rise")
    if _NAMES.fullmatch(header) and _are_of_one_length(filled):
        return Column("code", None, f"{told} names and does not count, and its numbers are of one length")
    whole = first and _INDEX.fullmatch(header) and all(map(str.isdecimal, filled))
    if whole and (max(filled.values()) == 1 or sorted(map(int, filled)) == list(range(1, len(filled) + 1))):
        return Column("code", None, f"{told}: its numbers stand before all others, and are whole")
    if head == "level" and numbers == size and all(len(text) == 1 for text in filled):
        return Column("level" if len(filled) < size else "code", None, told)
    if head == "note" and all(map(_is_notes, filled)):
        return Column("note", None, "its numbers are those of notes")
    if counts_otherwise(header, head, filled):
        return Column("date", None, f"{told} names another calendar")
    if (head == "year" or len(filled) > _FEWEST) and not names_unit(path) and all(map(is_financial, filled)):
        return Column("year", "year", told)
    if digits and _OF_MONTHS.fullmatch(header) and all(map(is_month, filled)):
        return Column("year", "year", "its cells are months")
    if head == "date" and years == size and _OF_ROWS.fullmatch(header) and not names_unit(path):
        return Column("year", "year", told)  # 时间 above nothing but years
    if dates > size / 2 or (head == "date" and dates + years + _count(filled, is_day) > size / 2):
        of_rows = head == "date" and _OF_ROWS.fullmatch(header) is not None
        return Column("date", "year" if of_rows else None, told if head == "date" else "its cells are dates")
    if (
        years > size / 2
        and not names_unit(path)
        and (
            head == "year"
            or (not header and years == size)
            or _OF_MONTHS.fullmatch(header)
            or (leading and not numbers and (first or are_years_of_a_series(filled)))
        )
    ):
        return Column("year", "year", told if head == "year" else "its cells are years")
    if 2 * _count(digits, is_span) > size and not names_unit(path):
        return Column("date", None, "its cells are years from one to another")
    in_corner = first and not numbers + years  # there it is the unit of the columns beside it
    if (
        named is None
        and not in_corner
        and any(is_measured(strict_unit(unit)) for part in path for unit in BRACKETS.findall(part))
    ):
        return Column("values", None, f"{told} names a unit")
    counted = names_unit(path) or (header != "" and headed_unit(header) is not None)
    some = {text: filled[text] for text in islice(filled, _ASKED)}
    remarked = 0
    if counted and not first and _count(some, lambda text: kinds[text] == "label" and is_remarked(text)):
        remarked = _count(filled, lambda text: kinds[text] == "label" and is_remarked(text))
    words = size - numbers - years - dates - remarked
    if words and not counted and 0 < numbers == filled["0"]:
        return Column("note", None, "its numbers are nothing but zeros among words")
    if 2 * words > size or (2 * words == size and (named or head)):
        return _of_words(header, filled, named, head)
    if _are_codes(filled) or _all_long(filled):
        return Column("code", None, "its digits are those of codes")
    told_nothing = not header or named or head or _INDEX.fullmatch(header) or next(iter(filled)) == "1"
    if leading and not counted and told_nothing and _runs_on(filled):
        return Column("code", None, "its numbers run on by one")
    return Column("values", None, f"{numbers + years} of {size} cells are numbers")


def _counts_parent(path: Sequence[str], filled: Counter[str], *, leading: bool) -> bool:
    """Whether a header "No." counts what the one above it names: Goats > No."""
    if len(path) == 1 or path[-2] == path[-1] or not is_measure_word(path[-1]):
        return False
    return not leading or (headed_unit(path[-2]) is not None and not _runs_on(filled))


def may_name_rows(path: Sequence[str], texts: Mapping[str, int]) -> bool:
    """Whether numbers may be the names of their rows, as those below "Age" or "Decile": all differ, and of no unit."""
    header = path[-1] if path else ""
    return (
        header != ""
        and not names_unit(path)
        and headed_unit(header) is None
        and tail_unit(header) is None
        and len(texts) > 1
        and max(texts.values()) == 1
    )


def are_names(texts: Counter[str]) -> bool:
    """Whether the cells of a column are words, and short enough to name their rows."""
    return (
        bool(texts)
        and _mean_length(texts) <= _LONG
        and 2 * _count(texts, lambda text: kind(text) == "label") > (texts.total())
    )


def _mean_length(texts: Counter[str]) -> float:
    return sum(len(text) * count for text, count in texts.items()) / texts.total()


def _of_words(header: str, filled: Counter[str], named: LabelKind | None, head: str | None) -> Column:
    told = f"header {header}"
    units = named == "unit" and (
        2 * _count(filled, _is_unit) > filled.total() or _OF_MEASURE.search(header) is not None
    )
    units = units or (named == "measure" and all(map(_CODE_OF_UNIT.fullmatch, filled)))
    if units or all(is_measured(strict_unit(text)) for text in filled):
        return Column("unit", None, told if named is not None else "its cells are units")
    if named == "unit":
        named = None  # 单位 is also an organisation
    if head == "level" and len(filled) < filled.total():
        return Column("level", None, told)
    if len(filled) > _FEWEST and 2 * _count(filled, _names_measure) > filled.total():
        return Column("label", "measure", "its cells name units")
    if named is not None:
        return Column("label", named, told)
    if 2 * _count(filled, is_full_name) > filled.total():
        return Column("label", "region", "its cells are names of regions")
    if head == "person":
        return Column("person", "person", told)
    if head == "note" or _mean_length(filled) > _LONG:
        return Column("note", None, told if head == "note" else "its cells are sentences")
    if head == "agency" or _OFFICE.search(header):
        return Column("label", "agency", told)
    if _NAME_OF.search(header):
        return Column("label", "project", told)
    return Column("label", None, "its cells are words")


def _names_measure(text: str) -> bool:
    """Whether a label names the unit of its row: 总投资（万元）."""
    return any(strict_unit(words) is not None for words in BRACKETS.findall(text)[-1:])


def _is_notes(text: str) -> bool:
    """Whether a cell may be the numbers of notes: 3, "1,2"."""
    return all(part.strip().isdecimal() and len(part.strip()) <= _NOTE_DIGITS for part in re.split("[,;，；、]", text))


def _is_unit(text: str) -> bool:
    return is_measure_word(text) or strict_unit(text) is not None or _CODE_OF_UNIT.fullmatch(text) is not None


# of exchange formats: per cent, of what it is, persons, a number
_CODE_OF_UNIT = regex(r"(?:PC(?:N?T)?|PT)(?:_[A-Z\d]+)*|PS|NR|NB")


def _count(texts: Mapping[str, int], holds: Callable[[str], bool]) -> int:
    """Of how many cells something holds; each distinct text is asked once."""
    return sum(count for text, count in texts.items() if holds(text))


_OF_ROWS = regex(r"(?:统计|数据)?(?:时间|时期|期间|日期)|date|time|period", re.IGNORECASE)


def _is_name(text: str) -> bool:
    """Whether a cell is words of a name, and no code: with small letters or Chinese ones, and no digit."""
    return _NAME.fullmatch(text) is not None and not text.isupper()


_NAME = regex(r"[^\W\d_]+(?:[\s,.'’()（）&-]+[^\W\d_]+)*[.)）]?")


def _are_classes(header: str, texts: Counter[str]) -> bool:
    """Whether few small numbers, none of them 0, return in all rows below what one thing is called: Group, Stratum."""
    told = [text for text in texts if text.isdecimal() and text.isascii() and len(text) == 1 and text != "0"]
    if len(told) < len(texts) or _OFTEN * len(texts) > texts.total():
        return False
    unit = headed_unit(header)
    return unit is not None and not is_measured(unit) and _SINGULAR.fullmatch(header.strip()) is not None


def _are_amounts(texts: Counter[str]) -> bool:
    """Whether most cells have groups of thousands or signs of per cent, which no code has."""
    if 2 * _count(texts, lambda text: text.endswith(("%", "％"))) > texts.total():
        return True
    amounts = _count(texts, lambda text: _GROUPED.fullmatch(text) is not None and kind(text) == "number")
    return 2 * amounts > texts.total()


def _are_codes(texts: Counter[str]) -> bool:
    """Whether digits are those of codes: as many in each, and zeros in front of some."""
    told = [text for text in texts if text.isdecimal()]
    return (
        len(told) == len(texts)
        and any(map(is_code, told))
        and (len({len(text) for text in told}) == 1 or all(map(is_code, told)))
    )


def _are_of_one_length(texts: Counter[str]) -> bool:
    """Whether all cells but words for totals are digits, as many in each."""
    told = [text for text in texts if label_class(text) == "detail"]
    return all(map(str.isdecimal, told)) and len(set(map(len, told))) == 1


def _all_long(texts: Counter[str]) -> bool:
    return texts.total() >= _FEWEST and all(text.isdecimal() and len(text) >= _LONG_CODE for text in texts)


def _are_numbered(texts: Sequence[str]) -> bool:
    """Whether numbers run on by one from 1 or 2, each with the same noun: 2 rooms, 3 rooms, 4 rooms."""
    told = [(int(found.group(1)), found.group(2)) for text in texts if (found := _WITH_NOUN.fullmatch(text))]
    numbers = [number for number, _ in told]
    alike = len(told) == len(texts) and len({noun for _, noun in told[1:]}) == 1
    return (
        alike and len(told) > _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(told))) and numbers[0] < 3
    )


_WITH_NOUN = regex(r"(\d{1,2})\s?([^\W\d_]+)")


def _runs_on(texts: Counter[str]) -> bool:
    """Whether numbers run on by one, none twice."""
    if not _FEWEST <= texts.total() == len(texts) or not all(text.isdecimal() for text in texts):
        return False
    return all(int(later) - int(earlier) == 1 for earlier, later in pairwise(texts))


def ascend(texts: Counter[str]) -> bool:
    """Whether whole numbers only rise, none twice."""
    told = [int(text) for text in texts if text.isdecimal()]
    return _FEWEST < len(told) == texts.total() and all(later > earlier for earlier, later in pairwise(told))


def are_ranks(texts: Counter[str]) -> bool:
    """Whether the numbers from 1 on stand there once each, in any order, and are not few."""
    told = sorted(int(text) for text in texts if text.isdecimal())
    return _FEW < len(told) == texts.total() and told == list(range(1, len(told) + 1))


def names_unit(path: Sequence[str]) -> bool:
    """Whether headers name a unit, so that 1998 below them is an amount and no year."""
    return any(
        loose_unit(words) is not None
        for header in path
        for words in (*BRACKETS.findall(header), unit_words(header))
        if words
    )
