"""What no warehouse can hold is refused with its place."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.checking.arithmetic import check_figures
from pipelines.checking.storable import assert_checks, assert_numbers, assert_texts
from pipelines.errors import ReportError
from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import document, table

TEXT = "Funds came to 803 million Yuan. In all 5,000 people were trained."


def test_what_reports_hold_is_accepted():
    source = document(TEXT)
    assert_texts(source)
    reading = read_figures(source)
    assert_numbers(source.report_id, reading)
    assert_checks(source.report_id, reading, check_figures(reading, resolve(source, identify(source), reading)).checks)


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (replace(document(TEXT), title="Report \ud83d"), "title"),
        (replace(document(TEXT), text=document(TEXT).text.replace("were", "w\ud83de")), "Funds came to 803 million"),
        (table([["County", "Funds"], ["An\udc00yuan", "7"]]), "csv!A2"),
        (table([["County", "Funds"], ["Anyuan", "7"]], caption="Funds \udc00"), "title"),
        (replace(document(TEXT), unread=("page 3 \ud83d",)), "a part that was not read"),
    ],
)
def test_half_of_a_character_is_refused_with_its_place(broken, place):
    with pytest.raises(ReportError, match="half of a character, which is no valid Unicode") as refused:
        assert_texts(broken)
    assert refused.value.place.startswith(place)
    str(refused.value).encode()


@pytest.mark.parametrize(
    ("changes", "digits"),
    [
        ({"high": Decimal(10) ** 18}, 18),
        ({"value": Decimal("9.99E+307"), "high": Decimal("9.99E+307")}, 18),
        ({"low": -(Decimal(10) ** 18)}, 18),
        ({"unit": "person", "high": Decimal(10) ** 22}, 22),
        ({"unit": "person", "value_stated": Decimal("Infinity")}, 22),
    ],
)
def test_a_number_too_large_is_refused_with_its_sentence(changes, digits):
    reading = read_figures(document(TEXT))
    large = replace(reading, figures=(reading.figures[0]._replace(**changes), *reading.figures[1:]))
    with pytest.raises(ReportError, match=f"803 million Yuan has more than {digits} digits, too many") as refused:
        assert_numbers("report.txt", large)
    assert refused.value.place == "Funds came to 803 million Yuan."


def test_what_is_computed_can_be_too_large_as_well():
    source = document("It was 803 million Yuan: 651 million from the center and 152 million from the province.")
    reading = read_figures(source)
    checks = check_figures(reading, resolve(source, identify(source), reading)).checks
    assert checks
    with pytest.raises(ReportError, match=r"what is computed from .* has more than 22 digits"):
        assert_checks("report.txt", reading, (replace(checks[0], computed_high=Decimal(10) ** 30),))
