"""`fupin failures`: what does not add up, since when, and one failure with its arithmetic written out."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.catalog.reasons import reason_in
from pipelines.commands.output import Format, Language, console, write_rows
from pipelines.commands.words import CommandWords
from pipelines.publishing.causes import HANDLED, Cause, became, cause_of, causes, handled_columns, proposals_of
from pipelines.publishing.cells import separated
from pipelines.publishing.failure_details import Details, Operand, failure_details
from pipelines.publishing.failures import COLUMNS, SEVERITIES, open_failures
from pipelines.publishing.overdue import Overdue, overdue_reports
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.causes import Handled, HandledState, handle, read_handled, reopen
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
      fupin failures letter F-3a91c2 --lang zh
      fupin failures ask F-3a91c2 --reason "by telephone"
    """,
)
_COLOURS = {"critical": "bold red", "error": "red", "warning": "yellow"}
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_OVERDUE_SHOWN = 5
_Id = Annotated[str, typer.Argument(metavar="ID", help="Of one of its failures, as listed, such as F-3a91c2.")]
_By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; default: git's user, else yours.")]
_Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why, or whom you asked, in one sentence.")]
_FILE = Path(__file__).with_name("failures.yml")
_WIDEST = 8  # columns of the longest severity


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
    lang: Annotated[
        Language | None, typer.Option(help="Language of the findings; else that of FUPIN_LANGUAGE.")
    ] = None,
) -> None:
    """What `fupin failures` does; its help is that of the group."""
    words = CommandWords(lang or settings().language, _FILE)
    context.obj = words
    if context.invoked_subcommand is not None:
        return
    if severity not in (None, *SEVERITIES):
        raise typer.BadParameter("must be critical, error, warning or info", param_hint="--severity")
    start = None if since is None else _start(since, datetime.datetime.now().astimezone())
    now = settings()
    with open_snapshot(now) as connection:
        found = open_failures(connection, severity, report, root_cause, start, everything, words.language)
        overdue = overdue_reports(connection, datetime.date.today(), now.report_due_days)
        proposals = proposals_of(connection)
    handled = read_handled(now.decisions)
    if output is not Format.table:
        columns = (*COLUMNS, *HANDLED)
        rows = [(*(failure[name] for name in COLUMNS), *handled_columns(failure, handled)) for failure in found]
        write_rows(columns, rows, output)
        return
    _print_list(words, causes(found, proposals, handled))
    # what is late is no answer to a question about some failures
    if overdue and not any((severity, report, root_cause, since)):
        _print_overdue(words, overdue)


@group.command()
def show(
    context: typer.Context,
    failure_id: Annotated[str, typer.Argument(metavar="ID", help="As listed, such as F-3a91c2.")],
    lang: Annotated[Language | None, typer.Option(help="Language of the findings.")] = None,
) -> None:
    """Write out the arithmetic of one failure, and what else bears on it."""
    _show(settings(), CommandWords(lang, _FILE) if lang else context.obj, failure_id)


@group.command()
def letter(
    failure_id: _Id,
    lang: Annotated[Language | None, typer.Option(help="Language of the letter; else that of FUPIN_LANGUAGE.")] = None,
) -> None:
    """Print a letter to the publisher: what is printed, why it cannot be, what would mend it."""
    from pipelines.publishing.site.letter import letter as written
    from pipelines.publishing.site.letter import publisher_of

    now = settings()
    with open_snapshot(now) as connection:
        cause = cause_of(connection, failure_id, read_handled(now.decisions))
        title, publisher = publisher_of(connection, cause.report)
    print(written(cause, title, publisher, lang or now.language), end="")


@group.command()
def accept(failure_id: _Id, by: _By = None, reason: _Reason = "") -> None:
    """Say that the report is wrong as found; a correction that is proposed is accepted with it."""
    _handle(failure_id, "accepted", by, reason)


@group.command()
def reject(failure_id: _Id, by: _By = None, reason: _Reason = "") -> None:
    """Say that the report is right and the finding is not; a correction that is proposed is rejected with it."""
    _handle(failure_id, "rejected", by, reason)


