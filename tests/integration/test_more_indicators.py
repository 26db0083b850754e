"""Indicators for which the sample reports have no data, on reports written here; values are computed by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from tests.helpers import version

REPORTS = {
    "hunan_2012.txt": """Poverty work in Hunan Province, 2012
【Anti-poverty funds】 In 2012, anti-poverty funds of 900 million Yuan were planned. 800 million Yuan of anti-poverty \
funds were allocated. The central government invested 450 million Yuan, the province 150 million Yuan, altogether \
600 million Yuan. By the end of the year, 600 million Yuan of anti-poverty funds had been spent. 64 million Yuan of \
anti-poverty funds were carried over.
【Poor population】 The poor population was 4.5 million people, 7.5% of the rural population. There are 40 key counties.
【Relocation】 In relocation, 50 million Yuan were invested and 10,000 people were relocated.
""",
    "hunan_2011.txt": """Poverty work in Hunan Province, 2011
【Poor population】 The poor population was 5 million people, 8.3% of the rural population.
""",
    "hubei_2012.txt": """Poverty work in Hubei Province, 2012
【Relocation】 In relocation, 60 million Yuan were invested and 10,000 people were relocated.
""",
    "yunnan_2012.txt": """Poverty work in Yunnan Province, 2012
【Relocation】 In relocation, 90 million Yuan were invested and 10,000 people were relocated.
""",
    "guizhou_2012.txt": """Poverty work in Guizhou Province, 2012
【Anti-poverty funds】 In 2012, 64 million Yuan of anti-poverty funds were carried over. 30 million Yuan of \
anti-poverty funds were spent.
【Relocation】 In relocation, 90 million Yuan were invested.
""",
    "gansu_2012.txt": """Poverty work in Gansu Province, 2012
【Anti-poverty funds】 The central government invested 450 million Yuan, the province 150 million Yuan, altogether \
600 million Yuan of anti-poverty funds.
【Training】 The Rain Plan received 7 million Yuan and 2,000 people were trained.
""",
    "qinghai_2012.txt": """Poverty work in Qinghai Province, 2012
【Anti-poverty funds】 The central government invested 90 million Yuan of anti-poverty funds.
""",
    "ningxia_2012.txt": """Poverty work in Ningxia, 2012
【Anti-poverty funds】 Provincial anti-poverty funds were 20 million Yuan, 5% more than in the year before.
""",
    # of two years, each printed of something else than in the other one but the roads
    "sichuan_2011.txt": """Poverty work in Sichuan Province, 2011
【Anti-poverty funds】 Anti-poverty funds of the central government and the province (work-relief funds not counted) \
were 400 million Yuan.
【Village advancement】 Village advancement (lottery money not counted) received 90 million Yuan of anti-poverty funds.
【Relocation】 Relocation received 40 million Yuan of anti-poverty funds.
【Infrastructure】 In infrastructure construction, 500 km of roads were built.
【Industry】 In industrial poverty alleviation, support reached 30,000 rural households.
【Mutual funds】 For mutual funds of villages, 40 training sessions were held.
""",
    "sichuan_2012.txt": """Poverty work in Sichuan Province, 2012
【Anti-poverty funds】 The central government invested 330 million Yuan, 10% more than in the year before, the \
province 110 million Yuan, 12% more, altogether 440 million Yuan of anti-poverty funds.
【Infrastructure】 In infrastructure construction, 600 km of roads were built.
【Industry】 In industrial poverty alleviation, 3,000 poor households were supported.
【Relocation】 In relocation, 60 training sessions were held.
""",
}
VILLAGES = """Village,Anti-poverty funds (万元),Central anti-poverty funds (万元),Growth (%)
Shangfan,300,200,5
Xiakeng,500,300,7
"""
TABLES = {
    # the amounts of villages alone, and with their total
    "anhui_villages_2012.csv": VILLAGES,
    "henan_villages_2012.csv": f"{VILLAGES}Total,800,500,6\n",
    # whose money it is, is only assumed
    "hebei_villages_2012.csv": "Village,Total (万元),Central (万元)\nShangfan,30,20\nXiakeng,50,30\nTotal,80,50\n",
    # a list of every county's amounts by program and source, one of them of a county that is in no catalogue
    "guangdong_list_2012.csv": """County,Program,Source of funds,Amount (万元)
