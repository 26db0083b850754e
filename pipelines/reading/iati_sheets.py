"""The tables of an IATI file: one row per amount or indicator, with labels, values and what the standard states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.catalog.crosswalks import Kind, crosswalks
from pipelines.patterns import regex
from pipelines.reading.cells import Filling
from pipelines.reading.document import Stated, StatedCode, StatedColumn, StatedRow, Table
from pipelines.reading.iati_activity import Activity, dated, narrative

_OUTGOING = frozenset({"2", "3", "4", "12"})
_PERCENTAGE = "2"
_COUNTED = regex(r"(?:total )?(?:number|no\.?|count) of (?P<noun>.+)|(?P<chinese>.+?)(?:数量|数)$", re.IGNORECASE)
_MONEY = ("activity", "place", "kind", "period", "provider", "receiver", "currency")
_SHEETS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]] = {
    # labels, and header, role and unit of the columns of figures
    "budgets": (_MONEY, (("value", "level", ""),)),
    "planned disbursements": (_MONEY, (("value", "level", ""),)),
    "transactions": (_MONEY, (("value", "level", ""),)),
    "results": (
        ("activity", "place", "result", "indicator", "period", "of", "unit"),
        (("baseline", "level", ""), ("target", "target", ""), ("actual", "level", "")),
    ),
    "result percentages": (
        ("activity", "place", "result", "indicator", "period", "of"),
        (("baseline", "rate_pct", "%"), ("target", "target", "%"), ("actual", "rate_pct", "%")),
    ),
    "splits": (("activity", "place", "kind", "part"), (("percentage", "share_pct", "%"),)),
}
_UNITS = ("currency", "unit")


class Sheet:
    """One table as it grows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.labels, self.values = _SHEETS[name]
        headers = (*self.labels, *(header for header, _, _ in self.values))
        self.lines: list[Sequence[str]] = [headers]
        self.rows: list[StatedRow] = []

    def add(
        self,
        labels: Sequence[str],
        values: Sequence[str],
        codes: Iterable[StatedCode],
        *,
        unit: str = "",
        additive: bool = True,
    ) -> int | None:
        """Adds a row and returns its index; a row without a value is none."""
        if not any(values):
            return None
        row = len(self.lines)
        self.lines.append((*labels, *values))
        self.rows.append(StatedRow(row, unit, tuple(codes), additive=additive))
        return row

    def supersede(self, old: int, new: int) -> None:
        """Enters that a row is replaced by another."""
        self.rows[old - 1] = replace(self.rows[old - 1], superseded_by=new)

    def table(self, caption: str, origin: str) -> Table:
        """The finished table."""
        columns = [
            StatedColumn(column, "ignored" if label in _UNITS else "label") for column, label in enumerate(self.labels)
        ]
        for column, (_, role, unit) in enumerate(self.values, len(self.labels)):
            columns.append(StatedColumn(column, "value", unit, role=role, decimals="point"))
        filling = Filling()
        filling.lines(0, self.lines)
        return Table(self.name, caption, filling.cells(), Stated(origin, tuple(columns), tuple(self.rows), True))


