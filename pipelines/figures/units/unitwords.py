"""Units as the lines, corners and headers of tables name them: 万元, in thousands, US$ '000, RMB 10,000, £m."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.characters import without_accents
from pipelines.catalog.currencies import NO_CURRENCY, is_money, settled, written
from pipelines.catalog.headers import WordKind, ends_of
from pipelines.figures.draft import Draft
from pipelines.figures.numbers.abroad import SCALES_ABROAD, scale_abroad
from pipelines.figures.numbers.multipliers import multiplier
from pipelines.figures.numbers.token import Token
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.bands import is_band
from pipelines.figures.units.money import leading_mark, money_behind
from pipelines.figures.units.quantity import read_quantity
from pipelines.patterns import regex

_WORDS = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "lakh": 10**5,
    "lac": 10**5,
    "crore": 10**7,
    "cr": 10**7,
}
# Rs. in lakhs, USD, thousands
_SCALE_BEHIND = regex(
    r"(.*?[^\s,，])\s*(?:(?<!\d)[,，]\s*(?:in\s+)?|\s(?:in|en|em|dalam|в)\s+)"
    r"((?:hundred |ten )?(?:thousand|million|billion|lakh|lac|crore|cr)s?|'?000s?|[kmb]|\D{2,12})\.?",
    re.IGNORECASE,
)
_SCALE_BEFORE = regex(r"([十百千万亿]+)元([^\d\s元]{2,}元?)")  # 千元新台币
_LETTER_BEFORE = regex(r"([KkMm])\s+(?:de\s+)?(\S.*)")  # M FCFA
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}  # only beside a currency
LEAD = regex(
    r"^(?:all |the )?(?:figures |amounts |values )?(?:expressed )?in\s+|^units?\s*[:：]\s*|^(?:en|em|dalam|в)\s+"
    r"|^[x×]\s+(?=\D)|^(?:đơn vị(?: tính)?|unidad|unité|unidade|satuan|единица измерения)\s*[:：]\s*",
    re.IGNORECASE,
)
_MULTIPLIER = regex(
    r"[’'‘`]?000(?P<more>[,’' ]?000)?s?\b\s*(?:of\s+)?"
    r"|(?:[xX×*]\s?)?10\s?(?:(?:\^|\*\*)\s?\(?(?P<power>\d{1,2})\)?|(?P<raised>[⁰¹²³⁴-⁹]{1,2}))(?![\d.⁰¹²³⁴-⁹])\s*"
    r"|(?P<points>1(?:(?:\.000)+(?:,00)?|,00))(?![\d.,])\s*"
    r"|(?:[xX×*]\s?)?(?P<number>10{0,3}(?:[, ]?0{3})*)(?:s\b)?(?![\d.^⁰¹²³⁴-⁹]|\s?\*)\s*(?:of\s+)?"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# how the sign of the rupee is printed where its font is lost: "In ` crores"
_LOST_RUPEE = regex(r"`\s*(?=(?:in\s+)?(?:lakh|lac|crore)s?\b)", re.IGNORECASE)
_MIL = regex(r"mil\b\.?\s*", re.IGNORECASE)
# where mil is the word for a thousand; elsewhere it may be short for a million
_OF_MIL = frozenset(
    {"AOA", "ARS", "BOB", "BRL", "CLP", "COP", "CRC", "CUP", "CVE", "DOP", "GTQ", "HNL", "MXN", "MZN", "NIO", "PAB"}
    | {"PEN", "PYG", "UYU", "VES"}
)
MIL = "mil, which is a million or a thousand"
UNLESS = regex(
    r"[\s,;，；]*[(（]?(?:(?:unless|except(?: where| as)?|if not)\s+(?:otherwise\s+)?[a-z]+(?:\s+otherwise)?"
    r"|除(?:另有|特别|非特别)?(?:说明|注明|标明)(?:者|的)?(?:外|以外|之外)?)[)）]?\.?\s*$",
    re.IGNORECASE,
)
# of whose prices an amount is: current US$, million constant 2015 US$
_OF_PRICES = regex(
    r"\b(?:current|constant(?:\s(?:19|20)\d\d)?)\s+(?=[A-Z$€£])|,?\s+\(?(?:current|constant)(?:\s(?:19|20)\d\d)?(?:\sprices)?$"
    r"|\s+(?:courants|constants|corrientes|constantes|correntes)$",
)
_A_YEAR = regex(r"(?:\s+(?:per|a|every|each)\s+|\s?/\s?)(?:year|annum|yr)\.?$", re.IGNORECASE)
# words of scales that are no number's: "5 million" is
_SCALE_WORD = regex(
    rf"(?<![\w’'])(?<!\d )(?<!per )(?:(?:thousand|million|billion|trillion|lakh|lac|crore)s?|mn|mln|bn"
    rf"|(?!(?:bin|tis|mi|bio|ty|mds?)\b|miles\s*(?:[)）]|$))(?:{SCALES_ABROAD}))(?!\w)",
    re.IGNORECASE,
)
_NO_SCALE_ALONE = frozenset({"mi", "miles", "md", "mds", "ty"})
_LEAST_SCALE = 1000  # of digits alone: 2009/10 is no year in tens
# what is counted stands elsewhere
_MEASURE_WORD = regex(
    r"[(（]?(?:[个项处座条家所台套口眼间栋期件场批辆艘盏根笔宗份趟]|units?|pcs?\.?|pieces?|nos?\.?|numbers?|items?|sets?|each|#"
    r"|unidad(?:es)?|unités?|unidades?|buah|unit)[)）]?",
    re.IGNORECASE,
)
# a comma between the digits of "10,000 yuan" is none between words
_TAIL = regex(
    r"(?:[，;；:：]|,(?!\d{3})|\s[–—-]\s)\s*((?:[^,，;；:：()（）]|(?<=\d),(?=\d{3}))+)$|[/／]\s*([^/／()（）]+)$"
)
# the last words of "central funds million yuan", "中央资金 万元"; of "cost per km" they are what it is per
_BOUND = regex(r"\b(?:above|below|under|over|than)(?: [\d.,]+)?$", re.IGNORECASE)
_GLUED = regex(r"(?<![每一二三四五六七八九十百千万亿两几数\d于过超])([十百千万亿]+[^\W\d_]{0,3}元)$")  # GDP亿美元
_OF = regex(r"\s(?:of|de|di|d['’])$", re.IGNORECASE)
_GOES_ON = regex(r"[\d²³]|\s?[/／]\s?[^\W\d]")  # what it is per is not understood: mm/zz
_PER_CENT = regex(r"per ?cent|[%％]", re.IGNORECASE)
_LETTER = regex(r"(?:.*[^\W\d_]\s)?[a-z]", re.IGNORECASE | re.ASCII)
_LAST = regex(
    r"(?<!\bper)(?<!\bsq)(?<!\bsquare)(?<!\beach)(?<!\bof)(?<!\ba)(?<!\bevery)\s"
    r"((?:[^\s()（）]+\s){0,4}[^\s()（）]{2,}|(?:[^\s()（）]+\s){0,4}[£€₹₦₱₵])$",
    re.IGNORECASE,
)
# what may follow the noun that heads an English header: a participle, then where, when, how or of whom
ADJUNCT = regex(
    r"(?:\s+(?:[a-z]+(?:ed|en|ing|ilt|ught|nt)|paid|sold|lost|made|laid|sown|held|who|that|which|below|above|out)\b)?"
    r"(?:\s+(?:of|in|with|by|for|from|at|under|to|out|through|on|living|reached|not|per|as|until|since)\b.*|\s*[\d(（\[,:–—-].*)?",
    re.IGNORECASE,
)
_PERCENTAGE = regex(
    r"(?:en |em )?(?:percentage|porcentajes?|pourcentages?|porcentage[mn]s?|persentase)\b|annual\s?(?:%|per ?cent)",
    re.IGNORECASE,
)
_FIRST_WORD = regex(r"\s*[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A unit code, empty where only a scale is named, and the exact factor of the scale.

    `currencies` are those that its sign may mean where the words alone do not tell which: the table's country does.
    `doubt` says what else its scale may be, which is then not to be used.
    """

    unit: str
    scale: Decimal
    currencies: frozenset[str] = frozenset()
    doubt: str = ""

    def within(self, country: str) -> str:
        """The unit in a report about a country."""
        return settled(self.currencies, country) if self.unit == NO_CURRENCY and self.currencies else self.unit


