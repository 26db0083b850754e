"""Errors that a user can act on: each names the file, the place in it and the cause in one line."""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import Path

# what a machine refuses whatever the program does
_REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE)
# the same in the words of SQLite
_SAID = ("database or disk is full", "unable to open database file", "attempt to write a readonly database")


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
        cause = cause.strip() or "cannot be read, and what read it does not say why"
        self.report, self.cause, self.place = report, cause, place
        super().__init__(f"{report}{f' ({place})' if place else ''}: {cause}")

    def __reduce__(self) -> tuple[type[ReportError], tuple[str, str, str | None]]:
        """Keep the three parts when the error crosses a process boundary."""
        return type(self), (self.report, self.cause, self.place)


def said(error: Exception, most: int = 120) -> str:
    """What an error of somebody else's program says, in one line; with its class where it says no more than a name."""
    text = " ".join(str(error).split())
    kind = type(error).__name__
    bare = isinstance(error, (LookupError, AssertionError)) or not any(sign.isspace() for sign in text)
    return (kind if not text.strip("'\"() ") else f"{kind}: {text}" if bare else text)[:most]


def unexpected(doing: str, error: Exception) -> str:
    """The cause of a failure that nobody foresaw, in one line that tells a programmer where to look."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())[:160]
    return f"{doing} failed at {Path(last.filename).name}:{last.lineno}: {said}".encode(errors="replace").decode()


def refused(error: BaseException, home: Path) -> str | None:
    """What the machine refuses – a full disk, a file that may not be written – in one line; None for any other error.

    Databases tell it in their own errors, in the words of the system.

    Args:
        error: whatever ended the program.
        home: named where the error names no file.
    """
    if isinstance(error, OSError) and error.errno in _REFUSED:
        return f"{error.filename or home}: {error.strerror}"
    text = " ".join(str(error).split())
    known = (*map(os.strerror, _REFUSED), *_SAID)
    return f"{home}: {text[:200]}" if any(words.lower() in text.lower() for words in known) else None


class CatalogError(FupinError):
    """A catalogue, suite or SQL file of the project is malformed; names the file and the entry."""


class WarehouseLockedError(FupinError):
    """Another process is writing the warehouse; nothing was changed."""


class ConflictError(WarehouseLockedError):
    """Another change was committed to the lake while this one was made; nothing of this one was kept."""


class SnapshotMissingError(FupinError):
    """No snapshot has been published yet."""
