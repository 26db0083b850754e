"""The pages about formats and report files show what is really read."""

from __future__ import annotations

import re

from pipelines.reading.formats import FORMATS
from pipelines.reading.statement import read_statement
from pipelines.settings import PROJECT
from tests.helpers import version

DOCS = PROJECT / "docs"


def sample(page, name):
    """The block that follows a comment of that name."""
    found = re.search(rf"<!-- sample: {name} -->\n```\w*\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    return found.group(1)


def test_the_activity_on_the_page_gives_the_facts_on_the_page(tmp_path):
    (tmp_path / "a.xml").write_text(sample("formats.md", "an activity"))
    found = version(tmp_path / "a.xml")
    lines = [
        [
            *(figure.locator.row_path.split(" > ")[1], figure.text, meaning.stage.code, meaning.source.code),
            *(meaning.program.code, meaning.region.code, meaning.period.code),
            "counts" if figure.additive else "replaced",
        ]
        for figure, meaning in zip(found.reading.figures, found.meanings, strict=True)
    ]
    assert lines == [line.split() for line in sample("formats.md", "its facts").splitlines()]


def test_the_report_file_on_the_page_is_one_and_has_every_key():
    text = sample("report-files.md", "all keys").encode()
    statement, files = read_statement(text, "report", "report.yml", ["annex/funds.csv", "chapter.docx"])
    assert files == ["chapter.docx", "annex/funds.csv"]
    assert (statement.region, statement.period, statement.published) == ("360000", "Y2010", "2011-05-31")
    assert all(getattr(statement, key) for key, _ in statement.places)
    assert len(statement.places) == 7


def test_the_table_of_formats_has_a_row_for_each():
    rows = [line for line in (DOCS / "formats.md").read_text().splitlines() if line.startswith("| ")]
    for known in FORMATS:
        assert any(known.endings[0] in row.split("|")[2] for row in rows), known.name
    assert all(any(name in row for row in rows) for name in ("datapackage.json", "report.yml"))
