"""Runs the Great Expectations suites of `expectations/` over the tables of a batch of report versions."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pipelines.catalog.load import catalog
from pipelines.catalog.rules import rules
from pipelines.checking.columns import TABLES, columns
from pipelines.checking.verdict import FAILING, ExpectationResult, Severity, Verdict
from pipelines.errors import CatalogError
from pipelines.figures.figure import LinkKind, NonFigureClass, Qualifier, Role, Status

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.report import ReportVersion

_SEVERITIES = frozenset(get_args(Severity))
_MAX_KEYS = 200


def run_suites(versions: Sequence[ReportVersion], folder: Path) -> dict[str, tuple[ExpectationResult, ...]]:
    """Validates all tables of a batch at once; every result is that of one report.

    One validation over a batch costs what one over a single report does, so the rows carry their report and a failing
    row fails its report only. An expectation about a whole table (its columns) holds for all reports or for none.

    Args:
        versions: the batch; a report may stand in it once.
        folder: the suites.

    Returns:
        Report id → one result per declared expectation.

    Raises:
        CatalogError: a suite is malformed, or an expectation could not be evaluated.
    """
    problems = validate_suites(folder)
    if problems:
        raise CatalogError(problems[0])
    results: dict[str, list[ExpectationResult]] = {version.document.report_id: [] for version in versions}
    tables = _tables(versions)
    parameters = _parameters(tables)
    for path in sorted(folder.glob("*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        frame = tables[path.stem]
        for declared, outcome in _validate(suite, frame, parameters):
            _attribute(path.stem, declared, outcome, suite["meta"]["keys"], results)
    return {report: tuple(found) for report, found in results.items()}


def has_critical(results: Sequence[ExpectationResult]) -> bool:
    """Whether a failing expectation forbids loading."""
    return any(result.severity == "critical" and not result.success for result in results)


def validate_suites(folder: Path) -> list[str]:
    """Problems of the suite files, empty where they are sound: syntax, severities, types, tables, parameters."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        return [f"{folder.name}/: no suite found"]
    names = set(TABLES)
    problems = [f"{folder.name}/{name}.json: missing" for name in sorted(names - {path.stem for path in paths})]
    for path in paths:
        where = f"{folder.name}/{path.name}"
        try:
            suite = json.loads(path.read_text(encoding="utf-8"))
            declared = suite["expectations"]
            keys = suite["meta"]["keys"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            problems.append(f"{where}: {type(error).__name__}: {error}")
            continue
        if path.stem not in names:
            problems.append(f"{where}: no table of that name")
        if not declared or "report_id" not in keys:
            problems.append(f"{where}: needs expectations, and report_id among its keys")
        for number, entry in enumerate(declared, 1):
            problems += [f"{where}: expectation {number}: {problem}" for problem in _entry_problems(entry)]
    return problems


def _entry_problems(entry: Any) -> list[str]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(entry, dict) or not {"type", "kwargs", "meta"} <= entry.keys():
        return ["needs type, kwargs and meta"]
    problems = []
    if entry["meta"].get("severity") not in _SEVERITIES:
        problems.append(f"severity must be one of {', '.join(sorted(_SEVERITIES))}")
    if not entry["meta"].get("text"):
        problems.append("needs a text that says what is expected")
    if _implementation(entry["type"]) is None:
        problems.append(f"{entry['type']} is not an expectation")
    return problems


def _implementation(name: str) -> Any:  # noqa: ANN401 - a class of an untyped library
    _quiet()
    from great_expectations.exceptions.exceptions import ExpectationNotFoundError
    from great_expectations.expectations.registry import get_expectation_impl

    try:
        return get_expectation_impl(name)
    except ExpectationNotFoundError:
        return None


def _quiet() -> None:
    """Switches off telemetry and progress bars; must run before the first import."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations  # noqa: F401 - registers the expectations


def _tables(versions: Sequence[ReportVersion]) -> dict[str, pd.DataFrame]:
    """The tables of all versions, each row with its report; `checks` with its outcome, and the counts per report."""
    import pandas as pd

    from pipelines.frames import frames

    stacked: dict[str, list[pd.DataFrame]] = {}
    counts = []
    for version in versions:
        report = version.document.report_id
        tables = frames(version)
        checks = tables["checks"]
        failing = checks["verdict"].isin(FAILING)
        checks["outcome"] = [
            f"{severity} failing" if failed else "ok"
            for severity, failed in zip(checks["severity"], failing, strict=True)
        ]
        for name, table in tables.items():
            table.insert(0, "report_id", report)
            stacked.setdefault(name, []).append(table)
        facts = version.facts
        counts.append(
            {
                "report_id": report,
                "numbers_found": version.reading.numbers_found,
                "numbers_accounted": len(version.reading.figures) + len(version.reading.non_figures),
                "figures": len(version.reading.figures),
                "facts": len(facts.funds) + len(facts.results) + len(facts.targets) + len(facts.claims),
                "region": version.identity.region.code,
                "period": version.identity.period.code,
            }
        )
    result = {name: pd.concat(parts, ignore_index=True) for name, parts in stacked.items()}
    result["conservation"] = pd.DataFrame(counts)
    return result


def _parameters(tables: dict[str, pd.DataFrame]) -> dict[str, list[str]]:
    """Vocabularies and columns that suites name by `$PARAMETER`, so that no code stands in two files."""
    codes = catalog()
    units = list(codes.units)
    parameters = {
        "program_codes": list(codes.programs),
        "source_codes": list(codes.sources),
        "stage_codes": list(codes.stages),
        "measure_codes": list(codes.measures),
        "beneficiary_codes": list(codes.beneficiaries),
        "unit_codes": [*units, *_compounds(tables, units)],
        "rule_codes": list(rules()),
        "roles": list(get_args(Role)),
        "qualifiers": list(get_args(Qualifier)),
        "statuses": list(get_args(Status)),
        "links": list(get_args(LinkKind)),
        "reasons": list(get_args(NonFigureClass)),
        "verdicts": list(get_args(Verdict)),
    }
    return parameters | {f"{name}_columns": columns(name) for name in tables}


def _compounds(tables: dict[str, pd.DataFrame], units: Collection[str]) -> list[str]:
    """Those compound units of the tables whose parts are units; all that are possible would be copied at every step."""
    found = {str(code) for table in tables.values() if "unit" in table for code in table["unit"].unique()}
    split = {code: code.split("/") for code in found}
    return sorted(code for code, parts in split.items() if len(parts) > 1 and set(parts) <= set(units))


def _validate(
    suite: dict[str, Any], frame: pd.DataFrame, parameters: dict[str, list[str]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Declared expectations with their outcomes; fewer or other outcomes than declared are an error."""
    _quiet()
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    batch = (
        context.data_sources.add_pandas("versions")
        .add_dataframe_asset(suite["name"])
        .add_batch_definition_whole_dataframe("all")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    runnable = gx.ExpectationSuite(name=suite["name"])
    for number, entry in enumerate(suite["expectations"]):
        kwargs = {name: _resolved(value, parameters, suite["name"]) for name, value in entry["kwargs"].items()}
        runnable.add_expectation(_implementation(entry["type"])(**kwargs, meta={"number": number}))
    keys = [key for key in suite["meta"]["keys"] if key in frame.columns]
    validated = batch.validate(
        runnable, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": keys}
    )
    outcomes: dict[int, dict[str, Any]] = {}
    for result in validated.results:
        outcome: dict[str, Any] = dict(result.to_json_dict())
        outcomes[outcome["expectation_config"]["meta"]["number"]] = outcome
    if sorted(outcomes) != list(range(len(suite["expectations"]))):
        raise CatalogError(f"expectations/{suite['name']}.json: {len(outcomes)} of its expectations were evaluated")
    return [(entry, outcomes[number]) for number, entry in enumerate(suite["expectations"])]


def _resolved(value: Any, parameters: dict[str, list[str]], suite: str) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    name = value.get("$PARAMETER")
    if name not in parameters:
        raise CatalogError(f"expectations/{suite}.json: no parameter {name}")
    return parameters[name]


def _attribute(
    suite: str,
    declared: dict[str, Any],
    outcome: dict[str, Any],
    keys: list[str],
    results: dict[str, list[ExpectationResult]],
) -> None:
    """Splits one outcome over the reports whose rows it is about."""
    rows = outcome["result"].get("unexpected_index_list")
    kwargs = declared["kwargs"]
    crashed = "unexpected_index_list" not in outcome["result"] and "observed_value" not in outcome["result"]
    by_report: dict[str, list[str]] = {}
    for row in rows or []:
        by_report.setdefault(row["report_id"], []).append(" ".join(str(row[key]) for key in keys if key != "report_id"))
    for report, found in results.items():
        failing = by_report.get(report, [])
        # an outcome without rows speaks of the whole table; a crash tells nothing and must not pass
        success = bool(outcome["success"]) if not rows else not failing
        details = declared["meta"]["text"]
        if crashed and not outcome["success"]:
            details = f"{details} It could not be evaluated."
        elif failing:
            details = f"{details} {len(failing)} row{'s do' if len(failing) > 1 else ' does'} not."
        found.append(
            ExpectationResult(
                suite=suite,
                expectation=declared["type"],
                column=str(kwargs.get("column") or kwargs.get("column_A") or ""),
                severity=declared["meta"]["severity"],
                success=success,
                unexpected_count=len(failing),
                failing_keys=tuple(failing[:_MAX_KEYS]),
                details=details,
            )
        )
