"""The reports: a list, the pages of each version with its figures marked, and its versions side by side."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.publishing.cells import csv_line
from pipelines.publishing.site import links
from pipelines.publishing.site.data import Version
from pipelines.publishing.site.evidence import (
    FAILING,
    Check,
    Correction,
    Figure,
    read_checks,
    read_corrections,
    read_figures,
)
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.originals import read_originals
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.passages import passage
from pipelines.publishing.site.site import Site
from pipelines.reading.document import Document
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

_LAST = links.FIGURES_PER_PAGE * links.MAX_REPORT_PAGES
# sentences of a version that are compared
_COMPARED = 1_500
_CHECKS_SHOWN = 6
_CSV = (
    *("figure_id", "section", "sheet", "cell", "sentence", "printed_text", "value", "value_low", "value_high", "unit"),
    *(
        "qualifier",
        "role",
        "status",
        "program",
        "source",
        "stage",
        "measure",
        "beneficiary",
        "region",
        "period",
        "fact",
    ),
)


@dataclass(slots=True)
class Evidence:
    """All that a version's pages are made of beside its row; `document` is None where it cannot be read any more."""

    figures: list[Figure]
    checks: dict[int, list[Check]]
    corrections: dict[int, list[Correction]]
    document: Document | None


def report_pages(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    sites: Sequence[Site],
    documents: Callable[[str], Document | None],
) -> None:
    """Writes the lists in all languages, and the pages of the versions whose evidence changed.

    Args:
        connection: to the snapshot.
        settings: the archive and the limits of reading.
        sites: one per language.
        documents: content hash → a document that is at hand, so that it is not read again.
    """
    data, output = sites[0].data, sites[0].output
    for site in sites:
        _list(site)
    newest = {version.report_id: version.number for version in data.versions}
    stale = [version for version in data.versions if not _is_current(sites, version, newest)]
    at_hand = {version.key: documents(version.content_hash) for version in stale}
    read = read_originals(settings, [version for version in stale if at_hand[version.key] is None])
    for version in stale:
        evidence = Evidence(
            read_figures(connection, version.key, _LAST),
            read_checks(connection, version.key),
            read_corrections(connection, version.key),
            at_hand[version.key] or read.get(version.key),
        )
        data_of = _made_of(version, newest)
        output.add(
            links.figures_file(version.report_id, version.number),
            fingerprint(data_of),
            lambda found=evidence.figures: _csv(found),  # type: ignore[misc]
        )
        for site in sites:
            _pages(site, version, evidence, data_of)
    _comparisons(connection, sites)


def _made_of(version: Version, newest: dict[str, int]) -> tuple[Any, ...]:
    return version, newest[version.report_id]


