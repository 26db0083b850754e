"""Reading takes the child that was started ahead for its settings, and no other."""

import pytest

from pipelines.orchestration import work
from pipelines.report import ReportVersion
from pipelines.settings import PROJECT, Settings


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "_AHEAD", {})
    return Settings(home=tmp_path, raw=PROJECT / "raw")


def test_reading_takes_the_child_that_waits(settings, monkeypatch):
    work.start_ahead(settings)
    ahead = work._AHEAD[settings]
    monkeypatch.setattr(work, "_sandbox", lambda _: pytest.fail("another one is made"))
    file = work.raw_file(settings, "jiangxi_2010.txt", settings.raw / "jiangxi_2010.txt")
    [version] = work.read_files([file], settings)
    assert isinstance(version, ReportVersion)
    assert not ahead._idle
    assert not work._AHEAD


def test_reading_under_other_limits_takes_a_child_of_its_own(settings):
    work.start_ahead(settings)
    stricter = settings.model_copy(update={"max_file_mb": 1})
    file = work.raw_file(stricter, "jiangxi_2010.txt", stricter.raw / "jiangxi_2010.txt")
    [version] = work.read_files([file], stricter)
    assert isinstance(version, ReportVersion)
    work._AHEAD.pop(settings).close()
