"""Tables by several classifications: the same people are parted by each of them, and counted once."""

from decimal import Decimal

from pipelines.checking.arithmetic import check_figures
from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table

HEAD = ["District", "Land", "Age", "Farmers"]
MARGINS = [
    ["Ora", "Total", "Total", "120"],
    ["Ora", "Total", "Under 30", "50"],
    ["Ora", "Total", "30 and over", "70"],
    ["Ora", "Irrigated", "Total", "80"],
    ["Ora", "Rainfed", "Total", "40"],
]
CROSSED = [
    ["Ora", "Irrigated", "Under 30", "35"],
    ["Ora", "Irrigated", "30 and over", "45"],
    ["Ora", "Rainfed", "Under 30", "15"],
    ["Ora", "Rainfed", "30 and over", "25"],
]


def read(rows):
    document = table([HEAD, *rows])
    reading = read_figures(document)
    checked = check_figures(reading, resolve(document, identify(document), reading))
    failing = [check for check in checked.checks if check.verdict.startswith("fails")]
    return {figure.locator.row_path: figure for figure in reading.figures}, failing


def added(figures):
    return sum((figure.value for figure in figures.values() if figure.additive), Decimal(0))


def test_each_classification_adds_up_by_itself():
    figures, failing = read(MARGINS + CROSSED)
    assert failing == []
    assert added(figures) == 120
    axes = {figures[label].axis for label in ("Ora > Total > Under 30", "Ora > Irrigated > Total")}
    assert len(axes) == 2


def test_margins_alone_are_added_by_one_of_the_classifications():
    figures, failing = read(MARGINS)
    assert (failing, added(figures)) == ([], 120)


def test_what_is_crossed_for_some_only_is_added_with_the_rest_of_its_classification():
    figures, failing = read(MARGINS + CROSSED[:2])
    assert (failing, added(figures)) == ([], 120)


def test_a_wrong_part_is_told_of_its_own_classification():
    rows = [row if row[1] != "Rainfed" else [*row[:3], "44"] for row in MARGINS]
    _, failing = read(rows)
    assert {check.rule: len(check.operands) for check in failing} == {"control_total": 3, "axes_agree": 4}


def test_both_sexes_and_codes_of_totals_are_totals():
    rows = [["Ora", "Both sexes", "_T", "9"], ["Ora", "Women", "_T", "5"], ["Ora", "Men", "_T", "4"]]
    rows += [["Ora", "Both sexes", "Y15", "6"], ["Ora", "Both sexes", "Y25", "3"]]
    figures, failing = read(rows)
    assert (failing, added(figures)) == ([], 9)


def test_two_classes_that_part_a_scale_name_rows():
    figures, _ = read([["Ora", "Rainfed", "Below 30", "5"], ["Ora", "Rainfed", "30 and above", "7"]])
    assert {path: figure.value for path, figure in figures.items()} == {
        "Ora > Rainfed > Below 30": 5,
        "Ora > Rainfed > 30 and above": 7,
    }
