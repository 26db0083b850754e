"""The unit word behind a Chinese number: a measure word, and the noun that a bare one asks for."""

from __future__ import annotations

from pipelines.catalog.regions import is_full_name
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import ABOVE_OR_BELOW, DWELLERS, chinese_before, chinese_head
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.per import read_mean
from pipelines.figures.units.per_before import decide_per, read_each_before
from pipelines.figures.units.per_behind import read_per_behind
from pipelines.patterns import regex

UNSHARED = frozenset({"structure", "other", "year", "month", "day", "training", "event", "article", "document"})
_TIME_UNITS = frozenset({"year", "month", "day"})
# counters that say nothing of themselves; the noun near them does
_BARE_COUNTERS = frozenset("个项处条座所种批家支类片件组套")
_KINDS_IN_BRACKETS = regex(r"[一-鿿]{0,2}?([县市区乡镇村旗])[（(][县市区乡镇村旗、/]+[)）]")
_OF_THINGS = frozenset("项处条座所套件")
_BEHIND = 16  # code points in which the noun of a Chinese counter stands
_LABEL_ENDS = ("：", ":")
_ZH_MARKS = "，。；、,;（(："
_NUMBERED = regex(r"[\d一二三四五六七八九十百两几][个大项类]?$")
_LONGEST_NUMBER = 6
_SOME = regex(r"[两二三四五六七八九十几]$")
_PLACES = frozenset({"province", "city", "county", "township", "village"})
_BODIES = _PLACES | {"enterprise", "facility", "organisation"}  # of which there are people
_TASKS = frozenset({"任务", "目标", "计划", "指标", "要求"})
# what 度 measures beside electricity
_OF_DEGREES = regex("[温热冷冰坡角斜倾纬经寒]|摄氏|华氏|零下")
DEGREES = regex(r"\s?(?:[℃℉]|° ?[CF]\b)")


def decide_unit(draft: Draft, unit: str, words: str, end: int) -> None:
    """Gives a number its unit, the words that decided it, and where the printed quantity ends."""
    draft.unit, draft.noun, draft.end = unit, words, end
    draft.decided["unit"] = words


