"""Pages of the documentation name what there is: settings, commands, and places that exist."""

from __future__ import annotations

import re

import pytest
import typer

from pipelines.cli import app
from pipelines.settings import PROJECT, Settings

DOCS = PROJECT / "docs"
PAGES = [*PROJECT.glob("*.md"), *DOCS.rglob("*.md"), PROJECT / "benchmarks" / "README.md"]
# not settings: shown tracebacks, as `fupin --help` has no option for it
ASIDE = {"FUPIN_DEBUG"}


def anchors(text):
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_links_within_the_documentation_lead_somewhere(page):
    for place in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if place.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = place.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), place
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), place


def test_the_page_of_settings_lists_every_setting_and_no_other():
    rows = re.findall(r"^\| (`FUPIN_[^|]+) \|", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"FUPIN_\w+", " ".join(rows)))
    there = {
        str(field.validation_alias or f"FUPIN_{name.upper()}")
        for name, field in Settings.model_fields.items()
        if name != "remote"
    }
    assert named - ASIDE == there


def test_the_stable_commands_are_those_that_there_are():
    text = (DOCS / "stable.md").read_text(encoding="utf-8")
    listed = re.findall(r"`(\w+)`", text.partition("<!-- commands -->")[2].partition("<!-- end of commands -->")[0])
    assert listed == sorted(typer.main.get_group(app).commands)


def test_the_readme_is_short():
    assert len((PROJECT / "README.md").read_text(encoding="utf-8").splitlines()) <= 180


def test_the_walk_of_an_amount_names_files_and_functions_that_there_are():
    """`meaning/resolve.py:resolve` is a file below `pipelines/` with such a function."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8").partition("## The walk of one amount")[2]
    places = re.findall(r"`([a-z_/]+\.py)(?::(\w+))?`", text.partition("\n## ")[0])
    assert len(places) > 20
    for name, function in places:
        source = (PROJECT / "pipelines" / name).read_text(encoding="utf-8")
        assert not function or f"def {function}(" in source, (name, function)
