"""The totals of a table's columns: by their words where most rows bear them out, and by arithmetic alone."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from pipelines.catalog.headers import says
from pipelines.figures.tables.label_classes import is_plain_subtotal, is_plain_total, label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Axis, Line
from pipelines.figures.tables.number import NumberCell, Numbers
from pipelines.figures.tables.of_which import settle_of_which
from pipelines.figures.tables.runs import words_of
from pipelines.figures.tables.totals import confirmed
from pipelines.figures.tables.unnamed_columns import columns_within, sums_of_several, unnamed_columns

_PAIR = 2  # columns of which none is the sum of others, and rows that contradict one


def bear_out_columns(
    layout: Layout, axes: tuple[Axis, ...], numbers: Numbers, gone: AbstractSet[int], added: AbstractSet[int]
) -> set[int]:
    """Keeps the totals of columns that rows bear out, and adds those that no word names.

    Returns:
        Those that are called totals, and that the columns beside them never make up, with those behind them: whether
        they hold others cannot be told.
    """
    doubted: dict[int, set[int]] = {}
    claimed = any(claim.exhaustive for axis in axes for claim in axis.lines)
    lines: list[Mapping[int, NumberCell]] = []
    if claimed or len(added) > _PAIR:
        lines = [line for row, line in numbers.by_row.items() if row not in gone]
    for axis in axes:
        for claim in [claim for claim in axis.lines if claim.exhaustive]:
            if confirmed(claim, lines, _PAIR) != claim:
                axis.lines.remove(claim)
                axis.wholes.discard(claim.whole)
                if _is_of_the_same(layout, claim):  # "Total cost" beside "EU share" is a cost by itself
                    doubted[claim.whole] = {claim.whole, *(part for part in claim.parts if part > claim.whole)}
    if layout.total_columns is None:
        summed = [column for column in layout.columns if column in added]
        settle_of_which(summed, axes[0], lines, _PAIR)
        told = unnamed_columns(summed, axes[0], lines)
        axes[0].lines += told
        for line in told:
            heads = {part: " ".join(layout.column_paths[part][-1:]) for part in line.parts}
            rest = [part for part, head in heads.items() if says("remainder", head)]
            if rest:  # what was to be done, what was, and what is left of it: each but the last counts by itself
                axes[0].of_which.update(rest)
            elif line.by and not any(says(kind, head) for kind in ("done", "state") for head in heads.values()):
                axes[0].of_which.update(line.parts)  # by sex, and again by age
            if not rest or any(label_class(label) == "total" for label in layout.column_paths[line.whole]):
                axes[0].wholes.add(line.whole)
        within = columns_within(summed, axes[0], lines)
        axes[0].lines += within
        axes[0].wholes.update(line.whole for line in within if line.exhaustive)
        axes[0].of_which.update(part for line in within if not line.exhaustive for part in line.parts)
        named = [column for column in summed if label_class((layout.column_paths[column] or ("",))[-1]) == "total"]
        mixed = sums_of_several(named, summed, axes[0], lines)
        axes[0].lines += mixed
        axes[0].wholes |= {line.whole for line in mixed}
    return set[int]().union(*(of for whole, of in doubted.items() if whole not in axes[0].wholes))


def _is_of_the_same(layout: Layout, claim: Line) -> bool:
    """Whether a total is called nothing but that, or by a word that its parts have, too: All deaths, Road deaths."""
    head, *heads = [(layout.column_paths[column] or ("",))[-1] for column in (claim.whole, *claim.parts)]
    shared = [words_of(part) & words_of(head) for part in heads]
    return is_plain_total(head) or is_plain_subtotal(head) or sum(map(bool, shared)) >= _PAIR
