"""Scale, unit and qualifier of one number, from the words right behind it and right before it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.load import catalog
from pipelines.figures.draft import Draft
from pipelines.figures.lexicon import lexicon
from pipelines.figures.passage import Passage, in_closed_brackets

_PERCENT = re.compile(
    r"\s*(?:(percentage[ -]points?|percent points?|个百分点)|(%|％|per ?cents?|pct))(?![a-z]{3})", re.IGNORECASE
)
_POINTS_AFTER = re.compile(r"\s*points?\b", re.IGNORECASE)
_TIMES = re.compile(r"\s*(times|-?fold\b|倍)", re.IGNORECASE)
_MONEY = re.compile(
    r"\s*(?:of )?(?:(?P<usd>US dollars?|U\.S\. dollars?|USD|dollars?|美元)|(?P<eur>euros?|EUR\b|欧元)|(?P<hkd>HK dollars?|HKD|Hong Kong dollars?|港元|港币)"
    r"|(?P<cny>(?:RMB |renminbi )?yuan(?: RMB)?|RMB|CNY|renminbi|元(?:人民币)?))",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    r"(?:(?P<usd>US\s?\$|USD|\$)|(?P<eur>€|EUR)|(?P<hkd>HK\s?\$)|(?P<cny>RMB|CNY|¥|￥|yuan))\s*$", re.IGNORECASE
)
_MONEY_RANGE = re.compile(
    r"(?:(?P<usd>US\s?\$|\$)|(?P<eur>€)|(?P<hkd>HK\s?\$)|(?P<cny>¥|￥|RMB))\s?\d[\d,.]*\s*(?:[-–—~]|to)\s*$",
    re.IGNORECASE,
)
_MONEY_SIGN = re.compile(r"(?:HK\s?\$|US\s?\$|USD|\$|€|EUR|RMB|CNY|¥|￥|yuan)\s*$", re.IGNORECASE)
_GLUED = re.compile(
    r"\s?(km|mu|tons?|kg|hectares|people|persons|households|villages|counties)(?=(?:and|of|for|in|was|were|to)\b)",
    re.IGNORECASE,
)
_MORE = re.compile(r"[多余来几]")
_PER_SIGN = re.compile(r"\s?/\s?(?:每)?([一-鿿]|[a-z]+)(?:[/·・]([年月天]))?", re.IGNORECASE)
_PER_TIME = re.compile(r"\s(?:per|a|each|every)\s(month|day)\b", re.IGNORECASE)
_ODD = re.compile(r"\s?[-–]?odd\b|\s?\+|\s?plus\b", re.IGNORECASE)
_LIST_JOIN = re.compile(r"\s*(?:,|，|、|and|to|or|or else|至|到|和|及|与|[-–—~～－]+)\s*(?:and\s+)?", re.IGNORECASE)
_OR_SO = re.compile(
    r"\s*-?(?:or so|or more|or less|or thereabouts|and more|odd|plus|upwards)\b(?! than)", re.IGNORECASE
)
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|(?:as )?against|(?:up|down) from|instead of|rather than|where it had been|较|比)\s*(?:RMB|¥|US\$|\$)?\s*$",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r"\b(?:to|for|by|from)\s+(?:\w+[ -]){0,3}$", re.IGNORECASE)
_NO_UNIT = ("", "structure")
_UNCOUNTED = frozenset({"structure", "CNY", "times", "person-time", "year", "month", "day"})
# what can be counted by the million; villages and offices cannot
_MANY = frozenset(
    {
        "person",
        "household",
        "person-time",
        "animal",
        "tonne",
        "kg",
        "jin",
        "mu",
        "hectare",
        "tree",
        "kWh",
        "m3",
        "m2",
        "m",
        "USD",
        "document",
    }
)
_TIME_UNITS = frozenset({"year", "month", "day"})
# counters that say nothing of themselves; the noun near them does
_BARE_COUNTERS = frozenset("个项处条座所种批家支类片件组")
_BEHIND = 16  # code points in which the noun of a Chinese counter stands


@lru_cache(maxsize=1)
def _scale() -> re.Pattern[str]:
    scales = sorted(lexicon().words.numbers.scales, key=len, reverse=True)
    english = "|".join(word for word in scales if word.isascii())
    chinese = "|".join(word for word in scales if not word.isascii())
    return re.compile(
        rf"[ \-]?\s?(?:(?P<english>(?:{english})s?\b(?: (?:{english})s?\b)?)"
        rf"|(?P<ten>ten[ -]thousand\b)|(?P<more>[多余来几]?)\s?(?P<chinese>{chinese}))",
        re.IGNORECASE,
    )


def read_quantity(draft: Draft, passage: Passage, limit: int) -> None:
    """Reads the scale and the unit that follow a number.

    Args:
        draft: the number; `scale`, `unit`, `noun`, `end` are filled in where the words decide them.
        passage: the text around it.
        limit: where the following number or the sentence ends.
    """
    position = draft.token.end
    if draft.token.kind == "ratio":
        draft.unit, draft.decided["unit"] = "ratio", "printed as a ratio"
        return
    if draft.token.kind == "fraction":
        draft.unit, draft.decided["unit"] = "fraction", "printed as a fraction"
        return
    if draft.token.unit:
        draft.unit, draft.decided["unit"] = draft.token.unit, draft.token.text
        return
    position = _read_scale(draft, passage.text, limit)
    draft.end = position
    percent = _PERCENT.match(passage.text, position, limit)
    if percent:
        points = _POINTS_AFTER.match(passage.text, percent.end(), limit) if percent.group(2) else None
        found = points or percent
        _decide(draft, "pp" if percent.group(1) or points else "%", found.group().strip(), found.end())
        return
    times = _TIMES.match(passage.text, position, limit)
    if times:
        _decide(draft, "times", times.group().strip(), times.end())
        return
    if _money(draft, passage, position, limit):
        return
    glued = _GLUED.match(passage.text, position, limit)
    if glued:
        _decide(draft, lexicon().units[glued.group(1).lower()], glued.group(1), glued.end())
        return
    if _chinese_unit(draft, passage, position, limit):
        return
    for aside in (_OR_SO, _OF_THESE):
        passed = aside.match(passage.text, position, limit)
        position = passed.end() if passed else position
    head, unit, end = noun_head(passage, position, limit)
    if unit:
        _decide(draft, unit, head, end)
        _per_noun(draft, passage, end, limit)


def _read_scale(draft: Draft, text: str, limit: int) -> int:
    """Reads scale words ("hundred million", 多万); returns where they end."""
    scales = lexicon().words.numbers.scales
    position = draft.token.end
    match = _scale().match(text, position, limit)
    while match:
        if match.group("chinese"):
            factor = scales[match.group("chinese")]
            if match.group("more"):
                draft.more = match.group("more")
        elif match.group("ten"):
            factor = scales["thousand"] * 10
        else:
            factor = scales["hundred"] / 100
            for word in match.group("english").lower().split():
                factor *= scales[word.removesuffix("s")]
        draft.scale *= factor
        draft.decided["scale"] = f"{draft.decided.get('scale', '')} {match.group().strip()}".strip()
        position = match.end()
        match = _scale().match(text, position, limit) if match.group("chinese") else None
    return position


def _money(draft: Draft, passage: Passage, position: int, limit: int) -> bool:
    text, start = passage.text, draft.sentence[0]
    before = _MONEY_BEFORE.search(text, max(start, draft.start - 12), draft.start) or _MONEY_RANGE.search(
        text, max(start, draft.start - 24), draft.start
    )
    more = _MORE.match(text, position)
    behind = _MONEY.match(text, more.end() if more else position, limit)
    if behind and behind.group().strip().lower() == "yuan" and text[behind.end() : behind.end() + 1].isdigit():
        behind = None  # "Yuan 20 million": the sign of the next number
    if before and before.group("cny") and before.group("cny").lower() == "yuan" and not _sign_of(text, before.start()):
        before = None
    if not before and not behind:
        return False
    if behind and more:
        draft.more = more.group()
    decisive = behind or before
    if decisive is None:
        return False
    code = next(name for name, words in decisive.groupdict().items() if words).upper()
    end = behind.end() if behind else position
    _decide(draft, code, decisive.group().strip(), end)
    _per(draft, passage, end, limit)
    return True


def _sign_of(text: str, position: int) -> bool:
    """Whether a currency word stands before its number ("of Yuan 20 million") and not behind the one before it."""
    return not re.search(
        r"(\d|million|billion|thousand|hundred)\s*$", text[max(0, position - 12) : position], re.IGNORECASE
    )


def _per(draft: Draft, passage: Passage, end: int, limit: int) -> None:
    """What an amount is per: "per person", "/人", "for each county", 人均, or a sentence about incomes per head."""
    if _per_noun(draft, passage, end, limit):
        return
    start = draft.sentence[0]
    comma = passage.clause(start, draft.start, ",;，；。：")
    if _EACH_CHINESE.search(passage.text, comma, draft.start) and _each_noun_before(draft, passage, comma):
        return
    hit = passage.per.last(comma, draft.start)
    if hit is not None and (draft.scale <= 10_000 or hit.payload not in ("person", "household", "mu")):
        _decide_per(draft, hit.payload, passage.text[hit.start : hit.end])
        return
    if _each_noun_before(draft, passage, comma) or draft.scale > 1:
        return
    # incomes and standards go on over clauses: "per capita net income in the 21 counties was 3725, in villages 2600 Yuan"
    hit = passage.per.last(start, draft.start)
    if hit is not None and hit.payload in ("person", "household"):
        _decide_per(draft, hit.payload, passage.text[hit.start : hit.end])


_EACH_CHINESE = re.compile(
    r"每(?:个|一)?(公斤|公里|公顷|吨|人|户|县|村|乡|镇|亩|头|只|名|生|所|座|校|家|片)(?:每([月天日年]))?"
)


def _each_noun_before(draft: Draft, passage: Passage, start: int) -> bool:
    """ "each student from a poor home received 1,500 yuan", "每公斤210元", "学员每人每天20元"."""
    chinese = _EACH_CHINESE.search(passage.text, start, draft.start)
    if chinese:
        per = lexicon().words.per.words
        _decide_per(draft, per[chinese.group(1)], chinese.group())
        draft.unit += f"/{per[chinese.group(2)]}" if chinese.group(2) in ("月", "天", "日") else ""
        return True
    each = passage.last("each", start, draft.start)
    if each is None:
        return False
    words = passage.words
    for index in range(words.index_from(each.end), min(words.index_from(each.end) + 4, len(words.forms))):
        if words.ends[index] > draft.start:
            return False
        found = passage.nouns.get(words.starts[index])
        unit = lexicon().words.per.words.get(words.forms[index]) or (found[1].unit if found else None)
        if unit and unit not in _UNCOUNTED:
            _decide_per(draft, unit, passage.text[each.start : words.ends[index]])
            return True
    return False


def _per_noun(draft: Draft, passage: Passage, end: int, limit: int) -> bool:
    """Reads "per head", "a head", "/人", "for each county"; of two the first one gives the unit, a month is kept."""
    text, words, per = passage.text, passage.words, lexicon().words.per.words
    behind = _OR_SO.match(text, end, limit)
    end = behind.end() if behind else end
    slash = _PER_SIGN.match(text, end, limit)
    if slash and slash.group(1).lower() in per:
        _decide_per(draft, per[slash.group(1).lower()], slash.group())
        if slash.group(2) in ("月", "天"):
            draft.unit += f"/{per[slash.group(2)]}"
        draft.end = slash.end()
        return True
    index = words.index_from(end)
    if index >= len(words.forms) or text[end : words.starts[index]].strip(" (（"):
        return False
    form = words.forms[index]
    if form == "apiece" or (form == "on" and words.forms[index + 1 : index + 3] == ("average", "apiece")):
        return _each_of_before(draft, passage)
    if form not in ("per", "a", "an", "each", "every"):
        return _for_each(draft, passage, index, limit)
    for ahead in range(index + 1, min(index + 4, len(words.forms))):
        if words.ends[ahead] > limit or words.forms[ahead] in ("for", "in", "of", "and"):
            break
        unit = per.get(words.forms[ahead])
        if unit is None:
            continue
        # "a person" behind money is per person, behind a count it is not
        money = draft.unit.startswith(("CNY", "USD", "EUR", "HKD"))
        if not money and ((form in ("a", "an") and words.forms[ahead] != "head") or words.forms[ahead] == "capita"):
            return False
        if words.forms[ahead] == "head" and _of_animals(draft, passage):
            unit = "animal"
        _decide_per(draft, unit, text[words.starts[index] : words.ends[ahead]])
        draft.end = words.ends[ahead]
        following = _PER_TIME.match(text, draft.end, limit)
        if following:
            draft.unit += f"/{following.group(1).lower()}"
            draft.end = following.end()
        return True
    return form in ("each", "every") and _each_of_before(draft, passage)


def _of_animals(draft: Draft, passage: Passage) -> bool:
    """Whether "a head" speaks of animals: the nearest noun before it is one."""
    nouns = passage.nouns_within(draft.sentence[0], draft.start)
    units = [noun.unit for noun in nouns if noun.unit in ("animal", "person", "household")]
    return "animal" in units and "person" not in units


def _for_each(draft: Draft, passage: Passage, index: int, limit: int) -> bool:
    """ "15 million Yuan of special funds for each (of the two) counties" within the clause."""
    words, per = passage.words, lexicon().words.per.words
    end = passage.clause_end(draft.end, draft.sentence[1], ".;,，；。")
    for ahead in range(index, min(index + 14, len(words.forms) - 2)):
        if words.starts[ahead] >= end:
            return False
        if words.forms[ahead] in ("each", "every", "one") and words.forms[ahead - 1] in ("for", "to", "in", "on"):
            for noun in range(ahead + 1, min(ahead + 7, len(words.forms))):
                if words.starts[noun] >= end:
                    return False
                found = passage.nouns.get(words.starts[noun])
                unit = per.get(words.forms[noun]) or (found[1].unit if found and not found[1].is_structure else None)
                if unit and words.forms[noun] not in ("poor", "key"):
                    _decide_per(draft, unit, passage.text[words.starts[ahead - 1] : words.ends[noun]])
                    return True
            return False
    return False


def _each_of_before(draft: Draft, passage: Passage) -> bool:
    """ "two counties got 15 million Yuan each": per what was counted right before."""
    start = passage.clause(draft.sentence[0], draft.start, ".;；。")
    counted = [noun for noun in passage.nouns_within(start, draft.start) if noun.unit not in _UNCOUNTED]
    if not counted:
        return False
    _decide_per(draft, counted[-1].unit, "each")
    return True


def _decide(draft: Draft, unit: str, words: str, end: int) -> None:
    draft.unit, draft.noun, draft.end = unit, words, end
    draft.decided["unit"] = words


def _decide_per(draft: Draft, unit: str, words: str) -> None:
    draft.unit = f"{draft.unit}/{unit}"
    draft.decided["unit"] = f"{draft.decided.get('unit', '')}, {words.strip()[:60]}"


def _chinese_unit(draft: Draft, passage: Passage, position: int, limit: int) -> bool:
    """The unit word right behind a number; a bare counter (个, 项) takes the noun behind or before it."""
    text = passage.text
    more = _MORE.match(text, position)
    if more and more.group() in "多余":
        draft.more = more.group()
    behind = more.end() if more and more.group() in "多余来" else position
    found = lexicon().unit_after.match(text, behind, limit)
    if found is None:
        head = _chinese_noun(passage, position, passage.clause_end(position, min(position + 10, limit), _ZH_MARKS))
        if head is None:
            return False
        _decide(draft, head[2], text[head[0] : head[1]], position)
        return True
    word, end = found.group(1), found.end()
    unit = lexicon().unit_codes[word]
    if word in _BARE_COUNTERS:
        limit = min(passage.clause_end(end, limit, _ZH_MARKS), end + _BEHIND)
        head = _chinese_noun(passage, end, limit)
        if head is None and not text[end:limit].strip():
            before = max(passage.clause(draft.before, draft.start, _ZH_MARKS), draft.start - _BEHIND)
            head = _chinese_noun(passage, before, draft.start, last=True)
        if head is not None:
            unit = head[2]
    _decide(draft, unit, word, end)
    person = passage.per.last(passage.clause(draft.sentence[0], draft.start, "，,；;。："), draft.start)
    if (
        person is not None
        and draft.start - person.end < 12
        and unit not in ("person", "household", "structure", *_TIME_UNITS)
    ):
        _decide_per(draft, person.payload, text[person.start : person.end])
    else:
        _per_noun(draft, passage, end, limit)
    return True


def _chinese_noun(passage: Passage, start: int, end: int, *, last: bool = False) -> tuple[int, int, str] | None:
    """The first noun of a Chinese stretch that names a unit, or the one that ends it; a part of a plan is the last choice."""
    structure: tuple[int, int, str] | None = None
    place = start
    while place < end:
        noun = passage.nouns.get(place)
        if noun is None or noun[0] > end or not "一" <= passage.text[place] <= "鿿":
            place += 1
            continue
        found = place, noun[0], "structure" if noun[1].is_structure else noun[1].unit
        place = noun[0]
        wanted = noun[1].unit and (noun[0] - found[0] > 1 or passage.text[found[0]] in _HEADS)
        if not wanted or (last and end - noun[0] > 1):
            continue
        if not noun[1].is_structure:
            return found
        structure = structure or found
    return structure


# single characters that are nouns by themselves
_HEADS = frozenset("人户村县镇乡市省州旗桥渠窖井")
_ZH_MARKS = "，。；、,;（(："


@lru_cache(maxsize=1)
def _physical() -> frozenset[str]:
    kinds = ("area", "area_mu", "length", "mass", "volume", "energy", "power")
    return frozenset(unit.code for unit in catalog().units.values() if unit.kind in kinds)


_SKIPPED = frozenset({"more", "fewer", "less", "other", "new", "additional", "further", "such"})


def noun_head(passage: Passage, start: int, limit: int) -> tuple[str, str, int]:
    """Head noun of the noun phrase that begins at a place.

    Args:
        passage: the text.
        start: what follows a number, or where a clause begins.
        limit: where the phrase ends at the latest.

    Returns:
        Words up to the head, unit code (`other` for an unlisted plural, empty for none), end of the head.
    """
    words, text, bounds = passage.words, passage.text, lexicon().words.boundaries
    head_end, unit, unlisted_end, previous_end = 0, "", 0, start
    index = words.index_from(start)
    while index < len(words.forms) and words.ends[index] <= limit:
        place, form = words.starts[index], words.forms[index]
        gap = text[previous_end:place].strip(" -“”\"‘’'\n")
        if gap:
            break
        noun = passage.nouns.get(place)
        if noun is not None and noun[0] <= limit and noun[1].unit != "times":
            if not head_end and not unlisted_end and noun[1].unit in _physical():
                return text[start : noun[0]].strip(), noun[1].unit, noun[0]  # "3,650 km cement road" counts kilometres
            head_end, unit = noun[0], "structure" if noun[1].is_structure else noun[1].unit
            previous_end = noun[0]
            index = words.index_from(noun[0])
            continue
        if form in _SKIPPED and not head_end and not unlisted_end:
            previous_end = words.ends[index]
            index += 1
            continue
        if form in ("and", "or") and not head_end and not unlisted_end and previous_end > start:
            previous_end = words.ends[index]  # "secondary and senior technicians"
            index += 1
            continue
        if form in bounds or (head_end and form.endswith(("ed", "ing", "wn", "lt", "ly"))):
            break
        if form.endswith("s") and len(form) > 3 and not form.endswith(("ss", "’s", "'s", "ous", "us", "is")):
            unlisted_end = words.ends[index]
        previous_end = words.ends[index]
        index += 1
    if unlisted_end > head_end:
        return text[start:unlisted_end].strip(), "other", unlisted_end
    return text[start:head_end].strip() if head_end else "", unit, head_end


def read_qualifier(draft: Draft, passage: Passage) -> None:
    """Reads what the words around a quantity say about its value; those before it win over those behind it."""
    text = passage.text
    start = draft.start
    sign = _MONEY_SIGN.search(text, max(draft.sentence[0], start - 12), start)
    for place in (start, sign.start() if sign else start):
        while place > draft.sentence[0] and text[place - 1] in " \n了":
            place -= 1
        hit = passage.qualifiers.get(place)
        if hit is not None and hit.start >= draft.before and not _is_excess_of_year(draft, passage, hit.start, hit.end):
            draft.qualifier = hit.payload  # type: ignore[assignment]
            draft.decided["qualifier"] = text[hit.start : hit.end]
            return
    share = _ABOUT_SHARE.search(text, max(draft.before, start - 40), start)
    if share and draft.unit in ("%", "fraction"):
        draft.qualifier, draft.decided["qualifier"] = "about", share.group()[:2]
        return
    line = _BELOW_LINE.search(text, max(draft.before, start - 70), start)
    if line:
        draft.qualifier, draft.decided["qualifier"] = "below", line.group().strip()
        return
    if draft.more:
        code = lexicon().qualifier_codes.get(draft.more, "about")
        draft.qualifier, draft.decided["qualifier"] = code, draft.more  # type: ignore[assignment]
        return
    scale_end = _scale_end(draft, text)
    for place in (draft.end, scale_end, draft.token.end):
        found = lexicon().qualifiers_after.match(text, place, min(place + 20, draft.sentence[1]))
        if found:
            words = (found.group(1) or found.group(2)).lower()
            draft.qualifier = lexicon().qualifier_codes[words]  # type: ignore[assignment]
            draft.decided["qualifier"] = words
            return
    odd = _ODD.match(text, draft.token.end)
    if odd:
        draft.qualifier, draft.decided["qualifier"] = "more_than", odd.group().strip()


_ABOUT_SHARE = re.compile(r"约占[^，。；\d]*$")
_BELOW_LINE = re.compile(
    r"\b(below|under|beneath)\s+(?:the|a|its|this|that)\s+(?:[\w-]+\s+){0,3}(?:line|threshold)\s+(?:of|at)\s*$",
    re.IGNORECASE,
)


def _is_excess_of_year(draft: Draft, passage: Passage, start: int, end: int) -> bool:
    """ "the over 2000 villages" qualifies, "15 more than 2000" compares: a number right before makes it a comparison."""
    return bool(re.search(r"[\d%]\s*$", passage.text[draft.sentence[0] : start][-8:])) and end == draft.start


def _scale_end(draft: Draft, text: str) -> int:
    match = _scale().match(text, draft.token.end, draft.sentence[1])
    return match.end() if match else draft.token.end


def fill_elided_units(drafts: list[Draft], passage: Passage) -> None:
    """Gives numbers without a unit the one of the list they stand in, of their clause, or of their sentence.

    In a list such as "20, 30 and 50 million Yuan" the scale is shared too; "from 1500 to 2000 Yuan" shares the unit.
    """
    text = passage.text
    for index in range(len(drafts) - 2, -1, -1):
        draft, following = drafts[index], drafts[index + 1]
        if draft.sentence != following.sentence or (draft.unit and draft.unit != "CNY"):
            continue
        joined = _LIST_JOIN.fullmatch(text, draft.end, following.start) or _joined_by_sign(text, draft, following)
        if not joined:
            if draft.unit == "CNY" and following.unit.startswith("CNY/"):
                bridge = text[draft.end : following.start]
                if len(bridge) < 20 and "respectively" in bridge:
                    draft.unit = following.unit
            continue
        comma = text[draft.end : following.start].strip() in (",", "，")
        # "34,599, 103.5%" is no list of percentages; "5, 6 and 7%" is, because its 6 has no sign of its own
        if following.unit == "%" and comma and not following.elided:
            continue
        if draft.scale != 1 and following.scale == 1 and not draft.unit:
            continue  # "fell by 4.9 million and 8145 villages were built": no list of one unit
        if not draft.unit and following.unit and following.unit != "structure":
            draft.unit, draft.decided["unit"] = following.unit, f"as {following.token.text} after it"
            draft.elided, draft.noun = True, following.noun
            if draft.scale == 1 and following.scale != 1 and draft.token.value < 10_000:
                draft.scale = following.scale
        elif draft.unit == "CNY" and following.unit.startswith("CNY/"):
            draft.unit = following.unit
    for index, draft in enumerate(drafts):
        if not draft.unit:
            _from_before(draft, drafts[max(index - 12, 0) : index], passage)


def _joined_by_sign(text: str, draft: Draft, following: Draft) -> bool:
    """Whether only a sign of currency and a joining word stand between two numbers ("$5 to $7 million")."""
    bridge = _MONEY_SIGN.sub("", text[draft.end : following.start]) if following.start - draft.end < 24 else "x"
    return bool(_LIST_JOIN.fullmatch(bridge))


def _from_before(draft: Draft, earlier: list[Draft], passage: Passage) -> None:
    """What an elided number counts, by the nearest noun that can: "reservoirs (2350)", "electricity for 35"."""
    text = passage.text
    same = [other for other in earlier if other.sentence == draft.sentence and other.unit not in _NOTHING_COUNTED]
    plain = [other for other in same if not in_closed_brackets(text, other.end, draft.start)] or same
    if plain and _COMPARED.search(text, max(draft.sentence[0], draft.start - 40), draft.start):
        _take(draft, plain[-1].unit, f"compared with {plain[-1].token.text}")
        return
    big = draft.scale >= _MILLION
    scaled = [other for other in plain if other.scale >= _MILLION]
    comma = passage.clause(draft.before, draft.start, ",，、;；:：。(（")
    if comma == draft.start or not text[comma : draft.start].strip(" (（"):
        comma = passage.clause(draft.before, max(comma - 1, draft.before), ",，、;；:：。")
    of_them = _OF_THEM.match(text, draft.token.end)
    if of_them:
        counted = [other.unit for other in earlier if _is_count(other) and draft.start - other.end < 300]
        if counted:
            _take(draft, counted[-1], of_them.group().strip())
            return
    wide = passage.clause(draft.before, draft.start, ";；。")
    for start, first in ((comma, True), (wide, True)):
        nouns = [noun.unit for noun in passage.nouns_within(start, draft.start) if noun.unit not in _NOTHING_COUNTED]
        if big:
            nouns = [unit for unit in nouns if unit in _MANY]
            if nouns and scaled and scaled[-1].unit.startswith("CNY") and _TO_WHOM.search(text, start, draft.start):
                nouns = []
        if nouns:
            bracketed = text[draft.start - 1 : draft.start] in "(（"
            chinese = "一" <= text[draft.start - 1] <= "鿿"  # whose phrases end in their head
            _take(draft, nouns[-1] if bracketed or chinese or not first else nouns[0], "noun before it")
            return
        if first and not big and _ends_in_plural(text[start : draft.start]):
            _take(draft, "other", "a noun right before it that names no unit")
            return
    if big and scaled:
        _take(draft, scaled[-1].unit, f"as {scaled[-1].token.text} before it")
        return
    if plain and "/" not in plain[-1].unit and (not big or plain[-1].unit in (*_MANY, "CNY")):
        _take(draft, plain[-1].unit, f"as {plain[-1].token.text} before it")
        return
    subject = [
        noun.unit
        for noun in passage.nouns_within(draft.sentence[0], draft.start)
        if noun.unit not in _NOTHING_COUNTED and (not big or noun.unit in _MANY)
    ]
    if subject:
        _take(draft, subject[0], "subject of the sentence")
        return
    # the sentence before may have named it: "1.47 billion yuan from the centre. The province gave 1.5 billion."
    near = [other for other in earlier if other.section == draft.section and draft.start - other.end < 240]
    near = [other for other in near if other.unit not in _NOTHING_COUNTED and (other.scale >= _MILLION) == big]
    near = near if big else [other for other in near if not other.unit.startswith("CNY")]
    near = [other for other in near if not in_closed_brackets(text, other.end, draft.start)] or near
    if near and "/" not in near[-1].unit:
        _take(draft, near[-1].unit, f"as {near[-1].token.text} in the sentence before")


def _ends_in_plural(words: str) -> bool:
    """Whether a clause ends in a plural right before the number ("carpet weaving points 64")."""
    last = re.search(r"\b[a-z]+\s+([a-z]{3,}s)\s*$", words, re.IGNORECASE)
    return last is not None and not last.group(1).lower().endswith(("ss", "us", "is", "was", "has"))


_OF_THEM = re.compile(r"\s+of (?:which|whom|them|these|those)\b(?!\s+[a-z])", re.IGNORECASE)
_OF_THESE = re.compile(r"\s+of (?:these|those|its|their|our)(?=\s+[a-z])", re.IGNORECASE)
_MILLION = Decimal(1_000_000)
_NOTHING_COUNTED = frozenset(
    {"", "%", "pp", "structure", "other", "times", "ratio", "fraction", "unknown", "year", "month", "day"}
)


def _is_count(draft: Draft) -> bool:
    return (
        draft.unit not in _NOTHING_COUNTED
        and not draft.unit.startswith(("CNY", "USD"))
        and draft.unit not in _physical()
    )


def _take(draft: Draft, unit: str, words: str) -> None:
    draft.unit, draft.decided["unit"] = unit, words
