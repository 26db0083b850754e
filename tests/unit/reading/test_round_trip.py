"""One table and one text in every format give the same figures with the same meaning."""

from __future__ import annotations

import pytest

from pipelines.settings import PROJECT
from tests.fixtures import written
from tests.helpers import version

TABLES = {"en": written.ENGLISH, "zh": written.CHINESE}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
# what writes the format, and the endings that its files come with, wrong and missing ones too
WRITERS = {
    **{f"csv {code}": (lambda rows, code=code: written.as_csv(rows, code), ("csv", "txt")) for code in ENCODINGS},
    "semicolons": (lambda rows: written.as_csv(rows, delimiter=";"), ("csv", "dat")),
    "tabs": (lambda rows: written.as_csv(rows, delimiter="\t"), ("tsv", "xls", "txt")),
    "bars": (lambda rows: written.as_csv(rows, delimiter="|"), ("csv", "txt")),
    "carets": (lambda rows: written.as_csv(rows, delimiter="^"), ("csv", "txt")),
    "tildes": (lambda rows: written.as_csv(rows, delimiter="~"), ("csv", "txt")),
    "xlsx": (written.as_xlsx, ("xlsx", "xls", "")),
    "xls": (written.as_xls, ("xls", "xlsx")),
    "ods": (written.as_ods, ("ods", "xls")),
    "ods of Germany": (lambda rows: written.as_ods(rows, "1.000,0"), ("ods",)),
    "html": (written.as_html, ("html", "xls", "txt")),
    "docx": (written.as_docx, ("docx", "doc")),
    "pdf": (written.as_pdf, ("pdf", "txt")),
    "markdown": (written.as_markdown, ("md", "txt")),
    "json": (written.as_json, ("json", "txt")),
    "json lines": (written.as_json_lines, ("jsonl", "json.txt")),
    "parquet": (written.as_parquet, ("parquet", "bin")),
    "zip": (lambda rows: written.as_zip({"table.csv": written.as_csv(rows)}), ("zip", "")),
    "data package": (lambda rows: written.as_zip(written.as_package(rows)), ("zip", "")),
    "zip with a report file": (
        lambda rows: written.as_zip({"table.csv": written.as_csv(rows), "report.yml": b"publisher: Office"}), ("zip",),
    ),
}  # fmt: skip
CASES = [(name, ending) for name, (_, endings) in WRITERS.items() for ending in endings]


def read(path):
    """Each figure as its value, unit, meaning and link, with the facts that follow from all of them."""
    found = version(path)
    figures = [
        (
            *(figure.value, figure.unit, figure.low, figure.high, figure.role, figure.link, figure.parent),
            *(meaning.program.code, meaning.source.code, meaning.stage.code, meaning.region.code, meaning.period.code),
        )
        for figure, meaning in zip(found.reading.figures, found.meanings, strict=True)
    ]
    facts = [len(part) for part in (found.facts.funds, found.facts.results, found.facts.targets, found.facts.claims)]
    return figures, facts, found.facts.compositions


def file(tmp_path, ending, data):
    path = tmp_path / (f"table.{ending}" if ending else "table")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("language", TABLES)
def test_the_table_is_read_as_it_is_meant(tmp_path, language):
    """What the other tests compare with is right in itself."""
    figures, facts, _ = read(file(tmp_path, "csv", written.as_csv(TABLES[language])))
    assert len(figures) == 9
    assert facts[0] == 9
    assert [figure[0] for figure in figures[:3]] == [615_000_000, 480_500_000, 134_500_000]
    assert {figure[1] for figure in figures} == {"CNY"}
    assert {figure[-1] for figure in figures} == {"Y2009", "Y2010"}
    assert {figure[-2] for figure in figures} == {"360000", "450000"}
    assert {figure[-4] for figure in figures} >= {"central", "provincial"}
    assert [figure[6] for figure in figures[:3]] == [None, 1, 1]


@pytest.mark.parametrize("language", TABLES)
@pytest.mark.parametrize(("name", "ending"), CASES)
def test_a_table_is_the_same_in_every_format(tmp_path, name, ending, language):
    rows = TABLES[language]
    expected = read(file(tmp_path, "csv", written.as_csv(rows)))
    assert read(file(tmp_path, ending, WRITERS[name][0](rows))) == expected


@pytest.mark.parametrize("language", TABLES)
@pytest.mark.parametrize("kind", ["data package", "report folder", "file with a report file"])
def test_a_table_is_the_same_in_a_report_of_several_files(tmp_path, kind, language):
    rows = TABLES[language]
    expected = read(file(tmp_path, "csv", written.as_csv(rows)))
    members = {
        "data package": written.as_package(rows),
        "report folder": {"report.yml": b"licence: CC0", "table.csv": written.as_csv(rows)},
        "file with a report file": {"table.csv.report.yml": b"licence: CC0", "table.csv": written.as_csv(rows)},
    }[kind]
    folder = tmp_path / "whole"
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert read(folder / "table.csv" if kind.startswith("file") else folder) == expected


TEXTS = ("jiangxi_2010.txt", "jiangxi_2011_zh.txt", "xinjiang_2010.txt")
PDF_LAYOUTS = {
    "spaced": {"spaceAfter": 8, "size": 9},
    "large": {"spaceAfter": 6, "size": 14},
    "indented": {"firstLineIndent": 20, "width": 420},
    "justified": {"spaceBefore": 5, "alignment": 4, "width": 400},
}


def narrative(data, tmp_path, ending):
    figures, *facts = read(file(tmp_path, ending, data))
    return figures, facts


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_the_same_in_word(tmp_path, name):
    text = (PROJECT / "raw" / name).read_text()
    expected = narrative(text.encode(), tmp_path, "txt")
    assert len(expected[0]) > 20
    assert narrative(written.text_as_docx(text), tmp_path, "docx") == expected


@pytest.mark.parametrize("layout", PDF_LAYOUTS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_the_same_in_pdf(tmp_path, name, layout):
    text = (PROJECT / "raw" / name).read_text()
    expected = narrative(text.encode(), tmp_path, "txt")
    assert narrative(written.text_as_pdf(text, **PDF_LAYOUTS[layout]), tmp_path, "pdf") == expected
