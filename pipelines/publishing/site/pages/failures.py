"""The failures: a list of root causes, those of a report with their arithmetic, and a page to act on per root cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.catalog.bilingual import LANGUAGES
from pipelines.publishing.causes import HANDLED, Cause, causes, handled_columns, proposals_of
from pipelines.publishing.cells import csv_line
from pipelines.publishing.failure_details import Operand, in_numbers
from pipelines.publishing.failures import COLUMNS, in_language
from pipelines.publishing.site import links
from pipelines.publishing.site.letter import around, letter
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.output import fingerprint
from pipelines.publishing.site.pages.overview import trend
from pipelines.publishing.site.site import Site
from pipelines.review.files import initials

if TYPE_CHECKING:
    import duckdb

FILE = "downloads/failures.csv"
_OPERANDS_SHOWN = 40
_CHECKS = """
SELECT f.failure_id, c.computed_low, c.computed_high, c.stated_low, c.stated_high, c.unit_code
FROM quality.failure AS f JOIN core.fact_check AS c USING (check_key)
WHERE c.report_version_key = {version}
"""
_OPERANDS = """
SELECT f.failure_id, g.printed_text, g.value, g.value_low, g.value_high, g.is_low_open, g.is_high_open, g.unit_code,
    coalesce(g.sheet || ' ' || g.cell, g.section), g.figure_id, r.report_id, r.version_no
