"""Decisions about readings: what each attribute changes, what it leaves, and what fits no longer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.checking.verdict import FAILING
from pipelines.meaning.resolve import assumed_measure
from pipelines.review.decided import with_decisions
from pipelines.review.files import Parent, Review, ReviewFile, initials
from pipelines.review.places import place_of
from pipelines.settings import PROJECT
from pipelines.versions.read import read_version
from pipelines.warehouse.readings import reading_hash
from tests.helpers import LIMIT
from tests.review_helpers import WHEN, figure_of, file_of, meaning_of, place, review

TEXT = (
    "Jiangxi Province: poverty work in 2011\n\n【Funds】 In 2011 the funds for relocation came to 803 million Yuan, of "
    "which the central government gave 651 million Yuan and the province gave 153 million Yuan. Roads of 120 km were "
    "built in 45 villages. Seven meetings were held.\n"
)


@pytest.fixture
def made(tmp_path):
    """A report as it is read without decisions."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_version(path, "report.txt", LIMIT)


@pytest.fixture
def decided(made, tmp_path):
    """The report with some decisions about it."""

    def apply(*reviews):
        return with_decisions(made, file_of(tmp_path / "decisions", "report.txt", *reviews))

    return apply


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("program", "infrastructure"),
        ("source", "central+provincial"),
        ("stage", "planned"),
        ("measure", "funds"),
        ("region", "360700"),
        ("period", "Y2010"),
    ],
)
def test_a_meaning_that_was_decided_is_stated_by_review(made, decided, attribute, value):
    version = decided(review(made, "651 million Yuan", attribute, value))
    found = getattr(meaning_of(version, "651 million Yuan"), attribute)
    assert (found.code, found.how, found.text) == (value, "stated", "review AL 2026-03-01")
    fact = next(one for one in version.facts.funds if one.amount == 651_000_000)
    assert getattr(fact, attribute) == value


def test_a_decision_about_a_part_leaves_the_whole_and_the_other_parts(made, decided):
    version = decided(review(made, "651 million Yuan", "program", "infrastructure"))
    own = figure_of(made, "651 million Yuan").figure_id
    others = [one for one in zip(version.reading.figures, version.meanings, strict=True) if one[0].figure_id != own]
    assert others == [one for one in zip(made.reading.figures, made.meanings, strict=True) if one[0].figure_id != own]


PARTS = (
    "Jiangxi Province: poverty work in 2011\n\nIn 2011 the funds for relocation came to 803 million Yuan, 12% more "
    "than the year before, of which the central government gave 651 million Yuan and the province 153 million Yuan.\n\n"
    "In 2010 poverty funds of 500 million Yuan were spent, of which 200 million Yuan went to roads and 300 million "
    "Yuan to 45 villages.\n"
)


@pytest.fixture
def parts(tmp_path):
    """A report with wholes and their parts, and what is read of it with decisions: text → program."""
    path = tmp_path / "report.txt"
    path.write_text(PARTS, encoding="utf-8")
    read = read_version(path, "report.txt", LIMIT)

    def decide(*reviews):
        return with_decisions(read, file_of(tmp_path / "decisions", "report.txt", *reviews)) if reviews else read

    return decide


def of(version, attribute, *texts):
    return [getattr(meaning_of(version, text), attribute).code for text in texts]


def test_parts_and_what_speaks_about_a_whole_follow_it(parts):
    version = parts(review(parts(), "803 million Yuan", "program", "infrastructure"))
    texts = ("651 million Yuan", "153 million Yuan", "12%")
    assert of(version, "program", *texts) == ["infrastructure"] * 3
    follower = meaning_of(version, "651 million Yuan").program
    assert (follower.how, follower.text) == ("inherited", "review AL 2026-03-01")
    assert [one.figure_id for one in version.reviewed] == [figure_of(version, "803 million Yuan").figure_id]


