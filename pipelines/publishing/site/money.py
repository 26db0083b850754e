"""The money of regions, as the wide tables choose it: printed totals, who gave it, and what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipelines.publishing.site.values import CONTRADICTED
from pipelines.warehouse.literals import texts

if TYPE_CHECKING:
    import duckdb

# what the wide tables are computed from, as one number that changes with any of it
_MADE = f"""
SELECT region.region_code, concat(bit_xor(hash(f)), '/', count(c.figure_key))
FROM core.fact_fund AS f
JOIN core.dim_report AS r ON f.report_version_key = r.report_version_key AND r.is_current
JOIN core.dim_region AS region ON f.region_key = region.region_key
LEFT JOIN {CONTRADICTED} AS c ON f.figure_key = c.figure_key
GROUP BY region.region_code
"""
# the choice that the wide tables of `out` are made of, looked at once: each question would look at it anew
_KEPT = "temp.shown_money"
_KEEP = f"""
CREATE OR REPLACE TEMP TABLE {_KEPT} AS
WITH told AS (
    -- the whole of all givers together is a giver as well
    SELECT *, unnest([
        CASE WHEN in_funds THEN 'total' END,
        CASE WHEN in_funds_by_source THEN 'source' END,
        CASE WHEN in_funds_by_program THEN 'program' END
    ]) AS kind
    FROM work.fund_choice
    WHERE measure_code = 'funds'
)
SELECT
    told.kind, CASE told.kind WHEN 'program' THEN told.program_code ELSE '' END AS program_code,
    CASE told.kind WHEN 'total' THEN '' ELSE told.source_code END AS source_code, told.region_code, told.year,
    told.stage_code, told.fund_class, told.unit_code, told.value, told.value_low, told.value_high,
    CASE WHEN told.is_contradicted THEN 'disputed' ELSE told.status END AS status, r.report_id, r.version_no,
    f.figure_id
FROM told
JOIN core.fact_figure AS f ON told.figure_key = f.figure_key
JOIN core.dim_report AS r ON f.report_version_key = r.report_version_key
JOIN core.flow_stage AS stage ON told.stage_code = stage.stage_code
WHERE told.kind IS NOT NULL
ORDER BY
    told.region_code, told.year DESC, stage.stage_order DESC, told.kind, told.value DESC, told.program_code,
    told.source_code, told.fund_class, told.unit_code
"""


class Amount(NamedTuple):
    """One amount of a region and year, and the figure that tells it."""

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


class Money:
    """The money of all regions of which a current report tells any.

    Attributes:
        made: region → what changes with its money.

    Args:
        connection: to the snapshot.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.made: dict[str, str] = dict(connection.execute(_MADE).fetchall())
        self._connection = connection
        self._read: dict[str, list[Amount]] = {}

    def amounts(self, codes: Iterable[str]) -> dict[str, list[Amount]]:
        """Region → its amounts, the last year first; each is read once."""
        wanted = list(codes)
        if missing := [code for code in wanted if code not in self._read and code in self.made]:
            if not self._read:
                self._connection.execute(_KEEP)
            query = f"FROM {_KEPT} WHERE region_code IN ({texts(missing)}) ORDER BY rowid"
            self._read |= {code: [] for code in missing}
            for row in self._connection.execute(query).fetchall():
                amount = Amount._make(row)
                self._read[amount.region_code].append(amount)
        return {code: self._read.get(code, []) for code in wanted}


def flows(told: Iterable[Amount]) -> list[Flow]:
    """The flows of public money, the last year first; of a year printed totals first, then the largest."""
    groups: dict[tuple[int, str, str], list[Amount]] = defaultdict(list)
    for one in told:
        # money of known givers that are not public has totals of its own, and is never added to public money
        if one.fund_class in ("fiscal", "unknown"):
            groups[one.year, one.stage, one.currency].append(one)
    found = [
        Flow(
            *key,
            next((one for one in group if one.kind == "total" and one.fund_class == "fiscal"), None),
            tuple(one for one in group if one.kind == "source"),
            tuple(one for one in group if one.kind == "program"),
        )
        for key, group in groups.items()
        if any(one.kind != "total" for one in group)
    ]
    return sorted(found, key=lambda flow: (-flow.year, flow.total is None, -flow.told))
