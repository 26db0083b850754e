"""What reading reports again would change, tried on a copy of the warehouse; nothing of the home itself is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError
from pipelines.orchestration.rereading import Reread, reread
from pipelines.publishing.access import FIGURES
from pipelines.publishing.indicator_rows import indicator_rows_query
from pipelines.publishing.names import indicator_names
from pipelines.publishing.snapshot import copy_file, open_snapshot
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.rebuild import Content

if TYPE_CHECKING:
    import duckdb

_FACTS = ("fund", "result", "target", "claim")
# what a figure is told by, and what its ordinal and key follow from
_PLACE = ("report_id", "printed_text", "sentence", "sheet", "cell")
_ORDER = ("figure_id", "figure_key")
_ROW = ("indicator", "region_name_en", "period_code", "member_code", "basis")

# row → its values by column
_Rows = dict[tuple[Any, ...], dict[str, Any]]


@dataclass(slots=True)
class Rehearsal:
    """What would change, a line each.

    Attributes:
        reread: what became of the reports.
        figures: figures that would be read otherwise, or be there or not.
        indicators: values of indicators that would be others.
    """

    reread: Reread
    figures: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)


def rehearse(
    settings: Settings, contents: Sequence[Content], done: Callable[[int], None] = lambda _count: None
) -> Rehearsal:
    """Reads contents again and loads what differs, into a copy that is removed afterwards.

    Args:
        settings: where archive and snapshot are.
        contents: of versions that count, at most one of each report.
        done: called with the number of reports after each chunk.

    Raises:
        FupinError: the warehouse is a lake, or the disk refuses the copy.
    """
    if settings.is_lake:
        raise FupinError("a lake cannot be tried on a copy; read one report again and look")
    with _copied(settings) as copy:
        found = Rehearsal(reread(copy, contents, done))
        if found.reread.changed:
            with open_snapshot(settings) as old, open_warehouse(copy) as new:
                found.figures = _changes(_figures(old), _figures(new))
                found.indicators = _changes(_indicators(old), _indicators(new))
    return found


@contextmanager
def _copied(settings: Settings) -> Iterator[Settings]:
    """A home with a copy of the warehouse and of its log; the kept files are those of the real one."""
    with tempfile.TemporaryDirectory(dir=settings.home, prefix=".rehearsal") as folder:
        copy = settings.model_copy(update={"home": Path(folder)})
        copy_file(settings.snapshot, copy.warehouse)
        copy.archive.mkdir()
        for entry in settings.archive.iterdir():
            if entry.is_dir():
                (copy.archive / entry.name).symlink_to(entry.resolve())
            else:
                shutil.copyfile(entry, copy.archive / entry.name)
        yield copy


def _figures(connection: duckdb.DuckDBPyConnection) -> _Rows:
    """Every figure by its place, and by its turn among those that are printed alike there."""
    result = connection.execute(FIGURES, {"report": None, "region": None, "period": None})
    columns = [column[0] for column in result.description]
    facts: dict[tuple[Any, ...], list[str]] = {}
    rows: _Rows = {}
    found = result.fetchall()
    for kind in _FACTS:
        for (key,) in connection.execute(f"SELECT figure_key FROM core.fact_{kind}").fetchall():
            facts.setdefault(key, []).append(kind)
    for values in found:
        row = dict(zip(columns, values, strict=True))
        row["facts"] = " ".join(facts.get(row["figure_key"], ())) or "none"
        place = tuple(row.pop(name) for name in _PLACE)
        rows[(*place, _turn(rows, place))] = {name: value for name, value in row.items() if name not in _ORDER}
    return rows


def _turn(rows: _Rows, place: tuple[Any, ...]) -> int:
    turn = 0
    while (*place, turn) in rows:
        turn += 1
    return turn


def _indicators(connection: duckdb.DuckDBPyConnection) -> _Rows:
    result = connection.execute(indicator_rows_query(indicator_names(connection)))
    columns = [column[0] for column in result.description]
    rows: _Rows = {}
    for values in result.fetchall():
        row = dict(zip(columns, values, strict=True))
        rows[tuple(row[name] for name in _ROW)] = {"value": row["value"], "unit": row["unit"], "reason": row["reason"]}
    return rows


def _changes(old: _Rows, new: _Rows) -> list[str]:
    """A line for each row that differs, with old and new."""
    lines = []
    for key in sorted(old.keys() | new.keys(), key=repr):
        was, becomes = old.get(key), new.get(key)
        if was == becomes:
            continue
        if was is None or becomes is None:
            told = "is new" if was is None else "is no longer there"
        else:
            told = "; ".join(
                f"{name} {_shown(was[name])} → {_shown(becomes[name])}" for name in was if was[name] != becomes[name]
            )
        lines.append(f"{_named(key)}: {told}")
    return lines


def _named(key: tuple[Any, ...]) -> str:
    """A figure by its report, number and place, a value by its indicator, region and period."""
    if len(key) == len(_ROW):
        return " ".join(str(part) for part in key if part)
    report, printed, sentence, sheet, cell, _ = key
    place = f"{sheet}!{cell}" if cell else " ".join(sentence.split())[:60]
    return f"{report}: {printed} [{place}]"


def _shown(value: Any) -> str:  # noqa: ANN401 - a value of any column
    text = f"{value:f}" if hasattr(value, "is_finite") else "nothing" if value is None else str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").lstrip("-").isdigit() else text
