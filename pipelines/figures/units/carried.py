"""What a number without a unit counts by the words before it: a noun, what is compared, a list, the sentence before."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.catalog.currencies import currencies_of, is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.nouns import NOMINAL, noun_head, nouns_told, physical_units
from pipelines.figures.text.passage import Passage, in_closed_brackets
from pipelines.figures.text.signs import NEARLY, OF_THEM, OF_THESE, OF_WHOM, YEAR
from pipelines.figures.text.subjects import own_words
from pipelines.figures.units.actors import acts_on, is_paid, names_one, object_beside, subject_beside
from pipelines.figures.units.counts import NOTHING_COUNTED, ends_in_plural, is_count, take_unit
from pipelines.figures.units.gapped import as_in_parallel
from pipelines.figures.units.own_nouns import has_own_noun
from pipelines.patterns import SIGN, regex

_COMPARED = regex(
    r"(?:compared (?:with|to)|(?:as )?against|(?:up|down) from|instead of|rather than|where it had been|较|比)"
    + SIGN
    + r"$",
    re.IGNORECASE,
)
_OF_WHICH = regex(r"(?:\bof which|\bof whom|\bof these|其中)\s*$", re.IGNORECASE)
_MORE = regex(r"\s*(?:more|fewer|less)\b(?! \w+s\b)", re.IGNORECASE)
_TO_WHOM = regex(r"\b(?:to|for|by|from)\s+(?:\w+[ -]){0,3}$", re.IGNORECASE)
_NUMBERED = regex(r"\bnumber(?:ed|s)? (?:about |nearly |some |over |more than |almost |only )?$", re.IGNORECASE)
_IN_NUMBER = regex(r"\s*(?:in number|in all|in total|altogether|strong)\b", re.IGNORECASE)
# what can be counted by the million; villages and offices cannot
_MANY = frozenset(
    {"person", "household", "person-time", "animal", "tree", "document", "USD", "kWh"}
    | {"tonne", "kg", "jin", "mu", "hectare", "m", "m2", "m3"}
)
TEN_THOUSAND = Decimal(10_000)
# "203 million for industry, 94 million for jobs, 164 million": what each is for is not what it counts
_PARALLEL = regex(
    r"[a-z ]{0,14}\b(?:for|on|to|from|by|in)\s+[^,;:.\d]{1,60}(?:,\s*(?:and\s+)?|\s+and\s+)", re.IGNORECASE
)


def from_before(draft: Draft, earlier: list[Draft], passage: Passage) -> None:
    """What an elided number counts: "reservoirs (2350)", "electricity for 35", "households: Luzon 1,740,268"."""
    _from_before(draft, earlier, passage)
    if draft.unit in _PLACES and _OF_A_NAME.search(passage.text, draft.before, draft.start):
        draft.unit, draft.decided["unit"] = "unknown", "a place does not count places"  # "districts: Gorkha: 350"


_PLACES = ("village", "township", "county", "city", "province")
_OF_A_NAME = regex(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?\s?[:：(–-]\s*$")


def _from_before(draft: Draft, earlier: list[Draft], passage: Passage) -> None:
    text = passage.text
    if draft.scale == 1 and YEAR.fullmatch(draft.token.text):
        return  # printed as years are
    if _OF_WHOM.match(text, draft.end, draft.sentence[1]) or OF_WHOM.search(text, draft.before, draft.start):
        take_unit(draft, "person", "of whom")
        return
    if (population := _POPULATION.search(text, draft.before, draft.start)) is not None:
        of_whom = passage.nouns_within(draft.before, population.start("said"))  # "the goat population was 41,200"
        take_unit(draft, of_whom[-1].unit if of_whom else "person", "population")
        return
    parallel, words = as_in_parallel(draft, earlier, passage)
    if parallel:
        take_unit(draft, parallel, words)
        return
    if draft.scale >= TEN_THOUSAND and (money := _IN_MONEY.match(text, draft.end)):
        take_unit(draft, "unknown", f"money without a currency: {money.group().strip()}")
        return
    if draft.scale > 1 and draft.noun and draft.noun.isascii():
        take_unit(draft, "unknown", f"{draft.noun} names no unit")  # "103.8 million mobile connections"
        return
    if has_own_noun(draft, passage):
        take_unit(draft, "other", "a noun behind it that names no unit")
        return
    if (share := _SHARE_BEHIND.match(text, draft.end)) is not None and not _DID.match(text, share.end()):
        of = OF_THESE.match(text, share.end())  # "20,000 (40 percent) of the children"
        start = of.end() if of else share.end()
        noun, unit, _ = noun_head(passage, start, passage.clause_end(start, draft.sentence[1], ",.;:("))
        if unit and unit != "structure":
            take_unit(draft, unit, noun)  # "8.9 lakh (80.6 per cent) centres"
            return
    if (number_of := _THE_NUMBER_OF.match(text, draft.end)) is not None:  # "would bring to 283,991 the number of homes"
        noun, unit, _ = noun_head(
            passage, number_of.end(), passage.clause_end(number_of.end(), draft.sentence[1], ",.;")
        )
        take_unit(draft, unit or "unknown", noun)
        return
    same = [other for other in earlier if other.sentence == draft.sentence and other.unit not in NOTHING_COUNTED]
    plain = [other for other in same if not in_closed_brackets(text, other.end, draft.start)] or same
    if earlier and earlier[-1].unit == "other" and _OF_OTHERS.search(text, draft.sentence[0], earlier[-1].start):
        take_unit(draft, "other", f"of {earlier[-1].token.text}")  # "among 1,240 grants that were looked at, 87"
        return
    owners = [other for other in same if _is_owner(other, draft, text)]
    plain = [other for other in plain if other not in owners]
    free = [other for other in plain if not _GOVERNED.search(text, max(other.start - 30, 0), other.start)]
    last = (free or plain)[-1] if plain else None
    own = [other for other in earlier if other.sentence == draft.sentence and not other.is_ratio]
    held = next((other for other in own[::-1] if not in_closed_brackets(text, other.end, draft.start)), None)
    if held and held.unit and _COMPARED.search(text, max(draft.sentence[0], draft.start - 40), draft.start):
        take_unit(draft, held.unit, f"compared with {held.token.text}")
        return
    counted = last if last and is_count(last) else held if held and held.unit == "other" and last is None else None
    if held and draft.scale < TEN_THOUSAND and _APART_BY.search(text, max(draft.before, draft.start - 40), draft.start):
        take_unit(draft, held.unit or "unknown", f"what lies between {held.token.text} and another")
        return
    if counted and _MORE.match(text, draft.end):
        take_unit(draft, counted.unit, f"as {counted.token.text}")
        return
    if last and is_count(last) and _OF_WHICH.search(text, draft.before, draft.start):
        take_unit(draft, last.unit, f"as {last.token.text}")
        return
    if last and last is plain[-1] and last.scale == draft.scale and _PARALLEL.fullmatch(text, last.end, draft.start):
        take_unit(draft, last.unit, f"as {last.token.text} before it")
        return
    do = last is not None and _DO.match(text, draft.token.end) and _DO.match(text, last.end)
    if last and do and is_count(last) and _AND_SO_MANY.search(text, max(draft.before, draft.start - 8), draft.start):
        take_unit(draft, last.unit, f"as {last.token.text} before it")  # "312 had a clinic and 138 had none"
        return
    if same and is_count(same[-1]) and _THERE.fullmatch(text, same[-1].end, draft.first):
        clause = passage.clause(draft.sentence[0], same[-1].first, ",;:")
        if _OF_SO_MANY.fullmatch(text, clause, same[-1].first):
            take_unit(draft, same[-1].unit, f"of {same[-1].token.text}")  # "Of the 900 pupils of the town, 312 sat it"
            return
    if earlier and earlier[-1].unit == "other" and _REVISED.fullmatch(text, earlier[-1].end, draft.start):
        take_unit(draft, "other", f"as {earlier[-1].token.text} before it")
        return
    if said := _COPULA.match(text, draft.token.end):  # "4,178,985 are active household beneficiaries"
        noun, unit, _ = noun_head(passage, said.end(), passage.clause_end(said.end(), draft.sentence[1], ",.;"))
        if unit and unit not in NOTHING_COUNTED and noun not in NOMINAL:
            take_unit(draft, unit, "what it is said to be")
            return
    big = draft.scale >= TEN_THOUSAND
    comma = passage.clause(draft.before, draft.start, ",，、;；:：。(（")
    parted = _WHILE.search(text, comma, draft.start)
    comma = parted.end() if parted else comma
    of_them = OF_THEM.match(text, _behind_bracket(text, draft.token.end))
    said_of = _nouns(passage, comma, draft.start, big=False) if _ARE.search(text, comma, draft.start) else []
    if of_them and said_of:
        take_unit(draft, said_of[0], "subject of the clause")  # "poor households were 2,610 of these"
        return
    if of_them and (unit := _of_them(draft, earlier, comma, passage)):
        take_unit(draft, unit, of_them.group().strip())
        return
    clause = passage.clause(draft.sentence[0], draft.start, ",;")
    if _WHOSE.match(text, clause, draft.start) and not _nouns(passage, clause, draft.start, big=False):
        return  # "the union, whose membership had grown from 2,150": of what nothing known says
    if comma == draft.start or not text[comma : draft.start].strip(" (（"):
        if text[comma - 1 : comma] in ":：" and not big and (listed := _listed(draft, plain, own, passage)):
            take_unit(draft, listed, "what is listed behind the colon")
            return
        comma = passage.clause(draft.before, max(comma - 1, draft.before), ",，、;；:：。")
    if _NUMBERED.search(text, max(draft.before, draft.start - 30), draft.start):
        start = passage.clause(draft.sentence[0], draft.start, ",;，；。")
        told = _nouns(passage, start, draft.start, big=False)
        of = _RELATIVE.match(text, start, draft.start)
        if not told and of is None and (inserted := passage.tree.aside(start - 2)) is not None:
            told = _nouns(passage, draft.sentence[0], inserted[0], big=False)  # "the poor, who …, numbered 2.6 million"
            told = told or ["person"] * text.startswith(", who ", inserted[0])
        if not told and of is not None:
            told = ["person"] if of.group(1) else _nouns(passage, draft.sentence[0], start, big=False)[-1:]
        take_unit(draft, told[0] if told else "other", "subject of the clause")
        return
    scaled = [other for other in plain if other.scale >= TEN_THOUSAND]
    if big and _RAISED.search(text, comma, draft.start):
        before = [other for other in scaled if is_money(other.unit)]
        _take_money(draft, before[-1] if before else None, passage, f"{text[comma : draft.start]} tells money")
        return
    if (beside := subject_beside(draft, earlier, comma, passage)) is not None:
        take_unit(draft, beside.unit or "unknown", f"as {beside.token.text} before it")
        return
    if acted := object_beside(draft, earlier, passage):
        take_unit(draft, acted, "what a verb joined to another acts on, or what acts on it")
        return
    if is_paid(draft, passage):
        take_unit(draft, "unknown", "money without a currency: paid")
        return
    for start in (comma,) if parted else (comma, passage.clause(draft.before, draft.start, ";；。")):
        nouns = _nouns(passage, start, draft.start, big=big)
        if nouns and acts_on(text, start, draft.start):
            take_unit(draft, "unknown", "the noun before it does something to so many")
            return
        if nouns and names_one(text, start, draft.start):
            take_unit(draft, "unknown", "the noun before it is one")
            return
        if big and nouns and scaled and is_money(scaled[-1].unit) and _TO_WHOM.search(text, start, draft.start):
            nouns = []
        if nouns:
            apposition = text[draft.start - 2 : draft.start] == ", " and _IN_NUMBER.match(text, draft.token.end)
            # the noun right before a bracket, and the head of a Chinese phrase, which ends it
            ends = apposition or text[draft.start - 1] in "(（" or "一" <= text[draft.start - 1] <= "鿿"
            take_unit(draft, nouns[-1 if ends else 0], "noun before it")
            return
        if not big and ends_in_plural(text[start : draft.start].rstrip(" (（")):
            goes_on = last is not None and last.noun and is_count(last) and _DETERMINED.match(text, start)
            take_unit(draft, last.unit if last and goes_on else "other", "a noun right before it that names no unit")
            return
    if big and scaled:
        _take_money(draft, scaled[-1], passage, f"as {scaled[-1].token.text} before it")
        return
    if (listed := _listed(draft, plain, own, passage)) and not big:
        take_unit(draft, listed, "what is listed behind the colon")
        return
    subject = _nouns(passage, draft.sentence[0], draft.start, big=big)
    if last and _is_labelled(text, last, draft):
        return  # 养牛6头，收入7000
    if (
        last
        and (free or not subject)
        and "/" not in last.unit
        and (not big or last.unit in _MANY or is_money(last.unit))
    ):
        _take_money(draft, last, passage, f"as {last.token.text} before it")
        return
    if subject and not owners:
        take_unit(draft, subject[0], "subject of the sentence")
        return
    if last is None and held is not None and held.unit == "other":
        return  # its sentence counts what nothing known says
    # the sentence before may have named it: "1.47 billion yuan from the centre. The province gave 1.5 billion."
    stretch = draft.sentence[0], draft.start
    if _OWN_SUBJECT.fullmatch(text, *stretch) and not _SAME_AGAIN.search(text, *stretch):
        return  # "Earnings of this kind stood at 6.7 million": of what, nothing known says
    near = [other for other in earlier if _in_paragraph(other, draft, text)]
    near = [other for other in near if other.unit not in NOTHING_COUNTED and (other.scale >= TEN_THOUSAND) == big]
    near = [other for other in near if other.unit not in physical_units()]  # what measures is printed anew
    near = near if big else [other for other in near if not is_money(other.unit) and not owners]
    near = [other for other in near if not in_closed_brackets(text, other.end, draft.start)] or near
    if near and "/" not in near[-1].unit and not _NUMBER_OF.search(text, draft.sentence[0], draft.start):
        _take_money(draft, near[-1], passage, f"as {near[-1].token.text} in the sentence before")


def _is_labelled(text: str, last: Draft, draft: Draft) -> bool:
    """Whether Chinese words right before a number say what it is, and it is none of what was counted before."""
    label = re.split("[，。；、：,;:（(]", text[last.end : draft.start])[-1]
    return not label.isascii() and "一" <= label[-1:] <= "鿿" and bool(own_words(label))


def _take_money(draft: Draft, other: Draft | None, passage: Passage, words: str) -> None:
    """The unit of an amount before a number; a currency that is not the country's own reaches its parts only."""
    unit = other.unit if other is not None else ""
    if other is not None and is_money(unit):
        own = currencies_of(passage.country or "CN")
        part = _PART_MARK.fullmatch(passage.text, other.end, draft.start) or _OF_IT.match(passage.text, draft.end)
        if unit[:3] not in own and part is None:
            unit, words = "unknown", f"the currency of {other.token.text} reaches no other statement"
    take_unit(draft, unit or "unknown", words)