def is_headed_by(kind: WordKind, header: str) -> bool:
    """Whether a word of a kind heads a header: "Area planted" is an area, "Area office" is none."""
    return any(ADJUNCT.fullmatch(header, end) for end in ends_of(kind, header))


@lru_cache(maxsize=4096)
def is_letter(text: str) -> bool:
    """Whether a label is one letter, or ends with one: M and "Births m" head men and no metres, as "Length m" does."""
    if _LETTER.fullmatch(text.strip()) is None:
        return False
    whole = strict_unit(text)  # EUR m
    measures: tuple[WordKind, ...] = ("area", "length", "mass")
    is_money_in = whole is not None and is_money(whole.unit)
    return len(text.strip()) == 1 or not (is_money_in or any(ends_of(kind, text) for kind in measures))


def is_measured(found: TableUnit | None) -> bool:
    """Whether it is money, a share, a scale or a physical unit; words that name others are rather what is counted."""
    if found is None:
        return False
    unit = found.unit.split("/")[0]
    return unit in ("", "%") or is_money(unit) or unit in physical_units()


@lru_cache(maxsize=4096)
def is_measure_word(words: str) -> bool:
    """Whether words say that things are counted and not which: 个, "units", "pcs"."""
    return _MEASURE_WORD.fullmatch(words.strip()) is not None


