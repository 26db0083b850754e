"""What a whole report is about: its region, period and kind, as stated, or from its title, opening and file name."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.catalog.countries import countries
from pipelines.catalog.regions import regions as all_regions
from pipelines.collector import collector_paused
from pipelines.meaning.home import opening_of, region_of_report
from pipelines.meaning.meaning import UNKNOWN, Decision, ReportIdentity
from pipelines.meaning.period_codes import printed_period, years
from pipelines.meaning.periods import FOUNDED, FOUNDED_ZH, mentions, years_told
from pipelines.meaning.plain import plain_document
from pipelines.patterns import regex
from pipelines.reading.document import Document

_YEARBOOK = regex(r"\byearbook\b|年鉴", re.IGNORECASE)
_AHEAD = regex(
    r"的?(?:(?-i:[一-鿿]){0,6}?)(?:计划|安排|打算|思路|目标|要点|规划)|\s+(?:plan|outlook|goal|target|task)s?\b",
    re.IGNORECASE,
)
_AHEAD_OF = regex(r"\b(?:plans?|outlook|goals?|targets?|tasks?)\s+(?:for|of|in)\s*$", re.IGNORECASE)


@collector_paused()
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
    """The period of a report by its title, else by its opening or captions, else by its file's name."""
    opening = opening_of(document) or " ".join(table.caption for table in document.tables)
    for node, text in (("title", document.title), ("opening", opening), ("file's name", name)):
        text = _NUMBERED.sub(" ", text)
        found = _years(text)
        if node == "opening" and found:
            found = _of_opening(text, found)
        elif len(found) == 1 and _YEARBOOK.search(text) and found[0] not in _years(opening)[:1]:
            found = [found[0] - 1]  # a yearbook tells of the year before it
        if found:
            first, last = min(found), max(found)
            fiscal = {one.last: one.code for one in mentions(text) if one.kind == "year"}  # 2016/17 and no other
            code = fiscal.get(last, f"Y{last}") if first == last else f"Y{first}_{last}"
            return Decision(code, "opened", f"{node}: {printed_period(code).replace('-', '–')}")
        plans = [plan for plan in mentions(text) if plan.kind in ("plan", "plan_of")]
        if plans and node == "title":
            return Decision(plans[0].code, "opened", f"title: {plans[0].words}")
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


def _of_opening(text: str, told: list[int]) -> list[int]:
    """The year or span that an opening begins with, or that somebody looked at; any other may be of one sentence only.

    Args:
        text: the opening.
        told: its years, the most frequent first.
    """
    found = [one for one in mentions(text) if one.kind in ("year", "as_of", "span") and {one.first, one.last} & {*told}]
    if not found:
        return []
    spans = [one for one in found if one.kind == "span"]
    for one in found:
        looked_at = next((span for span in spans if span.start > one.start and span.last <= one.last), None)
        if looked_at is None or one.kind == "span":
            continue
        said = re.split(r"[.。\n]\s*", text[: one.start])[-1] + text[one.end : looked_at.start]
        if _LOOKED_AT.search(said):
            return [looked_at.first, looked_at.last]
    first = (found[0].first, found[0].last)
    if not any(first == (one.first, one.last) and _LEAD_IN.search(text[: one.start]) for one in found):
        return []
    often = Counter(one.last for one in found if one.kind != "span").most_common(2)
    if len(often) > 1 and often[0][1] > often[1][1] and found[0].kind != "span":
        year = often[0][0]  # the one that it dwells on
        return [] if any(span.first <= year <= span.last for span in spans) else [year]
    return [*first]


# in the year before it somebody looked at the years behind it
_LOOKED_AT = regex(
    r"^[^。；;\n]*(?:审计|检查|调查|抽查|督查|核查|评估)[^。；;\n]*$"
    r"|^[^;\n]*\b(?:audit|inspect|survey|examin|review|check|cover|evaluat)[a-z]*\b[^;\n]*$",
    re.IGNORECASE,
)
# a sentence or a heading that begins with its year
_LEAD_IN = regex(
    r"(?:^\s*|[.。!！?？:：】\n]\s*)(?:[与同比][^，。；\n]{2,12}[，,])?"
    r"(?:[^\w\s]*(?:in|at|by|on|for|during|as of|the|year|到|至|截至|在)?\s*){0,3}$",
    re.IGNORECASE,
)


def _years(text: str) -> list[int]:
    """Years that a text is dated by, the most frequent first, the first mentioned among equals.

    What it compares with, when something began and what it plans count only where no other year is told.
    """
    told = [int(year) for year in years_told(text)]
    aside: set[int] = set()
    for one in mentions(text):
        lead = text[max(0, one.start - 64) : one.start]
        if (
            one.kind in ("base", "since")
            or (one.kind == "year" and _AHEAD.match(text, one.end))
            or _AHEAD_OF.search(lead[-24:])
            or FOUNDED.search(lead)
            or FOUNDED_ZH.match(text, one.end)
            or _START.search(lead)
            or (one.kind in ("year", "as_of") and _TO_COME.search(lead))
        ):
            aside.add(one.first)
    found = [year for year in told if year not in aside] or told
    return [year for year, _ in Counter(found).most_common()]


# the value that another one came from or is held against: "from 1.2 million in 2013", "than 40% in 2014"
_START = regex(
    r"\b(?:from|compared (?:with|to)|against|than)\b(?:(?!\b(?:19|20)\d\d\b|\.\s)[^;:\n])*?"
    r"\b(?:in|during|for|of)(?: the year)? $",
    re.IGNORECASE,
)
# what is still to come: "will close in 2021", "aims to reach all by 2020"
_TO_COME = regex(
    r"\b(?:will|would|shall|aims?|target\w*|goals?|forecast|expect\w*|project(?:ed|s)|plan(?:s|ned)?|hopes?)\b[^.;\n]*$"
    r"|(?:将|力争|计划|预计|目标|规划|确保)[^。；\n]*$",
    re.IGNORECASE,
)
_NUMBERED = regex(r"(?:19|20)\d\d年?第\d+号")  # a notice's number
