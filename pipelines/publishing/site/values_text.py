"""Values written out by the database itself, which is much quicker than row by row: as CSV, and as rows of a script."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

from pipelines.catalog.bilingual import LANGUAGES
from pipelines.publishing.cells import FORMULA, csv_line
from pipelines.publishing.site import numbers
from pipelines.publishing.site.lists import safe
from pipelines.publishing.site.values import KEPT, LOOKED, PART, SHOWN
from pipelines.warehouse.literals import quoted, texts

if TYPE_CHECKING:
    import duckdb

# values that are written out by one statement
AT_ONCE = 100_000
# values of one script, each of some 130 bytes
ROWS = 3_000
_NUMBERS = frozenset({"value", "value_low", "value_high", "numerator", "denominator"})
_ORDER = "indicator, region_code, member_code, period_code, basis DESC"
_ROWS = f"""
SELECT v.indicator, v.part, v.unit, json_array(
    v.region_code, region.name_en, region.name_zh, regexp_replace(v.period_code, '^Y([0-9]+)$', '\\1'),
    coalesce(p.name_en, s.name_en, m.name_en, v.member_code),
    coalesce(p.name_zh, s.name_zh, m.name_zh, v.member_code),
    CAST(v.value AS DOUBLE), CAST(v.value_low AS DOUBLE), CAST(v.value_high AS DOUBLE), v.unit,
    CAST(v.disputed_count > 0 AS INTEGER), CAST(v.basis = 'adjusted' AS INTEGER)
)
FROM (SELECT *, {PART} AS part FROM {KEPT} WHERE value IS NOT NULL) AS v
JOIN core.region AS region ON v.region_code = region.region_code
LEFT JOIN core.program AS p ON v.member_code = p.program_code
LEFT JOIN core.fund_source AS s ON v.member_code = s.source_code
LEFT JOIN core.measure AS m ON v.member_code = m.measure_code
WHERE (v.indicator, v.part) IN ({{parts}})
ORDER BY v.indicator, v.part, v.region_code, v.member_code, v.period_code, v.basis DESC
"""

# the columns of the tables of an indicator, and of a region
COLUMNS_OF = {"indicator": SHOWN[1:], "region_code": SHOWN}

_One = TypeVar("_One")


def in_groups(found: Iterable[_One], most: int, size: Callable[[_One], int]) -> Iterator[list[_One]]:
    """What is written out together: as many as it is worth, as few as memory asks for."""
    group: list[_One] = []
    values = 0
    for one in found:
        if group and values + size(one) > most:
            yield group
            group, values = [], 0
        group.append(one)
        values += size(one)
    if group:
        yield group


def all_csv(connection: duckdb.DuckDBPyConnection) -> str:
    """The values of all indicators, as `csv_line` would print them."""
    rows = connection.execute(f"SELECT {_line(SHOWN)} FROM {KEPT} ORDER BY {_ORDER}").fetchall()
    return csv_line(SHOWN) + "".join(f"{line}\n" for (line,) in rows)


def values_csv(
    connection: duckdb.DuckDBPyConnection, of: Literal["indicator", "region_code"], codes: Sequence[str]
) -> dict[str, str]:
    """Indicator or region → its values, as `csv_line` would print them; of several in one statement.

    Args:
        connection: to the snapshot.
        of: what the tables are of. Those of an indicator leave its name out.
        codes: the indicators or regions.
    """
    columns = COLUMNS_OF[of]
    query = f"SELECT {of}, {_line(columns)} FROM {KEPT} WHERE {of} IN ({texts(codes)}) ORDER BY {_ORDER}"
    found: dict[str, list[str]] = {code: [csv_line(columns)] for code in codes}
    for code, line in connection.execute(query).fetchall():
        found[code].append(f"{line}\n")
    return {code: "".join(lines) for code, lines in found.items()}


def values_scripts(
    connection: duckdb.DuckDBPyConnection, parts: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], list[str]]:
    """Indicator and part → its values as calls of a function of the site, the same for all languages.

    Args:
        connection: to the snapshot.
        parts: indicator with a part as `Values.by_indicator` has it → how many scripts; at least one. Each has `ROWS`
            values, the last one those that are left.
    """
    listed = ", ".join(f"({quoted(indicator)}, {quoted(part)})" for indicator, part in parts)
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    units: dict[str, set[str]] = defaultdict(set)
    for indicator, part, unit, line in connection.execute(_ROWS.format(parts=listed)).fetchall():
        rows[indicator, part].append(line)
        units[indicator].add(unit)
    found = {}
    for one, count in parts.items():
        signs = {unit: [numbers.sign(unit, language) for language in LANGUAGES] for unit in sorted(units[one[0]])}
        cut = (rows[one][n * ROWS : (n + 1) * ROWS if n < count - 1 else None] for n in range(count))
        found[one] = [_script(one[0], lines, signs) for lines in cut]
    return found


def _script(indicator: str, rows: Sequence[str], signs: Mapping[str, Sequence[str]]) -> str:
    lines = safe(",\n".join(rows))
    return f"fupinValues({json.dumps(indicator)},[\n{lines}\n],{json.dumps(signs, ensure_ascii=False)});\n"


def _line(columns: Sequence[str]) -> str:
    # joined one after the other they would be copied again and again
    return f"concat_ws(',', {', '.join(map(_cell, columns))})"


def _cell(column: str) -> str:
    """A column as a cell that no spreadsheet program computes."""
    if column in _NUMBERS:
        return f"coalesce(rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.'), '')"
    if column == "disputed_count" or column in LOOKED:
        return f"coalesce(CAST({column} AS VARCHAR), '')"
    text = f"coalesce({column}, '')"
    if column.endswith("_code"):
        return text
    guarded = f"CASE WHEN regexp_matches({text}, {quoted('^' + FORMULA.pattern)}) THEN '''' || {text} ELSE {text} END"
    return (
        f"CASE WHEN regexp_matches({text}, '[\",\\r\\n]') THEN '\"' || replace({guarded}, '\"', '\"\"') || '\"' "
        f"ELSE {guarded} END"
    )
