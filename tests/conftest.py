"""Fixtures shared by all tests; nothing here may reach the network."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipelines.settings import PROJECT, Settings

FIXTURES = Path(__file__).parent / "fixtures"


def pytest_configure(config):
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    config.addinivalue_line("markers", "slow: runs the whole pipeline")


@pytest.fixture(autouse=True)
def _no_network(socket_disabled):
    """Sockets are off; Dagster's in-process runs and DuckDB need none."""


@pytest.fixture()
def settings(tmp_path) -> Settings:
    """Settings with an empty landing zone and no state."""
    (tmp_path / "raw").mkdir()
    return Settings(home=tmp_path / "var", raw=tmp_path / "raw", lock_timeout_seconds=0.5, workers=1)


@pytest.fixture()
def sample(settings):
    """Copies a shipped report into the landing zone and returns its path."""

    def copy(name: str, target: str | None = None) -> Path:
        path = settings.raw / (target or name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / "raw" / name, path)
        return path

    return copy
