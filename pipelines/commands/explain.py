"""`fupin figures --explain` and `--why`: the text with its figures marked, and what decided each attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from pipelines.errors import FupinError
from pipelines.figures.figure import Figure, Reading
from pipelines.meaning.derive import sureness
from pipelines.meaning.meaning import Decision, Meaning
from pipelines.meaning.period_codes import printed_period
from pipelines.publishing.cells import plain
from pipelines.reading.document import Document
from pipelines.versions.tables import DECISIONS

# safe for colour-blind readers: blue for amounts, orange for plans, purple for statements about others
_STYLES = {
    "level": "bold bright_blue",
    "per_unit": "bold cyan",
    "per_unit_prev": "cyan",
    "target": "bold dark_orange",
    "change": "bold magenta",
    "rank": "bold magenta",
}
_STATEMENT, _OTHER, _UNREAD = "magenta", "dim underline", "red underline"


def explain(document: Document, reading: Reading, meanings: Sequence[Meaning]) -> None:
    """Prints the text block by block, each figure coloured by its role and numbered, with its reading below it."""
    console = Console()
    pairs = list(zip(reading.figures, meanings, strict=True))
    console.print(_legend())
    for block in document.blocks:
        inside = [
            (f, m) for f, m in pairs if f.locator.start is not None and block.start <= f.locator.start < block.end
        ]
        console.print(_marked(document, reading, block.start, block.end, [figure for figure, _ in inside]))
        for figure, meaning in inside:
            console.print(_reading(figure, meaning))
    sheet = None
    for figure, meaning in pairs:
        if figure.locator.cell is None:
            continue
        if figure.locator.sheet != sheet:
            sheet = figure.locator.sheet
            console.print(Text(f"\n{sheet}", style="bold"))
        line = _reading(figure, meaning)
        line.append(f"  {figure.locator.cell}: {figure.locator.row_path} | {figure.locator.column_path}", style="dim")
        console.print(line)


def why(reading: Reading, meanings: Sequence[Meaning], figure_id: int) -> None:
    """Prints one figure: of each attribute what decided it, and of its meaning also how sure that is.

    Raises:
        FupinError: the report has no such figure.
    """
    chosen = next(
        (pair for pair in zip(reading.figures, meanings, strict=True) if pair[0].figure_id == figure_id), None
    )
    if chosen is None:
        raise FupinError(f"no figure {figure_id}: the report has figures 1 to {len(reading.figures)}")
    figure, meaning = chosen
    console = Console()
    console.print(Text(f"{figure_id}  {figure.text}", style="bold"))
    console.print(Text(f"   {figure.sentence}\n", style="dim"))
    read, meant = list(_read(figure)), list(_meant(meaning))
    wide = max(len(value) for _, value, _ in (*read, *((name, code, "") for name, code, _, _ in meant))) + 2
    for name, value, reason in read:
        console.print(Text.assemble((f"{name:<12}", "bold"), f"{value:<{wide}}", (reason, "dim")))
    console.print()
    for name, code, grade, reason in meant:
        console.print(Text.assemble((f"{name:<12}", "bold"), f"{code:<{wide}}", f"{grade:<11}", (reason, "dim")))


def _read(figure: Figure) -> Iterator[tuple[str, str, str]]:
    """What was read of a figure: attribute, value and what decided it."""
    decided = dict(figure.decided_by)
    scale = decided.get("scale")
    yield (
        "value",
        plain(figure.value),
        f"{plain(figure.value_stated)} x {plain(figure.scale)} ({scale})" if scale else "as printed",
    )
    yield "unit", figure.unit, _words(decided.get("unit"), "no word names one")
    yield "qualifier", figure.qualifier, _words(decided.get("qualifier"), "nothing qualifies it")
    bounds = (
        f"{'(' if figure.open_low else '['}{plain(figure.low)}, {plain(figure.high)}{')' if figure.open_high else ']'}"
    )
    yield "interval", bounds, "its last printed digit and its qualifier"
    direction = f", {decided['direction']}" if "direction" in decided else ""
    yield "role", figure.role + direction, _words(decided.get("role"), "nothing makes it anything else")
    parent = f"{figure.link} {figure.parent}" if figure.parent is not None else "none"
    yield (
        "parent",
        parent,
        _words(decided.get("parent"), "the nearest figure that it can speak about" if figure.parent else ""),
    )
    if "axis" in decided:
        yield "axis", decided["axis"], "complementary parts, so that they make up the whole"


def _meant(meaning: Meaning) -> Iterator[tuple[str, str, str, str]]:
    """What a figure is about: attribute, code, how sure it is, and the node and words that decided it."""
    for name in DECISIONS:
        decision: Decision = getattr(meaning, name)
        # words without a node stand in the figure's own clause
        words = f"own clause: {decision.text}" if decision.how == "named" else decision.text
        yield name, decision.code, decision.how, words
    grade, least_sure = sureness(meaning)
    counted = "; it enters no indicator" if grade == "assumed" else ""
    yield "sureness", "", grade, f"as {' and '.join(least_sure)}{counted}" if least_sure else ""
    if meaning.item:
        yield "item", meaning.item, "", "its table has others about the same; it does not speak for its region"
    if meaning.group is not None:
        yield "group", meaning.group.words, "", f"{meaning.group.listed} of its members are named"


def _words(words: str | None, otherwise: str) -> str:
    return f"“{words}”" if words else otherwise


def _style(figure: Figure) -> str:
    return _STYLES.get(figure.role, _STATEMENT)


def _legend() -> Text:
    legend = Text("figures: ")
    for name in ("level", "per_unit", "target", "change"):
        legend.append(name, style=_STYLES[name]).append(" ")
    legend.append("share, rate …", style=_STATEMENT).append("   ").append("no figure", style=_OTHER).append(" ")
    return legend.append("not read", style=_UNREAD).append("\n")


def _marked(document: Document, reading: Reading, start: int, end: int, figures: list[Figure]) -> Text:
    text = Text(document.text[start:end])
    for number in reading.non_figures:
        at = number.locator.start
        if at is not None and number.locator.end is not None and start <= at < end:
            text.stylize(_UNREAD if number.reason == "unread" else _OTHER, at - start, number.locator.end - start)
    for figure in figures:
        if figure.locator.start is not None and figure.locator.end is not None:
            text.stylize(f"reverse {_style(figure)}", figure.locator.start - start, figure.locator.end - start)
    return text


def _reading(figure: Figure, meaning: Meaning) -> Text:
    line = Text(f"  {figure.figure_id:>4}  ")
    line.append(figure.text, style=_style(figure))
    line.append(f"  = {plain(figure.value)} {figure.unit}")
    parts = [figure.qualifier if figure.qualifier != "exact" else "", figure.role]
    parts += [code for code in (meaning.program.code, meaning.source.code) if code != "unknown"]
    parts.append(printed_period(meaning.period.code))
    if figure.parent is not None:
        parts.append(f"{figure.link} {figure.parent}")
    return line.append("  " + " · ".join(part for part in parts if part), style="dim")
