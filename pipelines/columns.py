"""Records by column: what many of them share is kept once, and one of them is made when somebody asks for it.

A long table has hundreds of thousands of rows and few columns, and most of its values return. Its columns go as they
are from the reader to the suites, to Parquet and into the warehouse.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pipelines.packed import Text, packed, unpacked

T = TypeVar("T")
# so many values are sooner made all at once than some of them one by one
FEW = 1_000


class Codes(array):  # type: ignore[type-arg]
    """Whole numbers from 0 on, four bytes each."""

    __slots__ = ("_largest",)

    def __new__(cls, numbers: bytes | Iterable[int] = b"") -> Codes:
        """From numbers, or from the bytes of some."""
        return array.__new__(cls, "I", numbers)  # type: ignore[return-value]

    @property
    def largest(self) -> int:
        """The largest of them, looked for once; -1 where there is none."""
        if not hasattr(self, "_largest"):
            self._largest: int = max(self, default=-1)
        return self._largest

    def __reduce_ex__(self, _protocol: Any) -> tuple[type[Codes], tuple[bytes]]:  # noqa: ANN401 - as declared there
        return Codes, (self.tobytes(),)


if TYPE_CHECKING:
    _Sequence = Sequence
else:

    class _Sequence(Generic[T]):
        """A sequence by what it can do, and no abstract class: to ask whether something is one would take long."""

        __slots__ = ()
        __contains__, __reversed__ = Sequence.__contains__, Sequence.__reversed__
        index, count = Sequence.index, Sequence.count

    Sequence.register(_Sequence)


class Column(_Sequence[T], Generic[T]):
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
        size = len(self)
        if not -size <= place < size:
            raise IndexError(place)
        return self.at(place % size)


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
        """The value."""
        return self.value


class Run(Column[int]):
    """Whole numbers that run on by one."""

    __slots__ = ("first", "length")

    def __init__(self, first: int, length: int) -> None:
        self.first, self.length = first, length

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.first + self.length))

    def at(self, place: int) -> int:
        """The number at a place."""
        return self.first + place


class Coded(Column[T]):
    """Values, and which of them stands at each place."""

    __slots__ = ("codes", "values")

    def __init__(self, values: Sequence[T], codes: Codes) -> None:
        self.values, self.codes = values, codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        values = list(self.values) if isinstance(self.values, Column) else self.values
        return map(values.__getitem__, self.codes)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if place.__class__ is int:  # asked a million times
            found: T = self.values[self.codes[place]]
            return found
        return super().__getitem__(place)

    def at(self, place: int) -> T:
        """The value of the code at a place."""
        code: int = self.codes[place]
        return self.values[code]

    def __getstate__(self) -> tuple[Any, Codes]:
        return packed(self.values), self.codes

    def __setstate__(self, state: tuple[Any, Codes]) -> None:
        self.values, self.codes = unpacked(state[0]), state[1]
        if self.codes.largest >= len(self.values):
            raise ValueError("a code without a value")


RuleT = TypeVar("RuleT", bound=Callable[..., Any])
_RULES: dict[str, Callable[..., Any]] = {}


def rule(function: RuleT) -> RuleT:
    """Makes a function one by which a column may be made, in every process; what it makes is never None."""
    _RULES[function.__name__] = function
    return function


class Made(Column[T]):
    """Values that a `rule` makes of those of other columns whenever they are asked for; few are made once."""

    __slots__ = ("_few", "rule", "sources")

    def __init__(self, rule: Callable[..., T], *sources: Sequence[Any]) -> None:
        self.rule, self.sources = rule, sources
        self._few: list[T] | None = None

    def __len__(self) -> int:
        return len(self.sources[0])

    def __iter__(self) -> Iterator[T]:
        return iter(self._few) if self._is_made() else map(self.rule, *self.sources)  # type: ignore[arg-type]

    def at(self, place: int) -> T:
        """What the rule makes at a place."""
        if self._is_made():
            return self._few[place]  # type: ignore[index]
        made: T = self.rule(*(source[place] for source in self.sources))
        return made

    def _is_made(self) -> bool:
        """Whether the values are there, as they are from the first question on where they are few."""
        if self._few is None and len(self) <= FEW:
            self._few = list(map(self.rule, *self.sources))
        return self._few is not None

    def __getstate__(self) -> tuple[str, tuple[Sequence[Any], ...]]:
        return self.rule.__name__, self.sources

    def __setstate__(self, state: tuple[str, tuple[Sequence[Any], ...]]) -> None:
        self.rule, self.sources = _RULES[state[0]], state[1]
        self._few = None
        if len(set(map(len, self.sources))) != 1:
            raise ValueError("columns of unlike lengths")


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
        """The value at a place of all of them."""
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
        """The record at a place, made anew."""
        return self.kind(*(column[place] for column in self.columns.values()))

    def __getstate__(self) -> tuple[type[T], dict[str, Sequence[Any]]]:
        return self.kind, self.columns

    def __setstate__(self, state: tuple[type[T], dict[str, Sequence[Any]]]) -> None:
        """Only what fits together, and is as long as something that is really there."""
        self.kind, self.columns = state
        if tuple(self.columns) != fields_of(self.kind) or len(set(map(len, self.columns.values()))) != 1:
            raise ValueError("columns that do not fit their record")
        if not any(map(_is_kept, self.columns.values())):
            raise ValueError("records without a value of their own")

    def with_columns(self, **columns: Sequence[Any]) -> Records[T]:
        """The same records with some other columns."""
        return Records(self.kind, {**self.columns, **columns})


def _is_kept(values: Sequence[Any]) -> bool:
    """Whether a column holds something for each of its places, so that it cannot be longer than what there is."""
    if isinstance(values, Made):
        return any(map(_is_kept, values.sources))
    return not isinstance(values, (Same, Run))


def fields_of(kind: type) -> tuple[str, ...]:
    """The names of a record's fields, in order."""
    named: Iterable[str] = getattr(kind, "_fields", None) or getattr(kind, "__dataclass_fields__")  # noqa: B009
    return tuple(named)


