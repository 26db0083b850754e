"""Columns that most rows of a table show to be others added up and taken off: opening + received - paid = closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, islice

from pipelines.catalog.sentences import Printed, say
from pipelines.checking.evidence import At, Evidence, Finding, agreement, ending, number, printed, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.columns import ASKED, Line, told_in_rows, unit_of, with_roles
from pipelines.checking.rules.columns import tables as tables_of
from pipelines.figures.figure import Figure

_AMOUNTS = frozenset({"level", "target", "change"})
_FEWEST = 3  # rows that must confirm, all but one of them with large numbers
_LONG = 5_000  # cells
_WIDEST = 8  # columns of one unit that are tried
_LEAST = 10  # smaller numbers agree by chance

Relation = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A column, those that are added up to it, and those that are taken off."""


def check_accounts(evidence: Evidence) -> Iterator[Finding]:
    """Every row of a table in which most rows show one column to be a difference or a balance of others."""
    cells = evidence.where(start={None})
    long = len(cells) > _LONG
    if long and not any(_relation_of(lines) for lines in tables_of(islice(cells, _LONG))):
        return  # what the first rows of a long table do not show is not looked for
    for lines in tables_of(cells):
        found = _relation_of(lines)
        if found is not None:
            result, added, taken = found
            wanted = {result, *added, *taken}
            rows = [line for line in lines if wanted <= line.keys()]
            yield from told_in_rows([tested(partial(_account, line, found)) for line in rows])


def _relation_of(lines: Sequence[Line]) -> Relation | None:
    """The relation among the columns of one unit that most rows confirm; None where there is none."""
    units: dict[str, list[str]] = {}
    for column in dict.fromkeys(column for line in lines[:ASKED] for column in line):
        if with_roles(lines, column, _AMOUNTS):
            units.setdefault(unit_of(lines, column), []).append(column)
    bare = units.pop("unknown", [])
    for columns in units.values():
        # "Difference" has the unit of what it is one of
        beside = sorted([*columns, *bare], key=lambda column: (len(column), column))[:_WIDEST]
        if (found := _relation(lines, beside)) is not None:
            return found
    return None


def _relation(lines: Sequence[Line], columns: Sequence[str]) -> Relation | None:
    """The first difference, else the first balance, that most rows confirm and no link of the reader has told."""
    for relation in _relations(columns):
        result, added, taken = relation
        wanted = {result, *added, *taken}
        whole = [line for line in lines[:ASKED] if wanted <= line.keys()]
        asked = [line for line in whole if line[added[0]].additive is not False] or whole
        if len(asked) < _FEWEST or (not _meets(asked[0], relation) and not _meets(asked[1], relation)):
            continue
        held = [line for line in asked if _meets(line, relation)]
        telling = [line for line in held if all(abs(line[column].value) >= _LEAST for column in (*added, *taken))]
        if len(held) >= _FEWEST and len(telling) >= _FEWEST - 1 and len(held) > 2 * (len(asked) - len(held)):
            return None if any(_is_linked(line, wanted) for line in held) else relation
    return None


def _relations(columns: Sequence[str]) -> Iterator[Relation]:
    """Ways to read columns: the later is a difference of two before it, then a balance of three before it."""
    for first, second, result in combinations(columns, 3):
        yield result, (first,), (second,)
        yield result, (second,), (first,)
    for *before, result in combinations(columns, 4):
        for taken in before[1:]:
            yield result, tuple(column for column in before if column != taken), (taken,)


def _meets(line: Line, relation: Relation) -> bool:
    result, added, taken = relation
    computed = total([*(of(line[column]) for column in added), *(-of(line[column]) for column in taken)])
    return computed.meets(of(line[result]))


def _is_linked(line: Line, columns: set[str]) -> bool:
    """Whether some of the columns are parts of another in a row, which is checked as such."""
    ids = {line[column].figure_id for column in columns}
    return any(line[column].link == "part_of" and line[column].parent in ids for column in columns)


def _account(line: Line, relation: Relation, at: At) -> Finding:
    result, added, taken = relation
    plus, minus = [line[column] for column in added], [line[column] for column in taken]
    computed, stated = total([*map(at, plus), *(-at(figure) for figure in minus)]), at(line[result])
    verdict = agreement(computed, stated)
    told = " + ".join(figure.text for figure in plus) + "".join(f" - {figure.text}" for figure in minus)
    message = say(
        "account",
        told=Printed(told),
        computed=number(computed.point),
        stated=printed(line[result]),
        ending=ending(verdict),
    )
    operands: tuple[Figure, ...] = (*plus, *minus, line[result])
    formula = f"{told} = {line[result].text}"
    return Finding("account", verdict, operands, formula, message, computed, stated, line[result].unit, blamed=operands)
