"""The regions: a list, and for each with data a page of what is told of it; of provinces also one sheet to print."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from pipelines.catalog.indicators import indicators as declared
from pipelines.meaning.period_codes import years
from pipelines.publishing.site import links, numbers
from pipelines.publishing.site.data import Data, Version
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.money import Amount, Flow, Money, flows
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.pages.flows import flow_parts, flow_values
from pipelines.publishing.site.peers import Peers
from pipelines.publishing.site.series import drawn, year
from pipelines.publishing.site.site import Site
from pipelines.publishing.site.values import Belows, Value

# regions that are read at once
_AT_ONCE = 200
_OTHERS, _REPORTS, _MISSING, _CHILDREN, _BRIEF = 300, 100, 40, 200, 6


@dataclass(frozen=True, slots=True)
class Told:
    """All that a region's pages are made of.

    Attributes:
        code: of the region.
        values: of all indicators.
        below: what they rest on.
        money: its amounts.
        has_flows: whether a report tells money of it.
        peers: regions beside which it stands.
        versions: current reports about it.
        children: regions right below it that have a page.
    """

    code: str
    values: list[Value]
    below: Belows
    money: list[Amount]
    has_flows: bool
    peers: list[str]
    versions: list[Version]
    children: list[str]


def region_pages(sites: Sequence[Site], money: Money) -> None:
    """Writes the lists in all languages, and the pages of the regions of which something changed."""
    data, output = sites[0].data, sites[0].output
    reports: dict[str, list[Version]] = defaultdict(list)
    for version in data.current.values():
        reports[version.region_code].append(version)
    still = Counter(failure["report"] for failure in data.failures if failure["state"] == "open")
    children: dict[str, list[str]] = defaultdict(list)
    for code, place in data.shown_regions.items():
        children[place.parent].append(code)
    counts = {}
    for code in data.shown_regions:
        extent = data.values.by_region.get(code)
        failing = sum(still[version.report_id] for version in reports[code])
        counts[code] = len(reports[code]), extent.values if extent else 0, failing
    for site in sites:
        _list(site, counts)
    peers = Peers(data)
    made = {}
    for code in data.shown_regions:
        beside = peers.of(code)
        versions = [(one.report_id, one.number, one.made, still[one.report_id]) for one in reports[code]]
        own = data.values.by_region.get(code)
        known = own and own.shown, data.values.compared.get(code), [data.values.compared.get(one) for one in beside]
        page = fingerprint(versions, known, beside, children[code], money.made.get(code))
        made[code] = dict.fromkeys(_paths(data, sites, code), page)
        if code in money.made:
            flow = fingerprint(money.made[code])
            made[code] |= {site.prefix + links.flow_page(code): flow for site in sites}
    stale = [code for code, of in made.items() if not all([output.is_current(*one) for one in of.items()])]  # noqa: C419
    for group in (stale[at : at + _AT_ONCE] for at in range(0, len(stale), _AT_ONCE)):
        values = data.values.of_regions({*group, *(one for code in group for one in peers.of(code))})
        below, told = data.values.below_regions(group), money.amounts(group)
        for code in group:
            one = Told(
                code, values[code], below, told[code], code in money.made, peers.of(code), reports[code], children[code]
            )
            told_flows = flows(one.money)
            for site in sites:
                for path, template, found in _pages(site, one, told_flows, values, still):
                    output.add(
                        site.prefix + path,
                        made[code][site.prefix + path],
                        partial(_drawn, site, path, template, found),
                    )


def _paths(data: Data, sites: Sequence[Site], code: str) -> list[str]:
    found = [links.region_page(code)]
    found += [links.brief_page(code)] if data.regions[code].level == "province" else []
    return [site.prefix + path for site in sites for path in found]


def _drawn(site: Site, path: str, template: str, values: Callable[[], dict[str, Any]]) -> str:
    return site.drawn(path, template, values())


def _pages(
    site: Site, told: Told, found: list[Flow], values: dict[str, list[Value]], still: Counter[str]
) -> Iterator[tuple[str, str, Callable[[], dict[str, Any]]]]:
    """Address and template of each page of a region, and what gives its values where it is made anew."""
    part = cache(lambda place: flow_parts(site, found[place]))
    shown = cache(partial(_values, site, told, values, still, part if found else None))
    yield links.region_page(told.code), "region.html", shown
    if told.has_flows:
        yield links.flow_page(told.code), "flows.html", partial(flow_values, site, told.code, found, part)
    if site.data.regions[told.code].level == "province":
        title = site.words("brief.title", region=site.region(told.code))
        yield links.brief_page(told.code), "brief.html", lambda: shown() | {"title": title}


def _values(
    site: Site,
    told: Told,
    values: dict[str, list[Value]],
    still: Counter[str],
    flow: Callable[[int], dict[str, Any]] | None,
) -> dict[str, Any]:
    code, words, place = told.code, site.words, site.data.regions[told.code]
    last = _last(told.values)
    headlines = [
        entry.code for entry in sorted(declared().values(), key=lambda one: one.headline or 0) if entry.headline
    ]
    others = [key for key in last if key[0] not in headlines]
    missing = _missing(told.values, last)
    all_years = sorted({year(value.period_code) for value in drawn(told.values)} | _years(told.versions))
    return {
        "title": site.region(code),
        "section": "regions",
        "code": code,
        "level": words.of("level", place.level),
        "above": site.place(place.parent) if place.parent else None,
        "years": f"{all_years[0]}–{all_years[-1]}" if len(all_years) > 1 else "".join(map(str, all_years)),
        "figures": sum(version.figures for version in told.versions),
        "disputed": sum(version.disputed for version in told.versions),
        "open": sum(still[version.report_id] for version in told.versions),
        "peers": [site.place(peer) for peer in told.peers],
        "headlines": [
            (
                words.of("indicator", name),
                links.indicator_page(name),
                _shown(site, last[name, ""], told.below) if (name, "") in last else None,
                [_of_peer(site, values[peer], last[name, ""]) if (name, "") in last else "" for peer in told.peers],
            )
            for name in headlines
        ],
        "others": [
            (
                words.of("indicator", name) + (f"{words('colon')}{site.member(member)}" if member else ""),
                links.indicator_page(name),
                _shown(site, last[name, member], told.below),
            )
            for name, member in others[:_OTHERS]
        ],
        "others_left": max(len(others) - _OTHERS, 0),
        "missing": missing[:_MISSING],
        "missing_left": max(len(missing) - _MISSING, 0),
        "named": [
            (
                words(f"column.{dimension}"),
                [site.name(dimension, one) for one in sorted(_members(told.money, dimension))],
            )
            for dimension in ("source", "program")
        ],
        "reports": [
            (
                version,
                links.version_page(version.report_id, version.number),
                still[version.report_id],
                links.failures_page(version.report_id),
            )
            for version in sorted(told.versions, key=lambda one: (one.period_code, one.report_id), reverse=True)[
                :_REPORTS
            ]
        ],
        "reports_left": max(len(told.versions) - _REPORTS, 0),
        "children": [site.place(child) for child in told.children[:_CHILDREN]],
        "children_left": max(len(told.children) - _CHILDREN, 0),
        "files": [(kind, links.region_file(code, kind)) for kind in links.region_kinds(place.level)],
        "brief": links.brief_page(code) if place.level == "province" else "",
        "flow": flow(0) if flow else None,
        "flow_page": links.flow_page(code) if told.has_flows else "",
        "shown": _BRIEF,
    }


def _last(values: Sequence[Value]) -> dict[tuple[str, str], Value]:
    """Indicator and member → the last value as reported."""
    found: dict[tuple[str, str], Value] = {}
    for value in values:
        key = value.indicator, value.member
        if value.value is None or value.basis != "as_reported":
            continue
        if key not in found or value.period_code > found[key].period_code:
            found[key] = value
    return found


def _missing(site_values: Sequence[Value], last: dict[tuple[str, str], Value]) -> list[tuple[str, str, str]]:
    """Indicator, period and reason of what the last year of the region lacks, and of what it never had."""
    newest = max((value.period_code for value in site_values if year(value.period_code)), default="")
    found = {}
    for value in site_values:
        is_wanted = value.period_code == newest or (value.indicator, value.member) not in last
        if value.value is None and value.basis == "as_reported" and is_wanted:
            found[value.indicator, value.member] = (value.indicator, value.period_code, value.reason or "")
    return list(dict.fromkeys(found.values()))


def _shown(site: Site, value: Value, below: Belows) -> dict[str, Any]:
    """A value in words, with the figures that it rests on."""
    return {
        "value": site.short(value.value, value.unit),
        "band": numbers.band(value.low, value.high, value.unit, site.language),
        "period": site.period(value.period_code),
        "disputed": value.disputed > 0,
        "below": [
            (
                site.words.of("operand", one.operand),
                one.text,
                one.language,
                links.figure_page(one.report_id, one.version_no, one.figure_id),
            )
            for one in below.get(value.key, ())[:4]
        ],
    }


def _of_peer(site: Site, values: Sequence[Value], beside: Value) -> str:
    """A peer's value of the same indicator, year, member and unit, which stands in its row; empty where it has none."""
    for value in values:
        if value.key[0] == beside.indicator and value.key[2:] == beside.key[2:] and value.unit == beside.unit:
            text = site.short(value.value, value.unit).removesuffix(numbers.sign(value.unit, site.language)).strip()
            return text + (" ?" if value.disputed else "")
    return ""


