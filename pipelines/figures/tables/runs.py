"""Rows that are the sum of the run right above or below them, of those that they list, or the same as a sum again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from pipelines.catalog.countries import is_country
from pipelines.catalog.currencies import is_money
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.label_axes import Places
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Line, Path
from pipelines.figures.tables.number import NumberCell, Numbers
from pipelines.figures.tables.totals import Cells, gap_of
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex

_ITEM = r"[ivxlc]+|[a-z]|\d+(?:\.\d+)*|[一二三四五六七八九十]+"
_NUMBERED = regex(rf"\s*[(（\[]?({_ITEM})\s*[.)）\]、:：-]", re.IGNORECASE)
_TO = r"\s*(?:[-–—~～至到]|\bto\b)\s*"
_LISTED = regex(rf"[(（=]\s*((?:{_ITEM})(?:(?:\s*[+＋]\s*|{_TO})(?:{_ITEM}))+)\s*(?:[)）]|$)", re.IGNORECASE)
_RANGE = regex(rf"({_ITEM}){_TO}({_ITEM})", re.IGNORECASE)
_RUNS: tuple[Sequence[str], ...] = (
    [str(number) for number in range(1, 100)],
    "abcdefghijklmnopqrstuvwxyz",
    "一二三四五六七八九十",
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
)
LONGEST = 200  # rows of a table from which on it is a list of records
_MOST_PARTS = 30
_FEWEST = 2  # parts, and columns that agree
_TELLING_DIGITS = 8  # that agree in all, where no word says that a row is a sum
_SEVERAL = 5  # places that hardly make up nearly all of another by chance
_NEARLY = Decimal("0.1")
_HARDLY = Decimal("0.01")
_FEWER_DIGITS = 5  # that agree, where a word says it or nothing is made of it
_HARDLY_CHANCE = 3  # from which on a row may be one
_DIGIT = regex(r"\d")
_WORD = regex(r"[^\W\d_一-鿿]{4,}|(?=([一-鿿]{2}))")
# Total deaths in all districts, Umbrella scheme (i+ii+iii), 合计（一+二）
_TOTAL = regex(r"\W*(?:grand )?total\b", re.IGNORECASE)
_SAID = regex(
    r"^\W*(?:(?:grand |sub-?\s?)?total|sum)\b|[(（]\s*[\w.]+(?:\s*[+＋]\s*[\w.]+)+\s*[)）]|[小合总共]\s*计",
    re.IGNORECASE,
)


def listed_sums(places: Places) -> list[Line]:
    """Rows whose label lists the numbers of those that they are the sum of: "(v) All transfers (i+ii+iv)", "(1 to 5)".

    Where the table does not have all of these, the others are not all of its parts.

    Args:
        places: all rows of a table with their labels, in order.
    """
    lasts = {row: path[-1] for row, path in places if path}
    below = dict(pairwise(lasts))
    listed = {row: told for row, label in lasts.items() if (told := _LISTED.search(label)) is not None}
    found: list[Line] = []
    for row, told in listed.items():
        numbers: dict[str, int] = {}
        for other in lasts:  # of several lists that of the row itself, or the last before it
            number = _NUMBERED.match(lasts[other])
            if number is not None and other != row and (other < row or number.group(1).lower() not in numbers):
                numbers[number.group(1).lower()] = other
        items = [item.strip() for item in re.split("[+＋]", told.group(1).lower())]
        named = [part for item in items for part in _items_of(item)]
        parts = sorted(numbers[part] for part in named if part in numbers)
        is_range = len(named) > len(items)  # of ages too, but for those of the rows right below
        if parts and not (is_range and below.get(row) != numbers.get(named[0])):
            found.append(Line(row, tuple(parts), exhaustive=len(parts) == len(named)))
    return found


def _items_of(item: str) -> Sequence[str]:
    """The numbers of a list from one to another: 1 to 12, 一至三."""
    span = _RANGE.fullmatch(item)
    run = next((run for run in _RUNS if span and span[1] in run and span[2] in run), None)
    return [item] if span is None or run is None else run[run.index(span[1]) : run.index(span[2]) + 1]


def repeated_sums(lines: Sequence[Line], numbers: Numbers) -> set[int]:
    """Rows that say the same in every column as one that is a sum, in several and to many digits, and are no part."""
    found: set[int] = set()
    known = {row for line in lines for row in (line.whole, *line.parts)}
    for whole in {line.whole for line in lines if line.exhaustive}:
        told = numbers.values.get(whole, {})
        if len(told) >= _FEWEST and sum(map(_digits, told.values())) >= _TELLING_DIGITS:
            found |= {
                row for row, values in numbers.values.items() if row not in known and told.items() <= values.items()
            }
    return found


def claimed_sums(places: Places, numbers: Numbers, known: Sequence[Line]) -> set[int]:
    """Rows that are said to be sums of money, or are called as a country, and that rows of no sum may be parts of.

    Args:
        places: all rows of a table with their labels, in order.
        numbers: those of the table.
        known: the sums that are borne out.
    """
    parts = {row for line in known for row in line.parts}
    wholes = {line.whole for line in known}
    free = [numbers.values.get(row, {}) for row, _ in places if row not in parts | wholes]
    countries = [row for row, path in places if path and is_country(path[-1])]
    found = {row for row in countries if len(countries) == 1 and row not in parts}
    for row, path in places:
        specs = [number.spec for number in numbers.by_row.get(row, {}).values()]
        if path and _TOTAL.match(path[-1]) and any(is_money(one.unit) or one.scale > 1 for one in specs):
            found.add(row)
    return {
        row
        for row in found - wholes
        if sum(is_below(values, numbers.values.get(row, {})) for values in free) >= _FEWEST
    }


def is_below(part: Mapping[int, Decimal], whole: Mapping[int, Decimal]) -> bool:
    """Whether a row may be a part of another: in no column more."""
    return bool(part) and all(value < whole[column] for column, value in part.items() if column in whole and value)


def sums_of_runs(places: Places, lines: Iterable[Cells], taken: Collection[int]) -> tuple[list[Line], set[int]]:
    """Places that agree in every line across with the sum of those right above or below them.

    Args:
        places: rows of a table, or groups of its rows, with their labels, in order.
        lines: the numbers of each line across, by place.
        taken: those that are known as parts, or as sums that are borne out.

    Returns:
        The sums, and places that agree with one but may do so by chance.
    """
    found: list[Line] = []
    doubtful: set[int] = set()
    times = {place: _DIGIT.sub("9", path[-1]) for place, path in places if path and kind(path[-1]) == "year"}
    order, gone = [place for place, _ in places], set(taken)
    words = {place: words_of(path[-1]) if path else frozenset() for place, path in places}
    told: dict[int, list[Cells]] = {}
    for line in lines:
        for place, number in line.items():
            if number.value:
                told.setdefault(place, []).append(line)
    for index, (whole, path) in enumerate(places):
        across = told.get(whole, [])
        if whole in gone or not across:
            continue
        sides = [order[max(index - _MOST_PARTS, 0) : index][::-1], order[index + 1 : index + 1 + _MOST_PARTS]]
        digits = sum(_digits(line[whole].worth) for line in across)
        is_said = path != () and _SAID.search(path[-1]) is not None
        is_sure = len(across) >= _FEWEST and digits >= _TELLING_DIGITS
        if is_said and not is_sure:
            sides = sides[:1]  # what is said to be a sum closes its parts
        if index in (0, len(places) - 1) and _is_nearly(whole, across, [other for other in order if other != whole]):
            doubtful.add(whole)
        run = next(filter(None, (_run(whole, across, side, gone) for side in sides)), ())
        body = order[1:] if not index else order[:-1] if index == len(order) - 1 else []
        if not run and digits >= _FEWER_DIGITS and (inner := _inner(whole, across, body, gone)):
            if not (is_sure or is_said):
                doubtful.update(order)
                continue
            first, *others = body
            found.append(Line(whole, (first, *others[inner:]), exhaustive=True))
            found += [Line(first, (part,), exhaustive=False) for part in others[:inner]]
            gone.update(order)
            continue
        if not run and any(_run_of_most(whole, across, side, gone) for side in sides):
            doubtful.add(whole)  # prices of one year add up, those of another base do not
        if not run or times.get(whole, "") in {times[part] for part in run if part in times}:
            continue  # a year is no sum of others, but 2015-2017 is
        if (
            is_sure
            or (is_said and len(across) >= _FEWEST)
            or (digits >= _FEWEST and are_complementary(run, dict(places)))
        ):
            ends = order.index(run[-1])  # by residence, and by place: those count that are more
            further = (
                order[ends + 1 :][:_MOST_PARTS] if ends > index else order[max(ends - _MOST_PARTS, 0) : ends][::-1]
            )
            again = _run(whole, across, further, gone)
            runs = sorted(filter(None, (run, again)), key=len, reverse=True)
            found += [Line(whole, tuple(sorted(told)), True, f"rows {told[0]}" * (told != runs[0])) for told in runs]
            gone.update(run, again)
        elif sum(place in told for place in run) >= _FEWEST:
            beside = [words[place] for place in order if place != whole and place not in run]
            alike = words[whole].intersection(*(words[part] for part in run))
            own = [word for word in alike if 2 * sum(word in other for other in beside) <= len(beside)]
            if own or digits >= _HARDLY_CHANCE:
                doubtful.add(whole)
    return found, doubtful


def are_complementary(rows: Sequence[int], paths: Mapping[int, Path]) -> bool:
    """Whether the labels of two rows name different members of one axis: Urban and Rural, men and women."""
    members = [_members(paths[row][-1]) if paths[row] else {} for row in rows]
    one, other = members if len(members) == _FEWEST else ({}, {})
    return any(axis in other and other[axis] != member for axis, member in one.items())


@lru_cache(maxsize=4096)
def _members(label: str) -> dict[str, int]:
    hits = Passage(label).axes.within(0, len(label))
    return {axis: member for axis, member in (hit.payload for hit in hits) if axis in _AXES}


_AXES = ("residence", "sex")


@lru_cache(maxsize=4096)
def words_of(label: str) -> frozenset[str]:
    """What a label may share with that of its sum: its longer words, or each two signs of Chinese, but for "total"."""
    words = (found.group(1) or found.group() for found in _WORD.finditer(label.lower()))
    return frozenset(word for word in words if label_class(word) == "detail")


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits) if value else 0


def _run(whole: int, across: Sequence[Cells], side: Sequence[int], gone: Collection[int]) -> Sequence[int]:
    """The nearest places of one side that add up to one in every line across that tells something of it."""
    for size, part in enumerate(side, 1):
        if part in gone or not any(part in line for line in across):
            return ()
        gaps = [gap_of(line, whole, side[:size]) for line in across]
        if size >= _FEWEST and not any(gaps) and None not in gaps:
            return side[:size]
        if any(one > 0 for one in gaps if one is not None):
            return ()
    return ()


def _run_of_most(whole: int, across: Sequence[Cells], side: Sequence[int], gone: Collection[int]) -> bool:
    """Whether several places of one side add up to one in some lines across, to very many digits, and nearly in all."""
    for size in range(_FEWEST + 1, len(side) + 1):
        if side[size - 1] in gone:
            return False
        gaps = [(gap_of(line, whole, side[:size]), line[whole].worth) for line in across]
        if any(gap is None or gap > abs(worth) * _HARDLY for gap, worth in gaps):
            return False
        held = [worth for gap, worth in gaps if not gap]
        if (
            len(held) >= _FEWEST
            and sum(map(_digits, held)) >= 2 * _TELLING_DIGITS
            and all(gap is not None and abs(gap) <= abs(worth) * _HARDLY for gap, worth in gaps)
        ):
            return True
    return False


def _inner(whole: int, across: Sequence[Cells], body: Sequence[int], gone: Collection[int]) -> int:
    """How many places behind the first are within it, where it makes up a whole with all that follow these."""
    first, *others = body if body and not any(place in gone for place in body) else [whole]
    for size in range(len(others) - 1, 0, -1):
        gaps = [gap_of(line, whole, (first, *others[size:])) for line in across]
        if not any(gaps) and None not in gaps:
            inner = [sum(line[place].worth for place in others[:size] if place in line) for line in across]
            within = (told <= line[first].worth for told, line in zip(inner, across, strict=True) if first in line)
            return size if all(within) else 0
        if any(gap > 0 for gap in gaps if gap is not None):
            return 0
    return 0


def _is_nearly(whole: int, across: Sequence[Cells], others: Sequence[int]) -> bool:
    """Whether all others make up nearly all of a place in every line across, as parts do that are not all listed."""
    asked = [line for line in across if sum(other in line for other in others) >= _SEVERAL]
    gaps = [(gap_of(line, whole, others), line[whole].worth) for line in asked]
    return len(asked) >= _FEWEST and all(gap is not None and 0 <= -gap <= worth * _NEARLY for gap, worth in gaps)


def sums_of_groups(layout: Layout, rows: Collection[int], numbers: Numbers) -> tuple[list[Line], set[int]]:
    """The same of records: of groups whose rows have the same other labels each, one is the sum of the next.

    Args:
        layout: the table.
        rows: those that nothing else is known of, in order.
        numbers: those of the table.

    Returns:
        The sums, and the rows of a group that nearly makes up the others.
    """
    if len(rows) <= _FEWEST or len(layout.naming) < _FEWEST:
        return [], set()
    labels = zip(layout.body_rows, zip(*map(layout.labels, layout.naming), strict=True), strict=True)
    told = {row: path for row, path in labels if row in rows}
    for level in range(len(layout.naming)):
        groups: dict[str | None, dict[tuple[str | None, ...], int]] = {}
        for row, path in told.items():
            groups.setdefault(path[level], {}).setdefault((*path[:level], *path[level + 1 :]), row)
        names = list(groups)
        if None in names or len(names) == len(told) or sum(map(len, groups.values())) < len(told):
            continue
        lines: dict[tuple[object, int], dict[int, NumberCell]] = {}
        for place, name in enumerate(names):
            for rest, row in groups[name].items():
                for column, number in numbers.by_row.get(row, {}).items():
                    lines.setdefault((rest, column), {})[place] = number
        found, nearly = sums_of_runs([(place, (name or "",)) for place, name in enumerate(names)], lines.values(), ())
        if not found and len(nearly) == 1:
            return [], set(groups[names[nearly.pop()]].values())
        if found:
            sums = [
                Line(
                    row,
                    tuple(groups[names[part]][rest] for part in line.parts if rest in groups[names[part]]),
                    line.exhaustive,
                )
                for line in found
                for rest, row in groups[names[line.whole]].items()
            ]
            return sums, set()
    return [], set()


def sums_of_blanks(layout: Layout, numbers: Numbers) -> tuple[list[Line], set[int]]:
    """Rows of records that leave out one label where others with the same other labels have some: all of these.

    Args:
        layout: the table.
        numbers: those of the table.

    Returns:
        The sums, and rows that may be one although what is told of them does not make them up.
    """
    found: list[Line] = []
    doubtful: set[int] = set()
    told = False
    columns = {column: layout.labels(column) for column in layout.naming} if len(layout.naming) >= _FEWEST else {}
    for column, own in columns.items():
        if None not in own.values or len(own.values) == 1 or layout.kinds[column].kind == "year":
            continue
        keys = zip(*(texts for other, texts in columns.items() if other != column), strict=True)
        wholes: dict[Path, list[int]] = {}
        parts: dict[Path, list[int]] = {}
        for row, label, key in zip(layout.body_rows, own, keys, strict=True):
            if numbers.values.get(row):
                (wholes if label is None else parts).setdefault(key, []).append(row)
        if any(len(wholes[key]) > 1 for key in wholes.keys() & parts.keys()):
            continue  # a label that is printed once holds for the rows below it
        lines = [Line(wholes[key][0], tuple(parts[key]), True, f"column {column}") for key in wholes if key in parts]
        above = [line for line in lines if all(_is_at_most(part, line.whole, numbers.values) for part in line.parts)]
        held = [line for line in above if len(line.parts) >= _FEWEST and makes_up(line, numbers.values)]
        found += held
        # where one column says otherwise it may still be one: those who counted later found more cured
        doubtful.update(line.whole for line in lines if line in above or _is_mostly_above(line, numbers.values))
        told = told or any(len(line.parts) >= _FEWEST for line in above)
    return found, doubtful - {line.whole for line in found} if told else set()


def _is_mostly_above(line: Line, values: Mapping[int, Mapping[int, Decimal]]) -> bool:
    told = values[line.whole]
    largest = {column: max(values[part].get(column, Decimal(0)) for part in line.parts) for column in told}
    below = sum(largest[column] > value for column, value in told.items())
    return len(line.parts) >= _FEWEST and 2 * below < len(told)


def _is_at_most(part: int, whole: int, values: Mapping[int, Mapping[int, Decimal]]) -> bool:
    told = values[whole]
    return all(value <= told[column] for column, value in values[part].items() if column in told)


def makes_up(line: Line, values: Mapping[int, Mapping[int, Decimal]]) -> bool:
    """Whether rows are what another one is to the digit in every column, so that none of them is its sum."""
    told = values.get(line.whole, {})
    sums = {column: sum(values.get(part, {}).get(column, Decimal(0)) for part in line.parts) for column in told}
    return any(told.values()) and sums == told
