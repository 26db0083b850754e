"""Numbers whose noun the words before them have said, or that count what they are joined to."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, figures


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        # a number that is joined to a word counts that, never what the two tell the kind of
        ("The ministry built a 20-bed hospital in the town.", "20", "other"),
        ("They laid a 16-kilometre road.", "16", "km"),
        ("They gave 20-litre cans to families.", "20", "litre"),
        # a verb joined to another acts on the same things
        ("The ministry received 2,345 applications, approved 1,877 and rejected 468.", "468", "other"),
        ("Teams visited 310 schools, repaired 45 and closed 12.", "12", "facility"),
        ("The fund paid 2,150 claims worth $4.3 million, an average of $2,000, and refused 310.", "310", "unknown"),
        # of so many, so many do: the noun in between is none of theirs, nor what they do something to
        ("Of the 9,420 girls of school age, 8,316 were attending school in May.", "8,316", "person"),
        ("Out of the 360 clinics of the county, about 215 had power.", "215", "facility"),
        ("Of the 720 weavers, 540 had a loom and 190 rented one from others.", "190", "person"),
        ("It bought 96 ledgers. 34 of these are new.", "34", "other"),
        ("Some 83,000 permits were entered: 61,200 for farms and 21,800 for shops.", "61,200", "other"),
        ("The office heard 2,400 appeals: 1,310 on pensions.", "1,310", "other"),
        # a verb in the present is no noun
        ("The rise of 6,180 jobs comes to 7.7%.", "6,180", "person"),
        ("The loss of 420 goats remains a worry.", "420", "animal"),
        # what lies between two numbers counts what they count
        (
            "The scheme sold 8,260 stoves, below the 9,400 of the plan; this shortfall of 1,140 is small.",
            "1,140",
            "unknown",
        ),
        ("Villages with a population exceeding 4,500 get a well.", "4,500", "person"),
        # homes of those who are cared for
        ("The region has 15 maternity homes.", "15", "facility"),
        # each of those who were counted last
        ("Cash support reached 36,500 families, each of whom was sent $150.", "150", "USD/household"),
        ("They have 11,296 members, about 32 members to an organisation.", "32", "person/organisation"),
        ("They gave 56 goats to a cooperative.", "56", "animal"),
        # a Chinese measure of things counts no people and no households
        ("改造农村户厕2.1万座。", "2.1万", "facility"),
        # and one whose subject was counted acts on others
        ("In the south the 22 boreholes serve 6,100.", "6,100", "unknown"),
        ("1,860 pupils received 11.2 million over the year.", "11.2", "unknown"),
        # what is paid is money, and one thing is not so many of it
        ("Teachers are paid 120,000 a month.", "120,000", "unknown"),
        ("A nurse earns 180,000 a month and a clerk 95,000.", "95,000", "unknown"),
        ("A bag of maize costs 9,500 and a goat 22,000.", "22,000", "unknown"),
        # what stands where another one stood
        ("Grants of 500 yuan went to pupils and 750 to teachers.", "750", "CNY"),
        ("The 12 districts of the north have 4.2 million people, the 9 of the south 6.1 million.", "9", "county"),
        ("The 45 courses had some 80 people each, more than 3,500 in all.", "3,500", "person"),
        ("The district has 37 wards; 25 have a bus line.", "25", "other"),
        ("The district has 37 wards; 25 have a bus line, and of the other 12 most are far.", "12", "other"),
        ("Of 5,000 trees, 3,900 were alive a year later and 3,700 two years later.", "3,700", "tree"),
        ("The money comes to 2 million for the 43 villages comes what may.", "43", "village"),
        # a length is printed anew, and what each gets is told by "per" and whom
        ("The plan of 450 km was met. Forty-seven communes out of 175 meet it.", "175", "other"),
        ("Per relocated person this comes to about 60,000 yuan.", "60,000", "CNY/person"),
        # a part of one that cannot be parted is a mean
        ("Households own an average of 2.4 goats and 0.7 hectares of land.", "0.7", "hectare/other"),
        ("The mean household has 2.3 rooms and 1.1 toilets.", "1.1", "facility/other"),
        ("Unit costs were $1.90 and $41.", "41", "USD/other"),
        # so many things are no parts of a plan
        ("They built 258 works (91 roads, 74 water systems, 93 schools).", "74", "other"),
        ("全县公路2860公里，其中国道138公里、省道210公里。", "138", "km"),
        # what a Chinese phrase tells of its noun stands before it
        ("平台上有2100多个年销售额超千万的淘宝村。", "2100", "village"),
        ("省里有35个年收入超过100万元的合作社。", "35", "organisation"),
        ("全县有18个人口不足千人的村。", "18", "village"),
        # 个 counts no people behind a place
        ("用于支持5个重点受灾省份紧急转移安置受灾群众。", "5", "province"),
        ("全县有8个县贫困学生得到资助。", "8", "county"),
        ("全县有20个乡镇干部得到表彰。", "20", "person"),
        # of places in which each gets something there are so many; and so they are of whom more are compared
        ("It paid 2,000 yuan a month to each of 98,000 households in four counties.", "four", "county"),
        ("There were 213,000 households (932,000 people), up from 189,000 in 2015.", "189,000", "household"),
        ("The child support grant rose from $270 to $280.", "270", "USD/person"),
        # letters of money that are joined to an amount
        ("Investments of about R77-billion and US$3-million were made.", "3-million", "USD"),
    ],
)
def test_units(text, number, unit):
    found = [figure for figure in figures(text) if number in figure.text]
    assert [figure.unit for figure in found] == [unit]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Attendance was 95.2% in the 15-18 group.", "generic"),
        ("Three 2-storey schools of 300 pupils were built.", "structure"),
        ("Families in 3-room flats got 300 kwacha.", "structure"),
        ("The 3-phase lines reach 40 villages.", "structure"),
        ("The contract (Procurement No. SRS/F. 8176) is for 20 km of road.", "document_no"),
    ],
)
def test_no_figures(text, reason):
    assert reason in {number.reason for number in read_figures(document(text)).non_figures}


@pytest.mark.parametrize(
    ("text", "number", "role"),
    [
        # a plan is a budget's name, or the whole of a share
        ("It grew by 26.1 per cent over the Plan outlay of Rs. 11,000 crores.", "26.1", "change_pct"),
        ("Small savings came to 9 per cent of the total plan outlay.", "9 per", "share_pct"),
        ("已完成投资47亿元，占全年计划的60%，省财政6.92亿元补助全部下达。", "6.92", "level"),
        ("全年脱贫9542人，超额完成年度任务的12%。", "12%", "over_plan_pct"),
        ("完成年度任务的95%。", "95%", "plan_pct"),
        ("In all, 1,540 of 2,200 planned boreholes were drilled, and 18 of the 20 dams finished.", "2,200", "target"),
        ("In all, 1,540 of 2,200 planned boreholes were drilled, and 18 of the 20 dams finished.", "18", "level"),
        ("The deficit widened to 8.1 percent of GDP, against a target of 4.6 percent.", "4.6", "target"),
        # what is there already
        ("They will save another $204 million, on top of the $200 million already given.", "200", "level"),
        ("We intend to open a clinic in each of our 284 areas.", "284", "level"),
        ("We intend to open 284 clinics.", "284", "target"),
        ("Herds grew: 84 percent of families had cattle.", "84", "share_pct"),
        # what a change led to, and a list of shares
        ("Income per head rose by $90 to $820, or 12.3 percent.", "12.3", "change_pct"),
        ("Of the households surveyed, 41 percent named illness, 23 percent lack of skills.", "23", "share_pct"),
    ],
)
def test_roles(text, number, role):
    found = [figure for figure in figures(text) if number in figure.text]
    assert [figure.role for figure in found] == [role]


def test_what_something_fell_from_has_the_scale_of_what_it_fell_to():
    assert [int(figure.value) for figure in figures("The poor fell from 12.0 to 4.8 million.")] == [
        12_000_000,
        4_800_000,
    ]


def test_what_was_done_grew_and_not_the_plan_it_is_held_against():
    found = figures("32 million yuan was invested, 80 percent of the plan of 40 million yuan and 18.5 percent more.")
    grown = next(figure for figure in found if figure.role == "change_pct")
    assert next(figure.text for figure in found if figure.figure_id == grown.parent).startswith("32")
