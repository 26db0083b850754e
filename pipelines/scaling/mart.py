"""The PostgreSQL mart: the published tables in a database that many people and tools query.

Tables keep their place. A publication deletes and fills them in one transaction, so that a reader sees the tables
before it or after it, at every level of isolation, and views and grants that stand on them stay. Only a table whose
columns have changed is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipelines.errors import FupinError
from pipelines.patterns import regex
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings
from pipelines.warehouse.extensions import required
from pipelines.warehouse.literals import quoted

if TYPE_CHECKING:
    import duckdb

SCHEMES = ("postgresql", "postgres")
# how PostgreSQL's catalogue writes the types that the warehouse has
_KINDS = {
    "BIGINT": "bigint", "BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "double precision", "HUGEINT": "numeric(38,0)",
    "INTEGER": "integer", "SMALLINT": "smallint", "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone", "VARCHAR": "text",
}  # fmt: skip
_DECIMAL = regex(r"DECIMAL\((\d+),\s*(\d+)\)")
# the mark by which a schema is known to be this program's
_OWNED = "Published by fupin: "
_LOCK = 0x66757069
_BATCH_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Mart:
    """What was published where.

    Attributes:
        place: the database, without password.
        tables: how many.
        rows: in all of them.
        renewed: qualified names of tables that were made anew, because they are new or have other columns now.
    """

    place: str
    tables: int
    rows: int
    renewed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    schema: str
    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def definition(self) -> list[tuple[str, str]]:
        return [(name, kind) for name, kind, _ in self.columns]


def publish_mart(settings: Settings, url: str, lock_seconds: float = 30.0) -> Mart:
    """Replaces the published tables of a PostgreSQL database by those of the snapshot, in one transaction.

    The schemas `core`, `indicator`, `out` and `quality` get the tables of the same names, with comments, and those
    views that people join and sum; decimals become `numeric` of the same precision.

    Args:
        settings: where the snapshot is.
        url: `postgresql://…`, as libpq takes it; what it leaves out comes from `PGPASSWORD`, `~/.pgpass` and the like.
        lock_seconds: how long to wait for others who hold a table or publish.

    Raises:
        SnapshotMissingError: nothing has been published yet.
        FupinError: the driver is not installed, the database cannot be reached or written, or a schema of one of the
            names is not this program's; nothing was changed.
    """
    dbapi = required("adbc_driver_postgresql.dbapi", "postgresql", "Publishing to PostgreSQL")
    place = without_secrets(url)
    with open_snapshot(settings) as snapshot:
        tables = _tables(snapshot)
        with _connected(dbapi, url, place) as mart, mart.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{int(lock_seconds * 1000)}ms'")
            cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
            cursor.fetchall()
            renewed, rows = [], 0
            for schema in sorted({table.schema for table in tables}):
                _own(cursor, snapshot, schema, place)
            for table in tables:
                if _cleared(cursor, table):
                    renewed.append(table.full_name)
                rows += _fill(cursor, snapshot, table)
            _drop_others(cursor, tables)
            mart.commit()
    return Mart(place, len(tables), rows, tuple(renewed))


def without_secrets(url: str) -> str:
    """A database's address for messages: without password and parameters."""
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    name = user.partition(":")[0]
    return f"{parts.scheme}://{f'{name}@' if name else ''}{host}{parts.path}"


@contextmanager
def _connected(dbapi: Any, url: str, place: str) -> Iterator[Any]:  # noqa: ANN401 - the driver has no types
    """A connection whose errors name the database and hold no password."""
    if urlsplit(url).scheme not in SCHEMES:
        raise FupinError(f"{place}: is no address of a PostgreSQL database (postgresql://user@host/database)")
    try:
        connection = dbapi.connect(url)
        try:
            yield connection
        finally:
            # what was not committed is rolled back
            connection.close()
    except dbapi.Error as error:
        said = " ".join(str(error).replace(url, place).split())
        raise FupinError(f"{place}: cannot be published to; nothing was changed: {said[:300]}") from error


