"""Numbers that are part of a date by the words right before them."""

from __future__ import annotations

from pipelines.patterns import regex

_DATE_BEFORE = regex(
    r"\d[-/.]\d{1,4}\s*$"
    r"|\b(?:[Ii]n|[Bb]y|[Ss]ince|[Dd]uring|[Uu]ntil|[Tt]ill|For|[Ee]nd|[Yy]ear|[Mm]id|[Ee]arly|[Ll]ate|FY"
    r"|(?:course|half|quarter|end|start|beginning|close|year) of"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?)"
    r"\s(?:19|20)\d\d\s*$"
)


def is_dated(text: str, end: int) -> bool:
    """Whether the number that ends at a place is part of a date: "In 2016 US$ 5 million", "2015/16 Rs 3 crore"."""
    return _DATE_BEFORE.search(text, max(0, end - _LONGEST_DATE), end) is not None


_LONGEST_DATE = 20
