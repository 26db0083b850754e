"""Which region a report speaks for, by the places that its title, its opening, its publisher and its file name name.

A place that is merely named decides nothing: one that gives, helps, is compared with or stands in a list is left out,
and of places that remain only one may be left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.catalog.characters import simplified
from pipelines.catalog.countries import country_named
from pipelines.catalog.regions import (
    alike,
    is_full_name,
    region,
    regions,
    regions_called,
    short_chinese,
)
from pipelines.meaning.meaning import UNKNOWN, Decision
from pipelines.patterns import regex
from pipelines.reading.document import Document

_OPENING = 600
_LONGEST = 16  # letters of the longest Chinese name
_WORDS = 7  # of the longest English name
_WORD = regex(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_CHINESE = regex(r"[一-鿿]+")
_SENTENCE = regex(r"(?<=[。！？；;\n])|(?<=[.!?])\s")
_PROVINCE_WORDS = ("province", "municipality", "autonomous region")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"

# where and when a report was written: 本报上海3月5日电, "SHANGHAI, March 5 (Xinhua) –"
_DATELINE = regex(
    r"^[ \t\u3000]*(?:[(（【][^)）】\n]{0,20}[)）】])?[ \t\u3000]*(?:本报|新华社|新华网|人民网|中新社|中新网|记者)?"
    r"[^\s，。,：:\d]{0,12}"
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[电讯]|[ \t\u3000]*[（(][^)）\n]{0,20}[)）])"
    r"|^[ \t\u3000]*[一-鿿]{2,12}[网报社台]讯(?:[ \t\u3000]*[（(][^)）\n]{0,20}[)）])?"
    rf"|^[ \t\u3000]*[A-Z][\w.'’ ]+(?:\([A-Z][\w' ]+\))?(?:,[ \t\u3000]*[A-Z][\w.'’ ]+){{0,2}},?[ \t\u3000]+"
    rf"(?:{_MONTH}[ \t\u3000]*\d{{1,2}}|\d{{1,2}}[ \t\u3000]+{_MONTH})(?:,?[ \t\u3000]*\d{{4}})?[ \t\u3000]*"
    r"(?:\([^)\n]*\)[ \t\u3000]*)?[-–—]+"
    r"|^[ \t\u3000]*[A-Z][A-Z.'’ ]{2,}(?:,[^\n(]{0,20})?[ \t\u3000]*(?:\([^)\n]*\)[ \t\u3000]*)?[-–—]+[ \t\u3000]",
    re.MULTILINE,
)
# names of books are of all that they hold
_BOOK = regex(r"《[^》\n]*》|\bChina[\w\s-]{0,40}\byearbook\b|中国(?-i:[一-鿿]){0,8}年鉴", re.IGNORECASE)
_NATION = regex(r"全国|我国|中国|\bnationwide\b|\bChina(?:['’]s)?\b", re.IGNORECASE)
_NATIONAL = regex(
    rf"{_NATION.pattern}|中央|国务院|\bcentral government\b"
    r"|\bnational(?:ly)?\b(?![\s-]+(?:key|poor|poverty[\s-]stricken|level|designated))",
    re.IGNORECASE,
)
# "aid from Fujian" gives, "workers from Guizhou" tells where they live
_GIVES = regex(
    r"(?:(?<!workers)(?<!labour)(?<!labor)(?<!people)(?<!migrants)(?<!transfer)(?<!migration)(?<!report)(?<!news)"
    r"\s+from\s+(?:the\s+)?|\bby\s+(?:the\s+)?|[由向])$",
    re.IGNORECASE,
)
_HELPS_BEFORE = regex(
    r"(?:\bfrom\s+[A-Z]\w+\s+to\s+|\b(?:than|unlike|(?:compared|paired|twinned|cooperat\w+|partner\w+)\s+with)\s+"
    r"(?:(?:that|those) of\s+|in\s+)?(?:the\s+)?|[比较]|来自|相对于|[高低多少]于|超过)$",
    re.IGNORECASE,
)
_HELPS = regex(
    # a place in the name of a firm, a university or a bank: "Hunan Roads and Bridges Ltd."
    r"(?-i:(?: (?:and |& |of )?[A-Z][\w&'’-]+){0,5}? (?:and )?"
    r"(?:Ltd|Limited|Inc|Corp\w*|Company|Co\.|Group|Bank|University|College|Holdings))\b|(?-i:[一-鿿]){0,8}?(?:公司|集团|大学|学院|银行|新闻网|[日晚早]报|电视台|广播)"
    r"|[市县]?(?:召开|举行|举办)"  # where something was held
    r"|方面|(?:等地?|各?[省市区县])*(?:对口|帮扶|援助|援建|支援|捐|协作|结对|相比|对(?-i:[一-鿿]){1,12}(?:帮扶|支援|援助))"
    r"|(?:['’]s)?\s+(?:aid|assistance|help|donat|gave|support|counterpart|paired|twinn)"
    r"|(?:\s+(?:city|province|municipality))?\s+(?:put|sent|provided|granted|lent|paid|transferred|delivered|invested)\b"
    r"[^.;]{0,60}?\b(?:aid|help|assistance|support)\b[^.;]{0,24}?\b(?:to|into|in)\b",
    re.IGNORECASE,
)
_LISTED_BEFORE = regex(r"(?:、|\b(?:such as|including|like|e\.g\.)\s+)$", re.IGNORECASE)
_LISTED_BEHIND = regex(r"、|等|\s+and (?:\d+ |some )?other\b")
# before the subject of a sentence nothing stands but a heading, a number of a list and when it was
_WHEN = regex(
    r"【[^】\n]*】|^\s*[(（]?[一二三四五六七八九十]+[)）、]|截[至止]|\d{1,4}|[年月日底末初度起间]|以来|全年|[上下]半年|今年|去年|近年来?|目前"
    r"|“?十[一二三四五]五”?|期间|时期|据(?-i:[一-鿿]){2,8}|[是在为从到自至]|[“”\s,，:：()（）–—-]"
    r"|\b(?:in|during|for|since|throughout|across|by|from|to|as of|at|the|end|close|years?|of|late|early|first|half"
    rf"|rural|province)\b|\b{_MONTH}(?!\w)",
    re.IGNORECASE,
)
_LEAD = 60  # letters in which a sentence tells when
# behind these a Chinese name may begin in the middle of other signs
_BEFORE_NAME = frozenset("在于、和及与对由年为赴月日以了下达到扶贫援助")
# English names of autonomous places may tell their peoples: Linxia Hui Autonomous Prefecture
_PEOPLES = regex(r"(?: (?!city|county|prefecture)[a-z-]+){1,4}(?= autonomous )")
_REACH = 24  # letters before a name in which a word may say that it gives
_JOINED_ZH = regex(r"[\s·的]*")
_JOINED_EN = regex(r"\s*[,，(（]\s*|\s+|\s*['’]s\s+|,?\s+(?:of|in)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that a text names.

    Attributes:
        start: first code point of the name.
        end: one past the last.
        codes: all that the name may stand for.
        is_full: whether it is the name of a place for sure, by its class word or the wider place beside it.
        within: codes of the wider place that is named with it.
    """

    start: int
    end: int
    codes: frozenset[str]
    is_full: bool
    within: frozenset[str] = frozenset()


