"""The money of regions, read from the wide tables of the snapshot: totals, who gave it, and what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipelines.publishing.site.values import texts

if TYPE_CHECKING:
    import duckdb

# what the wide tables are computed from, as one number that changes with any of it
_MADE = """
SELECT region.region_code, concat(bit_xor(hash(f)), '/', count(c.figure_key))
FROM core.fact_fund AS f
JOIN core.dim_report AS r ON f.report_version_key = r.report_version_key AND r.is_current
JOIN core.dim_region AS region ON f.region_key = region.region_key
LEFT JOIN work.contradicted_figure AS c ON f.figure_key = c.figure_key
GROUP BY region.region_code
"""
_COLUMNS = "region_code, year, stage_code, fund_class, currency, amount, low, high, status, figure_key"
_AMOUNTS = f"""
WITH told AS (
    SELECT 'total' AS kind, '' AS program_code, '' AS source_code, {_COLUMNS}
    FROM out.funds WHERE measure_code = 'funds'
    UNION ALL
    SELECT 'source', '', source_code, {_COLUMNS} FROM out.funds_by_source WHERE measure_code = 'funds'
    UNION ALL
    SELECT 'program', program_code, source_code, {_COLUMNS} FROM out.funds_by_program WHERE measure_code = 'funds'
)
SELECT told.* EXCLUDE (figure_key), coalesce(r.report_id, ''), coalesce(r.version_no, 0), coalesce(f.figure_id, 0)
FROM told
LEFT JOIN core.fact_figure AS f ON told.figure_key = f.figure_key
LEFT JOIN core.dim_report AS r ON f.report_version_key = r.report_version_key
JOIN core.flow_stage AS stage ON told.stage_code = stage.stage_code
WHERE told.region_code IN ({{codes}})
ORDER BY told.region_code, told.year DESC, stage.stage_order DESC, told.kind, told.amount DESC,
    told.program_code, told.source_code, told.fund_class, told.currency
"""


class Amount(NamedTuple):
    """One amount of a region and year; `figure_id` is 0 where it is a sum."""

    kind: Literal["total", "source", "program"]
    program: str
    source: str
    region_code: str
    year: int
    stage: str
    fund_class: str
    currency: str
    amount: Decimal
    low: Decimal
    high: Decimal
    status: str
    report_id: str
    version_no: int
    figure_id: int


class Flow(NamedTuple):
    """The money of a region, year and stage in one currency: its printed total, if any, its sources and its programs.

    A program whose giver is not told may be paid from money that is not fiscal; it stands here all the same, since
    there is no other total beside which it could.
    """

    year: int
    stage: str
    currency: str
    total: Amount | None
    sources: tuple[Amount, ...]
    programs: tuple[Amount, ...]

    @property
    def told(self) -> Decimal:
        """What the bands are measured by: the printed total, or the larger side of what is told."""
        if self.total is not None:
            return self.total.amount
        return max(sum((one.amount for one in side), Decimal(0)) for side in (self.sources, self.programs))

    def unsaid(self, side: Sequence[Amount]) -> Decimal:
        """What a side leaves open of it; 0 where it tells all, or more."""
        return max(self.told - sum((one.amount for one in side), Decimal(0)), Decimal(0))

    def is_beyond(self, side: Sequence[Amount]) -> bool:
        """Whether a side exceeds the printed total by more than rounding."""
        return self.total is not None and sum((one.low for one in side), Decimal(0)) > self.total.high


def money_made(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Region → what changes with its money; only regions of which a current report tells money."""
    return dict(connection.execute(_MADE).fetchall())


def amounts(connection: duckdb.DuckDBPyConnection, codes: Iterable[str]) -> dict[str, list[Amount]]:
    """Region → its amounts, the last year first, of a year the furthest stage first."""
    found: dict[str, list[Amount]] = defaultdict(list)
    for row in connection.execute(_AMOUNTS.format(codes=texts(codes))).fetchall():
        amount = Amount._make(row)
        found[amount.region_code].append(amount)
    return found


def flows(told: Iterable[Amount]) -> list[Flow]:
    """The flows of public money, in the order of the amounts."""
    groups: dict[tuple[int, str, str], list[Amount]] = defaultdict(list)
    for one in told:
        # money of known givers that are not public has totals of its own, and is never added to public money
        if one.fund_class in ("fiscal", "unknown"):
            groups[one.year, one.stage, one.currency].append(one)
    return [
        Flow(
            *key,
            next((one for one in group if one.kind == "total" and one.fund_class == "fiscal"), None),
            tuple(one for one in group if one.kind == "source"),
            tuple(one for one in group if one.kind == "program"),
        )
        for key, group in groups.items()
        if any(one.kind != "total" for one in group)
    ]
