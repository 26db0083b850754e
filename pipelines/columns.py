"""Records by column: what many of them share is kept once, and one of them is made when somebody asks for it.

A long table has hundreds of thousands of rows and few columns, and most of its values return. Its columns go as they
are from the reader to the suites, to Parquet and into the warehouse.
"""

from __future__ import annotations

import gc
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar, overload

T = TypeVar("T")
Codes = Sequence[int]


class Column(Sequence[T], Generic[T]):
    """Values in order, equal to any other sequence of the same ones."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))

    def at(self, place: int) -> T:
        """The value at a place from 0 on."""
        raise NotImplementedError

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return tuple(map(self.at, range(*place.indices(len(self)))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self.at(place % len(self))


class Same(Column[T]):
    """One value at every place."""

    __slots__ = ("length", "value")

    def __init__(self, value: T, length: int) -> None:
        self.value, self.length = value, length

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[T]:
        return repeat(self.value, self.length)

    def at(self, _place: int) -> T:
        return self.value


class Coded(Column[T]):
    """Distinct values, and which of them stands at each place."""

    __slots__ = ("codes", "values")

    def __init__(self, values: Sequence[T], codes: Codes) -> None:
        self.values, self.codes = values, codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes)

    def at(self, place: int) -> T:
        return self.values[self.codes[place]]

    def __getstate__(self) -> tuple[Any, Codes]:
        return packed(self.values), self.codes

    def __setstate__(self, state: tuple[Any, Codes]) -> None:
        self.values, self.codes = unpacked(state[0]), state[1]


class Made(Column[T]):
    """Values that a rule makes of those of other columns whenever they are asked for."""

    __slots__ = ("rule", "sources")

    def __init__(self, rule: Callable[..., T], *sources: Sequence[Any]) -> None:
        self.rule, self.sources = rule, sources

    def __len__(self) -> int:
        return len(self.sources[0])

    def __iter__(self) -> Iterator[T]:
        return map(self.rule, *self.sources)

    def at(self, place: int) -> T:
        return self.rule(*(source[place] for source in self.sources))


class Joined(Column[T]):
    """Several sequences as one."""

    __slots__ = ("ends", "parts")

    def __init__(self, parts: Sequence[Sequence[T]]) -> None:
        self.parts = parts
        self.ends = list(accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self.ends[-1] if self.ends else 0

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self.parts)

    def at(self, place: int) -> T:
        part = bisect_right(self.ends, place)
        return self.parts[part][place - (self.ends[part - 1] if part else 0)]


class Records(Column[T]):
    """Records of one class by column."""

    __slots__ = ("columns", "kind")

    def __init__(self, kind: type[T], columns: Mapping[str, Sequence[Any]]) -> None:
        names = fields_of(kind)
        self.kind, self.columns = kind, {name: columns[name] for name in names}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[T]:
        return map(self.kind, *self.columns.values())

    def at(self, place: int) -> T:
        return self.kind(*(column[place] for column in self.columns.values()))

    def with_columns(self, **columns: Sequence[Any]) -> Records[T]:
        """The same records with some other columns."""
        return Records(self.kind, {**self.columns, **columns})


@lru_cache(maxsize=64)
def fields_of(kind: type) -> tuple[str, ...]:
    """The names of a record's fields, in order."""
    named = getattr(kind, "_fields", None)
    return tuple(named) if named is not None else tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]


def joined(parts: Iterable[Sequence[T]]) -> Sequence[T]:
    """Several sequences as one; empty ones are left out."""
    filled = [part for part in parts if len(part)]
    if len(filled) == 1:
        return filled[0]
    return Joined(filled) if filled else ()


def parts_of(values: Sequence[T]) -> Sequence[Sequence[T]]:
    """The sequences that were joined."""
    return values.parts if isinstance(values, Joined) else (values,)


def column(records: Sequence[Any], name: str) -> Sequence[Any]:
    """One attribute of some records."""
    if isinstance(records, Records):
        return records.columns[name]
    if isinstance(records, Joined):
        return Joined([column(part, name) for part in records.parts])
    if isinstance(records, Coded):
        return Coded(list(map(attrgetter(name), records.values)), records.codes)
    if isinstance(records, Same):
        return Same(getattr(records.value, name), len(records))
    return list(map(attrgetter(name), records))


def coded(values: Iterable[T]) -> Coded[T]:
    """Values by what is distinct among them."""
    known: dict[T, int] = {}
    codes = array("I", [known.setdefault(value, len(known)) for value in values])
    return Coded(list(known), codes)


def mapped(rule: Callable[..., T], *columns: Sequence[Any]) -> Sequence[T]:
    """What a rule makes of each place of some columns; of the same values it is asked once.

    Args:
        rule: depends on nothing else; its arguments can be hashed.
        columns: equally long.
    """
    first = columns[0]
    if isinstance(first, Joined) and all(isinstance(other, Joined) for other in columns):
        if all(other.ends == first.ends for other in columns):
            return Joined([mapped(rule, *parts) for parts in zip(*(other.parts for other in columns), strict=True)])
    many = [one for one in columns if not isinstance(one, Same)]
    if not many:
        return Same(rule(*(one.value for one in columns)), len(first))
    lead = many[0]
    if isinstance(lead, Coded) and all(isinstance(one, Coded) and one.codes is lead.codes for one in many):
        size = len(lead.values)
        values = (repeat(one.value, size) if isinstance(one, Same) else one.values for one in columns)
        return Coded(list(map(rule, *values)), lead.codes)
    pairs = coded(zip(*columns, strict=True))
    return Coded([rule(*pair) for pair in pairs.values], pairs.codes)


class Picked:
    """Some places of columns; the values that stand at none of them are left out."""

    def __init__(self, places: Sequence[int], length: int) -> None:
        self._places = places
        self._all = len(places) == length
        self._codes: dict[int, tuple[Codes, list[int], array[int]]] = {}

    def __call__(self, values: Sequence[T]) -> Sequence[T]:
        """The values of a column at the places."""
        if self._all:
            return values
        if isinstance(values, Same):
            return Same(values.value, len(self._places))
        if not isinstance(values, Coded):
            return [values[place] for place in self._places]
        if id(values.codes) not in self._codes:
            used: dict[int, int] = {}
            codes = values.codes
            new = array("I", [used.setdefault(codes[place], len(used)) for place in self._places])
            self._codes[id(codes)] = codes, list(used), new  # the codes are kept so that their id stays theirs
        _, kept, new = self._codes[id(values.codes)]
        return Coded([values.values[code] for code in kept], new)


def packed(values: Sequence[Any]) -> Any:  # noqa: ANN401 - texts and decimals become one text, all else stays
    """Values for the way between processes: one text takes a fraction of the time and memory that many objects take."""
    kinds = set(map(type, values))
    if kinds not in ({str}, {Decimal}):
        return values
    text = _SEPARATOR.join(map(str, values))
    return _Text(text, kinds == {str}) if text.count(_SEPARATOR) == len(values) - 1 else values


def unpacked(state: Any) -> Sequence[Any]:  # noqa: ANN401 - as above
    """The values again."""
    if not isinstance(state, _Text):
        return state  # type: ignore[no-any-return]
    texts = state.text.split(_SEPARATOR)
    return texts if state.is_text else list(map(Decimal, texts))


class _Text(NamedTuple):
    text: str
    is_text: bool


_SEPARATOR = "\x1e"


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
