"""The drop-in against the real server: what an old backend does arrives at an old page."""

from __future__ import annotations

from typing import Type

import pytest
from google.appengine.api import channel
from real_server import RealServer


def brief(value: object) -> str:
    """A test's name for a value."""
    return ascii(value)[:40]


def test_a_message_arrives(tayori: RealServer) -> None:
    page = tayori.page(channel.create_channel("arrives"))
    assert page.connect() == (200, "OK", b"1")
    channel.send_message("arrives", "Hello")
    assert page.next_message() == "Hello"
    page.disconnect()


def test_messages_sent_before_the_page_opens_arrive_in_order(tayori: RealServer) -> None:
    page = tayori.page(channel.create_channel("early", duration_minutes=1))
    for number in range(5):
        channel.send_message("early", str(number))
    page.connect()
    assert [page.next_message() for _ in range(5)] == list("01234")
    page.disconnect()


@pytest.mark.parametrize(
    "message",
    [
        "a" * 32767,
        "\u304b" * 10922,
        "\u0001" * 32767,  # six times as long in JSON
        '{"json": "\\" \U0001f600"}\r\n\x00',
        "\u4fbf\u308a".encode("utf-8"),
        "caf\u00e9 <b>&amp;",
    ],
    ids=brief,
)
def test_a_message_arrives_byte_for_byte(tayori: RealServer, message: object) -> None:
    page = tayori.page(channel.create_channel("bytes"))
    channel.send_message("bytes", message)  # type: ignore[arg-type]
    page.connect()
    assert page.next_message() == (message.decode("utf-8") if isinstance(message, bytes) else message)
    page.disconnect()


@pytest.mark.parametrize("client_id", ["\u304b" * 85 + "a", "a-b-c-d-e", "50% & more+?/@", b"\xe4\xbe\xbf"], ids=brief)
def test_any_client_id_is_an_address(tayori: RealServer, client_id: object) -> None:
    page = tayori.page(channel.create_channel(client_id))  # type: ignore[arg-type]
    channel.send_message(client_id, "x")  # type: ignore[arg-type]
    page.connect()
    assert page.next_message() == "x"
    page.disconnect()


def test_a_token_is_an_address_too(tayori: RealServer) -> None:
    token = channel.create_channel("by-token")
    page = tayori.page(token)
    channel.send_message(token, "x")
    page.connect()
    assert page.next_message() == "x"
    page.disconnect()


def test_every_token_is_another_one(tayori: RealServer) -> None:
    assert len({channel.create_channel("many") for _ in range(5)}) == 5


def test_what_looks_like_a_token_and_is_none_reaches_nobody(tayori: RealServer) -> None:
    channel.send_message("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.AAAA", "x")


def test_a_client_that_is_not_there_is_no_error(tayori: RealServer) -> None:
    channel.send_message("never-created", "x")


def refused(expected: Type[channel.Error], client_id: str, message: str = "x") -> None:
    with pytest.raises(channel.Error) as caught:
        channel.send_message(client_id, message)
    assert type(caught.value) is expected
    assert str(caught.value)


def test_what_only_the_server_checks_becomes_the_old_exceptions(tayori: RealServer) -> None:
    with pytest.raises(channel.InvalidChannelClientIdError):
        channel.create_channel("")
    refused(channel.InvalidMessageError, "alice", "")
    refused(channel.InvalidChannelClientIdError, "line\nbreak")


@pytest.mark.parametrize("key", ["", "not-the-key-of-this-server-000000"])
def test_without_the_right_key_nothing_is_done(tayori: RealServer, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("TAYORI_API_KEY", key)
    with pytest.raises(channel.ServiceError) as caught:
        channel.create_channel("alice")
    assert (caught.value.status, caught.value.code) == (401, "unauthorized")
    assert "TAYORI_API_KEY" in str(caught.value)


def test_the_public_listener_is_told_from_the_internal_one(
    tayori: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAYORI_URL", tayori.public)
    with pytest.raises(channel.ServiceError, match="internal listener"):
        channel.send_message("alice", "x")


def test_a_server_that_came_back_elsewhere_is_found_by_the_next_call(
    tayori: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = RealServer()
    monkeypatch.setenv("TAYORI_URL", other.internal)
    channel.send_message("alice", "x")
    other.stop()
    with pytest.raises(channel.ServerAwayError) as caught:
        channel.send_message("alice", "x")
    assert not caught.value.may_have_arrived
    monkeypatch.setenv("TAYORI_URL", tayori.internal)
    channel.send_message("alice", "x")
