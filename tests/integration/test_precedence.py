"""Two reports of one region and year: which of them speaks, and what nothing decides."""

from __future__ import annotations

import pytest

from pipelines.publishing.contradictions import contradictions
from pipelines.reading.folders import SIDECAR
from pipelines.warehouse.connection import attached
from tests.helpers import version
from tests.loads import load_once

pytestmark = pytest.mark.usefixtures("not_validated")

TEXT = """Poverty alleviation in Jiangxi, 2011

In 2011, a total of {} million yuan of central and provincial fiscal funds was invested, including 400 million yuan of
central funds.
"""
FUNDS = "SELECT amount_cny / 1e6, status FROM out.funds WHERE region_code = '360000' AND year = 2011"
SHARE = "SELECT disputed_count FROM indicator.central_share WHERE basis = 'as_reported' AND period_code = 'Y2011'"


@pytest.fixture
def told(begun):
    """Loads reports, each with its total and what its report file states; gives funds, disputed and questions."""

    def load(*reports):
        for name, amount, stated in reports:
            path = begun.raw / name
            path.write_text(TEXT.format(amount))
            if stated:
                path.with_name(name + SIDECAR).write_text(stated)
            load_once(begun, [version(path, name)])
        with attached(begun, begun.warehouse) as connection:
            funds, disputed = (connection.execute(query).fetchall() for query in (FUNDS, SHARE))
            return funds, disputed, contradictions(connection)

    return load


def test_values_that_agree_need_no_precedence(told):
    funds, disputed, asked = told(("a.txt", 803, ""), ("b.txt", 803, ""))
    assert (funds, disputed, asked) == ([(803, "ok")], [(0,)], [])


def test_the_one_published_last_speaks(told):
    for first, second, speaks in (("2012-01-01", "2012-06-30", 790), ("2012-12-31", "2012-06-30", 803)):
        found = told(("a.txt", 803, f"published: {first}"), ("b.txt", 790, f"published: {second}"))
        assert found == ([(speaks, "ok")], [(0,)], [])


def test_where_nothing_decides_the_value_is_disputed_and_asked_about(told):
    funds, disputed, [line] = told(("a.txt", 803, ""), ("b.txt", 790, ""))
    assert [status for _, status in funds] == ["disputed"]
    assert disputed == [(1,)]
    assert line.startswith("a.txt and b.txt contradict each other in 1 place (first: Jiangxi, Y2011: ")
    assert '`fupin supersede "a.txt" "b.txt"`' in line


def test_a_report_without_a_date_may_be_the_latest(told):
    funds, _, asked = told(("a.txt", 803, "published: 2012-01-01"), ("b.txt", 790, ""))
    assert [status for _, status in funds] == ["disputed"]
    assert len(asked) == 1


def test_names_and_order_decide_nothing(told, begun):
    first, _, _ = told(("a.txt", 803, ""), ("b.txt", 790, ""))
    (begun.raw / "a.txt").unlink()
    # the same two contents under each other's name, and the other way round
    second, _, _ = told(("b.txt", 803, ""), ("a.txt", 790, ""))
    assert second == first
