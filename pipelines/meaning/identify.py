"""What a whole report is about: its region, period and kind, from its title, its opening and its file name."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.catalog.regions import province_named
from pipelines.meaning.meaning import Decision, How, ReportIdentity
from pipelines.reading.document import Document

_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d)")
_OPENING = 600


def identify(document: Document) -> ReportIdentity:
    """Region, period and series of a report; each `unknown` where nothing says it.

    Several years in a title (a table over years) leave the period to the rows and columns.
    """
    name = re.sub(r"[_\-./]+", " ", document.report_id)
    opening = document.text[:_OPENING] or " ".join(table.caption for table in document.tables)
    places: tuple[tuple[How, str], ...] = (("title", document.title), ("sentence", opening), ("inherited", name))
    region = Decision()
    for how, text in places:
        province = province_named(text)
        if province is not None:
            region = Decision(province.code, how, province.name_en)
            break
    period = Decision()
    for how, text in places:
        found = _years(text)
        if len(found) == 1 or (found and how == "sentence"):
            period = Decision(f"Y{found[0]}", how, found[0])
            break
        if len(found) > 1:
            period = Decision(f"Y{min(found)}_{max(found)}", how, f"{min(found)}–{max(found)}")
            break
    series = "yearbook_chapter" if document.text.strip() else "fund_table"
    return ReportIdentity(document.report_id, document.title, region, period, series, document.language)


def _years(text: str) -> list[str]:
    """Years of a text, the most frequent first, the first mentioned among equals."""
    return [year for year, _ in Counter(_YEAR.findall(text)).most_common()]
