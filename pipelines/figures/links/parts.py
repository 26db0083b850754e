"""Which figures are parts of which: lists with a sign, and amounts that add up to another one without any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipelines.figures.draft import Draft
from pipelines.figures.links.amounts import adding, exceeds, is_telling, reaches
from pipelines.figures.links.naming import FEW, MARK, SHORT, Opener, PartList
from pipelines.figures.links.opened import AMOUNTS, Opened
from pipelines.figures.text.signs import THE_REST, YEAR
from pipelines.figures.text.subjects import own_words
from pipelines.figures.units.counts import may_count
from pipelines.patterns import SIGN, regex

_REACH = 40  # figures among which the parts of one whole are looked for
_OF = regex(r"[\s,;，；。]*(?:out )?of\s+(?:(?:the|a|an|its|their|our|these|those|all)\s+)?[^,;，；]*", re.IGNORECASE)
_OF_THE = regex(
    r"\s*(?:out\s+)?of\s+(?:(?:the|its|their|all|these|those)\s+)+"
    r"(?:(?:proposed|planned|approved|available|original|budgeted)\s+)?(?:total\s+(?:of\s+)?)?" + SIGN,
    re.IGNORECASE,
)
_AMONG_ZH = regex(r"[^，。；、\d]{0,6}(?:中|当中|里)[，,]?(?:有|共有|已有|已)?")
# what takes up the words of an amount before it: "of the women, 800", 女性中少数民族800人
_OF_NAMED = regex(
    r"[\s,;，；]*(?:and )?(?:(?:of|among) (?:the|these|those) ([a-z]{4,}),? "
    r"|(?!其)([一-鿿]{2,6}?)(?:当中|中(?![旗心学央小部期国医职专型])))",
    re.IGNORECASE,
)
_THESE = regex(r"\s*of (?:these|those)\b(?!\s+\d)", re.IGNORECASE)
_NET = regex(r"\bnet\b|净", re.IGNORECASE)
_NOUN = 2  # letters of the noun that heads a Chinese label
_ALL_CHINESE = regex(r"[一-鿿]{2}")


def _is_near(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether amounts that no sign joins to a whole come to more than half of it, and less than twice as much."""
    sums = sum(abs(part.token.value * part.scale) for part in parts), abs(whole.token.value * whole.scale)
    return max(sums) < 2 * min(sums)


