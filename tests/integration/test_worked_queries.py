"""The queries of docs/queries say what they return, and return it once; FUPIN_WRITE_DOCS=1 writes the answers."""

from __future__ import annotations

import os
import re
from decimal import Decimal

import pytest

from pipelines.commands.query import ask, read_query
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import PROJECT

FOLDER = PROJECT / "docs" / "queries"
FILES = sorted(FOLDER.glob("*.sql"))
PARAMETERS = {"region": "360000", "indicator": "central_share"}
SHOWN, WIDTH = 6, 60
HEAD = """# Worked queries

Each file answers one question and says in its header which columns it returns, in which units. Run one with

    fupin query -f docs/queries/failures_by_rule.sql
    fupin query -f docs/queries/funds_by_source.sql -p region=360000 -o funds.csv

or start from it in `fupin shell`, Python or a BI tool, see [access.md](../access.md). The answers below are what the
shipped reports give, the first rows of each, long texts cut; the tests compare them, and
`FUPIN_WRITE_DOCS=1 python -m pytest tests/integration/test_worked_queries.py` writes them anew.

| query | question | parameter |
|---|---|---|
"""


@pytest.fixture(scope="module")
def snapshot(shipped):
    """The shipped reports, loaded and published."""
    with open_snapshot(shipped) as connection:
        yield connection


def header(path):
    return dict(re.findall(r"^-- (\w+): (.+(?:\n--   .+)*)", read_query(path), re.MULTILINE))


def parameters(path):
    return dict.fromkeys(re.findall(r"\$(\w+)", read_query(path)))


def answer(snapshot, path):
    """Columns and rows of a query."""
    relation = ask(snapshot, read_query(path), {name: PARAMETERS[name] for name in parameters(path)})
    return relation.columns, relation.fetchall()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_worked_query_says_what_it_returns(snapshot, path):
    said = header(path)
    assert {"question", "columns", "units"} <= said.keys()
    assert all(name in said["parameters"] for name in parameters(path))
    # the header describes the columns by name or by a word of it
    described = f"{said['columns']} {said['units']}".lower()
    columns, _ = answer(snapshot, path)
    assert [name for name in columns if not any(part in described for part in (name, *name.split("_")))] == []


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_worked_query_repeats_no_row_and_leaves_no_column_empty(snapshot, path):
    columns, rows = answer(snapshot, path)
    assert len(rows) == len(set(rows)) > 0
    assert [name for place, name in enumerate(columns) if all(row[place] is None for row in rows)] == []


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("funds_in_total", ("region", "year", "stage", "fund_class", "currency")),
        ("funds_by_source", ("region", "year", "source", "stage")),
        ("funds_by_program", ("region", "year", "program", "source", "stage", "fund_class", "measure")),
        ("people_reached", ("region", "year", "program", "measure", "unit")),
        ("coverage_of_indicators", ("indicator",)),
        ("central_share_over_time", ("region", "year")),
        ("plans_and_achievements", ("report_id", "program", "measure")),
        ("reports_side_by_side", ("region", "year", "program", "source", "stage", "measure", "currency")),
    ],
)
def test_what_is_to_be_summed_or_compared_stands_once(snapshot, query, key):
    columns, rows = answer(snapshot, FOLDER / f"{query}.sql")
    keys = [tuple(row[columns.index(name)] for name in key) for row in rows]
    assert len(keys) == len(set(keys))


def test_an_indicator_without_a_value_is_not_counted_as_covered(snapshot):
    columns, rows = answer(snapshot, FOLDER / "coverage_of_indicators.sql")
    found = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    assert found["data_quality_index"]["value_count"] > 0  # it rests on no single figure
    without = [one for one in found.values() if one["value_count"] == 0]
    assert without
    assert all(one["region_count"] == 0 and one["empty_count"] > 0 for one in without)


def test_the_index_lists_all_with_their_answers(snapshot):
    index = "".join(
        f"| [{path.name}](#{path.stem}) | {header(path)['question']} | "
        f"{', '.join(f'`{name}`' for name in parameters(path))} |\n"
        for path in FILES
    )
    text = HEAD + index + "".join(section(snapshot, path) for path in FILES)
    readme = FOLDER / "README.md"
    if os.environ.get("FUPIN_WRITE_DOCS"):
        readme.write_text(text, encoding="utf-8")
    assert readme.read_text(encoding="utf-8") == text


def section(snapshot, path):
    """A query's question and the first rows of its answer, as Markdown."""
    columns, rows = answer(snapshot, path)
    given = [f"{name}={PARAMETERS[name]}" for name in parameters(path)]
    lines = [
        f"\n## {path.stem}\n",
        f"{header(path)['question']}{f' (`{given[0]}`)' if given else ''} [{path.name}]({path.name})\n",
        f"| {' | '.join(columns)} |",
        f"|{'---|' * len(columns)}",
        *(f"| {' | '.join(map(cell, row))} |" for row in rows[:SHOWN]),
    ]
    more = f"\n{len(rows) - SHOWN} more rows.\n" if len(rows) > SHOWN else ""
    return "\n".join(lines) + "\n" + more


def cell(value):
    if isinstance(value, Decimal):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    text = "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}…"


def test_a_query_that_lacks_its_parameter_fails(snapshot):
    with pytest.raises(FupinError, match="no value for \\$region"):
        ask(snapshot, read_query(FOLDER / "funds_by_source.sql"))
