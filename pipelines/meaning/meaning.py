"""What one figure is about: codes of the catalogues, each with how it was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

How = Literal["stated", "named", "opened", "inherited", "assumed", "unknown"]
"""How something was decided, from sure to unsure.

`stated` by a layout, a statement beside the file, its format or a reviewer; `named` by words of the own clause, column
or row; `opened` by what opens the sentence, paragraph or section, or by the report; `inherited` from the whole or from
the figure that it speaks about; `assumed` by habit of the genre, so that it enters no indicator; or `unknown`.
"""
UNKNOWN = "unknown"


class Decision(NamedTuple):
    """A code and how it was found.

    Attributes:
        code: code of the catalogue, or `unknown`.
        how: how sure it is.
        text: the node that decided it, where it is not the own clause, and its words; for `unknown`, the reason.
    """

    code: str = UNKNOWN
    how: How = "unknown"
    text: str = ""


def passed_on(decision: Decision) -> Decision:
    """What another figure takes over: never surer than it was."""
    return decision if decision.how in ("assumed", "unknown") else Decision(decision.code, "inherited", decision.text)


class RegionGroup(NamedTuple):
    """Several places that a figure speaks of together.

    Attributes:
        words: what the report calls it (`21 key counties`, `Luoxiao Mountain area`).
        declared: how many members it is said to have, None where that is not said.
        listed: how many of them the sentence names, 0 where it names none.
    """

    words: str
    declared: int | None
    listed: int


class Meaning(NamedTuple):
    """What a figure is about; one to one with a Figure by `figure_id`.

    Attributes:
        figure_id: the figure.
        program: code of `catalog/programs.yml`.
        source: code of `catalog/sources.yml`; `unknown` where none is said.
        stage: code of `catalog/stages.yml` (only money).
        measure: code of `catalog/measures.yml`.
        beneficiary: code of `catalog/beneficiaries.yml`.
        region: GB/T 2260 code (six digits) or group code; `unknown`.
        period: `Y2011`, `Y2006_2010`, `Y2020Q3`, `Y2020M05`, `FYP12`, `ASOF_20111231`, …
        group: the places that it speaks of together, if it names a group of them.
        item: label that sets it apart from figures of its table about the same, such as that of a village or a project;
            empty where it speaks for the whole of its region, program and source.
        scope: words that limit what the amount covers (`excl. work-relief funds`), else empty.
    """

    figure_id: int
    program: Decision
    source: Decision
    stage: Decision
    measure: Decision
    beneficiary: Decision
    region: Decision
    period: Decision
    scope: str = ""
    group: RegionGroup | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """What a whole report is about, from its title, body and file name.

    Attributes:
        report_id: path below `raw/`.
        title: as printed.
        region: GB/T 2260 code of the region the report speaks for, `unknown` if it names none.
        period: `Y2011`, …, the reporting period; `unknown` if it names none.
        series: kind of report: `yearbook_chapter` (narrative), `fund_table` or `activity_list`; decides precedence
            between sources.
        language: `en` or `zh`.
        publisher: who published it; empty where nothing states it.
        published: ISO date; empty where nothing states it.
        licence: as named; empty where nothing states it.
        stated: what is stated rather than read → the file that states it.
    """

    report_id: str
    title: str
    region: Decision
    period: Decision
    series: str
    language: str
    publisher: str = ""
    published: str = ""
    licence: str = ""
    stated: tuple[tuple[str, str], ...] = ()
