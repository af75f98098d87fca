"""What is checked before anything is sent: the old texts, to the letter, in the old order."""

from __future__ import annotations

import enum
import logging
from typing import Callable, List, Tuple, Type

import pytest
from scripted_server import ScriptedServer

from tayori import channel

Serve = Callable[..., ScriptedServer]


class Minutes(enum.IntEnum):
    HOUR = 60


CLIENT_ID = channel.InvalidChannelClientIdError
DURATION = channel.InvalidChannelTokenDurationError
MESSAGE = channel.InvalidMessageError

REFUSED_CLIENT_IDS: List[Tuple[object, str]] = [
    (17, '"17" is not a string.'),
    (None, '"None" is not a string.'),
    (True, '"True" is not a string.'),
    (1.5, '"1.5" is not a string.'),
    (["a"], "\"['a']\" is not a string."),
    (("a", "b"), "\"('a', 'b')\" is not a string."),
    (bytearray(b"a"), "\"bytearray(b'a')\" is not a string."),
    (Minutes.HOUR, f'"{Minutes.HOUR!s}" is not a string.'),
    ("a" * 257, "Client id length 257 is greater than max length 256"),
    (b"a" * 257, "Client id length 257 is greater than max length 256"),
    ("\u304b" * 86, "Client id length 258 is greater than max length 256"),
    (b"\xff" * 300, "Client id length 300 is greater than max length 256"),
    ("eyJ" + "a" * 254, "Client id length 257 is greater than max length 256"),
    (b"\xff", "Client id is not UTF-8 text"),
    ("\ud800", "Client id is not UTF-8 text"),
]

REFUSED_DURATIONS: List[Tuple[object, str]] = [
    (1.0, "Argument duration_minutes must be integral"),
    ("60", "Argument duration_minutes must be integral"),
    ([], "Argument duration_minutes must be integral"),
    (0, "Argument duration_minutes must not be less than 1"),
    (-5, "Argument duration_minutes must not be less than 1"),
    (False, "Argument duration_minutes must not be less than 1"),
    (1441, "Argument duration_minutes must be less than 1441"),
    (10**30, "Argument duration_minutes must be less than 1441"),
]

REFUSED_MESSAGES: List[Tuple[object, str]] = [
    (17, "Message must be a string"),
    (None, "Message must be a string"),
    ({"a": 1}, "Message must be a string"),
    (bytearray(b"a"), "Message must be a string"),
    ("a" * 32768, "Message must be no longer than 32767 chars"),
    (b"a" * 32768, "Message must be no longer than 32767 chars"),
    ("\u304b" * 10923, "Message must be no longer than 32767 chars"),
    (b"\xff" * 32768, "Message must be no longer than 32767 chars"),
    (b"\xff", "Message is not UTF-8 text"),
    ("a\udfffb", "Message is not UTF-8 text"),
]


def brief(value: object) -> str:
    """A test's name for a value."""
    return ascii(value)[:60]


def refused(expected: Type[Exception], text: str, call: Callable[[], object]) -> None:
    with pytest.raises(channel.Error) as caught:
        call()
    assert type(caught.value) is expected
    assert str(caught.value) == text


@pytest.mark.parametrize("client_id, text", REFUSED_CLIENT_IDS, ids=brief)
def test_a_client_id_is_refused_with_the_old_text(serve: Serve, client_id: object, text: str) -> None:
    server = serve()
    refused(CLIENT_ID, text, lambda: channel.create_channel(client_id))  # type: ignore[arg-type]
    refused(CLIENT_ID, text, lambda: channel.send_message(client_id, "x"))  # type: ignore[arg-type]
    assert server.requests == []


@pytest.mark.parametrize("duration, text", REFUSED_DURATIONS, ids=brief)
def test_a_duration_is_refused_with_the_old_text(serve: Serve, duration: object, text: str) -> None:
    server = serve()
    refused(DURATION, text, lambda: channel.create_channel("alice", duration))  # type: ignore[arg-type]
    assert server.requests == []


@pytest.mark.parametrize("message, text", REFUSED_MESSAGES, ids=brief)
def test_a_message_is_refused_with_the_old_text(serve: Serve, message: object, text: str) -> None:
    server = serve()
    refused(MESSAGE, text, lambda: channel.send_message("alice", message))  # type: ignore[arg-type]
    assert server.requests == []


def test_the_client_id_is_looked_at_first() -> None:
    refused(CLIENT_ID, '"5" is not a string.', lambda: channel.create_channel(5, "x"))  # type: ignore[arg-type]
    refused(CLIENT_ID, '"5" is not a string.', lambda: channel.send_message(5, 5))  # type: ignore[arg-type]


def test_the_constants_are_the_old_ones() -> None:
    assert channel.MAXIMUM_CLIENT_ID_LENGTH == 256
    assert channel.MAXIMUM_TOKEN_DURATION_MINUTES == 1440
    assert channel.MAXIMUM_MESSAGE_LENGTH == 32767


@pytest.mark.parametrize(
    "client_id", ["a" * 256, "\u304b" * 85 + "a", b"a" * 256, b"\xe3\x81\x8b", "a-b-c-d", " "], ids=brief
)
def test_a_client_id_up_to_the_limit_goes_out_untouched(serve: Serve, client_id: object) -> None:
    server = serve()
    channel.create_channel(client_id)  # type: ignore[arg-type]
    text = client_id.decode("utf-8") if isinstance(client_id, bytes) else client_id
    assert server.requests[0].fields == {"client_id": text}


@pytest.mark.parametrize("given, sent", [(1, 1), (1440, 1440), (True, 1), (Minutes.HOUR, 60)])
def test_a_duration_goes_out_as_a_number(serve: Serve, given: int, sent: int) -> None:
    server = serve()
    channel.create_channel("alice", duration_minutes=given)
    minutes = server.requests[0].fields["duration_minutes"]
    assert minutes == sent and type(minutes) is int


@pytest.mark.parametrize(
    "message",
    ["a" * 32767, b"a" * 32767, "\u304b" * 10922, "\x00\x1f\n\"\\</script>\U0001f600", "caf\u00e9".encode("utf-8")],
    ids=brief,
)
def test_a_message_up_to_the_limit_goes_out_untouched(serve: Serve, message: object) -> None:
    server = serve()
    channel.send_message("alice", message)  # type: ignore[arg-type]
    text = message.decode("utf-8") if isinstance(message, bytes) else message
    assert server.requests[0].fields == {"client_id": "alice", "message": text}


def test_a_token_goes_out_as_client_id_however_long(serve: Serve) -> None:
    server = serve()
    token = f"eyJ{'a' * 60}.eyJ{'b' * 400}.{'c-_' * 14}"
    channel.send_message(token, "x")
    assert server.requests[0].fields["client_id"] == token


def test_a_token_beyond_the_longest_is_a_client_id_that_is_too_long(serve: Serve) -> None:
    token = f"eyJa.eyJ{'b' * 16384}.c"
    text = f"Client id length {len(token)} is greater than max length 256"
    refused(CLIENT_ID, text, lambda: channel.send_message(token, "x"))


def test_a_message_to_nobody_is_dropped_with_a_warning(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    server = serve()
    with caplog.at_level(logging.WARNING, "tayori.channel"):
        channel.send_message("", "x")
        channel.send_message(b"", b"x")
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert server.requests == []
    refused(MESSAGE, "Message must be a string", lambda: channel.send_message("", 5))  # type: ignore[arg-type]
