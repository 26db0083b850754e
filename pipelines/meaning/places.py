"""The prefectures and counties that a text names, in either language: of the report's province, or one by its label."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import pairwise

from pipelines.catalog.characters import simplified
from pipelines.catalog.phrases import WORD, Found, Hit, Phrases
from pipelines.catalog.regions import (
    CLASS_WORD,
    Region,
    names_of,
    names_province,
    province_named,
    regions,
    regions_of,
    revision,
    short_chinese,
)
from pipelines.figures.tables.headers import LabelKind
from pipelines.meaning.home import holds
from pipelines.meaning.meaning import UNKNOWN, ReportIdentity
from pipelines.patterns import regex

_PLACE_BEFORE = frozenset("在于、和及与从到由")
_SPACED = regex(r"(?<=[一-鿿])\s+(?=[一-鿿])")
# marks of notes: 兴国县*, 会昌县①, 瑞金市（注2）, "Xingguo 1)", "Huichang [2]", "Ruijin (a)", Ningdu¹, 兴国县1
_NOTE = regex(
    r"\s*(?:[*＊※†‡§¶#△▲☆★①-⑳⓪¹²³⁰-⁹ᵃ-ᶻ]+|(?:见?注|附注|备注)\s*\d{0,2}|\d{1,2}[)）]|(?<=[^\W\d])\d{1,2}"
    r"|[(（\[【［〔](?:见?注|附注|备注|note|see note)?\s*(?:[a-z]|\d{1,2}|[一二三四五六七八九十①-⑳*]{0,2})"
    r"[)）\]】］〕])$",
    re.IGNORECASE,
)
_NUMBERED = regex(
    r"^\s*(?:\d{1,3}\s*[.、．)）]|[(（](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]|\d{1,3}\s+(?=[^\W\d]))\s*"
)
_PARTED = regex(r"\s*[,，(（)）/·–-]\s*")


def plain_name(label: str) -> str:
    """A name as it is called, without running number, marks of notes and spaces between Chinese signs."""
    name = _NUMBERED.sub("", _SPACED.sub("", " ".join(label.split())))
    while (shorter := _NOTE.sub("", name)) != name:
        name = shorter
    return name


def places_in(text: str, identity: ReportIdentity) -> Found[str]:
    """Codes of the places of the report's province that a text names, valid in the report's year.

    A name with its class word (Gan County, 赣县) is one place; one without is a place where only one place bears it,
    else its code is empty, because it would be a guess.
    """
    if identity.region.code == UNKNOWN:
        return Found([])
    hits: list[Hit[str]] = _index(identity.region.code, revision(first_year(identity.period.code))).find(text)["places"]
    listed = _listed(text, hits, identity.region.code)
    return Found([hit for hit in hits if hit in listed or _is_name(text, hit.start, hit.end)])


def _listed(text: str, hits: list[Hit[str]], home: str) -> set[Hit[str]]:
    """Short names of places of the report's own region that label numbers side by side: 西吉162个村，原州118个村.

    One alone may be a word: 新建162个村.
    """
    inside = [hit for hit in hits if hit.payload and hit.payload != home and holds(home, hit.payload)]
    firsts = {one for one, other in pairwise(inside) if text[one.end : other.start] == "、"}  # 审计了兴国、于都
    begins = [hit for hit in inside if hit in firsts or _BEGINS.search(text, 0, hit.start)]
    labels = [hit for hit in begins if _LABELS.match(text, hit.end)]
    pairs = [(one, other) for one, other in pairwise(labels) if other.start - one.end < _ASUNDER]
    told = {hit.payload for one, other in pairs for hit in (one, other) if one.payload != other.payload}
    told |= {hit.payload for hit in inside if CLASS_WORD.search(text[hit.start : hit.end])}  # once in full, then short
    return {hit for hit in begins if hit.payload in told}


_ASUNDER = 24  # code points between two labels of one list
_BEGINS = regex(r"(?:^|[\s，；。：、（(]|其中|[里中看和与及由对向在而但])$")
_LABELS = regex(r"\d|[、和与及]|[两三四五六七八九十]?个?[县区市州旗]")


def unplaced(names: Collection[str], identity: ReportIdentity) -> list[str]:
    """Those of many names that certainly hold no name of a place; it is asked of all their words at once."""
    text = "\n".join(names)
    if not text.isascii() or names_province(text):
        return []
    if identity.region.code == UNKNOWN:
        return list(names)
    begun = _index(identity.region.code, revision(first_year(identity.period.code))).begun(text)
    if not begun:
        return list(names)
    return [name for name in names if begun.isdisjoint(WORD.findall(name.lower()))]


@lru_cache(maxsize=64)
def first_year(period: str) -> int:
    """The first year of a period; 0 for none."""
    year = re.search(r"\d{4}", period)
    return int(year.group()) if year else 0


def place_called(label: str, kind: LabelKind, within: str, year: int) -> str:
    """The code of the place that a label in a column of places names, such as "Xingguo" below "County".

    Args:
        label: nothing but a name, with or without its class word and the province before or behind it.
        kind: what the column's header says: `county`, `prefecture`, `province`, or `region` for any level.
        within: code of the province or prefecture in which it is looked for; empty for the whole country.
        year: in which the name holds.

    Returns:
        The code; empty where no place or several places bear the name.
    """
    label = plain_name(simplified(label))
    name = label.lower()
    province = province_named(label)
    of_province = "" if province is None else _without(name, province)
    if province is not None and not of_province and kind in ("province", "region"):
        return province.code
    if province is not None and of_province and not within:
        within = province.code
    named = _called(within[:2], revision(year))
    found = {code: level for text in (name, of_province) for code, level in named.get(text, ())}
    found = found or dict(_of_prefecture(of_province or name, named))
    of_level = [code for code, level in found.items() if level == kind] or list(found)
    prefecture = within[:4] if within[2:4] != "00" else ""
    near = [code for code in of_level if code.startswith(prefecture)] or of_level
    if len(near) == 1:
        return near[0]
    return province.code if province is not None and not (found or of_province) else ""


def _of_prefecture(name: str, named: Mapping[str, tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    """The county of a name with its prefecture before it, or behind it in English: 赣州市宁都县, "Ningdu, Ganzhou"."""
    parts = [part for part in _PARTED.split(name) if part]
    pairs = [(parts[0], parts[1]), (parts[1], parts[0])] if len(parts) == 2 else []
    pairs += [(name[:end], name[end:].strip()) for end in range(2, len(name) - 1)] if not name.isascii() else []
    for wider, narrower in pairs:
        above = [code[:4] for code, level in named.get(wider, ()) if level == "prefecture"]
        if found := tuple(entry for entry in named.get(narrower, ()) if entry[0][:4] in above and entry[1] == "county"):
            return found
    return ()


def _without(name: str, province: Region) -> str:
    """What is left of a lowercase name when the province's is taken from it."""
    rest = re.sub(rf"{re.escape(province.name_en.lower())}(?: province)?", " ", name)
    for written in (province.name_zh, short_chinese(province.name_zh)):
        rest = rest.replace(written, " ")
    return rest.strip(" ,，-–()（）")


