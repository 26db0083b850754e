"""The headline indicators on tiles, one a province, for each year; the same classes as a table of regions and years."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from pipelines.catalog.indicators import indicators
from pipelines.catalog.regions import regions
from pipelines.catalog.tiles import tiles
from pipelines.publishing.site import links, numbers
from pipelines.publishing.site.charts.tiles import Shown, class_of, ends, tile_map
from pipelines.publishing.site.pages.overview import headlines
from pipelines.publishing.site.series import drawn, year
from pipelines.publishing.site.site import Site
from pipelines.publishing.site.values import TOP, Value

# years of which there is a map, the last ones
_YEARS = 20


def maps(site: Site) -> None:
    """Writes a page for each headline indicator that has a value, and a list of them."""
    names = headlines(site.data)
    listed = [(site.words.of("indicator", name), links.map_page(name), site.words.of("tells", name)) for name in names]
    site.page(
        "maps/index.html",
        "maps.html",
        listed,
        lambda: {"title": site.words("map.title"), "section": "regions", "listed": listed},
    )
    for name in names:
        made_of = site.data.values.by_indicator[name].get(TOP), sorted(site.data.shown_regions.keys() & tiles().keys())
        site.page(links.map_page(name), "map.html", made_of, lambda one=name: _values(site, one, listed))  # type: ignore[misc]


def _values(site: Site, name: str, listed: list[tuple[str, str, str]]) -> dict[str, Any]:
    words = site.words
    entry = indicators()[name]
    by_year: dict[int, dict[str, Value]] = {}
    for value in drawn(site.data.values.of_indicator(name, TOP)):
        if value.region_code in tiles():
            by_year.setdefault(year(value.period_code), {})[value.region_code] = value
    all_years = sorted(by_year, reverse=True)[:_YEARS]
    upper = ends(float(value.value or 0) for one in all_years for value in by_year[one].values())
    codes = sorted({code for one in all_years for code in by_year[one]})
    title = words.of("indicator", name)
    return {
        "title": words("map.of", indicator=title),
        "section": "regions",
        "indicator": links.indicator_page(name),
        "listed": [one for one in listed if one[1] != links.map_page(name)],
        "unit": words.of("unit", entry.units[0]),
        "maps": [
            (
                one,
                tile_map(
                    f"map-{one}",
                    f"{title}, {one}",
                    words("map.text", count=len(by_year[one]), all=len(tiles())),
                    [_tile(site, code, by_year[one].get(code), upper) for code in tiles()],
                ),
            )
            for one in all_years
        ],
        "keys": _keys(site, upper),
        "rows": [
            (site.place(code), [_cell(site, by_year[one].get(code), upper) for one in all_years]) for code in codes
        ],
        "years": all_years,
        "provinces": len(codes),
        "all_provinces": len(tiles()),
    }


def _tile(site: Site, code: str, value: Value | None, upper: list[float]) -> Shown:
    """What the tile of a province says; a letter or two stand for its name."""
    words, name = site.words, site.region(code)
    cell = _cell(site, value, upper)
    if value is None or cell is None:
        return Shown(
            tiles()[code],
            _sign(code, site.language),
            "",
            f"{name}: {words('map.none')}",
            None,
            False,
            _href(site, code),
        )
    says = f"{name}: {site.short(value.value, value.unit)}"
    says += f" ({words('status.disputed')})" if value.disputed else ""
    return Shown(
        tiles()[code], _sign(code, site.language), cell[0], says, cell[1], value.disputed > 0, _href(site, code)
    )


def _href(site: Site, code: str) -> str:
    return f"../{links.region_page(code)}" if code in site.data.shown_regions else ""


def _cell(site: Site, value: Value | None, upper: list[float]) -> tuple[str, int, bool, str] | None:
    """Value in few digits, its class, whether it is disputed, and the value with its unit."""
    if value is None or value.value is None:
        return None
    return (
        numbers.compact(value.value, site.language),
        class_of(float(value.value), upper),
        value.disputed > 0,
        site.short(value.value, value.unit),
    )


def _keys(site: Site, upper: list[float]) -> list[tuple[int, str]]:
    """Class and the values that it holds."""
    shown = [numbers.compact(numbers.decimal(end), site.language) for end in upper]
    if not shown:
        return [(0, site.words("map.any"))]
    first, last = site.words("map.below", end=shown[0]), site.words("map.from", end=shown[-1])
    between = [f"{low} – {high}" for low, high in pairwise(shown)]
    return list(enumerate([first, *between, last]))


@lru_cache(maxsize=128)
def _sign(code: str, language: str) -> str:
    """A province in few letters: those of ISO 3166-2, or its Chinese name without the word for what it is."""
    [region] = [one for one in regions() if one.code == code and one.valid_to is None][:1]
    if language == "en":
        return region.iso.rpartition("-")[2]
    return region.name_zh[:3] if region.name_zh[:3] in ("内蒙古", "黑龙江") else region.name_zh[:2]
