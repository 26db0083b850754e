"""Plain text: the first line is the title, a line that begins with 【…】 begins a section."""

from __future__ import annotations

import re

from pipelines.reading.document import TextBlock

_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"\s*【([^】\n]*)】")


def read_text(text: str) -> tuple[str, tuple[TextBlock, ...]]:
    """The text as it is and its blocks, one per line; text after a heading in its line is a paragraph of its own.

    Returns:
        Canonical text; blocks that cover every non-blank character once, in order.
    """
    blocks: list[TextBlock] = []
    section = ""
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        start, end = line.span()
        heading = _HEADING.match(text, start, end)
        if heading:
            section = heading.group(1).strip()
            blocks.append(TextBlock(start, heading.end(), "heading", section))
            start = heading.end()
        elif not blocks:
            blocks.append(TextBlock(start, end, "title", ""))
            continue
        if text[start:end].strip():
            blocks.append(TextBlock(start, end, "paragraph", section))
    return text, tuple(blocks)
