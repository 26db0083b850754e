"""Numbers of a text that fail each other are an error only where one slip of one of them would mend it."""

import re
from decimal import Decimal

import pytest

from tests.unit.checking.rules.test_claims import failing

RIGHT = "全县投入312.4万元，其中：中央资金184.2万元，省级资金76.1万元，县级资金52.1万元。"


@pytest.mark.parametrize(
    ("number", "moved"),
    [
        ("184.2", "148.2"),  # two digits changed places
        ("184.2", "154.2"),  # another digit
        ("76.1", "7.61"),  # the point moved
        ("312.4", "3124"),
        ("52.1", "71.3"),  # near what was meant
    ],
)
def test_one_slip_is_found(number, moved):
    assert not failing(RIGHT)
    assert failing(RIGHT.replace(number, moved, 1))


@pytest.mark.parametrize(
    "text",
    [
        "The scheme had 96 schools. Of these, 181 classes got desks and 117 classes got books.",
        "今年夏粮3.7亿元，其中稻谷41.2亿元。",
        "户均收入3万元，全村214户，共有资金2万元。",
    ],
)
def test_numbers_that_no_slip_joins_were_never_meant_to_fit(text):
    assert not failing(text)


def test_two_numbers_that_changed_places_are_found():
    assert not failing("发放贷款82.4亿元，覆盖31.7万户，户均25994元。")
    assert failing("发放贷款31.7亿元，覆盖82.4万户，户均25994元。")


@pytest.mark.parametrize(
    "text",
    [
        "In 2012 the county raised 418.6 million yuan. It was made up of the following: grants of the centre, 302.1"
        " million yuan; loans of the banks, 81.3 million yuan; gifts, 35.2 million yuan.",
        "The scheme took in 61,340 pupils, split into 22,510 girls, 30,120 boys and 8,710 whose sex is not known.",
        "2014年全县投入扶贫资金31.86亿元，分为：基础设施20.14亿元；产业发展8.35亿元；培训3.37亿元。",
        "全市有贫困人口48.2万人，其中山区31.5万人，丘陵12.4万人，平原4.3万人。",
    ],
)
def test_a_list_of_all_there_is_keeps_a_part_that_is_more_than_its_whole(text):
    assert not failing(text)
    *_, last = re.finditer(r"\d[\d,]*(?:\.\d+)?", text)
    assert failing(f"{text[: last.start()]}{Decimal(last.group().replace(',', '')) * 10:f}{text[last.end() :]}")


def test_what_several_traits_say_of_a_whole_is_no_list():
    assert not failing("全县有村215个，其中通水的198个，通公路的211个，有卫生室的187个。")


def test_a_list_of_all_there_is_goes_on_over_semicolons_whatever_it_adds_up_to():
    text = (
        "In 2012 the sum was 418.6 million yuan. It was made up of the following: grants of the centre, 302.1 million"
        " yuan; fees for managing projects, 81.3 million yuan; labour transfer together with featured industrial"
        " projects, 35.2 million yuan."
    )
    assert not failing(text)
    assert [len(found.operands) for found in failing(text.replace("35.2", "45.2"))] == [4]