Ruyuan,Relocation,Central,60
Ruyuan,Mutual funds,Loans,30
Ruyuan,Total,Total,90
Nowhere,Total,Total,20
Nowhere,Total,Central,5
""",
}
HUNAN, HUBEI, YUNNAN, GUIZHOU, GANSU, QINGHAI = "430000", "420000", "530000", "520000", "620000", "630000"
NINGXIA, SICHUAN, OTHER = "640000", "510000", "the two years speak of different programs, people or scopes"
# indicator, region, year, member (empty where there is none) → value with bounds, or the reason why there is none
VALUES = [
    # 600 of 800 million; printed in millions, so each is half a million more or less
    ("disbursement_progress", HUNAN, 2012, "", (75, "74.890693", "75.109443")),
    ("disbursement_progress", GUIZHOU, 2012, "", "allocated funds not reported"),
    ("carry_over_share", HUNAN, 2012, "", (8, "7.932542", "8.067542")),
    ("carry_over_share", GUIZHOU, 2012, "", "allocated funds not reported"),
    # of the stages it is spent, the furthest, that is set against the plan: 600 of 900 million
    ("execution_rate", HUNAN, 2012, "", ("66.666667", "66.574125", "66.759311")),
    ("execution_rate", GUIZHOU, 2012, "", "planned funds not reported"),
    # 450 million yuan for 4.5 million people, who are 4.45 to 4.55 million
    ("central_funds_per_poor_person", HUNAN, 2012, "", (100, "98.791209", "101.235955")),
    ("central_funds_per_poor_person", GANSU, 2012, "", "poor population not reported"),
    ("funds_per_key_county", HUNAN, 2012, "", (15_000_000, 14_987_500, 15_012_500)),
    ("funds_per_key_county", GANSU, 2012, "", "key counties not reported"),
    ("share_by_program", HUNAN, 2012, "relocation", ("8.333333", "8.243131", "8.423686")),
    ("share_by_program", HUBEI, 2012, "relocation", "total funds not reported"),
    ("share_by_source", HUNAN, 2012, "central", (75, "74.854288", "75.145955")),
    ("share_by_source", HUNAN, 2012, "provincial", (25, "24.895920", "25.104254")),
    ("share_by_source", QINGHAI, 2012, "central", "total funds not reported"),
    ("unit_costs", HUNAN, 2012, "relocation", (5_000, 4_950, 5_050)),
    ("unit_costs", GANSU, 2012, "rain_plan", (3_500, 3_250, 3_750)),
    ("unit_costs", GUIZHOU, 2012, "relocation", "what the program achieved is not reported"),
    # 5,000, 6,000 and 9,000 yuan for each person: the one in the middle is 6,000
    ("unit_cost_to_median", HUNAN, 2012, "relocation", ("0.833333", "0.825000", "0.841667")),
    ("unit_cost_to_median", YUNNAN, 2012, "relocation", ("1.5", "1.491667", "1.508333")),
    ("unit_cost_to_median", GUIZHOU, 2012, "relocation", "what the program achieved is not reported"),
    ("unit_cost_to_median", GANSU, 2012, "rain_plan", "fewer than three regions tell their cost"),
    # "5 million" is printed to the million: 4.5 to 5.5; "4.5 million" to a tenth: 4.45 to 4.55
    ("year_on_year", HUNAN, 2012, "poor_population", (-10, "-19.090909", "1.111111")),
    ("year_on_year", HUNAN, 2011, "poor_population", "the year before is not reported"),
    # the money of the program leaves out other money than the total; where only one of two says so they are compared
    ("share_by_program", SICHUAN, 2011, "village_advancement", "the two amounts have different scopes"),
    ("share_by_program", SICHUAN, 2011, "relocation", (10, "9.862672", "10.137672")),
    # 500 to 600 km, half a kilometre more or less; money without work relief and with it, other households, another
    # program
    ("year_on_year", SICHUAN, 2012, "roads", (20, "19.780220", "20.220220")),
    ("year_on_year", SICHUAN, 2012, "funds", OTHER),
    ("year_on_year", SICHUAN, 2012, "households_supported", OTHER),
    ("year_on_year", SICHUAN, 2012, "training_sessions", OTHER),
    ("poor_population_change", HUNAN, 2012, "", (-500_000, -1_050_000, 50_000)),
    ("poor_population_change", HUNAN, 2011, "", "the year before is not reported"),
    ("poverty_incidence_change", HUNAN, 2012, "", ("-0.8", "-0.9", "-0.7")),
    ("poverty_incidence_change", HUNAN, 2011, "", "the year before is not reported"),
    ("provincial_growth_not_below_central", SICHUAN, 2012, "", (1, 1, 1)),
    ("provincial_growth_not_below_central", NINGXIA, 2012, "", "central growth not reported"),
    # 17 June 2013 is 168 days after the end of 2012
    ("publication_lag", HUBEI, 2012, "", (168, 168, 168)),
    ("publication_lag", HUNAN, 2012, "", "no report states when it was published"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory, empty_home):
    folder = tmp_path_factory.mktemp("written")
    settings = Settings(home=folder / "var")
    shutil.copytree(empty_home, settings.home)
    versions = []
    for name, text in (REPORTS | TABLES).items():
        (folder / name).write_text(text, encoding="utf-8")
        versions.append(version(folder / name))
    versions = [
        replace(one, identity=replace(one.identity, published="2013-06-17"))
        if one.document.report_id == "hubei_2012.txt"
        else one
        for one in versions
    ]
    assert load_versions(settings, versions).quarantined == {}
    return settings


@pytest.fixture
def connection(home):
    with open_warehouse(home) as opened:
        yield opened


def found(connection, name, region, year, member="", basis="as_reported"):
    condition = " AND member_code = $member" if member else ""
    return connection.execute(
        f"SELECT value, value_low, value_high, reason FROM indicator.v_{name} "
        f"WHERE region_code = $region AND period_code = $period AND basis = $basis{condition}",
        {"region": region, "period": f"Y{year}", "basis": basis} | ({"member": member} if member else {}),
    ).fetchall()


@pytest.mark.parametrize(("name", "region", "year", "member", "wanted"), VALUES)
def test_values_computed_by_hand(connection, name, region, year, member, wanted):
    [row] = found(connection, name, region, year, member)
    if isinstance(wanted, str):
        assert row == (None, None, None, wanted)
    else:
        assert row == (*map(Decimal, wanted), None)


def test_every_indicator_here_has_a_value_and_a_reason():
    told = {(name, isinstance(wanted, str)) for name, *_, wanted in VALUES}
    assert {name for name, is_reason in told if is_reason} == {name for name, is_reason in told if not is_reason}


@pytest.mark.parametrize(
    ("region", "wanted"), [("340000", []), ("410000", ["62.5"]), ("130000", []), ("440000", []), ("440232", [])]
)
def test_rows_of_villages_and_unknown_counties_are_not_their_province(connection, region, wanted):
    rows = found(connection, "central_share", region, 2012)
    assert [row[0] for row in rows if row[0] is not None] == [Decimal(value) for value in wanted]
    claims = connection.execute(
        "SELECT value FROM work.selected_claim WHERE region_code = ? AND claim_kind = 'change_pct'", [region]
    ).fetchall()
    assert claims == ([(6,)] if wanted else [])


def test_a_list_tells_region_program_and_source_in_columns_of_their_own(connection):
    rows = connection.execute(
        "SELECT r.region_code, program_code, source_code, value, item FROM core.fact_figure AS f "
        "JOIN core.dim_report USING (report_version_key) JOIN core.dim_program USING (program_key) "
        "JOIN core.dim_fund_source USING (source_key) JOIN core.dim_region AS r USING (region_key) "
        "WHERE report_id = 'guangdong_list_2012.csv' ORDER BY figure_id"
    ).fetchall()
    assert rows == [
        ("440232", "relocation", "central", 600_000, ""),
        ("440232", "mutual_funds", "loans", 300_000, ""),
        ("440232", "all", "unknown", 900_000, ""),
        ("440000", "all", "unknown", 200_000, "Nowhere"),
        ("440000", "all", "central", 50_000, "Nowhere"),
    ]


def test_amounts_of_different_scopes_are_not_compared(connection):
    connection.execute("BEGIN TRANSACTION")
    connection.execute(
        "UPDATE core.fact_figure SET scope = 'excl. work-relief funds' WHERE printed_text LIKE '800 mil%'"
    )
    for name in ("disbursement_progress", "carry_over_share"):
        [row] = found(connection, name, HUNAN, 2012)
        assert row == (None, None, None, "the two amounts have different scopes")
    [row] = found(connection, "execution_rate", HUNAN, 2012)
    assert row[0] == Decimal("66.666667")
    connection.execute("ROLLBACK")


def test_a_correction_of_one_year_adjusts_what_compares_it_with_the_next(connection):
    connection.execute("BEGIN TRANSACTION")
    connection.execute(
        "INSERT INTO core.correction SELECT 1, 'C-1', f.report_version_key, f.figure_key, f.value, 6000000, 5900000, "
        "6100000, 'slip', '', [], 'accepted', 'tester', now(), 'manual' FROM core.fact_figure AS f "
        "WHERE f.printed_text LIKE '5 million%'"
    )
    [reported] = found(connection, "poor_population_change", HUNAN, 2012)
    assert reported[0] == -500_000
    [adjusted] = found(connection, "poor_population_change", HUNAN, 2012, basis="adjusted")
    assert adjusted == (-1_500_000, -1_650_000, -1_350_000, None)
    [growth] = found(connection, "year_on_year", HUNAN, 2012, "poor_population", "adjusted")
    assert growth[0] == -25
    # other measures of that year have nothing to adjust beside them
    assert found(connection, "year_on_year", HUNAN, 2012, "counties_key", "adjusted") == []
    connection.execute("ROLLBACK")


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_the_quality_index_is_the_mean_of_three_shares(settings, tmp_path):
    read = version(PROJECT / "raw" / "jiangxi_2011.txt")
    bare = tmp_path / "bare.txt"
    bare.write_text(REPORTS["qinghai_2012.txt"])
    load_versions(settings, [read, version(bare)])
    figures = read.reading.figures
    sound = sum(figure.status == "ok" for figure in figures)
    known = sum(
        "unknown" not in (meaning.measure.code, meaning.region.code, meaning.period.code) for meaning in read.meanings
    )
    made = [c for c in read.checks if not c.assumption and c.verdict not in ("not_testable", "not_comparable")]
    holding = sum(check.verdict in ("holds", "holds_within_rounding") for check in made)
    assert max(sound, known) < len(figures)
    assert holding < len(made)
    shares = [100 * sound / len(figures), 100 * holding / len(made), 100 * known / len(figures)]
    with open_warehouse(settings) as connection:
        row = connection.execute(
            "SELECT value, undisputed_pct, holding_pct, meaningful_pct, disputed_count "
            "FROM indicator.data_quality_index WHERE region_code = '360000'"
        ).fetchone()
        assert [float(value) for value in row[:4]] == pytest.approx([sum(shares) / 3, *shares], abs=1e-5)
        assert row[4] == len(figures) - sound
        # one figure and no check: the mean is one of two shares
        alone = connection.execute(
            "SELECT value, holding_pct, denominator FROM indicator.data_quality_index WHERE region_code = '630000'"
        ).fetchone()
        assert alone == (100, None, 2)
        assert run_checks(connection, settings.sql) == []
