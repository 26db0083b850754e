"""Published reports that are right raise no alarm, and the same relations, when a number is moved, still do."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import version
from tests.unit.checking.rules.test_claims import failing


@pytest.mark.parametrize(
    "text",
    [
        # a share of what is not printed
        "目前全州贷款余额41.2亿元，占全省市场份额的27%，存款余额36.8亿元，占全省市场份额的33%。",
        "Spending came to KES 210 million against a budget of KES 480 million in 2015. Wages took KES 96 million, "
        "representing 88 per cent of the yearly budget for wages of clerks.",
        "In June 31.5 lakh soil samples were tested. By now 6.1 lakh schools (72.4 per cent) have water.",
        "部门办理建议640件、提案410件，分别占建议、提案总数的93.1%和96%。",
        # differences of another place, of several things, of a mean year, and addends
        "Bills were KES 61.2 billion, down from KES 64.9 billion in 2014. This came of the bills in Nyando County, "
        "which fell by KES 9.4 billion.",
        "截至2018年，耕地面积31.4万亩，林地面积22.7万亩，与2013年相比，耕地和林地面积分别减少4100亩、2600亩。",
        "The poor fell from 61.4 million in 2009 to 20.1 million in 2016, by more than 5 million people every year.",
        "The plan has 2.9 billion for roads and 6.1 billion for 2019 (plus 0.4 billion in additional capital).",
        "1-5月全市增加值同比增长6.4%，比1-4月加快0.8个百分点；三年平均增长6.1%，比1-4月提高0.2个百分点。",
        "本级收入完成31.6亿元、下降6.2%，从政府性基金调入1.7亿元。",
        "城镇居民收入31200元、比上年增长7.1%，农村居民收入14800元、增长8.4%。",
        # what is left of another amount
        "全村共有318户，其中低保户96户，2016年未搬迁的仍有71户。",
        "The aims are:\n• to reach hamlets of 800 (or 400 in the hills);\n• to light the remaining 52,000 hamlets.",
        # lists that are none
        "全县林地面积84.3万亩，草地面积91万亩，湿地面积12.6万亩，是重要的水源地。",
        "5月债券平均期限9.8年，其中一般债券6.1年，专项债券12.2年。",
        "全市产值640亿元。\n从增速看，三次产业均增长：第一产业31亿元，增长4%；第二产业402亿元，增长1%。",
        "我省派出214名队员\n其中包括187名医生\n我省队员共231名，均已到岗。",
        "参保人数84.2万人，其中职工61.3万人；有1.9万名城镇居民、3.1万名农村居民领取低保。",
        "The Ridge 1 project trained 2,410 people in 74 communes, including 1,860 clerks and 550 teachers.",
        "2014年成立梨业商会，会员达64名，有网店14家，合作社28家。",
        "特色种植9200余亩，其中烤烟现有860亩；果树类种植梨、李等，共4310亩；棚膜经济共730亩；葡萄分为两类，共1420亩；榛子510亩。",
        "劳动人口8420人，其中城区7310人、乡村1110人，占总人口的31%。",
        "全县共有学生18530人，其中幼儿4120人，小学9870人，初中4960人，高中3700人。",
        "It approved a bond of 640 billion naira — 210 billion for rights, 330 billion for rises since 2007, "
        "funding the reserve, and the shortfall of teachers.",
        # lists that end: at a distance, at what is all there is, at a total of all
        "合作社距县城31公里，全村总户数164户，是全县92个贫困村之一，有64户受益。",
        "有农户42户、乡村人口164人，其中农业人口164人，劳动力91人。",
        "新建公路184万公里，其中山区92万公里，公路总里程达到390万公里。",
        "It began in 2004 in 210 counties, was extended to another 140 counties in 2006, and to the remaining 275.",
        # findings that are no parts of those who were looked at, and a list of what grew elsewhere
        "抽查的84个县中，有46个少安排资金12亿元，有14个未落实配套资金3亿元。",
        "该会接受捐赠8412万元，支出5310万元。今年募集的款物增长2.4倍，其中捐款6920万元，捐物1490万元。",
        # what an aside includes, and names of things that are counted anew
        "Wages are put at 9.31 billion yuan while other items, including debts, are put at 14.6 billion yuan.",
        "全村52户全部实现三大产业（茶叶、蔬菜、养蜂）全覆盖。",
        "It works in 8 countries: Albania, Benin, the Republic of the Congo, Kenya, Malawi, Nepal, Peru and Togo.",
        # both of this year, and what came to something else
        "2020年支出91.7万元，增长0.96%，加上转移性支出18.2万元。",
        "新增小额信贷2.4亿元，小额信贷风险补偿基金增至6310万元。",
        "预算为724亿元，比上年增加11.4%，即74亿元，当中29亿元用于新的津贴。",
        # people at work are not those of their households
        "A total of 7.1 million households and 9.8 million persons took up work.",
        # output per head is of the mean of a year's people, and grows at other prices
        "年末常住人口14.21万人。2018年生产总值842610万元，人均生产总值为59012元。",
        "生产总值951400万元，下降4.1%。其中，第一产业增加值57100万元，增长2.7%；第二产业增加值446000万元，下降11.7%；"
        "第三产业增加值448300万元，增长2.9%。",
        # two standards, of two groups
        "城乡标准分别达到每月480元、每年3960元。",
        # a plan that nobody prints to the digit
        "It held 27 dialogues (800 percent of its target).",
        # numbers that no slip of one of them would mend
        "The board approved 3.4 million in grants. Coastal states get 41.7 million in loans, 2.3 million in grants "
        "and 9.5 million in kind.",
        "On these counts: it ran 140,000 beds, gave out 2 million meals and moved 310,000 people in 5,200 trips.",
        "全县亿元村从7个增至41个，集镇常住人口增长超过26%。",
        "预算支出824600万元，增长1.2%，加上上解支出163500万元，合计988100万元。",
        "新引进诊疗项目631项，142家卫生院开设门诊，85%的卫生院达标。",
        # lists that no word announces
        "全乡劳动力3140人。参加医保7210人，技术员51人，外出务工223人。",
        "全县在12个乡镇设服务站，下设143个村级点，加上县里的4个总站、16个分站，共发动4210名志愿者。",
        "企业共生产面粉产品51.3万吨，饲料产品42.6万吨，麸皮3万吨，收入29.1亿元。",
        # shares of what stands behind, of another name, and quotients that are no shares
        "实施改造项目1840个、完工1822个，97%乡镇通客车，厕所普及率91.2%。",
        "全村有劳动力2410人，其中外出1320人，占常住居民的31%。",
        "系统登记务工41230人，其中脱贫人口40110人（占上年底的103.6%）、其他1120人。",
        "建成供水工程37处，实际完成投资1284.6万元，占下达投资的108.2%。",
        # what something else rose from
        "城乡用网差距较五年前缩小6.4个百分点，农机作业率从31.5%增至42%。",
        "Jobs grew by 5.2%, 1.7 percentage points more than the year before, while output fell to 2.1%, from 3%.",
        "Pledges reached 2.3 billion, a 31% growth over 1991, although less than the 2.9 billion of 1990.",
        "The outlay is raised to 6,120 million, an increase of 640 million over the interim budget; compared with last "
        "year's outlay it is higher by 13.2 per cent.",
        "Sales rose to 4,120 million. Spending on tools grew by 281 million or 34.7 per cent.",
        # bases of another list, siblings that nothing joins
        "新增186家市级示范企业，41家获评重点；新增12家单项冠军，累计培育57家。",
        "基地产种8万吨，可供400万亩花生种植。大户老李流转了1300亩花生地。",
        # percentages that were cut off, rough ratios, yields and what each of several has
        "项目数由31240次跌至8870次（减71%），受众由1640万降至760万（减53%）。",
        "每5户就有1户贫困，贫困率达22.6%。",
        "粮食总产312.4亿斤，单产1042.7斤，棉花416.2万吨，蔬菜1832.4万吨，肉类184万吨，水产品16.3万吨。",
        "三市增量合计6.4万人，相比之下，包括甲市、乙市、丙市等城市增量均超过9万人。",
        "Camps by people (places; guests):\nEast — 4,120 (731; 3,960);\nWest — 2,890 (610; 2,410).",
        # what includes others at the start of a sentence
        "The central plan is 4,210 million. Inclusive of their own funds, the states will spend 4,630 million.",
    ],
)
def test_what_is_right_raises_no_alarm(text):
    assert failing(f"An opening that is a sentence.\n{text}") == []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        ("Wages took KES 96 million, or 32 per cent of the wage budget of KES 300 million.", "32", "43"),
        ("城镇居民收入31200元，比上年的29132元增长7.1%。", "7.1", "9.6"),
        ("实施项目164个，已完工139个，未完工25个。", "25", "38"),
        ("年末常住人口14.21万人。2018年生产总值842610万元，人均生产总值为59012元。", "59012", "69012"),
        ("农户164户、520人受益。", "520", "5200"),
        ("项目164个，已开工139个，未开工25个。", "25", "52"),
        ("新增试点村42个，试点村达到310个。", "42", "420"),
        ("It works in 4 countries: Albania, Benin, the Republic of Moldova and Togo.", "4", "5"),
        ("电站总装机84万千瓦，其中风电30万千瓦，水电22万千瓦，其余32万千瓦为光伏。", "32", "51"),
        ("They gave 3,150 goats to 630 households, 5 to each.", "3,150", "4,410"),
        (
            "The Department ran 62 community health and care centres. "
            "They served 15,810 people, an average of 255 people per centre.",
            "255",
            "341",
        ),
    ],
)
def test_the_same_relations_are_still_held(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        "搬迁人口中贫困户2160户8430人，占搬迁人口的81.4%，其中：整组搬迁940户3620人，零星搬迁1610户6480人。",
        "目录达到1040条，比上一版增加96条、修改71条，范围更广。其中，全国目录420条，地方目录620条。",
        "零售额3.1万亿元，同比增长2.4%，增速比上月回落5个百分点，比2017年同期增长3.2%。",
        "这里有40兆瓦电站（见左图，本报资料）。",
        "全州企业支付报酬164.2亿元，为全州农户提供收入97亿元，支付粮食收购款46亿元。",
        "县属投资完成64.2亿元，同比下降9.4%（同期为下降7.6%、一季度为增长2.5%），负向拉动全县投资5.3个百分点。",
        "城镇化率由41.3%提高到46.9%，县城、集镇绿地分别提高7.1%、4%。",
    ],
)
def test_what_may_be_read_another_way_is_no_error(text):
    assert not failing(text)


@pytest.mark.parametrize(
    "text",
    [
        "搬迁贫困户2160户，占搬迁户的81.4%，其中：整组搬迁940户，零星搬迁2110户。",
        "项目总投资71万元，进展顺利。其中，水利42万元，公路62万元。",
        # a name that ends in 都 says of each nothing, nor do 各级
        "两市投资8.2亿元，其中：成都3.1亿元、重庆6.4亿元。",
        "投入资金64万元，其中各级财政拨款41万元、企业捐款38万元。",
        "贫困率2013年为8.4%，2014年为6.1%，下降3.3个百分点。",
        "全县有4个乡（河东乡，河西乡，北山乡）。",
    ],
)
def test_what_no_reading_lets_stays_an_error(text):
    assert failing(text)


@pytest.mark.parametrize(
    "text",
    [
        # a loss is printed without its sign
        "第二季度利润28亿元，上季度亏损13亿元，增加41亿元。",
        "The profit was 28 million yuan, up 41 million yuan from a loss of 13 million yuan.",
        # births are held against the people of the middle of the year
        "年末人口116.75万人，其中城镇人口68.98万人。全年出生人口1.59万人，出生率13.67‰。",
        "The county has 116,750 people, 68,980 of them in towns. Births: 1,590, a birth rate of 13.7 per mille.",
        # the list splits what its own sentence is about
        "Reserves are 860 million dollars. They do not show duties such as works, including 300 million dollars for"
        " roads and 800 million dollars for pensions.",
        "前十强企业产值15377.9亿元，比上年增长8.0%。分经济类型看，国有企业产值1730.2亿元，增长2.4%；"
        "民营企业产值20689.1亿元，增长6.6%；外资企业产值22019.7亿元，下降5.5%。",
    ],
)
def test_what_is_told_of_something_else_raises_no_alarm(text):
    assert not failing(text)


@pytest.mark.parametrize(
    "text",
    [
        # a member of the list cannot be read
        "全国人口为47，564，300人，其中男性23，548，100人，女性24，014，700人，不详的1，500人。",
        "Sales before 2019 were 39.9, in Feb 48.7, March 13.2, Apr 10.0, in total 111.8.",
        # output per head is of the people of the middle of the year
        "全年地区生产总值79512.05亿元。年末常住人口10999万人。人均GDP达到72787元。",
        # of what their totals are, nobody says; one of two fits another number by chance
        "办理建议7955件、提案4525件，分别占建议、提案总数的95.7%、96.5%。采纳意见建议近4700条。",
        # a share of exports, and of what goes both ways
        "上半年民营企业进出口5.52万亿元，占进出口总值的39.1%。其中，出口3.57万亿元，占出口总值的47.5%。",
        # a level that is not printed
        "服务价格由上月下降1.1%转为上涨0.5%，高于季节性水平0.2个百分点。",
        # a share of exports and one of imports are of two wholes
        "一般贸易进出口19.5万亿元，占进出口总额的61.7%。其中，出口10.6万亿元，占出口总额的60.9%；进口8.9万亿元，占进口总额的62.7%。",
        # growth in something else
        "The index of prices fell from 97 in 1954 to 92 in 1955, mainly by a fall of about 7 per cent in food prices.",
        # a bracket that names some of an amount, and amounts for each of several kinds
        "县里投入1.2亿元（其中省级3000万元，市级2000万元），比上年多投入2500万元。",
        "今年共发放助学金1860人次、279万元，资助标准为小学生每人500元、初中生每人750元。",
        # a gross rate counts those of other ages, too
        "小学净入学率99.8%，初中毛入学率达到102%。",
        "The gross enrolment ratio was 108 percent.",
        # what rose for a reason that has ends of its own
        "基金总支出26.57亿元，增长19.6%，主要原因是基础养老金最低标准自2018年1月1日起由每人每月100元调至118元。",
        # households are not counted by 个; those who were judged are not all
        "行政村卫生室由1389个增加到1734个，其中公有产权1702个。因病致贫户脱贫2.71万户，尚未脱贫的还有1.23万户。",
        "占贫困户总数（11203户）的80%。共评定贫困户10846户：A级3128户，B级4917户，C级2444户，不予评级357户。",
        # numbers beside each other that no word makes a list
        "“厨房”为428所学校配齐了设备。新建儿童活动中心31个，使总数达到117个。",
        "农作物受灾面积216万亩，成灾139万亩，绝收57万亩。",
        # what is more in brackets, what is taken off by a word, a share between two, kilometres that are counted on
        "Savings climbed from MK 412 million before the storm to MK 536 million (30.1 per cent more).",
        "The poor changed so: 592,300 at the start, plus 7,900 newly identified, minus 271,500 who left, "
        "which leaves 328,700.",
        "They completed 183 schemes: 71 wells, 48 roads, 39 latrines and 25 lamps. Villagers bore between 10 and 20 "
        "percent of the cost.",
        "The plan of 450 km was met. Forty-seven communes out of 175 meet all 19 criteria.",
        # the plan that a title tells is not that of a share behind it
        "投资规模预计达1.4万亿元\n\n截至9月，已完成投资4700亿元，占全年计划的60%，中央财政692亿元补助已下达。",
    ],
)
def test_what_nobody_can_hold_against_each_other_raises_no_alarm(text):
    assert not failing(text)


def test_one_value_that_is_told_twice_has_no_difference(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(
        "快讯（2024年3月2日）\n2023年出游人次31.45亿\n旅游局今天（3月2日）发布的数据显示，2023年，出游人次31.45亿，"
        "比上年同期增加4.28亿，同比增长15.8%。出游总花费3.71万亿元，比上年增加0.44万亿元，同比增长13.5%。",
        encoding="utf-8",
    )
    assert not [check for check in version(path).checks if check.verdict in FAILING]
