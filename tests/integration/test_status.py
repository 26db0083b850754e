"""What `fupin status` says of each report."""

from __future__ import annotations

import pytest

from pipelines.reading import sandbox
from pipelines.reading.process import Child
from pipelines.warehouse.runs import runs
from tests.helpers import copied
from tests.integration.conftest import NAMES, call

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")


def lines(ended):
    assert (ended.code, ended.err) == (0, "")
    found, counts = {}, {}
    for line in ended.out.partition("\n\n")[0].splitlines():
        if line[:6].strip():
            label = line[8:].split(":")[0]
            counts[label], found[label] = int(line[:6]), []
        else:
            found[label].append(line.strip())
    return counts, found


def test_nothing_yet(fupin, sample):
    sample("jiangxi_2010.txt")
    counts, found = lines(fupin("status"))
    assert counts["loaded"] == 0
    assert found["waiting"] == ["jiangxi_2010.txt"]


def test_each_state_is_counted_and_named(loaded, tmp_path):
    home = copied(loaded.settings, tmp_path)
    counts, _ = lines(call(home, "status"))
    assert list(counts.values()) == [4, 0, 0, 0, 0, 0, 0]
    (home.raw / "jiangxi_2010.txt").unlink()
    for number in range(25):
        (home.raw / f"new {number:02}.txt").write_text("Villages: 5.\n")
    (home.raw / "upload.txt.part").write_text("Vill")
    counts, found = lines(call(home, "status"))
    assert list(counts.values()) == [4, 25, 1, 0, 1, 0, 0]
    assert found["waiting"][:1] == ["new 00.txt"]
    assert found["waiting"][-1] == "and 5 more"
    assert found["still being written, by their names"] == ["upload.txt.part"]
    [gone] = [names for label, names in found.items() if label.startswith("loaded, but not in")]
    assert gone == ["jiangxi_2010.txt"]
    assert NAMES["jiangxi_2010.txt"] == "jiangxi_2010.txt"
    (last,) = [line.split() for line in call(home, "status").out.splitlines() if " cli " in line]
    assert last[4:7] == ["4", "4", "0"]


@pytest.mark.slow
def test_what_was_kept_out_is_named(fupin, settings):
    (settings.raw / "bad.docx").write_text("x")
    assert fupin("run").code == 1
    counts, found = lines(fupin("status"))
    assert found["kept out"] == ["bad.docx"]
    assert counts["waiting"] == 0


@pytest.mark.slow
def test_many_new_reports_are_taken_in_several_runs(fupin, begun, monkeypatch):
    monkeypatch.setattr("pipelines.orchestration.run.BATCH", 2)
    started = []
    monkeypatch.setattr(sandbox, "Child", lambda command: started.append(command) or Child(command))
    for number in range(3):
        (begun.raw / f"villages_{number}.csv").write_text(f"Village,Funds (10000 yuan)\nShangfan,{number + 1}\n")
    (begun.raw / "empty.csv").write_text("")
    ended = fupin("run")
    assert ended.code == 1
    assert ended.err.count("error: ") == ended.err.count("empty.csv") == 1
    assert "3 new in this run, 1 not loaded" in ended.out
    counts, _ = lines(fupin("status"))
    assert counts["loaded"] == 3
    assert sorted(run.reports_loaded for run in runs(begun) if run.started_by == "cli") == [1, 2]
    # the child of the first run reads the files of the second
    assert len(started) == 1
