"""Rows as a table for people, or as CSV or JSON for programs."""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.publishing.cells import csv_line, plain, separated

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

# columns that no table reaches: what a table wants is measured against it
_UNLIMITED = 1_000_000
# bell, backspace, vertical tab, form feed and carriage return, which would move what is printed
_CONTROLS = dict.fromkeys((7, 8, 11, 12, 13))


class Format(StrEnum):
    """Formats of figures and failures."""

    table = "table"
    csv = "csv"
    json = "json"


class Language(StrEnum):
    """Languages of what is printed for people."""

    en = "en"
    zh = "zh"


class QueryFormat(StrEnum):
    """Formats of query results."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"
    arrow = "arrow"


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], output: Format) -> None:
    """Rows on standard output for programs, as CSV or JSON."""
    sys.stdout.writelines((as_json if output is Format.json else as_csv)(columns, rows))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Comma-separated with a header line, line by line; no text of a cell is a formula."""
    yield csv_line(columns)
    yield from map(csv_line, rows)


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A list of objects, piece by piece.

    Decimals are numbers with all their digits; NULL, and what JSON has no number for, is null.
    """
    before = "["
    for row in rows:
        fields = (f"{json.dumps(name)}: {_json(value)}" for name, value in zip(columns, row, strict=True))
        yield f"{before}{{{', '.join(fields)}}}"
        before = ",\n "
    yield "]\n" if before != "[" else "[]\n"


def _json(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Decimal):
        return str(plain(value))
    if isinstance(value, float) and not math.isfinite(value):
        return "null"
    return json.dumps(value, ensure_ascii=False, default=str)


def near(path: Path) -> Path:
    """A path as it is shown: from here where it lies below, else whole."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def console() -> Console:
    """Standard output for text; into a pipe or file a line is never broken."""
    from rich.console import Console

    shown = Console(highlight=False)
    shown.soft_wrap = not shown.is_terminal
    return shown


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows on standard output, as wide as they are into a pipe or file.

    A terminal that is too narrow gets the shorter of two forms: cells wrapped between words, or one
    record below the other with a `column value` line for each of its cells. No word is broken in a table.
    """
    cells = [[_for_people(value) for value in row] for row in rows]
    numeric = [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(columns))]
    footer = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    if not sys.stdout.isatty():
        sys.stdout.writelines(f"{line}\n" for line in (*_lines(columns, numeric, cells), footer))
        return
    from rich.console import Console, Group
    from rich.measure import Measurement

    shown = Console(highlight=False)
    table = _table(columns, numeric, cells)
    unlimited = shown.options.update(width=_UNLIMITED)
    needed = Measurement.get(shown, unlimited, table)
    form: RenderableType = table
    if needed.maximum > shown.width:
        records = Group(*_records(columns, cells))
        forms: list[RenderableType] = [table, records] if needed.minimum <= shown.width else [records]
        form = min(forms, key=lambda one: len(shown.render_lines(one)))
    shown.print(form)
    shown.print(footer, style="dim")


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return value is None or (isinstance(value, (int, float, Decimal)) and not isinstance(value, bool))


def _lines(columns: Sequence[str], numeric: Sequence[bool], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table as wide as it is, with its numbers flush right: what a terminal shows that is wide enough."""
    from rich.cells import cell_len

    parted = [[cell.translate(_CONTROLS).expandtabs().split("\n") for cell in row] for row in (columns, *cells)]
    widths = [max(map(cell_len, itertools.chain(*column))) for column in zip(*parted, strict=True)]
    for number, row in enumerate(parted):
        for line in itertools.zip_longest(*row, fillvalue=""):
            blanks = (" " * (width - cell_len(part)) for part, width in zip(line, widths, strict=True))
            aligned = zip(line, blanks, numeric, strict=True)
            yield "  ".join(blank + part if right else part + blank for part, blank, right in aligned)
        if not number:
            yield "─" * (sum(widths) + 2 * len(widths) - 2)


def _table(columns: Sequence[str], numeric: Sequence[bool], cells: Sequence[Sequence[str]]) -> Table:
    """A table whose numbers are set flush right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column, right in zip(columns, numeric, strict=True):
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _records(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    """One record below the other."""
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, 1):
        yield Rule(f"record {number}", align="left", style="dim")
        record = Table.grid(padding=(0, 2))
        record.add_column(no_wrap=True, min_width=max(map(len, columns)))
        record.add_column(overflow="fold")
        for column, value in zip(columns, row, strict=True):
            record.add_row(Text(column, style="bold"), Text(value))
        yield record


def _for_people(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Decimal):
        return separated(value)
    return str(plain(value))
