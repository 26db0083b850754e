"""Shows the site in a browser of this machine: a small web server that gives out nothing but its files."""

from __future__ import annotations

import functools
import http.server
import io
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from pipelines.errors import FupinError
from pipelines.publishing.site.render import POLICY

HOST = "127.0.0.1"
# names under which a browser of this machine reaches it
_NAMES = (HOST, "localhost")


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Files with the headers that a web server in front of the site should send as well."""

    policy = POLICY

    def end_headers(self) -> None:
        """Sends the headers that every answer has."""
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Lists no folder."""
        self.send_error(404)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Begins the answer to a GET or HEAD, and gives the file that follows."""
        if not self.is_here():
            self.send_error(421)
            return None
        if not self._is_given_out():
            self.send_error(404)
            return None
        return super().send_head()

    def is_here(self) -> bool:
        """Whether a browser asks for this machine: a page elsewhere could have its own name lead here."""
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and re.sub(r":\d*$", "", hosts[0]).lower() in _NAMES

    def _is_given_out(self) -> bool:
        """Whether the path, as it is decoded, names a file of the site.

        The record and half-written files are nobody's business, nor is what a link leads to.
        """
        path = unquote(urlsplit(self.path).path, errors="surrogateescape")
        if "\0" in path or any(part.startswith(".") for part in re.split(r"[/\\]", path)):
            return False
        try:
            wanted = Path(self.translate_path(self.path)).resolve()
        except (OSError, RuntimeError, ValueError):
            # a name that is too long, links in a circle, signs that no name has
            return False
        return wanted.is_relative_to(Path(self.directory).resolve())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing about each file."""


class _Server(http.server.ThreadingHTTPServer):
    """Says nothing about a browser that went away before it had its answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the library has them
        """Tells what went wrong with an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def make_server(
    folder: Path, port: int, handler: Callable[..., SiteHandler] = SiteHandler
) -> http.server.ThreadingHTTPServer:
    """A server of one folder that only this machine reaches; the caller runs and closes it.

    Args:
        folder: the site.
        port: 0 takes a free one.
        handler: what answers.

    Raises:
        FupinError: the port is taken.
    """
    try:
        return _Server((HOST, port), functools.partial(handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        cause = getattr(error, "strerror", None) or error
        raise FupinError(f"port {port}: cannot be opened: {cause}; choose another with --port") from error
