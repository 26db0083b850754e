"""Phrases that are kept in English, in Chinese: why a value is missing, a number not read, a report kept out."""

import ast
import re
from pathlib import Path

import pytest

from pipelines.catalog import reasons as module
from pipelines.catalog.indicators import indicators
from pipelines.catalog.reasons import formula_in, reason_in, reasons
from pipelines.settings import PROJECT

PACKAGE = Path(module.__file__).parents[1]
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,})+")


def phrases(tree):
    """The reasons why numbers are not read that some code gives: what it hands to `unread` and calls `why`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            # the last argument of these says why
            given = [keyword.value for keyword in node.keywords if keyword.arg in ("why", "doubt")]
            yield from given + (node.args[-1:] if name in ("unread", "_unread", "_refuse") else [])
        elif isinstance(node, ast.Assign) and any(getattr(target, "attr", "") == "why" for target in node.targets):
            yield node.value


def written():
    for path in (PACKAGE / "figures").rglob("*.py"):
        for node in phrases(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value:
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "some" for part in node.values)


def test_every_reason_why_a_number_is_not_read_is_known():
    found = set(written())
    assert len(found) > 30
    assert sorted(phrase for phrase in found if reason_in(phrase, "zh") == phrase) == []


def test_every_reason_why_a_value_is_missing_is_known():
    files = [*(PROJECT / "sql" / "indicators").glob("*.sql"), *(PROJECT / "sql" / "templates").glob("*.template")]
    said = {phrase for path in files for phrase in re.findall(r"THEN '([^']+)'", path.read_text(encoding="utf-8"))}
    assert len(said) > 8
    assert sorted(phrase for phrase in said if reason_in(phrase, "zh") == phrase) == []


@pytest.mark.parametrize("key", sorted(reasons()["zh"]))
def test_a_chinese_phrase_holds_no_english(key):
    assert not ENGLISH.search(re.sub(r"\{\w+\}|`[^`]+`", "", reasons()["zh"][key]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rain Plan funds not reported", "未报告雨露计划资金"),
        ("sheet Funds: is protected by a password", "工作表 Funds：有密码保护"),
        ("Relocation, character 6261", "Relocation，第 6261 个字符"),
        ('the report does not print "5" in section "A" there any more', '报告该处已无章节 "A" 中的 "5"'),
        ("what nobody has said before: or has", "what nobody has said before: or has"),
    ],
)
def test_a_phrase_is_told_with_its_values_and_its_place(text, told):
    assert reason_in(text, "zh") == told
    assert reason_in(text, "en") == text


@pytest.mark.parametrize("code", sorted(code for code, one in indicators().items() if one.of is not None))
def test_the_formula_of_an_indicator_names_its_amounts(code):
    one = indicators()[code]
    assert formula_in(f"100 * {one.of.name} / {one.to.name}", "zh") == f"100 * {one.of.name_zh} / {one.to.name_zh}"
