"""What the labels of a table's row tell that stand below headers such as County, Program or Fund source."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.catalog.load import Program, Source, catalog
from pipelines.figures.tables.headers import PLACE_KINDS, LabelKind
from pipelines.figures.tables.label_classes import label_class
from pipelines.meaning.meaning import UNKNOWN, Decision
from pipelines.meaning.places import place_called
from pipelines.meaning.vocabulary import cues_of, heading_program, headings_in
from pipelines.patterns import regex

Labels = tuple[tuple[LabelKind, str], ...]

# from the widest place, so that a county is looked for in the province of its row
_ORDER: tuple[LabelKind, ...] = (*PLACE_KINDS, "program", "project", "source", "year")
# names, whatever words they hold: World Bank Street School is no money of the World Bank
_NAMES: frozenset[LabelKind] = frozenset({*PLACE_KINDS, "agency", "person"})
SITES: frozenset[LabelKind] = frozenset({"project", "item"})  # of whose name only the place may tell something
_YEARS = regex(r"(?:FY\s?)?((?:1[89]|20|21)\d\d)(?:\s*[-–—/]\s*((?:\d\d)?\d\d))?\s*年?度?", re.IGNORECASE)
# a day, whichever of its numbers is the month: 2021-03-04, 7/10/2022, 2021年3月4日
_DAY = regex(
    r"((?:19|20)\d\d)(?:[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|年\d{1,2}月\d{1,2}日)|\d{1,2}[-/.]\d{1,2}[-/.]((?:19|20)\d\d)(?!\d)"
)
_LAST = "2049"  # what is later is rather 2068 of Vikram Samvat than a year to come
_FISCAL = regex(r"(?<![\d/-])((?:19|20)\d\d)\s?[-–—/]\s?((?:\d\d)?\d\d)(?![\d/-])")
# what may follow the noun that heads the name of a project: "Relocation of 40 houses", 茶叶基地建设项目
_BEHIND_HEAD = regex(
    r"(?:\s+(?:project|programme|program|scheme|works?))?(?:\s+(?:of|in|for|at|on|to|by|with)\b.*|\s*[,(（\d:–-].*)?"
    r"|(?:改造|建设|扶持|扶贫)?(?:工程|项目|建设|计划|资金|基地|园区?)*(?:[(（].*)?",
    re.IGNORECASE,
)
_SUM = regex(
    r"\s*(?:小\s*计|合\s*计|总\s*计|共\s*计|\b(?:sub-?\s?|grand )?totals?\b(?: of| for)?)\s*[:：]?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a row's labels tell.

    Attributes:
        decisions: attribute of meaning (`region`, `program`, `source`, `period`) → what its own column says.
        unknown: attribute and label for labels that no catalogue knows, and for projects within a program.
    """

    decisions: Mapping[str, Decision]
    unknown: tuple[tuple[str, str], ...] = ()


NOTHING = Told({})


def kept_apart(kinds: Collection[LabelKind]) -> frozenset[LabelKind]:
    """Of the kinds of a row's labels those that tell nothing else: names, and sources beside a column of programs."""
    sources: set[LabelKind] = {"source"} if "program" in kinds or "project" in kinds else set()
    return _NAMES | sources


def is_telling(kind: LabelKind) -> bool:
    """Whether a catalogue may know labels of a kind; those of single items are mostly all different."""
    return kind in _ORDER