def _years(versions: Sequence[Version]) -> set[int]:
    covered = (years(version.period_code) for version in versions)
    return {one for pair in covered if pair for one in pair}


def _members(money: Sequence[Amount], dimension: str) -> set[str]:
    return {getattr(one, dimension) for one in money} - {"", "unknown", "all"}


def _list(site: Site, counts: dict[str, tuple[int, int, int]]) -> None:
    words, data = site.words, site.data
    made_of = fingerprint(data.shown_regions, counts)
    scripts, listing = site.listing("regions", made_of, lambda: _listing(site, counts))
    provinces = sum(place.level == "province" for place in data.shown_regions.values())
    site.page(
        "regions/index.html",
        "regions.html",
        (made_of, scripts),
        lambda: {
            "title": words("regions.title"),
            "lead": words("regions.lead"),
            "section": "regions",
            "listing": listing(),
            "scripts": scripts,
            "provinces": provinces,
            "all_provinces": sum(place.level == "province" for place in data.regions.values()),
        },
    )


def _listing(site: Site, counts: dict[str, tuple[int, int, int]]) -> Listing:
    words = site.words
    rows = [
        (
            site.place(code),
            Cell(code, kind="code"),
            Cell(words.of("level", place.level)),
            Cell(site.region(place.parent) if place.parent else ""),
            *(Cell(str(count), sort=count, kind="number") for count in counts[code]),
        )
        for code, place in site.data.shown_regions.items()
    ]
    columns = (
        Column(words("column.region")),
        Column(words("column.code")),
        Column(words("column.level"), "level"),
        Column(words("column.above"), "above"),
        Column(words("nav.reports"), is_number=True),
        Column(words("column.values"), is_number=True),
        Column(words("column.failures"), is_number=True),
    )
    return Listing("regions", words("regions.title"), columns, rows)
