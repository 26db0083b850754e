from decimal import Decimal

from pipelines.figures.read import read_figures
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import document


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


def test_a_share_knows_its_part_and_its_whole():
    found, reading = facts("They moved 17,651 people, of whom 13,680 people stayed, 77.5% of all.")
    [share] = found.claims
    texts = {figure.figure_id: figure.text for figure in reading.figures}
    assert (texts[share.subject_figure_id], texts[share.base_figure_id]) == ("13,680", "17,651")
