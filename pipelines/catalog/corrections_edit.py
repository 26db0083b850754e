"""Writes one decision into the file of its report and leaves every other line, comments too, as it is."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pipelines.catalog.corrections import Decision, DecisionFile, parse_decisions
from pipelines.errors import CatalogError, FupinError

_HEAD = "# Decisions about numbers that this report prints; README.md beside this file explains the format.\n"
# longer names are refused by common file systems
_LONGEST_STEM = 80


def new_path(folder: Path, report: str) -> Path:
    """A name for the file of a report that has none, from the report's; never that of an existing file."""
    stem = re.sub(r"[^\w.-]+", "_", Path(report).with_suffix("").as_posix()).strip("._")[:_LONGEST_STEM] or "report"
    names = [f"{stem}.yml", *(f"{stem}_{number}.yml" for number in range(2, 1000))]
    return next(path for name in names if not (path := folder / name).exists())


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
        text = f"{_HEAD}{_dump({'report': report})}corrections:\n{entry}"
    else:
        path, before, wanted = file.path, file.path.read_text(encoding="utf-8"), list(file.decisions)
        if number is None:
            wanted.append(decision)
        else:
            wanted[number - 1] = decision
        text = _edited(before, entry, number)
    try:
        fine = parse_decisions(path, text).decisions == tuple(wanted)
    except CatalogError:
        fine = False
    if not fine:
        raise CatalogError(f"catalog/corrections/{path.name}: cannot be edited line by line; write the entry by hand")
    _replace_text(path, text)
    return path


def restore_text(path: Path, text: str | None) -> None:
    """Undoes a write: the file has its earlier text again, or is gone if it had none.

    Raises:
        FupinError: the disk refuses it.
    """
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _replace_text(path, text)


def _replace_text(path: Path, text: str) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as target:
                target.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise FupinError(f"{path}: cannot be written: {error.strerror or error}") from error


def _edited(text: str, entry: str, number: int | None) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    assert isinstance(root, yaml.MappingNode)
    rows = next(value for key, value in root.value if key.value == "corrections")
    indent = " " * rows.start_mark.column
    indented = "".join(f"{indent}{line}" for line in entry.splitlines(keepends=True))
    if not rows.value:
        # an empty list stands as [] behind its key
        line = rows.start_mark.line
        return "".join([*lines[:line], "corrections:\n", entry, *lines[line + 1 :]])
    begin = len(lines) if number is None else rows.value[number - 1].start_mark.line
    end = len(lines) if number is None else rows.value[number - 1].end_mark.line
    if number is None:
        begin = end = rows.value[-1].end_mark.line if rows.value[-1].end_mark.column == 0 else len(lines)
    # a comment or an empty line above the next entry belongs to that one
    while end > begin + 1 and re.fullmatch(r"\s*(#.*)?", lines[end - 1].rstrip("\n")):
        end -= 1
    return "".join([*lines[:begin], indented, *lines[end:]])


def _entry(decision: Decision) -> str:
    """A decision as a list item, keys in the order of the model, absent ones left out."""
    return _dump([decision.model_dump(exclude_none=True)])


class _Dumper(yaml.SafeDumper):
    """Writes exact decimals as plain numbers and times in the form that people use."""


def _plain_decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value.normalize() if value else Decimal(0), "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _plain_time(dumper: yaml.SafeDumper, value: datetime.datetime) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat().replace("+00:00", "Z"))


_Dumper.add_representer(Decimal, _plain_decimal)
_Dumper.add_representer(datetime.datetime, _plain_time)


def _dump(content: Any) -> str:  # noqa: ANN401 - what YAML can hold
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9)
