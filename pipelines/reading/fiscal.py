"""What a Fiscal Data Package says of its columns: amounts, currencies, phases, years, places and classifications.

Both ways of saying it are understood: a `columnType` at each field, and the older `model` of measures and dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from pipelines.catalog.crosswalks import crosswalks, program_of, region_of, source_of
from pipelines.catalog.currencies import written
from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.document import StatedCode, StatedColumn
from pipelines.reading.table_schema import Field, decimals_of

_YEAR = regex(r"(?:FY\s?)?((?:19|20)\d\d)(?:-\d\d-\d\d.*)?")
_NOT_COUNTED = regex(r"(?:.*[_\s-])?(?:id|code|year|no|number)", re.IGNORECASE)
# what a column type begins with, and what it tells; the first that fits
_CONCEPTS = (
    ("value-currency", "currency"), ("currency", "currency"), ("value-factor", "factor"), ("factor", "factor"),
    ("value-kind", ""), ("value", "value"), ("date", "period"), ("phase", "stage"), ("direction", "direction"),
    ("functional-classification:cofog", "cofog"), ("functional-classification", "budget_code"), ("geo", "region"),
    ("fin-source", "source"), ("budget", "value"),
)  # fmt: skip
_REVENUE = frozenset({"revenue", "income"})


@dataclass(frozen=True, slots=True)
class Meant:
    """What one field, or one constant, tells: the concept, and for an amount its unit, factor, phase and direction.

    `is_fiscal` says that the package types it, so that an amount is one whatever its header says of budgets and plans.
    """

    concept: str
    unit: str = ""
    scale: Decimal = Decimal(1)
    phase: str = ""
    direction: str = ""
    constant: str = ""
    is_fiscal: bool = False


def meant_by(
    fields: Sequence[Field], resource: Mapping[str, Any], package: Mapping[str, Any], first: bool, report_id: str
) -> dict[str, Meant]:
    """What each field of a resource tells, by its name; constants stand under names that begin with `=`.

    Args:
        fields: of the resource.
        resource: its descriptor.
        package: the descriptor of the package, for its `model`.
        first: whether it is the first resource, which the model means where it names none.
        report_id: named in errors.

    Returns:
        Fields that the package does not type are amounts if they are numbers that do not number or date something.

    Raises:
        ReportError: a factor that is no number, or a phase that the standard does not have.
    """
    name = str(resource.get("name", ""))
    found = _of_model(package.get("model"), name, first, report_id)
    for field in fields:
        kind = field.spec.get("columnType")
        if isinstance(kind, str):
            found[field.name] = replace(
                _measure(_concept(kind, field), field.spec, report_id, field.name), is_fiscal=True
            )
    schema = resource.get("schema")
    extra = schema.get("extraFields", ()) if isinstance(schema, dict) else ()
    for spec in (*extra, *(field.spec for field in fields)):
        if isinstance(spec, dict) and "constant" in spec and isinstance(spec.get("columnType"), str):
            meant = Meant(_concept(spec["columnType"], None), constant=str(spec["constant"]))
            found[f"={spec.get('name', '')}"] = meant
    keys = schema.get("primaryKey", ()) if isinstance(schema, dict) else ()
    for field in fields:
        if field.name not in found:
            counts = field.is_number and field.name not in keys and _NOT_COUNTED.fullmatch(field.name) is None
            found[field.name] = _measure("value" if counts else "", field.spec, report_id, field.name)
    return found


def _concept(kind: str, field: Field | None) -> str:
    concept = next(
        (told for start, told in _CONCEPTS if kind == start or kind.startswith((f"{start}:", f"{start}-"))), ""
    )
    if concept == "value" and field is not None and not field.is_number:
        return ""
    # names of a classification are read as words, its codes by the crosswalk
    return (
        "" if concept in ("cofog", "budget_code") and "code" not in kind.split(":") and kind.count(":") > 1 else concept
    )


def _measure(concept: str, spec: Mapping[str, Any], report_id: str, place: str) -> Meant:
    phase = str(spec.get("phase", ""))
    if phase and phase not in crosswalks().fiscal_phases:
        known = ", ".join(crosswalks().fiscal_phases)
        raise ReportError(report_id, f"{phase[:40]} is no phase; phases are {known}", f"field {place}")
    unit, direction = str(spec.get("currency", "")).upper(), str(spec.get("direction", ""))
    if unit and unit not in written().codes:
        raise ReportError(report_id, f"{unit[:40]} is no currency of ISO 4217", f"field {place}")
    return Meant(concept, unit, _factor(spec.get("factor", 1), report_id, f"field {place}"), phase, direction)


def _factor(value: Any, report_id: str, place: str) -> Decimal:  # noqa: ANN401 - any JSON value
    try:
        factor = Decimal(str(value))
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0:
        raise ReportError(report_id, "its factor is no number above 0", place)
    return factor


def _of_model(model: Any, resource: str, first: bool, report_id: str) -> dict[str, Meant]:  # noqa: ANN401
    """The fields of a resource as the older model of measures and dimensions tells them."""
    found: dict[str, Meant] = {}
    for measure in _objects(model, "measures").values():
        if _concerns(measure, resource, first) and "source" in measure:
            meant = _measure("value", measure, report_id, str(measure["source"]))
            found[str(measure["source"])] = replace(meant, is_fiscal=True)
    for name, dimension in _objects(model, "dimensions").items():
        for key, attribute in _objects(dimension, "attributes").items():
            if not _concerns(attribute, resource, first):
                continue
            meant = Meant(_of_dimension(name, key, dimension))
            if "source" in attribute:
                found.setdefault(str(attribute["source"]), meant)
            elif "constant" in attribute:
                found[f"={name}.{key}"] = replace(meant, constant=str(attribute["constant"]))
    return found


def _objects(value: Any, key: str) -> dict[str, dict[str, Any]]:  # noqa: ANN401
    found = value.get(key) if isinstance(value, dict) else None
    return {name: part for name, part in found.items() if isinstance(part, dict)} if isinstance(found, dict) else {}


def _concerns(part: Mapping[str, Any], resource: str, first: bool) -> bool:
    return part["resource"] == resource if "resource" in part else first


def _of_dimension(name: str, attribute: str, dimension: Mapping[str, Any]) -> str:
    kind = dimension.get("dimensionType")
    if kind == "datetime":
        return "period"
    if kind == "location":
        return "region"
    if name == "cofog":
        return "cofog" if attribute == "code" else ""
    if dimension.get("classificationType") == "functional":
        return "budget_code" if attribute == "code" else ""
    return {"phase": "stage", "direction": "direction", "currency": "currency"}.get(name, "")


def column_of(column: int, field: Field, meant: Meant) -> StatedColumn:
    """What is stated of a column; labels that only name a currency, factor or direction say nothing about its rows."""
    if meant.concept != "value":
        return StatedColumn(column, "ignored" if meant.concept in ("currency", "factor") else "label")
    role = "level" if meant.is_fiscal else ""
    return StatedColumn(column, "value", meant.unit, meant.scale, role, decimals_of(field), _staged(meant))


def _staged(meant: Meant) -> tuple[StatedCode, ...]:
    if meant.direction.lower() in _REVENUE:
        return (StatedCode("stage", "", meant.direction),)
    stage = crosswalks().fiscal_phases.get(meant.phase, "")
    return (StatedCode("stage", stage, meant.phase),) if stage else ()


def row_codes(values: Sequence[tuple[Meant, str]]) -> tuple[StatedCode, ...]:
    """The attributes of meaning that the values of a row tell, each once."""
    found: dict[str, StatedCode] = {}
    for meant, text in values:
        told = _told(meant.concept, text) if text else None
        if told is not None and (told.attribute not in found or not found[told.attribute].code):
            found[told.attribute] = told
    revenue = [text for meant, text in values if meant.concept == "direction" and text.lower() in _REVENUE]
    if revenue:
        found["stage"] = StatedCode("stage", "", revenue[0])
    return tuple(found.values())


def _told(concept: str, text: str) -> StatedCode | None:
    if concept == "period":
        year = _YEAR.fullmatch(text.strip())
        return StatedCode("period", f"Y{year.group(1)}", text) if year else None
    if concept == "stage":
        return StatedCode("stage", crosswalks().fiscal_phases.get(text.strip().lower(), ""), text)
    if concept in ("cofog", "budget_code"):
        return _known("program", program_of(concept, text), f"{concept} {text}")
    if concept == "region":
        return _known("region", region_of(text), text)
    if concept == "source":
        return _known("source", source_of(text, ""), text)
    return None


def _known(attribute: str, code: str, words: str) -> StatedCode | None:
    """What a code stands for; one that the catalogue lacks leaves the attribute to the row's words."""
    return StatedCode(attribute, code, words) if code else None
