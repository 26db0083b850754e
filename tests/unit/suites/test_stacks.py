"""What is expected alike of several columns and tables is asked once, and still each is told its own."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.suites import evaluate as module
from pipelines.suites.evaluate import Asked, evaluate
from pipelines.suites.files import Declared


def expected(type_, **kwargs):
    return Declared(f"expect_{type_}", kwargs, "critical", "A text.")


def there(column):
    return expected("column_values_to_not_be_null", column=column)


def above(greater, lesser):
    return expected("column_pair_values_a_to_be_greater_than_b", column_A=greater, column_B=lesser)


NAMED = there("name")
ONCE = expected("compound_columns_to_be_unique", column_list=["group", "name"])
SHORT = expected("column_value_lengths_to_be_between", column="name", max_value=3)


def table(**columns):
    return pd.DataFrame({name: list(values) for name, values in columns.items()}, dtype=object)


@pytest.fixture
def asked(monkeypatch):
    """How many questions each validation puts to the library."""
    numbers = []
    real = module._validate
    monkeypatch.setattr(
        module,
        "_validate",
        lambda frame, declared, *rest: numbers.append(len(declared)) or real(frame, declared, *rest),
    )
    return numbers


def failing(outcomes, key):
    """The keys of failing rows by table, one list for each expectation."""
    return {name: [[row[key] for row in one.rows] for one in found] for name, found in outcomes.items()}


def test_each_table_is_told_its_own_failing_rows_by_its_own_keys():
    names = {"a": ["b", None, "c"], "b": ["b", "b", "d"], "c": ["e", "f", "long"]}
    tables = {name: table(key=(1, 2, 3), group="xxx", name=found) for name, found in names.items()}
    told = evaluate({name: Asked(rows, (NAMED, ONCE, SHORT), ("key",)) for name, rows in tables.items()}, {})
    assert failing(told, "key") == {"a": [[2], [], []], "b": [[], [1, 2], []], "c": [[], [], [3]]}
    assert [one.success for one in told["b"]] == [True, False, True]


def test_what_is_asked_alike_of_columns_and_tables_is_asked_once(asked):
    rows = table(key=(1, 2), low=(1, 5), high=(2, 6), name=("a", "b"), group=("x", "y"))
    questions = (there("low"), there("high"), NAMED, SHORT, above("high", "low"))
    other = table(key=(1,), least=(4,), most=(9,))
    told = evaluate({"a": Asked(rows, questions, ("key",)), "b": Asked(other, (above("most", "least"),), ("key",))}, {})
    assert asked == [3]  # whether something is there, how long it is, which of two is greater
    assert all(outcome.success for found in told.values() for outcome in found)


def test_values_beside_each_other_are_judged_as_pairs_of_their_own_table():
    one, other = table(key=(1, 2), a=(3, 9), b=(2, 4)), table(key=("m", "n"), c=(3, 9), d=(4, 2))
    told = evaluate(
        {"one": Asked(one, (above("a", "b"),), ("key",)), "other": Asked(other, (above("c", "d"),), ("key",))}, {}
    )
    assert failing(told, "key") == {"one": [[]], "other": [["m"]]}


def test_a_table_without_rows_fails_nothing_and_leaves_the_others_theirs():
    rows = {"none": table(key=(), name=(), group=()), "some": table(key=(1, 2), name=(None, "a"), group="xx")}
    told = evaluate({name: Asked(one, (NAMED, ONCE), ("key",)) for name, one in rows.items()}, {})
    assert failing(told, "key") == {"none": [[], []], "some": [[1], []]}


def test_what_cannot_be_judged_in_one_table_is_judged_in_the_others():
    good, bad = table(key=(1, 2), a=(3, 1), b=(2, 4)), table(key=(1,), a=("three",), b=(4,))
    told = evaluate({name: Asked(one, (above("a", "b"),), ("key",)) for name, one in (("g", good), ("b", bad))}, {})
    assert failing(told, "key") == {"g": [[2]], "b": [[]]}
    assert [told[name][0].crashed for name in ("g", "b")] == [False, True]


def test_a_question_under_a_condition_is_asked_of_the_rows_that_meet_it():
    rows = table(key=(1, 2, 3), name=(None, "a", None), kind=("x", "x", "y"))
    under = expected(
        "column_values_to_not_be_null", column="name", row_condition="kind == 'x'", condition_parser="pandas"
    )
    told = evaluate({"a": Asked(rows, (under, NAMED), ("key",))}, {})
    assert failing(told, "key") == {"a": [[1], [1, 3]]}


@pytest.mark.parametrize("times", [1, 2_000])
def test_a_long_table_is_told_the_same_rows_as_a_short_one(times):
    rows = table(
        key=range(4 * times),
        name=("a", None, "b", "long") * times,
        group="x" * 4 * times,
        low=(1, 2, 3, 4) * times,
        high=(2, 3, 3, 5) * times,
    )
    outcomes = evaluate({"a": Asked(rows, (NAMED, SHORT, above("high", "low")), ("key",))}, {})
    wanted = [[place + 4 * turn for turn in range(times)] for place in (1, 3, 2)]
    assert failing(outcomes, "key") == {"a": wanted}


def test_a_value_that_must_not_repeat_may_be_missing_more_than_once():
    rows = table(key=(1, 2, 3, 4), code=("a", None, "a", None))
    told = evaluate({"a": Asked(rows, (expected("column_values_to_be_unique", column="code"),), ("key",))}, {})
    assert failing(told, "key") == {"a": [[1, 3]]}
