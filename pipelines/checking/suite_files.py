"""The suite files of `expectations/`: one per table, in the folder of its kind. Reads them and names what is wrong."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pipelines.checking.columns import TABLES
from pipelines.checking.verdict import Severity
from pipelines.errors import CatalogError

Group = Literal["report", "dimension", "indicator"]
GROUPS: tuple[Group, ...] = get_args(Group)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
# the column that tells whose row it is where tables are validated in one stack
OWNERS: dict[Group, str | None] = {"report": "report_id", "dimension": None, "indicator": "indicator"}
COLUMNS_MATCH = "expect_table_columns_to_match_set"
ROW_COUNT = "expect_table_row_count_to_be_between"
_WHOLE_TABLE: dict[Group, tuple[str, ...]] = {
    "report": (COLUMNS_MATCH,),
    "indicator": (COLUMNS_MATCH, ROW_COUNT),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """One expectation as its file declares it.

    Attributes:
        type: name that Great Expectations knows it by.
        kwargs: its arguments; `$PARAMETER` stands for a vocabulary.
        severity: what a failure means.
        text: what is expected, for people.
    """

    type: str
    kwargs: dict[str, Any]
    severity: Severity
    text: str

    @property
    def identity(self) -> str:
        """The same for two expectations that ask the same, whatever their severity and text."""
        return json.dumps([self.type, self.kwargs], sort_keys=True)


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite file.

    Attributes:
        group: the folder it stands in, the kind of its table.
        name: the file's name without ending, the table's name.
        keys: columns that name a failing row.
        expectations: in the file's order.
    """

    group: Group
    name: str
    keys: tuple[str, ...]
    expectations: tuple[Declared, ...]

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Those that the suite uses, the gravest first."""
        used = {declared.severity for declared in self.expectations}
        return tuple(severity for severity in SEVERITIES if severity in used)


def read_suites(folder: Path, group: Group) -> tuple[Suite, ...]:
    """The suites of one kind of table, by name.

    Raises:
        CatalogError: a file is not JSON or lacks a part.
    """
    suites = []
    for path in sorted((folder / group).glob("*.json")):
        content, problem = _content(path)
        if problem:
            raise CatalogError(f"{_where(folder, path)}: {problem}")
        try:
            declared = tuple(
                Declared(entry["type"], entry["kwargs"], entry["meta"]["severity"], entry["meta"]["text"])
                for entry in content["expectations"]
            )
        except (KeyError, TypeError) as error:
            raise CatalogError(f"{_where(folder, path)}: {type(error).__name__}: {error}") from error
        suites.append(Suite(group, path.stem, tuple(content["meta"]["keys"]), declared))
    return tuple(suites)


def tables_of(sql: Path) -> dict[Group, frozenset[str]]:
    """The tables that must each have a suite: those of a report version, the dimensions, the indicators."""
    return {
        "report": frozenset(TABLES),
        "dimension": frozenset(path.stem for path in (sql / "schema").glob("dim_*.sql")),
        "indicator": frozenset(path.stem for path in (sql / "indicators").glob("*.sql")),
    }


def coverage_problems(folder: Path, tables: Mapping[Group, Collection[str]]) -> list[str]:
    """Tables without a suite and suites without a table; cheap, it only looks at names."""
    problems = [
        f"{_where(folder, path)}: belongs in {', '.join(f'{group}/' for group in GROUPS)}"
        for path in sorted(folder.rglob("*.json"))
        if path.parent not in {folder / group for group in GROUPS}
    ]
    for group, names in tables.items():
        stems = {path.stem for path in (folder / group).glob("*.json")}
        problems += [f"{folder.name}/{group}/{name}.json: missing" for name in sorted(set(names) - stems)]
        problems += [f"{folder.name}/{group}/{name}.json: no table of that name" for name in sorted(stems - set(names))]
    return problems


def validate_suites(folder: Path, sql: Path) -> list[str]:
    """Problems of the suite files, empty where they are sound and every table has its own.

    Args:
        folder: `expectations/`.
        sql: `sql/`, which tells the dimensions and indicators there are.
    """
    return coverage_problems(folder, tables_of(sql)) + file_problems(folder)


def file_problems(folder: Path) -> list[str]:
    """Problems within the suite files: syntax, severities, types, keys."""
    problems = []
    for group in GROUPS:
        for path in sorted((folder / group).glob("*.json")):
            where = _where(folder, path)
            content, problem = _content(path)
            if problem:
                problems.append(f"{where}: {problem}")
                continue
            owner = OWNERS[group]
            declared, keys = content["expectations"], content["meta"]["keys"]
            if not declared or not keys or (owner is not None and owner not in keys):
                problems.append(f"{where}: needs expectations and keys{f', {owner} among them' if owner else ''}")
            if content.get("name") != path.stem:
                problems.append(f"{where}: its name must be {path.stem}")
            for number, entry in enumerate(declared, 1):
                problems += [f"{where}: expectation {number}: {found}" for found in _entry_problems(entry, group)]
    return problems


def _where(folder: Path, path: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _content(path: Path) -> tuple[dict[str, Any], str]:
    """What a file holds, or what is wrong with it as a whole."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content["expectations"], list) or not isinstance(content["meta"]["keys"], list):
            return {}, "expectations and keys must be lists"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return {}, f"{type(error).__name__}: {error}"
    return content, ""


def _entry_problems(entry: Any, group: Group) -> list[str]:  # noqa: ANN401 - whatever the file holds
    from pipelines.checking.evaluate import implementation, is_row_wise

    if not isinstance(entry, dict) or not {"type", "kwargs", "meta"} <= entry.keys():
        return ["needs type, kwargs and meta"]
    problems = []
    if entry["meta"].get("severity") not in SEVERITIES:
        problems.append(f"severity must be one of {', '.join(sorted(SEVERITIES))}")
    if not entry["meta"].get("text"):
        problems.append("needs a text that says what is expected")
    if implementation(entry["type"]) is None:
        return [*problems, f"{entry['type']} is not an expectation"]
    owner = OWNERS[group]
    if owner is None:
        return problems
    # tables are validated in one stack, so a failure must be a row's, and rows of others must not count
    if not is_row_wise(entry["type"]) and entry["type"] not in _WHOLE_TABLE[group]:
        problems.append(f"{entry['type']} speaks of a whole table; here each row must be judged alone")
    if "unique" in entry["type"] and owner not in entry["kwargs"].get("column_list", ()):
        problems.append(f"uniqueness must be that of columns with {owner} among them")
    return problems
