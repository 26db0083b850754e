"""Records by column, for the way between processes: fewer and simpler objects than one per record."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, get_type_hints

_SEPARATOR = "\x1e"
T = TypeVar("T", bound=NamedTuple)


def packed(records: Sequence[NamedTuple], apart: Iterable[str] = ()) -> tuple[Any, ...]:
    """Some records of one kind, by column.

    Args:
        records: all of one class.
        apart: fields that hold a record of their own each, which is packed likewise. A record that many others share
            is better left as it is.

    Returns:
        One tuple per field, decimals as their text, and in the stead of one with many different texts these as a
        single text; empty where there is no record.
    """
    if not records:
        return ()
    columns: list[tuple[Any, ...] | str] = []
    for place, name in enumerate(records[0]._fields):
        values = tuple(map(itemgetter(place), records))
        if name in apart:
            columns.append(packed(values))
        else:
            columns.append(_joined(tuple(map(str, values)) if type(values[0]) is Decimal else values))
    return tuple(columns)


def _joined(values: tuple[Any, ...]) -> tuple[Any, ...] | str:
    """Texts that are mostly different as one: to remember every one of them takes more memory than they do."""
    distinct = set(values)
    if len(distinct) * 4 < len(values) or set(map(type, distinct)) != {str}:
        return values
    text = _SEPARATOR.join(values)
    return text if text.count(_SEPARATOR) == len(values) - 1 else values


def unpacked(columns: tuple[Any, ...], kind: type[T], apart: Mapping[str, type[NamedTuple]]) -> tuple[T, ...]:
    """The records again, equal to those packed.

    Args:
        columns: what `packed` made of them.
        kind: their class.
        apart: field → class of the record that it holds.
    """
    if not columns:
        return ()
    exact = _Exact()
    fields: list[Iterable[Any]] = []
    for name, column in zip(kind._fields, columns, strict=True):
        values: tuple[Any, ...] = tuple(column.split(_SEPARATOR)) if isinstance(column, str) else column
        if name in apart:
            fields.append(unpacked(values, apart[name], {}))
        elif _hints(kind)[name] is Decimal:
            fields.append(map(exact.__getitem__, values))
        else:
            fields.append(values)
    return tuple(map(kind._make, zip(*fields, strict=True)))


@lru_cache(maxsize=16)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


class _Exact(dict[str, Decimal]):
    """Text → its decimal, made once."""

    def __missing__(self, text: str) -> Decimal:
        value = self[text] = Decimal(text)
        return value


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles: a long table makes millions of values, none in a cycle, and all of them stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
