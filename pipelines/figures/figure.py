"""The evidence record: one number of a report, read as a figure or classified as something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pipelines.columns import Records, joined, parts_of, rule
from pipelines.figures.tables.paths import Labels  # whose rules make the columns of figures in every process
from pipelines.packed import packed, unpacked
from pipelines.reading.document import StatedCode

Qualifier = Literal["exact", "more_than", "at_least", "nearly", "about", "up_to", "below"]
Role = Literal[
    "level",
    "target",
    "change",
    "change_pct",
    "diff_pp",
    "share_pct",
    "rate_pct",
    "plan_pct",
    "over_plan_pct",
    "per_unit",
    "per_unit_prev",
    "rank",
]
NonFigureClass = Literal[
    "year",
    "date",
    "plan_name",
    "document_no",
    "list_no",
    "slogan",
    "structure",
    "contact",
    "label",
    "generic",
    "unread",
]
Status = Literal["ok", "disputed", "quarantined", "ambiguous"]
LinkKind = Literal["part_of", "change_of", "share_of", "plan_of", "per_unit_of", "previous_of", "diff_of", "rate_of"]


class Locator(NamedTuple):
    """Where a number stands.

    Text: `start`/`end` are code points in `Document.text`; `sentence_start`/`sentence_end` bound its sentence.
    Table: `sheet` and `cell` name it, `row_path`/`column_path` are the header texts joined by ` > `; the
    four positions are then None.
    """

    section: str
    start: int | None = None
    end: int | None = None
    sentence_start: int | None = None
    sentence_end: int | None = None
    sheet: str | None = None
    cell: str | None = None
    row_path: str | None = None
    column_path: str | None = None


class Figure(NamedTuple):
    """One reported quantity.

    Attributes:
        figure_id: ordinal in reading order within the report version, from 1.
        locator: where it stands.
        sentence: the sentence as printed; for a table cell, its row and column headers and its text.
        text: the number as printed, with scale word and unit (`803 million Yuan`).
        value_stated: the printed number without its scale.
        scale: exact factor of the scale words and unit prefix (1 where none).
        value: `value_stated * scale`, in the base of `unit`; exact.
        unit: code of the unit catalogue, compound as `CNY/person`; `other` for an unlisted noun, `unknown`.
        qualifier: what the wording says about the value.
        low: smallest value the printed number can stand for.
        high: largest value the printed number can stand for.
        open_low: whether `low` itself is excluded.
        open_high: whether `high` itself is excluded.
        role: what the number is in its statement.
        subject: the noun phrase counted, in the report's words, short.
        parent: figure_id of the figure this one is part of or speaks about.
        link: what the parent is to this figure.
        axis: names one breakdown of the parent (`1`, `2`, … in order of appearance); parts of one partition share it.
        exhaustive: True where the wording claims that the parts of this axis make up the whole.
        status: `ok` until checks dispute it.
        decided_by: attribute → the rule and the words that decided it.
        additive: whether a table counts it as a detail that may be summed; None where that cannot be told, and for a
            figure of running text.
        labels: labels of its row below a header that says what they name: kind (`county`, `program`) and label.
        declared: attribute of its meaning → code that a table's declared layout gives it.
        stated: attribute of its meaning, code and words that the format of its file gives it.
    """

    figure_id: int
    locator: Locator
    sentence: str
    text: str
    value_stated: Decimal
    scale: Decimal
    value: Decimal
    unit: str
    qualifier: Qualifier
    low: Decimal
    high: Decimal
    open_low: bool
    open_high: bool
    role: Role
    subject: str
    parent: int | None = None
    link: LinkKind | None = None
    axis: str | None = None
    exhaustive: bool = False
    status: Status = "ok"
    decided_by: tuple[tuple[str, str], ...] = ()
    additive: bool | None = None
    labels: Labels = ()
    declared: tuple[tuple[str, str], ...] = ()
    stated: tuple[StatedCode, ...] = ()


class NonFigure(NamedTuple):
    """A number that is not a figure, with the reason.

    Attributes:
        locator: where it stands.
        sentence: its sentence or cell as printed.
        text: as printed.
        reason: its class, such as `year` or `plan_name`; `unread` for what nobody should use, since it was not
            understood as a whole.
        why: what was not understood of an `unread` one; empty for the others.
    """

    locator: Locator
    sentence: str
    text: str
    reason: NonFigureClass
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All numbers of one document, each in exactly one of the two tuples.

    Attributes:
        figures: in reading order.
        non_figures: in reading order.
        numbers_found: how many number tokens the scanner saw, counted before they were classified.
        notes: what is to be told of how it was read, a line each, such as why a layout was not used.
        people: of each table, columns of names and numbers of people → the rows of its body; not handed over.
    """

    figures: Sequence[Figure]
    non_figures: Sequence[NonFigure]
    numbers_found: int
    notes: tuple[str, ...] = ()
    people: tuple[Mapping[int, Collection[int]], ...] = field(default=(), compare=False)

    def __getstate__(self) -> tuple[object, ...]:
        """Those of text by column too, which takes a third of the time."""
        return _packed(self.figures), _packed(self.non_figures), self.numbers_found, self.notes

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """From columns."""
        figures, non_figures, found, notes = state
        object.__setattr__(self, "figures", joined(_unpacked(part, Figure) for part in figures))
        object.__setattr__(self, "non_figures", joined(_unpacked(part, NonFigure) for part in non_figures))
        object.__setattr__(self, "numbers_found", found)
        object.__setattr__(self, "notes", notes)
        object.__setattr__(self, "people", ())


def _packed(numbers: Sequence[Any]) -> list[Any]:
    """The numbers of text by column with their places apart; those of tables are kept so."""
    state: list[Any] = []
    for part in parts_of(numbers):
        if isinstance(part, Records) or not part:
            state.append(part)
            continue
        fields = dict(zip(part[0]._fields, zip(*part, strict=True), strict=True))
        places = [packed(values) for values in zip(*fields.pop("locator"), strict=True)]
        state.append((places, {name: packed(values) for name, values in fields.items()}))
    return state


def _unpacked(state: Any, kind: type[Any]) -> Sequence[Any]:  # noqa: ANN401 - what was packed
    if not isinstance(state, tuple) or not state:
        return state
    places, fields = state
    columns: dict[str, Iterable[Any]] = {name: unpacked(values) for name, values in fields.items()}
    columns["locator"] = map(Locator, *map(unpacked, places))
    return tuple(map(kind, *(columns[name] for name in kind._fields)))


@rule
def cell_sentence(row_path: str, column_path: str, text: str) -> str:
    """What stands for the sentence of a cell: its headers and its text."""
    return f"{row_path} | {column_path}: {text}"


@rule
def cell_subject(row_path: str, column_path: str) -> str:
    """What the number of a cell counts, by its headers."""
    return (row_path or column_path)[-LONGEST_SUBJECT:]


LONGEST_SUBJECT = 120
