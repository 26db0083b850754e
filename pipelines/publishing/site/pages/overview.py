"""The first page: what is loaded, what fails, what is late and what the last run changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from pipelines.catalog.indicators import indicators
from pipelines.catalog.sentences import retold
from pipelines.meaning.period_codes import years
from pipelines.publishing.failures import SEVERITIES
from pipelines.publishing.site import links, numbers, series
from pipelines.publishing.site.charts import lines as charts
from pipelines.publishing.site.charts.bars import bar_chart
from pipelines.publishing.site.charts.svg import swatch
from pipelines.publishing.site.data import Data
from pipelines.publishing.site.site import Site
from pipelines.publishing.site.values import TOP

_EVENTS = 12
_OVERDUE = 10
_RUNS = 24
_YEARS = 20
_DIGITS = 6


def overview(site: Site) -> None:
    """Writes the page; it depends on nearly everything, so each run makes it anew."""
    data = site.data
    versions = [(version.report_id, version.number, version.made, version.is_current) for version in data.versions]
    kept = ("id", "state", "severity", "report", "root_cause")
    failures = [tuple(failure[name] for name in kept) for failure in data.failures]
    made = [data.values.by_indicator[name] for name in headlines(data)]
    made_of = (versions, failures, made, data.runs, data.events, data.arrived, data.overdue, data.unread)
    site.page("index.html", "overview.html", made_of, lambda: _values(site))


def headlines(data: Data) -> list[str]:
    """The indicators that are declared for the first page and have a value, in the declared order."""
    declared = sorted((one.headline, one.code) for one in indicators().values() if one.headline)
    return [
        code for _, code in declared if sum(part.values for part in data.values.by_indicator.get(code, {}).values())
    ]


def trend(site: Site, name: str) -> Any:  # noqa: ANN401 - markup
    """Failing checks by severity over the last runs; None where there was none."""
    runs = site.data.runs[-_RUNS:]
    if not runs:
        return None
    last = sum(runs[-1][1:])
    return bar_chart(
        name,
        site.words("trend.title"),
        site.words("trend.text", runs=len(runs), first=sum(runs[0][1:]), last=last),
        [(run[0], run[1:]) for run in runs],
        SEVERITIES,
    )


def _values(site: Site) -> dict[str, Any]:
    data, words = site.data, site.words
    current = list(data.current.values())
    still = [failure for failure in data.failures if failure["state"] == "open"]
    counts = Counter(failure["severity"] for failure in still)
    events = _by_cause(data)
    data.values.read((name, TOP) for name in headlines(data) if TOP in data.values.by_indicator[name])
    return {
        "title": words("overview.title"),
        "section": "overview",
        "reports": len(current),
        "regions": len({version.region_code for version in current if version.region_code != "unknown"}),
        "figures": sum(version.figures for version in current),
        "disputed": sum(version.disputed for version in current),
        "unread_count": sum(version.unread for version in current),
        "unread": [
            (report, links.version_page(report, data.current[report].number), place, text, why)
            for report, place, text, why in data.unread
        ],
        "severities": [(severity, counts[severity]) for severity in SEVERITIES],
        "open": len(still),
        "small": [_small(site, name) for name in headlines(data)],
        "coverage": _coverage(site),
        "last_run": data.runs[-1][0] if data.runs else "",
        "arrived": [(report, number, links.version_page(report, number)) for report, number in data.arrived],
        "events": [
            event
            | {
                "href": data.places.get(event["id"], ""),
                "message": retold(event["said"], "message", event["message"], site.language),
                "others": others,
            }
            for event, others in events[:_EVENTS]
        ],
        "events_left": max(len(events) - _EVENTS, 0),
        "kinds": Counter(event["kind"] for event in data.events),
        "overdue": [
            (site.region(late.region_code), words.of("series", late.series), late.year, f"{late.due:%Y-%m-%d}")
            for late in data.overdue[:_OVERDUE]
        ],
        "overdue_count": len(data.overdue),
        "trend": trend(site, "trend"),
        "runs": data.runs[-_RUNS:],
        "shown_events": _EVENTS,
        "language_of": lambda report: data.current[report].language,
    }


def _by_cause(data: Data) -> list[tuple[dict[str, Any], int]]:
    """The first of the failures that the last run changed alike and that share a root cause, and how many others do."""
    causes = {failure["id"]: failure["root_cause"] for failure in data.failures}
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for event in data.events:
        groups[event["kind"], event["report"], causes.get(event["id"]) or event["id"]].append(event)
    return [(group[0], len(group) - 1) for group in groups.values()]


def _small(site: Site, name: str) -> dict[str, Any]:
    """One headline indicator: its last value, and a small chart of its regions or of what many have in common."""
    of, parts = site.data.values, site.data.values.by_indicator[name]
    values = series.drawn(of.of_indicator(name, TOP) if TOP in parts else of.whole(name))
    lines, words = series.lines(site, values), site.words
    latest = site.data.values.latest[name]
    shown = {
        "latest": numbers.short(latest.value, latest.unit, site.language),
        "where": f"{site.subject(latest)}{words('comma')}{site.period(latest.period_code)}",
        "disputed": latest.disputed > 0,
    }
    if len(lines) > charts.FEW:
        # of many regions none stands for the others
        last, middle = list(charts.middles(lines).items())[-1]
        median = numbers.short(numbers.decimal(middle.median), latest.unit, site.language)
        where = words("overview.median", count=middle.regions, year=last)
        shown = {"latest": median, "where": where, "disputed": False}
    draw = charts.small_chart if len(lines) <= charts.FEW else charts.common_chart
    text = words("chart.few", regions=len(lines), values=len(values))
    return {
        "name": name,
        "title": words.of("indicator", name),
        **shown,
        "chart": draw(f"c-{name}", words.of("indicator", name), text, lines) if lines else None,
        "legend": [(line.name, line.look.colour, swatch(line.look)) for line in lines]
        if len(lines) <= charts.FEW
        else [],
    }


def _coverage(site: Site) -> dict[str, Any]:
    """Regions × years: the reports that speak of each, those of a province's counties with the province's."""
    found: dict[str, dict[int, list[tuple[str, str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for version in site.data.current.values():
        covered = years(version.period_code)
        if covered is None or version.region_code == "unknown":
            continue
        for one in range(covered[0], min(covered[1], covered[0] + 15) + 1):
            found[_province(version.region_code)][one].append(
                (version.report_id, links.version_page(version.report_id, version.number), version.disputed > 0)
            )
    all_years = sorted({one for by_year in found.values() for one in by_year})[-_YEARS:]
    return {
        "years": all_years,
        "rows": [
            (site.place(code), [by_year.get(one, []) for one in all_years]) for code, by_year in sorted(found.items())
        ],
    }


def _province(code: str) -> str:
    return f"{code[:2]}0000" if len(code) == _DIGITS and code.isdigit() else code
