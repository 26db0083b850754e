"""What the members of a list name, and whether the list claims to be all there is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.figures.draft import Draft
from pipelines.figures.links.amounts import adding_but_for_point, adds_up
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.subjects import own_words
from pipelines.figures.text.tree import Scope, Stretch
from pipelines.patterns import regex

SHORT = 12  # letters between an amount and the brackets that break it down
FEW = 3  # members of an axis of which two claim to be all that counts; givers are more
MARK = regex(r"[,;:()，；：（）。、]")
SPLIT = regex(  # "By island group, …", "分地区看，…", "按来源分：…"
    r"(?:By|Broken down by|Split by|Divided by)\s+[A-Za-z ]{3,40}[,:]"
    r"|(?:其中)?[，,]?(?:按|分|从)[^，。；：\d]{1,8}(?:看|分|划分|统计|计)?[，：]"
)


@dataclass(frozen=True, slots=True)
class Opener:
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
class PartList:
    """A whole with its parts in order."""

    whole: Draft
    parts: list[Draft]
    opener: Opener | None
    words: str


_THE_REST = regex(
    r"[，,;；]\s*(?:(?:and|while) )?(?:其余|其他|其它|余下|the (?:rest|others?|remain\w*)\b)", re.IGNORECASE
)


class Naming:
    """The figures of one text with their scopes, and what each of them names."""

    def __init__(self, drafts: Sequence[Draft], scopes: Sequence[Scope], passage: Passage) -> None:
        self.drafts, self.scopes, self.passage, self.text = drafts, scopes, passage, passage.text
        self.tree = passage.tree
        self.scope = {id(draft): scope for draft, scope in zip(drafts, scopes, strict=True)}
        self.starts = [draft.start for draft in drafts]
        self.axes: Counter[int] = Counter()

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
        stretches = [(part.token.end, after), (near, part.start), (scope.before, part.start)]
        if self._labelled(part):
            stretches = stretches[1:] + stretches[:1]
        found: dict[str, int] = {}
        for start, end in stretches:
            for hit in passage.axes.within(start, end):
                found.setdefault(hit.payload[0], hit.payload[1])
        return found or None

    def _make_up(self, axis: str, names: Sequence[dict[str, int] | None]) -> bool:
        """Whether each part names a member of an axis of few, so that together they are all there is."""
        named = [found[axis] for found in names if found and axis in found]
        return len(named) == len(names) and len(set(named)) >= 2 and len(lexicon().words.axes[axis]) <= FEW

    def _announced(self, axis: str, names: Sequence[dict[str, int] | None], whole: Draft) -> bool:
        """Whether the whole itself names the members that its parts name: "the centre and the province gave …"."""
        named = {found[axis] for found in names if found and axis in found}
        start = self.scope[id(whole)].statement[0]
        told = {hit.payload[1] for hit in self.passage.axes.within(start, whole.start) if hit.payload[0] == axis}
        return len(named) >= 2 and len(named) == len(names) and told == named

    def _labelled(self, draft: Draft) -> bool:
        """Whether words stand before an amount in its clause, so that they say what it is."""
        scope = self.scope[id(draft)]
        stretch = self.text[max(scope.clause[0], scope.before) : draft.start]
        marker = self.passage.last("part", max(scope.clause[0], scope.before), draft.start)
        if marker is not None:
            stretch = self.text[marker.end : draft.start]
        return bool(own_words(stretch))

    def _by_statement(self, drafts: Sequence[Draft]) -> list[list[Draft]]:
        found: list[list[Draft]] = []
        for draft in drafts:
            if found and self.scope[id(found[-1][-1])].statement == self.scope[id(draft)].statement:
                found[-1].append(draft)
            else:
                found.append([draft])
        return found

    def drafts_between(self, start: int, end: int) -> list[Draft]:
        """The figures that begin between two places."""
        return list(self.drafts[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def _claim(self, one: PartList) -> str:
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
        add_up = adds_up(one.whole, parts) or adding_but_for_point(one.whole, parts) == len(parts)
        if self.passage.cues["remainder"].first(start, end) is not None or add_up:
            return "sum" if add_up else ""
        if self._rest_in_words(parts[-1]):
            return ""
        givers = {found["source"] for found in names if found and "source" in found}
        split = SPLIT.match(one.words) is not None
        return "list" if len(givers) >= FEW or split or self._is_plain(one) else ""

    def _rest_in_words(self, last: Draft) -> bool:
        """Whether what is left of a list follows it without a number: 其余县合计不足一半."""
        end = self.scope[id(last)].sentence[1]
        return _THE_REST.search(self.text, last.end, end) is not None and not self.drafts_between(last.end, end)

    def _is_told_complete(self, whole: Draft, part: Draft) -> bool:
        """Whether a list says that it is all there is of its whole: "made up of", 分为."""
        return self.passage.cues["complete"].first(whole.end, part.start) is not None

    def _is_plain(self, one: PartList) -> bool:
        """Whether short labels and amounts follow a colon, a bracket or "that is" right away, and nothing else."""
        opener, parts = one.opener, one.parts
        is_all = self._is_told_complete(one.whole, parts[0])
        if opener is None or not (is_all or opener.kind in ("colon", "bracket")):
            return False
        statements = self._by_statement(parts)
        if len(statements) > 1 and not (is_all and len(statements) == len(parts)):
            return False
        starts = [opener.end, *(part.end for part in parts)]
        labels = [self.text[start : part.start].strip(" ,，、;；") for start, part in zip(starts, parts, strict=False)]
        labels[0] = re.split("[:：]", labels[0])[-1]
        longest = 2 * SHORT if is_all else SHORT
        short = all(len(label) < (longest if _is_chinese(label) else 4 * longest) for label in labels)
        return (
            short
            and not MARK.search(labels[0])
            and self.passage.last("respectively", one.whole.end, parts[-1].end + 20) is None
        )


def same_axis(names: dict[str, int] | None, others: dict[str, int] | None) -> bool:
    """Whether two amounts name members of one axis."""
    return bool(names and others and names.keys() & others.keys())


def _is_chinese(words: str) -> bool:
    return any("一" <= character <= "鿿" for character in words)