def chinese_unit(draft: Draft, passage: Passage, position: int, limit: int) -> bool:
    """The unit word right behind a number; a bare counter (个, 项) takes the noun behind or before it."""
    text = passage.text
    first = text[position : position + 2].strip()[:1]
    if not ("一" <= first <= "鿿" or "㌀" <= first <= "㏿"):
        return False
    more = text[position]
    if more in "多余":
        draft.more = more
    behind = position + (more in "多余来")
    if first == "大":
        decide_unit(draft, "structure", "大", text.index("大", position) + 1)  # 四大产业
        return True
    found = lexicon().unit_after(text, behind, limit)
    if found is None and "㌀" <= first <= "㏿":
        draft.why = f"letters behind it that are no unit: {first}"
        return True
    if found is None:
        head = chinese_head(passage, position, min(position + 10, limit))
        if head is None:
            return False
        decide_unit(draft, head[2], text[head[0] : head[1]], position)
        return True
    word, end = found
    if word == "个人" and text.startswith("口", end):
        word, end = "个", end - 1  # 8个人口较少民族
    if text.startswith("数", end) and word == "位":
        return False  # 两位数
    unit = lexicon().unit_codes[word]
    if unit in _BODIES and len(word) > 1:
        head = chinese_head(passage, behind, passage.clause_end(end, limit, _ZH_MARKS))
        if head is not None and head[1] > end and head[2] in DWELLERS:
            word, unit, end = text[end : head[1]], head[2], head[1]  # 112万贫困县学员: they are counted
    if word == "户" and text.startswith("次", end):
        decide_unit(draft, "other", "户次", end + 1)  # how often, and no households
        return True
    if word == "度":
        unit = _unit_of_degrees(draft, passage, end)
    if word == "场次" and "培训" not in text[passage.clause(draft.sentence[0], draft.start, _ZH_MARKS) : end + 4]:
        unit = "event"  # 户院会90场次
    if word in _BARE_COUNTERS:
        beyond = draft.sentence[1] if ABOVE_OR_BELOW.match(text, end) else limit
        limit = passage.clause_end(end, beyond, _ZH_MARKS)
        own = not _VERB_BEHIND.match(text, end)  # 287个建有标准化卫生室 counts no clinics
        head = chinese_head(passage, end, limit, "" if word in "个项" else unit) if own else None
        if kinds := _KINDS_IN_BRACKETS.match(text, end):
            head = end, kinds.end(), lexicon().unit_codes[kinds.group(1)]
        if head is not None and word in "套件" and head[2] in _PLACES:
            head = None  # 100万套城中村和危旧房改造
        if head is None and (not text[end:limit].strip() or lexicon().verbs.match(text, end) or text[end] == "全"):
            label = draft.start - (text[draft.start - 1 : draft.start] in _LABEL_ENDS)  # 贫困村：120个
            before = max(passage.clause(draft.before, label, _ZH_MARKS), label - _BEHIND)
            head = chinese_before(passage, before, label)
            if (
                head is not None
                and head[1] == label
                and any(is_full_name(text[k:label]) for k in range(before, label - 1))
            ):
                head = None  # 赫章县280个 counts no counties
            if head is not None and head[1] == label and _SOME.search(text, before, head[0]):
                head = None  # nor does 另外两县129个
        if head is not None and word in _OF_THINGS and head[2] in ("person", "household"):
            head = None  # 17座移民新村牌楼, 10项带贫困户的产业, 户厕600座: no people
        if head is not None and head[1] <= draft.start and word != "个" and head[2] in _PLACES:
            head = None  # 鼓楼镇204套: houses of a town
        if head is not None and head[1] <= draft.start and head[2] == "structure":
            counted = _NUMBERED.search(text, max(head[0] - _LONGEST_NUMBER, 0), head[0])  # 共七个部分34条
            head = head if counted else (head[0], head[1], "other")  # 发现问题57条: so many were found
        if head is not None and head[1] <= draft.start and text[head[0] : head[1]] in _TASKS:
            head = None  # 下达的任务是48个: of what is told elsewhere
        if head is not None:
            unit = head[2]
        elif word in "个条套件片":
            unit = "other"
        draft.no_noun = head is None
    decide_unit(draft, unit, word, end)
    person = passage.per.last(passage.clause(draft.sentence[0], draft.start, "，,；;。："), draft.start)
    if (
        person is not None
        and draft.start - person.end < 12
        and not text[person.start : person.end].endswith(("收入", "工资"))  # money: 年收入5万元以下的217个
        and (unit not in ("person", "household") or person.payload not in ("person", unit))
        and unit not in ("structure", *_TIME_UNITS)
    ):
        decide_per(draft, person.payload, text[person.start : person.end])
    elif not read_per_behind(draft, passage, end, limit) and unit not in (*_TIME_UNITS, *UNSHARED):
        comma = passage.clause(draft.sentence[0], draft.start, ",;，；。：")
        if not ("每" in text[comma : draft.start] and read_each_before(draft, passage, comma)):
            read_mean(draft, passage, comma)
    return True


_VERB_BEHIND = regex(r"(?:已|均|都|也|全部)?(?:建有|设有|配有|拥有|具备|实现|达到|获得|建成了|开通了|用上|通上)")


def _unit_of_degrees(draft: Draft, passage: Passage, end: int) -> str:
    """What 度 counts: electricity, where the words speak of it; heat and slopes have no unit here."""
    text = passage.text
    reach = passage.clause_end(end, end + 4, "，,；;。、")
    clause = text[passage.clause(draft.sentence[0], draft.start, "，,；;。、") : reach]
    if _OF_DEGREES.search(clause):
        return "other"
    if "电" in clause or "电" in text[slice(*draft.sentence)] or draft.scale > 1:
        return "kWh"
    draft.why = "degrees of what nothing tells"
    return "other"
