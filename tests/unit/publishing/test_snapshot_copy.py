"""The snapshot shares blocks with the warehouse where the file system can, is a copy elsewhere, never a hard link."""

from __future__ import annotations

import errno
import os

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
