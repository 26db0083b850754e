"""`fupin doctor` and `fupin check`: is everything in place, is anything stale, locked or malformed."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from pipelines.errors import FupinError, SnapshotMissingError
from pipelines.orchestration.daemon import watching
from pipelines.settings import Settings

_PACKAGES = ("fupin", "dagster", "duckdb", "pandas", "great_expectations", "pyarrow", "sqlglot")


def doctor(settings: Settings) -> bool:
    """Prints what is installed, where state lives, and what needs attention.

    Returns:
        Whether nothing is broken; stale reports and a running load are notices only.
    """
    print(f"python              {platform.python_version()} on {platform.system()}")
    sound = True
    for name in _PACKAGES:
        try:
            print(f"{name:<19} {version(name)}")
        except PackageNotFoundError:
            print(f"{name:<19} MISSING")
            sound = False
    for label, path in (
        ("raw reports", settings.raw),
        ("corrections", settings.corrections),
        ("decisions", settings.decisions),
        ("state", settings.home),
        ("archive", settings.archive),
        ("warehouse", settings.warehouse),
        ("snapshot", settings.snapshot),
    ):
        print(f"{label:<19} {path}{'' if path.exists() else '  (not there yet)'}")
    found = (_snapshot(settings), _lock(settings), _stale(settings), _files(settings))
    for ok, line in (*found, *watching(settings), *_runs(settings), *_corrections(settings), *_indicators(settings)):
        print(f"{'ok     ' if ok else 'PROBLEM'}             {line}")
        sound = sound and ok
    return sound


def _snapshot(settings: Settings) -> tuple[bool, str]:
    from pipelines.publishing.snapshot import open_snapshot
    from pipelines.publishing.summary import summary
    from pipelines.warehouse.schema import is_of_other_schema

    try:
        with open_snapshot(settings) as connection:
            if is_of_other_schema(connection, settings.sql / "schema"):
                return True, "the snapshot is of another version of the program: `fupin run` makes it anew"
            found = summary(connection)
    except SnapshotMissingError:
        return True, "nothing published yet: run `fupin run`"
    except Exception as error:  # whatever is wrong with the file is what the user wants to know
        return False, " ".join(str(error).split())[:200]
    return True, f"snapshot readable: {found.reports} reports, {found.figures} figures"


def _lock(settings: Settings) -> tuple[bool, str]:
    if not settings.home.is_dir():
        return True, "no load is running"
    from filelock import FileLock, Timeout

    lock = FileLock(settings.warehouse.with_suffix(".lock"))
    try:
        with lock.acquire(timeout=0):
            return True, "no load is running"
    except Timeout:
        holder = settings.warehouse.with_suffix(".holder")
        by = f" by process {holder.read_text().strip()}" if holder.exists() else ""
        return True, f"a load is running{by}: the warehouse is locked, the snapshot stays readable"
    except OSError as error:
        return False, f"{settings.home}: cannot be locked: {error.strerror}"


def _stale(settings: Settings) -> tuple[bool, str]:
    from pipelines.orchestration.hashes import landed
    from pipelines.orchestration.work import new_files
    from pipelines.publishing.snapshot import loaded_contents

    try:
        files = landed(settings)
        fresh = new_files(files, loaded_contents(settings))
    except FupinError as error:
        return False, str(error)
    if fresh:
        return True, f"stale: {len(fresh)} of {len(files)} reports are new or edited, run `fupin run`"
    return True, f"up to date with {len(files)} reports"


def _files(settings: Settings) -> tuple[bool, str]:
    try:
        return True, f"{check_files(settings)} catalogue and SQL files are sound"
    except FupinError as error:
        return False, str(error)


def _corrections(settings: Settings) -> list[tuple[bool, str]]:
    """One problem per correction that applies to nothing."""
    from pipelines.publishing.snapshot import open_snapshot
    from pipelines.warehouse.corrections import stale_lines

    try:
        with open_snapshot(settings) as connection:
            return [(False, line) for line in stale_lines(connection)]
    except Exception:  # what is wrong with the snapshot has its own line
        return []


def _runs(settings: Settings) -> list[tuple[bool, str]]:
    """What is wrong with the last runs; a run that is slow is a notice, for it may have had a reason."""
    from pipelines.warehouse.run_trends import run_problems, slow_rooms
    from pipelines.warehouse.runs import runs

    records = runs(settings)
    return [(False, line) for line in run_problems(records)] + [(True, line) for line in slow_rooms(records)]


def _indicators(settings: Settings) -> list[tuple[bool, str]]:
    """One problem per indicator that the last load could not compute."""
    from pipelines.publishing.snapshot import open_snapshot
    from pipelines.warehouse.broken import broken_indicators

    try:
        with open_snapshot(settings) as connection:
            return [(False, one.line) for one in broken_indicators(connection).values()]
    except Exception:  # what is wrong with the snapshot has its own line
        return []


def check_files(settings: Settings) -> int:
    """Reads every catalogue and SQL file.

    Returns:
        How many were read.

    Raises:
        CatalogError: names the first file that is malformed, and the entry.
    """
    from pipelines.catalog.corrections import read_decisions
    from pipelines.catalog.indicators import indicators
    from pipelines.catalog.layouts import layouts
    from pipelines.catalog.load import catalog
    from pipelines.catalog.reasons import reasons
    from pipelines.catalog.regions import regions
    from pipelines.catalog.registry import precedence, registered_columns
    from pipelines.catalog.rules import rules
    from pipelines.catalog.sentences import sentences
    from pipelines.figures.text.lexicon import lexicon
    from pipelines.meaning.vocabulary import check_phrases
    from pipelines.review.causes import read_handled
    from pipelines.review.files import read_reviews
    from pipelines.warehouse.indicators import indicator_statements
    from pipelines.warehouse.statements import statements

    catalogues = (catalog, lexicon, check_phrases, rules, regions, registered_columns, precedence, layouts, indicators)
    for read in (*catalogues, sentences, reasons):
        read()
    read_decisions(settings.corrections)
    read_reviews(settings.decisions)
    read_handled(settings.decisions)
    sql = settings.sql
    found = len(statements(sql / "schema", ("grain", "purpose", "zh"))) + len(statements(sql / "checks", ("purpose",)))
    found += len(indicator_statements(sql / "indicators"))
    return found + len(list((settings.sql.parent / "pipelines" / "catalog").rglob("*.*ml")))


def check(settings: Settings) -> bool:
    """Validates catalogues, SQL files, their portability and expectation suites, and prints what is wrong.

    Returns:
        Whether all are sound.

    Raises:
        CatalogError: a catalogue is malformed, or a statement does not run on an empty warehouse.
    """
    from pipelines.catalog.indicators import indicator_problems
    from pipelines.publishing.dictionary import relations
    from pipelines.scaling.spark_subset import outside_subset
    from pipelines.suites.files import GROUPS, read_suites, validate_suites

    read = check_files(settings)
    relations(settings)
    print(f"{read} catalogue and SQL files are sound")
    problems = [*indicator_problems(), *validate_suites(settings.expectations, settings.sql)]
    problems += outside_subset(settings.sql)
    for problem in problems:
        print(problem)
    if not problems:
        suites = sum(len(read_suites(settings.expectations, group)) for group in GROUPS)
        print(f"{suites} expectation suites are sound")
        print("views and indicators are written in the SQL that DuckDB and Spark take alike")
    return not problems
