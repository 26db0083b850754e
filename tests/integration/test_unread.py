"""What a report shows and the reader cannot tell is named, and the rest of the report is loaded."""

from __future__ import annotations

import pytest
from reportlab.platypus import Spacer, Table

from tests.fixtures import written

NOTE = "page 1: a table of 4 rows without rules (“County Total Central”)"
ROWS = [["County", "Total", "Central"], ["Anyuan", "737", "525"], ["Xunwu", "803", "651"], ["Ruijin", "1,200", "900"]]


def report(path):
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    normal = getSampleStyleSheet()["Normal"]
    lines = ("Poverty work in Jiangxi, 2011", "In 2011, 803 million Yuan of poverty funds came to Jiangxi.")
    path.write_bytes(written.pdf_of([*(Paragraph(line, normal) for line in lines), Spacer(1, 20), Table(ROWS)]))


@pytest.mark.usefixtures("begun")
def test_a_table_without_rules_is_named_and_the_text_is_loaded(settings, fupin):
    path = settings.raw / "report.pdf"
    report(path)
    shown = fupin("figures", path, "--format", "csv")
    assert (shown.code, shown.err) == (0, f"not read: {NOTE}\n")
    assert "803 million Yuan" in shown.out
    ended = fupin("run")
    assert ended.code == 0
    assert f"not read: report.pdf: {NOTE}" in ended.err.splitlines()
    rows = fupin("query", "SELECT printed_text FROM core.fact_figure", "--format", "csv").out
    assert rows.splitlines()[1:] == ["803 million Yuan"]


def test_a_report_that_was_read_whole_is_not_mentioned(sample, fupin):
    assert fupin("figures", sample("jiangxi_2010.txt")).err == ""
