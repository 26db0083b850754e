"""How people get at the snapshot: queries with parameters and formats, the shell, the Python API."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import subprocess
import sys

import duckdb
import pyarrow as pa
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import pipelines
from pipelines.commands.shell import _session, is_complete, run_lines
from pipelines.errors import FupinError, SnapshotMissingError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import PROJECT
from tests.integration.conftest import NAMES

SHARE = "SELECT region_name_en, value FROM indicator.central_share WHERE period_code = $year ORDER BY value"
FUPIN = (sys.executable, "-m", "pipelines.cli")


def environment(loaded, **others):
    return os.environ | {"FUPIN_HOME": str(loaded.settings.home), "FUPIN_RAW": str(loaded.settings.raw)} | others


# query


def test_a_query_comes_from_a_file_with_its_parameters_bound(loaded, tmp_path):
    file = tmp_path / "share.sql"
    # as an editor on Windows saves it
    file.write_text(f"-- one year\r\n{SHARE};\r\n", encoding="utf-8-sig")
    ended = loaded("query", "-f", file, "-p", "year=Y2011", "--format", "csv")
    assert (ended.code, ended.out) == (0, "region_name_en,value\nJiangxi,81.070984\n")


@pytest.mark.parametrize("value", ["' OR 1=1 --", "Y2011'; DROP TABLE x; --", "$year", "(SELECT 'Y2011')"])
def test_a_parameter_is_never_read_as_sql(loaded, value):
    ended = loaded("query", SHARE, "-p", f"year={value}", "--format", "csv")
    assert (ended.code, ended.out) == (0, "region_name_en,value\n")


def test_a_parameter_compares_with_numbers_dates_and_text(loaded):
    sql = (
        "SELECT count(*) AS n FROM core.dim_period "
        "WHERE start_date >= $day AND period_code LIKE $like AND year(start_date) <= $last"
    )
    ended = loaded("query", sql, "-p", "day=2010-01-01", "-p", "like=Y%", "-p", "last=2011", "--format", "csv")
    assert ended.out == "n\n2\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((SHARE,), "there is no value for $year; add -p year=VALUE"),
        ((SHARE, "-p", "year=1", "-p", "more=2"), "it has no $more"),
        ((SHARE, "-p", "year"), "year: a parameter is written name=value"),
        ((SHARE, "-p", "year=1", "-p", "year=2"), "the parameter year is given twice"),
        (("SELECT 1; SELECT 2",), "more than one statement"),
        (("",), "the statement returns no rows"),
        (("-f", "none.sql"), "none.sql: cannot be read: No such file"),
        (("-f", str(PROJECT / "raw" / "jiangxi_funds_2009_2011.xlsx")), "is no UTF-8 text"),
    ],
)
def test_what_is_wrong_with_a_query_is_one_line(loaded, arguments, message):
    ended = loaded("query", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert message in ended.err


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("FROM indicator.central_shares", 'Did you mean "central_share"?'),
        ("SELECT valu FROM indicator.central_share", 'Candidate bindings: "value"'),
    ],
)
def test_what_duckdb_proposes_is_passed_on(loaded, sql, hint):
    ended = loaded("query", sql)
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert hint in ended.err


@pytest.mark.parametrize(
    "sql", ["CREATE TEMP TABLE t AS SELECT 1", "FORCE CHECKPOINT", "PREPARE p AS SELECT 1", "BEGIN"]
)
def test_what_is_no_question_is_refused(loaded, sql):
    ended = loaded("query", sql)
    assert (ended.code, ended.out) == (1, "")
    assert "is no question; ask with SELECT, FROM, DESCRIBE or EXPLAIN" in ended.err


def test_a_query_is_never_a_variable_of_the_program(loaded):
    ended = loaded("query", "FROM parameters")
    assert (ended.code, ended.out) == (1, "")
    assert "Table with name parameters does not exist" in ended.err


def test_a_query_ends_when_its_time_is_up(loaded):
    ended = loaded("query", "SELECT sum(hash(a.range + b.range)) FROM range(1000000) a, range(1000000) b",
                   FUPIN_QUERY_SECONDS="0.3")  # fmt: skip
    assert ended.code == 1
    assert ended.err == "error: the query fails: it took longer than 0.3 seconds (FUPIN_QUERY_SECONDS)\n"


@pytest.mark.parametrize("command", [("query", "-f", "/dev/stdin"), ("shell",)])
def test_a_query_that_cannot_be_interrupted_ends_the_process(loaded, command):
    sql = " UNION ALL ".join(["SELECT 1"] * 12_000)
    ended = subprocess.run(
        [*FUPIN, *command], input=sql, env=environment(loaded, FUPIN_QUERY_SECONDS="0.1"),
        capture_output=True, text=True, check=False, cwd=PROJECT, timeout=600,
    )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.startswith("error: the query fails: ")


def test_memory_is_limited_and_what_exceeds_it_goes_to_the_disk(loaded):
    sql = "SELECT count(t), current_setting('max_temp_directory_size') FROM (SELECT repeat('x', 300) || range AS t " \
        "FROM range(600000) ORDER BY hash(range) LIMIT 500000)"  # fmt: skip
    ended = loaded("query", sql, "--format", "csv", FUPIN_QUERY_MEMORY="150MB", FUPIN_QUERY_SPILL="2GiB")
    assert (ended.code, ended.out.splitlines()[1:]) == (0, ["500000,2.0 GiB"])
    ended = loaded("query", "SELECT list(repeat('x', 300) || range) FROM range(1000000)", FUPIN_QUERY_MEMORY="150MB")
    assert (ended.code, ended.out) == (1, "")
    assert "Out of Memory Error" in ended.err


def test_rows_are_written_as_they_are_made(loaded):
    """A result that would not fit into memory reaches a reader who wants the first lines only."""
    with subprocess.Popen(
        [*FUPIN, "query", "SELECT range, repeat('x', 100) FROM range(10000000000)", "--format", "csv"],
        env=environment(loaded), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=PROJECT,
    ) as running:  # fmt: skip
        assert running.stdout.readline().startswith(b"range,")
        assert running.stdout.readline().startswith(b"0,xxx")
        running.kill()


def test_a_table_for_people_says_that_there_is_more(loaded):
    ended = loaded("query", "FROM range(10001)")
    assert ended.err == "There are more rows; --format csv gives all, this table the first 10,000.\n"
    assert "(10000 rows)" in ended.out


def test_a_text_and_a_file_together_are_wrong_use(loaded):
    ended = loaded("query", "SELECT 1", "-f", "x.sql")
    assert ended.code == 2
    assert "give one query" in ended.err


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO '{file}'",
        "ATTACH '{file}'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "RESET enable_external_access",
        "SET file_search_path = '/etc'",
    ],
)
def test_the_shell_and_the_api_are_as_closed_as_the_query(loaded, tmp_path, statement):
    sql = statement.format(file=tmp_path / "new.db")
    errors = []
    with open_snapshot(loaded.settings) as connection:
        assert not run_lines(connection, [f"{sql};"], errors.append)
    assert len(errors) == 1
    assert errors[0].startswith("error: the query fails: ")
    assert "\n" not in errors[0]
    with pipelines.open_snapshot(loaded.settings.snapshot) as snapshot, pytest.raises(duckdb.Error):
        snapshot.sql(sql)
    assert list(tmp_path.iterdir()) == []


def test_arrow_and_parquet_hold_exact_values(loaded, tmp_path):
    from pyarrow import parquet

    wanted = ("query", SHARE, "-p", "year=Y2011")
    for name in ("a.arrow", "a.parquet"):
        ended = loaded(*wanted, "-o", tmp_path / name)
        assert (ended.code, ended.out) == (0, "")
    with pa.ipc.open_stream(tmp_path / "a.arrow") as reader:
        table = reader.read_all()
    assert table.schema.field("value").type == pa.decimal128(28, 6)
    assert f"{table['value'][0].as_py():f}" == "81.070984"
    assert parquet.read_table(tmp_path / "a.parquet").equals(table)


def test_binary_formats_go_into_a_pipe_and_not_onto_a_terminal(loaded):
    arguments = [*FUPIN, "query", SHARE, "-p", "year=Y2011", "--format", "arrow"]
    piped = subprocess.run(
        arguments, env=environment(loaded), capture_output=True, check=True, cwd=PROJECT, timeout=600
    )
    assert pa.ipc.open_stream(piped.stdout).read_all().num_rows == 1
    reader, writer = pty.openpty()
    shown = subprocess.run(
        arguments, env=environment(loaded), stdout=writer, stderr=subprocess.PIPE, check=False, cwd=PROJECT, timeout=600
    )
    os.close(writer)
    os.close(reader)
    assert (shown.returncode, shown.stderr.decode()) == (
        1,
        "error: Arrow is binary: name a file with --output, or send it into a pipe\n",
    )


def test_no_cell_of_a_csv_is_a_formula(loaded):
    sql = "SELECT '=1+1' AS text, '-x' AS \"=name\", -1.5 AS number, '江西' AS chinese"
    assert loaded("query", sql, "--format", "csv").out == "text,'=name,number,chinese\n'=1+1,'-x,-1.5,江西\n"


# shell


def shell(loaded, text, **others):
    return subprocess.run(
        [*FUPIN, "shell"],
        input=text.encode(),
        env=environment(loaded, **others),
        capture_output=True,
        check=False,
        cwd=PROJECT,
        timeout=600,
    )


def test_the_shell_reads_a_pipe(loaded):
    ended = shell(
        loaded, ".tables\n.describe central_share\nSELECT 'a;\n-- b' AS t\n; SELECT 2 AS two;\nSELECT 3 AS three"
    )
    out = ended.stdout.decode()
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "indicator.lineage" in out
    assert re.search(r"^numerator_figure_key +BIGINT +Figure above the line", out, re.MULTILINE)
    assert [line.strip() for line in out.splitlines() if line.strip() in ("two", "three")] == ["two", "three"]
    assert out.count("(1 row)") == 3


def test_a_failing_query_is_named_and_the_next_one_runs(loaded):
    ended = shell(loaded, "FROM nothing;\n.describe central_shar\n.fly\nSELECT 41 + 1 AS answer;\n.quit\nSELECT 7;\n")
    assert ended.returncode == 1
    assert ended.stderr.decode().splitlines() == [
        'error: the query fails: Catalog Error: Table with name nothing does not exist! Did you mean "pg_settings"?',
        "error: central_shar: no such table; did you mean central_share or v_central_share or central_growth?",
        "error: .fly: no such command; .help lists them",
    ]
    assert "42" in ended.stdout.decode()
    assert "7" not in ended.stdout.decode()


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("SELECT 1;", True),
        ("SELECT 1; -- done", True),
        ("SELECT 1", False),
        ("SELECT ';", False),
        ("SELECT 'it''s;'", False),
        ("SELECT 1 -- not yet;", False),
        ("SELECT 1 /* ; ", False),
        ('SELECT ";";', True),
    ],
)
def test_a_query_ends_at_a_semicolon_outside_of_texts_and_comments(text, ends):
    assert is_complete(text) is ends


@pytest.fixture
def prompt(loaded, tmp_path, monkeypatch):
    """The session of the prompt, and the keys that are typed into it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with (
        create_pipe_input() as keys,
        create_app_session(input=keys, output=DummyOutput()),
        open_snapshot(loaded.settings) as connection,
    ):
        yield _session(connection), keys


