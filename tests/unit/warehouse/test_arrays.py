"""Columns in Arrow: the same as value by value, however they are kept."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from pipelines.columns import Coded, Codes, Made, Same
from pipelines.figures.figure import cell_subject
from pipelines.figures.tables.paths import Paths
from pipelines.versions.tables import tables
from pipelines.warehouse import arrays
from pipelines.warehouse.arrays import arrow_array
from pipelines.warehouse.parquet import arrow_table
from pipelines.warehouse.readings import reading_hash, reading_hashes
from tests.helpers import version

TABLE = """County,Village,Source,Funds (yuan),Households
Gan County,Upper Mill,Central,1200,31
Gan County,Gan County,Provincial,850.5,
,Lower Mill,,40,12
Yudu County,,Central,1200,31
,,,3290.5,74
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("arrays") / "jiangxi_2011_funds.csv"
    path.write_text(TABLE)
    return version(path)


@pytest.fixture(autouse=True)
def _long(monkeypatch):
    """Even few values are taken as many are."""
    monkeypatch.setattr(arrays, "FEW", 0)


def _plain(columns):
    return {name: list(values) for name, values in columns.items()}


def test_a_column_is_the_same_array_as_its_values_one_by_one(read):
    for name, columns in tables(read).items():
        assert arrow_table(columns).equals(arrow_table(_plain(columns))), name


def test_what_was_read_has_one_hash_by_column_and_by_row(read):
    by_row = replace(read, reading=replace(read.reading, figures=tuple(read.reading.figures)))
    assert reading_hash(by_row) == reading_hash(read)


def test_versions_have_the_same_hashes_together_as_alone(read, tmp_path):
    texts = (
        "In 2010, Gansu province allocated 1,200 million yuan, of which 400 million yuan came from donors.\n",
        "Of 1,000 villages 37 % were poor; 370 got roads, about three hundred wells. It rose by 12 to 96.\n",
        "Nothing is told here.\n",
    )
    several = [read]
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_text(text)
        several.append(version(path))
    several.append(replace(read, document=replace(read.document, media_type="text/plain")))
    for order in (several, several[::-1]):
        assert reading_hashes(order, list(map(tables, order))) == list(map(reading_hash, order))


@pytest.mark.parametrize(
    "labels",
    [
        (("a", "b"), ("a", "c")),
        ((None, "b"), ("b", None)),
        ((None, "b"), (None, None)),
        (("a", None),),
        (("a", None, "a", "a"), (None, None, "b", "a"), ("a", "c", None, "a")),
    ],
)
@pytest.mark.parametrize("heading", [(), ("a",), ("x", "y")])
def test_paths_are_joined_as_they_are_said(labels, heading):
    count = len(labels[0])
    columns = [Coded(list(dict.fromkeys(one)), Codes(map(list(dict.fromkeys(one)).index, one))) for one in labels]
    words = Paths(range(count), Same(heading, count), columns).words(range(count), {})
    assert arrow_array(words, lambda plain: pa.array(plain, pa.string())).to_pylist() == list(words)


def test_a_long_subject_is_cut_where_its_signs_begin():
    texts = Same("村" * 70 + "é", 2), Same("funds", 2)
    made = Made(cell_subject, *texts)
    assert arrow_array(made, pa.array).to_pylist() == list(made)
