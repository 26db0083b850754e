"""Report files of an office that collects many: short texts in Chinese and English and small tables, all invented.

Each is about one prefecture or province and one year; in every tenth a total is not that of its parts.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipelines.catalog.regions import Region, regions
from pipelines.publishing.cells import csv_line

_LAST_YEAR = 2015
# kinds of files; what is neither is English
_CHINESE_TEXT, _TABLE = 1, 2
_PROGRAMS = ("Village advancement", "Industrial development", "Relocation", "Rain Plan training")
_SOURCES = ("Central", "Provincial", "City and county", "Social", "Loans")
_ENGLISH = """Poverty reduction in {name}, {year}
【Funds】 In {year}, {name} was given {total} million Yuan of poverty alleviation funds: {central} million Yuan
came from the central government, {province} million Yuan from the province and {city} million Yuan from cities and
counties. This was {rate}% more than the year before. Loans with subsidised interest reached {loans} million Yuan.
【Villages】 {villages} poor villages carried out whole-village advancement, for which {village_money} million Yuan
were allocated. {roads} kilometers of roads were built, {bridges} bridges and {ponds} reservoirs and ponds;
{water} people got safe drinking water, and {digesters} biogas digesters were built.
【Relocation】 It was planned to relocate {planned} people; {moved} people were relocated, {moved_rate}% of the plan.
【Training】 The Rain Plan trained {trained} people, of whom {employed} found work; {training_money} million Yuan
were spent.
【Incomes】 The net income of farmers in the key counties was {income} Yuan per person, up {growth}%. {poor} people
were still poor, {fewer} fewer than a year ago; the poverty rate fell to {poverty_rate}%.
"""
_CHINESE = """{year}年{name}扶贫开发工作
【扶贫资金】 {year}年，{name}共投入财政扶贫资金{total}万元，其中中央{central}万元，省级{province}万元，
市县{city}万元，比上年增长{rate}%。发放扶贫贴息贷款{loans}万元。
【整村推进】 {villages}个贫困村实施整村推进，下达资金{village_money}万元。修建公路{roads}公里、
桥梁{bridges}座、塘坝{ponds}座，解决{water}人的饮水安全问题，新建沼气池{digesters}口。
【移民搬迁】 计划搬迁{planned}人，实际搬迁{moved}人，完成计划的{moved_rate}%。
【雨露计划】 培训{trained}人，其中转移就业{employed}人，投入培训资金{training_money}万元。
【农民收入】 重点县农民人均纯收入{income}元，增长{growth}%。年末贫困人口{poor}人，比上年减少{fewer}人，
贫困发生率降至{poverty_rate}%。
"""


@cache
def places() -> list[Region]:
    """Provinces and prefectures of the last year, in the order of their codes."""
    wanted = {"province", "prefecture"}
    return sorted(
        (one for one in regions() if one.level in wanted and one.valid_from <= _LAST_YEAR and one.valid_to is None),
        key=lambda one: one.code,
    )


def made_files(count: int, first: int = 0) -> Iterator[tuple[str, str]]:
    """Name and text of each file; those of one number are always the same.

    Args:
        count: how many.
        first: number of the first.
    """
    for number in range(first, first + count):
        place, year, kind = told_of(number)
        chance = random.Random(number)
        if kind == _TABLE:
            yield f"{place.code}_{year}.csv", _funds(place, year, chance)
        else:
            is_chinese = kind == _CHINESE_TEXT
            template = _CHINESE if is_chinese else _ENGLISH
            name = place.name_zh if is_chinese else place.name_en
            yield f"{place.code}_{year}.txt", template.format(name=name, year=year, **_numbers(chance, is_chinese))


def told_of(number: int) -> tuple[Region, int, int]:
    """The place and year that the file of a number is about, and its kind."""
    there = places()
    turn, at = divmod(number, len(there))
    # neighbours in the list are of different kinds, and a place is told of in another way each year
    return there[at], _LAST_YEAR - turn, (at + turn) % 3


def numbers_of(level: str, *, table: bool, first: int = 0) -> Iterator[int]:
    """Numbers of the tables, or else of the texts, about places of a level, from a first one on."""
    for number in itertools.count(first):
        place, _, kind = told_of(number)
        if place.level == level and (kind == _TABLE) == table:
            yield number


def write_files(folder: Path, count: int, first: int = 0) -> None:
    """Writes files into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made_files(count, first):
        (folder / name).write_text(text, encoding="utf-8")


def _numbers(chance: random.Random, in_ten_thousands: bool) -> dict[str, object]:
    def money(least: int, most: int) -> int:
        """In units of 10,000 yuan; a text in millions is given whole ones."""
        return chance.randrange(least, most) * 100

    def printed(amount: int) -> str:
        return str(amount if in_ten_thousands else amount // 100)

    parts = {"central": money(40, 400), "province": money(20, 200), "city": money(10, 100)}
    total = sum(parts.values()) + (100 if chance.random() < 0.1 else 0)
    amounts = parts | {
        "total": total,
        "loans": money(50, 300),
        "village_money": money(10, 90),
        "training_money": money(1, 9),
    }
    planned, trained = chance.randrange(1_000, 9_000), chance.randrange(2_000, 9_000)
    moved = planned + chance.randrange(-300, 300)
    poor = chance.randrange(50_000, 900_000)
    return {name: printed(amount) for name, amount in amounts.items()} | {
        "rate": chance.randrange(10, 300) / 10,
        "villages": chance.randrange(20, 400),
        "roads": chance.randrange(100, 3_000),
        "bridges": chance.randrange(10, 300),
        "ponds": chance.randrange(10, 600),
        "water": chance.randrange(5_000, 90_000),
        "digesters": chance.randrange(200, 9_000),
        "planned": planned,
        "moved": moved,
        "moved_rate": f"{100 * moved / planned:.2f}",
        "trained": trained,
        "employed": chance.randrange(trained // 3, trained),
        "income": chance.randrange(2_500, 7_500),
        "growth": chance.randrange(50, 200) / 10,
        "poor": poor,
        "fewer": chance.randrange(3_000, poor // 3),
        "poverty_rate": chance.randrange(20, 200) / 10,
    }


def _funds(place: Region, year: int, chance: random.Random) -> str:
    rows: list[tuple[object, ...]] = [
        (f"Poverty alleviation funds of {place.name_en} by program and source, {year} (10000 yuan)",),
        ("Program", *_SOURCES, "Total"),
    ]
    sums = [0] * len(_SOURCES)
    for program in _PROGRAMS:
        row = [chance.randrange(100, 9_000) for _ in _SOURCES]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        rows.append((program, *row, sum(row) + (10 if chance.random() < 0.025 else 0)))
    rows.append(("Total", *sums, sum(sums)))
    return "".join(map(csv_line, rows))