FROM quality.failure AS f
JOIN core.fact_check AS c USING (check_key)
CROSS JOIN unnest(c.operand_figure_keys) WITH ORDINALITY AS o (figure_key, position)
JOIN core.fact_figure AS g ON g.figure_key = o.figure_key
JOIN core.dim_report AS r ON r.report_version_key = g.report_version_key
WHERE c.report_version_key = {version}
ORDER BY f.failure_id, o.position
"""


class Arithmetic(NamedTuple):
    """The two sides of a check; None where nothing follows."""

    computed_low: Decimal | None
    computed_high: Decimal | None
    stated_low: Decimal | None
    stated_high: Decimal | None
    unit: str

    @property
    def gap(self) -> Decimal | None:
        """By how much the two sides miss each other at least; None where they do not."""
        if None in (self.computed_low, self.computed_high, self.stated_low, self.stated_high):
            return None
        gap = max(self.computed_low - self.stated_high, self.stated_low - self.computed_high)  # type: ignore[operator]
        return gap if gap > 0 else None


def failure_file(site: Site) -> None:
    """All failures as comma-separated text, told in the language of the site."""
    site.output.add(site.prefix + FILE, fingerprint(site.data.failures, site.data.handled), lambda: _table(site))


def _table(site: Site) -> str:
    told = (in_language(one, site.language) for one in site.data.failures)
    rows = ([*(one[name] for name in COLUMNS), *handled_columns(one, site.data.handled)] for one in told)
    return csv_line((*COLUMNS, *HANDLED)) + "".join(map(csv_line, rows))


def failures(connection: duckdb.DuckDBPyConnection, sites: Sequence[Site]) -> None:
    """Writes the lists in all languages, and the pages of reports whose failures changed."""
    data = sites[0].data
    by_report: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for failure in data.failures:
        by_report[failure["report"]].append(failure)
    for site in sites:
        _list(site)
    made = {version.report_id: version.made for version in data.versions if version.is_current}
    for report, found in by_report.items():
        named = [one for one in causes(found) if one.state == "open"]
        made_of = (found, made.get(report), [data.handled.get(one["id"]) for one in found])
        pages = range(1, -(-len(found) // links.FAILURES_PER_PAGE) + 1)
        own = [*(links.failures_page(report, n) for n in pages), *(links.cause_page(report, one.name) for one in named)]
        if sites[0].output.are_current([site.prefix + path for site in sites for path in own], fingerprint(made_of)):
            continue
        version = data.current.get(report)
        details = _details(connection, version.key if version else 0)
        for site in sites:
            for page in pages:
                site.page(
                    links.failures_page(report, page),
                    "failures.html",
                    made_of,
                    lambda one=site, all_of=found, number=page, of=pages, more=details: _values(  # type: ignore[misc]
                        one, all_of, number, of, more
                    ),
                )
            for cause in causes(found, details["proposals"], data.handled):
                if cause.state == "open":
                    site.page(
                        links.cause_page(report, cause.name),
                        "cause.html",
                        made_of,
                        lambda one=site, of=cause, more=details: _cause(one, of, more),  # type: ignore[misc]
                    )


def _list(site: Site) -> None:
    words, data = site.words, site.data
    failing = (data.current.get(report) for report in dict.fromkeys(one["report"] for one in data.failures))
    about = [(one.report_id, one.number, one.region_code, one.language) for one in failing if one]
    made_of = fingerprint(data.failures, data.handled, about, sorted(data.shown_regions))
    found = causes(data.failures, handled=data.handled)
    still = [cause for cause in found if cause.state == "open"]
    scripts, listing = site.listing("failures", made_of, lambda: _listing(site, found))
    site.page(
        "failures/index.html",
        "failure_list.html",
        (made_of, scripts, data.runs),
        lambda: {
            "title": words("failures.title"),
            "lead": words("failures.lead"),
            "section": "failures",
            "counts": (sum(len(cause.failures) for cause in still), len(still)),
            "listing": listing(),
            "scripts": scripts,
            "trend": trend(site, "trend"),
            "runs": data.runs[-24:],
            "file": FILE,
        },
    )


def _listing(site: Site, found: Sequence[Cause]) -> Listing:
    words = site.words
    rows = [_row(site, cause.told(site.language)) for cause in found]
    columns: tuple[Column, ...] = (
        Column(words("column.severity"), "severity"),
        Column(words("column.cause")),
        Column(words("column.finding")),
        Column(words("column.report"), "report"),
        Column(words("column.region"), "region"),
        Column(words("column.failures"), is_number=True),
        Column(words("column.since")),
        Column(words("column.state"), "state"),
        Column(words("column.decided")),
    )
    if not any(row[-1].text for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    return Listing("failures", words("failures.title"), columns, rows)


def _row(site: Site, cause: Cause) -> tuple[Cell, ...]:
    """One root cause in the list: its gravest failure speaks for it."""
    first, handled = cause.failures[0], cause.handled if cause.state == "open" else None
    version = site.data.current.get(cause.report)
    page = links.cause_page(cause.report, cause.name) if cause.state == "open" else site.data.places[cause.name]
    state = site.words.of("state", cause.state) if handled is None else site.words.of("handled", handled.state)
    return (
        site.severity(first["severity"]),
        Cell(
            " · ".join(filter(None, (cause.root_cause or cause.name, first["suspect"]))),
            page,
            lang=version.language if version else "",
        ),
        Cell(first["finding"]),
        Cell(cause.report, links.version_page(version.report_id, version.number) if version else ""),
        site.place(version.region_code) if version else Cell(site.words("unknown")),
        Cell(str(len(cause.failures)), site.data.places[cause.name], len(cause.failures), "number"),
        Cell(f"{min(one['first_seen'] for one in cause.failures):%Y-%m-%d}", kind="date"),
        Cell(state),
        Cell(f"{initials(handled.by)}, {handled.at:%Y-%m-%d}" if handled else ""),
    )


def _details(connection: duckdb.DuckDBPyConnection, version_key: int) -> dict[str, Any]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        # a number in the statement: with a parameter DuckDB would load pandas
        return connection.execute(query.format(version=int(version_key))).fetchall()

    operands: dict[str, list[tuple[Operand, str]]] = defaultdict(list)
    for failure_id, *operand, figure_id, owner, version_no in rows(_OPERANDS):
        operands[failure_id].append((Operand(*operand), links.figure_page(owner, version_no, figure_id)))
    sides = {row[0]: Arithmetic(*row[1:]) for row in rows(_CHECKS)}
    return {"operands": operands, "proposals": proposals_of(connection, version_key), "sides": sides}


def _values(
    site: Site, found: list[dict[str, Any]], page: int, pages: Sequence[int], details: dict[str, Any]
) -> dict[str, Any]:
    report = found[0]["report"]
    own = found[(page - 1) * links.FAILURES_PER_PAGE : page * links.FAILURES_PER_PAGE]
    firsts = {one.ids: one.name for one in causes(found)}
    groups = [one.told(site.language) for one in causes(own, details["proposals"], site.data.handled)]
    return _shared(site, report, [one for cause in groups for one in cause.failures], details) | {
        "title": site.words("failures.of", report=report),
        "groups": groups,
        "page": page,
        "page_links": [(n, links.failures_page(report, n)) for n in pages],
        # the page of a cause whose failures stand on two pages bears the name of its first
        "cause_pages": [
            links.cause_page(report, next(name for ids, name in firsts.items() if cause.name in ids))
            for cause in groups
        ],
    }


def _cause(site: Site, cause: Cause, details: dict[str, Any]) -> dict[str, Any]:
    """What the page of one root cause shows: all that an officer needs to act on it."""
    shown = cause.told(site.language)
    version = site.data.current.get(cause.report)
    about = (version.title, version.publisher or "") if version else ("", "")
    name, suspect = cause.root_cause or cause.name, cause.failures[0]["suspect"]
    return _shared(site, cause.report, shown.failures, details) | {
        "title": site.words("failures.cause_at" if suspect else "failures.cause", cause=name, suspect=suspect),
        "cause": shown,
        "failures_page": site.data.places[cause.name].partition("#")[0],
        "letters": [(language, letter(cause, *about, language)) for language in _own_first(site.language)],
    }


def _own_first(language: str) -> list[str]:
    return sorted(LANGUAGES, key=lambda one: one != language)


def _shared(site: Site, report: str, own: Sequence[dict[str, Any]], details: dict[str, Any]) -> dict[str, Any]:
    version = site.data.current.get(report)
    return {
        "section": "failures",
        "report": report,
        "version": version,
        "version_page": links.version_page(version.report_id, version.number) if version else "",
        "sides": details["sides"],
        "operands": {key: given[:_OPERANDS_SHOWN] for key, given in details["operands"].items()},
        "in_numbers": {
            failure["id"]: in_numbers(failure["formula"], [o for o, _ in details["operands"][failure["id"]]])
            for failure in own
            if details["operands"].get(failure["id"])
        },
        "sentences": {failure["id"]: around(failure["sentence"], failure["suspect"]) for failure in own},
        "rule_text": lambda code: site.data.rules.get(code, ("", ""))[site.language == "zh"],
        "initials": initials,
    }
