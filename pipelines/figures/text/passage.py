"""A text with everything in it that speaks about numbers, found in one pass: words, sentences, quotations, cues."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container
from functools import cached_property, lru_cache

from pipelines.catalog.phrases import Found, Hit, words_of
from pipelines.figures.text.lexicon import CUE_KINDS, Noun, lexicon
from pipelines.figures.text.signs import DONE_THEN, YEAR
from pipelines.figures.text.tree import tree_of
from pipelines.patterns import regex

_QUOTED = regex(
    r"[“\"《「‘](?:(?<=[“\"])[^“”\"\n，。；！？]{0,120}[”\"]|(?<=《)[^》\n]{0,120}》|(?<=「)[^」\n]{0,120}」"
    r"|(?<=‘)[^‘’\n]{0,60}’(?![a-z]))"
)
# "up" and "down" behind such a verb are parts of it: set up, building up, broke down
_VERB_BEFORE = regex(
    r"\b(?!(?:go|mov|climb|stepp|edg|inch|end)(?:ing|ed)\b)(?:[a-z]{2,}(?:ing|ed)|sets?|takes?|took|taken|puts?|makes?|made"
    r"|opens?|gives?|gave|given|brings?|brought|builds?|built|draws?|drew|drawn|signs?|picks?|sends?|sent|hands?|comes?|came|passe?s?|sums?|breaks?|broke|broken"
    r"|clears?|turns?|laid|lays?) $"
)
# quoted words are names: "Rain Plan" plans nothing
_IN_QUOTES = frozenset({"intent", "intent_after", "plan", "rise", "fall", "completion"})

_CHANGES = frozenset({"rise", "fall", "excess"})
_PLANS = ("intent", "future", "plan", "intent_after")
_OF_MEANS = ("average", "averaged", "averages", "averaging", "mean", "median", "unit")
# 将 before a verb tells what is to come; before a noun it only brings the object forward: 将资金3200万元用于;
# 争取 before a verb is an aim, before a noun (争取资金3200万元) what was won
_HOW = (
    "(?:会|要|再|还|继续|进一步|重点|陆续|逐步|全面|集中|统筹|同时|分[批期年步]{1,2}|力争|努力|着力|大力|切实|全力|抓紧|新|如期"
    "|提前|优先|主要|共|[一-鿿]{2}性地?)"
)


@lru_cache(maxsize=1)
def _modal() -> re.Pattern[str]:
    verbs = "|".join(word for word in lexicon().words.verbs if word not in ("将", "均", "都"))
    return re.compile(
        rf"争取(?=[^，。；、\d]{{0,6}}?(?!落实|引进|获得|得到)(?:{verbs}))"
        rf"|(?<![即必终])将(?:{_HOW}+|(?=(?:{verbs}|在|对|向|于|从|由|以(?!工代)|[投建超达有]|[强加][化强快大]|推进|支持|扶持|组织|召开|出台"
        r"|打造|培育|安排|整合|选派|搬迁|培训|新[增建]|改造|修建)(?![一-鿿]{0,4}(?:资金|经费|项目|[款费]|任务|指标))))"
    )


# what a work will do once it stands: 项目建成后，可带动500户; but 可支配收入, 产能
_ONCE_BUILT = regex(
    rf"{DONE_THEN}[^。；]{{0,60}}?(将|可(?![支持靠见知行怕观贵])以?|(?<![功职智技产性才只])能(?![力源人手量见耗])够?|预计|有望)"
)

_PARTICLE = 4  # letters of the longest of them

# "aims during the year to reach", "plan with the banks to sink": what stands between a verb and what it intends
_AIM = ("aim", "expect", "hope", "intend", "pledge", "plan", "promise", "propose", "resolve", "seek", "vow", "want")
_AIMS = frozenset(aim + ending for aim in _AIM for ending in ("", "s", "d", "ed", "ned", "ing", "ning"))
_AIMED_LATER = regex(
    rf"\b(?:{'|'.join(_AIM)})(?:s|d|ed|ned|n?ing)?(?:,| also)*"
    r" (?:in|by|during|within|over|before|between|under|through|with|next|this)\b"
    r"[\w ,'’-]{1,60}? to (?!(?:the|an?|its|their|our|his|her|all|each|every|any|that|this|those|these)\b)[a-z]{2,} "
)
# "is targeted to be expanded", "are all set to meet"; not "is set to 2,300"
_DUE = frozenset(
    {"set", "due", "poised", "bound", "targeted", "anticipated", "forecast", "predicted", "supposed", "track"}
)
_IS_DUE = regex(
    rf"\b(?:is|are|am)(?: (?:now|also|still|well|all|currently))* (?:on )?(?:{'|'.join(sorted(_DUE))}) to "
    r"(?!(?:have|the|an?)\b)[a-z]{2,} "
)


class Passage:
    """The annotations of one text; positions are code points.

    Attributes:
        text: canonical text.
        lower: the same in small letters.
        report_year: the last year in the report's title, if any.
        country: ISO 3166 code of the country that the report is about, empty where nothing says it.
        is_plan: whether its title calls the whole a plan of its year.
        words: its English words and Chinese stretches.
        tree: its sentences, statements and clauses.
        clause: where the clause that holds a position begins: behind the last of some marks, or at a start.
        clause_end: where it ends: at the first of some marks, or at an end.
        nouns: start of a noun that names a unit → where it ends and what it is.
        cues: kind of cue → its places.
        plans: the places of all cues that speak of plans.
        changes: the places of all cues that speak of a rise or a fall.
        years_ahead: years after that of the report.
        per: phrases that say what the amounts behind them are per.
        per_none: phrases of money that nobody has by the head, such as revenue.
        axes: members of complementary parts.
        qualifiers: end of a phrase that qualifies the number behind it → its place and code.
    """

    def __init__(self, text: str, report_year: int | None = None, country: str = "", *, is_plan: bool = False) -> None:
        found = lexicon().phrases.find(text)
        self.text = text
        self.report_year = report_year
        self.country = country
        self.is_plan = is_plan
        self.words = words_of(text)
        self.lower = self.words.lower
        self.tree = tree_of(text)
        self.clause, self.clause_end = self.tree.clause_start, self.tree.clause_end
        self._quotes = [match.span() for match in _QUOTED.finditer(text)]
        self._quote_starts = [start for start, _ in self._quotes]
        nouns: list[Hit[Noun]] = found["nouns"]
        self.nouns: dict[int, tuple[int, Noun]] = {hit.start: (hit.end, hit.payload) for hit in nouns}
        self._noun_hits: Found[Noun] = Found(nouns)
        qualified = {place for hit in found["qualifiers"] for place in range(hit.start, hit.end)}
        self.cues = self._cues(found["cues"], qualified)
        self.plans = Found(sorted((hit for kind in _PLANS for hit in self.cues[kind].hits), key=lambda hit: hit.start))
        changes = (*self.cues["rise"].hits, *self.cues["fall"].hits)
        self.changes = Found(sorted(changes, key=lambda hit: hit.start))
        self.years_ahead = Found([] if report_year is None else _years_ahead(text, report_year))
        per = _outer(found["per"])
        self.per: Found[str] = Found([hit for hit in per if hit.payload != "none"])
        self.per_none: Found[str] = Found([hit for hit in per if hit.payload == "none"])
        self.axes: Found[tuple[str, int]] = Found(found["axes"])
        self.qualifiers: dict[int, Hit[str]] = {}
        for hit in found["qualifiers"]:
            self.qualifiers.setdefault(hit.end, hit)

    def is_chinese(self, start: int, end: int) -> bool:
        """Whether there may be Chinese in a stretch."""
        return bool(self.words.chinese) and not self.text[start:end].isascii()

    def means(self, start: int, end: int) -> bool:
        """Whether an English word that speaks of a mean or of the price of a unit begins in a stretch."""
        place = bisect_left(self._means, start)
        return place < len(self._means) and self._means[place] < end

    @cached_property
    def _means(self) -> list[int]:
        words = self.words
        return sorted(words.starts[index] for form in _OF_MEANS for index in words.places.get(form, ()))

    def adds(self, start: int, end: int) -> bool:
        """Whether the words of a stretch tell of anything that was added or reduced."""
        return any(
            word in self.words.places and self.lower.find(word, start, end) >= 0 for word in ("added", "reduced")
        )

    @cached_property
    def for_each(self) -> list[int]:
        """Index of the words "each", "every", "one" and "a" that stand behind "for", "to", "in" or "on"."""
        forms, places = self.words.forms, self.words.places
        behind = (index for form in ("each", "every", "one", "a") for index in places.get(form, ()) if index)
        return sorted(index for index in behind if forms[index - 1] in ("for", "to", "in", "on"))

    def _cues(self, hits: list[Hit[frozenset[str]]], qualified: Container[int]) -> dict[str, Found[frozenset[str]]]:
        """Cues by kind; one in a longer one ("plan" in "Rain Plan") or in a qualifier (至少) is none of its own."""
        by_kind: dict[str, list[Hit[frozenset[str]]]] = {kind: [] for kind in CUE_KINDS}
        reach = 0
        for hit in hits:
            if hit.end <= reach:
                continue
            reach = hit.end
            particle = hit.end - hit.start <= _PARTICLE and self.lower[hit.start : hit.end] in ("up", "down")
            if particle and _VERB_BEFORE.search(self.lower, max(hit.start - 12, 0), hit.start):
                continue
            quoted = self.quotation(hit.start, hit.start + 1) is not None
            at_least = (
                hit.start in qualified and hit.payload <= _CHANGES and not hit.payload.isdisjoint(("rise", "fall"))
            )
            for kind in hit.payload if not at_least else ():
                if not (quoted and kind in _IN_QUOTES):
                    by_kind[kind].append(hit)
        found = [_modal().finditer(self.text)] if "将" in self.text or "争取" in self.text else []
        if not self.words.places.keys().isdisjoint(_AIMS):
            found.append(_AIMED_LATER.finditer(self.lower))
        if not self.words.places.keys().isdisjoint(_DUE):
            found.append(_IS_DUE.finditer(self.lower))
        if "后" in self.text:
            found.append(_ONCE_BUILT.finditer(self.text))
        spans = {match.span(match.lastindex or 0) for matches in found for match in matches}
        ahead = [Hit(*span, frozenset({"intent"}), 0) for span in spans]
        if ahead:
            taken = {place for hit in by_kind["intent"] for place in range(hit.start, hit.end)}
            by_kind["intent"] = sorted([*by_kind["intent"], *(hit for hit in ahead if hit.start not in taken)])
        return {kind: Found(found) for kind, found in by_kind.items()}

    def quotation(self, start: int, end: int) -> tuple[int, int] | None:
        """Bounds of the quotation that holds a stretch, None outside of quotations."""
        index = bisect_right(self._quote_starts, start) - 1
        if index >= 0 and end <= self._quotes[index][1]:
            return self._quotes[index]
        return None

    def names_past_year(self, start: int, end: int) -> bool:
        """Whether a stretch names a year that is not after the report's."""
        return self.report_year is not None and any(
            int(match.group()) <= self.report_year for match in YEAR.finditer(self.text, start, end)
        )

    def nouns_within(self, start: int, end: int) -> list[Noun]:
        """Heads of the noun phrases of a stretch, in order: of "poor households" the households."""
        return [noun for _, _, noun in self.phrases_within(start, end)]

    def phrases_within(self, start: int, end: int) -> list[tuple[int, int, Noun]]:
        """Start, end and head of the noun phrases of a stretch, in order."""
        found: list[tuple[int, int, Noun]] = []
        reach = -1
        for hit in self._noun_hits.within(start, end):
            if hit.end <= reach:
                continue
            if found and hit.start - reach <= 1 and not self.text[reach : hit.start].strip(" -’'"):
                found[-1] = found[-1][0], hit.end, hit.payload
            else:
                found.append((hit.start, hit.end, hit.payload))
            reach = hit.end
        return found

    def last(self, kind: str, start: int, end: int) -> Hit[frozenset[str]] | None:
        """The last cue of a kind that lies in a stretch."""
        return self.cues[kind].last(start, end)

    def first(self, kind: str, start: int, end: int) -> Hit[frozenset[str]] | None:
        """The first cue of a kind that lies in a stretch."""
        return self.cues[kind].first(start, end)

    def ends_at(self, kind: str, position: int) -> Hit[frozenset[str]] | None:
        """The cue of a kind that stands right before a position, with nothing but blanks between."""
        hit = self.last(kind, max(position - 40, 0), position)
        return hit if hit is not None and not self.text[hit.end : position].strip() else None

    def begins_at(self, kind: str, position: int) -> Hit[frozenset[str]] | None:
        """The cue of a kind that stands right behind a position, with nothing but blanks between."""
        hit = self.first(kind, position, position + 40)
        return hit if hit is not None and not self.text[position : hit.start].strip() else None


def _outer(hits: list[Hit[str]]) -> list[Hit[str]]:
    """Hits without those that lie in a longer one: no 收入 of 财政收入."""
    kept: list[Hit[str]] = []
    for hit in hits:
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return kept


def _years_ahead(text: str, report_year: int) -> list[Hit[int]]:
    return [
        Hit(match.start(), match.end(), int(match.group()), 0)
        for match in YEAR.finditer(text)
        if report_year < int(match.group()) < report_year + 30
    ]


def in_closed_brackets(text: str, start: int, end: int) -> bool:
    """Whether more brackets are closed than opened between two places, so that the first lies in one."""
    between = text[start:end]
    return between.count(")") + between.count("）") > between.count("(") + between.count("（")
