"""Which tables are exported, what their columns mean, and their rows in an order that their content alone decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError
from pipelines.publishing.names import find_table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# what a warehouse knows of its own history: a rebuilt one has the same content and other values here
_HISTORY = ("ingested_at", "supersedes_key")
_PRIMARY = {
    "core.bridge_composition": ("parent_figure_key", "child_figure_key", "axis"),
    "core.fact_proposal": ("figure_key", "proposed_value"),
    "core.fact_review": ("figure_key",),
    "out.fact_all": ("figure_key",),
    "out.funds": ("region_code", "year", "measure_code", "stage_code", "fund_class", "currency"),
    "out.funds_by_program": ("figure_key",),
    "out.funds_by_source": ("figure_key",),
    "out.results": ("figure_key",),
    "indicator.reviewed": ("indicator", "region_code", "period_code", "basis", "member_code"),
    "indicator.reviewed_by_indicator": ("indicator",),
    "indicator.lineage": ("indicator", "region_code", "period_code", "basis", "member_code", "operand", "figure_key"),
}
# views that stand beside the indicators and hold no values
BESIDE = ("lineage", "reviewed", "reviewed_by_indicator")
_BATCH_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column as DuckDB has it, with its meaning and unit; `is_required` where it is never NULL."""

    name: str
    kind: str
    meaning: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of the snapshot that is exported.

    Attributes:
        schema: core, indicator or out.
        name: within its schema.
        meaning: its purpose and grain.
        columns: those that are exported.
        primary: columns that tell its rows apart.
        query: its rows of current versions, sorted by all columns.
    """

    schema: str
    name: str
    meaning: str
    columns: tuple[Column, ...]
    primary: tuple[str, ...]
    query: str

    @property
    def full_name(self) -> str:
        """Name with schema."""
        return f"{self.schema}.{self.name}"

    def rows(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        """Its rows as Python values."""
        cursor = connection.cursor()
        try:
            cursor.execute(self.query)
            while rows := cursor.fetchmany(_BATCH_ROWS):
                yield from rows
        finally:
            cursor.close()

    def batches(self, connection: duckdb.DuckDBPyConnection, query: str | None = None) -> Iterator[pa.Table]:
        """Its rows in Arrow tables of a size that does not depend on the machine; at least one, if without rows."""
        import pyarrow as pa

        reader = connection.sql(query or self.query).to_arrow_reader(_BATCH_ROWS)
        waiting = reader.schema.empty_table()
        is_first = True
        for batch in reader:
            waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
            while waiting.num_rows >= _BATCH_ROWS:
                yield waiting.slice(0, _BATCH_ROWS).combine_chunks()
                waiting, is_first = waiting.slice(_BATCH_ROWS), False
        if waiting.num_rows or is_first:
            yield waiting.combine_chunks()


def export_tables(connection: duckdb.DuckDBPyConnection, wanted: Sequence[str] = ()) -> list[Table]:
    """The tables of the star, the indicators, what the indicators rest on, and the wide tables that may be summed.

    Args:
        connection: to the snapshot.
        wanted: names with or without schema; none means all.

    Raises:
        FupinError: a table is unknown or is not exported.
    """
    known = {table.full_name: table for table in _all_tables(connection)}
    if not wanted:
        return list(known.values())
    chosen = {}
    for name in wanted:
        full = ".".join(find_table(connection, name))
        if full not in known:
            raise FupinError(f'{name}: is not exported; `fupin query "FROM {full}" --output FILE` writes it')
        chosen[full] = known[full]
    return [table for name, table in known.items() if name in chosen]


def _all_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    named = connection.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE schema_name IN ('core', 'indicator') "
        "UNION ALL SELECT schema_name, view_name, comment FROM duckdb_views() "
        f"WHERE schema_name = 'out' OR (schema_name = 'indicator' AND list_contains({list(BESIDE)}, view_name)) "
        "ORDER BY ALL"
    ).fetchall()
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, name, *column in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type, coalesce(comment, ''), NOT is_nullable "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        if column[0] not in _HISTORY:
            columns.setdefault((schema, name), []).append(Column(*column))
    # a cursor of its own does not know which database a connection uses
    [(database,)] = connection.execute("SELECT current_database()").fetchall()
    return [_table(database, schema, name, comment or "", columns[schema, name]) for schema, name, comment in named]


def _table(database: str, schema: str, name: str, comment: str, columns: Sequence[Column]) -> Table:
    names = [column.name for column in columns]
    # a row of an earlier version beside one of the current would be added up by whoever does not look
    current = ""
    if name == "dim_report":
        current = "WHERE is_current"
    elif "report_version_key" in names:
        known = f'SELECT report_version_key FROM "{database}".core.dim_report WHERE is_current'
        current = f"WHERE report_version_key IN ({known})"
    primary = _PRIMARY.get(f"{schema}.{name}")
    if primary is None:
        of_indicator = ("region_code", "period_code", "basis", *(n for n in names if n == "member_code"))
        primary = of_indicator if schema == "indicator" else (names[0],)
    listed = ", ".join(names)
    query = f'SELECT {listed} FROM "{database}".{schema}.{name} {current} ORDER BY ALL'
    return Table(schema, name, comment, tuple(columns), primary, query)
