"""The site of a real home: complete, valid, light, incremental, and never in the way of a run."""

from __future__ import annotations

import datetime
import http.client
import json
import re
import shutil
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
import pytest_socket

from pipelines.commands.published import published
from pipelines.errors import FupinError, SnapshotMissingError
from pipelines.publishing.cells import csv_line
from pipelines.publishing.names import indicator_names
from pipelines.publishing.site import build as module
from pipelines.publishing.site import links
from pipelines.publishing.site.build import build_site, refresh_site
from pipelines.publishing.site.data import read_data
from pipelines.publishing.site.serve import make_server
from pipelines.publishing.site.values import SHOWN, Values
from pipelines.publishing.site.values_text import values_csv, values_scripts
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.load import load_versions
from tests.helpers import copied, version
from tests.integration.history_helpers import edit
from tests.site_home import ATTACK, LONG, REFUSED, REVISED, RUNS, drawn, marked, put

LIMIT = 500_000


@pytest.fixture(scope="module")
def home(site_home) -> Settings:
    """A built site that tests only read."""
    return site_home


@pytest.fixture
def own(home, tmp_path) -> Settings:
    """A copy of it that a test may change."""
    return copied(home, tmp_path)


@pytest.fixture(scope="module")
def pages(home) -> dict[str, object]:
    """Address → parsed page."""
    found = {}
    for path in sorted(home.site.rglob("*.html")):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(home.site).as_posix()
        assert parser.errors == [], name
        found[name] = tree
    return found


def text(settings: Settings, path: str) -> str:
    return (settings.site / path).read_text(encoding="utf-8")


def data_of(settings: Settings, report: str, number: int = 1, page: int = 1, language: str = "en"):
    """The figures and the text that a page of a report draws."""
    return drawn(text(settings, links.figures_data(report, number, page)), language)


@pytest.mark.usefixtures("not_validated")
def test_numbers_that_were_not_read_are_counted_and_listed_with_their_reason(own):
    found = version(own.raw / "jiangxi_2011.txt")
    before = int(re.search(r"(\d+) not read", text(own, "index.html")).group(1))  # of the hostile report, "7*7"
    why, numbers = "two <b>signs</b>", found.reading.non_figures
    unread = tuple(number._replace(reason="unread", why=why) for number in numbers[:14])
    reading = replace(found.reading, non_figures=(*unread, *numbers[14:]))
    document = replace(found.document, content_hash="1" * 64)
    load_versions(own, [replace(found, document=document, reading=reading)])
    publish(own)
    build_site(own)
    path = links.version_page("jiangxi_2011.txt", 2)
    for prefix, heading in (("", "Numbers not read"), ("zh/", "未读出的数字")):
        page = text(own, prefix + path)
        assert page.count(f'<h2 id="unread">{heading}</h2>') == 1
        assert page.count("two &lt;b&gt;signs&lt;/b&gt;") == 14
        assert page.count(f"<bdi>{numbers[0].text}</bdi>") > 0
        first = text(own, f"{prefix}index.html")
        assert f"{before + 14} not read" in first or f"{before + 14} 个未读出" in first
        assert first.count("two &lt;b&gt;signs&lt;/b&gt;") == 12 - before
        assert f"and {before + 2} more" in first or f"另有 {before + 2} 项" in first
    # of the version before, all numbers were understood
    assert 'id="unread"' not in text(own, links.version_page("jiangxi_2011.txt", 1))


def test_every_page_is_there_in_both_languages(pages):
    english = {name for name in pages if not name.startswith("zh/")}
    assert {name.removeprefix("zh/") for name in pages if name.startswith("zh/")} == english
    assert {"index.html", "indicators/central_share.html", "reports/index.html", "failures/index.html"} <= english
    assert links.version_page(REVISED, 1) in english
    assert links.comparison_page(REVISED) in english
    assert links.version_page(LONG, 1, 3) in english


def test_every_page_is_valid_and_has_one_heading_and_its_language(pages):
    for name, tree in pages.items():
        assert len(list(tree.iter("h1"))) == 1, name
        assert tree.get("lang") == ("zh-Hans" if name.startswith("zh/") else "en")
        assert tree.find("head/title").text.strip()
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name


