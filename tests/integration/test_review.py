"""`fupin review`: the desk in the terminal, and the commands around decisions."""

from __future__ import annotations

import csv
import datetime
import io
import re
import shutil
import sys

import pytest

from pipelines.desk.words import texts
from pipelines.review.causes import read_handled
from pipelines.review.files import read_reviews
from tests.desk_home import desk_settings
from tests.integration.conftest import call

REPORT = "jiangxi_2010.txt"


@pytest.fixture
def home(desk_home, tmp_path):
    shutil.copytree(desk_home, tmp_path / "home")
    return desk_settings(tmp_path / "home")


@pytest.fixture
def fupin(home, monkeypatch):
    """Calls `fupin` with lines typed into it; loads are left to a run."""
    monkeypatch.setattr("pipelines.commands.run.load_decisions", lambda _settings: True)

    def command(*arguments, typed=()):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        folders = {"FUPIN_DECISIONS": str(home.decisions), "FUPIN_CORRECTIONS": str(home.corrections)}
        return call(home, *arguments, **folders)

    return command


def decided(home):
    file = read_reviews(home.decisions).get(REPORT)
    return [(one.attribute, one.value) for one in file.reviews] if file else []


def row_of(home, suspect):
    """The one row that a root cause has in the list of the page."""
    listed = (home.site / "failures" / "index.html").read_text(encoding="utf-8")
    [row] = [one for one in listed.split("<tr>") if f" · {suspect}</bdi>" in one]
    return row


def test_figures_are_decided_by_keys(home, fupin):
    ended = fupin("review", REPORT, "--by", "Ada Li", typed=["4", "reloc", "a", "s", "n", "1", "r", "q"])
    assert (ended.code, ended.err) == (0, "")
    assert decided(home) == [
        ("program", "relocation"),
        ("reading", "right"),
        ("reading", "year"),
        ("reading", "unread"),
    ]
    assert "4 decisions kept" in ended.out


def test_undo_goes_back_to_the_figure(home, fupin):
    ended = fupin("review", REPORT, "--by", "Ada Li", typed=["a", "u", "r"])
    assert decided(home) == [("reading", "unread")]
    assert "Taken back" in ended.out


def test_a_session_goes_on_with_what_is_left(home, fupin):
    first = fupin("review", REPORT, "--limit", "1", "--by", "Ada Li", typed=["a"])
    second = fupin("review", REPORT, "--limit", "1", "--by", "Ada Li", typed=["a"])
    assert first.out.splitlines()[1:4] != second.out.splitlines()[1:4]
    assert len(decided(home)) == 2
    again = fupin("review", REPORT, "--limit", "1", "--all", "--by", "Ada Li", typed=["q"])
    assert "0 decisions kept" in again.out


def test_a_parent_and_a_value_are_chosen(home, fupin):
    fupin("review", REPORT, "--by", "Ada Li", typed=["0", "1", "1", "738,000,000", "q"])
    assert decided(home) == [("parent", "none"), ("value", "738000000")]


def test_what_does_not_fit_is_asked_again_and_decides_nothing(home, fupin):
    ended = fupin("review", REPORT, "--by", "Ada Li", typed=["4", "zzz", "yyy", "", "q"])
    assert ended.out.count("nothing fits") == 2
    assert decided(home) == []


def test_the_queue_of_all_reports_begins_with_the_most_doubtful(fupin):
    ended = fupin("review", "--limit", "3", "--by", "Ada Li", typed=["s", "s", "s"])
    assert "1 of 3" in ended.out
    assert "3 of 3" in ended.out


def test_a_report_that_is_not_loaded_is_named(fupin):
    ended = fupin("review", "nowhere.txt", typed=[])
    assert (ended.code, ended.err.startswith("error: nowhere.txt: no such report is loaded")) == (1, True)


def test_decisions_are_listed_shown_and_taken_back(home, fupin):
    fupin("review", REPORT, "--by", "Ada Li", typed=["4", "reloc", "a", "q"])
    rows = list(csv.DictReader(io.StringIO(fupin("review", "list", "--format", "csv").out)))
    assert [(row["entry"], row["attribute"], row["value"]) for row in rows] == [
        ("1", "program", "relocation"),
        ("2", "reading", "right"),
    ]
    assert "it applies" in fupin("review", "show", REPORT, "1").out
    assert "has no decision 9" in fupin("review", "show", REPORT, "9").err
    fupin("review", "undo", REPORT, "--entry", "1")
    assert decided(home) == [("reading", "right")]
    assert "when it was found right" in fupin("review", "show", REPORT, "1").out
    fupin("review", "undo")
    assert decided(home) == []
    assert fupin("review", "undo").code == 1


