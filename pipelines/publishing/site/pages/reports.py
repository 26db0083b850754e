"""The reports: a list, the pages of each version as `report.py` draws them, and its versions side by side."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipelines.publishing.site import links
from pipelines.publishing.site.data import Data, Version
from pipelines.publishing.site.drawing import draw_all
from pipelines.publishing.site.evidence import Figure, read_evidence, read_figures
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.originals import read_originals
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.pages.report import LAST_FIGURE, Subject, page_count, paths
from pipelines.publishing.site.site import Site
from pipelines.reading.document import Document
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

# pages of one language from which on child processes are worth their start
_SHARED_FROM = 100
# versions, and figures unless one version has more, whose evidence is read at once
_READ_AT_ONCE = 64
_FIGURES_AT_ONCE = 10_000
# what the list says of a version
_LISTED = attrgetter(
    *(
        "report_id",
        "number",
        "title",
        "language",
        "region_code",
        "period_code",
        "series",
        "figures",
        "disputed",
        "status",
    )
)
# sentences of a version that are compared
_COMPARED = 1_500


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

    Raises:
        FupinError: the pages of a report cannot be drawn or written; it is named.
    """
    data, output = sites[0].data, sites[0].output
    still = _open_failures(data)
    listed = [_LISTED(version) for version in data.versions if _is_listed(data, version)], still
    for site in sites:
        _list(site, fingerprint(listed), still)
    newest = {version.report_id: version.number for version in data.versions}
    made = {version.key: fingerprint(version, newest[version.report_id]) for version in data.versions}
    stale = [version for version in data.versions if not output.are_current(paths(version, sites), made[version.key])]
    children = settings.processes if sum(map(page_count, stale)) >= _SHARED_FROM else 1
    subjects = _subjects(connection, settings, data, stale, documents)
    with closing(draw_all(subjects, data.names, children)) as drawn:
        for version, texts in drawn:
            for path, text in texts:
                output.add(path, made[version.key], lambda found=text: found)  # type: ignore[misc]
    _comparisons(connection, sites)


def _subjects(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    data: Data,
    versions: Iterable[Version],
    documents: Callable[[str], Document | None],
) -> Iterator[Subject]:
    """What the pages of versions are made of; no more than a group of them is in memory at a time."""
    siblings: dict[str, list[Version]] = defaultdict(list)
    for version in data.versions:
        siblings[version.report_id].append(version)
    still = _open_failures(data)
    for group in _groups(versions):
        at_hand = {version.key: documents(version.content_hash) for version in group}
        read = read_originals(settings, [version for version in group if at_hand[version.key] is None])
        found = read_evidence(connection, [version.key for version in group], LAST_FIGURE)
        for version in group:
            evidence = found.pop(version.key)
            failed = {check.failure_id for checks in evidence.checks.values() for check in checks}
            yield Subject(
                version,
                siblings[version.report_id],
                still[version.report_id],
                {one: data.places[one] for one in failed if one in data.places},
                evidence,
                at_hand.pop(version.key) or read.pop(version.key, None),
            )


def _groups(versions: Iterable[Version]) -> Iterator[list[Version]]:
    """Versions that are read at once: as many as it is worth, as few as memory asks for."""
    group: list[Version] = []
    figures = 0
    for version in versions:
        if group and (len(group) == _READ_AT_ONCE or figures + version.figures > _FIGURES_AT_ONCE):
            yield group
            group, figures = [], 0
        group.append(version)
        figures += version.figures
    if group:
        yield group


def _open_failures(data: Data) -> Counter[str]:
    """Report → how many of its failures are open."""
    return Counter(failure["report"] for failure in data.failures if failure["state"] == "open")


def _is_listed(data: Data, version: Version) -> bool:
    return version.is_current or version.report_id not in data.current


def _list(site: Site, made_of: str, still: Counter[str]) -> None:
    scripts, listing = site.listing("reports", made_of, lambda: _listing(site, still))
    site.page(
        "reports/index.html",
        "list.html",
        (made_of, scripts),
        lambda: {
            "title": site.words("reports.title"),
            "lead": site.words("reports.lead"),
            "section": "reports",
            "listing": listing(),
            "scripts": scripts,
        },
    )


def _listing(site: Site, still: Counter[str]) -> Listing:
    words, data = site.words, site.data
    rows = []
    for version in data.versions:
        if not _is_listed(data, version):
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
    return Listing("reports", words("reports.title"), columns, rows)


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
    figures = read_figures(connection, (old.key, new.key), LAST_FIGURE)
    before, after = _sentences(figures[old.key]), _sentences(figures[new.key])
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
