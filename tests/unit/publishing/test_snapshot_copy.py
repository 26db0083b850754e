"""The snapshot: shares blocks with the warehouse where it can, never a hard link; readers find the newest one."""

from __future__ import annotations

import errno
import os

import duckdb
import pytest

from pipelines.publishing import snapshot


def cloned(target, _request, source):
    """Stands for a file system that shares blocks."""
    os.write(target, os.pread(source, 100, 0).upper())


def refused(*_arguments):
    raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))


@pytest.mark.parametrize(("ioctl", "content"), [(cloned, b"FIGURES"), (refused, b"figures")])
def test_a_copy_is_a_file_of_its_own(tmp_path, monkeypatch, ioctl, content):
    monkeypatch.setattr(snapshot, "ioctl", ioctl)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"figures")
    target.write_bytes(b"something longer that was there")
    snapshot.copy_file(source, target)
    assert target.read_bytes() == content
    assert source.stat().st_nlink == target.stat().st_nlink == 1


def test_a_command_that_keeps_the_snapshot_open_sees_another_one_in_its_place(settings):
    def published(value):
        made = settings.home / "made.duckdb"
        with duckdb.connect(str(made)) as connection:
            connection.execute(f"CREATE TABLE found AS SELECT {value} AS value")
        made.replace(settings.snapshot)

    def read():
        with snapshot.open_snapshot(settings) as connection:
            return connection.sql("SELECT value FROM found").fetchone()

    settings.snapshot.parent.mkdir(parents=True)
    with snapshot.snapshot_kept_open():
        published(1)
        assert [read(), read()] == [(1,), (1,)]
        published(2)
        assert read() == (2,)
    published(3)
    assert read() == (3,)
