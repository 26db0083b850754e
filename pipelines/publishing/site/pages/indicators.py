"""The indicators: a list, and for each its definition, a chart, its values with the figures below them, and a file."""

from __future__ import annotations

from typing import Any

from pipelines.catalog.reasons import formula_in
from pipelines.publishing.cells import csv_line
from pipelines.publishing.indicator_rows import COLUMNS
from pipelines.publishing.site import charts, links, numbers
from pipelines.publishing.site.data import Data, Definition, Looked, Value
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.output import Output, fingerprint
from pipelines.publishing.site.pages.overview import colours, lines
from pipelines.publishing.site.site import Site

# values in the table of a page, and lines in a chart; the file has all
_ROWS = 300
_LINES = 12
_NOTHING = Looked(0, 0, 0, 0)
_COLUMNS = (*COLUMNS[1:], "figure_count", "reviewed_count", "unsure_count")


def indicator_files(data: Data, output: Output) -> None:
    """Each indicator's values as comma-separated text, the same for all languages."""
    for name, values in _by_indicator(data).items():
        looked = [data.looked.get(_key(value), _NOTHING) for value in values]
        output.add(
            links.indicator_file(name),
            fingerprint((values, looked)),
            lambda found=values, counts=looked: _csv(found, counts),  # type: ignore[misc]
        )


def indicators(site: Site) -> None:
    """Writes the list and the pages."""
    by_name = _by_indicator(site.data)
    listing = _listing(site, by_name)
    scripts = site.listing(listing)
    site.page(
        "indicators/index.html",
        "list.html",
        (listing.rows, scripts),
        lambda: {
            "title": site.words("indicators.title"),
            "lead": site.words("indicators.lead"),
            "section": "indicators",
            "listing": listing,
            "scripts": scripts,
        },
    )
    site_colours = colours(site.data)
    for definition in site.data.definitions:
        values = by_name.get(definition.name, [])
        below = {key: found for key, found in site.data.below.items() if key[0] == definition.name} if values else {}
        looked = {key: found for key, found in site.data.looked.items() if key[0] == definition.name}
        site.page(
            links.indicator_page(definition.name),
            "indicator.html",
            (
                definition,
                definition.name in site.data.broken,
                values,
                below,
                looked,
                site.data.looked_in_all.get(definition.name),
                [site_colours.get(value.region_code) for value in values],
            ),
            lambda one=definition, found=values: _values(site, one, found),  # type: ignore[misc]
        )


def _by_indicator(data: Data) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {definition.name: [] for definition in data.definitions}
    for value in data.values:
        found[value.indicator].append(value)
    return found


def _key(value: Value) -> tuple[str, str, str, str, str]:
    return value.indicator, value.region_code, value.period_code, value.member, value.basis


def _csv(values: list[Value], looked: list[Looked]) -> str:
    rows = zip(values, looked, strict=True)
    return csv_line(_COLUMNS) + "".join(csv_line((*value[1:], *counts[:3])) for value, counts in rows)


def _listing(site: Site, by_name: dict[str, list[Value]]) -> Listing:
    words, rows = site.words, []
    for definition in site.data.definitions:
        values = [value for value in by_name[definition.name] if value.value is not None]
        reported = [value for value in values if value.basis == "as_reported"]
        latest = max(reported, key=lambda value: (value.period_code, value.region_code), default=None)
        disputed = sum(value.disputed > 0 for value in reported)
        rows.append(
            (
                Cell(words.of("indicator", definition.name), links.indicator_page(definition.name)),
                Cell(words.of("tells", definition.name)),
                Cell(words.of("unit", definition.unit)),
                Cell(str(len(reported)), sort=len(reported), kind="number"),
                Cell(str(disputed), sort=disputed, kind="number"),
                Cell(
                    f"{numbers.short(latest.value, latest.unit, site.language)} "
                    f"({site.subject(latest)}, {site.period(latest.period_code)})"
                    + (f" · {words('indicator.older')}" if definition.name in site.data.broken else "")
                    if latest
                    else "–"
                ),
            )
        )
    columns = (
        Column(words("column.indicator")),
        Column(words("column.purpose")),
        Column(words("column.unit"), "unit"),
        Column(words("column.values"), is_number=True),
        Column(words("column.disputed"), is_number=True),
        Column(words("column.latest")),
    )
    return Listing("indicators", words("indicators.title"), columns, rows)


def _values(site: Site, definition: Definition, values: list[Value]) -> dict[str, Any]:
    words = site.words
    reported = [value for value in values if value.basis == "as_reported"]
    found = [value for value in reported if value.value is not None]
    drawn = lines(site, found)
    title = words.of("indicator", definition.name)
    below = {index: site.data.below.get(_key(value), []) for index, value in enumerate(values[:_ROWS])}
    chart = None
    if drawn:
        chart = charts.line_chart(
            "chart",
            title,
            words("chart.text", regions=len(drawn), values=len(found), disputed=sum(v.disputed > 0 for v in found)),
            drawn[:_LINES],
            words.of("unit", definition.unit),
        )
    return {
        "title": title,
        "section": "indicators",
        "definition": definition,
        "looked_in_all": site.data.looked_in_all.get(definition.name),
        "looked": [site.data.looked.get(_key(value)) for value in values[:_ROWS]],
        "formula": formula_in(definition.formula, site.language),
        "tells": words.of("tells", definition.name),
        "is_broken": definition.name in site.data.broken,
        "values": [(value, site.subject(value)) for value in values[:_ROWS]],
        "left_out": max(len(values) - _ROWS, 0),
        "chart": chart,
        "legend": [(line.name, line.colour, charts.swatch(line.colour)) for line in drawn[:_LINES]],
        "not_drawn": max(len(drawn) - _LINES, 0),
        "below": {
            index: [(one, links.figure_page(one.report_id, one.version_no, one.figure_id)) for one in found_below]
            for index, found_below in below.items()
        },
        "file": links.indicator_file(definition.name),
        "missing": sum(value.value is None for value in reported),
    }
