"""The country that a document is about, so that its "$" and "peso" are understood before its meaning is known."""

from __future__ import annotations

from pipelines.catalog.characters import simplified
from pipelines.catalog.countries import country_code, country_named
from pipelines.catalog.regions import province_named
from pipelines.reading.document import Document

_OPENING = 600  # code points of a text in which its country is named


def country_of(document: Document) -> str:
    """The country of a report (ISO 3166), by which a bare "$" or "peso" is understood; empty where nothing says it."""
    title = simplified(document.title)
    opening = simplified(document.text[:_OPENING] or " ".join(table.caption for table in document.tables))
    if document.statement.region[:1].isdecimal() or province_named(title) is not None:
        return "CN"
    named = country_named(title, title=True)
    if named is not None:
        return named.code
    chinese = province_named(opening) is not None
    found = "CN" if chinese else country_code(title, opening, chinese_region=False)
    return found or ("CN" if document.language == "zh" else "")
