"""The provinces as tiles of a grid, each about where people know it: outlines are regulated and somebody's work."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalog.load import FOLDER
from pipelines.catalog.regions import regions
from pipelines.errors import CatalogError

_FILE = FOLDER / "regions" / "tiles.csv"


class Tile(NamedTuple):
    """The place of a province in the grid; row 1 is the northernmost, column 1 the westernmost."""

    code: str
    row: int
    column: int

    def distance(self, other: Tile) -> int:
        """How many tiles the other is away, a diagonal step counted as one."""
        return max(abs(self.row - other.row), abs(self.column - other.column))


@lru_cache(maxsize=1)
def tiles() -> dict[str, Tile]:
    """Code of each province → its tile, from north to south.

    Raises:
        CatalogError: the file is missing or malformed, a place is taken twice, or a province has none.
    """
    try:
        with _FILE.open(encoding="utf-8", newline="") as file:
            found = [Tile(row["code"], int(row["row"]), int(row["column"])) for row in csv.DictReader(file)]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CatalogError(f"catalog/regions/{_FILE.name}: cannot be read: {error}") from error
    by_code = {tile.code: tile for tile in found}
    if len({tile[1:] for tile in found}) < len(found):
        raise CatalogError(f"catalog/regions/{_FILE.name}: two provinces have the same place")
    provinces = {region.code for region in regions() if region.level == "province"}
    if by_code.keys() != provinces:
        wrong = ", ".join(sorted(by_code.keys() ^ provinces))
        raise CatalogError(f"catalog/regions/{_FILE.name}: not one tile for each province: {wrong}")
    return by_code
