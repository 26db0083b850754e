"""The administrative regions of GB/T 2260 with their codes in each year, and the provinces that a text names."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.catalog.load import FOLDER
from pipelines.errors import CatalogError
from pipelines.patterns import regex

Level = Literal["province", "prefecture", "county"]
_FILE = FOLDER / "regions" / "gb2260.csv"
_COLUMNS = ("code", "name_zh", "name_en", "level", "parent", "class_zh", "valid_from", "valid_to", "iso")


# what English calls the class word; it decides between a prefecture and a county of one name
_CLASSES = {
    "市": ("city",),
    "区": ("district",),
    "县": ("county",),
    "自治县": ("autonomous county", "county"),
    "旗": ("banner",),
    "自治旗": ("autonomous banner", "banner"),
    "地区": ("prefecture",),
    "自治州": ("autonomous prefecture", "prefecture"),
    "盟": ("league",),
    "林区": ("forestry district",),
    "特区": ("special district",),
}
# the peoples after whom autonomous places are named; some places leave out the word 族 behind the first six
_PEOPLES = (
    "蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯",
    "回|藏|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|土|达斡尔|仫佬|羌|布朗|撒拉|毛南",
    "仡佬|阿昌|普米|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|高山",
)
CLASS_WORD = regex(
    rf"(?<=.)(?:(?:各族|(?:{'|'.join(_PEOPLES)})族|{_PEOPLES[0]})*自治(?:州|县|旗|区)|特别行政区|地区|林区|特区"
    "|省|市|县|区|旗|盟|州)$"
)
_OF_A_PEOPLE = regex(rf"^(..+?)(?:(?:{'|'.join(_PEOPLES)})族|族)$")
# how people shorten the class words of autonomous places
_SHORT_CLASSES = {"自治县": "县", "自治州": "州", "自治旗": "旗"}


class Region(NamedTuple):
    """One region under one code.

    Attributes:
        code: six digits of GB/T 2260.
        name_zh: full Chinese name with its class word (`江西省`).
        name_en: romanised name without class word (`Jiangxi`).
        level: `province`, `prefecture` or `county`.
        parent: code of the region above, empty for a province.
        class_zh: class word (`省`, `市`, `自治县` …).
        valid_from: first year of the known revisions in which the code bears this name.
        valid_to: first year in which it no longer does, None while it does.
        iso: ISO 3166-2 code of a province, else empty.
    """

    code: str
    name_zh: str
    name_en: str
    level: Level
    parent: str
    class_zh: str
    valid_from: int
    valid_to: int | None
    iso: str


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """All regions of the revisions of December 2011 and August 2016, by code and year.

    Raises:
        CatalogError: the file is missing or a row is malformed; names the line.
    """
    try:
        with _FILE.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if tuple(next(reader, ())) != _COLUMNS:
                raise CatalogError(f"catalog/regions/{_FILE.name}: the columns must be {','.join(_COLUMNS)}")
            return tuple(_region(row, reader.line_num) for row in reader)
    except OSError as error:
        raise CatalogError(f"catalog/regions/{_FILE.name}: {error.strerror}") from error


def _region(row: list[str], line: int) -> Region:
    if len(row) != len(_COLUMNS) or len(row[0]) != 6 or not row[0].isdecimal() or not row[6].isdecimal():
        raise CatalogError(f"catalog/regions/{_FILE.name}: line {line}: not a region")
    code, name_zh, name_en, level, parent, class_zh, valid_from, valid_to, iso = row
    until = int(valid_to) if valid_to else None
    return Region(code, name_zh, name_en, level, parent, class_zh, int(valid_from), until, iso)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for entry in regions():
        found[entry.code] = (*found.get(entry.code, ()), entry)
    return found


def region(code: str, year: int) -> Region | None:
    """The region that bore a code in a year.

    A year before the first known revision takes the oldest entry.

    Returns:
        The region, None for a code that nothing bore in that year.
    """
    entries = _by_code().get(code, ())
    for entry in entries:
        if (entry.valid_from <= year or entry.valid_from == regions()[0].valid_from) and (
            entry.valid_to is None or year < entry.valid_to
        ):
            return entry
    return None


@lru_cache(maxsize=1)
def _ended() -> dict[tuple[str, str, int], tuple[Region, ...]]:
    """Province, name without class word and the year of the end → regions that ended."""
    found: dict[tuple[str, str, int], tuple[Region, ...]] = {}
    for entry in regions():
        if entry.valid_to is not None:
            place = (entry.code[:2], _stem(entry), entry.valid_to)
            found[place] = (*found.get(place, ()), entry)
    return found


def prior_region(entry: Region) -> Region | None:
    """The region that a later one continues: of its name and province, ended in the year in which it began.

    Returns:
        The earlier region, such as Miyun County for Miyun District; None where none or several bore the name.
    """
    earlier = _ended().get((entry.code[:2], _stem(entry), entry.valid_from), ())
    return earlier[0] if len(earlier) == 1 else None


@lru_cache(maxsize=1)
def _revisions() -> list[int]:
    return sorted({year for entry in regions() for year in (entry.valid_from, entry.valid_to) if year is not None})


def revision(year: int) -> int:
    """The year of the revision of codes that holds in a year: names of places are the same from one to the next."""
    place = bisect_right(_revisions(), year)
    return _revisions()[max(place - 1, 0)]


@lru_cache(maxsize=64)
def regions_of(province: str, year: int) -> tuple[Region, ...]:
    """The prefectures and counties of a province in a year; a year before the first revision takes that one."""
    year = max(year, regions()[0].valid_from)
    return tuple(
        entry
        for entry in regions()
        if entry.level != "province"
        and entry.code.startswith(province[:2])
        and entry.valid_from <= year
        and (entry.valid_to is None or year < entry.valid_to)
    )


@lru_cache(maxsize=1)
def province_names() -> dict[str, Region]:
    """The provinces by their names: in English in small letters, in Chinese as people shorten them."""
    provinces = [entry for entry in regions() if entry.level == "province"]
    return {name: entry for entry in provinces for name in (entry.name_en.lower(), short_chinese(entry.name_zh))}


@lru_cache(maxsize=1)
def _province() -> re.Pattern[str]:
    longest = sorted(province_names(), key=len, reverse=True)
    english = "|".join(re.escape(name) for name in longest if name.isascii())
    chinese = "|".join(re.escape(name) for name in longest if not name.isascii())
    return re.compile(rf"\b(?i:{english})\b|(?:{chinese})")


def short_chinese(name: str) -> str:
    """A province's name as people write it: 江西, 内蒙古, 新疆."""
    stem = re.sub(r"(省|市|特别行政区|自治区)$", "", name)
    return re.sub(r"(壮族|回族|维吾尔)$", "", stem)


