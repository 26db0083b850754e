"""Data packages: the CSV files that a `datapackage.json` describes, as tables of what it states about them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.assemble import joined
from pipelines.reading.cells import MAX_CELLS, Filling
from pipelines.reading.decoding import canonical, decode
from pipelines.reading.document import Content, Stated, StatedColumn, StatedRow, Statement, Table
from pipelines.reading.fiscal import column_of, meant_by, row_codes
from pipelines.reading.table_schema import Checked, Field, header_order, missing_values, read_fields

_REMOTE = regex(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_DELIMITED = (".csv", ".tsv", ".txt", "")
_LONGEST_FIELD = 1 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds, and the names of the files that it is made of."""

    content: Content
    files: frozenset[str]


def read_package(
    name: str, members: Mapping[str, Callable[[], bytes]], report_id: str, read: Callable[[str, bytes], Content]
) -> Package:
    """The resources of a package.

    Args:
        name: of the descriptor among the members; paths in it count from its folder.
        members: name → bytes of every file that belongs to the report; no other file is ever opened.
        report_id: named in errors.
        read: reads a resource that is no delimited table, given its name and bytes.

    Raises:
        ReportError: a malformed descriptor, a path out of the folder or to the network, a missing file, or a value
            that breaks its schema; names the resource, line and field.
    """
    package = _object(members[name](), report_id, name)
    resources = package.get("resources")
    if not isinstance(resources, list) or not resources:
        raise ReportError(report_id, "lists no resources", name)
    folder = PurePosixPath(name).parent
    used: set[str] = {name}
    parts: list[tuple[str, Content]] = []
    for number, resource in enumerate(resources, 1):
        if not isinstance(resource, dict):
            raise ReportError(report_id, "is no object", f"{name}, resource {number}")
        place = f"resource {str(resource.get('name') or number)[:60]}"
        reader = _Resource(resource, package, number == 1, folder, members, report_id, place, used)
        parts.append((place.removeprefix("resource "), reader.content(read)))
    text, blocks = joined((part, content.text, content.blocks) for part, content in parts)
    tables = tuple(table for _, content in parts for table in content.tables)
    unread = tuple(note for _, content in parts for note in content.unread)
    return Package(Content(text, blocks, tables, unread, _statement(package, name)), frozenset(used))


