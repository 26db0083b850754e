"""A process that has everything imported and is copied for each run, so that no run waits for imports.

`python -m pipelines.orchestration.warm` reads one line of JSON per run, the arguments of the command `dagster`, and
answers with the number of the copy that executes them. It ends when its input does; its copies go on.
"""

import json
import os
import runpy
import signal
import sys


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


def _prepare() -> None:
    """Imports and reads what every run needs, so that its copy begins with its first step."""
    import pyarrow.dataset  # noqa: F401 - what hands frames to DuckDB
    from dagster import DagsterInstance

    from pipelines.orchestration.definitions import defs
    from pipelines.suites.kinds import import_seconds
    from pipelines.suites.results import vocabularies

    defs.resolve_job_def("ingest")
    vocabularies()
    # Dagster imports what its storage is made of when it is first opened
    DagsterInstance.get().dispose()
    # the last, since it keeps the collector away from all that is there by then
    import_seconds()


def _execute(arguments: list[str]) -> None:
    """Becomes the command `dagster`; a copy must not go on reading its parent's input."""
    from pipelines.publishing.snapshot import snapshot_kept_open

    sys.argv = ["dagster", *arguments]
    code: object = 1
    try:
        with snapshot_kept_open():
            runpy.run_module("dagster", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    main()