_PART_MARK = regex(
    r"[^;；]*?(?:\bof (?:which|it|this|that|these|them)\b|\bincluding\b|\bcompris\w+\b|其中|包括|[:：(（])[^;；]*",
    re.IGNORECASE,
)
_OF_IT = regex(r"\s*of (?:which|it|this|that|these|them)\b", re.IGNORECASE)
# verbs of money behind whoever gave it: 群众自筹300万
_RAISED = regex(
    r"(?:自筹|筹集|筹措|筹资|出资|投资|投入|捐资|捐款|捐赠|贷款|拨付|下拨|拨款|补助|补贴|配套|支出|资金|经费)[约近达共了计]{0,2}$"
)
_OWN_SUBJECT = regex(
    r"\s*[^\W\d][\w’'-]*(?:\s+[^\W\d][\w’'-]*){0,7}?"
    r"\s+(?:(?:was|were|is|are|stood|came|amounted|totall?ed|reached|numbered)"
    r"|[a-z]{2,}(?:ed|ew|ose|ell)(?= (?:to|at|by) ))\s+"
    r"(?:(?:at|to|by|about|some|nearly)\s+)*"
)
# subjects that speak of what the sentence before has told
_SAME_AGAIN = regex(
    r"\b(?:it|they|that|this|these|those|which|total|number|figure|sum|rest|remainder|balance|amount|count|value|same"
    r"|second|latter|others?|increase|decrease|rise|fall|drop|gain|growth|decline|reduction|change|difference)\b",
    re.IGNORECASE,
)
_POPULATION = regex(
    r"\bpopulation(?P<said> (?:[a-z]+ )?(?:of|is|was|at|reached|stood at|exceeding|above|below|under|over)\s+)"
    + NEARLY
    + "$",
    re.IGNORECASE,
)
_OF_WHOM = regex(r"[^,;.:\d]{0,40}?,? of whom\b", re.IGNORECASE)
_ARE = regex(r"\b(?:are|were|is|was|numbered) (?:about |nearly |some |over |only )?$", re.IGNORECASE)
_WHOSE = regex(r"\s*(?:and )?whose\b", re.IGNORECASE)
_RELATIVE = regex(r"\s*(?:(who)|which|that)\b", re.IGNORECASE)
_OF_OTHERS = regex(r"\b(?:of|among|out of) (?:the |all |these |those )?(?:about |some )?$", re.IGNORECASE)
_AND_SO_MANY = regex(r"(?:\b(?:and|but|while)|[,;])\s*$", re.IGNORECASE)
_DO = regex(
    r"\s*(?:had|have|has|were|was|are|did|do|could|went|got"
    r"|[a-z]{3,}ed (?:an?|the|their|its|no|in|at|to|for|from|by))\b",
    re.IGNORECASE,
)
_APART_BY = regex(
    r"\b(?:gap|shortfall|difference|surplus|excess|backlog|deficit|rise|increase|decrease|decline|fall|drop|reduction|gain"
    r"|saving|overrun) of " + NEARLY + "$"
)
_OF_SO_MANY = regex(r"\s*(?:and |but |out )*of (?:the |these |those |all |its |our )*" + NEARLY, re.IGNORECASE)
_THERE = regex(r"[^,.;:\d]*, " + NEARLY)
_IN_MONEY = regex(
    r" (?:in|of|as|worth of) (?:[a-z]+ )?(?:loans?|credits?|grants?|funds|funding|aid|subsid(?:y|ies)|compensation"
    r"|revenues?|taxes|bonds|cash|payments?|investments?|deposits|savings|debts?|arrears|wages|benefits|insurance)\b",
    re.IGNORECASE,
)
# "the existing 13 exclusion criteria have been revised to 10"
_REVISED = regex(r"[^,;.:\d]{0,60}\b(?:to|from|of which|against|than) (?:only |about )?", re.IGNORECASE)
_COPULA = regex(r" (?:are|were|is|was|have been|had been) (?![a-z]+(?:ing|ed|en)\b)(?=[a-z])")
_WHILE = regex(r"\b(?:while|whereas|but)\s+$")
_DETERMINED = regex(r"\s*(?:and |while |but )?(?:the|those|its|their)\b", re.IGNORECASE)
_NUMBER_OF = regex(r"\bnumber of\b|人数|数量", re.IGNORECASE)


