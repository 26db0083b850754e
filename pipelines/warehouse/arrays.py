"""Columns as Arrow arrays: what many rows share is turned once, and what rules make of texts Arrow makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from pipelines.columns import FEW, Coded, Joined, Made, Same

if TYPE_CHECKING:
    import pyarrow as pa

PLACES = 6  # of nearly all decimals of the warehouse
_STEP = " > "  # between the labels of a row


def arrow_array(values: Sequence[Any], turn: Callable[[Sequence[Any]], pa.Array]) -> pa.Array:
    """A column as one array.

    Args:
        values: of one type, or None.
        turn: plain values → their array; asked of distinct values where a long column has them.
    """
    import numpy as np
    import pyarrow as pa

    if isinstance(values, Joined):
        made: list[pa.Array] = []
        for is_short, parts in groupby(values.parts, lambda part: len(part) <= FEW):
            if is_short:
                # to ask for an array takes longer than the values of a short part, so these are turned together
                made.append(turn(list(chain.from_iterable(parts))))
            else:
                made += [arrow_array(part, turn) for part in parts]
        return made[0] if len(made) == 1 else pa.concat_arrays(made)
    if len(values) <= FEW:
        return turn(list(values))
    if isinstance(values, Same):
        return turn([values.value]).take(pa.array(np.zeros(len(values), np.uint32)))
    if isinstance(values, Coded):
        return arrow_array(values.values, turn).take(pa.array(np.frombuffer(values.codes, np.uint32)))
    ruled = _made(values) if isinstance(values, Made) else None
    return turn(list(values)) if ruled is None else ruled


def exact_array(values: Sequence[Decimal | None], places: int = PLACES) -> pa.Array:
    """Decimals with so many places; those with more are rounded."""
    import pyarrow as pa

    kind = pa.decimal128(38, places)
    try:
        return pa.array(values, kind)
    except pa.ArrowInvalid:
        return pa.array([None if value is None else round(value, places) for value in values], kind)


def kinds_of(values: Sequence[Any]) -> set[type]:
    """The types of a column's values."""
    if isinstance(values, Same):
        return {type(values.value)}
    if isinstance(values, Coded):
        return kinds_of(values.values)
    if isinstance(values, Joined):
        return set().union(*map(kinds_of, values.parts))
    return set(map(type, values))


def _made(values: Made[Any]) -> pa.Array | None:
    """What a rule makes of texts, made by Arrow; None where it is told for plain values only."""
    by = _RULES.get(values.rule.__name__)
    return None if by is None or not len(values) else by(*values.sources)


def _text(values: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    return arrow_array(values, lambda plain: pa.array(plain, pa.string()))


def _join(*parts: Any) -> pa.Array:  # noqa: ANN401 - arrays and texts
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, "")


def _address(letters: Sequence[str], rows: Sequence[int]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    return _join(_text(letters), pa.array(np.asarray(rows, np.int64) + 1).cast(pa.string()))


def _sentence(row_path: Sequence[str], column_path: Sequence[str], text: Sequence[str]) -> pa.Array:
    return _join(_text(row_path), " | ", _text(column_path), ": ", _text(text))


def _subject(row_path: Sequence[str], column_path: Sequence[str]) -> pa.Array:
    import pyarrow.compute as pc

    from pipelines.figures.figure import LONGEST_SUBJECT

    rows = _text(row_path)
    told = pc.if_else(pc.equal(rows, ""), _text(column_path), rows)
    return pc.utf8_slice_codeunits(told, -LONGEST_SUBJECT)


def _path(headings: Sequence[Any], *labels: Sequence[str | None]) -> pa.Array | None:
    """The labels of rows one behind the other, those that return at once left out; None where some have headings."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if any(headings.values if isinstance(headings, Coded) else headings):
        return None
    parts, before = [], pa.nulls(len(headings), pa.string())
    for texts in map(_text, labels):
        again = pc.fill_null(pc.equal(texts, before), fill_value=False)
        parts.append(pc.if_else(again, pa.scalar(None, pa.string()), texts))
        before = pc.coalesce(texts, before)
    if not parts:
        return None
    # Arrow leaves out rows of which every part is null, so that each begins with an empty part, which is cut off
    return pc.utf8_slice_codeunits(pc.binary_join_element_wise("", *parts, _STEP, null_handling="skip"), len(_STEP))


_RULES: dict[str, Callable[..., Any]] = {
    "address": _address,
    "cell_sentence": _sentence,
    "cell_subject": _subject,
    "_words": _path,
}
