"""Rows of the dimensions: from the catalogues in full, of periods and regions those that reports speak of."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipelines.catalog.countries import Country, countries
from pipelines.catalog.load import Entry, Program, catalog
from pipelines.catalog.regions import Region, prior_region, region, regions
from pipelines.catalog.rules import rules
from pipelines.catalog.units import currency_of, unit_of
from pipelines.meaning.period_codes import months, years
from pipelines.warehouse.keys import UNKNOWN_KEY, code_key, key
from pipelines.warehouse.rows import Row, insert

if TYPE_CHECKING:
    import duckdb

# the factor of a unit is exact: one pound is 0.45359237 kg
_PLACES = 10
# what refers to members of a dimension, where it is not the figures
_USED_BY = {"dim_rule": "fact_check"}


def load_dimensions(connection: duckdb.DuckDBPyConnection) -> bool:
    """Brings every dimension that comes from a catalogue up to date; the unknown member is a row like others.

    An entry that the catalogue has no more keeps its row, marked, as long as a figure or a check refers to it.

    Returns:
        Whether a row is another one now.
    """
    changed = [table for table, rows in _catalogued(connection).items() if _replace(connection, table, rows)]
    return bool(changed)


def _catalogued(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Dimension → its rows as the catalogues have them, the key first."""
    found = catalog()
    spoken = _first(connection, "SELECT region_code FROM core.dim_region WHERE region_level = 'country'")
    return {
        "dim_program": [row for entry in found.programs.values() for row in _program_rows(entry)],
        "dim_fund_source": [
            _member("source", "source", entry) | {"is_fiscal": entry.is_fiscal, "fund_class": entry.fund_class}
            for entry in found.sources.values()
        ],
        "dim_flow_stage": [
            _member("stage", "stage", entry, parent=False)
            | {
                "stage_order": entry.order,
                "is_fiscal": entry.is_fiscal,
                "iati_type": entry.iati,
                "fiscal_phase": entry.fiscal_phase,
            }
            for entry in found.stages.values()
        ],
        "dim_measure": [
            _member("measure", "measure", entry, parent=False)
            | {
                "measure_class": entry.kind,
                "base_unit": entry.unit,
                "aggregation": entry.aggregation,
                "additivity": entry.additivity,
                "plausible_min": entry.min,
                "plausible_max": entry.max,
            }
            for entry in found.measures.values()
        ],
        "dim_unit": unit_rows([*found.units, *_first(connection, "SELECT DISTINCT unit_code FROM core.fact_figure")]),
        "dim_beneficiary": [_member("beneficiary", "beneficiary", entry) for entry in found.beneficiaries.values()],
        "dim_rule": [
            {
                "rule_key": key("rule", rule.code),
                "rule_code": rule.code,
                "rule_kind": rule.kind,
                "severity": rule.severity,
                "tolerance": rule.tolerance,
                "text_en": rule.text_en,
                "text_zh": rule.text_zh,
                "is_retired": False,
            }
            for rule in rules().values()
        ],
        "dim_region": [*(_region_row(entry) for entry in regions()), _UNKNOWN_REGION, *country_rows(spoken)],
    }