def region_of_report(document: Document, publisher: str, name: str, year: int) -> Decision:
    """The region that a report speaks for: a place of China, another country, or `unknown`.

    Args:
        document: the report.
        publisher: who published it; empty where nothing states it.
        name: of the file, in words.
        year: in which names of places hold; 0 for the first that is known.

    Returns:
        The region; `unknown` for a report about all of China, and where several places or none are named.
    """
    opening = opening_of(document)
    titles = (document.title,) if document.text or document.title else ()
    captions = () if document.text else tuple(table.caption for table in document.tables)
    near = _provinces(f"{simplified(document.title)}\n{opening}", year)
    for title in (*titles, " ".join(captions)):
        if (found := _of_title(_BOOK.sub(" ", simplified(title)), year, near)) is not None:
            return found
    found = _of_opening(opening, year, near)
    if found is not None and found.how != "unknown":
        return found
    for text in (simplified(publisher), simplified(name).title()):
        if (told := _of_title(text, year, near)) is not None and told.code != UNKNOWN:
            return told._replace(text=told.text.replace("title:", "file's name or publisher:"))
    return found or Decision()


def datelines(text: str, lines: Sequence[int]) -> list[tuple[int, int]]:
    """Where the lines of a text, which end at some places, say where and when they were written."""
    found = (_DATELINE.match(text, start) for start in (0, *(end + 1 for end in lines)))
    return [match.span() for match in found if match is not None]


def opening_of(document: Document) -> str:
    """How the paragraphs of a report begin, without where and when they were written."""
    texts = [document.text[block.start : block.end] for block in document.blocks if block.kind == "paragraph"]
    opening = "\n".join(texts)[:_OPENING] if document.text else ""
    return _BOOK.sub(" ", _DATELINE.sub(" ", simplified(opening)))


def _of_title(title: str, year: int, near: frozenset[str]) -> Decision | None:
    """What a title, caption or name tells: its narrowest place, if the others hold it; else the country."""
    places = [place for place in _places(title, year) if not _gives(title, place)]
    codes = _settled(places, near)
    narrowest = max(codes, key=_depth, default="")
    if narrowest and all(holds(code, narrowest) for code in codes):
        return _decision(narrowest, "title", year)
    named = [*codes, *(code for place in places for code in place.within)]
    common = [wider for wider in named if all(holds(wider, code) for code in codes)]
    if codes and common:
        return _decision(common[0], "title", year)
    if places:
        return Decision(text=f"several are named: {title}")
    if national := _NATIONAL.search(title):
        return Decision(how="opened", text=f"all of China: {national.group()}")
    country = country_named(title, title=True)
    return None if country is None else Decision(country.code, "opened", f"title: {country.name_en}")


def _of_opening(opening: str, year: int, near: frozenset[str]) -> Decision | None:
    """What an opening tells: what is the subject of its sentences, else the only province that is named."""
    places = [place for place in _places(opening, year) if not _gives(opening, place)]
    alone = [place for place in places if not _is_listed(opening, place)]
    subjects = [place for place in alone if _is_subject(opening, place.start)]
    codes = _settled(subjects, near)
    if codes:
        if all(holds(codes[0], code) or holds(code, codes[0]) for code in codes):
            return _decision(_told_before(opening, codes[0], subjects[0].start, year), "opening", year)
        return Decision(text=f"several are named: {', '.join(codes)}")
    national = next((found for found in _NATION.finditer(opening) if _is_subject(opening, found.start())), None)
    if national is not None:
        return Decision(how="opened", text=f"all of China: {national.group()}")
    if places:
        codes = _settled(places, near)
        widest = min(codes, key=_depth, default="")
        homes = [place for place in places if _OF_A_PERSON.search(opening, 0, place.start)]
        if _depth(widest) == 2 and places == alone and not homes and all(holds(widest, code) for code in codes):
            return _decision(widest, "opening", year)
        return Decision(text=f"several are named: {opening[places[0].start : places[0].end]}")
    country = country_named(opening)
    return None if country is None else Decision(country.code, "opened", f"opening: {country.name_en}")


def _told_before(opening: str, code: str, start: int, year: int) -> str:
    """The prefecture of a county where its short name opens the text before that county: 延安…，延安市宝塔区."""
    prefecture = region(f"{code[:4]}00", year) if _depth(code) > len("6106") else None
    name = short_chinese(prefecture.name_zh) if prefecture is not None else ""
    told = prefecture is not None and name and 0 <= opening.find(name) < start and opening.count(name) > 1
    return prefecture.code if prefecture is not None and told else code


def places_of_china(text: str, year: int) -> list[tuple[int, int, str]]:
    """Where a text names prefectures and counties with the province that they lie in, and their codes."""
    places = (place for place in _places(text, year) if len(place.codes) == 1 and place.within)
    return [(place.start, place.end, next(iter(place.codes))) for place in places]


# where somebody of whom an opening tells lives: "For villager Xie in Guangxi, …"
_OF_A_PERSON = regex(
    r"\b(?:villager|farmer|resident|herder|peasant|worker|teacher|farmer|mother|father|widow|family|couple|man|woman)s?\b"
    r"[^.;:\n]{0,40}\b(?:in|of|from)\s+(?:the )?(?:[\w'’-]+(?: (?:county|village|township|city|prefecture))?,? ){0,4}$",
    re.IGNORECASE,
)


def _decision(code: str, node: str, year: int) -> Decision:
    found = region(code, year)
    return Decision(code, "opened", f"{node}: {found.name_en if found else code}")


def helps(text: str, start: int, end: int) -> bool:
    """Whether the place of a name helps others, or is what they are compared with, by the words around the name."""
    before = _HELPS_BEFORE.search(text, max(0, start - _REACH), start)
    return before is not None or _HELPS.match(text, end) is not None


def _gives(text: str, place: _Place) -> bool:
    before = _GIVES.search(text, max(0, place.start - _REACH), place.start)
    return before is not None or helps(text, place.start, place.end)


def _is_listed(text: str, place: _Place) -> bool:
    before = _LISTED_BEFORE.search(text, max(0, place.start - _REACH), place.start)
    return before is not None or _LISTED_BEHIND.match(text, place.end) is not None


def _is_subject(text: str, start: int) -> bool:
    """Whether nothing stands before a word in its sentence but when something was."""
    begins = [match.end() for match in _SENTENCE.finditer(text, max(0, start - _LEAD), start)]
    begin = begins[-1] if begins else 0
    return start - begin <= _LEAD and not _WHEN.sub("", text[begin:start])


def _settled(places: Iterable[_Place], near: frozenset[str]) -> list[str]:
    """The code of each place in order, once; of a name that several bear the one in a province that is named.

    Where several of one province bear it the province is taken; a name that stays open is left out.
    """
    found: dict[str, None] = {}
    for place in places:
        codes = {code for code in place.codes if code[:2] in near} if len(place.codes) > 1 else place.codes
        provinces = {code[:2] for code in codes}
        if len(codes) == 1:
            found[next(iter(codes))] = None
        elif len(provinces) == 1:
            found[f"{provinces.pop()}0000"] = None
    return list(found)


