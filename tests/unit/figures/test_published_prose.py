"""Numbers as published prose prints them: what they count, what each one gets, and what is still to come."""

import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # the noun that ends a compound is counted, and no singular inside of it
        ("They run 31 village savings and loan clubs.", ["organisation"]),
        ("The works reached 9 ward and 4 district markets.", ["facility", "facility"]),
        ("A pledge by 19 of Harbour City’s largest unions followed.", ["unknown"]),
        # shares between a number and its noun, or its whole
        ("Some 6.2 lakh (71.4 per cent) clinics were painted.", ["facility", "%"]),
        ("Only 512 (16 percent) of the 3,200 wells gave water.", ["facility", "%", "facility"]),
        ("Some 240 (12 percent) left.", ["unknown", "%"]),
        ("It reached 900 families in 21 of Chad’s 23 provinces.", ["household", "province", "province"]),
        # people by where they are from and what they do
        ("Here 4,300 rural Malawians and 70 Yemenis met 12 agronomists.", ["person", "person", "person"]),
        ("It has 14 committees and 60 mango trees.", ["organisation", "tree"]),
        # Chinese measure words and what stands behind them
        ("组建了17家敬老院。", ["facility"]),
        ("捐赠书包460件。", ["other"]),
        ("为2.4亿户次提供服务。", ["other"]),
        ("救治了40多个急需补课的孩子。", ["person"]),
        ("全省260个省定薄弱村全部达标。", ["village"]),
        ("全县古村寨突破90个。", ["village"]),
        ("家里5口人、羊12头。", ["person", "animal"]),
        ("拿出约80万支出预算。", ["unknown"]),
        ("吞吐量突破45万标箱。", ["unknown"]),
        ("全县整村推进村62个全覆盖。", ["village"]),
        ("建成安置房840套（其中：柳河镇310套、石桥街道530套）。", ["facility"] * 3),
        ("They cleaned 2,140 Tonle Grams.", ["other"]),
        ("They sold 2,140 grams.", ["g"]),
        ("建成社区31个、帮扶车间240个。", ["village", "other"]),
        ("Some 2.1 million people set out on a long road and gained from village works.", ["person"]),
        ("未开工项目共7个，分别是：城关3个，柳河4个。", ["project"] * 3),
        ("The capital city, with a population of nearly 81,000, has schools.", ["person"]),
        ("It reached 420 families and 3,100 small, remote and poor villages.", ["household", "village"]),
        ("They opened 36 youth–led clinics.", ["facility"]),
        ("为21所小学配备体育器材。", ["facility"]),
        ("救助4万百姓，安置31万居民。", ["unknown", "person"]),
        ("改造40万套城中村住房。", ["facility"]),
        ("新建40万套城中村。", ["other"]),
        ("药店卖出3.2万片退烧药。", ["other"]),
        ("38个集中连片特困区范围内的重点县受益。", ["county"]),
        ("There were 640 cases of cholera.", ["other"]),
        ("完成了64个村文化站达标建设。", ["facility"]),
        ("完成了64个村环境整治。", ["village"]),
        ("全乡有9个行政村31个自然屯。", ["village", "village"]),
        ("注册客户超过2亿。", ["unknown"]),
        ("全市有敬老院71家，其中公办的占到了52家。", ["facility", "facility"]),
        ("为12万流离失所的人们提供物资。", ["person"]),
        ("The camps house 3,100 refugees, of whom 840 lack shelter.", ["person", "person"]),
        ("全省有31个县级市。", ["county"]),
        # what has a label of its own counts nothing that was counted before it
        ("养猪8头，收入9000。", ["animal", "unknown"]),
        ("The plant has 36.5 MW and made 4.1 GWh.", ["MW", "unknown"]),
        ("这里有海洋贝类300多种。", ["unknown"]),
        # a bare counter counts no money, a word within a name nothing, and before their people places are counted
        ("投入3.2亿元，其中自筹1.4亿元，建成小型水柜6.1万个。", ["CNY", "CNY", "other"]),
        ("授予37个“青年之家”称号。", ["other"]),
        ("全省42个贫困县农民人均收入增长。", ["county"]),
        ("38个村干部受训。", ["person"]),
        ("In a land of 41.2 million people there are 47.6 million mobile subscriptions.", ["person", "other"]),
        ("They reached four districts: Banke: 260; Surkhet: 140; Kailali: 85.", ["county", *["unknown"] * 3]),
        ("They built 40 treatment plants. They planted 300 tea plants.", ["other", "tree"]),
    ],
)
def test_what_is_counted(text, units):
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("We handed 4,200 chicks to 70 widows, 60 to each.", "animal/person"),
        ("It has 24 libraries with 960 chairs, 40 per library.", "other/facility"),
        ("平均亩产420公斤。", "kg/mu"),
        ("务工者月均收入3900元。", "CNY/month"),
        ("日薪不低于80元。", "CNY/day"),
        ("经营满1年的，给予2500元的补贴。", "CNY/other"),
        ("A pensioner gets ZMW 310 a week.", "ZMW/week"),
        ("The wage is KES 95 an hour.", "KES/hour"),
        ("They get KES 700 per month per child.", "KES/person/month"),
        ("It pays a weekly KES 40.", "KES/week"),
        ("平均海拔2600米。", "m"),
    ],
)
def test_what_an_amount_is_per(text, unit):
    assert figures(text)[-1].unit == unit


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("今年全市将重点发展茶业，新增6个基地，改造1.4万亩茶园；对3万人开展培训。", ["target"] * 3),
        ("州里将救灾款640万元拨到乡镇。", ["level"]),
        (
            "Much is open. Our aims are:\n• to pave 70 km of lanes;\n• to dig 31 wells for those with 5 cows.",
            ["target", "target", "level"],
        ),
        ("The number will be raised to 4.5 lakh families.", ["target"]),
        ("It began with the aim of housing 9,000 people.", ["target"]),
        ("The goal to house 9,000 people was reached.", ["level"]),
        ("The gap was wider than the gap of 2.1 billion we projected.", ["target"]),
        ("It will be longer than the line of 84 km laid in 2004.", ["level"]),
        ("This year, 23 local offices took part in the programme.", ["level"]),
        ("The fund—which aimed to help traders—reached 40,000 people.", ["level"]),
        ("目标任务是：新修水渠30公里；改厕120座。", ["target", "target"]),
        ("拟扶持企业公示，共有830家企业上榜。", ["level"]),
        # what stands between an aim and what it is, and what is told of the aim by its noun or as its total
        ("The ward plans with two banks to pave 31 km, dig 14 wells and open 6 clinics.", ["level", *["target"] * 3]),
        ("They dug 84 wells (of a 120 target).", ["level", "target"]),
        ("We reached 84 target villages.", ["level"]),
        ("We aim at 6 pumps in each ward, totalling 420 pumps.", ["target", "target"]),
        ("It will open 60 posts with over 3,100 nurses hired and trained.", ["target", "target"]),
        ("The grant must quickly be raised to 640 yuan.", ["target"]),
        ("The fund gives KES 420 million to build 310 sheds.", ["level", "target"]),
        ("该社将创造性开展培训，带动1.6万户。", ["target"]),
        ("电站建成后，640户可以分红，预计年发电31万千瓦时。", ["target", "target"]),
        ("电站建成后，已有640户分红。", ["level"]),
        ("They announced a pledge to build 2,400 homes.", ["target"]),
        ("2012年发行新增债券64亿元，城镇新增就业3.1万人。", ["level", "level"]),
        ("The rate will rise by 4 yuan to 64 yuan, and by 6 yuan for women.", ["change", "target", "change"]),
        ("新增试点村31个，试点村达到240个。", ["change", "level"]),
        ("争取完成投资4亿元。", ["target"]),
        ("全年争取资金4亿元。", ["level"]),
        ("Some 31 clinics are open or will soon be.", ["level"]),
        ("It will mend the 31 existing clinics and open 6 new ones.", ["level", "target"]),
        ("It will help farmers who have taken loans of 4,100 yuan.", ["level"]),
        ("Some 31 clinics are still to be opened.", ["target"]),
        ("She hopes to teach 3,000 girls, and started clubs that feed 64 women.", ["target", "level"]),
        ("The fund spent KES 420 million to build 310 sheds.", ["level", "level"]),
        ("In 2009 it is much. We are working to bring water to 6,400 homes by 2013.", ["target"]),
        ("Work of the year:\n- Seeds: Distribute 310 tonnes.\n- Distributed 310 tonnes.", ["target", "level"]),
        ("先后打井64眼，确保8000人喝上安全水。", ["level", "level"]),
        ("已修渠3公里，确保8000人喝上安全水。", ["level", "level"]),
        ("确保8000人喝上安全水。", ["target"]),
        ("It will grow from the present level of 84 wards to 160 wards.", ["level", "target"]),
        ("It is anticipated to be widened to 6.1 million families.", ["target"]),
        ("They are all set to reach 310 hamlets in 14 wards.", ["target", "target"]),
        ("The number of pumps is set to 310, and that is due to the 14 wards.", ["level", "level"]),
        ("The 4 clinics will share 2 million yuan.", ["level", "target"]),
        ("The 4 clinics will be built.", ["target"]),
        ("It will mend 84 km by the rules used in the 5 wards.", ["target", "level"]),
        ("It will serve the poor in all 14 cities and 96 towns.", ["level", "level"]),
        ("It will serve the poor in 14 cities.", ["target"]),
    ],
)
def test_what_is_still_to_come(text, roles):
    assert [figure.role for figure in figures(f"An opening that is a sentence.\n{text}")] == roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The land was eroded by 17%.", "change_pct"),
        ("The mill is owned by 17% of them.", "share_pct"),
        ("It led to a 6 percent yield loss.", "change_pct"),
        ("Prices rose for maize, which rose by 9 percent, beans (7 percent).", "change_pct"),
        ("Illness is higher among women (7 percent).", "rate_pct"),
        ("Loans cost 8 per cent interest per annum.", "rate_pct"),
        ("The mill contributed 14% to growth.", "share_pct"),
        ("It is a fall from last year's 61 per cent.", "rate_pct"),
        ("粮价上涨0.7%。", "change_pct"),
        ("贡献全市34%的税收。", "share_pct"),
        ("占全市工业增加值38.2%。", "share_pct"),
        ("七成以上床位不足，64%的床位由民办机构提供。", "share_pct"),
        ("58%的旱地在南部。", "share_pct"),
        ("58%的村通了客车。", "rate_pct"),
        ("Losses fell by gains of up to 30% in yield, and increases of up to 40%.", "change_pct"),
        ("It went up to 40%.", "rate_pct"),
        ("Most have completed middle school or above (37.5 per cent of the jobless).", "share_pct"),
        ("It is 37.5 per cent of the jobless in the target area.", "share_pct"),
        ("They completed 37.5 per cent of the target.", "plan_pct"),
        ("Of these 31 percent rent.", "share_pct"),
        ("支出31亿元，68%以上用于民生。", "share_pct"),
        ("Few had 3.1% or less, except Hill District (7.4%).", "rate_pct"),
        ("Interest rate:\nFixed at 3.5 % per annum.", "rate_pct"),
        ("The harvest was 18.4 to 21.6 pct below the average crop.", "change_pct"),
        ("Some 21 percent live below the average poverty line.", "rate_pct"),
        ("It is a budget with 64% allocated to roads.", "share_pct"),
        ("实行机械采收后，亩均减损6%。", "change_pct"),
        ("提供了6%的资金。", "share_pct"),
        ("After three rises to reach almost 23%, it fell.", "rate_pct"),
        ("Takings rose, reaching 45%.", "rate_pct"),
        ("It fell to a low of 7%.", "rate_pct"),
        ("Cover will rise from current levels of 34%.", "rate_pct"),
        ("Rates are even lower in the hills at 5%.", "rate_pct"),
        ("The increase reached 14%.", "change_pct"),
        ("More than a fifth of them were ill in one ward: Hill (31%).", "rate_pct"),
        ("More than 640 hamlets (16%) had no well.", "share_pct"),
    ],
)
def test_what_a_percentage_says(text, role):
    assert figures(text)[-1].role == role


