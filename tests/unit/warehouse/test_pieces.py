import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest

from pipelines.catalog.indicators import Indicator
from pipelines.errors import CatalogError, FupinError, ReportError
from pipelines.settings import PROJECT
from pipelines.warehouse import indicators as module
from pipelines.warehouse import load
from pipelines.warehouse.archive import archive
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.dimensions import country_rows, load_dimensions, region_key, unit_rows
from pipelines.warehouse.indicators import dependencies, indicator_statements
from pipelines.warehouse.keys import code_key, key
from pipelines.warehouse.models import parsed, tables_of
from pipelines.warehouse.rows import insert
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.statements import statements


def test_keys_derive_from_content():
    assert key("a", "b") == key("a", "b") != key("ab", "")
    assert 0 <= key("x") < 2**63
    assert code_key("program", "unknown") == -1


def test_rows_arrive_exactly():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (a DECIMAL(28, 6), b BOOLEAN, c BIGINT[], d VARCHAR[], e VARCHAR)")
    rows = [
        {"a": Decimal("803000000.000001"), "b": True, "c": [1, 2], "d": ["it's", 'say "b"'], "e": None},
        {"a": Decimal(2) / Decimal(3), "b": False, "c": [], "d": [], "e": "x"},
    ]
    insert(connection, "t", rows)
    assert connection.execute("SELECT * FROM t").fetchall() == [
        (Decimal("803000000.000001"), True, [1, 2], ["it's", 'say "b"'], None),
        (Decimal("0.666667"), False, [], [], "x"),
    ]


def test_a_failing_transaction_leaves_nothing():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (a INTEGER)")

    def load():
        with transaction(connection):
            connection.execute("INSERT INTO t VALUES (1)")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        load()
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("SELECT 1", "the header lacks grain"),
        ("-- grain: a\nSELECT 1; SELECT 2", "must be one statement"),
    ],
)
def test_statements_need_a_header_and_are_one(tmp_path, text, cause):
    (tmp_path / "a.sql").write_text(text)
    with pytest.raises(CatalogError, match=cause):
        statements(tmp_path, ("grain",))


def test_an_empty_folder_of_statements_is_an_error(tmp_path):
    with pytest.raises(CatalogError, match="no statement found"):
        statements(tmp_path, ("grain",))


NAMES = "core.region"  # every indicator takes the names of its regions from there


def indicator(folder, name, sql):
    (folder / f"{name}.sql").write_text(f"-- grain: a\n-- unit: b\n-- formula: c\n-- purpose: d\n{sql};\n")


@pytest.fixture
def declared(monkeypatch):
    """Two indicators, a and b, each with a file of its own."""
    text = {"en": "a", "zh": "a"}
    both = {code: Indicator(code=code, title=text, tells=text, kind="sql", unit="%") for code in "ab"}
    monkeypatch.setattr(module, "indicators", lambda: both)


@pytest.mark.usefixtures("declared")
def test_indicators_stand_after_those_they_read(tmp_path):
    indicator(tmp_path, "a", "WITH x AS (SELECT 1) SELECT * FROM indicator.b, x")
    indicator(tmp_path, "b", "SELECT * FROM core.fact_fund")
    assert [statement.name for statement in indicator_statements(tmp_path)] == ["b", "a"]
    assert dependencies(tmp_path) == {"a": {"indicator.b", NAMES}, "b": {"core.fact_fund", NAMES}}


@pytest.mark.usefixtures("declared")
def test_indicators_in_a_circle_are_an_error(tmp_path):
    indicator(tmp_path, "a", "SELECT * FROM indicator.b")
    indicator(tmp_path, "b", "SELECT * FROM indicator.a")
    with pytest.raises(CatalogError, match="reads"):
        indicator_statements(tmp_path)


def test_what_indicators_read_is_what_a_parser_finds():
    found = dependencies(PROJECT / "sql" / "indicators")
    for one in indicator_statements(PROJECT / "sql" / "indicators"):
        assert found[one.name] == tables_of(parsed(one.sql, one.where)), one.name


