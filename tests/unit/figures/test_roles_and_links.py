import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, figures


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Funds were 145 million Yuan more.", "change"),
        ("Funds grew, up 22.1%.", "change_pct"),
        ("Women accounted for 38 percent.", "share_pct"),
        ("They reached 103.5% of the task.", "plan_pct"),
        ("They were 1.7% above the plan for the year.", "over_plan_pct"),
        ("They will relocate 80,000 people by 2015.", "target"),
        ("The task of relocating 50,000 people was set.", "target"),
        ("The subsidy was 4000 Yuan per person.", "per_unit"),
        ("Funds were 803 million Yuan.", "level"),
        ("资金增加1.45亿元。", "change"),
        ("资金增长22.1%。", "change_pct"),
    ],
)
def test_role(text, role):
    assert figures(text)[0].role == role


def test_a_plan_goes_on_with_infinitives_over_a_bracket():
    text = "It is planned to lift 1 million people (2010 prices), to start 1,500 villages and to move 24,000 people."
    assert [figure.role for figure in figures(text)] == ["target"] * 3


def test_what_stands_under_next_years_goals_is_a_target():
    source = document("完成整村推进1500个村。", title="Report of Jiangxi, 2011", section="2012年目标")
    assert [figure.role for figure in read_figures(source).figures] == ["target"]


def test_what_an_earlier_change_grew_by_the_next_does():
    text = "Central funds grew by 21% and provincial funds by 9%."
    assert [figure.role for figure in figures(text)] == ["change_pct"] * 2


def test_of_which_behind_a_part():
    whole, part, other = figures("Capital was 236 million yuan, 177 million of which was fiscal, 59 million private.")
    assert [(figure.parent, figure.link) for figure in (part, other)] == [(whole.figure_id, "part_of")] * 2


def test_a_chinese_clause_with_its_own_subject_takes_no_role_from_the_one_before():
    assert [figure.role for figure in figures("贫困人口减少23%，50%农户入社。")] == ["change_pct", "rate_pct"]
    assert [figure.role for figure in figures("收入分别增长5%、6%。")] == ["change_pct", "change_pct"]


def test_parts_point_to_their_whole_and_changes_to_their_level():
    text = (
        "Funds came to 803 million Yuan, 145 million Yuan more, up 22.1%, of which the central government gave "
        "651 million Yuan, 126 million Yuan more; the provincial match was 153 million Yuan."
    )
    read = figures(text)
    links = [(figure.text, figure.link, figure.parent, figure.exhaustive) for figure in read]
    assert links == [
        ("803 million Yuan", None, None, False),
        ("145 million Yuan", "change_of", 1, False),
        ("22.1%", "change_of", 1, False),
        ("651 million Yuan", "part_of", 1, True),
        ("126 million Yuan", "change_of", 4, False),
        ("153 million Yuan", "part_of", 1, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Funds were 26 million yuan, up 4%: 19 million from the central budget, 7 million from the provincial one.",
        "全省投入资金26.85亿元，增长14.5%。其中：中央19.6亿元，省级7.25亿元。",
        "The funds were 26 million yuan. Of this, the central government gave 19 million yuan.",
    ],
)
def test_a_breakdown_behind_a_colon_or_in_the_next_sentence(text):
    whole, *others = figures(text)
    parts = [figure for figure in others if figure.role == "level"]
    assert parts
    assert {(figure.parent, figure.link) for figure in parts} == {(whole.figure_id, "part_of")}


def test_a_colon_that_opens_another_statement_breaks_nothing_down():
    whole, other = figures("Funds came to 26 million yuan. Tourism: farms earned 5 million yuan.")
    assert (whole.parent, other.parent) == (None, None)


def test_two_breakdowns_of_one_whole_are_two_axes():
    text = (
        "They moved 100 people, including 60 people in concentrated spots and 40 people in scattered ones; "
        "houses were built for 70 people and bought for 30 people."
    )
    assert [figure.axis for figure in figures(text)] == [None, "1", "1", "2", "2"]


def test_an_amount_of_this_is_a_part():
    text = (
        "Funds were 737 million Yuan; the central government supplied 525 million Yuan of this, the province matched "
        "it with 135 million Yuan, and cities and counties put up 77 million Yuan."
    )
    assert [figure.parent for figure in figures(text)] == [None, 1, 1, 1]


def test_parts_of_another_statement_are_not_linked_across():
    text = (
        "They sent 187 people to seven trainings, and 441 trainings were held with 46,088 person-times attending, "
        "of which 13 trainings served 204 cadres."
    )
    read = {figure.text: figure for figure in figures(text)}
    assert read["204"].parent is None
    assert read["13"].parent == read["441"].figure_id


def test_on_the_strength_of_which_is_no_of_which():
    text = "Discounts were 8 million Yuan, on the strength of which 200 million Yuan was lent to households."
    assert figures(text)[1].parent is None


def test_a_proportion_that_falls_speaks_of_the_proportion():
    text = (
        "The poor were 1.259 million, 3.8% of all residents; there were 66,000 fewer and the proportion was down 0.2%."
    )
    read = figures(text)
    assert read[3].text == "0.2%"
    assert read[3].parent == read[1].figure_id


def test_from_to_marks_the_earlier_standard():
    read = figures("The subsidy was raised from 1500 to 2000 Yuan per person.")
    assert [(figure.role, figure.unit) for figure in read] == [
        ("per_unit_prev", "CNY/person"),
        ("per_unit", "CNY/person"),
    ]


