"""Addresses of pages."""

import re

import pytest

from pipelines.publishing.site import links


@pytest.mark.parametrize("report", ["a.txt", "../../etc/passwd", "江西省/年鉴.txt", 'x"><script>.csv', "a" * 300, ""])
def test_a_report_has_an_address_of_plain_letters(report):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", links.slug(report))
    assert len(links.slug(report)) < 60


def test_reports_that_read_alike_have_addresses_of_their_own():
    assert len({links.slug(name) for name in ("a b.txt", "a_b.txt", "A B.txt", "a/b.txt")}) == 4


def test_a_figure_is_on_the_page_that_its_number_says():
    first, second = (
        links.figure_page("a", 1, links.FIGURES_PER_PAGE),
        links.figure_page("a", 1, links.FIGURES_PER_PAGE + 1),
    )
    assert first.endswith(f"/v1.html#f{links.FIGURES_PER_PAGE}")
    assert second.endswith(f"/v1-p2.html#f{links.FIGURES_PER_PAGE + 1}")


def test_a_figure_beyond_the_last_page_leads_to_how_it_is_reached():
    beyond = links.FIGURES_PER_PAGE * links.MAX_REPORT_PAGES + 1
    assert links.figure_page("a", 2, beyond).endswith(f"/v2-p{links.MAX_REPORT_PAGES}.html#rest")


def test_failures_of_one_report_fill_its_pages_in_order():
    found = [{"id": f"F-{n}", "report": "a"} for n in range(links.FAILURES_PER_PAGE + 1)] + [
        {"id": "F-x", "report": "b"}
    ]
    places = links.failure_places(found)
    assert places["F-0"] == f"{links.failures_page('a')}#F-0"
    assert places[f"F-{links.FAILURES_PER_PAGE}"].startswith(links.failures_page("a", 2))
    assert places["F-x"].startswith(links.failures_page("b"))


def test_the_way_to_the_root_climbs_each_folder():
    assert [links.to_root(path) for path in ("index.html", "a/b.html", "zh/a/b/c.html")] == ["", "../", "../../../"]
