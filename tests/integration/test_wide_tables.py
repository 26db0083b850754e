"""The schema `out` and the one-row-per-code views: nothing twice, nothing summed that does not belong together."""

from __future__ import annotations

import shutil

import pytest

from pipelines.publishing.snapshot import open_snapshot
from pipelines.scaling.conformance_rows import add_made_rows, take_some
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.connection import attached, transaction
from pipelines.warehouse.models import base_tables, models
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.statements import statements

GRAINS = {
    "out.funds": ("region_code", "year", "measure_code", "stage_code", "fund_class", "currency"),
    "out.funds_by_source": ("region_code", "year", "source_code", "measure_code", "stage_code", "currency"),
    "out.funds_by_program": (
        *("region_code", "year", "program_code", "source_code", "measure_code", "stage_code", "fund_class"),
        "currency",
    ),
    "out.results": ("region_code", "year", "program_code", "measure_code", "unit_code"),
    "out.fact_all": ("figure_key",),
} | {
    f"core.{name}": (f"{name.removeprefix('fund_').removeprefix('flow_')}_code",)
    for name in ("program", "region", "fund_source", "flow_stage", "measure", "beneficiary", "unit", "period")
} | {"core.report": ("report_id",)}  # fmt: skip
# what only some reports say
SELDOM = {
    *("region_group", "parent_code", "currency", "publisher", "published_on", "item", "scope", "reason"),
    *("reviewed_by", "reviewed_at"),
}
GROUP = "region_code, year, measure_code, stage_code, fund_class, currency"


@pytest.fixture(scope="module")
def published(loaded):
    with open_snapshot(loaded.settings) as connection:
        yield connection


@pytest.fixture(scope="module")
def made(loaded, tmp_path_factory):
    """A warehouse with many made facts that contradict, repeat and nest in each other."""
    own = Settings(home=tmp_path_factory.mktemp("made"))
    copy = own.home / "copy.duckdb"
    shutil.copyfile(loaded.settings.snapshot, copy)
    with attached(own, own.warehouse) as connection:
        connection.execute(f"ATTACH '{copy}' AS published (READ_ONLY)")
        with transaction(connection):
            apply_schema(connection, own.sql / "schema")
            take_some(connection, base_tables(models(own.sql)), "published")
            add_made_rows(connection)
        yield connection


def test_every_table_of_the_schema_is_tested():
    stated = {one.name for one in statements(PROJECT / "sql" / "schema", ("grain",)) if "VIEW out." in one.sql}
    assert {name.partition(".")[2] for name in GRAINS if name.startswith("out.")} == stated


@pytest.mark.parametrize("table", GRAINS)
def test_no_row_stands_twice(published, made, table):
    for connection in (published, made):
        [(rows, distinct)] = connection.execute(
            f"SELECT count(*), count(DISTINCT ({', '.join(GRAINS[table])})) FROM {table}"
        ).fetchall()
        assert rows == distinct > 0


@pytest.mark.parametrize("table", [name for name in GRAINS if name.startswith("out.")])
def test_no_column_is_empty_throughout(published, table):
    relation = published.sql(f"FROM {table}")
    filled = published.execute(f"SELECT {', '.join(f'count({name})' for name in relation.columns)} FROM {table}")
    counts = dict(zip(relation.columns, filled.fetchall()[0], strict=True))
    assert [name for name, count in counts.items() if not count and name not in SELDOM] == []


def test_a_code_joins_to_one_row(published):
    [(joined,)] = published.execute(
        "SELECT count(*) FROM indicator.share_by_program AS i JOIN core.program AS p ON i.member_code = p.program_code"
    ).fetchall()
    [(rows,)] = published.execute("SELECT count(*) FROM indicator.share_by_program").fetchall()
    assert joined == rows > 0


