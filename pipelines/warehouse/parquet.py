"""Keeps the figures and facts of report versions as Parquet: the evidence that any engine can read.

A run writes one file of each table for all that it has read, `figures/<batch>.parquet` and
`facts/<table>/<batch>.parquet`; each row begins with its report and the hash of its content.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.columns import Same, joined
from pipelines.errors import FupinError
from pipelines.settings import Settings
from pipelines.versions.tables import Columns, tables
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.arrays import arrow_array, exact_array

if TYPE_CHECKING:
    import pyarrow as pa

# versions whose rows are in memory once more
_AT_ONCE = 100
# report id and content hash
Content = tuple[str, str]
_OWNER = ("report_id", "content_hash")
# where a file says of which versions it has the rows, as some versions have none
_VERSIONS = b"fupin.versions"
_INTEGERS = frozenset({"figure_id", "start", "end", "parent", "check_id", "group_declared", "group_listed"})
_FACTS = ("non_figures", "funds", "results", "targets", "claims", "compositions", "checks")
_LISTS = frozenset({"operands", "suspects"})
_DECIMALS = frozenset(
    {"value_stated", "scale", "value", "low", "high", "value_low", "value_high"}
    | {"amount", "amount_low", "amount_high", "amount_cny", "amount_low_cny", "amount_high_cny"}
    | {"computed_low", "computed_high", "stated_low", "stated_high"}
)


def write_parquet(settings: Settings, versions: Sequence[ReportVersion], *, anew: bool = False) -> Path:
    """Writes all tables of some versions; a second write of the same versions gives the same files.

    Args:
        settings: where they are kept.
        versions: at least one, each report once.
        anew: whether some of them may have been written before, with others; their rows are taken out there.

    Returns:
        The file of their figures.

    Raises:
        FupinError: the disk refuses the files.
    """
    contents = [(version.document.report_id, version.document.content_hash) for version in versions]
    batch = _name(contents)
    parts: dict[str, dict[str, list[Sequence[object]]]] = {}
    for version, owner in zip(versions, contents, strict=True):
        for table, columns in tables(version).items():
            rows = len(next(iter(columns.values())))
            owned = {name: Same(value, rows) for name, value in zip(_OWNER, owner, strict=True)}
            kept = parts.setdefault(table, {})
            for name, values in (owned | columns).items():
                kept.setdefault(name, []).append(values)
    # the figures come last: a batch without them was never complete
    for table in (*_FACTS, "figures"):
        _write(_place(settings, table, batch), _stacked(parts.pop(table), len(versions)), contents)
    if anew:
        _take_out(settings, set(contents), but=batch)
    return _place(settings, "figures", batch)


def _stacked(parts: dict[str, list[Sequence[object]]], versions: int) -> Iterator[pa.Table]:
    """The rows of many versions, of some at a time; an empty table where there are none."""
    for start in range(0, versions, _AT_ONCE):
        columns: Columns = {name: joined(of[start : start + _AT_ONCE]) for name, of in parts.items()}
        if start == 0 or len(next(iter(columns.values()))):
            yield arrow_table(columns)


def arrow_table(columns: Columns) -> pa.Table:
    """Columns in the types in which they are kept."""
    import pyarrow as pa

    def turned(name: str) -> Callable[[Sequence[Any]], pa.Array]:
        return exact_array if name in _DECIMALS else partial(pa.array, type=_type(name))

    # in fresh memory, so that the same values are the same bytes however they were kept
    arrays = [arrow_array(values, turned(name)) for name, values in columns.items()]
    return pa.table([pa.concat_arrays([of[:0], of]) for of in arrays], names=list(columns))


def kept_contents(settings: Settings) -> set[Content]:
    """The versions of which all files are there, can be read, and hold them once."""
    found: set[Content] = set()
    twice: set[Content] = set()
    for path in _batches(settings):
        contents = set(_read_through(settings, path.stem) or ())
        twice |= found & contents
        found |= contents
    return found - twice


def _batches(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.figures.glob("*.parquet") if path.is_file())


def _name(contents: Sequence[Content]) -> str:
    return hashlib.sha256(json.dumps(sorted(contents)).encode()).hexdigest()[:32]


def _place(settings: Settings, table: str, batch: str) -> Path:
    folder = settings.figures if table == "figures" else settings.facts / table
    return folder / f"{batch}.parquet"


def _read_through(settings: Settings, batch: str) -> list[Content] | None:
    """The versions of a batch; None where one of its files is damaged or gone."""
    from pyarrow import ArrowException, parquet

    contents: list[Content] = []
    try:
        for table in (*_FACTS, "figures"):
            with parquet.ParquetFile(_place(settings, table, batch)) as file:
                contents = [(report, content) for report, content in json.loads(file.schema_arrow.metadata[_VERSIONS])]
                for group in range(file.num_row_groups):
                    file.read_row_group(group)
    except (OSError, ArrowException, LookupError, TypeError, ValueError):
        return None
    return contents


def _take_out(settings: Settings, contents: Collection[Content], *, but: str) -> None:
    """Writes batches anew without some versions; a damaged one goes, and the night writes what it held."""
    from pyarrow import parquet

    for path in _batches(settings):
        held = _read_through(settings, path.stem) if path.stem != but else ()
        rest = [one for one in held or () if one not in contents]
        if held is not None and len(rest) == len(held):
            continue
        for table in (*_FACTS, "figures"):
            old = _place(settings, table, path.stem)
            if rest:
                rows = parquet.read_table(old)
                owners = zip(*(rows[name].to_pylist() for name in _OWNER), strict=True)
                left = rows.filter([one not in contents for one in owners])
                _write(_place(settings, table, _name(rest)), iter([left]), rest)
        for table in ("figures", *_FACTS):
            _place(settings, table, path.stem).unlink(missing_ok=True)


def _write(path: Path, tables_of: Iterator[pa.Table], contents: Sequence[Content]) -> None:
    from pyarrow import parquet

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part")
        os.close(handle)
        try:
            first = next(tables_of)
            told = first.schema.with_metadata({_VERSIONS: json.dumps(sorted(contents))})
            with parquet.ParquetWriter(name, told, compression="zstd") as writer:
                for rows in chain([first], tables_of):
                    writer.write_table(rows)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise FupinError(f"{path}: cannot be written: {error.strerror or error}") from error


def _type(name: str) -> pa.DataType:
    import pyarrow as pa

    if name in _INTEGERS or name.endswith("_figure_id"):
        return pa.int64()
    if name in _LISTS:
        return pa.list_(pa.int64())
    return pa.bool_() if name.startswith(("is_", "open_")) or name == "exhaustive" else pa.string()
