"""Carries one request to the server and brings the answer back; knows HTTP and nothing of channels.

Connections are kept and used again. A kept connection can die while nobody uses it, and a request
that is then lost may be sent again only if the server cannot have acted on the first one, or if
acting twice does no harm. What is done about it, in this order:

1. A connection that has been idle for longer than the server keeps it is not used (`_idle_limit`).
2. Before use, a kept connection is asked whether there is something to read. Nothing is owed to
   us at that point, so readable means closed (or out of step): it is dropped, nothing was sent.
3. If sending fails, the last byte never left this process. The server cannot have the whole body
   that Content-Length announced, so it cannot have acted: the request goes out once more.
4. If the connection ends after everything was sent but before an answer, nobody can tell "closed
   just before it arrived" from "acted, then died". Only a repeatable request goes out once more
   (RFC 9110 section 9.2.2); any other is reported as `Away` with `may_have_arrived`.

All this holds for kept connections. A new connection that fails says something about the server,
so its failure is reported at once. Whether to wait and try anew is for the caller (`_attempts`).
"""

from __future__ import annotations

import http.client
import os
import re
import select
import socket
import ssl
import time
from collections import deque
from dataclasses import dataclass
from typing import Callable, Deque, Mapping, Optional, Tuple

from tayori._cancellation import Cancellation
from tayori._settings import Address

CONNECT_TIMEOUT_S = 5.0
MAX_ANSWER_BYTES = 16 * 1024 * 1024
MAX_IDLE_CONNECTIONS = 16

# Used when the server does not say how long it keeps a connection (`Keep-Alive: timeout=N`):
# the shortest default in wide use is 5 s, so stop just before that.
UNSTATED_IDLE_S = 4.0
MAX_IDLE_S = 60.0


class Away(Exception):
    """No answer came. The text says why, as a phrase that ends a sentence."""

    def __init__(self, reason: str, *, may_have_arrived: bool, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.may_have_arrived = may_have_arrived
        self.timed_out = timed_out


class Garbled(Exception):
    """Something answered, but it was not a complete HTTP answer within the limit."""


@dataclass(frozen=True)
class Answer:
    """A complete HTTP answer."""

    status: int
    reason: str
    media_type: str
    body: bytes


@dataclass(frozen=True)
class _Request:
    path: str
    body: bytes
    headers: Mapping[str, str]
    answer_timeout_s: float
    cancellation: Cancellation


@dataclass(frozen=True)
class _Kept:
    connection: http.client.HTTPConnection
    good_until: float
    owner: int


class Connections:
    """The kept connections to one server; each call has one of them for itself.

    Threads: any. Deque operations are atomic, so no lock exists that a fork could leave locked.
    Forks: a child closes its copies without a word to the server and opens its own.
    """

    def __init__(
        self,
        address: Address,
        *,
        answer_timeout_s: float,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._answer_timeout_s = answer_timeout_s
        self._connect_timeout_s = min(connect_timeout_s, answer_timeout_s)
        self._clock = clock
        self._idle: Deque[_Kept] = deque()
        self._closed = False

    def post(
        self,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        repeatable: bool,
        answer_timeout_s: Optional[float] = None,
        cancellation: Optional[Cancellation] = None,
    ) -> Answer:
        """Sends `body` to `path` and returns the answer, whatever its status.

        `repeatable` says that acting on this request twice does no harm; `answer_timeout_s` stands in
        for the usual one; `cancellation` can end the call. Raises `Away` or `Garbled`.
        """
        timeout_s = self._answer_timeout_s if answer_timeout_s is None else answer_timeout_s
        request = _Request(path, body, headers, timeout_s, cancellation or Cancellation())
        kept = self._take()
        first_may_have_arrived = False
        if kept is not None:
            try:
                return self._exchange(kept, request)
            except Away as away:
                if away.timed_out or (away.may_have_arrived and not repeatable):
                    raise
                first_may_have_arrived = away.may_have_arrived
        try:
            return self._exchange(self._connect(timeout_s), request)
        except Away as away:
            away.may_have_arrived = away.may_have_arrived or first_may_have_arrived
            raise

    def close(self) -> None:
        """Closes what is idle; calls under way finish and close theirs."""
        self._closed = True
        self._shrink_to(0)

    def _connect(self, answer_timeout_s: float) -> http.client.HTTPConnection:
        host, port = self._address.host, self._address.port
        timeout = min(self._connect_timeout_s, answer_timeout_s)
        connection = (
            http.client.HTTPSConnection(host, port, timeout=timeout)
            if self._address.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=timeout)
        )
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:  # UnicodeError: a host that is no domain name
            connection.close()
            raise Away(_phrase(error), may_have_arrived=False) from error
        return connection

    def _exchange(self, connection: http.client.HTTPConnection, request: _Request) -> Answer:
        try:
            response, content = self._converse(connection, request)
        except BaseException:  # KeyboardInterrupt too: half a conversation must not be kept
            connection.close()
            raise
        if response.will_close:
            connection.close()
        else:
            self._keep(connection, _idle_limit(response.getheader("Keep-Alive", "")))
        media_type = response.getheader("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(response.status, response.reason, media_type, content)

    def _converse(
        self, connection: http.client.HTTPConnection, request: _Request
    ) -> Tuple[http.client.HTTPResponse, bytes]:
        connection.sock.settimeout(request.answer_timeout_s)
        try:
            if not request.cancellation.hold(connection.sock):
                raise Away("the call was given up", may_have_arrived=False)
            self._send(connection, request)
            return _receive(connection, request.answer_timeout_s)
        finally:
            request.cancellation.release()

    def _send(self, connection: http.client.HTTPConnection, request: _Request) -> None:
        try:
            connection.putrequest("POST", self._address.prefix + request.path, skip_accept_encoding=True)
            for name, value in request.headers.items():
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(request.body)))
            connection.endheaders(request.body)
        except OSError as error:
            timed_out = isinstance(error, socket.timeout)
            raise Away(_phrase(error), may_have_arrived=False, timed_out=timed_out) from error

    def _take(self) -> Optional[http.client.HTTPConnection]:
        """The connection used last that is still good; closes the others it meets on the way."""
        while True:
            try:
                kept = self._idle.pop()
            except IndexError:
                return None
            ours = kept.owner == os.getpid()
            if ours and self._clock() < kept.good_until and not is_readable(kept.connection.sock):
                return kept.connection
            kept.connection.close()

    def _keep(self, connection: http.client.HTTPConnection, idle_s: float) -> None:
        self._idle.append(_Kept(connection, self._clock() + idle_s, os.getpid()))
        self._shrink_to(0 if self._closed else MAX_IDLE_CONNECTIONS)

    def _shrink_to(self, count: int) -> None:
        while len(self._idle) > count:
            try:
                self._idle.popleft().connection.close()
            except IndexError:  # another thread was quicker
                return


