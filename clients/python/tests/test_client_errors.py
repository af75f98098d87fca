"""How calls of both clients fail, what is made a second time and what is not."""

from __future__ import annotations

import copy
import pickle
import socket
from typing import Any, Callable, Dict, List, Tuple

import pytest
from scripted_server import Conversation, Script, ScriptedServer, as_tayori

from tayori import Client, Send, TayoriError, Unreachable, _calls
from tayori._attempts import PAUSES_S, Attempts
from tayori._cancellation import Cancellation
from tayori._settings import Settings

Serve = Callable[..., ScriptedServer]
KEY = "s3cret-Key-of-the-backend"


def refusing(status: int, code: str, detail: str) -> Script:
    def script(conversation: Conversation) -> None:
        while conversation.request() is not None:
            conversation.problem(status, code, detail=detail)

    return script


def swallow(conversation: Conversation) -> None:
    """Reads a request to its end and leaves without an answer."""
    conversation.request()


def failure(face: Any, name: str, **arguments: Any) -> TayoriError:
    with pytest.raises(TayoriError) as caught:
        face.call(name, **arguments)
    return caught.value


@pytest.mark.parametrize("status, code", [(400, "invalid_group"), (409, "idempotency_conflict"), (503, "overloaded")])
def test_a_refusal_has_the_servers_code_status_and_detail(serve: Serve, make_face: Any, status: int, code: str) -> None:
    server = serve(refusing(status, code, "What the server says."))
    error = failure(make_face(), "send_group", group="a", message="x", idempotency_key="k")
    assert type(error) is TayoriError
    assert (error.code, error.status, error.detail) == (code, status, "What the server says.")
    assert str(error) == f"What the server says. ({status} {code} from {server.url})"
    assert len(server.requests) == 1  # an answer is an answer, whatever it says


@pytest.mark.parametrize(
    "arguments, hint",
    [({}, "TAYORI_API_KEY is not set."), ({"key": ""}, "key is not set."), ({"key": KEY}, "key is not the server's.")],
)
def test_a_refused_key_is_named_where_it_came_from(
    serve: Serve, make_face: Any, arguments: Dict[str, str], hint: str
) -> None:
    serve(refusing(401, "unauthorized", f"Not {KEY}."))
    error = failure(make_face(**arguments), "broadcast", message="x")
    assert str(error).endswith(f" {hint}")
    assert (KEY in str(error)) == (KEY in error.detail) == (arguments.get("key") != KEY)


def answer_html(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer(b"<html>", "502 Bad Gateway", "text/html")


def answer_without_a_cursor(conversation: Conversation) -> None:
    conversation.request()
    conversation.answer({"sessions": 1})


def answer_garbage(conversation: Conversation) -> None:
    conversation.request()
    conversation.raw(b"SSH-2.0-OpenSSH_9.2\r\n")


@pytest.mark.parametrize("script, status", [(answer_html, 502), (answer_without_a_cursor, 200), (answer_garbage, 0)])
def test_what_is_no_tayori_servers_answer_is_called_that(
    serve: Serve, make_face: Any, script: Script, status: int
) -> None:
    server = serve(script)
    error = failure(make_face(url=server.url), "broadcast", message="x", idempotency_key="k")
    assert (type(error), error.code, error.status) == (TayoriError, "", status)
    assert "not as a Tayori server does" in str(error)
    assert "does url name the internal listener?" in str(error)
    assert len(server.requests) == 1


@pytest.mark.parametrize("results", [[], [{"cursor": "e-1", "sessions": 0}] * 2, ["sent"], None])
def test_a_batch_with_another_number_of_results_is_not_believed(serve: Serve, make_face: Any, results: object) -> None:
    def script(conversation: Conversation) -> None:
        conversation.request()
        conversation.answer({"results": results})

    serve(script)
    error = failure(make_face(), "batch", sends=[Send.to_everyone("x")])
    assert "answered batch without what belongs in the answer" in str(error)


def test_nobody_at_the_address_was_asked_nothing(make_face: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    error = failure(make_face(url=f"http://127.0.0.1:{port}"), "broadcast", message="x")
    assert isinstance(error, Unreachable)
    assert (error.may_have_arrived, error.timed_out, error.code, error.status) == (False, False, "", 0)
    assert "connection refused. The call was not carried out." in str(error)


def test_a_call_that_may_have_arrived_is_not_made_again(serve: Serve, make_face: Any) -> None:
    server = serve(swallow)
    face = make_face()
    calls: List[Tuple[str, Dict[str, Any]]] = [
        ("broadcast", {"message": "x"}),
        ("groups", {}),
        ("batch", {"sends": [Send.to_everyone("1", idempotency_key="k"), Send.to_everyone("2")]}),
    ]
    for name, arguments in calls:
        before = len(server.requests)
        error = failure(face, name, **arguments)
        assert isinstance(error, Unreachable)
        assert error.may_have_arrived
        assert "Whether the call was carried out is not known." in str(error)
        assert len(server.requests) == before + 1


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("send_message", {"client_id": "ann", "message": "x", "idempotency_key": "k"}),
        ("send_group", {"group": "a", "message": "x", "idempotency_key": "k"}),
        ("broadcast", {"message": "x", "idempotency_key": "k"}),
    ],
)
def test_a_call_with_an_idempotency_key_is_made_again(
    serve: Serve, make_face: Any, name: str, arguments: Dict[str, str]
) -> None:
    server = serve(swallow, swallow, as_tayori)
    assert make_face().call(name, **arguments).cursor == "e-1"
    assert [request.fields for request in server.requests] == [arguments] * 3


