"""Files that hold a list of entries, which people and programs write: read as texts, edited line by line."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from collections.abc import Hashable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipelines.catalog.load import holds_zero
from pipelines.errors import CatalogError, FupinError

EntryT = TypeVar("EntryT", bound=BaseModel)

# longer names are refused by common file systems
_LONGEST_STEM = 80
_FASTEST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_FASTEST):  # type: ignore[misc]
    """Leaves every scalar a string, so that `0.10` stays a decimal and `7` a printed text; no key may stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice} stands twice", node.start_mark)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def load_texts(text: str) -> Any:  # noqa: ANN401 - what YAML can hold
    """The content of YAML, every scalar as the text it is.

    Raises:
        yaml.YAMLError: it is none, or a key stands twice.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - constructs nothing but strings, lists and mappings


def texts_of(folder: Path, place: str) -> Iterator[tuple[Path, str]]:
    """The files of a folder that hold entries, by name, each with its text; none where there is no such folder.

    Args:
        folder: its files end in `.yml` or `.yaml`; others and hidden ones are left alone.
        place: the folder, as messages name it.

    Raises:
        CatalogError: a file that cannot be read.
    """
    paths = folder.iterdir() if folder.is_dir() else ()
    for path in sorted(path for path in paths if path.suffix in (".yml", ".yaml") and not path.name.startswith(".")):
        try:
            yield path, path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"{place}/{path.name}: cannot be read: {error}") from error


def read_entries(text: str, place: str, key: str, kind: type[EntryT]) -> tuple[str, list[EntryT]]:
    """The report that a file is about, and its validated entries.

    Args:
        text: of the file.
        place: the file, as messages name it.
        key: under which the entries stand.
        kind: what each of them is.

    Raises:
        CatalogError: names the file, the entry and what is wrong with it.
    """
    try:
        content = load_texts(text)
    except yaml.YAMLError as error:
        raise CatalogError(f"{place}: {' '.join(str(error).split())}") from error
    if holds_zero(content):
        raise CatalogError(f"{place}: holds the character zero, which no text has")
    rows = content.get(key) if isinstance(content, dict) else None
    if not isinstance(content, dict) or set(content) != {"report", key} or not isinstance(rows, list):
        raise CatalogError(f"{place}: must hold `report` and a list of `{key}`, and nothing else")
    if not isinstance(content["report"], str) or not content["report"]:
        raise CatalogError(f"{place}: report: must name a report")
    entries: list[EntryT] = []
    for number, row in enumerate(rows, 1):
        try:
            entries.append(kind.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            where = "".join(f"{part}: " for part in first["loc"])
            raise CatalogError(f"{place}: entry {number}: {where}{first['msg']}") from error
    return content["report"], entries


def new_path(folder: Path, report: str) -> Path:
    """A name for the file of a report that has none, from the report's; never that of an existing file."""
    stem = re.sub(r"[^\w.-]+", "_", Path(report).with_suffix("").as_posix()).strip("._")[:_LONGEST_STEM] or "report"
    names = [f"{stem}.yml", *(f"{stem}_{number}.yml" for number in range(2, 1000))]
    return next(path for name in names if not (path := folder / name).exists())


def new_text(head: str, report: str, key: str, entry: str) -> str:
    """A file about a report that has none yet: a comment, the report, and one entry under `key`."""
    return f"{head}{dump({'report': report})}{key}:\n{entry}"


def restore_text(path: Path, text: str | None) -> None:
    """Undoes a write: the file has its earlier text again, or is gone if it had none.

    Raises:
        FupinError: the disk refuses it.
    """
    if text is None:
        path.unlink(missing_ok=True)
    else:
        replace_text(path, text)


def replace_text(path: Path, text: str) -> None:
    """Writes a file whole or not at all: beside it first, and then by rename.

    Raises:
        FupinError: the disk refuses it; the file is as it was.
    """
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


def edited(text: str, key: str, entry: str, number: int | None) -> str:
    """The text of a file with an entry more, or in the place of another; every other line stays as it is.

    Args:
        text: of the file.
        key: under which the list stands.
        entry: as a list item; empty takes the entry out.
        number: of the entry that it replaces, from 1; None adds one at the end.
    """
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    root = yaml.compose("".join(lines), Loader=_FASTEST)  # the last line has an end, too
    assert isinstance(root, yaml.MappingNode)
    name, rows = next((name, value) for name, value in root.value if name.value == key)
    indent = " " * rows.start_mark.column
    indented = "".join(f"{indent}{line}" for line in entry.splitlines(keepends=True))
    if not rows.value:
        # an empty list stands as [] behind its key
        line = rows.start_mark.line
        return "".join([*lines[:line], f"{key}:\n", entry, *lines[line + 1 :]])
    if not entry and len(rows.value) == 1:
        end = rows.value[0].end_mark.line
        return "".join([*lines[: name.start_mark.line], f"{key}: []\n", *lines[end:]])
    begin = len(lines) if number is None else rows.value[number - 1].start_mark.line
    end = len(lines) if number is None else rows.value[number - 1].end_mark.line
    if number is None:
        begin = end = rows.value[-1].end_mark.line if rows.value[-1].end_mark.column == 0 else len(lines)
    # a comment or an empty line above the next entry belongs to that one
    while end > begin + 1 and re.fullmatch(r"\s*(#.*)?", lines[end - 1].rstrip("\n")):
        end -= 1
    return "".join([*lines[:begin], indented, *lines[end:]])


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


def dump(content: Any) -> str:  # noqa: ANN401
    """Content as YAML, keys in their order."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9)
