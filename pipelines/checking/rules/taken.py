"""Numbers that words take out of the one beside them, which they cannot be more than: "133 of the 42 bridges".

So much is said by the words alone, however far apart the numbers are: one of them is wrong. Behind 其中 and "of which"
the whole may be another one, so there a slip must have made one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from pipelines.checking.evidence import Finding, after, before, says_unit, tested
from pipelines.checking.interval import of
from pipelines.checking.rules.sums import not_above
from pipelines.checking.rules.told import Told, countable, gap, is_amount, is_bare, mark_of, same_sentence
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

# 13 of the 42 bridges, 13 (31 %) out of all 42
_OF = regex(
    r"\s*(?:\([^()]{1,20}\)\s*)?(?:out )?of (?:the|its|their|these|those|all(?: the)?)(?: total(?: of)?)?\s+",
    re.IGNORECASE,
)
# "1,340 posts, 1,205 of which are filled"
_WHICH_BEFORE = regex(r"[^;.\d]{0,70},\s*(?:and |with )?", re.IGNORECASE)
_OF_WHICH = regex(r"\s*of (?:which|whom)\b", re.IGNORECASE)
_OF_THESE = regex(r"\s*(?:Of|Among|Out of) (?:these|them|those),?\s*")
# 1101个村里，已有1043个
_IN = regex(r"[^，。；、\d]{0,12}(?:之?(?<!其)中|当中|(?<!公)(?<!英)里)[，,]?(?:已|有|已有)?[^，。；、\d]{0,8}")
_AMONG = regex(r"[^，。；\d]{0,12}[，,（(]其中[，,：:]?[^，。；、\d]{0,10}")  # 21.4万亩，其中坡改梯6.7万亩


def check_taken(told: Told) -> Iterator[Finding]:
    """Every number that is more than the one it is taken out of."""
    for first, second in pairwise(figure for figure in told.figures if is_amount(figure)):
        if not same_sentence(first, second):
            if _OF_THESE.fullmatch(before(second)) and _is_alone(told, first):
                yield from _above(second, first, surely=True)
            continue
        words = gap(first, second)
        if _OF.fullmatch(words):
            yield from _above(first, second, surely=True)
        elif _IN.fullmatch(words):
            yield from _above(second, first, surely=True)
        elif _AMONG.fullmatch(words) or (_OF_WHICH.match(after(second)) and _WHICH_BEFORE.fullmatch(words)):
            yield from _above(second, first, surely=False)


def _is_alone(told: Told, whole: Figure) -> bool:
    """Whether no other amount of the sentence of a whole may be what "these" are."""
    return not any(is_amount(f) and countable(f, whole) for f in told.sentence(whole) if f is not whole)


def _above(part: Figure, whole: Figure, *, surely: bool) -> Iterator[Finding]:
    if _may_be(part, whole) and of(part).exceeds(of(whole)):
        found = tested(partial(not_above, whole, [part]))
        if surely:
            found.again = None  # no other whole can be meant
        yield found


def _may_be(part: Figure, whole: Figure) -> bool:
    exact = part.qualifier == whole.qualifier == "exact" and part.role == "level" and whole.role in ("level", "target")
    alike = part.unit == whole.unit and "/" not in part.unit and mark_of(part) == mark_of(whole)
    told = says_unit(whole) or is_bare(part)
    return exact and alike and told
