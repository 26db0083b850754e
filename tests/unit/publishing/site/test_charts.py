"""Charts are pictures with a name, a description and nothing that could run."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from pipelines.catalog.tiles import tiles
from pipelines.publishing.site.charts.bars import bar_chart
from pipelines.publishing.site.charts.flow import Band, flow_chart
from pipelines.publishing.site.charts.lines import Line, Point, line_chart, many_chart, middles
from pipelines.publishing.site.charts.svg import COLOURS, Look, look_of, swatch
from pipelines.publishing.site.charts.tiles import CLASSES, Shown, class_of, ends, tile_map


def point(year, value, slack=0, disputed=False):
    value = Decimal(value)
    return Point(year, value, value - slack, value + slack, f"{year}: {value}", disputed)


def drawn(*lines, **options):
    return ET.fromstring(str(line_chart("c", "Share <of> funds", "What is seen", list(lines), "%", **options)))


def test_a_chart_has_a_name_and_a_description():
    chart = drawn(Line("Jiangxi", (point(2010, "71"), point(2011, "81"))))
    named = chart.get("aria-labelledby"), chart.get("aria-describedby")
    texts = {element.get("id"): element.text for element in chart if element.get("id")}
    assert chart.get("role") == "img"
    assert [texts[name] for name in named] == ["Share <of> funds", "What is seen"]


def test_points_are_joined_intervals_shown_and_disputed_marked():
    chart = drawn(Line("Jiangxi", (point(2010, "20", slack=9), point(2011, "81", disputed=True)), Look(1, 1)))
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


def test_all_provinces_look_different_and_neighbours_differ_in_colour():
    looks = [look_of(number) for number in range(COLOURS**2)]
    assert len(set(looks)) == len(looks)
    assert all(one.colour != other.colour for one, other in pairwise(looks))
    assert len({str(swatch(look)) for look in looks}) == COLOURS


def many(count=31, years=15):
    return [
        Line(f"Region {n}", tuple(point(2001 + y, str(10 + n + y % 3)) for y in range(years)), look_of(n))
        for n in range(count)
    ]


def test_a_chart_of_many_keeps_all_values_and_as_many_labels_as_have_room():
    chart = ET.fromstring(str(many_chart("c", "t", "d", many(), "%")))
    kinds = [element.get("class") for element in chart.iter()]
    assert kinds.count("mark") == 31 * 15
    assert (kinds.count("range"), kinds.count("half"), kinds.count("median")) == (1, 1, 1)
    heights = sorted(float(one.get("y")) for one in chart.iter() if one.get("class") == "end")
    assert 5 < len(heights) < 31
    assert all(lower - upper >= 13 for upper, lower in pairwise(heights))


def test_the_middle_of_many_is_their_median_and_its_ends_are_theirs():
    found = middles([Line("", (point(2010, value),)) for value in ("1", "2", "3", "4", "100")])
    assert found[2010] == (5, 1.0, 2.0, 3.0, 4.0, 100.0)


def test_classes_hold_about_as_many_values_each_and_none_is_empty():
    values = [float(n) for n in range(100)]
    upper = ends(values)
    counts = Counter(class_of(value, upper) for value in values)
    assert len(counts) == CLASSES
    assert max(counts.values()) - min(counts.values()) <= 1
    assert ends([5.0] * 9) == ends([]) == []


def test_a_map_has_every_province_once_and_tells_no_data_from_doubt():
    shown = [
        Shown(
            tile, "XX", "1" if n % 3 else "", f"Name {n}", 0 if n % 3 else None, n % 3 == 1, "" if n % 2 else "x.html"
        )
        for n, tile in enumerate(tiles().values())
    ]
    chart = ET.fromstring(str(tile_map("m", "t", "d", shown)))
    kinds = Counter(
        element.get("class") for element in chart.iter() if (element.get("class") or "").startswith("tile ")
    )
    assert kinds == {"tile none": 12, "tile q0 disputed": 11, "tile q0": 11}
    places = [(one.get("x"), one.get("y")) for one in chart.iter() if (one.get("class") or "").startswith("tile ")]
    assert len(set(places)) == len(tiles())


def bands(*amounts):
    return [Band(f"b{n}", Decimal(amount), str(amount)) for n, amount in enumerate(amounts)]


@pytest.mark.parametrize("amounts", [(651, 153), (500, 100), (900, 700), (803,), (1,) * 30])
def test_bands_of_a_flow_never_exceed_its_total(amounts):
    total = Band("Total", Decimal(803), "803")
    chart = ET.fromstring(str(flow_chart("f", "t", "d", (bands(*amounts), bands(1)), total, ("a", "b", "c"))))
    [whole] = [float(one.get("height")) for one in chart if one.get("class") == "total"]
    drawn_bands = [one for one in chart if (one.get("class") or "").startswith("band")]
    left = [float(one[1].get("height")) for one in drawn_bands][: len(amounts)]
    assert sum(left) <= whole + 0.1 * len(amounts)
    if sum(amounts) <= 803:
        assert sum(left) == pytest.approx(whole * sum(amounts) / 803, abs=0.1 * len(amounts))
