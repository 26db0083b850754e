"""What all pictures are made of: the frame with its name and description, texts, marks, and the vertical axis.

How wide a picture stands on its page says `static/site.css`.

Scripts that draw would weigh more than a page may, and some need rights that a strict policy refuses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pipelines.publishing.site.render import visible

if TYPE_CHECKING:
    from markupsafe import Markup

# as many colours as people tell apart, and as many shapes: together they tell all provinces apart
COLOURS = 6
_SHAPES = (
    '<circle r="4.5"/>',
    '<path d="M-4,-4h8v8h-8z"/>',
    '<path d="M0,-5.5L5,4H-5z"/>',
    '<path d="M0,-6L5,0L0,6L-5,0z"/>',
    '<path d="M-5,-4H5L0,5.5z"/>',
    '<path d="M-5,-1.5H-1.5V-5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5z"/>',
)
Scale = Callable[[float], float]


class Look(NamedTuple):
    """Colour and shape of a region's marks, the same on all pages."""

    colour: int = 0
    shape: int = 0


PLAIN = Look()


def look_of(number: int) -> Look:
    """The look of a number: 36 in a row differ, and neighbours differ in colour and in shape."""
    turn, colour = divmod(number, COLOURS)
    return Look(colour, (colour + turn) % COLOURS)


def shape(look: Look) -> str:
    """The mark of a line at one of its points."""
    return _SHAPES[look.shape]


def swatch(look: Look) -> Markup:
    """The mark of a line, for its legend."""
    from markupsafe import Markup

    return Markup(  # noqa: S704 - made of constants
        f'<svg class="swatch" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">'
        f'<g class="mark">{shape(look)}</g></svg>'
    )


def axis(lows: Sequence[float], highs: Sequence[float], wanted: int) -> tuple[float, float, float]:
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


def grid(low: float, high: float, step: float, left: int, right: float, y: Scale) -> str:
    """Lines of the vertical axis with their values."""
    lines = []
    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        lines.append(f'<path class="grid" d="M{left},{y(value):.1f}H{right:g}"/>')
        lines.append(text(left - 6, y(value) + 4, _tick(value, step), "end"))
    return "".join(lines)


def text(x: float, y: float, words: str, anchor: str, kind: str = "") -> str:
    """Words at a place."""
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escaped(words)}</text>'


def escaped(words: str) -> str:
    """Words that cannot be taken for markup."""
    return escape(visible(words))


def picture(
    name: str,
    title: str,
    description: str,
    width: int,
    height: int,
    parts: Sequence[str],
    kind: str,
    *,
    explored: bool = False,
) -> Markup:
    """A picture in a page.

    Args:
        name: its id in the page.
        title: what is shown.
        description: what is to be seen, in words.
        width: of its own coordinates.
        height: of its own coordinates.
        parts: markup in which every text is escaped.
        kind: its classes.
        explored: its parts are links or have values of their own; else it is looked at as a whole.
    """
    from markupsafe import Markup

    name, role = escape(name), "group" if explored else "img"
    # every part is either made of numbers here or has been escaped
    return Markup(  # noqa: S704
        f'<svg class="{kind}" role="{role}" viewBox="0 0 {width} {height}" '
        f'aria-labelledby="{name}-t" aria-describedby="{name}-d">'
        f'<title id="{name}-t">{escaped(title)}</title><desc id="{name}-d">{escaped(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _tick(value: float, step: float) -> str:
    for size, sign in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size and step >= size / 100:
            return f"{value / size:g}{sign}".replace("-", "−")
    return f"{round(value, 6):g}".replace("-", "−")
