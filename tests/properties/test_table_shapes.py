"""Tables of every shape against a reader of the tests that knows how each was made.

The shapes are drawn from fixed seeds. The reader here asks the project nothing: it goes by the places at which a table
was told to have its labels, headers, units and totals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.helpers import version
from tests.properties import writers
from tests.properties.writers import Box, Grid

COUNTIES = ("Ningdu", "Xingguo", "Ruijin", "Huichang", "Yudu", "Shicheng", "Xunwu", "Anyuan", "Shangyou", "Dayu")
AMOUNTS = ("Central funds", "Provincial funds", "City and county funds", "Bank loans")
SEEDS = range(60)
# signs of thousands and of decimals
SIGNS = {"plain": ("", "."), "comma": (",", "."), "point": (".", ","), "blank": ("\u202f", ","), "quote": ("’", ".")}
WRITERS: dict[str, Callable[[Grid], bytes]] = {
    "csv": writers.as_csv,
    "tsv": partial(writers.as_csv, delimiter="\t"),
    "xlsx": writers.as_xlsx,
    "ods": writers.as_ods,
    "html": lambda grid: writers.as_html([("table", grid)]),
    "docx": lambda grid: writers.as_docx([("table", grid)]),
    "md": lambda grid: writers.as_markdown([("table", grid)]),
}


@dataclass
class Shape:
    """A table as it was made.

    Attributes:
        grid: as printed.
        labels: column of the labels of rows.
        years: column of years; None where there is none.
        headers: column of values → its header texts.
        units: column of values → unit and factor.
        details: rows that are details.
        wholes: columns that are totals.
        signs: how its numbers are printed.
        features: what it has, to tell failures apart.
    """

    grid: Grid
    labels: int
    years: int | None
    headers: dict[int, list[str]]
    units: dict[int, tuple[str, int]]
    details: list[int]
    wholes: list[int]
    signs: str = "plain"
    features: list[str] = field(default_factory=list)


def made(seed: int) -> Shape:
    """A table with a choice of features."""
    rng = Random(seed)
    unit = rng.choice(["line", "brackets", "row"])
    total_row = rng.choice(["none", "first", "last", "arithmetic"])
    wide, long = rng.choice([(False, False), (True, False), (False, True)])
    grouped = not long and rng.random() < 0.25 and total_row in ("none", "last")
    right = rng.random() < 0.25 and not grouped
    ids = rng.choice(["none", "none", "number", "code"])
    total_column, share = rng.random() < 0.4 and not wide, rng.random() < 0.3 and not wide
    names = list(AMOUNTS[: rng.randint(2, 4)])
    amounts = [*names, *(["Total"] if total_column else [])]
    others = [*(["Poverty rate (%)"] if share else []), *(["Households supported"] if not wide else [])]
    periods = ["2010", "2011"] if wide else [""]
    heads = [(period, name) for period in periods for name in [*amounts, *others]]
    left = [*(["No." if ids == "number" else "Code"] if ids != "none" else []), *(["County"] if not right else [])]
    left += ["Year"] if long else []
    shape = Shape(Grid("", ()), len(left) - 1 - long, len(left) - 1 if long else None, {}, {}, [], [])
    if right:
        shape.labels = len(left) + len(heads)
    width = len(left) + len(heads) + right

    def line(texts: list[str], kind: str) -> tuple[Box | None, ...]:
        return tuple(Box((text,), kind=kind) if text else Box() for text in texts)  # type: ignore[arg-type]

    bracket = " (10,000 yuan)" if unit == "brackets" else ""
    top: list[tuple[Box | None, ...]] = []
    shown = [f"{name}{bracket if name in amounts else ''}" for _, name in heads]
    if wide:
        above: list[Box | None] = [Box((text,), kind="head", spans=(2, 1)) for text in left]
        for period in periods:
            above += [Box((period,), kind="head", spans=(1, len(amounts))), *[None] * (len(amounts) - 1)]
        above += [Box(("County",), kind="head", spans=(2, 1))] if right else []
        top.append(tuple(above))
        below: list[Box | None] = [*[None] * len(left), *(Box((text,), kind="head") for text in shown)]
        top.append((*below, *([None] if right else [])))
    else:
        top.append(line([*left, *shown, *(["County"] if right else [])], "head"))
    if unit == "row":
        units = ["10,000 yuan" if name in amounts else "%" if "%" in name else "households" for _, name in heads]
        top.append(line([*[""] * len(left), *units, *([""] if right else [])], "head"))
    for place, (period, name) in enumerate(heads):
        column = len(left) + place
        shape.headers[column] = [part for part in (period, name) if part]
        if name in amounts:
            shape.units[column] = ("CNY", 10_000)
        else:
            shape.units[column] = ("%", 1) if "%" in name else ("household", 1)
        if name == "Total":
            shape.wholes.append(column)

    body: list[list[str]] = []
    sums: dict[str, list[Decimal]] = {}
    counties = rng.sample(COUNTIES, rng.randint(4, 8))
    for number, county in enumerate(counties, 1):
        if grouped and number in (1, 1 + len(counties) // 2):
            body.append([("Northern counties" if number == 1 else "Southern counties"), *[""] * (width - 1)])
        for year in ["2010", "2011"] if long else [""]:
            values = []
            for _ in periods:
                own = [Decimal(rng.randint(1000, 99999)) / 10 for _ in names]
                values += [*own, *([sum(own, Decimal(0))] if total_column else [])]
                values += [Decimal(rng.randint(11, 399)) / 10] if share else []
                values += [Decimal(rng.randint(500, 9000))] if not wide else []
            key = sums.setdefault(year, [Decimal(0)] * len(values))
            sums[year] = [one + two for one, two in zip(key, values, strict=True)]
            first = [str(number) if ids == "number" else f"36{number:04d}"] if ids != "none" else []
            label = f"{county} County"
            body.append(
                [*first, *([label] if not right else []), *([year] if long else []), *map(str, values)]
                + ([label] if right else [])
            )
            shape.details.append(len(body) - 1)
    if total_row != "none":
        whole = "" if total_row == "arithmetic" else "Total"
        rows = []
        for year, values in sums.items():
            texts = ["" if "%" in name else str(value) for (_, name), value in zip(heads, values, strict=True)]
            first = [""] if ids != "none" else []
            rows.append(
                [*first, *([whole] if not right else []), *([year] if long else []), *texts]
                + ([whole] if right else [])
            )
        if total_row == "first":
            shape.details = [place + len(rows) for place in shape.details]
            body = [*rows, *body]
        else:
            body += rows
    caption = "Poverty alleviation funds of Jiangxi" + ("" if wide or long else ", 2011")
    top = [*([line(["Unit: 10,000 yuan", *[""] * (width - 1)], "label")] if unit == "line" else []), *top]
    rows_ = [line(texts, "body") for texts in body]
    shape.grid = Grid(caption, (*top, *rows_))
    shape.details = [place + len(top) for place in shape.details]
    shape.features = [f"unit {unit}", f"total {total_row}", f"ids {ids}"]
    shape.features += [
        name for name, has in {"wide": wide, "long": long, "groups": grouped, "right": right}.items() if has
    ]
    shape.features += [name for name, has in {"total column": total_column, "share": share}.items() if has]
    return shape


def _line(texts: Sequence[str], kind: str) -> tuple[Box | None, ...]:
    return tuple(Box((text,), kind=kind) if text else Box() for text in texts)  # type: ignore[arg-type]


def dressed(shape: Shape, seed: int) -> Shape:
    """The same table as an office may print it: other signs in numbers, pages, gaps and notes."""
    rng = Random(1_000 + seed)
    found = replace(shape, features=list(shape.features))
    found.signs = rng.choice(list(SIGNS))
    currency = rng.random() < 0.3
    found.grid = replace(found.grid, rows=tuple(_printed(found, row, behind=currency) for row in found.grid.rows))
    width = len(found.grid.rows[0])
    last_head = max(at for at, row in enumerate(found.grid.rows) if any(box and box.kind == "head" for box in row))
    middle = (last_head + 1 + len(found.grid.rows)) // 2
    if rng.random() < 0.3:
        head = [row for row in found.grid.rows if any(box and box.kind == "head" for box in row)]
        _insert(found, middle, head, "repeated headers")
    elif rng.random() < 0.3:
        _insert(found, middle, [_line([""] * width, "body")], "blank row")
    if rng.random() < 0.4:
        notes = [["Note: as reported by the counties."], ["Source: office for poverty alleviation."]]
        _insert(found, len(found.grid.rows), [_line([*note, *[""] * (width - 1)], "label") for note in notes], "notes")
    found.features += [f"signs {found.signs}", *(["currency behind"] if currency else [])]
    return found


def _printed(shape: Shape, row: tuple[Box | None, ...], *, behind: bool) -> tuple[Box | None, ...]:
    """A row with the numbers of values as the table prints them."""
    thousands, decimals = SIGNS[shape.signs]
    boxes = list(row)
    for column, (unit, factor) in shape.units.items():
        box = boxes[column]
        if box is not None and box.parts and box.kind == "body":
            whole, _, rest = box.shown.partition(".")
            text = f"{int(whole):,}".replace(",", thousands) + (decimals + rest if rest else "")
            boxes[column] = replace(
                box, parts=(f"{text} 万元" if behind and (unit, factor) == ("CNY", 10_000) else text,)
            )
    return tuple(boxes)


def _insert(shape: Shape, place: int, rows: Sequence[tuple[Box | None, ...]], feature: str) -> None:
    old = shape.grid.rows
    shape.grid = replace(shape.grid, rows=(*old[:place], *rows, *old[place:]))
    shape.details = [row + len(rows) if row >= place else row for row in shape.details]
    shape.features.append(feature)


def expected(shape: Shape) -> list[tuple[str, ...]]:
    """What a simple reader finds: value, unit, label of the row, headers, and whether it counts as a detail."""
    found = []
    for row, boxes in enumerate(shape.grid.rows):
        for column, (unit, factor) in shape.units.items():
            box = boxes[column]
            if box is None or box.kind != "body" or not box.parts:
                continue
            places = sorted([shape.labels, *([shape.years] if shape.years is not None else [])])
            path = [part.shown for part in map(boxes.__getitem__, places) if part is not None and part.parts]
            leaf = row in shape.details and column not in shape.wholes and unit != "%"
            thousands, decimals = SIGNS[shape.signs]
            text = box.shown.removesuffix(" 万元").replace(thousands or " ", "").replace(decimals, ".")
            value = Decimal(text) * factor
            found.append((f"{value.normalize():f}", unit, " > ".join(path), shape.headers[column][-1], str(leaf)))
    return sorted(found)


def read(shape: Shape, path: Path) -> list[tuple[str, ...]]:
    """The same by the project."""
    report = version(path)
    leaves = {
        fact.figure_id for kind in (report.facts.funds, report.facts.results) for fact in kind if fact.is_additive_leaf
    }
    found = []
    for figure in report.reading.figures:
        place = figure.locator
        labels = [part for part in (place.row_path or "").split(" > ") if not part.endswith("counties")]
        header = (place.column_path or "").split(" > ")[-1].removesuffix(" (10,000 yuan)")
        value = f"{figure.value.normalize():f}"
        found.append((value, figure.unit, " > ".join(labels), header, str(figure.figure_id in leaves)))
    return sorted(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_of_any_shape_is_read_as_it_was_made(tmp_path: Path, seed: int) -> None:
    shape = dressed(made(seed), seed)
    ending = list(WRITERS)[seed % len(WRITERS)]
    path = tmp_path / f"funds.{ending}"
    path.write_bytes(WRITERS[ending](shape.grid))
    assert read(shape, path) == expected(shape), f"{ending}: {', '.join(shape.features)}"
