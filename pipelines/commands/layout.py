"""`fupin layout`: the declared layouts, what one makes of a file, and a first draft for a table without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from pipelines.catalog.layouts import TableLayout, layouts
from pipelines.commands.columns import in_column, letters
from pipelines.commands.output import print_table
from pipelines.errors import FupinError
from pipelines.figures.figure import Figure
from pipelines.figures.read import read_figures
from pipelines.figures.tables.declared import column_header, matches, why_not
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.headers import PLACE_KINDS
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.read import laid_out, read_tables
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.identify import identify
from pipelines.meaning.meaning import Meaning
from pipelines.meaning.period_codes import printed_period
from pipelines.meaning.resolve import resolve
from pipelines.reading.document import Document, Table
from pipelines.reading.read import read_document
from pipelines.settings import Settings, settings

_SUM_COLUMNS = ("column", "header", "figures", "sum", "printed total", "agrees")
_FACT_COLUMNS = ("cell", "value", "unit", "role", "region", "period", "program", "source", "stage", "counts")


group = typer.Typer(no_args_is_help=True)
_File = Annotated[Path, typer.Argument(help="One report with a table.")]


@group.command("list")
def list_layouts() -> None:
    """List the declared layouts and what they match."""
    rows = [(layout.name, _condition(layout), layout.description) for layout in layouts()]
    print_table(("layout", "matches", "description"), rows)


@group.command("suggest")
def suggest_layout(
    file: _File,
    target: Annotated[Path | None, typer.Option("--output", help="Write into this new file instead.")] = None,
) -> None:
    """Print a first layout for a table, from what is read of it by its words."""
    _suggest(settings(), file, target)


@group.command("test")
def test_layout(file: _File) -> None:
    """Show the facts that a file's tables become, and what is not mapped; exit code 1 without a fitting layout."""
    if not _try(settings(), file):
        raise typer.Exit(1)


def _condition(layout: TableLayout) -> str:
    match = layout.match
    parts = [("report", match.report), ("sheet", match.sheet), ("caption", ", ".join(match.caption))]
    parts.append(("headers", ", ".join(match.headers)))
    return "; ".join(f"{name} {words}" for name, words in parts if words not in ("", "*"))


def _try(settings: Settings, path: Path) -> bool:
    """Prints the facts that the tables of a file become, and the columns that are not mapped.

    Returns:
        Whether a declared layout reads every table, and gives each of its figures a fact.

    Raises:
        FupinError: the file cannot be read, holds no table, or has a column that its layout does not know.
    """
    document = _document(settings, path)
    reading = read_figures(document, shows_people=settings.show_people)
    meanings = resolve(document, identify(document), reading)
    facts = derive_facts(reading, meanings)
    leaves = {fact.figure_id for fact in (*facts.funds, *facts.results) if fact.is_additive_leaf}
    found = list(zip(reading.figures, meanings, strict=True))
    all_declared = True
    for table in document.tables:
        rows = Grid.of(table.cells)
        name = next((one.name for one in layouts() if matches(one, document.report_id, table, rows) is not None), None)
        all_declared = all_declared and name is not None
        of_table = [pair for pair in found if pair[0].locator.sheet == table.sheet]
        by = f"read as its {table.stated.origin} states" if table.stated is not None else "no layout; read by its words"
        print(f"sheet {table.sheet}: {f'layout {name}' if name else by}")
        for line in why_not(document.report_id, table, layouts()):
            print(line)
        print_table(_FACT_COLUMNS, [_row(figure, meaning, leaves) for figure, meaning in of_table])
        print_table(_SUM_COLUMNS, _sums(document, table, [figure for figure, _ in of_table], leaves))
        for line in _unmapped(of_table):
            print(line)
            all_declared = False
        print()
    return all_declared


def _row(figure: Figure, meaning: Meaning, leaves: set[int]) -> tuple[Any, ...]:
    codes = (meaning.program, meaning.source, meaning.stage)
    return (
        figure.locator.cell,
        figure.value,
        figure.unit,
        figure.role,
        meaning.region.code,
        printed_period(meaning.period.code) or None,
        *(None if decision.code == "unknown" else decision.code for decision in codes),
        "yes" if figure.figure_id in leaves else "no",
    )


def _sums(document: Document, table: Table, figures: list[Figure], leaves: set[int]) -> list[tuple[Any, ...]]:
    """The sum of each column's figures that may be summed, beside the totals that the file prints below its header."""
    rows = []
    for layout in laid_out(document, table, layouts())[0]:
        for column in layout.columns:
            found = in_column(figures, layout, column)
            summed = [figure for figure in found if figure.figure_id in leaves]
            parents = {figure.parent for figure in summed if figure.link == "part_of"}
            printed = [figure.value for figure in found if figure.figure_id in parents]
            if summed:
                header = " > ".join(layout.column_paths[column])
                total = sum(figure.value for figure in summed)
                agrees = "" if not printed else "yes" if sum(printed) == total else "no"
                rows.append((letters(column), header, len(summed), total, ", ".join(map(str, printed)), agrees))
    return rows


