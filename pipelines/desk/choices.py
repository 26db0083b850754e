"""What an attribute can be changed to: entries of the catalogues, found by code or by name in either language."""

from __future__ import annotations

import re
from typing import NamedTuple, get_args

from pipelines.catalog.currencies import currencies
from pipelines.catalog.load import catalog
from pipelines.catalog.sentences import region_names
from pipelines.desk.words import DeskWords
from pipelines.figures.figure import Role
from pipelines.meaning.meaning import UNKNOWN
from pipelines.patterns import regex
from pipelines.review.files import is_possible, number
from pipelines.review.readings import plain

_MOST = 60
_SPAN = regex(r"(\d{4})(?:\s*[-–—~至]\s*(\d{4}))?", re.ASCII)


class Choice(NamedTuple):
    """One value that can be chosen, with its name."""

    code: str
    name: str


def choices(attribute: str, wanted: str, words: DeskWords) -> list[Choice]:
    """The values of an attribute that fit what somebody has typed; nothing typed gives the first of all.

    Args:
        attribute: of a reading; a parent is chosen from the figures of the report instead.
        wanted: a code or a part of a name, in either language; for a value and a period what it is to be.
        words: the names.
    """
    wanted = wanted.strip()
    if attribute == "value":
        plain_number = wanted.replace(",", "").replace("，", "")
        found = number(plain_number)
        return [] if found is None else [Choice(plain(found), words.short("value", plain(found), ""))]
    if attribute == "period":
        return _periods(wanted, words)
    other = DeskWords("zh" if words.language == "en" else "en")
    lower = wanted.lower()
    ranked: list[tuple[int, int, str]] = []
    for code in _codes(attribute):
        names = (code.lower(), words.name(attribute, code).lower(), other.name(attribute, code).lower())
        if not any(lower in name for name in names):
            continue
        rank = 0 if lower in names else 1 if any(name.startswith(lower) for name in names) else 2
        ranked.append((rank, len(ranked), code))
    return [Choice(code, words.name(attribute, code)) for _, _, code in sorted(ranked)[:_MOST]]


def _codes(attribute: str) -> list[str]:
    known = catalog()
    if attribute == "role":
        return list(get_args(Role))
    if attribute == "unit":
        return [*known.units, *(code for code in currencies() if code not in known.units)]
    if attribute == "region":
        return [UNKNOWN, *region_names()]
    entries = {"program": known.programs, "source": known.sources, "stage": known.stages, "measure": known.measures}
    codes = list(entries.get(attribute, ()))  # type: ignore[call-overload]
    return codes if UNKNOWN in codes else [UNKNOWN, *codes]


def _periods(wanted: str, words: DeskWords) -> list[Choice]:
    codes = [wanted] if is_possible("period", wanted) else []
    if match := _SPAN.fullmatch(wanted):
        codes = [f"Y{match[1]}" if match[2] in (None, match[1]) else f"Y{match[1]}_{match[2]}"]
        if match[2] is None:
            codes.append(f"ASOF_{match[1]}1231")
    return [Choice(code, words.name("period", code)) for code in (*codes, UNKNOWN) if is_possible("period", code)]
