"""Values written out by the database itself, which is much quicker than row by row: as CSV, and as rows of a script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.publishing.cells import FORMULA, csv_line
from pipelines.publishing.indicator_rows import COLUMNS
from pipelines.publishing.site.values import PART, quoted

if TYPE_CHECKING:
    import duckdb

# values of one script, each of some 130 bytes
ROWS = 3_000
# how many figures a value rests on, how many of them were looked at, and how many are unsure
_LOOKED = ("figure_count", "reviewed_count", "unsure_count")
_VALUES = f"""
SELECT v.*, {", ".join(f"coalesce(r.{name}, 0) AS {name}" for name in _LOOKED)}
FROM indicator.all_values AS v
LEFT JOIN indicator.reviewed AS r ON v.indicator = r.indicator AND v.region_code = r.region_code
    AND v.period_code = r.period_code AND v.basis = r.basis AND v.member_code = r.member_code
"""
_NUMBERS = frozenset({"value", "value_low", "value_high", "numerator", "denominator"})
_ORDER = "indicator, region_code, member_code, period_code, basis DESC"
_ROWS = f"""
SELECT json_array(
    v.region_code, region.name_en, region.name_zh, regexp_replace(v.period_code, '^Y([0-9]+)$', '\\1'),
    CASE v.member_code WHEN 'none' THEN '' ELSE coalesce(p.name_en, s.name_en, m.name_en, v.member_code) END,
    CASE v.member_code WHEN 'none' THEN '' ELSE coalesce(p.name_zh, s.name_zh, m.name_zh, v.member_code) END,
    CAST(v.value AS DOUBLE), CAST(v.value_low AS DOUBLE), CAST(v.value_high AS DOUBLE), v.unit,
    CAST(v.disputed_count > 0 AS INTEGER), CAST(v.basis = 'adjusted' AS INTEGER)
)
FROM (SELECT *, {PART} AS part FROM indicator.all_values WHERE indicator = {{indicator}} AND value IS NOT NULL) AS v
JOIN core.region AS region ON v.region_code = region.region_code
LEFT JOIN core.program AS p ON v.member_code = p.program_code
LEFT JOIN core.fund_source AS s ON v.member_code = s.source_code
LEFT JOIN core.measure AS m ON v.member_code = m.measure_code
WHERE v.part = {{part}}
ORDER BY v.region_code, v.member_code, v.period_code, v.basis DESC
LIMIT {{rows}} OFFSET {{first}}
"""


def values_csv(connection: duckdb.DuckDBPyConnection, indicator: str = "") -> str:
    """The values of an indicator, or of all with its name first, as `csv_line` would print them.

    Args:
        connection: to the snapshot.
        indicator: its name; empty for all.
    """
    columns = (*(COLUMNS[1:] if indicator else COLUMNS), *_LOOKED)
    where = f"WHERE indicator = {quoted(indicator)}" if indicator else ""
    cells = " || ',' || ".join(map(_cell, columns))
    rows = connection.execute(f"SELECT {cells} FROM ({_VALUES}) {where} ORDER BY {_ORDER}").fetchall()
    return csv_line(columns) + "".join(f"{line}\n" for (line,) in rows)


def values_script(connection: duckdb.DuckDBPyConnection, indicator: str, part: str, number: int) -> str:
    """Values of a part of an indicator as a call of a function of the site, the same for all languages.

    Args:
        connection: to the snapshot.
        indicator: its name.
        part: as `Values.by_indicator` has it.
        number: of the script, from 0; each has `ROWS` values.
    """
    query = _ROWS.format(indicator=quoted(indicator), part=quoted(part), rows=ROWS, first=number * ROWS)
    lines = ",\n".join(line for (line,) in connection.execute(query).fetchall()).replace("<", "\\u003c")
    return f"fupinValues({json.dumps(indicator)},[\n{lines}\n]);\n"


def _cell(column: str) -> str:
    """A column as a cell that no spreadsheet program computes."""
    if column in _NUMBERS:
        return f"coalesce(rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.'), '')"
    if column == "member_code":
        return "CASE member_code WHEN 'none' THEN '' ELSE coalesce(member_code, '') END"
    if column == "disputed_count" or column in _LOOKED:
        return f"coalesce(CAST({column} AS VARCHAR), '')"
    text = f"coalesce({column}, '')"
    guarded = f"CASE WHEN regexp_matches({text}, {quoted('^' + FORMULA.pattern)}) THEN '''' || {text} ELSE {text} END"
    return (
        f"CASE WHEN regexp_matches({text}, '[\",\\r\\n]') THEN '\"' || replace({guarded}, '\"', '\"\"') || '\"' "
        f"ELSE {guarded} END"
    )
