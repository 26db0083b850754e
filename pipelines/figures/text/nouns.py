"""The noun that a number counts: the head of the phrase behind it or before it, in either language."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.load import catalog
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex

# single characters that are nouns by themselves
_HEADS = frozenset("人户村县镇乡市省州旗桥渠窖井")
_SKIPPED = frozenset({"more", "fewer", "less", "other", "new", "additional", "further", "such"})
# adjectives that are nouns where no noun follows
NOMINAL = frozenset({"needy", "poor", "poorest", "vulnerable", "elderly", "disabled", "unemployed", "sick", "old"})
# a noun behind one of these is where or how something is, and not what is counted
_AROUND = frozenset(
    {"by", "in", "at", "on", "with", "under", "inside", "within", "through", "during", "over", "across", "from"}
    | {"into", "outside", "between", "against", "below", "above", "besides", "per", "without", "near", "beside"}
    | {"along", "around", "behind", "beyond", "off", "toward", "towards", "throughout", "after", "before"}
    | {"beneath", "amid"}
)
_PASSED = frozenset(
    {"the", "a", "an", "all", "these", "those", "its", "their", "his", "her", "each", "every", "and", "or"}
)
_LONGEST_PHRASE = 8  # words between a preposition and the noun that it governs
# verbs behind a noun whose past no ending tells: "11 townships kept no accounts"
_PAST = frozenset(
    {"kept", "got", "held", "paid", "ran", "won", "lost", "left", "met", "sent", "lent", "spent", "sold", "taught"}
    | {
        "bought",
        "brought",
        "gave",
        "lay",
        "led",
        "fed",
        "drew",
        "hurt",
        "let",
        "sat",
        "told",
        "began",
        "chose",
        "drove",
    }
    | {"fled", "fought", "sought", "shut", "slept", "spread", "struck", "put", "cut", "set", "dug", "quit", "sank"}
)
_COMPOUNDED = regex(r"[-–][a-z]+(?:ed|led|run|level|wide|driven|owned|friendly|style|type|specific|centric)\b")
_ADJECTIVE = regex(r" ([a-z]+(?:-[a-z]+)?)(?<!s)(?<!ed)(?<!ing), ?(?:and |or )?(?=[a-z])")
_ABBREVIATED = regex(r" \([A-Z][A-Za-z]{1,7}\)(?= [a-z])")
_ZH_MARKS = "，。；、,;（(："
_LONGEST_COMPOUND = 16
_ATTRIBUTIVE = frozenset("已未拟待应新")
# 40个有扶贫任务的县, 12家存在亏损的合作社: what is told of the noun stands before it
_RELATIVE = regex(r"(?:没?有|无|未|不|被|已|存在|享受|从事|参加|参与|承担|纳入|列入|需要?|符合)[^，。；、的\d]{1,12}的")
# 18个人口不足千人的村, 35个年收入超过100万元的合作社
ABOVE_OR_BELOW = regex(r"[一-鿿]{1,8}?(?:不足|不到|未满|超过?|低于|高于|[多少大小]于|达到?)[^，。；、的]{1,12}的")
_WITHIN = regex(r"[一-鿿]{2,12}(?:范围)?内的(?=[一-鿿])")  # 73个特困区范围内的重点县
_TOLD_BEFORE = (_RELATIVE, _WITHIN, ABOVE_OR_BELOW)
# 县级医院, 县直部门, 村办企业, 省定贫困村, 企业退休人员
_AFFIX = regex(r"[级直属办域内辖管定]|离?退休|[在下]岗|在职|失业|参保|从业|务工|困难")
_ADVERB = regex(r"(?:全部|全都|先后|陆续|如期|顺利|整体|成功|正在|已经?|均|都|共|也|仍)+$")  # 薄弱村全部达标
_JOIN_BEHIND = regex(r"[和及与并]+$|以及$")
_WHERE = regex(r"[一-鿿]{0,2}(?:工作|过程|建设|实施)中$")
_COPULA = regex(
    r"(?:(?:减少|增加|下降|上升|提高|扩大|发展)[到至]|(?:总数|总量|数量|个数|共|总|已|达到|达|为|是|有|计|数|约|近|超过|突破|逾|就|分别|占到?|[增减]至|了))+$"
)
_ACT = regex(r"(?:[一-鿿]{2}化|达标|新|改扩?|维修)?(?:建设|改造|维修|升级)$")
ChineseNoun = tuple[int, int, str]


_PREDICATE = regex(r"存在|属于?(?=[一-鿿])")
_AMONG = regex(r"[当之]?中(?=有|的|已|没|未)")
# one noun ends and another begins with the same sign: 83个贫困村|村集体经济收入
_DOUBLED = regex(r"([村县镇乡户市区])\1")


def chinese_head(passage: Passage, start: int, limit: int, agreeing: str = "") -> ChineseNoun | None:
    """The last noun of the Chinese noun phrase that begins at a place: of 村民小组 the groups, of 村卫生室 the rooms.

    Args:
        passage: the text.
        start: what follows a number and its measure word.
        limit: where the phrase ends at the latest.
        agreeing: the unit that the measure word asks for, so that 家 passes over 贫困地区的 to 企业; empty for any.

    Returns:
        Start, end and unit code; a part of a plan ("structure") only where nothing else is named.
    """
    found = _last_noun(passage, start, limit, agreeing)
    if found is None:
        return None
    text = passage.text
    closed = _QUOTE_CLOSES.search(text, start, limit) if _QUOTE_OPENS.match(text, start) else None
    if closed is not None and found[1] < closed.start():
        return None  # 101个“妇女之家”: a word inside a name counts nothing
    if (
        found[2] in DWELLERS
        and (where := _PLACE_OF.fullmatch(text, start, found[0]))
        and not _OFFICE.match(text, found[0])
    ):
        return where.start(1), where.end(1), lexicon().unit_codes[where.group(1)]
    return found


DWELLERS = ("person", "household")
# whose plural ends a phrase: "for the 43 villages comes to …"
_PLACES_COUNTED = frozenset({"village", "township", "county", "city", "province"})
_QUOTE_OPENS = regex(r"[“\"「『‘]")
_QUOTE_CLOSES = regex(r"(?<=.)[”\"」』’]")
# 30个重点县农牧民人均: the counties are counted, in which the people live; of 65个村干部 the people
# and of 5个重点受灾省份紧急转移安置群众 the provinces; 个 counts no people behind a place but its own
_PLACE_OF = regex(r"(?<=个)[^的、和]{0,6}?(?<!农)(地区|[县村乡镇省市])份?(?:(?![级委办干组民医教官场])[^的、和]+)?")
_OFFICE = regex(r"干部|[支]?书记|主任|[医教]|[一-鿿]{0,4}员")


def _last_noun(passage: Passage, start: int, limit: int, agreeing: str) -> ChineseNoun | None:
    text = passage.text
    if text[start : start + 1] in _HEADS and text.startswith("均", start + 1):
        return start, start + 1, lexicon().unit_codes[text[start]]  # 19个县均有: all of them, no mean of each
    if relative := next((one for form in _TOLD_BEFORE if (one := form.match(text, start, limit))), None):
        told = _last_noun(passage, relative.end(), limit, agreeing)
        if told is not None and told[2] != "structure":
            return told
    end = passage.clause_end(start, min(start + _LONGEST_COMPOUND, limit), _ZH_MARKS)
    closed = end < limit or not text[limit : limit + 1].isdecimal()
    # of 40个已出列村 the verb belongs to the villages
    done = lexicon().verbs.match(text, start + 1, end) if text[start : start + 1] in _ATTRIBUTIVE else None
    if verb := lexicon().verbs.search(text, done.end() if done else start + 1, end):
        adverb = _ADVERB.search(text, start, verb.start())
        end, closed = adverb.start() if adverb else verb.start(), True
    elif joined := _JOIN_BEHIND.search(text, start, end):
        end, closed = joined.start(), True
    if _PREDICATE.match(text, start, end):
        return None  # 有39个存在问题
    if among := _AMONG.search(text, start + 1, end):
        end, closed = among.start(), True  # 326个行政村中有卫生室的
    if doubled := _DOUBLED.search(text, start, end):
        end, closed = doubled.start() + 1, True
    if closed and (act := _ACT.search(text, start + 2, end)) and text[act.start() - 1] in lexicon().words.endings:
        end = act.start()  # 192个村卫生所标准化建设: what is built ends before it
    if closed and (where := _WHERE.search(text, start + 1, end)):
        end = where.start()  # 12个市县扶贫工作中
    found: ChineseNoun | None = None
    place = start
    while place < end:
        cut = text.find("的", place, end)
        until = cut if cut >= 0 else end
        head = _compound(passage, place, until, agreeing, closed=closed or cut >= 0)
        if head is not None and (not agreeing or head[2] == agreeing):
            return head
        found = found or head
        if found is not None and not agreeing:
            break
        place = until + 1
    return found


def chinese_before(passage: Passage, start: int, end: int) -> ChineseNoun | None:
    """The noun that a Chinese stretch before a number ends in: 贫困村 of "贫困村共有3400个"."""
    text = passage.text
    copula = _COPULA.search(text, start, end) or _FROM_YEAR.search(text, start, end)
    last = copula.start() if copula else end
    if text[last - 1 : last] == "的" and lexicon().verbs.match(text, start):
        return None  # 存在问题的41个: what is told of what was counted before
    if text[last - 1 : last] == "的" and last - 1 > start:
        return _compound(passage, start, last - 1, "", closed=False)  # "贫困村通了公路的有410个"
    for verb in (0, *range(2, _LONGEST_VERB)):
        if verb and not lexicon().verbs.fullmatch(text, last - verb, last):
            continue
        found = _compound(passage, start, last - verb, "", closed=True)  # 产业项目验收3260个
        if found is not None and last - verb - found[1] <= 1:
            return found
    return None


_FROM_YEAR = regex(r"[由从](?:(?:19|20)\d\d年|[上去前]一?年|年初)?[末底初]?的?$")  # 贫困村由2014年的1919个减少到640个
_LONGEST_VERB = 5


def _compound(passage: Passage, start: int, end: int, agreeing: str, *, closed: bool) -> ChineseNoun | None:
    """Head of a compound: the noun or the character that ends it, else the last of the nouns that it begins with."""
    text = passage.text
    chain: ChineseNoun | None = None
    structure: ChineseNoun | None = None
    broken = False
    place = start
    while place < end:
        noun = passage.nouns.get(place)
        if noun is None or noun[0] > end or not "一" <= text[place] <= "鿿":
            place += 1
            continue
        found = place, noun[0], "structure" if noun[1].is_structure else noun[1].unit
        place = noun[0]
        if not noun[1].unit or not (place - found[0] > 1 or text[found[0]] in _HEADS):
            continue
        if noun[1].is_structure:
            structure = structure or found
        elif closed and found[1] == end:
            return chain if agreeing and chain is not None and chain[2] == agreeing != found[2] else found
        elif chain is None or not broken:
            gap = text[chain[1] : found[0]] if chain is not None else ""
            broken = bool(gap) and not _AFFIX.fullmatch(gap)
            chain = chain if broken else found
    if structure is not None and structure[1] == end:
        return chain or structure  # 四个重点
    ends = closed and end - start > 1 and text[end : end + 1] != "的"  # 流离失所的人们 counts no 所
    unit = lexicon().words.endings.get(text[end - 1]) if ends else None
    if unit and (unit == (agreeing or unit) or agreeing == "enterprise"):
        return start, end, unit  # 29家医院
    if chain is not None and chain[1] < end and text[chain[1]] == "级":
        return None  # 2个自治区级重点专科: of what nothing known says
    return chain or structure


@lru_cache(maxsize=1)
def physical_units() -> frozenset[str]:
    """Codes of units that measure: "3,650 km cement road" counts kilometres, whatever noun follows."""
    kinds = ("area", "area_mu", "length", "mass", "volume", "energy", "power")
    return frozenset(unit.code for unit in catalog().units.values() if unit.kind in kinds)


def nouns_told(passage: Passage, start: int, end: int) -> list[str]:
    """Units of the nouns of a stretch that it speaks of: no place, time or means ("in the counties, by group").

    A noun behind "of" is what is counted if no other noun is ("the number of households", but "members of households").
    """
    found: list[str] = []
    previous_end, previous_governed = -1, False
    for place, reach, noun in passage.phrases_within(start, end):
        if "一" <= passage.text[place] <= "鿿" and reach - place == 1 and passage.text[place] not in _HEADS:
            continue  # 注册用户 counts no 册
        governed = _is_governed(passage, start, place, previous_end, previous_governed=previous_governed)
        if not governed and not _NAMES.search(passage.text, max(start, place - _LONGEST_NAME), reach):
            found.append(noun.unit)
        previous_end, previous_governed = reach, governed
    return found


_LONGEST_NAME = 24
# "Lintao County 480": what is named is not what is counted
_NAMES = regex(
    r"[A-Z][a-z’'-]+ (?:County|City|Town|Township|Village|District|Prefecture|Province|Region|Municipality|Ward|State)$"
)


def _is_governed(passage: Passage, start: int, place: int, previous_end: int, *, previous_governed: bool) -> bool:
    """Whether a preposition before a noun makes it a place, a time or a means."""
    words, text = passage.words, passage.text
    index = words.index_from(place) - 1
    reach, joined = place, False
    for _ in range(_LONGEST_PHRASE):
        if index < 0 or words.starts[index] < start or text[words.ends[index] : reach].strip(" -“”\"‘’'\n"):
            return False
        form = words.forms[index]
        if words.ends[index] == previous_end:
            return joined and previous_governed
        if form in _AROUND:
            return True
        if form == "of":
            return index > 0 and (words.ends[index - 1] == previous_end or words.forms[index - 1] == "out")
        if form in lexicon().words.boundaries and form not in _PASSED:
            return False
        joined = joined or form in ("and", "or")
        reach = words.starts[index]
        index -= 1
    return False


# plurals that no s tells
_MANY = regex(r"(?:people|\w*men|children|staff|cattle|sheep|poultry|livestock|personnel|youth|fish|police|needy|poor)")
_NUMBER = regex(r" \d[\d,]*")
_ONE = regex(r"(?:\b(?:1|one|an?|each|every|per)|第一|一)[ -]?$", re.IGNORECASE)


# people by what they do: economists, chairmen, refugees, politicians, asylum seekers
_PERSONS = regex(
    r"(?!(?:check|black|short|white|play|price)?lists|wrists|twists|fists|mists|coexists|committees|subcommittees|degrees|trees|fees|bees"
    r"|knees|rupees|levees|guarantees|marquees|specimen)(?:[a-z-]{3,}(?:ists|ees|icians|arians|holders|makers|goers)|seekers"
    r"|[a-z-]{3,}(?:keepers|workers|owners|growers|fighters|wives|mothers|girls|boys))"
)
# what several persons are called with no s behind it: schoolchildren, townspeople, fisherfolk; a regimen is none
_PEOPLE = regex(r"[a-z-]{3,}(?:children|people|women|folk|(?<!ci)(?<!gi)(?<!ra)(?<!u)(?<!o)(?<!i)men)")
# people by where they are from: 400 Syrians, 21,886 rural Burundians
_DEMONYM = regex(
    r"[A-Z][a-z]+(?:(?<=[a-z]{2})ans|inos|ois|ese|landers|shmen|Yorkers)|Yorkers|Londoners"
    r"|(?:Iraq|Pakistan|Bangladesh|Nepal|Yemen|Somal|Israel|Saud|Emirat|Punjab|Bengal|Azer|Kuwait|Oman|Qatar|Tajik|Uzbek"
    r"|Kazakh|Kurd|Turk|Serb|Croat|Pole|Arab|Afghan|Dane|Swede|Finn|Scot|Hutu|Tutsi|Masai|Maasai)i?s"
)


def is_singular(word: str) -> bool:
    """Whether an English word is none of several: what more than one are counted in ends another way."""
    return word.isalpha() and (not word.endswith("s") or word.endswith("ss")) and not _MANY.fullmatch(word)


def noun_head(passage: Passage, start: int, limit: int) -> tuple[str, str, int]:
    """Head noun of the noun phrase that begins at a place.

    Args:
        passage: the text.
        start: what follows a number, or where a clause begins.
        limit: where the phrase ends at the latest.

    Returns:
        Words up to the head, unit code (`other` for an unlisted plural, empty for none), end of the head.
    """
    words, text, bounds = passage.words, passage.text, lexicon().words.boundaries
    forms, starts, ends = words.forms, words.starts, words.ends
    listed = _ADJECTIVE.match(text, start, limit)
    if listed and listed.group(1) not in bounds and listed.start(1) not in passage.nouns:
        said, unit, reach = noun_head(passage, listed.end() - 1, limit)
        if said and not is_singular(said.rsplit(None, 1)[-1]):
            return text[start:reach].strip(), unit, reach  # 10,020 micro, small, and medium enterprises
    head_end, unit, unlisted_end, previous_end = 0, "", 0, start
    index = words.index_from(start)
    while index < len(forms) and ends[index] <= limit:
        place, form = starts[index], forms[index]
        if text[previous_end : previous_end + 2] == " (" and (named := _ABBREVIATED.match(text, previous_end, limit)):
            previous_end = named.end()  # senior high school (SHS) students
            index = words.index_from(previous_end)
            continue
        if text[previous_end:place] != " " and text[previous_end:place].strip(" -“”\"‘’'\n"):
            break
        noun = passage.nouns.get(place)
        if noun is not None and (compound := _COMPOUNDED.match(text, noun[0], limit)):
            previous_end = compound.end()  # "community-based projects" counts projects
            index = words.index_from(previous_end)
            continue
        if noun is not None and text[noun[0] : noun[0] + 2] in ("'s", "’s"):
            previous_end = noun[0] + 2  # "New York City's largest employers" are no city
            index = words.index_from(previous_end)
            continue
        if noun is not None and noun[0] <= limit and noun[1].unit != "times":
            if not head_end and not unlisted_end and noun[1].unit in physical_units():
                if text[place].isupper() and text[starts[index - 1]].isupper() and starts[index - 1] >= start:
                    return text[start : noun[0]].strip(), "other", noun[0]  # "4,465 Ganga Grams": a name
                return text[start : noun[0]].strip(), noun[1].unit, noun[0]  # "3,650 km cement road" counts kilometres
            head_end, unit = noun[0], "structure" if noun[1].is_structure else noun[1].unit
            previous_end = noun[0]
            index = words.index_from(noun[0])
            continue
        if form in _SKIPPED and not head_end and not unlisted_end:
            previous_end = ends[index]
            index += 1
            continue
        if form == "and" and head_end and words.forms[index - 1] in NOMINAL:
            previous_end = ends[index]  # "needy and vulnerable households"
            index += 1
            continue
        if form in ("and", "or") and head_end and is_singular(forms[index - 1]) and not _ONE.search(text, 0, start):
            # "62 community nutrition and care centres", "35 community and 12 district hospitals"
            again = _NUMBER.match(text, ends[index])
            place = again.end() if again else ends[index]
            said, both, reach = noun_head(passage, place, passage.clause_end(place, place + _LONGEST_NAME, ",.;:("))
            if said and not is_singular(said.rsplit(None, 1)[-1]):
                return text[start:reach].strip(), both, reach
            break
        if form == "and" and unlisted_end > head_end and ends[index] < limit:
            said, both, reach = noun_head(passage, ends[index], limit)
            first, *rest = said.split() or [""]
            if rest and both not in ("", "other", "structure") and is_singular(first):
                return text[start:reach].strip(), both, reach  # 31 village savings and loan clubs
        if form in ("and", "or") and not head_end and not unlisted_end and previous_end > start:
            previous_end = ends[index]  # "secondary and senior technicians"
            index += 1
            continue
        if form in bounds or (head_end and (form in _PAST or form.endswith(("ed", "ing", "wn", "lt", "ly")))):
            break
        abbreviated = text[place : ends[index] - 1].isupper() and ends[index] - place > 2  # UTs, NGOs
        if (
            form.endswith("s")
            and (len(form) > 3 or abbreviated)
            and not form.endswith(("ss", "’s", "'s", "ous", "us", "is"))
            and not (head_end == previous_end and unit in _PLACES_COUNTED and not is_singular(forms[index - 1]))
        ) or _PEOPLE.fullmatch(form):
            unlisted_end = ends[index]
        previous_end = ends[index]
        index += 1
    if unlisted_end > head_end:
        said = text[start:unlisted_end].strip()
        last = said.rsplit(None, 1)[-1]
        persons = _PERSONS.fullmatch(last) or _PEOPLE.fullmatch(last) or _DEMONYM.fullmatch(last)
        return said, "person" if persons else "other", unlisted_end
    return text[start:head_end].strip() if head_end else "", unit, head_end
