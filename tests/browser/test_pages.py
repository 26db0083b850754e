"""The site in a real browser: found, filtered, pointed at, read by all, and never run by what a report holds."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import axe_playwright_python
import pytest

from pipelines.publishing.site import links
from tests.browser.conftest import PHONE
from tests.site_home import ATTACK, LONG, REVISED

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
REPORT = links.version_page("jiangxi_2011.txt", 1)
KINDS = (
    "index.html",
    "indicators/index.html",
    "indicators/central_share.html",
    "reports/index.html",
    REPORT,
    links.version_page("jiangxi_funds_2009_2011.xlsx", 1),
    links.version_page(LONG, 1, 2),
    links.version_page(ATTACK, 1),
    links.comparison_page(REVISED),
    "failures/index.html",
    links.failures_page("jiangxi_2011.txt"),
    "data/index.html",
    "find/index.html",
    "regions/index.html",
    links.region_page("360000"),
    links.brief_page("360000"),
    links.flow_page("360000"),
    links.map_page("central_share"),
    f"zh/{links.region_page('360000')}",
    "zh/index.html",
    f"zh/{REPORT}",
)

# between them they have everything that is coloured
COLOURED = (
    "index.html",
    "indicators/central_share.html",
    links.version_page(ATTACK, 1),
    links.comparison_page(REVISED),
    "failures/index.html",
    links.failures_page("jiangxi_2011.txt"),
    links.region_page("360000"),
    links.flow_page("360000"),
    links.map_page("central_share"),
)


def rows(page):
    return page.locator("[data-list] tbody tr")


def until(page, condition: str) -> None:
    """Waits for a condition in JavaScript.

    As a function: a bare expression is evaluated anew at each look, which the pages' policy forbids from the second on.
    """
    page.wait_for_function(f"() => {condition}")


def test_every_section_is_reached_from_the_first_page_and_back(visit):
    page = visit().open("index.html")
    for name in ("Regions", "Indicators", "Reports", "Failures", "Data", "Find", "Overview"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        assert page.get_by_role("navigation", name="Main").locator("[aria-current=page]").inner_text() == name
    page.get_by_role("link", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.get_by_role("heading", level=1).inner_text() == "扶贫数据一览"
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Poverty-alleviation figures at a glance"


def test_a_value_leads_to_its_figure_in_the_report(visit):
    page = visit().open("index.html")
    page.get_by_role("link", name="Share of central funds").first.click()
    page.get_by_label("Region").select_option("Jiangxi")
    page.get_by_role("link", name=re.compile("651 million")).first.click()
    assert page.locator("tr:target th").inner_text().startswith("4")
    page.locator("tr:target").wait_for(state="visible")


def test_a_list_is_searched_filtered_and_sorted(visit):
    page = visit().open("failures/index.html")
    everything = rows(page).count()
    page.get_by_label("Severity").select_option("error")
    until(page, f"document.querySelectorAll('[data-list] tbody tr').length < {everything}")
    errors = rows(page).count()
    assert 0 < errors < everything
    assert set(page.locator("[data-list] td.severity").all_inner_texts()) == {"error"}
    page.get_by_role("searchbox").fill("year before jiangxi_2011.txt")
    until(page, f"document.querySelectorAll('[data-list] tbody tr').length < {errors}")
    assert rows(page).count() >= 1
    assert page.locator(".count").inner_text().startswith(f"{rows(page).count()} of {everything} ")
    page.get_by_role("searchbox").fill("nothing reads like this")
    until(page, "document.querySelectorAll('[data-list] tbody tr').length === 0")


def test_numbers_are_sorted_as_numbers_both_ways_by_keyboard(visit):
    page = visit().open("reports/index.html")
    head = page.get_by_role("button", name="Figures")
    head.focus()
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        until(page, f"document.querySelector('th[aria-sort={order}]') !== null")
        page.wait_for_timeout(100)
        counts = [int(text) for text in page.locator("[data-list] tbody tr td:nth-child(6)").all_inner_texts()]
        assert counts == sorted(counts, reverse=order == "descending")
        assert len(set(counts)) > 3


def test_an_address_chooses_a_filter(visit):
    page = visit().open("index.html")
    page.locator("a.severity.warning").click()
    until(page, "document.querySelector('select[name=severity]')?.value === 'warning'")
    until(page, "[...document.querySelectorAll('td.severity')].every(c => c.textContent === 'warning')")
    assert rows(page).count() > 0


def test_a_long_list_is_searched_whole(visit):
    page = visit().open("data/index.html")
    shown = rows(page).count()
    assert int(page.locator(".count").inner_text().split()[2]) > shown
    page.get_by_role("button", name="Show more").click()
    until(page, f"document.querySelectorAll('[data-list] tbody tr').length > {shown}")
    page.get_by_role("searchbox").fill("validation_seconds")
    until(page, "document.querySelectorAll('[data-list] tbody tr').length < 10")
    assert rows(page).count() >= 1


def test_each_unit_and_member_has_a_chart_that_shows_its_values(visit):
    page = visit().open("indicators/unit_costs.html")
    charts = page.locator("svg.chart")
    assert charts.count() > 2
    box = charts.first.bounding_box()
    assert box["width"] > 300
    assert box["height"] > 150
    assert charts.locator("g.mark").count() == page.locator("[data-list] tbody tr").count() > 2
    names = charts.evaluate_all(
        "all => all.map(one => document.getElementById(one.getAttribute('aria-labelledby')).textContent)"
    )
    assert len(set(names)) == len(names)


def test_pointing_at_a_figure_shows_how_it_was_read(visit):
    page = visit().open(REPORT)
    mark = page.locator("a.fig.disputed").first
    mark.hover()
    reading = page.get_by_role("tooltip")
    assert "200\u202fM" in reading.inner_text()
    assert "disputed" in reading.inner_text()
    assert mark.get_attribute("aria-describedby") == reading.get_attribute("id")
    # it can be pointed at itself, and leaves when the pointer does
    reading.hover()
    page.wait_for_timeout(400)
    assert reading.is_visible()
    page.mouse.move(5, 5)
    reading.wait_for(state="detached")
    assert mark.evaluate("one => getComputedStyle(one).borderBottomStyle") == "dotted"


def test_the_keyboard_shows_a_reading_and_takes_it_away(visit):
    page = visit().open(REPORT)
    page.locator("a.fig").first.focus()
    first = page.get_by_role("tooltip").inner_text()
    page.keyboard.press("Tab")
    until(page, f"document.querySelector('[role=tooltip]').innerText !== {json.dumps(first)}")
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").count() == 0
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("tr:target").count() == 1


def test_a_tap_shows_a_reading_on_a_phone(visit):
    page = visit(PHONE, has_touch=True, is_mobile=True).open(REPORT)
    page.locator("a.fig").nth(3).tap()
    box = page.get_by_role("tooltip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


def test_the_skip_link_is_the_first_stop_and_focus_is_seen(visit):
    page = visit().open("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_theme_follows_the_system_and_the_button_and_is_kept(visit):
    def paper(page):
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    light, dark = visit(color_scheme="light"), visit(color_scheme="dark")
    bright, dim = paper(light.open("index.html")), paper(dark.open("index.html"))
    assert bright != dim
    light.page.get_by_role("button", name="Dark").click()
    assert paper(light.page) == dim
    assert light.page.get_by_role("button", name="Light").is_visible()
    assert paper(light.open("data/index.html")) == dim
    light.page.get_by_role("button", name="Light").click()
    assert paper(light.page) == bright


def test_a_table_is_downloaded(visit):
    page = visit(accept_downloads=True).open("indicators/central_share.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("region_code,region_name_en,region_name_zh,period_code")
    assert "81.070984" in text


def test_a_command_is_copied(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"]).open(links.failures_page("jiangxi_2011.txt"))
    page.get_by_role("link", name="What it says").first.click()
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()


def test_pages_are_read_without_scripts(visit):
    page = visit(java_script_enabled=False).open("failures/index.html")
    assert rows(page).count() > 10
    assert page.locator("form").is_hidden()
    page.goto(f"{page.url.partition('failures/')[0]}{REPORT}")
    # what is said of the report stands there; its figures come by a script
    assert page.get_by_role("link", name="open failures").is_visible()


def test_the_figures_of_a_report_are_taken_away_whole(visit):
    page = visit(accept_downloads=True).open(links.version_page(LONG, 1, 2))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert [row["figure_id"] for row in rows] == [str(number) for number in range(1, 321)]
    assert rows[0]["value"] == "101500000"
    assert download.value.suggested_filename.endswith(".csv")


def test_no_spreadsheet_takes_what_a_report_prints_for_a_formula(visit):
    page = visit(accept_downloads=True).open(REPORT)
    page.evaluate("() => fupin.there(document.querySelector('.report').dataset.report, 1).figures[0].sentence = '=1+1'")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert rows[0]["sentence"] == "'=1+1"


def test_attacks_stay_text(visit):
    visitor = visit()
    for path in (links.version_page(ATTACK, 1), "reports/index.html", "failures/index.html", "index.html"):
        page = visitor.open(path)
        assert page.evaluate("window.attacked") is None
        assert page.locator("iframe, img[src=x], svg[onload], [onmouseover], [onfocus]").count() == 0
    page = visitor.open("reports/index.html")
    page.get_by_role("searchbox").fill("<script>alert(2)")
    until(page, "document.querySelectorAll('[data-list] tbody tr').length === 1")
    assert ATTACK in rows(page).inner_text()
    page.locator("[data-list] tbody a").first.hover()
    assert page.evaluate("window.attacked") is None


def look(reader, path, rules, without=()):
    page = reader.open(path)
    page.evaluate(AXE)
    left_out = json.dumps({rule: {"enabled": False} for rule in without})
    results = page.evaluate(
        f"axe.run(document, {{preload: false, resultTypes: ['violations'], runOnly: {rules}, rules: {left_out}}})"
    )
    assert results["passes"]
    return [(path, one["id"], one["nodes"][0]["html"][:120]) for one in results["violations"]]


@pytest.mark.slow
def test_every_page_is_accessible(visit):
    """WCAG 2.2 AA and good practice, as axe-core sees them."""
    reader = visit(color_scheme="light")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = []
    for path in KINDS:
        # the contrast of each of a thousand cells, which is the same, takes most of the time
        found += look(reader, path, rules, without=[] if path in COLOURED else ["color-contrast"])
    assert found == []


def test_a_root_cause_has_a_page_to_act_on(visit):
    reader = visit(PHONE)
    page = reader.open(links.failures_page("jiangxi_2011.txt"))
    page.get_by_role("link", name="What it says").first.click()
    page.get_by_text("Dear colleagues").wait_for()
    path = f"failures/{page.url.partition('failures/')[2]}"
    assert look(reader, path, ["wcag2a", "wcag2aa", "wcag22aa", "best-practice"]) == []
    assert reader.page.locator("pre.letter").count() == 2
    assert reader.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_letter_is_printed_by_itself(visit):
    page = visit().open(links.failures_page("jiangxi_2011.txt"))
    page.get_by_role("link", name="What it says").first.click()
    page.emulate_media(media="print")
    page.evaluate("window.print = () => { window.asked = true; }")
    assert page.get_by_role("heading", level=1).is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print").first.click()
    page.emulate_media(media="print")
    assert page.evaluate("window.asked")
    assert page.get_by_text("Dear colleagues").is_visible()
    assert page.locator("h1, h2, article, header, footer").locator("visible=true").count() == 0


def test_colours_are_apart_in_the_dark(visit):
    reader = visit(color_scheme="dark")
    assert [found for path in COLOURED for found in look(reader, path, ["color-contrast"])] == []


@pytest.mark.slow
def test_every_page_fits_a_phone_and_its_targets_a_finger(visit):
    reader, found = visit(PHONE), []
    for path in KINDS:
        found += look(reader, path, ["target-size", "scrollable-region-focusable"])
        wide = reader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [(path, "wider than the screen", wide)] if wide > 0 else []
    assert found == []


@pytest.mark.parametrize(
    "path",
    ["index.html", REPORT, links.version_page(LONG, 1), "indicators/central_share.html", links.region_page("360000")],
)
def test_something_is_seen_within_a_second(visit, path):
    page = visit().open(path)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    if painted is None:
        painted = page.evaluate(
            "new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint')"
            ".forEach(one => done(one.startTime))).observe({type: 'paint', buffered: true}))"
        )
    assert 0 < painted < 1_000


def test_print_leaves_out_what_only_a_screen_needs(visit):
    page = visit(color_scheme="dark").open("failures/index.html")
    page.emulate_media(media="print")
    assert page.locator(".filters").is_hidden()
    assert page.get_by_role("button", name="Light").is_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert rows(page).first.is_visible()
