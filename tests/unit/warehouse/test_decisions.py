"""Which figure a decision is about, what becomes of it, and when it must not apply."""

import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.catalog.corrections import Decision, DecisionFile, Match
from pipelines.warehouse.decisions import Printed, Proposed, fitting, lay_over, match_of, short_id

FIGURES = (
    Printed(
        11, 1, "Funds", None, None, "In all 803 million,  of which 200 million.", "803 million", Decimal(803), "CNY"
    ),
    Printed(
        12, 2, "Funds", None, None, "In all 803 million,  of which 200 million.", "200 million", Decimal(200), "CNY"
    ),
    Printed(13, 3, "Funds", None, None, "200 million here and", "200 million", Decimal(200), "CNY"),
    Printed(14, 4, "Funds", None, None, "200 million here and", "200 million", Decimal(200), "CNY"),
    Printed(15, 5, "Table", "sheet", "B4", "2010 | Total: 7", "7", Decimal(7), "animal"),
    Printed(16, 6, "Table", "sheet", "B5", "2011 | Total: 7", "7", Decimal(7), "animal"),
)
PROPOSAL = Proposed(12, Decimal(20), Decimal("19.5"), Decimal("20.5"), "One zero too many.", "", (77,))


def decision(match=None, **changes):
    values = {
        "match": Match(section="Funds", printed="200 million", sentence="of which 200 million"),
        "expected": Decimal(200),
        "proposed": Decimal(20),
        "unit": "CNY",
        "reason": "The sums say so.",
        "status": "accepted",
        "by": "me",
        "at": datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
    }
    return Decision(**(values | ({"match": Match(**match)} if match else {}) | changes))


def laid(*decisions, figures=FIGURES, proposals=(PROPOSAL,)):
    file = DecisionFile(Path("r.yml"), "r.txt", decisions)
    return lay_over("r.txt", 5, figures, proposals, file)


def test_a_proposal_alone_is_proposed():
    [row], stale = laid()
    assert stale == []
    assert (row["figure_key"], row["status"], row["decided_by"], row["decided_at"]) == (12, "proposed", None, None)
    assert (row["expected_value"], row["proposed_value"]) == (200, 20)
    assert (row["proposed_low"], row["proposed_high"]) == (Decimal("19.5"), Decimal("20.5"))
    assert (row["supporting_check_keys"], row["correction_source"]) == ([77], "relations")


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_a_decision_lies_over_its_proposal(status):
    [row], stale = laid(decision(status=status))
    assert stale == []
    assert (row["status"], row["decided_by"], row["reason"]) == (status, "me", "The sums say so.")
    assert (row["proposed_low"], row["supporting_check_keys"]) == (Decimal("19.5"), [77])
    assert row["correction_id"] == laid()[0][0]["correction_id"]


def test_bounds_of_the_entry_count_before_those_of_the_proposal():
    [row], _ = laid(decision(low=Decimal(19), high=Decimal(21)))
    assert (row["proposed_low"], row["proposed_high"]) == (19, 21)


def test_a_value_entered_by_hand_needs_no_proposal():
    [row], stale = laid(decision(proposed=Decimal(21)), proposals=())
    assert stale == []
    assert (row["correction_source"], row["supporting_check_keys"]) == ("people", [])
    assert (row["proposed_low"], row["proposed_value"], row["proposed_high"]) == (21, 21, 21)


def test_another_value_than_the_proposed_one_stands_beside_it():
    rows, stale = laid(decision(proposed=Decimal(21)))
    assert stale == []
    assert [(row["proposed_value"], row["status"]) for row in rows] == [(20, "proposed"), (21, "accepted")]
    assert len({row["correction_id"] for row in rows}) == len({row["correction_key"] for row in rows}) == 2


def test_spaces_and_line_breaks_do_not_matter():
    match = {"section": " Funds", "printed": "200\nmillion", "sentence": "803 million, of\n  which 200 million"}
    [row], stale = laid(decision(match))
    assert (row["figure_key"], row["status"], stale) == (12, "accepted", [])


