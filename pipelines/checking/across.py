"""Checks across the reports of one region: what a year's report implies of the year before, repeats, sequences.

Pure functions over remembered figures; the warehouse hands in those of current versions and keeps the findings. A
mismatch between reports is never graver than a warning: offices restate earlier years, and often change the scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipelines.catalog.load import catalog
from pipelines.catalog.relations import relations
from pipelines.catalog.sentences import Printed, Said, Value, say
from pipelines.catalog.units import is_amount
from pipelines.checking.evidence import agreement, ending, number
from pipelines.checking.interval import Interval, base_of
from pipelines.checking.verdict import Severity, Verdict
from pipelines.meaning.meaning import UNKNOWN
from pipelines.meaning.period_codes import months, years

ACROSS_RULES = ("cross_report", "cross_repeat", "cross_sequence", "cross_cumulative")
_TOTAL_SOURCES = frozenset({"central+provincial", UNKNOWN})


@dataclass(frozen=True, slots=True)
class Remembered:
    """One figure of a current report version, with its meaning.

    Attributes:
        key: the figure's key in the warehouse.
        owner: key of its report version.
        report: id of the report.
        report_year: last year that the report is about, None where it names none.
        precedence: rank of the report among those that print the same fact; the lowest speaks.
        text: as printed.
        value: what it stands for, in the base of its unit.
        unit: code of the unit.
        role: what it is in its statement.
        status: `ok`, or what checks made of it.
        parent: key of the figure it is part of or speaks about.
        link: what the parent is to it.
        falls: whether it is a decrease.
        region: code of the region.
        period: code of the period.
        program: code of the program.
        source: code of the fund source.
        stage: code of the flow stage.
        measure: code of the measure.
        scope: words that limit what it covers.
        group: words of the group of places it speaks of, else empty.
        item: label of the one part of the region that it speaks of, else empty.
    """

    key: int
    owner: int
    report: str
    report_year: int | None
    precedence: int
    text: str
    value: Interval
    unit: str
    role: str
    status: str
    parent: int | None
    link: str | None
    falls: bool
    region: str
    period: str
    program: str
    source: str
    stage: str
    measure: str
    scope: str
    group: str
    item: str

    @property
    def fact(self) -> tuple[str, ...]:
        """What it is about but for the year; two totals of money are one fact, whatever their sources are called."""
        whole = is_amount(self.unit) and self.source in _TOTAL_SOURCES and self.link != "part_of"
        source = "total" if whole else self.source
        # what describes a region, such as incomes, is one fact under whatever heading it stands
        described = catalog().measures[self.measure].kind in ("context", "standard")
        program = "" if described else self.program
        return (self.region, program, source, self.measure, self.unit, self.role, self.group, self.item)


@dataclass(frozen=True, slots=True)
class AcrossCheck:
    """One rule on figures of several reports; `owner` is the version that it is listed under, the later one."""

    owner: int
    rule: str
    severity: Severity
    verdict: Verdict
    operands: tuple[int, ...]
    formula: str
    unit: str
    computed: Interval
    stated: Interval
    message: Said
    identity: str


def check_across(figures: Iterable[Remembered]) -> list[AcrossCheck]:
    """All checks between reports that the figures of one region allow, in a stable order.

    Only facts with a known measure are compared, and only where a report prints one figure for the fact: of several,
    nobody can say which is meant. Doubtful figures of a report (disputed, quarantined) are left to that report.

    Args:
        figures: of current versions.
    """
    region = _Region(list(figures))
    found = [*region.implied(), *region.repeats(), *region.sequences(), *region.cumulatives()]
    return sorted(found, key=lambda check: (check.owner, check.rule, check.identity, check.operands))


class _Region:
    """Lookups over the figures of one region."""

    def __init__(self, figures: list[Remembered]) -> None:
        self.by_key = {figure.key: figure for figure in figures}
        self.children: dict[int, list[Remembered]] = {}
        self.single: dict[tuple[tuple[str, ...], str], list[Remembered]] = {}
        told: dict[tuple[tuple[str, ...], str, int], list[Remembered]] = {}
        for figure in figures:
            if figure.parent is not None:
                self.children.setdefault(figure.parent, []).append(figure)
            known = figure.measure != UNKNOWN and figure.role in ("level", "per_unit") and figure.status == "ok"
            if known and years(figure.period) is not None:
                told.setdefault((figure.fact, figure.period, figure.owner), []).append(figure)
        for (fact, period, _owner), same in told.items():
            values = {figure.value.point for figure in same}
            if len(values) == 1:
                self.single.setdefault((fact, period), []).append(same[0])
        for entries in self.single.values():
            entries.sort(key=lambda figure: (figure.precedence, figure.report, figure.key))

    def about(self, level: Remembered, role: str) -> Remembered | None:
        """The sound figure of a role that speaks about a level."""
        found = [child for child in self.children.get(level.key, ()) if child.role == role and child.status == "ok"]
        return found[0] if len(found) == 1 else None

    def implied(self) -> Iterator[AcrossCheck]:
        """Last year's value that a level with its change or growth implies, against the one printed last year."""
        for (_fact, period), levels in self.single.items():
            span = years(period)
            if span is None or span[0] != span[1] or months(period) is not None:
                continue
            level = levels[0]
            printed = self.single.get((level.fact, f"Y{span[0] - 1}"), [])
            earlier = next((figure for figure in printed if figure.owner != level.owner), None)
            for role in ("change", "change_pct") if earlier is not None else ():
                said = self.about(level, role)
                if said is not None and earlier is not None and said.unit in (level.unit, "%"):
                    yield from self._implied(level, said, earlier)

    def _implied(self, level: Remembered, said: Remembered, earlier: Remembered) -> Iterator[AcrossCheck]:
        signed = -said.value if said.falls else said.value
        by_rate = said.unit == "%"
        computed = base_of(level.value, signed) if by_rate else level.value - signed
        if computed is None:
            return
        verdict = agreement(computed, earlier.value)
        formula = f"{level.text} {'+' if said.falls else '-'} {said.text}"
        if by_rate:
            formula = f"{level.text} / (1 {'-' if said.falls else '+'} {said.text})"
        verdict, end = self._settled(verdict, level, earlier)
        message = say(
            "across.implied",
            report=level.report,
            computed=number(computed.point),
            other=earlier.report,
            stated=number(earlier.value.point),
            ending=end,
        )
        yield _check("cross_report", verdict, (level, said, earlier), f"{formula} = {earlier.text}", computed, message)

    def _settled(self, verdict: Verdict, one: Remembered, other: Remembered) -> tuple[Verdict, Said]:
        """The verdict on two numbers, which are not compared where their scopes differ, and how its sentence ends."""
        if verdict != "fails":
            return verdict, ending(verdict)
        reason = self._other_scope(one, other)
        if reason:
            return "not_comparable", say("across.because", reason=reason)
        return "fails", say("across.restated")

    def _other_scope(self, level: Remembered, earlier: Remembered) -> Said:
        """Why two numbers that differ need not agree; nothing where nothing says so."""
        sources = [
            {child.source for child in self.children.get(f.key, ()) if child.link == "part_of"}
            for f in (level, earlier)
        ]
        more = sorted(sources[1] - sources[0]) if all(sources) else []
        fewer = sorted(sources[0] - sources[1]) if all(sources) else []
        for names, whose in ((more, earlier), (fewer, level)):
            if names:
                parts = [child for child in self.children[whose.key] if child.source in names]
                listed = [say("across.money", source=p.source, text=Printed(p.text)) for p in parts]
                return say("across.includes", whole=Printed(whose.text), parts=listed)
        if level.scope != earlier.scope and (level.scope or earlier.scope):
            return say("across.scope", scope=Printed(level.scope or earlier.scope))
        if level.stage != earlier.stage and UNKNOWN not in (level.stage, earlier.stage):
            return say("across.stages", first=level.stage, second=earlier.stage)
        return Said()

    def repeats(self) -> Iterator[AcrossCheck]:
        """One fact of one year in two reports: they agree, cover different things, or one was restated or is wrong."""
        for levels in self.single.values():
            first = levels[0]
            for other in levels[1:]:
                verdict, end = self._settled(agreement(other.value, first.value), other, first)
                message = say(
                    "across.repeat",
                    report=other.report,
                    text=Printed(other.text),
                    other=first.report,
                    stated=Printed(first.text),
                    ending=end,
                )
                formula = f"{other.text} = {first.text}"
                yield _check("cross_repeat", verdict, (other, first), formula, other.value, message)

    def sequences(self) -> Iterator[AcrossCheck]:
        """One measure in two years that follow each other: a jump by a large factor is looked at."""
        gap = relations().yearly_gap
        for (fact, period), levels in self.single.items():
            span = years(period)
            if span is None or period != f"Y{span[0]}":
                continue
            earlier = self.single.get((fact, f"Y{span[0] - 1}"))
            if not earlier or earlier[0].value.point <= 0 or levels[0].value.point <= 0:
                continue
            now, before = levels[0], earlier[0]
            ratio = now.value.point / before.value.point
            jump = not 1 / gap <= ratio <= gap
            told: dict[str, Value] = {
                "before": Printed(before.text),
                "before_year": span[0] - 1,
                "now": Printed(now.text),
            }
            message = say("across.sequence", **told, year=span[0])
            if jump:
                message = say("across.jump", **told, year=span[0], factor=number(max(ratio, 1 / ratio)))
            formula = f"1/{gap} ≤ {now.text} / {before.text} ≤ {gap}"
            yield _check("cross_sequence", "suspect" if jump else "holds", (now, before), formula, now.value, message)

    def cumulatives(self) -> Iterator[AcrossCheck]:
        """What was reached since one year can only grow from report to report."""
        since: dict[tuple[tuple[str, ...], int], list[tuple[int, Remembered]]] = {}
        for (fact, period), levels in self.single.items():
            span = years(period)
            if span is not None and span[0] < span[1] and not period.startswith("FYP"):
                since.setdefault((fact, span[0]), []).append((span[1], levels[0]))
        for entries in since.values():
            entries.sort(key=lambda entry: entry[0])
            for (_, before), (_, now) in pairwise(entries):
                if before.owner == now.owner or catalog().measures[now.measure].additivity != "additive":
                    continue
                shrank = before.value.exceeds(now.value)
                message = say(
                    "across.shrank" if shrank else "across.grew",
                    report=before.report,
                    before=Printed(before.text),
                    other=now.report,
                    now=Printed(now.text),
                )
                verdict: Verdict = "fails" if shrank else "holds"
                formula = f"{before.text} ≤ {now.text}"
                yield _check("cross_cumulative", verdict, (now, before), formula, before.value, message)


def _check(
    rule: str, verdict: Verdict, operands: tuple[Remembered, ...], formula: str, computed: Interval, message: Said
) -> AcrossCheck:
    """A check listed under the latest of its reports; of reports of one year, under the one that speaks less."""
    later = max(operands, key=lambda f: (f.report_year or 0, f.precedence, f.report))
    severity: Severity = "info" if verdict == "not_comparable" else "warning"
    words = [rule]
    for figure in operands:
        codes = (figure.role, figure.program, figure.source, figure.measure, figure.unit, figure.period)
        words.append(f"{figure.report} {'/'.join(code for code in codes if code != UNKNOWN)}")
    return AcrossCheck(
        owner=later.owner,
        rule=rule,
        severity=severity,
        verdict=verdict,
        operands=tuple(figure.key for figure in operands),
        formula=formula,
        unit=operands[0].unit,
        computed=computed,
        stated=operands[-1].value,
        message=message,
        identity=" | ".join(words),
    )
