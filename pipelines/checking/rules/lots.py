"""What an amount itself says that it is taken from, so that no other amount is taken for its whole."""

from __future__ import annotations

import re

from pipelines.patterns import regex

_LOT = regex(
    r"((?:第[一二三四五六七八九十\d]+|首)[批期轮次]|\b(?:first|second|third|fourth|fifth|last|final) "
    r"(?:tranche|phase|batch|instal?ment|round|lot|call)\b)",
    re.IGNORECASE,
)
_MONEY = regex(
    r"[，,；;。]([一-鿿]{2,10}(?:资金|经费|款|投资))(?:已|累计|共|实际|全部)*(?:完成|支出|拨付|到位|使用|报账)[^，,；;。]{0,6}$"
)


def may_hold(whole: str, part: str) -> bool:
    """Whether an amount can be what another one is a part of.

    Args:
        whole: the words before the one, back to the number before it.
        part: those before the other: 第一批资金已支出661.8万元 is of that lot, 产业资金支出40万元 of that money.
    """
    own = re.split("[，,；;。]", whole)[-1]
    told = (_LOT.search(part), _MONEY.search(part))
    return all(one is None or one.group(1) in own for one in told)