@lru_cache(maxsize=64)
def _called(province: str, year: int) -> dict[str, tuple[tuple[str, str], ...]]:
    """Name in lower case → code and level of every place below the provinces that bears it."""
    named: dict[str, set[tuple[str, str]]] = {}
    everywhere = [place for place in regions() if place.level == "province"]
    for above in [place.code for place in everywhere if place.code.startswith(province)]:
        for region in regions_of(above, year):
            for name in (*names_of(region), region.name_en.lower()):
                named.setdefault(name, set()).add((region.code, region.level))
    return {name: tuple(sorted(places)) for name, places in named.items()}


def _is_name(text: str, start: int, end: int) -> bool:
    """An English name has one capital letter; a Chinese one its class word, or a word before it that asks for a place.

    新建 is a county and "newly built", SHIJIAZHUANG the place where a report was written.
    """
    words = text[start:end]
    if words[0].isascii():
        return words[0].isupper() and not words.isupper()
    return CLASS_WORD.search(words) is not None or text[start - 1 : start] in _PLACE_BEFORE


@lru_cache(maxsize=64)
def _index(province: str, year: int) -> Phrases:
    named: dict[str, set[str]] = {}
    for region in regions_of(province, year):
        for name in names_of(region):
            named.setdefault(name, set()).add(region.code)
    return Phrases({"places": [(name, next(iter(codes)) if len(codes) == 1 else "") for name, codes in named.items()]})
