"""Plans and what is held against them, changes told behind both of their ends, shares beside amounts."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, figures


def roles(text, **where):
    return " ".join(figure.role for figure in read_figures(document(text, **where)).figures)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wells were dug in 40 of the 64 villages that the annual plan had listed.", "level target"),
        ("Only 3,100 pumps came, while 4,000 had been foreseen.", "level target"),
        ("They finished 88% of the 250 km scheduled.", "plan_pct target"),
        ("Against a quota of 900 loans 1,044 were signed, exceeding it by 16 percent.", "target level over_plan_pct"),
        ("The office surpassed the task of 2,500 latrines by 4.4%.", "target over_plan_pct"),
        ("It trained 530 cooks, 6 percent above the 500 planned.", "level over_plan_pct target"),
        ("The fee is to rise from 14 yuan to 18 yuan a day.", "per_unit_prev target"),
        ("The goal for 2015 is 12.5 percent.", "target"),
        ("The minister tabled a budget of 61 million yuan.", "target"),
        ("有搬迁任务的17个乡投入2.4亿元。", "level level"),
        ("承担搬迁任务300户。", "target"),
        ("2012年的任务是再解决4.1万人饮水。", "target"),
        ("已资助22万人，完成25万人年度目标的88%。", "level target plan_pct"),
        ("安排硬化道路1200公里，建成1140公里，完成计划的95%。", "target level plan_pct"),
        ("拟投入扶贫资金8.6亿元，较2010年的7.1亿元增加1.5亿元。", "target level change"),
    ],
)
def test_what_was_planned_and_what_became_of_it(text, wanted):
    assert roles(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全年新建水窖740口，硬化道路31公里，培训2600人。", "target target target"),
        ("截至2010年底已有水窖740口。今年再建60口。", "level target"),
    ],
)
def test_a_title_that_says_plan_makes_one_of_its_numbers(text, wanted):
    assert roles(text, title="某县2011年扶贫工作要点", section="") == wanted
    assert "target" not in roles(text, title="某县2011年扶贫工作要点完成情况", section="")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The poor fell from 9,140 to 7,310, that is by 1,830 people or 20.0%.", "level level change change_pct"),
        ("Members rose from 160 in May 2010 to 240 in May 2011, hence by 50 percent.", "level level change_pct"),
        ("Deposits were 31 million yuan, 4 million yuan beyond the 27 million yuan of 2010.", "level change level"),
        ("The price of a ration went up by Rs 14.", "change"),
        ("It spent 70 million yuan: 41 million for less than one year and 29 million for longer.", "level level level"),
        ("上年在园1.8万人，今年多出0.3万人。", "level change"),
        ("They paid for a top-up of US$310,000.", "level"),
    ],
)
def test_changes_told_behind_their_ends(text, wanted):
    assert roles(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Of the pumps 31, or 18.2 percent, were dry.", "level share_pct"),
        ("There are 610 boys, so girls are 52.1 percent.", "level share_pct"),
        ("Women hold a 44 percent share of the seats.", "share_pct"),
        ("It had a credit of US$ 21.0 million (62.5 percent).", "level share_pct"),
        ("Turnout was 71.4 percent, 2 points more than the 69.4 percent of 2008.", "rate_pct diff_pp rate_pct"),
    ],
)
def test_a_percentage_beside_an_amount_is_its_share(text, wanted):
    assert roles(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The dues per member came to 30 yuan; the grant per school was US$ 4,100.", ["CNY/person", "USD/facility"]),
        ("It had a total cost at design of US$ 16 million.", ["USD"]),
        ("It lent 41 million yuan, or 12 per cent, above the 36 million yuan of 2009.", ["CNY", "%", "CNY"]),
        ("Roads gave 31,000 persondays and 4,200 man-days of work.", ["person-day", "person-day"]),
        ("购置粉碎机套件60套，建成安置房310套。", ["other", "facility"]),
        ("年初有重点村120个，到年底减少到95个，减少25个。", ["village"] * 3),
        ("今年18个乡镇验收，剩余7个。", ["township"] * 2),
        ("比2010年脱贫的64个村多11个。", ["village"] * 2),
        ("合作社项目竣工140个。", ["project"]),
        ("The aged, who in 2010 had numbered 41,000, numbered 38,000 in 2011.", ["person"] * 2),
        ("BAOJING TOWN, 3 May - The number of families paid climbed to 4,100.", ["household"]),
        ("Of the terraces in La Paz and Lempira 1,240 hectares hold.", ["hectare"]),
        ("It paid 41 million yuan to 2,600 potters.", ["CNY", "other"]),
        ("It is 900 yuan for each person served: the state bore 31.2 million yuan.", ["CNY/person", "CNY"]),
        ("Earnings of the mill stood at 6.7 million. It has 40 workers.", ["unknown", "person"]),
    ],
)
def test_units_of_what_is_spoken_of(text, wanted):
    assert [figure.unit for figure in figures(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("引进外资300万欧元，市级配套2000万，村民自筹150万。", ["EUR", "unknown", "unknown"]),
        ("The gift was £4 million. The town added 20 million.", ["GBP", "unknown"]),
        ("The credit was 30 million euros, of which 18 million went to wells.", ["EUR", "EUR"]),
        ("省级安排1.4亿元，市级配套6000万。", ["CNY", "CNY"]),
        ("It cost ₫ 100,000; Kč 30; kr 50; 60 kr; GH¢ 8.", ["VND", "unknown", "unknown", "unknown", "GHS"]),
        ("Taka 300 and Birr 40 were paid.", ["BDT", "ETB"]),
    ],
)
def test_no_currency_reaches_another_statement(text, wanted):
    assert [figure.unit for figure in figures(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A total of 5,100 moved, of whom 3,300 people were poor, 900 of these women.", [None, 1, 2]),
        ("It taught 8,000 farmers in 90 courses, 700 farmers more than in 2009.", [None, None, 1]),
        ("2011年到位资金6亿元，2010年到位4亿元，增长50%。", [None, None, 1]),
        ("Some 40% of the 12 million yuan went to wells.", [2, None]),
    ],
)
def test_whom_a_number_speaks_about(text, wanted):
    found = figures(text)
    first = found[0].figure_id
    assert [figure.parent and figure.parent - first + 1 for figure in found] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("拟由市财政安排310万元，县级安排140万元。", "target target"),
        ("县里定下的任务是410户，完成92.7%。", "target plan_pct"),
        ("茶园计划发展到6.1万亩，去年底为5.3万亩。", "target level"),
        ("计划修渠90公里，上半年已完成62公里。", "target level"),
        ("年初计划改造教室70间，到11月底完工64间。", "target level"),
        ("Of 30 pumps that had been agreed, 26 (86.7%) were set up.", "target level share_pct"),
        ("Under the bill US$ 9.3 million (41.2 per cent) will pay for seed.", "target share_pct"),
        ("The queue shrank by 12%, which is 480 people.", "change_pct change"),
        ("去年卖出31万元，今年多卖4万元。", "level change"),
        ("沟渠整修计划9公里，实际修了11.7公里，超出30%。", "target level over_plan_pct"),
        ("They said that 60 sheds would be built; it was to train 300 smiths.", "target target"),
        ("Sales rose from 6,100 in 2009 to 7,400 in 2010: 1,300, or 21.3 per cent.", "level level change change_pct"),
        ("Pupils were 2,410 (or 12.6 %) more than the 19,127 of 2009.", "change change_pct level"),
    ],
)
def test_plans_that_go_on_and_what_was_there_before(text, wanted):
    assert roles(text) == wanted


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("改水规划数为3.2万户，实际改了3.5万户，超出规划9.4%。", ["target", "level", "over_plan_pct"]),
        ("危房应修912户，已修640户，没有修的272户。", ["target", "level", "level"]),
        ("草案安排本级扶贫支出4.6亿元。", ["target"]),
        ("计划招聘620个，上岗455个，上岗率73.4%。", ["target", "level", "rate_pct"]),
        ("We had planned for 44 schools but only 31 schools passed the test.", ["target", "level"]),
        ("It trained 1,204 (68.8 per cent of what had been promised).", ["level", "plan_pct"]),
        ("The targets for the year were exceeded by 12.3 percent.", ["over_plan_pct"]),
        ("Wages took 46.5 percent.", ["share_pct"]),
        (
            "Posts numbered 14,620 against 12,900, an excess of 1,720 or 13.3 percent.",
            [None, None, "change", "change_pct"],
        ),
    ],
)
def test_what_is_planned_reached_and_beyond_by_its_form(text, roles):
    read = [figure.role for figure in figures(text)]
    assert [role for role, wanted in zip(read, roles, strict=True) if wanted] == [role for role in roles if role]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # behind a verb of change 为 leads to what there is then
        ("低保对象由4120人减为3870人。", "level level"),
        ("在册合作社从63家增加为88家，增加25家。", "level level change"),
        ("今年新增为310户。", "change"),
        # how far two amounts lie apart, with the one that is held against before it
        ("每亩收益1900元，比原来的1300元高出600元。", "per_unit per_unit change"),
        ("出栏生猪5200头，较前年的4700头多卖500头。", "level level change"),
        ("今年招生340人，比原定的360人少招20人。", "level target change"),
        # a part of what changed is a share
        ("甲乡减少1200人，占全县减少量的35.5%。", "change share_pct"),
        ("存款保持6.2%的增速。", "change_pct"),
        ("发生率2015年为18.6%；甲镇由31.9%降到12.7%，降幅最大，乙镇、丙镇则为6.8%和7.4%。", " ".join(["rate_pct"] * 5)),
    ],
)
def test_changes_and_what_they_lead_to(text, wanted):
    assert roles(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Next season they expect 640 tourists.", "target"),
        ("The union plans 14 new shops, against 11 in 2010.", "target level"),
        ("We plan 5,200 more, compared with 4,800 this year.", "target level"),
        ("力争参训农民达到1700人。", "target"),
        ("参训农民达到1700人。", "level"),
        ("实际培训1836人，完成计划1700人的108%。", "level target plan_pct"),
        ("That is to say 412 out of 530 came.", "level level"),
        ("As against 1,240 sheds sanctioned, 1,015 stand.", "target level"),
        ("There were 1,240 loans sanctioned.", "level"),
        ("Next year the budget will be £8.98 million, which is £0.12 million less.", "target change"),
        ("The towns, which had been asked for 14 million yuan, paid 11 million yuan.", "target level"),
        (
            "It reached 8,640 pupils against a target of 7,500, i.e. 15.2 percent above it.",
            "level target over_plan_pct",
        ),
        ("Of the 640 loans 71 percent went to women and the remaining 29 percent to men.", "level share_pct share_pct"),
        ("分别占全乡农户1180户和人口4610人的42.0%和36.8%。", "level level share_pct share_pct"),
        ("确保自来水普及率达到91%。", "target"),
        ("Coverage is to rise to 91 percent.", "target"),
        ("Coverage rose to 91 percent.", "rate_pct"),
    ],
)
def test_what_a_verb_of_intent_governs(text, wanted):
    assert roles(text) == wanted


def test_what_is_of_a_year_to_come_is_planned():
    where = {"title": "某县2012年扶贫工作", "section": ""}
    assert roles("到2015年返贫率控制在4%以内，返贫人口控制在900人以内。", **where) == "target target"
    assert roles("到2015年1月已返贫900人。", **where) == "level"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The path is 4 km long; fetching wood takes 50 minutes compared with 80 before.", ["km", "other", "other"]),
        ("The list had 96 names compared with 81 a year ago, 15 more.", ["other"] * 3),
        ("The club has 8 branches instead of 5.", ["organisation"] * 2),
        ("Its budget is R61.3 million, of which R20.5 million is for wells.", ["unknown"] * 2),
        ("The two unions got KES 300,000, or KES 150,000 each.", ["organisation", "KES", "KES/organisation"]),
        ("Each blanket cost KES 900.", ["KES/other"]),
        ("They got 40 kg of maize per woman and KES 90 per chicken.", ["kg/person", "KES/animal"]),
        ("It has 9 troupes, 30 members in each troupe on average.", ["other", "person/other"]),
        ("这64个贫困村村集体都有收入。", ["village"]),
        ("实施工程38项，已完工29项，正在收尾9项。", ["project"] * 3),
        ("扶持合作社41个，尚未验收6个。", ["organisation"] * 2),
        ("全县214个自然村中有水窖的160个。", ["village"] * 2),
        ("共扶持合作社62个，兴国县30个，另外三县32个。", ["organisation", "organisation", "county", "organisation"]),
        ("审查的90个项目中，有14个存在问题。", ["project"] * 2),
        ("The union runs 34 of the reopened clinics.", ["facility"]),
        ("She met 9 of the older women and 4 of all the clinics.", ["person", "facility"]),
        ("A ticket cost R95; the budget is R7.2 million.", ["unknown", "unknown"]),
        ("每口井造价6.5万元，其中省级补助4万元，市级1万元，村里自筹1.5万元。", ["CNY/other"] * 4),
        ("按每公里42万元匡算约需2.6亿元。", ["CNY/km", "CNY"]),
        ("住院费用912万元，次均5100元。", ["CNY", "CNY/other"]),
        ("全县96个村中，通车的在2012年底只有61个，到2014年底已是88个，未通的8个中有5个在山区。", ["village"] * 5),
        ("I propose to form 12,000 more.", ["unknown"]),
    ],
)
def test_units_that_are_carried(text, wanted):
    assert [figure.unit for figure in figures(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "全镇村级收入全部超过3万元，其中4个村超过8万元。",  # two lines that are passed
        "Some 4,120 pupils come, compared with 2,870 in 2009: 1,250 more.",  # the rest was not there before
    ],
)
def test_what_is_passed_or_compared_is_no_part(text):
    assert "part_of" not in [figure.link for figure in figures(text)]
