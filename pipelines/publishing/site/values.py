"""The values of the indicators, read from the snapshot when a page asks for them, with what tells whether it has to.

Most builds follow one report: what is told of each indicator and region in one statement decides which pages are made
anew, and only theirs are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipelines.catalog.indicators import indicators
from pipelines.publishing.indicator_rows import COLUMNS, indicator_rows_query
from pipelines.warehouse.lineage import LOOKED_AT, REVIEWED_OF
from pipelines.warehouse.literals import quoted, texts

if TYPE_CHECKING:
    import duckdb

# how many figures a value rests on, how many of them were looked at, and how many are unsure
LOOKED = ("figure_count", "reviewed_count", "unsure_count")
SHOWN = (*COLUMNS, *LOOKED)
_ORDER = "ORDER BY indicator, region_code, member_code, period_code, basis DESC"
# all values, what they rest on, and the figures that reports contradict each other in, looked at once: each statement
# about the views would plan and read them anew
KEPT, CONTRADICTED, _KEPT_BELOW = "temp.shown_value", "temp.shown_contradicted", "temp.shown_below"
_OF_VALUE = "indicator, region_code, period_code, basis, member_code"
_KEEP_CONTRADICTED = f"CREATE OR REPLACE TEMP TABLE {CONTRADICTED} AS FROM work.contradicted_figure"
_KEEP_BELOW = f"""
CREATE OR REPLACE TEMP TABLE {_KEPT_BELOW} AS
{LOOKED_AT.format(below="indicator.lineage", contradicted=CONTRADICTED)}
"""
_KEEP = f"""
CREATE OR REPLACE TEMP TABLE {KEPT} AS
SELECT v.*, {", ".join(f"coalesce(r.{name}, 0) AS {name}" for name in LOOKED)}
FROM ({{rows}}) AS v
LEFT JOIN ({REVIEWED_OF.format(named=_OF_VALUE, looked_at=_KEPT_BELOW)}) AS r
    ON v.indicator = r.indicator AND v.region_code = r.region_code
    AND v.period_code = r.period_code AND v.basis = r.basis
    AND coalesce(nullif(v.member_code, ''), 'none') = r.member_code
"""
_BELOW = """
SELECT l.indicator, l.region_code, l.period_code,
    CASE l.member_code WHEN 'none' THEN '' ELSE l.member_code END, l.basis, l.operand,
    f.printed_text AS text, f.figure_id, r.report_id, r.version_no, r.language
FROM (FROM temp.shown_below WHERE {condition}) AS l
JOIN core.fact_figure AS f USING (figure_key)
JOIN core.dim_report AS r USING (report_version_key)
ORDER BY l.indicator, l.region_code, l.period_code, l.member_code, l.basis, l.operand DESC, r.report_id, r.version_no,
    f.figure_id
"""
# the part of an indicator that is about provinces and countries
TOP = "top"
# provinces and countries, and below them what lies in one province: the first two digits of a code; as `_part`
PART = f"CASE WHEN region_code LIKE '__0000' OR length(region_code) <> 6 THEN '{TOP}' ELSE left(region_code, 2) END"
# what there is, with one number that changes with any of it
_MADE = """
SELECT v.indicator, v.region_code, v.made, v.shown, v.rows, v.count, v.disputed, coalesce(b.made, 0)
FROM (
    SELECT indicator, region_code, bit_xor(hash({columns})) AS made,
        bit_xor(CASE WHEN is_shown THEN hash({columns}) ELSE 0 END) AS shown,
        count(*) AS rows,
        count(*) FILTER (basis = 'as_reported' AND value IS NOT NULL) AS count,
        count(*) FILTER (basis = 'as_reported' AND value IS NOT NULL AND disputed_count > 0) AS disputed
    FROM (
        -- what is shown of a region: the last value of an indicator, and what is missing since
        SELECT *, period_code >= coalesce(max(period_code) FILTER (basis = 'as_reported' AND value IS NOT NULL) OVER (
            PARTITION BY indicator, region_code, member_code
        ), '') AS is_shown
        FROM ({rows})
    )
    GROUP BY indicator, region_code
) AS v
LEFT JOIN (
    SELECT indicator, region_code, bit_xor(hash(period_code, basis, member_code, operand, figure_key)) AS made
    FROM temp.shown_below GROUP BY indicator, region_code
) AS b ON v.indicator = b.indicator AND v.region_code = b.region_code
ORDER BY v.indicator, v.region_code
"""
_HEADLINES = """
SELECT DISTINCT region_code, indicator, period_code FROM ({rows})
WHERE indicator IN ({names}) AND basis = 'as_reported' AND value IS NOT NULL
    AND regexp_matches(period_code, '^Y[0-9]{{4}}$')
