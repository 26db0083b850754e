"""Reads many files on the workers of a `dask.distributed` cluster, in the place of this machine's pool of processes.

The bytes of the files travel with the task, so that no folder has to be shared. A worker reads each file in the same
guarded child process as this machine would (`reading/sandbox.py`): a hostile file costs its child, never the worker.
Where a worker dies, the scheduler gives its tasks to another, and each result is taken once.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError, ReportError
from pipelines.reading.folders import bundled, has_parts
from pipelines.reading.guard import check_file, read_bytes
from pipelines.settings import Settings
from pipelines.warehouse.extensions import required

if TYPE_CHECKING:
    from pipelines.reading.sandbox import Sandbox
    from pipelines.versions.version import ReportVersion

_MIB = 1 << 20
# a task that is short enough to be lost, and long enough that sending it does not matter
_FILES_PER_TASK, _BYTES_PER_TASK = 8, 8 * _MIB
_TASKS_PER_THREAD = 3
_LIMITS = ("max_file_mb", "parse_memory_mb", "parse_cpu_seconds", "parse_seconds", "parse_output_mb", "show_people")

File = tuple[Path, str]
Sent = tuple[str, str, bytes]


def read_on_workers(
    settings: Settings, files: Sequence[File], done: Callable[[int], None] = lambda _index: None
) -> list[ReportVersion | ReportError]:
    """Reads files on the workers of the scheduler that the settings name.

    Args:
        settings: the scheduler's address and the limits, which go with the files.
        files: path and report id of each.
        done: called with the index of a file as soon as its result is there.

    Returns:
        One result per file, in their order, equal to those of `Sandbox.read_all`.

    Raises:
        CatalogError: a catalogue of the project is malformed; no file can be read then.
        FupinError: dask is not installed; the scheduler cannot be reached or is lost; there is no worker for longer
            than the settings allow to wait; or a worker has other code than this program.
    """
    from pipelines.warehouse.readings import reader_version

    distributed = required("distributed", "dask", "Reading on workers")
    results: dict[int, ReportVersion | ReportError] = {}
    limits = {name: getattr(settings, name) for name in _LIMITS}
    with _connected(distributed, settings) as client:

        def refused(index: int, error: ReportError) -> None:
            results[index] = error
            done(index)

        waiting = _tasks(files, settings.max_file_mb * _MIB, refused)
        running: dict[Any, list[int]] = {}
        idle_since = time.monotonic()
        is_rest = False
        while not is_rest or running:
            while not is_rest and len(running) < _TASKS_PER_THREAD * max(1, _threads(client)):
                task = next(waiting, None)
                if task is None:
                    is_rest = True
                    break
                indexes, sent = task
                running[client.submit(read_sent, sent, limits, reader_version(), pure=False)] = indexes
            idle_since = _assert_workers(client, settings, idle_since)
            for future in _finished(distributed, running):
                indexes = running.pop(future)
                results |= zip(
                    indexes, _result(distributed, future, settings, [files[i] for i in indexes]), strict=True
                )
                for index in indexes:
                    done(index)
    return [results[index] for index in range(len(files))]


def read_sent(sent: Sequence[Sent], limits: Mapping[str, Any], reader: str) -> list[ReportVersion | ReportError]:
    """What a worker does: reads files that came with their bytes, in a guarded child.

    Args:
        sent: report id, file name and bytes of each.
        limits: the settings that limit reading.
        reader: fingerprint of the code that asks; see `reader_version`.

    Raises:
        FupinError: this worker has other code, or cannot start a child.
        CatalogError: a catalogue of the project is malformed.
    """
    from pipelines.warehouse.readings import reader_version

    if reader_version() != reader:
        raise FupinError(
            f"a worker reads with other code or catalogues ({reader_version()}) than this program ({reader}): "
            "install the same version of fupin on all machines"
        )
    with tempfile.TemporaryDirectory(prefix="fupin-") as folder:
        files = []
        for number, (report_id, name, data) in enumerate(sent):
            # a folder for each, so that no file lies beside another's
            path = Path(folder, str(number), name)
            path.parent.mkdir()
            path.write_bytes(data)
            files.append((path, report_id))
        return _sandbox(tuple(limits.values())).read_all(files)


_own = threading.local()


def _sandbox(limits: tuple[Any, ...]) -> Sandbox[ReportVersion]:
    """This thread's sandbox: starting a child for each task would take longer than reading its files."""
    from pipelines.reading.sandbox import Sandbox
    from pipelines.versions.version import ReportVersion, reader

    if getattr(_own, "limits", None) != limits:
        if hasattr(_own, "sandbox"):
            _own.sandbox.close()
        settings = Settings(**dict(zip(_LIMITS, limits, strict=True)))
        _own.sandbox, _own.limits = Sandbox(reader(settings), ReportVersion, settings, keeps=True), limits
    found: Sandbox[ReportVersion] = _own.sandbox
    return found