@group.command()
def ask(failure_id: _Id, by: _By = None, reason: _Reason = "") -> None:
    """Note that the publisher has been asked, with the day of today."""
    _handle(failure_id, "asked", by, reason)


@group.command("reopen")
def take_back(failure_id: _Id) -> None:
    """Take back what was said about a root cause; a correction that was decided with it stays as it is."""
    now = settings()
    with open_snapshot(now) as connection:
        cause = cause_of(connection, failure_id, read_handled(now.decisions))
    there = reopen(now.decisions, cause.report, cause.ids)
    print(f"{cause.name}: taken back" if there else f"{cause.name}: nobody has said anything about it")
    _refresh(now)


def _handle(failure_id: str, state: HandledState, by: str | None, reason: str) -> None:
    """Keeps what was said about a root cause, decides about its correction, and brings the page up to date."""
    from pipelines.commands.correct import decide_correction, decider

    now = settings()
    with open_snapshot(now) as connection:
        cause = cause_of(connection, failure_id, read_handled(now.decisions))
    who = by or decider(now)
    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    handle(now.decisions, cause.report, Handled(failures=cause.ids, state=state, reason=reason, by=who, at=at))
    print(f"{cause.report} {cause.root_cause or cause.name}: {state}")
    waiting = [one.correction_id for one in cause.undecided]
    if state != "asked" and waiting and (state == "rejected" or len(waiting) == 1):
        for correction in waiting:
            decide_correction(correction, state, who, reason or None)
        return
    if state == "accepted" and waiting:
        print(f"several values would mend it; accept one of them: fupin correct accept {' | '.join(waiting)}")
    _refresh(now)


def _refresh(now: Settings) -> None:
    from pipelines.publishing.site.build import refresh_site

    if isinstance(built := refresh_site(now), str):
        print(f"warning: {built}", file=sys.stderr)


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


def _print_heading(out: Console, words: CommandWords, failure: dict[str, Any], lead: str = "") -> None:
    from rich.text import Text

    heading = Text(lead)
    heading.append(
        f"{_padded(words.of('severity', failure['severity']))} ", style=_COLOURS.get(failure["severity"], "")
    )
    heading.append(f"{failure['report']}", style="bold")
    if failure["root_cause"]:
        heading.append(f"  {failure['root_cause']}")
    if failure["suspect"]:
        heading.append("  " + words("suspect", text=failure["suspect"]), style="bold")
    if failure["state"] == "resolved":
        heading.append("  " + words("resolved", day=f"{failure['resolved']:%Y-%m-%d}"), style="green")
    out.print(heading)
    if failure["sentence"]:
        _print_indented(out, f"[{failure['place']}] {failure['sentence']}", 2, "dim")


def _padded(text: str) -> str:
    """A severity as wide as the longest; a Chinese sign takes two columns."""
    return text + " " * (_WIDEST - sum(1 + (sign >= "⺀") for sign in text))


def _print_list(words: CommandWords, found: list[Cause]) -> None:
    out = console()
    for cause in found:
        first = cause.failures[0]
        _print_heading(out, words, first, "\n")
        for failure in cause.failures:
            told = words("finding", rule=words.code("rule", failure["rule"]), finding=failure["finding"])
            if failure["severity"] != first["severity"]:
                told += words("own_severity", severity=words.of("severity", failure["severity"]))
            _print_indented(out, f"{told}  {failure['id']}", 2)
            if failure["formula"]:
                _print_indented(out, failure["formula"], 4, "dim")
        for line in _mending(words, cause):
            _print_indented(out, line, 2)
        if cause.handled is not None:
            _print_indented(out, became(cause.handled, words), 2, "green")
    failures = [failure for cause in found for failure in cause.failures]
    still = sum(failure["state"] == "open" for failure in failures)
    counted = words("open", count=still) if still else words("none_open")
    if len(failures) > still:
        counted += words("and_resolved", count=len(failures) - still)
    out.print(("\n" if found else "") + counted + words("end"))


