"""Counts as bars, stacked by kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from pipelines.publishing.site.charts.svg import axis, escaped, grid, picture, text

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH, _HEIGHT = 460, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 18, 24, 30


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
    low, high, step = axis([0.0], [float(max(highest, 1))], 4)
    inner = _WIDTH - _LEFT - _RIGHT

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - (value - low) / (high - low))

    parts = [grid(low, high, step, _LEFT, _WIDTH - _RIGHT, y)]
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
                    f'height="{bottom - top:.1f}"><title>{escaped(f"{label}: {count}")}</title></rect>'
                )
                below += count
        if number % every == 0:
            parts.append(text(middle, _HEIGHT - 10, label[:10], "middle"))
    return picture(name, title, description, _WIDTH, _HEIGHT, parts, "chart")