def _unmapped(found: list[tuple[Figure, Meaning]]) -> list[str]:
    """Columns of which no unit is known."""
    columns = Counter(figure.locator.column_path or "" for figure, _ in found if figure.unit == "unknown")
    return [f'unmapped: column "{header}" has no unit ({count} figures)' for header, count in columns.items()]


def _suggest(settings: Settings, path: Path, output: Path | None) -> None:
    """Prints a first layout for each table of a file, from what is read of it by its words, or writes the first.

    Raises:
        FupinError: the file cannot be read or holds no table, or the output exists or cannot be written.
    """
    document = _document(settings, path)
    read = read_tables(document, first_id=1, declared=()).figures
    drafts = [
        _draft(document, table, layout, read, several=len(document.tables) > 1)
        for table in document.tables
        for layout in laid_out(document, table, ())[0]
    ]
    text = "---\n".join(drafts)
    if output is None:
        print(text, end="")
        return
    if len(drafts) > 1:
        raise FupinError(f"{output}: the file holds {len(drafts)} tables; a layout is for one: print them and choose")
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise FupinError(f"{output}: exists already") from error
    except OSError as error:
        raise FupinError(f"{output}: cannot be written: {error.strerror or error}") from error
    print(f"{output}: move it to pipelines/catalog/layouts/ and correct what is wrong")


def _document(settings: Settings, path: Path) -> Document:
    document = read_document(path, path.name, settings.max_file_mb * 1024 * 1024)
    if not document.tables:
        raise FupinError(f"{path.name}: holds no table")
    return document


def _draft(document: Document, table: Table, layout: Layout, read: Sequence[Figure], *, several: bool) -> str:
    figures = [figure for figure in read if figure.locator.sheet == table.sheet]
    match: dict[str, Any] = {"report": document.report_id}
    if several:
        match["sheet"] = table.sheet
    headers = {column: column_header(layout, column) for column in layout.column_paths}
    draft: dict[str, Any] = {
        "description": layout.caption or table.sheet,
        "match": match
        | {"headers": [name for column in layout.columns[:2] if (name := headers[column].split(" > ")[-1])]},
        "header_rows": max(len(layout.header_rows), 1),
        "decimal": "," if "comma" in layout.decimals.values() else ".",
        "labels": [],
        "values": [],
    }
    ignored = []
    for column in (column for column in layout.kinds if column not in layout.columns):
        dimension = _dimension(layout, column)
        if dimension is None:
            ignored.append(headers[column])
        else:
            draft["labels"].append({"header": headers[column], "dimension": dimension})
    for column in layout.columns:
        addresses = {cell.address for row in layout.body_rows if (cell := layout.rows.cell(row, column)) is not None}
        of_column = [figure for figure in figures if figure.locator.cell in addresses]
        if of_column:
            draft["values"].append(_value(headers[column], of_column))
        else:
            ignored.append(headers[column])
    totals = [path[-1] for path in layout.row_paths.values() if path and label_class(path[-1]) in ("total", "subtotal")]
    draft |= {"ignore": ignored} if ignored else {}
    draft |= {"total_rows": sorted(set(totals))} if totals else {}
    return f"# {document.report_id}, sheet {table.sheet}\n" + yaml.safe_dump(draft, allow_unicode=True, sort_keys=False)


def _dimension(layout: Layout, column: int) -> str | None:
    """What a column of labels tells; None for codes, dates, notes and others that tell nothing."""
    told = layout.kinds[column]
    if told.kind in ("year", "unit"):
        return "period" if told.kind == "year" else "unit"
    if told.kind not in ("label", "level") or told.names in ("agency", "person"):
        return None
    if told.names in PLACE_KINDS:
        return "region"
    return (
        told.names
        if told.names in ("program", "source", "measure")
        else "program"
        if told.names == "project"
        else "other"
    )


def _value(header: str, figures: list[Figure]) -> dict[str, Any]:
    usual = Counter((figure.unit, figure.scale, figure.role) for figure in figures).most_common(1)[0][0]
    unit, scale, role = usual
    value: dict[str, Any] = {"header": header, "role": role}
    if unit != "unknown":
        value["unit"] = unit
    if scale != 1:
        value["scale"] = int(scale) if scale == int(scale) else float(scale)
    if label_class(header.rsplit(" > ", 1)[-1]) in ("total", "subtotal"):
        value["total"] = True
    return value
