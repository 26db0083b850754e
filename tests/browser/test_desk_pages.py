"""The desk as a first-time user meets it: with keys only, with a mouse only, on a phone."""

from __future__ import annotations

import re
import shutil

import pytest
import pytest_socket

from pipelines.desk.desk import Desk
from pipelines.review.causes import read_handled
from pipelines.review.files import read_reviews
from tests.browser.conftest import PHONE, WIDE
from tests.desk_home import desk_settings, running
from tests.site_home import ATTACK

TWENTY, FEW = 20, 6


@pytest.fixture(scope="module")
def read(desk_home, tmp_path_factory):
    """A desk that has read its reports."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(desk_home, folder, dirs_exist_ok=True)
    return Desk(desk_settings(folder))


@pytest.fixture
def desk(read):
    """The desk, served anew, with nothing decided."""
    pytest_socket.enable_socket()
    shutil.rmtree(read.settings.decisions, ignore_errors=True)
    read.taken.clear()
    with running(read) as one:
        yield one


@pytest.fixture
def opened(browser, desk):
    """Opens the desk; whatever its page complains of, or asks of anybody else, fails the test."""
    made = []

    def page(language="", viewport=WIDE, **options):
        context = browser.new_context(viewport=viewport, **options)
        context.set_default_timeout(120_000)
        found, complaints = context.new_page(), []
        found.on("pageerror", lambda error: complaints.append(str(error)))
        found.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        found.on("console", lambda said: complaints.append(said.text) if is_bad(said) else None)
        context.on("request", lambda one: complaints.append(one.url) if not own(one.url, desk) else None)
        made.append((context, complaints))
        found.goto(desk.url + language)
        return found

    yield page
    for context, _ in made:
        context.close()
    assert [complaint for _, complaints in made for complaint in complaints] == []


def is_bad(said) -> bool:
    # that somebody else was quicker is an answer with an error status, which a browser logs
    return said.type in ("error", "warning") and "409" not in said.text


def own(url, desk) -> bool:
    return url.startswith((f"http://127.0.0.1:{desk.port}/", "data:"))


def looked_at(page) -> int:
    return int(re.match(r"\D*(\d+)", page.inner_text("#count"))[1])


def wait_for(page, count) -> None:
    page.wait_for_function("(n) => document.getElementById('bar').value === n", arg=count)


def reviews(desk):
    return [one for file in read_reviews(desk.settings.decisions).values() for one in file.reviews]


@pytest.mark.slow
def test_twenty_figures_by_keys_only(opened, desk):
    page = opened()
    page.keyboard.type("Ada Li")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    page.keyboard.press("4")
    page.wait_for_selector("#options li")
    page.keyboard.type("reloc")
    page.wait_for_function("() => document.querySelectorAll('#options li').length === 1")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-attribute=program].settled")
    for number in range(1, TWENTY + 1):
        page.keyboard.press("n" if number == 2 else "r" if number == 3 else "a")
        if number == 2:
            page.wait_for_selector("#options li")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        wait_for(page, number)
    assert looked_at(page) == TWENTY
    found = reviews(desk)
    assert {one.by for one in found} == {"Ada Li"}
    assert [one.value for one in found if one.attribute == "program"] == ["relocation"]
    whole = [one.value for one in found if one.attribute == "reading"]
    assert sorted(whole) == sorted(["right"] * (TWENTY - 2) + ["date", "unread"])


def test_figures_by_mouse_only(opened, desk):
    page = opened()
    page.fill("#by", "Bo Wu")
    page.click("#begin button")
    page.wait_for_selector("#card:not([hidden])")
    page.click("[data-attribute=period]")
    page.click("#cancel")
    page.click("[data-attribute=source]")
    page.click("#options li >> nth=2")
    page.wait_for_selector("[data-attribute=source].settled")
    for number in range(1, FEW + 1):
        page.click("[data-action=accept]")
        wait_for(page, number)
    page.click("[data-action=undo]")
    wait_for(page, FEW - 1)
    page.click("[data-action=skip]")
    page.wait_for_function("() => document.getElementById('said').textContent === ''")
    assert len([one for one in reviews(desk) if one.attribute == "reading"]) == FEW - 1


def test_figures_on_a_phone_in_chinese(opened, desk):
    page = opened("zh/", viewport=PHONE, has_touch=True, is_mobile=True)
    page.fill("#by", "李明")
    page.tap("#begin button")
    page.wait_for_selector("#card:not([hidden])")
    page.tap("[data-attribute=program]")
    page.wait_for_selector("#options li")
    page.fill("#wanted", "培训")
    page.wait_for_function("() => document.querySelector('#options li').textContent.includes('培训')")
    page.tap("#options li >> nth=0")
    page.wait_for_selector("[data-attribute=program].settled")
    for number in range(1, FEW + 1):
        page.tap("[data-action=accept]")
        wait_for(page, number)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = (
        "Array.from(document.querySelectorAll('.actions button')).some((b) => b.getBoundingClientRect().height < 40)"
    )
    assert not page.evaluate(small)
    assert "已核对" in page.inner_text("#count")


def test_a_session_goes_on_where_it_was_left(opened):
    page = opened()
    page.keyboard.type("Ada Li")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    first = page.inner_text("#sentence mark") + page.inner_text("#where")
    page.keyboard.press("a")
    wait_for(page, 1)
    second = page.inner_text("#sentence")
    page.reload()
    page.wait_for_function("() => document.getElementById('by').value === 'Ada Li'")
    page.click("#begin button")
    page.wait_for_selector("#card:not([hidden])")
    assert page.inner_text("#sentence") == second
    assert page.inner_text("#sentence mark") + page.inner_text("#where") != first


def test_the_later_of_two_people_sees_what_the_first_decided(opened):
    one, other = opened(), opened()
    for page, name in ((one, "Ada Li"), (other, "Bo Wu")):
        page.fill("#by", name)
        page.click("#begin button")
        page.wait_for_selector("#card:not([hidden])")
    one.click("[data-action=unread]")
    wait_for(one, 1)
    other.click("[data-action=accept]")
    other.wait_for_selector(".said.bad")
    assert "Ada Li has decided" in other.inner_text("#said")
    assert "AL" in other.inner_text("#decisions")


def test_a_report_that_attacks_the_page_is_shown_as_text(opened):
    page = opened()
    page.wait_for_function("() => document.getElementById('report').options.length > 1")
    page.select_option("#report", ATTACK)
    page.fill("#by", "<img src=x onerror=alert(1)>")
    page.click("#begin button")
    page.wait_for_selector("#card:not([hidden])")
    for number in range(1, 5):
        page.fill("#reason", "<script>window.attacked=9</script>")
        page.click("[data-action=accept]")
        wait_for(page, number)
    page.click("[data-action=undo]")
    wait_for(page, 3)
    assert page.evaluate("window.attacked") is None
    assert page.query_selector("#card script, #card img, #card iframe, #card svg") is None


@pytest.mark.parametrize("way", ["keys", "mouse"])
def test_a_misprint_is_mended_by_the_value_that_is_proposed(opened, desk, way):
    page = opened()
    page.wait_for_function("() => document.getElementById('report').options.length > 1")
    page.select_option("#report", "jiangxi_2011.txt")
    page.fill("#by", "Ada Li")
    page.click("#begin button")
    page.wait_for_selector("#card:not([hidden])")
    for _ in range(TWENTY):
        if page.is_visible("#meant"):
            break
        before = page.inner_text("#sentence mark") + page.inner_text("#weight")
        page.keyboard.press("s")
        shown = "document.getElementById('sentence').querySelector('mark').textContent"
        page.wait_for_function(f"(b) => {shown} + document.getElementById('weight').textContent !== b", arg=before)
    if way == "keys":
        page.keyboard.press("m")
        page.wait_for_selector("#options li")
        page.keyboard.press("Enter")
    else:
        page.click("[data-mean=accept]")
    page.wait_for_function("() => document.getElementById('meant').textContent.includes('accepted by AL')")
    [path] = desk.settings.corrections.glob("*.yml")
    assert "status: accepted" in path.read_text(encoding="utf-8")
    page.keyboard.press("u")
    page.wait_for_function("() => !document.getElementById('meant').textContent.includes('accepted by AL')")
    assert not path.exists()


def to_button(page, state):
    """Goes on by the tabulator until a button has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.state || document.activeElement.dataset.to") == state:
            return
    raise AssertionError(f"no way to {state} by keys")


