"""HTML: headings, paragraphs and list items as text, tables with their spans; what a page does not show is left out."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pipelines.errors import ReportError, said
from pipelines.patterns import regex
from pipelines.reading.assemble import Assembler
from pipelines.reading.cell_text import cell_text
from pipelines.reading.cells import Cell, Cells
from pipelines.reading.decoding import canonical, decode
from pipelines.reading.document import Content, Table
from pipelines.reading.raised import joined

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# deleted text, and how a character is spoken, are no part of what is read
_LEFT_OUT = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "del", "s", "strike", "rt", "rp"}
)
# every other element, known or not, stands in the line
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup",
        "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
        "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
        *_HEADINGS,
    }
)  # fmt: skip
_META_CHARSET = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TRUSTED_CHARSET = regex(r"gb18030|big5|windows-125[0-8]|cp125[0-8]|koi8-[ru]|iso-8859-(?:2|5|7|8|9|13|15)")
_HIDDEN_STYLE = regex(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DELETED_STYLE = regex(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_BLOCK_STYLE = regex(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_RAISED_STYLE = regex(r"vertical-align\s*:\s*(?:super|\+?(?:[1-9]\d*|\d*\.\d+)(?:em|ex|px|pt|%))", re.IGNORECASE)
_STYLE_RULE = regex(r"([^{}]*)\{([^{}]*)\}")
_NO_TEXT = regex(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[a-z/!?](?>\"[^\"]*\"|'[^']*'|[^>])*>", re.IGNORECASE | re.DOTALL
)
_STOPPED = ("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY", "ERR_INTERNAL_ERROR")
_MAX_SPAN = 1000


class _Event(NamedTuple):
    """What comes next in a page: text of a line, the end of one, or an element that is looked at as a whole."""

    kind: str
    text: str = ""
    raised: bool = False
    element: Any = None


def read_html(data: bytes, report_id: str) -> Content:
    """Text and tables of a page.

    Args:
        data: the file.
        report_id: named in errors.

    Returns:
        Canonical text with one block per heading, paragraph or list item; tables with spans. `unread` names equations,
        and how many digits of the source the parser did not come to.

    Raises:
        ReportError: no HTML in the file, nothing readable in it, or elements in elements beyond the parser's limit.
    """
    from lxml import etree, html

    text = _decoded(data, report_id)
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        # lxml refuses a text that declares its own encoding
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(report_id, f"is not readable as HTML: {said(error)}") from error
    for entry in parser.error_log:
        # it says so and gives what it has read so far
        if entry.type_name in _STOPPED:
            cause = re.sub(r", use .*", "", entry.message)
            raise ReportError(report_id, f"cannot be read to its end: {cause}", f"line {entry.line}")
    page = _Page(_raised_classes(root))
    page.read(root)
    if not page.out.text and not page.tables:
        raise ReportError(report_id, "holds no text and no table")
    return Content(page.out.text, tuple(page.out.blocks), tuple(page.tables), (*page.unread, *_lost(text, root)))


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


def _raised_classes(root: Any) -> frozenset[str]:  # noqa: ANN401 - lxml's element type is private
    """Classes that the page's own styles raise."""
    rules = [rule for style in root.iter("style") for rule in _STYLE_RULE.findall(style.text or "")]
    return frozenset(
        name
        for selectors, declared in rules
        if _RAISED_STYLE.search(declared)
        for name in re.findall(r"\.([\w-]+)\s*(?:,|$)", selectors.strip())
    )


def _lost(text: str, root: Any) -> tuple[str, ...]:  # noqa: ANN401
    """A note where the source has more digits outside of its tags than the tree, found without the parser."""
    written = _digits(entities.unescape(_NO_TEXT.sub(" ", text)))
    arrived = _digits("".join(root.xpath("//text()[not(parent::script or parent::style)]")))
    return (f"{written - arrived:,} of {written:,} digits of the page",) if arrived < written else ()


def _digits(text: str) -> int:
    return sum(map(text.count, "0123456789"))