_PIECES = regex("[十百千万亿]*块")  # a screen is one of 块, and money is called so in speech only


@lru_cache(maxsize=1 << 14)
def strict_unit(words: str) -> TableUnit | None:
    """The unit of words that are nothing but a unit, a scale, or both; None for any others."""
    if _PIECES.fullmatch(words.strip(" ()（）[]")):
        return None
    yearly = _A_YEAR.sub("", words.strip(" ()（）[]"))
    if yearly != words.strip(" ()（）[]"):
        return money if (money := strict_unit(yearly)) is not None and is_money(money.unit) else None
    words = _LOST_RUPEE.sub("₹ ", words.replace("F CFA", "FCFA"))
    text = LEAD.sub("", _OF_PRICES.sub("", UNLESS.sub("", words).strip(" ()（）[]:："))).strip()
    if (turned := _SCALE_BEHIND.fullmatch(text)) and (behind := _of_scale(turned.group(2), beside_money=True)):
        money = strict_unit(turned.group(1))
        by_letter = len(turned.group(2)) == 1 and (money is None or not is_money(money.unit))
        return (
            None if money is None or money.scale != 1 or not money.unit or by_letter else replace(money, scale=behind)
        )
    code, rest = text[:3], text[3:].strip(" ,")
    if code in written().codes and rest[:1].isalpha() and (scale := _of_scale(rest, beside_money=True)):
        return TableUnit(code, scale)  # GEL million, whose letters are a word too
    if (named := _SCALE_BEFORE.fullmatch(text)) and (money := strict_unit(named.group(2))) is not None:
        counted = strict_unit(f"{named.group(1)}元") if is_money(money.unit) and money.scale == 1 else None
        return None if counted is None else replace(money, scale=counted.scale)
    if (letter := _LETTER_BEFORE.fullmatch(text)) and (money := strict_unit(letter.group(2))) is not None:
        return replace(money, scale=Decimal(_LETTERS[letter.group(1).lower()])) if _is_plain_money(money) else None
    abroad = scale_abroad(text)
    if abroad is not None and abroad[1] and (abroad[2] < len(text) or text.lower() not in _NO_SCALE_ALONE):
        word, factor, begin = abroad
        money = strict_unit(text[begin:].rstrip(".")) if begin < len(text) else None
        if begin < len(text) and (names_scale(text[begin:]) or text[begin] in "/／"):
            return None  # thousands of millions, of which each language has its own; mi/h
        known = money if money is not None and money.scale == 1 else TableUnit("", Decimal(1))
        return replace(known, scale=factor, doubt=_doubt_of(word, known.currencies))
    unit, scale, codes, text = "", Decimal(1), *leading_mark(text)
    signed = bool(codes)
    if signed:
        unit = settled(codes, "")
        named_abroad = scale_abroad(text.strip())
        if named_abroad is not None and named_abroad[1] and named_abroad[2] == len(text.strip()):  # R$ mil
            return TableUnit(unit, named_abroad[1], codes, _doubt_of(named_abroad[0], codes))
    if thousands := _MULTIPLIER.match(text):
        printed, power = thousands["number"] or thousands["points"], thousands["power"] or thousands["raised"]
        if power:
            scale *= 10 ** int(power.translate(_RAISED))
        else:
            scale *= (
                int(re.sub(r"[, .]", "", printed.removesuffix(",00")))
                if printed
                else 10**6
                if thousands.group("more")
                else 10**3
            )
        text = text[thousands.end() :]
    if scaled := re.match(
        r"(thousand|million|billion|mn|mln|bn|lakh|lac|crore|cr)s?\b\.?\s*(?:of\s+)?", text, re.IGNORECASE
    ):
        scale *= _WORDS[scaled.group(1).lower()]
        text = text[scaled.end() :]
    elif letter := re.fullmatch(r"[kmb]" if signed else "[kK]", text, re.IGNORECASE):
        scale, text = scale * _LETTERS[letter.group().lower()], ""
    if not text.strip():
        is_scale = scale >= _LEAST_SCALE or scale == 1 or not thousands or not thousands.group()[0].isdecimal()
        return TableUnit(unit, scale, codes) if (unit or scale != 1) and is_scale else None
    if is_measure_word(text):
        return None
    if _PERCENTAGE.fullmatch(text):
        return TableUnit("%", scale)
    if text in ("MT", "MTs"):  # metric tons; Mt is a million of them, or a mountain
        return TableUnit("tonne", scale)
    draft, length = reading_of(text)
    plain = draft.unit not in ("", "other", "structure", "year")
    if not draft.unit and draft.scale != 1 and draft.end >= length:
        return TableUnit(unit, scale * draft.scale, codes)  # 万, hundreds, 人民币万
    if not plain or (unit and not draft.unit.startswith(unit)) or draft.end < length:
        return None
    return TableUnit(draft.unit, scale * draft.scale, _behind_one(text, draft))


