"""One report version as rows of the fact tables: codes become keys, unresolved ones keep their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial

from pipelines.catalog.sentences import kept
from pipelines.columns import Same, mapped
from pipelines.review.doubts import unsureness
from pipelines.versions.tables import DECISIONS, Columns
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.dimensions import program_key, region_key
from pipelines.warehouse.keys import code_key, key

_RENAMED = {
    "start": "start_offset",
    "end": "end_offset",
    "text": "printed_text",
    "low": "value_low",
    "high": "value_high",
    "open_low": "is_low_open",
    "open_high": "is_high_open",
    "exhaustive": "is_exhaustive",
}
# codes of these mean what they meant in the figure's period
_KEYED_BY_TIME = {"region": region_key, "program": program_key}
_DIMENSIONS = (*(name for name in DECISIONS if name not in _KEYED_BY_TIME), "unit")


def version_key(version: ReportVersion) -> int:
    """The key of a report version, from the report's id and its content."""
    return key("report", version.document.report_id, version.document.content_hash)


def fact_columns(version: ReportVersion, found: Mapping[str, Columns]) -> dict[str, Columns]:
    """All fact tables of a version by column, by table name below `core`.

    Args:
        version: to be loaded.
        found: its tables.
    """
    owner = version_key(version)

    @cache
    def figure_key(figure_id: int) -> int:
        return key(owner, figure_id)

    def check_key(check_id: int) -> int:
        return key(owner, "check", check_id)

    figures = _keyed(found["figures"], figure_key)
    figures["unit_code"] = found["figures"]["unit"]
    figures["parent_figure_key"] = _pointers(figures.pop("parent"), figure_key)
    numbers = {name: values for name, values in found["non_figures"].items() if name not in ("row_path", "column_path")}
    ordinals = range(1, len(version.reading.non_figures) + 1)
    facts: dict[str, Columns] = {
        "fact_figure": figures | {"figure_id": found["figures"]["figure_id"], "unsure": unsureness(version)},
        "fact_number": {_RENAMED.get(name, name): values for name, values in numbers.items()}
        | {"number_key": [key(owner, "number", number) for number in ordinals], "number_no": ordinals},
        "fact_fund": _keyed(found["funds"], figure_key),
        "fact_result": _keyed(found["results"], figure_key),
        "fact_target": _renamed(_keyed(found["targets"], figure_key), kind="target_kind"),
        "fact_claim": _renamed(_keyed(found["claims"], figure_key), kind="claim_kind"),
        "fact_check": _checks(version, found["checks"], figure_key, check_key),
        "fact_proposal": {
            "figure_key": [figure_key(proposal.figure_id) for proposal in version.proposals],
            "proposed_value": [proposal.value for proposal in version.proposals],
            "proposed_low": [proposal.low for proposal in version.proposals],
            "proposed_high": [proposal.high for proposal in version.proposals],
            "reason": [proposal.reason.told() for proposal in version.proposals],
            "said": [kept(reason=proposal.reason) for proposal in version.proposals],
            "supporting_check_keys": [
                [check_key(check_id) for check_id in proposal.supporting_checks] for proposal in version.proposals
            ],
        },
        "fact_review": {
            "figure_key": [figure_key(one.figure_id) for one in version.reviewed],
            "reviewed_by": [one.by for one in version.reviewed],
            "reviewed_at": [one.at for one in version.reviewed],
        },
        "bridge_composition": _renamed(_keyed(found["compositions"], figure_key), kind="composition_kind"),
    }
    for columns in facts.values():
        columns["report_version_key"] = Same(owner, len(next(iter(columns.values()))))
    return facts


def _keyed(columns: Columns, figure_key: Callable[[int], int]) -> Columns:
    """Columns with the codes of dimensions and the ids of figures as keys."""
    result: Columns = {}
    for name, values in columns.items():
        if name in _DIMENSIONS:
            result[f"{name}_key"] = mapped(partial(code_key, name), values)
        elif name in _KEYED_BY_TIME:
            result[f"{name}_key"] = mapped(_KEYED_BY_TIME[name], values, columns["period"])
        elif name.endswith("figure_id"):
            result[name.replace("figure_id", "figure_key")] = _pointers(values, figure_key)
        else:
            result[_RENAMED.get(name, name)] = values
    return result


def _pointers(ids: Iterable[int | None], figure_key: Callable[[int], int]) -> list[int | None]:
    return [None if figure_id is None else figure_key(figure_id) for figure_id in ids]


def _renamed(columns: Columns, **names: str) -> Columns:
    return {names.get(name, name): values for name, values in columns.items()}


def _checks(
    version: ReportVersion, checks: Columns, figure_key: Callable[[int], int], check_key: Callable[[int], int]
) -> Columns:
    kept = {name: values for name, values in checks.items() if name not in ("rule", "unit", "operands", "suspects")}
    rules = {rule: key("rule", rule) for rule in set(checks["rule"])}
    return kept | {
        "check_key": [check_key(check_id) for check_id in checks["check_id"]],
        "rule_key": [rules[rule] for rule in checks["rule"]],
        "unit_code": checks["unit"],
        "region_code": [version.identity.region.code] * len(version.checks),
        "operand_figure_keys": [list(map(figure_key, ids)) for ids in checks["operands"]],
        "suspect_figure_keys": [list(map(figure_key, ids)) for ids in checks["suspects"]],
    }
