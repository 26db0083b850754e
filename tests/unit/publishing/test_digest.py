"""One message about many events, in sentences that a programme officer understands."""

from __future__ import annotations

import datetime
from dataclasses import replace

from pipelines.catalog.sentences import kept, say
from pipelines.publishing.alerts.digest import digest, excerpt, settled
from pipelines.publishing.alerts.events import Event
from pipelines.review.causes import Handled

NEW = Event(
    event_id="failure:1",
    kind="new",
    at="2026-01-01T00:00:00+00:00",
    subject="failure:1",
    finding="The parts add up to 50,885, the printed whole is 50,829.",
    is_current=True,
    severity="error",
    report="jiangxi_2011.txt",
    root_cause="RC3",
    suspect="56",
    place="Relocation",
    sentence="Those who moved were 50,829, and 56 people went to homes for seniors.",
    failure_id="F-8933e3",
)
CHANGED = replace(NEW, event_id="failure:2", kind="changed", finding="Now 57 too much.", earlier=NEW.finding)
RESOLVED = replace(NEW, event_id="failure:3", kind="resolved")
RUN = Event("run:1", "failed_run", NEW.at, "run:1", "The run failed: no space.", True, suggestion="Make room.")
LATE = Event("overdue:1", "overdue", "2013-12-31", "overdue:1", "Jiangxi, yearbook chapter for 2012", True)
DECIDED = replace(NEW, event_id="cause:1", kind="handled", subject="cause:F-8933e3", finding="", sentence="")
ASKED = Handled(
    failures=("F-8933e3", "F-aaaaaa"),
    state="asked",
    reason="by letter",
    by="Ada Li",
    at=datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC),
)

SAID = kept(
    finding=say("sum.too_much", computed="50,885", stated="50,829", gap="56"),
    suggestion=say("advice", rule="sum_of_parts"),
)


def other(number, **attributes):
    return replace(NEW, event_id=f"failure:9{number}", subject=f"failure:9{number}", **attributes)


def test_a_message_says_which_report_what_where_and_what_to_do():
    message = digest([NEW])
    assert message.title == "Fupin: 1 new failure in 1 report"
    assert message.body.splitlines() == [
        "jiangxi_2011.txt – error, look first at 56",
        f"  The report says [Relocation]: “{NEW.sentence}”",
        f"  - New: {NEW.finding} (F-8933e3)",
        "  What to do: Compare 56 with the original. If the report itself is wrong, ask its office for a corrected one "
        "and put it into raw/.",
    ]
    assert "What to do: Ask them." in digest([replace(NEW, suggestion="Ask them.")]).body


def test_a_change_names_what_was_said_before():
    message = digest([CHANGED])
    assert message.title == "Fupin: 1 changed failure in 1 report"
    assert f"  - Changed: Now 57 too much. Before: {NEW.finding} (F-8933e3)" in message.body


def test_what_is_resolved_runs_and_late_reports_have_their_own_paragraphs():
    message = digest([NEW, replace(RESOLVED, subject="failure:7", report="b.txt"), RUN, LATE])
    assert message.title == "Fupin: 1 failed run; 1 new failure, 1 resolved failure in 2 reports; 1 overdue report"
    paragraphs = message.body.strip().split("\n\n")
    assert [paragraph.splitlines()[0] for paragraph in paragraphs] == [
        "Failed runs",
        "jiangxi_2011.txt – error, look first at 56",
        "No longer failing",
        "Overdue reports",
    ]
    assert paragraphs[0].endswith("- The run failed: no space.\n  What to do: Make room.")
    assert "What to do" not in paragraphs[2]


def test_members_of_a_root_cause_stand_under_their_sentence_once():
    message = digest([NEW, other(1, finding="Another."), other(2, root_cause="RC4", finding="A third.")])
    assert message.body.count("The report says") == 2
    assert message.body.index("Another.") < message.body.index("A third.")
    # without a root cause nothing is known to belong together
    assert digest([replace(NEW, root_cause=""), other(1, root_cause="", failure_id="F-1")]).body.count("says") == 2


def test_the_gravest_come_first():
    events = [
        other(1, severity="info", finding="I"),
        other(2, severity="critical", finding="C", root_cause=""),
        other(3, severity="warning", finding="W"),
        other(4, finding="E"),
    ]
    body = digest(events).body
    places = [body.index(f"New: {letter}") for letter in "CEWI"]
    assert places == sorted(places)


