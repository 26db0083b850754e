"""Parts against wholes: levels, changes, and the earlier amounts that both imply."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.checking.evidence import Evidence, Finding, agreement, falls, number
from pipelines.checking.interval import Interval, of, total
from pipelines.figures.figure import Figure


def check_sums(evidence: Evidence) -> Iterator[Finding]:
    """Every whole against the parts of each of its axes."""
    for (parent, _axis), parts in evidence.partitions.items():
        whole = evidence.by_id[parent]
        parts = [part for part in parts if part.unit == whole.unit and part.role == whole.role]
        if not parts:
            continue
        if all(part.exhaustive for part in parts) and len(parts) > 1:
            yield _sum(whole, parts)
            yield from _changes(evidence, whole, parts)
        else:
            yield _not_above(whole, parts)


def _written(parts: list[Figure], whole: Figure, sign: str) -> str:
    return f"{' + '.join(part.text for part in parts)} {sign} {whole.text}"


def _sum(whole: Figure, parts: list[Figure]) -> Finding:
    computed, stated = total(of(part) for part in parts), of(whole)
    verdict = agreement(computed, stated)
    gap = computed.point - stated.point
    message = f"The parts add up to {number(computed.point)}, the printed whole is {number(stated.point)}"
    if verdict == "holds":
        message = f"{message}."
    elif verdict == "holds_within_rounding":
        message = f"{message}; rounding of the printed numbers explains the difference of {number(abs(gap))}."
    else:
        message = f"{message}: {number(abs(gap))} too {'much' if gap > 0 else 'little'}, more than rounding explains."
    blamed: tuple[Figure, ...] = ()
    if verdict == "fails" and len(parts) > 2:
        # a part whose absence repairs the sum is counted in another part, or is none
        blamed = tuple(part for part in parts if total(of(other) for other in parts if other is not part).meets(stated))
        if blamed:
            message += f" Without {' or '.join(part.text for part in blamed)} they would agree."
    return Finding(
        "sum_of_parts", verdict, (*parts, whole), _written(parts, whole, "="), message, computed, stated, whole.unit,
        blamed=blamed,
    )  # fmt: skip


def _not_above(whole: Figure, parts: list[Figure]) -> Finding:
    computed, stated = total(of(part) for part in parts), of(whole)
    above = computed.exceeds(stated)
    relation = "more than" if above else "not more than"
    message = f"The parts add up to {number(computed.point)}, {relation} the whole of {number(stated.point)}."
    return Finding(
        "parts_not_above_whole",
        "fails" if above else "holds",
        (*parts, whole),
        _written(parts, whole, "≤"),
        message,
        computed,
        stated,
        whole.unit,
    )


def _changes(evidence: Evidence, whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    """Changes of a complete set of parts, and the earlier amounts that they imply."""
    whole_change = evidence.about(whole, "change")
    part_changes = [change for part in parts if (change := evidence.about(part, "change")) is not None]
    if whole_change is None or len(part_changes) != len(parts):
        return
    if any(change.unit != whole.unit for change in (whole_change, *part_changes)):
        return
    computed, stated = total(_signed(change) for change in part_changes), _signed(whole_change)
    verdict = agreement(computed, stated)
    yield Finding(
        "sum_of_changes",
        verdict,
        (*part_changes, whole_change),
        _written(part_changes, whole_change, "="),
        f"The changes of the parts add up to {number(computed.point)}, the change of the whole is "
        f"{number(stated.point)}{_comment(verdict)}",
        computed,
        stated,
        whole.unit,
    )
    before = total(of(part) - _signed(change) for part, change in zip(parts, part_changes, strict=True))
    whole_before = of(whole) - _signed(whole_change)
    verdict = agreement(before, whole_before)
    pairs = list(zip(parts, part_changes, strict=True))
    yield Finding(
        "prior_year_sum",
        verdict,
        tuple(figure for pair in (*pairs, (whole, whole_change)) for figure in pair),
        f"{' + '.join(f'({part.text} - {change.text})' for part, change in pairs)} = "
        f"({whole.text} - {whole_change.text})",
        f"The year before, the parts would have been {number(before.point)} together, the whole "
        f"{number(whole_before.point)}{_comment(verdict)}",
        before,
        whole_before,
        whole.unit,
    )


def _signed(change: Figure) -> Interval:
    return -of(change) if falls(change) else of(change)


def _comment(verdict: str) -> str:
    return {
        "holds": ".",
        "holds_within_rounding": "; rounding explains the difference.",
        "fails": "; rounding does not explain the difference.",
    }[verdict]
