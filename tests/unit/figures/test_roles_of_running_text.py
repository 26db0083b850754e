"""Roles and units by the words around a number, and the words that only look like them."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("至少30人到场。", "at_least level"),
        ("最多40人到场。", "up_to level"),
        ("不多于20户。", "up_to level"),
        ("It holds a maximum of 190 people.", "up_to level"),
    ],
)
def test_a_qualifier_is_no_change(text, wanted):
    assert [f"{figure.qualifier} {figure.role}" for figure in figures(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The state chose 25 villages and paid each of them 1.2 million yuan.", "CNY/village"),
        ("学生每天补助4元。", "CNY/day"),
        ("每队补助3万元。", "CNY/other"),
        ("The average grant was 5,000 yuan.", "CNY/other"),
        ("每村派干部3人。", "person/village"),
    ],
)
def test_what_an_amount_is_per(text, unit):
    found = figures(text)[-1]
    assert (found.unit, found.role) == (unit, "per_unit")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The goal for 2015 is 60,000 people.", "target"),
        ("目标任务300所学校。", "target"),
        ("全县申请资金2亿元，省级实际下达1.3亿元。", "level level"),
        ("结转下年2亿元，实际支出8亿元。", "level level"),
        ("Some 12 million yuan had yet to be spent.", "level"),
        ("The province sent down 130 million yuan.", "level"),
        ("Over 90% of villages had electricity.", "rate_pct"),
        ("A tenant may borrow up to 30,000 yuan more.", "level"),
        ("Under the plan, 70 dams were kept, which are to be raised and sealed.", "level"),
        ("计划完成后，已建渠道26公里的建设任务结束。", "level"),
        ("贫困人口41万人，比去年微升2万人，贫困户略减3000户。", "level change change"),
        ("提升了640万农村人口供水保障水平。", "level"),
        ("提升了640万农户的收入。", "level"),
        ("农户增加5000元收入。", "change"),
        ("新增6万千瓦发电能力。", "change"),
    ],
)
def test_plans_and_what_was_reached(text, roles):
    assert " ".join(figure.role for figure in figures(text)) == roles


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("无路村分别为410个、365个。", "village village"),
        ("贫困村：120个", "village"),
        ("纳雍县有贫困村300个，赫章县280个。", "village village"),
        ("The poor were 3,000; the coefficient was 0.46.", "person unknown"),
    ],
)
def test_what_a_bare_number_counts(text, units):
    assert " ".join(figure.unit for figure in figures(text)) == units


@pytest.mark.parametrize(("text", "value"), [("4 of every 5 farmers came.", "0.8"), ("3 in 10 homes have one.", "0.3")])
def test_so_many_of_so_many_is_a_share(text, value):
    assert [str(figure.value) for figure in figures(text)] == [value]
