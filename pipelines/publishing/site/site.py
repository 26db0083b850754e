"""One language of the site: draws its pages with what all of them show, and knows how they are linked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from pipelines.catalog.reasons import reason_in
from pipelines.publishing.site import links, numbers
from pipelines.publishing.site.data import Data, Names, Version
from pipelines.publishing.site.lists import Cell, Listing, scripts
from pipelines.publishing.site.messages import Words
from pipelines.publishing.site.output import Output, fingerprint
from pipelines.publishing.site.render import render
from pipelines.publishing.site.values import Value

SECTIONS = (
    ("overview", "index.html"),
    ("regions", "regions/index.html"),
    ("indicators", "indicators/index.html"),
    ("reports", "reports/index.html"),
    ("failures", "failures/index.html"),
    ("data", "data/index.html"),
    ("find", "find/index.html"),
)


class Interface:
    """What pages of one language share, wherever they are drawn.

    Attributes:
        language: `en` or `zh`.
        words: texts of the interface.
        prefix: the folder of its pages; English stands at the root.

    Args:
        names: of the members of the dimensions.
        language: `en` or `zh`.
    """

    def __init__(self, names: Names, language: str) -> None:
        self._names, self.language = names, language
        self.words = Words(language)
        self.prefix = "" if language == "en" else f"{language}/"

    def drawn(self, path: str, template: str, values: dict[str, Any]) -> str:
        """A page.

        Args:
            path: its address within its language.
            template: its file.
            values: what the template uses, with `title` and `section`.
        """
        return render(template, self._common(path) | values)

    def _common(self, path: str) -> dict[str, Any]:
        base = links.to_root(self.prefix + path)
        other = "zh" if self.language == "en" else "en"
        return {
            "t": self.words,
            "language": self.language,
            "html_language": "zh-Hans" if self.language == "zh" else "en",
            "root": links.to_root(path),
            "base": base,
            "other": other,
            "other_page": f"{base}{'' if other == 'en' else f'{other}/'}{path}",
            "sections": SECTIONS,
            "exact": numbers.exact,
            "short": self.short,
            "span": self.span,
            "band": lambda low, high, unit: numbers.band(low, high, unit, self.language),
            "period": self.period,
            "name": self.name,
            "reason": lambda text: reason_in(text, self.language),
        }

    def name(self, dimension: str, code: str) -> str:
        """The name of a member of a dimension; its code as words where it has none."""
        found = self._names[dimension].get(code)
        return (found[self.language == "zh"] if found else "") or code.replace("_", " ")

    def short(self, value: Decimal | None, unit: str) -> str:
        """A value in few digits."""
        return numbers.short(value, unit, self.language)

    def span(self, low: Decimal | None, high: Decimal | None, unit: str) -> str:
        """All values that a number can stand for."""
        return numbers.span(low, high, unit, self.language)

    def period(self, code: str) -> str:
        """A period as people write it."""
        return numbers.period(code, self.language)

    def region(self, code: str) -> str:
        """A region's name."""
        return self.name("region", code) if code != "unknown" else self.words("unknown")


class Site(Interface):
    """Pages of one language on their way to the disk.

    Attributes:
        data: what they are made of.
        output: where they go.

    Args:
        data: as read.
        output: the folder of the site.
        language: `en` or `zh`.
    """

    def __init__(self, data: Data, output: Output, language: str) -> None:
        super().__init__(data.names, language)
        self.data, self.output = data, output

    def page(self, path: str, template: str, made_of: object, values: Callable[[], dict[str, Any]]) -> None:
        """Writes a page where what it is made of has changed.

        Args:
            path: its address within its language.
            template: its file.
            made_of: everything that decides what it shows.
            values: gives what the template uses, with `title` and `section`.
        """
        self.output.add(self.prefix + path, fingerprint(made_of), lambda: self.drawn(path, template, values()))

    def listing(
        self, name: str, made_of: object, make: Callable[[], Listing]
    ) -> tuple[list[str], Callable[[], Listing]]:
        """Writes the scripts of a whole list where what it is made of has changed.

        Args:
            name: of the list.
            made_of: everything that decides its rows.
            make: gives it.

        Returns:
            The addresses of the scripts, and what gives the list, which is made once.
        """
        make = cache(make)
        start, made = f"lists/{name}-", fingerprint(made_of)
        found = self.output.numbered(self.prefix + start, ".js", made)
        if not found:
            for number, text in enumerate(scripts(name, make().rows)):
                found.append(f"{self.prefix}{start}{number}.js")
                self.output.add(found[-1], made, lambda of=text: of)  # type: ignore[misc]
        return [path.removeprefix(self.prefix) for path in found], make

    def subject(self, value: Value) -> str:
        """The region of a value, with the program, source or measure where an indicator has one value for each."""
        region = self.region(value.region_code)
        return f"{region}{self.words('colon')}{self.member(value.member)}" if value.member else region

    def member(self, code: str) -> str:
        """The name of a program, source or measure that an indicator has a value for."""
        known = (one for one in ("program", "source", "measure") if code in self.data.names.get(one, {}))
        return self.name(next(known, "measure"), code)

    def place(self, code: str) -> Cell:
        """A region as a cell that leads to its page."""
        return Cell(self.region(code), links.region_page(code) if code in self.data.shown_regions else "")

    def severity(self, code: str) -> Cell:
        """A severity as a cell of a list, ordered by gravity."""
        rank = ("critical", "error", "warning", "info").index(code)
        return Cell(self.words.of("severity", code), sort=rank, kind=f"severity {code}")

    def report(self, version: Version) -> Cell:
        """A report version as a cell that leads to it."""
        return Cell(version.report_id, links.version_page(version.report_id, version.number))
