"""Every row of docs/numbers.md is read as it says; the library's currencies are those of the catalogue."""

import re
from decimal import Decimal

import pytest

from pipelines.catalog.currencies import currencies, written
from pipelines.figures.numbers.digits import FORMS
from pipelines.figures.numbers.scan import scan
from pipelines.figures.read import read_figures
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Document
from pipelines.reading.text import read_text
from pipelines.settings import PROJECT

PAGE = (PROJECT / "docs" / "numbers.md").read_text(encoding="utf-8")


def rows(title):
    part = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    return [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in part.splitlines()
        if line.startswith("| ") and "‹" in line
    ]


def reading(example):
    """The reading of a sentence, and where in the text the marked number stands."""
    sentence = canonical(example.replace("⏎", "\n"))
    start, end = sentence.index("‹"), sentence.index("›") - 1
    text, blocks = read_text(
        f"Report on poverty alleviation in Jiangxi, 2011\n\n{sentence.replace('‹', '').replace('›', '')}\n"
    )
    offset = text.index(sentence.replace("‹", "").replace("›", ""))
    document = Document(
        "report.txt", "0" * 64, "text/plain", "en", "Report on poverty alleviation in Jiangxi, 2011", text, blocks, ()
    )
    return read_figures(document), offset + start, offset + end


@pytest.mark.parametrize(("form", "example", "value", "unit"), rows("Forms"))
def test_every_form_of_the_documentation_is_read(form, example, value, unit):
    found, start, end = reading(example)
    [figure] = [one for one in found.figures if one.locator.start < end and one.locator.end > start]
    assert (figure.value, figure.unit) == (Decimal(value), unit), form


@pytest.mark.parametrize(("form", "example", "low", "high"), rows("Open numbers"))
def test_open_numbers_reach_as_far_as_their_words(form, example, low, high):
    found, start, end = reading(example)
    [figure] = [one for one in found.figures if one.locator.start < end and one.locator.end > start]
    assert (figure.low, figure.high) == (Decimal(low), Decimal(high)), form
    assert figure.low <= figure.value <= figure.high


@pytest.mark.parametrize(("what", "example", "why"), rows("Unread by choice"))
def test_what_is_unread_by_choice_says_why(what, example, why):
    found, start, end = reading(example)
    here = [one for one in found.non_figures if one.locator.start < end and one.locator.end > start]
    assert [one.reason for one in here] == ["unread"], what
    assert here[0].why == why or (not why and here[0].why)
    assert not [one for one in found.figures if one.locator.start < end and one.locator.end > start]


@pytest.mark.parametrize(
    ("name", "text", "value"), [(form.name, *example) for form in FORMS for example in form.examples]
)
def test_every_form_of_digits_reads_its_examples(name, text, value):
    [token] = scan(text)
    assert token.text == text
    assert token.kind == value or token.value * token.scale == Decimal(value), name


def test_the_catalogue_knows_the_codes_of_the_library():
    assert written().codes == set(currencies())
    assert {code for codes in written().signs.values() for code in codes} <= written().codes
    assert written().words_too <= written().codes | {"KIP"}
    assert set(written().names) <= written().codes


def test_every_currency_is_read_by_its_code_before_and_behind():
    for code in sorted(written().codes - written().words_too):
        for text in (f"Aid of {code} ‹7› million came in.", f"Aid of ‹7› million {code} came in."):
            found, _, _ = reading(text)
            assert [(one.value, one.unit) for one in found.figures] == [(7_000_000, code)], text


# units of account end in a word that is rather something else
ACCOUNTING = {"unit", "account", "units", "value", "funds", "rights"}


def test_every_currency_is_read_by_its_names():
    for code, unit in currencies().items():
        if unit.name_en.split()[-1].lower() in ACCOUNTING:
            continue
        for text in (f"Aid of ‹7› million {unit.name_en.lower()} came in.", f"利用外资‹7›万{unit.name_zh}。"):
            if re.search(r"[^\w\s’'-]|\d", unit.name_en if unit.name_en.lower() in text else unit.name_zh):
                continue  # names with years in brackets, as of currencies that are no more
            found, _, _ = reading(text)
            assert found.figures, text
            assert found.figures[0].unit in (code, "unknown") or found.figures[0].unit in _named(unit), text


def _named(unit):
    """Currencies that share a name with another one, as those of former times do."""
    return {
        other.code
        for other in currencies().values()
        if unit.name_en.lower() == other.name_en.lower()
        or unit.name_zh == other.name_zh
        or unit.name_zh.endswith(other.name_zh)
    }
