"""The backend hears who comes and goes: by the callbacks of old and by signed JSON, in order, until it has taken it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, Iterator, List, Tuple
from urllib.parse import parse_qs, urlsplit

import pytest
from real_server import RealServer

from tayori import channel

KEY = b"0123456789abcdef01234567"
SECRET = "whsec_" + base64.b64encode(KEY).decode("ascii")
Post = Tuple[str, Dict[str, str], str]


class Backend:
    """Notes what is posted to it, and answers with the given statuses, then with 200."""

    def __init__(self) -> None:
        self.statuses: List[int] = []
        self.posts: List[Post] = []
        self._changed = threading.Condition()
        backend = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
                fields = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(backend.take((self.path, fields, body)))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def take(self, post: Post) -> int:
        with self._changed:
            self.posts.append(post)
            self._changed.notify_all()
            return self.statuses.pop(0) if self.statuses else 200

    def first(self, count: int) -> List[Post]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.posts) >= count, 20), self.posts
            return self.posts[:count]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def backend() -> Iterator[Backend]:
    started = Backend()
    yield started
    started.stop()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., RealServer]]:
    servers: List[RealServer] = []

    def run(**variables: str) -> RealServer:
        server = RealServer(**variables)
        servers.append(server)
        monkeypatch.setenv("TAYORI_URL", server.internal)
        monkeypatch.setenv("TAYORI_API_KEY", server.api_key)
        return server

    yield run
    for server in servers:
        server.stop()


class Page:
    """A page on server-sent events."""

    def __init__(self, server: RealServer, client_id: str) -> None:
        self._netloc = urlsplit(server.public).netloc
        self._token = channel.create_channel(client_id)
        connection = http.client.HTTPConnection(self._netloc, timeout=20)
        connection.request("GET", "/_ah/channel/sse", headers={"Authorization": f"Bearer {self._token}"})
        self._answer = connection.getresponse()
        while b"opened" not in self._answer.readline():
            pass

    def lose(self) -> None:
        self._answer.close()

    def leave(self) -> None:
        connection = http.client.HTTPConnection(self._netloc, timeout=20)
        connection.request("POST", "/_ah/channel/close", json.dumps({"token": self._token}))
        assert connection.getresponse().status == 204
        connection.close()
        self._answer.close()


def test_callbacks_of_old(backend: Backend, start: Callable[..., RealServer]) -> None:
    server = start(TAYORI_PRESENCE_APPENGINE_URL=backend.url)
    name = "a&b=c+d %é"
    Page(server, name).leave()
    came, went = backend.first(2)
    assert (came[0], went[0]) == ("/_ah/channel/connected/", "/_ah/channel/disconnected/")
    for _, fields, body in (came, went):
        assert fields["content-type"] == "application/x-www-form-urlencoded"
        assert parse_qs(body) == {"from": [name]}
    assert int(came[1]["x-tayori-generation"]) < int(went[1]["x-tayori-generation"])


def test_repeats_until_it_is_taken_and_keeps_the_order(backend: Backend, start: Callable[..., RealServer]) -> None:
    backend.statuses = [500, 301]
    Page(start(TAYORI_PRESENCE_APPENGINE_URL=backend.url + "/"), "ann").leave()
    paths = [path for path, _, _ in backend.first(4)]
    assert paths == ["/_ah/channel/connected/"] * 3 + ["/_ah/channel/disconnected/"]


def test_signed_json(backend: Backend, start: Callable[..., RealServer]) -> None:
    server = start(
        TAYORI_PRESENCE_WEBHOOK_URL=backend.url + "/hook",
        TAYORI_PRESENCE_WEBHOOK_SECRET=SECRET,
        TAYORI_PRESENCE_GRACE_S="0",
    )
    Page(server, "ann").lose()
    told = []
    for path, fields, body in backend.first(2):
        assert path == "/hook"
        signed = f"{fields['webhook-id']}.{fields['webhook-timestamp']}.{body}".encode()
        signature = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode("ascii")
        assert fields["webhook-signature"] == f"v1,{signature}"
        told.append(json.loads(body))
    assert [edge["type"] for edge in told] == ["presence.connected", "presence.disconnected"]
    assert told[1]["data"]["reason"] == "lost"
    assert told[0]["data"]["generation"] < told[1]["data"]["generation"]


def test_says_at_its_end_that_all_have_gone(backend: Backend, start: Callable[..., RealServer]) -> None:
    server = start(TAYORI_PRESENCE_WEBHOOK_URL=backend.url + "/hook")
    page = Page(server, "ann")
    backend.first(1)
    server.stop()
    _, (_, _, body) = backend.first(2)
    assert json.loads(body)["data"]["reason"] == "shutdown"
    page.lose()
