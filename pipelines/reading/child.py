"""The child's side of the sandbox: confines its own process, then answers one request after the other.

It starts as a bare interpreter without the site module and imports nothing but the task it is told, so that starting
costs a few hundredths of a second. `sandbox.py` is the other side and says what the frames mean.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.collector import collector_seldom
from pipelines.errors import CatalogError, ReportError
from pipelines.reading import progress

HEAD = struct.Struct(">cQ")
READY, PROGRESS, RESULT, REFUSED, PROJECT, BUG = b"R", b"P", b"D", b"E", b"C", b"B"
NO_MEMORY = 77
_DIE_WITH_PARENT = 1
_PROGRAMS = ("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
_CHANGES = ("os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate")
_BARRED = ("socket.", *_PROGRAMS, *_CHANGES)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main() -> None:
    """Serves requests until the parent closes the pipe; the order on the command line is JSON."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    try:
        _confine(order)
        module, name = order["task"].split(":")
        task = getattr(importlib.import_module(module), name)
        _send(answers, READY, b"")
        progress.hear(lambda step, rows: _send(answers, PROGRESS, progress.packed(step, rows)))
        with collector_seldom():
            for line in requests:
                _allow_processor_time(order["cpu_seconds"])
                _send(answers, *_answer(task, json.loads(line)))
    except MemoryError:
        # nothing may be allocated any more, not even for a message
        os._exit(NO_MEMORY)


def _confine(order: dict[str, Any]) -> None:
    """Gives up what parsing does not need: memory beyond the limit, written files, the network, other programs."""
    import ctypes

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != order["parent"]:
        # the parent died before it could be watched
        os._exit(0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    # what a parser prints must not get among the frames
    os.dup2(nothing, 1)
    os.close(nothing)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory_bytes"],) * 2)
    _allow_processor_time(order["cpu_seconds"])
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Bars Python code from the network, other programs and changes to files; native code has its limits."""
    if event.startswith(_BARRED) or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING):
        raise PermissionError(f"{event} is not allowed while a report is parsed")


def _allow_processor_time(seconds: int) -> None:
    """Seconds for the next file; the system counts those of the whole process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(task: Callable[[Path, str, int], object], request: dict[str, Any]) -> tuple[bytes, bytes]:
    try:
        result = task(Path(request["path"]), request["report_id"], request["max_bytes"])
        return RESULT, pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except ReportError as error:
        return REFUSED, json.dumps([error.cause, error.place]).encode()
    except RecursionError:
        return REFUSED, json.dumps(["is nested too deeply", None]).encode()
    except CatalogError as error:
        return PROJECT, json.dumps(str(error)).encode()
    except MemoryError:
        raise
    except Exception as error:  # the parent decides what a bug means
        last = traceback.extract_tb(error.__traceback__)[-1]
        said = " ".join(f"{type(error).__name__}: {error}".split())[:160]
        return BUG, json.dumps([said, f"{Path(last.filename).name}:{last.lineno}", traceback.format_exc()]).encode()


def _send(answers: BinaryIO, kind: bytes, payload: bytes) -> None:
    answers.write(HEAD.pack(kind, len(payload)))
    answers.write(payload)
    answers.flush()
