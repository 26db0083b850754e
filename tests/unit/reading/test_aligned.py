"""Tables in plain text whose columns only blanks or tabs set apart."""

import pytest

from pipelines.reading.aligned import read_plain

ROWS = "Ward       Wells   Grants (1,000 euros)\nEast hill      6                    640\nWest bank     12    75\n"


def cells(content):
    return [[cell.text for cell in table.cells] for table in content.tables]


@pytest.mark.parametrize("rows", [ROWS, ROWS.replace("  ", "\t").replace("\t\t", "\t"), ROWS.replace("  ", "　　")])
def test_a_table_of_blanks_is_one_and_leaves_the_text(rows):
    content = read_plain(f"Works of 2012\n\nUnit of grants as told.\n{rows}\nAll wells hold water.\n")
    assert cells(content) == [
        ["Ward", "Wells", "Grants (1,000 euros)", "East hill", "6", "640", "West bank", "12", "75"]
    ]
    assert content.tables[0].caption == "Unit of grants as told."
    shown = [content.text[block.start : block.end] for block in content.blocks]
    assert shown == ["Works of 2012", "Unit of grants as told.", "All wells hold water."]


def test_headers_may_be_years():
    assert cells(read_plain("Wells\n\nWard   2011  2012\nEast   6     7\nWest   12    13\n"))[0][1:3] == [
        "2011",
        "2012",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Works\n\nEast  6  640\nWest  12  75\nHill  3  80\n",  # no headers
        "Works\n\nWard  Wells  Grants\nEast  6\nWest  12  75\n",  # a cell is missing, of which column nobody can tell
        "Works\n\nThe ward  had wells.  They are\nold.  In all  there were\nsix.  Grants  came late\n",  # wide blanks
        "Works\n\nWard  Wells\nEast  6\n",  # too little to tell
    ],
)
def test_other_lines_stay_text(text):
    content = read_plain(text)
    assert (content.tables, content.text) == ((), text)
