"""Fixtures shared by all tests; nothing here may reach the network."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import pytest_socket

from pipelines.settings import PROJECT, Settings

FIXTURES = Path(__file__).parent / "fixtures"


def pytest_configure(config):
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    config.addinivalue_line("markers", "slow: runs the whole pipeline")
    config.addinivalue_line("markers", "browser: looks at the site in Chromium")


@pytest.fixture(autouse=True)
def _no_network():
    """The network is off; Dagster's event loop needs a pair of sockets within its own process."""
    pytest_socket.disable_socket(allow_unix_socket=True)
    yield
    pytest_socket.enable_socket()


@pytest.fixture
def settings(tmp_path) -> Settings:
    """Settings with an empty landing zone and no state."""
    (tmp_path / "raw").mkdir()
    return Settings(home=tmp_path / "var", raw=tmp_path / "raw", lock_timeout_seconds=0.5, workers=1)


@pytest.fixture
def sample(settings):
    """Copies a shipped report into the landing zone and returns its path."""

    def copy(name: str, target: str | None = None) -> Path:
        path = settings.raw / (target or name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / "raw" / name, path)
        return path

    return copy
