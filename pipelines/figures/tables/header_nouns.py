"""What the nouns of headers, labels and titles count or measure, alone and beside a unit line that lists several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import WordKind
from pipelines.catalog.load import catalog
from pipelines.figures.tables.spoken_roles import COUNT_HEADER, without_number
from pipelines.figures.units.headed import headed_unit
from pipelines.figures.units.unitlines import BRACKETS, listed_units
from pipelines.figures.units.unitwords import TableUnit, is_headed_by, is_measured, names_scale, strict_unit
from pipelines.patterns import regex

# a header that is nothing but one of these counts them, whatever the unit line says of the money beside them
COUNTED = frozenset({"person", "person-time", "household", "village", "township", "county"})
# what a title excepts from its unit: "EUR thousand; per capita in EUR"
EXCEPTION = regex(r"(?:and |but )?(per [^();；,，]+?|[^();；,，\d]+?) in ([^();；,，]+)", re.IGNORECASE)
_OF_EACH_ZH = regex(r"([一-鿿]{2,8}?)(?:的)?单位(?:[:：]|均?为)([一-鿿]{1,6})")  # 人口单位为万人，收入单位为元
# 面积：万亩 单位：产量：吨
_NOUN_LINE = regex(
    r"(?:^|(?<=[\s;；,，、(（]))(?:(?:计量)?单位[:：]\s*)?([一-鿿]{2,8})[:：]\s*([一-鿿]{1,6})(?=$|[\s;；,，、)）])"
)
_NO_NOUN = regex(r".*单位|表号|.*(?:机关|时间|日期|来源|部门|人)")
_SOUND = regex(r"(?<=[一-鿿])[(（][a-zà-öø-ÿāēěīńňōūǎǐǒǔǖǘǚǜ]{1,7}[)）]")  # 万(wàn)亩, as some pages print it
_MEASURED: tuple[WordKind, ...] = ("area", "length", "mass")


def exceptions(title: str) -> tuple[str, dict[str, str]]:
    """A title without what it excepts from its unit, and the words of headers that it excepts with their units."""
    found: dict[str, str] = {}
    several = list(_OF_EACH_ZH.finditer(title))
    if len(several) > 1:
        found |= {told.group(1): told.group(2) for told in several}
    found |= noun_lines(title)
    for bracket in BRACKETS.findall(title):
        for clause in re.split("[;；]", bracket)[1:]:
            told = EXCEPTION.fullmatch(clause.strip())
            if told is not None and is_measured(strict_unit(told.group(2))):
                found[told.group(1).lower()] = told.group(2)
                title = title.replace(clause, "")
    return title, found


def noun_lines(title: str) -> dict[str, str]:
    """The nouns that lines above a table give a unit each, 面积：万亩 and 产量：吨; it holds for no other columns."""
    told = _NOUN_LINE.findall(_SOUND.sub("", title))
    return {noun: unit for noun, unit in told if not _NO_NOUN.fullmatch(noun) and is_measured(strict_unit(unit))}


def unread_scale(line: str) -> str:
    """The words of a line that is nothing but a unit, where a scale stands among them and the rest is not known."""
    told = _UNIT_ALONE.fullmatch(line.strip())
    words = (told.group(1) or told.group(2)) if told is not None else line.strip()
    scaled = names_scale(words) if told is not None else False
    if told is None and (several := _RUN_TOGETHER.search(words)) is not None:
        return several.group(1)  # of each noun its own, with nothing between them
    scaled = scaled or _SCALED_ZH.fullmatch(words) is not None
    return words if scaled and strict_unit(words) is None and not listed_units(words) else ""


# In Xyz millions, (amounts in thousands of Xyz), 单位：百万某元
_UNIT_ALONE = regex(
    r"[(（]?\s*(?:all )?(?:(?:figures|amounts?|values?) )?(?:are )?in ((?:\S{1,12} ){0,2}\S{1,12}s?)\s*[)）]?|"
    r"[(（]?\s*单\s*位\s*[:：]\s*([^\s:：;；,，、()（）]{2,8})\s*[)）]?",
    re.IGNORECASE,
)
_RUN_TOGETHER = regex(r"[(（]((?:10{0,3}(?:[ ,]?0{3})+\s[^\W\d_]+\s?){2,})[)）]")
_SCALED_ZH = regex(r"[十百千万亿]+[^\s:：;；,，、/／]{1,5}")


def tells_class(header: str) -> bool:
    """Whether a header is of things of some size, by a unit behind a number: up to 30 m2, 60平方米以下."""
    found = _SIZED.search(header)
    return found is not None and _SCALE.fullmatch(found.group(1)) is None and _is_size(strict_unit(found.group(2)))


def _is_size(found: TableUnit | None) -> bool:
    return found is not None and found.unit != "" and _kind_of(found.unit) in _MEASURED


_SIZED = regex(r"(?<![\d.,^*×])(?<!\d )(\d[\d.,]*)\s?(m[²2]|[^\W\d_]{1,8}[²2]?)(?![^\W_])")
_SCALE = regex(r"10{1,3}(?:[ ,]?0{3})*|(?:19|20)\d\d")


def own_label(hint: str) -> str:
    """The last label of a row; of one in two languages that which names its unit in brackets: 总人口(万人) > people."""
    *above, last = hint.rsplit(" > ", 2)[-2:]
    twice = bool(above) and last.isascii() and not above[0].isascii()
    return above[0] if twice and BRACKETS.search(above[0]) and not BRACKETS.search(last) else last


def of_people(header: str) -> TableUnit | None:
    """People or places that a header counts."""
    found = headed_unit(header)
    return found if found is not None and found.unit in COUNTED else None


def of_list(listed: Sequence[TableUnit], words: str) -> Sequence[TableUnit]:
    """Of several units those that words are about: by the noun that heads them, or by a word of their kind."""
    if len(listed) == 1:
        return listed
    own = headed_unit(words) if words else None
    told = [unit for unit in listed if own is not None and unit.unit == own.unit]
    told = told or [unit for unit in listed if (kind := _kind_of(unit.unit)) and is_headed_by(kind, words)]
    if told or own is None:
        return told
    if own.unit in COUNTED:
        return [own]
    in_pieces = any(unit.unit == "other" for unit in listed)
    is_long = own.unit == "facility" and any(_kind_of(unit.unit) == "length" for unit in listed)  # roads in km
    return [own] if in_pieces and not is_long else []


def _kind_of(unit: str) -> WordKind | None:
    """The kind of words that head what is in a unit; None for what is counted, which its own noun tells."""
    if is_money(unit):
        return "money"
    kind = catalog().units[unit].kind.split("_")[0] if unit in catalog().units else ""
    return next((one for one in _MEASURED if one == kind), None)


def counted_in_caption(caption: str) -> TableUnit | None:
    """What a caption above headers of years counts: "Poor households of three counties", "Number of pupils fed"."""
    told = without_number(caption)
    counted = COUNT_HEADER.match(told)
    noun = next((words for words in counted.groups() if words), "") if counted is not None else told
    return of_people(noun) if noun else None
