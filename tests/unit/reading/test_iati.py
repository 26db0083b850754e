"""IATI activity files: every amount once, with the meaning that the standard's codes have in the catalogue."""

from __future__ import annotations

import pytest

from pipelines.catalog.crosswalks import crosswalks, program_of, region_of, source_of
from pipelines.catalog.load import catalog
from pipelines.errors import ReportError
from tests.fixtures.written import activity, budget, iati, transaction
from tests.helpers import version

INDICATOR = (
    '<result type="1"><title><narrative>Villages</narrative></title><indicator measure="{measure}">'
    "<title><narrative>{title}</narrative></title>{inside}</indicator></result>"
)
PERIOD = (
    '<period><period-start iso-date="2011-01-01"/><period-end iso-date="2011-12-31"/>'
    '<target value="{target}"/><actual value="{actual}"/></period>'
)


def read(tmp_path, *activities, name="a.xml", **options):
    path = tmp_path / name
    path.write_text(iati(*activities, **options))
    return version(path)


def meant(found):
    """Figures by their place in the file, each with its meaning."""
    pairs = zip(found.reading.figures, found.meanings, strict=True)
    return {figure.locator.row_path.split(" > ")[1]: (figure, meaning) for figure, meaning in pairs}


def error(tmp_path, text, name="a.xml"):
    (tmp_path / name).write_text(text)
    with pytest.raises(ReportError) as caught:
        version(tmp_path / name)
    return str(caught.value)


def test_the_crosswalks_agree_with_the_stages():
    known, stages = crosswalks(), catalog().stages
    for code, kind in known.iati_transactions.items():
        assert kind.stage is None or stages[kind.stage].iati in (code, "budget")
    assert {stages[kind.stage].iati for kind in known.iati_budgets.values()} == {"budget"}
    assert all(stages[stage].fiscal_phase == phase for phase, stage in known.fiscal_phases.items())


def test_codes_that_several_members_carry_mean_none():
    assert program_of("dac_purpose", "31120") == "industrial"
    assert program_of("dac_purpose", "43030") == ""  # infrastructure and relocation
    assert program_of("dac_purpose", "99810") == ""
    assert program_of("cofog", "04.2.1") == "industrial"
    assert [region_of(text) for text in ("CN-JX", "360000", "Jiangxi", "江西省", "Atlantis")] == ["360000"] * 4 + [""]
    assert [source_of(*pair) for pair in (("World Bank", ""), ("A fund", "40"), ("A fund", "10"))] == [
        *("foreign", "foreign", ""),
    ]


def test_budgets_and_transactions_have_stage_period_currency_source_and_program(tmp_path):
    sector = '<sector vocabulary="1" code="31120"/><recipient-country code="CN"/>'
    provider = '<provider-org type="10"><narrative>Central government</narrative></provider-org>'
    receiver = "<receiver-org><narrative>Provincial office of Guangxi</narrative></receiver-org>"
    found = read(
        tmp_path,
        activity("CN-1", sector + budget("1000000") + budget("5", status=2, start="2012-01-01", end="2012-12-31")
                 + transaction(3, "300000", provider + receiver) + transaction(2, "5000", currency="USD"),
                 title="Tea for Jiangxi"),
    )  # fmt: skip
    by_place = meant(found)
    assert list(by_place) == [
        "iati-activity[1]/budget[1]/value", "iati-activity[1]/budget[2]/value",
        "iati-activity[1]/transaction[1]/value", "iati-activity[1]/transaction[2]/value",
    ]  # fmt: skip
    told = [
        (str(figure.value), figure.unit, m.stage.code, m.source.code, m.program.code, m.region.code, m.period.code)
        for figure, m in by_place.values()
    ]
    assert told == [
        ("1000000", "CNY", "planned", "unknown", "industrial", "360000", "Y2011"),
        ("5", "CNY", "arranged", "unknown", "industrial", "360000", "Y2012"),
        ("300000", "CNY", "issued", "central", "industrial", "360000", "Y2011"),
        ("5000", "USD", "allocated", "unknown", "industrial", "360000", "Y2011"),
    ]
    assert all(figure.locator.row_path.startswith("CN-1 > ") for figure, _ in by_place.values())
    assert [len(found.facts.funds), len(found.facts.results)] == [4, 0]
    assert found.identity.series == "activity_list"
    assert dict(found.identity.stated)["publisher"] == "the file itself"


def test_a_revised_budget_replaces_the_original_and_no_other(tmp_path):
    other = budget("7", start="2012-01-01", end="2012-12-31")
    found = read(tmp_path, activity("A", budget("10") + other + budget("12", kind=2)), activity("B", budget("20")))
    leaves = {str(fact.amount_cny) for fact in found.facts.funds if fact.is_additive_leaf}
    assert leaves == {"7", "12", "20"}
    original = next(figure for figure in found.reading.figures if figure.value == 10)
    assert ("superseded", "by H4") in original.decided_by


