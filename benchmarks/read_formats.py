"""Time and memory of reading large tables into a Document, beside pandas; see README.md here.

Run it by `.venv/bin/python benchmarks/read_formats.py` in a development environment. It writes two files of invented
numbers into a temporary folder and reads each in a process of its own, so that peaks do not add up.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
ROUNDS = 3
HEADER = ("County", "Year", "Total", "Central", "Provincial", "City", "Share", "Households")
# what each reader runs; `path` is the file
READERS = {
    "document": "from pipelines.reading.read import read_document; read_document(path, path.name, 10**9)",
    "pandas .xlsx": "import pandas; pandas.read_excel(path)",
    "pandas .csv": "import pandas; pandas.read_csv(path)",
}
# imports count as little as they do in a run of many files; the peak of memory is the process's own
CHILD = """
import re, sys, time
from pathlib import Path
path = Path(sys.argv[1])
code = sys.argv[2]
head, _, call = code.rpartition("; ")
exec(head)
if "pandas" in head:
    import openpyxl
else:
    import python_calamine, pipelines.reading.xlsx, pipelines.reading.delimited, pipelines.reading.detect
def peak():
    # of this process alone; the counter of the system's accounting is inherited from the parent
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024
before = peak()
began = time.perf_counter()
result = eval(call)
seconds = time.perf_counter() - began
print([seconds, peak() - before])
"""


def main() -> None:
    """Writes the files, measures every reader, prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        files = (
            ("50,000 x 8 .xlsx", _workbook(Path(folder) / "large.xlsx", 50_000), "pandas .xlsx"),
            ("200,000 x 8 .csv", _delimited(Path(folder) / "large.csv", 200_000), "pandas .csv"),
        )
        print(f"{'file':<18}{'reader':<14}{'seconds':>9}{'peak MB':>9}   document : pandas")
        for name, path, pandas in files:
            own, other = _measure(READERS["document"], path), _measure(READERS[pandas], path)
            print(f"{name:<18}{'document':<14}{own[0]:>9.2f}{own[1]:>9.0f}")
            ratio = f"time {own[0] / other[0]:.2f}, memory {own[1] / other[1]:.2f}"
            print(f"{'':<18}{'pandas':<14}{other[0]:>9.2f}{other[1]:>9.0f}   {ratio}")


def _measure(code: str, path: Path) -> tuple[float, float]:
    """Median seconds and median additional megabytes of several processes."""
    found = []
    for _ in range(ROUNDS):
        ended = subprocess.run(
            [sys.executable, "-c", CHILD, str(path), code], cwd=PROJECT, capture_output=True, text=True, check=True
        )
        found.append(json.loads(ended.stdout))
    return median(row[0] for row in found), median(row[1] for row in found)


def _rows(count: int) -> list[tuple[str | float | int, ...]]:
    numbers = random.Random(7)
    return [
        (
            *(f"County {row % 500}", 2000 + row % 20),
            *(round(numbers.uniform(1, 9999), 2) for _ in range(4)),
            *(round(numbers.random(), 3), numbers.randint(1, 9999)),
        )
        for row in range(count)
    ]


def _workbook(path: Path, count: int) -> Path:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("funds")
    sheet.append(HEADER)
    formats = (None, None, *["#,##0.00"] * 4, "0.0%", None)
    for row in _rows(count):
        cells = []
        for value, number_format in zip(row, formats, strict=True):
            cell = WriteOnlyCell(sheet, value=value)
            if number_format:
                cell.number_format = number_format
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
    return path


def _delimited(path: Path, count: int) -> Path:
    lines = [",".join(HEADER), *(",".join(map(str, row)) for row in _rows(count))]
    path.write_text("\n".join(lines))
    return path


if __name__ == "__main__":
    main()
