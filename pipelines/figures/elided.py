"""The units of numbers that print none of their own: in lists, comparisons, and after a noun ("bridges (5)")."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.catalog.currencies import currencies_of, is_money
from pipelines.figures.draft import Draft
from pipelines.figures.lexicon import lexicon
from pipelines.figures.money import unsettled
from pipelines.figures.nouns import noun_head, nouns_told, physical_units
from pipelines.figures.passage import Passage, in_closed_brackets
from pipelines.figures.per import go_on, read_per_behind
from pipelines.figures.signs import LIST_JOIN, OF_THEM, YEAR
from pipelines.patterns import rarely

_COMPARED = re.compile(
    r"(?:compared (?:with|to)|(?:as )?against|(?:up|down) from|instead of|rather than|where it had been|较|比)"
    r"\s*(?:RMB|¥|US\$|\$)?\s*$",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"(?:\bof which|\bof whom|\bof these|其中)\s*$", re.IGNORECASE)
_MORE = re.compile(r"\s*(?:more|fewer|less)\b(?! \w+s\b)", re.IGNORECASE)
_TO_WHOM = re.compile(r"\b(?:to|for|by|from)\s+(?:\w+[ -]){0,3}$", re.IGNORECASE)
_PART_OF = re.compile(r" (?:out )?of (?:(?:the|its|their|all|these|those|our) ){0,2}", re.IGNORECASE)
_AND = re.compile(r",\s+and\s+(?:also\s+)?", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:was|were|is|are|numbered|totalled|totaled|amounted to|came to|reached|stood at)\s+$")
_NUMBERED = re.compile(r"\bnumber(?:ed|s)? (?:about |nearly |some |over |more than |almost |only )?$", re.IGNORECASE)
_IN_NUMBER = re.compile(r"\s*(?:in number|in all|in total|altogether|strong)\b", re.IGNORECASE)
# what can be counted by the million; villages and offices cannot
_MANY = frozenset(
    {"person", "household", "person-time", "animal", "tree", "document", "USD", "kWh"}
    | {"tonne", "kg", "jin", "mu", "hectare", "m", "m2", "m3"}
)
_TEN_THOUSAND = Decimal(10_000)
_MILLION = Decimal(1_000_000)
_WHOLE = frozenset(
    {"person", "household", "village", "township", "county", "person-time", "project", "event", "document"}
)
_OWN_COUNTER = frozenset({"person", "household", "person-time", "animal", "mu", "hectare", "km", "m", "tonne", "kg"})
_NOTHING_COUNTED = frozenset(
    {"", "%", "pp", "structure", "other", "times", "ratio", "fraction", "unknown", "year", "month", "day"}
)


def fill_elided_units(drafts: list[Draft], passage: Passage) -> None:
    """Gives numbers without a unit the one of the list they stand in, of their clause, or of their sentence.

    In a list such as "20, 30 and 50 million Yuan" the scale is shared too; "from 1500 to 2000 Yuan" shares the unit.
    """
    text = passage.text
    for draft in drafts:
        unit = (
            _LETTERS.search(text, max(draft.before, draft.start - 8), draft.start) if draft.scale >= _MILLION else None
        )
        if unit and not draft.unit:
            _take(draft, "unknown", f"letters before it that name no known currency: {unit.group(1)}")
    for index in range(len(drafts) - 2, -1, -1):
        draft, following = drafts[index], drafts[index + 1]
        if (draft.unit and not is_money(draft.unit)) or draft.sentence != following.sentence:
            continue
        if not draft.unit and _is_count(following) and _PART_OF.fullmatch(text, draft.end, following.start):
            _take(draft, following.unit, f"of {following.token.text}")  # "28 of the 40 villages"
            continue
        joined = LIST_JOIN.fullmatch(text, draft.end, following.start) or _joined_by_sign(text, draft, following)
        if not joined:
            if _lacks_its_per(draft, following):
                bridge = text[draft.end : following.start]
                if len(bridge) < 20 and "respectively" in bridge and _alike(draft, following):
                    draft.unit = following.unit
            continue
        if _ends_a_statement(drafts, index, passage) or (following.sign >= draft.end and draft.sign < 0):
            continue  # of "500, PKR 3bn" the second has a currency of its own
        comma = text[draft.end : following.start].strip() in (",", "，")
        # "34,599, 103.5%" is no list of percentages; "5, 6 and 7%" is, because its 6 has no sign of its own
        if following.unit == "%" and (draft.token.value > _MOST_PERCENT or (comma and not following.elided)):
            continue
        if following.unit == "%" and _OR.fullmatch(text, draft.end, following.start) and _is_count_of(draft, following):
            continue
        if draft.scale != 1 and following.scale == 1 and not draft.unit:
            continue  # "fell by 4.9 million and 8145 villages were built": no list of one unit
        if not draft.unit and following.unit and following.unit != "structure":
            draft.unit, draft.decided["unit"] = following.unit, f"as {following.token.text} after it"
            draft.elided, draft.noun = True, following.noun
            if draft.scale == 1 and following.scale != 1 and draft.token.value < 10_000:
                draft.scale = following.scale
        elif _is_range_of_money(text, draft, following):
            draft.scale = following.scale  # "$1-2 million"
        elif (
            _lacks_its_per(draft, following)
            and not (comma and draft.scale != following.scale)
            and _alike(draft, following)
        ):
            draft.unit = following.unit
    for index, draft in enumerate(drafts):
        if draft.no_noun and index and (like := _counted_alike(drafts[max(index - 12, 0) : index], draft, text)):
            draft.unit, draft.no_noun = like, False
        if (
            not draft.unit
            and not _names_its_own(draft, text)
            and not unsettled(text, draft.sentence[0], draft.start, draft.token.end)
        ):
            _from_before(draft, drafts[max(index - 12, 0) : index], passage)
            if _is_count(draft):
                read_per_behind(draft, passage, draft.end, draft.sentence[1])  # "15 or so for each of the households"
        elif is_money(draft.unit) and "/" not in draft.unit and (per := _per_of_list(drafts, index)):
            draft.unit, draft.decided["unit"] = per, f"as {drafts[index - 1].token.text} before it"
        elif is_money(draft.unit) and "/" not in draft.unit:
            go_on(draft, drafts[max(index - 4, 0) : index], passage)


def _per_of_list(drafts: list[Draft], index: int) -> str:
    """The unit of both neighbours of an amount in one list, where both say per what: 工资1812元，经营1436元."""
    beside = drafts[max(index - 1, 0) : index] + drafts[index + 1 : index + 2]
    draft, units = drafts[index], {other.unit for other in beside}
    alike = all(other.sentence == draft.sentence and other.scale == draft.scale == 1 for other in beside)
    return beside[0].unit if len(beside) == 2 and alike and units == {f"{draft.unit}/person"} else ""


def _names_its_own(draft: Draft, text: str) -> bool:
    """Whether what is counted is told by words that are not known: 3层的楼, "a team of 5"."""
    behind = text[draft.token.end : draft.token.end + 1]
    if "一" <= behind <= "鿿" and behind not in _NO_COUNTER and draft.scale == 1 and draft.token.kind == "digits":
        return True
    return _GROUP_OF.search(text, max(draft.sentence[0], draft.start - 30), draft.start) is not None


_NO_COUNTER = frozenset("和及与或至到的等左以多余来比为是、有占在由从共元万亿千百十倍成年月日比中，。；：上下个已均")
_GROUP_OF = re.compile(r"\b(?:team|group|family|crew|class|party|panel)s? of (?:about |some |only )?$", re.IGNORECASE)


def _counted_alike(earlier: list[Draft], draft: Draft, text: str) -> str:
    """What a bare counter goes on to count: 无路村410个、365个, 安置点1461个，建成1189个; empty for unknown."""
    alike = [other for other in earlier if other.sentence == draft.sentence and other.noun == draft.noun]
    if not alike or alike[-1].no_noun:
        return ""
    bridge = _IN_BRACKETS.sub("", text[alike[-1].end : draft.start])
    counted = [other for other in earlier if other.unit not in ("year", "month", "day", "%", "pp")]
    goes_on = alike[-1] is counted[-1] and (LIST_JOIN.fullmatch(bridge) or _NEXT_OF_LIST.fullmatch(bridge))
    return alike[-1].unit if goes_on else ""


# between two counts of the same: 点1461个，到年底建成1189个; 120个村，通客车的98个; 231个，减少到186个
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_DONE = r"建成|完成|开工|竣工|完工|投产|验收|投用|启用|出列|退出|在建|落实|停工|达标|合格|未[一-鿿]{1,2}"
_MOVED = r"减少|增加|下降|上升|缩减|压减|扩大|净增|净减"
_NEXT_OF_LIST = rarely(
    rf"(?:{_MOVED})[到至为了]?|[^，、,。；\d]{{0,8}}[：:][^，。；、\d]{{1,10}}|、[^，。；、\d]{{1,8}}"
    rf"|[^，、,。；\d]{{0,8}}[，、,；;](?:[一-鿿]{{2,6}}[县市区州旗乡镇村]"
    rf"|[^，。；、\d]{{0,8}}(?:{_DONE})[一-鿿]{{0,2}}|[^，。；、\d]{{0,10}}?(?:{_MOVED})[到至为了]?"
    r"|(?:还|尚|仍)?(?:剩余?|余下|其余|有)|[^，。；、\d]{1,12}的)"
    r"|[^，、,。；\d]{0,6}[，,]?[比较](?:[上去前]年|(?:19|20)\d\d年)(?:[末底]|同期)?[^，。；\d]{0,8}"
)


def _lacks_its_per(draft: Draft, other: Draft) -> bool:
    """Whether two amounts are of one currency, and only the second says per whom: "between $2 and $3 a day"."""
    return is_money(draft.unit) and "/" not in draft.unit and other.unit.startswith(f"{draft.unit}/")


def _alike(draft: Draft, other: Draft) -> bool:
    """Whether two amounts of a list can be of one kind: billions are no income per head."""
    values = abs(draft.token.value * draft.scale), abs(other.token.value * other.scale)
    return max(values) < _FAR_APART * min(values)


_FAR_APART = 1000
_MOST_PERCENT = 1000  # "31,000 or 11.4%" is no list of percentages
_OR = re.compile(r"\s*or\s*", re.IGNORECASE)


def _is_count_of(draft: Draft, share: Draft) -> bool:
    """Whether a number before "or" is what a percentage says once more: "shrunk by 218 or 15.5%"."""
    number, percent = draft.token.value, share.token.value
    return number > 100 >= percent or (number == number.to_integral_value() != percent and number > 2 * percent)


def _is_range_of_money(text: str, draft: Draft, following: Draft) -> bool:
    """Whether a currency stands before the first of two numbers and a scale behind the second: "$1-2 million"."""
    return (
        draft.unit == following.unit
        and draft.sign >= 0
        and draft.scale == 1
        and abs(draft.token.value) < _GROUP
        and _RANGE.fullmatch(text, draft.end, following.start) is not None
    )


_GROUP = 1000  # printed in full a number is no part of a range of millions
_RANGE = rarely(r"\s*(?:[-–—~～－]|to\b|至|到)\s*(?:[A-Za-z]{0,3}[$€£¥￥])?\s*")


def _ends_a_statement(drafts: list[Draft], index: int, passage: Passage) -> bool:
    """Whether a number says how many its subject were, and the next statement begins: "projects were 40, and"."""
    draft, following, text = drafts[index], drafts[index + 1], passage.text
    if following.elided or not _AND.fullmatch(text, draft.end, following.start):
        return False
    counted = _COUNTED.search(text, draft.before, draft.start)
    return counted is not None and bool(passage.nouns_within(draft.before, counted.start()))


def _joined_by_sign(text: str, draft: Draft, following: Draft) -> bool:
    """Whether only a sign of currency and a joining word stand between two numbers ("$5 to $7 million")."""
    until = following.sign if following.sign >= draft.end else following.start
    bridge = text[draft.end : until] if following.start - draft.end < 24 else "x"
    return bool(LIST_JOIN.fullmatch(bridge))


# "203 million for industry, 94 million for jobs, 164 million": what each is for is not what it counts
_PARALLEL = re.compile(
    r"[a-z ]{0,14}\b(?:for|on|to|from|by|in)\s+[^,;:.\d]{1,60}(?:,\s*(?:and\s+)?|\s+and\s+)", re.IGNORECASE
)


def _from_before(draft: Draft, earlier: list[Draft], passage: Passage) -> None:
    """What an elided number counts: "reservoirs (2350)", "electricity for 35", "households: Luzon 1,740,268"."""
    text = passage.text
    if draft.scale == 1 and YEAR.fullmatch(draft.token.text):
        return  # printed as years are
    if _OF_WHOM.match(text, draft.end, draft.sentence[1]):
        _take(draft, "person", "of whom")
        return
    if draft.scale >= _TEN_THOUSAND and (money := _IN_MONEY.match(text, draft.end)):
        _take(draft, "unknown", f"money without a currency: {money.group().strip()}")
        return
    if (
        draft.scale == 1
        and draft.token.kind == "digits"
        and _OWN_NOUN.match(text, draft.token.end)
        and _is_own_noun(draft, passage)
    ):
        _take(draft, "other", "a noun behind it that names no unit")
        return
    if _OWN_PLURAL.match(text, draft.token.end) and _is_plural(draft, passage):
        _take(draft, "other", "a noun behind it that names no unit")  # "2,350 traders"
        return
    same = [other for other in earlier if other.sentence == draft.sentence and other.unit not in _NOTHING_COUNTED]
    plain = [other for other in same if not in_closed_brackets(text, other.end, draft.start)] or same
    if earlier and earlier[-1].unit == "other" and _OF_OTHERS.search(text, draft.sentence[0], earlier[-1].start):
        _take(draft, "other", f"of {earlier[-1].token.text}")  # "among 1,240 grants that were looked at, 87"
        return
    free = [other for other in plain if not _GOVERNED.search(text, max(other.start - 30, 0), other.start)]
    last = (free or plain)[-1] if plain else None
    if last and _COMPARED.search(text, max(draft.sentence[0], draft.start - 40), draft.start):
        _take(draft, last.unit, f"compared with {last.token.text}")
        return
    if last and _is_count(last) and (_MORE.match(text, draft.end) or _OF_WHICH.search(text, draft.before, draft.start)):
        _take(draft, last.unit, f"as {last.token.text}")
        return
    if last and last is plain[-1] and last.scale == draft.scale and _PARALLEL.fullmatch(text, last.end, draft.start):
        _take(draft, last.unit, f"as {last.token.text} before it")
        return
    do = last is not None and _DO.match(text, draft.token.end) and _DO.match(text, last.end)
    if last and do and _is_count(last) and _AND_SO_MANY.search(text, max(draft.before, draft.start - 8), draft.start):
        _take(draft, last.unit, f"as {last.token.text} before it")  # "312 had a clinic and 138 had none"
        return
    if earlier and earlier[-1].unit == "other" and _REVISED.fullmatch(text, earlier[-1].end, draft.start):
        _take(draft, "other", f"as {earlier[-1].token.text} before it")
        return
    if said := _COPULA.match(text, draft.token.end):  # "4,178,985 are active household beneficiaries"
        unit = noun_head(passage, said.end(), passage.clause_end(said.end(), draft.sentence[1], ",.;"))[1]
        if unit and unit not in _NOTHING_COUNTED:
            _take(draft, unit, "what it is said to be")
            return
    big = draft.scale >= _TEN_THOUSAND
    comma = passage.clause(draft.before, draft.start, ",，、;；:：。(（")
    parted = _WHILE.search(text, comma, draft.start)
    comma = parted.end() if parted else comma
    of_them = OF_THEM.match(text, _behind_bracket(text, draft.token.end))
    if of_them and (unit := _of_them(draft, earlier, comma, passage)):
        _take(draft, unit, of_them.group().strip())
        return
    if comma == draft.start or not text[comma : draft.start].strip(" (（"):
        if text[comma - 1 : comma] in ":：" and not big and (listed := _listed(draft, plain, passage)):
            _take(draft, listed, "what is listed behind the colon")
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
        _take(draft, told[0] if told else "other", "subject of the clause")
        return
    scaled = [other for other in plain if other.scale >= _TEN_THOUSAND]
    if big and _RAISED.search(text, comma, draft.start):
        before = [other for other in scaled if is_money(other.unit)]
        _take_money(draft, before[-1] if before else None, passage, f"{text[comma : draft.start]} tells money")
        return
    for start in (comma,) if parted else (comma, passage.clause(draft.before, draft.start, ";；。")):
        nouns = _nouns(passage, start, draft.start, big=big)
        if big and nouns and scaled and is_money(scaled[-1].unit) and _TO_WHOM.search(text, start, draft.start):
            nouns = []
        if nouns:
            apposition = text[draft.start - 2 : draft.start] == ", " and _IN_NUMBER.match(text, draft.token.end)
            # the noun right before a bracket, and the head of a Chinese phrase, which ends it
            ends = apposition or text[draft.start - 1] in "(（" or "一" <= text[draft.start - 1] <= "鿿"
            _take(draft, nouns[-1 if ends else 0], "noun before it")
            return
        if not big and _ends_in_plural(text[start : draft.start].rstrip(" (（")):
            goes_on = last is not None and last.noun and _is_count(last) and _DETERMINED.match(text, start)
            _take(draft, last.unit if last and goes_on else "other", "a noun right before it that names no unit")
            return
    if big and scaled:
        _take_money(draft, scaled[-1], passage, f"as {scaled[-1].token.text} before it")
        return
    if (listed := _listed(draft, plain, passage)) and not big:
        _take(draft, listed, "what is listed behind the colon")
        return
    subject = _nouns(passage, draft.sentence[0], draft.start, big=big)
    if (
        last
        and (free or not subject)
        and "/" not in last.unit
        and (not big or last.unit in _MANY or is_money(last.unit))
    ):
        _take_money(draft, last, passage, f"as {last.token.text} before it")
        return
    if subject:
        _take(draft, subject[0], "subject of the sentence")
        return
    # the sentence before may have named it: "1.47 billion yuan from the centre. The province gave 1.5 billion."
    stretch = draft.sentence[0], draft.start
    if _OWN_SUBJECT.fullmatch(text, *stretch) and not _SAME_AGAIN.search(text, *stretch):
        return  # "Earnings of this kind stood at 6.7 million": of what, nothing known says
    near = [other for other in earlier if _in_paragraph(other, draft, text)]
    near = [other for other in near if other.unit not in _NOTHING_COUNTED and (other.scale >= _TEN_THOUSAND) == big]
    near = near if big else [other for other in near if not is_money(other.unit)]
    near = [other for other in near if not in_closed_brackets(text, other.end, draft.start)] or near
    if near and "/" not in near[-1].unit and not _NUMBER_OF.search(text, draft.sentence[0], draft.start):
        _take_money(draft, near[-1], passage, f"as {near[-1].token.text} in the sentence before")


def _take_money(draft: Draft, other: Draft | None, passage: Passage, words: str) -> None:
    """The unit of an amount before a number; a currency that is not the country's own reaches its parts only."""
    unit = other.unit if other is not None else ""
    if other is not None and is_money(unit):
        own = currencies_of(passage.country or "CN")
        part = _PART_MARK.fullmatch(passage.text, other.end, draft.start) or _OF_IT.match(passage.text, draft.end)
        if unit[:3] not in own and part is None:
            unit, words = "unknown", f"the currency of {other.token.text} reaches no other statement"
    _take(draft, unit or "unknown", words)


