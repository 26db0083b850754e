"""Files of decisions: what may stand in them, and how they are written."""

from __future__ import annotations

import pytest

from pipelines.errors import CatalogError
from pipelines.review.edit import OtherDecidedError, about, decide, restore, state, undo
from pipelines.review.files import Review, is_possible, parse_reviews, read_reviews
from tests.review_helpers import WHEN

MATCH = {"section": "Funds", "printed": "45 villages", "before": "built in", "after": "villages."}
ENTRY = {"match": MATCH, "attribute": "unit", "expected": "village", "value": "household", "by": "Ada Li", "at": WHEN}


def entry(**changes) -> Review:
    return Review.model_validate({**ENTRY, **changes})


def written(folder, text: str):
    folder.mkdir(exist_ok=True)
    (folder / "report.yml").write_text(text, encoding="utf-8")
    return folder / "report.yml"


@pytest.mark.parametrize(
    ("attribute", "value", "fine"),
    [
        ("program", "relocation", True),
        ("program", "unknown", True),
        ("program", "../etc", False),
        ("source", "central", True),
        ("stage", "spent", True),
        ("measure", "nothing", False),
        ("region", "360000", True),
        ("region", "KE", True),
        ("region", "999999", False),
        ("period", "Y2011", True),
        ("period", "2011", False),
        ("unit", "CNY/person", True),
        ("unit", "furlong", False),
        ("role", "target", True),
        ("role", "goal", False),
        ("value", "-2.5", True),
        ("value", "1e9", False),
        ("value", "NaN", False),
        ("value", "9" * 24, False),
        ("reading", "right", True),
        ("reading", "slogan", True),
        ("reading", "wrong", False),
    ],
)
def test_a_value_is_one_of_the_catalogue(attribute, value, fine):
    assert is_possible(attribute, value) is fine


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"value": "furlong"}, "is no unit"),
        ({"attribute": "colour"}, "attribute"),
        ({"by": ""}, "by"),
        ({"by": "a\nb"}, "by"),
        ({"at": "yesterday"}, "at"),
        ({"more": "x"}, "more"),
        ({"match": {"section": "Funds", "printed": "45"}}, "needs the words around"),
        ({"expected": {"unit": "village"}}, "expected"),
        ({"attribute": "reading", "value": "right"}, "expected"),
        ({"attribute": "parent", "value": "some"}, "a link and a figure"),
    ],
)
def test_a_malformed_entry_is_named(tmp_path, changes, cause):
    import yaml

    row = {**ENTRY, "at": "2026-03-01T09:30:00Z", **changes}
    path = written(tmp_path, yaml.safe_dump({"report": "report.txt", "decisions": [row]}))
    with pytest.raises(CatalogError, match=r"decisions/report\.yml: entry 1: ") as raised:
        read_reviews(path.parent)
    assert cause in str(raised.value)


def test_no_folder_means_no_decisions(tmp_path):
    assert read_reviews(tmp_path / "none") == {}


def test_two_files_about_one_report_are_refused(tmp_path):
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text("report: report.txt\ndecisions: []\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"decisions/b\.yml: report\.txt has its decisions in a\.yml"):
        read_reviews(tmp_path)


def test_what_is_written_is_read_back(tmp_path):
    one = entry(reason="as the annex says: “两万” # no comment")
    assert decide(tmp_path / "d", "a/report.txt", [one]).reviews == (one,)
    assert read_reviews(tmp_path / "d")["a/report.txt"].reviews == (one,)


def test_a_second_decision_about_the_same_replaces_the_first(tmp_path):
    decide(tmp_path, "report.txt", [entry()])
    assert [one.value for one in decide(tmp_path, "report.txt", [entry(value="county")]).reviews] == ["county"]


def test_comments_of_people_stay(tmp_path):
    decide(tmp_path, "report.txt", [entry(), entry(attribute="role", expected="level", value="target")])
    path = tmp_path / "report.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- match", "# asked the office\n- match", 1), encoding="utf-8")
    decide(tmp_path, "report.txt", [entry(value="county")])
    assert "# asked the office\n" in path.read_text(encoding="utf-8")


