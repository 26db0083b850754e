"""Which words speak about which number: programs, givers and regions by the scope of the tree."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import document, meanings

TITLE = "Poverty relief in Hunan, 2012"
TITLE_ZH = "湖南省2012年扶贫工作"


def codes(text, attribute, title=None):
    source = document(text, title=title or (TITLE if text.isascii() or text[0].isascii() else TITLE_ZH))
    reading = read_figures(source)
    return [getattr(meaning, attribute).code for meaning in resolve(source, identify(source), reading)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # the name that opens goes on; what is named later reaches nothing before it
        ("Poor people fell to 410,000, and 82 villages took up entire village advancement.", "all village_advancement"),
        ("The relocation programme cost 410 million yuan; 9,200 households moved.", "relocation relocation"),
        # a thing is a sign only where an act of support is told
        ("With 30 million yuan of poverty funds the county built 44 km of roads.", "all infrastructure"),
        ("The province has 210,000 hectares of tea and 4.3 million pigs.", "other other"),
        # receivers and names of offices are no signs
        ("Wells gave clean water to 410,000 people and 270,000 sheep.", "infrastructure infrastructure"),
        ("The Forestry Bureau of the city spent 12 million yuan on the poor.", "all"),
        # the n-th to the n-th
        ("Mutual funds and relocation took 11 and 64 million yuan respectively.", "mutual_funds relocation"),
        ("修田间路4.2公里。", "infrastructure"),
        ("The Rain Plan took 9 million yuan and relocation 71 million yuan.", "rain_plan relocation"),
        ("Exports reached 4.1 billion dollars.", "other"),
        ("投入易地扶贫搬迁资金4.1亿元，搬迁9200户。", "relocation relocation"),
        ("全省茶园面积21万公顷，生猪存栏430万头。", "other other"),
        ("从多种渠道筹集扶贫资金8.6亿元。", "all"),
        ("产业扶贫方面，扶持龙头企业36家，带动贫困户2.6万户。", "industrial industrial"),
        ("互助资金、科技扶贫经费分别为300万元和450万元。", "mutual_funds science_technology"),
        ("农村小学在校学生52万人。", "unknown"),
    ],
)
def test_programs(text, wanted):
    assert codes(text, "program") == wanted.split()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The centre granted 310 million yuan for villages and added 45 million yuan for wells.", "central central"),
        ("The finance ministry paid 190 million yuan to cities and counties.", "unknown"),
        ("45 million yuan of bank loans were paid out.", "loans"),
        ("Farmers contributed 9 million yuan in labour and cash.", "beneficiaries"),
        ("The centre and the province together paid 2.4 billion yuan.", "central+provincial"),
        ("Villages received 90 million yuan from 46 provincial units.", "social unknown"),
        ("The provincial poverty office said that 1.9 billion yuan had been spent.", "unknown"),
        ("In 2012 fiscal funds were 16 million yuan and bank loans 140 million yuan.", "unknown loans"),
        ("省财政安排2亿元，市县财政配套9000万元，社会捐赠3000万元。", "provincial city_county social"),
        ("省、县财政分别出资410万元和95万元。", "provincial city_county"),
        (
            "A provincial grant of 18 million yuan was matched by 6 million yuan from the counties.",
            "provincial city_county",
        ),
        ("据省扶贫办统计，全年投入资金19亿元。", "unknown"),
        ("全省向51个县拨付资金12亿元。", "unknown unknown"),
        ("中央、省、市、县各级财政安排3.3亿元。", "unknown"),
        ("投入资金9亿元，其中中央7亿元，省2亿元。", "central+provincial central provincial"),
    ],
)
def test_givers(text, wanted):
    assert codes(text, "source") == wanted.split()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In Fenghuang County 3,200 people were relocated, in Huayuan County 1,800.", "433123 433124"),
        ("Nationwide 43 million people were poor; in Hunan 5.1 million.", "unknown 430000"),
        ("凤凰县修路120公里，45个村受益。", "433123 433123"),
        ("凤凰县、花垣县分别退出15个村和22个村。", "433123 433124"),
        ("全国农村贫困人口4300万人，湖南省510万人。", "unknown 430000"),
        ("贵州省投入12亿元。", "520000"),
        ("全村有贫困户88户。", "unknown"),
        ("凤凰县在西部，东邻花垣县，南与永顺县接壤。全县面积1700平方公里。", "433123"),
        ("凤凰县与花垣县各修路31公里。", "430000"),
    ],
)
def test_regions(text, wanted):
    assert codes(text, "region") == wanted.split()


def test_a_list_of_programs_that_ends_in_one_noun_names_none():
    text = "2020年整合1961万元扶贫资金实施基础设施、产业、实用技术培训等项目，惠及贫困户141户。全年新增岗位259个。"
    assert [meaning.program.code for _, meaning in meanings(text)] == ["unknown"] * 3


def test_where_somebody_lives_is_no_region_of_the_report():
    text = "For villager Xie Yanbao in Guangxi, corn had been all. More than 600 million people left poverty in China."
    assert identify(document(text, title="How the poor live", section="")).region.code == "unknown"


def test_a_fiscal_year_of_a_title_lies_in_two_years():
    assert identify(document("Seeds were given.", title="Ward fund, FY 2018/19")).period.code == "Y2018_2019"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In 2013 the province, which had got 40 million yuan from the central government, added 6 million yuan.",
            "central provincial",
        ),
        ("Donations were 4 million yuan in 2010 and 7 million yuan in 2011.", "social social"),
        ("The provincial audit office found that 9 million yuan lay idle.", "unknown"),
        ("投入3.2亿元，由两块组成，中央2.1亿元（占65.6%）、县级1.1亿元。", "unknown central central city_county"),
        ("省级安排1.4亿元，其余0.6亿元为市县预算安排。", "provincial city_county"),
    ],
)
def test_givers_on_their_own_node(text, wanted):
    assert codes(text, "source") == wanted.split()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 2011 it spent 3 million yuan - the year before it had been 2 million - on wells.", "Y2011 Y2010"),
        ("Income per head was 3,100 yuan in 2011 (2,700 yuan in 2010).", "Y2011 Y2010"),
        (
            "The 2010 Village Household Census counted 310 villages.",
            "Y2010",
        ),
        ("上年结转90万元。到6月底拨付410万元。", "Y2010 Y2011"),
        ("比上年末的860户增加40户。", "Y2010 Y2011"),
        ("三项比例分别从2009年的41%、62%、38%提升到2010年的46%、71%、44%。", "Y2009 Y2009 Y2009 Y2010 Y2010 Y2010"),
        ("The fact that in 2009, the county had 640 wells is known.", "Y2009"),
        ("It had 4 per cent in 2010 against a rate of 8 per cent from 2001 to 2004.", "Y2010 Y2001_2004"),
        ("In 2009 it grew, and some 6 percent lived in camps as of 2010.", "ASOF_20101231"),
        ("The 41 million yuan of 2009 grew to 52 million yuan.", "Y2009 Y2011"),
        ("Between 2008 and 2010, 31,000 homes were found by an active search.", "Y2008_2010"),
    ],
)
def test_periods_on_their_own_node(text, wanted):
    assert codes(text, "period", title="Report of Jiangxi, 2011") == wanted.split()


def test_who_comes_from_elsewhere_builds_here():
    text = "Fujian gave 6 million yuan, and enterprises from Fujian built 14 roads."
    assert codes(text, "region")[1] == "430000"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("整合易地搬迁、产业发展、技能培训等项目资金2.3亿元。", "unknown"),
        ("1.4 million moved out of poverty.", "all"),
        ("The scheme dug 610 km of canals, and 31,000 people received rice.", "infrastructure unknown"),
    ],
)
def test_programs_on_their_own_node(text, wanted):
    assert codes(text, "program", title="Report of Jiangxi, 2011") == wanted.split()


def test_what_a_number_is_held_against_has_no_stage_of_its_own():
    text = "Expenditure was 16 million yuan against an approved budget of 20 million yuan."
    assert codes(text, "stage") == ["spent", "unknown"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sales were 41 tonnes last year, 6 tonnes more than in 2009, when they were 35 tonnes.", "Y2010 Y2010 Y2009"),
        ("It was 4 million yuan above that of 2009 (31 million yuan).", "Y2011 Y2009"),
        ("油茶去年底为5.3万亩，今年新种0.8万亩。", "Y2010 Y2011"),
        ("全县耕地面积41万亩。", "unknown"),
    ],
)
def test_years_of_what_is_compared(text, wanted):
    assert codes(text, "period", title="Report of Jiangxi, 2011") == wanted.split()


def test_shares_meet_those_whom_their_own_clause_names():
    text = "中央资金3亿元，省级资金2亿元，县级资金5亿元，中央和县级资金分别占30%和50%。"
    assert codes(text, "source")[3:] == ["central", "city_county"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("投入0.9亿元，其余0.3亿元由市县自筹。", "unknown city_county"),
        ("帮扶企业自筹60万元。", "social"),
        ("群众自筹60万元。", "beneficiaries"),
    ],
)
def test_who_raises_money_themselves(text, wanted):
    assert codes(text, "source") == wanted.split()


def test_only_what_is_called_an_income_is_one():
    told = [meanings(text)[0][1].program.text for text in ("户均收入6400元。", "户均借款6400元。")]
    assert [text == "income per head" for text in told] == [True, False]
