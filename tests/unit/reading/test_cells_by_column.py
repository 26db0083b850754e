"""The cells of a table by column: in order, with their places, and the same behind the pipe of a child process."""

from __future__ import annotations

import pickle

import pytest

from pipelines.columns import Codes, Run, coded
from pipelines.figures.tables.grid import Grid
from pipelines.reading.cells import Cell, Cells, Filled, Filling


def filled(*lines: tuple[str, ...]) -> Cells:
    filling = Filling()
    filling.lines(0, lines)
    return filling.cells()


def test_cells_come_row_by_row() -> None:
    cells = filled(("a", "b"), ("", "c"), ("d",))
    assert [(cell.address, cell.text) for cell in cells] == [("A1", "a"), ("B1", "b"), ("B2", "c"), ("A3", "d")]


def test_a_text_that_returns_is_kept_once() -> None:
    [(_, texts)] = filled(("a",), (" a ",), ("a",)).columns.values()
    assert (texts.values, list(texts)) == (["a"], ["a", "a", "a"])


def test_rows_that_run_on_are_not_kept_one_by_one() -> None:
    one, two = filled(("a", "b"), ("c", ""), ("d", "e")).columns.values()
    assert (type(one.rows), list(two.rows)) == (Run, [0, 2])


def test_two_texts_at_one_place_are_both_kept() -> None:
    cells = Cells.of([Cell(0, 0, "1"), Cell(0, 0, "2")])
    assert [cell.text for cell in cells] == ["1\n2"]


def test_a_far_cell_takes_no_more_room_than_a_near_one() -> None:
    cells = Cells.of(Cell(10**8 * number, 10**6 * number, "x") for number in range(3))
    assert len(pickle.dumps(cells)) < 1000


def test_cells_are_the_same_behind_the_pipe() -> None:
    cells = Cells.of([Cell(0, 0, "a", 2, 3), Cell(5, 1, "b")])
    assert pickle.loads(pickle.dumps(cells)) == cells


def test_cells_without_rows_of_their_own_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Cells({0: Filled(Codes([1, 2]), coded(["a"]))}, {})


def test_a_merged_cell_stands_at_every_place_that_it_covers() -> None:
    grid = Grid.of(Cells.of([Cell(0, 0, "a", 2, 2), Cell(0, 2, "b"), Cell(1, 2, "c")]))
    assert [[cell.text for cell in line.values()] for line in grid.values()] == [["a", "a", "b"], ["a", "a", "c"]]
    assert grid[0][0] is grid[1][1]


def test_the_texts_of_a_column_are_those_of_the_rows_asked_for() -> None:
    grid = Grid.of(filled(("n",), ("b",), ("a",), ("b",)))
    assert grid.texts(0, range(1, 4)).values == ["b", "a"]
    assert list(grid.texts(0, [3, 9])) == ["b", None]