def _provinces(text: str, year: int) -> frozenset[str]:
    """The first digits of the provinces that a text names, or of which it names a place."""
    places = (place for place in _places(text, year) if not _gives(text, place))
    return frozenset(code[:2] for place in places for code in place.codes if len(place.codes) == 1)


def _depth(code: str) -> int:
    return len(stem(code))


def stem(code: str) -> str:
    """The digits of a code that those of the places in it begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def holds(wider: str, code: str) -> bool:
    """Whether a place lies in another, or is that."""
    return code.startswith(stem(wider))


def _places(text: str, year: int) -> list[_Place]:
    """The places that a text names; a name behind or before that of a wider place is one with it ("贵州省赫章县")."""
    found: list[_Place] = []
    for place in sorted(_named(text, year), key=lambda place: (place.start, -place.end)):
        if found and place.start < found[-1].end:
            continue
        joined = _joined(text, found[-1], place) if found else None
        if joined is not None:
            found[-1] = joined
        elif place.is_full and not _is_inside(text, place):
            found = [*(one for one in found if one.is_full), place]
        else:
            found = [*(one for one in found if one.is_full), replace(place, is_full=False)]
    return [place for place in found if place.is_full]


def _joined(text: str, first: _Place, second: _Place) -> _Place | None:
    """Two names of which one place lies in the other; the narrower."""
    gap = text[first.end : second.start]
    chinese = text[second.start] >= "一"
    if not (_JOINED_ZH if chinese else _JOINED_EN).fullmatch(gap):
        return None
    pairs = [(first, second)] if chinese else [(first, second), (second, first)]
    for wider, narrower in pairs:
        if wider.is_full and (inner := _in(narrower.codes, wider.codes)):
            return _Place(first.start, second.end, inner, True, wider.within or wider.codes)
    return None


def _in(codes: frozenset[str], wider: frozenset[str]) -> frozenset[str]:
    return frozenset(code for code in codes if any(code != one and holds(one, code) for one in wider))


def _is_inside(text: str, place: _Place) -> bool:
    """Whether a Chinese name below the provinces begins in the middle of other words: 省和县 is not 和县."""
    before = text[place.start - 1 : place.start]
    if text[place.start] < "一" or not "一" <= before <= "鿿" or all(code.endswith("0000") for code in place.codes):
        return False
    return before not in _BEFORE_NAME


def _named(text: str, year: int) -> Iterator[_Place]:
    for stretch in _CHINESE.finditer(text):
        position, end = stretch.span()
        while position < end:
            for length in range(min(_LONGEST, end - position), 1, -1) if alike(text[position : position + 2]) else ():
                found = _bearers(text[position : position + length], year)
                # without its class word a name that goes on may be another word: 江西新建学校
                if found is not None and (found[1] or position + length == end):
                    yield _Place(position, position + length, *found)
                    position += length
                    break
            else:
                position += 1
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        first = words[index].group()
        if not first[0].isupper() or not alike(first.lower().removesuffix("'s").removesuffix("’s")):
            index += 1
            continue
        for count in range(min(_WORDS, len(words) - index), 0, -1):
            start, last = words[index].start(), words[index + count - 1]
            name = " ".join(text[start : last.end()].lower().replace("’", "'").split())
            bare = name.removesuffix("'s")
            told = next((one for one in (name, bare, _PEOPLES.sub("", name)) if _bearers(one, year)), None)
            found = _bearers(told, year) if told is not None else None
            if found is not None:
                yield _Place(start, last.end() - (2 if told == bare != name else 0), *found)
                index += count
                break
        else:
            index += 1


def _bearers(name: str, year: int) -> tuple[frozenset[str], bool] | None:
    """The codes that bear a name in a year, English in small letters, and whether it is told in full.

    A place below the provinces is told in full with its class word only; without, it may be any word.
    """
    if (province := _provinces_called().get(name)) is not None:
        return province
    codes = frozenset(entry.code for entry in regions_called(name, year))
    return (codes, is_full_name(name)) if codes else None


@lru_cache(maxsize=1)
def _provinces_called() -> dict[str, tuple[frozenset[str], bool]]:
    found: dict[str, set[str]] = {}
    for province in (entry for entry in regions() if entry.level == "province"):
        english = province.name_en.lower()
        chinese = (province.name_zh, short_chinese(province.name_zh))
        for name in (english, *(f"{english} {word}" for word in _PROVINCE_WORDS), *chinese):
            found.setdefault(name, set()).add(province.code)
    return {name: (frozenset(codes), True) for name, codes in found.items()}
