"""`fupin site`: brings the page up to date, and shows it in a browser of this machine."""

from __future__ import annotations

from pipelines.commands.output import near
from pipelines.commands.run import renewed
from pipelines.publishing.site.build import build_site
from pipelines.publishing.site.serve import HOST, make_server
from pipelines.settings import Settings


def site(settings: Settings, *, serve: bool, port: int) -> None:
    """Builds what has changed, and serves the site until it is interrupted.

    Args:
        settings: where the snapshot and the site are.
        serve: whether to serve it.
        port: on which; 0 takes a free one.

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
    server = make_server(built.index.parent, port)
    print(f"Open http://{HOST}:{server.server_address[1]}/ – Ctrl-C ends", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
