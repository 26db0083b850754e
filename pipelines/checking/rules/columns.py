"""Percentages of a table against the two columns that most of its rows show them to be taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations

from pipelines.checking.evidence import At, Evidence, Finding, agreement, ending, number, tested
from pipelines.checking.interval import of, percent
from pipelines.checking.verdict import FAILING
from pipelines.figures.figure import Figure

_PLACE = re.compile(r"([A-Z]+)(\d+)")
_AMOUNTS = frozenset({"level", "target"})
_CLAIMS = frozenset({"share_pct", "rate_pct", "plan_pct"})
_FEWEST = 2  # rows that must confirm
_ASKED = 60  # rows of a long table that are asked
_WIDEST = 12  # columns of amounts that are tried
_SINGLE = 3  # rows that contradict a relation one by one; more are one finding

Line = Mapping[str, Figure]


def check_columns(evidence: Evidence) -> Iterator[Finding]:
    """Every percentage of a row whose column is, in most rows, one column of the table in per cent of another."""
    for lines in _tables(evidence):
        columns = list(dict.fromkeys(column for line in lines for column in line))
        amounts = [column for column in columns if _all(lines, column, _AMOUNTS)][:_WIDEST]
        for claim in columns:
            if not _all(lines, claim, _CLAIMS) or _unit(lines, claim) != "%":
                continue
            pair = _relation(lines, claim, amounts)
            if pair is not None:
                yield from _told([line for line in lines if {claim, *pair} <= line.keys()], claim, *pair)


def _tables(evidence: Evidence) -> list[list[Line]]:
    """The rows of each table, by the letters of their columns."""
    tables: dict[tuple[str, str], dict[int, dict[str, Figure]]] = {}
    claimed = {(f.locator.sheet, f.locator.section) for f in evidence.where(start={None}, unit={"%"}, role=_CLAIMS)}
    for figure in evidence.where(start={None}) if claimed else ():
        if (figure.locator.sheet, figure.locator.section) not in claimed:
            continue
        place = _PLACE.fullmatch(figure.locator.cell or "")
        if place is not None and not any(name == "superseded" for name, _ in figure.decided_by):
            rows = tables.setdefault((figure.locator.sheet or "", figure.locator.section), {})
            rows.setdefault(int(place.group(2)), {})[place.group(1)] = figure
    return [list(rows.values()) for rows in tables.values()]


def _all(lines: Sequence[Line], column: str, roles: frozenset[str]) -> bool:
    return all(line[column].role in roles for line in lines[:_ASKED] if column in line)


def _unit(lines: Sequence[Line], column: str) -> str:
    return next(line[column].unit for line in lines if column in line)


def _relation(lines: Sequence[Line], claim: str, amounts: Sequence[str]) -> tuple[str, str] | None:
    """The columns over and under the line that most rows confirm, of several the nearest pair."""
    best: tuple[int, int, tuple[str, str] | None] = (0, 0, None)
    order = {column: place for place, column in enumerate([*amounts, claim])}
    for over, under in permutations(amounts, 2):
        if _unit(lines, over) != _unit(lines, under):
            continue
        asked = [line for line in lines[:_ASKED] if {claim, over, under} <= line.keys()]
        holding = sum(_holds(line, claim, over, under) for line in asked)
        rank = (holding, -abs(order[over] - order[under]))
        if holding >= _FEWEST and 2 * holding > len(asked) and rank > best[:2]:
            best = (*rank, (over, under))
    return best[2]


def _holds(line: Line, claim: str, over: str, under: str) -> bool:
    computed = percent(of(line[over]), of(line[under]))
    return computed is not None and computed.meets(of(line[claim]))


def _ratio(over: Figure, under: Figure, claim: Figure, at: At) -> Finding:
    computed, stated = percent(at(over), at(under)), at(claim)
    verdict = agreement(computed, stated) if computed is not None else "not_testable"
    told = "" if computed is None else f"{number(over.value)} is {number(computed.point)} % of {number(under.value)}"
    message = f"{told}, {claim.text} is printed{ending(verdict)}"
    formula = f"{over.text} / {under.text} = {claim.text}"
    return Finding("rate", verdict, (over, under, claim), formula, message, computed, stated, "%", blamed=(claim,))


def _told(lines: Sequence[Line], claim: str, over: str, under: str) -> Iterator[Finding]:
    """The findings of a relation: those that hold, and those that fail one by one or, if they are many, as one."""
    found = [tested(partial(_ratio, line[over], line[under], line[claim])) for line in lines]
    wrong = [finding for finding in found if finding.verdict in FAILING]
    yield from (finding for finding in found if finding.verdict not in FAILING)
    if len(wrong) <= _SINGLE:
        yield from wrong
        return
    first = wrong[0]
    first.message = f"In {len(wrong)} of {len(found)} rows the percentage does not follow; first: {first.message}"
    first.operands = tuple(figure for finding in wrong for figure in finding.operands)
    first.again = None
    yield first