def _nouns(passage: Passage, start: int, end: int, *, big: bool) -> list[str]:
    """Units of what a stretch speaks of; by the million only what there are as many of."""
    units = [unit for unit in nouns_told(passage, start, end) if unit not in NOTHING_COUNTED]
    units = [unit for unit in units if unit not in physical_units()]  # 这里有鱼类700多种 measures nothing
    return [unit for unit in units if (unit in _MANY if big else not is_money(unit))]


def _of_them(draft: Draft, earlier: list[Draft], comma: int, passage: Passage) -> str:
    """What "of them" and "of which" behind a number mean: "central units, 52 of them", "589 updates, 301 of which"."""
    if passage.text[comma - 1 : comma] == "," and not passage.text[comma : draft.start].strip():
        clause = passage.clause(draft.before, comma - 1, ".;,")
        named = passage.phrases_within(clause, comma)
        before = [other for other in earlier if other.sentence == draft.sentence and not other.is_ratio]
        governed = before and before[-1].end >= clause and not nouns_told(passage, before[-1].end, comma)
        if named and named[-1][1] == comma - 1 and named[-1][2].unit not in NOTHING_COUNTED and not governed:
            return named[-1][2].unit  # else "23,415 households with infants, 15,830 of which"
        if before and before[-1].unit:
            return before[-1].unit
    near = [other for other in earlier if _in_paragraph(other, draft, passage.text) and not other.is_ratio]
    if near and near[-1].unit == "other" and near[-1].noun:
        return "other"  # "improved 112 systems. 34 of these are new"
    counted = [other.unit for other in near if is_count(other)]
    return counted[-1] if counted else ""


