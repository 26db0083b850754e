"""Scale and unit of one number, from the words right behind it and right before it."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.figures.draft import Draft
from pipelines.figures.lexicon import lexicon
from pipelines.figures.nouns import chinese_noun, noun_head
from pipelines.figures.passage import Passage
from pipelines.figures.per import decide_per, read_each_before, read_per, read_per_behind
from pipelines.figures.signs import MONEY, MONEY_BEFORE, MONEY_RANGE, OF_THESE, OR_SO

_PERCENT = re.compile(
    r"\s*(?:(percentage[ -]points?|percent points?|个百分点)|(%|％|per ?cents?|pct))(?![a-z]{3})", re.IGNORECASE
)
_POINTS_AFTER = re.compile(r"\s*points?\b", re.IGNORECASE)
_BARE_POINTS = re.compile(r"\s*points?\b(?! (?:of|to|where))", re.IGNORECASE)
_TIMES = re.compile(r"\s*(times|-?fold\b|倍)", re.IGNORECASE)
_GLUED = re.compile(
    r"\s?(km|mu|tons?|kg|hectares|people|persons|households|villages|counties)(?=(?:and|of|for|in|was|were|to)\b)",
    re.IGNORECASE,
)
_RANGE_ENDS = frozenset("-–—~oO")
_MORE = re.compile(r"[多余来几]")
_UNSHARED = frozenset({"structure", "other", "year", "month", "day", "training", "event", "article", "document"})
_TIME_UNITS = frozenset({"year", "month", "day"})
# counters that say nothing of themselves; the noun near them does
_BARE_COUNTERS = frozenset("个项处条座所种批家支类片件组")
_BEHIND = 16  # code points in which the noun of a Chinese counter stands
_ZH_MARKS = "，。；、,;（(："


@lru_cache(maxsize=1)
def _scale() -> re.Pattern[str]:
    scales = sorted(lexicon().words.numbers.scales, key=len, reverse=True)
    english = "|".join(word for word in scales if word.isascii())
    chinese = "|".join(word for word in scales if not word.isascii())
    return re.compile(
        rf"[ \-]?\s?(?:(?P<english>(?:{english})s?\b(?: (?:{english})s?\b)?)"
        rf"|(?P<ten>ten[ -]thousand\b)|(?P<short>(?:bn|mn|mln|m(?= ?(?:yuan|rmb|us dollars|dollars)))\b)"
        rf"|(?P<more>[多余来几]?)\s?(?P<chinese>{chinese})(?![瓦伏克米卡]))",
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
    points = _BARE_POINTS.match(passage.text, position, limit)
    if points and ("." in draft.token.text or "%" in passage.text[draft.sentence[0] : draft.start]):
        _decide(draft, "pp", points.group().strip(), points.end())
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
    for aside in (OR_SO, OF_THESE):
        passed = aside.match(passage.text, position, limit)
        position = passed.end() if passed else position
    head, unit, end = noun_head(passage, position, limit)
    if unit:
        _decide(draft, unit, head, end)
        if not read_per_behind(draft, passage, end, limit) and unit not in _UNSHARED:
            read_each_before(draft, passage, passage.clause(draft.sentence[0], draft.start, ",;，；。："))


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
        elif match.group("short"):
            factor = scales["billion" if match.group("short").lower() == "bn" else "million"]
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
    near = text[max(start, draft.start - 24) : draft.start]
    before = MONEY_BEFORE.search(near) or (MONEY_RANGE.search(near) if near.rstrip()[-1:] in _RANGE_ENDS else None)
    more = _MORE.match(text, position)
    behind = MONEY.match(text, more.end() if more else position, limit)
    if behind and behind.group().strip().lower() == "yuan" and text[behind.end() : behind.end() + 1].isdigit():
        behind = None  # "Yuan 20 million": the sign of the next number
    if (
        before
        and before.group("cny")
        and before.group("cny").lower() == "yuan"
        and not _sign_of(text, draft.start - len(near) + before.start())
    ):
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
    read_per(draft, passage, end, limit)
    return True


def _sign_of(text: str, position: int) -> bool:
    """Whether a currency word stands before its number ("of Yuan 20 million") and not behind the one before it."""
    return not re.search(
        r"(\d|million|billion|thousand|hundred)\s*$", text[max(0, position - 12) : position], re.IGNORECASE
    )


def _decide(draft: Draft, unit: str, words: str, end: int) -> None:
    draft.unit, draft.noun, draft.end = unit, words, end
    draft.decided["unit"] = words


def _chinese_unit(draft: Draft, passage: Passage, position: int, limit: int) -> bool:
    """The unit word right behind a number; a bare counter (个, 项) takes the noun behind or before it."""
    text = passage.text
    if not "一" <= text[position : position + 2].strip()[:1] <= "鿿":
        return False
    more = _MORE.match(text, position)
    if more and more.group() in "多余":
        draft.more = more.group()
    behind = more.end() if more and more.group() in "多余来" else position
    if text.startswith("大", position):
        _decide(draft, "structure", "大", position + 1)  # 四大产业
        return True
    found = lexicon().unit_after.match(text, behind, limit)
    if found is None:
        head = chinese_noun(passage, position, passage.clause_end(position, min(position + 10, limit), _ZH_MARKS))
        if head is None:
            return False
        _decide(draft, head[2], text[head[0] : head[1]], position)
        return True
    word, end = found.group(1), found.end()
    unit = lexicon().unit_codes[word]
    if word in _BARE_COUNTERS:
        limit = min(passage.clause_end(end, limit, _ZH_MARKS), end + _BEHIND)
        head = chinese_noun(passage, end, limit)
        if head is None and not text[end:limit].strip():
            before = max(passage.clause(draft.before, draft.start, _ZH_MARKS), draft.start - _BEHIND)
            head = chinese_noun(passage, before, draft.start, last=True)
        if head is not None:
            unit = head[2]
    _decide(draft, unit, word, end)
    person = passage.per.last(passage.clause(draft.sentence[0], draft.start, "，,；;。："), draft.start)
    if (
        person is not None
        and draft.start - person.end < 12
        and unit not in ("person", "household", "structure", *_TIME_UNITS)
    ):
        decide_per(draft, person.payload, text[person.start : person.end])
    else:
        read_per_behind(draft, passage, end, limit)
    return True


def scale_end(draft: Draft, text: str) -> int:
    """Where the scale words of a number end; its own end where there are none."""
    match = _scale().match(text, draft.token.end, draft.sentence[1])
    return match.end() if match else draft.token.end
