"""Failing margins of tables name the fewest cells that would repair them, with the value that each would need."""

from copy import deepcopy

import pytest

from pipelines.checking.verdict import FAILING
from pipelines.figures.read import read_figures
from tests.helpers import checked, table

SOUND = [
    ["Unit: 10,000 yuan", "", "", "", ""],
    ["County", "Total", "Central", "Provincial", "City"],
    ["Xingguo", "360", "210", "110", "40"],
    ["Ruijin", "720", "450", "220", "50"],
    ["Suichuan", "150", "90", "40", "20"],
    ["Total", "1230", "750", "370", "110"],
]
NARROW = [[line[0], *line[2:]] for line in SOUND]


def spoilt(rows, **cells):
    rows = deepcopy(rows)
    for address, text in cells.items():
        rows[int(address[1:]) - 1]["ABCDE".index(address[0])] = text
    return rows


def blamed(rows):
    """Addresses of the disputed cells, and the messages of failing margins."""
    source = table(rows)
    cells = {figure.figure_id: figure.locator.cell for figure in read_figures(source).figures}
    failing = [check for check in checked(source).checks if check.verdict in FAILING and check.rule == "control_total"]
    suspects = sorted({cells[suspect] for check in failing for suspect in check.suspects})
    return suspects, [check.message for check in failing]


@pytest.mark.parametrize("rows", [SOUND, NARROW])
def test_a_sound_table_fails_nothing(rows):
    checks = checked(table(rows)).checks
    assert [check.verdict for check in checks if check.verdict in FAILING] == []
    assert {check.verdict for check in checks if check.rule == "control_total"} == {"holds"}


def test_one_wrong_cell_is_where_its_row_and_its_column_fail_alike():
    suspects, messages = blamed(spoilt(SOUND, C4="540"))
    assert suspects == ["C4"]
    assert len(messages) == 2
    assert all("450 in place of 540 in cell C4 (Ruijin, Central)" in message for message in messages)


def test_two_wrong_cells_are_both_named():
    suspects, messages = blamed(spoilt(SOUND, C4="540", D5="47"))
    assert suspects == ["C4", "D5"]
    assert all("in cell C4" in message or "40 in place of 47 in cell D5" in message for message in messages)


def test_two_wrong_cells_of_one_row_are_both_named():
    suspects, messages = blamed(spoilt(SOUND, C4="540", D4="241"))
    assert suspects == ["C4", "D4"]
    [row] = [message for message in messages if "C4" in message and "D4" in message][:1]
    assert "450 in place of 540" in row
    assert "220 in place of 241" in row


def test_a_declared_total_that_is_wrong_in_two_cells_is_named_in_both():
    suspects, messages = blamed(spoilt(SOUND, C6="760", D6="300"))
    assert suspects == ["C6", "D6"]
    assert any("750 in place of 760 in cell C6 (Total, Central)" in message for message in messages)
    assert any("370 in place of 300 in cell D6 (Total, Provincial)" in message for message in messages)


def test_a_total_without_a_margin_of_its_own_fails_alone():
    suspects, messages = blamed(spoilt(NARROW, B6="760", C6="300"))
    assert suspects == ["B6", "C6"]
    assert "750 in place of 760 in cell B6" in messages[0]
    assert "370 in place of 300 in cell C6" in messages[1]


def test_a_wrong_row_total_is_told_from_its_parts():
    suspects, _ = blamed(spoilt(SOUND, B4="730"))
    assert suspects == ["B4"]


def test_a_wrong_grand_total_is_where_both_totals_fail():
    suspects, _ = blamed(spoilt(SOUND, B6="1320"))
    assert suspects == ["B6"]


def test_ways_of_equal_size_are_all_named():
    suspects, messages = blamed(spoilt(SOUND, C4="460", D5="50"))
    assert suspects == ["C4", "C5", "D4", "D5"]
    assert " or " in messages[0]


def test_rounding_is_no_failure():
    rows = [["Unit: million yuan", "", ""], ["County", "Central", "City"], ["A", "1.4", "2.3"], ["B", "1.4", "2.3"]]
    assert blamed([*rows, ["Total", "2.9", "4.5"]]) == ([], [])


def test_a_column_in_another_currency_leaves_the_total_untested():
    rows = [["County", "Total (yuan)", "Fiscal (yuan)", "Loans (yuan)", "Aid (US$)"], ["A", "160", "60", "40", "9"]]
    assert blamed(rows) == ([], [])
    assert blamed([line[:4] for line in rows])[0] != []


def test_a_part_that_is_not_published_leaves_the_total_untested():
    rows = spoilt(SOUND, C4="…")
    assert blamed(rows) == ([], [])


def test_a_superseded_value_is_no_part_of_a_total():
    rows = [["County", "Funds (yuan)"], ["A", "10"], ["B", "20"], ["A (revised)", "12"], ["Total", "32"]]
    assert blamed(rows) == ([], [])
    assert blamed([*rows[:-1], ["Total", "42"]])[0] == ["B5"]


@pytest.mark.parametrize(
    ("total", "unit", "fails"),
    [("70000", "EUR", 0), ("70010", "EUR", 1), ("70000", "persons", 1)],
)
def test_the_cents_of_large_amounts_of_money_are_rounded_away(total, unit, fails):
    rows = [["District", f"Rural ({unit})", f"Urban ({unit})", f"Total ({unit})"]]
    rows += [["Aba", "40000", "30001", total], ["Ofa", "20000", "31000", "51000"], ["Edo", "11200", "9000", "20200"]]
    assert len(blamed(rows)[1]) == fails


def in_tens(size):
    """Parts and totals of which each was rounded to ten by itself."""
    exact = [(10407 + 713 * row, 3404 + 97 * row) for row in range(size)]
    rows = [[f"Parish {chr(65 + row)}", one, other, one + other] for row, (one, other) in enumerate(exact)]
    return [["Parish", "Boys", "Girls", "Total"], *([row[0], *(str(round(v, -1)) for v in row[1:])] for row in rows)]


def test_numbers_of_a_table_that_are_all_in_tens_are_rounded():
    rows = in_tens(12)
    assert any(int(row[1]) + int(row[2]) != int(row[3]) for row in rows[1:])
    assert blamed(rows) == ([], [])
    assert blamed(spoilt(rows, B5="12545"))[1] != []
    assert blamed(spoilt(rows, D5="19010"))[1] != []


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Office", "Paid", "Owed", "Total spending", "Paid as proportion of total", "Owed as proportion of total"],
            ["Ati", "£71.50", "£28.50", "£100.00", "71.5%", "28.5%"],
            ["Bea", "£0.00", "£0.00", "£0.00", "0.0%", "0.0%"],
            ["Coru", "£31.00", "£31.00", "£62.00", "50.0%", "50.0%"],
        ],
        [
            ["部门", "已付（万元）", "未付（万元）", "合计（万元）", "已付占合计比重（%）", "未付占合计比重（%）"],
            ["甲", "71.50", "28.50", "100.00", "71.5", "28.5"],
            ["乙", "0.00", "0.00", "0.00", "0.0", "0.0"],
            ["丙", "31.00", "31.00", "62.00", "50.0", "50.0"],
        ],
    ],
)
def test_the_shares_of_nothing_need_not_be_a_hundred(rows):
    verdicts = [check.verdict for check in checked(table(rows)).checks if check.rule == "sum_of_shares"]
    assert verdicts == ["holds"] * (len(rows) - 2)
