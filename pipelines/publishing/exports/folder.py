"""A folder that an export fills in one step: written beside it, put in its place when it is complete."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import FupinError

MANIFEST = "export.json"


@contextmanager
def replaced_folder(target: Path, kind: str) -> Iterator[Path]:
    """An empty folder to write into; at the end it gets a manifest and stands in the place of the target.

    Args:
        target: a folder that does not exist, is empty, or holds an earlier export and nothing else.
        kind: of the export, for the manifest.

    Yields:
        The folder to write into; it is gone if the block raises, and the target is as it was.

    Raises:
        FupinError: the target holds something else, or cannot be written.
    """
    target = target.resolve()
    _assert_replaceable(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    except OSError as error:
        raise FupinError(f"{target}: cannot be written: {error.strerror or error}") from error
    try:
        fresh, earlier = work / "new", work / "earlier"
        fresh.mkdir()
        yield fresh
        _write_manifest(fresh, kind)
        if target.exists():
            target.rename(earlier)
        try:
            fresh.rename(target)
        except OSError:
            if earlier.exists():
                earlier.rename(target)
            raise
    except OSError as error:
        raise FupinError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _assert_replaceable(target: Path) -> None:
    """Raises unless replacing the target loses nothing but an export."""
    if not target.exists():
        return
    if not target.is_dir():
        raise FupinError(f"{target}: is a file; an export is a folder")
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if not found and not any(target.iterdir()):
        return
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        listed = {*manifest["files"], MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        raise FupinError(f"{target}: is not empty and no earlier export; name another folder") from None
    strange = sorted(found - listed)
    if strange:
        raise FupinError(f"{target}: holds {strange[0]}, which no export wrote; move it away or name another folder")


def _write_manifest(folder: Path, kind: str) -> None:
    """Lists every file with its size and hash, so that two exports can be compared by their manifests."""
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        files[path.relative_to(folder).as_posix()] = {"bytes": path.stat().st_size, "sha256": digest}
    text = json.dumps({"format": kind, "files": files}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
