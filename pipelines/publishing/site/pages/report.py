"""The pages of one version of a report, with its figures marked, and its figures as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.publishing.cells import csv_line
from pipelines.publishing.site import links, numbers
from pipelines.publishing.site.data import Version
from pipelines.publishing.site.evidence import FAILING, UNREAD_SHOWN, Check, Evidence, Figure
from pipelines.publishing.site.pages.find import figures_script
from pipelines.publishing.site.passages import Passage, passage, stretches
from pipelines.publishing.site.site import Interface
from pipelines.reading.document import Document

if TYPE_CHECKING:
    from markupsafe import Markup

LAST_FIGURE = links.FIGURES_PER_PAGE * links.MAX_REPORT_PAGES
_CHECKS_SHOWN = 6
_NOT_SAID = ("", "unknown")
_CSV = (
    *("figure_id", "section", "sheet", "cell", "sentence", "printed_text", "value", "value_low", "value_high", "unit"),
    *("qualifier", "role", "status", "program", "source", "stage", "measure", "beneficiary", "region", "period"),
    *("item", "fact", "sureness", "reviewed_by", "reviewed_at"),
)


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


class Finding(NamedTuple):
    """A failing check of a figure in words; `href` is empty where its failure has no page."""

    severity: str
    verdict: str
    rule: str
    href: str


class Row(NamedTuple):
    """One figure in the list of a page, in words of its language.

    Attributes:
        figure: as printed.
        short: its value in few digits.
        status: empty where nothing is to be said.
        span: all values that it can stand for.
        kind: what was read from it beside its value.
        parent: the figure that it belongs to, and `parent_href` its place; both empty for none.
        about: members of the dimensions, without the period.
        period: empty where it is not known.
        decided: how the least sure of its program, source, region and period was decided.
        reviewed: who looked at it, and when; empty where nobody did.
        failing: checks that fail, the first ones.
        corrections: state, value and id of each.
        holding: how many checks hold.
    """

    figure: Figure
    short: str
    status: str
    span: str
    kind: str
    parent: str
    parent_href: str
    about: tuple[str, ...]
    period: str
    decided: str
    reviewed: str
    failing: tuple[Finding, ...]
    corrections: tuple[tuple[str, str, str], ...]
    holding: int


def page_count(version: Version) -> int:
    """On how many pages a version is shown."""
    pages = -(-version.figures // links.FIGURES_PER_PAGE)
    return min(max(pages, 1), links.MAX_REPORT_PAGES)


def paths(version: Version, interfaces: Iterable[Interface]) -> list[str]:
    """Addresses of all that `draw` gives, below the site."""
    addresses = [
        interface.prefix + links.version_page(version.report_id, version.number, page)
        for interface in interfaces
        for page in range(1, page_count(version) + 1)
    ]
    found = [links.figures_file(version.report_id, version.number), *addresses]
    return [*found, links.figures_index(version.report_id, version.number)] if version.is_current else found


def draw(subject: Subject, interfaces: Sequence[Interface]) -> Iterator[tuple[str, str]]:
    """Address and text of a version's pages in all languages, and of the file of its figures."""
    version, figures = subject.version, subject.evidence.figures
    yield links.figures_file(version.report_id, version.number), _csv(figures)
    if version.is_current:
        yield links.figures_index(version.report_id, version.number), figures_script(version, figures)
    for page in range(1, page_count(version) + 1):
        own = figures[(page - 1) * links.FIGURES_PER_PAGE : page * links.FIGURES_PER_PAGE]
        shown = passage(subject.document, figures, page) if subject.document else None
        path = links.version_page(version.report_id, version.number, page)
        paper = None
        for interface in interfaces:
            # the report's own words are the same in all languages
            if shown and (paper is None or not shown.is_whole):
                paper = _paper(interface, version, shown, path, own)
            values = _values(interface, subject, paper, own, page)
            yield interface.prefix + path, interface.drawn(path, "report.html", values)


def _paper(interface: Interface, version: Version, shown: Passage, path: str, own: Sequence[Figure]) -> Markup:
    """What a page shows of the report itself."""
    from markupsafe import Markup

    values = {
        "paragraphs": shown.paragraphs,
        "grids": shown.grids,
        "stretches": stretches,
        "language_of_text": version.language,
        "in_page": {figure.figure_id for figure in own},
        "figure_page": lambda figure: links.figure_page(version.report_id, version.number, figure.figure_id),
    }
    return Markup(interface.drawn(path, "_paper.html", values))  # noqa: S704 - a template escapes what it is given


