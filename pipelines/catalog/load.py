"""Reads the vocabularies once and hands them out as typed entries; a malformed file fails naming the entry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.errors import CatalogError

FOLDER = Path(__file__).resolve().parent


class Strict(BaseModel):
    """A part of a file that people write: it holds what its class declares, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Strict):
    """What every code of every vocabulary has.

    `words` are phrases that name the entry in a report, see `phrases.py`; `examples` are sentences of which the number
    between ‹ › belongs to the entry, and which the tests read.
    """

    code: str
    name_en: str
    name_zh: str
    parent: str | None = None
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Program(Entry):
    """A program or component.

    `words` are its names, which decide wherever they stand in scope; `things` are signs of it only where an act of
    support is told; `headings` name it in section headings. `context` are words about anything but money, `economy`
    those of the general economy. `budget_code_since` is the first year of the budget classification that has
    `budget_code`.
    """

    things: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    economy: tuple[str, ...] = ()
    dac_purpose: str | None = None
    cofog: str | None = None
    budget_code: str | None = None
    budget_code_since: int | None = None


class Source(Entry):
    """Where money comes from; `ignored` phrases contain words of a source and name none."""

    is_fiscal: bool
    ignored: tuple[str, ...] = ()
    fund_class: str | None = None


class Stage(Entry):
    """How far money has flowed; `order` ranks the stages."""

    order: int
    is_fiscal: bool = True
    iati: str | None = None
    fiscal_phase: str | None = None


class Unit(Entry):
    """A unit; `factor` converts one of it to `base_unit` exactly. `words` are nouns, singular and plural."""

    kind: str
    base_unit: str
    factor: Decimal = Decimal(1)


class Measure(Entry):
    """What is counted. A figure has the measure when its unit is in `units`, its program fits and a word matches.

    `min` and `max` bound what is plausible for a province in one year. `is_paid` is false for amounts that nobody pays,
    such as an income or a line, which are therefore at no stage of a flow of money.
    """

    kind: str
    unit: str
    units: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    is_paid: bool = True
    aggregation: str = "sum"
    additivity: str = "additive"
    min: Decimal | None = None
    max: Decimal | None = None


class Beneficiary(Entry):
    """Who benefits."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All vocabularies, by code, in the order of their files."""

    programs: dict[str, Program]
    sources: dict[str, Source]
    stages: dict[str, Stage]
    units: dict[str, Unit]
    measures: dict[str, Measure]
    beneficiaries: dict[str, Beneficiary]


EntryT = TypeVar("EntryT", bound=Entry)
ModelT = TypeVar("ModelT", bound=BaseModel)


_TEXT = "tag:yaml.org,2002:str"
_LIST, _MAPPING = "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader of the library, that looks up in one step what most nodes are."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that states none."""
        if kind is not yaml.ScalarNode:
            return _LIST if kind is yaml.SequenceNode else _MAPPING
        if implicit[0] and value[:1] in self.yaml_implicit_resolvers:
            for tag, pattern in self.yaml_implicit_resolvers[value[:1]]:
                if pattern.match(value):
                    return str(tag)
        return _TEXT


def _content(loader: _Loader, node: yaml.Node) -> object:
    """What a node holds: texts, lists and mappings at once, all else as the library constructs it."""
    if node.tag == _TEXT:
        return node.value
    if node.tag == _LIST:
        return [_content(loader, one) for one in node.value]
    if node.tag == _MAPPING:
        return {_content(loader, key): _content(loader, value) for key, value in node.value}
    return loader.construct_object(node, deep=True)


def read_yaml(path: Path) -> object:
    """The content of a YAML file.

    Raises:
        CatalogError: the file is missing or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            # what stands at several places is left to the library
            plain = "&" not in text and "<<" not in text
            found = None if node is None else _content(loader, node) if plain else loader.construct_document(node)
        finally:
            loader.dispose()
    except (OSError, ValueError, TypeError, RecursionError, yaml.YAMLError) as error:
        raise CatalogError(f"catalog/{path.name}: {' '.join(str(error).split())}") from error
    if "\\" in text and holds_zero(found):
        raise CatalogError(f"catalog/{path.name}: holds the character zero, which no text has")
    return found


def holds_zero(found: object) -> bool:
    """Whether a text of YAML's content holds the character zero, which only an escape of it can give."""
    if isinstance(found, dict):
        return any(map(holds_zero, (*found, *found.values())))
    return any(map(holds_zero, found)) if isinstance(found, list) else isinstance(found, str) and "\0" in found


def validated(model: type[ModelT], content: object, place: str, *within: str) -> ModelT:
    """The content of a file, or of a part of it, as its class.

    Args:
        model: the class.
        content: as YAML gives it.
        place: file, and entry, that a message begins with.
        within: names of the part within it.

    Raises:
        CatalogError: it is malformed; names the first thing that is.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, (*within, *first["loc"])))
        raise CatalogError(": ".join(filter(None, (place, where, first["msg"])))) from error


def read_as(model: type[ModelT], name: str) -> ModelT:
    """A whole file of the catalogue as its class.

    Raises:
        CatalogError: the file is missing, no YAML, or malformed.
    """
    return validated(model, read_yaml(FOLDER / f"{name}.yml"), f"catalog/{name}.yml")


def _entries(name: str, model: type[EntryT]) -> dict[str, EntryT]:
    rows = read_yaml(FOLDER / f"{name}.yml")
    if not isinstance(rows, list):
        raise CatalogError(f"catalog/{name}.yml: must be a list of entries")
    entries: dict[str, EntryT] = {}
    for number, row in enumerate(rows, 1):
        label = row.get("code", number) if isinstance(row, dict) else number
        entry = validated(model, row, f"catalog/{name}.yml: entry {label}")
        if entry.code in entries:
            raise CatalogError(f"catalog/{name}.yml: entry {entry.code}: the code stands twice")
        entries[entry.code] = entry
    for entry in entries.values():
        if entry.parent is not None and entry.parent not in entries:
            raise CatalogError(f"catalog/{name}.yml: entry {entry.code}: parent {entry.parent} is not an entry")
    return entries


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The vocabularies of this installation, read and validated once.

    Raises:
        CatalogError: names the file and the entry that is wrong.
    """
    return Catalog(
        programs=_entries("programs", Program),
        sources=_entries("sources", Source),
        stages=_entries("stages", Stage),
        units=_entries("units", Unit),
        measures=_entries("measures", Measure),
        beneficiaries=_entries("beneficiaries", Beneficiary),
    )
