"""What no warehouse can hold, and what nobody foresaw, costs the one report that it is in."""

from __future__ import annotations

import json
import shutil

import pytest

from pipelines.settings import PROJECT
from pipelines.suites import reports as suites
from pipelines.warehouse import parquet

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

GOOD = "jiangxi_2010.txt"


def workbook(path, value):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Funds"
    for row in (["County", "Funds (10,000 yuan)"], ["Anyuan", 737], ["Xunwu", value]):
        sheet.append(row)
    book.save(path)


def half_a_character(path):
    rows = [{"County": "Anyuan", "Funds \ud83d (yuan)": 737}, {"County": "Xunwu", "Funds \ud83d (yuan)": 803}]
    path.write_bytes(json.dumps(rows).encode())


@pytest.fixture
def raw(settings, begun):
    shutil.copyfile(PROJECT / "raw" / GOOD, settings.raw / GOOD)
    return settings.raw


def loaded(fupin):
    return fupin("query", "SELECT report_id FROM core.dim_report ORDER BY 1", "--format", "csv").out.split()[1:]


@pytest.mark.slow
def test_numbers_too_large_and_half_characters_are_refused_and_the_others_load(raw, fupin):
    workbook(raw / "large.xlsx", 9.99e307)
    half_a_character(raw / "half.json")
    ended = fupin("run")
    assert ended.code == 1
    errors = [line for line in ended.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    assert errors[0].startswith("error: half.json: ")
    assert "B1" in errors[0]
    assert "d83d" in errors[0].lower()
    assert errors[1].startswith("error: large.xlsx: Funds!B3: ")
    assert errors[1].endswith("has more than 18 digits, too many")
    assert "Traceback" not in ended.err
    assert loaded(fupin) == [GOOD]
    assert "2 not loaded" in ended.out
    # kept out, and not tried again
    again = fupin("run")
    assert "still not loaded: large.xlsx" in again.out
    for name in ("large.xlsx", "half.json"):
        shown = fupin("figures", raw / name)
        assert (shown.code, len(shown.err.splitlines())) == (1, 1)
        assert shown.err.startswith(f"error: {name}") or name in shown.err


def spoilt(original, name):
    """A function that fails for one report, in a way that nobody foresaw."""

    def function(*arguments, **options):
        for argument in arguments:
            versions = argument if isinstance(argument, (list, tuple)) else [argument]
            if any(getattr(getattr(one, "document", None), "report_id", "") == name for one in versions):
                raise KeyError("half of\ud83d")
        return original(*arguments, **options)

    return function


@pytest.mark.parametrize(
    ("module", "function", "doing"),
    [(suites, "tables_of_versions", "checking its shape"), (parquet, "write_parquet", "laying out its tables")],
)
@pytest.mark.slow
def test_a_fault_of_the_program_costs_one_report_and_is_named(raw, fupin, monkeypatch, module, function, doing):
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2011.txt", raw / "odd.txt")
    monkeypatch.setattr(module, function, spoilt(getattr(module, function), "odd.txt"))
    ended = fupin("run")
    assert ended.code == 1
    [line] = [line for line in ended.err.splitlines() if line.startswith("error: ")]
    assert line.startswith(f"error: odd.txt: {doing} failed at test_unstorable.py:")
    assert "KeyError" in line
    assert loaded(fupin) == [GOOD]
    causes = fupin("query", "SELECT report_id, cause FROM quality.quarantine", "--format", "csv").out
    assert causes.splitlines()[1].startswith(f"odd.txt,{doing} failed at")


@pytest.mark.slow
def test_a_fault_that_strikes_every_report_is_no_reports_fault(raw, fupin, monkeypatch):
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2011.txt", raw / "odd.txt")

    def fail(*_arguments):
        raise KeyError("everywhere")

    monkeypatch.setattr(suites, "tables_of_versions", fail)
    with pytest.raises(KeyError, match="everywhere"):
        fupin("run")
