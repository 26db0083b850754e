"""`fupin failures`: what does not add up, since when, and one failure with its arithmetic written out."""

from __future__ import annotations

import datetime
import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.output import Format, as_csv, as_json, console
from pipelines.publishing.failure_details import Details, Operand, failure_details, number
from pipelines.publishing.failures import COLUMNS, SEVERITIES, open_failures
from pipelines.publishing.overdue import Overdue, overdue_reports
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings, settings

if TYPE_CHECKING:
    from rich.console import Console

group = typer.Typer(
    rich_markup_mode=None,
    help="""
    \b
    Examples:
      fupin failures --severity error --since 7d
      fupin failures --format csv > failures.csv
      fupin failures show F-3a91c2
    """,
)
_COLOURS = {"critical": "bold red", "error": "red", "warning": "yellow"}
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_OVERDUE_SHOWN = 5


@group.callback(invoke_without_command=True)
def failures(
    context: typer.Context,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.table,
    severity: Annotated[str | None, typer.Option(help="Only critical, error, warning or info.")] = None,
    report: Annotated[str | None, typer.Option(help="Only this report, by its path below raw/.")] = None,
    root_cause: Annotated[str | None, typer.Option(help="Only this root cause, such as RC1.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE|7d", help="Only what is new or changed since a date, or for so long.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what has been resolved.")] = False,
) -> None:
    """What `fupin failures` does; its help is that of the group."""
    if context.invoked_subcommand is not None:
        return
    if severity not in (None, *SEVERITIES):
        raise typer.BadParameter("must be critical, error, warning or info", param_hint="--severity")
    start = None if since is None else _start(since, datetime.datetime.now().astimezone())
    now = settings()
    with open_snapshot(now) as connection:
        found = open_failures(connection, severity, report, root_cause, start, everything)
        overdue = overdue_reports(connection, datetime.date.today(), now.report_due_days)
    if output is not Format.table:
        rows = [tuple(failure[name] for name in COLUMNS) for failure in found]
        sys.stdout.writelines(as_csv(COLUMNS, rows) if output is Format.csv else as_json(COLUMNS, rows))
        return
    _print_list(found)
    # what is late is no answer to a question about some failures
    if overdue and not any((severity, report, root_cause, since)):
        _print_overdue(overdue)


@group.command()
def show(failure_id: Annotated[str, typer.Argument(metavar="ID", help="As listed, such as F-3a91c2.")]) -> None:
    """Write out the arithmetic of one failure, and what else bears on it."""
    _show(settings(), failure_id)


def _start(text: str, now: datetime.datetime) -> datetime.datetime:
    """When `--since` begins: a day here, or a number of hours, days or weeks ago."""
    if match := re.fullmatch(r"(\d{1,4})([hdw])", text.strip()):
        return now - datetime.timedelta(**{_UNITS[match[2]]: int(match[1])})
    try:
        return datetime.datetime.combine(datetime.date.fromisoformat(text.strip()), datetime.time()).astimezone()
    except ValueError as error:
        raise typer.BadParameter("must be a date (2026-11-01) or 12h, 7d, 2w", param_hint="--since") from error


def _print_indented(out: Console, text: str, columns: int, style: str = "") -> None:
    from rich.padding import Padding
    from rich.text import Text

    if out.soft_wrap:
        out.print(Text(" " * columns + text))
    else:
        out.print(Padding(Text(text, style=style), (0, 0, 0, columns), expand=False))


def _print_heading(out: Console, failure: dict[str, Any], lead: str = "") -> None:
    from rich.text import Text

    heading = Text(lead)
    heading.append(f"{failure['severity']:<8} ", style=_COLOURS.get(failure["severity"], ""))
    heading.append(f"{failure['report']}", style="bold")
    if failure["root_cause"]:
        heading.append(f"  {failure['root_cause']}")
    if failure["suspect"]:
        heading.append(f"  suspect: {failure['suspect']}", style="bold")
    if failure["state"] == "resolved":
        heading.append(f"  resolved {failure['resolved']:%Y-%m-%d}", style="green")
    out.print(heading)
    if failure["sentence"]:
        _print_indented(out, f"[{failure['place']}] {failure['sentence']}", 2, "dim")


