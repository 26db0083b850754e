"""What a ratio says: a share, a rate, growth, a completed plan or what goes beyond it."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Hit
from pipelines.figures.draft import Draft
from pipelines.figures.roles.completion import OF, PLANNED, completion
from pipelines.figures.roles.shares import is_amount, is_share, is_supply
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import BY, HELD_AGAINST, NEARLY, SO_BY
from pipelines.patterns import SIGN, regex

# 占全州减少量的42.3%; 占11870户和46120人的42.0%
_PART_OF_ZH = regex(
    r"占(?:[^，。；\d]{1,16}|[^，。；]{1,40}?\d[^，。；\d]{1,4}(?:和|及|与)[^，。；]{1,24}?\d[^，。；\d]{1,4})的$"
)
_NO_MODIFIER = "(?:of|the|and|or|by|in|for|to|from|at|on|with|per|as|than|while|is|was|were|are|a|an|interest)"
# the first group goes down; one word may stand before a noun: "a 4 percent yield increase"
_CHANGE_NOUN = regex(
    rf"[)）]?\s*(?:(?!{_NO_MODIFIER}\b)[a-z]+ "
    r"(?=increase|growth|rise|decrease|decline|drop|reduction|gain|fall|loss|cut))?"
    r"(?:(fewer|less|lower|(?:small|short|cheap)er than|decrease|decline|drop|reduction|down|fall|loss|cut)"
    r"|more|higher|(?:larg|great|bigg|long)er than|increase|growth|rise|up|gain)\b",
    re.IGNORECASE,
)
_CHANGE_NOUN_ZH = regex(r"的(?:增幅|增长|增速|增长率|涨幅|升幅|降幅|跌幅|减幅|下降|速度(?:增长|递增|上升|下降|递减))")
_EARLIER = (
    r"(?:(?:19|20)\d\d\b(?! [a-z]+s\b)|(?:a|one) year (?:before|earlier|ago)"
    r"|(?:the )?(?:previous|preceding|prior|last|past) year|(?:the )?year before|(?:the )?same period)"
)
_OF_YEAR = r"(?:(?:that|those|the (?:level|figure|number|amount)s?) (?:of|in|for) |(?:in|at|for) (?:the end of )?)?"
# as in "85 million above 2010"; the first group goes up
ABOVE_A_YEAR = regex(
    r"\s*(?:(above|(?:more|higher|greater) than|up on|ahead of)|below|under|(?:less|fewer|lower) than|down on) "
    + _OF_YEAR
    + _EARLIER,
    re.IGNORECASE,
)
_ON_YEAR = regex(
    r"[)）]?,?(?:" + ABOVE_A_YEAR.pattern + r"|\s*(?:over|on|than) " + _OF_YEAR + _EARLIER + ")", re.IGNORECASE
)
# "22 pct below the record of 1985"; of people, "30 percent below the poverty line" are a part
_THAN_NORMAL = regex(
    r"\s*(above|below|over|under) (?:the|its|their|last)\s"
    r"(?!(?:[\w-]+ ){0,3}(?:line|threshold|standard|age|minimum|median|level)s?\b)"
    r"(?:[\w'’-]+ ){0,3}(?:record|average|norm|peak|figure|estimate|forecast|harvest|crop|output|total|mean)\b",
    re.IGNORECASE,
)
_PLAN_BEHIND = regex(
    rf"\s*(?:points? )?(?:above|beyond|over|more than|higher than|better than|ahead of) (?:\w+ ){{0,3}}?{PLANNED}",
    re.IGNORECASE,
)
_BEYOND_PLAN = regex(
    rf"(?:exceed\w*|surpass\w*|beat) (?:\w+ ){{0,3}}?{PLANNED}.*$"
    r"|超(?:额|过|出)?(?:完成)?(?:年度|全年|原)?(?:计划|目标|任务)?$|[比较](?:年度|全年|原)?(?:计划|目标|任务)[高多]出?$",
    re.IGNORECASE,
)
_RESULT = regex(
    r"(?:(?:\b(?<!of up )(?:to|from)(?: (?:the )?(?:current|present|existing|earlier)(?: (?:level|rate)s? of)?)?"
    r"|(?:,|\band|\bto) (?:(?:reach|hit)[a-z]*|(?:stand|stood|settl)[a-z]* at)"
    r"|\b(?:high|low|peak|record) of)\s+"
    r"(?:(?:the|a|an|its|their)\s)?(?:(?:previous|last|prior) (?:fiscal )?year['’]s )?"
    + NEARLY
    + r"|(?:到|至|达到|由|从)\s*(?:了|约|近)?\s*)$",
    re.IGNORECASE,
)
_AT = regex(r"\bat\s+" + NEARLY + "$")  # "with rates even lower in the hills at 5%"
# between both ends of a change
_FROM_TO = regex(
    r"(?: (?:in|at the end of) (?:19|20)\d\d,?)? (?:(?:down|up) )?to (?:about |nearly |only )?"
    r"|(?:[^，。；%]{0,4}|[^，。；%]{0,3}\d{4}年[^，。；%]{0,4})(?:到|至|为)了?(?:\d{4}年[底末]?的?)?[约近]?",
    re.IGNORECASE,
)
_AMONG = regex(r" (?:among|for|in|with) [A-Za-z ]{2,40}\(|[)] and [A-Z][a-z]+ \(")  # "higher among women (6.2 percent)"
_RATE_NOUN = regex(r"[幅率速]$|growth|rate", re.IGNORECASE)
_THAT_IS = regex(r"(?:(?:\bor|\bi\.e\.|\bthat is)\s+" + NEARLY + r"|[(（]\s*|即\s*)$", re.IGNORECASE)
_SIGNED = regex(r"[(（]\s*(plus|minus|up|down|\+|[-−–])\s?$", re.IGNORECASE)
# as in: up from 121 million (20.7 percent)
_LED_FROM = regex(r"\b(up|down|rise|fall|higher|lower) (?:from|than)\b[^,;.]{0,12}$", re.IGNORECASE)
_OPENED = regex(r"[(（]\s*$")

# verbs with their object in one word: 审批提速68%, 亩均增产12%, 每吨降价5%
_RAISED_ZH = regex(r"(?:提[速质效价]|增[产收速值长幅效]|扩[面容]|涨[价幅]|减[产亏排损]|降[价速耗])了?[约近超]?过?$")
NO_WORDS = "without other words"


def read_ratio(draft: Draft, passage: Passage, earlier: list[Draft]) -> None:
    """A share, rate, growth or completion: words behind the number first, then the nearest before it."""
    if draft.unit == "ratio":
        return  # 2.49:1 is an amount of its own
    if draft.unit == "pp":
        _points(draft, passage)
        return
    start = max(passage.clause(draft.before, draft.start, ".;。；"), draft.start - 90)
    for tells in (_tells_plan, _tells_change_behind, _tells_supply, _goes_on, _tells_nearest, _goes_on_by, _tells_sign):
        if tells(draft, passage, earlier, start):
            return
    if raised := _RAISED_ZH.search(passage.text, draft.before, draft.start):
        draft.decide_role("change_pct", raised.group())
        draft.decided["direction"] = "down" if raised.group()[0] in "减降缩" else "up"
        return
    if BY.search(passage.text, draft.before, draft.start) and not OF.match(passage.text, draft.end):
        draft.decide_role("change_pct", "by")  # of what verb ever: "eroded by 14%", but "owned by 14% of them"
        return
    told = _share(draft, passage, earlier, start)
    draft.decide_role("share_pct" if told else "rate_pct", told or f"{draft.unit} {NO_WORDS}")


def _points(draft: Draft, passage: Passage) -> None:
    """Percentage points are a difference, or what goes beyond a plan."""
    text = passage.text
    beyond = _BEYOND_PLAN.search(text, max(draft.before, draft.start - 30), draft.start) or _PLAN_BEHIND.match(
        text, draft.end, draft.sentence[1]
    )
    draft.decide_role("over_plan_pct" if beyond else "diff_pp", beyond.group() if beyond else draft.noun)
    _direction(draft, passage)


def _tells_plan(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """Whether it tells how much of a plan was done, or went beyond it."""
    role, words = completion(draft, passage, earlier, start, _nearest(passage, start, draft))
    if role is not None:
        draft.decide_role(role, words)
    return role is not None


def _tells_change_behind(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """As in "12% more than a year before", 18%的增幅."""
    text = passage.text
    aside = text[draft.end : draft.end + 2].lstrip()[:1] in (")", "）")  # "1,184 (27%) fall below": they fall, not it
    if aside or draft.unit not in ("%", "times", "fraction"):
        return False
    noun = _CHANGE_NOUN.match(text, draft.end)
    others = (_CHANGE_NOUN_ZH, _ON_YEAR, HELD_AGAINST, _THAN_NORMAL)
    if noun is None and not any(one.match(text, draft.end) for one in others):
        return False
    draft.decide_role("change_pct", text[draft.end : draft.end + 12])
    if noun is not None:
        draft.decided["direction"] = "down" if noun.group(1) else "up"
    else:
        _direction(draft, passage)
    return True


def _tells_supply(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """Whether it is the part of people or places that a service reaches."""
    if not is_supply(draft, passage, start):
        return False
    draft.decide_role("rate_pct", "a supply of people or places")
    draft.covers = True
    return True


def _goes_on(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """Whether it is the other end of "from 14% to 18%"."""
    last = earlier[-1] if earlier else None
    if last is not None and last.role == "change" and _COMES_TO.fullmatch(passage.text, last.end, draft.start):
        draft.decide_role("change_pct", "that is")  # "the rise of 6,906 comes to 7.5%"
        draft.decided["direction"] = last.decided.get("direction", "up")
        return True
    begun = last if last is not None and last.unit == draft.unit else None
    if begun is not None and begun.role == "change_pct" and _AND_FOR.fullmatch(passage.text, begun.end, draft.start):
        draft.decide_role(begun.role, f"as {begun.token.text} before it")  # "by 9.2% for men and 9.4% for women"
        if way := begun.decided.get("direction"):
            draft.decided["direction"] = way
        return True
    if begun is None or begun.role not in ("share_pct", "rate_pct"):
        return False
    if not _FROM_TO.fullmatch(passage.text, begun.end, draft.start):
        return False
    draft.decide_role(begun.role, f"as {begun.token.text} before it")
    return True


_COMES_TO = regex(
    r"(?: [a-z]+)?,? (?:(?:thus|therefore|hence) )?"
    r"(?:comes? to|came to|amounts? to|amounted to|corresponds? to|equals?|(?:is|was) equal to|is|was) " + NEARLY
)
_SET_BESIDE = regex(r"(?:\s[a-z]+)?,\s*")  # "the increase is 211 million yuan, 20 percent."
_CLOSES = regex(r"\s*(?:[.,;:)]|$)")
# 4% in the north and 7% in the south
_AND_FOR = regex(r"\s*(?:for|in|among|at) (?:the )?[a-z-]+(?: [a-z-]+)?,?\s+and\s+", re.IGNORECASE)
_UP_TO = regex(r"\s+(?:till|until)\b", re.IGNORECASE)


def _tells_nearest(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """What the nearest word of change, share, rate or coverage before it says."""
    text = passage.text
    nearest = _nearest(passage, start, draft)
    if BY.search(text, draft.before, draft.start):
        if SO_BY.fullmatch(text, draft.before, draft.start):
            start = passage.clause(draft.sentence[0], draft.start, ";；")  # "from 12% to 9%, that is by 25 percent"
        nearest = _nearest(passage, start, draft, ("rise", "fall")) or nearest  # "reduce the poverty rate by 8%"
    if nearest is None:
        return False
    kind, hit = nearest
    if kind == "rise" and _UP_TO.match(text, hit.end):
        return False  # "Up till last October"
    if kind in ("rise", "fall") and not _AMONG.fullmatch(text, hit.end, draft.start):
        if share := _PART_OF_ZH.search(text, draft.before, draft.start):
            draft.decide_role("share_pct", share.group())
            return True
        if text[hit.end : hit.end + 1] == ":" and OF.match(text, draft.end):
            return False  # "herds grew: 84 percent of families had cattle"
        stands = text[hit.start : hit.end] in ("lower", "higher") and _AT.search(text, hit.end, draft.start)
        if (not stands and not _RESULT.search(text[hit.end : draft.start])) or _RATE_NOUN.search(
            text[hit.start : hit.end]
        ):
            draft.decide_role("change_pct", text[hit.start : hit.end])
            draft.decided["direction"] = "down" if kind == "fall" else "up"
            return True
        # both ends of "the share rose from 14% to 18%" are shares
        kind, hit = _nearest(passage, start, draft, ("share", "rate")) or ("", hit)
    if kind == "share" and draft.unit != "times":
        draft.decide_role("share_pct", text[hit.start : hit.end])
        return True
    if kind not in ("rate", "coverage"):
        return False
    draft.decide_role("rate_pct", text[hit.start : hit.end])
    draft.covers = kind == "coverage"
    return True


def _goes_on_by(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """What is held against a ratio before it, says a change again, or is the change of another thing."""
    text = passage.text
    compared = passage.ends_at("compared", draft.start) or _THAN_THE.search(text, draft.before, draft.start)
    ratios = [d for d in earlier if d.unit == draft.unit and d.role not in ("change_pct", "over_plan_pct")]
    if compared and ratios:
        draft.decide_role(ratios[-1].role, f"compared with {ratios[-1].token.text}")
        return True
    last = earlier[-1] if earlier else None
    if last is None:
        return False
    listed = last.role == "change_pct" and _IN_LIST.fullmatch(text, last.end, draft.start)
    # of "rose by 90 to 820, or 12 percent" the change stands before what it led to
    led = len(earlier) > 1 and is_amount(last) and _TO.fullmatch(text, earlier[-2].end, last.first) is not None
    changed = earlier[-2] if led else last
    again = changed.role == "change" and (
        _THAT_IS.search(text, max(draft.before, draft.start - 24), draft.start)
        or (_SET_BESIDE.fullmatch(text, last.end, draft.start) and _CLOSES.match(text, draft.end))
    )
    # the second of "funds of the centre grew by 21% and those of the province by 9%"
    another = last.role == "change_pct" and BY.search(text, draft.before, draft.start)
    if not (again or another or listed):
        return False
    draft.decide_role("change_pct", "that is" if again else f"as {last.token.text} before it")
    draft.decided["direction"] = (changed if again else last).decided.get("direction", "up")
    return True


_TO = regex(r"\s+to\s+" + NEARLY + SIGN, re.IGNORECASE)


def _tells_sign(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> bool:
    """As in "4% annually", "(plus 4%)", "up from 121 million (20.7 percent)", "from 80 to 100 (25 percent)"."""
    text, words, up = passage.text, "", True
    behind_end = min(passage.clause_end(draft.end, draft.after, ",.;。；，（("), draft.end + 24)
    yearly = passage.first("annually", draft.end, behind_end)
    if (
        draft.unit in ("%", "times")
        and yearly
        and not _BACK.match(text, yearly.end)
        and not _INTEREST.search(text, max(draft.sentence[0] - _TERMS, 0), yearly.end)
    ):
        words = text[draft.end : draft.end + 16]
    elif draft.unit != "%":
        return False
    elif signed := _SIGNED.search(text, max(draft.before, draft.start - 12), draft.start):
        words, up = signed.group(1), signed.group(1).lower() in ("plus", "up", "+")
    elif (
        earlier
        and _OPENED.search(text, max(draft.before, draft.start - 3), draft.start)
        and not OF.match(text, draft.end)
    ):
        last = earlier[-1]
        before = earlier[-2] if len(earlier) > 1 else None
        if led := _LED_FROM.search(text, max(last.before, last.start - 30), last.start):
            words, up = led.group().strip(), led.group(1).lower() not in ("down", "fall", "lower")
        elif (
            is_amount(last) and before and before.unit == last.unit and _FROM_TO.fullmatch(text, before.end, last.first)
        ):
            draft.decide_role("change_pct", f"from {before.token.text} to {last.token.text}")
            _direction(draft, passage)
            return True
    if not words:
        return False
    draft.decide_role("change_pct", words)
    draft.decided["direction"] = "up" if up else "down"
    return True


def _share(draft: Draft, passage: Passage, earlier: list[Draft], start: int) -> str:
    """The words by which it is a share of a whole; empty where nothing says so."""
    text = passage.text
    if draft.unit == "fraction":
        return "of"
    if draft.unit != "%":
        return ""
    opened = _OPENED.search(text, max(draft.before, draft.start - 3), draft.start)
    if opened and earlier and is_amount(earlier[-1]):
        return "in brackets after it"
    if is_share(draft, passage, earlier):
        return "beside what it is of"
    if OF.match(text, draft.end) or _GOES_TO.match(text, draft.end) or _IS_PART.match(text, draft.end):
        return "of"
    if _PART_OF_ZH.search(text, passage.clause(draft.sentence[0], draft.start, "，。；"), draft.start):
        return "of several amounts before it"
    last = earlier[-1] if earlier and earlier[-1].unit == "%" else None
    if last is not None and last.role == "share_pct" and _NEXT.fullmatch(text, last.end, draft.start):
        return f"as {last.token.text} before it"
    told = _TOOK.search(text, max(start, draft.start - 24), draft.start) or _OF_BEFORE.search(
        text, max(draft.sentence[0], draft.start - 60), draft.start
    )
    return told.group() if told else ""


# as in: which rose by 30.6 per cent, cement (10.2 per cent), fertilisers (9.6 per cent)
_IN_LIST = regex(r"[)）]?\s?(?:,|，|、|\band\b|和)\s?(?:and )?[^\d,;.，；。()（）]{2,40}[(（]")
_THAN_THE = regex(r"\b(?:than|above|below|beyond|against) the (?:level of )?$", re.IGNORECASE)
_TERMS = 24  # code points before a sentence in which its heading says what it is of: "Interest rate:"
_INTEREST = regex(r"\b(?:interest|borrowers?|lenders?|loans? at)\b|利率|利息", re.IGNORECASE)
_BACK = regex(r"\s(?:ago|earlier|before)\b")  # "it was 54.1% a year ago"
_OF_BEFORE = regex(
    r"\bof which (?:about |nearly |some |over |only |more than )?$"
    r"|(?<![a-z] )(?<![a-z])(?:of|among|out of) (?:them|these|those)(?: [a-z]+)?,? (?:about |nearly |some |over )?$"
    r"|(?<![a-z] )(?<![a-z])(?:of|among|out of) (?:all |the |its |these |those )+(?:[\d,.]+ )?[^,.;\d]{2,50},? "
    r"(?:about |nearly |some |over |only )?$|\bthe (?:remaining|other) $",
    re.IGNORECASE,
)
# "41 percent named illness, 23 percent lack of skills"
_NEXT = regex(r"[^,.;:，。；：()\d]{3,48}(?:,|,? and)\s+(?:only |about |some |another )?")
# "relocation took 59.8 percent"
_TOOK = regex(
    r"\b(?:takes?|took|absorb(?:s|ed)?|receive[sd]?|claim(?:s|ed)?|consume[sd]?|swallow(?:s|ed)?"
    r"|contribut(?:es?|ed|ing)) (?:up )?" + NEARLY + r"$|(?:贡献|吸纳|承担|提供)了?[^，。；、\d]{0,10}$",
    re.IGNORECASE,
)
# 60%的秋粮在北方, 七成床位由社会提供; what a share of the places has is a rate
_GOES_TO = regex(
    r"(?:以上|左右)?(?:用于|用在|投向|流向|花在)"
    r"|\s*(?:(?:is|was|being) )?(?:allocated|devoted|dedicated|earmarked|set aside|reserved) (?:to|for)\b"
)
_IS_PART = regex(r"\s*的[^，。；\d]{1,12}?(?:是|属于?|为|在(?!建|读|校|编)|位于|来自|出自|集中|分布|[都均]?由)")


def _nearest(
    passage: Passage, start: int, draft: Draft, kinds: tuple[str, ...] = ("rise", "fall", "share", "rate")
) -> tuple[str, Hit[frozenset[str]]] | None:
    """The cue that stands nearest before a ratio; a coverage verb only right before it."""
    found: list[tuple[int, int, str, Hit[frozenset[str]]]] = []
    for order, kind in enumerate(kinds):
        hit = passage.last(kind, start, draft.start)
        inside = hit is not None and passage.text[hit.start - 1 : hit.start] == "-"  # a take-up of 80%
        named = hit is not None and passage.text.startswith(("最", "值"), hit.end)  # 降幅最大, 工业增加值
        or_less = hit is not None and passage.lower.startswith("or ", max(hit.start - 3, 0))  # "2.1% or less"
        if hit is not None and not inside and not named and not or_less:
            found.append((hit.end, order, kind, hit))
    covering = passage.ends_at("coverage", draft.start)
    if covering is not None:
        found.append((covering.end, 9, "coverage", covering))
    if not found:
        return None
    _, _, kind, hit = max(found, key=lambda entry: entry[:2])
    return kind, hit


def _direction(draft: Draft, passage: Passage) -> None:
    """Up or down, if words say it: a comparison right behind a change, else the nearest word of direction around it."""
    if compared := _LESS_OR_MORE.match(passage.text, draft.end):
        draft.decided["direction"] = "up" if compared.group(1).lower() in ("more", "higher", "above") else "down"
        return
    start = max(draft.before, draft.start - 60)
    rise, fall = passage.last("rise", start, draft.start), passage.last("fall", start, draft.start)
    if rise is None and fall is None:
        behind = min(draft.after, draft.end + 24)
        rise, fall = passage.first("rise", draft.end, behind), passage.first("fall", draft.end, behind)
    if rise is not None or fall is not None:
        down = fall is not None and (rise is None or fall.end > rise.end)
        draft.decided["direction"] = "down" if down else "up"


_LESS_OR_MORE = regex(r"\s*(more|higher|above|less|fewer|lower|below)\b", re.IGNORECASE)