@pytest.mark.parametrize(("attribute", "value"), [("period", "Y2009"), ("region", "520000")])
def test_parts_are_of_the_year_and_the_place_of_their_whole(parts, attribute, value):
    version = parts(review(parts(), "500 million Yuan", attribute, value))
    assert of(version, attribute, "200 million Yuan", "300 million Yuan") == [value] * 2


def test_a_part_whose_own_words_say_it_stays(parts):
    version = parts(
        review(parts(), "500 million Yuan", "program", "relocation"),
        review(parts(), "803 million Yuan", "source", "social"),
    )
    assert of(version, "program", "200 million Yuan", "300 million Yuan") == ["infrastructure", "relocation"]
    assert of(version, "source", "651 million Yuan", "153 million Yuan") == ["central", "provincial"]


def test_a_part_that_somebody_decided_about_stays(parts):
    read = parts()
    version = parts(
        review(read, "803 million Yuan", "program", "infrastructure"),
        review(read, "651 million Yuan", "program", "other"),
        review(read, "153 million Yuan", "reading", "right"),
    )
    assert of(version, "program", "651 million Yuan", "153 million Yuan") == ["other", "relocation"]
    assert not [one for one in version.checks if one.rule == "review_decision"]


def test_a_part_that_was_found_right_after_it_had_followed_is_so(parts):
    first = review(parts(), "803 million Yuan", "program", "infrastructure")
    version = parts(first, review(parts(first), "651 million Yuan", "reading", "right"))
    assert of(version, "program", "651 million Yuan") == ["infrastructure"]
    assert not [one for one in version.checks if one.rule == "review_decision"]


def test_a_figure_that_is_given_another_whole_takes_over_from_it(parts):
    read = parts()
    whole = Parent(link="part_of", figure=place(read, "500 million Yuan"))
    version = parts(review(read, "651 million Yuan", "parent", whole))
    assert of(version, "period", "651 million Yuan", "153 million Yuan") == ["Y2010", "Y2011"]
    assert of(version, "program", "651 million Yuan") == ["all"]


def test_a_figure_that_is_told_from_its_whole_keeps_nothing_of_it(parts):
    version = parts(review(parts(), "651 million Yuan", "parent", "none"))
    meaning = meaning_of(version, "651 million Yuan")
    assert (meaning.program.code, meaning.program.text) == ("unknown", "review AL 2026-03-01")
    assert meaning.source.code == "central"


def test_unit_and_role_are_mended_and_say_who_decided(made, decided):
    version = decided(review(made, "45", "unit", "household"), review(made, "120", "role", "target"))
    households, road = figure_of(version, "45"), figure_of(version, "120")
    assert (households.unit, dict(households.decided_by)["unit"]) == ("household", "review AL 2026-03-01")
    assert (road.role, dict(road.decided_by)["role"]) == ("target", "review AL 2026-03-01")
    assert [one.value for one in version.facts.targets] == [120]


def test_a_misread_value_has_the_interval_of_what_is_printed(made, decided):
    figure = figure_of(decided(review(made, "153 million Yuan", "value", "152000000")), "153 million Yuan")
    assert (figure.value, figure.low, figure.high) == (152_000_000, 151_500_000, 152_500_000)


def test_a_value_that_no_scale_divides_is_kept_exactly(made, decided):
    assert figure_of(decided(review(made, "45", "value", "0.1")), "45").value == Decimal("0.1")


def test_a_figure_that_is_none_stands_among_the_other_numbers_and_no_id_changes(made, decided):
    version = decided(review(made, "803 million Yuan", "reading", "generic"))
    assert [f.figure_id for f in version.reading.figures] == [f.figure_id for f in made.reading.figures][1:]
    assert [n.reason for n in version.reading.non_figures if n.text == "803 million Yuan"] == ["generic"]
    assert {figure.parent for figure in version.reading.figures} == {None}
    assert len(version.meanings) == len(version.reading.figures)
    numbers = len(version.reading.figures) + len(version.reading.non_figures)
    assert numbers == len(made.reading.figures) + len(made.reading.non_figures)


