"""Lists of words can be read, sorted and compared: English apart from Chinese, each in order, no line too long."""

import unicodedata

import pytest
import yaml

from pipelines.settings import PROJECT

FOLDER = PROJECT / "pipelines" / "catalog"
FILES = (
    *("beneficiaries", "column_words", "headers", "measures", "programs", "scope", "sources", "stages", "totals"),
    *("units", "words"),
)
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
def test_words_stand_in_order(name):
    for key, words, line in _lists(yaml.compose((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))):
        if key != "examples" and len(words) > 12:
            assert words == sorted(words, key=_order), f"{name}.yml, line {line}: {key}"


@pytest.mark.parametrize("path", sorted((PROJECT / "pipelines").rglob("*.yml")), ids=lambda path: path.stem)
def test_lines_are_short(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
        assert width <= _WIDEST or line.lstrip().startswith("#") or "‹" in line, f"{path.name}, line {number}"
