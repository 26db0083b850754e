import pytest

from pipelines.reading.text import read_text

PARAGRAPH = "They went on with the work of the year before, and it was done well in every respect that counts."


def sections(text):
    """Section of each paragraph of a text whose first line is its title."""
    canonical, blocks = read_text(f"Title\n{text}")
    return [
        (block.section, canonical[block.start : block.end].strip()) for block in blocks if block.kind == "paragraph"
    ]


@pytest.mark.parametrize(
    ("line", "section", "rest"),
    [
        ("【Funds】 They grew.", "Funds", "They grew."),
        ("一、资金投入。全年投入。", "资金投入", "全年投入。"),
        ("（二）移民搬迁。2010年搬迁。", "移民搬迁", "2010年搬迁。"),
        ("3．整村推进。“十一五”期间。", "整村推进", "“十一五”期间。"),
        ("—— 资金：中央投入。", "资金", "中央投入。"),
        ("六、2013年目标。计划减贫。", "2013年目标", "计划减贫。"),
        ("2. Money. Special funds came.", "Money", "Special funds came."),
        ("(1) Village by village. Villages began.", "Village by village", "Villages began."),
        ("Section Two  Funds\nThey grew.", "Funds", "They grew."),
        ("* Moving house *\nThey moved.", "Moving house", "They moved."),
        (f"\nMutual funds\n{PARAGRAPH}", "Mutual funds", PARAGRAPH),
    ],
)
def test_headings(line, section, rest):
    assert sections(line) == [(section, rest)]


@pytest.mark.parametrize(
    "line",
    [
        "In 2010 the province gave more.",
        "Funds grew to 5 million Yuan",
        "1. In 2011 they gave 5 million Yuan.",
        "and small works went on",
        PARAGRAPH,
    ],
)
def test_lines_that_are_no_headings(line):
    assert sections(line) == [("", line)]


def test_headings_within_headings():
    text = "一、主要工作\n（一）雨露计划。培训。\n（二）搬迁。安置。\n二、来年。继续。"
    assert [section for section, _ in sections(text)] == ["主要工作 > 雨露计划", "主要工作 > 搬迁", "来年"]


def test_blocks_cover_every_character_once():
    text = "Title\n【A】 one\n\n（一）乙。二\nthree"
    canonical, blocks = read_text(text)
    covered = "".join(canonical[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())
