"""Data packages: values are those of their schema, columns mean what the package says, and nothing else is opened."""

from __future__ import annotations

import json

import pytest

from pipelines.errors import ReportError
from tests.fixtures.written import as_zip, package_of
from tests.helpers import version

AMOUNT = {"name": "amount", "type": "number", "columnType": "value", "currency": "CNY"}
PLACE = {"name": "place", "type": "string"}
STATED = ("stage", "program", "region", "period")


def read(tmp_path, fields, data, **descriptor):
    members = package_of(fields, data.encode(), **descriptor)
    path = tmp_path / "package.zip"
    path.write_bytes(as_zip(members))
    return version(path)


def told(found):
    """Value, unit and stated meaning of each figure."""
    pairs = zip(found.reading.figures, found.meanings, strict=True)
    return [
        (f"{figure.value.normalize():f}", figure.unit, *(getattr(meaning, name).code for name in STATED))
        for figure, meaning in pairs
    ]


def error(tmp_path, *arguments, **descriptor):
    with pytest.raises(ReportError) as caught:
        read(tmp_path, *arguments, **descriptor)
    return str(caught.value)


def test_column_types_tell_phase_year_place_function_currency_and_factor(tmp_path):
    fields = [
        {"name": "place", "type": "string", "columnType": "geo:title"},
        {"name": "year", "type": "integer", "columnType": "date:fiscal-year"},
        {"name": "phase", "type": "string", "columnType": "phase:id"},
        {"name": "function", "type": "string", "columnType": "functional-classification:cofog:code"},
        {"name": "money", "type": "string", "columnType": "value-currency:code"},
        {"name": "times", "type": "integer", "columnType": "factor"},
        {"name": "budget", "type": "number", "columnType": "value"},
    ]
    data = (
        "place,year,phase,function,money,times,budget\n"
        "Jiangxi,2010,approved,04.2.1,CNY,1000,12.5\nGuangxi,2011,executed,10.6,USD,1000,7\n"
    )
    assert told(read(tmp_path, fields, data)) == [
        ("12500", "CNY", "arranged", "industrial", "360000", "Y2010"),
        ("7000", "USD", "spent", "relocation", "450000", "Y2011"),
    ]


def test_the_older_model_tells_the_same(tmp_path):
    fields = [PLACE, {"name": "when", "type": "string"}, {"name": "amount", "type": "number"}]
    model = {
        "measures": {"amount": {"source": "amount", "currency": "CNY", "factor": 10000, "phase": "executed"}},
        "dimensions": {
            "date": {"dimensionType": "datetime", "attributes": {"year": {"source": "when"}}},
            "place": {"dimensionType": "location", "attributes": {"title": {"source": "place"}}},
            "cofog": {"dimensionType": "classification", "attributes": {"code": {"constant": "04.2"}}},
        },
    }
    assert told(read(tmp_path, fields, "place,when,amount\nJiangxi,2011,3\n", model=model)) == [
        ("30000", "CNY", "spent", "industrial", "360000", "Y2011")
    ]


def test_revenue_is_no_stage_of_spending(tmp_path):
    fields = [{"name": "way", "type": "string", "columnType": "direction"}, AMOUNT | {"phase": "executed"}]
    stages = [line[2] for line in told(read(tmp_path, fields, "way,amount\nexpenditure,1\nrevenue,2\n"))]
    assert stages == ["spent", "unknown"]


def test_a_scale_in_the_header_holds_beside_a_stated_currency_and_is_not_taken_twice(tmp_path):
    titled = AMOUNT | {"title": "Funds (million yuan)"}
    data = "place,amount\nJiangxi,3\n"
    assert told(read(tmp_path, [PLACE, titled], data))[0][:2] == ("3000000", "CNY")
    assert told(read(tmp_path, [PLACE, titled | {"factor": 1000000}], data))[0][:2] == ("3000000", "CNY")


def test_signs_and_missing_values_are_those_of_the_schema(tmp_path):
    field = AMOUNT | {"decimalChar": ",", "groupChar": "."}
    data = "place;amount\nA;1.234,50\nB;-99\nC;1.234\n"
    schema = {"fields": [PLACE, field], "missingValues": ["", "-99"]}
    found = read(tmp_path, [], data, resource={"schema": schema, "dialect": {"delimiter": ";"}})
    assert [str(figure.value) for figure in found.reading.figures] == ["1234.50", "1234"]


