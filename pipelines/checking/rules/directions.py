"""Two ends of a change against the verb between them: what "rose from 340 to 250" has a slip in one of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import At, Finding, printed, tested
from pipelines.checking.rules.told import Told, gap, is_amount, same_statement
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.patterns import SIGN, regex

_ENDS = frozenset({"level", "per_unit", "per_unit_prev", "share_pct", "rate_pct"})
# the first group rises, the second falls
_VERB = regex(
    r"\b(?:(rose|rises|risen|grew|grows|grown|climbed|increased|jumped|soared|expanded|went up|up)"
    r"|(fell|falls|fallen|dropped|declined|decreased|shrank|went down|slid|(?:was|were) (?:cut|reduced)|down))"
    r" (?:sharply |steadily |slightly |again |further )?from (?:about |some |nearly |only )?" + SIGN + r"$"
)
_TO = regex(r"[^,;.]{0,40}? to (?:about |some |nearly |only |over )?" + SIGN)
_VERB_ZH = regex(
    r"[^，。；\d]{0,4}?(?:(上升|增加|提高|增长|扩大|提升|升|增)|(下降|减少|降低|缩小|回落|压减|降|减))(?:到|至|为)了?"
    r"(?:\d{4}年[底末]?的?|[^，。；\d]{0,4}[底末]的?)?(?:约|近)?"
)
_FROM_ZH = regex(r"[由从][^，。；]{0,24}$")


def check_directions(told: Told) -> Iterator[Finding]:
    """Every two values that a verb of rise or fall joins as "from … to …"."""
    for place, later in enumerate(told.figures):
        earlier = told.at(place - 1)
        if earlier is None or earlier.unit != later.unit or not same_statement(earlier, later):
            continue
        plain = all(f.role in _ENDS and f.qualifier == "exact" for f in (earlier, later))
        if plain and (is_amount(later) or later.unit == "%") and (way := _way(told, earlier, later)):
            yield tested(partial(_goes, earlier, later, way))


def _way(told: Told, earlier: Figure, later: Figure) -> int:
    """1 where words say that a value rose to another, -1 where it fell, 0 where they say neither."""
    joined = _VERB_ZH.fullmatch(gap(earlier, later))
    if joined is not None and _FROM_ZH.search(told.lead(earlier)):
        return 1 if joined.group(1) else -1
    verb = _VERB.search(told.lead(earlier))
    if verb is None or not _TO.fullmatch(gap(earlier, later)):
        return 0
    return 1 if verb.group(1) else -1


def _goes(earlier: Figure, later: Figure, way: int, at: At) -> Finding:
    before, now = at(earlier), at(later)
    against = before.exceeds(now) if way > 0 else now.exceeds(before)
    verdict: Verdict = "fails" if against else "holds"
    message = say("direction.against" if against else "direction.holds", earlier=printed(earlier), later=printed(later))
    formula = f"{later.text} {'≥' if way > 0 else '≤'} {earlier.text}"
    return Finding("direction", verdict, (earlier, later), formula, message, now, before, later.unit)
