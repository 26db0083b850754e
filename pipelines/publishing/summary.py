"""What the warehouse holds, in numbers, for the end of a run and for `fupin doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_FACTS = ("fact_fund", "fact_result", "fact_target", "fact_claim")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over current versions.

    Attributes:
        reports: reports with a current version.
        figures: figures of them.
        non_figures: numbers classified as something else.
        unread: numbers that were not read.
        facts: business facts by kind.
        failing: failing checks by severity.
        passing: checks that hold.
        indicators: indicators that have a row.
        values: rows of all indicators with a value as reported.
    """

    reports: int
    figures: int
    non_figures: int
    unread: int
    facts: dict[str, int]
    failing: dict[str, int]
    passing: int
    indicators: int
    values: int


def summary(connection: duckdb.DuckDBPyConnection) -> Summary:
    """Counts the current versions of a warehouse or snapshot."""

    def count(query: str) -> int:
        row = connection.execute(query).fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    current = "JOIN core.dim_report USING (report_version_key) WHERE is_current"
    failing = connection.execute(
        f"SELECT severity, count(*) FROM core.fact_check {current} "
        "AND assumption = '' AND verdict IN ('fails', 'fails_if_nested', 'suspect') GROUP BY severity"
    ).fetchall()
    names = [
        row[0]
        for row in connection.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'indicator' AND table_type = 'BASE TABLE' ORDER BY table_name"
        ).fetchall()
    ]
    values = {name: count(f"SELECT count(value) FROM indicator.{name} WHERE basis = 'as_reported'") for name in names}
    return Summary(
        reports=count("SELECT count(*) FROM core.dim_report WHERE is_current"),
        figures=count(f"SELECT count(*) FROM core.fact_figure {current}"),
        non_figures=count(f"SELECT count(*) FROM core.fact_number {current} AND reason <> 'unread'"),
        unread=count("SELECT sum(unread_count) FROM quality.unread_report"),
        facts={name.removeprefix("fact_"): count(f"SELECT count(*) FROM core.{name} {current}") for name in _FACTS},
        failing={row[0]: row[1] for row in failing},
        passing=count(
            f"SELECT count(*) FROM core.fact_check {current} AND verdict IN ('holds', 'holds_within_rounding')"
        ),
        indicators=sum(value > 0 for value in values.values()),
        values=sum(values.values()),
    )
