"""Names of people and what they are reached by: masked in all that is shown, unless a setting shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.figures.people import without_people
from pipelines.figures.read import read_figures
from pipelines.reading.sandbox import Sandbox
from pipelines.settings import Settings
from pipelines.versions.read import read_apart
from pipelines.versions.version import ReportVersion, documents_to_show, reader
from tests.helpers import document, table, version

ROWS = [
    ["Name of householder", "Telephone", "Amount (yuan)"],
    ["Li Ming", "13912345678", "1,200"],
    ["Wang Fang", "13987654321", "900"],
    ["Total", "", "2,100"],
]


def shown(source):
    return [cell.text for one in source.tables for cell in one.cells]


def test_a_page_shows_no_name_and_no_number_of_a_person():
    assert shown(without_people(table(ROWS))) == [
        *ROWS[0], *("***", "***", "1,200"), *("***", "***", "900"), *("Total", "2,100")
    ]  # fmt: skip


def test_a_page_shows_no_digit_of_a_telephone_number_of_the_text():
    text = "Call 0791-86266000 for the 300 loans of 2011."
    assert "Call ****-******** for the 300 loans of 2011." in without_people(document(text)).text


@pytest.mark.parametrize(("shows", "number"), [(False, "****-********"), (True, "0791-86266000")])
def test_pages_of_a_run_are_given_its_texts_masked(tmp_path, shows, number):
    text = tmp_path / "text.txt"
    text.write_text("Jiangxi, 2011\nCall 0791-86266000 for the 300 loans of 2011.\n", encoding="utf-8")
    [document] = documents_to_show([version(text)], Settings(show_people=shows)).values()
    assert f"Call {number} for the 300 loans" in document.text


def test_pages_of_a_run_are_given_short_tables_masked_and_no_table_without_its_cells(tmp_path):
    short, long = tmp_path / "short.csv", tmp_path / "long.csv"
    lines = [",".join(f'"{text}"' for text in row) for row in ROWS]
    short.write_text("\n".join(lines), encoding="utf-8")
    long.write_text("\n".join([*lines[:2], *(f"Someone,13900{n:06},{n}" for n in range(2_000))]), encoding="utf-8")
    read = [read_apart(path, path.name, 1 << 20) for path in (short, long)]
    [document] = documents_to_show(read, Settings()).values()
    assert shown(document) == shown(without_people(table(ROWS)))


def test_a_document_without_people_is_shown_as_it_is():
    source = table([["County", "Amount (yuan)"], ["Gan County", "900"]])
    assert without_people(source) == source


@pytest.mark.parametrize(("shows", "path"), [(False, "***"), (True, "Li Ming")])
def test_names_of_rows_are_shown_where_it_is_asked_for(shows, path):
    first = read_figures(table(ROWS), shows_people=shows).figures[0]
    assert (first.locator.row_path, path in first.sentence) == (path, True)


@pytest.mark.parametrize(("shows", "text"), [(False, "***********"), (True, "13912345678")])
def test_numbers_of_people_are_shown_where_it_is_asked_for(shows, text):
    assert read_figures(table(ROWS), shows_people=shows).non_figures[0].text == text


def test_people_are_shown_by_the_setting_alone(tmp_path: Path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("\n".join(",".join(f'"{text}"' for text in row) for row in ROWS))
    found = {}
    for setting in ("yes", "no"):
        monkeypatch.setenv("FUPIN_SHOW_PEOPLE", setting)
        read = Sandbox(reader(Settings()), ReportVersion, Settings()).read(path, "list.csv")
        found[setting] = read.reading.figures[0].locator.row_path, shown(read.document)[3]
    assert found == {"yes": ("Li Ming", "Li Ming"), "no": ("***", "***")}
