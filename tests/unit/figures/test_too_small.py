"""A number that would be kept as zero is told of and no figure; zero and what is large enough are kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, table

TOO_SMALL = "smaller than anything that is kept"


def reasons(reading):
    return {figure.text: figure.why for figure in reading.non_figures if figure.reason == "unread"}


@pytest.mark.parametrize("printed", ["0.000000001", "0.0000005"])
def test_a_number_that_would_be_kept_as_zero_is_not_read(printed):
    prose = read_figures(document(f"The share came to {printed} km of roads per person and 5 km in all."))
    cells = read_figures(table([["County", "Roads (km)"], ["Anyuan", "5"], ["Xunwu", printed]]))
    for reading in (prose, cells):
        assert reasons(reading) == {printed: TOO_SMALL}
        assert [figure.value for figure in reading.figures] == [Decimal(5)]


@pytest.mark.parametrize("printed", ["0", "0.000001", "0.00000051"])
def test_zero_and_what_has_a_place_are_figures(printed):
    reading = read_figures(table([["County", "Roads (km)"], ["Anyuan", "5"], ["Xunwu", printed]]))
    assert [figure.value for figure in reading.figures] == [Decimal(5), Decimal(printed)]


def test_the_scale_counts():
    reading = read_figures(table([["County", "Funds (100 million yuan)"], ["Anyuan", "5"], ["Xunwu", "0.0000001"]]))
    assert [figure.value for figure in reading.figures] == [Decimal("5E+8"), Decimal(10)]
