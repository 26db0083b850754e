"""What is new, changed or resolved between the failures there are and the record of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.warehouse.failures import Change, Failure, Known, changes
from pipelines.warehouse.failures import _short_name as short_name

ONE = Failure(
    "a.txt", "error", "fails", "sum_of_parts", "RC1", "5 too much.", "", "", "2 + 3 = 0", 11, "3", "Funds", "So."
)


def known(failure=ONE, is_open=True):
    return {1: Known(failure, "F-000001", is_open, 1)}


def test_what_is_found_first_is_new():
    assert list(changes({1: ONE}, {})) == [Change(1, "new", ONE)]


def test_the_same_again_is_no_change():
    assert list(changes({1: ONE}, known())) == []
    assert list(changes({}, known(is_open=False))) == []
    assert list(changes({}, {})) == []


@pytest.mark.parametrize(
    ("attributes", "earlier"),
    [
        ({"message": "6 too much."}, ONE),
        ({"severity": "warning"}, None),
        ({"verdict": "suspect"}, None),
    ],
)
def test_another_message_severity_or_verdict_is_a_change(attributes, earlier):
    now = replace(ONE, **attributes)
    assert list(changes({1: now}, known())) == [Change(1, "changed", now, earlier)]


@pytest.mark.parametrize(
    "attributes", [{"root_cause": "RC2"}, {"check_key": 12}, {"suggestion": "Ask."}, {"sentence": "Thus."}]
)
def test_another_ordinal_is_recorded_and_not_told(attributes):
    now = replace(ONE, **attributes)
    assert list(changes({1: now}, known())) == [Change(1, None, now)]


def test_what_is_gone_is_resolved_and_new_when_it_returns():
    assert list(changes({}, known())) == [Change(1, "resolved", ONE)]
    assert list(changes({1: ONE}, known(is_open=False))) == [Change(1, "new", ONE)]


def test_short_names_grow_where_two_keys_end_alike():
    assert short_name(0x12345678ABCDEF, set()) == "F-abcdef"
    assert short_name(0x12345678ABCDEF, {"F-abcdef"}) == "F-8abcdef"
    assert short_name(5, set()) == "F-000005"
