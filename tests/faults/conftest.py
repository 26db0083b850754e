"""One home with loaded reports that faults are tried on, each on a copy."""

from __future__ import annotations

import shutil

import pytest

from pipelines.settings import PROJECT, Settings
from tests.helpers import copied
from tests.integration.history_helpers import load

FIRST, SECOND = "jiangxi_2010.txt", "sichuan_2009.txt"


@pytest.fixture(scope="session")
def made(tmp_path_factory, empty_home):
    """A home with one loaded and published report."""
    from pipelines.publishing.snapshot import publish

    folder = tmp_path_factory.mktemp("made")
    settings = Settings(home=folder / "var", raw=folder / "raw", lock_timeout_seconds=2, workers=1)
    shutil.copytree(empty_home, settings.home)
    settings.raw.mkdir()
    shutil.copyfile(PROJECT / "raw" / FIRST, settings.raw / FIRST)
    load(settings, settings.raw / FIRST)
    publish(settings)
    return settings


@pytest.fixture
def home(made, tmp_path):
    """A copy of it."""
    return copied(made, tmp_path)
