"""Exports of indicators as SDMX-CSV 2.0, with the structure of its columns and codes as SDMX-ML 2.1.

Standards: https://sdmx.org, technical specifications 2.1 (structure) and 3.0 (SDMX-CSV 2.0).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalog.indicators import indicators
from pipelines.errors import FupinError
from pipelines.publishing.cells import csv_line
from pipelines.publishing.exports.sdmx_structure import AGENCY, FLOW, VERSION, Codes, Name, write_structure
from pipelines.publishing.exports.tables import BESIDE, Table
from pipelines.publishing.indicator_rows import indicator_rows_query

if TYPE_CHECKING:
    import duckdb

DATA, STRUCTURE = "indicators.csv", "structure.xml"
COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "REF_AREA", "BASIS", "TIME_PERIOD", "OBS_VALUE"),
    *("LOWER_BOUND", "UPPER_BOUND", "UNIT_MEASURE", "OBS_STATUS", "DISPUTED_COUNT", "COMMENT_OBS"),
)
_ROWS = """
SELECT i.indicator, i.member_code, i.region_code, i.basis, i.period_code, p.period_kind, p.start_date,
    p.end_date, i.value, i.value_low, i.value_high, i.unit, i.disputed_count, i.reason
FROM ({rows}) AS i LEFT JOIN core.dim_period AS p USING (period_code)
ORDER BY i.indicator, i.member_code, i.region_code, i.basis, p.start_date, i.period_code
"""
# the names of everything that a code of the data can stand for, in both languages
_NAMES = """
SELECT 'region' AS kind, region_code AS code, name_en, name_zh FROM core.region
UNION ALL SELECT 'unit', unit_code, name_en, name_zh FROM core.unit
UNION ALL SELECT 'program', program_code, name_en, name_zh FROM core.program
UNION ALL SELECT 'source', source_code, name_en, name_zh FROM core.fund_source
UNION ALL SELECT 'measure', measure_code, name_en, name_zh FROM core.measure
"""
# a value that is missing is written so: readers take the column for numbers
_MISSING = "NaN"
# codes that others use too
_UNITS = {"%": "PT"}


def write_sdmx(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path, is_choice: bool
) -> list[Table]:
    """Writes `indicators.csv` and `structure.xml`.

    Args:
        connection: to the snapshot.
        tables: those asked for; only indicators become observations.
        folder: where the files go.
        is_choice: whether the tables were named one by one; then each must be an indicator.

    Returns:
        The indicators.

    Raises:
        FupinError: a named table is no indicator, or there is none.
    """
    chosen = [table for table in tables if table.schema == "indicator" and table.name not in BESIDE]
    if is_choice and len(chosen) < len(tables):
        other = next(table.full_name for table in tables if table not in chosen)
        raise FupinError(f"{other}: SDMX holds indicators only; choose another format for other tables")
    if not chosen:
        raise FupinError("there is no indicator to export")
    rows = connection.execute(_ROWS.format(rows=indicator_rows_query([table.name for table in chosen]))).fetchall()
    names = {(kind, code): Name(en, zh) for kind, code, en, zh in connection.execute(_NAMES).fetchall()}
    titles = {table.name: _title(table) for table in chosen}
    meanings = {name.upper(): title for name, title in titles.items()}
    regions: dict[str, Name] = {}
    units: dict[str, Name] = {}
    with (folder / DATA).open("w", encoding="utf-8", newline="") as file:
        file.write(csv_line(COLUMNS))
        for row in rows:
            name, member, region, basis, period, kind, start, end, *rest = row
            value, low, high, unit, disputed, reason = rest
            code = member_code(name, member)
            if member:
                declared = indicators().get(name)
                of_member = names.get((declared.by or "" if declared else "", member), Name(member, member))
                meanings[code] = titles[name].of(of_member)
            regions[region] = names.get(("region", region), Name(region, region))
            units[unit_code(unit)] = names.get(("unit", unit), Name(unit, unit))
            time = period.removeprefix("Y") if kind == "calendar_year" else f"{start}/P{(end - start).days + 1}D"
            status = "O" if value is None else "U" if disputed else "A"
            fields = (
                *("dataflow", f"{AGENCY}:{FLOW}({VERSION})", "I", "A", code, region, basis.upper(), time),
                *(_MISSING if value is None else value, low, high, unit_code(unit), status, disputed, reason),
            )
            file.write(csv_line(fields))
    write_structure(folder / STRUCTURE, Codes(meanings, regions, units))
    return chosen


def _title(table: Table) -> Name:
    """What an indicator is called and tells; one that is declared no more has its name only."""
    one = indicators().get(table.name)
    if one is None:
        bare = table.name.replace("_", " ")
        return Name(bare, bare, table.meaning, table.meaning)
    return Name(one.title.en, one.title.zh, one.tells.en, one.tells.zh)


def member_code(indicator: str, member: str) -> str:
    """The code of an indicator; one with several rows for a region and period has one code for each of them."""
    return re.sub(r"[^A-Z0-9]+", "_", f"{indicator} {member}".upper()).strip("_")


def unit_code(unit: str) -> str:
    """A unit as a code of letters, digits and underscores."""
    return _UNITS.get(unit) or re.sub(r"[^A-Z0-9]+", "_", unit.upper()).strip("_")
