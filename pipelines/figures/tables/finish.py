"""What follows from the rows, headers and kinds of columns of a table: paths of rows, decimal signs, its codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import head_kind, is_abroad, says
from pipelines.columns import Coded, Codes
from pipelines.figures.numbers.grouped import Decimals
from pipelines.figures.tables.columns import names_unit
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout, texts_of
from pipelines.figures.tables.lines import Path
from pipelines.figures.tables.row_paths import place_of, row_paths
from pipelines.figures.tables.separators import decimal_sign, doubtful, only_of_three
from pipelines.figures.tables.spoken_roles import PERCENT_HEADER
from pipelines.figures.units.headed import headed_unit, scale_alone
from pipelines.figures.units.unitlines import BRACKETS, unit_words
from pipelines.figures.units.unitwords import is_measured, strict_unit
from pipelines.patterns import regex

_FORMS = {
    "一": regex(r"[一二三四五六七八九十]{1,3}(?:[、.．]|$)"),
    "(一)": regex(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    "(1)": regex(r"[(（]\d{1,3}[)）]"),
    "I": regex(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})(?:[.)]|$)"),
    "A": regex(r"[A-Z](?:[.)]|$)"),
    "1": regex(r"\d{1,3}(?:[.．、)](?!\d)|$)"),
}
_CODED = regex(r"\s*(\d{1,12})[\s.:–-]+[^\W\d_]")
_PARTED = regex(r"\s*(\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)、]?\s|[.、](?=\D))")


def finish(layout: Layout, *, has_numbers: bool = False) -> None:
    """Derives what follows: paths of rows, signs, the unit of the corner, codes.

    Args:
        layout: rows, headers and kinds of columns; the rest is filled in.
        has_numbers: whether the decimals of its cells are certain.
    """
    first = next(iter(layout.column_paths), None)
    if first in layout.naming and layout.column_paths[first] and not layout.unit_line:
        layout.unit_line = _in_corner(layout.column_paths[first], is_free=layout.kinds[first].names is None)
    values = layout.columns
    is_open = False
    if not layout.decimals:
        signs = {column: decimal_sign(texts_of(layout, column), layout.marks) for column in values}
        layout.decimals = _decimals(signs)
        is_open = not (has_numbers or any(signs.values())) and _is_of_commas(layout)
    for column in values:
        if unclear := doubtful(texts_of(layout, column)) or _of_two_readings(layout, column, is_open=is_open):
            layout.doubtful[column] = unclear
    layout.row_paths = row_paths(layout, values)
    layout.codes = _codes(layout)
    layout.levels = _levels(layout)


def _in_corner(path: Path, *, is_free: bool) -> str:
    """The unit that the header of the labels tells of all columns: its unit line, or money in its brackets.

    A header that says what the labels name has no unit line.
    """
    if is_free and (told := unit_words(path[0])):
        return told
    units = ((words, strict_unit(words)) for words in BRACKETS.findall(path[-1]))
    return next((words for words, unit in units if unit is not None and is_money(unit.unit)), "")


def _decimals(found: Mapping[int, Decimals | None]) -> dict[int, Decimals]:
    """The decimal sign of each column, where its numbers leave it open that of the table."""
    decided = [sign for sign in found.values() if sign is not None]
    usual: Decimals = "comma" if decided.count("comma") > decided.count("point") else "point"
    return {column: sign or usual for column, sign in found.items()}


def _is_of_commas(layout: Layout) -> bool:
    """Whether title and headers are in a language that parts decimals by commas, as most with Latin letters do."""
    words = (layout.caption, *chain.from_iterable(layout.column_paths.values()))
    return any(is_abroad(text) or _OF_COMMAS.search(text.lower()) for text in words)


# its letters, or its small words between others
_OF_COMMAS = regex(
    r"[ßà-öø-ÿāăąćčďđēęěğģīıķļłńņňőœřśşšťůűųźżžșțảạấầậếềệịọốồộớờợụủứừựỳ]"
    r"|\b(?:de|del|des|du|dos|das|por|pour|y|et|und|dan|yang|menurut|untuk|nombre|monto|valor|jumlah)\s"
)


def _of_two_readings(layout: Layout, column: int, *, is_open: bool) -> frozenset[str]:
    """The cells of 1.200 and 3.450 whose header speaks against how their point is read: pieces of households, or rates.

    A rate of thousands is none, and neither is a household in pieces; which of the two is meant nothing says. So it is
    with all such cells where no cell of the table tells how it parts decimals and its words are of no help.
    """
    path = layout.column_paths.get(column, ())
    if not path or not (found := only_of_three(texts_of(layout, column))):
        return frozenset()
    if is_open:
        return found
    if layout.decimals.get(column) == "comma":
        return found if PERCENT_HEADER.search(" > ".join(path)) or says("statistic", path[-1]) else frozenset()
    own = headed_unit(path[-1])
    whole = own is not None and not is_measured(own) and "/" not in own.unit and own.scale == 1
    scaled = names_unit(path) or any(scale_alone(header) for header in path)
    return found if whole and not scaled else frozenset()


def _codes(layout: Layout) -> dict[int, str]:
    """Row → its code: of the columns of its parts, else of the first with codes of different length or zeros behind."""
    if parts := code_parts(layout):
        return _joined(layout, parts)
    for column, of in layout.kinds.items():
        if of.kind != "code":
            continue
        texts = texts_of(layout, column)
        plain = [text for text in texts if text.isdecimal() and len(text) > 1]
        if 2 * len(plain) > len(texts) and (len({len(text) for text in plain}) > 1 or any(t[-1] == "0" for t in plain)):
            told = zip(layout.body_rows, layout.texts(column), strict=True)
            return {row: text for row, text in told if text is not None and text.isdecimal()}
    return _numbered(layout) or _leading(layout)


def _leading(layout: Layout) -> dict[int, str]:
    """Row → the digits before its label, where most have some and not all as many: 021 Judges below 02 Court."""
    labels = layout.texts(layout.naming[0]) if layout.naming else Coded([None], Codes())
    digits = [_CODED.match(text) if text else None for text in labels.values]
    told = [found.group(1) if found else "" for found in digits]
    if 2 * sum(map(bool, told)) <= len(told) or len(set(map(len, filter(None, told)))) == 1:
        return {}
    return {row: code for row, code in zip(layout.body_rows, Coded(told, labels.codes), strict=True) if code}


def _numbered(layout: Layout) -> dict[int, str]:
    """Row → the number with which its label begins, part by part, where some have several: 1 above 1.1 and 1.2.

    What follows without a number, and is no total, may be part of the row above it.
    """
    found: dict[int, str] = {}
    texts = layout.texts(layout.naming[0]) if layout.naming else Coded([None], Codes())
    numbers = [_PARTED.match(text) if text else None for text in texts.values]
    if not any(number is not None and "." in number.group(1) for number in numbers):
        return found
    codes = ["".join(part.zfill(2) for part in number.group(1).split(".")) if number else "" for number in numbers]
    above, behind = "", 0
    for row, text, code in zip(layout.body_rows, texts, Coded(codes, texts.codes), strict=True):
        if code:
            found[row] = above = code
            behind = 0
        elif text and above and label_class(text) == "detail":
            behind += 1
            found[row] = f"{above}{behind:03}"
    return found


def code_parts(layout: Layout) -> list[int]:
    """The columns below one header of codes that hold the parts of a code, class and item: 213 | 05 | 01.

    Zeros in front tell them, or headers of one sign, as 类, 款, 项; a word beside the digits may only name a total.
    """
    found: dict[Path, list[int]] = {}
    for column, path in layout.column_paths.items():
        if len(path) > 1 and head_kind(path[-2]) == "code" and head_kind(path[-1]) is None:
            found.setdefault(path[:-1], []).append(column)
    for columns in found.values():
        texts = {text for column in columns for text in texts_of(layout, column) if label_class(text) == "detail"}
        short = all(len(layout.column_paths[column][-1]) == 1 for column in columns)
        if len(columns) > 1 and texts and all(map(str.isdecimal, texts)) and (short or any(t[0] == "0" for t in texts)):
            return columns
    return []


def _joined(layout: Layout, columns: Sequence[int]) -> dict[int, str]:
    """Row → its code, of the parts in several columns; a part that a row leaves out before others is that above it."""
    texts = [layout.texts(column) for column in columns]
    widths = [
        max((len(text) for text in texts_of(layout, column) if text.isdecimal()), default=0) for column in columns
    ]
    found: dict[int, str] = {}
    above: list[str] = []
    for row, line in zip(layout.body_rows, zip(*texts, strict=True), strict=True):
        parts = [
            text.zfill(width) if text and text.isdecimal() else "" for text, width in zip(line, widths, strict=True)
        ]
        last = max((place for place, part in enumerate(parts) if part), default=-1)
        own = [part or "".join(above[place : place + 1]) for place, part in enumerate(parts[: last + 1])]
        if own and all(own):
            found[row], above = "".join(own), own
    return found


def _levels(layout: Layout) -> dict[int, str]:
    """Row → its level, of the column that says it."""
    column = next((column for column, of in layout.kinds.items() if of.kind == "level"), None)
    if column is None:
        return _outline(layout)
    told = zip(layout.body_rows, layout.texts(column), strict=True)
    return {row: text for row, text in told if text is not None}


def _outline(layout: Layout) -> dict[int, str]:
    """Row → the form of its number in a list of several levels, 一、 above 1 and 2; empty where all have one form."""
    codes = [column for column, of in layout.kinds.items() if of.kind == "code"]
    for column in (*codes[:1], *layout.naming[:1]):
        texts = layout.texts(column)
        for told in (_form_of, place_of):
            forms = Coded([text and told(text) for text in texts.values], texts.codes)
            if len(set(filter(None, forms.values))) > 1:
                return {row: form for row, form in zip(layout.body_rows, forms, strict=True) if form}
    return {}


def _form_of(text: str) -> str:
    """The form of the number with which a label begins, empty where it begins with none."""
    return next((form for form, pattern in _FORMS.items() if pattern.match(text)), "")
