"""Where alerts go: the console, a file, or a service that Apprise knows, whose URL may hold a secret: not shown."""

from __future__ import annotations

import datetime
import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipelines.errors import FupinError
from pipelines.patterns import regex
from pipelines.publishing.alerts.digest import Digest
from pipelines.settings import Settings

_NEXT = regex(r"[\s,]+(?=(?:console|file)(?:[\s,]|$)|[A-Za-z][\w+.-]*://)")
# libraries below Apprise log addresses, which hold tokens
_TALKATIVE = ("apprise", "urllib3", "requests")


class DeliveryError(FupinError):
    """A channel did not take a message; what it says holds no secret."""


class Channel(Protocol):
    """A way to tell people something; `name` stands for it in lists and in the record of what was sent."""

    @property
    def name(self) -> str:
        """The same for the same address, without its secrets."""

    def send(self, message: Digest) -> None:
        """Tells it.

        Raises:
            DeliveryError: it did not arrive.
        """


@dataclass(frozen=True, slots=True)
class ConsoleChannel:
    """Standard output."""

    name: str = "console"

    def send(self, message: Digest) -> None:
        """Prints the message."""
        try:
            print(f"{message.title}\n\n{message.body}", flush=True)
        except OSError as error:
            raise DeliveryError(f"standard output cannot be written: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class FileChannel:
    """A log that grows."""

    path: Path
    name: str = "file"

    def send(self, message: Digest) -> None:
        """Appends the message with its time, and sees it onto the disk."""
        now = datetime.datetime.now(datetime.UTC)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{now:%Y-%m-%d %H:%M} UTC  {message.title}\n\n{message.body}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DeliveryError(f"{self.path}: cannot be written: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class ServiceChannel:
    """A service behind an Apprise URL."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        """The kind of service, and a few digits that tell it from another one of the kind."""
        return f"{self.url.partition(':')[0].lower()}://…{hashlib.sha256(self.url.encode()).hexdigest()[:6]}"

    def send(self, message: Digest) -> None:
        """Hands the message to Apprise."""
        with _silenced():
            from apprise import Apprise, NotifyFormat

            service = Apprise()
            if not service.add(self.url):
                raise DeliveryError("Apprise knows no such URL, or it is incomplete")
            try:
                arrived = bool(service.notify(message.body, title=message.title, body_format=NotifyFormat.TEXT))
            except Exception as error:  # what a service's plugin raises may quote its address
                raise DeliveryError(f"the service could not be told ({type(error).__name__})") from None
        if not arrived:
            raise DeliveryError("the service cannot be reached or refused the message")


@contextmanager
def _silenced() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def channels(settings: Settings) -> list[Channel]:
    """The channels of the setting `alerts`, in its order, each once.

    Raises:
        FupinError: an entry is no channel; it is named by its place only, since it may hold a secret.
    """
    found: dict[str, Channel] = {}
    entries = _NEXT.split(settings.alerts.get_secret_value().strip(" ,\t\n"))
    for number, entry in enumerate(filter(None, entries), 1):
        channel: Channel
        if entry == "console":
            channel = ConsoleChannel()
        elif entry == "file":
            channel = FileChannel(settings.alerts_folder / "alerts.log")
        elif "://" in entry and not re.search(r"\s", entry):
            channel = ServiceChannel(entry)
        else:
            raise FupinError(f"FUPIN_ALERTS: entry {number} is neither console, file nor a URL such as mailto://…")
        found.setdefault(channel.name, channel)
    return list(found.values())
