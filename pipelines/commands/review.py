"""`fupin review`: the review desk in the terminal, and the decisions that were taken at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipelines.commands.correct import decider
from pipelines.commands.output import Format, Language, print_table, write_rows
from pipelines.errors import FupinError
from pipelines.meaning.period_codes import printed_period
from pipelines.review.edit import undo as take_back
from pipelines.review.files import READING, Parent, Review, ReviewFile, initials, read_reviews
from pipelines.review.score import by_place, scores
from pipelines.settings import Settings, settings

if TYPE_CHECKING:
    from pipelines.desk.desk import Desk
    from pipelines.desk.keyboard import Keyboard

COLUMNS = ("report", "entry", "printed", "attribute", "expected", "value", "by", "at", "reason")
LABELS = (
    *("report", "figure", "value", "unit", "role", "programme", "source", "period", "region", "is_figure"),
    *("section", "reviewed_by", "reviewed_at"),
)
_SHOWN = ("report", "entry", "printed", "attribute", "expected", "value", "by", "at")
group = typer.Typer(
    rich_markup_mode=None,
    help="""
    \b
    Examples:
      fupin review                               the figures of all reports, the most doubtful first
      fupin review jiangxi_2011.txt --limit 20   those of one report
      fupin review causes                        root causes of what does not add up, the gravest first
      fupin review list                          what was decided
      fupin review score                         how right the reader was
      fupin site --serve --review                the same in a browser
    """,
)
_By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; default: git's user, else yours.")]
_Lang = Annotated[Language | None, typer.Option(help="Language of the desk; else that of FUPIN_LANGUAGE.")]
_Report = Annotated[str | None, typer.Argument(metavar="REPORT", help="Its path below raw/; default: all.")]


class _Group(typer.core.TyperGroup):
    """Takes a first word that is no command for a report."""

    def resolve_command(self, context: Any, words: list[str]) -> Any:  # noqa: ANN401 - as click has them
        if words and words[0] not in self.commands:
            words = ["at", *words]
        return super().resolve_command(context, words)

    def parse_args(self, context: Any, words: list[str]) -> list[str]:  # noqa: ANN401
        # options of the desk without a report are those of its command
        if not words or (words[0].startswith("-") and words[0] not in ("--help", "-h")):
            words = ["at", *words]
        return super().parse_args(context, words)


group.info.cls = _Group


@group.command("at", hidden=True)
def at_desk(
    report: _Report = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many figures.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that somebody has looked at.")] = False,
    by: _By = None,
    lang: _Lang = None,
) -> None:
    """Look at figures, the most doubtful first."""
    from pipelines.commands.run import load_decisions
    from pipelines.desk.desk import Desk
    from pipelines.desk.terminal import Terminal

    now = settings()
    terminal = Terminal(Desk(now), by or decider(now), _keyboard(lang or now.language))
    if terminal.run(report, limit, everything=everything):
        load_decisions(now)


@group.command("causes")
def at_causes(
    report: _Report = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that somebody has said something about.")
    ] = False,
    by: _By = None,
    lang: _Lang = None,
) -> None:
    """Go through the root causes of what does not add up: the report is wrong, is right, or its publisher was asked."""
    from pipelines.commands.run import load_decisions
    from pipelines.desk.desk import Desk
    from pipelines.desk.terminal_causes import CauseTerminal

    now = settings()
    terminal = CauseTerminal(Desk(now), by or decider(now), _keyboard(lang or now.language))
    if terminal.run(report, everything=everything):
        load_decisions(now)


@group.command("list")
def list_decisions(
    report: _Report = None,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.table,
) -> None:
    """List what was decided, by report and entry."""
    rows = [_row(file, number, one) for file, number, one in _entries(settings(), report)]
    if output is not Format.table:
        table = [tuple(row[name] for name in COLUMNS) for row in rows]
        write_rows(COLUMNS, table, output)
    elif not rows:
        print("No decision.")
    else:
        print_table(_SHOWN, [tuple(row[name] for name in _SHOWN) for row in rows])


@group.command()
def show(
    report: Annotated[str, typer.Argument(help="Its path below raw/.")],
    entry: Annotated[int, typer.Argument(min=1, help="Its number, as `fupin review list` prints it.")],
) -> None:
    """Print one decision with its place, and whether it still fits."""
    from pipelines.desk.desk import Desk

    now = settings()
    file, one = _entry(now, report, entry)
    for name, value in _row(file, entry, one).items():
        print(f"{name:<9} {value}")
    for name, value in one.match.model_dump(exclude_none=True).items():
        print(f"{name:<9} {value}")
    unfit = next((check for check in _unfit(Desk(now), report) if f" entry {entry} (" in check), "it applies")
    print(f"{'state':<9} {unfit}")


@group.command()
def undo(
    report: _Report = None,
    entry: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Which of the report; default: the last that was taken.")
    ] = None,
) -> None:
    """Take a decision back: its entry leaves the file, and what was read before counts again."""
    from pipelines.commands.run import load_decisions

    now = settings()
    if entry is not None:
        if report is None:
            raise typer.BadParameter("goes with a report", param_hint="--entry")
        file, one = _entry(now, report, entry)
    else:
        found = [(one.at, number, file, one) for file, number, one in _entries(now, report)]
        if not found:
            raise FupinError("nothing is decided, so there is nothing to take back")
        _, _, file, one = max(found, key=lambda each: each[:2])
    take_back(now.decisions, file.report, [one])
    print(f"Taken back: {file.report}: {_value(one)} as {one.attribute} of “{one.match.printed}” ({one.by})")
    load_decisions(now)


@group.command()
def export(
    report: _Report = None,
    output: Annotated[Literal["labels"], typer.Option("--format", help="What to print.")] = "labels",
) -> None:
    """Print the figures that were looked at as labels, comma-separated: what is right of each, attribute by attribute.

    A reading that nobody has decided about is left blank.
    """
    rows = []
    for name, file in sorted(read_reviews(settings().decisions).items()):
        if report in (None, name):
            rows += [_label(name, decided) for decided in by_place(file.reviews).values()]
    write_rows(LABELS, rows, Format.csv)


@group.command()
def score(
    report: _Report = None,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.table,
) -> None:
    """Say how right the reader was about what was looked at, attribute by attribute, with an interval of 95 %."""
    reviews = [one for _, _, one in _entries(settings(), report)]
    names = ("attribute", "reviewed", "right", "share", "low", "high")
    found = scores(reviews)
    if output is not Format.table:
        rows = [
            (one.attribute, one.reviewed, one.right, *map(_rounded, (one.share, one.low, one.high))) for one in found
        ]
        write_rows(names, rows, output)
    elif not found:
        print("Nothing has been looked at yet.")
    else:
        print_table(
            names,
            [
                (one.attribute, one.reviewed, one.right, *(f"{part:.1%}" for part in (one.share, one.low, one.high)))
                for one in found
            ],
        )


def _keyboard(language: str) -> Keyboard:
    from pipelines.desk.keyboard import Keyboard
    from pipelines.desk.words import DeskWords

    return Keyboard(DeskWords(language))


def _rounded(share: float) -> float:
    return round(share, 4)


def _entries(settings: Settings, report: str | None) -> list[tuple[ReviewFile, int, Review]]:
    return [
        (file, number, one)
        for name, file in sorted(read_reviews(settings.decisions).items())
        if report in (None, name)
        for number, one in enumerate(file.reviews, 1)
    ]


def _entry(settings: Settings, report: str, entry: int) -> tuple[ReviewFile, Review]:
    file = read_reviews(settings.decisions).get(report)
    if file is None or entry > len(file.reviews):
        raise FupinError(f"{report}: has no decision {entry}; `fupin review list` names them")
    return file, file.reviews[entry - 1]


def _unfit(desk: Desk, report: str) -> list[str]:
    try:
        opened = desk.open(report)
    except FupinError:
        return []
    return [check.message for check in opened.version.checks if check.rule == "review_decision"]


def _row(file: ReviewFile, number: int, one: Review) -> dict[str, Any]:
    expected = "as read" if isinstance(one.expected, dict) else one.expected
    return {
        "report": file.report,
        "entry": number,
        "printed": one.match.printed,
        "attribute": one.attribute,
        "expected": expected,
        "value": _value(one),
        "by": one.by,
        "at": f"{one.at:%Y-%m-%d %H:%M}",
        "reason": one.reason,
    }


def _value(one: Review) -> str:
    return f"{one.value.link} {one.value.figure.printed}" if isinstance(one.value, Parent) else one.value


def _label(report: str, decided: Mapping[str, Review]) -> tuple[Any, ...]:
    last = max(decided.values(), key=lambda one: one.at)
    whole = decided.get(READING)
    right: dict[str, str] = {}
    if whole is not None and isinstance(whole.expected, dict):
        right |= {str(name): value for name, value in whole.expected.items()}
    right |= {name: _value(one) for name, one in decided.items() if name != READING}
    names = ("value", "unit", "role", "program", "source")
    is_figure = "" if whole is None else "yes" if whole.is_acceptance else "no"
    return (
        *(report, last.match.printed, *(right.get(name, "") for name in names)),
        *(printed_period(right.get("period", "")), right.get("region", ""), is_figure),
        *(last.match.section, initials(last.by), f"{last.at:%Y-%m-%d}"),
    )
