"""What running text claims about its own numbers: lists without a sign, shares of what stands near, differences."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import version

HEAD = "Poverty alleviation in Jiangxi Province in 2012\n\n"
TRUE = [
    "Money. Funds came to 31.2 million yuan. Roads took 9.4 million, water 12.3 million and schools 9.5 million.",
    "Of the 46 villages, 30 finished on time, 12 finished late and 4 did not finish.",
    "The office had 4,386 households on its list. 1,184 households (27.0%) fall below the line.",
    "In 2011 the poor were 1,402; the number has since shrunk by 218 or 15.5%.",
    "9.47 million yuan was misused: 6.15 million yuan of this built a centre, the other 3.32 million yuan paid wages.",
    "Income per head: 5,870 yuan in 2010, 9,980 yuan in 2012. 4,110 yuan more came in.",
    "The poor were 118,600 in January. During the year 23,900 rose and 4,200 fell back, leaving 98,900.",
    "3.28 billion yuan was spent: 1.94 billion from higher levels, 0.76 billion from the county, 0.58 billion lent.",
    "到位扶贫资金31.2亿元。安居9.4亿元，产业10.3亿元，饮水5.2亿元，其他6.3亿元。",
    "应到代表56人，实到51人，赞成48票，反对2票，弃权1票。",
    "新建水窖2364眼，恢复旧窖871眼，合计3235眼。",
    "帮助12.41万名劳动力就业，到江苏3.36万名，省内就近6.58万名，到其他地区2.47万名。",
    "共有校舍215所，通水的198所，通电的211所，有围墙的187所。",
    "收入7.6万元，较上年的6.2万元增加1.4万元。其中捐款4.1万元，利息2.2万元。",
    "收入增长13.4%，比全省平均增幅高2.6个百分点，是全省平均水平的89.2%。",
    "2012年脱贫2.6万人，完成计划的104%；2013年计划脱贫1.9万人。",
    "资金8642万元。其中用于整村推进3260万元，移民搬迁2875万元，两项合计6135万元，占资金的71.0%。",
    "两乡有4120万元资金停用1年以上，其中甲乡2510万元，乙乡1610万元。",
    "抽查的268个项目中，有31个未招标，22个超期，17个停用，三类有重叠，实际涉及58个。",
    "实施项目284个，其中产业项目131个，产业项目资金占比61.4%。",
    "The rate fell from 31.2% to 22.7% (-8.5 points).",
    "The dam cost US$61.4 million (appraisal: US$70.2 million).",
    "Among 1,120 grants that were looked at, 84 (7.5 percent) lacked papers; none was above US$4,000.",
    "年初有9820户38110人，年内脱贫3940户15620人，新识别和返贫87户341人，年末剩余5967户22831人。",
    "全年412户1508人脱贫，户均3.7人，占年初贫困人口的29.4%。全镇有18个村。",
    "救助老年人8.41万人、残疾人2.6万人、未成年人4.27万人。",
    "新增床位1.42万张，每千名老人拥有床位由29.8张增至31.5张，增加1.7张。",
    "五年累计减少860万人（2010年为1290万人），年均减少172万人。",
    "年内减贫5210人，完成年计划5000人的104.2%，还剩934人。",
    "资金1.86亿元，集中供水服务21.3万人，分散供水服务5.4万人，受益人口人均投资697元。",
    "搬迁740户入住，拆除旧房740户。",
    "2018年安排910亿元，加上2017年提前下达的640亿元，比2017年增加150亿元。",
    "The survey checked 1,640 houses. Toilets stood in 1,930 of the 2,410 houses, gas in 1,520.",
    "2008年至2012年，贫困人口由1450万人减少到1130万人，年均减少80万人。",
    "It got 610 million yuan of 680 million, so 70 million never came. Of this 250 million went to roads, "
    "180 million to wells, 120 million to schools and the rest, 60 million, to wages.",
    "It took in 9,600 women: 5,100 got a goat or two hens, 2,300 ducks and 2,200 a plot.",
    "Of 640 desks, 512 are used and 128 stand empty, a rate of 20.0 percent.",
    "It cost 90 million yuan: a loan of 60 million and 30 million of its own. Of the loan 51 million came, "
    "and 9 million was cancelled.",
    "访问310人，男190人，女120人，他们共寄回930万元，平均每人3万元。",
    "全县人均收入8140元，增长12.0%，比全省平均水平低290元。",
    "发出问卷2500份，其中城镇家庭1000户，占40.0%。",
    "移送线索52件，其中移送公安机关31件，移送主管部门21件。",
    "Savings rose 3 million yuan more than a year earlier, to 19 million yuan.",
    "It gave out 1,300 tonnes of seed, with three times that weight of lime, namely 3,900 tonnes.",
    "The hungry are 1.9 million people, or 24.1 per cent, compared with 1.2 million (15.6 per cent) then.",
    "By May 210 pumps had been set up, 87.5% of the plan, and 30 had to be put off.",
]  # fmt: skip
WRONG = [
    ("投入资金9600万元：道路3200万元，饮水3200万元，学校3200万元。", "9600", "9900"),
    ("发放贷款96.9亿元，覆盖22.9万户，户均约4.2万元。", "22.9", "36.9"),
    ("签订合同1438份，金额812.4万元，份均5650元。", "5650", "2923"),
    ("建房补助1785万元，按每人3500元的标准补助5100人。", "5100", "3100"),
    ("It needs 486 million yuan over the four years, or 121.5 million yuan a year.", "121.5", "91.5"),
    ("Each gets 600 yuan a month, 7,200 yuan a year.", "7,200", "5,200"),
    ("Sales were 146 million yuan, up from 121 million yuan in 2011 (20.7 percent).", "20.7", "50.7"),
    (
        "The centre gave 926 million yuan, which compares with 851 million yuan in 2011 (plus 8.8 percent).",
        "851",
        "651",
    ),
    ("直接投入7.4亿元，引进资金61.4亿元，后者是前者的8.3倍。", "8.3", "4.9"),
    ("建厕所615座，比计划的560座多建55座。", "多建55", "多建27"),
    ("People filed 914 claims and won 868 claims, a rate of 95.0%.", "868", "468"),
    (
        "Of 24 million yuan, 15 million yuan went to the old, 8 million yuan to pupils and 1 million yuan to cooks.",
        "1 million",
        "5 million",
    ),
    ("Of the 46 villages, 30 finished on time, 12 finished late and 4 did not finish.", "12", "21"),
    ("The office had 4,386 households on its list. 1,184 households (27.0%) fall below the line.", "27.0", "72.0"),
    ("Income per head: 5,870 yuan in 2010, 9,980 yuan in 2012. 4,110 yuan more came in.", "9,980", "7,980"),
    ("到位扶贫资金31.2亿元。安居9.4亿元，产业10.3亿元，饮水5.2亿元，其他6.3亿元。", "10.3", "13.0"),
    ("新建水窖2364眼，恢复旧窖871眼，合计3235眼。", "871", "581"),
    ("2008年至2012年，贫困人口由1450万人减少到1130万人，年均减少80万人。", "80万", "110万"),
    ("In 2015 9,400 people moved, of whom 8,100 were poor.", "8,100", "9,900"),
    ("计划验收水窖64口，已验收51口，还有13口未验收。", "13", "31"),
]  # fmt: skip


def _failing(tmp_path, text):
    path = tmp_path / "report.txt"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    checks = version(path).checks
    return [c.formula for c in checks if c.verdict in FAILING and c.severity in ("error", "warning")]


@pytest.mark.parametrize("text", TRUE)
def test_true_numbers_raise_no_alarm(tmp_path, text):
    assert _failing(tmp_path, text) == []


@pytest.mark.parametrize(("text", "right", "wrong"), WRONG)
def test_one_altered_number_is_found(tmp_path, text, right, wrong):
    assert text.count(right) == 1
    assert _failing(tmp_path, text.replace(right, wrong))
