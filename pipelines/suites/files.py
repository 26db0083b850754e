"""The suite files of `expectations/`: one per table, in the folder of its kind, and one for all indicators.

That of `review/` is asked where a setting demands it (`publishing/demanded.py`).

Reads them and names what is wrong. What several tables or columns are expected of alike stands once, in `shared.json`:
it says `of` which tables, or of which columns of each table, and comes first in the suite of each. There `$table` and
`$column` are the names of those asked. What is special to one indicator comes from its declaration: an
expectation of `indicator.json` with `if` is asked of those that declare this, and `$limit` and `$unit` in its text are
theirs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any, Literal, get_args

from pipelines.catalog.indicators import Indicator, Limits, indicators
from pipelines.checking.verdict import Severity
from pipelines.errors import CatalogError
from pipelines.suites.columns import TABLES

Group = Literal["report", "dimension", "indicator", "review"]
GROUPS: tuple[Group, ...] = get_args(Group)
_FOLDERS = tuple(group for group in GROUPS if group != "indicator")
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
# the column that tells whose row it is where tables are validated in one stack
OWNERS: dict[Group, str | None] = {"report": "report_id", "dimension": None, "indicator": "indicator", "review": None}
SHARED = "shared.json"
COLUMNS_MATCH = "expect_table_columns_to_match_set"
ROW_COUNT = "expect_table_row_count_to_be_between"
ENDS = tuple(f"{kind}_{end}" for kind in ("possible", "plausible") for end in ("above", "least", "most"))
_WHOLE_TABLE: dict[Group, tuple[str, ...]] = {
    "report": (COLUMNS_MATCH,),
    "indicator": (COLUMNS_MATCH, ROW_COUNT),
}


@dataclass(frozen=True)
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

    @cached_property
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
        columns: what an indicator declares of each of its rows: columns that its expectations compare with.
    """

    group: Group
    name: str
    keys: tuple[str, ...]
    expectations: tuple[Declared, ...]
    columns: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Where it is declared."""
        return f"expectations/{self.group}{'' if self.group == 'indicator' else f'/{self.name}'}.json"

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
    suites: list[Suite] = []
    shared, _ = _content(folder / SHARED)
    for path in _paths(folder, group):
        content, problem = _content(path)
        if problem:
            raise CatalogError(f"{_where(folder, path)}: {problem}")
        entries, keys = content["expectations"], tuple(content["meta"]["keys"])
        try:
            if group == "indicator":
                suites += [_of_indicator(one, entries, keys) for one in indicators().values()]
            else:
                common = [one for entry in shared.get("expectations", ()) for one in _asked_of(path.stem, entry)]
                suites.append(Suite(group, path.stem, keys, tuple(map(_declared, [*common, *entries]))))
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogError(f"{_where(folder, path)}: {type(error).__name__}: {error}") from error
    return tuple(suites)


def _paths(folder: Path, group: Group) -> list[Path]:
    """The files of one kind of table, by name."""
    return sorted(folder.glob("indicator.json") if group == "indicator" else (folder / group).glob("*.json"))


def _asked_of(table: str, entry: Any) -> list[Any]:  # noqa: ANN401 - whatever the file holds
    """A shared entry as it is asked of a table: once for each of the columns that it names, not at all of others."""
    named = entry["meta"]["of"]
    if table not in named:
        return []
    columns = named[table] if isinstance(named, dict) else [""]
    return [_filled(entry, {"$table": table, "$column": column}) for column in columns]


def _filled(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {name: _filled(part, names) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, names) for part in value]
    for name, put in names.items() if isinstance(value, str) else ():
        value = value.replace(name, put)
    return value


def _declared(entry: Mapping[str, Any]) -> Declared:
    return Declared(entry["type"], entry["kwargs"], entry["meta"]["severity"], entry["meta"]["text"])


def _of_indicator(one: Indicator, entries: list[dict[str, Any]], keys: tuple[str, ...]) -> Suite:
    """The suite of one indicator: of those for all, what its declaration asks for."""
    limits: dict[str, Any] = {name: _end(one, name) for name in ENDS}
    asked = {"by": one.by, "has_evidence": one.has_evidence, "one_unit": len(one.units) == 1} | limits
    asked |= {"several_units": len(one.units) > 1, None: True}
    found = []
    for entry in entries:
        condition = entry["meta"].get("if")
        if asked[condition] is None or asked[condition] is False:
            continue
        declared = _declared(entry)
        text = Template(declared.text).substitute(limit=_limit(limits.get(condition)), unit=" or ".join(one.units))
        kwargs = {
            name: list(one.units) if value == {"$DECLARED": "units"} else value
            for name, value in declared.kwargs.items()
        }
        found.append(Declared(declared.type, kwargs, declared.severity, text))
    keys = tuple(key for key in keys if one.by or key != "member_code")
    columns = {"declared_unit": one.units[0], "has_evidence": one.has_evidence} | limits
    return Suite("indicator", one.code, keys, tuple(found), columns)


def _end(one: Indicator, name: str) -> Any:  # noqa: ANN401 - a decimal or nothing
    kind, _, end = name.partition("_")
    return getattr(getattr(one, kind) or Limits(), end)


def _limit(value: Any) -> str:  # noqa: ANN401
    return "" if value is None or isinstance(value, str) else f"{value:,f}"


def tables_of(sql: Path) -> dict[Group, frozenset[str]]:
    """The tables that must each have a suite: of a report version, dimensions, indicators, and what is reviewed."""
    return {
        "report": frozenset(TABLES),
        "dimension": frozenset(path.stem for path in (sql / "schema").glob("dim_*.sql")),
        "indicator": frozenset(indicators()),
        "review": frozenset({"headline_figures"}),
    }


def coverage_problems(folder: Path, tables: Mapping[Group, Collection[str]]) -> list[str]:
    """Tables without a suite and suites without a table; cheap, it only looks at names."""
    problems = [
        f"{_where(folder, path)}: belongs in {', '.join(f'{group}/' for group in _FOLDERS)}"
        for path in sorted(folder.rglob("*.json"))
        if path.parent not in {folder / group for group in _FOLDERS}
        and path not in {folder / "indicator.json", folder / SHARED}
    ]
    for group, names in tables.items():
        if group == "indicator":
            file = folder / "indicator.json"
            problems += [] if file.exists() else [f"{_where(folder, file)}: missing"]
            continue
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
    return coverage_problems(folder, tables_of(sql)) or file_problems(folder)


def file_problems(folder: Path) -> list[str]:
    """Problems within the suite files: syntax, severities, types, keys."""
    problems = []
    for group in GROUPS:
        for path in _paths(folder, group):
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
    return problems + _shared_problems(folder)


def _shared_problems(folder: Path) -> list[str]:
    """Problems within the file of what several tables are expected of."""
    where = f"{folder.name}/{SHARED}"
    content, problem = _content(folder / SHARED)
    if problem:
        return [f"{where}: {problem}"]
    kinds: tuple[Group, ...] = ("report", "dimension")
    groups = {path.stem: group for group in kinds for path in _paths(folder, group)}
    problems = []
    for number, entry in enumerate(content["expectations"], 1):
        meta = entry.get("meta") if isinstance(entry, dict) else None
        named = meta.get("of") or [] if isinstance(meta, dict) else []
        among = {groups.get(name) for name in named}
        asked = [one for name in named for one in _asked_of(name, entry)]
        if len(asked) < 2 or len(among) != 1 or None in among:
            problems.append(f"{where}: expectation {number}: `of` must name several tables or columns of one folder")
            continue
        group = groups[next(iter(named))]
        found = dict.fromkeys(problem for one in asked for problem in _entry_problems(one, group))
        problems += [f"{where}: expectation {number}: {problem}" for problem in found]
    return problems


def _where(folder: Path, path: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _content(path: Path) -> tuple[dict[str, Any], str]:
    """What a file holds, or what is wrong with it as a whole."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        keys = [] if path.name == SHARED else content["meta"]["keys"]
        if not isinstance(content["expectations"], list) or not isinstance(keys, list):
            return {}, "expectations and keys must be lists"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return {}, f"{type(error).__name__}: {error}"
    return content, ""


def _entry_problems(entry: Any, group: Group) -> list[str]:  # noqa: ANN401 - whatever the file holds
    from pipelines.suites.kinds import implementation, is_row_wise

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
