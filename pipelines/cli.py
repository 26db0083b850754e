"""The `fupin` command: which commands and options there are. What they do stands in `pipelines/commands/`."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.collector import collector_paused
from pipelines.commands.export import export
from pipelines.commands.output import Format, QueryFormat
from pipelines.commands.publish import publish
from pipelines.commands.trace import trace
from pipelines.errors import FupinError, refused

if TYPE_CHECKING:
    from pipelines.settings import Settings

# no plugin of pydantic is used; to look for them in every installed package takes a tenth of a command's start
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class _Commands(typer.core.TyperGroup):
    """Loads the module of a group of commands only for one of its own."""

    def resolve_command(self, context: Any, words: list[str]) -> Any:  # noqa: ANN401 - as click has them
        if words[0] in _GROUPS:
            group = typer.main.get_group(importlib.import_module(f"pipelines.commands.{words[0]}").group)
            group.name, group.help = words[0], f"{_GROUPS[words[0]]}\n\n{group.help or ''}".rstrip()
            self.commands[words[0]] = group
        return super().resolve_command(context, words)


def settings() -> Settings:
    """The settings of this process, which only a command that runs needs."""
    from pipelines.settings import settings as read

    return read()


app = typer.Typer(
    name="fupin",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="""Turns poverty-alleviation reports into checked figures.

    \b
    A first round:
      fupin run                                  read the reports in raw/, check and load them
      fupin failures                             what does not add up, with its sentence
      fupin correct list                         what to read in place of doubtful numbers
      fupin review --limit 20                    look at the figures that are most worth a look
      fupin figures raw/jiangxi_2011.txt         every figure of one report
      fupin query "FROM indicator.central_share" indicators by region and year
      fupin query "SHOW ALL TABLES"              what else there is

    \b
    Put a report (text, web page, Word, PDF, workbook, table or zip) into raw/ and run again: only new and edited
    files are read.
    Exit codes: 0 fine, 1 something failed, 2 wrong use. Settings: environment variables FUPIN_…, see `fupin doctor`.
    """,
)


# the first line of the help of each group; its module has the rest
_GROUPS = {
    "failures": "List what does not hold in the current reports, with the sentence or cell it comes from.",
    "correct": "See what to read in place of doubtful numbers, and decide; printed values are never overwritten.",
    "review": "Look at the figures that are most worth a look, and say what is right.",
    "alerts": "Tell people about failures, failed runs and overdue reports, each once.",
    "spark": "The star and every indicator on Spark, see docs/scaling-spark.md.",
    "layout": "Declared layouts of tables, see docs/layouts.md.",
    "indicator": "Declared indicators, see catalog/indicators.yml.",
}
for name, does in _GROUPS.items():
    app.add_typer(typer.Typer(help=does), name=name)


@app.command()
def run(
    files: Annotated[list[Path] | None, typer.Argument(help="Reports to look at; default: all of raw/.")] = None,
) -> None:
    """Read, check, load and publish new and edited reports.

    A file outside of raw/ is read where it lies and kept under its file name. Reports that cannot be read are named,
    the others are loaded, and the command ends with exit code 1.
    """
    from pipelines.commands.run import run as command

    _end(command(settings(), files or []))


@app.command()
def figures(
    file: Annotated[Path, typer.Argument(help="One report.")],
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.table,
    everything: Annotated[
        bool, typer.Option("--all", help="Also numbers that are no figures, with their class.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the text with every figure marked and read.")
    ] = False,
    why: Annotated[
        int | None, typer.Option(metavar="ID", help="Say which words decided each attribute of a figure.")
    ] = None,
    columns: Annotated[
        bool, typer.Option("--columns", help="Say what each column of its tables holds, and why.")
    ] = False,
) -> None:
    r"""Print every figure of one report, without loading it.

    \b
    Examples:
      fupin figures raw/jiangxi_2011.txt
      fupin figures report.html --format csv > figures.csv
      fupin figures raw/jiangxi_2011.txt --explain | less -R
      fupin figures raw/jiangxi_2011.txt --why 8
      fupin figures raw/jiangxi_funds_2009_2011.xlsx --columns
    """
    with collector_paused():
        from pipelines.commands.figures import figures as command

        command(settings(), file, output, everything=everything, explained=explain, asked=why, columns=columns)


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(help="A query in DuckDB's SQL.", show_default=False)] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Take the query from this file.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="Value of $name in the query; can be repeated."),
    ] = None,
    output: Annotated[
        QueryFormat | None, typer.Option("--format", help="How to print; default: table, in a file as its ending says.")
    ] = None,
    target: Annotated[Path | None, typer.Option("--output", "-o", help="Write into this file instead.")] = None,
) -> None:
    r"""Ask the published snapshot; it can only be read.

    \b
    Schemas: out (wide tables, to start with), core (the star), indicator (tables, and views v_…), quality, and work
    (steps on the way). Worked queries: docs/queries/.

    Examples:
      fupin query "FROM indicator.total_growth"
      fupin query "SELECT printed_text, sentence FROM core.fact_figure WHERE status <> 'ok'" --format csv
      fupin query -f docs/queries/funds_by_source.sql -p region=360000 -o funds.parquet
    """
    from pipelines.commands.query import query as command
    from pipelines.commands.query import read_parameters, read_query

    if (sql is None) == (file is None):
        raise typer.BadParameter("give one query: as text, or as a file with --file", param_hint="'sql'")
    text = read_query(file) if file is not None else sql or ""
    command(settings(), text, read_parameters(parameters or []), output, target)


@app.command()
def shell() -> None:
    r"""Ask the published snapshot in a prompt, query after query; it can only be read.

    \b
    Queries end with a semicolon; .tables, .describe TABLE, .help and .quit are commands. Queries can also come
    through a pipe; then the exit code is 1 if one of them failed.
      echo "FROM indicator.total_growth;" | fupin shell
    """
    from pipelines.commands.shell import shell as command

    _end(command(settings()))


app.command()(trace)
app.command()(export)
app.command()(publish)


@app.command()
def site(
    serve: Annotated[bool, typer.Option("--serve", help="Show it in a browser of this machine.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="With --serve; 0 takes a free one.")] = 8347,
    review: Annotated[
        bool, typer.Option("--review", help="With --serve: also the review desk, under a secret address.")
    ] = False,
) -> None:
    """Bring the page for programme officers up to date: `published/site/index.html`.

    Every run does so by itself. The folder can be opened from disk, or copied to any web server.
    """
    from pipelines.commands.site import site as command

    if review and not serve:
        raise typer.BadParameter("goes with --serve", param_hint="--review")
    command(settings(), serve=serve, port=port, review=review)


@app.command()
def retract(
    report: Annotated[str, typer.Argument(help="Its path below raw/, as `fupin failures` and tables name it.")],
    version: Annotated[
        int | None, typer.Option(metavar="N", help="Which version; default: the one that counts.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, in one sentence.")] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; default: git's user, else yours.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take a withdrawal back.")] = False,
) -> None:
    r"""Withdraw a report: it leaves all indicators and can still be queried.

    No earlier version takes its place. Its content is not loaded again, under whatever name, until it is edited.

    \b
    Examples:
      fupin retract jiangxi_2010.txt --reason "withdrawn by the office"
      fupin retract jiangxi_2010.txt --undo
    """
    from pipelines.commands.retract import retract as command

    command(settings(), report, version, reason, by, undo=undo)


@app.command()
def supersede(
    old: Annotated[str, typer.Argument(help="The report that is to count no longer, by its path below raw/.")],
    new: Annotated[str, typer.Argument(help="The one that counts in its place.")],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; default: git's user, else yours.")
    ] = None,
) -> None:
    r"""Say that a report under another name is the revision of an earlier one.

    The earlier one is withdrawn, as by `fupin retract`; its content stays out under any name.

    \b
    Example:
      fupin supersede jiangxi_2010.txt jiangxi_2010_corrected.txt
    """
    from pipelines.commands.retract import supersede as command

    command(settings(), old, new, by)


@app.command()
def rebuild() -> None:
    """Make the warehouse anew from the archive: every version, in the order in which they were loaded.

    The old warehouse and the snapshot stay in use until the new one is complete. If it is interrupted, run it again:
    it goes on where it stopped.
    """
    from pipelines.commands.rebuild import rebuild as command

    _end(command(settings()))


@app.command()
def dictionary() -> None:
    """Print what every table, view and column of the warehouse means, as Markdown."""
    from pipelines.publishing.dictionary import page, relations

    print(page(relations(settings())), end="")


@app.command()
def rerun(
    reports: Annotated[list[str] | None, typer.Argument(help="Paths below raw/, as `fupin status` names them.")] = None,
    region: Annotated[str | None, typer.Option(metavar="R", help="All reports of a region, by code or name.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All reports.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would change, with old and new values.")
    ] = False,
    hold: Annotated[
        bool, typer.Option("--hold", help="Keep what is loaded of them, also at night, until they are named again.")
    ] = False,
) -> None:
    r"""Read reports again, and load those of which something else is read now.

    Loaded reports are read from the archive and keep their version number. Reports that were kept out are tried again.

    \b
    Examples:
      fupin rerun jiangxi_2010.txt
      fupin rerun --region Jiangxi
      fupin rerun --all
      fupin rerun --all --dry-run
      fupin rerun jiangxi_2010.txt --hold
    """
    from pipelines.commands import rerun as commands

    if sum((bool(reports), region is not None, everything)) != 1:
        raise typer.BadParameter("name reports, or a region with --region, or say --all", param_hint="'reports'")
    if dry_run and hold:
        raise typer.BadParameter("say --dry-run or --hold", param_hint="'--hold'")
    command = commands.rehearsal if dry_run else commands.hold_readings if hold else commands.rerun
    _end(command(settings(), reports or [], region, everything=everything))


@app.command()
def status() -> None:
    """Tell which reports are loaded, wait, were kept out, or are no longer in raw/."""
    from pipelines.commands.status import status as command

    command(settings())


@app.command()
def doctor() -> None:
    """Tell what is installed, where state lives, and whether anything is broken, stale or locked."""
    from pipelines.commands.doctor import doctor as command

    _end(command(settings()))


@app.command()
def check() -> None:
    """Validate the project's catalogue, SQL and expectation files."""
    from pipelines.commands.doctor import check as command

    _end(command(settings()))


def _end(fine: bool) -> None:
    if not fine:
        raise typer.Exit(1)


def _settings_problem(error: Exception) -> str | None:
    """What is wrong with a setting; None where an error is about something else."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return None
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"]).upper().removeprefix("FUPIN_")
    cause = first["msg"].removeprefix("Value error, ")
    return f"FUPIN_{name}: {cause}" if error.title == "Settings" else cause


def main() -> None:
    """Runs the command line; an error that a user can act on is one line, others keep their traceback."""
    try:
        app()
    except FupinError as error:
        if os.environ.get("FUPIN_DEBUG"):
            raise
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        problem = _settings_problem(error)
        cause = problem or refused(error, settings().home)
        if cause is None or (os.environ.get("FUPIN_DEBUG") and problem is None):
            raise
        print(f"error: {cause}", file=sys.stderr)
        sys.exit(1)


# what is left ends with the process, and need not be looked through for cycles
atexit.register(gc.freeze)


if __name__ == "__main__":
    main()
