"""Tables of months, quarters and halves of years are loaded like those of years."""

from __future__ import annotations

from pipelines.publishing.snapshot import open_snapshot

TABLES = {
    "months.csv": "月份,收购鲜鱼(吨),鱼苗贷款(万元)\n2018年11月,31.5,207\n2018年12月,28.25,198\n2019年1月,40.5,311\n",
    "quarters.html": "<table><tr><th>Ward</th><th>2018 Q4 (USD)</th><th>First half 2019 (USD)</th>"
    "<th>January-September 2020 (USD)</th></tr><tr><td>Ora</td><td>415</td><td>928</td><td>1377</td></tr>"
    "<tr><td>Bem</td><td>733</td><td>1206</td><td>1589</td></tr></table>",
}
PERIODS = {"Y2018M11", "Y2018M12", "Y2019M01", "Y2018Q4", "Y2019H1", "Y2020M01_09"}


def test_a_table_of_parts_of_years_is_loaded(fupin, settings):
    settings.raw.mkdir(parents=True, exist_ok=True)
    for name, text in TABLES.items():
        (settings.raw / name).write_text(text, encoding="utf-8")
    ran = fupin("run")
    assert (ran.code, ran.err) == (0, "")
    with open_snapshot(settings) as connection:
        rows = connection.execute("SELECT period_code FROM core.dim_period WHERE period_kind = 'part_of_year'")
        assert {code for (code,) in rows.fetchall()} == PERIODS