class Sheets:
    """All tables of a file."""

    def __init__(self) -> None:
        self._sheets = {name: Sheet(name) for name in _SHEETS}

    @property
    def cells(self) -> int:
        """How many cells there may be so far."""
        return sum(len(sheet.lines) * len(sheet.lines[0]) for sheet in self._sheets.values())

    def tables(self, caption: str, origin: str) -> tuple[Table, ...]:
        """Those tables that have rows."""
        return tuple(sheet.table(caption, origin) for sheet in self._sheets.values() if sheet.rows)

    def add(self, activity: Activity) -> None:
        """Adds the numbers of an activity."""
        budgets = activity.element.findall("budget")
        self._planned(activity, "budgets", budgets, additive=not activity.repeats)
        # disbursements that are planned are the budget once more
        disbursements = activity.element.findall("planned-disbursement")
        self._planned(activity, "planned disbursements", disbursements, additive=not activity.repeats and not budgets)
        for number, transaction in enumerate(activity.element.findall("transaction"), 1):
            self._transaction(activity, transaction, f"{activity.place}/transaction[{number}]")
        for number, result in enumerate(activity.element.findall("result"), 1):
            self._result(activity, result, f"{activity.place}/result[{number}]")
        for share in activity.shares:
            labels = (activity.identifier, share.place, share.kind, share.label)
            codes = {"program": activity.program, "region": activity.region} | {share.code.attribute: share.code}
            self._sheets["splits"].add(labels, (share.percentage,), [*codes.values(), StatedCode("source", "", "")])

    def _planned(self, activity: Activity, name: str, elements: Sequence[Any], *, additive: bool) -> None:
        """Budgets or planned disbursements; a revised one replaces the original of the same period."""
        sheet, tag = self._sheets[name], name.rstrip("s").replace(" ", "-")
        originals: dict[tuple[str, str], list[int]] = {}
        revised: dict[tuple[str, str], int] = {}
        for number, element in enumerate(elements, 1):
            span = _date(element, "period-start"), _date(element, "period-end")
            is_revised = element.get("type", "1") == "2"
            kind = crosswalks().iati_budgets.get(
                element.get("status", "1") if tag == "budget" else "1", Kind(name="budget")
            )
            said = (
                f"{'revised' if is_revised else 'original'} {kind.name if tag == 'budget' else tag.replace('-', ' ')}"
            )
            row = self._money(
                activity, sheet, element, f"{activity.place}/{tag}[{number}]", said, kind, dated(*span), additive
            )
            if row is None:
                continue
            for earlier in originals.pop(span, []) if is_revised else []:
                sheet.supersede(earlier, row)
            if is_revised:
                if span in revised:
                    sheet.supersede(revised[span], row)
                revised[span] = row
            elif span in revised:
                sheet.supersede(row, revised[span])
            else:
                originals.setdefault(span, []).append(row)

    def _transaction(self, activity: Activity, element: Any, place: str) -> None:  # noqa: ANN401
        type_of = element.find("transaction-type")
        code = type_of.get("code", "") if type_of is not None else ""
        kind = crosswalks().iati_transactions.get(code, Kind(name=f"transaction type {code or 'not stated'}"))
        when = _date(element, "value", "value-date") or _date(element, "transaction-date")
        self._money(
            activity, self._sheets["transactions"], element, place, kind.name, kind, dated(when, when),
            not activity.repeats, outgoing=code in _OUTGOING,
        )  # fmt: skip

    def _money(
        self, activity: Activity, sheet: Sheet, element: Any, place: str, said: str, kind: Kind, period: StatedCode,  # noqa: ANN401
        additive: bool, *, outgoing: bool = False,
    ) -> int | None:  # fmt: skip
        value = element.find("value")
        if value is None:
            return None
        currency = value.get("currency", "") or activity.currency
        provider = element.find("provider-org")
        labels = (
            *(activity.identifier, f"{place}/value", said, period.words),
            *(narrative(provider), narrative(element.find("receiver-org")), currency),
        )
        codes = (
            activity.program_in(element, place) or activity.program,
            activity.source(provider, outgoing=outgoing),
            StatedCode("stage", kind.stage or "", said),
            activity.region_in(element, place) or activity.region,
            period,
        )
        return sheet.add(
            labels, ("".join((value.text or "").split()),), codes, unit=currency or "unknown", additive=additive
        )

    def _result(self, activity: Activity, result: Any, place: str) -> None:  # noqa: ANN401
        of_result = narrative(result.find("title"))
        for number, indicator in enumerate(result.findall("indicator"), 1):
            title = narrative(indicator.find("title"))
            is_share = indicator.get("measure") == _PERCENTAGE
            sheet = self._sheets["result percentages" if is_share else "results"]
            counted = _COUNTED.fullmatch(title)
            unit = "" if is_share else (counted["noun"] or counted["chinese"]) if counted else title
            for line in _lines(indicator, f"{place}/indicator[{number}]"):
                labels = [activity.identifier, line.place, of_result, title, line.period.words, line.of]
                codes = (activity.program, StatedCode("source", "", ""), activity.region, line.period)
                additive = line.is_whole and not activity.repeats
                sheet.add([*labels, *([] if is_share else [unit])], line.values, codes, unit=unit, additive=additive)


@dataclass(frozen=True, slots=True)
class _Line:
    """Baseline, target and actual value of an indicator in one period, of all or (`of`) of a group."""

    place: str
    period: StatedCode
    of: str
    values: tuple[str, str, str]
    is_whole: bool


def _lines(indicator: Any, place: str) -> Iterator[_Line]:  # noqa: ANN401
    for number, found in enumerate(indicator.findall("baseline"), 1):
        year = found.get("iso-date") or (f"{found.get('year')}-12-31" if found.get("year") else "")
        of = _of(found)
        yield _Line(f"{place}/baseline[{number}]", dated(year, year), of, (_value(found), "", ""), not of)
    for number, found in enumerate(indicator.findall("period"), 1):
        period = dated(_date(found, "period-start"), _date(found, "period-end"))
        pairs = _paired(found)
        has_whole = any(not of for of, _, _ in pairs)
        for of, target, actual in pairs:
            yield _Line(f"{place}/period[{number}]", period, of, ("", target, actual), not (of and has_whole))


def _paired(period: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - lxml's element type is private
    """Targets with the actual values of the same group of people or places, in order."""
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for place, tag in enumerate(("target", "actual")):
        for element in period.findall(tag):
            if value := _value(element):
                groups.setdefault(_of(element), ([], []))[place].append(value)
    rows = []
    for of, (targets, actuals) in groups.items():
        for number in range(max(len(targets), len(actuals))):
            target, actual = (found[number] if number < len(found) else "" for found in (targets, actuals))
            rows.append((of, target, actual))
    return rows


def _of(element: Any) -> str:  # noqa: ANN401
    """The group that a value is about, where it is not about all."""
    parts = [f"{part.get('name', '')} {part.get('value', '')}".strip() for part in element.findall("dimension")]
    return ", ".join([*parts, *(f"location {part.get('ref', '')}" for part in element.findall("location"))])


def _value(element: Any) -> str:  # noqa: ANN401
    return str(element.get("value", "")).strip()


def _date(element: Any, tag: str, attribute: str = "iso-date") -> str:  # noqa: ANN401
    found = element.find(tag)
    return str(found.get(attribute, "")).strip()[:10] if found is not None else ""
