"""What a table says again (groups, wider classes, gross and net, two partings), and units of lines and codes."""

import pytest

from pipelines.catalog.countries import is_group
from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def additive(rows, caption=""):
    return {figure.locator.cell: figure.additive for figure in read_tables(table(rows, caption), 1).figures}


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


@pytest.mark.parametrize(
    "label",
    ["EU27_2020", "EA-19", "World", "Sub-Saharan Africa (excluding high income)", "欧盟", "África", "Low income"],
)
def test_several_countries_have_names_and_codes(label):
    assert is_group(label)


@pytest.mark.parametrize("label", ["Mali", "EU projects", "Income", "DE", "South", "Worldwide Fund"])
def test_other_names_are_of_no_group(label):
    assert not is_group(label)


@pytest.mark.parametrize("wide", ["Eastern Africa", "SADC", "Least developed countries"])
def test_a_group_among_its_countries_may_say_the_same_again(wide):
    rows = [["Country", "Wells"], ["Kenya", "410"], ["Malawi", "233"], [wide, "2190"], ["Zambia", "519"]]
    assert list(additive(rows).values()) == [True, True, None, True]


def test_groups_alone_are_parted_by_no_country():
    rows = [["Region", "Wells"], ["Eastern Africa", "410"], ["Western Africa", "233"], ["Southern Asia", "519"]]
    assert set(additive(rows).values()) == {True}


def test_a_class_that_narrower_ones_fill_may_say_the_same_again():
    rows = [["Age", "Persons"], ["0-14", "310"], ["0-4", "100"], ["5-9", "108"], ["10-14", "103"], ["15-64", "612"]]
    found = additive(rows)
    assert found["B2"] is None
    assert found["B3"] is found["B6"] is True


def test_of_classes_within_others_that_they_do_not_fill_none_is_sure_to_count():
    rows = [["Age", "Persons"], ["0-17", "310"], ["18+", "918"], ["60+", "108"]]
    assert list(additive(rows).values()) == [True, None, None]


def test_classes_one_behind_the_other_all_count():
    rows = [["Age", "Persons"], ["0-14", "310"], ["15-64", "918"], ["65+", "108"]]
    assert list(additive(rows).values()) == [True] * 3


def test_columns_of_wider_classes_may_say_the_same_again():
    rows = [["Ward", "0-14 years", "0-6 years", "7-14 years", "15+ years"]]
    rows += [["Aba", "316", "101", "220", "411"], ["Ofa", "208", "90", "119", "333"]]
    found = additive(rows)
    assert found["B2"] is None
    assert found["C2"] is found["E3"] is True


def test_gross_and_net_sum_up_the_rows_below_them():
    rows = [["", "Voted (USD)"], ["Gross", "950"], ["Refunds", "-60"], ["Net", "890"], ["Roads", "500"]]
    rows += [["Schools", "300"], ["Wages", "90"]]
    found = list(additive(rows).values())
    assert not any(found[:3])
    assert all(found[3:])


def test_many_rows_may_part_a_whole_that_a_few_before_them_part_too():
    small = [str(1000 + 37 * row) for row in range(28)]
    groups = [str(sum(map(int, small[start : start + 7]))) for start in (0, 7, 14, 21)]
    rows = [["Place", "Pupils", "Pupils in 2019"], ["Vedra", *[str(sum(map(int, small)))] * 2]]
    rows += [[f"Land {name}", value, value] for name, value in zip("KLMN", groups, strict=True)]
    rows += [[f"{chr(65 + at % 26)}{chr(97 + at // 26)}dorf", value, value] for at, value in enumerate(small)]
    found = [adds for cell, adds in additive(rows).items() if cell[0] == "B"]
    assert not any(found[:5])
    assert all(found[5:])


# -------------------------------------------------------------------------------------------------- units of lines


def test_lines_of_nouns_give_each_its_own_unit():
    rows = [
        ["地区", "播种面积", "总产量", "每亩产量"],
        ["甲地", "26.25", "7124", "271"],
        ["乙地", "15.75", "4265", "268"],
    ]
    found = read([["面积：万亩"], ["单位：产量：吨"], *rows])
    assert {found[f"B{row}"].unit for row in (4, 5)} == {"mu"}
    assert found["B4"].value == 262500
    assert found["C4"].unit == "tonne"
    assert (found["D4"].unit, found["D4"].additive) == ("unknown", False)


