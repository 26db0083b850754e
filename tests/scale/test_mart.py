"""The PostgreSQL mart holds what the snapshot holds, and nobody sees half of it."""

from __future__ import annotations

import shutil
import threading

import duckdb
import pytest

from pipelines.errors import FupinError
from pipelines.scaling.mart import publish_mart, without_secrets
from pipelines.settings import Settings
from pipelines.warehouse.extensions import load_extensions

dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi", reason="needs the extra postgresql: make test-scale")


def ask(url, sql):
    with dbapi.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def run(url, *statements):
    with dbapi.connect(url) as connection, connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
        connection.commit()


@pytest.fixture(scope="module")
def mart(postgres, published):
    url = postgres.database("mart")
    first = publish_mart(published, url)
    assert first.tables == len(first.renewed)
    assert first.rows > 1000
    return url


def test_rows_types_and_comments_are_those_of_the_snapshot(mart, published):
    with duckdb.connect() as connection:
        load_extensions(connection, ["postgres_scanner"])
        connection.execute(f"ATTACH '{published.snapshot}' AS ours (READ_ONLY)")
        connection.execute(f"ATTACH '{mart}' AS theirs (TYPE postgres, READ_ONLY)")
        tables = connection.execute(
            "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() WHERE database_name = 'ours'"
        ).fetchall()
        for table, comment in tables:
            shape = [
                connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {place}.{table})").fetchall()
                for place in ("ours", "theirs")
            ]
            assert shape[0] == shape[1], table
            for one, other in (("ours", "theirs"), ("theirs", "ours")):
                query = f"FROM {one}.{table} EXCEPT ALL FROM {other}.{table}"
                assert connection.execute(query).fetchone() is None, table
            assert ask(mart, f"SELECT obj_description('{table}'::regclass)") == [(comment,)]
    described = "SELECT count(*) FROM pg_description WHERE objsubid > 0 AND objoid = 'core.dim_report'::regclass"
    [(commented,)] = ask(mart, described)
    assert commented == 23


def test_a_second_publication_keeps_views_and_renews_a_changed_table(mart, published):
    run(mart, "CREATE VIEW public.seen AS SELECT count(*) AS n FROM core.fact_figure",
        "ALTER TABLE core.fact_fund ADD COLUMN mine text", "CREATE TABLE core.gone (x int)")  # fmt: skip
    again = publish_mart(published, mart)
    assert again.renewed == ("core.fact_fund",)
    assert ask(mart, "SELECT n FROM public.seen")[0][0] > 100
    assert ask(mart, "SELECT to_regclass('core.gone') IS NULL") == [(True,)]


def test_a_table_that_others_stand_on_is_not_torn_away(mart, published):
    run(mart, "ALTER TABLE core.fact_claim ADD COLUMN mine text",
        "CREATE VIEW public.claims AS SELECT mine FROM core.fact_claim")  # fmt: skip
    try:
        with pytest.raises(FupinError, match=r"nothing was changed: .*core\.fact_claim"):
            publish_mart(published, mart)
        assert ask(mart, "SELECT count(*) > 0 FROM core.fact_figure") == [(True,)]
    finally:
        run(mart, "DROP VIEW public.claims", "ALTER TABLE core.fact_claim DROP COLUMN mine")


def test_readers_see_all_or_nothing_of_a_publication(mart, published, tmp_path):
    """One home has one figure more than the other; a reader compares two tables while they take turns."""
    other = Settings(home=tmp_path)
    other.snapshot.parent.mkdir(parents=True)
    shutil.copyfile(published.snapshot, other.snapshot)
    with duckdb.connect(str(other.snapshot)) as connection:
        connection.execute("INSERT INTO core.fact_number FROM core.fact_number LIMIT 1")
        connection.execute("INSERT INTO core.fact_figure FROM core.fact_figure LIMIT 1")
    publish_mart(published, mart)
    query = "SELECT (SELECT count(*) FROM core.fact_figure), (SELECT count(*) FROM core.fact_number)"
    [(figures, numbers)] = ask(mart, query)
    seen, done = [], threading.Event()

    def read():
        with dbapi.connect(mart, autocommit=True) as connection, connection.cursor() as cursor:
            while not done.is_set():
                cursor.execute(query)
                seen.extend(cursor.fetchall())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with dbapi.connect(mart) as patient, patient.cursor() as cursor:
            # a transaction that looked at nothing of the tables before the first publication
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT 1")
            cursor.fetchall()
            for turn in range(5):
                publish_mart((other, published)[turn % 2], mart)
            cursor.execute(query)
            assert cursor.fetchall() == [(figures, numbers)]
    finally:
        done.set()
        reader.join(30)
    assert set(seen) == {(figures, numbers), (figures + 1, numbers + 1)}


def test_a_failed_publication_changes_nothing(mart, published, monkeypatch):
    before = ask(mart, "SELECT count(*), min(xmin::text) FROM core.fact_figure")
    monkeypatch.setattr("pipelines.scaling.mart._drop_others", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish_mart(published, mart)
    assert ask(mart, "SELECT count(*), min(xmin::text) FROM core.fact_figure") == before


def test_a_schema_of_others_is_refused(postgres, published):
    url = postgres.database("theirs")
    run(url, "CREATE SCHEMA quality")
    with pytest.raises(FupinError, match="has a schema quality that is not this program's"):
        publish_mart(published, url)
    assert ask(url, "SELECT to_regnamespace('core') IS NULL") == [(True,)]


def test_an_address_that_is_none_and_one_that_nobody_serves(published, postgres):
    with pytest.raises(FupinError, match="is no address of a PostgreSQL database"):
        publish_mart(published, "mysql://root@127.0.0.1/mart")
    with pytest.raises(FupinError, match="nothing was changed") as caught:
        publish_mart(published, f"postgresql://postgres:geheim@127.0.0.1:{postgres.port}/absent?password=geheim2")
    assert "geheim" not in str(caught.value)


def test_messages_hold_no_secret():
    assert without_secrets("postgresql://me:pw@host:5/db?password=pw") == "postgresql://me@host:5/db"
    assert without_secrets("postgresql:///db") == "postgresql:///db"
