"""Unit, scale and role of a table's numbers, from cell, header, row and unit line; decided once per kind of cell."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.currencies import is_money, printed_unit, written
from pipelines.catalog.regions import is_full_name
from pipelines.figures.draft import RATIO_UNITS, Draft
from pipelines.figures.figure import Qualifier, Role
from pipelines.figures.numbers.token import Token
from pipelines.figures.passage import Passage
from pipelines.figures.per import decide_per
from pipelines.figures.qualifiers import read_qualifier
from pipelines.figures.quantity import read_quantity
from pipelines.figures.tables.cells import compares
from pipelines.figures.tables.layout import Given, Layout
from pipelines.figures.tables.lines import label_class
from pipelines.figures.unitwords import BRACKETS, TableUnit, loose_unit, scale_alone, strict_unit, tail_unit, unit_words

_PERCENT_HEADER = re.compile(
    r"占比|比重|比例|增长|增速|增幅|完成率|\bshare|percent|%|％|growth|completion|rate\b", re.IGNORECASE
)
# "number of villages" counts whatever the unit line says; other nouns only where there is no unit line
_COUNT_HEADER = re.compile(r"\b(?:number|no\.?) of (.+)|([一-鿿]{1,4}?)(?:次)?数(?:量)?$", re.IGNORECASE)
_ROLE_WORDS: tuple[tuple[str, Role, bool], ...] = (
    (r"完成率|completion|% of (plan|task|target)", "plan_pct", True),
    (r"增长|增速|增幅|growth|change|increase", "change_pct", True),
    (r"占比|比重|比例|share|proportion|% of", "share_pct", True),
    (r"增加|增减|新增|increase|change|decrease", "change", False),
    (r"计划|任务|目标|预算|\bplan(ned)?\b|\btarget|\btask\b|budget", "target", False),
)
_ROLES = tuple((re.compile(words, re.IGNORECASE), role, ratio) for words, role, ratio in _ROLE_WORDS)
# a header that is nothing but one of these counts them, whatever the unit line says of the money beside them
_COUNTED = frozenset({"person", "person-time", "household", "village", "township", "county"})
# of the phrases for amounts per head those that say "each" themselves
_EACH = re.compile(r"\b(?:per|each|every|average)\b|[人户亩村县]均|每", re.IGNORECASE)
_TELLING_ROW = re.compile(
    "|".join(
        (
            *(r"[(（\[]|单\s*位|\bunits?\b|\bin\s|\bincomes?\b|\bwages?\b|收入|工资", _EACH.pattern),
            _PERCENT_HEADER.pattern,
            *(w.pattern for w, _, ratio in _ROLES if ratio),
        )
    ),
    re.IGNORECASE,
)
_ONLY_YEARS = re.compile(r"(?:[(（][^()（）]*[)）]|\byears?\b|[\d\s年度>,，—–-])*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spec:
    """What all cells of one kind share: those of one column with one way to write, and rows that say nothing else."""

    unit: str
    scale: Decimal
    role: Role
    qualifier: Qualifier
    decided: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Specs:
    """The specs of one table, kept by what decides them."""

    layout: Layout
    given: dict[int, Given] = field(default_factory=dict)
    country: str = ""
    _known: dict[tuple[int, str, str, str, str], Spec] = field(default_factory=dict)
    _hints: dict[int, str] = field(default_factory=dict)

    def of(self, row: int, column: int, before: str, behind: str) -> Spec:
        """The spec of a cell, given what is written before and behind its digits."""
        hint = self._hints.get(row)
        if hint is None:
            hint = self._hints[row] = "" if self.layout.is_stated else self._hint_of(row)
        key = (column, hint, self.layout.row_unit(row), before, behind)
        spec = self._known.get(key)
        if spec is None:
            spec = self._known[key] = self._decide(*key)
        return spec

    def _hint_of(self, row: int) -> str:
        """What a row says of units and roles; an "of which" without a unit has that of the row that it is part of."""
        path = self.layout.row_paths[row]
        hint = _hint(path)
        if not path or label_class(path[-1]) != "of_which" or BRACKETS.search(path[-1]):
            return hint
        rows, paths = self.layout.body_rows, self.layout.row_paths
        for place in range(bisect_left(rows, row) - 1, -1, -1):
            above = paths[rows[place]]
            if above and label_class(above[-1]) != "of_which":
                return f"{_hint(above)} > {hint}".strip(" >")
        return hint

    def _of_whole(self, draft: Draft, column: int, hint: str) -> None:
        """Gives a column "of which" without a unit that of the column that it is part of, the next to its left."""
        paths = self.layout.column_paths
        if not paths[column] or label_class(paths[column][-1]) != "of_which":
            return
        left = (place for place in reversed(self.layout.columns) if place < column and paths[place])
        whole = next((place for place in left if label_class(paths[place][-1]) != "of_which"), None)
        if whole is not None:
            _from_headers(draft, paths[whole], hint, "", self.layout.unit_line, self.country)

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
        if not draft.unit and given.unit:
            draft.unit, draft.decided["unit"] = given.unit, f"layout {given.layout}"
            draft.scale *= given.scale or 1
        elif not draft.unit:
            _from_headers(draft, path, hint, row_unit, self.layout.unit_line, self.country)
            if not draft.unit:
                self._of_whole(draft, column, hint)
            draft.scale *= given.scale or 1
            _per_head(draft, column_path, hint, self.layout.caption)
        role = given.role or _role(draft.unit, column_path, hint)
        return Spec(printed_unit(draft.unit), draft.scale, role, draft.qualifier, tuple(draft.decided.items()))


def tells_only_years(column_path: str) -> bool:
    """Whether headers hold no more than years and brackets, so that the caption tells what is measured."""
    return _ONLY_YEARS.fullmatch(column_path) is not None


def _hint(row_path: tuple[str, ...]) -> str:
    """A row's path where it can say something about units or roles, else nothing, so that such rows share a spec."""
    return " > ".join(row_path) if any(map(_is_telling, row_path)) else ""


