"""The record of runs: its journal, its copy in the warehouse, and what it says of late runs."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import pytest

from pipelines.settings import PROJECT, Settings
from pipelines.warehouse import runs as runs_module
from pipelines.warehouse.run_trends import run_problems, slow_rooms, trend
from pipelines.warehouse.runs import Room, RunRecord, journal_path, note_run, runs, sync_runs


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "var", raw=tmp_path / "raw")


def record(number, seconds=1.0, **others):
    at = f"2026-01-01T00:{number:02}:00+00:00"
    rooms = {"reading": Room(seconds, 1, 9), "loading": Room(0.5, 1, 20)}
    # the rooms, and two seconds outside of them
    end = f"2026-01-01T00:{number:02}:{seconds + 2.5:09.6f}+00:00"
    known = {"ended_at": end, "outcome": "done", "reports_read": 1, "numbers_in": 9, "figures_out": 7}
    return RunRecord(**{"run_id": f"r{number}", "started_by": "cli", "started_at": at, "process_id": os.getpid()}
                     | known | {"non_figures_out": 2, "rooms": rooms} | others)  # fmt: skip


def test_the_last_line_of_a_run_counts_and_damage_is_passed_over(settings):
    note_run(settings, record(1, ended_at="", outcome="running"))
    with journal_path(settings).open("a") as file:
        file.write('{"run_id": "half')
    note_run(settings, record(1, rows_loaded=5))
    with journal_path(settings).open("a") as file:
        file.write('[]\n{"run_id": "other", "rooms": {}}\n')
    note_run(settings, record(2))
    assert runs(settings) == [record(1, rows_loaded=5), record(2)]


def test_an_outgrown_journal_loses_its_older_half(settings, monkeypatch):
    for number in range(10):
        note_run(settings, record(number))
    monkeypatch.setattr(runs_module, "_LARGEST", 100)
    note_run(settings, record(11))
    assert [one.run_id for one in runs(settings)] == ["r5", "r6", "r7", "r8", "r9", "r11"]


def test_a_journal_that_cannot_be_written_costs_no_run(settings):
    settings.home.write_text("in the way")
    note_run(settings, record(1))
    assert runs(settings) == []


def test_the_warehouse_keeps_what_the_journal_tells(settings):
    with duckdb.connect() as connection:
        sync_runs(connection, settings)
        connection.execute("CREATE SCHEMA quality")
        for name in ("run", "run_room"):
            connection.execute((PROJECT / "sql" / "schema" / f"{name}.sql").read_text())
        note_run(settings, record(1))
        note_run(settings, record(2, ended_at="", outcome="running", non_figures_out=1))
        sync_runs(connection, settings)
        asked = "SELECT run_id, outcome, is_conserved, ended_at IS NULL FROM quality.run ORDER BY 1"
        assert connection.execute(asked).fetchall() == [("r1", "done", True, False), ("r2", "running", False, True)]
        note_run(settings, record(2))
        sync_runs(connection, settings)
        assert connection.execute(asked).fetchall() == [("r1", "done", True, False), ("r2", "done", True, False)]
        rooms = connection.execute("SELECT run_id, room, room_seconds, rows_out FROM quality.run_room ORDER BY ALL")
        assert [(*row[:2], float(row[2]), row[3]) for row in rooms.fetchall()] == [
            *(("r1", "loading", 0.5, 20), ("r1", "reading", 1.0, 9)),
            *(("r2", "loading", 0.5, 20), ("r2", "reading", 1.0, 9)),
        ]


def test_a_run_whose_process_is_gone_has_no_end():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lost = record(2, ended_at="", outcome="running", process_id=ended.pid)
    assert run_problems([record(1), lost]) == [
        "the last run, of 2026-01-01T00:02:00 by cli, has no end: its process is gone"
    ]
    assert run_problems([record(1), record(2, ended_at="", outcome="running")]) == []
    assert run_problems([lost, record(3)]) == []


def test_failed_runs_and_lost_numbers_are_told():
    assert run_problems([]) == run_problems([record(1)]) == []
    assert run_problems([record(1), record(2, outcome="failed", cause="no disk")]) == [
        "the last run, of 2026-01-01T00:02:00 by cli, failed: no disk"
    ]
    assert run_problems([record(1, numbers_in=10), record(2)]) == [
        "the run of 2026-01-01T00:01:00 has lost numbers: 10 found, 7 figures, 2 others, 0 not read"
    ]


def test_a_slow_room_is_told_among_runs_of_its_size():
    usual = [record(number) for number in range(5)]
    assert slow_rooms([*usual, record(6, seconds=3.5)]) == ["reading took 3.5 s in the last run; 1.0 s is usual"]
    assert slow_rooms([*usual, record(6, seconds=2.9)]) == []
    assert slow_rooms([*usual[1:], record(6, seconds=3.5)]) == []
    assert slow_rooms([*usual, record(6, seconds=30, reports_read=10)]) == []


def test_a_command_with_its_own_work_is_no_measure_for_runs():
    usual = [record(number) for number in range(5)]
    assert slow_rooms([*usual, record(6, seconds=3.5, started_by="rerun")]) == []
    assert trend([record(number, started_by="rebuild") for number in range(30)]) is None


def test_a_decision_that_was_refused_is_no_problem_of_runs():
    refused = record(2, outcome="failed", cause="no such report", started_by="retract")
    assert run_problems([record(1), refused]) == []
    assert run_problems([record(1, outcome="failed", cause="no disk"), refused]) != []
    assert run_problems([record(1), record(2, outcome="failed", cause="no disk", started_by="rebuild")]) != []


def test_the_trend_sets_late_runs_beside_earlier_ones():
    assert trend([record(number) for number in range(24)]) is None
    earlier, late = [record(number) for number in range(5)], [record(9 + number, seconds=2.0) for number in range(20)]
    assert trend([*earlier, *late]) == (3.5, 4.5)
    assert record(1, ended_at="").seconds == 1.5
