"""What several tables are expected of is asked once, and still each is told its own."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.suites import evaluate as module
from pipelines.suites.files import Declared, Suite
from pipelines.suites.long_frames import Table
from pipelines.suites.stacks import outcomes

NAMED = Declared("expect_column_values_to_not_be_null", {"column": "name"}, "critical", "A name.")
ONCE = Declared("expect_compound_columns_to_be_unique", {"column_list": ["group", "name"]}, "critical", "Once.")
SHORT = Declared("expect_column_value_lengths_to_be_between", {"column": "name", "max_value": 3}, "error", "Short.")
OWN = Declared("expect_column_values_to_be_in_set", {"column": "group", "value_set": ["x"]}, "error", "Only x.")


def suite(name, *own):
    return Suite("dimension", name, (f"{name}_code",), (NAMED, ONCE, SHORT, *own))


@pytest.fixture
def told(monkeypatch):
    """The outcomes of three tables, of which one lacks a name and has one twice; and how often anything was asked."""
    asked = []
    monkeypatch.setattr(module, "evaluate", lambda *given, of=module.evaluate: asked.append(given) or of(*given))
    names = {"a": ["b", None, "c"], "b": ["b", "b", "d"], "c": ["e", "f", "g"]}
    tables = {
        name: Table.of(pd.DataFrame({f"{name}_code": [1, 2, 3], "group": "x", "name": found}, dtype=object))
        for name, found in names.items()
    }
    found = outcomes([suite("a"), suite("b", OWN), suite("c")], tables, {})
    return found, len(asked)


def test_each_table_is_told_its_own_failing_rows_by_its_own_keys(told):
    found, _ = told
    assert [outcome.success for outcome in found["a"]] == [False, True, True]
    assert [row["a_code"] for row in found["a"][0].rows] == [2]
    assert [outcome.success for outcome in found["b"]] == [True, False, True, True]
    assert [row["b_code"] for row in found["b"][1].rows] == [1, 2]
    assert [outcome.success for outcome in found["c"]] == [True, True, True]


def test_what_is_shared_is_asked_of_all_at_once(told):
    _, times = told
    assert times == 2  # the stack of three, and what one table alone is expected of
