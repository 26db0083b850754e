"""Claims that other numbers of the passage answer, and numbers of another kind: true texts raise no alarm."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document, figures


def failing(text):
    return [check for check in checked(document(text, section="")).checks if check.verdict in FAILING]


RATE = "需要重建的住房3665户，其中倒塌1426户。已开工3590户，完工3217户，完工率87.8%。"
PLAN = "今年应建设农田1000万亩，其中新建820万亩。到年底实际建成1014.8万亩，完成任务的101.5%。"
BEYOND = "The Department created 6,214 work places, which is 414 above the target of 5,800 (107.1%)."


@pytest.mark.parametrize(
    ("text", "number", "wrong"), [(RATE, "87.8", "78.9"), (PLAN, "101.5", "113.8"), (BEYOND, "107.1", "117.1")]
)
def test_what_the_passage_answers_holds_and_what_nothing_answers_fails(text, number, wrong):
    assert failing(text) == []
    assert failing(text.replace(number, wrong)) != []


@pytest.mark.parametrize(
    "text",
    [
        # an order by size is no list of parts
        "Cajamarca had most users, 97,200, followed by Puno with 64,850, Loreto with 41,730 and Tacna with 38,460.",
        # an amount in a list with semicolons is no whole of those behind it
        "It spent on roads, US$18.4 million; fish, US$15.9 million; finance, US$7.1 million; staff, US$3.8 million.",
        # the same unit, once by the month
        "养老金最低标准由每人每月103元提高到108元，提高5元，增幅4.9%。",
        # a goal is no sum of what was done
        "解决了196.3万人的饮水。任务是投资21.5亿元、受益180万人。从区域看，关中68.5万人，陕南84.6万人，陕北43.2万人。",
        # a distance is no road
        "The road network measures 2,900 km. Households within 2 km of a road are 34 per cent.",
    ],
)
def test_what_is_right_raises_no_alarm(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("年初的任务是投资21.5亿元、受益人口180万人。", ["target", "target"]),
        ("任务是修渠40公里，打井50眼，已修渠38公里。", ["target", "target", "level"]),
        ("目标任务完成后，新修道路40公里。", ["level"]),
        ("今年应建设农田1000万亩。", ["target"]),
        ("相应完成投资3亿元。", ["level"]),
        ("应收水费4820万元。", ["level"]),
    ],
)
def test_goals_in_a_list_and_duties_are_plans(text, roles):
    assert [figure.role for figure in figures(text)] == roles


@pytest.mark.parametrize(
    ("text", "number", "wrong"),
    [
        ("共筹集资金22.04亿元，是7月底5.51亿元的4倍。", "5.51", "9.13"),
        ("全年应收水费4,920万元，实收4,477万元，收缴率达91%。", "4,477", "4,747"),
        ("今年应配套2.50亿元，实际落实1.73亿元，到位率为69.2%。", "69.2", "61.2"),
        ("今年计划将个人平均缴费水平由422元提高到492元，增长16.6%。", "16.6", "11.6"),
        ("审计涉及资金6.97亿元，占4县同期安排扶贫资金21.65亿元的32.2%。", "32.2", "23.2"),
        ("年初结余336万元，当年提取420万元，用于抢修295万元，年末结余461万元。", "461", "416"),
        ("共安排项目622个。已完工597个，在建25个。", "597", "579"),
    ],
)
def test_what_a_sentence_says_of_its_own_numbers(text, number, wrong):
    assert failing(text) == []
    assert failing(text.replace(number, wrong)) != []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("在线捐赠共113.6万笔、4,169万元。", ["113.6万", "4,169万元"]),
        ("全年派发工单共5482单。", ["5482"]),
        ("共 12 页", []),
        ("第3页 共12页", []),
        ("第 3 / 12 页", []),
        ("共12条记录", []),
    ],
)
def test_a_number_behind_a_word_for_all_is_that_of_a_page_only_where_pages_are_told(text, counted):
    assert [figure.text for figure in figures(text)] == counted
