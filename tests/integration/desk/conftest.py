"""A desk that is served, and what its page asks of it."""

from __future__ import annotations

import http.client
import json
import shutil

import pytest
import pytest_socket

from pipelines.desk.desk import Desk
from tests.desk_home import desk_settings, running

REPORT = "jiangxi_2010.txt"
FIGURE = 1


@pytest.fixture(scope="module")
def read(desk_home, tmp_path_factory):
    """A desk that has read its reports."""
    folder = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(desk_home, folder)
    return Desk(desk_settings(folder))


@pytest.fixture
def desk(read):
    """The desk, served anew, with nothing decided."""
    pytest_socket.enable_socket()
    shutil.rmtree(read.settings.decisions, ignore_errors=True)
    for path in read.settings.corrections.iterdir():
        path.unlink()
    read.taken.clear()
    with running(read) as one:
        yield one


@pytest.fixture
def ask(desk):
    """Sends a request as the page does, but for what a test changes."""

    def send(method, name, body=None, *, path=None, headers=None, left_out=()):
        own = {"Host": f"127.0.0.1:{desk.port}"}
        if method == "POST":
            own |= {"Origin": f"http://127.0.0.1:{desk.port}", "Content-Type": "application/json"}
        given = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        if method == "POST":
            own["Content-Length"] = str(len(given))
        own |= headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=600)
        connection.putrequest(method, path or desk.served.path + name, skip_host=True, skip_accept_encoding=True)
        for key, value in own.items():
            if key not in left_out:
                connection.putheader(key, value)
        connection.endheaders(given if method == "POST" else None)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        found = json.loads(text) if "json" in answer.headers.get("Content-Type", "") else text
        return answer.status, found, answer.headers

    return send


def card(ask, report=REPORT, figure=FIGURE):
    from urllib.parse import urlencode

    return ask("GET", "card?" + urlencode({"report": report, "figure": figure}))[1]


def decision(ask, **changes):
    asked = {
        "report": REPORT,
        "figure": FIGURE,
        "attribute": "program",
        "value": "relocation",
        "by": "Ada Li",
        "reason": "",
    }
    asked |= {"seen": card(ask)["seen"]} | changes
    return {key: value for key, value in asked.items() if value is not None}


def written(desk):
    """Every file outside of the state of runs."""
    folder = desk.settings.decisions.parent
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_relative_to(desk.settings.home)
    }


def asked(ask, **changes):
    shown = mendable(ask)
    own = {"failure": shown["name"], "state": "asked", "by": "Ada Li", "seen": shown["seen"]}
    return ask("POST", "cause", own | changes)


def mendable(ask):
    return next(one for one in ask("GET", "causes")[1]["causes"] if any("20" in mend for mend in one["mends"]))
