"""Suites of dimensions and indicators: sound tables meet them, and each finds at least the faults seeded here."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from pipelines.meaning.period_codes import part_code
from pipelines.settings import PROJECT, Settings
from pipelines.suites.columns import INDICATOR
from pipelines.suites.files import ROW_COUNT, read_suites
from pipelines.suites.tables import Others, run_table_suites
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.dimensions import add_missing, load_dimensions, period_rows
from pipelines.warehouse.rows import insert
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.validation import table_frame

FOLDER = PROJECT / "expectations"
INDICATORS = {suite.name: suite for suite in read_suites(FOLDER, "indicator")}
DIMENSIONS = {suite.name: suite for suite in read_suites(FOLDER, "dimension")}
PARTS_OF_YEAR = [(first, last) for first in range(1, 13) for last in range(first, 13)]
# a value that each indicator may have, and one that it must not have, with the severity of that fault
VALUES = {
    "year_on_year": (9, -101, "warning"),
    "unit_costs": (3_561, 0, "warning"),
    "unit_cost_to_median": (Decimal("1.2"), 101, "warning"),
    "share_by_source": (81, 101, "error"),
    "share_by_program": (42, 101, "error"),
    "publication_lag": (151, -1, "warning"),
    "poverty_incidence_change": (Decimal("-0.6"), 51, "warning"),
    "poor_population_change": (-150_000, 50_000_001, "warning"),
    "funds_per_key_county": (38_000_000, 9_999, "warning"),
    "execution_rate": (95, 201, "warning"),
    "disbursement_progress": (95, 101, "error"),
    "data_quality_index": (90, 101, "error"),
    "central_funds_per_poor_person": (148, 20_001, "warning"),
    "carry_over_share": (8, 101, "error"),
    "central_growth": (24, -100, "error"),
    "central_share": (81, 101, "error"),
    "concentrated_resettlement_share": (72, -1, "error"),
    "contiguous_share": (2, Decimal("100.000001"), "error"),
    "discount_share": (3, -1, "error"),
    "funds_per_identified_village": (100_000, 0, "error"),
    "funds_per_poor_person": (183, 20_001, "warning"),
    "household_loan_leverage": (25, 0, "error"),
    "in_province_employment_share": (78, 120, "error"),
    "key_county_income_to_poverty_line": (Decimal("1.62"), Decimal("0.4"), "warning"),
    "lottery_funds_total": (30_000_000, 0, "error"),
    "matching_ratio": (23, 301, "warning"),
    "mutual_fund_village_growth": (17, -101, "error"),
    "poor_share_of_loan_households": (60, 604, "error"),
    "prior_year_central": (525_000_000, -1, "error"),
    "prior_year_total": (658_000_000, 658, "warning"),
    "provincial_average_income_growth": (19, 191, "warning"),
    "provincial_growth": (12, -426, "error"),
    "provincial_growth_not_below_central": (1, 2, "error"),
    "provincial_share": (19, 101, "error"),
    "rain_plan_share": (3, -3, "error"),
    "relocation_completion": (102, -1, "error"),
    "relocation_unit_cost": (3_561, 99, "warning"),
    "social_to_fiscal_ratio": (Decimal("1.37"), -1, "error"),
    "total_growth": (22, -100, "error"),
    "training_completion": (105, 201, "warning"),
    "training_unit_cost": (607, 20_001, "warning"),
    "transfer_employment_rate": (93, 932, "error"),
    "village_advancement_share": (42, 423, "error"),
}


def row(name, **changes):
    """A row that meets every expectation of an indicator, with some values of its own."""
    unit = INDICATORS[name].columns["declared_unit"]
    value = Decimal(VALUES[name][0])
    return (
        {
            "region_code": "360000",
            "region_name_en": "Jiangxi",
            "region_name_zh": "江西",
            "period_code": "Y2011",
            "unit": unit,
            "value": value,
            "value_low": value,
            "value_high": value,
            "numerator": Decimal(1),
            "denominator": Decimal(1),
            "disputed_count": 0,
            "numerator_figure_key": 1,
            "denominator_figure_key": 2,
            "basis": "as_reported",
            "reason": None,
        }
        | ({"member_code": "roads", "member_name_en": "Roads", "member_name_zh": "道路"} if has_members(name) else {})
        | changes
    )


def has_members(name):
    """Whether the indicator has several rows for a region and period."""
    return "member_code" in INDICATORS[name].keys


def frame(*rows):
    members = tuple(column for column in rows[0] if column.startswith("member_")) if rows else ()
    return pd.DataFrame(list(rows), columns=pd.Index((*INDICATOR[1:], *members)), dtype=object)


def validated(tables):
    return run_table_suites([INDICATORS[name] for name in tables], tables)


def failing(results):
    return {(result.severity, result.details.partition(".")[0]) for result in results if not result.success}


@pytest.fixture(scope="module")
def sound():
    return {name: frame(row(name), row(name, basis="adjusted")) for name in INDICATORS}


# some of each form, stacked beside the one that is spoilt; all of them stand in one stack in the two tests of all
FEW = ("central_share", "provincial_share", "total_growth", "rain_plan_share", "funds_per_poor_person", "unit_costs")


@pytest.fixture(scope="module")
def few(sound):
    return {name: sound[name] for name in FEW}


def test_sound_indicators_meet_everything(sound):
    results = validated(sound)
    assert {name: failing(found) for name, found in results.items()} == {name: set() for name in INDICATORS}
    for name, found in results.items():
        assert [result.expectation for result in found] == [entry.type for entry in INDICATORS[name].expectations]
        assert {result.row_count for result in found} == {2}


@pytest.fixture(scope="module")
def spoilt():
    """All indicators at once, each with a value that it must not have in a row of its own."""
    tables = {}
    for name, (_, bad, _) in VALUES.items():
        value = Decimal(bad)
        extra = row(name, region_code="370000", value=value, value_low=value, value_high=value)
        tables[name] = frame(row(name), extra)
    return validated(tables)


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_each_indicator_has_its_own_range(spoilt, name):
    severity = VALUES[name][2]
    found = [result for result in spoilt[name] if not result.success and result.column == "value"]
    assert severity in {result.severity for result in found}
    key = "370000 Y2011 as_reported" + (" roads" if has_members(name) else "")
    assert {result.failing_keys for result in found} == {(key,)}
    assert {result.unexpected_count for result in found} == {1}


@pytest.mark.parametrize(
    ("changes", "severity", "text"),
    [
        ({"region_code": None}, "critical", "Every row has a region"),
        ({"region_code": "3600"}, "critical", "A code of a region has six digits, that of a country two letters"),
        ({"region_name_en": None}, "critical", "Every region has a name"),
        ({"period_code": "2011"}, "critical", "A period is a calendar year, such as Y2011"),
        ({"basis": "guessed"}, "critical", "A row is as reported, or adjusted by accepted corrections"),
        ({"basis": None}, "critical", "Every row has a basis"),
        ({"unit": "CNY"}, "critical", "The unit is %"),
        ({"value": None}, "critical", "A missing value or bound says why"),
        ({"value_high": None}, "critical", "A missing value or bound says why"),
        ({"reason": "no reason"}, "critical", "A reason stands only where a value or bound is missing"),
        ({"numerator_figure_key": None}, "critical", "Every row names the figure it starts from"),
        ({"denominator_figure_key": None}, "critical", "Every value rests on a second figure"),
        ({"disputed_count": -1}, "critical", "The count of disputed figures is not negative"),
        ({"value_high": Decimal(80)}, "error", "The value is not above its upper bound"),
        ({"value_low": Decimal(82)}, "error", "The value is not below its lower bound"),
        (
            {"value": None, "value_low": None, "value_high": None, "reason": "total funds not reported"},
            "info",
            "Wherever it is reported, the value can be computed",
        ),
        ({"region_code": "360000"}, "critical", "There is one row per region, period, basis and member"),
    ],
)
def test_each_expectation_of_all_indicators_fails_for_its_indicator_only(few, changes, severity, text):
    other = row("central_share", **({"region_code": "370000"} | changes))
    results = validated(few | {"central_share": frame(row("central_share"), other)})
    assert (severity, text) in failing(results["central_share"])
    assert not any(failing(results[name]) for name in FEW if name != "central_share")


@pytest.mark.parametrize("name", ["share_by_program", "share_by_source", "unit_costs", "year_on_year"])
def test_an_indicator_with_members_has_each_of_them_once(name):
    found = validated({name: frame(row(name), row(name, member_code="poor_population"))})[name]
    assert failing(found) == set()
    twice = validated({name: frame(row(name), row(name))})[name]
    assert failing(twice) == {("critical", "There is one row per region, period, basis and member")}
    nameless = validated({name: frame(row(name), row(name, member_name_en=None))})[name]
    assert ("critical", "Every row says what it is about, by a code that has a name") in failing(nameless)


def test_rows_that_are_not_asked_again_keep_what_they_failed(sound):
    bad = row("central_share", region_code="370000", value=Decimal(120), value_high=Decimal(120))
    whole = validated({"central_share": frame(row("central_share"), bad)})["central_share"]
    of_range = next(
        entry for entry in INDICATORS["central_share"].expectations if entry.text.startswith("A value is at most")
    )
    others = {"central_share": Others(1, {of_range.identity: ("370000 Y2011 as_reported",)})}
    part = run_table_suites([INDICATORS["central_share"]], {"central_share": frame(row("central_share"))}, others)
    told = [(r.success, r.unexpected_count, r.failing_keys, r.details, r.row_count) for r in part["central_share"]]
    assert told == [(r.success, r.unexpected_count, r.failing_keys, r.details, r.row_count) for r in whole]
    assert not all(success for success, *_ in told)


def test_an_indicator_that_nobody_reports_is_told_so_and_passes_on_nothing(few):
    results = validated(few | {"rain_plan_share": frame()})
    [found] = [result for result in results["rain_plan_share"] if not result.success]
    assert (found.severity, found.expectation) == ("info", ROW_COUNT)
    assert (found.unexpected_count, found.failing_keys) == (0, ())
    assert {result.row_count for result in results["rain_plan_share"]} == {0}
    assert all(result.success for result in results["central_share"])


def test_an_indicator_that_lacks_a_column_fails_and_the_others_do_not(few):
    results = validated(few | {"total_growth": few["total_growth"].drop(columns="basis")})
    assert ("critical", "The table has the columns of every indicator") in failing(results["total_growth"])
    assert any("could not be evaluated" in result.details for result in results["total_growth"])
    assert not any(failing(results[name]) for name in FEW if name != "total_growth")


@pytest.fixture(scope="module")
def dimensions(tmp_path_factory):
    """The dimensions of a warehouse with one report."""
    settings = Settings(home=tmp_path_factory.mktemp("dimensions"))
    with open_warehouse(settings) as connection:
        with transaction(connection):
            apply_schema(connection, settings.sql / "schema")
            load_dimensions(connection)
            add_missing(connection, "dim_period", "period_key", period_rows(PERIODS))
            insert(connection, "core.dim_report", [REPORT])
        return {name: table_frame(connection, f"core.{name}") for name in DIMENSIONS}


PERIODS = ["Y2011", "FYP12", "ASOF_20111231", *(part_code(2011, first, last) for first, last in PARTS_OF_YEAR)]
REPORT = {
    "report_version_key": 5,
    "report_id": "jiangxi_2011.txt",
    "version_no": 1,
    "content_hash": "0" * 64,
    "title": "Jiangxi",
    "region_code": "360000",
    "period_code": "Y2011",
    "series": "yearbook_chapter",
    "language": "en",
    "media_type": "text/plain",
    "precedence": 0,
    "numbers_found": 3,
    "is_current": True,
    "report_status": "current",
    "supersedes_key": None,
    "ingested_at": "2026-01-01T00:00:00+00:00",
}


def test_sound_dimensions_meet_everything(dimensions):
    results = run_table_suites(list(DIMENSIONS.values()), dimensions)
    assert {name: failing(found) for name, found in results.items()} == {name: set() for name in DIMENSIONS}


@pytest.mark.parametrize(
    ("name", "column", "value", "severity", "text"),
    [
        ("dim_program", "program_code", "road_of_gold", "critical", "The codes are exactly those of the catalogue"),
        ("dim_program", "parent_code", "road_of_gold", "critical", "A program's parent is a program"),
        ("dim_program", "dac_purpose", "43", "error", "An OECD-DAC purpose has five digits"),
        ("dim_fund_source", "source_key", None, "critical", "Every row has a source_key"),
        ("dim_fund_source", "is_fiscal", None, "critical", "Every row says whether its money is fiscal"),
        ("dim_flow_stage", "stage_order", 100, "critical", "A rank lies between 0 and 99"),
        ("dim_flow_stage", "iati_type", "9", "error", "An IATI type is a transaction type or budget"),
        ("dim_measure", "additivity", "perhaps", "critical", "Every additivity is in its vocabulary"),
        ("dim_measure", "base_unit", "cubit", "critical", "Every unit is in its vocabulary"),
        ("dim_unit", "base_factor", Decimal(0), "critical", "Every factor is positive"),
        ("dim_unit", "unit_code", "CNY/moon", "critical", "Every unit is in the catalogue, a currency"),
        ("dim_beneficiary", "beneficiary_key", -2, "critical", "Every other key is positive"),
        ("dim_beneficiary", "name_zh", "village", "critical", "Every row has a Chinese name"),
        ("dim_region", "region_code", "3600", "critical", "A region is a code of six digits"),
        ("dim_region", "region_level", "village", "critical", "Every level is in its vocabulary"),
        ("dim_period", "period_code", "2011", "critical", "A period is well formed, such as Y2011, Y2009_2011"),
        ("dim_period", "period_code", "Y2011M13", "critical", "A period is well formed, such as Y2011, Y2009_2011"),
        ("dim_period", "start_date", None, "critical", "Every period but the unknown one has a first day"),
        ("dim_report", "content_hash", "abc", "critical", "A content has its SHA-256"),
        ("dim_report", "version_no", 0, "critical", "Versions count from 1"),
        ("dim_rule", "severity", "grave", "critical", "Every severity is in its vocabulary"),
        ("dim_rule", "text_en", "no full stop", "critical", "Every rule is a sentence in English"),
    ],
)
def test_each_dimension_finds_a_fault(dimensions, name, column, value, severity, text):
    table = dimensions[name].copy()
    known = [place for place, row in table.iterrows() if "unknown" not in set(row)]
    table.loc[known[0], column] = value
    [found] = [
        result
        for result in run_table_suites([DIMENSIONS[name]], {name: table})[name]
        if not result.success and result.details.startswith(text)
    ]
    assert found.severity == severity


@pytest.mark.parametrize("name", sorted(DIMENSIONS))
def test_an_empty_dimension_and_a_key_that_stands_twice_are_found(dimensions, name):
    empty = run_table_suites([DIMENSIONS[name]], {name: dimensions[name].iloc[:0]})[name]
    assert ROW_COUNT in {result.expectation for result in empty if not result.success}
    twice = pd.concat([dimensions[name], dimensions[name].iloc[:1]], ignore_index=True)
    doubled = run_table_suites([DIMENSIONS[name]], {name: twice})[name]
    assert ("critical", f"No {dimensions[name].columns[0]} stands twice") in failing(doubled)
