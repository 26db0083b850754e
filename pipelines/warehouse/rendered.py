"""Makes the statement of a declared indicator: the template of its kind with what the declaration takes put in.

Names of regions and members are added to every indicator in one place; what is computed works with codes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile
from pathlib import Path
from string import Template
from textwrap import indent

from pipelines.catalog.indicators import FILE, Amount, Indicator
from pipelines.errors import CatalogError
from pipelines.warehouse.statements import Statement, header_of

# kinds whose amount above the line is a change, not a level
_OF_CHANGES = frozenset({"growth", "earlier"})
_AND = "\n        AND "
_MEMBERS = {"program": "program", "source": "fund source", "measure": "measure"}
# what every template has in common; amounts are `top` and `below` the line, or a `pair` of one measure and two years
_GRAIN = "{row}.region_code,\n    {row}.period_code,{member}\n    '$unit' AS unit,"
_RESTS = {
    "top": """top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,""",
    "pair": """pair.value AS numerator,
    pair.earlier_value AS denominator,
    pair.is_disputed + pair.earlier_is_disputed AS disputed_count,
    pair.figure_key AS numerator_figure_key,
    pair.earlier_figure_key AS denominator_figure_key,
    pair.basis,""",
}
_BESIDE = """LEFT JOIN $below AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND $below_is"""
# what only one of the two says is left out may be left out of the other as well
_OF_ONE_SCOPE = "(top.scope = below.scope OR '' IN (top.scope, below.scope))"
_NAMED = """WITH made AS (
{made}
)

SELECT
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
{names}    made.*
FROM made
LEFT JOIN core.region AS region ON made.region_code = region.region_code{join}"""
_NAMES = """    member.name_en AS member_name_en,
    member.name_zh AS member_name_zh,
"""


def rendered(one: Indicator, templates: Path) -> Statement:
    """The statement of an indicator of any kind but `sql`.

    Args:
        one: its declaration.
        templates: `sql/templates/`.

    Raises:
        CatalogError: there is no template of its kind, or it names something that nothing is put in for.
    """
    header, text = _template(templates / f"{one.kind}.sql.template")
    values = {"unit": one.units[0], "measure": one.of_measure, "hundred": "100 * " if one.unit == "%" else ""}
    names = values | {"of": one.of.name if one.of else "", "to": one.to.name if one.to else ""}
    if one.of and one.to:
        flow = "change" if one.kind in _OF_CHANGES else "level"
        top, top_is = _taken(one.of, flow, one.by)
        below, below_is = _taken(one.to, "level")
        values |= {"top": top, "below": below, "to": one.to.name.replace("'", "''")}
        values |= {"top_is": _conditions("top", top_is, "\n    AND "), "below_is": _conditions("below", below_is, _AND)}
        row, member = "top", f"top.{one.by}_code AS member_code"
    else:
        names["measure"] = one.of_measure.replace("_", " ")
        row, member = "pair", "pair.member_code"
    grain = _GRAIN.format(row=row, member=f"\n    {member}," if one.by else "")
    shared = {"grain": grain, "rests": _RESTS[row], "beside": _BESIDE, "of_one_scope": _OF_ONE_SCOPE}
    try:
        sql = Template(Template(text).safe_substitute(shared)).substitute(values)
        formula = Template(header["formula"]).substitute(names)
    except (KeyError, ValueError) as error:
        raise CatalogError(f"sql/templates/{one.kind}.sql.template: nothing is put in for {error}") from error
    each = "region x calendar year x basis" + (f" x {_MEMBERS[one.by]}" if one.by else "")
    return Statement(
        one.code,
        sql,
        {"grain": each, "unit": one.units[0], "formula": formula, "purpose": one.tells.en},
        f"{FILE}: {one.code}",
    )


def named(statement: Statement, by: str | None) -> Statement:
    """The same indicator with the names of its regions and members, of today and in both languages."""
    body = "\n".join(dropwhile(lambda line: line.startswith("--"), statement.sql.splitlines()))
    table = f"core.{_MEMBERS[by].replace(' ', '_')}" if by else ""
    join = f"\nLEFT JOIN {table} AS member ON made.member_code = member.{by}_code" if by else ""
    sql = _NAMED.format(made=indent(body, "    "), names=_NAMES if by else "", join=join)
    return replace(statement, sql=sql)


@lru_cache(maxsize=32)
def _template(path: Path) -> tuple[dict[str, str], str]:
    """The header of a template and its statement without the final semicolon."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogError(f"sql/templates/{path.name}: cannot be read: {error}") from error
    header = header_of(text)
    if not header.get("formula"):
        raise CatalogError(f"sql/templates/{path.name}: the header lacks formula")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return header, body.strip().removesuffix(";")


def _taken(amount: Amount, flow: str, by: str | None = None) -> tuple[str, Iterator[tuple[str, tuple[str, ...]]]]:
    """The view that an amount is taken from, and the columns with the values that they must have.

    Of an indicator by program, the values must not be those given.
    """
    found: dict[str, tuple[str, ...]] = {}
    if amount.stages:
        return "work.selected_stage_fund", iter({"stage_code": amount.stages}.items())
    view = "work.selected_program_fund"
    if amount.fact != "fund":
        view = "work.selected_figure" if amount.program else "work.selected_measure"
        found["fact_kind"] = (amount.fact,)
        if amount.program:
            found["program_code"] = (amount.program,)
    elif amount.sources:
        view = "work.selected_figure"
        found |= {"fact_kind": ("fund",), "program_code": (amount.program or "all",), "source_code": amount.sources}
    else:
        found["program_code"] = (amount.program or "all",)
    if by == "program":
        found["NOT program_code"] = ("all", "unknown")
        found.pop("program_code", None)
    found |= {"measure_code": (amount.measure or "funds",), "flow": (flow,)}
    return view, iter(found.items())


def _conditions(alias: str, found: Iterator[tuple[str, tuple[str, ...]]], joint: str) -> str:
    parts = []
    for name, values in found:
        column, is_not = name.removeprefix("NOT "), name.startswith("NOT ")
        listed = ", ".join(f"'{value}'" for value in values)
        if len(values) == 1:
            parts.append(f"{alias}.{column} {'<>' if is_not else '='} {listed}")
        else:
            parts.append(f"{alias}.{column} {'NOT IN' if is_not else 'IN'} ({listed})")
    return joint.join(parts)
