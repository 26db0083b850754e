"""Decision files: what is read, what is refused with file and entry, and what an edit leaves alone."""

import datetime
from decimal import Decimal

import pytest

from pipelines.catalog.corrections import Decision, Match, parse_decisions, read_decisions
from pipelines.catalog.corrections_edit import write_decision
from pipelines.catalog.entry_files import restore_text
from pipelines.catalog.load import read_yaml
from pipelines.errors import CatalogError, FupinError

GOOD = """\
# reviewed in March
report: a/report.txt
corrections:
- match:
    section: Funds
    printed: 0.10
    sentence: 0.10 million in all
  expected: 100000.10
  proposed: 12345678901234.123456
  unit: CNY
  reason: The total says so.
  status: accepted
  by: A. Name
  at: 2026-03-01T09:30:00Z
# the second one
- match:
    section: Funds
    printed: "7"
    cell: sheet one!B4
    ordinal: 2
  expected: 7
  proposed: 70000
  low: 65000
  high: 75000
  unit: animal
  reason: 万 is missing.
  status: rejected
  by: B. Name
  at: 2026-03-02T09:30:00+08:00
"""


def decisions(folder, text=GOOD, name="report.yml"):
    (folder / name).write_text(text, encoding="utf-8")
    return read_decisions(folder)


def decision(**changes):
    values = {
        "match": Match(section="S", printed="200 million Yuan", sentence="it stood at: 200 million Yuan"),
        "expected": Decimal("200000000.000000"),
        "proposed": Decimal("20000000.000000"),
        "unit": "CNY",
        "reason": "yes: no",
        "status": "accepted",
        "by": "me",
        "at": datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
    }
    return Decision(**(values | changes))


def test_values_arrive_exactly_and_texts_as_texts(tmp_path):
    [file] = decisions(tmp_path).files
    first, second = file.decisions
    assert file.report == "a/report.txt"
    assert (first.match.printed, first.expected) == ("0.10", Decimal("100000.10"))
    assert first.proposed == Decimal("12345678901234.123456")
    assert (first.low, first.match.cell, first.match.ordinal) == (None, None, None)
    assert (second.match.printed, second.match.cell, second.match.ordinal) == ("7", "sheet one!B4", 2)
    assert second.at == datetime.datetime(2026, 3, 2, 1, 30, tzinfo=datetime.UTC)


def test_other_files_are_left_alone_and_the_fingerprint_follows_the_text(tmp_path):
    (tmp_path / "README.md").write_text("no decision")
    (tmp_path / ".hidden.yml").write_text("{")
    empty = read_decisions(tmp_path)
    assert empty.files == ()
    first = decisions(tmp_path)
    assert first.fingerprint == read_decisions(tmp_path).fingerprint != empty.fingerprint
    assert decisions(tmp_path, GOOD.replace("70000", "71000")).fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("report: a/report.txt\n", "", "must hold `report`"),
        ("report: a/report.txt", "report: []", "report: must name a report"),
        ("corrections:", "correction:", "must hold `report`"),
        ("  unit: CNY\n", "", "entry 1: unit: Field required"),
        ("  by: B. Name\n", "  by: ''\n", "entry 2: by: "),
        ("status: rejected", "status: maybe", "entry 2: status: "),
        ("status: rejected", "status: proposed", "entry 2: status: "),
        ("expected: 7", "expected: seven", "entry 2: expected: "),
        ("expected: 7", "expected: nan", "entry 2: expected: "),
        ("proposed: 70000", "proposed: 70000.0000001", "entry 2: proposed: "),
        ("proposed: 70000", "proposed: 700000", "entry 2: Value error, the proposed value does not lie between"),
        ("  high: 75000\n", "", "entry 2: Value error, low and high stand together"),
        ("    sentence: 0.10 million in all\n", "", "entry 1: match: Value error, needs a part of the sentence"),
        ("cell: sheet one!B4", "cell: B4", "entry 2: match: cell: "),
        ("ordinal: 2", "ordinal: 0", "entry 2: match: ordinal: "),
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00", "entry 1: at: "),
        ("  unit: CNY", "  unit: CNY\n  unit: USD", "unit stands twice"),
        ("  unit: CNY", "  unit: CNY\n  colour: red", "entry 1: colour: Extra inputs"),
        ("corrections:", "corrections: {", "expected"),
        (
            '- match:\n    section: Funds\n    printed: "7"',
            "- 7\n- match:\n    section: Funds\n    printed: 7",
            "entry 2: ",
        ),
    ],
)
def test_a_malformed_file_names_itself_and_the_entry(tmp_path, old, new, cause):
    assert GOOD.count(old) >= 1
    with pytest.raises(CatalogError) as raised:
        decisions(tmp_path, GOOD.replace(old, new, 1))
    message = str(raised.value)
    assert message.startswith("catalog/corrections/report.yml: ")
    assert cause in message
    assert "\n" not in message


def test_what_stands_twice_is_refused(tmp_path):
    entry = GOOD[GOOD.index("- match") : GOOD.index("# the second")]
    with pytest.raises(CatalogError, match="entry 3: decides the same as entry 1"):
        decisions(tmp_path, GOOD + entry)
    decisions(tmp_path)
    with pytest.raises(CatalogError, match=r"report_2\.yml: a/report\.txt has its decisions in report\.yml"):
        decisions(tmp_path, name="report_2.yml")


