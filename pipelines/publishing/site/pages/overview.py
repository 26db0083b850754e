"""The first page: what is loaded, what fails, what is late and what the last run changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from pipelines.catalog.indicators import indicators
from pipelines.catalog.sentences import retold
from pipelines.meaning.periods import years
from pipelines.publishing.failures import SEVERITIES
from pipelines.publishing.site import charts, links, numbers
from pipelines.publishing.site.data import Data, Value
from pipelines.publishing.site.site import Site

_HEADLINES = 8
_LINES = 8
_EVENTS = 12
_OVERDUE = 10
_RUNS = 24


def overview(site: Site) -> None:
    """Writes the page; it depends on nearly everything, so each run makes it anew."""
    data = site.data
    versions = [(version.report_id, version.number, version.made, version.is_current) for version in data.versions]
    failures = [(failure["id"], failure["state"], failure["severity"], failure["report"]) for failure in data.failures]
    made_of = (versions, failures, data.values, data.runs, data.events, data.arrived, data.overdue, data.unread)
    site.page("index.html", "overview.html", made_of, lambda: _values(site))


def headlines(data: Data) -> list[tuple[str, list[Value]]]:
    """Indicators with their values as reported: those that are declared for this place, then those with most values."""
    found: dict[str, list[Value]] = defaultdict(list)
    for value in data.values:
        if value.value is not None and value.basis == "as_reported" and year(value.period_code):
            found[value.indicator].append(value)
    places = {one.code: one.headline for one in indicators().values() if one.headline}
    order = sorted(found.items(), key=lambda item: (places.get(item[0], len(found) + 1), -len(item[1]), item[0]))
    return order[:_HEADLINES]


def year(period_code: str) -> int:
    """The year of a period; 0 for one of several years or none."""
    return int(period_code[1:]) if re.fullmatch(r"Y\d{4}", period_code) else 0


def lines(site: Site, values: list[Value]) -> list[charts.Line]:
    """Values of an indicator as one line per region and member; those with most values first."""
    by_subject: dict[tuple[str, str], list[charts.Point]] = defaultdict(list)
    for value in values:
        if value.value is None or not year(value.period_code):
            continue
        low = value.value if value.low is None else value.low
        high = value.value if value.high is None else value.high
        label = f"{site.subject(value)} {site.period(value.period_code)}: " + numbers.short(
            value.value, value.unit, site.language
        )
        by_subject[value.region_code, site.subject(value)].append(
            charts.Point(year(value.period_code), value.value, low, high, label, value.disputed > 0)
        )
    ordered = sorted(by_subject.items(), key=lambda item: (-len(item[1]), item[0]))
    chosen = colours(site.data)
    return [charts.Line(subject, tuple(points), chosen[code]) for (code, subject), points in ordered]


def colours(data: Data) -> dict[str, int]:
    """Region → its colour on all charts: those with most values have one of their own."""
    counts = Counter(value.region_code for value in data.values if value.value is not None)
    ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return {code: min(number, charts.COLOURS - 1) for number, code in enumerate(ordered)}


def legend(site: Site) -> list[tuple[str, int, Any]]:
    """Name, colour and mark of the regions that have a colour of their own."""
    return [
        (site.region(code), colour, charts.swatch(colour))
        for code, colour in colours(site.data).items()
        if colour < charts.COLOURS - 1
    ]


def trend(site: Site, name: str) -> Any:  # noqa: ANN401 - markup
    """Failing checks by severity over the last runs; None where there was none."""
    runs = site.data.runs[-_RUNS:]
    if not runs:
        return None
    last = sum(runs[-1][1:])
    return charts.bar_chart(
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
    small = []
    for name, values in headlines(data):
        drawn = lines(site, values)
        latest = max(values, key=lambda value: (year(value.period_code), value.region_code))
        small.append(
            {
                "name": name,
                "title": words.of("indicator", name),
                "latest": numbers.short(latest.value, latest.unit, site.language),
                "where": f"{site.subject(latest)}, {site.period(latest.period_code)}",
                "disputed": latest.disputed > 0,
                "chart": charts.line_chart(
                    f"c-{name}",
                    words.of("indicator", name),
                    words("chart.few", regions=len(drawn), values=len(values)),
                    drawn[:_LINES],
                    "",
                    small=True,
                ),
            }
        )
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
        "small": small,
        "legend": legend(site),
        "coverage": _coverage(site),
        "last_run": data.runs[-1][0] if data.runs else "",
        "arrived": [(report, number, links.version_page(report, number)) for report, number in data.arrived],
        "events": [
            event
            | {
                "href": data.places.get(event["id"], ""),
                "message": retold(event["said"], "message", event["message"], site.language),
            }
            for event in data.events[:_EVENTS]
        ],
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


def _coverage(site: Site) -> dict[str, Any]:
    """Regions × years: the reports that speak of each."""
    found: dict[str, dict[int, list[tuple[str, str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for version in site.data.current.values():
        covered = years(version.period_code)
        if covered is None or version.region_code == "unknown":
            continue
        for one in range(covered[0], min(covered[1], covered[0] + 15) + 1):
            found[version.region_code][one].append(
                (version.report_id, links.version_page(version.report_id, version.number), version.disputed > 0)
            )
    all_years = sorted({one for by_year in found.values() for one in by_year})
    return {
        "years": all_years,
        "rows": [
            (site.region(code), [by_year.get(one, []) for one in all_years]) for code, by_year in sorted(found.items())
        ],
    }
