"""What a file is: by its content wherever that tells, by its ending only where it does not."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading import formats
from pipelines.reading.damage import parsing
from pipelines.reading.decoding import decode
from pipelines.reading.delimited import is_tabular
from pipelines.reading.formats import SUPPORTED, Format, by_ending
from pipelines.reading.guard import zip_entries
from pipelines.reading.markdown import has_pipe_table

_FOREIGN = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"{\\rtf": "an RTF document",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "an SQLite database",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = regex(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.DOTALL)
_HTML_TAG = regex(rb"<(?:html|body|head|table|p|h[1-6]|div|span|br)\b", re.IGNORECASE)
_OTHER_MARKUP = regex(r"\s*(?:<\?xml|<[a-zA-Z][\w.:-]*[\s>])")
_MIME = regex(r"MIME-Version:|From:\s.*\nSubject:", re.IGNORECASE)
_BINARY = (formats.XLSX, formats.XLS, formats.ODS, formats.DOCX, formats.PDF, formats.PARQUET, formats.ZIP)


class UnsupportedError(ReportError):
    """A file of a kind that nobody wrote a reader for; it need not be damaged."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """What a file was found to be; `text` is its decoded text where it is one."""

    kind: Format
    text: str = ""


def recognize(name: str, data: bytes, report_id: str, max_bytes: int) -> Recognized:
    """The format of a file, with its text where it is text.

    Args:
        name: the file's name, for its ending.
        data: its bytes.
        report_id: named in errors.
        max_bytes: bounds what an archive may unpack to.

    Raises:
        UnsupportedError: a format that is not read.
        ReportError: encrypted, damaged, or unpacking beyond limits.
    """
    for signature, what in _FOREIGN.items():
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:200]):
            raise UnsupportedError(report_id, f"is {what}; supported are {SUPPORTED}")
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:]):
        return Recognized(formats.PDF)
    if data.startswith(b"PAR1"):
        return Recognized(formats.PARQUET)
    if data.startswith(b"PK\x05\x06"):
        raise ReportError(report_id, "is a zip archive without a file in it")
    if data.startswith(b"PK\x03\x04"):
        return Recognized(_zipped(data, report_id, max_bytes))
    if data.startswith(_OLE):
        return Recognized(_compound(data, report_id))
    if _HTML.match(data[:4096].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")):
        return Recognized(formats.HTML)
    return _textual(PurePath(name).suffix, data, report_id)


def _zipped(data: bytes, report_id: str, max_bytes: int) -> Format:
    names = {entry.filename for entry in zip_entries(data, report_id, max_bytes)}
    for part, kind in (("xl/workbook.xml", formats.XLSX), ("word/document.xml", formats.DOCX)):
        if part in names:
            return kind
    if "mimetype" in names and "content.xml" in names:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, parsing(report_id, formats.ODS):
            declared = archive.read("mimetype")
        if declared.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return formats.ODS
        raise UnsupportedError(report_id, f"is an OpenDocument file, but no workbook; supported are {SUPPORTED}")
    for part, what in (("xl/workbook.bin", "an .xlsb workbook"), ("ppt/presentation.xml", "a presentation")):
        if part in names:
            raise UnsupportedError(report_id, f"is {what}; supported are {SUPPORTED}")
    return formats.ZIP


def _compound(data: bytes, report_id: str) -> Format:
    """Old Office files and encrypted new ones share a container; its directory names what it holds."""
    streams = {name: data.find(name.encode("utf-16-le")) for name in ("EncryptedPackage", "WordDocument", "PowerPoint")}
    if streams["EncryptedPackage"] >= 0:
        raise ReportError(report_id, "is protected by a password")
    sheets = [place for name in ("Workbook", "Book") if (place := data.find(name.encode("utf-16-le"))) >= 0]
    if sheets and not 0 <= streams["WordDocument"] < min(sheets):
        return formats.XLS
    if streams["WordDocument"] < 0 and streams["PowerPoint"] < 0:
        raise ReportError(report_id, "is an old Office file that is damaged or holds no workbook")
    what = "an old Word document" if streams["WordDocument"] >= 0 else "an old presentation"
    raise UnsupportedError(report_id, f"is {what}; supported are {SUPPORTED}")


def _textual(ending: str, data: bytes, report_id: str) -> Recognized:
    claimed = by_ending(ending)
    if claimed in _BINARY and b"\x00" in data:
        raise ReportError(report_id, f"is not {claimed.name}")
    text = decode(data, report_id)
    if claimed is formats.HTML:
        return Recognized(formats.HTML)
    json_kind = _json_kind(text, claimed)
    if json_kind is not None:
        return Recognized(json_kind, text)
    root = root_name(text) if text.lstrip().startswith("<") else ""
    if root == "iati-activities" or (root == "!DOCTYPE" and "<iati-activities" in text):
        return Recognized(formats.IATI, text)
    if _OTHER_MARKUP.match(text) and claimed is not formats.MARKDOWN:
        if _HTML_TAG.search(data[:4096]) and not text.lstrip().startswith("<?xml"):
            return Recognized(formats.HTML)
        raise UnsupportedError(report_id, f"is XML, but no IATI activities; supported are {SUPPORTED}")
    if _MIME.match(text):
        raise UnsupportedError(report_id, f"is a mail or a web archive; supported are {SUPPORTED}")
    if claimed is formats.MARKDOWN or has_pipe_table(text):
        return Recognized(formats.MARKDOWN, text)
    if is_tabular(text, expected=claimed is formats.DELIMITED):
        return Recognized(formats.DELIMITED, text)
    if claimed in _BINARY:
        raise ReportError(report_id, f"is not {claimed.name}: it holds plain text")
    if claimed is None and ending:
        raise UnsupportedError(report_id, f"type {ending.lower()} is not supported; supported are {SUPPORTED}")
    return Recognized(formats.TEXT, text)


def _json_kind(text: str, claimed: Format | None) -> Format | None:
    """JSON or JSON lines, where the text is one as a whole or its ending says so."""
    if claimed in (formats.JSON, formats.JSON_LINES):
        return claimed
    opening = text.lstrip()
    if opening[:1] not in ("{", "["):
        return None
    first, _, rest = opening.partition("\n")
    try:
        record = json.loads(first)
        if isinstance(record, dict) and rest.strip():
            return formats.JSON_LINES
    except (ValueError, RecursionError):
        pass
    try:
        return formats.JSON if isinstance(json.loads(opening), (dict, list)) else None
    except (ValueError, RecursionError):
        return None


def root_name(text: str) -> str:
    """The name of the root element of an XML text, `!DOCTYPE` where a document type is declared, empty for no XML."""
    place = 0
    while True:
        while text[place : place + 1].isspace():
            place += 1
        for opening, closing in (("<?", "?>"), ("<!--", "-->")):
            if text.startswith(opening, place):
                place = text.find(closing, place)
                if place < 0:
                    return ""
                place += len(closing)
                break
        else:
            if text.startswith("<!DOCTYPE", place):
                return "!DOCTYPE"
            found = re.match(r"<([A-Za-z_][\w.:-]*)", text[place : place + 200])
            return found.group(1) if found else ""
