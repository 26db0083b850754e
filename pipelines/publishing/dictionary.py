"""The data dictionary: every table, view and column with its meaning, from the comments of an empty warehouse.

The comments come from the headers of `sql/` and from `catalog/columns.yml`, so page, picture and warehouse agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import CatalogError
from pipelines.patterns import regex
from pipelines.settings import Settings
from pipelines.warehouse.schema import column_text

if TYPE_CHECKING:
    import duckdb

_UNIT = regex(r"(.*) \[([^\]]+)\]", re.DOTALL)
# keys that are named after the part that a member plays
_ROLES = (
    (regex(r"(.+_)?figure_key"), "fact_figure"),
    (regex(r"(current|old|new|report)_version_key|supersedes_key"), "dim_report"),
    (regex(r"(.+_)?region_key"), "dim_region"),
    (regex(r"(.+_)?period_key"), "dim_period"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `refers_to` names the table of which it is a key, empty for others."""

    name: str
    type: str
    unit: str
    meaning: str
    is_key: bool
    refers_to: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view with its comment; `has_twin` where it can be asked as of an earlier load."""

    schema: str
    name: str
    is_view: bool
    has_twin: bool
    comment: str
    columns: tuple[Column, ...]


def relations(settings: Settings) -> list[Relation]:
    """All tables and views of an empty warehouse, by schema and name; an indicator's view `v_…` goes without saying.

    Raises:
        CatalogError: a statement or the registry is malformed.
    """
    import duckdb

    from pipelines.warehouse.indicators import refresh_indicators
    from pipelines.warehouse.schema import apply_schema
    from pipelines.warehouse.touched import Extracts, drop_extracts

    with duckdb.connect() as connection:
        apply_schema(connection, settings.sql / "schema")
        broken = refresh_indicators(connection, settings.sql, Extracts(None), is_anew=True).broken
        if broken:
            first = next(iter(broken.values()))
            raise CatalogError(f"{first.file}: {first.cause}")
        drop_extracts(connection)
        return snapshot_relations(connection)


def snapshot_relations(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    """All tables and views of a warehouse or snapshot as they are commented there, as `relations` lists them."""
    listed = connection.execute(
        "SELECT schema_name, table_name, FALSE, comment FROM duckdb_tables() WHERE database_name = current_database() "
        "UNION ALL SELECT schema_name, view_name, TRUE, comment FROM duckdb_views() "
        "WHERE NOT internal AND database_name = current_database() "
        "AND NOT (schema_name = 'indicator' AND view_name LIKE 'v\\_%' ESCAPE '\\') ORDER BY 1, 2"
    ).fetchall()
    keys = {
        (table, column)
        for table, columns in connection.execute(
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        for column in columns
    }
    owners = {column: table for table, column in keys}
    twins = {
        (schema, name.removesuffix("_as_of"))
        for schema, name in connection.execute(
            "SELECT schema_name, function_name FROM duckdb_functions() WHERE function_type = 'table_macro' "
            "AND NOT internal"
        ).fetchall()
    }
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, name, kind, comment in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE NOT internal AND database_name = current_database() ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        # a lake does not keep the comments of a view's columns
        comment = comment or column_text(name)
        unit = _UNIT.fullmatch(comment)
        meaning, of = (unit[1], unit[2]) if unit else (comment, "")
        is_key = (table, name) in keys
        refers = "" if is_key or not kind.startswith("BIGINT") else _owner(name.removesuffix("s"), owners)
        columns.setdefault((schema, table), []).append(
            Column(name, kind, of, meaning, is_key, refers if refers != table else "")
        )
    return [
        Relation(schema, name, is_view, (schema, name) in twins, comment, tuple(columns[schema, name]))
        for schema, name, is_view, comment in listed
    ]


def _owner(column: str, owners: dict[str, str]) -> str:
    if column in owners:
        return owners[column]
    return next((table for pattern, table in _ROLES if pattern.fullmatch(column)), "")


def page(found: Sequence[Relation]) -> str:
    """The dictionary as Markdown: a picture of the star, then every table and view by schema."""
    from pipelines.warehouse.schema import SCHEMAS

    lines = [
        "# Data dictionary",
        "",
        "Every table, view and column of the warehouse and its snapshot, as their comments say it. This page and the",
        "picture are written by `FUPIN_WRITE_DOCS=1 python -m pytest tests/unit/publishing/test_dictionary.py`.",
        "",
        "![The star: facts in the middle, dimensions around them](warehouse.svg)",
        "",
        "```mermaid",
        *_mermaid(found),
        "```",
        "",
        "What is marked *as of* can be asked as it was after an earlier load, with the time as argument:",
        "`FROM core.current_figure_as_of(TIMESTAMP '2026-03-01 12:00:00')`, "
        "`FROM indicator.total_growth_as_of(…)`. Times are UTC;",
        "`FROM core.version_event` lists those at which something changed. Every indicator also has a view `v_…` with",
        "the same columns.",
        "",
    ]
    for schema, purpose in SCHEMAS.items():
        lines += [f"## {schema}", "", f"{purpose[0].upper()}{purpose[1:]}.", ""]
        for relation in found:
            if relation.schema == schema:
                lines += _section(relation)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(relation: Relation) -> Iterable[str]:
    kind = "view" if relation.is_view else "table"
    yield f"### {relation.schema}.{relation.name}"
    yield ""
    yield f"*{kind}{', as of' if relation.has_twin else ''}* – {_cell(relation.comment)}."
    yield ""
    yield "| column | type | unit | meaning | key |"
    yield "|---|---|---|---|---|"
    for column in relation.columns:
        key = "primary" if column.is_key else f"→ {column.refers_to}" if column.refers_to else ""
        cells = (f"`{column.name}`", column.type.lower(), _cell(column.unit), _cell(column.meaning), key)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def star(found: Sequence[Relation]) -> dict[str, tuple[str, ...]]:
    """Each fact, bridge and log of `core` with the tables that it refers to, in the order of its columns."""
    return {
        relation.name: tuple(dict.fromkeys(column.refers_to for column in relation.columns if column.refers_to))
        for relation in found
        if relation.schema == "core" and not relation.is_view and not relation.name.startswith("dim_")
    }


def _mermaid(found: Sequence[Relation]) -> Iterable[str]:
    yield "erDiagram"
    for fact, dimensions in star(found).items():
        yield from (f"    {dimension} ||--o{{ {fact} : has" for dimension in dimensions if dimension != fact)