def test_the_prompt_reads_a_query_up_to_its_semicolon_and_keeps_it_outside_of_the_project(prompt, tmp_path):
    session, keys = prompt
    keys.send_text("FROM indicator.central_share\rLIMIT 1;\r")
    assert session.prompt().split() == ["FROM", "indicator.central_share", "LIMIT", "1;"]
    keys.send_text(".quit\r")
    assert session.prompt() == ".quit"
    kept = tmp_path / "fupin" / "shell_history"
    assert "+FROM indicator.central_share" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("FROM indicator.central_sh", "indicator.central_share"), ("sel", "SELECT"), ("SELECT printed_t", "printed_text")],
)
def test_the_prompt_completes_tables_columns_and_keywords(prompt, typed, offered):
    completions = prompt[0].completer.get_completions(Document(typed), CompleteEvent())
    assert offered in [completion.text for completion in completions]


def until(reader, wanted):
    """What a terminal shows up to some words; gives up after half a minute of silence."""
    shown = b""
    while wanted not in shown:
        assert select.select([reader], [], [], 30)[0], shown
        shown += os.read(reader, 4096)
    return shown


def test_the_shell_on_a_terminal_answers(loaded, tmp_path):
    reader, writer = pty.openpty()
    child = subprocess.Popen(
        [*FUPIN, "shell"],
        stdin=writer,
        stdout=writer,
        stderr=writer,
        cwd=PROJECT,
        env=environment(loaded, XDG_STATE_HOME=str(tmp_path), TERM="xterm", COLUMNS="100"),
    )
    os.close(writer)
    try:
        shown = until(reader, b"fupin>")
        os.write(reader, b"SELECT 40 + 2 AS answer;\r")
        shown += until(reader, b"(1 row)")
        os.write(reader, b".quit\r")
        code = child.wait(600)
    finally:
        child.kill()
        os.close(reader)
    assert code == 0
    assert b"read-only. .help lists the commands." in shown
    assert b"42" in shown


