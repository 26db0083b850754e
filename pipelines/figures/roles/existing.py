"""What of the numbers of a plan is there already: what it starts from, what it is held against, what is known."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.figures.roles.achieved import PAST
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import FROM, LIST_JOIN, YEAR
from pipelines.patterns import regex


def is_past(draft: Draft, passage: Passage) -> bool:
    """Whether the sentence of a number in a plan says before it what there is already, or was in an earlier year."""
    text = passage.text[draft.sentence[0] : draft.start]
    years = [int(year) for year in YEAR.findall(text)]
    return bool(ALREADY.search(text)) or (
        passage.report_year is not None and any(y < passage.report_year for y in years)
    )


ALREADY = regex(r"截[至止]|目前|现有|实际|已[经有]?|[上去]一?年|累计|以来|尚有|仍有|完成了|共有")


def starts_another(draft: Draft, passage: Passage) -> bool:
    """Whether a number is what another one comes from or is held against: "from 14 to 18 yuan", 较2010年的7.1亿元."""
    found = FROM.search(passage.text, draft.before, draft.first)
    found = found and _LEADS_TO.search(passage.text, draft.end, draft.after)
    than = passage.is_chinese(draft.before, draft.start) and _THAN_EARLIER.search(
        passage.text, draft.before, draft.first
    )
    than = than or _THAN_THE.search(passage.text, draft.before, draft.first)
    return bool(found or than) or passage.ends_at("compared", draft.start) is not None


# "44 per cent higher than the best ever length of 5,082 km": what there was
_THAN_THE = regex(r"\bthan (?:the|a|an|its|their|our|last|any) (?!plan|target|goal)[^,;.\d]{0,40}$", re.IGNORECASE)
_LEADS_TO = regex(r"[到至为]|\bto\b")
_THAN_EARLIER = regex(r"[比较](?:(?:19|20)\d\d年|[上去前]一?年)(?:[末底]|同期)?的?[^，。；\d]{0,4}$")


# what a plan is for, and is there already: "strengthening the 31 existing laboratories", "who have taken loans of 400"
_EXISTING = regex(
    r"\b(?:existing|current|present)\s+(?:about |some |nearly )?$"
    # "the standards used in the 5 provinces" where it was tried
    r"|\b(?:used|applied|tested|tried|piloted|adopted|learned|learnt) (?:so far |earlier |before )?(?:in|by|with|from) "
    r"(?:the |its |our |these )?$"
    r"|\b(?:who|which|that) (?:have|has|had) (?!been\b)(?:[a-z]+ly )?[a-z]+(?:ed|en|wn|ne)\b[^,;.\d]*$"
    # "one in each of our 284 municipal areas", "every one of the 12 camps"
    r"|\b(?:each|every one|any|some|none|most|half|part) of (?:the|our|its|their|these|those) $",
    re.IGNORECASE,
)
# "on top of the $200 million of rebates already given"
_ALREADY_DONE = regex(r"[^,;.\d]{0,60}\b(?:already|so far)\b", re.IGNORECASE)
_PLACES_THERE = frozenset({"village", "township", "county", "city", "province"})
_ALL_OF = regex(r"\ball (?:of )?(?:the |its |their )?$|全[省市县区州部]的?$")  # in all 13 cities: so many there are
# "The 4 centres will share 2 million": they are there, but "The 12 wells will be dug"
_KNOWN = regex(r"(?:^|[.;:]\s+|\n)(?:The|These|Those|All|Its|Our)\s+$")
_WHO_WILL = regex(r"(?: [\w-]+){1,5}? (?:which|that|who|will (?!be\b|become\b))")
_OLD = ("existing ", "current ", "present ")


def is_there(draft: Draft, passage: Passage, earlier: list[Draft], *, headed: bool) -> bool:
    """Whether a number counts what its plan is for or speaks of as known, and no heading makes goals of it."""
    text = passage.text
    if draft.unit in _PLACES_THERE and _are_all_there(draft, passage, earlier):
        return True
    known = not headed and _KNOWN.search(text, max(draft.before - 3, 0), draft.first)
    return bool(known) and _WHO_WILL.match(text, draft.token.end) is not None


def is_existing(draft: Draft, passage: Passage) -> bool:
    """Whether its own words call it existing, used or had: "the 31 existing laboratories"."""
    if draft.noun.lower().startswith(_OLD) or _EXISTING.search(passage.text, draft.before, draft.first):
        return True
    return _ALREADY_DONE.match(passage.text, draft.end, draft.sentence[1]) is not None


def _are_all_there(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """Whether a number is one of so many as there are: "in all 13 cities and 117 towns", 全省84个县."""
    if _ALL_OF.search(passage.text, draft.before, draft.first):
        return True
    last = earlier[-1] if earlier else None
    return (
        last is not None
        and last.unit in _PLACES_THERE
        and LIST_JOIN.fullmatch(passage.text, last.end, draft.first) is not None
        and _ALL_OF.search(passage.text, last.before, last.first) is not None
    )


def stands_already(draft: Draft, passage: Passage) -> bool:
    """Whether the words before a number below goals say that it is there already: a past verb, a start, a year."""
    start = passage.clause(draft.sentence[0], draft.start, ";；。")
    return (
        starts_another(draft, passage)
        or is_past(draft, passage)
        or any(words.search(passage.text, start, draft.first) for words in (PAST, IS_THERE))
        or _WAS_THERE.match(passage.text, draft.end, draft.sentence[1]) is not None
    )


# "40 villages were reached", "the district has 12 clinics", "we built 12": no goals, though they stand below them
IS_THERE = regex(
    r"\b(?:is|are|have|currently|already|lives?)\b|已|了[^，。；\d]{0,4}$|现[有为]",
    re.IGNORECASE,
)
_WAS_THERE = regex(r"\s*(?:[a-z-]+ ){0,4}?(?:is|are|was|were|has|have|had|live[sd]?)\b", re.IGNORECASE)
