"""Shows the site in a browser of this machine: a small web server that gives out nothing but its files."""

from __future__ import annotations

import functools
import http.server
import io
import os
from pathlib import Path
from typing import BinaryIO

from pipelines.errors import FupinError
from pipelines.publishing.site.render import POLICY

HOST = "127.0.0.1"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files with the headers that a web server in front of the site should send as well."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(404)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        # the record and half-written files are nobody's business, nor is what a link leads to
        wanted = Path(self.translate_path(self.path))
        if any(part.startswith(".") for part in self.path.split("/")) or not wanted.resolve().is_relative_to(
            Path(self.directory).resolve()
        ):
            self.send_error(404)
            return None
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing about each file."""


def make_server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """A server of one folder that only this machine reaches; the caller runs and closes it.

    Args:
        folder: the site.
        port: 0 takes a free one.

    Raises:
        FupinError: the port is taken.
    """
    try:
        return http.server.ThreadingHTTPServer((HOST, port), functools.partial(_Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        cause = getattr(error, "strerror", None) or error
        raise FupinError(f"port {port}: cannot be opened: {cause}; choose another with --port") from error
