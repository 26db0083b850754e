"""The snapshot for Python and notebooks: a read-only object whose helpers return data frames."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from pipelines.publishing.failures import COLUMNS as FAILURE_COLUMNS
from pipelines.publishing.failures import open_failures
from pipelines.publishing.indicator_rows import indicator_rows_query
from pipelines.publishing.names import find_indicator, find_period, find_region, indicator_names
from pipelines.publishing.snapshot import connect_snapshot
from pipelines.publishing.trace import trace
from pipelines.settings import settings

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

FIGURES = """
SELECT
    report.report_id, figure.figure_id, region.region_code, region.name_en AS region_name_en,
    region.name_zh AS region_name_zh, period.period_code, program.program_code, source.source_code, stage.stage_code,
    measure.measure_code, beneficiary.beneficiary_code,
    figure.printed_text, figure.value, figure.value_low, figure.value_high, figure.unit_code, figure.qualifier,
    figure.role, figure.status, figure.section, figure.sheet, figure.cell, figure.sentence, figure.figure_key
FROM core.fact_figure AS figure
JOIN core.dim_report AS report USING (report_version_key)
JOIN core.dim_region AS region USING (region_key)
JOIN core.dim_period AS period USING (period_key)
JOIN core.dim_program AS program USING (program_key)
JOIN core.dim_fund_source AS source USING (source_key)
JOIN core.dim_flow_stage AS stage USING (stage_key)
JOIN core.dim_measure AS measure USING (measure_key)
JOIN core.dim_beneficiary AS beneficiary USING (beneficiary_key)
WHERE report.is_current
    AND ($report IS NULL OR report.report_id = $report)
    AND ($region IS NULL OR region.region_code = $region)
    AND ($period IS NULL OR period.period_code = $period)
ORDER BY report.report_id, figure.figure_id
"""
_TRACE_COLUMNS = (
    *("indicator", "region_code", "period_code", "basis", "indicator_value", "unit", "operand", "relation", "depth"),
    *("printed_text", "value", "value_low", "value_high", "unit_code", "status", "report_id", "version_no"),
    *("content_hash", "place", "sentence", "failure_ids", "correction_ids", "figure_key"),
)


class Snapshot:
    """One published snapshot, open for reading; closed at the end of a `with` block or by `close`.

    Values in data frames are floating-point numbers, keys whole numbers; `connection` gives exact decimals. A run that
    publishes a new snapshot leaves an open one as it was.

    Attributes:
        path: the file.
        connection: DuckDB's connection, which can read this file and nothing else.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.connection, self.path = connection, path

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Snapshot({str(self.path)!r})"

    def close(self) -> None:
        """Closes the connection."""
        self.connection.close()

    def sql(self, query: str, **parameters: Any) -> pd.DataFrame:  # noqa: ANN401
        """The rows of one query.

        Args:
            query: in DuckDB's SQL.
            **parameters: values of its `$name`s.

        Raises:
            duckdb.Error: the query fails.
        """
        return self.connection.execute(query, parameters or None).df()

    def indicators(
        self,
        name: str | None = None,
        region: str | None = None,
        period: str | None = None,
        basis: Literal["as_reported", "adjusted"] | None = "as_reported",
    ) -> pd.DataFrame:
        """Indicator values, one row per indicator, region, period, basis and member.

        Args:
            name: only this indicator.
            region: only this one, by code, English or Chinese name.
            period: only this one, by code or year.
            basis: as reported, or adjusted by accepted corrections; None for both.

        Returns:
            `value` with its bounds in `unit`, numerator and denominator, the count of disputed operands, and the
            `reason` where the value is missing.

        Raises:
            FupinError: a name is unknown; names the nearest.
        """
        names = indicator_names(self.connection) if name is None else [find_indicator(self.connection, name)]
        return self.sql(
            f"FROM ({indicator_rows_query(names)}) WHERE ($region IS NULL OR region_code = $region) "
            "AND ($period IS NULL OR period_code = $period) AND ($basis IS NULL OR basis = $basis) "
            "ORDER BY indicator, region_code, period_code, member_code, basis DESC",
            region=None if region is None else find_region(self.connection, region),
            period=None if period is None else find_period(self.connection, period),
            basis=basis,
        )

    def figures(self, report: str | None = None, region: str | None = None, period: str | None = None) -> pd.DataFrame:
        """Every figure of current versions as printed, with its meaning as codes and its place.

        Args:
            report: only this report, by its path below the landing zone.
            region: only this one, by code, English or Chinese name.
            period: only this one, by code or year.

        Returns:
            In reading order; `value` and its bounds are in `unit_code`.

        Raises:
            FupinError: a region or period is unknown; names the nearest.
        """
        return self.sql(
            FIGURES,
            report=report,
            region=None if region is None else find_region(self.connection, region),
            period=None if period is None else find_period(self.connection, period),
        )

    def failures(
        self,
        severity: str | None = None,
        report: str | None = None,
        root_cause: str | None = None,
        since: datetime.datetime | None = None,
        resolved_too: bool = False,
        language: str = "en",
    ) -> pd.DataFrame:
        """What does not add up, as `fupin failures` lists it: the gravest first, times in UTC.

        Args:
            severity: only critical, error, warning or info.
            report: only this report.
            root_cause: only this one, such as `RC1`.
            since: only what is new or changed since then; with a time zone.
            resolved_too: also what no longer fails.
            language: of finding, formula and suggestion, `en` or `zh`.
        """
        import pandas as pd

        found = open_failures(self.connection, severity, report, root_cause, since, resolved_too, language)
        return pd.DataFrame(found, columns=pd.Index(FAILURE_COLUMNS))

    def trace(self, indicator: str, region: str, period: str) -> pd.DataFrame:
        """The figures below an indicator value, one row each, with sentence, place and what was found wrong.

        Args:
            indicator: its name.
            region: code, English or Chinese name.
            period: code or year.

        Returns:
            Operands at `depth` 0, each followed by what it stands on; both bases where there are adjusted values.

        Raises:
            FupinError: a name is unknown, or the indicator has no row there.
        """
        import pandas as pd

        rows = [
            (
                *(one.indicator, one.region_code, one.period_code, one.basis, one.value, one.unit),
                *(figure.operand, figure.relation, figure.depth, figure.printed, figure.value, figure.low, figure.high),
                *(figure.unit, figure.status, figure.report, figure.version, figure.content_hash, figure.place),
                figure.sentence,
                [check.failure_id for check in figure.checks if check.failure_id],
                [correction.correction_id for correction in figure.corrections],
                figure.figure_key,
            )
            for one in trace(self.connection, indicator, region, period)
            for figure in one.figures
        ]
        frame = pd.DataFrame(rows, columns=pd.Index(_TRACE_COLUMNS))
        numbers = ("indicator_value", "value", "value_low", "value_high")
        return frame.astype(dict.fromkeys(numbers, "float64"))


def open_snapshot(path: str | Path | None = None) -> Snapshot:
    """Opens a snapshot for reading.

    Args:
        path: the file; by default the one that `fupin run` publishes.

    Raises:
        SnapshotMissingError: there is none.
        FupinError: it cannot be opened.
    """
    now = settings()
    place = now.snapshot if path is None else Path(path)
    return Snapshot(connect_snapshot(now, place), place)
