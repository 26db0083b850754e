"""The labels of each row of a table, from the heading that it stands under inwards; made when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipelines.columns import Coded, Column, Made, Picked, mapped, rule
from pipelines.figures.tables.headers import LabelKind
from pipelines.figures.tables.lines import Path

Labels = tuple[tuple[LabelKind, str], ...]

_KEPT = 20_000  # paths; those of a longer table are made anew instead


class Paths(Mapping[int, Path]):
    """Row → its path.

    Attributes:
        rows: those of the body, in order.
        others: the paths that headings and labels do not make.
    """

    def __init__(
        self,
        rows: Sequence[int],
        headings: Sequence[Path],
        labels: Sequence[Coded[str | None]],
        others: Mapping[int, Path] | None = None,
    ) -> None:
        self.rows, self.others = rows, dict(others or {})
        self._headings, self._labels = headings, labels
        self._places: Mapping[int, int] | None = None
        self._known: dict[int, Path] = {}
        self._made: Made[Path] = Made(path_of, headings, *labels)

    def __getitem__(self, row: int) -> Path:
        if row in self.others:
            return self.others[row]
        if not self._known and len(self.rows) <= _KEPT:
            self._known = dict(zip(self.rows, self._made, strict=True))
        return self._known[row] if self._known else self._made.at(self.place(row))

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, row: object) -> bool:
        return row in (self.rows if isinstance(self.rows, range) else self._placed)

    def each(self) -> Iterable[Path]:
        """All paths, in order."""
        if not self.others:
            return self._made
        return (self.others.get(row, path) for row, path in zip(self.rows, self._made, strict=True))

    def of(self, rows: Sequence[int]) -> Sequence[tuple[int, Path]]:
        """Some rows, in order, each with its path."""
        return _Placed(self, rows)

    def labels(self) -> set[str]:
        """All labels of all paths."""
        found = {label for texts in self._labels for label in texts.values if label is not None}
        return found.union(*self.others.values(), *set(self._headings))

    def lasts(self) -> set[str]:
        """All labels with which a path ends, and maybe some others."""
        found = {path[-1] for path in {*self.others.values(), *self._headings} if path}
        for texts in reversed(self._labels):
            found.update(label for label in texts.values if label is not None)
            if None not in texts.values:
                break
        return found

    def words(self, rows: Sequence[int], shown: Mapping[str, str]) -> Sequence[str]:
        """The paths of some rows, in order, as they are printed.

        Args:
            rows: the rows.
            shown: for words that differ from what was printed the latter.
        """
        if not self.others.keys().isdisjoint(rows):
            return [" > ".join([shown.get(label, label) for label in self[row]]) for row in rows]
        picked = self.picked(rows)
        labels = [Coded([text and shown.get(text, text) for text in one.values], one.codes) for one in self._labels]
        headings = mapped(lambda path: tuple(shown.get(label, label) for label in path), self._headings)
        return Made(_words, picked(headings), *map(picked, labels))

    def picked(self, rows: Sequence[int]) -> Picked:
        """What takes some rows out of columns."""
        size = len(self.rows)
        return Picked(range(size) if len(rows) == size else list(map(self.place, rows)), size)

    def place(self, row: int) -> int:
        """Which of the rows a row is."""
        return self.rows.index(row) if isinstance(self.rows, range) else self._placed[row]

    @property
    def _placed(self) -> Mapping[int, int]:
        if self._places is None:
            self._places = {row: place for place, row in enumerate(self.rows)}
        return self._places


class _Placed(Column[tuple[int, Path]]):
    """Rows with their paths."""

    __slots__ = ("paths", "rows")

    def __init__(self, paths: Paths, rows: Sequence[int]) -> None:
        self.paths, self.rows = paths, rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[int, Path]]:
        if len(self.rows) == len(self.paths):
            return zip(self.rows, self.paths.each(), strict=True)
        return ((row, self.paths[row]) for row in self.rows)

    def at(self, place: int) -> tuple[int, Path]:
        """The row at a place."""
        return self.rows[place], self.paths[self.rows[place]]


@rule
def path_of(heading: Path, *labels: str | None) -> Path:
    """Labels below a heading, those that return at once left out."""
    path: Path = labels if None not in labels and len(set(labels)) == len(labels) else distinct(labels)  # type: ignore[assignment]
    return (*heading, *path) if heading and heading != path[: len(heading)] else path


@rule
def _words(heading: Path, *labels: str | None) -> str:
    return " > ".join(path_of(heading, *labels))


@rule
def labels_of(kinds: tuple[LabelKind, ...], *labels: str | None) -> Labels:
    """The labels of a row with what they name."""
    return tuple([(kind, label) for kind, label in zip(kinds, labels, strict=True) if label is not None])


def distinct(texts: Iterable[str | None]) -> Path:
    """Texts as a path, those that return at once left out."""
    found: list[str] = []
    for text in texts:
        if text is not None and (not found or found[-1] != text):
            found.append(text)
    return tuple(found)
