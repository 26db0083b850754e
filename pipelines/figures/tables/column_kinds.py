"""What the columns of a table hold, told together, and which of them name its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from pipelines.catalog.headers import says
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.columns import (
    NAMING,
    Column,
    are_names,
    are_ranks,
    ascend,
    kind_of_column,
    may_name_rows,
    names_unit,
)
from pipelines.figures.tables.finish import code_parts
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout, texts_of
from pipelines.figures.units.headed import headed_unit
from pipelines.patterns import regex

_CODE_DIGITS = 5
_FEWEST_ALIKE = 8  # numbers of one length that are hardly amounts
_PAIR = 2  # rows that say the same by chance


def kinds_of_columns(layout: Layout) -> dict[int, Column]:
    """What each column holds; a table of which every column is a name, a code or a year has no values."""
    found: dict[int, Column] = {}
    leading = True
    parts = code_parts(layout)
    has_latitude = any(path[-1].strip().lower() == "lat" for path in layout.column_paths.values() if path)
    for column, path in layout.column_paths.items():
        texts = texts_of(layout, column)
        if column in parts:
            kind_of = Column("code", None, f"header {path[-2]}: its part {path[-1]}")
        elif has_latitude and path and path[-1].strip().lower() == "long":
            kind_of = Column("code", None, "header long beside lat")
        else:
            kind_of = kind_of_column(path, texts, layout.marks, leading=leading, first=not found)
        found[column] = kind_of
        leading = leading and kind_of.kind != "values"
    _days_beside_months(layout, found)
    values = [column for column, of in found.items() if of.kind == "values"]
    if not any(of.kind in NAMING for of in found.values()):
        first = next(iter(found), 0)
        notes = (column for column, of in found.items() if of.kind == "note" and are_names(texts_of(layout, column)))
        named = next(notes, None)
        if named is not None:
            found[named] = Column("label", None, "nothing else names the rows")
        elif (
            len(values) == len(found) > 1
            and not layout.unit_line
            and may_name_rows(layout.column_paths[first], texts_of(layout, first))
        ):
            found[first] = Column("label", None, "nothing else names the rows, and its numbers all differ")
            values = values[1:]
    named = next((column for column, of in found.items() if of.kind in ("label", "person")), len(found))
    for column in values:
        texts = texts_of(layout, column)
        if _is_counted(layout, column):
            continue
        is_before = column < named < len(found) and not layout.unit_line and len(set(map(len, texts))) == 1
        if is_before and ascend(texts):
            found[column] = Column("code", None, "its numbers stand before all names, only rise, and are of one length")
        if not layout.column_paths[column] and _goes_with_label(layout, found, column):
            found[column] = Column("code", None, "no header, and each of its numbers goes with one label beside it")
        if layout.column_paths[column] and not layout.unit_line and are_ranks(texts):
            found[column] = Column("code", None, "its numbers are those of ranks: each from 1 on stands there once")
        if texts.total() < _FEWEST_ALIKE or len(set(map(len, texts))) > 1:
            continue
        if len(texts) == 1 and kind(next(iter(texts))) == "year":
            found[column] = Column("year", "year", "its cells are one year")
        elif len(texts) == 1 and not layout.unit_line and next(iter(texts)).strip("0").isdecimal():
            found[column] = Column("code", None, "one and the same number stands in all rows, and nothing says of what")
        elif column < named < len(found) and all(text.isdecimal() and len(text) >= _CODE_DIGITS for text in texts):
            found[column] = Column("code", None, "its numbers stand before all names and are of one length")
    values = [column for column in values if found[column].kind == "values"]
    long = {column: _long_numbers(texts_of(layout, column), layout.marks) for column in values}
    grouped = {
        column
        for column, texts in long.items()
        if 2 * sum(count for text, count in texts.items() if _is_grouped(text)) > texts.total()
    }
    for column, texts in long.items():
        lengths = {len(text) for text in texts}
        alike = len(lengths) == 1 < texts.total() and lengths.pop() >= _CODE_DIGITS
        whole = texts.total() == sum(count for text, count in texts_of(layout, column).items() if text[:1].isdecimal())
        if grouped and alike and whole and all(text.isdecimal() for text in texts) and not _is_counted(layout, column):
            found[column] = Column("code", None, "its numbers have no signs of thousands, others of the table have")
    return found


def _days_beside_months(layout: Layout, kinds: dict[int, Column]) -> None:
    """Columns of days beside those of their months tell time: "Start Month", "Start Day"."""
    heads = {path[-1].strip().lower() for path in layout.column_paths.values() if path}
    for column, of in kinds.items():
        head = layout.column_paths[column][-1].strip() if layout.column_paths[column] else ""
        month = _DAY.sub(lambda day: "month" if day.group().isascii() else "月", head.lower())
        if of.kind == "values" and month != head.lower() and month in heads:
            kinds[column] = Column("code", None, f"header {head} beside {month}")


_DAY = regex(r"\bday$|日$", re.IGNORECASE)


def _goes_with_label(layout: Layout, kinds: Mapping[int, Column], column: int) -> bool:
    """Whether whole numbers left of words stand for them: 1 beside "Direct taxes" in several rows, or all of a length.

    Others that may be amounts stand right of these words.
    """
    columns = list(kinds)
    right = columns[columns.index(column) + 1 :]
    texts = texts_of(layout, column)
    if not right or kinds[right[0]].kind not in NAMING or all(kinds[other].kind != "values" for other in right):
        return False
    if not all(text.isdecimal() for text in texts):
        return False
    pairs = {pair for pair in zip(layout.texts(column), layout.texts(right[0]), strict=True) if pair[0] is not None}
    labels = {label for _, label in pairs}
    alone = len(pairs) == len(texts) == len(labels)
    return alone and (len(texts) < texts.total() or (len(texts) > _PAIR and len(set(map(len, texts))) == 1))


def _is_counted(layout: Layout, column: int) -> bool:
    """Whether a column's header says what its numbers count or measure."""
    path = layout.column_paths[column]
    return names_unit(path) or bool(path and (headed_unit(path[-1]) or says("money", path[-1])))