_PART_MARK = re.compile(
    r"[^;；]*?(?:\bof (?:which|it|this|that|these|them)\b|\bincluding\b|\bcompris\w+\b|其中|包括|[:：(（])[^;；]*",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\s*of (?:which|it|this|that|these|them)\b", re.IGNORECASE)
# verbs of money behind whoever gave it: 群众自筹300万
_RAISED = rarely(
    r"(?:自筹|筹集|筹措|筹资|出资|投资|投入|捐资|捐款|捐赠|贷款|拨付|下拨|拨款|补助|补贴|配套|支出|资金|经费)[约近达共了计]{0,2}$"
)


_OWN_SUBJECT = re.compile(
    r"(?:\s*[^\W\d][\w’'-]*){1,8}?"
    r"\s+(?:(?:was|were|is|are|stood|came|amounted|totall?ed|reached|numbered)"
    r"|[a-z]{2,}(?:ed|ew|ose|ell)(?= (?:to|at|by) ))\s+"
    r"(?:(?:at|to|by|about|some|nearly)\s+)*"
)
# subjects that speak of what the sentence before has told
_SAME_AGAIN = re.compile(
    r"\b(?:it|they|that|this|these|those|which|total|number|figure|sum|rest|remainder|balance|amount|count|value|same"
    r"|second|latter|others?|increase|decrease|rise|fall|drop|gain|growth|decline|reduction|change|difference)\b",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(r"[^,;.:\d]{0,40}?,? of whom\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\s*(?:(who)|which|that)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:of|among|out of) (?:the |all |these |those )?(?:about |some )?$", re.IGNORECASE)
_AND_SO_MANY = re.compile(r"(?:\b(?:and|but|while)|[,;])\s*$", re.IGNORECASE)
_DO = re.compile(r"\s*(?:had|have|has|were|was|are|did|do|could|went|got)\b", re.IGNORECASE)
# "Br 2.1 billion", behind a word and not at the beginning of a sentence
_LETTERS = re.compile(
    r"(?<=[a-z] )((?!(?:In|Of|The|By|To|An?|It|At|On|As|Or|And|Its|For|All|But|Our|Now|Up)\b)[A-Z][A-Za-z]{0,2})\.? ?$"
)
_IN_MONEY = re.compile(
    r" (?:in|of|as|worth of) (?:[a-z]+ )?(?:loans?|credits?|grants?|funds|funding|aid|subsid(?:y|ies)|compensation"
    r"|revenues?|taxes|bonds|cash|payments?|investments?|deposits|savings|debts?|arrears|wages|benefits|insurance)\b",
    re.IGNORECASE,
)
# "the existing 13 exclusion criteria have been revised to 10"
_REVISED = re.compile(r"[^,;.:\d]{0,60}\b(?:to|from|of which|against|than) (?:only |about )?", re.IGNORECASE)
_COPULA = re.compile(r" (?:are|were|is|was|have been|had been) (?=[a-z])")
_WHILE = re.compile(r"\b(?:while|whereas|but)\s+$")
_OWN_NOUN = re.compile(r" ([a-z]+) ([a-z]+)\b")


def _is_own_noun(draft: Draft, passage: Passage) -> bool:
    """Whether two words that are no verb and join nothing stand behind a number: "13 exclusion criteria have been"."""
    index = passage.words.index_from(draft.token.end)
    pair = passage.words.forms[index : index + 2]
    return not any(
        form in lexicon().words.boundaries or form.endswith(("ed", "ing", "ly", "ere")) or form in _NO_NOUN
        for form in pair
    )


def _is_plural(draft: Draft, passage: Passage) -> bool:
    """Whether the word behind a number is a plural noun; a verb behind so many would have no s."""
    word = passage.words.forms[passage.words.index_from(draft.token.end)]
    return draft.token.value != 1 and word not in lexicon().words.boundaries and word not in _NO_PLURAL


_OWN_PLURAL = re.compile(r" [a-z]{2,}(?<!s)s\b(?! of (?:which|these|those|them))")
_NO_PLURAL = frozenset(
    {"was", "has", "is", "does", "this", "its", "his", "thus", "plus", "less", "as", "us", "others", "times", "ones"}
    | {
        "always",
        "perhaps",
        "besides",
        "towards",
        "afterwards",
        "nevertheless",
        "minus",
        "versus",
        "thousands",
        "millions",
    }
    | {"points", "pence", "percents", "sometimes", "across", "overseas", "upwards", "downwards", "onwards"}
)
_NO_NOUN = frozenset({"more", "fewer", "less", "such", "other", "percent", "per", "cent", "new", "only", "now"})
_DETERMINED = re.compile(r"\s*(?:and |while |but )?(?:the|those|its|their)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bnumber of\b|人数|数量", re.IGNORECASE)


def _nouns(passage: Passage, start: int, end: int, *, big: bool) -> list[str]:
    """Units of what a stretch speaks of; by the million only what there are as many of."""
    units = [unit for unit in nouns_told(passage, start, end) if unit not in _NOTHING_COUNTED]
    return [unit for unit in units if (unit in _MANY if big else not is_money(unit))]


def _of_them(draft: Draft, earlier: list[Draft], comma: int, passage: Passage) -> str:
    """What "of them" and "of which" behind a number mean: "central units, 52 of them", "589 updates, 301 of which"."""
    if passage.text[comma - 1 : comma] == "," and not passage.text[comma : draft.start].strip():
        clause = passage.clause(draft.before, comma - 1, ".;,")
        named = passage.phrases_within(clause, comma)
        if named and named[-1][1] == comma - 1 and named[-1][2].unit not in _NOTHING_COUNTED:
            return named[-1][2].unit
        before = [other for other in earlier if other.sentence == draft.sentence and not other.is_ratio]
        if before and before[-1].unit:
            return before[-1].unit
    counted = [other.unit for other in earlier if _is_count(other) and _in_paragraph(other, draft, passage.text)]
    return counted[-1] if counted else ""


def _behind_bracket(text: str, position: int) -> int:
    """Behind the brackets that follow a number: "301,480 (51.18%) of which"."""
    bracket = _SHARE_BEHIND.match(text, position)
    return bracket.end() if bracket else position


_SHARE_BEHIND = re.compile(r"\s?[(（][\d.,]{1,8}\s?[%％][)）]")


def _listed(draft: Draft, plain: list[Draft], passage: Passage) -> str:
    """What the words before a colon say that its list counts: what they name first, or in a sentence its object."""
    tree = passage.tree
    colon = tree.colon(draft.start, tree.statement(draft.start, draft.end, draft.sentence))
    if colon is None:
        return ""
    start = passage.clause(draft.sentence[0], colon, ",;，；。")
    counted = [other for other in plain if start <= other.start < colon and _is_count(other)]
    free = [other for other in counted if not _GOVERNED.search(passage.text, max(other.start - 30, 0), other.start)]
    if free:
        return free[-1].unit
    told = _nouns(passage, start, colon, big=False)
    return told[-1 if _VERB.search(passage.text, start, colon) else 0] if told else ""


_GOVERNED = re.compile(
    r"\b(?:in|at|by|within|across|through)\s+(?:all |the |about |nearly |over |some )*$", re.IGNORECASE
)
_VERB = re.compile(r"\b(?:has|have|had|[a-z]{2,}ed) (?!(?:by|in|with|for|from|to|on|at)\b)|有", re.IGNORECASE)


def _ends_in_plural(words: str) -> bool:
    """Whether a clause ends in a plural right before the number ("carpet weaving points 64")."""
    last = re.search(r"\b[a-z]+\s+([a-z]{3,}s)\s*$", words, re.IGNORECASE)
    return last is not None and not last.group(1).lower().endswith(("ss", "us", "is", "was", "has"))


def _is_count(draft: Draft) -> bool:
    return draft.unit not in _NOTHING_COUNTED and not is_money(draft.unit) and draft.unit not in physical_units()


def _in_paragraph(other: Draft, draft: Draft, text: str) -> bool:
    """Whether an earlier figure stands in the same paragraph and near enough to be gone on with."""
    return (
        other.section == draft.section and draft.start - other.end < 300 and "\n" not in text[other.end : draft.start]
    )


def _take(draft: Draft, unit: str, words: str) -> None:
    if draft.no_noun and draft.noun == "个" and unit in _OWN_COUNTER:
        return  # 建成1189个 counts no persons
    if draft.scale == 1 and "." in draft.token.text and unit in _WHOLE:
        return  # nobody is counted by the tenth: "the coefficient was 0.46"
    draft.unit, draft.decided["unit"] = unit, words
