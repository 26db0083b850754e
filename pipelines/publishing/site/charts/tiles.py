"""A map of tiles, one for each province, coloured by classes of a value; no data and disputed values look otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pipelines.catalog.tiles import Tile
from pipelines.publishing.site.charts.svg import escaped, picture, text

if TYPE_CHECKING:
    from markupsafe import Markup

CLASSES = 5
_WIDTH, _HEIGHT, _GAP = 66, 54, 4


class Shown(NamedTuple):
    """What a tile says.

    Attributes:
        tile: its place.
        sign: its name in few letters.
        value: in few digits; empty for none.
        says: name, value and state in words.
        kind: number of its class; None where there is no value.
        disputed: whether the value rests on a disputed figure.
        href: where it leads; empty for nowhere.
    """

    tile: Tile
    sign: str
    value: str
    says: str
    kind: int | None
    disputed: bool
    href: str


def ends(values: Iterable[float]) -> list[float]:
    """The upper ends of the classes but the last: about as many values in each; fewer where values are alike."""
    ordered = sorted(values)
    found = [ordered[len(ordered) * part // CLASSES] for part in range(1, CLASSES)] if ordered else []
    return sorted({end for end in found if end > ordered[0]})


def class_of(value: float, upper: Sequence[float]) -> int:
    """The class of a value: how many of the ends it reaches."""
    return sum(value >= end for end in upper)


def tile_map(name: str, title: str, description: str, shown: Sequence[Shown]) -> Markup:
    """The map.

    Args:
        name: id of the picture in its page.
        title: what is shown.
        description: what is to be seen, in words.
        shown: one for each tile.
    """
    columns, rows = max(one.tile.column for one in shown), max(one.tile.row for one in shown)
    hatched = f"{escape(name)}-none"
    parts = [
        f'<defs><pattern id="{hatched}" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path class="hatch" d="M0,6L6,0"/></pattern></defs>',
        *(_tile(one, hatched) for one in shown),
    ]
    width, height = columns * (_WIDTH + _GAP) + _GAP, rows * (_HEIGHT + _GAP) + _GAP
    return picture(name, title, description, width, height, parts, "chart tiles", explored=True)


def _tile(one: Shown, hatched: str) -> str:
    x, y = _GAP + (one.tile.column - 1) * (_WIDTH + _GAP), _GAP + (one.tile.row - 1) * (_HEIGHT + _GAP)
    kind = "tile none" if one.kind is None else f"tile q{one.kind}{' disputed' if one.disputed else ''}"
    fill = f' fill="url(#{hatched})"' if one.kind is None else ""
    drawn = (
        f"<title>{escaped(one.says)}</title>"
        f'<rect class="{kind}" x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"{fill}/>'
        f"{text(x + _WIDTH / 2, y + 23, one.sign, 'middle', 'sign')}"
        f"{text(x + _WIDTH / 2, y + 42, one.value or '–', 'middle')}"
    )
    if one.disputed:
        drawn += text(x + _WIDTH - 8, y + 15, "?", "middle", "doubt")
    if not one.href:
        return f'<g role="img" aria-label="{escaped(one.says)}">{drawn}</g>'
    return f'<a href="{escape(one.href)}" aria-label="{escaped(one.says)}">{drawn}</a>'
