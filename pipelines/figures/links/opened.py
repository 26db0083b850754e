"""Lists of parts that begin with a sign: "of which", brackets, a colon, or an amount that is told to be a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.figures.draft import Draft
from pipelines.figures.links.amounts import (
    adding,
    adding_but_for_point,
    digits,
    exceed_together,
    exceeds,
    reaches,
    value_of,
)
from pipelines.figures.links.naming import FEW, MARK, SHORT, SPLIT, Naming, Opener, PartList, same_axis
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import OF_THEM, YEAR
from pipelines.figures.text.subjects import own_words
from pipelines.figures.text.tree import Scope
from pipelines.figures.units.counts import may_count
from pipelines.patterns import SIGN, regex

AMOUNTS = ("level", "target")
_NEAR = 4  # amounts before a list that may be its whole
_COMPARED = regex(
    r"(?:\b(?:below|above|against|short of|than|instead of|compared (?:with|to))\s+(?:the\s+)?"
    + SIGN
    + r"|[低高少多]于|上年同期(?:分别)?为?)$",
    re.IGNORECASE,
)
# brackets that hold an earlier value: "37.8万人（年初58.4万人）", "95 million (80 million in 2011)"
_EARLIER = regex(
    r"\s*(?:年初|上年|去年|[^，。；\d]{0,4}同期|last year|(?:the )?(?:year before|previous)"
    r"|(?:in )?(?:FY\s?)?(?:19|20)\d\d(?:[-/–]\d\d)?\s*[:：年])"
    r"|[^,;]{0,24}\b(?:in (?:19|20)\d\d|last year|a year (?:before|earlier))\s*$",
    re.IGNORECASE,
)
# brackets that hold no parts: earlier values, and what is left out
_NO_PARTS = regex(
    rf"{_EARLIER.pattern}|\s*(?:不含|不包括|不计|未含|未包括|未计|除"
    r"|excluding|exclusive of|not counting|not including|without)"
    r"|\s*(?:at )?(?:the )?(?:appraisal|estimated?|plan(?:ned)?|target|budget(?:ed)?|original(?:ly)?|baseline|revised"
    r"|计划|预算|概算|目标|原定?)[^,;，；\d]{0,12}[:：]?" + SIGN + r"\d",
    re.IGNORECASE,
)
_ANOTHER = regex(r"[,;，；]\s*(?:and|while|but)\b|[;；]")
_NEGATED = regex(r"(?:不|未|\bnot\s|\bwithout\s|\bexcluding\s)$", re.IGNORECASE)


# before the sign of a list: nothing, or what takes up the amount of the sentence before
_TAKES_UP = regex(
    r"[\s\"“']*(?:(?:it|this|these|they|(?:this|the|these) (?:total|sum|amount|money|funds?|funding|budget))\s+"
    r"(?:(?:is|was|are|were|has been|have been)\s+)?|(?:其|它们?|(?:这些|上述|该项?)(?:资金|经费|投入|款项)?)[，,]?)?",
    re.IGNORECASE,
)
_IS_A_DAY = regex(r"\s*(?:19|20)\d\d年|\s*(?:in |by )?(?:19|20)\d\d\b")


# 包括…等城市均超过10万人: each of them; 成都3亿元 is a place
_EACH = regex(r"(?:(?<![人户平])均|(?<![成首古])都)(?:已|超|达|为|有|不|实现|高|多|少)[^，。；\d]{0,6}$")
_BESIDES = regex(r"(?:including|inclusive of)\b[^,;.\d]*,", re.IGNORECASE)  # "Including loans, it was 14 billion"
_ASIDE = regex(
    r"[^,;:.\d]{2,48},\s*(?:(?:is|are|was|were|will|has|have|had|came|rose|fell|stood)\b|[a-z]{3,}ed\b)|[^，。；\d]{1,16}在内"
)


class Opened(Naming):
    """The lists of a text that a sign begins."""

    def __init__(self, drafts: Sequence[Draft], scopes: Sequence[Scope], passage: Passage) -> None:
        super().__init__(drafts, scopes, passage)
        self.marks = {id(drafts[index]) for index in range(len(drafts)) if self._is_mark(index)}

    def _is_mark(self, index: int) -> bool:
        """Whether an amount is one that the one before it has passed or is held against ("8 below the 201 million")."""
        draft, text = self.drafts[index], self.text
        if index and _COMPARED.search(text, max(draft.sentence[0], draft.start - 24), draft.start):
            near = [o for o in self.drafts[max(index - 3, 0) : index] if o.sentence == draft.sentence]
            changed = bool(near) and near[-1].role == "change_pct"  # "18.0 per cent above the 71,440 of 2022"
            return changed or any(o.unit == draft.unit for o in near)
        if text[draft.start - 1 : draft.start] == "均":
            return True  # 户均4.3人 is a mean, and no whole
        if draft.qualifier not in ("more_than", "at_least") or digits(draft.token.value) > 2:
            return False
        for other in reversed(self.drafts[max(index - 3, 0) : index]):
            if other.sentence != draft.sentence:
                return False
            if other.role == draft.role and other.unit == draft.unit:
                low, value = draft.token.value * draft.scale, other.token.value * other.scale
                alone = not own_words(text[self.scope[id(draft)].clause[0] : draft.start])
                return alone and low <= value <= low * Decimal("1.5")
            if other.role in AMOUNTS:
                return False
        return False

    def _openers(self, group: Sequence[Draft]) -> Iterator[Opener]:
        start, end = group[0].sentence[0], group[-1].end
        signs = [hit for kind in ("part", "of_this", "complete") for hit in self.passage.cues[kind].within(start, end)]
        taken: set[int] = set()
        for draft in group:
            behind = None
            for end in dict.fromkeys((draft.end, draft.token.end)):
                if self.text[end : end + SHORT].lstrip()[:2].lower() == "of":
                    behind = behind or OF_THEM.match(self.text, end)
            hit = self.passage.begins_at("of_this", draft.end)
            if behind or hit:
                reach = max(
                    found.end() if isinstance(found, re.Match) else found.end for found in (behind, hit) if found
                )
                taken |= {sign.start for sign in signs if draft.end <= sign.start < reach}
                yield Opener(draft.start, draft.start, self.tree.bracket(draft.start), "amount")
        for sign in signs:
            opens = (
                "of_this" not in sign.payload
                or not self.text[start : sign.start].strip()
                or self.text[max(0, sign.start - SHORT) : sign.start].rstrip()[-1:] in ",;，；:："
            )
            if _IS_A_DAY.match(self.text, sign.end) or _ASIDE.match(self.text, sign.end):
                continue  # 规划起点即2010年底: says when; "transactions, including debts, are put at 14 billion"
            if not self.text[start : sign.start].strip() and _BESIDES.match(self.text, sign.start):
                continue
            if sign.start in taken or not opens or _NEGATED.search(self.text, max(start, sign.start - 12), sign.start):
                continue
            yield Opener(sign.start, sign.end, self.tree.bracket(sign.start), "word")
        split = SPLIT.match(self.text, start)
        if split is not None and split.end() <= group[0].start:
            yield Opener(start, split.end(), None, "word")
        scopes = [self.scope[id(draft)] for draft in group]
        for bracket in dict.fromkeys(scope.bracket for scope in scopes):
            if bracket is None or bracket[0] < start or _NO_PARTS.match(self.text, bracket[0] + 1, bracket[1]):
                continue
            yield Opener(bracket[0], bracket[0] + 1, bracket, "bracket")
        for colon in dict.fromkeys(scope.colon for scope in scopes):
            inside = self.tree.bracket(colon) if colon is not None else None
            if inside is not None and _NO_PARTS.match(self.text, inside[0] + 1, inside[1]):
                continue
            if colon is not None and self.passage.ends_at("part", colon) is None:
                yield Opener(colon, colon + 1, self.tree.bracket(colon), "colon")

    def _lists(self, opener: Opener, group: Sequence[Draft], earlier: Sequence[Draft]) -> list[PartList]:
        """The lists that one sign begins: one for each unit of which a whole stands before it."""
        inside = [
            draft
            for draft in group
            if draft.start >= opener.end
            and draft.parent is None
            and draft.role in AMOUNTS
            and id(draft) not in self.marks
            and self.scope[id(draft)].bracket == opener.bracket
            and not _EACH.search(self.text, opener.end, draft.start)
        ]
        found: list[PartList] = []
        for unit in list(dict.fromkeys(draft.unit for draft in inside))[:3]:
            alike = [draft for draft in inside if draft.unit == unit or may_count(draft, unit)]
            whole = self._whole(opener, alike[0], group, earlier)
            if whole is None:
                continue
            alike = [draft for draft in alike if draft.role == alike[0].role]
            whole = self._that_fits(whole, alike, [*earlier, *group])
            slipped = adding_but_for_point(whole, alike)
            parts = alike[:slipped] if slipped else self._reached(opener, whole, alike)
            if len(parts) >= FEW and not adding(whole, parts) and adding(parts[0], parts[1:]) == len(parts) - 1:
                continue  # "60 per cent: 158.4 million came in, 78.4, 61.9 and 18.1 million from …": parts of the first
            beyond = [part for part in parts if exceeds(part, whole) and not slipped]
            lines = whole.qualifier != "exact" and any(part.qualifier == whole.qualifier for part in beyond)
            if parts and (
                lines
                or len(beyond) == len(parts) > 1
                or (opener.kind in ("amount", "bracket") and parts[0] in beyond)
                or (beyond and whole.sentence != parts[0].sentence)  # the list splits what the text speaks of since
            ):
                # "198 groups, 1,148 of whom": part of something else; 都超过10万元，其中27个村超过30万元: two lines
                continue
            if parts:
                words = self.text[opener.start : opener.end] if opener.kind != "amount" else "of this"
                found.append(PartList(whole, parts, opener, words))
                for part in parts:
                    part.parent = whole  # so that a list around this one passes it over
            if opener.kind != "word":
                break
        return found

    def _whole(self, opener: Opener, part: Draft, group: Sequence[Draft], earlier: Sequence[Draft]) -> Draft | None:
        """The amount before a sign that the parts behind it break down."""
        before = [draft for draft in group if draft.start < opener.start]
        if opener.kind == "bracket":
            near = before[-1] if before else None
            aside = near is None or MARK.search(self.text, near.end, opener.start) or opener.start - near.end > SHORT
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
                if outside and self._can_hold(outside[0], part) and around[0] - outside[0].end < SHORT
                else None
            )
        opens = not self.text[statement[0] : opener.start].strip(" \"“'")
        if not opens or any(draft.start >= statement[0] for draft in visible):
            wholes = [draft for draft in wholes if draft.start >= statement[0] or opener.kind == "amount"]
        if not wholes:
            at_start = _TAKES_UP.fullmatch(self.text, part.sentence[0], opener.start) is not None
            return self._before_sentence(part, earlier) if opener.kind == "word" and at_start else None
        levels = [draft for draft in wholes if draft.role != "change"]
        whole = (levels or wholes)[-1]
        larger = [draft for draft in levels if not exceeds(part, draft)]
        if levels and larger and exceeds(part, whole):
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
        if adding(whole, alike) or adding_but_for_point(whole, alike):
            return whole
        near = [
            d for d in drafts if d.start < whole.start and d.section == whole.section and self._can_hold(d, alike[0])
        ][-_NEAR:]
        exact = (
            d
            for d in near[::-1]
            if (n := adding(d, alike)) and sum((value_of(p) for p in alike[:n]), Decimal(0)) == value_of(d)
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
        behind = [draft for draft in self.drafts_between(whole.end, colon) if draft.role in AMOUNTS]
        last = max([whole.end, *(draft.end for draft in self.drafts_between(whole.end, colon))])
        plain = self.passage.first("complete", last, colon) or self.passage.first("part", last, colon)
        return not behind and (plain is not None or not MARK.search(self.text, last, colon))

    def _reached(self, opener: Opener, whole: Draft, alike: Sequence[Draft]) -> list[Draft]:
        """The amounts behind a sign that are its list: what adds up, else what its statement holds and goes on with."""
        if opener.bracket is not None:
            inside = [draft for draft in alike if draft.end <= opener.bracket[1]]
            return self._chosen(whole, [inside], opener)
        return self._chosen(whole, self._by_statement(alike), opener)

    def _chosen(self, whole: Draft, statements: list[list[Draft]], opener: Opener) -> list[Draft]:
        if not statements or not statements[0]:
            return []
        opened = self.scope[id(statements[0][0])].statement
        if opener.bracket is None and not opened[0] <= opener.start < opened[1] and opener.kind != "amount":
            return []  # "… , of which:" and the list in another statement
        everything = [draft for statement in statements for draft in statement]
        if count := adding(whole, everything):
            return everything[:count]
        first, *others = statements
        is_all = self._is_told_complete(whole, first[0])
        parts = self._of_statement(whole, first, is_all=is_all)
        for statement in others:
            names = self._member(statement[0])
            goes_on = names is not None and any(same_axis(names, self._member(part)) for part in parts)
            by_semicolons = len(first) == 1 and (
                opener.kind == "colon"
                or self.text[: first[0].start].rfind(":", opener.end) >= 0
                or "：" in self.text[opener.start : first[0].start]
            )
            fits = is_all or not exceed_together([*parts, statement[0]], whole)
            if not (goes_on or (by_semicolons and fits)) or reaches(whole, parts):
                break
            parts += self._of_statement(whole, statement, is_all=is_all) if goes_on else statement[:1]
        return parts

    def _of_statement(self, whole: Draft, drafts: Sequence[Draft], *, is_all: bool) -> list[Draft]:
        """What of one statement goes on with a list.

        What does not look like it only as far as the whole holds it, unless the list is told to be all there is.
        """
        drafts = [draft for draft in drafts if self.passage.begins_at("total", draft.end) is None]
        if not drafts:
            return []  # ", and 5,000 households in all"
        parts = [drafts[0]]
        names, shape = self._member(drafts[0]), self._labelled(drafts[0])
        for draft in drafts[1:]:
            if self.passage.last("draws", self.scope[id(draft)].clause[0], draft.start) is not None:
                break  # 带动, 累计: what came of it, or what there is in all
            if value_of(parts[0]) == value_of(whole) or _OF_ALL.search(self.text, parts[-1].end, draft.start):
                break  # 其中农业人口138人 of 138, 农村公路总里程: nothing is left for another part
            alike = same_axis(names, self._member(draft)) if names is not None else self._labelled(draft) == shape
            if not (alike or is_all) and exceed_together([*parts, draft], whole):
                break
            parts.append(draft)
        return parts


_OF_ALL = regex(
    r"总(?:里程|长度|面积|规模|人口|人数|户数|数|量|额)[一-鿿]{0,4}$|\b(?:in total|overall)\b[^,;.\d]{0,16}$"
)
