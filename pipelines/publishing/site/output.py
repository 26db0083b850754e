"""Writes the site's files: only those whose data changed, each in one step, and takes away what has no data left.

The record of the site, `.pages.json`, holds a fingerprint of what each file was made from, and one of what all are.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from pipelines.errors import FupinError

RECORD = ".pages.json"
# the name in the record that no file has
_COMMON = ""


def fingerprint(*parts: Any) -> str:  # noqa: ANN401 - values of any kind that have a written form
    """A hash of values; two that are written alike are alike."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Output:
    """A folder of pages on its way from one state of the data to the next.

    Attributes:
        written: addresses of the files that were made anew.
        kept: how many were left as they were.
        removed: how many were taken away.

    Args:
        folder: the site; created where it is missing.
        common: fingerprint of all that every page depends on; where it is new, every page is made anew.
    """

    def __init__(self, folder: Path, common: str) -> None:
        self.written: list[str] = []
        self.kept = self.removed = 0
        self._folder, self._common = folder, common
        known = self._read()
        # what was made from something else in common is known, but not current
        is_like = known.pop(_COMMON, "") == common
        self._known = known if is_like else dict.fromkeys(known, "")
        self._now: dict[str, str] = {}
        self._made: set[str] = set()

    def is_current(self, path: str, data: str) -> bool:
        """Whether a file was made from these data; if so it stays."""
        if path in self._now:
            return self._now[path] == data
        # an empty fingerprint is one too; for thousands of files a path is put together as text
        if self._known.get(path) != f"={data}" or not os.path.isfile(f"{self._folder}/{path}"):  # noqa: PTH113
            return False
        self._now[path] = data
        self.kept += 1
        return True

    def are_current(self, paths: Iterable[str], data: str) -> bool:
        """Whether all of these files were made from these data; those that were stay in any case."""
        return all([self.is_current(path, data) for path in paths])  # noqa: C419 - each one has to be asked

    def numbered(self, start: str, end: str, data: str) -> list[str]:
        """All files that were made from these data and differ in a number, counted from 0; none if one is gone.

        Args:
            start: what stands before the number in their addresses.
            end: what stands behind it.
            data: fingerprint of what they are made from.
        """
        named = (f"{start}{number}{end}" for number in count())
        found = list(takewhile(lambda path: self._known.get(path) == f"={data}", named))
        return found if self.are_current(found, data) else []

    def add(self, path: str, data: str, make: Callable[[], str]) -> None:
        """A text, made only where its data are new; arguments as for `add_bytes`."""
        self.add_bytes(path, data, lambda: make().encode("utf-8", "replace"))

    def add_bytes(self, path: str, data: str, make: Callable[[], bytes]) -> None:
        """A file, made only where its data are new.

        Args:
            path: its address below the site.
            data: fingerprint of what it is made from.
            make: returns what it holds.

        Raises:
            FupinError: it cannot be written.
        """
        if self.is_current(path, data):
            return
        self._write(path, make())
        self._now[path] = data
        self.written.append(path)

    def finish(self) -> None:
        """Takes away files without data and writes the record; a build that ends before is taken up by the next.

        Raises:
            FupinError: the disk refuses it.
        """
        for path in self._known.keys() - self._now.keys():
            with contextlib.suppress(FileNotFoundError):
                (self._folder / path).unlink()
                self.removed += 1
            with contextlib.suppress(OSError):
                (self._folder / path).parent.rmdir()
        record = {_COMMON: self._common} | {path: f"={data}" for path, data in self._now.items()}
        self._write(RECORD, json.dumps(record).encode())

    def _read(self) -> dict[str, str]:
        try:
            read = json.loads((self._folder / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        pairs = read.items() if isinstance(read, dict) else ()
        # a record is a file like any other: what it names must lie within the site
        return {
            path: made
            for path, made in pairs
            if isinstance(made, str) and not path.startswith("/") and ".." not in path.split("/")
        }

    def _write(self, path: str, content: bytes) -> None:
        target = f"{self._folder}/{path}"  # as text: a path of many thousands takes as long as its file
        place = target.rpartition("/")[0]
        # one process at a time builds; what a killed one has left behind is written over
        part = f"{place}/.part"
        try:
            if place not in self._made:
                os.makedirs(place, exist_ok=True)  # noqa: PTH103
                self._made.add(place)
            try:
                with open(part, "wb", buffering=0) as file:  # noqa: PTH123
                    os.fchmod(file.fileno(), 0o644)
                    left = memoryview(content)
                    while left:
                        left = left[file.write(left) :]
                os.replace(part, target)  # noqa: PTH105
            except OSError:
                Path(part).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise FupinError(f"{target}: cannot be written: {error.strerror or error}") from error
