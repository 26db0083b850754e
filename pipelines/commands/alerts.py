"""`fupin alerts`: tells people about failures, for those who run no daemon, and lists what was told."""

from __future__ import annotations

import datetime
import sys
from typing import Annotated

import typer

from pipelines.commands.output import print_table
from pipelines.errors import FupinError
from pipelines.publishing.alerts.channels import channels
from pipelines.publishing.alerts.events import Event, events
from pipelines.publishing.alerts.outbox import look_into_outbox
from pipelines.publishing.alerts.send import preview_alerts, send_alerts
from pipelines.settings import Settings, settings

group = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="""
    \b
    Channels: FUPIN_ALERTS, separated by commas or spaces: console, file (the default; a log in the state folder), or
    URLs of the library Apprise, such as mailto://…, slack://… or json://…
    """,
)
_LISTED = 50


@group.command()
def send(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be sent, and send nothing.")] = False,
) -> None:
    """Send what has not been told yet, as one message per channel; made for cron."""
    now = settings()
    found = [*_failed_runs(now), *events(now, datetime.date.today())]
    if dry_run:
        for delivery in preview_alerts(now, found):
            message = delivery.message
            print(f"{delivery.channel} would be sent:\n\n{message.title}\n\n{message.body}" if message else
                  delivery.outcome)  # fmt: skip
        return
    deliveries = send_alerts(now, found)
    if not deliveries:
        print("No channel: set FUPIN_ALERTS.")
    for delivery in deliveries:
        if delivery.error:
            print(f"error: {delivery.outcome}", file=sys.stderr)
        else:
            print(delivery.outcome)
    if any(delivery.error for delivery in deliveries):
        raise typer.Exit(1)


@group.command(name="list")
def list_deliveries() -> None:
    """List how each channel does, what waits, and the latest of what was told."""
    now = settings()
    with look_into_outbox(now) as outbox:
        for channel in channels(now):
            state, waiting = outbox.state(channel.name), len(outbox.pending(channel.name)[0])
            error = f"; not reached {state.failed_attempts} times in a row: {state.last_error}"
            print(f"{channel.name}: {waiting} waiting{error if state.failed_attempts else ''}")
        rows = [_row(*delivery) for delivery in outbox.deliveries(_LISTED)]
    if rows:
        print()
        print_table(("at_utc", "state", "channel", "kind", "id", "report", "finding"), rows)


def _row(channel: str, state: str, at: float, event: Event) -> tuple[str, ...]:
    when = f"{datetime.datetime.fromtimestamp(at, datetime.UTC):%Y-%m-%d %H:%M}"
    return when, state, channel, event.kind, event.failure_id, event.report, event.finding


def _failed_runs(now: Settings) -> list[Event]:
    """Runs that failed; none where no run has ever begun."""
    if not (now.home / "dagster").is_dir():
        return []
    from pipelines.orchestration.home import prepare_home

    home = prepare_home(now)
    from dagster import DagsterInstance
    from sqlalchemy.exc import DBAPIError

    from pipelines.orchestration.alerts import failed_runs

    try:
        with DagsterInstance.get() as instance:
            return failed_runs(instance)
    except DBAPIError as error:
        raise FupinError(f"{home}: the state of runs cannot be read: {error.orig}") from error
