"""A whole run opens no connection, and no secret of the environment is written anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import PROJECT
from pipelines.warehouse.runs import runs

SECRET = "s3cr3t-t0ken-of-a-channel"
# a hook that Python calls for every attempt, whatever library makes it
GUARD = """
import sys
tried = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[-1] if event != "socket.getaddrinfo" else arguments[:2]
        if isinstance(address, (tuple, list)):
            tried.append((event, address))
            raise OSError("no network in this test")
sys.addaudithook(watch)
"""
RUN = (
    GUARD
    + """
sys.argv = ["fupin", "run"]
from pipelines.cli import main
try:
    main()
finally:
    print("tried:", tried)
"""
)


def run(settings, code, **environment):
    chosen = {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw), "FUPIN_WORKERS": "1"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT, env=os.environ | chosen | environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_a_run_opens_no_connection_and_writes_no_secret(settings):
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2010.txt", settings.raw / "jiangxi_2010.txt")
    ended = run(settings, RUN, FUPIN_ALERTS=f"json://user:{SECRET}@example.org/hook", FUPIN_LOG="json")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.endswith("tried: []\n")
    assert "1 new in this run" in ended.stdout
    assert SECRET not in ended.stdout + ended.stderr
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
    # the log tells what happened, and no word of the report
    log = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [entry["event"] for entry in log if entry["event"] != "room_left"] == [
        *("run_began", "report_read", "report_loaded", "run_ended")
    ]
    assert [entry["room"] for entry in log if entry["event"] == "room_left"] == list(measured_rooms(settings))
    assert {entry["report_id"] for entry in log if "report_id" in entry} == {"jiangxi_2010.txt"}
    (kept,) = (settings.home / "logs").iterdir()
    assert kept.read_text() == ended.stderr
    assert "Yuan" in (settings.raw / "jiangxi_2010.txt").read_text()
    assert "Yuan" not in ended.stderr
    # and so does the snapshot, as far as the run had come when it was published
    with open_snapshot(settings) as connection:
        found = connection.execute(
            "SELECT started_by, outcome, reports_read, reports_loaded, numbers_in, is_conserved, rows_loaded > 50, "
            "peak_memory_mib > 50 FROM quality.run"
        ).fetchall()
        rooms = connection.execute(
            "SELECT room, rows_in, rows_out, room_seconds > 0 FROM quality.run_room ORDER BY room_order"
        ).fetchall()
    assert found == [("cli", "running", 1, 1, 32, True, True, True)]
    assert rooms[0] == ("reading", 1, 32, True)
    assert [room[0] for room in rooms] == ["reading", "checking", "loading", "validating"]
    assert all(room[3] for room in rooms)


def measured_rooms(settings):
    """The rooms of the one run of the journal, which has ended well."""
    (record,) = runs(settings)
    assert (record.outcome, record.cause) == ("done", "")
    return record.rooms


def test_the_guard_notices_a_connection(settings):
    code = GUARD + (
        "import urllib.request\n"
        "try:\n    urllib.request.urlopen('http://127.0.0.1:9/')\nexcept OSError:\n    pass\nprint(len(tried) > 0)\n"
    )
    assert run(settings, code).stdout == "True\n"
