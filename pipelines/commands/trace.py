"""`fupin trace`: an indicator value down to the sentences and cells it rests on."""

from __future__ import annotations

import dataclasses
import json
import sys
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.output import console
from pipelines.publishing.cells import plain
from pipelines.publishing.failure_details import number

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.publishing.trace import Trace, TracedFigure

_FINE = ("holds", "holds_within_rounding", "not_testable", "not_comparable")


class TraceFormat(StrEnum):
    """Formats of a trace."""

    text = "text"
    json = "json"


def trace(
    indicator: Annotated[str, typer.Argument(help="Name, such as central_share.")],
    region: Annotated[str, typer.Argument(help="Code, English or Chinese name.")],
    period: Annotated[str, typer.Argument(help="Year, or code of a period.")],
    output: Annotated[TraceFormat, typer.Option("--format", help="How to print.")] = TraceFormat.text,
) -> None:
    r"""Walk from an indicator value back to every figure below it, its sentence or cell, checks and corrections.

    \b
    Examples:
      fupin trace central_share Jiangxi 2011
      fupin trace total_growth 江西 Y2011 --format json
    """
    from pipelines.publishing.snapshot import open_snapshot
    from pipelines.publishing.trace import trace as find_trace
    from pipelines.settings import settings

    with open_snapshot(settings()) as connection:
        traces = find_trace(connection, indicator, region, period)
    if output is TraceFormat.json:
        found = [_jsonable(dataclasses.asdict(one)) for one in traces]
        sys.stdout.write(f"{json.dumps(found, ensure_ascii=False, indent=1)}\n")
        return
    out = console()
    for place, one in enumerate(traces):
        if place:
            out.print()
        _print(out, one)


def _jsonable(value: Any) -> Any:  # noqa: ANN401
    """Exact decimals as text, so that no digit is lost; all else as it is."""
    if isinstance(value, dict):
        return {name: _jsonable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(inner) for inner in value]
    return plain(value) if isinstance(value, Decimal) else value


def _print(out: Console, one: Trace) -> None:
    from rich.text import Text

    value = one.reason or "no value" if one.value is None else _amount(one.value, one.unit)
    out.print(Text(f"{one.indicator}  {one.region_name_en} {one.period_code}  {one.basis}: {value}", style="bold"))
    low, high = one.value_low, one.value_high
    if low is not None and high is not None and low != high:
        out.print(f"  rounding leaves it between {number(low)} and {number(high)}")
    out.print(Text(f"  {one.meaning}", style="dim"))
    if one.disputed_count:
        out.print(Text(f"  {one.disputed_count} of its operands are disputed", style="red"))
    shown: set[int] = set()
    sentence = ""
    for figure in one.figures:
        _print_figure(out, figure, figure.figure_key in shown, figure.sentence == sentence)
        shown.add(figure.figure_key)
        sentence = figure.sentence


def _print_figure(out: Console, figure: TracedFigure, known: bool, same_sentence: bool) -> None:
    """A figure with its source, checks and corrections; of one that stands above already, only the name."""
    from rich.text import Text

    indent = "  " * (figure.depth + 1)
    disputed = "" if figure.status == "ok" else f", {figure.status}"
    heading = Text(f"\n{indent}{figure.relation}: ", style="bold" if not figure.depth else "")
    heading.append(f"{figure.printed} = {_amount(figure.value, figure.unit)}{disputed}")
    if known:
        heading.append("  (see above)", style="dim")
    out.print(heading)
    if known:
        return
    for line in _source(figure)[same_sentence:]:
        out.print(Text(f"{indent}  {line}", style="dim"))
    if figure.reviewed_by:
        out.print(Text(f"{indent}  reviewed: {figure.reviewed_by}, {figure.reviewed_at}", style="green"))
    holding = [check for check in figure.checks if check.verdict in _FINE]
    if holding:
        out.print(Text(f"{indent}  {len(holding)} check{'s' if len(holding) > 1 else ''} without objection"))
    for check in figure.checks:
        if check.verdict not in _FINE:
            name = f"  {check.failure_id}" if check.failure_id else ""
            out.print(Text(f"{indent}  {check.severity}: {check.rule}: {check.message}{name}", style="red"))
    for correction in figure.corrections:
        read = f"{correction.status}: {_amount(correction.proposed, figure.unit)}: {correction.reason}"
        out.print(Text(f"{indent}  correction {correction.correction_id}, {read}"))


def _source(figure: TracedFigure) -> list[str]:
    headers = " / ".join(filter(None, (figure.row_path, figure.column_path)))
    return [
        f"{figure.sentence}{f'  ({headers})' if headers else ''}",
        f"{figure.report}, version {figure.version}, {figure.place}; content {figure.content_hash[:12]}",
    ]


def _amount(value: Decimal, unit: str) -> str:
    if "=" in unit:
        return f"{number(value)} ({unit})"
    return f"{number(value)}{'' if unit == '%' else ' '}{unit}"
