"""The served desk: who may decide through it, and that nothing else can be reached or written."""

from __future__ import annotations

import socket

import pytest

from pipelines.desk.server import LARGEST_BODY
from pipelines.review.files import read_reviews
from tests.desk_home import running
from tests.integration.desk.conftest import REPORT, asked, card, decision, written
from tests.site_home import ATTACK

# --- who may ask


@pytest.mark.parametrize("token", ["", "x", "x" * 32, "..", "%2e%2e", "é"])
def test_without_the_token_there_is_no_desk(desk, ask, token):
    from urllib.parse import quote

    for method in ("GET", "POST"):
        for name in ("", "queue", "decide", "load"):
            assert ask(method, "", path=f"/review/{quote(token, safe='%')}/{name}")[0] == 404


def test_a_token_of_another_start_does_not_open_the_desk(desk, ask):
    with running(desk.served.desk) as other:
        assert ask("GET", "", path=other.served.path)[0] == 404
        assert other.served.token != desk.served.token
        assert len(other.served.token) >= 32


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://127.0.0.1", "http://127.0.0.1:1", "https://127.0.0.1:{port}"],
)
def test_a_page_elsewhere_cannot_decide(desk, ask, origin):
    asked = decision(ask)
    assert ask("POST", "decide", asked, headers={"Origin": origin.format(port=desk.port)})[0] == 403
    assert ask("POST", "decide", asked, left_out=("Origin",))[0] == 403
    assert ask("POST", "decide", asked, headers={"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert read_reviews(desk.settings.decisions) == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_decides_nothing(desk, ask, kind):
    assert ask("POST", "decide", decision(ask), headers={"Content-Type": kind})[0] == 415
    assert read_reviews(desk.settings.decisions) == {}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "", "[::1]:{port}"])
def test_a_name_that_leads_here_is_not_answered(desk, ask, host):
    named = {"Host": host.format(port=desk.port), "Origin": f"http://{host.format(port=desk.port)}"}
    assert ask("GET", "queue", headers=named)[0] == 421
    assert ask("POST", "decide", decision(ask), headers=named)[0] == 421
    assert read_reviews(desk.settings.decisions) == {}


def test_it_listens_on_this_machine_only(desk):
    from pipelines.publishing.site.serve import HOST

    assert HOST == "127.0.0.1"


@pytest.mark.parametrize("name", ["decide", "undo", "misprint", "load?x=1"])
def test_nothing_is_decided_by_a_get(desk, ask, name):
    before = written(desk)
    ask("GET", f"{name}?report={REPORT}&figure=1&attribute=program&value=relocation&by=x")
    assert written(desk) == before
    assert ask("GET", "load")[1]["waiting"] == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_other_method_is_known(desk, ask, method):
    assert ask(method, "decide")[0] == 501


def test_nothing_is_sent_to_the_site(desk, ask):
    assert ask("POST", "", {}, path="/index.html")[0] == 405
    assert ask("GET", "", path="/index.html")[0] == 200


def test_no_answer_may_be_framed_shared_or_kept(desk, ask):
    for name in ("", "queue", "desk.js"):
        headers = ask("GET", name)[2]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def test_the_pages_of_the_site_may_not_talk_to_the_desk(desk, ask):
    assert "connect-src 'none'" in ask("GET", "", path="/index.html")[2]["Content-Security-Policy"]


