"""The flow of money of a region: for each year and stage from its sources to its programs, with what is not said."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pipelines.publishing.site import links, numbers
from pipelines.publishing.site.charts.flow import Band, flow_chart
from pipelines.publishing.site.money import Amount, Flow
from pipelines.publishing.site.site import Site

# flows on one page, the last ones
SHOWN = 30


def flow_values(site: Site, code: str, found: list[Flow], part: Callable[[int], dict[str, Any]]) -> dict[str, Any]:
    """What the page of a region's flows shows; `part` gives what is shown of one of them."""
    return {
        "title": site.words("flow.title", region=site.region(code)),
        "section": "regions",
        "region": site.place(code),
        "flows": list(map(part, range(len(found[:SHOWN])))),
        "left_out": max(len(found) - SHOWN, 0),
        "years": list(dict.fromkeys(one.year for one in found[:SHOWN])),
    }


def flow_parts(site: Site, flow: Flow) -> dict[str, Any]:
    """One flow: its picture, and the same as a table."""
    words, name = site.words, f"flow-{flow.year}-{flow.stage}-{flow.currency}"
    sides = _bands(site, flow, flow.sources, "source"), _bands(site, flow, flow.programs, "program")
    told = site.short(flow.told, flow.currency)
    stage = words("flow.no_stage") if flow.stage == "unknown" else site.name("stage", flow.stage)
    title = f"{flow.year}{words('comma')}{stage}"
    beyond = [kind for kind, side in (("sources", flow.sources), ("programs", flow.programs)) if flow.is_beyond(side)]
    total = Band(words("flow.total"), flow.told, told if flow.total else f"{told} ({words('flow.no_total')})")
    return {
        "name": name,
        "year": flow.year,
        "title": title,
        "picture": flow_chart(
            name,
            title,
            words("flow.text", sources=len(flow.sources), programs=len(flow.programs), total=total.label),
            sides,
            total,
            (words("column.source"), words("flow.total"), words("column.program")),
        ),
        "rows": [*_rows(site, flow, flow.sources, "source"), *_rows(site, flow, flow.programs, "program")],
        "beyond": [words.of("beyond", kind) for kind in beyond],
        "total": site.span(flow.total.low, flow.total.high, flow.currency) if flow.total else "",
    }


def _bands(site: Site, flow: Flow, side: tuple[Amount, ...], dimension: str) -> list[Band]:
    found = [
        Band(
            site.name(dimension, getattr(one, dimension)),
            one.amount,
            site.short(one.amount, one.currency),
            disputed=one.status != "ok",
        )
        for one in side
    ]
    unsaid = flow.unsaid(side)
    if unsaid > 0:
        found.append(Band(site.words("flow.unsaid"), unsaid, site.short(unsaid, flow.currency), is_said=False))
    return found


def _rows(
    site: Site, flow: Flow, side: tuple[Amount, ...], dimension: str
) -> list[tuple[str, str, str, str, str, str]]:
    """Side, name, amount, interval, state and place of each amount, and of what is not said."""
    words = site.words
    kind = words(f"column.{dimension}")
    rows = [
        (
            kind,
            site.name(dimension, getattr(one, dimension)),
            site.short(one.amount, one.currency),
            site.span(one.low, one.high, one.currency),
            words.of("status", one.status),
            links.figure_page(one.report_id, one.version_no, one.figure_id),
        )
        for one in side
    ]
    unsaid = flow.unsaid(side)
    if unsaid > Decimal(0):
        rows.append((kind, words("flow.unsaid"), numbers.short(unsaid, flow.currency, site.language), "", "", ""))
    return rows
