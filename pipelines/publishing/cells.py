"""Values as cells of text files and workbooks: how they are printed, and that none of them is taken for a formula."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pipelines.patterns import regex

# What a spreadsheet program begins a formula with, also in the wide form that East Asian ones accept. A text that would
# look like a defused one is defused as well, so that the first apostrophe can always be taken off again.
FORMULA = regex(r"'*[=+\-@\t\r\n＝＋－＠]")

_SPECIAL = regex(r'[",\r\n]')


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """A value as CSV and tables print it: decimals without exponent or padding, dates in ISO form, NULL empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        # programs written in C take the character zero for the end of a text
        return value.replace("\0", "�")
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


def separated(value: Decimal) -> str:
    """A value for people, with thousands separated and without padding."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell(value: Any) -> Any:  # noqa: ANN401
    """A value as `plain` has it, as a cell that no spreadsheet program computes.

    Returns:
        Text that begins like a formula with an apostrophe before it; numbers, also negative ones, stay as they are.
    """
    printed = plain(value)
    return f"'{printed}" if isinstance(value, str) and FORMULA.match(printed) else printed


def csv_line(values: Iterable[Any]) -> str:
    """One row of comma-separated text, with its line break.

    The standard library's writer leaves a lone carriage return unquoted where lines end with a line feed, and readers
    then see two rows.
    """
    texts = [str(cell(value)) for value in values]
    if texts == [""]:
        return '""\n'
    return ",".join('"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text for text in texts) + "\n"
