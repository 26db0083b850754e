"""The shipped reports against labels, relations and indicators that were worked out by hand."""

from __future__ import annotations

import csv
from decimal import Decimal
from difflib import SequenceMatcher

import pytest

from pipelines.meaning.period_codes import printed_period
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import PROJECT
from tests.conftest import FIXTURES
from tests.helpers import version

RAW = PROJECT / "raw"
ENGLISH = sorted(path.stem for path in (FIXTURES / "labels").glob("*.csv") if not path.stem.endswith("_zh"))


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def matched(name):
    """Labels and figures in reading order, paired where their values agree."""
    labels = rows_of(FIXTURES / "labels" / f"{name}.csv")
    read = version(RAW / f"{name}.txt")
    figures = list(zip(read.reading.figures, read.meanings, strict=True))
    wanted = [Decimal(label["value"]).normalize() for label in labels]
    found = [round(figure.value, 6).normalize() for figure, _ in figures]
    blocks = SequenceMatcher(a=wanted, b=found, autojunk=False).get_matching_blocks()
    pairs = [(labels[b.a + n], figures[b.b + n]) for b in blocks for n in range(b.size)]
    return labels, figures, pairs


# counted things are compared loosely, because a label calls "facility" what the catalogue calls "project"; what is
# measured, money, shares and people strictly
STRICT = {"CNY", "%", "pp", "times", "fraction", "km", "m", "mu", "km2", "tonne", "kg"}
STRICT |= {"person", "person-time", "household"}
BARS = {"unit": 0.99, "qualifier": 0.98, "role": 0.95, "program": 0.92, "source": 0.95, "period": 0.92}


def same_unit(wanted, read):
    halves = list(zip(wanted.split("/"), read.split("/"), strict=False))
    same_shape = wanted.count("/") == read.count("/")
    return same_shape and all(a == b or (a not in STRICT and b not in STRICT) for a, b in halves)


def agreement(names):
    """Recall, precision, and for each attribute the share of labels that the reading agrees with."""
    labels, figures, pairs = zip(*(matched(name) for name in names), strict=True)
    found = [pair for of_report in pairs for pair in of_report]
    right = {name: [] for name in BARS}
    for label, (figure, meaning) in found:
        read = {
            "qualifier": figure.qualifier,
            "role": figure.role,
            "program": meaning.program.code,
            "source": meaning.source.code,
            "period": printed_period(meaning.period.code),
        }
        right["unit"].append(same_unit(label["unit"], figure.unit))
        for name, value in read.items():
            wanted = label["programme" if name == "program" else name]
            if wanted:
                right[name].append(wanted == value)
    shares = {name: sum(hits) / len(hits) for name, hits in right.items() if hits}
    return len(found) / sum(map(len, labels)), len(found) / sum(map(len, figures)), shares


CHINESE = ["jiangxi_2011_zh"]


