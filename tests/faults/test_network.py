"""A whole run opens no connection, and no secret of the environment is written anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from pipelines.settings import PROJECT

SECRET = "s3cr3t-t0ken-of-a-channel"
# a hook that Python calls for every attempt, whatever library makes it
GUARD = """
import sys
tried = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[-1] if event != "socket.getaddrinfo" else arguments[:2]
        if isinstance(address, (tuple, list)):
            tried.append((event, address))
            raise OSError("no network in this test")
sys.addaudithook(watch)
"""
RUN = (
    GUARD
    + """
sys.argv = ["fupin", "run"]
from pipelines.cli import main
try:
    main()
finally:
    print("tried:", tried)
"""
)


def run(settings, code, **environment):
    chosen = {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw), "FUPIN_WORKERS": "1"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT, env=os.environ | chosen | environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_run_opens_no_connection_and_writes_no_secret(settings):
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2010.txt", settings.raw / "jiangxi_2010.txt")
    ended = run(settings, RUN, FUPIN_ALERTS=f"json://user:{SECRET}@example.org/hook")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.endswith("tried: []\n")
    assert "1 new in this run" in ended.stdout
    assert SECRET not in ended.stdout + ended.stderr
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_the_guard_notices_a_connection(settings):
    code = GUARD + (
        "import urllib.request\n"
        "try:\n    urllib.request.urlopen('http://127.0.0.1:9/')\nexcept OSError:\n    pass\nprint(len(tried) > 0)\n"
    )
    assert run(settings, code).stdout == "True\n"
