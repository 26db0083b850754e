"""Reading on the workers of a dask cluster gives what the pool gives, also when a worker dies or a file is hostile."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from pipelines.errors import FupinError, ReportError
from pipelines.orchestration.work import Unread, raw_files, read_files
from pipelines.scaling import workers
from pipelines.scaling.workers import read_on_workers, read_sent
from pipelines.settings import PROJECT, Settings
from tests.scale.conftest import free_port

distributed = pytest.importorskip("distributed", reason="needs the extra dask: make test-scale")
REPORTS = 500
TEXT = (
    "Report of Jiangxi, {year}\n【Funds】 Investment of anti-poverty funds amounted to {total} million Yuan, of which "
    "the central government gave {central} million Yuan and the province {rest} million Yuan.\n"
)


class Cluster:
    """A scheduler and its workers, each a process of its own on the loopback interface."""

    def __init__(self, folder, workers_wanted=2):
        self.port = free_port()
        self.folder = folder
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        self.workers = [self.add() for _ in range(workers_wanted)]

    @property
    def address(self):
        return f"dask://127.0.0.1:{self.port}"

    def add(self):
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        return self._start("worker", f"tcp://127.0.0.1:{self.port}", *options, "--local-directory", str(self.folder))

    def _start(self, *arguments):
        log = (self.folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("w")
        environment = os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], stdout=log, stderr=log, cwd=PROJECT, env=environment
        )

    def wait(self, count):
        with distributed.Client(f"tcp://127.0.0.1:{self.port}", timeout=300) as client:
            if count:
                client.wait_for_workers(count, timeout=600)

    def end(self):
        for process in [*self.workers, self.scheduler]:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait(10)


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    try:
        made.wait(2)
        yield made
    finally:
        made.end()


@pytest.fixture
def many(tmp_path):
    """Settings with a landing zone of many small reports; one is empty, one is no report at all."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(REPORTS - 2):
        central = 100 + number
        text = TEXT.format(year=1990 + number % 30, total=central + 50, central=central, rest=50)
        (raw / f"report_{number:03}.txt").write_text(text)
    (raw / "empty.txt").write_bytes(b"")
    (raw / "scan.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return Settings(home=tmp_path / "var", raw=raw, workers=2, lock_timeout_seconds=20)


def test_each_report_is_read_once_although_a_worker_is_killed(cluster, many):
    files = raw_files(many)
    seen = Counter()

    def done(file):
        seen[file.report_id] += 1
        if sum(seen.values()) == 100:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)

    found = read_files(files, many.model_copy(update={"workers": cluster.address}), done)
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    assert seen == Counter(file.report_id for file in files)
    assert len(files) == REPORTS
    assert found == read_files(files, many)
    assert [one.file.report_id for one in found if isinstance(one, Unread)] == ["empty.txt", "scan.pdf"]
    assert sum(len(one.reading.figures) for one in found if not isinstance(one, Unread)) >= 3 * (REPORTS - 2)


def test_a_hostile_file_costs_its_child_and_no_worker(cluster, tmp_path, monkeypatch):
    """A table whose answer is larger than allowed, among good ones; a folder that is one report."""
    raw = tmp_path / "raw"
    (raw / "bundle").mkdir(parents=True)
    (raw / "bundle" / "report.yml").write_text("region: Jiangxi\nperiod: 2011\n")
    (raw / "bundle" / "text.txt").write_text(TEXT.format(year=2011, total=3, central=2, rest=1))
    for number in range(9):
        (raw / f"{number}.txt").write_text(TEXT.format(year=2011, total=3, central=2, rest=1))
    (raw / "flood.csv").write_text(
        "Village,Year,Funds\n" + "".join(f"Village {n},2011,{n * 7}\n" for n in range(20_000))
    )
    settings = Settings(home=tmp_path / "var", raw=raw, workers=1, parse_output_mb=1, lock_timeout_seconds=20)
    remote = read_files(raw_files(settings), settings.model_copy(update={"workers": cluster.address}))
    assert remote == read_files(raw_files(settings), settings)
    bad = {one.file.report_id: one.cause for one in remote if isinstance(one, Unread)}
    assert bad.keys() == {"flood.csv"}
    assert "gives more than 1 MB" in bad["flood.csv"]
    assert all(process.poll() is None for process in cluster.workers)


def test_a_cluster_without_workers_and_one_that_is_gone(many, tmp_path):
    cluster = Cluster(tmp_path, workers_wanted=0)
    settings = many.model_copy(update={"workers": cluster.address, "lock_timeout_seconds": 2.0})
    try:
        cluster.wait(0)
        with pytest.raises(FupinError, match="there has been no worker for 2 s"):
            read_files(raw_files(many), settings)
    finally:
        cluster.end()
    with pytest.raises(FupinError, match=r"dask://127\.0\.0\.1:\d+: the scheduler cannot be reached or was lost"):
        read_files(raw_files(many), settings)


def test_a_worker_with_other_code_is_refused():
    with pytest.raises(FupinError, match="install the same version of fupin on all machines"):
        read_sent([("a.txt", "a.txt", b"x")], {}, "0123456789abcdef")


def test_files_that_cannot_be_opened_never_travel(tmp_path):
    (tmp_path / "a.txt").write_text("12345")
    results = {}
    assert list(workers._tasks([(tmp_path / "a.txt", "a"), (tmp_path / "b.txt", "b")], 4, results.__setitem__)) == []
    assert {index: type(one) for index, one in results.items()} == {0: ReportError, 1: ReportError}


def test_without_dask_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(FupinError, match=r"pip install 'fupin\[dask\]'"):
        read_on_workers(Settings(workers="dask://127.0.0.1:1"), [])


@pytest.mark.parametrize("value", ["0", "dask://", "tcp://127.0.0.1:1", "many", "-1", "dask://h:1/x"])
def test_other_values_of_the_setting_are_refused(value):
    with pytest.raises(ValueError, match="is a number of processes, pool, or"):
        Settings(workers=value)


def test_a_pool_is_two_processes():
    assert (Settings(workers="pool").processes, Settings(workers=3).processes, Settings().scheduler) == (2, 3, None)
