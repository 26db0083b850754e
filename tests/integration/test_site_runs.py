"""The page after a run: built with it, named by it, and never a reason for a run to fail."""

from __future__ import annotations

import pytest

from pipelines.commands import site
from pipelines.orchestration.steps import publish_snapshot
from pipelines.publishing.site import build
from pipelines.publishing.site.build import build_site
from pipelines.publishing.site.links import figures_data, version_page
from pipelines.publishing.site.output import RECORD
from tests.site_home import marked


def test_a_run_builds_the_page_and_names_it(loaded):
    assert loaded.first.code == 0
    assert f"Page: {loaded.settings.site / 'index.html'}" in loaded.first.out
    report = "2011/Jiangxi, final (v2) [signed] 100%.txt"
    assert (loaded.settings.site / version_page(report, 1)).is_file()
    assert marked((loaded.settings.site / figures_data(report, 1)).read_text(encoding="utf-8"))


def test_the_command_builds_what_changed(loaded):
    ended = loaded("site")
    assert ended.code == 0
    assert "(0 files written, " in ended.out


@pytest.mark.slow
def test_a_run_is_fine_without_its_page(fupin, settings, sample):
    sample("shandong_2009.txt")
    (settings.home / "published").mkdir(parents=True)
    settings.site.write_text("a file in the way")
    ended = fupin("run")
    assert ended.code == 0
    assert "warning: the page was not brought up to date: " in ended.err
    assert "cannot be written" in ended.err
    assert "Page:" not in ended.out
    assert settings.snapshot.exists()


def test_a_page_without_a_snapshot_is_one_line(fupin):
    ended = fupin("site")
    assert ended.code == 1
    assert ended.err.startswith("error: ")
    assert "nothing published yet" in ended.err


@pytest.mark.slow
def test_pages_that_a_killed_run_left_behind_are_drawn_by_the_next(fupin, settings, sample):
    sample("shandong_2009.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_site", lambda *said: "")
        assert fupin("run").code == 0
    assert not (settings.site / "index.html").exists()
    ended = fupin("run")
    assert ended.out.startswith("Nothing new: 1 report")
    assert (settings.site / "index.html").is_file()
    drawn = (settings.site / RECORD).stat().st_mtime_ns
    fupin("run")
    assert (settings.site / RECORD).stat().st_mtime_ns == drawn


@pytest.fixture
def three_runs(settings, monkeypatch):
    """Three new reports, of which each is a run of its own; what is told is how often pages were drawn."""
    monkeypatch.setattr("pipelines.orchestration.run.BATCH", 1)
    settings.raw.mkdir(exist_ok=True)
    for number in range(3):
        (settings.raw / f"villages_{number}.csv").write_text(f"Village,Funds (10000 yuan)\nShangfan,{number + 1}\n")
    drawn = []

    def draw(settings, documents=None):
        if documents is not None:
            drawn.append(len(documents))
        return build_site(settings, documents)

    monkeypatch.setattr(build, "build_site", draw)
    # the command takes the function itself as it is imported, which may be now
    monkeypatch.setattr(site, "build_site", draw)
    return drawn


@pytest.mark.slow
def test_the_runs_of_one_command_draw_their_pages_together(fupin, settings, three_runs):
    assert fupin("run").code == 0
    assert three_runs == [3]
    for number in range(3):
        assert (settings.site / version_page(f"villages_{number}.csv", 1)).is_file()
    assert "(0 files written, " in fupin("site").out


@pytest.mark.slow
def test_many_runs_do_not_wait_for_the_last(fupin, three_runs, monkeypatch):
    monkeypatch.setattr("pipelines.orchestration.run._UNDRAWN", 2)
    assert fupin("run").code == 0
    assert three_runs == [2, 1]


@pytest.mark.slow
def test_what_was_published_is_shown_when_a_later_run_fails(fupin, settings, three_runs, monkeypatch):
    published = []

    def fails(fupin, meter):
        if published:
            raise OSError(28, "No space left on device", str(settings.snapshot))
        return published.append(meter) or publish_snapshot(fupin, meter)

    monkeypatch.setattr("pipelines.orchestration.run.publish_snapshot", fails)
    ended = fupin("run")
    assert ended.code == 1
    assert "No space left on device" in ended.err
    assert three_runs == [1]
    assert (settings.site / version_page("villages_0.csv", 1)).is_file()
