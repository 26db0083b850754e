"""The SQL files of the project: one statement each, with a header that says its grain and purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import CatalogError
from pipelines.patterns import regex

_HEADER = regex(r"--\s*(\w+):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL file.

    Attributes:
        name: file name without ending.
        sql: the statement without its final semicolon.
        header: what the header declares: `grain`, `purpose`, for indicators also `unit` and `formula`.
        where: the file, and the entry where it holds several, for messages.
    """

    name: str
    sql: str
    header: dict[str, str]
    where: str


def statements(folder: Path, required: tuple[str, ...]) -> list[Statement]:
    """All statements of a folder, by name.

    Args:
        folder: one of the folders below `sql/`.
        required: keys that every header must have.

    Raises:
        CatalogError: no file, an unreadable one, or a header without a required key.
    """
    paths = sorted(folder.glob("*.sql"))
    if not paths:
        raise CatalogError(f"sql/{folder.name}/: no statement found in {folder}")
    found = []
    for path in paths:
        where = f"sql/{folder.name}/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"{where}: cannot be read: {error}") from error
        header = header_of(text)
        missing = [key for key in required if not header.get(key)]
        if missing:
            raise CatalogError(f"{where}: the header lacks {', '.join(missing)}")
        sql = text.strip().removesuffix(";")
        if ";" in re.sub(r"--[^\n]*|'[^']*'", "", sql):
            raise CatalogError(f"{where}: must be one statement")
        found.append(Statement(path.stem, sql, header, where))
    return found


def header_of(text: str) -> dict[str, str]:
    """What the comment at the top of a statement declares: key → text."""
    header: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        match = _HEADER.match(line)
        if match:
            last = match.group(1)
            header[last] = match.group(2).strip()
        elif last:
            # Chinese has no spaces between its words
            header[last] += ("" if last.endswith("zh") else " ") + line.removeprefix("--").strip()
    return header
