"""Parts a long frame so that each expectation is asked of no more rows and columns than its answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.checking.suite_files import Declared

if TYPE_CHECKING:
    import pandas as pd

# column of a frame of distinct values that numbers its rows
ROW = "distinct value"
_ABSENT = "expect_column_values_to_not_be_null"
_ABOUT_NAMES = frozenset({"expect_table_columns_to_match_set"})
_COLUMNS = ("column", "column_A", "column_B", "column_list", "column_set")


@dataclass(frozen=True, slots=True)
class Part:
    """Some expectations and what they are to be asked of.

    Attributes:
        frame: rows and columns.
        places: which of the declared expectations.
        rows_of: for a frame of distinct values: column, rows of the frame → keys of the rows with those values.
    """

    frame: pd.DataFrame
    places: Sequence[int]
    rows_of: Callable[[str, set[int]], tuple[Mapping[str, Any], ...]] | None = None


def parts(frame: pd.DataFrame, declared: Sequence[Declared], keys: Sequence[str]) -> Iterator[Part]:
    """A long frame in parts; every expectation is in exactly one.

    Args:
        frame: the rows.
        declared: the expectations.
        keys: columns that name a row.
    """
    from pipelines.checking.evaluate import is_value_wise

    names: list[int] = []
    values: dict[int, str] = {}
    rest: dict[int, set[str]] = {}
    whole: list[int] = []
    for place, entry in enumerate(declared):
        column = entry.kwargs.get("column")
        named = _named(entry)
        if entry.type in _ABOUT_NAMES:
            names.append(place)
        elif "mostly" in entry.kwargs or "row_condition" in entry.kwargs:
            whole.append(place)  # the answer depends on how many rows there are, or on other columns
        elif column in frame.columns and is_value_wise(entry.type) and len(named) == 1:
            values[place] = str(column)
        elif named and named <= set(frame.columns):
            rest[place] = named
        else:
            whole.append(place)
    if names:
        yield Part(frame.head(1), names)
    if whole:
        yield Part(frame, whole)
    if rest:
        yield Part(frame[list(dict.fromkeys([*keys, *sorted(set().union(*rest.values()))]))], list(rest))
    if values:
        yield _distinct(frame, declared, values, keys)


def _named(entry: Declared) -> set[str]:
    """The columns that an expectation speaks of."""
    found: set[str] = set()
    for name in _COLUMNS:
        value = entry.kwargs.get(name)
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, (list, tuple)):
            found |= set(map(str, value))
    return found


def _distinct(
    frame: pd.DataFrame, declared: Sequence[Declared], values: Mapping[int, str], keys: Sequence[str]
) -> Part:
    """The distinct values of each column, the shorter columns filled up with their last one.

    Of a column that must only be there, one value and one gap stand for all.
    """
    import numpy as np
    import pandas as pd

    of_absence = set(values.values()) - {column for place, column in values.items() if declared[place].type != _ABSENT}
    coded: dict[str, tuple[Any, Any]] = {}
    for column in set(values.values()):
        if column in of_absence:
            absent = frame[column].isna().to_numpy()
            present = frame[column].iloc[absent.argmin()]  # the first that is there, if one is
            coded[column] = absent.astype(int), [present, None] if absent.any() else [present]
        else:
            coded[column] = pd.factorize(frame[column], use_na_sentinel=False)
    height = max(len(uniques) for _, uniques in coded.values())

    def rows_of(column: str, failing: set[int]) -> tuple[Mapping[str, Any], ...]:
        codes, uniques = coded[column]
        at_fault = np.isin(codes, [row for row in failing if row < len(uniques)])
        rows: list[Any] = frame.loc[at_fault, list(keys)].to_dict("records")
        return tuple(rows)

    columns = {
        column: pd.Series([*uniques, *[uniques[-1]] * (height - len(uniques))], dtype=object)
        for column, (_, uniques) in coded.items()
    }
    return Part(pd.DataFrame({ROW: range(height)} | columns), list(values), rows_of)
