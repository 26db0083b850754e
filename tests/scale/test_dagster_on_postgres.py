"""Code server, daemon and webserver as processes of their own, with their state in PostgreSQL, as deploy/ has them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.snapshot import loaded_contents
from pipelines.settings import PROJECT, Settings
from tests.scale.conftest import free_port

pytest.importorskip("dagster_postgres", reason="needs the extra postgresql: make test-scale")
DEPLOY = PROJECT / "deploy"
DEFINITIONS = "pipelines.orchestration.definitions"
PATIENCE_SECONDS = 600


@pytest.fixture
def processes(tmp_path, postgres):
    """The three processes; they end with the test."""
    home = tmp_path / "dagster"
    home.mkdir()
    shutil.copyfile(DEPLOY / "dagster.yaml", home / "dagster.yaml")
    (tmp_path / "raw").mkdir()
    code, web = free_port(), free_port()
    environment = os.environ | {
        "DAGSTER_HOME": str(home), "FUPIN_DAGSTER_URL": postgres.database("dagster"),
        "FUPIN_CODE_HOST": "127.0.0.1", "FUPIN_CODE_PORT": str(code),
        "FUPIN_HOME": str(tmp_path / "state"), "FUPIN_RAW": str(tmp_path / "raw"),
    }  # fmt: skip
    workspace = ("--workspace", str(DEPLOY / "workspace.yaml"))
    commands = (
        (
            "dagster",
            "code-server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            str(code),
            "-m",
            "pipelines.orchestration.definitions",
        ),
        ("dagster-daemon", "run", *workspace),
        ("dagster-webserver", "--host", "127.0.0.1", "--port", str(web), *workspace),
    )
    started = []
    try:
        for number, (program, *arguments) in enumerate(commands):
            with (tmp_path / f"{program}.log").open("w") as log:
                started.append(
                    subprocess.Popen(
                        [Path(sys.executable).with_name(program), *arguments],
                        cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True,
                    )
                )  # fmt: skip
            if number == 0:
                waited(lambda: "Started Dagster code server" in (tmp_path / "dagster.log").read_text(), "code server")
        yield Settings(home=tmp_path / "state", raw=tmp_path / "raw"), web, started
    finally:
        for process in started:
            os.killpg(process.pid, 9)
            process.wait(10)


def waited(is_there, what):
    """Waits until something is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if is_there():
                return
        except (OSError, FupinError):
            pass
        time.sleep(0.5)
    raise AssertionError(f"{what}: not there after {PATIENCE_SECONDS} s")


def asked(port, query):
    """An answer of the webserver's GraphQL."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql", json.dumps({"query": query}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=300) as answer:
        return json.load(answer)["data"]


def test_a_dropped_report_is_loaded_and_the_webserver_tells_of_its_run(processes):
    settings, web, started = processes
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2010.txt", settings.raw / "jiangxi_2010.txt")
    waited(lambda: "jiangxi_2010.txt" in loaded_contents(settings), "the report")
    runs = "{ runsOrError { ... on Runs { results { status jobName } } } }"
    waited(
        lambda: asked(web, runs)["runsOrError"]["results"] == [{"status": "SUCCESS", "jobName": "ingest"}],
        "the run's end",
    )
    assert [process.poll() for process in started] == [None, None, None]
    assert not list((settings.home.parent / "dagster").rglob("*.db"))
