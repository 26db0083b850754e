"""A file that gets another name: its content counts once, is not lost, and comes back under an earlier name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.commands.retract import supersede
from pipelines.errors import FupinError
from pipelines.orchestration.arrivals import Cursor, Memory, look
from pipelines.orchestration.work import new_files, raw_files
from pipelines.publishing.snapshot import loaded_contents, publish
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.renames import withdraw_renamed
from pipelines.warehouse.successors import likely_successors
from tests.integration.history_helpers import load, retract, rows

TOTAL = "SELECT denominator FROM indicator.central_share WHERE period_code = 'Y2010' AND basis = 'as_reported'"
pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

OLD, NEW = "jiangxi_2010.txt", "other.txt"


@pytest.fixture(scope="module")
def once(tmp_path_factory, empty_home):
    """One loaded report."""
    home = tmp_path_factory.mktemp("renames")
    settings = Settings(home=home / "var", raw=home / "raw")
    shutil.copytree(empty_home, settings.home)
    settings.raw.mkdir()
    load(settings, Path(shutil.copy(PROJECT / "raw" / OLD, settings.raw)))
    return home


@pytest.fixture
def settings(once, tmp_path):
    """A copy of it."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return Settings(home=tmp_path / "var", raw=tmp_path / "raw", settle_seconds=0)


def renamed(settings, old, new):
    """Gives a file another name, and loads it under that."""
    return load(settings, (settings.raw / old).rename(settings.raw / new))


def withdrawn(settings):
    with open_warehouse(settings) as connection:
        return withdraw_renamed(connection, settings)


def successors(settings, loaded):
    with open_warehouse(settings) as connection:
        return likely_successors(connection, settings, loaded)


def counting(settings):
    return rows(settings, "SELECT report_id FROM core.dim_report WHERE is_current ORDER BY 1")


def test_the_content_counts_once_and_under_the_new_name(settings):
    before = rows(settings, TOTAL)
    assert before
    renamed(settings, OLD, NEW)
    assert len(counting(settings)) == 2
    assert withdrawn(settings) == {OLD: NEW}
    assert counting(settings) == [(NEW,)]
    assert rows(settings, TOTAL) == before
    assert rows(settings, "SELECT retraction_reason FROM core.dim_report WHERE report_id = ?", [OLD]) == [
        (f"renamed to {NEW}",)
    ]
    assert withdrawn(settings) == {}


@pytest.mark.slow
def test_an_earlier_name_comes_back(settings):
    before = rows(settings, TOTAL)
    renamed(settings, OLD, NEW)
    withdrawn(settings)
    publish(settings)
    assert OLD not in loaded_contents(settings)
    summary = renamed(settings, NEW, OLD)
    assert (summary.loaded, summary.retracted) == ([OLD], [])
    assert withdrawn(settings) == {NEW: OLD}
    assert counting(settings) == [(OLD,)]
    assert rows(settings, TOTAL) == before
    kinds = rows(settings, "SELECT report_id, log_kind FROM core.version_event ORDER BY log_no")
    assert kinds == [
        *((OLD, "loaded"), (NEW, "loaded"), (OLD, "retracted")),
        *((OLD, "loaded"), (NEW, "retracted")),
    ]


@pytest.mark.slow
def test_a_copy_a_removal_and_a_decision_are_no_renames(settings):
    copy = settings.raw / "copy.txt"
    copy.write_bytes((settings.raw / OLD).read_bytes())
    load(settings, copy)
    assert withdrawn(settings) == {}
    copy.unlink()
    (settings.raw / OLD).unlink()
    assert withdrawn(settings) == {}
    assert len(counting(settings)) == 2


def test_what_a_person_withdrew_stays_out(settings):
    retract(settings, OLD, reason="renamed to something else by mistake")
    assert load(settings, settings.raw / OLD).retracted == [OLD]


def test_the_sensor_does_not_call_it_gone(settings):
    publish(settings)
    (settings.raw / OLD).rename(settings.raw / NEW)
    found = look(settings, Memory(), Cursor(), lambda: False)
    assert ([file.report_id for file in found.waiting], found.gone) == ([NEW], [])
    (settings.raw / NEW).unlink()
    assert look(settings, Memory(), Cursor(), lambda: False).gone == [OLD]


@pytest.mark.parametrize("place", [NEW, "2010/final.txt", "江西/copy (2).txt"])
def test_what_was_withdrawn_stays_out_wherever_it_moves(settings, place):
    retract(settings, OLD)
    publish(settings)
    target = settings.raw / place
    target.parent.mkdir(exist_ok=True)
    shutil.move(settings.raw / OLD, target)
    assert new_files(raw_files(settings), loaded_contents(settings)) == []
    assert look(settings, Memory(), Cursor(), lambda: False).waiting == []
    assert load(settings, target).retracted == [place.rpartition("/")[2]]
    assert counting(settings) == []
    retract(settings, OLD, undo=True)
    publish(settings)
    assert [file.report_id for file in new_files(raw_files(settings), loaded_contents(settings))] == [place]


def test_a_copy_that_counts_already_is_not_withdrawn_with_the_other(settings):
    load(settings, Path(shutil.copy(settings.raw / OLD, settings.raw / NEW)))
    retract(settings, OLD)
    assert load(settings, settings.raw / NEW).unchanged == [NEW]
    assert counting(settings) == [(NEW,)]
    # nor is it when its own file moves
    renamed(settings, NEW, "third.txt")
    withdrawn(settings)
    assert counting(settings) == [("third.txt",)]


# renamed and edited


def revised(settings, name=NEW, old="2010", new="2010"):
    """Gives the file another name and another last sentence, and loads it."""
    path = (settings.raw / OLD).rename(settings.raw / name)
    path.write_text(path.read_text().replace(old, new) + "\nIn all, 12 new wells were dug.\n")
    return load(settings, path)


def test_a_renamed_and_edited_report_is_told_of_and_both_count(settings):
    found = successors(settings, revised(settings).loaded)
    [(old, new, equal, figures)] = found
    assert (old, new, figures - equal) == (OLD, NEW, 1)
    assert f'`fupin supersede "{OLD}" "{NEW}"`' in found[0].line
    assert counting(settings) == [(OLD,), (NEW,)]


def test_a_report_that_is_still_there_or_of_another_year_has_no_successor(settings):
    other = settings.raw / NEW
    other.write_text((settings.raw / OLD).read_text() + "\nIn all, 12 new wells were dug.\n")
    assert successors(settings, load(settings, other).loaded) == []
    other.unlink()
    assert successors(settings, revised(settings, "third.txt", "2010", "2012").loaded) == []


def test_the_order_of_names_has_no_say(settings):
    assert successors(settings, revised(settings, "a first.txt").loaded)[0].new == "a first.txt"


def test_superseding_withdraws_the_earlier_one_and_is_taken_back(settings, capsys):
    revised(settings)
    publish(settings)
    with pytest.raises(FupinError, match=r"none\.txt: no version"):
        supersede(settings, OLD, "none.txt", "tester")
    with pytest.raises(FupinError, match="its own place"):
        supersede(settings, NEW, NEW, "tester")
    supersede(settings, OLD, NEW, "tester")
    assert counting(settings) == [(NEW,)]
    assert f"{NEW} counts in its place" in capsys.readouterr().out
    query = "SELECT retraction_reason, retracted_by FROM core.dim_report WHERE report_id = ?"
    assert rows(settings, query, [OLD]) == [(f"superseded by {NEW}", "tester")]
    assert withdrawn(settings) == {}
    retract(settings, OLD, undo=True)
    assert counting(settings) == [(OLD,), (NEW,)]
