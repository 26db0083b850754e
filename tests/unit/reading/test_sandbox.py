"""What a child process may not do, what becomes of a file whose parser does it, and that others do not notice."""

from __future__ import annotations

import os
import pickle
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.errors import CatalogError, FupinError, ReportError
from pipelines.reading.document import Document
from pipelines.reading.read import read_document
from pipelines.reading.sandbox import Sandbox
from pipelines.settings import PROJECT, Settings
from tests.fixtures.misbehaving import Answer, obey, smuggle

MEMORY = "used more than 300 MB of memory while it was parsed"
BEHAVIOUR = {
    "abort": r"its parser crashed \(SIGABRT\)",
    "abort memory allocation of 99 bytes failed": MEMORY,
    "allocate": MEMORY,
    "fill": r"used more than \d+ MB of memory while it was parsed",
    "bug key": r"its parser failed at misbehaving\.py:\d+: KeyError: 'key'",
    "connect": r"its parser failed at .+: PermissionError: socket\..+ is not allowed while a report is parsed",
    "deep": "is nested too deeply",
    "exit 3": r"its parser crashed \(exit code 3\)",
    "flood": "gives more than 1 MB of text and tables",
    "kill": "its parser was killed, probably because the machine ran out of memory",
    "launch": r"its parser failed at .+: PermissionError: subprocess\.Popen is not allowed while a report is parsed",
    "refuse is odd": "is odd",
    "segfault": r"its parser crashed \(SIGSEGV\)",
    "sleep 90": "took longer than 4 s",
    "spin": "used more than 1 s of processor time",
    "write": r"its parser failed at .+: PermissionError: open is not allowed while a report is parsed",
    "write natively": r"its parser failed at .+: OSError: \[Errno 27\] File too large",
}
REPLACES = {"abort", "allocate", "fill", "exit", "flood", "kill", "segfault", "sleep", "spin"}


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path, raw=tmp_path, parse_memory_mb=300, parse_cpu_seconds=1, parse_seconds=60, parse_output_mb=1
    )


@pytest.fixture
def files(tmp_path):
    """Writes files, one for each behaviour, with their report ids."""

    def write(*behaviours):
        found = []
        for number, behaviour in enumerate(behaviours):
            path = tmp_path / f"{number}.txt"
            path.write_text(behaviour)
            found.append((path, path.name))
        return found

    return write


@pytest.mark.parametrize("behaviour", BEHAVIOUR)
def test_a_file_that_misbehaves_fails_alone(settings, files, behaviour):
    if behaviour.startswith("sleep"):
        settings = settings.model_copy(update={"parse_seconds": 4})
    if behaviour == "fill":
        # more than this process has ever had, from which a child's peak could not be told otherwise
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        settings = settings.model_copy(update={"parse_memory_mb": max(1024, 2 * own), "parse_cpu_seconds": 30})
    before, bad, after, last = Sandbox(obey, Answer, settings).read_all(files("good", behaviour, "good", "good"))
    assert isinstance(bad, ReportError)
    assert (bad.report, "\n" in str(bad)) == ("1.txt", False)
    assert re.fullmatch(BEHAVIOUR[behaviour], bad.cause), bad.cause
    assert [before.said, after.said, last.said] == [f"{n}.txt {settings.max_file_mb << 20}" for n in (0, 2, 3)]
    assert (after.pid == before.pid) == (behaviour.split()[0] not in REPLACES)
    assert after.pid == last.pid != os.getpid()
    assert sorted(path.name for path in settings.raw.iterdir()) == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_one_read_raises_what_many_return(settings, files):
    sandbox = Sandbox(obey, Answer, settings)
    [(path, report)] = files("refuse is odd")
    with pytest.raises(ReportError, match=r"^0\.txt \(line 5\): is odd$"):
        sandbox.read(path, report)
    with pytest.raises(ReportError, match=r"^none\.txt: no such file$"):
        sandbox.read(path.with_name("none.txt"), "none.txt")


def test_files_of_several_children_keep_their_order(settings, files):
    done = []
    given = files(*["sleep 0.2", "segfault", "good", "refuse no"] * 3)
    results = Sandbox(obey, Answer, settings).read_all(given, 3, done.append)
    assert sorted(done) == list(range(12))
    assert [type(result) for result in results] == [Answer, ReportError, Answer, ReportError] * 3
    assert len({result.pid for result in results if isinstance(result, Answer)}) >= 2
    assert [result.report for result in results if isinstance(result, ReportError)] == [
        f"{number}.txt" for number in (1, 3, 5, 7, 9, 11)
    ]


