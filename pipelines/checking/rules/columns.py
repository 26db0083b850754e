"""Percentages of a table against the two columns that most of its rows show them to be taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import permutations

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import At, Evidence, Finding, agreement, ending, number, printed, tested
from pipelines.checking.interval import Interval, exactly, of, percent
from pipelines.checking.verdict import FAILING
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_PLACE = regex(r"([A-Z]+)(\d+)")
_AMOUNTS = frozenset({"level", "target"})
_CLAIMS = frozenset({"share_pct", "rate_pct", "plan_pct", "change_pct"})
_FEWEST = 2  # rows that must confirm
ASKED = 60  # rows of a long table that are asked
_WIDEST = 12  # columns of amounts that are tried
_SINGLE = 3  # rows that contradict a relation one by one; more are one finding

Line = Mapping[str, Figure]


def check_columns(evidence: Evidence) -> Iterator[Finding]:
    """Every percentage of a row whose column is, in most rows, one column of the table in per cent of another."""
    for lines in tables(_claimed(evidence)):
        columns = list(dict.fromkeys(column for line in lines for column in line))
        amounts = [column for column in columns if with_roles(lines, column, _AMOUNTS)][:_WIDEST]
        for claim in columns:
            if not with_roles(lines, claim, _CLAIMS) or unit_of(lines, claim) != "%":
                continue
            if any(line[claim].link == "change_of" for line in lines[:ASKED] if claim in line):
                continue  # checked as a change
            pair = _relation(lines, claim, amounts)
            if pair is not None:
                over, under = pair
                rows = [line for line in lines if {claim, *pair} <= line.keys()]
                yield from told_in_rows(
                    [tested(partial(_ratio, line[over], line[under], line[claim])) for line in rows]
                )


def _claimed(evidence: Evidence) -> Iterator[Figure]:
    """The figures of tables that have percentages."""
    claimed = {(f.locator.sheet, f.locator.section) for f in evidence.where(evidence.cells, unit={"%"}, role=_CLAIMS)}
    for figure in evidence.cells if claimed else ():
        if (figure.locator.sheet, figure.locator.section) in claimed:
            yield figure


def tables(figures: Iterable[Figure]) -> list[list[Line]]:
    """The rows of each table, by the letters of their columns."""
    found: dict[tuple[str, str], dict[int, dict[str, Figure]]] = {}
    for figure in figures:
        place = _PLACE.fullmatch(figure.locator.cell or "")
        if place is not None and not any(name == "superseded" for name, _ in figure.decided_by):
            rows = found.setdefault((figure.locator.sheet or "", figure.locator.section), {})
            rows.setdefault(int(place.group(2)), {})[place.group(1)] = figure
    return [list(rows.values()) for rows in found.values()]


def with_roles(lines: Sequence[Line], column: str, roles: frozenset[str]) -> bool:
    """Whether all numbers of a column have one of some roles."""
    return all(line[column].role in roles for line in lines[:ASKED] if column in line)


def unit_of(lines: Sequence[Line], column: str) -> str:
    """The unit of a column's first number."""
    return next(line[column].unit for line in lines if column in line)


def _relation(lines: Sequence[Line], claim: str, amounts: Sequence[str]) -> tuple[str, str] | None:
    """The columns over and under the line that most rows confirm, of several the nearest pair."""
    best: tuple[int, int, tuple[str, str] | None] = (0, 0, None)
    order = {column: place for place, column in enumerate([*amounts, claim])}
    for over, under in permutations(amounts, 2):
        if unit_of(lines, over) != unit_of(lines, under):
            continue
        asked = [line for line in lines[:ASKED] if {claim, over, under} <= line.keys() and line[over].value]
        holding = sum(_holds(line, claim, over, under) for line in asked)
        rank = (holding, -abs(order[over] - order[under]))
        if holding >= _FEWEST and 2 * holding > len(asked) and rank > best[:2]:
            best = (*rank, (over, under))
    return best[2]


def _holds(line: Line, claim: str, over: str, under: str) -> bool:
    computed = _of_two(of(line[over]), of(line[under]), line[claim])
    return computed is not None and computed.meets(of(line[claim]))


def _of_two(over: Interval, under: Interval, claim: Figure) -> Interval | None:
    """One amount in per cent of another; of a fall, what is missing to a hundred: 43,492 after 52,400 fell by 17 %."""
    found = percent(over, under)
    return exactly(100) - found if found is not None and claim.role == "change_pct" else found


def _ratio(over: Figure, under: Figure, claim: Figure, at: At) -> Finding:
    computed, stated = _of_two(at(over), at(under), claim), _to_seven_digits(at(claim))
    verdict = agreement(computed, stated) if computed is not None else "not_testable"
    message = say("quotient.from_zero", claim=printed(claim))
    if computed is not None:
        message = say(
            "quotient.less_than" if claim.role == "change_pct" else "quotient.share_of",
            part=number(over.value),
            computed=number(computed.point),
            whole=number(under.value),
            claim=printed(claim),
            ending=ending(verdict),
        )
    formula = f"{over.text} / {under.text} = {claim.text}"
    return Finding("rate", verdict, (over, under, claim), formula, message, computed, stated, "%", blamed=(claim,))


def _to_seven_digits(stated: Interval) -> Interval:
    """A rate as exact as what it was computed from can be: the digits of a machine behind the seventh mean nothing."""
    half = abs(stated.point) / _MACHINE
    return replace(stated, low=min(stated.low, stated.point - half), high=max(stated.high, stated.point + half))


_MACHINE = Decimal(2_000_000)


def told_in_rows(found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a relation in its rows: those that hold, and those that fail one by one or, if many, as one."""
    wrong = [finding for finding in found if finding.verdict in FAILING]
    yield from (finding for finding in found if finding.verdict not in FAILING)
    if len(wrong) <= _SINGLE:
        yield from wrong
        return
    first = wrong[0]
    first.message = say("rows.several", wrong=len(wrong), all=len(found), first=first.message)
    first.operands = tuple(figure for finding in wrong for figure in finding.operands)
    first.again = None
    yield first
