"""Tables that stand beside each other on one sheet, with an empty column between them."""

from pipelines.figures.tables.read import read_tables
from tests.helpers import table

SHEET = [
    ["Stores and pay, 2013"],
    ["Depot", "Paid (ZMW)", "", "Tool", "Issued"],
    ["Mumbwa", "310", "", "Hoes", "44"],
    ["Kasama", "205", "", "Axes", "31"],
    ["Mongu", "180", "", "Total", "75"],
    ["Total", "695", "", "", ""],
]


def read(rows):
    return {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}


def test_each_has_its_own_names_and_totals():
    found = read(SHEET)
    assert found["E3"].locator.row_path == "Hoes"
    assert [cell for cell, figure in found.items() if not figure.additive] == ["B6", "E5"]
    assert (found["B5"].parent, found["E4"].parent) == (found["B6"].figure_id, found["E5"].figure_id)


def test_columns_behind_an_empty_one_belong_to_the_row_where_they_name_nothing_themselves():
    found = read([SHEET[0], *([*row[:3], more] for row, more in zip(SHEET[1:], ["Repaid", *"7849"], strict=True))])
    assert found["D3"].locator.row_path == "Mumbwa"


def test_a_note_behind_an_empty_column_begins_no_table():
    notes = ["", "Remark", "late", "in time", "late", ""]
    found = read([[*row[:3], note, *row[4:]] for row, note in zip(SHEET, notes, strict=True)])
    assert found["E3"].locator.row_path == "Mumbwa"


def test_receipts_and_payments_beside_each_other_are_two_tables():
    head = ["Came in", "Tk.", "Went out", "Tk."]
    found = read([head, ["Dues", "75", "Rent", "51"], ["Gifts", "31", "Fuel", "44"], ["", "", "Left", "11"]])
    assert {cell: figure.locator.row_path for cell, figure in found.items() if cell[0] == "D"} == {
        "D2": "Rent",
        "D3": "Fuel",
        "D4": "Left",
    }