@pytest.mark.parametrize(
    ("field", "value", "cause"),
    [
        (AMOUNT, "abc", '"abc" is no number'),
        ({"type": "integer"}, "1.5", '"1.5" is no integer'),
        ({"type": "date"}, "2011-13-01", '"2011-13-01" is no date of the format default'),
        ({"type": "date", "format": "%d/%m/%Y"}, "2011-12-31", "is no date of the format %d/%m/%Y"),
        ({"type": "boolean"}, "perhaps", '"perhaps" is no boolean'),
        ({"type": "year"}, "11", '"11" is no year'),
        ({"type": "string", "constraints": {"enum": ["a", "b"]}}, "c", "against the constraint enum"),
        ({"type": "string", "constraints": {"required": True}}, "", "has no value, and one is required"),
        ({"type": "string", "constraints": {"pattern": "[a-z]+"}}, "7", "against the constraint pattern"),
        (AMOUNT | {"constraints": {"minimum": 5}}, "4", "against the constraint minimum"),
        (AMOUNT | {"constraints": {"maximum": "5"}}, "6", "against the constraint maximum"),
        ({"type": "string", "constraints": {"maxLength": 2}}, "abc", "against the constraint maxLength"),
    ],
)
def test_a_value_against_its_schema_is_an_error_with_its_place(tmp_path, field, value, cause):
    message = error(tmp_path, [PLACE, field | {"name": "x"}], f"place,x\nA,{value}\n")
    assert message.startswith("package.zip (resource table, line 2, field x): ")
    assert cause in message


def test_values_that_must_be_unique_are(tmp_path):
    unique = PLACE | {"constraints": {"unique": True}}
    assert "stands twice" in error(tmp_path, [unique, AMOUNT], "place,amount\nA,1\nA,2\n")
    assert len(read(tmp_path, [PLACE, AMOUNT], "place,amount\nA,1\nA,2\n").reading.figures) == 2


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("../../etc/passwd", "its path ../../etc/passwd leads out of the package's folder"),
        ("data/../../x.csv", "leads out of the package's folder"),
        ("/etc/passwd", "its path /etc/passwd leads out of the package's folder"),
        ("https://example.org/t.csv", "points to https://example.org/t.csv; nothing is fetched"),
        ("file:///etc/passwd", "points to file:///etc/passwd; nothing is fetched"),
        ("data/none.csv", "the file data/none.csv is not in the package"),
    ],
)
def test_a_path_stays_in_the_package_and_on_the_machine(tmp_path, path, cause):
    message = error(tmp_path, [PLACE, AMOUNT], "place,amount\nA,1\n", resource={"path": path})
    assert message.startswith("package.zip (resource table): ")
    assert cause in message


@pytest.mark.parametrize(
    ("fields", "data", "cause"),
    [
        ([PLACE, AMOUNT], "place,amounts\nA,1\n", '"amount" has no column; the nearest is amounts'),
        ([PLACE, AMOUNT], "place,amount,extra\nA,1,2\n", '"extra" has no field in its schema'),
        ([PLACE, AMOUNT], "place,amount\nA,1,2\n", "has 3 values for 2 fields"),
        ([PLACE, AMOUNT | {"type": "numbr"}], "place,amount\nA,1\n", "did you mean number?"),
        ([PLACE, AMOUNT | {"phase": "spent"}], "place,amount\nA,1\n", "spent is no phase"),
        ([PLACE, AMOUNT | {"factor": 0}], "place,amount\nA,1\n", "its factor is no number above 0"),
        ([PLACE, AMOUNT], "place,amount\n", "holds no row"),
    ],
)
def test_a_package_that_contradicts_itself_is_refused(tmp_path, fields, data, cause):
    assert cause in error(tmp_path, fields, data)


def test_files_that_the_package_does_not_name_are_not_read(tmp_path):
    members = package_of([PLACE, AMOUNT], b"place,amount\nA,1\n", licenses=[{"name": "CC0"}])
    members["README.md"] = b"# Notes\n\nIn 2011 5 villages were visited.\n"
    path = tmp_path / "package.zip"
    path.write_bytes(as_zip(members))
    found = version(path)
    assert found.document.unread == ("README.md: is not named in datapackage.json",)
    assert (len(found.reading.figures), found.identity.licence) == (1, "CC0")


def test_a_resource_of_another_format_is_read_like_any_file(tmp_path):
    page = b"<html><body><h1>Jiangxi, 2011</h1><p>Roads were built in 5 villages.</p></body></html>"
    descriptor = {"name": "p", "resources": [{"name": "text", "path": "text.html"}]}
    path = tmp_path / "package.zip"
    path.write_bytes(as_zip({"datapackage.json": json.dumps(descriptor).encode(), "text.html": page}))
    [figure] = version(path).reading.figures
    assert (figure.value, figure.unit) == (5, "village")
