"""What several failures have in common, what is made of their figures, and what the rest of a report determines."""

from decimal import Decimal

import pytest

from pipelines.catalog.sentences import retold
from pipelines.checking.arithmetic import mark_disputed
from pipelines.figures.read import read_figures
from tests.helpers import checked, document
from tests.unit.checking.rules.test_rules import AXES, CHANGES, FUNDS, PLAN, STAGES

SPOILED = CHANGES.format(145, "22.1", 200)


def failing(text):
    return [
        check for check in checked(document(text)).checks if check.verdict in ("fails", "suspect", "fails_if_nested")
    ]


def marked(text):
    source = document(text)
    return mark_disputed(read_figures(source), checked(source).checks).figures


def test_failures_with_one_cause_are_one_root_cause_and_point_at_it():
    found = failing(SPOILED)
    assert {check.rule for check in found} == {
        "sum_of_changes",
        "prior_year_sum",
        "growth_from_change",
        "change_not_above_level",
    }
    assert {check.root_cause for check in found} == {"RC1"}
    [suspect] = {suspect for check in found for suspect in check.suspects}
    figures = {figure.figure_id: figure for figure in marked(SPOILED)}
    assert figures[suspect].text == "200 million Yuan"
    assert [figure.status for figure in figures.values()].count("disputed") == 1


def test_failures_without_a_common_figure_have_causes_of_their_own():
    found = failing(FUNDS.format(803, 651, 163) + " Farmers raised more than 7 pigs and other livestock.")
    assert [check.root_cause for check in found] == ["RC1", "RC2"]


def test_the_part_whose_absence_repairs_the_sum_is_suspect():
    text = AXES.format("7,835").replace(" immigrants.", " immigrants, and 56 people moved to homes for seniors.")
    found = failing(text)
    assert {check.rule for check in found} == {"sum_of_parts", "axes_agree"}
    assert "Without 56" in found[0].message
    assert [figure.text for figure in marked(text) if figure.status == "disputed"] == ["56"]
    without = [check for check in checked(document(text)).checks if check.assumption]
    assert [(check.assumption, check.verdict) for check in without] == [("without 56", "holds")] * 2
    assert checked(document(text)).proposals == ()


def test_a_lost_multiplier_is_quarantined_and_no_value_is_proposed():
    text = "Farmers raised more than 7 pigs and other livestock."
    assert [figure.status for figure in marked(text)] == ["quarantined"]
    assert checked(document(text)).proposals == ()


def test_an_amount_for_several_is_ambiguous():
    assert (
        marked("They applied for 1 million Yuan in Xingguo and Yudu, respectively for oil and water.")[0].status
        == "ambiguous"
    )


def test_a_warning_leaves_its_figures_as_they_are():
    text = PLAN.format("33,000", "34,599", "103.5% of the task")
    assert {figure.status for figure in marked(text)} == {"ok"}


def test_the_value_that_all_relations_agree_on_is_proposed_with_its_support():
    result = checked(document(SPOILED))
    [proposal] = result.proposals
    assert (proposal.value, proposal.low, proposal.high) == (20_000_000, 19_500_000, 20_500_000)
    support = [check for check in result.checks if check.check_id in proposal.supporting_checks]
    assert len(support) == 4
    assert {check.verdict for check in support} == {"fails"}
    repaired = [check for check in result.checks if check.assumption == "20,000,000 in place of 200 million Yuan"]
    assert [check.rule for check in repaired] == [check.rule for check in support]
    assert {check.verdict for check in repaired} <= {"holds", "holds_within_rounding"}
    assert all("20,000,000" in check.suggestion for check in support)


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        ("126 million", "162 million", "changed places"),
        ("126 million", "216 million", "changed places"),
        ("126 million", "186 million", "one wrong digit"),
    ],
)
def test_other_slips_are_told_by_their_kind(right, wrong, slip):
    sound = CHANGES.format("145", "22.1", "20")
    assert checked(document(sound)).proposals == ()
    [proposal] = checked(document(sound.replace(right, wrong))).proposals
    assert proposal.value == Decimal(126_000_000)
    assert slip in proposal.reason.told()


@pytest.mark.parametrize("text", [FUNDS.format(803, 651, 163), STAGES.format(25), AXES.format("7,935")])
def test_nothing_is_proposed_where_several_figures_may_be_wrong(text):
    assert failing(text)
    assert checked(document(text)).proposals == ()


def test_a_check_keeps_its_identity_when_numbers_change():
    sound, spoiled = (checked(document(CHANGES.format(145, "22.1", change))).checks for change in (20, 200))
    assert {check.identity for check in spoiled if not check.assumption} == {check.identity for check in sound}
    assert len({check.identity for check in sound}) == len(sound)


def test_a_formula_in_words_is_kept_in_both_languages():
    checks = checked(document("By June 330 lamps were up, 88% of the plan, and 45 had to wait.")).checks
    [check] = [check for check in checks if check.rule == "whole_plan_exists"]
    assert "计划数" in retold(check.said, "formula", check.formula, "zh")
