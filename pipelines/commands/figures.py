"""`fupin figures`: what the reader sees in one file.

A child process opens the file; what reads its numbers takes as long to load, and is loaded in the meantime.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.commands.output import Format
from pipelines.reading.document import Document
from pipelines.reading.folders import report_of
from pipelines.reading.sandbox import Sandbox
from pipelines.settings import Settings


def figures(
    settings: Settings,
    path: Path,
    output: Format,
    *,
    everything: bool = False,
    explained: bool = False,
    asked: int | None = None,
    columns: bool = False,
) -> None:
    """Prints the figures of a file, in reading order, with how sure each is and which attributes make it no surer.

    Args:
        settings: the limits of reading.
        path: the file.
        output: table, CSV or JSON.
        everything: also the numbers that are no figures, with their class as role and no figure_id; of one that is not
            read, the reason stands as subject.
        explained: instead the text with each figure marked and its reading below it.
        asked: instead what decided each attribute of the figure with this id.
        columns: instead what each column of its tables holds.

    Raises:
        ReportError: the file cannot be read.
        FupinError: there is no figure of the id asked for.
    """
    path = report_of(settings, Path(os.path.abspath(path)))  # noqa: PTH100 - links stay as they are named
    with ThreadPoolExecutor(1) as beside:
        opened = beside.submit(
            Sandbox("pipelines.reading.read:read_document", Document, settings).read, path, path.name
        )
        from pipelines.commands.figures_shown import show
        from pipelines.figures.text.lexicon import lexicon

        lexicon()
        document = opened.result()
    for note in document.unread:
        print(f"not read: {note}", file=sys.stderr)
    show(settings, path, document, output, everything=everything, explained=explained, asked=asked, columns=columns)
