"""Lets Dagster's SQLite files write events without waiting for the disk each time.

Dagster opens and closes a connection for every event, and SQLite then flushes its log, merges it into the file and
deletes it. A run over many reports has tens of thousands of events.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import Any

# one connection per file, so that no other is the last to close it; each run has a file of its own
_KEPT: dict[str, sqlite3.Connection] = {}
_MOST_KEPT = 6


@lru_cache(maxsize=1)
def write_without_waiting() -> None:
    """From now on SQLite files of this process are flushed at checkpoints only, and stay open.

    A process that is killed loses nothing; after a power cut Dagster may have forgotten the last events of a run, and
    what is loaded is read from the warehouse.
    """
    from sqlalchemy import Engine, event

    event.listen(Engine, "connect", _prepare)


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - any database's own connection
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.execute("PRAGMA synchronous=NORMAL")
    for _, _, file in connection.execute("PRAGMA database_list").fetchall():
        if file and file not in _KEPT:
            while len(_KEPT) >= _MOST_KEPT:
                _KEPT.pop(next(iter(_KEPT))).close()
            _KEPT[file] = sqlite3.connect(file, check_same_thread=False)
            # only a connection that has read holds the file's log
            _KEPT[file].execute("SELECT count(*) FROM sqlite_master").fetchone()
