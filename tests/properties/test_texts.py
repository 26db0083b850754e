"""What must hold of every text: texts add up, every digit is in one row, intervals hold their values.

Examples are drawn from fixed seeds, so that a run that passed once passes again.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from pipelines.reading.decoding import canonical, decode
from pipelines.reading.document import Document
from pipelines.reading.text import read_text
from pipelines.settings import PROJECT
from tests.helpers import whole

FEW = settings(max_examples=60, deadline=None, derandomize=True)
MANY = settings(max_examples=150, deadline=None, derandomize=True)

# sentences as reports have them: levels with parts and changes, plans with results, lists, units that are left out
SENTENCES = (
    "Funds came to 803 million Yuan, of which the centre gave 651 million Yuan.",
    "The province gave 1.5 billion.",
    "Another 12 followed.",
    "They reached 45 in all.",
    "Villages numbered 3,400.",
    "The plan was 50,000 people.",
    "In reality 50,829 were relocated, 1.7% beyond the plan.",
    "Income per capita was 3725 Yuan, up 19.8%, from 1500 to 2000 Yuan per person in key counties.",
    "Seven counties took part, four of which were new.",
    "The seven counties held 12 meetings, 28 of the 40 villages none.",
    "From 2006 to 2010, 12,000 people moved.",
    "The Rain Plan trained 34,599 people, 103.5% of the plan.",
    "They will build 45 km of roads in 2012.",
    "In reality 51 km were built.",
    "A, B and C grew by 12%, 14% and 16% respectively.",
    "Aid reached 323,000 households (808,000 people).",
    "Each county got 15 million Yuan.",
    "Under the “12th Five-Year Plan” the “3456” projects began; half of the villages came first.",
    "More than 2500 reservoirs, 850 bridges and nearly 30,000 km of roads were built.",
    "Document [2011] No. 164 names three major decisions.",
)
# no digits and no number words, but all the words that decide about numbers elsewhere
FIGURE_FREE = (
    "The offices kept to the guideline and held regular talks.",
    "Relocation of the poor will be carried on as planned, including training under the Rain Plan, of which the centre "
    "bore the cost.",
    "Last year the share of the province rose, compared with the target, by a good deal; incomes per capita grew.",
    "Roads, villages and people came first (as before).",
    "Loans from abroad were scheduled: each household received seeds, respectively.",
    "The plan had been overfulfilled; more than was needed had been spent, nearly all of it on schools, until then.",
)
FIGURE_FREE_CHINESE = (
    "各地坚持规划，工作继续推进。",
    "移民搬迁和雨露计划培训将继续实施，其中中央财政承担费用，人均收入增长。",
    "去年全省农村道路、贫困村、贫困户优先（同上），分别完成年度任务，实际超过计划。",
)
INSERTED = {
    language: st.lists(st.sampled_from(sentences), min_size=1, max_size=5).map(" ".join)
    for language, sentences in (("en", FIGURE_FREE), ("zh", FIGURE_FREE_CHINESE))
}
PARAGRAPHS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True).map(" ".join)
BODIES = st.lists(PARAGRAPHS, min_size=1, max_size=3)


def _shipped():
    """Sections of the shipped reports by language, each a list of its paragraphs."""
    found = {"en": [], "zh": []}
    for path in sorted((PROJECT / "raw").glob("*.txt")):
        text = decode(path.read_bytes(), path.name)
        for section in re.split(r"【[^】\n]*】", text)[1:]:
            # a line break within a sentence ends no paragraph
            paragraphs = re.split(r"(?<=[.。])\s*\n\s*", section.strip())
            found["zh" if path.stem.endswith("_zh") else "en"].append(paragraphs)
    return found


SHIPPED = _shipped()


def _read(sections):
    """Figures of a document with some sections, each a list of paragraphs: all but their positions, and meanings."""
    body = "\n".join(
        f"【Section {name}】 " + "\n".join(paragraphs) for name, paragraphs in zip("abcdefgh", sections, strict=False)
    )
    text, blocks = read_text(f"Report of Jiangxi, 2011\n{body}")
    source = Document("report.txt", "0" * 64, "text/plain", "en", "Report of Jiangxi, 2011", text, blocks, ())
    reading = read_figures(source)
    meanings = resolve(source, identify(source), reading)
    rows = []
    for figure, meaning in zip(reading.figures, meanings, strict=True):
        parent = None if figure.parent is None else figure.figure_id - figure.parent
        read = (figure.text, figure.value, figure.unit, figure.qualifier, figure.role, figure.low, figure.high)
        linked = (figure.subject, parent, figure.link, figure.axis, figure.exhaustive)
        about = (meaning.program, meaning.source, meaning.stage, meaning.measure, meaning.beneficiary, meaning.period)
        rows.append((*read, *linked, *(decision.code for decision in about), meaning.scope))
    return rows, [(number.text, number.reason) for number in reading.non_figures]


def _assert_sum(first, second):
    rows_first, others_first = _read(first)
    rows_second, others_second = _read(second)
    rows, others = _read([*first, *second])
    assert rows == rows_first + rows_second
    assert others == others_first + others_second[1:]  # the year of the title stands in both


# a plan is not answered by what the next section completed
@example(
    first=["They will build 45 km of roads in 2012. Another 12 followed."],
    second=["The Rain Plan trained 34,599 people, 103.5% of the plan."],
)
@MANY
@given(BODIES, BODIES)
def test_the_figures_of_two_bodies_add_up(first, second):
    _assert_sum([first], [second])


@pytest.mark.parametrize("language", SHIPPED)
@FEW
@given(data=st.data())
def test_the_figures_of_shipped_sections_add_up(language, data):
    sections = st.lists(st.sampled_from(SHIPPED[language]), min_size=1, max_size=3)
    _assert_sum(data.draw(sections), data.draw(sections))


@MANY
@given(BODIES, INSERTED["en"], st.data())
def test_a_paragraph_without_figures_changes_nothing(paragraphs, inserted, data):
    place = data.draw(st.integers(0, len(paragraphs)))
    assert _read([[*paragraphs[:place], inserted, *paragraphs[place:]]]) == _read([paragraphs])


@pytest.mark.parametrize("language", SHIPPED)
@FEW
@given(data=st.data())
def test_a_paragraph_without_figures_changes_nothing_in_shipped_sections(language, data):
    paragraphs = data.draw(st.sampled_from(SHIPPED[language]))
    place = data.draw(st.integers(0, len(paragraphs)))
    more = data.draw(INSERTED[language])
    assert _read([[*paragraphs[:place], more, *paragraphs[place:]]]) == _read([paragraphs])


PIECES = (
    *"0123456789,.:%/()（）[]“”\"'-–~ \n\t，。；：、年月日号第多余几百千万亿十一二两三〇零半成个人户元村点",
    *("百分之", "分之", " million", " Yuan", " of which ", " from ", " to ", "seven ", "two hundred and ", "half of "),
    *(
        "其中",
        "分别",
        "占",
        "增长",
        "计划",
        "US$",
        "RMB",
        "¥",
        "No. ",
        "12th Five-Year ",
        "2011",
        "1/2",
        "2.49:1",
        "【",
        "】",
    ),
    *(" up ", " respectively", "per capita ", "１", "٣", "½", "²", "\u200b", "\u00a0", "İ", "ß", "\x1f", "𝟏", "٪"),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join),
    st.lists(st.sampled_from((*SENTENCES, *FIGURE_FREE_CHINESE, *PIECES)), max_size=12).map("".join),
)


def _source(text):
    body, blocks = read_text(canonical(text))
    return Document("report.txt", "0" * 64, "text/plain", "en", "Report of Jiangxi, 2011", body, blocks, ())


@settings(MANY, max_examples=400)
@given(TEXTS)
def test_every_digit_is_in_exactly_one_row(text):
    source = _source(text)
    reading, facts = whole(source)
    rows = [row.locator for row in (*reading.figures, *reading.non_figures)]
    held = [position for row in rows for position in range(row.start, row.end)]
    digits = [position for position, character in enumerate(source.text) if character.isdecimal()]
    assert len(held) == len(set(held))
    assert set(digits) <= set(held)
    assert reading.numbers_found == len(rows)
    assert len(facts.funds) + len(facts.results) + len(facts.targets) + len(facts.claims) == len(reading.figures)


@settings(MANY, max_examples=400)
@given(TEXTS)
def test_rows_are_in_order_and_in_their_sentences(text):
    source = _source(text)
    reading = read_figures(source)
    assert [figure.figure_id for figure in reading.figures] == list(range(1, len(reading.figures) + 1))
    for rows in (reading.figures, reading.non_figures):
        reach = 0
        for row in rows:
            place = row.locator
            assert reach <= place.start < place.end <= len(source.text)
            assert place.sentence_start <= place.start < place.end <= place.sentence_end
            assert row.sentence == source.text[place.sentence_start : place.sentence_end]
            reach = place.end
    starts = [block.start for block in source.blocks]
    for figure in reading.figures:
        block = source.blocks[bisect_right(starts, figure.locator.start) - 1]
        assert block.kind == "paragraph"
        assert figure.locator.section == block.section


@settings(MANY, max_examples=400)
@given(TEXTS)
def test_intervals_hold_their_value_and_parents_exist(text):
    figures_read = read_figures(_source(text)).figures
    ids = {figure.figure_id for figure in figures_read}
    for figure in figures_read:
        assert figure.low <= figure.value <= figure.high
        assert figure.value == figure.value_stated * figure.scale
        assert (figure.parent is None) == (figure.link is None)
        assert figure.parent is None or (figure.parent in ids and figure.parent != figure.figure_id)


@MANY
@given(TEXTS, TEXTS)
def test_reading_is_the_same_whatever_was_read_before(text, other):
    first = whole(_source(text))
    whole(_source(other))
    assert whole(_source(text)) == first


# what looks like one number too long for any arithmetic, and sentences without an end
MONSTROUS = {
    "digits": "9" * 5_000,
    "decimals": "0." + "0" * 5_000 + "1",
    "numeral": "三" * 5_000 + "个",
    "percentage": "百分之" + "三" * 5_000,
    "denominator": "三" * 5_000 + "分之一",
    "scales": "5" + "亿" * 5_000,
    "beyond any exponent": "9" * 1_000_100 + " km",
    "list": "1," * 1_000 + "9" * 30 + "亿元",
    "percent": "9" * 3_000 + "%, up 5%",
}


@pytest.mark.parametrize("name", MONSTROUS)
def test_monstrous_numbers_are_rows_too(name):
    source = _source(f"Report\n{MONSTROUS[name]}")
    reading, _ = whole(source)
    held = {
        position
        for row in (*reading.figures, *reading.non_figures)
        for position in range(row.locator.start, row.locator.end)
    }
    assert held >= {position for position, character in enumerate(source.text) if character.isdecimal()}
