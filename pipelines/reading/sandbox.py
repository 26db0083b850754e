"""Parses files in guarded child processes: a file that crashes, hangs or floods its parser fails alone.

A child (`child.py`) is limited in memory, processor time, wall time and in the size of its answer, writes no file,
opens no socket and dies with this process. It serves file after file until one misbehaves; then it is replaced and the
batch goes on. One thread watches all children, so that an interrupt ends them at once.

Answers are pickles, since those are quick and keep decimals and spans as they are. A child that a file has taken over
could send anything, so only the classes that the expected result declares for its fields are ever built from one.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import selectors
import signal
import time
import typing
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from pipelines.collector import collector_paused
from pipelines.columns import KINDS
from pipelines.errors import CatalogError, FupinError, ReportError
from pipelines.reading.child import BUG, NO_MEMORY, PROJECT, REFUSED, RESULT
from pipelines.reading.guard import check_file
from pipelines.reading.process import Child, interpreter
from pipelines.settings import Settings

T = TypeVar("T")
Task = Callable[[Path, str, int], T]
_MIB = 1 << 20
_START = "from pipelines.reading.child import main; main()"
_OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "out of memory")


class Sandbox(Generic[T]):
    """Runs one task on files in child processes.

    Args:
        task: a function of a module, called in the child with path, report id and largest size in bytes; its name
            after that of its module and a colon will do, so that this process need not import it.
        kind: the dataclass that the task returns.
        settings: the limits.
        keeps: whether idle children wait for the next call instead of ending with each; they die with the thread that
            started them. One thread uses such a sandbox.
    """

    def __init__(self, task: Task[T] | str, kind: type[T], settings: Settings, *, keeps: bool = False) -> None:
        self._kind, self._settings, self._keeps = kind, settings, keeps
        self._idle: list[Child] = []
        self._allowed = _declared_classes(kind)
        order = {
            "task": task if isinstance(task, str) else f"{task.__module__}:{task.__qualname__}",
            "parent": os.getpid(),
            "memory_bytes": settings.parse_memory_mb * _MIB,
            "cpu_seconds": settings.parse_cpu_seconds,
        }
        self._command = interpreter(_START, json.dumps(order))

    def read(self, path: Path, report_id: str) -> T:
        """One file.

        Raises:
            ReportError: the file cannot be read, or its parser crashed or went beyond a limit.
            CatalogError: a catalogue of the project is malformed.
            FupinError: no child can be started.
        """
        [result] = self.read_all([(path, report_id)])
        if isinstance(result, ReportError):
            raise result
        return result

    def read_all(
        self,
        files: Sequence[tuple[Path, str]],
        children: int = 1,
        done: Callable[[int], None] = lambda _index: None,
        far: Callable[[int, str, int], None] = lambda _index, _step, _rows: None,
    ) -> list[T | ReportError]:
        """Many files, some at a time; none of them costs another.

        Args:
            files: path and report id of each.
            children: how many processes work at a time.
            done: called with the index of a file as soon as its result is there.
            far: called with the index of a long file, the step and the row that it has got to.

        Returns:
            What `read` returns or raises for each file, in their order.

        Raises:
            CatalogError: a catalogue of the project is malformed; no file can be read then.
            FupinError: no child can be started.
        """
        results: dict[int, T | ReportError] = {}
        waiting = deque(enumerate(files))
        idle, busy = self._idle, dict[Child, int]()
        with selectors.DefaultSelector() as selector:
            for child in idle:
                selector.register(child, selectors.EVENT_READ)
            try:
                while waiting or busy:
                    while waiting and len(busy) < children:
                        index, (path, report_id) = waiting.popleft()
                        try:
                            check_file(path, report_id, self._max_bytes)
                        except ReportError as error:
                            results[index] = error
                            done(index)
                            continue
                        child = self._asked(idle, selector, path, report_id)
                        busy[child] = index
                    for child in self._answering(selector, busy):
                        result = self._result(child, files[busy[child]][1])
                        if result is None:
                            if child.far is not None:
                                far(busy[child], *child.far)
                            continue
                        index = busy.pop(child)
                        results[index] = result
                        if child.alive:
                            idle.append(child)
                        else:
                            selector.unregister(child)
                            child.end()
                        done(index)
            finally:
                for child in busy:
                    child.end()
                if not self._keeps:
                    self.close()
        return [results[index] for index in range(len(files))]

    def built(self, payload: bytes) -> T:
        """A pickled result, of nothing but the classes that it declares.

        Raises:
            pickle.UnpicklingError: it names another class, or is another kind of result.
        """
        with collector_paused():
            result = _Restricted(payload, self._allowed).load()
        if type(result) is not self._kind:
            raise pickle.UnpicklingError(f"{type(result).__name__} in place of {self._kind.__name__}")
        return result

    def close(self) -> None:
        """Ends the children that wait for work."""
        while self._idle:
            self._idle.pop().end()

    @property
    def _max_bytes(self) -> int:
        return self._settings.max_file_mb * _MIB

    def _asked(self, idle: list[Child], selector: selectors.BaseSelector, path: Path, report_id: str) -> Child:
        """A child that has been asked for a file."""
        request = {"path": str(path.absolute()), "report_id": report_id, "max_bytes": self._max_bytes}
        line = json.dumps(request).encode() + b"\n"
        if idle:
            child = idle.pop()
            if child.ask(line, self._settings.parse_seconds):
                return child
            # it died between two files, which is none's fault
            selector.unregister(child)
            child.end()
        child = Child(self._command)
        selector.register(child, selectors.EVENT_READ)
        child.ask(line, self._settings.parse_seconds)
        return child

    def _answering(self, selector: selectors.BaseSelector, busy: dict[Child, int]) -> list[Child]:
        """Waits for children that have something to say or have had their time."""
        if not busy:
            return []
        patience = max(0.0, min(child.deadline for child in busy) - time.monotonic())
        ready = {typing.cast("Child", key.fileobj) for key, _ in selector.select(patience)}
        now = time.monotonic()
        return [child for child in busy if child in ready or child.deadline <= now]

    def _result(self, child: Child, report_id: str) -> T | ReportError | None:
        """What a child's answer means; None while it is not complete."""
        settings = self._settings
        try:
            frame = child.receive(settings.parse_output_mb * _MIB)
        except EOFError:
            return ReportError(report_id, self._death(child))
        except OverflowError:
            child.alive = False
            return ReportError(report_id, f"gives more than {settings.parse_output_mb} MB of text and tables")
        if frame is None:
            if child.deadline > time.monotonic():
                return None
            child.alive = False
            return ReportError(report_id, f"took longer than {settings.parse_seconds:g} s")
        # what one file leaves in memory must not count against the next
        child.alive = child.memory_bytes() < settings.parse_memory_mb * _MIB // 2
        kind, payload = frame
        try:
            return self._meant(kind, payload, report_id)
        except (ValueError, TypeError, pickle.UnpicklingError, EOFError, AttributeError, LookupError) as error:
            child.alive = False
            problem = ReportError(report_id, "its parser sent what no parser sends")
            problem.__cause__ = error
            return problem

    def _meant(self, kind: bytes, payload: bytes, report_id: str) -> T | ReportError:
        if kind == RESULT:
            return self.built(payload)
        said = json.loads(payload)
        if kind == REFUSED:
            cause, place = said
            return ReportError(report_id, cause, place)
        if kind == PROJECT:
            raise CatalogError(said)
        if kind != BUG:
            raise ValueError(kind)
        cause, place, trace = said
        problem = ReportError(report_id, f"its parser failed at {place}: {cause}")
        problem.__cause__ = RuntimeError(f"in the child process:\n{trace}")
        return problem

    def _death(self, child: Child) -> str:
        """Why a child that nobody ended is gone."""
        child.alive = False
        code, last_words = child.end()
        memory = f"used more than {self._settings.parse_memory_mb} MB of memory while it was parsed"
        if not child.started:
            if code == NO_MEMORY:
                last_words = "FUPIN_PARSE_MEMORY_MB is too small"
            last = last_words.strip().splitlines()[-1:] or [_name_of(code)]
            raise FupinError(f"the process that parses reports cannot be started: {last[0][:300]}")
        if code == -signal.SIGXCPU:
            return f"used more than {self._settings.parse_cpu_seconds} s of processor time"
        # some libraries end their process without a word when memory is refused to them
        full = child.peak_bytes > self._settings.parse_memory_mb * _MIB * 3 // 4
        if code == NO_MEMORY or full or any(sign in last_words for sign in _OUT_OF_MEMORY):
            return memory
        if code == -signal.SIGKILL:
            return "its parser was killed, probably because the machine ran out of memory"
        return f"its parser crashed ({_name_of(code)})"


class _Restricted(pickle.Unpickler):
    """Builds nothing but the classes it is given."""

    def __init__(self, payload: bytes, allowed: Mapping[tuple[str, str], type]) -> None:
        super().__init__(io.BytesIO(payload))
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> type:
        """A class of the expected result.

        Raises:
            pickle.UnpicklingError: the pickle names anything else.
        """
        try:
            return self._allowed[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a result") from None


def _declared_classes(kind: type) -> dict[tuple[str, str], type]:
    """The dataclass itself, every class that its fields declare, at any depth, and those of columns."""
    found: dict[tuple[str, str], type] = {}
    waiting: list[Any] = [kind, *KINDS]
    while waiting:
        declared = waiting.pop()
        waiting += [inner for inner in typing.get_args(declared) if not isinstance(inner, str)]
        if not isinstance(declared, type) or declared.__module__ == "builtins":
            continue
        name = declared.__module__, declared.__qualname__
        if name not in found:
            found[name] = declared
            if hasattr(declared, "__annotations__"):
                waiting += typing.get_type_hints(declared).values()
    return found


def _name_of(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
