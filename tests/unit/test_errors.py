"""What is said of errors: a cause is always named, in one line."""

from __future__ import annotations

import errno
import os
import struct
from pathlib import Path

import pytest

from pipelines.errors import ReportError, refused, said
from pipelines.reading.damage import parsing
from pipelines.reading.formats import TEXT


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("word/document.xml"), "KeyError: 'word/document.xml'"),
        (KeyError(""), "KeyError"),
        (AssertionError(), "AssertionError"),
        (ValueError("\n \n"), "ValueError"),
        (struct.error("unpack requires a buffer of 4 bytes"), "unpack requires a buffer of 4 bytes"),
        (IndexError("list index out of range"), "IndexError: list index out of range"),
        (ValueError("two\nlines"), "two lines"),
    ],
)
def test_what_a_parser_raises_names_a_cause(error, told):
    assert said(error) == told
    with pytest.raises(ReportError) as raised, parsing("a.docx", TEXT):
        raise error
    assert raised.value.cause.endswith(f": {told}")


@pytest.mark.parametrize("cause", ["", "  "])
def test_no_report_fails_without_a_cause(cause):
    assert str(ReportError("a.txt", cause)) == "a.txt: cannot be read, and what read it does not say why"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_what_the_machine_refuses_is_one_line_and_a_bug_is_none(code):
    home = Path("home")
    assert refused(OSError(code, os.strerror(code), "x"), home) == f"x: {os.strerror(code)}"
    assert refused(OSError(code, os.strerror(code)), home) == f"home: {os.strerror(code)}"
    assert refused(RuntimeError(f"IO Error: {os.strerror(code)}!\n"), home) == f"home: IO Error: {os.strerror(code)}!"
    for bug in (KeyError("x"), FileNotFoundError(errno.ENOENT, "No such file or directory", "x"), TypeError("x")):
        assert refused(bug, home) is None
