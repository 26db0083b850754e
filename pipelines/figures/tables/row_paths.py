"""The labels of each row of a table from the heading that it stands under inwards, and which rows are headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat
from operator import or_

from pipelines.catalog.countries import is_country
from pipelines.columns import Coded, Codes, Same
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.columns import NAMING
from pipelines.figures.tables.grid import Line
from pipelines.figures.tables.label_classes import is_grand, is_plain_total, label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Path
from pipelines.figures.tables.paths import Paths, distinct
from pipelines.patterns import regex

_PLACES = {
    "province": regex(r"(?:省|自治区|\bprovince)$", re.IGNORECASE),
    "prefecture": regex(r"(?:市|州|盟|地区|\bprefecture|\bcity)$", re.IGNORECASE),
    "county": regex(r"(?:[县旗]|(?<!地)(?<!治)区|\bcounty|\bdistrict)$", re.IGNORECASE),
    "township": regex(r"(?:[乡镇]|街道|\btown(?:ship)?)$", re.IGNORECASE),
    "village": regex(r"(?:村|\bvillage)$", re.IGNORECASE),
}
_LONG, _NEARLY_ALL = 8, 0.8  # names of a list whose order is no chance, and so many of all


def row_paths(layout: Layout, values: Sequence[int]) -> Paths:
    """The labels of each row below the heading that it stands under; enters the rows that are headings."""
    rows, shown = layout.body_rows, set(values)
    columns = [layout.labels(column) for column in layout.naming]
    sure = _with_numbers(layout, values)
    others: dict[int, Path] = {}
    starts: list[tuple[int, Path]] = [(0, ())]
    may_lack = all(None in texts.values for texts in columns)
    totals = _totals_elsewhere(layout, shown)
    empty = [
        place
        for place, told in enumerate(sure)
        if not told and not _has_values(layout, layout.rows[rows[place]], shown)
    ]
    listed = len(columns) == 1 and _are_listed(list(columns[0]), empty)
    for place in _asked(sure, columns if may_lack else None):
        row = rows[place]
        labels = distinct(texts.at(place) for texts in columns) or totals.pop(row, ())
        is_value = sure[place] or _has_values(layout, layout.rows[row], shown)
        opens = () if is_value else tuple(label for label in labels if label_class(label) == "of_which")[:1]
        is_value = is_value or (not opens and (listed or _lacks_values(layout, rows[place : place + 2])))
        if not is_value and not any(label_class(label) in ("total", "subtotal") for label in labels):
            layout.heading_rows.add(row)
            others[row] = opens or distinct(cell.text for cell in layout.rows[row].values())
            starts.append((place, others[row]))
        elif labels and not any(texts.at(place) for texts in columns):
            heading = starts[-1][1]
            others[row] = (*heading, *labels) if heading != labels[: len(heading)] else labels
    for row, word in totals.items():
        if is_plain_total(word[-1]):
            others[row] = (*word, *distinct(texts.at(bisect_left(rows, row)) for texts in columns))
    if len(starts) == 1:
        return Paths(rows, Same((), len(rows)), columns, others)
    lengths = [end - start for (start, _), (end, _) in pairwise([*starts, (len(rows), ())])]
    headings = Coded(
        [heading for _, heading in starts], Codes(chain.from_iterable(map(repeat, range(len(starts)), lengths)))
    )
    layout.headings = {
        row: heading for row, heading in zip(rows, headings, strict=True) if heading and row not in layout.heading_rows
    }
    paths = Paths(rows, headings, columns, others)
    _free_last_total(layout, paths, starts)
    return paths


def _are_listed(labels: Sequence[str | None], empty: Sequence[int]) -> bool:
    """Whether rows without values are rows like the others of a list, whose values are missing, and head nothing.

    So they are where the names are in order, those of nearly all such rows among them, or where nearly every such row
    and the one behind it are places of one kind; what ends with a colon, or stands before all rows, is a heading.
    """
    names = [(label or "").strip(" *†‡") for label in labels]
    if not empty or empty[0] == 0 or any(not names[place] or names[place][-1] in ":：" for place in empty):
        return False
    ordered = [one.casefold() < other.casefold() for one, other in pairwise(names)]
    in_order = [all(ordered[place - 1 : place + 1]) for place in empty]
    if len(ordered) >= _LONG and all(sum(told) >= len(told) * _NEARLY_ALL for told in (ordered, in_order)):
        return True
    behind = [_are_of_one_kind(*names[place : place + 2]) for place in empty if place + 1 < len(names)]
    return bool(behind) and sum(behind) >= len(behind) * _NEARLY_ALL


def _are_of_one_kind(one: str, other: str) -> bool:
    """Whether two labels are both countries, or places whose names end alike."""
    return (is_country(one) and is_country(other)) or place_of(one) == place_of(other) != ""


def _lacks_values(layout: Layout, rows: Sequence[int]) -> bool:
    """Whether a row without values has as many names and dates as the next one: it heads none, its values are missing.

    Args:
        layout: the table.
        rows: the row, and the next one.
    """
    kinds = {column for column, of in layout.kinds.items() if of.kind in (*NAMING, "date")}
    own, *others = ({id(cell): column for column, cell in layout.rows[row].items() if column in kinds} for row in rows)
    return len(own) > 1 and any(sorted(own.values()) == sorted(other.values()) for other in others)


def _asked(sure: Sequence[bool], columns: Sequence[Coded[str | None]] | None) -> Iterator[int]:
    """The places of rows that may be headings, and of those without a label where columns are given."""
    if columns is None:
        return (place for place, told in enumerate(sure) if not told)
    unnamed = map(any, zip(*columns, strict=True)) if columns else repeat(False, len(sure))
    return (place for place, (told, named) in enumerate(zip(sure, unnamed, strict=True)) if not (told and named))


def _totals_elsewhere(layout: Layout, shown: set[int]) -> dict[int, Path]:
    """Row → the word for a total in a column of codes, dates or notes, whatever stands in those of its labels."""
    found: dict[int, Path] = {}
    for column in layout.kinds.keys() - shown - set(layout.naming):
        texts = layout.texts(column)
        words = [text is not None and label_class(text) in ("total", "subtotal") for text in texts.values]
        if any(words):
            told = zip(layout.body_rows, texts, Coded(words, texts.codes), strict=True)
            found |= {row: (text,) for row, text, is_total in told if is_total and text is not None}
    return found


def _with_numbers(layout: Layout, values: Sequence[int]) -> Sequence[bool]:
    """Which rows of the body certainly have values: a cell of their own that is no words."""
    told: Sequence[bool] = Same(False, len(layout.body_rows))
    wide = {at for line in layout.rows.merged.values() for at, cell in line.items() if cell.column_span > 1}
    for column in values:
        if column in wide:
            continue
        texts = layout.texts(column)
        own = Coded([text is not None and kind(text, layout.marks) != "label" for text in texts.values], texts.codes)
        told = own if isinstance(told, Same) else list(map(or_, told, own))
        if all(told):
            break
    return told


def _has_values(layout: Layout, line: Line, shown: set[int]) -> bool:
    """Whether a row has cells of its own below the headers: numbers, or words that are no merged or repeated header."""
    for column in shown & line.keys():
        cell = line[column]
        if cell.column_span == 1 and kind(cell.text, layout.marks) != "label":
            return True
    labels = {id(cell) for column, cell in line.items() if column not in shown}
    return any(
        column in shown
        and id(cell) not in labels
        and (
            kind(cell.text, layout.marks) != "label"
            or (labels and cell.text not in layout.column_paths.get(column, ()))
        )
        for column, cell in line.items()
    )


def _free_last_total(layout: Layout, paths: Paths, starts: Sequence[tuple[int, Path]]) -> None:
    """The last total below several headings is the whole table's, unless the other headings have one each."""
    start, heading = starts[-1]
    rows = layout.body_rows[start + 1 :]
    if not heading or not rows:
        return
    last = rows[-1]
    label = paths[last][-1] if paths[last] else ""
    if label_class(label) != "total":
        return

    def has_total(members: Sequence[int]) -> bool:
        return any(label_class(paths[row][-1]) in ("total", "subtotal") for row in members if paths[row])

    sections = [
        layout.body_rows[start + 1 : end] for (start, above), (end, _) in pairwise(starts) if above and end > start + 1
    ]
    each = all(map(has_total, sections))
    if is_grand(label) or has_total(rows[:-1]) or (sections and not each):
        paths.others[last] = paths[last][len(heading) :]


def place_of(text: str) -> str:
    """The class of a place that its name ends with: a city below a province, and a county below it."""
    return next((level for level, pattern in _PLACES.items() if pattern.search(text)), "")
