"""What announces a table when its source, place or unit stands between its title and itself."""

import pytest

from pipelines.reading.announced import announcement
from pipelines.reading.markdown import read_markdown


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        (["Notes", "Outlays (UGX million)"], "Outlays (UGX million)"),
        (["Outlays (UGX million)", "Source: Treasury"], "Outlays (UGX million) Source: Treasury"),
        (["粮食补贴", "填报单位：农业局", "单位：万元"], "粮食补贴 填报单位：农业局 单位：万元"),
        (["Outlays", "(UGX million)"], "Outlays (UGX million)"),
        (["Chapter 3", "Table 2: Outlays"], "Table 2: Outlays"),
        (["It paid 3 million in 2004.", "Unit: persons"], "Unit: persons"),
        ([], ""),
    ],
)
def test_the_title_above_lines_about_the_table(above, wanted):
    assert announcement(above) == wanted


def test_the_title_of_the_table_before_is_not_that_of_the_next():
    rows = "| Place | Pupils |\n|---|---|\n| Aba | 12 |\n"
    found = read_markdown(f"# Report\n\nOutlays (UGX)\n\n{rows}\nUnit: persons\n\n{rows}").tables
    assert [table.caption for table in found] == ["Outlays (UGX)", "Unit: persons"]