"""
_LATEST = """
SELECT * FROM ({rows}) WHERE basis = 'as_reported' AND value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY period_code DESC, region_code DESC, member_code) = 1
"""


class Value(NamedTuple):
    """One value of an indicator; `member` is what it is about beyond region and period, else empty."""

    indicator: str
    region_code: str
    region_name_en: str
    region_name_zh: str
    period_code: str
    member: str
    member_name_en: str | None
    member_name_zh: str | None
    basis: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    disputed: int
    reason: str | None
    figures: int
    reviewed: int
    unsure: int

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What it is the value of."""
        return self.indicator, self.region_code, self.period_code, self.member, self.basis


class Below(NamedTuple):
    """One figure that a value rests on."""

    indicator: str
    region_code: str
    period_code: str
    member: str
    basis: str
    operand: str
    text: str
    figure_id: int
    report_id: str
    version_no: int
    language: str


class Looked(NamedTuple):
    """How many figures values rest on, and how many of them are reviewed, unsure and disputed."""

    figures: int
    reviewed: int
    unsure: int
    disputed: int


class Extent(NamedTuple):
    """How much there is of something; `made` changes with any of its values and what they rest on.

    `shown` changes with the last value of each indicator only, and what is missing since; `rows` are values with those
    that are missing and those as adjusted.
    """

    made: int
    shown: int
    rows: int
    values: int
    disputed: int
    regions: int

    def __add__(self, other: object) -> Extent:
        """Both together."""
        if not isinstance(other, Extent):
            return NotImplemented
        counts = (one + another for one, another in zip(self[2:], other[2:], strict=True))
        return Extent(self.made ^ other.made, self.shown ^ other.shown, *counts)


_NOTHING, NOT_LOOKED = Extent(0, 0, 0, 0, 0, 0), Looked(0, 0, 0, 0)
_DIGITS = 6
Belows = dict[tuple[str, str, str, str, str], list[Below]]


