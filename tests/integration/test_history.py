"""Corrected and withdrawn reports: what changed, what counts, and what counted at an earlier time."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.snapshot import loaded_contents, open_snapshot, publish
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.runs import runs
from tests.helpers import version
from tests.integration.history_helpers import edit, indicator_rows, load, retract, rows

pytestmark = pytest.mark.usefixtures("begun", "no_pages", "not_validated")

TOTAL = "SELECT denominator FROM indicator.central_share WHERE period_code = 'Y2010' AND basis = 'as_reported'"
REPORT = "jiangxi_2010.txt"


def versions(settings):
    return rows(settings, "SELECT version_no, report_status, is_current FROM core.dim_report ORDER BY 1")


def test_a_revision_lists_what_changed_figure_by_figure(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    assert rows(settings, "FROM indicator.revisions") == []
    load(settings, edit(path, "737 million", "738 million"))
    kinds = dict(rows(settings, "SELECT revision_kind, count(*) FROM indicator.revisions GROUP BY 1"))
    figures = rows(settings, "SELECT count(*) FROM core.fact_figure JOIN core.dim_report USING (report_version_key) "
                             "WHERE version_no = 1")[0][0]  # fmt: skip
    assert kinds == {"changed": 1, "unchanged": figures - 1}
    [changed] = rows(
        settings,
        "SELECT old_version_no, new_version_no, period_code, measure_code, source_code, role, old_value, new_value, "
        "value_change, value_change_pct, old_printed_text, new_printed_text FROM indicator.revisions "
        "WHERE revision_kind = 'changed'",
    )
    assert changed[:3] == (1, 2, "Y2010")
    assert changed[5:9] == ("level", 737_000_000, 738_000_000, 1_000_000)
    assert changed[9] == Decimal("0.135685")
    assert changed[10:] == ("737 million Yuan", "738 million Yuan")


@pytest.mark.slow
def test_figures_that_came_or_went_are_added_or_removed_and_move_no_other(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    text = path.read_text()
    path.write_text(text + "\nIn addition 17 villages of the province got mutual funds of 123.4 million Yuan.\n")
    load(settings, path)
    path.write_text(text)
    load(settings, edit(path, "737 million Yuan", "the usual"))
    found = rows(
        settings,
        "SELECT new_version_no, revision_kind, old_printed_text, new_printed_text FROM indicator.revisions "
        "WHERE revision_kind <> 'unchanged' ORDER BY ALL",
    )
    assert (2, "added", None, "123.4 million Yuan") in found
    assert (3, "removed", "123.4 million Yuan", None) in found
    assert (3, "removed", "737 million Yuan", None) in found
    assert not [row for row in found if row[1] == "changed"]


@pytest.mark.slow
def test_as_of_an_earlier_load_everything_is_as_it_was_then(settings, sample):
    path = sample(REPORT)
    load(settings, sample("jiangxi_2011.txt"))
    load(settings, path)
    stages = []

    def stage():
        with open_warehouse(settings) as connection:
            [at] = connection.execute("SELECT max(logged_at) FROM core.version_event").fetchone()
            figures = sorted(map(str, connection.execute("FROM core.current_figure").fetchall()))
            stages.append((at, indicator_rows(connection), figures))

    stage()
    load(settings, edit(path, "737 million", "738 million"))
    stage()
    retract(settings, REPORT)
    stage()
    retract(settings, REPORT, undo=True)
    stage()
    values = [one[1]["central_share"] for one in stages]
    assert values[0] != values[1] != values[2] != values[3] == values[1]
    with open_warehouse(settings) as connection:
        for number, (at, indicators, figures) in enumerate(stages):
            if number < 3:  # the last is as the second
                assert indicator_rows(connection, "_as_of(?)", [at]) == indicators
            asked = connection.execute("FROM core.current_figure_as_of(?)", [at]).fetchall()
            assert sorted(map(str, asked)) == figures
        # of the figures of no version nothing can be computed
        before, later = stages[0][0] - datetime.timedelta(days=1), at + datetime.timedelta(microseconds=1)
        for moment, figures in ((before, []), (later, stages[-1][2])):
            asked = connection.execute("FROM core.current_figure_as_of(?)", [moment]).fetchall()
            assert sorted(map(str, asked)) == figures
        last = stages[1][0]
        revised = connection.execute("SELECT count(*) FROM indicator.revisions_as_of(?)", [stages[0][0]]).fetchone()
        assert revised == (0,)
        assert connection.execute("SELECT count(*) > 0 FROM indicator.revisions_as_of(?)", [last]).fetchone() == (True,)


def test_the_snapshot_can_be_asked_as_of_an_earlier_load(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    load(settings, edit(path, "737 million", "738 million"))
    publish(settings)
    with open_snapshot(settings) as connection:
        query = (
            "SELECT denominator FROM indicator.central_share_as_of((SELECT min(logged_at) FROM core.version_event)) "
            "WHERE period_code = 'Y2010' AND basis = 'as_reported'"
        )
        assert connection.execute(query).fetchall() == [(737_000_000,)]
        assert connection.execute(TOTAL).fetchall() == [(738_000_000,)]


def test_a_load_that_fails_in_the_middle_switches_nothing(settings, sample, monkeypatch):
    path = sample(REPORT)
    load(settings, path)
    before = versions(settings), rows(settings, TOTAL), rows(settings, "FROM core.version_event")
    edit(path, "737 million", "738 million")

    def fail(*_arguments, **_named):
        raise RuntimeError("torn")

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.warehouse.settle.refresh_indicators", fail)
        with pytest.raises(RuntimeError, match="torn"):
            load_versions(settings, [version(path)])
    assert (versions(settings), rows(settings, TOTAL), rows(settings, "FROM core.version_event")) == before


def test_a_withdrawn_report_leaves_what_counts_and_stays_in_the_warehouse(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    load(settings, edit(path, "737 million", "738 million"))
    outcome = retract(settings, REPORT)
    assert (outcome.version_no, outcome.counted, outcome.current_no, outcome.others) == (2, True, None, (1,))
    # the version that had been replaced does not come back in silence
    assert versions(settings) == [(1, "superseded", False), (2, "retracted", False)]
    assert rows(settings, TOTAL) == []
    assert rows(settings, "SELECT count(*) FROM core.current_figure") == [(0,)]
    assert rows(settings, "SELECT count(*) FROM quality.failing") == [(0,)]
    [kept] = rows(
        settings,
        "SELECT retracted_by, retraction_reason, retracted_at IS NOT NULL, count(figure_key) FROM core.dim_report "
        "JOIN core.fact_figure USING (report_version_key) WHERE version_no = 2 GROUP BY ALL",
    )
    assert kept[:3] == ("tester", "printed by mistake", True)
    assert kept[3] > 0
    told = "SELECT reason, decided_by FROM core.version_event WHERE log_kind = 'retracted'"
    assert rows(settings, told) == [("printed by mistake", "tester")]
    with open_warehouse(settings) as connection:
        assert run_checks(connection, settings.sql) == []


def test_a_withdrawn_content_is_not_loaded_again_and_an_edited_one_is(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    retract(settings, REPORT)
    publish(settings)
    [content] = loaded_contents(settings)[REPORT]
    summary = load(settings, path)
    assert (summary.loaded, summary.unchanged, summary.retracted) == ([], [], [REPORT])
    assert versions(settings) == [(1, "retracted", False)]
    assert load(settings, edit(path, "737 million", "738 million")).loaded == [REPORT]
    assert versions(settings) == [(1, "retracted", False), (2, "current", True)]
    publish(settings)
    assert content in loaded_contents(settings)[REPORT]


def test_taking_a_withdrawal_back(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    before = rows(settings, TOTAL)
    retract(settings, REPORT)
    outcome = retract(settings, REPORT, undo=True)
    assert (outcome.version_no, outcome.current_no) == (1, 1)
    assert rows(settings, TOTAL) == before
    retract(settings, REPORT)
    load(settings, edit(path, "737 million", "738 million"))
    # another version counts by now, and keeps doing so
    assert retract(settings, REPORT, undo=True).current_no == 2
    assert versions(settings) == [(1, "superseded", False), (2, "current", True)]
    assert rows(settings, TOTAL) == [(738_000_000,)]


def test_withdrawing_a_version_that_does_not_count_changes_no_value(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    load(settings, edit(path, "737 million", "738 million"))
    outcome = retract(settings, REPORT, 1)
    assert (outcome.counted, outcome.current_no) == (False, 2)
    assert rows(settings, TOTAL) == [(738_000_000,)]
    load(settings, edit(path, "738 million", "737 million"))
    assert versions(settings) == [(1, "retracted", False), (2, "current", True)]
    assert retract(settings, REPORT, 1, undo=True).current_no == 2


@pytest.mark.parametrize(
    ("report", "number", "undo", "line"),
    [
        ("other.txt", None, False, "other.txt: no such report"),
        (REPORT, 7, False, "has no version 7, but 1 in all"),
        (REPORT, None, True, "is not withdrawn"),
        (REPORT, 1, True, "version 1 is not withdrawn"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_withdrawn_or_taken_back_is_named(settings, sample, report, number, undo, line):
    load(settings, sample(REPORT))
    with pytest.raises(FupinError, match=line):
        retract(settings, report, number, undo=undo)
    retract(settings, REPORT)
    with pytest.raises(FupinError, match="is withdrawn already"):
        retract(settings, REPORT)
    with pytest.raises(FupinError, match="is withdrawn already"):
        retract(settings, REPORT, 1)


@pytest.mark.slow
def test_the_commands_withdraw_and_take_back(fupin, settings, sample):
    sample(REPORT)
    assert fupin("run").code == 0
    assert "say why with --reason" in fupin("retract", REPORT).err
    ended = fupin("retract", REPORT, "--reason", "withdrawn by the office", "--by", "Li")
    assert f"{REPORT}: version 1 is withdrawn; no version of it counts now" in ended.out
    again = fupin("run")
    assert again.code == 0
    assert f"withdrawn: {REPORT}: withdrawn by the office" in again.out
    assert fupin("query", TOTAL, "--format", "csv").out.splitlines()[1:] == []
    assert fupin("retract", "none.txt", "--reason", "mistyped").code == 1
    assert "version 1 counts now" in fupin("retract", REPORT, "--undo", "--by", "Li").out
    told = [(one.started_by, one.outcome) for one in runs(settings)]
    assert told == [("cli", "done"), ("retract", "done"), ("retract", "failed"), ("retract", "done")]
    assert fupin("query", TOTAL, "--format", "csv").out.splitlines()[1:] == ["737000000"]


def test_a_lost_warehouse_is_not_begun_anew_in_silence(settings, sample):
    path = sample(REPORT)
    load(settings, path)
    settings.warehouse.unlink()
    with pytest.raises(FupinError, match="run `fupin rebuild` to make it anew"):
        load(settings, path)
    assert not settings.warehouse.exists()