@pytest.mark.usefixtures("declared")
def test_names_in_comments_and_texts_are_not_read(tmp_path):
    indicator(tmp_path, "a", "SELECT 'indicator.b' FROM core.fact_fund -- as core.fact_result")
    indicator(tmp_path, "b", "SELECT 1")
    assert dependencies(tmp_path) == {"a": {"core.fact_fund", NAMES}, "b": {NAMES}}


@pytest.mark.usefixtures("declared")
def test_what_is_no_sql_still_names_what_it_reads(tmp_path):
    indicator(tmp_path, "a", "SELECT FROM WHERE ( indicator.b")
    indicator(tmp_path, "b", "SELECT * FROM core.fact_fund")
    assert dependencies(tmp_path)["a"] == {"indicator.b", NAMES}
    assert [statement.name for statement in indicator_statements(tmp_path)] == ["b", "a"]


def test_the_archive_keeps_what_was_read_or_nothing(tmp_path):
    import hashlib

    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    content = hashlib.sha256(b"abc").hexdigest()
    place = archive(tmp_path / "archive", path, "a.txt", content)
    assert place.read_bytes() == b"abc"
    with pytest.raises(ReportError, match="changed while it was read"):
        archive(tmp_path / "archive", path, "a.txt", "0" * 64)
    path.unlink()
    assert archive(tmp_path / "archive", path, "a.txt", content) == place
    with pytest.raises(ReportError, match="vanished"):
        archive(tmp_path / "archive", path, "a.txt", "1" * 64)


def test_a_full_disk_names_the_folder(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")

    def refuse(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    content = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(FupinError, match=r"archive/ba: cannot be written: No space left on device"):
        archive(tmp_path / "archive", path, "a.txt", content)


def test_units_are_those_of_the_catalogue_all_currencies_and_what_is_made_of_them():
    rows = unit_rows(["CNY/person/month", "CNY", "CNY/moon", "KES", "KES/person", "XXX", "km"])
    assert [(row["unit_code"], row["name_en"], row["currency"]) for row in rows] == [
        ("CNY", "yuan", "CNY"),
        ("CNY/person/month", "yuan per person per month", "CNY"),
        ("KES", "Kenyan Shilling", "KES"),
        ("KES/person", "Kenyan Shilling per person", "KES"),
        ("km", "kilometre", None),
    ]


def test_currencies_of_the_catalogue_need_no_library():
    code = (
        "import sys; from pipelines.warehouse.dimensions import unit_rows; "
        "unit_rows(['CNY', 'USD/person', 'km']); print('babel' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_loading_the_dimensions_again_changes_nothing(settings):
    with open_warehouse(settings) as connection, transaction(connection):
        apply_schema(connection, settings.sql / "schema")
        assert load_dimensions(connection)
        assert not load_dimensions(connection)


def test_a_country_is_a_region_and_other_codes_are_not():
    rows = country_rows(["KE", "360000", "unknown", "QQ"])
    assert [(row["region_code"], row["name_en"], row["name_zh"], row["region_level"]) for row in rows] == [
        ("KE", "Kenya", "肯尼亚", "country")
    ]
    assert region_key("KE", "Y2011") == rows[0]["region_key"] == region_key("KE", "unknown")
    assert region_key("QQ", "Y2011") == -1


def test_halves_of_a_batch_that_fails_are_tried_down_to_the_guilty(monkeypatch):
    versions = list(range(64))
    guilty, tried, loaded, kept_out = {5, 40}, [], [], []

    def attempt(_connection, _settings, part, _summary, _failures):
        tried.append(part)
        if guilty & set(part):
            raise ValueError("breaks its batch")
        loaded.extend(part)

    monkeypatch.setattr(load, "_load", attempt)
    monkeypatch.setattr(load, "_keep_out", lambda _connection, version, _summary, _error: kept_out.append(version))
    load._load_halves(None, None, versions, None)
    assert kept_out == sorted(guilty)
    assert loaded == [one for one in versions if one not in guilty]
    assert len(tried) < 2 * 2 * 6
