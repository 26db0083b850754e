import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.period_codes import printed_period, years
from pipelines.meaning.periods import mentions, years_told
from pipelines.meaning.resolve import resolve
from tests.helpers import document, meanings, table


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In 2011, funds", [("Y2011", "year")]),
        ("by the end of 2010, funds", [("ASOF_20101231", "as_of")]),
        ("From 2001 to 2010, funds", [("Y2001_2010", "span")]),
        ("funds grew by 5% over 2010", [("Y2010", "base")]),
        ("In 2011, compared with 2010, funds", [("Y2011", "year"), ("Y2010", "base")]),
        ("since 2006 villages", [("Y2006_2012", "since")]),
        ("2009年底，资金", [("ASOF_20091231", "as_of")]),
        ("2011年，资金比2010年增长", [("Y2011", "year"), ("Y2010", "base")]),
        ("2006年以来", [("Y2006_2012", "since")]),
        ("during the “12th Five-Year Plan” period", [("FYP12", "plan")]),
        ("villages of the “12th Five-Year Plan” period", [("FYP12", "plan_of")]),
        ("“十二五”期间", [("FYP12", "plan")]),
        ("The “Plan of 2015” says that", []),
        ("five years later", [("unknown", "vague")]),
        ("五年前有", [("unknown", "vague")]),
    ],
)
def test_periods_that_a_text_names(text, named):
    assert [(mention.code, mention.kind) for mention in mentions(text, report_year=2012)] == named


@pytest.mark.parametrize(
    ("code", "span", "printed"),
    [
        ("Y2011", (2011, 2011), "2011"),
        ("Y2001_2010", (2001, 2010), "2001-2010"),
        ("FYP12", (2011, 2015), "2011-2015"),
        ("ASOF_20101231", (2010, 2010), "2010"),
        ("unknown", None, ""),
    ],
)
def test_years_of_codes(code, span, printed):
    assert years(code) == span
    assert printed_period(code) == printed


def test_a_report_is_identified_by_its_title():
    identity = identify(document("Funds were 5 million Yuan.", title="Poverty work in Guizhou Province, 2009"))
    assert (identity.region.code, identity.period.code, identity.series) == ("520000", "Y2009", "yearbook_chapter")


def test_a_report_that_names_nothing_is_unknown():
    identity = identify(document("Funds were 5 million Yuan.", title="Annual work"))
    assert (identity.region.code, identity.region.how, identity.period.code) == ("unknown", "unknown", "unknown")


def test_a_table_over_years_leaves_the_period_to_its_rows():
    source = table([["Year", "Funds (Yuan)"], ["2010", "5"], ["2011", "6"]], "Jiangxi funds 2010 to 2011")
    identity = identify(source)
    assert identity.series == "fund_table"
    assert identity.period.code == "Y2010_2011"


def test_sources_stages_and_programs_come_from_the_words():
    text = (
        "In 2011 the central government and the province invested 804 million Yuan, of which the central government "
        "gave 651 million Yuan; the provincial match stood at 153 million Yuan."
    )
    found = [(figure.text, meaning.source.code, meaning.stage.code) for figure, meaning in meanings(text)]
    assert found == [
        ("804 million Yuan", "central+provincial", "invested"),
        ("651 million Yuan", "central", "invested"),
        ("153 million Yuan", "provincial", "invested"),
    ]


def test_a_total_with_a_part_from_the_centre_is_not_the_provinces_alone():
    text = "The province arranged 2.35 billion yuan, up 18.6%, of which central funds were 1.71 billion yuan."
    assert [meaning.source.code for _, meaning in meanings(text)] == ["central+provincial"] * 2 + ["central"]
    text = "The province arranged 2.35 billion yuan, of which counties gave 0.2 billion yuan."
    total, part = (meaning.source for _, meaning in meanings(text))
    assert (total.code, total.how, part.code) == ("unknown", "unknown", "city_county")


def test_counties_that_are_counted_give_no_money():
    [*_, (_, meaning)] = meanings("They helped 62 counties and invested 44.6 million yuan.")
    assert meaning.source.code == "unknown"


