"""Long lists: the first rows in the page, all of them in a script of plain data that is searched where it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pipelines.publishing.site.render import visible

if TYPE_CHECKING:
    from markupsafe import Markup

# rows that a page holds itself, and bytes of one script
FIRST_ROWS = 150
_SCRIPT = 300_000
_LONGEST = 400
# bytes that no part of a list has
_WHOLE = 10**9
# rows that are written out at once, as one line of a script
_ROWS, _LINE = 20, ",\n"
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Cell(NamedTuple):
    """One cell of a list.

    Attributes:
        text: what it says.
        href: where it leads, from the folder of its language.
        sort: what it is ordered by; its text where there is none.
        kind: class of its looks.
        lang: language of its text where it is not the page's.
    """

    text: str
    href: str = ""
    sort: float | None = None
    kind: str = ""
    lang: str = ""

    @property
    def shown(self) -> str:
        """Its text, cut where it is too long for a list, with signs that cannot be seen named."""
        return visible(self.text if len(self.text) <= _LONGEST else f"{self.text[:_LONGEST]} …")


class Column(NamedTuple):
    """One column; `facet` names the choice among its values, empty for none."""

    label: str
    facet: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be searched, filtered and sorted.

    Attributes:
        name: of its scripts.
        caption: what it lists.
        columns: its columns.
        rows: cells, one per column; where it is not whole, those that the page holds.
        is_whole: whether there are no rows but these; if not, scripts made apart have all of them.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    is_whole: bool = True

    @property
    def first(self) -> Sequence[tuple[Cell, ...]]:
        """The rows that stand in the page."""
        return self.rows[:FIRST_ROWS]

    def choices(self, column: int) -> list[str]:
        """The values of a column, in the order in which they come first."""
        return list(dict.fromkeys(row[column].shown for row in self.rows if row[column].text))

    def body(self, root: str) -> Markup:
        """The rows that stand in the page as markup, which a template takes five times as long for.

        Args:
            root: from the page to the folder of its language.
        """
        from markupsafe import Markup

        labels = [f' data-label="{escape(visible(column.label))}">' for column in self.columns]
        rows = ("".join(map(_data_cell, row, labels, [root] * len(row))) for row in self.first)
        return Markup("".join(f"<tr>{cells}</tr>\n" for cells in rows))  # noqa: S704 - all texts are escaped


def scripts(name: str, rows: Iterable[tuple[Cell, ...]], most: int = _SCRIPT) -> list[str]:
    """Rows of a list as calls of a function of the site; each script is light enough for a page."""
    return calls("fupinRows", name, ([_packed(cell) for cell in row] for row in rows), most)


def one_script(name: str, rows: Iterable[tuple[Cell, ...]]) -> str:
    """Some rows of a list as one script, whatever it weighs."""
    return scripts(name, rows, _WHOLE)[0]


def calls(function: str, name: str, rows: Iterable[object], most: int = _SCRIPT) -> list[str]:
    """Rows as calls of a function of the site.

    Args:
        function: that takes the name and rows.
        name: what the rows belong to.
        rows: plain data.
        most: bytes of one script.
    """
    found: list[list[str]] = []
    lines: list[str] = []
    size, left = 0, iter(rows)
    while some := list(islice(left, _ROWS)):
        line = _written(some)[1:-1]
        weight = len(line.encode("utf-8", "replace"))
        if size + weight > most and lines:
            found.append(lines)
            lines, size = [], 0
        lines.append(line)
        size += weight
    found.append(lines)
    return [f"{function}({safe(json.dumps(name))},[\n{safe(_LINE.join(part))}\n]);\n" for part in found]


def safe(text: str) -> str:
    """A script in which nothing looks like markup or ends a line of older scripts."""
    # a script is read as a script only, but what looks like markup is kept out of it all the same; the separators of
    # lines and paragraphs end a line of older scripts
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _packed(cell: Cell) -> list[object]:
    """A cell without what is empty at its end."""
    _, href, sort, kind, lang = cell
    if lang:
        return [cell.shown, href, sort, kind, lang]
    if kind:
        return [cell.shown, href, sort, kind]
    if sort is not None:
        return [cell.shown, href, sort]
    return [cell.shown, href] if href else [cell.shown]


def _data_cell(cell: Cell, label: str, root: str) -> str:
    _, href, _, kind, lang = cell
    shown = f"<bdi>{escape(cell.shown)}</bdi>"
    if href:
        shown = f'<a href="{escape(root + href)}">{shown}</a>'
    looks = f' class="{escape(kind)}"' if kind else ""
    tongue = f' lang="{escape(lang)}"' if lang else ""
    return f"<td{looks}{tongue}{label}{shown}</td>"
