"""The columns that each table of a version must have, declared apart from the code that fills them."""

from __future__ import annotations

_PLACE = ("section", "start", "end", "sheet", "cell", "row_path", "column_path")
_DECISIONS = ("program", "source", "stage", "measure", "beneficiary", "region", "period")
_BOUNDED = ("value", "value_low", "value_high")
_FACT = (
    *("figure_id", "region", "period", "program", "measure", "scope"),
    *("rollup_role", "breakdown_axis", "parent_figure_id", "is_additive_leaf", "qualifier", "sureness"),
)
TABLES: dict[str, tuple[str, ...]] = {
    "figures": (
        *("figure_id", *_PLACE, "sentence", "text", "value_stated", "scale", "value", "unit", "qualifier"),
        *("low", "high", "open_low", "open_high", "role", "subject", "parent", "link", "axis", "exhaustive", "status"),
        *_DECISIONS,
        *(f"{name}_how" for name in _DECISIONS),
        *(f"{name}_text" for name in _DECISIONS),
        *("sureness", "scope", "item", "region_group", "group_declared", "group_listed", "decided_by"),
    ),
    "non_figures": (*_PLACE, "sentence", "text", "reason", "why"),
    "funds": (
        *(*_FACT, "source", "stage", "flow", "amount", "amount_low", "amount_high", "currency"),
        *("amount_cny", "amount_low_cny", "amount_high_cny"),
    ),
    "results": (*_FACT, "beneficiary", "unit", "flow", *_BOUNDED),
    "targets": (*_FACT, "beneficiary", "source", "unit", "kind", *_BOUNDED, "actual_figure_id", "is_previous"),
    "claims": (
        *("figure_id", "kind", "region", "period", "program", "measure", "source", "unit"),
        *(*_BOUNDED, "subject_figure_id", "base_figure_id", "sureness"),
    ),
    "compositions": ("parent_figure_id", "child_figure_id", "axis", "kind", "is_exhaustive"),
    "checks": (
        *("check_id", "rule", "severity", "verdict", "operands", "formula", "unit", "computed_low", "computed_high"),
        *(
            "stated_low",
            "stated_high",
            "message",
            "identity",
            "assumption",
            "suggestion",
            "root_cause",
            "suspects",
            "outcome",
            "said",
        ),
    ),
    "conservation": ("numbers_found", "numbers_accounted", "figures", "facts", "unread", "region", "period"),
}


# what every indicator must have; one that tells more may have more columns
INDICATOR = (
    *("indicator", "region_code", "region_name_en", "region_name_zh", "period_code", "unit", *_BOUNDED, "numerator"),
    *("denominator", "disputed_count", "numerator_figure_key", "denominator_figure_key", "basis", "reason"),
)


def columns(table: str) -> list[str]:
    """Column names of a table, with the report that each row carries."""
    return ["report_id", *TABLES[table]]