def _tasks(
    files: Sequence[File], max_bytes: int, refused: Callable[[int, ReportError], None]
) -> Iterator[tuple[list[int], list[Sent]]]:
    """Files in groups, with their bytes; one that cannot be opened is refused at once."""
    indexes: list[int] = []
    sent: list[Sent] = []
    size = 0
    for index, (path, report_id) in enumerate(files):
        try:
            data = _bytes(path, report_id, max_bytes)
        except ReportError as error:
            refused(index, error)
            continue
        if indexes and (len(indexes) == _FILES_PER_TASK or size + len(data) > _BYTES_PER_TASK):
            yield indexes, sent
            indexes, sent, size = [], [], 0
        size += len(data)
        indexes.append(index)
        # the reader takes hints from the ending
        sent.append((report_id, f"report{Path(report_id).suffix}" if has_parts(path) else path.name, data))
    if indexes:
        yield indexes, sent


def _bytes(path: Path, report_id: str, max_bytes: int) -> bytes:
    """What is sent of a report: its file, or the archive of its files."""
    if has_parts(path):
        check_file(path, report_id, max_bytes)
        return bundled(path, report_id, max_bytes)
    return read_bytes(path, report_id, max_bytes)


@contextmanager
def _connected(distributed: Any, settings: Settings) -> Iterator[Any]:  # noqa: ANN401 - an optional package
    """A client of the scheduler; what goes wrong with it is said in one line."""
    from concurrent.futures import CancelledError

    address = str(settings.scheduler)
    try:
        with distributed.Client(f"tcp://{address}", timeout=settings.lock_timeout_seconds) as client:
            yield client
    except (OSError, TimeoutError, CancelledError, distributed.comm.CommClosedError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise FupinError(f"dask://{address}: the scheduler cannot be reached or was lost: {said[:200]}") from error


def _threads(client: Any) -> int:  # noqa: ANN401
    return sum(client.nthreads().values())


def _assert_workers(client: Any, settings: Settings, idle_since: float) -> float:  # noqa: ANN401
    """When there was a worker last; work without any would wait forever."""
    if _threads(client):
        return time.monotonic()
    if time.monotonic() - idle_since > settings.lock_timeout_seconds:
        raise FupinError(
            f"dask://{settings.scheduler}: there has been no worker for {settings.lock_timeout_seconds:g} s"
        )
    return idle_since


def _finished(distributed: Any, running: Mapping[Any, list[int]]) -> list[Any]:  # noqa: ANN401
    """Tasks that have ended; waits a second for one."""
    if not running:
        return []
    try:
        return list(distributed.wait(list(running), timeout=1, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _result(
    distributed: Any,  # noqa: ANN401
    future: Any,  # noqa: ANN401
    settings: Settings,
    files: Sequence[File],
) -> Sequence[ReportVersion | ReportError]:
    from pipelines.reading.sandbox import Sandbox
    from pipelines.versions.version import ReportVersion, reader

    try:
        found: list[ReportVersion | ReportError] = future.result()
    except distributed.scheduler.KilledWorker:
        # several workers were lost over these files, which says nothing about them: no parser runs in a worker
        return Sandbox(reader(settings), ReportVersion, settings).read_all(files)
    except ModuleNotFoundError as error:
        raise FupinError(f"a worker lacks {error.name}: install fupin on all machines") from error
    return found