ENGLISH = re.compile(r"(?<![\w./])[A-Za-z][a-z’'-]*(?:[ ,;:]+[A-Za-z][a-z’'-]*){2,}(?![\w./])")
SAID_IN = ("title", "aria-label", "alt", "placeholder")


def own_texts(element):
    """The texts of an element and below it, but for code and for what is marked as printed by a report."""
    marked = element.get("lang", "zh-Hans") != "zh-Hans" or {"printed", "own", "code"} & set(
        element.get("class", "").split()
    )
    if element.tag in ("script", "style", "code", "pre") or not isinstance(element.tag, str) or marked:
        return
    yield element.text or ""
    yield from (element.get(name, "") for name in SAID_IN)
    for child in element:
        yield from own_texts(child)
        yield child.tail or ""


def english(texts):
    """Runs of three words or more that no quotation marks hold."""
    return [run.group() for text in texts for run in ENGLISH.finditer(re.sub("“[^”]*”", "“”", text))]


def test_a_chinese_page_holds_no_english_but_what_a_report_prints(pages):
    found = {name: english(own_texts(tree)) for name, tree in pages.items() if name.startswith("zh/")}
    assert len(found) > 50
    assert {name: runs for name, runs in found.items() if runs} == {}


def test_a_chinese_list_holds_no_english_but_what_a_report_prints(home):
    for path in home.site.glob("zh/lists/*.js"):
        text = path.read_text(encoding="utf-8")
        rows = json.loads(text[text.index("[") : text.rindex("]") + 1])
        cells = [cell for row in rows for cell in row if cell[3:4] != ["code"] and not any(cell[4:5])]
        assert english(cell[0] for cell in cells) == [], path.name


def test_every_link_leads_somewhere(home, pages):
    ids = {name: {e.get("id") for e in tree.iter() if e.get("id")} for name, tree in pages.items()}
    for name, tree in pages.items():
        for script in tree.iter("script"):
            if "/figures/" in script.get("src"):
                ids[name] |= {
                    f"f{number}"
                    for number in drawn(
                        (home.site / name).parent.joinpath(script.get("src")).read_text(encoding="utf-8")
                    )[0]
                }
    checked = 0
    for name, tree in pages.items():
        for element in tree.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute) if isinstance(element.tag, str) else None
                if address is None:
                    continue
                parts = urlsplit(address)
                assert not parts.scheme, (name, address)
                assert not parts.netloc, (name, address)
                target = name
                if parts.path:
                    there = (home.site / name).parent / unquote(parts.path)
                    assert there.is_file(), (name, address)
                    target = there.resolve().relative_to(home.site.resolve()).as_posix()
                if parts.fragment:
                    assert parts.fragment in ids[target], (name, address)
                checked += 1
    assert checked > 1_000


def test_no_file_is_heavier_than_a_page_may_be(home):
    sizes = {
        path: path.stat().st_size for path in home.site.rglob("*") if path.suffix in (".html", ".js", ".css", ".svg")
    }
    assert max(sizes.values()) < LIMIT


def test_no_page_runs_or_loads_anything_but_files_of_the_site(pages):
    for name, tree in pages.items():
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert not [key for key in element.attrib if key.startswith("on") or key == "style"], name
            assert element.tag not in ("style", "iframe", "object", "embed", "base")
            if element.tag == "script":
                assert not (element.text or "").strip()
                assert element.get("src")


def test_reports_that_attack_stay_text(home, pages):
    assert RUNS in "".join(pages[links.version_page(ATTACK, 1)].itertext())
    _, shown = data_of(home, ATTACK)
    assert RUNS in shown
    assert "</title></p><iframe src=//evil.example></iframe>" in shown
    assert "{{ 7*7 }}" in shown
    assert "[U+202E]roads[U+202C]" in shown
    for path in home.site.rglob("*"):
        if path.suffix in (".html", ".js"):
            content = path.read_text(encoding="utf-8")
            assert "\u202e" not in content
            assert "<script>alert" not in content
            assert "<img src=x" not in content


