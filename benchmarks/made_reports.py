"""Report versions made from the sample report: each about another region and year, with the sample's figures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipelines.catalog.regions import regions
from pipelines.meaning.derive import derive_facts
from pipelines.meaning.meaning import Decision
from pipelines.settings import PROJECT
from pipelines.suites.reports import run_suites
from pipelines.versions.read import read_version
from pipelines.versions.version import ReportVersion

_SAMPLE = PROJECT / "raw" / "jiangxi_2011.txt"
_REGION, _YEAR = "360000", 2011


@lru_cache(maxsize=1)
def sample() -> ReportVersion:
    """The sample report after all rooms before the warehouse, with its shape results."""
    read = read_version(_SAMPLE, _SAMPLE.name, 10**7)
    return replace(read, expectations=run_suites([read], PROJECT / "expectations")[_SAMPLE.name])


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    """Codes of all provinces, prefectures and counties of 2011."""
    return tuple(sorted({place.code for place in regions() if place.valid_from <= _YEAR} - {_REGION}))


def made_versions(first: int, last: int) -> Iterator[ReportVersion]:
    """The versions with the numbers from `first` to `last`, without it.

    Reports 0 to 3,217 are those of one year, one for each region; the next as many those of the year before.
    """
    for number in range(first, last):
        turn, place = divmod(number, len(_places()))
        yield made_version(number, _places()[place], turn)


def made_version(number: int, region: str, years_back: int, edition: int = 1) -> ReportVersion:
    """The sample as the report of another region and an earlier year.

    Args:
        number: of the report, its id is made from it.
        region: code.
        years_back: how many years before the sample's.
        edition: another one is another content of the same report.
    """
    origin = sample()
    content = hashlib.sha256(f"{number} {edition}".encode()).hexdigest()
    name = f"made/{number:06}.txt"

    def moved(decision: Decision) -> Decision:
        return decision._replace(code=region if decision.code == _REGION else decision.code)

    def earlier(decision: Decision) -> Decision:
        code = re.sub(r"(?<=^Y)\d{4}$", lambda year: str(int(year[0]) - years_back), decision.code)
        return decision._replace(code=code)

    meanings = tuple(
        meaning._replace(region=moved(meaning.region), period=earlier(meaning.period)) for meaning in origin.meanings
    )
    identity = replace(
        origin.identity, report_id=name, region=moved(origin.identity.region), period=earlier(origin.identity.period)
    )
    return replace(
        origin,
        document=replace(origin.document, report_id=name, content_hash=content),
        identity=identity,
        meanings=meanings,
        facts=derive_facts(origin.reading, meanings),
    )