def test_a_child_that_waits_and_died_is_replaced(settings, files):
    sandbox = Sandbox(obey, Answer, settings, keeps=True)
    sandbox.read_all(files("good"))
    [waiting] = sandbox._idle
    os.kill(waiting._process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, waiting._process.pid, os.WEXITED | os.WNOWAIT)
    [result] = sandbox.read_all(files("good"))
    assert result.said.startswith("0.txt")
    assert result.pid != waiting._process.pid
    sandbox.close()


def test_a_child_knows_nothing_of_its_parent(settings, files, monkeypatch):
    monkeypatch.setenv("FUPIN_ALERTS", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    with Path("/etc/hostname").open() as held, socket.socketpair()[0]:
        os.set_inheritable(held.fileno(), True)
        environment, opened = Sandbox(obey, Answer, settings).read_all(files("environment", "files"))
    assert not {"FUPIN_ALERTS", "HTTPS_PROXY", "HOME"} & set(eval(environment.said))
    names = [name for name in eval(opened.said) if name != "/dev/null"]
    assert len(names) == 3
    assert all(name.startswith("pipe:") for name in names)


def test_what_a_parser_prints_is_no_answer(settings, files):
    loud, quiet = Sandbox(obey, Answer, settings).read_all(files("chatter", "good"))
    assert loud.pid == quiet.pid


def test_memory_left_over_is_not_charged_to_the_next_file(settings, files):
    results = Sandbox(obey, Answer, settings).read_all(files("hold", "hold", "hold"))
    assert len({result.pid for result in results}) == 3


def test_an_answer_is_built_of_declared_classes_only(settings, files, tmp_path):
    mark = Path("/tmp/fupin_was_here")
    mark.unlink(missing_ok=True)
    results = Sandbox(smuggle, Answer, settings).read_all(files("sneak", "other", "path"))
    assert [result.cause for result in results] == ["its parser sent what no parser sends"] * 3
    assert "posix.system is no part of a result" in str(results[0].__cause__)
    assert "list in place of Answer" in str(results[1].__cause__)
    assert "PosixPath is no part of a result" in str(results[2].__cause__)
    assert not mark.exists()


def test_a_malformed_catalogue_is_no_fault_of_a_file(settings, files):
    with pytest.raises(CatalogError, match=r"units\.yml: broken"):
        Sandbox(obey, Answer, settings).read_all(files("catalogue units.yml: broken"))


def test_a_child_that_cannot_start_is_no_fault_of_a_file(settings, files):
    little = settings.model_copy(update={"parse_memory_mb": 8})
    with pytest.raises(FupinError, match=r"^the process that parses reports cannot be started: ") as raised:
        Sandbox(obey, Answer, little).read_all(files("good"))
    assert not isinstance(raised.value, ReportError)


def test_the_reading_room_is_all_that_a_child_imports(settings, tmp_path):
    (tmp_path / "report.txt").write_text("Poverty work in 2011\nVillages: 5.\n")
    document = Sandbox(read_document, Document, settings).read(tmp_path / "report.txt", "report.txt")
    assert document == read_document(tmp_path / "report.txt", "report.txt", 100)
    assert pickle.loads(pickle.dumps(document)) == document
    code = "import sys, pipelines.reading.child, pipelines.reading.read; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    heavy = {"pydantic", "pandas", "duckdb", "dagster", "great_expectations", "yaml", "openpyxl", "lxml"}
    assert not heavy & set(loaded.stdout.split())


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, -15), (signal.SIGKILL, -9)])
def test_no_process_is_left_behind(tmp_path, ending, code):
    (tmp_path / "0.txt").write_text("sleep 60")
    (tmp_path / "1.txt").write_text("spin")
    script = (
        "from pathlib import Path\nimport sys\n"
        "from pipelines.reading.sandbox import Sandbox\nfrom pipelines.settings import Settings\n"
        "from tests.fixtures.misbehaving import Answer, obey\n"
        "files = [(Path(sys.argv[1]) / name, name) for name in ('0.txt', '1.txt')]\n"
        "try:\n    Sandbox(obey, Answer, Settings()).read_all(files, 2)\nexcept KeyboardInterrupt:\n    sys.exit(1)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=PROJECT)
    children = []
    until = time.monotonic() + 600
    while len(children) < 2 and time.monotonic() < until:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        time.sleep(0.05)
    time.sleep(0.3)
    assert len(children) == 2
    parent.send_signal(ending)
    assert parent.wait(600) == code
    while any(_runs(child) for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [child for child in children if _runs(child)]


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
