"""A load computes and checks what it touches: the result is that of computing everything."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace

import pytest

from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.across import current_regions, refresh_across
from pipelines.warehouse.checks import WarehouseCheckError, assert_checks, run_checks
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.decide import decide
from pipelines.warehouse.failures import update_failures
from pipelines.warehouse.indicators import difference, indicator_statements, refresh_indicators
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.retract import Decision, retract
from pipelines.warehouse.touched import (
    Extracts,
    drop_extracts,
    extract_facts,
    extract_failing,
    extract_views,
    stock_regions,
    touched_by,
)
from tests.helpers import version
from tests.integration.history_helpers import indicator_rows
from tests.integration.test_warehouse import SPOIL

NAMES = (
    *("jiangxi_2010.txt", "jiangxi_2011.txt", "jiangxi_2009.txt", "jiangxi_2011_zh.txt", "shandong_2009.txt"),
    *("sichuan_2009.txt", "guizhou_2009.txt", "xinjiang_2010.txt", "jiangxi_funds_2009_2011.xlsx"),
)
# what an office may print otherwise in a revision: another value, another place that the report speaks of
REVISIONS = (("737 million", "738 million"), ("803 million", "804 million"), ("Shandong", "Hebei"), ("2009", "2008"))
CORRECTIONS = ("C-c719c7e7", "C-6a0a4400")


pytestmark = pytest.mark.usefixtures("begun")


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """Report → all its editions: as it is, and one for each revision that its text allows."""
    folder = tmp_path_factory.mktemp("editions")
    found = {name: [version(PROJECT / "raw" / name)] for name in NAMES}
    for name in NAMES:
        if not name.endswith(".txt"):
            continue
        text = (PROJECT / "raw" / name).read_text(encoding="utf-8")
        for old, new in REVISIONS:
            if old in text:
                path = folder / name
                path.write_text(text.replace(old, new), encoding="utf-8")
                found[name].append(version(path))
    return found


@pytest.fixture
def settings(tmp_path):
    corrections = tmp_path / "corrections"
    corrections.mkdir()
    return Settings(home=tmp_path / "var", corrections=corrections)


def state(connection):
    """All that follows from the versions that count."""
    found = indicator_rows(connection)
    for table in ("core.fact_check", "core.correction"):
        found[table] = sorted(map(str, connection.execute(f"FROM {table}").fetchall()))
    found["failures"] = sorted(
        map(
            str,
            connection.execute(
                "SELECT report_id, severity, message, check_key FROM quality.failure WHERE failure_state = 'open'"
            ).fetchall(),
        )
    )
    return found


def assert_as_computed_in_full(settings):
    """The warehouse is what computing everything anew makes of it, which is then undone."""
    with open_warehouse(settings) as connection:
        before = state(connection)
        assert run_checks(connection, settings.sql) == []
        connection.execute("BEGIN TRANSACTION")
        refresh_across(connection, current_regions(connection))
        for name in (one.name for one in indicator_statements(settings.sql / "indicators")):
            connection.execute(f"DELETE FROM indicator.{name}")
            connection.execute(f"INSERT INTO indicator.{name} SELECT * FROM indicator.v_{name}")
        update_failures(connection, Extracts(None))
        after = state(connection)
        connection.execute("ROLLBACK")
    assert after == before
    return before


KINDS = ("load", "batch", "retract", "decide", "refused", "undo")


# the first has a change of each kind; `make faults` tries more
@pytest.mark.parametrize("seed", range(8, 8 + int(os.environ.get("FUPIN_SEQUENCES", "1"))))
@pytest.mark.slow
@pytest.mark.usefixtures("not_validated")
def test_any_sequence_of_changes_leaves_what_computing_everything_gives(settings, editions, seed):
    chance = random.Random(seed)
    loaded: dict[str, bool] = {}
    seen = []
    for kind in ("batch", "load", *chance.sample(KINDS, len(KINDS))):
        counting = [name for name, counts in loaded.items() if counts]
        withdrawn = [name for name, counts in loaded.items() if not counts]
        if kind == "retract" and counting:
            name = chance.choice(counting)
            retract(settings, name, None, Decision("printed by mistake", "tester"), undo=False)
            loaded[name] = False
        elif kind == "undo" and withdrawn:
            name = chance.choice(withdrawn)
            retract(settings, name, None, Decision("was right", "tester"), undo=True)
            loaded[name] = True
        elif kind == "decide" and loaded.get("jiangxi_2011.txt"):
            with open_warehouse(settings) as connection:
                known = {row[0] for row in connection.execute(
                    "SELECT correction_id FROM core.correction JOIN core.dim_report USING (report_version_key) "
                    "WHERE is_current").fetchall()}  # fmt: skip
            if CORRECTIONS[0] in known:
                decide(settings, CORRECTIONS[0], chance.choice(("accepted", "rejected")), "tester", None)
        elif kind == "refused":
            load_versions(settings, (), [(chance.choice(NAMES), "f" * 64, "is empty")])
        else:
            names = chance.sample(NAMES, 3 if kind == "batch" else 1)
            summary = load_versions(settings, [chance.choice(editions[name]) for name in names])
            assert summary.quarantined == {}
            loaded |= dict.fromkeys(summary.loaded, True)
        if settings.warehouse.exists():
            seen.append(assert_as_computed_in_full(settings))
    assert any(rows for name, rows in seen[-1].items() if name.startswith("central"))
    assert load_versions(settings, ()).drifted == []


@pytest.mark.usefixtures("not_validated")
def test_a_new_year_reaches_the_stocks_of_regions_that_the_load_does_not_name(settings, editions):
    """A stock of a plan period holds in each of its years, also in one that another region's report brings in."""
    with open_warehouse(settings):
        pass
    load_versions(settings, editions["sichuan_2009.txt"][:1])
    with open_warehouse(settings) as connection:
        connection.execute(
            "INSERT INTO core.dim_period SELECT 77, 'Y2005', 'calendar_year', DATE '2005-01-01', DATE '2005-12-31', "
            "NULL WHERE NOT EXISTS (FROM core.dim_period WHERE period_code = 'Y2005')"
        )
        held = connection.execute(
            "SELECT DISTINCT region_code FROM core.fact_figure JOIN core.dim_region USING (region_key) "
            "JOIN core.dim_period AS p USING (period_key) JOIN core.dim_measure AS m USING (measure_key) "
            "WHERE m.aggregation = 'last' AND p.period_code = 'Y2001_2008'"
        ).fetchall()
        assert stock_regions(connection, ["Y2005"]) == {row[0] for row in held}
        assert stock_regions(connection, []) == set()