def test_indicators_carry_the_names_of_their_codes(published):
    """In both languages, of the region and of what a row is about beyond region and year."""
    found = published.execute(
        "SELECT count(*) FILTER (region.name_en = region_name_en AND region.name_zh = region_name_zh), "
        "count(*) FILTER (member_code <> 'none' AND member_name_en = coalesce(program.name_en, source.name_en, "
        "measure.name_en) AND member_name_zh = coalesce(program.name_zh, source.name_zh, measure.name_zh)), "
        "count(*) FILTER (member_code = 'none' AND member_name_en IS NULL), count(*) "
        "FROM indicator.all_values AS i JOIN core.region AS region USING (region_code) "
        "LEFT JOIN core.program AS program ON program_code = member_code "
        "AND indicator IN ('share_by_program', 'unit_costs', 'unit_cost_to_median') "
        "LEFT JOIN core.fund_source AS source ON source_code = member_code AND indicator = 'share_by_source' "
        "LEFT JOIN core.measure AS measure ON measure_code = member_code AND indicator = 'year_on_year'"
    ).fetchall()
    [(of_region, of_member, without, rows)] = found
    assert of_region == of_member + without == rows
    assert of_member


def test_the_sum_over_a_region_and_year_is_the_printed_total(published):
    found = published.execute(
        "SELECT year, stage_code, sum(amount_cny) FROM out.funds WHERE region_code = '360000' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert found == [(2010, "invested", 737_000_000), (2010, "issued", 737_000_000), (2011, "invested", 803_000_000)]


def test_an_amount_is_printed_or_the_sum_of_complete_parts(published, made):
    for connection in (published, made):
        others = connection.execute(
            "SELECT f.amount, fact.value FROM out.funds AS f LEFT JOIN core.fact_figure AS fact USING (figure_key) "
            "LEFT JOIN core.fact_fund AS fund USING (figure_key) "
            "WHERE NOT f.is_sum AND f.amount IS DISTINCT FROM fund.amount"
        ).fetchall()
        assert others == []


@pytest.mark.parametrize("table", ["funds_by_source", "funds_by_program"])
def test_no_sum_is_above_the_printed_total(published, table):
    """Within rounding; it is below where not all parts are told."""
    found = published.execute(
        f"WITH parts AS (SELECT {GROUP}, sum(low) AS least FROM out.{table} GROUP BY ALL) "
        f"SELECT least <= whole.high FROM out.funds AS whole JOIN parts USING ({GROUP})"
    ).fetchall()
    assert found
    assert all(row[0] for row in found)


def test_complete_parts_add_up_to_the_printed_total(published):
    """Where a report prints both, and says that the parts are all there is."""
    found = published.execute(
        f"WITH parts AS (SELECT {GROUP}, sum(part.low) AS least, sum(part.high) AS most, count(*) AS rows, "
        "b.parent_figure_key FROM out.funds_by_source AS part JOIN core.bridge_composition AS b "
        "ON b.child_figure_key = part.figure_key WHERE b.composition_kind = 'partition' GROUP BY ALL) "
        "SELECT parts.rows, whole.low <= most AND whole.high >= least FROM out.funds AS whole "
        f"JOIN parts USING ({GROUP}) WHERE parts.parent_figure_key = whole.figure_key"
    ).fetchall()
    assert sum(rows for rows, _ in found) > len(found) > 0
    assert all(row[1] for row in found)


@pytest.mark.parametrize("table", ["funds_by_source", "funds_by_program", "results"])
def test_no_row_is_a_part_of_another(published, made, table):
    """However far down: what is summed has no amount twice."""
    group = GROUP if table != "results" else "region_code, year, measure_code, unit_code"
    for connection in (published, made):
        both = connection.execute(
            "WITH RECURSIVE below AS (SELECT parent_figure_key AS whole, child_figure_key AS part "
            "FROM core.bridge_composition UNION SELECT below.whole, b.child_figure_key FROM below "
            "JOIN core.bridge_composition AS b ON below.part = b.parent_figure_key) "
            f"SELECT {group}, whole, part FROM out.{table} AS f JOIN below ON f.figure_key = below.part "
            f"JOIN out.{table} AS above USING ({group}) WHERE above.figure_key = below.whole"
        ).fetchall()
        assert both == []


def test_giver_and_the_two_that_it_holds_never_stand_together(published, made):
    for connection in (published, made):
        both = connection.execute(
            "SELECT region_code, year, measure_code, stage_code, currency FROM out.funds_by_source GROUP BY ALL "
            "HAVING bool_or(source_code = 'central+provincial') AND bool_or(source_code IN ('central', 'provincial'))"
        ).fetchall()
        assert both == []


def test_a_program_and_one_below_it_never_stand_together(published, made):
    for connection in (published, made):
        both = connection.execute(
            f"SELECT 1 FROM out.funds_by_program AS f JOIN core.program AS p USING (program_code) "
            f"JOIN out.funds_by_program AS above USING ({GROUP}) WHERE above.program_code = p.parent_code"
        ).fetchall()
        assert both == []


def test_money_that_was_integrated_or_drawn_in_is_never_fiscal(made):
    classes = made.execute(
        "SELECT DISTINCT fund_class FROM out.fact_all WHERE fact_kind = 'fund' "
        "AND stage_code IN ('integrated', 'leveraged')"
    ).fetchall()
    assert classes
    assert ("fiscal",) not in classes


def test_every_current_fact_is_listed_with_its_tables_or_a_reason(published, made):
    for connection in (published, made):
        [(facts, listed, undecided)] = connection.execute(
            "SELECT (SELECT count(*) FROM core.fact_figure JOIN core.dim_report USING (report_version_key) "
            "WHERE is_current), count(*), count(*) FILTER (WHERE (out_tables = '') = (reason IS NULL)) "
            "FROM out.fact_all"
        ).fetchall()
        assert facts == listed
        assert undecided == 0


def test_fact_all_names_the_tables_that_hold_the_fact(made):
    for table in ("funds", "funds_by_source", "funds_by_program", "results"):
        [(other,)] = made.execute(
            f"SELECT count(*) FROM (FROM out.{table} WHERE figure_key IS NOT NULL) AS t FULL JOIN "
            f"(FROM out.fact_all WHERE list_contains(string_split(out_tables, ', '), 'out.{table}')) AS f "
            "USING (figure_key) WHERE t.figure_key IS NULL OR f.figure_key IS NULL"
        ).fetchall()
        assert other == 0


def test_a_warehouse_of_earlier_views_loses_them(begun):
    """Views that no statement makes any more would go on to answer, with rows of another meaning."""
    from pipelines.warehouse.load import load_versions

    with attached(begun, begun.warehouse) as connection:
        connection.execute("CREATE VIEW core.selected_figure AS SELECT 1 AS figure_key")
        connection.execute("CREATE MACRO core.selected_figure_as_of(load_time) AS TABLE SELECT 1 AS figure_key")
        connection.execute("UPDATE quality.schema_version SET view_fingerprint = ''")
    load_versions(begun, ())
    with attached(begun, begun.warehouse) as connection:
        views = {row[0] for row in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
        macros = {row[0] for row in connection.execute("SELECT function_name FROM duckdb_functions()").fetchall()}
        held = connection.execute("SELECT schema_name FROM duckdb_views() WHERE view_name = 'selected_figure'")
        assert held.fetchall() == [("work",)]
    assert {"funds", "program"} <= views
    assert {"dim_report_as_of", "funds_as_of"} <= macros


def test_reports_of_equal_rank_that_contradict_each_other_are_disputed(made):
    """Neither the name of a file nor its content decides what cannot be told: the row says that it is disputed."""
    contradicted, told = 0, 0
    for table in ("funds", "funds_by_source", "funds_by_program", "results"):
        choice = "result_choice" if table == "results" else "fund_choice"
        found = made.execute(
            f"SELECT count(*), count(*) FILTER (WHERE f.status = 'disputed') FROM out.{table} AS f "
            f"JOIN work.{choice} AS c USING (figure_key) WHERE c.is_contradicted"
        ).fetchall()
        contradicted, told = contradicted + found[0][0], told + found[0][1]
    assert contradicted == told > 0


def test_names_of_files_decide_nothing(made):
    before = made.execute("SELECT * EXCLUDE (report_id) FROM out.funds ORDER BY ALL").fetchall()
    selected = made.execute("SELECT figure_key FROM work.selected_figure ORDER BY ALL").fetchall()
    made.execute("BEGIN")
    made.execute("UPDATE core.dim_report SET report_id = md5(report_id)")
    renamed = made.execute("SELECT * EXCLUDE (report_id) FROM out.funds ORDER BY ALL").fetchall()
    again = made.execute("SELECT figure_key FROM work.selected_figure ORDER BY ALL").fetchall()
    made.execute("ROLLBACK")
    assert renamed == before
    assert again == selected
