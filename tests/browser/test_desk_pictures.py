"""The pictures in `docs/desk/`: the desk, its root causes and the page of one; FUPIN_WRITE_DOCS=1 takes them anew."""

from __future__ import annotations

import io
import os

import pytest_socket
from PIL import Image

from pipelines.desk.desk import Desk
from pipelines.settings import PROJECT
from tests.browser.test_pictures import LOOKS
from tests.desk_home import desk_settings, make_desk_home, running

FOLDER = PROJECT / "docs" / "desk"
REPORT = "jiangxi_2011.txt"
VIEWS = {"desk": "#begin [type=submit]", "causes": "#begin [data-to=causes]"}
LANGUAGES = {"": "", "-zh": "zh/"}
SCREENS = {name: look for name, look in LOOKS.items() if name != "print"}
NAMES = [f"{view}{language}-{look}.png" for view in (*VIEWS, "cause") for language in LANGUAGES for look in SCREENS]


def take_picture(page, name):
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def take_pictures(browser, desk):
    for look, (viewport, scheme) in SCREENS.items():
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        page = context.new_page()
        for language, path in LANGUAGES.items():
            for view, button in VIEWS.items():
                page.goto(desk.url + path)
                page.fill("#by", "李明" if language else "Ada Li")
                page.wait_for_function("() => document.getElementById('report').options.length > 1")
                page.select_option("#report", REPORT)
                page.click(button)
                page.wait_for_selector("#card:not([hidden])" if view == "desk" else "#cause-list li")
                take_picture(page, f"{view}{language}-{look}")
            page.goto(page.locator("#cause-list li a").first.evaluate("one => one.href"))
            page.locator("h2").first.wait_for()
            take_picture(page, f"cause{language}-{look}")
        context.close()


def test_the_desk_has_its_pictures_and_they_are_light(request, tmp_path):
    if os.environ.get("FUPIN_WRITE_DOCS"):
        pytest_socket.enable_socket()
        make_desk_home(tmp_path)
        with running(Desk(desk_settings(tmp_path))) as desk:
            take_pictures(request.getfixturevalue("browser"), desk)
    assert {path.name for path in FOLDER.glob("*.png")} == set(NAMES)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000
    for name in NAMES:
        with Image.open(FOLDER / name) as picture:
            assert picture.width == LOOKS[name.rpartition("-")[2].removesuffix(".png")][0]["width"]
            # a blank page has one colour
            assert len(picture.getcolors()) > 8
