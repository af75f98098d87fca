"""A page made of nothing but long polls (spec/protocol.md 3.2 and 3.3)."""

from __future__ import annotations

import http.client
import json
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import urlsplit

PREFIX = "/_ah/channel/"
WAIT_S = 5  # a poll may be held this long
POLLS = 6  # so many, one after the other, bring what is on its way


class PollingPage:
    """Opens with its token as it is made. Threads: one at a time."""

    def __init__(self, public: str, token: str) -> None:
        self._address = urlsplit(public).netloc
        self._token = token
        self._cursor: Optional[str] = None
        self._session: Optional[str] = None
        self._unread: List[str] = []
        self._end: Optional[str] = None
        self._poll(0)
        if self._end is not None:
            raise AssertionError(f"the page could not open: {self._end}")

    def hear(self, count: int) -> List[str]:
        """At least `count` messages, or fewer when no more come; with 0, what one poll brings at once."""
        if count == 0:
            self._poll(0)
        for _ in range(POLLS):
            if len(self._unread) >= count or self._end is not None:
                break
            self._poll(WAIT_S)
        heard, self._unread = self._unread, []
        return heard

    def end(self) -> Optional[str]:
        """The name of the error that it is told; None when none comes."""
        for _ in range(POLLS):
            if self._end is not None:
                break
            self._poll(WAIT_S)
        return self._end

    def leave(self) -> int:
        """Says goodbye; the status of the answer."""
        return self._post("close", {"token": self._token, "session": self._session})[0]

    def _poll(self, wait_s: int) -> None:
        body: Dict[str, object] = {"token": self._token, "wait_s": wait_s}
        if self._cursor is not None:
            body.update(cursor=self._cursor, session=self._session)
        status, answer = self._post("poll", body)
        if status != 200:
            self._end = str(answer["code"])
            return
        for frame in answer:
            self._take(frame)

    def _take(self, frame: str) -> None:
        kind, rest = frame[0], frame[1:]
        if kind == "o":
            opened = json.loads(rest)
            self._cursor, self._session = opened["cursor"], opened["session"]
        elif kind == "m":
            seq, _, message = rest.partition("\n")
            assert self._cursor is not None
            self._cursor = f"{self._cursor.partition('-')[0]}-{seq}"
            self._unread.append(message)
        elif kind == "g":
            self._cursor = json.loads(rest)["to"]
        elif kind == "e":
            self._end = json.loads(rest)["name"]

    def _post(self, verb: str, body: Dict[str, object]) -> Tuple[int, Any]:
        connection = http.client.HTTPConnection(self._address, timeout=WAIT_S + 20)
        try:
            connection.request("POST", PREFIX + verb, json.dumps(body), {"Content-Type": "text/plain"})
            response = connection.getresponse()
            content = response.read()
            return response.status, json.loads(content) if content else None
        finally:
            connection.close()
