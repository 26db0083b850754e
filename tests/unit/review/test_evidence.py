"""What speaks for a wrong reading: that it is found, weighed, and told in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipelines.meaning.meaning import Decision
from pipelines.review import evidence
from pipelines.review.doubts import doubts
from pipelines.review.evidence import of_codes
from pipelines.review.weights import LOOKED_AT, chance, told_against, weighed, weights
from pipelines.versions.read import read_version
from tests.helpers import LIMIT
from tests.review_helpers import figure_of

HEAD = "Jiangxi Province: poverty work in 2011\n\n"


@pytest.fixture
def told(tmp_path):
    """Evidence against an attribute of the first figure that prints a text."""

    def read(words: str, printed: str, attribute: str) -> set[str]:
        path = tmp_path / "report.txt"
        path.write_text(words if "\n\n" in words else HEAD + words, encoding="utf-8")
        version = read_version(path, path.name, LIMIT)
        figure = figure_of(version, printed)
        found = next(one for one in doubts(version) if one.figure_id == figure.figure_id)
        return set(found.reasons[attribute].evidence)

    return read


@pytest.mark.parametrize(
    ("attribute", "name", "printed", "has", "lacks"),
    [
        ("source", "payer", "7 million Yuan", "The Weir Trust contributed 7 million Yuan.", "It was 7 million Yuan."),
        ("source", "payer", "7 million Yuan", "Here 7 million Yuan came from Weir Trust.", "It was 7 million Yuan."),
        ("source", "payer", "31万元", "河湾互助会缴纳31万元。", "河湾互助会共有31万元。"),
        ("source", "funds", "7 million Yuan", "Funds came to 7 million Yuan.", "It came to 7 million Yuan."),
        ("source", "payer_list", "7 million Yuan", "The Weir Trust contributed 7 million Yuan; Fen Club, 12 million"
         " Yuan.", "The Weir Trust contributed 7 million Yuan."),
        ("source", "payer_part", "9 million Yuan", "It was 40 million Yuan, including 7 million Yuan contributed by the"
         " Weir Trust and 9 million Yuan of Fen Club.",
         "It was 40 million Yuan, including 7 million Yuan in the north and 9 million Yuan in the south."),
        ("source", "left_out", "9 million Yuan", "Of the 40 million Yuan, 7 million Yuan came from the central"
         " government and 9 million Yuan from the Weir Trust.", "The Weir Trust had 9 million Yuan."),
        ("source", "giver_named", "7 million Yuan", "As the central government had asked, those works which were closed"
         " in the winter took 12 villages and then 7 million Yuan.", "It took 7 million Yuan."),
        ("program", "works", "31", "They repaired 31 gates.", "They saw 31 gates."),
        ("program", "works", "31", "去年修了水闸31座。", "那里有水闸31座。"),
        ("program", "poor", "31", "Through 31 gates came poor neighbours.", "Through 31 gates came good neighbours."),
        ("program", "differs", "45", "Relocation moved 300 households; there are 45 sorts of tea.",
         "There are 45 sorts of tea."),
        ("period", "other_year", "45", "It had 45 villages; a map was drawn in 2007.", "It had 45 villages."),
        ("period", "year_behind", "45", "It had 45 villages; a map was drawn in 2007.", "It had 45 villages."),
        ("period", "compared_year", "45", "It had more than the 45 villages; a map was drawn in 2007.",
         "It had 45 villages; a map was drawn in 2007."),
        ("period", "other_time", "45", "The earlier 45 villages stand.", "The 45 villages stand, as earlier."),
        ("period", "last_year", "45", "Last year it had 45 villages.", "In 2010 it had 45 villages."),
    ],
)  # fmt: skip
def test_what_stands_around_a_figure_is_evidence(told, attribute, name, printed, has, lacks):
    assert name in told(has, printed, attribute)
    assert name not in told(lacks, printed, attribute)


@pytest.mark.parametrize("sentence", ["All the year it had 45 villages.", "全年有村45个。"])
def test_a_time_in_words_is_evidence_where_no_year_is_told(told, sentence):
    head = "A list of villages\n\n"
    printed = "45"
    assert {"time", "time_near"} <= told(head + sentence, printed, "period")
    assert not {"time", "time_near"} & told(HEAD + sentence, printed, "period")


def test_a_year_of_a_span_is_no_other_year(told):
    head = "Jiangxi Province: poverty work from 2006 to 2010\n\n"
    assert "other_year" not in told(head + "It had 45 villages; a map was drawn in 2008.", "45", "period")
    assert "other_year" in told(head + "It had 45 villages; a map was drawn in 2004.", "45", "period")


def test_what_a_figure_takes_over_is_no_amount_of_its_own(told):
    words = "In 2011 the central government gave 7 million Yuan, 12% more than in 2010."
    assert {"own_amount"} == {"own_amount", "statement"} & told(words, "7 million Yuan", "source")
    assert {"change"} == {"own_amount", "change"} & told(words, "12%", "period")


def test_reports_of_other_countries_have_other_givers(told):
    head = "Kenya: cash transfers in 2011\n\n"
    words = "The central government gave 7 million Yuan."
    assert "abroad" in told(head + words, "7 million Yuan", "source")
    assert "abroad" not in told(HEAD + words, "7 million Yuan", "source")


def test_codes_are_evidence_by_themselves():
    known = {"program": 0.5}

    def held(unit, role, program, source):
        other = Decision("x", "named", "x")
        return of_codes(unit, role, [program, source, other, other, other, other], known, is_abroad=False)

    nothing = Decision()
    audit, parts = Decision("fund_management", "named", "audit"), Decision("central", "inherited", "its parts: central")
    money, count = held("CNY", "level", audit, parts), held("village", "change", audit, nothing)
    assert money["program"] == {"own_amount": 1.0, "audited": 1.0}
    assert "of_parts" in money["source"]
    assert count["program"] == {"change": 1.0}
    assert "source" not in count
    # half of the figures have one
    assert held("village", "level", nothing, nothing)["program"]["others_known"] == 0.25


def test_ten_points_make_a_wrong_reading_ten_times_as_likely():
    assert chance(0) == 0.5
    assert chance(10) / (1 - chance(10)) == pytest.approx(10)
    assert chance(-20) / (1 - chance(-20)) == pytest.approx(0.01)


def test_what_is_stated_is_sure():
    assert weighed("program", Decision("relocation", "stated", "layout"), {"differs": 1.0}) == 0
    assert weighed("program", Decision("relocation", "named", "moved"), {}) > 0


def test_more_of_it_weighs_more():
    decision = Decision("unknown", "unknown", "")
    none, half, all_of_it = (weighed("program", decision, {"others_known": much}) for much in (0.0, 0.5, 1.0))
    assert none < half < all_of_it


def test_the_file_weighs_just_what_is_looked_for():
    tree = ast.parse(Path(evidence.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    held = {word.arg for call in calls if getattr(call.func, "id", "") == "_held" for word in call.keywords}
    weighs = {name for about in weights().evidence.values() for name in about}
    assert held == weighs
    assert set(weights().words) <= weighs
    assert set(weights().ways) == set(LOOKED_AT)


@pytest.mark.parametrize(("language", "wanted"), [("en", "[a-z]"), ("zh", "[一-鿿]")])
def test_it_is_told_in_words_of_either_language(language, wanted):
    for attribute, about in weights().evidence.items():
        told = told_against(attribute, dict.fromkeys(about, 1.0), language)
        assert all(re.match(wanted, one) for one in told)
    assert told_against("period", {"other_time": 1.0, "compared_year": 1.0}, "en") == [
        weights().words[one][0] for one in ("compared_year", "other_time")
    ]


def test_what_speaks_for_a_reading_is_not_told_against_it():
    assert told_against("source", {"funds": 1.0, "statement": 1.0}, "en") == []
