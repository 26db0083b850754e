"""What belongs to the figures of a report, by their ids, which stay when people say that some are no figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from operator import eq
from typing import TypeVar

T = TypeVar("T")


class ById(Mapping[int, T]):
    """Records by the id of their figure.

    Args:
        ids: of the figures, in reading order; numbers from 1 on where none is left out.
        records: one per figure, same order.
    """

    def __init__(self, ids: Sequence[int], records: Sequence[T]) -> None:
        self._ids, self._records = ids, records
        self._places = {} if all(map(eq, ids, count(1))) else {key: place for place, key in enumerate(ids)}

    def __getitem__(self, key: int) -> T:
        place = self._places[key] if self._places else key - 1
        if not 0 <= place < len(self._records):
            raise KeyError(key)
        return self._records[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
