"""IATI activity files, version 2: budgets, disbursements, transactions and results as tables of stated meaning.

Each number becomes a cell whose labels are the activity's identifier and the place of the element in the file. What
the standard's codes mean in the catalogue is looked up in its crosswalks; percentages by which an activity is split are
cells of their own and multiply nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.cells import MAX_CELLS
from pipelines.reading.damage import parsing
from pipelines.reading.detect import root_name
from pipelines.reading.document import Content, Statement
from pipelines.reading.formats import IATI
from pipelines.reading.iati_activity import Activity, narrative
from pipelines.reading.iati_sheets import Sheets

_DECLARATION = regex(r"\s*<\?xml[^>]*\?>")
_VERSION = regex(r"2\.\d\d")
# elements with numbers that have no place in the star
_LEFT_OUT = ("capital-spend", "country-budget-items", "fss", "crs-add", "legacy-data")


def read_iati(text: str, report_id: str) -> Content:
    """The activities of a file.

    Args:
        text: the decoded file.
        report_id: named in errors.

    Returns:
        Tables `budgets`, `planned disbursements`, `transactions`, `results`, `result percentages` and `splits`, those
        without a row left out, each with what its format states. No text: titles stand in the tables.

    Raises:
        ReportError: damaged XML, a document type or entities, another version, no number, or too many cells.
    """
    if root_name(text) == "!DOCTYPE":
        raise ReportError(report_id, "declares a document type or entities, which no IATI file needs; it is not opened")
    sheets = Sheets()
    version, published, count = "", "", 0
    publishers: set[str] = set()
    left_out: dict[str, int] = {}
    # what the first pass knows of children decides which amounts of the second repeat others
    identifiers = _identifiers(text, report_id)
    for element in _elements(text, report_id):
        if element.tag == "iati-activities":
            version = element.get("version", "")
            if not _VERSION.fullmatch(version):
                said = f"version {version}" if version else "no version"
                raise ReportError(report_id, f"is an IATI file of {said[:20]}; read are versions 2.01 to 2.03")
            published = element.get("generated-datetime", "")[:10]
            continue
        count += 1
        activity = Activity(element, count, identifiers)
        publishers.add(activity.publisher)
        sheets.add(activity)
        for name in _left_out(element):
            left_out[name] = left_out.get(name, 0) + 1
        if sheets.cells > MAX_CELLS:
            raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", f"activity {count}")
    publishers.discard("")
    publisher = publishers.pop() if len(publishers) == 1 else ""
    tables = sheets.tables(f"Activities of {publisher}" if publisher else "Activities", f"IATI {version}")
    if not tables:
        raise ReportError(report_id, "holds no budget, transaction or result")
    stated = {"publisher": publisher, "published": published if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else ""}
    places = tuple((key, "the file itself") for key, value in stated.items() if value)
    unread = tuple(f"{name} of {number:,} activit{'y' if number == 1 else 'ies'}" for name, number in left_out.items())
    statement = Statement(publisher=stated["publisher"], published=stated["published"], places=places)
    return Content(tables=tables, unread=unread, statement=statement)


def _left_out(element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml's element type is private
    for name in _LEFT_OUT:
        if element.find(name) is not None:
            yield name
    texts = (narrative(found) for found in element.iterfind("description"))
    if any(re.search(r"\d", words) for words in texts):
        yield "numbers in the description"


def _identifiers(text: str, report_id: str) -> frozenset[str]:
    found = (element.findtext("iati-identifier", "").strip() for element in _elements(text, report_id))
    return frozenset(found)


def _elements(text: str, report_id: str) -> Iterator[Any]:
    """The root as it opens, then each activity, which is forgotten after its turn."""
    from lxml import etree

    # the text is decoded already, so that its own declaration would be wrong
    data = io.BytesIO(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    events = etree.iterparse(
        data, ("start", "end"), tag=("iati-activities", "iati-activity"), resolve_entities=False, no_network=True,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    while True:
        with parsing(report_id, IATI):
            found = next(events, None)
        if found is None:
            return
        event, element = found
        if element.tag == "iati-activities" and event == "start":
            yield element
        if element.tag == "iati-activity" and event == "end":
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