def _values(
    interface: Interface, subject: Subject, paper: Markup | None, own: Sequence[Figure], page: int
) -> dict[str, Any]:
    version, siblings = subject.version, subject.siblings
    report, number = version.report_id, version.number
    pages = page_count(version)
    return {
        "title": version.title or report,
        "section": "reports",
        "version": version,
        "siblings": siblings,
        "figures": len(own),
        "rows": _rows(interface, subject, own),
        "has_text": paper is not None,
        "paper": paper,
        "version_page": lambda other: links.version_page(other.report_id, other.number),
        "failure_page": links.failures_page(report),
        "failures": subject.failures if version.is_current else 0,
        "comparison": links.comparison_page(report) if len(siblings) > 1 else "",
        "file": links.figures_file(report, number),
        "page": page,
        "page_links": [(n, links.version_page(report, number, n)) for n in range(1, pages + 1)],
        # on the first page, whatever page their places are on
        "unread": subject.evidence.unread if page == 1 else (),
        "unread_page": links.version_page(report, number),
        "unread_rest": max(version.unread - UNREAD_SHOWN, 0),
        "rest": max(version.figures - LAST_FIGURE, 0) if page == pages else 0,
        "roles": [role for role, _ in Counter(figure.role for figure in own).most_common()],
    }


def _rows(interface: Interface, subject: Subject, figures: Iterable[Figure]) -> Iterator[Row]:
    version, evidence, words = subject.version, subject.evidence, interface.words
    about = _Abouts(interface)
    for figure in figures:
        checks = evidence.checks.get(figure.key, ())
        kind = [words.of("role", figure.role)]
        if figure.qualifier != "exact":
            kind.append(words.of("qualifier", figure.qualifier))
        if figure.fact:
            kind.append(words.of("fact", figure.fact))
        names, period = about[_meaning(figure)]
        yield Row(
            figure,
            interface.short(figure.value, figure.unit),
            words.of("status", figure.status) if figure.status != "ok" else "",
            interface.span(figure.low, figure.high, figure.unit),
            " · ".join(kind),
            f"{words.of('link', figure.link)} {figure.parent}" if figure.parent else "",
            links.figure_page(version.report_id, version.number, figure.parent) if figure.parent else "",
            names,
            period,
            words("report.decided", how=words.of("sureness", figure.sureness)),
            words("report.reviewed", by=figure.reviewed_by, at=figure.reviewed_at) if figure.reviewed_by else "",
            tuple(_findings(interface, subject, checks)),
            tuple(
                (words.of("correction", one.status), numbers.exact(one.value), one.correction_id)
                for one in evidence.corrections.get(figure.key, ())
            ),
            sum(check.verdict.startswith("holds") for check in checks),
        )


def _findings(interface: Interface, subject: Subject, checks: Sequence[Check]) -> Iterator[Finding]:
    words = interface.words
    for check in [check for check in checks if check.verdict in FAILING][:_CHECKS_SHOWN]:
        href = subject.places.get(check.failure_id, "")
        yield Finding(check.severity, words.of("verdict", check.verdict), words.of("rule", check.rule), href)


_Meaning = tuple[tuple[tuple[str, str], ...], str]


def _meaning(figure: Figure) -> _Meaning:
    return (
        ("program", figure.program),
        ("source", figure.source),
        ("stage", figure.stage),
        ("measure", figure.measure),
        ("beneficiary", figure.beneficiary),
        ("region", figure.region),
    ), figure.period


class _Abouts(dict[_Meaning, tuple[tuple[str, ...], str]]):
    """The names of what figures are about; those of a table are about the same few things."""

    def __init__(self, interface: Interface) -> None:
        super().__init__()
        self._interface = interface

    def __missing__(self, meaning: _Meaning) -> tuple[tuple[str, ...], str]:
        members, period = meaning
        names = tuple(self._interface.name(*member) for member in members if member[1] not in _NOT_SAID)
        found = self[meaning] = names, self._interface.period(period) if period not in _NOT_SAID else ""
        return found


def _csv(figures: Iterable[Figure]) -> str:
    def cells(f: Figure) -> tuple[Any, ...]:
        return (
            *(f.figure_id, f.section, f.sheet, f.cell, f.sentence, f.text, f.value, f.low, f.high, f.unit),
            *(f.qualifier, f.role, f.status, f.program, f.source, f.stage, f.measure, f.beneficiary, f.region),
            *(f.period, f.item, f.fact, f.sureness, f.reviewed_by, f.reviewed_at),
        )

    return csv_line(_CSV) + "".join(csv_line(cells(figure)) for figure in figures)
