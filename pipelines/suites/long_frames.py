"""Parts a long table so that each expectation is asked of no more rows and columns than its answer depends on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.columns import Coded, Joined, Made, Same, parts_of
from pipelines.suites.files import Declared
from pipelines.versions.tables import objects

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Codes = np.ndarray[Any, Any]

# column of a frame of distinct values that numbers its rows
ROW = "distinct value"
ABSENT = "expect_column_values_to_not_be_null"
_ABOUT_NAMES = frozenset({"expect_table_columns_to_match_set"})
_COLUMNS = ("column", "column_A", "column_B", "column_list", "column_set")


RowsOf = Callable[[set[int]], tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """Some expectations and what they are to be asked of.

    Attributes:
        frame: rows and columns.
        places: which of the declared expectations.
        rows_of: for a frame of distinct values: rows of the frame → keys of the rows with those values.
    """

    frame: pd.DataFrame
    places: Sequence[int]
    rows_of: RowsOf | None = None


class Table:
    """Rows by column; a data frame is made of no more of them than are asked for.

    Attributes:
        names: of the columns.
        sizes: rows of each of its parts.
    """

    def __init__(self, columns: Mapping[str, Any], sizes: Sequence[int], frame: pd.DataFrame | None = None) -> None:
        self.names, self.sizes = list(columns), sizes
        self._columns, self._frame = columns, frame
        self._known: dict[str, tuple[Codes, Sequence[Any]]] = {}

    @classmethod
    def of(cls, rows: pd.DataFrame | Table) -> Table:
        """A data frame likewise."""
        if isinstance(rows, Table):
            return rows
        return cls({str(name): rows[name] for name in rows.columns}, [len(rows)], rows)

    def __len__(self) -> int:
        return sum(self.sizes)

    def frame(self, names: Sequence[str] | None = None) -> pd.DataFrame:
        """Some or all columns as a data frame: ids as integers, all else as objects."""
        import pandas as pd

        if self._frame is not None:
            return self._frame if names is None else self._frame[list(names)]
        wanted = self.names if names is None else names
        series = {name: pd.Series(self._values(name), dtype="int64" if name in _IDS else object) for name in wanted}
        return pd.DataFrame(series, copy=False)

    def column(self, name: str) -> Sequence[Any]:
        """The values of a column."""
        found: Sequence[Any] = self._columns[name] if self._frame is None else self._columns[name].tolist()
        return found

    def codes(self, name: str) -> tuple[Codes, Sequence[Any]]:
        """Which of its distinct values stands in each row of a column, and those values."""
        if name not in self._known:
            self._known[name] = _coded(self._columns[name])
        return self._known[name]

    def presence(self, name: str) -> tuple[Codes, Sequence[Any]]:
        """Whether a column holds a value in each row (0) or none (1), and one of its values."""
        import numpy as np
        import pandas as pd

        values = self._columns[name]
        if all(isinstance(part, Made) for part in parts_of(values)):
            return np.zeros(len(values), np.uint8), [values[0]]  # whatever is made is there
        codes, uniques = self.codes(name)
        gone = pd.isna(pd.Series(uniques, dtype=object)).to_numpy()
        present = next((value for value, is_gone in zip(uniques, gone, strict=True) if not is_gone), None)
        absent = gone[codes]
        return absent.astype(np.uint8), [present, None] if absent.any() else [present]

    def distinct(self, name: str) -> Sequence[Any]:
        """The distinct values of a column."""
        return self.codes(name)[1]

    def _values(self, name: str) -> Codes:
        return objects(self._columns[name])


_IDS = frozenset({"figure_id", "check_id"})
# so long parts are worth being looked through one by one
_SHORT = 2_000


def _coded(values: Any) -> tuple[Codes, Sequence[Any]]:  # noqa: ANN401 - a column, or a series of a data frame
    import numpy as np
    import pandas as pd

    if isinstance(values, Same):
        return np.zeros(len(values), dtype=np.uint32), [values.value] if len(values) else []
    if isinstance(values, Coded):
        own, distinct = _coded(values.values)
        codes = np.frombuffer(values.codes, dtype=np.uint32)  # those of the column, not as many again
        codes = codes if np.array_equal(own, np.arange(len(distinct))) else own[codes]
    elif isinstance(values, Joined) and len(values) > _SHORT * len(values.parts):
        parts = [_coded(part) for part in values.parts]
        own, distinct = _coded([value for _, kept in parts for value in kept])
        starts = np.cumsum([0, *(len(kept) for _, kept in parts)], dtype=np.uint32)
        codes = np.concatenate([own[part + start] for (part, _), start in zip(parts, starts, strict=False)])
    else:
        series = values if isinstance(values, pd.Series) else pd.Series(objects(values), dtype=object)
        found, uniques = pd.factorize(series, use_na_sentinel=False)
        return found.astype(np.uint32), list(uniques)
    is_used = np.bincount(codes, minlength=len(distinct)) > 0  # some values may stand in no row
    if is_used.all():
        return codes, distinct
    return (np.cumsum(is_used, dtype=np.uint32) - 1)[codes], [
        distinct[place] for place in np.flatnonzero(is_used).tolist()
    ]


def parts(table: Table, declared: Sequence[Declared], keys: Sequence[str]) -> Iterator[Part]:
    """A long table in parts; every expectation is in exactly one.

    Args:
        table: the rows.
        declared: the expectations.
        keys: columns that name a row.
    """
    from pipelines.suites.kinds import is_alone

    known = set(table.names)
    names: list[int] = []
    several: dict[int, set[str]] = {}
    rest: dict[int, set[str]] = {}
    whole: list[int] = []
    for place, entry in enumerate(declared):
        named = columns_of(entry)
        asked = named | (known & set(re.findall(r"\w+", str(entry.kwargs.get("row_condition", "")))))
        if entry.type in _ABOUT_NAMES:
            names.append(place)
        elif "mostly" in entry.kwargs or not named or not named <= known:
            whole.append(place)  # the answer depends on how many rows there are
        elif is_alone(entry.type):
            several[place] = asked
        elif "row_condition" in entry.kwargs:
            whole.append(place)
        else:
            rest[place] = named
    if names:
        yield Part(_first(table), names)
    if whole:
        yield Part(table.frame(), whole)
    if rest:
        yield Part(table.frame(list(dict.fromkeys([*keys, *sorted(set().union(*rest.values()))]))), list(rest))
    if several:
        yield _distinct_rows(table, sorted(set().union(*several.values())), list(several), keys)


def _first(table: Table) -> pd.DataFrame:
    """The names of all columns, with one row."""
    import pandas as pd

    return pd.DataFrame({name: [None] for name in table.names}, dtype=object)


def columns_of(entry: Declared) -> set[str]:
    """The columns that an expectation speaks of."""
    found: set[str] = set()
    for name in _COLUMNS:
        value = entry.kwargs.get(name)
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, (list, tuple)):
            found |= set(map(str, value))
    return found


def _distinct_rows(table: Table, columns: Sequence[str], places: Sequence[int], keys: Sequence[str]) -> Part:
    """What stands together in some columns, each once."""
    import numpy as np
    import pandas as pd

    codes, distinct = together(table, columns)

    def rows_of(failing: set[int]) -> tuple[Mapping[str, Any], ...]:
        return keyed(table, keys, np.isin(codes, list(failing)))

    taken = {column: pd.Series(values, dtype=object) for column, values in zip(columns, distinct, strict=True)}
    return Part(pd.DataFrame({ROW: range(len(distinct[0]))} | taken), places, rows_of)


def together(
    table: Table, columns: Sequence[str], *, only_presence: bool = False
) -> tuple[Codes, Sequence[Sequence[Any]]]:
    """Which of what stands together in some columns stands in each row, and the distinct values by column.

    Args:
        table: with a row at least.
        columns: one or more of its columns.
        only_presence: of a single column, one value stands for all that are there.
    """
    import numpy as np
    import pandas as pd

    if len(columns) == 1:
        codes, uniques = table.presence(columns[0]) if only_presence else table.codes(columns[0])
        return codes, [uniques]
    codes = np.zeros(len(table), dtype=np.int64)
    for column in columns:
        own, uniques = table.codes(column)
        codes = pd.factorize(codes * len(uniques) + own)[0]
    first = np.zeros(codes.max() + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    coded = [table.codes(column) for column in columns]
    return codes, [[uniques[code] for code in own[first]] for own, uniques in coded]


def keyed(table: Table, keys: Sequence[str], at_fault: Codes) -> tuple[Mapping[str, Any], ...]:
    """The keys of some rows of a table."""
    rows: list[Any] = table.frame(keys).loc[at_fault].to_dict("records")
    return tuple(rows)
