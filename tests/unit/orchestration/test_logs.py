"""The structured log: its forms, its places, and what never stands in it."""

from __future__ import annotations

import datetime
import json

import pytest

from pipelines.orchestration import logs
from pipelines.orchestration.logs import log_event
from pipelines.settings import Settings


@pytest.fixture(autouse=True)
def _fresh():
    logs._logger.cache_clear()
    yield
    logs._logger.cache_clear()


def settings(folder, kind):
    return Settings(home=folder / "var", log=kind)


def test_a_line_of_json_has_time_level_event_and_numbers(tmp_path, capsys):
    log_event(settings(tmp_path, "json"), "loading", "report_loaded", report_id="江西\n2011.txt", run_id="r", rows=3)
    (line,) = capsys.readouterr().err.splitlines()
    found = json.loads(line)
    assert datetime.datetime.fromisoformat(found.pop("time")).tzinfo == datetime.UTC
    assert found == {
        **{"level": "info", "event": "report_loaded", "room": "loading"},
        **{"report_id": "江西\n2011.txt", "run_id": "r", "rows": 3},
    }
    (kept,) = (tmp_path / "var" / "logs").iterdir()
    assert kept.suffix == ".jsonl"
    assert kept.read_text(encoding="utf-8") == f"{line}\n"


def test_a_line_of_text(tmp_path, capsys):
    log_event(settings(tmp_path, "text"), "reading", "report_not_read", 30, report_id="a b.txt")
    assert capsys.readouterr().err.rstrip("\n").endswith('warning reading report_not_read report_id="a b.txt"')


def test_nothing_is_logged_unless_it_is_asked_for(tmp_path, capsys):
    log_event(settings(tmp_path, "off"), "run", "run_began")
    assert capsys.readouterr().err == ""
    assert not (tmp_path / "var").exists()


def test_logs_of_last_month_are_removed_and_others_stay(tmp_path, capsys):
    folder = tmp_path / "var" / "logs"
    folder.mkdir(parents=True)
    yesterday = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1)
    for name in ("2020-01-01.jsonl", f"{yesterday}.log", "notes.txt"):
        (folder / name).touch()
    log_event(settings(tmp_path, "json"), "run", "run_began")
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert {path.name for path in folder.iterdir()} >= {f"{yesterday}.log", "notes.txt"}
    assert not (folder / "2020-01-01.jsonl").exists()


def test_a_folder_that_cannot_be_written_costs_only_the_file(tmp_path, capsys):
    (tmp_path / "var").write_text("in the way")
    log_event(settings(tmp_path, "json"), "run", "run_began")
    assert json.loads(capsys.readouterr().err)["event"] == "run_began"
