"""`fupin spark`: the star and every indicator on Spark, and whether Spark makes the rows that DuckDB makes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.output import near
from pipelines.settings import Settings, settings

group = typer.Typer(no_args_is_help=True)
Master = Annotated[
    str | None, typer.Option(help="Master of Spark, such as spark://HOST:7077; default: FUPIN_SPARK_MASTER.")
]


@group.command("conform")
def conform_command(
    models: Annotated[
        list[str] | None, typer.Argument(help="Views and indicators, such as work.level_pair; default: all.")
    ] = None,
    master: Master = None,
) -> None:
    """Build every model on Spark and in DuckDB from hard rows, and compare them value by value.

    The rows are made from reports of the snapshot: ties, NULLs, negative and rounded values. What is equal may be built
    from now on; a model that differs is refused by `fupin spark build`. The exit code is 1 if any differs.
    """
    if not conform(_on(master), models or []):
        raise typer.Exit(1)


@group.command("build")
def build_command(
    target: Annotated[
        Path | None, typer.Option("--to", help="Folder of the tables; default: spark/star in the folder of the state.")
    ] = None,
    master: Master = None,
) -> None:
    """Build the star and every indicator of the snapshot on Spark, as one folder of Parquet files per table.

    A model that was not found to be as in DuckDB is refused by name, and so is what reads it; the exit code is then 1.
    What was never compared, or has changed since, is compared first.
    """
    if not build(_on(master), target):
        raise typer.Exit(1)


def conform(settings: Settings, models: Sequence[str] = ()) -> bool:
    """Compares models and prints a line for each.

    Returns:
        Whether all are equal.

    Raises:
        FupinError: nothing is published, or Spark cannot run.
    """
    from pipelines.scaling import spark_conform
    from pipelines.scaling.conformance import as_table

    compared = spark_conform.conform(settings, models)
    print(as_table(compared))
    unequal = sum(not one.is_equal for one in compared)
    print(f"{len(compared)} models compared, {unequal} differing")
    return not unequal


def build(settings: Settings, target: Path | None = None) -> bool:
    """Builds what may be built, compares first what was never compared, and says what was refused.

    Returns:
        Whether no model was refused.

    Raises:
        FupinError: nothing is published, or Spark cannot run.
    """
    from pipelines.scaling import spark_conform

    if spark_conform.NOT_COMPARED in spark_conform.refused(settings).values():
        print("Comparing Spark with DuckDB first: the models, or an engine, are new.", file=sys.stderr)
        spark_conform.conform(settings)
    built = spark_conform.build_published(settings, target or settings.spark / "star")
    for name, reason in built.refused.items():
        print(f"error: {name}: {reason}", file=sys.stderr)
    print(f"Spark: {built.tables} tables of the star, {len(built.models)} models: {near(built.folder)}")
    return not built.refused


def _on(master: str | None) -> Settings:
    return settings() if master is None else settings().model_copy(update={"spark_master": master})
