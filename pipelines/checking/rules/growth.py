"""Changes and growth rates against the level they led to, and against those of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.checking.evidence import Evidence, Finding, agreement, falls, number
from pipelines.checking.interval import Interval, growth, of
from pipelines.figures.figure import Figure


def check_growth(evidence: Evidence) -> Iterator[Finding]:
    """Every level with a change, a growth rate, or parts that grew."""
    for level in evidence.figures:
        change, rate = evidence.about(level, "change"), evidence.about(level, "change_pct")
        if change is not None and change.unit == level.unit and not falls(change):
            yield _change_within(level, change)
        if change is not None and rate is not None and change.unit == level.unit and rate.unit == "%":
            yield _rate(level, change, rate)
        if rate is not None and rate.unit == "%" and not falls(rate):
            yield from _between(evidence, level, rate)


def _change_within(level: Figure, change: Figure) -> Finding:
    above = of(change).exceeds(of(level))
    message = f"An increase of {change.text} led to {level.text}"
    message += "; the earlier amount would have been negative." if above else "; the earlier amount was not negative."
    return Finding(
        "change_not_above_level",
        "fails" if above else "holds",
        (change, level),
        f"{change.text} ≤ {level.text}",
        message,
        of(change),
        of(level),
        level.unit,
    )


def _rate(level: Figure, change: Figure, rate: Figure) -> Finding:
    down = falls(change)
    computed = growth(-of(change) if down else of(change), of(level))
    stated = -of(rate) if down else of(rate)
    formula = f"{change.text} / ({level.text} {'+' if down else '-'} {change.text}) = {rate.text}"
    operands = (change, level, rate)
    if computed is None:
        impossible = of(level).high <= of(change).low
        message = f"{change.text} more cannot have led to {level.text}, so no growth rate follows."
        if not impossible:
            message = f"The earlier amount may have been zero, so the growth of {rate.text} cannot be tested."
        verdict: tuple[str, Interval | None] = ("fails" if impossible else "not_testable", None)
        return Finding("growth_from_change", verdict[0], operands, formula, message, None, stated, "%")  # type: ignore[arg-type]
    outcome = agreement(computed, stated)
    message = f"Change and level imply {number(computed.point)} %, printed is {number(stated.point)} %"
    message += "." if outcome == "holds" else "; rounding explains the difference."
    if outcome == "fails":
        message = message.replace("rounding explains", "rounding does not explain")
    return Finding("growth_from_change", outcome, operands, formula, message, computed, stated, "%")


def _between(evidence: Evidence, whole: Figure, rate: Figure) -> Iterator[Finding]:
    """A whole grows at a weighted mean of its parts' rates."""
    for parts in evidence.partitions_of.get(whole.figure_id, ()):
        if not all(part.exhaustive for part in parts):
            continue
        rates = [found for part in parts if (found := evidence.about(part, "change_pct")) is not None]
        if len(rates) != len(parts) or len(rates) < 2 or any(found.unit != "%" or falls(found) for found in rates):
            continue
        slowest, fastest = min(rates, key=lambda r: r.value), max(rates, key=lambda r: r.value)
        span = Interval(slowest.low, fastest.high, rate.value)
        verdict = "holds" if span.meets(of(rate)) else "fails"
        yield Finding(
            "growth_between_components",
            verdict,  # type: ignore[arg-type]
            (*rates, rate),
            f"{slowest.text} ≤ {rate.text} ≤ {fastest.text}",
            f"The whole grew by {rate.text}, its parts by {slowest.text} to {fastest.text}"
            f"{'.' if verdict == 'holds' else ': a mean cannot lie outside.'}",
            span,
            of(rate),
            "%",
        )
