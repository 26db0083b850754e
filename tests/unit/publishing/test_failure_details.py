"""A formula with its values put in, and the gap between what was computed and what is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.publishing.failure_details import Details, Operand, in_numbers


def operand(text, value, unit="CNY"):
    return Operand(text, Decimal(value), Decimal(value), Decimal(value), False, False, unit, "")


@pytest.mark.parametrize(
    ("formula", "operands", "wanted"),
    [
        (
            "200 million Yuan / (153 million Yuan - 200 million Yuan) = 14.88%",
            [operand("200 million Yuan", 200_000_000), operand("153 million Yuan", 153_000_000),
             operand("14.88%", "14.88", "%")],
            "200,000,000 / (153,000,000 - 200,000,000) = 14.88%",
        ),
        ("1.26亿元 + 2亿元 = 1.45亿元", [operand("2亿元", 200_000_000)], "1.26亿元 + 200,000,000 = 1.45亿元"),
        # a text within a longer number is another number
        ("7 + 7835 + 1.7 = 17", [operand("7", 70_000)], "70,000 + 7835 + 1.7 = 17"),
        ("50 + 5 = 55", [operand("5", 1), operand("50", 2)], "2 + 1 = 55"),
        # the same text in two columns with different units
        ("3 ≤ 3", [operand("3", 30_000), operand("3", 3)], "30,000 ≤ 3"),
        ("anything", [], "anything"),
    ],
)  # fmt: skip
def test_a_formula_in_numbers(formula, operands, wanted):
    assert in_numbers(formula, operands) == wanted


@pytest.mark.parametrize(
    ("computed", "stated", "gap"),
    [
        ((325, 327), (144, 145), 180),
        ((7, 8), (100, 100), 92),
        ((1, 3), (3, 4), None),
        (None, (3, 4), None),
        ((1, 3), None, None),
    ],
)
def test_the_gap_is_the_least_distance(computed, stated, gap):
    def decimals(bounds):
        return bounds and tuple(map(Decimal, bounds))

    details = Details({}, (), "", decimals(computed), decimals(stated), "CNY", "fails", (), (), ())
    assert details.gap == gap
