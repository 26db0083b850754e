"""Made reports with known amounts: whatever the wide tables of money add up is what was printed, and nothing twice."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from random import Random

import pytest

from pipelines.settings import Settings
from pipelines.warehouse.connection import attached
from pipelines.warehouse.load import load_versions
from tests.helpers import version

PLACES = (
    *(("620000", "Gansu", "甘肃省"), ("610000", "Shaanxi", "陕西省"), ("450000", "Guangxi", "广西壮族自治区")),
    *(("530000", "Yunnan", "云南省"), ("520000", "Guizhou", "贵州省"), ("410000", "Henan", "河南省")),
)
YEARS = range(2009, 2013)
SOURCES = ("central", "provincial", "city_county")
PROGRAMS = ("village_advancement", "relocation", "rain_plan")
ENGLISH = {"central": "central", "provincial": "provincial", "city_county": "city and county"}
CHINESE = {"central": "中央", "provincial": "省级", "city_county": "市县"}
FOR = {
    "village_advancement": ("village advancement", "整村推进"),
    "relocation": ("relocation", "移民搬迁"),
    "rain_plan": ("the Rain Plan", "雨露计划"),
}


def english(place, year, givers, uses):
    """A total with its givers, and what it went to."""
    total = sum(givers.values())
    parts = [f"{amount} million Yuan of {ENGLISH[code]} funds" for code, amount in givers.items()]
    went = [f"{amount} million Yuan went to {FOR[code][0]}" for code, amount in uses.items()]
    return (
        f"Poverty alleviation in {place[1]}, {year}\n\nIn {year}, a total of {total} million Yuan of fiscal poverty "
        f"alleviation funds was invested in {place[1]} Province, including {', '.join(parts[:-1])} and {parts[-1]}. "
        f"Of the total, {', '.join(went[:-1])} and {went[-1]}.\n"
    )


def chinese(place, year, givers, uses):
    """The same in Chinese, in units of ten thousand."""
    total = sum(givers.values())
    parts = "，".join(f"{CHINESE[code]}资金{100 * amount}万元" for code, amount in givers.items())
    went = "，".join(f"{FOR[code][1]}{100 * amount}万元" for code, amount in uses.items())
    return (
        f"{place[2]}{year}年扶贫工作\n\n{year}年，{place[2]}共投入财政扶贫资金{100 * total}万元，其中{parts}。"
        f"资金用于{went}。\n"
    )


def table(place, year, givers, uses):
    """Givers as rows, with their total."""
    rows = "".join(f"{ENGLISH[code].capitalize()} funds,{amount}\n" for code, amount in givers.items())
    return (
        f"{place[1]} Province: fiscal poverty alleviation funds {year} (million Yuan)\nSource,Amount\n"
        f"{rows}Total,{sum(givers.values())}\n"
    )


FORMS = ((english, ".txt"), (chinese, ".txt"), (table, ".csv"))


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What made reports print: (region, year) → givers and programs; some are told by two reports in two forms."""
    folder = tmp_path_factory.mktemp("sums")
    settings, random, truth, read = Settings(home=folder / "var", workers=1), Random(19), {}, []
    for place in PLACES:
        for year in YEARS:
            amounts = [random.randrange(20, 900) for _ in SOURCES]
            cut = sorted(random.sample(range(1, sum(amounts)), 2))
            uses = dict(zip(PROGRAMS, (cut[0], cut[1] - cut[0], sum(amounts) - cut[1]), strict=True))
            givers = dict(zip(SOURCES, amounts, strict=True))
            truth[place[0], year] = (givers, uses)
            for number, (form, ending) in enumerate(random.sample(FORMS, random.choice((1, 1, 2)))):
                path = folder / f"{place[1]}_{year}_{number}{ending}"
                path.write_text(form(place, year, givers, uses), encoding="utf-8")
                read.append(version(path, path.name))
    load_versions(settings, read)
    with attached(settings, settings.warehouse) as connection:
        yield connection, truth


def sums(connection, table):
    """Region and year → the sums of a wide table in millions, one of each stage and fund class."""
    found = defaultdict(list)
    for region, year, amount in connection.execute(
        f"SELECT region_code, year, sum(amount_cny) / 1000000 FROM out.{table} WHERE measure_code = 'funds' "
        "GROUP BY region_code, year, stage_code, fund_class, currency"
    ).fetchall():
        found[region, year].append(Decimal(str(amount)))
    return found


def test_a_total_is_the_printed_one(printed):
    connection, truth = printed
    found = sums(connection, "funds")
    assert {key: set(amounts) for key, amounts in found.items()} == {
        key: {Decimal(sum(givers.values()))} for key, (givers, _) in truth.items()
    }


@pytest.mark.parametrize("table", ["funds_by_source", "funds_by_program"])
def test_parts_add_up_to_the_printed_total(printed, table):
    connection, truth = printed
    found = sums(connection, table)
    assert len(found) > len(truth) / 2
    for key, amounts in found.items():
        assert set(amounts) == {Decimal(sum(truth[key][0].values()))}, key
