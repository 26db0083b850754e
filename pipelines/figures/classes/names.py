"""Chinese numbers that name something or put it in a row: 二期工程, 九寨沟, 7号楼, 三类村20个, 17年底, 八月十五."""

from __future__ import annotations

from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.patterns import regex

_SHORT_YEAR = regex(r"年(?:[底末初]|上半年|下半年|以来|度(?!假))")
_DECADE = regex(r"\s?(?:年代|世纪)")
_OF_HOW_MANY = regex(r"\s?[口人]的?(?:住户|家庭|之家|户|间|小组)")  # of how many each is: 四人住户
_NUMBERED = regex(r"\s?(?:号(?!召)|室(?![内外])|单元)")
# an ordinal without 第: 二期工程, 十二届三次会议, 三类村20个, 一等奖2名
_IN_A_ROW = regex(
    r"\s?(?:期(?:工程|项目|投资|建设|规划|计划|扶贫|搬迁)|届(?!人均|家)|次(?:会议|全会|全体|党代会|代表大会|常委会)"
    r"|等奖|[类级等档](?=[一-鿿]{1,4}\d|及?以上))"
)
# numerals in names of places: 五里桥, 九寨沟, 三道沟, 五家渠
_PLACE = regex(r"[里寨道](?=[沟桥店铺坡屯堡湾庄河山坪塘坝台营口村])|家(?=[渠庄湾沟坡堡屯寨坪])")
# numerals in names of firms and schools, before no counter: 七匹狼公司; and in sayings: 三番五次, 千家万户
_OF_A_FIRM = regex(r"(?![家个所间座名大级批类期户])[一-鿿]{1,4}(?:公司|集团|学社|协会|中学|小学|医院|酒店)")
_SAYING_BEFORE = regex(r"[一二三四五六七八九十百千万](?![个户人项家口名次元亩县村乡年月天到至或和与及比])[一-鿿]$")
_SAYING_AFTER = regex(r"(?![个户人项家口名元亩县村乡组吨斤里米年月天])[一-鿿](?![\d一二三四五六七八九十百千万])")
_SAYING_BEHIND = regex(
    r"(?![个户人项家口名次元亩县村乡年月天到至或和与及比])[一-鿿][一二三四五六七八九十百千万](?![个户人项家口名元亩县村乡组吨斤里米年月天])[一-鿿](?!\d)"
)
_FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖")
_FIRST = regex(r"(?<![之以目此])前$|(?:^|[，。；、的排居列])后$")  # 后3名, but 最后832名
_LADDER = regex(r"(?:名次|位次|排名|位居)[^，。；]{0,8}$")


def chinese_name(draft: Draft, before: str, after: str) -> NonFigureClass | None:
    """Why a number of a Chinese text counts nothing, None where it may.

    Args:
        draft: the number.
        before: the words of its line before it.
        after: those behind it.
    """
    if draft.scale != 1 or draft.token.kind not in ("word", "digits"):
        return None
    digits = draft.token.kind == "digits" and draft.token.text.isdecimal()
    if digits and len(draft.token.text) == _TWO and _SHORT_YEAR.match(after):
        return "year"
    if _DECADE.match(after):
        return "date"
    if _OF_HOW_MANY.match(after):
        return "generic"
    if digits and _NUMBERED.match(after):
        return "label"
    if _IN_A_ROW.match(after) and (not digits or draft.token.value <= _FEW):
        return "list_no"
    if draft.token.kind == "word" and (before.endswith(("月", "双")) or _PLACE.match(after)):
        return "label"
    if draft.token.kind == "word" and len(draft.token.text) == 1:
        # 伍 alone is a family's name; with 拾 or 元 it is an amount
        if draft.token.text in _FINANCIAL or _OF_A_FIRM.match(after):
            return "label"
        if _SAYING_BEHIND.match(after) or (_SAYING_BEFORE.search(before) and _SAYING_AFTER.match(after)):
            return "slogan"
    ladder = _LADDER.search(before) and after.startswith("位")
    return "generic" if ladder or (digits and _FIRST.search(before) and after.startswith(("名", "位"))) else None


_TWO, _FEW = 2, 30
