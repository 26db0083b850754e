"""What announces a table: the line above it, and above lines that only say where, when or in what it is, their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.patterns import regex
from pipelines.reading.sentence import is_sentence

LONGEST = 200  # code points of an announcement
_MOST = 4  # lines of it
# Source: Treasury; 单位：万元; (as amended); as of 30 June 2019; no "Table 2: Outlays"
_BESIDE = regex(
    r"(?!\s*(?:table|tab\.|annex|appendix|figure|box|schedule|form|part|section|chapter|附?[表图件])\s*[\w.-]*\s*[:：])"
    r"(?:\s*[^\W\d][^\d:：,，.;]{1,24}?[:：].*|\s*[(（][^()（）]*[)）]\s*"
    r"|(?:as (?:of|at|on)|(?:for )?the (?:year|quarter|month|period|half)|up to|截[至止]).{1,60})",
    re.IGNORECASE | re.DOTALL,
)


def announcement(above: Sequence[str], since: int = 0) -> str:
    """The title of a table with what stands between both; where nothing does, the part that announced the one before.

    Args:
        above: the parts of the document above the table.
        since: how many of them stood above the table before it.
    """
    found: list[str] = []
    for part in reversed(above[since:] or above[-1:]):
        if found and is_sentence(part):
            break
        found.insert(0, part)
        if not _BESIDE.fullmatch(part) or len(found) == _MOST:
            break
    whole = " ".join(found)
    return whole if len(whole) <= LONGEST else found[-1] if found and len(found[-1]) <= LONGEST else ""
