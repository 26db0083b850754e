"""How far a long file has come, as whoever waits for it hears it."""

from __future__ import annotations

import pytest

from pipelines.reading.progress import packed, unpacked
from pipelines.reading.sandbox import Sandbox
from pipelines.settings import Settings
from pipelines.versions.read import read_apart
from pipelines.versions.version import ReportVersion


def _heard(tmp_path, rows):
    path = tmp_path / "funds.csv"
    path.write_text("Village,Funds (yuan)\n" + "".join(f"Village {row},{row % 97 + 1}\n" for row in range(rows)))
    told: list[tuple[int, str, int]] = []
    sandbox = Sandbox(read_apart, ReportVersion, Settings(home=tmp_path, raw=tmp_path))
    sandbox.read_all([(path, path.name)], far=lambda *far: told.append(far))
    return told


def test_rows_and_steps_of_a_long_file_are_told_in_order(tmp_path):
    told = _heard(tmp_path, 24_000)
    assert {index for index, _, _ in told} == {0}
    assert told == sorted(told, key=lambda far: (("reading", "figures", "meanings", "checks").index(far[1]), far[2]))
    assert told[-1] == (0, "checks", 24_001)


def test_a_short_file_tells_nothing(tmp_path):
    assert _heard(tmp_path, 100) == []


@pytest.mark.parametrize(
    "told",
    [b"", b"[]", b'["reading"]', b'["[red]", 20000]', b'["reading", -1]', b'["reading", true]', b"[" * 10_000],
)
def test_what_nobody_tells_is_not_heard(told):
    assert unpacked(packed("reading", 20_000)) == ("reading", 20_000)
    assert unpacked(told) is None
