# ruff: noqa: E501, RET504
"""Numbers as documents write them, in many forms and decided by seeds, each with what is to be read of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.properties.writers import Expect, Number, Part, Raised, Value

D = Decimal

# currencies by code, English name behind a number, Chinese name, and a sign that only they have
MONEY = (
    ("USD", "US dollars", "美元", "US$"), ("EUR", "euros", "欧元", "€"), ("GBP", "pounds sterling", "英镑", ""),
    ("JPY", "Japanese yen", "日元", "JP¥"), ("CAD", "Canadian dollars", "加元", "C$"), ("AUD", "Australian dollars", "澳元", "A$"),
    ("HKD", "Hong Kong dollars", "港元", "HK$"), ("TWD", "New Taiwan dollars", "新台币", "NT$"), ("KES", "Kenyan shillings", "肯尼亚先令", "Ksh "),
    ("PHP", "Philippine pesos", "菲律宾比索", "₱"), ("INR", "Indian rupees", "印度卢比", "₹"), ("PKR", "Pakistani rupees", "巴基斯坦卢比", ""),
    ("BRL", "Brazilian reais", "巴西雷亚尔", "R$"), ("ZAR", "South African rand", "南非兰特", ""), ("PLN", "Polish zloty", "波兰兹罗提", ""),
    ("CHF", "Swiss francs", "瑞士法郎", ""), ("SEK", "Swedish kronor", "瑞典克朗", ""), ("NOK", "Norwegian kroner", "挪威克朗", ""),
    ("RUB", "Russian rubles", "俄罗斯卢布", "₽"), ("KRW", "South Korean won", "韩元", ""), ("VND", "Vietnamese dong", "越南盾", "₫"),
    ("THB", "Thai baht", "泰铢", "฿"), ("MYR", "Malaysian ringgits", "马来西亚林吉特", ""), ("IDR", "Indonesian rupiah", "印度尼西亚卢比", ""),
    ("BDT", "Bangladeshi takas", "孟加拉塔卡", "৳"), ("NPR", "Nepalese rupees", "尼泊尔卢比", ""), ("LKR", "Sri Lankan rupees", "斯里兰卡卢比", ""),
    ("NGN", "Nigerian nairas", "尼日利亚奈拉", "₦"), ("GHS", "Ghanaian cedis", "加纳塞地", ""), ("ETB", "Ethiopian birr", "埃塞俄比亚比尔", ""),
    ("UGX", "Ugandan shillings", "乌干达先令", ""), ("TZS", "Tanzanian shillings", "坦桑尼亚先令", ""), ("EGP", "Egyptian pounds", "埃及镑", ""),
    ("MAD", "Moroccan dirhams", "摩洛哥迪拉姆", ""), ("TRY", "Turkish lira", "土耳其里拉", "₺"), ("MXN", "Mexican pesos", "墨西哥比索", ""),
    ("COP", "Colombian pesos", "哥伦比亚比索", ""), ("KHR", "Cambodian riels", "柬埔寨瑞尔", "៛"), ("MNT", "Mongolian tugriks", "蒙古图格里克", "₮"),
    ("KZT", "Kazakhstani tenge", "哈萨克斯坦坚戈", "₸"), ("UAH", "Ukrainian hryvnias", "乌克兰格里夫纳", "₴"), ("SGD", "Singapore dollars", "新加坡元", "S$"),
)  # fmt: skip
CODES = [
    "AED",
    "AFN",
    "AMD",
    "AOA",
    "ARS",
    "AUD",
    "AZN",
    "BAM",
    "BBD",
    "BDT",
    "BGN",
    "BHD",
    "BIF",
    "BND",
    "BOB",
    "BRL",
    "BSD",
    "BWP",
    "BYN",
    "BZD",
    "CAD",
    "CDF",
    "CHF",
    "CLP",
    "COP",
    "CRC",
    "CVE",
    "CZK",
    "DJF",
    "DKK",
    "DOP",
    "DZD",
    "EGP",
    "ERN",
    "ETB",
    "EUR",
    "FJD",
    "GBP",
    "GHS",
    "GMD",
    "GNF",
    "GTQ",
    "GYD",
    "HKD",
    "HNL",
    "HTG",
    "HUF",
    "IDR",
    "ILS",
    "INR",
    "IQD",
    "IRR",
    "ISK",
    "JMD",
    "JOD",
    "JPY",
    "KES",
    "KGS",
    "KHR",
    "KMF",
    "KPW",
    "KRW",
    "KWD",
    "KZT",
    "LAK",
    "LBP",
    "LKR",
    "LRD",
    "LSL",
    "LYD",
    "MAD",
    "MDL",
    "MGA",
    "MKD",
    "MMK",
    "MNT",
    "MOP",
    "MRU",
    "MUR",
    "MVR",
    "MWK",
    "MXN",
    "MYR",
    "MZN",
    "NAD",
    "NGN",
    "NIO",
    "NOK",
    "NPR",
    "NZD",
    "OMR",
    "PAB",
    "PEN",
    "PGK",
    "PHP",
    "PKR",
    "PLN",
    "PYG",
    "QAR",
    "RON",
    "RSD",
    "RUB",
    "RWF",
    "SAR",
    "SBD",
    "SCR",
    "SDG",
    "SEK",
    "SGD",
    "SOS",
    "SRD",
    "SSP",
    "STN",
    "SYP",
    "SZL",
    "THB",
    "TJS",
    "TMT",
    "TND",
    "TTD",
    "TWD",
    "TZS",
    "UAH",
    "UGX",
    "USD",
    "UYU",
    "UZS",
    "VES",
    "VND",
    "VUV",
    "WST",
    "XAF",
    "XCD",
    "XOF",
    "XPF",
    "YER",
    "ZAR",
    "ZMW",
]

# codes that are words too are money only in a report of their country (docs/numbers.md): no unit then, and no other one
WORDS_TOO = frozenset(
    ["AMD", "BAM", "BOB", "COP", "GEL", "LAK", "MAD", "MGA", "MOP", "NAD", "PEN", "RON", "SOS", "TOP", "TRY", "VES"]
)


def coded(code: str) -> str:
    return f"{code}|unknown" if code in WORDS_TOO else code


ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def words(number: int) -> str:
    """A number below a million in English."""
    if number < 20:
        return ONES[number - 1]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten - 2] + (f"-{ONES[one - 1]}" if one else "")
    if number < 1000:
        hundred, rest = divmod(number, 100)
        return f"{ONES[hundred - 1]} hundred" + (f" and {words(rest)}" if rest else "")
    thousand, rest = divmod(number, 1000)
    return f"{words(thousand)} thousand" + (f" {'and ' if rest < 100 else ''}{words(rest)}" if rest else "")


def numeral(number: int, digits: str = "零一二三四五六七八九", scales: str = "十百千") -> str:
    """A number below ten thousand in Chinese."""
    out, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (scales[place - 1] if place else "")
            gap = False
        else:
            gap = True
    return out[1:] if out.startswith("一十") and digits[1] == "一" else out


def grouped(number: Decimal | int, group: str = ",", point: str = ".") -> str:
    return f"{number:,}".translate(str.maketrans({",": group, ".": point}))


def plain(rng: Random) -> int:
    """A whole number, at times one that looks like a year or the day of a month."""
    return rng.choice([rng.randint(1800, 2199), rng.randint(2, 31), rng.randint(100, 999), rng.randint(1000, 99_999),
                       rng.randint(10**5, 10**7), rng.randint(3, 99) * 1000])  # fmt: skip


def decimal(rng: Random, places: int | None = None) -> Decimal:
    places = rng.randint(1, 2) if places is None else places
    number = D(rng.randint(11, 99_999)).scaleb(-places)
    return number + D(1).scaleb(-places) if str(number).endswith("0") else number


def one(form: str, text: str | tuple[Part, ...], value: object, unit: str = "", expect: Expect = "figure") -> Number:
    """A number that is one figure: of one value, or of a bound or two where it is open."""
    reading: Value = value if isinstance(value, tuple) else D(value)  # type: ignore[arg-type]
    return Number(form, (text,) if isinstance(text, str) else text, ((reading,),), expect, unit)


Form = Callable[[Random], Number]


def money_en(r: Random) -> Number:
    n, d = plain(r), decimal(r)
    code, name, _, sign = r.choice(MONEY)
    other = r.choice(CODES)
    mark = r.choice(
        ["RMB", "RMB ", "CNY ", "¥", "US$", "€", "EUR ", "USD ", f"{other} ", *([] if other in WORDS_TOO else [other])]
    )
    unit = {"RMB": "CNY", "¥": "CNY", "US$": "USD", "€": "EUR"}.get(mark.strip(), coded(mark.strip()))
    word, scale = r.choice([("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12), ("hundred million", 8)])
    short, power = r.choice([("m", 6), ("bn", 9), ("mn", 6), ("mln", 6), ("bln", 9), ("k", 3), ("tn", 12), ("M", 6)])
    small = r.randint(2, 12)
    big = r.randint(1, 9) * 10**6 + r.randint(10**5, 9 * 10**5)
    forms: list[Callable[[], Number]] = [
        lambda: one("yuan with scale", f"{d} {word} {r.choice(['yuan', 'Yuan', 'RMB'])}", d.scaleb(scale), "CNY"),
        lambda: one("yuan in full", f"{grouped(n)} yuan", n, "CNY"),
        lambda: one("yuan without groups", f"{n} yuan", n, "CNY"),
        lambda: one("mark before, in full", f"{mark}{grouped(n)}", n, unit),
        lambda: one("mark before, scale behind", f"{mark}{d} {word}", d.scaleb(scale), unit),
        lambda: one("mark before, letters behind", f"{mark}{d}{short}", d.scaleb(power), unit, "careful"),
        lambda: one("code behind", f"{grouped(n)} {other}", n, coded(other)),
        lambda: one("code behind a scale", f"{d} {word} {other}", d.scaleb(scale), coded(other)),
        lambda: one("letters, then code", f"{d}{short} {other}", d.scaleb(power), coded(other), "careful"),
        lambda: one("name behind", f"{grouped(n)} {name}", n, code),
        lambda: one("name behind a scale", f"{d} {word} {name}", d.scaleb(scale), code),
        lambda: one("name behind of", f"{d} {word} of {name}", d.scaleb(scale), code, "careful"),
        lambda: one("sign before", f"{sign or code + ' '}{d} {word}", d.scaleb(scale), code if sign else coded(code)),
        lambda: one("dollar or pound", f"{r.choice('$£')}{d} {word}", d.scaleb(scale)),
        lambda: one("groups of points", f"{grouped(big + D('0.5'), '.', ',')} yuan", big + D("0.5"), "CNY", "careful"),
        lambda: one("apostrophes", f"{grouped(big, r.choice(chr(39) + '’'))} yuan", big, "CNY", "careful"),
        lambda: one("blanks", f"{grouped(big, ' ')} yuan", big, "CNY", "careful"),
        lambda: one("thin blanks", f"{grouped(big, chr(0x2009))} yuan", big, "CNY", "careful"),
        lambda: one("decimal comma", f"{str(d).replace('.', ',')} million yuan", d.scaleb(6), "CNY", "careful"),
        lambda: one("exponent", f"{d}E+0{power % 10} yuan", d.scaleb(power % 10), "CNY", "careful"),
        lambda: one("power of ten", f"{d} × 10^6 yuan", d.scaleb(6), "CNY", "careful"),
        lambda: one("raised power of ten", (f"{d} × 10", Raised("6"), " yuan"), d.scaleb(6), "CNY", "careful"),
        lambda: one("half a million", "half a million yuan", 500_000, "CNY", "careful"),
        lambda: one("n and a half", f"{words(small)} and a half million yuan", small * 10**6 + 500_000, "CNY", "careful"),
        lambda: one("words of money", f"{words(n % 900 + 20)} million yuan", (n % 900 + 20) * 10**6, "CNY"),
        lambda: one("words of thousands", f"{words(n % 90_000 + 1001)} yuan", n % 90_000 + 1001, "CNY", "careful"),
        lambda: one("minus", f"{r.choice('-−')}{d} million yuan", -d.scaleb(6), "CNY"),
        lambda: one("minus, mark", f"-US${d} million", -d.scaleb(6), "USD", "careful"),
        lambda: one("minus in words", f"minus {words(small)} million yuan", -small * 10**6, "CNY", "careful"),
        lambda: one("lakh", f"Rs {n % 90 + 10},{n % 89 + 10},{n % 899 + 100}",
                    f"{n % 90 + 10}{n % 89 + 10}{n % 899 + 100}", "", "careful"),
        lambda: one("crore", f"Rs {d} crore", d.scaleb(7)),
        lambda: one("lakh rupees", f"{d} lakh Indian rupees", d.scaleb(5), "INR"),
        lambda: one("dollars and cents", f"{n} dollars {n % 80 + 10} cents", n + D(n % 80 + 10).scaleb(-2), "USD", "careful"),
        lambda: one("MUSD", f"{n} MUSD", n * 10**6, "USD", "careful"),
        lambda: one("glued yuan", f"{d} million yuanand", d.scaleb(6), "CNY", "careful"),
        lambda: one("hyphen to yuan", f"{n}-yuan", n, "CNY", "careful"),
        lambda: one("glued scale", f"{d}million yuan", d.scaleb(6), "CNY", "careful"),
        lambda: one("marked", (f"{d}", Raised(r.choice(["1", "12", "[3]", "a"])), " million yuan"), d.scaleb(6), "CNY", "careful"),
        lambda: one("marked behind", (f"{d} million yuan", Raised(r.choice(["1", "2", "[3]"]))), d.scaleb(6), "CNY"),
        lambda: one("marked full", (grouped(n), Raised("2"), " yuan"), n, "CNY", "careful"),
        lambda: one("several scales", f"{small} million {n % 900 + 2} thousand yuan", small * 10**6 + (n % 900 + 2) * 1000, "CNY", "careful"),
        lambda: one("per unit", f"{grouped(n)} yuan per {r.choice(['household', 'mu', 'month', 'km'])}", n),
        lambda: one("stroke unit", f"{grouped(n)} yuan/{r.choice(['household', 'mu', 'month', 'tonne'])}", n, "", "careful"),
        lambda: Number("range to", (f"{small} to {small + 3} million yuan",),
                       ((D(small * 10**6), D((small + 3) * 10**6)), ((D(small * 10**6), D((small + 3) * 10**6)),)), "careful", "CNY"),
        lambda: Number("range dash", (f"{small}{r.choice('-–')}{small + 3} million yuan",),
                       ((D(small * 10**6), D((small + 3) * 10**6)), ((D(small * 10**6), D((small + 3) * 10**6)),)), "careful", "CNY"),
        lambda: Number("range of marks", (f"US${small} million to US${small + 3} million",),
                       ((D(small * 10**6), D((small + 3) * 10**6)),), "careful", "USD"),
        lambda: Number("range in full", (f"{grouped(n)}–{grouped(n * 2)} yuan",), ((D(n), D(n * 2)), ((D(n), D(n * 2)),)), "careful", "CNY"),
        lambda: one("about", f"{r.choice(['about', 'nearly', 'more than', 'over', 'some', 'up to', '~', '>'])} {d} million yuan", d.scaleb(6), "CNY"),
        lambda: one("plus", f"{n}+ million yuan", n * 10**6, "CNY", "careful"),
        lambda: one("or so", f"{d} million yuan or so", d.scaleb(6), "CNY"),
        lambda: Number("points nobody knows", (f"{small}.{small}.{small} million yuan",), (), "unread"),
        lambda: Number("glued signs", (f"{n}{r.choice(['#', '@', '^^', '_', '|', '°', '='])}{small} million yuan",), (), "careful"),
        lambda: Number("glued letters", (f"{n}xyz{small} million yuan",), (), "careful"),
        lambda: Number("torn groups", (f"{small},{n % 900 + 100},{n % 90 + 10} million yuan",), (), "careful"),
        lambda: Number("torn groups of four", (f"{small},{n % 9000 + 1000} million yuan",), ((D(f"{small}.{n % 9000 + 1000}").scaleb(6),),), "careful"),
        lambda: one("mark, half", "US$ half a million", 500_000, "", "careful"),
        lambda: one("mark, minus", f"US$-{d} million", -d.scaleb(6), "USD", "careful"),
        lambda: one("mark, words", f"RMB {words(small)} million", small * 10**6, "CNY", "careful"),
        lambda: one("and a half behind", f"{small} million and a half yuan", small * 10**6 + 500_000, "CNY", "careful"),
        lambda: Number("marks of a range", (f"US${small}{r.choice('-–')}{small + 2} million",),
                       ((D(small * 10**6), D((small + 2) * 10**6)), ((D(small * 10**6), D((small + 2) * 10**6)),)), "careful", "USD"),
        lambda: one("blanks and comma", f"{grouped(big, ' ')},{small + 10} yuan", big + D(small + 10).scaleb(-2), "CNY", "careful"),
        lambda: one("plus yuan", f"{grouped(n)}+ yuan", n, "CNY", "careful"),
        lambda: one("ordinal glued", f"{d}bn-yuan", d.scaleb(9), "CNY", "careful"),
        lambda: one("or more", f"{grouped(n)} yuan or more", n, "CNY"),
        lambda: one("at least", f"at least {grouped(n)} yuan", n, "CNY"),
        lambda: one("less than", f"less than US${d} million", d.scaleb(6), "USD"),
        lambda: one("bracketed unit", f"{grouped(n)} (million yuan)", n * 10**6, "CNY", "careful"),
        lambda: one("approx", f"{d} (approx.) million yuan", d.scaleb(6), "CNY", "careful"),
        lambda: one("double scale", f"{d} million million yuan", d.scaleb(12), "CNY", "careful"),
        lambda: one("hundred thousand", f"{n} hundred thousand yuan", n * 10**5, "CNY", "careful"),
        lambda: one("wan", f"{d} wan yuan", d.scaleb(4), "CNY", "careful"),
    ]  # fmt: skip
    return r.choice(forms)()


NOUNS_EN = (
    ("people", "person"), ("farmers", "person"), ("households", "household"), ("villages", "village"), ("counties", "county"),
    ("townships", "township"), ("projects", "project"), ("training courses", "training"), ("tractors", "equipment"),
    ("reservoirs", "facility"), ("biogas digesters", "facility"), ("heads of livestock", "animal"), ("km of roads", "km"),
    ("mu of terraced land", "mu"), ("hectares of forest", "hectare"), ("tons of fertilizer", "tonne"), ("enterprises", "enterprise"),
    ("cooperatives", "organisation"), ("saplings", "tree"), ("schools", "facility"), ("person-times", "person-time"),
    ("kg of seed", "kg"), ("kWh of power", "kWh"), ("cubic metres of water", "m3"),
)  # fmt: skip
NOUNS_ZH = (
    ("人", "person"), ("户", "household"), ("个村", "village"), ("个县", "county"), ("个乡镇", "township"), ("个项目", "project"),
    ("期培训班", "training"), ("台农机", "equipment"), ("座水库", "facility"), ("口沼气池", "facility"), ("头牲畜", "animal"),
    ("公里", "km"), ("亩", "mu"), ("公顷", "hectare"), ("吨", "tonne"), ("家企业", "enterprise"), ("人次", "person-time"),
    ("株", "tree"), ("所学校", "facility"), ("名干部", "person"), ("公斤", "kg"), ("平方公里", "km2"), ("个贫困村", "village"),
)  # fmt: skip


def count_en(r: Random) -> Number:
    n, d = plain(r), decimal(r)
    noun, unit = r.choice(NOUNS_EN)
    small = r.randint(3, 99)
    forms: list[Callable[[], Number]] = [
        lambda: one("count in full", f"{grouped(n)} {noun}", n, unit),
        lambda: one("count without groups", f"{n} {noun}", n, unit),
        lambda: one("count with scale", f"{d} million {noun}", d.scaleb(6), unit),
        lambda: one("count in thousands", f"{d} thousand {noun}", d.scaleb(3), unit),
        lambda: one("adjective between", f"{grouped(n)} {r.choice(['poor', 'new', 'key', 'more'])} {noun}", n, "" if noun[:2] in ("km", "mu", "kg", "kW") else unit),
        lambda: one("words count", f"{words(small + 100)} {noun}", small + 100, unit),
        lambda: one("small words count", f"{words(small)} {noun}", small, unit),
        lambda: one("count marked", (grouped(n), Raised(r.choice(["1", "[2]"])), f" {noun}"), n, unit, "careful"),
        lambda: one("count with blanks", f"{grouped(n * 1000 + 1, ' ')} {noun}", n * 1000 + 1, unit, "careful"),
        lambda: one("count, comparator", f"{r.choice('>≥~≈')}{grouped(n)} {noun}", n, unit),
        lambda: one("count plus", f"{grouped(n)}+ {noun}", n, unit, "careful"),
        lambda: one("dozen", f"{words(small)} dozen {noun}", small * 12, "", "careful"),
        lambda: one("vulgar", f"{small}½ km of roads", small + D("0.5"), "km", "careful"),
        lambda: one("mixed fraction", f"{small} 1/2 km of roads", small + D("0.5"), "km", "careful"),
        lambda: one("glued unit", f"{small}km of roads", small, "km"),
        lambda: one("raised unit", (f"{grouped(n)} km", Raised("2")), n, "km2"),
        lambda: one("abbreviated scale", f"{d}m {r.choice(['people', 'households'])}", d.scaleb(6), "", "careful"),
        lambda: one("k", f"{small}k people", small * 1000, "person", "careful"),
        lambda: one("brackets count", f"({grouped(n)} {noun})", n, unit),
        lambda: Number("two numbers", (f"{grouped(n)} households ({grouped(n * 4)} people)",), ((D(n), D(n * 4)),)),
        lambda: Number("n of m", (f"{small} of the {small + 9} villages",), ((D(small), D(small + 9)),)),
        lambda: Number("count range", (f"{n}-{n + 12} {noun}",), ((D(n), D(n + 12)), ((D(n), D(n + 12)),)), "careful"),
        lambda: Number("between and", (f"between {small} and {small + 7} {noun}",), ((D(small), D(small + 7)), ((D(small), D(small + 7)),)), "careful"),
        lambda: Number("plus minus", (f"{n} ± {small} {noun}",), ((D(n), D(small)), ((D(n - small), D(n + small)),)), "careful"),
        lambda: Number("plus glued", (f"{n}+{small} {noun}",), ((D(n), D(small)), (D(n + small),)), "careful"),
    ]  # fmt: skip
    return r.choice(forms)()


def share_en(r: Random) -> Number:
    d, small = decimal(r, 1) % 100, r.randint(2, 99)
    forms: list[Callable[[], Number]] = [
        lambda: one("percent", f"{d}%", d, "%"),
        lambda: one("percent, blank", f"{d} %", d, "%"),
        lambda: one("per cent", f"{d} {r.choice(['per cent', 'percent', 'pct'])}", d, "%", "figure"),
        lambda: one("minus percent", f"{r.choice('-−–')}{d}%", -d, "%", "careful"),
        lambda: one("plus percent", f"+{d}%", d, "%"),
        lambda: one("points", f"{d} percentage points", d, "pp"),
        lambda: one("basis points", f"{small} basis points", D(small).scaleb(-2), "pp", "careful"),
        lambda: one("per mille", f"{d}‰", d.scaleb(-1), "%", "careful"),
        lambda: one("leading point", f".{small}%", D(f"0.{small}"), "%", "careful"),
        lambda: one("words percent", f"{words(small)} percent", small, "%", "careful"),
        lambda: one("decimal comma percent", f"{str(d).replace('.', ',')}%", d, "%", "careful"),
        lambda: one("percent in brackets", f"({d}%)", d, "%"),
        lambda: one("double minus", f"minus {d}%", -d, "%", "careful"),
        lambda: one("percent marked", (f"{d}%", Raised("1")), d, "%"),
        lambda: one("mark inside percent", (f"{d}", Raised("1"), "%"), d, "%", "careful"),
        lambda: one("fraction", f"{r.choice(['1/5', '3/4'])} of the total", 0, "", "loose"),
        lambda: one("times", f"{d} times", d, "times"),
        lambda: Number("percent range", (f"{small}-{small + 5}%",), ((D(small), D(small + 5)), ((D(small), D(small + 5)),)), "careful"),
        lambda: Number("percent stroke", (f"{small}/{small + 5}%",), (), "careful"),
    ]  # fmt: skip
    number = r.choice(forms)()
    if number.form == "fraction":
        return one("fraction", number.parts, {"1": "0.2", "3": "0.75"}[number.shown[0]], "", "careful")
    return number


CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def money_zh(r: Random) -> Number:
    n, d = plain(r), decimal(r)
    code, _, name, _ = r.choice(MONEY)
    scale, power = r.choice([("万", 4), ("亿", 8), ("千万", 7), ("百万", 6), ("万亿", 12)])
    small, mid = r.randint(2, 9), r.randint(101, 9999)
    wide = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
    forms: list[Callable[[], Number]] = [
        lambda: one("元 with scale", f"{d}{scale}元", d.scaleb(power), "CNY"),
        lambda: one("元 with scale, blank", f"{d} {scale}元", d.scaleb(power), "CNY"),
        lambda: one("元 in full", f"{grouped(n)}元", n, "CNY"),
        lambda: one("元 without groups", f"{n}元", n, "CNY"),
        lambda: one("人民币", f"人民币{n}{scale}元", D(n).scaleb(power), "CNY"),
        lambda: one("sign", f"¥{grouped(n)}", n, "CNY"),
        lambda: one("Chinese name", f"{d}{scale}{name}", d.scaleb(power), code),
        lambda: one("Chinese name, in full", f"{n}{name}", n, code),
        lambda: one("wide", f"{grouped(d.scaleb(3).quantize(D(1)))}万元".translate(wide), d.scaleb(3).quantize(D(1)).scaleb(4), "CNY", "careful"),
        lambda: one("wide decimals", f"{d}亿元".translate(wide), d.scaleb(8), "CNY"),
        lambda: one("numeral 元", f"{numeral(mid)}{scale}元", D(mid).scaleb(power), "CNY", "careful" if scale != "万" and mid else "figure"),
        lambda: one("numeral 元, 亿", f"{numeral(small)}亿元", D(small).scaleb(8), "CNY"),
        lambda: one("capitals", f"{numeral(mid, CAPITALS, '拾佰仟')}万元整", D(mid).scaleb(4), "CNY", "careful"),
        lambda: one("亿 and 万", f"{small}亿{mid}万元", D(small).scaleb(8) + D(mid).scaleb(4), "CNY", "careful"),
        lambda: one("亿零万", f"{small}亿零{mid % 900 + 10}万元", D(small).scaleb(8) + D(mid % 900 + 10).scaleb(4), "CNY", "careful"),
        lambda: one("亿 千万", f"{small}亿{small}千万元", D(small).scaleb(8) + D(small).scaleb(7), "CNY", "careful"),
        lambda: one("blank 亿 万", f"{small} 亿 {mid} 万元", D(small).scaleb(8) + D(mid).scaleb(4), "CNY", "careful"),
        lambda: one("万 then digits", f"{small}万{mid % 9000 + 1000}元", D(small).scaleb(4) + (mid % 9000 + 1000), "CNY", "careful"),
        lambda: one("个亿", f"{d}个亿", d.scaleb(8), "", "careful"),
        lambda: one("两个亿", "两个亿", D(2).scaleb(8), "", "careful"),
        lambda: one("元角", f"{n}元{small}角", n + D(small).scaleb(-1), "CNY", "careful"),
        lambda: one("元角分", f"{n}元{small}角{small}分", n + D(small).scaleb(-1) + D(small).scaleb(-2), "CNY", "careful"),
        lambda: one("负", f"负{d}万元", -d.scaleb(4), "CNY", "careful"),
        lambda: one("minus 万元", f"{r.choice('-－−')}{d}万元", -d.scaleb(4), "CNY", "careful"),
        lambda: one("blank groups", f"{grouped(n * 1000 + 7, ' ')}万元", (n * 1000 + 7) * 10**4, "CNY", "careful"),
        lambda: one("约", f"{r.choice(['约', '近', '超过', '达到', '逾', '不足', '至少', '>', '≥'])}{d}亿元", d.scaleb(8), "CNY"),
        lambda: one("多", f"{small}000多万元", D(small).scaleb(7), "CNY"),
        lambda: one("余", f"{d}亿余元", d.scaleb(8), "CNY", "careful"),
        lambda: one("左右", f"{d}亿元左右", d.scaleb(8), "CNY"),
        lambda: one("以上", f"{d}亿元以上", d.scaleb(8), "CNY"),
        lambda: one("三四十万", f"{numeral(small)}{numeral(small + 1)}十万元", (D(small).scaleb(5), D(small + 1).scaleb(5)), "CNY", "careful") if small < 9 else one("数千万", "数千万元", (D(2).scaleb(7), D("9.999").scaleb(7)), "CNY", "careful"),
        lambda: one("数", f"数{r.choice(['百', '千'])}万元", 0, "CNY", "careful"),
        lambda: one("marked 元", (f"{d}", Raised(r.choice(["1", "[2]"])), "万元"), d.scaleb(4), "CNY", "careful"),
        lambda: one("marked behind 元", (f"{d}亿元", Raised("2")), d.scaleb(8), "CNY"),
        lambda: one("exponent 元", f"{d}×10^6元", d.scaleb(6), "CNY", "careful"),
        lambda: one("per 户", f"{r.choice(['每户', '每人', '每亩'])}{n}元", n),
        lambda: one("stroke 户", f"{n}元/{r.choice(['户', '人', '亩', '吨'])}", n, "", "careful"),
        lambda: one("万千", f"{small}万{small}千元", small * 11000, "CNY", "careful"),
        lambda: one("亿多", f"{d}亿多元", d.scaleb(8), "CNY", "careful"),
        lambda: one("余万", f"{small}000余万元", D(small).scaleb(7), "CNY"),
        lambda: one("上亿", "上亿元", D(1).scaleb(8), "CNY", "careful"),
        lambda: one("blank groups 元", f"{grouped(n * 1000 + 7, ' ')} 元", n * 1000 + 7, "CNY", "careful"),
        lambda: one("wide comma", f"{grouped(n * 1000 + 7, '，')}元", n * 1000 + 7, "CNY", "careful"),
        lambda: one("¥万", f"¥{d}万", d.scaleb(4), "CNY"),
        lambda: one("plus 万元", f"{n}+万元", n * 10**4, "CNY", "careful"),
        lambda: one("元人民币", f"{d}亿元人民币", d.scaleb(8), "CNY"),
        lambda: one("traditional", f"{d}{r.choice('萬億')}元", 0, "CNY"),
        lambda: one("brackets 万元", f"{n}（万元）", n * 10**4, "CNY", "careful"),
        lambda: one("US$ 亿", f"US${d}亿", d.scaleb(8), "USD", "careful"),
        lambda: one("letters and code", f"USD {d}万", d.scaleb(4), "USD", "careful"),
        lambda: Number("range 元", (f"{small}{r.choice('-—~至')}{small + 3}万元",),
                       ((D(small).scaleb(4), D(small + 3).scaleb(4)), ((D(small).scaleb(4), D(small + 3).scaleb(4)),)), "careful", "CNY"),
        lambda: Number("glued 元", (f"{n}{r.choice('#@_|°=')}{small}万元",), (), "careful"),
        lambda: Number("points 元", (f"{small}.{small}.{small}万元",), (), "unread"),
        lambda: Number("numeral nobody writes", (f"{numeral(small)}百{numeral(small)}千万元",), (), "unread"),
    ]  # fmt: skip
    number = r.choice(forms)()
    if number.form == "traditional":
        return one("traditional", number.parts, d.scaleb(4 if "萬" in number.shown else 8), "CNY")
    if number.form == "数":
        step = 6 if "百" in number.shown else 7
        nines = D(999 if step == 6 else 9999).scaleb(4)
        return Number("数", number.parts, (((D(2).scaleb(step), nines),),), "careful", "CNY")
    return number


def count_zh(r: Random) -> Number:
    n, d = plain(r), decimal(r)
    noun, unit = r.choice(NOUNS_ZH)
    small, mid = r.randint(12, 99), r.randint(101, 999)
    digit = r.randint(3, 9)
    bare = noun.removeprefix("个")
    forms: list[Callable[[], Number]] = [
        lambda: one("count", f"{n}{noun}", n, unit),
        lambda: one("count grouped", f"{grouped(n)}{noun}", n, unit),
        lambda: one("count 万", f"{d}万{noun}", d.scaleb(4), unit),
        lambda: one("count blank", f"{n} {noun}", n, unit),
        lambda: one("numeral", f"{numeral(mid)}{noun}", mid, unit),
        lambda: one("small numeral", f"{numeral(small)}{noun}", small, unit),
        lambda: one("十几", f"十几{noun}", (D(10), D(19)), unit, "careful"),
        lambda: one("数百", f"数百{noun}", (D(200), D(999)), unit, "careful"),
        lambda: one("近百", f"近百{noun}", 100, unit, "careful"),
        lambda: one("百余", f"百余{noun}", 100, unit, "careful"),
        lambda: one("plus zh", f"{n}+{noun}", n, unit, "careful"),
        lambda: one("一两百", f"一两百{noun}", (D(100), D(200)), unit, "careful"),
        lambda: one("半", f"{digit}个半村", digit + D("0.5"), "", "careful"),
        lambda: Number("中 之", (f"{digit + 20}个村中的{digit}个",), ((D(digit + 20), D(digit)),)),
        lambda: one("余个", f"{n}余{noun}", n, unit),
        lambda: one("多个", f"{n}多{noun}", n, unit),
        lambda: one("count marked zh", (f"{n}", Raised("1"), noun), n, unit, "careful"),
        lambda: one("左右个", f"{n}{noun}左右", n, unit),
        lambda: one("多少分之", f"{numeral(small)}分之{numeral(digit)}", D(digit) / D(small), "", "loose"),
        lambda: one("廿", f"廿{numeral(digit)}{noun}", 20 + digit, unit, "careful"),
        lambda: one("二百五", f"{numeral(digit)}百{numeral(digit)}十{noun}", digit * 110, unit, "careful"),
        lambda: one("零", f"{numeral(digit)}百零{numeral(digit)}{noun}", digit * 101, unit),
        lambda: one("一〇", f"一〇{numeral(digit)}{noun}", 100 + digit, unit, "careful"),
        lambda: one("万 numeral", f"{numeral(digit)}万{numeral(digit)}千{bare if bare in ('人', '户', '亩') else '人'}", digit * 11000, "", "careful"),
        lambda: Number("两个数", (f"{n}户{n * 4}人",), ((D(n), D(n * 4)),)),
        lambda: Number("count range zh", (f"{n}—{n + 12}{noun}",), ((D(n), D(n + 12)), ((D(n), D(n + 12)),)), "careful"),
        lambda: Number("neighbours", (f"{numeral(digit - 1)}{numeral(digit)}{noun}",), (((D(digit - 1), D(digit)),),), "careful"),
    ]  # fmt: skip
    number = r.choice(forms)()
    return number


def share_zh(r: Random) -> Number:
    d, small = decimal(r, 1) % 100, r.randint(2, 9)
    forms: list[Callable[[], Number]] = [
        lambda: one("percent", f"{d}%", d, "%"),
        lambda: one("wide percent", f"{d}％", d, "%"),
        lambda: one("minus percent zh", f"{r.choice('-－−')}{d}%", -d, "%", "careful"),
        lambda: one("triangle", f"{r.choice('△▲')}{d}%", -d, "%", "careful"),
        lambda: one("百分之", f"百分之{numeral(small * 7)}", small * 7, "%"),
        lambda: one("百分之 decimals", f"百分之{numeral(small * 7)}点{numeral(small)}", small * 7 + D(small).scaleb(-1), "%"),
        lambda: one("百分点", f"{d}个百分点", d, "pp"),
        lambda: one("成", f"{numeral(small)}成", small * 10, "%", "careful"),
        lambda: one("成 digits", f"{small}成", small * 10, "%", "careful"),
        lambda: one("千分之", f"千分之{numeral(small)}", D(small).scaleb(-1), "%", "careful"),
        lambda: one("倍", f"{d}倍", d, "times"),
        lambda: one("一点五倍", f"{numeral(small)}点{numeral(small)}倍", D(f"{small}.{small}"), "times", "careful"),
        lambda: one("percent marked", (f"{d}%", Raised("1")), d, "%"),
    ]  # fmt: skip
    return r.choice(forms)()


def other_en(r: Random) -> Number:
    """What is no quantity."""
    n = r.randint(2, 28)
    text = r.choice([
        f"No. {n}", f"Document [2011] No. {n}", f"{n} March 2011", f"March {n}, 2011", "2011-03-04", "31/12/2011", "14:30",
        "2009–10", "12th Five-Year Plan", "Table 3", "Article 5", "Highway G213",
    ])  # fmt: skip
    return Number(f"other {text[:8]}", (text,), (), "other")


def other_zh(r: Random) -> Number:
    n = r.randint(2, 28)
    text = r.choice([
        f"国办发〔2011〕{n}号", f"2011年3月{n}日", "2011年", "2009—2010年", "2011-03-04", "14:30", "第十二条", f"第{n}号", "国道213线",
        "“十二五”规划",
    ])  # fmt: skip
    return Number(f"other {text[:6]}", (text,), (), "other")
