"""The grades of `How` are the same list wherever they are written down, and one place keeps the assumed out."""

import json
import re
from typing import get_args

from pipelines.catalog.registry import registered_columns
from pipelines.meaning.meaning import How
from pipelines.publishing.site.messages import messages
from pipelines.settings import PROJECT
from pipelines.suites.results import vocabularies
from pipelines.versions.tables import DECISIONS
from pipelines.warehouse.models import beneath, models

GRADES = get_args(How)
COLUMNS = (*(f"{name}_how" for name in DECISIONS), "sureness")
# the facts in one form are no surer than the facts themselves
ALL_FACTS = "work.business_fact"
FACTS = {"core.fact_fund", "core.fact_result", "core.fact_target", "core.fact_claim", ALL_FACTS}


def words(text):
    return [word for word in re.findall(r"\w+", text) if word in GRADES]


def test_descriptions_of_columns_name_all_grades_in_their_order():
    described = {name: entry.description.partition(": ")[2] for name, entry in registered_columns().items()}
    assert {name for name in described if name.endswith("_how")} <= set(COLUMNS)
    for name in COLUMNS:
        assert tuple(dict.fromkeys(words(described[name]))) == GRADES, name


def test_sql_compares_with_grades_only():
    compared = re.compile(r"\b(?:\w+\.)?(\w+_how|sureness)\s*(?:=|<>|IN)\s*\(?((?:'\w+'(?:,\s*)?)+)")
    found = set()
    for path in [*(PROJECT / "sql").rglob("*.sql"), *(PROJECT / "docs" / "queries").glob("*.sql")]:
        for column, values in compared.findall(path.read_text()):
            assert column in COLUMNS, path
            found |= set(re.findall(r"'(\w+)'", values))
    assert "assumed" in found
    assert found <= set(GRADES)


def test_suites_ask_for_the_grades():
    assert vocabularies()["grades"] == list(GRADES)
    for table in ("figures", "funds", "results", "targets", "claims"):
        own = json.loads((PROJECT / "expectations" / "report" / f"{table}.json").read_text())["expectations"]
        shared = json.loads((PROJECT / "expectations" / "shared.json").read_text())["expectations"]
        asked = {
            column
            for entry in [*own, *(entry for entry in shared if table in entry["meta"]["of"])]
            if entry["kwargs"].get("value_set") == {"$PARAMETER": "grades"}
            for column in entry["meta"].get("of", {}).get(table, [entry["kwargs"]["column"]])
        }
        assert asked == (set(COLUMNS) if table == "figures" else {"sureness"})


def test_the_page_has_words_for_the_grades():
    for texts in messages().values():
        assert tuple(name.partition(".")[2] for name in texts if name.startswith("sureness.")) == GRADES


def test_indicators_take_facts_only_together_with_sure_figures():
    found = {model.name: model for model in models(PROJECT / "sql")}
    indicators = [name for name in found if name.startswith("indicator.") and name != "indicator.revisions"]
    for name in beneath(tuple(found.values()), [*indicators, "core.selected_activity_sum"]):
        if name != ALL_FACTS and found.get(name) is not None and found[name].reads & FACTS:
            assert "work.sure_figure" in found[name].reads, name
