"""Slips put into consistent reports: most of those that the text allows to notice are found, and nothing else is."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from pipelines.checking.verdict import FAILING
from tests.fixtures.consistent import SLIPS, Report, narrative, table
from tests.helpers import version

SLIPS_TRIED = 500
REPORTS_TRIED = 100


def report_of(random: Random) -> Report:
    return table(random) if random.random() < 0.25 else narrative(random)


def failing(report: Report, folder):
    path = folder / f"report{report.suffix}"
    path.write_text(report.text, encoding="utf-8")
    read = version(path)
    return [check for check in read.checks if check.verdict in FAILING]


@pytest.mark.parametrize("seed", range(REPORTS_TRIED))
def test_a_consistent_report_raises_no_alarm(seed, tmp_path):
    report = report_of(Random(seed))
    assert report.broken == []
    assert failing(report, tmp_path) == []


@pytest.mark.slow
def test_most_slips_are_found(tmp_path):
    found, detectable, unnoticed = Counter(), Counter(), []
    for seed in range(SLIPS_TRIED):
        random = Random(10_000 + seed)
        slip = SLIPS[seed % len(SLIPS)]
        fault = slip(report_of(random), random)
        if not fault.is_detectable:
            continue
        detectable[fault.kind] += 1
        if failing(fault.report, tmp_path):
            found[fault.kind] += 1
        else:
            unnoticed.append((seed, fault.kind, fault.names))
    rates = {kind: found[kind] / total for kind, total in detectable.items()}
    print(f"\n{sum(detectable.values())} detectable of {SLIPS_TRIED}, found {sum(found.values())}: {rates}")
    assert sum(detectable.values()) > SLIPS_TRIED / 2
    assert sum(found.values()) >= 0.9 * sum(detectable.values()), unnoticed
    assert min(rates.values()) >= 0.8, unnoticed
