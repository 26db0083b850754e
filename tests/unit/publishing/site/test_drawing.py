"""Pages drawn in child processes are those that one process draws, and what goes wrong in a child is told."""

import itertools
from decimal import Decimal

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.site import drawing
from pipelines.publishing.site.data import Version
from pipelines.publishing.site.drawing import draw_all
from pipelines.publishing.site.evidence import Check, Correction, Evidence, Figure
from pipelines.publishing.site.pages.report import Subject
from tests.helpers import document
from tests.site_home import drawn, marked

ATTACK = "<b onclick='x'>\u202e"
NAMES = {
    "source": {"central": ("Central", "中央")},
    "region": {"CN-36": ("Jiangxi", "江西")},
}


def figure(number, text, start, value):
    """A row of the evidence, its numbers as text."""
    place = ("", start, start + len(text), None, None, "A sentence.", text)
    reading = (value, value, value, "CNY", "exact", "level", "disputed")
    return tuple(
        Figure(
            number,
            number,
            *place,
            *reading,
            "",
            "central",
            "",
            "",
            "",
            "CN-36",
            "2010",
            number - 1,
            "part",
            "",
            "opened",
        )
    )


def subject(report, value="803000000"):
    text = f"Funds came to 803 million yuan {ATTACK}. Of these 45 million went to villages."
    source = document(text)
    found = [figure(n, t, source.text.index(t), value) for n, t in enumerate(("803 million yuan", "45 million"), 1)]
    checks = {1: [Check(1, 1, "sum", "fails", "error", "m", "f1"), Check(1, 2, "sum", "holds", "info", "m", "")]}
    corrections = {2: [Correction(2, "c1", "proposed", Decimal("4.5"), "r")]}
    version = Version(
        *(1, report, 1, "0" * 64, ATTACK, "CN-36", "yearly", "2010", "en", None, "text/plain", True, "current"),
        *("2024-01-01 00:00", None, 2, 1, 0, "made"),
    )
    return Subject(version, [version], 1, {"f1": "failures/x.html#f1"}, Evidence(found, checks, corrections), source)


def test_children_draw_what_one_process_draws(monkeypatch):
    monkeypatch.setattr(drawing, "_BATCH", 2)
    subjects = [subject(f"r{number}.txt") for number in range(5)]
    alone = {version.report_id: texts for version, texts in draw_all(subjects, NAMES, 1)}
    shared = {version.report_id: texts for version, texts in draw_all(subjects, NAMES, 2)}
    assert alone == shared
    assert list(alone) == [f"r{number}.txt" for number in range(5)]
    [data, english, chinese] = [text for _, text in alone["r0.txt"]]
    assert data.startswith('fupinReport("r0.txt",1,{')
    assert data.count("How it was decided: from the title, heading or opening above it") == 1
    for language, short, how in (("en", "803\u202fM", "How it was decided: "), ("zh", "8.03\u202f亿", "判定依据：")):
        figures, shown = drawn(data, language)
        assert figures[1]["short"].startswith(short)
        assert figures[2]["decided"].startswith(how)
        assert figures[1]["failing"][0][3] == "failures/x.html#f1"
        assert figures[2]["corrections"][0][2] == "c1"
        assert "Funds came to 803 million yuan <b onclick" in shown
    assert marked(data) == [1, 2]
    for text in (data, english, chinese):
        assert "<b onclick" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("children", [1, 2])
def test_an_error_names_its_report_and_cause(children):
    subjects = [subject("good.txt"), subject("bad.txt", value="no number")]
    with pytest.raises(FupinError, match=r"^bad\.txt: its pages cannot be drawn: \w+: .+ \(\w+\.py:\d+\)$"):
        list(draw_all(subjects, NAMES, children))


def test_an_interrupt_ends_the_children(monkeypatch):
    monkeypatch.setattr(drawing, "_BATCH", 1)
    made = []
    end = drawing._Child.end
    monkeypatch.setattr(drawing._Child, "end", lambda child: (end(child), made.append(child)))
    drawn = draw_all((subject(f"{number}.txt") for number in itertools.count()), NAMES, 2)
    next(drawn)
    with pytest.raises(KeyboardInterrupt):
        drawn.throw(KeyboardInterrupt)
    assert [child._process.returncode for child in made] == [-9, -9]


def test_a_child_that_is_killed_is_told_with_its_report(monkeypatch):
    ask = drawing._Child.ask

    def killed(child, batch):
        child._process.kill()
        child._process.wait()
        ask(child, batch)

    monkeypatch.setattr(drawing._Child, "ask", killed)
    with pytest.raises(FupinError, match=r"ended with signal 9; it had one\.txt"):
        list(draw_all([subject("one.txt")], NAMES, 2))
