"""Which hits of a phrase are what they seem: no parts of longer words or names, and not denied."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from pipelines.catalog.phrases import Hit
from pipelines.meaning.grammar import Sign, either, scope_words
from pipelines.patterns import regex

_COUNTED = regex(r"\d\s+(?:(?:key|poor|base|pilot|national|border|contiguous)\s+){0,2}$", re.IGNORECASE)
_LEVELS = frozenset({"central", "provincial", "city_county"})
# what may go on behind a single sign that is a word of its own: 修渠120公里, but not 渠道
_GOES_ON = regex(r"[一-鿿]")
_ENDS_WORD = frozenset("等和及与、的共各达约为在")
# a sign inside a name: 水利水电学校, but not 水渠和学校
_IN_NAME = "(?:(?![和与及等的或、在对向给为了到])[一-鿿])"
# a name goes on behind "of": "Institute of Fruit"; a word of a level may name a street
_OFFICE_OF = regex(
    r"\b(?:institute|university|college|academy|ministry|bureau|department|office|school|centre|center)\s+(?:of|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_HOUSES = (
    r"(?:offices?|departments?|headquarters|schools?|hospitals?|factor(?:y|ies)|compan(?:y|ies)|plants?"
    r"|governments?|markets?)"
)
_HOUSES_ZH = "(?:机关|政府|单位|办公[楼室]?|[局校院厂]|公司|企业|市场|总部|法院)"
_MOVES = regex(rf"\b{_HOUSES}\s+(?:[a-z]+\s+){{0,2}}$|{_HOUSES_ZH}(?:整体|已|将|全部)?$", re.IGNORECASE)
_MOVES_OTHERS = regex(
    r"\s*(?:(?:about|some|over|more than|nearly|the|all|poor|another)\s+)*"
    r"(?:\d|people|households|families|villagers|residents)"
    r"|(?:了)?[\d贫群农居]",
    re.IGNORECASE,
)
_IS_MOVED = regex(rf"\s+(?:of\s+)?(?:the\s+)?(?:[a-z]+\s+)?{_HOUSES}\b|{_HOUSES_ZH}", re.IGNORECASE)
_OFFICE = regex(
    r"(?:服务|管理|工作|搬迁|安置|开发)?(?:中心|办公室|局)|\s+(?:office|bureau|center|centre)\b", re.IGNORECASE
)
_BODY = (
    r"(?:Bureau|Office|Department|Ministry|Commission|Agency|Committee|Authority|Administration|Division|Directorate"
    r"|Council|Secretariat|Institute|Foundation|Trust|Society|Charity"
    r"|Academy|University|College|Leading Group|Association|Federation|Union|Corporation|Company|Bank|Group)"
)
_PLACE = "(?:Town|Township|County|District|City|Prefecture)"
_BODY_IN = regex(f"{_BODY}|{_PLACE}")
_NAME = r"[A-Z][\w'’-]+"
# a name has eight words at most and stands in one line
_ORGANISATION = regex(
    rf"\b{_BODY}s? +(?:of|for|on) +(?:the +)?{_NAME}(?:(?:,? +(?:and|&|of|for) +|, +| +){_NAME}){{0,7}}"
    rf"|\b{_NAME}(?:(?: +(?:and|&|of|for) +| +){_NAME}){{0,7}} +{_BODY}\b(?! +(?:of|for|on)\b)"
    rf"|\b{_NAME}(?: +{_NAME}){{0,3}} +{_PLACE}\b(?! +[A-Z])"
)
_FIRM = regex(
    r"[一-鿿]{0,8}(?:电网|集团|公司|开发银行|大学|学院|电视台)|-?\s?(?:owned|run) (?:firm|compan|enterprise|bank)",
    re.IGNORECASE,
)
# what is denied or left out says nothing of the number: "instead of roads", 不含贷款; of stages see `resolve`
_DENIED = regex(
    r"(?:\b(?:instead of|rather than|other than|except(?: for)?|excluding|exclusive of|without|nor"
    r"|not(?: (?:yet|for|from|by|on|to|in|including))?|never)\s+(?:(?:the|any|an?|been)\s+)*"
    r"|不[含计]|不包[括含]|不是|而非|并非|[尚仍还]未|不再|没有|除[了去]?|未[经能曾]?)$",
    re.IGNORECASE,
)
_LONGEST_DENIAL = 24
# what one of these words denies, and with which signs a word that denies ends
_DENIALS = ("instead", "rather", "other", "exc", "without", "no", "never")
_DENIAL_ENDS_ZH = frozenset("含计括是非未再有除去了经能曾")


@lru_cache(maxsize=1)
def _behind_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What makes a word the name of an office or a place, and what makes a level of government one of helping units."""
    grammar = scope_words()
    offices = either(grammar.offices)
    return (
        re.compile(
            rf"(?i:(?:\s+(?:and\s+)?[a-z]+)?\s+(?:{offices[0]}))\b|{_IN_NAME}{{0,3}}?(?:{offices[1]})"
            r"|[村乡镇县市街](?![级里])|(?:[向给][^，。；]|发放|捐|资助|派)"
        ),
        re.compile(r"(?i:\s*(?:[a-z]+\s+)?(?:%s))\b|[一-鿿]{0,3}?(?:%s)" % either(grammar.helpers)),  # noqa: UP031
    )


