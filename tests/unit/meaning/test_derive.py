from decimal import Decimal

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts, sureness
from pipelines.meaning.identify import identify
from pipelines.meaning.meaning import Decision
from pipelines.meaning.resolve import resolve
from tests.helpers import document, meanings


def facts(text):
    source = document(text)
    reading = read_figures(source)
    return derive_facts(reading, resolve(source, identify(source), reading)), reading


def test_every_figure_is_exactly_one_fact():
    found, reading = facts(
        "In 2011, 803 million Yuan were invested, 22.1% more; 50,829 people moved, 1.7% above the plan, against a task "
        "of 50,000 people; the subsidy was 4000 Yuan per person."
    )
    ids = [fact.figure_id for kind in (found.funds, found.results, found.targets, found.claims) for fact in kind]
    assert sorted(ids) == [figure.figure_id for figure in reading.figures]
    assert len(found.funds) == 1
    assert {fact.kind for fact in found.targets} == {"target", "standard"}
    assert all(claim.unit == "%" for claim in found.claims)


def test_a_decrease_is_negative_as_a_fact():
    found, _ = facts("Poor people were 736,000, down by 170,000.")
    [level, change] = found.results
    assert (level.flow, change.flow) == ("level", "change")
    assert (change.value, change.value_low) == (Decimal(-170000), Decimal(-170000))


def test_wholes_and_parts_say_how_they_roll_up():
    found, _ = facts(
        "Funds were 217 million Yuan, of which the central government gave 140 million Yuan and the province gave "
        "77 million Yuan."
    )
    assert [(fund.rollup_role, fund.is_additive_leaf, fund.breakdown_axis) for fund in found.funds] == [
        ("total", False, "source"),
        ("component", True, "source"),
        ("component", True, "source"),
    ]
    assert [(row.kind, row.is_exhaustive) for row in found.compositions] == [("partition", True)] * 2


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        # two lists of one whole: by whom, and for what
        (
            "Funds were 217 million Yuan, of which the central government gave 140 million Yuan and the province gave "
            "77 million Yuan. By use: 100 million Yuan for training, 90 million Yuan for relocation and 27 million "
            "Yuan for mutual funds.",
            ["source", "source", "source", "program", "program", "program"],
        ),
        # all of one giver: what they are for is what tells them apart
        (
            "The central government gave 217 million Yuan, of which 140 million Yuan for training and 77 million Yuan "
            "for relocation.",
            ["program", "program", "program"],
        ),
    ],
)
def test_parts_are_told_apart_by_what_those_of_their_list_differ_in(text, axes):
    found, _ = facts(text)
    assert [fund.breakdown_axis for fund in found.funds] == axes


def test_a_share_knows_its_part_and_its_whole():
    found, reading = facts("They moved 17,651 people, of whom 13,680 people stayed, 77.5% of all.")
    [share] = found.claims
    texts = {figure.figure_id: figure.text for figure in reading.figures}
    assert (texts[share.subject_figure_id], texts[share.base_figure_id]) == ("13,680", "17,651")


@pytest.mark.parametrize(
    ("decided", "wanted"),
    [
        ({"program": "named", "region": "opened", "period": "stated"}, ("opened", ("region",))),
        ({"program": "opened", "source": "opened", "region": "named"}, ("opened", ("program", "source"))),
        ({"program": "inherited", "period": "assumed"}, ("assumed", ("period",))),
        ({"source": "assumed"}, ("assumed", ("source",))),
        ({}, ("unknown", ())),
    ],
)
def test_a_figure_is_as_sure_as_the_least_sure_of_what_is_known_about_it(decided, wanted):
    [(_, meaning)] = meanings("Funds were 217 million Yuan.")
    # what is counted and for whom makes no figure less sure of its place
    others = {"measure": Decision("funds", "assumed"), "beneficiary": Decision("village", "assumed")}
    unknown = dict.fromkeys(("program", "source", "region", "period"), Decision(text="not said"))
    known = {name: Decision("x", how) for name, how in decided.items()}
    assert sureness(meaning._replace(**others | unknown | known)) == wanted


def test_every_kind_of_fact_says_how_sure_it_is():
    text = "In 2011, 803 million Yuan were invested, 22.1% more; 50,829 people moved, against a task of 50,000 people."
    source = document(text)
    reading = read_figures(source)
    assumed = [one._replace(period=Decision("Y2011", "assumed")) for one in resolve(source, identify(source), reading)]
    found = derive_facts(reading, tuple(assumed))
    for kind in (found.funds, found.results, found.targets, found.claims):
        assert [fact.sureness for fact in kind] == ["assumed"]


def test_a_completion_knows_the_plan_that_it_is_of():
    found, reading = facts("They sank 44 wells, 80% of the plan of 55 wells.")
    [share] = found.claims
    texts = {figure.figure_id: figure.text for figure in reading.figures}
    assert (texts[share.subject_figure_id], texts[share.base_figure_id]) == ("44", "55")