def _receive(
    connection: http.client.HTTPConnection, answer_timeout_s: float
) -> Tuple[http.client.HTTPResponse, bytes]:
    try:
        response = connection.getresponse()
        content = response.read(MAX_ANSWER_BYTES + 1)
    except socket.timeout as error:
        reason = f"no answer within {round(answer_timeout_s, 3):g} s"
        raise Away(reason, may_have_arrived=True, timed_out=True) from error
    except OSError as error:  # http.client.RemoteDisconnected is one of these
        raise Away("the connection ended before the answer", may_have_arrived=True) from error
    except http.client.HTTPException as error:
        # `from None`: some of these quote what was received, and that may echo our headers.
        raise Garbled(type(error).__name__) from None
    if len(content) > MAX_ANSWER_BYTES:
        raise Garbled(f"more than {MAX_ANSWER_BYTES} bytes")
    if response.length:  # read(n) does not complain when the connection ends early
        raise Garbled(f"{response.length} bytes missing")
    return response, content


def is_readable(sock: socket.socket) -> bool:
    """Whether bytes, an end or an error wait on the socket. Does not block and takes nothing."""
    if hasattr(select, "poll"):  # select() cannot watch descriptors above 1023
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])


def _idle_limit(keep_alive: str) -> float:
    """Seconds for which a connection may be kept: a second less than the server says."""
    stated = re.search(r"\btimeout\s*=\s*(\d{1,6})\b", keep_alive)
    return min(max(int(stated[1]) - 1.0, 0.0), MAX_IDLE_S) if stated else UNSTATED_IDLE_S


def _phrase(error: Exception) -> str:
    if isinstance(error, socket.timeout):
        return "no connection in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate was refused ({error.verify_message})"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return f"{type(error).__name__} ({error})"
