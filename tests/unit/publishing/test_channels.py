"""Where alerts go, and that no secret of an address is ever shown."""

from __future__ import annotations

import logging

import pytest
from apprise import Apprise
from apprise.decorators import notify

from pipelines.errors import FupinError
from pipelines.publishing.alerts.channels import DeliveryError, ServiceChannel, channels
from pipelines.publishing.alerts.digest import Digest
from pipelines.settings import Settings

MESSAGE = Digest("Fupin: 1 new failure in 1 report", "jiangxi_2011.txt – 扶贫\n")
SECRET = "json://officer:rosebud@127.0.0.1:1/token"


def named(text):
    return [channel.name for channel in channels(Settings(alerts=text))]


def test_the_default_is_a_file(monkeypatch):
    monkeypatch.delenv("FUPIN_ALERTS", raising=False)
    assert [channel.name for channel in channels(Settings())] == ["file"]
    assert named("") == []


@pytest.mark.parametrize("separator", [",", " ", ", ", "\n", " , "])
def test_entries_are_separated_by_commas_or_spaces(separator):
    first, second, third = named(separator.join(["console", "mailto://a:b@c.org?to=d@c.org,e@c.org", "file"]))
    assert (first, third) == ("console", "file")
    assert second.startswith("mailto://…")


def test_an_address_has_a_name_without_its_secrets():
    [name] = named(SECRET)
    assert name.startswith("json://…")
    assert not any(word in name for word in ("officer", "rosebud", "token", "127"))
    assert named(SECRET) == [name] != named(SECRET + "2")
    assert named(f"{SECRET} {SECRET}") == [name]
    assert "rosebud" not in repr(channels(Settings(alerts=SECRET))) + repr(Settings(alerts=SECRET))


@pytest.mark.parametrize(
    ("text", "number"), [("file, rosebud", 1), ("rosebud file", 1), ("console json://a rosebud", 2)]
)
def test_an_entry_that_is_no_channel_is_named_by_its_place_only(text, number):
    with pytest.raises(FupinError) as caught:
        named(text)
    wanted = f"FUPIN_ALERTS: entry {number} is neither console, file nor a URL such as mailto://…"
    assert str(caught.value) == wanted


def test_the_file_grows(settings):
    [channel] = channels(settings)
    channel.send(MESSAGE)
    channel.send(MESSAGE)
    log = (settings.alerts_folder / "alerts.log").read_text(encoding="utf-8")
    assert log.count(MESSAGE.title) == log.count("UTC  Fupin") == log.count("扶贫") == 2


def test_a_file_that_cannot_be_written_is_named(settings):
    settings.home.write_text("no folder")
    [channel] = channels(settings)
    with pytest.raises(DeliveryError, match=r"alerts\.log: cannot be written"):
        channel.send(MESSAGE)


def test_the_console_prints(settings, capsys):
    [channel] = channels(Settings(alerts="console"))
    channel.send(MESSAGE)
    assert capsys.readouterr().out == f"{MESSAGE.title}\n\n{MESSAGE.body}\n"


TOLD: list[tuple[str, str]] = []
ANSWER: list[bool | Exception] = [True]


# Apprise keeps one notifier per scheme for the life of the process
@notify(on="fupintest")
def local_service(body, title, *_args, **_options):
    TOLD.append((title, body.strip()))
    if isinstance(ANSWER[0], Exception):
        raise ANSWER[0]
    return ANSWER[0]


def test_a_service_is_told_title_and_body():
    TOLD.clear()
    ServiceChannel("fupintest://token").send(MESSAGE)
    assert [(MESSAGE.title, MESSAGE.body.strip())] == TOLD


@pytest.mark.parametrize("answer", [False, ValueError("rosebud")])
def test_a_service_that_refuses_is_an_error(monkeypatch, answer):
    monkeypatch.setattr(f"{__name__}.ANSWER", [answer])
    with pytest.raises(DeliveryError) as caught:
        ServiceChannel("fupintest://rosebud").send(MESSAGE)
    assert "rosebud" not in str(caught.value)


def test_a_plugin_that_raises_is_an_error_without_its_words(monkeypatch):
    def refuse(*_args, **_options):
        raise RuntimeError(f"cannot reach {SECRET}")

    monkeypatch.setattr(Apprise, "notify", refuse)
    with pytest.raises(DeliveryError, match=r"^the service could not be told \(RuntimeError\)$") as caught:
        ServiceChannel(SECRET).send(MESSAGE)
    assert caught.value.__suppress_context__


def test_libraries_below_log_no_address(caplog, capfd):
    caplog.set_level(logging.DEBUG)
    # the network is off in tests, so this service cannot be reached
    with pytest.raises(DeliveryError, match="cannot be reached"):
        ServiceChannel(SECRET).send(MESSAGE)
    printed = capfd.readouterr()
    for word in ("rosebud", "token", "127.0.0.1"):
        assert word not in caplog.text + printed.out + printed.err


def test_a_service_that_nobody_knows_is_an_error():
    with pytest.raises(DeliveryError, match="Apprise knows no such URL"):
        ServiceChannel("rosebud2://x").send(MESSAGE)