def contents_of_gone(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Report id and content hash of the versions that count and refer to an entry that the catalogue has no more."""
    used = []
    for table, rows in _catalogued(connection).items():
        known, column = {next(iter(row.values())) for row in rows}, next(iter(rows[0]))
        gone = [one for one in _first(connection, f"SELECT {column} FROM core.{table}") if one not in known]
        if gone:
            used.append((_USED_BY.get(table, "fact_figure"), column, gone))
    found: set[tuple[str, str]] = set()
    for table, column, gone in used:
        found |= set(
            connection.execute(
                "SELECT report_id, content_hash FROM core.dim_report WHERE is_current AND report_version_key IN "
                f"(SELECT report_version_key FROM core.{table} WHERE {column} IN (SELECT unnest(?::BIGINT[])))",
                [gone],
            ).fetchall()
        )
    return sorted(found)


def _first(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall()]


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> bool:
    # a table with a key keeps the room of deleted rows, so rows that are there already are left alone
    columns = list(rows[0])
    known = {row[columns[0]] for row in rows}
    found = connection.execute(f"SELECT {', '.join(columns)} FROM core.{table}").fetchall()
    gone = [dict(zip(columns, row, strict=True)) | {"is_retired": True} for row in found if row[0] not in known]
    if gone:
        used = set(_first(connection, f"SELECT DISTINCT {columns[0]} FROM core.{_USED_BY.get(table, 'fact_figure')}"))
        rows = [*rows, *(row for row in gone if row[columns[0]] in used)]
    if len(found) == len(rows) and set(found) == {tuple(row[name] for name in columns) for row in rows}:
        return False
    connection.execute(f"DELETE FROM core.{table}")
    insert(connection, f"core.{table}", rows, _PLACES)
    return True


def _member(dimension: str, prefix: str, entry: Entry, *, parent: bool = True) -> Row:
    row: Row = {
        f"{prefix}_key": code_key(dimension, entry.code),
        f"{prefix}_code": entry.code,
        "name_en": entry.name_en,
        "name_zh": entry.name_zh,
        "is_retired": False,
    }
    return row | {"parent_code": entry.parent} if parent else row


def _program_rows(entry: Program) -> list[Row]:
    """One row per set of codes that a program has had, the earlier first."""
    now = _member("program", "program", entry) | {
        "dac_purpose": entry.dac_purpose,
        "cofog": entry.cofog,
        "budget_code": entry.budget_code,
        "valid_from_year": entry.budget_code_since,
        "valid_to_year": None,
    }
    if entry.budget_code_since is None:
        return [now]
    before = {"budget_code": None, "valid_from_year": None, "valid_to_year": entry.budget_code_since}
    return [now | before | {"program_key": key("program", entry.code, "before", entry.budget_code_since)}, now]


def program_key(code: str, period_code: str) -> int:
    """The key of a program under the codes of a period; without one, under those of today."""
    entry, span = catalog().programs.get(code), years(period_code)
    if entry is None or span is None or entry.budget_code_since is None or span[1] >= entry.budget_code_since:
        return code_key("program", code)
    return key("program", code, "before", entry.budget_code_since)


_UNKNOWN_REGION: Row = {
    "region_key": UNKNOWN_KEY,
    "region_code": "unknown",
    "name_en": "Unknown",
    "name_zh": "未知",
    "region_level": "unknown",
    "parent_code": None,
    "class_zh": None,
    "iso_3166_2": None,
    "valid_from_year": None,
    "valid_to_year": None,
    "prior_region_key": None,
    "is_retired": False,
}


def _region_row(entry: Region) -> Row:
    prior = prior_region(entry)
    return {
        "region_key": key("region", entry.code, entry.valid_from),
        "region_code": entry.code,
        "name_en": entry.name_en,
        "name_zh": entry.name_zh,
        "region_level": entry.level,
        "parent_code": entry.parent or None,
        "class_zh": entry.class_zh or None,
        "iso_3166_2": entry.iso or None,
        "valid_from_year": entry.valid_from,
        "valid_to_year": entry.valid_to,
        "prior_region_key": None if prior is None else key("region", prior.code, prior.valid_from),
        "is_retired": False,
    }


def country_rows(codes: Iterable[str]) -> list[Row]:
    """One row per code of a country, of ISO 3166-1; other codes are passed over."""
    return [
        dict.fromkeys(_UNKNOWN_REGION)
        | {
            "region_key": code_key("region", code),
            "region_code": code,
            "name_en": country.name_en,
            "name_zh": country.name_zh,
            "region_level": "country",
            "iso_3166_2": code,
            "is_retired": False,
        }
        for code in sorted(set(codes))
        if (country := country_of(code)) is not None
    ]


def country_of(code: str) -> Country | None:
    """The country of a code of two letters; the library of countries is asked about no other code."""
    return countries().get(code) if re.fullmatch(r"[A-Z]{2}", code) else None


def region_key(code: str, period_code: str) -> int:
    """The key of the region that bore a code in a period, or of a country; -1 where there is none.

    A code whose region is known only from a later revision takes the year of that revision.
    """
    if country_of(code) is not None:
        return code_key("region", code)
    span = years(period_code)
    entry = region(code, span[1] if span else regions()[0].valid_from)
    return UNKNOWN_KEY if entry is None else key("region", entry.code, entry.valid_from)


def period_rows(codes: Iterable[str]) -> list[Row]:
    """One row per period code, the unknown one included."""
    return [_period_row(code) for code in sorted({"unknown", *codes})]


def _period_row(code: str) -> Row:
    span = years(code)
    kind = "unknown"
    if span is not None:
        kind = "calendar_year"
        if code.startswith("ASOF"):
            kind = "as_of"
        elif code.startswith("FYP"):
            kind = "plan_period"
        elif span[0] != span[1]:
            kind = "cumulative"
    first, last = months(code) or (1, 12)
    end = datetime.date(span[1], last, monthrange(span[1], last)[1]) if span else None
    if months(code) is not None:
        kind = "part_of_year"
    if kind == "as_of":
        end = datetime.datetime.strptime(code, "ASOF_%Y%m%d").date()
    start = end if kind == "as_of" else datetime.date(span[0], first, 1) if span else None
    return {
        "period_key": code_key("period", code),
        "period_code": code,
        "period_kind": kind,
        "start_date": start,
        "end_date": end,
        "prior_period_code": f"Y{span[0] - 1}" if span and kind == "calendar_year" else None,
    }


def unit_rows(codes: Iterable[str]) -> list[Row]:
    """One row per unit: of the catalogue, a currency, or made of such (`CNY/person/month`); other codes are no unit."""
    return [
        _member("unit", "unit", unit, parent=False)
        | {
            "quantity_kind": unit.kind,
            "currency": currency_of(code),
            "base_unit": unit.base_unit,
            "base_factor": unit.factor,
        }
        for code in sorted(set(codes))
        if (unit := unit_of(code)) is not None
    ]


def calendar_years(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Codes of the calendar years that the warehouse knows."""
    rows = connection.execute("SELECT period_code FROM core.dim_period WHERE period_kind = 'calendar_year'").fetchall()
    return {row[0] for row in rows}


def add_missing(connection: duckdb.DuckDBPyConnection, table: str, key_column: str, rows: list[Row]) -> None:
    """Inserts those rows of a dimension whose key is not there yet."""
    known = {row[0] for row in connection.execute(f"SELECT {key_column} FROM core.{table}").fetchall()}
    insert(connection, f"core.{table}", [row for row in rows if row[key_column] not in known], _PLACES)
