"""The page after a run: built with it, named by it, and never a reason for a run to fail."""

from __future__ import annotations

import pytest

from pipelines.publishing.site.links import figures_data, version_page
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
