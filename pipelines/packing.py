"""Records by column, for the way between processes: fewer and simpler objects than one per record."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeVar, get_type_hints

_SEPARATOR = "\x1e"
_NOTHING: Mapping[str, Any] = {}
T = TypeVar("T", bound=NamedTuple)


Implied = Mapping[str, tuple[Callable[..., Any], tuple[str, ...]]]
"""Field → what it mostly is, made of other fields, and which: it is handed over only where it is something else."""


def packed(records: Sequence[NamedTuple], apart: Iterable[str] = (), implied: Implied = _NOTHING) -> tuple[Any, ...]:
    """Some records of one kind, by column.

    Args:
        records: all of one class.
        apart: fields that hold a record of their own each, which is packed likewise. A record that many others share
            is better left as it is.
        implied: fields that others mostly tell.

    Returns:
        One tuple per field, decimals as their text, and in the stead of one with many different texts these as a
        single text; empty where there is no record.
    """
    if not records:
        return ()
    columns: list[tuple[Any, ...] | str | dict[int, Any]] = []
    for place, name in enumerate(records[0]._fields):
        values = tuple(map(itemgetter(place), records))
        if name in implied:
            rule, sources = implied[name]
            told = map(rule, *(map(attrgetter(source), records) for source in sources))
            columns.append({at: own for at, (own, one) in enumerate(zip(values, told, strict=True)) if own != one})
        elif name in apart:
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


def unpacked(
    columns: tuple[Any, ...], kind: type[T], apart: Mapping[str, type[NamedTuple]], implied: Implied = _NOTHING
) -> tuple[T, ...]:
    """The records again, equal to those packed.

    Args:
        columns: what `packed` made of them.
        kind: their class.
        apart: field → class of the record that it holds.
        implied: as given to `packed`.
    """
    if not columns:
        return ()
    exact = _Exact()
    fields: dict[str, Iterable[Any]] = {}
    for name, column in zip(kind._fields, columns, strict=True):
        if name in implied:
            continue
        values: tuple[Any, ...] = tuple(column.split(_SEPARATOR)) if isinstance(column, str) else column
        if name in apart:
            fields[name] = unpacked(values, apart[name], {})
        elif _hints(kind)[name] is Decimal:
            fields[name] = map(exact.__getitem__, values)
        else:
            fields[name] = values
    for name, (rule, sources) in implied.items():
        told = map(rule, *(fields[source] for source in sources))
        fields[name] = _corrected(told, columns[kind._fields.index(name)])
    return tuple(map(kind._make, zip(*(fields[name] for name in kind._fields), strict=True)))


def _corrected(told: Iterable[Any], others: Mapping[int, Any]) -> Iterator[Any]:
    """Values that are implied, but for those that are something else."""
    return (others.get(at, one) for at, one in enumerate(told))


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
