"""`fupin site`: brings the page up to date, and shows it in a browser of this machine."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from pipelines.commands.output import near
from pipelines.commands.run import load_decisions, renewed
from pipelines.publishing.site.build import build_site
from pipelines.publishing.site.serve import HOST, make_server
from pipelines.settings import Settings


def site(settings: Settings, *, serve: bool, port: int, review: bool = False) -> None:
    """Builds what has changed, and serves the site until it is interrupted.

    Args:
        settings: where the snapshot and the site are.
        serve: whether to serve it.
        port: on which; 0 takes a free one.
        review: whether the review desk is served with it.

    Raises:
        SnapshotMissingError: nothing has been published yet.
        FupinError: the site cannot be built, or the port is taken.
    """
    renewed(settings)
    built = build_site(settings)
    gone = f", {built.removed} removed" if built.removed else ""
    print(f"Page: {near(built.index)} ({built.written} files written, {built.kept} unchanged{gone})")
    if not serve:
        return
    if review:
        _serve_desk(settings, built.index.parent, port)
    else:
        _serve(make_server(built.index.parent, port), "/")


def _serve(server: ThreadingHTTPServer, path: str) -> None:
    print(f"Open http://{HOST}:{server.server_address[1]}{path} – Ctrl-C ends", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()


def _serve_desk(settings: Settings, folder: Path, port: int) -> None:
    """Serves the site with the desk; what is decided and not loaded when it ends, is loaded then."""
    from pipelines.desk.desk import Desk
    from pipelines.desk.loading import Loader
    from pipelines.desk.server import Served, make_desk_server

    loader = Loader(partial(load_decisions, settings))
    served = Served(Desk(settings), loader)
    try:
        _serve(make_desk_server(folder, port, served), served.path)
    finally:
        loader.close()
        load_decisions(settings)
