"""What the words of a text say about programs, sources, stages, measures and beneficiaries, found in one pass each."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.load import FOLDER, Program, catalog, read_yaml
from pipelines.catalog.phrases import Found, Hit, Phrases
from pipelines.catalog.regions import province_names
from pipelines.errors import CatalogError
from pipelines.patterns import rarely

Kind = Literal["name", "thing", "all", "other", "economy", "context"]


class Sign(NamedTuple):
    """What a phrase says about the program of the numbers in its scope.

    Attributes:
        code: code of a program; `other` for words of the general economy and of geography.
        kind: a `name` of a program; a `thing` that is a sign of it where an act of support is told; `all` for words
            about the poor and the funds as a whole; `other` for work outside the catalogue; `economy`, or `context`
            (geography and administration, of no money).
    """

    code: str
    kind: Kind


class _Grammar(BaseModel):
    """The schema of `catalog/scope.yml`: words by what they do in a clause."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acts: tuple[str, ...]
    offices: tuple[str, ...]
    helpers: tuple[str, ...]
    payers: tuple[str, ...]
    levels: tuple[str, ...]
    moneys: tuple[str, ...]
    wholes: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    try:
        return _Grammar.model_validate(read_yaml(FOLDER / "scope.yml"))
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogError(f"catalog/scope.yml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    """The vocabularies whose phrases stand in running text; payloads are codes, or `Sign` for programs.

    Raises:
        CatalogError: a phrase that cannot be indexed.
    """
    found = catalog()
    try:
        return Phrases(
            {
                "programs": _program_words(found.programs),
                "acts": [(word, word) for word in _grammar().acts],
                "sources": [
                    (word, code)
                    for source in found.sources.values()
                    for words, code in ((source.words, source.code), (source.ignored, ""))
                    for word in words
                ]
                + [(f"{level} {money}", "city_county") for level in _grammar().levels for money in _grammar().moneys],
                "stages": [(word, entry.code) for entry in found.stages.values() for word in entry.words],
                "beneficiaries": [(word, entry.code) for entry in found.beneficiaries.values() for word in entry.words],
                "measures": _measures(),
                "provinces": [
                    (f"{name}{end}", entry.code) for name, entry in province_names().items() for end in ("", "'s", "’s")
                ],
                "wholes": [(word, level) for level, words in _grammar().wholes.items() for word in words],
            },
            every=frozenset({"measures"}),
        )
    except ValueError as error:
        raise CatalogError(f"catalog/: {error}") from error


@lru_cache(maxsize=1)
def _headings() -> Phrases:
    """The phrases that name programs in headings."""
    try:
        return Phrases(
            {"headings": [(word, entry.code) for entry in catalog().programs.values() for word in entry.headings]}
        )
    except ValueError as error:
        raise CatalogError(f"catalog/programs.yml: headings: {error}") from error


def check_phrases() -> None:
    """Indexes all phrases.

    Raises:
        CatalogError: a phrase that cannot be indexed.
    """
    _phrases()
    _headings()


def _program_words(programs: Mapping[str, Program]) -> Iterator[tuple[str, Sign]]:
    for program in programs.values():
        named: Kind = "all" if program.code == "all" else "name"
        thing: Kind = "other" if program.code == "other" else "thing"
        yield from ((word, Sign(program.code, named)) for word in program.words)
        yield from ((word, Sign(program.code, thing)) for word in program.things)
        yield from ((word, Sign(program.code, "economy")) for word in program.economy)
        yield from ((word, Sign(program.code, "context")) for word in program.context)


def _measures() -> list[tuple[str, tuple[tuple[str, int, int], ...]]]:
    """Phrase → measures that it names or helps to name, as (code, alternative, parts of the alternative)."""
    named: dict[str, list[tuple[str, int, int]]] = {}
    for measure in catalog().measures.values():
        for alternative, phrase in enumerate(measure.words):
            parts = [part.strip() for part in phrase.split("+")]
            for part in parts:
                named.setdefault(part, []).append((measure.code, alternative, len(parts)))
        for phrase in measure.unless:
            named.setdefault(phrase, []).append((measure.code, -1, 0))
    return [(phrase, tuple(codes)) for phrase, codes in named.items()]


_COUNTED = re.compile(r"\d\s+(?:(?:key|poor|base|pilot|national|border|contiguous)\s+){0,2}$", re.IGNORECASE)
_LEVELS = frozenset({"central", "provincial", "city_county"})
# what may go on behind a single sign that is a word of its own: 修渠120公里, but not 渠道
_GOES_ON = re.compile(r"[一-鿿]")
_ENDS_WORD = frozenset("等和及与、的共各达约为在")


# a sign inside a name: 水利水电学校, but not 水渠和学校
_IN_NAME = "(?:(?![和与及等的或、在对向给为了到])[一-鿿])"


@lru_cache(maxsize=1)
def _behind_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What makes a word the name of an office or a place, and what makes a level of government one of helping units."""
    grammar = _grammar()
    offices = _either(grammar.offices)
    return (
        re.compile(
            rf"(?i:(?:\s+(?:and\s+)?[a-z]+)?\s+(?:{offices[0]}))\b|{_IN_NAME}{{0,3}}?(?:{offices[1]})"
            r"|[村乡镇县市街](?![级里])|(?:[向给][^，。；]|发放|捐|资助|派)"
        ),
        re.compile(r"(?i:\s*(?:[a-z]+\s+)?(?:%s))\b|[一-鿿]{0,3}?(?:%s)" % _either(grammar.helpers)),  # noqa: UP031
    )


# a name goes on behind "of": "Institute of Fruit"; a word of a level may name a street
_OFFICE_OF = re.compile(
    r"\b(?:institute|university|college|academy|ministry|bureau|department|office|school|centre|center)\s+(?:of|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PLACE_NAME = re.compile(
    r"\s+(?:park|market|street|square|station|school|hospital|hall|villages?)\b|高地|高原|山区|平原|公园|市场|广场|大街|街道|大道|路\b|小学|中学|医院|商场|村",
    re.IGNORECASE,
)


_STATE = re.compile(r"[- ](?:owned|run|farms?|grid|roads?|highways?|universit|schools?|forests?|bank)\b", re.IGNORECASE)


def _either(words: Iterable[str]) -> tuple[str, str]:
    """Alternatives of a pattern for English and for Chinese words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(word for word in ordered if word.isascii()), "|".join(w for w in ordered if not w.isascii())


def _is_counted(text: str, hit: Hit[str]) -> bool:
    """Whether cities or counties are counted there ("the 62 counties") and thus get money rather than give it."""
    return hit.payload == "city_county" and _COUNTED.search(text, max(0, hit.start - 32), hit.start) is not None


def _crosses(text: str, hit: Hit[str]) -> bool:
    """Whether a phrase begins with the end of another word: 外省 in 此外省里."""
    if text[hit.start] == "外" and text[hit.start - 1 : hit.start] in "此另除以之":
        return True
    # 全县财政收入 is revenue and nobody's gift
    return text[hit.end - 2 : hit.end] == "财政" and text[hit.end : hit.end + 2] in ("收入", "总收")


def payers() -> str:
    """Alternatives of a pattern for people who pay with their own money."""
    return _either(_grammar().payers)[0]


def _is_word(text: str, hit: Hit[Sign]) -> bool:
    """Whether a sign is one: a part of a longer word or name (渠 of 渠道, "Forestry Bureau", 大桥村) is none."""
    if hit.payload.kind not in ("thing", "name", "other"):
        return True
    if hit.payload.code == "relocation" and _moves_itself(text, hit):
        return False
    single = hit.end - hit.start == 1
    if single and _GOES_ON.match(text, hit.end) and text[hit.end] not in _ENDS_WORD:
        return False
    if hit.payload.kind != "thing" and not _OFFICE.match(text, hit.end):
        return True
    joined = text[max(0, hit.start - 5) : hit.start].lower().split()[-1:] in (["of"], ["for"], ["the"])
    if joined and _OFFICE_OF.search(text, max(0, hit.start - 32), hit.start):
        return False
    return _behind_names()[0].match(text, hit.end) is None


_HOUSES = (
    r"(?:offices?|departments?|headquarters|schools?|hospitals?|factor(?:y|ies)|compan(?:y|ies)|plants?"
    r"|governments?|markets?)"
)
_HOUSES_ZH = "(?:机关|政府|单位|办公[楼室]?|[局校院厂]|公司|企业|市场|总部|法院)"
_MOVES = re.compile(rf"\b{_HOUSES}\s+(?:[a-z]+\s+){{0,2}}$|{_HOUSES_ZH}(?:整体|已|将|全部)?$", re.IGNORECASE)
_MOVES_OTHERS = re.compile(
    r"\s*(?:(?:about|some|over|more than|nearly|the|all|poor|another)\s+)*"
    r"(?:\d|people|households|families|villagers|residents)"
    r"|(?:了)?[\d贫群农居]",
    re.IGNORECASE,
)
_IS_MOVED = re.compile(rf"\s+(?:of\s+)?(?:the\s+)?(?:[a-z]+\s+)?{_HOUSES}\b|{_HOUSES_ZH}", re.IGNORECASE)


def _moves_itself(text: str, hit: Hit[Sign]) -> bool:
    """Whether an office, a school or a firm moves, and no poor people: "the office moved", 机关整体搬迁."""
    if _MOVES_OTHERS.match(text, hit.end):
        return False
    return _MOVES.search(text, max(0, hit.start - 40), hit.start) is not None or bool(_IS_MOVED.match(text, hit.end))


_OFFICE = re.compile(
    r"(?:服务|管理|工作|搬迁|安置|开发)?(?:中心|办公室|局)|\s+(?:office|bureau|center|centre)\b", re.IGNORECASE
)


_CALLED = ("thing", "name")
_BODY = (
    r"(?:Bureau|Office|Department|Ministry|Commission|Agency|Committee|Authority|Administration|Division|Directorate"
    r"|Council|Secretariat|Institute|Foundation|Trust|Society|Charity"
    r"|Academy|University|College|Leading Group|Association|Federation|Union|Corporation|Company|Bank|Group)"
)
_PLACE = "(?:Town|Township|County|District|City|Prefecture)"
_BODY_IN = re.compile(f"{_BODY}|{_PLACE}")
_NAME = r"[A-Z][\w'’-]+"
# a name has eight words at most and stands in one line
_ORGANISATION = rarely(
    rf"\b{_BODY}s? +(?:of|for|on) +(?:the +)?{_NAME}(?:(?:,? +(?:and|&|of|for) +|, +| +){_NAME}){{0,7}}"
    rf"|\b{_NAME}(?:(?: +(?:and|&|of|for) +| +){_NAME}){{0,7}} +{_BODY}\b(?! +(?:of|for|on)\b)"
    rf"|\b{_NAME}(?: +{_NAME}){{0,3}} +{_PLACE}\b(?! +[A-Z])"
)


def organisations(text: str) -> list[tuple[int, int]]:
    """Where a text names offices, firms and places by what they deal with: it says nothing of their money."""
    return [match.span() for match in _ORGANISATION.finditer(text)] if _BODY_IN.search(text) else []


def is_within(spans: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether a place lies in one of some stretches, which follow each other."""
    index = bisect_right(spans, (position, sys.maxsize)) - 1
    return index >= 0 and position < spans[index][1]


_FIRM = re.compile(
    r"[一-鿿]{0,8}(?:电网|集团|公司|开发银行|大学|学院|电视台)|-?\s?(?:owned|run) (?:firm|compan|enterprise|bank)",
    re.IGNORECASE,
)


def _giver(text: str, hit: Hit[str]) -> Hit[str]:
    """A giver; a level of government whose units, organs or firms help ("120 provincial units") is society."""
    if hit.payload in _LEVELS and (_behind_names()[1].match(text, hit.end) or _FIRM.match(text, hit.end)):
        return hit._replace(payload="social")
    return hit


def _bare(text: str, hit: Hit[str]) -> Hit[str]:
    """A name without the 's behind it."""
    return hit._replace(end=hit.end - 2) if text[hit.end - 2] in "'’" else hit


def _is_glued(text: str, hit: Hit[str]) -> bool:
    """Whether an English name is part of a longer name: jiangxi_2011."""
    beside = text[max(hit.start - 1, 0) : hit.start] + text[hit.end : hit.end + 1]
    return text[hit.start].isascii() and ("_" in beside or any(sign.isdecimal() for sign in beside))


# what is denied or left out says nothing of the number: "instead of roads", 不含贷款; of stages see `resolve`
_DENIED = re.compile(
    r"(?:\b(?:instead of|rather than|other than|except(?: for)?|excluding|exclusive of|without|nor"
    r"|not(?: (?:yet|for|from|by|on|to|in|including))?|never)\s+(?:(?:the|any|an?|been)\s+)*"
    r"|不[含计]|不包[括含]|不是|而非|并非|[尚仍还]未|不再|没有|除[了去]?|未[经能曾]?)$",
    re.IGNORECASE,
)
_LONGEST_DENIAL = 24
# what one of these words denies, and with which signs a word that denies ends
_DENIALS = ("instead", "rather", "other", "exc", "without", "no", "never")
_DENIAL_ENDS_ZH = frozenset("含计括是非未再有除去了经能曾")


def _is_denied(text: str, hit: Hit[str] | Hit[Sign]) -> bool:
    before = text[max(0, hit.start - _LONGEST_DENIAL) : hit.start].lower()
    may_be = any(map(before.__contains__, _DENIALS)) if before[-1:].isspace() else before[-1:] in _DENIAL_ENDS_ZH
    return may_be and _DENIED.search(text, hit.start - len(before), hit.start) is not None


class Cues:
    """All phrases of one text, by vocabulary; `openings` are where what opens its stretches ends, once asked for."""

    __slots__ = (
        *("acts", "beneficiaries", "called", "measures", "programs", "provinces", "sources", "stages"),
        *("openings", "text", "wholes"),
    )

    def __init__(self, text: str) -> None:
        found = _phrases().find(text)
        self.text = text
        self.openings: dict[tuple[int, int], int] = {}
        offices = organisations(text)
        self.programs: Found[Sign] = Found(
            [
                hit
                for hit in _longest(found["programs"])
                if _is_word(text, hit)
                if hit.payload.kind not in _CALLED or not is_within(offices, hit.start)
                if not _is_denied(text, hit)
            ]
        )
        self.called: Found[Sign] = Found(
            [hit for hit in self.programs.hits if hit.payload.code in CALLED_BY_NAME and hit.payload.kind == "name"]
        )
        self.acts: Found[str] = Found(found["acts"])
        self.sources: Found[str] = Found(
            [
                _giver(text, hit)
                for hit in _outermost(hit for hit in found["sources"] if not _crosses(text, hit))
                if hit.payload and not _is_counted(text, hit) and not _is_denied(text, hit)
                if not (hit.payload == "central" and (_PLACE_NAME.match(text, hit.end) or _STATE.match(text, hit.end)))
            ]
        )
        self.stages: Found[str] = Found(_outermost(found["stages"]))
        self.beneficiaries: Found[str] = Found([hit for hit in found["beneficiaries"] if not _is_denied(text, hit)])
        self.measures: Found[tuple[tuple[str, int, int], ...]] = Found(found["measures"])
        named = _outermost(found["provinces"])
        self.provinces: Found[str] = Found([_bare(text, hit) for hit in named if not _is_glued(text, hit)])
        self.wholes: list[Hit[str]] = [hit for hit in _outermost(found["wholes"]) if hit.payload != "none"]

    def measured(self, start: int, end: int) -> frozenset[str]:
        """Codes of the measures that a stretch names, with all parts of at least one of their phrases."""
        hits = self.measures.within(start, end)
        if not hits:
            return frozenset()
        seen: dict[tuple[str, int], set[int]] = {}
        wanted: dict[tuple[str, int], int] = {}
        for hit in hits:
            for code, alternative, parts in hit.payload:
                seen.setdefault((code, alternative), set()).add(hit.order)
                wanted[code, alternative] = parts
        barred = {code for code, alternative in seen if alternative < 0}
        return frozenset(
            code
            for (code, alternative), orders in seen.items()
            if len(orders) >= wanted[code, alternative] and code not in barred
        )


@lru_cache(maxsize=2048)
def cues_of(text: str) -> Cues:
    """The cues of a short text, such as a heading or the labels of a table cell, which return often."""
    return Cues(text)


@lru_cache(maxsize=2048)
def heading_program(heading: str) -> str | None:
    """The program that a heading names: a special one before a general one, the first of several.

    Of headings in headings (`Main work > Relocation`) the innermost that names a special program decides.
    """
    for part in reversed(heading.split(" > ")):
        code = _named_by(part)
        if code is not None and code not in GENERAL:
            return code
    return _named_by(heading)


def headings_in(text: str) -> list[Hit[str]]:
    """The phrases of a text that name programs in headings."""
    return _headings().find(text)["headings"]


def _named_by(heading: str) -> str | None:
    hits = _longest(headings_in(heading))
    special = [hit.payload for hit in hits if hit.payload not in GENERAL]
    general = [hit.payload for hit in hits if hit.payload in GENERAL]
    return next(iter((*special, *general)), None)


GENERAL = frozenset({"all", "other", "unknown"})
# programs that are called by their name, whatever the section is about
CALLED_BY_NAME = frozenset({"rain_plan", "mutual_funds", "lottery_welfare"})


_PayloadT = TypeVar("_PayloadT")


def _longest(hits: Iterable[Hit[_PayloadT]]) -> list[Hit[_PayloadT]]:
    """Hits that lie in no longer one."""
    found: list[Hit[_PayloadT]] = []
    reach = -1
    for hit in hits:
        if hit.end > reach:
            found.append(hit)
            reach = hit.end
    return found


def _outermost(hits: Iterable[Hit[str]]) -> list[Hit[str]]:
    """Hits that begin in no earlier one: "discount funds for loans" speaks of no loans, 我省财政 of no 省财政."""
    found: list[Hit[str]] = []
    reach = -1
    for hit in hits:
        if hit.start >= reach:
            found.append(hit)
            reach = hit.end
    return found


@lru_cache(maxsize=256)
def title_program(title: str) -> str | None:
    """The program that a title names; `all` where it speaks of poverty work or of its funds as a whole."""
    hits = [hit.payload for hit in cues_of(title).programs.hits if hit.payload.code not in _WAYS]
    for kind in ("name", "all"):
        if codes := [sign.code for sign in hits if sign.kind == kind]:
            return codes[0]
    return "all" if _POVERTY.search(title) else None


_WAYS = frozenset({"fund_management", "publicity", "planning"})  # what an office does about programs
_POVERTY = re.compile(r"poverty|扶贫|脱贫|贫困", re.IGNORECASE)
