"""Fupin turns poverty-alleviation reports into checked figures in a star schema; the rooms stand as data flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.publishing.access import Snapshot

__all__ = ["open_snapshot"]


def open_snapshot(path: str | Path | None = None) -> Snapshot:
    """Opens the published snapshot for reading; see docs/access.md.

    Args:
        path: the file; by default the one that `fupin run` publishes.

    Raises:
        SnapshotMissingError: there is none.
        FupinError: it cannot be opened.
    """
    # every room imports this package, so nothing is loaded before it is asked for
    from pipelines.publishing.access import open_snapshot as opened

    return opened(path)
