"""Report files: what is stated holds, what is not is inferred and said to be, and every mistake is one line."""

from __future__ import annotations

import pytest

from pipelines.errors import ReportError
from pipelines.meaning.identify import origins
from pipelines.reading.folders import bundled, parts
from tests.helpers import version

TEXT = "Poverty work in Jiangxi Province, 2010\n【Overview】 Roads were built in 5 villages.\n"
TABLE = "Year,Central (million Yuan)\n2009,480.50\n"
WHOLE = {
    "publisher": "Office of Guangxi",
    "region": "Guangxi",
    "period": "2009-2010",
    "series": "fund_table",
    "language": "zh",
    "published": "2011-05-31",
    "licence": "CC-BY-4.0",
}


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def lines(values):
    return "".join(f"{key}: {value}\n" for key, value in values.items())


def error(tmp_path, statement, **files):
    folder = write(tmp_path / "report", report_yml=statement, **(files or {"a_txt": TEXT}))
    with pytest.raises(ReportError) as caught:
        version(folder)
    return str(caught.value)


@pytest.mark.parametrize("beside", [True, False])
def test_what_is_stated_holds_over_what_the_words_say(tmp_path, beside):
    statement = lines(WHOLE)
    path = tmp_path / "a.txt"
    if beside:
        path.write_text(TEXT)
        (tmp_path / "a.txt.report.yml").write_text(statement)
    else:
        path = write(tmp_path / "report", report_yml=statement, a_txt=TEXT)
    identity = version(path).identity
    assert (identity.region.code, identity.region.how, identity.period.code) == ("450000", "stated", "Y2009_2010")
    assert (identity.series, identity.language, identity.publisher) == ("fund_table", "zh", "Office of Guangxi")
    assert (identity.published, identity.licence) == ("2011-05-31", "CC-BY-4.0")
    place = "a.txt.report.yml" if beside else "report.yml"
    assert dict(identity.stated) == dict.fromkeys(WHOLE, place)


def test_what_is_not_stated_is_inferred_and_said_to_be(tmp_path):
    found = version(write(tmp_path / "report", report_yml="publisher: Office", a_txt=TEXT))
    assert {name: (value, how) for name, value, how in origins(found.identity, found.document)} == {
        "publisher": ("Office", "stated in report.yml"),
        "region": ("Jiangxi (360000)", "inferred from the title: Jiangxi"),
        "period": ("2010", "inferred from the title: 2010"),
        "series": ("yearbook_chapter", "inferred from its text"),
        "language": ("en", "inferred from its text"),
        "published": ("unknown", "not stated"),
        "licence": ("unknown", "not stated"),
    }


def test_the_files_of_a_folder_are_one_report_in_the_stated_order(tmp_path):
    folder = write(tmp_path / "report", report_yml="files: [b.txt, a.csv]", a_csv=TABLE, b_txt=TEXT, c_txt=TEXT)
    found = version(folder)
    assert [figure.locator.section or figure.locator.sheet for figure in found.reading.figures] == [
        *("b.txt > Overview", "a.csv/csv"),
    ]
    assert found.document.unread == ("c.txt: is not listed in report.yml",)
    assert found.document.media_type == "application/vnd.fupin.report+zip"
    named = version(write(tmp_path / "other", report_yml="", b_txt=TEXT, a__c_txt=TEXT))
    assert [figure.locator.section for figure in named.reading.figures] == ["a/c.txt > Overview", "b.txt > Overview"]


def test_a_changed_part_changes_the_content_and_nothing_else_does(tmp_path):
    folder = write(tmp_path / "report", report_yml="publisher: A", a_txt=TEXT, b_csv=TABLE)
    first = version(folder).document.content_hash
    (folder / "a.txt").touch()
    assert version(folder).document.content_hash == first
    seen = {first}
    for name, content in (("b.csv", TABLE + "2010,5\n"), ("report.yml", "publisher: B"), ("c.txt", TEXT)):
        (folder / name).write_text(content)
        seen.add(version(folder).document.content_hash)
    assert len(seen) == 4


