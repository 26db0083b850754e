"""Word documents (.docx): headings, paragraphs and tables in the order of the document, with footnotes at its end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipelines.errors import ReportError
from pipelines.reading.assemble import Part, assembled
from pipelines.reading.damage import parsing
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Cell, Content, Table
from pipelines.reading.formats import DOCX

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# wrappers whose content is shown as if they were not there: fields to fill in, tracked insertions
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
# properties, tracked deletions, what stands elsewhere, and the second copy of a drawing
_SKIPPED = frozenset(
    {*(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "rPr", "pPr", "sdtPr", "instrText")), _FALLBACK}
)
_BREAKS = frozenset(f"{_W}{name}" for name in ("br", "cr", "tab", "ptab"))
_HEADING = re.compile(r"heading \d|title", re.IGNORECASE)
_CAPTION_LENGTH = 200
_MAX_SPAN = 1000


def read_word(data: bytes, report_id: str) -> Content:
    """Text and tables of a Word document; headers and footers, deleted and hidden text are left out.

    Returns:
        Canonical text with headings by their style, or by their words where no style marks them; tables with spans,
        nested ones behind the table around them.

    Raises:
        ReportError: a damaged document, or nothing readable in it.
    """
    import docx

    with parsing(report_id, DOCX):
        document = docx.Document(io.BytesIO(data))
        walk = _Walk(document)
        walk.blocks(document.element.body)
        for name in ("footnotes", "endnotes"):
            walk.notes(name)
    if not walk.parts and not walk.tables:
        raise ReportError(report_id, "holds no text and no table")
    text, blocks = assembled(walk.parts)
    return Content(text, blocks, tuple(walk.tables))


class _Walk:
    """Goes through the document in order and collects paragraphs and tables."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._headings: dict[str, bool] = {}
        self.parts: list[Part] = []
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
                        self.parts.append((" ".join(_lines(note)), "paragraph"))

    def _paragraph(self, paragraph: Any) -> None:  # noqa: ANN401
        text = _text(paragraph)
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
        style = next((known for known in self._document.styles if known.style_id == style_id), None)
        for _ in range(20):
            if style is None:
                return False
            if _HEADING.fullmatch(style.name or "") or style.element.find(f"{_W}pPr/{_W}outlineLvl") is not None:
                return True
            style = getattr(style, "base_style", None)
        return False

    def _table(self, table: Any) -> None:  # noqa: ANN401
        caption = canonical(self.parts[-1][0]) if self.parts else ""
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
                    found.append((row, column, canonical(" ".join(_lines(cell))), 1, width))
                nested += [inner for inner in cell.iter(f"{_W}tbl") if next(inner.iterancestors(f"{_W}tc")) is cell]
                column += width
        cells = tuple(Cell(*values) for values in found if values[2])
        if cells:
            name = f"table {len(self.tables) + 1}"
            self.tables.append(Table(name, caption if len(caption) <= _CAPTION_LENGTH else "", cells))
        for inner in nested:
            self._table(inner)


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


def _lines(parent: Any) -> Iterator[str]:  # noqa: ANN401
    """The paragraphs of a cell or note, without those of tables in it."""
    for paragraph in _inner(parent, f"{_W}p"):
        if text := _text(paragraph):
            yield text


def _text(paragraph: Any) -> str:  # noqa: ANN401
    """The shown text of a paragraph on one line."""
    found: list[str] = []
    _collect(paragraph, found)
    return canonical(re.sub(r"\s+", " ", "".join(found))).strip()


def _collect(node: Any, found: list[str]) -> None:  # noqa: ANN401
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            found.append(child.text or "")
        elif child.tag in _BREAKS:
            found.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            found.append("-")
        elif child.tag != f"{_W}r" or child.find(f"{_W}rPr/{_W}vanish") is None:
            _collect(child, found)