def test_a_number_that_cannot_be_read_says_who_found_so(made, decided):
    version = decided(review(made, "45", "reading", "unread"))
    [number] = [one for one in version.reading.non_figures if one.text == "45"]
    assert (number.reason, number.why) == ("unread", "review AL 2026-03-01")


def test_a_part_can_be_told_from_its_whole(made, decided):
    version = decided(review(made, "153 million Yuan", "parent", "none"))
    assert figure_of(version, "153 million Yuan").parent is None


def test_a_part_can_be_given_a_whole(made, decided):
    whole = Parent(link="part_of", figure=place(made, "120"))
    version = decided(review(made, "45", "parent", whole))
    assert figure_of(version, "45").parent == figure_of(version, "120").figure_id


def test_no_figure_becomes_part_of_what_hangs_on_it(made, decided):
    whole = Parent(link="part_of", figure=place(made, "651 million Yuan"))
    version = decided(review(made, "803 million Yuan", "parent", whole))
    assert figure_of(version, "803 million Yuan").parent is None
    assert "itself below" in unfit(version)


def test_what_is_found_right_is_stated_and_changes_no_value(made, decided):
    version = decided(review(made, "803 million Yuan", "reading", "right"))
    assert version.reading.figures == made.reading.figures
    meaning, before = meaning_of(version, "803 million Yuan"), meaning_of(made, "803 million Yuan")
    assert (meaning.program.code, meaning.program.how) == (before.program.code, "stated")
    assert version.reviewed[0][1:] == ("AL", "2026-03-01")


def test_the_measure_by_habit_follows_the_program(made, decided):
    measure = meaning_of(decided(review(made, "651 million Yuan", "program", "other")), "651 million Yuan").measure
    assert measure == assumed_measure("CNY", "other")


def unfit(version) -> str:
    [check] = [one for one in version.checks if one.rule == "review_decision"]
    assert check.verdict in FAILING
    assert check.severity == "error"
    return check.message


def test_a_decision_whose_number_is_gone_fails_with_file_and_entry(made, decided, tmp_path):
    other = review(made, "45", "unit", "household")
    gone = other.model_copy(update={"match": other.match.model_copy(update={"after": "hamlets."})})
    version = decided(review(made, "120", "unit", "mu"), gone)
    assert figure_of(version, "45").unit == "village"
    assert figure_of(version, "120").unit == "mu"
    assert unfit(version).startswith("decisions/report.yml: entry 2 (unit): the report does not print")


def test_a_decision_whose_expected_reading_is_gone_applies_to_nothing(made, decided):
    version = decided(review(made, "45", "unit", "household", expected="county"))
    assert figure_of(version, "45").unit == "village"
    assert "is village, expected is county" in unfit(version)


def test_a_reader_that_has_learnt_what_was_decided_is_no_failure(made, decided):
    version = decided(review(made, "45", "unit", "village", expected="county"))
    assert not [one for one in version.checks if one.rule == "review_decision"]


def test_what_was_found_right_and_is_read_otherwise_by_now_fails(made, decided):
    was = review(made, "120", "reading", "right")
    version = decided(was.model_copy(update={"expected": {**was.expected, "unit": "mu"}}))
    assert 'unit of "120' in unfit(version)
    assert version.reviewed == ()


def test_right_is_meant_with_what_was_changed_before(made, decided, tmp_path):
    first = review(made, "45", "unit", "household")
    changed = decided(first)
    version = decided(review(changed, "45", "reading", "right"), first)
    assert not [one for one in version.checks if one.rule == "review_decision"]


