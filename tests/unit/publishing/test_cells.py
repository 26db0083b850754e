"""Which cells are taken for formulas, and that the mark can be taken off again."""

import csv
import datetime
import io
from decimal import Decimal

import pytest

from pipelines.publishing.cells import cell, csv_line, plain


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 10", "-5", "@sum", "\t=1", "\r=1", "\n=1", "＝1+1", "－5", "'=1", "''@a"]
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert cell(text) == f"'{text}"
    # the first apostrophe is always ours, so nothing is lost
    assert cell(text).removeprefix("'") == text


@pytest.mark.parametrize("text", ["", "扶贫资金", "a=b", "1-2", "'quoted'", " =1", "'", "it's"])
def test_other_text_stays_as_it_is(text):
    assert cell(text) == text


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("-5.50"), "-5.5"),
        (-5, -5),
        (-0.5, -0.5),
        (None, ""),
        (True, "true"),
        (datetime.date(2011, 12, 31), "2011-12-31"),
        ([1, 2], "[1, 2]"),
        (["江西"], '["江西"]'),
    ],
)
def test_what_is_no_text_is_printed_plainly(value, printed):
    assert cell(value) == plain(value) == printed


@pytest.mark.parametrize("text", ["", "a", "a,b", 'a"b', "a\nb", "a\rb", "a\r\nb", "江西，", " a "])
def test_a_line_is_read_back_as_it_was(text):
    for row in ([text], [text, "b"], ["b", text]):
        assert list(csv.reader(io.StringIO(csv_line(row), newline=""))) == [row]


def test_the_character_zero_reaches_no_cell():
    for printed in (plain("a\0b"), cell("a\0b"), csv_line(["a\0b"]), cell("=\0")):
        assert "\0" not in printed
