"""The `fupin` command as a user meets it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from pipelines.catalog.indicators import indicators
from pipelines.meaning.meaning import How
from pipelines.publishing.causes import HANDLED
from pipelines.publishing.failures import COLUMNS as FAILURE_COLUMNS
from pipelines.publishing.snapshot import open_snapshot
from pipelines.publishing.summary import summary
from pipelines.settings import PROJECT
from pipelines.warehouse.parquet import kept_contents
from tests.helpers import version
from tests.integration.conftest import NAMES

FUPIN = Path(sys.executable).with_name("fupin")
REPORT = PROJECT / "raw" / "jiangxi_2011.txt"
FIGURE_COLUMNS = (
    "figure_id,section,start,end,text,value,unit,qualifier,role,program,source,stage,period,region,subject,parent,"
    "low,high,sureness,least_sure"
)


def process(loaded, *arguments, **options):
    """`fupin` as a process of its own."""
    environment = os.environ | {"FUPIN_HOME": str(loaded.settings.home), "FUPIN_RAW": str(loaded.settings.raw)}
    return subprocess.run(
        [FUPIN, *arguments], env=environment, capture_output=True, timeout=600, check=False, **options
    )


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


# run


def test_a_run_ends_with_a_summary_of_what_the_snapshot_holds(loaded):
    assert (loaded.first.code, loaded.first.err) == (0, "")
    printed = dict(re.findall(r"^(\w+) +(\d.*?) *$", loaded.first.out, re.MULTILINE))
    with open_snapshot(loaded.settings) as connection:
        found = summary(connection)
    assert re.fullmatch(rf"{len(NAMES)} +{len(NAMES)} new in this run, \d+\.\d s", printed["reports"])
    assert re.fullmatch(rf"{found.figures} +and {found.non_figures} numbers classified .*", printed["figures"])
    assert printed["facts"].startswith(f"{sum(found.facts.values())} ")
    for kind, count in found.facts.items():
        assert f"{count} {kind}s" in printed["facts"]
    assert found.failing["error"] > 0
    assert f"failing: {found.failing['error']} error, {found.failing['warning']} warning" in printed["checks"]
    assert re.fullmatch(rf"{found.indicators} +{found.values} values by region and year", printed["indicators"])
    assert found.values > 0
    assert f"Snapshot: {loaded.settings.snapshot}" in loaded.first.out
    for command in ("fupin failures", 'fupin query "FROM indicator.central_share"', "fupin figures FILE"):
        assert command in loaded.first.out.partition("Next:")[2]


def test_a_second_run_says_that_nothing_is_new(loaded):
    before = loaded.settings.snapshot.stat()
    ended = process(loaded, "run")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode().startswith(f"Nothing new: {len(NAMES)} reports, all known. Snapshot: ")
    after = loaded.settings.snapshot.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_names_of_files_arrive_unchanged(loaded):
    listed = loaded("query", "SELECT report_id FROM core.dim_report", "--format", "csv")
    assert {row["report_id"] for row in rows_of(listed.out)} == set(NAMES.values())
    assert {report for report, _ in kept_contents(loaded.settings)} == set(NAMES.values())
    for name in NAMES.values():
        assert loaded("figures", loaded.settings.raw / name).code == 0


@pytest.mark.usefixtures("begun")
def test_a_file_outside_of_the_landing_zone_is_read_where_it_lies(fupin, settings, tmp_path):
    path = tmp_path / "desk" / "a report.txt"
    path.parent.mkdir()
    path.write_text((PROJECT / "raw" / "jiangxi_2010.txt").read_text())
    ended = fupin("run", path)
    assert (ended.code, ended.err) == (0, "")
    assert list(settings.raw.iterdir()) == []
    listed = fupin("query", "SELECT report_id, region_code FROM core.dim_report", "--format", "csv")
    assert listed.out == "report_id,region_code\na report.txt,360000\n"
    assert fupin("run", path).out.startswith("Nothing new: 1 report, all known.")


def test_an_empty_landing_zone_says_what_to_do(fupin, settings):
    ended = fupin("run")
    assert (ended.code, ended.out) == (0, f"No report in {settings.raw}: put a file there and run again.\n")


# figures


def test_figures_as_csv_has_every_figure_with_the_agreed_columns(loaded):
    ended = loaded("figures", REPORT, "--format", "csv")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == FIGURE_COLUMNS
    rows, read = rows_of(ended.out), version(REPORT)
    assert [row["figure_id"] for row in rows] == [str(figure.figure_id) for figure in read.reading.figures]
    first, figure = rows[0], read.reading.figures[0]
    assert (first["text"], first["value"], first["unit"]) == ("803 million Yuan", "803000000", "CNY")
    assert (first["low"], first["high"]) == ("802500000", "803500000")
    assert figure.text.startswith(read.document.text[int(first["start"]) : int(first["end"])] or "nothing")
    assert (first["period"], first["region"]) == ("2011", "360000")
    assert rows[1]["parent"] == "1"
    assert {row["sureness"] for row in rows} <= set(get_args(How))
    assert {name for row in rows for name in row["least_sure"].split(", ")} <= {"program", "source", "region", "period"}


def test_why_tells_grade_and_words_of_each_attribute(loaded):
    lines = loaded("figures", REPORT, "--why", "1").out.splitlines()
    told = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    assert told["region"][:4] == ["360000", "opened", "title:", "Jiangxi"]
    assert told["stage"][:4] == ["invested", "named", "own", "clause:"]
    assert {told[name][1] for name in ("program", "source", "measure", "beneficiary", "period")} <= set(get_args(How))
    assert told["sureness"][0] in get_args(How)


def test_all_adds_the_other_numbers_with_their_class(loaded):
    figures = rows_of(loaded("figures", REPORT, "--format", "csv").out)
    everything = rows_of(loaded("figures", REPORT, "--format", "csv", "--all").out)
    read = version(REPORT)
    others = [row for row in everything if not row["figure_id"]]
    assert [row for row in everything if row["figure_id"]] == figures
    assert sorted(row["role"] for row in others) == sorted(number.reason for number in read.reading.non_figures)
    places = [int(row["start"]) for row in everything]
    assert places == sorted(places)


def test_figures_as_json_keeps_numbers_as_numbers(loaded):
    found = json.loads(loaded("figures", REPORT, "--format", "json").out)
    assert list(found[0]) == FIGURE_COLUMNS.split(",")
    assert (found[0]["value"], found[0]["parent"], found[1]["parent"]) == (803_000_000, None, 1)


def test_figures_of_a_table_say_their_cell(loaded):
    rows = rows_of(loaded("figures", PROJECT / "raw" / "jiangxi_funds_2009_2011.xlsx", "--format", "csv").out)
    assert rows
    assert all(re.fullmatch(r".+![A-Z]+\d+", row["section"]) and row["start"] == "" for row in rows)


def test_a_table_into_a_pipe_is_as_wide_as_it_is(loaded):
    ended = process(loaded, "figures", REPORT)
    lines = ended.stdout.decode().splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("figure_id"))
    rows = lines[head + 2 : -1]
    assert len(rows) == len(version(REPORT).reading.figures)
    assert lines[-1] == f"({len(rows)} rows)"
    assert "803 million Yuan" in rows[0]
    assert "803,000,000" in rows[0]


@pytest.mark.parametrize("width", [60, 160, 400])
def test_a_table_on_a_terminal_breaks_no_word(loaded, width):
    text = on_terminal(loaded, width, "query", "FROM indicator.central_share ORDER BY period_code DESC LIMIT 1")
    assert all(len(line) <= width for line in text.splitlines())
    for word in ("denominator_figure_key", "803,000,000", "as_reported", "Jiangxi"):
        assert word in text
    assert ("record 1" in text) == (width < 400)


def on_terminal(loaded, width, *arguments):
    """What a terminal of some width shows, without its colours."""
    reader, writer = pty.openpty()
    environment = os.environ | {"FUPIN_HOME": str(loaded.settings.home), "COLUMNS": str(width), "TERM": "xterm"}
    child = subprocess.Popen([FUPIN, *arguments], env=environment, stdout=writer, stderr=writer, stdin=writer)
    os.close(writer)
    shown = b""
    # a terminal whose last writer is gone answers with an error, not with an end of file
    try:
        while part := os.read(reader, 65536):
            shown += part
    except OSError:
        pass
    finally:
        os.close(reader)
        child.wait(600)
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")


# query

QUERY = "SELECT region_name_en, period_code, numerator FROM indicator.central_share ORDER BY period_code"


def test_query_formats_agree(loaded, tmp_path):
    from pyarrow import parquet

    table = loaded("query", QUERY).out
    rows = rows_of(loaded("query", QUERY, "--format", "csv").out)
    found = json.loads(loaded("query", QUERY, "--format", "json").out)
    assert loaded("query", QUERY, "--format", "parquet", "--output", tmp_path / "a.bin").code == 0
    stored = parquet.read_table(tmp_path / "a.bin").to_pylist()
    assert {"region_name_en": "Jiangxi", "period_code": "Y2011", "numerator": "651000000"} in rows
    assert [{**row, "numerator": f"{row['numerator']}"} for row in found] == rows
    assert [{**row, "numerator": f"{row['numerator']:f}".rstrip("0").rstrip(".")} for row in stored] == rows
    assert f"({len(rows)} rows)" in table
    assert "651,000,000" in table


def test_the_ending_of_the_output_file_says_its_format(loaded, tmp_path):
    from pyarrow import parquet

    for name in ("a.csv", "a.json", "a.parquet"):
        ended = loaded("query", QUERY, "--output", tmp_path / name)
        assert (ended.code, ended.out) == (0, "")
    wanted = rows_of((tmp_path / "a.csv").read_text())
    assert len(json.loads((tmp_path / "a.json").read_text())) == len(wanted) > 0
    assert parquet.read_table(tmp_path / "a.parquet").num_rows == len(wanted)
    ended = loaded("query", QUERY, "--output", tmp_path / "a.txt", "--format", "table")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert not (tmp_path / "a.txt").exists()


def test_parquet_goes_into_a_pipe(loaded):
    from pyarrow import BufferReader, parquet

    ended = process(loaded, "query", QUERY, "--format", "parquet")
    assert parquet.read_table(BufferReader(ended.stdout)).column_names == ["region_name_en", "period_code", "numerator"]


def test_values_that_json_has_no_number_for_are_null(loaded):
    assert json.loads(loaded("query", "SELECT 'inf'::DOUBLE AS a, NULL AS b", "--format", "json").out) == [
        {"a": None, "b": None}
    ]


def test_an_output_that_cannot_be_written_is_named(loaded, tmp_path):
    for name in ("a.csv", "a.parquet"):
        target = tmp_path / "none" / name
        ended = loaded("query", QUERY, "--output", target)
        assert (ended.code, ended.err) == (1, f"error: {target}: cannot be written: No such file or directory\n")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM core.fact_fund",
        "CREATE TABLE core.mine AS SELECT 1",
        "COPY (SELECT 1) TO '{file}'",
        "EXPORT DATABASE '{file}'",
        "ATTACH '{file}' AS other",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "FROM '{secret}'",
        "FROM glob('{folder}/*')",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SELEC 1",
        "FROM no_such_table",
    ],
)
def test_a_query_reaches_nothing_but_the_snapshot(loaded, tmp_path, statement):
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nrosebud\n")
    before = loaded.settings.snapshot.read_bytes()
    ended = loaded("query", statement.format(file=tmp_path / "new", secret=secret, folder=tmp_path))
    assert ended.code == 1
    assert (ended.out, ended.err.count("\n")) == ("", 1)
    assert ended.err.startswith("error: the query fails: ")
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert loaded.settings.snapshot.read_bytes() == before


def test_a_query_before_the_first_run_says_what_to_do(fupin, settings):
    for arguments in (("query", "SELECT 1"), ("failures",)):
        ended = fupin(*arguments)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == f"error: {settings.snapshot}: nothing published yet; run `fupin run` first\n"


@pytest.mark.parametrize("arguments", [("run",), ("figures", str(REPORT)), ("query", QUERY), ("failures",)])
def test_quick_commands_load_nothing_heavy(loaded, arguments):
    script = (
        f"import sys; sys.argv = ['fupin', *{arguments!r}]\n"
        "from pipelines.cli import main\ntry:\n    main()\nexcept SystemExit: pass\n"
        "print([name for name in ('dagster', 'great_expectations', 'pandas', 'apprise') if name in sys.modules])"
    )
    environment = os.environ | {"FUPIN_HOME": str(loaded.settings.home), "FUPIN_RAW": str(loaded.settings.raw)}
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, timeout=600
    )
    *printed, heavy = ended.stdout.decode().splitlines()
    assert printed
    assert heavy == "[]"


@pytest.mark.slow
def test_a_run_imports_what_it_needs(settings):
    (settings.raw / "hubei_2009.txt").write_text("In 2009, Hubei province allocated 120 million yuan to villages.\n")
    script = (
        "import sys; sys.argv = ['fupin', 'run']\n"
        "from pipelines.cli import main\ntry:\n    main()\nexcept SystemExit as end: print(end.code)\n"
        "print([name for name in ('altair', 'scipy', 'sqlglot', 'sqlalchemy', 'dagster') if name in sys.modules])"
    )
    environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
    ended = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-2:] == ["0", "[]"], ended.stderr


# failures

SAMPLE = NAMES["jiangxi_2011.txt"]


def test_failures_name_the_suspect_and_its_sentence(loaded):
    rows = rows_of(loaded("failures", "--format", "csv").out)
    assert tuple(rows[0]) == (*FAILURE_COLUMNS, *HANDLED)
    assert {row["report"] for row in rows} == {SAMPLE}
    suspects = {row["suspect"] for row in rows if row["severity"] == "error"}
    assert {"200 million Yuan", "7", "56"} <= suspects
    assert all(row["suspect"] in row["sentence"] for row in rows if row["suspect"])
    text = loaded("failures").out
    assert f"{len(rows)} open failures." in text
    for row in rows:
        assert f"{row['rule']}: {row['finding']}" in text
    assert json.loads(loaded("failures", "--format", "json").out)[0]["sentence"] == rows[0]["sentence"]


def test_failures_by_severity_and_report(loaded):
    everything = rows_of(loaded("failures", "--format", "csv").out)
    for severity in ("error", "warning"):
        rows = rows_of(loaded("failures", "--format", "csv", "--severity", severity).out)
        assert rows == [row for row in everything if row["severity"] == severity] != []
    assert rows_of(loaded("failures", "--format", "csv", "--report", SAMPLE).out) == everything
    assert loaded("failures", "--report", "jiangxi_2010.txt").out == "No open failure.\n"
    assert loaded("failures", "--severity", "critical").out == "No open failure.\n"


# doctor, check, help, wrong use


def test_doctor_tells_where_state_is_and_that_all_is_well(loaded):
    ended = loaded("doctor")
    assert ended.code == 0
    assert "PROBLEM" not in ended.out
    for line in (
        rf"^state +{re.escape(str(loaded.settings.home))}$",
        rf"snapshot readable: {len(NAMES)} reports",
        rf"up to date with {len(NAMES)} reports",
        r"^duckdb +\d",
        r"no load is running",
    ):
        assert re.search(line, ended.out, re.MULTILINE), line


def test_doctor_notices_new_files_a_running_load_and_a_broken_snapshot(loaded, settings, sample, fupin):
    from filelock import FileLock

    assert fupin("doctor").code == 0
    sample("jiangxi_2010.txt")
    new = loaded("doctor", FUPIN_RAW=str(settings.raw / "none"))
    assert (new.code, new.out.count("PROBLEM")) == (1, 1)
    sample("sichuan_2009.txt")
    new = loaded("doctor", FUPIN_RAW=str(settings.raw))
    assert (new.code, "stale: 1 of 2 reports are new or edited, run `fupin run`" in new.out) == (0, True)
    settings.snapshot.parent.mkdir(parents=True)
    settings.snapshot.write_bytes(b"no database")
    (settings.home / "warehouse.holder").write_text("4711")
    with FileLock(settings.home / "warehouse.lock"):
        environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
        other = subprocess.run(
            [FUPIN, "doctor"], env=environment, capture_output=True, text=True, timeout=600, check=False
        )
    assert other.returncode == 1
    assert re.search(rf"PROBLEM +{re.escape(str(settings.snapshot))}: cannot be opened", other.stdout)
    assert "a load is running by process 4711" in other.stdout


def test_check_counts_what_is_sound(loaded):
    ended = loaded("check")
    assert ended.code == 0
    counted = re.fullmatch(
        r"(\d+) catalogue and SQL files are sound\n(\d+) expectation suites are sound\n"
        r"views and indicators are written in the SQL that DuckDB and Spark take alike\n",
        ended.out,
    )
    assert int(counted[2]) == len(list((PROJECT / "expectations").rglob("*.json"))) - 2 + len(indicators())
    assert int(counted[1]) > len(list((PROJECT / "sql").rglob("*.sql")))


def test_help_names_every_command(loaded):
    ended = process(loaded, "--help")
    assert ended.returncode == 0
    for command in ("run", "figures", "query", "failures", "alerts", "doctor", "check"):
        assert re.search(rf"^  {command} ", ended.stdout.decode(), re.MULTILINE)
        assert loaded(command, "--help").out.splitlines()[0].partition(" [")[0].endswith(f"fupin {command}")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("fly",), "fly"),
        (("query",), "'sql'"),
        (("figures",), "'file'"),
        (("figures", str(REPORT), "--format", "xml"), "--format"),
        (("failures", "--severity", "grave"), "--severity"),
        (("run", "--fast"), "--fast"),
    ],
)
def test_wrong_use_ends_with_2_and_names_what_is_wrong(loaded, arguments, named):
    ended = loaded(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert named in ended.err


def test_a_wrong_setting_is_named(loaded):
    ended = loaded("run", FUPIN_WORKERS="many")
    assert (ended.code, ended.out) == (1, "")
    wanted = "is a number of processes, pool, or the address of a scheduler: dask://host:port"
    assert ended.err == f"error: FUPIN_WORKERS: {wanted}\n"
    ended = loaded("run", FUPIN_DUCKDB_THREADS="many")
    assert (ended.code, ended.out) == (1, "")
    assert re.fullmatch(r"error: FUPIN_DUCKDB_THREADS: .*integer.*\n", ended.err)
