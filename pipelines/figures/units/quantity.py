"""Scale and unit of one number, from the words right behind it and right before it."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.figures.draft import Draft
from pipelines.figures.numbers.abroad import scale_abroad
from pipelines.figures.numbers.multipliers import Multiplier, multiplier
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import is_singular, noun_head, physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import MARKS, OF_THESE, OF_WHOM, OR_SO, PLAIN_BEHIND
from pipelines.figures.units.amounts import ends_in_capital, read_money
from pipelines.figures.units.counters import DEGREES, UNSHARED, chinese_unit, decide_unit
from pipelines.figures.units.money import may_be_money, money_before, money_behind
from pipelines.figures.units.per import read_mean
from pipelines.figures.units.per_before import read_each_before
from pipelines.figures.units.per_behind import read_per_behind
from pipelines.figures.units.strokes import read_stroke
from pipelines.patterns import regex

_PERCENT = regex(
    r"[\s-]*(?:(percentage[ -]p(?:oin)?ts?|percent p(?:oin)?ts?|[%％][ -]{0,2}p(?:oin)?ts?\b|pps?\b|ppts?\b|p\.p\."
    r"|个百分点)|(%|％|per ?cent(?:um|s)?(?!re|er|ra|ur|en)|pct|pc\b)"
    r"|(‰|per ?mill?e\b|per thousand\b)|(个千分点)|(basis points?|bps?\b|个?基点))(?![a-z]{3})",
    re.IGNORECASE,
)
_POINTS_AFTER = regex(r"\s*points?\b", re.IGNORECASE)
_BARE_POINTS = regex(r"\s*points?\b(?! (?:of|to|where))", re.IGNORECASE)
_PERCENT_WORD = regex(r"[%％]|\bper ?cent\b", re.IGNORECASE)
_TIMES = regex(r"\s*(times|-?fold\b|倍)", re.IGNORECASE)
_GLUED = regex(
    r"\s?(km|mu|tons?|kg|hectares|people|persons|households|villages|counties)(?=(?:and|of|for|in|was|were|to)\b)",
    re.IGNORECASE,
)
_POWERED = regex(r"\s?(km|m(?![a-z])|kilometres?|met(?:re|er)s?)\s?([²³]|[23](?![\d.,]))", re.IGNORECASE)
_POWERS = {
    ("km", "²"): "km2",
    ("m", "²"): "m2",
    ("m", "³"): "m3",
    ("ki", "²"): "km2",
    ("me", "²"): "m2",
    ("me", "³"): "m3",
    ("km", "³"): "other",
    ("k", "²"): "km2",
}
_RAISED = str.maketrans("23", "²³")
_NEAR = 8  # code points behind a number of which one is no blank
_PERCENT_BEGINS = "-pPbB%％‰个基"
_STOPS = frozenset(",.;:，。；：、）")  # behind which no scale and no unit goes on


def read_quantity(draft: Draft, passage: Passage, limit: int) -> None:
    """Reads the scale and the unit that follow a number, and the unit behind a stroke.

    Args:
        draft: the number; `scale`, `unit`, `noun`, `end` are filled in where the words decide them.
        passage: the text around it.
        limit: where the following number or the sentence ends.
    """
    if draft.token.kind not in ("date", "unread"):
        _read_quantity(draft, passage, limit)
        read_stroke(draft, passage)


def _read_quantity(draft: Draft, passage: Passage, limit: int) -> None:
    token, text = draft.token, passage.text
    draft.scale = token.scale
    if token.kind == "ratio" or token.unit or (token.kind == "fraction" and not _is_measure(passage, token.end, limit)):
        draft.unit = token.unit or token.kind
        draft.decided["unit"] = f"printed as a {token.kind}" if not token.unit else token.text
        if token.kind == "ratio":  # 1:2.76 has 2.76, and 2.49:1 has 2.49
            turned = _ONE_TO.match(token.text) is not None
            draft.decided["direction"] = "second side by first" if turned else "first side by second"
        return
    before = money_before(text, draft.sentence[0], draft.start, passage.country)
    position = token.end
    if before is None and text[position : position + 1] in _STOPS and not ends_in_capital(text, draft.start):
        draft.end = position  # nothing goes on behind it
        if _OF_YUAN_ONLY.search(text, draft.start, position):
            decide_unit(draft, "CNY", "个亿", position)
        return
    if text[position : position + 2].strip()[:1] not in PLAIN_BEHIND and (marks := MARKS.match(text, position, limit)):
        position = marks.end()
    if before is None and text[draft.start - 1 : draft.start] == "(" and text.startswith(")", token.end):
        before = money_before(text, draft.sentence[0], draft.start - 1, passage.country)
        if before is not None:  # $(1,250) million
            draft.token = draft.token._replace(value=-draft.token.value)
            draft.sign, position = before.start, position + 1
    if text.startswith("+", position):
        position += 1  # "5,000+ farmers"
    if text.startswith("个半", position) and _is_whole(draft) and not _HALF_DAYS.match(text, position + 2):
        position = _add_half(draft, text, position + 2)  # 一个半小时, 两个半亿
    position = _read_scale(draft, passage, position, limit, money=before is not None)
    if draft.why:
        return
    if before is not None and text.startswith(("/-", "/="), position):
        position += 2  # Rs. 2,000/-
    draft.end = position
    if position > token.end and (marks := MARKS.match(text, position, limit)):
        position = marks.end()  # the mark of a note behind the scale
    if before is not None and not before.shared:
        draft.sign = before.start
        _take_sign(draft, passage, before.start)
    if before is not None and before.factor != 1:
        draft.scale *= before.factor
    first = text[position : position + _NEAR].lstrip()[:1]  # what most of the words that follow begin with
    percent = _PERCENT.match(text, position, limit) if first in _PERCENT_BEGINS else None
    if percent and before is None:
        points = _POINTS_AFTER.match(text, percent.end(), limit) if percent.group(2) else None
        found = points or percent
        if percent.group(3) or percent.group(4):
            draft.scale /= 10
        if percent.group(5):
            draft.scale /= 100
        in_points = percent.group(1) or percent.group(4) or percent.group(5) or points
        decide_unit(draft, "pp" if in_points else "%", found.group().strip(" -\n"), found.end())
        return
    if below := _BELOW_ZERO.match(text, position) if first in "d℃℉°b" else None:
        draft.token = draft.token._replace(value=-abs(draft.token.value))
        decide_unit(draft, "other", below.group().strip(), below.end())
        return
    if degrees := DEGREES.match(text, position, limit) if first in "℃℉°" else None:
        decide_unit(draft, "other", degrees.group().strip(), degrees.end())
        return
    points = _BARE_POINTS.match(text, position, limit) if first in "pP" else None
    if points and ("." in draft.token.text or _PERCENT_WORD.search(text, *draft.sentence)):
        decide_unit(draft, "pp", points.group().strip(), points.end())
        return
    times = _TIMES.match(text, position, limit) if first in "tTfF-倍" else None
    if times:
        end = times.end()
        if times.group(1) == "倍" and text.startswith("半", end) and _is_whole(draft):
            end = _add_half(draft, text, end + 1)  # 三倍半
        decide_unit(draft, "times", times.group().strip(), end)
        return
    if read_money(draft, passage, before, position, limit):
        return
    if before is None and (minor := _MINOR.match(text, position)):
        draft.unit, draft.end = "unknown", minor.end()
        draft.noun, draft.decided["unit"] = minor.group().strip(), "a part of a currency that nothing tells"
        return
    if _OF_YUAN_ONLY.search(text, draft.start, position):
        decide_unit(draft, "CNY", "个亿", position)  # said of yuan only
        return
    position = draft.end
    first = text[position : position + _NEAR].lstrip()[:1]
    glued = _GLUED.match(text, position, limit) if first in "kmthpvcKMTHPVC" else None
    if glued:
        decide_unit(draft, lexicon().units[glued.group(1).lower()], glued.group(1), glued.end())
        _read_per(draft, passage, glued.end(), limit)
        return
    if not first.isascii() and chinese_unit(draft, passage, position, limit):
        return
    powered = _POWERED.match(text, position, limit + 1) if first in "kKmM" else None
    if powered:
        decide_unit(
            draft,
            _POWERS[powered.group(1).lower()[:2].rstrip("i"), powered.group(2).translate(_RAISED)],
            powered.group().strip(),
            powered.end(),
        )
        _read_per(draft, passage, powered.end(), limit)
        return
    asides = (OR_SO, OF_THESE) if draft.scale == 1 else (OR_SO,)  # "12 million of the funds" are money
    for aside in asides if first in "-opuaOPUA" else ():
        passed = aside.match(passage.text, position, limit)
        position = passed.end() if passed else position
    head, unit, end = noun_head(passage, position, limit)
    if kind := _OF_A_KIND.match(text, draft.end, limit) if unit else None:
        head, unit, end = kind.group(1), _counted_within(draft, kind.group(1), unit), kind.end(1)
    if unit and is_singular(head.rsplit(None, 1)[-1]) and OF_WHOM.search(text, draft.before, draft.start):
        return  # "of whom 1,258 lack shelter": a verb and its object
    if unit == "other" and head.lower().endswith("ones"):
        counted = [noun.unit for noun in passage.nouns_within(draft.sentence[0], draft.start) if not noun.is_structure]
        unit = counted[-1] if counted and counted[-1] else unit  # "in 14 counties and in the four remaining ones"
        draft.stands_for = unit != "other"
    if unit == "tree" and head.lower().endswith(" plants") and not _GROWN.search(passage.text, *draft.sentence):
        unit = "other"  # microhydro and treatment plants
    if unit == "organisation" and head.lower() == "units" and not _ACTS.search(passage.text, *draft.sentence):
        unit = "other"  # of dwellings, or of anything
    if unit:
        decide_unit(draft, unit, head, end)
        _read_per(draft, passage, end, limit)


# a 20-bed hospital, 2-storey schools: the number counts what it is joined to, never what that tells the kind of
_OF_A_KIND = regex(r"-([a-z]{3,})(?= [a-z])")
_OF_A_FEW = 10


def _counted_within(draft: Draft, word: str, unit: str) -> str:
    """The unit of a number that is joined to a word by a hyphen, with another noun behind it."""
    code = lexicon().units.get(word, "")
    if code in physical_units() or unit in ("structure", "year", "month", "day"):
        return unit
    return "structure" if draft.token.value < _OF_A_FEW else code or "other"


_ACTS = regex(
    r"\b(?:help\w*|assist\w*|support\w*|pair\w*|contribut\w*|donat\w*|advanced|central|provincial|prefectural|county"
    r"|municipal|government\w*|work)\b",
    re.IGNORECASE,
)
_GROWN = regex(
    r"\b(?:planted|planting|plantation|nurser|grow|grew|grown|seedling|sapling|forest|orchard|crop|seeds?|hectares?|mu)\b",
    re.IGNORECASE,
)


def _read_per(draft: Draft, passage: Passage, end: int, limit: int) -> None:
    """What a measured or counted number is for each of, or that it is a mean."""
    if not read_per_behind(draft, passage, end, limit) and draft.unit not in UNSHARED:
        comma = passage.clause(draft.sentence[0], draft.start, ",;，；。：")
        if not read_each_before(draft, passage, comma):
            read_mean(draft, passage, comma)


_BLANKS = regex(r"(?=[^\S\n]*\n?[^\S\n]*\S)\s{2,}")
_ONE_TO = regex(r"1\s?[:：∶]\s?(?!1$)")
_OF_YUAN_ONLY = regex("个半?亿半?$")
_BELOW_ZERO = regex(
    r"\s?(?:(?:degrees?|°)(?:\s?(?:C|F|Celsius|Fahrenheit|centigrade)\b)?|℃|℉)?\s*below (?:zero|freezing)\b",
    re.IGNORECASE,
)
_MINOR = regex(
    r"\s?(?:(?:US |Euro |euro )?cents?|pence|paisa|paise|centavos?|centimes?|kobo|fen)\b(?! of\b)", re.IGNORECASE
)


def _is_measure(passage: Passage, position: int, limit: int) -> bool:
    """Whether a physical unit stands right behind a fraction, so that it measures: ¾ km, 1/2 mu."""
    scaled = _SCALED_PART.match(passage.text, position) is not None
    return scaled or noun_head(passage, position, limit)[1] in physical_units()


_SCALED_PART = regex(r"\s(?:million|billion|trillion)\b")


def _take_sign(draft: Draft, passage: Passage, mark: int) -> None:
    """A minus before the currency is the amount's: -$5, −US$ 3; and so are brackets around both: ($5)."""
    text = passage.text
    dash = mark - 1
    if draft.token.value < 0 or dash < draft.sentence[0]:
        return
    alone = text[dash] in "-−–－" and (dash == 0 or text[dash - 1] in " \t\n(（:：,，")
    if alone and not _NUMBER_BEFORE.search(text, max(dash - 8, 0), dash):
        draft.token = draft.token._replace(value=-draft.token.value)
        draft.decided["sign"] = text[dash]


