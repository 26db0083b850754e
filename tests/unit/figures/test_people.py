"""Names of people and what they are reached by: masked in all that is shown, unless a setting shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.figures.people import without_people
from pipelines.figures.read import read_figures
from pipelines.settings import Settings
from pipelines.versions.read import documents_to_show, read_with_people, reader
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
def test_pages_of_a_run_are_given_its_texts_masked_and_no_tables_without_cells(tmp_path, shows, number):
    text, rows = tmp_path / "text.txt", tmp_path / "rows.csv"
    text.write_text("Jiangxi, 2011\nCall 0791-86266000 for the 300 loans of 2011.\n", encoding="utf-8")
    rows.write_text("County,Amount (yuan)\nGan County,900\n", encoding="utf-8")
    given = documents_to_show([version(text), version(rows)], Settings(show_people=shows))
    [document] = given.values()
    assert f"Call {number} for the 300 loans" in document.text


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
    monkeypatch.setenv("FUPIN_SHOW_PEOPLE", "yes")
    assert reader(Settings()) is read_with_people
    [first, *_] = read_with_people(path, "list.csv", 1 << 20).reading.figures
    monkeypatch.delenv("FUPIN_SHOW_PEOPLE")
    [masked, *_] = reader(Settings())(path, "list.csv", 1 << 20).reading.figures
    assert (first.locator.row_path, masked.locator.row_path) == ("Li Ming", "***")
