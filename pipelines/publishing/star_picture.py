"""Draws the star as SVG with a layout of its own: facts down the middle, dimensions on both sides, nothing random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _BOX, _HEIGHT, _GAP, _MARGIN = 960, 190, 34, 18, 24
_FACTS = "fact_figure"
_STYLE = (
    "text{font:14px sans-serif;fill:#1b1f24}rect{stroke:#57606a;rx:4}.dimension{fill:#ddf4ff}.fact{fill:#fff8c5}"
    "path{fill:none;stroke:#8c959f}.evidence{fill:#ffd8b5}"
)


def picture(star: Mapping[str, Sequence[str]]) -> str:
    """The picture of a star.

    Args:
        star: fact → tables that it refers to.

    Returns:
        An SVG document; a line joins a fact to each of its dimensions, and to the figures that are its evidence.
    """
    dimensions = sorted({table for tables in star.values() for table in tables if table.startswith("dim_")})
    left, right = dimensions[::2], dimensions[1::2]
    facts = sorted(star, key=lambda fact: (fact != _FACTS, fact))
    rows = max(len(left), len(right), len(facts))
    height = 2 * _MARGIN + rows * (_HEIGHT + _GAP) - _GAP
    places: dict[str, tuple[float, float]] = {}
    for column, x in ((left, _MARGIN), (facts, (_WIDTH - _BOX) / 2), (right, _WIDTH - _MARGIN - _BOX)):
        step = (height - 2 * _MARGIN - _HEIGHT) / max(len(column) - 1, 1)
        for row, name in enumerate(column):
            places[name] = (x, _MARGIN + row * step)
    lines = [_line(places[fact], places[table]) for fact in facts for table in star[fact] if table in places]
    boxes = [_box(name, place) for name, place in places.items()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            "<title>Facts and the dimensions they refer to</title>",
            f"<style>{_STYLE}</style>",
            *lines,
            *boxes,
            "</svg>",
            "",
        ]
    )


def _line(fact: tuple[float, float], table: tuple[float, float]) -> str:
    """A curve between the facing sides of two boxes; between two facts a bow beside their column."""
    y1, y2 = fact[1] + _HEIGHT / 2, table[1] + _HEIGHT / 2
    if fact[0] == table[0]:
        x = fact[0] + _BOX
        return f'<path d="M{x:.0f} {y1:.1f}C{x + 40:.0f} {y1:.1f} {x + 40:.0f} {y2:.1f} {x:.0f} {y2:.1f}"/>'
    x1, x2 = (fact[0], table[0] + _BOX) if table[0] < fact[0] else (fact[0] + _BOX, table[0])
    middle = (x1 + x2) / 2
    return f'<path d="M{x1:.0f} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2:.0f} {y2:.1f}"/>'


def _box(name: str, place: tuple[float, float]) -> str:
    kind = "evidence" if name == _FACTS else "dimension" if name.startswith("dim_") else "fact"
    x, y = place
    return (
        f'<rect class="{kind}" x="{x:.0f}" y="{y:.1f}" width="{_BOX}" height="{_HEIGHT}"/>'
        f'<text x="{x + 12:.0f}" y="{y + 22:.1f}">{escape(name)}</text>'
    )
