"""Structured logs: one line per event, with numbers and names but no text of a report and no secret.

`FUPIN_LOG` says whether lines are JSON or text, or none are written. They go to the standard error stream and into one
file per day below `logs/`.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import sys
from functools import lru_cache
from pathlib import Path

from pipelines.settings import Settings

_KEPT_DAYS = 30
_LOGGER = "fupin.events"
Value = str | int | float | bool


def log_event(settings: Settings, room: str, event: str, level: int = logging.INFO, /, **numbers: Value) -> None:
    """Writes one event.

    Args:
        settings: whether and where to.
        room: which part of the pipeline it happened in.
        event: a name in snake case, always the same for the same kind of event.
        level: of the standard library.
        **numbers: what belongs to it, such as `run_id`, `report_id`, `seconds`. The caller gives no words of a report,
            and of an error its class only: its message may quote the report.
    """
    if settings.log != "off":
        _logger(settings.log, settings.home / "logs").log(level, event, extra={"fields": {"room": room, **numbers}})


@lru_cache(maxsize=8)
def _logger(kind: str, folder: Path) -> logging.Logger:
    logger = logging.Logger(_LOGGER, logging.INFO)
    handlers: list[logging.Handler] = [_Stderr()]
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        today = datetime.datetime.now(datetime.UTC).date()
        ending = "jsonl" if kind == "json" else "log"
        handlers.append(_File(folder / f"{today}.{ending}", encoding="utf-8", delay=True))
        oldest = str(today - datetime.timedelta(days=_KEPT_DAYS))
        for path in folder.glob("????-??-??.*"):
            if path.stem < oldest:
                path.unlink(missing_ok=True)
    for handler in handlers:
        handler.setFormatter(_Json() if kind == "json" else _Text())
        logger.addHandler(handler)
    return logger


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    """The standard error stream as it is at the moment of the event."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


class _File(logging.FileHandler):
    """A log that cannot be written costs the line, not the run."""

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Passes over it."""


def _fields(record: logging.LogRecord) -> dict[str, Value]:
    at = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
    event: dict[str, Value] = {"time": at, "level": record.levelname.lower(), "event": record.getMessage()}
    return event | getattr(record, "fields", {})


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_fields(record), ensure_ascii=False)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = _fields(record)
        head = " ".join(str(fields.pop(name)) for name in ("time", "level", "room", "event"))
        return " ".join([head, *(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())])
