"""The declared indicators: what each divides, adds or compares, its titles, and the values that it can have."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Literal, get_args

from pydantic import model_validator

from pipelines.catalog.load import FOLDER, Strict, catalog, read_yaml, validated
from pipelines.errors import CatalogError

Kind = Literal["ratio", "product", "growth", "earlier", "progress", "difference", "series", "sql"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Member = Literal["program", "source", "measure"]
FILE = "catalog/indicators.yml"
# those that are computed of one or two amounts
_OF_AMOUNTS = frozenset({"ratio", "product", "growth", "earlier", "progress"})


class Texts(Strict):
    """The same text in both languages."""

    en: str
    zh: str


class Amount(Strict):
    """What is taken of a region and year: one fact, or the funds of one stage.

    `name` (`name_zh` in Chinese) stands in the formula and in the reason of a value that is missing. A fund without
    `source` is that of all fiscal sources together; any other fact without `program` is that of whatever program
    printed it.
    """

    name: str
    name_zh: str
    fact: Literal["fund", "result", "target", "standard"] = "fund"
    program: str = ""
    source: str | tuple[str, ...] = ()
    measure: str = ""
    stage: str | tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, one or several."""
        return (self.source,) if isinstance(self.source, str) else self.source

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages, one or several, of which the furthest counts."""
        return (self.stage,) if isinstance(self.stage, str) else self.stage


class Limits(Strict):
    """Values between two ends, of which either can be open; `above` is a lower end that is excluded."""

    above: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None


class Indicator(Strict):
    """One entry of `indicators.yml`.

    Attributes:
        code: name of its table.
        title: short, for pages and exports.
        tells: what it is for.
        kind: the template of `sql/templates/` that it is made with; `sql` for a file of its own in `sql/indicators/`.
        of: the amount above the line, or the one that is compared; of a growth, the change.
        to: the amount below the line; of a growth, the level.
        of_measure: the measure of which two years are compared, of the kinds difference and series.
        by: what it has a row for beyond region and year.
        unit: of its values; several where the member decides.
        possible: values that it can have at all.
        plausible: values beyond which a multiplier may be lost.
        has_evidence: whether each value rests on two figures.
        headline: place on the overview, from 1.
    """

    code: str
    title: Texts
    tells: Texts
    kind: Kind
    of: Amount | None = None
    to: Amount | None = None
    of_measure: str = ""
    by: Member | None = None
    unit: str | tuple[str, ...]
    possible: Limits | None = None
    plausible: Limits | None = None
    has_evidence: bool = True
    headline: int | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """The units, one or several."""
        return (self.unit,) if isinstance(self.unit, str) else self.unit

    @model_validator(mode="after")
    def _is_whole(self) -> Indicator:
        """Each kind has the parts that its template needs, and no others."""
        if (self.of is not None, self.to is not None) != (self.kind in _OF_AMOUNTS,) * 2:
            raise ValueError(f"of and to are needed by {', '.join(sorted(_OF_AMOUNTS))}, and by no other kind")
        if bool(self.of_measure) != (self.kind == "difference"):
            raise ValueError("of_measure is needed by the kind difference, and by no other")
        if self.kind == "progress" and not (self.of and self.to and self.of.stage and self.to.stage):
            raise ValueError("a progress compares two stages")
        if self.kind != "sql" and not isinstance(self.unit, str):
            raise ValueError("a template has one unit")
        return self


@lru_cache(maxsize=1)
def indicators() -> dict[str, Indicator]:
    """Every declared indicator by its code, in the order of the file.

    Raises:
        CatalogError: `catalog/indicators.yml` is malformed; names the entry.
    """
    rows = read_yaml(FOLDER / "indicators.yml")
    if not isinstance(rows, list):
        raise CatalogError(f"{FILE}: must be a list of indicators")
    found: dict[str, Indicator] = {}
    for place, row in enumerate(rows, 1):
        code = row.get("code", place) if isinstance(row, dict) else place
        one = validated(Indicator, row, FILE, str(code))
        if one.code in found:
            raise CatalogError(f"{FILE}: {one.code}: stands twice")
        found[one.code] = one
    return found


def indicator_problems() -> list[str]:
    """Codes that declarations name and no catalogue has, a line each; empty where all are known."""
    codes = catalog()
    found = []
    for one in indicators().values():
        measures = {*codes.measures, "poverty_incidence"}
        named: list[tuple[str, str, Collection[str]]] = [("measure", one.of_measure, measures)]
        for amount in (one.of, one.to):
            if amount is not None:
                named += [("program", amount.program, codes.programs), ("measure", amount.measure, codes.measures)]
                named += [("source", source, codes.sources) for source in amount.sources]
                named += [("stage", stage, codes.stages) for stage in amount.stages]
        found += [f"{FILE}: {one.code}: no {kind} {code}" for kind, code, known in named if code and code not in known]
    places = [one.headline for one in indicators().values() if one.headline]
    found += [f"{FILE}: two indicators have headline {place}" for place in {p for p in places if places.count(p) > 1}]
    return found