def test_every_figure_is_marked_in_place_and_listed(home):
    for report, count in (
        ("jiangxi_2011.txt", 126),
        ("jiangxi_2011_zh.txt", 126),
        ("jiangxi_funds_2009_2011.xlsx", 13),
    ):
        script = text(home, links.figures_data(report, 1))
        assert sorted(marked(script)) == list(drawn(script)[0]) == list(range(1, count + 1))


def test_a_disputed_figure_shows_its_reading_and_what_fails(home):
    for language, short, proposed in (
        ("en", "200\u202fM\u202fCNY", "Proposed correction"),
        ("zh", "2\u202f亿元", "建议更正"),
    ):
        figures, _ = data_of(home, "jiangxi_2011.txt", language=language)
        [figure] = [one for one in figures.values() if one["printed_text"] == "200 million Yuan" and one["failing"]]
        assert figure["status"] == "disputed"
        assert figure["short"] == short
        assert [one[:2] for one in figure["corrections"]] == [[proposed, "20,000,000"]]
        assert figure["failing"][0][3].startswith(links.failures_page("jiangxi_2011.txt"))


def test_the_data_of_a_page_hold_no_english_for_chinese_readers_but_what_a_report_prints(home):
    said = ("short", "span", "link", "kind_said", "status_said", "decided", "period_said", "reviewed", "holding")
    for path in home.site.glob("figures/*/*.js"):
        figures, _ = drawn(path.read_text(encoding="utf-8"), "zh")
        words = {one[name] for one in figures.values() for name in said}
        words |= {name for one in figures.values() for name in one["names"]}
        words |= {cell for one in figures.values() for finding in one["failing"] for cell in finding[1:3]}
        assert english(words) == [], path.name


def test_a_failure_has_its_arithmetic_written_out(home):
    page = text(home, links.failures_page("jiangxi_2011.txt"))
    assert "(651,000,000 - 126,000,000) + (153,000,000 - 200,000,000) = (803,000,000 - 145,000,000)" in page
    assert "476,000,000 – 480,000,000\u202fCNY" in page
    assert "177,000,000\u202fCNY" in page
    assert "<mark>200 million Yuan</mark>" in page
    assert "Proposed correction" in page


def test_a_report_that_was_not_loaded_has_its_cause(home, pages):
    shown = "".join(pages[links.failures_page(REFUSED)].itertext())
    assert f"is no Word file but {RUNS}" in shown
    assert "not loaded" in shown
    assert REFUSED in text(home, "failures/index.html")


def test_versions_stand_side_by_side_with_the_words_that_differ(home):
    page = text(home, links.comparison_page(REVISED))
    assert re.search(r"<del>737</del>.*<ins>738</ins>", page, re.DOTALL)


