"""Long lists: what stands in the page, and the scripts of plain data."""

import json

from pipelines.publishing.site.lists import FIRST_ROWS, Cell, Column, Listing, scripts


def listing(rows):
    return Listing("things", "Things", (Column("Name", "name"), Column("Size", is_number=True)), rows)


def rows_of(script):
    assert script.startswith('fupinRows("things",')
    return json.loads(script.removeprefix('fupinRows("things",').removesuffix(");\n"))


def test_the_page_holds_the_first_rows_and_the_scripts_all():
    made = listing([(Cell(f"thing {n}", f"p{n}.html"), Cell(str(n), sort=n, kind="number")) for n in range(5_000)])
    assert len(made.first) == FIRST_ROWS
    found = scripts("things", made.rows)
    assert [row[1][2] for script in found for row in rows_of(script)] == list(range(5_000))


def test_no_script_is_heavier_than_a_page_may_be():
    found = scripts("things", [(Cell("省" * 300), Cell(str(n), sort=n)) for n in range(2_000)])
    assert len(found) > 1
    assert max(len(script.encode()) for script in found) < 500_000


def test_an_empty_list_is_a_script_without_rows():
    assert [rows_of(script) for script in scripts("things", [])] == [[]]


def test_cells_keep_zero_and_drop_what_is_empty():
    [[row]] = [rows_of(script) for script in scripts("things", [(Cell("a"), Cell("0", sort=0))])]
    assert row == [["a"], ["0", "", 0]]


def test_attacks_stay_text_in_a_script():
    attack = "</script><script>alert(1)</script>\u2028\u202e\\\"'"
    [script] = scripts("things", [(Cell(attack), Cell(""))])
    assert "<" not in script
    assert "\u2028" not in script
    assert rows_of(script)[0][0][0] == "</script><script>alert(1)</script>[U+2028][U+202E]\\\"'"


def test_choices_are_the_values_once():
    assert listing([(Cell("b"), Cell("")), (Cell("a"), Cell("")), (Cell("b"), Cell("")), (Cell(""), Cell(""))]).choices(
        0
    ) == [
        "b",
        "a",
    ]


def test_rows_in_a_page_are_escaped_and_lead_from_it():
    row = (Cell('<b>"Xining" & others', "p.html?a&b", kind="code", lang="zh"), Cell("2\u202e", sort=2))
    made = Listing("things", "Things", (Column("Na<me"), Column("Size", is_number=True)), [row])
    assert made.body("../") == (
        '<tr><td class="code" lang="zh" data-label="Na&lt;me"><a href="../p.html?a&amp;b">'
        "<bdi>&lt;b&gt;&quot;Xining&quot; &amp; others</bdi></a></td>"
        '<td data-label="Size"><bdi>2[U+202E]</bdi></td></tr>\n'
    )