def _is_plain_money(found: TableUnit) -> bool:
    return is_money(found.unit) and found.scale == 1


def names_scale(words: str) -> bool:
    """Whether a word of a scale stands among others, in whatever language: PIB BILHOES R$."""
    return _SCALE_WORD.search(words) is not None


def scales_something(words: str) -> bool:
    """Whether words are a scale and what it scales, which is not known: millions de roupies, and no "in thousands"."""
    text = LEAD.sub("", words.strip(" ()（）[]:：")).strip()
    abroad = scale_abroad(text)
    return abroad is not None and bool(abroad[1]) and abroad[2] < len(text)


def _doubt_of(word: str, currencies: frozenset[str]) -> str:
    """What else a word for a scale may be, beside money of these currencies; empty for most."""
    return MIL if _MIL.fullmatch(word) and currencies.isdisjoint(_OF_MIL) else ""


def _of_scale(words: str, *, beside_money: bool = False) -> Decimal | None:
    """The factor that words name and nothing else, a letter only beside money; None for any other."""
    if beside_money and words.lower() in _LETTERS:
        return Decimal(_LETTERS[words.lower()])
    found = strict_unit(words)
    return found.scale if found is not None and not found.unit and found.scale != 1 else None


@lru_cache(maxsize=4096)
def loose_unit(words: str) -> TableUnit | None:
    """The unit that words begin with, read as if a number stood before them; none of a class, "31–60 days"."""
    found = strict_unit(words)
    if is_band(words) and (found is None or found.scale == 1):
        return None  # but "10万元" is a unit
    if found is not None:
        return found if found.unit else None
    if _SCALE_BEHIND.fullmatch(words) and _of_scale(words.rsplit(" ", 1)[-1]):
        return None  # a scale of money that is not known
    if _PERCENTAGE.match(words):
        return TableUnit("%", Decimal(1))
    if (abroad := headed_abroad(words)) is not None:
        return abroad
    draft, _ = reading_of(words)
    if draft.unit in ("", "other", "structure", "year"):
        return None
    read = TableUnit(draft.unit, draft.scale, _behind_one(words, draft))
    return None if is_measured(read) and _GOES_ON.match(f"1 {words.strip()}", draft.end) else read


def headed_abroad(words: str) -> TableUnit | None:
    """The unit of the noun with which words of some other languages begin; None where they begin with none."""
    first = _FIRST_WORD.match(words)
    unit = _heads_first().get(without_accents(first.group().strip().lower())) if first is not None else None
    return TableUnit(unit, Decimal(1)) if unit is not None else None


@lru_cache(maxsize=1)
def _heads_first() -> dict[str, str]:
    return {without_accents(noun): unit for noun, unit in lexicon().words.heads_first.items()}


def _behind_one(words: str, draft: Draft) -> frozenset[str]:
    """The currencies that a name of money may mean whose country is not told: pesos, dollars."""
    if draft.unit != NO_CURRENCY:
        return frozenset()
    text = f"1 {words.strip()}"
    found = money_behind(text, 1, len(text), "")
    if found is None and (scale := multiplier(text, 1, len(text), money=True, printed="1")) is not None:
        found = money_behind(text, scale.end, len(text), "")
    return found.codes if found is not None else frozenset()


def tail_words(header: str) -> str:
    """The last words of a header that are a unit ("Funds, million yuan", "funds yuan"); empty where none are."""
    found = _TAIL.search(header)
    words = str(found.group(1) or found.group(2)) if found is not None else ""
    unit = strict_unit(words)
    counted = found is not None and found.group(2) and not words.isascii() and unit is not None  # 人口/万人
    if counted or is_measured(unit):
        return words
    glued = _GLUED.search(header)
    if glued is not None and glued.start() and is_measured(strict_unit(glued.group(1))):
        return glued.group(1)
    last = _LAST.search(header)
    while last is not None and not is_measured(strict_unit(last.group(1))):
        last = _LAST.search(header, last.start() + 1)
    if last is not None and header[: last.start()][-1:].isdecimal() and _PER_CENT.match(last.group(1)):
        return ""  # the top 5 percent are people
    if last is not None and _BOUND.search(header[: last.start()]):
        return ""  # families above 1 million USD
    if last is not None and names_scale(f"{_OF.sub('', header[: last.start()])}".rsplit(maxsplit=1)[-1]):
        return ""  # a scale that is not understood
    return last.group(1) if last is not None else ""


def reading_of(words: str) -> tuple[Draft, int]:
    """One of what some words name, read as a number of a text, and how long that text is."""
    text = f"1 {words.strip()}"
    draft = Draft(Token(0, 1, "1", Decimal(1), "digits"), "", (0, len(text)), 1)
    read_quantity(draft, Passage(text), len(text))
    if draft.scale == 1 and is_measured(TableUnit(draft.unit, draft.scale)) and draft.unit and names_scale(words):
        draft.unit, draft.end = "", draft.token.end  # Budget million USD: what stands before the scale is no name of it
    return draft, len(text)
