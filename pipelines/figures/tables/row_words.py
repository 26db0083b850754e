"""What the rows of a table say of their numbers, in labels and in a column of units; asked of all labels at once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from operator import or_

from pipelines.catalog.headers import HeadKind, head_kind
from pipelines.catalog.regions import is_full_name
from pipelines.columns import Coded, Same, coded, mapped
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.label_classes import label_class, telling
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.number import Said
from pipelines.figures.tables.spoken_roles import COUNT_HEADER, EACH, hint_of, is_telling
from pipelines.figures.units.headed import headed_unit
from pipelines.figures.units.unitlines import BRACKETS, listed_units
from pipelines.figures.units.unitwords import loose_unit
from pipelines.patterns import regex

_SHARE = regex(
    r"[(（]\s*(?:[%％](?:\s+(?:of|de[lrs]?|du|d[ao]s?|dari|von)\b[^()（）]*)?|百分比|per ?cent)\s*[)）]|[%％]\s*$"
    r"|^(?:[%％]|per ?cent(?:age)?|proportion) of\b"
    r"|\bas (?:an? )?(?:[%％]|per ?cent(?:age)?|share|proportion) (?:of|to)\b",
    re.IGNORECASE,
)
_CODE = regex(
    r"(?:\b(?:ids?|identifiers?|codes?|(?:tele)?phone|mobile|fax|"
    r"(?:serial|reference|contract|account|registration) (?:no\.?|number))"
    r"|(?<![a-z])ID|[码号]|电话|传真)\s*[:：]?$|^(?:c[oó]digo|clave|code|tel[eé]fono|t[eé]l[eé]phone|telefone)\b",
    re.IGNORECASE,
)
_LONGEST = 200  # rows of a table from which on it is a list of records, and none of measures
_ITEM = regex(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、](?!\d)|[\u3000—–]")


def said_of(layout: Layout) -> Coded[Said]:
    """What each row of the body says of its numbers: of unit and role in its labels, and its unit's name."""
    rows = layout.body_rows
    hints: Sequence[str] = Same("", len(rows))
    if not layout.is_stated and any(may := _may_tell(layout)):
        hints = [_hint_of(layout, row) if tells else "" for row, tells in zip(rows, may, strict=True)]
    units: Sequence[str] = Same("", len(rows))
    if layout.row_units:
        units = list(map(layout.row_unit, rows))
    elif layout.unit_column is not None:
        units = mapped(_scaled, layout.texts(layout.unit_column), _powers(layout))
    told = mapped(Said, hints, units, _names(layout))
    return told if isinstance(told, Coded) else coded(told)


def _names(layout: Layout) -> Sequence[HeadKind | None]:
    """What the label of each row says that it is of, where that is no amount: First survey date, Series ID."""
    told: Sequence[HeadKind | None] = Same(None, len(layout.body_rows))
    for column in layout.naming if len(layout.body_rows) <= _LONGEST else ():
        labels = layout.labels(column)
        named = [None if label is None else _named_by(label) for label in labels.values]
        if any(named):
            told = [own or other for own, other in zip(Coded(named, labels.codes), told, strict=True)]
    return told


def _named_by(label: str) -> HeadKind | None:
    found = head_kind(label)
    if found in ("code", "contact") and _CODE.search(label) is None:
        return None  # No beside Yes, Grade beside Age
    is_key = found in ("date", "year", "code", "contact") and headed_unit(label) is None and kind(label) == "label"
    return found if is_key else None


def _powers(layout: Layout) -> Sequence[str | None]:
    """What each row says in a column of powers of ten, UNIT_MULT of exchange formats."""
    headers = {column: path[-1].lower() for column, path in layout.column_paths.items() if path}
    column = next((column for column, header in headers.items() if header.startswith("unit mult")), None)
    return Same(None, len(layout.body_rows)) if column is None else layout.texts(column)


def _scaled(unit: str | None, power: str | None) -> str:
    """The words of a unit with the scale of a power of ten."""
    scale = {"3": "thousand", "6": "million", "9": "billion"}.get(power or "", "")
    return f"{scale} {unit or ''}".strip() if not unit or loose_unit(unit) else scale or unit


def _may_tell(layout: Layout) -> Sequence[bool]:
    """The rows of which some label may say something of units and roles, or has to be asked."""
    rows = layout.body_rows
    if listed_units(layout.unit_line):
        return Same(True, len(rows))
    asked = layout.headings.keys() | layout.heading_rows | set(layout.total_rows or ())
    told: Sequence[bool] = [row in asked for row in rows] if asked else Same(False, len(rows))
    for column in layout.naming:
        names = layout.kinds[column].names
        is_name = names is not None and names != "measure"
        labels = layout.labels(column)
        named = {label for label in labels.values if label is not None}
        telling = set(filter(_is_no_name, named)) if is_name else set(filter(is_telling, named))
        telling |= _parts_of(named)
        if telling:
            own = Coded([label in telling for label in labels.values], labels.codes)
            told = list(map(or_, told, own))
    return told


def _hint_of(layout: Layout, row: int) -> str:
    """What a row says of units and roles; an "of which" without a unit has that of the row that it is part of.

    So has an item of a list below an amount per head: 一、工资性收入 below 人均可支配收入.

    Names say nothing, whatever stands in their brackets: "Hub Road (km 7 to 20)".
    """
    names = {label for kind, label in layout.named_labels(row) if kind != "measure" and not _is_no_name(label)}
    path = tuple(label for label in layout.row_paths[row] if label not in names and not is_full_name(label))
    hint = " > ".join(path) if listed_units(layout.unit_line) else hint_of(path)
    if not path or not _is_part(path[-1]) or BRACKETS.search(path[-1]):
        return hint
    rows, paths = layout.body_rows, layout.row_paths
    for place in range(bisect_left(rows, row) - 1, -1, -1):
        above = paths[rows[place]]
        if above and not _is_part(above[-1]):
            if not is_of_which(path[-1]) and not EACH.search(above[-1]):
                return hint
            return f"{hint_of(above)} > {hint}".strip(" >")
    return hint


def _is_no_name(label: str) -> bool:
    """Whether a label among names says how its row is counted: "Number of households", Share (%)."""
    return tells_share(label) or COUNT_HEADER.match(label) is not None


def tells_share(label: str) -> bool:
    """Whether a label says that its row is of shares, whatever its unit is: Share (%), Outlay as % of GDP."""
    return _SHARE.search(label) is not None


def is_of_which(label: str) -> bool:
    """Whether a label says that its row or column is part of another: 其中."""
    return label_class(label) == "of_which"


def _parts_of(labels: Collection[str]) -> set[str]:
    """Those of many labels whose rows are parts of one above them."""
    of_which = {label for label in telling(labels) if is_of_which(label)}
    return of_which | {label for label in labels if _ITEM.match(label)}


def _is_part(label: str) -> bool:
    """Whether a row is part of one above it: "of which", or an item of a numbered list."""
    return is_of_which(label) or _ITEM.match(label) is not None
