"""What a page sends reaches its backend in order, and the page hears how it came out."""

from __future__ import annotations

import http.client
import json
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Dict, List, Tuple
from urllib.parse import urlencode, urlsplit

import pytest
from posted_backend import SECRET, WAIT_S, Backend, Start, signature_of
from real_server import RealServer
from scripted_server import Conversation, ScriptedServer

from tayori import channel


def post(server: RealServer, form: Dict[str, str]) -> Tuple[int, str]:
    """Status and code of the answer to a page's form."""
    connection = http.client.HTTPConnection(urlsplit(server.public).netloc, timeout=WAIT_S)
    try:
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/_ah/channel/receive", urlencode(form), head)
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, str(json.loads(body)["code"]) if body else ""
    finally:
        connection.close()


def send(server: RealServer, client_id: str, msg: str) -> Tuple[int, str]:
    return post(server, {"key": channel.create_channel(client_id), "msg": msg})


def metric(server: RealServer, name: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(server.internal).netloc, timeout=WAIT_S)
    try:
        connection.request("GET", "/metrics")
        for line in connection.getresponse().read().decode("utf-8").splitlines():
            if line.startswith(name + " "):
                return int(float(line.split()[1]))
        raise AssertionError(f"there is no metric {name}")
    finally:
        connection.close()


def wait_for_open(server: RealServer, count: int) -> None:
    """Until so many messages wait or are under way."""
    for _ in range(20_000):
        if metric(server, "tayori_receive_open") == count:
            return
    raise AssertionError(f"never were {count} messages open")


def test_reaches_the_backend_as_the_form_of_old(backend: Backend, start: Start) -> None:
    server = start(TAYORI_RECEIVE_URL=backend.url + "/")
    name, msg = "a&b=c+d %é", "1=2&3 +%\r\n\0☂" + "х" * 15_000
    assert send(server, name, msg) == (204, "")
    (got,) = backend.posts
    assert got.path == "/_ah/channel/receive"
    assert got.fields["content-type"] == "application/x-www-form-urlencoded"
    assert got.form == {"key": [name], "msg": [msg]}
    assert "webhook-signature" not in got.fields


def test_the_longest_message_may_be_all_escapes(backend: Backend, start: Start) -> None:
    server = start(TAYORI_RECEIVE_URL=backend.url)
    assert send(server, "ann", "&" * 32_767) == (204, "")
    assert backend.posts[0].msg == "&" * 32_767
    assert send(server, "ann", "x" * 32_768) == (400, "invalid_message")


def test_is_signed(backend: Backend, start: Start) -> None:
    server = start(TAYORI_RECEIVE_URL=backend.url, TAYORI_RECEIVE_SECRET=SECRET)
    for msg in ("one", "two"):
        assert send(server, "ann", msg) == (204, "")
    for got in backend.posts:
        assert got.fields["webhook-signature"] == signature_of(got)
    assert backend.posts[0].fields["webhook-id"] != backend.posts[1].fields["webhook-id"]


def test_refuses_what_is_none(backend: Backend, start: Start) -> None:
    server = start(TAYORI_RECEIVE_URL=backend.url, TAYORI_RECEIVE_MESSAGE_BYTES="5", TAYORI_RECEIVE_PER_MINUTE="2")
    token = channel.create_channel("ann")
    assert post(server, {"key": "nonsense", "msg": "x"}) == (401, "invalid_token")
    assert post(server, {"key": token}) == (400, "invalid_request")
    assert post(server, {"key": token, "msg": ""}) == (400, "invalid_message")
    assert post(server, {"key": token, "msg": "123456"}) == (400, "invalid_message")
    assert backend.posts == []
    answers = [post(server, {"key": token, "msg": "12345"}) for _ in range(3)]
    assert answers == [(204, ""), (204, ""), (429, "rate_limited")]
    assert send(server, "bob", "x") == (204, "")


def test_tells_what_came_of_it_and_tries_nothing_again(backend: Backend, start: Start) -> None:
    backend.statuses = [301, 404, 500]
    server = start(TAYORI_RECEIVE_URL=backend.url)
    assert [send(server, "ann", "x") for _ in range(4)] == [(502, "backend_unavailable")] * 3 + [(204, "")]
    assert len(backend.posts) == 4


