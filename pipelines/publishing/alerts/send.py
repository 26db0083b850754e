"""Sends what is pending on every channel, as one message each; a channel that fails does not hold up the others."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.publishing.alerts.channels import DeliveryError, channels
from pipelines.publishing.alerts.digest import Digest, digest, settled
from pipelines.publishing.alerts.events import Event
from pipelines.publishing.alerts.outbox import Outbox, copy_of_outbox, look_into_outbox, open_outbox
from pipelines.review.causes import Handled, read_handled
from pipelines.settings import Settings


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one channel.

    Attributes:
        channel: its name.
        message: what was sent, or would be; None where there was nothing to tell or it was not yet time.
        error: why it was not sent, now or by the last attempt; empty where all is well.
        next_try_at: when it is tried again after an error.
    """

    channel: str
    message: Digest | None
    error: str = ""
    next_try_at: datetime.datetime | None = None

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        if self.error:
            again = f"; tried again after {self.next_try_at:%Y-%m-%d %H:%M} UTC" if self.next_try_at else ""
            return f"{self.channel}: not delivered: {self.error}{again}"
        return f"{self.channel}: {f'sent “{self.message.title}”' if self.message else 'nothing to tell'}"


def send_alerts(settings: Settings, events: Sequence[Event]) -> list[Delivery]:
    """Sends every event once on every channel.

    A message is claimed, sent and marked; if this process dies in between, the next call sends it again and says that
    it may be a repetition.

    Args:
        settings: the channels, and where the outbox is.
        events: all events there are, told or not.

    Returns:
        One delivery per channel.

    Raises:
        FupinError: a channel is misspelt, another process is sending, the outbox cannot be used, or a file of
            decisions is malformed.
    """
    targets, handled = channels(settings), read_handled(settings.decisions)
    deliveries = []
    with open_outbox(settings) as outbox:
        for channel in targets:
            now = time.time()
            pending, message, waits = _next(outbox, channel.name, events, now, settings.language, handled)
            if waits is not None:
                deliveries.append(waits)
                continue
            told = {event.subject for event in settled(pending, handled)}
            outbox.pass_over(channel.name, [event for event in pending if event.subject not in told], now)
            pending = [event for event in pending if event.subject in told]
            error = ""
            if message is not None:
                outbox.claim(channel.name, pending, now)
                try:
                    channel.send(message)
                except DeliveryError as failure:
                    error = str(failure)
            if error:
                again = outbox.failed(channel.name, pending, error, now).next_try_at
                deliveries.append(Delivery(channel.name, None, error, _utc(again)))
            else:
                outbox.sent(channel.name, pending, now)
                deliveries.append(Delivery(channel.name, message))
    return deliveries


def preview_alerts(settings: Settings, events: Sequence[Event]) -> list[Delivery]:
    """What `send_alerts` would send; nothing is sent or recorded.

    Raises:
        FupinError: a channel is misspelt, the outbox cannot be used, or a file of decisions is malformed.
    """
    deliveries, handled = [], read_handled(settings.decisions)
    with copy_of_outbox(settings) as outbox:
        for channel in channels(settings):
            _, message, waits = _next(outbox, channel.name, events, time.time(), settings.language, handled)
            deliveries.append(waits or Delivery(channel.name, message))
    return deliveries


def something_waits(settings: Settings) -> bool:
    """Whether a channel has something to send that it may try to send now.

    Raises:
        FupinError: a channel is misspelt, or the outbox cannot be used.
    """
    with look_into_outbox(settings) as outbox:
        now = time.time()
        return any(
            outbox.pending(channel.name)[0] and outbox.state(channel.name).next_try_at <= now
            for channel in channels(settings)
        )


def _next(
    outbox: Outbox, channel: str, events: Sequence[Event], now: float, language: str, handled: Mapping[str, Handled]
) -> tuple[list[Event], Digest | None, Delivery | None]:
    """What is pending on a channel and the message about it; a delivery instead where it is not yet time."""
    outbox.offer(channel, events, now)
    pending, cut_off = outbox.pending(channel)
    state = outbox.state(channel)
    if pending and state.next_try_at > now:
        return [], None, Delivery(channel, None, state.last_error, _utc(state.next_try_at))
    return pending, digest(pending, cut_off, language, handled), None


def _utc(seconds: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
