"""Builds a canonical text from parts that a format delivers one by one, with each part's block."""

from __future__ import annotations

from typing import Literal

from pipelines.reading.document import TextBlock


class Assembler:
    """Collects titles, headings and paragraphs; each becomes one block on a line of its own."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._section = ""
        self.blocks: list[TextBlock] = []

    def add(self, text: str, kind: Literal["heading", "paragraph"]) -> None:
        """Adds one part; the first heading is the document's title, blank parts are left out."""
        text = text.strip()
        if not text:
            return
        block_kind: Literal["title", "heading", "paragraph"] = kind
        if kind == "heading" and not any(block.kind == "title" for block in self.blocks):
            block_kind = "title"
        elif kind == "heading":
            self._section = text.strip("【】 ")
        start = self._length
        self._parts.append(text)
        self._length += len(text) + 1
        self.blocks.append(TextBlock(start, start + len(text), block_kind, self._section))

    @property
    def last(self) -> str:
        """The part added last, which announces a table that follows it."""
        return self._parts[-1] if self._parts else ""

    @property
    def text(self) -> str:
        """All parts, one per line."""
        return "\n".join(self._parts)
