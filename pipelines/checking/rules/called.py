"""What amounts of running text are called in their lists: their labels, the givers and nouns that tell them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.checking.evidence import after
from pipelines.checking.rules.told import Told
from pipelines.figures.figure import Figure
from pipelines.patterns import regex


def label_of(told: Told, figure: Figure) -> str:
    """The words right before a number that name it within its list: 村级电站 of 其中村级电站24.2万千瓦."""
    return _MARKS.split(told.lead(figure))[-1].strip().removesuffix("的")


def may_lack(told: Told, claim: Figure, other: Figure) -> bool:
    """Whether what one number has not done yet can be what the other has: 未完工 beside 完工, not beside 贫困户."""
    lacked = _NOT_YET.search(told.lead(claim))
    said = told.lead(other)[-16:] + re.split("[，。；]", after(other)[:12])[0]
    if lacked is None and (lacking := _NOT_YET_BEHIND.match(after(claim))) is not None:
        return "已" in said or lacking.group(1)[:2] in said  # 有36个少安排资金，有11个未落实资金
    return lacked is None or "已" in said or lacked.group(1)[:2] in said


_NOT_YET_BEHIND = regex(r"[个家户项处人名]?未(?![成来婚])([一-鿿]{1,4})")
_NOT_YET = regex(r"未(?![成来婚])([一-鿿]{1,4}?)的?(?:还|仍|尚)?有?$")


def have_givers_apart(told: Told, members: list[Figure]) -> bool:
    """Whether each of some amounts has a giver of its own, be it another level of government: 省级, 市级, 县级."""
    givers = [told.evidence.source(f) for f in members]
    if len(set(givers)) == len(givers) and not {"unknown", "none", ""} & set(givers):
        return True
    levels = [_LEVEL.search(label_of(told, f)) for f in members]
    return all(levels) and len({level.group(1) or level.group(2) for level in levels if level}) == len(levels)


def are_opposite(told: Told, members: list[Figure]) -> bool:
    """Whether the second of two amounts is of what the first is not: 贫困村4963座，非贫困村516座."""
    if len(members) != 2:
        return False
    said = [told.lead(figure) + " " + re.split("[，。；,;]", after(figure)[:_BESIDE])[0] for figure in members]
    for one, other in (said, said[::-1]):
        denied = _NOT.search(one)
        if denied is not None and (denied.group(1) or denied.group(2)) in _NOT.sub("", other):
            return True
    return False


_BESIDE = 32  # letters behind a number that name it
_NOT = regex(r"非([一-鿿]{2})|\b(?:non-?|not )([a-z]{4,})", re.IGNORECASE)
_LEVEL = regex(
    r"(中央|国家|自治区|省|市|州|盟|县|区|旗|乡镇?|镇|村)(?:本?级|财政|配套)|(国家|自治区|省|市|州|县|区|乡|村)级$"
)
_MARKS = regex(r"[，。；、：,;:()（）]|其中|和|及")


def common_end(labels: Sequence[str]) -> str:
    """The Chinese noun that labels are kinds of, each with another word before it; empty if there is none."""
    end = ""
    for letters in zip(*(reversed(label) for label in labels), strict=False):
        if len(set(letters)) > 1 or letters[0].isascii():
            break
        end = letters[0] + end
    return "" if len(set(labels)) < len(labels) or end in labels else end
