"""Table Schema: what the fields of a resource may hold, checked value by value before anything is read from them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Literal, NoReturn

from pipelines.errors import ReportError
from pipelines.patterns import regex

_NUMBERS = ("number", "integer")
_TYPES = frozenset(
    {
        *(*_NUMBERS, "string", "boolean", "date", "time", "datetime", "year", "yearmonth", "duration"),
        *("geopoint", "geojson", "array", "object", "list", "any"),
    }
)
_TRUTH = (("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0"))
# signs that figures are read with; others are taken out of a number
_KNOWN_SIGNS = (".", ",", " ", "'", "’", "")
_EXPONENT = regex(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,3}")
_PATTERNS = {"year": regex(r"-?\d{4}"), "yearmonth": regex(r"\d{4}-\d{2}")}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema.

    Attributes:
        name: of the column.
        title: for people; the name where there is none.
        type: of its values.
        spec: all that the schema says of it.
    """

    name: str
    title: str
    type: str
    spec: Mapping[str, Any]

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.type in _NUMBERS

    @property
    def signs(self) -> tuple[str, str]:
        """The signs before decimals and between groups of digits."""
        return str(self.spec.get("decimalChar", ".")), str(self.spec.get("groupChar", ""))


def read_fields(schema: Any, report_id: str, place: str) -> list[Field]:  # noqa: ANN401 - any JSON value
    """The fields of a schema.

    Raises:
        ReportError: no list of named fields, a field twice, or a type that the standard does not have.
    """
    specs = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(specs, list) or not all(isinstance(spec, dict) and spec.get("name") for spec in specs):
        raise ReportError(report_id, "its schema has no list of fields with names", place)
    found: list[Field] = []
    for spec in specs:
        name, kind = str(spec["name"]), str(spec.get("type", "string"))
        if kind not in _TYPES:
            near = get_close_matches(kind, sorted(_TYPES), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ReportError(report_id, f"{kind} is no type of the Table Schema{hint}", f"{place}, field {name}")
        if name in {field.name for field in found}:
            raise ReportError(report_id, "the field stands twice in its schema", f"{place}, field {name}")
        found.append(Field(name, " ".join(str(spec.get("title") or name).split()), kind, spec))
    return found


def missing_values(schema: Mapping[str, Any]) -> frozenset[str]:
    """The texts that mean that a value is missing."""
    listed = schema.get("missingValues", [""])
    return frozenset(str(value.get("value", "") if isinstance(value, dict) else value) for value in listed)


class Checked:
    """Checks the values of one field against its type and constraints, row by row."""

    def __init__(self, field: Field, missing: frozenset[str], report_id: str, place: str, *, unique: bool) -> None:
        self._field, self._missing = field, missing | frozenset(map(str, field.spec.get("missingValues", ())))
        self._report, self._place = report_id, place
        constraints = field.spec.get("constraints") or {}
        self._constraints: Mapping[str, Any] = constraints if isinstance(constraints, dict) else {}
        self._seen: set[str] | None = set() if unique or self._constraints.get("unique") else None
        self._pattern = self._compiled()

    def _compiled(self) -> re.Pattern[str] | None:
        try:
            pattern = self._constraints.get("pattern")
            return re.compile(str(pattern)) if pattern is not None else None
        except re.error as error:
            raise ReportError(self._report, f"its pattern is malformed: {error}", self._at(None)) from error

    def __call__(self, text: str, line: int) -> str:
        """A value as it is to be read; empty for a missing one.

        Raises:
            ReportError: the value is none of its type, or breaks a constraint; names row and field.
        """
        if text in self._missing:
            if self._constraints.get("required"):
                self._refuse("has no value, and one is required", line)
            return ""
        value = self._typed(text, line)
        if self._seen is not None:
            if text in self._seen:
                self._refuse(f"{_short(text)} stands twice, and values are unique", line)
            self._seen.add(text)
        for name, holds in _CONSTRAINTS.items():
            limit = self._constraints.get(name)
            if limit is not None and not holds(text, value, limit):
                self._refuse(f"{_short(text)} is against the constraint {name}: {_short(str(limit))}", line)
        if self._pattern is not None and self._pattern.fullmatch(text) is None:
            self._refuse(f"{_short(text)} is against the constraint pattern", line)
        return self._shown(text, value)

    def _typed(self, text: str, line: int) -> Any:  # noqa: ANN401 - number, date or text
        field = self._field
        if field.is_number:
            return self._number(text, line)
        if field.type == "boolean":
            known = [str(value) for key, default in zip(("trueValues", "falseValues"), _TRUTH, strict=True)
                     for value in field.spec.get(key, default)]  # fmt: skip
            if text not in known:
                self._refuse(f"{_short(text)} is no boolean", line)
        elif field.type in ("date", "datetime", "time"):
            return self._date(text, line)
        elif field.type in _PATTERNS and _PATTERNS[field.type].fullmatch(text) is None:
            self._refuse(f"{_short(text)} is no {field.type}", line)
        return text

    def _number(self, text: str, line: int) -> Decimal:
        decimal, group = self._field.signs
        plain = text.strip()
        if self._field.spec.get("bareNumber") is False:
            plain = re.sub(r"^[^\d.,+-]+|[^\d.,]+$", "", plain)
        plain = plain.replace(group, "") if group else plain
        plain = plain.replace(decimal, ".") if decimal else plain
        try:
            # Python takes underscores, which no schema allows
            number = Decimal(plain if "_" not in plain else "")
        except InvalidOperation:
            self._refuse(f"{_short(text)} is no {self._field.type}", line)
        if self._field.type == "integer" and (not number.is_finite() or "." in plain):
            self._refuse(f"{_short(text)} is no integer", line)
        return number

    def _date(self, text: str, line: int) -> str:
        form = str(self._field.spec.get("format", "default"))
        parsers: dict[str, Callable[[str], object]] = {
            "date": datetime.date.fromisoformat,
            "datetime": datetime.datetime.fromisoformat,
            "time": datetime.time.fromisoformat,
        }
        if form == "any":
            return text
        try:
            if form == "default":
                parsers[self._field.type](text)
                return text
            found = datetime.datetime.strptime(text, form.removeprefix("fmt:"))
            return found.date().isoformat() if self._field.type == "date" else found.isoformat()
        except ValueError:
            self._refuse(f"{_short(text)} is no {self._field.type} of the format {form}", line)

    def _shown(self, text: str, value: Any) -> str:  # noqa: ANN401
        """A number as written, with signs and powers of ten that figures are read with; a date as ISO."""
        if not self._field.is_number:
            return str(value).strip() if self._field.type == "date" else text.strip()
        odd = any(sign not in _KNOWN_SIGNS for sign in self._field.signs)
        if odd or _EXPONENT.fullmatch(text.strip()):
            shown = format(value, "f")
            return shown.replace(".", ",") if self._field.signs[0] == "," and not odd else shown
        return text.strip()

    def _refuse(self, cause: str, line: int) -> NoReturn:
        raise ReportError(self._report, cause, self._at(line))

    def _at(self, line: int | None) -> str:
        where = f", line {line}" if line is not None else ""
        return f"{self._place}{where}, field {self._field.name}"


def decimals_of(field: Field) -> Literal["point", "comma"]:
    """Which sign stands before the decimals, as figures are read."""
    decimal, group = field.signs
    odd = any(sign not in _KNOWN_SIGNS for sign in (decimal, group))
    return "comma" if not odd and (decimal == "," or group == ".") else "point"


def header_order(header: Sequence[str], fields: Sequence[Field], report_id: str, place: str) -> list[int]:
    """For each field the column that bears its name.

    Raises:
        ReportError: a field without a column, or a column without a field; names it and what comes near.
    """
    names = [field.name for field in fields]
    for wanted, there, what in ((names, header, "column"), (header, names, "field in its schema")):
        lost = next((name for name in wanted if name not in there), None)
        if lost is not None:
            near = get_close_matches(lost, list(there), 1)
            hint = f"; the nearest is {near[0]}" if near else ""
            raise ReportError(report_id, f"{_short(lost)} has no {what}{hint}", place)
    return [list(header).index(name) for name in names]


def _bound(text: str, value: Any, limit: Any, *, least: bool) -> bool:  # noqa: ANN401
    try:
        other = Decimal(str(limit)) if isinstance(value, Decimal) else str(limit)
    except InvalidOperation:
        return False
    shown = value if isinstance(value, Decimal) else text
    return bool(shown >= other if least else shown <= other)  # type: ignore[operator]


def _listed(text: str, value: Any, limit: Any) -> bool:  # noqa: ANN401
    return isinstance(limit, list) and (text in map(str, limit) or str(value) in map(str, limit))


_CONSTRAINTS: dict[str, Callable[[str, Any, Any], bool]] = {
    "minimum": lambda text, value, limit: _bound(text, value, limit, least=True),
    "maximum": lambda text, value, limit: _bound(text, value, limit, least=False),
    "enum": _listed,
    "minLength": lambda text, _value, limit: isinstance(limit, int) and len(text) >= limit,
    "maxLength": lambda text, _value, limit: isinstance(limit, int) and len(text) <= limit,
}


def _short(text: str) -> str:
    return f'"{text[:40]}{"…" if len(text) > 40 else ""}"'
