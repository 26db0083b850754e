"""A flow of money from its sources through its total to what it is for; bands are as wide as their amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.publishing.site.charts.svg import COLOURS, escaped, picture, text

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH, _HIGH, _TOP, _BOTTOM = 860, 300, 30, 16
_LEFT, _MIDDLE, _RIGHT, _BAR = 260, 424, 588, 12
_ROW = 17


@dataclass(frozen=True, slots=True)
class Band:
    """One amount on one side; `is_said` is false for what the reports leave open."""

    name: str
    amount: Decimal
    label: str
    is_said: bool = True
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of a bar, and the height of its label."""

    top: float
    bottom: float
    label: float


def shares(amounts: Sequence[Decimal], total: Decimal) -> list[float]:
    """The share of the total of each; where rounding lets them exceed it, they are made narrower alike to fill it."""
    whole = max(total, sum(amounts, Decimal(0)))
    return [float(amount / whole) if whole else 0.0 for amount in amounts]


def flow_chart(
    name: str,
    title: str,
    description: str,
    sides: tuple[Sequence[Band], Sequence[Band]],
    total: Band,
    headings: tuple[str, str, str],
) -> Markup:
    """The flow.

    Args:
        name: id of the picture in its page.
        title: what is shown.
        description: what is to be seen, in words.
        sides: sources and uses, each with what is not said as a band of its own.
        total: in the middle.
        headings: of the three columns.
    """
    rows = max(map(len, sides))
    high = max(_HIGH, rows * _ROW)
    parts = [
        text(_LEFT, 14, headings[0], "end"),
        text(_MIDDLE + _BAR / 2, 14, headings[1], "middle"),
        text(_RIGHT + _BAR, 14, headings[2], "start"),
    ]
    for side, bands in enumerate(sides):
        outer, inner = ((_LEFT, _MIDDLE), (_RIGHT, _MIDDLE + _BAR))[side]
        for number, (band, place) in enumerate(zip(bands, _places(bands, total.amount, high), strict=True)):
            kind = f"s{number % COLOURS}" if band.is_said else "unsaid"
            kind += " disputed" if band.disputed else ""
            start, end = sorted((outer + _BAR if side == 0 else outer, inner))
            parts.append(
                f'<g class="band {kind}"><title>{escaped(f"{band.name}: {band.label}")}</title>'
                f'<rect x="{outer}" y="{place.top:.1f}" width="{_BAR}" height="{place.bottom - place.top:.1f}"/>'
                f'<path d="M{start},{place.top:.1f}H{end}V{place.bottom:.1f}H{start}z"/></g>'
            )
            x, anchor = (outer - 6, "end") if side == 0 else (outer + _BAR + 6, "start")
            parts.append(text(x, place.label, f"{band.name} {band.label}", anchor))
    parts.append(f'<rect class="total" x="{_MIDDLE}" y="{_TOP}" width="{_BAR}" height="{high}"/>')
    parts.append(text(_MIDDLE + _BAR / 2, _TOP + high + 13, total.label, "middle"))
    return picture(name, title, description, _WIDTH, _TOP + high + _BOTTOM, parts, "chart flow", explored=True)


def _places(bands: Sequence[Band], total: Decimal, high: float) -> list[_Place]:
    """Where each band stands; labels keep apart, which may move them below thin bands."""
    found: list[_Place] = []
    top = float(_TOP)
    label = _TOP - _ROW + 4.0
    for number, share in enumerate(shares([band.amount for band in bands], total)):
        bottom = top + share * high
        after = len(bands) - number - 1
        label = min(max((top + bottom) / 2 + 4, label + _ROW), _TOP + high - after * _ROW)
        found.append(_Place(top, bottom, label))
        top = bottom
    return found
