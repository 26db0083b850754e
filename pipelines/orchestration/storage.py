"""Dagster's log of events in one SQLite file that stays open and does not wait for the disk at each event.

A run has some hundred events; Dagster's own class opens the file anew for each, which takes a sixth of a run's time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage  # its documentation names this place
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.event import listen

_BUSY_SECONDS = 30


class EventLog(ConsolidatedSqliteEventLogStorage):
    """Set as `event_log_storage` in `dagster.yaml`, with Dagster's home as `base_dir`.

    A process that is killed loses nothing; after a power cut Dagster may have forgotten the last events of a run, and
    what is loaded is read from the warehouse.
    """

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:  # noqa: ANN401 - its type is not public
        self._engines: dict[int, Engine] = {}
        self._tables: set[str] = set()
        super().__init__(str(Path(base_dir, "history", "events")), inst_data)

    def run_connection(self, run_id: str | None = None) -> AbstractContextManager[Connection]:
        """A transaction."""
        return self.index_connection()

    @contextmanager
    def index_connection(self) -> Iterator[Connection]:
        """A transaction; a process that is a copy of another one has connections of its own."""
        if os.getpid() not in self._engines:
            place: str = self.get_db_path()  # type: ignore[no-untyped-call]
            engine = create_engine(f"sqlite:///{place}", connect_args={"timeout": _BUSY_SECONDS})
            listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=NORMAL"))
            self._engines[os.getpid()] = engine
        with self._engines[os.getpid()].begin() as connection:
            yield connection

    def has_table(self, table_name: str) -> bool:
        """Whether there is a table; one that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Closes the file."""
        if engine := self._engines.pop(os.getpid(), None):
            engine.dispose()
        super().dispose()  # type: ignore[no-untyped-call]
