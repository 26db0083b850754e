"""What sentences say outright of their numbers, in both languages: it fits as printed, and one moved number is told."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

SAID = [
    (
        "Members of these households: 1,149,605. Children under 18 number 609,291, which is 53% of the members.",
        [("53", "35"), ("609,291", "409,291")],
    ),
    (
        "Employers on the register: 11,960. Those inspected: 4,186, 35% of the register; 2,512 of those "
        "were in arrears.",
        [("35%", "53%"), ("4,186", "8,186")],
    ),
    (
        "Of an earlier batch of 9,800 women, 8,722 satisfied six of the nine criteria: 89 percent.",
        [("89", "79"), ("8,722", "7,722"), ("9,800", "8,900")],
    ),
    (
        "61,390 old houses were due to be pulled down. 60,776 have been, so the rate of demolition is 99.0 percent.",
        [("99.0", "9.0"), ("99.0", "89.0"), ("60,776", "50,776")],
    ),
    (
        "On loans outstanding, Rs 1,105 crore, the banks report Rs 22.1 crore as overdue, that is 2.0 per cent.",
        [("2.0", "4.0"), ("22.1", "32.1")],
    ),
    (
        "Contributions amounted to 73,210 million shillings; the public sector remitted 29,284 million "
        "shillings (40%), private employers 41,730 million shillings.",
        [("40%", "60%"), ("29,284", "39,284")],
    ),
    (
        "The cost of the programme came to US$ 15.20 million. The Government's contribution of US$ 1.22 "
        "million is 8.0% of the cost.",
        [("8.0", "18.0"), ("1.22", "2.22")],
    ),
    (
        "7,415 cases were opened. Of them all, 5,932 have been solved, four fifths.",
        [("5,932", "3,932")],
    ),
    (
        "They licensed 3,916 boats, that is 57% of the 6,870 boats registered.",
        [("57%", "75%"), ("3,916", "2,916")],
    ),
    (
        "The firms have signed contracts with 79,800 poor households. This is 95 percent of the 84,000 "
        "that are able to take part.",
        [("95", "85"), ("79,800", "69,800")],
    ),
    (
        "P38.5 million was set aside for 2016; by 30 September P26.95 million, or 70 percent, had been obligated.",
        [("70", "50"), ("26.95", "16.95")],
    ),
    (
        "The reconstruction used NRs 3,268 million. Its budget had been NRs 4,300 million, and the "
        "progress is 76 percent.",
        [("76", "67"), ("3,268", "2,268")],
    ),
    (
        "Landings increased to 21,930 tonnes, 7.5% over the 20,400 tonnes of 2018.",
        [("7.5", "5.7"), ("21,930", "29,930"), ("20,400", "24,400")],
    ),
    (
        "Contributors numbered 391,480, an advance of 6.0% from 369,320.",
        [("6.0", "9.0"), ("391,480", "491,480"), ("369,320", "339,320")],
    ),
    (
        "In the schools 3,514 pupils dropped out; in the year before, 4,685 did, and the number has "
        "therefore declined by 25%.",
        [("25%", "52%"), ("3,514", "2,514"), ("4,685", "5,685")],
    ),
    (
        "Arrears were brought down from 8,460 million shillings to 6,345 million shillings, 25% less.",
        [("25%", "52%"), ("8,460", "6,460")],
    ),
    (
        "Families earned Rs 14,560 from vegetables in the season, and they had earned Rs 11,200 in the "
        "season before: 30 per cent more.",
        [("30", "50"), ("14,560", "24,560")],
    ),
    (
        "This year the city put 1.264 billion yuan into it. Last year's input was 1.053 billion yuan, "
        "meaning that the increase is 211 million yuan, 20.0 percent.",
        [("211", "311"), ("20.0", "30.0"), ("1.053", "1.153")],
    ),
    (
        "The scheme had 1,148,700 members, as against 1,063,600 at the end of 2013, which amounts to growth of 8.0%.",
        [("8.0", "5.0"), ("1,063,600", "1,163,600")],
    ),
    (
        "Fees brought in GH¢9.42 million. That is GH¢1.71 million better than the GH¢7.71 million of 2013.",
        [("1.71", "2.71"), ("7.71", "6.71")],
    ),
    (
        "The portfolio grew from Tk 7,640 million to Tk 8,519 million, in other words by Tk 879 million.",
        [("879", "579"), ("7,640", "7,140")],
    ),
    (
        "1,842 schools have their own kitchen; a year ago it was 1,638, and 204 have been added since.",
        [("204", "304"), ("1,638", "1,538")],
    ),
    (
        "Planned replanting was 640 hectares. The year closed with 448 hectares replanted, a shortfall "
        "of 192 hectares.",
        [("192", "292"), ("448", "348")],
    ),
    (
        "The goal in the plan had been 6,000; 6,400 plots were made, so it was surpassed by 400.",
        [("400.", "300."), ("6,400", "6,900")],
    ),
    (
        "4,380 masons were trained. The district had aimed at 5,000 trained masons; the figure is short by 620.",
        [("620", "520"), ("5,000", "5,500")],
    ),
    (
        "The Mission closed the year with 214,600 groups. Twelve months earlier there had been 186,200, "
        "so the net addition is 28,400.",
        [("28,400", "38,400"), ("186,200", "166,200")],
    ),
    (
        "The third quarter ended with 281,340 households. Compared with the second quarter, when "
        "284,115 households were active, the roll has shrunk by 2,775.",
        [("2,775", "3,775"), ("284,115", "294,115")],
    ),
    (
        "1,480 families received a kit. Their value was US$ 222,000, or US$ 150 for a family.",
        [("150", "250"), ("222,000", "322,000"), ("1,480", "1,180")],
    ),
    (
        "Enrolled households: 267,350. MWK 10,266 million were transferred to the households, or MWK "
        "38,400 to each of them.",
        [("38,400", "48,400"), ("10,266", "12,266"), ("267,350", "367,350")],
    ),
    (
        "Grants of P1,012.8 million went to the 281,340 grantee households, an average of P3,600 per household.",
        [("3,600", "4,600"), ("1,012.8", "1,212.8")],
    ),
    (
        "61,300 groups drew loans from banks, and what they drew was worth Rs 919.5 crore, on average "
        "Rs 1.5 lakh for each group.",
        [("1.5", "2.5"), ("919.5", "819.5"), ("61,300", "31,300")],
    ),
    (
        "They built 1,811,000 square metres. Investment was 2,354.3 million yuan, 1,300 yuan per square metre.",
        [("1,300", "1,900"), ("2,354.3", "3,354.3")],
    ),
    (
        "Disbursements were Tk 15,237 million. The average loan was Tk 18,000 on 846,500 clients.",
        [("18,000", "28,000"), ("846,500", "546,500")],
    ),
    (
        "6,870 boats were counted. A total of 24,732 fishers work on them, 3.6 to a boat.",
        [("3.6", "6.3"), ("24,732", "44,732")],
    ),
    (
        "3,840 shops were open on 1 April 2018. A further 1,265 were started and 410 shut down, which "
        "leaves 4,695 in business on 31 March 2019.",
        [("1,265", "1,365"), ("4,695", "4,995"), ("3,840", "3,440")],
    ),
    (
        "The quarter opened with 1,146 unresolved grievances. 3,920 were filed; 4,287 were closed; and "
        "779 are carried over.",
        [("779", "979"), ("3,920", "2,920")],
    ),
    (
        "At the start of the year 26,340 teachers were in post. 1,915 were recruited; 1,027 retired; at "
        "the end 27,228 were in post.",
        [("1,915", "1,515"), ("27,228", "27,828")],
    ),
    (
        "The project counted 268 groups at the start of the year, formed 73, dissolved 19, and supports 322 today.",
        [("322", "352"), ("73", "93")],
    ),
    (
        "Herds at the end of last year: 482,000 head. Calves born and cattle bought in: 167,000. Sold, "
        "slaughtered or dead: 129,000. Herds at the end of this year: 520,000 head.",
        [("520,000", "580,000"), ("129,000", "159,000")],
    ),
    (
        "The reserve was FRw 412,600 million at 1 July 2015. Adding contributions of FRw 73,210 million "
        "and income of FRw 31,420 million, and deducting benefits of FRw 15,787 million and "
        "administration of FRw 9,151 million, it was FRw 492,292 million at 30 June 2016.",
        [("492,292", "482,292"), ("73,210", "83,210")],
    ),
    (
        "Before the earthquake there were 1,150 masons. 4,380 were trained; 1,620 have since gone "
        "abroad, and so 3,910 are at hand.",
        [("3,910", "3,010"), ("1,620", "1,220")],
    ),
    (
        "项目受益人口52.55万人，其中妇女24.7万人，占受益人口的47.0%，少数民族33.1万人，占63.0%。",
        [("33.1万", "31.1万"), ("63.0", "36.0")],
    ),
    (
        "年初在建1846户，当年新开工2530户，竣工入住2917户，年末在建1459户。",
        [("1459", "1359"), ("2530", "2330")],
    ),
    (
        "五年解决128.6万人的饮水问题，投资18.36亿元，人均投资1428元。",
        [("1428", "1128"), ("18.36", "13.86")],
    ),
    (
        "年初债务余额63250万元，当年新增9400万元，偿还4850万元，年末余额67800万元。",
        [("4850", "8450"), ("67800", "76800")],
    ),
]
SAID += [
    (
        "In two districts 54,600 and 41,900 applications respectively were received, 31,668 and 22,207 of them "
        "(58.0% and 53.0%) for children.",
        [("58.0", "85.0"), ("22,207", "12,207")],
    ),
]
MOVED = [(text, printed, moved) for text, moves in SAID for printed, moved in moves]


def failing(text):
    source = document(text, title="Programme of Malawi: progress report 2016", section="")
    return [check for check in checked(source).checks if check.verdict in FAILING and check.severity != "info"]


@pytest.mark.parametrize("text", [text for text, _ in SAID])
def test_what_fits_raises_no_alarm(text):
    assert failing(text) == []


@pytest.mark.parametrize(("text", "printed", "moved"), MOVED)
def test_one_moved_number_is_told(text, printed, moved):
    assert failing(text.replace(printed, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Of the 64 wards 12 have a clinic. Last year 8,410 patients came, 35% of them from other wards.",
        "The block has 12,400 women in groups. A grant of 372 million shillings was agreed, and 30,000 for a trainer.",
        "At the end of 2014 there were 1,200 schools. In 2015 the block hired 340 teachers and built 96 "
        "houses for them.",
        "14,560 more are under construction. The town had 9,450 houses in 2012 and 37,800 in 2015.",
        "516,915 members are below eighteen, after 1,063,600 in 2013 and 1,148,700 in 2014.",
        "基本医保报销3.782亿元，大病保险支付0.496亿元，医疗救助0.511亿元，兜底0.517亿元，自付0.637亿元，"
        "总费用5.943亿元，实际报销比例89.3%。",
        "持证人数较上年新增1206人，注销、死亡245人，净增961人，增长6.5%。",
        "资金来源集中，购置税补助6.38亿元，自治区补助2.41亿元，市县自筹1.87亿元，银行贷款0.95亿元。",
        "Pupils of homes with incomes between 200% and 480% of the poverty guidelines fell by 25%.",
        "去年共投入70万元为群众架电，投入18万元用于农田建设，投入64万元改建校舍。",
        "Homes with a tap rose from 61,840 in 2018 to 74,210 in 2019. That is an increase of 12,370 homes or 20.0 per "
        "cent, and it brings their share to 30.3 per cent of the 244,669 homes counted.",
        "For mangroves, 186 and 142 hectares had been programmed in Leyte and Samar respectively; 173 and 128 hectares "
        "were planted, or 93.0% and 90.1%.",
        "Income rose from US$412 to US$577, i.e. by US$165 (40 percent). In control villages the rise was US$61.",
        "Cash of Birr 742.9 million was paid; food worth Birr 378.4 million was allocated.",
        "In two districts 54,600 and 41,900 applications respectively were received, 31,668 and 22,207 of them "
        "(58.0% and 53.0%) for children.",
        "城市低保标准由640元提高到705元。农村低保月人均补差325元，城市月人均补差482元。",
        "业务成本5437万元。年末净资产4241万元。业务成本按项目划分：午餐1946万元，图书873万元，陪伴1284万元，早教1027万元，救助307万元。",
        "户用电站户均2810元；参与联建分红的4875户，共分得1463万元，户均3001元。",
        "Courses reached 54,264 workers, 8.5% over plan; 27,190 found jobs, a placement rate of 98%.",
        "三是7个村的互助资金长期闲置，金额140万元；四是45户不符合条件的家庭领取补贴，户均3200元。",
        "Works went into 84 counties: 4131 village roads, 195 bridges and 441 drinking water projects.",
        "Homes given projects: 226,300, 226% of the task; digesters: 60,900, 121% of the task; people trained: 68,200, "
        "113% of the task; rural poor helped: 935,400, 116% of the task.",
        "全省地区生产总值达到13697.5亿元，较“十三五”末的9323.1亿元增加4374.4亿元，增长33.6%。",
        "农村劳动供给人口为5.9亿。从劳动力需求看，种植业为1.6亿，林牧渔业约需0.8亿，共计2.4亿。",
        "在本乡内劳动的为48862.98万人，占从业人员总数的87.12%；在本乡以外劳动的为7222.6万人，占12.88%。",
        "Of 1,480 chosen Rs 520 (90 per cent) was paid.",
        "At the start of the year there were 1,200 schools, 340 for girls and 96 for boys; at the end 1,350 schools.",
        "累计改造14.73万户：2012年6.81万户，2013年2.76万户，2014年2.7732万户，2015年如前所述。",
        "今年人均实领21597元，去年人均实领21238元，1377人由州县支付0.327亿元。",
    ],
)
def test_numbers_that_are_told_beside_each_other_only_raise_none(text):
    assert failing(text) == []


def test_what_is_paid_of_one_fund_stays_within_what_was_allocated():
    told = "Relief funds of Birr 378.4 million were allocated; relief funds of Birr 742.9 million were paid."
    assert [check.rule for check in failing(told)] == ["stage_chain"]
