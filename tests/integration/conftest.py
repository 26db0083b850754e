"""The `fupin` command inside this process, and one home that is loaded once and only read."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from pipelines import cli
from pipelines import settings as settings_module
from pipelines.settings import PROJECT, Settings

# names as offices give them: folders, spaces, commas, brackets, Chinese, signs that have a meaning elsewhere
NAMES = {
    "jiangxi_2010.txt": "jiangxi_2010.txt",
    "jiangxi_2011.txt": "2011/Jiangxi, final (v2) [signed] 100%.txt",
    "jiangxi_funds_2009_2011_zh.csv": "江西省/财政专项 扶贫资金，2009—2011…年.csv",
    "sichuan_2009.txt": "江西省/it's a #1 & only.txt",
}


@dataclass(frozen=True)
class Ended:
    """How a call of `fupin` ended."""

    code: int
    out: str
    err: str


def call(settings: Settings, *arguments: str | Path, **environment: str) -> Ended:
    """Calls `fupin` as its script does, with the folders of some settings."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("home", "raw", "sql", "lock_timeout_seconds", "workers"):
            patch.setenv(f"FUPIN_{name.upper()}", str(getattr(settings, name)))
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setenv("DAGSTER_HOME", "")
        patch.setattr(sys, "argv", ["fupin", *map(str, arguments)])
        settings_module.settings.cache_clear()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        finally:
            settings_module.settings.cache_clear()
    return Ended(code, out.getvalue(), err.getvalue())


@pytest.fixture
def fupin(settings):
    """Calls `fupin` with the settings of this test."""

    def command(*arguments, **environment):
        return call(settings, *arguments, **environment)

    return command


@dataclass(frozen=True)
class Loaded:
    """A home after its first `fupin run`, with what that run printed."""

    settings: Settings
    first: Ended

    def __call__(self, *arguments, **environment) -> Ended:
        return call(self.settings, *arguments, **environment)


@pytest.fixture(scope="session")
def loaded(begun_once) -> Loaded:
    """Reports under the names above, loaded by one `fupin run`; tests only read it."""

    def settings_of(folder: Path) -> Settings:
        return Settings(home=folder / "var", raw=folder / "raw", lock_timeout_seconds=0.5, workers=1)

    def make(folder: Path) -> None:
        settings = settings_of(folder)
        for name, target in NAMES.items():
            (settings.raw / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / "raw" / name, settings.raw / target)
        (folder / "first.json").write_text(json.dumps(astuple(call(settings, "run"))))

    folder = begun_once("loaded", make)
    return Loaded(settings_of(folder), Ended(*json.loads((folder / "first.json").read_text())))
