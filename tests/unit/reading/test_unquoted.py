"""Lines above a table of delimited text whose commas no quotes protect."""

import pytest

from pipelines.figures.tables.read import read_tables
from pipelines.reading.read import read_document
from pipelines.reading.unquoted import whole_lines


@pytest.fixture
def read(tmp_path):
    def cells(text):
        path = tmp_path / "grants.csv"
        path.write_text(text, encoding="utf-8")
        document = read_document(path, path.name, 1 << 20)
        assert document.unread == ()
        return {one.locator.cell: (one.unit, one.value) for one in read_tables(document, 1).figures}

    return cells


@pytest.mark.parametrize(
    "top",
    [
        "Grants\n(in 1,000 euros)\n",
        "Unit: 1,000 euros\n",
        "Grants (1,000 euros)\n",
        "Grants,\nAmounts in 1,000 euros,\n",
    ],
)
def test_a_line_of_units_that_its_comma_parts_is_one(read, top):
    rows = top.count("\n")
    found = read(f"{top}Place,Grants\nA,6\nB,7\n")
    assert found == {f"B{rows + 2}": ("EUR", 6_000), f"B{rows + 3}": ("EUR", 7_000)}


def test_a_header_whose_brackets_hold_a_comma_is_one(read):
    assert read("Place,Grants (1,000 euros),Wells\nA,6,3\nB,7,4\n")["C2"] == ("facility", 3)


@pytest.mark.parametrize(
    "row",
    [
        ["A", "12", "345"],
        ["Unit", "12", "345"],
        ["1) roads", "2) wells"],
        ["In 2012", "of 12", "34"],
        ["A", "(12)", "(13)"],
    ],
)
def test_cells_that_are_whole_stay_apart(row):
    assert whole_lines([row], ",") == [row]
