"""What is counted or paid for, where several nouns stand together: the people of a body, animals, each of two ends."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        # people of a place or a body are counted, and not it
        ("累计培训了112万贫困县学员。", "112万", "person"),
        ("全国7400多万企业退休人员因此受益。", "7400", "person"),
        ("帮助3.1万企业下岗职工再就业。", "3.1万", "person"),
        ("全县有36个贫困村、8200户贫困户。", "36", "village"),
        ("有1200家企业参加了结对帮扶。", "1200", "enterprise"),
        # a population is one of animals where they are named
        ("The cattle population of the district is estimated to be 320,000.", "320,000", "animal"),
        ("The goat population was 41,200.", "41,200", "animal"),
        ("The livestock population rose to 56,000.", "56,000", "animal"),
        ("The school population was 3,400.", "3,400", "person"),
        ("The population of the cattle station was 640.", "640", "person"),
        # where something is done counts nothing
        ("Of the persons moved 3,105 work near the sites, 5,217 have left for other places.", "5,217", "person"),
        ("Of the women 3,100 sell beside the schools, 1,210 stay at home.", "1,210", "person"),
    ],
)
def test_what_is_counted(text, number, unit):
    found = [figure for figure in figures(text) if number in figure.text]
    assert [figure.unit for figure in found] == [unit]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("收购价从每公斤0.6元提高到每公斤2元。", ["CNY/kg", "CNY/kg"]),
        ("补助由每户1.2万元提高到每户1.5万元。", ["CNY/household", "CNY/household"]),
        ("城市低保标准达到人均每月577元。", ["CNY/person/month"]),
        ("搬迁户户均每月增收1200元。", ["CNY/household/month"]),
        ("工人每月收入3200元。", ["CNY/month"]),
    ],
)
def test_what_an_amount_is_for_each_of(text, units):
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(
    "text",
    ["收购价从每公斤0.6元提高到每公斤2元。", "产量从每亩300公斤增加到每亩420公斤。", "补助由800元提高到每人1000元。"],
)
def test_the_first_end_of_a_change_is_the_earlier_value(text):
    earlier, later = figures(text)
    assert (earlier.role, earlier.link, later.role) == ("per_unit_prev", "previous_of", "per_unit")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("今年，会建设1000万套保障性住房。", "target"),
        ("明年，还会新建20所学校。", "target"),
        ("去年，会同财政部门发放3000万元。", "level"),
        ("大会，会上表彰50人。", "level"),
    ],
)
def test_a_clause_that_begins_with_will_plans(text, role):
    assert [figure.role for figure in figures(text)] == [role]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Primary enrolment went up by 12 percentage points, from 71 to 83.", ["pp", "%", "%"]),
        ("Coverage rose from 41 to 58, or 17 percentage points.", ["%", "%", "pp"]),
        ("入学率从71提高到83，提高12个百分点。", ["%", "%", "pp"]),
    ],
)
def test_what_differs_by_points_is_percentages(text, units):
    assert [figure.unit for figure in figures(text)] == units


def test_no_number_of_another_sentence_says_what_is_counted_beside_something_unknown():
    text = "The 45 villages lie in the hills. Of 83 contracts, 51 were signed in time and 32 later."
    assert "village" not in [figure.unit for figure in figures(text)[1:]]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The survey judged only 47 pumps to be working and 21 to be dry.", ["level", "level"]),
        ("The team found 33 wells to be dry.", ["level"]),
        ("The district has 33 wells to be repaired.", ["target"]),
        ("Of 83 contracts, 51 were signed within the planned period and 32 later.", ["level", "level", "level"]),
    ],
)
def test_what_something_is_found_to_be_is_no_plan(text, roles):
    assert [figure.role for figure in figures(text)] == roles
