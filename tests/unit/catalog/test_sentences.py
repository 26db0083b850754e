"""Findings as data: every sentence in both languages, with the values that its rule gives."""

import re
from pathlib import Path

import pytest

from pipelines.catalog import bilingual as texts
from pipelines.catalog.bilingual import Writer, bilingual
from pipelines.catalog.registry import precedence
from pipelines.catalog.relations import relations
from pipelines.catalog.rules import rules
from pipelines.catalog.sentences import Printed, Said, kept, retold, say, sentences
from pipelines.errors import CatalogError

PACKAGE = Path(texts.__file__).parents[1]
NAMED = re.compile(r'"((?:[a-z]+\.)?[a-z_]+)"')
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,})+")


def without_values(text):
    return re.sub(r"\{[^}]*\}|`[^`]*`", "", text)


@pytest.mark.parametrize("key", sorted(sentences()["zh"]))
def test_a_chinese_sentence_holds_no_english(key):
    assert not ENGLISH.search(without_values(sentences()["zh"][key]))


def test_every_sentence_is_said_by_some_rule():
    said = {name for path in PACKAGE.rglob("*.py") for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    made = {f"band.{band.code}" for band in relations().bands}
    made |= {f"level.{level}" for level in ("province", "prefecture", "county")}
    made |= {f"percent.{what}_{how}" for what in ("share", "rate", "fall") for how in ("inside", "above")}
    made |= {f"series.{series}" for series in precedence().series}
    # the view of what fails says why a report is not there
    made |= {"not_loaded", "not_loaded.advice"}
    assert sentences()["en"].keys() - said == made


def test_every_rule_has_its_advice_in_both_languages():
    assert not [
        code for code, rule in rules().items() if not rule.advice_zh or ENGLISH.search(without_values(rule.advice_zh))
    ]


def test_what_is_kept_is_told_again_in_both_languages():
    message = say("repeat.alike", text=Printed("8.58 million"), times=2) + say("sum.without", parts=["3", "4"])
    stored = kept(message=message, formula="a = b")
    english = "8.58 million is printed 2 times, always alike. Without 3 or 4 they would agree."
    assert message.told() == retold(stored, "message", "", "en") == english
    assert retold(stored, "message", "", "zh") == "“8.58 million” 出现 2 次，均一致。若不计 3 或 4，则两者相符。"


def test_foreign_words_of_a_report_stand_in_quotes_in_a_chinese_sentence():
    inner = say("sum.with_unit", part=Printed("12 villages"), unit="village")
    stored = kept(message=say("sum.wrong_unit", parts=[inner], whole=Printed("5 million"), unit="CNY"))
    told = retold(stored, "message", "", "zh")
    assert told.startswith("“12 villages”（村）不能是 “5 million”（元）的组成部分")


def test_a_text_that_was_not_kept_as_data_stays_as_it_is():
    assert retold("", "message", "Whatever was found.", "zh") == "Whatever was found."


def test_nothing_said_keeps_nothing():
    assert kept(message=Said(), formula="1 = 1") == ""


@pytest.mark.parametrize(("count", "text"), [(1, "1 check holds"), ("1", "1 check holds"), (2, "2 checks hold")])
def test_a_word_goes_with_its_number(count, text):
    assert Writer("en").format("{count} {count:check holds|checks hold}", count=count) == text


@pytest.mark.parametrize(
    ("text", "cause"), [("a: [one]", "a: needs a text"), ("a: ['{x} one', '一']", "a: x stands in one language")]
)
def test_a_sentence_that_lacks_a_language_or_a_value_is_refused(tmp_path, text, cause):
    (tmp_path / "some.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=cause):
        bilingual(tmp_path / "some.yml")
