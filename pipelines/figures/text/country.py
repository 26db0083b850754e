"""The country that a document is about, so that its "$" and "peso" are understood before its meaning is known."""

from __future__ import annotations

from pipelines.catalog.characters import simplified
from pipelines.catalog.countries import country_code, country_named
from pipelines.catalog.regions import province_named, provinces_named
from pipelines.patterns import regex
from pipelines.reading.document import Document

_OPENING = 600  # code points of a text in which its country is named
# where a 元 is none of the mainland's; "this port" is what Hong Kong calls itself
_DOLLARS = {"810000": "HK", "820000": "MO", "710000": "TW"}
_THIS_PORT = regex(r"本港|港府")


def country_of(document: Document) -> str:
    """The country of a report (ISO 3166), by which a bare "$" or "peso" is understood; empty where nothing says it."""
    title = simplified(document.title)
    printed = document.text[:_OPENING] or " ".join(table.caption for table in document.tables)
    opening = simplified(printed)
    if own := _of_dollars(printed, f"{title}\n{opening}", chinese=document.language == "zh"):
        return own
    if document.statement.region[:1].isdecimal() or province_named(title) is not None:
        return "CN"
    named = country_named(title, title=True)
    if named is not None:
        return named.code
    chinese = province_named(opening) is not None
    found = "CN" if chinese else country_code(title, opening, chinese_region=False)
    return found or ("CN" if document.language == "zh" else "")


def _of_dollars(printed: str, spoken: str, *, chinese: bool) -> str:
    """Hong Kong, Macau or Taiwan, of a text in English or traditional characters that names no province; else empty."""
    if chinese and sum(
        one != other for one, other in zip(printed, simplified(printed), strict=True)
    ) < _TRADITIONAL * len(printed):
        return ""
    named = {_DOLLARS.get(province.code, "CN") for _, _, province in provinces_named(spoken)}
    named |= {"HK"} if _THIS_PORT.search(spoken) else set()
    return named.pop() if len(named) == 1 and "CN" not in named else ""


_TRADITIONAL = 0.1  # share of characters that are written otherwise in the mainland
