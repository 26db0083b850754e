"""What must hold of the time of a reading: it is linear in the text, whatever the text."""

from __future__ import annotations

import gc
from itertools import pairwise
from time import process_time

import pytest

from pipelines.checking.arithmetic import check_figures, mark_disputed
from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import document, figures

pytestmark = pytest.mark.slow

TIMES = 3  # as long is the longer text
GROWTH = 5.5  # times as much time it may take; linear is 3, quadratic 9
# what is repeated, and how often in the shorter text, which must be as long as the longest sentence (2,000 characters):
# below that a number costs more in a longer text, because more of it is its sentence
REPEATED = {
    "digits": ("9", 60_000),
    "separated digits": (",234", 15_000),
    "digits with points": ("1.", 2_000),
    "digits with commas": ("1,", 1_000),
    "digits with colons": ("1:", 1_000),
    "digits with slashes": ("1/", 1_100),
    "opening brackets": ("(", 60_000),
    "closing brackets": (")", 60_000),
    "numbers": ("12 ", 670),
    "numbers in brackets": ("(5)", 800),
    "brackets never closed": ("(5 ", 800),
    "square brackets": ("【", 60_000),
    "quotation marks": ('"', 60_000),
    "quoted numbers": ("“5” ", 1_500),
    "commas": (",", 60_000),
    "points": (".", 60_000),
    "percent signs": ("%", 60_000),
    "percentages": ("5% ", 1_000),
    "of which": ("of which ", 6_000),
    "parts of parts": ("5 million Yuan, of which ", 100),
    "respectively": ("respectively ", 5_000),
    "pairs respectively": ("5 and 6 km respectively, ", 90),
    "hyphens": ("-", 60_000),
    "blanks": (" ", 60_000),
    "numbers far apart": ("5" + " " * 200, 100),
    "newlines": ("\n", 4_000),
    "indented empty lines": ("\n ", 4_000),
    "short lines": ("Work\n", 8_000),
    "list numbers": ("1. ", 1_500),
    "Chinese numerals": ("三", 4_000),
    "tens in Chinese": ("十", 4_000),
    "scales in Chinese": ("万", 60_000),
    "scaled digits in Chinese": ("5万", 800),
    "百分之": ("百分之", 2_000),
    "分之": ("三分之", 1_500),
    "成": ("五成", 1_200),
    "number words": ("seven ", 4_000),
    "number words that go on": ("two hundred and ", 150),
    "words of plans": ("plan ", 8_000),
    "one word": ("a", 60_000),
    "years": ("2011 ", 1_500),
    "ranges of years": ("from 2010 to 2011 5 km ", 100),
    "plans": ("5000 people, 103% of the plan, ", 80),
    "programs": ("relocation 5 ", 170),
    "funds": ("relocation funds of 5 million Yuan (7 km) ", 60),
    "incomes": ("per capita income 5 Yuan, ", 90),
    "comparisons": ("more than 5 than 6 ", 130),
    "Chinese statements": ("投入资金5亿元，增长5%，其中省级3亿元，", 120),
    "Chinese standards": ("5元/人/月", 340),
}


def _seconds(text):
    """Processor time of each room over a text."""
    source = document(text)
    gc.disable()  # its full collections grow with everything that the test run holds
    try:
        return _timed(source)
    finally:
        gc.enable()


def _timed(source):
    clock = [process_time()]
    reading = read_figures(source)
    clock.append(process_time())
    meanings = resolve(source, identify(source), reading)
    clock.append(process_time())
    reading = mark_disputed(reading, check_figures(reading, meanings).checks)
    clock.append(process_time())
    derive_facts(reading, meanings)
    clock.append(process_time())
    return [end - start for start, end in pairwise(clock)]


def _assert_linear(short, long):
    """Each room takes less than GROWTH times as long for a text TIMES as long; best of up to five runs."""
    _seconds("5 km of roads, of which 3 km")  # indexes are built once
    best_short, best_long = _seconds(short), _seconds(long)
    for _ in range(4):
        if _is_linear(best_short, best_long):
            return
        best_short = [min(pair) for pair in zip(best_short, _seconds(short), strict=True)]
        best_long = [min(pair) for pair in zip(best_long, _seconds(long), strict=True)]
    times = zip(("reading", "meaning", "checks", "facts"), best_short, best_long, strict=True)
    assert _is_linear(best_short, best_long), ", ".join(f"{room} {a:.3f} s → {b:.3f} s" for room, a, b in times)


def _is_linear(short, long):
    """A room that takes less than a hundredth of a second is measured against that, because the clock decides there."""
    return all(b < GROWTH * max(a, 0.01) for a, b in zip(short, long, strict=True))


@pytest.mark.parametrize("name", REPEATED)
def test_time_is_linear(name):
    piece, times = REPEATED[name]
    _assert_linear(piece * times, piece * (TIMES * times))


def test_time_is_linear_in_a_line_without_an_end():
    statement = "The funds came to 803 million Yuan and 12,390 people, "
    _assert_linear(statement * 200, statement * (TIMES * 200))  # the longer one has 32 kB


def test_five_thousand_numbers_of_one_sentence_are_read_checked_and_derived():
    part = "5 million Yuan, up 5%, of which {} people, 12% of the plan, "
    text = "".join(part.format(number) for number in range(1, 1251))
    assert len(figures(text)) == 5_000
    _assert_linear(text[: len(text) // TIMES], text)
