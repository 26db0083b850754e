"""A landing zone elsewhere: what is fetched, what leaves, and what must not get in."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from urllib.parse import unquote

import fsspec
import pytest

from pipelines.errors import FupinError
from pipelines.orchestration import landing
from pipelines.orchestration.landing import fetch
from pipelines.orchestration.work import raw_files
from pipelines.settings import Settings


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    system.mkdirs("/zone", exist_ok=True)
    yield system
    system.rm("/zone", recursive=True)


@pytest.fixture
def settings(tmp_path, memory):
    return Settings(home=tmp_path / "var", raw="memory://zone", max_file_mb=1)


def names(settings):
    return [file.report_id for file in raw_files(settings)]


def test_only_what_is_new_or_changed_is_fetched_and_what_left_is_removed(settings, memory):
    assert settings.raw == settings.home / "landing"
    memory.pipe({"/zone/a.txt": b"1", "/zone/2011/b.txt": b"2", "/zone/c.txt.part": b"3"})
    assert fetch(settings).fetched == ["2011/b.txt", "a.txt"]
    assert names(settings) == ["2011/b.txt", "a.txt"]
    again = fetch(settings)
    assert (again.fetched, again.removed, again.refused) == ([], [], {})
    memory.pipe("/zone/a.txt", b"other")
    memory.rm("/zone/2011/b.txt")
    found = fetch(settings)
    assert (found.fetched, found.removed) == (["a.txt"], ["2011/b.txt"])
    assert (settings.raw / "a.txt").read_bytes() == b"other"
    assert names(settings) == ["a.txt"]
    assert not (settings.raw / "2011").exists()
    # a copy that somebody removed is fetched again
    (settings.raw / "a.txt").unlink()
    assert fetch(settings).fetched == ["a.txt"]


def test_a_folder_of_this_machine_by_its_url(tmp_path):
    zone = tmp_path / "zone"
    zone.mkdir()
    (zone / "a.txt").write_text("1")
    settings = Settings(home=tmp_path / "var", raw=f"file://{zone}")
    assert fetch(settings).fetched == ["a.txt"]
    assert fetch(settings).fetched == []


def test_a_folder_needs_no_fetching(tmp_path):
    settings = Settings(home=tmp_path / "var", raw=tmp_path)
    assert fetch(settings) == landing.Fetched()
    assert not settings.home.exists()


def test_a_listing_that_fails_leaves_everything(settings, memory, monkeypatch):
    memory.pipe("/zone/a.txt", b"1")
    fetch(settings)

    def refused(*_arguments, **_options):
        raise OSError("login as user:secret@ failed")

    monkeypatch.setattr(type(memory), "find", refused)
    with pytest.raises(FupinError, match=r"^memory://zone: cannot be listed: .*; what was fetched before stays$"):
        fetch(settings)
    assert names(settings) == ["a.txt"]
    for url, cause in (("memory://none", "no such folder"), ("nosuch://x", "nosuch")):
        with pytest.raises(FupinError, match=f"^{url}: cannot be listed: .*{cause}"):
            fetch(Settings(home=settings.home, raw=url))
    assert names(settings) == ["a.txt"]


def test_names_cannot_lead_out_of_the_folder(settings, memory, monkeypatch):
    memory.pipe("/zone/a.txt", b"1")
    bad = ("../out.txt", "x/../../out.txt", "/etc/out.txt", "x\\..\\out.txt", "./out.txt", "a//b.txt", "a\nb.txt")
    info = memory.info("/zone/a.txt")
    listed = {f"/zone/{name}": info for name in (*bad, "a.txt")}
    monkeypatch.setattr(type(memory), "find", lambda *_arguments, **_options: listed)
    found = fetch(settings)
    assert found.fetched == ["a.txt"]
    assert set(found.refused) == {*bad[:-1], "a\\x0ab.txt"}
    assert found.refused["../out.txt"] == "has a name that leads out of the folder"
    assert [path.name for path in settings.home.parent.rglob("*out.txt")] == []


def test_what_is_too_large_cut_off_or_in_the_way_is_refused_and_the_rest_fetched(settings, memory, monkeypatch):
    memory.pipe({"/zone/large.txt": b"x" * (1024 * 1024 + 1), "/zone/a.txt": b"123", "/zone/b.txt": b"1"})
    whole = type(memory).get_file

    def cut_off(self, path, target, **_options):
        whole(self, path, target)
        if path.endswith("a.txt"):
            Path(target).write_bytes(b"1")

    monkeypatch.setattr(type(memory), "get_file", cut_off)
    found = fetch(settings)
    assert found.fetched == ["b.txt"]
    assert found.refused == {
        "a.txt": "changed while it was fetched: 1 of 3 bytes",
        "large.txt": "is 1,048,577 bytes, the limit is 1,048,576 (FUPIN_MAX_FILE_MB)",
    }
    monkeypatch.undo()
    assert fetch(settings).fetched == ["a.txt"]
    assert sorted(path.name for path in settings.raw.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("nosuch://user:hidden@host/zone", "nosuch://host/zone"),
        ("nosuch://user:hid%64en@host/zone", "nosuch://host/zone"),
        ("nosuch://user:a/hidden@host/zone", "nosuch://host/zone"),
        ("nosuch://user:a@hidden@host/zone", "nosuch://host/zone"),
        ("nosuch://user:a?hidden@host/zone", "nosuch://…"),
        ("nosuch://host/zone?sig=hidden&x=1", "nosuch://host/zone"),
        ("nosuch://host/zone#hidden", "nosuch://host/zone"),
        ("nosuch://host/zone?mail=a@b&sig=hidden", "nosuch://host/zone"),
        ("nosuch://host:21/zone?mail=a@b&sig=hidden", "nosuch://…"),
    ],
)
def test_secrets_of_a_url_are_shown_nowhere(tmp_path, monkeypatch, url, shown):
    def refused(*_arguments, **_options):
        raise OSError(f"{url} and {unquote(url)} failed, and so did hidden")

    settings = Settings(home=tmp_path / "var", raw=url)
    monkeypatch.setattr(fsspec.core, "url_to_fs", refused)
    with pytest.raises(FupinError, match=f"^{re.escape(shown)}: cannot be listed: ") as raised:
        fetch(settings)
    told = "".join(traceback.format_exception(raised.value)).partition("The above")[2] + str(raised.value)
    assert "hidden" not in repr(settings) + told
