#!/usr/bin/env python3
"""Listens to a channel as a page does, over plain HTTP: a whole client, written from spec/protocol.md.

    ./listen.py http://127.0.0.1:8080 "$(tayori token ann)"            server-sent events
    ./listen.py --poll http://127.0.0.1:8080 "$(tayori token ann)"     long polling

Prints each message as it comes. A connection that is lost is taken up again from the cursor: nothing is missed and
nothing comes twice.
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import http.client
import json
import random
import re
import socket
import sys
import time
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Union
from urllib.parse import urlsplit

LARGEST_SEQ = int("1y2p0ij32e8e7", 36)  # 2^63-1


@dataclass(frozen=True)
class Cursor:
    """A place in the log: everything up to and including `seq` has been seen (section 1)."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}-{to_base36(self.seq)}"


@dataclass(frozen=True)
class Opened:
    session: str
    cursor: Cursor
    recovered: bool
    heartbeat_s: float
    expires_in_s: float


@dataclass(frozen=True)
class Message:
    seq: int
    data: str


@dataclass(frozen=True)
class Gap:
    """Messages after `start` up to and including `end` are no longer held."""

    start: Cursor
    end: Cursor


@dataclass
class Refusal(Exception):
    code: int
    description: str
    reconnect: bool
    name: Optional[str] = None

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


class Ask:
    """The server wants to know how far this listener has come (section 2.2)."""


class Malformed(Exception):
    """Not a frame: whatever garbled it may be gone on another connection."""


Frame = Union[Opened, Message, Gap, Refusal, Ask, None]


def to_base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if number == 0:
            return digits


def parse_seq(text: str) -> int:
    if not re.fullmatch("0|[1-9a-z][0-9a-z]{0,12}", text, re.ASCII) or int(text, 36) > LARGEST_SEQ:
        raise Malformed(text)
    return int(text, 36)


def parse_cursor(text: object) -> Cursor:
    parts = re.fullmatch("([0-9a-z]{1,32})-([0-9a-z]+)", text, re.ASCII) if isinstance(text, str) else None
    if not parts:
        raise Malformed(text)
    return Cursor(parts[1], parse_seq(parts[2]))


def parse_frame(text: str) -> Frame:
    """Reads a frame from the server (section 2); None for a heartbeat or a kind of a later protocol."""
    kind, rest = text[:1], text[1:]
    if kind == "m":
        seq, newline, data = rest.partition("\n")
        if not newline:
            raise Malformed(text)
        return Message(parse_seq(seq), data)
    if kind == "o":
        return _parse_opened(_members(rest))
    if kind == "g":
        members = _members(rest)
        return Gap(parse_cursor(members.get("from")), parse_cursor(members.get("to")))
    if kind == "e":
        return parse_refusal(_members(rest))
    if kind == "" or (kind in "ha" and rest):
        raise Malformed(text)
    if kind == "a":
        return Ask()
    return None


def _members(text: str) -> Dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        raise Malformed(text) from None
    if not isinstance(value, dict):
        raise Malformed(text)
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _parse_opened(members: Dict[str, Any]) -> Opened:
    session, recovered = members.get("session"), members.get("recovered")
    heartbeat, expires = members.get("heartbeat_s"), members.get("expires_in_s")
    if not isinstance(session, str) or not isinstance(recovered, bool):
        raise Malformed(members)
    if not _is_number(heartbeat) or heartbeat <= 0 or not _is_number(expires):
        raise Malformed(members)
    return Opened(session, parse_cursor(members.get("cursor")), recovered, heartbeat, expires)


def parse_refusal(members: Dict[str, Any]) -> Refusal:
    code, description, reconnect = (members.get(name) for name in ("code", "description", "reconnect"))
    if not _is_number(code) or not isinstance(description, str) or not isinstance(reconnect, bool):
        raise Malformed(members)
    return Refusal(int(code), description, reconnect, members.get("name"))


@dataclass
class Event:
    event: str
    id: str
    data: str


