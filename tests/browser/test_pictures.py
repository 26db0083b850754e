"""The pictures in `docs/site/`: every kind of page, light, dark and on a phone; FUPIN_WRITE_DOCS=1 takes them anew."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

from pipelines.publishing.site import links
from pipelines.settings import PROJECT
from tests.browser.conftest import PHONE

FOLDER = PROJECT / "docs" / "site"
PAGES = {
    "overview": "index.html",
    "overview-zh": "zh/index.html",
    "region": links.region_page("360000"),
    "region-zh": f"zh/{links.region_page('360000')}",
    "flow": f"{links.flow_page('360000')}?year=2011",
    "flow-zh": f"zh/{links.flow_page('360000')}?year=2011",
    "indicator": "indicators/central_share.html",
    "indicator-zh": "zh/indicators/central_share.html",
    "report": links.version_page("jiangxi_2011.txt", 1),
    "table": links.version_page("jiangxi_funds_2009_2011.xlsx", 1),
    "failures": "failures/index.html",
    "failure": links.failures_page("jiangxi_2011.txt"),
    "data": "data/index.html",
    "find": "find/index.html?q=relocation",
}
# of a home with a made-up table of all provinces
MANY = {
    "map": f"{links.map_page('central_share')}?year=2011",
    "map-zh": f"zh/{links.map_page('central_share')}?year=2011",
    "many": "indicators/central_share.html",
}
# of the site that `benchmarks/pages.py` makes of 300 reports, whose folder FUPIN_SITE_300 names
MADE = {
    "overview-300": "index.html",
    "overview-zh-300": "zh/index.html",
    "region-300": f"{links.region_page('360000')}",
    "indicator-300": "indicators/central_share.html",
}
PRINTED = ("region", "region-zh", "report", "failure", "flow", "flow-zh", "indicator")
LOOKS = {
    "light": ({"width": 1100, "height": 820}, "light"),
    "dark": ({"width": 1100, "height": 820}, "dark"),
    "phone": (PHONE, "light"),
    # a sheet of A4 at 96 dots an inch
    "print": ({"width": 794, "height": 1123}, "light"),
}
NAMES = [
    *(f"{page}-{look}.png" for page in (*PAGES, *MANY) for look in ("light", "dark", "phone")),
    *(f"{page}-print.png" for page in PRINTED),
    *(f"{page}-light.png" for page in MADE),
]


def take_pictures(browser, site, pages):
    for look, (viewport, scheme) in LOOKS.items():
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        page = context.new_page()
        for name, path in pages.items():
            if f"{name}-{look}.png" not in NAMES:
                continue
            page.goto(f"{site.as_uri()}/{path}")
            page.emulate_media(media="print" if look == "print" else "screen", color_scheme=scheme)
            page.wait_for_timeout(300)
            if name == "report" and look != "print":
                mark = page.locator("a.fig.disputed").first
                mark.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 300)")
                mark.focus()
                page.get_by_role("tooltip").wait_for()
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(128, dither=Image.Dither.NONE)
            picture.save(FOLDER / f"{name}-{look}.png", optimize=True)
        context.close()


def test_every_kind_of_page_has_its_pictures_and_they_are_light(request):
    if os.environ.get("FUPIN_WRITE_DOCS"):
        browser = request.getfixturevalue("browser")
        take_pictures(browser, request.getfixturevalue("shipped").site, PAGES)
        take_pictures(browser, request.getfixturevalue("site_home").site, MANY)
        if made := os.environ.get("FUPIN_SITE_300"):
            take_pictures(browser, Path(made).resolve(), MADE)
    assert {path.name for path in FOLDER.glob("*.png")} == set(NAMES)
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 2_000_000
    for name in NAMES:
        with Image.open(FOLDER / name) as picture:
            assert picture.width == LOOKS[name.rpartition("-")[2].removesuffix(".png")][0]["width"]
            # a blank page has one colour
            assert len(picture.getcolors()) > 8
