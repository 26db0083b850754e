"""Joins the lines of a text that was broken at a width, as mail programs, editors and copies of printed pages do."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from pipelines.patterns import regex
from pipelines.reading.blanks import closed_up
from pipelines.reading.emphasis import without_emphasis
from pipelines.reading.formulas import without_formulas

HANZI = regex(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
# a line that begins with one of these begins something of its own
_BEGINS = regex(
    r"[ \t\u3000]{2,}|\s*(?:【|[#|>=~`]|[-–—*•●■◆▪·○◦]\s?|[一二三四五六七八九十]{1,3}[、.]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节篇条部]|\d{1,3}(?:\.\d{1,2})*[.．、)）](?!\d)|[A-Za-z][.)]\s|[IVX]{1,5}[.)]\s|\|)"
)
_ENDS = regex(r"[.。!！?？:：;；…|][\"”’」』）)\]*_]*$")
# a line that ends so has not ended what it says
_OPEN_END = regex(
    r"(?:[,，、\-–—(（]|\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|per|than|as|is|are|was|were|been|be|has|have"
    r"|had|which|that|this|these|its|their|under|over|about|into|during|between|more|less|nearly|Rs|No))$",
    re.IGNORECASE,
)
_GOES_ON = regex(r"[a-z]")
# wide blanks between words in small letters, as in a line that was set to both edges
_JUSTIFIED = regex(r"(?<=[a-z,.;]) {2,}(?=[a-z(])")
_WIDE = regex(r"(?<=[^\s\d]) {2,}(?=\S)|(?<=\d) {2,}(?=[^\s\d])")  # two numbers stay apart
_GAPS = 3  # of them in a line that is no row of a table
_LEAST, _MOST = 44, 132  # columns at which a text is broken; Chinese characters take up two
_TOLERANCE = 0.82  # letters are not equally wide, and a copied page tells only how many there were
_SURE = 0.3  # of the pairs that may go on, so many must do so by their words


def prose(text: str) -> str:
    """A text as it would be printed: its lines joined, and without the signs of emphasis and formulas."""
    lines = without_emphasis(without_formulas(unwrapped(text))).split("\n")
    return "\n".join(map(closed_up, lines))


def unwrapped(text: str) -> str:
    """A text with the lines joined that were broken at a width, and single blanks where lines were set to both edges.

    Lines go on where the next word would have found no room; a few words behind a sentence are a heading. A text is
    broken at a width where many lines stop in the middle of a phrase, and none is much longer than they.
    """
    lines = [_WIDE.sub(" ", line) if len(_JUSTIFIED.findall(line)) >= _GAPS else line for line in text.split("\n")]
    text = "\n".join(lines)
    if len(lines) < 2:
        return text
    lines = _without_indent(lines)
    widths = [_width(line) for line in lines]
    broken = [
        place
        for place, (line, after) in enumerate(pairwise(lines))
        if line.strip() and after.strip() and not _apart(line, after)
    ]
    open_ones = [place for place in broken if not _ENDS.search(lines[place].rstrip())]
    if not open_ones:
        return text
    inner = sorted(widths[place] for place in open_ones)
    width = inner[int(0.9 * (len(inner) - 1))]
    if not _LEAST <= width <= _MOST or sum(w > 1.25 * width for w in widths) > 0.1 * len(inner):
        return text
    full = {place for place in broken if widths[place] + _first_word(lines[place + 1]) >= _TOLERANCE * width}
    ended = full.difference(open_ones)
    full -= {place for place in ended if place + 1 not in full and not _ENDS.search(lines[place + 1].rstrip())}
    tried = full.intersection(open_ones)
    sure = [place for place in tried if _goes_on(lines[place], lines[place + 1], widths[place], width)]
    if not tried or len(sure) < _SURE * len(tried):
        return text
    return _joined(lines, full | {place for place in open_ones if _GOES_ON.match(lines[place + 1].lstrip())})


def _without_indent(lines: list[str]) -> list[str]:
    """Lines without the indent of most that go on, which tells no paragraph as that of first lines does."""
    open_ones = (pair for pair in pairwise(lines) if all(map(str.strip, pair)) and not _ENDS.search(pair[0].rstrip()))
    indents = [_indent(after) for _, after in open_ones]
    [(usual, count)] = Counter(indents).most_common(1) or [(0, 0)]
    if usual < _INDENTED or 2 * count <= len(indents):
        return lines
    return [line[usual:] if _indent(line) == usual else line for line in lines]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\u3000"))


_INDENTED = 2  # blanks: with one a line was only broken badly


def _apart(line: str, after: str) -> bool:
    """Whether a line begins something of its own, or the one before it cannot go on: a row of a table, a heading."""
    return _BEGINS.match(after) is not None or line.lstrip()[:1] in "#|【" or (line.strip().isupper() and " " in line)


def _goes_on(line: str, after: str, own: int, width: int) -> bool:
    """Whether the words on both sides of a break belong together; Chinese lines that are exactly full do."""
    line, after = line.rstrip(), after.lstrip()
    if HANZI.match(line[-1]) and HANZI.match(after):
        return abs(width - own) <= 2
    return _GOES_ON.match(after) is not None or _OPEN_END.search(line) is not None


def _width(line: str) -> int:
    line = line.rstrip()
    return len(line) + len(HANZI.findall(line))


def _first_word(line: str) -> int:
    word = line.split(None, 1)[0]
    return 2 if HANZI.match(word) else len(word) + 1


def _joined(lines: list[str], going_on: set[int]) -> str:
    chinese = 2 * sum(len(HANZI.findall(line)) for line in lines) > sum(map(len, lines))
    parts = [lines[0]]
    for place, line in enumerate(lines[1:]):
        if place not in going_on:
            parts += ["\n", line]
            continue
        above, line = parts[-1].rstrip(), line.strip()
        broken_word = above[-1] == "-" and above[-2:-1].isalpha() and line[0].islower()
        glued = broken_word or spaceless(above[-1], line[0], chinese=chinese)
        parts[-1:] = [above, "" if glued else " ", line]
    return "".join(parts)


def spaceless(last: str, first: str, *, chinese: bool = False) -> bool:
    """Whether nothing was printed between the ends of two lines; Chinese text is broken anywhere but within a word."""
    if HANZI.match(last) or HANZI.match(first):
        return True
    return chinese and not (last.isascii() and last.isalpha() and first.isalpha())
