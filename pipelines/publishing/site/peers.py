"""Which regions are shown beside one: those of its level that can be compared with it in most headline indicators."""

from __future__ import annotations

from collections import defaultdict

from pipelines.catalog.tiles import tiles
from pipelines.publishing.site.data import Data

_SHOWN = 4


class Peers:
    """Of each region those beside which it is shown.

    They are of its level, and below the provinces in the same one. First come those that have most values of the
    headline indicators for the last year that it tells, then those that lie near it on the map of tiles, then those of
    near codes.

    Args:
        data: as read.
    """

    def __init__(self, data: Data) -> None:
        self._has: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._last: dict[str, dict[str, str]] = defaultdict(dict)
        for region, told in data.values.headlines.items():
            self._has[region].update(told)
            last = self._last[region]
            for name, period in told:
                last[name] = max(last.get(name, ""), period)
        self._data = data
        self._groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for code in self._has:
            if code in data.regions:
                self._groups[self._group(code)].append(code)
        self._found: dict[str, list[str]] = {}

    def of(self, code: str) -> list[str]:
        """The regions beside one, the best first; none where nothing can be compared."""
        if code not in self._found:
            own = set(self._last.get(code, {}).items())
            shared = {other: len(own & self._has[other]) for other in self._groups[self._group(code)] if other != code}
            there = [other for other, count in shared.items() if count]
            self._found[code] = sorted(there, key=lambda other: (-shared[other], *_far(code, other), other))[:_SHOWN]
        return self._found[code]

    def _group(self, code: str) -> tuple[str, str]:
        place = self._data.regions[code]
        return place.level, "" if place.level in ("province", "country") else code[:2]


def _far(code: str, other: str) -> tuple[int, int]:
    """How far apart two regions are, as far as it is known."""
    if code in tiles() and other in tiles():
        return tiles()[code].distance(tiles()[other]), 0
    return 0, abs(int(code) - int(other)) if code.isdigit() and other.isdigit() else 0
