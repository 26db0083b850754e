"""JSON: a list of flat records, alone or in an object with words about it, and JSON lines; one table each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.cell_text import cell_text
from pipelines.reading.cells import MAX_CELLS, Filling
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Content, Table

_TITLES = ("title", "caption", "name", "标题", "名称")
_LONGEST_EXPONENT = 4


def read_json(text: str, report_id: str) -> Content:
    """One JSON value as a table: keys as headers, one row per record.

    Raises:
        ReportError: no JSON, or of another shape than records of plain values; names the place.
    """
    try:
        value = json.loads(text, **_reading(report_id))
    except json.JSONDecodeError as error:
        raise ReportError(report_id, f"is not valid JSON: {error.msg}", f"line {error.lineno}") from error
    except RecursionError as error:
        raise ReportError(report_id, "is nested too deeply") from error
    if isinstance(value, list):
        return _content("records", "", [], value, report_id)
    lists = [key for key, part in value.items() if isinstance(part, list)] if isinstance(value, dict) else []
    if len(lists) != 1:
        raise ReportError(report_id, "holds no list of records, or more than one")
    title, about = "", []
    for key, part in value.items():
        if key == lists[0]:
            continue
        if isinstance(part, dict):
            raise ReportError(report_id, "is nested; only flat values are read", f"key {key}")
        if key.lower() in _TITLES and not title:
            title = _shown(part)
        elif _shown(part):
            about.append(f"{key}: {_shown(part)}")
    return _content(lists[0], title, about, value[lists[0]], report_id)


def read_json_lines(text: str, report_id: str) -> Content:
    """One record per line as a table.

    Raises:
        ReportError: a line that is no record of plain values; names it.
    """
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line, **_reading(report_id)))
        except json.JSONDecodeError as error:
            raise ReportError(report_id, f"is not valid JSON: {error.msg}", f"line {number}") from error
        except RecursionError as error:
            raise ReportError(report_id, "is nested too deeply", f"line {number}") from error
    return _content("records", "", [], records, report_id)


def _reading(report_id: str) -> dict[str, Any]:
    """How values are taken: numbers with the digits that are written, no key twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            twice = next(key for key, _ in pairs if [other for other, _ in pairs].count(key) > 1)
            raise ReportError(report_id, "a key stands twice in one record", f"key {twice}")
        return found

    return {
        "parse_int": str,
        "parse_float": _written,
        "parse_constant": lambda _name: None,
        "object_pairs_hook": once,
    }


def _written(number: str) -> str:
    """A number with its decimals; powers of ten are written out unless they would fill pages."""
    mantissa, _, exponent = number.lower().partition("e")
    if not exponent or len(exponent.lstrip("+-0")) >= _LONGEST_EXPONENT:
        return number
    return format(Decimal(f"{mantissa}e{exponent}"), "f")


def _shown(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return cell_text(str(value))


def _content(sheet: str, title: str, about: list[str], records: Iterable[Any], report_id: str) -> Content:
    """A table with a line for each word about it, the keys as header, and the records below."""
    filling = Filling()
    above = [*([title] if title else []), *about]
    header = len(above)
    columns: dict[str, int] = {}
    body: dict[int, dict[int, str]] = {}
    count = 0
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise ReportError(report_id, "is no record of keys and values", f"record {number}")
        for key, value in record.items():
            if isinstance(value, (dict, list)):
                raise ReportError(report_id, f"key {key} is nested; only flat values are read", f"record {number}")
            column = columns.setdefault(key, len(columns))
            if shown := _shown(value):
                body.setdefault(column, {})[header + number] = shown
                count += 1
        if count > MAX_CELLS:
            raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", f"record {number}")
    if not body:
        raise ReportError(report_id, "holds no record")
    filling.lines(0, [*([line] for line in above), list(map(_shown, columns))])
    for column, texts in body.items():
        filling.add(column, list(texts), texts.values())
    return Content(tables=(Table(canonical(sheet), title, filling.cells(), has_numbers=True),))
