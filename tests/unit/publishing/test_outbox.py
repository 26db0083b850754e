"""Every event once on every channel: after failures, a crash in between, and a restart."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.alerts import send as sending
from pipelines.publishing.alerts.channels import DeliveryError
from pipelines.publishing.alerts.digest import Digest
from pipelines.publishing.alerts.outbox import look_into_outbox, open_outbox
from pipelines.publishing.alerts.send import preview_alerts, send_alerts, something_waits
from tests.unit.publishing.test_digest import CHANGED, NEW, RESOLVED, RUN


@dataclass
class Recorder:
    """A channel that keeps what it is told, and fails or dies when asked to."""

    name: str
    told: list[Digest] = field(default_factory=list)
    error: BaseException | None = None
    before: bool = True

    def send(self, message):
        if self.error is not None and self.before:
            raise self.error
        self.told.append(message)
        if self.error is not None:
            raise self.error


@pytest.fixture
def channel(monkeypatch):
    one = Recorder("one")
    monkeypatch.setattr(sending, "channels", lambda _settings: [one])
    return one


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1_800_000_000.0

    monkeypatch.setattr(time, "time", lambda: Clock.now)
    return Clock


def started(settings):
    """The first start, at which nothing had happened."""
    send_alerts(settings, [])


def test_an_event_is_sent_once(settings, channel):
    started(settings)
    assert [delivery.message.title for delivery in send_alerts(settings, [NEW])] == ["Fupin: 1 new failure in 1 report"]
    assert send_alerts(settings, [NEW])[0].message is None
    [again] = send_alerts(settings, [NEW, CHANGED])
    assert "Changed: Now 57 too much." in again.message.body
    assert len(channel.told) == 2


def test_the_first_start_tells_what_is_open_and_not_the_history(settings, channel):
    old = replace(NEW, is_current=False)
    gone = [replace(event, event_id=f"g{event.kind}", subject="g", is_current=False) for event in (NEW, RESOLVED)]
    [delivery] = send_alerts(settings, [old, *gone, CHANGED])
    assert delivery.message.title == "Fupin: 1 new failure in 1 report"
    # someone who hears for the first time knows nothing of a change
    assert "New: Now 57 too much. (F-8933e3)" in delivery.message.body
    assert send_alerts(settings, [old, *gone, CHANGED])[0].message is None


def test_a_channel_added_later_hears_what_is_open(settings, channel, monkeypatch):
    started(settings)
    send_alerts(settings, [NEW])
    two = Recorder("two")
    monkeypatch.setattr(sending, "channels", lambda _settings: [channel, two])
    send_alerts(settings, [NEW, RUN])
    assert [message.title for message in two.told] == ["Fupin: 1 failed run; 1 new failure in 1 report"]
    assert [message.title for message in channel.told][1:] == ["Fupin: 1 failed run"]


def test_a_channel_that_fails_waits_longer_each_time_and_others_go_on(settings, channel, monkeypatch, clock):
    good = Recorder("good")
    monkeypatch.setattr(sending, "channels", lambda _settings: [channel, good])
    started(settings)
    channel.error = DeliveryError("the service cannot be reached")
    pauses = []
    for _ in range(12):
        bad, _ = send_alerts(settings, [NEW])
        assert bad.error == "the service cannot be reached"
        pauses.append(bad.next_try_at.timestamp() - clock.now)
        # before its time it is not tried, and not silent about it either
        clock.now += pauses[-1] - 1
        assert not something_waits(settings)
        channel.error, error = None, channel.error
        assert send_alerts(settings, [NEW])[0].error == "the service cannot be reached"
        assert channel.told == []
        channel.error = error
        clock.now += 1
        assert something_waits(settings)
    assert pauses[:3] == [60, 120, 240]
    assert max(pauses) == pauses[-1] == 6 * 3600
    assert len(good.told) == 1
    with look_into_outbox(settings) as outbox:
        assert outbox.state("one").failed_attempts == 12
    channel.error = None
    send_alerts(settings, [NEW, RUN])
    assert [message.title for message in channel.told] == ["Fupin: 1 failed run; 1 new failure in 1 report"]
    with look_into_outbox(settings) as outbox:
        assert outbox.state("one").last_error == ""
        assert outbox.pending("one") == ([], False)


@pytest.mark.parametrize("before", [True, False])
def test_what_a_crash_left_claimed_is_sent_again_and_says_so(settings, channel, before):
    started(settings)
    channel.error, channel.before = KeyboardInterrupt(), before
    with pytest.raises(KeyboardInterrupt):
        send_alerts(settings, [NEW])
    with look_into_outbox(settings) as outbox:
        assert outbox.pending("one") == ([NEW], True)
    assert something_waits(settings)
    channel.error = None
    [delivery] = send_alerts(settings, [NEW])
    assert delivery.message.body.startswith("An earlier attempt to send this was cut off")
    assert send_alerts(settings, [NEW])[0].message is None


def test_a_process_that_is_killed_between_claim_and_mark_loses_nothing(settings):
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom pipelines.settings import Settings\n"
        "from pipelines.publishing.alerts.channels import FileChannel\n"
        "from pipelines.publishing.alerts.send import send_alerts\n"
        "from tests.unit.publishing.test_digest import NEW\n"
        "FileChannel.send = lambda self, message: os._exit(9)\n"
        "settings = Settings(home=Path(sys.argv[1]))\n"
        "send_alerts(settings, [NEW])\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "FUPIN_ALERTS"}
    ended = subprocess.run([sys.executable, "-c", script, settings.home], env=environment, check=False, timeout=600)
    assert ended.returncode == 9
    log = settings.alerts_folder / "alerts.log"
    assert not log.exists()
    for _ in range(2):
        send_alerts(settings, [NEW])
        assert log.read_text().count(NEW.finding) == 1


def test_nobody_is_told_of_what_came_and_went_unheard(settings, channel):
    started(settings)
    channel.error = DeliveryError("away")
    send_alerts(settings, [NEW])
    channel.error = None
    with open_outbox(settings) as outbox:
        outbox.connection.execute("UPDATE channel SET next_try_at = 0")
    [delivery] = send_alerts(settings, [NEW, RESOLVED])
    assert (delivery.message, delivery.error, channel.told) == (None, "", [])
    with look_into_outbox(settings) as outbox:
        assert outbox.deliveries(10) == []


def test_a_preview_sends_and_records_nothing(settings, channel):
    [preview] = preview_alerts(settings, [NEW])
    assert preview.message.title == "Fupin: 1 new failure in 1 report"
    assert not settings.alerts_folder.exists()
    started(settings)
    assert preview_alerts(settings, [NEW])[0].message == preview_alerts(settings, [NEW])[0].message is not None
    assert channel.told == []
    assert send_alerts(settings, [NEW])[0].message is not None
    assert preview_alerts(settings, [NEW])[0].message is None


def test_one_process_sends_at_a_time(settings, channel):
    with open_outbox(settings), pytest.raises(FupinError, match="another process is sending alerts"):
        send_alerts(settings, [NEW])


def test_an_outbox_that_is_no_database_is_named(settings, channel):
    settings.alerts_folder.mkdir(parents=True)
    (settings.alerts_folder / "outbox.sqlite").write_bytes(b"no database at all " * 100)
    with pytest.raises(FupinError, match=r"outbox\.sqlite: the record of alerts cannot be used: file is not"):
        send_alerts(settings, [NEW])
