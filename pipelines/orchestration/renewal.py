"""Homes of an earlier version of the program: their warehouse is made anew from the archive before it is used again."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.orchestration.kept import kept_versions
from pipelines.publishing.snapshot import is_snapshot_outdated
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.rebuild import Rebuilt, rebuild
from pipelines.warehouse.schema import is_of_other_schema

TOLD = "the warehouse was made by another version of the program"


def is_outdated(settings: Settings) -> bool:
    """Whether the warehouse has tables of another version of the program.

    The snapshot tells it without a lock; only one of another version has the warehouse itself asked. A lake is not made
    anew in place, see `rebuild`.

    Raises:
        WarehouseLockedError: another process is loading.
        FupinError: the warehouse cannot be opened.
    """
    if settings.is_lake or not settings.warehouse.exists() or not is_snapshot_outdated(settings):
        return False
    with open_warehouse(settings) as connection:
        return is_of_other_schema(connection, settings.sql / "schema")


def renew(settings: Settings, done: Callable[[int, int], None] = lambda _made, _all: None) -> Rebuilt | None:
    """Makes the warehouse anew where another version has made it; nothing is published.

    Args:
        settings: where archive and warehouse are.
        done: called with the number of entries of the log that are made, and of all.

    Returns:
        What was made; None where there was nothing to do.

    Raises:
        FupinError: see `rebuild`; the old warehouse stays.
    """
    if not is_outdated(settings):
        return None
    return rebuild(settings, lambda contents: kept_versions(settings, contents), done)
