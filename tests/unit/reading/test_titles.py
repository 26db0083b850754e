"""A first line that says something is read; one that names what follows is the title."""

import io

import docx
import pytest

from pipelines.reading.read import read_document
from pipelines.reading.sentence import is_sentence

TITLES = (
    "Report on poverty alleviation in Jiangxi, 2011",
    "江西省2011年财政扶贫工作报告",
    "Courses by place",
    "2011年，江西扶贫纪实",
    "Poverty alleviation funds of Jiangxi by county 2011 (10000 yuan)",
    "Poverty funds of Jiangxi 2011, unit: 10,000 yuan",
    "Poverty alleviation funds in 10,000 yuan",
    "2012年1-6月扶贫资金使用情况",
    "2011年3月5日扶贫办会议纪要",
    "江西省扶贫办、财政厅关于下达2011年第一批中央财政扶贫资金的通知（赣财农〔2011〕45号）",
    "Annual report of the Jiangxi Poverty Alleviation Dept.",
    "Poverty in the U.S.",
    "Philippines: status of the 4Ps family program, fourth quarter of 2019",
    "Poverty relief 2001–2010: a review of 592 key counties",
    "Statistical yearbook, volume 7",
    "Poverty Alleviation Funds, 2010-11, by County and Source",
    "第五批扶贫资金",
)
SENTENCES = (
    "截至2018年底，全县还有贫困人口1.62万人，贫困发生率3.4%。",
    "2011年投入资金7600万元",
    "全县12个村，均已脱贫",
    "全省减少贫困人口30万人，其中县里12个村",
    "In 2011 Jiangxi received 1.2 billion yuan",
    "In 2011, 350 villages were reached",
    "The funds rose by 12 %",
    "The province went on with its work.",
    "Work went on. More was planned",
    "Funds came to 5,000 yuan",
)


@pytest.mark.parametrize("line", TITLES)
def test_titles(line):
    assert not is_sentence(line)


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences(line):
    assert is_sentence(line)


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    document = read_document(path, name, 10**6)
    return document.title, [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_a_text_that_begins_with_a_sentence_has_no_title(tmp_path):
    assert read(tmp_path, "a.txt", "2011年投入资金7600万元。\n一、资金。全年投入。") == (
        "",
        [("paragraph", "2011年投入资金7600万元。"), ("heading", "一、资金。"), ("paragraph", "全年投入。")],
    )


def word(*paragraphs):
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


SENTENCE = "In 2011 Jiangxi received 1.2 billion yuan."


@pytest.mark.parametrize(
    ("name", "alone", "followed"),
    [
        ("a.docx", word((SENTENCE, "Title")), word((SENTENCE, "Title"), ("It was 5.", None))),
        ("a.html", f"<h1>{SENTENCE}</h1>", f"<h1>{SENTENCE}</h1><p>It was 5.</p>"),
        ("a.md", f"# {SENTENCE}", f"# {SENTENCE}\n\nIt was 5."),
    ],
)
def test_what_its_layout_calls_a_title_is_one_unless_it_is_all(tmp_path, name, alone, followed):
    assert read(tmp_path, name, alone) == ("", [("paragraph", SENTENCE)])
    assert read(tmp_path, name, followed) == (SENTENCE, [("title", SENTENCE), ("paragraph", "It was 5.")])


def test_one_paragraph_of_word_is_read(tmp_path):
    assert read(tmp_path, "a.docx", word((SENTENCE, None))) == ("", [("paragraph", SENTENCE)])
