"""Places of joined clauses and of lists, and questions that date what answers them."""

import pytest

from tests.helpers import meanings


def _regions(text, title):
    return [(figure.text, meaning.region.code) for figure, meaning in meanings(text, title)]


def test_a_place_that_begins_a_joined_clause_holds_for_it():
    text = "In Xingguo 14 schools were built, whereas Yudu, with 9 schools, put its money into teachers: 310 came."
    assert [code for _, code in _regions(text, "Report of Ganzhou City, Jiangxi Province, 2011")] == [
        "360732",
        "360731",
        "360731",
    ]


def test_a_place_right_behind_a_number_is_its_own():
    text = "Of 40 million yuan, 8 million yuan and 6 million yuan were spent, 41% in Xingguo and 33% in Yudu."
    found = dict(_regions(text, "Report of Ganzhou City, Jiangxi Province, 2011"))
    assert (found["41%"], found["33%"]) == ("360732", "360731")


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("修渠840公里，其中兴国县310公里、于都县284公里、宁都县246公里。", "赣州市2015年水利扶贫",
         ["360732", "360731", "360730"]),
        ("检查了兴国、于都、宁都三县，三县2014年到位资金分别为4100万元、3800万元和2900万元。", "赣州市2014年审计结果",
         ["360732", "360731", "360730"]),
    ],
)  # fmt: skip
def test_each_number_of_a_list_is_of_its_place(text, title, wanted):
    assert [code for _, code in _regions(text, title)][-3:] == wanted


def test_a_question_dates_its_answer():
    text = "去年减贫9.1万人。\n问：2019年有什么打算？\n答：我们准备让7.4万人脱贫。"
    found = {figure.text: meaning.period.code for figure, meaning in meanings(text, "赣州市2018年扶贫答问")}
    assert found["7.4万人"] == "Y2019"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2012年、2013年、2014年依次为8100万元、9300万元和9900万元。", ["Y2012", "Y2013", "Y2014"]),
        ("茶叶产量5140吨，上年产量4870吨。", ["Y2014", "Y2013"]),
    ],
)
def test_years_in_turn_and_what_the_year_before_brought(text, wanted):
    assert [meaning.period.code for _, meaning in meanings(text, "赣州市2014年农业统计")] == wanted
