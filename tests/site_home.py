"""A home with a published site: samples, a report in two versions, a long table, and reports that attack the page."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.publishing.site import report_data
from pipelines.publishing.site.build import build_site
from pipelines.publishing.snapshot import publish
from pipelines.settings import PROJECT, Settings
from pipelines.suites.reports import run_suites
from pipelines.warehouse.archive import archive
from pipelines.warehouse.load import load_versions
from tests.helpers import version
from tests.many_regions import NAME as MANY
from tests.many_regions import many_table

SAMPLES = (
    "jiangxi_2010.txt",
    "jiangxi_2011.txt",
    "jiangxi_2011_zh.txt",
    "jiangxi_funds_2009_2011.xlsx",
    "shandong_2009.txt",
)
REVISED = "jiangxi_2010.txt"
LONG = "county_funds.csv"
REFUSED = "broken.docx"
# a name and texts that would run, load, break out of an attribute or turn the direction of writing
ATTACK = "\"onmouseover=alert(1) '><script>alert(2)<!--&amp;.txt"
RUNS = "<script>window.attacked=1</script><img src=x onerror=window.attacked=2>"
ATTACK_TEXT = f"""Gansu Province: {RUNS} poverty work in 2012
【Funds" onfocus="window.attacked=3】 In 2012 the "><svg onload=window.attacked=4> central funds came to
500 million Yuan, of which javascript:alert(5) villages got 300 million Yuan and \u202eroads\u202c 100 million Yuan,
400 million Yuan for all. {{{{ 7*7 }}}} households </title></p><iframe src=//evil.example></iframe> numbered 1,200,
style="position:fixed" 45 villages.
"""


def drawn(script: str, language: str = "en") -> tuple[dict[int, dict[str, Any]], str]:
    """What a page draws from its data: number → figure with its texts in a language, and the report's own text."""
    data = json.loads(script[script.index("{") : script.rindex("}") + 1])
    texts = [one if isinstance(one, str) else one[language == "zh"] for one in data["texts"]]

    def named(names: tuple[str, ...], row: list[Any]) -> dict[str, Any]:
        filled = zip(names, row + [0] * (len(names) - len(row)), strict=True)
        return {name: cell if name in report_data.OTHERWISE else texts[cell] for name, cell in filled}

    def shown(piece: Any) -> str:
        if isinstance(piece, list):
            return texts[piece[1]] if isinstance(piece[0], int) else "".join(map(shown, piece[0]))
        return found[-piece]["printed_text"] if (piece or 0) < 0 else texts[piece or 0]

    found = {}
    for row in data["figures"]:
        one = named(report_data.FIGURE, row)
        one |= named(report_data.KIND, data["kinds"][one["kind"]]) | named(
            report_data.ABOUT, data["abouts"][one["about"]]
        )
        one["names"] = [texts[number] for number in one["names"] or []]
        one["failing"] = [[texts[cell] for cell in finding] for finding in one["failing"] or []]
        one["corrections"] = [[texts[cell] for cell in correction] for correction in one["corrections"] or []]
        found[one["figure_id"]] = one
    lines = ["".join(map(shown, pieces)) for _, pieces in data["paper"]]
    lines += ["\t".join(map(shown, row)) for table in data["tables"] for row in table[3]]
    return found, "\n".join(lines)


def marked(script: str) -> list[int]:
    """The numbers of the figures that are marked in a report's text and tables, in their order."""
    data = json.loads(script[script.index("{") : script.rindex("}") + 1])
    cells = [cell for table in data["tables"] for row in table[3] for cell in row]
    pieces = [piece for _, found in data["paper"] for piece in found]
    pieces += [piece for cell in cells for piece in (cell[0] if isinstance(cell, list) else [cell])]
    return [
        piece[0] if isinstance(piece, list) else -piece
        for piece in pieces
        if isinstance(piece, list) or (piece or 0) < 0
    ]


def put(settings: Settings, *names: str, refused: tuple[tuple[str, str, str], ...] = ()) -> None:
    """Loads files of the landing zone as a run does, with those that could not be read."""
    read = [version(settings.raw / name, name) for name in names]
    shapes = run_suites(read, settings.expectations)
    for name, one in zip(names, read, strict=True):
        archive(settings.archive, settings.raw / name, name, one.document.content_hash)
    load_versions(settings, [replace(one, expectations=shapes[one.document.report_id]) for one in read], refused)


def long_table(rows: int) -> str:
    """Funds of many counties, so many that their figures need several pages."""
    lines = [f"County {number},{100 + number % 50}.5,{20 + number % 7}.25" for number in range(1, rows + 1)]
    return (
        "Yunnan: funds by county 2012 (million Yuan)\nCounty,Central funds,Provincial funds\n" + "\n".join(lines) + "\n"
    )


def settings_in(folder: Path) -> Settings:
    """The settings of a home that is made here."""
    return Settings(home=folder / "var", raw=folder / "raw", lock_timeout_seconds=0.5, workers=1)


def make_shipped_home(folder: Path) -> None:
    """A home with the site of the shipped reports, as a first `make run` gives it."""
    settings = settings_in(folder)
    shutil.copytree(PROJECT / "raw", settings.raw, ignore=shutil.ignore_patterns("README.md"))
    put(settings, *sorted(path.name for path in settings.raw.iterdir()))
    publish(settings)
    build_site(settings)


def make_home(folder: Path) -> None:
    """A home with its site built; the folder is to be empty."""
    settings = settings_in(folder)
    settings.raw.mkdir(parents=True)
    for name in SAMPLES:
        shutil.copyfile(PROJECT / "raw" / name, settings.raw / name)
    (settings.raw / ATTACK).write_text(ATTACK_TEXT, encoding="utf-8")
    (settings.raw / LONG).write_text(long_table(160), encoding="utf-8")
    (settings.raw / MANY).write_text(many_table(), encoding="utf-8")
    put(settings, *SAMPLES, ATTACK, LONG, MANY, refused=((REFUSED, "0" * 64, f"is no Word file but {RUNS}"),))
    revised = settings.raw / REVISED
    revised.write_text(revised.read_text(encoding="utf-8").replace("737 million", "738 million"), encoding="utf-8")
    put(settings, REVISED)
    publish(settings)
    build_site(settings)
