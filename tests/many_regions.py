"""Made-up funds of all provinces over fifteen years, as one table of a yearbook: enough to fill every chart."""

from __future__ import annotations

import random

from pipelines.catalog.regions import regions

YEARS = range(2001, 2016)
# no yearbook of the mainland has them
_LEFT_OUT = ("710000", "810000", "820000")
NAME = "provinces_2001_2015.csv"


def provinces() -> list[str]:
    """Codes of the provinces in the table."""
    found = {one.code for one in regions() if one.level == "province" and one.valid_to is None}
    return sorted(found - set(_LEFT_OUT))


def many_table() -> str:
    """The table: central and provincial funds of each province and year, with some cells empty."""
    chance = random.Random(31)
    names = {one.code: one.name_en for one in regions() if one.level == "province"}
    lines = [
        "Funds allocated by province and year (10000 yuan)",
        "Province,Year,Central funds,Provincial funds,Total funds",
    ]
    for code in provinces():
        central, provincial = chance.uniform(2_000, 40_000), chance.uniform(1_000, 15_000)
        for year in YEARS:
            central *= chance.uniform(0.95, 1.25)
            provincial *= chance.uniform(0.9, 1.3)
            if chance.random() < 0.04:
                continue
            amounts = round(central), round(provincial)
            lines.append(",".join(map(str, (names[code], year, *amounts, sum(amounts)))))
    return "\n".join(lines) + "\n"
