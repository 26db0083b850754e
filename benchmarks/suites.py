"""Times the suites of a report's nine tables in Great Expectations against the same checks as plain SQL in DuckDB.

Both get the same tables with the same seeded faults, and must find the same number of failing rows for every
expectation; otherwise the comparison ends with an error. `make bench-suites` runs it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.settings import PROJECT
from pipelines.suites.evaluate import Asked, evaluate
from pipelines.suites.files import Declared, Suite, read_suites
from pipelines.suites.kinds import import_seconds
from pipelines.suites.reports import tables_of_versions
from pipelines.suites.results import parameters_of
from pipelines.versions.read import read_version

SIZES = (1_000, 100_000)
# a prime each, so that faults of two columns seldom meet in one row
WRONG_EVERY, MISSING_EVERY, TWICE_EVERY = 97, 89, 83
REPORT = PROJECT / "raw" / "jiangxi_2011.txt"


def tables(figures: int) -> dict[str, pd.DataFrame]:
    """The tables of the sample report, repeated under other names until there are so many figures, with faults."""
    single = tables_of_versions([read_version(REPORT, REPORT.name, 10**7)])
    copies = -(-figures // len(single["figures"]))
    found = {}
    for name, table in single.items():
        frame = table.frame()
        parts = [frame.assign(report_id=f"report {number}") for number in range(copies)]
        found[name] = pd.concat(parts, ignore_index=True).astype(object)
    return found


def seed(table: pd.DataFrame, suite: Suite) -> pd.DataFrame:
    """A copy with faults for every kind of expectation of its suite."""
    spoilt = table.copy()
    places = range(len(spoilt))
    for declared in suite.expectations:
        column = declared.kwargs.get("column") or declared.kwargs.get("column_A")
        if declared.type.endswith("_in_set") and "not_be" not in declared.type:
            spoilt.loc[[place for place in places if place % WRONG_EVERY == 0], column] = "no such word"
        elif declared.type.endswith("not_be_null") and not _is_compared(column, suite):
            spoilt.loc[[place for place in places if place % MISSING_EVERY == 1], column] = None
        elif "pair_values" in declared.type or declared.type.endswith("be_between"):
            below = [place for place in places if place % WRONG_EVERY == 2]
            spoilt.loc[below, column] = spoilt.loc[below, column].map(lambda value: value - 10**12)
        elif declared.type.endswith("match_regex"):
            name, _, value = declared.kwargs["row_condition"].split()
            spoilt.loc[[place for place in places if place % WRONG_EVERY == 3], [name, column]] = [value.strip("'"), ""]
    return pd.concat([spoilt, spoilt.iloc[::TWICE_EVERY]], ignore_index=True)


def _is_compared(column: str, suite: Suite) -> bool:
    """Whether a column is compared with another one; a missing value there cannot be compared."""
    return any(column in (entry.kwargs.get("column_A"), entry.kwargs.get("column_B")) for entry in suite.expectations)


# each type that the suites use, as an aggregate over the table `t`
SQL: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "expect_column_values_to_not_be_null": lambda k: f"count(*) FILTER ({k['column']} IS NULL)",
    "expect_column_values_to_be_null": lambda k: f"count(*) FILTER ({k['column']} IS NOT NULL)",
    "expect_column_values_to_match_regex": lambda k: (
        f"count(*) FILTER (NOT regexp_matches({k['column']}, '{k['regex']}'))"
    ),
    "expect_column_values_to_be_in_set": lambda k: f"count(*) FILTER ({k['column']} NOT IN {_list(k['value_set'])})",
    "expect_column_values_to_not_be_in_set": lambda k: f"count(*) FILTER ({k['column']} IN {_list(k['value_set'])})",
    "expect_column_values_to_be_between": lambda k: f"count(*) FILTER ({k['column']} < {k['min_value']})",
    "expect_column_pair_values_to_be_equal": lambda k: f"count(*) FILTER ({k['column_A']} <> {k['column_B']})",
    "expect_column_pair_values_a_to_be_greater_than_b": lambda k: (
        f"count(*) FILTER ({k['column_A']} {'<' if k.get('or_equal') else '<='} {k['column_B']})"
    ),
    "expect_compound_columns_to_be_unique": lambda k: (
        "(SELECT coalesce(sum(times), 0) FROM (SELECT count(*) AS times FROM t "
        f"GROUP BY {', '.join(k['column_list'])} HAVING count(*) > 1))"
    ),
}


def _list(values: Sequence[str]) -> str:
    quoted = (value.replace("'", "''") for value in values)
    return "(" + ", ".join(f"'{value}'" for value in quoted) + ")"


def _of_rows(kwargs: Mapping[str, Any], counted: str) -> str:
    """The same aggregate, of the rows that meet a condition written for pandas."""
    condition = kwargs.get("row_condition", "").replace("==", "IS NOT DISTINCT FROM").replace("!=", "IS DISTINCT FROM")
    return counted.replace("FILTER (", f"FILTER (({condition}) AND ", 1) if condition else counted


def in_sql(connection: duckdb.DuckDBPyConnection, suite: Suite, parameters: Mapping[str, Sequence[str]]) -> list[int]:
    """Failing rows of each expectation, by one query over the table `t`; 1 where its columns are others."""
    columns = [column[0] for column in connection.execute("FROM t LIMIT 0").description or ()]
    resolved = [(entry, {n: _value(v, parameters) for n, v in entry.kwargs.items()}) for entry in suite.expectations]
    asked = [_of_rows(kwargs, SQL[entry.type](kwargs)) for entry, kwargs in resolved if entry.type in SQL]
    row = connection.execute(f"SELECT {', '.join(asked)} FROM t").fetchone()
    counts = iter(row or ())
    return [
        int(next(counts)) if entry.type in SQL else int(set(columns) != set(kwargs["column_set"]))
        for entry, kwargs in resolved
    ]


def _value(value: Any, parameters: Mapping[str, Sequence[str]]) -> Any:  # noqa: ANN401
    return parameters[value["$PARAMETER"]] if isinstance(value, dict) else value


def arrow(frame: pd.DataFrame, suite: Suite) -> pa.Table:
    """The columns that the suite asks about; the others are kept as text, for their names."""
    numbers = {
        name
        for entry in suite.expectations
        if "pair_values" in entry.type or entry.type.endswith("be_between")
        for name in (entry.kwargs.get("column"), entry.kwargs.get("column_A"), entry.kwargs.get("column_B"))
    }
    kind = pa.decimal128(38, 6)
    return pa.table(
        {
            name: pa.array([round(value, 6) if not isinstance(value, int) else value for value in frame[name]], kind)
            if name in numbers
            else pa.array([None if value is None else str(value) for value in frame[name]], pa.string())
            for name in frame.columns
        }
    )


def failing(declared: Sequence[Declared], outcomes: Sequence[Any]) -> list[int]:
    """Failing rows of each expectation as Great Expectations found them."""
    for entry, outcome in zip(declared, outcomes, strict=True):
        if outcome.crashed:
            raise SystemExit(f"{entry.type} of {entry.kwargs} could not be evaluated")
    return [len(outcome.rows) if outcome.rows else int(not outcome.success) for outcome in outcomes]


def compare(figures: int) -> tuple[float, float, float, int]:
    """Seconds of Great Expectations, of handing rows to DuckDB, and of its queries; failing rows that both found."""
    spent, handed, asked, found = 0.0, 0.0, 0.0, 0
    seen: set[str] = set()
    every = tables(figures)
    for suite in read_suites(PROJECT / "expectations", "report"):
        frame = seed(every[suite.name], suite)
        parameters = parameters_of([frame])
        started = time.perf_counter()
        question = {suite.name: Asked(frame, suite.expectations, suite.keys)}
        by_library = failing(suite.expectations, evaluate(question, parameters)[suite.name])
        spent += time.perf_counter() - started
        with duckdb.connect() as connection:
            started = time.perf_counter()
            connection.register("incoming", arrow(frame, suite))
            connection.execute("CREATE TABLE t AS FROM incoming")
            handed += time.perf_counter() - started
            times = []
            for _ in range(3):
                started = time.perf_counter()
                by_query = in_sql(connection, suite, parameters)
                times.append(time.perf_counter() - started)
            asked += statistics.median(times)
        for entry, one, other in zip(suite.expectations, by_library, by_query, strict=True):
            if one != other:
                raise SystemExit(f"{suite.name}: {entry.type} {entry.kwargs}: {one} failing rows, in SQL {other}")
            seen |= {entry.type} if one else set()
        found += sum(by_query)
    if unseen := SQL.keys() - seen:
        raise SystemExit(f"no fault was seeded for {', '.join(sorted(unseen))}")
    return spent, handed, asked, found


def main() -> None:
    """Prints the table."""
    print(f"importing Great Expectations: {import_seconds():.1f} s\n")
    print("figures   failing rows   Great Expectations   DuckDB: rows handed over   DuckDB: queries   ratio")
    compare(SIZES[0])
    for figures in SIZES:
        spent, handed, asked, found = compare(figures)
        ratio = spent / (handed + asked)
        print(f"{figures:>7,}{found:>15,}{spent:>19.2f} s{handed:>25.2f} s{asked:>16.3f} s{ratio:>8.1f}")


if __name__ == "__main__":
    main()
