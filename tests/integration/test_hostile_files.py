"""Hostile files cost themselves and nothing else: one line with the cause, limits kept, the other reports loaded.

With `pytest -s` the outcome of every file is printed as a table; FUPIN_WRITE_DOCS=1 writes it into the documentation.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from dagster import DagsterInstance, build_sensor_context

from pipelines.errors import FupinError
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.sensors import build_sensor
from pipelines.orchestration.work import RawFile, Unread, printable, raw_file, raw_files, read_files
from pipelines.settings import PROJECT, Settings
from tests.fixtures.hostile import HARMLESS, HOSTILE, READABLE, SECRET, raid
from tests.integration.conftest import Ended, call

pytestmark = pytest.mark.slow

PAGE = PROJECT / "docs" / "hostile-files.md"
GOOD = ("jiangxi_2010.txt", "jiangxi_funds_2009_2011_zh.csv", "jiangxi_funds_2009_2011.xlsx")
CPU_SECONDS, SECONDS, MEMORY_MB = 3, 120, 1024
NAMES = {printable(name): name for name in HOSTILE | HARMLESS}
CAUSES = {
    "flat bomb.xlsx": "unpacks to 1,073,",
    "overlapping bomb.xlsx": "unpacks to 2,097,",
    "too long.txt": "is 209,715,212 bytes, the limit is 134,217,728",
    "wide.csv": f"used more than {CPU_SECONDS} s of processor time",
    "spaces.txt": f"used more than {CPU_SECONDS} s of processor time",
    "entities.xml": "declares a document type or entities, which no IATI file needs",
    "outside file.xml": "declares a document type or entities",
    "package out.zip": "resource table: its path ../../../../etc/passwd leads out of the package's folder",
    "package remote.zip": "resource table: points to http://127.0.0.1:9/x.csv; nothing is fetched",
    "package out": "resource table: its path ../../secret.txt leads out of the package's folder",
    "report out": "annex.txt: is a link that leads out of the report's folder",
    "listed out": 'report.yml, key files: "../../secret.txt" leads out of the report\'s folder',
    "aliases": "report.yml, key a0: is no key of a report file",
    "pipe.txt": "is no file but a pipe, a socket or a device",
    "link out.txt": "is a link that leads out of raw/, to ",
    "link to device.txt": "is a link that leads out of raw/, to /dev/zero; copy the file instead",
    "link to nothing.txt": "is a link to nothing.txt, which does not exist",
    "link to folder": "is a link to a folder, and such links are not followed",
    "loop.txt": "is a link that leads back to itself",
    "two\\x0alines.txt": "has a name with signs that cannot be printed; rename the file",
    "caf\\xe9.txt": "has a name with signs that cannot be printed; rename the file",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one file that was read by a child of its own."""

    cause: str
    figures: int
    seconds: float
    peak_mb: float


@pytest.fixture(scope="module")
def zone(tmp_path_factory, empty_home) -> Settings:
    """A landing zone with all hostile files and some good ones."""
    folder = tmp_path_factory.mktemp("raid")
    settings = Settings(
        home=folder / "var", raw=folder / "raw", lock_timeout_seconds=0.5, workers=2,
        parse_cpu_seconds=CPU_SECONDS, parse_seconds=SECONDS, parse_memory_mb=MEMORY_MB,
    )  # fmt: skip
    shutil.copytree(empty_home, settings.home)
    settings.raw.mkdir()
    raid(settings.raw)
    for name in GOOD:
        shutil.copyfile(PROJECT / "raw" / name, settings.raw / name)
    return settings


@pytest.fixture(scope="module")
def outcomes(zone) -> dict[str, Outcome]:
    """Every file on its own, with the time it took and the memory of its child."""
    found = {file.report_id: _watched(zone, file) for file in raw_files(zone)}
    print(f"\n{_table(found)}", file=sys.__stdout__)
    if os.environ.get("FUPIN_WRITE_DOCS"):
        PAGE.write_text(f"{_HEAD}\n{_table(found)}", encoding="utf-8")
    return found


def _watched(settings: Settings, file: RawFile) -> Outcome:
    over, peak = threading.Event(), [0.0]

    def watch():
        while not over.wait(0.03):
            for children in Path("/proc/self/task").glob("*/children"):
                for child in children.read_text().split():
                    peak[0] = max(peak[0], _peak_mb(child))

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.monotonic()
    try:
        [result] = read_files([file], settings)
    finally:
        over.set()
        watcher.join()
    seconds = time.monotonic() - began
    if isinstance(result, Unread):
        return Outcome(result.cause, 0, seconds, peak[0])
    return Outcome("", len(result.reading.figures), seconds, peak[0])


