"""A desk that is killed while somebody decides: what was answered is kept, and nothing is written by half."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest
import pytest_socket

from pipelines.review.files import read_reviews
from pipelines.settings import PROJECT
from tests.desk_home import desk_settings, make_desk_home

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FUPIN_FAULT_KILLS", "4"))
REPORT = "jiangxi_2010.txt"
DESK = """
import sys, time
from pathlib import Path
from pipelines.desk.desk import Desk
from tests.desk_home import desk_settings, running
with running(Desk(desk_settings(Path(sys.argv[1])))) as desk:
    desk.served.desk.open(sys.argv[2])
    print(desk.url, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def home(made_once, tmp_path):
    pytest_socket.enable_socket()
    shutil.copytree(made_once("desk", make_desk_home), tmp_path / "home")
    return tmp_path / "home"


def decided_until_killed(home, first, moment) -> int:
    """Decides about one figure after the other, and kills the desk meanwhile; how many decisions were answered."""
    with subprocess.Popen(
        [sys.executable, "-c", DESK, str(home), REPORT], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as process:
        url = process.stdout.readline().strip()
        timer = threading.Timer(moment, process.send_signal, [signal.SIGKILL])
        timer.start()
        answered = 0
        try:
            while True:
                decide(url, first + answered)
                answered += 1
        except (OSError, ValueError):  # it is gone, or was killed within its answer
            return answered
        finally:
            timer.join()


def decide(url, figure):
    with urllib.request.urlopen(f"{url}card?report={REPORT}&figure={figure}", timeout=300) as answer:
        seen = json.load(answer)["seen"]
    asked = {"report": REPORT, "figure": figure, "attribute": "reading", "value": "right", "by": "Ada Li", "seen": seen}
    origin = "/".join(url.split("/")[:3])
    request = urllib.request.Request(
        f"{url}decide", json.dumps(asked).encode(), {"Content-Type": "application/json", "Origin": origin}
    )
    with urllib.request.urlopen(request, timeout=300) as answer:
        json.load(answer)


def test_killing_the_desk_at_any_moment_loses_at_most_the_decision_being_typed(home):
    moments, kept = random.Random(20261128), 0
    for _ in range(KILLS):
        answered = decided_until_killed(home, kept + 1, moments.uniform(0.05, 1.0))
        found = read_reviews(desk_settings(home).decisions)
        now = len(found[REPORT].reviews) if found else 0
        assert kept + answered <= now <= kept + answered + 1
        kept = now
    assert kept > 0
