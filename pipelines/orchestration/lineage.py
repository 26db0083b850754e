"""The column lineage of indicators as Dagster shows it; read from the SQL once for each state of its files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from dagster import AssetKey, TableColumnDep, TableColumnLineage

from pipelines.settings import Settings
from pipelines.warehouse.column_lineage import column_lineage
from pipelines.warehouse.indicators import indicator_statements

# indicator → column → tables and columns beneath it
_Kept = dict[str, dict[str, list[list[str]]]]


def table_column_lineage(settings: Settings, without: frozenset[str] = frozenset()) -> dict[str, TableColumnLineage]:
    """The lineage of each indicator, between the assets `warehouse/…` and `indicator/…`.

    Every run is a process of its own, and reading the SQL takes longer than the rest of publishing; so what was read
    is kept beside Dagster's state, under the hash of the files.

    Args:
        settings: where the statements and the state are.
        without: indicators that are broken.

    Raises:
        CatalogError: a statement is malformed.
    """
    kept = settings.home / "dagster" / "column_lineage.json"
    fingerprint = _fingerprint(settings.sql, without)
    try:
        stored = json.loads(kept.read_text(encoding="utf-8"))
        if stored["fingerprint"] == fingerprint:
            return {name: _as_dagster(columns) for name, columns in stored["lineage"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # none yet, or not what was written
        pass
    lineage: _Kept = {
        name: {column: sorted(map(list, sources)) for column, sources in columns.items()}
        for name, columns in column_lineage(settings.sql, without).items()
    }
    _keep(kept, {"fingerprint": fingerprint, "lineage": lineage})
    return {name: _as_dagster(columns) for name, columns in lineage.items()}


def _fingerprint(sql: Path, without: frozenset[str]) -> str:
    digest = hashlib.sha256("\0".join(sorted(without)).encode())
    for path in sorted(sql.glob("schema/*.sql")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    for statement in indicator_statements(sql / "indicators"):
        digest.update(f"{statement.name}\0{statement.sql}\0".encode())
    return digest.hexdigest()


def _keep(place: Path, content: dict[str, str | _Kept]) -> None:
    """Writes the file in one step; a state folder that cannot be written costs only the time."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".lineage")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)
        Path(name).replace(place)


def _as_dagster(columns: dict[str, list[list[str]]]) -> TableColumnLineage:
    return TableColumnLineage(
        {
            column: [TableColumnDep(asset_key=_asset(table), column_name=name) for table, name in sources]
            for column, sources in columns.items()
        }
    )


def _asset(table: str) -> AssetKey:
    schema, _, name = table.partition(".")
    return AssetKey(["indicator" if schema == "indicator" else "warehouse", name.removeprefix("v_")])
