"""The suite that an office may demand: headline indicators rest on figures that somebody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.catalog.indicators import indicators
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings
from pipelines.suites.files import Suite, read_suites

if TYPE_CHECKING:
    import pandas as pd

_NO_MEMBER = " none"
# the latest value that each region has of an indicator
_LATEST = """
SELECT indicator, region_code, period_code, member_code, figure_count, figure_count - reviewed_count AS open_count
FROM (
    SELECT *, max(period_code) OVER (PARTITION BY indicator, region_code, member_code) AS latest
    FROM indicator.reviewed
    -- where there is no value, nothing rests on its figures yet
    SEMI JOIN (FROM indicator.all_values WHERE value IS NOT NULL)
        USING (indicator, region_code, period_code, member_code, basis)
    WHERE basis = 'as_reported' AND indicator IN ({headline})
)
WHERE period_code = latest ORDER BY ALL
"""


def unreviewed(settings: Settings) -> list[str]:
    """What the suite finds, one line each; nothing where the setting does not demand it.

    Raises:
        CatalogError: the suite is malformed.
        FupinError: nothing has been published yet.
    """
    if not settings.demand_review:
        return []
    [suite] = read_suites(settings.expectations, "review")
    headline = ", ".join(f"'{one.code}'" for one in indicators().values() if one.headline is not None)
    with open_snapshot(settings) as connection:
        frame = connection.execute(_LATEST.format(headline=headline)).df()
    return failing_lines(suite, frame)


def failing_lines(suite: Suite, values: pd.DataFrame) -> list[str]:
    """What an expectation of the suite finds, and the values that fail it.

    Args:
        suite: of `expectations/review/`.
        values: of indicators, with `figure_count` and `open_count`, the figures below that nobody has looked at.
    """
    from pipelines.suites.evaluate import Asked, evaluate
    from pipelines.suites.results import failing_rows, parameters_of, result_of

    found = []
    asked = {suite.name: Asked(values, suite.expectations, suite.keys)}
    outcomes = evaluate(asked, parameters_of([values]))[suite.name]
    for declared, outcome in zip(suite.expectations, outcomes, strict=True):
        failing = failing_rows(outcome, suite.keys, None).get(None, ())
        result = result_of(suite.name, declared, outcome, failing, len(values), most=None)
        if not result.success:
            rows = (row.removesuffix(_NO_MEMBER) for row in result.failing_keys)
            found += [f"{suite.name}: {result.details}", *(f"not reviewed: {row}" for row in rows)]
    return found
