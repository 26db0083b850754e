"""`fupin correct`: what the relations propose in place of printed numbers, and what people decide about it."""

from __future__ import annotations

import getpass
import re
import subprocess
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.output import Format, console, near, print_table, write_rows
from pipelines.commands.published import published
from pipelines.errors import FupinError
from pipelines.publishing.cells import separated
from pipelines.publishing.corrections import COLUMNS, corrections
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings, settings
from pipelines.warehouse.corrections import stale_lines

if TYPE_CHECKING:
    from pipelines.warehouse.decide import Change, Verb

STATUSES = ("proposed", "accepted", "rejected", "stale")
group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
_Id = Annotated[str, typer.Argument(metavar="ID", help="Of a correction, as `fupin correct list` prints it.")]
_By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; default: git's user, else yours.")]
_Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why, in one sentence; default: as proposed.")]
_SHOWN = ("id", "status", "report", "printed", "expected", "proposed", "unit", "source", "decided_by")


@group.command("list")
def list_corrections(
    status: Annotated[str | None, typer.Option(help="Only proposed, accepted, rejected or stale.")] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.table,
) -> None:
    """List corrections of current reports; stale ones name a number that their report does not print any more."""
    if status not in (None, *STATUSES):
        raise typer.BadParameter("must be proposed, accepted, rejected or stale", param_hint="--status")
    with open_snapshot(settings()) as connection:
        found = corrections(connection, status)
        lost = stale_lines(connection) if status in (None, "stale") else []
    if output is not Format.table:
        rows = [tuple(row[name] for name in COLUMNS) for row in found]
        write_rows(COLUMNS, rows, output)
        return
    if not found:
        print("No correction." if status is None else f"No {status} correction.")
        return
    print_table(_SHOWN, [tuple(row[name] for name in _SHOWN) for row in found])
    for line in lost:
        print(f"stale: {line}")


@group.command()
def show(correction_id: _Id) -> None:
    """Print one correction with its sentence, both values, and every check of the figure with both verdicts."""
    now = settings()
    with open_snapshot(now) as connection:
        found = [row for row in corrections(connection) if row["id"] == correction_id]
        lost = [line for line in stale_lines(connection) if f"({correction_id})" in line]
        figures = connection.execute(
            "SELECT r.content_hash, f.figure_id, c.supporting_check_keys, c.report_version_key "
            "FROM core.correction AS c JOIN core.dim_report AS r USING (report_version_key) "
            "JOIN core.fact_figure AS f USING (figure_key) WHERE r.is_current AND c.correction_id = ? "
            "ORDER BY r.report_id, f.figure_id",
            [correction_id],
        ).fetchall()
    if not found:
        raise FupinError(f"no correction {correction_id}; `fupin correct list` names them")
    for line in lost:
        print(f"stale: {line}")
    rows = [row for row in found if row["status"] != "stale"]
    for row, (content_hash, figure_id, supporting, owner) in zip(rows, figures, strict=True):
        _show_one(now, row, content_hash, figure_id, set(supporting), owner)


def _show_one(
    settings: Settings, row: dict[str, Any], content_hash: str, figure_id: int, supporting: set[int], owner: int
) -> None:
    from pipelines.commands.recheck import recheck
    from pipelines.warehouse.keys import key

    out = console()
    by = f" by {row['decided_by']}, {row['decided_at']}" if row["decided_by"] else ""
    out.print(f"{row['id']}  {row['status']}{by}  {row['report']}", markup=False)
    out.print(f"  [{row['place'] or row['section']}] {marked(row['sentence'], row['printed'])}", markup=False)
    out.print(f"  expected  {separated(row['expected'])} {row['unit']}", markup=False)
    span = f"{separated(row['proposed_low'])} to {separated(row['proposed_high'])}"
    source = "the relations of the report" if row["source"] == "relations" else "people"
    out.print(f"  proposed  {separated(row['proposed'])} {row['unit']} ({span}), by {source}", markup=False)
    out.print(f"  reason    {row['reason']}", markup=False)
    bounds = (row["proposed_low"], row["proposed"], row["proposed_high"])
    try:
        checks = recheck(settings, row["report"], content_hash, figure_id, row["printed"], bounds)
    except FupinError as error:
        out.print(f"  {error}", markup=False)
        return
    for one in sorted(checks, key=lambda one: key(owner, "check", one.printed.check_id) not in supporting):
        role = ", supports it" if key(owner, "check", one.printed.check_id) in supporting else ""
        out.print(f"  {one.printed.rule}{role}: {one.printed.formula}", markup=False)
        out.print(f"    as printed: {one.printed.verdict}; with the proposed value: {one.verdict}", markup=False)
    if not checks:
        out.print("  no check takes in this figure", markup=False)


def marked(sentence: str, printed: str) -> str:
    """A sentence with every place of a printed number between ‹ and ›; digits around it make it another number."""
    number = r"\s+".join(re.escape(word) for word in printed.split())
    return re.sub(rf"(?<![\d.,]){number}(?![\d]|[.,]\d)", lambda found: f"‹{found.group()}›", sentence)


@group.command()
def accept(correction_id: _Id, by: _By = None, reason: _Reason = None) -> None:
    """Accept a correction: the indicators get adjusted rows beside those as reported."""
    decide_correction(correction_id, "accepted", by, reason)


@group.command()
def reject(correction_id: _Id, by: _By = None, reason: _Reason = None) -> None:
    """Reject a correction: it is not proposed again and adjusts nothing."""
    decide_correction(correction_id, "rejected", by, reason)


def decide_correction(correction_id: str, status: Verb, by: str | None, reason: str | None) -> None:
    """Takes a decision, applies it, publishes the snapshot, and prints what changed in the indicators."""
    from pipelines.warehouse.decide import decide

    now = settings()
    with published(now, "correct") as meter, meter.room("loading"):
        decided = decide(now, correction_id, status, by or decider(now), reason)
    already = decided.stood_already
    print(f"{correction_id} {'was' if already else 'is'} {status}{' already' if already else ''}: {near(decided.path)}")
    for change in decided.changes:
        print(f"  {_change(change)}")
    if not decided.changes:
        print("  no value of an indicator changed")


def decider(settings: Settings) -> str:
    """Who decides if nobody is named: git's user, else the user of this machine."""
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - wherever git is installed
            cwd=settings.corrections,
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
        name = asked.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    try:
        return name or getpass.getuser()
    except (KeyError, OSError) as error:
        raise FupinError("nobody is named: say who decides with --by NAME") from error


def _change(change: Change) -> str:
    values = (
        "none" if value is None else f"{separated(value)} {change.unit}" for value in (change.before, change.after)
    )
    return f"{change.indicator}  {change.region} {change.period}: {' → '.join(values)}"