def test_decisions_are_labels_and_a_score(home, fupin):
    fupin("review", REPORT, "--by", "Ada Li", typed=["4", "reloc", "a", "n", "7", "q"])
    [first, second] = csv.DictReader(io.StringIO(fupin("review", "export", "--format", "labels").out))
    assert (first["programme"], first["is_figure"], first["reviewed_by"]) == ("relocation", "yes", "AL")
    assert (second["programme"], second["is_figure"]) == ("", "no")
    rows = {
        row["attribute"]: row for row in csv.DictReader(io.StringIO(fupin("review", "score", "--format", "csv").out))
    }
    assert (rows["program"]["right"], rows["program"]["reviewed"]) == ("0", "1")
    assert (rows["figure"]["right"], rows["figure"]["reviewed"]) == ("1", "2")
    assert float(rows["unit"]["low"]) < 1.0 == float(rows["unit"]["high"])


def test_what_became_of_a_root_cause_is_seen_in_list_file_and_page(home, fupin):
    rows = list(csv.DictReader(io.StringIO(fupin("failures", "--format", "csv").out)))
    cause = [row for row in rows if row["suspect"] == "200 million Yuan"]
    ended = fupin("failures", "ask", cause[1]["id"], "--by", "Ada Li", "--reason", "by letter")
    assert (ended.code, ended.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(fupin("failures", "--format", "csv").out)))
    assert {row["id"] for row in rows if row["handled"] == "asked"} == {row["id"] for row in cause}
    assert {row["handled_by"] for row in rows} == {"AL", ""}
    listed = fupin("failures").out
    assert listed.count("asked the publisher, AL, ") == 1
    assert listed.count("proposed: 200 million Yuan → 20,000,000") == 1
    [page] = (home.site / "failures").glob(f"*/{cause[0]['id']}.html")
    text = page.read_text(encoding="utf-8")
    assert "asked the publisher, AL, " in text
    assert text.count("fupin failures accept") == 1
    assert re.findall(r"<td[^>]*>(.*?)</td>", row_of(home, "200 million Yuan"))[-2:] == [
        "<bdi>asked the publisher</bdi>",
        f"<bdi>AL, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}</bdi>",
    ]
    assert "Dear colleagues" in text
    assert "各位同事" in text
    assert "Ada Li" not in text
    assert "taken back" in fupin("failures", "reopen", cause[0]["id"]).out
    assert "asked the publisher, AL" not in page.read_text(encoding="utf-8")
    assert "AL, " not in row_of(home, "200 million Yuan")


def test_a_letter_is_printed_in_either_language(fupin):
    [failure, *_] = csv.DictReader(io.StringIO(fupin("failures", "--format", "csv").out))
    assert failure["sentence"][:40] in fupin("failures", "letter", failure["id"]).out
    assert "各位同事" in fupin("failures", "letter", failure["id"], "--lang", "zh").out


def said(home):
    """State and suspect of each root cause that somebody has said something about."""
    return sorted((one.state, one.by, one.reason) for one in set(read_handled(home.decisions).values()))


def test_root_causes_are_gone_through_by_keys_and_left(home, fupin):
    ended = fupin(
        "review", "causes", "jiangxi_2011.txt", "--by", "Ada Li", typed=["p", "by letter", "l", "s", "r", "", "q"]
    )
    assert (ended.code, ended.err) == (0, "")
    assert said(home) == [("asked", "Ada Li", "by letter"), ("rejected", "Ada Li", "")]
    assert "Dear colleagues" in ended.out
    assert "200 million Yuan → 20 M CNY" in ended.out.replace("\u202f", " ")
    again = fupin("review", "causes", "jiangxi_2011.txt", "--by", "Ada Li", typed=["q"])
    assert (ended.out.count("1 of 9"), again.out.count("1 of 7")) == (1, 1)
    everything = fupin("review", "causes", "jiangxi_2011.txt", "--all", "--by", "Ada Li", typed=["q"])
    assert "1 of 9" in everything.out


def test_what_was_said_of_a_root_cause_is_taken_back_by_a_key(home, fupin):
    fupin("review", "causes", "jiangxi_2011.txt", "--by", "Ada Li", typed=["p", "", "u", "q"])
    assert said(home) == []


def test_root_causes_of_the_report_are_a_key_away_from_its_figures(home, fupin):
    ended = fupin("review", "jiangxi_2011.txt", "--by", "Ada Li", typed=["c", "p", "", "q", "a", "q"])
    assert [state for state, _, _ in said(home)] == ["asked"]
    assert "1 decision kept" in ended.out


def test_the_terminal_speaks_chinese_when_asked(fupin):
    figures = fupin("review", REPORT, "--lang", "zh", "--by", "李明", typed=["0", "", "q"]).out
    causes = fupin("review", "causes", "jiangxi_2011.txt", "--lang", "zh", "--by", "李明", typed=["l", "q"]).out
    assert "第 1 个，共 " in figures
    assert "选哪一项？" in figures
    assert "0 项决定已保存于" in figures
    assert "各位同事" in causes
    assert "w 报告有误" in causes
    for key in ("keys_figures", "keys_causes", "which", "others", "attribute.program", "how.inherited"):
        assert texts()["en"][key].partition("{")[0] not in figures + causes


def test_without_decisions_the_commands_say_so(fupin):
    assert fupin("review", "list").out == "No decision.\n"
    assert fupin("review", "score").out == "Nothing has been looked at yet.\n"