@pytest.mark.usefixtures("not_validated")
def test_reports_of_no_known_region_do_not_touch_each_other(settings, tmp_path):
    for name in ("one.csv", "other.csv"):
        (tmp_path / name).write_text("Village,Year,Households\nUpper Mill,2011,31\nLower Mill,2011,17\n")
    load_versions(settings, [version(tmp_path / name) for name in ("one.csv", "other.csv")])
    with open_warehouse(settings) as connection:
        owners = dict(connection.execute("SELECT report_id, report_version_key FROM core.dim_report").fetchall())
        touched = touched_by(connection, [owners["one.csv"]])
        indicators = indicator_rows(connection)
    assert (touched.regions, touched.owners) == ({"unknown"}, {owners["one.csv"]})
    # nothing of them is in an indicator, so nothing can be out of date there
    assert not any("unknown" in row for rows in indicators.values() for row in rows)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, empty_home, editions):
    settings = Settings(home=tmp_path_factory.mktemp("touched") / "var")
    shutil.copytree(empty_home, settings.home)
    load_versions(settings, [editions[name][0] for name in ("jiangxi_2010.txt", "jiangxi_2011.txt")])
    with open_warehouse(settings) as connection, transaction(connection):
        assert_checks(connection, settings.sql, part(connection, settings), indicator_names(settings))
        drop_extracts(connection)
    return settings


def indicator_names(settings, check=""):
    """All indicators, or those that a check belongs to, which is none for a check of a file."""
    names = [one.name for one in indicator_statements(settings.sql / "indicators")]
    return [name for name in names if not check or check in (f"{name}_equals_its_view", f"{name}_grain")]


def part(connection, settings):
    """What a load of the one report of 2010 would check."""
    owner = connection.execute("SELECT report_version_key FROM core.dim_report ORDER BY report_id LIMIT 1").fetchone()[
        0
    ]
    facts = extract_facts(connection, touched_by(connection, [owner]))
    failing = extract_failing(connection, settings.sql, facts)
    read = ["work.selected_figure", "work.selected_program_fund", "work.selected_measure", "work.selected_claim"]
    return extract_views(connection, settings.sql, read, failing)


@pytest.mark.parametrize("check", sorted(SPOIL))
@pytest.mark.slow
def test_the_checks_of_a_load_fail_like_those_of_everything(loaded, check):
    with open_warehouse(loaded) as connection:
        connection.execute("BEGIN TRANSACTION")
        connection.execute(SPOIL[check])
        owners = [row[0] for row in connection.execute("SELECT report_version_key FROM core.dim_report").fetchall()]
        if check == "fact_keys of check":  # without rules nothing can be said to fail, and the record tells that first
            update_failures(connection, Extracts(None))
        facts = extract_facts(connection, replace(touched_by(connection, owners), owners=frozenset(owners)))
        failing = extract_failing(connection, loaded.sql, facts)
        extracts = extract_views(connection, loaded.sql, [], Extracts(failing.touched, failing.names))
        with pytest.raises(WarehouseCheckError) as caught:
            assert_checks(connection, loaded.sql, extracts, indicator_names(loaded, check))
        connection.execute("ROLLBACK")
    assert "is violated by" in str(caught.value)