_NUMBER_BEFORE = regex(r"[\d%]\s*$")


def _read_scale(draft: Draft, passage: Passage, position: int, limit: int, *, money: bool) -> int:
    """Reads what multiplies the number from behind ("hundred million", 多万, bn); returns where it ends."""
    text = passage.text
    if blanks := _BLANKS.match(text, position, limit):
        position = blanks.end() - 1  # "4.5  billion", also over the end of an indented line
    if odd := _ODD_SCALE.match(text, position, limit):
        draft.more, position = "odd", odd.end()  # 3 odd million
    found = _abroad(passage, position, limit, money=money) or multiplier(
        text, position, limit, money=money, printed=draft.token.text
    )
    if found is None and not money and _strange_before_money(passage, position, limit):
        draft.why = "words between it and its currency that are not understood"
        return position
    if found is None:
        return position if text[draft.token.end : position].strip() else draft.token.end
    if found.doubt:
        draft.why = found.doubt
        return position
    if found.factor == 12 and draft.token.value >= 100:
        draft.why = "dozens of more than a hundred"
        return position
    if _FOREIGN_OF.match(text, found.end):
        draft.why = "words between it and its currency that are not understood"
        return position
    draft.scale *= found.factor
    draft.more = found.more or draft.more
    draft.decided["scale"] = text[position : found.end].strip()
    if text.startswith("半", found.end) and _is_whole(draft) and not _OF_HALVES.match(text, found.end + 1):
        return _add_half(draft, text, found.end + 1)  # 两亿半
    return found.end