def _tables(snapshot: duckdb.DuckDBPyConnection) -> list[_Table]:
    columns: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for schema, table, name, kind, comment in snapshot.execute(
        "SELECT schema_name, table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE database_name = current_database() ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        columns.setdefault((schema, table), []).append((name, _kind(kind), comment))
    named = snapshot.execute(
        "SELECT schema_name, table_name, coalesce(comment, '') FROM duckdb_tables() "
        "WHERE database_name = current_database() "
        # what people join and sum is a view here, and a table there
        "UNION ALL SELECT schema_name, view_name, coalesce(comment, '') FROM duckdb_views() "
        "WHERE database_name = current_database() AND NOT internal AND (schema_name = 'out' OR schema_name = 'core' "
        "AND 'dim_' || view_name IN (SELECT table_name FROM duckdb_tables())) ORDER BY ALL"
    ).fetchall()
    return [_Table(schema, name, comment, tuple(columns[schema, name])) for schema, name, comment in named]


def _kind(kind: str) -> str:
    """PostgreSQL's type for one of DuckDB's.

    Raises:
        FupinError: there is none.
    """
    if kind.endswith("[]"):
        return f"{_kind(kind[:-2])}[]"
    if found := _DECIMAL.fullmatch(kind):
        return f"numeric({found[1]},{found[2]})"
    if kind not in _KINDS:
        raise FupinError(f"the type {kind} of a published column has no counterpart in PostgreSQL")
    return _KINDS[kind]


def _own(cursor: Any, snapshot: duckdb.DuckDBPyConnection, schema: str, place: str) -> None:  # noqa: ANN401
    """Creates a schema, or makes sure that an existing one is this program's."""
    cursor.execute("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = $1", (schema,))
    found = cursor.fetchall()
    if found and not (found[0][0] or "").startswith(_OWNED):
        raise FupinError(f"{place}: has a schema {schema} that is not this program's; publish into another database")
    row = snapshot.execute(
        "SELECT comment FROM duckdb_schemas() WHERE schema_name = ? AND database_name = current_database()", [schema]
    ).fetchone()
    if not found:
        cursor.execute(f"CREATE SCHEMA {schema}")
    cursor.execute(f"COMMENT ON SCHEMA {schema} IS {quoted(_OWNED + ((row and row[0]) or schema))}")


def _cleared(cursor: Any, table: _Table) -> bool:  # noqa: ANN401
    """Leaves a table without rows, with its comments.

    Returns:
        Whether it was created.
    """
    cursor.execute(
        "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (table.full_name,),
    )
    found = [(name, kind) for name, kind in cursor.fetchall()]
    if found == table.definition:
        cursor.execute(f"DELETE FROM {table.full_name}")
    else:
        listed = ", ".join(f"{name} {kind}" for name, kind in table.definition)
        cursor.execute(f"DROP TABLE IF EXISTS {table.full_name}")
        cursor.execute(f"CREATE TABLE {table.full_name} ({listed})")
    cursor.execute(f"COMMENT ON TABLE {table.full_name} IS {quoted(table.comment)}")
    for name, _, comment in table.columns:
        cursor.execute(f"COMMENT ON COLUMN {table.full_name}.{name} IS {quoted(comment)}")
    return found != table.definition


def _fill(cursor: Any, snapshot: duckdb.DuckDBPyConnection, table: _Table) -> int:  # noqa: ANN401
    """Copies the rows of a table; returns how many."""
    reader = snapshot.sql(f"FROM {table.full_name}").to_arrow_reader(_BATCH_ROWS)
    cursor.adbc_ingest(table.name, reader, mode="append", db_schema_name=table.schema)
    cursor.execute(f"SELECT count(*) FROM {table.full_name}")
    return int(cursor.fetchall()[0][0])


def _drop_others(cursor: Any, tables: Sequence[_Table]) -> None:  # noqa: ANN401
    """Drops what was published once and is no longer."""
    cursor.execute(
        "SELECT schemaname::text || '.' || tablename FROM pg_tables "
        "WHERE schemaname IN ('core', 'indicator', 'out', 'quality')"
    )
    for name in {row[0] for row in cursor.fetchall()} - {table.full_name for table in tables}:
        cursor.execute(f"DROP TABLE {name}")
