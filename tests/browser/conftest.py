"""A browser, and the site of a home that tests only look at.

Where no browser is installed the tests are skipped with the reason; where `CI` is set its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

# the shell is the same engine without the windows of a browser, and takes half of its processor time
PLACES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(site_home) -> Path:
    """The folder of a built site."""
    return site_home.site


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, started once; it draws without a graphics card, which the machine would have to imitate."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, PLACES)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium; install it: apt-get install chromium-headless-shell")
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium-headless-shell)")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


class Visitor:
    """One reader: opens pages of the site and remembers what a page must not do."""

    def __init__(self, context, site: Path) -> None:
        self.site, self.context, self.page = site, context, context.new_page()
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        context.on("request", self._seen)

    def _seen(self, request) -> None:
        if not request.url.startswith((self.site.as_uri(), "data:")):
            self.outside.append(request.url)

    def open(self, path: str):
        """Goes to a page, given by its address within the site."""
        self.page.goto(f"{self.site.as_uri()}/{path}")
        return self.page

    def assert_quiet(self) -> None:
        """No complaint of the browser, nothing asked of anybody else."""
        assert self.complaints == []
        assert self.outside == []


@pytest.fixture
def visit(browser, site):
    """Makes readers; each is looked at afterwards for what no page may do."""
    made = []

    def visitor(viewport=WIDE, **options) -> Visitor:
        context = browser.new_context(viewport=viewport, **options)
        context.set_default_timeout(120_000)
        made.append(Visitor(context, site))
        return made[-1]

    yield visitor
    for one in made:
        one.context.close()
    for one in made:
        one.assert_quiet()
