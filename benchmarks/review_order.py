"""What the order of the review desk is worth: how many wrong readings stand among the figures it puts first.

Labels play the reviewer, who finds every wrong program, giver and period of the figures looked at.

    python benchmarks/review_order.py [FOLDER …] [--labels FOLDER] [--picture FILE]

Each FOLDER holds reports, by default the shipped ones; a file `NAME.csv`, `NAME.labels.csv` or `NAME.facts.json` of
each lies beside it or in the folder of `--labels`. Labels tell programs, givers and periods of every figure; facts
tell of some figures what is certain, by the place of the number.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path
from re import escape, finditer
from typing import Any, NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from pipelines.catalog.currencies import is_money  # noqa: E402
from pipelines.figures.figure import Figure  # noqa: E402
from pipelines.meaning.meaning import Meaning  # noqa: E402
from pipelines.meaning.period_codes import printed_period  # noqa: E402
from pipelines.review.doubts import Doubt, doubts  # noqa: E402
from pipelines.versions.read import read_version  # noqa: E402
from pipelines.versions.version import ReportVersion  # noqa: E402

SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
NOBODY = frozenset({"", "unknown", "none"})
ATTRIBUTES = ("program", "source", "period")
LABELS = ("programme", "source", "period")
FURTHER = ("region", "stage", "role", "unit")
LIMIT = 1 << 26


class Seen(NamedTuple):
    """One labelled figure.

    Attributes:
        doubt: how unsure its reading is.
        meaning: as read.
        wrong: attributes that were read wrongly.
        left_open: those of them that were left unknown.
    """

    doubt: Doubt
    meaning: Meaning
    wrong: tuple[str, ...]
    left_open: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many of program, giver and period are wrong."""
        return sum(name in ATTRIBUTES for name in self.wrong)

    @property
    def misnamed(self) -> int:
        """How many of them name something wrong."""
        return self.errors - sum(name in ATTRIBUTES for name in self.left_open)


def labelled(version: ReportVersion, labels: list[dict[str, str]]) -> Iterator[Seen]:
    """The figures of a report that its labels know, with what is wrong about them."""
    by_id = {one.figure_id: one for one in doubts(version)}
    read = [one.value.normalize() for one in version.reading.figures]
    values = [_value(row["value"]) for row in labels]
    for block in SequenceMatcher(None, read, values, autojunk=False).get_matching_blocks():
        for index in range(block.size):
            figure, meaning = version.reading.figures[block.a + index], version.meanings[block.a + index]
            row = labels[block.b + index]
            wanted = {name: row[label].strip().lower() for name, label in zip(ATTRIBUTES, LABELS, strict=True)}
            # only of a giver a label says by its silence that there is none
            given = {
                name: code for name, code in wanted.items() if code or (name == "source" and is_money(figure.unit))
            }
            yield _seen(by_id[figure.figure_id], figure, meaning, given)


def told(version: ReportVersion, text: str, facts: list[dict[str, Any]]) -> Iterator[Seen]:
    """The figures of a report that its facts are about, with what is wrong about them."""
    by_id = {one.figure_id: one for one in doubts(version)}
    for fact in facts:
        # spaces of the file may be others than those of the document
        place = [one.start() for one in finditer(escape(fact["number"]), text)].index(fact["at"])
        starts = [one.start() for one in finditer(escape(fact["number"]), version.document.text)]
        at = starts[place] if place < len(starts) else -1
        for figure, meaning in zip(version.reading.figures, version.meanings, strict=True):
            locator = figure.locator
            if locator.start is None or locator.end is None or not locator.start <= at < locator.end:
                continue
            given = {name: fact[name] for name in (*ATTRIBUTES, *FURTHER) if name in fact}
            yield _seen(by_id[figure.figure_id], figure, meaning, given)


def _seen(doubt: Doubt, figure: Figure, meaning: Meaning, given: dict[str, str | list[str]]) -> Seen:
    codes = {name: getattr(meaning, name).code for name in ("program", "source", "region", "stage")}
    codes |= {"period": printed_period(meaning.period.code), "role": figure.role, "unit": figure.unit}
    wrong = tuple(name for name, wanted in given.items() if not _is_right(codes[name], wanted))
    return Seen(doubt, meaning, wrong, tuple(name for name in wrong if codes[name] in NOBODY))


def _is_right(code: str, wanted: str | list[str]) -> bool:
    codes = {wanted} if isinstance(wanted, str) else set(wanted)
    return code in codes or (code in NOBODY and bool(codes & NOBODY))


def _value(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "")).normalize()
    except InvalidOperation:
        return Decimal("NaN")


