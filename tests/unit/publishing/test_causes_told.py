"""Root causes as people act on them: what belongs together, what would mend it once, and the letter."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from pipelines.publishing.causes import Proposal, causes
from pipelines.publishing.site.letter import letter
from pipelines.review.causes import Handled

WHEN = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
MEND = Proposal("C-1", "proposed", "200 million Yuan", Decimal(20_000_000), "CNY", "a power of ten", 3, "")


def failure(name, cause="RC1", **given):
    row = {"id": name, "report": "a.txt", "root_cause": cause, "state": "open", "severity": "error", "rule": "sum"}
    row |= {"finding": f"finding {name}", "formula": "1 + 1 = 3", "suggestion": "Compare.", "suspect": "3"}
    return row | {"sentence": "They were 3 in all.", "place": "Funds", "said": ""} | given


def test_failures_of_one_cause_of_one_report_belong_together():
    rows = [
        *(failure("F-1"), failure("F-2")),
        *(failure("F-3", "RC2"), failure("F-4", None), failure("F-5", None)),
        *(failure("F-6", report="b.txt"), failure("F-7", state="resolved")),
    ]
    assert [one.ids for one in causes(rows)] == [
        *(("F-1", "F-2"), ("F-3",), ("F-4",), ("F-5",), ("F-6",), ("F-7",)),
    ]


def test_what_would_mend_it_is_told_once():
    rows = [failure("F-1"), failure("F-2"), failure("F-3", suggestion="Ask.")]
    [cause] = causes(rows)
    assert [one["suggestion"] for one in cause.advice] == ["Compare.", "Ask."]
    [cause] = causes(rows, {"F-1": [MEND], "F-2": [MEND]})
    assert (cause.proposals, cause.advice) == ((MEND,), [])


def test_what_was_said_last_about_any_of_its_failures_holds():
    earlier = Handled(failures=("F-1aaaaa",), state="asked", by="Ada Li", at=WHEN)
    later = earlier.model_copy(update={"state": "rejected", "at": WHEN + datetime.timedelta(days=1)})
    [cause] = causes([failure("F-1"), failure("F-2")], handled={"F-1": earlier, "F-2": later})
    assert cause.handled == later


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_letter_says_what_is_printed_why_it_cannot_be_and_what_would_mend_it(language):
    [cause] = causes([failure("F-1"), failure("F-2")], {"F-1": [MEND], "F-2": [MEND]})
    text = letter(cause, "Work of the year", "Office of Jiangxi", language)
    for told in (
        "Office of Jiangxi",
        "Work of the year",
        "They were 3 in all.",
        "finding F-2",
        "1 + 1 = 3",
        "F-1, F-2",
    ):
        assert told in text
    assert text.count("20,000,000") == 1
    assert ("Dear colleagues" in text, "各位同事" in text) == (language == "en", language == "zh")


def test_a_rejected_correction_is_not_offered_in_a_letter():
    [cause] = causes([failure("F-1")], {"F-1": [MEND._replace(status="rejected")]})
    assert "20,000,000" not in letter(cause, "", "", "en")
