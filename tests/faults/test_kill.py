"""Loads that are killed at any moment: nothing is lost, doubled or left locked, and readers never see half a load.

`FUPIN_FAULT_KILLS` says how often; `make faults` kills 40 times.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from pipelines.publishing.snapshot import loaded_contents, open_snapshot, publish
from pipelines.settings import PROJECT, Settings
from pipelines.suites.reports import run_suites
from pipelines.warehouse.archive import archive
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.parquet import write_parquet
from tests.helpers import version
from tests.integration.history_helpers import indicator_rows

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FUPIN_FAULT_KILLS", "4"))
SOURCES = ("jiangxi_2010.txt", "jiangxi_2011.txt", "sichuan_2009.txt")
LOADER = """
import sys
from pathlib import Path
from pipelines.settings import settings
from tests.faults.test_kill import load_all
load_all(settings(), Path(sys.argv[1]))
"""


def load_all(settings, place):
    """Loads and publishes one report after the other, those that the snapshot does not hold."""
    versions = pickle.loads(place.read_bytes())
    known = loaded_contents(settings)
    print("ready", flush=True)
    for one in versions:
        document = one.document
        if document.report_id in known:
            continue
        archive(settings.archive, settings.raw / document.report_id, document.report_id, document.content_hash)
        write_parquet(settings, [one])
        load_versions(settings, [one])
        publish(settings)
        print("published", flush=True)
    publish(settings)


@pytest.fixture
def batch(tmp_path):
    """Reports that were read and validated, and the settings of a home without state."""
    settings = Settings(home=tmp_path / "var", raw=tmp_path / "raw", lock_timeout_seconds=5, workers=1)
    settings.raw.mkdir()
    paths = []
    for name in SOURCES:
        paths.append(settings.raw / name)
        shutil.copyfile(PROJECT / "raw" / name, paths[-1])
    versions = [version(path) for path in paths]
    outcomes = run_suites(versions, PROJECT / "expectations")
    versions = [replace(one, expectations=outcomes[one.document.report_id]) for one in versions]
    place = tmp_path / "versions"
    place.write_bytes(pickle.dumps(versions))
    return settings, place


def start(settings, place):
    environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, str(place)],
        cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finished(settings, place):
    process = start(settings, place)
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors


def reports(connection):
    return connection.execute("SELECT report_id FROM core.dim_report WHERE is_current ORDER BY 1").fetchall()


def test_kills_at_random_moments_lose_and_double_nothing(batch, tmp_path):
    settings, place = batch
    moments = random.Random(20261125)
    seen, killed = 0, 0
    while killed < KILLS:
        process = start(settings, place)
        assert process.stdout.readline() == "ready\n"
        if killed % 2:
            # so that some come while a second and a third report is loaded
            process.stdout.readline()
        time.sleep(moments.uniform(0, 1.5))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=600)
        killed += 1
        if settings.snapshot.exists():
            # what readers see is whole, consistent, and never goes back
            with open_snapshot(settings) as connection:
                assert run_checks(connection, settings.sql) == []
                now = len(reports(connection))
            assert now >= seen
            seen = now
    assert seen > 0
    finished(settings, place)
    clean = settings.model_copy(update={"home": tmp_path / "clean"})
    load_all(clean, place)
    found = []
    for one in (settings, clean):
        with open_warehouse(one) as connection:
            assert run_checks(connection, one.sql) == []
            names = reports(connection)
            found.append((names, indicator_rows(connection), facts(connection)))
            events = connection.execute("SELECT report_id, count(*) FROM core.version_event GROUP BY 1").fetchall()
            assert {count for _, count in events} == {1}
    assert found[0] == found[1]
    assert len(found[0][0]) == len(SOURCES)
    publish(settings)
    left = [path.name for path in settings.home.rglob(".*") if path.name.startswith(".snapshot")]
    assert left == []
    assert not settings.warehouse.with_suffix(".holder").exists()


def facts(connection):
    tables = ("fact_figure", "fact_fund", "fact_result", "fact_target", "fact_claim", "fact_check")
    return {name: connection.execute(f"SELECT count(*) FROM core.{name}").fetchone() for name in tables}
