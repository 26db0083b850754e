"""What every command does that changes the warehouse: it notes the change as a run, and publishes what it has made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from pipelines.publishing.snapshot import publish
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.orchestration.metering import Meter


@contextmanager
def published(settings: Settings, command: str) -> Iterator[Meter]:
    """A change of the warehouse, which is followed by the snapshot and the page.

    A page that cannot be built is a warning, for the snapshot is there. With `FUPIN_WAREHOUSE=spark` the models are
    built on Spark too.

    Args:
        settings: where the warehouse is.
        command: what makes the change.

    Yields:
        The measures of the change, for its rooms; it stands in the journal also where it fails.

    Raises:
        FupinError: nothing to publish yet, the disk refuses the snapshot, or Spark does not build.
        WarehouseLockedError: another process is loading.
    """
    from pipelines.orchestration.metering import Meter, count_pages
    from pipelines.publishing.site.build import refresh_site

    meter = Meter(settings, str(uuid4()), command)
    try:
        yield meter
        meter.so_far()
        with meter.room("publishing"):
            publish(settings)
        with meter.room("pages") as pages:
            built = refresh_site(settings)
            if isinstance(built, str):
                print(f"warning: {built}", file=sys.stderr)
            count_pages(pages, built)
        build_elsewhere(settings)
    except BaseException as error:
        meter.end(error)
        raise
    meter.end()


def build_elsewhere(settings: Settings) -> None:
    """Builds the models of the published snapshot on Spark too, where the setting says so.

    Raises:
        FupinError: Spark does not build.
    """
    if settings.engine == "spark":
        from pipelines.commands.spark import build

        build(settings)
