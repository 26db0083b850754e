"""Scale, unit and qualifier of one number, from the words right after it and right before it."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.figures.lexicon import lexicon, matches

_PERCENT_POINT = re.compile(r"\s*(percentage points?\b|个百分点)", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(%|percent\b|per cent\b)", re.IGNORECASE)
_TIMES = re.compile(r"\s*(times\b|-fold\b|倍)", re.IGNORECASE)
_CURRENCY = re.compile(r"\s*(yuan|rmb|cny|元)", re.IGNORECASE)
_CURRENCY_BEFORE = re.compile(r"(?:(US\s?\$|\$)|(RMB|¥|￥))\s*$", re.IGNORECASE)
_DOLLARS = re.compile(r"\s*(us dollars?|dollars?|美元)\b", re.IGNORECASE)
_PER = re.compile(r"\s*(?:/|per|a|each|for each|for every)\s?(?:poor |rural |key )?([a-z]+)", re.IGNORECASE)
_FOR_EACH = re.compile(
    r"^[^.;,]{0,60}?\b(?:for|to) (?:each|every)(?: of (?:the )?\w+)?(?: [a-z]+){0,2}? ([a-z]+)", re.I
)
_PER_CHINESE = re.compile(r"\s*/(人|户|县|亩|村)")
_CHINESE_PER = {"人": "person", "户": "household", "县": "county", "亩": "mu", "村": "village"}
_WORD = re.compile(r"[A-Za-z][A-Za-z’'\-]*")
_LIST_JOIN = re.compile(r"\s*(?:,|，|、|and|to|or|至|和|[-–—~])\s*(?:and\s+)?", re.IGNORECASE)


def read_quantity(draft: Draft, text: str, limit: int) -> None:
    """Reads the scale and the unit that follow a number.

    Args:
        draft: the number; `scale`, `unit`, `noun`, `end` are filled in where the words decide them.
        text: canonical text.
        limit: where the following number or the sentence ends.
    """
    words = lexicon()
    position = draft.token.end
    if draft.token.kind == "ratio":
        draft.unit, draft.decided["unit"] = "ratio", "printed as a ratio"
        return
    scale = words.scale.match(text, position, limit)
    if scale and draft.token.kind != "fraction":
        word = (scale.group(1) or scale.group(2)).lower()
        draft.scale = words.words.scales[word]
        draft.decided["scale"] = word
        position = scale.end()
    draft.end = position
    if draft.token.kind == "fraction":
        draft.unit, draft.decided["unit"] = "fraction", "printed as a fraction"
        return
    for pattern, unit in ((_PERCENT_POINT, "pp"), (_PERCENT, "%"), (_TIMES, "times"), (_DOLLARS, "USD")):
        found = pattern.match(text, position, limit)
        if found:
            _decide(draft, unit, found.group().strip(), found.end())
            return
    if _money(draft, text, position, limit):
        return
    chinese = words.chinese_unit.match(text, position, limit)
    if chinese:
        _decide(draft, words.chinese_units[chinese.group(1)], chinese.group(1), chinese.end())
        return
    head, unit, end = noun_head(text[position:limit])
    if unit:
        _decide(draft, unit, head, position + end)


def _money(draft: Draft, text: str, position: int, limit: int) -> bool:
    sentence_start, sentence_end = draft.sentence
    prefix = _CURRENCY_BEFORE.search(text[sentence_start : draft.token.start])
    suffix = re.compile(r"\s*[多余]?\s*元").match(text, position, limit) or _CURRENCY.match(text, position, limit)
    if not prefix and not suffix:
        return False
    if prefix and prefix.group(1):
        _decide(draft, "USD", prefix.group().strip(), position)
        return True
    end = suffix.end() if suffix else position
    _decide(draft, "CNY", suffix.group().strip() if suffix else "¥", end)
    words = lexicon().words
    per = _PER.match(text, end, limit)
    if per and per.group(1).lower() in words.per_words:
        _decide(draft, f"CNY/{words.per_words[per.group(1).lower()]}", per.group().strip(), per.end())
        return True
    chinese = _PER_CHINESE.match(text, end, limit)
    if chinese:
        _decide(draft, f"CNY/{_CHINESE_PER[chinese.group(1)]}", chinese.group(), chinese.end())
        return True
    each = _FOR_EACH.match(text[end:sentence_end])
    if each and (words.per_words.get(each.group(1).lower()) or lexicon().nouns.get(each.group(1).lower())):
        noun = each.group(1).lower()
        unit = words.per_words.get(noun) or lexicon().nouns[noun]
        draft.unit = f"CNY/{unit}"
        draft.decided["unit"] = each.group().strip()
        return True
    for context, unit in (
        (words.per_household_context, "household"),
        (words.per_county_context, "county"),
        (words.per_person_context, "person"),
    ):
        # a standard is a plain amount; a scaled one ("income of 3 million") is nobody's income per head
        if draft.scale <= 1 or unit == "county":
            found = matches(context, text[sentence_start : draft.token.start])
            if found:
                draft.unit = f"CNY/{unit}"
                draft.decided["unit"] = f"{draft.decided['unit']}, {found.group()[:60]}"
                return True
    return True


def _decide(draft: Draft, unit: str, words: str, end: int) -> None:
    draft.unit, draft.noun, draft.end = unit, words, end
    draft.decided["unit"] = words


def noun_head(text: str) -> tuple[str, str, int]:
    """Head noun of the noun phrase that begins a text.

    Args:
        text: what follows a number, or a clause.

    Returns:
        Words up to the head, unit code (`other` for an unlisted plural, empty for none), end of the head.
    """
    words = lexicon()
    head, unit, end, unlisted, unlisted_end = "", "", 0, "", 0
    position = 0
    for match in _WORD.finditer(text):
        gap = text[position : match.start()]
        if gap.strip(" “”\"‘’'\n") and position:
            break
        if not position and gap.strip(" “”\"‘’'\n"):
            break
        word = match.group().lower()
        if word in words.words.boundaries or (
            head and word.endswith(("ed", "ing", "wn", "lt")) and word not in words.nouns
        ):
            break
        if word in words.nouns and words.nouns[word] not in ("times",):
            head, unit, end = text[: match.end()].strip(), words.nouns[word], match.end()
        elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "’s", "'s", "ous", "us", "is")):
            unlisted, unlisted_end = text[: match.end()].strip(), match.end()
        position = match.end()
    if unlisted_end > end:
        structure = unlisted.rsplit(None, 1)[-1].lower() in words.words.structure_nouns
        return unlisted, "structure" if structure else "other", unlisted_end
    return head, unit, end


def read_qualifier(draft: Draft, text: str) -> None:
    """Reads what the words around a quantity say about its value."""
    start, stop = draft.sentence
    before = text[start : draft.token.start]
    before = re.sub(r"(US\s?\$|\$|RMB|¥|￥)\s*$", "", before)
    number_end = draft.token.end
    scale = lexicon().scale.match(text, number_end, stop)
    tails = [text[draft.end : stop], text[number_end:stop]]
    if scale:
        tails.append(text[scale.end() : stop])
    for cue in lexicon().words.qualifiers:
        found = matches(cue.before, before) if cue.before else None
        if found is None and cue.after:
            found = next((hit for tail in tails if (hit := matches(cue.after, tail))), None)
        if found:
            draft.qualifier = cue.code  # type: ignore[assignment]
            draft.decided["qualifier"] = found.group().strip()
            return


def fill_elided_units(drafts: list[Draft], text: str) -> None:
    """Gives numbers without a unit the one of their clause, of the list they stand in, or of their sentence.

    In a list such as "20, 30 and 50 million Yuan" the scale is shared too; "from 1500 to 2000 Yuan" shares the unit.
    """
    for index in range(len(drafts) - 2, -1, -1):
        draft, following = drafts[index], drafts[index + 1]
        if draft.sentence != following.sentence or (draft.unit and draft.unit != "CNY"):
            continue
        joined = _LIST_JOIN.fullmatch(text[draft.end : following.token.start])
        # "34,599, 103.5%" is no list of percentages; "5, 6 and 7%" is, because its 6 has no sign of its own
        if joined and following.unit == "%" and following.noun and joined.group().strip() in (",", "，"):
            continue
        if joined and not draft.unit and following.unit and following.unit not in ("structure",):
            draft.unit, draft.decided["unit"] = following.unit, f"as {following.token.text} after it"
            if draft.scale == 1 and following.scale != 1 and draft.token.value < 1000:
                draft.scale = following.scale
        elif draft.unit == "CNY" and following.unit.startswith("CNY/"):
            bridge = text[draft.end : following.token.start]
            if len(bridge) < 20 and (_LIST_JOIN.fullmatch(bridge) or "respectively" in bridge):
                draft.unit = following.unit
    for index, draft in enumerate(drafts):
        if not draft.unit:
            _from_before(draft, drafts[:index], text)


def _from_before(draft: Draft, earlier: list[Draft], text: str) -> None:
    segment = re.split(r"[;；:：]", draft.before.rstrip(" :：(（"))[-1]
    chinese = list(lexicon().chinese_noun.finditer(segment))
    closing = _WORD.findall(segment.rstrip(" ,，")) if segment.rstrip().endswith((",", "，")) else []
    if closing and _counts(closing[-1]):
        draft.unit, draft.noun = lexicon().nouns[closing[-1].lower()], closing[-1]
        draft.decided["unit"] = f"{closing[-1]} right before it"
        return
    parts = [part for part in re.split(r"[,，()（）]", segment) if part.strip()]
    for part in reversed(parts):
        offset = re.match(r"\s*(?:together with|and|in|the|so that)?\s*(?:the )?", part, re.IGNORECASE)
        head, unit, _ = noun_head(part[offset.end() if offset else 0 :])
        if unit not in ("", "structure", "other"):
            draft.unit, draft.noun, draft.decided["unit"] = unit, head, f"{head} before it"
            return
    if chinese:
        draft.unit = lexicon().chinese_units[chinese[-1].group()]
        draft.decided["unit"] = f"{chinese[-1].group()} before it"
        return
    known = [word for word in _WORD.findall(segment) if _counts(word)]
    if known:
        draft.unit, draft.noun = lexicon().nouns[known[0].lower()], known[0]
        draft.decided["unit"] = f"{known[0]} before it"
        return
    same = [
        other
        for other in earlier
        if other.sentence == draft.sentence and other.unit not in ("", "%", "pp", "structure")
    ]
    if same and "/" not in same[-1].unit:
        draft.unit, draft.decided["unit"] = same[-1].unit, f"as {same[-1].token.text} before it"
        return
    words = _WORD.findall(text[draft.sentence[0] : draft.token.start])
    subject = [word for word in words if _counts(word)]
    if subject:
        draft.unit, draft.noun = lexicon().nouns[subject[0].lower()], subject[0]
        draft.decided["unit"] = f"{subject[0]}, subject of the sentence"


def _counts(word: str) -> bool:
    """Whether a word is a noun that gives a count its unit."""
    return lexicon().nouns.get(word.lower(), "CNY") not in ("CNY", "times")
