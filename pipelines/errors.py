"""Errors that a user can act on: each names the file, the place in it and the cause in one line."""

from __future__ import annotations

import traceback
from pathlib import Path


class FupinError(Exception):
    """Something outside the program is wrong; the message is one line that a user can act on."""


class ReportError(FupinError):
    """One report cannot be processed; other reports go on.

    Args:
        report: the file's name as the user knows it.
        cause: what is wrong with it, in a few words.
        place: where in the file (line, sheet, cell), if known.
    """

    def __init__(self, report: str, cause: str, place: str | None = None) -> None:
        self.report, self.cause, self.place = report, cause, place
        super().__init__(f"{report}{f' ({place})' if place else ''}: {cause}")

    def __reduce__(self) -> tuple[type[ReportError], tuple[str, str, str | None]]:
        """Keep the three parts when the error crosses a process boundary."""
        return type(self), (self.report, self.cause, self.place)


def unexpected(doing: str, error: Exception) -> str:
    """The cause of a failure that nobody foresaw, in one line that tells a programmer where to look."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())[:160]
    return f"{doing} failed at {Path(last.filename).name}:{last.lineno}: {said}".encode(errors="replace").decode()


class CatalogError(FupinError):
    """A catalogue, suite or SQL file of the project is malformed; names the file and the entry."""


class WarehouseLockedError(FupinError):
    """Another process is writing the warehouse; nothing was changed."""


class ConflictError(WarehouseLockedError):
    """Another change was committed to the lake while this one was made; nothing of this one was kept."""


class SnapshotMissingError(FupinError):
    """No snapshot has been published yet."""