def test_a_batch_is_made_again_when_each_send_has_a_key() -> None:
    keyed = [Send.to_everyone("1", idempotency_key="a"), Send.to_group("g", "2", idempotency_key="b")]
    assert _calls.batch(keyed).repeatable
    assert not _calls.batch([*keyed, Send.to_client("ann", "3")]).repeatable


def test_there_are_three_attempts_and_no_more(serve: Serve, make_face: Any) -> None:
    server = serve(swallow)
    error = failure(make_face(), "broadcast", message="x", idempotency_key="k")
    assert isinstance(error, Unreachable)
    assert error.may_have_arrived
    assert len(server.requests) == 3


def test_an_answer_that_takes_too_long_is_not_asked_for_again(serve: Serve, make_face: Any) -> None:
    def slow(conversation: Conversation) -> None:
        conversation.request()
        conversation.server.stopping.wait()

    server = serve(slow)
    error = failure(make_face(timeout_s=0.3), "broadcast", message="x", idempotency_key="k")
    assert isinstance(error, Unreachable)
    assert (error.timed_out, error.may_have_arrived) == (True, True)
    assert "no answer within 0.3 s" in str(error)
    assert server.connections == 1


class Steps(Cancellation):
    """Pauses that only move a clock."""

    def __init__(self, now: List[float]) -> None:
        super().__init__()
        self.now = now
        self.pauses: List[float] = []

    def pause(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        self.now[0] += seconds
        return True


def refused_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    "timeout_s, share, pauses",
    [(10.0, 1.0, list(PAUSES_S)), (10.0, 0.0, [0.05, 0.2]), (0.3, 1.0, [0.1]), (0.1, 1.0, [])],
)
def test_attempts_come_apart_and_within_the_time_of_the_call(
    timeout_s: float, share: float, pauses: List[float]
) -> None:
    now = [0.0]
    settings = Settings.given(refused_address(), None, timeout_s, {})
    attempts = Attempts(settings, clock=lambda: now[0], random_share=lambda: share)
    steps = Steps(now)
    with pytest.raises(Unreachable):
        attempts.make(_calls.broadcast("x", None), steps)
    assert steps.pauses == pytest.approx(pauses)


def test_a_listener_that_comes_back_between_attempts_is_found() -> None:
    address = refused_address()
    servers: List[ScriptedServer] = []

    class Returning(Cancellation):
        def pause(self, seconds: float) -> bool:
            servers.append(ScriptedServer(port=int(address.rpartition(":")[2])))
            return True

    attempts = Attempts(Settings.given(address, None, None, {}))
    try:
        assert attempts.make(_calls.broadcast("x", None), Returning()).cursor == "e-1"
        assert len(servers) == 1
    finally:
        attempts.exchange.close()
        for server in servers:
            server.stop()


