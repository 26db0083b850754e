"""The served desk: who may decide through it, what it writes, and that nothing else can be reached or written."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import pytest_socket

from pipelines.commands.run import load_decisions
from pipelines.desk.cards import card as made_card
from pipelines.desk.desk import Desk
from pipelines.desk.loading import Loader
from pipelines.desk.server import LARGEST_BODY
from pipelines.desk.words import DeskWords
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.files import read_reviews
from tests.desk_home import desk_settings, running
from tests.site_home import ATTACK

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


def test_what_is_decided_is_shown_at_once_and_stands_in_a_file(desk, ask):
    status, found, _ = ask("POST", "decide", decision(ask))
    assert status == 200
    program = next(one for one in found["attributes"] if one["name"] == "program")
    assert (program["code"], program["how"]) == ("relocation", "stated")
    [review] = read_reviews(desk.settings.decisions)[REPORT].reviews
    assert (review.attribute, review.value, review.by) == ("program", "relocation", "Ada Li")


def test_parts_are_shown_as_their_whole_was_decided(desk, ask):
    assert ask("POST", "decide", decision(ask))[1]["followers"] == 3
    part = card(ask, figure=2)
    program = next(one for one in part["attributes"] if one["name"] == "program")
    assert (program["code"], program["how"], part["decisions"]) == ("relocation", "inherited", [])


@pytest.mark.parametrize("report", ["jiangxi_2010.txt", "guizhou_2009.txt"])
def test_a_chinese_reader_finds_no_english_but_what_the_report_prints(read, report):
    opened, words = read.open(report), DeskWords("zh")
    printed = opened.read.document.text.lower()
    for figure_id in opened.figures:
        for one in made_card(read, opened, figure_id, words)["attributes"]:
            said = " ".join(one[name] for name in ("label", "shown", "how_shown", "words"))
            assert [word for word in re.findall("[A-Za-z]{3,}", said) if word.lower() not in printed] == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "begins", "others"), [("en", "unsure", r"[一-鿿]"), ("zh", "存疑", r"[A-Za-z]")])
def test_a_doubtful_attribute_tells_what_speaks_against_it(read, language, begins, others):
    opened, words = read.open(REPORT), DeskWords(language)
    cards = [made_card(read, opened, one.figure_id, words) for one in opened.doubts]
    told = [one["against"] for card in cards for one in card["attributes"] if one["against"]]
    assert 0 < len(told) < len(cards)
    assert all(one.startswith(begins) and not re.search(others, one) for one in told)
    assert any(len(one) > len(begins) for one in told)


def test_many_decisions_are_loaded_once(desk_home, tmp_path):
    shutil.copytree(desk_home, tmp_path / "home")
    settings = desk_settings(tmp_path / "home")
    desk, loader = Desk(settings), Loader(partial(load_decisions, settings), 3600)
    for figure, changes in ((1, {"program": "relocation"}), (2, {"role": "target"})):
        desk.decide(REPORT, figure, changes, "Ada Li")
        loader.decided()
    assert loader.told() == {"waiting": 2, "loading": False, "failed": ""}
    loader.load_now()
    until = time.monotonic() + 300
    while loader.told()["waiting"] and time.monotonic() < until:
        time.sleep(0.1)
    loader.close()
    assert loader.told() == {"waiting": 0, "loading": False, "failed": ""}
    with open_snapshot(settings) as connection:
        read = connection.execute(
            "SELECT f.program_how, f.role FROM core.fact_figure AS f JOIN core.dim_report AS r USING "
            "(report_version_key) WHERE r.report_id = ? AND figure_id <= 2 ORDER BY figure_id",
            [REPORT],
        ).fetchall()
        runs = connection.execute("SELECT count(*) FROM quality.run WHERE started_by = 'review'").fetchone()
    assert (read[0][0], read[1][1], runs) == ("stated", "target", (1,))


def test_the_queue_of_all_reports_is_that_of_each_of_them(desk):
    own = desk.served.desk
    each = [item for name, _ in own.reports() for item in own.queue(name, None).items]
    found = own.queue(None, None)
    assert found.left == len(each)
    kept = {(one.report, one.figure_id): one.rank for one in found.items}
    assert kept == pytest.approx({(one.report, one.figure_id): one.rank for one in each}, rel=1e-2, abs=1e-3)
    assert [one.rank for one in found.items] == sorted(kept.values(), reverse=True)


def test_the_queue_of_all_reports_reads_none_of_them(desk):
    fresh = Desk(desk.settings)
    assert len(fresh.queue(None, 3).items) == 3
    assert not fresh._opened


def test_what_was_decided_leaves_the_queue_of_all_reports_at_once(desk, ask):
    before = ask("GET", "queue")[1]
    report, figure = before["items"][0]
    changes = {"report": report, "figure": figure, "attribute": "reading", "value": "right"}
    ask("POST", "decide", decision(ask, **changes, seen=card(ask, report, figure)["seen"]))
    after = ask("GET", "queue")[1]
    assert after["left"] == before["left"] - 1
    assert [report, figure] not in after["items"]


def test_undo_takes_the_last_decision_back(desk, ask):
    before = written(desk)
    ask("POST", "decide", decision(ask))
    status, found, _ = ask("POST", "undo", {"by": "Ada Li"})
    assert (status, found["undone"]["figure"], found["undone"]["decisions"]) == (200, FIGURE, [])
    assert read_reviews(desk.settings.decisions)[REPORT].reviews == ()
    assert set(written(desk)) - set(before) == {"decisions/jiangxi_2010.yml", "decisions/.lock"}
    assert ask("POST", "undo", {"by": "Ada Li"})[1] == {"undone": None}


def test_a_misprint_is_a_correction_and_leaves_the_reading(desk, ask):
    before = card(ask)["attributes"]
    asked = {"report": REPORT, "figure": FIGURE, "value": "738000000", "by": "Ada Li", "seen": card(ask)["corrected"]}
    assert ask("POST", "misprint", asked)[0] == 200
    assert card(ask)["attributes"] == before
    assert read_reviews(desk.settings.decisions) == {}
    [path] = desk.settings.corrections.glob("*.yml")
    assert "proposed: 738000000" in path.read_text(encoding="utf-8")


def mended(ask):
    """The figure of a report that the relations propose another value for, as the desk shows it."""
    suspect = next(one for one in ask("GET", "queue")[1]["items"] if card(ask, *one)["meant"])
    shown = card(ask, *suspect)
    own = {"value": shown["meant"][0]["value"], "by": "Ada Li", "seen": shown["corrected"]}
    return dict(zip(("report", "figure"), suspect, strict=True)) | own, shown


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_the_value_that_the_relations_propose_is_decided_with_a_word(desk, ask, status):
    of, before = mended(ask)
    assert ([one["status"] for one in before["meant"]], before["printed"]) == (["proposed"], "200 million Yuan")
    asked = of | {"status": status}
    assert [one["status"] for one in ask("POST", "misprint", asked)[1]["meant"]] == [status]
    [path] = desk.settings.corrections.glob("*.yml")
    text = path.read_text(encoding="utf-8")
    assert all(part in text for part in ("proposed: 20000000", "low: 19500000", f"status: {status}"))
    assert ask("POST", "undo", {"by": "Ada Li"})[1]["undone"]["meant"] == before["meant"]
    assert not path.exists()


def test_a_correction_that_somebody_added_to_is_not_taken_back(desk, ask):
    of, _ = mended(ask)
    ask("POST", "misprint", of)
    [path] = desk.settings.corrections.glob("*.yml")
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert ask("POST", "undo", {"by": "Ada Li"})[0] == 409
    assert path.read_text(encoding="utf-8").endswith("# seen\n")


# --- root causes


def asked(ask, **changes):
    shown = mendable(ask)
    own = {"failure": shown["name"], "state": "asked", "by": "Ada Li", "seen": shown["seen"]}
    return ask("POST", "cause", own | changes)


def mendable(ask):
    return next(one for one in ask("GET", "causes")[1]["causes"] if any("20" in mend for mend in one["mends"]))


def test_a_root_cause_is_shown_with_all_that_an_officer_needs(desk, ask):
    one = mendable(ask)
    assert "200 million Yuan" in one["sentence"]
    assert (len(one["findings"]), len(one["mends"]), one["became"]) == (4, 1, "")
    assert "200 million Yuan" in one["letter"]
    assert (desk.settings.site / one["page"].removeprefix("/")).is_file()


def test_what_became_of_a_root_cause_is_kept_with_its_day_and_taken_back(desk, ask):
    before = mendable(ask)
    assert asked(ask, reason="by telephone")[0] == 200
    became = mendable(ask)["became"]
    assert became.startswith("asked the publisher, AL, 20")
    assert became.endswith(": by telephone")
    assert asked(ask, state="open")[0] == 200
    assert mendable(ask) == before


def test_the_later_of_two_people_is_told_what_was_said_about_a_root_cause(desk, ask):
    shown = mendable(ask)["seen"]
    assert asked(ask, by="Bo Wu")[0] == 200
    status, found, _ = asked(ask, state="rejected", seen=shown)
    assert (status, "Bo Wu has said" in found["error"]) == (409, True)
    assert not list(desk.settings.corrections.glob("*.yml"))


@pytest.mark.parametrize(("state", "written"), [("accepted", "status: accepted"), ("rejected", "status: rejected")])
def test_the_correction_of_a_root_cause_is_decided_with_it(desk, ask, state, written):
    assert asked(ask, state=state)[0] == 200
    [path] = desk.settings.corrections.glob("*.yml")
    text = path.read_text(encoding="utf-8")
    assert (written in text, "proposed: 20000000" in text) == (True, True)


def test_a_root_cause_is_open_until_its_correction_is_written(desk, ask, monkeypatch):
    def full(*_):
        raise FupinError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.catalog.corrections_edit.replace_text", full)
        assert asked(ask, state="accepted")[0] == 422
    assert mendable(ask)["became"] == ""
    assert asked(ask, state="accepted")[0] == 200
    assert mendable(ask)["became"].startswith("accepted, AL")


@pytest.mark.parametrize(
    "changes", [{"failure": "../x"}, {"failure": "F-ffffffff"}, {"state": "done"}, {"by": ""}, {"path": "/tmp/x"}]
)
def test_what_is_no_word_about_a_root_cause_is_refused(desk, ask, changes):
    assert asked(ask, **changes)[0] == 422
    assert not (desk.settings.decisions / "causes").exists()


# --- two people


def test_the_later_of_two_people_is_told_who_was_first(desk, ask):
    first = decision(ask, by="Bo Wu")
    second = decision(ask, value="training")
    assert ask("POST", "decide", first)[0] == 200
    status, found, _ = ask("POST", "decide", second)
    assert status == 409
    assert "Bo Wu has decided" in found["error"]
    assert [one.value for one in read_reviews(desk.settings.decisions)[REPORT].reviews] == ["relocation"]


def test_nobody_takes_back_what_somebody_else_decided(desk, ask):
    ask("POST", "decide", decision(ask))
    ask("POST", "decide", decision(ask, by="Bo Wu", attribute="period", value="Y2009"))
    assert ask("POST", "undo", {"by": "Cy Xu"})[1] == {"undone": None}
    assert ask("POST", "undo", {"by": "Bo Wu"})[0] == 200
    assert [one.by for one in read_reviews(desk.settings.decisions)[REPORT].reviews] == ["Ada Li"]


def test_the_later_of_two_people_is_told_in_the_own_language_what_a_number_was_found_to_mean(desk, ask):
    of, _ = mended(ask)
    assert ask("POST", "misprint", of | {"by": "Bo Wu"})[0] == 200
    status, found, _ = ask("POST", "misprint?language=zh", of | {"status": "rejected"})
    assert (status, found["error"]) == (409, "已有他人决定“200 million Yuan”的原意")
    [path] = desk.settings.corrections.glob("*.yml")
    assert "status: accepted" in path.read_text(encoding="utf-8")


def test_of_many_at_once_exactly_one_decides(desk, ask):
    asked = [decision(ask, by=f"Person {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = [status for status, *_ in pool.map(lambda one: ask("POST", "decide", one), asked)]
    assert sorted(answers) == [200, 409, 409, 409, 409, 409]
    assert len(read_reviews(desk.settings.decisions)[REPORT].reviews) == 1


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
    assert socket.gethostbyname("127.0.0.1") == "127.0.0.1"
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
