"""Reports that keep the reading that is loaded, whatever another reader would read, until they are named."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from pipelines.catalog.entry_files import replace_text
from pipelines.errors import FupinError
from pipelines.settings import Settings
from pipelines.warehouse.rebuild import Content


def held(settings: Settings) -> set[Content]:
    """Report id and content hash of each; one that was edited since is held no longer.

    Raises:
        FupinError: the file that names them cannot be read, and nothing may be read anew in its stead.
    """
    try:
        return {(str(report), str(content)) for report, content in json.loads(_place(settings).read_text("utf-8"))}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, TypeError) as error:
        raise FupinError(f"{_place(settings)}: cannot be read: {error}; mend or remove it") from error


def hold(settings: Settings, contents: Collection[Content]) -> None:
    """Holds some more.

    Raises:
        FupinError: the disk refuses it.
    """
    _keep(settings, held(settings) | set(contents))


def release(settings: Settings, contents: Collection[Content]) -> None:
    """Holds some no longer.

    Raises:
        FupinError: the disk refuses it.
    """
    if before := held(settings):
        _keep(settings, before - set(contents))


def _keep(settings: Settings, contents: Collection[Content]) -> None:
    replace_text(_place(settings), json.dumps(sorted(contents), ensure_ascii=False, indent=1))


def _place(settings: Settings) -> Path:
    return settings.home / "held.json"
