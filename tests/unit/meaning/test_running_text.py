"""What words of running text say about their numbers, and which say nothing."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import meanings, table

GANSU, GANSU_ZH = "Poverty relief in Gansu, 2012", "甘肃省2012年扶贫工作"


def codes(text, attribute, title=None):
    found = meanings(text, title=title or (GANSU if text[0].isascii() else GANSU_ZH))
    return " ".join(getattr(meaning, attribute).code for _, meaning in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # what an office or a firm deals with is not what its money is for
        ("The Bureau of Forestry and Relocation paid 14 million yuan to the poor.", "all"),
        ("The Big Road Bridge Group gave 8 million yuan to the poor.", "all"),
        # two numbers of one clause, and money of a clause without a subject
        ("The Rain Plan trained 52,000 people for 78 million yuan.", "rain_plan rain_plan"),
        ("在210个村开展互助资金试点，投入资金4200万元。", "mutual_funds mutual_funds"),
        # several names that open a sentence open nothing for the next; a list that has gone on is headed by none
        (
            "The Rain Plan and relocation got 20 and 30 million yuan respectively. Cleaning cost 3 million yuan.",
            "rain_plan relocation unknown",
        ),
        ("产业化扶贫投入1.2亿元，基础设施8000万元，项目管理费300万元。", "industrial infrastructure unknown"),
        # a part of what is for all is for all, also behind a part with a name
        (
            "Funds for the poor were 70 million yuan, of which the city gave 30 million yuan for relocation, "
            "and the county gave 40 million yuan.",
            "all relocation all",
        ),
        ("全市扶贫资金6000万元，其中省级安排互助资金2500万元，市级安排3500万元。", "all mutual_funds all"),
        # what the money has carried out, in the clause behind it
        ("下达扶贫资金3.1亿元，对其余的640个村实施了整村推进。", "village_advancement village_advancement"),
        ("下达扶贫资金3.1亿元，在64个县开展互助资金试点。", "mutual_funds mutual_funds"),
        ("下达扶贫资金3.1亿元，群众生活改善。", "all"),
    ],
)
def test_programs(text, wanted):
    assert codes(text, "program") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2012年下达中央资金320万元。", "central"),
        ("拨付省级财政专项扶贫资金50万元。", "provincial"),
        ("福建省财政支持600万元。", "social"),
        ("县政府捐赠4万元，企业捐赠9万元。", "city_county social"),
        ("省教育厅捐款7万元，市民捐款1万元。", "provincial social"),
        ("Fujian province gave 60 million yuan.", "social"),
        ("The World Bank lent 40 million yuan.", "foreign"),
        ("The yard cost 4 million yuan, which came not from the province.", "unknown"),
        ("It got 3 million yuan from the county.", "city_county"),
        ("国家电网投资2亿元。", "social"),
        ("全县财政收入3.8亿元。", "unknown"),
        ("比四川低300元。", "unknown"),
    ],
)
def test_givers(text, wanted):
    assert codes(text, "source") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("实际支出1.12亿元，尚有860万元未支出。", "spent unknown"),
        ("The county spent 9 million yuan; 3 million yuan had not been spent.", "spent unknown"),
        ("已拨付5亿元，未拨付2亿元，滞留资金1亿元。", "allocated unknown unknown"),
        ("省级应配套资金500万元。", "unknown"),
    ],
)
def test_what_is_not_so_is_no_stage(text, wanted):
    assert codes(text, "stage") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 2010, 2011 and 2012, 410, 365 and 290 villages respectively had no road.", "Y2010 Y2011 Y2012"),
        ("In 2010, 300 villages got water, and in 2011, 400.", "Y2010 Y2011"),
        ("2012年贫困人口450万人，到2020年全部脱贫。", "Y2012"),
        ("2012年拨付9亿元，结转下年2亿元，支出8亿元。", "Y2012 Y2012 Y2012"),
        # financial years that lean on the one that the text is about; on none they are unknown
        (
            "In 2011-12 it paid 310 yuan. In the last fiscal 240 yuan were paid, and it was 200 yuan two years ago.",
            "Y2011_2012 Y2010_2011 unknown",
        ),
        ("In the last fiscal 240 yuan were paid.", "unknown"),
        ("In the last financial year, 2010-11, 240 yuan were paid.", "Y2010_2011"),
        ("It made 36 million person-days so far in the hard 2011-12.", "Y2011_2012"),
        ("Work for 5.1 million homes compares with 4.2 million in the entire 2010-11.", "Y2012 Y2010_2011"),
        # a year that stands with no number may hold for that of its clause, and the report's does not
        ("The scheme was started in 2005 in 210 counties.", "unknown"),
        ("2005年成立的商会发放借款310万元。", "Y2012"),
        ("After rises between 2007 and 2010 to reach 23%, it fell.", "Y2010"),
    ],
)
def test_periods(text, wanted):
    assert codes(text, "period") == wanted


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("LANZHOU, Nov. 12 — Some 3,000 households moved in 2013.", "More moved", "unknown"),
        ("2018年投入资金6100万元。", "苏州市对口帮扶石阡县2018年工作情况", "520623"),
        ("In Bijie prefecture 12,000 came; Guiyang gave 3 million yuan.", "Work in Guizhou, 2013", "520500 520000"),
    ],
)
def test_places_that_only_write_or_give_are_no_region(text, title, wanted):
    assert codes(text, "region", title) == wanted


def test_what_a_place_has_is_no_work():
    assert codes("The county administers 14 villages.", "program") == "other"


@pytest.mark.parametrize(
    ("text", "period"),
    [("2013—2017年五年累计投入6.3亿元。", "Y2013_2017"), ("2011年至2013年三年累计减贫42万人。", "Y2011_2013")],
)
def test_years_that_are_counted_behind_their_span_are_those(text, period):
    assert codes(text, "period") == period


def test_words_that_tell_no_years_are_no_reading_of_any():
    [(_, meaning)] = meanings("Over the decade 2.4 million people left poverty.", title=GANSU)
    assert (meaning.period.code, meaning.period.how) == ("unknown", "unknown")


def test_what_firms_put_up_themselves_is_from_society():
    [(_, meaning)] = meanings("帮扶单位自筹80万元。", title=GANSU_ZH)
    assert (meaning.source.code, meaning.source.how) == ("social", "named")


def test_a_label_is_shown_without_the_words_in_which_nothing_is_known():
    source = table([["Item", "Level (yuan)"], ["人均可支配收入", "9700"]], "Gansu, 2012")
    [meaning] = resolve(source, identify(source), read_figures(source))
    assert meaning.measure.text.startswith("…可支配收入")