def test_a_sound_behind_a_sign_is_no_part_of_a_unit():
    rows = [["地区", "播种面积"], ["甲地", "26.25"], ["乙地", "15.75"]]
    assert read([["面积：万(wàn)亩"], *rows])["B3"].value == 262500


@pytest.mark.parametrize("words", ["(In ` crores)", "(` in crore)"])
def test_a_lost_sign_of_the_rupee_is_one(words):
    found = read([[words], ["Scheme", "Spent"], ["Wells", "31.5"], ["Roads", "12"]])["B3"]
    assert (found.unit, found.value) == ("INR", 315000000)


def test_persons_per_square_kilometre_are_no_length():
    rows = [["County", "Persons per sq. km"], ["Ambo", "210"], ["Bela", "118"]]
    assert {(figure.unit, figure.additive) for figure in read(rows).values()} <= {
        ("person/km2", False),
        ("unknown", False),
    }


# ------------------------------------------------------------------------------------------------ codes of exports


def test_a_code_of_per_cent_says_of_what():
    rows = [["LOCATION", "MEASURE", "TIME", "Value"], ["KEN", "PC_LF", "2011", "4.5"], ["UGA", "PC_LF", "2012", "5.25"]]
    assert {figure.unit for figure in read(rows).values()} == {"%"}


def test_a_value_of_nothing_that_is_told_may_be_a_rate():
    rows = [["LOCATION", "SUBJECT", "TIME", "Value"], ["KEN", "QX_A", "2011", "4.5"], ["UGA", "QX_A", "2012", "5.25"]]
    assert set(additive(rows).values()) == {None}
    rows[0][3] = "Amount"
    assert set(additive(rows).values()) == {True}


def test_numbers_below_sl_are_those_of_rows_although_some_are_left_out():
    rows = [["Sl.", "Office", "Paid (USD)"], ["1", "Roads", "50"], ["2", "Schools", "31"], ["7", "Wells", "12"]]
    assert {cell[0] for cell in read(rows)} == {"C"}


def test_growth_of_each_year_is_told_in_per_cent():
    rows = [["Series", "2011", "2012"], ["Income growth (annual %)", "3.5", "-0.4"], ["Income (USD)", "812", "840"]]
    assert read(rows)["B2"].unit == "%"


def test_a_revised_budget_above_its_kinds_is_no_outlay():
    rows = [["Office", "Actual 2019", "Actual 2019", "Revised 2020", "Revised 2020"]]
    rows += [["", "Current (USD)", "Capital (USD)", "Current (USD)", "Capital (USD)"]]
    found = read([*rows, ["Roads", "50", "20", "61", "22"], ["Wells", "31", "9", "40", "11"]])
    assert found["B3"].role == "level"
    assert found["D3"].role == "target"


@pytest.mark.parametrize(
    "line", ["(In ¤ crores)", "Figures in thousands of Dalas", "(in Xyq millions)", "单位：百万某盾"]
)
def test_what_a_line_scales_by_a_unit_that_is_not_known_is_not_read_unscaled(line):
    rows = [[line], ["Scheme", "Spent", "Literacy rate", "Cost (USD)"], ["Wells", "31.5", "61", "12"]]
    rows.append(["Roads", "12.25", "63", "15"])
    document = read_tables(table(rows, ""), 1)
    assert [figure.locator.cell for figure in document.figures if figure.locator.cell[0] == "B"] == []
    assert {"C3", "D3"} <= {figure.locator.cell for figure in document.figures}
    assert ("31.5", "unread") in [(other.text, other.reason) for other in document.non_figures]


@pytest.mark.parametrize("line", ["In 3 of 14 counties", "Values in Kč thousand", "Report in brief", "单位：农业局"])
def test_other_lines_leave_numbers_as_they_are(line):
    rows = [[line], ["Scheme", "Spent", "Left"], ["Wells", "31.5", "61"], ["Roads", "12.25", "63"]]
    assert "B3" in read(rows)
