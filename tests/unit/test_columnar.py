"""A report version that went through a child process is the one that was read there."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pipelines.columns import Coded, Codes, Picked, Records, Same, coded, joined, mapped
from pipelines.figures.figure import Locator
from pipelines.packed import packed, unpacked
from pipelines.versions.read import read_version

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
    places = [text + str(number) for number in range(9)]
    assert unpacked(packed(places)) == places


def test_a_rule_is_asked_once_for_values_that_return() -> None:
    asked: list[str] = []
    told = mapped(lambda text: asked.append(text) or text.upper(), coded(["a", "b", "a"]))
    assert (list(told), asked) == (["A", "B", "A"], ["a", "b"])


def test_a_rule_of_two_columns_is_asked_once_for_a_pair() -> None:
    asked: list[tuple[str, int]] = []
    list(mapped(lambda *pair: asked.append(pair), coded("aba"), coded([1, 2, 1])))
    assert asked == [("a", 1), ("b", 2)]


def test_joined_columns_are_mapped_part_by_part() -> None:
    columns = joined([coded("ab"), Same("c", 2)])
    assert list(mapped(str.upper, columns)) == ["A", "B", "C", "C"]


def test_picked_places_leave_out_what_stands_at_none() -> None:
    picked = Picked([0, 2], 3)(coded("aba"))
    assert (list(picked), list(picked.values)) == (["a", "a"], ["a"])


def test_a_code_without_a_value_is_no_column() -> None:
    with pytest.raises(ValueError, match="without a value"):
        pickle.loads(pickle.dumps(Coded(["a"], Codes([1]))))


def test_records_of_unlike_lengths_are_none() -> None:
    columns = {name: coded("ab") for name in Locator._fields}
    with pytest.raises(ValueError, match="do not fit"):
        pickle.loads(pickle.dumps(Records(Locator, columns | {"cell": coded("a")})))
