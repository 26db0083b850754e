"""What the pages of many reports weigh, and what it takes to bring them up to date after one more report.

Writes made reports, loads them by `fupin run` into a folder that is kept for the next time, loads one more, and builds
the site in a process of its own, as often as asked. Prints two Markdown tables; see README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.made_files import numbers_of, write_files
from pipelines.publishing.snapshot import publish
from pipelines.settings import PROJECT, Settings
from pipelines.versions.read import read_version
from pipelines.versions.version import documents_to_show
from pipelines.warehouse.archive import archive
from pipelines.warehouse.load import load_versions

_SHOWN = (".html", ".js", ".css", ".svg")


def main() -> None:
    """Loads, weighs, loads one more, builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where reports, warehouse and site are kept")
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument(
        "--more", type=int, default=3, help="how many further reports of each kind are loaded one by one"
    )
    parser.add_argument("--build", help=argparse.SUPPRESS)
    options = parser.parse_args()
    settings = Settings(home=options.folder / "var", raw=options.folder / "raw")
    if options.build is not None:
        _build(settings, options.build)
        return
    if not settings.snapshot.exists():
        write_files(settings.raw, options.reports)
        environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
        subprocess.run([sys.executable, "-m", "pipelines.cli", "run"], cwd=PROJECT, env=environment, check=True)
    elif not settings.site.exists():
        _built(options.folder)
    weigh(settings.site, options.reports)
    print("\n| one more report | | files written | kept | s CPU | s CPU, nothing new |")
    print("|---|---|--:|--:|--:|--:|", flush=True)
    for level, table in (("prefecture", True), ("prefecture", False), ("province", True)):
        spent = []
        kind = f"{'table' if table else 'text'} of a {level}"
        numbers = numbers_of(level, table=table, first=options.reports)
        for _ in range(options.more):
            name = _load_one_more(settings, numbers)
            one, none = _built(options.folder, name), _built(options.folder)
            spent.append(one["cpu"])
            counted = f"{one['written']} | {one['kept']:,} | {one['cpu']:.2f} | {none['cpu']:.2f}"
            print(f"| {kind} | {name} | {counted} |", flush=True)
        print(f"| {kind} | least, median | | | {min(spent):.2f}, {statistics.median(spent):.2f} | |", flush=True)


def weigh(site: Path, reports: int) -> None:
    """Prints bytes and files by folder, and the heaviest page."""
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    kinds: dict[str, list[int]] = defaultdict(list)
    for path, size in sizes.items():
        parts = [part for part in path.relative_to(site).parts[:-1] if part != "zh"]
        kinds[parts[0] if parts else "first pages and record"].append(size)
    print("| part | files | KB a report |")
    print("|---|--:|--:|")
    for kind, found in sorted(kinds.items(), key=lambda one: -sum(one[1])):
        print(f"| {kind} | {len(found):,} | {sum(found) / reports / 1000:.1f} |")
    heaviest = max((path for path in sizes if path.suffix in _SHOWN), key=sizes.__getitem__)
    print(f"| all | {len(sizes):,} | {sum(sizes.values()) / reports / 1000:.1f} |")
    print(f"\nheaviest: {heaviest.relative_to(site)}, {sizes[heaviest] / 1000:.0f} KB", flush=True)


def _load_one_more(settings: Settings, numbers: Iterator[int]) -> str:
    there = {path.name for path in settings.raw.iterdir()}
    name = ""
    while not name:
        write_files(settings.raw, 1, next(numbers))
        [name] = {path.name for path in settings.raw.iterdir()} - there or [""]
    version = read_version(settings.raw / name, name, 10**7)
    archive(settings.archive, settings.raw / name, name, version.document.content_hash)
    load_versions(settings, [version])
    publish(settings)
    return name


def _built(folder: Path, read: str = "") -> dict[str, float]:
    """Builds in a process of its own, which has read a report before, as a run has."""
    command = [sys.executable, "-m", "benchmarks.pages", str(folder), "--build", read]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _build(settings: Settings, read: str) -> None:
    from pipelines.publishing.site.build import build_site

    versions = [read_version(settings.raw / read, read, 10**7)] if read else []
    began = _cpu()
    built = build_site(settings, documents_to_show(versions, settings))
    print(json.dumps({"written": built.written, "kept": built.kept, "cpu": _cpu() - began}))


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
