"""Lays the values of many tables and columns side by side, so that what is asked of each alike is asked once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.suites.files import Declared
from pipelines.suites.long_frames import ABSENT, ROW, Table, keyed, together

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.suites.long_frames import Codes

_UNIQUE = ("expect_column_values_to_be_unique", "expect_compound_columns_to_be_unique")
_OWNER = "whose row"
_ARGUMENTS = ("column", "column_A", "column_B", "column_list")
# how many rows there are, or what stands in other columns, changes the answer
_BEYOND = ("mostly", "row_condition")


class Owner(NamedTuple):
    """One expectation of one table, and where its values stand in the stack of those that ask alike."""

    name: str
    place: int
    table: Table
    keys: Sequence[str]
    codes: Codes | tuple[()]
    start: int
    end: int

    def rows(self, failing: set[int]) -> tuple[Mapping[str, Any], ...]:
        """The keys of the table's rows whose values stand in failing rows of the stack."""
        import numpy as np

        own = [row - self.start for row in failing if self.start <= row < self.end]
        return keyed(self.table, self.keys, np.isin(self.codes, own)) if own else ()


@dataclass(slots=True)
class Stack:
    """What one kind of question is asked of.

    Attributes:
        declared: the question, of the columns of the stack.
        columns: the distinct values of all owners, by column of the stack.
        owners: whose they are.
    """

    declared: Declared
    columns: dict[str, list[Any]]
    owners: list[Owner] = field(default_factory=list)

    def add(self, name: str, place: int, table: Table, keys: Sequence[str], columns: Sequence[str]) -> None:
        """Puts the distinct values of some columns of a table below the others; none where it has no row."""
        start = len(next(iter(self.columns.values())))
        end = start
        if len(table):
            codes, distinct = together(table, columns, only_presence=self.declared.type == ABSENT)
            for stacked, found in zip(self.columns.values(), distinct, strict=True):
                stacked.extend(found)
            end += len(distinct[0])
        self.owners.append(Owner(name, place, table, keys, codes if end > start else (), start, end))


def stacks(asked: Mapping[str, tuple[Table, Sequence[str], Sequence[Declared]]]) -> list[Stack]:
    """The expectations that judge each value, or values beside each other, by themselves; one stack for those alike.

    Args:
        asked: by the name of a table its rows, the columns that name one, and what is expected of it.
    """
    from pipelines.suites.kinds import is_alone

    found: dict[str, Stack] = {}
    for name, (table, keys, declared) in asked.items():
        for place, entry in enumerate(declared):
            named = _columns(entry, table)
            if not named or not is_alone(entry.type):
                continue
            number = len(found)
            alike = json.dumps([entry.type, _renamed(entry, [str(rank) for rank in range(len(named))])], sort_keys=True)
            if alike not in found:
                columns = [f"value {number} {rank}" for rank in range(len(named))]
                question = replace(entry, kwargs=_renamed(entry, columns))
                found[alike] = Stack(question, {column: [] for column in columns})
            found[alike].add(name, place, table, keys, named)
    return [stack for stack in found.values() if stack.owners[-1].end]


def side_by_side(found: Sequence[Stack]) -> pd.DataFrame:
    """All stacks as one frame with numbered rows; the shorter ones are filled up with their last row."""
    import pandas as pd

    height = max(stack.owners[-1].end for stack in found)
    columns = {
        name: pd.Series([*values, *[values[-1]] * (height - len(values))], dtype=object)
        for stack in found
        for name, values in stack.columns.items()
    }
    return pd.DataFrame({ROW: range(height)} | columns)


def uniqueness(asked: Mapping[str, tuple[Table, Sequence[str], Sequence[Declared]]]) -> Stack | None:
    """The rows of all tables of which some columns must not repeat, one below the other, and the question about them.

    Args:
        asked: as of `stacks`.
    """
    import numpy as np
    import pandas as pd

    found = Stack(Declared(_UNIQUE[1], {}, "critical", ""), {_OWNER: []})
    for name, (table, keys, declared) in asked.items():
        for place, entry in enumerate(declared):
            named = _columns(entry, table) if entry.type in _UNIQUE else []
            if not named or entry.kwargs.keys() & {"ignore_row_if"}:
                continue
            start = len(found.columns[_OWNER])
            for rank, column in enumerate(named):
                values = table.column(column)
                found.columns.setdefault(f"value {rank}", [None] * start).extend(values)
            end = start + len(table)
            whose = f"{name} {place}"
            # one value of several columns may be missing, but what is missing in a single one repeats nothing
            is_single = entry.type == _UNIQUE[0]
            gone = pd.isna(pd.Series(values, dtype=object)) if is_single else [False] * len(table)
            found.columns[_OWNER] += [f"{whose} {row}" if is_gone else whose for row, is_gone in enumerate(gone)]
            for values in found.columns.values():
                values += [None] * (end - len(values))
            found.owners.append(Owner(name, place, table, keys, np.arange(len(table)), start, end))
    found.declared.kwargs["column_list"] = list(found.columns)
    return found if found.owners and found.owners[-1].end else None


def _columns(entry: Declared, table: Table) -> list[str]:
    """The columns that an expectation speaks of; none where others or the number of rows change the answer, too."""
    told = (entry.kwargs.get(argument, ()) for argument in _ARGUMENTS)
    found = [name for value in told for name in ([value] if isinstance(value, str) else value)]
    return found if set(found) <= set(table.names) and not entry.kwargs.keys() & set(_BEYOND) else []


def _renamed(entry: Declared, columns: Sequence[str]) -> dict[str, Any]:
    """The arguments of an expectation with other names for its columns, in their order."""
    names = iter(columns)
    return {
        argument: (next(names) if isinstance(value, str) else [next(names) for _ in value])
        if argument in _ARGUMENTS
        else value
        for argument, value in sorted(entry.kwargs.items())
    }
