"""The queries of docs/queries: each runs on the sample, returns rows, and says what it returns."""

from __future__ import annotations

import re

import pytest

from pipelines.commands.query import ask, read_query
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import PROJECT

FOLDER = PROJECT / "docs" / "queries"
FILES = sorted(FOLDER.glob("*.sql"))
PARAMETERS = {"region": "360000", "indicator": "central_share"}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_worked_query_returns_rows_and_says_what_they_are(loaded, path):
    sql = read_query(path)
    header = dict(re.findall(r"^-- (\w+): (.+(?:\n--   .+)*)", sql, re.MULTILINE))
    assert {"question", "columns", "units"} <= header.keys()
    wanted = {name: PARAMETERS[name] for name in re.findall(r"\$(\w+)", sql)}
    assert all(name in header["parameters"] for name in wanted)
    with open_snapshot(loaded.settings) as connection:
        relation = ask(connection, sql, wanted)
        columns, rows = relation.columns, relation.fetchall()
    assert len(rows) > 0
    # the header describes the columns by name or by a word of it
    described = f"{header['columns']} {header['units']}".lower()
    assert all(any(part in described for part in (name, *name.split("_"))) for name in columns)


def test_there_are_a_dozen_and_the_index_lists_them_all():
    assert len(FILES) >= 12
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FILES:
        question = re.search(r"^-- question: (.+)$", read_query(path), re.MULTILINE)
        assert f"| [{path.name}]({path.name}) | {question[1]} |" in index
    assert index.count(".sql](") == len(FILES)


def test_a_query_that_lacks_its_parameter_fails(loaded):
    with open_snapshot(loaded.settings) as connection, pytest.raises(FupinError, match="no value for \\$region"):
        ask(connection, read_query(FOLDER / "funds_by_source.sql"))