def _page_count(version: Version) -> int:
    pages = -(-version.figures // links.FIGURES_PER_PAGE)
    return min(max(pages, 1), links.MAX_REPORT_PAGES)


def _is_current(sites: Sequence[Site], version: Version, newest: dict[str, int]) -> bool:
    made = fingerprint(_made_of(version, newest))
    paths = [
        site.prefix + links.version_page(version.report_id, version.number, page)
        for site in sites
        for page in range(1, _page_count(version) + 1)
    ]
    paths.append(links.figures_file(version.report_id, version.number))
    return sites[0].output.are_current(paths, made)


def _list(site: Site) -> None:
    words, data = site.words, site.data
    still: Counter[str] = Counter(failure["report"] for failure in data.failures if failure["state"] == "open")
    rows = []
    for version in data.versions:
        if version.report_id in data.current and not version.is_current:
            continue
        failing = still[version.report_id]
        rows.append(
            (
                site.report(version),
                Cell(version.title, lang="" if version.language == site.language else version.language),
                Cell(site.region(version.region_code)),
                Cell(site.period(version.period_code)),
                Cell(words.of("series", version.series)),
                Cell(str(version.figures), sort=version.figures, kind="number"),
                Cell(str(version.disputed), sort=version.disputed, kind="number"),
                Cell(str(failing), links.failures_page(version.report_id) if failing else "", failing, "number"),
                Cell(words.of("version", version.status)),
            )
        )
    columns = (
        Column(words("column.report")),
        Column(words("column.title")),
        Column(words("column.region"), "region"),
        Column(words("column.period"), "period"),
        Column(words("column.series"), "series"),
        Column(words("column.figures"), is_number=True),
        Column(words("column.disputed"), is_number=True),
        Column(words("column.failures"), is_number=True),
        Column(words("column.version"), "version"),
    )
    listing = Listing("reports", words("reports.title"), columns, rows)
    scripts = site.listing(listing)
    site.page(
        "reports/index.html",
        "list.html",
        (rows, scripts),
        lambda: {
            "title": words("reports.title"),
            "lead": words("reports.lead"),
            "section": "reports",
            "listing": listing,
            "scripts": scripts,
        },
    )


def _pages(site: Site, version: Version, evidence: Evidence, data_of: object) -> None:
    pages = _page_count(version)
    for page in range(1, pages + 1):
        site.page(
            links.version_page(version.report_id, version.number, page),
            "report.html",
            data_of,
            lambda number=page: _values(site, version, evidence, number, pages),  # type: ignore[misc]
        )


def _values(site: Site, version: Version, evidence: Evidence, page: int, pages: int) -> dict[str, Any]:
    figures = evidence.figures
    own = figures[(page - 1) * links.FIGURES_PER_PAGE : page * links.FIGURES_PER_PAGE]
    siblings = [other for other in site.data.versions if other.report_id == version.report_id]
    still = [f for f in site.data.failures if f["report"] == version.report_id and f["state"] == "open"]
    checks = {figure.key: evidence.checks.get(figure.key, []) for figure in own}
    return {
        "title": version.title or version.report_id,
        "section": "reports",
        "version": version,
        "siblings": siblings,
        "own": own,
        "in_page": {figure.figure_id for figure in own},
        "passage": passage(evidence.document, figures, page) if evidence.document else None,
        "failing": {
            key: [check for check in found if check.verdict in FAILING][:_CHECKS_SHOWN] for key, found in checks.items()
        },
        "holding": {key: sum(check.verdict.startswith("holds") for check in found) for key, found in checks.items()},
        "corrections": evidence.corrections,
        "figure_page": lambda figure: links.figure_page(version.report_id, version.number, figure.figure_id),
        "parent_page": lambda figure: links.figure_page(version.report_id, version.number, figure.parent),
        "version_page": lambda other: links.version_page(other.report_id, other.number),
        "failure_places": site.data.places,
        "failure_page": f"{links.failures_page(version.report_id)}",
        "failures": len(still) if version.is_current else 0,
        "comparison": links.comparison_page(version.report_id) if len(siblings) > 1 else "",
        "file": links.figures_file(version.report_id, version.number),
        "page": page,
        "page_links": [(n, links.version_page(version.report_id, version.number, n)) for n in range(1, pages + 1)],
        "rest": max(version.figures - _LAST, 0) if page == pages else 0,
        "roles": [role for role, _ in Counter(figure.role for figure in own).most_common()],
    }


def _csv(figures: Iterable[Figure]) -> str:
    def cells(f: Figure) -> Iterable[Any]:
        yield from (f.figure_id, f.section, f.sheet, f.cell, f.sentence, f.text, f.value, f.low, f.high, f.unit)
        yield from (f.qualifier, f.role, f.status, f.program, f.source, f.stage, f.measure, f.beneficiary, f.region)
        yield from (f.period, f.fact)

    return csv_line(_CSV) + "".join(csv_line(cells(figure)) for figure in figures)


def _comparisons(connection: duckdb.DuckDBPyConnection, sites: Sequence[Site]) -> None:
    by_report: dict[str, list[Version]] = defaultdict(list)
    for version in sites[0].data.versions:
        by_report[version.report_id].append(version)
    for report, versions in by_report.items():
        if len(versions) < 2:
            continue
        made_of = [(version.key, version.made, version.number) for version in versions[-2:]]
        for site in sites:
            site.page(
                links.comparison_page(report),
                "versions.html",
                made_of,
                lambda one=site, found=versions: _compared(connection, one, found[-2], found[-1]),  # type: ignore[misc]
            )


def _compared(connection: duckdb.DuckDBPyConnection, site: Site, old: Version, new: Version) -> dict[str, Any]:
    before, after = (_sentences(read_figures(connection, version.key, _LAST)) for version in (old, new))
    rows: list[tuple[list[tuple[str, bool]], list[tuple[str, bool]]]] = []
    same = 0
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            same += i2 - i1
            continue
        for offset in range(max(i2 - i1, j2 - j1)):
            left = before[i1 + offset] if i1 + offset < i2 else ""
            right = after[j1 + offset] if j1 + offset < j2 else ""
            rows.append(_words_apart(left, right))
    return {
        "title": site.words("versions.title", report=new.report_id),
        "section": "reports",
        "old": old,
        "new": new,
        "rows": rows[:200],
        "left_out": max(len(rows) - 200, 0),
        "same": same,
        "version_page": lambda version: links.version_page(version.report_id, version.number),
    }


def _sentences(figures: Iterable[Figure]) -> list[str]:
    return [sentence[:2_000] for sentence in dict.fromkeys(figure.sentence for figure in figures)][:_COMPARED]


def _words_apart(left: str, right: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in stretches, each with whether it differs."""
    a, b = _tokens(left), _tokens(right)
    sides: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for side, text in zip(sides, ("".join(a[i1:i2]), "".join(b[j1:j2])), strict=True):
            if text:
                side.append((text, kind != "equal"))
    return sides


def _tokens(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+|[\d.,]+|\s+|.", text, re.DOTALL)
