"""Finding: one index of regions, indicators and reports; the figures of a report are found in the data of its pages.

All are scripts of plain data, which work from a disk as well, and are the same for all languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.catalog.indicators import indicators
from pipelines.publishing.site import links
from pipelines.publishing.site.data import Data
from pipelines.publishing.site.lists import calls
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.pages.report import page_count
from pipelines.publishing.site.render import visible
from pipelines.publishing.site.site import Site

# reports whose figures are searched without a choice of a region
WITHOUT_CHOICE = 60


def find_pages(sites: Sequence[Site]) -> None:
    """Writes the index of names, and the page that searches it, in all languages."""
    data, output, scripts = sites[0].data, sites[0].output, list[str]()
    for number, text in enumerate(calls("fupinNames", "", _names(data))):
        scripts.append(f"find/names-{number}.js")
        output.add(scripts[-1], fingerprint(text), lambda made=text: made)  # type: ignore[misc]
    reports = sum(version.figures > 0 for version in data.current.values())
    for site in sites:
        site.page(
            "find/index.html",
            "find.html",
            (scripts, reports > WITHOUT_CHOICE),
            lambda one=site: {  # type: ignore[misc]
                "title": one.words("find.title"),
                "section": "find",
                "scripts": scripts,
                "per_page": links.FIGURES_PER_PAGE,
                "needs_choice": reports > WITHOUT_CHOICE,
            },
        )


def _names(data: Data) -> list[list[Any]]:
    """Kind, English text, Chinese text, address and, of reports, region, id, data of the first page, count of pages."""
    names = data.names["region"]
    found: list[list[Any]] = [
        ["region", f"{names[code][0]} {code}", names[code][1], links.region_page(code)]
        for code in data.shown_regions
        if code in names
    ]
    for definition in data.definitions:
        one = indicators().get(definition.name)
        english, chinese = (f"{one.title.en}: {one.tells.en}", f"{one.title.zh}：{one.tells.zh}") if one else ("", "")
        found.append(["indicator", english or definition.name, chinese, links.indicator_page(definition.name)])
    for version in data.current.values():
        text = f"{visible(version.title)} · {visible(version.report_id)}"
        page = links.version_page(version.report_id, version.number)
        first = links.figures_data(version.report_id, version.number) if version.figures else ""
        found.append(["report", text, "", page, version.region_code, version.report_id, first, page_count(version)])
    return found