def _peak_mb(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


_HEAD = f"""# Hostile files

Files that are made to crash, stall or flood a reader, or to make it give away another file, and what becomes of each.
`tests/fixtures/hostile.py` makes them, `tests/integration/test_hostile_files.py` lets them loose. Each is read by a
child process of its own, limited to {CPU_SECONDS} s of processor time and {MEMORY_MB} MB of memory. The first third of
a second is the start of that process, and about 36 MB are its own. A dash: no child was asked for the file.

Written by `FUPIN_WRITE_DOCS=1 python -m pytest tests/integration/test_hostile_files.py`.
"""


def _table(found: dict[str, Outcome]) -> str:
    lines = ["| file | what it is | outcome | seconds | MB |", "|---|---|---|---|---|"]
    for name, (what, _) in (HOSTILE | HARMLESS).items():
        outcome = found[printable(name)]
        cause = outcome.cause or f"read, {outcome.figures} figure{'' if outcome.figures == 1 else 's'}"
        place = cause.partition(", to /")[0] + ", to …; copy the file instead" if ", to /tmp" in cause else cause
        shown = printable(name) if len(name) < 50 else f"{name[:20]}…{name[-10:]}"
        memory = f"{outcome.peak_mb:.0f}" if outcome.peak_mb else "–"
        lines.append(f"| `{shown}` | {what} | {place.replace('|', '¦')} | {outcome.seconds:.1f} | {memory} |")
    return "\n".join(lines) + "\n"


def test_every_file_keeps_within_the_limits(outcomes):
    assert set(outcomes) == set(NAMES) | set(GOOD)
    for name, outcome in outcomes.items():
        # the limit counts address space, of which only a part is ever in memory
        assert outcome.peak_mb <= MEMORY_MB, name
        assert outcome.seconds < SECONDS + 10, name
        assert "\n" not in outcome.cause, name
        assert SECRET not in outcome.cause, name


def test_every_hostile_file_has_its_cause(outcomes):
    refused = {name for name, outcome in outcomes.items() if outcome.cause}
    assert refused >= {printable(name) for name in HOSTILE if name not in READABLE}
    assert not refused & {printable(name) for name in (*HARMLESS, *GOOD)}
    for name, cause in CAUSES.items():
        assert outcomes[name].cause.startswith(cause), (name, outcomes[name].cause)


def test_what_is_read_holds_no_more_than_the_file_shows(zone, outcomes):
    for name in READABLE - {"digits.txt", "deep tables.html"}:
        assert outcomes[name].figures <= 3, name
    # a nested table is a table, down to the depth that the reader goes
    assert outcomes["deep tables.html"].figures < 2_000
    for name in ("link out.txt", "outside file.html", "outside file.docx", "outside file.xlsx"):
        [result] = read_files([raw_file(zone, name, zone.raw / name)], zone)
        assert SECRET not in repr(result)


def test_the_page_lists_every_file():
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in NAMES if len(name) < 50 and f"`{name}`" not in page] == []
    assert page.startswith(_HEAD)


@pytest.fixture(scope="module")
def run(zone, outcomes) -> Ended:
    """All of them in one run, but for those that only take their time as one of them does."""
    for name, outcome in outcomes.items():
        if outcome.cause.startswith(CAUSES["wide.csv"]) and name != "wide.csv":
            (zone.raw / NAMES[name]).unlink()
    limits = {"CPU_SECONDS": CPU_SECONDS, "SECONDS": SECONDS, "MEMORY_MB": MEMORY_MB}
    return call(zone, "run", **{f"FUPIN_PARSE_{name}": str(limit) for name, limit in limits.items()})


def _loaded(settings: Settings) -> set[str]:
    listed = call(settings, "query", "SELECT report_id FROM core.dim_report", "--format", "json")
    assert listed.code == 0, listed.err
    return {name for name in (*NAMES, *GOOD) if f'"{name}"'.replace("\\", "\\\\") in listed.out}


def test_a_run_names_each_hostile_file_once_and_loads_the_others(zone, run):
    assert run.code == 1
    there = {shown for shown, name in NAMES.items() if os.path.lexists(zone.raw / name)}
    assert len(there) > len(NAMES) - 8
    named = {}
    for line in run.err.splitlines():
        name = next(name for name in sorted(NAMES, key=len, reverse=True) if line.startswith(f"error: {name}: "))
        assert name not in named
        named[name] = line
    assert set(named) >= there & {printable(name) for name in HOSTILE if name not in READABLE}
    assert _loaded(zone) == (there - set(named)) | set(GOOD)
    assert {*HARMLESS, *GOOD} <= _loaded(zone)
    assert SECRET not in run.err


def test_nothing_of_another_file_is_published(zone, run):
    for path in zone.home.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path
    assert not Path("/tmp/fupin_escaped").exists()


def test_a_second_run_finds_nothing_new(zone, run):
    again = call(zone, "run")
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("Nothing new: ")
    for name in ("pipe.txt", "link out.txt", "two\\x0alines.txt", "wide.csv"):
        assert f"still not loaded: {name} " in again.out


