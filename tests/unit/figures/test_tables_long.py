"""Long tables are read, checked and derived in time that grows with their rows, not with the square of them."""

import time

from tests.helpers import table, whole

ROWS = 3000
QUADRATIC_SECONDS = 60  # ten times what it takes on a busy machine; what looks at each pair of rows needs far more


def long_table(rows, total):
    lines = [
        [f"Village {n:05d}", "Relocation", str(3 * n), str(2 * n), str(n), str(n % 90)] for n in range(1, rows + 1)
    ]
    header = ["Village", "Program", "Total", "Central", "Provincial", "Households"]
    sums = [str(sum(int(line[column]) for line in lines)) for column in range(2, 6)]
    return [["Unit: 10,000 yuan"], header, *lines, *([["Total", "", *sums]] if total else [])]


def test_a_long_table_becomes_facts_in_seconds():
    for total in (True, False):
        start = time.process_time()
        _, facts = whole(table(long_table(ROWS, total), "Funds of Jiangxi, 2011"))
        assert time.process_time() - start < QUADRATIC_SECONDS
        leaves = [fact for fact in facts.funds if fact.is_additive_leaf]
        assert sum(fact.amount_cny for fact in leaves) == 10_000 * 3 * ROWS * (ROWS + 1) // 2
        assert {fact.program for fact in facts.funds if fact.is_additive_leaf} == {"relocation"}
        assert {fact.region for fact in leaves} == {"360000"}


def test_cells_that_share_a_meaning_keep_their_own_place_and_words():
    rows = long_table(40, total=True)
    rows[5][0], rows[6][0] = "Xingguo County", "Rural school of Ruijin City"
    rows[7][1] = "Rain Plan"
    reading, facts = whole(table(rows, "Funds of Jiangxi, 2011"))
    by_cell = {figure.figure_id: figure.locator for figure in reading.figures}
    of = {by_cell[fact.figure_id].cell: fact for fact in facts.funds}
    assert [of[cell].region for cell in ("D6", "D7", "D8")] == ["360732", "360781", "360000"]
    assert (of["D7"].program, of["D8"].program) == ("relocation", "rain_plan")
    assert {by_cell[fact.figure_id].row_path for fact in facts.funds} >= {"Village 00001 > Relocation", "Total"}
