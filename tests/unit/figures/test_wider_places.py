"""What a row says of itself: a total in another column, a whole country, a code, and bases of a hundred."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.figures.tables.read import read_tables
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


def leaves(rows, caption=""):
    """Cell → whether its amount counts."""
    document = table(rows, caption)
    reading = read_figures(document)
    facts = derive_facts(reading, resolve(document, identify(document), reading))
    told = {fact.figure_id: fact.is_additive_leaf for of in (facts.funds, facts.results, facts.targets) for fact in of}
    return {figure.locator.cell: told.get(figure.figure_id, False) for figure in reading.figures}


@pytest.mark.parametrize(
    ("total", "others"),
    [
        (["合计"], ["-", "-"]),
        (["Total"], ["—", "—"]),
        (["Total general"], ["3 préstamos", ""]),
        (["合计"], ["3笔", "-"]),
    ],
)
def test_a_total_among_numbers_of_rows_is_no_detail(total, others):
    rows = [["No.", "Loan", "Bank", "Amount (EUR)"], *([str(row), "Loan", "Bank", "500"] for row in (1, 2, 3))]
    found = leaves([*rows, [*total, *others, "1,500"]])
    assert found["D2"]
    assert found["D4"]
    assert not found["D5"]


def test_parts_below_of_which_in_several_languages_count_only_once():
    rows = [["Posten", "Items", "2019", "2020"], ["Ausgaben", "Expenditure", "1000", "1100"], ["davon:", "of which:"]]
    found = leaves([*rows, ["Schulen", "schools", "300", "310"], ["Wege", "roads", "400", "420"]])
    assert found["C2"]
    assert not found["C4"]
    assert not found["D5"]


@pytest.mark.parametrize(
    ("header", "wide"),
    [("county", "National"), ("Provincia", "País"), ("District", "Kenya"), ("Département", "Ensemble du pays")],
)
def test_a_whole_country_among_its_parts_may_say_the_same_again(header, wide):
    rows = [[header, "Households"], [wide, "990"], ["Alba", "200"], ["Bela", "300"], ["Cora", "250"], ["Dila", "150"]]
    found = leaves(rows)
    assert not found["B2"]
    assert found["B3"]


def test_towns_and_countryside_beside_counties_say_the_same_again():
    places = [
        ["National", "989"],
        ["Rural", "600"],
        ["Urban", "390"],
        ["Alba", "400"],
        ["Bela", "300"],
        ["Cora", "250"],
    ]
    found = leaves([["county", "Households"], *places])
    assert not any(found[cell] for cell in ("B2", "B3", "B4"))
    assert found["B5"]


def test_levels_of_offices_are_details():
    rows = [["Level", "Funds (EUR)"], ["National", "900"], ["Provincial", "200"], ["District", "310"], ["Village", "5"]]
    assert all(leaves(rows).values())


@pytest.mark.parametrize("header", ["index", "Índice", "idx", "Unnamed: 0"])
def test_whole_numbers_in_front_that_all_differ_are_those_of_rows(header):
    found = read([[header, "Region", "Pay (EUR)"], ["4032", "Alba", "7"], ["12", "Bela", "8"], ["0", "Cora", "9"]])
    assert "A2" not in found
    assert found["C2"].value == 7


def test_a_price_index_is_no_number_of_a_row():
    assert read([["Index", "Region"], ["102.5", "Alba"], ["98.7", "Bela"], ["100.1", "Cora"]])["A2"].value > 100


def test_numbers_of_codes_without_a_header_go_with_one_label_each():
    rows = [
        ["1", "Direct taxes", "10000", "Income tax", "2741269", "2741270.5"],
        ["1", "Direct taxes", "11200", "Rural land tax", "404583", "404590.5"],
        ["2", "Indirect taxes", "22000", "Drinks tax", "720323", "720320.25"],
        ["2", "Indirect taxes", "28900", "Old taxes", "1306", "1306.5"],
    ]
    found = read(rows)
    assert {cell[0] for cell in found} == {"E", "F"}


@pytest.mark.parametrize(
    "header",
    [
        "城镇人口（城镇+乡村=100）",
        "性别比例(按照女生=100)",
        "Food (2015=100)",
        "Salaires, base 100",
        "Precios (2010 = 100)",
    ],
)
def test_what_has_a_hundred_as_its_base_is_in_no_unit_and_adds_up_to_nothing(header):
    rows = [["年份", header], ["2018", "105.9"], ["2019", "99.8"], ["2020", "103.1"]]
    assert {figure.unit for figure in read(rows).values()} == {"unknown"}
    assert not any(leaves(rows).values())


@pytest.mark.parametrize(
    ("key", "is_figure"),
    [
        ("数列ID", False),
        ("Series ID", False),
        ("Código de serie", False),
        ("Schools", True),
        ("No", True),
    ],
)
def test_the_code_that_a_row_announces_is_no_figure(key, is_figure):
    rows = [
        ["Indicator", "Urban share"],
        [key, "506625557"],
        ["Mean", "41.4"],
        ["Latest", "66.2"],
        ["Smallest", "21.1"],
    ]
    assert ("B2" in read(rows)) == is_figure


@pytest.mark.parametrize("wide", ["Brasil", "ESPAÑA", "Tchad"])
def test_a_country_is_known_by_its_name_in_other_languages(wide):
    found = leaves([["Lugar", "Valor (EUR)"], [wide, "990"], ["Alba", "400"], ["Bela", "300"], ["Cora", "200"]])
    assert found["B2"] is None
    assert found["B3"]


def test_a_heading_of_residence_counts_no_villages():
    found = read([["地区", "人口（万人）", "农村", "城镇"], ["甲地", "20", "2", "18"], ["乙地", "15", "3", "12"]])
    assert {found[cell].unit for cell in ("C2", "D2")}.isdisjoint({"village", "township"})


def test_a_total_of_one_noun_at_the_end_is_no_detail_although_it_does_not_add_up():
    rows = [["Programme", "EUR"], ["Schools", "300"], ["Clinics", "250"], ["Spending, total", "600"]]
    assert not leaves(rows)["B4"]


@pytest.mark.parametrize(
    ("unit", "told"), [("%", ("%", 41)), ("million USD", ("USD", 41_000_000)), ("亿元", ("CNY", 4_100_000_000))]
)
def test_the_unit_among_what_describes_a_series_is_that_of_its_numbers(unit, told):
    found = read([["Name", "Series 1"], ["Frequency", "yearly"], ["Unit", unit], ["2018", "41"], ["2019", "66"]])
    assert (found["B4"].unit, found["B4"].value) == told
    assert not any(read([["名称", "城镇化率"], ["方差", "213.9"], ["2018", "41"]])[cell].additive for cell in ("B2",))


def test_of_a_total_with_some_of_its_parts_nothing_is_told():
    rows = [["Item", "Cost (EUR)"], ["Total", "100"], ["of which:", ""], ["Schools", "30"], ["Clinics", "40"]]
    assert leaves(rows) == {"B2": None, "B4": False, "B5": False}


@pytest.mark.parametrize("wide", ["France métropolitaine", "Mainland Tanzania", "Kenya as a whole"])
def test_most_of_a_country_is_no_place_among_its_places(wide):
    rows = [["Place", "Homes"], ["Ain", "3"], ["Aube", "4"], ["Var", "1"], ["Lot", "2"]]
    found = read_tables(table([*rows, [wide, "60"]]), 1).figures
    assert [figure.additive for figure in found] == [True] * 4 + [None]