class EventReader:
    """Server-sent events out of bytes that come cut up anywhere (section 3.1)."""

    BREAKS = {"n": "\n", "r": "\r", "b": "\r\n"}

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._after_cr = False
        self._id = ""
        self._fields: Dict[str, Any] = {"data": []}

    def feed(self, chunk: bytes) -> Iterator[Event]:
        self._rest += self._decoder.decode(chunk)
        while self._rest:
            if self._after_cr:  # the line is over already: this is the other half of its CRLF
                self._rest = self._rest[self._rest.startswith("\n") :]
                self._after_cr = False
            end = re.search("[\r\n]", self._rest)
            if not end:
                return
            line, self._rest = self._rest[: end.start()], self._rest[end.end() :]
            self._after_cr = end[0] == "\r"
            if line:
                self._take(line)
            elif self._fields["data"]:
                yield Event(self._fields.get("event") or "message", self._id, self._data())
            if not line:
                self._fields = {"data": []}

    def _take(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if name == "data":
            self._fields["data"].append(value)
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name in ("event", "breaks"):
            self._fields[name] = value

    def _data(self) -> str:
        lines: List[str] = self._fields["data"]
        breaks = self._fields.get("breaks") or "n" * (len(lines) - 1)
        return lines[0] + "".join(self.BREAKS.get(kind, "\n") + line for kind, line in zip(breaks, lines[1:]))


class Listener:
    """One session: keeps the cursor, drops what comes twice, comes back when a connection is lost."""

    def __init__(self, address: str, token: str, polls: bool = False, prefix: str = "/_ah/channel/") -> None:
        self._netloc = urlsplit(address).netloc
        self._prefix = prefix
        self._token = token
        self._polls = polls
        self._session = ""
        self._is_closed = False
        self._connection: Optional[http.client.HTTPConnection] = None
        self._socket: Optional[socket.socket] = None
        self.cursor: Optional[Cursor] = None

    def close(self) -> None:
        """Ends listen(), from any thread."""
        self._is_closed = True  # before the look at the socket, as _ask() does it the other way round
        if self._socket:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def listen(self) -> Iterator[Union[Message, Gap]]:
        """Messages and gaps, in order, each once. Raises a Refusal from which there is no coming back."""
        pause = 0.25
        while not self._is_closed:
            try:
                for frame in self._poll() if self._polls else self._stream():
                    pause = 0.25
                    if isinstance(frame, Refusal):
                        raise frame
                    yield from self._accept(frame)
                if self._polls:
                    continue
            except (OSError, http.client.HTTPException, Malformed):
                pass  # lost: it goes on from the cursor
            except Refusal as refusal:
                if not refusal.reconnect:
                    raise
            finally:
                self._hang_up()
            if self._is_closed:
                return
            time.sleep(random.uniform(0, pause))
            pause = min(2 * pause, 30)

    def _accept(self, frame: Frame) -> Iterator[Union[Message, Gap]]:
        if isinstance(frame, Opened):
            self._session = frame.session
            if self.cursor is None or self.cursor.epoch != frame.cursor.epoch:
                self.cursor = frame.cursor
        elif isinstance(frame, Message) and self.cursor and frame.seq > self.cursor.seq:
            self.cursor = Cursor(self.cursor.epoch, frame.seq)
            yield frame
        elif isinstance(frame, Gap):
            self.cursor = frame.end
            yield frame
        elif isinstance(frame, Ask) and self.cursor:
            self._confirm(self.cursor)  # whoever iterates has taken all that came before

    def _hang_up(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, path: str) -> http.client.HTTPResponse:
        opening = {"token": self._token, "session": self._session}
        if self.cursor:
            opening["cursor"] = str(self.cursor)
        self._connection = http.client.HTTPConnection(self._netloc, timeout=35)
        self._connection.connect()
        self._socket = self._connection.sock
        if self._is_closed:  # close() may have come before it had this socket to shut
            raise ConnectionAbortedError
        self._connection.request("POST", self._prefix + path, json.dumps(opening), {"Content-Type": "text/plain"})
        answer = self._connection.getresponse()
        if answer.status == 200:
            return answer
        # A problem document (RFC 9457) is the server's own word; anything else comes from something in between.
        problem = _members(answer.read().decode("utf-8", "replace"))
        raise parse_refusal({**problem, "code": problem.get("status"), "name": problem.get("code")})

    def _confirm(self, cursor: Cursor) -> None:
        """Says that everything up to `cursor` has been handled (section 3.4); best effort."""
        body = json.dumps({"token": self._token, "cursor": str(cursor)})
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(self._netloc, timeout=5)
            connection.request("POST", self._prefix + "ack", body, {"Content-Type": "text/plain"})
            connection.getresponse().read()
            connection.close()

    def _poll(self) -> Iterator[Frame]:
        with self._ask("poll") as answer:
            frames = json.loads(answer.read())
        yield from (parse_frame(text) for text in frames)

    def _stream(self) -> Iterator[Frame]:
        reader = EventReader()
        with self._ask("sse") as answer:
            for chunk in iter(lambda: answer.read1(65536), b""):
                yield from (frame_of(event) for event in reader.feed(chunk))


def frame_of(event: Event) -> Frame:
    kinds = {"opened": "o", "gap": "g", "error": "e", "ask": "a"}
    if event.event == "message":
        return Message(parse_cursor(event.id).seq, event.data)
    return parse_frame(kinds[event.event] + event.data) if event.event in kinds else None


def main() -> int:
    arguments = argparse.ArgumentParser(description="Prints what comes on a channel.")
    arguments.add_argument("--poll", action="store_true", help="by long polling, not by server-sent events")
    arguments.add_argument("address", help="the public address of a Tayori server")
    arguments.add_argument("token", help="what create_channel gave")
    given = arguments.parse_args()
    try:
        for news in Listener(given.address, given.token, given.poll).listen():
            print(news.data if isinstance(news, Message) else f"(missed: {news.start} to {news.end})", flush=True)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
