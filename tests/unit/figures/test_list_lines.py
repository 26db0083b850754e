"""Lists on lines of their own are sentences with what stands above them."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.figures.text.lists import flowing
from tests.helpers import document


@pytest.mark.parametrize(
    "items",
    [
        "- 12 million yuan from the centre\n- 8 million yuan from the province",
        "* roads: 12 million yuan;\n* ponds: 8 million yuan.",
        "(1) 12 million yuan for roads\n(2) 8 million yuan for ponds",
        "Roads 12 million yuan\nPonds 8 million yuan",
    ],
)
def test_items_are_parts_of_the_amount_that_leads_them(items):
    text = f"In 2011 the town received 20 million yuan:\n{items}\nIt has 300 homes."
    whole, *parts, homes = read_figures(document(text)).figures
    assert [part.parent for part in parts] == [whole.figure_id] * 2
    assert (homes.parent, homes.value) == (None, 300)


def test_items_below_an_item_are_its_parts():
    text = "全县投入1.5亿元，其中：\n- 中央9000万元\n  - 产业6000万元\n  - 道路3000万元\n- 省级6000万元"
    found = read_figures(document(text)).figures
    assert [figure.parent for figure in found] == [None, 1, 2, 2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "In 2012 the town plans to\n- pave 40 km of road and\n- move 350 households.",
        "By 2015 the town will:\n1. pave 40 km of road;\n2. move 350 households.",
        "2012年，全县计划：\n1、修路40公里；\n2、搬迁350户。",
    ],
)
def test_a_plan_holds_for_its_list(text):
    assert [figure.role for figure in read_figures(document(text)).figures] == ["target", "target"]


@pytest.mark.parametrize(
    "text",
    [
        "They came.\n- 40 km of road were paved.",
        "One word:\nA long line that is no item because it goes on and on without any number in it at all.",
        "电话如下：\n电话：0710-5550123",
    ],
)
def test_other_lines_stay_lines(text):
    assert flowing(text, document(text)) == text


def test_a_stop_behind_an_item_ends_no_sentence():
    text = "主要工作如下：\n1. 修渠40公里，投资900万元。\n2. 打井25眼。\n3. 植树1600亩，补助70万元。"
    assert len({figure.locator.sentence_start for figure in read_figures(document(text)).figures}) == 1