def test_a_missing_folder_and_bytes_that_are_no_text_are_named(tmp_path):
    with pytest.raises(CatalogError, match="no such folder; create it or set FUPIN_CORRECTIONS"):
        read_decisions(tmp_path / "none")
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogError, match=r"catalog/corrections/a\.yml: cannot be read"):
        read_decisions(tmp_path)


def test_a_new_file_reads_back_and_is_written_for_review(tmp_path):
    wanted = decision(low=Decimal("19500000.5"), high=Decimal("20500000"))
    path = write_decision(tmp_path, None, "江西省/财政 资金，2011.csv", wanted, None)
    assert path.parent == tmp_path
    [file] = read_decisions(tmp_path).files
    assert (file.report, file.decisions) == ("江西省/财政 资金，2011.csv", (wanted,))
    lines = path.read_text().splitlines()
    for line in (
        "  expected: 200000000",
        "  low: 19500000.5",
        "  at: 2026-03-01T00:00:00Z",
        "report: 江西省/财政 资金，2011.csv",
    ):
        assert line in lines
    assert write_decision(tmp_path, None, "江西省/财政_资金，2011.csv", wanted, None) != path


def test_an_edit_leaves_all_other_lines_as_they_are(tmp_path):
    [file] = decisions(tmp_path).files
    accepted = file.decisions[1].model_copy(update={"status": "accepted"})
    path = write_decision(tmp_path, file, file.report, accepted, 2)
    edited = path.read_text()
    assert edited.startswith(GOOD[: GOOD.index("# the second one")])
    assert "# the second one\n- match:" in edited
    [file] = read_decisions(tmp_path).files
    assert file.decisions[1] == accepted
    first = file.decisions[0].model_copy(update={"by": "Somebody: else"})
    write_decision(tmp_path, file, file.report, first, 1)
    [file] = read_decisions(tmp_path).files
    assert file.decisions == (first, accepted)
    assert path.read_text().count("# the second one\n- match:") == 1
    write_decision(tmp_path, file, file.report, decision(), None)
    [file] = read_decisions(tmp_path).files
    assert file.decisions == (first, accepted, decision())


@pytest.mark.parametrize(
    "text",
    ["report: r.txt\ncorrections: []\n", "report: r.txt\ncorrections: []", "corrections: []\nreport: r.txt\n"],
)
def test_the_first_entry_of_an_empty_file(tmp_path, text):
    [file] = decisions(tmp_path, text).files
    write_decision(tmp_path, file, file.report, decision(), None)
    assert read_decisions(tmp_path).files[0].decisions == (decision(),)


def test_the_last_entry_of_a_file_whose_last_line_has_no_end(tmp_path):
    [file] = decisions(tmp_path, GOOD.rstrip()).files
    last = file.decisions[1].model_copy(update={"status": "accepted"})
    write_decision(tmp_path, file, file.report, last, 2)
    assert read_decisions(tmp_path).files[0].decisions == (file.decisions[0], last)


def test_entries_that_are_indented_stay_so(tmp_path):
    head, body = GOOD.split("corrections:\n")
    body = body.replace("# the second one\n", "").replace("\n", "\n  ").rstrip()
    [file] = decisions(tmp_path, f"{head}corrections:\n  {body}\n").files
    path = write_decision(tmp_path, file, file.report, decision(), None)
    assert read_decisions(tmp_path).files[0].decisions == (*file.decisions, decision())
    assert path.read_text().count("\n  - match:") == 3


def test_a_layout_that_cannot_be_edited_is_left_alone(tmp_path):
    match = "{section: S, printed: '7', sentence: x}"
    entry = (
        f"{{match: {match}, expected: 7, proposed: 8, unit: u, reason: r, status: rejected, by: b, "
        "at: 2026-03-01T00:00:00Z}"
    )
    text = f"report: r.txt\ncorrections: [{entry}]\n"
    [file] = decisions(tmp_path, text).files
    with pytest.raises(CatalogError, match="write the entry by hand"):
        write_decision(tmp_path, file, file.report, decision(), None)
    assert (tmp_path / "report.yml").read_text() == text


def test_a_disk_that_refuses_leaves_the_file(tmp_path, monkeypatch):
    [file] = decisions(tmp_path).files

    def refuse(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkstemp", refuse)
        with pytest.raises(FupinError, match="cannot be written: No space left on device"):
            write_decision(tmp_path, file, file.report, decision(), None)
    assert file.path.read_text() == GOOD
    assert [path.name for path in tmp_path.iterdir()] == ["report.yml"]
    restore_text(file.path, None)
    assert not file.path.exists()


@pytest.mark.parametrize("escape", [r"\0", r"\x00", r"\u0000"])
def test_the_character_zero_is_refused(tmp_path, escape):
    text = f'report: "a{escape}.txt"\ncorrections: []\n'
    with pytest.raises(CatalogError, match="holds the character zero"):
        parse_decisions(tmp_path / "a.yml", text)
    (tmp_path / "b.yml").write_text(f'- a: ["x{escape}"]\n')
    with pytest.raises(CatalogError, match="holds the character zero"):
        read_yaml(tmp_path / "b.yml")
