"""The prefectures and counties of a report's province that a text names, in either language."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.phrases import Found, Hit, Phrases
from pipelines.catalog.regions import Region, regions_of
from pipelines.meaning.meaning import ReportIdentity

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
_PLACE_BEFORE = frozenset("在于、和及与从到由")
_CLASS_WORD = re.compile(r"(?:各族|[一-鿿]{0,6}族)?(?:自治(?:州|县|旗)|特别行政区|地区|林区|特区|市|县|区|旗|盟|州)$")


def places_in(text: str, identity: ReportIdentity) -> Found[str]:
    """Codes of the places of the report's province that a text names, valid in the report's year.

    A name with its class word (Gan County, 赣县) is one place; one without is a place where only one place bears it,
    else its code is empty, because it would be a guess.
    """
    year = re.search(r"\d{4}", identity.period.code)
    if identity.region.code == "unknown":
        return Found([])
    index = _index(identity.region.code, int(year.group()) if year else 0)
    hits: list[Hit[str]] = index.find(text)["places"]
    return Found([hit for hit in hits if _is_name(text, hit.start, hit.end)])


def _is_name(text: str, start: int, end: int) -> bool:
    """An English name has one capital letter; a Chinese one its class word, or a word before it that asks for a place.

    新建 is a county and "newly built", SHIJIAZHUANG the place where a report was written.
    """
    words = text[start:end]
    if words[0].isascii():
        return words[0].isupper() and not words.isupper()
    return _CLASS_WORD.search(words) is not None or text[start - 1 : start] in _PLACE_BEFORE


@lru_cache(maxsize=64)
def _index(province: str, year: int) -> Phrases:
    named: dict[str, set[str]] = {}
    for region in regions_of(province, year):
        for name in _names(region):
            named.setdefault(name, set()).add(region.code)
    return Phrases({"places": [(name, next(iter(codes)) if len(codes) == 1 else "") for name, codes in named.items()]})


def _names(region: Region) -> set[str]:
    stem = _CLASS_WORD.sub("", region.name_zh)
    names = {region.name_zh} | ({stem} if len(stem) > 1 else set())
    for english in {region.name_en.lower(), region.name_en.lower().replace("'", "’")}:
        names |= {f"{english} {word}" for word in _CLASSES.get(region.class_zh, ())}
        names |= {english} if len(english) > 3 else set()
    return {name for name in names if name.strip()}
