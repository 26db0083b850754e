"""Short ways to read a text as the pipeline does."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.checking.arithmetic import Checked, check_figures, mark_disputed
from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from pipelines.reading.cells import Cell, Cells
from pipelines.reading.document import Document, Table
from pipelines.reading.text import read_text
from pipelines.settings import Settings
from pipelines.versions.read import read_version
from pipelines.versions.version import ReportVersion

LIMIT = 10**7


def document(text: str, title: str = "Report of Jiangxi, 2011", section: str = "Overview") -> Document:
    """A document of one section; its title says region and year."""
    whole = f"{title}\n【{section}】 {text}"
    canonical, blocks = read_text(whole)
    language = "zh" if any("一" <= character <= "鿿" for character in text) else "en"
    return Document("report.txt", "0" * 64, "text/plain", language, title, canonical, blocks, ())


def figures(text: str):
    """The figures of a text's body."""
    return read_figures(document(text)).figures


def others(text: str):
    """Text and class of the numbers of a text's body that are no figures, without those of the title."""
    read = read_figures(document(text, title="Report"))
    return [(number.text, number.reason) for number in read.non_figures]


def meanings(text: str, title: str = "Report of Jiangxi, 2011", section: str = "Overview"):
    """Figures with their meanings."""
    source = document(text, title, section)
    read = read_figures(source)
    return list(zip(read.figures, resolve(source, identify(source), read), strict=True))


def table(rows, caption: str = "", spans=None) -> Document:
    """A document with one table; `spans` maps (row, column) to (rows, columns)."""
    spans = spans or {}
    cells = Cells.of(
        Cell(row, column, text, *spans.get((row, column), (1, 1)))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text
    )
    return Document("table.csv", "0" * 64, "text/csv", "en", caption, "", (), (Table("csv", caption, cells),))


def version(path: Path, report_id: str | None = None) -> ReportVersion:
    """A file through all rooms before the warehouse."""
    return read_version(path, report_id or path.name, LIMIT)


def copied(settings: Settings, folder: Path, **changes: object) -> Settings:
    """A copy of a home with its reports, which a test may change."""
    shutil.copytree(settings.home, folder / "var")
    shutil.copytree(settings.raw, folder / "raw")
    return settings.model_copy(update={"home": folder / "var", "raw": folder / "raw", **changes})


def checked(source: Document) -> Checked:
    """What the rules say about a document."""
    reading = read_figures(source)
    return check_figures(reading, resolve(source, identify(source), reading))


def whole(source: Document):
    """All rooms from reading figures to facts."""
    reading = read_figures(source)
    meanings = resolve(source, identify(source), reading)
    reading = mark_disputed(reading, check_figures(reading, meanings).checks)
    return reading, derive_facts(reading, meanings)
