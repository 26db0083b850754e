"""How far a long file has come: told by the steps that read it, heard by who waits for it."""

from __future__ import annotations

import json
from collections.abc import Callable

# how many rows are read between two tellings; shorter files tell nothing
EVERY = 10_000
STEPS = ("reading", "figures", "meanings", "checks")
_LONGEST = 64

Hear = Callable[[str, int], None]


def _nobody(_step: str, _rows: int) -> None:
    pass


_hear: Hear = _nobody


def hear(how: Hear) -> None:
    """Says who hears of this process's files from now on."""
    global _hear
    _hear = how


def tell(step: str, rows: int) -> None:
    """Says that a step has got to a row, or begins with so many; nothing of a short file.

    Args:
        step: one of `STEPS`.
        rows: how many there are so far.
    """
    if rows >= EVERY:
        _hear(step, rows)


def packed(step: str, rows: int) -> bytes:
    """What was told, for the way between processes."""
    return json.dumps([step, rows]).encode()


def unpacked(told: bytes) -> tuple[str, int] | None:
    """The same again; None for anything that nobody tells."""
    if len(told) > _LONGEST:
        return None
    try:
        step, rows = json.loads(told)
    except (ValueError, TypeError):
        return None
    return (step, rows) if step in STEPS and type(rows) is int and rows >= EVERY else None
