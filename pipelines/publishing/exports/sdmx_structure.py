"""What the columns and codes of the SDMX export mean: concepts, code lists, data structure and dataflow as SDMX-ML."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdmx.model.common import Agency, Codelist, Concept, ConceptScheme
    from sdmx.model.v21 import DataStructureDefinition

AGENCY, FLOW, VERSION = "FUPIN", "INDICATORS", "1.0.0"
_STRUCTURE_VERSION = "1.0"
# a message says when it was made; the same content must give the same bytes
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_CONCEPTS = {
    "FREQ": "Frequency",
    "INDICATOR": "Indicator",
    "REF_AREA": "Region by its code in GB/T 2260, or country by that in ISO 3166-1",
    "BASIS": "Basis: as reported, or adjusted by accepted corrections",
    "TIME_PERIOD": "Year, or first day and length of a longer period",
    "OBS_VALUE": "Value",
    "LOWER_BOUND": "Smallest value that the printed figures allow",
    "UPPER_BOUND": "Largest value that the printed figures allow",
    "UNIT_MEASURE": "Unit of the value and its bounds",
    "OBS_STATUS": "Status of the value",
    "DISPUTED_COUNT": "Figures below the value that a check disputes",
    "COMMENT_OBS": "Why the value is missing",
}
_DIMENSIONS = ("FREQ", "INDICATOR", "REF_AREA", "BASIS")
_ATTRIBUTES = ("LOWER_BOUND", "UPPER_BOUND", "UNIT_MEASURE", "OBS_STATUS", "DISPUTED_COUNT", "COMMENT_OBS")
_REQUIRED = ("UNIT_MEASURE", "OBS_STATUS")
_BASES = {"AS_REPORTED": "As reported", "ADJUSTED": "Adjusted by accepted corrections"}
_STATUS = {"A": "Normal", "U": "Rests on a disputed figure", "O": "Missing"}


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of the data: indicators with name and meaning, regions and units with their names."""

    indicators: Mapping[str, tuple[str, str]]
    regions: Mapping[str, str]
    units: Mapping[str, str]


def write_structure(path: Path, codes: Codes) -> None:
    """Writes the structure message."""
    import sdmx
    from sdmx import message
    from sdmx.model import common, v21

    agency = common.Agency(id=AGENCY, name="Fupin")
    concepts = common.ConceptScheme(
        id="CONCEPTS",
        version=_STRUCTURE_VERSION,
        maintainer=agency,
        name="Concepts",
        is_final=True,
        is_external_reference=False,
    )
    for name, text in _CONCEPTS.items():
        concepts.append(common.Concept(id=name, name=text))
    lists = {
        "FREQ": _codelist("FREQ", "Frequency", _named({"A": "Annual"}), agency),
        "INDICATOR": _codelist("INDICATOR", "Indicators", codes.indicators, agency),
        "REF_AREA": _codelist("REF_AREA", "Regions", _named(codes.regions), agency),
        "BASIS": _codelist("BASIS", "Basis", _named(_BASES), agency),
        "UNIT_MEASURE": _codelist("UNIT", "Units", _named(codes.units), agency),
        "OBS_STATUS": _codelist("OBS_STATUS", "Status", _named(_STATUS), agency),
    }
    structure = _data_structure(concepts, lists, agency)
    flow = v21.DataflowDefinition(
        id=FLOW,
        version=VERSION,
        maintainer=agency,
        name="Indicators of poverty reports",
        structure=structure,
        is_final=True,
        is_external_reference=False,
    )
    made = message.StructureMessage(
        header=message.Header(id="STRUCTURE", prepared=_MADE, sender=agency, test=False),
        codelist={one.id: one for one in lists.values()},
        concept_scheme={concepts.id: concepts},
        structure={structure.id: structure},
        dataflow={flow.id: flow},
    )
    path.write_bytes(sdmx.to_xml(made, pretty_print=True, xml_declaration=True, encoding="utf-8"))


def _named(names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Codes that have a name and need no further description."""
    return {code: (name, "") for code, name in names.items()}


def _codelist(name: str, title: str, codes: Mapping[str, tuple[str, str]], agency: Agency) -> Codelist:
    from sdmx.model import common

    made = common.Codelist(
        id=f"CL_{name}",
        version=_STRUCTURE_VERSION,
        maintainer=agency,
        name=title,
        is_final=True,
        is_external_reference=False,
    )
    for code, (text, meaning) in sorted(codes.items()):
        made.append(common.Code(id=code, name=text, description=meaning or None))
    return made


def _data_structure(concepts: ConceptScheme, lists: Mapping[str, Codelist], agency: Agency) -> DataStructureDefinition:
    from sdmx.model import common, v21

    def concept(name: str) -> Concept:
        found: Concept = concepts[name]
        return found

    def representation(name: str) -> common.Representation | None:
        return common.Representation(enumerated=lists[name]) if name in lists else None

    dimensions: Sequence[common.DimensionComponent] = [
        *(
            common.Dimension(
                id=name, order=place, concept_identity=concept(name), local_representation=representation(name)
            )
            for place, name in enumerate(_DIMENSIONS, 1)
        ),
        common.TimeDimension(id="TIME_PERIOD", order=len(_DIMENSIONS) + 1, concept_identity=concept("TIME_PERIOD")),
    ]
    measure = v21.PrimaryMeasure(id="OBS_VALUE", concept_identity=concept("OBS_VALUE"))
    attributes = [
        common.DataAttribute(
            id=name,
            concept_identity=concept(name),
            local_representation=representation(name),
            related_to=v21.PrimaryMeasureRelationship(),
            usage_status=common.UsageStatus["mandatory" if name in _REQUIRED else "conditional"],
        )
        for name in _ATTRIBUTES
    ]
    return v21.DataStructureDefinition(
        id="DSD_INDICATORS",
        version=_STRUCTURE_VERSION,
        maintainer=agency,
        name="Indicators by region and year",
        is_final=True,
        is_external_reference=False,
        dimensions=common.DimensionDescriptor(id="DimensionDescriptor", components=list(dimensions)),
        measures=v21.MeasureDescriptor(id="MeasureDescriptor", components=[measure]),
        attributes=common.AttributeDescriptor(id="AttributeDescriptor", components=attributes),
    )
