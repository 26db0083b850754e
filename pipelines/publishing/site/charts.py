"""Charts as SVG: drawn here, coloured by the style sheet, read without scripts, with a name and a description.

Scripts that draw would weigh more than a page may, and some need rights that a strict policy refuses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from pipelines.publishing.site.render import visible

if TYPE_CHECKING:
    from markupsafe import Markup

# as many colours as people tell apart; further lines share the last one and differ by their label
COLOURS = 6
_WIDTH, _HEIGHT = 460, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 18, 24, 30
_SHAPES = (
    "M-4,-4h8v8h-8z",
    "M0,-5.5L5,4H-5z",
    "M0,-6L5,0L0,6L-5,0z",
    "M-5,-4H5L0,5.5z",
    "M-5,-1.5H-1.5V-5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5z",
)
_Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line, with the bounds that rounding leaves open.

    Attributes:
        place: where it stands on the horizontal axis, such as a year.
        value: its height.
        low: lower bound.
        high: upper bound.
        label: what it says, for those who point at it.
        disputed: whether it rests on a disputed figure.
    """

    place: int
    value: Decimal
    low: Decimal
    high: Decimal
    label: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Values that belong together, such as a region's; `colour` is that of the region on all pages."""

    name: str
    points: tuple[Point, ...]
    colour: int = 0


def line_chart(
    name: str, title: str, description: str, lines: Sequence[Line], unit: str, *, small: bool = False
) -> Markup:
    """Values over years, one line each, with their intervals; disputed ones are hollow.

    Args:
        name: id of the picture in its page.
        title: what is shown.
        description: what is to be seen, in words.
        lines: at least one with a point.
        unit: sign at the axis.
        small: whether it is one of several small ones, without legend and unit.
    """
    width, height = (220, 110) if small else (_WIDTH, _HEIGHT)
    left = 44 if small else _LEFT
    points = [point for line in lines for point in line.points]
    years = sorted({point.place for point in points})
    low, high, step = _axis([float(p.low) for p in points], [float(p.high) for p in points], 2 if small else 4)

    def x(year: float) -> float:
        span = years[-1] - years[0]
        inner = width - left - _RIGHT
        return left + (inner / 2 if not span else 14 + (inner - 28) * (year - years[0]) / span)

    def y(value: float) -> float:
        return _TOP + (height - _TOP - _BOTTOM) * (1 - (value - low) / (high - low))

    parts = [_grid(low, high, step, left, width, y)]
    shown = years if len(years) <= 8 else years[:: math.ceil(len(years) / 8)]
    parts += [_text(x(year), height - 10, str(year), "middle") for year in shown]
    if not small and unit:
        parts.append(_text(left, 12, unit, "start"))
    parts += [_line(line, x, y) for line in lines]
    return _svg(name, title, description, width, height, parts, "chart small" if small else "chart")


def bar_chart(
    name: str, title: str, description: str, bars: Sequence[tuple[str, Sequence[int]]], kinds: Sequence[str]
) -> Markup:
    """Counts by moment, stacked by kind.

    Args:
        name: id of the picture in its page.
        title: what is shown.
        description: what is to be seen, in words.
        bars: label and one count per kind.
        kinds: codes of the kinds, which name their colours.
    """
    highest = max((sum(counts) for _, counts in bars), default=0)
    low, high, step = _axis([0.0], [float(max(highest, 1))], 4)
    inner = _WIDTH - _LEFT - _RIGHT

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - (value - low) / (high - low))

    parts = [_grid(low, high, step, _LEFT, _WIDTH, y)]
    room = inner / max(len(bars), 1)
    thick = min(40.0, room * 0.7)
    every = math.ceil(len(bars) / 6)
    for number, (label, counts) in enumerate(bars):
        middle, below = _LEFT + room * (number + 0.5), 0
        for kind, count in zip(kinds, counts, strict=True):
            if count:
                top, bottom = y(below + count), y(below)
                parts.append(
                    f'<rect class="bar {escape(kind)}" x="{middle - thick / 2:.1f}" y="{top:.1f}" width="{thick:.1f}" '
                    f'height="{bottom - top:.1f}"><title>{_escaped(f"{label}: {count}")}</title></rect>'
                )
                below += count
        if number % every == 0:
            parts.append(_text(middle, _HEIGHT - 10, label[:10], "middle"))
    return _svg(name, title, description, _WIDTH, _HEIGHT, parts, "chart")


def _line(line: Line, x: _Scale, y: _Scale) -> str:
    points = sorted(line.points, key=lambda point: point.place)
    path = " ".join(f"{x(p.place):.1f},{y(float(p.value)):.1f}" for p in points)
    drawn = [f'<polyline class="line" points="{path}"/>'] if len(points) > 1 else []
    for point in points:
        across, upper, lower = x(point.place), y(float(point.high)), y(float(point.low))
        if lower - upper > 1:
            drawn.append(
                f'<path class="interval" d="M{across:.1f},{upper:.1f}V{lower:.1f}M{across - 4:.1f},{upper:.1f}h8'
                f'M{across - 4:.1f},{lower:.1f}h8"/>'
            )
        place = f'transform="translate({across:.1f} {y(float(point.value)):.1f})"'
        state = "mark disputed" if point.disputed else "mark"
        drawn.append(f'<g class="{state}" {place}><title>{_escaped(point.label)}</title>{_shape(line.colour)}</g>')
    return f'<g class="series s{line.colour}">{"".join(drawn)}</g>'


def swatch(colour: int) -> Markup:
    """The mark of a line, for its legend."""
    from markupsafe import Markup

    return Markup(  # noqa: S704 - made of constants
        f'<svg class="swatch" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">'
        f'<g class="mark">{_shape(colour)}</g></svg>'
    )


def _shape(colour: int) -> str:
    return '<circle r="4.5"/>' if not colour else f'<path d="{_SHAPES[colour - 1]}"/>'


def _axis(lows: Sequence[float], highs: Sequence[float], wanted: int) -> tuple[float, float, float]:
    """Rounded ends and step of the vertical axis; it holds zero where that costs little room."""
    low, high = min(lows), max(highs)
    if 0 < low < 0.6 * high or low == high > 0:
        low = 0.0
    if high < 0 and high > 0.6 * low:
        high = 0.0
    if high == low:
        low, high = low - 1, high + 1
    rough = (high - low) / wanted
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _grid(low: float, high: float, step: float, left: int, width: int, y: _Scale) -> str:
    lines = []
    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        lines.append(f'<path class="grid" d="M{left},{y(value):.1f}H{width - _RIGHT}"/>')
        lines.append(_text(left - 6, y(value) + 4, _tick(value, step), "end"))
    return "".join(lines)


def _tick(value: float, step: float) -> str:
    for size, sign in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size and step >= size / 100:
            return f"{value / size:g}{sign}".replace("-", "−")
    return f"{round(value, 6):g}".replace("-", "−")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    return escape(visible(text))


def _svg(name: str, title: str, description: str, width: int, height: int, parts: Sequence[str], kind: str) -> Markup:
    from markupsafe import Markup

    name = escape(name)
    # every part is either made of numbers here or has been escaped
    return Markup(  # noqa: S704
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{_escaped(title)}</title><desc id="{name}-d">{_escaped(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )
