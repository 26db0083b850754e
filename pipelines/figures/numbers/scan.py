"""Finds every number of a text, once, in order, before anyone decides what it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.load import catalog
from pipelines.figures.numbers import chinese, digits
from pipelines.figures.numbers.broken import INSIDE, broken
from pipelines.figures.numbers.english import spoken
from pipelines.figures.numbers.grouped import Decimals, readings_of
from pipelines.figures.numbers.signed import signed
from pipelines.figures.numbers.token import Token, unread
from pipelines.figures.numbers.vague import ROUGHLY, vague
from pipelines.figures.text.lexicon import lexicon
from pipelines.patterns import regex

_TEN_THOUSAND = regex(r"ten[ -]thousand\b", re.IGNORECASE)
_DIGITS_BEFORE = regex(r"\d[ -]$")
_SCALED = regex(
    r"\s?(?:%|‰|per ?cent|[万亿]|hundred|thousand|million|billion|trillion|bn\b|mn\b|mln\b|[€$£¥])", re.IGNORECASE
)
_MONEY_BEFORE = regex(r"[€$£¥₹₱]\s?$|\b[A-Z]{3}\s?$")
_CHINESE = regex("[一-鿿]")
_STRAY_YEAR = regex(r"[12](?<!\d.)(?:(?<=1) ?9|(?<=2) ?0) ?\d ?\d(?= ?年)")


def scan(text: str, decimals: Decimals = "point", *, in_cell: bool = False) -> list[Token]:
    """All numbers of a text in order; they cannot overlap.

    Args:
        text: with full-width digits folded and, for Chinese words, traditional characters as simplified ones.
        decimals: the sign between a whole and its decimals, where digits leave it open.
        in_cell: whether the text is a cell, in which no comma parts two numbers.
    """
    found = _written(text, decimals, in_cell=in_cell)
    words = list(spoken(text))
    whole = [] if in_cell else sorted([*broken(text), *vague(text)], key=lambda token: token.start)
    if words:
        found = _with_words(text, found, words)
    return _in_one(text, found, whole) if whole else found


def _in_one(text: str, found: list[Token], whole: list[Token]) -> list[Token]:
    """All tokens, each of what was broken as one; what reaches beyond it is unread with it."""
    tokens: list[Token] = []
    for token in sorted([*whole, *found], key=lambda token: (token.start, -token.end)):
        last = tokens[-1] if tokens else None
        if last is None or last.end <= token.start:
            tokens.append(token)
        elif token.end > last.end:
            tokens[-1] = unread(text, last.start, token.end, last.why or token.why or INSIDE)
        elif token.kind == "unread" and token in whole:
            tokens[-1] = unread(text, last.start, last.end, token.why)
    return tokens


def _with_words(text: str, found: list[Token], words: list[Token]) -> list[Token]:
    """The numbers in digits and those in words, in order."""
    starts, kept = [token.start for token in found], []
    for token in words:
        place = bisect_left(starts, token.start)
        if place and _is_part_of(text, found[place - 1], token):
            part = found[place - 1]
            found[place - 1] = part._replace(end=token.end, text=text[part.start : token.end], kind="word")
            continue
        if (place < len(found) and found[place].start < token.end) or (place and found[place - 1].end > token.start):
            continue  # "minus 5": the word is the sign of the digits
        if place < len(found) and (twice := _said_twice(text, token, found[place])) is not None:
            found[place] = twice
            continue
        if place and (spelt := _spelt_behind(text, found[place - 1], token)) is not None:
            found[place - 1] = spelt
            continue
        # the "ten" of "98,600 ten thousand Yuan" belongs to the scale
        in_scale = _TEN_THOUSAND.match(text, token.start) and _DIGITS_BEFORE.search(
            text, max(0, token.start - 2), token.start
        )
        if not in_scale and not (token.text.lower() in ("a", "an") and not _scale_follows(text, token.end)):
            kept.append(token)
    return sorted([*found, *kept], key=lambda token: token.start)


def _said_twice(text: str, words: Token, printed: Token) -> Token | None:
    """One number that is written out and printed again: "fifty-three (53) schools"; unread where the two differ."""
    again = _AGAIN.match(text, words.end)
    if again is None or not again.start(2) <= printed.start < again.end(2) or words.spread:
        return None
    value = words.value * words.scale * _OF_SCALE.get((again.group(1) or "").lower(), 1)
    said = Decimal(again.group(2).replace(",", ""))
    if value == said:
        return Token(words.start, again.end(), text[words.start : again.end()], value, "word")
    as_long = value >= _TWO_DIGITS and value.adjusted() == said.adjusted()
    return unread(text, words.start, again.end(), "words and digits that differ") if as_long else None


def _spelt_behind(text: str, printed: Token, words: Token) -> Token | None:
    """One number that is printed and written out behind it: "12 (twelve) wells"."""
    if (
        printed.kind != "digits"
        or not text.startswith(")", words.end)
        or text[printed.end : words.start].strip() != "("
    ):
        return None
    if printed.value != words.value * words.scale:
        return None
    end = words.end + 1
    return printed._replace(end=end, text=text[printed.start : end], kind="word")


_AGAIN = regex(r"(?:\s(thousand|million|billion))?\s?[(](\d[\d,]*(?:\.\d+)?)[)]", re.IGNORECASE)
_OF_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_TWO_DIGITS = 10


def _is_part_of(text: str, part: Token, article: Token) -> bool:
    """Whether a fraction in digits is one of the scale that an article begins: 3/4 of a million."""
    between = text[part.end : article.start]
    return (
        part.kind == "fraction"
        and between in (" ", " of ")
        and article.value == 1
        and _SCALES_ONLY.match(text, article.end) is not None
    )


_SCALES_ONLY = regex(r"\s(?:hundred |thousand )?(?:thousand|million|billion|trillion|lakh|crore)\b")


def _scale_follows(text: str, end: int) -> bool:
    return _SCALED.match(text, end) is not None


def _written(text: str, decimals: Decimals, *, in_cell: bool) -> list[Token]:
    """Numbers that begin with a digit or a Chinese numeral."""
    tokens: list[Token] = []
    position = 0
    chinese_text = _CHINESE.search(text) is not None
    begins = digits.BEGINS_CHINESE if chinese_text else digits.BEGINS
    stray = {match.start(): match.end() for match in _STRAY_YEAR.finditer(text)} if chinese_text else {}
    next_numeral = _next_numeral(text, 0) if chinese_text else None
    while True:
        match = _next(text, position, begins, decimals)
        while next_numeral is not None and next_numeral.start() < position:
            next_numeral = _next_numeral(text, position)
        if match is None and next_numeral is None:
            return tokens
        if next_numeral is not None and (match is None or next_numeral.start() < match.start()):
            token = _numeral(next_numeral)
            if token is None and match is not None and match.start() < next_numeral.end():
                token = _of_forms(match, decimals, in_cell=in_cell)
            position = token.end if token is not None else next_numeral.end()
        else:
            assert match is not None
            if match.start() in stray and stray[match.start()] > match.end():
                end = stray[match.start()]
                printed = text[match.start() : end]
                token = Token(match.start(), end, printed, Decimal(printed.replace(" ", "")), "digits")
            elif listed := digits.members(match):
                tokens += listed
                position = match.end()
                continue
            elif match.lastgroup is None:  # of no form but plain digits
                token = digits.plain(match)
            else:
                token = _of_forms(match, decimals, in_cell=in_cell)
            if token is None and next_numeral is not None and next_numeral.start() == match.start():
                token = _numeral(next_numeral)
            position = token.end if token is not None else max(match.start() + 1, match.end())
        if token is not None:
            tokens.append(signed(text, token, tokens[-1].end if tokens else 0))


_BEGINS_WITH_POINT = regex(r"(?<![\w.,)])\.\d")
_BEFORE_FORMS = frozenset(".,/:：")


def _next(text: str, position: int, begins: re.Pattern[str], decimals: Decimals) -> re.Match[str] | None:
    """The first match of a form at or behind a position."""
    while (place := begins.search(text, position)) is not None:
        start = place.start()
        if start > position and text[start - 1] == "." and _BEGINS_WITH_POINT.match(text, start - 1):
            start -= 1
        match = digits.PLAIN.match(text, start)
        if (
            match is not None
            and (decimals == "point" or match.group().isdecimal())
            and (start == 0 or text[start - 1] not in _BEFORE_FORMS)
            and digits.is_plain(text, match.end())
        ):
            return match
        match = digits.pattern(text).match(text, start)
        if match is not None:
            return match
        position = place.end()
    return None


def _of_forms(match: re.Match[str], decimals: Decimals, *, in_cell: bool) -> Token | None:
    """The token of the first form that reads the number at a place."""
    first = int((match.lastgroup or "f0")[1:])
    token = digits.FORMS[first].read(match, decimals)
    if token is None:
        for form in _forms()[first + 1 :]:
            other = form[0].match(match.string, match.start())
            if other is not None and (token := form[1].read(other, decimals)) is not None:
                break
    if in_cell or token is None or token.kind != "digits" or token.text.isdecimal() or "," not in token.text:
        return token
    return _of_comma(match.string, token, decimals)


def _of_comma(text: str, token: Token, decimals: Decimals) -> Token:
    """A lone comma before other than three digits is a decimal sign only where a scale, a share or money follows."""
    readings = readings_of(token.text)
    alone = token.text.count(",") == 1 and "." not in token.text and " " not in token.text
    if decimals == "comma" or not alone or "point" in readings or "comma" not in readings:
        return token
    if _SCALED.match(text, token.end) or _MONEY_BEFORE.search(text, max(0, token.start - 5), token.start):
        return token
    return unread(text, token.start, token.end, "a comma that may part two numbers or decimals")


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], digits.Form], ...]:
    return tuple((re.compile(form.pattern), form) for form in digits.FORMS)


@lru_cache(maxsize=1)
def _numerals() -> re.Pattern[str]:
    """Runs of Chinese numerals that may be a number: they count something, hold a scale, or stand alone."""
    numbers = lexicon().words.numbers
    units = {word for unit in catalog().units.values() for word in unit.words if not word.isascii()}
    counter = "|".join(re.escape(word) for word in sorted({*numbers.counters, *units}, key=len, reverse=True))
    run = f"[{chinese.NUMERAL}]"
    return re.compile(
        rf"(?<![第{chinese.NUMERAL}\d.])(?P<run>{run}(?: ?{run}){{0,{chinese.LONGEST}}}"
        rf"(?: ?点 ?[{''.join(chinese.DIGITS)}]{{1,{chinese.LONGEST}}}[万亿]*)?)"
        rf"(?![{chinese.NUMERAL}点分成折])(?P<counted>(?=(?:[至到或]{run}{{1,8}})?"
        rf"(?:\s?[多余来]?\s?[万亿]*[多余]?(?:{counter}|[元块])|\s?[多余来]\s?[万亿])))?"
    )


_NUMERAL_SIGN = regex(f"[{chinese.NUMERAL}]")


def _next_numeral(text: str, position: int) -> re.Match[str] | None:
    """The first run of numerals that begins at or behind a position."""
    while (sign := _NUMERAL_SIGN.search(text, position)) is not None:
        if (match := _numerals().match(text, sign.start())) is not None:
            return match
        position = sign.end()
    return None


def _numeral(match: re.Match[str]) -> Token | None:
    """The token of a run of numerals; None for words that only look like one (统一, 十分, 三农, 十二五)."""
    text, shown = match.string, match.group("run")
    start, end = match.span("run")
    if len(shown) > 1 and shown[-1] in "千百兆" and _PREFIXED.match(text, end):
        shown, end = shown[:-1].rstrip(), end - 1  # the prefix of a unit: 三千瓦 are 3 kW
    if len(shown) > 1 and shown[-1] == "两":
        shown, end = shown[:-1].rstrip(), end - 1  # the unit of 三十两
    printed = shown.replace(" ", "")
    counted = match.group("counted") is not None or end < match.end("run")
    before = text[start - 1 : start]
    if printed[0] == "数" and (before in _COUNT_OF or len(printed) == 1):
        return None
    if printed[0] == "几" and len(printed) == 1:
        return None
    if "兆" in printed and chinese.numeral(printed) is None:
        return unread(text, start, end, "兆, which is a million or a million millions")
    scales = sum(sign in chinese.SCALES for sign in printed)
    bare = printed[0] in chinese.SCALES and printed[0] not in "十拾"
    if bare:
        passed = text[start - 1 : start] in _PASSES and printed[-1] in "万亿" and len(printed) > 1  # 破百亿
        token = _from_scale(text, start, end) if counted else None
        scaled = text[max(start - 2, 0) : start].rstrip()[-1:].isdecimal()  # 717.99 千万元
        rough = token is None and not scaled and (passed or (counted and len(printed) > 1))
        return unread(text, start, end, ROUGHLY) if rough else token
    body = printed.rstrip("万亿")
    inner = set(body) & {"万", "亿", "兆"}
    kept = printed if inner or not body else body
    found = chinese.numeral(kept)
    alone = _stands_alone(text, start, end)
    if not counted and not alone and not (scales and len(printed) > 1):
        return None
    if (
        printed in _WORDS
        or (
            printed == "一"
            and not alone
            and not _MEASURE.match(text, end)
            and not _AND_HALF.match(text, end)
            and not (counted and _is_bound(text, start, end))
        )
        or (printed == "十" and not counted and not alone)
    ):
        return None
    if found is None:
        whole = scales > 1 and counted and not _PLAN.fullmatch(printed)
        return unread(text, start, end, "a numeral that is not well formed") if whole else None
    if printed[0] in _SURNAMES and not counted and not alone:
        return None  # 陆万修 is a name
    if len(printed) == 2 and not scales and found.low is None and not counted:
        return None
    spread = None if found.low is None or found.high is None else (found.low, found.high)
    kept_end = start + len(shown) if kept == printed else start + len(shown.rstrip("万亿 "))
    return Token(start, kept_end, text[start:kept_end], found.value, "word", scale=found.scale, spread=spread)


def _is_bound(text: str, start: int, end: int) -> bool:
    """Whether 一 is the first bound of a range: 一至两个, but not 统一到三个."""
    return text[end : end + 1] in "至到或" and text[start - 1 : start] not in _ENDS_IN_ONE


_ENDS_IN_ONE = frozenset("统唯之专单同逐周期初任某")
_SURNAMES = frozenset("陆伍")
_COUNT_OF = frozenset("人户总次个件项指少无参倍位基系计分度函算半头只家")
_WORDS = frozenset({"一一", "万一", "千万", "百万千万"})
_PASSES = frozenset("破超逾近过")
_PREFIXED = regex("[瓦伏克卡焦赫帕升]|字节|比特")
_AND_HALF = regex("(?:倍|[万亿]|个)半(?![天月年夜路数价])")
_MEASURE = regex(
    r"块(?:钱|[一二三四五六七八九\d][^一-鿿])|[一-鿿]{0,3}元|英镑|吨|公斤|千克|公里|千米|公顷|平方|立方|亩|克|米"
)
_PLAN = regex("十[一二三四五六七]五")


def _from_scale(text: str, start: int, end: int) -> Token | None:
    """上百名, 近千户, 百余人: a scale alone counts only with a word that makes it about as much."""
    if text[max(start - 2, 0) : start] in ("通过", "经过", "不过"):
        return None
    if text[start - 1 : start] not in ("上", "近", "逾", "超", "过", "破", "约", "成") and text[end : end + 1] not in (
        "余",
        "多",
    ):
        return None
    value = Decimal(1)
    for sign in text[start:end]:
        if sign not in chinese.SCALES:
            return None
        value *= chinese.SCALES[sign]
    # the words before and behind it make it at least, nearly or more than as much
    return Token(start, end, text[start:end], Decimal(1), "word", scale=value)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a numeral is all that its line says."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return text[left:start].strip(" 负") == "" and text[end : right if right >= 0 else len(text)].strip(" 。") == ""