_ODD_SCALE = regex(r"[\s-]odd(?=\s(?:hundred|thousand|million|billion)\b)", re.IGNORECASE)
_FOREIGN_OF = regex(r"\s(?:(?:de|di|von|av)\s|d['’])(?=[a-zà-ÿ])")


def _abroad(passage: Passage, position: int, limit: int, *, money: bool) -> Multiplier | None:
    """A scale word of another language, before a currency or behind its sign: 2 Millionen Euro."""
    text = passage.text
    blank = position + text[position : position + 1].isspace()
    if not text[blank : blank + 1].isalpha() or "一" <= text[blank] <= "鿿":
        return None
    found = scale_abroad(text, blank)
    if found is None or found[0].lower() in _ENGLISH_TOO or found[2] > limit:
        return None
    word, factor, end = found
    reach = blank + len(word) + text.startswith(".", blank + len(word))
    if money_behind(text, end, limit, passage.country) is not None:
        return Multiplier(
            factor, end, doubt="" if factor else "a scale that is longer in some countries than in others"
        )
    if not money and (len(word) <= len("mi") or word.lower() in lexicon().units):
        return None
    doubt = "words between it and its currency that are not understood" if not money else ""
    doubt = doubt or ("" if factor else "a scale that is longer in some countries than in others")
    return Multiplier(factor, reach, doubt=doubt)