# Python


def test_importing_the_package_loads_nothing():
    script = "import sys, pipelines; print([n for n in ('duckdb', 'pandas', 'pydantic', 'typer') if n in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=PROJECT, timeout=600)
    assert ended.stdout == b"[]\n"


@pytest.fixture
def snapshot(loaded):
    with pipelines.open_snapshot(loaded.settings.snapshot) as opened:
        yield opened


def test_indicators_as_a_data_frame(snapshot):
    everything = snapshot.indicators()
    assert everything["indicator"].nunique() > 20
    assert set(everything["basis"]) == {"as_reported"}
    one = snapshot.indicators("central share", region="江西", period="2011")
    assert one[["region_code", "period_code", "value", "unit"]].values.tolist() == [["360000", "Y2011", 81.070984, "%"]]
    assert one["value"].dtype == "float64"
    assert len(snapshot.indicators("central_share", basis="adjusted")) == 0
    with pytest.raises(FupinError, match="did you mean central_share"):
        snapshot.indicators("central_shar")


def test_figures_as_a_data_frame(snapshot):
    report = NAMES["jiangxi_2011.txt"]
    figures = snapshot.figures(report=report)
    [count] = snapshot.connection.execute(
        "SELECT count(*) FROM core.fact_figure JOIN core.dim_report USING (report_version_key) WHERE report_id = ?",
        [report],
    ).fetchone()
    assert len(figures) == count > 100
    assert figures["printed_text"].iloc[0] == "803 million Yuan"
    assert figures["figure_id"].is_monotonic_increasing
    assert set(snapshot.figures(region="Sichuan")["region_code"]) == {"510000"}
    assert len(snapshot.figures(region="Sichuan", period="2011")) == 0
    # keys have more digits than a floating-point number holds
    key = figures["figure_key"].iloc[0]
    found = snapshot.sql("SELECT printed_text FROM core.fact_figure WHERE figure_key = $key", key=int(key))
    assert found["printed_text"].tolist() == ["803 million Yuan"]


