"""`fupin publish`: the published tables in a database that others query."""

from __future__ import annotations

import time
from typing import Annotated

import typer


def publish(
    to: Annotated[
        str, typer.Option("--to", metavar="URL", envvar="FUPIN_MART", help="postgresql://user@host/database")
    ],
) -> None:
    r"""Replace the tables of a PostgreSQL database by those of the snapshot, in one transaction.

    The schemas core, indicator, out and quality are made there if they are missing. Readers see all tables as before or
    all as after. A password belongs into ~/.pgpass or PGPASSWORD: other users of this machine can see command lines.

    \b
    Examples:
      fupin publish --to postgresql://fupin@db.example.org/mart
    """
    from pipelines.scaling.mart import publish_mart
    from pipelines.settings import settings

    began = time.monotonic()
    done = publish_mart(settings(), to)
    renewed = f", {len(done.renewed)} of them made anew" if done.renewed else ""
    print(f"{done.tables} tables{renewed}, {done.rows:,} rows, {time.monotonic() - began:.1f} s: {done.place}")
