"""Kept connections and their faults: what is sent again, what is not, and what the caller hears."""

from __future__ import annotations

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, List

import pytest
from scripted_server import Conversation, ScriptedServer, answer_well, as_tayori

from tayori import _http, channel
from tayori._http import Connections
from tayori._settings import Address

Serve = Callable[..., ScriptedServer]


def answer_once(extra: str = "") -> Callable[[Conversation], None]:
    """A script that answers one request and ends the connection without having said so."""

    def script(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        conversation.answer({"token": "t", "cursor": "e-1", "sessions": 0}, extra=extra)

    return script


def answer_once_then_swallow(conversation: Conversation) -> None:
    """Answers one request, reads the next and ends the connection instead of answering."""
    request = conversation.request()
    assert request is not None
    answer_well(conversation, request)
    conversation.request()


def messages(server: ScriptedServer) -> List[object]:
    return [request.fields.get("message") for request in server.requests]


def test_calls_use_one_connection_again(serve: Serve) -> None:
    server = serve()
    for number in range(5):
        channel.send_message("alice", str(number))
    channel.create_channel("alice")
    assert server.connections == 1


def test_a_connection_that_the_server_ended_meanwhile_is_noticed_before_sending(serve: Serve) -> None:
    def ends(conversation: Conversation) -> None:
        answer_once()(conversation)
        conversation.half_close()
        conversation.note()
        conversation.request()  # would be noted, and never answered

    server = serve(ends, as_tayori)
    channel.send_message("alice", "1")
    server.wait_for_a_note()
    channel.send_message("alice", "2")
    assert messages(server) == ["1", "2"]
    assert [request.connection for request in server.requests] == [1, 2]


def test_a_connection_with_something_nobody_asked_for_is_not_used(serve: Serve) -> None:
    answered = threading.Event()

    def talkative(conversation: Conversation) -> None:
        answer_once()(conversation)
        answered.wait()
        conversation.raw(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
        conversation.note()
        conversation.request()

    server = serve(talkative, as_tayori)
    channel.send_message("alice", "1")
    answered.set()
    server.wait_for_a_note()
    channel.send_message("alice", "2")
    assert [request.connection for request in server.requests] == [1, 2]


def test_a_message_whose_sending_failed_goes_out_once_more(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def reset_after_one(conversation: Conversation) -> None:
        answer_once()(conversation)
        conversation.reset()

    # The server goes away between the look and the sending: the look saw nothing.
    monkeypatch.setattr(_http, "is_readable", lambda sock: False)
    server = serve(reset_after_one, as_tayori)
    channel.send_message("alice", "1")
    server.wait_for_an_end()
    channel.send_message("alice", "2")
    assert messages(server) == ["1", "2"]


def test_a_message_that_may_have_arrived_is_not_sent_again(serve: Serve) -> None:
    server = serve(answer_once_then_swallow, as_tayori)
    channel.send_message("alice", "1")
    with pytest.raises(channel.ServerAwayError, match="Whether the call was carried out is not known") as caught:
        channel.send_message("alice", "2")
    assert caught.value.may_have_arrived
    assert messages(server) == ["1", "2"]
    channel.send_message("alice", "3")
    assert messages(server) == ["1", "2", "3"]


def test_a_channel_is_asked_for_again_because_that_does_no_harm(serve: Serve) -> None:
    server = serve(answer_once_then_swallow, as_tayori)
    channel.create_channel("alice")
    assert channel.create_channel("bob") == "token of bob"
    assert [request.fields["client_id"] for request in server.requests] == ["alice", "bob", "bob"]


def test_a_new_connection_is_not_tried_twice(serve: Serve) -> None:
    def swallow(conversation: Conversation) -> None:
        conversation.request()

    server = serve(swallow)
    with pytest.raises(channel.ServerAwayError):
        channel.create_channel("alice")
    assert server.connections == 1


def test_a_server_that_closes_after_its_answer_is_taken_at_its_word(serve: Serve) -> None:
    server = serve(answer_once("Connection: close\r\n"), as_tayori)
    channel.send_message("alice", "1")
    channel.send_message("alice", "2")
    assert server.connections == 2


def test_a_slow_server_is_given_up_and_its_late_answer_never_read(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        conversation.server.stopping.wait()

    monkeypatch.setenv("TAYORI_TIMEOUT_S", "0.1")
    server = serve(slow)
    with pytest.raises(channel.ServerAwayError, match=r"no answer within 0\.1 s") as caught:
        channel.create_channel("alice")
    assert caught.value.may_have_arrived
    assert server.connections == 1


def test_a_slow_server_is_not_asked_twice_even_where_that_does_no_harm(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow_at_the_second(conversation: Conversation) -> None:
        answer_once()(conversation)
        conversation.request()
        conversation.server.stopping.wait()

    monkeypatch.setenv("TAYORI_TIMEOUT_S", "0.3")
    server = serve(slow_at_the_second, as_tayori)
    channel.create_channel("alice")
    with pytest.raises(channel.ServerAwayError):
        channel.create_channel("alice")
    assert server.connections == 1


def test_nobody_at_the_address_is_said_plainly(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("TAYORI_URL", f"http://127.0.0.1:{port}")
    with pytest.raises(channel.ServerAwayError) as caught:
        channel.send_message("alice", "x")
    assert str(caught.value) == (
        f"The Tayori server at http://127.0.0.1:{port} is away: connection refused. The call was not carried out. "
        "Is it running, and does TAYORI_URL name the internal listener?"
    )
    assert caught.value.address == f"http://127.0.0.1:{port}"
    assert not caught.value.may_have_arrived


def test_a_host_that_is_no_domain_name_is_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAYORI_URL", "http://a..b:1")
    with pytest.raises(channel.ServerAwayError, match="a..b"):
        channel.send_message("alice", "x")


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 " + b"x" * 70_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=lambda data: ascii(data)[:40],
)
def test_garbage_is_called_that(serve: Serve, data: bytes) -> None:
    def garbage(conversation: Conversation) -> None:
        conversation.request()
        conversation.raw(data)

    server = serve(garbage, as_tayori)
    with pytest.raises(channel.ServiceError, match="something that is not HTTP"):
        channel.send_message("alice", "1")
    channel.send_message("alice", "2")
    assert [request.connection for request in server.requests] == [1, 2]


def test_an_answer_without_end_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_http, "MAX_ANSWER_BYTES", 1000)

    def endless(conversation: Conversation) -> None:
        conversation.request()
        conversation.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        while not conversation.server.stopping.is_set():
            conversation.raw(b"x" * 1000)

    serve(endless)
    with pytest.raises(channel.ServiceError, match="more than 1000 bytes"):
        channel.send_message("alice", "1")


def test_threads_do_not_get_each_others_answers(serve: Serve) -> None:
    server = serve()
    threads = 8
    meet = threading.Barrier(threads)

    def talk(name: str) -> List[str]:
        meet.wait()
        return [channel.create_channel(f"{name}-{number}") for number in range(20)]

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(talk, map(str, range(threads))))
    assert results == [[f"token of {name}-{number}" for number in range(20)] for name in range(threads)]
    assert server.connections <= threads


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # newer Pythons warn about our server's threads
def test_a_forked_child_opens_a_connection_of_its_own(serve: Serve) -> None:
    server = serve()
    channel.create_channel("parent before")
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if channel.create_channel("child") == "token of child" else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    assert channel.create_channel("parent after") == "token of parent after"
    by_connection = [(request.connection, request.fields["client_id"]) for request in server.requests]
    assert by_connection == [(1, "parent before"), (2, "child"), (1, "parent after")]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    "said, still_good_s, gone_s",
    [
        ("", 3.9, 4.1),
        ("Keep-Alive: timeout=30\r\n", 28.9, 29.1),
        ("Keep-Alive: max=100, timeout=2\r\n", 0.9, 1.1),
        ("Keep-Alive: timeout=99999\r\n", 59.9, 60.1),
        ("Keep-Alive: nonsense\r\n", 3.9, 4.1),
    ],
)
def test_an_idle_connection_is_used_only_while_the_server_surely_keeps_it(
    serve: Serve, said: str, still_good_s: float, gone_s: float
) -> None:
    def script(conversation: Conversation) -> None:
        while conversation.request() is not None:
            conversation.answer({}, extra=said)

    server = serve(script)
    clock = Clock()
    connections = Connections(Address.parse(server.url), answer_timeout_s=10.0, clock=clock)
    for pause in (0.0, still_good_s, gone_s):
        clock.now += pause
        connections.post("/", b"", {}, repeatable=False)
    connections.close()
    assert [request.connection for request in server.requests] == [1, 1, 2]


def test_no_more_connections_are_kept_than_the_limit(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_http, "MAX_IDLE_CONNECTIONS", 2)
    threads = 5
    meet = threading.Barrier(threads)

    def wait_for_all(conversation: Conversation) -> None:
        conversation.request()
        meet.wait()
        conversation.answer({})
        as_tayori(conversation)

    server = serve(wait_for_all)
    connections = Connections(Address.parse(server.url), answer_timeout_s=10.0)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: connections.post("/", b"", {}, repeatable=False), range(threads)))
    for _ in range(threads - 2):
        server.wait_for_an_end()
    connections.close()
    for _ in range(2):
        server.wait_for_an_end()
    assert server.connections == threads


def test_a_call_under_way_while_all_is_closed_ends_its_connection(serve: Serve) -> None:
    closed = threading.Event()

    def script(conversation: Conversation) -> None:
        conversation.request()
        conversation.note()
        closed.wait()
        conversation.answer({})
        assert conversation.request() is None

    server = serve(script)
    connections = Connections(Address.parse(server.url), answer_timeout_s=10.0)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(connections.post, "/", b"", {}, repeatable=False)
        server.wait_for_a_note()
        connections.close()
        closed.set()
        assert answer.result().status == 200
    server.wait_for_an_end()
