"""Where the sentences of a text begin and end, looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from pipelines.figures.text.lexicon import lexicon
from pipelines.patterns import regex

_CLAUSE_END = regex(r"[;；,，、]")
_BLANK = regex(r"\s")
# a longer sentence is cut at a clause, so that no text makes the reader slower than linear
_LONGEST_SENTENCE = 2000


@lru_cache(maxsize=1)
def _sentence_end() -> re.Pattern[str]:
    whole = "".join(rf"(?<!\b{re.escape(word)})" for word in lexicon().words.cut_short)
    return re.compile(
        rf"(?=[.!?。！？\n])(?:(?<!\d){whole}[.!?][\"”’)]?(?=\s|$)"
        r"|(?<=\d)\.(?=\s+[A-Z\d“\"]|\s*$)|[。！？]|"
        r"\n(?![ \t]*[a-z])(?!(?<=[\d.]\n)[万亿千百元%个户人名县村亩吨公]|(?<=[\d,]\n)0\d\d(?!\d)))" + _DATELINE
    )


# where a message was written: TACLOBAN CITY, 12 June -
_DATELINE = r"|(?m:^)[A-Z]{3}[A-Z .’']*(?:, [A-Z\d][A-Za-z\d .]{2,24})?(?: \([A-Z]{2,6}\))? ?[-–—]{1,2} (?=[A-Z“\"])"


class Sentences:
    """Sentence bounds of a text, looked up by position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = [0]
        self._spans: dict[int, tuple[int, int]] = {}  # of the sentences that were asked for
        for end in (*(match.end() for match in _sentence_end().finditer(text)), len(text)):
            while end - self._starts[-1] > _LONGEST_SENTENCE:
                self._starts.append(self._cut(self._starts[-1]))
            if end < len(text):
                self._starts.append(end)

    def _cut(self, start: int) -> int:
        """A place within reach where a clause ends, and no number is cut in two."""
        reach = start + _LONGEST_SENTENCE
        for ends in (_CLAUSE_END, _BLANK):
            for position in range(reach, start + _LONGEST_SENTENCE // 2, -1):
                if ends.match(self._text, position - 1) and not self._text[position : position + 1].isdecimal():
                    return position
        return reach

    def ends_at(self, position: int) -> bool:
        """Whether a sentence ends with the mark at a place, or with the quotation mark behind it."""
        return self._starts[bisect_right(self._starts, position + 2) - 1] > position

    def span(self, position: int) -> tuple[int, int]:
        """First and one-past-last code point of the sentence around a position, without outer blanks."""
        index = bisect_right(self._starts, position) - 1
        if index in self._spans:
            return self._spans[index]
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        stretch = self._text[start:end]
        self._spans[index] = start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        return self._spans[index]
