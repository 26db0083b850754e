"""Words that say only roughly how many: several hundred million, tens of thousands of, 成千上万, 翻一番, 过半."""

from __future__ import annotations

import re

from pipelines.figures.numbers.token import Token, unread
from pipelines.patterns import regex

ROUGHLY = "words that say only roughly how many"
IN_WORDS = "a half or a multiple that words tell"
_SCALES = "hundred|thousand|million|billion|trillion|lakh|crore|dozen|score"
_ENGLISH = regex(
    rf"\b(?:(?:several|many|(?:a )?few|a couple of|a number of|some few)[ -](?:(?:{_SCALES})s?\b[ -]?)+(?<![ -])"
    r"|(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions|lakhs|crores)"
    rf"(?:,? (?:and|upon|or) (?:{_SCALES})s)*(?: of (?:{_SCALES})s)*(?= of\b(?! (?:the )?(?:year|time)s?\b)))",
    re.IGNORECASE,
)
# the least that one of these has: the plural of a scale, or what stands before one
_TOLD = regex(r"s of\b|[lwyf][ -](?:hundred|thousand|million|billion|trillion|lakh|crore|dozen|score)", re.IGNORECASE)
# 5 millions of, and a unit: figures in thousands of yuan
_SCALED = regex(
    r"(?:[\d½¼¾]\s?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|hundred|thousand|million)[ -]"
    r"|(?:^|\n|[(（:：]|\b(?:figures|amounts|values|data|all|is|are|expressed|given|shown|stated|reported)\s)\s*in\s)\Z",
    re.IGNORECASE,
)
_CHINESE = regex(
    r"[成数千十百万三两一翻减半过大多小](?:(?<=成)[百千]上[千万]|(?<=数)以[十百千万亿]+计|(?<=千)千万万"
    r"|(?<=[十百千万])里[八九十百千]乡|(?<=[三两一])[天日][两三五][头日夜天](?![牛羊猪驴马])"
    r"|(?P<half>(?<=翻)(?:了|一)?[一两二三四几数]番|(?<=翻)了?番|(?<=减)半|(?<=半)数(?:以上)?|(?<=过)半数?|(?<=[大多])半"
    r"|(?<=一)半以上|(?<=[一小])半(?=的?[一-鿿]{0,6}[户人村家员县镇众民])))"
)
_NO_SHARE = regex(r"(?:月|年|夜|天|日|时|路)$")


def vague(text: str) -> list[Token]:
    """What a text says about how many without a number, in order."""
    found = [
        unread(text, *match.span(), ROUGHLY)
        for match in (_ENGLISH.finditer(text) if _TOLD.search(text) else ())
        if not _SCALED.search(text, max(match.start() - 24, 0), match.start())
    ]
    for match in _CHINESE.finditer(text):
        half = match.group("half")
        if not (half and _NO_SHARE.search(text, max(match.start() - 1, 0), match.start())):
            found.append(unread(text, *match.span(), IN_WORDS if half else ROUGHLY))
    return sorted(found, key=lambda token: token.start)