@pytest.mark.parametrize(
    ("match", "changes", "cause"),
    [
        ({"section": "Work", "printed": "200 million", "sentence": "of which"}, {}, "does not print"),
        ({"section": "Funds", "printed": "201 million", "sentence": "of which"}, {}, "does not print"),
        ({"section": "Funds", "printed": "200 million", "sentence": "of whom"}, {}, "does not print"),
        ({"section": "Table", "printed": "7", "cell": "sheet!B6"}, {}, "does not print"),
        ({"section": "Table", "printed": "7", "cell": "sheet!B4", "sentence": "2011"}, {}, "does not print"),
        ({"section": "Funds", "printed": "200 million", "sentence": "million"}, {}, "fits 3 figures"),
        ({"section": "Funds", "printed": "200 million", "sentence": "million", "ordinal": 4}, {}, "only 3 figures"),
        (None, {"expected": Decimal(201)}, "is 200 CNY, expected is 201 CNY"),
        (None, {"unit": "USD"}, "is 200 CNY, expected is 200 USD"),
    ],
)
def test_a_decision_that_fits_no_figure_or_several_applies_to_none(match, changes, cause):
    [row], [stale] = laid(decision(match, **changes))
    assert row["status"] == "proposed"
    assert cause in stale.cause
    assert stale.line.startswith(f"catalog/corrections/r.yml: entry 1 ({stale.correction_id}): ")


def test_a_rejected_decision_whose_number_is_gone_is_kept_in_silence_but_not_one_that_fits_several():
    gone = {"section": "Funds", "printed": "201 million", "sentence": "of which"}
    assert laid(decision(gone, status="rejected"), proposals=()) == ([], [])
    several = {"section": "Funds", "printed": "200 million", "sentence": "million"}
    rows, [stale] = laid(decision(several, status="rejected"), proposals=())
    assert rows == []
    assert "fits 3 figures" in stale.cause


def test_two_accepted_values_of_one_figure_apply_neither():
    rows, stale = laid(decision(), decision(proposed=Decimal(21)), decision(proposed=Decimal(22), status="rejected"))
    assert [(row["proposed_value"], row["status"]) for row in rows] == [(20, "proposed"), (22, "rejected")]
    assert [one.number for one in stale] == [1, 2]
    assert all("another accepted value" in one.cause for one in stale)


def test_two_entries_that_say_the_same_in_other_words_are_told():
    longer = {"section": "Funds", "printed": "200 million", "sentence": "In all 803 million, of which 200 million"}
    [row], [stale] = laid(decision(), decision(longer, status="rejected"))
    assert row["status"] == "accepted"
    assert (stale.number, stale.cause) == (2, "decides the same as entry 1")


def test_every_figure_gets_a_match_that_names_it_alone():
    for figure in FIGURES:
        match = match_of(figure, FIGURES)
        assert fitting(match, FIGURES)[(match.ordinal or 1) - 1] is figure
        [row], stale = laid(decision(match.model_dump(), expected=figure.value, unit=figure.unit), proposals=())
        assert (row["figure_key"], stale) == (figure.figure_key, [])
    assert [match_of(figure, FIGURES).ordinal for figure in FIGURES] == [None, None, 1, 2, None, None]


def test_ids_tell_apart_what_reads_the_same_and_stay_when_other_figures_come():
    proposals = [replace(PROPOSAL, figure_key=key) for key in (12, 13, 14)]
    rows, _ = laid(proposals=proposals)
    ids = [row["correction_id"] for row in rows]
    assert len(set(ids)) == 3
    assert ids[0] == short_id("r.txt", "Funds", "200 million", Decimal("20.000000"))
    more = (replace(FIGURES[0], figure_key=9, figure_id=0, text="9"), *FIGURES)
    assert [row["correction_id"] for row in laid(proposals=proposals, figures=more)[0]] == ids


def test_an_earlier_version_keeps_its_proposals_only():
    rows, stale = lay_over("r.txt", 5, FIGURES, (PROPOSAL,), None)
    assert ([row["status"] for row in rows], stale) == (["proposed"], [])