class _Page:
    """Goes through the tree in document order and collects text and tables."""

    def __init__(self, raised_classes: frozenset[str]) -> None:
        self.out = Assembler()
        self.tables: list[Table] = []
        self.unread: list[str] = []
        self._raised_classes = raised_classes
        self._line: list[tuple[str, bool]] = []

    def read(self, root: Any) -> None:  # noqa: ANN401
        """Reads the whole page."""
        for event in self._events(root, _stands_alone):
            if event.kind == "text":
                self._line.append((event.text, event.raised))
                continue
            self._flush()
            if event.kind == "element" and event.element.tag == "table":
                self._table(event.element)
            elif event.kind == "element" and event.element.tag not in _HEADINGS:
                self.out.add(self._text(event.element).replace("\n", " "), "furniture")
            elif event.kind == "element":
                self.out.add(self._text(event.element).replace("\n", " "), "heading")
        self._flush()

    def _events(self, root: Any, whole: Callable[[Any], bool]) -> Iterator[_Event]:  # noqa: ANN401
        """The shown parts below an element in order; pages nest deeper than Python calls itself."""
        stack: list[tuple[Any, bool, _Event | None]] = [(root, False, None)]
        while stack:
            node, raised, ready = stack.pop()
            if ready is not None:
                yield ready
                continue
            tag = node.tag if isinstance(node.tag, str) else ""
            if not tag or tag in _LEFT_OUT or _is_hidden(node):
                continue
            if tag == "math":
                # the parts of an equation in one line would be another number
                shown = " ".join("".join(node.itertext()).split())
                self.unread.append(f"an equation (“{shown[:60]}”)")
                yield _Event("text", " ")
                continue
            if whole(node):
                yield _Event("element", element=node)
                continue
            block = tag in _BLOCKS or bool(_BLOCK_STYLE.search(node.get("style") or ""))
            if block:
                yield _Event("break")
            raised = not block and tag != "sub" and (raised or self._raises(node, tag))
            following: list[tuple[Any, bool, _Event | None]] = []
            if node.text:
                following.append((None, raised, _Event("text", node.text, raised)))
            for child in node:
                following.append((child, raised, None))
                if child.tail:
                    following.append((None, raised, _Event("text", child.tail, raised)))
            if block:
                following.append((None, raised, _Event("break")))
            stack.extend(reversed(following))

    def _raises(self, node: Any, tag: str) -> bool:  # noqa: ANN401
        if tag == "sup" or _RAISED_STYLE.search(node.get("style") or ""):
            return True
        return bool(self._raised_classes) and not self._raised_classes.isdisjoint((node.get("class") or "").split())

    def _text(self, element: Any) -> str:  # noqa: ANN401
        """The shown text of a cell, a caption or a heading, with breaks as newlines."""
        if not len(element):
            return _squeezed(element.text or "")
        pieces = [
            ("\n", False) if event.kind == "break" else (re.sub(r"\s+", " ", event.text), event.raised)
            for event in self._events(element, lambda _: False)
        ]
        return re.sub(" +", " ", joined(pieces)).strip()

    def _flush(self) -> None:
        """Ends the current line of inline text."""
        line = _squeezed(joined(self._line))
        self._line.clear()
        heading, bracket, rest = line.partition("】")
        if bracket and heading.startswith("【"):
            self.out.add(heading + bracket, "heading")
            line = rest
        self.out.add(line, "paragraph")

    def _table(self, table: Any) -> None:  # noqa: ANN401
        caption = table.find("caption")
        above = self.out.announcement()
        name = _squeezed(self._text(caption)) if caption is not None else above
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
                shown = cell_text(self._text(cell))
                if shown:
                    cells.append(Cell(row, column, shown, rows, columns))
                column += columns
        if cells:
            self.tables.append(
                Table(f"table {len(self.tables) + 1}", name if len(name) <= 200 else "", Cells.of(cells))
            )


def _stands_alone(node: Any) -> bool:  # noqa: ANN401
    """Whether an element is a heading, furniture, or a table of data; one around other tables lays out a page."""
    return node.tag in _HEADINGS or (node.tag == "table" and node.find(".//table") is None) or _is_furniture(node)


def _is_furniture(node: Any) -> bool:  # noqa: ANN401
    """Whether an element holds links to other pages or the foot of this one, and no table or heading of its own."""
    named = node.tag in ("nav", "footer") or (node.get("role") or "") in ("navigation", "contentinfo")
    return named and not any(child.tag == "table" or child.tag in _HEADINGS for child in node.iter())


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    style = element.get("style") or ""
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(style) or _DELETED_STYLE.search(style))


def _span(cell: Any, name: str) -> int:  # noqa: ANN401
    printed = (cell.get(name) or "1").strip()
    return min(max(int(printed), 1), _MAX_SPAN) if printed.isdecimal() and len(printed) < 6 else 1


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
