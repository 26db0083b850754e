"""`fupin trace`: an indicator value down to the sentences and cells it rests on."""

from __future__ import annotations

import dataclasses
import json
import sys
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.output import Language, console
from pipelines.publishing.cells import plain

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.commands.words import CommandWords
    from pipelines.publishing.trace import Trace, TracedFigure

_FILE = Path(__file__).with_name("trace.yml")
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
    lang: Annotated[Language | None, typer.Option(help="Language of the words; else that of FUPIN_LANGUAGE.")] = None,
) -> None:
    r"""Walk from an indicator value back to every figure below it, its sentence or cell, checks and corrections.

    \b
    Examples:
      fupin trace central_share Jiangxi 2011
      fupin trace total_growth 江西 Y2011 --lang zh
    """
    from pipelines.commands.words import CommandWords
    from pipelines.publishing.snapshot import open_snapshot
    from pipelines.publishing.trace import trace as find_trace
    from pipelines.settings import settings

    now = settings()
    words = CommandWords(lang or now.language, _FILE)
    with open_snapshot(now) as connection:
        traces = find_trace(connection, indicator, region, period, words.language)
    if output is TraceFormat.json:
        found = [_jsonable(dataclasses.asdict(one)) for one in traces]
        sys.stdout.write(f"{json.dumps(found, ensure_ascii=False, indent=1)}\n")
        return
    out = console()
    for place, one in enumerate(traces):
        if place:
            out.print()
        _print(out, words, one)


def _jsonable(value: Any) -> Any:  # noqa: ANN401
    """Exact decimals as text, so that no digit is lost; all else as it is."""
    if isinstance(value, dict):
        return {name: _jsonable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(inner) for inner in value]
    return plain(value) if isinstance(value, Decimal) else value


def _print(out: Console, words: CommandWords, one: Trace) -> None:
    from rich.text import Text

    from pipelines.publishing.cells import separated

    value = one.reason or words("no_value") if one.value is None else words.amount(separated(one.value), one.unit)
    named = words("value", **_named(words, one), basis=words.code("basis", one.basis), value=value)
    out.print(Text(named, style="bold"))
    low, high = one.value_low, one.value_high
    if low is not None and high is not None and low != high:
        out.print(f"  {words('between', low=separated(low), high=separated(high))}")
    out.print(Text(f"  {_meaning(words, one)}", style="dim"))
    if one.disputed_count:
        out.print(Text(f"  {words('operands_disputed', count=one.disputed_count)}", style="red"))
    shown: set[int] = set()
    sentence = ""
    for figure in one.figures:
        _print_figure(out, words, figure, figure.figure_key in shown, figure.sentence == sentence)
        shown.add(figure.figure_key)
        sentence = figure.sentence


def _named(words: CommandWords, one: Trace) -> dict[str, str]:
    """Indicator, region and period: as queries name them in English, in words else."""
    if words.language == "en":
        return {"indicator": one.indicator, "region": one.region_name_en, "period": one.period_code}
    from pipelines.catalog.sentences import region_names
    from pipelines.publishing.site.numbers import period

    name, _, member = one.indicator.partition(" ")
    indicator = f"{words.of('indicator', name)}（{one.indicator}）" if member else words.of("indicator", name)
    region = region_names().get(one.region_code, (one.region_name_en,) * 2)[1]
    return {"indicator": indicator, "region": region, "period": period(one.period_code, words.language)}


def _meaning(words: CommandWords, one: Trace) -> str:
    tells, _, formula = one.meaning.partition(" Formula: ")
    if words.language == "en" or not formula:
        return one.meaning
    from pipelines.catalog.reasons import formula_in

    tells = words.of("tells", one.indicator.partition(" ")[0])
    return words("meaning", tells=tells, formula=formula_in(formula.removesuffix("."), words.language))


def _print_figure(out: Console, words: CommandWords, figure: TracedFigure, known: bool, same_sentence: bool) -> None:
    """A figure with its source, checks and corrections; of one that stands above already, only the name."""
    from rich.text import Text

    from pipelines.publishing.cells import separated

    indent = "  " * (figure.depth + 1)
    told = words(
        "figure" if figure.status == "ok" else "figure_status",
        relation=words.code("step", figure.relation),
        printed=figure.printed,
        amount=words.amount(separated(figure.value), figure.unit),
        status=words.code("status", figure.status),
    )
    heading = Text(f"\n{indent}{told}", style="" if figure.depth else "bold")
    if known:
        heading.append(f"  {words('above')}", style="dim")
    out.print(heading)
    if known:
        return
    for line in _source(words, figure)[same_sentence:]:
        out.print(Text(f"{indent}  {line}", style="dim"))
    if figure.reviewed_by:
        reviewed = words("reviewed", by=figure.reviewed_by, day=figure.reviewed_at)
        out.print(Text(f"{indent}  {reviewed}", style="green"))
    holding = sum(check.verdict in _FINE for check in figure.checks)
    if holding:
        out.print(Text(f"{indent}  {words('fine', count=holding)}"))
    for check in figure.checks:
        if check.verdict not in _FINE:
            severity, rule = words.code("severity", check.severity), words.code("rule", check.rule)
            finding = words("check", severity=severity, rule=rule, message=check.message)
            out.print(Text(f"{indent}  {finding}{f'  {check.failure_id}' if check.failure_id else ''}", style="red"))
    for correction in figure.corrections:
        read = words(
            "correction",
            id=correction.correction_id,
            status=words.code("correction", correction.status),
            amount=words.amount(separated(correction.proposed), figure.unit),
            reason=correction.reason,
        )
        out.print(Text(f"{indent}  {read}"))


def _source(words: CommandWords, figure: TracedFigure) -> list[str]:
    from pipelines.catalog.reasons import reason_in

    headers = " / ".join(filter(None, (figure.row_path, figure.column_path)))
    place = reason_in(figure.place, words.language)
    content = figure.content_hash[:12]
    return [
        f"{figure.sentence}{f'  ({headers})' if headers else ''}",
        words("source", report=figure.report, version=figure.version, place=place, content=content),
    ]
