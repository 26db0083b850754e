"""A desk that is killed while somebody decides: what was answered is kept, and nothing is written by half.

It dies at its n-th touch of the folder of decisions, for one n after the other; `FUPIN_FAULT_KILLS` says how often,
`make faults` goes through 40 moments.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
import pytest_socket

from pipelines.review.files import read_reviews
from pipelines.settings import PROJECT
from tests.desk_home import desk_settings

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FUPIN_FAULT_KILLS", "4"))
REPORT, NAME = "jiangxi_2010.txt", "Ada Li"
# a decision, another one about the same figure, and its taking back
SESSION = [(figure, value) for figure in (1, 2) for value in ("right", "unread", None)]
DESK = """
import os, signal, sys
from pathlib import Path
from pipelines.desk.desk import Desk
from tests.desk_home import desk_settings, running

def watch(event, given):
    global left
    if event.partition(".")[0] in ("open", "os", "shutil") and given and str(given[0]).startswith(folder):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

settings = desk_settings(Path(sys.argv[1]))
with running(Desk(settings)) as desk:
    desk.served.desk.open(sys.argv[2])
    folder, left = str(settings.decisions), int(sys.argv[3])
    sys.addaudithook(watch)
    print(desk.url, flush=True)
    sys.stdin.read()
    print(-left, flush=True)
"""


@pytest.fixture
def home(desk_home, tmp_path):
    pytest_socket.enable_socket()
    shutil.copytree(desk_home, tmp_path / "home")
    return tmp_path / "home"


def kept(home):
    """What is decided, in its order; it can always be read."""
    file = read_reviews(desk_settings(home).decisions).get(REPORT)
    return [(one.match.printed, one.attribute, one.value) for one in file.reviews] if file is not None else []


def decided(home, touches):
    """A session, with nothing decided before it, in which the desk dies at a touch of its folder, or at the end.

    Args:
        home: of the desk.
        touches: 0 for a desk that lives.

    Returns:
        What was decided before it and after each answer, what is found when the desk is gone, and how often a desk that
        lives has touched the folder.
    """
    shutil.rmtree(desk_settings(home).decisions, ignore_errors=True)
    seen = [kept(home)]
    with subprocess.Popen(
        [sys.executable, "-c", DESK, str(home), REPORT, str(touches)],
        cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            url = process.stdout.readline().strip()
            for figure, value in SESSION:
                post(url, figure, value)
                seen.append(kept(home))
            lived = process.communicate(timeout=600)[0]
        except urllib.error.HTTPError:  # it refuses, and lives
            raise
        except (ConnectionError, http.client.HTTPException, urllib.error.URLError):
            assert process.wait(600) == -signal.SIGKILL
            lived = "0"
        finally:
            process.kill()
    return seen, kept(home), int(lived)


def post(url, figure, value):
    if value is None:
        asked = {"by": NAME}
    else:
        with urllib.request.urlopen(f"{url}card?report={REPORT}&figure={figure}", timeout=600) as answer:
            seen = json.load(answer)["seen"]
        asked = {"report": REPORT, "figure": figure, "attribute": "reading", "value": value, "by": NAME, "seen": seen}
    origin = "/".join(url.split("/")[:3])
    request = urllib.request.Request(
        f"{url}{'undo' if value is None else 'decide'}",
        json.dumps(asked).encode(),
        {"Content-Type": "application/json", "Origin": origin},
    )
    with urllib.request.urlopen(request, timeout=600) as answer:
        json.load(answer)


def test_killing_the_desk_at_any_moment_loses_at_most_the_decision_being_typed(home):
    whole, _, touches = decided(home, 0)
    assert [len(one) for one in whole] == [0, 1, 1, 1, 2, 2, 2]
    assert whole[1] == whole[3] != whole[2]
    ends = set()
    for number in range(KILLS):
        seen, found, _ = decided(home, 1 + number * (touches - 1) // max(1, KILLS - 1))
        assert seen == whole[: len(seen)]
        assert found in (whole[len(seen) - 1], whole[len(seen)])
        ends.add(len(seen))
    assert len(ends) > 1
