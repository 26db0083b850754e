"""Regions, maps, flows, charts of many regions, finding and printing, as people meet them in a browser."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipelines.publishing.site import links
from tests.browser.conftest import PHONE
from tests.browser.test_pages import KINDS, until
from tests.site_home import LONG

JIANGXI, MANY = links.region_page("360000"), "indicators/central_share.html"
MAP, FLOW = links.map_page("central_share"), links.flow_page("360000")


def test_a_province_has_its_headlines_in_their_order_with_intervals_and_evidence(visit):
    page = visit().open(JIANGXI)
    names = page.locator("table.headline tbody th").all_inner_texts()
    assert names[:3] == ["Share of central funds", "Funds per poor person", "Growth of total funds"]
    row = page.locator("table.headline tbody tr").nth(1)
    assert "183.3" in row.inner_text()
    assert "183.01 – 183.66" in row.inner_text()
    row.get_by_role("link", name="803 million").click()
    page.locator("tr:target").wait_for(state="visible")


def test_comparable_provinces_stand_beside_it_with_values_of_the_same_year(visit):
    page = visit().open(JIANGXI)
    heads = page.locator("table.headline thead th").all_inner_texts()
    assert len(heads) == 4 + 4
    year = page.locator("table.headline tbody tr").first.locator("td").nth(1).inner_text()
    beside = page.locator("table.headline tbody tr").first.locator("td").nth(3).inner_text()
    page.goto(page.url.replace(JIANGXI, MAP))
    row = page.locator(".heats tbody tr").filter(has_text=heads[4])
    place = page.locator(".heats thead th").all_inner_texts().index(year)
    assert float(row.locator("td").nth(place - 1).inner_text()) == pytest.approx(
        float(beside.split("\u202f")[0]), abs=0.06
    )


def test_what_a_province_lacks_is_said_with_the_reason(visit):
    page = visit().open(JIANGXI)
    missing = page.get_by_role("region", name="What is missing").locator("li").all_inner_texts()
    assert any("poor population not reported" in one for one in missing)


def test_a_map_has_a_tile_for_each_province_that_is_reached_by_key_and_told_in_words(visit):
    page = visit().open(f"{MAP}?year=2011")
    shown = page.locator("svg.tiles:visible")
    assert shown.count() == 1
    tiles = shown.locator("[aria-label]")
    assert tiles.count() == 34
    told = {one.partition(":")[0]: one for one in tiles.evaluate_all("all => all.map(one => one.ariaLabel)")}
    assert told["Jiangxi"] == "Jiangxi: 81.1\u202f%"
    assert told["Taiwan"] == "Taiwan: no data"
    shown.locator("a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('svg.tiles a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/regions/*.html")


def test_no_data_and_disputed_do_not_look_like_a_value(visit):
    page = visit().open(links.map_page("data_quality_index") + "?year=2011")
    looks = page.locator("svg.tiles:visible .tile").evaluate_all(
        "all => all.map(one => [['none', 'disputed'].find(kind => one.classList.contains(kind)) || 'value',"
        " getComputedStyle(one).fill.slice(0, 4) + getComputedStyle(one).strokeDasharray])"
    )
    by_kind = {kind: {look for one, look in looks if one == kind} for kind, _ in looks}
    assert {"none", "disputed"} <= by_kind.keys()
    assert by_kind["none"].isdisjoint(by_kind["disputed"])


def test_the_year_of_a_map_is_chosen_and_kept_in_the_address(visit):
    page = visit().open(MAP)
    page.get_by_label("Year", exact=True).select_option("2005")
    assert page.locator("svg.tiles:visible").count() == 1
    assert page.get_by_role("heading", name="2005", exact=True).is_visible()
    assert page.url.endswith("?year=2005")


def test_the_table_beside_a_map_has_the_same_classes(visit):
    page = visit().open(f"{MAP}?year=2011")
    place = page.locator(".heats thead th").all_inner_texts().index("2011")
    row = page.locator(".heats tbody tr").filter(has_text="Jiangxi").locator("td").nth(place - 1)
    tile = page.locator("svg.tiles:visible a[aria-label^='Jiangxi'] .tile")
    kinds = [one.get_attribute("class").split()[1] for one in (row, tile)]
    assert kinds[0] == kinds[1]


def test_a_flow_shows_what_is_not_said_and_never_more_than_the_total(visit):
    page = visit().open(f"{FLOW}?year=2011")
    flow = page.locator("section[data-part='2011']:visible").filter(has_text="Invested")
    box = flow.locator(".total").bounding_box()
    for band in flow.locator(".band rect").all():
        found = band.bounding_box()
        assert found["y"] >= box["y"] - 1
        assert found["y"] + found["height"] <= box["y"] + box["height"] + 1
    assert flow.locator(".band.unsaid").count() == 1
    flow.locator("summary").click()
    assert "not said" in flow.locator("table").inner_text()
    flow.get_by_role("link", name="651").click()
    page.locator("tr:target").wait_for(state="visible")


def test_a_line_of_many_is_pointed_at_and_picked_and_gone_to_by_keys(visit):
    page = visit().open(MANY)
    chart, reading = page.locator("svg.many"), page.locator(".reading")
    assert chart.locator("g.series").count() == 31
    chart.focus()
    page.keyboard.press("ArrowRight")
    first = reading.inner_text()
    page.keyboard.press("ArrowRight")
    assert reading.inner_text() != first
    assert reading.inner_text().split(" 20")[0] == first.split(" 20")[0]
    page.keyboard.press("ArrowDown")
    assert reading.inner_text().split(" 20")[0] != first.split(" 20")[0]
    chart.locator("g.series[data-line='5'] g.mark").first.hover()
    assert "%" in reading.inner_text()
    page.get_by_role("button", name="Jiangxi").click()
    assert chart.locator("g.picked").count() == 1
    faint = chart.locator("g.series:not(.picked):not(.pointed)").first.evaluate("one => getComputedStyle(one).opacity")
    assert float(faint) < 0.2


def test_a_region_has_its_colour_on_every_page(visit):
    page = visit().open(MANY)
    here = page.get_by_role("button", name="Jiangxi").evaluate("one => getComputedStyle(one.parentElement).color")
    page.goto(page.url.replace(MANY, "index.html"))
    there = page.locator(".legend li").filter(has_text="Jiangxi").first.evaluate("one => getComputedStyle(one).color")
    assert here == there


def test_values_are_filtered_in_the_address_and_counted_of_all(visit):
    page = visit().open(MANY)
    everything = int(page.locator(".count").inner_text().split()[2])
    page.get_by_label("Region").select_option("Jiangxi")
    until(page, "/^1[45] of/.test(document.querySelector('.count').textContent)")
    assert page.locator(".count").inner_text().endswith(f"of {everything} in the list")
    assert page.url.endswith("region=Jiangxi")
    page.reload()
    until(page, "document.querySelectorAll('[data-list] tbody tr').length < 20")


def test_a_button_that_does_nothing_is_not_there(visit):
    page = visit().open("reports/index.html")
    assert page.get_by_role("button", name="Show more").count() == 0


def test_everything_is_found_by_its_words_and_figures_by_what_is_printed(visit):
    page = visit().open("find/index.html")
    page.get_by_role("searchbox").fill("jiangxi")
    page.get_by_role("heading", name="Regions (").wait_for()
    assert page.get_by_role("heading", name="Reports (").is_visible()
    page.get_by_role("searchbox").fill("651 million")
    until(page, "location.search === '?q=651+million'")
    page.get_by_role("heading", name="Figures (").wait_for()
    page.locator(".found li a").first.click()
    assert "651 million" in page.locator("tr:target").inner_text()


def test_a_chinese_reader_finds_chinese_names(visit):
    page = visit().open("zh/find/index.html?q=江西")
    page.locator(".found li").first.wait_for()
    page.get_by_role("link", name="江西省").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "江西省"


def test_a_province_is_taken_away_as_workbook_table_and_package(visit):
    page = visit(accept_downloads=True).open(JIANGXI)
    found = {}
    for name in ("CSV", "XLSX", "ZIP"):
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(rf"(\(|as ){name}")).click()
        found[name] = Path(download.value.path()).read_bytes()
    lines = found["CSV"].decode().splitlines()
    assert lines[0].startswith("indicator,region_code")
    assert {line.split(",")[1] for line in lines[1:]} == {"360000"}
    book = openpyxl.load_workbook(io.BytesIO(found["XLSX"]))
    assert book.sheetnames == ["indicators", "money"]
    assert book["indicators"].max_row == len(lines)
    with zipfile.ZipFile(io.BytesIO(found["ZIP"])) as packed:
        described = json.loads(packed.read("datapackage.json"))
        assert {one["path"] for one in described["resources"]} < set(packed.namelist())
        assert packed.read("data/indicators.csv") == found["CSV"]


@pytest.mark.parametrize("path", [JIANGXI, "failures/index.html", links.version_page(LONG, 1), MANY])
def test_tables_keep_their_headings_in_print_even_on_narrow_paper(visit, path):
    page = visit({"width": 640, "height": 900}).open(path)
    page.emulate_media(media="print")
    for head in page.locator("table.stacked thead th:visible, table.stacked thead th").all():
        assert head.evaluate("one => one.innerText.trim() === '' || one.getBoundingClientRect().height > 8")
        assert head.evaluate("one => one.getBoundingClientRect().width > 5")


def test_nothing_on_paper_is_wider_than_it(visit):
    # A4 between margins of a centimetre
    reader, beyond = visit({"width": 718, "height": 1040}), []
    for path in KINDS:
        page = reader.open(path)
        page.emulate_media(media="print")
        found = page.locator("table, svg, pre, p, h1").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"
        )
        beyond += [(path, one[:80]) for one in found]
        page.emulate_media(media="screen")
    assert beyond == []


def test_a_brief_is_one_sheet(visit, browser):
    page = visit().open(links.brief_page("360000"))
    pages = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    assert pages.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("path", [JIANGXI, MAP, FLOW, MANY])
def test_what_is_wide_is_scrolled_within_the_page_of_a_phone(visit, path):
    page = visit(PHONE).open(path)
    sizes = page.locator("svg.tiles:visible text.sign, svg.flow:visible text, svg.many text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert all(size >= 9 for size in sizes)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