@pytest.mark.parametrize("names", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_readings_agree_with_the_labels(names):
    recall, precision, shares = agreement(names)
    assert set(shares) == set(BARS)
    assert recall >= 0.99
    assert precision >= 0.98
    assert {name: share for name, share in shares.items() if share < BARS[name]} == {}


@pytest.mark.parametrize("name", [*ENGLISH, *CHINESE])
def test_every_report_is_read_well(name):
    recall, precision, shares = agreement([name])
    assert recall >= 0.97
    assert precision >= 0.97
    assert {attribute: share for attribute, share in shares.items() if share < BARS[attribute] - 0.03} == {}


@pytest.fixture(scope="module")
def sample():
    return version(RAW / "jiangxi_2011.txt")


# relations inside the sample report with the verdicts of arithmetic by hand; figures are ordinals in reading order
RELATIONS = rows_of(FIXTURES / "jiangxi_2011_relations.csv")
FAILING = ("fails", "suspect", "fails_if_nested")


def checks_of(read, figures, rule=None):
    wanted = sorted(map(int, figures.split()))
    return [check for check in read.checks if sorted(check.operands) == wanted and rule in (None, check.rule)]


@pytest.mark.parametrize("gold", RELATIONS, ids=[row["relation"] for row in RELATIONS])
def test_relations_of_the_sample(sample, gold):
    found = checks_of(sample, gold["figures"], gold["rule"] or None)
    if gold["verdict"] == "silent":
        assert [check for check in found if check.verdict in FAILING] == []
        return
    [check] = [check for check in found if bool(check.assumption) == (gold["assumed"] == "yes")]
    assert check.verdict == gold["verdict"]
    if check.verdict in FAILING:
        assert check.severity == gold["severity"]


def test_the_causes_of_the_sample_are_found_by_their_severity_and_nothing_else_is_an_error(sample):
    texts = {figure.figure_id: figure.text for figure in sample.reading.figures}
    causes = {}
    for check in sample.checks:
        if check.verdict in FAILING and not check.assumption:
            causes.setdefault((check.root_cause, tuple(texts[one] for one in check.suspects)), set()).add(
                check.severity
            )
    errors = [suspects for (_, suspects), grades in causes.items() if "error" in grades]
    assert errors == [("200 million Yuan",), ("7",), ("56",)]
    warnings = {suspects for (_, suspects), grades in causes.items() if grades == {"warning"}}
    assert {("33,000",), ("181 million Yuan",)} <= warnings
    statuses = {
        figure.text: figure.status for figure in sample.reading.figures if figure.status not in ("ok", "ambiguous")
    }
    assert statuses == {"200 million Yuan": "disputed", "7": "quarantined", "56": "disputed"}


@pytest.mark.parametrize("name", ["jiangxi_2011.txt", "jiangxi_2011_zh.txt"])
def test_one_correction_is_proposed(name):
    read = version(RAW / name)
    texts = {figure.figure_id: figure.text for figure in read.reading.figures}
    [proposal] = read.proposals
    assert texts[proposal.figure_id] in ("200 million Yuan", "2亿元")
    assert proposal.value == 20_000_000


# the report of 2011, in both languages, prints inconsistencies; they are tested above
CONSISTENT = [path for path in sorted(RAW.iterdir()) if not path.stem.startswith(("jiangxi_2011", "README"))]


@pytest.mark.parametrize("path", CONSISTENT, ids=lambda path: path.name)
def test_other_reports_raise_no_false_alarm(path):
    assert [check for check in version(path).checks if check.verdict in FAILING] == []


@pytest.fixture(scope="module")
def snapshot(shipped):
    with open_snapshot(shipped) as connection:
        assert connection.execute("FROM quality.quarantine").fetchall() == []
        yield connection


INDICATORS = rows_of(FIXTURES / "jiangxi_2011_indicators.csv")


@pytest.mark.parametrize("gold", INDICATORS, ids=[row["indicator"] for row in INDICATORS])
def test_indicators_of_the_sample(snapshot, gold):
    name = gold["indicator"]
    rows = snapshot.execute(
        f"SELECT value, value_low, value_high, unit, reason FROM indicator.{name} "
        "WHERE region_code = '360000' AND period_code = 'Y2011'"
    ).fetchall()
    [(value, low, high, _, reason)] = rows
    if not gold["value"]:
        assert value is None
        assert reason
        return
    wanted = Decimal(gold["value"])
    half_a_digit = Decimal(1).scaleb(wanted.as_tuple().exponent) / 2
    assert abs(value - wanted) <= half_a_digit
    assert low <= value <= high
    if gold["low"]:
        margin = Decimal(1).scaleb(Decimal(gold["low"]).as_tuple().exponent)
        assert Decimal(gold["low"]) - margin <= low
        assert high <= Decimal(gold["high"]) + margin


def test_two_sources_of_one_fact_are_not_added(snapshot):
    rows = snapshot.execute(
        "SELECT DISTINCT r.report_id FROM core.fact_fund f JOIN core.dim_report r USING (report_version_key) "
        "WHERE f.amount_cny = 651000000"
    ).fetchall()
    assert len(rows) == 4
    chosen = snapshot.execute(
        "SELECT r.report_id, i.numerator FROM indicator.central_share i "
        "JOIN core.fact_figure f ON f.figure_key = i.numerator_figure_key "
        "JOIN core.dim_report r USING (report_version_key) "
        "WHERE i.region_code = '360000' AND i.period_code = 'Y2011'"
    ).fetchall()
    assert chosen == [("jiangxi_2011.txt", Decimal(651_000_000))]


def test_every_table_and_column_has_a_comment(snapshot):
    tables = snapshot.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE comment IS NULL AND NOT internal "
        "UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    ).fetchall()
    columns = snapshot.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
    ).fetchall()
    assert (tables, columns) == ([], [])
