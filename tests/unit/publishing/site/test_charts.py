"""Charts are pictures with a name, a description and nothing that could run."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from pipelines.publishing.site.charts import COLOURS, Line, Point, bar_chart, line_chart, swatch


def point(year, value, slack=0, disputed=False):
    value = Decimal(value)
    return Point(year, value, value - slack, value + slack, f"{year}: {value}", disputed)


def drawn(*lines, **options):
    return ET.fromstring(str(line_chart("c", "Share <of> funds", "What is seen", list(lines), "%", **options)))


def test_a_chart_has_a_name_and_a_description():
    chart = drawn(Line("Jiangxi", (point(2010, "71"), point(2011, "81"))))
    named = chart.get("aria-labelledby").split()
    texts = {element.get("id"): element.text for element in chart if element.get("id")}
    assert chart.get("role") == "img"
    assert [texts[name] for name in named] == ["Share <of> funds", "What is seen"]


def test_points_are_joined_intervals_shown_and_disputed_marked():
    chart = drawn(Line("Jiangxi", (point(2010, "20", slack=9), point(2011, "81", disputed=True)), 1))
    kinds = [element.get("class") for element in chart.iter()]
    assert kinds.count("line") == 1
    assert kinds.count("interval") == 1
    assert (kinds.count("mark"), kinds.count("mark disputed"), kinds.count("series s1")) == (1, 1, 1)


def test_a_higher_value_stands_higher_and_a_later_year_further_right():
    [_, low, high] = [element.get("transform") for element in drawn(
        Line("Jiangxi", (point(2009, "50"), point(2010, "20"), point(2011, "80")))
    ).iter() if element.get("transform")]  # fmt: skip
    (x1, y1), (x2, y2) = (map(float, place[10:-1].split()) for place in (low, high))
    assert x1 < x2
    assert y1 > y2


@pytest.mark.parametrize(
    "values", [("0",), ("-5", "-3"), ("1e9", "2.5e9"), ("0.001", "0.002"), ("-3", "8"), ("7", "7")]
)
def test_every_value_stays_within_the_picture(values):
    chart = drawn(Line("Jiangxi", tuple(point(2000 + n, value) for n, value in enumerate(values))))
    _, _, width, height = map(float, chart.get("viewBox").split())
    places = [element.get("transform")[10:-1].split() for element in chart.iter() if element.get("transform")]
    assert len(places) == len(values)
    for x, y in places:
        assert 0 <= float(x) <= width
        assert 0 <= float(y) <= height


def test_names_of_reports_cannot_become_markup():
    text = str(line_chart("c", "<script>x</script>", "\u202e", [Line("<b>", (point(2010, "1"),))], "<i>"))
    assert "<script" not in text
    assert "<i>" not in text
    assert "[U+202E]" in text


def test_bars_are_as_high_as_their_counts():
    chart = ET.fromstring(
        str(bar_chart("b", "t", "d", [("1", (0, 4, 2)), ("2", (0, 2, 0))], ("critical", "error", "info")))
    )
    heights = [(bar.get("class"), float(bar.get("height"))) for bar in chart.iter() if bar.tag == "rect"]
    assert [kind for kind, _ in heights] == ["bar error", "bar info", "bar error"]
    assert heights[0][1] == pytest.approx(2 * heights[1][1], abs=0.2)
    assert heights[1][1] == pytest.approx(heights[2][1], abs=0.2)


def test_lines_are_told_apart_by_shape_as_well_as_colour():
    assert len({str(swatch(colour)) for colour in range(COLOURS)}) == COLOURS