def test_failures_and_traces_as_data_frames(snapshot):
    failures = snapshot.failures(severity="error")
    assert set(failures["severity"]) == {"error"}
    assert len(snapshot.failures()) > len(failures) > 0
    assert snapshot.failures(report="none").columns.tolist() == failures.columns.tolist()
    trace = snapshot.trace("provincial_growth", "Jiangxi", "2011")
    disputed = trace[trace["status"] == "disputed"]
    assert disputed["printed_text"].tolist() == ["200 million Yuan"]
    assert set(disputed["failure_ids"].iloc[0]) <= set(failures["id"])
    assert len(disputed["correction_ids"].iloc[0]) == 1


def test_a_snapshot_cannot_be_written_and_is_closed_at_the_end(loaded):
    before = loaded.settings.snapshot.read_bytes()
    with pipelines.open_snapshot(loaded.settings.snapshot) as opened, pytest.raises(duckdb.Error, match="read-only"):
        opened.sql("DELETE FROM core.fact_fund")
    assert loaded.settings.snapshot.read_bytes() == before
    with pytest.raises(duckdb.ConnectionException):
        opened.sql("SELECT 1")
    with pytest.raises(SnapshotMissingError, match="nothing published yet"):
        pipelines.open_snapshot("/nowhere/fupin.duckdb")


def test_the_default_snapshot_is_the_published_one(loaded):
    script = "import pipelines\nwith pipelines.open_snapshot() as s: print(len(s.indicators('central_share')))"
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(loaded),
        capture_output=True,
        check=True,
        cwd=PROJECT,
        timeout=600,
    )
    assert int(io.BytesIO(ended.stdout).read()) == 2
