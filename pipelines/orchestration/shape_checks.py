"""The suites as asset checks: which asset each belongs to, and what its results say there."""

# annotations stay objects here: Dagster checks some of them by identity
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dagster import AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, AssetKey, MetadataValue

from pipelines.checking.verdict import ExpectationResult, Severity
from pipelines.orchestration.assets.keys import CHECKS, FACTS, FIGURES
from pipelines.orchestration.describe import expected_list, failing_table
from pipelines.settings import Settings
from pipelines.suites.files import GROUPS, Suite, read_suites
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.broken import Broken

_OF_FIGURES = ("figures", "non_figures", "conservation")
_ERRORS: frozenset[Severity] = frozenset({"critical", "error"})


def suites_by_asset(settings: Settings) -> dict[AssetKey, list[Suite]]:
    """Every suite under the asset whose table it describes.

    Raises:
        CatalogError: a suite file is malformed.
    """
    found: dict[AssetKey, list[Suite]] = {}
    for group in GROUPS:
        if group == "review":  # it describes what people did, and no asset
            continue
        for suite in read_suites(settings.expectations, group):
            found.setdefault(_asset(suite), []).append(suite)
    return found


def _asset(suite: Suite) -> AssetKey:
    if suite.group == "dimension":
        return AssetKey(["warehouse", suite.name])
    if suite.group == "indicator":
        return AssetKey(["indicator", suite.name])
    if suite.name in _OF_FIGURES:
        return FIGURES
    return CHECKS if suite.name == "checks" else FACTS


def specs(suites: Mapping[AssetKey, Sequence[Suite]], assets: Iterable[AssetKey]) -> list[AssetCheckSpec]:
    """The asset checks of some assets.

    A suite of a report's table has one check per severity that its file uses. A dimension or an indicator has one for
    all: with one per severity there would be 120 of them, and a run would take three seconds longer.
    """
    found = []
    for key in assets:
        for suite in suites.get(key, ()):
            file = suite.file
            if suite.group == "report":
                found += [
                    AssetCheckSpec(
                        f"{suite.name}_{severity}",
                        asset=key,
                        description=f"What {file} expects with severity {severity}.",
                    )
                    for severity in suite.severities
                ]
            else:
                text = f"What {file} expects; what fails with severity info is listed and does not fail the check."
                found.append(AssetCheckSpec(f"{suite.name}_shape", asset=key, description=text))
    return found


def report_results(
    suites: Mapping[AssetKey, Sequence[Suite]], assets: Iterable[AssetKey], versions: Sequence[ReportVersion]
) -> Iterator[AssetCheckResult]:
    """Outcomes of a batch of reports; each failing row says its report."""
    for key in assets:
        for suite in suites.get(key, ()):
            results = [
                (version.document.report_id, result)
                for version in versions
                for result in version.expectations
                if result.suite == suite.name
            ]
            for severity in suite.severities:
                asked = [(report, result) for report, result in results if result.severity == severity]
                counts = {"reports": len(versions)}
                yield _result(key, f"{suite.name}_{severity}", suite, (severity,), asked, counts)


def table_results(
    suites: Mapping[AssetKey, Sequence[Suite]],
    assets: Iterable[AssetKey],
    shape: Mapping[str, Sequence[ExpectationResult]],
    broken: Mapping[str, Broken] | None = None,
) -> Iterator[AssetCheckResult]:
    """Outcomes of dimensions or indicators as they were last loaded; one that is broken fails, with its cause."""
    for key in assets:
        for suite in suites.get(key, ()):
            if broken and suite.name in broken:
                yield AssetCheckResult(
                    asset_key=key,
                    check_name=f"{suite.name}_shape",
                    passed=False,
                    severity=AssetCheckSeverity.ERROR,
                    metadata={"file": broken[suite.name].file, "cause": broken[suite.name].line},
                )
                continue
            results = [("", result) for result in shape.get(suite.name, ())]
            counts = {"rows": max((result.row_count for _, result in results), default=0)}
            yield _result(key, f"{suite.name}_shape", suite, suite.severities, results, counts)


def _result(
    key: AssetKey,
    name: str,
    suite: Suite,
    severities: Sequence[Severity],
    asked: Sequence[tuple[str, ExpectationResult]],
    counts: dict[str, Any],
) -> AssetCheckResult:
    """One check over results of some severities; where there are several, those of severity info are only listed."""
    failing = [(report, result) for report, result in asked if not result.success]
    grave = {result.severity for _, result in failing} - ({"info"} if len(severities) > 1 else set())
    metadata = counts | {"expected": MetadataValue.md(expected_list(suite, severities))}
    if failing:
        metadata |= {"failing": MetadataValue.md(failing_table(failing))}
    return AssetCheckResult(
        asset_key=key,
        check_name=name,
        # a table that nobody asked about has not passed
        passed=bool(asked) and not grave,
        severity=AssetCheckSeverity.ERROR if grave & _ERRORS else AssetCheckSeverity.WARN,
        metadata=metadata,
    )
