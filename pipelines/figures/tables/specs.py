"""Unit, scale and role of a table's numbers, from cell, header, row and unit line; decided once per kind of cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.catalog.currencies import NO_CURRENCY, is_money, printed_unit
from pipelines.catalog.headers import says
from pipelines.figures.draft import RATIO_UNITS, Draft
from pipelines.figures.intervals.qualifiers import read_qualifier
from pipelines.figures.numbers.token import Token
from pipelines.figures.tables.cells import compares
from pipelines.figures.tables.header_nouns import COUNTED
from pipelines.figures.tables.header_units import HUNDRED, PERCENT_SIGN, HeaderUnits
from pipelines.figures.tables.headers import tells_only_years
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Given, Layout
from pipelines.figures.tables.number import Said, Spec
from pipelines.figures.tables.row_words import is_of_which
from pipelines.figures.tables.spoken_roles import (
    COUNT_HEADER,
    EACH,
    OF_BASE,
    PERCENT_HEADER,
    is_ratio,
    is_score,
    lists_prices,
    read_per_head,
    role_of,
    tells_per_head,
    tells_ratios,
)
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.quantity import read_quantity
from pipelines.patterns import regex

# says not of what: of exports, OBS_VALUE
_PLAIN_VALUE = regex(r"(?:obs(?:ervation)?[_ ]?)?values?|valor(?:es)?|valeurs?|nilai|数值", re.IGNORECASE)
_MEAN_ROW = regex(r"\b(?:average|mean|median)\b|平均|中位数", re.IGNORECASE)
_CONDITION = regex(r"[(（\[][^()（）\[\]]*\d[^()（）\[\]]*[)）\]]")  # (max. 50 %), (at least 10 ha)
_FEWEST_FRACTIONS = 2
_LEVELS = ("province", "city")  # whose governments pay: 自治区


@dataclass(slots=True)
class Specs:
    """The specs of one table, kept by what decides them."""

    layout: Layout
    given: dict[int, Given] = field(default_factory=dict)
    country: str = ""
    _known: dict[tuple[int, str, str, str, str], Spec] = field(default_factory=dict)
    _headers: HeaderUnits = field(init=False)
    _measures: int = field(init=False)

    def __post_init__(self) -> None:
        self._headers = HeaderUnits(self.layout, self.country)
        self._measures = max((at for at, of in self.layout.kinds.items() if of.names == "measure"), default=0)

    def of(self, said: Said, column: int, before: str, behind: str) -> Spec:
        """The spec of a cell, given what its row says, and what is written before and behind its digits."""
        if column < self._measures:
            said = said._replace(hint="")  # what is measured stands right of it: of other columns
        key = (column, said.hint, said.unit, before, behind)
        spec = self._known.get(key)
        if spec is None:
            spec = self._known[key] = self._decide(*key)
        return spec

    def _of_sum(self, draft: Draft, column: int, hint: str) -> None:
        """Gives a total without a unit that of the columns which its rows show to make it up, or them its unit."""
        paths, columns = self.layout.column_paths, self.layout.columns
        told = {place: self._told(place, hint) for place in columns} if len(columns) > _FEWEST_FRACTIONS else {}
        totals = [place for place in told if paths[place] and label_class(paths[place][-1]) == "total"]
        free = [place for place in told if place not in totals]
        units_told = {told[place] for place in free}
        sums = [(whole, [place for place in free if not told[place][0]]) for whole in totals if whole != column]
        own = [place for place in free if place != column]
        if column in totals or len(own) > _FEWEST_FRACTIONS:
            sums += [(column, [place for place in own if told[place] == unit]) for unit in units_told]
        if column not in totals:
            sums += self._headers.sums.beside(column, [place for place in told if told[place][0]])
        for whole, parts in sums:
            units = {told[place] for place in (parts if column == whole else [whole])}
            unit, scale = units.pop() if len(units) == 1 and column in (whole, *parts) else ("", Decimal(1))
            if unit and unit not in RATIO_UNITS and "/" not in unit and self._headers.sums.adds_up(whole, parts):
                draft.unit, draft.decided["unit"] = unit, f"header {' > '.join(paths[whole])}, and what makes it up"
                draft.scale = scale if draft.scale == 1 else draft.scale
                return

    def _told(self, column: int, hint: str) -> tuple[str, Decimal]:
        """Unit and scale that the headers of a column tell."""
        found = Draft(Token(0, 1, "1", Decimal(1), "digits"), "", (0, 1), 1)
        self._headers.read(found, self.layout.column_paths[column], column, hint, "")
        return found.unit, found.scale

    def _from_columns(self, draft: Draft, column: int, hint: str, row_unit: str) -> None:
        """The same; where its own headers tell none, that of the column of which it is a part."""
        path = self.layout.column_paths[column]
        self._headers.read(draft, path, column, hint, row_unit)
        if not draft.unit or self._is_payer(draft, path):
            self._of_whole(draft, column, hint)
        if not draft.unit:
            self._of_sum(draft, column, hint)

    def _of_whole(self, draft: Draft, column: int, hint: str) -> None:
        """Gives a column "of which" without a unit that of the column that it is part of, the next to its left.

        So it does to one behind such columns that makes up the whole with them.
        """
        paths, columns = self.layout.column_paths, self.layout.columns
        opened = column
        if not any(map(is_of_which, paths[column])):
            earlier = (place for place in reversed(columns) if place < column)
            opened = next((place for place in earlier if any(map(is_of_which, paths[place]))), -1)
        left = (place for place in reversed(columns) if place < opened and paths[place])
        is_share = all(abs(number) <= HUNDRED for number in self._headers.sums.numbers(column))
        whole = next(
            (
                place
                for place in left
                if not any(map(is_of_which, paths[place]))
                and (is_share or not PERCENT_HEADER.search(" > ".join(paths[place])))
            ),
            None,
        )
        if whole is None or not (opened == column or self._headers.sums.makes_up(whole, column)):
            return
        own = draft.unit, draft.scale, draft.decided.get("unit", "")
        draft.unit, draft.scale = "", Decimal(1)
        self._headers.read(draft, paths[whole], whole, hint, "")
        if own[0] and not is_money(draft.unit):
            draft.unit, draft.scale, draft.decided["unit"] = own

    @staticmethod
    def _is_payer(draft: Draft, path: tuple[str, ...]) -> bool:
        """Whether a part "of which" may be headed by who pays it, and not by what it counts: 其中 > 市县."""
        by_noun = draft.decided.get("unit") == f"header {path[-1]}" if path else False
        return by_noun and draft.unit in (*COUNTED, *_LEVELS) and not path[-1].endswith(("数", "人口", "number"))

    def _as_millions(self, draft: Draft, column: int, hint: str, row_unit: str) -> None:
        """Money has no metres: 12.5m below "Budget (EUR)" are millions; below a larger unit nothing says what of."""
        own = Draft(draft.token, "", draft.sentence, draft.token.end)
        given = self.given.get(column, Given())
        if given.unit:
            own.unit, own.scale = given.unit, given.scale or Decimal(1)
        else:
            self._from_columns(own, column, hint, row_unit)
        if not is_money(own.unit) and (own.unit or not says("money", " ".join(self.layout.column_paths[column]))):
            return
        if own.unit and own.scale == 1:
            draft.unit, draft.scale, draft.decided = own.unit, draft.scale * 10**6, own.decided | {"scale": "m"}
        else:
            draft.why = "m that may be metres or millions"

    def _decide(self, column: int, hint: str, row_unit: str, before: str, behind: str) -> Spec:
        path = self.layout.column_paths[column]
        column_path = " > ".join(path)
        given = self.given.get(column, Given())
        text = f"{before}1{behind}"
        token = Token(len(before), len(before) + 1, "1", Decimal(1), "digits")
        draft = Draft(token, "", (0, len(text)), token.end)
        passage = Passage(text, None, self.country)
        read_quantity(draft, passage, len(text))
        read_qualifier(draft, passage)
        if (qualifier := compares(before)) and draft.qualifier == "exact":
            draft.qualifier, draft.decided["qualifier"] = qualifier, before
        if draft.unit == "m" and behind.strip() == "m":
            self._as_millions(draft, column, hint, row_unit)
        elif not draft.unit and given.unit:
            draft.unit, draft.decided["unit"] = given.unit, f"layout {given.layout}"
            draft.scale *= given.scale or 1
        elif not draft.unit:
            self._from_columns(draft, column, hint, row_unit)
            draft.scale *= given.scale or 1
            read_per_head(draft, column_path, hint, self._headers.caption, is_account=self._headers.words.is_account())
        role = given.role or role_of(draft.unit, column_path, hint, self.layout.caption)
        is_known = is_money(draft.unit) and draft.unit != NO_CURRENCY
        if role == "level" and given.role is None and is_known and self._headers.words.is_voted(column):
            role = "target"
        named = next((level for level in path[::-1] if not tells_only_years(level)), "")
        is_mean = (
            says("statistic", _CONDITION.sub("", named)) and COUNT_HEADER.match(named) is None
        ) or _MEAN_ROW.search(hint) is not None
        if not draft.unit:
            is_mean = (
                is_mean
                or self._headers.sums.are_of_base()
                or is_ratio(named)
                or is_score(named)
                or tells_ratios(self.layout.caption)
            )
            is_mean = is_mean or any(map(OF_BASE.search, (column_path, hint, self._headers.caption)))
            is_mean = is_mean or any(map(EACH.search, (named, hint.rsplit(" > ", 1)[-1], self._headers.caption)))
            is_mean = is_mean or PERCENT_SIGN.search(self.layout.unit_line) is not None  # it may be the share
        elif is_money(draft.unit) and draft.scale == 1 and tells_per_head(self._headers.caption):
            is_mean = (
                is_mean or not self._headers.words.counts_people()
            )  # the title tells of each, and no column of how many
        adds_up: bool | None = given.role is not None or not (is_mean or lists_prices(self.layout.caption))
        if adds_up and not draft.unit and given.role is None:
            is_small = all(abs(number) < 1 for number in self._headers.sums.numbers(column))
            told = (
                *(head for head in path if self._headers.words.tell_measures() or not _PLAIN_VALUE.fullmatch(head)),
                hint,
            )
            told = told if is_small else (*told, self._headers.caption)
            adds_up = True if any(says("money", words) for words in told) else None
        unit, decided = printed_unit(draft.unit), tuple(draft.decided.items())
        return Spec(unit, draft.scale, role, draft.qualifier, decided, adds_up, draft.why)