def _mending(words: CommandWords, cause: Cause) -> list[str]:
    """What would mend a cause, each once."""
    amounts = [(one, words.amount(separated(one.value), one.unit)) for one in cause.proposals]
    return [
        *(f"{words(f'mend_{one.status}', text=one.text, value=value)}  {one.correction_id}" for one, value in amounts),
        *(words("to_do", advice=one["suggestion"]) for one in cause.advice),
    ]


def _print_overdue(words: CommandWords, overdue: list[Overdue]) -> None:
    named = words("semicolon").join(one.sentence.told(words.language) for one in overdue[:_OVERDUE_SHOWN])
    more = max(len(overdue) - _OVERDUE_SHOWN, 0)
    console().print("\n" + words("overdue_more" if more else "overdue", named=named, count=more))


def _show(chosen: Settings, words: CommandWords, failure_id: str) -> None:
    with open_snapshot(chosen) as connection:
        details = failure_details(connection, failure_id, words.language)
    out, failure = console(), details.failure
    _print_heading(out, words, failure, f"{failure['id']}  ")
    history = words("found", moment=f"{failure['first_seen']:%Y-%m-%d %H:%M}")
    if failure["changed"] != failure["first_seen"]:
        history += words("changed", moment=f"{failure['changed']:%Y-%m-%d %H:%M}")
    _print_indented(out, history, 2, "dim")
    if (handled := read_handled(chosen.decisions).get(failure["id"])) is not None:
        _print_indented(out, became(handled, words), 2, "green")
    out.print()
    told = words("finding", rule=words.code("rule", failure["rule"]), finding=failure["finding"])
    _print_indented(out, told, 2)
    if details.operands:
        _print_arithmetic(out, words, details)
    for title, lines in _evidence(words, details):
        if lines:
            out.print(f"\n{title}")
        for line in lines:
            _print_indented(out, line, 2)


def _print_arithmetic(out: Console, words: CommandWords, details: Details) -> None:
    out.print("\n" + words("figures"))
    for operand in details.operands:
        value = words.amount(separated(operand.value), operand.unit)
        told = words(
            "operand",
            text=operand.text,
            value=value,
            span=_span(words, operand),
            place=reason_in(operand.place, words.language),
        )
        _print_indented(out, told, 2)
    out.print("\n" + words("arithmetic"))
    gap = words("at_least", gap=words.amount(separated(details.gap), details.unit)) if details.gap else ""
    for name, line in (
        ("printed", details.failure["formula"]),
        ("in_numbers", details.in_numbers),
        ("computed", _bounds(words, details.computed, details.unit)),
        ("stated", _bounds(words, details.stated, details.unit)),
        ("verdict", words.of("verdict", details.verdict)),
        ("misses", gap),
    ):
        if line:
            _print_indented(out, words(name, line=line), 2)


def _evidence(words: CommandWords, details: Details) -> list[tuple[str, list[str]]]:
    """Paragraphs with their titles; those without a line are left out."""
    failure = details.failure
    return [
        (
            words("same_cause", cause=failure["root_cause"]),
            [
                f"{name or words('was_resolved')}  " + words("finding", rule=words.code("rule", rule), finding=finding)
                for name, rule, _verdict, finding in details.same_cause
            ],
        ),
        (
            words("otherwise"),
            [
                words("reading", assumption=assumption, verdict=words.of("verdict", verdict))
                for assumption, verdict, _ in details.read_otherwise
            ],
        ),
        (words("advice"), [failure["suggestion"]] if failure["suggestion"] else []),
        (
            words("correction"),
            [
                words(f"correction_{status}", text=text, value=words.amount(separated(value), unit), reason=reason)
                for text, value, unit, status, reason in details.corrections
            ],
        ),
    ]


def _bounds(words: CommandWords, bounds: tuple[Any, Any] | None, unit: str) -> str:
    if bounds is None:
        return words("failures.nothing")
    low, high = map(separated, bounds)
    return words.amount(low if low == high else words("between", low=low, high=high), unit)


def _span(words: CommandWords, operand: Operand) -> str:
    low, high = separated(operand.low), separated(operand.high)
    if low == high:
        return words("exactly")
    least = words("over", value=low) if operand.open_low else low
    most = words("under", value=high) if operand.open_high else high
    return words("stands_for", low=least, high=most)
