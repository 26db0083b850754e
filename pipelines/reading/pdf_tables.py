"""The rules of a PDF's tables: which cells the drawn lines enclose."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipelines.reading.pdf_page import Grid


@contextmanager
def ruled_tables(file: io.BytesIO) -> Iterator[Callable[[int], list[Grid]]]:
    """A function from the number of a page, from 1, to the ruled tables on it; the parser loads when first asked."""
    import logging

    import pdfplumber

    # it warns of every oddity of a font, which says nothing about rules
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    opened: list[pdfplumber.pdf.PDF] = []

    def find(number: int) -> list[Grid]:
        if not opened:
            opened.append(pdfplumber.open(file))
        page = opened[0].pages[number - 1]
        left, top = page.cropbox[0], page.cropbox[1]
        if page.cropbox == page.mediabox or page.rotation:
            left, top = page.bbox[0], page.bbox[1]
        grids = [
            Grid(tuple((x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells))
            for table in page.find_tables()
        ]
        page.close()
        return grids

    try:
        yield find
    finally:
        for pdf in opened:
            pdf.close()
