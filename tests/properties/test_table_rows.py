"""Rows and columns that are wholes, parts and versions of others, against what the tests know of how they were made."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from tests.helpers import version
from tests.properties import writers
from tests.properties.writers import Box, Grid

COUNTIES = ("Ningdu", "Xingguo", "Ruijin", "Huichang", "Yudu", "Shicheng", "Xunwu", "Anyuan")
WORKS = ("Roads", "Water supply", "Schools", "Clinics", "Training")
MONTHS = ("January", "February", "March", "April", "May", "June")
SEEDS = range(8)
WRITERS: dict[str, Callable[[Grid], bytes]] = {
    "csv": writers.as_csv,
    "xlsx": writers.as_xlsx,
    "html": lambda grid: writers.as_html([("table", grid)]),
    "docx": lambda grid: writers.as_docx([("table", grid)]),
}
# the table, and the cells (column, row, both from 0 on) whose amounts may be added up
Made = tuple[list[list[str]], set[tuple[int, int]]]


def turned(rng: Random) -> Made:
    """Counties across, what is counted down, each row with its unit, and maybe a column of totals."""
    counties = rng.sample(COUNTIES, rng.randint(3, 6))
    total = rng.random() < 0.5
    items = ["Central funds (10,000 yuan)", "Provincial funds (10,000 yuan)", "Poor households", "Villages reached"]
    rows = [["Item", *(f"{name} County" for name in counties), *(["Total"] if total else [])]]
    for item in items[: rng.randint(2, 4)]:
        values = [rng.randint(20, 9_000) for _ in counties]
        rows.append([item, *map(str, values), *([str(sum(values))] if total else [])])
    return rows, {(column, row) for row in range(1, len(rows)) for column in range(1, 1 + len(counties))}


def typed(rng: Random) -> Made:
    """A column says of each row whether it is an item or a total; names say nothing."""
    rows = [["Level", "Name", "Allocated (yuan)"]]
    leaves = set()
    for number in range(rng.randint(2, 4)):
        values = [rng.randint(100, 9_999) for _ in range(rng.randint(2, 4))]
        rows.append(["Programme", f"Works {'ABCD'[number]}", str(sum(values))])
        for work, value in zip(rng.sample(WORKS, len(values)), values, strict=True):
            leaves.add((2, len(rows)))
            rows.append(["Item", f"{work} {'ABCD'[number]}", str(value)])
    return rows, leaves


def dated(rng: Random) -> Made:
    """States at several dates: of each project only the last counts."""
    projects = rng.sample(WORKS, rng.randint(2, 4))
    dates = ["2011-03-31", "2011-06-30", "2011-09-30", "2011-12-31"][: rng.randint(2, 4)]
    rows = [["As of", "Project", "Paid (yuan)"]]
    paid = {name: rng.randint(10, 900) for name in projects}
    for date in dates:
        for name in projects:
            rows.append([date, name, str(paid[name])])  # noqa: PERF401 - amounts grow between dates
        paid = {name: value + rng.randint(0, 300) for name, value in paid.items()}
    return rows, {(2, row) for row in range(len(rows) - len(projects), len(rows))}


def grown(rng: Random) -> Made:
    """Amounts up to each month: the last month of each county counts."""
    counties = rng.sample(COUNTIES, rng.randint(2, 4))
    months = MONTHS[: rng.randint(3, 6)]
    rows = [["County", "Month", "Cumulative spending (yuan)"]]
    leaves = set()
    for county in counties:
        value = rng.randint(10, 900)
        for month in months:
            rows.append([f"{county} County", month, str(value)])
            value += rng.randint(1, 300)
        leaves.add((2, len(rows) - 1))
    return rows, leaves


def nested(rng: Random) -> Made:
    """Groups, each with a subtotal first or last or without a word, and a total of all."""
    place = rng.choice(["first", "last", "unnamed"])
    rows = [["Place", "Funds (yuan)"]]
    leaves, whole = set(), 0
    names = iter(rng.sample(COUNTIES, len(COUNTIES)))
    for number in range(2):
        values = [rng.randint(1_000, 99_999) for _ in range(rng.randint(2, 4))]
        whole += sum(values)
        label = f"Prefecture {'AB'[number]}" if place == "unnamed" else f"Prefecture {'AB'[number]} subtotal"
        if place != "last":
            rows.append([label, str(sum(values))])
        for value in values:
            leaves.add((1, len(rows)))
            rows.append([f"{next(names)} County", str(value)])
        if place == "last":
            rows.append([label, str(sum(values))])
    rows.append(["Grand total", str(whole)])
    return rows, leaves


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [turned, typed, dated, grown, nested])
def test_only_what_is_in_nothing_else_is_added_up(tmp_path: Path, make: Callable[[Random], Made], seed: int) -> None:
    rows, leaves = make(Random(seed))
    boxes = tuple(
        tuple(Box((text,), kind="head" if not at else "body") if text else Box() for text in row)
        for at, row in enumerate(rows)
    )
    ending = list(WRITERS)[seed % len(WRITERS)]
    path = tmp_path / f"funds.{ending}"
    path.write_bytes(WRITERS[ending](Grid("Funds of Jiangxi, 2011", boxes)))
    report = version(path)
    added = {
        fact.figure_id for kind in (report.facts.funds, report.facts.results) for fact in kind if fact.is_additive_leaf
    }
    sums: dict[int, Decimal] = {}
    for figure in report.reading.figures:
        if figure.figure_id in added:
            column = ord((figure.locator.cell or "A")[0]) - ord("A")
            sums[column] = sums.get(column, Decimal(0)) + figure.value_stated
    right: dict[int, Decimal] = {}
    for column, row in leaves:
        right[column] = right.get(column, Decimal(0)) + Decimal(rows[row][column])
    assert sums == right, rows
    assert not [check for check in report.checks if check.verdict == "fails" and check.severity in ("error", "warning")]
