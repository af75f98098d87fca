"""The backend hears who comes and goes: by the callbacks of old and by signed JSON, in order, until it has taken it."""

from __future__ import annotations

import http.client
import json
from urllib.parse import parse_qs, urlsplit

from posted_backend import SECRET, Backend, Start, signature_of
from real_server import RealServer

from tayori import channel

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


def test_callbacks_of_old(backend: Backend, start: Start) -> None:
    server = start(TAYORI_PRESENCE_APPENGINE_URL=backend.url)
    name = "a&b=c+d %é"
    Page(server, name).leave()
    came, went = backend.first(2)
    assert (came[0], went[0]) == ("/_ah/channel/connected/", "/_ah/channel/disconnected/")
    for _, fields, body in (came, went):
        assert fields["content-type"] == "application/x-www-form-urlencoded"
        assert parse_qs(body) == {"from": [name]}
    assert int(came[1]["x-tayori-generation"]) < int(went[1]["x-tayori-generation"])


def test_repeats_until_it_is_taken_and_keeps_the_order(backend: Backend, start: Start) -> None:
    backend.statuses = [500, 301]
    Page(start(TAYORI_PRESENCE_APPENGINE_URL=backend.url + "/"), "ann").leave()
    paths = [path for path, _, _ in backend.first(4)]
    assert paths == ["/_ah/channel/connected/"] * 3 + ["/_ah/channel/disconnected/"]


def test_signed_json(backend: Backend, start: Start) -> None:
    server = start(
        TAYORI_PRESENCE_WEBHOOK_URL=backend.url + "/hook",
        TAYORI_PRESENCE_WEBHOOK_SECRET=SECRET,
        TAYORI_PRESENCE_GRACE_S="0",
    )
    Page(server, "ann").lose()
    told = []
    for got in backend.first(2):
        assert got.path == "/hook"
        assert got.fields["webhook-signature"] == signature_of(got)
        told.append(json.loads(got.body))
    assert [edge["type"] for edge in told] == ["presence.connected", "presence.disconnected"]
    assert told[1]["data"]["reason"] == "lost"
    assert told[0]["data"]["generation"] < told[1]["data"]["generation"]


def test_says_at_its_end_that_all_have_gone(backend: Backend, start: Start) -> None:
    server = start(TAYORI_PRESENCE_WEBHOOK_URL=backend.url + "/hook")
    page = Page(server, "ann")
    backend.first(1)
    server.stop()
    _, (_, _, body) = backend.first(2)
    assert json.loads(body)["data"]["reason"] == "shutdown"
    page.lose()
