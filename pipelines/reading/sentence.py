"""Whether the first line of a document is its title or the first sentence of a text that has none."""

from __future__ import annotations

import re

from pipelines.patterns import CURRENCY_SIGNS, regex

_END = regex(r"[。．.!！?？;；…][\"”'’」』）)\s]*$")
# a full stop behind these belongs to a word
_ABBREVIATED = regex(
    r"(?:\b[A-Z]|\b(?:Co|Corp|Inc|Ltd|Dept|Depts|Prov|Govt|Gov|St|Dr|Mr|Mrs|Jr|Sr|No|Nos|Vol|vol|ed|eds|etc|al|approx"
    r"|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.\s*$"
)
_INNER_STOP = regex(r"[。！？；]\s*(?=[^\s”」』）)])|(?<=[a-z0-9%)])[.!?]\s+(?=[A-Z])")
# what titles add to themselves
_BRACKETED = regex(r"[(（\[【《〈][^()（）\[\]【】《》〈〉]*[)）\]】》〉]")
_UNIT_LINE = regex(
    r"(?:\bunits?\s*(?:of)?\s*[:：]?|单位\s*[:：]?|\bin)\s*[\d,]*0{3}\s*[a-z$¥]+(?:\s+yuan)?", re.IGNORECASE
)
_DATE = regex(
    r"(?<!\d)(?:19|20)\d\d\s*(?:[-—–－~～/至到]\s*(?:(?:19|20)\d\d|\d\d(?!\d)))?\s*年?(?:度|代)?"
    r"|\d{1,2}\s*(?:[-—–~～至到]\s*\d{1,2}\s*)?(?:月份?|日|季度|周年?|年)|第\s*\d+\s*\w"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)|Q[1-4]|(?:no|vol|volume|part|chapter|table|annex|section|figure|phase|round|issue"
    r"|paper|goal|top)\b\.?\s*\d+)\b",
    re.IGNORECASE,
)
_AMOUNT = regex(
    rf"[{CURRENCY_SIGNS}]\s*\d|\d\s*(?:[%％‰]|[百千万亿]|元|人(?!大)|户|亩|公里|吨|per\s?cent\b|percent\b|hundred\b|thousand\b"
    r"|(?:m|b|tr)illion\b|yuan\b|rmb\b|dollars?\b|usd\b)|\d\.\d|\d{1,3}(?:,\d{3})+",
    re.IGNORECASE,
)
_COUNT = regex(r"\d+\s*(?:个|名|所|家|条|座|村|县|项)|\d+\s+(?:[a-z]+(?:[ -][a-z]+)?s|people)\b", re.IGNORECASE)
_CLAUSE = regex(r"[，,](?!\d{3})")
_LONG_CHINESE, _LONG_WORDS = 40, 25


def is_sentence(line: str) -> bool:
    """Whether a line says something, rather than naming what follows it.

    A title is short, does not end or halt with the signs of a sentence, and holds no amount beyond its years, numbers
    of volumes and brackets. Clauses around a count, or in a long line, make a sentence too.
    """
    line = line.strip()
    if (_END.search(line) and not _ABBREVIATED.search(line)) or _INNER_STOP.search(line):
        return True
    bare = _BRACKETED.sub(" ", line)
    rest = _DATE.sub(" ", _UNIT_LINE.sub(" ", bare))
    if _AMOUNT.search(rest):
        return True
    clauses = len(_CLAUSE.findall(bare))
    if clauses and _COUNT.search(rest):
        return True
    long = len(re.findall(r"[一-鿿]", bare)) > _LONG_CHINESE
    return (long and clauses >= 1) or (len(bare.split()) > _LONG_WORDS and clauses >= 2)