_THE_NUMBER_OF = regex(r"\s+the (?:total )?number of ")
_DID = regex(r"\s*(?:[a-z]+(?:ed|ew|ght|ose|ent)|had|have|has|did|do|went|got|made|are|were|is|was)\b")


def _behind_bracket(text: str, position: int) -> int:
    """Behind the brackets that follow a number: "301,480 (51.18%) of which"."""
    bracket = _SHARE_BEHIND.match(text, position)
    return bracket.end() if bracket else position


_SHARE_BEHIND = regex(r"\s?[(（](?:or )?[\d.,]{1,8}\s?(?:[%％]|per ?cent)[)）]", re.IGNORECASE)


def _listed(draft: Draft, plain: list[Draft], own: list[Draft], passage: Passage) -> str:
    """What the words before a colon say that its list counts: what they name first, or in a sentence its object."""
    tree = passage.tree
    colon = tree.colon(draft.start, tree.statement(draft.start, draft.end, draft.sentence))
    if colon is None:
        return ""
    start = passage.clause(draft.sentence[0], colon, ",;，；。")
    counted = [other for other in plain if start <= other.start < colon and is_count(other)]
    free = [other for other in counted if not _GOVERNED.search(passage.text, max(other.start - 30, 0), other.start)]
    if free:
        return free[-1].unit
    if any(start <= other.start < colon and other.unit == "other" and other.noun for other in own):
        return "other"  # "163,400 water rights were entered: 148,694 for crops and 14,706 for villages"
    told = _nouns(passage, start, colon, big=False)
    return told[-1 if _VERB.search(passage.text, start, colon) else 0] if told else ""


