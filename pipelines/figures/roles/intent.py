"""The words by which a number is wanted, asked for, promised, aimed at or due, before it and behind it."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.figures.text.signs import DONE_THEN
from pipelines.patterns import SIGN, regex

# "the 75,000 households that the plan had foreseen", "50,000 had been targeted", "the 1,200 kilometres planned"
PLANNED_BEHIND = regex(
    r"\s*(?:(?!and\b|but\b|or\b)[a-z-]+ ){0,3}?(?:that|which) (?:the |its |our |their )?(?:[a-z-]+ ){0,2}?"
    r"(?:plan|programme|program|target|budget|strategy|proposal|agreement|appraisal)\b"
    r"|\s*(?:(?!and\b|but\b|or\b)[a-z-]+ ){0,3}?(?:(?:that|which) )?"
    r"(?:had|has|have|was|were|is|are) (?:been )?(?:originally |initially |first )?"
    r"(?:planned|targeted|foreseen|scheduled|envisaged|budgeted|programmed|promised|agreed|projected|anticipated"
    r"|aimed at)\b"
    r"(?! (?:at|to|by|towards)\b)"
    # "the deficit of 2.9 billion we projected"
    r"|\s*(?:(?:that|which) )?(?:we|they|it|he|she|the [a-z]+) (?:had |have |has )?(?:originally |initially )?"
    r"(?:planned|projected|anticipated|forecast|expected|budgeted|estimated|foresaw|envisaged|promised)\b"
    # "the investment of 10,400 crores that we seek to achieve", "so that 40 lakh can be helped over the next years"
    r"|\s*(?:that|which) (?:we|they|it|the [a-z]+) (?:now )?(?:seek|aim|hope|intend|plan|propose|want|wish|expect)s?\b"
    r"|[^.;]{0,80}?\b(?:can|will|would|may|shall|should) [^.;]{0,40}\b(?:over|in|during|within) the (?:next|coming)\b"
    r"|\s*(?:[a-z-]+ ){0,3}?(?:is|are) (?:now )?(?:proposed|intended|meant|supposed) to be\b"
    # what is resolved, asked or proposed is told by a bare "be": "that £2.1 million be set aside for 2015"
    r"|\s*(?:(?!(?:to|not|will|would|shall|should|must|may|might|can|could|cannot)\b)[a-z-]+ ){0,3}?"
    r"be [a-z]+(?:ed|de|en|t)\b"
    r"|\s*(?:(?!against\b|than\b|of\b)[a-z-]+ ){0,2}?(?<!\ba )(?<!the )"
    r"(?:planned|targeted|foreseen|scheduled|envisaged|budgeted)"
    r"(?=\s*(?:$|[.,;:)])|\s(?:for|under|at|in|\d+)\b)"
    # of a 3,000 target; or the 2% target we set
    r"|[\s-](?:[a-z]+ )?(?:target|goal|quota)(?=\s*(?:$|[.,;:)])|\s(?:we|that|which|set|of|for|was|is|in|by)\b)"
    r"|\s*(?:(?![a-z]+ed\b|took\b|part\b)[a-z]+ ){0,2}?in the (?:[a-z]+ ){0,2}?"
    r"(?:plan|programme|budget|design|appraisal|proposal|(?:results|log(?:ical)?) ?frame(?:work)?)\b",
    re.IGNORECASE,
)
# what was done is held against what was allowed: "against 142,600 houses sanctioned", but 61 loans approved were made
AGAINST = regex(r"\bagainst\s+(?:the |a total of )?$", re.IGNORECASE)
SANCTIONED = regex(
    r"\s*(?:[a-z-]+ ){0,2}?(?:sanctioned|approved)(?=\s*(?:$|[.,;:)]|\s(?:for|under|in|by|during|until|up)\b))"
)
BUDGET = regex(
    r"\bbudgets? (?:(?:of|for) (?:the |this |its )?[a-z]+ )?(?:of|for|at|was|is)\s+(?:about |nearly |some )?"
    + SIGN
    + "$",
    re.IGNORECASE,
)
OF_GOAL = regex(
    r"(?:年度|全年|原定|既定|总)?(?:目标|任务|计划)(?:任务)?的?(?=约?\d[\d.]*[%％]|百分之)"
)  # 完成400万人年度目标的79.5%
# an item that is something to do: "the goals are: to build 60 houses; to line 12 wells", but "to help those with 5"
TO_DO = regex(
    r"(?<=[:;])\s*(?:and;?\s*)?(?:[-–•*]\s*)?to [a-z]+\s(?!.*\b(?:that|which|who|whose|where|with)\b)", re.DOTALL
)
# the same as an order, right before its number: "- Distribute 35 phones"
ORDER = regex(
    r"(?:(?<=[:;\n])|^)\s*(?:[-–•*·]\s*)?(?:Award|Build|Construct|Create|Deliver|Develop|Distribute|Dig|Drill|Employ|Enrol|Equip"
    r"|Establish|Hire|Install|Introduce|Launch|Open|Organi[sz]e|Plant|Procure|Provide|Purchase|Reach|Recruit"
    r"|Rehabilitate|Repair|Resettle|Restore|Set up|Supply|Train|Upgrade|Vaccinate)\s+"
    r"(?:about |at least |another |a further |an additional |some |up to |over )?$",
    re.MULTILINE,
)
# a verb of intent whose object is the number: "this year we plan 26,000", "the groups expect 900"
INTENDED = regex(
    r"(?:\b(?:we|they|I|you|who|and|(?!the\b)[a-z]+s) (?:also )?(?:plan|target|aim (?:for|at)|budget(?:ed)? for)"
    r"|\b(?:we|they|I|he|she|you|who|which) (?:had |have )?(?:want(?:ed)?|need|promised|request(?:ed)?)"
    r"|\b[a-z]+ (?:needs|requires|requests|wants)"
    r"|\b(?:we|they|it|he|she) (?:had |have |has )?(?:anticipated|projected|forecast|envisaged) (?:an? |the )?"
    r"(?:[a-z]+ ){1,3}of"
    r"|\b(?:pledge|commitment|promise|proposal|offer|plan|bid|initiative|campaign)s? to [a-z]+"
    r"|\b(?:targets?|aims|hopes?|wishes|seeks?) to [a-z]+"
    r"|\b(?:is|are|am) (?:now |also |still )?(?:working|trying|striving|preparing|about) to [a-z]+"
    r"|\b(?:should|must|ought to) (?:[a-z]+ ){0,2}?be [a-z]+ (?:to|at)"
    r"|\b(?:aim|goal|objective|target|purpose|intention|hope)s? (?:is |was |would be )?(?:of|at|to) [a-z]+"
    r"|\b(?:would|will|shall) (?:target|aim at|aim for|focus on) [a-z]+ of"
    r"|\b(?!the |of |annual |year |under )[a-z]+ plans"
    r"|\b(?:we|they|I|you|who|which|[a-z]+s) (?:expect|intend|propose|foresee|envisage)"
    r"|\b[a-z]+ (?:expects|intends|proposes|foresees|envisages)"
    r"|\b(?:is|are|was|were|be|been|being) (?:[a-z]+ )?"
    r"(?:programmed|budgeted|projected|targeted|planned|envisaged|forecast|scheduled) (?:at|to (?:be|reach|total))"
    r"|\bbudgeted (?:[a-z]+ ){0,3}for (?:an? |the )?(?:[a-z]+ ){1,3}of"
    r"|\b(?:over|during|within) the (?:next|coming) (?:[a-z]+ )?(?:years?|months?),? (?:of|to [a-z]+)"
    r"|\b(?:had|has|have|was|were) (?:been )?(?:asked|applied) for|\b(?:asks|appeals|calls) for)\s+"
    r"(?:about |another |a further |some |up to |around )?" + SIGN + "$",
    re.IGNORECASE,
)
# "the goal to lift 60,000 out of poverty was reached"
WAS_REACHED = regex(
    r"[^,;.]{0,40}?\b(?:has|have|had|was|were|is|are)(?: (?:been|thus|already|now|fully))* "
    r"(?:met|fulfilled|reached|achieved|attained|completed|accomplished|realised|realized|exceeded)\b"
)
# "the goal for 2015 is 60,000", 目标任务300所
GOAL = regex(
    r"(?:\b(?:goal|target|quota|aim)s?\b(?: (?:for|of|in)(?: the)?(?: year)?(?: (?:19|20)\d\d)?)?"
    r"|\b(?:number|amount|sum|total)s? (?:(?:that|which) (?:was|were|is|are|had been) )?"
    r"(?:planned|envisaged|foreseen|agreed|targeted|promised|scheduled)(?: (?:by|in|under|for|at) [^,;.\d]{1,30}?)?)"
    r"(?:, [a-z ]{2,30},)?\s?(?:is|was|are|were|had been|being|having been|stood at|:)\s+"
    r"(?:to [a-z]+ (?:out |up )?)?(?:about |nearly |some |over |at least |another |a further )?$"
    r"|(?<!成)(?:目标|计划)任务数?[为是：:]?$|的(?:目标|任务|计划)数?[为是：:]$|(?<![没未实完])(?:目标|任务|计划)[，,]?(?:就?是|为)[一-鿿]{2,6}$",
    re.IGNORECASE,
)
# what was done is held against it: "20.81 crore were generated against an approved labour budget of 20 crore"
HELD_AGAINST_PLAN = regex(
    r"\bagainst (?:an?|the|its|their) (?:[a-z-]+ ){0,3}(?:plan|budget|budget estimate|target|goal|quota)s? of"
    r" (?:about |some )?$",
    re.IGNORECASE,
)
# what is to be, by the verb before its number: 出栏要达到11万头, 今年会建设1000套, 建议投入不低于10.5亿元, 要求的85%
REQUIRED = regex(
    r"(?<![主重需只首不])(?:要(?![求素点么件是])|须|必须|应当|有望)[^，。；、\d了过已]{1,8}$"
    r"|(?<![适响供相反对效感呼顺])应(?:建设|新建|建成|完成|改造|培训|安排|配套|达到|投入|搬迁|新增|种植?|修[建通]?)[^，。；、\d了过已]{0,8}$"
    r"|(?:今年|明年|将来|未来|(?<=[，。；]))[还也都]?会(?![议同上后前员见商场展计长])[^，。；、\d了过已]{1,6}$|计划了$"
    r"|[还尚仍]需要?[^，。；、\d了过已]{0,6}$|(?:应当?|不得)不?[低少]于$|(?:要求|建议|提出)[^，。；\d了过已]{0,14}(?:不[低少]于|达到?|[到至])$|要求的$"
)
THAN_PLANNED = regex(r"[比较](?:原?计划|目标|任务|设计)的?$")
SHOULD = regex(r"应当?([一-鿿]{1,2}?)成?的?$")  # 应改1846户，已改1275户; 应当建成的43个，建成38个
# 完成年度任务32000人的108.9%
OF_A_TASK = regex(r"(?:任务|目标|计划|规划|指标|方案|预算)(?:数|的)?$")
SO_MUCH = regex(r"的(?:约|近)?(?:[\d.]+\s?[%％]|百分之)")
# what those whose work stands will have: 搬迁完成后，560户可以分红
ONCE_BUILT = regex(rf"{DONE_THEN}，?[^。；\d]{{0,12}}$")
MAY_THEN = regex(r"[^，。；\d]{0,8}(?:可以?|能够?|预计)")
DRAFT_BUDGET = regex(r"草案[^，。；\d]{0,20}$")


def intends(text: str, draft: Draft) -> bool:
    """Whether a verb of intent or of duty stands right before a number: "by 2022 we target 20%", 要求的85%."""
    return any(words.search(text, draft.before, draft.first) for words in (INTENDED, REQUIRED))
