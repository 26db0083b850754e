"""The failures: a list with filters, the arithmetic of each on the page of its report, and earlier ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.catalog.sentences import retold
from pipelines.publishing.cells import csv_line
from pipelines.publishing.failure_details import Operand, in_numbers
from pipelines.publishing.failures import COLUMNS, in_language
from pipelines.publishing.site import links
from pipelines.publishing.site.data import Data
from pipelines.publishing.site.lists import Cell, Column, Listing
from pipelines.publishing.site.output import Output, fingerprint
from pipelines.publishing.site.pages.overview import trend
from pipelines.publishing.site.site import Site

if TYPE_CHECKING:
    import duckdb

FILE = "downloads/failures.csv"
# a sentence around its figure, in characters
_SENTENCE = 1_200
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
_CORRECTIONS = """
SELECT f.failure_id, k.correction_id, k.status, g.printed_text, k.proposed_value, g.unit_code, k.reason, k.said
FROM quality.failure AS f
JOIN core.fact_check AS c USING (check_key)
JOIN core.correction AS k ON list_contains(c.suspect_figure_keys, k.figure_key)
    OR list_contains(k.supporting_check_keys, c.check_key)
JOIN core.fact_figure AS g ON g.figure_key = k.figure_key
WHERE c.report_version_key = {version}
ORDER BY ALL
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


class Proposal(NamedTuple):
    """A correction that would settle a failure, or has settled it."""

    correction_id: str
    status: str
    text: str
    value: Decimal
    unit: str
    reason: str
    said: str


def failure_file(data: Data, output: Output) -> None:
    """All failures as comma-separated text, the same for all languages."""
    rows = [[failure[name] for name in COLUMNS] for failure in data.failures]
    output.add(FILE, fingerprint(rows), lambda: csv_line(COLUMNS) + "".join(map(csv_line, rows)))


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
        made_of = (found, made.get(report))
        pages = -(-len(found) // links.FAILURES_PER_PAGE)
        paths = [site.prefix + links.failures_page(report, n) for site in sites for n in range(1, pages + 1)]
        if sites[0].output.are_current(paths, fingerprint((made_of, pages))):
            continue
        version = data.current.get(report)
        details = _details(connection, version.key if version else 0)
        for site in sites:
            for page in range(1, pages + 1):
                site.page(
                    links.failures_page(report, page),
                    "failures.html",
                    (made_of, pages),
                    lambda one=site, all_of=found, number=page, of=pages, more=details: _values(  # type: ignore[misc]
                        one, all_of, number, of, more
                    ),
                )


def _list(site: Site) -> None:
    words, data = site.words, site.data
    rows = []
    for failure in (in_language(one, site.language) for one in data.failures):
        version = data.current.get(failure["report"])
        region = site.region(version.region_code) if version else words("unknown")
        since = f"{failure['first_seen']:%Y-%m-%d}"
        rows.append(
            (
                site.severity(failure["severity"]),
                Cell(failure["id"], data.places[failure["id"]], kind="code"),
                Cell(failure["finding"]),
                Cell(words.of("rule", failure["rule"])),
                Cell(failure["report"], links.version_page(version.report_id, version.number) if version else ""),
                Cell(region),
                Cell(failure["root_cause"] or ""),
                Cell(words.of("state", failure["state"])),
                Cell(since, kind="date"),
            )
        )
    columns = (
        Column(words("column.severity"), "severity"),
        Column(words("column.failure")),
        Column(words("column.finding")),
        Column(words("column.rule"), "rule"),
        Column(words("column.report"), "report"),
        Column(words("column.region"), "region"),
        Column(words("column.cause"), "cause"),
        Column(words("column.state"), "state"),
        Column(words("column.since")),
    )
    listing = Listing("failures", words("failures.title"), columns, rows)
    scripts = site.listing(listing)
    site.page(
        "failures/index.html",
        "failure_list.html",
        (rows, scripts, data.runs),
        lambda: {
            "title": words("failures.title"),
            "lead": words("failures.lead"),
            "section": "failures",
            "listing": listing,
            "scripts": scripts,
            "trend": trend(site, "trend"),
            "runs": data.runs[-24:],
            "file": FILE,
        },
    )


def _details(connection: duckdb.DuckDBPyConnection, version_key: int) -> dict[str, Any]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        # a number in the statement: with a parameter DuckDB would load pandas
        return connection.execute(query.format(version=int(version_key))).fetchall()

    operands: dict[str, list[tuple[Operand, str]]] = defaultdict(list)
    for failure_id, *operand, figure_id, owner, version_no in rows(_OPERANDS):
        operands[failure_id].append((Operand(*operand), links.figure_page(owner, version_no, figure_id)))
    proposals: dict[str, list[Proposal]] = defaultdict(list)
    for failure_id, *proposal in rows(_CORRECTIONS):
        proposals[failure_id].append(Proposal(*proposal))
    sides = {row[0]: Arithmetic(*row[1:]) for row in rows(_CHECKS)}
    return {"operands": operands, "proposals": proposals, "sides": sides}


def _values(site: Site, found: list[dict[str, Any]], page: int, pages: int, details: dict[str, Any]) -> dict[str, Any]:
    report = found[0]["report"]
    version = site.data.current.get(report)
    shown = found[(page - 1) * links.FAILURES_PER_PAGE : page * links.FAILURES_PER_PAGE]
    own = [in_language(failure, site.language) for failure in shown]
    return {
        "title": site.words("failures.of", report=report),
        "section": "failures",
        "report": report,
        "version": version,
        "version_page": links.version_page(version.report_id, version.number) if version else "",
        "groups": _groups(own),
        "page": page,
        "page_links": [(n, links.failures_page(report, n)) for n in range(1, pages + 1)],
        "sides": details["sides"],
        "operands": {key: given[:_OPERANDS_SHOWN] for key, given in details["operands"].items()},
        "proposals": {
            failure: [one._replace(reason=retold(one.said, "reason", one.reason, site.language)) for one in given]
            for failure, given in details["proposals"].items()
        },
        "in_numbers": {
            failure["id"]: in_numbers(failure["formula"], [o for o, _ in details["operands"][failure["id"]]])
            for failure in own
            if details["operands"].get(failure["id"])
        },
        "sentences": {failure["id"]: _around(failure["sentence"], failure["suspect"]) for failure in own},
        "rule_text": lambda code: site.data.rules.get(code, ("", ""))[site.language == "zh"],
    }


def _groups(own: Iterable[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """State, root cause and the failures that share them, in the order of the list."""
    found: list[tuple[str, str, list[dict[str, Any]]]] = []
    for failure in own:
        cause = failure["root_cause"] or ""
        if not found or not cause or found[-1][:2] != (failure["state"], cause):
            found.append((failure["state"], cause, []))
        found[-1][2].append(failure)
    return found


def _around(sentence: str, suspect: str) -> tuple[str, str, str]:
    """What stands before the suspect figure, the figure, and what stands after it; cut where it is long."""
    at = sentence.find(suspect) if suspect else -1
    if at < 0:
        return (sentence if len(sentence) <= _SENTENCE else f"{sentence[:_SENTENCE]} …"), "", ""
    before, after = sentence[:at], sentence[at + len(suspect) :]
    half = _SENTENCE // 2
    return (
        before if len(before) <= half else f"… {before[-half:].partition(' ')[2] or before[-half:]}",
        suspect,
        after if len(after) <= half else f"{after[:half]} …",
    )
