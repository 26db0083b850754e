"""What stands below a heading of goals is planned, unless its own words say that it is there already."""

import pytest

from tests.helpers import figures

_BELOW = "The valley has 30 wells.\n\n{}\n\n{}"
_ZH_BELOW = "全县有水井30口。\n\n{}\n\n{}"


def _roles(text: str) -> list[str]:
    return [figure.role for figure in figures(text)][1:]


@pytest.mark.parametrize(
    ("heading", "text", "roles"),
    [
        ("Indicative targets", "Drill 140 wells and train 600 caretakers.", ["target", "target"]),
        ("Expected outputs", "1,300 latrines. Coverage raised from 31% to 64%.", ["target", "rate_pct", "target"]),
        ("Goals for the coming phase", "The 12 clinics will serve 8,000 families.", ["level", "target"]),
        # a heading of what became of goals, and sentences of what there is, plan nothing
        ("Progress against targets", "Drilled 140 wells.", ["level"]),
        ("Target groups", "Some 4,000 herders.", ["level"]),
        ("Project goals", "Of the poor, 4,000 are herders.", ["level"]),
        ("Project goals", "In 2009 the office had 14 wells and 9 were dry.", ["level", "level"]),
    ],
)
def test_english_headings_of_goals(heading, text, roles):
    assert _roles(_BELOW.format(heading, text)) == roles


@pytest.mark.parametrize(
    ("heading", "text", "roles"),
    [
        ("二、主要目标", "打井140口，培训管水员600名，贫困发生率降至9%。", ["target", "target", "target"]),
        ("预期成效", "受益群众8000人。", ["target"]),
        ("二、目标任务完成情况", "打井140口。", ["level"]),
        ("二、主要目标", "全县现有水井140口。", ["level"]),
    ],
)
def test_chinese_headings_of_goals(heading, text, roles):
    assert _roles(_ZH_BELOW.format(heading, text)) == roles


@pytest.mark.parametrize(
    "text",
    [
        "全县有水井30口。\n\n本年目标如下：\n1.建成卫生室12所；\n2.完成改造440户。",
        "全县有水井30口。\n\n预期成果\n·建成卫生室12所\n·培训管水员440人",
        "The valley has 30 wells.\n\nResults expected by 2014\n- 12 clinics built\n- Hire 440 nurses",
        "The valley has 30 wells.\n\nThe targets are:\n- 12 clinics built\n- 440 nurses",
    ],
)
def test_what_a_list_of_goals_says_is_to_be_done(text):
    assert _roles(text) == ["target", "target"]


def test_an_item_that_is_a_sentence_heads_no_text():
    text = (
        "Work of the year\n\nPlanned activities\n- Hire 14 nurses.\n- Keep wells clean.\n\nWe drilled 12 wells in 2009."
    )
    assert [figure.role for figure in figures(text)] == ["target", "level"]
