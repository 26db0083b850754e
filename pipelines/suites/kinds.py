"""What Great Expectations knows of each type of expectation; imports it when it is first asked."""

from __future__ import annotations

import gc
import os
import time
from functools import lru_cache
from typing import Any

from pipelines.collector import collector_paused
from pipelines.suites.spared import sparing

# these are asked value by value, and yet the answer depends on the other rows
_ABOUT_OTHERS = frozenset(
    {
        "expect_column_values_to_be_unique",
        "expect_column_values_to_be_increasing",
        "expect_column_values_to_be_decreasing",
        "expect_compound_columns_to_be_unique",
    }
)
# what Great Expectations imports for charts, tests of distributions and databases: half of the time of its import
_LATER = ("altair", "scipy", "scipy.stats")
_NEVER = ("sqlalchemy",)


@lru_cache(maxsize=1)
def import_seconds() -> float:
    """Imports Great Expectations with its telemetry off, once per process, and returns how long that took."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    started = time.perf_counter()
    gc.collect()  # a cycle that is over must not stay: it may hold a file open
    with sparing(_LATER, _NEVER), collector_paused():
        import great_expectations  # noqa: F401 - registers the expectations
    gc.freeze()  # what is imported stays: no collection looks through it again

    return time.perf_counter() - started


@lru_cache(maxsize=256)
def implementation(name: str) -> Any:  # noqa: ANN401 - a class of an untyped library
    """The class of an expectation type, None where there is none."""
    import_seconds()
    from great_expectations.exceptions.exceptions import ExpectationNotFoundError
    from great_expectations.expectations.registry import get_expectation_impl

    try:
        return get_expectation_impl(name)
    except ExpectationNotFoundError:
        return None


@lru_cache(maxsize=256)
def is_row_wise(name: str) -> bool:
    """Whether an expectation judges rows one by one, so that a failure can be told to be theirs."""
    from great_expectations.expectations.expectation import (
        ColumnMapExpectation,
        ColumnPairMapExpectation,
        MulticolumnMapExpectation,
    )

    return issubclass(implementation(name), ColumnMapExpectation | ColumnPairMapExpectation | MulticolumnMapExpectation)


@lru_cache(maxsize=256)
def is_alone(name: str) -> bool:
    """Whether an expectation judges each row by itself, by what stands in the columns that it names."""
    return is_row_wise(name) and name not in _ABOUT_OTHERS
