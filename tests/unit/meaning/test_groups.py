import pytest

from tests.helpers import meanings


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("In the 21 key counties net income per head was 3725 Yuan.", ("21 key counties", 21, 0)),
        ("Of the seven pilot counties, 4 were examined.", ("seven pilot counties", 7, 0)),
        ("In the Luoxiao Mountain area roads of 30 km were built.", ("Luoxiao Mountain area", None, 0)),
        ("In four key counties (Xingguo, Yudu and Suichuan) roads of 30 km were built.", ("four key counties", 4, 3)),
        ("全省21个重点县人均纯收入达到3725元。", ("21 重点县", 21, 0)),
        ("They built 30 km of roads.", None),
    ],
)
def test_groups_with_their_declared_and_listed_members(text, group):
    found = meanings(text)[-1][1].group
    assert (found and (found.words, found.declared, found.listed)) == group


def test_what_speaks_about_a_figure_speaks_of_its_group():
    text = "In the 21 key counties net income per head was 3725 Yuan, a rise of 19.8%."
    assert meanings(text)[-1][1].group.declared == 21
