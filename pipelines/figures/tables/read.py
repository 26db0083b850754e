"""Reads the tables of a document: one figure per number cell, with its header paths, unit, role and total."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from operator import add
from typing import Any, NamedTuple, TypeVar

from pipelines.catalog.layouts import TableLayout, layouts
from pipelines.columns import Coded, Codes, Made, Records, Run, Same, coded, holding, joined, mapped
from pipelines.errors import ReportError
from pipelines.figures.country import country_of
from pipelines.figures.figure import (
    Figure,
    LinkKind,
    Locator,
    NonFigure,
    NonFigureClass,
    Qualifier,
    Reading,
    Role,
    cell_sentence,
    cell_subject,
)
from pipelines.figures.intervals import bounds
from pipelines.figures.numbers.english import number_words
from pipelines.figures.numbers.scan import scan
from pipelines.figures.numbers.token import TOO_SMALL, Token, is_too_small
from pipelines.figures.tables.arrangement import Arrangement, arrange
from pipelines.figures.tables.cells import is_code, kind, written
from pipelines.figures.tables.declared import declared_for, unused
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.inferred import lay_out
from pipelines.figures.tables.layout import MASK, Layout, column_paths
from pipelines.figures.tables.number import Kind, Numbers
from pipelines.figures.tables.specs import Said, Specs
from pipelines.figures.tables.stated import arrange_stated, stated_layout
from pipelines.figures.tables.words import label_words
from pipelines.figures.unitwords import unit_words
from pipelines.reading.cells import Cells, Filled, address, column_letters
from pipelines.reading.document import Document, Table

T = TypeVar("T")

_DIGIT = re.compile(r"\d")
_FORMS = 1 << 32  # more than a table has
_WORDS = 40  # characters of a cell that is rather a remark
_YEAR_HEADER = re.compile(r"年份|年度|\byears?\b", re.IGNORECASE)


def read_tables(document: Document, first_id: int, declared: Sequence[TableLayout] | None = None) -> Reading:
    """All numbers of a document's tables.

    A cell that is a number, with or without its unit, becomes one figure. Numbers inside headers, labels and notes
    are classified: years, row numbers, and others as labels.

    Args:
        document: its tables are read, its text is not.
        first_id: `figure_id` of the first figure.
        declared: layouts by which tables are read; those of the catalogue where None.

    Returns:
        Figures in row-major order and the classified non-figures.

    Raises:
        ReportError: a digit of a table is in no number, or a declared layout does not know a column.
    """
    figures: list[Records[Figure]] = []
    non_figures: list[Records[NonFigure]] = []
    country = country_of(document)
    known = layouts() if declared is None else declared
    for table in document.tables:
        if table.caption and unit_words(table.caption):
            table = replace(table, caption=f"{document.title} {table.caption}")
        read, covered, others = _read_table(document, table, known, country, first_id)
        present = _digits_of(table.cells)
        if present != covered:
            cause = f"{present} digits in the table, {covered} of them in numbers"
            raise ReportError(document.report_id, cause, f"sheet {table.sheet}")
        figures += read
        first_id += sum(map(len, read))
        non_figures += others
    count = sum(map(len, figures)) + sum(map(len, non_figures))
    return Reading(joined(figures), joined(non_figures), count, unused(document, known))


def _read_table(
    document: Document, table: Table, known: Sequence[TableLayout], country: str, first_id: int
) -> tuple[list[Records[Figure]], int, list[Records[NonFigure]]]:
    """Figures, how many digits they cover, and the other numbers."""
    parts, shown = laid_out(document, table, known)
    stated = table.stated
    figures: list[Records[Figure]] = []
    others: list[Records[NonFigure]] = []
    covered = 0
    for layout in parts:
        numbers, rest = _Cells(layout, country, shown).read(first_id)
        covered += sum(_digits(rest.kinds[code].text) * count for code, count in Counter(rest.codes).items())
        if rest.codes:
            others.append(rest.records(layout.caption, table.sheet))
        if not len(numbers):
            continue
        by_itself = stated is not None and stated.independent
        related = arrange_stated(stated, numbers) if stated is not None and by_itself else arrange(layout, numbers)
        covered += sum(numbers.kinds[code].digits * count for code, count in Counter(numbers.codes).items())
        figures.append(_records(table, layout, numbers, related, shown))
        first_id += len(numbers)
    return figures, covered, others


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

    def records(self, section: str, sheet: str) -> Records[NonFigure]:
        """The same as they are kept; a number by which a person is known or reached is without its digits."""
        count = len(self.codes)
        letters = Coded([column_letters(kind.column) for kind in self.kinds], self.codes)
        nothing = ("start", "end", "sentence_start", "sentence_end", "row_path", "column_path")
        place: dict[str, Sequence[Any]] = {name: Same(None, count) for name in nothing}
        kinds = list(map(_masked, self.kinds))
        fields: dict[str, Sequence[Any]] = {
            name: Coded([getattr(kind, name) for kind in kinds], self.codes)
            for name in ("sentence", "text", "reason", "why")
        }
        cells = Made(address, letters, self.rows)
        place |= {"section": Same(section, count), "sheet": Same(sheet, count), "cell": cells}
        return Records(NonFigure, fields | {"locator": Records(Locator, place)})


class _Cells:
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
        said = self._specs.said()
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
            number = self._number(column, text, said) if said is not None else None
            found = self._forms[key] = self._made(column, text, number, said is not None, in_body)
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
        if number is None and is_value and (why := _why_unread(layout, column, text, self._amounts)):
            printed = self._shown.get(text, text)
            return _Form(None, (self._other(_Other(column, printed, printed, "unread", why)),))
        if number is None:
            tokens: Sequence[Token] = _scanned(text)
        else:  # the digit of a footnote mark is no number of the table
            tokens = scan(text[number.mark :]) if number.mark < len(text) else ()
        others = tuple(self._other(_non_figure(layout, column, text, token, in_body)) for token in tokens)
        if number is None:
            return _Form(None, others)
        self._kinds.append(number)
        return _Form(len(self._kinds) - 1, others)

    def _other(self, other: _Other) -> int:
        return self._others.setdefault(other, len(self._others))


class _Form(NamedTuple):
    """What cells of one text in a column are: a kind of number, and other numbers."""

    number: int | None
    others: tuple[int, ...]


_NOTHING = _Form(None, ())


def laid_out(
    document: Document, table: Table, known: Sequence[TableLayout]
) -> tuple[Sequence[Layout], Mapping[str, str]]:
    """The parts of a sheet: by its format, by a declared layout, or by words and content.

    Returns:
        Its tables, and for words that differ from what was printed the latter.

    Raises:
        ReportError: a declared layout does not know a column, or two layouts match.
    """
    plain, shown = _plain(table.cells)
    rows = Grid.of(_repeated(plain))
    if table.stated is not None:
        return [stated_layout(table, table.stated, rows)], shown
    declared = declared_for(document, table, rows, known)
    return [declared] if declared is not None else lay_out(table, rows), shown


def _plain(cells: Cells) -> tuple[Cells, dict[str, str]]:
    """Cells with the words as they are spoken, and what was printed for those that differ."""
    words = [text for texts in cells.distinct() for text in texts if not text.isascii()]
    shown = {plain: text for text in words if (plain := label_words(text)) != text}
    return (cells.respoken(label_words) if shown else cells), shown


def _repeated(cells: Cells) -> Cells:
    """Cells with the words of the cell above in the stead of a mark that says "the same"."""
    found: dict[int, Filled] = {}
    for column, (rows, texts) in cells.columns.items():
        if _DITTO.isdisjoint(texts.values):
            continue
        spoken, above = [], ""
        for text in texts:
            above = above if text.lower() in _DITTO and above and not _DIGIT.search(above) else text
            spoken.append(above)
        found[column] = Filled(rows, coded(spoken))
    return Cells(cells.columns | found, cells.spans) if found else cells


_DITTO = frozenset(
    {"〃", "″", "''", '"', "”", "“", "々", "同上", "同前", "ditto", "do.", "-do-", "idem", "id.", "ibid.", "ídem"}
)


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
    if kind(text, layout.marks) not in ("number", "year"):
        return None
    found = written(text, layout.decimals.get(column, "point"), layout.marks, country)
    if found is None:
        return None
    digits = _digits(text[: found.mark])
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
    if "\n" in text:
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
    if any(is_too_small(token.value * token.scale) for token in tokens):
        return TOO_SMALL
    return next((token.why for token in tokens if token.kind == "unread"), "words that are no number")


def _records(
    table: Table, layout: Layout, numbers: Numbers, arrangement: Arrangement, shown: Mapping[str, str]
) -> Records[Figure]:
    """The figures of a part of a sheet by column: each is what its row, its column and its number share with others."""
    kinds, codes = numbers.kinds, numbers.codes
    of_rows = numbers.lines
    row_codes = numbers.line_codes
    of_columns: dict[int, int] = {}
    places = [of_columns.setdefault(one.column, len(of_columns)) for one in kinds]
    column_codes = Codes(map(places.__getitem__, codes))
    worths = [_worth(one, shown) for one in kinds]
    printed = column_paths(layout.rows, layout.header_rows, list(of_columns), printed=True)
    row_paths, labels = layout.row_paths.words(of_rows, shown), layout.labelled(of_rows)
    if len(of_rows) < len(numbers):
        row_paths, labels = Coded(row_paths, row_codes), Coded(labels, row_codes)
    heads = Coded([" > ".join([shown.get(part, part) for part in printed[at]]) for at in of_columns], column_codes)
    letters = Coded(list(map(column_letters, of_columns)), column_codes)
    count = len(numbers)
    ids = Run(numbers.first_id, count)
    given = [layout.given[at].codes if at in layout.given else () for at in of_columns]
    fields: dict[str, Sequence[Any]] = {
        name: Coded(list(values), codes) for name, values in zip(_Worth._fields, zip(*worths, strict=True), strict=True)
    }
    fields |= {
        "figure_id": ids,
        "locator": Records(
            Locator,
            {name: Same(None, count) for name in ("start", "end", "sentence_start", "sentence_end")}
            | {"section": Same(layout.caption, count), "sheet": Same(table.sheet, count)}
            | {"cell": Made(address, letters, numbers.rows)}
            | {"row_path": row_paths, "column_path": heads},
        ),
        "sentence": Made(cell_sentence, row_paths, heads, fields["text"]),
        "subject": Made(cell_subject, row_paths, heads),
        "status": Same("ok", count),
        "labels": labels,
        "declared": _both(given, [layout.row_codes.get(row, ()) for row in of_rows], column_codes, row_codes),
        "stated": _both(
            [layout.stated_columns.get(at, ()) for at in of_columns],
            [layout.stated_rows.get(row, ()) for row in of_rows],
            *(column_codes, row_codes),
        ),
    }
    return Records(Figure, fields | _relations(fields, ids, arrangement))


def _both(
    of_columns: Sequence[tuple[T, ...]], of_rows: Sequence[tuple[T, ...]], columns: Codes, rows: Codes
) -> Sequence[tuple[T, ...]]:
    """What is said of a figure's column and of its row."""
    if not any(of_rows):
        return Coded(of_columns, columns) if any(of_columns) else Same((), len(columns))
    return mapped(add, Coded(of_columns, columns), Coded(of_rows, rows))


