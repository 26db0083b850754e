"""The indicators: a list, and for each its definition, charts, values with the figures below them, and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.catalog.reasons import formula_in
from pipelines.publishing.site import links, numbers, series
from pipelines.publishing.site.charts import lines as charts
from pipelines.publishing.site.charts.svg import swatch
from pipelines.publishing.site.data import Data, Definition
from pipelines.publishing.site.lists import Cell, Column, Listing, one_script
from pipelines.publishing.site.output import Output, fingerprint
from pipelines.publishing.site.pages.files import indicator_files
from pipelines.publishing.site.pages.overview import headlines
from pipelines.publishing.site.site import Site
from pipelines.publishing.site.values import NOT_LOOKED, TOP, Belows, Extent, Value
from pipelines.publishing.site.values_text import AT_ONCE, ROWS, in_groups, values_scripts

if TYPE_CHECKING:
    import duckdb

# regions that a page shows; of more, provinces and countries, and the list is loaded from scripts
_REGIONS = 60
_CHARTS, _LINES, _MISSING, _BELOW = 6, 40, 300, 3
# values of one script
_PER_SCRIPT = 1_000


def indicator_scripts(connection: duckdb.DuckDBPyConnection, data: Data, output: Output) -> None:
    """Each indicator's values below the provinces as scripts, the same for all languages."""
    stale: dict[tuple[str, str], Extent] = {
        (name, part): extent
        for name, parts in data.values.by_indicator.items()
        for part, extent in _below(parts).items()
        if not output.are_current(_scripts(name, part, extent), fingerprint(extent))
    }
    for group in in_groups(stale, AT_ONCE, lambda one: stale[one].values):
        paths = {one: _scripts(*one, stale[one]) for one in group}
        for one, texts in values_scripts(connection, {one: len(found) for one, found in paths.items()}).items():
            extent = stale[one]
            for path, text in zip(paths[one], texts, strict=True):
                output.add(path, fingerprint(extent), lambda made=text: made)  # type: ignore[misc]


