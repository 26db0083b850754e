"""What a page of a report shows, once for all languages: a script of plain data that `static/figures.js` reads.

Every text stands in it once and is named by its number; one that differs between the languages is a pair, English and
Chinese. What figures have in common, their kind and what they are about, stands in it once as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from pipelines.publishing.cells import plain
from pipelines.publishing.site import numbers
from pipelines.publishing.site.evidence import FAILING, Check, Correction, Evidence, Figure
from pipelines.publishing.site.lists import safe
from pipelines.publishing.site.passages import GridCell, Passage, Segment
from pipelines.publishing.site.render import visible
from pipelines.publishing.site.site import Interface

_CHECKS_SHOWN = 6
_NOT_SAID = ("", "unknown")
_DIMENSIONS = ("program", "source", "stage", "measure", "beneficiary", "region")
# what the rows of the lists hold, in this order; most figures have none of the last
KIND = ("unit", "qualifier", "role", "status", "fact", "status_said", "kind_said")
ABOUT = (*_DIMENSIONS, "period", "sureness", "period_said", "decided", "names")
_ABOUT_OF = attrgetter(*_DIMENSIONS, "period", "sureness")
FIGURE = (
    *("figure_id", "kind", "about", "printed_text", "sentence", "value", "value_low", "value_high", "short", "span"),
    *("section", "holding", "parent", "link", "sheet", "cell", "item", "failing", "corrections"),
    *("reviewed_by", "reviewed_at", "reviewed"),
)
# what is not the number of a text: numbers as they are, places in the lists of that name, and lists
OTHERWISE = ("figure_id", "kind", "about", "parent", "failing", "corrections", "names")
# the columns of a report's figures as a file
_CSV = (
    *("figure_id", "section", "sheet", "cell", "sentence", "printed_text", "value", "value_low", "value_high", "unit"),
    *("qualifier", "role", "status", *_DIMENSIONS, "period", "item", "fact", "sureness", "reviewed_by", "reviewed_at"),
)
_NUMBERS = ("value", "value_low", "value_high")
Row = tuple[Any, ...]
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class PageData:
    """What the script of one page is made of.

    Attributes:
        report_id: of the report.
        page: from 1.
        figures: of this page.
        evidence: checks and corrections of all figures.
        places: failure id → where it is written out.
        shown: text and tables of this page; None where the report cannot be read any more.
    """

    report_id: str
    page: int
    figures: Sequence[Figure]
    evidence: Evidence
    places: Mapping[str, str]
    shown: Passage | None


def fields_script() -> str:
    """The names of what the rows of data hold, as a script."""
    names = {
        "figure": FIGURE,
        "kind": KIND,
        "about": ABOUT,
        "otherwise": OTHERWISE,
        "csv": _CSV,
        "numbers": _NUMBERS,
    }
    return f"window.fupinFields = {json.dumps(names)};\n"


def page_script(data: PageData, interfaces: Sequence[Interface]) -> str:
    """The script of one page; `interfaces` are English and Chinese."""
    packing = _Packing(interfaces)
    own = {figure.figure_id for figure in data.figures}
    figures = [packing.figure(figure, data) for figure in data.figures]
    paragraphs, grids = (data.shown.paragraphs, data.shown.grids) if data.shown else ((), ())
    paper = [[int(one.kind != "paragraph"), packing.pieces(one.segments, own)] for one in paragraphs]
    tables = [
        [
            packing.text(grid.sheet),
            packing.text(grid.caption or grid.sheet),
            int(grid.is_cut),
            [[packing.cell(cell, own) for cell in row] for row in grid.rows],
        ]
        for grid in grids
    ]
    lists = {"figures": figures, "paper": paper, "tables": tables} | packing.shared
    parts = ",\n".join(f'"{name}":[\n{_json(list(rows))[1:]}' for name, rows in lists.items())
    return safe(f"fupinReport({_json(data.report_id)},{data.page},{{\n{parts}\n}});\n")


class _Packing:
    """Texts, kinds and subjects of one page, each with its number."""

    def __init__(self, interfaces: Sequence[Interface]) -> None:
        self._interfaces = interfaces
        self._texts: dict[str | tuple[str, ...], int] = {"": 0}
        self._kinds: dict[Row, int] = {}
        self._abouts: dict[Row, int] = {}
        # what tells one from another → its number, since most figures share both with others
        self._known: dict[tuple[str, ...], int] = {}
        self._numbers: dict[tuple[Callable[..., str], Row], int] = {}

    @property
    def shared(self) -> dict[str, Iterable[Any]]:
        """What the rows name by number."""
        return {"texts": self._texts, "kinds": self._kinds, "abouts": self._abouts}

    def text(self, text: str) -> int:
        """The number of a text that is the same in all languages."""
        number = self._texts.get(text)
        return self._texts.setdefault(visible(text), len(self._texts)) if number is None else number

    def figure(self, figure: Figure, data: PageData) -> list[Any]:
        """The row of a figure, without what it lacks at its end."""
        checks = data.evidence.checks.get(figure.key, ())
        failing = [check for check in checks if check.verdict in FAILING][:_CHECKS_SHOWN]
        row = [
            figure.figure_id,
            self._kind(figure),
            self._about(figure),
            *map(self.text, (figure.text, figure.sentence)),
            *(self.text(str(plain(value))) for value in (figure.value, figure.low, figure.high)),
            self._said(Interface.short, figure.value, figure.unit),
            self._said(Interface.span, figure.low, figure.high, figure.unit),
            self.text(figure.section),
            self._holding(checks),
            figure.parent,
            self.of("link", figure.link) if figure.parent else 0,
            *map(self.text, (figure.sheet or "", figure.cell or "", figure.item)),
            [self._finding(check, data.places) for check in failing],
            [self._correction(one) for one in data.evidence.corrections.get(figure.key, ())],
            *map(self.text, (figure.reviewed_by, figure.reviewed_at)),
            self._words("report.reviewed", by=figure.reviewed_by, at=figure.reviewed_at) if figure.reviewed_by else 0,
        ]  # fmt: skip
        return _trimmed(row)

    def pieces(self, segments: Iterable[Segment], own: set[int]) -> list[Any]:
        """A text with figures: numbers of texts, those of figures below zero, and null for what is left out.

        A figure that is printed otherwise than its row says, or stands on another page, is a list: its number, its
        text, its role and whether it is disputed.
        """
        found: list[Any] = []
        for segment in segments:
            figure = segment.figure
            if figure is None:
                found.append(None if segment.left_out else self.text(segment.text))
            elif figure.figure_id in own and segment.text == figure.text:
                found.append(-figure.figure_id)
            else:
                disputed = int(figure.status != "ok")
                found.append([figure.figure_id, self.text(segment.text), self.text(figure.role), disputed])
        return found

    def cell(self, cell: GridCell, own: set[int]) -> Any:  # noqa: ANN401 - a number, or a list where it needs more
        """A cell of a table: its only piece, or its pieces with rows, columns and whether it heads others."""
        if len(cell.segments) == 1 and cell[1:] == (1, 1, False):  # as most are
            text, figure = cell.segments[0]
            if figure is None and text:
                return self.text(text)
            if figure is not None and figure.figure_id in own and text == figure.text:
                return -figure.figure_id
        pieces = self.pieces(cell.segments, own)
        if (
            cell[1:] == (1, 1, False)
            and len(pieces) <= 1
            and not any(isinstance(one, list) or one is None for one in pieces)
        ):
            return pieces[0] if pieces else 0
        return _trimmed([pieces, cell.row_span - 1, cell.column_span - 1, int(cell.is_header and bool(pieces))])

    def _kind(self, figure: Figure) -> int:
        codes = (figure.unit, figure.qualifier, figure.role, figure.status, figure.fact)
        if codes not in self._known:
            self._known[codes] = self._kind_of(figure, codes)
        return self._known[codes]

    def _kind_of(self, figure: Figure, codes: tuple[str, ...]) -> int:
        status = self.of("status", figure.status) if figure.status != "ok" else 0
        row = (*map(self.text, codes), status, self._said(_kind_said, figure.role, figure.qualifier, figure.fact))
        return self._kinds.setdefault(row, len(self._kinds))

    def _about(self, figure: Figure) -> int:
        codes = _ABOUT_OF(figure)
        if codes not in self._known:
            self._known[codes] = self._about_of(figure)
        return self._known[codes]

    def _about_of(self, figure: Figure) -> int:
        members = [(dimension, getattr(figure, dimension)) for dimension in _DIMENSIONS]
        names = tuple(self._said(Interface.name, *member) for member in members if member[1] not in _NOT_SAID)
        row = (
            *(self.text(code) for _, code in members),
            self.text(figure.period),
            self.text(figure.sureness),
            self._said(Interface.period, figure.period) if figure.period not in _NOT_SAID else 0,
            self._said(_decided, figure.sureness),
            names,
        )
        return self._abouts.setdefault(row, len(self._abouts))

    def _holding(self, checks: Sequence[Check]) -> int:
        count = sum(check.verdict.startswith("holds") for check in checks)
        if count:
            return self._words("report.holding", count=count)
        return 0 if any(check.verdict in FAILING for check in checks) else self._words("report.unchecked")

    def _finding(self, check: Check, places: Mapping[str, str]) -> list[int]:
        verdict, rule = self.of("verdict", check.verdict), self.of("rule", check.rule)
        return [self.text(check.severity), verdict, rule, self.text(places.get(check.failure_id, ""))]

    def _correction(self, one: Correction) -> list[int]:
        return [self.of("correction", one.status), self.text(numbers.exact(one.value)), self.text(one.correction_id)]

    def of(self, kind: str, code: str) -> int:
        """The number of the word for a code."""
        return self._said(_word, kind, code)

    def _words(self, key: str, **values: object) -> int:
        return self._said(_worded, key, tuple(values.items()))

    def _said(self, say: Callable[..., str], *of: Hashable) -> int:
        """The number of what is said of something in each language; of the same it is asked once."""
        if (say, of) not in self._numbers:
            texts = tuple(visible(say(one, *of)) for one in self._interfaces)
            text = texts[0] if len(set(texts)) == 1 else texts
            self._numbers[say, of] = self._texts.setdefault(text, len(self._texts))
        return self._numbers[say, of]


def _word(interface: Interface, kind: str, code: str) -> str:
    return interface.words.of(kind, code)


def _worded(interface: Interface, key: str, values: Iterable[tuple[str, object]]) -> str:
    return interface.words(key, **dict(values))


def _decided(interface: Interface, sureness: str) -> str:
    return interface.words("report.decided", how=interface.words.of("sureness", sureness))


def _kind_said(interface: Interface, role: str, qualifier: str, fact: str) -> str:
    words = [interface.words.of("role", role)]
    words += [interface.words.of("qualifier", qualifier)] if qualifier != "exact" else []
    words += [interface.words.of("fact", fact)] if fact else []
    return " · ".join(words)


def _trimmed(row: list[Any]) -> list[Any]:
    """A row without what is empty or zero at its end."""
    while len(row) > 1 and not row[-1]:
        row.pop()
    return row