# --- what may be sent


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"report": "../../etc/passwd"}, "no such report"),
        ({"report": "/etc/passwd"}, "no such report"),
        ({"report": "jiangxi_2010.txt\u0000"}, "no such report"),
        ({"report": ""}, "report"),
        ({"figure": 10**6}, "has no figure"),
        ({"figure": -1}, "figure"),
        ({"figure": "1"}, "figure"),
        ({"figure": True}, "figure"),
        ({"attribute": "__class__"}, "attribute"),
        ({"value": "../../x"}, "is no program"),
        ({"value": ["relocation"]}, "value"),
        ({"value": "x" * 300}, "value"),
        ({"attribute": "value", "value": "1e999"}, "is no value"),
        ({"attribute": "parent", "value": "2"}, "link"),
        ({"attribute": "parent", "value": "1", "link": "owner_of"}, "link"),
        ({"by": ""}, "by"),
        ({"by": "Ada\nreport: x"}, "by"),
        ({"by": None}, "by"),
        ({"reason": "x" * 600}, "reason"),
        ({"seen": "no"}, "seen"),
        ({"path": "/tmp/x"}, "path"),
    ],
)
def test_a_malformed_decision_is_refused_and_writes_nothing(desk, ask, changes, cause):
    status, found, _ = ask("POST", "decide", decision(ask, **changes))
    assert status == 422
    assert cause in found["error"]
    assert read_reviews(desk.settings.decisions) == {}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a":NaN}', b"[" * 5000, b"[" * 16000, b'"x"']
)
def test_a_body_that_is_no_decision_is_refused(desk, ask, body):
    assert ask("POST", "decide", body)[0] in (400, 422)
    assert ask("GET", "queue")[0] == 200


def test_a_body_that_is_too_large_is_not_read(desk, ask):
    assert ask("POST", "decide", b"x", headers={"Content-Length": str(LARGEST_BODY + 1)})[0] == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "", "9" * 30, "１"])
def test_a_length_that_is_none_is_refused(desk, ask, length):
    given = length.encode("utf-8").decode("latin-1")
    assert ask("POST", "decide", b"x", headers={"Content-Length": given})[0] == 411


def test_a_body_in_pieces_is_refused(desk, ask):
    asked = {"Transfer-Encoding": "chunked"}
    assert ask("POST", "decide", b"5\r\nhello\r\n0\r\n\r\n", headers=asked, left_out=("Content-Length",))[0] == 411


def test_whoever_sends_nothing_holds_nobody_up(desk, ask):
    with socket.create_connection(("127.0.0.1", desk.port)) as silent:
        silent.sendall(b"POST /review/ HTTP/1.1\r\nContent-Length: 10\r\n")
        assert ask("GET", "queue")[0] == 200


@pytest.mark.parametrize(
    "name", ["../desk.py", "..%2f..%2fdesk.py", "static/desk.js", "desk.html", "messages.yml", "%00", "zh/../queue"]
)
def test_no_path_leads_out_of_the_desk(desk, ask, name):
    assert ask("GET", name)[0] == 404


# --- stored markup

MARKUP = "<img src=x onerror=alert(1)>\"'&"


def test_what_people_write_comes_back_as_text(desk, ask):
    status, found, headers = ask("POST", "decide", decision(ask, by="<b>Ada</b>", reason=MARKUP))
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert found["decisions"][0]["reason"] == MARKUP
    [review] = read_reviews(desk.settings.decisions)[REPORT].reviews
    assert (review.by, review.reason) == ("<b>Ada</b>", MARKUP)


def test_a_report_that_attacks_the_page_can_be_decided_about(desk, ask):
    shown = card(ask, ATTACK)
    asked = decision(ask, report=ATTACK, seen=shown["seen"], value="training")
    assert ask("POST", "decide", asked)[0] == 200
    [path] = desk.settings.decisions.glob("*.yml")
    assert path.parent == desk.settings.decisions
    assert read_reviews(desk.settings.decisions)[ATTACK].reviews[0].value == "training"


def test_only_decisions_root_causes_and_corrections_are_ever_written(desk, ask):
    before = set(written(desk))
    ask("POST", "decide", decision(ask))
    ask("POST", "undo", {"by": "Ada Li"})
    seen = card(ask, figure=2)["corrected"]
    ask("POST", "misprint", {"report": REPORT, "figure": 2, "value": "7", "by": "x", "seen": seen})
    asked(ask)
    new = set(written(desk)) - before
    assert new == {
        *("decisions/jiangxi_2010.yml", "decisions/.lock", "corrections/jiangxi_2010.yml"),
        "decisions/causes/jiangxi_2011.yml",
    }
