"""A home of its own for the desk, and the desk served from it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.commands.run import load_decisions
from pipelines.desk.desk import Desk
from pipelines.desk.loading import Loader
from pipelines.desk.server import Served, make_desk_server
from pipelines.publishing.site.build import build_site
from pipelines.publishing.snapshot import publish
from pipelines.settings import PROJECT, Settings
from tests.site_home import ATTACK, ATTACK_TEXT, put

REPORTS = ("jiangxi_2010.txt", "jiangxi_2011.txt", "guizhou_2009.txt")


def make_desk_home(folder: Path) -> Settings:
    """A home with published reports, one of which attacks the page; nothing is decided yet."""
    settings = desk_settings(folder)
    settings.raw.mkdir(parents=True)
    settings.corrections.mkdir()
    for name in REPORTS:
        shutil.copyfile(PROJECT / "raw" / name, settings.raw / name)
    (settings.raw / ATTACK).write_text(ATTACK_TEXT, encoding="utf-8")
    put(settings, *REPORTS, ATTACK)
    publish(settings)
    build_site(settings)
    return settings


def desk_settings(folder: Path) -> Settings:
    """The settings of such a home."""
    return Settings(
        home=folder / "var",
        raw=folder / "raw",
        decisions=folder / "decisions",
        corrections=folder / "corrections",
        lock_timeout_seconds=5,
        workers=1,
    )


@dataclass
class Running:
    """A desk that is served."""

    settings: Settings
    served: Served
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.served.path}"


@contextmanager
def running(desk: Desk, pause: float = 3600) -> Iterator[Running]:
    """Serves a desk; nothing is loaded before it is asked for."""
    settings = desk.settings
    loader = Loader(partial(load_decisions, settings), pause)
    served = Served(desk, loader)
    server = make_desk_server(settings.site, 0, served)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Running(settings, served, server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        loader.close()
