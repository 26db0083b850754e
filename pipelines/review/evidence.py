"""What speaks for a reading being wrong: how its attributes were decided, and what stands around the figure.

What each of it weighs, and its words, stand in `evidence.yml`; here it is looked for. Of a cell only its unit, its role
and its decisions are asked, for cells are told by their labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning
from pipelines.meaning.period_codes import years
from pipelines.meaning.vocabulary import GENERAL, cues_of
from pipelines.patterns import regex
from pipelines.review.files import Attribute
from pipelines.review.weights import LOOKED_AT, Evidence

# between the clauses of a sentence, and what opens brackets around a number
_MARK = regex(r"[,，;；:：。、)）]|\.\s|\b(?:and|while|but)\b")
_OPENS = regex(r"[(（]\s*[A-Za-z]{0,3}\W?\s*$")
_YEAR = regex(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")
_PAYS = regex(
    r"\b(?:gave|giving|contribut\w*|financed|financiers?|donat\w*|donors?|put (?:in|up)|put$|met|bear|bore|borne|lent"
    r"|loans?|banks?|raised|match\w*|sponsor\w*|foundation|companies|enterprises|themselves|supporters|borrow\w*|own"
    r"|(?:paid|funded|given|provided|supplied|covered|come|comes|came|received) (?:by|from))\b"
    r"|捐|出资|[省市县区州户钱里自己家]出|缴|掏|自筹|自己|投工|来自|来源|贷|银行|信用社|企业|公司|单位|社会|筹|争取|引进|由"
    r"|给了|承担|负担|本级|盈利|村集体|融资|注入|援助",
    re.IGNORECASE,
)
_FROM = regex(r"\b(?:from|by)\b(?! (?:\d|[a-z]+ing\b|then|now|the end))", re.IGNORECASE)
_FUNDS = regex(r"资金|投资|经费|\b(?:funds?|investment|budget|cost|spen[dt])\b", re.IGNORECASE)
_WORKS = regex(
    r"新[改建修]|改扩?建|修|铺|硬化|架设|打井|工程|项目|通[水电]|\b(?:built|build|paved|laid|dug|drilled|repaired"
    r"|rehabilitat\w*|construct\w*|install\w*|works|projects?|schemes?)\b",
    re.IGNORECASE,
)
_POOR = regex(r"贫|\b(?:poor|poverty|poorest)\b", re.IGNORECASE)
_COMPARED = regex(
    r"\b(?:than|above|below|against|beyond|compared (?:with|to)|from|versus|on|over)\b"
    r"(?: (?:the|that|those|of|about|only|nearly|some|in|its))* ?(?:[A-Z]{0,4}\W ?)?$|[比较由从][^，。；、\d]{0,14}$",
    re.IGNORECASE,
)
_OTHER_TIME = regex(
    r"last year|\b(?:years?|months?) (?:before|earlier|ago|later)|previous|preceding|prior|former|earlier"
    r"|same (?:period|months?|time)|上[一年]|去年|前年|同期|此前|原来|原先|过去|当时|来年|明年|次年",
    re.IGNORECASE,
)
_TIME = regex(
    r"全年|当年|累计|[一二三四五六七八九十两]年|年[初底末内]|期间|上半年|\b(?:years?|annual|annually|months?)\b",
    re.IGNORECASE,
)
_AUDITED = "fund_management"
_OWN, _CHANGES = ("level", "target"), ("change", "change_pct", "diff_pp")


def of_codes(
    unit: str, role: str, decisions: Sequence[Decision], known: Mapping[Attribute, float], *, is_abroad: bool
) -> dict[Attribute, Evidence]:
    """The evidence that a figure's unit, role and decisions are.

    Args:
        unit: of the figure.
        role: of the figure.
        decisions: about what is looked at, in order.
        known: attribute → share of the report's figures that have it.
        is_abroad: whether the report is of no known place of China.
    """
    money = is_money(unit)
    shared = _held(own_amount=role in _OWN, change=role in _CHANGES)
    found: dict[Attribute, Evidence] = {}
    for name, decision in zip(LOOKED_AT, decisions, strict=True):
        if not money and name in ("source", "stage"):
            continue
        found[name] = told = dict(shared)
        if decision.code == UNKNOWN:
            # where few figures have it, the report seldom says it
            told |= _held(others_known=known.get(name, 0.0) ** 2)
        elif name == "source":
            told |= _held(abroad=is_abroad, of_parts=decision.text.startswith("its parts"))
        elif name == "program":
            told |= _held(audited=money and decision.code == _AUDITED)
    return found


def _held(**much: float) -> Evidence:
    return {name: float(one) for name, one in much.items() if one}


class _Said(NamedTuple):
    """What a sentence tells of.

    Attributes:
        payers: that somebody paid.
        works: works.
        poor: the poor.
        time: a time in words.
        years: the years that it names.
    """

    payers: bool
    works: bool
    poor: bool
    time: bool
    years: frozenset[int]


def _said(sentence: str) -> _Said:
    return _Said(
        payers=bool(_PAYS.search(sentence)),
        works=bool(_WORKS.search(sentence)),
        poor=bool(_POOR.search(sentence)),
        time=bool(_TIME.search(sentence)),
        years=_years(sentence),
    )


class _Words(NamedTuple):
    """The words around a number.

    Attributes:
        before: of its sentence, behind the number before it.
        behind: of its sentence, before the next number.
        lead: of its own clause, before it.
        tail: of its own clause, behind it.
    """

    before: str
    behind: str
    lead: str
    tail: str

    def near(self, pattern: re.Pattern[str]) -> bool:
        """Whether its own clause has some words."""
        return bool(pattern.search(self.lead) or pattern.search(self.tail))


class Surroundings:
    """What stands around the figures of running text of one report."""

    def __init__(self, text: str, figures: Sequence[Figure], meanings: Sequence[Meaning]) -> None:
        self._text, self._figures, self._meanings = text, figures, meanings
        self._parts = Counter(figure.parent for figure in figures if figure.link == "part_of")
        self._divided = {
            (figure.parent, figure.axis)
            for figure, meaning in zip(figures, meanings, strict=True)
            if figure.link == "part_of" and meaning.source.code != UNKNOWN
        }

    def evidence(self) -> Iterator[dict[Attribute, Evidence]]:
        """What speaks against program, giver and period of each figure, beside what `of_codes` tells."""
        for _, places in groupby(range(len(self._figures)), lambda at: self._figures[at].locator.sentence_start):
            yield from self._of_sentence(list(places))

    def _of_sentence(self, places: Sequence[int]) -> Iterator[dict[Attribute, Evidence]]:
        amounts = sum(is_money(self._figures[at].unit) for at in places)
        where = self._figures[places[0]].locator
        said = _said(self._text[where.sentence_start or 0 : where.sentence_end])
        for at in places:
            words = self._words(at, places)
            beside = [self._meanings[other] for other in (at - 1, at + 1) if other in places]
            figure, meaning = self._figures[at], self._meanings[at]
            found = {
                "program": _about_program(meaning, said, beside),
                "period": _about_period(meaning, words, said),
            }
            if is_money(figure.unit):
                found["source"] = self._about_giver(figure, meaning, words, amounts if said.payers else 0)
            yield found  # type: ignore[misc]

    def _words(self, at: int, places: Sequence[int]) -> _Words:
        where = self._figures[at].locator
        first, last = where.sentence_start or 0, where.sentence_end or 0
        begin = self._figures[at - 1].locator.end if at > places[0] else first
        until = self._figures[at + 1].locator.start if at < places[-1] else last
        before, behind = self._text[begin : where.start], self._text[where.end : until]
        lead, tail = _MARK.split(_OPENS.sub("", before))[-1], _MARK.split(behind.lstrip(" )）"))[0]
        return _Words(before, behind, lead, tail)

    def _about_giver(self, figure: Figure, meaning: Meaning, words: _Words, amounts: int) -> Evidence:
        """What speaks against a giver.

        Args:
            figure: the amount.
            meaning: of the amount.
            words: around it.
            amounts: of its sentence, if that tells that somebody paid.
        """
        statement = figure.link not in (None, "part_of")
        if meaning.source.code != UNKNOWN:
            return _held(statement=statement)
        is_part, is_whole = figure.link == "part_of", figure.figure_id in self._parts
        return _held(
            statement=statement,
            payer=words.near(_PAYS) or bool(_FROM.search(words.tail)),
            payer_part=is_part and amounts > 0,
            payer_list=amounts > 1 and not is_part and not is_whole,
            left_out=(figure.parent, figure.axis) in self._divided and is_part,
            giver_named=any(hit.payload != UNKNOWN for hit in cues_of(figure.sentence).sources.hits),
            funds=words.near(_FUNDS),
        )


def _about_program(meaning: Meaning, said: _Said, beside: Iterable[Meaning]) -> Evidence:
    code = meaning.program.code
    return _held(
        works=code in GENERAL and said.works,
        poor=code == UNKNOWN and said.poor,
        differs=sum(other.program.code != code for other in beside) / 2,
    )


def _about_period(meaning: Meaning, words: _Words, said: _Said) -> Evidence:
    period = meaning.period
    unknown, named = period.code == UNKNOWN, period.how == "named"
    own, behind = _years_of(period.code), _years(words.behind)
    return _held(
        time=unknown and said.time,
        time_near=unknown and bool(_TIME.search(words.before) or _TIME.search(words.behind)),
        year_behind=not named and bool(behind),
        compared_year=not named and not behind <= own and bool(_COMPARED.search(words.before)),
        other_year=not said.years <= own,
        other_time=not named and words.near(_OTHER_TIME),
        last_year=named and bool(_OTHER_TIME.search(period.text)),
    )


def _years(words: str) -> frozenset[int]:
    return frozenset(map(int, _YEAR.findall(words)))


def _years_of(code: str) -> set[int]:
    span = years(code)
    return set(range(span[0], span[1] + 1)) if span else set()
