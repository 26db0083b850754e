"""What sentences say about their own numbers: a claim holds where one reading does, and fails where none can."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

CLAIMS = [
    # right, and the same with one number moved
    ("Poverty fell from 47.2 percent to 38.9 percent, 8.3 percentage points.", "47.2", "32.9"),
    ("贫困发生率由29.8%下降至23.2%，降低6.6个百分点。", "6.6", "9.6"),
    ("雨露计划培训11260人，为省定任务10800人的104.3%。", "104.3", "196.1"),
    ("深圳投入3.86亿元，占67.2%；省直0.93亿元，占16.2%；本市0.95亿元，占16.6%。", "0.93", "1.43"),
    (
        "The cost was 192.4 million yuan: 98.7 million for roads, 74.5 million for wells, 19.2 million for the rest.",
        "74.5",
        "34.5",
    ),
    ("全镇贫困户596户。分三类看：低保户212户，五保户96户，一般户288户。", "212", "512"),
    ("The fund lent 21.5 million yuan, of which 13.2 million (61.4%) to women.", "61.4", "81.4"),
    ("投入资金9.6亿元，产业3.6亿元、道路4.8亿元、教育1.2亿元，占比分别为37.5%、50.0%、12.5%。", "50.0", "30.0"),
    ("开工项目104个，完工78个，完工率75%。", "75%", "95%"),
    ("Income rose from 4,120 yuan in 2014 to 4,635 yuan, by 12.5 percent.", "12.5", "22.5"),
    ("种植茶园1.6万亩，比上年的1.1万亩增加0.5万亩。", "增加0.5", "增加0.9"),
    ("骗取538.2万元，侵占217.4万元，收受96.4万元，三项共计852.0万元。", "852.0", "452.0"),
    ("发放贷款5.4亿元，惠及1.8万户，户均3万元。", "5.4", "9.4"),
    ("登记投诉9640件，办结8194件，剩余1446件。", "1446", "846"),
    # what is left, what those lack that others have
    ("全县排查危房3600户。已改造2900户。其余700户明年改造。", "700", "1700"),
    ("Only 57 of the 120 clinics had a doctor. The other 63 relied on nurses.", "63", "83"),
    ("Of 450 villages surveyed, 312 had a clinic and 138 had none.", "138", "238"),
    ("全村420户，通自来水的355户，没有通的65户。", "65", "165"),
    ("Teachers: 640, of whom 416 are trained and 224 untrained.", "224", "424"),
    # parts of an amount that is named again, members of an axis
    ("全年培训5000人，其中女性2100人，女性中少数民族800人。", "800", "2800"),
    ("There were 21,360 pupils; 12,916 were boys and 8,444 girls.", "12,916", "14,916"),
    ("因产业增收的占46%，因务工的占33%，因政策兜底的占12%，其他原因占9%。", "33%", "63%"),
    # what there was, came, went and is; what was reached before
    ("年初有合作社120家，当年新增35家，注销12家，年末143家。", "年末143", "年末193"),
    (
        "We reached 12,400 people this year. Together with the 31,700 reached earlier, that makes 44,100.",
        "44,100",
        "54,100",
    ),
    ("一季度投资3亿元，二季度5亿元，上半年完成8亿元。", "二季度5", "二季度9"),
    # amounts for each, of a count
    ("The programme paid 5,200 yuan to each of 3,100 families, or 16.12 million yuan.", "3,100", "2,100"),
    ("每户补助3万元，共搬迁1200户，发放补助3600万元。", "3600", "5600"),
    ("五年来，全省累计减贫260万人，年均减贫52万人。", "260", "460"),
    # rates, fractions, multiples
    ("全区乡镇63个，通油路的57个，通达率90.5%。", "57", "37"),
    ("Two thirds of the 2,700 grants, or 1,800, went to women.", "1,800", "1,100"),
    ("Spending on roads reached 84 million yuan, three times the 28 million spent in 2009.", "84", "124"),
    ("Loans of 640 million yuan were issued, against a target of 800 million: 80 percent.", "640", "340"),
    ("今年计划脱贫3.5万人，实际脱贫3.85万人，超额完成0.35万人。", "0.35", "0.95"),
    ("计划投入260万元，加上捐款140万元，计划总投入累计400万元。", "400", "490"),
    ("2015年，贫困发生率由11.4%下降到8.2%，下降3.2个百分点。", "个百分点", "%"),
]


def failing(text):
    return [check for check in checked(document(text)).checks if check.verdict in FAILING]


@pytest.mark.parametrize(("text", "number", "moved"), CLAIMS)
def test_a_claim_that_holds_is_silent_and_one_that_no_reading_saves_fails(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved)) != []


def test_a_share_that_another_whole_before_it_explains_is_silent():
    text = "各级财政拿出11.46亿元。产业4.58亿元，占40%；道路3.44亿元，占30%；房子2.06亿元，占18%；培训1.38亿元，占12%。"
    assert failing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Roads took 5 million yuan; 12,000 people were trained, 30 percent of all workers.",
        "Courses were held 213 times, of which 53 served cadres, 71 farmers and 82 teachers.",
        "Assets were 18 million yuan, mainly loans of 9 million and cash of 2 million.",
        "受益人口131.6万人，其中妇女62.5万人，少数民族78.3万人。",
        "Of 1,806 women who enrolled, 1,517 sat the final test and 1,365 passed.",
        "In September 26.58 million people were poor, 10.1 percent of the population.",
        "收入14258元，比上年的13122元增加1136元，增速较全省平均水平（7.9%）快。",
        "2019年和2020年合计7.5万人，2016年11.2万人，2017年12.6万人。",
        "培训1200人，比上年增加200人，其中妇女500人。",
        "人均支出5300元；其中食品2150元，衣着240元，居住1180元，其余1730元。",
        "贫困人口6.4万人；2014年减贫2.1万人，2015年减贫1.9万人，2016年减贫1.8万人，共计5.8万人。",
        "识别监测对象1500户5230人。按风险分，因病820户，因学310户，其他370户。",
        "全村1500人，参加培训的女性120人，男性80人。",
        "新增就业岗位1800个，安置贫困劳动力1260人，占70%。",
        "During the year 640 posts were created and 210 cut, a net gain of 430.",
        "Mortality dropped from 58 to 43 per thousand, 15 fewer.",
        "小学生每月补助300元，每年按10个月计，全年3000元。",
        "每户补助3万元，今年搬迁1200户，另落实其他资金8000万元。",
        "Twenty of the 48 bridges were repaired last year. The other 12 districts have no bridges.",
        "全县贫困户1200户，脱贫800户，群众满意率98%。",
    ],
)
def test_what_no_words_relate_is_not_compared(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "全镇目前共有建档立卡贫困户575户1654人，现有未脱贫户21户70人。",
        "区级安排各镇产业扶贫1120万元，用于整村推进，截至6月6日，第一批扶贫资金已完成支出661.8万元，支出进度50.14%。",
        "对全国31个省（自治区、直辖市）开展调查。",
        "全县人口24.92万人，其中贫困人口7.43万人，贫困发生率35.36%，较上年分别下降2.09万人和10.45个百分点。",
        "中央资金10444.85万元，省级资金406.95万元，分别占96.25%和3.75%，期末结转结余4316万元。",
        "全年投入资金25.36亿元，比上一年增加5亿元，并整合资金15亿元。",
        "2009年全年共投入资金25.36亿元，比上年增加5亿元，并整合资金近15亿元。",
        "片区共129个县，其中有29个民族自治县、25个边境县、88个贫困县。",
        "贫困率均见低位（分别为8%及15.1%，较2017年下降0.1个百分点及0.7个百分点）。",
        "退出贫困村52个，年初下达的任务是48个，超额4个，完成率108.3%。",
        "留任教师6.63万人，占服务期满教师7.02万人的94.4%，未留任0.39万人。",
        "Loans went to 23,000 traders (17,350 women and 5,650 men), worth 1.15 billion yuan, or 50,000 yuan each.",
        "It enrolled 10,500 women: 3,840 in Kurigram, 2,915 in Gaibandha, 3,745 in Bogra. Kurigram made up 36.6%.",
        "2017年已脱贫456户2433人，2018年脱贫393户1924人，未脱贫78户262人。",
        "监测总数16369户54851人（甲类9894户36235人、乙类6475户18616人）；消除风险7282户27256人，风险消除率49.69%。",
        "监测总数16369户；消除风险7282户（甲类2655户、乙类4627户），未消除风险9087户。",
        "全年累计新增识别6189户19409人（甲类1569户5781人、乙类4620户13628人）。",
        "全乡总人口15244人，其中农业人口14321人，现有劳动力6811人。",
        "2019年人均收入11567元，比上年名义增长11.5%，实际增长8.0%，增速比全国农村快1.8个百分点。",
        "Under one plan a total of 6,614 km of roads was approved. Under the other a total of 2,337 km was approved.",
    ],
)
def test_what_speaks_of_something_else_is_held_against_nothing(text):
    assert failing(text) == []


def test_a_mean_in_round_numbers_may_be_rounded_to_them():
    [found] = failing("Five families were paid 3,100 yuan in all, on average 540 yuan per family.")
    assert (found.stated_low, found.stated_high) == (535, 545)


def test_what_is_called_a_gap_is_held_against_both():
    assert {check.rule for check in failing("The east has 530 clinics and the west 410, a gap of 100.")} == {
        "base_plus_change"
    }


def test_shares_of_some_of_a_list_are_of_all_of_it():
    assert failing("市级资金3亿元，乡镇资金2亿元，县级资金5亿元，市级和县级资金分别占30%和50%。") == []


def test_a_list_that_only_rounding_repairs_is_doubted_where_the_gap_is_seen():
    text = "It cost {} million yuan: seed {} million yuan, tools {} million yuan and carts {} million yuan."
    [found] = failing(text.format(43, 20, 11, 11))
    assert (found.rule, found.verdict, found.severity) == ("sum_of_parts", "suspect", "warning")
    assert failing(text.format(214, 101, 62, 50)) == []
