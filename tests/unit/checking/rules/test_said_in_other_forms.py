"""Relations in the forms in which offices tell them: each holds as printed, and fails with one number moved."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

CLAIMS = [
    # what changed, spoken of again
    (
        "The goal was 7,400 pupils, and 6,980 came in March. The gap of 420 pupils is due to the floods.",
        "420",
        "240",
    ),
    (
        "The scheme delivered 41,260 kits, well below the 46,800 of the agreement; this shortfall of 5,540 is known.",
        "5,540",
        "5,450",
    ),
    (
        "They made 86,430 loans. In the preceding year the number was 80,250; the rise of 6,180 comes to 7.7%.",
        "80,250",
        "82,050",
    ),
    (
        "They made 86,430 loans. In the preceding year the number was 80,250; the rise of 6,180 comes to 7.7%.",
        "7.7%",
        "1.7%",
    ),
    (
        "The roll listed 142,600 fishers at the start of the year and 155,100 at its end. The 12,500 additional entries"
        " came from the coast.",
        "12,500",
        "15,200",
    ),
    ("The office promised 940 boats. A total of 872 were handed over, 68 fewer than promised.", "68", "86"),
    ("Households dug 18,260 wells, 10 percent more than the 16,600 dug in 2014.", "16,600", "1,660"),
    ("The pumps serve 27,450 hectares, 3,450 hectares more than the target of 24,000.", "3,450", "4,350"),
    ("会员由年初的12,500人增加到年末的14,375人，增长15%。", "15%", "45%"),
    ("全年筹款3,260万元，同2015年的4,075万元相比减少815万元，下降20%。", "4,075", "4,705"),
    ("全年投入5.64亿元，是2014年1.88亿元的3倍。", "1.88", "8.18"),
    # what a clause before comes to
    (
        "Of the 8,640 pupils of the valley, 7,776 were attending lessons in May, an attendance of 90 percent.",
        "90",
        "80",
    ),
    (
        "Seedlings set out numbered 260,000, and 182,000 of them were alive, a survival rate of 70%.",
        "182,000",
        "128,000",
    ),
    ("Grants of Birr 372 million were paid against a plan of Birr 400 million, an achievement of 93%.", "93%", "39%"),
    (
        "The approved budget was $84 million and the spending $73.5 million, hence the absorption of 87.5%.",
        "87.5",
        "78.5",
    ),
    ("The bureau had $325 million to work with. It obligated $299 million, an obligation rate of 92.0%.", "299", "259"),
    ("42 out of 120 parishes meet the standard or very nearly do so by the end of the year (35.0%).", "35.0", "53.0"),
    ("应拆旧房3.6万户，已拆2.7万户，拆除率75%，低于全省平均水平。", "已拆2.7", "已拆7.2"),
    ("全县农村人口18.5万人，喝上自来水的17.76万人，普及率96.0%。", "17.76", "11.76"),
    ("3个县应收水费5200万元，实收3640万元，收缴率只有70.0%。", "3640", "6340"),
    ("受损工程共2450处，已修复2009处，完成82.0%。", "2009", "2900"),
    ("恢复灌溉面积4.68万亩，完成目标值（5.2万亩）的90.0%。", "90.0", "80.0"),
    ("组建合作社264个，目标值为250个，超出14个。", "14", "41"),
    ("收到资金1.2640亿元，比上年的1.0925亿元多1715万元。", "1.0925", "1.925"),
    # which way a verb says that it went
    ("The number of clinics rose from 340 in 2012 to 410 in 2016.", "410", "310"),
    ("The dropout rate fell from 8.4 percent to 7.9 percent.", "7.9", "8.9"),
    ("贫困人口由2006年底的12.4万人减少到2010年底的11.2万人。", "11.2", "14.2"),
    ("全县合作社由120家增加到131家。", "131", "113"),
    # the total of a list in its own sentence
    ("产业类安排6620万元；基础类安排3521万元；就业类安排672万元。三类合计10813万元。", "10813", "18013"),
    ("教育4935万元，农业2280万元，水利1467万元，合起来是8682万元。", "2280", "2820"),
    # what there was, came, went and is
    (
        "On 1 July the register had 6,320 households. During the year 1,140 were added and 385 were taken off, so that"
        " the register closed at 7,075 households.",
        "385",
        "835",
    ),
    (
        "The number of groups was 264 in July 2015. 51 were formed in the year and 17 were dissolved, bringing the"
        " number to 298 in June 2016.",
        "51",
        "15",
    ),
    (
        "In April there were 148 camps. A further 36 opened in May, 167 were closed by the end of the year, and 17 are"
        " still open.",
        "167",
        "161",
    ),
    ("年初库存棉衣5.4万件，期间调入3.2万件，发往各地6.9万件，现存1.7万件。", "6.9", "9.6"),
    ("四县累计建成书屋956间，当年新建148间，撤并停用37间，年初为845间。", "148", "248"),
    # what is left, what each got, what all of it is
    (
        "The desk received 1,362 complaints. By the end of May 1,054 had been settled and 308 were still open.",
        "308",
        "803",
    ),
    ("全县排查问题1,260个。已整改1,108个，尚未整改152个。", "152", "252"),
    ("Each was paid 24,000 dollars a month for four months, hence 96,000 dollars in all.", "96,000", "69,000"),
    ("每人每月补助260元，连续发放5个月，共1300元。", "1300", "1900"),
    (
        "In all 864 works were finished, comprising 412 roads, 187 water points, 143 schools and 122 markets.",
        "187",
        "387",
    ),
    (
        "The fund released $6.4 million in June, with UNDP getting $3.7 million, IOM $1.8 million, FAO $0.9 million.",
        "0.9",
        "9.9",
    ),
    (
        "The office handled 3,200 appeals in the year: 1,730 on pensions, 860 on disability and 610 on other matters.",
        "860",
        "960",
    ),
    (
        "It improved 96 canals. Thirty-one of these are in Mzimba, 27 in Dowa, 23 in Salima and 15 in Dedza.",
        "27",
        "277",
    ),
]


@pytest.mark.parametrize(("text", "number", "moved"), CLAIMS)
def test_a_relation_holds_as_printed_and_fails_with_one_number_moved(text, number, moved):
    assert text.count(number) == 1
    title = "云安县2016年总结\n\n" if not text.isascii() else "Malawi: progress report 2016\n\n"
    failing = [
        [check for check in checked(document(title + said)).checks if check.verdict in FAILING and not check.assumption]
        for said in (text, text.replace(number, moved))
    ]
    assert not failing[0]
    assert failing[1]


TRUE = [
    # what a change of another thing is, what a rate of others is of
    "Wages took $40 million and goods $24 million. The increase of $3 million is due to the raise in May.",
    "Of 500 students, 450 sat the examination, a pass rate of 80%.",
    "全县贫困户1200户，脱贫800户，群众满意率98%。",
    "2016年，省下达任务2.4万户，实际入住2.256万户；2014年、2015年两年累计入住3.1万户。",
    "四川：贫困人口从2013年底的625万人减少到2019年底的20万人。\n贵州：贫困人口从2013年底的346万人减少到9.6万人。",
    "全县共有贫困村120个，已脱贫45个，完成年度计划的40%。",
    # a wider place, all of something else, what is held against, what there was and is
    "全市水产品总产量88.73万吨。其中大黄鱼产量13.6万吨，约占全国的八成。",
    "A further 14,020 households are near-poor. As the review found in all communes: 8,940 households left poverty.",
    "In the year 84,299 children came. The number is 18.0 per cent above the 71,440 of 2010 but below the target of"
    " 92,000, of which 91.6 per cent was achieved.",
    "The flock numbered 154,200 when the year began. 48,300 were sold, 1,950 were newly bought or had strayed in, and"
    " 107,850 remained.",
    "The price fell from 12 to 9 dollars and the number of shops rose from 80 to 95.",
    "财政支出32.93亿元，同比增支5.1亿元，减收0.6亿元。",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_told_of_others_claims_nothing(text):
    checks = checked(document(text)).checks
    assert not [check for check in checks if check.verdict in FAILING and not check.assumption]
