"""Which region a figure is about: the place that its clause names or its statement opens with, else the report's."""

from __future__ import annotations

import re
from typing import Literal

from pipelines.catalog.phrases import Found, Hit
from pipelines.catalog.regions import is_full_name, provinces_named, region
from pipelines.figures.text.passage import in_closed_brackets
from pipelines.figures.text.signs import COUNT_WORDS
from pipelines.figures.text.tree import Stretch, tree_of
from pipelines.meaning.context import Context
from pipelines.meaning.home import datelines, helps, holds, places_of_china, stem
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning, ReportIdentity
from pipelines.meaning.places import first_year, place_called, places_in
from pipelines.meaning.vocabulary import Cues
from pipelines.patterns import regex

_CHINA = regex(r"China(?<!\wChina)(?:['’]s)?(?= (?:had|has|as a whole|counted|lifted|spent)\b)")
_COMPARED = regex(
    r"平均|水平|的?比重|的?第?[一二三四五六七八九十\d]+[位名]|[前首]列|倒数|领先|(?:['’]s)?\s+average", re.IGNORECASE
)
_COMPARED_BEFORE = regex(
    r"(?:[高低多少快慢好]于|超过|不及|不如|相当于|比|占|[位排]?列|位?居|\b(?:than|of|above|below)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_GIVES_TO = regex(r"[^,;，；。]{0,40}?\b(?:in|of|to|for|at|across|within)\s+(?:the\s+)?$", re.IGNORECASE)
_IN_IT = regex(r"\s*(?:%|per ?cent)?\s*\bin\s+(?:the\s+)?", re.IGNORECASE)
_JOINED = regex(r"\s*(?:,|、|，|and|和|与|及)\s*(?:and\s+)?")
_GONE_TO = regex(
    r"(?:赴|去|往|来自|输出到|转移到)$|\b(?:teams?|visitors?|guests?|delegat\w+|people|officials|experts|teachers|volunteers"
    r"|doctors|cadres|workers|firms|companies|traders) (?:came |who came )?from\s+$"
    r"|\b(?:went|go|moved|migrated|left|working|worked|jobs|work)\s+(?:to|for|in)\s+$",
    re.IGNORECASE,
)
_GIVES = regex(
    r"(?:[省市区县州]|自治区)?(?:人民)?(?:财政|政府)?[^，。；\d]{0,4}?(?:给予|援助|捐|拨|下达|安排|补助|资助|支援|帮扶|划拨|转移支付|投入(?=[一-鿿]{2,6}[省市州县区旗]))"
    r"|(?:['’]s \w+|\s+(?:province|city|municipality))?\s+(?:has |had |have )?"
    r"(?:helped|supported|assisted|aided|backed|gave|given|donated|granted|allotted|allocated|paid|sent"
    r"|transferred|contributed|provided|lent)\b",
    re.IGNORECASE,
)
_COMES_FROM = regex(r"\bfrom $|来自$", re.IGNORECASE)  # enterprises from Fujian built workshops here
_LISTED = frozenset("、和及与")
_SOME_PLACES = regex(
    r"([两二三四五六七八九十])个?[县市区乡镇村州旗](?=(?:[^，。；\d]|(?:19|20)\d\d(?=年)){0,24}(?:分别|依次))"
)
_BEGINS = regex(r"\b(?:whereas|while|but|and)\s+(?:(?:in|at|for)\s+)?$", re.IGNORECASE)
_RELATIVE = regex(r",? (?:where|which|whose)\b[^,;.]*$")
_DISTANCE = 24
_COUNTER = 4  # code points of a unit with the sign behind it


class Regions:
    """The places of one report's text, by which the regions of its figures are decided."""

    def __init__(self, cues: Cues, identity: ReportIdentity) -> None:
        text = cues.text
        self._home = identity.region
        self._text = text
        self.places: Found[str] = places_in(text, identity)
        if identity.region.code == UNKNOWN and identity.language == "zh":
            paths = places_of_china(
                text, first_year(identity.period.code)
            )  # 新疆阿克苏地区乌什县, of a national report
            self.places = Found([Hit(start, end, code, 0) for start, end, code in paths])
        self.places = Found([hit for hit in self.places.hits if not _is_neighbour(text, hit)])
        if self._home.code.isalpha() and self._home.code != UNKNOWN:
            self.places = Found(sorted([*self.places.hits, *_abroad(text)], key=lambda hit: hit.start))
        provinces = [hit for hit in cues.provinces.hits if not self.places.within(hit.start, hit.end)]
        china = [Hit(*match.span(), "country", 0) for match in _CHINA.finditer(text)]
        wholes = [
            hit._replace(payload=f"whole {hit.payload}")
            for hit in (*cues.wholes, *china)
            if not _COMPARED_BEFORE.search(text, max(0, hit.start - _DISTANCE), hit.start)
            and not _COMPARED.match(text, hit.end)
        ]
        written = datelines(text, tree_of(text).lines)
        hits = [
            hit
            for hit in (*self.places.hits, *provinces, *wholes)
            if not any(start <= hit.start < end for start, end in written)
        ]
        self._named: Found[str] = Found(sorted(hits, key=lambda hit: hit.start))

    def region(self, context: Context, about: Meaning | None) -> Decision:
        """The region of a figure of running text; what speaks about another figure is about its region."""
        if (there := self._right_behind(context)) is not None:
            return there
        if about is not None:
            return about.region
        if context.rank is not None and (turn := self._in_turn(context, *context.rank)) is not None:
            return turn
        if self._named.first(*context.sentence) is None:
            return self._home
        if (met := context.in_order(self._named.within(context.statement[0], context.head))) is not None:
            return self._decided([met], "named", context, in_order=True) or self._home
        if (own := self._one(context.own_before, context, "named")) is not None:
            return own
        if (antecedent := self._antecedent(context)) is not None:
            return antecedent
        # 突泉县虽然基数小，也有3905人; 利川市规划1.28万户、入住1.09万户，巴东县规划1.15万户、入住0.86万户
        comma = max(self._text.rfind(mark, context.statement[0], context.start) for mark in "，；")
        chinese = self._text[context.start - 1] >= "一"
        for begin in (max(context.before, context.statement[0]), comma) if chinese else ():
            if 0 < begin < context.own_before[0] and (label := self._one((begin, context.start), context, "named")):
                return label
        behind = self._named.within(*context.own_behind)
        if behind and _GIVES_TO.fullmatch(self._text, context.end, behind[0].start):
            listed = self._named.within(behind[0].start, context.statement[1])
            last = next((i for i in range(1, len(listed)) if not self._joined(listed[i - 1], listed[i])), len(listed))
            return self._decided(listed[:last], "named", context) or self._home
        if (coordinated := self._coordinated(context)) is not None:
            return coordinated
        # what opens the statement, up to the number before it, and what opens the sentence, up to its first number
        begin, opening = context.statement[0], context.opening
        ahead = (begin, context.before if context.before > begin else context.start)
        for node, stretch in (("statement", opening if begin == opening[0] else ahead), ("sentence", opening)):
            if (opened := self._one(stretch, context, "opened")) is not None:
                return opened._replace(text=f"{node}: {opened.text}")
            if node == "statement" and begin > opening[0] and self._named.first(*stretch) is not None:
                break  # a statement with a place of its own is not about that of another
        return self._home

    def _right_behind(self, context: Context) -> Decision | None:
        """The one place that "in" names right behind a number: "84.5% in Dangshan and 77.6% in Lingbi"."""
        behind = self._named.first(*context.own_behind)
        if behind is None or not _IN_IT.fullmatch(self._text, context.end, behind.start):
            return None
        following = self._named.first(behind.end, context.statement[1])
        listed = following is not None and self._joined(behind, following)
        return None if listed or self._only_acts(behind) else self._decided([behind], "named", context)

    def _in_turn(self, context: Context, place: int, count: int) -> Decision | None:
        """One of as many places that were listed before, where numbers are of them in turn: 三县分别收到."""
        some = _SOME_PLACES.search(self._text, context.statement[0], context.head)
        if some is None or COUNT_WORDS[some.group(1)] != count:
            return None
        run: list[Hit[str]] = []
        met: list[Hit[str]] = []
        for hit in [*self.places.within(0, some.start()), None]:
            if hit is not None and run and self._joined(run[-1], hit):
                run.append(hit)
                continue
            met = run if len(run) == count else met
            run = [hit] if hit is not None else []
        if not met or not met[place].payload:
            return Decision(text=f"one of several places: {some.group()}")
        return Decision(
            met[place].payload, "opened", f"{some.group()}: {context.words((met[place].start, met[place].end))}"
        )

    def _antecedent(self, context: Context) -> Decision | None:
        """The place of which a relative clause tells: "Hezhang, where 52.8 million lay unused"."""
        opened = _RELATIVE.search(self._text, context.statement[0], context.start)
        ahead = self._named.last(context.statement[0], opened.start()) if opened is not None else None
        if opened is None or ahead is None or ahead.end != opened.start():
            return None
        return self._decided([ahead], "named", context)

    def _coordinated(self, context: Context) -> Decision | None:
        """The place that a joined clause begins with: "…, whereas Helong, with 16 projects, put its money into …"."""
        named = self._named.within(context.statement[0], context.start)
        for place in range(len(named) - 1, -1, -1):
            hit = named[place]
            listed = place > 0 and self._joined(named[place - 1], hit)
            if not listed and _BEGINS.search(self._text, context.statement[0], hit.start):
                return None if self._only_acts(hit) else self._decided([hit], "opened", context)
        return None

    def _one(self, stretch: Stretch, context: Context, how: Literal["named", "opened"]) -> Decision | None:
        hits = [
            hit
            for hit in self._named.within(*stretch)
            if not (in_closed_brackets(self._text, hit.end, context.start) or self._only_acts(hit))
        ]
        return self._decided(hits, how, context) if hits else None

    def _joined(self, one: Hit[str], other: Hit[str]) -> bool:
        return _JOINED.fullmatch(self._text, one.end, other.start) is not None

    def _in_list(self, hit: Hit[str], context: Context) -> bool:
        """Whether a sign joins a place to one before it, and not its number to another: 甲县1610公里、乙县1124公里."""
        behind_number = context.sentence[0] < context.before <= hit.start <= context.before + _COUNTER
        return self._text[max(hit.start - 1, 0)] in _LISTED and not behind_number

    def _only_acts(self, hit: Hit[str]) -> bool:
        """Whether a place only helps, gives money to the report's region, is compared with or gone to for work."""
        if helps(self._text, hit.start, hit.end) or _GONE_TO.search(self._text, max(0, hit.start - 16), hit.start):
            return True
        home = self._home.code
        outside = hit.payload[:1].isdigit() and not (hit.payload == home or _holds(home, hit.payload))
        acts = _GIVES.match(self._text, hit.end) or _COMES_FROM.search(self._text, max(0, hit.start - 6), hit.start)
        return home != UNKNOWN and outside and acts is not None

    def _decided(
        self, hits: list[Hit[str]], how: Literal["named", "opened"], context: Context, *, in_order: bool = False
    ) -> Decision | None:
        """The one place of some hits; a wider one that holds a narrower is one with it."""
        if any(hit.payload == "whole country" for hit in hits):
            hits = hits[-1:]  # "nationwide …, Jiangxi …": the place that is nearer
        codes = {hit.payload for hit in hits}
        codes -= {code for code in codes if any(other != code and _holds(code, other) for other in codes)}
        if not codes:
            return None
        words = ", ".join(dict.fromkeys(context.words((hit.start, hit.end)) for hit in hits))
        listed = any(self._in_list(hit, context) for hit in hits)
        if len(codes) > 1 or "" in codes or (listed and not in_order):
            within = "" not in codes and _within_home(codes, self._home.code)
            return self._home if within else Decision(text=f"several are named: {words}")
        [code] = codes
        if code == _NOT_KNOWN:
            return Decision(text=f"{words}: a place that is not known")
        if code.startswith("whole "):
            return self._whole(code.removeprefix("whole "), how, words, context)
        return Decision(code, how, words)

    def _whole(self, level: str, how: Literal["named", "opened"], words: str, context: Context) -> Decision:
        """The region of "the whole county" by the report's own, else by the last such place of the paragraph."""
        home = self._home.code
        depth = len(stem(home)) if home != UNKNOWN and home[:1].isdigit() else 0
        if level == "country":
            return Decision(UNKNOWN, how, f"all of China: {words}")
        if level == "village" or not depth:
            return Decision(text=f"{words}: a place that is not named")
        if level == "province":
            return Decision(f"{home[:2]}0000", how, words)
        own = region(home, 0)
        is_city = own is not None and own.name_zh.endswith("市")
        if level == "prefecture" and (depth == 4 or (is_city and depth in (2, 6))):
            return Decision(home, how, words)
        if level == "prefecture" and depth == 6:
            return Decision(f"{home[:4]}00", how, words)
        if level == "county" and depth == 6:
            return Decision(home, how, words)
        wanted = 4 if level == "prefecture" else 6
        named = [h for h in self.places.within(context.paragraph[0], context.start) if len(stem(h.payload)) == wanted]
        if named and named[-1].payload:
            return Decision(
                named[-1].payload, "opened", f"paragraph: {context.words((named[-1].start, named[-1].end))}"
            )
        return Decision(text=f"{words}: a place that is not named")


_NOT_KNOWN = "a place abroad"
_PLACE_ABROAD = regex(
    r"\b(?!(?:The|This|Each|Every|Our|One|In|At|From|For|Of|By|To|Near|Across|Within|While|Among|And)\b)"
    r"[A-Z][a-z'’]+(?:[ -][A-Z][a-z'’]+){0,2} "
    r"(?:County|District|Province|Governorate|Woreda|Municipality|Upazila|Prefecture|Region)\b(?! of)"
)


def _abroad(text: str) -> list[Hit[str]]:
    """The places within another country that a text names by their kind, but for the one that its title names.

    Their codes are not known: what is told of Turkana County is not told of all of Kenya.
    """
    title = text.lstrip().partition("\n")[0]
    return [Hit(*found.span(), _NOT_KNOWN, 0) for found in _PLACE_ABROAD.finditer(text) if found.group() not in title]


def region_of_cell(context: Context, identity: ReportIdentity) -> Decision:
    """The one province, county or prefecture that the headers of a cell name, else the report's region."""
    for headers in context.cues.text.split(" | "):
        for start, end, province in provinces_named(headers):
            if not helps(headers, start, end):
                return Decision(province.code, "named", province.name_en)
        named = {hit.payload: headers[hit.start : hit.end] for hit in places_in(headers, identity).hits}
        if len(named) == 1:
            [(code, words)] = named.items()
            return Decision(code, "named", words) if code else Decision(text=f"several are named: {words}")
        if named:
            break
        for header in headers.split(" > "):
            if is_full_name(header) and (code := place_called(header, "region", "", first_year(identity.period.code))):
                return Decision(code, "named", header)
    return identity.region


def _is_neighbour(text: str, hit: Hit[str]) -> bool:
    """Whether a place only lies beside another: 西与邹平县接壤, "it borders Kajiado County"."""
    return (
        _BESIDE.match(text, hit.end) is not None
        or _BESIDE_BEFORE.search(text, max(hit.start - 24, 0), hit.start) is not None
    )


_BESIDE = regex(
    r"(?:[、和及与]?[^，。；、\d]{2,6}?[县区市州省旗]|、|两[县区市省])*(?:[^，。；、\d]{0,3})?(?:相?毗[邻连]|接壤|相邻|交界|相连|为邻|相接|隔[江河水海]相望)"
)
_BESIDE_BEFORE = regex(
    r"(?:东|南|西|北|[东西][南北])部?(?:[临邻靠接依濒]|连接|紧[临邻靠]|[毗相][邻连])[^，。；\d]{0,8}$"
    r"|\b(?:bordere?d?s?(?: (?:by|on))?|bordering|adjacent to|neighbou?ring|next to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def _within_home(codes: set[str], home: str) -> bool:
    """Whether all places lie in the report's region, which then holds for a figure about several of them."""
    return home != UNKNOWN and all(_holds(home, code) or code == home for code in codes)


def _holds(wider: str, code: str) -> bool:
    return bool(wider) and code != wider and holds(wider, code)
