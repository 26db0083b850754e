"""Regions and programs have the codes of the year that a figure speaks of."""

from __future__ import annotations

from pipelines.catalog.load import catalog
from pipelines.catalog.regions import prior_region, region, regions
from pipelines.warehouse.dimensions import _program_rows, program_key, region_key
from pipelines.warehouse.keys import UNKNOWN_KEY, code_key


def test_a_region_has_the_code_of_the_year():
    assert region_key("110228", "Y2011") not in (UNKNOWN_KEY, region_key("110118", "Y2017"))
    # neither code held in the other's time
    assert region_key("110228", "Y2017") == region_key("110118", "Y2011") == UNKNOWN_KEY


def test_a_region_that_became_another_knows_the_earlier_one():
    later = region("110118", 2017)
    assert later is not None
    earlier = prior_region(later)
    assert earlier is not None
    assert (earlier.code, earlier.valid_to) == ("110228", later.valid_from)
    assert prior_region(earlier) is None


def test_most_regions_that_began_later_continue_one_that_ended():
    later = [entry for entry in regions() if entry.valid_from > regions()[0].valid_from]
    found = [prior for entry in later if (prior := prior_region(entry))]
    assert len(found) > 0.6 * len(later)
    assert len({prior.code for prior in found}) == len(found)


def test_a_program_has_the_budget_code_of_the_year_and_one_key_otherwise():
    assert (
        program_key("industrial", "Y2011") == program_key("industrial", "unknown") == code_key("program", "industrial")
    )
    assert program_key("industrial", "Y2006") != program_key("industrial", "Y2007")
    assert program_key("training", "Y2006") == program_key("training", "Y2011")
    assert program_key("unknown", "Y2006") == UNKNOWN_KEY
    before, now = _program_rows(catalog().programs["industrial"])
    assert (before["program_key"], now["program_key"]) == (
        program_key("industrial", "Y2006"),
        code_key("program", "industrial"),
    )
    assert (before["budget_code"], before["valid_to_year"]) == (None, 2007)
    assert (now["budget_code"], now["valid_from_year"], now["valid_to_year"]) == ("2130505", 2007, None)
