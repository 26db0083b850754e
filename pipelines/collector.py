"""The collector of cycles stands still where much is made that no cycle can hold."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# so many objects more than before, and it looks through the new ones; rarely through all
_SELDOM = (100_000, 20, 100)


@contextmanager
def collector_seldom() -> Iterator[None]:
    """Where much is made that stays, and little of it in cycles, which must not pile up all the same."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def collector_paused() -> Iterator[None]:
    """A million cells, or all vocabularies, would be looked through for cycles again and again while they are made."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
