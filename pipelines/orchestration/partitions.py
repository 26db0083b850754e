"""One dynamic partition per report, with keys that Dagster accepts whatever the file is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from dagster import DynamicPartitionsDefinition

REPORTS = DynamicPartitionsDefinition(name="report")
_FORBIDDEN = re.compile(r"%|\.\.\.|[\x00-\x1f\x7f]|,|\[|\]")


def partition_key(report_id: str) -> str:
    """The partition of a report; characters that Dagster forbids are percent-encoded."""
    return _FORBIDDEN.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), report_id)


def report_id(key: str) -> str:
    """The report of a partition."""
    return unquote(key)


def contiguous(keys: Sequence[str], wanted: Iterable[str]) -> list[tuple[str, str]]:
    """The wanted keys as ranges of neighbours in the order of all keys: each range can be one run.

    Returns:
        First and last key of every range.
    """
    order = {key: index for index, key in enumerate(keys)}
    ranges: list[tuple[int, int]] = []
    for index in sorted(order[key] for key in wanted):
        if ranges and ranges[-1][1] == index - 1:
            ranges[-1] = (ranges[-1][0], index)
        else:
            ranges.append((index, index))
    return [(keys[first], keys[last]) for first, last in ranges]
