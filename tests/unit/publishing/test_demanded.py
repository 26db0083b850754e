"""The suite that demands review: off by default, and it names each value that nobody has looked at."""

from __future__ import annotations

import pandas as pd

from pipelines.publishing.demanded import failing_lines, unreviewed
from pipelines.settings import PROJECT, Settings
from pipelines.suites.files import read_suites


def values(*open_counts):
    return pd.DataFrame(
        {
            "indicator": "central_share",
            "region_code": "360000",
            "period_code": [f"Y201{number}" for number in range(len(open_counts))],
            "member_code": "none",
            "figure_count": 2,
            "open_count": open_counts,
        }
    )


def test_a_value_that_rests_on_a_figure_nobody_looked_at_is_named():
    [suite] = read_suites(PROJECT / "expectations", "review")
    assert failing_lines(suite, values(0, 1, 2)) == [
        "headline_figures: Somebody has looked at every figure that the latest value of a headline indicator rests on. "
        "2 rows do not.",
        "not reviewed: central_share 360000 Y2011",
        "not reviewed: central_share 360000 Y2012",
    ]
    assert failing_lines(suite, values(0, 0)) == []


def test_nothing_is_demanded_unless_a_setting_says_so(tmp_path):
    assert unreviewed(Settings(home=tmp_path)) == []
