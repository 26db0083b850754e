"""The part that a Chinese rate or share is named by: 开工97个，开工率93.3%."""

from __future__ import annotations

import re

from pipelines.checking.rules.told import Told, alike, gap, is_amount, same_sentence
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.patterns import regex

AMOUNTS = frozenset({"level", "target", "per_unit", "change"})
_WIDE = 14  # numbers before a rate among which its part is
_RATE_ZH = regex(
    r"[，,、；]\s*(?:[一-鿿]{0,6})([一-鿿]{2})(?:率|面|进度|比例)(?:已?(?:为|达到?|约|是|只有|仅为?|高达|超过))?$"
)
_PART_ZH = regex(
    r"[，,、；：]\s*([一-鿿]{2,8}?)(?:所?占(?:比重|比例|比|份额)?|的?(?:比重|比例|占比|份额))(?:最[高大低小多少])?[，,]?"
    r"(?:已?(?:为|达|达到|约|是))?$"
)


def rated_part(told: Told, place: int) -> Figure | None:
    """The amount that a rate or a share is named by: "开工97个，开工率93.3%", "工资258.4亿元，…，工资比重66%"."""
    claim = told.figures[place]
    lead = told.lead(claim)[-20:]
    rate, share = _RATE_ZH.search(lead), _PART_ZH.search(lead)
    ahead = [f for f in told.before(place, _WIDE) if is_amount(f) and f.role in AMOUNTS and same_sentence(f, claim)]
    if rate is not None:
        if (paid := _paid_of_due(told, ahead)) is not None:
            return paid
        did = rate.group(1)
        found = [f for f in ahead if did in (said := _said(told, f)) and f"未{did}" not in said]
        name = rate.group(0).lstrip("，,、；")
        whole = name[: name.rfind(did) + len(did)]  # 集中供养率 is of those whom 集中供养 names, not of 分散供养
        found = [f for f in found if whole in _said(told, f)] or found
        return found[-1] if found else _rated_in_part(told, place, ahead, did)
    words = own_words(share.group(1)) if share is not None else frozenset()
    named = [f for f in ahead if words and words <= told.label(f)]
    return named[-1] if len(named) == 1 else None


def _rated_in_part(told: Told, place: int, ahead: list[Figure], did: str) -> Figure | None:
    """The last of two amounts that a rate is of: 乡镇63个，通油路的57个，通达率; 3200人中，有2560人找到工作，就业率."""
    if len(ahead) < 2 or did in ("发生", "增长") or not alike(ahead[-1], ahead[-2]):
        return None
    does = _DOES.match(gap(ahead[-1], told.figures[place]))
    if does and ahead[-1].link == "part_of" and ahead[-1].parent == ahead[-2].figure_id:
        return ahead[-1]
    part, whole = _said(told, ahead[-1]), _said(told, ahead[-2])
    if did in _REACHED and len(ahead) == _PAIR and _ALL_THERE_ARE.search(told.lead(ahead[-2])):
        return ahead[-1]  # 全县农村人口14.26万人，喝上自来水的13.83万人，普及率97.0%
    return ahead[-1] if any(sign in part and sign not in whole for sign in did) else None


def _paid_of_due(told: Told, ahead: list[Figure]) -> Figure | None:
    """The last of two amounts of which one is due and the other is done: 应收水费4920万元，实收4477万元，收缴率91%."""
    if len(ahead) < _PAIR or not alike(ahead[-1], ahead[-2]):
        return None
    done = _DUE.search(_said(told, ahead[-2])) and _PAID.search(_said(told, ahead[-1]))
    return ahead[-1] if done else None


_PAIR = 2
_REACHED = frozenset({"普及", "覆盖", "受益", "参与"})  # 满意率 is of those who were asked
_ALL_THERE_ARE = regex(r"(?:全[省市县区州盟旗乡镇村]|总|共有?|现有|辖有?)[^，。；\d]{0,8}$")


_DUE, _PAID = regex("(?<![适响供相反对效])应(?![急用届对])"), regex("实|已|到位|落实")
# the part does something, and the rate follows at once
_DOES = regex(r"[户人名个家]?[一-鿿]{3,10}，[一-鿿]{1,6}$")


def whole_due(told: Told, part: Figure) -> Figure | None:
    """The amount right before one that was paid or done, where it is told to be due."""
    whole = told.at(told.place[part.figure_id] - 1)
    if whole is None or not same_sentence(whole, part):
        return None
    return whole if _paid_of_due(told, [whole, part]) is part else None


def _said(told: Told, figure: Figure) -> str:
    """What the clause of a number says before it, and right behind it."""
    return re.split("[，,、；;。]", told.lead(figure))[-1] + re.split("[，,、；;。]", told.trail(figure))[0]
