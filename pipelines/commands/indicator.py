"""`fupin indicator`: the declared indicators, what one is made of, and what is wrong with the declarations."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.settings import Settings, settings

group = typer.Typer(no_args_is_help=True)


@group.command("list")
def list_indicators() -> None:
    """List all indicators with kind, unit and titles."""
    from pipelines.catalog.indicators import indicators
    from pipelines.commands.output import print_table

    rows = [
        (one.code, one.kind, " or ".join(one.units), one.title.en, one.title.zh)
        for one in sorted(indicators().values(), key=lambda one: one.code)
    ]
    print_table(("indicator", "kind", "unit", "title", "中文"), rows)


@group.command("show")
def show_indicator(
    code: Annotated[str, typer.Argument(help="Its name, such as central_share.")],
    sql: Annotated[bool, typer.Option("--sql", help="Print the statement that is run, and nothing else.")] = False,
) -> None:
    """Show what an indicator is made of, and what is expected of its values."""
    _show(settings(), code, sql=sql)


@group.command("check")
def check_indicators() -> None:
    """Say what is wrong with the declarations; exit code 1 if anything is."""
    if not _check(settings()):
        raise typer.Exit(1)


def _show(used: Settings, code: str, *, sql: bool) -> None:
    from pipelines.catalog.indicators import indicators
    from pipelines.errors import FupinError
    from pipelines.publishing.names import suggestion
    from pipelines.suites.files import ENDS, read_suites
    from pipelines.warehouse.indicators import dependencies, indicator_statements

    folder = used.sql / "indicators"
    statement = next((one for one in indicator_statements(folder) if one.name == code), None)
    if statement is None:
        raise FupinError(f"{code}: no such indicator{suggestion(code, indicators())}")
    if sql:
        print(f"{statement.sql};")
        return
    one, header, own = indicators()[code], statement.header, {*ENDS, "declared_unit"}
    suite = next(suite for suite in read_suites(used.expectations, "indicator") if suite.name == code)
    lines = {
        "title": f"{one.title.en} · {one.title.zh}",
        "tells": f"{one.tells.en} · {one.tells.zh}",
        "formula": header["formula"],
        "unit": header["unit"],
        "one row per": header["grain"],
        "made by": statement.where if one.kind == "sql" else f"sql/templates/{one.kind}.sql.template",
        "reads": ", ".join(sorted(dependencies(folder)[code])),
        "expected": "\n             ".join(
            entry.text for entry in suite.expectations if own & set(map(str, entry.kwargs.values()))
        ),
    }
    for name, text in lines.items():
        print(f"{name:<12} {text}")


def _check(used: Settings) -> bool:
    from pipelines.catalog.indicators import indicator_problems
    from pipelines.scaling.spark_subset import outside_subset
    from pipelines.warehouse.indicators import indicator_statements

    found = indicator_statements(used.sql / "indicators")
    problems = [*indicator_problems(), *outside_subset(used.sql)]
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{len(found)} indicators are sound")
    return not problems