@pytest.mark.usefixtures("not_validated")
def test_what_the_last_run_changed_is_told_once_for_each_root_cause_and_what_no_longer_fails_stays(own):
    page = text(own, links.failures_page(REVISED))
    assert ("738 million" in page, "Resolved on" in page) == (True, False)
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2011.txt", own.raw / "jiangxi_2011.txt")
    edit(own.raw / "jiangxi_2011.txt", "200 million Yuan", "300 million Yuan")
    revised = edit(own.raw / REVISED, "738 million", "737 million")
    revised.write_text(revised.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    put(own, "jiangxi_2011.txt", REVISED)
    publish(own)
    build_site(own)
    assert "Resolved on" in text(own, links.failures_page(REVISED))
    assert '<option value="resolved">' in text(own, "failures/index.html")
    assert re.search(r"\d+ resolved", text(own, "index.html"))
    with open_snapshot(own) as connection:
        changed = read_data(connection, own, datetime.date.today()).events
    section = text(own, "index.html").partition('aria-labelledby="changes"')[2].partition("</section>")[0]
    others = [int(count) for count in re.findall(r"and (\d+) more findings? of the same root cause", section)]
    told = section.count('class="severity')
    assert (told < len(changed), told + sum(others)) == (True, len(changed))
    gone = [one for one in re.findall(r"<li>.*?</li>", section, re.DOTALL) if ">resolved<" in one]
    assert gone
    assert {re.search("#(F-[0-9a-f]+)", one)[1] for one in gone} <= {
        one["id"] for one in changed if one["kind"] == "resolved"
    }


def test_an_indicator_leads_to_the_sentence_below_it(home, pages):
    page = pages["indicators/funds_per_poor_person.html"]
    addresses = [e.get("href") for e in page.iter("a") if "/v" in (e.get("href") or "")]
    assert any("jiangxi-2011" in address and "#f" in address for address in addresses)
    assert "183.3\u202fCNY/person" in text(home, "indicators/funds_per_poor_person.html")
    assert "81.070984" in text(home, links.indicator_file("central_share", "csv"))


def test_the_database_writes_values_as_python_does(home):
    with open_snapshot(home) as connection:
        names = indicator_names(connection)
        values = Values(connection, names)
        looked = {
            row[:5]: list(row[5:])
            for row in connection.execute(
                "SELECT indicator, region_code, period_code, basis, replace(member_code, 'none', ''), "
                "figure_count, reviewed_count, unsure_count FROM indicator.reviewed"
            ).fetchall()
        }
        for name in names:
            of = values.whole(name)
            assert values_csv(connection, "indicator", [name]) == {
                name: csv_line(SHOWN[1:]) + "".join(csv_line(one[1:]) for one in of)
            }
            for one in of:
                key = (name, one.region_code, one.period_code, one.basis, one.member)
                assert list(one[-3:]) == looked.get(key, [0, 0, 0])
        [told] = values.of_regions(["360000"]).values()
        assert values_csv(connection, "region_code", ["360000"]) == {
            "360000": csv_line(SHOWN) + "".join(map(csv_line, told))
        }
        [[script]] = values_scripts(connection, {("share_by_source", "top"): 1}).values()
    _, rows, signs = json.loads(f"[{script.removeprefix('fupinValues(').removesuffix(');' + chr(10))}]")
    assert signs == {"%": ["%", "%"]}
    told = next(row for row in rows if row[0] == "360000" and row[3] == "2011" and row[4] == "Central")
    assert told[1:3] == ["Jiangxi", "江西省"]
    assert told[6] == pytest.approx(81.07, abs=0.01)
    assert told[9:] == ["%", 0, 0]


def test_a_data_package_describes_the_columns_that_its_tables_have(home):
    for path in sorted((home.site / "downloads").rglob("*.zip")):
        with zipfile.ZipFile(path) as packed:
            for resource in json.loads(packed.read("datapackage.json"))["resources"]:
                header = packed.read(resource["path"]).decode().partition("\n")[0]
                assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]], path.name


def test_the_page_of_an_indicator_says_what_of_it_was_looked_at_and_has_its_files(home):
    page = text(home, "indicators/central_share.html")
    assert re.search(r"\d+ figures: 0 reviewed, \d+ unsure, \d+ disputed", page)
    for kind in ("csv", "xlsx", "zip"):
        assert f'href="../{links.indicator_file("central_share", kind)}"' in page
        assert (home.site / links.indicator_file("central_share", kind)).exists()


def test_a_second_build_writes_nothing(own):
    built = build_site(own)
    assert (built.written, built.removed) == (0, 0)
    assert built.kept > 100


@pytest.mark.usefixtures("not_validated")
def test_one_more_report_writes_only_the_pages_it_concerns(own, home):
    new = own.raw / "sichuan_2009.txt"
    shutil.copyfile(Path(home.raw, "shandong_2009.txt"), new)
    new.write_text(new.read_text(encoding="utf-8").replace("Shandong", "Sichuan"), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in own.site.rglob("*") if path.is_file()}
    put(own, "sichuan_2009.txt")
    publish(own)
    build_site(own)
    after = {path: path.stat().st_mtime_ns for path in own.site.rglob("*") if path.is_file()}
    touched = {path.relative_to(own.site).as_posix() for path, stamp in after.items() if before.get(path) != stamp}
    assert links.version_page("sichuan_2009.txt", 1) in touched
    assert {"index.html", "reports/index.html", "lists/reports-0.js"} <= touched
    for report in ("jiangxi_2011.txt", LONG, ATTACK, "shandong_2009.txt"):
        assert links.version_page(report, 1) not in touched
        assert links.failures_page(report) not in touched
    assert not [path for path in touched if path.startswith("static/")]


