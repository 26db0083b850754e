import pytest

from pipelines.meaning.identify import identify
from tests.helpers import document, table


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        ("贵州省赫章县2015年扶贫工作报告", "2015年投入财政扶贫资金1.35亿元。", "520527"),
        ("貴州省赫章縣2015年扶貧", "x", "520527"),
        ("平利县2019年公告", "2019年全县安排", "610926"),
        ("定西市2014年扶贫开发工作总结", "全市", "621100"),
        ("镇坪县2016年脱贫攻坚工作", "2016年全县投入扶贫资金2.3亿元，其中江苏对口帮扶资金1260万元。", "610927"),
        ("朝阳区2012年扶贫", "全区投入5万元", "unknown"),
        ("朝阳区2012年扶贫", "2012年，北京市安排5万元", "110105"),
        ("扶贫工作总结", "2013年，甘肃省投入扶贫资金52亿元。", "620000"),
        ("扶贫工作总结", "2013年，甘肃省投入扶贫资金52亿元。江苏帮扶2亿元，比江西省多。", "620000"),
        ("关于下达2015年补助资金的通知", "2015年中央财政安排9亿元，支持湖南、贵州、甘肃等5省开展试点。", "unknown"),
        ("关于下达2015年补助资金的通知", "2015年中央财政安排9亿元，支持湖南等5省开展试点。", "unknown"),
        ("全国农村贫困人口继续减少", "本报上海3月5日电 2017年末全国农村贫困人口3046万人", "unknown"),
        ("农村贫困人口继续减少", "本报上海3月5日电 2017年末全国农村贫困人口3046万人", "unknown"),
        ("农村贫困人口继续减少", "新华社贵阳3月5日电（记者李明）2017年末贵州省农村贫困人口304万人", "520000"),
        ("Poverty falls", "SHANGHAI, March 5 (Xinhua) – In 2017 the poor fell to 3 million.", "unknown"),
        ("Poverty falls", "Shanghai, March 5 (Xinhua) -- In 2017 the poor of Guizhou fell to 3 million.", "520000"),
        ("Poverty work in Gan County of Jiangxi, 2011", "x", "360721"),
        ("Poverty work in Jiangxi, 2011", "x", "360000"),
        ("Report on poverty in Hubei, 2010", "x", "420000"),
        ("Xingguo County, 2011", "x", "360732"),
        ("Xingguo, Jiangxi: work of 2011", "x", "360732"),
        ("Jiangxi's Gan County, 2011", "x", "360721"),
        ("Work of 2011", "In 2011, Jiangxi Province spent 5 million. Guangdong gave 2 million.", "360000"),
        ("Work of 2011", "In 2011 money from Jiangsu came to 5 million yuan.", "unknown"),
        ("Work of 2011", "In Xingguo County of Jiangxi Province 5 villages joined.", "360732"),
        ("Kenya: cash, 2022", "x", "KE"),
        ("Cash transfers, 2022", "In 2022 the Kenyan fund paid $5.", "KE"),
        ("China poverty monitoring 2019", "In Hunan", "unknown"),
        ("National poverty monitoring, 2019", "Funds", "unknown"),
        ("湖南、贵州两省2012年扶贫", "x", "unknown"),
        ("江苏省对口帮扶陕西省2019年资金", "x", "610000"),
        ("江苏对口支援新疆伊犁哈萨克自治州2019年资金", "x", "654000"),
        ("甘肃省临夏回族自治州广河县2012年审计", "x", "622924"),
        ("临夏州2012年", "x", "622900"),
        ("江西省和县财政2011年投入", "x", "360000"),
        ("河南省2011年致富县乡公路", "x", "410000"),
        ("2011年集中山区扶贫", "x", "unknown"),
        ("秦巴山区扶贫2011", "x", "unknown"),
        ("江西新建学校2011年", "x", "360000"),
        ("贵州赫章2015年扶贫", "x", "520527"),
        ("吉林市2012年", "x", "220200"),
        ("吉林省2012年", "x", "220000"),
        ("海南州2012年", "x", "632500"),
        ("内蒙古自治区2014年", "", "150000"),
        ("Guangxi Zhuang Autonomous Region, 2014", "", "450000"),
        ("Report", "China poverty 2011: 12 provinces such as Hunan got money", "unknown"),
        ("乐都区2014年脱贫", "", "unknown"),
        ("兴国县、于都县2011年扶贫", "", "unknown"),
        ("江西省兴国县、于都县2011年扶贫", "", "360000"),
        ("2012年工作总结", "我县2012年投入。", "unknown"),
        ("2012年工作总结", "赫章县2012年投入5亿元，省里安排2亿元。贵州省平均水平是3元。", "520527"),
        ("2012年工作总结", "全县投入，高于四川省平均水平。", "unknown"),
        ("Review of 2012", "Net income per head was higher than in Sichuan.", "unknown"),
        ("Inner Mongolia 2012", "", "150000"),
        ("Mongolia 2012", "", "MN"),
        ("香港2012年贫穷情况", "", "810000"),
        ("Report on poverty in Linxia Hui Autonomous Prefecture, Gansu, 2012", "", "622900"),
        ("Zhaotong City of Yunnan Province, 2014", "", "530600"),
        ("Hezhang County, Bijie City, Guizhou, 2014", "", "520527"),
        ("HENAN PROVINCE 2011", "", "410000"),
        # who prints it, and where somebody met
        ("工作见成效", "贵州新闻网讯 近年来，赫章县坚持投入5亿元。", "520527"),
        ("农民收入增长", "记者15日从正在贵阳召开的贵州省人大会议上获悉，贵州投入5亿元。", "520000"),
    ],
)
def test_the_region_that_a_report_speaks_for(title, text, region):
    assert identify(document(text, title)).region.code == region


@pytest.mark.parametrize(
    ("caption", "region"),
    [
        ("江西省2011年各县财政扶贫资金（万元）", "360000"),
        ("Funds of Gan County, Jiangxi, 2011 (yuan)", "360721"),
        ("2011年各省扶贫资金", "unknown"),
    ],
)
def test_a_caption_is_a_title(caption, region):
    assert identify(table([["County", "Funds"], ["Xingguo", "5"]], caption)).region.code == region


def test_codes_are_those_of_the_reports_year():
    assert identify(document("x", "新建县2011年扶贫")).region.code == "360122"
    assert identify(document("x", "南昌市新建区2016年扶贫")).region.code == "360112"


def test_a_title_of_several_places_says_why_its_region_is_unknown():
    region = identify(document("x", title="湖南、贵州两省2012年扶贫")).region
    assert (region.code, region.text) == ("unknown", "several are named: 湖南、贵州两省2012年扶贫")
