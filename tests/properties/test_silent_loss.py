"""Nothing that a document prints is lost without a word: counted by what was printed, not by how it is read.

Some two hundred documents of all formats are made from fixed seeds. Each knows its numbers by the way it was made
(`writers`), so that no part of the reader says what is expected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

import pytest

from pipelines.figures.read import read_figures
from pipelines.reading.read import read_document
from tests.properties import stories, writers
from tests.properties.writers import Box, Grid, Number, Raised, flat, shown

# failures that are known, as a pattern of what a failure says, each with the reason; none may stay
KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"became .*\bcontact '",
        "near a telephone or postcode the first end of a range, or a form not understood, is a contact",
    ),
    (
        r"\] (glued (letters|signs|元)|plus glued|plus minus): ",
        "digits joined by signs or letters that join nothing are split",
    ),
    (
        r"\] (approx|bracketed unit|brackets 万元): ",
        "a scale in or behind brackets is dropped: 512 (million yuan) is 512",
    ),
    (r"\] (wan|ordinal glued|double scale): ", "scales that are not known are dropped: 810.83 wan yuan is 810.83 CNY"),
    (r"\] mark, minus: ", "the minus of US$-800.74 million is dropped"),
    (r"\] (cell stroke|percent stroke): ", "155/158 in a column of yuan is 0.98 yuan"),
    (r"\] wide comma: ", "77，000，007元 is several numbers"),
    (r"^\[another unit\] (Chinese name|letters, then code)", "currencies not known take the unit of a neighbour"),
    (r"\] words of thousands: ", "number words parted by the end of a line are two numbers"),
    (r"^\[lost\] (数|数千万): ", "其中贷款数千万元: no number is seen"),
    (
        r"\] (count range|half a million|上亿): .* (year|slogan|label) '",
        "a number with its unit is a year, a slogan or a label",
    ),
    (r"^\[a figure of what is no quantity\] between, ", "“Copyright 2011” and 见表4 within a line are figures"),
    (
        r"^\[cells not as printed\] cell marked: ",
        "raised marks in rich text of xlsx melt into the number: 498.66² is 498.662",
    ),
    (r"^\[table lost\] table: ", "arguable: a table of a PDF whose rules are not found is named as a whole"),
)
FEWEST = 20
MOST_UNREAD = 0.02  # of the ordinary numbers

STORIES = {
    "txt": writers.as_text,
    "wrapped.txt": partial(writers.as_text, wrap=70),
    "md": writers.as_markdown,
    "html": writers.as_html,
    "docx": writers.as_docx,
    "pdf": writers.as_pdf,
}
SHEETS = {
    "csv": writers.as_csv,
    "semicolons.csv": partial(writers.as_csv, delimiter=";"),
    "tsv": partial(writers.as_csv, delimiter="\t"),
    "wide.csv": partial(writers.as_csv, encoding="utf-16"),
    "json": writers.as_json,
    "xlsx": writers.as_xlsx,
    "xls": writers.as_xls,
    "ods": writers.as_ods,
}
SEEDS = range(8)
LANGUAGES = ("en", "zh")
ORDINARY = "an ordinary number is unread"


@dataclass(frozen=True)
class Failure:
    kind: str
    form: str
    said: str
    became: str

    def __str__(self):
        return f"[{self.kind}] {self.form}: {self.said!r} became {self.became}"


# ------------------------------------------------------------------------------------------ where things were printed

_FOLDED = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def squeezed(text: str) -> tuple[str, list[int]]:
    """A text without blanks and full stops, with full-width forms as plain ones, and where each character stood.

    Writers of PDF set a full stop behind a raised mark into another line.
    """
    places = [place for place, sign in enumerate(text) if not sign.isspace() and sign != "。"]
    return "".join(text[place] for place in places).translate(_FOLDED), places


def described(rows) -> str:
    return "; ".join(
        f"figure {row.text!r} = {row.value} {row.unit} [{row.low}, {row.high}]"
        if hasattr(row, "value")
        else f"{row.reason} {row.text!r}" + (f" ({row.why})" if row.why else "")
        for row in rows
    ) or "nothing"  # fmt: skip


def fits(figures, reading) -> bool:
    """Whether figures say what was printed: each one number, or one that reaches from one bound to the other."""
    return len(figures) == len(reading) and all(
        (figure.low, figure.high) == value if isinstance(value, tuple) else figure.value == value
        for figure, value in zip(figures, reading, strict=True)
    )


def judged(number: Number, rows, said: str) -> Iterator[Failure]:
    """What is wrong with the rows that a printed number became."""
    figures = [row for row in rows if hasattr(row, "value")]
    others = [row for row in rows if not hasattr(row, "value")]
    unread = [row for row in others if row.reason == "unread"]
    fail = partial(Failure, form=number.form, said=said, became=described(rows))
    if any(not row.why.strip() for row in unread):
        yield fail("unread without a reason")
    if number.expect == "other":
        if figures:
            yield fail("a figure of what is no quantity")
        return
    if figures and not any(fits(figures, reading) for reading in number.readings):
        # some of the numbers of a range or list may be unread while others are figures
        values = {value for reading in number.readings for value in reading}
        if not (unread and all(figure.value in values or (figure.low, figure.high) in values for figure in figures)):
            yield fail("a value that nobody printed")
    elif (
        figures and number.unit and any(not figure.unit.startswith(tuple(number.unit.split("|"))) for figure in figures)
    ):
        yield fail("another unit")
    if number.expect != "loose" and len(others) > len(unread):
        yield fail("a number with its unit is classified")
    if number.expect == "figure" and unread:
        yield fail(ORDINARY)
    if not rows:
        yield fail("lost")


def spoken(parts) -> str:
    return "".join(f"<{part}>" if isinstance(part, Raised) else part for part in parts)


def judge_line(line, position, document, rows) -> Iterator[tuple[Number | None, Failure | None]]:
    """Every number of a printed line with what is wrong with it; None for one that is right."""
    _, places = position
    cursor, taken = 0, set()
    for piece in line:
        parts = piece.parts if isinstance(piece, Number) else (piece,)
        length = len(squeezed(shown(parts))[0])
        span = places[cursor : cursor + length]
        cursor += length
        if not span:
            continue
        here = [row for row in rows if row.locator.start <= span[-1] and row.locator.end > span[0]]
        digits = [place for place in span if document.text[place].isdecimal()]
        covered = Counter(
            place for row in here for place in range(row.locator.start, row.locator.end) if place in set(digits)
        )
        form = piece.form if isinstance(piece, Number) else "between"
        said = f"{spoken(flat(line))}"
        if set(covered) != set(digits) or any(times > 1 for times in covered.values()):
            yield None, Failure("digits not in exactly one row", form, said, described(here))
        if isinstance(piece, Number):
            failures = list(judged(piece, here, f"{spoken(parts)}  in  {said}"))
            yield from ((piece, failure) for failure in failures or [None])
            taken.update(id(row) for row in here)
        else:
            for row in here:
                inside = [
                    place for place in range(row.locator.start, row.locator.end) if document.text[place].isdecimal()
                ]
                if (
                    hasattr(row, "value")
                    and id(row) not in taken
                    and row.locator.start >= span[0]
                    and row.locator.end <= span[-1] + 1
                ):
                    yield (
                        None,
                        Failure(
                            "a figure of what is no quantity", f"between, {len(inside)} digits", said, described([row])
                        ),
                    )


def letters(column: int) -> str:
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def judge_grid(grid: Grid, table, rows, document) -> Iterator[tuple[Number | None, Failure | None]]:
    # a row that the reader refuses is named with its first cells
    refused = {
        row
        for row, line in enumerate(grid.rows)
        if line[0] and line[0].parts and any(f"“{line[0].shown}" in note for note in document.unread)
    }
    boxes = [box for row, _, box in grid.boxes() if box.parts and row not in refused]
    cells = list(table.cells)
    while cells and grid.caption and squeezed(cells[0].text)[0] == squeezed(grid.caption)[0]:
        cells.pop(0)
    # a number with a format may be shown with another sign for minus
    odd = [
        (box, cell)
        for box, cell in zip(boxes, cells, strict=False)
        if box.stored is None and squeezed(box.shown)[0] != squeezed(cell.text)[0]
    ]
    if odd or len(cells) != len(boxes):
        first = odd[0][0] if odd else Box()
        became = f"{[(box.shown, cell.text) for box, cell in odd[:3]]}, {len(cells)} of {len(boxes)} cells"
        yield (
            None,
            Failure("cells not as printed", first.number.form if first.number else "table", grid.caption, became),
        )
        return
    for box, cell in zip(boxes, cells, strict=True):
        yield from judge_cell(
            box,
            cell,
            [
                row
                for row in rows
                if row.locator.sheet == table.sheet and row.locator.cell == letters(cell.column) + str(cell.row + 1)
            ],
            grid,
        )


def judge_cell(box: Box, cell, here, grid: Grid) -> Iterator[tuple[Number | None, Failure | None]]:
    figures = [row for row in here if hasattr(row, "value")]
    said = f"{spoken(box.parts)}  in a table: {grid.caption} | {' | '.join(b.shown for b in grid.rows[0] if b)}"
    digits = Counter(sign for sign in cell.text if sign.isdecimal())
    classified = Counter(sign for row in here if not hasattr(row, "value") for sign in row.text if sign.isdecimal())
    form = box.number.form if box.number else box.kind
    if (digits and not here) or len(figures) > 1 or classified - digits or (not figures and classified != digits):
        yield None, Failure("digits not in exactly one row", form, said, described(here))
        return
    if box.number is None:
        if figures:
            yield None, Failure("a figure of what is no quantity", form, said, described(here))
        return
    if not here:
        yield box.number, Failure("a cell of the body lost", form, said, "nothing")
        return
    # the digits of a mark have a row of their own
    marks = [row for row in here if not hasattr(row, "value") and row.reason != "unread"] if figures else []
    failures = list(judged(box.number, [row for row in here if row not in marks], said))
    yield from ((box.number, failure) for failure in failures or [None])


# ------------------------------------------------------------------------------------------------------- the documents


def judge(name: str, data: bytes, story, folder) -> Iterator[tuple[Number | None, Failure | None]]:
    path = folder / f"report.{name}"
    path.write_bytes(data)
    document = read_document(path, path.name, 10**7)
    reading = read_figures(document)
    if reading.numbers_found != len(reading.figures) + len(reading.non_figures):
        yield None, Failure("numbers in no row or two", "all", str(reading.numbers_found), "")
    rows = [*reading.figures, *reading.non_figures]
    narrative = [row for row in rows if row.locator.start is not None]
    text, places = squeezed(document.text)
    tables = iter(document.tables)
    cursor = 0
    for _, what in story:
        if isinstance(what, Grid):
            table = next(tables, None)
            if table is None:
                yield (
                    None,
                    Failure("table lost", "table", what.caption, f"{len(document.tables)} tables, {document.unread}"),
                )
                continue
            yield from judge_grid(what, table, [row for row in rows if row.locator.start is None], document)
            continue
        wanted = squeezed(shown(flat(what)))[0]
        start = text.find(wanted, cursor)
        if start < 0:
            near = text[cursor : cursor + len(wanted) + 20]
            odd = next((place for place, (one, other) in enumerate(zip(wanted, near, strict=False)) if one != other), 0)
            yield (
                None,
                Failure(
                    "text not as printed",
                    "text",
                    wanted[max(0, odd - 20) : odd + 30],
                    near[max(0, odd - 20) : odd + 30],
                ),
            )
            continue
        cursor = start + len(wanted)
        yield from judge_line(what, (wanted, places[start:cursor]), document, narrative)
    # independent of where: all digits printed are all digits in rows
    held = Counter(
        sign for row in narrative for sign in document.text[row.locator.start : row.locator.end] if sign.isdecimal()
    )
    if held != Counter(sign for sign in document.text if sign.isdecimal()):
        yield None, Failure("digits of the text in no row", "all", "", "")


def made(name: str, language: str, seed: int):
    random = Random(f"{name} {language} {seed}")
    if name in STORIES:
        story = stories.story(random, language, tables=not name.endswith("txt"), lists=name != "wrapped.txt")
        return story, STORIES[name](story)
    grid = stories.grid(random, language, flat=name == "json")
    return [("table", grid)], SHEETS[name](grid)


CASES = [(name, language) for name in (*STORIES, *SHEETS) for language in LANGUAGES]


def all_of(name: str, language: str, folder, seeds=SEEDS) -> list[tuple[Number | None, Failure | None]]:
    found = []
    for seed in seeds:
        story, data = made(name, language, seed)
        found += judge(name, data, story, folder)
    return found


@pytest.mark.parametrize(("name", "language"), CASES)
def test_nothing_printed_is_lost_in_silence(tmp_path, name, language):
    found = all_of(name, language, tmp_path)
    failures = [str(failure) for _, failure in found if failure is not None and failure.kind != ORDINARY]
    assert not [failure for failure in failures if not any(re.search(known, failure) for known, _ in KNOWN)]
    # refusing everything is no way to lose nothing
    ordinary = [failure for number, failure in found if number is not None and number.expect == "figure"]
    unread = [failure for failure in ordinary if failure is not None and failure.kind == ORDINARY]
    assert len(ordinary) > FEWEST
    assert len(unread) <= MOST_UNREAD * len(ordinary), [str(failure) for failure in unread]
