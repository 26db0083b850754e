"""The readers that are compared, each in a process of its own environment, asked by lines of JSON.

`python readers.py NAME FILE` reads FILE whenever a line `read` comes in and answers with the time it took and with all
quantities as [value, unit]; with `memory`, this project's reader reads a thousand documents.
"""

from __future__ import annotations

import gc
import json
import random
import re
import resource
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

Quantity = tuple[str, str]
Reader = Callable[[str], list[Quantity]]

# what the libraries call the units of this project's catalogue
_UNITS = {
    "chinese yuan": "CNY",
    "united states dollar": "USD",
    "us dollar": "USD",
    "dollar": "USD",
    "percentage": "%",
    "percentage point": "pp",
    "kilometre": "km",
    "kilometer": "km",
    "hectare": "hectare",
    "ton": "tonne",
    "tonne": "tonne",
    "metric ton": "tonne",
    "short ton": "tonne",
}
_CHECKPOINTS = (100, 1000)


def fupin() -> Reader:
    """This project's reader: figures with values, units, roles and links, and what each of them is about."""
    from pipelines.figures.read import read_figures
    from pipelines.meaning.identify import identify
    from pipelines.meaning.resolve import resolve

    def read(text: str) -> list[Quantity]:
        source = _document(text)
        reading = read_figures(source)
        meanings = resolve(source, identify(source), reading)
        return [(str(figure.value), figure.unit) for figure, _ in zip(reading.figures, meanings, strict=True)]

    return read


def quantulum3() -> Reader:
    """Quantulum3 with its classifier of units."""
    warnings.simplefilter("ignore")
    from quantulum3 import parser

    def read(text: str) -> list[Quantity]:
        return [(repr(found.value), _UNITS.get(found.unit.name, "unknown")) for found in parser.parse(text)]

    return read


def recognizers_text() -> Reader:
    """Microsoft Recognizers-Text: numbers, and for those with a unit the percentage, currency or dimension."""
    from recognizers_suite import (
        Culture,
        recognize_currency,
        recognize_dimension,
        recognize_number,
        recognize_percentage,
    )

    def read(text: str) -> list[Quantity]:
        found: dict[int, Quantity] = {}
        taken: set[int] = set()
        for recognize in (recognize_currency, recognize_percentage, recognize_dimension, recognize_number):
            for result in recognize(text, Culture.English):
                value = (result.resolution or {}).get("value")
                places = range(result.start, result.end + 1)
                if value is None or not taken.isdisjoint(places):
                    continue
                taken.update(places)
                unit = "%" if value.endswith("%") else _UNITS.get(str(result.resolution.get("unit")).lower(), "unknown")
                found[result.start] = (value.rstrip("%"), unit)
        return [found[start] for start in sorted(found)]

    return read


READERS = {"fupin": fupin, "quantulum3": quantulum3, "recognizers-text": recognizers_text}


def _document(text: str) -> Any:  # noqa: ANN401 - a Document, which the other readers' environment does not have
    from pipelines.reading.document import Document
    from pipelines.reading.text import read_text

    body, blocks = read_text(text)
    title = body[blocks[0].start : blocks[0].end].strip()
    return Document("benchmark.txt", "0" * 64, "text/plain", "en", title, body, blocks, ())


def _other_document(text: str, number: int) -> str:
    """A document like the given one with other digits and headings, so that no cache has met it before."""
    draw = random.Random(number)
    digits = re.sub(r"\d", lambda _: str(draw.randint(1, 9)), text)
    word = "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=9))
    return re.sub(r"】", f" {word}】", digits)


def _memory(read: Reader, text: str) -> dict[str, float]:
    """Peak resident memory in MB after so many different documents."""
    peaks = {}
    per_megabyte = 1024 if sys.platform == "linux" else 1024 * 1024  # kilobytes here, bytes on macOS
    for number in range(1, _CHECKPOINTS[-1] + 1):
        read(_other_document(text, number))
        if number in _CHECKPOINTS:
            gc.collect()
            peaks[str(number)] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_megabyte
    return peaks


def main() -> None:
    """Answers the commands on standard input until it closes."""
    name, file = sys.argv[1:]
    text = Path(file).read_text(encoding="utf-8")
    read = READERS[name]()
    for command in sys.stdin:
        if command.strip() == "memory":
            answer: dict[str, Any] = _memory(read, text)
        else:
            start = perf_counter()
            quantities = read(text)
            answer = {"seconds": perf_counter() - start, "quantities": quantities}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
