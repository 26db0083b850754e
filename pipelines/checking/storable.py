"""Refuses what no warehouse can hold, before anything is computed with it: numbers too large, and broken texts.

Whoever takes a document over from its reader asks here, so that one report costs itself and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from pipelines.catalog.units import is_amount
from pipelines.checking.unread import cell_address, opening
from pipelines.checking.verdict import Check
from pipelines.columns import column, mapped
from pipelines.errors import ReportError
from pipelines.figures.figure import Figure, Reading
from pipelines.reading.document import Document, Table

# what DECIMAL(28, 6) and, for amounts of money, DECIMAL(20, 2) hold
_DIGITS, _AMOUNT_DIGITS = 22, 18
_LARGEST, _LARGEST_AMOUNT = Decimal(10) ** _DIGITS - 1, Decimal(10) ** _AMOUNT_DIGITS - 1
_SHOWN = 60


def assert_texts(document: Document) -> None:
    """Asserts that every text of a document is valid Unicode.

    Raises:
        ReportError: one holds half of a character; names its cell, or the first words of its paragraph.
    """
    if _is_valid("\n".join(_texts(document))):
        return
    place, broken = next((place, text) for place, text in _placed(document) if not _is_valid(text))
    half = next(sign for sign in broken if not _is_valid(sign))
    cause = f"holds {_escaped(half)}, half of a character, which is no valid Unicode"
    raise ReportError(document.report_id, cause, _escaped(place))


def assert_numbers(report_id: str, reading: Reading) -> None:
    """Asserts that every figure of a report can be kept.

    Raises:
        ReportError: one is too large; names its cell or sentence.
    """
    names = ("unit", "value_stated", "scale", "value", "low", "high")
    fits = mapped(_fits, *(column(reading.figures, name) for name in names))
    if all(fits):
        return
    for figure in reading.figures:
        digits = _AMOUNT_DIGITS if is_amount(figure.unit) else _DIGITS
        if not _fits(*(getattr(figure, name) for name in names)):
            raise ReportError(report_id, f"{_printed(figure)} has more than {digits} digits, too many", _place(figure))


def _fits(unit: str, stated: Decimal, scale: Decimal, value: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a number and what it can stand for can be kept."""
    largest = _LARGEST_AMOUNT if is_amount(unit) else _LARGEST
    return -largest <= min(low, value) and max(high, value, abs(stated), scale) <= largest


def assert_checks(report_id: str, reading: Reading, checks: tuple[Check, ...]) -> None:
    """Asserts that what was computed from the figures of a report can be kept.

    Raises:
        ReportError: a product or sum is too large; names the place of its first figure.
    """
    for check in checks:
        for value in (check.computed_low, check.computed_high, check.stated_low, check.stated_high):
            if value is not None and abs(value) > _LARGEST:
                figure = reading.figures[check.operands[0] - 1]
                cause = f"what is computed from {_printed(figure)} has more than {_DIGITS} digits, too many"
                raise ReportError(report_id, cause, _place(figure))


def _printed(figure: Figure) -> str:
    text = " ".join(figure.text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def _place(figure: Figure) -> str:
    return cell_address(figure.locator) or opening(figure.sentence)


def _is_valid(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _escaped(text: str) -> str:
    """A text with halves of characters written as their numbers."""
    return text.encode(errors="backslashreplace").decode()


def _texts(document: Document) -> Iterator[str]:
    yield document.text
    for table in document.tables:
        yield from chain.from_iterable(table.cells.distinct())
    yield from (text for _, text in _around(document))


def _placed(document: Document) -> Iterator[tuple[str, str]]:
    """All texts of a document, each with its place."""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        yield opening(text), text
    for table in document.tables:
        yield from ((f"{table.sheet}!{cell.address}", cell.text) for cell in table.cells)
    yield from _around(document)
    yield "text", document.text


def _around(document: Document) -> Iterator[tuple[str, str]]:
    """What stands around the text and the cells of a document."""
    yield "title", document.title
    for table in document.tables:
        yield "name of a table", table.sheet
        yield "caption", table.caption
        yield from (("a row's meaning", words) for words in _stated(table))
    yield from (("a part that was not read", note) for note in document.unread)
    said = document.statement
    yield "what is stated of the report", " ".join((said.publisher, said.region, said.period, said.licence))
    yield from (("what is stated of the report", place) for _, place in said.places)


def _stated(table: Table) -> Iterator[str]:
    if table.stated is not None:
        columns, rows = table.stated.columns, table.stated.rows
        yield from (column.unit for column in columns)
        yield from (row.unit for row in rows)
        yield from (code.words for column in columns for code in column.codes)
        yield from (code.words for row in rows for code in row.codes)
