"""No file is opened whose look is known; whatever makes it look otherwise has it hashed anew."""

from __future__ import annotations

import os
import time

import pytest

from pipelines.orchestration import hashes as module
from pipelines.orchestration.hashes import landed
from pipelines.orchestration.work import hash_of


@pytest.fixture
def opened(settings, monkeypatch):
    """Names of the files that were hashed; the clock of the look is an hour ahead, so that nothing is recent."""
    found = []

    class Clock:
        time = staticmethod(lambda: time.time() + 3600)

    def hashed(path, limit):
        found.append(path.name)
        return hash_of(path, limit)

    monkeypatch.setattr(module, "hash_of", hashed)
    monkeypatch.setattr(module, "time", Clock)
    settings.home.mkdir()
    (settings.raw / "a.txt").write_text("Villages: 5.\n")
    (settings.raw / "b.txt").write_text("Villages: 6.\n")
    before = landed(settings)
    assert (found, [file.content_hash for file in before]) == (["a.txt", "b.txt"], [hash_of(f.path) for f in before])
    found.clear()
    return found


def same_times(path, change):
    """Changes a file and sets its times back, as one does who wants to hide it."""
    kept = path.stat()
    change(path)
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def edited(path):
    same_times(path, lambda one: one.write_text("Villages: 7.\n"))


def replaced(path):
    def put(one):
        other = one.with_name("other")
        other.write_text("Villages: 7.\n")
        other.replace(one)

    same_times(path, put)


def test_what_looks_as_before_is_not_opened(settings, opened):
    landed(settings)
    assert opened == []


@pytest.mark.parametrize("change", [edited, replaced, lambda path: os.utime(path, (1, 1))])
def test_any_change_is_seen(settings, opened, change):
    change(settings.raw / "a.txt")
    found = landed(settings)
    assert opened == ["a.txt"]
    assert found[0].content_hash == hash_of(settings.raw / "a.txt")


@pytest.mark.parametrize("spoilt", ["", "[]", '{"x": 1}', "\0"])
def test_a_record_that_cannot_be_understood_costs_only_time(settings, opened, spoilt):
    (settings.home / "hashes.json").write_text(spoilt)
    landed(settings)
    assert opened == ["a.txt", "b.txt"]
    landed(settings)
    assert opened == ["a.txt", "b.txt"]


def test_what_is_gone_is_forgotten(settings, opened):
    kept = (settings.raw / "a.txt").rename(settings.home / "a.txt")
    landed(settings)
    kept.rename(settings.raw / "a.txt")
    landed(settings)
    assert opened == ["a.txt"]
