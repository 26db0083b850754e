"""Corrections from proposal to adjusted indicators and back, through the command line and the loader."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipelines.catalog.corrections import Decision, read_decisions
from pipelines.catalog.corrections_edit import write_decision
from pipelines.catalog.sentences import say
from pipelines.checking.verdict import Proposal
from pipelines.errors import CatalogError, FupinError, WarehouseLockedError
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.archive import archive
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.corrections import printed_figures
from pipelines.warehouse.decide import decide
from pipelines.warehouse.decisions import match_of
from pipelines.warehouse.indicators import indicator_statements
from pipelines.warehouse.load import load_versions
from tests.helpers import version
from tests.integration.conftest import Ended, call
from tests.loads import load_once

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

PIGS = Proposal(48, Decimal(70_000), Decimal(70_000), Decimal(80_000), say("slip.power"), ())

# these rest on no value that can be corrected
UNADJUSTED = {"publication_lag", "data_quality_index"}


@cache
def twenty() -> Proposal:
    """What the relations of the sample propose in place of 200 million."""
    [found] = version(PROJECT / "raw" / "jiangxi_2011.txt").proposals
    assert (found.figure_id, found.value, found.low, found.high) == (8, 20_000_000, 19_500_000, 20_500_000)
    return replace(found, reason=say("slip.digit"))


@dataclass(frozen=True)
class Home:
    """A home with its own folder of decisions."""

    settings: Settings

    def fupin(self, *arguments: str | Path) -> Ended:
        return call(self.settings, *arguments, FUPIN_CORRECTIONS=str(self.settings.corrections))

    def load(self, *paths: Path, proposals: tuple[Proposal, ...] = ()) -> None:
        """Loads reports as a run does, with these proposals for each of them and no others."""
        versions = [replace(version(path), proposals=proposals) for path in paths]
        for path, one in zip(paths, versions, strict=True):
            archive(self.settings.archive, path, one.document.report_id, one.document.content_hash)
        load_once(self.settings, versions)
        publish(self.settings)

    def ids(self, status: str | None = None) -> list[str]:
        arguments = ("--status", status) if status else ()
        return [
            row["id"]
            for row in csv.DictReader(io.StringIO(self.fupin("correct", "list", "--format", "csv", *arguments).out))
        ]

    def write(self, name: str, text: str) -> Path:
        path = self.settings.corrections / name
        path.write_text(text, encoding="utf-8")
        return path

    def rows(self, basis: str) -> dict[str, list[tuple]]:
        """All rows of all indicators with one basis: region, period, keys of both figures, then all columns."""
        with open_snapshot(self.settings) as connection:
            return {
                statement.name: connection.execute(
                    "SELECT region_code, period_code, numerator_figure_key, denominator_figure_key, "
                    f"* EXCLUDE (basis) FROM indicator.{statement.name} WHERE basis = ? ORDER BY ALL",
                    [basis],
                ).fetchall()
                for statement in indicator_statements(self.settings.sql / "indicators")
            }

    def value(self, indicator: str, basis: str, period: str = "Y2011") -> tuple:
        with open_snapshot(self.settings) as connection:
            [row] = connection.execute(
                f"SELECT value, value_low, value_high, disputed_count FROM indicator.{indicator} "
                "WHERE region_code = '360000' AND period_code = ? AND basis = ?",
                [period, basis],
            ).fetchall()
        return row


@pytest.fixture
def home(begun, tmp_path) -> Home:
    (tmp_path / "decisions").mkdir()
    return Home(begun.model_copy(update={"corrections": tmp_path / "decisions"}))


def entry(**changes: str) -> str:
    """A decision file about the sample, with some lines of its entry changed."""
    values = {
        "section": "Investment of anti-poverty funds",
        "printed": "200 million Yuan",
        "sentence": "the provincial match stood at 153 million Yuan, 200 million Yuan more",
        "expected": "200000000",
        "proposed": "20000000",
        "unit": "CNY",
        "status": "accepted",
    } | changes
    match = "".join(f"    {name}: {json.dumps(values.pop(name))}\n" for name in ("section", "printed", "sentence"))
    fields = "".join(f"  {name}: {value}\n" for name, value in values.items())
    return (
        f"report: jiangxi_2011.txt\ncorrections:\n- match:\n{match}{fields}"
        "  reason: The sums say so.\n  by: A. Name\n  at: 2026-03-01T09:30:00Z\n"
    )


@pytest.mark.slow
def test_from_a_proposal_to_adjusted_indicators_to_a_revision_and_back(home, sample):
    path = sample("jiangxi_2011.txt")
    home.load(path, proposals=(twenty(),))
    home.load(sample("jiangxi_2010.txt"))
    reported = home.rows("as_reported")
    assert sum(map(len, reported.values())) > 29
    assert home.rows("adjusted") == {name: [] for name in reported}

    [name] = home.ids("proposed")
    shown = home.fupin("correct", "show", name).out
    for words in (
        "stood at 153 million Yuan, ‹200 million Yuan› more",
        "expected  200,000,000 CNY",
        "proposed  20,000,000 CNY (19,500,000 to 20,500,000), by the relations of the report",
        "one wrong digit",
        "sum_of_changes, supports it: 126 million Yuan + 200 million Yuan = 145 million Yuan\n"
        "    as printed: fails; with the proposed value: holds_within_rounding",
        "prior_year_sum, supports it: ",
    ):
        assert words in shown
    assert shown.count("supports it") == 4

    ended = home.fupin("correct", "accept", name, "--by", "A. Name")
    assert (ended.code, ended.err) == (0, "")
    assert "provincial_growth  Jiangxi Y2011: none → 15.037594 %" in ended.out
    assert ended.out.count("→") == 1
    assert home.ids("accepted") == [name]
    # twenty of 133, and at the bounds 19.5 of 134 and 20.5 of 132
    wanted = tuple(map(Decimal, ("15.037594", "14.552239", "15.530303")))
    assert home.value("provincial_growth", "adjusted") == (*wanted, 0)
    assert home.value("provincial_growth", "as_reported") == (None, None, None, 1)
    assert home.rows("as_reported") == reported
    adjusted = home.rows("adjusted")
    with_2011 = {key: [row for row in rows if "Y2011" in row] for key, rows in reported.items()}
    changed = {key for key in adjusted if adjusted[key] != with_2011[key]} - UNADJUSTED
    assert changed == {"provincial_growth"}
    assert home.value("matching_ratio", "adjusted") == home.value("matching_ratio", "as_reported")
    assert home.fupin("run").out.startswith("Nothing new")

    path.write_text(path.read_text().replace("200 million Yuan more", "20 million Yuan more"))
    ended = home.fupin("run")
    assert ended.code == 1
    assert f"error: catalog/corrections/jiangxi_2011.yml: entry 1 ({name}): " in ended.err
    assert "does not print" in ended.err
    assert home.value("provincial_growth", "as_reported")[0] == wanted[0]  # the improved report got in
    assert home.rows("adjusted") == {name: [] for name in reported}
    assert home.fupin("run").code == 1
    doctor = home.fupin("doctor")
    assert doctor.code == 1
    assert f"entry 1 ({name}): the current version of the report does not print" in doctor.out
    listed = home.fupin("correct", "list").out
    assert f"stale: catalog/corrections/jiangxi_2011.yml: entry 1 ({name}): " in listed
    assert home.ids("stale") == [name]
    assert f"entry 1 ({name}): " in home.fupin("correct", "show", name).out
    refused = home.fupin("correct", "accept", name, "--by", "me")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "edit the entry, or reject it" in refused.err

    assert home.fupin("correct", "reject", name, "--by", "me", "--reason", "The report was revised.").code == 0
    assert "status: rejected" in (home.settings.corrections / "jiangxi_2011.yml").read_text()
    ended = home.fupin("run")
    assert (ended.code, ended.err) == (0, "")
    assert home.fupin("doctor").code == 0
    assert (home.ids("stale"), name in home.ids()) == ([], False)


def test_two_corrections_are_decided_one_by_one_and_a_quarantined_figure_takes_part(home, sample):
    home.load(sample("jiangxi_2011.txt"), proposals=(twenty(), PIGS))
    reported = home.rows("as_reported")
    first, second = home.ids("proposed")
    for name in (second, first):
        assert home.fupin("correct", "accept", name, "--by", "me").code == 0
    assert home.ids("accepted") == [first, second]
    chosen = (
        "SELECT value, value_low, value_high, is_disputed FROM work.selected_figure WHERE basis = ? AND figure_key = ?"
    )
    with open_snapshot(home.settings) as connection:
        [(pigs,)] = connection.execute("SELECT figure_key FROM core.fact_figure WHERE figure_id = 48").fetchall()
        assert connection.execute(chosen, ["adjusted", pigs]).fetchall() == [(70_000, 70_000, 80_000, 0)]
        assert connection.execute(chosen, ["as_reported", pigs]).fetchall() == []
    text = (home.settings.corrections / "jiangxi_2011.yml").read_text()
    assert text.index('printed: "7"' if 'printed: "7"' in text else "printed: '7'") < text.index("200 million Yuan\n")
    ended = home.fupin("correct", "reject", first, "--by", "me")
    assert "provincial_growth  Jiangxi Y2011: 15.037594 % → none" in ended.out
    assert (home.ids("accepted"), home.ids("rejected")) == ([second], [first])
    assert home.rows("as_reported") == reported
    assert home.value("provincial_growth", "adjusted") == (None, None, None, 1)
    ended = home.fupin("correct", "reject", first, "--by", "me")
    assert (ended.code, ended.out.splitlines()[0].partition(":")[0]) == (0, f"{first} was rejected already")
    assert (
        "provincial_growth  Jiangxi Y2011: none → 15.037594 %"
        in home.fupin("correct", "accept", first, "--by", "me").out
    )


def test_a_cell_of_a_workbook_is_corrected_by_hand_with_exact_values(home, sample):
    path = sample("jiangxi_funds_2009_2011.xlsx")
    home.load(path)
    reported = home.rows("as_reported")
    file = home.write(
        "funds.yml",
        "report: jiangxi_funds_2009_2011.xlsx\ncorrections:\n- match:\n"
        "    section: 'Jiangxi Province: fiscal anti-poverty funds invested by source'\n    printed: '135'\n"
        "    cell: by source!D6\n    sentence: Provincial government\n"
        "  expected: 135000000\n  proposed: 133123456.789012\n  low: 133123456.5\n  high: 133123457\n  unit: CNY\n"
        "  reason: The next report says so.\n  status: accepted\n  by: me\n  at: 2026-03-01T00:00:00Z\n",
    )
    ended = home.fupin("run")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Corrections applied anew.")
    with open_snapshot(home.settings) as connection:
        rows = connection.execute(
            "SELECT proposed_value, proposed_low, correction_source, decided_by FROM core.correction"
        ).fetchall()
        numerator = connection.execute(
            "SELECT numerator FROM indicator.provincial_share WHERE basis = 'adjusted' AND period_code = 'Y2010'"
        ).fetchall()
    assert rows == [(Decimal("133123456.789012"), Decimal("133123456.5"), "people", "me")]
    assert numerator == [(Decimal("133123456.789012"),)]
    share, low, high, disputed = home.value("provincial_share", "adjusted", "Y2010")
    assert (share, disputed) == (round(Decimal("13312345678.9012") / 737_000_000, 6), 0)
    assert (low, high) == (
        round(Decimal("13312345650") / Decimal(737_500_000), 6),
        round(Decimal("13312345700") / Decimal(736_500_000), 6),
    )
    assert home.rows("as_reported") == reported
    adjusted = home.rows("adjusted")
    assert {row[1] for name, rows in adjusted.items() if name != "year_on_year" for row in rows} == {"Y2010"}
    # what compares the year after with this one is adjusted too
    assert {row[1] for row in adjusted["year_on_year"]} == {"Y2010", "Y2011"}

    [name] = home.ids("accepted")
    shown = home.fupin("correct", "show", name).out
    assert "[by source!D6] 2010 | Source of funds > Provincial government: ‹135›" in shown
    assert "by people" in shown
    assert home.fupin("correct", "reject", name, "--by", "me").code == 0
    assert "cell: by source!D6\n" in file.read_text()
    assert home.rows("adjusted") == {name: [] for name in reported}


def test_a_decrease_keeps_its_sign_and_a_claim_is_corrected_too(home):
    path = home.settings.raw / "report.txt"
    path.write_text(
        "Anti-poverty work of Jiangxi Province, 2011\n【Funds】 The central government invested 651 million Yuan of "
        "anti-poverty funds, 126 million Yuan less than in the year before, down 16.2%; the provincial government "
        "invested 153 million Yuan of anti-poverty funds, 20 million Yuan more, up 14.9%.\n"
    )
    home.load(path)
    with open_snapshot(home.settings) as connection:
        figures = connection.execute(
            "SELECT f.printed_text, f.sentence, f.section, f.value, f.unit_code, d.amount_cny "
            "FROM core.fact_figure AS f LEFT JOIN core.fact_fund AS d USING (figure_key) ORDER BY figure_id"
        ).fetchall()
    decrease = next(row for row in figures if row[0] == "126 million Yuan")
    assert decrease[5] == -126_000_000
    assert home.value("central_growth", "as_reported")[0] < 0
    claim = next(row for row in figures if row[0] == "14.9%")
    items = ""
    for (printed, sentence, section, value, unit, _), proposed in ((decrease, 100_000_000), (claim, 30)):
        match = json.dumps({"section": section, "printed": printed, "sentence": sentence})
        items += (
            f"- match: {match}\n  expected: {value}\n  proposed: {proposed}\n  low: {proposed * 0.9}\n"
            f"  high: {proposed * 1.2}\n  unit: '{unit}'\n  reason: r\n  status: accepted\n  by: b\n"
            "  at: 2026-03-01T00:00:00Z\n"
        )
    home.write("report.yml", f"report: report.txt\ncorrections:\n{items}")
    assert home.fupin("run").code == 0
    # minus a hundred of 751; the bounds are minus 120 and minus 90
    value, low, high, _ = home.value("central_growth", "adjusted")
    assert value == round(Decimal(-10_000) / 751, 6)
    assert low == round(Decimal(-12_000) / (Decimal("651.5") + 120), 6)
    assert high == round(Decimal(-9_000) / (Decimal("650.5") + 90), 6)
    assert home.value("provincial_growth_not_below_central", "as_reported")[0] == 0
    assert home.value("provincial_growth_not_below_central", "adjusted") == (1, 1, 1, 0)


def test_whatever_is_corrected_the_reported_rows_stay(home, sample):
    path = sample("jiangxi_2011.txt")
    home.load(path, sample("jiangxi_2010.txt"))
    reported = home.rows("as_reported")
    with open_warehouse(home.settings) as connection:
        [(owner,)] = connection.execute(
            "SELECT report_version_key FROM core.dim_report WHERE report_id = 'jiangxi_2011.txt'"
        ).fetchall()
        figures = printed_figures(connection, owner)
    used = {row[at] for rows in reported.values() for row in rows for at in (2, 3)}
    doubled = [
        Decision(
            match=match_of(figure, figures),
            expected=figure.value,
            proposed=2 * figure.value,
            unit=figure.unit,
            reason="As a trial.",
            status="accepted",
            by="me",
            at=datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
        )
        for figure in figures
        if figure.figure_key in used
    ]
    assert len(doubled) > 25
    for decision in doubled:
        write_decision(
            home.settings.corrections,
            read_decisions(home.settings.corrections).of("jiangxi_2011.txt"),
            "jiangxi_2011.txt",
            decision,
            None,
        )
    assert load_versions(home.settings, ()).stale == []
    publish(home.settings)
    assert home.rows("as_reported") == reported
    compared = 0
    with open_snapshot(home.settings) as connection:
        # the last is a ratio of ratios, and stays where all figures are twice as large
        doubled = reported.keys() - UNADJUSTED - {"unit_cost_to_median"}
        for name in doubled:
            has_members = "member_code" in {
                column[0] for column in connection.execute(f"FROM indicator.{name}").description
            }
            member = "AND r.member_code = a.member_code " if has_members else ""
            rows = connection.execute(
                "SELECT r.numerator_figure_key, r.numerator, a.numerator, a.numerator_figure_key, a.disputed_count "
                f"FROM indicator.{name} AS r LEFT JOIN indicator.{name} AS a "
                f"ON r.region_code = a.region_code AND r.period_code = a.period_code AND a.basis = 'adjusted' {member}"
                "WHERE r.basis = 'as_reported' AND r.period_code = 'Y2011'"
            ).fetchall()
            for key, printed, adjusted, adjusted_key, disputed in rows:
                assert (key, 2 * abs(printed), disputed) == (adjusted_key, abs(adjusted), 0), name
                compared += 1
    assert compared == sum("Y2011" in row for name in doubled for row in reported[name]) > 25


def test_an_entry_applies_to_its_own_report_only_and_one_without_its_report_waits(home, sample):
    home.write("a.yml", entry())
    home.load(sample("jiangxi_2010.txt"))
    ended = home.fupin("run")
    assert (ended.code, ended.err) == (0, "")
    assert home.ids() == []
    home.load(sample("jiangxi_2011.txt"))
    assert len(home.ids("accepted")) == 1
    assert home.value("provincial_growth", "adjusted")[0] == Decimal("15.037594")


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"expected": "210000000"}, "is 200000000 CNY, expected is 210000000 CNY"),
        ({"unit": "USD"}, "expected is 200000000 USD"),
        ({"sentence": "another sentence"}, "does not print"),
    ],
)
@pytest.mark.slow
def test_an_entry_that_fits_nothing_lets_the_report_in_and_fails_loudly(home, sample, changes, cause):
    home.write("a.yml", entry(**changes))
    home.load(sample("jiangxi_2011.txt"))
    ended = home.fupin("run")
    assert (ended.code, ended.out.startswith("Nothing new")) == (1, True)
    assert ended.err.count("error: catalog/corrections/a.yml: entry 1 (C-") == 1
    assert cause in ended.err
    assert home.ids("accepted") == []
    assert sum(map(len, home.rows("adjusted").values())) == 0


def test_a_malformed_file_stops_the_run_before_it_changes_anything(home, sample):
    path = sample("jiangxi_2011.txt")
    shutil.rmtree(home.settings.home)
    home.write("a.yml", entry(status="perhaps"))
    ended = home.fupin("run")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error: catalog/corrections/a.yml: entry 1: status: ")
    assert not home.settings.home.exists()
    with pytest.raises(CatalogError, match="entry 1: status"):
        load_versions(home.settings, [version(path)])
    assert not home.settings.warehouse.exists()
    assert "entry 1: status" in home.fupin("check").err
    doctor = home.fupin("doctor")
    assert (doctor.code, "entry 1: status" in doctor.out) == (1, True)
    home.write("a.yml", entry())
    assert home.fupin("check").code == 0


def test_a_snapshot_whose_warehouse_is_gone_is_left_to_its_readers(home, sample):
    home.load(sample("jiangxi_2011.txt"))
    home.settings.warehouse.unlink()
    home.write("a.yml", entry())
    ended = home.fupin("run")
    assert (ended.code, "fupin rebuild" in ended.err) == (1, True)
    assert home.value("provincial_growth", "as_reported")[3] == 1


def test_another_accepted_value_has_to_be_rejected_first(home, sample):
    home.load(sample("jiangxi_2011.txt"), proposals=(twenty(),))
    file = home.write("a.yml", entry(proposed="21000000"))
    assert home.fupin("run").code == 0
    before = file.read_text()
    [proposed], [accepted] = home.ids("proposed"), home.ids("accepted")
    ended = home.fupin("correct", "accept", proposed, "--by", "me")
    assert ended.code == 1
    assert ended.err == f'error: "200 million Yuan" has the accepted correction {accepted}; reject that one first\n'
    assert file.read_text() == before
    assert home.fupin("correct", "reject", accepted, "--by", "me").code == 0
    assert home.fupin("correct", "accept", proposed, "--by", "me").code == 0
    assert home.value("provincial_growth", "adjusted")[0] == Decimal("15.037594")


def test_a_decision_while_another_process_loads_changes_nothing(home, sample):
    home.load(sample("jiangxi_2011.txt"), proposals=(twenty(),))
    [name] = home.ids()
    script = (
        "import sys, time; from pathlib import Path; from pipelines.settings import Settings\n"
        "from pipelines.warehouse.connection import open_warehouse\n"
        "with open_warehouse(Settings(home=Path(sys.argv[1]))):\n    print('held', flush=True); time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(home.settings.home)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(WarehouseLockedError, match=f"process {holder.pid}"):
            decide(home.settings, name, "accepted", "me", None)
        assert "another load is writing it" in home.fupin("correct", "accept", name, "--by", "me").err
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert list(home.settings.corrections.iterdir()) == []
    assert home.ids("proposed") == [name]


@pytest.mark.parametrize("existing", [False, True])
def test_a_decision_that_cannot_be_applied_is_taken_back(home, sample, monkeypatch, existing):
    home.load(sample("jiangxi_2011.txt"), proposals=(twenty(), PIGS))
    name, other = home.ids()
    if existing:
        decide(home.settings, other, "rejected", "me", None)
        publish(home.settings)
    before = {path.name: path.read_text() for path in home.settings.corrections.iterdir()}

    def refuse(*args):
        raise FupinError("the warehouse contradicts itself")

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.warehouse.settle.assert_checks", refuse)
        with pytest.raises(FupinError, match="contradicts itself"):
            decide(home.settings, name, "accepted", "me", None)
    assert {path.name: path.read_text() for path in home.settings.corrections.iterdir()} == before
    publish(home.settings)
    assert home.ids("accepted") == []
    assert len(before) == existing


def test_unknown_ids_and_missing_warehouses_are_named(home, sample, tmp_path):
    without = Home(home.settings.model_copy(update={"home": tmp_path / "without"}))
    for arguments in (("list",), ("show", "C-1"), ("accept", "C-1", "--by", "me")):
        ended = without.fupin("correct", *arguments)
        assert (ended.code, ended.err.count("run `fupin run` first")) == (1, 1)
    home.load(sample("jiangxi_2011.txt"))
    for arguments in (("show", "C-1"), ("accept", "C-1", "--by", "me")):
        assert home.fupin("correct", *arguments).err == "error: no correction C-1; `fupin correct list` names them\n"
    assert home.fupin("correct", "list").out == "No correction.\n"
    assert home.fupin("correct", "list", "--status", "good").code == 2


def test_whoever_git_knows_decides_unless_somebody_is_named(home, sample, monkeypatch):
    home.load(sample("jiangxi_2011.txt"), proposals=(twenty(),))
    [name] = home.ids()
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "王 Wang")
    assert home.fupin("correct", "accept", name).code == 0
    listed = json.loads(home.fupin("correct", "list", "--format", "json").out)
    assert [row["decided_by"] for row in listed] == ["王 Wang"]
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LOGNAME", "officer")
    assert home.fupin("correct", "reject", name).code == 0
    listed = json.loads(home.fupin("correct", "list", "--format", "json").out)
    assert [(row["decided_by"], row["reason"]) for row in listed] == [("officer", "one wrong digit")]


def test_the_nightly_job_applies_changed_files(home, sample):
    from dagster import DagsterInstance

    from pipelines.orchestration.context import Fupin
    from pipelines.orchestration.definitions import build_definitions

    home.load(sample("jiangxi_2011.txt"))
    home.write("a.yml", entry())
    with DagsterInstance.ephemeral() as instance:
        job = build_definitions(Fupin(home.settings), pool=None).resolve_job_def("refresh")
        assert job.execute_in_process(instance=instance).success
    assert home.value("provincial_growth", "adjusted")[0] == Decimal("15.037594")


def test_the_shipped_folder_holds_sound_files_and_its_explanation():
    from pipelines.catalog.corrections import parse_decisions, read_decisions

    folder = PROJECT / "pipelines" / "catalog" / "corrections"
    read_decisions(folder)
    example = (folder / "README.md").read_text().partition("```yaml\n")[2].partition("```")[0]
    assert parse_decisions(folder / "example.yml", example).decisions[0].status == "accepted"
