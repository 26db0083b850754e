"""Writes one decision into the file of its report and leaves every other line, comments too, as it is."""

from __future__ import annotations

from pathlib import Path

from pipelines.catalog.corrections import Decision, DecisionFile, parse_decisions
from pipelines.catalog.entry_files import dump, edited, new_path, new_text, replace_text
from pipelines.errors import CatalogError

_HEAD = "# Decisions about numbers that this report prints; README.md beside this file explains the format.\n"


def write_decision(
    folder: Path, file: DecisionFile | None, report: str, decision: Decision, number: int | None
) -> Path:
    """Adds a decision at the end of its report's file, or puts it in the place of an earlier one.

    Args:
        folder: where new files are made.
        file: the report's file as it was read, None where it has none.
        report: the report's id.
        decision: to be written.
        number: of the entry that it replaces, from 1; None adds one.

    Returns:
        The file's path.

    Raises:
        CatalogError: the file is laid out in a way that cannot be edited line by line.
        FupinError: the disk refuses it; the file is as it was.
    """
    entry = _entry(decision)
    if file is None:
        path, before, wanted = new_path(folder, report), None, [decision]
        text = new_text(_HEAD, report, "corrections", entry)
    else:
        path, before, wanted = file.path, file.path.read_text(encoding="utf-8"), list(file.decisions)
        if number is None:
            wanted.append(decision)
        else:
            wanted[number - 1] = decision
        text = edited(before, "corrections", entry, number)
    try:
        fine = parse_decisions(path, text).decisions == tuple(wanted)
    except CatalogError:
        fine = False
    if not fine:
        raise CatalogError(f"catalog/corrections/{path.name}: cannot be edited line by line; write the entry by hand")
    replace_text(path, text)
    return path


def _entry(decision: Decision) -> str:
    """A decision as a list item, keys in the order of the model, absent ones left out."""
    return dump([decision.model_dump(exclude_none=True)])
