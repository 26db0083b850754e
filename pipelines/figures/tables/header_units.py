"""The unit that the headers, rows and unit line of a table tell for a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import says
from pipelines.catalog.regions import is_full_name
from pipelines.figures.draft import RATIO_UNITS, Draft
from pipelines.figures.tables.column_sums import ColumnSums
from pipelines.figures.tables.header_nouns import (
    COUNTED,
    counted_in_caption,
    exceptions,
    of_list,
    of_people,
    own_label,
    tells_class,
    unread_scale,
)
from pipelines.figures.tables.headers import is_level, tells_only_years
from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.row_words import is_of_which, tells_share
from pipelines.figures.tables.spoken_roles import (
    COUNT_HEADER,
    EACH,
    NO_HUNDRED,
    OF_BASE,
    PERCENT_HEADER,
    is_price,
    is_ratio,
    is_score,
)
from pipelines.figures.tables.table_words import TableWords
from pipelines.figures.units.headed import headed_unit, scale_alone, tail_unit
from pipelines.figures.units.unitlines import BRACKETS, listed_units, unit_words
from pipelines.figures.units.unitwords import (
    TableUnit,
    is_headed_by,
    is_measure_word,
    is_measured,
    loose_unit,
    names_scale,
    scales_something,
    strict_unit,
)
from pipelines.patterns import regex

_TOTAL_OF = regex(r"(?:grand )?total\s+(?:of\s+)?", re.IGNORECASE)  # Total poor
# 12% is a number, but not 2012-13%
PERCENT_SIGN = regex(
    r"(?<!\d)(?<!\d )(?:[%％]|percent|per cent)|^(?:FY\s?)?(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\s?[%％]$|百分(?!之)",
    re.IGNORECASE,
)
_PERCENT_CODE = regex(r"(?:PCNT|PCT|PC|PT)(?:_[A-Z\d]+)*")  # of exchange formats: per cent, of what it is
_PERCENT_ROW = regex(
    r"(?:率|比重|占比|比例|增速|增幅|\b(?<!exchange )rate|\bshare|\bpercentage|\bproportion)\s*(?:[(（].*)?$",
    re.IGNORECASE,
)  # Coverage (%), Access to electricity (% of population), 占比（%）
# of how many a rate is told, where it is no hundred
_PER_MANY = regex(
    r"\bper (?:1(?:[ ,.]?0){3,}(?!\d)|(?:ten |hundred )?thousand|million)|每(?:千|万|十万)", re.IGNORECASE
)
HUNDRED = 100
_PEOPLE = frozenset({"person", "household"})
_LARGEST_SHARE = 1000  # per cent; what is larger below "rate" or "share" is rather money
_FEWEST_FRACTIONS = 2
# headers that leave to the row what is measured
_VALUE_HEADER = regex(
    r"数值|数量|指标值|实际|完成|完成数|数据|本年|(?:measure |data )?values?|numbers?|amounts?|figures?|data|actual",
    re.IGNORECASE,
)
# so does one that says what was done with them: Cattle given, Houses built
_DONE = regex(r".*[^\W\d] (?:\w{2,}ed|given|built|dug|bought|sold|lost|taught|grown|born|dead)", re.IGNORECASE)
_OF_VALUES = regex(r"[,;，；]\s*(?:values?|costs?|expenditure)(?: in [^,;]+)?\s*$", re.IGNORECASE)
_PLURAL = regex(r"(?:[a-z-]+ )*[a-z-]{2,}[^s\W]s", re.IGNORECASE)


@dataclass(slots=True)
class HeaderUnits:
    """The units that the words of one table tell.

    Attributes:
        sums: what its numbers tell.
        words: what its headers and labels say together.
        caption: its title, without units that it excepts.
    """

    layout: Layout
    country: str
    sums: ColumnSums = field(init=False)
    words: TableWords = field(init=False)
    caption: str = field(init=False)
    _excepted: dict[str, str] = field(init=False)
    _unread_scale: str = field(init=False)

    def __post_init__(self) -> None:
        self.sums, self.words = ColumnSums(self.layout), TableWords(self.layout)
        self.caption, self._excepted = exceptions(self.layout.caption)
        line = self.layout.unit_line
        told = (line,) if line else (self.layout.caption, *(cell.text for cell in self.layout.note_cells))
        self._unread_scale = next(filter(None, map(unread_scale, told)), "")

    def read(self, draft: Draft, path: tuple[str, ...], column: int, hint: str, row_unit: str) -> None:
        """Unit and scale; a scale that stands alone in a header, as ('000), holds beside a unit from elsewhere."""
        self._read_headers(draft, path, column, hint, row_unit)
        of_row = "".join(f"({words})" for words in BRACKETS.findall(own_label(hint)))
        headers = (f"({self.layout.column_units.get(column, '')})", *path[::-1], of_row, f"({row_unit})")
        alone = next((found for header in headers if (found := scale_alone(header)) is not None), None)
        if alone is not None and draft.scale == 1 and draft.unit not in RATIO_UNITS:
            draft.why = draft.why or alone.doubt
            draft.scale, draft.decided["scale"] = alone.scale, f"header {' > '.join(path)}"
        is_scaled = not draft.unit or draft.decided.get("unit", "").startswith("caption")
        if self._unread_scale and draft.scale == 1 and is_scaled and not any(map(is_ratio, path)):
            draft.why = draft.why or f"a unit that is not understood: {self._unread_scale}"
        if draft.scale == 1 and draft.unit and draft.unit not in RATIO_UNITS and any(map(names_scale, path)):
            draft.why = draft.why or f"a scale that is not understood: {' > '.join(path)}"

    def _read_headers(self, draft: Draft, path: tuple[str, ...], column: int, hint: str, row_unit: str) -> None:
        """The unit of the unit row or column, of brackets, tail or noun of a header, of a row's label, or unit line.

        The first that names one decides; a header's own noun of people or places counts them whatever the unit line
        says of the money beside them.
        """
        # the last words of "Gan County" count no counties
        # nor do those of "up to 30 m2" measure what is counted below them
        path = tuple(header for header in path if not is_full_name(header) and not tells_class(header))
        levels = path[::-1]
        column_path, row_label = " > ".join(path), own_label(hint)
        nouns = (_TOTAL_OF.sub("", level) if label_class(level) == "total" else level for level in levels)
        header = next((word for word in nouns if not tells_only_years(word) and label_class(word) == "detail"), "")
        unit_line = self.layout.unit_line
        line = strict_unit(unit_line) if unit_line else None
        if self._adopt(draft, self.layout.column_units.get(column, ""), "unit row", loose_unit):
            return
        if any(map(OF_BASE.search, (*path, row_label))):
            draft.decided["unit"] = f"{column_path or row_label}: a hundred is the base"
            return
        if tells_share(row_label) and all(tells_only_years(head) or _VALUE_HEADER.fullmatch(head) for head in path):
            draft.unit, draft.decided["unit"] = "%", f"row {row_label}"
            return
        if len(levels) > 1 and is_measure_word(levels[0]):
            self._count(draft, levels[1], "header")
            return
        for words in (*(unit_words(level) for level in levels), *BRACKETS.findall(column_path)[::-1]):
            if is_measure_word(words) and header:
                self._count(draft, header, "header")
                return
            if self._adopt(draft, words, "header", loose_unit):
                if line is not None and words == levels[0] and line.unit == draft.unit and draft.scale == 1:
                    draft.scale, draft.why = line.scale, line.doubt  # USD below "USD million"
                if draft.unit == "%" and _may_be_fractions(self.sums.numbers(column)):
                    draft.unit = ""
                    self._as_share(draft, column, column_path)
                return
        if any(map(PERCENT_SIGN.search, path)):  # whatever its row counts
            self._as_share(draft, column, column_path)
            return
        if self.sums.are_of_base():
            draft.decided["unit"] = "all columns are 100 in one year, the base of index numbers"
            return
        if is_score(header):  # points of an indicator are in no unit of it
            draft.decided["unit"] = f"header {header} is of points"
            return
        of_row = unit_words(row_label) if len(row_label) > 1 and not self.words.is_name(row_label) else ""
        for words in (of_row, *BRACKETS.findall(row_label)[::-1]):
            if is_measure_word(words):
                self._count(draft, row_label, "row")
                return
            if self._adopt(draft, words, "row", strict_unit):
                return
        if any(self._adopt(draft, level, "header", tail_unit) for level in levels):
            return
        tail = tail_unit(row_label) if not self.words.is_name(row_label) else None
        paid = tail is not None and tail.unit in COUNTED and self.words.is_among_money(column)
        if tail is not None and not paid and self._adopt(draft, row_label, "row", tail_unit):
            return
        if (counted := COUNT_HEADER.match(row_label)) is not None and not COUNT_HEADER.search(header):
            self._count(draft, next(filter(None, counted.groups())), "row")
            return
        is_part = line is not None and is_money(line.unit) and self.sums.is_part(column, lambda _: True)
        if PERCENT_HEADER.search(column_path) and not is_part:  # the share of a state is money
            self._as_share(draft, column, column_path)
            return
        if row_unit and not self.words.is_in_row_units(path):
            row_unit = ""
        if is_measure_word(row_unit):
            self._count(draft, row_label, "row")
            return
        if _PERCENT_CODE.fullmatch(row_unit):
            draft.unit, draft.decided["unit"] = "%", f"unit column {row_unit}"
            return
        if self._adopt(draft, row_unit, "unit column", loose_unit):
            return
        if _PERCENT_ROW.search(row_label):
            draft.unit, draft.decided["unit"] = "%", f"row {row_label}"
            return
        named = [words for words in self._excepted if words in column_path.lower()]
        named = [
            words for words in named if EACH.search(words) or not EACH.search(column_path)
        ]  # output, and of each mu
        excepted = self._excepted[max(named, key=len)] if named else ""
        if excepted and self._adopt(draft, excepted, "title", loose_unit):
            return
        counted = COUNT_HEADER.search(header)
        noun = next((words for words in counted.groups() if words is not None), "") if counted is not None else header
        if counted is not None and is_headed_by("money", noun):
            counted = None  # jumlah anggaran
        counts = loose_unit(noun) if counted is not None else None
        if counts is not None and line is not None and counts.unit == line.unit:
            self._take(draft, line, f"unit line {unit_line}")
            return
        if counts is not None and self._is_in_pieces(counts, column, noun=""):
            draft.decided["unit"] = f"decimals below {header}"  # thousands of people, or a rate: nothing says which
            return
        if counted is not None and self._adopt(draft, noun, "header", loose_unit):
            return
        of_items = line is not None and is_money(line.unit) and self.words.is_of_items(header)
        of_items = of_items and not self.sums.is_related(column)
        if (counted is not None and line is not None and line.unit) or of_items:
            draft.unit, draft.decided["unit"] = "other", f"header {header}"  # kits, in a table of money
            return
        if PERCENT_SIGN.search(unit_line) and line is None and (is_ratio(header) or says("change_in_per_cent", header)):
            self._as_share(draft, column, header)
            return
        if listed := listed_units(unit_line):
            told = of_list(listed, header or " ".join(levels[:1]))
            if len(listed) == 1 and listed[0].unit in COUNTED and PERCENT_SIGN.search(unit_line):
                told = [unit for unit in told if headed_unit(header) is not None]  # else it may be the share
            if len(told) > 1:  # 元/人·月 beside 万元
                is_each = is_price(header) or EACH.search(header) is not None
                told = [unit for unit in told if ("/" in unit.unit) == is_each]
            money = [unit for unit in listed if is_money(unit.unit)]
            if not told and any(says("money", level) for level in levels[1:]):
                told = money
            if not told and (not header or _VALUE_HEADER.fullmatch(header)):
                told = of_list(listed, row_label)
            if len(told) == 1:
                self._take(draft, told[0], f"unit line {unit_line}")
            else:
                draft.decided["unit"] = f"unit line {unit_line} lists several, and no word tells which"
            return
        own = headed_unit(header) if header and not (line is not None and is_level(header)) else None
        if own is None and not any(says(kind, header) for kind in ("money", "state", "target", "change")):
            above = (level for level in levels if header and level != header and label_class(level) == "detail")
            header, own = next(((up, unit) for up in above if (unit := of_people(up)) is not None), (header, None))
        if own is not None and line is not None and line.unit and self.words.names_places(header):
            own = None
        if own is not None and line is not None and is_money(line.unit) and self.words.heads_people():
            own = None  # money of townspeople and of farmers: no column is left for the unit line
        if (
            own is not None
            and line is not None
            and is_money(line.unit)
            and self.sums.is_part(column, self.words.may_be_money)
        ):
            own = None  # whoever pays a part of the next column is not counted
        if own is not None and self._is_in_pieces(own, column, noun=header):
            draft.decided["unit"] = f"decimals below {header}"
            if line is not None and is_money(line.unit) and own.unit in _PEOPLE:
                return  # people are no money, whatever the unit line says of the columns beside them
            own = None
        if own is not None and (line is None or not line.unit or own.unit in COUNTED or _DONE.fullmatch(header)):
            self._adopt(draft, header, "header", headed_unit)
        elif (
            (not header and not any(map(is_of_which, path)))
            or _VALUE_HEADER.fullmatch(header)
            or self.words.rows_tell()
        ):
            own = headed_unit(row_label) if row_label and not self.words.is_name(row_label) else None
            of_unit_line = loose_unit(unit_line) if unit_line else None
            is_share = of_unit_line is not None and of_unit_line.unit in RATIO_UNITS
            if own is not None and is_share and self._is_in_pieces(own, column, ""):
                draft.decided["unit"] = f"{row_label} may be counted, or a share of it be told"
                return
            if own is not None and own.unit in COUNTED and not self.words.rows_tell() and self.words.are_names():
                draft.decided["unit"] = f"{row_label} may be counted, or be a name as those of the other rows"
                return
            is_paid = own is not None and own.unit in COUNTED and line is not None and is_money(line.unit)
            among_money = own is not None and own.unit in COUNTED and self.words.is_among_money(column)
            if (is_paid or among_money) and not self.words.rows_tell():
                draft.decided["unit"] = f"{row_label} may be counted, or what is paid for"
                return
            if own is not None and (own.unit in COUNTED or self.words.rows_tell()):
                self._adopt(draft, row_label, "row", headed_unit)
            elif not header and not unit_line:
                self._adopt(draft, self.layout.caption, "caption", counted_in_caption)
        if not draft.unit and line is not None and is_money(line.unit) and self._counts_things(header, column):
            draft.decided["unit"] = f"{header} may count what it names, other headers say that they are money"
            return
        if not draft.unit and self._is_no_share(unit_line, column):
            draft.decided["unit"] = f"numbers too large for {unit_line}"  # a sample beside the shares of a title
        elif not draft.unit and self._adopt(draft, unit_line, "unit line", loose_unit):
            return
        if line is not None and line.unit and line.unit == draft.unit and draft.scale == 1:
            # the unemployed below "thousand persons"
            draft.scale, draft.decided["scale"] = line.scale, f"unit line {unit_line}"
        is_other = draft.unit in COUNTED and scales_something(unit_line)  # households are no millions of roupies
        if line is not None and not line.unit and draft.unit not in RATIO_UNITS and draft.scale == 1 and not is_other:
            draft.scale, draft.decided["scale"] = line.scale, f"unit line {unit_line}"
            draft.why = line.doubt
        if not draft.unit:
            draft.decided.setdefault("unit", "neither header nor unit line names one")

    def _as_share(self, draft: Draft, column: int, header: str) -> None:
        """Per cent below a header of shares, where the column's numbers can be that; 0.4 beside 0.55 is 40 %."""
        numbers = self.sums.numbers(column)
        if _PER_MANY.search(header):
            draft.decided["unit"] = f"{header} is of more than a hundred"
        elif PERCENT_SIGN.search(header) and not _may_be_fractions(numbers):
            draft.unit, draft.decided["unit"] = "%", f"header {header}"
        elif _SAYS_PERCENT.search(header) and abs(sum(numbers, Decimal(0)) - 1) > _ALL_BUT:
            draft.decided["unit"] = f"numbers so small and long below {header} may be fractions or per cent"
        elif NO_HUNDRED.search(header):
            draft.decided["unit"] = f"{header}: of how many is not told"
        elif any(abs(number) > _LARGEST_SHARE for number in numbers):
            draft.decided["unit"] = f"numbers too large for {header}"
        elif any(0 < number < 1 for number in numbers) and all(abs(number) <= 1 for number in numbers):
            if len(numbers) < _FEWEST_FRACTIONS:
                draft.decided["unit"] = "one number below 1 may be a fraction or per cent"
                return
            draft.unit, draft.scale = "%", draft.scale * 100
            draft.decided["unit"] = f"fractions below {header}"
        else:
            draft.unit, draft.decided["unit"] = "%", f"header {header}"

    def _is_no_share(self, unit_line: str, column: int) -> bool:
        """Whether a unit line of shares stands over whole numbers that are all more than a hundred."""
        told = loose_unit(unit_line) if unit_line else None
        numbers = self.sums.numbers(column) if told is not None and told.unit in RATIO_UNITS else []
        return len(numbers) >= _FEWEST_FRACTIONS and all(number > HUNDRED and number % 1 == 0 for number in numbers)

    def _counts_things(self, header: str, column: int) -> bool:
        """Whether a header beside others of money may count what it names: Huts built; Goats, which are whole.

        So are several things that are whole beside money that is not or has a total without them, and those below
        "quantities in pieces, value in yen"; what makes up others, or is made up, is money.
        """
        money = self.words.beside_money(column)
        whole = _PLURAL.fullmatch(header) is not None and not any(number % 1 for number in self.sums.numbers(column))
        in_pieces = any(number % 1 for other in money for number in self.sums.numbers(other))
        of_values = _OF_VALUES.search(self.caption) is not None
        heads = [self.layout.column_paths[other][-1] for other in money]
        apart = in_pieces or any(label_class(head) == "total" for head in heads)
        counts = bool(money) and (_DONE.fullmatch(header) is not None or (whole and apart) or of_values)
        return counts and not self.sums.is_related(column)

    def _is_in_pieces(self, own: TableUnit, column: int, noun: str) -> bool:
        """Whether a noun of whole things heads numbers with decimals, which are then a rate or a mean of them."""
        if is_measured(own) or "/" in own.unit or own.scale != 1 or says("statistic", noun):
            return False
        headers = (*self.layout.column_paths[column], f"({self.layout.column_units.get(column, '')})")
        alone = next((found for header in headers if (found := scale_alone(header)) is not None), None)
        scale = alone.scale if alone is not None else Decimal(1)
        return any(number * scale % 1 for number in self.sums.numbers(column))

    def _count(self, draft: Draft, label: str, place: str) -> None:
        """What a label beside a measure word counts: the noun that heads it, or something that has no unit."""
        if not self._adopt(draft, BRACKETS.sub("", label).strip(), place, headed_unit):
            draft.unit, draft.decided["unit"] = "other", f"{place} {label}"

    def _adopt(self, draft: Draft, words: str, place: str, read: Callable[[str], TableUnit | None]) -> bool:
        """Takes the unit of some words, if they name one."""
        found = read(words) if words else None
        if found is None or not found.unit:
            return False
        self._take(draft, found, f"{place} {words}")
        return True

    def _take(self, draft: Draft, found: TableUnit, told: str) -> None:
        """Gives a unit, with its scale where the number has none of its own."""
        if draft.scale == 1:
            draft.scale, draft.why = found.scale, draft.why or found.doubt
        draft.unit, draft.decided["unit"] = found.within(self.country), told


def _may_be_fractions(numbers: Sequence[Decimal]) -> bool:
    """Whether numbers look like parts of one, whatever their header says: all below it, with digits of a quotient."""
    small = len(numbers) > _FEWEST_FRACTIONS and all(0 <= number < 1 for number in numbers)
    return small and any(int(number.as_tuple().exponent) < -_LONG for number in numbers)


_SAYS_PERCENT = regex(r"[%％]|\bper ?cent|\bpct\b", re.IGNORECASE)
_LONG = 4  # decimals that nobody prints of per cent
_ALL_BUT = Decimal("0.005")  # shares of one whole
