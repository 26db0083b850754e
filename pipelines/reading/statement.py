"""Report files: what a `report.yml` states about a report, checked key by key."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any, NoReturn, cast

from pipelines.catalog.crosswalks import region_names, region_of
from pipelines.catalog.registry import precedence
from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.decoding import decode
from pipelines.reading.document import Statement

_KEYS = ("publisher", "region", "period", "series", "language", "published", "licence", "files")
_LARGEST = 64 * 1024
_LONGEST = 300
_YEARS = regex(r"Y?((?:19|20)\d\d)(?:\s*[-–_/]\s*((?:19|20)\d\d))?")
_PLAN = regex(r"FYP([1-9]\d?)")
_AS_OF = regex(r"(?:ASOF_)?((?:19|20)\d\d)-?(\d\d)-?(\d\d)")


def read_statement(
    data: bytes, report_id: str, place: str, members: Collection[str] | None
) -> tuple[Statement, list[str]]:
    """What a report file states.

    Args:
        data: the file.
        report_id: named in errors.
        place: the file's name within the report.
        members: files of the report, which `files` may name; None where it is about one file and names none.

    Returns:
        The statement, and the files in the stated order, empty where none is stated.

    Raises:
        ReportError: the file is no YAML of known keys, or a value is none of its key; names the key, the cause, and the
            nearest value that there is.
    """
    file = _File(report_id, place)
    found: dict[str, str] = {}
    files: list[str] = []
    for key, value in file.content(data).items():
        if key not in _KEYS or (key == "files" and members is None):
            file.refuse(str(key), "is no key of a report file", _KEYS if members is not None else _KEYS[:-1])
        if key == "files":
            files = file.files(value, cast("Collection[str]", members))
        else:
            found[key] = file.value(key, value)
    language = cast(Any, found.get("language", ""))
    places = tuple((key, place) for key in found)
    return Statement(**(found | {"language": language}), places=places), files


class _File:
    """One report file, to name it in errors."""

    def __init__(self, report_id: str, place: str) -> None:
        self._report, self._place = report_id, place

    def refuse(self, key: str, cause: str, near: Collection[str] = ()) -> NoReturn:
        """Raises an error about a key, with the nearest of the values that there are."""
        said = cause.split('"')[1] if '"' in cause else key
        close = get_close_matches(said, [str(name) for name in near], 1, 0.5)
        hint = (
            f"; the nearest is {close[0]}" if close else f"; known are {', '.join(near)}" if 0 < len(near) < 10 else ""
        )
        raise ReportError(self._report, f"{cause}{hint}", f"{self._place}, key {key[:40]}")

    def content(self, data: bytes) -> dict[Any, Any]:
        """The keys and values of the file."""
        import yaml

        if len(data) > _LARGEST:
            raise ReportError(self._report, f"is more than {_LARGEST:,} bytes, which no report file needs", self._place)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            value = yaml.load(decode(data, self._report), Loader=loader)  # noqa: S506 - a safe loader either way
        except (yaml.YAMLError, ValueError) as error:
            line = getattr(getattr(error, "problem_mark", None), "line", None)
            place = self._place if line is None else f"{self._place}, line {line + 1}"
            cause = getattr(error, "problem", None) or "a value that is none"
            raise ReportError(self._report, f"is not valid YAML: {cause}", place) from error
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise ReportError(self._report, "must hold keys and values, such as `region: Jiangxi`", self._place)
        return value

    def value(self, key: str, value: Any) -> str:  # noqa: ANN401 - any YAML value
        """The value of a key as the warehouse has it."""
        if not isinstance(value, (str, int, datetime.date)) or isinstance(value, (bool, datetime.datetime)):
            self.refuse(key, "its value is no text")
        text = " ".join(str(value).split())
        if not text or len(text) > _LONGEST:
            self.refuse(key, "its value is empty" if not text else f"its value is longer than {_LONGEST} letters")
        return _VALUES.get(key, _as_it_is)(self, key, text)

    def files(self, value: Any, members: Collection[str]) -> list[str]:  # noqa: ANN401
        """The listed files, each of which is there once."""
        if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
            self.refuse("files", "must list names of files")
        for name in value:
            if name.startswith("/") or "\\" in name or ".." in name.split("/"):
                self.refuse("files", f'"{name[:80]}" leads out of the report\'s folder')
            if name not in members:
                self.refuse("files", f'"{name[:80]}" is not in the folder', members)
            if value.count(name) > 1:
                self.refuse("files", f'"{name[:80]}" stands twice')
        return list(value)

    def region(self, key: str, text: str) -> str:
        """The code of a region, given its code or its name."""
        return region_of(text) or self.refuse(
            key, f'"{text[:40]}" is no region that is known, or several', region_names()
        )

    def period(self, key: str, text: str) -> str:
        """The code of a period, given years, a day or a plan."""
        if years := _YEARS.fullmatch(text):
            first, last = years.group(1), years.group(2) or years.group(1)
            if first <= last:
                return f"Y{first}" if first == last else f"Y{first}_{last}"
        if plan := _PLAN.fullmatch(text.upper()):
            return f"FYP{plan.group(1)}"
        if (day := _AS_OF.fullmatch(text)) and _is_day("-".join(day.groups())):
            return f"ASOF_{''.join(day.groups())}"
        return self.refuse(key, f"{text[:40]} is no period; write 2011, 2009-2011, 2011-12-31 or FYP12")

    def series(self, key: str, text: str) -> str:
        """A kind of report that the precedence knows."""
        known = precedence().series
        return text if text in known else self.refuse(key, f'"{text[:40]}" is no series', known)

    def language(self, key: str, text: str) -> str:
        """One of the languages that are read."""
        return (
            text
            if text in ("en", "zh")
            else self.refuse(key, f"{text[:40]} is no language that is read; write en or zh")
        )

    def published(self, key: str, text: str) -> str:
        """A day."""
        return text if _is_day(text) else self.refuse(key, f"{text[:40]} is no day; write it as 2012-05-31")


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _as_it_is(_file: _File, _key: str, text: str) -> str:
    return text


_VALUES: dict[str, Callable[[_File, str, str], str]] = {
    "region": _File.region,
    "period": _File.period,
    "series": _File.series,
    "language": _File.language,
    "published": _File.published,
}
