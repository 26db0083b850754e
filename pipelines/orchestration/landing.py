"""A landing zone elsewhere: what lies there is copied into `landing/`, which then is `raw/` for everything else.

`FUPIN_RAW` may be the URL of any file system that fsspec knows. Only new and changed files are fetched, each under a
hidden name first; what left the place leaves the copy. A listing that fails changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pipelines.errors import FupinError
from pipelines.orchestration.work import UNFINISHED, printable
from pipelines.settings import Settings

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_PART = ".fetched-"
# what tells that a file is another one, as the file systems name it; what one does not tell is absent
_STAMPS = ("ETag", "etag", "md5", "checksum", "mtime", "LastModified", "last_modified", "modified", "created", "size")


@dataclass(slots=True)
class Fetched:
    """What a look at the place changed in the copy.

    Attributes:
        fetched: names of files that are new or were changed.
        removed: names of files that have left.
        refused: name → why a file was not fetched; the next look tries again.
    """

    fetched: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def fetch(settings: Settings) -> Fetched:
    """Brings the copy of a landing zone elsewhere up to date; does nothing where the zone is a folder.

    Raises:
        FupinError: the place cannot be listed, or the copy cannot be written; what was fetched before stays.
    """
    url = settings.remote.get_secret_value()
    if not url:
        return Fetched()
    shown, secrets = _without_secrets(url)
    system, files = _listed(url, shown, secrets)
    try:
        with _turn(settings) as known:
            return _mirror(settings, system, files, known)
    except OSError as error:
        raise FupinError(f"{settings.raw}: cannot be written: {error.strerror or error}") from error


def _without_secrets(url: str) -> tuple[str, frozenset[str]]:
    """A URL as it may be shown, without user and query, and the texts in it that may be shown nowhere."""
    start, _, rest = url.partition("://")
    head = re.split(r"[?#]", rest, maxsplit=1)[0]
    user, at, place = head.rpartition("@")
    hidden = [user, rest.removeprefix(head)]
    if not at and "@" in rest and ":" in head:
        # a password with a question mark, or a query with an at sign: nobody can tell
        place, hidden = "…", [rest]
    found = {part for text in hidden for part in (text, *re.split(r"[:@?#&=/]", text))}
    return f"{start}://{place}", frozenset({*found, *map(unquote, found)} - {""})


def _listed(url: str, shown: str, secrets: frozenset[str]) -> tuple[AbstractFileSystem, dict[str, Mapping[str, Any]]]:
    """The file system, and what lies there by name below the place."""
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(url)
        system.invalidate_cache()
        if not system.isdir(root):
            raise FileNotFoundError("no such folder")
        found = system.find(root, detail=True)
    except Exception as error:  # whatever the library of a file system raises
        said = " ".join(str(error).split()).replace(url, shown)
        cause = type(error).__name__ if not said or any(one in said for one in secrets) else said[:200]
        told = FupinError(f"{shown}: cannot be listed: {cause}; what was fetched before stays")
        raise told from (None if secrets else error)
    start = len(root.rstrip("/")) + 1
    return system, {path[start:]: {**info, "name": path} for path, info in found.items() if info["type"] == "file"}


@contextlib.contextmanager
def _turn(settings: Settings) -> Iterator[dict[str, str]]:
    """The turn of the one process that fetches, with the stamps of what it finds; they are kept whatever happens."""
    from filelock import FileLock

    settings.raw.mkdir(parents=True, exist_ok=True)
    record = settings.home / "landing.json"
    with FileLock(record.with_suffix(".lock")):
        for left in settings.raw.rglob(f"{_PART}*"):
            left.unlink(missing_ok=True)
        known = _known(record)
        try:
            yield known
        finally:
            part = record.with_suffix(".part")
            part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
            part.replace(record)


def _known(record: Path) -> dict[str, str]:
    """The stamps of the last look; without them everything is fetched again."""
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(stamp) for name, stamp in found.items()} if isinstance(found, dict) else {}


def _mirror(
    settings: Settings,
    system: AbstractFileSystem,
    files: Mapping[str, Mapping[str, Any]],
    known: dict[str, str],
) -> Fetched:
    result = Fetched()
    for name, info in sorted(files.items()):
        if name.rpartition("/")[2].lower().endswith(UNFINISHED):
            continue
        cause = _refusal(settings, name, info)
        stamp = repr([str(info[key]) for key in _STAMPS if key in info])
        if not cause and known.get(name) == stamp and (settings.raw / name).is_file():
            continue
        cause = cause or _get(settings, system, name, info)
        if cause:
            result.refused[printable(name)] = cause
        else:
            known[name] = stamp
            result.fetched.append(name)
    for name in sorted(known.keys() - files.keys()):
        _remove(settings.raw, settings.raw / name)
        del known[name]
        result.removed.append(name)
    return result


def _refusal(settings: Settings, name: str, info: Mapping[str, Any]) -> str:
    """Why a file must not be fetched; empty if it may."""
    parts = name.split("/")
    if not name or PurePosixPath(name).is_absolute() or {"", ".", ".."} & set(parts) or "\\" in name or "\0" in name:
        return "has a name that leads out of the folder"
    if printable(name) != name:
        return "has a name with signs that cannot be printed; rename the file"
    limit = settings.max_file_mb * 1024 * 1024
    if (info.get("size") or 0) > limit:
        return f"is {info['size']:,} bytes, the limit is {limit:,} (FUPIN_MAX_FILE_MB)"
    return ""


def _get(settings: Settings, system: AbstractFileSystem, name: str, info: Mapping[str, Any]) -> str:
    """Fetches one file; returns why it could not be."""
    target = settings.raw / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return "lies below a name that is a file"
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=_PART)
    os.close(handle)
    try:
        try:
            system.get_file(info["name"], part)
        except Exception as error:  # whatever the library of a file system raises
            return f"cannot be fetched: {type(error).__name__}"
        size = Path(part).stat().st_size
        if info.get("size") is not None and size != info["size"]:
            return f"changed while it was fetched: {size:,} of {info['size']:,} bytes"
        Path(part).chmod(0o644)
        try:
            Path(part).replace(target)
        except IsADirectoryError:
            return "has the name of a folder"
        return ""
    finally:
        Path(part).unlink(missing_ok=True)


def _remove(root: Path, path: Path) -> None:
    """Removes a file, and the folders that are empty without it."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root:
            break
        try:
            folder.rmdir()
        except OSError:
            break