def test_a_year_of_prices_is_no_period():
    found = meanings("In 2012 they lifted people over 2,300 yuan (2010 prices), and 15 villages began.")
    assert [meaning.period.code for _, meaning in found] == ["Y2012", "Y2012"]


def test_a_change_is_about_what_its_level_is_about():
    text = "The central government gave 651 million Yuan, 126 million Yuan more, up 23.93%."
    assert [meaning.source.code for _, meaning in meanings(text)] == ["central"] * 3
    assert [meaning.measure.code for _, meaning in meanings(text)] == ["funds"] * 3


def test_a_figure_can_speak_of_another_year_than_the_report():
    text = "By the end of 2010, 436 villages had started."
    [(_, meaning)] = meanings(text)
    assert (meaning.period.code, meaning.period.how) == ("ASOF_20101231", "opened")


def test_what_is_not_said_is_unknown():
    [(_, meaning)] = meanings("Funds of 5 million Yuan came.", title="Annual work")
    assert (meaning.source.code, meaning.region.code) == ("unknown", "unknown")
    assert meaning.source.how == "unknown"


def test_scope_keeps_what_an_amount_leaves_out():
    [(_, meaning)] = meanings("Funds (work-relief funds not counted) came to 803 million Yuan.")
    assert meaning.scope == "work-relief funds not counted"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2012年扶贫资金", ["2012"]),
        ("2013人均纯收入", ["2013"]),
        ("2013 village survey", ["2013"]),
        ("Funds released in 2012", ["2012"]),
        ("公布2012年数据", ["2012"]),
        ("2011 to 2015", ["2011", "2015"]),
        ("人均增收2005元", []),
        ("2010户", []),
        ("2000 households", []),
        ("RMB 2005", []),
        ("2005.5", []),
        ("填报日期：2012年1月15日", []),
        ("发布时间：2013-05-06 2011年", ["2011"]),
        ("Date of filing: January 15, 2012", []),
        ("Funds of 2011, published on 5 March 2012", ["2011"]),
        ("pending 2012", []),
    ],
)
def test_years_that_date_a_text(text, told):
    assert years_told(text) == told


def test_money_dates_no_report():
    assert identify(document("人均增收2005元。", "产业带贫情况")).period.code == "unknown"


def test_the_day_on_which_a_form_was_filled_in_dates_no_cell():
    source = table([["县", "中央资金（元）"], ["宁都县", "1200"]], "江西省扶贫资金 填报日期：2012年1月15日")
    identity = identify(source)
    [meaning] = resolve(source, identity, read_figures(source))
    assert (identity.period.code, meaning.period.code) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("title", "text", "periods"),
    [
        ("Sichuan, 2014", "The poor fell from 6.02 million in 2013 to 5.08 million.", ["Y2013", "Y2014"]),
        ("Sichuan, 2010", "In 2009 income was 3,120 Yuan. The poor decreased by 61,000.", ["Y2009", "Y2009"]),
        (
            "Sichuan, 2010",
            "The poor were 2.9 million when 2005 ended and 1.6 million when 2010 ended.",
            ["Y2005", "Y2010"],
        ),
        ("Sichuan, 2010", "Poor households, 512,000 in 2008, are now 447,000.", ["Y2008", "Y2010"]),
        ("Sichuan, 2011", "A survey of 2000 households in 24 counties was made.", ["Y2011", "Y2011"]),
        ("Sichuan, 2010", "In 2009 and 2010 the office spent 380 million Yuan on wells.", ["Y2009_2010"]),
        ("四川省2017年工作", "从2013年算起，到2017年底累计脱贫510万人。", ["Y2013_2017"]),
        ("四川省2018年工作", "自2014年末以来，全省农村贫困人口由497万人减至71万人。", ["Y2014", "Y2018"]),
    ],
)
def test_a_year_holds_for_the_numbers_that_it_is_told_of(title, text, periods):
    assert [meaning.period.code for _, meaning in meanings(text, title)] == periods
