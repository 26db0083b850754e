"""A disk that takes nothing, and a home that may only be read: every command that writes ends in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.orchestration.work import Unread, raw_files, read_files
from pipelines.settings import PROJECT
from tests.faults.conftest import FIRST
from tests.faults.test_damage import published, put_second

COMMANDS = (
    ("run",),
    ("retract", FIRST, "--reason", "a test", "--by", "tester"),
    ("supersede", FIRST, FIRST, "--by", "tester"),
    ("rerun", "--all"),
    ("correct", "accept", "c000000000000", "--by", "tester"),
    ("rebuild",),
    ("site",),
)
# no write of a byte succeeds, as on a full disk
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
"""
# what a file system that is mounted for reading answers
READ_ONLY = """
import errno, os, sys
def refuse(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    changes = event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate")
    if (writes or changes) and str(arguments[0]).startswith(os.environ["FUPIN_HOME"]):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(arguments[0]))
sys.addaudithook(refuse)
"""
EACH = """
import contextlib, io, json, sys
from pipelines.cli import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["fupin", *command]
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = ended.code
    except BaseException as error:
        err.write(f"Traceback: {error!r}")
    print(json.dumps([code, err.getvalue()]))
"""


@pytest.mark.parametrize("refusal", [FULL, READ_ONLY], ids=["full disk", "read-only home"])
def test_every_command_that_writes_ends_in_one_line_and_changes_nothing(home, refusal):
    put_second(home)
    environment = os.environ | {"FUPIN_HOME": str(home.home), "FUPIN_RAW": str(home.raw), "FUPIN_WORKERS": "1"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "DAGSTER_HOME": ""}
    ended = subprocess.run(
        [sys.executable, "-c", refusal + EACH, json.dumps(COMMANDS)],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    answers = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("[")]
    assert len(answers) == len(COMMANDS), ended.stderr
    for command, (code, said) in zip(COMMANDS, answers, strict=True):
        lines = said.splitlines()
        assert (code, len(lines)) == (1, 1), (command, said)
        assert lines[0].startswith("error: "), (command, said)
    assert published(home) == [FIRST]


def test_a_file_that_becomes_a_link_between_the_look_and_the_reading_is_not_followed(home, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("In 2009, the key was 120 million yuan.\n")
    path = put_second(home)
    [file] = [one for one in raw_files(home) if one.path == path]
    path.unlink()
    path.symlink_to(secret)
    [result] = read_files([file], home)
    assert isinstance(result, Unread)
    assert "key" not in result.cause


@pytest.mark.slow
def test_ten_thousand_files_at_once_are_seen_in_one_look(home):
    from pipelines.orchestration.arrivals import Cursor, Memory, look

    text = Path(home.raw / FIRST).read_text()[:200]
    for number in range(10_000):
        (home.raw / f"many_{number}.txt").write_text(f"{text} {number}")
    found = look(home.model_copy(update={"settle_seconds": 0.0}), Memory(), Cursor(), lambda: False)
    assert len(found.waiting) == 10_000
