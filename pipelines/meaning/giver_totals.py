"""The giver of a total whose parts are complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipelines.columns import Same, column
from pipelines.figures.figure import Figure
from pipelines.meaning.givers import FISCAL
from pipelines.meaning.meaning import Decision, Meaning, passed_on


def of_totals(
    figures: Sequence[Figure], meanings: Sequence[Meaning], known: Mapping[int, Figure] | None = None
) -> dict[int, Decision]:
    """What givers of totals and their parts are by each other: figure_id → another giver than its own words tell.

    One whose complete parts are of the centre and the province is of both; one with a part from another giver is not
    its giver's alone ("the province arranged …, of which central …"). Statements about the total follow it.

    Args:
        figures: of the text or of one table.
        meanings: of each.
        known: those of the text by figure_id, of which two parts that make up their whole tell it; None for a table.
    """
    parents = column(figures, "parent")
    if isinstance(parents, Same) and parents.value is None:
        return {}
    told = list(
        zip(
            *(column(figures, name) for name in ("figure_id", "parent", "link")),
            column(meanings, "source"),
            strict=True,
        )
    )
    sources = {figure_id: source for figure_id, _, _, source in told}
    parts: dict[int, list[int]] = {}
    for figure_id, parent, link, _ in told:
        if link == "part_of" and parent is not None:
            parts.setdefault(parent, []).append(figure_id)
    totals: dict[int, Decision] = {}
    for total, members in parts.items():
        given = [sources[member] for member in members]
        codes = {decision.code for decision in given if decision.how == "named"}
        own = sources[total]
        complete = (
            len(given) == 2 and known is not None and _complete(known[total], [known[member] for member in members])
        )
        if codes | {own.code} == FISCAL or (codes == FISCAL and complete):
            totals[total] = Decision("central+provincial", "inherited", f"its parts: {', '.join(sorted(codes))}")
        elif own.code in (*FISCAL, "central+provincial", *codes) and not codes <= {own.code, *own.code.split("+")}:
            totals[total] = Decision(text=f"several are named: its parts are of {', '.join(sorted(codes))}")
    found: dict[int, Decision] = {}
    for figure_id, parent, link, source in told if totals else ():
        if figure_id in totals:
            found[figure_id] = totals[figure_id]
        elif parent in totals and link != "part_of" and source.how in ("inherited", "unknown"):
            found[figure_id] = passed_on(totals[parent])
    return found


def _complete(total: Figure, members: list[Figure]) -> bool:
    low = sum((member.low for member in members), Decimal(0))
    high = sum((member.high for member in members), Decimal(0))
    return low <= total.high and high >= total.low
