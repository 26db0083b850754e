"""Table cells whose headers say the same have the same meaning: it is decided once and shared."""

from __future__ import annotations

import re
from typing import Any

from pipelines.catalog.regions import is_full_name, province_named
from pipelines.figures.figure import Figure
from pipelines.figures.tables.lines import is_average, label_class
from pipelines.meaning.items import is_mean
from pipelines.meaning.labels import NOTHING, SITES, Labels, Told, kept_apart, telling, told_by
from pipelines.meaning.meaning import Decision, Meaning, ReportIdentity
from pipelines.meaning.places import places_in
from pipelines.meaning.vocabulary import cues_of, headings_in
from pipelines.reading.document import StatedCode

Key = tuple[str, str, str, str, str, Labels, tuple[Decision, ...]]

_SILENT = "…"  # in the stead of a row label that no vocabulary knows
_TELLING = re.compile(
    r"(?:19|20)\d\d|[(（]|\btogether\b|\bin all\b|total|合计|共计|总计|subsid|grant|allowance|aid|cost|fee|invest"
    r"|补助|补贴|费|投入|投资|标准补|建房|累\s*计|cumulative|to date|respectively|分别",
    re.IGNORECASE,
)
_RUNNING_NUMBER = re.compile(r"\d+$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_ATTRIBUTES: frozenset[str] = frozenset()


class Cells:
    """The meanings of a report's cells by what decides them.

    Attributes:
        known: key → the meaning of one cell that has it.
    """

    def __init__(self, identity: ReportIdentity) -> None:
        self.known: dict[Key, Meaning] = {}
        self._identity = identity
        self._labels: dict[str, str] = {}
        self._rows: dict[tuple[str, frozenset[str], frozenset[str]], str] = {}
        self._named: dict[Labels, tuple[frozenset[str], frozenset[str], Labels]] = {}
        self._items: dict[tuple[Labels, frozenset[str], int, bool], str] = {}
        self._years: dict[str, int] = {}
        self._row_of_year = ("", 0)

    def key(self, figure: Figure, parent: Meaning | None) -> Key:
        """What decides the meaning of a cell: headers, caption, unit and role, and what it is part of or speaks about.

        Labels of a row in which no vocabulary finds anything (names of villages, running numbers) are left out, and so
        are those that stand below a header that says that they are names of places.
        """
        locator = figure.locator
        section = f"{locator.section} {locator.sheet or ''}".strip()
        of_parent: tuple[Decision, ...] = ()
        if parent is not None:
            of_parent = (parent.program, parent.stage)
        if parent is not None and figure.link != "part_of":
            of_parent += (parent.source, parent.measure, parent.region, parent.period)
        apart, names, told = self._parted(figure.labels)
        return (
            self._row(locator.row_path or "", apart, names),
            locator.column_path or "",
            section,
            figure.unit,
            figure.role,
            told,
            of_parent,
        )

    def _parted(self, labels: Labels) -> tuple[frozenset[str], frozenset[str], Labels]:
        """Of a row's labels those that name places, other names, and those that a catalogue may know."""
        found = self._named.get(labels)
        if found is None:
            names = frozenset(label for kind, label in labels if kind in SITES)
            found = self._named[labels] = kept_apart(labels), names, telling(labels)
        return found

    def told(self, figure: Figure) -> Told:
        """What the labels of a figure's row tell that stand below headers which say what they name."""
        if not figure.labels:
            return NOTHING
        return told_by(self._parted(figure.labels)[2], self._identity.region.code, self._year_of(figure))

    def _year_of(self, figure: Figure) -> int:
        """The year in which the names of a cell's places hold: of its row, its column or the report; 0 for none."""
        row, column = figure.locator.row_path or "", figure.locator.column_path or ""
        if row is not self._row_of_year[0]:
            self._row_of_year = row, _year(row)
        if column not in self._years:
            self._years[column] = _year(column) or _year(self._identity.period.code[1:])
        return self._row_of_year[1] or self._years[column]

    def like(self, meaning: Meaning, figure: Figure) -> Meaning:
        """The meaning for another figure, with what its table's layout declares or its format states."""
        item = self._item(figure) if figure.labels else ""
        shared = Meaning(figure.figure_id, *meaning[1:-1], item)
        if not figure.declared and not figure.stated:
            return shared
        given: dict[str, Any] = {name: Decision(code, "stated", "declared layout") for name, code in figure.declared}
        given |= {stated.attribute: self._stated(stated) for stated in figure.stated}
        return shared._replace(**given)

    def _item(self, figure: Figure) -> str:
        """What a row names that no catalogue, layout or format knows; a total names nothing."""
        known = _NO_ATTRIBUTES
        if figure.declared or figure.stated:
            known = frozenset((*dict(figure.declared), *(stated.attribute for stated in figure.stated)))
        key = (figure.labels, known, self._year_of(figure), is_mean(figure))
        found = self._items.get(key)
        if found is None:
            unknown = [label for attribute, label in self.told(figure).unknown if attribute not in known]
            # a county below "Village" is the sum of its villages
            single = [
                label
                for kind, label in figure.labels
                if kind == "item" and label_class(label) == "detail" and not is_full_name(label)
            ]
            named = [label for label in (*unknown, *single) if not (key[-1] and is_average(label))]
            found = self._items[key] = " > ".join(named)
        return found

    def _stated(self, stated: StatedCode) -> Decision:
        """What a format states; where it says nothing of place or time, those of the whole report hold."""
        if stated.code:
            return Decision(stated.code, "stated", stated.words)
        if stated.words:
            return Decision(text=stated.words)
        of_report = {"region": self._identity.region, "period": self._identity.period}
        return of_report.get(stated.attribute, Decision())

    def _row(self, path: str, apart: frozenset[str], names: frozenset[str]) -> str:
        found = self._rows.get((path, apart, names))
        if found is None:
            labels = [label for label in path.split(" > ") if label not in apart]
            words = [self._place(label) if label in names else self._telling(label) for label in labels]
            found = self._rows[path, apart, names] = " > ".join(words)
        return found

    def _place(self, name: str) -> str:
        """Of the name of a village, school or project no more than the places in it, whatever other words it holds."""
        province = province_named(name)
        places = [name[hit.start : hit.end] for hit in places_in(name, self._identity).hits]
        return " ".join([*([province.name_en] if province is not None else []), *places]) or _SILENT

    def _telling(self, label: str) -> str:
        if label_class(label) == "total" and label[:4].lower() == "all ":
            return _SILENT  # all donors are none of them
        alike = label if _TELLING.search(label) else _RUNNING_NUMBER.sub(_SILENT, label)
        found = self._labels.get(alike)
        if found is None:
            found = self._labels[alike] = self._reduced(alike)
        return found

    def _reduced(self, label: str) -> str:
        """A label with the words left out in which no vocabulary finds anything."""
        if _TELLING.search(label) or province_named(label) is not None or places_in(label, self._identity).hits:
            return label
        if headings_in(label):
            return label
        cues = cues_of(label)
        hits = (cues.programs, cues.sources, cues.stages, cues.beneficiaries, cues.measures)
        spans = sorted((hit.start, hit.end) for found in hits for hit in found.hits)
        if not spans:
            return _SILENT
        start, end = spans[0][0], max(end for _, end in spans)
        return f"{_SILENT if start else ''}{label[start:end]}{_SILENT if end < len(label) else ''}"


def _year(text: str) -> int:
    """The first year that a text names; 0 where it names none."""
    found = _YEAR.search(text)
    return int(found.group()) if found else 0