@lru_cache(maxsize=8192)
def told_by(labels: Labels, home: str, year: int) -> Told:
    """What labels tell; a total names no member, so it leaves the region to the report.

    A program that is not known is looked for in caption and headings; a source is not, which would be a guess.

    Args:
        labels: of a row, without those of single items.
        home: code of the report's region, or `unknown`.
        year: in which the regions' names hold; 0 for the first that is known.
    """
    decisions: dict[str, Decision] = {}
    unknown: list[tuple[str, str]] = []
    within = "" if home == UNKNOWN else home
    for kind, label in sorted(labels, key=lambda one: _ORDER.index(one[0])):
        if kind == "year":
            span = _YEARS.fullmatch(label.strip())
            if span is not None and span.group(2) is None and span.group(1) > _LAST:
                decisions["period"] = Decision(text=f"{label} may be a year of another calendar")
            elif span is not None and (code := _period(*span.groups())) is not None:
                decisions["period"] = Decision(code, "named", label)
            elif (day := _DAY.match(label.strip())) is not None:
                decisions["period"] = Decision(f"Y{day.group(1) or day.group(2)}", "named", label)
            continue
        attribute = "region" if kind in PLACE_KINDS else "source" if kind == "source" else "program"
        is_sum = label_class(label) in ("total", "subtotal")
        name = _SUM.sub("", label) if is_sum else label
        if attribute == "region":
            code = place_called(name, kind, within, year)
            within = code or within
        else:
            code = _source(name) if attribute == "source" else _program(name, headed=kind == "project")
        single = kind == "project" and not _is_program(name)
        if (not code or single) and not is_sum:
            unknown.append((attribute, label))
        if code:
            decisions[attribute] = Decision(code, "named", label)
        elif attribute == "program" and is_sum:
            decisions[attribute] = Decision("all", "named", label)
        elif attribute == "source":
            decisions[attribute] = Decision() if is_sum else Decision(text=label)
    return Told(decisions, tuple(unknown))


def period_called(label: str) -> str | None:
    """The code of the two years that a label is or holds, such as 2020/21, "Actuals 2017-18"; None for any other."""
    span = _YEARS.fullmatch(label.strip())
    if span is not None and span.group(2):
        return _period(*span.groups())
    inside = [found.groups() for found in _FISCAL.finditer(label)]
    told = {f"Y{first}_{int(first) + 1}" for first, last in inside if int(last[-2:]) == (int(first[-2:]) + 1) % 100}
    return told.pop() if len(told) == 1 == len(inside) else None


def _period(first: str, last: str | None) -> str | None:
    """The code of a year or of two that a label names: 2011, 2020/2021, FY2020-21; None for a month, 2020-01."""
    if last is None or (last := first[: 4 - len(last)] + last) == first:
        return f"Y{first}"
    return f"Y{first}_{last}" if first < last else None


def _program(label: str, *, headed: bool) -> str:
    """The program that a label names, empty for none; of a project only where it heads the name."""
    code = heading_program(label)
    if code is not None and not headed:
        return code
    hits = [hit for hit in cues_of(label).programs.hits if hit.payload.kind in ("name", "thing", "other", "all")]
    if headed:
        hits = [hit for hit in hits if _BEHIND_HEAD.fullmatch(label, hit.end)]
    return hits[0].payload.code if hits else _called(label, catalog().programs)


def _is_program(label: str) -> bool:
    """Whether a label in a column of projects is nothing but the name of a program."""
    spans = [(hit.start, hit.end) for hit in headings_in(label)]
    spans += [(hit.start, hit.end) for hit in cues_of(label).programs.hits]
    return (0, len(label)) in spans or bool(_called(label, catalog().programs))


def _source(label: str) -> str:
    """The one source that a label names, or the two that are counted together; empty for none and for several."""
    named = {hit.payload for hit in cues_of(label).sources.hits} - {UNKNOWN}
    if named == {"central", "provincial"}:
        return "central+provincial"
    if not named:
        return _called(label, catalog().sources)
    return named.pop() if len(named) == 1 else ""


def _called(label: str, entries: Mapping[str, Program] | Mapping[str, Source]) -> str:
    """The code of the entry that a label calls by its code or name, which may be no phrase of running text: "Other"."""
    wanted = label.strip().lower()
    codes = [entry.code for entry in entries.values() if wanted in (entry.code, entry.name_en.lower(), entry.name_zh)]
    return codes[0] if codes and codes[0] != UNKNOWN else ""
