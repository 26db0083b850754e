"""The interface speaks both languages completely."""

import re
from pathlib import Path

import pytest

from pipelines.catalog.rules import rules
from pipelines.errors import CatalogError
from pipelines.publishing.site import messages as module
from pipelines.publishing.site.messages import Words, messages
from pipelines.publishing.site.render import FOLDER
from pipelines.settings import PROJECT


def test_every_rule_and_indicator_has_a_name():
    known = messages()["zh"]
    indicators = [path.stem for path in (PROJECT / "sql" / "indicators").glob("*.sql")]
    assert indicators
    assert [name for name in indicators if f"indicator.{name}" not in known] == []
    assert [rule.code for rule in rules().values() if f"rule.{rule.code}" not in known] == []


def test_every_text_that_a_template_names_is_there_and_none_is_left_over():
    used = set()
    # what is told of root causes in lists has its words here as well
    for path in [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py"), *FOLDER.parent.glob("*.py")]:
        used |= set(re.findall(r"""(?:\bt|words|self\.words|site\.words)\(\s*["']([\w.]+)["']""", path.read_text()))
    used = {key for key in used if not key.endswith(".")}
    known = messages()["en"].keys()
    assert used - known == set()
    # texts with a code are looked up by their kind
    kinds = {"nav", "event", *re.findall(r"""\.of\(\s*["'](\w+)["']""", "".join(_sources()))}
    left = {key for key in known - used if key.partition(".")[0] not in kinds | {"severity", "state", "version"}}
    assert left == set()


def _sources():
    return (path.read_text() for path in [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")])


def test_a_code_without_a_word_reads_as_its_own_words():
    assert Words("en").of("role", "some_new_role") == "some new role"
    assert Words("zh").of("severity", "error") == "错误"


def test_money_of_every_currency_has_a_name():
    assert Words("en").of("unit", "KES/person") == "Kenyan Shilling per person"
    assert Words("zh").of("unit", "KES") == "肯尼亚先令"
    assert Words("en").of("unit", "CNY") == "yuan"


def test_a_missing_text_is_an_error():
    with pytest.raises(CatalogError, match="no text absent"):
        Words("en")("absent")


@pytest.mark.parametrize("text", ["a: [only one]", "a: text", "a: [", "a: [1, 2]"])
def test_a_malformed_catalogue_names_its_file(tmp_path: Path, monkeypatch, text):
    file = tmp_path / "messages.yml"
    file.write_text(text)
    monkeypatch.setattr(module, "_FILE", file)
    messages.cache_clear()
    try:
        with pytest.raises(CatalogError, match=r"messages\.yml: "):
            messages()
    finally:
        messages.cache_clear()
