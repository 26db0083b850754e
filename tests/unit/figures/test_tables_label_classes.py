"""What the label of a row or column says of it, for every word of the catalogue and what may stand beside it."""

import pytest

from pipelines.catalog.headers import total_words
from pipelines.figures.tables.label_classes import is_average, is_cumulative, is_grand, is_plain_total, label_class


def _of(kind):
    words = total_words(kind)
    return (*words.en, *words.zh, *words.other)


@pytest.mark.parametrize("kind", ["total", "subtotal", "of_which"])
def test_every_word_of_the_catalogue_tells_its_class(kind):
    for word in _of(kind):
        assert {label_class(word), label_class(word.upper()), label_class(f" {word} ")} == {kind}, word


def test_a_total_may_be_of_a_year_and_in_brackets():
    for word in (*_of("total"), *_of("whole")):
        assert label_class(f"{word} (2015)") == "total", word
        assert is_plain_total(f"{word} (2015)"), word


def test_every_word_of_means_running_and_grand_totals_is_one():
    assert all(map(is_average, _of("mean")))
    assert all(map(is_cumulative, _of("cumulative")))
    assert all(map(is_grand, _of("grand")))
    assert not any(map(is_cumulative, _of("total")))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("合计", "total"),
        ("总 计", "total"),
        ("Grand total", "total"),
        ("Total (2010)", "total"),
        ("小计", "subtotal"),
        ("赣州市小计", "subtotal"),
        ("Sub-total Ganzhou", "subtotal"),
        ("Ganzhou total", "subtotal"),
        ("中央合计", "subtotal"),
        ("其中：中央", "of_which"),
        ("of which: housing", "of_which"),
        ("Relocation", "detail"),
        ("Totally new works", "detail"),
    ],
)
def test_classes_of_labels(label, expected):
    assert label_class(label) == expected
