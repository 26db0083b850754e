"""Countries of ISO 3166, and the one that a text is about: what "$" or "peso" mean there.

Codes and names come from babel, `countries.yml` adds others. Needs nothing of a report but its words, so that figures
can be read with it before anything is known of their meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.catalog.characters import without_accents
from pipelines.catalog.currencies import written
from pipelines.catalog.load import Strict, read_as
from pipelines.patterns import regex

# territories that babel has names for and ISO 3166 no code
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
_CHINA = regex(r"全国|我国|中央(?:财政|政府)")
# a name behind these words is of a giver, or of what something is compared with
_GIVER = regex(r"(?:\b(?:from|by|with|than)\s+(?:the\s+)?|[由向比较与]|来自)$", re.IGNORECASE)
_LISTED = regex(r"(?:\s*[,、，]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|[和及])(?:the\s+)?")
_GIVER_BEHIND = regex(r"(?:政府|等国)*(?:援助|资助|捐|贷款|提供|支持)|[-–](?:funded|financed|supported)\b")
_IN_PLACE = regex(r"\b(?:in|of|for|to|across|throughout)\s+$")
_PLACE_BEHIND = regex(r"['’]s\b|\s*[:,]\s|\s+(?:is|has|government|province)\b")
_BEFORE_CHINESE = frozenset("在于、和及与对从由年国")


class _Written(Strict):
    """The schema of `catalog/countries.yml`."""

    names: dict[str, tuple[str, ...]]
    people: dict[str, tuple[str, ...]]
    groups: tuple[str, ...]
    others: tuple[str, ...]
    persons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Country:
    """One country: its code of two letters (ISO 3166) and its names."""

    code: str
    name_en: str
    name_zh: str


def country_code(title: str, opening: str, *, chinese_region: bool) -> str:
    """The country that a report is about, by its title, else by how it begins.

    Args:
        title: as printed, may be empty.
        opening: the first sentences, or the captions of tables.
        chinese_region: whether it is known already to be about a region of China.

    Returns:
        A code of two letters; empty where no country is named, or several are.
    """
    if chinese_region:
        return "CN"
    found = country_named(title, title=True) or country_named(opening)
    if found is not None:
        return found.code
    spoken = f"{title}\n{opening}"
    return "CN" if _CHINA.search(spoken) and not named_countries(spoken) else ""


def country_named(text: str, *, title: bool = False) -> Country | None:
    """The one country that a text names, or else the one whose people it names; None of several.

    Givers and what is compared with count only where nothing else is named.

    Args:
        text: in English or Chinese.
        title: whether it is nothing but a title, in which Georgia is no person.
    """
    codes = named_countries(text, title=title)
    return countries()[next(iter(codes))] if len(codes) == 1 else None


def named_countries(text: str, *, title: bool = False) -> frozenset[str]:
    """The codes of the countries that a text may be about, see `country_named`."""
    codes = _names()
    names: set[str] = set()
    people: set[str] = set()
    givers: set[str] = set()
    gives, end = False, 0
    for match in _named(text):
        kind, code = codes[_plain(match.group())]
        if not code or not _is_country(match, title):
            continue
        if kind == "people" and not title and _SENT_ABROAD.match(text, match.end()):
            continue
        listed = gives and _LISTED.fullmatch(text, end, match.start()) is not None
        behind = _GIVER_BEHIND.match(text, match.end()) is not None
        gives = listed or behind or _GIVER.search(text, max(0, match.start() - 12), match.start()) is not None
        (givers if gives else people if kind == "people" else names).add(code)
        end = match.end()
    return frozenset(names or people or givers)


# what a country has in another one: "members of the Israeli Defence Mission"
_SENT_ABROAD = regex(
    r"(?: [A-Z][a-z]+){0,3} (?:Mission|Embassy|Ambassador|Consul\w*|Legation|High Commission\w*|Red Cross|Aid"
    r"|Peace Corps|Cooperation|Development Agency|Agency for)\b"
)


def _is_country(match: re.Match[str], title: bool) -> bool:
    """Whether a name means the country: no money ("Mexican pesos"), person or part of another Chinese word."""
    text, word = match.string, match.group()
    if _money().match(text, match.end()):
        return False
    if word.title() in _written().persons:
        before = _IN_PLACE.search(text, max(0, match.start() - 16), match.start())
        return title or before is not None or _PLACE_BEHIND.match(text, match.end()) is not None
    if not word.isascii() and len(word) == 2 and word[1] != "国":
        # 增加纳税 names no Ghana: two signs need something before them that ends a word
        sign = text[match.start() - 1 : match.start()]
        return not "一" <= sign <= "鿿" or sign in _BEFORE_CHINESE
    return True


def is_country(label: str) -> bool:
    """Whether a label is nothing but the name of a country."""
    plain = _plain(label.strip())
    return _names().get(plain, ("",))[0] == "name" or plain.lower() in _names_abroad()


def is_group(label: str) -> bool:
    """Whether a label names several countries together: a continent, the euro area, EU27_2020, "Low income"."""
    plain = _GROUP_OF.sub("", _plain(label.strip().replace("&", "and")))
    return plain in _groups() or (not plain.isupper() and plain.lower() in _groups())


# how many they are, or what is left out: EU27_2020, EA-19, (excluding high income)
_GROUP_OF = regex(
    r"(?<=[A-Z])[-_ ]?\d{1,2}(?:[-_ ](?:19|20)\d\d)?$|,? \(?(?:excluding|IDA and IBRD)\b.*|\s*\([^()]*\)$"
)


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    """The codes of groups of countries, and their names in small letters."""
    from babel import Locale

    told = (Locale.parse(language).territories for language in ("en", "zh_Hans", "es", "fr", "pt"))
    names = {_plain(name) for names in told for code, name in names.items() if code.isdecimal() or code in ("EU", "EZ")}
    own = set(map(_plain, _written().groups))
    return frozenset(
        {name.lower() for name in names | own if not name.isupper()} | {one for one in own if one.isupper()}
    )


@lru_cache(maxsize=1)
def _names_abroad() -> frozenset[str]:
    """The names of all countries in languages that many of them speak, in small letters: brasil, españa."""
    from babel import Locale

    found = (Locale(language).territories for language in ("es", "fr", "pt"))
    names = {name.lower() for told in found for code, name in told.items() if code in countries()}
    return frozenset(map(_plain, names | set(map(without_accents, names))))


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Every country of ISO 3166 by its code."""
    from babel import Locale

    english, chinese = Locale.parse("en").territories, Locale.parse("zh_Hans").territories
    return {
        code: Country(code, re.sub(r" SAR China$| \(.*\)$", "", english[code]), chinese[code])
        for code in sorted(english)
        if re.fullmatch(r"[A-Z]{2}", code) and code not in _NO_COUNTRIES
    }


