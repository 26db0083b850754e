"""One dynamic partition per report, with keys that Dagster accepts whatever the file is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from dagster import DagsterInstance, DynamicPartitionsDefinition

REPORTS = DynamicPartitionsDefinition(name="report")
_ONE, _START, _END = (
    f"dagster/{name}" for name in ("partition", "asset_partition_range_start", "asset_partition_range_end")
)
_FORBIDDEN = re.compile(r"%|\.\.\.|[\x00-\x1f\x7f]|,|\[|\]")


def partition_key(report_id: str) -> str:
    """The partition of a report; characters that Dagster forbids are percent-encoded."""
    return _FORBIDDEN.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), report_id)


def report_id(key: str) -> str:
    """The report of a partition."""
    return unquote(key)


def contiguous(keys: Sequence[str], wanted: Iterable[str], most: int | None = None) -> list[tuple[str, str]]:
    """The wanted keys as ranges of neighbours in the order of all keys: each range can be one run.

    Args:
        keys: all keys in their order.
        wanted: some of them.
        most: how many keys a range has at most; any number where it is None.

    Returns:
        First and last key of every range.
    """
    order = {key: index for index, key in enumerate(keys)}
    ranges: list[tuple[int, int]] = []
    for index in sorted(order[key] for key in wanted):
        is_full = bool(ranges) and most is not None and index - ranges[-1][0] >= most
        if ranges and ranges[-1][1] == index - 1 and not is_full:
            ranges[-1] = (ranges[-1][0], index)
        else:
            ranges.append((index, index))
    return [(keys[first], keys[last]) for first, last in ranges]


def range_tags(first: str, last: str) -> dict[str, str]:
    """Tags of one run over neighbouring partitions."""
    return {_START: first, _END: last}


def reports_of_run(tags: Mapping[str, str], instance: DagsterInstance) -> list[str]:
    """The reports that a run is about, by its tags; none where it is about no report."""
    if _ONE in tags:
        return [report_id(tags[_ONE])]
    if _START not in tags:
        return []
    keys = list(instance.get_dynamic_partitions("report"))
    return [report_id(key) for key in keys[keys.index(tags[_START]) : keys.index(tags[_END]) + 1]]
