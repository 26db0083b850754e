"""One report version as rows of the fact tables: codes become keys, unresolved ones keep their text."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pipelines.frames import figure_rows, non_figure_rows
from pipelines.meaning.facts import Claim, FundFact, ResultFact, TargetFact
from pipelines.report import ReportVersion
from pipelines.warehouse.dimensions import program_key, region_key
from pipelines.warehouse.keys import code_key, key
from pipelines.warehouse.rows import Row

_RENAMED = {
    "start": "start_offset",
    "end": "end_offset",
    "text": "printed_text",
    "low": "value_low",
    "high": "value_high",
    "open_low": "is_low_open",
    "open_high": "is_high_open",
    "exhaustive": "is_exhaustive",
    "kind": "target_kind",
}
_DIMENSIONS = ("program", "source", "stage", "measure", "beneficiary", "period")


def version_key(version: ReportVersion) -> int:
    """The key of a report version, from the report's id and its content."""
    return key("report", version.document.report_id, version.document.content_hash)


def fact_rows(version: ReportVersion) -> dict[str, list[Row]]:
    """Rows of all fact tables of a version, by table name below `core`."""
    owner = version_key(version)
    return {
        "fact_figure": [_figure(row, owner) for row in figure_rows(version)],
        "fact_number": [_number(row, owner, number) for number, row in enumerate(non_figure_rows(version), 1)],
        "fact_fund": [_fact(fact, owner) for fact in version.facts.funds],
        "fact_result": [_fact(fact, owner) for fact in version.facts.results],
        "fact_target": [_fact(fact, owner) for fact in version.facts.targets],
        "fact_claim": [_claim(fact, owner) for fact in version.facts.claims],
        "fact_check": _checks(version, owner),
        "fact_proposal": [
            {
                "figure_key": key(owner, proposal.figure_id),
                "report_version_key": owner,
                "proposed_value": proposal.value,
                "proposed_low": proposal.low,
                "proposed_high": proposal.high,
                "reason": proposal.reason,
                "supporting_check_keys": [key(owner, "check", check_id) for check_id in proposal.supporting_checks],
            }
            for proposal in version.proposals
        ],
        "bridge_composition": [
            {
                "report_version_key": owner,
                "parent_figure_key": key(owner, composition.parent_figure_id),
                "child_figure_key": key(owner, composition.child_figure_id),
                "axis": composition.axis,
                "composition_kind": composition.kind,
                "is_exhaustive": composition.is_exhaustive,
            }
            for composition in version.facts.compositions
        ],
    }


def _pointer(owner: int, figure_id: int | None) -> int | None:
    return None if figure_id is None else key(owner, figure_id)


def _figure(row: dict[str, Any], owner: int) -> Row:
    result: Row = {"figure_key": key(owner, row["figure_id"]), "report_version_key": owner}
    for name, value in row.items():
        if name in (*_DIMENSIONS, "region", "parent", "unit"):
            continue
        result[_RENAMED.get(name, name)] = value
    result |= {f"{name}_key": code_key(name, row[name]) for name in _DIMENSIONS}
    result["program_key"] = program_key(row["program"], row["period"])
    result["region_key"] = region_key(row["region"], row["period"])
    result["unit_key"], result["unit_code"] = code_key("unit", row["unit"]), row["unit"]
    result["parent_figure_key"] = _pointer(owner, row["parent"])
    return result


def _number(row: dict[str, Any], owner: int, number: int) -> Row:
    kept = {_RENAMED.get(name, name): value for name, value in row.items() if name not in ("row_path", "column_path")}
    return {"number_key": key(owner, "number", number), "report_version_key": owner, "number_no": number} | kept


def _fact(fact: FundFact | ResultFact | TargetFact, owner: int) -> Row:
    result: Row = {"figure_key": key(owner, fact.figure_id), "report_version_key": owner}
    for name in (field.name for field in fields(fact)):
        value = getattr(fact, name)
        if name == "figure_id":
            continue
        if name == "region":
            result["region_key"] = region_key(fact.region, fact.period)
        elif name == "program":
            result["program_key"] = program_key(fact.program, fact.period)
        elif name in (*_DIMENSIONS, "unit"):
            result[f"{name}_key"] = code_key(name, value)
        elif name.endswith("_figure_id"):
            result[name.replace("_figure_id", "_figure_key")] = _pointer(owner, value)
        else:
            result[_RENAMED.get(name, name)] = value
    return result


def _claim(claim: Claim, owner: int) -> Row:
    return {
        "figure_key": key(owner, claim.figure_id),
        "report_version_key": owner,
        "claim_kind": claim.kind,
        "region_key": region_key(claim.region, claim.period),
        "period_key": code_key("period", claim.period),
        "program_key": program_key(claim.program, claim.period),
        "measure_key": code_key("measure", claim.measure),
        "source_key": code_key("source", claim.source),
        "unit_key": code_key("unit", claim.unit),
        "value": claim.value,
        "value_low": claim.value_low,
        "value_high": claim.value_high,
        "subject_figure_key": _pointer(owner, claim.subject_figure_id),
        "base_figure_key": _pointer(owner, claim.base_figure_id),
    }


def _checks(version: ReportVersion, owner: int) -> list[Row]:
    return [
        {
            "check_key": key(owner, "check", check.check_id),
            "report_version_key": owner,
            "check_id": check.check_id,
            "rule_key": key("rule", check.rule),
            "severity": check.severity,
            "verdict": check.verdict,
            "formula": check.formula,
            "unit_code": check.unit,
            "computed_low": check.computed_low,
            "computed_high": check.computed_high,
            "stated_low": check.stated_low,
            "stated_high": check.stated_high,
            "message": check.message,
            "identity": check.identity,
            "assumption": check.assumption,
            "suggestion": check.suggestion,
            "root_cause": check.root_cause,
            "region_code": version.identity.region.code,
            "operand_figure_keys": [key(owner, figure_id) for figure_id in check.operands],
            "suspect_figure_keys": [key(owner, figure_id) for figure_id in check.suspects],
        }
        for check in version.checks
    ]