def _long_numbers(texts: Mapping[str, int], marks: frozenset[str]) -> Counter[str]:
    """The cells of a column that are numbers of a thousand and more."""
    return Counter(
        {
            text: count
            for text, count in texts.items()
            if len(text) > 3
            and kind(text, marks) in ("number", "year")
            and len(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", text))) > 3
        }
    )


def _is_grouped(text: str) -> bool:
    return re.search(r"\d[,.'’  \s]\d{3}(?!\d)", text) is not None


def naming_columns(layout: Layout) -> list[int]:
    """The columns that name a row: labels and years, without them dates, else codes.

    What stands right of the values and whose header does not say what it names only tells about a row.
    """
    kinds = layout.kinds
    first = next(iter(layout.columns), len(kinds))
    named = [column for column, found in kinds.items() if found.kind in NAMING]
    left = [column for column in named if column < first]
    if any(kinds[column].kind != "year" for column in left):
        named = [column for column in named if column in left or kinds[column].names not in (None, "agency")]
    named.sort(key=lambda column: not _says_the_same(layout, column))  # what holds for all rows names none of them
    totals = {column for column in named if _says_the_same(layout, column) and _is_of_totals(layout, column)}
    named = [column for column in named if column not in totals] or named
    for other in ("date", "code"):
        named = named or [column for column, found in kinds.items() if found.kind == other]
    return named


def _is_of_totals(layout: Layout, column: int) -> bool:
    return any(text is not None and label_class(text) != "detail" for text in layout.texts(column).values)


def _says_the_same(layout: Layout, column: int) -> bool:
    """Whether a column of words has one and the same in every row, and no header that says what it names."""
    texts = layout.texts(column).values
    return len(texts) == 1 and len(layout.body_rows) > _PAIR and layout.kinds[column].names is None
