"""Years, dates and times in short forms, counts that look like years, names with numbers, telephones."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, figures, others


def read(text):
    """The figures of a text of a report of 2013, and what of it is none."""
    found = read_figures(document(text, title="甘肃省2013年扶贫"))
    start = len("甘肃省2013年扶贫")
    return (
        [figure.text for figure in found.figures],
        [other.reason for other in found.non_figures if other.locator.start > start],
    )


@pytest.mark.parametrize(
    ("text", "kept", "reasons"),
    [
        ("13年6月拨款7万元。", ["7万元"], ["date", "date"]),
        ("截至12年安排7万元。", ["7万元"], ["year"]),
        ("2011.6拨款7万元。", ["7万元"], ["date"]),
        ("2012～13年拨款7万元。", ["7万元"], ["year", "year"]),
        ("11、12年拨款7万元。", ["7万元"], ["year", "year"]),
        ("2010学年招收45人。", ["45"], ["year"]),
        ("2012级学生45人。", ["45"], ["year"]),
        ("2011拨款7千万。", ["7千万"], ["year"]),
        ("工期12年。", ["12"], []),
        ("In the 70s they dug 45 wells.", ["45"], ["date"]),
        ("In the first three quarters they dug 45 wells.", ["45"], ["date"]),
        ("At half past 7 they met 45 farmers.", ["45"], ["date"]),
        ("Doors close at 16.45 daily.", [], ["date"]),
        ("In year 3 they dug 45 wells.", ["45"], ["list_no"]),
        ("Each year 3 villages joined.", ["3"], []),
        ("12393热线接到45件。", ["45"], ["label"]),
        ("985高校派出45人。", ["45"], ["label"]),
        ("4年级学生45人。", ["45"], ["list_no"]),
        ("It joined the Group of 24 and took Bus 17.", [], ["label", "list_no"]),
        ("It met ISO 14001 and SDG 6.", [], ["label", "list_no"]),
        ("See doi:10.1257/aer.2013.04.", [], ["document_no", "document_no"]),
        ("Pages 1 2 3 4 Next", [], ["label"] * 4),
        ("手机：13698765432。", [], ["contact"]),
        ("Call 137 5555 0101 or 400-700-8888.", [], ["contact"] * 6),
        ("QQ群：887766554。", [], ["contact"]),
        ("电话（0931）7654321。", [], ["contact", "contact"]),
        ("身份证620105198807076543。", [], ["document_no"]),
        ("They began in '97.", [], ["year"]),
        ("It is part of Industry 4.0 here.", [], ["label"]),
        ("推行1+N模式，80后回乡。", [], ["label", "label"]),
        ("Global 2004 Census lists have 70 towns.", ["70"], ["year"]),
    ],
)
def test_what_names_a_time_or_a_thing_counts_nothing(text, kept, reasons):
    assert read(text) == (kept, reasons)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1996 of the 2,300 homes have light.", [1996, 2300]),
        ("Of the 2004 pupils 1987 passed.", [2004, 1987]),
        ("2011 of them stayed.", [2011]),
        ("In Gansu 300 were trained.", [300]),
        ("In Mombasa 400 were trained and in Kwale 310.", [400, 310]),
        ("Wells 30, Bridges 40.", [30, 40]),
    ],
)
def test_what_looks_like_a_year_or_a_name_may_count(text, values):
    assert [figure.value for figure in figures(text)] == values


def test_kinds_of_places_in_brackets_are_one_unit():
    assert [figure.unit for figure in figures("六个县（市、区）实施，9个乡（镇）参加。")] == ["county", "township"]


def test_the_code_of_a_standard_is_no_slip_for_an_amount():
    assert ("14001", "label") in others("It met ISO 14001.")