def test_a_text_that_the_archive_lost_is_said_to_be_missing_unless_it_is_at_hand(own):
    at_hand = version(own.raw / "shandong_2009.txt").document
    with open_snapshot(own) as connection:
        [(lost,)] = connection.execute(
            "SELECT content_hash FROM core.dim_report WHERE report_id = 'jiangxi_2011_zh.txt'"
        ).fetchall()
    for content in (at_hand.content_hash, lost):
        (own.archive / content[:2] / content).unlink()
    shutil.rmtree(own.site)
    build_site(own, {at_hand.content_hash: at_hand})
    assert "Shandong" in data_of(own, "shandong_2009.txt")[1]
    assert "The text cannot be shown" in text(own, links.version_page("jiangxi_2011_zh.txt", 1))
    figures, shown = data_of(own, "jiangxi_2011_zh.txt")
    assert 1 in figures
    assert shown == ""


def test_nothing_published_yet_is_said(settings):
    with pytest.raises(SnapshotMissingError, match="nothing published yet"):
        build_site(settings)
    assert not settings.home.exists()


def test_a_page_that_cannot_be_built_leaves_the_snapshot(own, monkeypatch, capsys):
    def broken(_site):
        raise ZeroDivisionError("no such chart")

    monkeypatch.setattr(module, "overview", broken)
    stamp = own.snapshot.stat().st_ino
    with published(own, "retract"):
        pass
    assert own.snapshot.stat().st_ino != stamp
    assert "warning: the page was not brought up to date: ZeroDivisionError: no such chart" in capsys.readouterr().err
    monkeypatch.undo()
    assert not isinstance(refresh_site(own), str)


def test_a_site_that_cannot_be_written_is_one_line(own):
    shutil.rmtree(own.site)
    own.site.write_text("a file in the way")
    with pytest.raises(FupinError, match="cannot be written"):
        build_site(own)
    assert "cannot be written" in refresh_site(own)


def test_two_builds_take_turns(own, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(module, "_LOCK_SECONDS", 0)
    with FileLock(own.site.with_suffix(".lock")), pytest.raises(FupinError, match="another process"):
        build_site(own)
    build_site(own)


NOT_GIVEN_OUT = (
    *("/.pages.json", "/%2epages.json", "/x/%2e%2e/.pages.json", "/static/", "/secret", "/%00", "/index.html%00"),
    *("/../fupin.duckdb", "/%2e%2e/fupin.duckdb", "/..%2ffupin.duckdb", "/..%5cfupin.duckdb", "/" + "a" * 5000, "/%ff"),
)


def test_the_server_gives_out_the_site_and_nothing_else(own):
    pytest_socket.enable_socket()
    (own.site / "secret").symlink_to(own.snapshot)
    server = make_server(own.site, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        found = {path: answer(server, path) for path in ("/", "/index.html", *NOT_GIVEN_OUT)}
        strangers = [answer(server, "/", host)[0] for host in ("evil.example", "127.0.0.1.evil.example", "", "[::1]:1")]
        known = [answer(server, "/", host)[0] for host in ("localhost", f"127.0.0.1:{server.server_address[1]}")]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    statuses = {path: status for path, (status, _) in found.items()}
    assert statuses == {"/": 200, "/index.html": 200, **dict.fromkeys(NOT_GIVEN_OUT, 404)}
    assert (strangers, known) == ([421] * 4, [200] * 2)
    assert "default-src 'none'" in found["/"][1]["Content-Security-Policy"]
    assert found["/"][1]["X-Content-Type-Options"] == "nosniff"


def answer(server, path, host=None):
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=600)
    try:
        connection.request("GET", path, headers={} if host is None else {"Host": host})
        response = connection.getresponse()
        return response.status, dict(response.headers)
    finally:
        connection.close()


def test_a_port_that_is_taken_is_one_line(own):
    pytest_socket.enable_socket()
    server = make_server(own.site, 0)
    try:
        with pytest.raises(FupinError, match="choose another with --port"):
            make_server(own.site, server.server_address[1])
    finally:
        server.server_close()


def test_great_expectations_is_not_needed_for_a_page():
    import subprocess
    import sys

    heavy = ("great_expectations", "pandas", "dagster")
    code = f"import sys, pipelines.publishing.site.build; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
