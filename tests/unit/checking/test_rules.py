"""Each rule where it holds, where rounding explains the difference, where it fails, and where it cannot be tested."""

import pytest

from pipelines.checking.arithmetic import check_figures, mark_disputed
from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import document, table


def checks(text, rule):
    source = document(text) if isinstance(text, str) else text
    reading = read_figures(source)
    found = check_figures(reading, resolve(source, identify(source), reading))
    return [check for check in found if check.rule == rule]


def verdict(text, rule):
    [check] = checks(text, rule)
    return check.verdict


FUNDS = (
    "Funds came to {} million Yuan, of which the central government gave {} million Yuan "
    "and the province gave {} million Yuan."
)
GROWTH = "Funds came to {} million Yuan, {} million Yuan more than in the year before, up {}%."


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((804, 651, 153), "holds"),
        ((803, 651, 153), "holds_within_rounding"),
        ((803, 651, 163), "fails"),
    ],
)
def test_sum_of_parts(numbers, expected):
    assert verdict(FUNDS.format(*numbers), "sum_of_parts") == expected


def test_parts_without_a_claim_to_completeness_may_be_less_but_not_more():
    text = "They backed 442 sessions, of which {} sessions served cadres and {} sessions served farmers."
    assert verdict(text.format(13, 6), "parts_not_above_whole") == "holds"
    assert verdict(text.format(413, 60), "parts_not_above_whole") == "fails"
    assert checks(text.format(13, 6), "sum_of_parts") == []


def test_the_part_whose_absence_repairs_the_sum_is_suspect():
    text = (
        "They moved 50,829 people, including houses built for 42,994 people, bought for 7,835 people, and 56 people "
        "moved to homes for seniors."
    )
    [check] = checks(text, "sum_of_parts")
    assert check.verdict == "fails"
    assert "Without 56" in check.message
    assert len(check.suspects) == 1


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((803, 145, "22.04"), "holds_within_rounding"),
        ((803, 145, "22.1"), "holds_within_rounding"),
        ((803, 145, "25.1"), "fails"),
        ((125, 25, "25"), "holds"),
        ((153, 200, "14.88"), "fails"),
    ],
)
def test_growth_from_change(numbers, expected):
    assert verdict(GROWTH.format(*numbers), "growth_from_change") == expected


def test_growth_that_starts_near_zero_is_not_testable():
    assert verdict(GROWTH.format(145, 145, 900), "growth_from_change") == "not_testable"


def test_an_increase_cannot_exceed_its_level():
    assert verdict(GROWTH.format(803, 145, 22), "change_not_above_level") == "holds"
    assert verdict(GROWTH.format(153, 200, 22), "change_not_above_level") == "fails"


def test_a_decrease_may_exceed_the_level_it_led_to():
    text = "Poor people were 100,000, a decrease of 300,000 from the year before."
    assert checks(text, "change_not_above_level") == []


CHANGES = (
    "Funds came to 803 million Yuan, {} million Yuan more, up {}%, of which the central government gave 651 million "
    "Yuan, 126 million Yuan more, up 23.93%; the provincial match stood at 153 million Yuan, {} million Yuan more, "
    "up 14.88%."
)


@pytest.mark.parametrize(("provincial", "expected"), [(19, "holds"), (20, "holds_within_rounding"), (200, "fails")])
def test_changes_of_parts_and_the_year_before(provincial, expected):
    text = CHANGES.format(145, "22.1", provincial)
    assert verdict(text, "sum_of_changes") == expected
    assert (verdict(text, "prior_year_sum") == "fails") == (expected == "fails")


@pytest.mark.parametrize(("growth", "expected"), [("22.1", "holds"), ("29.9", "fails"), ("11.0", "fails")])
def test_a_whole_grows_between_its_parts(growth, expected):
    assert verdict(CHANGES.format(145, growth, 20), "growth_between_components") == expected


