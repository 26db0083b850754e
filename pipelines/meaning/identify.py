"""What a whole report is about: its region, period and kind, as stated, or from its title, opening and file name."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.catalog.countries import countries
from pipelines.catalog.regions import regions as all_regions
from pipelines.meaning.home import opening_of, region_of_report
from pipelines.meaning.meaning import UNKNOWN, Decision, ReportIdentity
from pipelines.meaning.periods import printed_period, years, years_told
from pipelines.meaning.plain import plain_document
from pipelines.reading.document import Document


def identify(document: Document) -> ReportIdentity:
    """Region, period and series of a report; each `unknown` where nothing says it.

    Several years in a title (a table over years) leave the period to the rows and columns.
    """
    document = plain_document(document)
    stated = document.statement
    said = dict(stated.places)
    name = re.sub(r"[_\-./]+", " ", document.report_id)
    period = Decision(stated.period, "stated", said["period"]) if stated.period else _period(document, name)
    span = years(period.code)
    region = (
        Decision(stated.region, "stated", said["region"])
        if stated.region
        else region_of_report(document, stated.publisher, name, span[1] if span else 0)
    )
    return ReportIdentity(
        document.report_id,
        document.title,
        region,
        period,
        stated.series or _series(document),
        document.language,
        stated.publisher,
        stated.published,
        stated.licence,
        stated.places,
    )


def _period(document: Document, name: str) -> Decision:
    opening = opening_of(document) or " ".join(table.caption for table in document.tables)
    for node, text in (("title", document.title), ("opening", opening), ("file's name", name)):
        found = _years(text)
        if len(found) == 1 or (found and node == "opening"):
            return Decision(f"Y{found[0]}", "opened", f"{node}: {found[0]}")
        if len(found) > 1:
            return Decision(f"Y{min(found)}_{max(found)}", "opened", f"{node}: {min(found)}–{max(found)}")
    return Decision()


def _series(document: Document) -> str:
    """The kind of a report by what it consists of; tables of independent rows are lists of activities."""
    if document.text.strip():
        return "yearbook_chapter"
    listed = [table for table in document.tables if table.stated is not None and table.stated.independent]
    return "activity_list" if listed and len(listed) == len(document.tables) else "fund_table"


def origins(identity: ReportIdentity, document: Document) -> list[tuple[str, str, str]]:
    """What a report was taken to be, for people.

    Returns:
        Name, value and origin of publisher, region, period, series, language, date and licence: the file that states
        it, or what it was inferred from; an empty value is known from nowhere.
    """
    said = dict(identity.stated)
    code = identity.region.code
    regions = [found.name_en for found in all_regions() if found.code == code]
    regions += [countries()[code].name_en] if code.isupper() else []
    region = f"{regions[-1]} ({code})" if regions else ""
    content = "from its text" if document.text.strip() else "from its tables"
    found = (
        ("publisher", identity.publisher, ""),
        ("region", region, _inferred(identity.region)),
        ("period", printed_period(identity.period.code), _inferred(identity.period)),
        ("series", identity.series, f"inferred {content}"),
        ("language", identity.language, f"inferred {content}"),
        ("published", identity.published, ""),
        ("licence", identity.licence, ""),
    )
    return [
        (name, value or "unknown", f"stated in {said[name]}" if name in said else how or "not stated")
        for name, value, how in found
    ]


def _inferred(decision: Decision) -> str:
    return f"inferred from the {decision.text}" if decision.how == "opened" and decision.code != UNKNOWN else ""


def _years(text: str) -> list[str]:
    """Years of a text, the most frequent first, the first mentioned among equals."""
    return [year for year, _ in Counter(years_told(text)).most_common()]
