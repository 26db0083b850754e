"""The unit that a table's header tells by the noun at its head, or by a scale alone."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import WordKind, says
from pipelines.catalog.units import unit_of
from pipelines.figures.text.nouns import chinese_before
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.bands import is_band
from pipelines.figures.units.unitlines import BRACKETS
from pipelines.figures.units.unitwords import (
    ADJUNCT,
    LEAD,
    TableUnit,
    headed_abroad,
    is_letter,
    is_measured,
    loose_unit,
    reading_of,
    strict_unit,
    tail_words,
)
from pipelines.patterns import regex

_MULTIPLIED = regex(r"(?:[xX×*]\s?\d|\d+\s?(?:[x×^]|\*\*|[⁰¹²³⁴-⁹⁻⁺]))")
# Families receiving aid, households unable to pay
_DOING = regex(
    r"(?:(?<=s)|(?<=people)|(?<=children))\s+(?:[a-z]+ing|(?:un)?able|eligible|likely|willing)\s+.+", re.IGNORECASE
)
_BEHIND_NOUN = regex(r"(?<=hh|ds|es|le)\s+(?:poor|total|count)$", re.IGNORECASE)  # of exports: hh_poor
# in the singular the name of one, or what is measured: Lofa County, Area, Area sown
_ONE_PLACE = regex(
    r"(?:[\w'’-]+ ){0,4}(?:county|district|province|state|village|township|town|city|ward|commune|municipality|area)"
    r"(?: (?:[a-z]+(?:ed|wn|nt)|under .+))?",
    re.IGNORECASE,
)
_LISTED = regex(r"^\w+,.*(?:\band\b|&)", re.IGNORECASE)  # several things, or an office of them: Youth, Sports and Art
_BEFORE_NOUN = regex(r"^reached\s+", re.IGNORECASE)  # elsewhere a verb
_RESIDENCE = frozenset({"城镇", "农村", "乡村", "城市", "城乡"})
_ZH_COUNT = regex(r"(?:总数|数量|个数|数)?\s*$|\d{4}年?")


@lru_cache(maxsize=4096)
def headed_unit(header: str) -> TableUnit | None:
    """The unit of the noun that heads a header: households of "Households relocated"; none of "Household income"."""
    if is_letter(header):
        return None
    if (abroad := headed_abroad(header)) is not None:
        return abroad
    if not BRACKETS.sub("", header).isascii():
        return _ending(header)
    header = _BEHIND_NOUN.sub("", _BEFORE_NOUN.sub("", header.strip()))
    if _ONE_PLACE.fullmatch(header) or _LISTED.search(header):
        return None
    found = loose_unit(header)
    if found is None or is_measured(found):
        return found
    draft, _ = reading_of(header)
    return found if any(told.fullmatch(f"1 {header}", draft.end) for told in (ADJUNCT, _DOING)) else None


def _ending(header: str) -> TableUnit | None:
    """The unit of the noun that ends a Chinese header, without brackets, years and the word for "number"."""
    words = _ZH_COUNT.sub("", BRACKETS.sub("", header)).strip()
    if header.strip() in _RESIDENCE:
        return None  # of those who live there
    noun = chinese_before(Passage(words), 0, len(words)) if words else None
    if noun is not None and len(words) - noun[1] == 1:
        return None  # another noun of one sign heads it: 家庭户男 are men
    if noun is None or noun[2] in ("other", "structure", "year"):
        return None
    found = TableUnit(noun[2], Decimal(1))
    return None if is_measured(found) and _is_per(words[: noun[0]], found) else found


def scale_alone(header: str) -> TableUnit | None:
    """The scale that a header names without a unit, in brackets or behind its last comma: ('000), thousands, ×10³.

    What begins in brackets like a factor and is not understood has a doubt.
    """
    whole = "" if header[:1].isdecimal() else header  # "10万" alone is rather a class
    for words in (*BRACKETS.findall(header)[::-1], tail_words(header), whole):
        found = strict_unit(words) if words else None
        if found is not None and not found.unit:
            return found
        if found is None and words and words != header and _MULTIPLIED.match(LEAD.sub("", words.strip())):
            return TableUnit("", Decimal(1), doubt=f"a factor that is not understood: {words}")
    return None


def tail_unit(header: str) -> TableUnit | None:
    """The unit behind a header's last comma or slash; none that the header tells an amount of something per."""
    if is_band(header):
        return None
    words = tail_words(header)
    found = strict_unit(words) if words else None
    return None if found is None or _is_per(header[: -len(words)], found) else found


def _is_per(before: str, found: TableUnit) -> bool:
    """Whether a slash before a unit rather says that something is told per one of it: MJ/m2, Cost/km, 产量/亩.

    Of land and lengths it says so unless the words before it name these: 面积/公顷.
    """
    if (slashed := _SLASHED.fullmatch(before)) is None or is_money(found.unit):
        return False
    measured = unit_of(found.unit)
    kind = _EXTENTS.get(measured.kind) if measured is not None else None
    if kind is not None:
        return not says(kind, slashed.group(1))
    return _SYMBOL.search(before) is not None or says("money", before) or says("price", before)


_SLASHED = regex(r"(.*?)\s*[/／]\s*")
_SYMBOL = regex(r"(?<![^\W\d_])[^\W\d_]{1,3}[\d²³]?[/／]$", re.ASCII)
_EXTENTS: dict[str, WordKind] = {"area": "area", "area_mu": "area", "length": "length"}
