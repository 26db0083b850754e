"""Indicators, regions, periods and tables by the names that people use; a wrong name is answered with the nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipelines.catalog.regions import province_named
from pipelines.errors import FupinError

if TYPE_CHECKING:
    import duckdb

_SHOWN = 6
_LONGEST = 200


def indicator_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """All indicators, by name."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'indicator' AND NOT internal ORDER BY table_name"
    ).fetchall()
    return [row[0] for row in rows]


def find_indicator(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The indicator of a name; capitals, spaces and hyphens do not matter.

    Raises:
        FupinError: there is none; names the nearest.
    """
    wanted = re.sub(r"[\s-]+", "_", name.strip().lower()).removeprefix("indicator.")
    names = indicator_names(connection)
    if wanted in names:
        return wanted
    raise FupinError(f"{name}: no such indicator{suggestion(wanted, names)}")


def find_region(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The code of a region, given its code, or its English or Chinese name.

    Of several regions with the same name, the one that figures speak of is taken, else the province.

    Raises:
        FupinError: there is none, with the nearest names, or several, with their codes.
    """
    rows: list[tuple[str, str, str, str, bool, bool]] = connection.execute(
        "SELECT region_code, name_en, name_zh, coalesce(class_zh, ''), "
        "bool_or(region_key IN (SELECT region_key FROM core.fact_figure)), bool_or(region_level = 'province') "
        "FROM core.dim_region WHERE region_key <> -1 GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    wanted = name.strip().lower()
    short = wanted.removesuffix(" province").removesuffix(" county").removesuffix(" city").strip()
    found = [row for row in rows if wanted in (row[0], row[2])]
    found = found or [row for row in rows if short in (row[1].lower(), row[2].removesuffix(row[3]))]
    province = province_named(short)
    if not found and province is not None and province.name_zh.startswith(short):
        found = [row for row in rows if row[0] == province.code]
    spoken_of = {row[0] for row in found if row[4]}
    provinces = {row[0] for row in found if row[5]}
    codes = spoken_of or provinces or {row[0] for row in found}
    if len(codes) == 1:
        return codes.pop()
    if codes:
        listed = ", ".join(f"{row[0]} {row[2]}" for row in found if row[0] in codes)
        listed = listed if len(listed) <= _LONGEST else f"{listed[:_LONGEST]}…"
        raise FupinError(f"{name}: {len(codes)} regions have this name, give the code: {listed}")
    known = [row for row in rows if row[4]] or rows
    raise FupinError(f"{name}: no such region{suggestion(wanted, (word for row in known for word in row[1:3]))}")


def find_period(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The code of a period, given its code or a year: `Y2011`, `2011`, `2011年`, `2009-2011`, `FYP12`.

    Raises:
        FupinError: no figure speaks of it; names the nearest.
    """
    wanted = re.sub(r"\s*[-–—~至]\s*", "_", name.strip().upper().replace("年", ""))
    codes = [row[0] for row in connection.execute("SELECT period_code FROM core.dim_period ORDER BY 1").fetchall()]
    for code in (wanted, f"Y{wanted}"):
        if code in codes:
            return code
    raise FupinError(f"{name}: no such period{suggestion(wanted, codes, of_the_kind='Y')}")


def find_table(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str]:
    """Schema and name of a table or view, given with or without its schema.

    Raises:
        FupinError: there is none; names the nearest.
    """
    rows = connection.execute(
        "SELECT table_schema, table_name FROM information_schema.tables "
        "WHERE table_schema IN ('core', 'indicator', 'out', 'quality', 'work') ORDER BY ALL"
    ).fetchall()
    wanted = name.strip().lower()
    for schema, table in rows:
        if wanted in (table, f"{schema}.{table}"):
            return schema, table
    near = [f"{schema}.{table}" for schema, table in rows] if "." in wanted else [table for _, table in rows]
    raise FupinError(f"{name}: no such table{suggestion(wanted, near)}")


def suggestion(wanted: str, known: Iterable[str], of_the_kind: str = "") -> str:
    """The end of a message about an unknown name: the nearest ones, else some that there are."""
    by_lower = {name.lower(): name for name in known}
    nearest = get_close_matches(wanted.lower(), by_lower, n=3, cutoff=0.6)
    if nearest:
        return f"; did you mean {' or '.join(by_lower[name] for name in nearest)}?"
    some = [name for name in by_lower.values() if name.startswith(of_the_kind)]
    return f"; there are {', '.join(some[:_SHOWN])}{', …' if len(some) > _SHOWN else ''}" if some else ""
