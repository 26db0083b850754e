"""Loads decisions in the background: once for many, and never two loads at a time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread

from pipelines.errors import FupinError

# so long nobody decides anything before a load begins
PAUSE_SECONDS = 20.0


class Loader:
    """A thread that loads what was decided, after a pause or when it is told to.

    Args:
        load: loads and publishes what was decided.
        pause: seconds without a decision after which a load begins.
    """

    def __init__(self, load: Callable[[], object], pause: float = PAUSE_SECONDS) -> None:
        self._load, self._pause = load, pause
        self._changed = Condition()
        self._waiting = self._left = 0
        self._is_asked = self._is_loading = self._is_over = False
        self._failed = ""
        self._thread = Thread(target=self._work, name="loader", daemon=True)
        self._thread.start()

    def decided(self) -> None:
        """A decision more has been kept."""
        with self._changed:
            self._waiting += 1
            self._changed.notify_all()

    def load_now(self) -> None:
        """Begins a load without waiting for the pause."""
        with self._changed:
            self._is_asked = True
            self._changed.notify_all()

    def told(self) -> dict[str, object]:
        """How many decisions wait, whether a load is under way, and why the last one failed."""
        with self._changed:
            return {"waiting": self._waiting, "loading": self._is_loading, "failed": self._failed}

    def close(self) -> None:
        """Ends the thread after the load that is under way."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while self._has_work():
            with self._changed:
                taken, self._is_asked, self._is_loading = self._waiting, False, True
            failed = _failure(self._load)
            with self._changed:
                self._is_loading, self._failed = False, failed
                # what could not be loaded is tried again after the next decision, or when it is asked for
                self._left = taken if failed else 0
                self._waiting -= 0 if failed else taken

    def _has_work(self) -> bool:
        """Waits for decisions and then for a pause in them; False when the desk is closed."""
        with self._changed:
            while not self._is_over and not self._is_asked and self._waiting <= self._left:
                self._changed.wait()
            while not self._is_over and not self._is_asked and self._changed.wait(self._pause):
                pass  # every decision begins the pause anew
            return not self._is_over


def _failure(load: Callable[[], object]) -> str:
    """Loads; gives the cause in one line where it fails, empty where it does not."""
    try:
        load()
    except FupinError as error:
        return str(error)
    except Exception as error:  # the desk goes on, and what was decided is kept
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return ""
