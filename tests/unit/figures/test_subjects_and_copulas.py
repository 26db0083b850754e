"""Roles and units told by the form of a clause: its subject, its copula, a bare "be", who has what is counted."""

import pytest

from tests.helpers import figures


def _of(text):
    return [(f.text, f.unit, f.role) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The yearly target being 84,000 goats, 61.9 percent of it had been reached by May.", ["target", "plan_pct"]),
        ("The first target, she recalled, was 310 bridges.", ["target"]),
        ("The number envisaged by the treaty having been 2,400 jobs, 2,640 jobs were found.", ["target", "level"]),
        ("It was agreed that 3.4 million yuan be set aside for pumps.", ["target"]),
        ("The unions plan 380 leases.", ["target"]),
        ("The bureau targets to finish 14 more bridges by May.", ["target"]),
        ("As against 2,310 houses approved during the year, 1,540 were built.", ["target", "level"]),
        ("Goats make up 38.4 percent of the plans.", ["share_pct"]),
        ("The fleet grew from 240 to 300 boats (25 percent).", ["level", "level", "change_pct"]),
        ("The orphans' grant is 450 yuan a month.", ["per_unit"]),
        ("全市修渠840公里，为计划800公里的105%，其中东岭县310公里。", ["level", "target", "plan_pct", "level"]),
    ],
)
def test_roles_told_by_a_form(text, wanted):
    assert [role for _, _, role in _of(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # those who have are not what is counted
        ("Lira had 4,310 pupils, Gulu 2,870 and the six smaller towns together 5,140.", "person"),
        ("The ten schools together have 2,140.", "unknown"),
        # the subject is what is counted, whatever it is of
        ("There were 5,100 families in the 14 villages. Landless families were 1,830 of these.", "household"),
        # of a subject that is not known nothing is known
        ("The league, whose membership had grown to 4,000, met in May.", "unknown"),
        # no range falls without "from"
        ("The bank lent ₦610,000 to 840 farmers.", "person"),
    ],
)
def test_units_told_by_who_has_what(text, wanted):
    assert _of(text)[-1][1] == wanted


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("年产值6.8万元，上年只有2.4万元，多了4.4万元。", "6.8万元"),
        ("年产值6.8万元，2010年才2.4万元，增加4.4万元。", "6.8万元"),
    ],
)
def test_a_change_is_of_the_later_of_two_values(text, of):
    *_, change = found = figures(text)
    assert next(f.text for f in found if f.figure_id == change.parent) == of


def test_a_difference_is_as_much_more_as_its_words_say():
    change = figures("The herds count 7,310 goats, which is 940 or 14.8 per cent more than the 6,370 of 2010.")[1]
    assert (change.role, dict(change.decided_by)["direction"]) == ("change", "up")


@pytest.mark.parametrize("text", ["Maize yields rose from 2.10 to 3.04 tonnes.", "The score went from 1.15 to 2.30."])
def test_decimals_are_no_times_of_day(text):
    assert len(figures(text)) == 2


def test_opening_hours_are_times_of_day():
    assert figures("The office is open from 9.15 to 12.30.") == ()


def test_the_name_of_a_place_is_not_what_is_counted():
    found = _of("Tongren County moved 410 families, Zhenning County 380 and Puding County 270.")
    assert [unit for _, unit, _ in found] == ["household"] * 3


def test_what_a_whole_sum_bought_is_no_price():
    found = _of("The wards bought 320 goats for 256,000 yuan, 800 yuan a head.")
    assert [role for _, _, role in found] == ["level", "level", "per_unit"]


@pytest.mark.parametrize(
    "text",
    [
        # what is called all there is
        "There were 640 landless families, of which 25% had sheep, and 4,100 families in all, of which 41% had.",
        # amounts of other years that make up the first by chance
        "In 2009 the ward had 8,000 poor people; in 2010, 6,500, and 1,500 people left poverty.",
    ],
)
def test_amounts_of_their_own_are_parts_of_nothing(text):
    assert all(figure.link != "part_of" for figure in figures(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Meals reached 80.0%, a take-up that was 76.2% in 2010.", ["rate_pct", "rate_pct"]),
        ("Coverage was 63.5% a year ago.", ["rate_pct"]),
        ("全市示范村要达到150个，还需新建27个。", ["target", "target"]),
        ("续签比例应不低于35%。", ["target"]),
    ],
)
def test_roles_that_a_part_of_a_word_does_not_change(text, wanted):
    assert [role for _, _, role in _of(text)] == wanted


def test_what_a_relative_clause_counts_is_not_gone_on_with():
    found = _of("Of the 5,310 households which the two wards had listed, Bura 2,140 and Kora 3,170, we saw 290.")
    assert [unit for _, unit, _ in found if unit != "ward"][-3:] == ["household"] * 3


def test_last_years_income_is_one_per_head():
    found = _of("农民人均纯收入6120元，同比增加540元。去年同期为5580元。")
    assert found[-1][1:] == ("CNY/person", "per_unit")
