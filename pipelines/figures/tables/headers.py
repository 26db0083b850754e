"""What the header of a label column says that its labels name: regions, programs, fund sources, units, single items."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipelines.patterns import regex

# a region of any level is named where the header tells no level
LabelKind = Literal[
    "region",
    "province",
    "prefecture",
    "county",
    "program",
    "project",
    "source",
    "unit",
    "measure",
    "item",
    "agency",
    "person",
    "year",
]

# kinds of places that the catalogue of regions has, from the widest
PLACE_KINDS: tuple[LabelKind, ...] = ("province", "prefecture", "region", "county")

_KEY = r"(?:(?:key|poor|project|pilot|recipient|administrative|natural) )?"
_COUNTY = rf"{_KEY}(?:count(?:y|ies)|districts?|banners?)"
_PLACE = rf"(?:{_COUNTY}|{_KEY}(?:countr(?:y|ies)|provinces?|prefectures?|cit(?:y|ies)|regions?|municipalit(?:y|ies)))"
_SITE = (
    rf"{_KEY}(?:villages?|townships?|towns?|hamlets?|communit(?:y|ies)|households?|wards?|parish(?:es)?"
    r"|barangays?|communes?|sites?|streets?|roads?|squares?|neighbourhoods?|settlements?)"
)
_AND = r"\s*(?:[/,&]|\band\b|\bor\b)\s*"
_MONEY = r"(?:fund(?:s|ing)?|financ(?:e|ing)|money)"
_ZH_KEY = r"(?:所在|所属|项目|贫困|重点|行政|自然|受益)?"
_ZH_NAME = r"(?:[(（][省市州盟县区旗、,，/]+[)）])?(?:名称?)?"


def _english(words: str) -> str:
    return rf"(?:names? of (?:the )?)?{words}(?:{_AND}{words})*(?: names?)?"


_HEADERS: tuple[tuple[LabelKind, str], ...] = (
    ("unit", r"(?:计量)?单\s*位|units?(?: (?:of )?measure(?:ment)?)?|currenc(?:y|ies)|币种|货币"
             r"|moneda|devise|moeda|satuan|unité|unidade?"),
    ("item", rf"{_english(_SITE)}|{_ZH_KEY}[乡镇村]+(?:[(（][乡镇村、]+[)）])?(?:名称?)?|街道|社区|农户|户主(?:姓名)?"),
    ("province", rf"{_english('provinces?')}|省(?:份|名)?"),
    ("prefecture", rf"{_english('prefectures?')}|设区市|市州|州市|地市"),
    ("county", rf"{_english(_COUNTY)}|{_ZH_KEY}[县区旗]+{_ZH_NAME}"),
    ("region", rf"{_english(_PLACE)}|{_ZH_KEY}[省市州盟县区旗]+{_ZH_NAME}|(?:行政)?区划(?:名称)?|地区(?:名称)?|区域"),
    ("source", rf"(?:{_MONEY} )?sources?(?: of (?:the )?{_MONEY})?"
               r"|(?:资金)?(?:来源|渠道)|来源渠道|资金(?:名称|类别|种类|性质)"),
    ("project", rf"{_english(rf'{_KEY}(?:(?:sub-?)?projects?|activit(?:y|ies)|works|schemes?)')}|(?:项目|工程)名称"
                r"|proye[ck]tos?|projetos?|projets?|proyek|kegiatan|obras?|travaux"),
    ("program", r"program(?:me)?s?(?: names?)?|types? of (?:project|program(?:me)?)s?|project types?|purposes?"
                r"|uses?(?: of (?:the )?(?:funds?|money))?|项目(?:类别|类型)|(?:资金)?(?:用途|投向)"),
    ("measure", r"指\s*标(?:名称)?|(?:indicator|measure|series|variable)s?(?: names?)?"),
)  # fmt: skip
_PATTERNS = tuple((told, regex(words, re.IGNORECASE)) for told, words in _HEADERS)


@lru_cache(maxsize=4096)
def kind_of_labels(header: str) -> LabelKind | None:
    """What the labels below a header name, None where the header does not say it.

    A header such as 项目 or "Item" may head anything, so it says nothing.
    """
    words = " ".join(header.split())
    return next((told for told, pattern in _PATTERNS if pattern.fullmatch(words)), None)


_LEVEL = regex(
    r"(?:county|city|prefecture|municipality|district|township|[县市区州旗](?:[、/]?[县市区州旗])?级?|镇|乡镇?)\s*(?:[(（][^()（）]*[)）])?",
    re.IGNORECASE,
)


def is_level(header: str) -> bool:
    """Whether a header is nothing but a level of offices, with or without a unit: County (yuan), 县, 市县."""
    return _LEVEL.fullmatch(header.strip()) is not None


def tells_only_years(column_path: str) -> bool:
    """Whether headers hold no more than years and brackets, so that the caption tells what is measured."""
    return _ONLY_YEARS.fullmatch(column_path) is not None


_ONLY_YEARS = regex(r"(?:[(（\[][^()（）\[\]]*[)）\]]|\byears?\b|[\d\s年度>,，—–-])*", re.IGNORECASE)