@lru_cache(maxsize=1)
def _written() -> _Written:
    return read_as(_Written, "countries")


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    """What each name is: a name, a people, or (with no code) neither."""
    found: dict[str, tuple[str, str]] = {}
    for country in countries().values():
        names = (country.name_en, country.name_zh, *_written().names.get(country.code, ()))
        for people in (*_people(country.name_en), *_written().people.get(country.code, ())):
            found.setdefault(people, ("people", country.code))
        for name in _spellings(names):
            found[name] = ("name", country.code)
    found |= dict.fromkeys(_written().others, ("", ""))
    found |= {name.upper(): what for name, what in found.items()}  # as titles are printed
    return {_plain(name): what for name, what in found.items()}


def _named(text: str) -> list[re.Match[str]]:
    """The names in a text, in order, of several that begin at one place the longest."""
    chinese, latin = _patterns()
    found = list(chinese.finditer(text))
    end = 0
    for begin in _CAPITAL.finditer(text):
        pattern = latin.get(begin.group()) if begin.start() >= end else None
        if pattern is not None and (match := pattern.match(text, begin.start())) is not None:
            found.append(match)
            end = match.end()
    return sorted(found, key=lambda match: match.start())


_CAPITAL = regex(r"(?<![\w-])[^\W\d_a-z一-鿿].")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """A pattern of the Chinese names, and one of the others for each two signs that they begin with."""
    longest = sorted(_names(), key=len, reverse=True)
    alike: dict[str, list[str]] = {}
    for name in longest:
        if _latin(name):
            written = re.escape(name).replace(r"\ ", r"[\s-]+").replace("'", "['’]")
            alike.setdefault(name[:2], []).append(written)
    latin = {begin: regex(rf"(?:{'|'.join(names)})(?![\w$])") for begin, names in alike.items()}
    return regex("|".join(re.escape(name) for name in longest if not _latin(name))), latin


def _people(name: str) -> Iterable[str]:
    """The adjectives that a rule makes of a name."""
    if name.endswith("a"):
        yield f"{name}n"
    elif name.endswith("o"):
        yield f"{name[:-1]}an"
    elif name.endswith("e"):
        yield f"{name}an"
    elif name.endswith("stan"):
        yield f"{name}i"


def _spellings(names: Iterable[str]) -> Iterable[str]:
    """Names with `and` for & and `Saint` for St., with and without accents."""
    for name in names:
        for spelling in {name, name.replace("&", "and"), name.replace("St. ", "Saint ")}:
            yield spelling.replace("’", "'")
            if _latin(name):
                apart = unicodedata.normalize("NFD", spelling.replace("’", "'"))
                yield "".join(sign for sign in apart if not unicodedata.combining(sign))


def _latin(name: str) -> bool:
    return name[0] < "一"


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name).replace("’", "'")


@lru_cache(maxsize=1)
def _money() -> re.Pattern[str]:
    words = sorted(written().kinds - written().words_too, key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
