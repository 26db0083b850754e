"""Values as lines of charts: one line a region, one chart for each unit and for each member that an indicator has."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipelines.catalog.tiles import tiles
from pipelines.publishing.site import numbers
from pipelines.publishing.site.charts.lines import Line, Point
from pipelines.publishing.site.charts.svg import COLOURS, Look, look_of

if TYPE_CHECKING:
    from pipelines.publishing.site.site import Site
    from pipelines.publishing.site.values import Value


def year(period_code: str) -> int:
    """The year of a period; 0 for one of several years or none."""
    return int(period_code[1:]) if re.fullmatch(r"Y\d{4}", period_code) else 0


def look(region_code: str) -> Look:
    """The colour and shape of a region on all pages, whatever else is loaded; those of the provinces all differ."""
    order = list(tiles())
    if region_code in tiles():
        return look_of(order.index(region_code))
    return look_of(zlib.crc32(region_code.encode()) % COLOURS**2)


def drawn(values: Iterable[Value]) -> list[Value]:
    """Those that a chart shows: as reported, of one year, and there."""
    return [one for one in values if one.value is not None and one.basis == "as_reported" and year(one.period_code)]


def lines(site: Site, values: Iterable[Value]) -> list[Line]:
    """One line per region, in the order of their codes.

    Args:
        site: the language of the labels.
        values: of one unit and member, as `charts` gives them.
    """
    points: dict[str, list[Point]] = defaultdict(list)
    for value in values:
        if value.value is None:
            continue
        low = value.value if value.low is None else value.low
        high = value.value if value.high is None else value.high
        label = f"{site.subject(value)} {site.period(value.period_code)}: " + numbers.short(
            value.value, value.unit, site.language
        )
        if value.disputed:
            label += f" ({site.words('status.disputed')})"
        points[value.region_code].append(
            Point(year(value.period_code), value.value, low, high, label, value.disputed > 0)
        )
    return [Line(site.region(code), tuple(found), look(code)) for code, found in sorted(points.items())]


def charts(values: Iterable[Value]) -> list[tuple[str, str, list[Value]]]:
    """Member, unit and values of each chart: never two units on one axis; those with most values first."""
    found: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for value in drawn(values):
        found[value.member, value.unit].append(value)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(member, unit, of) for (member, unit), of in ordered]
