"""Fixtures shared by all tests; nothing here may reach the network."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
import pytest_socket
from filelock import FileLock

from pipelines.settings import PROJECT, Settings

FIXTURES = Path(__file__).parent / "fixtures"


def pytest_configure(config):
    # whatever began the tests may have left interrupts ignored, which each process that they start would inherit
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    # there is a test process per processor, and planning small queries for several threads doubles their time
    os.environ.setdefault("FUPIN_DUCKDB_THREADS", "1")
    # compiled bytecode makes every child's start three times quicker
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    config.addinivalue_line("markers", "slow: many runs, long texts or every page; `make test-slow`")
    # the same examples every time, however long one takes: what fails fails for everybody
    hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
    hypothesis.settings.load_profile("steady")
    config.addinivalue_line("markers", "browser: looks at the site in Chromium")


@pytest.fixture(scope="session", autouse=True)
def _temporary(tmp_path_factory):
    """What anything leaves behind lies in pytest's own folder and goes with it, also what something killed has left.

    Its name is short, since the names of sockets may not be long.
    """
    folder = tmp_path_factory.getbasetemp() / "t"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", None)
        yield


@pytest.fixture(autouse=True)
def _no_network():
    """The network is off; Dagster's event loop needs a pair of sockets within its own process."""
    pytest_socket.disable_socket(allow_unix_socket=True)
    yield
    pytest_socket.enable_socket()


@pytest.fixture(scope="session", autouse=True)
def _asked_once():
    """What Great Expectations has said about tables holds for equal ones: most loads ask about the same rows.

    Tests of single expectations import `evaluate` itself, which asks each time.
    """
    from pipelines.suites import evaluate as module

    asked, answers = module.evaluate, {}

    def evaluate(tables, parameters):
        try:
            question = hashlib.sha256(pickle.dumps((tables, parameters))).digest()
        except pickle.PicklingError:  # of a value whose class a test has replaced
            return asked(tables, parameters)
        if question not in answers:
            answers[question] = asked(tables, parameters)
        return {name: list(outcomes) for name, outcomes in answers[question].items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "evaluate", evaluate)
        yield


@pytest.fixture
def no_pages(monkeypatch):
    """Pages that a test does not look at are not drawn; that a run draws them is tested with the site."""
    from pipelines.publishing.site import build

    def undrawn(settings: Settings, _documents: object = None) -> build.Built:
        return build.Built(settings.site / "index.html", 0, 0, 0)

    monkeypatch.setattr(build, "refresh_site", undrawn)


@pytest.fixture
def not_validated(monkeypatch):
    """Loads ask no expectations of tables, which takes most of their time; `test_validation.py` is about them."""
    from pipelines.warehouse import settle

    monkeypatch.setattr(settle, "validate_tables", lambda *_arguments, **_named: None)


@pytest.fixture(scope="session", autouse=True)
def _children_wait():
    """The children that read for the runs of one test wait for those of the next: each start costs half a second."""
    from pipelines.orchestration import work

    started, waiting = work.children_for, {}

    def sandbox(settings, *, keeps=False):
        # children that are kept are closed by whoever keeps them, and those of another thread end with it
        if keeps or threading.current_thread() is not threading.main_thread():
            return started(settings, keeps=keeps)
        limits = tuple(value for name, value in settings if name.startswith(("parse_", "max_file_")))
        if limits not in waiting:
            waiting[limits] = started(settings)
            waiting[limits]._keeps = True
        return waiting[limits]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "children_for", sandbox)
        yield
    for one in waiting.values():
        one.close()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, request):
    """Has one of all test processes make a folder, which the others wait for; nobody changes it afterwards."""
    base = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        base = base.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = base / "made_once" / name
        folder.parent.mkdir(exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not folder.with_suffix(".made").exists():
                folder.mkdir()
                make(folder)
                folder.with_suffix(".made").touch()
        return folder

    return made


@pytest.fixture(scope="session")
def empty_home(made_once) -> Path:
    """A home whose warehouse holds no report yet."""
    from pipelines.warehouse.load import load_versions

    return made_once("empty_home", lambda folder: load_versions(Settings(home=folder), ()))


@pytest.fixture(scope="session")
def begun_once(made_once, empty_home):
    """As `made_once`, where the folder's `var` has a warehouse already, which spares the making of its tables."""

    def made(name: str, make: Callable[[Path], object]) -> Path:
        def begin(folder: Path) -> None:
            shutil.copytree(empty_home, folder / "var")
            make(folder)

        return made_once(name, begin)

    return made


@pytest.fixture(scope="session")
def shipped(begun_once) -> Settings:
    """The shipped reports, loaded, published and on pages; tests only read them."""
    from tests.site_home import make_shipped_home, settings_in

    return settings_in(begun_once("shipped", make_shipped_home))


@pytest.fixture(scope="session")
def site_home(begun_once) -> Settings:
    """A home with a site of reports of all kinds, which tests only read."""
    from tests.site_home import make_home, settings_in

    return settings_in(begun_once("site", make_home))


@pytest.fixture(scope="session")
def desk_home(begun_once) -> Path:
    """The folder of a home for the desk, which tests copy."""
    from tests.desk_home import make_desk_home

    return begun_once("desk", make_desk_home)


@pytest.fixture
def begun(settings, empty_home) -> Settings:
    """The settings with a warehouse that holds no report yet, which spares the making of its tables."""
    shutil.copytree(empty_home, settings.home, dirs_exist_ok=True)
    return settings


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