def late(conversation: Conversation) -> None:
    conversation.request()
    conversation.server.stopping.wait(WAIT_S)


def garbage(conversation: Conversation) -> None:
    conversation.request()
    conversation.raw(b"\xff\x00 what?\r\n\r\n")


def early(conversation: Conversation) -> None:
    conversation.request()
    conversation.raw(b"HTTP/1.1 2")


@pytest.mark.parametrize("script", [late, garbage, early, Conversation.reset])
def test_tells_that_there_was_no_answer(script: Callable[[Conversation], None], start: Start) -> None:
    backend = ScriptedServer(script)
    try:
        server = start(TAYORI_RECEIVE_URL=backend.url, TAYORI_RECEIVE_TIMEOUT_S="1")
        assert send(server, "ann", "x") == (502, "backend_unavailable")
        assert backend.connections == 1
    finally:
        backend.stop()


def test_keeps_the_order_of_each_client_id(backend: Backend, start: Start) -> None:
    backend.hold()
    server = start(TAYORI_RECEIVE_URL=backend.url)
    with ThreadPoolExecutor(8) as pages:
        answers: List[Future[Tuple[int, str]]] = []
        for number in range(6):
            answers.append(pages.submit(send, server, "ann", str(number)))
            wait_for_open(server, number + 1)
        answers.append(pages.submit(send, server, "bob", "other"))
        first = [got.msg for got in backend.first(2)]
        assert first == ["0", "other"], "bob waits for nobody"
        backend.go_on()
        assert [answer.result() for answer in answers] == [(204, "")] * 7
    assert [got.msg for got in backend.posts if got.form["key"] == ["ann"]] == list("012345")


def test_drops_what_waits_of_a_page_that_has_gone(backend: Backend, start: Start) -> None:
    backend.hold()
    server = start(TAYORI_RECEIVE_URL=backend.url)
    with ThreadPoolExecutor(2) as pages:
        first = pages.submit(send, server, "ann", "first")
        backend.first(1)
        gone = http.client.HTTPConnection(urlsplit(server.public).netloc, timeout=WAIT_S)
        form = urlencode({"key": channel.create_channel("ann"), "msg": "gone"})
        gone.request("POST", "/_ah/channel/receive", form, {"Content-Type": "application/x-www-form-urlencoded"})
        wait_for_open(server, 2)
        gone.close()
        wait_for_open(server, 1)
        assert metric(server, "tayori_receive_dropped_total") == 1
        last = pages.submit(send, server, "ann", "last")
        wait_for_open(server, 2)
        backend.go_on()
        assert (first.result(), last.result()) == ((204, ""), (204, ""))
    assert [got.msg for got in backend.posts] == ["first", "last"]


def test_is_refused_beyond_what_may_wait(backend: Backend, start: Start) -> None:
    backend.hold()
    server = start(TAYORI_RECEIVE_URL=backend.url, TAYORI_RECEIVE_WAITING="1")
    with ThreadPoolExecutor(1) as pages:
        first = pages.submit(send, server, "ann", "x")
        backend.first(1)
        assert send(server, "bob", "x") == (503, "overloaded")
        backend.go_on()
        assert first.result() == (204, "")


def test_a_server_that_stops_lets_what_is_under_way_arrive(backend: Backend, start: Start) -> None:
    backend.hold()
    server = start(TAYORI_RECEIVE_URL=backend.url)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(send, server, "ann", "first")
        backend.first(1)
        waiting = threads.submit(send, server, "ann", "second")
        wait_for_open(server, 2)
        stopping = threads.submit(server.stop)
        assert waiting.result() == (503, "shutting_down")
        backend.go_on()
        assert first.result() == (204, "")
        stopping.result()
    assert [got.msg for got in backend.posts] == ["first"]


def test_says_what_to_set_where_there_is_no_backend(tayori: RealServer) -> None:
    assert send(tayori, "ann", "x") == (404, "not_found")