def _relations(
    fields: Mapping[str, Sequence[Any]], ids: Sequence[int], arrangement: Arrangement
) -> dict[str, Sequence[Any]]:
    """What figures are to other figures, which most are nothing to."""
    count = len(ids)
    found: dict[str, Sequence[Any]] = {
        "parent": Same(None, count),
        "link": Same(None, count),
        "axis": Same(None, count),
        "exhaustive": Same(False, count),
        "additive": Same(True, count),
    }
    links, about = arrangement.links, arrangement.about
    if links or about:
        relations: list[tuple[int | None, LinkKind | None, str | None, bool]] = []
        for figure_id in ids:
            link = links.get(figure_id)
            subject, kind_of_link = about.get(figure_id, (None, None))
            if link is not None and kind_of_link != "plan_of":
                relations.append((link.parent, "part_of", link.axis, link.exhaustive))
            else:
                relations.append((subject, kind_of_link, None, False))
        several = coded(relations)
        for name, values in zip(
            ("parent", "link", "axis", "exhaustive"), zip(*several.values, strict=True), strict=True
        ):
            found[name] = Coded(list(values), several.codes)
    if arrangement.unclear or arrangement.repeated:
        found["additive"] = coded(
            None if figure_id in arrangement.unclear else figure_id not in arrangement.repeated for figure_id in ids
        )
    if arrangement.superseded:
        newer = [arrangement.superseded.get(figure_id) for figure_id in ids]
        found["decided_by"] = mapped(_superseded_by, fields["decided_by"], newer)
    return found


