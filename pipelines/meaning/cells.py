"""Table cells whose headers say the same have the same meaning: it is decided once and shared."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from pipelines.catalog.regions import province_named
from pipelines.columns import Coded, Codes, Records, Same, coded, column, mapped
from pipelines.figures.figure import Figure
from pipelines.figures.tables.headers import LabelKind
from pipelines.figures.tables.label_classes import is_average, label_class
from pipelines.meaning.context import Context, cell_context
from pipelines.meaning.giver_totals import of_totals
from pipelines.meaning.items import is_mean
from pipelines.meaning.labels import NOTHING, SITES, Labels, Told, is_telling, kept_apart, told_by
from pipelines.meaning.meaning import Decision, Meaning, ReportIdentity
from pipelines.meaning.places import places_in, unplaced
from pipelines.meaning.rows import Rows, year_in
from pipelines.meaning.times import is_time
from pipelines.meaning.vocabulary import cues_of, headings_in
from pipelines.patterns import regex
from pipelines.reading.document import StatedCode

Key = tuple[str, str, str, str, str, Labels, tuple[Decision, ...]]

_SILENT = "…"  # in the stead of a row label that no vocabulary knows
_TELLING = regex(
    r"(?:19|20)\d\d|[(（]|\btogether\b|\bin all\b|total|合计|共计|总计|subsid|grant|allowance|aid|cost|fee|invest"
    r"|补助|补贴|费|投入|投资|标准补|建房|累\s*计|cumulative|to date|respectively|分别|^\W*(?:q|h|quarter)\s?[1-4]\W*$",
    re.IGNORECASE,
)
_COHORT = regex(r"(?:19|20)\d\d\s*[级届]")  # of students, no year of what they get
_FIRM = regex(
    r"(?:公司|[商协学]会|合作社|基金会|分会|校友会|联谊会|酒店|超市|厂|集团)\s*$"
    r"|\b(?:ltd|limited|inc|co|plc|llc|gmbh|s\.?a|s\.?r\.?l|corp|company|ltda|pvt|bv|builders|contractors|trust|club)"
    r"\.?\s*$",
    re.IGNORECASE,
)
_OF_MONEY = regex(
    r"\s*(?:$|[,;:(/&+–-]|(?:'s )?(?:funds?|funding|money|budgets?|financ\w+|governments?|gov\.?|treasury|grants?"
    r"|transfers?|allocations?|subsid\w+|investments?|shares?|contributions?|inputs?|appropriations?|special|poverty"
    r"|loans?|credits?|capital|donations?|levels?|authorit\w+|matching|and|or|total|sub-?total|general|public|fiscal"
    r"|resources?|revenues?|support|aid|assistance|payments?|amounts?|in|from|by|for|to|under)\b)",
    re.IGNORECASE,
)
_RUNNING_NUMBER = regex(r"\d+$")
T = TypeVar("T")
Decide = Callable[[Figure, Context, Told, Meaning | None], Meaning]


class Cells:
    """The meanings of a report's cells by what decides them.

    Attributes:
        known: key → the meaning of one cell that has it.
    """

    def __init__(self, identity: ReportIdentity) -> None:
        self.known: dict[Key, Meaning] = {}
        self._identity = identity
        self._labels: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._rows: dict[tuple[object, ...], tuple[str, int]] = {}
        self._year = year_in(identity.period.code[1:])

    def meanings(self, figures: Records[Figure], decide: Decide) -> Records[Meaning]:
        """The meanings of the figures of a table, with what its layout declares and its format states.

        What decides a meaning is asked once for each row, each column and each kind of number.
        """
        places, fields = figures.columns["locator"], figures.columns
        rows = Rows(column(places, "row_path"), fields["labels"])
        row_codes = rows.codes
        heads = mapped(_Head, column(places, "column_path"), fields["unit"], fields["role"])
        given = mapped(_Given, fields["declared"], fields["stated"])
        head_values, head_codes = distinct(heads)
        given_values, given_codes = distinct(given)
        self._read_places(rows.sites())
        keys = rows.asked(self._row_key, self._place)
        singles = rows.single_items()
        years = [year for _, _, year in keys.values]
        head_years = [year_in(head.path or "") or self._year for head in head_values]

        finals: dict[tuple[int, int], int] = {}
        shared: dict[Key, int] = {}
        made: list[Meaning] = []
        codes = Codes(bytes(4 * len(figures)))
        parents, links = fields["parent"], fields["link"]
        alone = isinstance(parents, Same) and parents.value is None
        first = fields["figure_id"][0]
        known: dict[tuple[int, int, int, int, str | None], int] = {}
        for place in range(len(figures)) if alone else parents_first(parents, first):
            row, head = row_codes[place], head_codes[place]
            parent = -1 if alone or parents[place] is None else codes[parents[place] - first]
            link = None if alone else links[place]
            at = (keys.codes[row], head, given_codes[place], parent, link)
            code = known.get(at)
            if code is None:
                of_parent = made[parent] if parent >= 0 else None
                key = self._key(figures, place, keys[row], head_values[head], of_parent, link)
                if key not in self.known:
                    year = keys[row][2] or head_years[head]
                    told = told_by(key[5], self._identity.region.code, year) if rows.labels[row] else NOTHING
                    self.known[key] = decide(figures[place], cell_context(*key[:3]), told, of_parent)
                pair = (shared.setdefault(key, len(shared)), given_codes[place])
                if pair not in finals:
                    finals[pair] = len(made)
                    made.append(self._with(self.known[key], given_values[given_codes[place]]))
                code = known[at] = finals[pair]
            codes[place] = code
        unknown: dict[tuple[int, int, int], Sequence[str]] = {}
        named: list[str] = []
        means = [is_mean(head.role) for head in head_values]
        for row, head, of in zip(row_codes, head_codes, given_codes, strict=True):
            key_code = keys.codes[row]
            year = years[key_code] or head_years[head]
            spot = (key_code, year, of)
            if spot not in unknown:
                unknown[spot] = self._unknown(keys.values[key_code][1], year, given_values[of])
            names = (*unknown[spot], *singles[row])
            if means[head]:
                names = tuple(name for name in names if not is_average(name))
            named.append(names[0] if len(names) == 1 else " > ".join(names))
        columns: dict[str, Sequence[Any]] = {
            name: Coded([getattr(meaning, name) for meaning in made], codes) for name in Meaning._fields
        }
        found = Records(Meaning, columns | {"figure_id": fields["figure_id"], "item": coded(named)})
        givers = of_totals(figures, found)
        if givers:
            ids, sources = fields["figure_id"], found.columns["source"]
            found = found.with_columns(source=coded(map(givers.get, ids, sources)))
        return found

    def _key(
        self,
        figures: Records[Figure],
        place: int,
        row: tuple[str, Labels, int],
        head: _Head,
        parent: Meaning | None,
        link: str | None,
    ) -> Key:
        """What decides the meaning of a cell: headers, caption, unit and role, and what it is part of or speaks about.

        Labels of a row in which no vocabulary finds anything (names of villages, running numbers) are left out, and so
        are those that stand below a header that says that they are names of places.
        """
        locator = figures.columns["locator"]
        section = f"{column(locator, 'section')[place]} {column(locator, 'sheet')[place] or ''}".strip()
        of_parent: tuple[Decision, ...] = ()
        if parent is not None:
            of_parent = (parent.program, parent.stage)
            if link != "part_of":
                of_parent += (parent.source, parent.measure, parent.region, parent.period)
        return row[0], head.path or "", section, head.unit, head.role, row[1], of_parent

    def _row_key(self, path: str | None, labels: Labels) -> tuple[str, Labels, int]:
        """The telling words of a row, those of its labels that a catalogue may know, and its first year."""
        parted = _parted(tuple([kind for kind, _ in labels]))
        telling = tuple([labels[place] for place in parted.telling])
        sites = [labels[place][1] for place in parted.names]
        rest = tuple([labels[place] for place in parted.rest])
        # of most rows the path is their labels in order, each another one, and no year is in the name of a site
        alike = not parted.texts(rest).isdisjoint(sites) or any(map(year_in, sites))
        if alike or path != " > ".join([label for _, label in labels]):
            return self._words_of(path or "", labels), telling, year_in(path or "")
        key = (parted.kinds, rest, *map(self._place, sites))
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = self._words_of(path, labels), year_in(path)
        return found[0], telling, found[1]

    def _words_of(self, path: str, labels: Labels) -> str:
        """The telling words of a path."""
        parted = _parted(tuple([kind for kind, _ in labels]))
        kept_out = {labels[place][1] for place in parted.apart}
        sites = {labels[place][1] for place in parted.names}
        return " > ".join(
            self._place(label) if label in sites else self._telling(label)
            for label in path.split(" > ")
            if label not in kept_out
        )

    def _with(self, meaning: Meaning, given: _Given) -> Meaning:
        """A meaning with what a layout declares or a format states of a cell."""
        if not given.declared and not given.stated:
            return meaning
        said: dict[str, Any] = {name: Decision(code, "stated", "declared layout") for name, code in given.declared}
        said |= {stated.attribute: self._stated(stated) for stated in given.stated}
        return meaning._replace(**said)

    def _unknown(self, telling: Labels, year: int, given: _Given) -> Sequence[str]:
        """What a row names that no catalogue, layout or format knows, but for single items; a total names nothing."""
        known = {*dict(given.declared), *(stated.attribute for stated in given.stated)}
        told = told_by(telling, self._identity.region.code, year)
        return [label for attribute, label in told.unknown if attribute not in known]

    def _stated(self, stated: StatedCode) -> Decision:
        """What a format states; where it says nothing of place or time, those of the whole report hold."""
        if stated.code:
            return Decision(stated.code, "stated", stated.words)
        if stated.words:
            return Decision(text=stated.words)
        of_report = {"region": self._identity.region, "period": self._identity.period}
        return of_report.get(stated.attribute, Decision())

    def _read_places(self, names: Collection[str]) -> None:
        """Reads the names of villages, schools and projects together: most of them hold no name of a place."""
        free = unplaced(names, self._identity)
        self._places |= dict.fromkeys(free, _SILENT)

    def _place(self, name: str) -> str:
        """Of the name of a village, school or project no more than the places in it, whatever other words it holds."""
        if name not in self._places:
            province = province_named(name)
            places = [name[hit.start : hit.end] for hit in places_in(name, self._identity).hits]
            words = [*([province.name_en] if province is not None else []), *places]
            self._places[name] = " ".join(words) or _SILENT
        return self._places[name]

    def _telling(self, label: str) -> str:
        if (label_class(label) == "total" and label[:4].lower() == "all ") or _FIRM.search(label):
            return _SILENT  # all donors are none of them; whatever words the name of a firm holds
        label = _COHORT.sub(_SILENT, label)
        alike = label if _TELLING.search(label) else _RUNNING_NUMBER.sub(_SILENT, label)
        found = self._labels.get(alike)
        if found is None:
            found = self._labels[alike] = self._reduced(alike)
        return found

    @staticmethod
    def _without_names(label: str) -> str:
        """An English label without words of givers that no money follows: of "Foreign language tests" not "Foreign"."""
        for hit in cues_of(label).sources.hits[::-1]:
            if not _OF_MONEY.match(label, hit.end):
                label = f"{label[: hit.start]}{_SILENT}{label[hit.end :]}"
        return label

    def _reduced(self, label: str) -> str:
        """A label with the words left out in which no vocabulary finds anything."""
        if _TELLING.search(label) or province_named(label) is not None or places_in(label, self._identity).hits:
            return label
        if headings_in(label) or is_time(label):
            return label
        if label.isascii():
            label = self._without_names(label)
        cues = cues_of(label)
        hits = (cues.programs, cues.sources, cues.stages, cues.beneficiaries, cues.measures)
        spans = sorted((hit.start, hit.end) for found in hits for hit in found.hits)
        if not spans:
            return _SILENT
        start, end = spans[0][0], max(end for _, end in spans)
        return f"{_SILENT if start else ''}{label[start:end]}{_SILENT if end < len(label) else ''}"


class _Head(NamedTuple):
    """What a column and a kind of number say."""

    path: str | None
    unit: str
    role: str


class _Given(NamedTuple):
    """What is declared or stated of a cell."""

    declared: tuple[tuple[str, str], ...]
    stated: tuple[StatedCode, ...]


class _Parted(NamedTuple):
    """Of the labels of a row those that name places, other names, and those that a catalogue may know, by place."""

    kinds: tuple[LabelKind, ...]
    apart: tuple[int, ...]
    names: tuple[int, ...]
    telling: tuple[int, ...]
    rest: tuple[int, ...]

    @staticmethod
    def texts(labels: Labels) -> set[str]:
        """Labels without what they name."""
        return {label for _, label in labels}


@lru_cache(maxsize=256)
def _parted(kinds: tuple[LabelKind, ...]) -> _Parted:
    apart = kept_apart(kinds)
    places = list(enumerate(kinds))
    return _Parted(
        kinds,
        tuple(place for place, kind in places if kind in apart),
        tuple(place for place, kind in places if kind in SITES),
        tuple(place for place, kind in places if is_telling(kind)),
        tuple(place for place, kind in places if kind not in SITES),
    )


def distinct(values: Sequence[T]) -> tuple[Sequence[T], Sequence[int]]:
    """The distinct values of a column, and which of them stands at each place."""
    found = values if isinstance(values, Coded) else coded(values)
    return found.values, found.codes


def parents_first(parents: Sequence[int | None], first: int) -> Iterator[int]:
    """Places of figures such that a parent comes before those that refer to it; a circle is cut where it is met.

    Args:
        parents: figure_id of the parent of each.
        first: figure_id of the first.
    """
    done = bytearray(len(parents))
    for start, parent in enumerate(parents):
        if parent is None or done[parent - first]:
            if not done[start]:
                done[start] = True
                yield start
            continue
        chain, members = [start], {start}
        while (above := parents[chain[-1]]) is not None and not done[above - first] and above - first not in members:
            chain.append(above - first)
            members.add(above - first)
        for place in reversed(chain):
            if not done[place]:
                done[place] = True
                yield place