def test_failures_with_one_cause_are_one_root_cause_and_point_at_it():
    source = document(CHANGES.format(145, "22.1", 200))
    reading = read_figures(source)
    found = check_figures(reading, resolve(source, identify(source), reading))
    failing = [check for check in found if check.verdict == "fails"]
    assert {check.rule for check in failing} == {
        "sum_of_changes",
        "prior_year_sum",
        "growth_from_change",
        "change_not_above_level",
    }
    assert {check.root_cause for check in failing} == {"RC1"}
    [suspect] = {suspect for check in failing for suspect in check.suspects}
    marked = {figure.figure_id: figure for figure in mark_disputed(reading, found).figures}
    assert marked[suspect].text == "200 million Yuan"
    assert [figure.status for figure in marked.values()].count("disputed") == 1


SHARE = "They moved 17,651 people, of whom 13,680 people stayed, {}% of all."


@pytest.mark.parametrize(("share", "expected"), [("77.5", "holds_within_rounding"), ("79.5", "fails")])
def test_share(share, expected):
    assert verdict(SHARE.format(share), "share") == expected


def test_a_share_above_all_is_out_of_range():
    assert verdict("Women accounted for 138 percent.", "percent_range") == "fails"
    assert checks("Women accounted for 38 percent.", "percent_range") == []


PLAN = "The task of relocating {} people was set; those who really moved were {} people, {}."


@pytest.mark.parametrize(
    ("plan", "actual", "claim", "expected", "severity"),
    [
        ("50,000", "50,829", "1.7% above the plan for the year", "holds_within_rounding", "error"),
        ("50,000", "60,000", "120% of the task", "holds", "error"),
        ("50,000", "50,829", "3.7% above the plan for the year", "fails", "error"),
        ("33,000", "34,599", "103.5% of the task", "fails", "warning"),
    ],
)
def test_plan_vs_actual(plan, actual, claim, expected, severity):
    [check] = checks(PLAN.format(plan, actual, claim), "plan_vs_actual")
    assert (check.verdict, check.severity) == (expected, severity)


def test_completion_of_a_plan_that_is_not_printed_is_not_testable():
    [check] = checks("They trained 4,086 people, 105% of the task.", "plan_vs_actual")
    assert (check.verdict, check.severity, check.computed_low) == ("not_testable", "info", None)


def test_a_lost_multiplier_is_quarantined():
    source = document("Farmers raised more than 7 pigs and other livestock.")
    reading = read_figures(source)
    found = check_figures(reading, resolve(source, identify(source), reading))
    assert [check.verdict for check in found] == ["fails"]
    assert mark_disputed(reading, found).figures[0].status == "quarantined"
    assert verdict("Farmers raised 5.953 million pigs.", "plausibility_magnitude") == "holds"


@pytest.mark.parametrize(("people", "expected"), [("808,000", "holds"), ("8,080,000", "suspect")])
def test_household_size(people, expected):
    assert verdict(f"Aid reached 323,000 households with {people} people.", "plausibility_ratio") == expected


def test_a_warning_leaves_its_figures_as_they_are():
    source = document(PLAN.format("33,000", "34,599", "103.5% of the task"))
    reading = read_figures(source)
    found = check_figures(reading, resolve(source, identify(source), reading))
    assert mark_disputed(reading, found) == reading


def test_margins_of_a_table():
    rows = [["County", "Yuan"], ["A", "10"], ["B", "20"], ["Total", "30"]]
    assert verdict(table(rows), "sum_of_parts") == "holds"
    rows[-1][1] = "31"
    assert verdict(table(rows), "sum_of_parts") == "fails"


@pytest.mark.parametrize(
    "text",
    [
        "Loans were 1.1 billion Yuan. Society gave 1.1 billion Yuan.",
        "They held 441 sessions with 46,088 person-times.",
        "It has 34 articles, 13 objectives, 23 measures and 11 aspects.",
        "They built 9,000 projects, 2,500 reservoirs, 850 bridges and 12,390 digesters.",
    ],
)
def test_what_the_text_does_not_relate_is_not_compared(text):
    source = document(text)
    reading = read_figures(source)
    found = check_figures(reading, resolve(source, identify(source), reading))
    assert [check for check in found if check.verdict in ("fails", "suspect")] == []
