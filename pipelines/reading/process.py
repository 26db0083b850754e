"""One child process of the sandbox as its parent sees it: its pipes, its deadline and its end."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import FupinError
from pipelines.reading.child import HEAD, PROGRESS, READY
from pipelines.reading.progress import unpacked

_MIB = 1 << 20
_ROOT = str(Path(__file__).resolve().parents[2])
# numeric libraries reserve memory for a thread per core, which the limit of memory would refuse
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


def interpreter(code: str, argument: str) -> list[str]:
    """The command of a new interpreter that runs code of this project, and finds the argument in `sys.argv[1]`.

    Neither the user's environment nor the site module is loaded, which takes a third of the time to start.
    """
    places = [_ROOT, *(place for place in sys.path if Path(place).is_absolute())]
    start = f"import sys, json; sys.path[:] = json.loads(sys.argv[2]); {code}"
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", start, argument, json.dumps(places)]


class Child:
    """One process, its pipes, and the time by which it must have answered.

    Attributes:
        started: whether it has imported its task.
        alive: whether it may be asked for another file.
        deadline: when it must have answered, on the monotonic clock, in seconds.
        far: the step and row of its file that it told last.
        peak_bytes: the most memory it has had, known once it has ended; 0 if that cannot be told.
    """

    def __init__(self, command: Sequence[str]) -> None:
        kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TZ") if name in os.environ}
        self._words, words = os.pipe()
        try:
            # a full pipe drops what is written to it instead of stopping the child
            os.set_blocking(words, False)
            os.set_blocking(self._words, False)
            # a group of its own: an interrupt from the terminal reaches this process, which ends its children
            self._process = subprocess.Popen(  # noqa: S603 - the command is made of this project's own parts
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words, bufsize=0, cwd="/",
                env=kept | _ENVIRONMENT, process_group=0,
            )  # fmt: skip
        except OSError as error:
            os.close(self._words)
            raise FupinError(f"the process that parses reports cannot be started: {error.strerror}") from error
        finally:
            os.close(words)
        os.set_blocking(self.fileno(), False)
        self._received = bytearray()
        self._outcome: tuple[int, str] | None = None
        self.peak_bytes = 0
        self.far: tuple[str, int] | None = None
        self.started, self.alive, self.deadline = False, True, 0.0

    def fileno(self) -> int:
        """The pipe of its answers."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def ask(self, line: bytes, seconds: float) -> bool:
        """Sends a request; False if the process is gone."""
        assert self._process.stdin is not None
        self.deadline, self.far = time.monotonic() + seconds, None
        self._last_words()
        try:
            self._process.stdin.write(line)
        except BrokenPipeError:
            return False
        return True

    def receive(self, most: int) -> tuple[bytes, bytes] | None:
        """Kind and payload of its answer, None while it is not complete.

        Raises:
            EOFError: the process ended without an answer.
            OverflowError: the answer is larger than `most` bytes.
        """
        while True:
            try:
                chunk = os.read(self.fileno(), _MIB)
            except BlockingIOError:
                return None
            if not chunk:
                raise EOFError
            self._received += chunk
            while len(self._received) >= HEAD.size:
                kind, length = HEAD.unpack_from(self._received)
                if length > most:
                    raise OverflowError
                if len(self._received) < HEAD.size + length:
                    break
                with memoryview(self._received) as received:  # a long table's answer is copied once
                    payload = bytes(received[HEAD.size : HEAD.size + length])
                del self._received[: HEAD.size + length]
                if kind == PROGRESS:
                    self.far = unpacked(payload)
                elif kind != READY:
                    return kind, payload
                self.started = True

    def memory_bytes(self) -> int:
        """The address space in use now, which is what its limit counts."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[0])
        except (OSError, IndexError):
            return 0
        return pages * resource.getpagesize()

    def _last_words(self) -> str:
        try:
            return os.read(self._words, 1 << 16).decode(errors="replace")
        except BlockingIOError:
            return ""

    def end(self) -> tuple[int, str]:
        """Ends the process, if it has not ended itself.

        Returns:
            Its exit code, or the signal that ended it as a negative number; and the errors it
            printed for its last file.
        """
        if self._outcome is None:
            # `Popen` would collect a process that has ended, and what is known about its memory would be lost
            os.kill(self._process.pid, signal.SIGKILL)
            _, status, used = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            # a new process begins with the peak of its parent, which says nothing about itself
            self.peak_bytes = used.ru_maxrss * 1024 if used.ru_maxrss > own else 0
            self._outcome = self._process.returncode, self._last_words()
            os.close(self._words)
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                pipe.close()
        return self._outcome
