"""One activity of an IATI file: its identifier, places, purposes and givers, as stated codes of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.catalog.countries import countries
from pipelines.catalog.crosswalks import program_of, region_of, source_of
from pipelines.patterns import regex
from pipelines.reading.decoding import canonical
from pipelines.reading.document import StatedCode

_DATE = regex(r"(\d{4})-\d\d-\d\d")
_DAC_PURPOSE = ("", "1")
_FUNDING = ("1", "Funding")
_CHILD = "2"
_HOME = "CN"


def narrative(element: Any) -> str:  # noqa: ANN401 - lxml's element type is private
    """The words of an element: its first narrative in the default language, in one line; empty without one."""
    if element is None:
        return ""
    found = element.find("narrative")
    return " ".join(canonical((found if found is not None else element).text or "").split())


@dataclass(frozen=True, slots=True)
class Share:
    """A sector, region or country among which an activity is split.

    Attributes:
        place: of its element.
        kind: `sector`, `recipient region` or `recipient country`.
        label: its code and name.
        percentage: as written, empty where none is.
        code: what it means in the catalogue.
    """

    place: str
    kind: str
    label: str
    percentage: str
    code: StatedCode


class Activity:
    """What is stated of an activity as a whole, and of its parts where they say nothing else.

    Attributes:
        element: of the file.
        identifier: the publisher's for it.
        place: of the element in the file.
        title: in one line.
        publisher: the reporting organisation.
        currency: default currency.
        shares: sectors, regions and countries.
        program: by its sectors.
        region: by its places, else its title.
        repeats: whether its amounts come again in child activities of the same file.
    """

    def __init__(self, element: Any, number: int, identifiers: frozenset[str]) -> None:  # noqa: ANN401
        self.element = element
        self.identifier = " ".join((element.findtext("iati-identifier") or "").split()) or f"activity {number}"
        self.place = f"iati-activity[{number}]"
        self.title = narrative(element.find("title"))
        self._reporter = element.find("reporting-org")
        self.publisher = narrative(self._reporter)
        self.currency = element.get("default-currency", "")
        self.shares = [*self.sectors(element, self.place), *self.recipients(element, self.place)]
        self.program = self.program_in(element, self.place) or StatedCode("program", "", "")
        self.region = self._region()
        related = element.findall("related-activity")
        self.repeats = any(
            found.get("type") == _CHILD and found.get("ref", "").strip() in identifiers for found in related
        )

    def source(self, provider: Any, *, outgoing: bool) -> StatedCode:  # noqa: ANN401
        """The source of an amount by its provider; without one, by who publishes (money going out) or funds it."""
        if provider is None and outgoing:
            provider = self._reporter
        if provider is None:
            funding = [org for org in self.element.findall("participating-org") if org.get("role") in _FUNDING]
            provider = funding[0] if len(funding) == 1 else None
        if provider is None:
            return StatedCode("source", "", "")
        name = narrative(provider) or provider.get("ref", "")
        return StatedCode("source", source_of(name, provider.get("type", "")), name)

    def sectors(self, element: Any, place: str) -> list[Share]:  # noqa: ANN401
        """The sectors of an activity or a transaction."""
        found = []
        for number, sector in enumerate(element.findall("sector"), 1):
            vocabulary, code = sector.get("vocabulary", ""), sector.get("code", "").strip()
            program = program_of("dac_purpose", code) if vocabulary in _DAC_PURPOSE else ""
            said = f"DAC {code}" if vocabulary in _DAC_PURPOSE else f"sector {code} of vocabulary {vocabulary}"
            label = " ".join(filter(None, (said, narrative(sector))))
            percentage = sector.get("percentage", "").strip()
            stated = StatedCode("program", program, label)
            found.append(Share(f"{place}/sector[{number}]", "sector", label, percentage, stated))
        return found

    def recipients(self, element: Any, place: str) -> list[Share]:  # noqa: ANN401
        """The countries and regions of an activity or a transaction."""
        found = []
        for tag, kind in (("recipient-region", "recipient region"), ("recipient-country", "recipient country")):
            for number, part in enumerate(element.findall(tag), 1):
                code, name = part.get("code", "").strip(), narrative(part)
                is_region = tag == "recipient-region"
                # the home country leaves the place within it open, another one is the place
                abroad = code.upper() if code.upper() in countries() and code != _HOME else ""
                region = (region_of(code) or region_of(name)) if is_region else abroad
                label = " ".join(filter(None, (code, name)))
                words = "" if tag == "recipient-country" and code == _HOME else label
                stated = StatedCode("region", region, words)
                found.append(Share(f"{place}/{tag}[{number}]", kind, label, part.get("percentage", "").strip(), stated))
        return found

    def program_in(self, element: Any, place: str) -> StatedCode | None:  # noqa: ANN401
        """The program of the sectors in an element; None where it names none."""
        purposes = self.sectors(element, place)
        known = [share for share in purposes if share.label.startswith("DAC ")] or purposes
        return _one("program", [share.code.code for share in known], known) if known else None

    def region_in(self, element: Any, place: str) -> StatedCode | None:  # noqa: ANN401
        """The region that an element names; None where it names none."""
        shares = [share for share in self.recipients(element, place) if share.code.words]
        return _one("region", [share.code.code for share in shares], shares) if shares else None

    def _region(self) -> StatedCode:
        located = {code for location in self.element.findall("location") for code in _located(location)}
        # a county and its province are one place
        exact = {
            code for code in located if not any(other != code and other.startswith(_stem(code)) for other in located)
        }
        if len(exact) == 1:
            code = exact.pop()
            return StatedCode("region", code, "location")
        if exact:
            return StatedCode("region", "", f"locations {', '.join(sorted(exact))}")
        stated = self.region_in(self.element, self.place)
        if stated is not None:
            return stated
        named = region_of(self.title)
        return StatedCode("region", named, self.title if named else "")


def _located(location: Any) -> list[str]:  # noqa: ANN401
    codes = [region_of(part.get("code", "")) for part in location.findall("administrative")]
    codes = [code for code in codes if code] or [region_of(narrative(location.find("name")))]
    return [code for code in codes if code]


def _stem(code: str) -> str:
    """What the codes of the places within a place begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _one(attribute: str, codes: Iterable[str], shares: Sequence[Share]) -> StatedCode:
    """The one code that all shares have; several leave it open, and the split stays in the words."""
    found = set(codes)
    words = "; ".join(f"{share.label} {share.percentage}%" if share.percentage else share.label for share in shares)
    return StatedCode(attribute, found.pop() if len(found) == 1 else "", words)


def dated(start: str, end: str) -> StatedCode:
    """The period between two dates as the calendar years that it touches; empty where a date is missing or no date."""
    words = " to ".join(dict.fromkeys(filter(None, (start, end))))
    first, last = _DATE.fullmatch(start or end), _DATE.fullmatch(end or start)
    if first is None or last is None or first.group(1) > last.group(1):
        return StatedCode("period", "", words)
    years = sorted({first.group(1), last.group(1)})
    return StatedCode("period", f"Y{'_'.join(years)}", words)
