"""Texts and tables cut into pages, every figure marked once where it stands."""

from decimal import Decimal

from pipelines.publishing.site.evidence import Figure
from pipelines.publishing.site.links import FIGURES_PER_PAGE
from pipelines.publishing.site.passages import passage
from pipelines.reading.cells import Cell
from pipelines.reading.document import Document, Table
from tests.helpers import document, figures, table


def evidence(number, text, start=None, sheet=None, cell=None, digits=None):
    """A figure at a place; `digits` is how many signs of it its number takes."""
    one, end = Decimal(1), None if start is None else start + (digits or len(text))
    place = ("", start, end, sheet, cell)
    reading = (one, one, one, "CNY", "exact", "level", "ok")
    return Figure(number, number, *place, text, text, *reading, *("",) * 7, 0, "", "", "named")


def of_text(source: Document):
    from pipelines.figures.read import read_figures

    return [evidence(f.figure_id, f.text, f.locator.start) for f in read_figures(source).figures]


def shown(page):
    return "\n".join("".join(s.text for s in paragraph.segments) for paragraph in page.paragraphs)


def marks(page):
    return [s.figure.figure_id for paragraph in page.paragraphs for s in paragraph.segments if s.figure]


def test_the_whole_text_is_shown_with_each_figure_in_its_place():
    source = document("Central funds came to 803 million yuan. 45 villages took part.")
    found = of_text(source)
    page = passage(source, found, 1)
    assert shown(page).split() == source.text.split()
    assert [s.text for p in page.paragraphs for s in p.segments if s.figure] == [figure.text for figure in found]
    assert len(found) == len(figures("Central funds came to 803 million yuan. 45 villages took part.")) == 2


def test_a_mark_holds_scale_and_unit_where_they_follow_and_never_its_neighbour():
    source = document("It came to 803 million yuan, 45 villages.")
    at, after = source.text.index("803"), source.text.index("45")
    whole = [evidence(1, "803 million yuan", at, digits=3), evidence(2, "45", after)]
    apart = [evidence(1, "803 yuan", at, digits=3), evidence(2, "45", after)]
    across = [evidence(1, "803 million yuan, 45", at, digits=3), evidence(2, "45", after)]

    def texts(found):
        page = passage(source, found, 1)
        return [s.text for paragraph in page.paragraphs for s in paragraph.segments if s.figure]

    assert [texts(found) for found in (whole, apart, across)] == [
        ["803 million yuan", "45"],
        ["803", "45"],
        ["803", "45"],
    ]


def test_pages_follow_each_other_without_losing_a_figure():
    text = "\n".join(f"Town {'x' * (n % 5)} built {n + 100} km of roads." for n in range(FIGURES_PER_PAGE * 2 + 7))
    source = document(text)
    found = of_text(source)
    assert len(found) > 2 * FIGURES_PER_PAGE
    pages = [passage(source, found, number) for number in (1, 2, 3)]
    assert sorted({mark for page in pages for mark in marks(page)}) == [figure.figure_id for figure in found]
    assert set(marks(pages[1])) >= set(range(FIGURES_PER_PAGE + 1, 2 * FIGURES_PER_PAGE + 1))
    # a line that two pages share is shown on both; no other is
    assert sum(len(shown(page).splitlines()) for page in pages) <= len(source.blocks) + 2


def test_a_long_text_is_shortened_between_its_figures_only():
    source = document("a" * 50_000 + " built 45 km of roads " + "b" * 50_000)
    page = passage(source, of_text(source), 1)
    assert marks(page) == [1]
    assert len(shown(page)) < 3_000
    assert any(s.left_out for paragraph in page.paragraphs for s in paragraph.segments)


def test_a_place_that_does_not_fit_the_text_marks_nothing():
    source = document("45 villages took part.")
    [figure] = of_text(source)
    page = passage(source, [figure._replace(start=10**6, end=10**6 + 2)], 1)
    assert marks(page) == []
    assert shown(page).split() == source.text.split()


def cells(page):
    return [cell for grid in page.grids for row in grid.rows for cell in row]


def test_cells_are_marked_and_headers_are_headers():
    source = table([["Year", "Total"], ["2010", "737"], ["2011", "803"]])
    found = [evidence(1, "737", sheet="csv", cell="B2"), evidence(2, "803", sheet="csv", cell="B3")]
    page = passage(source, found, 1)
    assert [[s.figure.figure_id for s in cell.segments if s.figure] for cell in cells(page)][3::2] == [[1], [2]]
    assert [cell.is_header for cell in cells(page)] == [True, True, False, False, False, False]


def test_a_cell_printed_otherwise_than_its_figure_is_the_mark():
    page = passage(table([["Total"], ["1.5 (est.)"]]), [evidence(1, "1,5", sheet="csv", cell="A2")], 1)
    [segment] = cells(page)[1].segments
    assert (segment.text, segment.figure.figure_id) == ("1.5 (est.)", 1)


def test_merged_cells_cover_their_rows_and_columns_once():
    page = passage(
        table([["Funds", "", "x"], ["1", "2", "3"]], spans={(0, 0): (1, 2)}),
        [evidence(1, "1", sheet="csv", cell="A2")],
        1,
    )
    [grid] = page.grids
    assert [sum(cell.column_span for cell in row) for row in grid.rows] == [3, 3]
    assert grid.rows[0][0].column_span == 2


def test_rows_of_a_long_table_are_on_the_page_of_their_figures_with_the_header():
    rows = [["County", "Total"], *([f"c{n}", str(n)] for n in range(1, FIGURES_PER_PAGE + 11))]
    source = table(rows)
    found = [evidence(n, str(n), sheet="csv", cell=f"B{n + 1}") for n in range(1, FIGURES_PER_PAGE + 11)]
    first, second = passage(source, found, 1).grids[0], passage(source, found, 2).grids[0]
    assert (len(first.rows), len(second.rows)) == (FIGURES_PER_PAGE + 1, 11)
    assert second.rows[0][0].segments[0].text == "County"
    assert second.is_cut


def test_a_wide_table_is_cut_and_says_so():
    source = Document(
        "t", "0", "text/csv", "en", "", "", (), (Table("csv", "", tuple(Cell(0, n, "x") for n in range(500))),)
    )
    [grid] = passage(source, [], 1).grids
    assert len(grid.rows[0]) < 100
    assert grid.is_cut