# what a process may hand over in the stead of a tuple
KINDS: tuple[type, ...] = (Same, Run, Coded, Made, Joined, Records, Codes, Text)


def joined(parts: Iterable[Sequence[T]]) -> Sequence[T]:
    """Several sequences as one; empty ones are left out."""
    filled = [part for part in parts if len(part)]
    if len(filled) == 1:
        return filled[0]
    return Joined(filled) if filled else ()


def texts_in(values: Sequence[Any]) -> Iterator[str]:
    """The distinct texts that a column of texts, or of tuples of them, is made of."""
    if isinstance(values, Made):
        for source in values.sources:
            yield from texts_in(source)
        return
    if isinstance(values, Joined):
        for part in values.parts:
            yield from texts_in(part)
        return
    distinct = values.values if isinstance(values, Coded) else [values.value] if isinstance(values, Same) else values
    if isinstance(distinct, Column):
        yield from texts_in(distinct)
        return
    for value in distinct:
        if isinstance(value, str):
            yield value
        elif value is not None:
            yield from value


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
    codes = Codes([known.setdefault(value, len(known)) for value in values])
    return Coded(list(known), codes)


def mapped(rule: Callable[..., T], *columns: Sequence[Any]) -> Sequence[T]:
    """What a rule makes of each place of some columns; of the same values it is asked once.

    Args:
        rule: depends on nothing else; its arguments can be hashed.
        columns: equally long.
    """
    first = columns[0]
    if isinstance(first, Joined) and all(isinstance(one, Joined) and one.ends == first.ends for one in columns):
        return Joined([mapped(rule, *parts) for parts in zip(*map(parts_of, columns), strict=True)])
    many = [one for one in columns if not isinstance(one, Same)]
    if not many:
        return Same(rule(*(one[0] for one in columns)), len(first)) if len(first) else ()
    lead = many[0]
    if isinstance(lead, Coded) and all(isinstance(one, Coded) and one.codes is lead.codes for one in many):
        size = len(lead.values)
        values = (one.values if isinstance(one, Coded) else repeat(one[0], size) for one in columns)
        return Coded(list(map(rule, *values)), lead.codes)
    pairs = coded(zip(*columns, strict=True))
    return Coded([rule(*pair) for pair in pairs.values], pairs.codes)


class Picked:
    """Some places of columns; the values that stand at none of them are left out."""

    def __init__(self, places: Sequence[int], length: int) -> None:
        self._places = places
        self._all = len(places) == length
        self._codes: dict[int, tuple[Codes, list[int], Codes]] = {}

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
            new = Codes([used.setdefault(codes[place], len(used)) for place in self._places])
            self._codes[id(codes)] = codes, list(used), new  # the codes are kept so that their id stays theirs
        _, kept, new = self._codes[id(values.codes)]
        return Coded([values.values[code] for code in kept], new)