def test_a_root_cause_is_decided_by_keys_only(opened, desk):
    page = opened()
    page.keyboard.type("Ada Li")
    to_button(page, "causes")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cause-list li")
    first = page.get_attribute("#cause-list li", "data-cause")
    to_button(page, "asked")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-cause={first}] .became")
    assert read_handled(desk.settings.decisions)[first].state == "asked"


def test_there_is_a_way_between_figures_root_causes_and_reports(opened):
    page = opened()
    page.keyboard.type("Ada Li")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    page.keyboard.press("c")
    page.wait_for_selector("#cause-list li")
    assert not page.is_visible("#card")
    page.click("#causes [data-to=work]")
    page.wait_for_selector("#card:not([hidden])")
    page.click("#work [data-to=begin]")
    page.select_option("#report", "jiangxi_2010.txt")
    page.click("#begin button[type=submit]")
    page.wait_for_function("() => document.getElementById('where').textContent.startsWith('jiangxi_2010.txt')")


def test_a_root_cause_is_decided_on_a_phone_in_chinese_and_its_letter_read(opened, desk):
    from axe_playwright_python.sync_playwright import Axe

    page = opened("zh/", viewport=PHONE, has_touch=True, is_mobile=True, bypass_csp=True)
    page.fill("#by", "李明")
    page.tap("#begin [data-to=causes]")
    page.wait_for_selector("#cause-list li")
    page.tap("#cause-list summary >> nth=0")
    assert "各位同事" in page.inner_text("#cause-list pre >> nth=0")
    page.fill("#cause-list input >> nth=0", "<script>window.attacked=9</script>")
    page.tap("#cause-list [data-state=rejected] >> nth=0")
    page.wait_for_selector("#cause-list .became")
    assert page.evaluate("window.attacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert {one.state for one in read_handled(desk.settings.decisions).values()} == {"rejected"}
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in found] == []


@pytest.mark.parametrize("language", ["", "zh/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_can_be_read_by_everybody(opened, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(language, color_scheme=scheme, bypass_csp=True)
    page.fill("#by", "Ada Li")
    page.click("#begin button")
    page.wait_for_selector("#card:not([hidden])")
    page.click("[data-attribute=program]")
    page.wait_for_selector("#options li")
    for _ in range(2):
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in found] == []
        if page.evaluate("document.getElementById('choose').open"):
            page.click("#cancel")
