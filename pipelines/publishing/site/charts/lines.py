"""Values over years: a few lines with their intervals, or many with their median, range and labels at their ends."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pipelines.publishing.site.charts.svg import PLAIN, Look, Scale, axis, escaped, grid, picture, shape, text

if TYPE_CHECKING:
    from markupsafe import Markup

# lines that are drawn each for itself; of more, what they have in common comes first
FEW = 6
_WIDE, _SMALL, _MANY = (460, 260), (220, 110), (640, 380)
_TOP, _BOTTOM, _RIGHT, _LABELS = 24, 30, 18, 110
_LINE_HEIGHT = 13
# half the width of what lines have in common in a single year
_ALONE = 12


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
    """Values that belong together, such as a region's; `look` is that of the region on all pages."""

    name: str
    points: tuple[Point, ...]
    look: Look = PLAIN


class Middle(NamedTuple):
    """What the lines have in common in one year: how many they are, their ends, their middle half and their median."""

    regions: int
    least: float
    lower: float
    median: float
    upper: float
    most: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where years and values stand in a picture."""

    width: int
    height: int
    left: int
    right: int
    years: Sequence[int]
    low: float
    high: float
    step: float

    def x(self, year: float) -> float:
        span = self.years[-1] - self.years[0]
        inner = self.width - self.left - self.right
        return self.left + (inner / 2 if not span else 14 + (inner - 28) * (year - self.years[0]) / span)

    def y(self, value: float) -> float:
        return _TOP + (self.height - _TOP - _BOTTOM) * (1 - (value - self.low) / (self.high - self.low))

    def around(self, labels: int) -> list[str]:
        """The axes, with as many of the years as there is room for."""
        shown = self.years[:: math.ceil(len(self.years) / labels)]
        return [
            grid(self.low, self.high, self.step, self.left, self.width - self.right, self.y),
            *(text(self.x(year), self.height - 10, str(year), "middle") for year in shown),
        ]


def _small_frame(lines: Sequence[Line]) -> _Frame:
    return _frame(lines, *_SMALL, left=44, right=_RIGHT, steps=2)


def middles(lines: Iterable[Line]) -> dict[int, Middle]:
    """Year → what the lines have in common."""
    values: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        for point in line.points:
            values[point.place].append(float(point.value))
    found = {}
    for year, all_of in sorted(values.items()):
        lower, median, upper = statistics.quantiles(all_of, n=4, method="inclusive") if len(all_of) > 1 else all_of * 3
        found[year] = Middle(len(all_of), min(all_of), lower, median, upper, max(all_of))
    return found


def line_chart(name: str, title: str, description: str, lines: Sequence[Line], unit: str) -> Markup:
    """Values of few regions, one line each, with their intervals; disputed ones are hollow.

    Args:
        name: id of the picture in its page.
        title: what is shown.
        description: what is to be seen, in words.
        lines: at least one with a point.
        unit: sign at the axis.
    """
    frame = _frame(lines, *_WIDE, left=56, right=_RIGHT, steps=4)
    parts = frame.around(8)
    if unit:
        parts.append(text(frame.left, 12, unit, "start"))
    parts += [_line(line, frame.x, frame.y) for line in lines]
    return picture(name, title, description, frame.width, frame.height, parts, "chart")


def small_chart(name: str, title: str, description: str, lines: Sequence[Line]) -> Markup:
    """A small chart without legend and unit; arguments as for `line_chart`."""
    frame = _small_frame(lines)
    parts = [*frame.around(4), *(_line(line, frame.x, frame.y) for line in lines)]
    return picture(name, title, description, frame.width, frame.height, parts, "chart small")


def multiples(name: str, described: Sequence[tuple[Line, str]]) -> list[tuple[str, Markup]]:
    """Name and small chart of each of many lines, on the same axes, before the range and median of all.

    Args:
        name: with which the ids of the pictures begin.
        described: the lines, each with what is to be seen in words.
    """
    lines = [line for line, _ in described]
    frame = _small_frame(lines)
    behind = [*frame.around(4), _common(middles(lines), frame)]
    return [
        (
            line.name,
            picture(
                f"{name}-{number}",
                line.name,
                says,
                frame.width,
                frame.height,
                [*behind, _line(line, frame.x, frame.y)],
                "chart small",
            ),
        )
        for number, (line, says) in enumerate(described)
    ]


def common_chart(name: str, title: str, description: str, lines: Sequence[Line]) -> Markup:
    """What many lines have in common, as a small chart: their range, the middle half of them and their median."""
    frame = _small_frame(lines)
    parts = [*frame.around(4), _common(middles(lines), frame)]
    return picture(name, title, description, frame.width, frame.height, parts, "chart small")


def many_chart(name: str, title: str, description: str, lines: Sequence[Line], unit: str) -> Markup:
    """Values of many regions: thin lines over their range and median, with labels where there is room for them.

    A script lets readers point at a line, go from one to the next with the keys, and pick some; arguments as for
    `line_chart`.
    """
    frame = _frame(lines, *_MANY, left=60, right=_LABELS, steps=5)
    parts = frame.around(8)
    if unit:
        parts.append(text(frame.left, 12, unit, "start"))
    parts.append(_common(middles(lines), frame))
    ends = _ends(lines, frame)
    for number, line in enumerate(lines):
        points = sorted(line.points, key=lambda point: point.place)
        path = " ".join(f"{frame.x(p.place):.1f},{frame.y(float(p.value)):.1f}" for p in points)
        label = text(frame.width - _LABELS + 6, ends[number], line.name, "start", "end") if number in ends else ""
        marks = "".join(
            f'<g class="{"mark disputed" if point.disputed else "mark"}" data-year="{point.place}" '
            f'data-says="{escaped(point.label)}" '
            f'transform="translate({frame.x(point.place):.1f} {frame.y(float(point.value)):.1f})">'
            f"{shape(line.look)}</g>"
            for point in points
        )
        parts.append(
            f'<g class="series s{line.look.colour}" data-line="{number}"><polyline class="line" points="{path}"/>'
            f"{marks}{label}</g>"
        )
    return picture(name, title, description, frame.width, frame.height, parts, "chart many", explored=True)


def _frame(lines: Sequence[Line], width: int, height: int, left: int, right: int, steps: int) -> _Frame:
    points = [point for line in lines for point in line.points]
    years = sorted({point.place for point in points})
    low, high, step = axis([float(p.low) for p in points], [float(p.high) for p in points], steps)
    return _Frame(width, height, left, right, years, low, high, step)


def _line(line: Line, x: Scale, y: Scale) -> str:
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
        drawn.append(f'<g class="{state}" {place}><title>{escaped(point.label)}</title>{shape(line.look)}</g>')
    return f'<g class="series s{line.look.colour}">{"".join(drawn)}</g>'


def _common(found: dict[int, Middle], frame: _Frame) -> str:
    """The range of all, the middle half, and the median; where only one has a value there is nothing common."""
    shared = {year: middle for year, middle in found.items() if middle.regions > 1}
    if not shared:
        return ""

    # a single year has a width as well
    wide = _ALONE if len(shared) == 1 else 0
    places = [(frame.x(year) + side, middle) for year, middle in shared.items() for side in sorted({-wide, wide})]

    def edge(name: str) -> list[str]:
        return [f"{x:.1f},{frame.y(getattr(middle, name)):.1f}" for x, middle in places]

    def band(upper: str, lower: str, kind: str) -> str:
        return f'<polygon class="{kind}" points="{" ".join([*edge(upper), *reversed(edge(lower))])}"/>'

    median = " ".join(edge("median"))
    return (
        band("most", "least", "range")
        + band("upper", "lower", "half")
        + f'<polyline class="median" points="{median}"/>'
    )


def _ends(lines: Sequence[Line], frame: _Frame) -> dict[int, float]:
    """Number of a line → height of its label; of labels that would touch each other only the first stays."""
    last = {
        number: frame.y(float(max(line.points, key=lambda point: point.place).value)) + 4
        for number, line in enumerate(lines)
    }
    found: dict[int, float] = {}
    for number, height in sorted(last.items(), key=lambda item: (item[1], item[0])):
        if not found or height - max(found.values()) >= _LINE_HEIGHT:
            found[number] = height
    return found
