"""Tables of plain text whose columns blanks or tabs set apart: a line of headers above rows of as many cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipelines.patterns import regex
from pipelines.reading.announced import announcement
from pipelines.reading.cells import Cell, Cells
from pipelines.reading.document import Content, Table
from pipelines.reading.text import read_text
from pipelines.reading.wrapped import prose

_GAP = regex(r"[ \u3000]*\t[ \t\u3000]*|[ \u3000]{2,}")
_NUMBER = regex(r"[-+−(（<>≤≥~≈约近$¥€£]*\s?\d[\d.,' ]*\s?[%％)）*\w]{0,12}|[-–—…/]+|n/?a", re.IGNORECASE)
_YEAR = regex(r"(?:19|20)\d\d年?")
_LEAST_LINES = 3
_LONGEST = 40  # characters of a header or a name


def read_plain(text: str) -> Content:
    """Text and tables of a plain text; what stands above a table announces it."""
    if not any(sign in text for sign in ("  ", "\t", "\u3000")):
        return Content(*read_text(prose(text)))
    lines = text.split("\n")
    tables: list[Table] = []
    kept: list[str] = []
    since = 0
    for width, group in groupby(lines, key=lambda line: len(_fields(line))):
        run = list(group)
        if width > 1 and len(run) >= _LEAST_LINES and _is_table(rows := list(map(_fields, run))):
            cells = (Cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts))
            above = announcement([line.strip() for line in kept if line.strip()], since)
            since = sum(bool(line.strip()) for line in kept)
            tables.append(Table(f"table {len(tables) + 1}", above, Cells.of(cells)))
        else:
            kept += run
    whole, blocks = read_text(prose("\n".join(kept)))
    return Content(whole, blocks, tuple(tables))


def _fields(line: str) -> list[str]:
    return _GAP.split(line.strip(" \t\u3000")) if line.strip() else []


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns, and the others hold a name and numbers."""
    head, *body = rows
    return (
        all(len(text) <= _LONGEST for row in rows for text in row)
        and not any(_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) for text in head)
        and not any(_NUMBER.fullmatch(row[0]) for row in body)
        and all(_NUMBER.fullmatch(text) for row in body for text in row[1:])
    )
