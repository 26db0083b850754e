"""Which reports one run is about."""

import pytest

from pipelines.orchestration.partitions import contiguous

KEYS = list("abcdefgh")


@pytest.mark.parametrize(
    ("wanted", "most", "ranges"),
    [
        ("", None, []),
        ("abcdefgh", None, ["ah"]),
        ("gcba", None, ["ac", "gg"]),
        ("abcdefgh", 3, ["ac", "df", "gh"]),
        ("bcdegh", 3, ["bd", "ee", "gh"]),
        ("ace", 3, ["aa", "cc", "ee"]),
        ("ab", 1, ["aa", "bb"]),
    ],
)
def test_ranges_hold_what_is_wanted_and_no_more_than_is_allowed(wanted, most, ranges):
    found = contiguous(KEYS, wanted, most)
    assert found == [(first, last) for first, last in ranges]
    covered = [key for first, last in found for key in KEYS[KEYS.index(first) : KEYS.index(last) + 1]]
    assert sorted(covered) == sorted(wanted)
