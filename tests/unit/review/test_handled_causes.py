"""What became of root causes: kept in a file per report, replaced, taken back, and refused where malformed."""

from __future__ import annotations

import datetime

import pytest

from pipelines.errors import CatalogError
from pipelines.review.causes import Handled, handle, read_handled, reopen
from pipelines.review.files import read_reviews

WHEN = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
ONE, TWO = ("F-aaaaaa", "F-bbbbbb"), ("F-cccccc",)


def said(failures, state="asked", **given):
    return Handled(failures=failures, state=state, by="Ada Li", at=WHEN, **given)


def states(folder):
    return {failure: one.state for failure, one in read_handled(folder).items()}


def test_what_became_of_a_cause_is_known_of_each_of_its_failures(tmp_path):
    handle(tmp_path, "a.txt", said(ONE, reason="by telephone"))
    handle(tmp_path, "b.txt", said(TWO, "rejected"))
    assert states(tmp_path) == {"F-aaaaaa": "asked", "F-bbbbbb": "asked", "F-cccccc": "rejected"}
    assert sorted(path.name for path in (tmp_path / "causes").iterdir()) == ["a.yml", "b.yml"]


def test_a_later_word_replaces_the_earlier_one_and_leaves_the_others(tmp_path):
    handle(tmp_path, "a.txt", said(ONE))
    handle(tmp_path, "a.txt", said(TWO))
    handle(tmp_path, "a.txt", said((ONE[1],), "accepted"))
    assert states(tmp_path) == {"F-bbbbbb": "accepted", "F-cccccc": "asked"}


def test_what_was_said_can_be_taken_back(tmp_path):
    handle(tmp_path, "a.txt", said(ONE))
    assert reopen(tmp_path, "a.txt", (ONE[1],))
    assert states(tmp_path) == {}
    assert not reopen(tmp_path, "a.txt", ONE)


def test_lines_that_people_wrote_stay(tmp_path):
    handle(tmp_path, "a.txt", said(ONE))
    [path] = (tmp_path / "causes").glob("*.yml")
    path.write_text(path.read_text(encoding="utf-8") + "# a note of the office\n", encoding="utf-8")
    handle(tmp_path, "a.txt", said(TWO))
    assert "# a note of the office" in path.read_text(encoding="utf-8")


def test_they_are_no_decisions_about_readings(tmp_path):
    handle(tmp_path, "a.txt", said(ONE))
    assert read_reviews(tmp_path) == {}


@pytest.mark.parametrize(
    "entry", ["failures: []\n  state: asked", "failures: [x]\n  state: asked", "failures: [F-aaaaaa]\n  state: done"]
)
def test_a_malformed_entry_is_named(tmp_path, entry):
    (tmp_path / "causes").mkdir()
    text = f"report: a.txt\ncauses:\n- {entry}\n  by: Ada\n  at: 2026-03-01T09:30:00Z\n"
    (tmp_path / "causes" / "a.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"decisions/causes/a\.yml: entry 1"):
        read_handled(tmp_path)
