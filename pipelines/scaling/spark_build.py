"""Builds the star and every indicator on Spark: Parquet in, Parquet out, one folder per table."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.scaling.spark_sql import PRELUDE, spark_query
from pipelines.settings import Settings
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.models import Model, base_tables, models, standing_on
from pipelines.warehouse.schema import SCHEMAS

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import SparkSession

MISSING = "PySpark is not installed: pip install -e '.[spark]', beside Java 17 or later"
_PART = "part-0.parquet"
_OPTIONS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.parquet.compression.codec": "zstd",
    # what others read as a time; Spark's own default is a type of its own
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # adaptive execution joins small partitions, and this is where it starts from
    "spark.sql.shuffle.partitions": "16",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# a master on this machine is spoken to over the loopback only
_LOCAL = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class SparkBuild:
    """What a build made.

    Attributes:
        folder: holds `SCHEMA/TABLE/*.parquet`.
        tables: how many tables of the star were laid down.
        models: names of the models that were built.
        refused: name of a model that was not built → why.
    """

    folder: Path
    tables: int
    models: tuple[str, ...]
    refused: Mapping[str, str]


def build(
    connection: duckdb.DuckDBPyConnection, settings: Settings, folder: Path, refused: Mapping[str, str]
) -> SparkBuild:
    """Builds all models that are not refused, and puts them in the place of an earlier build.

    Args:
        connection: to the warehouse or a snapshot that holds the star.
        settings: master, memory of the driver, and the folder `sql/`.
        folder: new, or with an earlier build, which stays as it is until the new one is whole. A master on other
            machines must see it under the same path.
        refused: name of a model → why it must not be built; what reads it is refused too.

    Raises:
        FupinError: Spark is not installed, does not start, or fails on a statement, which is named; or the folder
            holds something else.
    """
    is_own = folder.is_dir() and all(path.name in SCHEMAS for path in folder.iterdir())
    if folder.exists() and not is_own:
        raise FupinError(f"{folder}: holds something other than a build of Spark; name another folder")
    found = models(settings.sql)
    reasons = standing_on(found, refused)
    new, old = (folder.with_name(f"{folder.name}.{suffix}") for suffix in ("new", "old"))
    shutil.rmtree(new, ignore_errors=True)
    try:
        tables = base_tables(found)
        lay_down(connection, tables, new)
        with spark_session(settings) as spark:
            built = tuple(_build(spark, model) for model in _registered(spark, found, tables, new, reasons))
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise FupinError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return SparkBuild(folder, len(tables), built, reasons)


def lay_down(connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...], folder: Path) -> None:
    """Writes tables of the star as `SCHEMA/TABLE/part-0.parquet`, all versions and columns."""
    for name in tables:
        place = folder.joinpath(*name.split("."))
        place.mkdir(parents=True)
        connection.execute(f"COPY {name} TO {quoted(str(place / _PART))} (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def spark_session(settings: Settings) -> Iterator[SparkSession]:
    """A session on the master of the settings, in ANSI mode and UTC, with the functions that the models call.

    Raises:
        FupinError: PySpark or Java is missing, or the master cannot be reached.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise FupinError(MISSING) from error
    builder = SparkSession.builder.appName("fupin").master(settings.spark_master)
    options = _OPTIONS | (_LOCAL if settings.spark_master.startswith(("local", "spark://127.0.0.1")) else {})
    for name, value in (options | {"spark.driver.memory": settings.spark_memory}).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise FupinError(f"Spark does not start on {settings.spark_master}: {_line(error)}") from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "py4j":
            raise
        raise FupinError(f"Spark cannot reach {settings.spark_master}: {_line(error)}") from error
    try:
        spark.sql(PRELUDE)
        yield spark
    finally:
        spark.stop()


def _registered(
    spark: SparkSession, found: tuple[Model, ...], tables: tuple[str, ...], folder: Path, refused: Mapping[str, str]
) -> Iterator[Model]:
    """The models to build, after the tables of the star are known to Spark."""
    for schema in SCHEMAS:
        spark.sql(f"CREATE DATABASE {schema} LOCATION '{_place(folder / schema)}'")
    for name in tables:
        spark.sql(f"CREATE TABLE {name} USING parquet LOCATION '{_place(folder.joinpath(*name.split('.')))}'")
    yield from (model for model in found if model.name not in refused)


def _build(spark: SparkSession, model: Model) -> str:
    """Makes one model a table of its own, so that what reads it does not compute it again; returns its name."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        spark.sql(f"CREATE TABLE {model.name} USING parquet AS {spark_query(model)}")
    except (PySparkException, Py4JError) as error:
        raise FupinError(f"{model.where}: Spark: {_line(error)}") from error
    return model.name


def _place(path: Path) -> str:
    return path.resolve().as_uri().replace("'", "\\'")


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
