"""What the queue puts first."""

from __future__ import annotations

import pytest

from pipelines.review.decided import with_decisions
from pipelines.review.doubts import alternatives, doubts, unsureness
from pipelines.settings import PROJECT
from pipelines.versions.read import read_version
from tests.helpers import LIMIT
from tests.review_helpers import figure_of, file_of, meaning_of, review

TEXT = (
    "Jiangxi Province: poverty work in 2011\n\n【Relocation】 In 2010 the central government gave 651 million Yuan for "
    "relocation and the province 153 million Yuan, against 700 million Yuan of the year 2009. "
    "Roads of 120 km were built in 45 villages.\n"
)


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_version(path, "report.txt", LIMIT)


def of(version, text, uses=None):
    figure = figure_of(version, text)
    return next(one for one in doubts(version, uses) if one.figure_id == figure.figure_id)


@pytest.mark.parametrize("name", ["jiangxi_2011.txt", "jiangxi_funds_2009_2011.xlsx"])
def test_what_a_load_keeps_is_what_the_queue_is_ordered_by(name):
    version = read_version(PROJECT / "raw" / name, name, LIMIT)
    kept = dict(zip([one.figure_id for one in version.reading.figures], unsureness(version), strict=True))
    assert kept == pytest.approx({one.figure_id: one.unsure for one in doubts(version)}, abs=1e-4)
    assert len(set(kept.values())) > 1


def test_what_was_found_right_is_sure(made, tmp_path):
    file = file_of(tmp_path / "d", "report.txt", review(made, "45", "reading", "right"))
    assert of(with_decisions(made, file), "45").unsure < of(made, "45").unsure


def test_what_more_rests_on_comes_first(made):
    used = {figure_of(made, "120").figure_id: 31}
    assert of(made, "120", used).weight == pytest.approx(of(made, "120").weight + 5)
    assert doubts(made, dict.fromkeys([figure_of(made, "45").figure_id], 10**6))[0].figure_id == (
        figure_of(made, "45").figure_id
    )


def test_checks_that_fail_make_a_figure_unsure(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "Jiangxi in 2011\n\nFunds came to 803 million Yuan, of which the central government gave 651 million Yuan and "
        "the province gave 251 million Yuan. Roads of 120 km were built.\n",
        encoding="utf-8",
    )
    version = read_version(path, "report.txt", LIMIT)
    failing = [one for one in doubts(version) if one.failing]
    assert failing
    assert min(one.unsure for one in failing) > max(one.unsure for one in doubts(version) if not one.failing)


def test_what_else_is_named_beside_a_figure_is_an_alternative(made):
    figure, meaning = figure_of(made, "651 million Yuan"), meaning_of(made, "651 million Yuan")
    found = alternatives(figure, meaning)
    assert "provincial" in {one.code for one in found["source"]}
    assert "Y2009" in {one.code for one in found["period"]}
    assert meaning.source.code not in {one.code for one in found["source"]}


def test_a_chance_is_one(made):
    assert all(0 <= one.unsure <= 1 for one in doubts(made))
