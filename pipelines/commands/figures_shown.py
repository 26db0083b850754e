"""`fupin figures`: prints what the reader sees in one file that has been opened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pipelines.checking.storable import assert_numbers, assert_texts
from pipelines.checking.unread import cell_address, classified_count, unread_lines, unread_numbers
from pipelines.commands.output import Format, print_table, write_rows
from pipelines.figures.figure import Locator
from pipelines.figures.read import read_figures
from pipelines.meaning.derive import sureness
from pipelines.meaning.identify import identify, origins
from pipelines.meaning.meaning import Decision, Meaning
from pipelines.meaning.period_codes import printed_period
from pipelines.meaning.resolve import resolve
from pipelines.reading.document import Document
from pipelines.review.apply import apply
from pipelines.review.files import read_reviews
from pipelines.settings import Settings

COLUMNS = (
    *("figure_id", "section", "start", "end", "text", "value", "unit", "qualifier", "role", "program", "source"),
    *("stage", "period", "region", "subject", "parent", "low", "high", "sureness", "least_sure"),
)
_SHOWN = (
    *("figure_id", "section", "text", "value", "unit", "qualifier", "role", "program", "source", "period", "parent"),
    "sureness",
)


def show(
    settings: Settings,
    path: Path,
    document: Document,
    output: Format,
    *,
    everything: bool,
    explained: bool,
    asked: int | None,
    columns: bool,
) -> None:
    """Prints the figures of a document, see `pipelines.commands.figures.figures`."""
    assert_texts(document)
    reading = read_figures(document, shows_people=settings.show_people)
    assert_numbers(document.report_id, reading)
    for line in unread_lines(reading):
        print(f"not read: {line}", file=sys.stderr)
    if columns:
        from pipelines.commands.columns import print_columns

        print_columns(document, reading)
        return
    identity = identify(document)
    meanings = resolve(document, identity, reading)
    file = read_reviews(settings.decisions).get(_report_id(settings, path))
    if file is not None:
        applied = apply(file, document.text, reading, meanings)
        reading, meanings = applied.reading, applied.meanings
    if explained or asked is not None:
        from pipelines.commands.explain import explain, why

        if asked is not None:
            why(reading, meanings, asked)
        else:
            explain(document, reading, meanings)
        return
    rows: list[tuple[tuple[int, int], dict[str, Any]]] = []
    for order, (figure, meaning) in enumerate(zip(reading.figures, meanings, strict=True)):
        values = {
            "figure_id": figure.figure_id,
            "text": figure.text,
            "value": figure.value,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "role": figure.role,
            "subject": figure.subject,
            "parent": figure.parent,
            "low": figure.low,
            "high": figure.high,
        }
        rows.append((_place(figure.locator, order), values | _located(figure.locator) | _meant(meaning)))
    if everything:
        for order, number in enumerate(reading.non_figures):
            values = {"text": number.text, "role": number.reason, "subject": number.why or None}
            rows.append((_place(number.locator, order), values | _located(number.locator)))
        rows.sort(key=lambda row: row[0])
    names = COLUMNS if output is not Format.table else _SHOWN
    table = [tuple(row.get(name) for name in names) for _, row in rows]
    if output is not Format.table:
        write_rows(names, table, output)
    else:
        unread = len(unread_numbers(reading))
        told = f", {unread} not read" if unread else ""
        print(f"{document.title}\n{len(reading.figures)} figures, {classified_count(reading)} other numbers{told}")
        for origin, value, how in origins(identity, document):
            print(f"  {origin:<10} {value} ({how})")
        print()
        print_table(names, table)


def _report_id(settings: Settings, path: Path) -> str:
    """What the report of a file is called: its path below the landing zone, else its name."""
    below = path.resolve()
    zone = settings.raw.resolve()
    return below.relative_to(zone).as_posix() if below.is_relative_to(zone) else path.name


def _place(locator: Locator, order: int) -> tuple[int, int]:
    """Sorts numbers of the text by position and those of tables behind them, in their own order."""
    return (0, locator.start) if locator.start is not None else (1, order)


def _located(locator: Locator) -> dict[str, Any]:
    """A cell's address stands in the section, its positions are empty."""
    return {"section": cell_address(locator) or locator.section, "start": locator.start, "end": locator.end}


def _meant(meaning: Meaning) -> dict[str, Any]:
    grade, least_sure = sureness(meaning)
    return {
        "program": _code(meaning.program),
        "source": _code(meaning.source),
        "stage": _code(meaning.stage),
        "region": _code(meaning.region),
        "period": printed_period(meaning.period.code) or None,
        "sureness": grade,
        "least_sure": ", ".join(least_sure) or None,
    }


def _code(decision: Decision) -> str | None:
    return None if decision.code == "unknown" else decision.code
