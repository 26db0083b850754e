"""What the order of the desk is worth on the shipped reports, with their labels as the reviewer."""

from __future__ import annotations

import csv

import pytest

from benchmarks.review_order import SHARES, curve, labelled
from pipelines.settings import PROJECT
from pipelines.versions.read import read_version
from tests.helpers import LIMIT


@pytest.fixture(scope="module")
def found():
    """Share of the wrong programs, givers and periods among the least sure figures, for each of `SHARES`."""
    seen = []
    for path in sorted((PROJECT / "tests" / "fixtures" / "labels").glob("*.csv")):
        name = f"{path.stem}.txt"
        with path.open(encoding="utf-8-sig") as file:
            seen += labelled(read_version(PROJECT / "raw" / name, name, LIMIT), list(csv.DictReader(file)))
    wrong = [one.errors for one in seen]
    assert sum(wrong) > 5
    return dict(zip(SHARES, curve(seen, wrong), strict=True))


def test_wrong_readings_stand_among_the_least_sure(found):
    assert found[0.1] >= 0.3
    assert all(share >= looked_at for looked_at, share in found.items())
