"""Characters of a PDF's page as printed lines, with raised characters told by their size and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from pipelines.patterns import regex
from pipelines.reading.decoding import canonical
from pipelines.reading.raised import joined

# a gap that no word space reaches, in heights of a line
_COLUMN_GAP = 0.8
# the size of a raised character, and by how much its foot is higher, as shares of its neighbour's height
_SMALLER, _RAISED_BY = 0.9, 0.2
_AMOUNT = regex(r"[-−+(（]?\s*[¥￥$€]?\s*\d[\d,.' ]*\s*%?\s*[一-鿿a-zA-Z*]{0,4}\s*[)）]?|[-–—…]+|n/?a", re.IGNORECASE)
LONGEST_AMOUNT = 40


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character and its box in points, from the top left corner of the page as shown.

    `exact` tells that the box is that of its font, from descent to ascent, and not that of the ink.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    exact: bool = True

    @property
    def height(self) -> float:
        """In step with the font's size, where the box is exact."""
        return self.bottom - self.top


@dataclass(slots=True)
class Line:
    """A printed line.

    `words` are its stretches between wide gaps, with their left and right ends; `column` counts the groups of lines on
    its page that are read one after the other.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    words: list[tuple[float, float, str]]
    column: int = 0

    @property
    def size(self) -> float:
        """Height of the line, in step with its font's size."""
        return self.bottom - self.top


def lines_of(glyphs: list[Glyph], page: int) -> list[Line]:
    """Characters as lines: broken where the file breaks them, and where the next one stands higher or lower."""
    lines: list[Line] = []
    current: list[Glyph] = []

    def end() -> None:
        printed = [glyph for glyph in current if glyph.text.strip()]
        if printed:
            lines.append(_line(printed, current, page))
        current.clear()

    last: Glyph | None = None
    broken = False
    for glyph in glyphs:
        if glyph.text == "\n":
            broken = True
            continue
        if last is not None and (broken or glyph.text.strip()):
            shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
            apart = shared < 0.3 * min(last.height, glyph.height)
            if apart or (broken and not _goes_on(last, glyph)):
                end()
                last = None
        broken = False
        current.append(glyph)
        last = glyph if glyph.text.strip() else last
    end()
    return lines


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a line goes on over a break: the parser breaks lines before and behind raised and lowered characters."""
    larger = max(last.height, glyph.height)
    return min(last.height, glyph.height) < _SMALLER * larger and -0.3 < (glyph.left - last.right) / larger < 0.5


def _line(printed: list[Glyph], glyphs: list[Glyph], page: int) -> Line:
    height = median(glyph.height for glyph in printed)
    words: list[list[Glyph]] = [[]]
    previous: Glyph | None = None
    for glyph in glyphs:
        if glyph.text.strip() and previous is not None and glyph.left - previous.right > _COLUMN_GAP * height:
            words.append([])
        words[-1].append(glyph)
        previous = glyph if glyph.text.strip() else previous
    texts = [canonical(re.sub(r"\s+", " ", joined(_pieces(word)))).strip() for word in words]
    # raised and lowered characters make no line higher
    usual = [glyph for glyph in printed if glyph.height >= _SMALLER * height]
    return Line(
        # letters that stand far apart are words, whether or not the file has a space between them
        " ".join(texts).strip(),
        min(glyph.left for glyph in printed),
        min(glyph.top for glyph in usual),
        max(glyph.right for glyph in printed),
        max(glyph.bottom for glyph in usual),
        page,
        [(group[0].left, group[-1].right, text) for group, text in zip(words, texts, strict=True)],
    )


def _pieces(glyphs: list[Glyph]) -> Iterator[tuple[str, bool]]:
    """Characters with whether each is raised: smaller than the one before it, and with its foot higher."""
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    # a mark may stand before the first word of its note
    base = max(printed[:4], key=lambda glyph: glyph.height, default=None)
    for glyph in glyphs:
        high = (
            base is not None
            and glyph.exact
            and glyph.height < _SMALLER * base.height
            and base.bottom - glyph.bottom > _RAISED_BY * base.height
        )
        if glyph.text.strip() and not high:
            base = glyph if base is None or glyph.height >= _SMALLER * base.height else base
        yield glyph.text, high


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that stand side by side, from the top down."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def is_amount(text: str) -> bool:
    """Whether a stretch of a line is a number alone, with its sign and unit, or what stands for a missing one."""
    return len(text) <= LONGEST_AMOUNT and bool(_AMOUNT.fullmatch(text))
