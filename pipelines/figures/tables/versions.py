"""Rows that tell the same anew: snapshots, versions and values up to a month, of which the latest speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipelines.figures.tables.cells import is_part_of_year
from pipelines.figures.tables.column_times import is_month
from pipelines.figures.tables.label_classes import is_cumulative, label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Path
from pipelines.figures.tables.number import Numbers
from pipelines.patterns import regex

Values = Mapping[int, Mapping[int, Decimal]]
"""Row → column → amount or count."""

_VERSION = regex(
    r"\b(?:as (?:of|at)|publish\w*|publication|version|snapshot|updat\w*|up to|until|reporting date|edition)\b"
    r"|截至|截止|版本|更新|发布|公布|统计时点|快照",
    re.IGNORECASE,
)
_UP_TO = regex(
    r"\bso far\b|\bsince\b|\byear to date\b|\bytd\b|\bup to\b|acumulad|cumul|kumulatif|截至|累计", re.IGNORECASE
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_UP_TO_MONTH = regex(
    rf"(?P<from>(?:1|jan[a-z]*)\s*(?:[-–—~至]|to)\s*)?(?:(?P<zh>\d{{1,2}})月|(?P<en>(?:{'|'.join(_MONTHS)})[a-z]*))",
    re.IGNORECASE,
)
_VOTED = 1  # place of what was voted among these
_PLAIN = regex(r"(?:budget )?estimated?s?|budget(?:ed)?|预算数?")
_FEWEST_STATES = 3  # states of one key that may never fall
_GROWN = Decimal("1.5")  # how many times the first value the last of sums over three months is at least
_NUMBER = regex(r"\d+")
# versions in words, the earliest first: what was asked for, voted, changed, and done
_STATES = tuple(
    regex(rf"(?:.*\W)?(?:{words})(?:\W.*)?|.*(?:{zh}).*", re.IGNORECASE)
    for words, zh in (
        (r"drafts?|proposed|proposal|requested", r"草案|初稿|申报"),
        (r"original|initial|first|adopted|approved|enacted", r"年初|原|初始|初步|批复"),
        (r"revised|amended|adjusted|supplementary|updated|second|restated", r"调整|修订|修正|更新"),
        (r"provisional|preliminary|projected", r"快报|预计"),
        (r"actuals?|final|outturn|audited|executed", r"决算|最终|实际|终稿|审定"),
    )
)


def superseded(layout: Layout, numbers: Numbers) -> dict[tuple[int, int], int]:
    """Cells whose value a later row tells anew, by row and column, and that row.

    That needs a column of dates, months or versions, and keys that return below it. It holds where its header says so
    ("as of", "published"), for columns whose header does ("cumulative", "so far"), and for those that never fall where
    every key returns with every date. What each row of a code tells alike is told once.

    Args:
        layout: the table.
        numbers: its numbers.
    """
    found: dict[tuple[int, int], int] = {}
    if layout.versions is not None:
        order, key = layout.versions
        for rows in _series(layout, order, key) or []:
            found |= {(row, value): rows[-1] for row in rows[:-1] for value in layout.columns}
        return found
    for rows in _told_for_each(layout, numbers.values):
        found |= {(row, value): rows[-1] for row in rows[:-1] for value in layout.columns}
    for column, kind_of in layout.kinds.items():
        path = " ".join(layout.column_paths[column])
        said = _VERSION.search(path) is not None or _up_to_months(layout, column)
        monthly = kind_of.kind == "year" and all(text is None or is_month(text) for text in layout.texts(column).values)
        if not (
            kind_of.kind == "date" or monthly or (kind_of.kind == "label" and _tells_times(layout, column)) or said
        ):
            continue
        others = [
            other
            for other, of in layout.kinds.items()
            if other != column and of.kind in ("label", "year", "code", "person")
        ]
        series = _series(layout, column, others)
        if series is None:
            continue
        for value_column in layout.columns:
            header = " ".join(layout.column_paths[value_column])
            told = said or _UP_TO.search(header) or is_cumulative(header) or is_cumulative(layout.caption)
            if told or _never_falls(series, numbers.values, value_column, _GROWN if monthly else Decimal(1)):
                for rows in series:
                    found |= {(row, value_column): rows[-1] for row in rows[:-1]}
    return found


def _told_for_each(layout: Layout, values: Values) -> list[list[int]]:
    """Rows of one code and time that all tell the same numbers: those of an event, once for each place that it hit.

    It takes a column of codes whose every code has in all of its rows the numbers of the first, and so many digits of
    them said again that no chance can be meant.
    """
    times = [layout.texts(column) for column, of in layout.kinds.items() if of.kind in ("year", "date")]
    for column, kind_of in layout.kinds.items():
        if kind_of.kind != "code":
            continue
        first: dict[tuple[str | None, ...], int] = {}
        again: dict[int, list[int]] = {}
        for row, *key in zip(layout.body_rows, layout.texts(column), *times, strict=True):
            if key[0] is None or row in layout.heading_rows:
                continue
            one = first.setdefault(tuple(key), row)
            if values.get(row, {}) != values.get(one, {}):
                break
            if one != row:
                again.setdefault(one, [one]).append(row)
        else:
            told = {tuple(values.get(row, {}).values()) for row in again}
            digits = sum(len(str(int(abs(number)))) for line in told for number in line if number)
            if len(told) > 1 and digits >= _DIGITS_AGAIN:
                return list(again.values())
    return []


_DIGITS_AGAIN = 8  # of different numbers that several rows repeat


def _up_to_months(layout: Layout, column: int) -> bool:
    """Whether all labels of a column are months up to which values have grown: Jan, Jan-Feb, Jan-Mar; 1月, 1-2月."""
    found = [_UP_TO_MONTH.fullmatch(text.strip()) for text in layout.texts(column).values if text is not None]
    return len(found) > 1 and all(found) and any(match["from"] for match in found if match)


def _tells_times(layout: Layout, column: int) -> bool:
    """Whether all labels of a column are months, quarters or halves of a year; "Village 2" is none."""
    texts = layout.texts(column).values
    return all(text is None or is_part_of_year(text) or label_class(text) != "detail" for text in texts)


def _last_month(found: re.Match[str]) -> int:
    return int(found["zh"]) if found["zh"] else _MONTHS.index(found["en"][:3].lower()) + 1


def growing_columns(columns: Sequence[tuple[int, Path]]) -> dict[int, int]:
    """Columns of months up to which values have grown (1月, 1-2月, Jan-Mar), each with the last of its group."""
    groups: dict[Path, list[tuple[int, bool, int]]] = {}
    for column, path in columns:
        if path and (found := _UP_TO_MONTH.fullmatch(path[-1].strip())):
            groups.setdefault(path[:-1], []).append((_last_month(found), bool(found.group("from")), column))
    told: dict[int, int] = {}
    for months in groups.values():
        if sum(not ranged for _, ranged, _ in months) <= 1 < len(months):  # else the months are those of a total
            told |= {column: max(months)[2] for _, _, column in months if column != max(months)[2]}
    return told


def _series(layout: Layout, column: int, others: Sequence[int]) -> list[list[int]] | None:
    """The rows of each key in the order of a column of times; None where none returns, or one twice at one time.

    The key is what stands in some other columns.
    """
    keys: dict[tuple[str | None, ...], list[tuple[tuple[int, ...], int]]] = {}
    told = [layout.texts(other) for other in others]
    for row, time, *key in zip(layout.body_rows, layout.texts(column), *told, strict=True):
        if row in layout.heading_rows or (time is None and not layout.row_paths.get(row)):
            continue
        if any(label_class(label) in ("total", "subtotal") for label in layout.row_paths.get(row, ())):
            continue
        order = _order(time) if time is not None else None
        if order is None:
            return None
        keys.setdefault(tuple(key), []).append((order, row))
    series = []
    for states in keys.values():
        if len({order for order, _ in states}) < len(states):
            return None
        series.append([row for _, row in sorted(states)])
    return series if any(len(rows) > 1 for rows in series) else None


def _never_falls(series: Sequence[Sequence[int]], values: Values, column: int, grown: Decimal) -> bool:
    """Whether all keys have a value at as many times, at least three, and none ever falls, though some rise.

    Those of months, which are periods by themselves, rise from the first to the last as much as sums over them do.
    """
    lines = [[values[row][column] for row in rows if column in values.get(row, {})] for rows in series]
    if len(lines) < 2 or {len(line) for line in lines} != {len(lines[0])} or len(lines[0]) < _FEWEST_STATES:
        return False
    if sum((line[-1] for line in lines), Decimal(0)) < grown * sum((line[0] for line in lines), Decimal(0)):
        return False
    steps = [later - earlier for line in lines for earlier, later in pairwise(line)]
    return all(step >= 0 for step in steps) and any(steps)


def _order(text: str) -> tuple[int, ...] | None:
    """When a date, month or version is, as numbers that sort; None where that is not told."""
    if (until := _UP_TO_MONTH.fullmatch(text.strip())) is not None:
        return (_last_month(until),)
    words = text.lower()
    month = next((number for number, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", words)), None)
    numbers = [int(found) for found in _NUMBER.findall(words)]
    if month is not None:
        years = [number for number in numbers if number > 1000]
        days = [number for number in numbers if number < 32]
        return (*years[:1], month, *days[:1])
    if not numbers:
        states = [at for at, told in enumerate(_STATES) if told.fullmatch(words.strip())]
        return (max(states),) if states else (_VOTED,) if _PLAIN.fullmatch(words.strip()) else None
    if len(numbers) == 3 and numbers[-1] > 1000:
        numbers.reverse()  # 31.12.2013
    return tuple(numbers)
