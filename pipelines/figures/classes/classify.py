"""Decides which numbers are no figures, by what the modules beside it find: each kind of number has its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal

from pipelines.catalog.currencies import is_money
from pipelines.figures.classes.ages import LIFE, OF_CHANGE, is_age
from pipelines.figures.classes.calendar import short_date
from pipelines.figures.classes.citations import is_in_title, is_of_a_plan, is_reference, is_section_number, note_numbers
from pipelines.figures.classes.dates import Dates, months
from pipelines.figures.classes.furniture import is_counter, is_furniture
from pipelines.figures.classes.labels import is_doi
from pipelines.figures.classes.labels import named as label_of
from pipelines.figures.classes.names import chinese_name
from pipelines.figures.classes.references import (
    contact_spans,
    is_address,
    is_base,
    is_code,
    is_exchange_rate,
    is_once_in,
    is_road,
    time_or_name,
)
from pipelines.figures.classes.words import NumberWords, is_capital_name, is_norm, is_slogan
from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.figures.numbers.broken import INSIDE
from pipelines.figures.numbers.token import TOO_SMALL, is_too_small
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import MARKS, PLAIN_BEHIND
from pipelines.figures.units.money import money_before, money_behind
from pipelines.patterns import regex

_PLAN_NAME = regex(
    r"(?:th|st|nd|rd)?[\"”’]?[- ]?(?:five|ten)[- ]year|[\"”]?[- ]?year\s+(?:plan|program|outline)", re.IGNORECASE
)
_ORDINAL = regex(r"(?:th|st|nd|rd)\b")
_DOCUMENT_BEFORE = regex(
    r"(?:\bnos?\.?\s*(?-i:[A-Z]+(?:[/.-]\s?[A-Z]+)*[/.-]\s?)?|\b(?:document|decree|order|notice|file|case|the|telephone|registration)\s+number\s|\bdocument\s|\bdecree\s|\border\s|[\[〔［(（](?:19|20)\d\d[\]〕］)）]\s*(?:no\.?\s*|第)?|号文件?)$",
    re.IGNORECASE,
)
_DOCUMENT_WORDS = frozenset({"no", "nos", "number", "document", "decree", "order"})
_BRACKETS = frozenset("]〕］)）")
_SERIAL = _BRACKETS | frozenset("./-")  # No. SRS/F. 8176
_OF_LIST = regex(r"第\s?\d{1,3}\s?[-–—~～至到、和]\s?$")
_RANK_BEFORE = regex(r"(?:居|列|排|位于|名列|位列|排名)[^，。；]{0,12}第$")
_RANK_BEFORE_EN = regex(r"\b(?:rank\w*|placed?|came|stood)\s+(?:as\s+)?(?:the\s+)?(?:no\.?\s*)?$", re.IGNORECASE)
_INDEX = regex(r"(?<![a-z])[a-z]{4,}/(?:\d+[-/])*$")  # 索引号 xzfgz/2021-3740
_LIST_GLUED = regex(r"[.．、](?=[一-鿿])")
_LIST_BEFORE = regex(r"^\s*[(（]?$|[。；;.]\s*[(（]?$|[，,、:：]\s*[(（]$")
_LIST_BEGINS = regex(r"[:：]\s*[(（]?$")
_LINE_MARK = regex(r"^\s*[(（]$")
_LIST_AFTER = regex(r"[.．、)）](?:(?!\d)|(?=(?:19|20)\d\d年))")
_HYPHEN_YEAR = regex(r"\s?-\s?(?:year|month|day|week|hour|kilometer|person|level|star)s?\b", re.IGNORECASE)
_DURATION_BEFORE = regex(
    r"\b(?:past|last|next|recent|for|within|in|over|coming|another|first|these|those|every|about|nearly|almost|than|after|of|or|to)\s*(?:the\s+)?$"
    r"|连续|近|未来|过去|历时|用|经过|长达|为期|前|后|头|再|每|这|新|最近$",
    re.IGNORECASE,
)
_DURATION_AFTER = regex(r"\s*(?:周年|周?岁|年来|年内|年间|年时间|年的|年努力|年多|年前|年后|个月|天)")
_LOWER_BOUND = regex(r"\d{1,3}\s?(?:[-–—~～至到]|to|or)\s?$")
_CUT_OFF = regex(r"0\d+")
_BOUND_AGAIN = regex(r"\s?[)）]\s?以[上下内]")
_AFTER_BOUND = regex(r"以[上下内][（(]不?包?含$")
_DOCUMENT_AFTER = regex(r"\s*号(?:文|令|公告|\b|[）)])")
_PART_OF_YEAR = regex(
    r"\s+(?:of\s+)?(?:(?:the|this|that|last|next)\s+)?(?:year|month|decade|(?:19|20)\d\d)\b", re.IGNORECASE
)
_AMOUNT_BEFORE = regex(r"(?:\d|yuan|dollars|rupees|shillings|pesos|euros|million|each)\s$")
_IF = regex(
    r"\s*(?:[A-Z]?[a-z]+, )?(?:and |but )?"
    r"(?:(?:if|unless|had|were|should|without|provided|assuming|suppose|supposing)\b|with\b[^,.;]{0,40}\bmore\b)"
    r"|\s*(?:但|而)?(?:如果|假如|假设|假使|倘若|倘|要是|若(?![干要羌])|一旦)",
    re.IGNORECASE,
)
_NOT_DONE = regex(
    r"\b(?:did|do|does) not\s+(?:yet |in fact )?"
    r"(?!(?:exceed|reach|surpass|pass|meet|fall|rise|include|count|change|have|need)\b)"
    r"[a-z]+\s+(?:the |all |any |its |about |over |more than )*$"
)
_WOULD = regex(r"[wcm](?<!\w.)(?:ould|ight)\b(?<=would|could|might)")
_TIMES_OF = frozenset({"year", "month", "day"})
_OF_UNIT = regex(r"[(（](?:figures |amounts )?in\s$|\b[nN]\s?=\s?$")  # "(in 10,000)", "n = 450"
# where a place lies: 3°38′ N, 北纬25°40′
_DEGREES = regex(r"\s?°\s?(?:\d{1,2}(?:\.\d+)?\s?[′'’]|[NSEW]\b)")
_MINUTES_OF_ARC = regex(r"\d\s?°\s?(?:\d{1,2}\s?[′'’]\s?)?$|[东西][经]$|[南北]纬$")
_QUESTION = regex(r"(?:[问答]|\b[QA]|\bquestion|\banswer)\s?$", re.IGNORECASE)
_FILE = regex(r"[\w-]{0,20}\.(?:csv|xlsx?|docx?|pdf|html?|txt|md|jpe?g|png|zip)\b", re.IGNORECASE)
_STRUCTURES_JOINED = regex(r"\s*(?:,|and|、|和)\s*|")
_LARGEST = Decimal(10) ** 22  # what the warehouse's columns hold
_SHAPES = frozenset({"date", "year", "list_no", "label", "contact", "document_no"})
_NOT_COUNTED = frozenset({"", "other", "structure", "unknown", "year", "month", "day"})
_LABELLED = regex(r"(?<![A-Za-z])(?:[A-Z]{3,5}|GDP|CPI)$")
_THING = regex(r" (?!people\b|women\b|men\b|children\b|staff\b)([a-z]+)(?<!s)\b")
_ONE_MORE = frozenset({"branch", "phase", "round", "office", "site", "party", "tranche", "time", "component", "centre"})
_ACRONYM = regex(r"(?<![A-Za-z])(?!(?:IN|OF|TO|AND|BY|THE|FOR|AT|US|UK|EU|UN|WAS|WERE|ONLY|TOTAL)\b)[A-Z]{3,6} $")
_NAME_AFTER = regex(r"[A-Z](?![\w%])|[A-Z](?=[一-鿿])")
_GLUED_AFTER = regex(r"[A-Za-zÀ-ÿ]+")
_LETTER_APART = regex(r"\s[B-HJ-Z](?=\s[a-z])")  # 4 G network
_MANY, _MANY_PARTS = 100, 30  # no policy has as many parts; no law or plan names so many with two words
_PRINTED, _COUNTED_TOO = {"article", "document"}, {"article", "facility", "other", "document"}
_LONGEST_COUNT = 13  # digits of a number that anything is counted with in full


_SEVERAL = regex(r"\d[\d.,]*(?:\s*:\s*\d[\d.,]*){2,}")


def _is_of_several(text: str, start: int, end: int) -> bool:
    """Whether a number stands in a ratio of three or more ("16.0 : 41.5 : 42.4")."""
    return any(found.start() <= start < found.end() for found in _SEVERAL.finditer(text, max(0, start - 40), end + 40))


class Classifier:
    """Classifies the numbers of one text in order; it remembers what number words have counted before."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._dates = Dates(passage)
        self._number_words = NumberWords(passage)
        self._contacts = contact_spans(passage)
        self._notes = note_numbers(passage.text)
        self._structure_end = -1
        self._line: tuple[int, int, bool] = (0, 0, False)  # bounds of the last line, and whether it is furniture
        self._would = [match.start() for match in _WOULD.finditer(passage.lower)]

    def classify(self, draft: Draft) -> NonFigureClass | None:
        """Why a number is not a figure, or None where it is one.

        Args:
            draft: the number with the unit that its following words give.

        Returns:
            The class of a non-figure; None for a figure.
        """
        text, token = self._passage.text, draft.token
        if token.kind == "date":
            return "date"
        line_start = max(token.start - 48, 0)
        line_start = max(text.rfind("\n", line_start, token.start) + 1, line_start)
        before = text[line_start : token.start]
        line_end = text.find("\n", token.end, token.end + 80)
        after = text[token.end : line_end if line_end >= 0 else token.end + 80]
        if after[:2].strip()[:1] not in PLAIN_BEHIND and (marks := MARKS.match(after)):
            after = after[marks.end() :]
        quoted = self._passage.quotation(token.start, token.end)
        if before[-2:] in ("（含", "(含", "不含", "包含") and (
            _BOUND_AGAIN.match(text, draft.end) or _AFTER_BOUND.search(before)
        ):
            return "generic"  # 1000户（含1000户）以上
        counts = draft.scale != 1 or is_money(draft.unit) or draft.unit not in _NOT_COUNTED
        if self._contacts and not counts and self._in_contact(token.start):
            return "contact"
        near = token.kind == "digits" and (":" in after[:3] or ":" in before[-3:])
        if near and _is_of_several(text, token.start, token.end):
            draft.why = "a ratio of more than two numbers"
        if not is_money(draft.unit) and not draft.is_ratio and self._in_furniture(token.start):
            return "label"
        if is_of_a_plan(draft, before, after) or (token.kind == "unread" and is_section_number(draft, before, after)):
            return "list_no"
        if is_money(draft.unit) and is_exchange_rate(draft, text):
            draft.why = "a rate of exchange"
        if not draft.is_ratio and "/" not in draft.unit and draft.unit not in _TIMES_OF and self._is_condition(draft):
            draft.why = "what would be under a condition"
        if not draft.is_ratio and "/" not in draft.unit and " not " in before[-40:] and _NOT_DONE.search(before):
            draft.why = "what was not done"
        if token.kind == "unread" or draft.why:
            return self._unread(draft, before)
        if _CUT_OFF.fullmatch(token.text) and counts and draft.sign < 0:
            draft.why = INSIDE  # the 000 of a number that was broken
            return "unread"
        value = token.value if draft.scale == 1 else token.value * draft.scale
        if abs(value) >= _LARGEST:
            draft.why = "larger than anything that is counted"
            return "unread"
        if is_too_small(value):
            draft.why = TOO_SMALL
            return "unread"
        chinese = "一" <= after[:2].strip()[:1] <= "鿿" or before[-1:] in ("月", "双")
        named = chinese_name(draft, before, after) if chinese else None
        if named is not None and not is_money(draft.unit):
            return named
        if token.kind in ("digits", "fraction"):
            dated = short_date(draft, before, after, self._passage.report_year)
            if dated is not None:
                return dated
        if token.kind in ("digits", "fraction", "ratio"):
            found = self._digits(draft, before, after, quoted)
            if found in _SHAPES and is_money(draft.unit):
                found = None  # "37,305.97 february expenses" behind a currency is no date
            found = found or label_of(draft, before, after)
            if found is not None:
                return found
        if quoted is not None and is_in_title(before, after):
            return "label"
        if draft.role == "rank":
            return None
        if (quoted and is_slogan(self._passage, draft, quoted)) or (
            token.kind == "word" and is_capital_name(self._passage, draft)
        ):
            return "slogan"
        hyphen = "-" in after[:2] and _HYPHEN_YEAR.match(after)
        if hyphen or (draft.unit.partition("/")[0] in ("year", "month", "day") and self._is_duration(draft, before)):
            return "generic"
        joined = self._structure_end >= 0 and _STRUCTURES_JOINED.fullmatch(text, self._structure_end, token.start)
        counted = abs(token.value) >= _MANY or before.endswith("的")  # no hundred parts of a policy; 有问题的14个
        many = abs(token.value) >= _MANY_PARTS
        built = many and draft.noun.isascii() and " " in draft.noun  # "74 water systems"
        if draft.unit == "structure" and (counted or built) and token.kind == "digits":
            draft.unit = "other" if draft.scale == 1 else ""  # 完成1100万的预期目标: nobody has so many goals
        if draft.unit == "structure" or (joined and draft.unit in (_PRINTED if many else _COUNTED_TOO)):
            self._structure_end = draft.end
            return "structure"
        return self._number_words.classify(draft, before) if token.kind == "word" else None

    def _digits(self, draft: Draft, before: str, after: str, quoted: tuple[int, int] | None) -> NonFigureClass | None:
        behind, last = after.lower(), before.rstrip()[-1:]
        if (
            (last in ("n", "=") and _OF_UNIT.search(before))
            or draft.start in self._notes
            or is_section_number(draft, before, after)
        ):
            return "list_no"
        if "year" in behind[:24] and _PLAN_NAME.match(after):
            return "plan_name"
        if after[:1] in ":：" and _QUESTION.search(before):
            return "list_no"
        if "/" in before[-12:] and draft.scale == 1 and _INDEX.search(before):
            return "document_no"
        if "_" in (before[-1:], after[:1]) or ("." in after[:24] and _FILE.match(after)):
            return "label"
        if draft.token.kind == "fraction" and (
            _PART_OF_YEAR.match(after) or (draft.token.text == "a quarter" and _AMOUNT_BEFORE.search(before))
        ):
            return "date"  # "in the first half of 2011", "4,700 a quarter"
        if draft.token.kind == "fraction" and is_norm(before, after):
            return "generic"  # "the two-thirds gender rule", "a two-thirds majority"
        if (
            draft.token.kind == "fraction"
            and before.endswith(" ")
            and draft.token.text[:2] == "a "
            and self._is_next(draft)
        ):
            return "list_no"  # "to open a third branch"
        ordinal = behind[:2] in ("st", "nd", "rd", "th") and _ORDINAL.match(after) is not None
        if (ordinal and _RANK_BEFORE_EN.search(before)) or (last == "第" and _RANK_BEFORE.search(before)):
            draft.role, draft.decided["role"] = "rank", "ranked"
            draft.unit = draft.unit if draft.unit not in ("", "structure") else "other"
            return None
        if ordinal:
            months_before, months_after = months()
            return "date" if months_before.search(before) or months_after.match(after) else "list_no"
        word, numbered = self._word_before(draft.start), lexicon().words.numbered
        if (word in _DOCUMENT_WORDS or last in _SERIAL) and _DOCUMENT_BEFORE.search(before):
            return "document_no"
        if last in ("[", "〔", "［") and after.startswith(("]", "〕", "］")):
            return "document_no"
        if last == "第" or before.endswith(("第（", "第(")) or ("第" in before[-8:] and _OF_LIST.search(before)):
            return "document_no" if after.lstrip().startswith("号") else "list_no"
        if "号" in after[:3] and last in _BRACKETS and _DOCUMENT_AFTER.match(after):
            return "document_no"
        if draft.scale == 1 and (not is_money(draft.unit) or word == "sdg") and is_reference(draft, before, after):
            return "list_no"
        text = draft.token.text
        if text[0] == "0" and text.isdecimal() and len(text) > 1 and draft.sign < 0 and draft.scale == 1:
            return "date" if self._dates.is_date(draft.start, before, after) else "label"  # digits of a code
        if ("°" in after[:2] and _DEGREES.match(after)) or (
            ("°" in before or last in ("经", "纬")) and _MINUTES_OF_ARC.search(before)
        ):
            return "label"
        found = time_or_name(draft, before, after, word)
        if found is not None:
            return found
        if self._dates.is_date(draft.start, before, after):
            return "date"
        if is_age(draft, before, after) or is_base(draft, before):
            return "generic"
        if draft.scale == 1 and not is_money(draft.unit):
            if (word in numbered.places or word in numbered.kinds) and self._is_capital(draft.start):
                return "list_no"  # Ward 5, District 9, Box 2.1
            if is_code(before) or is_doi(before):
                return "document_no"
        if self._dates.is_year(draft, before, after, quoted=quoted is not None):
            return "year"
        plain = "," not in draft.token.text  # "to form 16,000 more" fills in no Form 16
        if (plain and word in numbered.kinds and draft.unit in ("", "other")) or (
            word in numbered.steps and not draft.unit
        ):
            return "list_no"
        if not draft.unit and draft.scale == 1 and len(draft.token.text) <= 2 and _ACRONYM.search(before):
            return "list_no"  # MSME 2 conducted
        if len(draft.token.text) <= 2 and _LINE_MARK.match(before) and after[:1] in (")", "）"):
            return "list_no"  # (3)5个贫困村
        if len(draft.token.text) <= 2 and draft.scale == 1 and _LIST_AFTER.match(after):
            begins = bool(_LIST_BEFORE.search(before)) or (draft.token.text == "1" and _LIST_BEGINS.search(before))
            # 主要工作1.突出重点: a line that was broken elsewhere; a number that counts has its counter behind it
            begins = begins or (bool(_LIST_GLUED.match(after)) and after[0] != "、" and "一" <= before[-1:] <= "鿿")
            if begins:
                return "list_no"
        if is_once_in(before) or after.lstrip().startswith("年一遇"):
            return "generic"
        if is_counter(draft, before, after) or is_road(draft, before, after) or is_address(draft, after):
            return "label"
        labelled = (is_money(draft.unit) or draft.unit == "%") and _LABELLED.search(before)  # GDP117亿元
        if before[-1:].isascii() and before[-1:].isalpha() and draft.sign < 0 and not labelled:
            if draft.scale == 1 and not is_money(draft.unit) and "," not in draft.token.text:
                return "label"
            draft.why = "letters glued before it"
            return "unread"
        return self._glued_behind(draft)

    def _is_next(self, draft: Draft) -> bool:
        """Whether one thing is named right behind an ordinal: a third branch, a fifth village."""
        word = _THING.match(self._passage.text, draft.token.end)
        return word is not None and (word.group(1) in _ONE_MORE or self._passage.nouns.get(word.start(1)) is not None)

    def _glued_behind(self, draft: Draft) -> NonFigureClass | None:
        """Letters glued to a number that name no unit: 5G and 3D are names, others are not understood."""
        if draft.end > draft.token.end or (draft.unit and draft.sign < 0):
            return None
        glued = _GLUED_AFTER.match(self._passage.text, draft.token.end)
        if glued is None:
            letter = _LETTER_APART.match(self._passage.text, draft.token.end) if not draft.unit else None
            if letter is None:
                return None
            draft.why = f"letters behind it that are no unit: {letter.group().strip()}"
            return "unread"
        if _NAME_AFTER.match(self._passage.text, draft.token.end) and draft.token.text.isdecimal():
            return "label"
        if glued.group() in ("st", "nd", "rd", "th", "s"):
            return None
        draft.why = f"letters behind it that are no unit: {glued.group()[:12]}"
        return "unread"

    def _unread(self, draft: Draft, words: str) -> NonFigureClass:
        """What is not understood is unread, but for telephone numbers and serial numbers, which nobody counts with."""
        text = draft.token.text
        passage, token = self._passage, draft.token
        if text.isdecimal() and len(text) > _LONGEST_COUNT:
            limit = draft.sentence[1]
            before = money_before(passage.text, draft.sentence[0], token.start, passage.country)
            if before is None and money_behind(passage.text, token.end, limit, passage.country) is None:
                return "label"
        if _DOCUMENT_BEFORE.search(words) or is_doi(words):
            return "document_no"
        draft.why = draft.why or draft.token.why
        return "unread"

    def _in_furniture(self, position: int) -> bool:
        """Whether a number stands in a line around the text of a page."""
        start, end, found = self._line
        if not start <= position < end:
            text = self._passage.text
            start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position) + 1 or len(text) + 1
            found = is_furniture(text[start : end - 1])
            self._line = start, end, found
        return found

    def _in_contact(self, position: int) -> bool:
        """Whether a number belongs to an address or a telephone number."""
        index = bisect_right(self._contacts, (position, len(self._passage.text))) - 1
        return index >= 0 and position < self._contacts[index][1]

    def _word_before(self, position: int) -> str:
        """The word that ends right before a place, with a blank or a full stop between; empty where none does."""
        words = self._passage.words
        index = words.index_from(position) - 1
        near = index >= 0 and not self._passage.text[words.ends[index] : position].strip(" .")
        return words.forms[index] if near else ""

    def _is_capital(self, position: int) -> bool:
        """Whether the word right before a place has a capital letter within its sentence or at its start."""
        words = self._passage.words
        index = words.index_from(position) - 1
        return index >= 0 and self._passage.text[words.starts[index]].isupper()

    def _is_condition(self, draft: Draft) -> bool:
        """Whether a statement tells a condition and what would be: If all joined, it would need 5 million yuan."""
        text, place = self._passage.text, bisect_left(self._would, draft.sentence[0])
        told = place < len(self._would) and self._would[place] < draft.sentence[1]
        if not (told or self._passage.is_chinese(*draft.sentence)):
            return False
        start, end = self._passage.tree.statement(draft.start, draft.end, draft.sentence)
        opened = _IF.match(text, start, end)
        if opened is None:
            return False
        return not opened.group().isascii() or any(start <= place < end for place in self._would)

    def _is_duration(self, draft: Draft, before: str) -> bool:
        after = self._passage.text[draft.token.end : draft.token.end + 8]
        if OF_CHANGE.search(before) or LIFE.search(before):
            return False  # a drop of 8.8 days, a life of 77 years
        if (bound := _LOWER_BOUND.search(before)) is not None:
            before = before[: bound.start()]
        told = draft.token.kind == "word" or _DURATION_AFTER.match(after)
        return bool(told) or _DURATION_BEFORE.search(before[-16:]) is not None