def test_what_was_done_in_reality_is_held_against_the_task():
    read = figures(
        "Funds covered 33,000 people to be trained; people trained in reality were 34,599, 103.5% of the task."
    )
    assert [(figure.role, figure.link, figure.parent) for figure in read] == [
        ("target", "plan_of", 2),
        ("level", None, None),
        ("plan_pct", "plan_of", 2),
    ]


def test_of_a_list_of_changes_each_speaks_of_its_level():
    text = (
        "Funds were 1.763 billion Yuan, among them central 1.513 billion Yuan, provincial 250 million Yuan, increased "
        "186 million Yuan and 50 million Yuan, growth 14.0% and 25%."
    )
    read = {figure.text: figure for figure in figures(text)}
    assert read["186 million Yuan"].parent == read["14.0%"].parent == read["1.513 billion Yuan"].figure_id
    assert read["50 million Yuan"].parent == read["25%"].parent == read["250 million Yuan"].figure_id


def test_a_change_speaks_of_the_total_and_not_of_parts_in_brackets():
    read = {
        figure.text: figure for figure in figures("资金15.37亿元（中央11.92亿元、省级3.45亿元），比2010年多2.6亿元。")
    }
    assert read["2.6亿元"].parent == read["15.37亿元"].figure_id
    assert read["11.92亿元"].parent == read["15.37亿元"].figure_id


def test_the_earlier_value_of_a_standard_is_one_in_both_languages():
    for text in (
        "重点县人均纯收入3018元，比2007年的2610元增长15.6%。",
        "They had 5,530 yuan per head, against 4,849 yuan in 2012.",
    ):
        assert [figure.role for figure in figures(text)][:2] == ["per_unit", "per_unit_prev"]


def test_a_long_sentence_is_cut_and_nothing_is_lost():
    text = "They built " + ", ".join(f"{number} bridges" for number in range(1000, 2000)) + "."
    read = figures(text)
    assert len(read) == 1000
    assert max(figure.locator.sentence_end - figure.locator.sentence_start for figure in read) <= 2000


def linked(text):
    """Text of each figure → text of what it is linked to."""
    read = figures(text)
    by_id = {figure.figure_id: figure.text for figure in read}
    return {figure.text: by_id[figure.parent] if figure.parent else None for figure in read}


def test_a_new_statement_ends_the_parts():
    found = linked("闲置资金8.4亿元，其中2.1亿元超过两年；骗取资金1.3亿元；涉及金额5.2亿元。")
    assert found == {"8.4亿元": None, "2.1亿元": "8.4亿元", "1.3亿元": None, "5.2亿元": None}


def test_shares_given_respectively_are_those_of_two_units():
    found = linked("In 2011 some 610 towns and 4,200 villages, respectively 48.2% and 31.7% of all, had a clinic.")
    assert (found["48.2%"], found["31.7%"]) == ("610", "4,200")


def test_a_mark_that_was_passed_is_no_whole():
    found = linked(
        "Funds were 520 million Yuan, for the first time more than 500 million Yuan. Of this, 330 million Yuan went."
    )
    assert found["330 million Yuan"] == "520 million Yuan"


def test_a_rate_with_a_subject_of_its_own_speaks_of_nothing_before_it():
    assert linked("3.9 million people earned little, and the incidence of poverty was 8.1%.")["8.1%"] is None


def test_the_value_of_the_year_before_stands_behind_the_level_or_before_it():
    found = linked("Funds were 745 million Yuan, up from 632 million Yuan, an increase of 113 million Yuan.")
    assert (found["632 million Yuan"], found["113 million Yuan"]) == ("745 million Yuan", "745 million Yuan")
    assert linked("贫困户由12400户减少到9850户，减少2550户。") == {"12400": "9850", "9850": None, "2550": "9850"}


def test_a_list_whose_shares_make_all_is_a_list_of_parts():
    found = linked("There were 5,200 people. Farmers were 4,120 people (60%), traders 2,080 people (40%).")
    assert (found["4,120"], found["2,080"]) == ("5,200", "5,200")


def test_a_word_of_totals_adds_up_what_stands_before_it():
    assert linked("新建粮库270座，修缮旧库95座，合计365座。") == {"270": "365", "95": "365", "365": None}


def test_a_mark_of_two_digits_that_was_passed_is_no_whole_either():
    assert linked("投入4700万元，超过4500万元，其中公路3100万元，饮水1200万元。")["3100万元"] == "4700万元"


def test_of_several_earlier_standards_each_is_one():
    read = figures("Grants rose from 700 yuan and 400 yuan to 900 yuan and 600 yuan per person.")
    assert [figure.role for figure in read] == ["per_unit_prev"] * 2 + ["per_unit"] * 2


def test_a_rank_counts_something_else():
    [rank] = figures("The township ranked 4th.")
    assert (rank.role, rank.unit) == ("rank", "other")


def test_what_a_number_fell_by_goes_down_with_its_percentage():
    _, _, number, share = figures("The poor fell from 8,250 to 6,600, that is by 1,650 people or 20.0%.")
    assert [dict(one.decided_by)["direction"] for one in (number, share)] == ["down", "down"]


def test_a_part_says_by_which_words_it_is_one():
    _, boys, girls = figures("There were 9,410 pupils; 5,316 were boys and 4,094 girls.")
    assert [dict(part.decided_by)["parent"] for part in (boys, girls)] == ["together 9,410"] * 2


def test_givers_that_gave_far_more_than_an_amount_before_them_are_none_of_it():
    text = "学校接受当地政府配套资金52000元；地方政府捐赠50000元；学区内民众募捐70000元。" + (
        "县政府捐赠物资3万元，省教育厅捐款8万元，中央财政捐助2亿元，企业捐赠9万元。"
    )
    assert [figure.link for figure in figures(text)] == [None] * 7
