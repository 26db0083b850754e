"""A short life of a warehouse for the tests of its history: loads, revisions, withdrawals, decisions."""

from __future__ import annotations

from dataclasses import replace

from pipelines.catalog.indicators import indicators
from pipelines.settings import PROJECT
from pipelines.suites.reports import run_suites
from pipelines.warehouse.archive import archive
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import LoadSummary
from pipelines.warehouse.retract import Decision, Outcome
from pipelines.warehouse.retract import retract as change
from tests.helpers import version
from tests.loads import load_once

INDICATORS = tuple(sorted(indicators()))


def load(settings, *paths) -> LoadSummary:
    """Reads, keeps, checks and loads files as a run does."""
    versions = [version(path) for path in paths]
    for one, path in zip(versions, paths, strict=True):
        archive(settings.archive, path, one.document.report_id, one.document.content_hash)
    outcomes = run_suites(versions, PROJECT / "expectations") if versions else {}
    return load_once(settings, [replace(one, expectations=outcomes[one.document.report_id]) for one in versions])


def edit(path, old, new):
    """Corrects a report."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def retract(settings, report, number=None, *, undo=False, reason="printed by mistake") -> Outcome:
    return change(settings, report, number, Decision(reason, "tester"), undo=undo)


def rows(settings, query, parameters=()):
    with open_warehouse(settings) as connection:
        return connection.execute(query, list(parameters)).fetchall()


def indicator_rows(connection, suffix="", parameters=()):
    """All rows of all indicators, or of their twins as of a time."""
    return {
        name: sorted(map(str, connection.execute(f"FROM indicator.{name}{suffix}", list(parameters)).fetchall()))
        for name in INDICATORS
    }
