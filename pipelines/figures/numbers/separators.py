"""Which sign parts the decimals in a running text, and which of its numbers that leaves in doubt."""

from __future__ import annotations

from decimal import Decimal

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.numbers.grouped import Decimals
from pipelines.figures.text.nouns import physical_units
from pipelines.patterns import regex

_AMOUNT = r"(?=\s?(?:%|‰|[€£$]|per ?cent|million|billion|trillion|bn\b|mn\b))"
# 1.200.000 · 1.250,50 · 12,5 %; and 1,200,000 · 1,250.50 · 12.5 %
_COMMA = regex(
    rf"(?:\d{{1,3}}(?:\.\d{{3}}){{2,}}(?![\d.]|,\d{{3}})|\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}(?!\d)"
    rf"|\d+,\d{{1,2}}(?![\d,.]){_AMOUNT}|(?:(?<=[€$£₱₦])|(?<=[€$£₱₦]\s))\d{{1,3}},\d\d(?![\d,.]))"
)
_POINT = regex(
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{2,}}(?![\d,]|\.\d{{3}})|\d{{1,3}}(?:,\d{{3}})+\.\d{{1,2}}(?!\d)|\d+\.\d{{1,2}}(?![\d,.]){_AMOUNT})"
)
_PARTED = regex(r"\d(?<![\d.,].)\d*[.,]\d")  # where digits begin that a sign parts
_OPEN = regex(r"[1-9]\d{0,2}[.,]\d{3}")
_UNCOUNTED = frozenset(
    {"", "other", "structure", "unknown", "%", "pp", "times", "ratio", "fraction", "year", "month", "day"}
)


def decimal_sign(text: str) -> tuple[Decimals, bool]:
    """The sign before decimals in a text, and whether its numbers tell it; a text that tells both tells nothing."""
    comma = point = False
    for begun in _PARTED.finditer(text):
        comma = comma or _COMMA.match(text, begun.start()) is not None
        point = point or _POINT.match(text, begun.start()) is not None
        if comma and point:
            break
    return ("comma" if comma and not point else "point"), comma != point


def before_scale(draft: Draft) -> None:
    """Reads a point before three digits and a scale word as that of decimals: 1.234 million is never 1,234 million."""
    if (
        draft.token.kind == "digits"
        and draft.scale > 1
        and draft.token.scale == 1
        and _POINTED.fullmatch(draft.token.text)
    ):
        draft.token = draft.token._replace(value=Decimal(draft.token.text))


_POINTED = regex(r"\d{1,3}\.\d{3}")


def doubt_of(draft: Draft, decimals: Decimals, *, told: bool) -> str:
    """What is in doubt about a number with one sign before three digits; empty where nothing is.

    In a text with points before decimals nobody is counted by the thousandth; and what no number of the text settles
    may be a thousand times as much, as may be money to the thousandth of its unit.
    """
    token = draft.token
    if token.kind != "digits" or not _OPEN.fullmatch(token.text) or draft.scale != 1:
        return ""
    sign = "a comma" if "," in token.text else "a point"
    unit, _, per = draft.unit.partition("/")
    if ("," in token.text) != (decimals == "comma"):
        # of what is measured there are thousandths as well
        return (
            f"{sign} that may part thousands or decimals"
            if sign == "a point" and unit in (physical_units() | {"%", "pp", "times"})
            else ""
        )
    money = is_money(unit) and unit != "CNY"
    counted = not is_money(unit) and unit not in (_UNCOUNTED | physical_units())
    if decimals == "comma" or (counted and not (per and told)) or (money and not told):
        return f"{sign} that may part thousands or decimals"
    return ""
