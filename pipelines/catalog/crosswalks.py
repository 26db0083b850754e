"""From codes of international standards, as files state them, to the codes of this catalogue."""

from __future__ import annotations

from functools import lru_cache

from pipelines.catalog.load import Strict, catalog, read_as
from pipelines.catalog.phrases import Phrases
from pipelines.catalog.regions import province_named, regions
from pipelines.errors import CatalogError


class Kind(Strict):
    """A kind of transaction or budget: its name, and the stage of the money's flow that it is, if it is one."""

    name: str
    stage: str | None = None


class Crosswalks(Strict):
    """The content of `catalog/crosswalks.yml`."""

    iati_transactions: dict[str, Kind]
    iati_budgets: dict[str, Kind]
    iati_organisations: dict[str, str]
    fiscal_phases: dict[str, str]


@lru_cache(maxsize=1)
def crosswalks() -> Crosswalks:
    """The crosswalks, read and validated once.

    Raises:
        CatalogError: `catalog/crosswalks.yml` is malformed or names a code that the catalogue lacks.
    """
    found = read_as(Crosswalks, "crosswalks")
    kinds = (*found.iati_transactions.values(), *found.iati_budgets.values())
    stages = {kind.stage for kind in kinds if kind.stage is not None} | set(found.fiscal_phases.values())
    for code in sorted(
        (stages - set(catalog().stages)) | (set(found.iati_organisations.values()) - set(catalog().sources))
    ):
        raise CatalogError(f"catalog/crosswalks.yml: {code} is no code of the catalogue")
    return found


@lru_cache(maxsize=1024)
def program_of(scheme: str, code: str) -> str:
    """The one program that carries a code of a scheme (`dac_purpose`, `cofog`, `budget_code`), else an empty text.

    A code without a program of its own takes that of the longest code above it: COFOG 04.2.1 that of 04.2.
    """
    programs = catalog().programs.values()
    wanted = code.strip()
    while wanted:
        found = [program.code for program in programs if getattr(program, scheme) == wanted]
        if found:
            return found[0] if len(found) == 1 else ""
        wanted = wanted.rpartition(".")[0] if scheme == "cofog" else ""
    return ""


@lru_cache(maxsize=4096)
def source_of(provider: str, organisation_type: str) -> str:
    """The source of money by who provides it: by the one source that the name speaks of, else by the kind of provider.

    Returns:
        A code, empty where neither tells it.
    """
    hits = _sources().find(provider)["sources"]
    named = {hit.payload for hit in hits}
    if len(named) == 1 and named != {"unknown"}:
        return str(named.pop())
    return "" if named else crosswalks().iati_organisations.get(organisation_type, "")


@lru_cache(maxsize=1)
def _sources() -> Phrases:
    return Phrases({"sources": [(word, source.code) for source in catalog().sources.values() for word in source.words]})


@lru_cache(maxsize=4096)
def region_of(text: str) -> str:
    """The region that a code of GB/T 2260, a code of ISO 3166-2 or a name stands for; empty where none or several do.

    A name may be of a province in either language, or of a prefecture or county whose name no other bears.
    """
    wanted = text.strip()
    by_code, by_name = _regions()
    if wanted.upper() in by_code:
        return by_code[wanted.upper()]
    codes = by_name.get(wanted.lower(), frozenset())
    if len(codes) == 1:
        return next(iter(codes))
    province = province_named(wanted)
    return province.code if province is not None and not codes else ""


@lru_cache(maxsize=1)
def _regions() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    codes: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for entry in regions():
        codes[entry.code] = entry.code
        if entry.iso:
            codes[entry.iso.upper()] = entry.code
        for name in (entry.name_zh, entry.name_en.lower()):
            names.setdefault(name, set()).add(entry.code)
    provinces = {entry.code for entry in regions() if entry.level == "province"}
    # a province is meant where its name is also that of a county
    return codes, {name: frozenset(found & provinces or found) for name, found in names.items()}


def region_names() -> list[str]:
    """The names of all provinces in both languages, for messages."""
    return [name for entry in regions() if entry.level == "province" for name in (entry.name_en, entry.name_zh)]
