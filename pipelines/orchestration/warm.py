"""A process that has everything imported and is copied for each run, so that no run waits for imports.

`python -m pipelines.orchestration.warm` reads one line of JSON per run, the arguments of the command `dagster`, and
answers with the number of the copy that executes them. It ends when its input does; its copies go on.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from threading import Lock

_PACKAGE = Path(__file__).resolve().parent.parent
# files whose content a process keeps once it has read them
_KINDS = (".py", ".yml", ".yaml", ".sql", ".json", ".html", ".csv")


class Warm:
    """The parent's side: starts the process when it is first needed, and anew when files of the project changed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._stamp: tuple[int, int] = (0, 0)
        self._lock = Lock()

    def start(self, arguments: list[str]) -> int:
        """Executes the command `dagster` with these arguments in a copy of the process.

        Returns:
            The number of the copy.

        Raises:
            OSError: the process cannot be started, or ended before it answered.
        """
        with self._lock:
            stamp = _stamp()
            if self._process is None or self._process.poll() is not None or stamp != self._stamp:
                self._end()
                self._stamp = stamp
                self._process = subprocess.Popen(  # noqa: S603 - this module
                    [sys.executable, "-m", __name__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=_PACKAGE.parent,
                )
            return self._ask(self._process, arguments)

    def _ask(self, process: subprocess.Popen[str], arguments: list[str]) -> int:
        if process.stdin is None or process.stdout is None:
            raise OSError("the warm process has no pipes")
        process.stdin.write(json.dumps(arguments) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            self._end()
            raise OSError("the warm process ended before it answered")
        return int(answer)

    def close(self) -> None:
        """Ends the process; runs that it started go on."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            process.terminate()
            process.wait()


def _stamp() -> tuple[int, int]:
    """How the project's files look; other code or another catalogue looks different."""
    from pipelines.settings import settings

    folders = (_PACKAGE, settings().sql, settings().expectations)
    times = [path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.name.endswith(_KINDS)]
    return len(times), max(times, default=0)


def _prepare() -> None:
    """Imports what a run needs."""
    from pipelines.checking.evaluate import import_seconds

    import_seconds()
    import dagster._cli  # noqa: F401 - what a run's command is made of
    import pyarrow.dataset  # noqa: F401 - what hands frames to DuckDB
    from dagster import DagsterInstance

    import pipelines.checking.table_suites
    import pipelines.definitions
    import pipelines.publishing.site.build
    import pipelines.reading.sandbox
    import pipelines.report  # noqa: F401

    # Dagster imports what its storage is made of when it is first opened
    with DagsterInstance.get():
        pass


def main() -> None:
    """Serves until the input ends."""
    answers = os.fdopen(os.dup(1), "w")
    # what a run prints belongs to the log, not to the answers
    os.dup2(2, 1)
    # runs end as they will; nobody waits for them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prepare()
    for line in sys.stdin:
        copy = os.fork()
        if copy == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, interrupted)
            answers.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            _execute(json.loads(line))
        print(copy, file=answers, flush=True)


def _execute(arguments: list[str]) -> None:
    """Becomes the command `dagster`."""
    sys.argv = ["dagster", *arguments]
    code: object = 1
    try:
        runpy.run_module("dagster", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # a copy must not go on reading its parent's input
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    main()