def test_the_archive_of_a_report_is_read_as_the_report(tmp_path):
    folder = write(tmp_path / "report", report_yml=lines(WHOLE), a_txt=TEXT, b_csv=TABLE)
    kept = tmp_path / "kept"
    kept.write_bytes(bundled(folder, "report", 10**6))
    again, found = version(kept, "report"), version(folder)
    assert (again.document, again.reading, again.facts) == (found.document, found.reading, found.facts)


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        ("regoin: Jiangxi", "report (report.yml, key regoin): is no key of a report file; the nearest is region"),
        ("region: Jiangxii", 'key region): "Jiangxii" is no region that is known, or several; the nearest is Jiangxi'),
        ("region: 999999", 'key region): "999999" is no region'),
        ("period: last year", "key period): last year is no period; write 2011"),
        ("period: 2011-2009", "key period): 2011-2009 is no period"),
        ("period: '2011-02-31'", "key period): 2011-02-31 is no period"),
        ("period: 2011-02-31", "report.yml): is not valid YAML"),
        ("series: fund_tabel", 'key series): "fund_tabel" is no series; the nearest is fund_table'),
        ("language: fr", "key language): fr is no language that is read; write en or zh"),
        ("published: May 2011", "key published): May 2011 is no day; write it as 2012-05-31"),
        ("publisher: [a, b]", "key publisher): its value is no text"),
        ("publisher: ''", "key publisher): its value is empty"),
        ("files: a.txt", "key files): must list names of files"),
        ("files: [a.tx]", 'key files): "a.tx" is not in the folder; the nearest is a.txt'),
        ("files: [../secret.txt]", 'key files): "../secret.txt" leads out of the report\'s folder'),
        ("files: [/etc/passwd]", 'key files): "/etc/passwd" leads out of the report\'s folder'),
        ("files: [a.txt, a.txt]", 'key files): "a.txt" stands twice'),
        ("- a", "must hold keys and values"),
        ("a: b: c", "report.yml, line 1): is not valid YAML"),
    ],
)
def test_a_mistake_is_one_line_with_key_cause_and_what_comes_near(tmp_path, statement, cause):
    message = error(tmp_path, statement)
    assert cause in message
    assert "\n" not in message


def test_a_part_has_no_report_file_of_its_own_and_its_errors_name_it(tmp_path):
    folder = write(
        tmp_path / "report", **{"report.yml": "publisher: A", "a.txt": TEXT, "a.txt.report.yml": "licence: B"}
    )
    with pytest.raises(ReportError, match=r"report \(a.txt.report.yml\): only the whole report has a report.yml"):
        version(folder)
    broken = write(tmp_path / "broken", **{"report.yml": "", "a.csv": 'Year,"x\n'})
    with pytest.raises(ReportError, match=r"broken \(a.csv"):
        version(broken)


def test_a_file_without_a_report_file_is_read_as_before(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    identity = version(tmp_path / "a.txt").identity
    assert (identity.region.how, identity.stated) == ("opened", ())


@pytest.mark.parametrize("target", ["../secret.txt", "/dev/zero", "nothing.txt"])
def test_a_link_out_of_the_folder_is_refused(tmp_path, target):
    (tmp_path / "secret.txt").write_text("secret")
    folder = write(tmp_path / "report", report_yml="", a_txt=TEXT)
    (folder / "b.txt").symlink_to(target)
    with pytest.raises(ReportError, match=r"report \(b.txt\): is a link"):
        version(folder)


def test_a_link_within_the_folder_is_a_file_like_any_other(tmp_path):
    folder = write(tmp_path / "report", report_yml="", a_txt=TEXT)
    (folder / "b.txt").symlink_to("a.txt")
    assert [name for name, _ in parts(folder, "report")] == ["a.txt", "b.txt", "report.yml"]
    assert len(version(folder).reading.figures) == 2


def test_all_files_together_keep_within_the_limit(tmp_path):
    folder = write(tmp_path / "report", report_yml="", a_txt=TEXT, b_txt=TEXT)
    size = 2 * len(TEXT.encode())
    assert bundled(folder, "report", size)
    with pytest.raises(ReportError, match="its files are more than"):
        bundled(folder, "report", size - 1)