class _Resource:
    """One resource of a package."""

    def __init__(
        self, resource: dict[str, Any], package: Mapping[str, Any], first: bool, folder: PurePosixPath,
        members: Mapping[str, Callable[[], bytes]], report_id: str, place: str, used: set[str],
    ) -> None:  # fmt: skip
        self._resource, self._package, self._first = resource, package, first
        self._folder, self._members, self._used = folder, members, used
        self._report, self._place = report_id, place

    def content(self, read: Callable[[str, bytes], Content]) -> Content:
        """The resource as a table; a file that is none, or one without a schema, is read like any other file."""
        paths = self._resource.get("path")
        if paths is None:
            raise ReportError(self._report, "has no path; data inside the descriptor are not read", self._place)
        files = [self._file(path) for path in (paths if isinstance(paths, list) else [paths])]
        if not files:
            raise ReportError(self._report, "has no path", self._place)
        schema = self._described("schema")
        if not schema or PurePosixPath(files[0]).suffix.lower() not in _DELIMITED:
            if len(files) > 1:
                raise ReportError(self._report, "has several files and no schema that joins them", self._place)
            content = read(files[0], self._members[files[0]]())
            note = (f"the schema of {self._place}, which is no delimited table",) if schema else ()
            return replace(content, unread=(*content.unread, *note))
        self._resource["schema"] = schema
        return Content(tables=(self._table(files, schema),))

    def _file(self, path: Any) -> str:  # noqa: ANN401 - any JSON value
        """The member that a path names; it stays in the package's folder and on this machine."""
        if not isinstance(path, str) or not path:
            raise ReportError(self._report, "its path is no text", self._place)
        shown = path[:80]
        if _REMOTE.match(path):
            raise ReportError(
                self._report, f"points to {shown}; nothing is fetched, put the file into the package", self._place
            )
        if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
            raise ReportError(self._report, f"its path {shown} leads out of the package's folder", self._place)
        name = (self._folder / path).as_posix()
        if name not in self._members:
            raise ReportError(self._report, f"the file {shown} is not in the package", self._place)
        self._used.add(name)
        return name

    def _described(self, key: str) -> dict[str, Any]:
        """A schema or dialect, which may stand in a file of its own."""
        value = self._resource.get(key)
        if isinstance(value, str):
            file = self._file(value)
            return _object(self._members[file](), self._report, file)
        if value is not None and not isinstance(value, dict):
            raise ReportError(self._report, f"its {key} is no object", self._place)
        return value or {}

    def _table(self, files: Sequence[str], schema: dict[str, Any]) -> Table:
        fields = read_fields(schema, self._report, self._place)
        meant = meant_by(fields, self._resource, self._package, self._first, self._report)
        missing, key = missing_values(schema), schema.get("primaryKey") or ()
        key = [key] if isinstance(key, str) else list(key)
        checks = [Checked(field, missing, self._report, self._place, unique=key == [field.name]) for field in fields]
        filling = Filling()
        filling.lines(0, [[field.title for field in fields]])
        rows: list[StatedRow] = []
        factors: set[Decimal] = set()
        constants = [(found, found.constant) for name, found in meant.items() if name.startswith("=")]
        for line, values in self._lines(files, fields):
            row = len(rows) + 1
            shown = [check(text, line) for check, text in zip(checks, values, strict=True)]
            filling.lines(row, [shown])
            if filling.count > MAX_CELLS:
                raise ReportError(self._report, f"has more than {MAX_CELLS:,} cells", f"{self._place}, line {line}")
            told = [*((meant[field.name], text) for field, text in zip(fields, shown, strict=True)), *constants]
            unit = next((text.upper() for found, text in told if found.concept == "currency" and text), "")
            factors |= {self._factor(text, line) for found, text in told if found.concept == "factor" and text}
            rows.append(StatedRow(row, unit, row_codes(told)))
        if not rows:
            raise ReportError(self._report, "holds no row", self._place)
        if len(factors) > 1:
            raise ReportError(self._report, "its rows have different factors, and one is read", self._place)
        columns = [self._scaled(column_of(n, field, meant[field.name]), factors) for n, field in enumerate(fields)]
        caption = canonical(str(self._resource.get("title") or self._package.get("title") or ""))
        name = str(self._resource.get("name") or PurePosixPath(files[0]).stem)
        return Table(canonical(name), caption, filling.cells(), Stated("data package", tuple(columns), tuple(rows)))

    def _scaled(self, column: StatedColumn, factors: set[Decimal]) -> StatedColumn:
        if column.kind != "value" or not factors:
            return column
        return replace(column, scale=column.scale * next(iter(factors)))

    def _factor(self, text: str, line: int) -> Decimal:
        if not re.fullmatch(r"\d{1,18}(?:\.\d{1,9})?", text) or Decimal(text) == 0:
            raise ReportError(self._report, "its factor is no number above 0", f"{self._place}, line {line}")
        return Decimal(text)

    def _lines(self, files: Sequence[str], fields: Sequence[Field]) -> Iterator[tuple[int, list[str]]]:
        """Line number and values, in the order of the fields, of every row of the files one after the other."""
        dialect = self._described("dialect")
        comment = str(dialect.get("commentChar") or "")
        for file in files:
            place = f"{self._place}, {PurePosixPath(file).name}" if len(files) > 1 else self._place
            order: list[int] | None = None if dialect.get("header", True) is not False else list(range(len(fields)))
            reader = self._reader(self._text(file), dialect, place)
            try:
                for values in reader:
                    if not values or (comment and values[0].startswith(comment)):
                        continue
                    if order is None:
                        order = header_order([canonical(name).strip() for name in values], fields, self._report, place)
                    elif len(values) != len(fields):
                        cause = f"has {len(values)} values for {len(fields)} fields"
                        raise ReportError(self._report, cause, f"{place}, line {reader.line_num}")
                    else:
                        yield reader.line_num, [values[column] for column in order]
            except csv.Error as error:
                cause = f"is no CSV of its dialect: {error}"
                raise ReportError(self._report, cause, f"{place}, line {reader.line_num}") from error

    def _reader(self, text: str, dialect: Mapping[str, Any], place: str) -> Any:  # noqa: ANN401 - csv's reader
        csv.field_size_limit(_LONGEST_FIELD)
        try:
            return csv.reader(
                io.StringIO(text, newline=""),
                delimiter=str(dialect.get("delimiter", ",")),
                quotechar=str(dialect.get("quoteChar", '"')),
                doublequote=bool(dialect.get("doubleQuote", True)),
                escapechar=str(dialect["escapeChar"]) if dialect.get("escapeChar") else None,
                skipinitialspace=bool(dialect.get("skipInitialSpace", False)),
                strict=True,
            )
        except (TypeError, ValueError) as error:
            raise ReportError(self._report, f"its dialect is none: {error}", place) from error

    def _text(self, file: str) -> str:
        data = self._members[file]()
        encoding = self._resource.get("encoding")
        if isinstance(encoding, str):
            try:
                return canonical(data.decode(encoding).removeprefix("\ufeff"))
            except (LookupError, UnicodeDecodeError) as error:
                raise ReportError(self._report, f"is not in the encoding {encoding[:40]}", self._place) from error
        return decode(data, self._report)


def _object(data: bytes, report_id: str, place: str) -> dict[str, Any]:
    try:
        value = json.loads(decode(data, report_id))
    except json.JSONDecodeError as error:
        raise ReportError(report_id, f"is not valid JSON: {error.msg}", f"{place}, line {error.lineno}") from error
    if not isinstance(value, dict):
        raise ReportError(report_id, "is no JSON object", place)
    return value


def _statement(package: Mapping[str, Any], name: str) -> Statement:
    """Publisher, period and licence, where the package states them."""
    contributors = [part for part in _list(package, "contributors") if part.get("role") == "publisher"]
    licences = [str(part.get("name") or part.get("title") or "") for part in _list(package, "licenses")]
    found = {
        "publisher": str(contributors[0].get("title") or "") if contributors else "",
        "licence": next(iter(licences), "") or str(package.get("license") or ""),
        "period": _period(package.get("fiscalPeriod")),
    }
    places = tuple((key, name) for key, value in found.items() if value)
    return Statement(found["publisher"], period=found["period"], licence=found["licence"], places=places)


def _list(package: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = package.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _period(span: Any) -> str:  # noqa: ANN401 - any JSON value
    if not isinstance(span, dict):
        return ""
    years = [str(span.get(key, ""))[:4] for key in ("start", "end")]
    if not all(re.fullmatch(r"(?:19|20)\d\d", year) for year in years) or years[0] > years[1]:
        return ""
    return f"Y{'_'.join(dict.fromkeys(years))}"