def _is_owner(other: Draft, draft: Draft, text: str) -> bool:
    """Whether a number counts those who have what another counts: "and the five other districts together 17,750"."""
    opened = _OPENS.search(text[other.sentence[0] : other.first])
    return opened is not None and _THEY_HAVE.fullmatch(text, other.end, draft.first) is not None


_OPENS = regex(r"(?:^|[.,;:\n]|\band|\bwhile|\bbut)\s*(?:the |these |those |all |its |our |other )*$", re.IGNORECASE)
_THEY_HAVE = regex(
    r"\s*(?:(?:together|between them|combined|in all)\s*)?"
    r"(?:(?:had|have|has|got|received|built|gave|sent|bought|trained|held|ran|reported|took|made|employed)\s+)?"
    r"(?:about |nearly |some |over |only |another )?",
    re.IGNORECASE,
)
# what is told in passing: a place, a means, or those of whom a relative clause speaks
_GOVERNED = regex(
    r"\b(?:in|at|by|within|across|through|(?:which|that|whom)(?= the))\s+(?:all |the |about |nearly |over |some )*$",
    re.IGNORECASE,
)
_VERB = regex(r"\b(?:has|have|had|[a-z]{2,}ed) (?!(?:by|in|with|for|from|to|on|at)\b)|有", re.IGNORECASE)


def _in_paragraph(other: Draft, draft: Draft, text: str) -> bool:
    """Whether an earlier figure stands in the same paragraph and near enough to be gone on with."""
    return (
        other.section == draft.section and draft.start - other.end < 300 and "\n" not in text[other.end : draft.start]
    )
