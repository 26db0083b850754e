"""The formats that can be read: the one list of their media types, names and endings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        media_type: as kept in the warehouse.
        name: for messages, with its article.
        endings: usual endings of its files, the first one most usual.
    """

    media_type: str
    name: str
    endings: tuple[str, ...]


TEXT = Format("text/plain", "a text", (".txt",))
MARKDOWN = Format("text/markdown", "a Markdown text", (".md",))
HTML = Format("text/html", "an HTML page", (".html", ".htm"))
DELIMITED = Format("text/csv", "a delimited table", (".csv", ".tsv"))
JSON = Format("application/json", "a JSON file", (".json",))
JSON_LINES = Format("application/x-ndjson", "a file of JSON lines", (".jsonl", ".ndjson"))
XLSX = Format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "an .xlsx workbook", (".xlsx", ".xlsm")
)
XLS = Format("application/vnd.ms-excel", "an .xls workbook", (".xls",))
ODS = Format("application/vnd.oasis.opendocument.spreadsheet", "an .ods workbook", (".ods",))
DOCX = Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document", (".docx",))
PDF = Format("application/pdf", "a PDF", (".pdf",))
PARQUET = Format("application/vnd.apache.parquet", "a Parquet file", (".parquet",))
ZIP = Format("application/zip", "a zip archive", (".zip",))
IATI = Format("application/vnd.iati.activities+xml", "an IATI activity file", (".xml",))
PACKAGE = Format("application/vnd.datapackage+zip", "a data package", ())
FOLDER = Format("application/vnd.fupin.report+zip", "a report of several files", ())

# those that a single file is told by
FORMATS = (TEXT, MARKDOWN, HTML, DELIMITED, XLSX, XLS, ODS, DOCX, PDF, JSON, JSON_LINES, PARQUET, ZIP, IATI)
SUPPORTED = ", ".join(ending for known in FORMATS for ending in known.endings)


def by_ending(ending: str) -> Format | None:
    """The format whose files usually end so (`.csv`, in any case), None for an unknown ending."""
    return next((known for known in FORMATS if ending.lower() in known.endings), None)
