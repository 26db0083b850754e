"""Compares this project's reader with general readers of quantities on the sample report; see README.md here.

Run it by `make bench`. It prints one table and the memory of a long run; it writes nothing.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
PEERS = HERE / ".venv" / "bin" / "python"
REPORT = PROJECT / "raw" / "jiangxi_2011.txt"
LABELS = PROJECT / "tests" / "fixtures" / "labels" / "jiangxi_2011.csv"
ROUNDS = 9
# units that a reader without this project's catalogue can know
GENERAL = frozenset({"CNY", "%", "pp", "km", "tonne"})
NAMES = {"fupin": "this reader", "quantulum3": "quantulum3", "recognizers-text": "Recognizers-Text"}


class Worker:
    """A reader in a process of its own."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        self.name = name
        self._process = process

    def ask(self, command: str) -> dict[str, Any]:
        """Sends a command and waits for its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.name} ended without an answer; its error is above")
        return json.loads(answer)


@contextmanager
def worker(name: str) -> Iterator[Worker]:
    """Starts a reader in its environment, and ends it."""
    python = sys.executable if name == "fupin" else str(PEERS)
    command = [python, str(HERE / "readers.py"), name, str(REPORT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Worker(name, process)
        assert process.stdin is not None
        process.stdin.close()


def matched(labels: list[dict[str, str]], quantities: list[list[str]]) -> list[tuple[dict[str, str], str]]:
    """Labels with the unit read, paired by value in order such that as many as possible are paired."""
    wanted = [Decimal(label["value"]) for label in labels]
    found = [Decimal(value) for value, _ in quantities]
    same = [[abs(a - b) <= abs(a) * Decimal("1e-9") for b in found] for a in wanted]
    longest = [[0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for row in range(len(wanted) - 1, -1, -1):
        for column in range(len(found) - 1, -1, -1):
            longest[row][column] = (
                longest[row + 1][column + 1] + 1
                if same[row][column]
                else max(longest[row + 1][column], longest[row][column + 1])
            )
    pairs, row, column = [], 0, 0
    while row < len(wanted) and column < len(found):
        if same[row][column]:
            pairs.append((labels[row], quantities[column][1]))
            row, column = row + 1, column + 1
        elif longest[row + 1][column] >= longest[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def main() -> None:
    """Measures all readers in turn, round by round, and prints what they read and how long they took."""
    if not PEERS.exists():
        raise SystemExit("The readers to compare with are not installed; `make bench` installs them.")
    with LABELS.open(encoding="utf-8-sig", newline="") as file:
        labels = list(csv.DictReader(file))
    seconds: dict[str, list[float]] = {name: [] for name in NAMES}
    read: dict[str, list[list[str]]] = {}
    with worker("fupin") as fupin, worker("quantulum3") as first, worker("recognizers-text") as second:
        workers = (fupin, first, second)
        for one in workers:
            read[one.name] = one.ask("read")["quantities"]  # the first reading loads models and builds indexes
        for _ in range(ROUNDS):
            for one in workers:
                seconds[one.name].append(one.ask("read")["seconds"])
        print_table(labels, read, {name: median(times) for name, times in seconds.items()})
        print("\nMemory of this reader, 1,000 different documents in one process:")
        for documents, megabytes in fupin.ask("memory").items():
            print(f"  after {int(documents):>5,} documents: {megabytes:.0f} MB at most")


def print_table(labels: list[dict[str, str]], read: dict[str, list[list[str]]], seconds: dict[str, float]) -> None:
    """Prints one row per reader."""
    general = sum(label["unit"].split("/")[0] in GENERAL for label in labels)
    titles = (
        f"values right (of {len(labels)})",
        f"units right (of {len(labels)})",
        f"money, %, km, t right (of {general})",
        "false reads",
        "ms per document",
        "times this reader's",
    )
    print(f"| reader | {' | '.join(titles)} |\n|---|{'---:|' * len(titles)}")
    for name, quantities in read.items():
        pairs = matched(labels, quantities)
        units = sum(label["unit"] == unit for label, unit in pairs)
        # "per person" aside, so that yuan are right where the label has yuan per person
        known = [(label["unit"].split("/")[0], unit.split("/")[0]) for label, unit in pairs]
        plain = sum(wanted == unit for wanted, unit in known if wanted in GENERAL)
        columns = (len(pairs), units, plain, len(quantities) - len(pairs))
        times = f"{1000 * seconds[name]:.0f} | {seconds[name] / seconds['fupin']:.1f}"
        print(f"| {NAMES[name]} | {' | '.join(map(str, columns))} | {times} |")


if __name__ == "__main__":
    main()
