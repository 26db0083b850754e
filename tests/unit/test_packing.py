"""A report version that went through a child process is the one that was read there."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from pipelines.packing import packed, unpacked

from pipelines.figures.figure import Figure, Locator
from pipelines.report import read_version

RAW = Path(__file__).parents[2] / "raw"


@pytest.mark.parametrize("name", ["jiangxi_2011.txt", "jiangxi_2011_zh.txt"])
def test_a_version_is_the_same_behind_the_pipe(name: str) -> None:
    version = read_version(RAW / name, name, 1 << 20)
    arrived = pickle.loads(pickle.dumps(version))
    assert arrived == version
    assert [type(figure.value) for figure in arrived.reading.figures] == [
        type(figure.value) for figure in version.reading.figures
    ]
    assert arrived.facts.funds == version.facts.funds != ()


def test_a_table_is_the_same_behind_the_pipe(tmp_path: Path) -> None:
    path = tmp_path / "funds.csv"
    path.write_text("County,Amount (million yuan),Year\nA,1.50,2011\nB,2.5,2011\n")
    version = read_version(path, "funds.csv", 1 << 20)
    assert pickle.loads(pickle.dumps(version)) == version
    assert str(version.reading.figures[0].value_stated) == "1.50"


@pytest.mark.parametrize("text", ["plain", "", "with \x1e inside"])
def test_any_text_comes_back(text: str) -> None:
    places = tuple(Locator(section=text + str(number), cell=text) for number in range(9))
    assert unpacked(packed(places), Locator, {}) == places


def test_nothing_is_packed_as_nothing() -> None:
    assert unpacked(packed((), ["locator"]), Figure, {"locator": Locator}) == ()
