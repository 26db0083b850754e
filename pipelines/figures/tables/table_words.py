"""What the headers and labels of a whole table say together, as far as the unit of one column depends on it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from pipelines.catalog.headers import WordKind, says
from pipelines.figures.tables.header_nouns import COUNTED, of_people
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout, texts_of
from pipelines.figures.tables.lines import Path
from pipelines.figures.tables.spoken_roles import COUNT_HEADER
from pipelines.figures.units.headed import headed_unit
from pipelines.figures.units.unitlines import BRACKETS
from pipelines.figures.units.unitwords import is_headed_by, loose_unit, strict_unit
from pipelines.patterns import regex

_ASKED = 200  # labels of a long table that are asked
_SEVERAL = 5  # labels of which some may be a noun of people by chance
_ACCOUNTS = regex(r"\d\s*accounts$", re.IGNORECASE)  # 2021-22 Accounts: what was spent in it
_YEARLY = r"(?:(?:FY\s?)?(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?)?\s*[(（]?\s*"


def _of_year(words: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Some words alone, or beside a year: Revised, 2015-16 (RE), BE 2016."""
    return re.compile(rf"{_YEARLY}(?:{words})\s*[)）]?\s*{_YEARLY}[)）]?", flags)


_VOTED = _of_year("approved|original|revised|adjusted|voted|authori[sz]ed")
_ESTIMATED = _of_year(r"[BR]\.?E\.?", re.RegexFlag(0))  # budget and revised estimates
_ACTUAL = _of_year("actuals?|outturn|executed|spent|actual (?:spending|expenditure)|budget|estimates?")
# a name and what it is of; 贫困村 and 未脱贫村 are none
_PLACE = regex(r"(?!.*[贫困脱退出未非点范项行自])[一-鿿]{1,4}[县区市旗州乡镇村]")
_QUANTITY = regex(
    r"(?:quantity|qty\.?|quantities|no\. of units|数\s*量|工程量|cantidad|quantidade|quantité|volume)\s*(?:[(（].*)?",
    re.IGNORECASE,
)
_COSTS = regex(r"\b(?:costs?|prices?)\b|单价|造价|成本", re.IGNORECASE)
OUTLAYS = regex(r"支出|\b(?:expenditures?|outlays?|payments)\b", re.IGNORECASE)


def _is_unit(label: str) -> bool:
    found = strict_unit(label) if label.isalpha() else None
    return found is not None and found.unit != "" and found.scale == 1


def _tells_amounts(header: str) -> bool:
    """Whether a header says what kind of amount it is of, or of which total."""
    kinds: tuple[WordKind, ...] = ("money", "state", "target", "forecast", "done", "remainder", "change", "price")
    return any(says(kind, header) for kind in kinds) or label_class(header) != "detail"


