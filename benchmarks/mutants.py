"""How many small changes of the code its tests notice: a fixed sample of mutants, made by mutmut's operators.

    .venv/bin/python -m pip install mutmut coverage
    .venv/bin/python -m benchmarks.mutants [--sample 300] [--rooms checking figures …]

Works in a copy of the project. First the tests run once, to know which of them enter which function; then each mutant
meets those alone, until one fails: what reaches its line comes first, what is quick before what is slow. The sample is
drawn by a hash of each change and its function's name: it stays the same while other code changes or moves.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import heapq
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("checking", "figures", "meaning", "warehouse")
TESTS = (*(f"tests/unit/{room}" for room in ROOMS), "tests/properties", "tests/integration")
QUIET = ("--ignore=tests/properties/test_time.py", "-m", "not slow", "-n0", "-pno:cacheprovider")
SECONDS = 150  # for a mutant, which may never end
WORTH = 40  # seconds of tests that a mutant meets
TIMES: Counter[str] = Counter()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Files each line under the test that runs it; pytest calls this where the module is its plugin."""
    name, begun = item.nodeid.partition("[")[0], time.monotonic()
    if covering := coverage.Coverage.current():
        covering.switch_context(name)
    answer = yield
    TIMES[name] += time.monotonic() - begun
    return answer


def pytest_sessionfinish() -> None:
    """Keeps how long each test took."""
    Path("times.json").write_text(json.dumps(TIMES), encoding="utf-8")


def _python(copy: Path, *words: str, seconds: int | None = None) -> int:
    path = os.pathsep.join(filter(None, (str(copy), os.environ.get("PYTHONPATH"))))
    command, environment = ["nice", sys.executable, *words], os.environ | {"PYTHONPATH": path}
    return subprocess.run(command, cwd=copy, env=environment, timeout=seconds, capture_output=True).returncode


def _mutants(copy: Path, rooms: list[str]) -> Iterator[tuple[str, Path, Any, Any]]:
    """Every change that mutmut makes within functions: the hash that draws it, its file, the tree and the change."""
    import libcst
    from mutmut.mutation.file_mutation import create_mutations

    seen: Counter[str] = Counter()
    for path in (path for room in rooms for path in sorted((copy / "pipelines" / room).rglob("*.py"))):
        module, found, *_ = create_mutations(str(path), path.read_text(encoding="utf-8"))
        for change in found:
            if isinstance(function := change.contained_by_top_level_function, libcst.FunctionDef):
                was, becomes = map(module.code_for_node, (change.original_node, change.mutated_node))
                words = "\0".join((function.name.value, was, becomes))
                seen[words] += 1
                yield hashlib.sha256(f"{words}\0{seen[words]}".encode()).hexdigest(), path, module, change


def _noticing(data: coverage.CoverageData, path: Path, text: str, line: int, times: dict[str, float]) -> list[str]:
    """Tests that enter the function around a line, as many as time allows."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    spans = (range(function.lineno, (function.end_lineno or 0) + 1) for function in functions)
    by_line = {number: set(tests) - {""} for number, tests in data.contexts_by_lineno(str(path)).items()}
    tests = set().union(*(by_line.get(number, set()) for number in next(span for span in spans if line in span)))
    chosen, spent = [], 0.0
    for test in sorted(tests, key=lambda test: (test not in by_line.get(line, ()), times[test], test)):
        spent += times[test]
        chosen += [test] if spent < WORTH or not chosen else []
    return chosen


def _meet(copy: Path, path: Path, text: str, changed: str, tests: list[str], number: int) -> str:
    """What became of a mutant."""
    path.write_text(changed, encoding="utf-8")
    os.utime(path, (number, number))  # so that no compiled code of another mutant is taken for it
    try:
        return "noticed" if _python(copy, "-m", "pytest", "-x", *QUIET, *tests, seconds=SECONDS) else "lives"
    except subprocess.TimeoutExpired:
        return "never ends"
    finally:
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Draws the sample, has the tests meet it, and prints what lives and what became of the mutants of each room."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--rooms", nargs="+", default=ROOMS)
    asked = parser.parse_args()
    told: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / "fupin"
        shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(".git", ".venv*", "__pycache__", "var"))
        sample = heapq.nsmallest(asked.sample, _mutants(copy, asked.rooms), key=lambda one: one[0])
        covering = ("-m", "coverage", "run", "--include=pipelines/*", "-m", "pytest", "-pbenchmarks.mutants")
        if _python(copy, *covering, *QUIET, *TESTS):
            sys.exit("the tests fail without any mutant")
        data, times = coverage.CoverageData(str(copy / ".coverage")), json.loads((copy / "times.json").read_bytes())
        data.read()
        for number, (_, path, module, change) in enumerate(sample):
            text, changed = module.code, module.deep_replace(change.original_node, change.mutated_node).code
            pair = text.splitlines(), changed.splitlines()
            line = next((n for n, (was, becomes) in enumerate(zip(*pair, strict=False), 1) if was != becomes), 1)
            tests = _noticing(data, path, text, line, times)
            outcome = _meet(copy, path, text, changed, tests, number) if tests else "no test"
            told[path.relative_to(copy / "pipelines").parts[0], outcome] += 1
            if outcome != "noticed":
                print(f"{outcome}: {path.relative_to(copy)}:{line}", flush=True)
                print(*list(difflib.unified_diff(*pair, n=0, lineterm=""))[3:], sep="\n", flush=True)
    for (room, outcome), count in sorted(told.items()):
        print(f"{room}: {count} {outcome}")


if __name__ == "__main__":
    main()
