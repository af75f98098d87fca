"""What goes over the wire, and what the server's answers become."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Callable, Tuple, Type

import pytest
from google.appengine.runtime import apiproxy_errors
from scripted_server import Conversation, Script, ScriptedServer

from tayori import channel, errors
from tayori._settings import Settings

Serve = Callable[..., ScriptedServer]
KEY = "s3cret-Key-of-the-backend"
CODES_JSON = Path(__file__).resolve().parents[3] / "spec" / "codes.json"


def answering(status: int, code: str, **members: object) -> Script:
    """A script that answers every request with this problem document."""

    def script(conversation: Conversation) -> None:
        while conversation.request() is not None:
            conversation.problem(status, code, **members)

    return script


def test_create_channel_says_what_the_contract_says(serve: Serve) -> None:
    server = serve()
    assert channel.create_channel("alice", 90) == "token of alice"
    (request,) = server.requests
    assert request.line == "POST /v1/create_channel HTTP/1.1"
    assert request.fields == {"client_id": "alice", "duration_minutes": 90}
    assert request.headers["content-type"] == "application/json"
    assert "authorization" not in request.headers


def test_send_message_returns_nothing(serve: Serve) -> None:
    server = serve()
    result: object = channel.send_message("alice", "\u4fbf\u308a")  # type: ignore[func-returns-value]
    assert result is None
    (request,) = server.requests
    assert request.line == "POST /v1/send_message HTTP/1.1"
    assert request.body == '{"client_id":"alice","message":"\u4fbf\u308a"}'.encode("utf-8")


def test_the_variables_are_read_at_every_call(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = serve(), serve()
    monkeypatch.setenv("TAYORI_URL", first.url + "/")
    channel.send_message("alice", "1")
    monkeypatch.setenv("TAYORI_URL", second.url + "/below/")
    monkeypatch.setenv("TAYORI_API_KEY", KEY + "\n")
    channel.send_message("alice", "2")
    assert [request.fields["message"] for request in first.requests] == ["1"]
    (request,) = second.requests
    assert request.line == "POST /below/v1/send_message HTTP/1.1"
    assert request.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "status, code, expected",
    [
        (400, "invalid_client_id", channel.InvalidChannelClientIdError),
        (401, "invalid_token", channel.InvalidChannelClientIdError),
        (401, "token_timed_out", channel.InvalidChannelClientIdError),
        (400, "invalid_message", channel.InvalidMessageError),
        (413, "payload_too_large", channel.InvalidMessageError),
        (400, "invalid_duration", channel.InvalidChannelTokenDurationError),
    ],
)
def test_a_problem_with_an_old_class_becomes_it(
    serve: Serve, status: int, code: str, expected: Type[channel.Error]
) -> None:
    serve(answering(status, code, detail="What the server says."))
    calls: Tuple[Callable[[], object], ...] = (
        lambda: channel.create_channel("alice"),
        lambda: channel.send_message("alice", "x"),
    )
    for call in calls:
        with pytest.raises(channel.Error) as caught:
            call()
        assert type(caught.value) is expected
        assert str(caught.value) == "What the server says."


@pytest.mark.parametrize(
    "status, code", [(429, "too_slow"), (500, "internal_error"), (503, "overloaded"), (418, "made_up_later")]
)
def test_any_other_problem_is_a_service_error(serve: Serve, status: int, code: str) -> None:
    server = serve(answering(status, code, detail="What the server says."))
    with pytest.raises(channel.ServiceError) as caught:
        channel.send_message("alice", "x")
    assert (caught.value.status, caught.value.code) == (status, code)
    assert str(caught.value) == f"What the server says. ({status} {code} from {server.url})"
    assert isinstance(caught.value, apiproxy_errors.ApplicationError)
    assert caught.value.application_error == 1
    assert caught.value.error_detail == str(caught.value)


def test_without_a_detail_the_title_or_the_table_has_the_words(serve: Serve) -> None:
    serve(answering(400, "invalid_message", title="The title."))
    with pytest.raises(channel.InvalidMessageError, match=r"^The title\.$"):
        channel.send_message("alice", "x")
    serve(answering(400, "invalid_message", title="", detail=["not a text"]))
    with pytest.raises(channel.InvalidMessageError, match=r"^A message is 1 to 32767 bytes of valid UTF-8\.$"):
        channel.send_message("alice", "x")


def test_a_missing_and_a_wrong_key_are_told_apart_and_not_shown(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(answering(401, "unauthorized", detail="The API key is missing or wrong."))
    with pytest.raises(channel.ServiceError, match="TAYORI_API_KEY is not set"):
        channel.send_message("alice", "x")
    monkeypatch.setenv("TAYORI_API_KEY", KEY)
    with pytest.raises(channel.ServiceError, match="TAYORI_API_KEY is not the server's") as caught:
        channel.send_message("alice", "x")
    assert KEY not in repr(caught.value)
    assert KEY not in repr(Settings.read({"TAYORI_API_KEY": KEY}))


def test_a_key_that_an_answer_quotes_is_not_shown(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def echo(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        conversation.raw(f"{request.headers['authorization']}\r\n\r\n".encode())

    def echo_in_status(conversation: Conversation) -> None:
        conversation.request()
        conversation.answer(b"", f"502 Bad {KEY}", f"text/{KEY}")

    monkeypatch.setenv("TAYORI_API_KEY", KEY)
    scripts = [answering(400, "invalid_message", detail=f"Bearer {KEY}"), echo, echo_in_status]
    for script in scripts:
        serve(script)
        with pytest.raises(channel.Error) as caught:
            channel.send_message("alice", "x")
        assert KEY.lower() not in (str(caught.value) + repr(caught.value)).lower()
        assert caught.value.__cause__ is None


def test_the_public_listener_is_recognised_by_its_not_found(serve: Serve) -> None:
    serve(answering(404, "not_found", detail="There is nothing at this address."))
    with pytest.raises(channel.ServiceError, match="does TAYORI_URL name the internal listener"):
        channel.send_message("alice", "x")


def answer_html(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(b"<html>upstream down</html>", "503 Service Unavailable", "text/html; charset=utf-8")


def answer_redirect(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(b"", "302 Found", "text/html", "Location: https://elsewhere.example/\r\n")


def answer_a_list(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(["token"])


def answer_broken_json(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(b'{"token": "x')


def answer_deep_json(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(b"[" * 100_000)


def answer_latin_1(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(b'{"token": "\xe9"}')


def answer_without_a_token(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer({"client_id": "alice", "token": 5})


@pytest.mark.parametrize(
    "script, status",
    [
        (answer_html, 503),
        (answer_redirect, 302),
        (answer_a_list, 200),
        (answer_broken_json, 200),
        (answer_deep_json, 200),
        (answer_latin_1, 200),
        (answer_without_a_token, 0),
    ],
)
def test_an_answer_that_is_not_a_tayori_servers_is_called_that(serve: Serve, script: Script, status: int) -> None:
    server = serve(script)
    with pytest.raises(channel.ServiceError, match="not as a Tayori server does") as caught:
        channel.create_channel("alice")
    assert server.url in str(caught.value)
    assert (caught.value.code, caught.value.status) == ("", status)


def test_a_variable_that_cannot_be_used_is_a_channel_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAYORI_URL", "ftp://127.0.0.1")
    with pytest.raises(channel.ConfigurationError, match="TAYORI_URL"):
        channel.create_channel("alice")


def test_every_code_with_an_old_class_is_in_the_table() -> None:
    table = {entry["name"] for entry in json.loads(CODES_JSON.read_text("utf-8"))["codes"]}
    assert set(errors.OLD_CLASSES) <= table


def test_errors_can_be_copied_and_pickled() -> None:
    away = channel.ServerAwayError("away", address="http://127.0.0.1:1", may_have_arrived=True)
    for again in (copy.copy(away), pickle.loads(pickle.dumps(away))):
        assert (str(again), again.address, again.may_have_arrived) == ("away", "http://127.0.0.1:1", True)


def test_one_old_except_clause_of_either_kind_catches_what_the_server_does(serve: Serve) -> None:
    for clause in (channel.Error, apiproxy_errors.Error, apiproxy_errors.ApplicationError):
        serve(answering(500, "internal_error"))
        with pytest.raises(clause):
            channel.send_message("alice", "x")


@pytest.mark.parametrize(
    "software, service",
    [("Development/2.0", "channel"), ("testutil", "channel"), ("Google App Engine/1.9", "xmpp"), (None, "xmpp")],
)
def test_the_service_name_is_the_old_one(monkeypatch: pytest.MonkeyPatch, software: str, service: str) -> None:
    if software is not None:
        monkeypatch.setenv("SERVER_SOFTWARE", software)
    assert channel._GetService() == service
