"""Numbers of running text that count nothing: ages, parts of laws, furniture of pages, names, conditions."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.figures.tables.read import read_tables
from tests.helpers import document, figures, others, table


@pytest.mark.parametrize(
    "text",
    [
        "Courses are open to people aged 18 to 45.",
        "Toddlers and children under 6 were weighed.",
        "A pension goes to people over 70.",
        "The 16- to 24-year-olds found work.",
        "Youths (18–35) were trained.",
        "Mo Yun, 47, moved last spring.",
        "One is older than 60.",
        "为60岁以上老人发放补贴。",
        "对16、17岁学生免费。",
        "劳动力年龄在18至45之间。",
    ],
)
def test_ages_count_nobody(text):
    assert [figure.text for figure in figures(text) if figure.unit != "fraction"] in ([], ["One"])


def test_people_in_brackets_are_counted():
    assert [figure.value for figure in figures("Nurses (45) and children (120) came.")] == [45, 120]


@pytest.mark.parametrize(
    "text",
    [
        "It rests on Section 14(3)(b) of the statute.",
        "Sections 4 and 5 apply.",
        "See §§ 3–5 and Art. 14.2.",
        "Articles 3 to 7, Schedule 3 and Rule 6A hold.",
        "详见附件3和附表1。",
        "如图2所示，见表2-1。",
        "依据第12条第（3）项办理。",
        "根据《关于支持100个试点村的意见》执行。",
        "It follows the paper entitled “40 villages on the map”.",
        'It follows the circular "On 40 pilot villages".',
    ],
)
def test_parts_and_titles_of_documents_are_no_figures(text):
    assert figures(text) == ()


@pytest.mark.parametrize("number", ["2.1", "2.1.3", "3.2."])
def test_numbers_of_paragraphs_are_no_figures(number):
    found = figures(f"They met.\n{number} Each driver is paid 2,800 yuan a month.")
    assert [figure.value for figure in found] == [2800]


@pytest.mark.parametrize(
    "line",
    [
        "Page 3 of 12",
        "Published 4 June 2011 | 3 min read | 1,204 views",
        "12 comments · 45 shares · 230 likes",
        "- 3 -",
        "1 2 3 4",
        "2011-12-25 来源：县扶贫办 责任编辑：李五一 点击：389次",
        "阅读 1.2万",
        "联系电话：0710-5550123 邮编：441600",
    ],
)
def test_what_stands_around_the_text_is_no_figure(line):
    source = document(f"They met.\n{line}\nThe fund helped 6,450 farmers.")
    assert [figure.value for figure in read_figures(source).figures] == [6450]


@pytest.mark.parametrize(
    "text",
    [
        "四川九寨沟和五里桥村通了路。",
        "7号楼和305室已修好。",
        "二期工程由十二届三次会议批准。",
        "17年底、90年代和农历八月十五都办过会。",
        "县里办了双十一活动，前3名受表彰。",
        "企业家陆万修来访。",
    ],
)
def test_chinese_names_with_numbers_are_no_figures(text):
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("If every village joined, the fund would need 95 million yuan.", "what would be under a condition"),
        ("Without the dam 3,000 people would have to move.", "what would be under a condition"),
        ("如果全部参保，需资金9500万元。", "what would be under a condition"),
        ("The county did not build 30 houses.", "what was not done"),
        ("The rate was 1 US dollar = 6.2 yuan.", "a rate of exchange"),
        ("它按汇率6.3元折算。", "a rate of exchange"),
        ("The balance was (3.4) million yuan.", "brackets around it that may be a minus"),
        ("A change of ±3% was seen.", "a sign that is a plus or a minus"),
    ],
)
def test_what_is_no_amount_is_unread_with_its_reason(text, why):
    reading = read_figures(document(text))
    assert reading.figures == ()
    assert {other.why for other in reading.non_figures if other.reason == "unread"} == {why}


def test_cents_of_a_currency_that_nothing_tells_are_of_no_unit():
    assert [(figure.value, figure.unit) for figure in figures("Rice costs 50 cents a bag.")] == [(50, "unknown")]


def test_a_count_behind_a_month_is_no_day():
    assert [figure.value for figure in figures("In May 300 pupils came.")] == [300]


def test_an_hour_of_four_digits_is_a_time():
    assert others("Doors close at 1530 hrs.") == [("1530", "date")]


@pytest.mark.parametrize(
    "text",
    [
        "Write to 31 Mill Lane, York.",
        "It is registered charity 1074125.",
        "Send an SMS to 30115 or dial 0800 512 774.",
        "It follows target 2.3 of the plan (indicator 2.3.1).",
        "The camp lies at 4°21′ N, 35°07′ E.",
        "See `list_14.csv`.",
        "身份证尾号4418。",
        "三番五次上门。",
        "六和面粉公司捐书。",
        "陆家村修路。",
        "问3：何时发放？",
        "1 Introduction .......... 5",
    ],
)
def test_addresses_sayings_codes_and_places_on_a_map_count_nothing(text):
    assert figures(text) == ()


def test_sayings_take_no_counts_with_them():
    assert [figure.value for figure in figures("三户五人受益。")] == [3, 5]
    assert [figure.value for figure in figures("补助伍拾元。")] == [50]


@pytest.mark.parametrize("label", ["First survey date", "Year of the census", "首次调查日期", "Fecha de inicio"])
def test_a_year_in_a_row_of_dates_is_no_figure(label):
    rows = [["Item", "Atia"], [label, "2007"], ["Herds", "1998"], ["Mills", "41"]]
    assert [figure.locator.cell for figure in read_tables(table(rows), 1).figures] == ["B3", "B4"]


@pytest.mark.parametrize(
    "text",
    [
        "The 2006 revised relief program covers the rest.",
        "The money was paid under the 2006 village program.",
        "It follows the 2011 school plan.",
        "Many called it a burden (Household Attitudes Survey 2013).",
        "Others did not (Okello 2014; Rana and Otieno 2015).",
        "The estimate for FY 78 is out.",
        "Ask the office at 202-555-0143 or (202) 555-0188.",
        "The safety net was widened.  116.I propose to add to it. 117. In all districts it will be so.",
        "1\u20e3 Disability is told by sex.",
        "2\ufe0f\u20e3 农村的情况。",
    ],
)
def test_years_of_names_and_numbers_of_paragraphs_and_telephones_count_nothing(text):
    assert not figures(text)


def test_several_of_a_thing_are_counted_and_areas_too():
    assert [figure.value for figure in figures("The county has 2006 villages. It planted 2010 mu of trees.")] == [
        2006,
        2010,
    ]


def test_no_day_has_decimals():
    found = figures("Sold in Feb 48.7, March 13.2, Apr 2.0, May 9.0.")
    assert [figure.text for figure in found] == ["48.7", "13.2", "2.0", "9.0"]


def test_what_has_a_scale_is_no_number_of_a_name():
    assert [(f.value, f.unit) for f in figures("The cost is put at ZZZK 51 billion.")] == [(51 * 10**9, "unknown")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The sites can hold 15,500 units in all.", "other"),
        ("Last year 365 units helped poor villages.", "organisation"),
        ("Some 41 provincial units gave money.", "organisation"),
    ],
)
def test_units_are_offices_where_they_act(text, unit):
    assert [figure.unit for figure in figures(text)] == [unit]


def test_a_count_that_ends_a_sentence_is_no_paragraphs_number():
    text = "Poor villages: 310. They lie in the north."
    assert [figure.value for figure in figures(text)] == [310]


@pytest.mark.parametrize("noun", ["people", "children", "staff", "sheep", "cattle", "fish", "trout"])
def test_nouns_without_a_plural_of_their_own_are_counted(noun):
    assert [figure.value for figure in figures(f"The county counted 2009 {noun}.")] == [2009]


@pytest.mark.parametrize(
    "text", ["This is part of our Enterprise 2020 (EN2020) scheme.", "We keep the aid of Budget 2011, too."]
)
def test_the_year_in_a_title_is_part_of_the_name(text):
    assert not figures(text)
    assert {reason for _, reason in others(text)} == {"label"}
