"""A letter to the publisher of a report about one root cause: what is printed, why it cannot be, what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.publishing.causes import Cause
from pipelines.publishing.site import numbers
from pipelines.publishing.site.messages import Words

if TYPE_CHECKING:
    import duckdb

# a sentence around its figure, in characters
_SENTENCE = 1_200


def letter(cause: Cause, title: str, publisher: str, language: str) -> str:
    """The letter as plain text, ready to print or to copy; who signs it is left open.

    Args:
        cause: with its failures.
        title: of the report.
        publisher: of the report; empty where nothing states it.
        language: `en` or `zh`.
    """
    words, cause = Words(language), cause.told(language)
    first = cause.failures[0]
    lines = [
        words("letter.to", office=publisher or words("letter.office")),
        words("letter.about", title=title or cause.report),
        "",
        words("letter.greeting"),
        "",
    ]
    if first["sentence"]:
        before, suspect, after = around(first["sentence"], first["suspect"])
        lines += [words("letter.printed", place=first["place"]), "", f"    “{before}{suspect}{after}”", ""]
    lines += [words("letter.why"), ""]
    for number, failure in enumerate(cause.failures, 1):
        lines.append(f"    {number}. {failure['finding']}")
        lines += [f"       {failure['formula']}"] if failure["formula"] else []
    mends = [
        words("letter.proposal", text=one.text, value=numbers.exact(one.value), unit=words.of("unit", one.unit))
        for one in cause.proposals
        if one.status != "rejected"
    ]
    if mends:
        lines += ["", words("letter.mend"), "", *(f"    – {one}" for one in mends)]
    names = ", ".join(filter(None, (cause.report, cause.root_cause, *cause.ids)))
    lines += ["", words("letter.ask"), "", words("letter.regards"), "", "", "____________________", ""]
    return "\n".join([*lines, words("letter.reference", names=names)]) + "\n"


def publisher_of(connection: duckdb.DuckDBPyConnection, report: str) -> tuple[str, str]:
    """Title and publisher of a report's current version; empty where there is none."""
    row = connection.execute(
        "SELECT title, coalesce(publisher, '') FROM core.dim_report WHERE is_current AND report_id = ?", [report]
    ).fetchone()
    return row or ("", "")


def around(text: str, suspect: str) -> tuple[str, str, str]:
    """What stands before the suspect figure, the figure, and what stands after it; cut where it is long."""
    at = text.find(suspect) if suspect else -1
    if at < 0:
        return (text if len(text) <= _SENTENCE else f"{text[:_SENTENCE]} …"), "", ""
    before, after = text[:at], text[at + len(suspect) :]
    half = _SENTENCE // 2
    return (
        before if len(before) <= half else f"… {before[-half:].partition(' ')[2] or before[-half:]}",
        suspect,
        after if len(after) <= half else f"{after[:half]} …",
    )