def _print_list(found: list[dict[str, Any]]) -> None:
    out = console()
    seen: tuple[Any, ...] | None = None
    for failure in found:
        cause = tuple(failure[name] for name in ("state", "report", "root_cause"))
        if cause != seen or failure["root_cause"] is None:
            _print_heading(out, failure, "\n")
            heading = failure["severity"]
        seen = cause
        own = "" if failure["severity"] == heading else f" ({failure['severity']})"
        _print_indented(out, f"{failure['rule']}: {failure['finding']}{own}  {failure['id']}", 2)
        if failure["formula"]:
            _print_indented(out, failure["formula"], 4, "dim")
    still = sum(failure["state"] == "open" for failure in found)
    gone = f", {len(found) - still} resolved" if len(found) > still else ""
    lead = "\n" if found else ""
    out.print(f"{lead}{still or 'No'} open failure{'s' if still > 1 else ''}{gone}.")


def _print_overdue(overdue: list[Overdue]) -> None:
    named = [one.sentence for one in overdue[:_OVERDUE_SHOWN]]
    more = len(overdue) - len(named)
    console().print("\nOverdue: " + "; ".join(named) + (f"; and {more} more." if more else "."))


def _show(chosen: Settings, failure_id: str) -> None:
    with open_snapshot(chosen) as connection:
        details = failure_details(connection, failure_id)
    out, failure = console(), details.failure
    _print_heading(out, failure, f"{failure['id']}  ")
    history = f"found {failure['first_seen']:%Y-%m-%d %H:%M} UTC"
    if failure["changed"] != failure["first_seen"]:
        history += f", changed {failure['changed']:%Y-%m-%d %H:%M} UTC"
    _print_indented(out, history, 2, "dim")
    out.print()
    _print_indented(out, f"{failure['rule']}: {failure['finding']}", 2)
    if details.operands:
        _print_arithmetic(out, details)
    for title, lines in _evidence(details):
        if lines:
            out.print(f"\n{title}")
        for line in lines:
            _print_indented(out, line, 2)


def _print_arithmetic(out: Console, details: Details) -> None:
    out.print("\nFigures")
    for operand in details.operands:
        value = _amount(number(operand.value), operand.unit)
        _print_indented(out, f"{operand.text}: {value}, {_span(operand)}  [{operand.place}]", 2)
    out.print("\nArithmetic")
    for label, line in (
        ("printed", details.failure["formula"]),
        ("in numbers", details.in_numbers),
        ("computed", _bounds(details.computed, details.unit)),
        ("stated", _bounds(details.stated, details.unit)),
        ("verdict", words(details.verdict)),
        ("misses by", f"at least {_amount(number(details.gap), details.unit)}" if details.gap else ""),
    ):
        if not line:
            continue
        _print_indented(out, f"{label:<11}{line}", 2)


def _evidence(details: Details) -> list[tuple[str, list[str]]]:
    """Paragraphs with their titles; those without a line are left out."""
    failure = details.failure
    return [
        (
            f"Of the same root cause, {failure['root_cause']}",
            [f"{name or '(resolved)'}  {rule}: {finding}" for name, rule, _verdict, finding in details.same_cause],
        ),
        (
            "Read otherwise",
            [f"reading {assumption}: {words(verdict)}" for assumption, verdict, _ in details.read_otherwise],
        ),
        ("What to do", [failure["suggestion"]] if failure["suggestion"] else []),
        (
            "Correction",
            [
                f"{text} → {_amount(number(value), unit)}, {status}: {reason}"
                for text, value, unit, status, reason in details.corrections
            ],
        ),
    ]


def words(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def _amount(value: str, unit: str) -> str:
    return f"{value}{'' if unit == '%' else ' '}{unit}"


def _bounds(bounds: tuple[Any, Any] | None, unit: str) -> str:
    if bounds is None:
        return "nothing follows"
    low, high = map(number, bounds)
    return _amount(low if low == high else f"{low} to {high}", unit)


def _span(operand: Operand) -> str:
    low, high = number(operand.low), number(operand.high)
    if low == high:
        return "exactly"
    return f"stands for {'over ' if operand.open_low else ''}{low} to {'under ' if operand.open_high else ''}{high}"
