"""A PostgreSQL server of its own, and homes that are loaded once."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_socket

from pipelines.publishing.snapshot import publish
from pipelines.reading.sandbox import Sandbox
from pipelines.settings import PROJECT, Settings
from pipelines.versions.read import read_version
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.load import load_versions

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))


@pytest.fixture(autouse=True)
def _no_network():
    """The tests of this folder talk to servers on this machine, and to nothing else."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)
    yield
    pytest_socket.enable_socket()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server on the loopback interface, whose superuser needs no password."""

    folder: Path
    port: int

    def database(self, name: str) -> str:
        """Creates a database; returns its address."""
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name)
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    @staticmethod
    def run(program: str, *arguments: str) -> None:
        """Calls a program of PostgreSQL as a user that it accepts: it refuses to run as root."""
        user = "postgres" if os.geteuid() == 0 else None
        subprocess.run(
            [PROGRAMS / program, *arguments], check=True, user=user, cwd="/", stdout=subprocess.DEVNULL, timeout=6000
        )


@pytest.fixture(scope="session")
def postgres():
    """A server with an empty cluster; it ends with the tests."""
    # pytest's own folder is closed to the user that the server runs as
    folder = Path(tempfile.mkdtemp(prefix="fupin-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    port = free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    data = str(folder / "data")
    try:
        Server.run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
        Server.run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(folder, port)
        finally:
            Server.run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def versions(settings: Settings, *names: str) -> list[ReportVersion]:
    """Shipped reports as they are read."""
    sandbox = Sandbox(read_version, ReportVersion, settings)
    return [sandbox.read(PROJECT / "raw" / name, name) for name in names]


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Settings:
    """A home with one report, loaded into a DuckDB file and published."""
    home = tmp_path_factory.mktemp("published")
    settings = Settings(home=home, raw=home / "raw")
    load_versions(settings, versions(settings, "jiangxi_2011.txt"))
    publish(settings)
    return settings
