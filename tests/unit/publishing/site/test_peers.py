"""Beside a region stand those of its level that can be compared with what it tells last, of equals the nearer ones."""

from types import SimpleNamespace

from pipelines.publishing.site.data import Place
from pipelines.publishing.site.peers import Peers


def value(code, year, indicator="central_share"):
    return code, (indicator, f"Y{year}")


def peers(*values):
    told = {}
    for code, one in values:
        told.setdefault(code, []).append(one)
    level = {"0000": "province"}
    data = SimpleNamespace(
        values=SimpleNamespace(headlines=told),
        regions={code: Place(level.get(code[2:], "county"), "") for code in told},
    )
    return Peers(data)


def test_those_with_a_value_of_its_last_year_stand_beside_it():
    found = peers(value("360000", 2010), value("360000", 2011), value("370000", 2010), value("510000", 2011))
    assert found.of("360000") == ["510000"]


def test_of_equals_the_nearer_ones_come_first():
    found = peers(*(value(code, 2011) for code in ("360000", "650000", "430000", "230000", "330000", "540000")))
    assert set(found.of("360000")[:2]) == {"430000", "330000"}
    assert len(found.of("360000")) == 4


def test_a_county_stands_beside_counties_of_its_province_only():
    found = peers(value("360122", 2011), value("360123", 2011), value("430122", 2011), value("360000", 2011))
    assert found.of("360122") == ["360123"]