def is_counted(text: str, hit: Hit[str]) -> bool:
    """Whether cities or counties are counted there ("the 62 counties") and thus get money rather than give it."""
    return hit.payload == "city_county" and _COUNTED.search(text, max(0, hit.start - 32), hit.start) is not None


def crosses(text: str, hit: Hit[str]) -> bool:
    """Whether a phrase begins with the end of another word: 外省 in 此外省里."""
    if text[hit.start] == "外" and text[hit.start - 1 : hit.start] in "此另除以之":
        return True
    # 全县财政收入 is revenue and nobody's gift
    return text[hit.end - 2 : hit.end] == "财政" and text[hit.end : hit.end + 2] in ("收入", "总收")


def is_word(text: str, hit: Hit[Sign]) -> bool:
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


def _moves_itself(text: str, hit: Hit[Sign]) -> bool:
    """Whether an office, a school or a firm moves, and no poor people: "the office moved", 机关整体搬迁."""
    if _MOVES_OTHERS.match(text, hit.end):
        return False
    return _MOVES.search(text, max(0, hit.start - 40), hit.start) is not None or bool(_IS_MOVED.match(text, hit.end))


def organisations(text: str) -> list[tuple[int, int]]:
    """Where a text names offices, firms and places by what they deal with: it says nothing of their money."""
    return [match.span() for match in _ORGANISATION.finditer(text)] if _BODY_IN.search(text) else []


def is_within(spans: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether a place lies in one of some stretches, which follow each other."""
    index = bisect_right(spans, (position, sys.maxsize)) - 1
    return index >= 0 and position < spans[index][1]


def giver(text: str, hit: Hit[str]) -> Hit[str]:
    """A giver; a level of government whose units, organs or firms help ("120 provincial units") is society."""
    if hit.payload in _LEVELS and (_behind_names()[1].match(text, hit.end) or _FIRM.match(text, hit.end)):
        return hit._replace(payload="social")
    return hit


def bare(text: str, hit: Hit[str]) -> Hit[str]:
    """A name without the 's behind it."""
    return hit._replace(end=hit.end - 2) if text[hit.end - 2] in "'’" else hit


def is_glued(text: str, hit: Hit[str]) -> bool:
    """Whether an English name is part of a longer name: jiangxi_2011."""
    beside = text[max(hit.start - 1, 0) : hit.start] + text[hit.end : hit.end + 1]
    return text[hit.start].isascii() and ("_" in beside or any(sign.isdecimal() for sign in beside))


def is_denied(text: str, hit: Hit[str] | Hit[Sign]) -> bool:
    """Whether what a phrase names is denied or left out."""
    before = text[max(0, hit.start - _LONGEST_DENIAL) : hit.start].lower()
    may_be = any(map(before.__contains__, _DENIALS)) if before[-1:].isspace() else before[-1:] in _DENIAL_ENDS_ZH
    return may_be and _DENIED.search(text, hit.start - len(before), hit.start) is not None
