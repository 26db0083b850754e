"""Exports as a Frictionless Data Package: CSV files with a descriptor of types, keys, sources and fiscal meaning.

The descriptor follows the Data Package and Table Schema standards (https://specs.frictionlessdata.io) and maps the
columns of money to the ColumnTypes of the Fiscal Data Package's taxonomy of budgets.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pipelines.meaning.meaning import How
from pipelines.publishing.exports.tables import Column, Table
from pipelines.publishing.exports.text import write_table

if TYPE_CHECKING:
    import duckdb

_TAXONOMY = "https://frictionlessdata.io/taxonomies/fiscal/budgets.json"
_KINDS = {"BOOLEAN": "boolean", "DATE": "date", "INTEGER": "integer", "BIGINT": "integer", "VARCHAR": "string"}
_REFERENCES = {
    "report_version_key": "core.dim_report",
    "region_key": "core.dim_region",
    "period_key": "core.dim_period",
    "program_key": "core.dim_program",
    "source_key": "core.dim_fund_source",
    "stage_key": "core.dim_flow_stage",
    "measure_key": "core.dim_measure",
    "unit_key": "core.dim_unit",
    "beneficiary_key": "core.dim_beneficiary",
    "rule_key": "core.dim_rule",
}
_VOCABULARIES = {
    "basis": ("as_reported", "adjusted"),
    "rollup_role": ("total", "component", "standalone"),
    "flow": ("level", "change"),
    "severity": ("critical", "error", "warning", "info"),
    "sureness": get_args(How),
}
_FISCAL = {
    "core.fact_fund": {"figure_key": "budget-line-id", "amount": "value", "currency": "value-currency:code"},
    "core.dim_program": {
        "program_code": "activity:generic:program:code",
        "name_en": "activity:generic:program:label",
        "cofog": "functional-classification:cofog:code",
        "budget_code": "functional-classification:generic:code",
    },
    "core.dim_fund_source": {"source_code": "fin-source:generic:code", "name_en": "fin-source:generic:label"},
    "core.dim_flow_stage": {"stage_code": "phase:id", "name_en": "phase:label"},
    "core.dim_region": {"region_code": "geo:target:code", "name_en": "geo:target:title"},
    "core.dim_period": {"start_date": "date:fiscal:activity-start", "end_date": "date:fiscal:activity-end"},
}
_CONSTANT = (
    ("direction", "direction", "expenditure"),
    ("region_code_list", "geo:target:codeList", "GB/T 2260, ISO 3166-1"),
)
_TEXT = (
    "Figures of governments' poverty reports, each as printed and with its place, their checks, and indicators. "
    "Amounts overlap: a total stands beside its parts, and reports repeat each other. Add up rows of core.fact_fund "
    "only within one report, program, breakdown_axis and currency, and only where is_additive_leaf is true. A text "
    "that begins like a formula has an apostrophe before it."
)


def write_datapackage(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path, licence: str | None
) -> None:
    """Writes `data/SCHEMA.TABLE.csv` and `datapackage.json`.

    Args:
        connection: to the snapshot.
        tables: to write; foreign keys to others are left out.
        folder: where the package goes.
        licence: of the figures; without one, the descriptor names none and says that the reports' terms apply.
    """
    present = {table.full_name for table in tables}
    resources = []
    for table in tables:
        path = folder / "data" / f"{table.full_name}.csv"
        write_table(connection, table, path)
        resources.append(_resource(table, path, folder, present))
    descriptor: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "fupin",
        "title": "Poverty reports as checked figures",
        "description": _TEXT if licence else f"{_TEXT} The terms of the reports apply.",
        "columnTypeTaxonomy": _TAXONOMY,
    }
    if licence:
        descriptor["licenses"] = [{"name": licence}]
    descriptor["sources"] = _sources(connection)
    descriptor["resources"] = resources
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    """The current reports, with the hash that names their bytes in the archive."""
    rows = connection.execute(
        "SELECT title, report_id, content_hash FROM core.dim_report WHERE is_current ORDER BY report_id"
    ).fetchall()
    return [{"title": title, "report": report, "hash": f"sha256:{digest}"} for title, report, digest in rows]


def _resource(table: Table, path: Path, folder: Path, present: set[str]) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "name": table.full_name.lower(),
        "profile": "tabular-data-resource",
        "description": table.meaning,
        "path": path.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": _schema(table, present),
    }


def _schema(table: Table, present: set[str]) -> dict[str, Any]:
    fiscal: Mapping[str, str] = _FISCAL.get(table.full_name, {})
    schema: dict[str, Any] = {
        "fields": [_field(column, column.name in table.primary, fiscal.get(column.name)) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.primary),
    }
    keys = [
        {"fields": [column.name], "reference": {"resource": resource, "fields": [key]}}
        for column in table.columns
        for resource, key in [_reference(table, column, present)]
        if resource is not None
    ]
    if keys:
        schema["foreignKeys"] = keys
    if table.full_name == "core.fact_fund":
        schema["extraFields"] = [
            {"name": name, "type": "string", "columnType": kind, "constant": value} for name, kind, value in _CONSTANT
        ]
    return schema


def _reference(table: Table, column: Column, present: set[str]) -> tuple[str | None, str]:
    """Resource and field that a column refers to; the empty name is the resource itself."""
    if column.kind != "BIGINT":
        return None, ""
    if column.name.endswith("figure_key"):
        resource, key = "core.fact_figure", "figure_key"
    else:
        resource, key = _REFERENCES.get(column.name, ""), column.name
    if resource not in present:
        return None, ""
    if resource == table.full_name:
        return (None, "") if column.name == key else ("", key)
    return resource, key


def _field(column: Column, is_primary: bool, fiscal: str | None) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _kind(column), "description": column.meaning}
    constraints: dict[str, Any] = {}
    # an empty text and a missing one are the same in this format
    if is_primary or (column.is_required and column.kind != "VARCHAR"):
        constraints["required"] = True
    if column.name.endswith("_key"):
        constraints["pattern"] = "-?[0-9]+"
    if column.name in _VOCABULARIES:
        constraints["enum"] = list(_VOCABULARIES[column.name])
    if constraints:
        field["constraints"] = constraints
    if fiscal:
        field["columnType"] = fiscal
    return field


def _kind(column: Column) -> str:
    """Type in Table Schema; keys have more digits than many programs' numbers hold, so they are text."""
    if column.name.endswith("_key"):
        return "string"
    if column.kind.endswith("[]"):
        return "array"
    if column.kind.startswith("TIMESTAMP"):
        return "datetime"
    return "number" if re.match("DECIMAL|DOUBLE|FLOAT", column.kind) else _KINDS[column.kind]
