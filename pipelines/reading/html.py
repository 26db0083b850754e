"""HTML: headings, paragraphs and list items as text, tables with their spans; scripts and styles are left out."""

from __future__ import annotations

import re
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.assemble import Assembler
from pipelines.reading.decoding import canonical, decode
from pipelines.reading.document import Cell, Content, Table

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEFT_OUT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"}
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TRUSTED_CHARSET = re.compile(r"gb18030|big5|windows-125[0-8]|cp125[0-8]|koi8-[ru]|iso-8859-(?:2|5|7|8|9|13|15)")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MAX_SPAN = 1000


def read_html(data: bytes, report_id: str) -> Content:
    """Text and tables of a page.

    Args:
        data: the file.
        report_id: named in errors.

    Returns:
        Canonical text with one block per heading, paragraph or list item; tables with spans.

    Raises:
        ReportError: no HTML in the file, or nothing readable in it.
    """
    from lxml import etree, html

    text = _decoded(data, report_id)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        # lxml refuses a text that declares its own encoding
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(report_id, f"is not readable as HTML: {' '.join(str(error).split())[:120]}") from error
    page = _Page()
    page.walk(root)
    page.flush()
    if not page.out.text and not page.tables:
        raise ReportError(report_id, "holds no text and no table")
    return Content(page.out.text, tuple(page.out.blocks), tuple(page.tables))


def _decoded(data: bytes, report_id: str) -> str:
    """By the declared charset, else by the ladder; Latin-1 and UTF-8 are declared too often to be believed."""
    declared = _META_CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        encoding = "gb18030" if name in ("gb2312", "gbk") else name
        if _TRUSTED_CHARSET.fullmatch(encoding):
            try:
                return canonical(data.decode(encoding))
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(data, report_id)


class _Page:
    """Walks the tree in document order and collects text and tables."""

    def __init__(self) -> None:
        self.out = Assembler()
        self.tables: list[Table] = []
        self._line: list[str] = []

    def walk(self, element: Any) -> None:  # noqa: ANN401 - lxml's element type is private
        stack: list[tuple[str, Any]] = [("open", element)]
        while stack:
            action, node = stack.pop()
            if action == "text":
                self._line.append(node)
            elif action == "heading":
                self.out.add(_squeezed("".join(node.itertext())), "heading")
            elif action == "table":
                self.flush()
                self._table(node)
            elif action == "flush":
                self.flush()
            else:
                self._open(node, stack)

    def _open(self, node: Any, stack: list[tuple[str, Any]]) -> None:  # noqa: ANN401
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _LEFT_OUT or not tag or _is_hidden(node):
            return
        if tag in _HEADINGS:
            self.flush()
            stack.append(("heading", node))
            return
        # a table around tables lays out a page, it holds no data of its own
        if tag == "table" and node.find(".//table") is None:
            stack.append(("table", node))
            return
        block = tag not in _INLINE
        if block:
            self.flush()
            stack.append(("flush", None))
        following: list[tuple[str, Any]] = [("text", node.text)] if node.text else []
        for child in node:
            following.append(("open", child))
            if child.tail:
                following.append(("text", child.tail))
        stack.extend(reversed(following))

    def flush(self) -> None:
        """Ends the current line of inline text."""
        line = _squeezed("".join(self._line))
        self._line.clear()
        heading, bracket, rest = line.partition("】")
        if bracket and heading.startswith("【"):
            self.out.add(heading + bracket, "heading")
            line = rest
        self.out.add(line, "paragraph")

    def _table(self, table: Any) -> None:  # noqa: ANN401
        caption = table.find("caption")
        name = _squeezed("".join(caption.itertext())) if caption is not None else self.out.last
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for row, tr in enumerate(tr for tr in table.iter("tr") if not _is_hidden(tr)):
            column = 0
            for cell in tr:
                if cell.tag not in ("td", "th") or _is_hidden(cell):
                    continue
                while (row, column) in taken:
                    column += 1
                rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
                if rows * columns <= _MAX_SPAN:
                    taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
                shown = _squeezed(" ".join(cell.itertext()))
                if shown:
                    cells.append(Cell(row, column, shown, rows, columns))
                column += columns
        if cells:
            self.tables.append(Table(f"table {len(self.tables) + 1}", name if len(name) <= 200 else "", tuple(cells)))


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def _span(cell: Any, name: str) -> int:  # noqa: ANN401
    printed = (cell.get(name) or "1").strip()
    return min(max(int(printed), 1), _MAX_SPAN) if printed.isdecimal() and len(printed) < 6 else 1


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
