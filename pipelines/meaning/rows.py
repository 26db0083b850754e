"""The rows of a table by column: what holds of rows that say the same is asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from pipelines.catalog.regions import full_names_in
from pipelines.columns import Coded, Made, Same, coded
from pipelines.figures.tables.headers import LabelKind
from pipelines.figures.tables.label_classes import classes_of
from pipelines.meaning.labels import SITES, Labels, is_telling
from pipelines.patterns import regex

T = TypeVar("T")

_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def year_in(text: str) -> int:
    """The first year that a text names; 0 where it names none."""
    found = _YEAR.search(text)
    return int(found.group()) if found else 0


class Rows:
    """Paths and labels of the rows of some figures.

    Attributes:
        paths: of each row.
        labels: of each row.
        codes: which row each figure is in.
    """

    def __init__(self, paths: Sequence[str | None], labels: Sequence[Labels]) -> None:
        self.paths, self.labels, self.codes = paths, labels, range(len(paths))
        if isinstance(paths, Coded) and isinstance(labels, Coded) and paths.codes is labels.codes:
            self.paths, self.labels, self.codes = paths.values, labels.values, paths.codes  # type: ignore[assignment]

    def sites(self) -> set[str]:
        """The names of projects and single items."""
        if isinstance(self.labels, Made):
            return _texts(texts for kind, texts in self._columns() if kind in SITES)
        return {label for labels in self.labels for kind, label in labels if kind in SITES}

    def single_items(self) -> Sequence[tuple[str, ...]]:
        """The labels of each row that name single items; a county below "Village" is the sum of its villages."""
        if isinstance(self.labels, Made):
            columns = [texts for kind, texts in self._columns() if kind == "item"]
            apart = _no_items(_texts(columns))
            singles = [
                Coded([() if label is None or label in apart else (label,) for label in texts.values], texts.codes)
                for texts in columns
            ]
            if len(singles) == 1:
                return singles[0]
            lines = zip(*singles, strict=True)
            return [tuple(chain.from_iterable(line)) for line in lines] or Same((), len(self.labels))
        found = [tuple([label for kind, label in labels if kind == "item"]) for labels in self.labels]
        apart = _no_items(set(chain.from_iterable(found)))
        return [tuple([label for label in of if label not in apart]) for of in found] if apart else found

    def asked(self, rule: Callable[[str | None, Labels], T], place_of: Callable[[str], str]) -> Coded[T]:
        """What a rule makes of the path and the labels of each row.

        Args:
            rule: of the name of a single item it depends on no more than the place in it, but for names with a year.
            place_of: the place in such a name.
        """
        if not (isinstance(self.paths, Made) and isinstance(self.labels, Made)):
            return coded(map(rule, self.paths, self.labels))
        told = list(self._told(place_of))
        alike = coded(zip(*told, strict=True)) if told else coded([()] * len(self.labels))
        first = dict(zip(reversed(alike.codes), reversed(range(len(alike))), strict=True))
        return Coded([rule(self.paths[first[at]], self.labels[first[at]]) for at in range(len(first))], alike.codes)

    def _columns(self) -> list[tuple[LabelKind, Coded[str | None]]]:
        """The columns of labels, with what they name."""
        kinds, *columns = self.labels.sources  # type: ignore[attr-defined]
        return list(zip(kinds.value, columns, strict=True))

    def _told(self, place_of: Callable[[str], str]) -> Iterator[Sequence[Any]]:
        """Columns that are equal where what rows say is."""
        named = {id(texts.codes): (kind, texts) for kind, texts in self._columns()}
        printed = [texts for texts in self.paths.sources if isinstance(texts, Coded)]  # type: ignore[attr-defined]
        for texts in printed:
            kind, spoken = named.pop(id(texts.codes), ("", texts))
            if kind not in SITES or is_telling(kind):
                yield texts.codes
                continue
            own = set(texts.values)
            elsewhere = {text for other in printed if other is not texts for text in other.values if text in own}
            yield Coded(
                [
                    text if text is None or text != label or text in elsewhere or year_in(text) else (place_of(text),)
                    for text, label in zip(texts.values, spoken.values, strict=True)
                ],
                texts.codes,
            )
        for _, texts in named.values():
            yield texts.codes


def _texts(columns: Iterable[Coded[str | None]]) -> set[str]:
    return {label for texts in columns for label in texts.values if label is not None}


def _no_items(names: set[str]) -> set[str]:
    """Those of some names that are totals or names of regions."""
    return classes_of(names).keys() | full_names_in(names)
