"""Every example of the catalogue is read as it says."""

import pytest

from pipelines.catalog.load import catalog
from pipelines.figures.text.lexicon import lexicon
from tests.helpers import meanings


def read(text: str):
    """The figure and the meaning of the number between ‹ ›, in a report of a province."""
    start = text.index("‹")
    plain = text.replace("‹", "").replace("›", "")
    title = "江西省扶贫开发，2011年" if any("一" <= letter <= "鿿" for letter in plain) else "Report of Jiangxi, 2011"
    shift = len(f"{title}\n") + len("【Region】 ")
    found = {figure.locator.start - shift: (figure, meaning) for figure, meaning in meanings(plain, title, "Region")}
    assert start in found, f"no figure there, but {[figure.text for figure, _ in found.values()]}"
    return found[start]


def of(vocabulary: str):
    entries = getattr(catalog(), vocabulary).values()
    return [pytest.param(entry.code, text, id=f"{entry.code}: {text}") for entry in entries for text in entry.examples]


@pytest.mark.parametrize(("code", "text"), of("units"))
def test_units(code, text):
    assert read(text)[0].unit.split("/")[0] == code


@pytest.mark.parametrize(("code", "text"), of("programs"))
def test_programs(code, text):
    assert read(text)[1].program.code == code


@pytest.mark.parametrize(("code", "text"), of("sources"))
def test_sources(code, text):
    assert read(text)[1].source.code == code


@pytest.mark.parametrize(("code", "text"), of("stages"))
def test_stages(code, text):
    assert read(text)[1].stage.code == code


@pytest.mark.parametrize(
    ("code", "text"), [(cue.code, text) for cue in lexicon().words.qualifiers for text in cue.examples]
)
def test_qualifiers(code, text):
    assert read(text)[0].qualifier == code


@pytest.mark.parametrize(
    "example", lexicon().words.examples, ids=[example.text for example in lexicon().words.examples]
)
def test_words(example):
    figure, _ = read(example.text)
    for attribute in ("value", "unit", "role", "qualifier"):
        wanted = getattr(example, attribute)
        assert wanted is None or getattr(figure, attribute) == wanted, attribute


def test_every_entry_that_has_words_has_an_example():
    found = catalog()
    lacking = [
        entry.code
        for vocabulary in (found.units, found.programs, found.sources, found.stages)
        for entry in vocabulary.values()
        if entry.words and not entry.examples
    ]
    assert lacking == []