def province_named(text: str) -> Region | None:
    """The first province that a text names in English or Chinese, None where it names none."""
    return next((province for _, _, province in provinces_named(text)), None)


def names_province(text: str) -> bool:
    """Whether an English text names a province: of a long one told many times sooner than `province_named` does."""
    small = text.lower()
    return any(name in small and re.search(rf"\b{name}\b", small) for name in province_names() if name.isascii())


def provinces_named(text: str) -> Iterator[tuple[int, int, Region]]:
    """The provinces that a text names, each with where its name begins and ends."""
    for found in _province().finditer(text):
        yield found.start(), found.end(), province_names()[found.group().lower()]


def names_of(region: Region) -> set[str]:
    """What a place below the provinces is called: in Chinese with and without class word, in English in lower case."""
    stem = _stem(region)
    return _full_names(region) | ({stem} if len(stem) > 1 else set()) | _short_names(region)


def _stem(region: Region) -> str:
    """The Chinese name without class word: 围场 of 围场满族蒙古族自治县, 东乡 of 东乡族自治县, 管城 of 管城回族区."""
    name = CLASS_WORD.sub("", region.name_zh)
    return _OF_A_PEOPLE.sub(r"\1", name) if name.endswith("族") else name


def _english(region: Region) -> set[str]:
    name = region.name_en.lower()
    return {name, name.replace("'", "’")} - {""}


def _full_names(region: Region) -> set[str]:
    classes = _CLASSES.get(region.class_zh, ())
    short = _SHORT_CLASSES.get(region.class_zh)
    chinese = {region.name_zh} | ({f"{_stem(region)}{short}"} if short else set())
    return chinese | {f"{name} {word}" for name in _english(region) for word in classes}


def _short_names(region: Region) -> set[str]:
    return {name for name in _english(region) if len(name) > 3}


@lru_cache(maxsize=1)
def _by_start() -> dict[str, list[Region]]:
    """Regions of any year by how their names begin: few of a report's words begin one, and most need no more."""
    found: dict[str, list[Region]] = defaultdict(list)
    for entry in regions():
        found[entry.name_zh[:2]].append(entry)
        found[entry.name_en.lower().partition(" ")[0]].append(entry)
    return dict(found)


def alike(name: str) -> Sequence[Region]:
    """The regions of any year whose names begin as one does: with its first two signs, or its first English word."""
    start = name[:2] if name[:1] >= "一" else name.split(" ", 1)[0].replace("’", "'")
    return _by_start().get(start, ())


def regions_called(name: str, year: int) -> list[Region]:
    """The places below the provinces that bear a name, English in small letters, in a year, see `regions_of`."""
    year = max(year, regions()[0].valid_from)
    return [
        entry
        for entry in alike(name)
        if entry.level != "province"
        and entry.valid_from <= year
        and (entry.valid_to is None or year < entry.valid_to)
        and name in names_of(entry)
    ]


def full_names_in(texts: Collection[str]) -> set[str]:
    """Those of many texts that are the name of a region with its class word."""
    starts = _by_start().keys()
    asked = (text for text in texts if not text.isascii() or text.lower().split(None, 1)[:1][0] in starts)
    return {text for text in asked if is_full_name(text)}


@lru_cache(maxsize=1 << 14)
def is_full_name(text: str) -> bool:
    """Whether a text is the name of a region with its class word: 赣县, "Gan County"."""
    name = " ".join(text.split()).lower()
    return any(name in _full_names(entry) for entry in alike(name))
