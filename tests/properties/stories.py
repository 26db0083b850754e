# ruff: noqa: E501, E741, PERF401
"""Reports and tables of written numbers, decided by seeds."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.properties.writers import Box, Expect, Grid, Line, Number, Raised, Story
from tests.properties.written_numbers import (
    D,
    Form,
    count_en,
    count_zh,
    decimal,
    grouped,
    money_en,
    money_zh,
    numeral,
    one,
    other_en,
    other_zh,
    plain,
    share_en,
    share_zh,
    words,
)  # fmt: skip

M, C, S, O = "M", "C", "S", "O"
# what stands around the numbers; the words themselves count nothing
ENGLISH = (
    ("Funds of ", M, " were paid to the office."), ("The province spent ", M, " on relocation and ", M, " on roads."),
    ("Aid came to ", M, "."), ("It gave ", M, ", of which ", M, " went to schools."), ("Loans (", M, ") went to farmers."),
    ("The work reached ", C, "."), ("They trained ", C, " and built ", C, "."), ("In 2011, ", C, " were reached."),
    ("Income grew by ", S, "."), ("The share was ", S, ", up ", S, " on the year before."), ("Costs: ", M, "; results: ", C, "; growth: ", S, "."),
    ("A, B and C were given ", M, ", ", M, " and ", M, " respectively."), ("As ", O, " says, ", M, " was paid."),
    ("Under ", O, " the office moved ", C, "."), ("On ", O, " the office paid ", M, "."), ("Tel: 0791-86213345; ", M, " was paid."),
    ("Fax 0791-8621 3345. Funds of ", M, " were paid for ", C, "."), ("In May, ", C, " were reached and ", M, " was paid."),
    ("On 3 March ", M, " was paid."), ("At 14:30 the office counted ", C, "."), ("Page 3: ", M, " was paid."), ("Article 5 grants ", M, "."),
    ("Highway G213 cost ", M, "."), ("Document [2011] No. 164 grants ", M, " to ", C, "."), ("The plan was ", C, ", and it came to ", C, "."),
    ("Copyright 2011. The work reached ", C, "."), ("See table 4, which shows ", M, "."), ("“It cost ", M, "”, they said."),
    ("Postcode 330046, funds ", M, "."), ("The target by 2015 is ", C, " with ", M, "."), ("It fell from ", M, " to ", M, "."),
)  # fmt: skip
CHINESE = (
    ("投入资金", M, "。"), ("全省安排", M, "用于搬迁，", M, "用于修路。"), ("总投资", M, "，其中贷款", M, "。"), ("（投资", M, "）"),
    ("惠及", C, "。"), ("共培训", C, "，新建", C, "。"), ("2011年，覆盖", C, "。"), ("收入增长", S, "。"), ("占比为", S, "，提高", S, "。"),
    ("资金：", M, "；成果：", C, "；增长：", S, "。"), ("甲、乙、丙分别为", M, "、", M, "和", M, "。"), ("根据", O, "，下拨", M, "。"),
    ("按照", O, "，搬迁", C, "。"), ("电话：0791-86213345，下拨", M, "。"), ("邮编330046，扶持", C, "，投入", M, "。"), ("3月4日下拨", M, "。"),
    ("第十二条规定补助", M, "。"), ("第3页：投入", M, "。"), ("国道213线投资", M, "。"), ("“十二五”期间投入", M, "，惠及", C, "。"),
    ("计划", C, "，实际完成", C, "。"), ("阅读：12 投入", M, "。"), ("由", M, "增加到", M, "。"), ("见表4，投入", M, "。"),
)  # fmt: skip
MAKERS: dict[str, dict[str, Form]] = {
    "en": {M: money_en, C: count_en, S: share_en, O: other_en},
    "zh": {M: money_zh, C: count_zh, S: share_zh, O: other_zh},
}


def sentence(r: Random, language: str) -> Line:
    pattern = r.choice(ENGLISH if language == "en" else CHINESE)
    return tuple(MAKERS[language][piece](r) if piece in (M, C, S, O) else piece for piece in pattern)


def paragraph(r: Random, language: str) -> Line:
    line: list = []
    for _ in range(r.randint(1, 4)):
        line += [*([" "] if line and language == "en" else []), *sentence(r, language)]
    return tuple(line)


def story(r: Random, language: str, *, tables: bool = True, lists: bool = True) -> Story:
    """A report of some sections."""
    english = language == "en"
    out: list = [("title", ("Report on poverty alleviation in Jiangxi" if english else "江西省扶贫工作报告",))]
    for name in r.sample(
        ("Overview", "Relocation", "Training", "Roads") if english else ("概况", "搬迁", "培训", "道路"),
        r.randint(1, 3),
    ):
        out.append(("heading", (name,)))
        for _ in range(r.randint(1, 3)):
            out.append(("paragraph", paragraph(r, language)))
        if lists and r.random() < 0.5:
            out += [("item", sentence(r, language)) for _ in range(r.randint(2, 4))]
        if tables and r.random() < 0.5:
            out.append(("table", grid(r, language, plain_cells=True)))
    if r.random() < 0.3:
        out.append(
            (
                "paragraph",
                (
                    Raised("1"),
                    " Without loans of " if english else " 不含贷款",
                    MAKERS[language][M](r),
                    "." if english else "。",
                ),
            )
        )
    return out


# --------------------------------------------------------------------------------------------------------- tables

COUNTIES = {
    "en": ("Ningdu", "Xingguo", "Yudu", "Huichang", "Ruijin", "Shicheng", "Anyuan"),
    "zh": ("宁都县", "兴国县", "于都县", "会昌县", "瑞金市", "石城县", "安远县"),
}
# header, unit, factor, kind of number
COLUMNS = {
    "en": (
        ("Funds (million yuan)", "CNY", 6, "amount"), ("Loans (10,000 yuan)", "CNY", 4, "amount"), ("Central funds (yuan)", "CNY", 0, "amount"),
        ("Households", "household", 0, "count"), ("People trained", "", 0, "count"), ("Villages", "village", 0, "count"),
        ("Roads (km)", "km", 0, "amount"), ("Growth (%)", "%", 0, "share"), ("Cost (US$)", "USD", 0, "amount"),
    ),
    "zh": (
        ("资金（万元）", "CNY", 4, "amount"), ("贷款（亿元）", "CNY", 8, "amount"), ("中央资金（元）", "CNY", 0, "amount"),
        ("户数（户）", "household", 0, "count"), ("培训人数（人）", "person", 0, "count"), ("村数（个）", "", 0, "count"),
        ("公路（公里）", "km", 0, "amount"), ("增长（%）", "%", 0, "share"), ("外资（万美元）", "USD", 4, "amount"),
    ),
}  # fmt: skip


def box(number: Number, stored: tuple[float, str] | None = None) -> Box:
    return Box(number.parts, number, "body", stored)


def cell(r: Random, kind: str, factor: int, language: str, *, rich: bool) -> Box:
    """A cell of the body; `rich` may print anything, else numbers as most tables have them."""
    n, d = plain(r), decimal(r, r.choice([1, 2]))
    if kind == "count":
        d = D(n)
    value = d % 100 if kind == "share" else d
    text = grouped(value) if r.random() < 0.6 else str(value)
    if not rich or r.random() < 0.55:
        if r.random() < 0.3:
            places = max(0, -value.as_tuple().exponent)
            commas = "," in text
            return box(one("stored", text, value.scaleb(factor)),
                       (float(value), ("#,##0" if commas else "0") + ("." + "0" * places if places else "")))  # fmt: skip
        return box(one("cell", text, value.scaleb(factor)))

    def made(form: str, parts, number, expect: Expect = "careful") -> Box:
        reading = (
            tuple(D(side).scaleb(factor) for side in number) if isinstance(number, tuple) else D(number).scaleb(factor)
        )
        return box(one(form, parts, reading, "", expect))

    whole = grouped(n)
    forms: list[Callable[[], Box]] = [
        lambda: made("cell brackets", f"({whole})", -n),
        lambda: made("cell minus", f"{r.choice('-−－–')}{text}", -value),
        lambda: made("cell trailing minus", f"{text}-", -value),
        lambda: made("cell triangle", f"{r.choice('△▲')}{text}", -value),
        lambda: made("cell plus", f"+{text}", value),
        lambda: made("cell blanks", grouped(n * 1000 + 5, " "), n * 1000 + 5),
        lambda: made("cell apostrophes", grouped(n * 1000 + 5, "'"), n * 1000 + 5),
        lambda: made("cell comparator", f"{r.choice(['>', '≥', '<', '≤', '~', '> ', '＞', '约' if language == 'zh' else 'about '])}{text}", value),
        lambda: made("cell range", f"{n}{r.choice('–-~')}{n + 20}", (n, n + 20)),
        lambda: made("cell plus behind", f"{n}+", n),
        lambda: made("cell approx.", f"{n} (approx.)", n),
        lambda: made("cell 以上", f"{n}以上", n),
        lambda: made("cell exponent", "1.2E+05", 120_000),
        lambda: made("cell wide", whole.translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．")), n),
        lambda: made("cell marked", (text, Raised(r.choice(["1", "2", "[1]", "a"]))), value),
        lambda: made("cell star", f"{text}{r.choice(['*', '†', '#', '①', ' [2]'])}", value),
        lambda: made("cell words", words(n % 900 + 20) if language == "en" else numeral(n % 900 + 20), n % 900 + 20),
        lambda: made("cell year-like", str(r.randint(1900, 2099)), 0),
        lambda: box(Number("cell error", (r.choice(["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"]),), (), "unread")),
        lambda: box(Number("cell text", (r.choice(["see note", "unclear", "as before"]) if language == "en" else r.choice(["见说明", "同上", "待定"]),), (), "unread")),
        lambda: box(Number("cell two lines", (f"{n}\n{n + 1}",), (), "unread")),
        lambda: box(Number("cell points", (f"{n}.{n % 9}.{n % 7}",), (), "unread")),
        lambda: box(Number("cell glued", (f"{n}{r.choice('#@_|°=xq')}{n % 7 + 1}",), (), "unread")),
        lambda: box(Number("cell stroke", (f"{n}/{n + 3}",), (), "unread")),
        lambda: box(Number("cell date", ("2011-03-04",), (), "unread")),
        lambda: box(Number("cell number and words", (f"{n} of {n + 9}" if language == "en" else f"{n}，其中{n - 1}",), (), "unread")),
        lambda: box(Number("cell torn groups", (f"{n % 90 + 1},{n % 7 + 1}{n % 5},{n % 8}",), (), "unread")),
        lambda: Box((r.choice(["-", "—", "…", "n/a", "N/A", "..", "无", "/"]),), None, "missing"),
        lambda: Box(),
        lambda: Box(),
    ]  # fmt: skip
    if kind != "share":
        forms += [
            lambda: box(
                one("stored brackets", f"({whole})", -D(n).scaleb(factor), "", "careful"),
                (-float(n), "#,##0_);(#,##0)"),
            ),
            lambda: box(
                one("stored minus", f"-{text}", -value.scaleb(factor), "", "careful"),
                (
                    -float(value),
                    ("#,##0" if "," in text else "0") + ("." + "0" * max(0, -value.as_tuple().exponent)).rstrip("."),
                ),
            ),
            lambda: box(one("stored with words", whole, D(n).scaleb(factor)), (float(n), "#,##0;[Red]-#,##0")),
            lambda: box(one("cell percent", f"{d % 100}%", d % 100, "%", "careful")),
        ]
    else:
        forms += [lambda: box(one("cell percent sign", f"{value}%", value, "%", "careful")),
                  lambda: box(one("stored percent", f"{value:.1f}%", D(f"{value:.1f}"), "%"), (float(D(f"{value:.1f}").scaleb(-2)), "0.0%"))]  # fmt: skip
    if factor == 0 and kind != "share":
        forms += [
            lambda: box(one("cell 万", f"{d}万", d.scaleb(4), "", "careful")),
            lambda: box(one("cell million", f"{d} million", d.scaleb(6), "", "careful")),
        ]
    made_box = r.choice(forms)()
    if made_box.number is not None and made_box.number.form == "cell year-like":
        return made("cell year-like", made_box.shown, int(made_box.shown))
    return made_box


def grid(r: Random, language: str, *, plain_cells: bool = False, flat: bool = False) -> Grid:
    """A table of funds and results; `flat` ones have a single row of headers."""
    english = language == "en"
    columns = r.sample(COLUMNS[language], r.randint(2, 4))
    unit = ""
    factor = None
    style = r.choice(["columns", "columns", "unit line", "years"])
    head = "County" if english else "县（市）"
    if style in ("unit line", "years"):
        unit, factor = r.choice(
            [("10,000 yuan", 4), ("million yuan", 6), ("yuan", 0)] if english else [("万元", 4), ("亿元", 8), ("元", 0)]
        )
        names = ("Central", "Provincial", "Local", "Bank") if english else ("中央", "省级", "地方", "银行")
        if style == "years":
            names = tuple(f"{year}{'' if english else '年'}" for year in r.sample(range(2007, 2013), 4))
        columns = [(name, "CNY", factor, "amount") for name in names[: len(columns)]]
    caption = "Table: funds by county" if english else "各县资金情况"
    if unit:
        caption += f" (Unit: {unit})" if english else f"（单位：{unit}）"
    rows: list[tuple[Box | None, ...]] = []
    merged = style == "unit line" and r.random() < 0.6 and not flat
    if merged:
        over = "Funds" if english else "资金"
        rows.append((Box((head,), None, "head", spans=(2, 1)), Box((over,), None, "head", spans=(1, len(columns))),
                     *[None] * (len(columns) - 1)))  # fmt: skip
        rows.append((None, *(Box((name,), None, "head") for name, *_ in columns)))
    else:
        rows.append((Box((head,), None, "head"), *(Box((name,), None, "head") for name, *_ in columns)))
    for county in r.sample(COUNTIES[language], r.randint(3, 6)):
        rows.append(
            (
                Box((county,)),
                *(
                    cell(r, kind, power, language, rich=not plain_cells or r.random() < 0.3)
                    for _, _, power, kind in columns
                ),
            )
        )
    # every column has at least an ordinary number, so that it is one of numbers
    rows.append((Box((r.choice(("Wan'an", "Le'an")) if english else "万安县",)),
                 *(cell(r, kind, power, language, rich=False) for _, _, power, kind in columns)))  # fmt: skip
    return Grid(caption, tuple(rows))
