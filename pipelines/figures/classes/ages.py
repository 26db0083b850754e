"""Ages of people, which count nobody: aged 16 to 24, children under 5, 60岁以上老人, "Li Wan, 45, moved"."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.patterns import regex

_PEOPLE = (
    r"(?:children|child|girls?|boys?|infants?|babies|pupils|students|people|persons?|women|men|mothers|adults|youths?|youngsters"
    r"|adolescents|teenagers|those|anyone|everyone|citizens|residents|workers|members|pensioners|orphans|elderly)"
)
_BOUND = r"(?:of|over|under|from|between|above|below|up to|at least|older than|younger than|more than|less than)"
_AGE_BEFORE = regex(
    rf"(?:\b(?:aged?|ages|aging|age[ -](?:groups?|ranges?|brackets?|limits?|cohorts?)|turned|turning)\s*[(:]?\s*"
    rf"(?:{_BOUND}\s+)*|\b(?:older|younger) than\s+|\b{_PEOPLE}\s+(?:who are\s+)?{_BOUND}\s+"
    rf"|\b{_PEOPLE}\s*[(（](?=\d+\s?[-–—]|$)|年龄(?:段|为|在|范围)?[^，。；\d]{{0,4}})"
    r"(?:\d{1,3}\s*(?:[-–—~～至到]|to|and|or)\s*)?$",
    re.IGNORECASE,
)
_SAYS_AGE = regex(r"\bag(?:e|ed|es|ing)\b|\bturn(?:ed|ing)\b|\b(?:older|younger) than|年龄", re.IGNORECASE)
# behind the age of people nothing is counted: "children under 5 were looked after", "youths (18–35)"
_NO_NOUN = regex(
    r"\s*(?:(?:[-–—]|to|and|or)\s*\d{1,3}\s*)?"
    r"(?:years\b|yrs\b|[.,;:)）]|$|(?:and|or|were|was|are|is|who|had|have|has|received?|gets?|got|can|may|must|in|with|without|to|at|will|each|from|lived?|stay|stayed|took|take|went|paid|by|of|on)\b"
    r"|\s[a-z]{3,}(?<!s)(?<!ed)(?<!ing)\s(?:for|up|to|in|at|on|with|the|an?|no|free|about|over|only)\b)",
    re.IGNORECASE,
)
# "among the 15-18 group", "the 6 to 14 age group"
_GROUP = r"[ -](?:(?:year[ -]olds?|years?|age)[ -])*(?:group|bracket|cohort|band)s?\b"
_GROUP_AFTER = regex(r"\s*(?:[-–—]|to)\s*\d{1,2}" + _GROUP, re.IGNORECASE)
_GROUP_AGAIN = regex(_GROUP, re.IGNORECASE)
_GROUP_BEFORE = regex(r"\b\d{1,2}\s*(?:[-–—]|to)\s*$", re.IGNORECASE)
_AGE_AFTER = regex(
    r"\s*(?:(?:[-–—~～、至到和]|-? ?to|and|or)\s*\d{1,3}\s*)?(?:-?\s?years?[- ](?:olds?|of age)\b|周?岁)", re.IGNORECASE
)
_PERSON_BEFORE = regex(r"(?:\b(?:Mr|Mrs|Ms|Dr)\.?\s[A-Z][\w'’-]+|(?<![A-Za-z,] )\b[A-Z][a-z'’]+\s[A-Z][a-z'’]+),\s$")
_OPEN_AGE = regex(r"\+[)）]|\s?[-–—]\s?\d{1,3}\s?(?:years\s?)?[)）]")
LIFE = regex(r"寿命[^。；]*$|\blife expectancy\b[^.;]*$", re.IGNORECASE)
# a stretch of time that something came to, and no mere duration: a drop of 8.8 days, fell to 31 days
OF_CHANGE = regex(
    r"\b(?:drop|fall|rise|gain|increase|decrease|decline|reduction|difference|improvement|saving|delay|lag) of\s*$"
    r"|\bfrom (?:about |some )?[\d.]+(?: [a-z]+)? to\s*$"
    r"|\b(?:fell|rose|dropped|declined|shortened|cut|reduced|down|up|increased|decreased|improved|lengthened) to\s*$",
    re.IGNORECASE,
)
_OLDEST = 130
_NEAR = 36  # signs before a number in which an age is told


def is_age(draft: Draft, before: str, after: str) -> bool:
    """Whether a number is how old somebody is; `before` and `after` are the words of its line."""
    if (
        draft.scale != 1
        or draft.unit not in ("", "other", "person", "year", "organisation")
        or draft.token.value >= _OLDEST
    ):
        return False
    if _AGE_AFTER.match(after):
        return LIFE.search(before) is None  # how long people live is counted
    if after.startswith(",") and not draft.unit and draft.token.text.isdecimal() and _PERSON_BEFORE.search(before):
        return True  # "Li Wan, 45, moved"
    if _GROUP_AFTER.match(after) or (_GROUP_BEFORE.search(before[-_NEAR:]) and _GROUP_AGAIN.match(after)):
        return True
    near = before[-_NEAR:]
    told = _AGE_BEFORE.search(near)
    if told is None or (near[-1:] in "(（" and not _OPEN_AGE.match(after)):
        return False  # "teachers (45)" are counted
    return draft.unit == "year" or bool(_SAYS_AGE.search(told.group()) or (not draft.unit and _NO_NOUN.match(after)))