def curve(seen: list[Seen], errors: list[int]) -> list[float]:
    """Share of the errors among the least sure figures, for each of `SHARES`; figures as sure as each other share."""
    order = sorted(range(len(seen)), key=lambda index: -seen[index].doubt.unsure)
    ranked = [seen[index].doubt.unsure for index in order]
    spread = [0.0] * len(order)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and ranked[end] == ranked[start]:
            end += 1
        mean = sum(errors[index] for index in order[start:end]) / (end - start)
        spread[start:end] = [mean] * (end - start)
        start = end
    total = sum(errors) or 1
    return [round(sum(spread[: max(1, round(share * len(order)))]) / total, 9) for share in SHARES]


def drawn(found: list[float]) -> str:
    """The curve beside a random order, as SVG that can be read on light and dark paper."""
    left, top, width, height = 60, 20, 480, 260

    def line(pairs: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{left + x * width:.1f},{top + (1 - y) * height:.1f}" for x, y in pairs)

    ticks = "".join(
        f'<text x="{left - 8}" y="{top + (1 - share) * height + 4:.0f}" text-anchor="end">{share:.0%}</text>'
        f'<text x="{left + share * width:.0f}" y="{top + height + 18}" text-anchor="middle">{share:.0%}</text>'
        for share in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
    )
    points = [(0.0, 0.0), *zip(SHARES, found, strict=True)]
    dots = "".join(
        f'<circle cx="{left + x * width:.1f}" cy="{top + (1 - y) * height:.1f}" r="3.5"><title>{x:.0%} looked at: '
        f"{y:.0%} found</title></circle>"
        for x, y in points[1:]
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 580 340" role="img" font-family="sans-serif" '
        'font-size="12" fill="#777"><title>Share of the wrong readings found, by share of the figures looked at</title>'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#999"/>{ticks}'
        f'<polyline points="{line([(0, 0), (1, 1)])}" fill="none" stroke="#999" stroke-dasharray="5 4"/>'
        f'<polyline points="{line(points)}" fill="none" stroke="#b5472f" stroke-width="2.5"/>'
        f'<g fill="#b5472f">{dots}</g>'
        f'<text x="{left + width}" y="{top + height + 40}" text-anchor="end">looked at, least sure first '
        "(dashed: in random order); upwards: wrong readings found</text></svg>\n"
    )


def figures_seen(folders: Iterable[Path], labels: Path | None) -> list[Seen]:
    """The labelled figures of all reports in some folders; their labels lie beside them or in another one."""
    seen: list[Seen] = []
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        beside = labels or path.parent
        names = (f"{path.stem}.csv", f"{path.stem}.labels.csv", f"{path.stem}.facts.json")
        of = next((beside / name for name in names if (beside / name).is_file()), None)
        if of is None:
            continue
        version = read_version(path, path.name, LIMIT)
        with of.open(encoding="utf-8-sig") as file:
            if of.suffix == ".json":
                seen += told(version, path.read_text(encoding="utf-8"), json.load(file))
            else:
                seen += labelled(version, list(csv.DictReader(file)))
    return seen


def main() -> None:
    """Prints the curves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[PROJECT / "raw"])
    parser.add_argument("--labels", type=Path, help="where they lie, if not beside the reports")
    parser.add_argument("--picture", type=Path, help="draw the curve into this SVG file")
    given = parser.parse_args()
    shipped = PROJECT / "tests" / "fixtures" / "labels" if given.folders == [PROJECT / "raw"] else None
    seen = figures_seen(given.folders, given.labels or shipped)
    wrong, named = [one.errors for one in seen], [one.misnamed for one in seen]
    print(f"{len(seen)} labelled figures, {sum(wrong)} wrong readings of {', '.join(ATTRIBUTES)},")
    print(f"of which {sum(wrong) - sum(named)} were left unknown\n")
    print("looked at    " + "".join(f"{share:>8.0%}" for share in SHARES))
    print("random order " + "".join(f"{share:>8.0%}" for share in SHARES))
    print("all wrong    " + "".join(f"{share:>8.0%}" for share in curve(seen, wrong)))
    print("wrongly named" + "".join(f"{share:>8.0%}" for share in curve(seen, named)))
    if any(one.errors < len(one.wrong) for one in seen):
        print("any attribute" + "".join(f"{share:>8.0%}" for share in curve(seen, [len(one.wrong) for one in seen])))
    if given.picture is not None:
        given.picture.write_text(drawn(curve(seen, wrong)), encoding="utf-8")


if __name__ == "__main__":
    main()
