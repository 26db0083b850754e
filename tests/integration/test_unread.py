"""What a report shows and the reader cannot tell is named, and the rest of the report is loaded."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import pytest
from reportlab.platypus import Spacer, Table

from pipelines.checking.unread import MOST_TOLD, classified_count, unread_lines
from pipelines.settings import PROJECT
from tests.fixtures import written
from tests.helpers import version

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

NOTE = "page 1: a table of 4 rows without rules (“County Total Central”)"
ROWS = [["County", "Total", "Central"], ["Anyuan", "737", "525"], ["Xunwu", "803", "651"], ["Ruijin", "1,200", "900"]]


def report(path):
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    normal = getSampleStyleSheet()["Normal"]
    lines = ("Poverty work in Jiangxi, 2011", "In 2011, 803 million Yuan of poverty funds came to Jiangxi.")
    path.write_bytes(written.pdf_of([*(Paragraph(line, normal) for line in lines), Spacer(1, 20), Table(ROWS)]))


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
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


ODD = """Poverty work in Jiangxi Province, 2011
In 2011, aid of 1.2.3 million Yuan came to the villages. Funds were 803 million Yuan.
"""
ODD_TABLE = "County,Funds (yuan)\nAnyuan,737\nXunwu,1.2.3\nRuijin,803\n"


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_numbers_that_were_not_read_are_told_with_place_and_reason(settings, fupin):
    (settings.raw / "odd.txt").write_text(ODD)
    (settings.raw / "table.csv").write_text(ODD_TABLE)
    shown = fupin("figures", settings.raw / "odd.txt", "--all", "--format", "csv")
    [line] = shown.err.splitlines()
    reason = re.fullmatch(r"not read: In 2011, aid of 1\.2\.3 .+ …: 1\.2\.3 \((.+)\)", line)[1]
    rows = list(csv.DictReader(shown.out.splitlines()))
    assert [(row["text"], row["subject"]) for row in rows if row["role"] == "unread"] == [("1.2.3", reason)]
    assert fupin("figures", settings.raw / "table.csv").err.startswith("not read: csv!B3: 1.2.3 (")
    ended = fupin("run")
    assert ended.code == 0
    assert f"not read: odd.txt: {line.removeprefix('not read: ')}" in ended.err.splitlines()
    assert re.search(r"numbers classified as something else, 2 not read", ended.out)
    told = fupin("query", "SELECT report_id, place, printed_text, why FROM quality.unread_number", "--format", "csv")
    found = sorted(csv.reader(told.out.splitlines()[1:]))
    assert [row[:3] for row in found] == [["odd.txt", "", "1.2.3"], ["table.csv", "csv B3", "1.2.3"]]
    assert found[0][3] == reason
    counts = "SELECT numbers_found - figures_read - classified_count AS rest, unread_count FROM quality.unread_report"
    assert fupin("query", counts, "--format", "csv").out.split()[1:] == ["1,1", "1,1"]
    run = "SELECT unread_out, numbers_in - figures_out - non_figures_out AS rest, is_conserved FROM quality.run"
    assert fupin("query", run, "--format", "csv").out.split()[1:] == ["2,2,true"]


def test_of_many_numbers_a_run_names_some_and_counts_the_others():
    read = version(PROJECT / "raw" / "jiangxi_2011.txt").reading
    odd = tuple(number._replace(reason="unread", why="odd") for number in read.non_figures[:14])
    odd = replace(read, non_figures=(*odd, *read.non_figures[14:]))
    lines = list(unread_lines(odd, MOST_TOLD))
    assert len(lines) == MOST_TOLD + 1
    assert lines[-1] == "and 4 numbers more"
    assert len(list(unread_lines(odd))) == 14
    assert classified_count(odd) == len(read.non_figures) - 14
