"""Exports: read back with each standard's own library, equal byte by byte, never over what is no export."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.errors import FupinError
from pipelines.publishing.exports import workbook
from pipelines.publishing.exports.export import ExportFormat, export
from pipelines.publishing.exports.folder import MANIFEST
from pipelines.publishing.exports.parquet import write_parquet
from pipelines.publishing.exports.sdmx import unit_code
from pipelines.publishing.exports.tables import BESIDE, Column, Table, export_tables
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import Settings
from tests.integration.conftest import NAMES


@pytest.fixture(scope="module")
def exported(loaded, tmp_path_factory):
    """One folder per format, all tables in it."""
    folder = tmp_path_factory.mktemp("exported")
    for kind in ExportFormat:
        ended = loaded("export", "--format", kind, "-o", folder / kind)
        assert (ended.code, ended.err) == (0, "")
        assert "tables in " in ended.out
    return folder


@pytest.fixture
def connection(loaded):
    with open_snapshot(loaded.settings) as opened:
        yield opened


def counts(connection):
    """Rows of each exported table."""
    return {
        table.full_name: connection.execute(f"SELECT count(*) FROM ({table.query})").fetchone()[0]
        for table in export_tables(connection)
    }


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_star_the_indicators_their_lineage_and_the_wide_tables_are_exported(connection):
    found = counts(connection)
    for name in (
        "core.fact_figure",
        "core.dim_region",
        "indicator.central_share",
        "indicator.lineage",
        "indicator.reviewed",
        "out.funds",
        "out.results",
    ):
        assert found[name] > 0
    assert not any(name.startswith("quality.") for name in found)


def test_what_may_be_summed_says_who_looked_at_it_and_how_sure_it_is(connection):
    wide = [table for table in export_tables(connection) if table.schema == "out"]
    assert {"out.funds", "out.funds_by_source", "out.funds_by_program", "out.results"} < {t.full_name for t in wide}
    for table in wide:
        assert {"sureness", "reviewed_by", "reviewed_at"} <= {column.name for column in table.columns}


# the same content, the same bytes


@pytest.fixture(scope="module")
def shuffled(loaded, tmp_path_factory) -> Settings:
    """The same rows, stored in another order and loaded at another time."""
    home = tmp_path_factory.mktemp("shuffled") / "var"
    shutil.copytree(loaded.settings.home, home)
    settings = loaded.settings.model_copy(update={"home": home})
    shuffle(settings)
    return settings


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_the_same_content_gives_the_same_bytes(shuffled, exported, tmp_path, kind):
    with open_snapshot(shuffled) as connection:
        export(connection, kind, tmp_path / "again")
    first, second = contents(exported / kind), contents(tmp_path / "again")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def shuffle(settings: Settings):
    import duckdb

    connection = duckdb.connect(str(settings.warehouse))
    connection.execute("UPDATE core.dim_report SET ingested_at = now() + INTERVAL 1 DAY")
    for table in ("fact_figure", "fact_fund", "fact_check", "bridge_composition"):
        connection.execute(f"CREATE TEMP TABLE kept AS FROM core.{table} ORDER BY hash(report_version_key, rowid)")
        connection.execute(f"DELETE FROM core.{table}")
        connection.execute(f"INSERT INTO core.{table} FROM kept")
        connection.execute("DROP TABLE kept")
    connection.close()
    publish(settings)


def test_other_content_gives_other_bytes(loaded, exported, tmp_path):
    import duckdb

    home = tmp_path / "var"
    shutil.copytree(loaded.settings.home, home)
    settings = loaded.settings.model_copy(update={"home": home})
    connection = duckdb.connect(str(settings.warehouse))
    connection.execute("UPDATE core.fact_fund SET amount_cny = amount_cny + 0.01")
    connection.close()
    publish(settings)
    with open_snapshot(settings) as connection:
        export(connection, ExportFormat.csv, tmp_path / "again")
    first, second = contents(exported / "csv"), contents(tmp_path / "again")
    assert {str(name) for name in first if first[name] != second[name]} == {"core/fact_fund.csv", MANIFEST}


def test_the_manifest_lists_every_file(exported):
    import hashlib

    for kind in ExportFormat:
        manifest = json.loads((exported / kind / MANIFEST).read_text(encoding="utf-8"))
        assert manifest["format"] == kind
        files = contents(exported / kind)
        files.pop(Path(MANIFEST))
        assert manifest["files"] == {
            name.as_posix(): {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        }


# each format, read back


def test_parquet_has_exact_values_by_region_and_period(exported, connection):
    from pyarrow import parquet

    folder = exported / "parquet"
    for name, rows in counts(connection).items():
        assert parquet.read_table(folder / name.replace(".", "/")).num_rows == rows
    funds = parquet.read_table(folder / "core" / "fact_fund")
    assert funds.schema.field("amount_cny").type == pa.decimal128(20, 2)
    [total] = connection.execute("SELECT sum(amount_cny) FROM core.fact_fund").fetchone()
    assert sum(funds["amount_cny"].to_pylist()) == total > 0
    share = parquet.read_table(folder / "indicator" / "central_share", filters=[("period", "=", "Y2011")])
    assert share["region_code"].to_pylist() == ["360000"]
    assert share["value"].to_pylist() == [Decimal("81.070984")]
    names = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    assert "core/fact_fund/region=360000/period=Y2011" in names
    assert "core/dim_report" in names
    only = parquet.read_table(folder / "core/fact_fund/region=360000/period=Y2011/part-0.parquet", partitioning=None)
    regions = connection.execute(
        "SELECT DISTINCT region_code, period_code FROM core.dim_region, core.dim_period WHERE region_key = ? "
        "AND period_key = ?",
        [only["region_key"][0].as_py(), only["period_key"][0].as_py()],
    ).fetchall()
    assert regions == [("360000", "Y2011")]
    assert len(set(only["region_key"].to_pylist())) == len(set(only["period_key"].to_pylist())) == 1


def test_parquet_of_a_table_without_rows_keeps_its_columns(connection, tmp_path):
    from pyarrow import parquet

    [table] = export_tables(connection, ["fact_fund"])
    empty = replace(table, query=table.query.replace("WHERE", "WHERE FALSE AND"))
    write_parquet(connection, [empty], tmp_path)
    found = parquet.read_table(tmp_path / "core" / "fact_fund")
    assert (found.num_rows, found.column_names[0]) == (0, "figure_key")


def test_batches_are_of_one_size_whatever_the_reader_gives(connection, monkeypatch):
    from pipelines.publishing.exports import tables

    monkeypatch.setattr(tables, "_BATCH_ROWS", 100)
    [figures] = export_tables(connection, ["fact_figure"])
    sizes = [batch.num_rows for batch in figures.batches(connection)]
    assert set(sizes[:-1]) == {100}
    assert sum(sizes) == counts(connection)["core.fact_figure"]
    keys = [key for batch in figures.batches(connection) for key in batch["figure_key"].to_pylist()]
    assert keys == [row[0] for row in figures.rows(connection)] == sorted(keys)


def test_csv_has_every_row_and_no_formula(exported, connection):
    for name, rows in counts(connection).items():
        with (exported / "csv" / f"{name.replace('.', '/')}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        assert len(found) == rows + 1
    with (exported / "csv" / "core" / "dim_report.csv").open(encoding="utf-8", newline="") as file:
        reports = list(csv.DictReader(file))
    assert {row["report_id"] for row in reports} == set(NAMES.values())
    assert "ingested_at" not in reports[0]


HOSTILE = ('=HYPERLINK("x")', "+1", "-1", "@a", "\tb", "\rc", "江西省", "plain")


@pytest.fixture
def hostile():
    """A table with texts that spreadsheet programs compute."""
    values = ", ".join("('" + text.replace("'", "''") + "', -1.5)" for text in HOSTILE)
    columns = (Column("text", "VARCHAR", "", True), Column("number", "DECIMAL(2,1)", "", True))
    return Table("core", "hostile", "", columns, ("text",), f"SELECT * FROM (VALUES {values}) AS t (text, number)")


def test_formulas_are_defused_in_csv(connection, hostile, tmp_path):
    from pipelines.publishing.exports.text import write_csv

    write_csv(connection, [hostile], tmp_path)
    with (tmp_path / "core" / "hostile.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert [row[0] for row in rows] == [f"'{text}" for text in HOSTILE[:6]] + list(HOSTILE[6:])
    assert {row[1] for row in rows} == {"-1.5"}


def test_formulas_are_text_in_a_workbook(connection, hostile, tmp_path):
    import openpyxl

    workbook.write_workbook(connection, [hostile], tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / workbook.NAME)["hostile"]
    for row, text in zip(sheet.iter_rows(min_row=2), HOSTILE, strict=True):
        assert row[0].data_type == "s"
        assert row[0].value.replace("_x000D_", "\r") == text
        assert bool(row[0].quotePrefix) is (text in HOSTILE[:6])
        assert (row[1].data_type, row[1].value) == ("n", -1.5)


def test_a_workbook_has_a_sheet_per_table(exported, connection):
    import openpyxl
    from python_calamine import load_workbook

    path = exported / "xlsx" / workbook.NAME
    book = load_workbook(str(path))
    listed = book.get_sheet_by_name("contents").to_python()[1:]
    assert {row[1]: row[2] for row in listed} == counts(connection)
    assert ["indicators", "contents", *(row[0] for row in listed)] == book.sheet_names
    for name, _, rows, _ in listed:
        assert len(book.get_sheet_by_name(name).to_python()) == rows + 1
    sheets = openpyxl.load_workbook(path)
    assert all(sheet.freeze_panes == "A2" for sheet in sheets.worksheets)
    funds = sheets["fact_fund"]
    head = [cell.value for cell in funds[1]]
    row = dict(zip(head, funds[2], strict=True))
    assert (row["amount_cny [CNY]"].data_type, row["amount_cny [CNY]"].number_format) == ("n", "#,##0")
    assert funds.auto_filter.ref == funds.dimensions
    # nineteen digits, which a number of Excel does not keep
    assert row["figure_key"].value == str(
        connection.execute("SELECT min(figure_key) FROM core.fact_fund").fetchone()[0]
    )
    regions = [cell.value for cell in sheets["dim_region"]["D"]]
    assert "江西省" in regions


def test_the_first_sheet_has_a_row_per_region_and_period(exported, connection):
    import openpyxl

    sheet = openpyxl.load_workbook(exported / "xlsx" / workbook.NAME).worksheets[0]
    head, *rows = list(sheet.iter_rows(values_only=True))
    assert head[:4] == ("region_code", "region_name_en", "region_name_zh", "period_code")
    places = [(row[0], row[3]) for row in rows]
    assert places == sorted(set(places))
    share = {(row[0], row[3]): row[head.index("Share of central funds [%]")] for row in rows}
    assert share["360000", "Y2011"] == 81.070984
    [(values,)] = connection.execute(
        "SELECT count(value) FROM indicator.all_values WHERE basis = 'as_reported' AND member_code = 'none'"
    ).fetchall()
    assert sum(value is not None for row in rows for value in row[4:]) == values


def test_a_table_that_does_not_fit_into_a_sheet_goes_on_in_the_next(connection, tmp_path):
    from python_calamine import load_workbook

    tables = export_tables(connection, ["dim_flow_stage", "dim_fund_source"])
    workbook.write_workbook(connection, tables, tmp_path, sheet_rows=6)
    book = load_workbook(str(tmp_path / workbook.NAME))
    assert book.sheet_names == [
        *("contents", "dim_flow_stage", "dim_flow_stage (2)", "dim_flow_stage (3)"),
        *("dim_fund_source", "dim_fund_source (2)"),
    ]
    rows = [row[1] for name in book.sheet_names[1:4] for row in book.get_sheet_by_name(name).to_python()[1:]]
    wanted = connection.execute("SELECT stage_code FROM core.dim_flow_stage ORDER BY stage_key").fetchall()
    assert rows == [row[0] for row in wanted]


def test_a_text_that_no_cell_takes_is_an_error_and_leaves_nothing(connection, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "_TEXT_LENGTH", 300)
    with pytest.raises(FupinError, match=r"[\w.]+, \w+: a text of .* does not fit into a cell"):
        export(connection, ExportFormat.xlsx, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_long_names_get_short_sheets_that_differ():
    long = "indicator.a_name_that_is_longer_than_a_sheet_may_be"
    names = workbook._sheet_names([(long, 0), (long.upper(), 0), (long, 1), ("core.contents", 0)])
    assert all(len(name) <= 31 for name in names)
    assert len({name.lower() for name in (*names, "contents")}) == 5


def test_the_data_package_is_valid_with_its_keys(exported, connection):
    from frictionless import Package

    package = Package(str(exported / "datapackage" / "datapackage.json"))
    report = package.validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.stats["tasks"] == len(counts(connection))
    funds = package.get_resource("core.fact_fund")
    kinds = {field.name: (field.type, field.custom.get("columnType")) for field in funds.schema.fields}
    assert kinds["amount"] == ("number", "value")
    assert kinds["currency"] == ("string", "value-currency:code")
    assert {key["reference"]["resource"] for key in funds.schema.foreign_keys} >= {
        "core.dim_region",
        "core.fact_figure",
    }
    rows = funds.read_rows()
    [total] = connection.execute("SELECT sum(amount) FROM core.fact_fund").fetchone()
    assert sum(row["amount"] for row in rows) == total
    descriptor = package.to_descriptor()
    assert {source["report"] for source in descriptor["sources"]} == set(NAMES.values())
    assert "licenses" not in descriptor


def test_a_part_of_the_tables_is_a_valid_package_with_its_licence_and_damage_is_found_out(loaded, tmp_path):
    from frictionless import Package

    wanted = ("--table", "fact_fund", "--table", "core.dim_region", "--licence", "CC-BY-4.0")
    folder = tmp_path / "package"
    assert loaded("export", "--format", "datapackage", "-o", folder, *wanted).code == 0
    package = Package(str(folder / "datapackage.json"))
    assert package.validate().valid
    assert package.resource_names == ["core.dim_region", "core.fact_fund"]
    assert [licence["name"] for licence in package.licenses] == ["CC-BY-4.0"]
    keys = package.get_resource("core.fact_fund").schema.foreign_keys
    assert [key["reference"]["resource"] for key in keys] == ["core.dim_region"]
    path = folder / "data" / "core.fact_fund.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    names, fields = lines[0].split(","), lines[1].split(",")
    fields[names.index("region_key")], fields[names.index("flow")] = "4711", "sideways"
    path.write_text("".join([lines[0], ",".join(fields), *lines[2:]]), encoding="utf-8")
    kinds = {kind for [kind] in Package(str(folder / "datapackage.json")).validate().flatten(["type"])}
    assert {"foreign-key", "constraint-error", "hash-count"} <= kinds


def test_sdmx_is_read_with_its_structure(exported, connection):
    import sdmx

    structure = sdmx.read_sdmx(exported / "sdmx" / "structure.xml")
    flow = structure.dataflow["INDICATORS"]
    flow.structure = structure.structure["DSD_INDICATORS"]
    [data] = sdmx.read_sdmx(exported / "sdmx" / "indicators.csv", structure=flow).data
    rows = sum(
        count
        for name, count in counts(connection).items()
        if name.startswith("indicator.") and name.partition(".")[2] not in BESIDE
    )
    assert len(data.obs) == rows > 20
    lists = {name: set(one.items) for name, one in structure.codelist.items()}
    for observation in data.obs:
        key = {name: value.value for name, value in observation.key.values.items()}
        assert key["INDICATOR"] in lists["CL_INDICATOR"]
        assert key["REF_AREA"] in lists["CL_REF_AREA"]
        assert key["BASIS"] in lists["CL_BASIS"]
        attributes = {name: one.value for name, one in observation.attached_attribute.items()}
        assert attributes["UNIT_MEASURE"] in lists["CL_UNIT"]
        assert attributes["OBS_STATUS"] in lists["CL_OBS_STATUS"]
        assert (attributes["OBS_STATUS"] == "O") is (observation.value == "NaN")
    # to the end: as numbers in a data frame
    frame = sdmx.to_pandas(data)
    assert (len(frame), frame.dtypes.iloc[0] if frame.ndim > 1 else frame.dtype) == (rows, "float64")
    assert frame.isna().to_numpy().any()
    made = [flow, flow.structure, *structure.codelist.values(), *structure.concept_scheme.values()]
    assert {str(one.version) for one in made} == {"1.0.0"}
    for one in [*made, *(item for scheme in made[2:] for item in scheme)]:
        assert {"en", "zh"} <= one.name.localizations.keys(), one
    assert structure.codelist["CL_INDICATOR"]["CENTRAL_SHARE"].name.localizations["zh"] == "中央资金占比"
    [share] = [
        observation
        for observation in data.obs
        if [observation.key.values[name].value for name in ("INDICATOR", "REF_AREA", "TIME_PERIOD")]
        == ["CENTRAL_SHARE", "360000", "2011"]
    ]
    assert float(share.value) == 81.070984


@pytest.mark.parametrize(
    ("unit", "code"), [("%", "PT"), ("CNY", "CNY"), ("CNY/person", "CNY_PERSON"), ("1 = yes, 0 = no", "1_YES_0_NO")]
)
def test_units_as_codes(unit, code):
    assert unit_code(unit) == code


# folders and tables


def test_an_export_replaces_an_export_and_nothing_else(loaded, tmp_path):
    target = tmp_path / "out"
    assert loaded("export", "--format", "csv", "-o", target).code == 0
    assert loaded("export", "--format", "sdmx", "-o", target).code == 0
    assert {path.name for path in target.iterdir()} == {"indicators.csv", "structure.xml", MANIFEST}
    before = contents(target)
    (target / "notes.txt").write_text("mine")
    ended = loaded("export", "--format", "csv", "-o", target)
    assert (ended.code, ended.err) == (
        1,
        f"error: {target}: holds notes.txt, which no export wrote; move it away or name another folder\n",
    )
    assert contents(target) == before | {Path("notes.txt"): b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("content", [{"a.txt": "x"}, {MANIFEST: "{}"}, {MANIFEST: "x"}, {"sub/": ""}])
def test_a_folder_that_is_no_export_is_left_alone(loaded, tmp_path, content):
    target = tmp_path / "out"
    target.mkdir()
    for name, text in content.items():
        (target / name).mkdir() if name.endswith("/") else (target / name).write_text(text)
    before = contents(target)
    ended = loaded("export", "--format", "csv", "-o", target)
    assert ended.code == 1
    assert "is not empty and no earlier export" in ended.err
    assert contents(target) == before


def test_an_empty_folder_and_a_new_one_are_taken_and_a_file_is_not(loaded, tmp_path):
    (tmp_path / "empty").mkdir()
    assert loaded("export", "--table", "dim_unit", "-o", tmp_path / "empty").code == 0
    assert loaded("export", "--table", "dim_unit", "-o", tmp_path / "new" / "er").code == 0
    (tmp_path / "file").write_text("")
    ended = loaded("export", "-o", tmp_path / "file")
    assert (ended.code, "is a file; an export is a folder" in ended.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--table", "fact_funds"), "fact_funds: no such table; did you mean fact_fund"),
        (("--table", "quality.failure"), 'is not exported; `fupin query "FROM quality.failure" --output FILE`'),
        (("--table", "fact_fund", "--format", "sdmx"), "core.fact_fund: SDMX holds indicators only"),
        (("--licence", "CC0-1.0"), "only a data package says its licence"),
    ],
)
def test_what_cannot_be_exported_is_named(loaded, tmp_path, arguments, message):
    ended = loaded("export", "-o", tmp_path / "out", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert message in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_only_current_versions_are_exported(fupin, settings, sample, tmp_path):
    path = sample("jiangxi_2010.txt")
    assert fupin("run").code == 0
    path.write_text(path.read_text(encoding="utf-8").replace("525.08", "525.18"), encoding="utf-8")
    assert fupin("run").code == 0
    assert fupin("export", "--format", "csv", "-o", tmp_path / "out").code == 0
    with open_snapshot(settings) as connection:
        assert connection.execute("SELECT count(*) FROM core.dim_report").fetchone() == (2,)
        [current] = connection.execute(
            "SELECT count(*) FROM core.fact_figure JOIN core.dim_report USING (report_version_key) WHERE is_current"
        ).fetchone()
    for name, rows in (("dim_report", 1), ("fact_figure", current)):
        with (tmp_path / "out" / "core" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == rows
    text = (tmp_path / "out" / "core" / "fact_figure.csv").read_text(encoding="utf-8")
    assert "525.18" in text
    assert "525.08" not in text
