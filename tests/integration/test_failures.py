"""The life of a failure: new, unchanged, changed, resolved, back; and how `fupin failures` shows it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.failure_details import failure_details
from pipelines.publishing.failures import open_failures
from pipelines.settings import PROJECT
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.failures import update_failures
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.touched import Extracts
from tests.helpers import version
from tests.integration.conftest import NAMES
from tests.integration.test_cli import rows_of
from tests.loads import load_once

pytestmark = pytest.mark.usefixtures("not_validated")

SAMPLE = NAMES["jiangxi_2011.txt"]
ORIGINAL = (PROJECT / "raw" / "jiangxi_2011.txt").read_text()
WRONG = "200 million Yuan more"


class Warehouse:
    """A warehouse that is loaded with one text after the other."""

    def __init__(self, settings):
        self.settings = settings

    def load(self, text, name="jiangxi_2011.txt"):
        """Loads a text as the next version of a report; returns the events that followed, as (kind, rule)."""
        path = self.settings.raw / name
        path.write_text(text)
        return self.told(lambda: load_once(self.settings, [version(path)]))

    def keep_out(self, cause, name="jiangxi_2011.txt", content="f" * 64):
        return self.told(lambda: load_versions(self.settings, (), [(name, content, cause)]))

    def told(self, act):
        before = len(self.events())
        act()
        return [(row[0], row[1]) for row in self.events()[before:]]

    def events(self):
        if not self.settings.warehouse.exists():
            return []
        query = "SELECT event_kind, rule_code, earlier_message FROM quality.failure_event ORDER BY event_at, event_no"
        with open_warehouse(self.settings) as connection:
            return connection.execute(query).fetchall()

    def listed(self, **filters):
        with open_warehouse(self.settings) as connection:
            return open_failures(connection, **filters)


@pytest.fixture
def warehouse(begun):
    return Warehouse(begun)


def kinds(told):
    return {kind for kind, _ in told}


def test_a_report_that_contradicts_itself_is_new_once(warehouse):
    told = warehouse.load(ORIGINAL)
    assert kinds(told) == {"new"}
    assert sorted(rule for _, rule in told) == sorted(failure["rule"] for failure in warehouse.listed())
    assert len(told) > 5
    assert warehouse.load(ORIGINAL) == []
    before = warehouse.listed()
    with open_warehouse(warehouse.settings) as connection:
        assert update_failures(connection, Extracts(None)) == 0
    assert warehouse.listed() == before


@pytest.mark.slow
def test_a_revision_with_another_wrong_number_is_a_change_and_a_repaired_one_resolves(warehouse):
    warehouse.load(ORIGINAL)
    ids = {failure["id"] for failure in warehouse.listed()}
    told = warehouse.load(ORIGINAL.replace(WRONG, "190 million Yuan more"))
    assert kinds(told) == {"changed"}
    assert ("changed", "sum_of_changes") in told
    assert {failure["id"] for failure in warehouse.listed()} == ids
    [sums] = [failure for failure in warehouse.listed() if failure["rule"] == "sum_of_changes"]
    assert "316,000,000" in sums["finding"]
    assert sums["changed"] >= sums["first_seen"]
    assert any("326,000,000" in earlier for _, rule, earlier in warehouse.events() if rule == "sum_of_changes")
    told = warehouse.load(ORIGINAL.replace(WRONG, "20 million Yuan more"))
    assert kinds(told) == {"resolved"}
    assert {"sum_of_changes", "prior_year_sum", "change_not_above_level"} <= {rule for _, rule in told}
    left = warehouse.listed()
    assert left
    assert "200 million Yuan" not in {failure["suspect"] for failure in left}
    gone = [failure for failure in warehouse.listed(resolved_too=True) if failure["state"] == "resolved"]
    assert len(gone) == len(told)
    assert all(failure["resolved"] is not None and failure["sentence"] for failure in gone)
    # what comes back is told again, under the name it had
    told = warehouse.load(ORIGINAL)
    assert kinds(told) == {"new"}
    assert {failure["id"] for failure in warehouse.listed()} == ids
    assert all(failure["resolved"] is None for failure in warehouse.listed())


def test_an_ordinal_that_moves_is_no_change(warehouse):
    def ordinals():
        with open_warehouse(warehouse.settings) as connection:
            return connection.execute("SELECT check_id FROM quality.failing ORDER BY check_id").fetchall()

    warehouse.load(ORIGINAL)
    before = ordinals()
    title, _, rest = ORIGINAL.partition("\n")
    told = warehouse.load(f"{title}\nIncome per head of farmers rose by 50 Yuan to 550 Yuan, up 10%.\n{rest}")
    assert told == []
    assert len(ordinals()) == len(before)
    assert ordinals() != before
    with open_warehouse(warehouse.settings) as connection:
        stale = "SELECT count(*) FROM quality.failure WHERE check_key NOT IN (SELECT check_key FROM quality.failing)"
        assert connection.execute(stale).fetchone() == (0,)


@pytest.mark.slow
def test_a_content_that_is_kept_out_leaves_the_failures_of_the_current_version_open(warehouse):
    warehouse.load(ORIGINAL)
    before = warehouse.listed()
    assert warehouse.keep_out("is empty") == [("new", "not loaded")]
    first, *others = warehouse.listed()
    assert others == before
    assert (first["severity"], first["finding"], first["rule"]) == ("critical", "is empty", "not loaded")
    assert first["suggestion"].startswith("Repair the file")
    assert warehouse.keep_out("is empty") == []
    assert warehouse.keep_out("is a PDF file", content="e" * 64) == [("changed", "not loaded")]
    told = warehouse.load(ORIGINAL + "\n")
    assert told == [("resolved", "not loaded")]


def test_a_version_that_breaks_the_warehouse_is_a_failure_too(warehouse, settings, sample):
    broken = version(sample("jiangxi_2010.txt"))
    broken = replace(broken, reading=replace(broken.reading, numbers_found=broken.reading.numbers_found + 5))
    told = warehouse.told(lambda: load_versions(settings, [broken]))
    assert told == [("new", "not loaded")]
    assert "numbers_conserved" in warehouse.listed()[0]["finding"]


def test_a_report_without_contradiction_has_no_failure(warehouse):
    assert warehouse.load("Report of Jiangxi, 2011\nVillages: 5.\n") == []
    assert warehouse.listed(resolved_too=True) == []


def test_another_reading_of_an_operand_is_evidence_and_no_failure(warehouse):
    told = warehouse.load(ORIGINAL)
    assert sum(rule == "plan_vs_actual" for _, rule in told) == 1
    [failure] = [one for one in warehouse.listed() if one["rule"] == "plan_vs_actual"]
    with open_warehouse(warehouse.settings) as connection:
        details = failure_details(connection, failure["id"])
    assert [row[:2] for row in details.read_otherwise] == [("33,000 as a rounded number", "holds_within_rounding")]


def test_two_checks_that_compare_the_same_are_two_failures(warehouse):
    path = warehouse.settings.raw / "jiangxi_2011.txt"
    path.write_text(ORIGINAL)
    loaded = version(path)
    alike = tuple(replace(check, identity="all alike") for check in loaded.checks)
    told = warehouse.told(lambda: load_versions(warehouse.settings, [replace(loaded, checks=alike)]))
    assert len({failure["id"] for failure in warehouse.listed()}) == len(told) > 5


def test_details_write_the_arithmetic_out(warehouse):
    warehouse.load(ORIGINAL)
    [failure] = [one for one in warehouse.listed() if one["rule"] == "sum_of_changes"]
    with open_warehouse(warehouse.settings) as connection:
        details = failure_details(connection, failure["id"].removeprefix("F-").upper())
        with pytest.raises(FupinError, match="F-nope: no such failure"):
            failure_details(connection, "F-nope")
    assert [operand.text for operand in details.operands] == [
        "126 million Yuan",
        "200 million Yuan",
        "145 million Yuan",
    ]
    assert [operand.low for operand in details.operands] == [125_500_000, 199_500_000, 144_500_000]
    assert all("character" in operand.place for operand in details.operands)
    assert details.in_numbers == "126,000,000 + 200,000,000 = 145,000,000"
    assert (details.computed, details.stated) == ((325_000_000, 327_000_000), (144_500_000, 145_500_000))
    assert details.gap == 179_500_000
    rules = {rule for _, rule, _, _ in details.same_cause}
    assert rules == {"prior_year_sum", "change_not_above_level", "growth_from_change"}
    assert all(name.startswith("F-") for name, *_ in details.same_cause)
    [(assumption, verdict, _)] = details.read_otherwise
    assert (assumption, verdict) == ("20,000,000 in place of 200 million Yuan", "holds_within_rounding")


def test_details_name_a_correction_of_a_suspect_figure(warehouse):
    warehouse.load(ORIGINAL)
    [failure] = [one for one in warehouse.listed() if one["rule"] == "sum_of_changes"]
    with open_warehouse(warehouse.settings) as connection:
        details = failure_details(connection, failure["id"])
    [(text, value, unit, status, reason)] = details.corrections
    assert (text, value, unit) == ("200 million Yuan", Decimal(20_000_000), "CNY")
    assert status == "proposed"
    assert "a power of ten" in reason


def test_filters_by_root_cause_and_time(loaded):
    everything = rows_of(loaded("failures", "--format", "csv").out)
    [cause] = {row["root_cause"] for row in everything if row["suspect"] == "200 million Yuan"}
    rows = rows_of(loaded("failures", "--format", "csv", "--root-cause", cause).out)
    assert rows == [row for row in everything if row["root_cause"] == cause] != []
    today = datetime.date.today()
    for since in ("1h", "7d", "2w", str(today - datetime.timedelta(days=1))):
        assert rows_of(loaded("failures", "--format", "csv", "--since", since).out) == everything
    later = loaded("failures", "--since", str(today + datetime.timedelta(days=2)))
    assert later.out == "No open failure.\n"
    for wrong in ("yesterday", "7x", "2026-13-01"):
        ended = loaded("failures", "--since", wrong)
        assert (ended.code, ended.out, "--since" in ended.err) == (2, "", True)


def test_the_list_shows_ids_and_what_is_overdue(loaded):
    everything = rows_of(loaded("failures", "--format", "csv").out)
    text = loaded("failures").out
    assert {row["state"] for row in everything} == {"open"}
    for row in everything:
        assert re.fullmatch(r"F-[0-9a-f]{6,}", row["id"])
        assert f"{row['finding']}  {row['id']}\n" in text
    listed, _, overdue = text.partition("\nOverdue: ")
    assert listed.endswith(f"{len(everything)} open failures.\n")
    assert "Jiangxi, yearbook chapter for 2012 (was due by 2013-12-31)" in overdue
    assert "Overdue" not in loaded("failures", "--severity", "error").out
    assert "Overdue" not in loaded("failures", FUPIN_REPORT_DUE_DAYS="36500").out
    assert loaded("failures", "--all").out == text


def test_show_writes_one_failure_out(loaded):
    [row] = [row for row in rows_of(loaded("failures", "--format", "csv").out) if row["rule"] == "sum_of_changes"]
    ended = loaded("failures", "show", row["id"])
    assert (ended.code, ended.err) == (0, "")
    for line in (
        f"{row['id']}  error    {SAMPLE}  {row['root_cause']}  suspect: 200 million Yuan",
        f"  [{row['place']}] {row['sentence']}",
        "  126 million Yuan: 126,000,000 CNY, stands for 125,500,000 to 126,500,000  [",
        "  in numbers 126,000,000 + 200,000,000 = 145,000,000",
        "  computed   325,000,000 to 327,000,000 CNY",
        "  stated     144,500,000 to 145,500,000 CNY",
        "  misses by  at least 179,500,000 CNY",
        f"Of the same root cause, {row['root_cause']}",
    ):
        assert f"\n{line}" in f"\n{ended.out}", line
    ended = loaded("failures", "show", "F-nope")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "error: F-nope: no such failure; `fupin failures --all` lists them with their ids\n"


def test_list_and_failure_speak_chinese_when_asked(loaded):
    [row] = [row for row in rows_of(loaded("failures", "--format", "csv").out) if row["rule"] == "sum_of_changes"]
    told = "变化之和：各部分的增减合计 326,000,000，总数的增减为 145,000,000，差额无法用四舍五入解释。"
    listed = loaded("failures", "--lang", "zh").out
    assert f"  {told}  {row['id']}\n" in listed
    assert "江西省：2012 年年鉴篇章（应于 2013-12-31 前提交）" in listed
    shown = loaded("failures", "show", row["id"], FUPIN_LANGUAGE="zh").out
    assert f"\n  {told}\n" in shown
    assert "\n  相差      至少 179,500,000 元\n" in shown
    assert "以 20,000,000 代替 200,000,000（相差十的若干次方）" in shown
