"""Which models Spark may build: those whose rows it was seen to make as DuckDB makes them, value by value.

What was seen is remembered in `var/spark/conformance.json`, and counts as long as the statement, all below it, and the
versions of both engines are the same.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, SnapshotMissingError
from pipelines.scaling.conformance import Comparison, compare
from pipelines.scaling.conformance_rows import add_made_rows, take_some
from pipelines.scaling.spark_build import MISSING, SparkBuild, build
from pipelines.scaling.spark_sql import PRELUDE, spark_query
from pipelines.settings import Settings
from pipelines.warehouse.connection import attached, transaction
from pipelines.warehouse.indicators import refresh_indicators
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.models import base_tables, beneath, models
from pipelines.warehouse.schema import apply_schema, schema_statements
from pipelines.warehouse.touched import Extracts, drop_extracts

if TYPE_CHECKING:
    import duckdb

EQUAL = "equal"
NOT_COMPARED = "was not compared with DuckDB as it is now; run `fupin spark conform`"


def conform(settings: Settings, names: Iterable[str] = ()) -> list[Comparison]:
    """Builds models on Spark and in DuckDB from rows made to tell the two apart, and remembers what was equal.

    Args:
        settings: of the snapshot whose reports the rows are made from.
        names: of models to be compared with all that they read; without any, all models are.

    Returns:
        One comparison for each model, in the order in which they are built.

    Raises:
        SnapshotMissingError: nothing has been published whose reports the rows could be made from.
        FupinError: a name is of no model; or Spark cannot run, or fails on a statement, which is named.
    """
    marks = fingerprints(settings.sql)
    asked = beneath(models(settings.sql), names) if names else marks.keys()
    with tempfile.TemporaryDirectory(prefix="fupin-spark-") as folder:
        home = Path(folder)
        with conformance_warehouse(settings, home) as connection:
            built = build(
                connection, settings, home / "spark", dict.fromkeys(marks.keys() - asked, "was not asked for")
            )
            compared = [_compared(connection, name, built.folder) for name in built.models]
    verdicts = _verdicts(settings) | {
        one.name: {"fingerprint": marks[one.name], "found": _found(one)} for one in compared
    }
    try:
        settings.spark.mkdir(parents=True, exist_ok=True)
        _certificate(settings).write_text(json.dumps(verdicts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise FupinError(f"{_certificate(settings)}: cannot be written: {error.strerror}") from error
    return compared


def refused(settings: Settings) -> dict[str, str]:
    """The models that Spark must not build, with the reason: not compared as they are now, or found to differ.

    Raises:
        FupinError: PySpark is not installed.
    """
    verdicts = _verdicts(settings)
    reasons = {}
    for name, mark in fingerprints(settings.sql).items():
        verdict = verdicts.get(name, {})
        if verdict.get("fingerprint") != mark:
            reasons[name] = NOT_COMPARED
        elif verdict.get("found") != EQUAL:
            reasons[name] = f"is not as in DuckDB: {verdict.get('found')}"
    return reasons


def build_published(settings: Settings, folder: Path) -> SparkBuild:
    """Builds the models from the published snapshot, without those that are refused.

    Raises:
        SnapshotMissingError: nothing has been published yet.
        FupinError: see `build`.
    """
    with _snapshot(settings) as connection:
        return build(connection, settings, folder, refused(settings))


def fingerprints(sql: Path) -> dict[str, str]:
    """Model → hash of all that its rows depend on but the data: statements, their translation, both engines.

    Raises:
        FupinError: PySpark is not installed.
    """
    try:
        engines = f"pyspark {version('pyspark')} duckdb {version('duckdb')} {PRELUDE}"
    except PackageNotFoundError as error:
        raise FupinError(MISSING) from error
    marks: dict[str, str] = {f"core.{one.name}": one.sql for one in schema_statements(sql / "schema")}
    found = models(sql)
    for model in found:
        below = [marks[name] for name in sorted(model.reads)]
        parts = [engines, model.sql, spark_query(model), *below]
        marks[model.name] = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return {model.name: marks[model.name] for model in found}


@contextmanager
def conformance_warehouse(settings: Settings, home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of its own with made rows and the indicators that DuckDB computes from them.

    Args:
        settings: of the snapshot whose reports the rows are made from.
        home: an empty folder for the warehouse.

    Raises:
        SnapshotMissingError: nothing has been published yet.
        FupinError: no report is loaded.
    """
    own = settings.model_copy(update={"home": home})
    with _snapshot(settings) as snapshot:
        if snapshot.execute("SELECT 1 FROM core.dim_report LIMIT 1").fetchone() is None:
            raise FupinError(f"{settings.snapshot}: no report is loaded that rows could be made from")
    with attached(own, own.warehouse) as connection:
        connection.execute(f"ATTACH {quoted(str(settings.snapshot))} AS published (READ_ONLY)")
        with transaction(connection):
            apply_schema(connection, settings.sql / "schema")
            take_some(connection, base_tables(models(settings.sql)), "published")
            add_made_rows(connection)
            refresh_indicators(connection, settings.sql, Extracts(None), is_anew=True)
            drop_extracts(connection)
        yield connection


def _compared(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> Comparison:
    files = quoted(str(folder.joinpath(*name.split("."), "*.parquet")))
    return compare(connection, name, f"SELECT * FROM {name}", f"SELECT * FROM read_parquet({files})")


@contextmanager
def _snapshot(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The snapshot, to be read and copied out of."""
    import duckdb

    if not settings.snapshot.exists():
        raise SnapshotMissingError(f"{settings.snapshot}: nothing published yet; run `fupin run` first")
    connection = duckdb.connect(str(settings.snapshot), read_only=True, config=settings.duckdb_limits)
    try:
        yield connection
    finally:
        connection.close()


def _found(one: Comparison) -> str:
    if one.is_equal and not one.rows:
        return "there was no row to compare"
    return EQUAL if one.is_equal else one.differences[0]


def _verdicts(settings: Settings) -> dict[str, dict[str, str]]:
    """What is remembered of earlier comparisons: model → its fingerprint then, and what was found."""
    try:
        remembered = json.loads(_certificate(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


def _certificate(settings: Settings) -> Path:
    return settings.spark / "conformance.json"
