"""What changes, shares, rates and completions speak about: the nearest number, or the one that their words name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.figure import LinkKind
from pipelines.figures.links.parts import Parts
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import MEMBERS, NEXT_YEAR, YEAR
from pipelines.figures.text.subjects import lead, names_same, own_words
from pipelines.figures.text.tree import Scope
from pipelines.patterns import regex

ABOUT: dict[str, LinkKind] = {
    "change": "change_of",
    "change_pct": "change_of",
    "diff_pp": "diff_of",
    "share_pct": "share_of",
    "rate_pct": "rate_of",
    "plan_pct": "plan_of",
    "over_plan_pct": "plan_of",
}
_PERCENTAGES = ("share_pct", "rate_pct")
# what is called earlier is what a change led from, and not to: "71 more; at the start of the year there were 25"
_EARLIER = regex(
    r"年初|上一?年|去年|前一?年|同期|\b(?:last year|year before|a year earlier|previous|at the (?:start|beginning))\b",
    re.IGNORECASE,
)
_FORMER = regex(r"(?:(\bformer\b|前者)|\blatter\b|后者)[^,;.，；。\d]*$", re.IGNORECASE)
_LONGEST_FORMER = 40
_NAMES = regex(r"、|和|及|与|,| and ")
_BRACKET = regex(r"[^(（\d]{0,24}[(（]|,? or ")
OF_THE = regex(r"\s*of (?:the |its |their |these |all )?(?:total )?(?:about |some |nearly )?", re.IGNORECASE)
_OF_WHAT = regex(r"\s*of (?!(?:which|whom|them|it|these|those|this)\b)[a-z]", re.IGNORECASE)
_YEARS = regex(rf"{YEAR.pattern}|今年|本年|\bthis year\b|{NEXT_YEAR.pattern}", re.IGNORECASE)
REACH = 40  # figures of one passage among which relations are looked for
_OF_BASE = regex(r"\s*(?:of (?:which|whom|this|it|them|these|those)\b)", re.IGNORECASE)
_PART_ZH = regex(r"其中\s*$")
_THAT_IS = regex(
    r"\s*[,，、]?\s*(?:or|and|i\.e\.|that is|equal to|[(（即约]|也就是)?\s*[(（]?\s*"
    r"(?:an? )?(?:about |some |nearly )?$",
    re.IGNORECASE,
)
_POINTS_BACK = regex(r"\s*(?:That|This|It|Which) (?:is|was|means|meant|makes|made|represents|equals)\b|\s*[这即]")
_NET = regex(r"净[增减][^，。；\d]{0,4}$")
_FLOW = regex(r"(?:新增|新纳入|补录|注销|死亡|清退|退出|减员|去世|迁[出入])[^，。；\d]{0,4}$")
_LIST = regex(r"[^,;，；。]{0,24}?(?:[、，,]|\band\b|和|及|与)[^,;，；。]{0,24}")


class Speaker:
    """Finds what the changes, shares, rates and completions of one text speak about."""

    def __init__(self, drafts: Sequence[Draft], scopes: Sequence[Scope], passage: Passage, parts: Parts) -> None:
        self.drafts, self.scopes, self.passage, self.parts, self.text = drafts, scopes, passage, parts, passage.text
        self.index = {id(draft): index for index, draft in enumerate(drafts)}
        self.tells_order = any(word in passage.lower for word in ("former", "latter", "前者", "后者"))

    def topic(self, index: int) -> Draft | None:
        """What a figure speaks about: the nearest number that its clause goes on about, or one that its words name."""
        draft, scope = self.drafts[index], self.scopes[index]
        before = [d for d in self.drafts[max(index - REACH, 0) : index] if d.sentence == draft.sentence]
        if (respective := self._respective(index, before)) is not None:
            return respective
        near_it = max(scope.statement[0], draft.start - _LONGEST_FORMER)
        meant = _FORMER.search(self.text, near_it, draft.start) if self.tells_order else None
        if meant and (two := self._two_alike(index)):
            return two[0] if meant.group(1) else two[1]
        near = before[-1] if before else None
        if near is not None and near.parent is None and self.text[near.end : draft.start].strip() == "的" and index > 1:
            part = self.drafts[index - 2]
            if part.parent is near and part.link == "part_of":
                draft.decide_role("share_pct", f"of {near.token.text}")
                return part
        if near is not None and index > 1 and _BRACKET.fullmatch(self.text, near.end, draft.start):
            part = self.drafts[index - 2]  # "18,000 of the 40,000 trainees (45%)"
            if part.parent is near and part.link == "part_of" and OF_THE.fullmatch(self.text, part.end, near.first):
                return part
        held = near is not None and draft.role == "share_pct" and self.passage.last("compared", near.end, draft.start)
        if held and near is not None and not near.is_ratio and not OF_THE.match(self.text, draft.end):
            return None  # "638 tonnes were imported, as against an import share of 46 percent in 2019"
        if draft.role in _PERCENTAGES and (
            _OF_BASE.match(self.text, draft.end) or _PART_ZH.search(self.text, max(0, draft.start - 6), draft.start)
        ):
            return None  # "80% of which": what it is a share of is printed, what it is is not
        if near is not None and near.role in ABOUT and near.parent is not None and self._goes_on(near, draft):
            return near.parent
        grew = near is not None and near.role == draft.role == "change_pct" and near.parent is None
        if grew and near is not None and MEMBERS.fullmatch(self.text, near.end, draft.start):
            return None  # 城区面积分别提高8.3%、5%: of what the first has not found either
        subject = own_words(lead(self.passage, max(scope.clause[0], scope.before), draft.start))
        if draft.role == "change_pct" and self.passage.last("proportion", scope.before, draft.start):
            shares = [d for d in before if d.role in _PERCENTAGES]
            if shares:
                return shares[-1]
        if draft.role in ("change", "change_pct") and (result := self._result(index)) is not None:
            return result
        if subject and draft.role != "diff_pp" and not self._is_apposition(scope, draft):
            return self._named(subject, draft, before)
        points_back = _POINTS_BACK.match(self.text, draft.sentence[0]) is not None
        opens = draft.role == "change" and not points_back and not any(d.start >= scope.statement[0] for d in before)
        found = self._that_follows(index) if opens else None
        found = found or self._nearest(draft, scope, before)
        if found is None and draft.role == "change" and not points_back:
            found = self._that_follows(index)
        if found is None and not any(d.is_level for d in before):
            found = self._of_sentence_before(index, before)
        return found

    def _two_alike(self, index: int) -> tuple[Draft, Draft] | None:
        """The two amounts of one unit right before a number, which "the former" and "the latter" mean."""
        levels = [d for d in self.drafts[max(index - REACH, 0) : index] if d.is_level and d.link != "previous_of"][-2:]
        same = len(levels) == 2 and levels[0].unit == levels[1].unit and levels[0].section == levels[1].section
        return (levels[0], levels[1]) if same else None

    def actual(self, index: int) -> Draft | None:
        """The achieved amount that a plan is held against: it is said to be actual, or completes the plan."""
        draft = self.drafts[index]
        near = self.drafts[index - 1] if index else None
        if near is not None and near.role == "plan_pct" and near.sentence == draft.sentence and near.parent is not None:
            return near.parent if near.parent.unit == draft.unit else None  # "or 96.6% of the target of 4.4 million"
        words = self._label(index)
        for place in range(index + 1, min(index + 1 + REACH, len(self.drafts))):
            other = self.drafts[place]
            if other.section != draft.section or self.text.count("\n", draft.end, other.start) > 1:
                break
            if other.role == "level" and other.unit == draft.unit and self._is_achieved(place):
                planned, achieved = self._year(draft), self._year(other)
                if planned is not None and achieved is not None and planned != achieved:
                    return None  # what 2016 achieved is not held against the plan of 2017
                return other if other.sentence == draft.sentence or words & self._label(place) else None
        if near is not None and near.sentence == draft.sentence and near.role == "level" and near.unit == draft.unit:
            against = self.passage.last("compared", near.end, draft.start) or self.passage.last(
                "excess", near.end, draft.start
            )
            return near if against is not None else None
        return None

    def _year(self, draft: Draft) -> int | None:
        """The year that the words of a sentence before a number name last."""
        found = list(_YEARS.finditer(self.text, draft.sentence[0], draft.start))
        if not found:
            return None
        told, report = found[-1].group().lower(), self.passage.report_year
        if told.isdecimal():
            return int(told)
        return report + (NEXT_YEAR.fullmatch(told) is not None) if report is not None else None

    def _is_achieved(self, index: int) -> bool:
        draft = self.drafts[index]
        behind = (d for d in self.drafts[index + 1 : index + 3] if d.sentence == draft.sentence)
        completed = any(d.role in ("plan_pct", "over_plan_pct") and d.parent is draft for d in behind)
        return completed or self.passage.last("actual", draft.before, draft.start) is not None

    # ---------------------------------------------------------------------------------------------------------- nearest

    def _goes_on(self, near: Draft, draft: Draft) -> bool:
        """Whether a figure says once more what the one before it says: "24 million (15.4%) more", "or 19.7%"."""
        if (
            near.role == "change_pct"
            and draft.role == "change_pct"
            and near.parent is not None
            and near.parent.is_ratio
        ):
            return False
        bridge = self.text[near.end : draft.start]
        pair = {near.role, draft.role} <= {"change", "change_pct"}
        return (
            pair
            and (bool(_THAT_IS.fullmatch(bridge)) or not own_words(bridge))
            and ";" not in bridge
            and "；" not in bridge
        )

    def _is_apposition(self, scope: Scope, draft: Draft) -> bool:
        """Whether a clause only explains what stands before it ("…, a poverty rate of 7.1%")."""
        stretch = self.text[max(scope.clause[0], scope.before) : draft.start].lstrip(" ,(（")
        return re.match(r"(?:an?|which|or|equal|equivalent)\s", stretch) is not None and scope.before == self._last_end(
            scope
        )

    def _last_end(self, scope: Scope) -> int:
        """The end of the number before, where nothing but a mark stands between it and the clause; else -1."""
        return scope.before if not self.text[scope.before : max(scope.clause[0], scope.before)].strip(" ,，(（") else -1

    def _nearest(self, draft: Draft, scope: Scope, before: Sequence[Draft]) -> Draft | None:
        statement = scope.statement
        inside = [d for d in before if d.start >= statement[0]] if scope.bracket is None else before
        of_what = draft.role == "share_pct" and _OF_WHAT.match(self.text, draft.end)
        if not any(d.role != "target" for d in inside) and not of_what:
            inside = before  # the statement opens with it: what it goes on about stands before the semicolon
        completed = any(d.role in ("plan_pct", "over_plan_pct") for d in inside)
        for other in reversed(inside):
            if completed and other.role == "target" and draft.role in ("change", "change_pct"):
                continue  # 32 million, 80 % of the plan of 40 million and 18.5 % more than …: what was done grew
            place = self.scopes[self.index[id(other)]].bracket
            if place is not None and not place[0] < draft.start <= place[1]:
                continue
            if self._can_be_about(draft, other):
                return self._whole_of_list(self._of_later_year(other, draft), draft)
            if draft.role == "change" and draft.noun and draft.unit != other.unit:
                continue  # "18,000 farmers in 240 courses, 3,000 farmers more"
            if other.role in ("level", "target") and not self._stands_with(other, draft):
                return None
        return None

    def _of_later_year(self, found: Draft, draft: Draft) -> Draft:
        """Of two values the later one, which is what has changed: 2017年30亿元，2016年24亿元; 上年只有1.6万元."""
        place = self.index[id(found)]
        before = self.drafts[place - 1] if place and draft.role in ("change", "change_pct") else found
        if before.sentence != found.sentence or before.unit != found.unit or before.role != found.role:
            return found
        if _EARLIER.search(self.text, before.end, found.start) and not _EARLIER.search(
            self.text, before.before, before.start
        ):
            return before
        earlier, later = self._year(found), self._year(before)
        if earlier is None or (later is None and not self.passage.is_chinese(before.end, found.start)):
            return found
        return before if later is None or later > earlier else found

    def _can_be_about(self, draft: Draft, other: Draft) -> bool:
        if id(other) in self.parts.marks or other.link == "previous_of":
            return False
        if draft.role == "change":
            if _NET.search(self.text, draft.before, draft.start) and _FLOW.search(self.text, other.before, other.start):
                return False  # 新增1206人，注销245人，净增961人
            return (other.is_level or other.role == "target") and (
                other.unit == draft.unit or (draft.no_noun and not is_money(other.unit))
            )
        if draft.role == "diff_pp" or (draft.role == "change_pct" and draft.unit == "%"):
            alone = other.role in _PERCENTAGES and (draft.role == "diff_pp" or other.parent is None)
            return other.is_level or other.role == "target" or alone
        return other.role == "level"

    def _stands_with(self, other: Draft, draft: Draft) -> bool:
        """Whether an amount that is not spoken about may be passed over: a second unit, a mark, an earlier value."""
        index = self.index[id(other)]
        near = self.drafts[index - 1] if index else None
        joined = (
            near is not None
            and near.end <= other.start
            and near.sentence == other.sentence
            and MEMBERS.fullmatch(self.text, near.end, other.start)
        )
        return (
            id(other) in self.parts.marks or other.link == "previous_of" or joined is not None or other.role == "target"
        )

    def _whole_of_list(self, found: Draft, draft: Draft) -> Draft | None:
        """Behind a complete list of parts that say nothing more of themselves, the whole is spoken about."""
        if found.link != "part_of" or found.parent is None or draft.role == "share_pct":
            return found
        place = self.index[id(found)]
        siblings = [
            d
            for d in self.drafts[max(place - REACH, 0) : place + 1]
            if d.parent is found.parent and d.axis == found.axis
        ]
        if len(siblings) < 2 or not found.exhaustive or found is not siblings[-1]:
            return found
        first = self.index[id(siblings[0])]
        if any(d.role in ABOUT for d in self.drafts[first:place]):
            return found
        between = self.text[siblings[-2].end : found.start]
        apart = re.search(r"[,，;；]", self.text[found.end : draft.start])
        if apart is None:
            return found
        return None if re.search(r"[，,;；]", between) and draft.role != "rate_pct" else found.parent

    def _respective(self, index: int, before: Sequence[Draft]) -> Draft | None:
        """Of a list of changes, shares or rates the n-th speaks of the n-th of as many amounts before the list."""
        group = [index]
        while group[0] > 0 and self._joined(group[0] - 1, group[0]):
            group.insert(0, group[0] - 1)
        place = len(group) - 1
        while group[-1] + 1 < len(self.drafts) and self._joined(group[-1], group[-1] + 1):
            group.append(group[-1] + 1)
        if len(group) < 2:
            return None
        draft, first, last = self.drafts[index], self.drafts[group[0]], self.drafts[group[-1]]
        said = self.passage.cues["respectively"].first(
            max(first.before, first.start - 60), min(last.end + 24, last.sentence[1])
        )
        levels = [
            d
            for d in before
            if d.is_level and d.start < first.start and d.link != "previous_of" and id(d) not in self.parts.marks
        ]
        roles = {self.drafts[member].role for member in group}
        if len(roles) > 1:
            if said is None:
                return None
            levels = [d for d in before if d.is_level or d.role in _PERCENTAGES]
        elif draft.role == "change":
            levels = [d for d in levels if d.unit == draft.unit]
        elif draft.role == "diff_pp" and said is not None:
            levels = [d for d in before if d.is_level or d.role in _PERCENTAGES]
        if said is not None and not levels and draft.role not in ("rate_pct", "diff_pp"):
            earlier = [
                d
                for d in self.drafts[max(group[0] - REACH, 0) : group[0]]
                if d.sentence != draft.sentence and d.section == draft.section
            ]
            levels = [d for d in earlier if d.is_level and d.sentence == earlier[-1].sentence]
        if len(levels) < len(group):
            return None
        if said is not None and (names := self._names_before(first, len(group))):
            called = [d for d in levels if names[place] in self.passage.lower[max(d.before, d.start - 40) : d.start]]
            return called[0] if len(called) == 1 else None
        chosen = levels[-len(group) :]
        listed = all(_LIST.search(self.text[a.end : b.start]) for a, b in pairwise(chosen))
        at_once = listed and chosen[-1] is self.drafts[group[0] - 1]  # "A 5, B 6, 占比45%、55%"
        return chosen[place] if said is not None or at_once or (draft.role != "share_pct" and listed) else None

    def _names_before(self, first: Draft, count: int) -> list[str]:
        """What each of a list that its own clause names is called, as in 中央和县级资金分别占30%和50%."""
        clause = self.passage.clause(first.before, first.start, ",，;；。")
        told = self.passage.last("respectively", clause, first.start)
        names = _NAMES.split(self.passage.lower[clause : told.start]) if told is not None else []
        names = [name.strip().removeprefix("the ") for name in names]
        return names if len(names) == count and all(names) else []

    def _joined(self, first: int, second: int) -> bool:
        one, other = self.drafts[first], self.drafts[second]
        mixed = {one.role, other.role} == {"change", "change_pct"}  # 分别下降2.09万人和10.45%
        same = (one.role == other.role and one.unit == other.unit) or mixed
        same = same and one.role in ABOUT and one.sentence == other.sentence
        end = other.start - (self.text[other.start - 1] == "占")  # 分别占96.25%和占3.75%
        return same and MEMBERS.fullmatch(self.text, one.end, end) is not None

    # --------------------------------------------------------------------------------------------------- named, behind

    def _result(self, index: int) -> Draft | None:
        """The amount that a change led to: "rose by 22.1% to 803 million", "增长12%，达到8.03亿元"."""
        draft = self.drafts[index]
        for other in self.drafts[index + 1 : index + 4]:
            if other.sentence != draft.sentence:
                return None
            bridge = self.text[draft.end : other.start]
            if other.is_level and (draft.role == "change_pct" or other.unit == draft.unit):
                to = self.passage.last("to", draft.end, other.start)
                plain = to is not None and not own_words(bridge) and not re.search(r"[;；。(（]", bridge)
                return other if plain else None
            if other.role not in ("change", "change_pct") or len(bridge) > 30:
                return None
        return None

    def _that_follows(self, index: int) -> Draft | None:
        """The level that follows its change: "50 villages were added, so that those in the pilot were 350"."""
        draft = self.drafts[index]
        later = (d for d in self.drafts[index + 1 : index + 4] if d.sentence == draft.sentence)
        found = next((d for d in later if d.is_level and d.unit == draft.unit), None)
        if found and re.search(r"[(（]", self.text[draft.end : found.start]):
            return None  # 新增6189户（其中…1569户）
        return None if found and _EARLIER.search(self.text, draft.end, found.start) else found

    def _label(self, index: int) -> frozenset[str]:
        """The words that say what an amount is: its clause before it, its noun, and what "of" adds."""
        draft, scope = self.drafts[index], self.scopes[index]
        start = max(scope.clause[0], scope.before)
        if not own_words(self.text[start : draft.start]):
            start = max(scope.before, start - 60)
        behind = min(scope.clause[1], scope.after, draft.end + 40)
        return own_words(self.text[start : draft.start]) | own_words(self.text[draft.token.end : behind])

    def _named(self, subject: frozenset[str], draft: Draft, before: Sequence[Draft]) -> Draft | None:
        """The amount of the sentence whose own words a clause takes up: "the fiscal part grew by 8%"."""
        best: tuple[int, int, Draft] | None = None
        for other in before:
            if not self._can_be_about(draft, other) or (other.role == "per_unit" and draft.role == "rate_pct"):
                continue
            label = self._label(self.index[id(other)])
            if names_same(subject, label):
                score = (len(subject & label), -len(label), other)
                best = score if best is None or score[:2] >= best[:2] else best
        return None if best is None else self._of_later_year(best[2], draft)

    def _of_sentence_before(self, index: int, before: Sequence[Draft]) -> Draft | None:
        """The one amount of the sentence before that "the increase over the year before" speaks about."""
        draft = self.drafts[index]
        if draft.role not in ("change", "change_pct"):
            return None
        earlier = [d for d in self.drafts[max(index - REACH, 0) : index] if d.sentence != draft.sentence]
        if not earlier or earlier[-1].section != draft.section or "\n" in self.text[earlier[-1].end : draft.start]:
            return None
        last = earlier[-1].sentence
        if self.text[last[1] : draft.sentence[0]].strip():
            return None
        levels = [d for d in earlier if d.sentence == last and d.is_level and self._can_be_about(draft, d)]
        levels = [d for d in levels if self.scopes[self.index[id(d)]].bracket is None]
        wholes = {id(d.parent): d.parent for d in levels if d.link == "part_of"}
        main = [d for d in levels if d.link != "part_of"]
        if not main and len(wholes) == 1:
            return next(iter(wholes.values()))
        return main[0] if len(main) == len(levels) == 1 else None
