"""Signs and joining words around numbers: currencies, years, lists, "or so", "of them"."""

from __future__ import annotations

import re

MONEY = re.compile(
    r"\s*(?:of )?(?:(?P<usd>US dollars?|U\.S\. dollars?|USD|dollars?|美元)|(?P<eur>euros?|EUR\b|欧元)"
    r"|(?P<hkd>HK dollars?|HKD|Hong Kong dollars?|港元|港币)"
    r"|(?P<cny>(?:RMB |renminbi )?yuan(?: RMB)?|RMB|CNY|renminbi|元(?:人民币)?))",
    re.IGNORECASE,
)
MONEY_BEFORE = re.compile(
    r"(?:(?P<usd>US\s?\$|USD|\$)|(?P<eur>€|EUR)|(?P<hkd>HK\s?\$)|(?P<cny>RMB|CNY|¥|￥|yuan))\s*$", re.IGNORECASE
)
MONEY_RANGE = re.compile(
    r"(?:(?P<usd>US\s?\$|\$)|(?P<eur>€)|(?P<hkd>HK\s?\$)|(?P<cny>¥|￥|RMB))\s?\d[\d,.]*\s*(?:[-–—~]|to)\s*$",
    re.IGNORECASE,
)
MONEY_SIGN = re.compile(r"(?:HK\s?\$|US\s?\$|USD|\$|€|EUR|RMB|CNY|¥|￥|yuan)\s*$", re.IGNORECASE)
LIST_JOIN = re.compile(r"\s*(?:,|，|、|and|to|or|or else|至|到|和|及|与|[-–—~～－]+)\s*(?:and\s+)?", re.IGNORECASE)
OR_SO = re.compile(r"\s*-?(?:or so|or more|or less|or thereabouts|and more|odd|plus|upwards)\b(?! than)", re.IGNORECASE)
OF_THEM = re.compile(
    r"\s+of (?:(?:which|whom|them)\b|(?:these|those)\b(?!\s+(?!are|were|is|was|had|have)[a-z]))", re.IGNORECASE
)
MEMBERS = re.compile(r"\s*(?:,|，|、|and|or|和|及)\s*(?:and\s+)?", re.IGNORECASE)
BY = re.compile(r"\bby\s+(?:about |nearly |over |more than |some )?(?:RMB|¥|US\$|\$)?\s*$", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NEXT_YEAR = re.compile(
    r"\b(?:next year|coming year|following year|year ahead)\b|明年|来年|下一年|下年|次年", re.IGNORECASE
)
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "GBP")
OF_THESE = re.compile(r"\s+of (?:these|those|its|their|our)(?=\s+[a-z])", re.IGNORECASE)
