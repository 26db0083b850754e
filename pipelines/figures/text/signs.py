"""Signs and joining words around numbers: currencies, years, lists, "or so", "of them"."""

from __future__ import annotations

import re

from pipelines.figures.figure import Qualifier
from pipelines.patterns import SIGN, regex

# signs that compare, and the qualifier that they give to the number behind them
COMPARATORS: dict[str, Qualifier] = {
    ">": "more_than", "＞": "more_than", "≥": "at_least", "≧": "at_least", "<": "below", "＜": "below",
    "≤": "up_to", "≦": "up_to", "~": "about", "≈": "about",
}  # fmt: skip
# raised marks of notes, behind a number or a word
MARKS = regex(r"[ ]?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ①-⑳*†‡§]|⁺)+(?![\d(])")
# what mostly stands behind a number, and begins no such mark
PLAIN_BEHIND = frozenset("abcdefghijklmnopqrstuvwxyz%,.;:)") | {""}
LIST_JOIN = regex(r"\s*(?:,|，|、|and|to|or|or else|至|到|和|及|与|或者?|[-–—~～－]+)\s*(?:and\s+)?", re.IGNORECASE)
OR_SO = regex(r"\s*-?(?:or so|or more|or less|or thereabouts|and more|odd|plus|upwards)\b(?! than)", re.IGNORECASE)
OF_THEM = regex(
    r"\s+of (?:(?:which|whom|them)\b|(?:these|those)\b(?!\s+(?!are|were|is|was|had|have)[a-z]))", re.IGNORECASE
)
OF_WHOM = regex(r"\bof whom (?:about |some |nearly |only |over )?$", re.IGNORECASE)
# what all that is not named makes up: 余下的是自筹和贷款，共7.2亿元
THE_REST = regex(r"余下|其余|剩余|剩下|\b(?:the (?:rest|remainder|others)|remaining)\b", re.IGNORECASE)
# numbers that are written as words where a few things, or years, are counted
COUNT_WORDS = {
    "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
MEMBERS = regex(r"\s*(?:,|，|、|and|or|和|及)\s*(?:and\s+)?", re.IGNORECASE)
# what says how nearly a number is meant
NEARLY = (
    r"(?:(?:about|nearly|over|some|more than|less than|almost|around|only|just|merely|roughly|approximately|at least"
    r"|up to|as (?:much|many) as|an (?:average of|estimated))\s)*"
)
BY = regex(r"\bby\s+(?:another |an? (?:further|additional|extra) )?" + NEARLY + SIGN + r"$", re.IGNORECASE)
# "from 83,870 to 61,240, that is by 22,630", behind the number before it
SO_BY = regex(
    r"(?:\s?[a-z]+(?:\s[a-z]+){0,6})?(?:\s(?:in|at|by|for|of)\s(?:the )?(?:[a-z]+ ){0,4}(?:19|20)\d\d)?[,，]?\s*"
    r"(?:(?:that is|i\.e\.|hence|thus|so|namely|or|in other words|in all)\s*,?\s*)?\bby\s+" + NEARLY + SIGN,
    re.IGNORECASE,
)
# "55 million more than the 557 million of 2018"
HELD_AGAINST = regex(
    r"\s*(?:(above|beyond|below|short of)\s+(?:the\s+)?|(more|higher|better|less|fewer|lower|worse) than\s+the\s+"
    r"|(over|up on) the\s+)" + SIGN + r"(?=\d)",
    re.IGNORECASE,
)
# what stands before is looked at last, so that a text is searched for the first digit alone
YEAR = regex(r"[12](?<!\d[12])(?:(?<=1)[89]|(?<=2)[01])\d\d(?!\d)")
NEXT_YEAR = regex(r"\b(?:next year|coming year|following year|year ahead)\b|明年|来年|下一年|下年|次年", re.IGNORECASE)
OF_THESE = regex(
    r"\s+of (?:(?:these|those|its|their|our|his|her)(?=\s+[a-z])"
    r"|(?:all the|the|all)(?=\s+(?:[a-z-]+\s+){0,3}?(?:[a-z]{2,}s|[a-z]*(?:people|men|children|folk)|cattle)\b))"
    r"(?: other\b)?",
    re.IGNORECASE,
)

# what stands before the value that another one comes from
FROM = regex(
    r"\bfrom\s+(?:(?:about|nearly|the|its|an?|only|less than|over|original|previous|earlier|former|current|present"
    r"|existing|(?:level|figure|number|total|base|rate) of)\s+)*"
    + SIGN
    + r"$|(?<![自来理缘])由(?:原来|过去|上年|去年|\d{4}年|[^，。；\d]{0,8})?的?\s*$"
    r"|从(?:原来|过去|\d{4}年|[^，。；\d]{0,8})?的?\s*$",
    re.IGNORECASE,
)
# the moment from which a work brings what it is for: 建成后, 竣工之后
DONE_THEN = r"(?:建成|完成|完工|竣工|投产|投用|投运|达产|实施|运营)(?:以|之)?后"
