"""Scales that a word runs into, places that have numbers for names, years of studies: never a wrong figure."""

import pytest

from tests.helpers import figures, meanings, others, version


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("So far $1.36 millionhas been received.", 1_360_000),
        ("The ward got 12 thousandfrom it.", 12_000),
        ("They spent 4.5 billionof it on roads.", 4_500_000_000),
        ("It has 3 millionaires.", 3),
    ],
)
def test_a_scale_that_runs_into_the_next_word_is_read(text, value):
    [figure] = figures(text)
    assert figure.value == value


@pytest.mark.parametrize(
    ("text", "names", "counted"),
    [
        ("In the city Wards 6 and 9 have few shops.", ["6", "9"], []),
        ("Districts 4 and 5 got 30 wells.", ["4", "5"], ["30"]),
        ("The crews paved Blocks 2, 3 and 7 of the town.", ["2", "3", "7"], []),
        ("They dug Wells 30, Bridges 40.", [], ["30", "40"]),
        ("The Groups 12 and 14 villages joined.", [], ["12", "14"]),
    ],
)
def test_numbered_places_are_names_and_counts_are_not(text, names, counted):
    assert [number for number, reason in others(text) if number in names and reason != "unread"] == names
    assert [figure.text.split()[0] for figure in figures(text)] == counted


def test_the_year_of_a_study_is_no_count_and_gives_no_unit():
    found = figures("The 2004 case study reports grain output from 427,000 to about 700,000 tons.")
    assert [(figure.text.split()[0], figure.unit) for figure in found] == [("427,000", "tonne"), ("700,000", "tonne")]


def test_a_year_lends_its_unit_to_no_other_number():
    figure = figures("The 2004 case study reports grain output from 427,000 before to 700,000 now.")[0]
    assert "2004" not in dict(figure.decided_by).get("unit", "")


def test_a_foreign_mission_is_not_the_country_of_a_text():
    [(figure, meaning)] = meanings(
        "But for 23 members of the Israeli Defence Mission all officers are our own.", title="The forces", section="Men"
    )
    assert figure.text.startswith("23")
    assert meaning.region.code == "unknown"


def test_a_speech_on_the_budget_looks_back():
    [(_, meaning)] = meanings(
        "The payments amount to Rs. 340 crores.",
        title="Speech of the minister of finance introducing the budget for the year 1984-85",
        section="Outlay",
    )
    assert meaning.period.code == "unknown"


@pytest.mark.parametrize("word", ["起付线", "起付标准", "封顶线", "限额"])
def test_a_bound_of_what_one_gets_is_of_one(word):
    [figure] = figures(f"全省大病保险{word}提高到2万元。")
    assert figure.role == "per_unit"


def test_a_planned_economy_plans_nothing():
    [figure] = figures("有40%多一点是计划经济时期分的房。")
    assert figure.role != "over_plan_pct"


def test_a_title_may_stand_in_several_lines(tmp_path):
    path = tmp_path / "speech.txt"
    title = "SPEECH OF THE DEPUTY PRIME MINISTER\nAND MINISTER OF FINANCE INTRODUCING THE BUDGET\nFOR THE YEAR 1984-85"
    path.write_text(f"{title}\n\nThe payments amount to Rs. 340 crores.\n", encoding="utf-8")
    [meaning] = version(path).meanings
    assert meaning.period.code == "unknown"


def test_a_text_that_names_a_work_report_is_none_itself():
    [(_, meaning)] = meanings(
        "扶贫开发写入省政府工作报告，全省确定贫困村3400个。", title="某省2011年扶贫开发", section=""
    )
    assert meaning.period.code == "Y2011"
