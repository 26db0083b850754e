"""The served desk: what is decided through it, by one person and by several at once."""

from __future__ import annotations

import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from pipelines.commands.run import load_decisions
from pipelines.desk.cards import card as made_card
from pipelines.desk.desk import Desk
from pipelines.desk.loading import Loader
from pipelines.desk.words import DeskWords
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.files import read_reviews
from tests.desk_home import desk_settings
from tests.integration.desk.conftest import FIGURE, REPORT, asked, card, decision, mendable, written


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
