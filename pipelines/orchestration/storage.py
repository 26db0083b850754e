"""Dagster's log of events in SQLite, with files that stay open and many events in one transaction.

A run over many reports has tens of thousands of events. Dagster's own class opens each file anew for every event, asks
for its tables and waits for the disk.
"""

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, local
from typing import Any

from dagster import EventLogEntry

# not public: that Dagster has these and calls what is overridden is tested; a batch that fails it stores one by one
from dagster._core.events import ASSET_EVENTS, BATCH_WRITABLE_EVENTS
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import Connection, CursorResult, Engine, create_engine
from sqlalchemy.event import listen

from pipelines.errors import FupinError

# a file for each run, and one about all runs
_ALL_RUNS = "index"
_MOST_OPEN = 6
_BATCH = 1000
_BUSY_SECONDS = 30


class EventLog(SqliteEventLogStorage):
    """Set as `event_log_storage` in `dagster.yaml`; the files are those of Dagster's own class, in its folder.

    A process that is killed loses nothing; after a power cut Dagster may have forgotten the last events of a run, and
    what is loaded is read from the warehouse.
    """

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:  # noqa: ANN401 - its type is not public
        self._engines: OrderedDict[str, tuple[int, Engine]] = OrderedDict()
        self._turn = Lock()
        self._within = local()
        self._tables: set[str] = set()
        # Dagster hands over one event at a time unless it is told how many may come at once
        os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", str(_BATCH))
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> Any:  # noqa: ANN401 - its type is not public
        """No options: the folder is that of Dagster's home."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "EventLog":  # noqa: ANN401
        """Made by Dagster from `dagster.yaml`.

        Raises:
            FupinError: nothing says where Dagster's home is.
        """
        home = os.environ.get("DAGSTER_HOME")
        if not home:
            raise FupinError("DAGSTER_HOME is not set: it says where the log of Dagster's events is")
        return cls(str(Path(home, "history", "runs")), inst_data)

    @contextmanager
    def run_connection(self, run_id: str | None = None) -> Iterator[Connection]:
        """A transaction in a run's file."""
        with self._engine(run_id or "").begin() as connection:
            yield connection

    @contextmanager
    def index_connection(self) -> Iterator[Connection]:
        """A transaction in the file about all runs; within another one of this thread it is that one."""
        if (outer := getattr(self._within, "connection", None)) is not None:
            yield outer
            return
        with self._engine(_ALL_RUNS).begin() as connection:
            self._within.connection = connection
            try:
                yield connection
            finally:
                self._within.connection = None

    def has_table(self, table_name: str) -> bool:
        """Whether the file about all runs has a table; one that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def store_event(self, event: EventLogEntry) -> None:
        """Stores an event."""
        if event.dagster_event_type in BATCH_WRITABLE_EVENTS:
            self.store_event_batch([event])
        else:
            super().store_event(event)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Stores events of one run about assets in two transactions."""
        inserts = [self.prepare_insert_event(one) for one in events]
        with self.run_connection(events[0].run_id) as connection:
            for insert in inserts:
                connection.execute(insert)
        with self.index_connection() as connection:
            numbered = [(one, _number(connection.execute(insert))) for one, insert in zip(events, inserts, strict=True)]
            about_assets = [(one, number) for one, number in numbered if one.dagster_event_type in ASSET_EVENTS]
            if about_assets:
                self.store_asset_event_tags(*zip(*about_assets, strict=True))
            # of each asset Dagster keeps what came last
            latest = {(one.dagster_event_type, _asset(one)): (one, number) for one, number in about_assets}
            for one, number in latest.values():
                self.store_asset_event(one, number)
            for one, number in numbered:
                if one.dagster_event_type not in ASSET_EVENTS:
                    self.store_asset_check_event(one, number)

    def _engine(self, shard: str) -> Engine:
        """What is connected to a file; made anew where another file has taken its place."""
        with self._turn:
            number, engine = self._engines.pop(shard, (0, None))
            if engine is None or number != self._inode(shard):
                if engine is not None:
                    engine.dispose()
                with super().run_connection(shard):
                    # Dagster's own class has made the file and its tables
                    number, engine = self._inode(shard), self._connected(shard)
            self._engines[shard] = number, engine
            while len(self._engines) > _MOST_OPEN:
                self._engines.popitem(last=False)[1][1].dispose()
            return engine

    def _connected(self, shard: str) -> Engine:
        engine = create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": _BUSY_SECONDS})
        listen(engine, "connect", _without_waiting)
        return engine

    def _inode(self, shard: str) -> int:
        try:
            return Path(self.path_for_shard(shard)).stat().st_ino
        except FileNotFoundError:
            return 0

    def dispose(self) -> None:
        """Closes the files."""
        with self._turn:
            while self._engines:
                self._engines.popitem()[1][1].dispose()
        super().dispose()


def _without_waiting(connection: Any, _record: object) -> None:  # noqa: ANN401 - any database's own connection
    """Files are flushed to the disk at checkpoints only."""
    connection.execute("PRAGMA synchronous=NORMAL")


def _number(result: CursorResult[Any]) -> int:
    """The number of a row that was inserted."""
    return 0 if result.inserted_primary_key is None else int(result.inserted_primary_key[0])


def _asset(event: EventLogEntry) -> object:
    return event.dagster_event.asset_key if event.dagster_event is not None else None