def test_undoing_all_leaves_what_there_was(tmp_path):
    first, second = entry(), entry(attribute="role", expected="level", value="target")
    decide(tmp_path, "report.txt", [first])
    before = (tmp_path / "report.yml").read_bytes()
    decide(tmp_path, "report.txt", [second])
    undo(tmp_path, "report.txt", [second])
    assert (tmp_path / "report.yml").read_bytes() == before
    undo(tmp_path, "report.txt", [first])
    assert read_reviews(tmp_path)["report.txt"].reviews == ()
    assert decide(tmp_path, "report.txt", [first]).reviews == (first,)


def test_the_later_of_two_people_is_told(tmp_path):
    decide(tmp_path, "report.txt", [entry(by="Bo Wu")], seen=state([]))
    with pytest.raises(OtherDecidedError, match="Bo Wu has decided about “45 villages”"):
        decide(tmp_path, "report.txt", [entry(value="county")], seen=state([]))
    assert [one.by for one in read_reviews(tmp_path)["report.txt"].reviews] == ["Bo Wu"]


def test_who_has_seen_the_other_decision_may_change_it(tmp_path):
    known = about(decide(tmp_path, "report.txt", [entry(by="Bo Wu")]), entry().match)
    assert decide(tmp_path, "report.txt", [entry(value="county")], seen=state(known)).reviews[0].value == "county"


def test_who_sees_a_decision_that_was_taken_back_is_told(tmp_path):
    known = about(decide(tmp_path, "report.txt", [entry(by="Bo Wu")]), entry().match)
    undo(tmp_path, "report.txt", known)
    with pytest.raises(OtherDecidedError, match="taken back"):
        decide(tmp_path, "report.txt", [entry(value="county")], seen=state(known))


def test_an_earlier_decision_can_be_brought_back(tmp_path):
    first, second = entry(), entry(value="county")
    decide(tmp_path, "report.txt", [first])
    before = (tmp_path / "report.yml").read_bytes()
    decide(tmp_path, "report.txt", [second])
    restore(tmp_path, "report.txt", first.match, [first], state([second]))
    assert (tmp_path / "report.yml").read_bytes() == before


def test_nothing_is_brought_back_over_what_somebody_else_decided(tmp_path):
    decide(tmp_path, "report.txt", [entry(by="Bo Wu")])
    with pytest.raises(OtherDecidedError, match="Bo Wu"):
        restore(tmp_path, "report.txt", entry().match, [], state([entry()]))


@pytest.mark.parametrize(
    "report", ["../../etc/passwd", "/etc/passwd", "a/../../b.txt", ".hidden", "x" * 300, "报告.txt"]
)
def test_no_name_of_a_report_leads_out_of_the_folder(tmp_path, report):
    decide(tmp_path / "d", report, [entry()])
    [path] = list(tmp_path.rglob("*.yml"))
    assert path.parent == tmp_path / "d"
    assert read_reviews(tmp_path / "d")[report].reviews == (entry(),)


def test_a_file_that_cannot_be_edited_line_by_line_is_left_alone(tmp_path):
    decide(tmp_path, "report.txt", [entry()])
    path = tmp_path / "report.yml"
    text = "{report: report.txt, decisions: []}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match="write the entry by hand"):
        decide(tmp_path, "report.txt", [entry()])
    assert path.read_text(encoding="utf-8") == text


def test_no_half_of_a_file_is_left_when_the_disk_refuses(tmp_path, monkeypatch):
    decide(tmp_path, "report.txt", [entry()])
    before = (tmp_path / "report.yml").read_bytes()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(Exception, match="No space left"):
        decide(tmp_path, "report.txt", [entry(value="county")])
    monkeypatch.undo()
    assert (tmp_path / "report.yml").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".part")] == []


def test_texts_of_yaml_that_build_objects_build_nothing(tmp_path):
    path = written(tmp_path, "report: !!python/object/apply:os.system [x]\ndecisions: []\n")
    with pytest.raises(CatalogError):
        parse_reviews(path, path.read_text(encoding="utf-8"))