class Values:
    """All values of all indicators.

    Args:
        connection: to the snapshot.
        names: of the indicators.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        self._connection, self._names, self._rows = connection, names, f"FROM {KEPT}"
        for statement in (_KEEP_CONTRADICTED, _KEEP_BELOW, _KEEP.format(rows=indicator_rows_query(names))):
            connection.execute(statement)
        self._of: dict[tuple[str, str], list[Value]] = {}

    @cached_property
    def by_indicator(self) -> dict[str, dict[str, Extent]]:
        """Indicator → part (`top`, or the province of those below it) → how much there is."""
        found: dict[str, dict[str, Extent]] = {name: {} for name in self._names}
        for indicator, region, extent in self._extents:
            parts, part = found[indicator], _part(region)
            parts[part] = parts.get(part, _NOTHING) + extent
        return found

    @cached_property
    def by_region(self) -> dict[str, Extent]:
        """Region → how much there is of it."""
        found: dict[str, Extent] = {}
        for _, region, extent in self._extents:
            found[region] = found.get(region, _NOTHING) + extent
        return found

    @cached_property
    def headlines(self) -> dict[str, list[tuple[str, str]]]:
        """Region → headline indicator and year of each of its values, as reported."""
        names = texts(one.code for one in indicators().values() if one.headline)
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for region, *value in self._connection.execute(_HEADLINES.format(rows=self._rows, names=names)).fetchall():
            found[region].append((value[0], value[1]))
        return found

    @cached_property
    def compared(self) -> dict[str, int]:
        """Region → one number that changes with any value that is shown beside other regions."""
        headline = {one.code for one in indicators().values() if one.headline}
        found: dict[str, int] = defaultdict(int)
        for indicator, region, extent in self._extents:
            if indicator in headline:
                found[region] ^= extent.made
        return found

    @cached_property
    def latest(self) -> dict[str, Value]:
        """Indicator → its value as reported for the last period."""
        return {value.indicator: value for value in self._values(_LATEST.format(rows=self._rows))}

    @cached_property
    def looked_at(self) -> dict[str, Looked]:
        """Indicator → how many figures its values rest on, and what of them is reviewed."""
        return self._looked("")

    @cached_property
    def looked_at_top(self) -> dict[str, Looked]:
        """The same for its values of provinces and countries."""
        return self._looked(f" WHERE {PART} = '{TOP}'")

    def of_indicator(self, name: str, part: str) -> list[Value]:
        """The values of a part of an indicator, by region, member and period."""
        self.read([(name, part)])
        return self._of[name, part]

    def whole(self, name: str) -> list[Value]:
        """All values of an indicator, by region, member and period."""
        parts = self.by_indicator[name]
        self.read((name, part) for part in parts)
        found = (value for part in parts for value in self._of[name, part])
        return sorted(found, key=lambda value: value.region_code)

    def read(self, parts: Iterable[tuple[str, str]]) -> None:
        """Reads parts of indicators in one statement, so that they are at hand."""
        missing = [one for one in parts if one not in self._of]
        if not missing:
            return
        self._of |= {one: [] for one in missing}
        for value in self._values(f"FROM ({self._rows}) WHERE (indicator, {PART}) IN ({_pairs(missing)}) {_ORDER}"):
            self._of[value.indicator, _part(value.region_code)].append(value)

    def of_regions(self, codes: Iterable[str]) -> dict[str, list[Value]]:
        """Region → its values, by indicator, member and period."""
        found: dict[str, list[Value]] = {code: [] for code in codes}
        if found:
            for value in self._values(f"FROM ({self._rows}) WHERE region_code IN ({texts(found)}) {_ORDER}"):
                found[value.region_code].append(value)
        return found

    def below(self, parts: Iterable[tuple[str, str]]) -> Belows:
        """What each value of some parts of indicators rests on."""
        listed = _pairs(parts)
        return self._below(f"(indicator, {PART}) IN ({listed})") if listed else {}

    def below_regions(self, codes: Iterable[str]) -> Belows:
        """What each value of some regions rests on."""
        return self._below(f"region_code IN ({texts(codes)})")

    def _looked(self, condition: str) -> dict[str, Looked]:
        query = REVIEWED_OF.format(named="indicator", looked_at=_KEPT_BELOW + condition)
        return {name: Looked(*counts) for name, *counts in self._connection.execute(query).fetchall()}

    def _values(self, query: str) -> list[Value]:
        return [Value._make(row) for row in self._connection.execute(query).fetchall()]

    def _below(self, condition: str) -> Belows:
        found = defaultdict(list)
        for row in self._connection.execute(_BELOW.format(condition=condition)).fetchall():
            one = Below._make(row)
            found[one[:5]].append(one)
        return dict(found)

    @cached_property
    def _extents(self) -> list[tuple[str, str, Extent]]:
        query = _MADE.format(columns=", ".join(SHOWN), rows=self._rows)
        return [
            (indicator, region, Extent._make((made ^ below, shown ^ below, *counts, 1)))
            for indicator, region, made, shown, *counts, below in self._connection.execute(query).fetchall()
        ]


def _part(region: str) -> str:
    return TOP if len(region) != _DIGITS or region.endswith("0000") else region[:2]


def _pairs(parts: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"({quoted(name)}, {quoted(part)})" for name, part in parts)
