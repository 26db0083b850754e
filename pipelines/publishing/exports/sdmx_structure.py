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
# a message says when it was made; the same content must give the same bytes
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Name:
    """What a code is called and means, in both languages."""

    en: str
    zh: str
    tells_en: str = ""
    tells_zh: str = ""

    @property
    def names(self) -> dict[str, str]:
        """Language → name."""
        return {"en": self.en, "zh": self.zh}

    @property
    def meanings(self) -> dict[str, str] | None:
        """Language → meaning, if one is told."""
        return {"en": self.tells_en, "zh": self.tells_zh} if self.tells_en else None

    def of(self, member: Name) -> Name:
        """The name of the part of a member."""
        return Name(f"{self.en}: {member.en}", f"{self.zh}：{member.zh}", self.tells_en, self.tells_zh)


_CONCEPTS = {
    "FREQ": Name("Frequency", "频率"),
    "INDICATOR": Name("Indicator", "指标"),
    "REF_AREA": Name(
        "Region by its code in GB/T 2260, or country by that in ISO 3166-1",
        "地区（GB/T 2260 代码）或国家（ISO 3166-1 代码）",
    ),
    "BASIS": Name("Basis: as reported, or adjusted by accepted corrections", "口径：按报告或按已采纳的更正"),
    "TIME_PERIOD": Name("Year, or first day and length of a longer period", "年份，或较长时期的首日和长度"),
    "OBS_VALUE": Name("Value", "数值"),
    "LOWER_BOUND": Name("Smallest value that the printed figures allow", "所印数字允许的最小值"),
    "UPPER_BOUND": Name("Largest value that the printed figures allow", "所印数字允许的最大值"),
    "UNIT_MEASURE": Name("Unit of the value and its bounds", "数值及其界限的单位"),
    "OBS_STATUS": Name("Status of the value", "数值状态"),
    "DISPUTED_COUNT": Name("Figures below the value that a check disputes", "数值所依据的存疑数字个数"),
    "COMMENT_OBS": Name("Why the value is missing", "缺值原因"),
}
_DIMENSIONS = ("FREQ", "INDICATOR", "REF_AREA", "BASIS")
_ATTRIBUTES = ("LOWER_BOUND", "UPPER_BOUND", "UNIT_MEASURE", "OBS_STATUS", "DISPUTED_COUNT", "COMMENT_OBS")
_REQUIRED = ("UNIT_MEASURE", "OBS_STATUS")
_FREQUENCIES = {"A": Name("Annual", "年度")}
_BASES = {
    "AS_REPORTED": Name("As reported", "按报告"),
    "ADJUSTED": Name("Adjusted by accepted corrections", "按已采纳的更正"),
}
_STATUS = {
    "A": Name("Normal", "正常"),
    "U": Name("Rests on a disputed figure", "依据存疑数字"),
    "O": Name("Missing", "缺失"),
}
# of the code lists and of what else is named
_FREQUENCY_LIST, _INDICATOR_LIST, _REGION_LIST = (
    Name("Frequency", "频率"),
    Name("Indicators", "指标"),
    Name("Regions", "地区"),
)
_BASIS_LIST, _UNIT_LIST, _STATUS_LIST = Name("Basis", "口径"), Name("Units", "单位"), Name("Status", "状态")
_CONCEPT_SCHEME, _STRUCTURE = Name("Concepts", "概念"), Name("Indicators by region and year", "分地区分年度指标")
_DATAFLOW = Name("Indicators of poverty reports", "扶贫报告指标")


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of the data with their names."""

    indicators: Mapping[str, Name]
    regions: Mapping[str, Name]
    units: Mapping[str, Name]


def write_structure(path: Path, codes: Codes) -> None:
    """Writes the structure message."""
    import sdmx
    from sdmx import message
    from sdmx.model import common, v21

    agency = common.Agency(id=AGENCY, name="Fupin")
    concepts = common.ConceptScheme(
        id="CONCEPTS",
        version=VERSION,
        maintainer=agency,
        name=_CONCEPT_SCHEME.names,
        is_final=True,
        is_external_reference=False,
    )
    for name, text in _CONCEPTS.items():
        concepts.append(common.Concept(id=name, name=text.names))
    lists = {
        "FREQ": _codelist("FREQ", _FREQUENCY_LIST, _FREQUENCIES, agency),
        "INDICATOR": _codelist("INDICATOR", _INDICATOR_LIST, codes.indicators, agency),
        "REF_AREA": _codelist("REF_AREA", _REGION_LIST, codes.regions, agency),
        "BASIS": _codelist("BASIS", _BASIS_LIST, _BASES, agency),
        "UNIT_MEASURE": _codelist("UNIT", _UNIT_LIST, codes.units, agency),
        "OBS_STATUS": _codelist("OBS_STATUS", _STATUS_LIST, _STATUS, agency),
    }
    structure = _data_structure(concepts, lists, agency)
    flow = v21.DataflowDefinition(
        id=FLOW,
        version=VERSION,
        maintainer=agency,
        name=_DATAFLOW.names,
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


def _codelist(name: str, title: Name, codes: Mapping[str, Name], agency: Agency) -> Codelist:
    from sdmx.model import common

    made = common.Codelist(
        id=f"CL_{name}",
        version=VERSION,
        maintainer=agency,
        name=title.names,
        is_final=True,
        is_external_reference=False,
    )
    for code, one in sorted(codes.items()):
        made.append(common.Code(id=code, name=one.names, description=one.meanings))
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
        version=VERSION,
        maintainer=agency,
        name=_STRUCTURE.names,
        is_final=True,
        is_external_reference=False,
        dimensions=common.DimensionDescriptor(id="DimensionDescriptor", components=list(dimensions)),
        measures=v21.MeasureDescriptor(id="MeasureDescriptor", components=[measure]),
        attributes=common.AttributeDescriptor(id="AttributeDescriptor", components=attributes),
    )