@pytest.mark.parametrize(("text", "value"), [("救助4万百姓。", 40_000), ("筹款3百万元。", 3_000_000)])
def test_scales_rise(text, value):
    assert figures(text)[0].value == value


def test_what_is_better_for_people_is_no_more_of_them():
    assert [f.role for f in figures("提高了31万人的收入，增加了2.4万人。")] == ["level", "change"]


def test_the_direction_is_that_of_the_noun_behind_it():
    found = figures("It led to a 6 percent yield increase and a 9 percent cost reduction.")
    assert [dict(figure.decided_by)["direction"] for figure in found] == ["up", "down"]


def test_ordinals_and_names_are_no_figures():
    text = "They opened a third branch, and MARKUP 2 ended."
    assert others(text) == [("a third", "list_no"), ("2", "list_no")]
    assert not figures(text)


def test_the_last_so_many_are_counted_and_the_first_are_ranked():
    assert [figure.text for figure in figures("最后27名贫困群众脱贫。")] == ["27"]
    assert not figures("排在前27名。")


@pytest.mark.parametrize("text", ["人均预期寿命71岁。", "2008年GDP84亿元。", "It cost ` 640/- in all."])
def test_numbers_that_are_no_ages_labels_or_code(text):
    assert len(figures(text)) == 1


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("It cut hunger by 7.4% for boys and 6.1% for girls.", ["change_pct", "change_pct"]),
        ("They want to raise the target by 15% to 41,000 homes.", ["change_pct", "target"]),
        ("按月跌幅为0.4%，按年升幅为3.2%。", ["change_pct", "change_pct"]),
        ("Up till last March, nine per cent of farmers had none.", ["share_pct"]),
    ],
)
def test_what_percentages_go_on_with(text, roles):
    assert [figure.role for figure in figures(text)] == roles


def test_years_that_blanks_part_count_nothing():
    assert [figure.text for figure in figures("It was 31 tonnes in 1983- 84 and in 2 015 it was 40 tonnes.")] == [
        "31",
        "40",
    ]
