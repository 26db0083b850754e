"""Points and commas by the habit of the text they stand in."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, others


def values(text, title="Report on the uplands"):
    return [figure.value for figure in read_figures(document(text, title=title)).figures]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The school cost € 1.250.000,00 and the bridge 12.500 €.", [1_250_000, 12_500]),
        ("Each home got VND 5.000.000 and each pupil 350.000 VND.", [5_000_000, 350_000]),
        ("Of 12.340 families 3,5 % moved.", [12_340, 3.5]),
        ("It spent 1,234,567 yuan on 1.234 tonnes.", [1_234_567, 1.234]),
    ],
)
def test_a_number_that_is_clear_tells_how_the_others_are_parted(text, wanted):
    assert [float(value) for value in values(text)] == wanted


@pytest.mark.parametrize("text", ["Each pupil got Rp 450.000.", "It helped 12.340 families.", "It spent € 1.250."])
def test_what_nothing_settles_is_unread(text):
    assert values(text) == []
    assert [reason for _, reason in others(text)] == ["unread"]


@pytest.mark.parametrize(
    ("text", "title", "unit", "value"),
    [
        ("The state spent Rs. 45.6 crore.", "Ponds of India", "INR", 456_000_000),
        ("The state paid Ksh. 2,000 to each.", "Cash in Kenya", "KES", 2000),
        ("The state set aside Rs 2 lakh-crore.", "Ponds of India", "INR", 2 * 10**12),
        ("捐款20万元港币。", "捐款情况", "HKD", 200_000),
        ("捐款3万元（港币）。", "捐款情况", "HKD", 30_000),
        ("They lent 10 million Russian roubles.", "Loans", "RUB", 10_000_000),
    ],
)
def test_signs_and_names_of_money_are_read_whole(text, title, unit, value):
    [figure] = read_figures(document(text, title=title)).figures
    assert (figure.unit.split("/")[0], figure.value) == (unit, value)


@pytest.mark.parametrize(
    "text", ["It paid Le 500, PKR 3bn.", "It paid KES 3bn, Gs 40 million.", "It paid R 450, ZAR 5m."]
)
def test_a_sign_that_nothing_settles_has_no_neighbours_currency(text):
    found = read_figures(document(text, title="Cash compared")).figures
    assert sorted(figure.unit == "unknown" for figure in found) == [False, True]
