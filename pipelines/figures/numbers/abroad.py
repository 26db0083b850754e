"""Scale words of other languages, as reports and the headers of their tables have them: Millionen, tys., juta."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.patterns import regex

_WORDS = {
    10**3: (
        r"тыс(?:яч[аи]?)?|тис|mil(?:es|hares)?|mill[ei]|milliers|tsd|tausend|migliaia|ribu|ngh[iì]n|ng[aà]n|tys(?:iące|ięcy)?|tis"
        r"|tusen|duizend|elfu|bin"
    ),
    10**6: (
        r"млн|мільйон\w*|миллион\w*|mill[oó]n(?:es)?|milh(?:[aã]o|[oõ]es)|mi|millions?|mio|mill(?:ion(?:en|er))?|milioni|juta"
        r"|tri[eệ]u|milyon|mln|miljon(?:er)?|miljoen|milion\w*|milli[oó]|milijun\w*|milijon\w*"
    ),
    10**9: (
        r"млрд|миллиард\w*|(?:mil|mil(?:es|hares) de) mill(?:ones|h[oõ]es)|milh(?:ares de|ar de) milh[oõ]es"
        r"|bilh(?:[aã]o|[oõ]es)|mill?i?ards?|mds?|mrd|milliarden?|miliardi|miliar|t[yỷ]|tỉ"
        r"|milyar|mld|miljard(?:er)?|miliard\w*|milli[aá]rd|milijard\w*"
    ),
}
# a million millions on the long scale, a thousand millions on the short one
_LONG_OR_SHORT = r"bio|bill[oó]n(?:es)?|billionen|biliony?|bilion[óů]|biljoen|biljon(?:er)?"
_SCALE = regex(
    rf"(?:(?P<g>{_WORDS[10**9]})|(?P<m>{_WORDS[10**6]})|(?P<k>{_WORDS[10**3]})|(?P<doubt>{_LONG_OR_SHORT}))"
    r"(?:\.|\b)(?!\w)(?:\s*(?:de|di|of|d['’])(?:\b|(?<=['’])))?\s*",
    re.IGNORECASE,
)
_FACTORS = {"k": Decimal(10**3), "m": Decimal(10**6), "g": Decimal(10**9)}


SCALES_ABROAD = "|".join((_WORDS[10**9], _WORDS[10**6], _WORDS[10**3], _LONG_OR_SHORT))


def scale_abroad(text: str, position: int = 0) -> tuple[str, Decimal, int] | None:
    """The scale word at a place, its factor (0 where that is not certain), and where what it counts begins."""
    found = _SCALE.match(text, position)
    if found is None:
        return None
    kind = found.lastgroup or ""
    return found.group(kind), _FACTORS.get(kind, Decimal(0)), found.end()
