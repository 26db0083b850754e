"""What analysts need: the tables with their columns, a picture of the star, queries to copy, and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.dictionary import Relation, snapshot_relations, star
from pipelines.publishing.site import links
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.site import Site
from pipelines.publishing.star_picture import picture
from pipelines.settings import PROJECT, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    relations = snapshot_relations(connection)
    drawn = picture(star(relations))
    sites[0].output.add(STAR, fingerprint(drawn), lambda: drawn)
    queries = _queries()
    for site in sites:
        listing = _columns(site, relations)
        scripts = site.listing(listing)
        values: dict[str, Any] = {
            "title": site.words("data.title"),
            "section": "data",
            "listing": listing,
            "scripts": scripts,
            "tables": [(one.schema, one.name, one.comment, len(one.columns)) for one in relations],
            "star": STAR,
            "facts": star(relations),
            "queries": queries,
            "exports": _EXPORTS,
            "files": files,
            "indicators": [
                (
                    site.words.of("indicator", one.name),
                    links.indicator_file(one.name),
                    links.indicator_package(one.name),
                )
                for one in sites[0].data.definitions
            ],
            "snapshot": f"{settings.snapshot.parent.name}/{settings.snapshot.name}",
        }
        made_of = (
            listing.rows,
            scripts,
            queries,
            drawn,
            values["tables"],
            values["snapshot"],
            files,
            values["indicators"],
        )
        site.page("data/index.html", "data.html", made_of, lambda given=values: given)  # type: ignore[misc]


def _columns(site: Site, relations: Sequence[Relation]) -> Listing:
    words = site.words
    english = "en" if site.language != "en" else ""
    rows = [
        (
            Cell(f"{relation.schema}.{relation.name}"),
            Cell(column.name, kind="code"),
            Cell(column.type, kind="code"),
            Cell(column.unit, lang=english),
            Cell(column.meaning, lang=english),
        )
        for relation in relations
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


def _queries() -> list[tuple[str, str, str]]:
    """Name, question and text of the worked queries, where they were installed with the project."""
    found = []
    for path in sorted(_QUERIES.glob("*.sql")):
        text = path.read_text(encoding="utf-8").strip()
        question = text.partition("-- question:")[2].partition("\n-- columns:")[0].replace("\n--", " ")
        found.append((path.stem, " ".join(question.split()), text))
    return found