class Parts(Opened):
    """The figures of one text, as parts are pointed to their wholes."""

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

    def _sentence(self, group: Sequence[Draft], earlier: Sequence[Draft]) -> None:
        for one in self._of_named(group):
            self._attach(one)
        found: list[PartList] = []
        for opener in sorted(self._openers(group), key=lambda opener: opener.start, reverse=True):
            found += self._lists(opener, group, earlier)
        for one in (*found, *self._of_these(group)):
            self._attach(one)
        for one in self._unmarked(group, earlier):
            self._attach(one)

    def _of_named(self, group: Sequence[Draft]) -> Iterator[PartList]:
        """Parts of an amount that is named again: "2,100 were women; of the women, 800 …", 其中女性2100人，女性中…."""
        for index, part in enumerate(group[1:], 1):
            start = self.scope[id(part)].before
            said = any(self.text.find(sign, start, part.start) >= 0 for sign in ("中", "of th", "mong th"))
            again = _OF_NAMED.match(self.text, start, part.start) if said and part.role in AMOUNTS else None
            if again is None:
                continue
            words = (again.group(1) or again.group(2)).lower()
            for whole in reversed(group[:index]):
                label = self.scope[id(whole)]
                lead = self.passage.lower[max(label.clause[0], label.before) : whole.start]
                behind = self.passage.lower[whole.token.end : min(label.clause[1], label.after, again.start())]
                named = lead.endswith(words) if again.group(2) else words in behind
                if whole.role == part.role and self._of_one_unit(whole, part) and named:
                    yield PartList(whole, [part], None, again.group())
                    break

    def _of_these(self, group: Sequence[Draft]) -> Iterator[PartList]:
        """Parts of the amount right before them: "of whom 3,900 were poor, 2,000 of these women"."""
        for near, part in pairwise(group):
            behind = _THESE.match(self.text, part.token.end)
            if behind and near.role == part.role and self._of_one_unit(near, part) and not exceeds(part, near):
                yield PartList(near, [part], None, behind.group())

    def _attach(self, one: PartList) -> None:
        self.axes[id(one.whole)] += 1
        axis = str(self.axes[id(one.whole)])
        claim = self._claim(one)
        for part in one.parts:
            part.parent, part.link, part.axis = one.whole, "part_of", axis
            if may_count(part, one.whole.unit):
                part.unit = one.whole.unit
            part.decided["parent"] = f"{one.words.strip()} {one.whole.token.text}"
            if claim:
                part.exhaustive, part.decided["axis"] = True, claim

    def _unmarked(self, group: Sequence[Draft], earlier: Sequence[Draft]) -> Iterator[PartList]:
        """Amounts right behind another one that add up to it; a second breakdown of a whole that has one."""
        for near, part in pairwise(group):
            # such as "28 of the 40 villages", "40个村中有28个", "of 27 million people, 14 million", "占45.6万人的7.5%"
            if part.role != near.role or part.role not in AMOUNTS or not self._of_one_unit(near, part):
                continue
            between = self.text[near.end : part.start]
            if (
                near.parent is None
                and (_OF_THE.fullmatch(between) or self._is_base(near, part))
                and not exceeds(near, part)
            ):
                yield PartList(part, [near], None, between)
            elif part.parent is None and _AMONG_ZH.fullmatch(between) and not exceeds(part, near):
                yield PartList(near, [part], None, between)
            elif part.parent is None and self._begins_with_of(near, part) and not exceeds(part, near):
                opener = Opener(near.end, near.end, self.scope[id(near)].bracket, "amount")
                alike = [d for d in self._run(near, group[group.index(part) :]) if self._of_one_unit(near, d)]
                yield PartList(near, self._chosen(near, self._by_statement(alike), opener), opener, "of")
        for index, whole in enumerate(group):
            if whole.role not in AMOUNTS or not whole.unit or id(whole) in self.marks:
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
                count = adding(whole, run[::-1]) or (
                    len(run) if all("source" in (self._member(d) or {}) for d in run) else 0
                )
                if len(run) > 1 and count:
                    yield PartList(whole, run[-count:], None, "together")
        if earlier and group[0].sentence[0] > 0:
            last = self._before_sentence(group[0], earlier) if group[0].role in AMOUNTS else None
            if last is not None and not any(d.parent is last for d in self.drafts_between(last.start, group[0].start)):
                yield from self._adding_up(last, self._run(last, group), False)

    def _is_total(self, whole: Draft) -> bool:
        """Whether a word calls an amount the total of those before it: "共计6亿元", "600 million yuan in all"."""
        scope = self.scope[id(whole)]
        if THE_REST.search(self.text, max(scope.statement[0], scope.before), whole.start):
            return False  # 余下的是贷款和自筹，共71.1亿元
        sign = self.passage.ends_at("total", whole.start)
        alone = sign is not None and not own_words(self.text[max(scope.clause[0], scope.before) : sign.start])
        return alone or self.passage.begins_at("total", whole.end) is not None

    def _of_one_unit(self, whole: Draft, part: Draft) -> bool:
        if whole.unit == part.unit == "other" and whole.noun.isascii() and part.noun.isascii():
            nouns = [{word.rstrip("s") for word in draft.noun.lower().split()} for draft in (whole, part)]
            return not all(nouns) or bool(nouns[0] & nouns[1])  # 4,884 administrators are no part of 111 communes
        return whole.unit == part.unit or may_count(part, whole.unit)

    def _is_base(self, part: Draft, whole: Draft) -> bool:
        """Whether a share says which whole it is of: "3.42万人，占农村人口45.6万人的7.5%"."""
        share = self.passage.last("share", part.end, whole.start)
        if share is None or MARK.search(self.text, share.end, whole.start):
            return False
        following = self.drafts_between(whole.end, whole.end + 6)
        return bool(following) and following[0].is_ratio and self.text[whole.end : following[0].start].strip() == "的"

    def _begins_with_of(self, whole: Draft, part: Draft) -> bool:
        scope = self.scope[id(whole)]
        return (
            _OF.fullmatch(self.text, scope.clause[0], whole.start) is not None
            and part.start - whole.end < 6 * SHORT
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

    def _adding_up(self, whole: Draft, run: Sequence[Draft], again: bool) -> Iterator[PartList]:
        if again and len(run) > 1:
            statement = self._by_statement(run)[0]
            names = [self._member(draft) for draft in statement]
            axes = {name for found in names for name in (found or {})}
            if _is_near(whole, statement) and any(self._make_up(axis, names) for axis in axes):
                yield PartList(whole, statement, None, "another breakdown of")
                return
        if not again and _is_near(whole, run) and (self._are_givers(whole, run) or self._shares_make_all(whole, run)):
            yield PartList(whole, list(run), None, "together")
            return
        if not again and (named := self._naming_all(whole, run)) and _is_near(whole, named):
            yield PartList(whole, named, None, "together")
            return
        parts = list(run[: adding(whole, run)])
        if (
            parts
            and not self._are_of_another_year(whole, parts)
            and _NET.search(self.text, parts[-1].before, parts[-1].start) is None
            and (again or is_telling(whole, parts))
        ):
            yield PartList(whole, parts, None, "adds up to")

    def _are_of_another_year(self, whole: Draft, parts: Sequence[Draft]) -> bool:
        """Whether an amount and one of those behind it are each told of a year of its own."""
        told = [set(YEAR.findall(self.text, draft.before, draft.start)) for draft in (whole, *parts)]
        return bool(told[0]) and any(years and years != told[0] for years in told[1:])

    def _are_givers(self, whole: Draft, run: Sequence[Draft]) -> bool:
        """Whether each amount names a giver of its own, and the whole names none."""
        if len(run) < FEW:
            return False
        givers = [(self._member(draft) or {}).get("source") for draft in run]
        apart = None not in givers and len(set(givers)) == len(givers)
        return apart and self._gives_none(whole) and not self._is_called_like(whole, run)

    def _is_called_like(self, whole: Draft, run: Sequence[Draft]) -> bool:
        """Whether an amount is one of a list by its noun: 车购税补助6.38亿元，自治区补助2.41亿元，自筹1.87亿元."""
        own, *others = (self.text[max(draft.before, draft.start - _NOUN) : draft.start] for draft in (whole, *run))
        return _ALL_CHINESE.fullmatch(own) is not None and own in others

    def _shares_make_all(self, whole: Draft, run: Sequence[Draft]) -> bool:
        """Whether each amount prints its share right behind it, and the shares are 100 per cent together."""
        if len(run) < 2:
            return False
        shares = [next(iter(self.drafts_between(draft.end, draft.end + SHORT)), None) for draft in run]
        known = [
            share
            for share in shares
            if share is not None and share.unit == "%" and share.role in ("share_pct", "rate_pct")
        ]
        together = sum((share.token.value for share in known), Decimal(0))
        make_all = len(known) == len(run) and abs(together - 100) * 10 <= len(run)
        return make_all and not any(exceeds(draft, whole) for draft in run)

    def _naming_all(self, whole: Draft, run: Sequence[Draft]) -> list[Draft]:
        """The first amounts that name the members of an axis and nothing else: "468 pupils; 279 girls, 189 boys"."""
        first = self._member(run[0]) if len(run) > 1 else None
        if first is None:
            return []
        names = [first, *(self._member(draft) for draft in run[1 : FEW + 1])]
        for axis in first:
            seen: set[int] = set()
            for found in names:
                member = found.get(axis) if found else None
                if member is None or member in seen:
                    break
                seen.add(member)
            parts = list(run[: len(seen)])
            if not self._make_up(axis, names[: len(seen)]) or axis in (self._member(whole) or {}):
                continue
            more = len(run) > len(parts) and not reaches(whole, parts)  # others may make up what is left
            if self._says_no_more(parts[0]) and not more and not any(exceeds(part, whole) for part in parts):
                return parts
        return []

    def _says_no_more(self, part: Draft) -> bool:
        """Whether the clause of an amount before it names a member of an axis at most: 女生279人, not 参训女生279人."""
        scope = self.scope[id(part)]
        lead = self.text[max(scope.clause[0], scope.before) : part.start]
        for hit in self.passage.axes.within(max(scope.clause[0], scope.before), part.start):
            lead = lead.replace(self.text[hit.start : hit.end], " ")
        return len(own_words(lead)) <= 1

    def _gives_none(self, whole: Draft) -> bool:
        """Whether an amount names no giver itself, so that those behind it can be its givers."""
        return "source" not in (self._member(whole) or {})