def test_numbers_that_print_the_same_are_told_apart(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT + "Roads of 120 km were built in 45 villages.\n", encoding="utf-8")
    made = read_version(path, "report.txt", LIMIT)
    one = review(made, "45", "unit", "household")
    version = with_decisions(made, file_of(tmp_path / "decisions", "report.txt", one))
    assert [f.unit for f in version.reading.figures if f.text == "45"] == ["household", "village"]


def test_a_decision_about_several_numbers_applies_to_none(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT + "Roads of 120 km were built in 45 villages.\n", encoding="utf-8")
    made = read_version(path, "report.txt", LIMIT)
    one = review(made, "45", "unit", "household")
    vague = one.model_copy(update={"match": one.match.model_copy(update={"ordinal": None, "before": "", "after": ""})})
    version = with_decisions(made, file_of(tmp_path / "decisions", "report.txt", vague))
    assert "fits 2 numbers" in unfit(version)


def test_checks_are_made_anew(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT.replace("153 million", "251 million"), encoding="utf-8")
    made = read_version(path, "report.txt", LIMIT)
    assert {figure.status for figure in made.reading.figures} == {"ok", "disputed"}
    mended = review(made, "251 million Yuan", "value", "152000000")
    version = with_decisions(made, file_of(tmp_path / "decisions", "report.txt", mended))
    assert {figure.status for figure in version.reading.figures} == {"ok"}


def test_a_cell_is_known_by_its_address_and_headers(tmp_path):
    path = tmp_path / "funds.csv"
    path.write_text("Jiangxi: funds 2011 (Yuan)\nCounty,Central funds\nA,500\nB,700\n", encoding="utf-8")
    made = read_version(path, "funds.csv", LIMIT)
    one = review(made, "700", "source", "provincial")
    assert (one.match.cell, one.match.row) == ("csv!B4", "B")
    file = file_of(tmp_path / "decisions", "funds.csv", one)
    assert meaning_of(with_decisions(made, file), "700").source.code == "provincial"
    path.write_text("Jiangxi: funds 2011 (Yuan)\nCounty,Central funds\nA,500\nC,700\n", encoding="utf-8")
    assert "does not print" in unfit(with_decisions(read_version(path, "funds.csv", LIMIT), file))


def test_without_a_file_nothing_is_touched(made):
    assert with_decisions(made, None) is made


def test_whoever_decides_changes_what_was_read(made, decided):
    assert reading_hash(decided(review(made, "803 million Yuan", "reading", "right"))) != reading_hash(made)


@pytest.mark.parametrize(("name", "short"), [("Ada Li", "AL"), ("ada", "A"), ("李明", "李明"), ("A. B. Cee", "ABC")])
def test_people_stand_as_initials(name, short):
    assert initials(name) == short


@pytest.mark.parametrize("name", ["jiangxi_2011.txt", "jiangxi_2010.txt", "guizhou_2009.txt", "guangxi_2013.txt"])
@pytest.mark.parametrize("step", [2, 3])
def test_whatever_numbers_are_none_the_rest_is_checked(name, step):
    read = read_version(PROJECT / "raw" / name, name, LIMIT)
    for first in range(step):
        out = [one for one in read.reading.figures if one.figure_id % step == first]
        others = (*read.reading.figures, *read.reading.non_figures)
        places = (place_of(one, others, read.document.text) for one in out)
        entries = tuple(
            Review(match=place, attribute="reading", expected="figure", value="label", by="A", at=WHEN)
            for place in places
        )
        applied = with_decisions(read, ReviewFile(PROJECT / "x.yml", name, entries, ""))
        left = {one.figure_id for one in applied.reading.figures}
        assert left == {one.figure_id for one in read.reading.figures} - {one.figure_id for one in out}
        assert {id_ for one in applied.checks for id_ in one.operands} <= left
        assert {one.base_figure_id for one in applied.facts.claims} <= {*left, None}
        # parts and wholes that are left are told as they were
        kept = [one for one in read.facts.compositions if {one.parent_figure_id, one.child_figure_id} <= left]
        assert list(applied.facts.compositions) == kept
