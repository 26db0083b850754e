"""Word documents (.docx): headings, paragraphs and tables in the order of the document, with footnotes at its end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.announced import announcement
from pipelines.reading.assemble import Part, assembled
from pipelines.reading.cell_text import cell_text
from pipelines.reading.cells import Cell, Cells
from pipelines.reading.damage import parsing
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Content, Table
from pipelines.reading.formats import DOCX
from pipelines.reading.raised import joined

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# wrappers whose content is shown as if they were not there: fields to fill in, tracked insertions
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
# properties, tracked deletions, what stands elsewhere, how a character is spoken, and the second copy of a drawing
_SKIPPED = frozenset(
    {
        *(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "rPr", "pPr", "sdtPr", "instrText", "rt")),
        _FALLBACK,
    }
)
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}noBreakHyphen": "-"}
_EQUATIONS = frozenset({f"{_M}oMath", f"{_M}oMathPara"})
# half points from which a run stands visibly above its line
_RAISED = 4
# characters of the font Symbol that change a number; it is addressed from F000 on
_SYMBOLS = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xBB: "≈", 0xB8: "÷"}
_HEADING = regex(r"heading \d|title", re.IGNORECASE)
_MAX_SPAN = 1000


def read_word(data: bytes, report_id: str) -> Content:
    """Text and tables of a Word document; headers and footers, deleted and hidden text are left out.

    Returns:
        Canonical text with headings by their style, or by their words where no style marks them; tables with spans,
        nested ones behind the table around them. `unread` names equations.

    Raises:
        ReportError: a damaged document, or nothing readable in it.
    """
    import docx

    with parsing(report_id, DOCX):
        document = docx.Document(io.BytesIO(data))
        if document.element.getroottree().docinfo.doctype:
            # entities are not resolved, and what they stand for would be missing
            raise ReportError(report_id, "its XML declares a document type")
        walk = _Walk(document)
        walk.blocks(document.element.body)
        for name in ("footnotes", "endnotes"):
            walk.notes(name)
    if not walk.parts and not walk.tables:
        raise ReportError(report_id, "holds no text and no table")
    text, blocks = assembled(walk.parts)
    return Content(text, blocks, tuple(walk.tables), tuple(walk.unread))


class _Walk:
    """Goes through the document in order and collects paragraphs and tables."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._headings: dict[str, bool] = {}
        self._raised_styles: dict[str, bool] = {}
        self.unread: list[str] = []
        self.parts: list[Part] = []
        self._tabled = 0  # parts above the last table
        self.tables: list[Table] = []

    def blocks(self, parent: Any) -> None:  # noqa: ANN401 - lxml's element
        """Paragraphs and tables below an element."""
        for node in parent:
            if node.tag == f"{_W}p":
                self._paragraph(node)
            elif node.tag == f"{_W}tbl":
                self._table(node)
            elif node.tag in _WRAPPERS:
                self.blocks(node)

    def notes(self, name: str) -> None:
        """The notes below or behind the text, each a paragraph."""
        from lxml import etree

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{name}") and not relation.is_external:
                root = etree.fromstring(
                    relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True)
                )
                for note in root:
                    # notes with a type are the lines that separate notes from text
                    if note.get(f"{_W}type") is None:
                        self.parts.append((" ".join(self._lines(note)), "paragraph"))

    def _paragraph(self, paragraph: Any) -> None:  # noqa: ANN401
        text = _on_one_line(self._text(paragraph))
        if text:
            self.parts.append((text, "heading" if self._is_heading(paragraph) else "paragraph"))
        for box in paragraph.iter(f"{_W}txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None:
                self.blocks(box)

    def _is_heading(self, paragraph: Any) -> bool:  # noqa: ANN401
        if paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            return True
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else ""
        if name not in self._headings:
            self._headings[name] = bool(name) and self._is_heading_style(name)
        return self._headings[name]

    def _is_heading_style(self, style_id: str) -> bool:
        """Whether a style, or one that it is based on, is one of headings or of the title."""
        return any(
            _HEADING.fullmatch(style.name or "") or style.element.find(f"{_W}pPr/{_W}outlineLvl") is not None
            for style in self._styles(style_id)
        )

    def _styles(self, style_id: str) -> Iterator[Any]:
        """A style and those that it is based on; damaged files base styles on each other."""
        style: Any = next((known for known in self._document.styles if known.style_id == style_id), None)
        for _ in range(20):
            if style is None:
                return
            yield style
            style = getattr(style, "base_style", None)

    def _table(self, table: Any) -> None:  # noqa: ANN401
        caption = announcement([canonical(text) for text, _ in self.parts], self._tabled)
        self._tabled = len(self.parts)
        starts: dict[int, int] = {}  # column → place in `found` of the cell that a merge down began with
        found: list[tuple[int, int, str, int, int]] = []
        nested: list[Any] = []
        for row, line in enumerate(_rows(table)):
            before = line.find(f"{_W}trPr/{_W}gridBefore")
            column = int(before.get(f"{_W}val", "0")) if before is not None else 0
            for cell in _inner(line, f"{_W}tc"):
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                width = min(max(int(span.get(f"{_W}val", "1")), 1), _MAX_SPAN) if span is not None else 1
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and merge.get(f"{_W}val") != "restart" and column in starts:
                    at, left, text, rows, columns = found[starts[column]]
                    found[starts[column]] = (at, left, text, rows + 1, columns)
                else:
                    starts[column] = len(found)
                    found.append((row, column, cell_text("\n".join(self._lines(cell))), 1, width))
                nested += [inner for inner in cell.iter(f"{_W}tbl") if next(inner.iterancestors(f"{_W}tc")) is cell]
                column += width
        cells = Cells.of(Cell(*values) for values in found if values[2])
        if cells:
            name = f"table {len(self.tables) + 1}"
            self.tables.append(Table(name, caption, cells))
        for inner in nested:
            self._table(inner)

    def _lines(self, parent: Any) -> Iterator[str]:  # noqa: ANN401
        """The paragraphs of a cell or note, without those of tables in it."""
        for paragraph in _inner(parent, f"{_W}p"):
            if text := self._text(paragraph).strip():
                yield text

    def _text(self, paragraph: Any) -> str:  # noqa: ANN401
        """The shown text of a paragraph, in which a break is a newline."""
        found: list[tuple[str, bool]] = []
        equations: list[str] = []
        self._collect(paragraph, found, equations, raised=False)
        text = joined(found)
        around = _on_one_line(text)[:60]
        self.unread += [f"an equation (“{shown[:60]}”) in “{around}”" for shown in equations]
        return text

    def _collect(self, node: Any, found: list[tuple[str, bool]], equations: list[str], *, raised: bool) -> None:  # noqa: ANN401
        for child in node:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{_W}t":
                # line breaks in the file's own text are blanks
                found.append((re.sub(r"\s", " ", child.text or ""), raised))
            elif child.tag in _SIGNS:
                found.append((_SIGNS[child.tag], False))
            elif child.tag == f"{_W}sym":
                found.append((_symbol(child), raised))
            elif child.tag in _EQUATIONS:
                # the parts of an equation in one line would be another number
                equations.append(" ".join("".join(part.text or "" for part in child.iter(f"{_M}t")).split()))
                found.append((" ", False))
            elif child.tag != f"{_W}r":
                self._collect(child, found, equations, raised=raised)
            elif child.find(f"{_W}rPr/{_W}vanish") is None:
                self._collect(child, found, equations, raised=self._is_raised(child))

    def _is_raised(self, run: Any) -> bool:  # noqa: ANN401
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return False
        own = _raises(properties)
        style = properties.find(f"{_W}rStyle")
        if own is not None or style is None:
            return bool(own)
        name = style.get(f"{_W}val", "")
        if name not in self._raised_styles:
            said = (_raises(found) for known in self._styles(name) for found in known.element.iterfind(f"{_W}rPr"))
            self._raised_styles[name] = next((high for high in said if high is not None), False)
        return self._raised_styles[name]


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401
    """Rows of a table, without those whose deletion is tracked."""
    for row in _inner(table, f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:
            yield row


def _inner(parent: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _inner(node, tag)


def _on_one_line(text: str) -> str:
    return canonical(re.sub(r"\s+", " ", text)).strip()


def _raises(properties: Any) -> bool | None:  # noqa: ANN401
    """Whether properties of a run raise it; None where they do not say."""
    high, place = properties.find(f"{_W}vertAlign"), properties.find(f"{_W}position")
    if high is not None:
        return bool(high.get(f"{_W}val") == "superscript")
    if place is None:
        return None
    by = place.get(f"{_W}val", "0")
    return by.isdecimal() and int(by) >= _RAISED


def _symbol(node: Any) -> str:  # noqa: ANN401
    """A character by its number in a font; one of numbers that is not known must not be left out unseen."""
    code = int(node.get(f"{_W}char", "0"), 16) & 0xFF
    if node.get(f"{_W}font") != "Symbol":
        return " "
    return _SYMBOLS.get(code) or (chr(code) if 0x20 < code < 0x40 else "\ufffd")
