"""What is counted: the head of a noun phrase, the unit of a list, what an amount is per."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("建成45个村卫生室、62个村级幼儿园、14个乡镇卫生院。", ["facility"] * 3),
        ("组织26个村民小组和18个县直部门帮扶。", ["organisation"] * 2),
        ("全省1200多家贫困地区的企业参加。", ["enterprise"]),
        ("有15个县的贫困人口减少。", ["county"]),
        ("21个重点县实施项目300个。", ["county", "project"]),
        ("整村推进村60个，贫困村通了公路的有410个。", ["village"] * 2),
        ("建成9座县城污水处理厂，57个安置点。", ["facility"] * 2),
        ("四个重点，30个亮点。", ["facility"]),
        ("45 village clinics were built.", ["facility"]),
        ("It rebuilt 18 village or town clinics.", ["facility"]),
        ("The pumps were 60, and 15 thousand households gained.", ["facility", "household"]),
        ("The pumps were 60 and 15 million yuan was spent.", ["facility", "CNY"]),
        ("Grants were 60 and 15 million yuan in the two years.", ["CNY"] * 2),
    ],
)
def test_the_head_of_the_phrase_is_counted(text, units):
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Enrolment of households by project area: north 12,400; south 9,310.", ["household"] * 2),
        ("Members of households: Luzon 1,740,268; Mindanao 1,633,247.", ["person"] * 2),
        ("The organisations counted active households: 12,400 in the north, 9,310 in the south.", ["household"] * 2),
        ("By working group the trainees split into 1,250 in Hebi and 930 in Anyang.", ["person"] * 2),
        ("Regular grants reached 4,300 families, the emergency grants 510.", ["household"] * 2),
        ("Bridges 5, carpet weaving points 64.", ["facility", "other"]),
        ("A total of 589 changes of records were approved, 301 of which concerned a new school.", ["other"] * 2),
        ("The county helped 8,000 people. In the event 9,600 were lifted out.", ["person"] * 2),
        ("Inside the key counties the number of those who dropped out of school was 4,200.", ["person"]),
        ("Among those trained by companies 340 found work.", ["other"]),
        ("There were 240,000 poor, 31,000 or 11.4% fewer than a year earlier.", ["person", "person", "%"]),
    ],
)
def test_a_number_without_a_noun_counts_what_its_list_or_its_sentence_speaks_of(text, units):
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Income per head was 3,940 Yuan in 2010. In 2011 it was 4,510 Yuan.", ["CNY/person"] * 2),
        ("Income per head was 3,940 Yuan. None of them had less than 2,300 Yuan.", ["CNY/person"] * 2),
        ("Income per head was 3,940 Yuan. Subsidies of 300 Yuan were paid.", ["CNY/person", "CNY"]),
        ("Taking 1,500 Yuan as the poverty line, few are poor.", ["CNY/person"]),
        ("Revenue and income per head were 6 billion Yuan and 4,150 Yuan.", ["CNY", "CNY/person"]),
        ("全县财政收入达到4600万元，村集体收入达到12万元。", ["CNY"] * 2),
        ("农民人均纯收入5200元，贫困农户年均收入2100元。", ["CNY/person"] * 2),
        ("户均补助2万元，人均补助4000元。", ["CNY/household", "CNY/person"]),
        ("A household received 2,000 Yuan.", ["CNY/household"]),
        ("Funds of 60 million Yuan went to a project.", ["CNY"]),
    ],
)
def test_what_an_amount_is_per(text, units):
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Gifts added up to 41 million Yuan.", "exact"),
        ("Gifts came to up to 41 million Yuan.", "up_to"),
        ("Under a poverty line of 2,300 Yuan, many were poor.", "exact"),
        ("Many lived under the line of 2,300 Yuan.", "below"),
    ],
)
def test_words_that_only_look_like_qualifiers(text, qualifier):
    assert figures(text)[0].qualifier == qualifier