@pytest.mark.usefixtures("not_validated")
@pytest.mark.slow
def test_an_indicator_that_has_drifted_is_told_and_made_anew(loaded):
    with open_warehouse(loaded) as connection:
        connection.execute("UPDATE indicator.central_share SET value = value + 1")
        assert "central_share_equals_its_view" in {one.check for one in run_checks(connection, loaded.sql)}
    assert load_versions(loaded, ()).drifted == ["central_share"]
    assert load_versions(loaded, ()).drifted == []


@pytest.mark.usefixtures("not_validated")
@pytest.mark.slow
def test_a_part_holds_the_rows_of_its_regions_and_no_others(settings, editions):
    load_versions(settings, [editions[name][0] for name in ("jiangxi_2010.txt", "shandong_2009.txt")])
    with open_warehouse(settings) as connection, transaction(connection):
        owner = connection.execute(
            "SELECT report_version_key FROM core.dim_report WHERE report_id = 'shandong_2009.txt'"
        ).fetchone()[0]
        touched = touched_by(connection, [owner])
        assert touched.regions == {"370000"}
        assert touched.owners == {owner}
        facts = extract_facts(connection, touched)
        copied = connection.execute("SELECT DISTINCT report_version_key FROM temp.main.touched_fact_figure").fetchall()
        assert copied == [(owner,)]
        connection.execute("UPDATE indicator.central_share SET value = 0")
        refreshed = refresh_indicators(connection, settings.sql, facts, is_anew=False)
        assert refreshed.changed == {"central_share"}
        wrong = connection.execute(
            "SELECT DISTINCT region_code FROM indicator.central_share WHERE value = 0"
        ).fetchall()
        assert wrong == [("360000",)]
        statement = next(
            one for one in indicator_statements(settings.sql / "indicators") if one.name == "central_share"
        )
        assert connection.execute(difference(statement, refreshed.extracts)).fetchall() == []
        drop_extracts(connection)
        assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchone() == (0,)


def table_results(settings):
    """The newest result of every expectation of a table, whatever the order of the rows it names."""
    with open_warehouse(settings) as connection:
        rows = connection.execute(
            "SELECT suite, expectation_no, success, unexpected_count, row_count, details, list_sort(failing_keys) "
            "FROM quality.latest_validation_result WHERE report_id IS NULL ORDER BY suite, expectation_no"
        ).fetchall()
        noted = connection.execute(
            "SELECT suite, expectation_no, row_key FROM quality.failing_row ORDER BY ALL"
        ).fetchall()
        states = connection.execute("SELECT split_part(fingerprint, ' ', 1) FROM quality.validated_table").fetchall()
    return rows, noted, {state for (state,) in states}


@pytest.mark.slow
def test_validating_the_touched_rows_tells_what_validating_all_would_tell(settings, editions, tmp_path):
    first, second, third = (editions[name][0] for name in ("jiangxi_2011.txt", "shandong_2009.txt", "sichuan_2009.txt"))
    for one in (first, second, third):
        assert load_versions(settings, [one]).quarantined == {}
    other = settings.model_copy(update={"home": tmp_path / "other"})
    load_versions(other, [first, second, third])
    rows, noted, states = table_results(settings)
    wanted_rows, wanted_noted, wanted_states = table_results(other)
    assert (states, wanted_states) == ({"whole", "part"}, {"whole"})
    assert any(not row[2] and row[3] for row in rows)
    assert noted
    assert (rows, noted) == (wanted_rows, wanted_noted)
    # a run without reports asks all rows of what was asked in part
    load_versions(settings, ())
    assert table_results(settings) == (wanted_rows, wanted_noted, {"whole"})


@pytest.mark.slow
def test_rows_that_failed_and_are_not_all_noted_are_asked_again(settings, editions):
    first, second = (editions[name][0] for name in ("jiangxi_2011.txt", "shandong_2009.txt"))
    load_versions(settings, [first])
    with open_warehouse(settings) as connection:
        [(failing,)] = connection.execute("SELECT count(*) FROM quality.failing_row").fetchall()
        assert failing > 0
        connection.execute("DELETE FROM quality.failing_row")
    load_versions(settings, [second])
    with open_warehouse(settings) as connection:
        told = connection.execute(
            "SELECT sum(unexpected_count) FROM quality.latest_validation_result WHERE report_id IS NULL "
            "AND suite IN (SELECT suite FROM quality.failing_row)"
        ).fetchone()
        noted = connection.execute("SELECT count(*) FROM quality.failing_row").fetchone()
    assert told == noted


def test_of_everything_no_rows_are_kept_that_nobody_reads(loaded):
    wanted = "work.selected_measure"
    with open_warehouse(loaded) as connection:
        extracts = extract_views(connection, loaded.sql, [wanted], Extracts(None))
        kept = connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
        found = connection.execute(f"FROM {extracts.names[wanted]} EXCEPT ALL FROM {wanted}").fetchall()
        counts = connection.execute(f"SELECT (SELECT count(*) FROM {extracts.names[wanted]}), count(*) FROM {wanted}")
        assert (kept, found) == ([("touched_work_selected_measure",)], [])
        assert len(set(counts.fetchone())) == 1
        drop_extracts(connection)