def _scripts(name: str, part: str, extent: Extent) -> list[str]:
    return [links.values_script(name, part, number) for number in range(extent.values // ROWS + 1)]


def _below(parts: dict[str, Extent]) -> dict[str, Extent]:
    """The parts that a page leaves to scripts: none where few regions have a value."""
    if sum(part.regions for part in parts.values()) <= _REGIONS:
        return {}
    return {name: extent for name, extent in sorted(parts.items()) if name != TOP}


@dataclass(frozen=True, slots=True)
class _Page:
    """What the page of an indicator is made of, and the scripts of its list.

    Attributes:
        definition: of the indicator.
        is_broken: whether the last load could not compute it.
        shown: part → how much there is, of the parts that the page shows itself.
        scripts: addresses of the scripts of these.
        apart: addresses of the scripts of the other parts.
        files: kind → address of a file to take away.
    """

    definition: Definition
    is_broken: bool
    shown: dict[str, Extent]
    scripts: list[str]
    apart: list[str]
    files: dict[str, str]

    @property
    def name(self) -> str:
        """The indicator."""
        return self.definition.name

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What of the indicator it shows."""
        return [(self.name, part) for part in self.shown]


def indicators(sites: Sequence[Site]) -> None:
    """Writes the lists and the pages in all languages; what new ones show is read at once."""
    data, output = sites[0].data, sites[0].output
    for site in sites:
        _list(site)
    pages = [_page(data, definition) for definition in data.definitions]
    paths = {
        page.name: [site.prefix + path for site in sites for path in (*page.scripts, links.indicator_page(page.name))]
        for page in pages
    }
    stale = [page for page in pages if not output.are_current(paths[page.name], fingerprint(page))]
    shown = [part for page in stale for part in page.parts]
    data.values.read(shown)
    below = data.values.below(shown)
    for page in stale:
        for site in sites:
            rows = _rows(site, page, below)
            for number, path in enumerate(page.scripts):
                own = rows[number * _PER_SCRIPT : (number + 1) * _PER_SCRIPT]
                output.add(site.prefix + path, fingerprint(page), lambda of=page.name, some=own: one_script(of, some))  # type: ignore[misc]
            site.page(
                links.indicator_page(page.name),
                "indicator.html",
                page,
                lambda one=site, of=page, listed=rows: _values(one, of, listed),  # type: ignore[misc]
            )


def _page(data: Data, definition: Definition) -> _Page:
    name = definition.name
    parts = data.values.by_indicator[name]
    below = _below(parts)
    shown = {part: extent for part, extent in parts.items() if part not in below}
    scripts = sum(extent.values for extent in shown.values()) // _PER_SCRIPT + 1
    return _Page(
        definition,
        name in data.broken,
        shown,
        [f"lists/{name}-{number}.js" for number in range(scripts)],
        [path for part, extent in below.items() for path in _scripts(name, part, extent)],
        indicator_files(data, name),
    )


def _list(site: Site) -> None:
    data, values = site.data, site.data.values
    made_of = fingerprint(data.definitions, values.by_indicator, values.latest, values.looked_at, data.broken)
    scripts, listing = site.listing("indicators", made_of, lambda: _listing(site))
    site.page(
        "indicators/index.html",
        "list.html",
        (made_of, scripts),
        lambda: {
            "title": site.words("indicators.title"),
            "lead": site.words("indicators.lead"),
            "section": "indicators",
            "listing": listing(),
            "scripts": scripts,
        },
    )


def _listing(site: Site) -> Listing:
    words, rows = site.words, []
    for definition in site.data.definitions:
        parts = site.data.values.by_indicator[definition.name].values()
        count, disputed = sum(part.values for part in parts), sum(part.disputed for part in parts)
        latest = site.data.values.latest.get(definition.name)
        looked = site.data.values.looked_at.get(definition.name, NOT_LOOKED)
        rows.append(
            (
                Cell(words.of("indicator", definition.name), links.indicator_page(definition.name)),
                Cell(words.of("tells", definition.name)),
                Cell(words.of("unit", definition.unit)),
                Cell(str(count), sort=count, kind="number"),
                Cell(str(disputed), sort=disputed, kind="number"),
                *(Cell(str(one), sort=one, kind="number") for one in (looked.figures, looked.reviewed, looked.unsure)),
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
        Column(words("column.below"), is_number=True),
        Column(words("column.reviewed"), is_number=True),
        Column(words("column.unsure"), is_number=True),
        Column(words("column.latest")),
    )
    return Listing("indicators", words("indicators.title"), columns, rows)


def _values(site: Site, page: _Page, rows: list[tuple[Cell, ...]]) -> dict[str, Any]:
    definition, name, words = page.definition, page.name, site.words
    values = _shown(site, page)
    found = series.charts(values)
    missing = [value for value in values if value.value is None and value.basis == "as_reported"]
    return {
        "title": words.of("indicator", name),
        "section": "indicators",
        "definition": definition,
        "formula": formula_in(definition.formula, site.language),
        "tells": words.of("tells", name),
        "is_broken": page.is_broken,
        "charts": [_chart(site, number, name, *one) for number, one in enumerate(found[:_CHARTS])],
        "not_drawn": max(len(found) - _CHARTS, 0),
        "missing": [(value, site.subject(value), site.place(value.region_code).href) for value in missing[:_MISSING]],
        "missing_count": len(missing),
        "asked": len([value for value in values if value.basis == "as_reported"]),
        "map": links.map_page(name) if name in headlines(site.data) else "",
        "scripts": page.scripts,
        "apart": page.apart,
        "files": page.files,
        "looked": _looked(site, name, page.apart),
        "listing": Listing(name, words("indicator.values"), _columns(site), rows, not page.apart),
    }


def _looked(site: Site, name: str, apart: Sequence[str]) -> dict[str, int]:
    """What is reviewed below the values that stand on the page."""
    found = site.data.values.looked_at_top if apart else site.data.values.looked_at
    return found.get(name, NOT_LOOKED)._asdict()


def _chart(site: Site, number: int, name: str, member: str, unit: str, values: list[Value]) -> dict[str, Any]:
    """One chart with all that stands around it."""
    words = site.words
    lines = series.lines(site, values)
    shown = lines[:_LINES]
    title = words.of("indicator", name) + (f": {site.member(member)}" if member else "")
    text = words("chart.text", regions=len(lines), values=len(values), disputed=sum(v.disputed > 0 for v in values))
    is_many = len(shown) > charts.FEW
    draw = charts.many_chart if is_many else charts.line_chart
    return {
        "name": f"chart{number or ''}",
        "title": title,
        "picture": draw(f"chart{number or ''}", title, text, shown, words.of("unit", unit)),
        "is_many": is_many,
        "legend": [(line.name, line.look.colour, swatch(line.look)) for line in shown],
        "multiples": charts.multiples("m0", [(line, words("chart.one", region=line.name)) for line in shown])
        if is_many and number == 0
        else [],
        "not_drawn": len(lines) - len(shown),
    }


def _shown(site: Site, page: _Page) -> list[Value]:
    return [value for one in page.parts for value in site.data.values.of_indicator(*one)]


def _rows(site: Site, page: _Page, below: Belows) -> list[tuple[Cell, ...]]:
    """One row for each value that is there; those that are missing are listed apart, with the reason."""
    return [_row(site, value, below) for value in _shown(site, page) if value.value is not None]


def _row(site: Site, value: Value, below: Belows) -> tuple[Cell, ...]:
    words = site.words
    rests = below.get(value.key, [])
    state = "disputed" if value.disputed else "ok"
    return (
        Cell(site.subject(value), site.place(value.region_code).href),
        Cell(site.period(value.period_code)),
        Cell(site.short(value.value, value.unit), sort=float(value.value or 0), kind="number"),
        Cell(numbers.band(value.low, value.high, value.unit, site.language), kind="number"),
        Cell(words.of("basis", value.basis)),
        Cell(words.of("status", state), kind=f"state {state}"),
        *(
            _evidence(site, [one for one in rests if one.operand == operand])
            for operand in ("numerator", "denominator")
        ),
    )


def _evidence(site: Site, rests: Sequence[Any]) -> Cell:
    """The first figure on one side, with a link to it; of several how many there are."""
    if not rests:
        return Cell("")
    one = rests[0]
    more = f" {site.words('more', count=len(rests) - 1)}" if len(rests) > 1 else ""
    language = one.language if one.language != site.language else ""
    return Cell(f"{one.text}{more}", links.figure_page(one.report_id, one.version_no, one.figure_id), lang=language)


def _columns(site: Site) -> tuple[Column, ...]:
    words = site.words
    return (
        Column(words("column.region"), "region"),
        Column(words("column.period"), "period"),
        Column(words("column.value"), is_number=True),
        Column(words("column.interval"), is_number=True),
        Column(words("column.basis"), "basis"),
        Column(words("column.state"), "state"),
        Column(words.of("operand", "numerator")),
        Column(words.of("operand", "denominator")),
    )
