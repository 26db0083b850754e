"""Which sign parts decimals in a column of cells, and which cells leave it open whether it parts thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipelines.figures.numbers.grouped import Decimals, readings_of
from pipelines.figures.tables.cells import kind
from pipelines.patterns import regex

_CLEAR = regex(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")  # no group of thousands has so many digits
_CORE = regex(r"\d+(?:[.,'’ ]\d+)*")
_POINT_OR_GROUP = regex(r"[1-9]\d{0,2}\.\d{3}")
_GROUP = 3  # digits of a group of thousands


def decimal_sign(texts: Mapping[str, int], marks: frozenset[str] = frozenset()) -> Decimals | None:
    """The decimal sign that the unambiguous numbers among some cells use; None where they leave it open.

    Args:
        texts: the distinct cells, and how often each stands there.
        marks: the letters with which notes of the table begin.
    """
    votes: dict[Decimals, int] = {"point": 0, "comma": 0}
    if of_groups := _of_groups(texts):
        return of_groups
    for text, count in texts.items():
        if text.isdecimal():
            continue
        if _CLEAR.fullmatch(text):
            votes["point"] += count
            continue
        readings = readings_of(_core(text))
        if len(readings) == 1 and kind(text, marks) in ("number", "label"):
            votes[next(iter(readings))] += count
    if votes["point"] == votes["comma"]:
        return None
    return "point" if votes["point"] > votes["comma"] else "comma"


def _of_groups(texts: Iterable[str]) -> Decimals | None:
    """The decimal sign of a column whose cells with a sign all have three digits behind it, as thousands have.

    So it is with 412, 365 and 1.307, whole numbers below a thousand, and with 600.000 and 900.000, mostly round ones.
    """
    cores = [core for text in texts if (core := _core(text))]
    plain = sorted(len(core) for core in cores if core.isdecimal() and len(core) <= _GROUP)
    signed = [core for core in cores if not core.isdecimal()]
    signs: tuple[tuple[str, Decimals], ...] = ((".", "comma"), (",", "point"))
    for sign, decimals in signs:
        grouped = re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+")
        if not signed or not all(map(grouped.fullmatch, signed)):
            continue
        below = len(plain) > 1 and plain[len(plain) // 2] == _GROUP and len(plain) + len(signed) == len(cores)
        zeros = sum(core.endswith("00") for core in signed)
        if below or (len(signed) > 1 and 2 * zeros > len(signed)):
            return decimals
    return None


def _core(text: str) -> str:
    """The digits with separators of a cell that holds one stretch of them, empty for any other."""
    found = _CORE.findall(text.replace("，", ","))
    return found[0] if len(found) == 1 else ""


def doubtful(texts: Iterable[str]) -> frozenset[str]:
    """The cells of a column whose three digits behind a point may be a group: "49.063" among amounts like 27,312,500.

    The rest of the column has groups with commas, no decimals of three digits, and either no number below a thousand
    or no decimals at all.
    """
    found, cores = _of_three(texts)
    if not found:
        return found
    others = [core for text, core in cores.items() if core and text not in found]
    grouped = any(re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", core) for core in others)
    if any(re.search(r"\.\d{3}$", core) for core in others):
        return frozenset()
    has_small = any(len(re.sub(r"\..*|,", "", core)) < 4 for core in others)
    return found if grouped and not (has_small and any("." in core for core in others)) else frozenset()


def only_of_three(texts: Iterable[str]) -> frozenset[str]:
    """The cells with three digits behind a point where no cell of the column has any other separator."""
    found, cores = _of_three(texts)
    return found if all(text in found or core.isdecimal() or not core for text, core in cores.items()) else frozenset()


def _of_three(texts: Iterable[str]) -> tuple[frozenset[str], dict[str, str]]:
    """The cells with three digits behind a point, and the digits with separators of each cell."""
    cores = {text: _core(text) for text in texts}
    return frozenset(text for text, core in cores.items() if _POINT_OR_GROUP.fullmatch(core)), cores