@pytest.mark.parametrize(
    "wait, timeout_s, longer_s",
    [(None, None, 0.0), (None, 5, 0.0), ("ack", None, 10.0), ("ack", 3, 3.0), ("ack", 61, 60.0), ("ack", -1, 0.0)],
)
def test_a_send_that_waits_for_its_verdict_may_take_that_much_longer(
    wait: Any, timeout_s: Any, longer_s: float
) -> None:
    assert _calls.send_message("ann", "x", None, wait, timeout_s).longer_s == longer_s


def test_a_verdict_is_waited_for_beyond_the_usual_time(serve: Serve, make_face: Any) -> None:
    def slow_once(conversation: Conversation) -> None:
        """Answers later than the client's own time allows, and well within that of the verdict."""
        conversation.request()
        conversation.server.stopping.wait(0.6)
        conversation.answer({"cursor": "e-1", "sessions": 1, "verdict": "queued"})

    serve(slow_once)
    sent = make_face(timeout_s=0.3).call("send_message", client_id="ann", message="x", wait="ack", timeout_s=60)
    assert sent.verdict == "queued"


def test_settings_that_are_not_given_are_those_of_the_variables(
    serve: Serve, make_face: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, given = serve(), ScriptedServer()
    monkeypatch.setenv("TAYORI_URL", named.url)
    monkeypatch.setenv("TAYORI_API_KEY", "of-the-variable")
    monkeypatch.setenv("TAYORI_TIMEOUT_S", "never")
    with pytest.raises(ValueError, match="TAYORI_TIMEOUT_S"):
        make_face()
    make_face(timeout_s=5).call("broadcast", message="x")
    make_face(url=given.url, key="given", timeout_s=5).call("broadcast", message="x")
    make_face(url=given.url, key="", timeout_s=5).call("broadcast", message="x")
    given.stop()
    assert [request.headers.get("authorization") for request in named.requests] == ["Bearer of-the-variable"]
    assert [request.headers.get("authorization") for request in given.requests] == ["Bearer given", None]


@pytest.mark.parametrize(
    "arguments, name",
    [({"url": ""}, "url"), ({"url": "ftp://x"}, "url"), ({"url": "http://hidden@x"}, "key"), ({"key": "hid den"}, "key"), ({"timeout_s": 0}, "timeout_s"), ({"timeout_s": float("nan")}, "timeout_s")],
)  # fmt: skip
def test_an_argument_that_cannot_be_used_is_named(make_face: Any, arguments: Dict[str, Any], name: str) -> None:
    with pytest.raises(ValueError, match=rf"\b{name}\b") as caught:
        make_face(**arguments)
    assert "hid" not in str(caught.value)


def test_a_closed_client_makes_no_calls_and_ends_its_connections(serve: Serve, make_face: Any) -> None:
    server = serve()
    face = make_face()
    face.call("broadcast", message="x")
    client = face.client
    face.close()
    server.wait_for_an_end()
    if isinstance(client, Client):
        with pytest.raises(RuntimeError, match="closed"):
            client.broadcast("x")
    assert len(server.requests) == 1


def test_a_client_that_is_forgotten_ends_its_connections(serve: Serve) -> None:
    server = serve()
    client = Client()
    client.broadcast("x")
    del client
    server.wait_for_an_end()


def test_calls_use_one_connection_again(serve: Serve, make_face: Any) -> None:
    server = serve()
    face = make_face()
    for number in range(5):
        face.call("send_message", client_id="ann", message=str(number))
    assert server.connections == 1


def test_errors_can_be_copied_and_pickled() -> None:
    refused = TayoriError("text", code="invalid_group", status=400, detail="detail")
    away = Unreachable("away", may_have_arrived=True, timed_out=True)
    for error in (refused, away):
        for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):
            assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
