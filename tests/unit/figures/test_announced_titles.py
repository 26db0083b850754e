"""Units that are told once: what they reach, and what they leave alone."""

from decimal import Decimal

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document


def read(text, title="Report of Gansu, 2013"):
    """Each figure of a text with its unit and value."""
    return [(figure.text, figure.unit, figure.value) for figure in read_figures(document(text, title)).figures]


@pytest.mark.parametrize(
    ("text", "title", "unit", "values"),
    [
        ("Harvest in thousand tonnes: maize 412, beans 38.", "Kenya 2012", "tonne", [412_000, 38_000]),
        ("Expenditure, in million yuan: roads 312 and schools 45.", "Gansu 2012", "CNY", [312_000_000, 45_000_000]),
        ("(Rs. in crore) Released: 412.60, spent: 380.25.", "India 2012", "INR", [4_126_000_000, 3_802_500_000]),
        ("All amounts are in millions of pesos. Spending rose to 467.3.", "Mexico 2012", "MXN", [467_300_000]),
        ("各县资金（万元）：甲县412，乙县380。", "甘肃省2013年报告", "CNY", [4_120_000, 3_800_000]),
        ("粮食产量（单位：万吨）：小麦12.3，玉米45.1。", "甘肃省2013年报告", "tonne", [123_000, 451_000]),
        (
            "收支如下。\n\n单位：万元\n\n全年收入12450，支出11830，其中基础设施6200。",
            "甘肃省2013年报告",
            "CNY",
            [124_500_000, 118_300_000, 62_000_000],
        ),
        ("Unit: 1,000 euros\n\nIn May the grants were 640, and the loans 75.", "Mali 2012", "EUR", [640_000, 75_000]),
        ("Grants of the year (unit: million euros)\n\nThe grants were 6.4.", "Mali 2012", "EUR", [6_400_000]),
        ("Grants (1,000 euros): Kayes 640, Mopti 75.", "Mali 2012", "EUR", [640_000, 75_000]),
        ("All values are in 1,000 euros. The grants were 640.", "Mali 2012", "EUR", [640_000]),
        ("各乡补助（1000元）：东乡640，西乡75。", "甘肃省2013年报告", "CNY", [640_000, 75_000]),
        ("单位：100元\n\n全年收入640，支出75。", "甘肃省2013年报告", "CNY", [64_000, 7_500]),
    ],
)
def test_bare_numbers_have_the_unit_that_was_told_before_them(text, title, unit, values):
    found = read(text, title)
    assert [(code, value) for _, code, value in found] == [(unit, Decimal(value)) for value in values]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("All amounts are in millions of yuan. The index stood at 102.3.", "102.3"),  # no amount
        ("All amounts are in millions of yuan. The budget went to 45 villages.", "45"),  # it counts something
        ("收支如下。\n\n单位：万元\n\n全年支出11830，受益农户4500户。", "4500"),
        ("Expenditure, in million yuan: roads 312. The school has 45.", "45"),  # the list is over
        ("Trained in the field: men 412.", "412"),  # no unit
        ("A gift (1,000 euros): it went to 412 pupils.", "1,000 euros"),
        ("Unit: mil. euros\n\nThe grants were 412.", "412"),  # a million or a thousand
    ],
)
def test_what_is_no_such_amount_keeps_its_own(text, bare):
    [(_, _, value)] = [found for found in read(text) if found[0] == bare]
    assert value == Decimal(bare.split()[0].replace(",", ""))
