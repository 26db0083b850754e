"""Lists of amounts and their totals in running text: parts that claim to be complete add up to their whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import combinations

from pipelines.catalog.currencies import is_money
from pipelines.checking.evidence import Evidence, Finding, after, before, between, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.sums import sum_of
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import UNKNOWN

_IN_ORDER = re.compile(r"\brespectively\b|分别", re.IGNORECASE)
_SHORT = 24  # letters within which a list goes on
OPEN_UNITS = frozenset({"other", "unknown", ""})
_LONGEST = 24  # numbers of a list
_TOTAL_BEHIND = re.compile(
    r"\b(?:together|in (?:all|sum|total)|make|total(?:ling|s)?|came? to)\b|合计|共计|总计|[两三四五六]项|以上|相加",
    re.IGNORECASE,
)
_LIST_HEAD = re.compile(
    r"\b(?:of (?:which|whom|these|them)|including|among (?:them|which)|namely|that is|compris\w*|made up|split)\b"
    r"|其中|包括|分为|即",
    re.IGNORECASE,
)
_REST = re.compile(r"\brest\b|\bremain|\bothers?\b|其余|其他|剩余|余下", re.IGNORECASE)
_OPEN_LIST = re.compile(
    r"\b(?:mainly|chiefly|such as|for (?:example|instance)|among others?|notably|including)\b|等|主要",
    re.IGNORECASE,
)


def gap(first: Figure, second: Figure) -> str:
    """The words between two numbers of one sentence; empty where they share none."""
    return between(first, second) or ""


def same_sentence(one: Figure, other: Figure) -> bool:
    """Whether two numbers stand in one sentence."""
    return one.locator.sentence_start == other.locator.sentence_start


def _addable(one: Figure, other: Figure) -> bool:
    """Whether two numbers may be parts of one whole: amounts of one currency, or counts of whatever things."""
    first, second = one.unit.split("/")[0], other.unit.split("/")[0]
    return first == second or (not {first, second} & _MEASURED and not (is_money(first) or is_money(second)))


_MEASURED = frozenset(
    {
        "%",
        "pp",
        "times",
        "fraction",
        "ratio",
        "km",
        "mu",
        "hectare",
        "tonne",
        "kWh",
        "m",
        "m2",
        "m3",
        "kg",
        "year",
        "month",
        "day",
    }
)


def check_lists(evidence: Evidence, told: list[Figure]) -> Iterator[Finding]:
    """Parts with their whole, lists behind their total, and totals behind their list."""
    places = {figure.figure_id: place for place, figure in enumerate(told)}
    known: set[int] = set()
    for (parent, _axis), parts in evidence.partitions.items():
        if parent in places and len(parts) > 1:
            known.add(parent)
            yield from _parts(evidence, told, places, evidence.by_id[parent], parts)
    for index, whole in enumerate(told):
        if whole.role not in ("level", "target") or whole.unit in ("%", "pp") or whole.figure_id in known:
            continue
        yield from _list_behind(told, index)
        yield from _total_behind(told, index)


def _parts(
    evidence: Evidence, told: list[Figure], places: dict[int, int], whole: Figure, parts: list[Figure]
) -> Iterator[Finding]:
    """Parts that claim to be complete make up their whole.

    They do where they name all of an axis or three givers, stand behind a colon or in brackets, or end with the rest.
    """
    alike = [part for part in parts if part.unit == whole.unit and part.role == whole.role]
    if len(alike) < 2:
        return
    finding = _sum(alike, whole)
    if finding.verdict == "fails":
        first, last = places[alike[0].figure_id], places[alike[-1].figure_id]
        inner = [f for f in told[first : last + 1] if f not in alike and f.role not in ("share_pct", "rate_pct")]
        interrupted = any(not _in_brackets(figure) for figure in inner)
        following = told[last + 1] if last + 1 < len(told) else None
        goes_on = following is not None and 0 < len(gap(alike[-1], following)) < _SHORT
        open_list = _OPEN_LIST.search(gap(whole, alike[0])) or _OPEN_LIST.search(after(alike[-1])[:12])
        share = total(of(part) for part in alike).point / whole.value if whole.value else 0
        if (
            interrupted
            or (goes_on and following is not None and following.unit not in ("%", "pp"))
            or open_list
            or len(alike) < len(parts)
            or whole.qualifier != "exact"
            or not _SEVERAL_LOW < share < _SEVERAL_HIGH
            or not _claims_all(evidence, whole, alike)
            or len(alike) > _LONGEST
            or _otherwise(told, places[whole.figure_id], alike)
        ):
            return
        finding.severity = "error" if all(part.exhaustive for part in alike) else "warning"
    yield finding


def _claims_all(evidence: Evidence, whole: Figure, parts: list[Figure]) -> bool:
    givers = {evidence.source(part) for part in parts} - {UNKNOWN}
    return (
        all(part.exhaustive for part in parts)
        or len(givers) > 2
        or _is_headed(whole, parts)
        or _REST.search(before(parts[-1])[-24:]) is not None
    )


# outside of these a list is a part of its whole, or of something else
_SEVERAL_LOW, _SEVERAL_HIGH = Decimal("0.45"), Decimal(4)


def _list_behind(told: list[Figure], index: int) -> Iterator[Finding]:
    whole = told[index]
    members = list(_members(told, index))
    if len(members) < 2:
        return
    head = gap(whole, members[0])
    for count in range(len(members), 1, -1):
        if _sum(members[:count], whole).verdict != "fails":
            if _LIST_HEAD.search(head) or count == len(members):
                yield _sum(members[:count], whole)
            return
    alike = whole.unit not in OPEN_UNITS and all(figure.unit == whole.unit for figure in members)
    if not alike or _OPEN_LIST.search(head) or _OPEN_LIST.search(after(members[-1])[:12]):
        return
    rest = _REST.search(before(members[-1])[-24:])
    headed = _is_headed(whole, members)
    marked = headed or (rest and _LIST_HEAD.search(head) and not re.search("[;；]", head))
    if marked and not _otherwise(told, index, members):
        finding = _sum(members, whole)
        finding.severity = "error" if rest else "warning"
        yield finding


def _is_headed(whole: Figure, members: list[Figure]) -> bool:
    """Whether a list stands right behind a colon, or in brackets that hold all of it."""
    head = gap(whole, members[0])
    closed = re.search("[)）]", head) or (re.search("[(（]", head) and re.search("[)）]", gap(members[0], members[-1])))
    return _HEADED.match(head) is not None and not closed and not _IN_ORDER.search(after(members[-1])[:_SHORT])


_HEADED = re.compile(r"[^,;，；。()（）]{0,40}[:：(（]")


def _otherwise(told: list[Figure], index: int, members: list[Figure]) -> bool:
    """Whether another whole, one number more or one less gives the sum: then the list is another one than it seems."""
    whole = told[index]
    near = told[max(0, index - 4) : index + len(members) + 4]
    others = [f for f in near if f not in members and f is not whole and f.unit not in ("%", "pp")]
    wholes = [whole, *(f for f in others if _addable(f, whole))]
    for one in wholes:
        if one is not whole and _sum(members, one).verdict != "fails":
            return True
        for less in members:
            if len(members) > 2 and _sum([f for f in members if f is not less], one).verdict != "fails":
                return True
        for more in others:
            if more is not one and _sum([*members, more], one).verdict != "fails":
                return True
    return False


def _members(told: list[Figure], index: int) -> Iterator[Figure]:
    """Amounts of the kind of a total that follow it in its sentence; shares and asides in brackets stand between."""
    whole = told[index]
    for figure in told[index + 1 : index + 1 + _LONGEST]:
        if not same_sentence(figure, whole):
            return
        if figure.unit in ("%", "pp") or figure.role in ("share_pct", "rate_pct"):
            continue
        if not _addable(figure, whole) or figure.role not in (whole.role, "level"):
            if _in_brackets(figure):
                continue
            return
        yield figure


def _in_brackets(figure: Figure) -> bool:
    lead = before(figure)[-40:]
    return max(lead.rfind("("), lead.rfind("（")) > max(lead.rfind(")"), lead.rfind("）"))


def _total_behind(told: list[Figure], index: int) -> Iterator[Finding]:
    whole = told[index]
    if not _TOTAL_BEHIND.search(before(whole)[-24:] + after(whole)[:12]):
        return
    members: list[Figure] = []
    for figure in reversed(told[max(0, index - 12) : index]):
        if figure.unit in ("%", "pp"):
            continue
        if not _addable(figure, whole) or figure.role != whole.role or figure.locator.section != whole.locator.section:
            break
        members.insert(0, figure)
    for start in range(len(members) - 1):
        if _sum(members[start:], whole).verdict != "fails":
            yield _sum(members[start:], whole)
            return
    counted = _THESE.search(before(whole)[-24:])
    count = _COUNT[(counted.group(1) or counted.group(2)).lower()] if counted else 0
    if 1 < count <= len(members) and all(f.unit == whole.unit for f in members[-count:]):
        chosen = (c for c in combinations(members[-count - 2 :], count) if _sum(c, whole).verdict != "fails")
        yield _sum(next(chosen, members[-count:]), whole)


_THESE = re.compile(
    r"([两二三四五六])(?:项|者|笔|类|块)?(?:资金)?(?:合计|共计|总计|相加|共)[^,;，；。\d]{0,10}$"
    r"|\b(?:the|these|all) (two|three|four|five)\b[^,;.\d]{0,20}$",
    re.IGNORECASE,
)
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "two": 2, "three": 3, "four": 4, "five": 5}


def _sum(members: Iterable[Figure], whole: Figure) -> Finding:
    return tested(partial(sum_of, whole, list(members)))
