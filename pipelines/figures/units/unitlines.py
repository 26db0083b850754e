"""Lines that name the unit of a table: 单位：万元, "in million Yuan", (households), 元、只、亩."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import RATIO_UNITS
from pipelines.figures.units.unitwords import (
    UNLESS,
    TableUnit,
    headed_abroad,
    is_letter,
    is_measure_word,
    is_measured,
    loose_unit,
    strict_unit,
    tail_words,
)
from pipelines.patterns import regex

_UNIT_LINE = regex(
    r"(?:^|[(（\s])(?:计量)?(?:单\s*位|units?|(?:(?:amounts?|figures|values) )?in)\s*[:：]?\s+?"
    r"([^()（）:：]+?)\s*[)）]?$",
    re.IGNORECASE,
)
_UNIT_LINE_ZH = regex(r"(?:计量)?单\s*位\s*(?:[:：]|均?为)\s*([^()（）:：]+?)\s*[)）]?\s*[。.]?$")
_UNIT_NOTE = regex(
    r"(?:notes?\s*[:：.]\s*)?(?:all )?(?:figures|amounts|values|data|numbers)(?: (?:are|given|expressed|shown))* in "
    r"([^.]+)\.?",
    re.IGNORECASE,
)
BRACKETS = regex(r"[(（\[]([^()（）\[\]]+)[)）\]]")
_LONGEST = 80  # characters of a unit line
_BETWEEN_UNITS = regex(r"\s*(?:[、；;]|[,，](?!\d{3})|\band\b|和|及)\s*", re.IGNORECASE)
_EACH_UNIT = regex("单位均?为.*单位均?为|单位[:：][^单]*[，,；;][^单]*[^制报编]单位[:：]")
_LISTS = regex("[;；、]")


def unit_words(text: str) -> str:
    """The unit that a unit line names ("单位：万元", "Unit: million Yuan"), empty for any other text."""
    if is_letter(text):
        return ""
    text = UNLESS.sub("", text)
    if text.count("单位") > 1 and _EACH_UNIT.search(text):
        return ""  # each is of the noun before it
    found = _UNIT_LINE_ZH.search(text)
    if found is not None:
        return found.group(1).strip()
    if len(text) < _LONGEST and (whole := strict_unit(text)) is not None and is_money(whole.unit):
        return text.strip(" ()（）[]")  # ₹ in crore
    note = _UNIT_NOTE.fullmatch(text)
    if note is not None and is_measured(strict_unit(note.group(1)) or loose_unit(note.group(1))):
        return note.group(1)
    found = _UNIT_LINE.search(text) if len(text) < _LONGEST else None
    brackets = BRACKETS.findall(text)
    bracket = next(iter(brackets[-1:]), "")
    several = sum(is_measured(strict_unit(words)) for words in brackets) > 1
    if found is not None and (
        several or any(";" in words and is_measured(strict_unit(words.split(";")[0])) for words in brackets)
    ):
        return ""  # each is of the noun before it, or of what a clause of the title excepts
    if (
        found is not None
        and found.end(1) - len(bracket) < found.start(1)
        and (whole := strict_unit(bracket)) is not None
    ):
        return bracket if is_money(whole.unit) else found.group(1).strip()  # Payments (PKR in million)
    if found is not None and (scale := strict_unit(found.group(1))) is not None and not scale.unit:
        whole = strict_unit(tail := tail_words(text.strip(" ()（）[]")))
        if whole is not None and is_money(whole.unit):
            return tail  # Financial figures Rs. in crore
    # "in" also begins places and years, which are no units
    if found is not None:
        opening = text[found.start() : found.start(1)]
        known = is_measured(strict_unit(found.group(1)))
        if known or ":" in opening or "：" in opening or "位" in opening:
            return found.group(1).strip()  # but "Units were sold for 40 yuan" is a sentence
    whole = strict_unit(text)
    if (alone := BRACKETS.fullmatch(text.strip())) and (headed_abroad(alone.group(1)) or (whole and whole.unit)):
        return alone.group(1)  # (households), and nothing else in its line
    return text.strip(" ()（）[]") if len(text) < 40 and is_measured(whole) else ""


@lru_cache(maxsize=1024)
def listed_units(words: str) -> tuple[TableUnit, ...]:
    """The units that a unit line lists, each once: 元、只、亩; empty where it names one, or where words are none.

    Shares are left out, for the headers of their columns say so; a measure word lists what has no unit.
    """
    whole = strict_unit(words)
    if (whole is not None and (whole.unit or not _LISTS.search(words))) or is_measure_word(words):
        return ()
    parts = [part for part in _BETWEEN_UNITS.split(words) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in re.split("[/／]", words) if part.strip()]  # 元/人 beside % is one
    found = [TableUnit("other", Decimal(1)) if is_measure_word(part) else strict_unit(part) for part in parts]
    listed = dict.fromkeys(unit for unit in found if unit is not None and unit.unit)
    return tuple(unit for unit in listed if unit.unit not in RATIO_UNITS) if len(listed) > 1 else ()
