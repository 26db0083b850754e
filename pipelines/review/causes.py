"""What became of a root cause: accepted, rejected, or asked of the publisher; kept in a file per report.

The files lie in `causes/` inside the folder of decisions. A root cause is known by the ids of its failures, which stay
when a report is revised or its causes are counted anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from pipelines.catalog.entry_files import dump, edited, new_path, new_text, read_entries, replace_text, texts_of
from pipelines.catalog.load import Strict
from pipelines.errors import CatalogError
from pipelines.review.edit import OtherDecidedError, turn
from pipelines.review.files import Line, Words

HandledState = Literal["accepted", "rejected", "asked"]
_HEAD = "# What became of the failures of this report; docs/review.md explains the format.\n"
_Id = Annotated[str, StringConstraints(pattern=r"^F-[0-9a-f]{6,16}$")]


class Handled(Strict):
    """What somebody decided about the failures of one root cause, and when.

    `accepted`: the report is wrong as found. `rejected`: it is right, and the finding is not. `asked`: its publisher
    has been asked.
    """

    failures: Annotated[tuple[_Id, ...], Field(min_length=1)]
    state: HandledState
    reason: Words = ""
    by: Line
    at: AwareDatetime


@dataclass(frozen=True, slots=True)
class CauseFile:
    """The file of one report with its entries."""

    path: Path
    report: str
    entries: tuple[Handled, ...]
    text: str


def read_handled(decisions: Path) -> dict[str, Handled]:
    """Failure id → what became of it, of all reports.

    Args:
        decisions: the folder of the decisions.

    Raises:
        CatalogError: a malformed file; names the file and the entry.
    """
    return {
        failure: entry for file in _files(decisions).values() for entry in file.entries for failure in entry.failures
    }


def seen_of(handled: Handled | None) -> str:
    """What tells one decision about a root cause, or that there is none, from any other."""
    text = "" if handled is None else handled.model_dump_json()
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def handle(decisions: Path, report: str, entry: Handled, seen: str | None = None) -> None:
    """Keeps what was decided about a root cause; an earlier decision about one of its failures is replaced.

    Args:
        decisions: the folder of the decisions.
        report: the report's id.
        entry: the decision.
        seen: `seen_of` what the person knew of; None overrules whatever stands.

    Raises:
        OtherDecidedError: something else stands there by now; names who said it.
        CatalogError: the file is malformed, or laid out in a way that cannot be edited line by line.
        FupinError: the disk refuses it; the file is as it was.
    """
    with turn(decisions):
        folder = decisions / "causes"
        folder.mkdir(exist_ok=True)
        file = _files(decisions).get(report)
        _assert_seen(file, entry.failures, seen)
        added = dump([entry.model_dump(exclude_none=True, mode="python") | {"failures": list(entry.failures)}])
        if file is None:
            path, wanted = new_path(folder, report), [entry]
            text = new_text(_HEAD, report, "causes", added)
        else:
            path, text, wanted = file.path, file.text, list(file.entries)
            for number in reversed(_numbers(file, entry.failures)):
                text = edited(text, "causes", "", number)
                del wanted[number - 1]
            text = edited(text, "causes", added, None)
            wanted.append(entry)
        _replace(path, text, wanted)


def assert_known(decisions: Path, report: str, failures: tuple[str, ...], seen: str | None) -> None:
    """Asserts that a person knew of what was said about a root cause. Arguments and errors as for `handle`."""
    _assert_seen(_files(decisions).get(report), failures, seen)


def reopen(decisions: Path, report: str, failures: tuple[str, ...], seen: str | None = None) -> bool:
    """Takes back what was decided about some failures; whether there was anything. Arguments as for `handle`."""
    with turn(decisions):
        file = _files(decisions).get(report)
        _assert_seen(file, failures, seen)
        numbers = _numbers(file, failures) if file is not None else []
        if file is None or not numbers:
            return False
        text, wanted = file.text, list(file.entries)
        for number in reversed(numbers):
            text = edited(text, "causes", "", number)
            del wanted[number - 1]
        _replace(file.path, text, wanted)
        return True


def _assert_seen(file: CauseFile | None, failures: tuple[str, ...], seen: str | None) -> None:
    there = [one for one in file.entries if set(one.failures) & set(failures)] if file is not None else []
    last = max(there, key=lambda one: one.at, default=None)
    if seen is None or seen_of(last) == seen:
        return
    if last is None:
        raise OtherDecidedError("what was said about this root cause has been taken back since it was shown")
    raise OtherDecidedError(f"{last.by} has said something about this root cause on {last.at:%Y-%m-%d %H:%M}")


def _numbers(file: CauseFile, failures: tuple[str, ...]) -> list[int]:
    return [number for number, one in enumerate(file.entries, 1) if set(one.failures) & set(failures)]


def _replace(path: Path, text: str, wanted: list[Handled]) -> None:
    try:
        fine = _parsed(path, text).entries == tuple(wanted)
    except CatalogError:
        fine = False
    if not fine:
        raise CatalogError(f"{_place(path)}: cannot be edited line by line; write the entry by hand")
    replace_text(path, text)


def _files(decisions: Path) -> Mapping[str, CauseFile]:
    found: dict[str, CauseFile] = {}
    for path, text in texts_of(decisions / "causes", "decisions/causes"):
        file = _parsed(path, text)
        if file.report in found:
            raise CatalogError(f"{_place(path)}: {file.report} stands in {found[file.report].path.name} too")
        found[file.report] = file
    return found


def _parsed(path: Path, text: str) -> CauseFile:
    report, entries = read_entries(text, _place(path), "causes", Handled)
    return CauseFile(path, report, tuple(entries), text)


def _place(path: Path) -> str:
    return f"decisions/causes/{path.name}"
