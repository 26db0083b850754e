"""What running text claims about its own numbers: lists without a sign, shares of what stands near, differences."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import version

HEAD = "Poverty alleviation in Jiangxi Province in 2012\n\n"
TRUE = [
    "Money. Funds came to 31.2 million yuan. Roads took 9.4 million, water 12.3 million and schools 9.5 million.",
    "Of the 46 villages, 30 finished on time, 12 finished late and 4 did not finish.",
    "The office had 4,386 households on its list. 1,184 households (27.0%) fall below the line.",
    "In 2011 the poor were 1,402; the number has since shrunk by 218 or 15.5%.",
    "9.47 million yuan was misused: 6.15 million yuan of this built a centre, the other 3.32 million yuan paid wages.",
    "Income per head: 5,870 yuan in 2010, 9,980 yuan in 2012. 4,110 yuan more came in.",
    "The poor were 118,600 in January. During the year 23,900 rose and 4,200 fell back, leaving 98,900.",
    "3.28 billion yuan was spent: 1.94 billion from higher levels, 0.76 billion from the county, 0.58 billion lent.",
    "到位扶贫资金31.2亿元。安居9.4亿元，产业10.3亿元，饮水5.2亿元，其他6.3亿元。",
    "应到代表56人，实到51人，赞成48票，反对2票，弃权1票。",
    "新建水窖2364眼，恢复旧窖871眼，合计3235眼。",
    "帮助12.41万名劳动力就业，到江苏3.36万名，省内就近6.58万名，到其他地区2.47万名。",
]  # fmt: skip
WRONG = [
    ("Of the 46 villages, 30 finished on time, 12 finished late and 4 did not finish.", "12", "21"),
    ("The office had 4,386 households on its list. 1,184 households (27.0%) fall below the line.", "27.0", "72.0"),
    ("Income per head: 5,870 yuan in 2010, 9,980 yuan in 2012. 4,110 yuan more came in.", "9,980", "7,980"),
    ("到位扶贫资金31.2亿元。安居9.4亿元，产业10.3亿元，饮水5.2亿元，其他6.3亿元。", "10.3", "13.0"),
    ("新建水窖2364眼，恢复旧窖871眼，合计3235眼。", "871", "581"),
]  # fmt: skip


def _failing(tmp_path, text):
    path = tmp_path / "report.txt"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    checks = version(path).checks
    return [c.formula for c in checks if c.verdict in FAILING and c.severity in ("error", "warning")]


@pytest.mark.parametrize("text", TRUE)
def test_true_numbers_raise_no_alarm(tmp_path, text):
    assert _failing(tmp_path, text) == []


@pytest.mark.parametrize(("text", "right", "wrong"), WRONG)
def test_one_altered_number_is_found(tmp_path, text, right, wrong):
    assert text.count(right) == 1
    assert _failing(tmp_path, text.replace(right, wrong))