@lru_cache(maxsize=1 << 16)
def _is_telling(label: str) -> bool:
    return _TELLING_ROW.search(label) is not None


def _from_headers(
    draft: Draft, path: tuple[str, ...], row_path: str, row_unit: str, unit_line: str, country: str
) -> None:
    """The unit of the row's unit cell, of a header's brackets, of a percent header, of the unit line, or a noun."""
    # the last words of "Gan County" count no counties
    path = tuple(header for header in path if not is_full_name(header))
    levels = path[::-1]
    column_path = " > ".join(path)
    _decide_from_headers(draft, path, row_path, row_unit, unit_line, country)
    alone = next((scale for header in levels if (scale := scale_alone(header)) != 1), Decimal(1))
    if alone != 1 and draft.scale == 1 and draft.unit not in RATIO_UNITS:
        draft.scale, draft.decided["scale"] = alone, f"header {column_path}"


def _decide_from_headers(
    draft: Draft, path: tuple[str, ...], row_path: str, row_unit: str, unit_line: str, country: str
) -> None:
    levels = path[::-1]
    column_path = " > ".join(path)
    if row_unit in written().codes:
        draft.unit, draft.decided["unit"] = row_unit, f"unit column {row_unit}"
        return
    if row_unit and _adopt(draft, loose_unit(row_unit), f"unit column {row_unit}", country):
        return
    spoken = [words for part in (*levels, row_path) if (words := unit_words(part))]
    for words in (*spoken, *BRACKETS.findall(column_path)[::-1], *BRACKETS.findall(row_path)[::-1]):
        if _adopt(draft, loose_unit(words), f"header {words}", country):
            return
    for header in levels:
        if _adopt(draft, tail_unit(header), f"header {header}", country):
            return
    if _PERCENT_HEADER.search(column_path):
        draft.unit, draft.decided["unit"] = "%", f"header {column_path}"
        return
    header = levels[0] if levels else ""
    line = strict_unit(unit_line) if unit_line else None
    counted = _COUNT_HEADER.search(header)
    if counted:
        noun = counted.group(1) or counted.group(2)[-1]
        noun = "人次" if header.endswith("人次数") else noun
        if _adopt(draft, loose_unit(noun), f"header {header}", country):
            return
    bare = strict_unit(header) if header else None
    if bare is not None and bare.unit in _COUNTED and line is not None and line.unit:
        _adopt(draft, bare, f"header {header}", country)
        return
    if unit_line and _adopt(draft, loose_unit(unit_line), f"unit line {unit_line}", country):
        return
    found = _adopt(draft, loose_unit(header), f"header {header}", country) if header else False
    if line is not None and not line.unit and draft.unit not in RATIO_UNITS and draft.scale == 1:
        draft.scale, draft.decided["scale"] = line.scale, f"unit line {unit_line}"
    if not found:
        draft.decided["unit"] = "neither header nor unit line names one"


def _per_head(draft: Draft, column_path: str, row_path: str, caption: str) -> None:
    """What an amount is per: as its header, its row or, above headers of years alone, the caption says it."""
    if not is_money(draft.unit):
        return
    for words in (column_path, row_path, caption if tells_only_years(column_path) else ""):
        passage = Passage(words)
        hits = passage.per.within(0, len(words))
        said = [hit for hit in hits if _EACH.search(words[hit.start : hit.end])]
        # millions of income are all incomes together
        hit = next(iter(said or (hits if draft.scale == 1 else ())), None)
        if hit is not None:
            decide_per(draft, hit.payload, words[hit.start : hit.end])
            return


def _adopt(draft: Draft, found: TableUnit | None, place: str, country: str) -> bool:
    if found is None or not found.unit:
        return False
    if draft.scale == 1:
        draft.scale = found.scale
    draft.unit, draft.decided["unit"] = found.within(country), place
    return True


def _role(unit: str, column_path: str, row_path: str) -> Role:
    is_ratio = unit in RATIO_UNITS
    for words, role, ratio in _ROLES:
        # a row's label names its subject ("Rain Plan"), so only a ratio's role is looked for in it
        headers = f"{column_path} {row_path}" if ratio else column_path
        if ratio == is_ratio and words.search(headers):
            return role
    if is_ratio:
        return "rate_pct"
    return "per_unit" if "/" in unit else "level"
