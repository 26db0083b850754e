"""Declared layouts: how one publisher's table is read, as data; the schema of `catalog/layouts/*.yml`."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalog.load import FOLDER, Catalog, Strict, catalog, read_yaml, validated
from pipelines.catalog.units import unit_of
from pipelines.errors import CatalogError

Dimension = Literal["region", "period", "program", "source", "stage", "measure", "unit", "other"]
ValueRole = Literal["level", "target", "change", "change_pct", "share_pct", "rate_pct", "plan_pct", "per_unit"]
CODED = ("region", "period", "program", "source", "stage", "measure")
_LAYOUTS = FOLDER / "layouts"


class Match(Strict):
    """Which tables a layout is for; all conditions must hold, `*` stands for anything.

    `report` is compared with the report's path below `raw/` and with its last part, `caption` words stand above the
    headers or in the caption, `headers` are headers of the table.
    """

    report: str = "*"
    sheet: str = "*"
    caption: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _selects(self) -> Match:
        if self.report == "*" and not self.caption and not self.headers:
            raise ValueError("must name a report, words of the caption or headers")
        return self


class LabelColumn(Strict):
    """A column of row labels: what it tells, and `codes` for labels whose words do not tell it themselves."""

    header: str
    dimension: Dimension
    codes: dict[str, str] = Field(default_factory=dict)


class ValueColumn(Strict):
    """A column of figures; what is left out is read from headers, rows and the unit line.

    `total` marks the column that the other columns of its kind add up to.
    """

    header: str
    role: ValueRole | None = None
    unit: str | None = None
    scale: Decimal | None = Field(default=None, gt=0)
    total: bool = False
    region: str | None = None
    period: str | None = None
    program: str | None = None
    source: str | None = None
    stage: str | None = None
    measure: str | None = None

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """The attributes that are declared, with their codes."""
        return tuple((name, code) for name in CODED if (code := getattr(self, name)) is not None)


class RowKinds(Strict):
    """A column that says what each row is; `*` stands for anything in the texts of `detail`, `total` and `skip`."""

    column: str
    detail: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


class Versions(Strict):
    """Rows that tell the same anew: of those with one `key`, the last in the order of a column speaks.

    Args:
        order: header of a column of dates, months or versions.
        key: headers of the columns that say what is told; all other labels where it is empty.
    """

    order: str
    key: tuple[str, ...] = ()


class Cumulative(Strict):
    """Rows that hold what came about since a start: the last in `order` speaks, `within` each year or place."""

    order: str
    within: tuple[str, ...] = ()


class TableLayout(Strict):
    """How the tables of one publisher are read.

    Attributes:
        name: name of the file, without its ending.
        description: whose table it is.
        match: which tables it is for.
        header_rows: how many rows of headers there are.
        unit: unit of columns that name none.
        scale: factor of columns that name none.
        decimal: decimal sign.
        thousands: sign between groups of digits; other signs are errors.
        labels: columns of row labels.
        values: columns of figures.
        ignore: headers of columns that are not read.
        total_rows: labels of rows that other rows add up to; empty leaves that to the words.
        rows: a column that tells totals from details.
        versions: rows of which the latest version speaks.
        cumulative: rows that add up over time already.
        missing: texts that mean "not there", such as `-99`.
        skip_rows: rows that are not read, by the text that they begin with.
    """

    name: str = ""
    description: str
    match: Match
    header_rows: int = Field(default=1, ge=1, le=4)
    unit: str | None = None
    scale: Decimal | None = Field(default=None, gt=0)
    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", " ", "'"] | None = None
    labels: tuple[LabelColumn, ...] = Field(min_length=1)
    values: tuple[ValueColumn, ...] = Field(min_length=1)
    ignore: tuple[str, ...] = ()
    total_rows: tuple[str, ...] = ()
    rows: RowKinds | None = None
    versions: Versions | None = None
    cumulative: Cumulative | None = None
    missing: tuple[str, ...] = ()
    skip_rows: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _signs_differ(self) -> TableLayout:
        if self.decimal == self.thousands:
            raise ValueError("decimal and thousands must differ")
        return self

    @model_validator(mode="after")
    def _columns_are_labels(self) -> TableLayout:
        headers = {label.header for label in self.labels}
        asked = [("rows", self.rows.column)] if self.rows is not None else []
        for name, told in (("versions", self.versions), ("cumulative", self.cumulative)):
            if told is not None:
                asked += [(name, told.order), *((name, header) for header in getattr(told, "key", ()))]
                asked += [(name, header) for header in getattr(told, "within", ())]
        for name, header in asked:
            if header not in headers:
                raise ValueError(f'{name}: "{header}" is none of the labels')
        if self.versions is not None and self.cumulative is not None:
            raise ValueError("versions and cumulative exclude each other")
        return self


@lru_cache(maxsize=1)
def layouts() -> tuple[TableLayout, ...]:
    """All shipped layouts, by name.

    Raises:
        CatalogError: a file is malformed or names a code that the catalogue lacks; names file and entry.
    """
    return tuple(read_layout(path) for path in sorted(_LAYOUTS.glob("*.yml")))


def read_layout(path: Path) -> TableLayout:
    """One layout file.

    Raises:
        CatalogError: the file is malformed or names a code that the catalogue lacks; names the entry.
    """
    place = f"catalog/layouts/{path.name}"
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise CatalogError(f"{place}: must map the fields of a layout to their values")
    layout = validated(TableLayout, {**content, "name": path.stem}, place)
    for where, problem in _unknown_codes(layout, catalog()):
        raise CatalogError(f"{place}: {where}: {problem}")
    return layout


def _unknown_codes(layout: TableLayout, known: Catalog) -> list[tuple[str, str]]:
    """Entries with a code that the catalogue lacks, and what is wrong with it."""
    coded = [(f"values {column.header}", name, code) for column in layout.values for name, code in column.codes]
    for label in layout.labels:
        coded += [(f"labels {label.header}", label.dimension, code) for code in label.codes.values()]
    problems = [(where, f"{name} {code} is no code") for where, name, code in coded if not _is_code(name, code, known)]
    units = [("unit", layout.unit)] + [(f"values {column.header}", column.unit) for column in layout.values]
    problems += [
        (where, f"unit {unit} is no code") for where, unit in units if unit is not None and unit_of(unit) is None
    ]
    return problems


def _is_code(dimension: str, code: str, known: Catalog) -> bool:
    if dimension == "region":
        return re.fullmatch(r"\d{6}|[A-Z]{2}", code) is not None
    if dimension == "period":
        return re.fullmatch(r"Y\d{4}(?:_\d{4}|Q[1-4]|H[12]|M\d\d(?:_\d\d)?)?|ASOF_\d{8}|FYP\d+", code) is not None
    vocabularies: dict[str, Container[str]] = {
        "program": known.programs,
        "source": known.sources,
        "stage": known.stages,
        "measure": known.measures,
    }
    return code in vocabularies.get(dimension, ())
