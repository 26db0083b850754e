"""The figures of a table by column: each is what its row, its column and its number share with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import add
from typing import Any, NamedTuple, TypeVar

from pipelines.columns import Coded, Codes, Made, Records, Run, Same, coded, mapped
from pipelines.figures.figure import (
    Figure,
    LinkKind,
    Locator,
    Qualifier,
    Role,
    cell_sentence,
    cell_subject,
)
from pipelines.figures.intervals.intervals import bounds
from pipelines.figures.tables.arrangement import Arrangement
from pipelines.figures.tables.layout import Layout, column_paths
from pipelines.figures.tables.number import Kind, Numbers
from pipelines.reading.cells import address, column_letters
from pipelines.reading.document import Table

T = TypeVar("T")


def figure_records(
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
