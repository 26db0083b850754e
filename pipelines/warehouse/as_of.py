"""Twins of all views and indicators that depend on which versions count: the same statement as of an earlier load.

`core.current_figure` has `core.current_figure_as_of(load_time)`, the indicator `total_growth` has
`indicator.total_growth_as_of(load_time)`. Nothing is written twice: a twin is the statement of its view, in which the
two tables that change with time, and the views that stand on them, are replaced by their own twins. Vocabulary and
formulas are those of today.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter

from pipelines.patterns import regex

PARAMETER = "load_time"
# what was known then: versions loaded by then, the one that counted, and the values accepted at that time
_TABLES = {
    "core.dim_report": """
SELECT report.* EXCLUDE (is_current, report_status, retracted_at, retracted_by, retraction_reason),
    span.report_version_key IS NOT NULL AS is_current
FROM core.dim_report AS report
LEFT JOIN core.version_span AS span
    ON report.report_version_key = span.report_version_key
    AND span.valid_from <= load_time AND coalesce(load_time < span.valid_to, TRUE)
WHERE EXISTS (
    SELECT 1 FROM core.version_event AS event
    WHERE event.report_version_key = report.report_version_key
        AND event.log_kind = 'loaded' AND event.logged_at <= load_time
)""",
    "core.correction": """
SELECT report_version_key, figure_key, proposed_value, proposed_low, proposed_high, 'accepted' AS status
FROM core.correction_span
WHERE valid_from <= load_time AND coalesce(load_time < valid_to, TRUE)""",
}
_COMMENT = regex(r"--[^\n]*")
_VIEW = regex(r"\s*CREATE OR REPLACE VIEW (\S+) AS\s+(.*)", re.DOTALL)
_NAME = regex(r"\b(core|indicator|work|out)\.(\w+)\b(?!\s*\()")


def view_select(sql: str) -> tuple[str, str] | None:
    """The qualified name and the query of a `CREATE VIEW`; None for another statement."""
    match = _VIEW.fullmatch(_COMMENT.sub("", sql))
    return (match[1], match[2]) if match else None


def twins(queries: Mapping[str, str]) -> dict[str, str]:
    """The statements that create the twins, each after those it reads.

    Args:
        queries: qualified name of a view or indicator → its `SELECT`.

    Returns:
        Qualified name of the view, indicator or table → `CREATE MACRO` of its twin.
    """
    texts = {name: _COMMENT.sub("", sql) for name, sql in queries.items()}
    below = {name: {".".join(found) for found in _NAME.findall(text)} for name, text in texts.items()}
    known = {name: below[name] & texts.keys() for name in texts}
    dated = set(_TABLES)
    made = {name: _macro(name, text) for name, text in _TABLES.items()}
    for name in TopologicalSorter(known).static_order():
        if below[name] & dated:
            dated.add(name)
            made[name] = _macro(name, _NAME.sub(lambda found: _twin(found[0], dated), texts[name]))
    return made


def _twin(name: str, dated: set[str]) -> str:
    return f"{name}_as_of({PARAMETER})" if name in dated else name


def _macro(name: str, query: str) -> str:
    return f"CREATE OR REPLACE MACRO {name}_as_of({PARAMETER}) AS TABLE {query.strip()}"
