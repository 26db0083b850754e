"""Rows as a table for people, or as CSV or JSON for programs."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """Formats of figures and failures."""

    table = "table"
    csv = "csv"
    json = "json"


class QueryFormat(StrEnum):
    """Formats of query results."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """A value as CSV and tables print it: decimals without exponent or padding, dates in ISO form, NULL empty."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Comma-separated with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([plain(value) for value in row] for row in rows)
    return out.getvalue()


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A list of objects; decimals are numbers with all their digits, NULL is null."""
    records = []
    for row in rows:
        fields = (f"{json.dumps(name)}: {_json(value)}" for name, value in zip(columns, row, strict=True))
        records.append("{" + ", ".join(fields) + "}")
    return "[" + ",\n ".join(records) + "]\n"


def _json(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Decimal):
        return str(plain(value))
    return json.dumps(value, ensure_ascii=False, default=str)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "") -> None:
    """A table on standard output; numbers are set flush right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(
            row[index] is None or (isinstance(row[index], (int, float, Decimal)) and not isinstance(row[index], bool))
            for row in rows
        )
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_for_people(value)) for value in row))
    console = Console()
    # into a pipe or file a table keeps its natural width, so that nothing is folded away
    console.print(table, width=None if console.is_terminal else 400)


def _for_people(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(plain(value))
