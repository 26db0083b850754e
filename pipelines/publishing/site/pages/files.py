"""Ready files to take away: of each indicator and province, and of all; the page that lists those of all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipelines.catalog.indicators import indicators as declared
from pipelines.publishing.cells import csv_line
from pipelines.publishing.exports.workbook import SheetWriter, new_workbook
from pipelines.publishing.site import links
from pipelines.publishing.site.data import Data
from pipelines.publishing.site.money import Amount, Money
from pipelines.publishing.site.output import Output, fingerprint
from pipelines.publishing.site.values import LOOKED, SHOWN, Value
from pipelines.publishing.site.values_text import AT_ONCE, COLUMNS_OF, all_csv, in_groups, values_csv

if TYPE_CHECKING:
    import duckdb

ALL = {"csv": "downloads/all.csv", "xlsx": "downloads/all.xlsx", "zip": "downloads/all.zip"}
# values beyond which files of all of them, and a workbook, would take too long at every run; exports write them
MOST, MOST_CELLS = 10_000, 4_000
# rows of one indicator: 31 provinces in 15 years have one
_MOST_IN_WORKBOOK = 500
_AT_ONCE = 200
# an archive says when its files were made; the same content must give the same bytes
_MADE = (2000, 1, 1, 0, 0, 0)
_MONEY = tuple(name for name in Amount._fields if name != "region_code")
_NUMBERS = frozenset({"value", "value_low", "value_high", "numerator", "denominator", "amount", "low", "high"})
_COUNTS = frozenset({"disputed_count", *LOOKED, "year", "version_no", "figure_id"})
Sheets = dict[str, tuple[Sequence[str], list[tuple[Any, ...]]]]


def indicator_tables(connection: duckdb.DuckDBPyConnection, data: Data, output: Output) -> None:
    """Each indicator's values as table and data package, and as workbook where they are few."""
    parts = data.values.by_indicator
    made = {one.name: fingerprint(one, parts[one.name]) for one in data.definitions}
    paths = {name: list(indicator_files(data, name).values()) for name in made}
    stale = [name for name in made if not output.are_current(paths[name], made[name])]
    for group in in_groups(stale, AT_ONCE, lambda name: sum(extent.values for extent in parts[name].values())):
        for name, text in values_csv(connection, "indicator", group).items():
            contents = [text.encode(), _package(name, {name: (COLUMNS_OF["indicator"], text)})]
            if len(paths[name]) > len(contents):
                contents.append(_workbook({"indicators": _values(data.values.whole(name))}))
            for path, content in zip(paths[name], contents, strict=True):
                output.add_bytes(path, made[name], lambda of=content: of)  # type: ignore[misc]


def indicator_files(data: Data, name: str) -> dict[str, str]:
    """The files that there are of an indicator; kind → address."""
    count = sum(extent.rows for extent in data.values.by_indicator[name].values())
    kinds = ("csv", "zip", "xlsx") if count <= _MOST_IN_WORKBOOK else ("csv", "zip")
    return {kind: links.indicator_file(name, kind) for kind in kinds}


def region_files(connection: duckdb.DuckDBPyConnection, data: Data, output: Output, money: Money) -> None:
    """Each region's values as a table; those of provinces with their money also as workbook and as data package."""
    made = {code: fingerprint(data.values.by_region.get(code), money.made.get(code)) for code in data.shown_regions}

    def paths(code: str) -> list[str]:
        return [links.region_file(code, kind) for kind in links.region_kinds(data.regions[code].level)]

    stale = [code for code in made if not output.are_current(paths(code), made[code])]
    for group in (stale[at : at + _AT_ONCE] for at in range(0, len(stale), _AT_ONCE)):
        lines = values_csv(connection, "region_code", group)
        provinces = [code for code in group if len(paths(code)) > 1]
        values, told = data.values.of_regions(provinces), money.amounts(provinces)
        for code in group:
            files = {"csv": lines[code].encode()}
            if code in values:
                amounts = [_amount(one) for one in told[code]]
                tables = {"indicators": (SHOWN, lines[code]), "money": (_MONEY, _csv(_MONEY, amounts))}
                files["xlsx"] = _workbook({"indicators": _values(values[code]), "money": (_MONEY, amounts)})
                files["zip"] = _package(f"region-{code}", tables)
            for kind, content in files.items():
                output.add_bytes(links.region_file(code, kind), made[code], lambda of=content: of)  # type: ignore[misc]


def all_files(connection: duckdb.DuckDBPyConnection, data: Data, output: Output) -> dict[str, str]:
    """All values as table, data package and workbook; kind → address, without those that would take too long."""
    parts = data.values.by_indicator
    count = sum(part.values for found in parts.values() for part in found.values())
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: all_csv(connection).encode(),
        "zip": lambda: _package("indicators", {"indicators": (SHOWN, all_csv(connection))}),
        "xlsx": lambda: _workbook(
            {"indicators": _values(value for name in parts for value in data.values.whole(name))}
        ),
    }
    found = {kind: ALL[kind] for kind in makers if count <= (MOST_CELLS if kind == "xlsx" else MOST)}
    for kind, path in found.items():
        output.add_bytes(path, fingerprint(sorted(parts.items())), makers[kind])
    return found


def _values(values: Iterable[Value]) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
    return SHOWN, [tuple(value) for value in values]


def _amount(one: Amount) -> tuple[Any, ...]:
    return tuple(value for name, value in one._asdict().items() if name != "region_code")


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    return csv_line(columns) + "".join(map(csv_line, rows))


def _workbook(sheets: Sheets) -> bytes:
    target = io.BytesIO()
    with new_workbook(target) as workbook:
        writer = SheetWriter(workbook)
        for name, (columns, rows) in sheets.items():
            writer.sheets(name, columns, rows, iter([name]))
    return target.getvalue()


def _package(name: str, tables: Mapping[str, tuple[Sequence[str], str]]) -> bytes:
    """A data package (https://specs.frictionlessdata.io): tables as CSV, and what their columns are."""
    titles = {code: {"title": one.title.en, "title_zh": one.title.zh} for code, one in declared().items()}
    resources = [
        {
            "name": sheet.replace("_", "-"),
            "path": f"data/{sheet}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
            "schema": {
                "fields": [{"name": column, "type": _type(column)} for column in columns],
                "missingValues": [""],
            },
        }
        | titles.get(sheet, {})
        for sheet, (columns, _) in tables.items()
    ]
    described = {"name": name.replace("_", "-"), "profile": "tabular-data-package", "resources": resources}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr(_entry("datapackage.json"), json.dumps(described, ensure_ascii=False, indent=1) + "\n")
        for sheet, (_, text) in tables.items():
            packed.writestr(_entry(f"data/{sheet}.csv"), text)
    return target.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _type(column: str) -> str:
    return "number" if column in _NUMBERS else "integer" if column in _COUNTS else "string"
