"""Which figures are parts of which: lists behind "of which", in brackets, behind a colon, and amounts that add up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipelines.figures.draft import Draft
from pipelines.figures.intervals import Bounds, bounds
from pipelines.figures.lexicon import lexicon
from pipelines.figures.passage import Passage
from pipelines.figures.signs import OF_THEM, YEAR
from pipelines.figures.subjects import own_words
from pipelines.figures.tree import Scope, Stretch

_REACH = 40  # figures among which the parts of one whole are looked for
_NEAR = 4  # amounts before a list that may be its whole
_SHORT = 12  # letters between an amount and the brackets that break it down
_NARROW = 200  # sums are told from chance where they are at least this many times as large as their slack
_LEAST_DIGITS = 3
_FEW = 3  # members of an axis of which two claim to be all that counts; givers are more
_COMPARED = re.compile(
    r"(?:\b(?:below|above|against|short of|than)\s+(?:the\s+)?(?:US|RMB)?[$¥]?\s*|[低高少多]于|上年同期(?:分别)?为?)$",
    re.IGNORECASE,
)
# brackets that hold an earlier value: "37.8万人（年初58.4万人）", "95 million (80 million in 2011)"
_EARLIER = re.compile(
    r"\s*(?:年初|上年|去年|[^，。；\d]{0,4}同期|last year|(?:the )?(?:year before|previous)"
    r"|(?:in )?(?:19|20)\d\d\s*[:：年])"
    r"|[^,;]{0,24}\b(?:in (?:19|20)\d\d|last year|a year (?:before|earlier))\s*$",
    re.IGNORECASE,
)
_AMOUNTS = ("level", "target")
_ANOTHER = re.compile(r"[,;，；]\s*(?:and|while|but)\b|[;；]")
_MARK = re.compile(r"[,;:()，；：（）。、]")
_OF = re.compile(
    r"[\s,;，；。]*(?:out )?of\s+(?:(?:the|a|an|its|their|our|these|those|all)\s+)?[^,;，；]*", re.IGNORECASE
)
_OF_THE = re.compile(
    r"\s*(?:out\s+)?of\s+(?:(?:the|its|their|all|these|those)\s+)+(?:total\s+(?:of\s+)?)?", re.IGNORECASE
)
_AMONG_ZH = re.compile(r"[^，。；、\d]{0,6}(?:中|当中|里)[，,]?(?:有|共有|已有|已)?")
_NEGATED = re.compile(r"(?:不|未|\bnot\s|\bwithout\s|\bexcluding\s)$", re.IGNORECASE)
_SPLIT = re.compile(  # "By island group, …", "分地区看，…", "按来源分：…"
    r"(?:By|Broken down by|Split by|Divided by)\s+[A-Za-z ]{3,40}[,:]"
    r"|(?:其中)?[，,]?(?:按|分|从)[^，。；：\d]{1,8}(?:看|分|划分|统计|计)?[，：]"
)
_NET = re.compile(r"\bnet\b|净", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Opener:
    """What begins a list of parts.

    Attributes:
        start: where the sign of it stands: a word, a bracket, a colon, or an amount that is told to be a part.
        end: one past that sign.
        bracket: the brackets whose content is the list, or that the list stands in; None outside of brackets.
        kind: "word", "bracket", "colon" or "amount".
    """

    start: int
    end: int
    bracket: Stretch | None
    kind: str


@dataclass(slots=True)
class _List:
    """A whole with its parts in order."""

    whole: Draft
    parts: list[Draft]
    opener: _Opener | None
    words: str


class Parts:
    """The figures of one text with their scopes, as parts are looked for."""

    def __init__(self, drafts: Sequence[Draft], scopes: Sequence[Scope], passage: Passage) -> None:
        self.drafts, self.scopes, self.passage, self.text = drafts, scopes, passage, passage.text
        self.tree = passage.tree
        self.scope = {id(draft): scope for draft, scope in zip(drafts, scopes, strict=True)}
        self.starts = [draft.start for draft in drafts]
        self.axes: Counter[int] = Counter()
        self.marks = {id(drafts[index]) for index in range(len(drafts)) if self._is_mark(index)}

    def link(self) -> None:
        """Points every part to its whole."""
        first = 0
        for index in range(1, len(self.drafts) + 1):
            if index == len(self.drafts) or self.drafts[index].sentence != self.drafts[first].sentence:
                for begin in range(first, index, _REACH):
                    self._sentence(
                        self.drafts[begin : min(begin + _REACH, index)], self.drafts[max(first - _REACH, 0) : first]
                    )
                first = index

    def _is_mark(self, index: int) -> bool:
        """Whether an amount is one that the one before it has passed or is held against ("8 below the 201 million")."""
        draft, text = self.drafts[index], self.text
        if index and _COMPARED.search(text, max(draft.sentence[0], draft.start - 24), draft.start):
            return any(
                o.sentence == draft.sentence and o.unit == draft.unit for o in self.drafts[max(index - 3, 0) : index]
            )
        if text[draft.start - 1 : draft.start] == "均":
            return True  # 户均4.3人 is a mean, and no whole
        if draft.qualifier not in ("more_than", "at_least") or _digits(draft.token.value) > 2:
            return False
        for other in reversed(self.drafts[max(index - 3, 0) : index]):
            if other.sentence != draft.sentence:
                return False
            if other.role == draft.role and other.unit == draft.unit:
                low, value = draft.token.value * draft.scale, other.token.value * other.scale
                alone = not own_words(text[self.scope[id(draft)].clause[0] : draft.start])
                return alone and low <= value <= low * Decimal("1.5")
            if other.role in _AMOUNTS:
                return False
        return False

    # ---------------------------------------------------------------------------------- lists with a sign

    def _sentence(self, group: Sequence[Draft], earlier: Sequence[Draft]) -> None:
        found: list[_List] = []
        for opener in sorted(self._openers(group), key=lambda opener: opener.start, reverse=True):
            found += self._lists(opener, group, earlier)
        for one in found:
            self._attach(one)
        for one in self._unmarked(group, earlier):
            self._attach(one)

    def _openers(self, group: Sequence[Draft]) -> Iterator[_Opener]:
        start, end = group[0].sentence[0], group[-1].end
        signs = [hit for kind in ("part", "of_this", "complete") for hit in self.passage.cues[kind].within(start, end)]
        taken: set[int] = set()
        for draft in group:
            behind = None
            for end in dict.fromkeys((draft.end, draft.token.end)):
                if self.text[end : end + _SHORT].lstrip()[:2].lower() == "of":
                    behind = behind or OF_THEM.match(self.text, end)
            hit = self.passage.begins_at("of_this", draft.end)
            if behind or hit:
                reach = max(
                    found.end() if isinstance(found, re.Match) else found.end for found in (behind, hit) if found
                )
                taken |= {sign.start for sign in signs if draft.end <= sign.start < reach}
                yield _Opener(draft.start, draft.start, self.tree.bracket(draft.start), "amount")
        for sign in signs:
            opens = (
                "of_this" not in sign.payload
                or not self.text[start : sign.start].strip()
                or self.text[max(0, sign.start - _SHORT) : sign.start].rstrip()[-1:] in ",;，；:："
            )
            if sign.start in taken or not opens or _NEGATED.search(self.text, max(start, sign.start - 12), sign.start):
                continue
            yield _Opener(sign.start, sign.end, self.tree.bracket(sign.start), "word")
        split = _SPLIT.match(self.text, start)
        if split is not None and split.end() <= group[0].start:
            yield _Opener(start, split.end(), None, "word")
        scopes = [self.scope[id(draft)] for draft in group]
        for bracket in dict.fromkeys(scope.bracket for scope in scopes):
            if bracket is None or bracket[0] < start or _EARLIER.match(self.text, bracket[0] + 1, bracket[1]):
                continue
            yield _Opener(bracket[0], bracket[0] + 1, bracket, "bracket")
        for colon in dict.fromkeys(scope.colon for scope in scopes):
            if colon is not None and self.passage.ends_at("part", colon) is None:
                yield _Opener(colon, colon + 1, self.tree.bracket(colon), "colon")

    def _lists(self, opener: _Opener, group: Sequence[Draft], earlier: Sequence[Draft]) -> list[_List]:
        """The lists that one sign begins: one for each unit of which a whole stands before it."""
        inside = [
            draft
            for draft in group
            if draft.start >= opener.end
            and draft.parent is None
            and draft.role in _AMOUNTS
            and id(draft) not in self.marks
            and self.scope[id(draft)].bracket == opener.bracket
        ]
        found: list[_List] = []
        for unit in list(dict.fromkeys(draft.unit for draft in inside))[:3]:
            alike = [draft for draft in inside if draft.unit == unit or draft.no_noun]
            whole = self._whole(opener, alike[0], group, earlier)
            if whole is None:
                continue
            alike = [draft for draft in alike if draft.role == alike[0].role]
            whole = self._that_fits(whole, alike, [*earlier, *group])
            parts = self._reached(opener, whole, alike)
            beyond = [part for part in parts if _exceeds(part, whole)]
            if parts and (
                len(beyond) == len(parts) > 1 or (opener.kind in ("amount", "bracket") and parts[0] in beyond)
            ):
                continue  # "198 groups, 1,148 of whom": they are part of something else
            if parts:
                words = self.text[opener.start : opener.end] if opener.kind != "amount" else "of this"
                found.append(_List(whole, parts, opener, words))
                for part in parts:
                    part.parent = whole  # so that a list around this one passes it over
            if opener.kind != "word":
                break
        return found

    def _whole(self, opener: _Opener, part: Draft, group: Sequence[Draft], earlier: Sequence[Draft]) -> Draft | None:
        """The amount before a sign that the parts behind it break down."""
        before = [draft for draft in group if draft.start < opener.start]
        if opener.kind == "bracket":
            near = before[-1] if before else None
            aside = near is None or _MARK.search(self.text, near.end, opener.start) or opener.start - near.end > _SHORT
            if (
                aside
                or near is None
                or not self._can_hold(near, part)
                or YEAR.search(self.text, opener.start, part.start)
            ):
                return None
            return near
        around = self.tree.bracket(opener.start)
        visible = [draft for draft in before if self._visible(draft, opener.start)]
        wholes = [draft for draft in visible if self._can_hold(draft, part)]
        statement = self.tree.statement(opener.start, opener.end, part.sentence)
        if around is not None and not any(draft.start > around[0] for draft in wholes):
            # the whole stands before the bracket: "56 households (of which: 31 of mud, 25 in caves)"
            outside = [draft for draft in before if draft.start < around[0]][-1:]
            return (
                outside[0]
                if outside and self._can_hold(outside[0], part) and around[0] - outside[0].end < _SHORT
                else None
            )
        opens = not self.text[statement[0] : opener.start].strip(" \"“'")
        if not opens or any(draft.start >= statement[0] for draft in visible):
            wholes = [draft for draft in wholes if draft.start >= statement[0] or opener.kind == "amount"]
        if not wholes:
            at_start = not self.text[part.sentence[0] : opener.start].strip(" \"“'")
            return self._before_sentence(part, earlier) if opener.kind == "word" and at_start else None
        levels = [draft for draft in wholes if draft.role != "change"]
        whole = (levels or wholes)[-1]
        larger = [draft for draft in levels if not _exceeds(part, draft)]
        if levels and larger and _exceeds(part, whole):
            whole = larger[-1]
        if self._another_statement(whole, opener.start, before):
            return None
        if opener.kind == "colon" and not self._leads_to(whole, opener.start):
            return None
        if opener.kind == "amount" and whole.parent is not None and whole.parent in wholes:
            return whole.parent
        return whole

    def _that_fits(self, whole: Draft, alike: Sequence[Draft], drafts: Sequence[Draft]) -> Draft:
        """The nearest amount before a list, or an earlier one near it that the list adds up to to the digit."""
        if _adding(whole, alike):
            return whole
        near = [
            d for d in drafts if d.start < whole.start and d.section == whole.section and self._can_hold(d, alike[0])
        ][-_NEAR:]
        exact = (
            d
            for d in near[::-1]
            if (n := _adding(d, alike)) and sum((_value(p) for p in alike[:n]), Decimal(0)) == _value(d)
        )
        return next(exact, whole)

    def _visible(self, draft: Draft, position: int) -> bool:
        around = self.scope[id(draft)].bracket
        return around is None or around[0] < position <= around[1]

    def _can_hold(self, whole: Draft, part: Draft) -> bool:
        if whole.unit != part.unit or id(whole) in self.marks or whole.link == "previous_of":
            return False
        return whole.role == part.role or (whole.role == "change" and part.role == "level")

    def _before_sentence(self, part: Draft, earlier: Sequence[Draft]) -> Draft | None:
        """The last amount of the sentence before, in the same paragraph, that is itself no part."""
        if not earlier or earlier[-1].section != part.section:
            return None
        last = earlier[-1].sentence
        if self.text[last[1] : part.sentence[0]].strip() or "\n" in self.text[last[1] : part.sentence[0]]:
            return None
        wholes = [draft for draft in earlier if draft.sentence == last and self._can_hold(draft, part)]
        wholes = [draft for draft in wholes if draft.link != "part_of" and self.scope[id(draft)].bracket is None]
        wholes = [draft for draft in wholes if draft.role != "change"]
        return wholes[-1] if wholes else None

    def _another_statement(self, whole: Draft, position: int, before: Sequence[Draft]) -> bool:
        """Whether a statement about something else stands between a whole and the sign of its parts."""
        between = [
            d
            for d in before
            if d.start >= whole.end and d.is_level and d.unit != whole.unit and self._visible(d, position)
        ]
        return bool(between) and _ANOTHER.search(self.text, whole.end, between[-1].start) is not None

    def _leads_to(self, whole: Draft, colon: int) -> bool:
        """Whether nothing but statements about a whole stands between it and a colon."""
        behind = [draft for draft in self.drafts_between(whole.end, colon) if draft.role in _AMOUNTS]
        last = max([whole.end, *(draft.end for draft in self.drafts_between(whole.end, colon))])
        plain = self.passage.first("complete", last, colon) or self.passage.first("part", last, colon)
        return not behind and (plain is not None or not _MARK.search(self.text, last, colon))

    def drafts_between(self, start: int, end: int) -> list[Draft]:
        """The figures that begin between two places."""
        return list(self.drafts[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def _reached(self, opener: _Opener, whole: Draft, alike: Sequence[Draft]) -> list[Draft]:
        """The amounts behind a sign that are its list: what adds up, else what its statement holds and goes on with."""
        if opener.bracket is not None:
            inside = [draft for draft in alike if draft.end <= opener.bracket[1]]
            return self._chosen(whole, [inside], opener)
        return self._chosen(whole, self._by_statement(alike), opener)

    def _by_statement(self, drafts: Sequence[Draft]) -> list[list[Draft]]:
        found: list[list[Draft]] = []
        for draft in drafts:
            if found and self.scope[id(found[-1][-1])].statement == self.scope[id(draft)].statement:
                found[-1].append(draft)
            else:
                found.append([draft])
        return found

    def _chosen(self, whole: Draft, statements: list[list[Draft]], opener: _Opener) -> list[Draft]:
        if not statements or not statements[0]:
            return []
        opened = self.scope[id(statements[0][0])].statement
        if opener.bracket is None and not opened[0] <= opener.start < opened[1] and opener.kind != "amount":
            return []  # "… , of which:" and the list in another statement
        everything = [draft for statement in statements for draft in statement]
        if count := _adding(whole, everything):
            return everything[:count]
        first, *others = statements
        parts = self._of_statement(whole, first)
        for statement in others:
            names = self._member(statement[0])
            goes_on = names is not None and any(_same_axis(names, self._member(part)) for part in parts)
            by_semicolons = len(first) == 1 and (
                opener.kind == "colon"
                or self.text[: first[0].start].rfind(":", opener.end) >= 0
                or "：" in self.text[opener.start : first[0].start]
            )
            if not (goes_on or (by_semicolons and not _exceeds_together([*parts, statement[0]], whole))):
                break
            if _reaches(whole, parts):
                break
            parts += self._of_statement(whole, statement) if goes_on else statement[:1]
        return parts

    def _of_statement(self, whole: Draft, drafts: Sequence[Draft]) -> list[Draft]:
        """What of one statement goes on with a list; what does not look like it only as far as the whole holds it."""
        parts = [drafts[0]]
        names, shape = self._member(drafts[0]), self._labelled(drafts[0])
        for draft in drafts[1:]:
            if self.passage.last("draws", self.scope[id(draft)].clause[0], draft.start) is not None:
                break  # 带动, 累计: what came of it, or what there is in all
            alike = _same_axis(names, self._member(draft)) if names is not None else self._labelled(draft) == shape
            if not alike and _exceeds_together([*parts, draft], whole):
                break
            parts.append(draft)
        return parts

    def _labelled(self, draft: Draft) -> bool:
        """Whether words stand before an amount in its clause, so that they say what it is."""
        scope = self.scope[id(draft)]
        stretch = self.text[max(scope.clause[0], scope.before) : draft.start]
        marker = self.passage.last("part", max(scope.clause[0], scope.before), draft.start)
        if marker is not None:
            stretch = self.text[marker.end : draft.start]
        return bool(own_words(stretch))

    # ------------------------------------------------------------------------------- lists without a sign

    def _unmarked(self, group: Sequence[Draft], earlier: Sequence[Draft]) -> Iterator[_List]:
        """Amounts right behind another one that add up to it; a second breakdown of a whole that has one."""
        for near, part in pairwise(group):
            # such as "28 of the 40 villages", "40个村中有28个", "of 27 million people, 14 million", "占45.6万人的7.5%"
            if part.role != near.role or part.role not in _AMOUNTS or not self._of_one_unit(near, part):
                continue
            between = self.text[near.end : part.start]
            if (
                near.parent is None
                and (_OF_THE.fullmatch(between) or self._is_base(near, part))
                and not _exceeds(near, part)
            ):
                yield _List(part, [near], None, between)
            elif part.parent is None and _AMONG_ZH.fullmatch(between) and not _exceeds(part, near):
                yield _List(near, [part], None, between)
            elif part.parent is None and self._begins_with_of(near, part) and not _exceeds(part, near):
                opener = _Opener(near.end, near.end, self.scope[id(near)].bracket, "amount")
                alike = [d for d in self._run(near, group[group.index(part) :]) if self._of_one_unit(near, d)]
                yield _List(near, self._chosen(near, self._by_statement(alike), opener), opener, "of")
        for index, whole in enumerate(group):
            if whole.role not in _AMOUNTS or not whole.unit or id(whole) in self.marks:
                continue
            if not any(d.unit == whole.unit and d.role == whole.role and d is not whole for d in group):
                continue
            held = [draft for draft in group if draft.parent is whole and draft.link == "part_of"]
            behind = self._run(
                whole, group[index + 1 :] if not held else [d for d in group if d.start > held[-1].start]
            )
            yield from self._adding_up(whole, behind, bool(held))
            if not held and whole.parent is None and self._is_total(whole):
                run = self._run(whole, [d for d in group[:index] if d.start >= self.scope[id(whole)].statement[0]])
                count = _adding(whole, run[::-1]) or (
                    len(run) if all("source" in (self._member(d) or {}) for d in run) else 0
                )
                if len(run) > 1 and count:
                    yield _List(whole, run[-count:], None, "together")
        if earlier and group[0].sentence[0] > 0:
            last = self._before_sentence(group[0], earlier) if group[0].role in _AMOUNTS else None
            if last is not None and not any(d.parent is last for d in self.drafts_between(last.start, group[0].start)):
                yield from self._adding_up(last, self._run(last, group), False)

    def _is_total(self, whole: Draft) -> bool:
        """Whether a word calls an amount the total of those before it: "共计6亿元", "600 million yuan in all"."""
        scope = self.scope[id(whole)]
        sign = self.passage.ends_at("total", whole.start)
        alone = sign is not None and not own_words(self.text[max(scope.clause[0], scope.before) : sign.start])
        return alone or self.passage.begins_at("total", whole.end) is not None

    def _of_one_unit(self, whole: Draft, part: Draft) -> bool:
        return whole.unit == part.unit or (bool(whole.unit) and part.no_noun)

    def _is_base(self, part: Draft, whole: Draft) -> bool:
        """Whether a share says which whole it is of: "3.42万人，占农村人口45.6万人的7.5%"."""
        share = self.passage.last("share", part.end, whole.start)
        if share is None or _MARK.search(self.text, share.end, whole.start):
            return False
        following = self.drafts_between(whole.end, whole.end + 6)
        return bool(following) and following[0].is_ratio and self.text[whole.end : following[0].start].strip() == "的"

    def _begins_with_of(self, whole: Draft, part: Draft) -> bool:
        scope = self.scope[id(whole)]
        return (
            _OF.fullmatch(self.text, scope.clause[0], whole.start) is not None
            and part.start - whole.end < 6 * _SHORT
            and not re.search(r"[;；:：]", self.text[whole.end : part.start])
        )

    def _run(self, whole: Draft, drafts: Sequence[Draft]) -> list[Draft]:
        return [
            draft
            for draft in drafts
            if draft.unit == whole.unit
            and draft.role == whole.role
            and id(draft) not in self.marks
            and draft.sentence == drafts[0].sentence
            and draft is not whole
            and draft.parent is None
            and self.scope[id(draft)].bracket == self.scope[id(drafts[0])].bracket
        ]

    def _adding_up(self, whole: Draft, run: Sequence[Draft], again: bool) -> Iterator[_List]:
        if again and len(run) > 1:
            statement = self._by_statement(run)[0]
            names = [self._member(draft) for draft in statement]
            if any(self._make_up(axis, names) for axis in {name for found in names for name in (found or {})}):
                yield _List(whole, statement, None, "another breakdown of")
                return
        if not again and (self._are_givers(whole, run) or self._shares_make_all(whole, run)):
            yield _List(whole, list(run), None, "together")
            return
        parts = list(run[: _adding(whole, run)])
        if (
            parts
            and _NET.search(self.text, parts[-1].before, parts[-1].start) is None
            and (again or _is_telling(whole, parts))
        ):
            yield _List(whole, parts, None, "adds up to")

    def _are_givers(self, whole: Draft, run: Sequence[Draft]) -> bool:
        """Whether each amount names a giver of its own, and the whole names none."""
        if len(run) < _FEW:
            return False
        givers = [(self._member(draft) or {}).get("source") for draft in run]
        return None not in givers and len(set(givers)) == len(givers) and self._gives_none(whole)

    def _shares_make_all(self, whole: Draft, run: Sequence[Draft]) -> bool:
        """Whether each amount prints its share right behind it, and the shares are 100 per cent together."""
        if len(run) < 2:
            return False
        shares = [next(iter(self.drafts_between(draft.end, draft.end + _SHORT)), None) for draft in run]
        known = [
            share
            for share in shares
            if share is not None and share.unit == "%" and share.role in ("share_pct", "rate_pct")
        ]
        together = sum((share.token.value for share in known), Decimal(0))
        make_all = len(known) == len(run) and abs(together - 100) * 10 <= len(run)
        return make_all and not any(_exceeds(draft, whole) for draft in run)

    def _gives_none(self, whole: Draft) -> bool:
        """Whether an amount names no giver itself, so that those behind it can be its givers."""
        return "source" not in (self._member(whole) or {})

    # ----------------------------------------------------------------------------------- what lists claim

    def _attach(self, one: _List) -> None:
        self.axes[id(one.whole)] += 1
        axis = str(self.axes[id(one.whole)])
        claim = self._claim(one)
        for part in one.parts:
            part.parent, part.link, part.axis = one.whole, "part_of", axis
            if part.no_noun:
                part.unit = one.whole.unit
            part.decided["parent"] = f"{one.words.strip()} {one.whole.token.text}"
            if claim:
                part.exhaustive, part.decided["axis"] = True, claim

    def _claim(self, one: _List) -> str:
        """Why a list claims to be complete: the axis that it names in full, or its form; empty if it does not."""
        parts = one.parts
        if len(parts) < 2:
            return ""
        names = [self._member(part) for part in parts]
        for axis in dict.fromkeys(name for found in names for name in (found or {})):
            if self._make_up(axis, names) or self._announced(axis, names, one.whole):
                return axis
        if one.opener is None:
            return "list" if one.words == "together" else "sum"
        start = min(one.opener.start, parts[0].start)
        end = self.scope[id(parts[-1])].clause[1]
        if self.passage.cues["remainder"].first(start, end) is not None or _adds_up(one.whole, parts):
            return "sum" if _adds_up(one.whole, parts) else ""
        givers = {found["source"] for found in names if found and "source" in found}
        split = _SPLIT.match(one.words) is not None
        return "list" if len(givers) >= _FEW or split or self._is_plain(one) else ""

    def _is_plain(self, one: _List) -> bool:
        """Whether short labels and amounts follow a colon, a bracket or "that is" right away, and nothing else."""
        opener, parts = one.opener, one.parts
        if opener is None or len(self._by_statement(parts)[0]) < len(parts):
            return False
        if (
            opener.kind not in ("colon", "bracket")
            and self.passage.cues["complete"].first(opener.start, parts[0].start) is None
        ):
            return False
        starts = [opener.end, *(part.end for part in parts)]
        labels = [self.text[start : part.start].strip(" ,，、") for start, part in zip(starts, parts, strict=False)]
        short = all(len(label) < (_SHORT if _is_chinese(label) else 4 * _SHORT) for label in labels)
        return (
            short
            and not _MARK.search(labels[0])
            and self.passage.last("respectively", one.whole.end, parts[-1].end + 20) is None
        )

    def _make_up(self, axis: str, names: Sequence[dict[str, int] | None]) -> bool:
        """Whether each part names a member of an axis of few, so that together they are all there is."""
        named = [found[axis] for found in names if found and axis in found]
        return len(named) == len(names) and len(set(named)) >= 2 and len(lexicon().words.axes[axis]) <= _FEW

    def _announced(self, axis: str, names: Sequence[dict[str, int] | None], whole: Draft) -> bool:
        """Whether the whole itself names the members that its parts name: "the centre and the province gave …"."""
        named = {found[axis] for found in names if found and axis in found}
        start = self.scope[id(whole)].statement[0]
        told = {hit.payload[1] for hit in self.passage.axes.within(start, whole.start) if hit.payload[0] == axis}
        return len(named) >= 2 and len(named) == len(names) and told == named

    def _member(self, part: Draft) -> dict[str, int] | None:
        """Axis → member that the words of a part name: behind it, right before it, anywhere before it."""
        passage, scope = self.passage, self.scope[id(part)]
        if passage.axes.first(scope.before, scope.after) is None:
            return None
        after = passage.clause_end(part.end, scope.after, ",;，；.。、")
        joined = passage.lower.rfind(" and ", part.end, after)
        after = joined if joined >= 0 and after == scope.after else after
        near = max(
            passage.clause(scope.before, part.start, ",;，；、"), passage.lower.rfind(" and ", scope.before, part.start)
        )
        stretches = [(part.end, after), (near, part.start), (scope.before, part.start)]
        if self._labelled(part):
            stretches = stretches[1:] + stretches[:1]
        found: dict[str, int] = {}
        for start, end in stretches:
            for hit in passage.axes.within(start, end):
                found.setdefault(hit.payload[0], hit.payload[1])
        return found or None


def _is_chinese(words: str) -> bool:
    return any("一" <= character <= "鿿" for character in words)


def _same_axis(names: dict[str, int] | None, others: dict[str, int] | None) -> bool:
    return bool(names and others and names.keys() & others.keys())


def _bounds(draft: Draft) -> Bounds:
    return bounds(draft.token.value, draft.scale, draft.qualifier, draft.unit, draft.token.spread)


def _value(draft: Draft) -> Decimal:
    return draft.token.value * draft.scale


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _exceeds(part: Draft, whole: Draft) -> bool:
    return _bounds(part).low > _bounds(whole).high


def _exceeds_together(parts: Sequence[Draft], whole: Draft) -> bool:
    return sum((_bounds(part).low for part in parts), Decimal(0)) > _bounds(whole).high


def _reaches(whole: Draft, parts: Sequence[Draft]) -> bool:
    return sum((_bounds(part).high for part in parts), Decimal(0)) >= _bounds(whole).low


def _adding(whole: Draft, drafts: Sequence[Draft]) -> int:
    """How many of the first amounts add up to a whole: to the digit, else as many as rounding lets; 0 where none do."""
    together, low, high, fits = Decimal(0), Decimal(0), Decimal(0), 0
    value, stated = _value(whole), _bounds(whole) if len(drafts) > 1 else None
    for count, draft in enumerate(drafts[:_REACH] if stated else (), 1):
        limits = _bounds(draft)
        together, low, high = together + _value(draft), low + limits.low, high + limits.high
        if count > 1 and together == value:
            return count
        if count > 1 and stated and _is_narrow(Bounds(low, high), stated, value, count):
            fits = count
    return fits


def _adds_up(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether amounts add up to another one as printed, or as far as rounding reaches where that is narrow."""
    if sum((_value(part) for part in parts), Decimal(0)) == _value(whole):
        return True
    limits = [_bounds(part) for part in parts]
    low, high = sum((one.low for one in limits), Decimal(0)), sum((one.high for one in limits), Decimal(0))
    return _is_narrow(Bounds(low, high), _bounds(whole), _value(whole), len(parts))


def _is_narrow(together: Bounds, stated: Bounds, value: Decimal, count: int) -> bool:
    """Whether a sum of so many amounts can be a whole, and rounding leaves little room for chance."""
    slack = (together.high - together.low) + (stated.high - stated.low)
    return together.low <= stated.high and together.high >= stated.low and slack * _NARROW <= value * count


def _is_telling(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether a sum is hardly chance: of several digits, right behind, or of three amounts that are not all alike."""
    digits = _digits(_value(whole))
    at_once = digits > 1 and parts[0].start - whole.end < 2 * _SHORT
    return digits >= _LEAST_DIGITS or at_once or (len(parts) > 2 and _value(whole) > len(parts) * 3)
