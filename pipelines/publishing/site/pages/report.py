"""The pages of one version of a report, in all languages, and the data that they draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.publishing.site import links
from pipelines.publishing.site.data import Version
from pipelines.publishing.site.evidence import UNREAD_SHOWN, Evidence
from pipelines.publishing.site.passages import passage
from pipelines.publishing.site.report_data import PageData, page_script
from pipelines.publishing.site.site import Interface
from pipelines.reading.document import Document

LAST_FIGURE = links.FIGURES_PER_PAGE * links.MAX_REPORT_PAGES


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a version's pages are made of, so that any process can draw them.

    Attributes:
        version: its row.
        siblings: the versions of its report.
        failures: how many failures of its report are open.
        places: failure id → where it is written out, for the failures of its checks.
        evidence: its figures with checks and corrections.
        document: its text and tables; None where it cannot be read any more.
    """

    version: Version
    siblings: Sequence[Version]
    failures: int
    places: Mapping[str, str]
    evidence: Evidence
    document: Document | None


def page_count(version: Version) -> int:
    """On how many pages a version is shown."""
    pages = -(-version.figures // links.FIGURES_PER_PAGE)
    return min(max(pages, 1), links.MAX_REPORT_PAGES)


def paths(version: Version, interfaces: Iterable[Interface]) -> list[str]:
    """Addresses of all that `draw` gives, below the site."""
    report, number, pages = version.report_id, version.number, range(1, page_count(version) + 1)
    found = [links.figures_data(report, number, page) for page in pages]
    return found + [
        interface.prefix + links.version_page(report, number, page) for interface in interfaces for page in pages
    ]


def draw(subject: Subject, interfaces: Sequence[Interface]) -> Iterator[tuple[str, str]]:
    """Address and text of a version's pages in all languages, and of the data that they draw."""
    version, figures = subject.version, subject.evidence.figures()
    for page in range(1, page_count(version) + 1):
        own = figures[(page - 1) * links.FIGURES_PER_PAGE : page * links.FIGURES_PER_PAGE]
        shown = passage(subject.document, figures, page) if subject.document else None
        data = PageData(version.report_id, page, own, subject.evidence, subject.places, shown)
        yield links.figures_data(version.report_id, version.number, page), page_script(data, interfaces)
        path = links.version_page(version.report_id, version.number, page)
        for interface in interfaces:
            yield interface.prefix + path, interface.drawn(path, "report.html", _values(subject, data))


def _values(subject: Subject, data: PageData) -> dict[str, Any]:
    version, siblings, page = subject.version, subject.siblings, data.page
    report, number = version.report_id, version.number
    pages = page_count(version)
    return {
        "title": version.title or report,
        "section": "reports",
        "version": version,
        "siblings": siblings,
        "figures": len(data.figures),
        "has_text": data.shown is not None,
        "version_page": lambda other: links.version_page(other.report_id, other.number),
        "failure_page": links.failures_page(report),
        "failures": subject.failures if version.is_current else 0,
        "comparison": links.comparison_page(report) if len(siblings) > 1 else "",
        "data": links.figures_data(report, number, page),
        "first_data": links.figures_data(report, number),
        "file": f"{links.slug(report)}-v{number}.csv",
        "page": page,
        "pages": pages,
        "per_page": links.FIGURES_PER_PAGE,
        "page_links": [(n, links.version_page(report, number, n)) for n in range(1, pages + 1)],
        # on the first page, whatever page their places are on
        "unread": subject.evidence.unread if page == 1 else (),
        "unread_page": links.version_page(report, number),
        "unread_rest": max(version.unread - UNREAD_SHOWN, 0),
        "rest": max(version.figures - LAST_FIGURE, 0) if page == pages else 0,
        "roles": [role for role, _ in Counter(figure.role for figure in data.figures).most_common()],
    }
