"""Scales that headers of exports name in capitals, without accents, behind the noun or in front of the currency."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def column(header):
    """Unit and factor of a column with a header; None where its cells are not read."""
    found = read_tables(table([["Place", header, "Note"], ["A", "7", "x"], ["B", "9", "y"], ["C", "8", "z"]]), 1)
    figure = next((figure for figure in found.figures if figure.locator.cell == "B2"), None)
    return None if figure is None else (figure.unit, figure.value / 7)


@pytest.mark.parametrize(
    ("header", "unit", "factor"),
    [
        ("PIB_BILHOES_R$", "BRL", 10**9),
        ("CUSTO_R$_MILHOES", "BRL", 10**6),
        ("GASTO MILLONES EUROS", "EUR", 10**6),
        ("GDP_BILLION_USD", "USD", 10**9),
        ("Budget million USD", "USD", 10**6),
        ("EXPORT_BN_USD", "USD", 10**9),
        ("montant_milliers_euros", "EUR", 1000),
        ("Montant Mds €", "EUR", 10**9),
        ("Depenses (Md EUR)", "EUR", 10**9),
        ("Gasto_miles_€", "EUR", 1000),
        ("PRESUPUESTO_MILES_DE_MILLONES_MXN", "MXN", 10**9),
        ("Investimento em milhares de milhoes de euros", "EUR", 10**9),
        ("TONG_CHI_TY_DONG", "VND", 10**9),
        ("Chi ngan sach (trieu dong)", "VND", 10**6),
        ("Poblacion (miles)", "person", 1000),
        ("GDP亿美元", "USD", 10**8),
        ("总投资万元", "CNY", 10**4),
        ("Roads (miles)", "mile", 1),
        ("Cost per million (USD)", "USD", 1),
    ],
)
def test_a_scale_of_a_header_is_read_in_any_writing(header, unit, factor):
    assert column(header) == (unit, factor)


@pytest.mark.parametrize("header", ["area_mil_ha", "VALOR_MIL_REAIS"])
def test_what_a_scale_may_mean_twice_is_not_read(header):
    assert column(header) is None


@pytest.mark.parametrize("header", ["Recettes en milliers de milliards de francs CFA", "Families above 1 million USD"])
def test_a_scale_that_is_no_scale_of_the_column_gives_no_unit_of_money(header):
    assert column(header) in (("household", 1), ("unknown", 1))
