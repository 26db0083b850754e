"""Money of other currencies than yuan, and countries: they load, and neither enters nor changes an indicator."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from pipelines.checking.arithmetic import check_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.meaning import Decision
from pipelines.publishing.indicator_rows import indicator_rows_query
from pipelines.publishing.names import indicator_names
from pipelines.settings import PROJECT
from pipelines.suites.reports import has_critical, run_suites
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from tests.helpers import version
from tests.loads import load_once

pytestmark = pytest.mark.usefixtures("begun", "not_validated")


def of_other_money(name: str, currency: str, region: str | None = None):
    """A sample report as if its money were that of another country, and it spoke of another region."""
    found = version(PROJECT / "raw" / name)
    figures = tuple(f._replace(unit=f.unit.replace("CNY", currency)) for f in found.reading.figures)
    reading, meanings, identity = replace(found.reading, figures=figures), found.meanings, found.identity
    if region is not None:
        place = Decision() if region == "unknown" else Decision(region, "opened")
        meanings = tuple(meaning._replace(region=place) for meaning in meanings)
        identity = replace(identity, region=place)
    document = replace(
        found.document, report_id=f"{currency}_{name}", content_hash=sha256(currency.encode()).hexdigest()
    )
    checked = check_figures(reading, meanings)
    facts = derive_facts(reading, meanings)
    made = replace(found, document=document, identity=identity, reading=reading, meanings=meanings, facts=facts)
    made = replace(made, checks=checked.checks, proposals=checked.proposals)
    return replace(made, expectations=run_suites([made], PROJECT / "expectations")[document.report_id])


def rows(connection):
    """All rows of all indicators but that of the quality of reports, which is about no money."""
    names = [name for name in indicator_names(connection) if name not in ("data_quality_index", "lineage")]
    return set(connection.execute(indicator_rows_query(names)).fetchall())


@pytest.fixture(scope="module")
def sample_versions():
    versions = [version(PROJECT / "raw" / name) for name in ("jiangxi_2010.txt", "jiangxi_2011.txt")]
    outcomes = run_suites(versions, PROJECT / "expectations")
    return [replace(found, expectations=outcomes[found.document.report_id]) for found in versions]


@pytest.fixture(scope="module")
def shillings():
    return of_other_money("jiangxi_2011.txt", "KES")


def test_other_currencies_are_loaded_and_enter_no_indicator(settings, sample_versions, shillings):
    assert not has_critical(shillings.expectations)
    load_once(settings, sample_versions)
    with open_warehouse(settings) as connection:
        before = rows(connection)
    summary = load_versions(settings, [shillings])
    assert summary.loaded == ["KES_jiangxi_2011.txt"]
    with open_warehouse(settings) as connection:
        money = connection.execute(
            "SELECT currency, count(*), count(amount_cny), count(amount) FROM core.fact_fund GROUP BY 1 ORDER BY 1"
        ).fetchall()
        units = connection.execute(
            "SELECT unit_code, name_en, name_zh, currency FROM core.dim_unit WHERE currency = 'KES' ORDER BY 1"
        ).fetchall()
        held = {row for row in rows(connection) if "CNY" in str(row)} - before
        shown = connection.execute("SELECT unit_code FROM core.selected_activity_sum").fetchall()
        assert rows(connection) >= before
    assert [row[0] for row in money] == ["CNY", "KES"]
    assert [row[2] for row in money] == [money[0][1], 0]
    assert money[1][1] == money[1][3] == len(shillings.facts.funds)
    assert units[0] == ("KES", "Kenyan Shilling", "肯尼亚先令", "KES")
    assert "KES/person" in {row[0] for row in units}
    assert held == set()
    assert shown == []


def test_a_report_of_a_country_loads_and_has_its_own_region(settings, sample_versions):
    found = of_other_money("jiangxi_2011.txt", "KES", "KE")
    assert not has_critical(found.expectations)
    summary = load_versions(settings, [*sample_versions, found])
    assert summary.quarantined == {}
    with open_warehouse(settings) as connection:
        [region] = connection.execute(
            "SELECT region_code, name_en, name_zh, region_level, iso_3166_2, parent_code FROM core.dim_region "
            "WHERE region_level = 'country'"
        ).fetchall()
        unknown = connection.execute(
            "SELECT count(*) FROM core.fact_figure AS f JOIN core.dim_report AS r USING (report_version_key) "
            "WHERE r.report_id LIKE 'KES%' AND f.region_key = -1"
        ).fetchone()
        told = {(row[0], row[12]) for row in rows(connection) if row[1] == "KE"}
    assert region == ("KE", "Kenya", "肯尼亚", "country", "KE", None)
    assert unknown == (0,)
    assert ("year_on_year", "%") in told
    assert [unit for _, unit in told if "CNY" in unit] == []
    # the dimension keeps its countries when another report comes
    assert load_versions(settings, [of_other_money("jiangxi_2010.txt", "GHS", "GH")]).quarantined == {}
    with open_warehouse(settings) as connection:
        codes = connection.execute(
            "SELECT region_code FROM core.dim_region WHERE region_level = 'country' ORDER BY 1"
        ).fetchall()
    assert codes == [("GH",), ("KE",)]


def test_a_report_without_a_region_loads_and_enters_no_indicator(settings, sample_versions):
    load_once(settings, sample_versions)
    with open_warehouse(settings) as connection:
        before = rows(connection)
    found = of_other_money("jiangxi_2011.txt", "CNY", "unknown")
    assert not has_critical(found.expectations)
    assert load_versions(settings, [found]).loaded == ["CNY_jiangxi_2011.txt"]
    with open_warehouse(settings) as connection:
        assert rows(connection) == before


def test_amounts_of_two_currencies_are_not_compared(shillings):
    in_yuan = version(PROJECT / "raw" / "jiangxi_2011.txt")
    rules = {check.rule for check in in_yuan.checks}
    assert {"program_within_total", "plausibility_magnitude"} <= rules
    # what is plausible is known of yuan only; what the numbers say of each other holds in every currency
    bands = [check for check in shillings.checks if check.unit.startswith("CNY")]
    assert bands == []
    assert {"program_within_total", "sum_of_parts"} <= {check.rule for check in shillings.checks}
