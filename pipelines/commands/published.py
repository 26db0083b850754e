"""What every command does that changed the warehouse: publishes the snapshot and all that is made of it."""

from __future__ import annotations

import sys

from pipelines.publishing.snapshot import publish
from pipelines.settings import Settings


def publish_all(settings: Settings) -> None:
    """Publishes the snapshot and the page; a page that cannot be built is a warning, for the snapshot is there.

    With `FUPIN_WAREHOUSE=spark` the models are built on Spark too.

    Raises:
        FupinError: nothing to publish yet, the disk refuses the snapshot, or Spark does not build.
        WarehouseLockedError: another process is loading.
    """
    from pipelines.publishing.site.build import refresh_site

    publish(settings)
    built = refresh_site(settings)
    if isinstance(built, str):
        print(f"warning: {built}", file=sys.stderr)
    build_elsewhere(settings)


def build_elsewhere(settings: Settings) -> None:
    """Builds the models of the published snapshot on Spark too, where the setting says so.

    Raises:
        FupinError: Spark does not build.
    """
    if settings.engine == "spark":
        from pipelines.commands.spark import build

        build(settings)
