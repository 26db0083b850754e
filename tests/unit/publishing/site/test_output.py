"""Only files whose data changed are written, and what lost its data goes."""

import json

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.site import build as build_module
from pipelines.publishing.site.output import RECORD, Output, fingerprint


def build(folder, pages, common="c"):
    output = Output(folder, common)
    for path, data in pages.items():
        output.add(path, fingerprint(data), lambda text=data: text)
    output.finish()
    return output


def test_a_second_build_writes_only_what_changed(tmp_path):
    assert build(tmp_path, {"a.html": "1", "b/c.html": "2"}).written == ["a.html", "b/c.html"]
    kept = tmp_path / "a.html"
    stamp = kept.stat().st_mtime_ns
    again = build(tmp_path, {"a.html": "1", "b/c.html": "3"})
    assert (again.written, again.kept, again.removed) == (["b/c.html"], 1, 0)
    assert kept.stat().st_mtime_ns == stamp
    assert (tmp_path / "b" / "c.html").read_text() == "3"


def test_what_all_pages_share_makes_all_anew(tmp_path):
    build(tmp_path, {"a.html": "1", "b.html": "2"})
    assert build(tmp_path, {"a.html": "1", "b.html": "2"}, "other").written == ["a.html", "b.html"]


def test_a_file_that_somebody_deleted_is_made_anew(tmp_path):
    build(tmp_path, {"a.html": "1"})
    (tmp_path / "a.html").unlink()
    assert build(tmp_path, {"a.html": "1"}).written == ["a.html"]


def test_a_page_without_data_goes_with_its_folder_and_strangers_stay(tmp_path):
    build(tmp_path, {"a.html": "1", "b/c.html": "2"})
    (tmp_path / "mine.txt").write_text("mine")
    assert build(tmp_path, {"a.html": "1"}).removed == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD, "a.html", "mine.txt"]


def test_all_files_of_a_group_stay_even_where_one_is_made_anew(tmp_path):
    build(tmp_path, {"a.html": "1", "b.html": "1"})
    (tmp_path / "a.html").unlink()
    output = Output(tmp_path, "c")
    assert not output.are_current(["a.html", "b.html"], fingerprint("1"))
    output.add("a.html", fingerprint("1"), lambda: "1")
    output.finish()
    assert (output.written, output.kept, output.removed) == (["a.html"], 1, 0)


def test_files_that_differ_in_a_number_stay_together_or_not_at_all(tmp_path):
    build(tmp_path, {"part-0.js": "1", "part-1.js": "1", "part-2.js": "2"})
    assert Output(tmp_path, "c").numbered("part-", ".js", fingerprint("1")) == ["part-0.js", "part-1.js"]
    assert Output(tmp_path, "c").numbered("part-", ".js", fingerprint("2")) == []
    (tmp_path / "part-1.js").unlink()
    assert Output(tmp_path, "c").numbered("part-", ".js", fingerprint("1")) == []


def test_a_page_half_written_by_a_killed_build_is_written_over(tmp_path):
    (tmp_path / ".part").write_text("half of a pa")
    build(tmp_path, {"a.html": "1"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD, "a.html"]
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("record", ["", "[]", "{", '{"a.html": 1}'])
def test_a_damaged_record_makes_all_anew(tmp_path, record):
    build(tmp_path, {"a.html": "1"})
    (tmp_path / RECORD).write_text(record)
    assert build(tmp_path, {"a.html": "1"}).written == ["a.html"]


def test_a_record_cannot_name_what_lies_elsewhere(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    site = tmp_path / "site"
    build(site, {"a.html": "1"})
    (site / RECORD).write_text(json.dumps({"../outside.txt": "x", str(outside): "x"}))
    build(site, {"a.html": "1"})
    assert outside.exists()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "site").write_text("a file in the way")
    with pytest.raises(FupinError, match="cannot be written"):
        build(tmp_path / "site", {"a.html": "1"})


def test_a_text_of_the_catalogue_makes_all_pages_anew(tmp_path, monkeypatch):
    for name in build_module._TOLD:
        (tmp_path / f"{name}.yml").write_text("some: words")
    monkeypatch.setattr(build_module, "CATALOG", tmp_path)
    build_module._sources.cache_clear()
    before = build_module._sources()
    (tmp_path / "sentences.yml").write_text("some: other words")
    build_module._sources.cache_clear()
    assert build_module._sources() != before
    build_module._sources.cache_clear()
