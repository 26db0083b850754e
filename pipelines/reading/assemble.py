"""Builds a canonical text from parts that a format delivers one by one, with each part's block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from pipelines.reading.announced import announcement
from pipelines.reading.blanks import closed_up
from pipelines.reading.document import TextBlock
from pipelines.reading.text import read_text

Part = tuple[str, Literal["heading", "paragraph"]]


class Assembler:
    """Collects titles, headings and paragraphs; each becomes one block on a line of its own."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tabled = 0  # parts above the last table
        self._section = ""
        self.blocks: list[TextBlock] = []

    def add(self, text: str, kind: Literal["heading", "paragraph", "furniture"]) -> None:
        """Adds one part; the first heading is the document's title, blank parts are left out."""
        text = closed_up(text.strip())
        if not text:
            return
        block_kind: Literal["title", "heading", "paragraph", "furniture"] = kind
        if kind == "heading" and not any(block.kind == "title" for block in self.blocks):
            block_kind = "title"
        elif kind == "heading":
            self._section = text.strip("【】 ")
        start = self._length
        self._parts.append(text)
        self._length += len(text) + 1
        self.blocks.append(TextBlock(start, start + len(text), block_kind, self._section))

    def announcement(self) -> str:
        """What announces a table that follows the part added last."""
        found = announcement(self._parts, self._tabled)
        self._tabled = len(self._parts)
        return found

    @property
    def text(self) -> str:
        """All parts, one per line."""
        return "\n".join(self._parts)


def assembled(parts: Sequence[Part]) -> tuple[str, tuple[TextBlock, ...]]:
    """Text and blocks of a document whose layout tells its headings.

    Where it tells at most one, which is the title if it comes first, headings are found in the words as in plain text.
    """
    parts = [(text.strip(), kind) for text, kind in parts if text.strip()]
    if sum(kind == "heading" for _, kind in parts) <= 1:
        titled = bool(parts) and parts[0][1] == "heading"
        return read_text("\n".join(closed_up(text) for text, _ in parts), titled=titled)
    out = Assembler()
    for text, kind in parts:
        heading, bracket, rest = text.partition("】")
        if kind == "paragraph" and bracket and heading.startswith("【"):
            out.add(heading + bracket, "heading")
            text = rest
        out.add(text, kind)
    return out.text, tuple(out.blocks)


def joined(texts: Iterable[tuple[str, str, tuple[TextBlock, ...]]]) -> tuple[str, tuple[TextBlock, ...]]:
    """Several named texts as one, each under its name as section; only the first keeps its title."""
    whole = ""
    blocks: list[TextBlock] = []
    for name, text, own in texts:
        if not text:
            continue
        start = len(whole) + 1 if whole else 0
        for block in own:
            section = f"{name} > {block.section}" if block.section else name
            later = block.kind == "title" and blocks
            blocks.append(
                replace(
                    block,
                    start=block.start + start,
                    end=block.end + start,
                    section=section,
                    kind="heading" if later else block.kind,
                )
            )
        whole = f"{whole}\n{text}" if whole else text
    return whole, tuple(blocks)
