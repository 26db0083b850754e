"""Draws the pages of reports, those of many in child processes, so that all cores have a share in them.

A child gets ready data over a pipe of its own and sends texts back: it opens no warehouse, reads no report and writes
no file. It starts as a new interpreter, since a fork would take locks and threads of DuckDB with it, and ends with its
pipe. In a process group of its own it does not hear an interrupt from the terminal: this process does, and ends it.
"""

from __future__ import annotations

import os
import subprocess
import traceback
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalog.bilingual import LANGUAGES
from pipelines.collector import collector_paused
from pipelines.errors import FupinError
from pipelines.publishing.site.data import Names, Version
from pipelines.publishing.site.pages.report import Subject, draw, page_count
from pipelines.publishing.site.site import Interface
from pipelines.reading.process import interpreter

# pages of one language that a child is asked for at a time, unless one report has more
_BATCH = 8
_START = "from pipelines.publishing.site.drawing import serve; serve(int(sys.argv[1]))"
# a library of the interpreter may lie elsewhere; nothing else of the user's environment matters
_KEPT = ("LD_LIBRARY_PATH",)

Texts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Failed:
    """An error on its way from a child, with its traceback as text."""

    problem: str
    trace: str


def draw_all(subjects: Iterable[Subject], names: Names, children: int) -> Generator[tuple[Version, Texts]]:
    """Each version with address and text of its pages, as soon as they are drawn; few of them are in memory at a time.

    Args:
        subjects: what the pages are made of, asked for as they are needed.
        names: of the members of the dimensions.
        children: how many child processes draw; with 1 this process does it itself, in the order of the subjects.

    Raises:
        FupinError: the pages of a report cannot be drawn, which it names, or no child can be started.
    """
    if children > 1:
        yield from _draw_elsewhere(subjects, names, children)
        return
    interfaces = _interfaces(names)
    for subject in subjects:
        yield subject.version, _texts(subject, interfaces)


def serve(pipe: int) -> None:
    """The child's side: draws one batch after the other until the pipe ends."""
    from multiprocessing.connection import Connection

    connection = Connection(pipe)
    try:
        interfaces = _interfaces(connection.recv())
        while True:
            try:
                answer: list[Texts] | _Failed = [_texts(subject, interfaces) for subject in connection.recv()]
            except FupinError as error:
                answer = _Failed(str(error), traceback.format_exc())
            connection.send(answer)
    except (EOFError, ConnectionError):
        return


def _interfaces(names: Names) -> list[Interface]:
    return [Interface(names, language) for language in LANGUAGES]


@collector_paused()
def _texts(subject: Subject, interfaces: Sequence[Interface]) -> Texts:
    try:
        return list(draw(subject, interfaces))
    except FupinError:
        raise
    except Exception as error:  # whatever is wrong, it is to be known with which report
        last = traceback.extract_tb(error.__traceback__)[-1]
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        place = f"{Path(last.filename).name}:{last.lineno}"
        raise FupinError(f"{subject.version.report_id}: its pages cannot be drawn: {cause} ({place})") from error


def _draw_elsewhere(subjects: Iterable[Subject], names: Names, children: int) -> Generator[tuple[Version, Texts]]:
    from multiprocessing.connection import wait

    started: list[_Child] = []
    try:
        started += (_Child(names) for _ in range(children))
        idle, busy = list(started), dict[object, _Child]()
        batches = _batches(subjects)
        batch = next(batches, None)
        while batch or busy:
            while batch and idle:
                child = idle.pop()
                child.ask(batch)
                busy[child.connection] = child
                # the next one is made ready while the children draw
                batch = next(batches, None)
            for connection in wait([child.connection for child in busy.values()]):
                child = busy.pop(connection)
                yield from child.answer()
                idle.append(child)
    finally:
        for child in started:
            child.end()


def _batches(subjects: Iterable[Subject]) -> Iterator[list[Subject]]:
    batch: list[Subject] = []
    for subject in subjects:
        batch.append(subject)
        if sum(page_count(one.version) for one in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Child:
    """One child process; it has one batch at a time, so that neither side waits for the other to read."""

    def __init__(self, names: Names) -> None:
        from multiprocessing import Pipe

        self.connection, theirs = Pipe()
        self._versions: list[Version] = []
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the command is made of this project's own parts
                interpreter(_START, str(theirs.fileno())),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/", process_group=0,
                pass_fds=(theirs.fileno(),), env={name: os.environ[name] for name in _KEPT if name in os.environ},
            )  # fmt: skip
        except OSError as error:
            self.connection.close()
            raise FupinError(f"a process that draws pages cannot be started: {error.strerror}") from error
        finally:
            theirs.close()
        self._send(names)

    def ask(self, batch: list[Subject]) -> None:
        """Sends what is to be drawn."""
        self._versions = [subject.version for subject in batch]
        self._send(batch)

    def answer(self) -> Iterator[tuple[Version, Texts]]:
        """The versions asked for with their texts; waits for them."""
        try:
            answer: list[Texts] | _Failed = self.connection.recv()
        except (EOFError, ConnectionError) as error:
            raise self._gone() from error
        if isinstance(answer, _Failed):
            raise FupinError(answer.problem) from RuntimeError(f"in the child process:\n{answer.trace}")
        yield from zip(self._versions, answer, strict=True)

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self.connection.close()

    def _send(self, what: object) -> None:
        try:
            self.connection.send(what)
        except ConnectionError as error:
            raise self._gone() from error

    def _gone(self) -> FupinError:
        code = self._process.wait()
        told = f"signal {-code}" if code < 0 else f"exit code {code}"
        reports = ", ".join(version.report_id for version in self._versions) or "no report yet"
        return FupinError(f"a process that draws pages ended with {told}; it had {reports}"[:1_000])
