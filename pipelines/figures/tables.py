"""Reads tables without a declared layout: one figure per number cell, with its header paths, unit, role and total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.errors import ReportError
from pipelines.figures.draft import Draft
from pipelines.figures.figure import Figure, LinkKind, Locator, NonFigure, NonFigureClass, Reading, Role
from pipelines.figures.intervals import bounds
from pipelines.figures.layout import OF_WHICH, SUBTOTAL, TOTAL, Layout, kind, lay_out, unit_words
from pipelines.figures.passage import Passage
from pipelines.figures.qualifiers import read_qualifier
from pipelines.figures.quantity import read_quantity
from pipelines.figures.scan import Token, scan
from pipelines.reading.document import Cell, Document, Table

_RATIO_UNITS = frozenset({"%", "pp", "times", "fraction", "ratio"})
_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_PERCENT_HEADER = re.compile(
    r"占比|比重|比例|增长|增速|增幅|完成率|\bshare|percent|%|％|growth|completion|rate\b", re.IGNORECASE
)
# "number of villages" counts whatever the unit line says; other nouns only where there is no unit line
_COUNT_HEADER = re.compile(r"\b(?:number|no\.?) of (.+)|([一-鿿]{1,4}?)(?:次)?数(?:量)?$", re.IGNORECASE)
_ROLES: tuple[tuple[str, Role, bool], ...] = (
    (r"完成率|completion|% of (plan|task|target)", "plan_pct", True),
    (r"增长|增速|增幅|growth|change|increase", "change_pct", True),
    (r"占比|比重|比例|share|proportion|% of", "share_pct", True),
    (r"增加|增减|新增|increase|change|decrease", "change", False),
    (r"计划|任务|目标|预算|\bplan(ned)?\b|\btarget|\btask\b|budget", "target", False),
)


@dataclass(slots=True)
class _Read:
    """A figure of a table before its links are known."""

    row: int
    column: int
    figure_id: int
    draft: Draft
    locator: Locator
    sentence: str
    value: Decimal
    parent: int | None = None
    exhaustive: bool = False
    axis: str | None = None


def read_tables(document: Document, first_id: int) -> Reading:
    """All numbers of a document's tables.

    A cell that is a number, with or without its unit, becomes one figure. Numbers inside headers, labels and notes
    are classified: years, row numbers, and others as labels.

    Args:
        document: its tables are read, its text is not.
        first_id: `figure_id` of the first figure.

    Returns:
        Figures in row-major order and the classified non-figures.

    Raises:
        ReportError: a number of a table is in no row or in two.
    """
    figures: list[Figure] = []
    non_figures: list[NonFigure] = []
    numbers = 0
    for table in document.tables:
        found = sum(len(scan(cell.text)) for cell in table.cells)
        read, others = _read_table(table, first_id + len(figures))
        if len(read) + len(others) != found:
            cause = f"{found} numbers in the table, {len(read) + len(others)} accounted for"
            raise ReportError(document.report_id, cause, f"sheet {table.sheet}")
        figures += read
        non_figures += others
        numbers += found
    return Reading(tuple(figures), tuple(non_figures), numbers)


def _read_table(table: Table, first_id: int) -> tuple[list[Figure], list[NonFigure]]:
    layout = lay_out(table)
    notes = {id(cell) for cell in layout.note_cells}
    read: list[_Read] = []
    others: list[NonFigure] = []
    for cell in table.cells:
        tokens = scan(cell.text)
        in_body = cell.row in layout.body_rows and cell.column not in layout.label_columns and id(cell) not in notes
        is_figure = in_body and len(tokens) == 1 and kind(cell.text) in ("number", "year")
        if not is_figure:
            others += [_non_figure(table, layout, cell, token) for token in tokens]
            continue
        read.append(_figure_cell(table, layout, cell, tokens[0], first_id + len(read)))
    _link(layout, read)
    return [_figure(item) for item in read], others


def _figure_cell(table: Table, layout: Layout, cell: Cell, token: Token, figure_id: int) -> _Read:
    row_path, column_path = " > ".join(layout.row_path(cell.row)), " > ".join(layout.column_path(cell.column))
    headers = f"{row_path} | {column_path}"
    draft = Draft(token, layout.caption, (0, len(cell.text)), token.end)
    passage = Passage(cell.text)
    read_quantity(draft, passage, len(cell.text))
    read_qualifier(draft, passage)
    if not draft.unit:
        _unit_from_headers(draft, column_path, row_path, layout.unit_line)
    draft.role = _role(draft.unit, column_path, row_path)
    negative = re.match(r"\s*([-−]|[(（]\s*\d[\d,.]*\s*[)）]\s*$)", cell.text)
    locator = Locator(
        section=layout.caption, sheet=table.sheet, cell=cell.address, row_path=row_path, column_path=column_path
    )
    value = -token.value if negative else token.value
    return _Read(cell.row, cell.column, figure_id, draft, locator, f"{headers}: {cell.text}", value)


def _unit_from_headers(draft: Draft, column_path: str, row_path: str, unit_line: str) -> None:
    """The unit in a header's brackets, of a percent header, of the table's unit line, or the noun of a header."""
    spoken = [unit_words(part) for part in (*column_path.split(" > ")[::-1], row_path)]
    places = [*filter(None, spoken), *_BRACKETS.findall(column_path)[::-1], *_BRACKETS.findall(row_path)[::-1]]
    for words in places:
        if _adopt(draft, words, "header"):
            return
    if _PERCENT_HEADER.search(column_path):
        draft.unit, draft.decided["unit"] = "%", f"header {column_path}"
        return
    header = column_path.rsplit(" > ", 1)[-1]
    counted = _COUNT_HEADER.search(header)
    if counted:
        noun = counted.group(1) or counted.group(2)[-1]
        if _adopt(draft, "人次" if header.endswith("人次数") else noun, "header"):
            return
    if _adopt(draft, unit_line, "unit line") or _adopt(draft, header, "header"):
        return
    draft.decided["unit"] = "neither header nor unit line names one"


def _adopt(draft: Draft, words: str, place: str) -> bool:
    found = _unit(words)
    if found is None or found.unit in ("other", "structure", "year"):
        return False
    if draft.scale == 1:
        draft.scale = found.scale
    draft.unit, draft.decided["unit"] = found.unit, f"{place} {words}"
    return True


def _unit(words: str) -> Draft | None:
    """The unit that bare words name ("万元", "million Yuan"), read as if a number stood before them."""
    text = f"1 {words.strip()}"
    token = Token(0, 1, "1", Decimal(1), "digits")
    draft = Draft(token, "", (0, len(text)), 1)
    read_quantity(draft, Passage(text), len(text))
    return draft if draft.unit else None


def _role(unit: str, column_path: str, row_path: str) -> Role:
    for words, role, ratio in _ROLES:
        # a row's label names its subject ("Rain Plan"), so only a ratio's role is looked for in it
        headers = f"{column_path} {row_path}" if ratio else column_path
        if ratio == (unit in _RATIO_UNITS) and re.search(words, headers, re.IGNORECASE):
            return role
    if unit in _RATIO_UNITS:
        return "rate_pct"
    return "per_unit" if "/" in unit else "level"


def _link(layout: Layout, read: list[_Read]) -> None:
    """Points parts to the total of their row; totals of rows, and rows without one, to the total of their column."""
    at = {(item.row, item.column): item for item in read if item.draft.role == "level"}
    for row in layout.body_rows:
        _link_line(
            [(column, " > ".join(layout.column_path(column))) for column in layout.columns],
            {column: item for column in layout.columns if (item := at.get((row, column))) is not None},
            "row",
        )
    for column in layout.columns:
        _link_line(
            [(row, (layout.row_path(row) or ("",))[-1]) for row in layout.body_rows if layout.figures_in(row)],
            {row: item for row in layout.body_rows if (item := at.get((row, column))) is not None},
            "column",
        )


def _link_line(labels: list[tuple[int, str]], items: dict[int, _Read], axis: str) -> None:
    """Links along one row or one column, given the labels of its places in order; `axis` says which of the two."""
    totals = [place for place, label in labels if TOTAL.fullmatch(label.rsplit(" > ", 1)[-1].strip())]
    subtotals = [place for place, label in labels if SUBTOTAL.fullmatch(label.rsplit(" > ", 1)[-1].strip())]
    wholes = set(totals) | set(subtotals)
    plain = [(place, label) for place, label in labels if place not in wholes]
    of_which = {place for place, label in plain if OF_WHICH.search(label)}
    previous: int | None = None
    for place, label in plain:
        # "of which" after a line of its own is part of that line, not of the total
        if place in of_which and previous is not None and OF_WHICH.match(label):
            _attach(items, [place], previous, axis, exhaustive=False)
        elif place not in of_which:
            previous = place
    direct = [place for place, _ in plain if place not in of_which or previous is None]
    if len(totals) == 1:
        _attach(items, subtotals or direct, totals[0], axis, exhaustive=not of_which or bool(subtotals))
    for index, whole in enumerate(subtotals):
        lower = subtotals[index - 1] if index else min((place for place, _ in labels), default=0) - 1
        _attach(items, [place for place in direct if lower < place < whole], whole, axis, exhaustive=True)


def _attach(items: dict[int, _Read], parts: list[int], whole: int, axis: str, *, exhaustive: bool) -> None:
    total = items.get(whole)
    present = [items[place] for place in parts if place in items]
    if total is None or not present:
        return
    # a part that is not published leaves the rest a subset
    complete = exhaustive and len(present) == len(parts) and len(present) > 1
    for item in present:
        if item.parent is None and item is not total and item.draft.unit == total.draft.unit:
            item.parent, item.exhaustive, item.axis = total.figure_id, complete, axis


def _figure(item: _Read) -> Figure:
    draft = item.draft
    interval = bounds(item.value, draft.scale, draft.qualifier, draft.unit)
    link: LinkKind | None = "part_of" if item.parent is not None else None
    return Figure(
        figure_id=item.figure_id,
        locator=item.locator,
        sentence=item.sentence,
        text=item.sentence.rsplit(": ", 1)[-1],
        value_stated=item.value,
        scale=draft.scale,
        value=item.value * draft.scale,
        unit=draft.unit or "unknown",
        qualifier=draft.qualifier,
        low=interval.low,
        high=interval.high,
        open_low=interval.open_low,
        open_high=interval.open_high,
        role=draft.role,
        subject=(item.locator.row_path or item.locator.column_path or "")[-60:],
        parent=item.parent,
        link=link,
        axis=item.axis,
        exhaustive=item.exhaustive,
        decided_by=tuple(draft.decided.items()),
    )


def _non_figure(table: Table, layout: Layout, cell: Cell, token: Token) -> NonFigure:
    reason: NonFigureClass = "label"
    if re.fullmatch(r"(19|20)\d\d", token.text):
        reason = "year"
    elif cell.column in layout.label_columns and kind(cell.text) == "number":
        reason = "list_no"
    elif re.match(r"(th|st|nd|rd)?[- ]?(Five-Year|五)", cell.text[token.end :]):
        reason = "plan_name"
    locator = Locator(section=layout.caption, sheet=table.sheet, cell=cell.address)
    return NonFigure(locator, cell.text, token.text, reason)
