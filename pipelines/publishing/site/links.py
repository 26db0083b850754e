"""Where pages stand and how they are linked: relative addresses that work from a disk and from any web server."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

# figures that one page of a report lists, and pages beyond which a report is left to queries
FIGURES_PER_PAGE = 150
MAX_REPORT_PAGES = 20
# failures of one report on one page
FAILURES_PER_PAGE = 80
_READABLE = 40


@lru_cache(maxsize=100_000)
def slug(report_id: str) -> str:
    """A report's part of an address: letters and digits of its id, and a hash that keeps like ones apart."""
    digest = hashlib.sha256(report_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    readable = re.sub(r"[^a-z0-9]+", "-", report_id.lower()).strip("-")[:_READABLE].strip("-")
    return f"{readable}-{digest}" if readable else digest


def version_page(report_id: str, version_no: int, page: int = 1) -> str:
    """One page of a report version."""
    return f"reports/{slug(report_id)}/v{version_no}{'' if page == 1 else f'-p{page}'}.html"


def figure_page(report_id: str, version_no: int, figure_id: int) -> str:
    """The page and the row of a figure; of one beyond the last page, where it says how to reach it."""
    page = (figure_id - 1) // FIGURES_PER_PAGE + 1
    if page > MAX_REPORT_PAGES:
        return f"{version_page(report_id, version_no, MAX_REPORT_PAGES)}#rest"
    return f"{version_page(report_id, version_no, page)}#f{figure_id}"


def comparison_page(report_id: str) -> str:
    """The versions of a report side by side."""
    return f"reports/{slug(report_id)}/versions.html"


def figures_data(report_id: str, version_no: int, page: int = 1) -> str:
    """What one page of a report version shows, as a script for all languages."""
    return f"figures/{slug(report_id)}/v{version_no}{'' if page == 1 else f'-p{page}'}.js"


def failures_page(report_id: str, page: int = 1) -> str:
    """One page of a report's failures."""
    return f"failures/{slug(report_id)}{'' if page == 1 else f'-p{page}'}.html"


def cause_page(report_id: str, failure_id: str) -> str:
    """The page of a root cause, by the id of its first failure."""
    return f"failures/{slug(report_id)}/{failure_id}.html"


def failure_places(failures: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Failure id → where its arithmetic is written out.

    Args:
        failures: with `id` and `report`, in the order of the pages.
    """
    seen: Counter[str] = Counter()
    places = {}
    for failure in failures:
        page = seen[failure["report"]] // FAILURES_PER_PAGE + 1
        seen[failure["report"]] += 1
        places[failure["id"]] = f"{failures_page(failure['report'], page)}#{failure['id']}"
    return places


def indicator_page(name: str) -> str:
    """The page of an indicator."""
    return f"indicators/{name}.html"


def indicator_file(name: str, kind: str) -> str:
    """An indicator's values as one file: a table, a workbook, or a package that describes its columns."""
    return f"downloads/{name}.{kind}"


def values_script(name: str, part: str, number: int) -> str:
    """Values of an indicator in the regions of a province, for lists of all languages."""
    return f"lists/values/{name}-{part}-{number}.js"


def region_page(code: str) -> str:
    """The page of a region."""
    return f"regions/{code}.html"


def brief_page(code: str) -> str:
    """A region on one sheet of paper."""
    return f"regions/{code}-brief.html"


def flow_page(code: str) -> str:
    """The money of a region, from its sources to its programs."""
    return f"flows/{code}.html"


def map_page(indicator: str) -> str:
    """The map of an indicator."""
    return f"maps/{indicator}.html"


def region_kinds(level: str) -> tuple[str, ...]:
    """The kinds of files that there are of a region: of a province all, of one below it the table."""
    return ("csv", "xlsx", "zip") if level == "province" else ("csv",)


def region_file(code: str, kind: str) -> str:
    """A region's values and amounts as one file."""
    return f"downloads/regions/{code}.{kind}"


def to_root(path: str) -> str:
    """What leads from a page to the folder that its address is relative to."""
    return "../" * path.count("/")