_ENGLISH_TOO = frozenset({"mil", "million", "millions", "mill", "mln", "bin", "mio", "mrd", "mld", "billion"})


def _strange_before_money(passage: Passage, position: int, limit: int) -> bool:
    """Whether one word that is not known stands between a number and its currency: 5 grand yuan."""
    text = passage.text
    found = _ONE_WORD.match(text, position, limit)
    if found is None:
        return False
    index = passage.words.index_from(found.end())
    if text[found.end() : found.end() + 1].islower() and not may_be_money(passage.words.forms[index : index + 4]):
        return False
    word = found.group(1).lower()
    words = lexicon().words
    if word in _BEFORE_MONEY or word in words.boundaries or word in words.light or word in lexicon().units:
        return False
    first = text[found.end() : found.end() + 1]
    if (
        not (first.isalpha() or first in "€$£¥")
        or multiplier(text, position, limit, money=True, printed="") is not None
    ):
        return False
    known = money_behind(text, found.end() - 1, limit, passage.country)
    return known is not None and money_behind(text, position, limit, passage.country) is None


_ONE_WORD = regex(r"\s([^\W\d_]{2,14})\.?\s")
_BEFORE_MONEY = frozenset(
    {"more", "extra", "additional", "further", "new", "odd", "other", "full", "whole", "chinese", "of"}
)
_HALF_DAYS = regex("[天夜路价]")
# what 半 begins by itself: 三万半劳动力
_OF_HALVES = regex("[天月年夜路数价成]|劳动力|[自湿干][一-鿿]")


def _is_whole(draft: Draft) -> bool:
    token = draft.token
    return token.kind in ("digits", "word") and token.value == int(token.value) and not token.spread


def _add_half(draft: Draft, text: str, end: int) -> int:
    """Adds the half that stands behind a number, its scale or its unit; returns where it ends."""
    start = draft.token.start
    draft.token = draft.token._replace(end=end, text=text[start:end], value=draft.token.value + Decimal("0.5"))
    return end


def scale_end(draft: Draft, text: str) -> int:
    """Where the scale words of a number end; its own end where there are none."""
    found = multiplier(text, draft.token.end, draft.sentence[1], money=True, printed=draft.token.text)
    return found.end if found else draft.token.end
