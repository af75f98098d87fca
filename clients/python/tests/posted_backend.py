"""A backend that notes what a server posts to it, and the server that does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, NamedTuple
from urllib.parse import parse_qs

from real_server import RealServer

_KEY = b"0123456789abcdef01234567"
SECRET = "whsec_" + base64.b64encode(_KEY).decode("ascii")
WAIT_S = 20.0

Start = Callable[..., RealServer]


class Post(NamedTuple):
    path: str
    fields: Dict[str, str]
    body: str

    @property
    def form(self) -> Dict[str, List[str]]:
        return parse_qs(self.body, keep_blank_values=True, strict_parsing=True)

    @property
    def msg(self) -> str:
        return self.form["msg"][0]


class Backend:
    """Notes what is posted to it; holds its answers back while `hold()` counts, and answers with `statuses`, then 200."""

    def __init__(self) -> None:
        self.posts: List[Post] = []
        self.statuses: List[int] = []
        self._is_holding = False
        self._changed = threading.Condition()
        backend = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
                fields = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(backend.take(Post(self.path, fields, body)))
                self.send_header("Location", "/elsewhere")
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
            assert self._changed.wait_for(lambda: not self._is_holding, WAIT_S)
            return self.statuses.pop(0) if self.statuses else 200

    def hold(self) -> None:
        with self._changed:
            self._is_holding = True

    def go_on(self) -> None:
        with self._changed:
            self._is_holding = False
            self._changed.notify_all()

    def first(self, count: int) -> List[Post]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.posts) >= count, WAIT_S), self.posts
            return self.posts[:count]

    def stop(self) -> None:
        self.go_on()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def signature_of(post: Post) -> str:
    """What SECRET signs a post with, after the Standard Webhooks convention."""
    signed = ".".join((post.fields["webhook-id"], post.fields["webhook-timestamp"], post.body)).encode("utf-8")
    return "v1," + base64.b64encode(hmac.new(_KEY, signed, hashlib.sha256).digest()).decode("ascii")
