"""What analysts need: the tables with their columns, a picture of the star, queries to copy, and exports."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pipelines.catalog.reasons import reason_in
from pipelines.catalog.registry import registered_columns
from pipelines.publishing.dictionary import Relation, snapshot_relations, star
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.pages.files import indicator_files
from pipelines.publishing.site.site import Site
from pipelines.publishing.star_picture import picture
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.schema import schema_statements
from pipelines.warehouse.statements import header_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import duckdb

STAR = "downloads/star.svg"
_QUERIES = PROJECT / "docs" / "queries"
_EXPORTS = ("parquet", "csv", "xlsx", "datapackage", "sdmx")


def reference(
    connection: duckdb.DuckDBPyConnection, settings: Settings, sites: Sequence[Site], files: Mapping[str, str]
) -> None:
    """Writes the pages on data in all languages.

    Args:
        connection: to the snapshot.
        settings: where it lies.
        sites: one per language.
        files: kind → address of the files of all values that are ready.
    """
    data = sites[0].data
    statements = connection.execute("FROM quality.schema_version").fetchall()
    made_of = fingerprint(statements, data.definitions, data.broken)
    relations = cache(lambda: snapshot_relations(connection))
    drawn = cache(lambda: picture(star(relations())))
    sites[0].output.add(STAR, made_of, drawn)
    queries = _queries()
    ready = [(one.name, indicator_files(data, one.name)) for one in data.definitions]
    snapshot = f"{settings.snapshot.parent.name}/{settings.snapshot.name}"
    told = {one.name: one.header["zh"] for one in schema_statements(settings.sql / "schema") if "zh" in one.header}

    def values(site: Site, listing: Callable[[], Listing], scripts: list[str]) -> dict[str, Any]:
        is_chinese = site.language == "zh"
        return {
            "title": site.words("data.title"),
            "section": "data",
            "listing": listing(),
            "scripts": scripts,
            "tables": [
                (one.schema, one.name, _purpose(site, one, told) if is_chinese else one.comment, len(one.columns))
                for one in relations()
            ],
            "star": STAR,
            "facts": star(relations()),
            "queries": [(name, questions[is_chinese], text) for name, questions, text in queries],
            "exports": _EXPORTS,
            "files": files,
            "indicators": [(site.words.of("indicator", name), found) for name, found in ready],
            "snapshot": snapshot,
        }

    for site in sites:
        scripts, listing = site.listing("columns", made_of, partial(_columns, site, relations))
        shown = made_of, scripts, queries, files, ready, snapshot
        site.page("data/index.html", "data.html", shown, partial(values, site, listing, scripts))


def _columns(site: Site, relations: Callable[[], Sequence[Relation]]) -> Listing:
    words, known = site.words, registered_columns()
    is_chinese = site.language == "zh"
    rows = [
        (
            Cell(f"{relation.schema}.{relation.name}"),
            Cell(column.name, kind="code"),
            Cell(column.type, kind="code"),
            Cell(reason_in(column.unit, site.language)),
            Cell(known[column.name].zh if is_chinese else column.meaning),
        )
        for relation in relations()
        for column in relation.columns
    ]
    columns = (
        Column(words("column.table"), "table"),
        Column(words("column.column")),
        Column(words("column.type")),
        Column(words("column.unit")),
        Column(words("column.meaning")),
    )
    return Listing("columns", words("data.columns"), columns, rows)


def _purpose(site: Site, relation: Relation, told: Mapping[str, str]) -> str:
    """What a table is for, in the language of the page; of an indicator, what it tells."""
    if relation.schema == "indicator" and relation.name not in {one.name for one in site.data.definitions}:
        return site.words.of("relation", relation.name)
    if relation.schema == "indicator":
        return f"{site.words.of('indicator', relation.name)}：{site.words.of('tells', relation.name)}"
    return told[relation.name]


def _queries() -> list[tuple[str, tuple[str, str], str]]:
    """Name, question in both languages and text of the worked queries, where they were installed with the project."""
    found = []
    for path in sorted(_QUERIES.glob("*.sql")):
        text = path.read_text(encoding="utf-8").strip()
        header = header_of(text)
        found.append((path.stem, (header["question"], header["question_zh"]), text))
    return found
