import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("In 2011 work went on.", "2011", "year"),
        ("From 2001 to 2010 work went on.", "2001", "year"),
        ("2011年工作推进。", "2011", "year"),
        ("They met on December 20, 2011.", "20", "date"),
        ("It belongs to the 12th Five-Year Plan.", "12", "plan_name"),
        ("A circular (Gan Cai [2011] No. 164) came out.", "164", "document_no"),
        ("The “3456” projects went on.", "3456", "slogan"),
        ("The outline has seven parts.", "seven", "structure"),
        ("Postcode 330046 Phone 0791-86266000", "******", "contact"),
        ("A once-in-100-year flood came.", "100", "generic"),
        ("The rest will move in the first half of 2011.", "half", "date"),
        ("捐资1.2亿元、6000万元、8700万元，三项合计2.67亿元。", "三", "generic"),
        ("It is filed as 123456789012345678901234567890.", "123456789012345678901234567890", "label"),
        ("It lies near the Three Gorges dam.", "Three", "slogan"),
        ("The “8-7 Plan” had preceded it.", "8", "slogan"),
    ],
)
def test_numbers_that_are_no_figures(text, number, reason):
    assert (number, reason) in others(text)
    assert number not in [figure.text for figure in figures(text)]


def test_every_number_is_in_exactly_one_row():
    text = "In 2011, 803 million Yuan went to 3,400 villages of the 12th Five-Year Plan, 22.1% more."
    assert [figure.text for figure in figures(text)] == ["803 million Yuan", "3,400", "22.1%"]
    assert others(text) == [("2011", "year"), ("12", "plan_name"), ("Five", "generic")]


def test_a_year_that_counts_something_is_a_figure():
    assert [figure.text for figure in figures("They bought 2011 pigs.")] == ["2011"]


def test_the_year_of_the_report_before_a_noun_is_a_year():
    assert figures("A circular tells how 2011 anti-poverty funds performed.") == ()


def test_how_somebody_is_reached_is_shown_nowhere():
    text = "Call 0791-86266000 for the 300 loans of 2011."
    assert [figure.sentence for figure in figures(text)] == ["Call ****-******** for the 300 loans of 2011."]
    assert others(text) == [("****", "contact"), ("********", "contact"), ("2011", "year")]


def test_numbers_of_notes_that_follow_each_other_are_no_figures():
    notes = "1 Census of the year before. 2 Gross of bank charges. 3 Estimate."
    assert others(notes) == [("1", "list_no"), ("2", "list_no"), ("3", "list_no")]
    assert [figure.text for figure in figures("2 Schools were built. 3 Clinics were opened.")] == ["2", "3"]