@dataclass(slots=True)
class TableWords:
    """The words of one table; what takes a look at all of them is asked once."""

    layout: Layout
    _by_row: bool | None = None
    _people: bool | None = None
    _measures: bool | None = None
    _of_quantity: bool | None = None
    _places: Counter[str] | None = None
    _named: bool | None = None

    def is_name(self, label: str) -> bool:
        """Whether a row is called as a unit is, in a table whose other rows are called otherwise: BAD, Lira, Acre.

        So it is with 甲县 among other counties.
        """
        if _PLACE.fullmatch(label):
            if self._places is None:
                lasts = {path[-1] for path in self.layout.row_paths.values() if path}
                self._places = Counter(last[-1] for last in lasts if _PLACE.fullmatch(last))
            return self._places[label[-1]] > 1
        lasts = {path[-1] for path in self.layout.row_paths.values() if path} if _is_unit(label) else set()
        return any(not _is_unit(last) and label_class(last) == "detail" for last in lasts)

    def are_names(self) -> bool:
        """Whether most of several labels count nothing: "Youth, Sports" is rather an office among others."""
        if self._named is None:
            labels = [] if self.tell_measures() else sorted(self.layout.row_paths.lasts())[:_ASKED]
            counting = sum(headed_unit(label) is not None for label in labels)
            self._named = len(labels) >= _SEVERAL and 2 * counting < len(labels)
        return self._named

    def tell_measures(self) -> bool:
        """Whether a column of words says what each row measures; codes of an export do not."""
        if self._measures is None:
            named = [column for column, of in self.layout.kinds.items() if of.names == "measure"]
            told = (text for column in named for text in texts_of(self.layout, column))
            self._measures = any(not text.isupper() for text in told)
        return self._measures

    def is_in_row_units(self, path: Path) -> bool:
        """Whether a column may be in the units that a column names for each row: 12 sessions, not at so much each.

        Beside a column of quantities they are those of it alone.
        """
        if self._of_quantity is None:
            heads = (self.layout.column_paths[column][-1:] for column in self.layout.columns)
            self._of_quantity = any(map(_QUANTITY.fullmatch, chain.from_iterable(heads)))
        return any(map(_QUANTITY.fullmatch, path[-1:])) if self._of_quantity else not any(map(_COSTS.search, path))

    def rows_tell(self) -> bool:
        """Whether the rows of a table have units of their own, several, so that its columns are what is compared."""
        if self._by_row is None:
            labels = {path[-1] for path in self.layout.row_paths.values() if path}
            told = {words for label in labels for words in BRACKETS.findall(label)[-1:] if loose_unit(words)}
            self._by_row = len(told) > 1
        return self._by_row

    def is_of_items(self, header: str) -> bool:
        """Whether a header is of projects or sessions, and another one of the table is not: "Projects", "Portfolio"."""
        heads = [self.layout.column_paths[column][-1:] for column in self.layout.columns]
        return (
            is_headed_by("items", header)
            and not _ACCOUNTS.search(header)
            and any(not is_headed_by("items", head) and of_people(head) is None for path in heads for head in path)
        )

    def beside_money(self, column: int) -> list[int]:
        """The other columns whose headers say that they are of money, where those of this column say nothing of it."""
        paths = self.layout.column_paths
        if any(map(_tells_amounts, paths[column])):
            return []
        return [other for other in self.layout.columns if any(says("money", head) for head in paths[other][-1:])]

    def is_among_money(self, column: int) -> bool:
        """Whether several other columns say that they are of money: nobody knows what a total among them counts."""
        heads = (self.layout.column_paths[other][-1:] for other in self.layout.columns if other != column)
        return sum(any(says("money", head) for head in path) for path in heads) > 1

    def is_account(self) -> bool:
        """Whether a column of the table is of outlays: 本年支出, "Total expenditure"."""
        heads = (self.layout.column_paths[column][-1:] for column in self.layout.columns)
        return any(OUTLAYS.search(head) for path in heads for head in path)

    def is_voted(self, column: int) -> bool:
        """Whether a column is of what was approved, beside one of what was actually spent, or of estimates: (BE)."""
        heads = chain.from_iterable(self.layout.column_paths[other] for other in self.layout.columns)
        own = self.layout.column_paths[column]
        beside = any(map(_VOTED.fullmatch, own)) and any(map(_ACTUAL.fullmatch, heads))
        return beside or any(map(_ESTIMATED.fullmatch, own))

    def may_be_money(self, column: int) -> bool:
        """Whether no header of a column counts people or places."""
        return not any(map(of_people, self.layout.column_paths[column]))

    def names_places(self, header: str) -> bool:
        """Whether a header is the name of a place, as others beside it are: 甲县, 乙县."""
        heads = {path[-1] for column in self.layout.columns if (path := self.layout.column_paths[column])}
        alike = [head for head in heads if _PLACE.fullmatch(head) and head[-1] == header[-1:]]
        return header in alike and len(alike) > 1

    def counts_people(self) -> bool:
        """Whether a column of the table counts people, households or places."""
        return any(map(of_people, chain.from_iterable(map(self.layout.column_paths.__getitem__, self.layout.columns))))

    def heads_people(self) -> bool:
        """Whether all columns are headed by people or places, and none says that it counts them."""
        if self._people is None:
            heads = [
                path[-1] if path else ""
                for column, path in self.layout.column_paths.items()
                if column in self.layout.columns
            ]
            units = [headed_unit(head) if head else None for head in heads]
            counted = any(
                COUNT_HEADER.search(head) or head.rstrip().endswith(("数", "人口", "number")) for head in heads
            )
            self._people = not counted and all(unit is not None and unit.unit in COUNTED for unit in units)
        return self._people
