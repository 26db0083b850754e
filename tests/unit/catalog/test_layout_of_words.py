"""Lists of words can be read, sorted and compared: English apart from Chinese, each in order, no line too long."""

import unicodedata

import pytest
import yaml

from pipelines.settings import PROJECT

FILES = ("beneficiaries", "measures", "programs", "scope", "sources", "stages", "units", "words")
_WIDEST = 122  # columns of a terminal, of which a Chinese sign takes two
_CHINESE = 0x2E80


def _lists(node: yaml.Node, key: str = ""):
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _lists(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        if all(isinstance(one, yaml.ScalarNode) for one in node.value):
            yield key, [one.value for one in node.value], node.start_mark.line + 1
        for one in node.value:
            yield from _lists(one, key)


def _order(word: str) -> tuple[bool, str]:
    return any(ord(sign) >= _CHINESE for sign in word), word.casefold()


@pytest.mark.parametrize("name", FILES)
def test_words_stand_in_order_and_in_short_lines(name):
    text = (PROJECT / f"pipelines/catalog/{name}.yml").read_text(encoding="utf-8")
    for key, words, line in _lists(yaml.compose(text)):
        if key != "examples" and len(words) > 12:
            assert words == sorted(words, key=_order), f"{name}.yml, line {line}: {key}"
    for number, line in enumerate(text.splitlines(), 1):
        width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
        assert width <= _WIDEST or line.lstrip().startswith("#") or "‹" in line, f"{name}.yml, line {number}"