def _superseded_by(decided: tuple[tuple[str, str], ...], newer: str | None) -> tuple[tuple[str, str], ...]:
    return decided if newer is None else (*decided, ("superseded", f"by {newer}"))


class _Worth(NamedTuple):
    """What a number comes to; the same for all cells of one text, column and spec. Named as the fields of a figure."""

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
    decided_by: tuple[tuple[str, str], ...]


def _worth(number: Kind, shown: Mapping[str, str]) -> _Worth:
    spec, text = number.spec, number.text
    scale = spec.scale if number.scale == 1 else spec.scale * number.scale
    interval = bounds(number.value, scale, spec.qualifier, spec.unit, number.spread)
    return _Worth(
        shown.get(text, text),
        number.value,
        scale,
        number.value if scale == 1 else number.value * scale,
        spec.unit,
        "about" if number.spread is not None and spec.qualifier == "exact" else spec.qualifier,
        *(interval.low, interval.high, interval.open_low, interval.open_high),
        spec.role,
        spec.decided,
    )


@lru_cache(maxsize=65536)
def _scanned(text: str) -> tuple[Token, ...]:
    return tuple(scan(text))


def _digits_of(cells: Cells) -> int:
    """How many digits the cells of a table have, counted by themselves."""
    found = 0
    for _, texts in cells.columns.values():
        counts = Counter(texts.codes)
        found += sum(len(_DIGIT.findall(text)) * counts[code] for code, text in enumerate(texts.values))
    return found


def _digits(text: str) -> int:
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


def _non_figure(layout: Layout, column: int, text: str, token: Token, in_body: bool) -> _Other:
    of = layout.kinds.get(column)
    is_private = of is not None and of.kind in ("contact", "person") and in_body
    reason = "contact" if is_private else _reason(text, token, of is not None and of.kind != "values")
    return _Other(column, text, token.text, reason)


def _masked(number: _Other) -> _Other:
    """A number by which a person is known or reached, without its digits; only the archive keeps them."""
    if number.reason != "contact":
        return number
    return number._replace(text=_DIGIT.sub("*", number.text), sentence=MASK)
