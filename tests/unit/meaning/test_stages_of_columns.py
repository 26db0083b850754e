"""The state of money that a table is about is not that of columns whose headers name another one."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table


def stages(header, caption):
    document = table([["Scheme", header], ["Wells", "310"], ["Barns", "205"]], caption)
    reading = read_figures(document)
    facts = derive_facts(reading, resolve(document, identify(document), reading))
    return {fund.stage for fund in facts.funds}


@pytest.mark.parametrize("header", ["Budget", "Annual plan", "Target", "年初计划", "目标数"])
def test_plans_in_a_table_of_expenditure_are_planned(header):
    assert stages(header, "Money spent by the dairy office, 2013 (million ZMW)") == {"planned"}
    assert stages(header, "2013年资金使用情况（万元）") == {"planned"}


@pytest.mark.parametrize("header", ["Allocation", "Commitments", "Approved", "Balance", "批复数", "到位数"])
def test_of_money_whose_header_names_another_state_the_table_tells_none(header):
    assert stages(header, "Money spent by the dairy office, 2013 (million ZMW)") <= {"unknown", "carried_over"}


@pytest.mark.parametrize("header", ["Amount", "2013", "Central funds"])
def test_other_columns_have_the_state_of_their_table(header):
    assert stages(header, "Money spent by the dairy office, 2013 (million ZMW)") == {"spent"}