def test_at_most_fifteen_are_written_out():
    events = [other(number, failure_id=f"F-{number}") for number in range(17)]
    message = digest(events)
    assert message.title == "Fupin: 17 new failures in 1 report"
    assert message.body.count("- New:") == 15
    assert message.body.endswith("\n… and 2 more; `fupin failures` lists all that is open.\n")
    assert "more;" not in digest(events[:15]).body


def test_several_events_of_one_failure_are_one():
    assert settled([NEW, CHANGED]) == [replace(CHANGED, kind="new", earlier="")]
    assert settled([NEW, RESOLVED]) == settled([NEW, CHANGED, RESOLVED]) == []
    assert settled([CHANGED, RESOLVED]) == [RESOLVED]
    again = replace(CHANGED, finding="Now 58 too much.", earlier=CHANGED.finding)
    assert settled([CHANGED, again]) == [replace(again, earlier=NEW.finding)]
    assert settled([RESOLVED, NEW]) == []
    assert settled([RESOLVED, replace(NEW, finding="X")]) == [replace(CHANGED, event_id="failure:1", finding="X")]
    assert settled([NEW, other(1)]) == [NEW, other(1)]


def test_what_became_of_a_root_cause_is_told_with_its_day():
    message = digest([DECIDED], handled={"F-8933e3": ASKED})
    assert message.title == "Fupin: 1 decided root cause"
    assert message.body.splitlines() == [
        "What became of root causes",
        "  - jiangxi_2011.txt RC3, “56”: asked the publisher, AL, 2026-03-01: by letter (F-8933e3)",
    ]
    assert (
        "RC3，“56”：已询问发布单位，AL，2026-03-01"
        in digest([DECIDED], language="zh", handled={"F-8933e3": ASKED}).body
    )


def test_what_became_of_a_root_cause_stands_once_beside_its_failures():
    both = dict.fromkeys(ASKED.failures, ASKED)
    message = digest([NEW, other(1, failure_id="F-aaaaaa"), DECIDED], handled=both)
    assert message.title == "Fupin: 2 new failures in 1 report"
    assert message.body.splitlines()[-1] == "  So far: asked the publisher, AL, 2026-03-01: by letter"
    assert message.body.count("asked the publisher") == 1


def test_what_was_taken_back_before_it_was_told_is_told_no_more():
    assert digest([DECIDED]) is None
    rejected = ASKED.model_copy(update={"state": "rejected"})
    assert "rejected" in digest([DECIDED], handled={"F-8933e3": rejected}).body


def test_nothing_to_tell_is_no_message():
    assert digest([]) is None
    assert digest([NEW, RESOLVED]) is None


def test_a_message_that_may_be_a_repetition_says_so():
    assert digest([NEW], repeated=True).body.startswith("An earlier attempt to send this was cut off")
    assert "cut off" not in digest([NEW]).body


def test_a_long_sentence_is_cut_around_the_suspect_between_words():
    sentence = "word " * 200 + "then 56 people " + "more " * 200
    kept = excerpt(sentence, "56")
    assert "then 56 people" in kept
    assert len(kept) <= 502
    assert kept.startswith("…word ")
    assert kept.endswith("more…")
    assert excerpt("short 56", "56") == "short 56"
    chinese = "扶" * 600 + "56人" + "贫" * 600
    assert "56人" in excerpt(chinese, "56")
    assert len(excerpt(chinese, "56")) <= 502


def test_a_chinese_message_tells_findings_and_advice_in_chinese():
    message = digest([replace(NEW, said=SAID), replace(LATE, said=kept(finding=say("overdue.ask")))], language="zh")
    assert message.title == "扶贫数据：1 个新问题（涉及 1 份报告）；1 份报告逾期"
    assert message.body.splitlines() == [
        "jiangxi_2011.txt – 错误，请先核对 56",
        f"  报告原文［Relocation］：“{NEW.sentence}”",
        "  - 新：各部分合计 50,885，所载总数为 50,829，多出 56，无法用四舍五入解释。（F-8933e3）",
        "  处理建议：请与原件核对总数和各部分，其中有一项录入有误、遗漏或重复计算。",
        "",
        "逾期报告",
        "  - 请向有关单位索取，并将收到的报告放入 raw/。",
    ]