def test_links_within_the_landing_zone_are_files_like_any_other(settings, sample, tmp_path):
    (settings.raw / "same.txt").symlink_to(sample("jiangxi_2010.txt"))
    assert [(file.report_id, file.refusal) for file in raw_files(settings)] == [
        ("jiangxi_2010.txt", ""),
        ("same.txt", ""),
    ]
    # the landing zone itself may be a link
    (tmp_path / "linked").symlink_to(settings.raw)
    linked = settings.model_copy(update={"raw": tmp_path / "linked"})
    assert [file.refusal for file in raw_files(linked)] == ["", ""]


def test_a_named_link_out_of_the_landing_zone_is_refused_too(settings, fupin, tmp_path):
    (tmp_path / "secret.txt").write_text(SECRET)
    link = settings.raw / "link.txt"
    link.symlink_to(tmp_path / "secret.txt")
    ended = fupin("run", link)
    assert ended.code == 1
    target = tmp_path / "secret.txt"
    assert ended.err == f"error: link.txt: is a link that leads out of raw/, to {target}; copy the file instead\n"


@pytest.mark.parametrize("path", ["/dev/zero", "pipe.txt"])
def test_figures_of_a_pipe_or_device_are_one_line(settings, fupin, path):
    os.mkfifo(settings.raw / "pipe.txt")
    ended = fupin("figures", settings.raw / path)
    name = Path(path).name
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"error: {name}: is no file but a pipe, a socket or a device\n"
    ended = fupin("run", settings.raw / path)
    assert (ended.code, ended.err) == (
        1,
        f"error: {settings.raw / path}: is no file but a pipe, a socket or a device\n",
    )


@pytest.mark.usefixtures("begun")
def test_a_file_that_grows_while_it_is_read_is_loaded_whole_or_not_at_all(settings, fupin, sample):
    path, over = sample("jiangxi_2010.txt"), threading.Event()

    def grow():
        # the child alone takes ten times as long to start
        while not over.wait(0.02):
            with path.open("a") as file:
                file.write("Roads were built in 5 villages.\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        ended = fupin("run")
    finally:
        over.set()
        writer.join()
    assert (ended.code, ended.err) == (1, "error: jiangxi_2010.txt: changed while it was read\n")
    assert _loaded(settings) == set()
    assert fupin("run").code == 0
    assert _loaded(settings) == {"jiangxi_2010.txt"}


def test_the_sensor_asks_for_what_a_run_will_refuse(settings):
    settings = settings.model_copy(update={"settle_seconds": 0.0})
    (settings.raw / "nothing.txt").symlink_to("elsewhere.txt")
    (settings.raw / "loop.txt").symlink_to(settings.raw / "loop.txt")
    os.mkfifo(settings.raw / "pipe.txt")
    with DagsterInstance.ephemeral() as instance:
        context = build_sensor_context(instance, resources={"fupin": Fupin(settings)})
        answer = build_sensor(watch_seconds=0).evaluate_tick(context)
    assert len(answer.run_requests) == 1
    assert sorted(json.loads(answer.cursor)["asked"]) == ["loop.txt", "nothing.txt", "pipe.txt"]
    batch = Fupin(settings).batch("run", ["loop.txt", "nothing.txt", "pipe.txt"])
    assert [unread.cause for unread in batch.unread] == [
        "is a link that leads back to itself",
        "is a link to elsewhere.txt, which does not exist",
        "is no file but a pipe, a socket or a device",
    ]


def test_files_and_folders_without_permission_cost_themselves_only(settings, sample):
    sample("jiangxi_2010.txt")
    unread, unseen = sample("jiangxi_2009.txt"), sample("jiangxi_2011.txt")
    closed = sample("sichuan_2009.txt", "closed/sichuan_2009.txt").parent
    opened, looked, listed = Path.open, Path.stat, os.scandir

    def allowed(path, *locked):
        if Path(path) in locked:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    # a superuser's tests get no other no from the system
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", lambda path, *rest, **how: allowed(path, unread) or opened(path, *rest, **how))
        patch.setattr(Path, "stat", lambda path, **how: allowed(path, unseen) or looked(path, **how))
        patch.setattr(os, "scandir", lambda path=".": allowed(path, closed) or listed(path))
        results = read_files(raw_files(settings), settings)
        patch.setattr(os, "scandir", lambda path=".": allowed(path, settings.raw) or listed(path))
        with pytest.raises(FupinError, match="raw: cannot be listed: Permission denied"):
            raw_files(settings)
    assert {result.file.report_id: result.cause for result in results if isinstance(result, Unread)} == {
        "closed": "is a folder that cannot be listed",
        "jiangxi_2009.txt": "cannot be read: Permission denied",
        "jiangxi_2011.txt": "cannot be read: Permission denied",
    }
    assert [result.document.report_id for result in results if not isinstance(result, Unread)] == ["jiangxi_2010.txt"]