def test_planned_disbursements_and_parents_do_not_add_to_what_they_repeat(tmp_path):
    planned = budget("4").replace("budget", "planned-disbursement")
    child = '<related-activity ref="A-1" type="2"/>'
    found = read(
        tmp_path, activity("A", child + budget("10")), activity("A-1", budget("10") + planned), activity("C", planned)
    )
    by_place = meant(found)
    leaf = {place: figure.additive for place, (figure, _) in by_place.items()}
    assert leaf == {
        "iati-activity[1]/budget[1]/value": False,
        "iati-activity[2]/budget[1]/value": True,
        "iati-activity[2]/planned-disbursement[1]/value": False,
        "iati-activity[3]/planned-disbursement[1]/value": True,
    }


def test_a_split_is_recorded_and_multiplies_nothing(tmp_path):
    sectors = (
        '<sector vocabulary="1" code="31120" percentage="60"/><sector vocabulary="1" code="11330" percentage="40"/>'
    )
    found = read(tmp_path, activity("A", sectors + budget("100")))
    by_place = meant(found)
    figure, meaning = by_place["iati-activity[1]/budget[1]/value"]
    assert (figure.value, meaning.program.code) == (100, "unknown")
    assert meaning.program.text == "DAC 31120 60%; DAC 11330 40%"
    shares = [(str(claim.value), claim.unit, claim.program) for claim in found.facts.claims]
    assert shares == [("60", "%", "industrial"), ("40", "%", "rain_plan")]


def test_places_of_an_activity_decide_its_region(tmp_path):
    def region(inside, title="Tea"):
        [(_, meaning)] = meant(read(tmp_path, activity("A", inside + budget("1"), title=title))).values()
        return meaning.region.code

    two = '<location><administrative vocabulary="X" level="1" code="CN-JX"/></location>'
    assert region(two) == "360000"
    assert region(two + two.replace("JX", "GX")) == "unknown"
    assert region('<recipient-region vocabulary="99" code="CN-GX"/>') == "450000"
    assert region('<recipient-country code="KE"/>', title="Tea for Jiangxi") == "KE"
    assert region('<recipient-country code="NP"/><recipient-country code="LA"/>') == "unknown"
    assert region('<recipient-country code="QQ"/>') == "unknown"
    assert region('<recipient-country code="CN"/>') == "unknown"


def test_results_pair_targets_with_what_was_achieved(tmp_path):
    base = '<baseline year="2010" value="3"/>'
    counted = INDICATOR.format(
        measure=1, title="Number of villages with tea", inside=base + PERIOD.format(target="10", actual="12")
    )
    share = INDICATOR.format(measure=2, title="Share of the poor", inside=PERIOD.format(target="80", actual="75"))
    found = read(tmp_path, activity("A", counted + share))
    [target] = found.facts.targets
    results = {str(fact.value): fact for fact in found.facts.results}
    assert sorted(results) == ["12", "3"]
    assert (results["12"].unit, results["12"].period, results["3"].period) == ("village", "Y2011", "Y2010")
    assert (target.value, target.actual_figure_id) == (10, results["12"].figure_id)
    assert {(str(claim.value), claim.kind) for claim in found.facts.claims} == {("80", "target"), ("75", "rate_pct")}


def test_values_of_groups_are_not_added_to_the_value_of_all(tmp_path):
    women = '<actual value="5"><dimension name="sex" value="women"/></actual></period>'
    both = PERIOD.format(target="10", actual="12").replace("</period>", women)
    found = read(tmp_path, activity("A", INDICATOR.format(measure=1, title="Number of persons trained", inside=both)))
    assert {(str(fact.value), fact.is_additive_leaf) for fact in found.facts.results} == {("12", True), ("5", False)}


def test_a_transaction_of_no_stage_is_kept_with_its_kind(tmp_path):
    [(figure, meaning)] = meant(read(tmp_path, activity("A", transaction(6, "9")))).values()
    assert (figure.value, meaning.stage.code, meaning.stage.text) == (9, "unknown", "loan repayment")


def test_what_has_no_place_in_the_star_is_named(tmp_path):
    found = read(tmp_path, activity("A", budget("1") + '<capital-spend percentage="88"/>'))
    assert found.document.unread == ("capital-spend of 1 activity",)


@pytest.mark.parametrize("name", ["a.xml", "a.txt", "a", "a.json.txt"])
def test_a_file_is_known_by_its_content(tmp_path, name):
    found = read(tmp_path, activity("A", budget("1")), name=name)
    assert found.document.media_type == "application/vnd.iati.activities+xml"


def test_other_files_are_refused_with_their_cause(tmp_path):
    head = '<iati-activities version="1.05">'
    assert "is an IATI file of version 1.05" in error(tmp_path, iati(activity("A", budget("1")), head=head))
    assert "holds no budget, transaction or result" in error(tmp_path, iati(activity("A", "")))
    assert "is damaged and cannot be read as an IATI activity file" in error(tmp_path, iati(activity("A", "<budget>")))
    assert "is XML, but no IATI activities" in error(tmp_path, "<?xml version='1.0'?><other/>")
    bomb = "<!DOCTYPE iati-activities [<!ENTITY a 'ten'><!ENTITY b '&a;&a;'>]>"
    assert "declares a document type or entities" in error(tmp_path, bomb + iati(activity("A", budget("&b;")))[38:])
    assert "declares a document type" in error(tmp_path, f"<!-- x -->{bomb}<iati-activities version='2.03'/>")
