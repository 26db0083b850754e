"""Which number words count something: slogans and names do not, nor does what a text only mentions again."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.figures.numbers.chinese import SCALES
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import OF_THEM
from pipelines.patterns import regex

_NAMED_BY_NUMBER = regex(
    r"[\d+＋·.\-—–]+\s*(?:[A-Z][\w-]*\s*){0,3}|[\d+＋·.\-—–]+[一-鿿]{0,6}(?:工程|计划|行动|模式|战略|思路|攻坚)"
)
_SYMBOLS = regex(r"[\d+＋·.,、\-—–N个:：%]+")
_REPEATED_BEFORE = regex(r"\b(?:the|these|those|other|both)\s*$|[这该上述]$", re.IGNORECASE)
_ADDED_UP = regex(r"[项者笔]?(?:资金)?(?:合计|共计|总计|相加)")
_SLOGAN_BEFORE = regex(r"[一二两三四五六七八九十][一-鿿]{1,3}$")
_SLOGAN_UNITS = frozenset({"", "other", "structure", "city", "area", "facility", "project"})
_LONGEST_SLOGAN = 30  # characters; a longer quotation says a sentence
_FEW = 10  # as many at most are counted in a slogan
_SLOGAN_NEXT = regex(
    r"(?![个名户项家人口期元亩县村乡镇市省座处条所次场头只吨公年月天日倍辆台套件])[一-鿿]{1,3}(?=[一二两三四五六七八九十])"
)
_COUNTED_ONE = frozenset({"county", "village", "township", "city", "province", "person", "household"})


def is_slogan(passage: Passage, draft: Draft, quoted: tuple[int, int]) -> bool:
    """Whether a number in quotation marks only names a policy: "五个一批", "1+N"."""
    text = passage.text
    content = text[quoted[0] + 1 : quoted[1] - 1].strip()
    if draft.token.kind == "word" or _SYMBOLS.fullmatch(content):
        return draft.scale == 1 and not is_money(draft.unit) and len(content) <= _LONGEST_SLOGAN
    return _NAMED_BY_NUMBER.fullmatch(content) is not None and draft.unit in ("", "other", "project", "structure")


def is_capital_name(passage: Passage, draft: Draft) -> bool:
    """As in "the Three Gorges": a capital within the sentence, and a capital behind it."""
    text, token = passage.text, draft.token
    if not token.text[0].isupper() or token.start - draft.sentence[0] < 3:
        return False
    return (
        re.match(r"\s[A-Z][a-z]", text[token.end : token.end + 3]) is not None and text[token.start - 2] not in "】:”"
    )


def is_norm(before: str, after: str) -> bool:
    """Whether a fraction only names a rule: "the two-thirds gender rule", "a two-thirds majority"."""
    return _THE.search(before) is not None and _NORM.match(after) is not None


_THE = regex(r"\b(?:the|an?|their|its)\s+$", re.IGNORECASE)
_NORM = regex(r"\s(?:[a-z]+ ){0,2}(?:rule|majority|vote|quorum|threshold|requirement|principle|criterion|norm)s?\b")


class NumberWords:
    """Classifies the number words of one text in order; it remembers what they have counted before."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._said: set[tuple[str, str, str]] = set()

    def classify(self, draft: Draft, before: str) -> NonFigureClass | None:
        """Number words are figures where they count something that a report is about, the first time they do."""
        if draft.unit in ("%", "pp") or draft.scale != 1 or is_money(draft.unit) or draft.token.kind == "fraction":
            return None
        text, token = self._passage.text, draft.token
        if _ADDED_UP.match(text, draft.end):
            return "generic"  # 三项合计: how many amounts are added up
        chinese = not token.text.isascii()
        if text.startswith("位数", token.end):
            return "generic"
        if chinese and token.value <= _FEW and (draft.no_noun or self._is_listed_slogan(draft)):
            return "slogan"  # 五个一批, 三区三州: what is counted has no name of its own
        composed = len(token.text) > 1 and (
            (chinese and any(sign in SCALES for sign in token.text)) or len(token.text.split()) > 1 or "-" in token.text
        )
        counted = draft.unit == "other" and draft.no_noun  # 三千零五个: what is counted stands elsewhere
        if (not draft.unit or counted) and (composed or (not counted and self._is_whole_line(draft))):
            return None
        if not draft.unit and OF_THEM.match(self._passage.text, draft.end):
            return None  # "twelve counties, four of which"
        if draft.unit in ("", "other", "year", "month", "day") or (
            draft.unit == "times" and draft.token.text.isascii()
        ):
            return "generic"
        if draft.token.value == 1 and re.search(r"\b(?:for|per|in|to|than)\s*$", before, re.IGNORECASE):
            return "generic"
        if draft.stands_for:
            return None
        if before.endswith("前") and text[token.end : token.end + 1] in "名位个项":
            return "generic"  # 前三名
        noun = draft.noun.rsplit(None, 1)[-1].lower() if draft.noun else ""
        if noun in ("head", "heads"):
            return "structure"
        if draft.token.value == 1 and draft.unit in physical_units():
            return None
        if draft.token.value == 1 and (draft.unit not in _COUNTED_ONE or len(draft.noun.split()) > 2):
            return "generic"
        repeated = _REPEATED_BEFORE.search(before[-12:]) is not None
        if repeated and draft.unit in ("person", "household") and not re.search(r"the\s*$", before):
            return "generic"
        key = (draft.section, str(draft.token.value), noun)
        if key in self._said and (repeated or (not draft.token.text.isascii() and draft.token.value <= _FEW)):
            return "generic"
        self._said.add(key)
        return None

    def _is_listed_slogan(self, draft: Draft) -> bool:
        """Short phrases that all begin with a numeral, side by side: 两不愁三保障, 三区三州."""
        text, token = self._passage.text, draft.token
        near = text[max(0, token.start - 4) : token.start]
        joined = _SLOGAN_NEXT.match(text, token.end) if draft.unit not in ("person", "household", "village") else None
        return joined is not None or (draft.unit in _SLOGAN_UNITS and _SLOGAN_BEFORE.search(near) is not None)

    def _is_whole_line(self, draft: Draft) -> bool:
        """Whether a line says nothing but this number."""
        text, token = self._passage.text, draft.token
        left, right = text.rfind("\n", 0, token.start) + 1, text.find("\n", token.end)
        line = text[left : token.start] + text[token.end : right if right >= 0 else len(text)]
        return not line.strip(" .。")
