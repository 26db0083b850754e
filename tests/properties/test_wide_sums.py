"""Made reports with known amounts: whatever the wide tables of money add up is what was printed, and nothing twice."""

from __future__ import annotations

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


# how much there is of a class, in totals of the fiscal money: only one of these is ever told of it
TIMES = {"fiscal": 1, "unknown": 1, "integrated": 3, "social": 5, "loans": 7}
# millions that more was planned than there was, and that less was spent
BEYOND = {"planned": 7, "spent": -7}


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


def crossed(place, year, givers, uses):
    """Programs by givers, with totals of both; what a program takes from each giver is drawn from what is left."""
    left, rows = dict(givers), []
    for code, amount in uses.items():
        taken = {}
        for giver in SOURCES:
            taken[giver] = min(left[giver], amount - sum(taken.values()))
            left[giver] -= taken[giver]
        rows.append((FOR[code][0].capitalize(), *taken.values(), amount))
    rows.append(("Total", *givers.values(), sum(givers.values())))
    return (
        f"{place[1]} Province: fiscal poverty alleviation funds invested in {year} (million Yuan)\n"
        "Program,Central,Provincial,City and county,Total\n" + "".join(f"{','.join(map(str, row))}\n" for row in rows)
    )


def staged(place, year, givers, uses):
    """What was planned, allocated and spent: three stages of one money."""
    total = sum(givers.values())
    planned, spent = total + BEYOND["planned"], total + BEYOND["spent"]
    return (
        f"Poverty alleviation in {place[1]}, {year}\n\nFor {year}, fiscal poverty alleviation funds of {planned} "
        f"million Yuan had been planned in {place[1]} Province; {total} million Yuan were allocated, and {spent} "
        "million Yuan had been spent by the end of the year.\n"
    )


def beside(place, year, givers, uses):
    """Money of society, of banks and of other budgets beside fiscal money."""
    money = {code: f"{100 * amount}万元" for code, amount in givers.items()}
    money |= {code: f"{100 * times * sum(givers.values())}万元" for code, times in TIMES.items()}
    return (
        f"{place[2]}{year}年扶贫工作\n\n{year}年，全省投入财政扶贫资金{money['fiscal']}，其中中央{money['central']}，"
        f"省级{money['provincial']}，市县{money['city_county']}。整合各类资金{money['integrated']}，"
        f"引导社会资金{money['social']}，撬动信贷资金{money['loans']}。\n"
    )


FORMS = (
    *((english, ".txt"), (chinese, ".txt"), (table, ".csv")),
    *((crossed, ".csv"), (staged, ".txt"), (beside, ".txt")),
)


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
    """The sums of a wide table in millions by region, year, stage and fund class."""
    found = connection.execute(
        "SELECT region_code, year, stage_code, fund_class, sum(amount_cny) / 1000000 "
        f"FROM out.{table} WHERE measure_code = 'funds' GROUP BY ALL"
    ).fetchall()
    return {tuple(group): Decimal(str(amount)) for *group, amount in found}


def due(truth, region, year, stage, fund_class):
    """What a report on a region and year prints of a class as having reached a stage, or its parts add up to."""
    givers, _ = truth[region, year]
    return TIMES[fund_class] * sum(givers.values()) + BEYOND.get(stage, 0)


@pytest.mark.parametrize("table", ["funds", "funds_by_source", "funds_by_program"])
def test_every_sum_is_the_printed_total(printed, table):
    connection, truth = printed
    found = sums(connection, table)
    assert len({group[:2] for group in found}) > len(truth) / 2
    assert found == {group: due(truth, *group) for group in found}


def test_every_report_tells_a_total(printed):
    connection, truth = printed
    assert {group[:2] for group in sums(connection, "funds")} == truth.keys()
    assert {row[0] for row in connection.execute("SELECT DISTINCT fund_class FROM out.funds").fetchall()} > {"fiscal"}
