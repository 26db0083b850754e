"""What each cell of a table is: one number, other numbers, or none; what those of one text are is asked once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from pipelines.catalog.phrases import holding
from pipelines.columns import Coded, Codes, Made, Records, Same
from pipelines.figures.draft import Draft
from pipelines.figures.figure import (
    Locator,
    NonFigure,
    NonFigureClass,
)
from pipelines.figures.numbers.english import number_words
from pipelines.figures.numbers.scan import scan
from pipelines.figures.numbers.token import TOO_SMALL, Token, is_too_small
from pipelines.figures.tables.cells import is_code, is_of_many, is_remarked, is_span, kind, written
from pipelines.figures.tables.layout import MASK, Layout
from pipelines.figures.tables.number import Kind, Numbers, Said
from pipelines.figures.tables.row_words import said_of
from pipelines.figures.tables.specs import Specs
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.quantity import read_quantity
from pipelines.figures.units.unitlines import BRACKETS, unit_words
from pipelines.figures.units.unitwords import strict_unit
from pipelines.patterns import regex
from pipelines.reading.cells import address, column_letters

_DIGIT = regex(r"\d")
_FORMS = 1 << 32  # more than a table has
_WORDS = 40  # characters of a cell that is rather a remark
_YEAR_HEADER = regex(r"年份|年度|\byears?\b", re.IGNORECASE)


class _Other(NamedTuple):
    """A number of a cell that is no figure: the fields of a `NonFigure`."""

    column: int
    sentence: str
    text: str
    reason: NonFigureClass
    why: str = ""


class _Others(NamedTuple):
    """The numbers of a table that are no figures, in row-major order."""

    kinds: list[_Other]
    codes: Codes
    rows: Codes

    def records(self, section: str, sheet: str, *, shows_people: bool) -> Records[NonFigure]:
        """The same as they are kept; a number by which a person is known or reached is without its digits."""
        count = len(self.codes)
        letters = Coded([column_letters(kind.column) for kind in self.kinds], self.codes)
        nothing = ("start", "end", "sentence_start", "sentence_end", "row_path", "column_path")
        place: dict[str, Sequence[Any]] = {name: Same(None, count) for name in nothing}
        kinds = self.kinds if shows_people else list(map(_masked, self.kinds))
        fields: dict[str, Sequence[Any]] = {
            name: Coded([getattr(kind, name) for kind in kinds], self.codes)
            for name in ("sentence", "text", "reason", "why")
        }
        cells = Made(address, letters, self.rows)
        place |= {"section": Same(section, count), "sheet": Same(sheet, count), "cell": cells}
        return Records(NonFigure, fields | {"locator": Records(Locator, place)})


class CellForms:
    """Reads the cells of a table: what those of one text and column are is asked once."""

    def __init__(self, layout: Layout, country: str, shown: Mapping[str, str]) -> None:
        self._layout, self._country, self._shown = layout, country, shown
        self._specs = Specs(layout, layout.given, country)
        self._amounts = _amount_columns(layout)
        self._read: dict[tuple[int, str], _Digits | None] = {}
        self._forms: dict[tuple[int, str, Said | None, bool], _Form] = {}
        self._kinds: list[Kind] = []
        self._others: dict[_Other, int] = {}

    def read(self, first_id: int) -> tuple[Numbers, _Others]:
        """The number cells, and the other numbers."""
        layout = self._layout
        columns = layout.rows.columns
        width = columns[-1] + 1 if columns else 1
        notes = {(cell.row, cell.column) for cell in layout.note_cells}
        notes = {place for place in notes if place[0] in layout.rows}
        said = said_of(layout)
        found: list[int] = []
        met: dict[_Form, int] = {}
        body = dict.fromkeys(layout.body_rows)
        apart = [row for row in layout.rows if row not in body or row in layout.heading_rows]
        values = set(layout.columns)
        covered = {
            (row, column)
            for row, line in layout.rows.merged.items()
            for column, cell in line.items()
            if cell.row != row or cell.column != column
        }
        plain = not (
            layout.heading_rows or covered or notes.intersection((row, column) for row in body for column in values)
        )
        for column in columns:
            texts = layout.texts(column)
            own = column in values
            forms: list[_Form | None]
            if plain and (not own or len(said.values) == 1):
                words = said.values[0] if own and said.values else None
                asked = texts.values if own else self._numbered(texts.values)
                forms = [self._form(column, text, words, True) if text else None for text in asked]
                if not any(forms):
                    continue
                held = [-1 if form is None else met.setdefault(form, len(met)) for form in forms]
                found += [
                    (row * width + column) * _FORMS + form
                    for row, code in zip(layout.body_rows, texts.codes, strict=True)
                    if (form := held[code]) >= 0
                ]
                continue
            for row, text, words in zip(layout.body_rows, texts, said, strict=True):
                if text is None or row in layout.heading_rows or (row, column) in covered:
                    continue
                is_value = own and (row, column) not in notes
                form = self._form(column, text, words if is_value else None, True)
                if form:
                    found.append((row * width + column) * _FORMS + met.setdefault(form, len(met)))
        for row in apart:
            for column, cell in layout.rows[row].items():
                if cell.row == row and cell.column == column:
                    form = self._form(column, cell.text, None, row in layout.row_paths)
                    if form:
                        found.append((row * width + column) * _FORMS + met.setdefault(form, len(met)))
        found.sort()
        codes, rows, other_codes, other_rows = Codes(), Codes(), Codes(), Codes()
        all_forms = list(met)
        for place, form_met in map(divmod, found, repeat(_FORMS)):
            number, others = all_forms[form_met]
            if number is not None:
                codes.append(number)
                rows.append(place // width)
            for other in others:
                other_codes.append(other)
                other_rows.append(place // width)
        return Numbers(first_id, self._kinds, codes, rows), _Others(list(self._others), other_codes, other_rows)

    def _numbered(self, texts: Sequence[str | None]) -> Sequence[str | None]:
        """Labels, None in the stead of those without a number, by digits or words of all of them together."""
        together = "\n".join(filter(None, texts))
        if not together.isascii():
            return texts
        words = number_words(together)
        if not words and not _DIGIT.search(together):
            return [None] * len(texts)
        spoken = set(holding([text for text in texts if text], words))
        return [text if text is not None and (text in spoken or _DIGIT.search(text)) else None for text in texts]

    def _form(self, column: int, text: str, said: Said | None, in_body: bool) -> _Form | None:
        """What a cell is; None where it holds no number.

        Args:
            column: where it stands.
            text: its text.
            said: what its row says of its numbers, where figures stand; None elsewhere.
            in_body: whether it stands below the headers.
        """
        key = (column, text, said, in_body)
        found = self._forms.get(key)
        if found is None:
            is_figure = said is not None and not _is_named(said, text)
            number = self._number(column, text, said) if said is not None and is_figure else None
            found = self._forms[key] = self._made(column, text, number, is_figure, in_body)
        return found if found != _NOTHING else None

    def _number(self, column: int, text: str, said: Said) -> Kind | None:
        key = (column, text)
        if key not in self._read:
            self._read[key] = _number(self._layout, column, text, self._country)
        if (found := self._read[key]) is None:
            return None
        spec = self._specs.of(said, column, found.before, found.behind)
        if is_too_small(found.value * found.scale * spec.scale):
            return None
        return Kind(column, text, spec, found.value, found.digits, found.mark, found.scale, found.spread)

    def _made(self, column: int, text: str, number: Kind | None, is_value: bool, in_body: bool) -> _Form:
        layout = self._layout
        why = number.spec.why if number is not None else ""
        if why or (number is None and is_value and (why := _why_unread(layout, column, text, self._amounts))):
            printed = self._shown.get(text, text)
            return _Form(None, (self._other(_Other(column, printed, printed, "unread", why)),))
        if number is None:
            tokens: Sequence[Token] = _scanned(text)
        else:  # the digit of a footnote mark is no number of the table
            tokens = scan(text[number.mark :]) if number.mark < len(text) else ()
        others = tuple(map(self._other, _non_figures(layout, column, text, tokens, in_body)))
        if number is None:
            return _Form(None, others)
        self._kinds.append(number)
        return _Form(len(self._kinds) - 1, others)

    def _other(self, other: _Other) -> int:
        return self._others.setdefault(other, len(self._others))


def _is_named(said: Said, text: str) -> bool:
    """Whether a cell is the year, the code or the telephone that the label of its row announces."""
    return said.names is not None and (kind(text) == "year" or (said.names in ("code", "contact") and text.isdecimal()))


class _Form(NamedTuple):
    """What cells of one text in a column are: a kind of number, and other numbers."""

    number: int | None
    others: tuple[int, ...]


_NOTHING = _Form(None, ())


class _Digits(NamedTuple):
    """A cell that is one number; the same for all cells of one text in a column."""

    value: Decimal
    digits: int
    mark: int
    scale: Decimal = Decimal(1)
    spread: tuple[Decimal, Decimal] | None = None
    before: str = ""
    behind: str = ""


def _number(layout: Layout, column: int, text: str, country: str) -> _Digits | None:
    """A cell as one number; None for any other."""
    if text.isdecimal() and text.isascii() and text not in layout.missing and not is_code(text):
        year = len(text) == 4 and text[:2] in ("19", "20")
        if year and _YEAR_HEADER.search(" ".join(layout.column_paths[column][-1:])):
            return None
        return _Digits(Decimal(text), len(text), len(text))
    if text in layout.missing or text in layout.doubtful.get(column, ()):
        return None
    found_kind = kind(text, layout.marks)
    if found_kind not in ("number", "year") or (found_kind == "year" and is_span(text)):
        return None
    found = written(text, layout.decimals.get(column, "point"), layout.marks, country)
    if found is None:
        return None
    digits = digits_in(text[: found.mark])
    return _Digits(found.value, digits, found.mark, found.scale, found.spread, found.before, found.behind)


def _amount_columns(layout: Layout) -> frozenset[int]:
    """Columns in which some cell is a number, so that any other cell of theirs is one that was not read."""
    found = set()
    for column in layout.columns:
        texts = layout.texts(column)
        told = [text is not None and kind(text, layout.marks) in ("number", "year", "unread") for text in texts.values]
        if layout.heading_rows:
            rows = zip(layout.body_rows, texts.codes, strict=True)
            told = [told[code] for row, code in rows if row not in layout.heading_rows]
        if any(told):
            found.add(column)
    return frozenset(found)


def _why_unread(layout: Layout, column: int, text: str, amounts: frozenset[int]) -> str:
    """Why a cell below a header of amounts is no figure; empty for what is not expected to be one."""
    if column not in amounts or text in layout.missing:
        return ""
    found = kind(text, layout.marks)
    if found == "missing" or (found == "year" and _YEAR_HEADER.search(" ".join(layout.column_paths[column][-1:]))):
        return ""
    if text in layout.doubtful.get(column, ()):
        return "a point that may part thousands or decimals"
    if found == "year" and is_span(text):
        return "years among amounts"
    if is_of_many(text):
        return "so many of so many, or a fraction"
    if "\n" in text or (is_remarked(text) and len(_scanned(text)) > 1):
        return "several numbers in one cell"
    if found == "unread" and not _scanned(text):
        return "an error value of the workbook"
    if not _DIGIT.search(text) and len(text) > _WORDS:
        return ""
    if is_code(text):
        return "digits that begin with a zero"
    tokens = _scanned(text)
    if any(token.kind == "date" for token in tokens):
        return "a date among amounts"
    if any(token.kind == "ratio" for token in tokens):
        return "a ratio among amounts"
    if any(is_too_small(token.value * token.scale) for token in tokens):
        return TOO_SMALL
    return next((token.why for token in tokens if token.kind == "unread"), "words that are no number")


@lru_cache(maxsize=65536)
def _scanned(text: str) -> tuple[Token, ...]:
    return tuple(scan(text))


def digits_in(text: str) -> int:
    """How many digits a text has."""
    if text.isalpha():
        return 0
    return len(text) if text.isdecimal() else len(_DIGIT.findall(text))


@lru_cache(maxsize=65536)
def _reason(text: str, token: Token, is_label: bool) -> NonFigureClass:
    if re.fullmatch(r"(19|20)\d\d", token.text):
        return "year"
    if is_label and kind(text) == "number":
        return "list_no"
    return "plan_name" if re.match(r"(th|st|nd|rd)?[- ]?(Five-Year|五)", text[token.end :]) else "label"


def _non_figures(layout: Layout, column: int, text: str, tokens: Sequence[Token], in_body: bool) -> Iterator[_Other]:
    """The numbers of a cell that are no figures; the digit of a unit belongs to what it measures: 40,000 m3."""
    end = 0
    for token in tokens:
        if token.start >= end:
            found = _non_figure(layout, column, text, token, in_body)
            end = token.start + len(found.text)
            yield found


def _non_figure(layout: Layout, column: int, text: str, token: Token, in_body: bool) -> _Other:
    of = layout.kinds.get(column)
    is_private = of is not None and of.kind in ("contact", "person") and in_body
    is_label = of is not None and of.kind != "values"
    is_remark = in_body and is_label and of is not None and of.names is None and column not in layout.naming
    if not is_private and (is_remark or _CLAUSES.search(text)) and (counted := _counted(text, token)):
        return _Other(column, text, counted, "unread", "an amount or a count within words")
    return _Other(column, text, token.text, "contact" if is_private else _reason(text, token, is_label))


@lru_cache(maxsize=65536)
def _counted(text: str, token: Token) -> str:
    """A number within words with its scale and unit, where it is money or counts something; empty for any other."""
    following = next((other.start for other in _scanned(text) if other.start > token.start), len(text))
    draft = Draft(token, "", (0, len(text)), token.end)
    read_quantity(draft, Passage(text), following)
    counts = draft.scale != 1 or (draft.unit not in _UNCOUNTED and token.kind in ("digits", "word", "fraction"))
    # the 10000 of "Funds by county, 2012 (10000 yuan)" belongs to the unit
    named = [strict_unit(words) for words in BRACKETS.findall(text) if words.startswith(token.text)]
    of_unit = any(unit is not None and unit.scale == token.value for unit in named)
    return text[token.start : max(draft.end, token.end)] if counts and not of_unit and not unit_words(text) else ""


_CLAUSES = regex(r".{8}[。！？；!?;]$|.{20}\.$|.{4}[，；。].{4}|\w{2,}[,;] \w+ .*\w+ ")  # of a sentence, no label
_UNCOUNTED = frozenset({"", "other", "structure", "year", "month", "day"})


def _masked(number: _Other) -> _Other:
    """A number by which a person is known or reached, without its digits; only the archive keeps them."""
    if number.reason != "contact":
        return number
    return number._replace(text=_DIGIT.sub("*", number.text), sentence=MASK)
